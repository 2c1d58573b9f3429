package term

import "minglu/domain"

// Channel is a code of the list of channel (来源渠道).
type Channel string

// The codes of Channel.
const (
	Channel12345     Channel = "12345"             // 12345 政务服务热线
	Channel12315     Channel = "12315"             // 12315 市场监管热线与平台
	ChannelEducation Channel = "education_hotline" // 教育部门举报电话
	ChannelMarket    Channel = "market_hotline"    // 市场监管部门举报电话
	ChannelUrban     Channel = "urban_hotline"     // 城市管理部门举报电话
	ChannelPlatform  Channel = "platform"          // 全国监管平台
	ChannelWeb       Channel = "web"               // 网页提交
	ChannelCounter   Channel = "counter"           // 窗口
	ChannelLetter    Channel = "letter"            // 来信
	ChannelVisit     Channel = "visit"             // 来访
	ChannelMedia     Channel = "media"             // 媒体反映
	ChannelCovert    Channel = "covert_finding"    // 暗访发现
	ChannelTransfer  Channel = "transfer"          // 其他机关移送
	ChannelOther     Channel = "other"             // 其他渠道
)

// Channels is the list of channel.
var Channels = list("channel", "来源渠道", "channel",
	string(Channel12345), "12345 政务服务热线", "hotline 12345",
	string(Channel12315), "12315 市场监管热线与平台", "hotline and platform 12315",
	string(ChannelEducation), "教育部门举报电话", "line of the education authority",
	string(ChannelMarket), "市场监管部门举报电话", "line of market supervision",
	string(ChannelUrban), "城市管理部门举报电话", "line of urban management",
	string(ChannelPlatform), "全国监管平台", "national platform",
	string(ChannelWeb), "网页提交", "web form",
	string(ChannelCounter), "窗口", "counter",
	string(ChannelLetter), "来信", "letter",
	string(ChannelVisit), "来访", "visit",
	string(ChannelMedia), "媒体反映", "media",
	string(ChannelCovert), "暗访发现", "found on a covert visit",
	string(ChannelTransfer), "其他机关移送", "sent by another authority",
	string(ChannelOther), "其他渠道", "other",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Channel) UnmarshalText(b []byte) error { return read(c, b, Channels) }

// Label returns the words for the code.
func (c Channel) Label() domain.Text { return Channels.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Channel) List() *List { return Channels }

// Nature is a code of the list of nature of a grievance (诉求性质).
type Nature string

// The codes of Nature.
const (
	Complaint Nature = "complaint" // 投诉
	Report    Nature = "report"    // 举报
	Petition  Nature = "petition"  // 信访
	Mixed     Nature = "mixed"     // 投诉兼举报
)

// Natures is the list of nature of a grievance.
var Natures = list("nature", "诉求性质", "nature of a grievance",
	string(Complaint), "投诉", "complaint",
	string(Report), "举报", "report",
	string(Petition), "信访", "petition",
	string(Mixed), "投诉兼举报", "mixed",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Nature) UnmarshalText(b []byte) error { return read(c, b, Natures) }

// Label returns the words for the code.
func (c Nature) Label() domain.Text { return Natures.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Nature) List() *List { return Natures }

// GrievanceTopic is a code of the list of topic of a grievance (反映事项).
type GrievanceTopic string

// The codes of GrievanceTopic.
const (
	TopicRefund      GrievanceTopic = "refund"      // 退费
	TopicUnlicensed  GrievanceTopic = "unlicensed"  // 无证办学
	TopicSchedule    GrievanceTopic = "schedule"    // 违规时间培训
	TopicStaff       GrievanceTopic = "staff"       // 从业人员
	TopicFees        GrievanceTopic = "fees"        // 收费
	TopicContract    GrievanceTopic = "contract"    // 合同
	TopicContent     GrievanceTopic = "content"     // 培训内容
	TopicSafety      GrievanceTopic = "safety"      // 安全
	TopicAdvertising GrievanceTopic = "advertising" // 广告宣传
	TopicClosure     GrievanceTopic = "closure"     // 关停跑路
	TopicOther       GrievanceTopic = "other"       // 其他事项
)

// GrievanceTopics is the list of topic of a grievance.
var GrievanceTopics = list("grievance_topic", "反映事项", "topic of a grievance",
	string(TopicRefund), "退费", "refund",
	string(TopicUnlicensed), "无证办学", "unlicensed",
	string(TopicSchedule), "违规时间培训", "schedule",
	string(TopicStaff), "从业人员", "staff",
	string(TopicFees), "收费", "fees",
	string(TopicContract), "合同", "contract",
	string(TopicContent), "培训内容", "content",
	string(TopicSafety), "安全", "safety",
	string(TopicAdvertising), "广告宣传", "advertising",
	string(TopicClosure), "关停跑路", "closure",
	string(TopicOther), "其他事项", "other",
)

// UnmarshalText refuses a code that is not in the list.
func (c *GrievanceTopic) UnmarshalText(b []byte) error { return read(c, b, GrievanceTopics) }

// Label returns the words for the code.
func (c GrievanceTopic) Label() domain.Text { return GrievanceTopics.Label(string(c)) }

// List returns the closed list the code belongs to.
func (GrievanceTopic) List() *List { return GrievanceTopics }

// GrievanceStatus is a code of the list of status of a grievance (投诉举报进度).
type GrievanceStatus string

// The codes of GrievanceStatus.
const (
	GrievanceReceived    GrievanceStatus = "received"     // 已收到
	GrievanceAccepted    GrievanceStatus = "accepted"     // 已受理
	GrievanceInMediation GrievanceStatus = "in_mediation" // 调解中
	GrievanceTransferred GrievanceStatus = "transferred"  // 已转办
	GrievanceRefused     GrievanceStatus = "refused"      // 不予受理
	GrievanceSettled     GrievanceStatus = "settled"      // 调解成功
	GrievanceTerminated  GrievanceStatus = "terminated"   // 调解终止
	GrievanceDecided     GrievanceStatus = "decided"      // 已作决定
	GrievanceClosed      GrievanceStatus = "closed"       // 已办结
)

// GrievanceStatuses is the list of status of a grievance.
var GrievanceStatuses = list("grievance_status", "投诉举报进度", "status of a grievance",
	string(GrievanceReceived), "已收到", "received",
	string(GrievanceAccepted), "已受理", "accepted",
	string(GrievanceInMediation), "调解中", "in mediation",
	string(GrievanceTransferred), "已转办", "transferred",
	string(GrievanceRefused), "不予受理", "refused",
	string(GrievanceSettled), "调解成功", "settled",
	string(GrievanceTerminated), "调解终止", "mediation terminated",
	string(GrievanceDecided), "已作决定", "decided",
	string(GrievanceClosed), "已办结", "closed",
)

// UnmarshalText refuses a code that is not in the list.
func (c *GrievanceStatus) UnmarshalText(b []byte) error { return read(c, b, GrievanceStatuses) }

// Label returns the words for the code.
func (c GrievanceStatus) Label() domain.Text { return GrievanceStatuses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (GrievanceStatus) List() *List { return GrievanceStatuses }

// GrievanceStep is a code of the list of step of a grievance (办理步骤).
type GrievanceStep string

// The codes of GrievanceStep.
const (
	StepReceived           GrievanceStep = "received"            // 收到
	StepSplit              GrievanceStep = "split"               // 分为投诉与举报分别办理
	StepAccepted           GrievanceStep = "accepted"            // 受理
	StepRefused            GrievanceStep = "refused"             // 不予受理
	StepTransferred        GrievanceStep = "transferred"         // 转办
	StepReturned           GrievanceStep = "returned"            // 退回
	StepDisputed           GrievanceStep = "disputed"            // 承办单位有争议，报联席会议办公室
	StepHandlerDecided     GrievanceStep = "handler_decided"     // 裁定承办单位
	StepMediationStarted   GrievanceStep = "mediation_started"   // 开始调解
	StepMediationSuspended GrievanceStep = "mediation_suspended" // 中止调解
	StepMediationResumed   GrievanceStep = "mediation_resumed"   // 恢复调解
	StepSettled            GrievanceStep = "settled"             // 达成调解
	StepTerminated         GrievanceStep = "terminated"          // 终止调解
	StepChecked            GrievanceStep = "checked"             // 核查
	StepCheckExtended      GrievanceStep = "check_extended"      // 延长核查
	StepDecided            GrievanceStep = "decided"             // 决定是否立案
	StepNotified           GrievanceStep = "notified"            // 告知
	StepPetitionExtended   GrievanceStep = "petition_extended"   // 延长信访办理
	StepOpinion            GrievanceStep = "opinion_issued"      // 作出信访处理意见
	StepReviewRequested    GrievanceStep = "review_requested"    // 申请复查复核
	StepReviewAnswered     GrievanceStep = "review_answered"     // 复查复核答复
	StepReopened           GrievanceStep = "reopened"            // 重新办理
	StepClosed             GrievanceStep = "closed"              // 办结
)

// GrievanceSteps is the list of step of a grievance.
var GrievanceSteps = list("grievance_step", "办理步骤", "step of a grievance",
	string(StepReceived), "收到", "received",
	string(StepSplit), "分为投诉与举报分别办理", "split into parts",
	string(StepAccepted), "受理", "accepted",
	string(StepRefused), "不予受理", "refused",
	string(StepTransferred), "转办", "transferred",
	string(StepReturned), "退回", "returned",
	string(StepDisputed), "承办单位有争议，报联席会议办公室", "disputed, put before the joint-conference office",
	string(StepHandlerDecided), "裁定承办单位", "handler decided",
	string(StepMediationStarted), "开始调解", "mediation started",
	string(StepMediationSuspended), "中止调解", "mediation suspended",
	string(StepMediationResumed), "恢复调解", "mediation resumed",
	string(StepSettled), "达成调解", "settled",
	string(StepTerminated), "终止调解", "mediation terminated",
	string(StepChecked), "核查", "checked",
	string(StepCheckExtended), "延长核查", "check extended",
	string(StepDecided), "决定是否立案", "decided whether to file a case",
	string(StepNotified), "告知", "told",
	string(StepPetitionExtended), "延长信访办理", "petition extended",
	string(StepOpinion), "作出信访处理意见", "opinion issued",
	string(StepReviewRequested), "申请复查复核", "review requested",
	string(StepReviewAnswered), "复查复核答复", "review answered",
	string(StepReopened), "重新办理", "reopened",
	string(StepClosed), "办结", "closed",
)

// UnmarshalText refuses a code that is not in the list.
func (c *GrievanceStep) UnmarshalText(b []byte) error { return read(c, b, GrievanceSteps) }

// Label returns the words for the code.
func (c GrievanceStep) Label() domain.Text { return GrievanceSteps.Label(string(c)) }

// List returns the closed list the code belongs to.
func (GrievanceStep) List() *List { return GrievanceSteps }

// RefusalGround is a code of the list of ground of refusal (不予受理情形).
type RefusalGround string

// The codes of RefusalGround.
const (
	RefusedNotCompetent    RefusalGround = "not_competent"       // 不属于本机关职责
	RefusedAlreadyHandled  RefusalGround = "already_handled"     // 法院、仲裁、行政机关或消费者协会已经受理或处理
	RefusedNotConsumer     RefusalGround = "not_consumer_matter" // 不是为生活消费需要发生的争议
	RefusedOverThreeYears  RefusalGround = "over_three_years"    // 知道权益受侵害已超过三年
	RefusedMaterialMissing RefusalGround = "material_missing"    // 未提供规定的材料
	RefusedByOtherLaw      RefusalGround = "other_by_law"        // 法律、法规、规章规定的其他情形
)

// RefusalGrounds is the list of ground of refusal.
var RefusalGrounds = list("refusal_ground", "不予受理情形", "ground of refusal",
	string(RefusedNotCompetent), "不属于本机关职责", "not within the authority's competence",
	string(RefusedAlreadyHandled), "法院、仲裁、行政机关或消费者协会已经受理或处理", "already handled by a court, an arbitrator, an authority or an association",
	string(RefusedNotConsumer), "不是为生活消费需要发生的争议", "no consumer matter",
	string(RefusedOverThreeYears), "知道权益受侵害已超过三年", "more than three years since it was known",
	string(RefusedMaterialMissing), "未提供规定的材料", "material is missing",
	string(RefusedByOtherLaw), "法律、法规、规章规定的其他情形", "other cases by law",
)

// UnmarshalText refuses a code that is not in the list.
func (c *RefusalGround) UnmarshalText(b []byte) error { return read(c, b, RefusalGrounds) }

// Label returns the words for the code.
func (c RefusalGround) Label() domain.Text { return RefusalGrounds.Label(string(c)) }

// List returns the closed list the code belongs to.
func (RefusalGround) List() *List { return RefusalGrounds }

// ReturnGround is a code of the list of ground of a return (退回转办理由).
type ReturnGround string

// The codes of ReturnGround.
const (
	ReturnNotCompetent     ReturnGround = "not_competent"     // 不属于本单位职责
	ReturnOtherPlace       ReturnGround = "other_place"       // 不在本单位管辖地域
	ReturnHandledElsewhere ReturnGround = "handled_elsewhere" // 其他单位正在办理
	ReturnMaterialMissing  ReturnGround = "material_missing"  // 转办材料不全，无法办理
	ReturnOther            ReturnGround = "other"             // 其他
)

// ReturnGrounds is the list of ground of a return.
var ReturnGrounds = list("return_ground", "退回转办理由", "ground of a return",
	string(ReturnNotCompetent), "不属于本单位职责", "not within the unit's competence",
	string(ReturnOtherPlace), "不在本单位管辖地域", "another place",
	string(ReturnHandledElsewhere), "其他单位正在办理", "handled by another unit",
	string(ReturnMaterialMissing), "转办材料不全，无法办理", "the material sent does not allow handling",
	string(ReturnOther), "其他", "other",
)

// UnmarshalText refuses a code that is not in the list.
func (c *ReturnGround) UnmarshalText(b []byte) error { return read(c, b, ReturnGrounds) }

// Label returns the words for the code.
func (c ReturnGround) Label() domain.Text { return ReturnGrounds.Label(string(c)) }

// List returns the closed list the code belongs to.
func (ReturnGround) List() *List { return ReturnGrounds }

// PauseCause is a code of the list of cause of a pause (期限中止原因).
type PauseCause string

// The codes of PauseCause.
const (
	PauseTests   PauseCause = "tests"   // 检测、检验、检疫、鉴定
	PauseRecusal PauseCause = "recusal" // 决定回避
	PauseHearing PauseCause = "hearing" // 听证
)

// PauseCauses is the list of cause of a pause.
var PauseCauses = list("pause_cause", "期限中止原因", "cause of a pause",
	string(PauseTests), "检测、检验、检疫、鉴定", "tests and appraisal",
	string(PauseRecusal), "决定回避", "question of recusal",
	string(PauseHearing), "听证", "hearing",
)

// UnmarshalText refuses a code that is not in the list.
func (c *PauseCause) UnmarshalText(b []byte) error { return read(c, b, PauseCauses) }

// Label returns the words for the code.
func (c PauseCause) Label() domain.Text { return PauseCauses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (PauseCause) List() *List { return PauseCauses }

// MediationEnd is a code of the list of cause of the end of mediation (终止调解情形).
type MediationEnd string

// The codes of MediationEnd.
const (
	EndWithdrawn    MediationEnd = "withdrawn"    // 投诉人撤回或者双方自行和解
	EndNoAppraiser  MediationEnd = "no_appraiser" // 对鉴定机构或者费用承担不能达成一致
	EndAbsent       MediationEnd = "absent"       // 无正当理由不参加或者明确拒绝调解
	EndDeclined     MediationEnd = "declined"     // 经组织调解，一方明确表示无法达成协议
	EndTimeOver     MediationEnd = "time_over"    // 四十五个工作日内未达成协议
	EndInadmissible MediationEnd = "inadmissible" // 受理后发现不应受理
	EndOther        MediationEnd = "other"        // 其他应当终止的情形
)

// MediationEnds is the list of cause of the end of mediation.
var MediationEnds = list("mediation_end", "终止调解情形", "cause of the end of mediation",
	string(EndWithdrawn), "投诉人撤回或者双方自行和解", "withdrawn, or settled in private",
	string(EndNoAppraiser), "对鉴定机构或者费用承担不能达成一致", "no agreement on appraiser or cost",
	string(EndAbsent), "无正当理由不参加或者明确拒绝调解", "absence or refusal",
	string(EndDeclined), "经组织调解，一方明确表示无法达成协议", "a party says that there will be no agreement",
	string(EndTimeOver), "四十五个工作日内未达成协议", "no agreement within the period",
	string(EndInadmissible), "受理后发现不应受理", "found inadmissible",
	string(EndOther), "其他应当终止的情形", "other",
)

// UnmarshalText refuses a code that is not in the list.
func (c *MediationEnd) UnmarshalText(b []byte) error { return read(c, b, MediationEnds) }

// Label returns the words for the code.
func (c MediationEnd) Label() domain.Text { return MediationEnds.Label(string(c)) }

// List returns the closed list the code belongs to.
func (MediationEnd) List() *List { return MediationEnds }

// LeadOutcome is a code of the list of outcome of the check of a lead (线索核查结果).
type LeadOutcome string

// The codes of LeadOutcome.
const (
	LeadSubstantiated   LeadOutcome = "substantiated"   // 属实
	LeadUnsubstantiated LeadOutcome = "unsubstantiated" // 不属实
	LeadUnverifiable    LeadOutcome = "unverifiable"    // 无法查实
)

// LeadOutcomes is the list of outcome of the check of a lead.
var LeadOutcomes = list("lead_outcome", "线索核查结果", "outcome of the check of a lead",
	string(LeadSubstantiated), "属实", "substantiated",
	string(LeadUnsubstantiated), "不属实", "not substantiated",
	string(LeadUnverifiable), "无法查实", "cannot be verified",
)

// UnmarshalText refuses a code that is not in the list.
func (c *LeadOutcome) UnmarshalText(b []byte) error { return read(c, b, LeadOutcomes) }

// Label returns the words for the code.
func (c LeadOutcome) Label() domain.Text { return LeadOutcomes.Label(string(c)) }

// List returns the closed list the code belongs to.
func (LeadOutcome) List() *List { return LeadOutcomes }

// NoticeStep is a code of the list of matter of a notice (告知事项).
type NoticeStep string

// The codes of NoticeStep.
const (
	NoticeReceipt       NoticeStep = "receipt"        // 收到登记
	NoticeAcceptance    NoticeStep = "acceptance"     // 受理
	NoticeRefusal       NoticeStep = "refusal"        // 不予受理
	NoticeTransfer      NoticeStep = "transfer"       // 转办
	NoticeMediationEnd  NoticeStep = "mediation_end"  // 终止调解
	NoticeReportOutcome NoticeStep = "report_outcome" // 举报处理结果
	NoticeExtension     NoticeStep = "extension"      // 延长期限
	NoticeOpinion       NoticeStep = "opinion"        // 信访处理意见
	NoticeReview        NoticeStep = "review"         // 复查复核意见
	NoticeClosing       NoticeStep = "closing"        // 办结
)

// NoticeSteps is the list of matter of a notice.
var NoticeSteps = list("notice_step", "告知事项", "matter of a notice",
	string(NoticeReceipt), "收到登记", "receipt",
	string(NoticeAcceptance), "受理", "acceptance",
	string(NoticeRefusal), "不予受理", "refusal",
	string(NoticeTransfer), "转办", "transfer",
	string(NoticeMediationEnd), "终止调解", "end of mediation",
	string(NoticeReportOutcome), "举报处理结果", "outcome of a report",
	string(NoticeExtension), "延长期限", "extension",
	string(NoticeOpinion), "信访处理意见", "opinion on a petition",
	string(NoticeReview), "复查复核意见", "answer of a review",
	string(NoticeClosing), "办结", "closing",
)

// UnmarshalText refuses a code that is not in the list.
func (c *NoticeStep) UnmarshalText(b []byte) error { return read(c, b, NoticeSteps) }

// Label returns the words for the code.
func (c NoticeStep) Label() domain.Text { return NoticeSteps.Label(string(c)) }

// List returns the closed list the code belongs to.
func (NoticeStep) List() *List { return NoticeSteps }

// NoticeMeans is a code of the list of means of a notice (告知方式).
type NoticeMeans string

// The codes of NoticeMeans.
const (
	ByPhone      NoticeMeans = "phone"     // 电话
	ByMessage    NoticeMeans = "message"   // 短信
	ByLetter     NoticeMeans = "letter"    // 书面
	ByEmail      NoticeMeans = "email"     // 电子邮件
	InPerson     NoticeMeans = "in_person" // 当面
	ByPlatform   NoticeMeans = "platform"  // 平台回复
	ByOtherMeans NoticeMeans = "other"     // 其他方式
)

// NoticeMeansList is the list of means of a notice.
var NoticeMeansList = list("notice_means", "告知方式", "means of a notice",
	string(ByPhone), "电话", "telephone",
	string(ByMessage), "短信", "text message",
	string(ByLetter), "书面", "letter",
	string(ByEmail), "电子邮件", "e-mail",
	string(InPerson), "当面", "in person",
	string(ByPlatform), "平台回复", "platform",
	string(ByOtherMeans), "其他方式", "other",
)

// UnmarshalText refuses a code that is not in the list.
func (c *NoticeMeans) UnmarshalText(b []byte) error { return read(c, b, NoticeMeansList) }

// Label returns the words for the code.
func (c NoticeMeans) Label() domain.Text { return NoticeMeansList.Label(string(c)) }

// List returns the closed list the code belongs to.
func (NoticeMeans) List() *List { return NoticeMeansList }

// OpinionOutcome is a code of the list of outcome of a petition (信访处理意见类型).
type OpinionOutcome string

// The codes of OpinionOutcome.
const (
	OpinionSupported    OpinionOutcome = "supported"     // 予以支持
	OpinionExplained    OpinionOutcome = "explained"     // 合理但缺乏依据，予以解释
	OpinionNotSupported OpinionOutcome = "not_supported" // 不予支持
)

// OpinionOutcomes is the list of outcome of a petition.
var OpinionOutcomes = list("opinion_outcome", "信访处理意见类型", "outcome of a petition",
	string(OpinionSupported), "予以支持", "supported",
	string(OpinionExplained), "合理但缺乏依据，予以解释", "reasonable without a legal basis, explained",
	string(OpinionNotSupported), "不予支持", "not supported",
)

// UnmarshalText refuses a code that is not in the list.
func (c *OpinionOutcome) UnmarshalText(b []byte) error { return read(c, b, OpinionOutcomes) }

// Label returns the words for the code.
func (c OpinionOutcome) Label() domain.Text { return OpinionOutcomes.Label(string(c)) }

// List returns the closed list the code belongs to.
func (OpinionOutcome) List() *List { return OpinionOutcomes }

// ReviewStage is a code of the list of stage of review (复查复核).
type ReviewStage string

// The codes of ReviewStage.
const (
	FirstReview  ReviewStage = "review"    // 复查
	SecondReview ReviewStage = "re_review" // 复核
)

// ReviewStages is the list of stage of review.
var ReviewStages = list("review_stage", "复查复核", "stage of review",
	string(FirstReview), "复查", "review",
	string(SecondReview), "复核", "second review",
)

// UnmarshalText refuses a code that is not in the list.
func (c *ReviewStage) UnmarshalText(b []byte) error { return read(c, b, ReviewStages) }

// Label returns the words for the code.
func (c ReviewStage) Label() domain.Text { return ReviewStages.Label(string(c)) }

// List returns the closed list the code belongs to.
func (ReviewStage) List() *List { return ReviewStages }

// ReviewOutcome is a code of the list of outcome of a review (复查复核结果).
type ReviewOutcome string

// The codes of ReviewOutcome.
const (
	ReviewUpheld   ReviewOutcome = "upheld"   // 维持
	ReviewChanged  ReviewOutcome = "changed"  // 变更
	ReviewRemanded ReviewOutcome = "remanded" // 责令重新办理
)

// ReviewOutcomes is the list of outcome of a review.
var ReviewOutcomes = list("review_outcome", "复查复核结果", "outcome of a review",
	string(ReviewUpheld), "维持", "upheld",
	string(ReviewChanged), "变更", "changed",
	string(ReviewRemanded), "责令重新办理", "sent back to be handled again",
)

// UnmarshalText refuses a code that is not in the list.
func (c *ReviewOutcome) UnmarshalText(b []byte) error { return read(c, b, ReviewOutcomes) }

// Label returns the words for the code.
func (c ReviewOutcome) Label() domain.Text { return ReviewOutcomes.Label(string(c)) }

// List returns the closed list the code belongs to.
func (ReviewOutcome) List() *List { return ReviewOutcomes }

// GrievanceRelation is a code of the list of relation of grievances (投诉举报关联).
type GrievanceRelation string

// The codes of GrievanceRelation.
const (
	DuplicateGrievance GrievanceRelation = "duplicate" // 同一诉求重复反映
	RelatedGrievance   GrievanceRelation = "related"   // 相关诉求
)

// GrievanceRelations is the list of relation of grievances.
var GrievanceRelations = list("grievance_relation", "投诉举报关联", "relation of grievances",
	string(DuplicateGrievance), "同一诉求重复反映", "duplicate",
	string(RelatedGrievance), "相关诉求", "related",
)

// UnmarshalText refuses a code that is not in the list.
func (c *GrievanceRelation) UnmarshalText(b []byte) error { return read(c, b, GrievanceRelations) }

// Label returns the words for the code.
func (c GrievanceRelation) Label() domain.Text { return GrievanceRelations.Label(string(c)) }

// List returns the closed list the code belongs to.
func (GrievanceRelation) List() *List { return GrievanceRelations }
