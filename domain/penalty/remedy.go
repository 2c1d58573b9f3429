package penalty

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// withdrawal returns the clock of the withdrawal of what is published, where it
// has not run out and the clock does not run already.
func (s State) withdrawal(l rule.Law, on calendar.Day, agency string) ([]clock.Start, error) {
	_, published := s.standing()
	if _, runs := s.Clocks.Find(term.PublicationWithdrawal, ""); !published || s.ranOut(on) || runs {
		return nil, nil
	}
	return started(l, on, agency, term.PublicationWithdrawal)
}

// decideRevocation takes the decision back. What the public never saw is not
// made public by it.
func decideRevocation(s State, m domain.Meta, on calendar.Day, c Revoke) ([]Event, error) {
	if s.Decision.Ended != 0 {
		return nil, nil
	}
	if _, err := s.holding(on); err != nil {
		return nil, err
	}
	if err := wanting(rule.PenaltyReversal, "/body/by", c.By, "/body/reason", c.Reason); err != nil {
		return nil, err
	}
	if m.Visibility == domain.Public && len(s.Publications) == 0 {
		return nil, notPublic("/visibility", "not_published", domain.Say("处罚决定未曾公示，撤销应记为 joint", "the decision was never public: record its revocation as joint"))
	}
	clocks, err := s.withdrawal(c.Law, on, m.Actor.Agency)
	if err != nil {
		return nil, err
	}
	return []Event{Revoked{Subject: s.Subject, By: c.By, Reason: c.Reason, FineKey: s.fined(), Clocks: clocks}}, nil
}

// fined returns the act that the decision reserved, where it has a fine.
func (s State) fined() string {
	if s.Decision.Sanction.FineFen == 0 {
		return ""
	}
	return s.Decision.FineKey
}

// decideChange puts a lighter content in the place of what was decided.
func decideChange(s State, m domain.Meta, on calendar.Day, c Change) ([]Event, error) {
	d, err := s.holding(on)
	if err != nil {
		return nil, err
	}
	if err := c.To.Check("/body/to"); err != nil {
		return nil, err
	}
	if err := wanting(rule.PenaltyReversal, "/body/reason", c.Reason); err != nil {
		return nil, err
	}
	if d.Sanction.Equal(c.To) {
		return nil, nil
	}
	if err := c.To.Within(d.Sanction, rule.PenaltyReversal, "/body/to"); err != nil {
		return nil, err
	}
	e := Changed{Subject: s.Subject, To: c.To, Reason: c.Reason, OverpaidFen: max(0, d.paid(term.DutyFine)-c.To.FineFen)}
	if c.To.FineFen == 0 {
		e.FineKey = s.fined()
	}
	d.Sanction = c.To
	_, owes := d.owes(term.DutyFine)
	e.FinePaid = !owes
	if e.Clocks, err = s.withdrawal(c.Law, on, m.Actor.Agency); err != nil || d.Served == 0 || s.ranOut(on) {
		return domain.OneFact[Event](e, err)
	}
	publication, err := publishing(c.Law, c.To, on, m.Actor.Agency)
	e.Clocks = append(e.Clocks, publication...)
	return domain.OneFact[Event](e, err)
}

func noRemedy(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.PenaltyRemedy, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// decideRemedy takes a step of a remedy down.
func decideRemedy(s State, m domain.Meta, on calendar.Day, kind term.Remedy, c RemedyRecord) ([]Event, error) {
	if s.Decision.On == 0 {
		return nil, step("not_decided", domain.Say("尚未作出处罚决定", "no penalty was decided"))
	}
	if err := notBefore(on, s.Decision.On); err != nil {
		return nil, err
	}
	switch c.Step {
	case term.RemedyFiled:
		return s.decideFiling(on, kind, c)
	case term.RemedyDecided:
		return s.decideOutcome(m, on, kind, c)
	}
	return nil, domain.BadField("/body/step", "required", domain.Say("请写明环节", "name the step"))
}

// decideFiling takes down that a remedy was asked for. A decision on the spot is
// reconsidered first, and what is before a court is not reconsidered.
func (s State) decideFiling(on calendar.Day, kind term.Remedy, c RemedyRecord) ([]Event, error) {
	if _, running := s.underway(kind); running {
		return nil, nil
	}
	if _, err := s.holding(on); err != nil {
		return nil, err
	}
	_, reconsidering := s.underway(term.Reconsideration)
	switch {
	case c.Outcome != "":
		return nil, domain.BadField("/body/outcome", "not_taken", domain.Say("申请时没有结果", "there is no outcome yet"))
	case kind == term.Litigation && reconsidering:
		return nil, noRemedy("/act", "reconsidering", domain.Say("行政复议期间不得起诉", "no lawsuit while it is reconsidered"))
	case kind == term.Litigation && s.Decision.Procedure == term.SummaryProcedure && !s.had(term.Reconsideration):
		return nil, noRemedy("/act", "reconsideration_first", domain.Say("当场处罚应当先申请行政复议", "a penalty on the spot is reconsidered first"))
	case kind == term.Reconsideration && s.had(term.Litigation):
		return nil, noRemedy("/act", "in_court", domain.Say("已经起诉的，不得申请行政复议", "what was brought to court is not reconsidered"))
	}
	if err := domain.Filled("/body/body", c.Body); err != nil {
		return nil, err
	}
	f := RemedyFiling{Body: c.Body, Document: c.Document, Stayed: c.Stayed}
	if kind == term.Litigation {
		return []Event{LitigationFiled{f}}, nil
	}
	return []Event{ReconsiderationFiled{f}}, nil
}

// had reports whether a remedy of a kind was ever asked for.
func (s State) had(kind term.Remedy) bool {
	for _, r := range s.Remedies {
		if r.Kind == kind {
			return true
		}
	}
	return false
}

// decideOutcome takes the outcome of a remedy down. A reversal is not recorded by
// who decided the penalty.
func (s State) decideOutcome(m domain.Meta, on calendar.Day, kind term.Remedy, c RemedyRecord) ([]Event, error) {
	r, ok := s.underway(kind)
	switch {
	case !ok:
		return nil, noRemedy("/body/step", "not_filed", domain.Say("没有进行中的%[1]s", "no %[2]s is under way", kind.Label().ZH, kind.Label().EN))
	case c.Outcome == "":
		return nil, domain.BadField("/body/outcome", "required", domain.Say("请写明结果", "name the outcome"))
	case c.Body != "" || c.Stayed:
		return nil, domain.BadField("/body/body", "not_taken", domain.Say("受理机关和停止执行在申请环节记录", "body and stay are recorded with the filing"))
	}
	if err := notBefore(on, r.Filed); err != nil {
		return nil, err
	}
	e := RemedyResult{Subject: s.Subject, Outcome: c.Outcome, Document: c.Document}
	if reverses(c.Outcome) && m.Actor.Officer() == s.Decision.Decider {
		t := domain.Say("推翻处罚决定的结果应由作出决定者以外的人员记录", "a reversal is recorded by another officer than the one who decided")
		return nil, domain.Refuse(domain.Conflict, rule.SeparateDecider, t, domain.Field{Pointer: "/actor/officer", Code: "decider", Message: t})
	}
	if ends(c.Outcome) {
		e.FineKey = s.fined()
	}
	var err error
	if e.Clocks, err = s.afterOutcome(m, on, kind, c); err != nil {
		return nil, err
	}
	if kind == term.Litigation {
		return []Event{LitigationDecided{e}}, nil
	}
	return []Event{ReconsiderationDecided{e}}, nil
}

// afterOutcome returns the clocks that an outcome begins: the withdrawal of what
// was published, or the window of a lawsuit after a reconsideration that left
// something to sue about.
func (s State) afterOutcome(m domain.Meta, on calendar.Day, kind term.Remedy, c RemedyRecord) ([]clock.Start, error) {
	var out []clock.Start
	var err error
	if reverses(c.Outcome) {
		if out, err = s.withdrawal(c.Law, on, m.Actor.Agency); err != nil {
			return nil, err
		}
	}
	if kind == term.Litigation || ends(c.Outcome) {
		return out, nil
	}
	if c.Outcome != term.RemedyWithdrawn {
		suit, err := c.Law.LawsuitAfterReconsideration(on, m.Actor.Agency)
		return append(out, suit), err
	}
	if s.Decision.Served == 0 {
		return out, nil
	}
	suit, err := c.Law.Start(term.LitigationRequest, s.Decision.Served, m.Actor.Agency)
	if err != nil || suit.Due != 0 && suit.Due < on {
		return out, err
	}
	return append(out, suit), nil
}
