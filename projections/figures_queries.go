package projections

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"iter"
	"maps"
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/figure"
	"minglu/domain/term"
)

// FiguresQuery asks for figures. Empty members do not filter.
type FiguresQuery struct {
	// Division is a filter of the divisions of the acts, as division.Matches
	// takes it.
	Division string
	Agency   string       // whose figure it is
	From, To calendar.Day // effective days, both included
	// AtSeq is the newest position to look at, Now for all that the view knows.
	AtSeq uint64
	Keys  []term.Figure
}

// FigureTotal is one figure of a period.
type FigureTotal struct {
	Key   term.Figure
	Total figure.Count
	// Institutions is how many different institutions it is about: exact where
	// every measure names one, at least so many where some do not. Where none
	// does it is unknown for a count of visits, which are no institutions, and
	// otherwise not given: then it has no unit.
	Institutions figure.Count
	// The parts, by code: check items, channels and so on (the empty one has
	// none); agencies; divisions.
	Items, Agencies, Divisions []FigurePart
}

// FigurePart is a part of a figure.
type FigurePart struct {
	Code  string
	Count figure.Count
}

// Figures returns the figures for which there is anything to count, in order of
// key.
func (v *Views) Figures(q FiguresQuery) (out []FigureTotal, err error) {
	err = v.Read(FiguresView, func(r *Read) error {
		rows := r.Bucket("figures")
		for _, key := range asked(rows, q.Keys) {
			s := newSum(key)
			for in, row := range q.rows(rows, string(key)) {
				m, err := readMeasure(row)
				if err != nil {
					return err
				}
				if q.Agency == "" || q.Agency == m.Agency {
					s.add(in, m)
				}
			}
			if s.total.Total.Unit != "" {
				out = append(out, s.sum())
			}
		}
		return nil
	})
	return out, err
}

// FigureInstitutions returns the streams of the institutions that a figure is
// about, each once and in order, of those items, or of all where none is named;
// nameless tells that some of what it counts names none.
func (v *Views) FigureInstitutions(q FiguresQuery, key term.Figure, items ...string) (streams []string, nameless bool, err error) {
	found := map[string]bool{}
	err = v.Read(FiguresView, func(r *Read) error {
		for _, row := range q.rows(r.Bucket("figures"), string(key)) {
			m, err := readMeasure(row)
			if err != nil {
				return err
			}
			switch {
			case q.Agency != "" && q.Agency != m.Agency, len(items) > 0 && !slices.Contains(items, m.Item):
			case m.Institution == "":
				nameless = true
			default:
				found[m.Institution] = true
			}
		}
		return nil
	})
	return slices.Sorted(maps.Keys(found)), nameless, err
}

func readMeasure(row []byte) (m figure.Measure, err error) {
	u := unpacker{rest: row}
	m.Item, m.Agency, m.Institution = u.text(), u.text(), u.text()
	m.Count.N = int(u.uint())
	m.Count.Unit, m.Count.Precision = term.Unit(u.text()), term.Precision(u.text())
	if u.bad {
		return m, fmt.Errorf("the row of a measure cannot be read")
	}
	return m, nil
}

// asked returns the keys that are asked for and have rows, in order.
func asked[K ~string](rows Rows, keys []K) (out []K) {
	for _, code := range codesOf(rows, nil) {
		if len(keys) == 0 || slices.Contains(keys, K(code)) {
			out = append(out, K(code))
		}
	}
	return out
}

// rows yields, with their divisions, the rows that hold at the position for a
// figure or clock.
func (q FiguresQuery) rows(rows Rows, key string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for _, code := range codesOf(rows, Key(key)) {
			if !division.Matches(division.Code(code), q.Division) {
				continue
			}
			for row := range q.within(rows, Key(key, code)) {
				if !yield(code, row) {
					return
				}
			}
		}
	}
}

// within yields the rows under a prefix: of those at one place the last one
// that is not beyond the position, where it is not empty.
func (q FiguresQuery) within(rows Rows, prefix []byte) iter.Seq[[]byte] {
	from := binary.BigEndian.AppendUint32(slices.Clone(prefix), uint32(max(q.From, 0)))
	return func(yield func([]byte) bool) {
		var at, holds []byte
		for k, row := range rows.From(prefix, from) {
			if q.To != 0 && binary.BigEndian.Uint32(k[len(prefix):]) > uint32(q.To) {
				break
			}
			place := k[:len(k)-8]
			if !bytes.Equal(place, at) {
				if len(holds) > 0 && !yield(holds) {
					return
				}
				at, holds = place, nil
			}
			if binary.BigEndian.Uint64(k[len(place):]) <= q.AtSeq {
				holds = row
			}
		}
		if len(holds) > 0 {
			yield(holds)
		}
	}
}

// A sum adds measures up.
type sum struct {
	total                      FigureTotal
	institutions               map[string]bool
	nameless, visits           bool
	items, agencies, divisions map[string]figure.Count
}

func newSum(key term.Figure) *sum {
	return &sum{
		total: FigureTotal{Key: key}, institutions: map[string]bool{},
		items: map[string]figure.Count{}, agencies: map[string]figure.Count{}, divisions: map[string]figure.Count{},
	}
}

func (s *sum) add(in string, m figure.Measure) {
	s.total.Total = s.total.Total.Plus(m.Count)
	s.items[m.Item] = s.items[m.Item].Plus(m.Count)
	s.agencies[m.Agency] = s.agencies[m.Agency].Plus(m.Count)
	s.divisions[in] = s.divisions[in].Plus(m.Count)
	switch {
	case m.Institution != "":
		s.institutions[m.Institution] = true
	case m.Count.N != 0:
		s.nameless = true
	}
	s.visits = s.visits || m.Count.Unit == term.Visits
}

func (s *sum) sum() FigureTotal {
	t := s.total
	t.Items, t.Agencies, t.Divisions = parts(s.items), parts(s.agencies), parts(s.divisions)
	n := figure.Of(len(s.institutions), term.Institutions)
	switch {
	case !s.nameless:
		t.Institutions = n
	case n.N > 0:
		n.Precision = term.AtLeast
		t.Institutions = n
	case s.visits:
		n.Precision = term.UnknownCount
		t.Institutions = n
	}
	return t
}

func parts(of map[string]figure.Count) (out []FigurePart) {
	for _, code := range slices.Sorted(maps.Keys(of)) {
		out = append(out, FigurePart{code, of[code]})
	}
	return out
}

// DurationsQuery asks how long clocks took that ended in a period. Empty
// members do not filter.
type DurationsQuery struct {
	Division string // of the acts that ended them, as division.Matches takes it
	Agency   string // whose clock it was when it ended
	From, To calendar.Day
	AtSeq    uint64 // Now for all that the view knows
	Keys     []term.Clock
}

// Duration tells about clocks that ended: how many, half of them within how
// many calendar days from their first day, nine of ten within how many, and how
// many after their last day. Pauses are among the days. The quantiles are those
// of the nearest rank: days that one of the clocks took.
type Duration struct{ N, Median, P90, Late int }

// ClockDurations is how long the clocks of one key took.
type ClockDurations struct {
	Key term.Clock
	Duration
	Agencies []AgencyDuration // in order
}

// AgencyDuration is the part of one agency.
type AgencyDuration struct {
	Agency string
	Duration
}

// Durations returns how long clocks took, in order of key; keys of which none
// ended are left out.
func (v *Views) Durations(q DurationsQuery) (out []ClockDurations, err error) {
	err = v.Read(FiguresView, func(r *Read) error {
		rows := r.Bucket("durations")
		for _, key := range asked(rows, q.Keys) {
			of := map[string][]took{}
			for _, row := range (FiguresQuery{Division: q.Division, From: q.From, To: q.To, AtSeq: q.AtSeq}).rows(rows, string(key)) {
				u := unpacker{rest: row}
				agency, late, days := u.text(), u.uint() == 1, int(u.uint())
				if u.bad {
					return fmt.Errorf("the row of a clock cannot be read")
				}
				if q.Agency == "" || q.Agency == agency {
					of[agency] = append(of[agency], took{days, late})
				}
			}
			if len(of) > 0 {
				out = append(out, durations(key, of))
			}
		}
		return nil
	})
	return out, err
}

// A took is how many days one clock took, and whether it ended late.
type took struct {
	days int
	late bool
}

func durations(key term.Clock, of map[string][]took) ClockDurations {
	out := ClockDurations{Key: key}
	var all []took
	for _, agency := range slices.Sorted(maps.Keys(of)) {
		out.Agencies = append(out.Agencies, AgencyDuration{agency, duration(of[agency])})
		all = append(all, of[agency]...)
	}
	out.Duration = duration(all)
	return out
}

func duration(list []took) Duration {
	slices.SortFunc(list, func(a, b took) int { return cmp.Compare(a.days, b.days) })
	d := Duration{N: len(list)}
	for _, t := range list {
		if t.late {
			d.Late++
		}
	}
	rank := func(percent int) int { return list[(percent*len(list)+99)/100-1].days }
	d.Median, d.P90 = rank(50), rank(90)
	return d
}
