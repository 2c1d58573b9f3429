package term

import "minglu/domain"

// Unit is a code of the list of unit (计数单位).
type Unit string

// The codes of Unit.
const (
	Institutions Unit = "institution"  // 家
	Visits       Unit = "visit"        // 所次
	Incidents    Unit = "incident"     // 件
	Persons      Unit = "person"       // 人
	PersonVisits Unit = "person_visit" // 人次
	Meetings     Unit = "meeting"      // 次
	Occasions    Unit = "occasion"     // 场次
	Items        Unit = "item"         // 项
	FenUnit      Unit = "fen"          // 分
	Groups       Unit = "group"        // 批次
	Papers       Unit = "document"     // 份
)

// Units is the list of unit.
var Units = list("unit", "计数单位", "unit",
	string(Institutions), "家", "institution",
	string(Visits), "所次", "visit",
	string(Incidents), "件", "incident",
	string(Persons), "人", "person",
	string(PersonVisits), "人次", "person-visit",
	string(Meetings), "次", "meeting",
	string(Occasions), "场次", "occasion",
	string(Items), "项", "item",
	string(FenUnit), "分", "fen",
	string(Groups), "批次", "group",
	string(Papers), "份", "document",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Unit) UnmarshalText(b []byte) error { return read(c, b, Units) }

// Label returns the words for the code.
func (c Unit) Label() domain.Text { return Units.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Unit) List() *List { return Units }

// Precision is a code of the list of precision (精度).
type Precision string

// The codes of Precision.
const (
	Exact        Precision = "exact"    // 准数
	AtLeast      Precision = "at_least" // 余（不少于）
	Nearly       Precision = "nearly"   // 近（接近）
	UnknownCount Precision = "unknown"  // 不能确定
)

// Precisions is the list of precision.
var Precisions = list("precision", "精度", "precision",
	string(Exact), "准数", "exact",
	string(AtLeast), "余（不少于）", "at least",
	string(Nearly), "近（接近）", "nearly",
	string(UnknownCount), "不能确定", "unknown",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Precision) UnmarshalText(b []byte) error { return read(c, b, Precisions) }

// Label returns the words for the code.
func (c Precision) Label() domain.Text { return Precisions.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Precision) List() *List { return Precisions }

// Figure is a code of the list of figure (统计指标).
type Figure string

// The codes of Figure.
const (
	GrievancesReceived      Figure = "grievances_received"      // 收到投诉举报
	GrievanceParts          Figure = "grievance_parts"          // 拆分后的诉求
	GrievancesAccepted      Figure = "grievances_accepted"      // 受理投诉举报
	GrievancesRefused       Figure = "grievances_refused"       // 不予受理
	GrievancesTransferred   Figure = "grievances_transferred"   // 转办
	GrievancesReturned      Figure = "grievances_returned"      // 转办退回
	GrievancesSettled       Figure = "grievances_settled"       // 调解成功
	GrievancesTerminated    Figure = "grievances_terminated"    // 终止调解
	GrievancesClosed        Figure = "grievances_closed"        // 办结投诉举报
	GrievancesReopened      Figure = "grievances_reopened"      // 重新办理
	GrievanceVisits         Figure = "grievance_visits"         // 接待来访
	Campaigns               Figure = "campaigns"                // 检查活动
	InspectionVisits        Figure = "inspection_visits"        // 检查
	Findings                Figure = "findings"                 // 检查发现的问题
	CorrectedOnSite         Figure = "corrected_on_site"        // 当场改正
	PremisesSurveyed        Figure = "premises_surveyed"        // 摸排场所
	SweepVisits             Figure = "sweep_visits"             // 包片走访
	Draws                   Figure = "draws"                    // 双随机抽查
	RectificationsOrdered   Figure = "rectifications_ordered"   // 责令整改
	RectificationsVerified  Figure = "rectifications_verified"  // 整改验收合格
	RectificationsFailed    Figure = "rectifications_failed"    // 整改不合格
	RectificationsExtended  Figure = "rectifications_extended"  // 整改延期
	CasesAlleged            Figure = "cases_alleged"            // 违法线索
	CasesFiled              Figure = "cases_filed"              // 立案
	CasesDecided            Figure = "cases_decided"            // 处罚决定
	CasesNotPunished        Figure = "cases_not_punished"       // 不予处罚
	InformalMeasures        Figure = "informal_measures"        // 非处罚措施
	FinesDecided            Figure = "fines_decided"            // 罚款（分）
	RefundsOrdered          Figure = "refunds_ordered"          // 责令退费（分）
	PoliceReferrals         Figure = "police_referrals"         // 移送公安
	AccountabilityReferrals Figure = "accountability_referrals" // 移送问责
	EscrowAccountsOpened    Figure = "escrow_accounts_opened"   // 监管账户开立
	ChargeBreachesNoted     Figure = "charge_breaches_noted"    // 收费违规
	EscrowAlertsRaised      Figure = "escrow_alerts_raised"     // 资金预警
	RefundsRequested        Figure = "refunds_requested"        // 退费申请
	DisputesOpened          Figure = "disputes_opened"          // 关停纠纷
	DisputePupils           Figure = "dispute_pupils"           // 纠纷涉及学员
	DisputesRouted          Figure = "disputes_routed"          // 纠纷分流
	DisputesResolved        Figure = "disputes_resolved"        // 纠纷化解
	DisputeMeetings         Figure = "dispute_meetings"         // 纠纷专题会议
	DisputeVisits           Figure = "dispute_visits"           // 纠纷来访
	Interviews              Figure = "interviews"               // 约谈
	Conferences             Figure = "conferences"              // 联席会议
	Trainings               Figure = "trainings"                // 培训与学习会
	TrainingAttendees       Figure = "training_attendees"       // 培训人次
	WarningsPosted          Figure = "warnings_posted"          // 张贴告知书
	Notices                 Figure = "notices"                  // 告知信与通知
	OperationsStopped       Figure = "operations_stopped"       // 关停
	AnnualInspections       Figure = "annual_inspections"       // 年度检查
	LicenceApplications     Figure = "licence_applications"     // 办证申请
	LicencesGranted         Figure = "licences_granted"         // 发证
	DeadlinesMissed         Figure = "deadlines_missed"         // 逾期
	ListingsProposed        Figure = "listings_proposed"        // 名单建议
)

// Figures is the list of figure.
var Figures = list("figure", "统计指标", "figure",
	string(GrievancesReceived), "收到投诉举报", "grievances received",
	string(GrievanceParts), "拆分后的诉求", "parts of grievances",
	string(GrievancesAccepted), "受理投诉举报", "grievances accepted",
	string(GrievancesRefused), "不予受理", "grievances refused",
	string(GrievancesTransferred), "转办", "grievances transferred",
	string(GrievancesReturned), "转办退回", "transfers returned",
	string(GrievancesSettled), "调解成功", "grievances settled",
	string(GrievancesTerminated), "终止调解", "mediations terminated",
	string(GrievancesClosed), "办结投诉举报", "grievances closed",
	string(GrievancesReopened), "重新办理", "grievances reopened",
	string(GrievanceVisits), "接待来访", "visits of petitioners",
	string(Campaigns), "检查活动", "inspection campaigns",
	string(InspectionVisits), "检查", "inspection visits",
	string(Findings), "检查发现的问题", "findings",
	string(CorrectedOnSite), "当场改正", "findings corrected on site",
	string(PremisesSurveyed), "摸排场所", "premises surveyed",
	string(SweepVisits), "包片走访", "visits of area teams",
	string(Draws), "双随机抽查", "random draws",
	string(RectificationsOrdered), "责令整改", "rectifications ordered",
	string(RectificationsVerified), "整改验收合格", "rectifications verified",
	string(RectificationsFailed), "整改不合格", "rectifications failed",
	string(RectificationsExtended), "整改延期", "rectifications extended",
	string(CasesAlleged), "违法线索", "violations alleged",
	string(CasesFiled), "立案", "cases filed",
	string(CasesDecided), "处罚决定", "penalty decisions",
	string(CasesNotPunished), "不予处罚", "cases without penalty",
	string(InformalMeasures), "非处罚措施", "informal measures",
	string(FinesDecided), "罚款（分）", "fines decided in fen",
	string(RefundsOrdered), "责令退费（分）", "refunds ordered in fen",
	string(PoliceReferrals), "移送公安", "referrals to the police",
	string(AccountabilityReferrals), "移送问责", "referrals for accountability",
	string(EscrowAccountsOpened), "监管账户开立", "supervised accounts opened",
	string(ChargeBreachesNoted), "收费违规", "breaches of the charging rules",
	string(EscrowAlertsRaised), "资金预警", "escrow alerts raised",
	string(RefundsRequested), "退费申请", "refunds requested",
	string(DisputesOpened), "关停纠纷", "disputes opened",
	string(DisputePupils), "纠纷涉及学员", "pupils in disputes",
	string(DisputesRouted), "纠纷分流", "disputes routed",
	string(DisputesResolved), "纠纷化解", "disputes resolved",
	string(DisputeMeetings), "纠纷专题会议", "meetings on disputes",
	string(DisputeVisits), "纠纷来访", "visits in disputes",
	string(Interviews), "约谈", "interviews",
	string(Conferences), "联席会议", "joint conferences",
	string(Trainings), "培训与学习会", "trainings",
	string(TrainingAttendees), "培训人次", "attendees of trainings",
	string(WarningsPosted), "张贴告知书", "warnings posted",
	string(Notices), "告知信与通知", "notices published",
	string(OperationsStopped), "关停", "operations stopped",
	string(AnnualInspections), "年度检查", "annual inspections concluded",
	string(LicenceApplications), "办证申请", "licence applications",
	string(LicencesGranted), "发证", "licences granted",
	string(DeadlinesMissed), "逾期", "deadlines missed",
	string(ListingsProposed), "名单建议", "proposals for the lists",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Figure) UnmarshalText(b []byte) error { return read(c, b, Figures) }

// Label returns the words for the code.
func (c Figure) Label() domain.Text { return Figures.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Figure) List() *List { return Figures }
