package calendar_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
)

func TestEveryDayAgreesWithTheStandardLibrary(t *testing.T) {
	first, last := calendar.Date(1900, 1, 1), calendar.Date(2200, 12, 31)
	when := time.Date(1900, 1, 1, 0, 0, 0, 0, calendar.Beijing)
	for d := first; d <= last; d++ {
		y, m, n := when.Date()
		if d.Year() != y || d.Month() != m || d.Day() != n || d.Weekday() != when.Weekday() || calendar.Date(y, m, n) != d {
			t.Fatalf("got %s %s, want %s", d, d.Weekday(), when.Format("2006-01-02 Monday"))
		}
		when = when.AddDate(0, 0, 1)
	}
}

func TestADayIsWrittenAndReadAsISO(t *testing.T) {
	for _, s := range []string{"1900-01-01", "2021-07-07", "2024-02-29", "2000-02-29", "2200-12-31"} {
		d, err := calendar.ParseDay(s)
		if err != nil || d.String() != s {
			t.Errorf("got %q %v, want %q", d, err, s)
		}
	}
}

func TestWhatIsNoDayIsRefused(t *testing.T) {
	for s, code := range map[string]string{
		"":            "date_form",
		"2021-7-7":    "date_form",
		"2021/07/07":  "date_form",
		"20210707":    "date_form",
		"2021-07-0７":  "date_form",
		"2021-07-07 ": "date_form", "+021-07-07": "date_form", "2021-07-7x": "date_form", "2021-07-07T00:00:00Z": "date_form",
		"2021-02-29": "date_impossible", "1900-02-29": "date_impossible", "2021-04-31": "date_impossible",
		"2021-00-10": "date_impossible", "2021-13-10": "date_impossible", "2021-10-00": "date_impossible", "2021-10-32": "date_impossible",
		"1899-12-31": "date_range", "2201-01-01": "date_range", "0000-01-01": "date_range",
	} {
		d, err := calendar.ParseDay(s)
		if d != 0 || fieldCode(t, err) != code {
			t.Errorf("%q: got %s %v, want %s", s, d, err, code)
		}
	}
}

func TestDateOfNoSuchDayIsNoDay(t *testing.T) {
	for _, d := range []calendar.Day{
		calendar.Date(2021, 2, 29), calendar.Date(2021, 0, 1), calendar.Date(2021, 13, 1), calendar.Date(2021, 1, 0),
		calendar.Date(2021, 1, 32), calendar.Date(1899, 12, 31), calendar.Date(2201, 1, 1), calendar.Date(0, 0, 0),
	} {
		if !d.IsZero() {
			t.Errorf("got %s, want no day", d)
		}
	}
}

func TestNoDayStaysNoDay(t *testing.T) {
	var d calendar.Day
	if d.String() != "" || d.Year() != 0 || d.Month() != 0 || d.Day() != 0 || !d.Time().IsZero() || !d.End().IsZero() ||
		d.AddDays(1) != 0 || d.AddMonths(1) != 0 || !d.IsZero() {
		t.Fatalf("got %v, want no day throughout", d)
	}
}

func TestJSONOfADayIsItsTextOrLeftOut(t *testing.T) {
	type act struct {
		From calendar.Day            `json:"from"`
		To   calendar.Day            `json:"to,omitzero"`
		Also calendar.Day            `json:"also,omitempty"`
		Of   map[calendar.Day]string `json:"of,omitempty"`
	}
	v := act{From: calendar.Date(2021, 7, 7), Of: map[calendar.Day]string{calendar.Date(2024, 2, 29): "x"}}
	data, err := json.Marshal(v)
	const want = `{"from":"2021-07-07","of":{"2024-02-29":"x"}}`
	if err != nil || string(data) != want {
		t.Fatalf("got %s %v, want %s", data, err, want)
	}
	var again act
	if err := json.Unmarshal(data, &again); err != nil || again.From != v.From || again.To != 0 || len(again.Of) != 1 {
		t.Fatalf("got %+v %v, want %+v", again, err, v)
	}
	for _, text := range []string{`{"from":""}`, `{"from":"2021-7-7"}`, `{"from":20210707}`} {
		if err := json.Unmarshal([]byte(text), &again); err == nil {
			t.Errorf("%s: got %s, want a refusal", text, again.From)
		}
	}
	for _, d := range []calendar.Day{0, -1, 1, 1 << 30} {
		if _, err := json.Marshal(act{From: d}); err == nil {
			t.Errorf("got %d written, want an error", int32(d))
		}
	}
}

func TestAnInstantLiesInItsBeijingDay(t *testing.T) {
	for _, c := range []struct {
		instant string
		want    string
	}{
		{"2021-07-06T15:59:59.999999999Z", "2021-07-06"},
		{"2021-07-06T16:00:00Z", "2021-07-07"},
		{"2021-12-31T23:59:59+08:00", "2021-12-31"},
		{"2021-12-31T23:59:59-05:00", "2022-01-01"},
		{"1899-12-31T16:00:00Z", "1900-01-01"},
		{"1899-12-31T15:59:59Z", ""},
		{"2200-12-31T16:00:00Z", ""},
	} {
		instant, err := time.Parse(time.RFC3339Nano, c.instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.DayOf(instant).String(); got != c.want {
			t.Errorf("%s: got %q, want %q", c.instant, got, c.want)
		}
	}
	if got := calendar.DayOf(time.Time{}); got != 0 {
		t.Errorf("got %s, want no day", got)
	}
}

func TestADayBeginsAndEndsAtMidnightInBeijing(t *testing.T) {
	d := calendar.Date(2021, 12, 31)
	if got, want := d.Time().UTC().Format(time.RFC3339), "2021-12-30T16:00:00Z"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := d.End().UTC().Format(time.RFC3339), "2021-12-31T16:00:00Z"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := calendar.DayOf(d.Time()); got != d {
		t.Errorf("got %s, want %s", got, d)
	}
}

func TestMonthsEndOnTheSameNumberOrTheLastDay(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2021-01-31", 1, "2021-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"},
		{"2026-11-30", 3, "2027-02-28"}, {"2021-08-31", 1, "2021-09-30"}, {"2021-12-31", 1, "2022-01-31"}, {"2021-12-15", 13, "2023-01-15"},
		{"2021-03-31", -1, "2021-02-28"}, {"2021-01-15", -1, "2020-12-15"}, {"2021-01-15", -13, "2019-12-15"}, {"2021-01-15", 0, "2021-01-15"},
		{"2200-12-01", 1, "2200-12-31"}, {"1900-01-31", -1, "1900-01-01"}, {"2021-01-01", 1 << 40, "2200-12-31"}, {"2021-01-01", -1 << 40, "1900-01-01"},
	} {
		if got := day(t, c.from).AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s and %d months: got %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestDaysCrossMonthsAndYearsAndStopAtTheEnds(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2021-12-31", 1, "2022-01-01"}, {"2024-02-28", 1, "2024-02-29"}, {"2023-02-28", 1, "2023-03-01"}, {"2022-01-01", -1, "2021-12-31"},
		{"2024-03-05", 90, "2024-06-03"}, {"2021-01-01", 0, "2021-01-01"},
		{"2200-12-31", 1, "2200-12-31"}, {"1900-01-01", -1, "1900-01-01"}, {"2021-01-01", 1 << 40, "2200-12-31"}, {"2021-01-01", -1 << 40, "1900-01-01"},
	} {
		if got := day(t, c.from).AddDays(c.n).String(); got != c.want {
			t.Errorf("%s and %d days: got %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2021-07-07", "2024-02-29", "2021-02-29", "", "9999-99-99", "２０２１-07", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseDay(s)
		if err != nil {
			if d != 0 {
				t.Fatalf("got %s with %v, want no day", d, err)
			}
			return
		}
		if d.String() != s {
			t.Fatalf("got %q, want %q", d, s)
		}
	})
}

func day(t *testing.T, s string) calendar.Day {
	t.Helper()
	d, err := calendar.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// fieldCode returns the code of the only field of a refusal.
func fieldCode(t *testing.T, err error) string {
	t.Helper()
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Code != domain.Invalid || len(e.Fields) != 1 || e.Text.ZH == "" || e.Text.EN == "" || strings.Contains(e.Text.ZH+e.Text.EN, "%!") {
		t.Fatalf("got %#v, want a refusal with one field in both languages", err)
	}
	return e.Fields[0].Code
}
