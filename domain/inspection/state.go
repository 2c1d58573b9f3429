package inspection

import (
	"cmp"
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/draw"
	"minglu/domain/figure"
	"minglu/domain/term"
	"minglu/domain/work"
)

// State is one inspection. It keeps days and is a value.
type State struct {
	Kind         term.InspectionKind `json:"k,omitzero"`
	Theme        string              `json:"t,omitzero"`
	Number       string              `json:"n,omitzero"`
	Agencies     []string            `json:"a,omitzero"` // all that take part, the lead first
	Items        []AgencyItems       `json:"i,omitzero"`
	Period       Period              `json:"pe,omitzero"`
	Tiers        []TierPlan          `json:"ti,omitzero"`
	Scope        Scope               `json:"sc,omitzero"`
	Institutions []string            `json:"in,omitzero"`
	Sources      []string            `json:"so,omitzero"`
	// Confidential tells that nothing of it is public before its result is.
	Confidential bool `json:"cf,omitzero"`

	Planned   calendar.Day `json:"pl,omitzero"` // zero: not yet, as all days below
	Launched  calendar.Day `json:"la,omitzero"`
	Committed calendar.Day `json:"co,omitzero"`
	Closed    calendar.Day `json:"cl,omitzero"`
	Published calendar.Day `json:"pu,omitzero"`
	Concluded calendar.Day `json:"cn,omitzero"`

	Commitment draw.Digest  `json:"cm,omitzero"`
	Draw       Draw         `json:"d,omitzero"`
	Recusals   []Recusal    `json:"re,omitzero"`
	Visits     []Visit      `json:"v,omitzero"`
	Counts     []VisitCount `json:"vc,omitzero"`
	Findings   []Finding    `json:"f,omitzero"`
	Surveys    int          `json:"su,omitzero"`
	Replies    []string     `json:"rp,omitzero"` // streams of the institutions that replied
	Clocks     clock.Clocks `json:"c,omitzero"`
}

// Draw is the draw that was held.
type Draw struct {
	On             calendar.Day `json:"o,omitzero"` // zero: none was held
	Algorithm      string       `json:"a,omitzero"`
	Seed           draw.Seed    `json:"s,omitzero"`
	CommittedSeq   uint64       `json:"cs,omitzero"`
	PopulationSeq  uint64       `json:"ps,omitzero"`
	PopulationHash draw.Digest  `json:"ph,omitzero"`
	Tiers          []TierDrawn  `json:"t,omitzero"`
	OfficerPool    []string     `json:"op,omitzero"`
	Drawn          []Drawn      `json:"d,omitzero"` // tier by tier, in order of rank
}

// Drawn is one drawn institution with its inspectors.
type Drawn struct {
	Institution string   `json:"i,omitzero"`
	Officers    []string `json:"o,omitzero"`  // empty: none yet
	OfficerPool []string `json:"op,omitzero"` // where not that of the draw
}

// Visit is one visit.
type Visit struct {
	Number      int              `json:"n,omitzero"`
	On          calendar.Day     `json:"o,omitzero"`
	Institution string           `json:"i,omitzero"`
	Premises    string           `json:"p,omitzero"`
	Officers    []string         `json:"of,omitzero"`
	Agencies    []string         `json:"a,omitzero"`
	Items       []term.CheckItem `json:"it,omitzero"`
}

// VisitCount is a number of visits of which nothing more is known.
type VisitCount struct {
	Visits   figure.Count  `json:"v,omitzero"`
	Distinct *figure.Count `json:"d,omitzero"`
}

// Finding is what a visit found on one item.
type Finding struct {
	Number    int            `json:"n,omitzero"`
	Visit     int            `json:"v,omitzero"`
	Item      term.CheckItem `json:"i,omitzero"`
	Severity  term.Severity  `json:"s,omitzero"`
	Variant   term.Variant   `json:"va,omitzero"`
	Agency    string         `json:"a,omitzero"`
	Facts     string         `json:"f,omitzero"`
	Corrected calendar.Day   `json:"c,omitzero"` // zero: not put right on site
}

// Lead returns the agency that answers for it.
func (s State) Lead() string {
	if len(s.Agencies) == 0 {
		return ""
	}
	return s.Agencies[0]
}

// TierNames returns the tiers of the population of the draw, as it was held or as
// it is planned: [Everyone] alone, or risk tiers by their codes.
func (s State) TierNames() []string {
	tiers := s.tiers()
	out := make([]string, len(tiers))
	for i, t := range tiers {
		out[i] = t.Name
	}
	return out
}

// tiers are those of the draw once it is held, and those of the plan before.
func (s State) tiers() []TierPlan {
	if !s.Held() {
		return s.Tiers
	}
	out := make([]TierPlan, len(s.Draw.Tiers))
	for i, t := range s.Draw.Tiers {
		out[i] = TierPlan{Name: t.Name, Rate: t.Rate}
	}
	return out
}

// Held reports whether the draw was held.
func (s State) Held() bool { return s.Draw.On != 0 }

// Status returns how far it has come.
func (s State) Status() term.InspectionStatus {
	switch {
	case s.Concluded != 0:
		return term.InspectionConcluded
	case s.Published != 0:
		return term.InspectionPublished
	case s.Closed != 0:
		return term.InspectionClosed
	case s.Held():
		return term.InspectionDrawn
	case s.Launched != 0:
		return term.InspectionLaunched
	}
	return term.InspectionPlanned
}

// Head returns what lists of work show of it. Work ends with the publication, or
// with the conclusion of what is not published.
func (s State) Head() work.Head {
	h := work.Head{
		Number: s.Number, Title: cmp.Or(s.Theme, s.Kind.Label().ZH), Kind: string(s.Kind), Status: string(s.Status()),
		Agencies: s.Agencies, Opened: s.Planned, Closed: cmp.Or(s.Published, s.Concluded), Sources: s.Sources,
	}
	if len(s.Institutions) == 1 {
		h.Institution = s.Institutions[0]
	}
	if h.Closed == 0 {
		h.Agency = s.Lead()
	}
	return h
}

// Summary returns what it has come to so far.
func (s State) Summary() Summary {
	out := Summary{Visits: figure.Of(len(s.Visits), term.Visits), Distinct: s.distinct(), Surveys: s.Surveys}
	for _, c := range s.Counts {
		out.Visits = out.Visits.Plus(c.Visits)
	}
	for _, f := range s.problems() {
		out.Findings++
		if f.Severity == term.SeveritySerious {
			out.Serious++
		}
		if f.Corrected != 0 {
			out.Corrected++
		}
	}
	return out
}

// distinct returns how many institutions were visited: exactly where every visit
// names one, at least those named where some do, unknown where none does. A
// number of the past stands where it is all that is known; beside others nobody
// knows whom they have in common.
func (s State) distinct() figure.Count {
	named := map[string]bool{}
	all := true
	for _, v := range s.Visits {
		if v.Institution == "" {
			all = false
			continue
		}
		named[v.Institution] = true
	}
	if len(s.Visits) == 0 && len(s.Counts) == 1 && s.Counts[0].Distinct != nil {
		return *s.Counts[0].Distinct
	}
	if all && len(s.Counts) == 0 {
		return figure.Of(len(named), term.Institutions)
	}
	least := len(named)
	for _, c := range s.Counts {
		if d := c.Distinct; d != nil && (d.Precision == term.Exact || d.Precision == term.AtLeast) {
			least = max(least, d.N)
		}
	}
	if least == 0 {
		return figure.Count{Unit: term.Institutions, Precision: term.UnknownCount}
	}
	return figure.Count{N: least, Unit: term.Institutions, Precision: term.AtLeast}
}

// problems are the findings of something, of visits that stand: one whose visit
// was annulled is left out.
func (s State) problems() []Finding {
	var out []Finding
	for _, f := range s.Findings {
		if _, ok := s.visit(f.Visit); ok && f.Severity != term.SeverityNone {
			out = append(out, f)
		}
	}
	return out
}

// visit returns the visit of that number.
func (s State) visit(number int) (Visit, bool) {
	i := slices.IndexFunc(s.Visits, func(v Visit) bool { return v.Number == number })
	if i < 0 {
		return Visit{}, false
	}
	return s.Visits[i], true
}

// nextVisit returns the number of the next visit. That of an annulled visit is
// not given again while findings have it.
func (s State) nextVisit() int {
	n := 0
	for _, v := range s.Visits {
		n = max(n, v.Number)
	}
	for _, f := range s.Findings {
		n = max(n, f.Visit)
	}
	return n + 1
}

// finding returns the place of the finding of that number, or -1.
func (s State) finding(number int) int {
	return slices.IndexFunc(s.Findings, func(f Finding) bool { return f.Number == number })
}

// nextFinding returns the number of the next finding.
func (s State) nextFinding() int {
	n := 0
	for _, f := range s.Findings {
		n = max(n, f.Number)
	}
	return n + 1
}

// visited reports whether an institution was visited.
func (s State) visited(institution string) bool {
	return slices.ContainsFunc(s.Visits, func(v Visit) bool { return v.Institution == institution })
}

// drawn returns the place of an institution among those drawn, or -1.
func (s State) drawn(institution string) int {
	return slices.IndexFunc(s.Draw.Drawn, func(d Drawn) bool { return d.Institution == institution })
}

// recused returns the recusals that hold for an institution, each officer once.
func (s State) recused(institution string) []draw.Recusal {
	var out []draw.Recusal
	for _, r := range s.Recusals {
		if r.Institution != "" && r.Institution != institution {
			continue
		}
		out = withRecusal(out, draw.Recusal{Officer: r.Officer, Reason: r.Reason})
	}
	return out
}

func withRecusal(list []draw.Recusal, r draw.Recusal) []draw.Recusal {
	if slices.ContainsFunc(list, func(o draw.Recusal) bool { return o.Officer == r.Officer }) {
		return list
	}
	return domain.With(list, r)
}

// Package returns everything that is needed to make the draw again, with the
// inspectors as they are assigned now. The tiers are the population of the draw,
// as it was at the position [Draw.PopulationSeq].
func (s State) Package(tiers []RollTier) draw.Package {
	d := s.Draw
	p := draw.Package{
		Algorithm: d.Algorithm, Commitment: s.Commitment, CommittedAtSeq: d.CommittedSeq, Seed: d.Seed, PopulationSeq: d.PopulationSeq,
		PopulationHash: d.PopulationHash, Tiers: population(s.tiers(), tiers), Drawn: []string{}, Inspectors: []draw.Assigned{}, OfficerPool: domain.OrEmpty(d.OfficerPool),
	}
	for _, one := range d.Drawn {
		p.Drawn = append(p.Drawn, one.Institution)
		if len(one.Officers) > 0 {
			p.Inspectors = append(p.Inspectors, draw.Assigned{
				Institution: one.Institution, Officers: one.Officers, Recusals: s.recused(one.Institution), OfficerPool: one.OfficerPool})
		}
	}
	return p
}

// population returns the tiers of a plan with their ids.
func population(tiers []TierPlan, roll []RollTier) draw.Population {
	out := make(draw.Population, len(tiers))
	for i, t := range tiers {
		out[i] = draw.Tier{Name: t.Name, Rate: t.Rate, IDs: []string{}}
		for _, r := range roll {
			if r.Name == t.Name {
				out[i].IDs = slices.Sorted(slices.Values(r.IDs))
			}
		}
	}
	return out
}

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	s.Clocks = s.Clocks.After(m, e)
	on := calendar.DayOf(m.Effective)
	switch e := e.(type) {
	case Planned:
		return s.planned(on, e)
	case Launched:
		s.Launched = on
	case Closed:
		s.Closed = on
	case ResultPublished:
		s.Published = on
	case Replied:
		s.Replies = domain.With(s.Replies, e.Institution)
	case Concluded:
		s.Concluded = on
	case DeadlineMissed:
		// The clocks have it.
	case Corrected, Annulled:
		// The store folds amended histories; the amendment itself says nothing more.
	case SeedCommitted, DrawHeld, InspectorsAssigned, OfficerRecused:
		return evolveDraw(s, on, e)
	default:
		return evolveVisits(s, on, e)
	}
	return s
}

func (s State) planned(on calendar.Day, e Planned) State {
	s.Kind, s.Theme, s.Number, s.Items, s.Period = e.Kind, e.Theme, e.Number, e.Items, e.Period
	s.Agencies = append([]string{e.Lead}, e.Agencies...)
	s.Tiers, s.Scope, s.Institutions, s.Sources = e.Tiers, e.Scope, e.Institutions, e.Sources
	s.Planned, s.Confidential = on, confidential(e.Kind, e.Sources)
	return s
}

func evolveDraw(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case SeedCommitted:
		s.Committed, s.Commitment = on, e.Commitment
	case DrawHeld:
		s.Recusals = append(s.Recusals[:len(s.Recusals):len(s.Recusals)], e.Recusals...)
		s.Draw = Draw{On: on, Algorithm: e.Algorithm, Seed: e.Seed, CommittedSeq: e.CommittedSeq, PopulationSeq: e.PopulationSeq,
			PopulationHash: e.PopulationHash, Tiers: e.Tiers, OfficerPool: e.OfficerPool, Drawn: drawnOf(e)}
	case InspectorsAssigned:
		for _, r := range e.Recusals {
			s.Recusals = domain.With(s.Recusals, Recusal{Institution: e.Institution, Officer: r.Officer, Reason: r.Reason})
		}
		s.Draw.Drawn = eachDrawn(s.Draw.Drawn, one(e.Institution), func(d *Drawn) { d.Officers, d.OfficerPool = e.Officers, e.OfficerPool })
	case OfficerRecused:
		s.Recusals = domain.With(s.Recusals, e.Recusal)
		s.Draw.Drawn = eachDrawn(s.Draw.Drawn, e.Unmatched, func(d *Drawn) { d.Officers, d.OfficerPool = nil, nil })
	}
	return s
}

// drawnOf returns who was drawn with the inspectors matched at once.
func drawnOf(e DrawHeld) []Drawn {
	officers := make(map[string][]string, len(e.Inspectors))
	for _, m := range e.Inspectors {
		officers[m.Institution] = m.Officers
	}
	out := make([]Drawn, len(e.Drawn))
	for i, id := range e.Drawn {
		out[i] = Drawn{Institution: id, Officers: officers[id]}
	}
	return out
}

// eachDrawn returns a list in which those of some institutions are changed.
func eachDrawn(list []Drawn, institutions []string, change func(*Drawn)) []Drawn {
	list = slices.Clone(list)
	for i := range list {
		if slices.Contains(institutions, list[i].Institution) {
			change(&list[i])
		}
	}
	return list
}

func evolveVisits(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case VisitRecorded:
		s.Visits = domain.With(s.Visits, Visit{Number: e.Visit, On: on, Institution: e.Institution, Premises: e.Premises, Officers: e.Officers, Agencies: e.Agencies, Items: e.Items})
	case VisitCountRecorded:
		s.Counts = domain.With(s.Counts, VisitCount{Visits: e.Visits, Distinct: e.Distinct})
	case FindingRecorded:
		s.Findings = domain.With(s.Findings, Finding{Number: e.Finding, Visit: e.Visit, Item: e.Item, Severity: e.Severity, Variant: e.Variant, Agency: e.Agency, Facts: e.Facts})
	case CorrectedOnSite:
		if i := s.finding(e.Finding); i >= 0 {
			s.Findings = slices.Clone(s.Findings)
			s.Findings[i].Corrected = on
		}
	case PremisesSurveyed:
		s.Surveys++
	default:
		panic(fmt.Sprintf("inspection does not know the event %s", e.EventName()))
	}
	return s
}
