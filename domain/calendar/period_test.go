package calendar_test

import (
	"encoding/json"
	"errors"
	"testing"

	"minglu/domain/calendar"
)

type clock struct {
	ID              string       `json:"id"`
	Message         string       `json:"message"`
	Start           calendar.Day `json:"start"`
	WorkingDays     int          `json:"working_days"`
	CalendarDays    int          `json:"calendar_days"`
	Roll            bool         `json:"roll"`
	LastDay         calendar.Day `json:"last_day"`
	Due             calendar.Day `json:"due"`
	ExtendedDue     calendar.Day `json:"extended_due"`
	DeemedEffective calendar.Day `json:"deemed_effective"`
	Parts           []clock      `json:"parts"`
}

type publication struct {
	Tier        string       `json:"tier"`
	PublishedOn calendar.Day `json:"published_on"`
	MinUntil    calendar.Day `json:"min_until"`
	MaxUntil    calendar.Day `json:"max_until"`
}

func (c clock) period() calendar.Period {
	if c.CalendarDays > 0 {
		return calendar.Period{N: c.CalendarDays, Unit: calendar.Days, Roll: c.Roll}
	}
	return calendar.Period{N: c.WorkingDays, Unit: calendar.WorkingDays, Roll: c.Roll}
}

func TestVectorsOfClocks(t *testing.T) {
	cases := readVectors(t).Clocks.Cases
	// K2 names its start in the message, K5 is disputed before it ends.
	for i := range cases {
		for _, part := range cases[i].Parts {
			part.ID, part.Start = cases[i].ID, calendar.Date(2024, 5, 8)
			cases = append(cases, part)
		}
	}
	checked := map[string]bool{}
	for _, c := range cases {
		if c.Due.IsZero() {
			continue
		}
		checked[c.ID] = true
		due := mustDue(t, c.period(), c.Start)
		if due != c.Due {
			t.Errorf("%s: got %s, want %s", c.ID, due, c.Due)
		}
		if !c.ExtendedDue.IsZero() {
			if got := mustDue(t, c.period(), due); got != c.ExtendedDue {
				t.Errorf("%s extended: got %s, want %s", c.ID, got, c.ExtendedDue)
			}
		}
		if !c.DeemedEffective.IsZero() && due.AddDays(1) != c.DeemedEffective {
			t.Errorf("%s: got %s, want %s", c.ID, due.AddDays(1), c.DeemedEffective)
		}
		if !c.LastDay.IsZero() {
			plain := c.period()
			plain.Roll = false
			if got := mustDue(t, plain, c.Start); got != c.LastDay {
				t.Errorf("%s without rolling: got %s, want %s", c.ID, got, c.LastDay)
			}
		}
	}
	for _, id := range []string{"K1", "K2", "K3", "K4", "K6", "K7", "K8"} {
		if !checked[id] {
			t.Errorf("got no vector %s, want one", id)
		}
	}
}

func TestVectorsOfPublicationPeriods(t *testing.T) {
	months := map[string][2]int{"minor": {0, 3}, "ordinary": {3, 12}, "serious": {12, 36}}
	for _, c := range readVectors(t).PublicationPeriod.Cases {
		for i, want := range []calendar.Day{c.MinUntil, c.MaxUntil} {
			got := mustDue(t, calendar.Period{N: months[c.Tier][i], Unit: calendar.Months}, c.PublishedOn)
			if !want.IsZero() && got != want {
				t.Errorf("%s from %s: got %s, want %s", c.Tier, c.PublishedOn, got, want)
			}
		}
	}
}

func TestPeriodsEndOnTheirLastDay(t *testing.T) {
	for _, c := range []struct{ period, start, want string }{
		{"0 days", "2021-07-07", "2021-07-07"},
		{"0 working_days", "2021-10-01", "2021-10-01"},
		{"0 months", "2021-07-07", "2021-07-07"},
		{"0 days roll", "2021-10-01", "2021-10-08"},
		{"1 days", "2023-12-31", "2024-01-01"},
		{"1 months", "2024-01-31", "2024-02-29"},
		{"1 years", "2024-02-29", "2025-02-28"},
		{"4 years", "2024-02-29", "2028-02-29"},
		{"3 months roll", "2025-11-30", "2026-02-28"},
		{"2 months roll", "2026-01-15", "2026-03-16"},
		{"5 working_days roll", "2024-05-08", "2024-05-14"},
		{"30 days", "2030-01-01", "2030-01-31"},
		{"200 years", "2000-12-31", "2200-12-31"},
		{"1 days", "2200-12-30", "2200-12-31"},
	} {
		p, err := calendar.ParsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		if got := mustDue(t, p, day(t, c.start)); got.String() != c.want {
			t.Errorf("%s from %s: got %s, want %s", c.period, c.start, got, c.want)
		}
	}
}

func TestPeriodsBeyondTheLastDayAreRefused(t *testing.T) {
	cal := calendar.Default()
	for _, p := range []calendar.Period{
		{N: 1, Unit: calendar.Days}, {N: 1, Unit: calendar.Months}, {N: 1, Unit: calendar.Years}, {N: 36500, Unit: calendar.Years},
	} {
		if got, err := p.Due(cal, calendar.Date(2200, 12, 31)); fieldCode(t, err) != "date_range" {
			t.Errorf("%s: got %s, want a refusal", p, got)
		}
	}
	pause := []calendar.Interval{{Suspended: calendar.Date(2200, 12, 30), Resumed: calendar.Date(2200, 12, 31)}}
	if got, err := (calendar.Period{N: 2, Unit: calendar.Days}).DueWithPauses(cal, calendar.Date(2200, 12, 29), pause); fieldCode(t, err) != "date_range" {
		t.Errorf("got %s, want a refusal", got)
	}
}

func TestDaysOfAPauseAreNotCounted(t *testing.T) {
	type pause = [2]string
	for _, c := range []struct {
		name, period, start string
		pauses              []pause
		want                string
	}{
		{"none", "10 days", "2021-07-01", nil, "2021-07-11"},
		{"the day of suspension to the day before resumption", "10 days", "2021-07-01", []pause{{"2021-07-05", "2021-07-08"}}, "2021-07-14"},
		{"an empty pause", "10 days", "2021-07-01", []pause{{"2021-07-05", "2021-07-05"}}, "2021-07-11"},
		{"a pause after the last day", "10 days", "2021-07-01", []pause{{"2021-07-12", "2021-07-20"}}, "2021-07-11"},
		{"an open pause after the last day", "10 days", "2021-07-01", []pause{{"2021-07-12", ""}}, "2021-07-11"},
		{"a pause on the last day", "10 days", "2021-07-01", []pause{{"2021-07-11", "2021-07-20"}}, "2021-07-20"},
		{"a pause reached only because of another", "10 days", "2021-07-01", []pause{{"2021-07-12", "2021-07-14"}, {"2021-07-05", "2021-07-08"}}, "2021-07-16"},
		{"overlapping pauses count once", "10 days", "2021-07-01", []pause{{"2021-07-05", "2021-07-08"}, {"2021-07-06", "2021-07-10"}, {"2021-07-06", "2021-07-07"}}, "2021-07-16"},
		{"a pause over the start day", "10 days", "2021-07-01", []pause{{"2021-06-01", "2021-07-03"}}, "2021-07-12"},
		{"a pause before the start day", "10 days", "2021-07-01", []pause{{"2021-06-01", "2021-06-03"}}, "2021-07-11"},
		{"working days", "5 working_days", "2021-09-27", []pause{{"2021-09-29", "2021-10-09"}}, "2021-10-13"},
		{"working days resumed on a rest day", "1 working_days", "2021-09-27", []pause{{"2021-09-28", "2021-10-02"}}, "2021-10-08"},
		{"months", "1 months", "2021-01-31", []pause{{"2021-02-10", "2021-02-20"}}, "2021-03-10"},
		{"rolled after the pause", "2 days roll", "2021-09-27", []pause{{"2021-09-29", "2021-10-02"}}, "2021-10-08"},
		{"rolled past a pause", "2 days roll", "2021-09-30", []pause{{"2021-10-08", "2021-10-12"}}, "2021-10-12"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := calendar.ParsePeriod(c.period)
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.DueWithPauses(calendar.Default(), day(t, c.start), intervals(t, c.pauses...))
			if err != nil || got.String() != c.want {
				t.Fatalf("got %s %v, want %s", got, err, c.want)
			}
		})
	}
}

func TestAPausedPeriodHasNoLastDay(t *testing.T) {
	open := intervals(t, [2]string{"2021-07-05", ""})
	for _, p := range []calendar.Period{
		{N: 10, Unit: calendar.Days}, {N: 1, Unit: calendar.Months}, {N: 10, Unit: calendar.WorkingDays},
		{N: 3, Unit: calendar.Days, Roll: true}, // ends on Sunday 2021-07-04
	} {
		got, err := p.DueWithPauses(calendar.Default(), calendar.Date(2021, 7, 1), open)
		if !errors.Is(err, calendar.ErrPaused) || errors.Is(err, calendar.ErrYearNotPublished) {
			t.Errorf("%s: got %s %v, want ErrPaused", p, got, err)
		}
	}
}

func TestPausesThatCannotBeAreRefused(t *testing.T) {
	for _, i := range []calendar.Interval{
		{}, {Resumed: calendar.Date(2021, 7, 5)}, {Suspended: calendar.Date(2021, 7, 5), Resumed: calendar.Date(2021, 7, 4)},
	} {
		_, err := calendar.Period{N: 1, Unit: calendar.Days}.DueWithPauses(calendar.Default(), calendar.Date(2021, 7, 1), []calendar.Interval{i})
		if fieldCode(t, err) != "pause" {
			t.Errorf("got %v, want a refusal", err)
		}
	}
}

func TestTheTextOfAPeriodIsReadBack(t *testing.T) {
	for _, s := range []string{"5 working_days", "60 days roll", "0 months", "36500 days", "3 years", "5 working_days roll"} {
		p, err := calendar.ParsePeriod(s)
		if err != nil || p.String() != s || p.IsZero() {
			t.Errorf("got %q %v, want %q", p, err, s)
		}
	}
}

func TestTextsThatAreNoPeriodAreRefused(t *testing.T) {
	for s, code := range map[string]string{
		"": "period", "5": "period", "days": "period", "5 day": "period", "5  days": "period", " 5 days": "period", "5 days ": "period",
		"05 days": "period", "+5 days": "period", "5.0 days": "period", "５ days": "period", "5 days rolls": "period", "5 roll": "period",
		"5 days roll roll": "period", "5 weeks": "period", "99999999999999999999 days": "period", "-0 days": "period",
		"-1 days": "period_length", "36501 days": "period_length",
	} {
		p, err := calendar.ParsePeriod(s)
		if got := fieldCode(t, err); got != code || !p.IsZero() {
			t.Errorf("%q: got %s %s, want %s", s, p, got, code)
		}
	}
}

func TestAPeriodThatCannotBeHasNoLastDayAndNoText(t *testing.T) {
	for _, p := range []calendar.Period{{}, {N: 5}, {N: 5, Unit: "weeks"}, {N: -1, Unit: calendar.Days}, {N: 36501, Unit: calendar.Days}} {
		if got, err := p.Due(calendar.Default(), calendar.Date(2021, 7, 7)); err == nil {
			t.Errorf("%+v: got %s, want a refusal", p, got)
		}
		if got, err := p.MarshalText(); err == nil {
			t.Errorf("%+v: got %q, want a refusal", p, got)
		}
	}
	if got := (calendar.Period{}).String(); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
}

func TestJSONOfAPeriodIsItsText(t *testing.T) {
	type parameters struct {
		Clock calendar.Period `json:"clock"`
		Other calendar.Period `json:"other,omitzero"`
	}
	v := parameters{Clock: calendar.Period{N: 60, Unit: calendar.Days, Roll: true}}
	data, err := json.Marshal(v)
	if want := `{"clock":"60 days roll"}`; err != nil || string(data) != want {
		t.Fatalf("got %s %v, want %s", data, err, want)
	}
	var again parameters
	if err := json.Unmarshal(data, &again); err != nil || again != v {
		t.Fatalf("got %+v %v, want %+v", again, err, v)
	}
	if err := json.Unmarshal([]byte(`{"clock":"60"}`), &again); err == nil {
		t.Fatal("got no refusal, want one")
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"5 working_days", "60 days roll", "3 months", "0 years", "", "roll", " roll", "5", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := calendar.ParsePeriod(s)
		if err != nil {
			return
		}
		if p.String() != s {
			t.Fatalf("got %q, want %q", p, s)
		}
		p.Due(calendar.Default(), calendar.Date(2021, 7, 7))
	})
}

func FuzzDueWithPauses(f *testing.F) {
	f.Add(10, uint8(1), 4, 3, 11, 2)
	f.Add(1, uint8(2), 0, 400, 30, 0)
	f.Fuzz(func(t *testing.T, n int, unit uint8, from1, len1, from2, len2 int) {
		units := []calendar.Unit{calendar.WorkingDays, calendar.Days, calendar.Months, calendar.Years}
		start := calendar.Date(2021, 7, 1)
		p := calendar.Period{N: n, Unit: units[int(unit)%len(units)]}
		pauses := []calendar.Interval{
			{Suspended: start.AddDays(from1), Resumed: start.AddDays(from1).AddDays(max(len1, 0))},
			{Suspended: start.AddDays(from2), Resumed: start.AddDays(from2).AddDays(max(len2, 0))},
		}
		plain, err := p.Due(calendar.Default(), start)
		if err != nil {
			return
		}
		paused, err := p.DueWithPauses(calendar.Default(), start, pauses)
		if err != nil {
			return
		}
		if paused < plain {
			t.Fatalf("got %s with pauses, want not before %s", paused, plain)
		}
		for _, i := range pauses {
			if paused > start && paused >= i.Suspended && paused < i.Resumed {
				t.Fatalf("got %s within a pause, want it outside", paused)
			}
		}
	})
}

func mustDue(t *testing.T, p calendar.Period, start calendar.Day) calendar.Day {
	t.Helper()
	due, err := p.Due(calendar.Default(), start)
	if err != nil {
		t.Fatalf("%s from %s: %v", p, start, err)
	}
	return due
}

func intervals(t *testing.T, pairs ...[2]string) []calendar.Interval {
	t.Helper()
	var out []calendar.Interval
	for _, p := range pairs {
		i := calendar.Interval{Suspended: day(t, p[0])}
		if p[1] != "" {
			i.Resumed = day(t, p[1])
		}
		out = append(out, i)
	}
	return out
}
