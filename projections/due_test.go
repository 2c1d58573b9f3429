package projections

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/division"
	"minglu/domain/jurisdiction"
	"minglu/domain/term"
	"minglu/eventstore"
)

// openNow works out, as plainly as can be, which clocks of a log are open, in
// the order of the list.
func (s *logStore) openNow(t testing.TB, today calendar.Day) (out []DueClock) {
	t.Helper()
	streams := s.amendedStreams(t, Now)
	calendarIn := func(code division.Code) calendar.Calendar {
		cal := calendar.Default()
		for _, c := range farthestFirst(code) {
			for _, r := range streams[lawStream(string(c))] {
				e := r.Event.(jurisdiction.CalendarPublished)
				cal = cal.With(e.Year, calendar.Year{DaysOff: e.DaysOff, MakeUpDays: e.MakeUpDays}, "")
			}
		}
		return cal
	}
	birth := map[string]uint64{}
	for _, r := range s.recs {
		_, moves := r.Event.(clock.Mover)
		_, concerns := r.Event.(domain.Concerning)
		if birth[r.Stream] == 0 && (moves || concerns) {
			birth[r.Stream] = r.Meta.Seq
		}
	}
	for _, stream := range inOrder(streams) {
		var cs clock.Clocks
		var about []string
		for _, r := range streams[stream] {
			cs = cs.After(r.Meta, r.Event)
			if e, ok := r.Event.(domain.Concerning); ok {
				for _, in := range e.Concerns() {
					if !slices.Contains(about, in) {
						about = append(about, in)
					}
				}
			}
		}
		for _, c := range cs.Open() {
			n := len(c.Pauses)
			if c.Awaits != 0 && (c.Extended == 0 || n > 0 && c.Pauses[n-1].Resumed >= c.Extended) {
				cal := calendarIn(division.Code(stream[:6]))
				due, err := c.Period.DueWithPauses(cal, c.From, c.Pauses)
				if err == nil {
					c.Due, c.Awaits = due, 0
				} else if !errors.Is(err, calendar.ErrYearNotPublished) {
					t.Fatal(err)
				} else {
					for c.Awaits = c.From.Year(); ; c.Awaits++ {
						if _, ok := cal.Year(c.Awaits); !ok {
							break
						}
					}
				}
			}
			out = append(out, DueClock{Stream: stream, Institutions: about, Clock: c, State: stateOn(c, today)})
		}
	}
	slices.SortStableFunc(out, func(a, b DueClock) int {
		return cmp.Or(slices.Compare(orderOf(a), orderOf(b)), cmp.Compare(birth[a.Stream], birth[b.Stream]))
	})
	return out
}

func stateOn(c clock.Clock, today calendar.Day) DueState {
	switch {
	case c.Paused():
		return DuePaused
	case c.Due == 0:
		return DueAwaiting
	case c.Late(today):
		return DueLate
	case c.Due < today:
		return DueLapsed
	case c.Due == today:
		return DueToday
	case c.Due <= today+7:
		return DueWeek
	}
	return DueLater
}

func orderOf(c DueClock) []int {
	switch c.State {
	case DuePaused:
		return []int{1, int(c.Pauses[len(c.Pauses)-1].Suspended)}
	case DueAwaiting:
		return []int{2, c.Awaits}
	}
	return []int{0, int(c.Due)}
}

// walkDue reads all pages of a query.
func walkDue(t testing.TB, v *Views, q DueQuery) (all []DueClock) {
	t.Helper()
	q.Limit = 7
	for pages := 0; ; pages++ {
		p, err := v.Due(q)
		if err != nil || pages > 1000 {
			t.Fatal(err, pages)
		}
		if all = append(all, p.Clocks...); p.Next == "" {
			if len(all) != p.Total {
				t.Errorf("%+v: got %d clocks, counted %d", q, len(all), p.Total)
			}
			return all
		}
		q.After = p.Next
	}
}

func sameClocks(t testing.TB, what string, got, want []DueClock) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %d clocks, want %d", what, len(got), len(want))
		return
	}
	for i := range got {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("%s: clock %d: got\n%+v, want\n%+v", what, i, got[i], want[i])
			return
		}
	}
}

func TestWhatIsDueIsWhatTheFactsSay(t *testing.T) {
	for seed := range uint64(2) {
		st := deskHistory(seed, 900)
		v := openDesk(t, t.TempDir(), st, nil)
		for _, today := range []calendar.Day{deskDay("2026-11-20"), deskDay("2027-01-25"), deskDay("2027-06-01")} {
			open := st.openNow(t, today)
			for _, f := range []DueFilter{
				{}, {Agency: "530427-education"}, {Officer: "E1"}, {Division: "530427"}, {Division: "530400"}, {Division: "53"}, {Division: "530000"}, {Division: "11"},
				{Agency: "530423-education", Division: "530400"}, {Agency: "530427-education", Division: "110000"}, {Officer: "E2", Agency: "530427-education"},
				{Officer: "E0", Division: "530400"}, {Agency: "none"},
			} {
				mine := slices.DeleteFunc(slices.Clone(open), func(c DueClock) bool {
					return f.Agency != "" && c.Agency != f.Agency || f.Officer != "" && c.Officer != f.Officer || !division.Matches(division.Code(c.Stream[:6]), f.Division)
				})
				counts, err := v.DueCounts(f, today)
				if err != nil {
					t.Fatal(err)
				}
				for _, state := range append([]DueState{DueAll, ""}, DueStates...) {
					want := slices.DeleteFunc(slices.Clone(mine), func(c DueClock) bool { return state != DueAll && state != "" && c.State != state })
					what := fmt.Sprintf("history %d, %+v, %q on %s", seed, f, state, today)
					sameClocks(t, what, walkDue(t, v, DueQuery{DueFilter: f, State: state, Today: today}), want)
					if got := counts.Of(state); got != len(want) {
						t.Errorf("%s: counted %d, want %d", what, got, len(want))
					}
				}
			}
			checkAgencies(t, v, open, today)
			checkPassed(t, v, open, today)
		}
		checkStreams(t, v, st)
	}
}

func checkAgencies(t *testing.T, v *Views, open []DueClock, today calendar.Day) {
	t.Helper()
	for _, filter := range []string{"", "530427", "530400", "5304"} {
		want := map[string]int{}
		for _, c := range open {
			if division.Matches(division.Code(c.Agency[:6]), filter) {
				want[c.Agency]++
			}
		}
		all, err := v.DueByAgency(filter, today)
		got := map[string]int{}
		for _, a := range all {
			got[a.Agency] = a.Of(DueAll)
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("agencies in %q: got %v, want %v (%v)", filter, got, want, err)
		}
	}
}

func checkPassed(t *testing.T, v *Views, open []DueClock, today calendar.Day) {
	t.Helper()
	var want, got []DueClock
	next, found := calendar.Day(0), false
	for _, c := range open {
		if c.Due != 0 && !c.Paused() && c.Missed == 0 && c.Due < today {
			want = append(want, c)
		}
		if c.Due > today && !c.Paused() && c.Missed == 0 && !found {
			next, found = c.Due, true
		}
	}
	for after := ""; ; {
		page, more, err := v.Passed(today, after, 7)
		if err != nil {
			t.Fatal(err)
		}
		if got = append(got, page...); more == "" {
			break
		}
		after = more
	}
	sameClocks(t, "passed before "+today.String(), got, want)
	if day, ok, err := v.NextDue(today); day != next || ok != found || err != nil {
		t.Errorf("next due after %s: got %s %v %v, want %s %v", today, day, ok, err, next, found)
	}
}

func checkStreams(t *testing.T, v *Views, st *logStore) {
	t.Helper()
	today := deskDay("2027-01-25")
	of := map[string]int{}
	for _, c := range st.openNow(t, today) {
		of[c.Stream]++
	}
	for stream := range st.amendedStreams(t, Now) {
		got, err := v.ClocksOf(stream, today)
		if err != nil || len(got) != of[stream] {
			t.Errorf("%s: got %d clocks, want %d (%v)", stream, len(got), of[stream], err)
		}
	}
	if got, err := v.ClocksOf("530427.desk.none", today); got != nil || err != nil {
		t.Errorf("a stream that is not there: got %v %v", got, err)
	}
}

// desk is a register of the made-up aggregate that grows in a test.
type desk struct {
	t testing.TB
	*Views
	st *logStore
}

func newDesk(t testing.TB) *desk {
	st := &logStore{}
	return &desk{t, openDesk(t, t.TempDir(), st, nil), st}
}

// do records facts as one command.
func (d *desk) do(recs ...eventstore.Record) (last uint64) {
	d.t.Helper()
	last = d.st.put(recs...)
	caughtUp(d.t, d.Set)
	return last
}

// only returns the one open clock of a stream.
func (d *desk) only(stream, today string) DueClock {
	d.t.Helper()
	got, err := d.ClocksOf(stream, deskDay(today))
	if err != nil || len(got) != 1 {
		d.t.Fatalf("%s on %s: got %v %v, want one clock", stream, today, got, err)
	}
	return got[0]
}

func TestAClockGoesFromInTimeToLate(t *testing.T) {
	d := newDesk(t)
	stream := deskStream("530427", 1)
	d.do(deskFact(stream, "2026-05-06", "530427-education", deskOpened{
		About:  []string{deskInstitution("530427", 1)},
		Clocks: []clock.Start{startOf(term.ReportCheck, "2026-05-06", "2026-05-27", "530427-education")},
	}))
	for today, want := range map[string]DueState{
		"2026-05-19": DueLater, "2026-05-20": DueWeek, "2026-05-26": DueWeek, "2026-05-27": DueToday, "2026-05-28": DueLate,
	} {
		if c := d.only(stream, today); c.State != want || c.Institutions[0] != deskInstitution("530427", 1) {
			t.Errorf("on %s: got %s of %v, want %s", today, c.State, c.Institutions, want)
		}
	}
	if got, _, err := d.Passed(deskDay("2026-05-28"), "", 0); len(got) != 1 || err != nil {
		t.Errorf("got %v %v, want it passed", got, err)
	}
	d.do(deskFact(stream, "2026-05-28", "530427-education", deskStepped{Does: []deskMove{{Op: clock.Miss, Key: term.ReportCheck}}}))
	if got, _, err := d.Passed(deskDay("2026-05-29"), "", 0); got != nil || err != nil {
		t.Errorf("got %v %v, want it on record", got, err)
	}
	if c := d.only(stream, "2026-05-29"); c.State != DueLate || c.Missed == 0 {
		t.Errorf("got %+v, want it late still", c)
	}
	d.do(deskFact(stream, "2026-06-01", "530427-education", deskStepped{Does: []deskMove{{Op: clock.End, Key: term.ReportCheck}}}))
	if counts, err := d.DueCounts(DueFilter{}, deskDay("2026-06-02")); counts != (DueCounts{}) || err != nil {
		t.Errorf("got %+v %v, want nothing open", counts, err)
	}
}

func TestARightThatLapsedIsNobodysDelay(t *testing.T) {
	d := newDesk(t)
	stream := deskStream("530427", 1)
	d.do(deskFact(stream, "2026-05-06", "530427-education", deskOpened{Clocks: []clock.Start{startOf(term.HearingRequest, "2026-05-06", "2026-05-13", "530427-education")}}))
	counts, err := d.DueCounts(DueFilter{Agency: "530427-education"}, deskDay("2026-05-14"))
	if want := (DueCounts{Lapsed: 1}); counts != want || err != nil {
		t.Errorf("got %+v %v, want %+v", counts, err, want)
	}
	if got, _, _ := d.Passed(deskDay("2026-05-14"), "", 0); len(got) != 1 {
		t.Errorf("got %v, want the lapse to be put on record", got)
	}
}

// TestACalendarSetsTheLastDayOfWhatAwaitsIt publishes calendars of a year for
// which the program has none, in a county, above it and beside it.
func TestACalendarSetsTheLastDayOfWhatAwaitsIt(t *testing.T) {
	d := newDesk(t)
	here, beside := deskStream("530427", 1), deskStream("530423", 2)
	for _, stream := range []string{here, beside} {
		d.do(deskFact(stream, "2026-12-28", stream[:6]+"-education", deskOpened{Clocks: []clock.Start{awaiting(term.ReportCheck, "2026-12-28", stream[:6]+"-education", 5)}}))
	}
	check := func(stream string, state DueState, due string) {
		t.Helper()
		c := d.only(stream, "2027-01-11")
		if c.State != state || c.Due.String() != due || (c.Awaits == 2027) != (due == "") {
			t.Errorf("%s: got %s until %q awaiting %d, want %s until %q", stream, c.State, c.Due, c.Awaits, state, due)
		}
		for _, f := range []DueFilter{{Division: stream[:6]}, {Agency: stream[:6] + "-education"}} {
			if counts, _ := d.DueCounts(f, deskDay("2027-01-11")); counts.Of(state) != 1 {
				t.Errorf("%+v: got %+v, want one %s", f, counts, state)
			}
		}
	}
	check(here, DueAwaiting, "")
	d.do(calendarOf("530427", "2026-12-30", 2028))
	check(here, DueAwaiting, "")
	county := d.do(calendarOf("530427", "2026-12-30", 2027, "2027-01-01", "2027-01-04"))
	check(here, DueLate, "2027-01-06")
	check(beside, DueAwaiting, "")
	province := d.do(calendarOf("530000", "2026-12-31", 2027, "2027-01-01"))
	check(here, DueLate, "2027-01-06") // its own calendar goes before
	check(beside, DueLate, "2027-01-05")
	d.do(deskFact(lawStream("530427"), "2027-01-02", "530427-education", jurisdiction.Annulled{Annulment: annul(county)}))
	check(here, DueLate, "2027-01-05")
	d.do(deskFact(lawStream("530000"), "2027-01-02", "530000-education", jurisdiction.Corrected{Correction: domain.Correction{
		TargetSeq: province, Field: "days_off", Was: []byte(`["2027-01-01"]`), Is: []byte(`["2027-01-01","2027-01-04","2027-01-05","2027-01-06","2027-01-07"]`), Reason: "漏登",
	}}))
	check(here, DueToday, "2027-01-11")
	d.do(deskFact(lawStream("530000"), "2027-01-03", "530000-education", jurisdiction.Annulled{Annulment: annul(province)}))
	check(here, DueAwaiting, "")
	d.do(deskFact(here, "2027-01-04", "530427-education", deskStepped{Does: []deskMove{{Op: clock.End, Key: term.ReportCheck}}}))
	if rows := rowsIn(t, d.Set, DueView, "awaited"); rows != 1 {
		t.Errorf("got %d streams that await a calendar, want the other one", rows)
	}
	d.do(calendarOf("530000", "2027-01-05", 2027, "2027-01-01"))
	if got, err := d.ClocksOf(here, deskDay("2027-01-11")); got != nil || err != nil {
		t.Errorf("got %v %v, want the ended clock to stay ended", got, err)
	}
	check(beside, DueLate, "2027-01-05")
}

// rowsIn counts the rows of a bucket.
func rowsIn(t testing.TB, s *Set, view, bucket string) (n int) {
	t.Helper()
	for _, row := range rowsOf(t, s, view) {
		if strings.HasPrefix(row, bucket+" ") {
			n++
		}
	}
	return n
}

func TestAPauseAcrossNewYearIsLeftOut(t *testing.T) {
	d := newDesk(t)
	stream := deskStream("530427", 1)
	d.do(deskFact(stream, "2026-12-21", "530427-education", deskOpened{Clocks: []clock.Start{awaiting(term.ReportCheck, "2026-12-21", "530427-education", 10)}}))
	d.do(deskFact(stream, "2026-12-24", "530427-education", deskStepped{Does: []deskMove{{Op: clock.Pause, Key: term.ReportCheck}}}))
	if c := d.only(stream, "2026-12-25"); c.State != DuePaused {
		t.Errorf("got %s, want it paused", c.State)
	}
	d.do(calendarOf("530427", "2026-12-30", 2027, "2027-01-01"))
	if c := d.only(stream, "2026-12-31"); c.State != DuePaused || c.Due != 0 {
		t.Errorf("got %s until %s, want it paused", c.State, c.Due)
	}
	d.do(deskFact(stream, "2027-01-11", "530427-education", deskStepped{Does: []deskMove{{Op: clock.Resume, Key: term.ReportCheck, Awaits: 2027}}}))
	// 22 and 23 December, then eight working days from 11 January.
	if c := d.only(stream, "2027-01-12"); c.Due != deskDay("2027-01-20") {
		t.Errorf("got it until %s, want 2027-01-20", c.Due)
	}
}

func TestAnAmendmentMovesAClock(t *testing.T) {
	d := newDesk(t)
	stream := deskStream("530427", 1)
	opened := d.do(deskFact(stream, "2026-05-06", "530427-education", deskOpened{Clocks: []clock.Start{startOf(term.ReportCheck, "2026-05-06", "2026-05-27", "530427-education")}}))
	handed := d.do(deskFact(stream, "2026-05-08", "530427-education", deskStepped{Does: []deskMove{{Op: clock.Hand, Part: clock.AllParts, Agency: "530427-fire"}}}))
	of := func(agency string) int {
		counts, err := d.DueCounts(DueFilter{Agency: agency}, deskDay("2026-05-10"))
		if err != nil {
			t.Fatal(err)
		}
		return counts.Of(DueAll)
	}
	if of("530427-education") != 0 || of("530427-fire") != 1 {
		t.Error("want the clock with the fire brigade")
	}
	undone := d.do(deskFact(stream, "2026-05-09", "530427-education", deskAnnulled{annul(handed)}))
	if of("530427-education") != 1 || of("530427-fire") != 0 {
		t.Error("want the clock back with education")
	}
	d.do(deskFact(stream, "2026-05-10", "530427-education", deskAnnulled{annul(undone)}))
	if of("530427-fire") != 1 {
		t.Error("want the annulment annulled")
	}
	d.do(deskFact(stream, "2026-05-11", "530427-education", deskAnnulled{annul(opened)}))
	if got, err := d.ClocksOf(stream, deskDay("2026-05-12")); got != nil || err != nil {
		t.Errorf("got %v %v, want no clock of a fact that was annulled", got, err)
	}
}

func TestACursorOfAnotherListIsRefused(t *testing.T) {
	d := newDesk(t)
	for _, after := range []string{"x", "!!", cursorAt([]byte("short"))} {
		if _, err := d.Due(DueQuery{After: after}); !errors.Is(err, ErrCursor) {
			t.Errorf("due after %q: got %v, want ErrCursor", after, err)
		}
		if _, _, err := d.Passed(1, after, 0); !errors.Is(err, ErrCursor) {
			t.Errorf("passed after %q: got %v, want ErrCursor", after, err)
		}
		if _, err := d.Work(WorkQuery{After: after}); !errors.Is(err, ErrCursor) {
			t.Errorf("work after %q: got %v, want ErrCursor", after, err)
		}
	}
}

// TestTheViewsKnowWithWhichCalendarTheyWereBuilt fails when the program gets
// the calendar of another year: days that waited for it are in the files as they
// were reckoned, so the views must be built anew.
func TestTheViewsKnowWithWhichCalendarTheyWereBuilt(t *testing.T) {
	if got := calendar.Default().Version(); got != "2018-2026" || Due(nil).Version() != 1 || Figures(nil).Version() != 1 {
		t.Errorf("the calendar is now %s: raise the versions of due and figures, and this test", got)
	}
}

func farthestFirst(code division.Code) []division.Code {
	all := append([]division.Code{code}, division.Parents(code)...)
	slices.Reverse(all)
	return all
}
