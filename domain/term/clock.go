package term

import "minglu/domain"

// Clock is a code of the list of clock (期限).
type Clock string

// The codes of Clock.
const (
	ComplaintAccept           Clock = "complaint_accept"            // 投诉受理
	ComplaintMediation        Clock = "complaint_mediation"         // 投诉调解
	MediationEndNotice        Clock = "mediation_end_notice"        // 终止调解告知
	MediationLeadCheck        Clock = "mediation_lead_check"        // 调解中发现线索的核查
	ReportCheck               Clock = "report_check"                // 举报核查
	ReportOutcomeNotice       Clock = "report_outcome_notice"       // 举报处理结果告知
	OfficeDispute             Clock = "office_dispute"              // 管辖争议协商
	FalsePublicityCheck       Clock = "false_publicity_check"       // 虚假公示信息核查
	PetitionRegister          Clock = "petition_register"           // 信访登记转送
	PetitionTransferObjection Clock = "petition_transfer_objection" // 信访转送异议
	PetitionClose             Clock = "petition_close"              // 信访办理
	PetitionReviewRequest     Clock = "petition_review_request"     // 申请信访复查
	PetitionReviewAnswer      Clock = "petition_review_answer"      // 信访复查答复
	PetitionRereviewRequest   Clock = "petition_rereview_request"   // 申请信访复核
	PetitionRereviewAnswer    Clock = "petition_rereview_answer"    // 信访复核答复
	GrievanceTransferReturn   Clock = "grievance_transfer_return"   // 转办退回
	InspectorMatching         Clock = "inspector_matching"          // 抽查人员匹配
	InspectionPublication     Clock = "inspection_publication"      // 检查结果公开
	RectificationDue          Clock = "rectification_due"           // 整改
	RectificationCheck        Clock = "rectification_check"         // 整改验收
	PenaltyDecision           Clock = "penalty_decision"            // 作出处罚决定
	PenaltyStatement          Clock = "penalty_statement"           // 陈述申辩
	HearingRequest            Clock = "hearing_request"             // 申请听证
	PenaltyService            Clock = "penalty_service"             // 送达处罚决定
	FinePayment               Clock = "fine_payment"                // 缴纳罚款
	PenaltyPublication        Clock = "penalty_publication"         // 公示处罚决定
	PublicationWithdrawal     Clock = "publication_withdrawal"      // 撤回公示
	ReconsiderationRequest    Clock = "reconsideration_request"     // 申请行政复议
	ReconsiderationDecision   Clock = "reconsideration_decision"    // 行政复议决定
	LitigationRequest         Clock = "litigation_request"          // 提起行政诉讼
	ListingStatement          Clock = "listing_statement"           // 列入黑名单前的陈述申辩
	ListingPublication        Clock = "listing_publication"         // 公示列入决定
	ListingEnd                Clock = "listing_end"                 // 黑名单公示期届满
	WatchEnd                  Clock = "watch_end"                   // 整改期届满
	RepairAnswer              Clock = "repair_answer"               // 答复信用修复申请
	ListingProposal           Clock = "listing_proposal"            // 处理名单建议
	LicenceCancellation       Clock = "licence_cancellation"        // 办理许可注销
	ResolutionDue             Clock = "resolution_due"              // 落实联席会议议定事项
	DisputeRoute              Clock = "dispute_route"               // 纠纷分流
	TaskDue                   Clock = "task_due"                    // 完成任务
	AlertAnswer               Clock = "alert_answer"                // 处置预警
	LessonConfirmation        Clock = "lesson_confirmation"         // 家长确认课时
	RefundAnswer              Clock = "refund_answer"               // 机构答复退费申请
	RefundPayment             Clock = "refund_payment"              // 支付退费
)

// Clocks is the list of clock.
var Clocks = list("clock", "期限", "clock",
	string(ComplaintAccept), "投诉受理", "acceptance of a complaint",
	string(ComplaintMediation), "投诉调解", "mediation of a complaint",
	string(MediationEndNotice), "终止调解告知", "notice that mediation ended",
	string(MediationLeadCheck), "调解中发现线索的核查", "check of a lead found in mediation",
	string(ReportCheck), "举报核查", "check of a report",
	string(ReportOutcomeNotice), "举报处理结果告知", "telling the reporter the outcome",
	string(OfficeDispute), "管辖争议协商", "dispute between offices",
	string(FalsePublicityCheck), "虚假公示信息核查", "check of false publicised information",
	string(PetitionRegister), "信访登记转送", "registration of a petition",
	string(PetitionTransferObjection), "信访转送异议", "objection to a transferred petition",
	string(PetitionClose), "信访办理", "handling of a petition",
	string(PetitionReviewRequest), "申请信访复查", "request for review of a petition",
	string(PetitionReviewAnswer), "信访复查答复", "answer of the review",
	string(PetitionRereviewRequest), "申请信访复核", "request for the second review",
	string(PetitionRereviewAnswer), "信访复核答复", "answer of the second review",
	string(GrievanceTransferReturn), "转办退回", "return of a transferred grievance",
	string(InspectorMatching), "抽查人员匹配", "matching of inspectors",
	string(InspectionPublication), "检查结果公开", "publication of an inspection",
	string(RectificationDue), "整改", "rectification",
	string(RectificationCheck), "整改验收", "check of a reported rectification",
	string(PenaltyDecision), "作出处罚决定", "decision of a penalty case",
	string(PenaltyStatement), "陈述申辩", "statement of the party",
	string(HearingRequest), "申请听证", "request for a hearing",
	string(PenaltyService), "送达处罚决定", "service of the decision",
	string(FinePayment), "缴纳罚款", "payment of the fine",
	string(PenaltyPublication), "公示处罚决定", "publication of the decision",
	string(PublicationWithdrawal), "撤回公示", "withdrawal of the publication",
	string(ReconsiderationRequest), "申请行政复议", "request for reconsideration",
	string(ReconsiderationDecision), "行政复议决定", "decision of the reconsideration",
	string(LitigationRequest), "提起行政诉讼", "bringing of a lawsuit",
	string(ListingStatement), "列入黑名单前的陈述申辩", "statement before a black listing",
	string(ListingPublication), "公示列入决定", "publication of a listing",
	string(ListingEnd), "黑名单公示期届满", "end of a publication",
	string(WatchEnd), "整改期届满", "end of a watch",
	string(RepairAnswer), "答复信用修复申请", "answer to a repair application",
	string(ListingProposal), "处理名单建议", "deciding on a proposal for the lists",
	string(LicenceCancellation), "办理许可注销", "cancellation of an ended licence",
	string(ResolutionDue), "落实联席会议议定事项", "carrying out a resolution",
	string(DisputeRoute), "纠纷分流", "routing of a dispute",
	string(TaskDue), "完成任务", "completion of a task",
	string(AlertAnswer), "处置预警", "answer to an alert",
	string(LessonConfirmation), "家长确认课时", "confirmation of a lesson by the parent",
	string(RefundAnswer), "机构答复退费申请", "the institution's answer to a refund request",
	string(RefundPayment), "支付退费", "payment of a refund",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Clock) UnmarshalText(b []byte) error { return read(c, b, Clocks) }

// Label returns the words for the code.
func (c Clock) Label() domain.Text { return Clocks.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Clock) List() *List { return Clocks }
