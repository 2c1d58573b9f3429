package rule_test

import (
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func TestFreeTextIsWarnedOfWithoutBeingRepeated(t *testing.T) {
	for text, want := range map[string][]string{
		"已退费，双方无异议":                               nil,
		"请联系13800138000，卡号4111111111111111":       {"mobile", "bank_card"},
		"固话0877-7011234；身份证11010519491231002X":    {"landline", "identity_card"},
		"代码91110000600037341L，教民153042770000001号": nil,
	} {
		got := rule.PersonalTraces("/body/reason", text)
		if len(got) != len(want) {
			t.Errorf("%s: got %+v, want %v", text, got, want)
			continue
		}
		for i, f := range got {
			if f.Code != want[i] || f.Pointer != "/body/reason" || f.Message.ZH == "" || f.Message.EN == "" || strings.ContainsAny(f.Message.ZH+f.Message.EN, "0123456789") {
				t.Errorf("%s: got %+v, want %s without the number", text, f, want[i])
			}
		}
	}
}

func TestTheLastDayOfARunningClock(t *testing.T) {
	l, check := lawWith(), calendar.Period{N: 15, Unit: calendar.WorkingDays}
	for name, c := range map[string]struct {
		clock clock.Clock
		want  string
		by    domain.Rule
	}{
		"as it was worked out":         {clock.Clock{Due: day("2024-05-28")}, "2024-05-28", domain.Rule{}},
		"once the calendar is there":   {clock.Clock{From: day("2024-05-08"), Period: check, Awaits: 2024}, "2024-05-28", domain.Rule{}},
		"with its pauses":              {clock.Clock{From: day("2024-05-08"), Period: check, Pauses: []calendar.Interval{{Suspended: day("2024-05-13"), Resumed: day("2024-05-14")}}}, "2024-05-29", domain.Rule{}},
		"not guessed":                  {clock.Clock{From: day("2026-12-25"), Period: check, Awaits: 2027}, "", calendar.PublishedRule},
		"not of one that stands still": {clock.Clock{From: day("2024-05-08"), Period: check, Pauses: []calendar.Interval{{Suspended: day("2024-05-13")}}}, "", calendar.PausedRule},
	} {
		got, err := l.LastDay(c.clock)
		outcome(t, err, c.by, "")
		if got.String() != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestAClockThatIsResumedKeepsItsExtension(t *testing.T) {
	paused := clock.Clock{Key: term.ReportCheck, From: day("2024-05-08"), Period: calendar.Period{N: 15, Unit: calendar.WorkingDays}, Pauses: []calendar.Interval{{Suspended: day("2024-05-27")}}}
	longer := paused
	longer.Extended = day("2024-05-20")
	for name, c := range map[string]struct {
		clock   clock.Clock
		was     string
		resumed string
		want    string
		awaits  int
	}{
		"without an extension":               {paused, "2024-05-28", "2024-06-03", "2024-06-04", 0},
		"with one":                           {longer, "2024-06-19", "2024-06-03", "2024-06-26", 0},
		"on the day of its suspension":       {longer, "2024-06-19", "2024-05-27", "2024-06-19", 0},
		"extended, its last day not noted":   {longer, "", "2024-06-03", "2024-06-04", 0},
		"extended, into a year not in print": {longer, "2024-06-19", "2026-12-21", "", 2027},
		"when its time was over":             {longer, "2024-05-24", "2024-06-03", "2024-06-03", 0},
	} {
		c.clock.Was = day(c.was)
		due, awaits, err := lawWith().Again(c.clock, day(c.resumed))
		if err != nil || due.String() != c.want || awaits != c.awaits {
			t.Errorf("%s: got %s, %d, %v, want %s, %d", name, due, awaits, err, c.want, c.awaits)
		}
	}
}

func TestTheFirstClocksOfAGrievance(t *testing.T) {
	for n, want := range map[term.Nature]term.Clock{term.Complaint: term.ComplaintAccept, term.Report: term.ReportCheck, term.Petition: term.PetitionRegister} {
		if got := rule.FirstClocks(n); len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %v, want %s", n, got, want)
		}
	}
	if got := rule.FirstClocks(term.Mixed); got != nil {
		t.Errorf("got %v, want none for what is split", got)
	}
}
