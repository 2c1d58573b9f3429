package eventstore

import (
	"context"
	"errors"

	"minglu/domain"
)

// Batch carries out many acts with few appends: each is decided on the state
// after those before it, and all are appended together. It is for one
// goroutine; results are durable when Flush returns nil.
type Batch struct {
	log     *Log
	states  map[string]folded
	orders  []Order
	appends []Append
	claimed map[string]string // reservation stream → owner, of this batch
	records int
}

// NewBatch returns an empty batch on l.
func (l *Log) NewBatch() *Batch {
	b := &Batch{log: l}
	b.reset()
	return b
}

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
	a, err := b.plan(o, f, facts)
	if err != nil {
		return Result{}, false, err
	}
	next := f.state
	for _, e := range facts {
		next = o.Aggregate.evolve(next, o.Meta, e)
	}
	b.states[o.Stream] = f.after(o, next, facts, f.last+1)
	b.orders = append(b.orders, o)
	b.appends = append(b.appends, a)
	b.records += a.Len()
	return Result{}, true, nil
}

// decide returns the facts of o in the state f, or the result that is final
// without any.
func (b *Batch) decide(o Order, f folded) ([]domain.Event, Result, error) {
	if d, ok := f.find(o.Meta.CommandID); ok {
		res, err := repeated(o, d)
		return nil, res, err
	}
	facts, err := o.Aggregate.decide(f.state, o.Meta, o.Command)
	return facts, Result{Stream: o.Stream, Version: f.version, Seq: f.last}, err
}

// plan is the append of one act. Identifiers are taken to be free; where one
// is not, the whole batch is refused at its guard and done again act by act.
func (b *Batch) plan(o Order, f folded, facts []domain.Event) (Append, error) {
	a := Append{Meta: o.Meta, Writes: []Write{{Stream: o.Stream, Last: f.last, Events: facts}}}
	claims := o.Claims
	for _, e := range facts {
		if _, ok := e.(domain.Amendment); ok {
			return Append{}, ErrAlone
		}
		claims = append(claims[:len(claims):len(claims)], claimed(e)...)
	}
	if b.records+len(facts)+len(claims) > MaxAppend {
		return Append{}, ErrAlone
	}
	for _, c := range claims {
		rs := ReservationStream(c.Kind, c.Value)
		owner, ours := b.claimed[rs]
		switch {
		case c.Release || ours && owner != o.Stream:
			return Append{}, ErrAlone
		case ours:
			continue
		}
		b.claimed[rs] = o.Stream
		a.Writes = append(a.Writes, Write{Stream: rs, Events: []domain.Event{Reserved{Owner: o.Stream}}})
	}
	return a, nil
}

// State returns the state of an aggregate after what the batch already holds.
func (b *Batch) State(ctx context.Context, a *Aggregate, stream string) (state any, last uint64, err error) {
	if f, ok := b.states[stream]; ok {
		return f.state, f.last, nil
	}
	return b.log.State(ctx, a, stream)
}

// Len returns the number of records that Flush will write.
func (b *Batch) Len() int { return b.records }

// Flush appends what was added and returns the results in order. On any error
// nothing was appended as far as is known, the batch is empty, and the acts
// are to be carried out one by one by Execute, which finds those that were.
func (b *Batch) Flush(ctx context.Context) ([]Result, error) {
	defer b.reset()
	if len(b.appends) == 0 {
		return nil, nil
	}
	last, err := b.log.Append(ctx, b.appends...)
	if err != nil {
		for stream := range b.states {
			b.log.states.drop(stream)
		}
		return nil, err
	}
	results := make([]Result, len(b.orders))
	first := last - uint64(b.records) + 1
	newest := map[string]folded{}
	for i, o := range b.orders {
		facts := b.appends[i].Writes[0].Events
		results[i] = b.place(o, facts, first, newest)
		first += uint64(b.appends[i].Len())
		results[i].Seq = first - 1
	}
	for stream, f := range newest {
		b.log.states.put(stream, f)
	}
	return results, nil
}

// place gives the facts of o their positions and the remembered state of their
// stream its own.
func (b *Batch) place(o Order, facts []domain.Event, first uint64, newest map[string]folded) Result {
	f := b.states[o.Stream]
	f.last = first + uint64(len(facts)) - 1
	for i := range f.commands {
		d := &f.commands[i]
		if d.id != o.Meta.CommandID {
			continue
		}
		for j := range d.events {
			d.events[j].Seq = first + uint64(j)
		}
		d.seq = f.last
		b.states[o.Stream] = f
		newest[o.Stream] = f
		return Result{Stream: o.Stream, Version: d.version, Events: d.events}
	}
	return Result{Stream: o.Stream}
}

// folded returns what the stream of o holds with what the batch adds to it, and
// whether that comes from the log's memory alone.
func (b *Batch) folded(ctx context.Context, o Order, fresh bool) (f folded, remembered bool, err error) {
	if f, ok := b.states[o.Stream]; ok {
		return f, false, nil
	}
	return b.log.folded(ctx, o, fresh)
}

func (b *Batch) reset() {
	b.states, b.claimed = map[string]folded{}, map[string]string{}
	b.orders, b.appends, b.records = nil, nil, 0
}
