package penalty

import (
	"fmt"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "penalty", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	on := calendar.DayOf(m.Effective)
	switch c := c.(type) {
	case Allege:
		return decideAllege(s, on, c)
	case AssignJurisdiction:
		return decideAssignment(s, m, on, c)
	case ErasePersonalData:
		already, err := s.Persons.Erase(c.Erasure)
		if already || err != nil {
			return nil, err
		}
		return []Event{PersonalDataErased(c)}, nil
	case MissDeadline:
		missed, ok, err := s.Clocks.Miss(on, c.Missing)
		if err != nil || !ok {
			return nil, err
		}
		return []Event{DeadlineMissed{Missing: missed}}, nil
	case Correct:
		return decideCorrect(c)
	case Annul:
		return domain.OneFact[Event](Annulled(c), domain.Filled("/body/reason", c.Reason))
	}
	if err := s.actable(m, on, c); err != nil {
		return nil, err
	}
	return decideHandled(s, m, on, c)
}

// decideHandled decides what the agency that handles the case may ask.
func decideHandled(s State, m domain.Meta, on calendar.Day, c Command) ([]Event, error) {
	switch c := c.(type) {
	case File:
		return decideFiling(s, m, on, c)
	case Transfer:
		return decideTransfer(s, m, on, c)
	case RecuseOfficer:
		return decideRecusal(s, on, c)
	case ServePriorNotice:
		return decideNotice(s, m, on, c)
	case RecordStatement:
		return decideStatement(s, on, c)
	case WaiveStatement:
		return decideWaiver(s, on, c)
	case RequestHearing:
		return decideRequest(s, on, c)
	case WithdrawHearing:
		return decideHearingWithdrawal(s, on, c)
	case NotifyHearing:
		return decideNotification(s, on, c)
	case HoldHearing:
		return decideHearing(s, on, c)
	case PassLegalReview:
		return decideReview(s, m, on, c)
	case Extend:
		return decideExtension(s, m, on, c)
	case Penalise:
		return decidePenalty(s, m, on, c)
	case DecideNoPenalty:
		return decideNoPenalty(s, m, on, c)
	case TakeInformalMeasure:
		return decideInformal(s, c)
	}
	return decideAfterwards(s, m, on, c)
}

// decideAfterwards decides what follows a decision, and referrals.
func decideAfterwards(s State, m domain.Meta, on calendar.Day, c Command) ([]Event, error) {
	switch c := c.(type) {
	case ServeDecision:
		return decideService(s, m, on, c)
	case Publish:
		return decidePublication(s, on, c)
	case WithdrawPublication:
		return decideWithdrawal(s, on, c)
	case RecordPerformance:
		return decidePerformance(s, on, c)
	case LevySurcharge:
		return decideSurcharge(s, on)
	case Close:
		return decideClosing(s, on, c)
	case Revoke:
		return decideRevocation(s, m, on, c)
	case Change:
		return decideChange(s, m, on, c)
	case RecordReconsideration:
		return decideRemedy(s, m, on, term.Reconsideration, c.RemedyRecord)
	case RecordLitigation:
		return decideRemedy(s, m, on, term.Litigation, c.RemedyRecord)
	case ReferToPolice:
		return decideReferral(s, c)
	case ReferAccountability:
		e := AccountabilityReferred{Subject: s.Subject, Body: c.Body, Person: c.Person.Sealed, Reason: c.Reason}
		return domain.OneFact[Event](e, wanting(rule.PenaltyReferral, "/body/body", c.Body))
	case ReadPersonalData:
		return domain.OneFact[Event](PersonalDataRead(c), s.Persons.Unseal(c.Unsealing))
	}
	panic(fmt.Sprintf("penalty does not know the command %T", c))
}

// actable refuses an act on a case that there is not, before its first day, by
// an agency that does not handle it, by an officer who was recused, or after its
// end, where the act is not one that outlives it.
func (s State) actable(m domain.Meta, on calendar.Day, c Command) error {
	if err := s.known(on); err != nil {
		return err
	}
	if m.Actor.Agency != s.Agency {
		return domain.Refuse(domain.Forbidden, rule.PenaltyAgency, domain.Say(
			"本案由 %s 承办", "the case is handled by %s", s.Agency),
			domain.Field{Pointer: "/actor/agency", Code: "not_handling", Message: domain.Say("由 %s 办理", "%s handles it", s.Agency)})
	}
	if i := slices.IndexFunc(m.Actor.Officers, func(o string) bool { return slices.Contains(s.Recused, o) }); i >= 0 {
		return recused(m.Actor.Officers[i], "/actor/officer")
	}
	if s.Closed != 0 && !outlives(c) {
		return step("case_closed", domain.Say("本案已于 %s 结案", "the case ended on %s", s.Closed))
	}
	return nil
}

// known refuses an act on a case that there is not, or before it came into the
// hands where it is.
func (s State) known(on calendar.Day) error {
	if s.Alleged == 0 {
		return domain.Refuse(domain.NotFound, rule.PenaltySteps, domain.Say("没有这个案件", "there is no such case"))
	}
	return notBefore(on, max(s.Alleged, s.Handed.On))
}

// outlives reports whether an act may follow the end of a case: what is public
// is still to be withdrawn, and remedies run on.
func outlives(c Command) bool {
	switch c.(type) {
	case Publish, WithdrawPublication, Revoke, Change, RecordReconsideration, RecordLitigation, ReferAccountability, ReadPersonalData:
		return true
	}
	return false
}

func recused(officer, pointer string) error {
	return domain.Refuse(domain.Conflict, rule.Recusal, domain.Say("%s 已回避本案", "%s was recused from the case", officer),
		domain.Field{Pointer: pointer, Code: "recused", Message: domain.Say("请由其他人员办理", "another officer acts")})
}

// step refuses an act that is out of order.
func step(code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.PenaltySteps, t, domain.Field{Pointer: "/act", Code: code, Message: t})
}

// notBefore refuses a step that takes effect before the one that it follows.
func notBefore(on, earlier calendar.Day) error {
	if on >= earlier {
		return nil
	}
	t := domain.Say("早于前一步骤（%s）", "before the step that it follows, of %s", earlier)
	return domain.Refuse(domain.Conflict, rule.PenaltySteps, t, domain.Field{Pointer: "/effective", Code: "too_early", Message: t})
}

// undecided refuses what comes too late once the case is decided.
func (s State) undecided() error {
	switch {
	case s.Decision.On != 0:
		return step("decided", domain.Say("本案已于 %s 作出处罚决定", "the case was decided on %s", s.Decision.On))
	case s.Spared.On != 0:
		return step("not_punished", domain.Say("本案已于 %s 决定不予处罚", "no penalty was decided on %s", s.Spared.On))
	}
	return nil
}

// investigated returns the filing of a case that is filed and not decided.
func (s State) investigated(on calendar.Day) (Filing, error) {
	f, ok := s.Filing()
	if !ok {
		return f, step("not_filed", domain.Say("尚未立案", "the case is not filed"))
	}
	if err := s.undecided(); err != nil {
		return f, err
	}
	return f, notBefore(on, f.On)
}

// apart refuses an officer who investigated the case, for whichever agency.
func (s State) apart(officer, pointer string) error {
	if !slices.ContainsFunc(s.Filings, func(f Filing) bool { return slices.Contains(f.Officers, officer) }) {
		return nil
	}
	t := domain.Say("%s 是本案调查人员，不得审核、决定或者主持听证", "%s investigated the case and neither reviews, decides nor holds the hearing", officer)
	return domain.Refuse(domain.Conflict, rule.SeparateDecider, t, domain.Field{Pointer: pointer, Code: "investigator", Message: t})
}

// wanting refuses by a rule that wants them the first of the members, in pairs
// of pointer and text, that has none.
func wanting(by domain.Rule, pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		if strings.TrimSpace(pairs[i+1]) == "" {
			t := domain.Say("请填写此项", "fill this in")
			return domain.Refuse(domain.Invalid, by, t, domain.Field{Pointer: pairs[i], Code: "required", Message: t})
		}
	}
	return nil
}

// required refuses the first of the members, in pairs of pointer and text, that
// has none.
func required(pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := domain.Filled(pairs[i], pairs[i+1]); err != nil {
			return err
		}
	}
	return nil
}
