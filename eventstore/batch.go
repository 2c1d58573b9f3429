package eventstore

import (
	"context"
	"errors"

	"minglu/domain"
)

// Batch carries out many acts with few appends: each is decided on the state
// after those before it, and all are appended together. What was sent may still
// be on its way while the next acts are decided on it. It is for one goroutine.
type Batch struct {
	// Careful looks up what the batch else takes to be so: that a stream to be
	// created is empty and an identifier free. It costs a load for each; after a
	// refused append it tells which act was at fault.
	Careful bool

	log    *Log
	open   load
	flying *flight
	undo   []undo
}

// load is what one append of a batch holds.
type load struct {
	states  map[string]folded
	held    map[string]holder // by reservation stream, as the batch leaves it
	orders  []Order
	appends []Append
	records int
}

func newLoad() load { return load{states: map[string]folded{}, held: map[string]holder{}} }

// flight is an append on its way.
type flight struct {
	load
	last uint64
	err  error
	done chan struct{}
}

// NewBatch returns an empty batch on l.
func (l *Log) NewBatch() *Batch { return &Batch{log: l, open: newLoad()} }

// ErrAlone says that an act cannot share an append with those before it: flush,
// and carry it out by Execute.
var ErrAlone = errors.New("the act needs an append of its own")

// Add decides o on the state after what the batch already holds. A refusal is
// a *domain.Error and leaves the batch as it was. The result of an act that was
// carried out before is final and says so; otherwise it is made by Flush.
func (b *Batch) Add(ctx context.Context, o Order) (res Result, pending bool, err error) {
	if o.Meta.IfVersion != nil {
		return Result{}, false, ErrAlone
	}
	f, remembered, err := b.folded(ctx, o, false)
	if err != nil {
		return Result{}, false, err
	}
	facts, res, err := b.decide(o, f)
	if remembered && unguarded(res, err) && len(facts) == 0 {
		b.log.states.drop(o.Stream)
		if f, _, err = b.folded(ctx, o, true); err != nil {
			return Result{}, false, err
		}
		facts, res, err = b.decide(o, f)
	}
	if err != nil || len(facts) == 0 {
		return res, false, err
	}
	mark := b.Mark()
	a, err := b.plan(ctx, o, f, facts)
	if err != nil {
		b.Back(mark)
		return Result{}, false, err
	}
	next := f.state
	for _, e := range facts {
		next = o.Aggregate.evolve(next, o.Meta, e)
	}
	before, had := b.open.states[o.Stream]
	b.undo = append(b.undo, undo{stream: o.Stream, state: before, had: had})
	b.open.states[o.Stream] = f.after(doneBy(o, f, facts, f.last+1, a.Len()), next)
	b.open.orders = append(b.open.orders, o)
	b.open.appends = append(b.open.appends, a)
	b.open.records += a.Len()
	return Result{}, true, nil
}

// decide returns the facts of o in the state f, or the result that is final
// without any.
func (b *Batch) decide(o Order, f folded) ([]domain.Event, Result, error) {
	if d, ok := f.commands.find(o.Meta.CommandID); ok {
		res, err := repeated(o, d)
		return nil, res, err
	}
	if err := o.begins(f); err != nil {
		return nil, Result{}, err
	}
	facts, err := o.Aggregate.decide(f.state, o.Meta, o.Command)
	return facts, Result{Stream: o.Stream, Version: f.version, Seq: f.last}, err
}

// State returns the state of an aggregate after what the batch already holds.
func (b *Batch) State(ctx context.Context, a *Aggregate, stream string) (state any, last uint64, err error) {
	if f, ok := b.state(stream); ok {
		return f.state, f.last, nil
	}
	return b.log.State(ctx, a, stream)
}

// state returns what the batch knows of a stream.
func (b *Batch) state(stream string) (folded, bool) {
	f, ok := b.open.states[stream]
	if !ok && b.flying != nil {
		f, ok = b.flying.states[stream]
	}
	return f, ok
}

// folded returns what the stream of o holds with what the batch adds to it, and
// whether that comes from the log's memory alone.
func (b *Batch) folded(ctx context.Context, o Order, fresh bool) (f folded, remembered bool, err error) {
	if f, ok := b.state(o.Stream); ok {
		return f, false, nil
	}
	return b.log.folded(ctx, o, fresh || b.Careful && o.Creates)
}

// Len returns the number of records that were added and not yet sent.
func (b *Batch) Len() int { return b.open.records }

// Ahead returns the number of records that are on their way or were added since.
func (b *Batch) Ahead() int {
	if b.flying == nil {
		return b.open.records
	}
	return b.flying.records + b.open.records
}

// Flush appends what was added and returns the results in order: Send and Land.
// Nothing may be on its way.
func (b *Batch) Flush(ctx context.Context) ([]Result, error) {
	b.Send(ctx)
	return b.Land()
}

// Send sends what was added on its way. It MUST be followed by Land before the
// next Send; in between acts may be added.
func (b *Batch) Send(ctx context.Context) {
	f := &flight{load: b.open, done: make(chan struct{})}
	b.flying, b.open, b.undo = f, newLoad(), nil
	if len(f.appends) == 0 {
		close(f.done)
		return
	}
	go func() {
		defer close(f.done)
		f.last, f.err = b.log.Append(ctx, f.appends...)
	}()
}

// Land waits for what is on its way and returns its results in order; they are
// durable. On any error nothing of it was appended as far as is known, and what
// was added since stood on it: the batch is empty, and all of it is to be
// decided again. Nothing on its way gives no results.
func (b *Batch) Land() ([]Result, error) {
	f := b.flying
	if f == nil {
		return nil, nil
	}
	<-f.done
	b.flying = nil
	if f.err != nil {
		for stream := range f.states {
			b.log.states.drop(stream)
		}
		b.open, b.undo = newLoad(), nil
		return nil, f.err
	}
	results := make([]Result, len(f.orders))
	first := f.last - uint64(f.records) + 1
	at := make(map[string]uint64, f.records)
	for i, o := range f.orders {
		a := f.appends[i]
		results[i] = f.place(o, len(a.Writes[0].Events), first)
		for _, w := range a.Writes {
			first += uint64(len(w.Events))
			at[w.Stream] = first - 1
		}
		results[i].Seq = first - 1
	}
	for stream, state := range f.states {
		b.log.states.put(stream, state)
	}
	b.open.standOn(at)
	return results, nil
}

// place gives the n facts of o their positions.
func (l load) place(o Order, n int, first uint64) Result {
	f := l.states[o.Stream]
	f.last = first + uint64(n) - 1
	l.states[o.Stream] = f
	d, ok := f.commands.find(o.Meta.CommandID)
	if !ok {
		return Result{Stream: o.Stream}
	}
	for j := range d.events {
		d.events[j].Seq = first + uint64(j)
	}
	return Result{Stream: o.Stream, Version: d.version, Events: d.events}
}

// standOn puts in the positions of streams that were not known when l was
// decided on them.
func (l load) standOn(at map[string]uint64) {
	for _, a := range l.appends {
		for i := range a.Writes {
			if last, ok := at[a.Writes[i].Stream]; ok {
				a.Writes[i].Last = last
			}
		}
	}
	for rs, h := range l.held {
		if last, ok := at[rs]; ok {
			h.last = last
			l.held[rs] = h
		}
	}
}
