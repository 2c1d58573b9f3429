package rule

import "minglu/domain"

// LicenceTerm refuses a term whose end lies before its start.
var LicenceTerm = domain.Rule{
	ID: "licence-term", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "许可期限", EN: "Term of a licence"},
}

// LicenceHeld refuses an act on a licence that the institution does not hold on
// the day.
var LicenceHeld = domain.Rule{
	ID: "licence-held", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "当日须持有该许可", EN: "The licence must be held on the day"},
}

// LicenceExit keeps the exits of a licence apart (期满未延续、吊销、撤销、撤回、
// 缴回, and 转型): a licence has one exit, and after it only its cancellation
// may follow.
var LicenceExit = domain.Rule{
	ID: "licence-exit", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "许可只有一种终止方式", EN: "A licence has one exit"},
	Citation: "行政许可法 第六十九条、第七十条；行政处罚法 第九条；民办教育促进法实施条例 第五十条",
}

// LicenceCancellation is the formal act after an exit (注销): a cause that names
// an exit needs that exit.
var LicenceCancellation = domain.Rule{
	ID: "licence-cancellation", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "办理注销", EN: "Cancellation of a licence"},
	Citation: "行政许可法 第七十条；民办教育促进法 第六十条",
	Quote:    "有下列情形之一的，行政机关应当依法办理有关行政许可的注销手续",
}

// Registered refuses acts on what was never registered, before its day, or
// twice.
var Registered = domain.Rule{
	ID: "registered", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "须先登记", EN: "Registered first"},
}

// LegalEntity keeps the record of the legal person in order: one live
// registration, ended once; the simplified procedure is closed where a licence
// was revoked or operation was stopped by order.
var LegalEntity = domain.Rule{
	ID: "legal-entity", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "法人登记与注销", EN: "Registration of the legal person"},
	Citation: "市场主体登记管理条例 第三十三条",
}

// Termination needs the announcement before the planned end.
var Termination = domain.Rule{
	ID: "termination", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "公告终止办学", EN: "Announcement of termination"},
	Citation: "民办教育促进法实施条例 第五十条",
}

// AnnualInspection keeps one conclusion a year.
var AnnualInspection = domain.Rule{
	ID: "annual-inspection", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "年检结论每年一个", EN: "One annual inspection a year"},
	Citation: "民办教育促进法实施条例（年度检查）",
}
