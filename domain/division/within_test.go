package division_test

import (
	"slices"
	"testing"

	"minglu/domain/calendar"
	"minglu/domain/division"
)

func TestParentsAreNearestFirst(t *testing.T) {
	for code, want := range map[division.Code][]division.Code{
		"530427": {"530400", "530000"},
		"500109": {"500100", "500000"},
		"371300": {"370000"},
		"370000": nil,
		"999999": nil,
	} {
		if got := division.Parents(code); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", code, got, want)
		}
	}
}

func TestWithinGoesByParent(t *testing.T) {
	for _, c := range []struct {
		code, ancestor division.Code
		want           bool
	}{
		{"530427", "530427", true}, {"530427", "530400", true}, {"530427", "530000", true},
		{"500229", "500200", true}, {"500229", "500100", false}, {"500229", "500000", true},
		{"530400", "530427", false}, {"530427", "370000", false},
		{"999999", "999999", true}, {"539999", "530000", false}, {"530427", "", false}, {"", "530000", false},
	} {
		if got := division.Within(c.code, c.ancestor); got != c.want {
			t.Errorf("%s within %s: got %v, want %v", c.code, c.ancestor, got, c.want)
		}
	}
}

func TestWithinAllocatesNothing(t *testing.T) {
	if got := testing.AllocsPerRun(100, func() { division.Within("530427", "530000") }); got != 0 {
		t.Fatalf("got %v allocations, want 0", got)
	}
}

func TestFiltersTakeADivisionOrLeadingDigits(t *testing.T) {
	for _, c := range []struct {
		code   division.Code
		filter string
		want   bool
	}{
		{"530427", "530427", true}, {"530427", "530400", true}, {"530427", "530000", true}, {"530427", "530401", false},
		{"530427", "", true}, {"530427", "5", true}, {"530427", "53", true}, {"530427", "5304", true}, {"530427", "54", false},
		{"539999", "53", true}, {"539999", "530000", false},
		{"530427", "5304270", false}, {"530427", "53x", false}, {"530427", "云", false},
	} {
		if got := division.Matches(c.code, c.filter); got != c.want {
			t.Errorf("%s through %q: got %v, want %v", c.code, c.filter, got, c.want)
		}
	}
}

func TestChildrenAreInOrderAndCopied(t *testing.T) {
	got := division.Children("530400")
	if len(got) == 0 || !slices.IsSorted(got) || !slices.Contains(got, "530427") {
		t.Fatalf("got %v, want the counties of 玉溪市", got)
	}
	got[0] = "000000"
	if slices.Contains(division.Children("530400"), "000000") {
		t.Fatal("got the table changed, want a copy")
	}
	if got := division.Children("530427"); len(got) != 0 {
		t.Fatalf("got %v, want none", got)
	}
	if got := division.Provinces(); len(got) != 31 || got[0] != "110000" || got[30] != "650000" {
		t.Fatalf("got %v, want 31 provinces", got)
	}
}

func TestCountiesArePlacesValidOnTheDay(t *testing.T) {
	for _, c := range []struct {
		day    calendar.Day
		has    []division.Code
		hasNot []division.Code
	}{
		{calendar.Date(2022, 6, 8),
			[]division.Code{"530427", "500109", "140681", "211381", "419001", "441900", "442000", "460400", "620200"},
			[]division.Code{"140624", "371371", "620201", "500100", "419000", "530400", "371300", "110228"}},
		{calendar.Date(2015, 1, 15),
			[]division.Code{"140624", "110228", "469003"},
			[]division.Code{"140681", "110118", "460400"}},
		{0, []division.Code{"140681"}, []division.Code{"140624"}},
	} {
		set := map[division.Code]bool{}
		for _, d := range division.Counties(c.day) {
			if d.Grouping || d.Statistical || !d.ValidOn(c.day) {
				t.Errorf("got %+v, want a place valid on %s", d, c.day)
			}
			set[d.Code] = true
		}
		for _, code := range c.has {
			if !set[code] {
				t.Errorf("%s: got no %s, want it", c.day, code)
			}
		}
		for _, code := range c.hasNot {
			if set[code] {
				t.Errorf("%s: got %s, want it left out", c.day, code)
			}
		}
	}
}

func BenchmarkWithin(b *testing.B) {
	for b.Loop() {
		division.Within("530427", "530000")
	}
}
