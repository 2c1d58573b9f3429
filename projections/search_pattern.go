package projections

import (
	"slices"
	"sync"
)

// A pattern is a query made ready: which units of a name can stand for which
// part of it. A unit stands for itself; a character also for each of its
// readings, for the first letter (or zh, ch, sh) of each, and, where the query
// ends within the reading, for its beginning. The parts follow each other
// without a gap, so 启hang, qhjy, q航 and qihangjiaoy all are found in 启航教育.
type pattern struct {
	query []uint16
	moves *moveTable
}

// mostQuery is how many units of a query count; 64 bits hold all places.
const mostQuery = 63

func newPattern(query []uint16) *pattern {
	return &pattern{query: query[:min(len(query), mostQuery)], moves: moveTables.Get().(*moveTable)}
}

// free gives the memory of p back. p MUST NOT be used after it.
func (p *pattern) free() {
	p.moves.reset()
	moveTables.Put(p.moves)
}

// A moveTable remembers for each unit that was met to which places of the
// query it leads from each.
type moveTable struct {
	at    [1 << 16]int32 // 1 + index of the first move of the unit; 0: not met
	met   []uint16
	moves []uint64
}

var moveTables = sync.Pool{New: func() any { return new(moveTable) }}

func (t *moveTable) reset() {
	for _, u := range t.met {
		t.at[u] = 0
	}
	t.met, t.moves = t.met[:0], t.moves[:0]
}

// movesOf returns, for each place of the query, the set of places that unit
// leads to.
func (p *pattern) movesOf(unit uint16) []uint64 {
	t, n := p.moves, len(p.query)
	if at := t.at[unit]; at != 0 {
		return t.moves[at-1 : int(at)-1+n]
	}
	at := len(t.moves)
	rs := readingsOf(unit)
	for i := range p.query {
		t.moves = append(t.moves, p.leads(unit, rs, i))
	}
	t.at[unit] = int32(at + 1)
	t.met = append(t.met, unit)
	return t.moves[at : at+n]
}

func (p *pattern) leads(unit uint16, rs []string, i int) (to uint64) {
	q := p.query[i:]
	if q[0] == unit {
		to |= 1 << (i + 1)
	}
	if !isLetter(q[0]) {
		return to
	}
	for _, r := range rs {
		if uint16(r[0]) != q[0] {
			continue
		}
		to |= 1 << (i + 1)
		if len(r) > 1 && r[1] == 'h' && len(q) > 1 && q[1] == 'h' {
			to |= 1 << (i + 2)
		}
		n := 1
		for n < len(r) && n < len(q) && uint16(r[n]) == q[n] {
			n++
		}
		if n == len(r) || n == len(q) {
			to |= 1 << (i + n)
		}
	}
	return to
}

// find returns the first place in name where the query is, and where it ends.
func (p *pattern) find(name []uint16) (from, to int, ok bool) {
	n := len(p.query)
	for from := range name {
		places := p.movesOf(name[from])[0]
		for to := from + 1; places != 0; to++ {
			if places>>n&1 != 0 {
				return from, to, true
			}
			if to == len(name) {
				break
			}
			places = p.step(name[to], places)
		}
	}
	return 0, 0, false
}

func (p *pattern) step(unit uint16, places uint64) (next uint64) {
	moves := p.movesOf(unit)
	for i, m := range moves {
		if places>>i&1 != 0 {
			next |= m
		}
	}
	return next
}

// cuts returns the places of the query at which a unit of the name must begin
// however the query is read, the first one among them.
func (p *pattern) cuts() []int {
	open := make([]bool, len(p.query)+1)
	for i, u := range p.query {
		if !isLetter(u) {
			continue
		}
		end := i + 1
		for end < len(p.query) && end-i < longestSyllable && isLetter(p.query[end]) {
			end++
		}
		word := make([]byte, end-i)
		for k := range word {
			word[k] = byte(p.query[i+k])
		}
		for k := len(word); k > 1; k-- {
			whole := syllables()[string(word[:k])]
			cut := i+k == len(p.query) && syllablePrefixes()[string(word[:k])]
			zh := k == 2 && word[1] == 'h'
			if whole || cut || zh {
				for o := i + 1; o < i+k; o++ {
					open[o] = true
				}
				break
			}
		}
	}
	var cuts []int
	for i := range p.query {
		if !open[i] {
			cuts = append(cuts, i)
		}
	}
	return cuts
}

// unitsAt reports whether part stands in text at place i.
func unitsAt(text, part []uint16, i int) bool {
	return i >= 0 && len(text)-i >= len(part) && slices.Equal(text[i:i+len(part)], part)
}
