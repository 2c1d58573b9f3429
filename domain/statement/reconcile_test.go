package statement_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/statement"
	"minglu/domain/term"
)

// item reads "DAY AMOUNT SERIAL REFERENCE", a hyphen for what is empty; its seq
// is n.
func item(n int, text string) statement.Item {
	var on int
	i := statement.Item{Seq: uint64(n)}
	if _, err := fmt.Sscan(text, &on, (*int64)(&i.Amount), &i.Serial, &i.Reference); err != nil {
		panic(err)
	}
	i.On = day("2026-03-01").AddDays(on - 1)
	i.Serial, i.Reference = strings.Trim(i.Serial, "-"), strings.Trim(i.Reference, "-")
	return i
}

// items are written one by one, parted by semicolons.
func items(text string) (list []statement.Item) {
	for i, part := range strings.Split(text, ";") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, item(i+1, part))
		}
	}
	return list
}

// told is a result in short: each pair as outcome:here/there by their places.
func told(r statement.Result) string {
	var out []string
	at := func(i *statement.Item) string {
		if i == nil {
			return "-"
		}
		return fmt.Sprint(i.Seq)
	}
	for _, p := range r.Pairs {
		out = append(out, fmt.Sprintf("%s:%s/%s", p.Outcome, at(p.Here), at(p.There)))
	}
	return strings.Join(out, " ")
}

func TestItemsFindEachOther(t *testing.T) {
	for name, c := range map[string]struct{ here, there, want string }{
		"nothing on either side":                      {"", "", ""},
		"by the serial":                               {"1 500 S1 O1", "1 500 S1 -", "matched:1/1"},
		"by the serial, long after":                   {"1 500 S1 O1", "28 500 S1 -", "matched:1/1"},
		"by the serial, another amount":               {"1 500 S1 O1", "1 450 S1 O1", "different_amount:1/1"},
		"by the serial, the other way":                {"1 500 S1 O1", "1 -500 S1 O1", "different_amount:1/1"},
		"the serial before the reference":             {"1 500 S1 O1", "1 500 S9 O1; 2 500 S1 O1", "matched:1/2 missing_here:-/1"},
		"a serial counted anew each day, by the days": {"1 500 S1 -; 5 700 S1 -", "1 500 S1 -; 5 700 S1 -; 9 500 S1 -", "matched:1/1 matched:2/2 missing_here:-/3"},
		"a serial counted anew, too far":              {"1 500 S1 -; 9 500 S1 -", "1 500 S1 -; 20 500 S1 -", "matched:1/1 missing_there:2/- missing_here:-/2"},
		"by reference and amount within the days":     {"1 500 - O1", "4 500 S1 O1", "matched:1/1"},
		"not beyond the days":                         {"1 500 - O1", "5 500 S1 O1", "missing_there:1/- missing_here:-/1"},
		"the bank before us":                          {"4 500 - O1", "1 500 S1 O1", "matched:1/1"},
		"not the other way":                           {"1 500 - O1", "1 -500 S1 O1", "missing_there:1/- missing_here:-/1"},
		"another amount":                              {"1 500 - O1", "2 499 S1 O1", "different_amount:1/1"},
		"another amount too far":                      {"1 500 - O1", "9 499 S1 O1", "missing_there:1/- missing_here:-/1"},
		"the same amount before the same day":         {"1 500 - O1", "1 400 S1 O1; 3 500 S2 O1", "matched:1/2 missing_here:-/1"},
		"the nearest":                                 {"5 500 - O1", "3 500 S1 O1; 6 500 S2 O1", "missing_here:-/1 matched:1/2"},
		"the earlier of two as near":                  {"5 500 - O1", "4 500 S1 O1; 6 500 S2 O1", "matched:1/1 missing_here:-/2"},
		"the same day in the order of the log":        {"5 500 - O1; 5 500 - O1", "5 500 S1 O1", "matched:1/1 missing_there:2/-"},
		"a row that the bank books a day later":       {"1 500 - O1; 2 500 - O1; 3 500 - O1; 4 500 - O1", "2 500 S1 O1; 3 500 S2 O1; 4 500 S3 O1; 5 500 S4 O1", "matched:1/1 matched:2/2 matched:3/3 matched:4/4"},
		"a row in which one is missing":               {"1 500 - O1; 2 500 - O1; 3 500 - O1", "2 500 S1 O1; 3 500 S2 O1", "missing_there:1/- matched:2/1 matched:3/2"},
		"what stands around the nearest":              {"3 500 - O1; 4 500 - O1", "5 500 S1 O1; 6 500 S2 O1", "matched:1/2 matched:2/1"},
		"without serial and reference":                {"1 500 - -", "1 500 - -", "missing_here:-/1 missing_there:1/-"},
		"an amount of another order":                  {"1 500 - O1", "1 500 - O2", "missing_there:1/- missing_here:-/1"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := told(statement.Reconcile(items(c.here), items(c.there), 3)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestTotalsAreThoseOfThePairs(t *testing.T) {
	r := statement.Reconcile(items("1 500 S1 -; 1 600 S2 -; 1 700 S3 -"), items("1 500 S1 -; 1 -60 S2 -; 2 80 S4 -; 2 90 S5 -"), 3)
	want := map[term.Reconciliation]statement.Total{
		term.ReconciledMatched: {1, 500, 500}, term.ReconciledAmount: {1, 600, -60}, term.ReconciledNotThere: {1, 700, 0}, term.ReconciledNotHere: {2, 0, 170},
	}
	if !reflect.DeepEqual(r.Totals, want) {
		t.Errorf("got %v, want %v", r.Totals, want)
	}
}

func TestTotalsStandStillAtTheLastAmount(t *testing.T) {
	most := fmt.Sprintf("1 %d S1 -; 1 5 S2 -", math.MaxInt64)
	least := fmt.Sprintf("1 %d S3 -; 1 -5 S4 -", math.MinInt64)
	r := statement.Reconcile(items(most), items(least), 3)
	if here, there := r.Totals[term.ReconciledNotThere].Here, r.Totals[term.ReconciledNotHere].There; here != math.MaxInt64 || there != math.MinInt64 {
		t.Errorf("got %d and %d", here, there)
	}
}

func TestTheDifferenceIsWhatTheBankHasBeyond(t *testing.T) {
	of := func(f money.Fen) *statement.Item { return &statement.Item{Amount: f} }
	for _, c := range []struct {
		here, there *statement.Item
		want        money.Fen
	}{
		{nil, nil, 0},
		{of(500), of(500), 0},
		{of(500), of(-60), -560},
		{of(700), nil, -700},
		{nil, of(80), 80},
		{of(-rule.MaxAmount), of(rule.MaxAmount), 2 * rule.MaxAmount},
		{of(rule.MaxAmount), of(-rule.MaxAmount), -2 * rule.MaxAmount},
		// What no fact says stands still at the last.
		{of(math.MinInt64), nil, math.MaxInt64},
		{of(math.MinInt64), of(1), math.MaxInt64},
		{of(1), of(math.MinInt64), math.MinInt64},
	} {
		if got := (statement.Pair{Here: c.here, There: c.there}).Difference(); got != c.want {
			t.Errorf("%v beside %v: got %d, want %d", c.here, c.there, got, c.want)
		}
	}
}

// With amounts within their bounds no sum of a country is beyond all amounts.
func TestTotalsOfBoundedAmountsAreExact(t *testing.T) {
	const lines = 10_000
	var here, there []statement.Item
	for n := range lines {
		here = append(here, statement.Item{Seq: uint64(n + 1), Amount: rule.MaxAmount})
		there = append(there, statement.Item{Seq: uint64(n + 1), Amount: -rule.MaxAmount})
	}
	r := statement.Reconcile(here, there, 3)
	if here, there := r.Totals[term.ReconciledNotThere].Here, r.Totals[term.ReconciledNotHere].There; here != lines*rule.MaxAmount || there != -here {
		t.Errorf("got %d and %d", here, there)
	}
}

// drawn are items of few serials, references, days and amounts, so that many
// could belong together.
func drawn(r *rand.Rand, n int) []statement.Item {
	list := make([]statement.Item, n)
	for i := range list {
		list[i] = statement.Item{
			Seq: r.Uint64N(1000), On: day("2026-03-01").AddDays(r.IntN(8)), Amount: money.Fen(r.IntN(5) - 2),
			Serial: []string{"", "", "S1", "S2", "S3"}[r.IntN(5)], Reference: []string{"", "O1", "O2"}[r.IntN(3)],
		}
	}
	return list
}

func TestEveryItemIsInOnePairAndTheSidesMayBeSwapped(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		here, there, within := drawn(r, r.IntN(20)), drawn(r, r.IntN(20)), r.IntN(4)
		hereBefore, thereBefore := slices.Clone(here), slices.Clone(there)
		got := statement.Reconcile(here, there, within)
		if !slices.Equal(here, hereBefore) || !slices.Equal(there, thereBefore) {
			t.Fatal("the items were changed")
		}
		wantOnce(t, got, here, there)
		if back := swapped(statement.Reconcile(there, here, within)); !slices.Equal(outcomes(got), outcomes(back)) {
			t.Fatalf("here %v\nthere %v\ngot   %v\nswapped %v", here, there, outcomes(got), outcomes(back))
		}
		shuffled := slices.Clone(here)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if again := statement.Reconcile(shuffled, there, within); !slices.Equal(outcomes(got), outcomes(again)) {
			t.Fatalf("got %v\nin another order %v", outcomes(got), outcomes(again))
		}
	}
}

func wantOnce(t *testing.T, r statement.Result, here, there []statement.Item) {
	t.Helper()
	seen := map[*statement.Item]int{}
	for _, p := range r.Pairs {
		for _, i := range []*statement.Item{p.Here, p.There} {
			if i != nil {
				seen[i]++
			}
		}
		same := p.Here != nil && p.There != nil && p.Here.Amount == p.There.Amount
		if same != (p.Outcome == term.ReconciledMatched) || (p.There == nil) != (p.Outcome == term.ReconciledNotThere) ||
			(p.Here == nil) != (p.Outcome == term.ReconciledNotHere) {
			t.Fatalf("got %s of %v and %v", p.Outcome, p.Here, p.There)
		}
	}
	for _, side := range [][]statement.Item{here, there} {
		for i := range side {
			if seen[&side[i]] != 1 {
				t.Fatalf("%v is in %d pairs", side[i], seen[&side[i]])
			}
		}
	}
	if len(seen) != len(here)+len(there) {
		t.Fatalf("got %d items in the pairs, want %d", len(seen), len(here)+len(there))
	}
}

// swapped turns the sides of a result round.
func swapped(r statement.Result) statement.Result {
	turned := map[term.Reconciliation]term.Reconciliation{term.ReconciledNotHere: term.ReconciledNotThere, term.ReconciledNotThere: term.ReconciledNotHere}
	for i, p := range r.Pairs {
		if to, ok := turned[p.Outcome]; ok {
			p.Outcome = to
		}
		r.Pairs[i] = statement.Pair{Outcome: p.Outcome, Here: p.There, There: p.Here}
	}
	return r
}

// outcomes are the pairs by what their items say, sorted.
func outcomes(r statement.Result) (list []string) {
	say := func(i *statement.Item) string {
		if i == nil {
			return "-"
		}
		return fmt.Sprint(*i)
	}
	for _, p := range r.Pairs {
		list = append(list, fmt.Sprintf("%s %s %s", p.Outcome, say(p.Here), say(p.There)))
	}
	slices.Sort(list)
	return list
}

// TestManyEqualItemsArePairedAtOnce has one group, in which every item could
// belong to every other.
func TestManyEqualItemsArePairedAtOnce(t *testing.T) {
	const n = 2000
	here, there := make([]statement.Item, n), make([]statement.Item, n)
	for i := range n {
		here[i] = statement.Item{Seq: uint64(i), On: calendar.Day(20_000 + 2*i), Amount: 100, Reference: "O1"}
		there[i] = statement.Item{Seq: uint64(n + i), On: calendar.Day(20_001 + 2*i), Amount: 100, Reference: "O1"}
	}
	if got := statement.Reconcile(here, there, 5).Totals[term.ReconciledMatched]; got != (statement.Total{Count: n, Here: 100 * n, There: 100 * n}) {
		t.Errorf("got %+v", got)
	}
}

func BenchmarkReconcile(b *testing.B) {
	const n = 100_000
	r := rand.New(rand.NewPCG(3, 4))
	sides := map[string]func() statement.Item{
		"of orders": func() statement.Item {
			return statement.Item{On: calendar.Day(20_000 + r.IntN(90)), Amount: money.Fen(100 * (1 + r.IntN(50))), Reference: fmt.Sprint("O", r.IntN(n/20))}
		},
		"all equal": func() statement.Item {
			return statement.Item{On: calendar.Day(20_000 + r.IntN(100_000)), Amount: 100, Reference: "O"}
		},
	}
	for name, draw := range sides {
		here, there := make([]statement.Item, n), make([]statement.Item, n)
		for i := range n {
			here[i], there[i] = draw(), draw()
			here[i].Seq, there[i].Seq = uint64(i), uint64(n+i)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				statement.Reconcile(here, there, 3)
			}
		})
	}
}
