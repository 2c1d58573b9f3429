package inspection

import (
	"cmp"

	"minglu/domain/figure"
	"minglu/domain/term"
)

// Measures counts the campaign.
func (e Launched) Measures() []figure.Measure {
	return []figure.Measure{figure.One(term.Campaigns, term.Occasions, string(e.Kind))}
}

// Measures counts the draw.
func (e DrawHeld) Measures() []figure.Measure {
	return []figure.Measure{figure.One(term.Draws, term.Occasions, "")}
}

// Measures counts the visit, of its institution where that is known.
func (e VisitRecorded) Measures() []figure.Measure {
	m := visits(e.Kind, e.Area, figure.Of(1, term.Visits))
	m.Institution = e.Institution
	return []figure.Measure{m}
}

// Measures counts the visits, of institutions that are not known, and the checks
// that they were part of.
func (e VisitCountRecorded) Measures() []figure.Measure {
	out := []figure.Measure{visits(e.Kind, e.Area, e.Visits)}
	if e.Checks != nil {
		out = append(out, figure.Measure{Key: term.Campaigns, Item: string(e.Kind), Count: *e.Checks})
	}
	return out
}

// visits are those of an area in a sweep, and of a kind of inspection else.
func visits(kind term.InspectionKind, area string, n figure.Count) figure.Measure {
	if kind == term.SweepInspection {
		return figure.Measure{Key: term.SweepVisits, Item: area, Count: n}
	}
	return figure.Measure{Key: term.InspectionVisits, Item: string(kind), Count: n}
}

// Measures counts what was found, for the agency whose finding it is.
func (e FindingRecorded) Measures() []figure.Measure {
	if e.Severity == term.SeverityNone {
		return nil
	}
	m := figure.One(term.Findings, term.Items, string(e.Item))
	m.Agency, m.Institution = e.Agency, e.Institution
	return []figure.Measure{m}
}

// Measures counts the correction.
func (e CorrectedOnSite) Measures() []figure.Measure {
	m := figure.One(term.CorrectedOnSite, term.Items, string(e.Item))
	m.Agency, m.Institution = e.Agency, e.Institution
	return []figure.Measure{m}
}

// Measures counts the place by its documents and, in a sweep, the visit to it
// where it is not counted yet.
func (e PremisesSurveyed) Measures() []figure.Measure {
	m := figure.One(term.PremisesSurveyed, term.Visits, string(e.Documents))
	m.Institution = e.Institution
	out := []figure.Measure{m}
	if e.Kind == term.SweepInspection && e.Visit == 0 {
		m = figure.One(term.SweepVisits, term.Visits, cmp.Or(e.AreaTeam, e.Grid))
		m.Institution = e.Institution
		out = append(out, m)
	}
	return out
}
