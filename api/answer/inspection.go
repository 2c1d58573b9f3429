package answer

import (
	"cmp"
	"slices"

	"minglu/domain"
	"minglu/domain/figure"
	"minglu/domain/inspection"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// Inspection is an inspection: of one whose plan is not public, the public reads
// the published result alone.
type Inspection struct {
	Work
	Confidential bool                `json:"confidential" doc:"Nothing of it is public before its result is."`
	Period       *InspectionPeriod   `json:"period"`
	Items        []InspectionItems   `json:"items" doc:"What each agency checks; empty: every agency, every item."`
	Scope        *InspectionScope    `json:"scope" doc:"Of whom the population of a draw consists; null where nothing bounds it."`
	Tiers        []InspectionTier    `json:"tiers" doc:"Of a draw: its parts and their rates."`
	Institutions []NamedInstitution  `json:"institutions" doc:"Whom the plan names."`
	Planned      Date                `json:"planned_on"`
	Launched     Date                `json:"launched_on"`
	Committed    Date                `json:"seed_committed_on"`
	Commitment   Maybe               `json:"seed_commitment"`
	Draw         *InspectionDraw     `json:"draw"`
	Ended        Date                `json:"ended_on" doc:"When the visits were over."`
	Published    Date                `json:"published_on"`
	Concluded    Date                `json:"concluded_on"`
	Reason       Maybe               `json:"reason" doc:"Why it was concluded without a published result."`
	Summary      *InspectionSummary  `json:"summary" doc:"What it came to; to the public, as far as it was told."`
	Counts       []InspectionVisits  `json:"visit_counts" doc:"Visits of which nothing but the number is known."`
	Media        []string            `json:"media" doc:"Where the result was published."`
	Replies      []InspectionReply   `json:"replies" doc:"What institutions answered to the published result; nobody has verified it."`
	Recusals     []InspectionRecusal `json:"recusals"`
	Addresses    InspectionAddresses `json:"addresses"`
}

// InspectionPeriod is the time in which it is to take place, both days included.
type InspectionPeriod struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// InspectionItems are the items that one agency checks.
type InspectionItems struct {
	Agency     string           `json:"agency"`
	AgencyName string           `json:"agency_name"`
	Items      []term.CheckItem `json:"items"`
}

// InspectionScope bounds the population of a draw.
type InspectionScope struct {
	Class      Maybe           `json:"class"`
	Categories []term.Category `json:"categories"`
	Audiences  []term.Audience `json:"audiences"`
}

// InspectionTier is a part of the population of a draw.
type InspectionTier struct {
	Name  string `json:"name" doc:"all, or a risk tier."`
	Rate  string `json:"rate" doc:"A fraction." example:"1/20"`
	N     *int   `json:"n" doc:"How many are in it; null before the draw."`
	Drawn *int   `json:"drawn"`
}

// InspectionDraw is the draw that was held. Anybody can make it again from the
// address.
type InspectionDraw struct {
	On             Date              `json:"on"`
	Algorithm      string            `json:"algorithm"`
	PopulationSeq  uint64            `json:"population_seq"`
	PopulationHash string            `json:"population_hash"`
	Population     Count             `json:"population"`
	Drawn          Count             `json:"drawn"`
	Institutions   []InspectionDrawn `json:"institutions" doc:"In order of rank, tier by tier."`
	Address        string            `json:"address" doc:"Everything that is needed to make the draw again."`
}

// InspectionDrawn is one drawn institution.
type InspectionDrawn struct {
	Institution NamedInstitution `json:"institution"`
	Officers    []string         `json:"officers" doc:"Who inspects it; empty: not yet matched."`
	Visited     *bool            `json:"visited" doc:"Null for the public until the result is published."`
}

// InspectionSummary is what it came to. Visits are no institutions: how many
// institutions they went to is a count of its own.
type InspectionSummary struct {
	Visits       Count `json:"visits"`
	Institutions Count `json:"institutions"`
	Surveys      int   `json:"surveys"`
	Findings     int   `json:"findings" doc:"Minor and serious."`
	Serious      int   `json:"serious"`
	Corrected    int   `json:"corrected_on_site"`
}

func inspectionSummaryOf(s inspection.Summary) *InspectionSummary {
	return &InspectionSummary{Visits: CountOf(s.Visits), Institutions: CountOf(s.Distinct), Surveys: s.Surveys, Findings: s.Findings,
		Serious: s.Serious, Corrected: s.Corrected}
}

// InspectionVisits is a number of visits of the past.
type InspectionVisits struct {
	Visits       Count            `json:"visits"`
	Institutions *Count           `json:"institutions" doc:"How many they went to; null: not known."`
	Checks       *Count           `json:"checks"`
	Period       InspectionPeriod `json:"period"`
	Area         Maybe            `json:"area"`
}

// InspectionReply is what one institution answered.
type InspectionReply struct {
	Institution NamedInstitution `json:"institution"`
	Text        string           `json:"text"`
	On          Date             `json:"on"`
}

// InspectionRecusal is an officer who withdrew.
type InspectionRecusal struct {
	Institution *NamedInstitution `json:"institution" doc:"Null: of all."`
	Officer     string            `json:"officer"`
	Reason      string            `json:"reason"`
}

// InspectionAddresses are where more of it is.
type InspectionAddresses struct {
	Visits   string `json:"visits"`
	Findings string `json:"findings"`
}

// InspectionOf answers for one inspection.
func InspectionOf(s inspection.State, p Piece, f For) Inspection {
	own, _ := WorkKindOf(p.Head.Aggregate)
	at := own.address(p.Head.ID())
	a := Inspection{
		Work: p.work(f), Confidential: s.Confidential || s.Planned == 0, Items: make([]InspectionItems, len(s.Items)), Tiers: inspectionTiersOf(s),
		Institutions: p.Names.list(s.Institutions), Planned: Date{s.Planned}, Launched: Date{s.Launched}, Committed: Date{s.Committed},
		Draw: inspectionDrawOf(s, p, f), Ended: Date{s.Closed}, Published: Date{s.Published}, Concluded: Date{s.Concluded}, Summary: inspectionResultOf(s, p, f),
		Counts: []InspectionVisits{}, Media: []string{}, Replies: []InspectionReply{}, Recusals: []InspectionRecusal{},
		Addresses: InspectionAddresses{Visits: at + "/visits", Findings: at + "/findings"},
	}
	if a.Title = cmp.Or(a.Title, f.say(inspectionWord)); s.Planned != 0 {
		a.Period = &InspectionPeriod{Date{s.Period.From}, Date{s.Period.To}}
	}
	if !s.Scope.IsZero() {
		a.Scope = &InspectionScope{Class: Maybe(s.Scope.Class), Categories: orEmpty(s.Scope.Categories), Audiences: orEmpty(s.Scope.Audiences)}
	}
	if s.Committed != 0 {
		a.Commitment = Maybe(s.Commitment.String())
	}
	for i, it := range s.Items {
		a.Items[i] = InspectionItems{Agency: it.Agency, AgencyName: f.say(AgencyName(it.Agency)), Items: it.Items}
	}
	for _, r := range s.Recusals {
		a.Recusals = append(a.Recusals, InspectionRecusal{Institution: p.Names.Of(r.Institution), Officer: r.Officer, Reason: r.Reason})
	}
	a.told(p)
	return a
}

// told adds what facts say that the state does not keep.
func (a *Inspection) told(p Piece) {
	each(p, func(_ domain.Meta, e inspection.VisitCountRecorded) {
		a.Counts = append(a.Counts, InspectionVisits{Visits: CountOf(e.Visits), Institutions: countOrNone(e.Distinct), Checks: countOrNone(e.Checks),
			Period: InspectionPeriod{Date{e.Period.From}, Date{e.Period.To}}, Area: Maybe(e.Area)})
	})
	each(p, func(_ domain.Meta, e inspection.ResultPublished) { a.Media = orEmpty(e.Media) })
	each(p, func(m domain.Meta, e inspection.Replied) {
		a.Replies = append(a.Replies, InspectionReply{Institution: *p.Names.Of(e.Institution), Text: p.Names.text(e.Institution, e.Text), On: dayOf(m)})
	})
	each(p, func(_ domain.Meta, e inspection.Concluded) { a.Reason = Maybe(e.Reason) })
}

// InspectionInstitutions are the streams of the institutions that the answer
// names. facts are those that the reader may read.
func InspectionInstitutions(s inspection.State, facts []eventstore.Record) []string {
	streams := slices.Concat(s.Institutions, s.Replies)
	for _, d := range s.Draw.Drawn {
		streams = append(streams, d.Institution)
	}
	for _, r := range s.Recusals {
		streams = append(streams, r.Institution)
	}
	for _, v := range s.Visits {
		streams = append(streams, v.Institution)
	}
	each(Piece{Facts: facts}, func(_ domain.Meta, e inspection.ResultPublished) { streams = append(streams, e.Touches()...) })
	return streams
}

// inspectionWord is what the public reads as the title of an inspection whose plan
// is not public.
var inspectionWord = domain.Text{ZH: "检查（结果已公开）", EN: "inspection with a published result"}

// PublicInspectionRowOf answers to the public for an inspection in a list.
func PublicInspectionRowOf(h projections.WorkHead, names Names, f For) WorkRow {
	r := WorkRow{WorkSummary: WorkSummaryOf(h, names, f)}
	if h.Opened == 0 {
		r.Title = f.say(inspectionWord)
	}
	return r
}

func inspectionTiersOf(s inspection.State) []InspectionTier {
	out := make([]InspectionTier, len(s.Tiers))
	for i, t := range s.Tiers {
		out[i] = InspectionTier{Name: t.Name, Rate: t.Rate.String()}
		for _, d := range s.Draw.Tiers {
			if d.Name == t.Name {
				out[i].N, out[i].Drawn = &d.N, &d.Drawn
			}
		}
	}
	return out
}

func inspectionDrawOf(s inspection.State, p Piece, f For) *InspectionDraw {
	if !s.Held() {
		return nil
	}
	own, _ := WorkKindOf(p.Head.Aggregate)
	d := s.Draw
	n := 0
	for _, t := range d.Tiers {
		n += t.N
	}
	a := &InspectionDraw{
		On: Date{d.On}, Algorithm: d.Algorithm, PopulationSeq: d.PopulationSeq, PopulationHash: d.PopulationHash.String(),
		Population: CountOf(figure.Of(n, term.Institutions)), Drawn: CountOf(figure.Of(len(d.Drawn), term.Institutions)),
		Institutions: make([]InspectionDrawn, len(d.Drawn)), Address: own.address(p.Head.ID()) + "/draw",
	}
	visited, known := inspectionVisited(s, p, f)
	for i, one := range d.Drawn {
		a.Institutions[i] = InspectionDrawn{Institution: *p.Names.Of(one.Institution), Officers: orEmpty(one.Officers)}
		if known {
			was := visited[one.Institution]
			a.Institutions[i].Visited = &was
		}
	}
	return a
}

// inspectionVisited is who was visited, as far as the reader may know it: the
// public by the published result.
func inspectionVisited(s inspection.State, p Piece, f For) (visited map[string]bool, known bool) {
	visited = map[string]bool{}
	each(p, func(_ domain.Meta, e inspection.ResultPublished) {
		known = true
		for _, stream := range e.Touches() {
			visited[stream] = true
		}
	})
	if known || !p.over(f) {
		return visited, known
	}
	for _, v := range s.Visits {
		visited[v.Institution] = true
	}
	return visited, true
}

// inspectionResultOf is what it came to: to agencies of the division at any time,
// to others as the close or the published result says.
func inspectionResultOf(s inspection.State, p Piece, f For) *InspectionSummary {
	if p.over(f) {
		return inspectionSummaryOf(s.Summary())
	}
	var out *InspectionSummary
	each(p, func(_ domain.Meta, e inspection.Closed) { out = inspectionSummaryOf(e.Summary) })
	each(p, func(_ domain.Meta, e inspection.ResultPublished) { out = inspectionSummaryOf(e.Summary) })
	return out
}

// InspectionVisit is one visit: as it was recorded, or as the published result
// says it.
type InspectionVisit struct {
	Visit       int               `json:"visit" doc:"Number in the inspection."`
	On          Date              `json:"on"`
	Institution *NamedInstitution `json:"institution" doc:"Null: premises that are none of the register."`
	Premises    Maybe             `json:"premises" doc:"For officers only."`
	Agencies    []string          `json:"agencies"`
	Officers    []string          `json:"officers" doc:"For officers only."`
	Items       []term.CheckItem  `json:"items"`
	Findings    int               `json:"findings" doc:"Minor and serious."`
	Serious     int               `json:"serious"`
	Corrected   int               `json:"corrected_on_site"`
}

// InspectionFinding is one finding: as it was recorded, or as the published result
// says it.
type InspectionFinding struct {
	Finding     *int              `json:"finding" doc:"Number in the inspection; for officers only."`
	Visit       int               `json:"visit"`
	On          Date              `json:"on"`
	Institution *NamedInstitution `json:"institution" doc:"Null: premises that are none of the register."`
	Premises    Maybe             `json:"premises" doc:"For officers only."`
	Item        term.CheckItem    `json:"item"`
	Severity    term.Severity     `json:"severity"`
	Corrected   bool              `json:"corrected_on_site"`
	CorrectedOn Date              `json:"corrected_on" doc:"For officers only."`
	Variant     Maybe             `json:"variant" doc:"For officers only."`
	Agency      Maybe             `json:"agency" doc:"Who found it; for officers only."`
	Basis       Maybe             `json:"basis" doc:"For officers only."`
	Facts       Maybe             `json:"facts" doc:"For officers only."`
}

// InspectionTable is a page of the visits or findings of an inspection.
type InspectionTable[R any] struct {
	Inspection   string `json:"inspection" doc:"Its id."`
	Items        []R    `json:"items"`
	Next         Maybe  `json:"next"`
	Total        int    `json:"total"`
	Visits       *Count `json:"visits" doc:"Of the inspection, those too of which nothing but the number is known; null for the public until the result is published."`
	Institutions *Count `json:"institutions" doc:"How many institutions they went to, as far as that is known."`
	Published    Date   `json:"published_on"`
	Note         Maybe  `json:"note" doc:"Why there are no rows."`
	AsOf         Date   `json:"as_of"`
	AtSeq        uint64 `json:"at_seq"`
}

// unpublished is said in place of rows that are not public yet.
var unpublished = domain.Text{ZH: "检查结果尚未公开。", EN: "The result is not published yet."}

// InspectionTableOf answers with a page of a table.
func InspectionTableOf[R any](s inspection.State, p Piece, rows []R, total int, f For) InspectionTable[R] {
	t := InspectionTable[R]{Inspection: p.Head.ID(), Items: rows, Total: total, Published: Date{s.Published}, AsOf: Date{f.AsOf}, AtSeq: f.AtSeq}
	if sum := inspectionResultOf(s, p, f); sum != nil {
		t.Visits, t.Institutions = &sum.Visits, &sum.Institutions
	}
	if s.Published == 0 && !p.over(f) {
		t.Note = Maybe(f.say(unpublished))
	}
	return t
}

// InspectionVisitsOf answers for the visits that the reader may know of.
func InspectionVisitsOf(s inspection.State, p Piece, f For) []InspectionVisit {
	out := []InspectionVisit{}
	if p.over(f) {
		for _, v := range s.Visits {
			out = append(out, InspectionVisit{Visit: v.Number, On: Date{v.On}, Institution: p.Names.Of(v.Institution), Premises: Maybe(v.Premises),
				Agencies: orEmpty(v.Agencies), Officers: orEmpty(v.Officers), Items: orEmpty(v.Items)})
		}
		at := visitPlaces(s)
		for _, fd := range s.Findings {
			if i, ok := at[fd.Visit]; ok && fd.Severity != term.SeverityNone {
				out[i].count(fd.Severity, fd.Corrected != 0)
			}
		}
		return out
	}
	for _, row := range publishedRows(p) {
		v := InspectionVisit{Visit: row.Visit, On: Date{row.On}, Institution: p.Names.Of(row.Institution), Agencies: orEmpty(row.Agencies),
			Officers: []string{}, Items: orEmpty(row.Items)}
		for _, fd := range row.Findings {
			v.count(fd.Severity, fd.Corrected)
		}
		out = append(out, v)
	}
	return out
}

// visitPlaces are the places of the visits of a state, by their numbers.
func visitPlaces(s inspection.State) map[int]int {
	at := make(map[int]int, len(s.Visits))
	for i, v := range s.Visits {
		at[v.Number] = i
	}
	return at
}

func (v *InspectionVisit) count(s term.Severity, corrected bool) {
	v.Findings++
	if s == term.SeveritySerious {
		v.Serious++
	}
	if corrected {
		v.Corrected++
	}
}

// InspectionFindingsOf answers for the findings that the reader may know of: the
// public those of the published result, which are minor or serious.
func InspectionFindingsOf(s inspection.State, p Piece, f For) []InspectionFinding {
	out := []InspectionFinding{}
	if !p.over(f) {
		for _, row := range publishedRows(p) {
			for _, fd := range row.Findings {
				out = append(out, InspectionFinding{Visit: row.Visit, On: Date{row.On}, Institution: p.Names.Of(row.Institution),
					Item: fd.Item, Severity: fd.Severity, Corrected: fd.Corrected})
			}
		}
		return out
	}
	basis := map[int]string{}
	each(p, func(_ domain.Meta, e inspection.FindingRecorded) { basis[e.Finding] = e.Basis })
	at := visitPlaces(s)
	for _, fd := range s.Findings {
		i, ok := at[fd.Visit]
		if !ok {
			continue // its visit was annulled
		}
		v := s.Visits[i]
		out = append(out, InspectionFinding{
			Finding: &fd.Number, Visit: fd.Visit, On: Date{v.On}, Institution: p.Names.Of(v.Institution), Premises: Maybe(v.Premises),
			Item: fd.Item, Severity: fd.Severity, Corrected: fd.Corrected != 0, CorrectedOn: Date{fd.Corrected},
			Variant: Maybe(fd.Variant), Agency: Maybe(fd.Agency), Basis: Maybe(basis[fd.Number]), Facts: Maybe(fd.Facts),
		})
	}
	return out
}

// publishedRows are the rows of the published result.
func publishedRows(p Piece) (rows []inspection.Row) {
	each(p, func(_ domain.Meta, e inspection.ResultPublished) { rows = e.Rows })
	return rows
}
