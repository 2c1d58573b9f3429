package projections

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// Candidates are the entries that may match: bits, a word for each block. They
// are found by grams, of which a match must have one of several at each place
// of the query where a unit of the name must begin; the rarest places count,
// and where all are common, so is every entry.
type candidates struct {
	r      *Read
	class  *entryClass
	blocks []uint64
	total  int
}

func newCandidates(r *Read, class *entryClass) *candidates {
	n := int(GetUint(r.Bucket("counts"), Key(class.blocks)))
	return &candidates{r: r, class: class, total: n, blocks: make([]uint64, (n+entriesPerBlock-1)/entriesPerBlock)}
}

const (
	// few is how many candidates are so few that no better choice is looked
	// for.
	few = 256
	// lookCost is how many postings are read in the time in which one
	// candidate is looked at.
	lookCost = 16
	// mostCuts is at how many places of a query grams are looked for.
	mostCuts = 8
)

// addAll adds the entries whose names may match all patterns, if there are any.
func (c *candidates) addAll(ps ...*pattern) {
	var sets []gramSet
	for _, p := range ps {
		for n, o := range p.cuts() {
			if n == mostCuts || len(sets) > 0 && sets[len(sets)-1].size <= few {
				break
			}
			sets = append(sets, c.gramsAt(p, o))
		}
	}
	if len(sets) == 0 {
		return
	}
	slices.SortFunc(sets, func(a, b gramSet) int { return cmp.Compare(a.size, b.size) })
	if sets[0].size > c.total {
		for i := range c.blocks {
			c.blocks[i] = ^uint64(0)
		}
		return
	}
	have := c.entriesOf(sets[0])
	for _, g := range sets[1:] {
		n := count(have)
		if n <= few || g.size > lookCost*n {
			break
		}
		for i, m := range c.entriesOf(g) {
			have[i] &= m
		}
	}
	for i, m := range have {
		c.blocks[i] |= m
	}
}

func count(set []uint64) (n int) {
	for _, m := range set {
		n += bits.OnesCount64(m)
	}
	return n
}

// A gramSet are rows of grams, any of which a match must have.
type gramSet struct {
	keys [][]byte
	rows [][]byte
	size int // entries, those that have several counted so often
}

func (g *gramSet) add(key, row []byte) {
	g.keys, g.rows, g.size = append(g.keys, key), append(g.rows, row), g.size+posted(row)
}

// gramsAt returns the grams whose first unit can begin at place o of the query
// and whose second one can follow it.
func (c *candidates) gramsAt(p *pattern, o int) (g gramSet) {
	grams, end := c.r.Bucket(nameClass.grams), len(p.query)
	for _, first := range c.unitsFrom(p.query[o]) {
		places := p.movesOf(first)[o]
		if places == 0 {
			continue
		}
		if places>>end&1 == 0 && bits.OnesCount64(places) == 1 {
			// Where only one unit can follow, one look is enough.
			if next := p.query[bits.TrailingZeros64(places)]; !isLetter(next) {
				key := gramKey(first, next)
				if row := grams.Get(key); row != nil {
					g.add(key, row)
				}
				continue
			}
		}
		for k, row := range grams.Scan(gramKey(first)) {
			second := binary.BigEndian.Uint16(k[2:])
			if places>>end&1 != 0 || second != 0 && p.step(second, places) != 0 {
				g.add(k, row)
			}
		}
	}
	return g
}

// unitsFrom returns the units of names that can stand for a part of a query
// that begins with a unit.
func (c *candidates) unitsFrom(q uint16) (out []uint16) {
	if !isLetter(q) {
		return []uint16{q}
	}
	for k := range c.r.Bucket("chars").Scan([]byte{byte(q)}) {
		out = append(out, binary.BigEndian.Uint16(k[1:]))
	}
	return out
}

// entriesOf returns the entries that have a gram of the set.
func (c *candidates) entriesOf(g gramSet) []uint64 {
	set := make([]uint64, len(c.blocks))
	posts := c.r.Bucket(c.class.posts)
	for i, row := range g.rows {
		if binary.BigEndian.Uint32(row) > 0 {
			for k, block := range posts.Scan(g.keys[i]) {
				if len(k) == len(g.keys[i])+4 {
					mark(set, block)
				}
			}
		}
		mark(set, row[4:])
	}
	return set
}

// mark sets the bits of a list of entries.
func mark(set []uint64, list []byte) {
	for ; len(list) >= 4; list = list[4:] {
		n := binary.BigEndian.Uint32(list)
		if at := n / entriesPerBlock; int(at) < len(set) {
			set[at] |= 1 << (n % entriesPerBlock)
		}
	}
}

// addIdentifiers adds the entries whose identifiers may match.
func (c *candidates) addIdentifiers(query []uint16) {
	for k := range c.r.Bucket("ids").Scan(gramKey(query...)) {
		mark(c.blocks, k[len(k)-4:])
	}
	grams := c.r.Bucket(idClass.grams)
	var rarest gramSet
	for i := 0; i+idClass.gram <= len(query); i++ {
		key := gramKey(query[i : i+idClass.gram]...)
		row := grams.Get(key)
		if row == nil {
			return
		}
		if rarest.rows == nil || posted(row) < rarest.size {
			rarest = gramSet{}
			rarest.add(key, row)
		}
	}
	for i, m := range c.entriesOf(rarest) {
		c.blocks[i] |= m
	}
}
