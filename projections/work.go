package projections

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/work"
	"minglu/eventstore"
)

// WorkView is the name of the view of work.
const WorkView = "work"

// works shows everything that agencies work on, whatever aggregate it belongs
// to: one state and one head each, now and after each fact.
//
// A piece of work whose first fact was annulled, so that it was never opened,
// keeps its state and stands in no list.
//
// Buckets, where a tail is the day of opening and the position of the first
// fact, both complemented, so that the newest comes first:
//
//	facts:        stream ‖ position → the fact
//	states:       stream → the folded state
//	heads:        stream → its head
//	heads_at:     stream ‖ position → the head after that fact
//	changes:      position → stream
//	divisions:    division ‖ aggregate ‖ closed ‖ tail → what lists filter by
//	agencies:     agency that has to act now ‖ closed ‖ tail → the same
//	parts:        agency that takes part ‖ closed ‖ tail → the same
//	institutions: id ‖ stream ‖ position → whether it concerns it from then on
//	sources:      stream ‖ stream that goes back to it ‖ position → likewise
type works struct {
	facts facts
	kinds map[string]workKind
	near  int // how many facts of work a position may lie back to be answered from the indexes
}

// nearWork is that number: beyond it, all heads are gone through.
const nearWork = 4096

// Work returns the view.
func Work(c *eventstore.Codec) Projection { return newWorks(c, workKinds...) }

func newWorks(c *eventstore.Codec, kinds ...workKind) works {
	v := works{facts: facts{codec: c, bucket: "facts"}, kinds: map[string]workKind{}, near: nearWork}
	for _, k := range kinds {
		v.kinds[k.name] = k
	}
	return v
}

// A workKind is one aggregate that agencies work on, its types set aside.
type workKind struct {
	name   string // of the aggregate
	start  any
	load   func(b *Bucket, key []byte) (state any, ok bool, err error)
	evolve func(state any, m domain.Meta, e domain.Event) any
}

// headed is the state of such an aggregate.
type headed interface{ Head() work.Head }

// workOf makes a kind of an aggregate.
func workOf[S headed, C any, E domain.Event](d domain.Decider[S, C, E]) workKind {
	return workKind{
		name: d.Name, start: d.Start,
		load:   func(b *Bucket, key []byte) (any, bool, error) { return loadState[S](b, key) },
		evolve: func(s any, m domain.Meta, e domain.Event) any { return d.Evolve(s.(S), m, e.(E)) },
	}
}

// Name returns the view's name.
func (works) Name() string { return WorkView }

// Version is raised whenever the rows change.
func (works) Version() int { return 1 }

// WorkHead is what a list shows of one piece of work as the register knew it at
// one position.
type WorkHead struct {
	Stream    string `json:"st"`
	Aggregate string `json:"ag"`
	// Visibility is that of the fact that opened it.
	Visibility domain.Visibility `json:"vi,omitzero"`
	First      uint64            `json:"p"` // position of its first fact
	Seq        uint64            `json:"q"` // and of its newest
	Version    uint64            `json:"v"` // number of its facts
	Recorded   time.Time         `json:"r"` // when the newest was recorded
	work.Head
}

// Open reports whether the work goes on.
func (h WorkHead) Open() bool { return h.Closed == 0 }

// ID returns the id of the work.
func (h WorkHead) ID() string { return eventstore.Record{Stream: h.Stream}.AggregateID() }

// Division returns the division of its birth.
func (h WorkHead) Division() string { return eventstore.Record{Stream: h.Stream}.Division() }

// listed reports whether it was ever opened.
func (h WorkHead) listed() bool { return h.Opened != 0 }

// counting is the head after one more fact, but for what the state says.
func (h WorkHead) counting(r eventstore.Record) WorkHead {
	if h.Version == 0 {
		h.Stream, h.Aggregate, h.Visibility, h.First = r.Stream, r.Aggregate(), r.Meta.Visibility, r.Meta.Seq
	}
	h.Version++
	h.Seq, h.Recorded = r.Meta.Seq, r.Meta.Recorded
	return h
}

// Apply folds a fact of a piece of work.
func (v works) Apply(tx *Tx, r eventstore.Record) error {
	kind, ok := v.kinds[r.Aggregate()]
	if !ok {
		return nil
	}
	key := []byte(r.Stream)
	v.facts.put(tx, r.Stream, r)
	tx.Sequence("changes").Put(AppendUint(nil, r.Meta.Seq), key)
	before, _, err := loadState[WorkHead](tx.Bucket("heads"), key)
	if err != nil {
		return err
	}
	was, now, err := v.step(tx, kind, before, r)
	if err != nil {
		return err
	}
	head := before.counting(r)
	head.Head = headOf(now.state)
	moveRows(tx, before, head)
	moveLinks(tx.Bucket("institutions"), r, was.about, now.about)
	moveLinks(tx.Bucket("sources"), r, setOf(before.Sources), setOf(head.Sources))
	if err := putState(tx.Bucket("states"), key, now.state); err != nil {
		return err
	}
	if err := putState(tx.Bucket("heads_at"), SeqKey(r.Meta.Seq, r.Stream), head); err != nil {
		return err
	}
	return putState(tx.Bucket("heads"), key, head)
}

// A workFold is a state, and the ids of the institutions that it is, or was,
// about. Of a state that a plain fact changes, was.about leaves out those that
// the fact says nothing about.
type workFold struct {
	state any
	about map[string]bool
}

// step returns the state before and after one more fact.
func (v works) step(tx *Tx, kind workKind, before WorkHead, r eventstore.Record) (was, now workFold, err error) {
	if isAmendment(r) {
		recs, err := v.facts.records(tx.Bucket("facts"), r.Stream, Now)
		if err != nil {
			return was, now, err
		}
		if was, err = v.fold(kind, recs[:len(recs)-1]); err != nil {
			return was, now, err
		}
		now, err = v.fold(kind, recs)
		return was, now, err
	}
	state, ok, err := kind.load(tx.Bucket("states"), []byte(r.Stream))
	if err != nil {
		return was, now, err
	}
	if !ok {
		state = kind.start
	}
	was = workFold{state: state}
	now = workFold{kind.evolve(state, r.Meta, r.Event), map[string]bool{}}
	now.named(r, before.Institution)
	return was, now, nil
}

// named adds the institutions that a fact says the work is about, and the one
// of the head where that is another than before.
func (f workFold) named(r eventstore.Record, before string) {
	ids, _ := institutionsOf(r)
	touched, _ := touchedBy(r)
	ids = append(ids, touched...)
	if in := headOf(f.state).Institution; in != before {
		ids = append(ids, eventstore.Record{Stream: in}.AggregateID())
	}
	for _, id := range ids {
		if id != "" {
			f.about[id] = true
		}
	}
}

// fold folds the facts of a stream as they were amended.
func (v works) fold(kind workKind, recs []eventstore.Record) (workFold, error) {
	recs, err := v.facts.codec.Amend(recs)
	f := workFold{kind.start, map[string]bool{}}
	for _, r := range recs {
		before := headOf(f.state).Institution
		f.state = kind.evolve(f.state, r.Meta, r.Event)
		f.named(r, before)
	}
	return f, err
}

func headOf(state any) work.Head { return state.(headed).Head() }

func setOf(list []string) map[string]bool {
	out := map[string]bool{}
	for _, s := range list {
		out[s] = true
	}
	return out
}

// moveLinks puts down, as of the position of a fact, which things its stream is
// linked to from then on, and which no more.
func moveLinks(b *Bucket, r eventstore.Record, was, now map[string]bool) {
	link := func(to string, on byte) { b.Put(SeqKey(r.Meta.Seq, to, r.Stream), []byte{on}) }
	for _, to := range slices.Sorted(maps.Keys(was)) {
		if !now[to] {
			link(to, 0)
		}
	}
	for _, to := range slices.Sorted(maps.Keys(now)) {
		if !was[to] {
			link(to, 1)
		}
	}
}

// moveRows moves the rows of the indexes of lists.
func moveRows(tx *Tx, before, now WorkHead) {
	type row struct{ bucket, key string }
	old := map[row][]byte{}
	before.rows(func(bucket string, key, value []byte) { old[row{bucket, string(key)}] = value })
	now.rows(func(bucket string, key, value []byte) {
		at := row{bucket, string(key)}
		if have, ok := old[at]; !ok || !bytes.Equal(have, value) {
			tx.Bucket(bucket).Put(key, value)
		}
		delete(old, at)
	})
	for at := range old {
		tx.Bucket(at.bucket).Delete([]byte(at.key))
	}
}

// rows calls f with each row of the indexes of lists that the work has.
func (h WorkHead) rows(f func(bucket string, key, value []byte)) {
	if !h.listed() {
		return
	}
	under := func(of ...string) []byte { return append(append(Key(of...), closedByte(h.Open())), h.tail()...) }
	facet := h.facet()
	f("divisions", under(h.Division(), h.Aggregate), facet)
	if h.Agency != "" {
		f("agencies", under(h.Agency), facet)
	}
	for _, agency := range h.takePart() {
		f("parts", under(agency), facet)
	}
}

func closedByte(open bool) byte {
	if open {
		return 0
	}
	return 1
}

// takePart returns all agencies that take part, each once.
func (h WorkHead) takePart() []string {
	all := slices.Sorted(slices.Values(append(slices.Clone(h.Agencies), h.Agency)))
	return slices.DeleteFunc(slices.Compact(all), func(a string) bool { return a == "" })
}

// workTail is the length of a tail.
const workTail = 4 + 8

// tail is the place of the work in lists.
func (h WorkHead) tail() []byte {
	return AppendUint(binary.BigEndian.AppendUint32(nil, ^uint32(h.Opened)), ^h.First)
}

// facet is what lists filter by.
func (h WorkHead) facet() []byte {
	var p packer
	for _, s := range []string{h.Stream, h.Kind, h.Status, h.Agency} {
		p.text(s)
	}
	p.uint(uint64(h.Closed))
	p.texts(h.Agencies)
	return p
}

// facetHead is a head of which only what lists filter by is known.
func facetHead(facet []byte) (h WorkHead, err error) {
	u := unpacker{rest: facet}
	h.Stream, h.Kind, h.Status, h.Agency = u.text(), u.text(), u.text(), u.text()
	h.Closed = calendar.Day(u.uint())
	h.Agencies = u.texts()
	if u.bad {
		return h, fmt.Errorf("the row of a piece of work cannot be read")
	}
	h.Aggregate = eventstore.Record{Stream: h.Stream}.Aggregate()
	return h, nil
}
