package draw_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"minglu/domain/draw"
)

var pool = []string{"XP-E01", "XP-E02", "XP-E03", "XP-E04", "XP-E05"}

// packageOf is a draw as it should be, from two tiers.
func packageOf(t testing.TB, n int, officers []string) draw.Package {
	t.Helper()
	seed, ids := seedOf(rand.New(rand.NewPCG(5, 6))), idsOf(n)
	tiers := draw.Population{
		{Name: "high", Rate: draw.Rate{Num: 3, Den: 10}, IDs: ids[:n/10]},
		{Name: "low", Rate: draw.Rate{Num: 1, Den: 20}, IDs: ids[n/10:]},
	}
	p := draw.Package{
		Algorithm: draw.Algorithm, Commitment: seed.Commitment(), CommittedAtSeq: 7, Seed: seed, PopulationSeq: 9,
		PopulationHash: draw.Hash(ids), Tiers: tiers, Drawn: draw.Flat(draw.Hold(seed, tiers)), OfficerPool: officers,
	}
	for _, id := range p.Drawn {
		p.Inspectors = append(p.Inspectors, draw.Assigned{Institution: id, Officers: draw.Match(seed, id, officers, nil)})
	}
	return p
}

// copied is a package that may be changed without the other.
func copied(t testing.TB, p draw.Package) draw.Package {
	t.Helper()
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var out draw.Package
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAStrangerFindsTheSame(t *testing.T) {
	p := packageOf(t, 40, pool)
	if err := copied(t, p).Verify(); err != nil {
		t.Errorf("got %v", err)
	}
	for name, change := range map[string]func(*draw.Package){
		"the ids stand in another order":        func(p *draw.Package) { slices.Reverse(p.Tiers[1].IDs) },
		"the pool stands in another order":      func(p *draw.Package) { slices.Reverse(p.OfficerPool) },
		"the inspectors stand in another order": func(p *draw.Package) { slices.Reverse(p.Inspectors) },
		"an institution has no inspectors yet":  func(p *draw.Package) { p.Inspectors = p.Inspectors[1:] },
		"somebody joined the inspectors": func(p *draw.Package) {
			p.Inspectors[0].Officers = append(p.Inspectors[0].Officers, "XP-E09")
		},
		"an officer withdrew": func(p *draw.Package) {
			a := &p.Inspectors[0]
			a.Recusals = []draw.Recusal{{Officer: a.Officers[0], Reason: "有利害关系"}}
			a.Officers = draw.Match(p.Seed, a.Institution, p.OfficerPool, a.Officers[:1])
		},
		"they were matched among others": func(p *draw.Package) {
			a := &p.Inspectors[0]
			a.OfficerPool = []string{"SM-E01", "SM-E02", "SM-E03"}
			a.Officers = draw.Match(p.Seed, a.Institution, a.OfficerPool, nil)
		},
		"it was frozen at the commitment": func(p *draw.Package) { p.PopulationSeq = p.CommittedAtSeq },
		"nobody was there":                func(p *draw.Package) { *p = packageOf(t, 0, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			q := copied(t, p)
			change(&q)
			if err := q.Verify(); err != nil {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestEachStepIsCheckedOnItsOwn(t *testing.T) {
	p := packageOf(t, 40, pool)
	for name, c := range map[string]struct {
		step   draw.Step
		change func(*draw.Package)
	}{
		"another algorithm":                     {draw.StepAlgorithm, func(p *draw.Package) { p.Algorithm = "sha256-rank-2" }},
		"another seed":                          {draw.StepCommitment, func(p *draw.Package) { p.Seed[31] ^= 1 }},
		"another commitment":                    {draw.StepCommitment, func(p *draw.Package) { p.Commitment[0] ^= 1 }},
		"a commitment after the freezing":       {draw.StepOrder, func(p *draw.Package) { p.CommittedAtSeq = 10 }},
		"a commitment nowhere":                  {draw.StepOrder, func(p *draw.Package) { p.CommittedAtSeq = 0 }},
		"somebody who stands twice":             {draw.StepTiers, func(p *draw.Package) { p.Tiers[0].IDs[0] = p.Tiers[1].IDs[0] }},
		"a rate above one":                      {draw.StepTiers, func(p *draw.Package) { p.Tiers[0].Rate = draw.Rate{Num: 3, Den: 2} }},
		"somebody who was left out":             {draw.StepPopulation, func(p *draw.Package) { p.Tiers[0].IDs = p.Tiers[0].IDs[1:] }},
		"somebody who was put in":               {draw.StepPopulation, func(p *draw.Package) { p.Tiers[0].IDs = append(p.Tiers[0].IDs, "x") }},
		"another hash":                          {draw.StepPopulation, func(p *draw.Package) { p.PopulationHash[0] ^= 1 }},
		"another rate":                          {draw.StepDrawn, func(p *draw.Package) { p.Tiers[1].Rate.Den = 10 }},
		"another tier":                          {draw.StepDrawn, func(p *draw.Package) { p.Tiers[0], p.Tiers[1] = p.Tiers[1], p.Tiers[0] }},
		"somebody who was spared":               {draw.StepDrawn, func(p *draw.Package) { p.Drawn = p.Drawn[1:] }},
		"somebody who was added":                {draw.StepDrawn, func(p *draw.Package) { p.Drawn = append(p.Drawn, p.Tiers[0].IDs[0]) }},
		"two in another order":                  {draw.StepDrawn, func(p *draw.Package) { p.Drawn[0], p.Drawn[1] = p.Drawn[1], p.Drawn[0] }},
		"inspectors of who was not drawn":       {draw.StepInspectors, func(p *draw.Package) { p.Inspectors[0].Institution = "x" }},
		"inspectors twice":                      {draw.StepInspectors, func(p *draw.Package) { p.Inspectors[1] = p.Inspectors[0] }},
		"an inspector alone":                    {draw.StepInspectors, func(p *draw.Package) { p.Inspectors[0].Officers = p.Inspectors[0].Officers[:1] }},
		"no inspectors where there could be":    {draw.StepInspectors, func(p *draw.Package) { p.Inspectors[0].Officers = nil }},
		"an inspector who was chosen":           {draw.StepInspectors, func(p *draw.Package) { p.Inspectors[0].Officers[0] = "XP-E09" }},
		"an inspector who withdrew":             {draw.StepInspectors, func(p *draw.Package) { withdraws(&p.Inspectors[0], p.Inspectors[0].Officers[1]) }},
		"an officer who was taken off the pool": {draw.StepInspectors, func(p *draw.Package) { p.OfficerPool = without(p.OfficerPool, p.Inspectors[0].Officers[0]) }},
	} {
		t.Run(name, func(t *testing.T) {
			q := copied(t, p)
			c.change(&q)
			err := q.Verify()
			d, ok := errors.AsType[*draw.Difference](err)
			if !ok || d.Step != c.step {
				t.Fatalf("got %v, want a difference in %s", err, c.step)
			}
			if text := d.Text(); text.ZH == "" || text.EN == "" || d.Recorded == "" || d.Found == "" || d.Recorded == d.Found || err.Error() != text.ZH {
				t.Errorf("got %q, want it whole", text)
			}
		})
	}
}

func withdraws(a *draw.Assigned, officer string) {
	a.Recusals = append(a.Recusals, draw.Recusal{Officer: officer, Reason: "有利害关系"})
}

func without(list []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(o string) bool { return o == one })
}

func TestADifferenceSaysWhere(t *testing.T) {
	p := packageOf(t, 40, pool)
	q := copied(t, p)
	q.Drawn[2] = "x"
	d, _ := errors.AsType[*draw.Difference](q.Verify())
	if d == nil || d.Recorded != "#3 x" || d.Found != "#3 "+p.Drawn[2] {
		t.Errorf("got %+v, want the third", d)
	}
	q = copied(t, p)
	q.Drawn = q.Drawn[:1]
	if d, _ = errors.AsType[*draw.Difference](q.Verify()); d == nil || d.Recorded != "#2 -" {
		t.Errorf("got %+v, want nothing in the second place", d)
	}
}

func BenchmarkDraw120k(b *testing.B) {
	seed, ids := seedOf(rand.New(rand.NewPCG(7, 8))), idsOf(120_000)
	population := everybody("1/20", ids)
	for b.Loop() {
		if n := len(draw.Flat(draw.Hold(seed, population))); n != 6_000 {
			b.Fatalf("got %d drawn", n)
		}
	}
}

func BenchmarkVerify120k(b *testing.B) {
	p := packageOf(b, 120_000, officersOf(50))
	for b.Loop() {
		if err := p.Verify(); err != nil {
			b.Fatal(err)
		}
	}
}

func officersOf(n int) []string {
	out := idsOf(n)
	for i := range out {
		out[i] = "XP-E" + out[i][len(out[i])-5:]
	}
	return out
}
