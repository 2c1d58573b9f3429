package projections

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/division"
	"minglu/domain/figure"
	"minglu/domain/jurisdiction"
	"minglu/domain/term"
	"minglu/eventstore"
)

// countedFacts calls f with each fact of a log that counts for q, in the order
// of streams, as it was amended by the position.
func (s *logStore) countedFacts(t testing.TB, atSeq uint64, q FiguresQuery, f func(r eventstore.Record)) {
	t.Helper()
	streams := s.amendedStreams(t, atSeq)
	for _, stream := range inOrder(streams) {
		for _, r := range streams[stream] {
			on := calendar.DayOf(r.Meta.Effective)
			if division.Matches(division.Code(r.Meta.Division), q.Division) && q.From <= on && (q.To == 0 || on <= q.To) {
				f(r)
			}
		}
	}
}

func (s *logStore) figures(t testing.TB, q FiguresQuery) (out []FigureTotal) {
	t.Helper()
	sums := map[term.Figure]*sum{}
	s.countedFacts(t, q.AtSeq, q, func(r eventstore.Record) {
		e, ok := r.Event.(figure.Measured)
		if !ok {
			return
		}
		for _, m := range e.Measures() {
			if m.Agency == "" {
				m.Agency = r.Meta.Actor.Agency
			}
			if q.Agency != "" && q.Agency != m.Agency || len(q.Keys) > 0 && !slices.Contains(q.Keys, m.Key) {
				continue
			}
			if sums[m.Key] == nil {
				sums[m.Key] = newSum(m.Key)
			}
			sums[m.Key].add(r.Meta.Division, m)
		}
	})
	for _, key := range inOrder(sums) {
		out = append(out, sums[key].sum())
	}
	return out
}

func TestFiguresAreWhatTheFactsSayAtEveryPosition(t *testing.T) {
	for seed := range uint64(2) {
		st := deskHistory(seed, 600)
		v := openDesk(t, t.TempDir(), st, nil)
		for _, at := range []uint64{Now, 600, 500, 333, 120, 1, 0} {
			for _, q := range []FiguresQuery{
				{}, {Division: "530427"}, {Division: "530400"}, {Division: "53"}, {Division: "110000"}, {Agency: "530427-fire"}, {Agency: "530427-education"},
				{From: deskDay("2026-12-01"), To: deskDay("2026-12-31")}, {To: deskDay("2026-11-15")}, {Keys: []term.Figure{term.InspectionVisits}}, {Keys: []term.Figure{"none"}},
			} {
				q.AtSeq = at
				got, err := v.Figures(q)
				if want := st.figures(t, q); err != nil || !reflect.DeepEqual(got, want) {
					t.Fatalf("history %d, %+v: got\n%+v, want\n%+v (%v)", seed, q, got, want, err)
				}
			}
		}
	}
}

func TestVisitsAreNoInstitutions(t *testing.T) {
	visit := func(n int, of string, p term.Precision) deskFigure {
		return deskFigure{Key: term.InspectionVisits, Institution: of, Count: figure.Count{N: n, Unit: term.Visits, Precision: p}}
	}
	a, b := deskInstitution("530427", 1), deskInstitution("530427", 2)
	for name, c := range map[string]struct {
		figures      []deskFigure
		total        figure.Count
		institutions figure.Count
	}{
		"each names one": {[]deskFigure{visit(1, a, ""), visit(1, a, ""), visit(1, b, "")}, figure.Of(3, term.Visits), figure.Of(2, term.Institutions)},
		"some do not":    {[]deskFigure{visit(1, a, ""), visit(24, "", "")}, figure.Of(25, term.Visits), figure.Count{N: 1, Unit: term.Institutions, Precision: term.AtLeast}},
		"none does": {
			[]deskFigure{visit(24, "", ""), visit(80, "", term.AtLeast)}, figure.Count{N: 104, Unit: term.Visits, Precision: term.AtLeast},
			figure.Count{Unit: term.Institutions, Precision: term.UnknownCount},
		},
		"at least and nearly": {
			[]deskFigure{visit(24, a, term.Nearly), visit(80, a, term.AtLeast)}, figure.Count{N: 104, Unit: term.Visits, Precision: term.UnknownCount},
			figure.Of(1, term.Institutions),
		},
		"none found counts for none": {[]deskFigure{visit(0, "", ""), visit(2, a, "")}, figure.Of(2, term.Visits), figure.Of(1, term.Institutions)},
		"no visits": {
			[]deskFigure{{Key: term.InspectionVisits, Count: figure.Of(3, term.Meetings)}}, figure.Of(3, term.Meetings), figure.Count{},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.do(deskFact(deskStream("530427", 1), "2026-05-06", "530427-education", deskOpened{Figures: c.figures}))
			got, err := d.Figures(FiguresQuery{AtSeq: Now})
			if err != nil || len(got) != 1 || got[0].Total != c.total || got[0].Institutions != c.institutions {
				t.Errorf("got %+v %v, want %+v of %+v", got, err, c.total, c.institutions)
			}
		})
	}
}

func TestFiguresHaveParts(t *testing.T) {
	d := newDesk(t)
	received := func(item, agency string, n int) deskFigure {
		return deskFigure{Key: term.GrievancesReceived, Item: item, Agency: agency, Count: figure.Of(n, term.Incidents)}
	}
	d.do(deskFact(deskStream("530427", 1), "2026-05-06", "530427-education", deskOpened{Figures: []deskFigure{received("hotline", "", 1), received("letter", "530427-fire", 2)}}))
	d.do(deskFact(deskStream("530423", 2), "2026-05-07", "530423-education", deskOpened{Figures: []deskFigure{received("hotline", "", 4)}}))
	got, err := d.Figures(FiguresQuery{Division: "530400", AtSeq: Now})
	part := func(code string, n int) FigurePart { return FigurePart{code, figure.Of(n, term.Incidents)} }
	want := []FigureTotal{{
		Key: term.GrievancesReceived, Total: figure.Of(7, term.Incidents),
		Items:     []FigurePart{part("hotline", 5), part("letter", 2)},
		Agencies:  []FigurePart{part("530423-education", 4), part("530427-education", 1), part("530427-fire", 2)},
		Divisions: []FigurePart{part("530423", 4), part("530427", 3)},
	}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v %v, want %+v", got, err, want)
	}
}

// clocksEnded works out, as plainly as can be, how long clocks took.
func (s *logStore) clocksEnded(t testing.TB, q DurationsQuery) (out []ClockDurations) {
	t.Helper()
	streams := s.amendedStreams(t, q.AtSeq)
	of := map[term.Clock]map[string][]took{}
	for _, stream := range inOrder(streams) {
		cal := calendar.Default()
		for _, c := range farthestFirst(division.Code(stream[:6])) {
			for _, r := range streams[lawStream(string(c))] {
				e := r.Event.(jurisdiction.CalendarPublished)
				cal = cal.With(e.Year, calendar.Year{DaysOff: e.DaysOff}, "")
			}
		}
		var cs clock.Clocks
		for _, r := range streams[stream] {
			open := cs.Open()
			all := open.After(r.Meta, r.Event)
			cs = all
			on := calendar.DayOf(r.Meta.Effective)
			if !division.Matches(division.Code(r.Meta.Division), q.Division) || on < q.From || q.To != 0 && on > q.To {
				continue
			}
			for _, c := range all {
				if c.Open() || q.Agency != "" && c.Agency != q.Agency {
					continue
				}
				if n := len(c.Pauses); c.Awaits != 0 && (c.Extended == 0 || n > 0 && c.Pauses[n-1].Resumed >= c.Extended) {
					c.Due, _ = c.Period.DueWithPauses(cal, c.From, c.Pauses)
				}
				if of[c.Key] == nil {
					of[c.Key] = map[string][]took{}
				}
				of[c.Key][c.Agency] = append(of[c.Key][c.Agency], took{max(int(c.Ended-c.From), 0), c.Due != 0 && c.Ended > c.Due && !clock.Lapses(c.Key)})
			}
		}
	}
	for _, key := range inOrder(of) {
		out = append(out, durations(key, of[key]))
	}
	return out
}

func TestDurationsAreWhatTheFactsSayAtEveryPosition(t *testing.T) {
	late := 0
	for seed := range uint64(2) {
		st := deskHistory(seed, 600)
		v := openDesk(t, t.TempDir(), st, nil)
		for _, at := range []uint64{Now, 600, 540, 333, 120, 0} {
			for _, q := range []DurationsQuery{
				{}, {Division: "530427"}, {Division: "530400"}, {Agency: "530427-education"}, {From: deskDay("2026-12-01"), To: deskDay("2027-02-28")},
			} {
				q.AtSeq = at
				got, err := v.Durations(q)
				if want := st.clocksEnded(t, q); err != nil || !reflect.DeepEqual(got, want) {
					t.Fatalf("history %d, %+v: got\n%+v, want\n%+v (%v)", seed, q, got, want, err)
				}
				for _, d := range got {
					late += d.Late
				}
			}
		}
	}
	if late == 0 {
		t.Error("no clock of the histories ended late")
	}
}

func TestAClockThatEndedBeforeItsCalendarCameMayTurnOutLate(t *testing.T) {
	d := newDesk(t)
	stream := deskStream("530427", 1)
	d.do(deskFact(stream, "2026-12-28", "530427-education", deskOpened{Clocks: []clock.Start{awaiting(term.ReportCheck, "2026-12-28", "530427-education", 5)}}))
	ended := d.do(deskFact(stream, "2027-01-08", "530427-education", deskStepped{Does: []deskMove{{Op: clock.End, Key: term.ReportCheck}}}))
	published := d.do(calendarOf("530400", "2027-01-10", 2027, "2027-01-01"))
	undone := d.do(deskFact(lawStream("530400"), "2027-01-11", "530400-education", jurisdiction.Annulled{Annulment: annul(published)}))
	for at, want := range map[uint64]Duration{
		ended: {N: 1, Median: 11, P90: 11}, published: {N: 1, Median: 11, P90: 11, Late: 1}, undone: {N: 1, Median: 11, P90: 11},
	} {
		got, err := d.Durations(DurationsQuery{AtSeq: at})
		if err != nil || len(got) != 1 || got[0].Duration != want {
			t.Errorf("at %d: got %+v %v, want %+v", at, got, err, want)
		}
	}
	d.do(deskFact(stream, "2027-01-12", "530427-education", deskAnnulled{annul(ended)}))
	d.do(calendarOf("530427", "2027-01-13", 2027, "2027-01-01"))
	if got, err := d.Durations(DurationsQuery{AtSeq: Now}); got != nil || err != nil {
		t.Errorf("got %+v %v, want nothing of an end that was annulled", got, err)
	}
}

func TestQuantilesAreDaysThatSomethingTook(t *testing.T) {
	for n, want := range map[int]Duration{
		1: {1, 1, 1, 0}, 2: {2, 1, 2, 1}, 3: {3, 2, 3, 1}, 10: {10, 5, 9, 5}, 11: {11, 6, 10, 5}, 100: {100, 50, 90, 50},
	} {
		var list []took
		for day := range n {
			list = append(list, took{n - day, day%2 == 1})
		}
		if got := duration(list); got != want {
			t.Errorf("%d: got %+v, want %+v", n, got, want)
		}
	}
}

// TestAmendedFiguresKeepThePast annuls and moves a measure: each position
// counts what was known there.
func TestAmendedFiguresKeepThePast(t *testing.T) {
	d := newDesk(t)
	stream := deskStream("530427", 1)
	one := []deskFigure{{Key: term.GrievancesReceived, Count: figure.Of(1, term.Incidents)}}
	counted := map[uint64]string{}
	first := d.do(deskFact(stream, "2026-05-06", "530427-education", deskOpened{Figures: one}))
	counted[first] = "2026-05:1"
	moved := d.do(deskFact(stream, "2026-05-07", "530427-education", deskCorrected{correctDay(first, "2026-06-01")}))
	counted[moved] = "2026-06:1"
	gone := d.do(deskFact(stream, "2026-05-08", "530427-education", deskAnnulled{annul(first)}))
	counted[gone] = ""
	back := d.do(deskFact(stream, "2026-05-09", "530427-education", deskAnnulled{annul(gone)}))
	counted[back] = "2026-06:1"
	unmoved := d.do(deskFact(stream, "2026-05-10", "530427-education", deskAnnulled{annul(moved)}))
	counted[unmoved] = "2026-05:1"
	for _, at := range slices.Sorted(maps.Keys(counted)) {
		got := ""
		for _, month := range []string{"2026-05", "2026-06"} {
			totals, err := d.Figures(FiguresQuery{From: deskDay(month + "-01"), To: deskDay(month + "-30"), AtSeq: at})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range totals {
				got += fmt.Sprintf("%s:%d", month, f.Total.N)
			}
		}
		if got != counted[at] {
			t.Errorf("at %d: got %q, want %q", at, got, counted[at])
		}
	}
}
