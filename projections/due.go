package projections

import (
	"encoding/binary"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/division"
	"minglu/domain/rule"
	"minglu/eventstore"
)

// DueView is the name of the view of what is due.
const DueView = "due"

// due shows every clock of the register that is open, whatever aggregate it
// belongs to: what is late, what falls due, what stands still, of an agency, an
// officer, a division. It takes any event that is a clock.Mover and folds its
// moves by clock.Clocks, as the aggregates do.
//
// A clock that waits for the calendar of a year is reckoned anew when the
// division, or one above it, publishes, corrects or annuls a calendar. A clock
// that was extended to a day nobody could name yet keeps waiting for the fact
// that names it.
//
// It answers for now only: what was open at an earlier position is told by the
// state of each aggregate there.
//
// Buckets, where a tail is day ‖ position of the stream's first fact here ‖
// number of the clock in its stream, so that the oldest work comes first:
//
//	facts:     stream ‖ position → the fact, thin, if it has to do with clocks
//	births:    stream → position of its first fact here
//	streams:   that position → the open clocks of the stream
//	agencies:  agency ‖ class ‖ tail → officer ‖ division
//	officers:  officer ‖ class ‖ tail → agency ‖ division
//	divisions: division of the stream ‖ class ‖ tail → agency ‖ officer
//	passing:   tail → nothing, of clocks with a last day whose passing is not on record
//	counts:    what is counted for ‖ class ‖ day → how many
//	awaited:   division ‖ position of the stream's first fact → nothing, where a
//	           clock was begun without the calendar it needs
//
// and those of calendars.
type due struct {
	facts     facts
	calendars calendars
}

// Due returns the view.
func Due(c *eventstore.Codec) Projection { return newDue(c) }

func newDue(c *eventstore.Codec) due {
	return due{facts: facts{codec: c, bucket: "facts"}, calendars: newCalendars(c)}
}

// Name returns the view's name.
func (due) Name() string { return DueView }

// Version is raised whenever the rows change, so also when the calendar that
// the program was built with gets another year.
func (due) Version() int { return 1 }

// openClocks are the open clocks of one stream.
type openClocks struct {
	Stream       string      `json:"s"`
	Institutions []string    `json:"i,omitzero"` // streams
	Begun        uint32      `json:"b,omitzero"` // how many clocks ever began
	Clocks       []openClock `json:"c,omitzero"`
}

// An openClock is an open clock as the facts of its stream say, with what
// the calendars say of it.
type openClock struct {
	Number uint32 `json:"n"`
	clock.Clock
	Known calendar.Day `json:"kd,omitzero"` // last day; zero: paused, or Lacks
	Lacks int          `json:"ky,omitzero"` // year whose calendar is missing
}

// Apply folds the clocks of a fact's stream, and reckons anew what waits for a
// calendar.
func (v due) Apply(tx *Tx, r eventstore.Record) error {
	changed, err := v.calendars.apply(tx, r)
	if err == nil && changed {
		err = v.reckonBelow(tx, division.Code(r.Division()))
	}
	if err != nil {
		return err
	}
	_, moves := r.Event.(clock.Mover)
	_, concerns := r.Event.(domain.Concerning)
	if !moves && !concerns && !isAmendment(r) {
		return nil // as most facts; nothing is looked up for them
	}
	births, key := tx.Bucket("births"), []byte(r.Stream)
	birth := GetUint(births, key)
	if !moves && !concerns && birth == 0 {
		return nil
	}
	if birth == 0 {
		birth = r.Meta.Seq
		PutUint(births, key, birth)
	}
	v.facts.put(tx, r.Stream, thin(r))
	before, _, err := loadState[openClocks](tx.Sequence("streams"), AppendUint(nil, birth))
	if err != nil {
		return err
	}
	now := before.after(r)
	if isAmendment(r) {
		if now, err = v.fold(tx.Bucket("facts"), r.Stream); err != nil {
			return err
		}
	}
	return v.settle(tx, birth, before, now)
}

// fold folds all facts of a stream as they were amended.
func (v due) fold(b Rows, stream string) (s openClocks, err error) {
	recs, err := v.facts.records(b, stream, Now)
	if err == nil {
		recs, err = v.facts.codec.Amend(recs)
	}
	for _, r := range recs {
		s = s.after(r)
	}
	s.Stream = stream
	return s, err
}

// after is what runs in a stream after one more fact.
func (s openClocks) after(r eventstore.Record) openClocks {
	s.Stream = r.Stream
	for _, about := range concernedBy(r) {
		if !slices.Contains(s.Institutions, about) {
			s.Institutions = domain.With(s.Institutions, about)
		}
	}
	cs := make(clock.Clocks, len(s.Clocks))
	for i, c := range s.Clocks {
		cs[i] = c.Clock
	}
	var open []openClock
	for i, c := range cs.After(r.Meta, r.Event) {
		n := s.Begun + 1
		if i < len(s.Clocks) {
			n = s.Clocks[i].Number
		} else {
			s.Begun = n
		}
		if c.Open() {
			open = append(open, openClock{Number: n, Clock: c})
		}
	}
	s.Clocks = open
	return s
}

// concernedBy returns the institutions, by stream, that a fact and the later
// ones of its stream are about. An institution and what stands on lists are
// about themselves.
func concernedBy(r eventstore.Record) []string {
	switch r.Aggregate() {
	case "institution", "listing":
		return []string{eventstore.StreamName(r.Division(), "institution", r.AggregateID())}
	}
	c, ok := r.Event.(domain.Concerning)
	if !ok {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(c.Concerns()), func(stream string) bool { return stream == "" })
}

// settle reckons the clocks of a stream and moves its rows.
func (v due) settle(tx *Tx, birth uint64, before, now openClocks) error {
	code := division.Code(eventstore.Record{Stream: now.Stream}.Division())
	awaited := AppendUint(Key(string(code)), birth)
	if now.awaits() {
		cal, err := v.calendars.of(tx.Bucket("calendars"), code)
		if err != nil {
			return err
		}
		now = now.reckoned(cal)
		tx.Bucket("awaited").Put(awaited, nil)
	} else {
		now = now.reckoned(calendar.Calendar{})
		if before.awaits() {
			tx.Bucket("awaited").Delete(awaited)
		}
	}
	old, next := before.deadlines(birth), now.deadlines(birth)
	for _, d := range old {
		if !slices.Contains(next, d) {
			d.remove(tx)
		}
	}
	for _, d := range next {
		if !slices.Contains(old, d) {
			d.put(tx)
		}
	}
	return putState(tx.Sequence("streams"), AppendUint(nil, birth), now)
}

// awaits reports whether a clock was begun without the calendar it needs,
// whether or not that has come.
func (s openClocks) awaits() bool {
	return slices.ContainsFunc(s.Clocks, func(c openClock) bool { return c.Awaits != 0 })
}

// reckoned returns s with the last days that a calendar gives.
func (s openClocks) reckoned(cal calendar.Calendar) openClocks {
	s.Clocks = slices.Clone(s.Clocks)
	for i := range s.Clocks {
		c := &s.Clocks[i]
		c.Known, c.Lacks = reckon(c.Clock, cal)
	}
	return s
}

// reckon returns the last day of a clock, and the year whose calendar it still
// lacks where there is none.
func reckon(c clock.Clock, cal calendar.Calendar) (last calendar.Day, lacks int) {
	if c.Awaits == 0 || c.Period.IsZero() {
		return c.Due, c.Awaits
	}
	if n := len(c.Pauses); c.Extended != 0 && (n == 0 || c.Pauses[n-1].Resumed < c.Extended) {
		return c.Due, c.Awaits // the period says nothing about how far it was extended
	}
	last, lacks, err := rule.Law{Calendar: cal}.Again(c, 0)
	if err != nil {
		return c.Due, c.Awaits
	}
	return last, lacks
}

// reckonBelow reckons anew what waits for a calendar in a division and all
// below it.
func (v due) reckonBelow(tx *Tx, in division.Code) error {
	for _, code := range codesOf(tx.Bucket("awaited"), nil) {
		if !division.Within(division.Code(code), in) {
			continue
		}
		var births []uint64
		prefix := Key(code)
		for k := range tx.Bucket("awaited").Scan(prefix) {
			birth, _, _ := CutUint(k[len(prefix):])
			births = append(births, birth)
		}
		for _, birth := range births {
			s, _, err := loadState[openClocks](tx.Sequence("streams"), AppendUint(nil, birth))
			if err == nil {
				err = v.settle(tx, birth, s, s)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// The classes of open clocks, by which the indexes are parted.
const (
	dutyClass     = 'd' // has a last day, after which it is late
	rightClass    = 'r' // has a last day, after which it has lapsed
	pausedClass   = 'p' // stands still; its day is the first of the pause
	awaitingClass = 'w' // lacks a calendar; its day is the year
)

// A deadline is one open clock as the indexes have it.
type deadline struct {
	class                     byte
	day                       uint32
	birth                     uint64
	number                    uint32
	agency, officer, division string
	unmissed                  bool // nobody has put on record that its last day passed
}

// deadlines returns the open clocks of a stream as the indexes have them.
func (s openClocks) deadlines(birth uint64) []deadline {
	var out []deadline
	for _, c := range s.Clocks {
		d := deadline{birth: birth, number: c.Number, agency: c.Agency, officer: c.Officer}
		d.division = eventstore.Record{Stream: s.Stream}.Division()
		switch {
		case c.Paused():
			d.class, d.day = pausedClass, uint32(c.Pauses[len(c.Pauses)-1].Suspended)
		case c.Known == 0:
			d.class, d.day = awaitingClass, uint32(c.Lacks)
		case clock.Lapses(c.Key):
			d.class, d.day, d.unmissed = rightClass, uint32(c.Known), c.Missed == 0
		default:
			d.class, d.day, d.unmissed = dutyClass, uint32(c.Known), c.Missed == 0
		}
		out = append(out, d)
	}
	return out
}

// tailSize is the length of a tail, which tail writes and cutTail reads.
const tailSize = 4 + 8 + 4

func (d deadline) tail() []byte {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, tailSize), d.day)
	return binary.BigEndian.AppendUint32(AppendUint(b, d.birth), d.number)
}

func cutTail(b []byte) (d deadline) {
	return deadline{day: binary.BigEndian.Uint32(b), birth: binary.BigEndian.Uint64(b[4:]), number: binary.BigEndian.Uint32(b[12:])}
}

// rows calls f with each row of the indexes that the clock has.
func (d deadline) rows(f func(bucket string, key, value []byte)) {
	tail := d.tail()
	under := func(of string) []byte { return append(append(Key(of), d.class), tail...) }
	f("agencies", under(d.agency), Key(d.officer, d.division))
	f("divisions", under(d.division), Key(d.agency, d.officer))
	if d.officer != "" {
		f("officers", under(d.officer), Key(d.agency, d.division))
	}
	if d.unmissed {
		f("passing", tail, nil)
	}
}

func (d deadline) put(tx *Tx) {
	d.rows(func(bucket string, key, value []byte) { tx.Bucket(bucket).Put(key, value) })
	d.count(tx, 1)
}

func (d deadline) remove(tx *Tx) {
	d.rows(func(bucket string, key, _ []byte) { tx.Bucket(bucket).Delete(key) })
	d.count(tx, -1)
}

// What clocks are counted for.
const (
	forAgency  = "agency"
	forOfficer = "officer"
	forCode    = "code"  // a division without those below it
	forBelow   = "below" // a division with all below it; the empty one is the register
)

// count adds n to the counters of the clock. A counter that comes to nothing
// has no row.
func (d deadline) count(tx *Tx, n int64) {
	counts := tx.Bucket("counts")
	add := func(what, of string) {
		key := binary.BigEndian.AppendUint32(append(Key(what, of), d.class), d.day)
		if sum := GetUint(counts, key) + uint64(n); sum != 0 {
			PutUint(counts, key, sum)
		} else {
			counts.Delete(key)
		}
	}
	add(forAgency, d.agency)
	if d.officer != "" {
		add(forOfficer, d.officer)
	}
	add(forCode, d.division)
	add(forBelow, "")
	add(forBelow, d.division)
	for _, above := range division.Parents(division.Code(d.division)) {
		add(forBelow, string(above))
	}
}
