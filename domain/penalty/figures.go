package penalty

import (
	"minglu/domain/figure"
	"minglu/domain/term"
)

// Measures counts the lead, by its disguise or else its hidden variant.
func (e ViolationAlleged) Measures() []figure.Measure {
	item := string(e.Disguise)
	if item == "" {
		item = string(e.Variant)
	}
	return one(term.CasesAlleged, item, e.Subject)
}

// Measures counts the case.
func (e Filed) Measures() []figure.Measure { return one(term.CasesFiled, "", e.Subject) }

// Measures counts the decision, its fine and what is to be refunded.
func (e Decided) Measures() []figure.Measure {
	out := one(term.CasesDecided, "", e.Subject)
	for _, m := range []struct {
		key term.Figure
		fen int
	}{{term.FinesDecided, int(e.FineFen)}, {term.RefundsOrdered, int(e.RefundFen)}} {
		if m.fen > 0 {
			out = append(out, figure.Measure{Key: m.key, Institution: e.Subject, Count: figure.Of(m.fen, term.FenUnit)})
		}
	}
	return out
}

// Measures counts the case by its ground.
func (e NoPenaltyDecided) Measures() []figure.Measure {
	return one(term.CasesNotPunished, string(e.Ground), e.Subject)
}

// Measures counts the measure by its kind.
func (e InformalMeasureTaken) Measures() []figure.Measure {
	return one(term.InformalMeasures, string(e.Kind), e.Subject)
}

// Measures counts the referral.
func (e ReferredToPolice) Measures() []figure.Measure {
	return one(term.PoliceReferrals, "", e.Subject)
}

// Measures counts the referral.
func (e AccountabilityReferred) Measures() []figure.Measure {
	return one(term.AccountabilityReferrals, "", e.Subject)
}

func one(key term.Figure, item, subject string) []figure.Measure {
	m := figure.One(key, term.Incidents, item)
	m.Institution = subject
	return []figure.Measure{m}
}
