package rule

import "minglu/domain"

// LicenceApplication keeps the steps of an application: applied for, accepted,
// granted or refused with its grounds. That a standard is still being drafted is
// a state of the application and no ground to refuse it.
var LicenceApplication = domain.Rule{
	ID: "licence-application", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "许可的申请、受理与不予许可", EN: "Application, acceptance and refusal of a licence"},
	Citation: "行政许可法 第二十九条、第三十二条、第三十八条；民办教育促进法 第十二条至第十七条",
	Quote:    "行政机关依法作出不予行政许可的书面决定的，应当说明理由，并告知申请人享有依法申请行政复议或者提起行政诉讼的权利。",
}

// OperatingHours bounds the times of training. Rest days, holidays and vacations
// are closed to subject training alone.
var OperatingHours = domain.Rule{
	ID: "operating-hours", Version: 1, Mark: domain.Seen, From: "2021-07-24",
	Title:    domain.Text{ZH: "培训时间", EN: "Times of training"},
	Citation: "中办发〔2021〕40号；十三部门关于规范面向中小学生的非学科类校外培训的意见（2022-12）",
	Quote:    "校外培训机构不得占用国家法定节假日、休息日及寒暑假期组织学科类培训",
}

// AbnormalClosure is the report that an institution closed and left its pupils
// and its fees behind (关门跑路): one report stands, and what is learned later
// corrects it.
var AbnormalClosure = domain.Rule{
	ID: "abnormal-closure", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "异常关停只报一次，变动请更正", EN: "An abnormal closure is reported once"},
	Citation: "民办教育促进法 第五十七条、第五十九条；最高人民法院预付式消费解释 第二十三条",
}

// ClassificationReview is the review of a contested classification by a group
// whose members hold no post in institutions. Another class is a new approval.
var ClassificationReview = domain.Rule{
	ID: "classification-review", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "分类异议由专家组复核", EN: "A contested classification is reviewed by experts"},
	Citation: "义务教育阶段校外培训项目分类鉴别指南（2021-11）",
}

// Cards allows yellow and red cards only where a division adopted them.
var Cards = domain.Rule{
	ID: "cards", Version: 1, Mark: domain.Printed,
	Title:    domain.Text{ZH: "黄红牌须本地已采用", EN: "Cards only where they were adopted"},
	Citation: "怀仁市 2022-08 文件（仅对校长，供参照）",
}
