package rule

import (
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// Moratorium refuses a licence for a class and audience whose approval is
// stopped in the division, or in one above it, on the day of the grant. The
// local date governs locally, also where it lies before the national one.
var Moratorium = domain.Rule{
	ID: "moratorium", Version: 1, Mark: domain.Seen, From: "2021-07-07",
	Title:    domain.Text{ZH: "停止审批", EN: "Moratorium on approvals"},
	Citation: "中办发〔2021〕40号；各地停止审批的决定",
	Quote:    "各地不再审批新的面向义务教育阶段学生的学科类校外培训机构",
}

// MoratoriumLift refuses to lift what is not in force.
var MoratoriumLift = domain.Rule{
	ID: "moratorium-lift", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "恢复审批", EN: "Lifting a moratorium"},
}

// Stopping returns the moratorium that covers a grant on a day, if any.
func (l Law) Stopping(class term.Class, audiences []term.Audience, on calendar.Day) (Moratory, bool) {
	for _, m := range l.Moratoria {
		if m.Covers(class, audiences, on) {
			return m, true
		}
	}
	return Moratory{}, false
}

// Covers reports whether the moratorium stops a grant for the class and any of
// the audiences on a day.
func (m Moratory) Covers(class term.Class, audiences []term.Audience, on calendar.Day) bool {
	if on < m.From || (m.Lifted != 0 && on >= m.Lifted) || (m.Class != "" && m.Class != class) {
		return false
	}
	return slices.ContainsFunc(audiences, func(a term.Audience) bool { return slices.Contains(m.Audiences, a) })
}

// NotStopped refuses a grant that a moratorium covers.
func (l Law) NotStopped(class term.Class, audiences []term.Audience, on calendar.Day) error {
	m, stopped := l.Stopping(class, audiences, on)
	if !stopped {
		return nil
	}
	return domain.Refuse(domain.Conflict, Moratorium, domain.Say(
		"自%s起已停止审批这一类别（%s，%s），不能发证", "approvals of this class are stopped from %s on (%s, %s)",
		m.From, m.Division, orUnknown(m.DocumentNo)),
		domain.Field{Pointer: "/body/class", Code: "moratorium", Message: domain.Say("停止审批期间不得发证；确有上级批准文件的，请填写 moratorium_override", "under moratorium; give moratorium_override where a higher authority allowed it")})
}

func orUnknown(s string) string {
	if s == "" {
		return "文号不详"
	}
	return s
}
