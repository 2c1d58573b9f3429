package calendar_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
)

type vectors struct {
	WorkingDays struct {
		IsWorkingDay []struct {
			Date    calendar.Day `json:"date"`
			Working bool         `json:"working"`
			Why     string       `json:"why"`
		} `json:"is_working_day"`
		Due []struct {
			Start       calendar.Day `json:"start"`
			StartDow    string       `json:"start_dow"`
			WorkingDays int          `json:"working_days"`
			Due         calendar.Day `json:"due"`
			DueDow      string       `json:"due_dow"`
		} `json:"due"`
		CountBetween []struct {
			From        calendar.Day `json:"from"`
			To          calendar.Day `json:"to"`
			WorkingDays int          `json:"working_days"`
		} `json:"count_between"`
		Errors []struct {
			Start       calendar.Day `json:"start"`
			WorkingDays int          `json:"working_days"`
		} `json:"errors"`
		YearTotals map[int]int `json:"year_totals"`
	} `json:"working_days"`
	Clocks struct {
		Cases []clock `json:"cases"`
	} `json:"clocks"`
	PublicationPeriod struct {
		Cases []publication `json:"cases"`
	} `json:"publication_period"`
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	w := v.WorkingDays
	for _, n := range []int{len(w.IsWorkingDay), len(w.Due), len(w.CountBetween), len(w.Errors), len(w.YearTotals), len(v.Clocks.Cases), len(v.PublicationPeriod.Cases)} {
		if n == 0 {
			t.Fatal("got an empty group of vectors")
		}
	}
	return v
}

func TestVectorsOfWorkingDays(t *testing.T) {
	cal, v := calendar.Default(), readVectors(t).WorkingDays
	for _, c := range v.IsWorkingDay {
		if got, err := cal.IsWorkingDay(c.Date); err != nil || got != c.Working {
			t.Errorf("%s (%s): got %v %v, want %v", c.Date, c.Why, got, err, c.Working)
		}
	}
	for _, c := range v.Due {
		got, err := cal.AddWorkingDays(c.Start, c.WorkingDays)
		if err != nil || got != c.Due || got.Weekday().String()[:3] != c.DueDow || c.Start.Weekday().String()[:3] != c.StartDow {
			t.Errorf("%s and %d working days: got %s %v, want %s", c.Start, c.WorkingDays, got, err, c.Due)
		}
	}
	for _, c := range v.CountBetween {
		if got, err := cal.CountWorkingDays(c.From, c.To); err != nil || got != c.WorkingDays {
			t.Errorf("%s to %s: got %d %v, want %d", c.From, c.To, got, err, c.WorkingDays)
		}
	}
	for _, c := range v.Errors {
		if got, err := cal.AddWorkingDays(c.Start, c.WorkingDays); !errors.Is(err, calendar.ErrYearNotPublished) {
			t.Errorf("%s and %d working days: got %s %v, want ErrYearNotPublished", c.Start, c.WorkingDays, got, err)
		}
	}
	for year, want := range v.YearTotals {
		if got, err := cal.CountWorkingDays(calendar.Date(year, 1, 1), calendar.Date(year, 12, 31)); err != nil || got != want {
			t.Errorf("%d: got %d %v, want %d", year, got, err, want)
		}
	}
}

func TestTheBuiltInCalendarIsNamedForItsYears(t *testing.T) {
	cal := calendar.Default()
	years := cal.Years()
	if got, want := cal.Version(), "2018-2026"; got != want || years[0] != 2018 || years[len(years)-1] != 2026 || len(years) != 9 {
		t.Fatalf("got %q %v, want %q", got, years, want)
	}
}

func TestAYearThatIsNotPublishedIsRefusedByName(t *testing.T) {
	cal := calendar.Default()
	eve, newYear := calendar.Date(2026, 12, 31), calendar.Date(2027, 1, 1)
	for name, ask := range map[string]func() error{
		"is":    func() error { _, err := cal.IsWorkingDay(newYear); return err },
		"add":   func() error { _, err := cal.AddWorkingDays(eve, 1); return err },
		"count": func() error { _, err := cal.CountWorkingDays(eve, newYear); return err },
		"roll":  func() error { _, err := cal.RollForward(newYear); return err },
		"due": func() error {
			_, err := calendar.Period{N: 1, Unit: calendar.Days, Roll: true}.Due(cal, eve)
			return err
		},
	} {
		err := ask()
		e, ok := errors.AsType[*domain.Error](err)
		if !ok || !errors.Is(err, calendar.ErrYearNotPublished) || !errors.Is(domain.At("/x", err), calendar.ErrYearNotPublished) {
			t.Fatalf("%s: got %v, want ErrYearNotPublished", name, err)
		}
		if e.Code != domain.Conflict || e.Rule != "calendar-published" || !strings.Contains(e.Text.ZH, "2027") || !strings.Contains(e.Text.EN, "2027") || e.Hint.ZH == "" {
			t.Errorf("%s: got %+v, want 2027 named", name, e)
		}
		if errors.Is(err, calendar.ErrPaused) {
			t.Errorf("%s: got ErrPaused as well, want it told apart", name)
		}
	}
	if _, err := cal.IsWorkingDay(calendar.Date(2017, 12, 31)); !errors.Is(err, calendar.ErrYearNotPublished) {
		t.Errorf("got %v, want ErrYearNotPublished", err)
	}
	if _, err := (calendar.Calendar{}).IsWorkingDay(calendar.Date(2021, 7, 7)); !errors.Is(err, calendar.ErrYearNotPublished) {
		t.Errorf("got %v from no calendar, want ErrYearNotPublished", err)
	}
}

func TestTheEndOfTheLastYearIsReachedWithoutTheNext(t *testing.T) {
	got, err := calendar.Default().AddWorkingDays(calendar.Date(2026, 12, 30), 1)
	if want := calendar.Date(2026, 12, 31); err != nil || got != want {
		t.Fatalf("got %s %v, want %s", got, err, want)
	}
}

func TestWorkingDaysRunOnAcrossNewYear(t *testing.T) {
	// 2022-12-31 to 2023-01-02 is the New Year holiday.
	got, err := calendar.Default().AddWorkingDays(calendar.Date(2022, 12, 30), 1)
	if want := calendar.Date(2023, 1, 3); err != nil || got != want {
		t.Fatalf("got %s %v, want %s", got, err, want)
	}
}

func TestNoWorkingDaysAfterADayIsThatDay(t *testing.T) {
	rest := calendar.Date(2021, 10, 1)
	if got, err := calendar.Default().AddWorkingDays(rest, 0); err != nil || got != rest {
		t.Fatalf("got %s %v, want %s", got, err, rest)
	}
}

func TestRollForwardStaysOnAWorkingDay(t *testing.T) {
	for from, want := range map[string]string{
		"2021-09-30": "2021-09-30", "2021-10-01": "2021-10-08", "2021-10-09": "2021-10-09", "2021-10-10": "2021-10-11",
		"2024-05-04": "2024-05-06", "2022-12-31": "2023-01-03",
	} {
		if got, err := calendar.Default().RollForward(day(t, from)); err != nil || got.String() != want {
			t.Errorf("%s: got %s %v, want %s", from, got, err, want)
		}
	}
}

func TestCountingBackwardsIsNothing(t *testing.T) {
	if got, err := calendar.Default().CountWorkingDays(calendar.Date(2021, 7, 8), calendar.Date(2021, 7, 7)); err != nil || got != 0 {
		t.Fatalf("got %d %v, want 0", got, err)
	}
}

func TestNothingIsCountedFromNoDay(t *testing.T) {
	cal, some := calendar.Default(), calendar.Date(2021, 7, 7)
	_, is := cal.IsWorkingDay(0)
	_, add := cal.AddWorkingDays(0, 1)
	_, addNone := cal.AddWorkingDays(0, 0)
	_, from := cal.CountWorkingDays(0, some)
	_, to := cal.CountWorkingDays(some, 0)
	_, roll := cal.RollForward(0)
	_, due := calendar.Period{N: 1, Unit: calendar.Days}.Due(cal, 0)
	for i, err := range []error{is, add, addNone, from, to, roll, due} {
		if got := fieldCode(t, err); got != "no_day" {
			t.Errorf("%d: got %s, want no_day", i, got)
		}
	}
	if _, err := cal.AddWorkingDays(some, -1); fieldCode(t, err) != "period_length" {
		t.Errorf("got %v, want period_length", err)
	}
}

func TestWithAddsAYearToANewCalendar(t *testing.T) {
	cal := calendar.Default()
	y := calendar.Year{DaysOff: []calendar.Day{calendar.Date(2027, 1, 1)}, MakeUpDays: []calendar.Day{calendar.Date(2027, 1, 3)}, Source: "notice"}
	next := cal.With(2027, y, "2018-2027")
	y.DaysOff[0] = calendar.Date(2027, 1, 4)
	if got, err := next.AddWorkingDays(calendar.Date(2026, 12, 31), 1); err != nil || got != calendar.Date(2027, 1, 3) {
		t.Fatalf("got %s %v, want the make-up day 2027-01-03", got, err)
	}
	if _, err := cal.IsWorkingDay(calendar.Date(2027, 1, 1)); !errors.Is(err, calendar.ErrYearNotPublished) || cal.Version() != "2018-2026" {
		t.Fatalf("got the old calendar changed (%v), want it as it was", err)
	}
	given, ok := next.Year(2027)
	if !ok || given.Source != "notice" || given.DaysOff[0] != calendar.Date(2027, 1, 1) || next.Version() != "2018-2027" {
		t.Fatalf("got %+v %v, want the year as published", given, ok)
	}
	given.DaysOff[0] = 0
	if again, _ := next.Year(2027); again.DaysOff[0] == 0 {
		t.Fatal("got the calendar changed through a copy, want it as it was")
	}
	if _, ok := cal.Year(2027); ok {
		t.Fatal("got a year that is not there, want none")
	}
}

func TestWithReplacesAYearAndWorksOnNoCalendar(t *testing.T) {
	monday := calendar.Date(2021, 7, 5)
	cal := calendar.Default().With(2021, calendar.Year{DaysOff: []calendar.Day{monday}}, "local")
	if got, err := cal.IsWorkingDay(monday); err != nil || got {
		t.Fatalf("got %v %v, want a day off", got, err)
	}
	if got, err := (calendar.Calendar{}).With(2021, calendar.Year{}, "v").IsWorkingDay(monday); err != nil || !got {
		t.Fatalf("got %v %v, want a working day", got, err)
	}
}

func TestWithReadsAnUncheckedYearAsFarAsItGoes(t *testing.T) {
	saturday := calendar.Date(2021, 7, 10)
	cal := (calendar.Calendar{}).With(2021, calendar.Year{
		DaysOff:    []calendar.Day{saturday, calendar.Date(2020, 1, 1), calendar.Date(2022, 1, 3), 0},
		MakeUpDays: []calendar.Day{saturday},
	}, "v")
	if got, err := cal.IsWorkingDay(saturday); err != nil || !got {
		t.Fatalf("got %v %v, want it worked", got, err)
	}
}

func TestAYearThatCannotBeIsRefused(t *testing.T) {
	saturday, monday := calendar.Date(2027, 1, 2), calendar.Date(2027, 1, 4)
	for name, c := range map[string]struct {
		year     int
		y        calendar.Year
		code     string
		pointers []string
	}{
		"day of another year": {2027, calendar.Year{DaysOff: []calendar.Day{monday, calendar.Date(2026, 12, 31)}}, "other_year", []string{"/2027/days_off/1"}},
		"no day":              {2027, calendar.Year{MakeUpDays: []calendar.Day{0}}, "other_year", []string{"/2027/make_up_days/0"}},
		"named twice":         {2027, calendar.Year{DaysOff: []calendar.Day{monday, monday}}, "twice", []string{"/2027/days_off/1"}},
		"in both lists":       {2027, calendar.Year{DaysOff: []calendar.Day{saturday}, MakeUpDays: []calendar.Day{saturday}}, "twice", []string{"/2027/make_up_days/0"}},
		"made up on a Monday": {2027, calendar.Year{MakeUpDays: []calendar.Day{saturday, monday}}, "not_weekend", []string{"/2027/make_up_days/1"}},
		"year out of range":   {2201, calendar.Year{}, "date_range", []string{"/2201/year"}},
		"several faults":      {2027, calendar.Year{DaysOff: []calendar.Day{1, 2}}, "other_year", []string{"/2027/days_off/0", "/2027/days_off/1"}},
	} {
		_, err := calendar.New("v", map[int]calendar.Year{2020: {}, c.year: c.y})
		e, ok := errors.AsType[*domain.Error](err)
		if !ok || e.Code != domain.Invalid {
			t.Errorf("%s: got %v, want a refusal", name, err)
			continue
		}
		var pointers []string
		for _, f := range e.Fields {
			pointers = append(pointers, f.Pointer)
			if f.Code != c.code || f.Message.ZH == "" || f.Message.EN == "" {
				t.Errorf("%s: got %+v, want %s", name, f, c.code)
			}
		}
		if !slices.Equal(pointers, c.pointers) {
			t.Errorf("%s: got %v, want %v", name, pointers, c.pointers)
		}
	}
}

func TestNewKeepsCopiesOfTheDays(t *testing.T) {
	years := map[int]calendar.Year{2027: {DaysOff: []calendar.Day{calendar.Date(2027, 1, 1)}}}
	cal, err := calendar.New("v", years)
	if err != nil {
		t.Fatal(err)
	}
	years[2027].DaysOff[0] = 0
	delete(years, 2027)
	if got, err := cal.IsWorkingDay(calendar.Date(2027, 1, 1)); err != nil || got {
		t.Fatalf("got %v %v, want a day off", got, err)
	}
	if given, _ := cal.Year(2027); given.DaysOff[0] == 0 {
		t.Fatal("got the calendar changed, want it as it was")
	}
}

func BenchmarkAddWorkingDays(b *testing.B) {
	cal, start := calendar.Default(), calendar.Date(2021, 9, 17)
	for _, n := range []int{5, 20, 250} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				cal.AddWorkingDays(start, n)
			}
		})
	}
}
