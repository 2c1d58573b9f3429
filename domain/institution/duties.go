package institution

import (
	"fmt"
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/figure"
	"minglu/domain/ident"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Report is an annual report that was filed.
type Report struct {
	Year int          `json:"y,omitzero"`
	On   calendar.Day `json:"o,omitzero"`
}

// Card is a card that was issued.
type Card struct {
	On     calendar.Day    `json:"o,omitzero"`
	Colour term.CardColour `json:"c,omitzero"`
}

// Closure is an abnormal closure that was reported.
type Closure struct {
	On          calendar.Day `json:"o,omitzero"`
	Pupils      figure.Count `json:"p,omitzero"`
	Undelivered *money.Fen   `json:"u,omitzero"` // nil: not known
	Unreachable bool         `json:"un,omitzero"`
}

// decideDuties takes down what an institution reports or owes, and what is done
// where it does not.
func decideDuties(s State, on calendar.Day, c Command) ([]Event, error) {
	switch c := c.(type) {
	case PostWarning:
		return decideWarning(s, on, c)
	case RemoveAdvertisement:
		if err := domain.Filled("/body/place", c.Place); err != nil {
			return nil, err
		}
		return domain.OneFact[Event](AdvertisementRemoved(c), s.veiled("/body/place", c.Place, ident.MaskAddress(c.Place)))
	case NoteScheduleBreach:
		return decideBreach(s, on, c)
	case FileAnnualReport:
		return decideReport(s, on, c)
	case ReportAbnormalClosure:
		return decideClosure(s, on, c)
	case IssueCard:
		return decideCard(c)
	case ReadPersonalData:
		return domain.OneFact[Event](PersonalDataRead(c), s.Persons.Unseal(c.Unsealing))
	case ErasePersonalData:
		already, err := s.Persons.Erase(c.Erasure)
		if already {
			return nil, nil
		}
		return domain.OneFact[Event](PersonalDataErased(c), err)
	case MissDeadline:
		fact, ok, err := s.Clocks.Miss(on, c.Missing)
		if err != nil || !ok {
			return nil, err
		}
		return domain.OneFact[Event](DeadlineMissed{fact}, nil)
	}
	panic(fmt.Sprintf("institution does not know the command %T", c))
}

// decideInterview records a talk; what was promised is due on the day or later.
func decideInterview(on calendar.Day, c HoldInterview) ([]Event, error) {
	if err := because(c.Reason); err != nil {
		return nil, err
	}
	if c.HeldBy != "" {
		if _, err := authority.ParseAgency(c.HeldBy); err != nil {
			return nil, domain.BadField("/body/held_by", "unknown_agency", domain.Say("“%s”不是机关代码", "%q is no agency", c.HeldBy))
		}
	}
	for i, r := range c.Roles {
		if err := domain.Filled("/body/roles/"+strconv.Itoa(i), r); err != nil {
			return nil, err
		}
	}
	if c.Due != 0 && c.Due < on {
		return nil, domain.BadField("/body/due", "before_start", domain.Say("应不早于约谈日 %s", "not before the interview of %s", on))
	}
	return domain.OneFact[Event](InterviewHeld{Reason: c.Reason, HeldBy: c.HeldBy, Roles: c.Roles, Commitments: domain.OrEmpty(c.Commitments), Due: c.Due}, nil)
}

func decideWarning(s State, on calendar.Day, c PostWarning) ([]Event, error) {
	e := WarningPosted(c)
	if e.Premises == "" {
		e.Premises = s.Address(on)
	}
	if err := domain.Filled("/body/premises", e.Premises); err != nil {
		return nil, err
	}
	return domain.OneFact[Event](e, s.veiled("/body/premises", e.Premises, ident.MaskAddress(e.Premises)))
}

// decideBreach notes a breach. Rest days, holidays and vacations are closed to
// subject training alone; who teaches it without a licence for it is a case.
func decideBreach(s State, on calendar.Day, c NoteScheduleBreach) ([]Event, error) {
	closed := c.Rule == term.NotOnWeekends || c.Rule == term.NotOnHolidays || c.Rule == term.NotInVacations
	if closed && s.Scope(on).Class == term.NonSubject {
		t := domain.Say("非学科类培训不受“%s”的限制；若实际培训学科内容，请按隐形变异查处", "non-subject training is not bound by %[2]q; where it teaches subjects in fact, allege a violation", c.Rule.Label().ZH, c.Rule.Label().EN)
		return nil, domain.Refuse(domain.Conflict, rule.OperatingHours, t, domain.Field{Pointer: "/body/rule", Code: "not_bound", Message: t})
	}
	return domain.OneFact[Event](ScheduleBreachNoted(c), domain.Filled("/body/slot", c.Slot))
}

func decideReport(s State, on calendar.Day, c FileAnnualReport) ([]Event, error) {
	if c.Year < 1990 || c.Year > on.Year() {
		return nil, domain.BadField("/body/year", "out_of_range", domain.Say("年度应在 1990 与 %d 之间", "the year should lie between 1990 and %d", on.Year()))
	}
	if slices.ContainsFunc(s.Reports, func(r Report) bool { return r.Year == c.Year }) {
		return nil, nil
	}
	return domain.OneFact[Event](AnnualReportFiled(c), nil)
}

// decideClosure takes the report down once; what is learned later corrects it.
func decideClosure(s State, on calendar.Day, c ReportAbnormalClosure) ([]Event, error) {
	if err := closureForm(c); err != nil {
		return nil, err
	}
	e := AbnormalClosureReported(c)
	e.Pupils = c.Pupils.Filled()
	switch {
	case s.Left(on):
		last := s.Closures[len(s.Closures)-1]
		if last.Pupils == e.Pupils && last.Unreachable == e.Unreachable && sameFen(last.Undelivered, e.Undelivered) {
			return nil, nil
		}
		return nil, domain.Refuse(domain.Conflict, rule.AbnormalClosure, domain.Say(
			"%s 已报告异常关停，人数和金额有变请更正", "an abnormal closure was reported on %s; correct that where numbers changed", last.On))
	case s.Deregistered(on):
		return nil, domain.Refuse(domain.Conflict, rule.AbnormalClosure, domain.Say("该机构已经注销", "it is deregistered"))
	}
	return domain.OneFact[Event](e, nil)
}

func closureForm(c ReportAbnormalClosure) error {
	if err := c.Pupils.Check("/body/pupils"); err != nil {
		return err
	}
	if c.Pupils.Unit != term.Persons {
		t := domain.Say("学员以“人”计", "pupils are counted in persons")
		return domain.Refuse(domain.Invalid, figure.CountRule, t, domain.Field{Pointer: "/body/pupils/unit", Code: "other_unit", Message: t})
	}
	if c.Undelivered != nil && *c.Undelivered < 0 {
		return domain.BadField("/body/undelivered_fen", "negative", domain.Say("金额不能为负", "an amount is not negative"))
	}
	return nil
}

func sameFen(a, b *money.Fen) bool { return a == b || a != nil && b != nil && *a == *b }

func decideCard(c IssueCard) ([]Event, error) {
	if !c.Law.Policy.Bool("cards.enabled") {
		t := domain.Say("本地没有采用黄红牌制度（cards.enabled）", "cards are not adopted here (cards.enabled)")
		return nil, domain.Refuse(domain.Conflict, rule.Cards, t, domain.Field{Pointer: "/act", Code: "not_adopted", Message: t})
	}
	return domain.OneFact[Event](CardIssued{Colour: c.Colour, Policy: c.Law.Policy.Version(), Reason: c.Reason}, because(c.Reason))
}

func evolveDuties(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case AnnualReportFiled:
		s.Reports = domain.With(s.Reports, Report{Year: e.Year, On: on})
	case AbnormalClosureReported:
		s.Closures = domain.With(s.Closures, Closure{On: on, Pupils: e.Pupils, Undelivered: e.Undelivered, Unreachable: e.Unreachable})
	case CardIssued:
		s.Cards = domain.With(s.Cards, Card{On: on, Colour: e.Colour})
	case PersonalDataErased:
		s.Persons = s.Persons.Without(e.Person)
		s.Organiser, s.Principal = unless(s.Organiser, e.Person), unless(s.Principal, e.Person)
	}
	return s
}

// unless returns a sealed value that is not about a person who was erased.
func unless(v *domain.Sealed, erased string) *domain.Sealed {
	if v != nil && v.Person == erased {
		return nil
	}
	return v
}
