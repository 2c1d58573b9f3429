package clock_test

import (
	"errors"
	"reflect"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/term"
)

// moved is an event that is nothing but its moves.
type moved []clock.Move

func (moved) EventName() string        { return "test.moved" }
func (m moved) Moves() []clock.Move    { return m }
func day(s string) calendar.Day        { d, _ := calendar.ParseDay(s); return d }
func begin(due string) clock.Move      { return clock.Begun(start("", due))[0] }
func end(part string) clock.Move       { return clock.Ended(part, term.ReportCheck)[0] }
func missing(due string) clock.Missing { return clock.Missing{Clock: term.ReportCheck, Due: day(due)} }

func start(part, due string) clock.Start {
	return clock.Start{Key: term.ReportCheck, Part: part, From: day("2024-05-08"), Due: day(due), Agency: "530427-education"}
}

// after folds moves, one fact a day.
func after(cs clock.Clocks, facts ...map[string]clock.Move) clock.Clocks {
	for _, f := range facts {
		for on, m := range f {
			cs = cs.After(domaintest.On(on), moved{m})
		}
	}
	return cs
}

func TestAClockRunsUntilItIsEnded(t *testing.T) {
	cs := after(nil, map[string]clock.Move{"2024-05-08": begin("2024-05-28")})
	c, ok := cs.Find(term.ReportCheck, "")
	if !ok || !c.Open() || c.Late(day("2024-05-28")) || !c.Late(day("2024-05-29")) {
		t.Errorf("got %+v, want it open, late from the day after its last day", c)
	}
	ended := after(cs, map[string]clock.Move{"2024-05-20": end("")})
	if c, ok := ended.Find(term.ReportCheck, ""); ok {
		t.Errorf("got %+v, want none open", c)
	}
	if c, _ := ended.Last(term.ReportCheck, ""); c.Late(day("2025-01-01")) || c.Ended != day("2024-05-20") {
		t.Errorf("got %+v, want it ended in time", c)
	}
	late := after(cs, map[string]clock.Move{"2024-06-03": end("")})
	if c, _ := late.Last(term.ReportCheck, ""); !c.Late(day("2024-06-03")) {
		t.Errorf("got %+v, want it ended late", c)
	}
	if len(cs.Open()) != 1 {
		t.Errorf("got %v, want the earlier clocks as they were", cs)
	}
}

func TestPartsHaveClocksOfTheirOwn(t *testing.T) {
	cs := after(nil,
		map[string]clock.Move{"2024-05-08": clock.Begun(start("1", "2024-05-16"))[0]},
		map[string]clock.Move{"2024-05-08": clock.Begun(start("2", "2024-05-28"))[0]},
		map[string]clock.Move{"2024-05-10": end("1")})
	if _, ok := cs.Find(term.ReportCheck, "1"); ok {
		t.Error("got part 1 open, want it ended")
	}
	if _, ok := cs.Find(term.ReportCheck, "2"); !ok {
		t.Error("got part 2 ended, want it open")
	}
	all := after(cs, map[string]clock.Move{"2024-05-11": {Op: clock.End, Part: clock.AllParts}})
	if open := all.Open(); len(open) != 0 {
		t.Errorf("got %v open, want none", open)
	}
}

func TestAPausedClockHasNoLastDay(t *testing.T) {
	cs := after(nil,
		map[string]clock.Move{"2024-05-08": begin("2024-05-28")},
		map[string]clock.Move{"2024-05-13": {Op: clock.Pause, Key: term.ReportCheck}})
	if c, _ := cs.Find(term.ReportCheck, ""); !c.Paused() || c.Due != 0 || c.Late(day("2030-01-01")) {
		t.Errorf("got %+v, want it paused and never late", c)
	}
	cs = after(cs, map[string]clock.Move{"2024-05-20": {Op: clock.Resume, Key: term.ReportCheck, Due: day("2024-06-04")}})
	want := []calendar.Interval{{Suspended: day("2024-05-13"), Resumed: day("2024-05-20")}}
	if c, _ := cs.Find(term.ReportCheck, ""); c.Paused() || c.Due != day("2024-06-04") || !reflect.DeepEqual(c.Pauses, want) {
		t.Errorf("got %+v, want it running until 2024-06-04", c)
	}
}

func TestATransferDoesNotStopAClock(t *testing.T) {
	cs := after(nil,
		map[string]clock.Move{"2024-05-08": begin("2024-05-28")},
		map[string]clock.Move{"2024-05-10": {Op: clock.Hand, Part: clock.AllParts, Agency: "530427-market_regulation"}})
	if c, ok := cs.Find(term.ReportCheck, ""); !ok || c.Agency != "530427-market_regulation" || c.Due != day("2024-05-28") {
		t.Errorf("got %+v, want it open until the same day for the other agency", c)
	}
}

func TestAMissIsOnRecordOnceAndOnlyAfterTheLastDay(t *testing.T) {
	cs := after(nil, map[string]clock.Move{"2024-05-08": begin("2024-05-28")})
	refused := func(on calendar.Day, m clock.Missing) {
		t.Helper()
		_, ok, err := cs.Miss(on, m)
		if e, is := errors.AsType[*domain.Error](err); ok || !is || e.Rule != clock.MissedRule.ID {
			t.Errorf("got %v, %v on %s, want a refusal by %s", ok, err, on, clock.MissedRule.ID)
		}
	}
	refused(day("2024-05-28"), missing("2024-05-28"))
	refused(day("2024-05-29"), missing("2024-05-27"))
	refused(day("2024-05-29"), clock.Missing{Clock: term.ComplaintAccept, Due: day("2024-05-28")})
	m, ok, err := cs.Miss(day("2024-05-29"), missing("2024-05-28"))
	if err != nil || !ok || m.Agency != "530427-education" {
		t.Fatalf("got %+v, %v, %v, want the miss of the agency", m, ok, err)
	}
	cs = cs.After(domaintest.On("2024-05-29"), moved(m.Moves()))
	if c, open := cs.Find(term.ReportCheck, ""); !open || c.Missed != day("2024-05-29") {
		t.Errorf("got %+v, want it open and missed", c)
	}
	if _, ok, err := cs.Miss(day("2024-05-30"), missing("2024-05-28")); ok || err != nil {
		t.Errorf("got %v, %v, want nothing more to record", ok, err)
	}
}

// TestAMissOfWhatAwaitedACalendarNamesTheDay: the fact that began the clock has
// no last day; who asks has reckoned it by the calendar that has come since.
func TestAMissOfWhatAwaitedACalendarNamesTheDay(t *testing.T) {
	waiting := start("", "")
	waiting.Due, waiting.Awaits = 0, 2025
	cs := after(nil, map[string]clock.Move{"2024-12-28": clock.Begun(waiting)[0]})
	for name, c := range map[string]struct{ on, due string }{
		"before its day has passed":           {"2025-01-20", "2025-01-20"},
		"on a day before the year it awaited": {"2025-01-20", "2024-12-31"},
	} {
		if _, ok, err := cs.Miss(day(c.on), missing(c.due)); ok || err == nil {
			t.Errorf("%s: got %v, %v, want a refusal", name, ok, err)
		}
	}
	m, ok, err := cs.Miss(day("2025-01-21"), missing("2025-01-20"))
	if err != nil || !ok || m.Due != day("2025-01-20") || m.Agency != "530427-education" {
		t.Errorf("got %+v, %v, %v, want the miss on record", m, ok, err)
	}
	paused := after(cs, map[string]clock.Move{"2025-01-02": {Op: clock.Pause, Key: term.ReportCheck}})
	if _, ok, err := paused.Miss(day("2025-01-21"), missing("2025-01-20")); ok || err == nil {
		t.Errorf("got %v, %v, want a refusal of what stands still", ok, err)
	}
}

func TestARightLapsesAndIsNeverLate(t *testing.T) {
	s := start("", "2024-05-28")
	s.Key = term.HearingRequest
	cs := after(nil, map[string]clock.Move{"2024-05-08": clock.Begun(s)[0]})
	if c, _ := cs.Find(term.HearingRequest, ""); c.Late(day("2024-06-30")) {
		t.Errorf("got %+v late, want a right that lapsed", c)
	}
	m, ok, err := cs.Miss(day("2024-05-29"), clock.Missing{Clock: term.HearingRequest, Due: day("2024-05-28")})
	if !ok || err != nil {
		t.Fatalf("got %v, %v, want the lapse on record", ok, err)
	}
	if open := cs.After(domaintest.On("2024-05-29"), moved(m.Moves())).Open(); len(open) != 0 {
		t.Errorf("got %v open, want it ended", open)
	}
}

func TestExtensionsComeInTimeWithReasonAndApprover(t *testing.T) {
	cs := after(nil, map[string]clock.Move{"2024-05-08": begin("2024-05-28")})
	for name, c := range map[string]struct {
		key              term.Clock
		on, until        string
		reason, approver string
		pointer          string // empty: allowed
	}{
		"on the last day":      {term.ReportCheck, "2024-05-28", "2024-06-19", "等待鉴定", "A1", ""},
		"after the last day":   {term.ReportCheck, "2024-05-29", "2024-06-19", "等待鉴定", "A1", "/effective"},
		"to no later day":      {term.ReportCheck, "2024-05-20", "2024-05-28", "等待鉴定", "A1", "/body/until"},
		"without a reason":     {term.ReportCheck, "2024-05-20", "2024-06-19", "", "A1", "/body/reason"},
		"without an approver":  {term.ReportCheck, "2024-05-20", "2024-06-19", "等待鉴定", "", "/body/approver"},
		"of what does not run": {term.ComplaintAccept, "2024-05-20", "2024-06-19", "等待鉴定", "A1", "/body"},
	} {
		t.Run(name, func(t *testing.T) {
			err := cs.Extendable(c.key, "", day(c.on), day(c.until), c.reason, c.approver, "/body/until")
			if c.pointer == "" {
				if err != nil {
					t.Errorf("got %v, want it allowed", err)
				}
				return
			}
			e, ok := errors.AsType[*domain.Error](err)
			if !ok || e.Rule != clock.ExtensionRule.ID || e.Fields[0].Pointer != c.pointer {
				t.Errorf("got %v, want a refusal at %s", err, c.pointer)
			}
		})
	}
}

func TestAClockThatBeginsAgainEndsTheOneBefore(t *testing.T) {
	cs := after(nil, map[string]clock.Move{"2024-05-08": begin("2024-05-28")}, map[string]clock.Move{"2024-05-10": begin("2024-06-30")})
	if open := cs.Open(); len(open) != 1 || open[0].Due != day("2024-06-30") {
		t.Errorf("got %v open, want the newer one alone", open)
	}
	if len(cs) != 2 || cs[0].Ended != day("2024-05-10") {
		t.Errorf("got %v, want the older one ended", cs)
	}
}
