package rule_test

import (
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func kinds(k ...term.PenaltyKind) rule.Sanction { return rule.Sanction{Kinds: k} }

func fined(fen money.Fen) rule.Sanction {
	return rule.Sanction{Kinds: []term.PenaltyKind{term.Fine}, FineFen: fen}
}

func TestASanctionAgreesWithItself(t *testing.T) {
	for name, c := range map[string]struct {
		sanction rule.Sanction
		pointer  string // at fault; empty: accepted
	}{
		"a warning":                        {kinds(term.WarningPenalty), ""},
		"nothing":                          {rule.Sanction{}, "/p/kinds"},
		"a kind twice":                     {kinds(term.WarningPenalty, term.Criticism, term.WarningPenalty), "/p/kinds"},
		"a fine":                           {fined(1), ""},
		"a fine of nothing":                {fined(0), "/p/fine_fen"},
		"a fine below nothing":             {fined(-1), "/p/fine_fen"},
		"an amount without a fine":         {rule.Sanction{Kinds: kinds(term.WarningPenalty).Kinds, FineFen: 1}, "/p/fine_fen"},
		"goods without an amount":          {kinds(term.ConfiscateGoods), ""},
		"income without an amount":         {kinds(term.ConfiscateIncome), "/p/confiscated_fen"},
		"income with one":                  {rule.Sanction{Kinds: kinds(term.ConfiscateIncome).Kinds, ConfiscatedFen: 1}, ""},
		"a confiscation without a kind":    {rule.Sanction{Kinds: kinds(term.WarningPenalty).Kinds, ConfiscatedFen: 1}, "/p/confiscated_fen"},
		"a confiscation below nothing":     {rule.Sanction{Kinds: kinds(term.ConfiscateGoods).Kinds, ConfiscatedFen: -1}, "/p/confiscated_fen"},
		"a refund below nothing":           {rule.Sanction{Kinds: kinds(term.WarningPenalty).Kinds, RefundFen: -1}, "/p/refund_ordered_fen"},
		"a bar of five years":              {rule.Sanction{Kinds: kinds(term.PracticeBar).Kinds, BarYears: 5}, ""},
		"a bar of six years":               {rule.Sanction{Kinds: kinds(term.PracticeBar).Kinds, BarYears: 6}, "/p/bar_years"},
		"a bar of less than a year":        {rule.Sanction{Kinds: kinds(term.PracticeBar).Kinds, BarYears: -1}, "/p/bar_years"},
		"a bar for life":                   {rule.Sanction{Kinds: kinds(term.PracticeBar).Kinds, BarForLife: true}, ""},
		"a bar for life and for some time": {rule.Sanction{Kinds: kinds(term.PracticeBar).Kinds, BarYears: 1, BarForLife: true}, "/p/bar_years"},
		"a bar without a term":             {kinds(term.PracticeBar), "/p/bar_years"},
		"a term without a bar":             {rule.Sanction{Kinds: kinds(term.WarningPenalty).Kinds, BarYears: 1}, "/p/bar_years"},
	} {
		t.Run(name, func(t *testing.T) {
			want := rule.PenaltyMeasures
			if c.pointer == "" {
				want = domain.Rule{}
			}
			outcome(t, c.sanction.Check("/p"), want, c.pointer)
		})
	}
}

func TestASanctionStaysWithinItsBound(t *testing.T) {
	bar := func(years int, life bool) rule.Sanction {
		return rule.Sanction{Kinds: kinds(term.PracticeBar).Kinds, BarYears: years, BarForLife: life}
	}
	income := func(fen money.Fen) rule.Sanction {
		return rule.Sanction{Kinds: kinds(term.ConfiscateIncome).Kinds, ConfiscatedFen: fen}
	}
	for name, c := range map[string]struct {
		sanction, bound rule.Sanction
		pointer         string // at fault; empty: within
	}{
		"the same":                                  {fined(5), fined(5), ""},
		"a smaller fine":                            {fined(4), fined(5), ""},
		"a larger fine":                             {fined(6), fined(5), "/p/fine_fen"},
		"a warning instead of a fine":               {kinds(term.WarningPenalty), fined(5), ""},
		"criticism instead of a warning":            {kinds(term.Criticism), kinds(term.WarningPenalty), "/p/kinds/0"},
		"another kind":                              {kinds(term.StopEnrolment), kinds(term.RevokeLicencePenalty), "/p/kinds/0"},
		"a larger confiscation":                     {income(2), income(1), "/p/confiscated_fen"},
		"a longer bar":                              {bar(3, false), bar(2, false), "/p/bar_years"},
		"a shorter bar":                             {bar(1, false), bar(2, false), ""},
		"a bar for life":                            {bar(0, true), bar(5, false), "/p/bar_years"},
		"a bar of years instead of for life":        {bar(5, false), bar(0, true), ""},
		"a refund is no penalty and is not bounded": {rule.Sanction{Kinds: kinds(term.WarningPenalty).Kinds, RefundFen: 9}, kinds(term.WarningPenalty), ""},
	} {
		t.Run(name, func(t *testing.T) {
			want := rule.NoHeavierPenalty
			if c.pointer == "" {
				want = domain.Rule{}
			}
			outcome(t, c.sanction.Within(c.bound, rule.NoHeavierPenalty, "/p"), want, c.pointer)
		})
	}
}

func TestTheTierIsThatOfTheHeaviestKind(t *testing.T) {
	for want, list := range map[term.Tier][]term.PenaltyKind{
		term.Minor:    {term.WarningPenalty, term.Criticism},
		term.Ordinary: {term.Fine, term.ConfiscateIncome, term.ConfiscateGoods, term.StopEnrolment, term.OtherPenalty},
		term.Serious:  {term.StopOperation, term.RevokeLicencePenalty, term.PracticeBar},
	} {
		for _, k := range list {
			if got := kinds(term.WarningPenalty, k).Tier(); got != want {
				t.Errorf("%s: got %s, want %s", k, got, want)
			}
		}
	}
}

func TestWhenAHearingMustBeOffered(t *testing.T) {
	l := lawWith("penalty.large_fine_fen", "1000")
	for name, c := range map[string]struct {
		sanction rule.Sanction
		want     bool
	}{
		"a fine that is not large": {fined(999), false},
		"a large fine":             {fined(1000), true},
		"a large confiscation":     {rule.Sanction{Kinds: kinds(term.ConfiscateIncome).Kinds, ConfiscatedFen: 1000}, true},
		"a revocation":             {kinds(term.RevokeLicencePenalty), true},
		"a stop of operation":      {kinds(term.StopOperation), true},
		"a practice bar":           {kinds(term.PracticeBar), true},
		"a stop of enrolment":      {kinds(term.StopEnrolment), false},
		"a warning":                {kinds(term.WarningPenalty), false},
	} {
		if got := l.HearingDue(c.sanction); got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	if lawWith("penalty.large_fine_fen", "0").HearingDue(kinds(term.WarningPenalty)) {
		t.Error("a warning is a fine of nothing")
	}
}

func TestASurchargeIsRoundedDownAndNeverMoreThanTheFine(t *testing.T) {
	for _, c := range []struct {
		fine money.Fen
		days int
		want money.Fen
	}{
		{0, 5, 0}, {-5, 5, 0}, {100, 0, 0}, {100, -1, 0}, {1, 1, 0}, {33, 1, 0}, {34, 1, 1}, {99, 33, 98}, {99, 34, 99}, {1<<62 + 1, 33, 4565569158243114025}, {1 << 62, 1000, 1 << 62},
	} {
		if got := rule.Surcharge(c.fine, c.days); got != c.want {
			t.Errorf("%d fen, %d days: got %d, want %d", c.fine, c.days, got, c.want)
		}
	}
}

func TestDaysOfARemedyAreNotLate(t *testing.T) {
	at := func(from, to string) calendar.Interval {
		return calendar.Interval{Suspended: day(from), Resumed: day(to)}
	}
	for name, c := range map[string]struct {
		on       string
		remedies []calendar.Interval
		want     int
	}{
		"on the last day":              {"2023-12-31", nil, 0},
		"before it":                    {"2023-12-01", nil, 0},
		"over the end of the year":     {"2024-01-02", nil, 2},
		"the day of the filing is not": {"2024-01-10", []calendar.Interval{at("2024-01-03", "")}, 2},
		"that of the outcome is":       {"2024-01-10", []calendar.Interval{at("2024-01-03", "2024-01-10")}, 3},
		"one before the last day":      {"2024-01-02", []calendar.Interval{at("2023-12-01", "2023-12-31")}, 2},
		"two that overlap":             {"2024-01-10", []calendar.Interval{at("2024-01-03", "2024-01-06"), at("2024-01-05", "2024-01-09")}, 4},
	} {
		if got := rule.DaysLate(day("2023-12-31"), day(c.on), c.remedies); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}

func TestLimitationOfPenalties(t *testing.T) {
	for name, c := range map[string]struct {
		ended, discovered string
		harm              bool
		by                domain.Rule
	}{
		"on the last day of two years": {"2022-03-01", "2024-03-01", false, domain.Rule{}},
		"on the day after":             {"2022-03-01", "2024-03-02", false, rule.PenaltyLimitation},
		"a leap day ends in February":  {"2020-02-29", "2022-03-01", false, rule.PenaltyLimitation},
		"within five years with harm":  {"2019-03-01", "2024-03-01", true, domain.Rule{}},
		"after five years":             {"2019-03-01", "2024-03-02", true, rule.PenaltyLimitation},
	} {
		t.Run(name, func(t *testing.T) {
			outcome(t, rule.WithinLimitation(day(c.ended), day(c.discovered), c.harm), c.by, "")
		})
	}
}

func TestARepeatFollowsADecisionWithinTheYears(t *testing.T) {
	for name, c := range map[string]struct {
		earlier []calendar.Day
		want    string
	}{
		"none":                           {nil, ""},
		"one on the same day":            {[]calendar.Day{day("2024-03-01")}, ""},
		"one on the day before":          {[]calendar.Day{day("2024-02-29")}, "2024-02-29"},
		"one two years before":           {[]calendar.Day{day("2022-03-01")}, "2022-03-01"},
		"one longer ago":                 {[]calendar.Day{day("2022-02-28")}, ""},
		"the last of several that count": {[]calendar.Day{day("2023-05-01"), day("2020-01-01"), day("2023-01-01")}, "2023-05-01"},
	} {
		if got, ok := lawWith().RepeatOf(c.earlier, day("2024-03-01")); got != day(c.want) || ok != (c.want != "") {
			t.Errorf("%s: got %s, %v, want %q", name, got, ok, c.want)
		}
	}
	if _, ok := lawWith("penalty.repeat_years", "1").RepeatOf([]calendar.Day{day("2022-12-01")}, day("2024-03-01")); ok {
		t.Error("the policy sets the years")
	}
}

func TestALawsuitAfterAReconsiderationRolls(t *testing.T) {
	c, err := lawWith().LawsuitAfterReconsideration(day("2024-04-20"), "a") // 5 May 2024 ends a holiday
	if err != nil || c.Due != day("2024-05-06") || c.Agency != "a" {
		t.Errorf("got %+v, %v", c, err)
	}
	c, err = rule.Law{}.LawsuitAfterReconsideration(day("2024-04-20"), "a")
	if err != nil || c.Due != 0 || c.Awaits != 2024 {
		t.Errorf("got %+v, %v, want it to wait for the calendar", c, err)
	}
}
