package grievance

import (
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/figure"
	"minglu/domain/term"
)

// decideVisit counts who came, at any time from the receipt on.
func decideVisit(s State, on calendar.Day, c LogVisit) ([]Event, error) {
	if err := firstOf(s.exists(on), c.Persons.Check("/body/persons")); err != nil {
		return nil, err
	}
	if c.Persons.Unit != term.PersonVisits {
		t := domain.Say("来访按人次计（person_visit）", "visits are counted in person-visits")
		return nil, domain.Refuse(domain.Invalid, figure.CountRule, t, domain.Field{Pointer: "/body/persons/unit", Code: "unit", Message: t})
	}
	return []Event{VisitLogged{Persons: c.Persons.Filled()}}, nil
}

// decideLink ties two grievances together; neither takes the other's place.
func decideLink(s State, m domain.Meta, on calendar.Day, c Link) ([]Event, error) {
	if err := s.ours(m, on); err != nil {
		return nil, err
	}
	if c.Other.IsZero() {
		return nil, domain.Filled("/body/other", "")
	}
	e := Linked{Other: c.Other.Stream, Relation: c.Relation}
	if slices.Contains(s.Links, e) {
		return nil, nil
	}
	return domain.OneFact[Event](e, domain.Filled("/body/relation", string(c.Relation)))
}

// ours refuses an agency that handles no part of the grievance.
func (s State) ours(m domain.Meta, on calendar.Day) error {
	if err := s.exists(on); err != nil || s.Handles(m.Actor.Agency) {
		return err
	}
	handler := s.acting()
	if handler == "" {
		handler = s.Handler
	}
	return notYours(handler)
}

func decideMissed(s State, on calendar.Day, c MissDeadline) ([]Event, error) {
	fact, ok, err := s.Clocks.Miss(on, c.Missing)
	if err != nil || !ok {
		return nil, err
	}
	return []Event{DeadlineMissed{Missing: fact}}, nil
}

// decideReading lets the handling agency read the sealed values, on a reason.
func decideReading(s State, m domain.Meta, on calendar.Day, c ReadPersonalData) ([]Event, error) {
	err := s.ours(m, on)
	if err == nil {
		err = s.Persons.Unseal(c.Unsealing)
	}
	return domain.OneFact[Event](PersonalDataRead(c), err)
}

func decideErasure(s State, on calendar.Day, c ErasePersonalData) ([]Event, error) {
	if err := s.exists(on); err != nil {
		return nil, err
	}
	already, err := s.Persons.Erase(c.Erasure)
	if err != nil || already {
		return nil, err
	}
	return []Event{PersonalDataErased(c)}, nil
}
