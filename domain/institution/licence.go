package institution

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func decideGrant(s State, on calendar.Day, c GrantLicence) ([]Event, error) {
	e := LicenceGranted{
		Number: ident.NormaliseLicenceNumber(string(c.Number)), Kind: c.Kind, Class: c.Class,
		Categories: domain.OrEmpty(c.Categories), Audiences: domain.OrEmpty(c.Audiences), ValidFrom: c.ValidFrom, ValidTo: c.ValidTo,
	}
	if err := s.mayOpen("/body/number", e.Number); err != nil {
		return nil, err
	}
	if len(e.Audiences) == 0 {
		return nil, domain.BadField("/body/audiences", "required", domain.Say("请写明培训对象", "name the audiences"))
	}
	if err := domain.At("/body", e.Check()); err != nil {
		return nil, err
	}
	if err := s.applied(c.Class); err != nil {
		return nil, err
	}
	override, err := mayApprove(c.Law, c.Override, c.Class, c.Audiences, on)
	if err != nil {
		return nil, err
	}
	e.Override = override
	return []Event{e}, nil
}

// mayOpen refuses a number that is empty or that a licence of this institution
// has already. Other institutions' numbers are kept apart by reservation.
func (s State) mayOpen(pointer string, n ident.LicenceNumber) error {
	if n == "" {
		return domain.BadField(pointer, "required", domain.Say("请填写许可证号", "give the licence number"))
	}
	if _, ok := s.Licence(n); ok {
		return domain.Refuse(domain.Conflict, rule.LicenceExit, domain.Say(
			"该机构已有编号为 %s 的许可", "the institution has a licence %s already", n),
			domain.Field{Pointer: pointer, Code: "taken", Message: domain.Say("许可证号不能重复使用", "a number is used once")})
	}
	return nil
}

// mayApprove applies the ban on subject training of preschool children, which
// nothing overrides, and the moratoria of the division, which a document of a
// higher authority may override. The override is kept only where it was needed.
func mayApprove(l rule.Law, o *GrantOverride, class term.Class, audiences []term.Audience, on calendar.Day) (*GrantOverride, error) {
	if err := rule.NoPreschoolSubject(class, audiences, on); err != nil {
		return nil, err
	}
	err := l.NotStopped(class, audiences, on)
	if err == nil {
		return nil, nil
	}
	if o == nil || o.DocumentNo == "" || o.Reason == "" {
		return nil, err
	}
	return o, nil
}

func checkTerm(pointer string, from, to calendar.Day) error {
	if from == 0 || to == 0 || to < from {
		return domain.Refuse(domain.Invalid, rule.LicenceTerm, domain.Say(
			"许可期限的截止日早于起始日", "the term of the licence ends before it begins"),
			domain.Field{Pointer: pointer + "/valid_to", Code: "before_start", Message: domain.Say("应不早于 %s", "not before %s", from)})
	}
	return nil
}

// held returns the licence of that number if it is held on the day.
func (s State) held(pointer string, n ident.LicenceNumber, on calendar.Day) (Licence, error) {
	l, ok := s.Licence(ident.NormaliseLicenceNumber(string(n)))
	field := func(code string, t domain.Text) domain.Field {
		return domain.Field{Pointer: pointer, Code: code, Message: t}
	}
	switch {
	case !ok:
		t := domain.Say("没有编号为 %s 的许可", "there is no licence %s", n)
		return l, domain.Refuse(domain.Conflict, rule.LicenceHeld, t, field("unknown", t))
	case on < l.GrantedOn:
		t := domain.Say("许可 %s 自 %s 起发放，当日尚未持有", "licence %s is granted from %s on and not held on the day", n, l.GrantedOn)
		return l, domain.Refuse(domain.Conflict, rule.LicenceHeld, t, field("not_yet", t))
	case l.Exit != "":
		t := domain.Say("许可 %s 已于 %s %s，终止后只能注销", "licence %[1]s ended on %[2]s (%[4]s); after that it can only be cancelled", n, l.ExitOn, l.Exit.Label().ZH, l.Exit.Label().EN)
		return l, domain.Refuse(domain.Conflict, rule.LicenceExit, t, field("ended", t))
	}
	return l, nil
}

func decideSuspend(s State, on calendar.Day, c SuspendLicence) ([]Event, error) {
	if err := because(c.Reason); err != nil {
		return nil, err
	}
	l, err := s.held("/body/number", c.Number, on)
	if err != nil || l.Suspended(on) {
		return nil, err
	}
	for _, p := range l.Pauses {
		if p.Suspended > on {
			return nil, domain.Refuse(domain.Conflict, rule.LicenceHeld, domain.Say(
				"已记录自 %s 起的暂停，不能再记更早的暂停", "a suspension from %s on is recorded; an earlier one is not added", p.Suspended))
		}
	}
	return []Event{LicenceSuspended{Number: l.Number, Reason: c.Reason}}, nil
}

func decideReinstate(s State, on calendar.Day, c ReinstateLicence) ([]Event, error) {
	l, err := s.held("/body/number", c.Number, on)
	if err != nil {
		return nil, err
	}
	if !l.Suspended(on) {
		if len(l.Pauses) > 0 {
			return nil, nil
		}
		return nil, domain.Refuse(domain.Conflict, rule.LicenceHeld, domain.Say(
			"许可 %s 当日没有暂停", "licence %s is not suspended on the day", l.Number))
	}
	return []Event{LicenceReinstated{Number: l.Number, Reason: c.Reason}}, nil
}

func decideExpire(s State, m domain.Meta, on calendar.Day, c ExpireLicence) ([]Event, error) {
	l, err := s.held("/body/number", c.Number, on)
	if err != nil {
		return nil, err
	}
	if on <= l.ValidTo {
		return nil, domain.Refuse(domain.Conflict, rule.LicenceExit, domain.Say(
			"许可 %s 的期限到 %s，当日尚未期满", "licence %s runs until %s and has not expired on the day", l.Number, l.ValidTo),
			domain.Field{Pointer: "/effective", Code: "too_early", Message: domain.Say("应晚于 %s", "after %s", l.ValidTo)})
	}
	cancel, err := toCancel(m, on, c.Law, l.Number)
	return domain.OneFact[Event](LicenceExpired{Number: l.Number, Reason: c.Reason, Clocks: cancel}, err)
}

// leaving is an exit that an act asks for. An authority's own exits need a
// reason, a surrender does not.
type leaving struct {
	law         rule.Law
	number      ident.LicenceNumber
	reason      string
	needsReason bool
	fact        func(ident.LicenceNumber, []clock.Start) Event
}

// decideExit records an exit, which begins the clock of the cancellation.
func decideExit(s State, m domain.Meta, on calendar.Day, x leaving) ([]Event, error) {
	l, err := s.held("/body/number", x.number, on)
	if err == nil && x.needsReason {
		err = because(x.reason)
	}
	if err != nil {
		return nil, err
	}
	cancel, err := toCancel(m, on, x.law, l.Number)
	if err != nil {
		return nil, err
	}
	return []Event{x.fact(l.Number, cancel)}, nil
}

// toCancel is the clock in which the agency cancels a licence that has ended.
func toCancel(m domain.Meta, on calendar.Day, law rule.Law, n ident.LicenceNumber) ([]clock.Start, error) {
	c, err := law.Start(term.LicenceCancellation, on, m.Actor.Agency)
	c.Part = string(n)
	return []clock.Start{c}, err
}

// needsExit are the causes of a cancellation that name an exit, which must have
// been recorded.
var needsExit = map[term.CancelCause]term.LicenceState{
	term.CauseExpired: term.LicenceExpired, term.CauseRevoked: term.LicenceRevoked, term.CauseAnnulled: term.LicenceAnnulled,
	term.CauseWithdrawn: term.LicenceWithdrawn, term.CauseConverted: term.LicenceConverted,
}

// decideCancel is the formal end. A cause that names an exit needs that exit; a
// surrendered licence is cancelled by own wish; where only the cancellation is
// known, it is the end itself.
func decideCancel(s State, on calendar.Day, c CancelLicence) ([]Event, error) {
	l, ok := s.Licence(ident.NormaliseLicenceNumber(string(c.Number)))
	want := needsExit[c.Cause]
	refuse := func(pointer, code string, t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(domain.Conflict, rule.LicenceCancellation, t, domain.Field{Pointer: pointer, Code: code, Message: t})
	}
	switch {
	case !ok:
		return refuse("/body/number", "unknown", domain.Say("没有编号为 %s 的许可", "there is no licence %s", c.Number))
	case l.Cancelled != 0 && l.Cause == c.Cause:
		return nil, nil
	case l.Cancelled != 0:
		return refuse("/body/number", "cancelled", domain.Say("许可 %s 已于 %s 注销", "licence %s was cancelled on %s", l.Number, l.Cancelled))
	case on < l.GrantedOn || l.Exit != "" && on < l.ExitOn:
		return refuse("/effective", "too_early", domain.Say("注销早于发证或终止", "the cancellation lies before the grant or the exit"))
	case want != "" && l.Exit != want:
		return refuse("/body/cause", "no_such_exit", domain.Say("没有“%s”的记录，不能以此为由注销", "no exit %[2]q is recorded: it cannot be the cause", want.Label().ZH, want.Label().EN))
	case want == "" && l.Exit != "" && l.Exit != term.LicenceSurrendered && c.Cause != term.NotPrinted:
		return refuse("/body/cause", "other_exit", domain.Say("许可已%s，注销原因应与之相同", "the licence ended otherwise (%[2]s): the cause should say so", l.Exit.Label().ZH, l.Exit.Label().EN))
	}
	return []Event{LicenceCancelled{Number: l.Number, Cause: c.Cause}}, nil
}
