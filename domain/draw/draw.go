package draw

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"

	"minglu/domain"
)

// Algorithm names how this package draws. Another way would have another name.
const Algorithm = "sha256-rank-1"

// Tier is a part of the population that is drawn at a rate of its own. Where
// there are no tiers, one of them has everybody.
type Tier struct {
	Name string   `json:"name"`
	Rate Rate     `json:"rate"`
	IDs  []string `json:"ids"`
}

// Population is all that may be drawn, tier by tier.
type Population []Tier

// IDs returns the ids of all tiers in ascending order.
func (p Population) IDs() []string {
	n := 0
	for _, t := range p {
		n += len(t.IDs)
	}
	ids := make([]string, 0, n)
	for _, t := range p {
		ids = append(ids, t.IDs...)
	}
	slices.Sort(ids)
	return ids
}

// Check refuses a population that has no rank or hash of its own: an id that is
// empty, has a control character or stands twice, a tier without a rate, or two
// tiers of one name.
func (p Population) Check() error {
	names := map[string]bool{}
	for _, t := range p {
		if names[t.Name] || !t.Rate.valid() {
			return domain.BadField("", "tier", domain.Say("层级“%s”重名或没有抽查比例", "the tier %q stands twice or has no rate", t.Name))
		}
		names[t.Name] = true
	}
	ids := p.IDs()
	for i, id := range ids {
		if id == "" || strings.ContainsFunc(id, func(r rune) bool { return r < ' ' }) {
			return domain.BadField("", "id", domain.Say("抽查对象的编号 %q 为空或含控制字符", "the id %q is empty or has a control character", id))
		}
		if i > 0 && ids[i-1] == id {
			return domain.BadField("", "twice", domain.Say("抽查对象 %s 出现两次", "the id %s stands twice", id))
		}
	}
	return nil
}

// Drawn is what one tier drew.
type Drawn struct {
	Tier string
	IDs  []string // in order of rank
}

// Hold draws from each tier by a seed. It says the same in every run and for
// every order of the ids; it leaves the population as it is.
func Hold(seed Seed, population Population) []Drawn {
	out := make([]Drawn, len(population))
	for i, t := range population {
		out[i] = Drawn{Tier: t.Name, IDs: first(t.Rate.Of(len(t.IDs)), t.IDs, ranker(seed, 0x00))}
	}
	return out
}

// Inspectors is how many officers are matched to an institution.
const Inspectors = 2

// Match returns the first two officers for a drawn institution by rank, those
// without a recusal for it; fewer where there are not two. An officer who is
// named twice counts once.
func Match(seed Seed, institution string, officers, recused []string) []string {
	able := slices.DeleteFunc(slices.Clone(officers), func(o string) bool { return slices.Contains(recused, o) })
	return first(Inspectors, able, ranker(seed, 0x01, append([]byte(institution), 0x00)...))
}

// ranker returns the rank of an id: SHA-256(seed ‖ mark ‖ prefix ‖ id).
func ranker(seed Seed, mark byte, prefix ...byte) func(id string) Digest {
	head := append(append(slices.Clone(seed[:]), mark), prefix...)
	n := len(head)
	return func(id string) Digest {
		head = append(head[:n], id...)
		return sha256.Sum256(head)
	}
}

type ranked struct {
	rank Digest
	id   string
}

func (a ranked) compare(b ranked) int {
	if c := bytes.Compare(a.rank[:], b.rank[:]); c != 0 {
		return c
	}
	return strings.Compare(a.id, b.id)
}

// first returns the k of the ids with the lowest ranks, in order, each once.
func first(k int, ids []string, rank func(string) Digest) []string {
	all := make([]ranked, len(ids))
	for i, id := range ids {
		all[i] = ranked{rank(id), id}
	}
	slices.SortFunc(all, ranked.compare)
	all = slices.Compact(all)
	out := make([]string, min(k, len(all)))
	for i := range out {
		out[i] = all[i].id
	}
	return out
}
