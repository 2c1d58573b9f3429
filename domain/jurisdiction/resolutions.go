package jurisdiction

import (
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Resolution is what became of one resolution of a joint conference.
type Resolution struct {
	Sequence int // of the conference
	Number   int // in the conference, from 1
	Agency   string
	Set      calendar.Day // zero: nobody was told to carry it out
	Due      calendar.Day
	FollowUp []FollowUp
	Done     calendar.Day // zero: open
}

// FollowUp is what was found of a resolution on a day.
type FollowUp struct {
	On     calendar.Day
	Result string
}

// Resolution returns what became of a resolution.
func (s State) Resolution(sequence, number int) (Resolution, bool) {
	i := s.resolution(sequence, number)
	if i < 0 {
		return Resolution{Sequence: sequence, Number: number}, false
	}
	return s.Resolutions[i], true
}

func (s State) resolution(sequence, number int) int {
	return slices.IndexFunc(s.Resolutions, func(r Resolution) bool { return r.Sequence == sequence && r.Number == number })
}

// part is the part of the clock that runs for a resolution.
func part(sequence, number int) string { return strconv.Itoa(sequence) + "/" + strconv.Itoa(number) }

func noResolution(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.Resolution, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// resolved returns a resolution that a conference made by a day and that is not
// carried out.
func (s State) resolved(on calendar.Day, sequence, number int) (Resolution, error) {
	i := slices.IndexFunc(s.Conferences, func(h Conference) bool { return h.Sequence == sequence })
	if i < 0 {
		return Resolution{}, noResolution("/body/sequence", "unknown", domain.Say("没有第 %d 次联席会议的记录", "conference %d is not on record", sequence))
	}
	r, _ := s.Resolution(sequence, number)
	switch c := s.Conferences[i]; {
	case number < 1 || number > len(c.Resolutions):
		return r, noResolution("/body/resolution", "unknown", domain.Say("第 %d 次联席会议有 %d 项议定事项", "conference %d made %d resolutions", sequence, len(c.Resolutions)))
	case on < c.On:
		return r, noResolution("/effective", "too_early", domain.Say("早于会议日 %s", "before the conference of %s", c.On))
	case r.Done != 0:
		return r, noResolution("/body/resolution", "done", domain.Say("该事项已于 %s 落实", "it was carried out on %s", r.Done))
	}
	return r, nil
}

// decideResolution says who carries a resolution out. Until its last day it may
// be given to another agency or another day; after it, what is late stays late.
func decideResolution(s State, m domain.Meta, on calendar.Day, c SetResolution) ([]Event, error) {
	r, err := s.resolved(on, c.Sequence, c.Resolution)
	if err == nil {
		err = ours(m, "/body/agency", c.Agency)
	}
	switch {
	case err != nil:
		return nil, err
	case r.Set != 0 && r.Agency == c.Agency && r.Due == c.Due:
		return nil, nil
	case c.Due < on:
		return nil, noResolution("/body/due", "before_start", domain.Say("落实期限应不早于 %s", "the last day is not before %s", on))
	case r.Set != 0 && on > r.Due:
		return nil, noResolution("/effective", "too_late", domain.Say("期限已于 %s 届满，不能再改", "its last day was %s; it is not changed any more", r.Due))
	}
	run := clock.Start{Key: term.ResolutionDue, Part: part(c.Sequence, c.Resolution), From: on, Due: c.Due, Agency: c.Agency}
	return domain.OneFact[Event](ResolutionSet{Sequence: c.Sequence, Resolution: c.Resolution, Agency: c.Agency, Due: c.Due, Clocks: []clock.Start{run}}, nil)
}

// decideFollowUp takes down what the agency that carries the resolution out, or
// an office that convenes the conference, found.
func decideFollowUp(s State, m domain.Meta, on calendar.Day, c FollowUpResolution) ([]Event, error) {
	r, err := s.resolved(on, c.Sequence, c.Resolution)
	if err != nil {
		return nil, err
	}
	if m.Actor.Agency != r.Agency && !convenes(m.Actor.Agency) {
		return nil, noResolution("/actor/agency", "other_agency", domain.Say(
			"落实情况由责任机关 %[1]s、教育部门或联席会议办公室记录", "the agency that carries it out (%[1]s), education or the conference office says so", orNone(r.Agency)))
	}
	return domain.OneFact[Event](ResolutionFollowedUp(c), domain.Filled("/body/result", c.Result))
}

// convenes reports whether an agency convenes joint conferences.
func convenes(code string) bool {
	a, err := authority.ParseAgency(code)
	return err == nil && (a.Department == term.EducationDept || a.Department == term.JointConferenceOffice)
}

func orNone(agency string) string {
	if agency == "" {
		return "—"
	}
	return agency
}

// Moves begins the clock of the agency.
func (e ResolutionSet) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves ends the clock once the resolution is carried out.
func (e ResolutionFollowedUp) Moves() []clock.Move {
	if !e.Done {
		return nil
	}
	return clock.Ended(part(e.Sequence, e.Resolution), term.ResolutionDue)
}

// evolveResolution keeps what became of resolutions.
func evolveResolution(s State, on calendar.Day, e Event) State {
	change := func(sequence, number int, f func(*Resolution)) {
		if s.resolution(sequence, number) < 0 {
			s.Resolutions = domain.With(s.Resolutions, Resolution{Sequence: sequence, Number: number})
		} else {
			s.Resolutions = slices.Clone(s.Resolutions)
		}
		f(&s.Resolutions[s.resolution(sequence, number)])
	}
	switch e := e.(type) {
	case ResolutionSet:
		change(e.Sequence, e.Resolution, func(r *Resolution) { r.Agency, r.Due, r.Set = e.Agency, e.Due, on })
	case ResolutionFollowedUp:
		change(e.Sequence, e.Resolution, func(r *Resolution) {
			r.FollowUp = domain.With(r.FollowUp, FollowUp{On: on, Result: e.Result})
			if e.Done {
				r.Done = on
			}
		})
	}
	return s
}

func decideMiss(s State, on calendar.Day, c MissDeadline) ([]Event, error) {
	fact, ok, err := s.Clocks.Miss(on, c.Missing)
	if err != nil || !ok {
		return nil, err
	}
	return domain.OneFact[Event](DeadlineMissed{fact}, nil)
}
