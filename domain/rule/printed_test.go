package rule_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"minglu/domain"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// exactly are numbers that were not rounded.
func exactly(numbers ...int64) []rule.PrintedNumber {
	var out []rule.PrintedNumber
	for _, n := range numbers {
		out = append(out, rule.PrintedNumber{N: n})
	}
	return out
}

func checked(t *testing.T, p rule.PrintedShare) rule.PrintedCheck {
	t.Helper()
	c, err := rule.CheckPrinted(p)
	if err != nil {
		t.Fatalf("%+v: got %v", p, err)
	}
	return c
}

// same reports whether two rates are the same number: vectors print "100" for
// 100.00.
func same(t *testing.T, a, b string) bool {
	t.Helper()
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		t.Fatalf("%q and %q are no numbers", a, b)
	}
	return x == y
}

func TestPrintedRatesOfTheVectors(t *testing.T) {
	var v struct {
		Rates struct {
			Cases []struct {
				ID          string
				Baseline    *int64
				RoundedTo   int64 `json:"baseline_rounded_to"`
				Remaining   int64
				Reduced     *int64
				Others      []int64 `json:"other_denominators"`
				Printed     string
				Computed    *string
				Verdict     term.RateVerdict
				Denominator int64
				Min         int64 `json:"baseline_min"`
				Max         int64 `json:"baseline_max"`
			}
		} `json:"printed_rate"`
	}
	readVectors(t, &v)
	if len(v.Rates.Cases) < 6 {
		t.Fatalf("got %d cases", len(v.Rates.Cases))
	}
	for _, c := range v.Rates.Cases {
		p := rule.PrintedShare{Printed: c.Printed, Remaining: exactly(c.Remaining), Others: exactly(c.Others...)}
		if c.Baseline != nil {
			p.Denominator = []rule.PrintedNumber{{N: *c.Baseline, RoundedTo: c.RoundedTo}}
		}
		got := checked(t, p)
		if got.Verdict != c.Verdict {
			t.Errorf("%s: got %s, want %s", c.ID, got.Verdict, c.Verdict)
		}
		if c.Computed == nil && got.Computed != "" || c.Computed != nil && !same(t, got.Computed, *c.Computed) {
			t.Errorf("%s: got %s computed, want %v", c.ID, got.Computed, c.Computed)
		}
		if c.Reduced != nil && got.Numerator.N != *c.Reduced {
			t.Errorf("%s: got %d reduced, want %d", c.ID, got.Numerator.N, *c.Reduced)
		}
		if c.Min != 0 && (got.Within == nil || got.Within.Denominator != rule.Range{From: c.Min, To: c.Max}) {
			t.Errorf("%s: got %+v, want %d to %d", c.ID, got.Within, c.Min, c.Max)
		}
		if c.Denominator != 0 && !slices.ContainsFunc(got.Denominators[0].Candidates, func(x rule.PrintedCandidate) bool { return x.N == c.Denominator && x.Part == term.OtherPart }) {
			t.Errorf("%s: got %+v, want %d among them", c.ID, got.Denominators, c.Denominator)
		}
	}
}

func readVectors(t *testing.T, v any) {
	t.Helper()
	b, err := os.ReadFile("testdata/printed.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(err)
	}
}

// TestSurveysOfTheVectors finds the error of a report from what it prints: each
// survey is checked beside the numbers of the other.
func TestSurveysOfTheVectors(t *testing.T) {
	var v struct {
		Rates struct {
			Cases []struct {
				ID          string
				Respondents int64
				Fairly      int64 `json:"fairly_satisfied"`
				Very        int64 `json:"very_satisfied"`
				Satisfied   int64
				Printed     string
				Computed    string
				Verdict     term.RateVerdict
				Denominator int64
				With        string `json:"with_that_denominator"`
			}
		} `json:"survey_rate"`
	}
	readVectors(t, &v)
	if len(v.Rates.Cases) < 2 {
		t.Fatalf("got %d cases", len(v.Rates.Cases))
	}
	for i, c := range v.Rates.Cases {
		p := rule.PrintedShare{Printed: c.Printed + "%", Numerator: exactly(c.Fairly, c.Very), Denominator: exactly(c.Respondents)}
		for j, other := range v.Rates.Cases {
			if i != j {
				p.Others = append(p.Others, exactly(other.Fairly, other.Very, other.Respondents)...)
			}
		}
		got := checked(t, p)
		if got.Verdict != c.Verdict || got.Computed != c.Computed || got.Numerator.N != c.Satisfied {
			t.Errorf("%s: got %s, %s of %d, want %s, %s of %d", c.ID, got.Verdict, got.Computed, got.Numerator.N, c.Verdict, c.Computed, c.Satisfied)
		}
		if c.Denominator == 0 {
			continue
		}
		want := []rule.FittingDenominators{{Kept: term.NumeratorPart, N: c.Satisfied, Range: rule.Range{From: 15737, To: 15738},
			Candidates: []rule.PrintedCandidate{{Part: term.OtherPart, N: c.Denominator, Fits: rule.Range{From: c.Denominator, To: c.Denominator}, Rate: c.With}}}}
		if diff := cmp.Diff(want, got.Denominators); diff != "" {
			t.Errorf("%s: %s", c.ID, diff)
		}
	}
}

func TestPrintedRatesAreChecked(t *testing.T) {
	loose := func(n int64, p term.Precision) []rule.PrintedNumber {
		return []rule.PrintedNumber{{N: n, Precision: p}}
	}
	to := func(n, unit int64) []rule.PrintedNumber { return []rule.PrintedNumber{{N: n, RoundedTo: unit}} }
	for name, c := range map[string]struct {
		p    rule.PrintedShare
		want term.RateVerdict
	}{
		"one of 800 half up":             {rule.PrintedShare{Printed: "0.13%", Numerator: exactly(1), Denominator: exactly(800)}, term.Reproducible},
		"one of 800 half to even":        {rule.PrintedShare{Printed: "0.12%", Rounding: term.HalfEven, Numerator: exactly(1), Denominator: exactly(800)}, term.Reproducible},
		"one of 800, not half to even":   {rule.PrintedShare{Printed: "0.13%", Rounding: term.HalfEven, Numerator: exactly(1), Denominator: exactly(800)}, term.Irreproducible},
		"two thirds, not truncated":      {rule.PrintedShare{Printed: "66.66%", Numerator: exactly(2), Denominator: exactly(3)}, term.Irreproducible},
		"two thirds truncated":           {rule.PrintedShare{Printed: "66.66%", Rounding: term.Truncated, Numerator: exactly(2), Denominator: exactly(3)}, term.Reproducible},
		"one third rounded up":           {rule.PrintedShare{Printed: "33.34%", Rounding: term.RoundedUp, Numerator: exactly(1), Denominator: exactly(3)}, term.Reproducible},
		"a third by whatever":            {rule.PrintedShare{Printed: "33.34%", Rounding: term.UnknownRounding, Numerator: exactly(1), Denominator: exactly(3)}, term.Reproducible},
		"a third by nothing":             {rule.PrintedShare{Printed: "33.35%", Rounding: term.UnknownRounding, Numerator: exactly(1), Denominator: exactly(3)}, term.Irreproducible},
		"a third without decimals":       {rule.PrintedShare{Printed: "33％", Numerator: exactly(1), Denominator: exactly(3)}, term.Reproducible},
		"full width and words":           {rule.PrintedShare{Printed: " 百分之３３．３３ ", Numerator: exactly(1), Denominator: exactly(3)}, term.Reproducible},
		"more than all":                  {rule.PrintedShare{Printed: "120%", Numerator: exactly(12), Denominator: exactly(4, 6)}, term.Reproducible},
		"nothing of something":           {rule.PrintedShare{Printed: "0.00%", Numerator: exactly(0), Denominator: exactly(7)}, term.Reproducible},
		"nothing is not a little":        {rule.PrintedShare{Printed: "0.01%", Numerator: exactly(0), Denominator: exactly(7)}, term.Irreproducible},
		"a count with 余":                 {rule.PrintedShare{Printed: "96.8%", Numerator: loose(2400, term.AtLeast), Denominator: exactly(2500)}, term.ReproducibleIfRounded},
		"a count with 余 too far":         {rule.PrintedShare{Printed: "100%", Numerator: loose(2400, term.AtLeast), Denominator: exactly(2600)}, term.Irreproducible},
		"a base with 近":                  {rule.PrintedShare{Printed: "80%", Numerator: exactly(20), Denominator: loose(30, term.Nearly)}, term.ReproducibleIfBase},
		"a base in tens of thousands":    {rule.PrintedShare{Printed: "49.02%", Numerator: exactly(6000), Denominator: to(12000, 1000)}, term.ReproducibleIfBase},
		"both rounded":                   {rule.PrintedShare{Printed: "51.0%", Numerator: to(600, 100), Denominator: to(1200, 100)}, term.ReproducibleIfBase},
		"both rounded, both moved":       {rule.PrintedShare{Printed: "55.6%", Numerator: to(600, 100), Denominator: to(1200, 100)}, term.ReproducibleIfRounded},
		"a reduction, left rounded":      {rule.PrintedShare{Printed: "92.4%", Remaining: to(80, 10), Denominator: exactly(1000)}, term.ReproducibleIfRounded},
		"a sum is not printed":           {rule.PrintedShare{Printed: "50%", Numerator: exactly(15), Denominator: exactly(29), Others: exactly(21, 9)}, term.Irreproducible},
		"online of 2021-12":              {rule.PrintedShare{Printed: "84.1%", Remaining: exactly(42), Denominator: exactly(263)}, term.Irreproducible},
		"online of 2021-12, another":     {rule.PrintedShare{Printed: "84.1%", Remaining: exactly(42), Denominator: exactly(263), Others: exactly(264)}, term.OtherDenominatorFits},
		"the numerator is no base":       {rule.PrintedShare{Printed: "100%", Numerator: exactly(24), Denominator: exactly(29)}, term.Irreproducible},
		"the base again is no other":     {rule.PrintedShare{Printed: "51.72%", Rounding: term.RoundedUp, Numerator: exactly(15), Denominator: exactly(29), Others: exactly(29)}, term.Irreproducible},
		"another that is rounded":        {rule.PrintedShare{Printed: "97.64%", Numerator: exactly(15366), Denominator: exactly(15366), Others: to(15700, 100)}, term.OtherDenominatorFits},
		"no base, another fits":          {rule.PrintedShare{Printed: "97.91%", Numerator: exactly(15408), Others: exactly(15737)}, term.OtherDenominatorFits},
		"no base, none fits":             {rule.PrintedShare{Printed: "97.91%", Numerator: exactly(15408), Others: exactly(15366)}, term.NotCheckable},
		"no base":                        {rule.PrintedShare{Printed: "基本清零"}, term.NotCheckable},
		"no count":                       {rule.PrintedShare{Printed: "97.91%", Denominator: exactly(15366)}, term.NotCheckable},
		"everything reduced, one is not": {rule.PrintedShare{Printed: "100.0%", Remaining: exactly(1), Denominator: exactly(300)}, term.Irreproducible},
	} {
		if got := checked(t, c.p); got.Verdict != c.want {
			t.Errorf("%s: got %s, want %s: %+v", name, got.Verdict, c.want, got)
		}
	}
}

func TestACheckSaysWhatItRestsOn(t *testing.T) {
	got := checked(t, rule.PrintedShare{Printed: "66.66%", Rounding: term.UnknownRounding, Numerator: exactly(2), Denominator: exactly(3)})
	if !slices.Equal(got.Fits, []term.Rounding{term.Truncated}) || got.Computed != "66.67" || got.Rate != "66.66" || got.Within != nil {
		t.Errorf("got %+v", got)
	}
	got = checked(t, rule.PrintedShare{Printed: "96.8", Numerator: []rule.PrintedNumber{{N: 2400, Precision: term.AtLeast}}, Denominator: exactly(2500)})
	want := &rule.PrintedWithin{Kept: term.NumeratorPart, Part: rule.Range{From: 2419, To: 2421}, Denominator: rule.Range{From: 2500, To: 2500}}
	if diff := cmp.Diff(want, got.Within); diff != "" || got.Computed != "96.0" || got.Fits != nil || *got.Numerator != (rule.Span{N: 2400, From: 2400, To: 2499}) {
		t.Errorf("got %+v: %s", got, diff)
	}
	got = checked(t, rule.PrintedShare{Printed: "84.1%", Remaining: exactly(42), Denominator: exactly(263)})
	if len(got.Denominators) != 1 || got.Denominators[0].Kept != term.RemainingPart || got.Denominators[0].Range != (rule.Range{From: 264, To: 264}) || got.Numerator.N != 221 {
		t.Errorf("got %+v", got)
	}
	got = checked(t, rule.PrintedShare{Printed: "0%", Numerator: exactly(0), Denominator: exactly(7), Others: []rule.PrintedNumber{{Name: "合计", N: 9}, {N: 4}}})
	if d := got.Denominators[0]; d.Range != (rule.Range{From: 1, To: rule.Unbounded}) || len(d.Candidates) != 2 || d.Candidates[0].Name != "合计" {
		t.Errorf("got %+v, want every denominator and nothing reckoned", got.Denominators)
	}
}

func TestSumsAndDifferencesOfTheTextAreLookedAt(t *testing.T) {
	p := rule.PrintedShare{Printed: "62.50%", Numerator: exactly(15), Denominator: exactly(29), Others: []rule.PrintedNumber{{Name: "转型", N: 9}, {Name: "非学科类", N: 5}}}
	got := checked(t, p)
	want := []rule.FittingDenominators{{Kept: term.NumeratorPart, N: 15, Range: rule.Range{From: 24, To: 24},
		Candidates: []rule.PrintedCandidate{{MadeOf: "15 + 9", N: 24, Fits: rule.Range{From: 24, To: 24}, Rate: "62.50"}}}}
	if diff := cmp.Diff(want, got.Denominators); diff != "" {
		t.Error(diff)
	}
	// The whole of a list is a number of the text; a part of it with itself is not.
	got = checked(t, rule.PrintedShare{Printed: "25%", Numerator: exactly(2, 4), Denominator: exactly(25, 3), Others: exactly(4)})
	var made []string
	for _, x := range got.Denominators[0].Candidates {
		made = append(made, x.MadeOf+x.Name+"="+strconv.FormatInt(x.N, 10))
	}
	if want := []string{"28 - 4=24"}; !slices.Equal(made, want) {
		t.Errorf("got %q, want %q", made, want)
	}
}

func TestRatesThatCannotBeCheckedAreRefused(t *testing.T) {
	ok := func(change func(*rule.PrintedShare)) rule.PrintedShare {
		p := rule.PrintedShare{Printed: "50%", Numerator: exactly(1), Denominator: exactly(2), Others: exactly(3)}
		change(&p)
		return p
	}
	printed := func(s string) rule.PrintedShare { return ok(func(p *rule.PrintedShare) { p.Printed = s }) }
	one := func(n rule.PrintedNumber) rule.PrintedShare {
		return ok(func(p *rule.PrintedShare) { p.Numerator = []rule.PrintedNumber{n} })
	}
	for name, c := range map[string]struct {
		p             rule.PrintedShare
		pointer, code string
	}{
		"words":                   {printed("清零"), "/printed", "rate_form"},
		"per mille":               {printed("5‰"), "/printed", "rate_form"},
		"two points":              {printed("1.2.3%"), "/printed", "rate_form"},
		"no digit before":         {printed(".5%"), "/printed", "rate_form"},
		"no digit after":          {printed("5.%"), "/printed", "rate_form"},
		"a sign":                  {printed("+5%"), "/printed", "rate_form"},
		"negative":                {printed("－3.2%"), "/printed", "negative"},
		"five decimals":           {printed("1.23456%"), "/printed", "decimals"},
		"ten times as many":       {printed("1000%"), "/printed", "too_large"},
		"many digits":             {printed(strings.Repeat("9", 50)), "/printed", "too_large"},
		"a long text":             {printed(strings.Repeat("零", 61)), "/printed", "too_long"},
		"of none":                 {ok(func(p *rule.PrintedShare) { p.Denominator = exactly(0) }), "/denominator", "undefined"},
		"of none that may be one": {ok(func(p *rule.PrintedShare) { p.Denominator = []rule.PrintedNumber{{RoundedTo: 10}} }), "/denominator", "undefined"},
		"of another none":         {ok(func(p *rule.PrintedShare) { p.Others = exactly(3, 0) }), "/others/1/n", "undefined"},
		"a negative count":        {one(rule.PrintedNumber{N: -1}), "/numerator/0/n", "negative"},
		"a negative unit":         {one(rule.PrintedNumber{N: 1, RoundedTo: -1}), "/numerator/0/rounded_to", "negative"},
		"a large count":           {one(rule.PrintedNumber{N: 100_000_000_001}), "/numerator/0/n", "too_large"},
		"a large unit":            {one(rule.PrintedNumber{RoundedTo: 100_000_000_001}), "/numerator/0/rounded_to", "too_large"},
		"a large sum":             {ok(func(p *rule.PrintedShare) { p.Denominator = exactly(60_000_000_000, 60_000_000_000) }), "/denominator", "too_large"},
		"another unit":            {one(rule.PrintedNumber{N: 1250, RoundedTo: 100}), "/numerator/0/rounded_to", "not_a_multiple"},
		"who knows how exact":     {one(rule.PrintedNumber{N: 1, Precision: term.UnknownCount}), "/numerator/0/precision", "unknown_precision"},
		"a long name":             {one(rule.PrintedNumber{N: 1, Name: strings.Repeat("名", 61)}), "/numerator/0/name", "too_long"},
		"many numbers":            {ok(func(p *rule.PrintedShare) { p.Others = exactly(make([]int64, 13)...) }), "/others", "too_many"},
		"counted and left":        {ok(func(p *rule.PrintedShare) { p.Remaining = exactly(1) }), "/remaining", "one_of"},
		"more left than was":      {ok(func(p *rule.PrintedShare) { p.Numerator, p.Remaining = nil, exactly(3) }), "/remaining", "negative"},
	} {
		_, err := rule.CheckPrinted(c.p)
		e, is := errors.AsType[*domain.Error](err)
		if !is || e.Rule != rule.PrintedRate.ID || e.Code != domain.Invalid || len(e.Fields) != 1 || e.Fields[0].Pointer != c.pointer || e.Fields[0].Code != c.code {
			t.Errorf("%s: got %v, want %s at %s by %s", name, err, c.code, c.pointer, rule.PrintedRate.ID)
		}
	}
	if _, err := rule.CheckPrinted(printed(" ")); err == nil {
		t.Error("got a rate without text")
	}
	if _, err := rule.CheckPrinted(ok(func(p *rule.PrintedShare) { p.Numerator = exactly(100_000_000_000) })); err != nil {
		t.Errorf("got %v for the largest count", err)
	}
}

func TestNumbersStandForWhatTheyMayBe(t *testing.T) {
	for name, c := range map[string]struct {
		n    rule.PrintedNumber
		want rule.Span
	}{
		"exact":             {rule.PrintedNumber{N: 1200}, rule.Span{N: 1200, From: 1200, To: 1200}},
		"exact, said":       {rule.PrintedNumber{N: 1200, Precision: term.Exact}, rule.Span{N: 1200, From: 1200, To: 1200}},
		"to hundreds":       {rule.PrintedNumber{N: 1200, RoundedTo: 100}, rule.Span{N: 1200, From: 1150, To: 1249}},
		"to fives":          {rule.PrintedNumber{N: 20, RoundedTo: 5}, rule.Span{N: 20, From: 18, To: 22}},
		"none, to tens":     {rule.PrintedNumber{RoundedTo: 10}, rule.Span{To: 4}},
		"余":                 {rule.PrintedNumber{N: 2400, Precision: term.AtLeast}, rule.Span{N: 2400, From: 2400, To: 2499}},
		"余 of tens":         {rule.PrintedNumber{N: 2400, Precision: term.AtLeast, RoundedTo: 10}, rule.Span{N: 2400, From: 2400, To: 2409}},
		"余 of nothing":      {rule.PrintedNumber{Precision: term.AtLeast}, rule.Span{}},
		"余 of an odd count": {rule.PrintedNumber{N: 13, Precision: term.AtLeast}, rule.Span{N: 13, From: 13, To: 13}},
		"近":                 {rule.PrintedNumber{N: 30, Precision: term.Nearly}, rule.Span{N: 30, From: 21, To: 30}},
		"近 of a large unit": {rule.PrintedNumber{N: 30, Precision: term.Nearly, RoundedTo: 15}, rule.Span{N: 30, From: 16, To: 30}},
	} {
		if got := c.n.Span(); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

var allRoundings = []term.Rounding{term.HalfUp, term.HalfEven, term.Truncated, term.RoundedUp}

// TestARateComputedFromNumbersIsReproducible goes through all small shares.
func TestARateComputedFromNumbersIsReproducible(t *testing.T) {
	for base := int64(1); base <= 40; base++ {
		for part := int64(0); part <= base; part++ {
			decimals := int(base+part) % 4
			printed := rule.Percent(int(part), int(base), decimals)
			for _, k := range []term.Rounding{"", term.HalfUp, term.UnknownRounding} {
				got := checked(t, rule.PrintedShare{Printed: printed, Rounding: k, Numerator: exactly(part), Denominator: exactly(base)})
				if got.Verdict != term.Reproducible || got.Computed != printed || got.Rate != printed || !slices.Contains(got.Fits, term.HalfUp) {
					t.Fatalf("%s of %d/%d by %q: got %+v", printed, part, base, k, got)
				}
				holds(t, got.Denominators, term.NumeratorPart, base)
			}
			left := checked(t, rule.PrintedShare{Printed: printed, Remaining: exactly(base - part), Denominator: exactly(base)})
			if left.Verdict != term.Reproducible || left.Numerator.N != part {
				t.Fatalf("%s, %d left of %d: got %+v", printed, base-part, base, left)
			}
			holds(t, left.Denominators, term.NumeratorPart, base)
			holds(t, left.Denominators, term.RemainingPart, base)
		}
	}
}

func holds(t *testing.T, list []rule.FittingDenominators, kept term.RatePart, base int64) {
	t.Helper()
	for _, f := range list {
		if f.Kept == kept && f.Range.From <= base && base <= f.Range.To {
			return
		}
	}
	t.Fatalf("got %+v, want %d among them with the same %s", list, base, kept)
}

// TestRangesHoldExactlyWhatReproduces compares the reckoned ranges with trying
// every number.
func TestRangesHoldExactlyWhatReproduces(t *testing.T) {
	const most = 24
	reproducible := func(printed string, k term.Rounding, part, left *int64, base int64) bool {
		p := rule.PrintedShare{Printed: printed, Rounding: k, Denominator: exactly(base)}
		if p.Numerator = nil; part != nil {
			p.Numerator = exactly(*part)
		} else if p.Remaining = exactly(*left); *left > base {
			return false
		}
		return checked(t, p).Verdict == term.Reproducible
	}
	for _, k := range append(allRoundings, term.UnknownRounding) {
		for _, printed := range []string{"0", "1", "34", "50", "51", "87.5", "99", "99.9", "100", "101", "150"} {
			for n := int64(0); n <= most; n += 4 {
				for _, left := range []bool{false, true} {
					p, kept := rule.PrintedShare{Printed: printed, Rounding: k, Numerator: exactly(n), Others: exactly(1)}, term.NumeratorPart
					if left {
						p, kept = rule.PrintedShare{Printed: printed, Rounding: k, Remaining: exactly(n), Others: exactly(1)}, term.RemainingPart
					}
					got := rule.Range{From: 1}
					if d := checked(t, p).Denominators; len(d) == 1 && d[0].Kept == kept {
						got = d[0].Range
					}
					for base := int64(1); base <= most; base++ {
						want := !left && reproducible(printed, k, &n, nil, base) || left && reproducible(printed, k, nil, &n, base)
						if in := got.From <= base && base <= got.To; in != want {
							t.Fatalf("%s by %s with the %s %d: got %+v, and %d reproduces: %v", printed, k, kept, n, got, base, want)
						}
					}
				}
			}
		}
	}
}

// TestRoundedNumbersReproduceWhatSomeOfThemDo compares the walk with trying every
// pair.
func TestRoundedNumbersReproduceWhatSomeOfThemDo(t *testing.T) {
	for _, unit := range []int64{3, 4, 10} {
		for _, printed := range []string{"0.3", "12.4", "33.3", "49.9", "66.7", "88.8", "99.5", "100.0", "130.1"} {
			for part := int64(0); part <= 6*unit; part += unit {
				for base := unit; base <= 6*unit; base += unit {
					a, b := rule.PrintedNumber{N: part, RoundedTo: unit}, rule.PrintedNumber{N: base, RoundedTo: unit}
					got := checked(t, rule.PrintedShare{Printed: printed, Numerator: []rule.PrintedNumber{a}, Denominator: []rule.PrintedNumber{b}})
					want, any := pairsOf(printed, a.Span(), b.Span()), false
					if got.Verdict == term.ReproducibleIfRounded {
						any = true
						if diff := cmp.Diff(want, got.Within); diff != "" {
							t.Fatalf("%s of %d/%d to %d: %s", printed, part, base, unit, diff)
						}
					}
					if any = any || got.Verdict == term.Reproducible || got.Verdict == term.ReproducibleIfBase; any != (want != nil) {
						t.Fatalf("%s of %d/%d to %d: got %s, want %+v", printed, part, base, unit, got.Verdict, want)
					}
				}
			}
		}
	}
}

// pairsOf tries every pair of numbers.
func pairsOf(printed string, parts, bases rule.Span) (w *rule.PrintedWithin) {
	for x := parts.From; x <= parts.To; x++ {
		for d := max(1, bases.From); d <= bases.To; d++ {
			if rule.Percent(int(x), int(d), 1) != printed {
				continue
			}
			if w == nil {
				w = &rule.PrintedWithin{Kept: term.NumeratorPart, Part: rule.Range{From: x, To: x}, Denominator: rule.Range{From: d, To: d}}
			}
			w.Part.From, w.Part.To = min(w.Part.From, x), max(w.Part.To, x)
			w.Denominator.From, w.Denominator.To = min(w.Denominator.From, d), max(w.Denominator.To, d)
		}
	}
	return w
}

// TestTheLongestWalkEnds checks the largest numbers with the most decimals.
func TestTheLongestWalkEnds(t *testing.T) {
	wide := func(n int64) []rule.PrintedNumber { return []rule.PrintedNumber{{N: n, RoundedTo: n}} }
	for _, printed := range []string{"999.9999%", "0.0001%", "97.6437%", "0.0000%"} {
		for _, base := range []int64{1, 99_999, 1_000_000, 60_000_000_000} {
			got := checked(t, rule.PrintedShare{Printed: printed, Numerator: wide(60_000_000_000), Denominator: wide(base)})
			if got.Verdict == "" {
				t.Errorf("%s of %d: got %+v", printed, base, got)
			}
		}
	}
}
