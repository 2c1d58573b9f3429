package institution

import (
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/term"
)

// Tenure says, for one day, which kinds of training an institution is licensed
// for: what the reduction rate is counted from. Each mask has one bit for each
// class and audience, see Bit.
type Tenure struct {
	From      calendar.Day // first day on which it is so
	Held      uint8        // a licence for it is held, suspended or not
	Suspended uint8        // every licence held for it is suspended
	Converted uint8        // was held once, and the last such licence was closed by a conversion to another class
	Any       bool         // some licence is held
	NonProfit bool
	Ending    bool // termination is announced
}

// Bit is the bit of a class and an audience in the masks of a Tenure.
func Bit(class term.Class, audience term.Audience) uint8 {
	n := slices.Index([]term.Audience{term.Preschool, term.Compulsory, term.SeniorHigh}, audience)
	if n < 0 {
		return 0
	}
	if class == term.NonSubject {
		n += 3
	}
	return 1 << n
}

// Mask joins the bits of a class with several audiences.
func Mask(class term.Class, audiences []term.Audience) uint8 {
	var m uint8
	for _, a := range audiences {
		m |= Bit(class, a)
	}
	return m
}

// classMask has the bits of every audience of the class that m is of.
func classMask(m uint8) uint8 {
	if m&0b111 != 0 {
		return 0b111
	}
	return 0b111000
}

// Cohort returns the state of a member of a cohort whose scope is mask.
func (t Tenure) Cohort(mask uint8) term.CohortState {
	switch {
	case t.Held&mask == 0 && t.Converted&mask != 0:
		return term.CohortConverted
	case t.Held&mask == 0 && t.Held&classMask(mask) != 0:
		return term.CohortSeniorHighOnly
	case t.Held&mask == 0:
		return term.CohortCancelled
	case t.Suspended&mask == t.Held&mask:
		return term.CohortSuspended
	case t.Ending:
		return term.CohortTerminating
	case t.NonProfit:
		return term.CohortNonProfit
	}
	return term.CohortActive
}

// Tenures returns how the tenure changed, oldest first; before the first it
// held nothing.
func (s State) Tenures() []Tenure {
	var out []Tenure
	for _, day := range s.Turns() {
		t := s.tenure(day)
		if len(out) > 0 {
			last := out[len(out)-1]
			last.From = day
			if last == t {
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

// TenureOn returns the tenure that holds on a day; From is the day itself.
func (s State) TenureOn(day calendar.Day) Tenure { return s.tenure(day) }

func (s State) tenure(on calendar.Day) Tenure {
	t := Tenure{From: on, Ending: s.Terminating(on)}
	if r, ok := s.Registration(on); ok {
		t.NonProfit = !r.ForProfit && s.turnedNonProfit(on)
	}
	running := uint8(0)
	for _, l := range s.Licences {
		m := Mask(l.Scope.Class, l.Scope.Audiences)
		if !l.Held(on) {
			continue
		}
		t.Any = true
		t.Held |= m
		if !l.Suspended(on) {
			running |= m
		}
	}
	t.Suspended = t.Held &^ running
	t.Converted = s.convertedAway(on) &^ t.Held
	return t
}

// turnedNonProfit reports whether a registration for profit came before the
// present one: 营转非, and not non-profit from the start.
func (s State) turnedNonProfit(on calendar.Day) bool {
	return slices.ContainsFunc(s.Registrations, func(r Registration) bool { return r.ForProfit && r.Ended != 0 && r.Ended <= on })
}

// convertedAway returns the scopes whose last licence was closed by a
// conversion to another class; one to another audience of the same class is
// told by what is held.
func (s State) convertedAway(on calendar.Day) uint8 {
	lastDay, lastHow := [6]calendar.Day{}, [6]bool{}
	for i, l := range s.Licences {
		if l.Exit == "" || l.ExitOn > on {
			continue
		}
		m := Mask(l.Scope.Class, l.Scope.Audiences)
		how := l.Exit == term.LicenceConverted && s.convertedTo(i) != l.Scope.Class
		for b := range 6 {
			if m&(1<<b) != 0 && l.ExitOn >= lastDay[b] {
				lastDay[b], lastHow[b] = l.ExitOn, how
			}
		}
	}
	var out uint8
	for b := range 6 {
		if lastHow[b] {
			out |= 1 << b
		}
	}
	return out
}

// convertedTo returns the class of the licence that the conversion of licence
// i opened: the next one granted on the day of its exit.
func (s State) convertedTo(i int) term.Class {
	for _, l := range s.Licences[i+1:] {
		if l.GrantedOn == s.Licences[i].ExitOn {
			return l.Scope.Class
		}
	}
	return ""
}

// Turns returns the days on which something about the institution changes, in
// order and each once: between two of them every answer is the same.
func (s State) Turns() []calendar.Day {
	days := make([]calendar.Day, 0, 16)
	add := func(ds ...calendar.Day) {
		for _, d := range ds {
			if d != 0 {
				days = append(days, d)
			}
		}
	}
	add(s.Since)
	for _, l := range s.Licences {
		add(l.GrantedOn, l.ValidFrom, l.ValidTo.AddDays(1), l.ExitOn, l.Cancelled)
		for _, p := range l.Pauses {
			add(p.Suspended, p.Resumed)
		}
	}
	for _, r := range s.Registrations {
		add(r.From, r.Ended)
	}
	for _, t := range s.Terminations {
		add(t.Announced)
	}
	add(s.Stops...)
	for _, c := range s.Closures {
		add(c.On)
	}
	slices.Sort(days)
	return slices.Compact(days)
}
