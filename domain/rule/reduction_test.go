package rule_test

import (
	"encoding/json"
	"os"
	"testing"

	"minglu/domain/rule"
	"minglu/domain/term"
)

func TestRatesOfTheVectors(t *testing.T) {
	b, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Rates struct {
			Cases []struct {
				ID          string  `json:"id"`
				Numerator   *int    `json:"numerator"`
				Denominator *int    `json:"denominator"`
				Rate        *string `json:"rate"`
				Undefined   bool    `json:"undefined"`
			} `json:"cases"`
		} `json:"reduction_rate"`
	}
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Rates.Cases) == 0 {
		t.Fatal("the vectors hold no rates")
	}
	for _, c := range v.Rates.Cases {
		r := rule.Rate{Undefined: c.Denominator == nil || *c.Denominator == 0}
		if !r.Undefined {
			r.Numerator, r.Denominator = *c.Numerator, *c.Denominator
		}
		want := ""
		if c.Rate != nil {
			want = *c.Rate
		}
		if r.String() != want || r.Undefined != c.Undefined {
			t.Errorf("%s: got %q undefined %v, want %q %v", c.ID, r, r.Undefined, want, c.Undefined)
		}
	}
}

// TestStatesCountByMethod is the table of methods against states.
func TestStatesCountByMethod(t *testing.T) {
	for state, reduced := range map[term.CohortState][3]bool{ // ministry, closures only, district
		term.CohortCancelled:      {true, true, true},
		term.CohortConverted:      {true, false, true},
		term.CohortSeniorHighOnly: {true, false, true},
		term.CohortNonProfit:      {false, false, true},
		term.CohortTerminating:    {false, false, true},
		term.CohortSuspended:      {false, false, false},
		term.CohortActive:         {false, false, false},
	} {
		c := rule.Cohort{Frozen: true, Members: 1, LicensedInAll: 2, States: map[term.CohortState]int{state: 1}}
		for i, m := range []term.Method{term.Ministry, term.ClosuresOnly, term.DistrictInclusive} {
			if got := c.Rate(m).Numerator == 1; got != reduced[i] {
				t.Errorf("%s by %s: reduced %v, want %v", state, m, got, reduced[i])
			}
		}
		if r := c.Rate(term.AllPermits); r.Denominator != 2 || (r.Numerator == 1) != reduced[0] {
			t.Errorf("%s by all permits: %+v", state, r)
		}
	}
}

func TestEntrantsRaiseWhatIsLeft(t *testing.T) {
	c := rule.Cohort{Frozen: true, Members: 10, LicensedInAll: 12, States: map[term.CohortState]int{term.CohortCancelled: 4}, Entrants: 1}
	if r := c.Rate(term.Ministry); r.Numerator != 3 {
		t.Errorf("got %d, want 3", r.Numerator)
	}
	if r := c.Rate(term.ClosuresOnly); r.Numerator != 4 {
		t.Errorf("closures are closures: got %d, want 4", r.Numerator)
	}
}

func TestPercentRoundsHalfUp(t *testing.T) {
	for _, c := range []struct {
		num, den, decimals int
		want               string
	}{
		{1, 800, 2, "0.13"}, {2, 3, 2, "66.67"}, {24, 29, 2, "82.76"}, {24, 29, 0, "83"}, {0, 7, 2, "0.00"},
		{-1, 8, 2, "-12.50"}, {1, 3, 4, "33.3333"}, {7, 7, 1, "100.0"}, {1, 16, 1, "6.3"},
	} {
		if got := rule.Percent(c.num, c.den, c.decimals); got != c.want {
			t.Errorf("%d/%d with %d decimals: got %s, want %s", c.num, c.den, c.decimals, got, c.want)
		}
	}
}
