package rule

import "minglu/domain"

// JointCaseLead leaves to the lead agency who takes part and when the case is
// concluded.
var JointCaseLead = domain.Rule{
	ID: "joint-case-lead", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "联合案件由牵头部门组织", EN: "The lead agency runs a joint case"},
}

// JointCaseMember leaves the work on a joint case to its agencies.
var JointCaseMember = domain.Rule{
	ID: "joint-case-member", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "联合案件由参加部门办理", EN: "The agencies of a joint case work on it"},
	Citation: "民办教育促进法实施条例 第四十七条（联合执法）",
}

// JointCasePart leaves to each agency its own part: it alone writes it, and it
// alone makes it known to the others.
var JointCasePart = domain.Rule{
	ID: "joint-case-part", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "各部门只写本部门意见", EN: "Each agency writes its own part"},
}

// JointCaseTie keeps the work that a joint case ties together: what is tied
// once, and untied with a reason.
var JointCaseTie = domain.Rule{
	ID: "joint-case-tie", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "事项关联与解除", EN: "Work is tied and untied"},
}

// JointCaseTask is the rule of tasks within a joint case: given by the lead, or
// by an agency to itself, and completed by whose they are.
var JointCaseTask = domain.Rule{
	ID: "joint-case-task", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "任务交办与完成", EN: "Tasks are given and completed"},
}

// JointCaseConclusion refuses to conclude a joint case before every agency has
// written its part and all work in it is done.
var JointCaseConclusion = domain.Rule{
	ID: "joint-case-conclusion", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "意见齐全、事项办结方可结案", EN: "Concluded once every part is there and all work is done"},
}

// JointCaseSteps is the order of steps of a joint case: opened, concluded, and
// reopened where something is left to do.
var JointCaseSteps = domain.Rule{
	ID: "joint-case-steps", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "立项、办理、办结，办结后须重新开启", EN: "Opened, worked on, concluded; reopened to go on"},
}
