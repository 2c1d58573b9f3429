package rule_test

import (
	"testing"

	"minglu/domain"
	"minglu/domain/rule"
)

func TestTwoOfficersAreOfTheAgencyThatHandlesTheCase(t *testing.T) {
	const bureau, market = "530427-education", "530427-market_regulation"
	l := rule.Law{Roster: []rule.Officer{
		{ID: "e1", Agency: bureau, From: day("2024-01-01")},
		{ID: "e2", Agency: bureau, From: day("2024-01-01")},
		{ID: "m1", Agency: market, From: day("2024-01-01")},
		{ID: "went", Agency: bureau, From: day("2024-01-01"), Until: day("2024-03-31")},
		{ID: "went", Agency: market, From: day("2024-04-01"), Until: day("2024-12-31")},
	}}
	for name, c := range map[string]struct {
		on       string
		officers []string
		pointer  string // of the refusal; empty: accepted
	}{
		"two of its own":                    {"2024-03-01", []string{"e1", "e2"}, ""},
		"another agency joins them":         {"2024-03-01", []string{"m1", "e1", "e2"}, ""},
		"but does not take a place of one":  {"2024-03-01", []string{"e1", "m1"}, "/body/officers"},
		"who was of it then counts":         {"2024-03-31", []string{"e1", "went"}, ""},
		"who has gone to another does not":  {"2024-04-01", []string{"e1", "went"}, "/body/officers"},
		"who has no credential is no third": {"2025-01-01", []string{"e1", "e2", "went"}, "/body/officers/2"},
	} {
		t.Run(name, func(t *testing.T) {
			want := rule.TwoOfficers
			if c.pointer == "" {
				want = domain.Rule{}
			}
			outcome(t, l.TwoOfficersOf(bureau, day(c.on), c.officers, "/body/officers"), want, c.pointer)
		})
	}
	for agency, want := range map[string]int{bureau: 1, market: 2} {
		if got := l.Own(agency, day("2025-01-01"), []string{"e1", "m1", "went", "nobody"}); got != want {
			t.Errorf("%s: got %d of its own, want %d", agency, got, want)
		}
	}
}
