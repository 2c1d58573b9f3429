package projections

import (
	"encoding/binary"
	"fmt"

	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/division"
)

// DueState says how an open clock stands on a day.
type DueState string

// The states. Every open clock is in one of them, but for DueAll, which takes
// all.
const (
	DueLate     DueState = "late"     // its last day has passed
	DueToday    DueState = "today"    // its last day is today
	DueWeek     DueState = "week"     // its last day is one of the next seven
	DueLater    DueState = "later"    // its last day comes after those
	DuePaused   DueState = "paused"   // it stands still
	DueAwaiting DueState = "awaiting" // it lacks the calendar of a year
	DueLapsed   DueState = "lapsed"   // its last day has passed, and it bounds a right: nobody is late
	DueAll      DueState = "all"
)

// DueStates are the states in the order of the lists, without DueAll.
var DueStates = []DueState{DueLate, DueToday, DueWeek, DueLater, DuePaused, DueAwaiting, DueLapsed}

// dueSoon is how many days after today DueWeek takes.
const dueSoon = 7

// DueFilter chooses open clocks. Empty members do not filter. One of Agency,
// Officer and Division is counted by counters, however many clocks there are;
// for several, the clocks of the officer, or else of the agency, are gone
// through.
type DueFilter struct {
	Agency  string // whose clock it is now
	Officer string // whose task it is
	// Division is a filter of the divisions of the streams, as division.Matches
	// takes it.
	Division string
}

// DueQuery asks for open clocks.
type DueQuery struct {
	DueFilter
	State DueState // empty: all
	Today calendar.Day
	After string // Next of the page before
	Limit int    // 0 for 50
}

// DueClock is an open clock.
type DueClock struct {
	Stream       string
	Institutions []string // streams of those that it is about
	// Clock is as the facts say, but for Due and Awaits, which take in the
	// calendars that were published since.
	clock.Clock
	State DueState
}

// DuePage is a part of a list of clocks with the number of the whole.
type DuePage struct {
	Clocks []DueClock
	Total  int
	Next   string // where the next page begins; empty at the end
	Seq    uint64 // position at which it was read
}

// DueCounts is how many open clocks there are by state.
type DueCounts struct{ Late, Today, Week, Later, Paused, Awaiting, Lapsed int }

// Of returns the number of a state.
func (c DueCounts) Of(s DueState) int {
	switch s {
	case DueLate:
		return c.Late
	case DueToday:
		return c.Today
	case DueWeek:
		return c.Week
	case DueLater:
		return c.Later
	case DuePaused:
		return c.Paused
	case DueAwaiting:
		return c.Awaiting
	case DueLapsed:
		return c.Lapsed
	}
	return c.Late + c.Today + c.Week + c.Later + c.Paused + c.Awaiting + c.Lapsed
}

func (c *DueCounts) add(s DueState, n int) {
	switch s {
	case DueLate:
		c.Late += n
	case DueToday:
		c.Today += n
	case DueWeek:
		c.Week += n
	case DueLater:
		c.Later += n
	case DuePaused:
		c.Paused += n
	case DueAwaiting:
		c.Awaiting += n
	case DueLapsed:
		c.Lapsed += n
	}
}

// AgencyDue is how many open clocks an agency has by state.
type AgencyDue struct {
	Agency string
	DueCounts
}

// Due returns open clocks: those with a last day by that day, then those that
// stand still by the day since, then those that lack a calendar by its year;
// those of one day in the order in which their work was recorded. It answers
// for the position that it tells, which is the newest that the view knows.
func (v *Views) Due(q DueQuery) (p DuePage, err error) {
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	place, err := placeOf(q.After, 1+tailSize)
	if err != nil {
		return p, err
	}
	err = v.Read(DueView, func(r *Read) error {
		p.Seq = r.Seq()
		list, takes := q.stretches(r)
		rows, more := firstRows(list, place, q.Limit, takes)
		if more {
			p.Next = cursorAt(rows[len(rows)-1].place)
		}
		for _, row := range rows {
			c, err := dueClock(r, row.place[1:], q.Today)
			if err != nil {
				return err
			}
			p.Clocks = append(p.Clocks, c)
		}
		counts, err := q.counts(r, q.Today)
		p.Total = counts.Of(q.State)
		return err
	})
	return p, err
}

// DueCounts returns how many open clocks a filter takes, by state on a day.
func (v *Views) DueCounts(f DueFilter, today calendar.Day) (c DueCounts, err error) {
	err = v.Read(DueView, func(r *Read) error {
		c, err = f.counts(r, today)
		return err
	})
	return c, err
}

// DueByAgency returns how many open clocks each agency of a division, or of one
// below it, has; filter as division.Matches takes it. Agencies without any are
// left out.
func (v *Views) DueByAgency(filter string, today calendar.Day) (out []AgencyDue, err error) {
	err = v.Read(DueView, func(r *Read) error {
		counts := r.Bucket("counts")
		for _, agency := range codesOf(counts, Key(forAgency)) {
			if len(agency) < 6 || !division.Matches(division.Code(agency[:6]), filter) {
				continue
			}
			out = append(out, AgencyDue{agency, dueCounted(counts, Key(forAgency, agency), today)})
		}
		return nil
	})
	return out, err
}

// Passed returns the open clocks of the register whose last day lay before
// today and of whom that is not on record yet, the earliest first; and from
// where to go on, which is empty at the end. What is put on record leaves the
// list.
func (v *Views) Passed(today calendar.Day, after string, limit int) (out []DueClock, next string, err error) {
	if limit <= 0 {
		limit = defaultLimit
	}
	place, err := placeOf(after, 1+tailSize)
	if err != nil {
		return nil, "", err
	}
	err = v.Read(DueView, func(r *Read) error {
		list := []stretch{{rows: r.Bucket("passing"), to: dayKey(today)}}
		rows, more := firstRows(list, place, limit, everyRow)
		if more {
			next = cursorAt(rows[len(rows)-1].place)
		}
		for _, row := range rows {
			c, err := dueClock(r, row.place[1:], today)
			if err != nil {
				return err
			}
			out = append(out, c)
		}
		return nil
	})
	return out, next, err
}

// NextDue returns the first day after a day that is the last one of an open
// clock whose passing is not on record; ok is false where there is none.
func (v *Views) NextDue(after calendar.Day) (day calendar.Day, ok bool, err error) {
	err = v.Read(DueView, func(r *Read) error {
		for k := range r.Bucket("passing").From(nil, dayKey(after+1)) {
			day, ok = calendar.Day(cutTail(k).day), true
			break
		}
		return nil
	})
	return day, ok, err
}

// ClocksOf returns the open clocks of a stream in the order in which they
// began, as they stand on a day. Those that have ended are in the state of the
// aggregate.
func (v *Views) ClocksOf(stream string, today calendar.Day) (out []DueClock, err error) {
	err = v.Read(DueView, func(r *Read) error {
		birth := GetUint(r.Bucket("births"), []byte(stream))
		s, _, err := getState[openClocks](r.Bucket("streams"), AppendUint(nil, birth))
		if err != nil {
			return err
		}
		for i, d := range s.deadlines(birth) {
			out = append(out, s.clock(i, d, today))
		}
		return nil
	})
	return out, err
}

func everyRow(_, _ []byte) bool { return true }

func dayKey(d calendar.Day) []byte { return binary.BigEndian.AppendUint32(nil, uint32(max(d, 0))) }

// dueClock returns the clock of a tail.
func dueClock(r *Read, tail []byte, today calendar.Day) (DueClock, error) {
	at := cutTail(tail)
	s, ok, err := getState[openClocks](r.Bucket("streams"), AppendUint(nil, at.birth))
	if err != nil {
		return DueClock{}, err
	}
	for i, d := range s.deadlines(at.birth) {
		if d.number == at.number {
			return s.clock(i, d, today), nil
		}
	}
	return DueClock{}, fmt.Errorf("clock %d of %q is in an index and not in the view (%v)", at.number, s.Stream, ok)
}

func (s openClocks) clock(i int, d deadline, today calendar.Day) DueClock {
	c := DueClock{Stream: s.Stream, Institutions: s.Institutions, Clock: s.Clocks[i].Clock, State: d.state(today)}
	c.Due, c.Awaits = s.Clocks[i].Known, s.Clocks[i].Lacks
	return c
}

// state is how the clock stands on a day.
func (d deadline) state(today calendar.Day) DueState {
	last := calendar.Day(d.day)
	switch {
	case d.class == pausedClass:
		return DuePaused
	case d.class == awaitingClass:
		return DueAwaiting
	case last > today+dueSoon:
		return DueLater
	case last > today:
		return DueWeek
	case last == today:
		return DueToday
	case d.class == rightClass:
		return DueLapsed
	}
	return DueLate
}

// A duePart is a part of a class: the days from from to before to, where they
// are not zero.
type duePart struct {
	class    byte
	from, to calendar.Day
}

// parts returns where the clocks of a state stand in an index.
func (s DueState) parts(today calendar.Day) []duePart {
	both := func(from, to calendar.Day) []duePart {
		return []duePart{{dutyClass, from, to}, {rightClass, from, to}}
	}
	switch s {
	case DueLate:
		return []duePart{{dutyClass, 0, today}}
	case DueLapsed:
		return []duePart{{rightClass, 0, today}}
	case DueToday:
		return both(today, today+1)
	case DueWeek:
		return both(today+1, today+dueSoon+1)
	case DueLater:
		return both(today+dueSoon+1, 0)
	case DuePaused:
		return []duePart{{class: pausedClass}}
	case DueAwaiting:
		return []duePart{{class: awaitingClass}}
	case DueAll, "":
		return append(both(0, 0), duePart{class: pausedClass}, duePart{class: awaitingClass})
	}
	return nil
}

// lead is the place of a class in the order of a list.
func lead(class byte) byte {
	switch class {
	case pausedClass:
		return 1
	case awaitingClass:
		return 2
	}
	return 0
}

// stretches returns where the clocks that q asks for stand, and what is to be
// looked at in their values.
func (q DueQuery) stretches(r *Read) (list []stretch, takes func(rest, value []byte) bool) {
	bucket, of, takes := q.index(r)
	for _, key := range of {
		for _, p := range q.State.parts(q.Today) {
			s := stretch{rows: r.Bucket(bucket), prefix: append(Key(key), p.class), lead: lead(p.class)}
			if p.from != 0 {
				s.from = dayKey(p.from)
			}
			if p.to != 0 {
				s.to = dayKey(p.to)
			}
			list = append(list, s)
		}
	}
	return list, takes
}

// index returns the index that says most, under which keys to look there, and
// what its rows have to be asked besides.
func (f DueFilter) index(r *Read) (bucket string, keys []string, takes func(rest, value []byte) bool) {
	switch {
	case f.Officer != "" && (f.Agency != "" || f.Division != ""):
		return "officers", []string{f.Officer}, func(_, value []byte) bool {
			agency, in := cutPair(value)
			return (f.Agency == "" || f.Agency == agency) && division.Matches(division.Code(in), f.Division)
		}
	case f.Officer != "":
		return "officers", []string{f.Officer}, everyRow
	case f.Agency != "" && f.Division != "":
		return "agencies", []string{f.Agency}, func(_, value []byte) bool {
			_, in := cutPair(value)
			return division.Matches(division.Code(in), f.Division)
		}
	case f.Agency != "":
		return "agencies", []string{f.Agency}, everyRow
	}
	for _, code := range codesOf(r.Bucket("divisions"), nil) {
		if division.Matches(division.Code(code), f.Division) {
			keys = append(keys, code)
		}
	}
	return "divisions", keys, everyRow
}

func cutPair(value []byte) (first, second string) {
	first, value, _ = CutText(value)
	second, _, _ = CutText(value)
	return first, second
}

// counts counts the clocks that f takes: by counters where it has one member.
func (f DueFilter) counts(r *Read, today calendar.Day) (c DueCounts, err error) {
	rows := r.Bucket("counts")
	switch {
	case f.Officer != "" && f.Agency == "" && f.Division == "":
		return dueCounted(rows, Key(forOfficer, f.Officer), today), nil
	case f.Agency != "" && f.Officer == "" && f.Division == "":
		return dueCounted(rows, Key(forAgency, f.Agency), today), nil
	case f.Agency == "" && f.Officer == "" && (f.Division == "" || len(f.Division) == 6):
		return dueCounted(rows, Key(forBelow, f.Division), today), nil
	case f.Agency == "" && f.Officer == "":
		for _, code := range codesOf(rows, Key(forCode)) {
			if !division.Matches(division.Code(code), f.Division) {
				continue
			}
			for of, n := range counters(rows, Key(forCode, code)) {
				c.add(of.state(today), n)
			}
		}
		return c, nil
	}
	list, takes := DueQuery{DueFilter: f, Today: today}.stretches(r)
	for _, s := range list {
		class := s.prefix[len(s.prefix)-1]
		for k, value := range s.all() {
			if takes(k, value) {
				d := cutTail(k)
				d.class = class
				c.add(d.state(today), 1)
			}
		}
	}
	return c, nil
}

func dueCounted(rows Rows, of []byte, today calendar.Day) (c DueCounts) {
	for d, n := range counters(rows, of) {
		c.add(d.state(today), n)
	}
	return c
}

// counters yields the counters of what is counted for: class and day, and how
// many.
func counters(rows Rows, of []byte) func(yield func(deadline, int) bool) {
	return func(yield func(deadline, int) bool) {
		for k, v := range rows.Scan(of) {
			n, _, _ := CutUint(v)
			k = k[len(of):]
			if !yield(deadline{class: k[0], day: binary.BigEndian.Uint32(k[1:])}, int(n)) {
				return
			}
		}
	}
}
