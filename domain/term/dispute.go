package term

import "minglu/domain"

// DisputeStatus is a code of the list of status of a dispute (纠纷进度).
type DisputeStatus string

// The codes of DisputeStatus.
const (
	DisputeOpen     DisputeStatus = "open"     // 待分流
	DisputeRouted   DisputeStatus = "routed"   // 化解中
	DisputeResolved DisputeStatus = "resolved" // 已化解
)

// DisputeStatuses is the list of status of a dispute.
var DisputeStatuses = list("dispute_status", "纠纷进度", "status of a dispute",
	string(DisputeOpen), "待分流", "to be routed",
	string(DisputeRouted), "化解中", "being settled",
	string(DisputeResolved), "已化解", "resolved",
)

// UnmarshalText refuses a code that is not in the list.
func (c *DisputeStatus) UnmarshalText(b []byte) error { return read(c, b, DisputeStatuses) }

// Label returns the words for the code.
func (c DisputeStatus) Label() domain.Text { return DisputeStatuses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (DisputeStatus) List() *List { return DisputeStatuses }

// DisputeCause is a code of the list of cause of a dispute (纠纷起因).
type DisputeCause string

// The codes of DisputeCause.
const (
	DisputeClosure        DisputeCause = "closure"         // 关门停业
	DisputeCourseTransfer DisputeCause = "course_transfer" // 转课
	DisputeRefundRefused  DisputeCause = "refund_refused"  // 拒不退费
	DisputeQuality        DisputeCause = "quality"         // 培训质量
)

// DisputeCauses is the list of cause of a dispute.
var DisputeCauses = list("dispute_cause", "纠纷起因", "cause of a dispute",
	string(DisputeClosure), "关门停业", "closure",
	string(DisputeCourseTransfer), "转课", "transfer of courses",
	string(DisputeRefundRefused), "拒不退费", "refund refused",
	string(DisputeQuality), "培训质量", "quality of the training",
)

// UnmarshalText refuses a code that is not in the list.
func (c *DisputeCause) UnmarshalText(b []byte) error { return read(c, b, DisputeCauses) }

// Label returns the words for the code.
func (c DisputeCause) Label() domain.Text { return DisputeCauses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (DisputeCause) List() *List { return DisputeCauses }

// Recourse is a code of the list of recourse in a dispute (化解途径).
type Recourse string

// The codes of Recourse.
const (
	CourtMediation   Recourse = "court_mediation"  // 法院调解
	CourtAction      Recourse = "court"            // 法院诉讼
	PoliceInquiry    Recourse = "police"           // 公安机关
	PeopleMediation  Recourse = "people_mediation" // 人民调解
	ArbitrationCourt Recourse = "arbitration"      // 仲裁
	Negotiation      Recourse = "negotiation"      // 协商和解
)

// Recourses is the list of recourse in a dispute.
var Recourses = list("recourse", "化解途径", "recourse in a dispute",
	string(CourtMediation), "法院调解", "mediation by the court",
	string(CourtAction), "法院诉讼", "lawsuit",
	string(PoliceInquiry), "公安机关", "police",
	string(PeopleMediation), "人民调解", "people's mediation",
	string(ArbitrationCourt), "仲裁", "arbitration",
	string(Negotiation), "协商和解", "negotiation",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Recourse) UnmarshalText(b []byte) error { return read(c, b, Recourses) }

// Label returns the words for the code.
func (c Recourse) Label() domain.Text { return Recourses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Recourse) List() *List { return Recourses }

// ClaimRank is a code of the list of rank of a claim (清偿顺序).
type ClaimRank string

// The codes of ClaimRank.
const (
	TraineeClaim ClaimRank = "trainee" // 应退学员费用
	WageClaim    ClaimRank = "wage"    // 教职工工资及社会保险
	OtherClaim   ClaimRank = "other"   // 其他债务
)

// ClaimRanks is the list of rank of a claim.
var ClaimRanks = list("claim_rank", "清偿顺序", "rank of a claim",
	string(TraineeClaim), "应退学员费用", "fees due back to trainees",
	string(WageClaim), "教职工工资及社会保险", "wages and social insurance of staff",
	string(OtherClaim), "其他债务", "other debts",
)

// UnmarshalText refuses a code that is not in the list.
func (c *ClaimRank) UnmarshalText(b []byte) error { return read(c, b, ClaimRanks) }

// Label returns the words for the code.
func (c ClaimRank) Label() domain.Text { return ClaimRanks.Label(string(c)) }

// List returns the closed list the code belongs to.
func (ClaimRank) List() *List { return ClaimRanks }
