package rule

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/ident"
	"minglu/domain/term"
)

// GrievanceOpen keeps steps between receipt and end: nothing before a grievance
// was received, nothing but notices, reviews and a reopening after its end.
var GrievanceOpen = domain.Rule{
	ID: "grievance-open", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "自收到之日起办理，办结后不再办理", EN: "Handled from receipt to end"},
	Citation: "市场监督管理投诉举报处理暂行办法 第十四条；信访工作条例 第二十二条",
}

// GrievanceHandler leaves a grievance to the agency that handles it, and its
// personal data to that agency's eyes.
var GrievanceHandler = domain.Rule{
	ID: "grievance-handler", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "由承办单位办理", EN: "The handling agency acts"},
	Citation: "市场监督管理投诉举报处理暂行办法 第十二条、第十三条、第三十三条",
}

// GrievanceParts splits what is complaint and report at once: each part is
// handled on its own, with its own periods, and the whole ends with its last
// part.
var GrievanceParts = domain.Rule{
	ID: "grievance-parts", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "同时投诉、举报的分别处理", EN: "A mixed grievance is handled in parts"},
	Citation: "市场监督管理投诉举报处理暂行办法 第七条",
}

// GrievanceNature keeps the procedures apart: mediation of complaints, check of
// reports, opinion on petitions.
var GrievanceNature = domain.Rule{
	ID: "grievance-nature", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "投诉调解、举报核查、信访答复各依其程序", EN: "Complaints, reports and petitions have procedures of their own"},
	Citation: "市场监督管理投诉举报处理暂行办法 第三条；信访工作条例 第三十一条",
}

// GrievanceRefusal is the closed list of cases in which a complaint or petition
// is not accepted. A report is checked, never refused.
var GrievanceRefusal = domain.Rule{
	ID: "grievance-refusal", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "不予受理须有法定情形", EN: "Refused on a ground of law alone"},
	Citation: "市场监督管理投诉举报处理暂行办法 第十五条；信访工作条例 第三十一条",
}

// GrievanceTransfer is the rule of sending on: no clock stops; one return, with
// a ground and evidence, within its period; then the joint-conference office
// names who handles it.
var GrievanceTransfer = domain.Rule{
	ID: "grievance-transfer", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "转办不停表，退回限一次，再有争议由联席会议办公室裁定", EN: "A transfer stops no clock, one return, then the joint-conference office"},
	Citation: "比照 信访工作条例 第二十三条；市场监督管理投诉举报处理暂行办法 第三十条",
}

// Mediation is the procedure of a complaint after its acceptance: settled or
// terminated for a reason of law within its period, in which tests and the
// question of recusal do not count.
var Mediation = domain.Rule{
	ID: "mediation", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "投诉调解", EN: "Mediation of a complaint"},
	Citation: "市场监督管理投诉举报处理暂行办法 第十六条至第二十一条",
}

// ReportCheck is the procedure of a report, and of a lead found in mediation:
// checked, extended once at most, then decided whether a case is filed.
var ReportCheck = domain.Rule{
	ID: "report-check", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "举报线索核查与立案决定", EN: "Check of a lead, decision whether to file a case"},
	Citation: "市场监督管理行政处罚程序规定 第十八条；市场监督管理投诉举报处理暂行办法 第二十三条、第三十一条",
}

// GrievancePause is what does not count in a period: tests in the check of a
// lead, a hearing in the second review of a petition.
var GrievancePause = domain.Rule{
	ID: "grievance-pause", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "检测鉴定、听证时间不计入期限", EN: "Tests and hearings are not counted"},
	Citation: "市场监督管理行政处罚程序规定 第十八条；信访工作条例 第三十六条",
}

// GrievanceNotice is the duty to tell the complainant what was done.
var GrievanceNotice = domain.Rule{
	ID: "grievance-notice", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "办理情况告知", EN: "The complainant is told"},
	Citation: "市场监督管理投诉举报处理暂行办法 第十四条、第二十一条、第三十一条；信访工作条例 第二十三条、第三十四条",
}

// PetitionHandling is the procedure of a petition after its acceptance: an
// opinion within its period, extended once at most, the petitioner being told.
var PetitionHandling = domain.Rule{
	ID: "petition-handling", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "信访事项办理", EN: "Handling of a petition"},
	Citation: "信访工作条例 第三十四条",
}

// PetitionReview is the order of reviews: review, then second review, each asked
// for within its period and answered by a higher authority; then it is final.
var PetitionReview = domain.Rule{
	ID: "petition-review", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "信访复查、复核", EN: "Review and second review of a petition"},
	Citation: "信访工作条例 第三十五条、第三十六条",
}

// GrievanceClosing wants an outcome, and what had to be told told, before
// something is closed.
var GrievanceClosing = domain.Rule{
	ID: "grievance-closing", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "有处理结果并已告知才能办结", EN: "Closed with an outcome, and told"},
	Citation: "市场监督管理投诉举报处理暂行办法 第二十一条、第三十一条；信访工作条例 第三十四条",
}

// GrievanceReopening lets what has ended be handled again, with a reason, unless
// it is final.
var GrievanceReopening = domain.Rule{
	ID: "grievance-reopening", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "办结后重新办理须有理由", EN: "Reopened for a reason"},
	Citation: "信访工作条例 第三十六条（终结的不再受理）",
}

// GrievanceRating lets who holds the query code of the receipt rate the handling
// once it has ended.
var GrievanceRating = domain.Rule{
	ID: "grievance-rating", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "持查询码评价，办结后一次", EN: "Rated once, by who holds the query code"},
}

// FreeText warns of personal numbers in texts that people write freely. It
// refuses nothing: what a number is for is known to who wrote it.
var FreeText = domain.Rule{
	ID: "free-text", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "自由文本不写个人信息", EN: "No personal data in free text"},
	Citation: "个人信息保护法 第六条；政府信息公开条例 第十五条",
}

// PersonalTraces warns of what in a free text seems to identify a person, one
// field a finding, all at pointer. The texts of the warnings do not repeat it.
func PersonalTraces(pointer, text string) []domain.Field {
	var out []domain.Field
	for _, f := range ident.Detect(text) {
		w := traces[f.Kind]
		out = append(out, domain.Field{Pointer: pointer, Code: string(f.Kind), Message: domain.Text{
			ZH: "文中似有" + w.ZH + "，公开或者转给他人前请删去",
			EN: "the text seems to have " + w.EN + "; take it out before others read it",
		}})
	}
	return out
}

var traces = map[ident.FindingKind]domain.Text{
	ident.MobileNumber:   {ZH: "手机号码", EN: "a mobile number"},
	ident.LandlineNumber: {ZH: "固定电话号码", EN: "a landline number"},
	ident.IdentityCard:   {ZH: "身份证号码", EN: "an identity-card number"},
	ident.BankCard:       {ZH: "银行卡号", EN: "a bank-card number"},
}

// The longest extensions of periods of grievances.
var (
	// CheckExtension is that of the check of a lead.
	CheckExtension = calendar.Period{N: 15, Unit: calendar.WorkingDays}
	// PetitionExtension is that of the handling of a petition.
	PetitionExtension = calendar.Period{N: 30, Unit: calendar.Days}
)

// LastDay returns the last day of a clock that runs, also of one that began
// before the calendar of a year was published. It refuses where it would have to
// guess, and of a clock that stands still.
func (l Law) LastDay(c clock.Clock) (calendar.Day, error) {
	if c.Due != 0 {
		return c.Due, nil
	}
	return c.Period.DueWithPauses(l.Calendar, c.From, c.Pauses)
}

// FirstClocks are the clocks that begin when a grievance of that nature is
// received.
func FirstClocks(n term.Nature) []term.Clock {
	switch n {
	case term.Complaint:
		return []term.Clock{term.ComplaintAccept}
	case term.Report:
		return []term.Clock{term.ReportCheck}
	case term.Petition:
		return []term.Clock{term.PetitionRegister}
	}
	return nil
}
