package listing

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideApplication takes an application down and begins the clock of its
// answer.
func decideApplication(s State, m domain.Meta, on calendar.Day, c ApplyCreditRepair) ([]Event, error) {
	b, ok := s.Black(on)
	if !ok {
		return nil, notListed(term.Black, on)
	}
	if err := domain.Filled("/body/statement", c.Statement); err != nil {
		return nil, err
	}
	if _, ok := s.pending(); ok {
		return nil, domain.Refuse(domain.Conflict, rule.CreditRepair, domain.Say("已有未答复的修复申请", "an application waits for its answer"))
	}
	if err := afterMinimum(b, on); err != nil {
		return nil, err
	}
	answer, err := c.Law.Start(term.RepairAnswer, on, m.Actor.Agency)
	return domain.OneFact[Event](CreditRepairApplied{Statement: c.Statement, Clocks: []clock.Start{answer}}, err)
}

// afterMinimum refuses what comes before the shortest publication has run.
func afterMinimum(b Black, on calendar.Day) error {
	if b.MinUntil == 0 || on > b.MinUntil {
		return nil
	}
	return domain.Refuse(domain.Conflict, rule.CreditRepair, domain.Say(
		"最短公示期到 %s，届满后才能修复", "the shortest publication runs until %s; repair comes after it", b.MinUntil),
		domain.Field{Pointer: "/effective", Code: "too_early", Message: domain.Say("应晚于 %s", "after %s", b.MinUntil)})
}

// decideGrantRepair grants the repair, which ends publication, use and
// sanctions at once: the listing is removed in the same append.
func decideGrantRepair(s State, on calendar.Day, c GrantCreditRepair) ([]Event, error) {
	if err := s.answerable(on); err != nil {
		return nil, err
	}
	b, ok := s.Black(on)
	if !ok {
		return nil, notListed(term.Black, on)
	}
	if err := domain.Filled("/body/document_no", c.DocumentNo); err != nil {
		return nil, err
	}
	if err := afterMinimum(b, on); err != nil {
		return nil, err
	}
	return []Event{CreditRepairGranted(c), BlackRemoved{Cause: term.Repaired, Reason: "准予信用修复：" + c.DocumentNo}}, nil
}

func decideRefuseRepair(s State, on calendar.Day, c RefuseCreditRepair) ([]Event, error) {
	if err := s.answerable(on); err != nil {
		return nil, err
	}
	return domain.OneFact[Event](CreditRepairRefused(c), domain.Filled("/body/reason", c.Reason))
}

func (s State) answerable(on calendar.Day) error {
	r, ok := s.pending()
	if ok && on >= r.Applied {
		return nil
	}
	return domain.Refuse(domain.Conflict, rule.CreditRepair, domain.Say("没有待答复的修复申请", "no application waits for its answer"))
}
