package clock

import (
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// Start is how a clock begins, as facts record it. A move that says neither From
// nor Agency begins on the day of its fact, for the agency that recorded it.
type Start struct {
	Key  term.Clock   `json:"key"`
	Part string       `json:"part,omitempty"` // of what it runs for; empty: the whole
	From calendar.Day `json:"from"`           // not counted
	// Period is its length; none where the last day was set by a decision.
	Period calendar.Period `json:"period,omitzero"`
	// Due is the last day; zero where a year has no calendar yet.
	Due calendar.Day `json:"due,omitzero"`
	// Awaits is the year whose calendar is missing.
	Awaits int `json:"awaits_calendar,omitempty"`
	// Agency is whose clock it is, and Officer, where one is named, whose task.
	Agency  string `json:"agency"`
	Officer string `json:"officer,omitempty"`
}

// Clock is one clock of an aggregate. Its methods say how it stands on a day.
type Clock struct {
	Key      term.Clock          `json:"k,omitzero"`
	Part     string              `json:"p,omitzero"`
	Agency   string              `json:"a,omitzero"`
	Officer  string              `json:"o,omitzero"`
	From     calendar.Day        `json:"f,omitzero"`
	Period   calendar.Period     `json:"l,omitzero"`
	Due      calendar.Day        `json:"d,omitzero"` // last day; zero: paused, or Awaits
	Awaits   int                 `json:"w,omitzero"`
	Pauses   []calendar.Interval `json:"pa,omitzero"`
	Was      calendar.Day        `json:"wd,omitzero"` // last day when it was paused, or to which it was extended while paused
	Extended calendar.Day        `json:"x,omitzero"`  // when it was extended last
	Ended    calendar.Day        `json:"e,omitzero"`  // zero: open
	Missed   calendar.Day        `json:"m,omitzero"`  // from when the miss is on record
}

// Open reports whether the clock has not been ended.
func (c Clock) Open() bool { return c.Ended == 0 }

// Paused reports whether the clock is open and stands still.
func (c Clock) Paused() bool {
	n := len(c.Pauses)
	return c.Open() && n > 0 && c.Pauses[n-1].Resumed == 0
}

// Late reports whether the last day had passed on a day before the clock was
// ended, or whether it was ended after it. A clock that lapses is never late.
func (c Clock) Late(on calendar.Day) bool {
	if c.Due == 0 || Lapses(c.Key) {
		return false
	}
	return on > c.Due && (c.Open() || c.Ended > c.Due)
}

// Clocks are the clocks of one aggregate, in the order in which they began. It
// is a value.
type Clocks []Clock

// Find returns the open clock of that key and part.
func (cs Clocks) Find(key term.Clock, part string) (Clock, bool) {
	i := cs.index(key, part)
	if i < 0 {
		return Clock{}, false
	}
	return cs[i], true
}

func (cs Clocks) index(key term.Clock, part string) int {
	return slices.IndexFunc(cs, func(c Clock) bool { return c.Open() && c.Key == key && c.Part == part })
}

// Last returns the newest clock of that key and part, open or ended.
func (cs Clocks) Last(key term.Clock, part string) (Clock, bool) {
	for _, c := range slices.Backward(cs) {
		if c.Key == key && c.Part == part {
			return c, true
		}
	}
	return Clock{}, false
}

// Open returns those that are open.
func (cs Clocks) Open() Clocks {
	var out Clocks
	for _, c := range cs {
		if c.Open() {
			out = append(out, c)
		}
	}
	return out
}

// After returns the clocks after a fact. An event that is no Mover changes
// nothing.
func (cs Clocks) After(m domain.Meta, e domain.Event) Clocks {
	mover, ok := e.(Mover)
	if !ok {
		return cs
	}
	on := calendar.DayOf(m.Effective)
	for _, move := range mover.Moves() {
		move.Start = move.Start.filled(on, m.Actor.Agency)
		cs = cs.moved(on, move)
	}
	return cs
}

// filled returns the start with the day and the agency of the fact where the
// event does not say them.
func (s Start) filled(on calendar.Day, agency string) Start {
	if s.From == 0 {
		s.From = on
	}
	if s.Agency == "" {
		s.Agency = agency
	}
	return s
}

func (cs Clocks) moved(on calendar.Day, m Move) Clocks {
	if m.Op == Begin {
		s := m.Start
		if i := cs.index(s.Key, s.Part); i >= 0 {
			cs = cs.moved(on, Move{Op: End, Key: s.Key, Part: s.Part})
		}
		return domain.With(cs, Clock{Key: s.Key, Part: s.Part, Agency: s.Agency, Officer: s.Officer, From: s.From, Period: s.Period, Due: s.Due, Awaits: s.Awaits})
	}
	out := slices.Clone(cs)
	for i := range out {
		if c := &out[i]; c.Open() && m.about(*c) {
			c.move(on, m)
		}
	}
	return out
}

// move changes a clock that is open.
func (c *Clock) move(on calendar.Day, m Move) {
	switch m.Op {
	case End:
		c.Ended = on
	case Pause:
		if !c.Paused() {
			c.Pauses = domain.With(c.Pauses, calendar.Interval{Suspended: on})
			c.Was, c.Due, c.Awaits = c.Due, 0, 0
		}
	case Resume:
		if c.Paused() {
			c.Pauses = slices.Clone(c.Pauses)
			c.Pauses[len(c.Pauses)-1].Resumed = on
			c.Due, c.Awaits = m.Due, m.Awaits
		}
	case Extend:
		c.Extended = on
		if c.Paused() {
			c.Was = m.Due
			return
		}
		c.Due, c.Awaits = m.Due, m.Awaits
	case Hand:
		c.Agency, c.Officer = m.Agency, m.Officer
	case Miss:
		c.Missed = on
	}
}
