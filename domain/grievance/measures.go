package grievance

import (
	"minglu/domain"
	"minglu/domain/figure"
	"minglu/domain/term"
)

// Received and closed count whole grievances; parts, accepted, refused, settled
// and terminated count parts. No rate is made of one of each.

// Claims reserves the number of the receipt, where it has a serial number. One
// that was drawn names the grievance: nobody else can have it.
func (e Received) Claims() []domain.Claim {
	if e.Receipt == nil || e.Receipt.Number.Names() != "" {
		return nil
	}
	return []domain.Claim{{Kind: "receipt", Value: string(e.Receipt.Number)}}
}

// Concerns returns the institution.
func (e Received) Concerns() []string {
	if e.Institution == "" {
		return nil
	}
	return []string{e.Institution}
}

// Measures counts the grievance by channel and, where it is not split, its one
// part by nature.
func (e Received) Measures() []figure.Measure {
	out := []figure.Measure{figure.One(term.GrievancesReceived, term.Incidents, string(e.Channel))}
	if e.Nature != term.Mixed {
		out = append(out, figure.One(term.GrievanceParts, term.Incidents, string(e.Nature)))
	}
	for i := range out {
		out[i].Institution = e.Institution
	}
	return out
}

// Measures counts the parts by nature.
func (e Split) Measures() []figure.Measure {
	var out []figure.Measure
	for _, p := range e.Parts {
		out = append(out, figure.One(term.GrievanceParts, term.Incidents, string(p.Nature)))
	}
	return out
}

// Measures counts the part.
func (e Accepted) Measures() []figure.Measure { return one(term.GrievancesAccepted, "") }

// Measures counts the part by ground, and the whole as closed where another part
// of it was.
func (e Refused) Measures() []figure.Measure {
	return append(one(term.GrievancesRefused, string(e.Ground)), closed(e.Whole)...)
}

// Measures counts the transfer by the agency it goes to.
func (e Transferred) Measures() []figure.Measure { return one(term.GrievancesTransferred, e.To) }

// Measures counts the return by the agency it goes back to.
func (e TransferObjected) Measures() []figure.Measure { return one(term.GrievancesReturned, e.To) }

// Measures counts the agreement.
func (e MediationSettled) Measures() []figure.Measure { return one(term.GrievancesSettled, "") }

// Measures counts the mediation that failed by cause.
func (e MediationTerminated) Measures() []figure.Measure {
	return one(term.GrievancesTerminated, string(e.Cause))
}

// Measures counts who came.
func (e VisitLogged) Measures() []figure.Measure {
	return []figure.Measure{{Key: term.GrievanceVisits, Count: e.Persons}}
}

// Measures counts the whole by its nature, once its last part has ended.
func (e Closed) Measures() []figure.Measure { return closed(e.Whole) }

// Measures counts the part, where a review opened one that had been closed.
func (e ReviewAnswered) Measures() []figure.Measure {
	if !e.Reopens {
		return nil
	}
	return one(term.GrievancesReopened, "")
}

// Measures counts the part.
func (e Reopened) Measures() []figure.Measure { return one(term.GrievancesReopened, "") }

func one(key term.Figure, item string) []figure.Measure {
	return []figure.Measure{figure.One(key, term.Incidents, item)}
}

func closed(whole term.Nature) []figure.Measure {
	if whole == "" {
		return nil
	}
	return one(term.GrievancesClosed, string(whole))
}
