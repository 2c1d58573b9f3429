package projections

import (
	"bytes"
	"slices"
	"sort"
)

// An order keeps the slots of a buffer sorted by key while keys are added, in
// short runs, so that an insertion moves little.
type order struct {
	b    *buffer
	runs [][]int32 // none is empty
}

const runLength = 256

func newOrder(b *buffer, sorted []int32) *order {
	o := &order{b: b}
	for run := range slices.Chunk(sorted, runLength) {
		o.runs = append(o.runs, slices.Clone(run))
	}
	return o
}

func (o *order) insert(slot int32) {
	key := o.b.key(int(slot))
	if len(o.runs) == 0 {
		o.runs = [][]int32{{slot}}
		return
	}
	r := max(o.runOf(key)-1, 0)
	run := o.runs[r]
	run = slices.Insert(run, o.within(run, key), slot)
	o.runs[r] = run
	if len(run) >= 2*runLength {
		o.runs = slices.Insert(o.runs, r+1, slices.Clone(run[runLength:]))
		o.runs[r] = run[:runLength:runLength]
	}
}

// runOf returns the number of runs that begin at key or before it.
func (o *order) runOf(key []byte) int {
	return sort.Search(len(o.runs), func(i int) bool {
		return bytes.Compare(o.b.key(int(o.runs[i][0])), key) > 0
	})
}

func (o *order) within(run []int32, key []byte) int {
	return sort.Search(len(run), func(i int) bool {
		return bytes.Compare(o.b.key(int(run[i])), key) >= 0
	})
}

func (o *order) all() []int32 { return slices.Concat(o.runs...) }

// A place is a position between the keys of an order.
type place struct {
	o      *order
	run, i int
}

// seek returns the place of the first key that is not less than key.
func (o *order) seek(key []byte) place {
	r := o.runOf(key) - 1
	if r < 0 {
		return place{o: o}
	}
	return place{o: o, run: r, i: o.within(o.runs[r], key)}
}

// next returns the slot behind the place and moves over it.
func (p *place) next() (slot int, ok bool) {
	for p.run < len(p.o.runs) {
		if run := p.o.runs[p.run]; p.i < len(run) {
			slot = int(run[p.i])
			p.i++
			return slot, true
		}
		p.run, p.i = p.run+1, 0
	}
	return 0, false
}

// prev returns the slot before the place and moves over it.
func (p *place) prev() (slot int, ok bool) {
	for {
		if p.run < len(p.o.runs) && p.i > 0 {
			p.i--
			return int(p.o.runs[p.run][p.i]), true
		}
		if p.run == 0 {
			return 0, false
		}
		p.run--
		p.i = len(p.o.runs[p.run])
	}
}
