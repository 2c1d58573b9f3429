package projections

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"maps"
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/division"
	"minglu/domain/figure"
	"minglu/eventstore"
)

// FiguresView is the name of the view of figures.
const FiguresView = "figures"

// figures shows what a bureau reports: what facts that are figure.Measured add
// to figures, and how long the clocks took that facts ended. Both are counted
// for the division of the act and the effective day of the fact.
//
// A row is never changed. A place is what ‖ division ‖ day ‖ position of the
// fact ‖ number within it; a row stands at its place with the position from
// which it holds, and an empty one says that nothing holds there any more. So
// what was counted at any position is counted again.
//
// Buckets:
//
//	facts:     stream ‖ position → the fact, thin, if it measures or has to do with clocks
//	clocks:    stream → its open clocks
//	figures:   place, by figure ‖ position → a measure
//	durations: place, by clock ‖ position → how long it took
//	unsettled: division ‖ place → a clock that ended while it lacked a calendar
//
// and those of calendars.
type figures struct {
	facts     facts
	calendars calendars
}

// Figures returns the view.
func Figures(c *eventstore.Codec) Projection { return newFigures(c) }

func newFigures(c *eventstore.Codec) figures {
	return figures{facts: facts{codec: c, bucket: "facts"}, calendars: newCalendars(c)}
}

// Name returns the view's name.
func (figures) Name() string { return FiguresView }

// Version is raised whenever the rows change, so also when the calendar that
// the program was built with gets another year.
func (figures) Version() int { return 1 }

// Apply counts a fact, and what an amendment or a calendar changes of earlier
// ones.
func (v figures) Apply(tx *Tx, r eventstore.Record) error {
	changed, err := v.calendars.apply(tx, r)
	if err == nil && changed {
		err = v.settleBelow(tx, division.Code(r.Division()), r.Meta.Seq)
	}
	if err != nil {
		return err
	}
	_, moves := r.Event.(clock.Mover)
	_, measured := r.Event.(figure.Measured)
	if !moves && !measured && !isAmendment(r) {
		return nil // as most facts; nothing is looked up for them
	}
	key := []byte(r.Stream)
	known := tx.Bucket("clocks").Get(key) != nil
	if !moves && !measured && !known {
		return nil
	}
	v.facts.put(tx, r.Stream, thin(r))
	if isAmendment(r) {
		return v.amend(tx, r)
	}
	open, _, err := loadState[clock.Clocks](tx.Bucket("clocks"), key)
	if err != nil {
		return err
	}
	t := tally{}
	open = t.add(open, r)
	if err := v.write(tx, r.Stream, tally{}, t, r.Meta.Seq); err != nil || !moves && known {
		return err
	}
	return putState(tx.Bucket("clocks"), key, open)
}

// amend counts the facts of a stream anew and writes down what differs.
func (v figures) amend(tx *Tx, r eventstore.Record) error {
	recs, err := v.facts.records(tx.Bucket("facts"), r.Stream, Now)
	if err != nil {
		return err
	}
	before, _, err := v.fold(recs[:len(recs)-1])
	if err != nil {
		return err
	}
	now, open, err := v.fold(recs)
	if err != nil {
		return err
	}
	if err := v.write(tx, r.Stream, before, now, r.Meta.Seq); err != nil {
		return err
	}
	return putState(tx.Bucket("clocks"), []byte(r.Stream), open)
}

func (v figures) fold(recs []eventstore.Record) (t tally, open clock.Clocks, err error) {
	recs, err = v.facts.codec.Amend(recs)
	t = tally{}
	for _, r := range recs {
		open = t.add(open, r)
	}
	return t, open, err
}

// A tally is what facts count, by bucket and place.
type tally map[rowAt]tallied

type rowAt struct{ bucket, place string }

func (a rowAt) compare(b rowAt) int {
	return cmp.Or(cmp.Compare(a.bucket, b.bucket), cmp.Compare(a.place, b.place))
}

// A tallied is one measure, or one clock that ended.
type tallied struct {
	measure figure.Measure
	ended   *clock.Clock
}

// add counts one more fact of a stream, and returns the clocks that are open
// after it.
func (t tally) add(open clock.Clocks, r eventstore.Record) clock.Clocks {
	if e, ok := r.Event.(figure.Measured); ok {
		for n, m := range e.Measures() {
			if m.Agency == "" {
				m.Agency = r.Meta.Actor.Agency
			}
			if m.Institution == "" {
				m.Institution = ownInstitution(r)
			}
			t[rowAt{"figures", placeFor(string(m.Key), r, n)}] = tallied{measure: m}
		}
	}
	var still clock.Clocks
	n := 0
	for _, c := range open.After(r.Meta, r.Event) {
		if c.Open() {
			still = append(still, c)
			continue
		}
		t[rowAt{"durations", placeFor(string(c.Key), r, n)}] = tallied{ended: &c}
		n++
	}
	return still
}

// ownInstitution is the institution whose own record or listing a fact stands in;
// an event cannot know its stream.
func ownInstitution(r eventstore.Record) string {
	if agg := r.Aggregate(); agg == "institution" || agg == "listing" {
		return eventstore.StreamName(r.Division(), "institution", r.AggregateID())
	}
	return ""
}

// placeFor is where a figure or clock that a fact counts for is found.
func placeFor(what string, r eventstore.Record, n int) string {
	key := binary.BigEndian.AppendUint32(Key(what, countedIn(r)), uint32(calendar.DayOf(r.Meta.Effective)))
	return string(binary.BigEndian.AppendUint32(AppendUint(key, r.Meta.Seq), uint32(n)))
}

// countedIn returns the division that a fact counts for.
func countedIn(r eventstore.Record) string {
	if r.Meta.Division != "" {
		return r.Meta.Division
	}
	return r.Division()
}

// write puts down, as of a position, in what a stream counts now otherwise than
// before.
func (v figures) write(tx *Tx, stream string, before, now tally, seq uint64) error {
	code := eventstore.Record{Stream: stream}.Division()
	var cal calendar.Calendar
	if before.awaits() || now.awaits() {
		var err error
		if cal, err = v.calendars.of(tx.Bucket("calendars"), division.Code(code)); err != nil {
			return err
		}
	}
	all := maps.Clone(before)
	maps.Copy(all, now)
	for _, at := range slices.SortedFunc(maps.Keys(all), rowAt.compare) {
		was, had := before[at]
		is, has := now[at]
		var row []byte
		if has {
			row = is.row(cal)
		}
		if !had || !bytes.Equal(row, was.row(cal)) {
			tx.Bucket(at.bucket).Put(AppendUint([]byte(at.place), seq), row)
		}
		unsettled := append(Key(code), at.place...)
		switch {
		case is.awaits():
			if err := putState(tx.Bucket("unsettled"), unsettled, settling{*is.ended, row}); err != nil {
				return err
			}
		case was.awaits():
			tx.Bucket("unsettled").Delete(unsettled)
		}
	}
	return nil
}

func (t tally) awaits() bool {
	for _, x := range t {
		if x.awaits() {
			return true
		}
	}
	return false
}

func (x tallied) awaits() bool { return x.ended != nil && x.ended.Awaits != 0 }

func (x tallied) row(cal calendar.Calendar) []byte {
	var p packer
	if x.ended == nil {
		m := x.measure
		p.text(m.Item)
		p.text(m.Agency)
		p.text(m.Institution)
		p.uint(uint64(m.Count.N))
		p.text(string(m.Count.Unit))
		p.text(string(m.Count.Filled().Precision))
		return p
	}
	c := *x.ended
	c.Due, _ = reckon(c, cal)
	late := uint64(0)
	if c.Late(c.Ended) {
		late = 1
	}
	p.text(c.Agency)
	p.uint(late)
	p.uint(uint64(max(c.Ended-c.From, 0)))
	return p
}

// A settling is a clock that ended while it lacked a calendar, and its row.
type settling struct {
	Clock clock.Clock `json:"c"`
	Row   []byte      `json:"r"`
}

// settleBelow finds out anew, as of a position, which clocks of a division and
// all below it had ended late that lacked a calendar when they were begun.
func (v figures) settleBelow(tx *Tx, in division.Code, seq uint64) error {
	for _, code := range codesOf(tx.Bucket("unsettled"), nil) {
		if !division.Within(division.Code(code), in) {
			continue
		}
		cal, err := v.calendars.of(tx.Bucket("calendars"), division.Code(code))
		if err != nil {
			return err
		}
		var keys [][]byte
		for k := range tx.Bucket("unsettled").Scan(Key(code)) {
			keys = append(keys, bytes.Clone(k))
		}
		for _, k := range keys {
			s, _, err := loadState[settling](tx.Bucket("unsettled"), k)
			if err != nil {
				return err
			}
			row := tallied{ended: &s.Clock}.row(cal)
			if bytes.Equal(row, s.Row) {
				continue
			}
			tx.Bucket("durations").Put(AppendUint(bytes.Clone(k[len(Key(code)):]), seq), row)
			if err := putState(tx.Bucket("unsettled"), k, settling{s.Clock, row}); err != nil {
				return err
			}
		}
	}
	return nil
}
