package term

import "minglu/domain"

// Class is a code of the list of class (类别).
type Class string

// The codes of Class.
const (
	Subject    Class = "subject"     // 学科类
	NonSubject Class = "non_subject" // 非学科类
)

// Classes is the list of class.
var Classes = list("class", "类别", "class",
	string(Subject), "学科类", "subject",
	string(NonSubject), "非学科类", "non-subject",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Class) UnmarshalText(b []byte) error { return read(c, b, Classes) }

// Label returns the words for the code.
func (c Class) Label() domain.Text { return Classes.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Class) List() *List { return Classes }

// Category is a code of the list of category (非学科类别).
type Category string

// The codes of Category.
const (
	Sports            Category = "sports"             // 体育类
	CultureArts       Category = "culture_arts"       // 文化艺术类
	ScienceTechnology Category = "science_technology" // 科技类
	OtherCategory     Category = "other"              // 其他
)

// Categories is the list of category.
var Categories = list("category", "非学科类别", "category",
	string(Sports), "体育类", "sports",
	string(CultureArts), "文化艺术类", "culture and arts",
	string(ScienceTechnology), "科技类", "science and technology",
	string(OtherCategory), "其他", "other",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Category) UnmarshalText(b []byte) error { return read(c, b, Categories) }

// Label returns the words for the code.
func (c Category) Label() domain.Text { return Categories.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Category) List() *List { return Categories }

// Audience is a code of the list of audience (培训对象).
type Audience string

// The codes of Audience.
const (
	Preschool  Audience = "preschool"   // 学龄前儿童
	Compulsory Audience = "compulsory"  // 义务教育阶段
	SeniorHigh Audience = "senior_high" // 普通高中
)

// Audiences is the list of audience.
var Audiences = list("audience", "培训对象", "audience",
	string(Preschool), "学龄前儿童", "preschool children",
	string(Compulsory), "义务教育阶段", "compulsory education",
	string(SeniorHigh), "普通高中", "senior high school",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Audience) UnmarshalText(b []byte) error { return read(c, b, Audiences) }

// Label returns the words for the code.
func (c Audience) Label() domain.Text { return Audiences.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Audience) List() *List { return Audiences }

// Mode is a code of the list of mode (培训方式).
type Mode string

// The codes of Mode.
const (
	Offline Mode = "offline" // 线下
	Online  Mode = "online"  // 线上
)

// Modes is the list of mode.
var Modes = list("mode", "培训方式", "mode",
	string(Offline), "线下", "offline",
	string(Online), "线上", "online",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Mode) UnmarshalText(b []byte) error { return read(c, b, Modes) }

// Label returns the words for the code.
func (c Mode) Label() domain.Text { return Modes.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Mode) List() *List { return Modes }

// Kind is a code of the list of kind (对象种类).
type Kind string

// The codes of Kind.
const (
	Institution   Kind = "institution"    // 机构
	Branch        Kind = "branch"         // 分支机构
	TeachingPoint Kind = "teaching_point" // 教学点
	NaturalPerson Kind = "natural_person" // 自然人
	Premises      Kind = "premises"       // 场所
)

// Kinds is the list of kind.
var Kinds = list("kind", "对象种类", "kind",
	string(Institution), "机构", "institution",
	string(Branch), "分支机构", "branch",
	string(TeachingPoint), "教学点", "teaching point",
	string(NaturalPerson), "自然人", "natural person",
	string(Premises), "场所", "premises",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Kind) UnmarshalText(b []byte) error { return read(c, b, Kinds) }

// Label returns the words for the code.
func (c Kind) Label() domain.Text { return Kinds.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Kind) List() *List { return Kinds }

// LicenceKind is a code of the list of licence kind (许可文件种类).
type LicenceKind string

// The codes of LicenceKind.
const (
	SchoolLicence     LicenceKind = "school_licence"     // 办学许可证
	TrainingPermit    LicenceKind = "training_permit"    // 培训许可证
	ReviewOpinion     LicenceKind = "review_opinion"     // 审核意见书
	EstablishmentForm LicenceKind = "establishment_form" // 设立审核表
)

// LicenceKinds is the list of licence kind.
var LicenceKinds = list("licence_kind", "许可文件种类", "licence kind",
	string(SchoolLicence), "办学许可证", "school licence",
	string(TrainingPermit), "培训许可证", "training permit",
	string(ReviewOpinion), "审核意见书", "review opinion",
	string(EstablishmentForm), "设立审核表", "establishment form",
)

// UnmarshalText refuses a code that is not in the list.
func (c *LicenceKind) UnmarshalText(b []byte) error { return read(c, b, LicenceKinds) }

// Label returns the words for the code.
func (c LicenceKind) Label() domain.Text { return LicenceKinds.Label(string(c)) }

// List returns the closed list the code belongs to.
func (LicenceKind) List() *List { return LicenceKinds }

// LicenceState is a code of the list of licence state (许可状态).
type LicenceState string

// The codes of LicenceState.
const (
	LicencePending     LicenceState = "pending"     // 尚未生效
	LicenceValid       LicenceState = "valid"       // 有效
	LicenceSuspended   LicenceState = "suspended"   // 已暂停
	LicenceLapsed      LicenceState = "lapsed"      // 期限已过
	LicenceExpired     LicenceState = "expired"     // 期满未延续
	LicenceRevoked     LicenceState = "revoked"     // 已吊销
	LicenceAnnulled    LicenceState = "annulled"    // 已撤销
	LicenceWithdrawn   LicenceState = "withdrawn"   // 已撤回
	LicenceSurrendered LicenceState = "surrendered" // 已缴回
	LicenceConverted   LicenceState = "converted"   // 因转型终止
	LicenceCancelled   LicenceState = "cancelled"   // 已注销
)

// LicenceStates is the list of licence state.
var LicenceStates = list("licence_state", "许可状态", "licence state",
	string(LicencePending), "尚未生效", "not yet valid",
	string(LicenceValid), "有效", "valid",
	string(LicenceSuspended), "已暂停", "suspended",
	string(LicenceLapsed), "期限已过", "past its term",
	string(LicenceExpired), "期满未延续", "expired",
	string(LicenceRevoked), "已吊销", "revoked",
	string(LicenceAnnulled), "已撤销", "annulled",
	string(LicenceWithdrawn), "已撤回", "withdrawn",
	string(LicenceSurrendered), "已缴回", "surrendered",
	string(LicenceConverted), "因转型终止", "closed by conversion",
	string(LicenceCancelled), "已注销", "cancelled",
)

// UnmarshalText refuses a code that is not in the list.
func (c *LicenceState) UnmarshalText(b []byte) error { return read(c, b, LicenceStates) }

// Label returns the words for the code.
func (c LicenceState) Label() domain.Text { return LicenceStates.Label(string(c)) }

// List returns the closed list the code belongs to.
func (LicenceState) List() *List { return LicenceStates }

// CancelCause is a code of the list of cause of cancellation (注销原因).
type CancelCause string

// The codes of CancelCause.
const (
	OwnWish        CancelCause = "own_wish"    // 自行申请
	CauseExpired   CancelCause = "expired"     // 期满未延续
	CauseRevoked   CancelCause = "revoked"     // 被吊销
	CauseAnnulled  CancelCause = "annulled"    // 被撤销
	CauseWithdrawn CancelCause = "withdrawn"   // 被撤回
	CauseConverted CancelCause = "converted"   // 转型
	NotPrinted     CancelCause = "not_printed" // 来源未写明
)

// CancelCauses is the list of cause of cancellation.
var CancelCauses = list("cancel_cause", "注销原因", "cause of cancellation",
	string(OwnWish), "自行申请", "own wish",
	string(CauseExpired), "期满未延续", "expired",
	string(CauseRevoked), "被吊销", "revoked",
	string(CauseAnnulled), "被撤销", "annulled",
	string(CauseWithdrawn), "被撤回", "withdrawn",
	string(CauseConverted), "转型", "converted",
	string(NotPrinted), "来源未写明", "not printed",
)

// UnmarshalText refuses a code that is not in the list.
func (c *CancelCause) UnmarshalText(b []byte) error { return read(c, b, CancelCauses) }

// Label returns the words for the code.
func (c CancelCause) Label() domain.Text { return CancelCauses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (CancelCause) List() *List { return CancelCauses }

// Registry is a code of the list of registry (登记机关).
type Registry string

// The codes of Registry.
const (
	MarketRegulation Registry = "market_regulation" // 市场监管部门
	CivilAffairs     Registry = "civil_affairs"     // 民政部门
)

// Registries is the list of registry.
var Registries = list("registry", "登记机关", "registry",
	string(MarketRegulation), "市场监管部门", "market regulation",
	string(CivilAffairs), "民政部门", "civil affairs",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Registry) UnmarshalText(b []byte) error { return read(c, b, Registries) }

// Label returns the words for the code.
func (c Registry) Label() domain.Text { return Registries.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Registry) List() *List { return Registries }

// LegalForm is a code of the list of legal form (法人登记形式).
type LegalForm string

// The codes of LegalForm.
const (
	Company              LegalForm = "company"                // 公司（营业执照）
	PrivateNonEnterprise LegalForm = "private_non_enterprise" // 民办非企业单位
	Individual           LegalForm = "individual"             // 个体工商户
)

// LegalForms is the list of legal form.
var LegalForms = list("legal_form", "法人登记形式", "legal form",
	string(Company), "公司（营业执照）", "company",
	string(PrivateNonEnterprise), "民办非企业单位", "private non-enterprise unit",
	string(Individual), "个体工商户", "individual business",
)

// UnmarshalText refuses a code that is not in the list.
func (c *LegalForm) UnmarshalText(b []byte) error { return read(c, b, LegalForms) }

// Label returns the words for the code.
func (c LegalForm) Label() domain.Text { return LegalForms.Label(string(c)) }

// List returns the closed list the code belongs to.
func (LegalForm) List() *List { return LegalForms }

// Procedure is a code of the list of deregistration procedure (注销程序).
type Procedure string

// The codes of Procedure.
const (
	Simple  Procedure = "simple"  // 简易注销
	General Procedure = "general" // 一般注销
)

// Procedures is the list of deregistration procedure.
var Procedures = list("procedure", "注销程序", "deregistration procedure",
	string(Simple), "简易注销", "simplified",
	string(General), "一般注销", "general",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Procedure) UnmarshalText(b []byte) error { return read(c, b, Procedures) }

// Label returns the words for the code.
func (c Procedure) Label() domain.Text { return Procedures.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Procedure) List() *List { return Procedures }

// ReviewResult is a code of the list of compliance review result (合规审核结果).
type ReviewResult string

// The codes of ReviewResult.
const (
	Passed ReviewResult = "passed" // 通过
	Failed ReviewResult = "failed" // 未通过
)

// ReviewResults is the list of compliance review result.
var ReviewResults = list("review_result", "合规审核结果", "compliance review result",
	string(Passed), "通过", "passed",
	string(Failed), "未通过", "failed",
)

// UnmarshalText refuses a code that is not in the list.
func (c *ReviewResult) UnmarshalText(b []byte) error { return read(c, b, ReviewResults) }

// Label returns the words for the code.
func (c ReviewResult) Label() domain.Text { return ReviewResults.Label(string(c)) }

// List returns the closed list the code belongs to.
func (ReviewResult) List() *List { return ReviewResults }

// InspectionResult is a code of the list of annual inspection result (年检结论).
type InspectionResult string

// The codes of InspectionResult.
const (
	Pass            InspectionResult = "pass"             // 合格
	ConditionalPass InspectionResult = "conditional_pass" // 基本合格
	Fail            InspectionResult = "fail"             // 不合格
)

// InspectionResults is the list of annual inspection result.
var InspectionResults = list("annual_inspection_result", "年检结论", "annual inspection result",
	string(Pass), "合格", "pass",
	string(ConditionalPass), "基本合格", "conditional pass",
	string(Fail), "不合格", "fail",
)

// UnmarshalText refuses a code that is not in the list.
func (c *InspectionResult) UnmarshalText(b []byte) error { return read(c, b, InspectionResults) }

// Label returns the words for the code.
func (c InspectionResult) Label() domain.Text { return InspectionResults.Label(string(c)) }

// List returns the closed list the code belongs to.
func (InspectionResult) List() *List { return InspectionResults }

// IdentifierKind is a code of the list of identifier kind (标识种类).
type IdentifierKind string

// The codes of IdentifierKind.
const (
	USCCIdentifier       IdentifierKind = "uscc"                  // 统一社会信用代码
	NonprofitCertificate IdentifierKind = "nonprofit_certificate" // 民办非企业单位登记证书号
	ICP                  IdentifierKind = "icp"                   // ICP 备案号
	PlatformNumber       IdentifierKind = "platform"              // 平台编号
)

// IdentifierKinds is the list of identifier kind.
var IdentifierKinds = list("identifier_kind", "标识种类", "identifier kind",
	string(USCCIdentifier), "统一社会信用代码", "unified social credit code",
	string(NonprofitCertificate), "民办非企业单位登记证书号", "private non-enterprise certificate",
	string(ICP), "ICP 备案号", "ICP filing",
	string(PlatformNumber), "平台编号", "platform number",
)

// UnmarshalText refuses a code that is not in the list.
func (c *IdentifierKind) UnmarshalText(b []byte) error { return read(c, b, IdentifierKinds) }

// Label returns the words for the code.
func (c IdentifierKind) Label() domain.Text { return IdentifierKinds.Label(string(c)) }

// List returns the closed list the code belongs to.
func (IdentifierKind) List() *List { return IdentifierKinds }

// ListName is a code of the list of list (名单).
type ListName string

// The codes of ListName.
const (
	White ListName = "white" // 白名单
	Watch ListName = "watch" // 整改（预警）名单
	Black ListName = "black" // 黑名单
)

// ListNames is the list of list.
var ListNames = list("list", "名单", "list",
	string(White), "白名单", "white list",
	string(Watch), "整改（预警）名单", "watch list",
	string(Black), "黑名单", "black list",
)

// UnmarshalText refuses a code that is not in the list.
func (c *ListName) UnmarshalText(b []byte) error { return read(c, b, ListNames) }

// Label returns the words for the code.
func (c ListName) Label() domain.Text { return ListNames.Label(string(c)) }

// List returns the closed list the code belongs to.
func (ListName) List() *List { return ListNames }

// Standing is a code of the list of standing (名单状态).
type Standing string

// The codes of Standing.
const (
	StandingWhite        Standing = "white"        // 白名单
	StandingWatch        Standing = "watch"        // 整改中
	StandingBlack        Standing = "black"        // 黑名单
	StandingDeregistered Standing = "deregistered" // 已注销
	StandingUnlisted     Standing = "unlisted"     // 未列入名单
)

// Standings is the list of standing.
var Standings = list("standing", "名单状态", "standing",
	string(StandingWhite), "白名单", "white",
	string(StandingWatch), "整改中", "under watch",
	string(StandingBlack), "黑名单", "black",
	string(StandingDeregistered), "已注销", "deregistered",
	string(StandingUnlisted), "未列入名单", "unlisted",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Standing) UnmarshalText(b []byte) error { return read(c, b, Standings) }

// Label returns the words for the code.
func (c Standing) Label() domain.Text { return Standings.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Standing) List() *List { return Standings }

// Status is a code of the list of status (办学状态).
type Status string

// The codes of Status.
const (
	Operating    Status = "operating"    // 在办
	Terminating  Status = "terminating"  // 终止办学公告中
	Suspended    Status = "suspended"    // 暂停办学
	Deregistered Status = "deregistered" // 已注销
	Closed       Status = "closed"       // 已关停
)

// Statuses is the list of status.
var Statuses = list("status", "办学状态", "status",
	string(Operating), "在办", "operating",
	string(Terminating), "终止办学公告中", "terminating",
	string(Suspended), "暂停办学", "suspended",
	string(Deregistered), "已注销", "deregistered",
	string(Closed), "已关停", "closed",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Status) UnmarshalText(b []byte) error { return read(c, b, Statuses) }

// Label returns the words for the code.
func (c Status) Label() domain.Text { return Statuses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Status) List() *List { return Statuses }

// Documents is a code of the list of documents (证照情况).
type Documents string

// The codes of Documents.
const (
	Complete       Documents = "complete"        // 证照齐全
	LicensedOnly   Documents = "licensed_only"   // 有证无照
	RegisteredOnly Documents = "registered_only" // 有照无证
	Neither        Documents = "neither"         // 无证无照
)

// DocumentsList is the list of documents.
var DocumentsList = list("documents", "证照情况", "documents",
	string(Complete), "证照齐全", "complete",
	string(LicensedOnly), "有证无照", "licensed only",
	string(RegisteredOnly), "有照无证", "registered only",
	string(Neither), "无证无照", "neither",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Documents) UnmarshalText(b []byte) error { return read(c, b, DocumentsList) }

// Label returns the words for the code.
func (c Documents) Label() domain.Text { return DocumentsList.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Documents) List() *List { return DocumentsList }

// WhiteRemoval is a code of the list of cause of removal from the white list (移出白名单原因).
type WhiteRemoval string

// The codes of WhiteRemoval.
const (
	X1              WhiteRemoval = "X1"    // 许可或登记终止
	X2              WhiteRemoval = "X2"    // 严重问题
	X3              WhiteRemoval = "X3"    // 年检未合格
	X4              WhiteRemoval = "X4"    // 获准转型
	X5              WhiteRemoval = "X5"    // 资金红色预警
	X6              WhiteRemoval = "X6"    // 公告终止办学
	X7              WhiteRemoval = "X7"    // 一般问题
	RemovedForWatch WhiteRemoval = "watch" // 转入整改
	RemovedForBlack WhiteRemoval = "black" // 列入黑名单
	WhiteError      WhiteRemoval = "error" // 列入有误
)

// WhiteRemovals is the list of cause of removal from the white list.
var WhiteRemovals = list("white_removal_cause", "移出白名单原因", "cause of removal from the white list",
	string(X1), "许可或登记终止", "licence or registration ended",
	string(X2), "严重问题", "serious finding",
	string(X3), "年检未合格", "annual inspection not passed",
	string(X4), "获准转型", "conversion approved",
	string(X5), "资金红色预警", "red escrow alert",
	string(X6), "公告终止办学", "termination announced",
	string(X7), "一般问题", "minor finding",
	string(RemovedForWatch), "转入整改", "put on watch",
	string(RemovedForBlack), "列入黑名单", "black-listed",
	string(WhiteError), "列入有误", "listed in error",
)

// UnmarshalText refuses a code that is not in the list.
func (c *WhiteRemoval) UnmarshalText(b []byte) error { return read(c, b, WhiteRemovals) }

// Label returns the words for the code.
func (c WhiteRemoval) Label() domain.Text { return WhiteRemovals.Label(string(c)) }

// List returns the closed list the code belongs to.
func (WhiteRemoval) List() *List { return WhiteRemovals }

// WatchOutcome is a code of the list of outcome of watch (整改结果).
type WatchOutcome string

// The codes of WatchOutcome.
const (
	WatchVerified WatchOutcome = "verified" // 整改验收通过
	WatchFailed   WatchOutcome = "failed"   // 整改未通过
)

// WatchOutcomes is the list of outcome of watch.
var WatchOutcomes = list("watch_outcome", "整改结果", "outcome of watch",
	string(WatchVerified), "整改验收通过", "verified",
	string(WatchFailed), "整改未通过", "failed",
)

// UnmarshalText refuses a code that is not in the list.
func (c *WatchOutcome) UnmarshalText(b []byte) error { return read(c, b, WatchOutcomes) }

// Label returns the words for the code.
func (c WatchOutcome) Label() domain.Text { return WatchOutcomes.Label(string(c)) }

// List returns the closed list the code belongs to.
func (WatchOutcome) List() *List { return WatchOutcomes }

// Tier is a code of the list of tier (失信等级).
type Tier string

// The codes of Tier.
const (
	Minor    Tier = "minor"    // 轻微
	Ordinary Tier = "ordinary" // 一般
	Serious  Tier = "serious"  // 严重
)

// Tiers is the list of tier.
var Tiers = list("tier", "失信等级", "tier",
	string(Minor), "轻微", "minor",
	string(Ordinary), "一般", "ordinary",
	string(Serious), "严重", "serious",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Tier) UnmarshalText(b []byte) error { return read(c, b, Tiers) }

// Label returns the words for the code.
func (c Tier) Label() domain.Text { return Tiers.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Tier) List() *List { return Tiers }

// BlackGround is a code of the list of ground of black-listing (列入黑名单情形).
type BlackGround string

// The codes of BlackGround.
const (
	B1  BlackGround = "B1"  // 无证办学
	B2  BlackGround = "B2"  // 隐形变异学科培训
	B3  BlackGround = "B3"  // 超出许可范围
	B4  BlackGround = "B4"  // 培训材料未经审核
	B5  BlackGround = "B5"  // 聘用不得从业人员
	B6  BlackGround = "B6"  // 违规收费
	B7  BlackGround = "B7"  // 整改未完成或拒不整改
	B8  BlackGround = "B8"  // 卷款跑路、拒不退费
	B9  BlackGround = "B9"  // 重大安全隐患
	B10 BlackGround = "B10" // 年检不合格且未整改
	B11 BlackGround = "B11" // 骗取、伪造、出借、买卖许可
)

// BlackGrounds is the list of ground of black-listing.
var BlackGrounds = list("black_ground", "列入黑名单情形", "ground of black-listing",
	string(B1), "无证办学", "unlicensed operation",
	string(B2), "隐形变异学科培训", "disguised subject training",
	string(B3), "超出许可范围", "outside the licensed scope",
	string(B4), "培训材料未经审核", "materials not reviewed",
	string(B5), "聘用不得从业人员", "barred staff",
	string(B6), "违规收费", "unlawful charging",
	string(B7), "整改未完成或拒不整改", "rectification failed or refused",
	string(B8), "卷款跑路、拒不退费", "absconding or refusing refunds",
	string(B9), "重大安全隐患", "major safety hazard",
	string(B10), "年检不合格且未整改", "annual inspection failed and not rectified",
	string(B11), "骗取、伪造、出借、买卖许可", "licence by fraud, forged, lent or sold",
)

// UnmarshalText refuses a code that is not in the list.
func (c *BlackGround) UnmarshalText(b []byte) error { return read(c, b, BlackGrounds) }

// Label returns the words for the code.
func (c BlackGround) Label() domain.Text { return BlackGrounds.Label(string(c)) }

// List returns the closed list the code belongs to.
func (BlackGround) List() *List { return BlackGrounds }

// BlackRemoval is a code of the list of cause of removal from the black list (移出黑名单原因).
type BlackRemoval string

// The codes of BlackRemoval.
const (
	Repaired        BlackRemoval = "repaired" // 信用修复
	BlackExpired    BlackRemoval = "expired"  // 公示期满或主体消灭
	DecisionRevoked BlackRemoval = "revoked"  // 决定被撤销
	FactualError    BlackRemoval = "error"    // 认定有误
)

// BlackRemovals is the list of cause of removal from the black list.
var BlackRemovals = list("black_removal_cause", "移出黑名单原因", "cause of removal from the black list",
	string(Repaired), "信用修复", "credit repaired",
	string(BlackExpired), "公示期满或主体消灭", "publication ended",
	string(DecisionRevoked), "决定被撤销", "decision revoked",
	string(FactualError), "认定有误", "factual error",
)

// UnmarshalText refuses a code that is not in the list.
func (c *BlackRemoval) UnmarshalText(b []byte) error { return read(c, b, BlackRemovals) }

// Label returns the words for the code.
func (c BlackRemoval) Label() domain.Text { return BlackRemovals.Label(string(c)) }

// List returns the closed list the code belongs to.
func (BlackRemoval) List() *List { return BlackRemovals }

// Method is a code of the list of reduction method (压减率算法).
type Method string

// The codes of Method.
const (
	Ministry          Method = "ministry"           // 教育部口径
	ClosuresOnly      Method = "closures_only"      // 只计注销
	AllPermits        Method = "all_permits"        // 全部持证机构为基数
	DistrictInclusive Method = "district_inclusive" // 区县宽口径
)

// Methods is the list of reduction method.
var Methods = list("reduction_method", "压减率算法", "reduction method",
	string(Ministry), "教育部口径", "ministry",
	string(ClosuresOnly), "只计注销", "closures only",
	string(AllPermits), "全部持证机构为基数", "all permits",
	string(DistrictInclusive), "区县宽口径", "district inclusive",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Method) UnmarshalText(b []byte) error { return read(c, b, Methods) }

// Label returns the words for the code.
func (c Method) Label() domain.Text { return Methods.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Method) List() *List { return Methods }

// CohortState is a code of the list of state of a cohort member (基数成员状态).
type CohortState string

// The codes of CohortState.
const (
	CohortCancelled      CohortState = "cancelled"        // 已注销
	CohortConverted      CohortState = "converted"        // 已转型
	CohortSeniorHighOnly CohortState = "senior_high_only" // 只办高中
	CohortNonProfit      CohortState = "non_profit"       // 已转为非营利
	CohortTerminating    CohortState = "terminating"      // 终止办学公告中
	CohortSuspended      CohortState = "suspended"        // 暂停
	CohortActive         CohortState = "active"           // 在办
)

// CohortStates is the list of state of a cohort member.
var CohortStates = list("cohort_state", "基数成员状态", "state of a cohort member",
	string(CohortCancelled), "已注销", "cancelled",
	string(CohortConverted), "已转型", "converted",
	string(CohortSeniorHighOnly), "只办高中", "senior high only",
	string(CohortNonProfit), "已转为非营利", "turned non-profit",
	string(CohortTerminating), "终止办学公告中", "terminating",
	string(CohortSuspended), "暂停", "suspended",
	string(CohortActive), "在办", "active",
)

// UnmarshalText refuses a code that is not in the list.
func (c *CohortState) UnmarshalText(b []byte) error { return read(c, b, CohortStates) }

// Label returns the words for the code.
func (c CohortState) Label() domain.Text { return CohortStates.Label(string(c)) }

// List returns the closed list the code belongs to.
func (CohortState) List() *List { return CohortStates }

// Department is a code of the list of department (部门).
type Department string

// The codes of Department.
const (
	EducationDept         Department = "education"               // 教育
	MarketDept            Department = "market_regulation"       // 市场监管
	PublicSecurity        Department = "public_security"         // 公安
	Fire                  Department = "fire"                    // 消防
	HumanResources        Department = "human_resources"         // 人社
	CivilAffairsDept      Department = "civil_affairs"           // 民政
	CultureTourism        Department = "culture_tourism"         // 文旅
	SportsDept            Department = "sports"                  // 体育
	ScienceDept           Department = "science_technology"      // 科技
	Health                Department = "health"                  // 卫健
	UrbanManagement       Department = "urban_management"        // 城管
	Cyberspace            Department = "cyberspace"              // 网信
	Housing               Department = "housing"                 // 住建
	ApprovalBureau        Department = "approval_bureau"         // 行政审批
	JointConferenceOffice Department = "joint_conference_office" // 联席会议办公室
	Bank                  Department = "bank"                    // 银行
	AuditorDept           Department = "auditor"                 // 审计
	PlatformDept          Department = "platform"                // 监管服务平台
)

// Departments is the list of department.
var Departments = list("department", "部门", "department",
	string(EducationDept), "教育", "education",
	string(MarketDept), "市场监管", "market regulation",
	string(PublicSecurity), "公安", "public security",
	string(Fire), "消防", "fire",
	string(HumanResources), "人社", "human resources",
	string(CivilAffairsDept), "民政", "civil affairs",
	string(CultureTourism), "文旅", "culture and tourism",
	string(SportsDept), "体育", "sports",
	string(ScienceDept), "科技", "science and technology",
	string(Health), "卫健", "health",
	string(UrbanManagement), "城管", "urban management",
	string(Cyberspace), "网信", "cyberspace",
	string(Housing), "住建", "housing",
	string(ApprovalBureau), "行政审批", "approval bureau",
	string(JointConferenceOffice), "联席会议办公室", "joint-conference office",
	string(Bank), "银行", "bank",
	string(AuditorDept), "审计", "auditor",
	string(PlatformDept), "监管服务平台", "supervision platform",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Department) UnmarshalText(b []byte) error { return read(c, b, Departments) }

// Label returns the words for the code.
func (c Department) Label() domain.Text { return Departments.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Department) List() *List { return Departments }

// Role is a code of the list of role (角色).
type Role string

// The codes of Role.
const (
	Handler       Role = "handler"       // 经办人
	Approver      Role = "approver"      // 审批人
	Supervisor    Role = "supervisor"    // 主管
	Auditor       Role = "auditor"       // 审计员
	Administrator Role = "administrator" // 管理员
)

// Roles is the list of role.
var Roles = list("role", "角色", "role",
	string(Handler), "经办人", "handler",
	string(Approver), "审批人", "approver",
	string(Supervisor), "主管", "supervisor",
	string(Auditor), "审计员", "auditor",
	string(Administrator), "管理员", "administrator",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Role) UnmarshalText(b []byte) error { return read(c, b, Roles) }

// Label returns the words for the code.
func (c Role) Label() domain.Text { return Roles.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Role) List() *List { return Roles }

// StopBasis is a code of the list of basis of a stop (关停依据).
type StopBasis string

// The codes of StopBasis.
const (
	StopUnlicensed StopBasis = "unlicensed" // 无证办学
	StopPenalty    StopBasis = "penalty"    // 行政处罚
	StopSafety     StopBasis = "safety"     // 安全隐患
	StopOwn        StopBasis = "own"        // 自行停办
)

// StopBasisList is the list of basis of a stop.
var StopBasisList = list("stop_basis", "关停依据", "basis of a stop",
	string(StopUnlicensed), "无证办学", "unlicensed",
	string(StopPenalty), "行政处罚", "penalty",
	string(StopSafety), "安全隐患", "safety hazard",
	string(StopOwn), "自行停办", "own wish",
)

// UnmarshalText refuses a code that is not in the list.
func (c *StopBasis) UnmarshalText(b []byte) error { return read(c, b, StopBasisList) }

// Label returns the words for the code.
func (c StopBasis) Label() domain.Text { return StopBasisList.Label(string(c)) }

// List returns the closed list the code belongs to.
func (StopBasis) List() *List { return StopBasisList }
