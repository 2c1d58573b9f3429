package penalty

import (
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideService serves the decision together with the notice of credit repair,
// and begins what runs from it.
func decideService(s State, m domain.Meta, on calendar.Day, c ServeDecision) ([]Event, error) {
	d, err := s.holding(on)
	if err != nil {
		return nil, err
	}
	refuse := func(member, code string, t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(domain.Conflict, rule.PenaltyService, t, domain.Field{Pointer: "/body/" + member, Code: code, Message: t})
	}
	switch {
	case !c.RepairNotice:
		return refuse("repair_notice", "required", domain.Say("决定书须与信用修复告知书一并送达", "the decision is served together with the notice of credit repair"))
	case c.ServedOn != 0 && c.ServedOn != on:
		return refuse("served_on", "differs", domain.Say("送达日应与生效日一致", "the day of service is the effective day"))
	case d.Served == on:
		return nil, nil
	case d.Served != 0:
		return refuse("served_on", "served", domain.Say("决定书已于 %s 送达", "the decision was served on %s", d.Served))
	}
	keys := []term.Clock{term.ReconsiderationRequest, term.LitigationRequest}
	if d.Sanction.FineFen > 0 {
		keys = append([]term.Clock{term.FinePayment}, keys...)
	}
	clocks, err := started(c.Law, on, m.Actor.Agency, keys...)
	if err != nil {
		return nil, err
	}
	publication, err := publishing(c.Law, d.Sanction, d.On, m.Actor.Agency)
	if err != nil {
		return nil, err
	}
	return []Event{DecisionServed{Subject: s.Subject, ServedOn: on, RepairNotice: true, Clocks: append(clocks, publication...)}}, nil
}

// publishing returns the clock of the publication, counted from the day on which
// what is to be published was made. What only warns need not be published.
func publishing(l rule.Law, what rule.Sanction, made calendar.Day, agency string) ([]clock.Start, error) {
	if what.Tier() == term.Minor {
		return nil, nil
	}
	return started(l, made, agency, term.PenaltyPublication)
}

// holding returns the decision that holds on a day.
func (s State) holding(on calendar.Day) (Decision, error) {
	d := s.Decision
	switch {
	case d.On == 0:
		return d, step("not_decided", domain.Say("尚未作出处罚决定", "no penalty was decided"))
	case d.Ended != 0:
		return d, step("revoked", domain.Say("处罚决定已于 %s 撤销或者确认无效", "the decision fell on %s", d.Ended))
	}
	return d, notBefore(on, d.On)
}

// served returns the decision that holds on a day and was served.
func (s State) served(on calendar.Day) (Decision, error) {
	d, err := s.holding(on)
	if err != nil {
		return d, err
	}
	if d.Served == 0 {
		return d, step("not_served", domain.Say("处罚决定尚未送达", "the decision was not served"))
	}
	return d, notBefore(on, d.Served)
}

// Due is what is left to do of a decision.
type Due struct {
	Kind term.Duty
	Fen  money.Fen // zero: no amount, only that it is done
}

// Outstanding returns what is left to do.
func (d Decision) Outstanding() []Due {
	var out []Due
	owe := func(kind term.Duty, fen money.Fen) {
		if left := fen - d.paid(kind); left > 0 {
			out = append(out, Due{kind, left})
		}
	}
	owe(term.DutyFine, d.Sanction.FineFen)
	owe(term.DutySurcharge, d.Surcharge)
	owe(term.DutyConfiscation, d.Sanction.ConfiscatedFen)
	owe(term.DutyRefund, d.Sanction.RefundFen)
	if d.Sanction.ConfiscatedFen == 0 && d.Sanction.Has(term.ConfiscateGoods) && !d.done(term.DutyConfiscation) {
		out = append(out, Due{Kind: term.DutyConfiscation})
	}
	if d.Sanction.Has(term.StopEnrolment, term.StopOperation, term.RevokeLicencePenalty, term.PracticeBar, term.OtherPenalty) && !d.done(term.DutyOrder) {
		out = append(out, Due{Kind: term.DutyOrder})
	}
	return out
}

func (d Decision) paid(kind term.Duty) money.Fen {
	var sum money.Fen
	for _, p := range d.Payments {
		if p.Kind == kind {
			sum += p.Fen
		}
	}
	return sum
}

func (d Decision) done(kind term.Duty) bool {
	for _, p := range d.Payments {
		if p.Kind == kind {
			return true
		}
	}
	return false
}

// decidePerformance takes down what was done, never more than is left.
func decidePerformance(s State, on calendar.Day, c RecordPerformance) ([]Event, error) {
	d, err := s.served(on)
	if err != nil {
		return nil, err
	}
	refuse := func(member, code string, t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(domain.Conflict, rule.PenaltyPerformance, t, domain.Field{Pointer: "/body/" + member, Code: code, Message: t})
	}
	due, ok := d.owes(c.Kind)
	l := c.Kind.Label()
	switch {
	case c.Kind == "":
		return nil, domain.BadField("/body/kind", "required", domain.Say("请写明履行事项", "name what was performed"))
	case !ok:
		return refuse("kind", "nothing_left", domain.Say("“%s”没有待履行的部分", "nothing is left of %[2]q", l.ZH, l.EN))
	case due.Fen == 0 && c.AmountFen != 0:
		return refuse("amount_fen", "no_amount", domain.Say("该事项没有数额", "it has no amount"))
	case due.Fen > 0 && c.AmountFen <= 0:
		return refuse("amount_fen", "required", domain.Say("请写明数额", "name the amount"))
	case c.AmountFen > due.Fen:
		return refuse("amount_fen", "too_much", domain.Say("尚待履行 %s 元", "%s yuan are left", due.Fen.Yuan()))
	}
	d.Payments = domain.With(d.Payments, Payment{Kind: c.Kind, Fen: c.AmountFen, On: on})
	_, fine := d.owes(term.DutyFine)
	return []Event{Performed{
		Subject: s.Subject, Kind: c.Kind, AmountFen: c.AmountFen, FinePaid: c.Kind == term.DutyFine && !fine, Complete: len(d.Outstanding()) == 0,
	}}, nil
}

// owes returns what is left of one duty.
func (d Decision) owes(kind term.Duty) (Due, bool) {
	for _, o := range d.Outstanding() {
		if o.Kind == kind {
			return o, true
		}
	}
	return Due{}, false
}

// finePaid returns the day on which the last part of the fine was paid.
func (d Decision) finePaid() (calendar.Day, bool) {
	if _, owes := d.owes(term.DutyFine); owes {
		return 0, false
	}
	var last calendar.Day
	for _, p := range d.Payments {
		if p.Kind == term.DutyFine {
			last = max(last, p.On)
		}
	}
	return last, true
}

// decideSurcharge levies the surcharge of the days up to the effective one, or
// to that of payment. What was levied already is so.
func decideSurcharge(s State, on calendar.Day) ([]Event, error) {
	d, err := s.served(on)
	if err != nil {
		return nil, err
	}
	refuse := func(code string, t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(domain.Conflict, rule.FineSurcharge, t, domain.Field{Pointer: "/effective", Code: code, Message: t})
	}
	switch {
	case d.Sanction.FineFen == 0:
		return refuse("no_fine", domain.Say("本案没有罚款", "there is no fine"))
	case d.PayBy == 0:
		return refuse("awaits_calendar", domain.Say("缴款期限尚无工作日历", "the period to pay awaits a calendar"))
	}
	until := on
	if paid, ok := d.finePaid(); ok {
		until = min(until, paid)
	}
	days := rule.DaysLate(d.PayBy, until, s.remedyTimes())
	switch amount := rule.Surcharge(d.Sanction.FineFen, days); {
	case days == 0:
		return refuse("not_late", domain.Say("缴款期限到 %s，没有应加处的天数", "the fine is due by %s: no day is late", d.PayBy))
	case amount <= d.Surcharge:
		return nil, nil
	default:
		return []Event{SurchargeLevied{AmountFen: amount, Days: days}}, nil
	}
}

// remedyTimes are the days on which a remedy was under way.
func (s State) remedyTimes() []calendar.Interval {
	var out []calendar.Interval
	for _, r := range s.Remedies {
		out = append(out, calendar.Interval{Suspended: r.Filed, Resumed: r.Decided})
	}
	return out
}

// decideClosing ends the case as it stands, or because the decision cannot be
// enforced.
func decideClosing(s State, on calendar.Day, c Close) ([]Event, error) {
	refuse := func(pointer, code string, t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(domain.Conflict, rule.PenaltyPerformance, t, domain.Field{Pointer: pointer, Code: code, Message: t})
	}
	as, ended := s.ending()
	switch {
	case c.As == term.EndUnenforceable:
		if s.Decision.On == 0 || s.Decision.Ended != 0 || s.Decision.Performed != 0 {
			return refuse("/body/as", "not_met", domain.Say("没有未履行的处罚决定", "there is no decision left to enforce"))
		}
		if strings.TrimSpace(c.Reason) == "" {
			return refuse("/body/reason", "required", domain.Say("终结执行须写明理由", "that it cannot be enforced needs a reason"))
		}
		as = term.EndUnenforceable
	case !ended:
		return refuse("/act", "not_over", domain.Say("案件尚未办结：%s", "the case is not over: %[2]s", s.left().ZH, s.left().EN))
	case c.As != "" && c.As != as:
		l := as.Label()
		return refuse("/body/as", "differs", domain.Say("本案应以“%s”结案", "the case ends as %[2]q", l.ZH, l.EN))
	}
	return domain.OneFact[Event](Closed{Subject: s.Subject, As: as, Reason: c.Reason}, notBefore(on, s.lastStep()))
}

// lastStep returns the day of what the end of the case stands on.
func (s State) lastStep() calendar.Day {
	d := s.Decision
	last := max(d.On, d.Served, d.Performed, d.Ended, s.Spared.On)
	for _, m := range s.Informal {
		last = max(last, m.On)
	}
	return last
}

// ending returns how the case may end as it stands.
func (s State) ending() (term.CaseEnd, bool) {
	_, filed := s.Filing()
	switch d := s.Decision; {
	case d.Ended != 0:
		return term.EndRevoked, true
	case d.On != 0:
		return term.EndPerformed, d.Performed != 0
	case s.Spared.On != 0:
		return term.EndNotPunished, true
	case !filed && len(s.Informal) > 0:
		return term.EndInformal, true
	}
	return "", false
}

// left says what keeps the case open.
func (s State) left() domain.Text {
	d := s.Decision
	switch {
	case d.On == 0:
		return domain.Say("尚未作出决定", "it is not decided")
	case d.Served == 0:
		return domain.Say("处罚决定尚未送达", "the decision was not served")
	}
	var zh, en []string
	for _, o := range d.Outstanding() {
		l := o.Kind.Label()
		if o.Fen > 0 {
			l.ZH, l.EN = l.ZH+" "+o.Fen.Yuan()+" 元", l.EN+" of "+o.Fen.Yuan()+" yuan"
		}
		zh, en = append(zh, l.ZH), append(en, l.EN)
	}
	return domain.Text{ZH: "尚有" + strings.Join(zh, "、"), EN: "left: " + strings.Join(en, ", ")}
}
