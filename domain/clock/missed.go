package clock

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/figure"
	"minglu/domain/term"
)

// MissedRule is the rule that a missed period is a fact, recorded once and only
// after its last day.
var MissedRule = domain.Rule{
	ID: "deadline-missed", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "逾期如实记录", EN: "A missed deadline is a fact"},
	Citation: "民法典 第二百零三条；行政处罚法 第八十五条",
}

// ExtensionRule is the rule of extensions: within the period, with a reason and
// an approver, not beyond what the law allows.
var ExtensionRule = domain.Rule{
	ID: "clock-extension", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "期限内经批准才能延长", EN: "Extended within the period, with approval"},
	Citation: "信访工作条例 第三十四条；行政处罚法 第六十条",
}

// Missing names a clock whose last day has passed: the body of the act
// miss-deadline and of the fact deadline_missed of every aggregate with clocks.
type Missing struct {
	Clock term.Clock   `json:"clock"`
	Part  string       `json:"part,omitempty"`
	Due   calendar.Day `json:"due"`
	// Agency is whose clock it was; the register fills it in.
	Agency string `json:"agency,omitempty"`
}

// Moves marks the clock of a duty, and ends one that lapses.
func (m Missing) Moves() []Move {
	if Lapses(m.Clock) {
		return Ended(m.Part, m.Clock)
	}
	return []Move{{Op: Miss, Key: m.Clock, Part: m.Part}}
}

// Measures counts the miss of a duty for the agency whose clock it was. A right
// that lapsed is nobody's, and the duty of a party not the agency's.
func (m Missing) Measures() []figure.Measure {
	if Lapses(m.Clock) || OfParty(m.Clock) {
		return nil
	}
	one := figure.One(term.DeadlinesMissed, term.Items, string(m.Clock))
	one.Agency = m.Agency
	return []figure.Measure{one}
}

// Miss decides on a missed deadline: the fact, ok false where it is on record
// already, or a refusal where the clock is not open or its day has not passed.
// Of a clock that awaits a calendar the last day is the one that m names: it was
// reckoned by the calendar that has come since, and lies in its year or later.
func (cs Clocks) Miss(on calendar.Day, m Missing) (fact Missing, ok bool, err error) {
	c, found := cs.Find(m.Clock, m.Part)
	if c.Awaits != 0 && m.Due.Year() >= c.Awaits {
		c.Due = m.Due
	}
	switch {
	case !found:
		return m, false, domain.Refuse(domain.Conflict, MissedRule, domain.Say(
			"没有正在计算的期限“%s”", "the clock %[2]q is not running", m.Clock.Label().ZH, m.Clock.Label().EN),
			domain.Field{Pointer: "/body/clock", Code: "not_open", Message: domain.Say("已了结或未开始", "ended, or never begun")})
	case c.Missed != 0:
		return m, false, nil
	case c.Due == 0:
		return m, false, domain.Refuse(domain.Conflict, MissedRule, domain.Say("期限已中止或无工作日历，没有届满日", "the clock stands still or awaits a calendar and has no last day"))
	case c.Due != m.Due:
		return m, false, domain.Refuse(domain.Conflict, MissedRule, domain.Say("该期限到 %s", "the clock runs until %s", c.Due),
			domain.Field{Pointer: "/body/due", Code: "differs", Message: domain.Say("届满日为 %s", "the last day is %s", c.Due)})
	case on <= c.Due:
		return m, false, domain.Refuse(domain.Conflict, MissedRule, domain.Say("期限到 %s，尚未届满", "the clock runs until %s and has not run out", c.Due),
			domain.Field{Pointer: "/effective", Code: "too_early", Message: domain.Say("应晚于 %s", "after %s", c.Due)})
	}
	m.Agency = c.Agency
	return m, true, nil
}

// Extendable refuses an extension of a clock: one that is not open, after its
// last day, not to a later day, or without reason or approver. pointer is where
// the new last day stands in the act.
func (cs Clocks) Extendable(key term.Clock, part string, on, until calendar.Day, reason, approver, pointer string) error {
	c, found := cs.Find(key, part)
	refuse := func(pointer, code string, t domain.Text) error {
		return domain.Refuse(domain.Conflict, ExtensionRule, t, domain.Field{Pointer: pointer, Code: code, Message: t})
	}
	switch {
	case !found:
		return refuse("/body", "not_open", domain.Say("没有正在计算的期限“%s”", "the clock %[2]q is not running", key.Label().ZH, key.Label().EN))
	case c.Due != 0 && on > c.Due:
		return refuse("/effective", "too_late", domain.Say("期限已于 %s 届满，不能再延长", "the clock ran out on %s and cannot be extended", c.Due))
	case until != 0 && until <= c.Due:
		return refuse(pointer, "not_later", domain.Say("延长后应晚于 %s", "the new last day is after %s", c.Due))
	case reason == "":
		return refuse("/body/reason", "required", domain.Say("延长须写明理由", "an extension needs a reason"))
	case approver == "":
		return refuse("/body/approver", "required", domain.Say("延长须写明批准人", "an extension needs an approver"))
	}
	return nil
}
