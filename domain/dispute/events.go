package dispute

import (
	"minglu/domain"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/money"
	"minglu/domain/term"
)

// Event is a fact about a dispute.
type Event interface {
	domain.Event
	disputeEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[Opened](1),
	domain.Current[ClaimRecorded](1),
	domain.Current[Routed](1),
	domain.Current[MeetingHeld](1),
	domain.Current[VisitReceived](1),
	domain.Current[Distributed](1),
	domain.Current[Resolved](1),
	domain.Current[DeadlineMissed](1),
	domain.Current[PersonalDataRead](1),
	domain.Current[PersonalDataErased](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// Opened takes the dispute into the register.
type Opened struct {
	Institution string            `json:"institution"`
	Source      string            `json:"source,omitempty"`
	Cause       term.DisputeCause `json:"cause"`
	Pupils      figure.Count      `json:"pupils"`
	Amount      *money.Fen        `json:"amount_fen,omitempty"` // nil: not known
	Clocks      []clock.Start     `json:"clocks,omitempty"`
}

// ClaimRecorded is one claim. Supervised is what the supervised account holds
// for it.
type ClaimRecorded struct {
	Claim      int            `json:"claim"` // number given by the register
	Rank       term.ClaimRank `json:"rank"`
	Amount     money.Fen      `json:"amount_fen"`
	Supervised money.Fen      `json:"supervised_fen,omitempty"`
	Claimant   domain.Sealed  `json:"claimant"`
}

// Routed says where else the dispute is handled from now on.
type Routed struct {
	To         []term.Recourse `json:"to"`
	DocumentNo string          `json:"document_no,omitempty"`
}

// MeetingHeld is meetings about the dispute.
type MeetingHeld struct {
	Agencies []string     `json:"agencies"`
	Count    figure.Count `json:"count"`
}

// VisitReceived is visits of those concerned.
type VisitReceived struct {
	Count figure.Count `json:"count"`
}

// Distributed is how money was shared out.
type Distributed struct {
	Available money.Fen `json:"available_fen"`
	Distribution
}

// Resolved ends the dispute.
type Resolved struct {
	Institution string        `json:"institution"`
	By          term.Recourse `json:"by"`
	Terms       string        `json:"terms"`
	Remaining   money.Fen     `json:"remaining_fen"`
}

// DeadlineMissed says that a last day has passed.
type DeadlineMissed struct{ clock.Missing }

// PersonalDataRead says who was looked at, and why.
type PersonalDataRead struct{ domain.Unsealing }

// PersonalDataErased erases a claimant by law.
type PersonalDataErased struct{ domain.Erasure }

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }

// Concerns returns the institution.
func (e Opened) Concerns() []string { return []string{e.Institution} }

// Check refuses a claim that a correction would leave without a sum.
func (e ClaimRecorded) Check() error { return checkClaim("", e.Rank, e.Amount, e.Supervised) }

// Moves begins the period for routing.
func (e Opened) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves ends the period for routing.
func (Routed) Moves() []clock.Move { return clock.Ended("", term.DisputeRoute) }

// Moves ends the period for routing, where it is open.
func (Resolved) Moves() []clock.Move { return clock.Ended("", term.DisputeRoute) }

// Measures counts the dispute and its pupils, by cause.
func (e Opened) Measures() []figure.Measure {
	dispute := figure.One(term.DisputesOpened, term.Incidents, string(e.Cause))
	dispute.Institution = e.Institution
	return []figure.Measure{dispute, {Key: term.DisputePupils, Item: string(e.Cause), Institution: e.Institution, Count: e.Pupils}}
}

// Measures counts the ways.
func (e Routed) Measures() []figure.Measure {
	var out []figure.Measure
	for _, to := range e.To {
		out = append(out, figure.One(term.DisputesRouted, term.Incidents, string(to)))
	}
	return out
}

// Measures counts the meetings.
func (e MeetingHeld) Measures() []figure.Measure {
	return []figure.Measure{{Key: term.DisputeMeetings, Count: e.Count}}
}

// Measures counts the visits.
func (e VisitReceived) Measures() []figure.Measure {
	return []figure.Measure{{Key: term.DisputeVisits, Count: e.Count}}
}

// Measures counts the dispute, by the way it was resolved.
func (e Resolved) Measures() []figure.Measure {
	m := figure.One(term.DisputesResolved, term.Incidents, string(e.By))
	m.Institution = e.Institution
	return []figure.Measure{m}
}
