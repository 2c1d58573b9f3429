package term

import "minglu/domain"

// JointCaseStatus is a code of the list of status of a joint case (联合案件进度).
type JointCaseStatus string

// The codes of JointCaseStatus.
const (
	JointCaseOpen      JointCaseStatus = "open"      // 办理中
	JointCaseConcluded JointCaseStatus = "concluded" // 已办结
)

// JointCaseStatuses is the list of status of a joint case.
var JointCaseStatuses = list("joint_case_status", "联合案件进度", "status of a joint case",
	string(JointCaseOpen), "办理中", "open",
	string(JointCaseConcluded), "已办结", "concluded",
)

// UnmarshalText refuses a code that is not in the list.
func (c *JointCaseStatus) UnmarshalText(b []byte) error { return read(c, b, JointCaseStatuses) }

// Label returns the words for the code.
func (c JointCaseStatus) Label() domain.Text { return JointCaseStatuses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (JointCaseStatus) List() *List { return JointCaseStatuses }

// TieRole is a code of the list of role of work tied to a joint case (关联关系).
type TieRole string

// The codes of TieRole.
const (
	TieOrigin  TieRole = "origin"  // 案件来源
	TieRelated TieRole = "related" // 相关事项
	TieResult  TieRole = "result"  // 处置结果
)

// TieRoles is the list of role of work tied to a joint case.
var TieRoles = list("tie_role", "关联关系", "role of work tied to a joint case",
	string(TieOrigin), "案件来源", "origin of the case",
	string(TieRelated), "相关事项", "related work",
	string(TieResult), "处置结果", "result of the case",
)

// UnmarshalText refuses a code that is not in the list.
func (c *TieRole) UnmarshalText(b []byte) error { return read(c, b, TieRoles) }

// Label returns the words for the code.
func (c TieRole) Label() domain.Text { return TieRoles.Label(string(c)) }

// List returns the closed list the code belongs to.
func (TieRole) List() *List { return TieRoles }
