package dispute_test

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"minglu/domain/dispute"
	"minglu/domain/domaintest"
	"minglu/domain/money"
	"minglu/domain/term"
)

var ranks = []term.ClaimRank{term.TraineeClaim, term.WageClaim, term.OtherClaim}

// owed are claims of one rank, numbered from 1.
func owed(rank term.ClaimRank, due ...money.Fen) []dispute.Owed {
	var out []dispute.Owed
	for i, d := range due {
		out = append(out, dispute.Owed{Claim: i + 1, Rank: rank, Due: d})
	}
	return out
}

func paidOf(d dispute.Distribution) []money.Fen {
	var out []money.Fen
	for _, s := range d.Claims {
		out = append(out, s.Paid)
	}
	return out
}

func TestDistributionByExample(t *testing.T) {
	mixed := []dispute.Owed{{Claim: 1, Rank: term.OtherClaim, Due: 500}, {Claim: 2, Rank: term.TraineeClaim, Due: 300}, {Claim: 3, Rank: term.WageClaim, Due: 200}}
	for name, c := range map[string]struct {
		available          money.Fen
		owed               []dispute.Owed
		paid               []money.Fen
		shortfall, surplus money.Fen
	}{
		"enough for all, and some is left":               {1001, mixed, []money.Fen{500, 300, 200}, 0, 1},
		"exactly enough":                                 {1000, mixed, []money.Fen{500, 300, 200}, 0, 0},
		"the last rank is short":                         {999, mixed, []money.Fen{499, 300, 200}, 1, 0},
		"a later rank gets nothing while one is short":   {299, mixed, []money.Fen{0, 299, 0}, 701, 0},
		"nothing to share":                               {0, mixed, []money.Fen{0, 0, 0}, 1000, 0},
		"the fen left over goes to the smaller number":   {100, owed(term.TraineeClaim, 50, 50, 50), []money.Fen{34, 33, 33}, 50, 0},
		"two fen left over go to the two smaller":        {101, owed(term.TraineeClaim, 50, 50, 50), []money.Fen{34, 34, 33}, 49, 0},
		"the fen left over goes to the largest fraction": {10, owed(term.TraineeClaim, 10, 11, 12), []money.Fen{3, 3, 4}, 23, 0},
		"one fen among many goes to one":                 {1, owed(term.WageClaim, 1, 1, 1), []money.Fen{1, 0, 0}, 2, 0},
		"a claim that is paid gets nothing":              {5, owed(term.OtherClaim, 0, 10), []money.Fen{0, 5}, 5, 0},
		"a rank of paid claims is passed over":           {5, append(owed(term.TraineeClaim, 0), dispute.Owed{Claim: 2, Rank: term.WageClaim, Due: 5}), []money.Fen{0, 5}, 0, 0},
		"amounts as large as there are":                  {math.MaxInt64 - 1, owed(term.TraineeClaim, math.MaxInt64/2, math.MaxInt64/2+1), []money.Fen{math.MaxInt64 / 2, math.MaxInt64 / 2}, 1, 0},
		"no claims":                                      {7, nil, nil, 0, 7},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := dispute.Distribute(c.available, c.owed)
			if err != nil || !slices.Equal(paidOf(d), c.paid) || d.Shortfall != c.shortfall || d.Surplus != c.surplus {
				t.Errorf("got %v, %s short and %s left, %v, want %v, %s and %s", paidOf(d), d.Shortfall, d.Surplus, err, c.paid, c.shortfall, c.surplus)
			}
		})
	}
}

func TestRanksAreNamedInOrder(t *testing.T) {
	d, err := dispute.Distribute(400, []dispute.Owed{{Claim: 1, Rank: term.OtherClaim, Due: 500}, {Claim: 2, Rank: term.TraineeClaim, Due: 300}})
	want := []dispute.RankShare{{Rank: term.TraineeClaim, Claims: 300, Paid: 300}, {Rank: term.OtherClaim, Claims: 500, Paid: 100}}
	if err != nil || !reflect.DeepEqual(d.Ranks, want) {
		t.Errorf("got %v, %v, want %v", d.Ranks, err, want)
	}
}

func TestSumsBeyondAmountsAreRefused(t *testing.T) {
	for name, claims := range map[string][]dispute.Owed{
		"within a rank": owed(term.TraineeClaim, math.MaxInt64, 1),
		"over ranks":    {{Claim: 1, Rank: term.TraineeClaim, Due: math.MaxInt64}, {Claim: 2, Rank: term.WageClaim, Due: math.MaxInt64}},
	} {
		t.Run(name, func(t *testing.T) {
			if d, err := dispute.Distribute(0, claims); err == nil || !reflect.DeepEqual(d, dispute.Distribution{}) {
				t.Errorf("got %v, %v", d, err)
			}
		})
	}
}

// TestDistributionsKeepTheLaw checks many distributions against the rule in
// fractions.
func TestDistributionsKeepTheLaw(t *testing.T) {
	r := rand.New(rand.NewPCG(59, 113))
	for range 200 {
		claims := randomClaims(r)
		available := money.Fen(r.Int64N(int64(total(claims)+total(claims)/4) + 2))
		d, err := dispute.Distribute(available, claims)
		if err != nil {
			t.Fatal(err)
		}
		if err := keepsTheLaw(available, claims, d); err != nil {
			t.Fatalf("%v\nof %s among %v: %+v", err, available, claims, d)
		}
		r.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
		if again, _ := dispute.Distribute(available, claims); !reflect.DeepEqual(again, d) {
			t.Fatalf("got another distribution in another order of claims: %+v, then %+v", d, again)
		}
	}
}

// randomClaims are a few to many claims: of a few fen, where fractions meet,
// or of any size.
func randomClaims(r *rand.Rand) []dispute.Owed {
	limit := []int64{4, 1000, 10_000_000_000, math.MaxInt64 / 64}[r.IntN(4)]
	out := make([]dispute.Owed, 1+r.IntN(24))
	for i := range out {
		out[i] = dispute.Owed{Claim: i + 1, Rank: ranks[r.IntN(3)], Due: money.Fen(r.Int64N(limit))}
	}
	return out
}

func total(claims []dispute.Owed) (sum money.Fen) {
	for _, c := range claims {
		sum += c.Due
	}
	return sum
}

func keepsTheLaw(available money.Fen, claims []dispute.Owed, d dispute.Distribution) error {
	paid := map[int]money.Fen{}
	var sumPaid, sumShort money.Fen
	for i, s := range d.Claims {
		if i > 0 && d.Claims[i-1].Claim >= s.Claim {
			return fmt.Errorf("claim %d stands out of order", s.Claim)
		}
		if s.Paid < 0 || s.Paid > s.Due || s.Paid+s.Shortfall != s.Due {
			return fmt.Errorf("claim %d: %s paid and %s short of %s", s.Claim, s.Paid, s.Shortfall, s.Due)
		}
		paid[s.Claim] = s.Paid
		sumPaid += s.Paid
		sumShort += s.Shortfall
	}
	switch {
	case len(paid) != len(claims):
		return fmt.Errorf("%d claims are in it", len(paid))
	case sumPaid+d.Surplus != available:
		return fmt.Errorf("%s paid and %s left", sumPaid, d.Surplus)
	case sumShort != d.Shortfall || sumPaid+sumShort != total(claims):
		return fmt.Errorf("%s short of what the claims say, %s", d.Shortfall, sumShort)
	}
	left := available
	for _, rank := range ranks {
		var of []dispute.Owed
		for _, c := range claims {
			if c.Rank == rank {
				of = append(of, c)
			}
		}
		share := min(left, total(of))
		left -= share
		if err := inProportion(share, of, paid); err != nil {
			return fmt.Errorf("rank %s: %w", rank, err)
		}
	}
	return nil
}

// inProportion checks one rank: each claim has its fraction rounded down, and
// the fen left over go to the largest fractional parts, then to the smaller
// numbers.
func inProportion(share money.Fen, of []dispute.Owed, paid map[int]money.Fen) error {
	type part struct {
		claim int
		down  money.Fen
		rest  *big.Rat
	}
	sum := total(of)
	var parts []part
	left := share
	for _, c := range of {
		exact := new(big.Rat)
		if sum > 0 {
			exact.Mul(big.NewRat(int64(c.Due), 1), big.NewRat(int64(share), int64(sum)))
		}
		down := new(big.Int).Quo(exact.Num(), exact.Denom())
		parts = append(parts, part{c.Claim, money.Fen(down.Int64()), new(big.Rat).Sub(exact, new(big.Rat).SetInt(down))})
		left -= money.Fen(down.Int64())
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Or(b.rest.Cmp(a.rest), cmp.Compare(a.claim, b.claim)) })
	for i, p := range parts {
		want := p.down
		if money.Fen(i) < left {
			want++
		}
		if paid[p.claim] != want {
			return fmt.Errorf("claim %d is paid %s, want %s", p.claim, paid[p.claim], want)
		}
	}
	return nil
}

// TestDistributionInStagesLosesNothing shares out what the first left unpaid.
func TestDistributionInStagesLosesNothing(t *testing.T) {
	h := given(t, claimed)
	s := h.When(domaintest.On("2023-04-01"), dispute.ShareOut{Available: 50_000}).Then(distributed)
	var unpaid money.Fen
	for _, c := range s.Claims {
		unpaid += c.Unpaid()
	}
	if unpaid != s.Shortfall {
		t.Errorf("got %s unpaid, want the shortfall %s", unpaid, s.Shortfall)
	}
	s = given(t, after(claimed, was("2023-04-01", distributed))).When(domaintest.On("2023-05-01"), dispute.ShareOut{Available: s.Shortfall + 1}).Accepted()
	for _, c := range s.Claims {
		if c.Unpaid() != 0 {
			t.Errorf("got %s unpaid of claim %d", c.Unpaid(), c.Number)
		}
	}
	if s.Shortfall != 0 || s.Distributed != day("2023-05-01") {
		t.Errorf("got %s short on %s, want nothing", s.Shortfall, s.Distributed)
	}
}
