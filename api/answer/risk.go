package answer

import (
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Risk is the risk of an institution and how it comes about.
type Risk struct {
	Institution NamedInstitution `json:"institution"`
	Total       int              `json:"total"`
	Tier        term.RiskTier    `json:"tier"`
	TierLabel   string           `json:"tier_label"`
	MediumFrom  int              `json:"medium_from" doc:"The least total of the medium tier."`
	HighFrom    int              `json:"high_from" doc:"The least total of the high tier."`
	Parts       []RiskPart       `json:"parts" doc:"Every line of the table, those of no points too; the total is their sum."`
	Version     string           `json:"version" doc:"The rule that judged: the same facts under it give the same score."`
	AsOf        Date             `json:"as_of"`
	AtSeq       uint64           `json:"at_seq"`
	Scheduled   bool             `json:"scheduled,omitempty"`
}

// RiskPart is what one line of the table adds.
type RiskPart struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Points int    `json:"points"`
	Most   int    `json:"most" doc:"The most that the line adds."`
	Found  string `json:"found" doc:"What the register knows of it."`
}

// RiskOf answers with a score.
func RiskOf(about NamedInstitution, s rule.Score, f For) Risk {
	a := Risk{
		Institution: about, Total: s.Total, Tier: s.Tier, TierLabel: f.say(s.Tier.Label()), MediumFrom: rule.RiskMediumFrom, HighFrom: rule.RiskHighFrom,
		Parts: make([]RiskPart, len(s.Parts)), Version: s.Version, AsOf: Date{f.AsOf}, AtSeq: f.AtSeq, Scheduled: f.Scheduled(),
	}
	most := map[string]int{}
	for _, p := range rule.RiskParts {
		most[p.ID] = p.Most
	}
	for i, p := range s.Parts {
		a.Parts[i] = RiskPart{ID: p.ID, Title: f.say(p.Title), Points: p.Points, Most: most[p.ID], Found: f.say(p.Found)}
	}
	return a
}
