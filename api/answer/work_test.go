package answer_test

import (
	"fmt"
	"testing"

	"minglu/api/answer"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/dispute"
	"minglu/domain/figure"
	"minglu/domain/penalty"
	"minglu/domain/term"
	"minglu/projections"
)

func TestPersonsAreLettered(t *testing.T) {
	var s dispute.State
	for n := range 27 + 26*26 {
		s.Claims = append(s.Claims, dispute.Claim{Number: n + 1, Person: fmt.Sprint(n)})
	}
	s.Claims = append(s.Claims, dispute.Claim{Number: len(s.Claims) + 1, Person: "1"})
	claims := answer.DisputeOf(s, answer.Piece{}, answer.For{}).Claims
	for n, want := range map[int]answer.Maybe{0: "债权人 A", 25: "债权人 Z", 26: "债权人 AA", 27: "债权人 AB", 26 + 26*26: "债权人 AAA", len(claims) - 1: "债权人 B"} {
		if got := claims[n].Claimant.ShownAs; got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}

func TestAClockStandsAsTheListOfClocksSays(t *testing.T) {
	today := calendar.Date(2026, 11, 22)
	paused := []calendar.Interval{{Suspended: today - 1}}
	for name, c := range map[string]struct {
		clock clock.Clock
		want  projections.DueState
	}{
		"its day has passed":             {clock.Clock{Key: term.RectificationDue, Due: today - 1}, projections.DueLate},
		"its day has passed, of a right": {clock.Clock{Key: term.HearingRequest, Due: today - 1}, projections.DueLapsed},
		"its day is today":               {clock.Clock{Key: term.RectificationDue, Due: today}, projections.DueToday},
		"its day is tomorrow":            {clock.Clock{Key: term.RectificationDue, Due: today + 1}, projections.DueWeek},
		"its day is in a week":           {clock.Clock{Key: term.RectificationDue, Due: today + 7}, projections.DueWeek},
		"its day is later":               {clock.Clock{Key: term.RectificationDue, Due: today + 8}, projections.DueLater},
		"it stands still":                {clock.Clock{Key: term.ReportCheck, Pauses: paused}, projections.DuePaused},
		"it lacks a calendar":            {clock.Clock{Key: term.ReportCheck, Awaits: 2027}, projections.DueAwaiting},
		"it was ended":                   {clock.Clock{Key: term.ReportCheck, Due: today - 9, Ended: today - 10}, answer.ClockEnded},
	} {
		got := answer.WorkClocksOf([]clock.Clock{c.clock}, answer.For{AsOf: today})[0]
		if got.State != c.want {
			t.Errorf("%s: got %s, want %s", name, got.State, c.want)
		}
		if (got.Awaits != nil) != (c.want == projections.DueAwaiting) || got.PausedSince.IsZero() == (c.want == projections.DuePaused) {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestARowCountsLateClocksAndNamesTheNextDay(t *testing.T) {
	today := calendar.Date(2026, 11, 22)
	clocks := []clock.Clock{
		{Key: term.RectificationDue, Due: today - 3}, {Key: term.RectificationCheck, Due: today - 1}, {Key: term.TaskDue, Due: today + 9}, {Key: term.TaskDue, Due: today + 2},
		{Key: term.HearingRequest, Due: today - 5}, {Key: term.TaskDue, Due: today + 1, Ended: today - 1}, {Key: term.TaskDue, Due: today - 8, Ended: today},
	}
	if got := answer.WorkRowOf(projections.WorkHead{}, clocks, nil, answer.For{AsOf: today}); *got.Late != 2 || got.NextDue.Day != today+2 {
		t.Errorf("got %d late and %s, want 2 and %s", *got.Late, got.NextDue, today+2)
	}
	if got := answer.WorkRowOf(projections.WorkHead{}, clocks[:2], nil, answer.For{AsOf: today}); *got.Late != 2 || !got.NextDue.IsZero() {
		t.Errorf("got %d late and %s, want no next day", *got.Late, got.NextDue)
	}
}

func TestACountThatIsNotKnownHasNoNumber(t *testing.T) {
	if got := answer.CountOf(figure.Count{Unit: term.Institutions, Precision: term.UnknownCount}); got.N != nil || got.Unit != term.Institutions {
		t.Errorf("got %+v", got)
	}
	if got := answer.CountOf(figure.Count{N: 30, Unit: term.Visits, Precision: term.AtLeast}); *got.N != 30 || got.Precision != term.AtLeast {
		t.Errorf("got %+v", got)
	}
	if got := answer.DisputeOf(dispute.State{}, answer.Piece{}, answer.For{}).Meetings; *got.N != 0 || got.Unit != term.Meetings || got.Precision != term.Exact {
		t.Errorf("got %+v", got)
	}
}

// TestLimitsOfPublicationAreThoseOfToday asks for the publication of a penalty on
// days around its limits.
func TestLimitsOfPublicationAreThoseOfToday(t *testing.T) {
	from, until := calendar.Date(2026, 6, 20), calendar.Date(2026, 9, 19)
	plain := penalty.Publication{From: from, MaxUntil: until}
	withdrawn := plain
	withdrawn.Withdrawn = from + 10
	never := plain
	never.Withdrawn = from - 1
	again := penalty.Publication{From: from + 20, MaxUntil: until}
	for name, c := range map[string]struct {
		list  []penalty.Publication
		today calendar.Day
		state answer.PublicationState // empty: nothing was shown
	}{
		"the day before":               {[]penalty.Publication{plain}, from - 1, ""},
		"the first day":                {[]penalty.Publication{plain}, from, answer.PublicationShown},
		"the last day":                 {[]penalty.Publication{plain}, until, answer.PublicationShown},
		"the day after":                {[]penalty.Publication{plain}, until + 1, answer.PublicationEnded},
		"the day before it is taken":   {[]penalty.Publication{withdrawn}, from + 9, answer.PublicationShown},
		"the day on which it is taken": {[]penalty.Publication{withdrawn}, from + 10, answer.PublicationWithdrawn},
		"taken, and long over":         {[]penalty.Publication{withdrawn}, until + 100, answer.PublicationWithdrawn},
		"taken before it began":        {[]penalty.Publication{never}, from + 5, ""},
		"taken, and to be shown again": {[]penalty.Publication{withdrawn, again}, from + 15, answer.PublicationWithdrawn},
		"taken, and shown again":       {[]penalty.Publication{withdrawn, again}, from + 25, answer.PublicationShown},
		"nothing was published":        {nil, from + 5, ""},
	} {
		state, _, ok := answer.PenaltyPublicity(penalty.State{Publications: c.list}, c.today)
		if ok != (c.state != "") || state != c.state {
			t.Errorf("%s: got %q %v, want %q", name, state, ok, c.state)
		}
	}
}
