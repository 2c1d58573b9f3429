package eventstore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"minglu/domain"
)

// Log is a store with what is needed to carry out acts on it: the codec and a
// bounded memory of folded streams. The memory is never trusted: the guard
// checks what is appended on it, and before an act that appends nothing is
// answered on it, by a refusal or as already so, the stream is loaded once more.
// It may be used by many goroutines.
type Log struct {
	Store
	Codec *Codec
	// Shared tells that other processes write to the store too.
	Shared bool
	states *lru[string, folded]
}

// NewLog returns a log that remembers the states of up to remember streams.
func NewLog(s Store, c *Codec, remember int) *Log {
	return &Log{Store: s, Codec: c, states: newLRU[string](max(remember, 1), older)}
}

// Result is what an act led to.
type Result struct {
	Stream string
	// Version is the number of facts that the stream held then.
	Version uint64
	// Seq is the position up to which a view must have come to show the act.
	Seq    uint64
	Events []Placed
	// Repeated tells that the act had been carried out before, under the same
	// command id.
	Repeated bool
	// Facts are what Execute decided; nil where the act was carried out before.
	Facts []domain.Event
}

// Placed is a fact by name and position.
type Placed struct {
	Seq   uint64 `json:"seq"`
	Event string `json:"event"`
}

// Order is one command for Execute.
type Order struct {
	Aggregate *Aggregate
	Stream    string
	Meta      domain.Meta
	Command   any
	// Claims are reserved beside those of the facts: the writer's own ref.
	Claims []domain.Claim
	// Creates tells that the stream should hold nothing yet.
	Creates bool
	// First refuses the act where the stream holds what another command wrote,
	// also where all of it was annulled since.
	First bool
}

// folded is what the log remembers of a stream. It is a value: the state of a
// decider is one, and so are the commands.
type folded struct {
	state    any
	version  uint64
	last     uint64
	commands commandLog
}

// done is a command that a stream holds.
type done struct {
	id, digest string
	version    uint64
	events     []Placed
	claims     int // records of its append behind its facts: reservations
}

// seq is the position of the last record of its append.
func (d done) seq() uint64 { return d.events[len(d.events)-1].Seq + uint64(d.claims) }

const (
	attempts = 5
	// firstPause bounds the random wait before the second attempt; each later one
	// may be twice as long. Who beat this one may not be readable yet: on a
	// replicated log a write in flight refuses others before it can be loaded.
	firstPause = 4 * time.Millisecond
)

// Execute carries out o once, however often it is asked: load, decide, append.
// A refusal is a *domain.Error and leaves nothing behind. When it returns
// without an error, what Result names is durable.
func (l *Log) Execute(ctx context.Context, o Order) (Result, error) {
	fresh, beaten := false, 0
	for range attempts {
		if beaten > 0 {
			if err := pause(ctx, rand.N(firstPause<<(beaten-1))); err != nil {
				return Result{}, err
			}
		}
		f, remembered, err := l.folded(ctx, o, fresh)
		if err != nil {
			return Result{}, err
		}
		res, again, err := l.attempt(ctx, o, f)
		if !again && !(remembered && unguarded(res, err)) {
			return res, err
		}
		l.states.drop(o.Stream)
		fresh = true
		if again {
			beaten++
		}
	}
	return Result{}, domain.Fault(domain.Busy, domain.Say("登记繁忙，请稍后再试", "the register is busy, try again"))
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// attempt decides on f and appends. again tells that the state moved meanwhile
// or that the outcome is not known.
func (l *Log) attempt(ctx context.Context, o Order, f folded) (res Result, again bool, err error) {
	if d, ok := f.commands.find(o.Meta.CommandID); ok {
		res, err = repeated(o, d)
		return res, false, err
	}
	if err := o.begins(f); err != nil {
		return Result{}, false, err
	}
	facts, next, err := l.decide(ctx, o, f)
	if err != nil {
		return Result{}, false, err
	}
	if len(facts) == 0 {
		return Result{Stream: o.Stream, Version: f.version, Seq: f.last}, false, nil
	}
	a, err := l.plan(ctx, o, f, facts)
	if err != nil {
		return Result{}, false, err
	}
	last, err := l.Append(ctx, a)
	switch {
	case errors.Is(err, ErrConflict), errors.Is(err, ErrUnknown):
		return Result{}, true, nil
	case errors.Is(err, ErrFull), errors.Is(err, ErrClosed):
		return Result{}, false, &domain.Error{Code: domain.Busy,
			Text: domain.Say("登记现在不能写入，未留下任何记录", "the register cannot write now; nothing was recorded"),
			Hint: domain.Say("请稍后用同一个编号再试", "try again later with the same key")}
	case err != nil:
		return Result{}, false, err
	}
	d := doneBy(o, f, facts, last-uint64(a.Len())+1, a.Len())
	l.states.put(o.Stream, f.after(d, next))
	return Result{Stream: o.Stream, Version: d.version, Seq: last, Events: d.events, Facts: facts}, false, nil
}

// begins refuses an order that is to be the first of a stream and is not.
func (o Order) begins(f folded) error {
	if !o.First || f.version == 0 {
		return nil
	}
	return domain.Refuse(domain.Conflict, UniqueIdentifier, domain.Say("%s 已经登记，不能再次新建", "%s exists and is not created again", o.Stream))
}

// decide returns the facts of o in the state f, and the state after them.
func (l *Log) decide(ctx context.Context, o Order, f folded) ([]domain.Event, any, error) {
	if v := o.Meta.IfVersion; v != nil && *v != f.version {
		return nil, nil, domain.Fault(domain.Stale, domain.Say(
			"这条记录已有第 %[2]d 版，提交时依据的是第 %[1]d 版，未作任何改动",
			"the record is at version %[2]d, the act was made on version %[1]d; nothing was changed", *v, f.version))
	}
	facts, err := o.Aggregate.decide(f.state, o.Meta, o.Command)
	if err != nil {
		return nil, nil, err
	}
	next := f.state
	for _, e := range facts {
		if _, ok := e.(domain.Amendment); ok {
			next, err = l.amended(ctx, o, e)
			if err != nil {
				return nil, nil, err
			}
			continue
		}
		next = o.Aggregate.evolve(next, o.Meta, e)
	}
	return facts, next, nil
}

// doneBy is what o did to a stream that held f: its facts, the first of which
// stands at position first of an append of so many records.
func doneBy(o Order, f folded, facts []domain.Event, first uint64, records int) done {
	d := done{
		id: o.Meta.CommandID, digest: o.Meta.CommandDigest, version: f.version + uint64(len(facts)),
		claims: records - len(facts), events: make([]Placed, 0, len(facts)),
	}
	for i, e := range facts {
		d.events = append(d.events, Placed{Seq: first + uint64(i), Event: e.EventName()})
	}
	return d
}

// after is f with a command and the state that its facts led to.
func (f folded) after(d done, state any) folded {
	return folded{state: state, version: d.version, last: d.events[len(d.events)-1].Seq, commands: f.commands.with(d)}
}

func repeated(o Order, d done) (Result, error) {
	if d.digest != o.Meta.CommandDigest {
		return Result{}, KeyReused()
	}
	return Result{Stream: o.Stream, Version: d.version, Seq: d.seq(), Events: d.events, Repeated: true}, nil
}

// KeyReused refuses a command id that is known with another body.
func KeyReused() *domain.Error {
	return domain.Fault(domain.KeyReused, domain.Say(
		"这个编号已用于另一项内容不同的行为", "this key was used for an act with another content"),
		domain.Field{Pointer: "/command_id", Code: "reused", Message: domain.Say("请换一个新编号", "take a new key")})
}

// folded returns what the stream of o holds, from memory unless fresh is asked
// for.
func (l *Log) folded(ctx context.Context, o Order, fresh bool) (f folded, remembered bool, err error) {
	if !fresh {
		if f, ok := l.states.get(o.Stream); ok {
			return f, true, nil
		}
		if o.Creates {
			return folded{state: o.Aggregate.start}, true, nil
		}
	}
	recs, err := l.Records(ctx, o.Stream)
	if err != nil {
		return folded{}, false, err
	}
	f, err = l.fold(o.Aggregate, recs)
	if err == nil && len(recs) > 0 {
		l.states.put(o.Stream, f)
	}
	return f, false, err
}

func (l *Log) fold(a *Aggregate, recs []Record) (folded, error) {
	s, err := a.Fold(l.Codec, recs)
	if err != nil {
		return folded{}, err
	}
	f := folded{state: s}
	var commands []done
	for _, r := range recs {
		f.version++
		f.last = r.Meta.Seq
		n := len(commands)
		if n == 0 || commands[n-1].id != r.Meta.CommandID {
			// Parts of the stored message would keep it in memory as a whole.
			commands = append(commands, done{id: strings.Clone(r.Meta.CommandID), digest: strings.Clone(r.Meta.CommandDigest)})
			n++
		}
		d := &commands[n-1]
		d.version = f.version
		d.claims = r.Meta.Count - r.Meta.Ordinal
		d.events = append(d.events, Placed{Seq: r.Meta.Seq, Event: r.Type})
	}
	f.commands = logOf(commands)
	return f, nil
}

// Records loads a whole stream.
func (l *Log) Records(ctx context.Context, stream string) ([]Record, error) {
	var recs []Record
	for r, err := range l.Load(ctx, stream) {
		if err != nil {
			return nil, fmt.Errorf("load %s: %w", stream, err)
		}
		recs = append(recs, r)
	}
	return recs, nil
}

// State returns the state of an aggregate and the position of its newest fact:
// what an act on another aggregate is told. It may be milliseconds old. Where
// other processes write to the store, it is loaded anew each time.
func (l *Log) State(ctx context.Context, a *Aggregate, stream string) (state any, last uint64, err error) {
	if f, ok := l.states.get(stream); ok && !l.Shared {
		return f.state, f.last, nil
	}
	recs, err := l.Records(ctx, stream)
	if err != nil {
		return nil, 0, err
	}
	f, err := l.fold(a, recs)
	if err != nil {
		return nil, 0, err
	}
	l.states.put(stream, f)
	return f.state, f.last, nil
}

// unguarded reports whether an outcome appended nothing, by a refusal or because
// it was already so, and thus met no guard that would have found an old state.
func unguarded(res Result, err error) bool {
	_, refused := errors.AsType[*domain.Error](err)
	return refused || err == nil && len(res.Events) == 0
}

// older reports whether a remembered state is older than another: of two acts
// on one stream, the first may come to remember its own after the second.
func older(a, b folded) bool { return a.last < b.last }
