package rule

import "minglu/domain"

// AgencyRegister keeps the agencies of a division: each under its own code, and
// none of another division.
var AgencyRegister = domain.Rule{
	ID: "agency-register", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "机关按本辖区登记", EN: "Agencies are registered by their own division"},
	Citation: "民办教育促进法实施条例 第四十七条（部门协同联动机制）；行政许可法 第二十二条",
}

// OfficerRegister keeps the enforcement officers of a division: a number and a
// credential belong to one officer at a time, and who has left acts no more.
var OfficerRegister = domain.Rule{
	ID: "officer-register", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "执法人员持证在册", EN: "Officers are registered with their credential"},
	Citation: "行政处罚法 第四十二条",
}

// TaskForce keeps a task force under one name, with one lead among its members.
var TaskForce = domain.Rule{
	ID: "task-force", Version: 1, Mark: domain.Printed,
	Title:    domain.Text{ZH: "工作专班有一个牵头机关", EN: "A task force has one lead"},
	Citation: "新平县“双减”工作专班（2022-06）",
}
