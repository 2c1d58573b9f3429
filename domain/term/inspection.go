package term

import "minglu/domain"

// Variant is a code of the list of hidden variant (隐形变异).
type Variant string

// The codes of Variant.
const (
	Variant1 Variant = "hv1" // 违反培训主体规定
	Variant2 Variant = "hv2" // 违反培训人员规定
	Variant3 Variant = "hv3" // 违反培训时间规定
	Variant4 Variant = "hv4" // 违反培训地点规定
	Variant5 Variant = "hv5" // 违反培训内容规定
	Variant6 Variant = "hv6" // 违反培训方式规定
	Variant7 Variant = "hv7" // 其他隐形变异
)

// Variants is the list of hidden variant.
var Variants = list("hidden_variant", "隐形变异", "hidden variant",
	string(Variant1), "违反培训主体规定", "against the rules on who may train",
	string(Variant2), "违反培训人员规定", "against the rules on staff",
	string(Variant3), "违反培训时间规定", "against the rules on time",
	string(Variant4), "违反培训地点规定", "against the rules on place",
	string(Variant5), "违反培训内容规定", "against the rules on content",
	string(Variant6), "违反培训方式规定", "against the rules on means",
	string(Variant7), "其他隐形变异", "other hidden variant",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Variant) UnmarshalText(b []byte) error { return read(c, b, Variants) }

// Label returns the words for the code.
func (c Variant) Label() domain.Text { return Variants.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Variant) List() *List { return Variants }

// InspectionKind is a code of the list of kind of inspection (检查方式).
type InspectionKind string

// The codes of InspectionKind.
const (
	RandomInspection      InspectionKind = "random"      // 双随机抽查
	CampaignInspection    InspectionKind = "campaign"    // 集中整治
	ThematicInspection    InspectionKind = "thematic"    // 专项检查
	SupervisoryInspection InspectionKind = "supervisory" // 督促检查
	CovertInspection      InspectionKind = "covert"      // 暗访
	GrievanceInspection   InspectionKind = "grievance"   // 投诉举报核查
	FollowUpInspection    InspectionKind = "follow_up"   // 回头看
	SweepInspection       InspectionKind = "sweep"       // 排查摸底
)

// InspectionKinds is the list of kind of inspection.
var InspectionKinds = list("inspection_kind", "检查方式", "kind of inspection",
	string(RandomInspection), "双随机抽查", "random inspection",
	string(CampaignInspection), "集中整治", "campaign",
	string(ThematicInspection), "专项检查", "thematic check",
	string(SupervisoryInspection), "督促检查", "supervisory check",
	string(CovertInspection), "暗访", "covert visit",
	string(GrievanceInspection), "投诉举报核查", "check of a grievance",
	string(FollowUpInspection), "回头看", "follow-up",
	string(SweepInspection), "排查摸底", "sweep",
)

// UnmarshalText refuses a code that is not in the list.
func (c *InspectionKind) UnmarshalText(b []byte) error { return read(c, b, InspectionKinds) }

// Label returns the words for the code.
func (c InspectionKind) Label() domain.Text { return InspectionKinds.Label(string(c)) }

// List returns the closed list the code belongs to.
func (InspectionKind) List() *List { return InspectionKinds }

// InspectionStatus is a code of the list of status of an inspection (检查进度).
type InspectionStatus string

// The codes of InspectionStatus.
const (
	InspectionPlanned   InspectionStatus = "planned"   // 已计划
	InspectionLaunched  InspectionStatus = "launched"  // 已启动
	InspectionDrawn     InspectionStatus = "drawn"     // 已抽取
	InspectionClosed    InspectionStatus = "closed"    // 已结束，待公开
	InspectionPublished InspectionStatus = "published" // 结果已公开
	InspectionConcluded InspectionStatus = "concluded" // 已归档
)

// InspectionStatuses is the list of status of an inspection.
var InspectionStatuses = list("inspection_status", "检查进度", "status of an inspection",
	string(InspectionPlanned), "已计划", "planned",
	string(InspectionLaunched), "已启动", "launched",
	string(InspectionDrawn), "已抽取", "drawn",
	string(InspectionClosed), "已结束，待公开", "closed, to be published",
	string(InspectionPublished), "结果已公开", "published",
	string(InspectionConcluded), "已归档", "concluded",
)

// UnmarshalText refuses a code that is not in the list.
func (c *InspectionStatus) UnmarshalText(b []byte) error { return read(c, b, InspectionStatuses) }

// Label returns the words for the code.
func (c InspectionStatus) Label() domain.Text { return InspectionStatuses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (InspectionStatus) List() *List { return InspectionStatuses }

// CheckItem is a code of the list of check item (检查事项).
type CheckItem string

// The codes of CheckItem.
const (
	ItemQualification CheckItem = "qualification" // 证照资质
	ItemSafety        CheckItem = "safety"        // 安全
	ItemStaff         CheckItem = "staff"         // 从业人员
	ItemFees          CheckItem = "fees"          // 收费
	ItemEpidemic      CheckItem = "epidemic"      // 疫情防控
	ItemContent       CheckItem = "content"       // 培训内容
	ItemSchedule      CheckItem = "schedule"      // 培训时间
	ItemContract      CheckItem = "contract"      // 合同
	ItemEscrow        CheckItem = "escrow"        // 预收费监管
	ItemAdvertising   CheckItem = "advertising"   // 广告宣传
	ItemOther         CheckItem = "other"         // 其他
)

// CheckItems is the list of check item.
var CheckItems = list("check_item", "检查事项", "check item",
	string(ItemQualification), "证照资质", "licence and qualification",
	string(ItemSafety), "安全", "safety",
	string(ItemStaff), "从业人员", "staff",
	string(ItemFees), "收费", "fees",
	string(ItemEpidemic), "疫情防控", "epidemic control",
	string(ItemContent), "培训内容", "content of the training",
	string(ItemSchedule), "培训时间", "timetable",
	string(ItemContract), "合同", "contract",
	string(ItemEscrow), "预收费监管", "supervision of prepayment",
	string(ItemAdvertising), "广告宣传", "advertising",
	string(ItemOther), "其他", "other",
)

// UnmarshalText refuses a code that is not in the list.
func (c *CheckItem) UnmarshalText(b []byte) error { return read(c, b, CheckItems) }

// Label returns the words for the code.
func (c CheckItem) Label() domain.Text { return CheckItems.Label(string(c)) }

// List returns the closed list the code belongs to.
func (CheckItem) List() *List { return CheckItems }

// Severity is a code of the list of severity of a finding (问题程度).
type Severity string

// The codes of Severity.
const (
	SeverityNone    Severity = "none"    // 未发现问题
	SeverityMinor   Severity = "minor"   // 一般问题
	SeveritySerious Severity = "serious" // 严重问题
)

// Severities is the list of severity of a finding.
var Severities = list("severity", "问题程度", "severity of a finding",
	string(SeverityNone), "未发现问题", "nothing found",
	string(SeverityMinor), "一般问题", "minor",
	string(SeveritySerious), "严重问题", "serious",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Severity) UnmarshalText(b []byte) error { return read(c, b, Severities) }

// Label returns the words for the code.
func (c Severity) Label() domain.Text { return Severities.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Severity) List() *List { return Severities }

// RiskTier is a code of the list of risk tier (风险等级).
type RiskTier string

// The codes of RiskTier.
const (
	RiskLow    RiskTier = "low"    // 低风险
	RiskMedium RiskTier = "medium" // 中风险
	RiskHigh   RiskTier = "high"   // 高风险
)

// RiskTiers is the list of risk tier.
var RiskTiers = list("risk_tier", "风险等级", "risk tier",
	string(RiskLow), "低风险", "low risk",
	string(RiskMedium), "中风险", "medium risk",
	string(RiskHigh), "高风险", "high risk",
)

// UnmarshalText refuses a code that is not in the list.
func (c *RiskTier) UnmarshalText(b []byte) error { return read(c, b, RiskTiers) }

// Label returns the words for the code.
func (c RiskTier) Label() domain.Text { return RiskTiers.Label(string(c)) }

// List returns the closed list the code belongs to.
func (RiskTier) List() *List { return RiskTiers }
