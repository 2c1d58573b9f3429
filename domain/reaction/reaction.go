package reaction

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Fact is a fact with where it stands.
type Fact struct {
	ID     string // of the event
	Stream string
	Meta   domain.Meta
	Event  domain.Event
}

// freshDays is how old a fact may be for new work to begin by itself. What is
// brought in later is history, which says by itself what was ordered then.
const freshDays = 30

func (f Fact) fresh(today calendar.Day) bool {
	return today <= calendar.DayOf(f.Meta.Effective).AddDays(freshDays)
}

// Act is what follows.
type Act struct {
	// Key tells the act from every other: its cause, and which of its acts it is.
	Key       string
	Name      string // "listing.propose"
	Division  string
	Target    string // stream of what it is about; empty where it creates one
	Effective calendar.Day
	Agency    string // in whose name
	Cause     string // id of the event that caused it, or empty
	Why       string // in a few words
	Body      any    // the command
}

// Reaction is one line of the table: what follows from an event.
type Reaction struct {
	Event string
	Title domain.Text
	// React returns the acts that follow from a fact of the event, by the law of
	// its division on a day, which is today.
	React func(f Fact, l rule.Law, today calendar.Day) []Act
}

func on[E domain.Event](zh, en string, react func(f Fact, e E, l rule.Law, today calendar.Day) []Act) Reaction {
	var zero E
	return Reaction{Event: zero.EventName(), Title: domain.Text{ZH: zh, EN: en},
		React: func(f Fact, l rule.Law, today calendar.Day) []Act { return react(f, f.Event.(E), l, today) }}
}

// Table is what follows from facts. An event stands in it once.
var Table = slicesOf(toInstitutions, toRectifications, toInspections, toPenalties, toClosures, toEscrow)

func slicesOf(parts ...[]Reaction) (all []Reaction) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

var byEvent = func() map[string]Reaction {
	m := map[string]Reaction{}
	for _, r := range Table {
		if _, twice := m[r.Event]; twice {
			panic("two reactions to " + r.Event)
		}
		m[r.Event] = r
	}
	return m
}()

// Follows reports whether anything may follow from a fact.
func Follows(e domain.Event) bool { _, ok := byEvent[e.EventName()]; return ok }

// React returns what follows from a fact.
func React(f Fact, l rule.Law, today calendar.Day) []Act {
	r, ok := byEvent[f.Event.EventName()]
	if !ok {
		return nil
	}
	return r.React(f, l, today)
}

// keeper is the agency in whose name the register does what nobody decides: the
// joint-conference office of the division, which keeps it.
func keeper(division string) string { return division + "-" + string(term.JointConferenceOffice) }

// Passed is a clock whose last day has passed.
type Passed struct {
	Stream      string
	Institution string // stream of the institution it is about, or empty
	clock.Clock
}
