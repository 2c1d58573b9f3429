package domaintest

import (
	"reflect"
	"testing"
	"time"

	"minglu/domain"
)

// beijing is the zone in which days begin.
var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// On is the meta of a fact or command that takes effect on a day (YYYY-MM-DD)
// and is recorded at noon. The officers act for the education bureau of 530427,
// the first of them foremost; without any, it is officer-1. It panics on what
// is no day.
func On(day string, officers ...string) domain.Meta {
	at, err := time.ParseInLocation(time.DateOnly, day, beijing)
	if err != nil {
		panic(err)
	}
	if len(officers) == 0 {
		officers = []string{"officer-1"}
	}
	return domain.Meta{
		Division: "530427", Effective: at, Recorded: at.Add(12 * time.Hour),
		Actor: domain.Actor{Agency: "530427-education", Officers: officers},
	}
}

// Fact is something that happened before.
type Fact struct {
	Meta  domain.Meta
	Event domain.Event
}

// Was is the fact that e took effect under m.
func Was(m domain.Meta, e domain.Event) Fact { return Fact{Meta: m, Event: e} }

// History is what happened before a command.
type History[S, C any, E domain.Event] struct {
	t       testing.TB
	decider domain.Decider[S, C, E]
	state   S
	acts    []domain.ActType
	always  []domain.Rule
}

// Given folds facts. The test fails where one is no event of the decider.
func Given[S, C any, E domain.Event](t testing.TB, d domain.Decider[S, C, E], facts ...Fact) *History[S, C, E] {
	t.Helper()
	h := &History[S, C, E]{t: t, decider: d, state: d.Start}
	for _, f := range facts {
		e, ok := f.Event.(E)
		if !ok {
			t.Fatalf("given a %T, which is no event of %s", f.Event, d.Name)
		}
		h.state = d.Evolve(h.state, f.Meta, e)
	}
	return h
}

// Listed makes refusals name a rule that stands in the line of the command's
// act, or is one of always, which judge every act.
func (h *History[S, C, E]) Listed(acts []domain.ActType, always ...domain.Rule) *History[S, C, E] {
	h.acts, h.always = acts, always
	return h
}

// State returns the state that the facts lead to.
func (h *History[S, C, E]) State() S { return h.state }

// When decides on a command, twice.
func (h *History[S, C, E]) When(m domain.Meta, c C) *Outcome[S, C, E] {
	h.t.Helper()
	stateBefore, commandBefore := snapshot(h.state), snapshot(c)
	events, err := h.decider.Decide(h.state, m, c)
	again, errAgain := h.decider.Decide(h.state, m, c)
	if !reflect.DeepEqual(events, again) || !reflect.DeepEqual(err, errAgain) {
		h.t.Errorf("Decide on %T is not repeatable\ngot  %s %v\nthen %s %v", c, show(events), err, show(again), errAgain)
	}
	if snapshot(h.state) != stateBefore {
		h.t.Errorf("Decide on %T changed the state", c)
	}
	if snapshot(c) != commandBefore {
		h.t.Errorf("Decide on %T changed the command", c)
	}
	if err != nil && len(events) > 0 {
		h.t.Errorf("Decide on %T refuses and leaves facts behind\n%s", c, show(events))
	}
	o := &Outcome[S, C, E]{history: h, meta: m, command: c, events: events, err: err, after: h.state}
	if err == nil {
		for _, e := range events {
			o.after = evolve(h.t, h.decider, o.after, m, e, 1)
		}
	}
	return o
}

// rules returns the ids that a refusal of c may name, and whether they are
// known.
func (h *History[S, C, E]) rules(c C) (ids map[string]bool, known bool) {
	for _, a := range h.acts {
		if reflect.TypeOf(a.Command(a.New())) != reflect.TypeOf(c) {
			continue
		}
		ids = map[string]bool{}
		for _, r := range append(h.always[:len(h.always):len(h.always)], a.Rules...) {
			ids[r.ID] = true
		}
		return ids, true
	}
	return nil, false
}

// deep is how often evolve goes on where lists are to get room at their end, in
// which a careless append would write over what another state sees: the fourth
// value of a list finds some.
const deep = 4

// evolve returns the state after a fact, and goes on from there with the same
// fact until it has been taken so many times.
func evolve[S, C any, E domain.Event](t testing.TB, d domain.Decider[S, C, E], s S, m domain.Meta, e E, times int) S {
	t.Helper()
	other := m
	other.Effective, other.Division = m.Effective.AddDate(0, 0, 1), "other"
	from := s
	for range times {
		given := snapshot(from)
		first := d.Evolve(from, m, e)
		made := snapshot(first)
		d.Evolve(from, other, e) // another value into the same room
		second := d.Evolve(from, m, e)
		switch {
		case snapshot(from) != given:
			t.Fatalf("Evolve with %s changed the state that it was given", e.EventName())
		case snapshot(first) != made:
			t.Fatalf("Evolve with %s changed a state that it had made before", e.EventName())
		case !reflect.DeepEqual(first, second):
			t.Fatalf("Evolve with %s is not repeatable\ngot  %+v\nthen %+v", e.EventName(), first, second)
		}
		from = first
	}
	return d.Evolve(s, m, e)
}
