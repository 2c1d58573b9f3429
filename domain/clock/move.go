package clock

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// Op is what a fact does to clocks.
type Op uint8

// What facts do to clocks.
const (
	Begin  Op = iota + 1 // a clock begins; an open one of the same key and part ends
	End                  // what it waits for has happened
	Pause                // it stands still from the day of the fact on, that day included
	Resume               // it runs again from the day of the fact on
	Extend               // it has a later last day
	Hand                 // it runs on for another agency
	Miss                 // its last day has passed; it stays open
)

// Move is what a fact does to the open clocks of its aggregate.
type Move struct {
	Op   Op
	Key  term.Clock // empty: those of every key
	Part string     // AllParts: those of every part
	// Start is the clock that begins.
	Start Start
	// Due and Awaits are the new last day, of Resume and Extend.
	Due    calendar.Day
	Awaits int
	// Agency and Officer are those whom the clock runs for from now on, of Hand.
	Agency, Officer string
}

// AllParts stands for every part, and the whole.
const AllParts = "*"

func (m Move) about(c Clock) bool {
	return (m.Key == "" || m.Key == c.Key) && (m.Part == AllParts || m.Part == c.Part)
}

// A Mover is an event that has to do with clocks. Moves depends on nothing but
// the event.
type Mover interface {
	domain.Event
	Moves() []Move
}

// Begun returns the moves by which clocks begin.
func Begun(starts ...Start) []Move {
	var out []Move
	for _, s := range starts {
		out = append(out, Move{Op: Begin, Start: s})
	}
	return out
}

// Ended returns the moves by which the clocks of a part end.
func Ended(part string, keys ...term.Clock) []Move {
	var out []Move
	for _, k := range keys {
		out = append(out, Move{Op: End, Key: k, Part: part})
	}
	return out
}
