package inspection

import (
	"slices"

	"minglu/domain"
)

// The stored names. They never change.

// EventName returns the stored name.
func (Planned) EventName() string { return "inspection.planned" }

// EventName returns the stored name.
func (Launched) EventName() string { return "inspection.launched" }

// EventName returns the stored name.
func (SeedCommitted) EventName() string { return "inspection.seed_committed" }

// EventName returns the stored name.
func (DrawHeld) EventName() string { return "inspection.draw_held" }

// EventName returns the stored name.
func (InspectorsAssigned) EventName() string { return "inspection.inspectors_assigned" }

// EventName returns the stored name.
func (OfficerRecused) EventName() string { return "inspection.officer_recused" }

// EventName returns the stored name.
func (VisitRecorded) EventName() string { return "inspection.visit_recorded" }

// EventName returns the stored name.
func (VisitCountRecorded) EventName() string { return "inspection.visit_count_recorded" }

// EventName returns the stored name.
func (FindingRecorded) EventName() string { return "inspection.finding_recorded" }

// EventName returns the stored name.
func (CorrectedOnSite) EventName() string { return "inspection.corrected_on_site" }

// EventName returns the stored name.
func (PremisesSurveyed) EventName() string { return "inspection.premises_surveyed" }

// EventName returns the stored name.
func (Closed) EventName() string { return "inspection.closed" }

// EventName returns the stored name.
func (ResultPublished) EventName() string { return "inspection.result_published" }

// EventName returns the stored name.
func (Replied) EventName() string { return "inspection.replied" }

// EventName returns the stored name.
func (Concluded) EventName() string { return "inspection.concluded" }

// EventName returns the stored name.
func (DeadlineMissed) EventName() string { return "inspection.deadline_missed" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "inspection.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "inspection.annulled" }

func (Planned) inspectionEvent()            {}
func (Launched) inspectionEvent()           {}
func (SeedCommitted) inspectionEvent()      {}
func (DrawHeld) inspectionEvent()           {}
func (InspectorsAssigned) inspectionEvent() {}
func (OfficerRecused) inspectionEvent()     {}
func (VisitRecorded) inspectionEvent()      {}
func (VisitCountRecorded) inspectionEvent() {}
func (FindingRecorded) inspectionEvent()    {}
func (CorrectedOnSite) inspectionEvent()    {}
func (PremisesSurveyed) inspectionEvent()   {}
func (Closed) inspectionEvent()             {}
func (ResultPublished) inspectionEvent()    {}
func (Replied) inspectionEvent()            {}
func (Concluded) inspectionEvent()          {}
func (DeadlineMissed) inspectionEvent()     {}
func (Corrected) inspectionEvent()          {}
func (Annulled) inspectionEvent()           {}

// Concerns returns the institution that the whole inspection is about, where it
// is one alone. Of an inspection of several, see [domain.Touching].
func (e Planned) Concerns() []string {
	if len(e.Institutions) == 1 {
		return e.Institutions
	}
	return nil
}

// Claims returns the number, which is unique for its lead agency.
func (e Planned) Claims() []domain.Claim {
	if e.Number == "" {
		return nil
	}
	return []domain.Claim{{Kind: "inspection", Value: e.Lead + "/" + e.Number}}
}

// Touches returns the institutions that the plan names.
func (e Planned) Touches() []string { return e.Institutions }

// Touches returns who is drawn.
func (e DrawHeld) Touches() []string { return e.Drawn }

// Touches returns the institution.
func (e InspectorsAssigned) Touches() []string { return one(e.Institution) }

// Touches returns the institution that was visited.
func (e VisitRecorded) Touches() []string { return one(e.Institution) }

// Touches returns the institution that was visited.
func (e FindingRecorded) Touches() []string { return one(e.Institution) }

// Touches returns the institution that was visited.
func (e CorrectedOnSite) Touches() []string { return one(e.Institution) }

// Touches returns the institution that was found there.
func (e PremisesSurveyed) Touches() []string { return one(e.Institution) }

// Touches returns the institutions that were visited, each once.
func (e ResultPublished) Touches() []string {
	var out []string
	for _, r := range e.Rows {
		if r.Institution != "" && !slices.Contains(out, r.Institution) {
			out = append(out, r.Institution)
		}
	}
	return out
}

// Touches returns the institution that replies.
func (e Replied) Touches() []string { return one(e.Institution) }

func one(institution string) []string {
	if institution == "" {
		return nil
	}
	return []string{institution}
}
