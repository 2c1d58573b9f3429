package answer

import (
	"minglu/domain"
	"minglu/domain/dispute"
	"minglu/domain/money"
	"minglu/domain/term"
)

// Dispute is a dispute as agencies read it. Who claims is sealed.
type Dispute struct {
	Work
	Cause       term.DisputeCause     `json:"cause"`
	Pupils      Count                 `json:"pupils"`
	Amount      *money.Fen            `json:"amount_fen" doc:"Null where it is not known."`
	Routes      []DisputeRoute        `json:"routes"`
	Claims      []DisputeClaim        `json:"claims"`
	Distributed []DisputeDistribution `json:"distributions"`
	Meetings    Count                 `json:"meetings"`
	Visits      Count                 `json:"visits" doc:"Of those concerned."`
	With        []string              `json:"met_with" doc:"Agencies that met about it."`
	By          Maybe                 `json:"resolved_by"`
	Terms       Maybe                 `json:"terms"`
	Remaining   *money.Fen            `json:"remaining_fen" doc:"What stayed unpaid; null until it is resolved."`
}

// DisputeRoute is one way that it was routed to.
type DisputeRoute struct {
	To         term.Recourse `json:"to"`
	On         Date          `json:"on"`
	DocumentNo Maybe         `json:"document_no"`
}

// DisputeClaim is one claim and what was paid on it.
type DisputeClaim struct {
	Claim      int            `json:"claim"`
	Rank       term.ClaimRank `json:"rank"`
	On         Date           `json:"on"`
	Amount     money.Fen      `json:"amount_fen"`
	Supervised money.Fen      `json:"supervised_fen" doc:"Held for it in the supervised account."`
	Paid       money.Fen      `json:"paid_fen" doc:"By distributions."`
	Unpaid     money.Fen      `json:"unpaid_fen"`
	Claimant   *Sealed        `json:"claimant"`
}

// DisputeDistribution is one time that money was shared out.
type DisputeDistribution struct {
	On        Date               `json:"on"`
	Available money.Fen          `json:"available_fen"`
	Ranks     []DisputeRankShare `json:"ranks"`
	Shortfall money.Fen          `json:"shortfall_fen"`
	Surplus   money.Fen          `json:"surplus_fen"`
}

// DisputeRankShare is what one rank claimed and got.
type DisputeRankShare struct {
	Rank   term.ClaimRank `json:"rank"`
	Claims money.Fen      `json:"claims_fen"`
	Paid   money.Fen      `json:"paid_fen"`
}

// claimantWord is how other units than the leading one read who claims.
var claimantWord = domain.Text{ZH: "债权人", EN: "claimant"}

// DisputeOf answers for one dispute.
func DisputeOf(s dispute.State, p Piece, f For) Dispute {
	a := Dispute{
		Work: p.work(f), Cause: s.Cause, Pupils: CountOf(s.Pupils), Amount: s.Amount, Routes: make([]DisputeRoute, len(s.Routes)),
		Distributed: []DisputeDistribution{}, With: orEmpty(s.With), By: Maybe(s.By),
		Meetings: countedOr(s.Meetings, term.Meetings), Visits: countedOr(s.Visits, term.PersonVisits),
	}
	for i, r := range s.Routes {
		a.Routes[i] = DisputeRoute{To: r.To, On: Date{r.On}, DocumentNo: Maybe(r.DocumentNo)}
	}
	a.claims(s, f)
	each(p, func(m domain.Meta, e dispute.Distributed) {
		d := DisputeDistribution{On: dayOf(m), Available: e.Available, Ranks: []DisputeRankShare{}, Shortfall: e.Shortfall, Surplus: e.Surplus}
		for _, r := range e.Ranks {
			d.Ranks = append(d.Ranks, DisputeRankShare{Rank: r.Rank, Claims: r.Claims, Paid: r.Paid})
		}
		a.Distributed = append(a.Distributed, d)
	})
	each(p, func(_ domain.Meta, e dispute.Resolved) { a.Terms, a.Remaining = Maybe(e.Terms), &e.Remaining })
	return a
}

// claims answers for the claims; each person has one letter, by the first of
// their claims.
func (a *Dispute) claims(s dispute.State, f For) {
	letters := map[string]int{}
	a.Claims = make([]DisputeClaim, len(s.Claims))
	for i, c := range s.Claims {
		n, ok := letters[c.Person]
		if !ok {
			n = len(letters)
			letters[c.Person] = n
		}
		a.Claims[i] = DisputeClaim{Claim: c.Number, Rank: c.Rank, On: Date{c.On}, Amount: c.Amount, Supervised: c.Supervised, Paid: c.Paid, Unpaid: c.Unpaid(),
			Claimant: sealedOf(c.Person, s.Agency == f.Reader.Agency, s.Persons.Erased(c.Person), lettered(claimantWord, n), f)}
	}
}
