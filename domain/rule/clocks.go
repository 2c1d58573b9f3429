package rule

import (
	"errors"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/term"
)

// LegalPeriod is the length of one clock: a parameter "clock.<key>" of each
// division, with the length of the law as default.
type LegalPeriod struct {
	Key      term.Clock
	Default  string // as calendar.ParsePeriod reads it
	Mark     domain.Mark
	Citation string
}

// LegalPeriods are the clocks whose length the law or a division sets. Clocks
// that are not here have a last day that a decision names.
var LegalPeriods = []LegalPeriod{
	{term.ComplaintAccept, "7 working_days", domain.Law, "市场监督管理投诉举报处理暂行办法 第十四条"},
	{term.ComplaintMediation, "45 working_days", domain.Law, "市场监督管理投诉举报处理暂行办法 第十九条至第二十一条"},
	{term.MediationEndNotice, "7 working_days", domain.Law, "市场监督管理投诉举报处理暂行办法 第二十一条"},
	{term.MediationLeadCheck, "15 working_days", domain.Law, "市场监督管理投诉举报处理暂行办法 第二十三条"},
	{term.ReportCheck, "15 working_days", domain.Seen, "市场监督管理行政处罚程序规定 第十八条"},
	{term.ReportOutcomeNotice, "5 working_days", domain.Law, "市场监督管理投诉举报处理暂行办法 第三十一条"},
	{term.OfficeDispute, "7 working_days", domain.Law, "市场监督管理投诉举报处理暂行办法 第三十条"},
	{term.FalsePublicityCheck, "20 working_days", domain.Law, "企业信息公示暂行条例 第十三条"},
	{term.PetitionRegister, "15 days", domain.Law, "信访工作条例 第二十二条、第二十三条"},
	{term.PetitionTransferObjection, "5 working_days", domain.Law, "信访工作条例 第二十三条"},
	{term.PetitionClose, "60 days", domain.Law, "信访工作条例 第三十四条"},
	{term.PetitionReviewRequest, "30 days", domain.Law, "信访工作条例 第三十五条"},
	{term.PetitionReviewAnswer, "30 days", domain.Law, "信访工作条例 第三十五条"},
	{term.PetitionRereviewRequest, "30 days", domain.Law, "信访工作条例 第三十六条"},
	{term.PetitionRereviewAnswer, "30 days", domain.Law, "信访工作条例 第三十六条"},
	{term.GrievanceTransferReturn, "5 working_days", domain.Design, "比照 信访工作条例 第二十三条"},
	{term.InspectorMatching, "2 working_days", domain.Seen, "山东省双随机抽查工作细则（2017）"},
	{term.InspectionPublication, "20 working_days", domain.Unverified, "政府信息公开条例 第二十六条；国发〔2019〕5号（未核）"},
	{term.RectificationCheck, "10 working_days", domain.Design, "本登记参数"},
	{term.PenaltyDecision, "90 days", domain.Law, "行政处罚法 第六十条"},
	{term.PenaltyStatement, "5 working_days", domain.Unverified, "行政处罚法 第四十五条（期限比照听证）"},
	{term.HearingRequest, "5 working_days", domain.Law, "行政处罚法 第六十四条第一项"},
	{term.PenaltyService, "7 working_days", domain.Law, "行政处罚法 第六十一条"},
	{term.FinePayment, "15 days", domain.Law, "行政处罚法 第六十七条"},
	{term.PenaltyPublication, "20 working_days", domain.Law, "政府信息公开条例 第二十六条；企业信息公示暂行条例 第六条"},
	{term.PublicationWithdrawal, "3 working_days", domain.Law, "行政处罚法 第四十八条"},
	{term.ReconsiderationRequest, "60 days roll", domain.Law, "行政复议法 第二十条"},
	{term.ReconsiderationDecision, "60 days roll", domain.Law, "行政复议法 第六十二条"},
	{term.LitigationRequest, "6 months roll", domain.Law, "行政诉讼法 第四十六条"},
	{term.RepairAnswer, "10 working_days", domain.Unverified, "信用修复管理办法"},
	{term.ListingProposal, "0 days", domain.Seen, "云南省校外培训黑白名单管理办法（试行）"},
	{term.LicenceCancellation, "20 working_days", domain.Law, "行政许可法 第七十条、第四十二条"},
	{term.DisputeRoute, "5 working_days", domain.Design, "本登记参数"},
	{term.LessonConfirmation, "15 working_days", domain.Seen, "全国校外教育培训监管与服务综合平台公告（报道）"},
	{term.RefundAnswer, "5 working_days", domain.Seen, "全国校外教育培训监管与服务综合平台公告（报道）"},
	{term.RefundPayment, "5 working_days", domain.Seen, "成都市校外培训机构预收费资金监管办法（报道）"},
	{term.AlertAnswer, "5 working_days", domain.Design, "本登记参数"},
}

// clockParameters are the lengths as settings of a division.
func clockParameters() []Parameter {
	var out []Parameter
	for _, p := range LegalPeriods {
		l := p.Key.Label()
		out = append(out, Parameter{Key: "clock." + string(p.Key), Type: Clock, Default: p.Default, Mark: p.Mark, Note: p.Citation,
			Title: domain.Text{ZH: "期限：" + l.ZH, EN: "period: " + l.EN}})
	}
	return out
}

// Period returns the length of a clock by the policy in force.
func (l Law) Period(key term.Clock) calendar.Period {
	p, err := calendar.ParsePeriod(l.Policy.Text("clock." + string(key)))
	if err != nil {
		panic("clock " + string(key) + " has a length that was not checked: " + err.Error())
	}
	return p
}

// Start returns a clock that begins on a day for an agency, with its last day by
// the calendar in force. Where a year that it runs into has no calendar, the
// last day is left open and the year is named.
func (l Law) Start(key term.Clock, from calendar.Day, agency string) (clock.Start, error) {
	s := clock.Start{Key: key, From: from, Period: l.Period(key), Agency: agency}
	due, err := s.Period.Due(l.Calendar, from)
	s.Due, s.Awaits, err = l.orAwaits(due, from, err)
	return s, err
}

// Until returns a clock whose last day a decision names.
func (l Law) Until(key term.Clock, from, due calendar.Day, agency string) clock.Start {
	return clock.Start{Key: key, From: from, Due: due, Agency: agency}
}

// Again returns the last day of a clock that is resumed on a day, its pauses
// left out. Of one that had been extended, the days that were left when it was
// suspended are counted on.
func (l Law) Again(c clock.Clock, resumed calendar.Day) (due calendar.Day, awaits int, err error) {
	pauses := append([]calendar.Interval{}, c.Pauses...)
	n := len(pauses)
	if n > 0 && c.Extended != 0 && c.Was != 0 && resumed != 0 {
		return l.goneOn(c, pauses[n-1].Suspended, resumed)
	}
	if n > 0 && pauses[n-1].Resumed == 0 {
		pauses[n-1].Resumed = resumed
	}
	if c.Period.IsZero() {
		return 0, 0, domain.Fault(domain.Conflict, domain.Say("这一期限由决定确定，不能中止", "this clock was set by a decision and is not suspended"))
	}
	due, err = c.Period.DueWithPauses(l.Calendar, c.From, pauses)
	return l.orAwaits(due, c.From, err)
}

// goneOn counts on the days that were left of a clock on the day of its
// suspension, that day included: working days where its period is of those. One
// whose time was over has its last day on the day it is resumed.
func (l Law) goneOn(c clock.Clock, suspended, resumed calendar.Day) (due calendar.Day, awaits int, err error) {
	if c.Was < suspended {
		return resumed, 0, nil
	}
	if c.Period.Unit != calendar.WorkingDays {
		return resumed.AddDays(int(c.Was - suspended)), 0, nil
	}
	left, err := l.Calendar.CountWorkingDays(suspended, c.Was)
	if err == nil {
		due, err = l.Calendar.AddWorkingDays(resumed.AddDays(-1), left)
	}
	due, awaits, err = l.orAwaits(due, resumed, err)
	if err == nil && awaits == 0 {
		due = max(due, resumed)
	}
	return due, awaits, err
}

// orAwaits turns the refusal to guess a year into the year that is missing.
func (l Law) orAwaits(due, from calendar.Day, err error) (calendar.Day, int, error) {
	if !errors.Is(err, calendar.ErrYearNotPublished) {
		return due, 0, err
	}
	year := from.Year()
	for {
		if _, ok := l.Calendar.Year(year); !ok {
			return 0, year, nil
		}
		year++
	}
}
