package statement

import (
	"cmp"
	"container/heap"
	"math"
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/term"
)

// Item is one movement of an account, as one of the two sides has it.
type Item struct {
	Seq       uint64 // of the fact in the log
	On        calendar.Day
	Amount    money.Fen // above zero: into the account
	Kind      term.Movement
	Serial    string // the bank's number of the line, where the side knows it
	Reference string // number of the order
	Stream    string // where the fact stands
}

// Pair is what became of one item, or of two that belong together. Here and
// There point into the lists that were given; one is nil where the other side
// has no such item.
type Pair struct {
	Outcome term.Reconciliation
	Here    *Item
	There   *Item
}

// Difference is what the bank has beyond the register: nothing where they agree.
// One beyond all amounts stands still at the last.
func (p Pair) Difference() money.Fen {
	switch {
	case p.Here == nil && p.There == nil:
		return 0
	case p.Here == nil:
		return p.There.Amount
	case p.There == nil:
		return less(0, p.Here.Amount)
	}
	return less(p.There.Amount, p.Here.Amount)
}

// Total is how many pairs have an outcome, and the sums of the amounts on either
// side. A sum beyond all amounts stands still at the last.
type Total struct {
	Count int
	Here  money.Fen
	There money.Fen
}

// Result is a reconciliation: every item of both sides in exactly one pair, by
// day, and the totals of each outcome.
type Result struct {
	Pairs  []Pair
	Totals map[term.Reconciliation]Total
}

// Reconcile lays what the register holds (here) beside what the bank says
// (there). Items find each other one to one:
//
//  1. by the serial, whatever the amount; one that banks count anew each day, so
//     that a side has it twice, only within the days;
//  2. by reference, direction and amount, within so many days;
//  3. by reference and direction, with another amount, within so many days.
//
// Among several the nearest in days find each other first, on the same day the
// earlier in the log; where in the order of days more of them find one, as in a
// row of equal amounts that the bank books a day later, they do so in that
// order. Items without a serial and a reference are missing on the other side.
//
// The same items give the same answer in whatever order they are given. It takes
// n log n steps.
func Reconcile(here, there []Item, within int) Result {
	m := matching{within: within, here: inLine(here), there: inLine(there)}
	m.by(serialOf, true)
	m.by(movementOf, false)
	m.by(directionOf, false)
	m.missing()
	slices.SortFunc(m.pairs, func(a, b Pair) int {
		return cmp.Or(compareItems(first(a), first(b)), cmp.Compare(a.Outcome, b.Outcome))
	})
	return Result{Pairs: m.pairs, Totals: totals(m.pairs)}
}

// matching is a reconciliation under way: the items that are left, in order, and
// the pairs that were found.
type matching struct {
	within      int
	here, there []*waiting
	pairs       []Pair
}

// waiting is an item that belongs to none as long as it is not found.
type waiting struct {
	*Item
	found bool
}

// match are two items that belong together.
type match struct{ here, there *waiting }

// key is what items of a round have in common.
type key struct {
	text      string
	amount    money.Fen
	direction int
}

func serialOf(i *Item) (key, bool) { return key{text: i.Serial}, i.Serial != "" }

func movementOf(i *Item) (key, bool) {
	return key{text: i.Reference, amount: i.Amount}, i.Reference != ""
}

func directionOf(i *Item) (key, bool) {
	return key{text: i.Reference, direction: cmp.Compare(i.Amount, 0)}, i.Reference != ""
}

// inLine returns the items in an order that is that of what they say.
func inLine(list []Item) []*waiting {
	all, out := make([]waiting, len(list)), make([]*waiting, len(list))
	for i := range list {
		all[i].Item = &list[i]
		out[i] = &all[i]
	}
	slices.SortFunc(out, func(a, b *waiting) int { return compareItems(a.Item, b.Item) })
	return out
}

func compareItems(a, b *Item) int {
	if c := cmp.Compare(a.On, b.On); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Seq, b.Seq); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.Stream, b.Stream), cmp.Compare(a.Serial, b.Serial), cmp.Compare(a.Reference, b.Reference),
		cmp.Compare(a.Amount, b.Amount), cmp.Compare(a.Kind, b.Kind))
}

// group are the items of both sides that have a key in common, in order.
type group struct{ here, there []*waiting }

// by pairs the items that are left and have a key in common. Single ones that do
// so by their serial need not be near.
func (m *matching) by(of func(*Item) (key, bool), unique bool) {
	var list []*group
	groups := map[key]*group{}
	for _, i := range m.here {
		if k, ok := of(i.Item); ok {
			if groups[k] == nil {
				groups[k] = &group{}
				list = append(list, groups[k])
			}
			groups[k].here = append(groups[k].here, i)
		}
	}
	for _, i := range m.there {
		if k, ok := of(i.Item); ok && groups[k] != nil {
			groups[k].there = append(groups[k].there, i)
		}
	}
	for _, g := range list {
		for _, p := range g.matches(m.within, unique) {
			p.here.found, p.there.found = true, true
			m.pairs = append(m.pairs, paired(p.here.Item, p.there.Item))
		}
	}
	gone := func(i *waiting) bool { return i.found }
	m.here, m.there = slices.DeleteFunc(m.here, gone), slices.DeleteFunc(m.there, gone)
}

func (g *group) matches(within int, unique bool) []match {
	switch {
	case len(g.there) == 0:
		return nil
	case len(g.here) == 1 && len(g.there) == 1:
		if unique || days(g.here[0], g.there[0]) <= within {
			return []match{{g.here[0], g.there[0]}}
		}
		return nil
	}
	near := g.nearest(within)
	if len(near) == min(len(g.here), len(g.there)) {
		return near
	}
	if row := g.inOrder(within); len(row) > len(near) {
		return row
	}
	return near
}

func paired(here, there *Item) Pair {
	outcome := term.ReconciledMatched
	if here.Amount != there.Amount {
		outcome = term.ReconciledAmount
	}
	return Pair{Outcome: outcome, Here: here, There: there}
}

// days is how many days lie between two items.
func days(a, b *waiting) int {
	if a.On < b.On {
		a, b = b, a
	}
	return int(a.On) - int(b.On)
}

// inOrder pairs as many items as can be, the first with the first that is near
// enough.
func (g *group) inOrder(within int) (out []match) {
	for h, t := 0, 0; h < len(g.here) && t < len(g.there); {
		here, there := g.here[h], g.there[t]
		switch {
		case days(here, there) <= within:
			out = append(out, match{here, there})
			h, t = h+1, t+1
		case here.On < there.On:
			h++
		default:
			t++
		}
	}
	return out
}

// nearest pairs those that are nearest in days first. Of all items that are
// left, the two nearest of different sides stand beside each other in the order
// of days; so the neighbours wait in a queue by their distance, and where a day
// is used up its neighbours become neighbours of each other.
func (g *group) nearest(within int) (out []match) {
	list := g.days()
	var q queue
	look := func(left, right int) {
		if left < 0 || right == len(list) {
			return
		}
		a, b := &list[left], &list[right]
		if d := int(b.on) - int(a.on); d <= within && (len(a.here) > 0) != (len(b.here) > 0) {
			heap.Push(&q, neighbours{d, left, right})
		}
	}
	pair := func(a, b *dayOf) {
		for len(a.here) > 0 && len(b.there) > 0 {
			out = append(out, match{a.here[0], b.there[0]})
			a.here, b.there = a.here[1:], b.there[1:]
		}
	}
	for i := range list {
		pair(&list[i], &list[i])
	}
	list = slices.DeleteFunc(list, func(d dayOf) bool { return d.empty() })
	for i := range list {
		list[i].before, list[i].after = i-1, i+1
		look(i-1, i)
	}
	for len(q) > 0 {
		n := heap.Pop(&q).(neighbours)
		a, b := &list[n.left], &list[n.right]
		if a.empty() || b.empty() {
			continue
		}
		pair(a, b)
		pair(b, a)
		left, right := n.left, n.right
		if a.empty() {
			left = a.before
		}
		if b.empty() {
			right = b.after
		}
		if left >= 0 {
			list[left].after = right
		}
		if right < len(list) {
			list[right].before = left
		}
		look(left, right)
	}
	return out
}

// dayOf are the items of one day that are left, with the places of the days
// before and after it.
type dayOf struct {
	on            calendar.Day
	here, there   []*waiting
	before, after int
}

func (d *dayOf) empty() bool { return len(d.here) == 0 && len(d.there) == 0 }

// days are the days on which there are items, in order.
func (g *group) days() []dayOf {
	var list []dayOf
	for h, t := 0, 0; h < len(g.here) || t < len(g.there); {
		d := dayOf{on: calendar.Day(math.MaxInt32)}
		if h < len(g.here) {
			d.on = g.here[h].On
		}
		if t < len(g.there) {
			d.on = min(d.on, g.there[t].On)
		}
		for from := h; h < len(g.here) && g.here[h].On == d.on; h++ {
			d.here = g.here[from : h+1]
		}
		for from := t; t < len(g.there) && g.there[t].On == d.on; t++ {
			d.there = g.there[from : t+1]
		}
		list = append(list, d)
	}
	return list
}

// neighbours are two days beside each other with items of different sides.
type neighbours struct{ distance, left, right int }

// queue has the nearest neighbours first, and of those as near the earliest.
type queue []neighbours

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[i].distance, q[j].distance), cmp.Compare(q[i].left, q[j].left)) < 0
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push adds neighbours, for container/heap.
func (q *queue) Push(n any) { *q = append(*q, n.(neighbours)) }

// Pop takes the last, for container/heap.
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// missing makes pairs of one of what is left.
func (m *matching) missing() {
	for _, i := range m.here {
		m.pairs = append(m.pairs, Pair{Outcome: term.ReconciledNotThere, Here: i.Item})
	}
	for _, i := range m.there {
		m.pairs = append(m.pairs, Pair{Outcome: term.ReconciledNotHere, There: i.Item})
	}
}

// first is the item by which a pair is put in order.
func first(p Pair) *Item {
	if p.Here != nil {
		return p.Here
	}
	return p.There
}

func totals(pairs []Pair) map[term.Reconciliation]Total {
	out := map[term.Reconciliation]Total{}
	for _, p := range pairs {
		t := out[p.Outcome]
		t.Count++
		if p.Here != nil {
			t.Here = added(t.Here, p.Here.Amount)
		}
		if p.There != nil {
			t.There = added(t.There, p.There.Amount)
		}
		out[p.Outcome] = t
	}
	return out
}

func less(a, b money.Fen) money.Fen {
	switch out, err := a.Sub(b); {
	case err == nil:
		return out
	case b < 0:
		return math.MaxInt64
	default:
		return math.MinInt64
	}
}

func added(sum, amount money.Fen) money.Fen {
	switch out, err := sum.Add(amount); {
	case err == nil:
		return out
	case amount > 0:
		return math.MaxInt64
	default:
		return math.MinInt64
	}
}
