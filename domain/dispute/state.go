package dispute

import (
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/domain/work"
)

// State is one dispute. It is a value.
type State struct {
	Institution string            `json:"i,omitzero"`
	Source      string            `json:"so,omitzero"`
	Agency      string            `json:"a,omitzero"` // who leads
	Cause       term.DisputeCause `json:"c,omitzero"`
	Pupils      figure.Count      `json:"p,omitzero"`
	Amount      *money.Fen        `json:"am,omitzero"` // nil: not known
	Opened      calendar.Day      `json:"o,omitzero"`
	Routes      []Routing         `json:"r,omitzero"`
	Claims      []Claim           `json:"cl,omitzero"`
	Distributed calendar.Day      `json:"d,omitzero"`  // the last time; zero: never
	Shortfall   money.Fen         `json:"sh,omitzero"` // what it left unpaid
	Meetings    figure.Count      `json:"m,omitzero"`
	Visits      figure.Count      `json:"v,omitzero"`
	With        []string          `json:"w,omitzero"`  // agencies that met, in order of first meeting
	Resolved    calendar.Day      `json:"re,omitzero"` // zero: open
	By          term.Recourse     `json:"b,omitzero"`
	Remaining   money.Fen         `json:"rm,omitzero"`
	Persons     rule.Persons      `json:"ps,omitzero"`
	Clocks      clock.Clocks      `json:"k,omitzero"`
}

// Routing is one way that the dispute was routed to.
type Routing struct {
	To         term.Recourse `json:"t,omitzero"`
	On         calendar.Day  `json:"o,omitzero"`
	DocumentNo string        `json:"dn,omitzero"`
}

// Claim is one claim and what was paid on it.
type Claim struct {
	Number     int            `json:"n,omitzero"`
	Rank       term.ClaimRank `json:"r,omitzero"`
	Amount     money.Fen      `json:"a,omitzero"`
	Supervised money.Fen      `json:"s,omitzero"` // paid from the supervised account
	Paid       money.Fen      `json:"p,omitzero"` // by distributions
	Person     string         `json:"pe,omitzero"`
	On         calendar.Day   `json:"o,omitzero"`
}

// Unpaid returns what is left to pay on the claim.
func (c Claim) Unpaid() money.Fen { return c.Amount - c.Supervised - c.Paid }

// Status returns how far it is.
func (s State) Status() term.DisputeStatus {
	switch {
	case s.Resolved != 0:
		return term.DisputeResolved
	case len(s.Routes) > 0:
		return term.DisputeRouted
	}
	return term.DisputeOpen
}

// Head returns what a list of work shows.
func (s State) Head() work.Head {
	h := work.Head{
		Title: s.Cause.Label().ZH, Kind: string(s.Cause), Status: string(s.Status()), Institution: s.Institution,
		Agency: s.Agency, Agencies: []string{s.Agency}, Opened: s.Opened, Closed: s.Resolved,
	}
	for _, a := range s.With {
		if a != s.Agency {
			h.Agencies = append(h.Agencies, a)
		}
	}
	if s.Source != "" {
		h.Sources = []string{s.Source}
	}
	return h
}

func (s State) routedTo(to term.Recourse) bool {
	return slices.ContainsFunc(s.Routes, func(r Routing) bool { return r.To == to })
}

// nextClaim is the number of the next claim.
func (s State) nextClaim() int {
	next := 1
	for _, c := range s.Claims {
		next = max(next, c.Number+1)
	}
	return next
}

// owed are the claims with what is unpaid of them.
func (s State) owed() []Owed {
	out := make([]Owed, len(s.Claims))
	for i, c := range s.Claims {
		out[i] = Owed{Claim: c.Number, Rank: c.Rank, Due: max(c.Unpaid(), 0)}
	}
	return out
}

// lastMoney returns the day of the latest claim or distribution.
func (s State) lastMoney() calendar.Day {
	last := s.Distributed
	for _, c := range s.Claims {
		last = max(last, c.On)
	}
	return last
}

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	s.Clocks = s.Clocks.After(m, e)
	on := calendar.DayOf(m.Effective)
	switch e := e.(type) {
	case Opened:
		s.Institution, s.Source, s.Agency, s.Opened = e.Institution, e.Source, m.Actor.Agency, on
		s.Cause, s.Pupils, s.Amount = e.Cause, e.Pupils, e.Amount
	case ClaimRecorded:
		s.Claims = domain.With(s.Claims, Claim{Number: e.Claim, Rank: e.Rank, Amount: e.Amount, Supervised: e.Supervised, Person: e.Claimant.Person, On: on})
		s.Persons = s.Persons.With(e.Claimant)
	case Routed:
		for _, to := range e.To {
			s.Routes = domain.With(s.Routes, Routing{To: to, On: on, DocumentNo: e.DocumentNo})
		}
	case MeetingHeld:
		s.Meetings = s.Meetings.Plus(e.Count)
		s.With = joined(s.With, e.Agencies)
	case VisitReceived:
		s.Visits = s.Visits.Plus(e.Count)
	case Distributed:
		s.Claims, s.Distributed, s.Shortfall = paid(s.Claims, e.Claims), on, e.Shortfall
	case Resolved:
		s.Resolved, s.By, s.Remaining = on, e.By, e.Remaining
	case PersonalDataErased:
		s.Persons = s.Persons.Without(e.Person)
	case DeadlineMissed, PersonalDataRead:
		// The clocks, and the history, say it all.
	case Corrected, Annulled:
		// The store folds amended histories; the amendment itself says nothing more.
	default:
		panic(fmt.Sprintf("dispute does not know the event %s", e.EventName()))
	}
	return s
}

func joined(list, more []string) []string {
	for _, a := range more {
		if !slices.Contains(list, a) {
			list = domain.With(list, a)
		}
	}
	return list
}

// paid returns the claims with what they were given.
func paid(claims []Claim, shares []Share) []Claim {
	given := make(map[int]money.Fen, len(shares))
	for _, sh := range shares {
		given[sh.Claim] = sh.Paid
	}
	claims = slices.Clone(claims)
	for i := range claims {
		claims[i].Paid += given[claims[i].Number]
	}
	return claims
}
