package dispute

import (
	"cmp"
	"math/bits"
	"slices"

	"minglu/domain/money"
	"minglu/domain/term"
)

// Owed is one claim as it is to be shared for: what is unpaid of it, without
// what is supervised for it. It MUST NOT be negative.
type Owed struct {
	Claim int
	Rank  term.ClaimRank
	Due   money.Fen
}

// Distribution is how money is shared out, to the fen.
type Distribution struct {
	Ranks     []RankShare `json:"ranks"`                // those with claims, in order of payment
	Claims    []Share     `json:"per_claim"`            // by number
	Shortfall money.Fen   `json:"shortfall_fen"`        // what stays unpaid in all
	Surplus   money.Fen   `json:"surplus_fen,omitzero"` // what is left once all is paid
}

// RankShare is what one rank claims and gets.
type RankShare struct {
	Rank   term.ClaimRank `json:"rank"`
	Claims money.Fen      `json:"claims_fen"`
	Paid   money.Fen      `json:"paid_fen"`
}

// Share is what one claim gets.
type Share struct {
	Claim     int       `json:"claim"`
	Due       money.Fen `json:"due_fen"`
	Paid      money.Fen `json:"paid_fen"`
	Shortfall money.Fen `json:"shortfall_fen"`
}

// ranking is the order of payment.
var ranking = []term.ClaimRank{term.TraineeClaim, term.WageClaim, term.OtherClaim}

// Distribute shares money out: rank by rank, each paid in full before the next
// gets anything. Where a rank is short, a claim gets claim × available ÷ sum of
// the claims of its rank, rounded down to the fen; the fen left over go one each
// to the largest fractional parts, among equal ones to the smaller number.
//
// What is paid and what is left are exactly what was available; what is paid and
// what falls short are exactly what was due. available MUST NOT be negative. It
// refuses sums beyond what money.Fen holds.
func Distribute(available money.Fen, owed []Owed) (Distribution, error) {
	d := Distribution{Claims: []Share{}, Ranks: []RankShare{}, Surplus: available}
	for _, rank := range ranking {
		claims := ofRank(owed, rank)
		if len(claims) == 0 {
			continue
		}
		sum, err := sumOf(claims)
		if err != nil {
			return Distribution{}, err
		}
		paid := min(d.Surplus, sum)
		if d.Shortfall, err = d.Shortfall.Add(sum - paid); err != nil {
			return Distribution{}, err
		}
		d.Surplus -= paid
		d.Ranks = append(d.Ranks, RankShare{Rank: rank, Claims: sum, Paid: paid})
		d.Claims = append(d.Claims, shares(paid, sum, claims)...)
	}
	slices.SortFunc(d.Claims, func(a, b Share) int { return cmp.Compare(a.Claim, b.Claim) })
	return d, nil
}

func ofRank(owed []Owed, rank term.ClaimRank) []Owed {
	var out []Owed
	for _, o := range owed {
		if o.Rank == rank {
			out = append(out, o)
		}
	}
	return out
}

func sumOf(claims []Owed) (money.Fen, error) {
	var sum money.Fen
	var err error
	for _, c := range claims {
		if sum, err = sum.Add(c.Due); err != nil {
			return 0, err
		}
	}
	return sum, nil
}

// shares divides paid, which is not above sum, among claims that add up to sum.
func shares(paid, sum money.Fen, claims []Owed) []Share {
	out := make([]Share, len(claims))
	rest := make([]uint64, len(claims)) // fractional part of each, in parts of sum
	left := paid
	for i, c := range claims {
		out[i] = Share{Claim: c.Claim, Due: c.Due}
		if sum > 0 {
			out[i].Paid, rest[i] = portion(c.Due, paid, sum)
		}
		left -= out[i].Paid
	}
	order := make([]int, len(claims))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(rest[b], rest[a]), cmp.Compare(out[a].Claim, out[b].Claim))
	})
	for _, i := range order[:left] {
		out[i].Paid++
	}
	for i := range out {
		out[i].Shortfall = out[i].Due - out[i].Paid
	}
	return out
}

// portion returns due × paid ÷ sum rounded down, and the rest of the division.
// The product is wider than an amount; the quotient is not, for due and paid are
// not above sum.
func portion(due, paid, sum money.Fen) (share money.Fen, rest uint64) {
	hi, lo := bits.Mul64(uint64(due), uint64(paid))
	q, r := bits.Div64(hi, lo, uint64(sum))
	return money.Fen(q), r
}
