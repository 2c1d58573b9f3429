package term

import "minglu/domain"

// RectificationStatus is a code of the list of status of a rectification (整改进度).
type RectificationStatus string

// The codes of RectificationStatus.
const (
	RectificationOrdered  RectificationStatus = "ordered"  // 整改中
	RectificationReported RectificationStatus = "reported" // 待验收
	RectificationVerified RectificationStatus = "verified" // 验收合格
	RectificationFailed   RectificationStatus = "failed"   // 整改不合格
	RectificationClosed   RectificationStatus = "closed"   // 已销号
)

// RectificationStatuses is the list of status of a rectification.
var RectificationStatuses = list("rectification_status", "整改进度", "status of a rectification",
	string(RectificationOrdered), "整改中", "being rectified",
	string(RectificationReported), "待验收", "waiting for its check",
	string(RectificationVerified), "验收合格", "verified",
	string(RectificationFailed), "整改不合格", "failed",
	string(RectificationClosed), "已销号", "closed out",
)

// UnmarshalText refuses a code that is not in the list.
func (c *RectificationStatus) UnmarshalText(b []byte) error { return read(c, b, RectificationStatuses) }

// Label returns the words for the code.
func (c RectificationStatus) Label() domain.Text { return RectificationStatuses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (RectificationStatus) List() *List { return RectificationStatuses }

// RectificationSeverity is a code of the list of severity of what is to be rectified (整改事项轻重).
type RectificationSeverity string

// The codes of RectificationSeverity.
const (
	RectifyMinor   RectificationSeverity = "minor"   // 一般
	RectifySerious RectificationSeverity = "serious" // 严重
)

// RectificationSeverities is the list of severity of what is to be rectified.
var RectificationSeverities = list("rectification_severity", "整改事项轻重", "severity of what is to be rectified",
	string(RectifyMinor), "一般", "minor",
	string(RectifySerious), "严重", "serious",
)

// UnmarshalText refuses a code that is not in the list.
func (c *RectificationSeverity) UnmarshalText(b []byte) error {
	return read(c, b, RectificationSeverities)
}

// Label returns the words for the code.
func (c RectificationSeverity) Label() domain.Text { return RectificationSeverities.Label(string(c)) }

// List returns the closed list the code belongs to.
func (RectificationSeverity) List() *List { return RectificationSeverities }

// FollowUpResult is a code of the list of result of a follow-up visit (回头看结果).
type FollowUpResult string

// The codes of FollowUpResult.
const (
	FollowUpHeld     FollowUpResult = "held"     // 整改到位
	FollowUpRelapsed FollowUpResult = "relapsed" // 问题反弹
)

// FollowUpResults is the list of result of a follow-up visit.
var FollowUpResults = list("follow_up_result", "回头看结果", "result of a follow-up visit",
	string(FollowUpHeld), "整改到位", "still put right",
	string(FollowUpRelapsed), "问题反弹", "relapsed",
)

// UnmarshalText refuses a code that is not in the list.
func (c *FollowUpResult) UnmarshalText(b []byte) error { return read(c, b, FollowUpResults) }

// Label returns the words for the code.
func (c FollowUpResult) Label() domain.Text { return FollowUpResults.Label(string(c)) }

// List returns the closed list the code belongs to.
func (FollowUpResult) List() *List { return FollowUpResults }
