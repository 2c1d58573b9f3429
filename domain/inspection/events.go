package inspection

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/draw"
	"minglu/domain/figure"
	"minglu/domain/term"
)

// Event is a fact about an inspection.
type Event interface {
	domain.Event
	inspectionEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[Planned](1),
	domain.Current[Launched](1),
	domain.Current[SeedCommitted](1),
	domain.Current[DrawHeld](1),
	domain.Current[InspectorsAssigned](1),
	domain.Current[OfficerRecused](1),
	domain.Current[VisitRecorded](1),
	domain.Current[VisitCountRecorded](1),
	domain.Current[FindingRecorded](1),
	domain.Current[CorrectedOnSite](1),
	domain.Current[PremisesSurveyed](1),
	domain.Current[Closed](1),
	domain.Current[ResultPublished](1),
	domain.Current[Replied](1),
	domain.Current[Concluded](1),
	domain.Current[DeadlineMissed](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// Planned is the plan.
type Planned struct {
	Kind     term.InspectionKind `json:"kind"`
	Theme    string              `json:"theme"`
	Number   string              `json:"number,omitempty"`
	Lead     string              `json:"lead"`
	Agencies []string            `json:"agencies"` // that take part beside the lead
	Items    []AgencyItems       `json:"items,omitempty"`
	Period   Period              `json:"period"`
	// Tiers are the parts of the population and their rates, of a random
	// inspection; one named [Everyone] where there are no tiers.
	Tiers        []TierPlan `json:"tiers,omitempty"`
	Scope        Scope      `json:"scope,omitzero"`
	Institutions []string   `json:"institutions,omitempty"`
	Sources      []string   `json:"sources,omitempty"`
}

// Everyone is the name of the tier of a draw that has but one.
const Everyone = "all"

// TierPlan is one tier of a population and its rate.
type TierPlan struct {
	Name string    `json:"name"`
	Rate draw.Rate `json:"rate"`
}

// Launched says that it has begun.
type Launched struct {
	Kind term.InspectionKind `json:"kind"`
}

// SeedCommitted is the commitment of the seed of the draw.
type SeedCommitted struct {
	Commitment draw.Digest `json:"commitment"`
}

// DrawHeld is the draw: the seed that is opened, the population by hash and
// position, and who is drawn. Ids are stream names of institutions.
type DrawHeld struct {
	Algorithm      string      `json:"algorithm"`
	Seed           draw.Seed   `json:"seed"`
	CommittedSeq   uint64      `json:"committed_seq"` // position of the commitment
	PopulationSeq  uint64      `json:"population_seq"`
	PopulationHash draw.Digest `json:"population_hash"`
	N              int         `json:"n"` // size of the population
	Tiers          []TierDrawn `json:"tiers"`
	Drawn          []string    `json:"drawn"` // tier by tier, in order of rank
	// OfficerPool are those among whom inspectors were matched, Inspectors who was
	// matched at once.
	OfficerPool []string      `json:"officer_pool"`
	Inspectors  []Matched     `json:"inspectors,omitempty"`
	Recusals    []Recusal     `json:"recusals,omitempty"`
	Clocks      []clock.Start `json:"clocks,omitempty"`
}

// TierDrawn is one tier of a draw. Hash is that of its ids alone.
type TierDrawn struct {
	Name  string      `json:"name"`
	Rate  draw.Rate   `json:"rate"`
	N     int         `json:"n"`
	Drawn int         `json:"drawn"`
	Hash  draw.Digest `json:"hash"`
}

// Matched are the inspectors of one drawn institution.
type Matched struct {
	Institution string   `json:"institution"`
	Officers    []string `json:"officers"`
}

// Recusal is an officer who withdrew from the inspection of an institution, or of
// all where none is named.
type Recusal struct {
	Institution string `json:"institution,omitempty"`
	Officer     string `json:"officer"`
	Reason      string `json:"reason"`
}

// InspectorsAssigned gives a drawn institution its inspectors, the two that the
// draw ranks first before those who joined them.
type InspectorsAssigned struct {
	Institution string         `json:"institution"`
	Officers    []string       `json:"officers"`
	Recusals    []draw.Recusal `json:"recusals,omitempty"`
	// OfficerPool are those among whom they were matched, where the pool of the
	// draw had not two left.
	OfficerPool []string `json:"officer_pool,omitempty"`
	// Complete tells that every drawn institution has inspectors now.
	Complete bool `json:"complete"`
}

// OfficerRecused says that an officer withdrew. Unmatched are the drawn
// institutions that are without inspectors by it.
type OfficerRecused struct {
	Recusal
	Unmatched []string      `json:"unmatched,omitempty"`
	Clocks    []clock.Start `json:"clocks,omitempty"`
}

// VisitRecorded is one visit.
type VisitRecorded struct {
	Visit       int                 `json:"visit"` // number in the inspection, from 1
	Kind        term.InspectionKind `json:"kind"`
	Institution string              `json:"institution,omitempty"`
	Premises    string              `json:"premises,omitempty"` // where it is no institution of the register
	Officers    []string            `json:"officers"`
	Agencies    []string            `json:"agencies"`
	Items       []term.CheckItem    `json:"items"`
	Signed      bool                `json:"signed"`
	Covert      bool                `json:"covert,omitempty"`
	Area        string              `json:"area,omitempty"`
}

// VisitCountRecorded is a number of visits of which nothing more is known.
type VisitCountRecorded struct {
	Kind     term.InspectionKind `json:"kind"`
	Visits   figure.Count        `json:"visits"`
	Distinct *figure.Count       `json:"distinct,omitempty"` // institutions; absent: not known
	Checks   *figure.Count       `json:"checks,omitempty"`
	Period   Period              `json:"period"`
	Area     string              `json:"area,omitempty"`
}

// FindingRecorded is what a visit found on one item. It says of whom and how
// grave by itself, so that what follows needs nothing else.
type FindingRecorded struct {
	Finding     int            `json:"finding"` // number in the inspection, from 1
	Visit       int            `json:"visit"`
	Institution string         `json:"institution,omitempty"`
	Premises    string         `json:"premises,omitempty"`
	Item        term.CheckItem `json:"item"`
	Severity    term.Severity  `json:"severity"`
	Basis       string         `json:"basis,omitempty"`
	Variant     term.Variant   `json:"variant,omitempty"`
	Agency      string         `json:"agency"`
	Facts       string         `json:"facts,omitempty"`
}

// CorrectedOnSite says that a finding was put right at once.
type CorrectedOnSite struct {
	Finding     int            `json:"finding"`
	Visit       int            `json:"visit"`
	Institution string         `json:"institution,omitempty"`
	Item        term.CheckItem `json:"item"`
	Agency      string         `json:"agency"`
}

// PremisesSurveyed is one place of the premises roll (台账).
type PremisesSurveyed struct {
	Survey       int                 `json:"survey"` // number in the inspection, from 1
	Kind         term.InspectionKind `json:"kind"`
	Grid         string              `json:"grid"`
	Address      string              `json:"address"`
	Documents    term.Documents      `json:"documents"`
	SeenActivity bool                `json:"seen_activity"`
	Institution  string              `json:"institution,omitempty"`
	AreaTeam     string              `json:"area_team,omitempty"`
	Visit        int                 `json:"visit,omitempty"`
}

// Summary is what an inspection comes to. Distinct is how many institutions were
// visited, as far as that is known.
type Summary struct {
	Visits    figure.Count `json:"visits"`
	Distinct  figure.Count `json:"distinct"`
	Surveys   int          `json:"surveys"`
	Findings  int          `json:"findings"` // minor and serious
	Serious   int          `json:"serious"`
	Corrected int          `json:"corrected_on_site"`
}

// Closed says that it has ended. Unvisited are drawn institutions that nobody
// visited.
type Closed struct {
	Summary
	Unvisited []string      `json:"unvisited,omitempty"`
	Clocks    []clock.Start `json:"clocks,omitempty"`
}

// ResultPublished is the public result, with a row for each visit.
type ResultPublished struct {
	Summary
	Rows  []Row    `json:"rows"`
	Media []string `json:"media"`
}

// Row is one visit in the public result. Premises that are no institution of the
// register have no name in it.
type Row struct {
	Visit       int              `json:"visit"`
	On          calendar.Day     `json:"on"`
	Institution string           `json:"institution,omitempty"`
	Agencies    []string         `json:"agencies"`
	Items       []term.CheckItem `json:"items"`
	Findings    []RowFinding     `json:"findings"` // minor and serious
}

// RowFinding is one finding in the public result, without its facts.
type RowFinding struct {
	Item      term.CheckItem `json:"item"`
	Severity  term.Severity  `json:"severity"`
	Corrected bool           `json:"corrected_on_site"`
}

// Replied is what an institution answers to the published result, in its own
// words; nobody has verified them.
type Replied struct {
	Institution string `json:"institution"`
	Text        string `json:"text"`
}

// Concluded puts it away.
type Concluded struct {
	Reason string `json:"reason,omitempty"`
}

// DeadlineMissed says that the last day of a clock has passed.
type DeadlineMissed struct{ clock.Missing }

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }
