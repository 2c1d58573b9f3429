package term

import "minglu/domain"

// CaseSource is a code of the list of source of a case (线索来源).
type CaseSource string

// The codes of CaseSource.
const (
	FromGrievance  CaseSource = "grievance"  // 投诉举报
	FromInspection CaseSource = "inspection" // 监督检查
	FromSweep      CaseSource = "sweep"      // 摸排
	FromReferral   CaseSource = "referral"   // 移送交办
	FromMedia      CaseSource = "media"      // 媒体监督
)

// CaseSources is the list of source of a case.
var CaseSources = list("case_source", "线索来源", "source of a case",
	string(FromGrievance), "投诉举报", "grievance",
	string(FromInspection), "监督检查", "inspection",
	string(FromSweep), "摸排", "sweep",
	string(FromReferral), "移送交办", "referral",
	string(FromMedia), "媒体监督", "media",
)

// UnmarshalText refuses a code that is not in the list.
func (c *CaseSource) UnmarshalText(b []byte) error { return read(c, b, CaseSources) }

// Label returns the words for the code.
func (c CaseSource) Label() domain.Text { return CaseSources.Label(string(c)) }

// List returns the closed list the code belongs to.
func (CaseSource) List() *List { return CaseSources }

// Disguise is a code of the list of disguise (隐形变异名目).
type Disguise string

// The codes of Disguise.
const (
	Housekeeping     Disguise = "housekeeping"      // 家政服务
	LiveInTutor      Disguise = "live_in_tutor"     // 住家教师
	CrowdfundedTutor Disguise = "crowdfunded_tutor" // 众筹私教
	Consulting       Disguise = "consulting"        // 咨询
	CultureExchange  Disguise = "culture_exchange"  // 文化传播
	StudyTour        Disguise = "study_tour"        // 研学
	SummerCamp       Disguise = "summer_camp"       // 夏令营
	ThinkingLiteracy Disguise = "thinking_literacy" // 思维素养
	ChineseClassics  Disguise = "chinese_classics"  // 国学素养
	LiveStream       Disguise = "live_stream"       // 直播
	RecordedClass    Disguise = "recorded_class"    // 直播变录播
	OneToOne         Disguise = "one_to_one"        // 一对一
	OtherDisguise    Disguise = "other"             // 其他
)

// Disguises is the list of disguise.
var Disguises = list("disguise", "隐形变异名目", "disguise",
	string(Housekeeping), "家政服务", "housekeeping",
	string(LiveInTutor), "住家教师", "live-in tutor",
	string(CrowdfundedTutor), "众筹私教", "crowdfunded tutor",
	string(Consulting), "咨询", "consulting",
	string(CultureExchange), "文化传播", "culture exchange",
	string(StudyTour), "研学", "study tour",
	string(SummerCamp), "夏令营", "summer camp",
	string(ThinkingLiteracy), "思维素养", "thinking literacy",
	string(ChineseClassics), "国学素养", "Chinese classics",
	string(LiveStream), "直播", "live stream",
	string(RecordedClass), "直播变录播", "recorded class",
	string(OneToOne), "一对一", "one to one",
	string(OtherDisguise), "其他", "other",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Disguise) UnmarshalText(b []byte) error { return read(c, b, Disguises) }

// Label returns the words for the code.
func (c Disguise) Label() domain.Text { return Disguises.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Disguise) List() *List { return Disguises }

// PartyType is a code of the list of type of party (当事人类型).
type PartyType string

// The codes of PartyType.
const (
	OrganisationParty  PartyType = "organisation"       // 法人或者其他组织
	NaturalPersonParty PartyType = "natural_person"     // 自然人
	InServiceTeacher   PartyType = "in_service_teacher" // 在职教师
)

// PartyTypes is the list of type of party.
var PartyTypes = list("party_type", "当事人类型", "type of party",
	string(OrganisationParty), "法人或者其他组织", "organisation",
	string(NaturalPersonParty), "自然人", "natural person",
	string(InServiceTeacher), "在职教师", "in-service teacher",
)

// UnmarshalText refuses a code that is not in the list.
func (c *PartyType) UnmarshalText(b []byte) error { return read(c, b, PartyTypes) }

// Label returns the words for the code.
func (c PartyType) Label() domain.Text { return PartyTypes.Label(string(c)) }

// List returns the closed list the code belongs to.
func (PartyType) List() *List { return PartyTypes }

// CaseStatus is a code of the list of status of a case (案件状态).
type CaseStatus string

// The codes of CaseStatus.
const (
	CaseAlleged     CaseStatus = "alleged"      // 有线索
	CaseFiled       CaseStatus = "filed"        // 已立案
	CaseNotified    CaseStatus = "notified"     // 已告知
	CaseHearing     CaseStatus = "hearing"      // 听证中
	CaseDecided     CaseStatus = "decided"      // 已决定
	CaseServed      CaseStatus = "served"       // 已送达
	CasePublished   CaseStatus = "published"    // 已公示
	CasePerformed   CaseStatus = "performed"    // 已履行
	CaseClosed      CaseStatus = "closed"       // 已结案
	CaseNotPunished CaseStatus = "not_punished" // 不予处罚
	CaseTransferred CaseStatus = "transferred"  // 已移送
	CaseRevoked     CaseStatus = "revoked"      // 已撤销
)

// CaseStatuses is the list of status of a case.
var CaseStatuses = list("case_status", "案件状态", "status of a case",
	string(CaseAlleged), "有线索", "alleged",
	string(CaseFiled), "已立案", "filed",
	string(CaseNotified), "已告知", "notified",
	string(CaseHearing), "听证中", "hearing",
	string(CaseDecided), "已决定", "decided",
	string(CaseServed), "已送达", "served",
	string(CasePublished), "已公示", "published",
	string(CasePerformed), "已履行", "performed",
	string(CaseClosed), "已结案", "closed",
	string(CaseNotPunished), "不予处罚", "not punished",
	string(CaseTransferred), "已移送", "transferred",
	string(CaseRevoked), "已撤销", "revoked",
)

// UnmarshalText refuses a code that is not in the list.
func (c *CaseStatus) UnmarshalText(b []byte) error { return read(c, b, CaseStatuses) }

// Label returns the words for the code.
func (c CaseStatus) Label() domain.Text { return CaseStatuses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (CaseStatus) List() *List { return CaseStatuses }

// PenaltyProcedure is a code of the list of procedure of a penalty (处罚程序).
type PenaltyProcedure string

// The codes of PenaltyProcedure.
const (
	OrdinaryProcedure PenaltyProcedure = "ordinary" // 普通程序
	SummaryProcedure  PenaltyProcedure = "summary"  // 简易程序
)

// PenaltyProcedures is the list of procedure of a penalty.
var PenaltyProcedures = list("penalty_procedure", "处罚程序", "procedure of a penalty",
	string(OrdinaryProcedure), "普通程序", "ordinary procedure",
	string(SummaryProcedure), "简易程序", "summary procedure",
)

// UnmarshalText refuses a code that is not in the list.
func (c *PenaltyProcedure) UnmarshalText(b []byte) error { return read(c, b, PenaltyProcedures) }

// Label returns the words for the code.
func (c PenaltyProcedure) Label() domain.Text { return PenaltyProcedures.Label(string(c)) }

// List returns the closed list the code belongs to.
func (PenaltyProcedure) List() *List { return PenaltyProcedures }

// PenaltyKind is a code of the list of kind of penalty (处罚种类).
type PenaltyKind string

// The codes of PenaltyKind.
const (
	WarningPenalty       PenaltyKind = "warning"           // 警告
	Criticism            PenaltyKind = "criticism"         // 通报批评
	Fine                 PenaltyKind = "fine"              // 罚款
	ConfiscateIncome     PenaltyKind = "confiscate_income" // 没收违法所得
	ConfiscateGoods      PenaltyKind = "confiscate_goods"  // 没收非法财物
	StopEnrolment        PenaltyKind = "stop_enrolment"    // 责令停止招收学员
	StopOperation        PenaltyKind = "stop_operation"    // 责令停止举办
	RevokeLicencePenalty PenaltyKind = "revoke_licence"    // 吊销许可证件
	PracticeBar          PenaltyKind = "practice_bar"      // 限制从业
	OtherPenalty         PenaltyKind = "other"             // 其他行政处罚
)

// PenaltyKinds is the list of kind of penalty.
var PenaltyKinds = list("penalty_kind", "处罚种类", "kind of penalty",
	string(WarningPenalty), "警告", "warning",
	string(Criticism), "通报批评", "public criticism",
	string(Fine), "罚款", "fine",
	string(ConfiscateIncome), "没收违法所得", "confiscation of illegal income",
	string(ConfiscateGoods), "没收非法财物", "confiscation of goods",
	string(StopEnrolment), "责令停止招收学员", "order to stop enrolment",
	string(StopOperation), "责令停止举办", "order to stop operation",
	string(RevokeLicencePenalty), "吊销许可证件", "revocation of the licence",
	string(PracticeBar), "限制从业", "practice bar",
	string(OtherPenalty), "其他行政处罚", "other penalty",
)

// UnmarshalText refuses a code that is not in the list.
func (c *PenaltyKind) UnmarshalText(b []byte) error { return read(c, b, PenaltyKinds) }

// Label returns the words for the code.
func (c PenaltyKind) Label() domain.Text { return PenaltyKinds.Label(string(c)) }

// List returns the closed list the code belongs to.
func (PenaltyKind) List() *List { return PenaltyKinds }

// Aggravation is a code of the list of aggravation (从重情节).
type Aggravation string

// The codes of Aggravation.
const (
	AggravatedByTeacher  Aggravation = "in_service_teacher"      // 在职教师参与
	RepeatWithinTwoYears Aggravation = "repeat_within_two_years" // 二年内再次违法
	Obstruction          Aggravation = "obstruction"             // 拒绝、阻挠执法
)

// Aggravations is the list of aggravation.
var Aggravations = list("aggravation", "从重情节", "aggravation",
	string(AggravatedByTeacher), "在职教师参与", "in-service teacher",
	string(RepeatWithinTwoYears), "二年内再次违法", "repeated within two years",
	string(Obstruction), "拒绝、阻挠执法", "obstruction",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Aggravation) UnmarshalText(b []byte) error { return read(c, b, Aggravations) }

// Label returns the words for the code.
func (c Aggravation) Label() domain.Text { return Aggravations.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Aggravation) List() *List { return Aggravations }

// NoPenaltyGround is a code of the list of ground of no penalty (不予处罚理由).
type NoPenaltyGround string

// The codes of NoPenaltyGround.
const (
	NotEstablished NoPenaltyGround = "not_established" // 违法事实不能成立
	MinorCorrected NoPenaltyGround = "minor_corrected" // 轻微并及时改正，没有造成危害后果
	FirstSlight    NoPenaltyGround = "first_slight"    // 初次违法且后果轻微并及时改正
	NoFault        NoPenaltyGround = "no_fault"        // 有证据足以证明没有主观过错
	NotAccountable NoPenaltyGround = "not_accountable" // 不满十四周岁或者不能辨认、控制行为
	TimeBarred     NoPenaltyGround = "time_barred"     // 超过追究时限
	OtherNoPenalty NoPenaltyGround = "other"           // 其他依法不予处罚
)

// NoPenaltyGrounds is the list of ground of no penalty.
var NoPenaltyGrounds = list("no_penalty_ground", "不予处罚理由", "ground of no penalty",
	string(NotEstablished), "违法事实不能成立", "facts not established",
	string(MinorCorrected), "轻微并及时改正，没有造成危害后果", "minor, corrected in time, no harm",
	string(FirstSlight), "初次违法且后果轻微并及时改正", "first and slight, corrected in time",
	string(NoFault), "有证据足以证明没有主观过错", "no fault",
	string(NotAccountable), "不满十四周岁或者不能辨认、控制行为", "not accountable",
	string(TimeBarred), "超过追究时限", "time-barred",
	string(OtherNoPenalty), "其他依法不予处罚", "other by law",
)

// UnmarshalText refuses a code that is not in the list.
func (c *NoPenaltyGround) UnmarshalText(b []byte) error { return read(c, b, NoPenaltyGrounds) }

// Label returns the words for the code.
func (c NoPenaltyGround) Label() domain.Text { return NoPenaltyGrounds.Label(string(c)) }

// List returns the closed list the code belongs to.
func (NoPenaltyGround) List() *List { return NoPenaltyGrounds }

// Informal is a code of the list of informal measure (非处罚措施).
type Informal string

// The codes of Informal.
const (
	OralWarning Informal = "oral_warning" // 口头警告
	StopOrder   Informal = "stop_order"   // 责令停止
	RefundUrged Informal = "refund_urged" // 督促退费
)

// Informals is the list of informal measure.
var Informals = list("informal_measure", "非处罚措施", "informal measure",
	string(OralWarning), "口头警告", "oral warning",
	string(StopOrder), "责令停止", "order to stop",
	string(RefundUrged), "督促退费", "refund urged",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Informal) UnmarshalText(b []byte) error { return read(c, b, Informals) }

// Label returns the words for the code.
func (c Informal) Label() domain.Text { return Informals.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Informal) List() *List { return Informals }

// PartyRight is a code of the list of right of the party (当事人权利).
type PartyRight string

// The codes of PartyRight.
const (
	RightToState   PartyRight = "statement" // 陈述
	RightToDefend  PartyRight = "defence"   // 申辩
	RightToHearing PartyRight = "hearing"   // 要求听证
)

// PartyRights is the list of right of the party.
var PartyRights = list("party_right", "当事人权利", "right of the party",
	string(RightToState), "陈述", "to state its case",
	string(RightToDefend), "申辩", "to defend itself",
	string(RightToHearing), "要求听证", "to ask for a hearing",
)

// UnmarshalText refuses a code that is not in the list.
func (c *PartyRight) UnmarshalText(b []byte) error { return read(c, b, PartyRights) }

// Label returns the words for the code.
func (c PartyRight) Label() domain.Text { return PartyRights.Label(string(c)) }

// List returns the closed list the code belongs to.
func (PartyRight) List() *List { return PartyRights }

// Duty is a code of the list of duty under a penalty (处罚履行事项).
type Duty string

// The codes of Duty.
const (
	DutyFine         Duty = "fine"         // 缴纳罚款
	DutySurcharge    Duty = "surcharge"    // 缴纳加处罚款
	DutyConfiscation Duty = "confiscation" // 没收执行
	DutyRefund       Duty = "refund"       // 退还费用
	DutyOrder        Duty = "order"        // 停止、吊销、限制等处罚执行
)

// Duties is the list of duty under a penalty.
var Duties = list("penalty_duty", "处罚履行事项", "duty under a penalty",
	string(DutyFine), "缴纳罚款", "payment of the fine",
	string(DutySurcharge), "缴纳加处罚款", "payment of the surcharge",
	string(DutyConfiscation), "没收执行", "confiscation",
	string(DutyRefund), "退还费用", "refund",
	string(DutyOrder), "停止、吊销、限制等处罚执行", "carrying out of stop, revocation or bar",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Duty) UnmarshalText(b []byte) error { return read(c, b, Duties) }

// Label returns the words for the code.
func (c Duty) Label() domain.Text { return Duties.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Duty) List() *List { return Duties }

// Remedy is a code of the list of remedy (救济途径).
type Remedy string

// The codes of Remedy.
const (
	Reconsideration Remedy = "reconsideration" // 行政复议
	Litigation      Remedy = "litigation"      // 行政诉讼
)

// Remedies is the list of remedy.
var Remedies = list("remedy", "救济途径", "remedy",
	string(Reconsideration), "行政复议", "reconsideration",
	string(Litigation), "行政诉讼", "litigation",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Remedy) UnmarshalText(b []byte) error { return read(c, b, Remedies) }

// Label returns the words for the code.
func (c Remedy) Label() domain.Text { return Remedies.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Remedy) List() *List { return Remedies }

// RemedyStep is a code of the list of step of a remedy (救济环节).
type RemedyStep string

// The codes of RemedyStep.
const (
	RemedyFiled   RemedyStep = "filed"   // 已申请（起诉）
	RemedyDecided RemedyStep = "decided" // 已有结果
)

// RemedySteps is the list of step of a remedy.
var RemedySteps = list("remedy_step", "救济环节", "step of a remedy",
	string(RemedyFiled), "已申请（起诉）", "filed",
	string(RemedyDecided), "已有结果", "decided",
)

// UnmarshalText refuses a code that is not in the list.
func (c *RemedyStep) UnmarshalText(b []byte) error { return read(c, b, RemedySteps) }

// Label returns the words for the code.
func (c RemedyStep) Label() domain.Text { return RemedySteps.Label(string(c)) }

// List returns the closed list the code belongs to.
func (RemedyStep) List() *List { return RemedySteps }

// RemedyOutcome is a code of the list of outcome of a remedy (救济结果).
type RemedyOutcome string

// The codes of RemedyOutcome.
const (
	RemedyUpheld    RemedyOutcome = "upheld"    // 维持
	RemedyChanged   RemedyOutcome = "changed"   // 变更
	RemedyRevoked   RemedyOutcome = "revoked"   // 撤销
	RemedyUnlawful  RemedyOutcome = "unlawful"  // 确认违法
	RemedyVoid      RemedyOutcome = "void"      // 确认无效
	RemedyWithdrawn RemedyOutcome = "withdrawn" // 撤回
)

// RemedyOutcomes is the list of outcome of a remedy.
var RemedyOutcomes = list("remedy_outcome", "救济结果", "outcome of a remedy",
	string(RemedyUpheld), "维持", "upheld",
	string(RemedyChanged), "变更", "changed",
	string(RemedyRevoked), "撤销", "revoked",
	string(RemedyUnlawful), "确认违法", "held unlawful",
	string(RemedyVoid), "确认无效", "held void",
	string(RemedyWithdrawn), "撤回", "withdrawn",
)

// UnmarshalText refuses a code that is not in the list.
func (c *RemedyOutcome) UnmarshalText(b []byte) error { return read(c, b, RemedyOutcomes) }

// Label returns the words for the code.
func (c RemedyOutcome) Label() domain.Text { return RemedyOutcomes.Label(string(c)) }

// List returns the closed list the code belongs to.
func (RemedyOutcome) List() *List { return RemedyOutcomes }

// CaseEnd is a code of the list of end of a case (结案方式).
type CaseEnd string

// The codes of CaseEnd.
const (
	EndPerformed     CaseEnd = "performed"     // 处罚已履行
	EndNotPunished   CaseEnd = "not_punished"  // 不予处罚
	EndInformal      CaseEnd = "informal"      // 以非处罚措施处理
	EndRevoked       CaseEnd = "revoked"       // 处罚决定已撤销
	EndUnenforceable CaseEnd = "unenforceable" // 终结执行
)

// CaseEnds is the list of end of a case.
var CaseEnds = list("case_end", "结案方式", "end of a case",
	string(EndPerformed), "处罚已履行", "performed",
	string(EndNotPunished), "不予处罚", "not punished",
	string(EndInformal), "以非处罚措施处理", "informal measure",
	string(EndRevoked), "处罚决定已撤销", "decision revoked",
	string(EndUnenforceable), "终结执行", "cannot be enforced",
)

// UnmarshalText refuses a code that is not in the list.
func (c *CaseEnd) UnmarshalText(b []byte) error { return read(c, b, CaseEnds) }

// Label returns the words for the code.
func (c CaseEnd) Label() domain.Text { return CaseEnds.Label(string(c)) }

// List returns the closed list the code belongs to.
func (CaseEnd) List() *List { return CaseEnds }

// WithdrawalCause is a code of the list of cause of a withdrawal (撤回公示原因).
type WithdrawalCause string

// The codes of WithdrawalCause.
const (
	WithdrawnReversed WithdrawalCause = "reversed"      // 决定被变更、撤销、确认违法或者无效
	WithdrawnError    WithdrawalCause = "factual_error" // 公示信息有误
	WithdrawnRepaired WithdrawalCause = "repaired"      // 信用修复
)

// WithdrawalCauses is the list of cause of a withdrawal.
var WithdrawalCauses = list("withdrawal_cause", "撤回公示原因", "cause of a withdrawal",
	string(WithdrawnReversed), "决定被变更、撤销、确认违法或者无效", "decision reversed",
	string(WithdrawnError), "公示信息有误", "factual error",
	string(WithdrawnRepaired), "信用修复", "credit repaired",
)

// UnmarshalText refuses a code that is not in the list.
func (c *WithdrawalCause) UnmarshalText(b []byte) error { return read(c, b, WithdrawalCauses) }

// Label returns the words for the code.
func (c WithdrawalCause) Label() domain.Text { return WithdrawalCauses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (WithdrawalCause) List() *List { return WithdrawalCauses }
