package draw

import (
	"slices"
	"strconv"

	"minglu/domain"
)

// Package is everything a stranger needs to make a draw again. Positions are
// those of the log.
type Package struct {
	Algorithm      string     `json:"algorithm"`
	Commitment     Digest     `json:"commitment"`
	CommittedAtSeq uint64     `json:"committed_at_seq"`
	Seed           Seed       `json:"seed"`
	PopulationSeq  uint64     `json:"population_seq"`
	PopulationHash Digest     `json:"population_hash"`
	Tiers          Population `json:"tiers"`
	Drawn          []string   `json:"drawn"` // tier by tier, in order of rank
	// Inspectors are those of the drawn institutions that have some.
	Inspectors []Assigned `json:"inspectors"`
	// OfficerPool are the officers among whom inspectors were matched.
	OfficerPool []string `json:"officer_pool"`
}

// Assigned are the inspectors of one drawn institution: the two that were
// matched, then whoever joined them.
type Assigned struct {
	Institution string    `json:"institution"`
	Officers    []string  `json:"officers"`
	Recusals    []Recusal `json:"recusals,omitempty"`
	// OfficerPool are those among whom they were matched, where not those of
	// the draw.
	OfficerPool []string `json:"officer_pool,omitempty"`
}

// Recusal is an officer who has an interest and withdrew, with the reason in a
// few words without names.
type Recusal struct {
	Officer string `json:"officer"`
	Reason  string `json:"reason"`
}

// Step is a part of a draw that is made again on its own.
type Step string

// The steps of a draw, in the order in which they are made again.
const (
	StepAlgorithm  Step = "algorithm"
	StepCommitment Step = "commitment" // the seed is the one that was committed
	StepOrder      Step = "order"      // it was committed before the population was frozen
	StepTiers      Step = "tiers"      // the population is one that can be drawn from
	StepPopulation Step = "population" // the ids are those whose hash was recorded
	StepDrawn      Step = "drawn"
	StepInspectors Step = "inspectors"
)

var stepTitles = map[Step]domain.Text{
	StepAlgorithm:  {ZH: "算法", EN: "the algorithm"},
	StepCommitment: {ZH: "种子承诺", EN: "the commitment"},
	StepOrder:      {ZH: "先承诺后冻结", EN: "the order of commitment and freezing"},
	StepTiers:      {ZH: "抽查对象名录", EN: "the list of the population"},
	StepPopulation: {ZH: "抽查对象哈希", EN: "the hash of the population"},
	StepDrawn:      {ZH: "抽中名单", EN: "who is drawn"},
	StepInspectors: {ZH: "检查人员匹配", EN: "the matching of inspectors"},
}

// Difference is where a draw that is made again differs from what was recorded.
type Difference struct {
	Step Step
	// Recorded and Found are what stands in the package and what came out.
	Recorded, Found string
}

// Text returns the whole sentence.
func (d *Difference) Text() domain.Text {
	step := stepTitles[d.Step]
	return domain.Say("复算与记录不一致（%[1]s）：记录为 %[3]s，复算为 %[4]s", "made again it differs in %[2]s: recorded %[3]s, found %[4]s",
		step.ZH, step.EN, d.Recorded, d.Found)
}

// Error returns the Chinese sentence.
func (d *Difference) Error() string { return d.Text().ZH }

// Verify makes the draw again and returns nil, or a *[Difference] that names the
// first step that differs. It needs nothing but the package.
func (p Package) Verify() error {
	if p.Algorithm != Algorithm {
		return &Difference{StepAlgorithm, strconv.Quote(p.Algorithm), strconv.Quote(Algorithm)}
	}
	if c := p.Seed.Commitment(); c != p.Commitment {
		return &Difference{StepCommitment, p.Commitment.String(), c.String()}
	}
	if p.CommittedAtSeq == 0 || p.CommittedAtSeq > p.PopulationSeq {
		return &Difference{StepOrder, strconv.FormatUint(p.CommittedAtSeq, 10), "1…" + strconv.FormatUint(p.PopulationSeq, 10)}
	}
	if err := p.Tiers.Check(); err != nil {
		return &Difference{StepTiers, err.Error(), "-"}
	}
	if h := Hash(p.Tiers.IDs()); h != p.PopulationHash {
		return &Difference{StepPopulation, p.PopulationHash.String(), h.String()}
	}
	if err := differ(StepDrawn, "", p.Drawn, Flat(Hold(p.Seed, p.Tiers))); err != nil {
		return err
	}
	return p.verifyInspectors()
}

// verifyInspectors matches each institution again that has inspectors.
func (p Package) verifyInspectors() error {
	open := map[string]bool{}
	for _, id := range p.Drawn {
		open[id] = true
	}
	for _, a := range p.Inspectors {
		if !open[a.Institution] {
			return &Difference{StepInspectors, a.Institution, "-"}
		}
		open[a.Institution] = false
		pool := a.OfficerPool
		if pool == nil {
			pool = p.OfficerPool
		}
		matched := a.Officers[:min(Inspectors, len(a.Officers))]
		if err := differ(StepInspectors, a.Institution+": ", matched, a.match(p.Seed, pool)); err != nil {
			return err
		}
	}
	return nil
}

// match returns those whom the institution should have.
func (a Assigned) match(seed Seed, pool []string) []string {
	recused := make([]string, len(a.Recusals))
	for i, r := range a.Recusals {
		recused[i] = r.Officer
	}
	return Match(seed, a.Institution, pool, recused)
}

// Flat returns what the tiers drew as one list, tier by tier.
func Flat(drawn []Drawn) []string {
	out := []string{}
	for _, d := range drawn {
		out = append(out, d.IDs...)
	}
	return out
}

// differ returns the first place at which two lists differ.
func differ(step Step, of string, recorded, found []string) error {
	if slices.Equal(recorded, found) {
		return nil
	}
	i := 0
	for i < len(recorded) && i < len(found) && recorded[i] == found[i] {
		i++
	}
	at := func(list []string) string {
		where := of + "#" + strconv.Itoa(i+1) + " "
		if i == len(list) {
			return where + "-"
		}
		return where + list[i]
	}
	return &Difference{step, at(recorded), at(found)}
}
