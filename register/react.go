package register

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/ident"
	"minglu/domain/reaction"
	"minglu/eventstore"
	"minglu/projections"
)

// A Reactor carries out what follows by itself: from facts, and from days that
// have passed. It may lose its position, be run twice or on several nodes: every
// act that it carries out has a command id made from its cause, so that it is
// carried out once. It is for one goroutine, but for Settled.
type Reactor struct {
	// Refused, where it is not nil, is told each act that was refused.
	Refused func(context.Context, reaction.Act, *domain.Error)

	reg      *Register
	position uint64
	// done are the due acts that this reactor was told are no more to be done; a
	// restart asks again.
	done   map[string]bool
	day    calendar.Day    // to which done belongs
	swept  settled         // up to where accounts were looked at for alerts
	relook map[string]bool // accounts to look at again, by stream

	wake    chan struct{} // holds one when somebody wants it to look again
	mu      sync.Mutex
	settled settled
	moved   chan struct{} // closed when settled changes
}

// settled is how far nothing is left to follow.
type settled struct {
	seq uint64
	day calendar.Day
}

// NewReactor returns a reactor that has gone as far as position.
func (r *Register) NewReactor(position uint64) *Reactor {
	return &Reactor{reg: r, position: position, done: map[string]bool{}, relook: map[string]bool{}, wake: make(chan struct{}, 1), moved: make(chan struct{})}
}

// Position is up to which fact everything that follows was carried out.
func (x *Reactor) Position() uint64 { return x.position }

// reactBatch is how many facts are looked at, and how many clocks, at a time.
const reactBatch = 500

// React carries out what follows from the facts that the views hold and from the
// clocks that have run out by now, until nothing is left, and returns how many
// acts recorded something. While an import goes on it does nothing: history
// that arrives line by line is not yet what it will say.
func (x *Reactor) React(ctx context.Context) (acts int, err error) {
	for x.reg.importing.over() == nil {
		at := settled{x.reg.Views.Seq(reactsTo...), x.today()}
		n, err := x.pass(ctx)
		acts += n
		if err != nil {
			return acts, err
		}
		if n == 0 && x.position <= at.seq {
			x.settle(at)
			return acts, nil
		}
		if err := x.reg.Views.CatchUp(ctx); err != nil {
			return acts, err
		}
	}
	return acts, nil
}

func (x *Reactor) settle(at settled) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if at != x.settled {
		x.settled = at
		close(x.moved)
		x.moved = make(chan struct{})
	}
}

// Settled returns when nothing is left to follow from the facts up to a position
// and from the clocks that had run out by a day, or with the error of ctx. It may
// be called by many goroutines while the reactor runs.
func (x *Reactor) Settled(ctx context.Context, seq uint64, day calendar.Day) error {
	for {
		x.mu.Lock()
		at, moved := x.settled, x.moved
		x.mu.Unlock()
		if at.seq >= seq && at.day >= day {
			return nil
		}
		select {
		case x.wake <- struct{}{}:
		default:
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (x *Reactor) pass(ctx context.Context) (acts int, err error) {
	n, err := x.facts(ctx)
	if err != nil {
		return n, err
	}
	m, err := x.clocks(ctx)
	if err != nil {
		return n + m, err
	}
	k, err := x.alarms(ctx)
	return n + m + k, err
}

func (x *Reactor) today() calendar.Day { return calendar.DayOf(x.reg.Now()) }

// facts reacts to the facts behind the position.
func (x *Reactor) facts(ctx context.Context) (acts int, err error) {
	for {
		recs, next, err := x.reg.Views.Timeline(projections.TimelineQuery{After: x.position, Limit: reactBatch})
		if err != nil {
			return acts, err
		}
		for _, rec := range recs {
			n, err := x.fact(ctx, rec)
			acts += n
			if err != nil {
				return acts, err
			}
			x.position = rec.Meta.Seq
		}
		if next == 0 {
			return acts, nil
		}
	}
}

func (x *Reactor) fact(ctx context.Context, rec eventstore.Record) (acts int, err error) {
	if rec.Event, err = x.reg.Log.Codec.Event(rec.Type, rec.Version, rec.Body); err != nil {
		return 0, err
	}
	if err := x.reg.destroy(ctx, rec.Event); err != nil {
		return 0, err
	}
	x.look(rec)
	rec, ok, err := x.standing(ctx, rec)
	if err != nil || !ok {
		return 0, err
	}
	law, err := x.reg.LawOf(ctx, division.Code(rec.Meta.Division), x.today())
	if err != nil {
		return 0, err
	}
	f := reaction.Fact{ID: rec.ID, Stream: rec.Stream, Meta: rec.Meta, Event: rec.Event}
	return x.carryOut(ctx, reaction.React(f, law, x.today()))
}

// standing returns the fact from which something may follow, as it stands now: of
// an amendment the fact it changes; ok is false where nothing follows from it, or
// where it was annulled.
func (x *Reactor) standing(ctx context.Context, rec eventstore.Record) (_ eventstore.Record, ok bool, err error) {
	seq := rec.Meta.Seq
	if a, is := rec.Event.(domain.Amendment); is {
		seq, _ = a.Amends()
	} else if !reaction.Follows(rec.Event) {
		return rec, false, nil
	}
	recs, err := x.reg.Log.Records(ctx, rec.Stream)
	if err == nil {
		recs, err = x.reg.Log.Codec.Amend(recs)
	}
	for _, r := range recs {
		if r.Meta.Seq == seq {
			return r, reaction.Follows(r.Event), err
		}
	}
	return rec, false, err
}

// clocks reacts to the clocks that have run out.
func (x *Reactor) clocks(ctx context.Context) (acts int, err error) {
	if today := x.today(); today != x.day {
		x.done, x.day = map[string]bool{}, today
	}
	after := ""
	for {
		passed, next, err := x.reg.Views.Passed(x.today(), after, reactBatch)
		if err != nil {
			return acts, err
		}
		for _, c := range passed {
			n, err := x.carryOut(ctx, reaction.Due(passedOf(c)))
			acts += n
			if err != nil {
				return acts, err
			}
		}
		if next == "" {
			return acts, nil
		}
		after = next
	}
}

func passedOf(c projections.DueClock) reaction.Passed {
	p := reaction.Passed{Stream: c.Stream, Clock: c.Clock}
	if len(c.Institutions) > 0 {
		p.Institution = c.Institutions[0]
	}
	return p
}

// carryOut carries acts out, each once. An act that is refused is no more to be
// done: what it stood on has changed meanwhile.
func (x *Reactor) carryOut(ctx context.Context, acts []reaction.Act) (n int, err error) {
	if acts, err = x.spread(acts); err != nil {
		return 0, err
	}
	for _, a := range acts {
		if x.done[a.Key] {
			continue
		}
		act, err := x.act(a)
		if err != nil {
			return n, err
		}
		ans, err := x.reg.Do(ctx, nil, act)
		refusal, refused := errors.AsType[*domain.Error](err)
		switch {
		case refused && refusal.Code == domain.Busy:
			return n, err
		case err != nil && !refused:
			return n, err
		case err == nil && !ans.Repeated && len(ans.Events) > 0:
			n++
		}
		if refused {
			x.refused(ctx, a, refusal)
		}
		x.done[a.Key] = true
	}
	return n, nil
}

// act is the act as the register takes it. Whoever reads the fact sees from its
// cause, and from the missing officer, that nobody decided it.
func (x *Reactor) act(a reaction.Act) (Act, error) {
	body, err := json.Marshal(a.Body)
	if err != nil {
		return Act{}, err
	}
	rec := eventstore.Record{Stream: a.Target}
	out := Act{
		CommandID: ident.FormatUUID(ident.UUIDv5([16]byte{}, []byte("reaction/"+a.Key))),
		Act:       a.Name, Division: x.divisionOf(a), Effective: a.Effective.String(), Causation: a.Cause, Body: body,
		Actor:  &Actor{Agency: a.Agency},
		Source: &domain.Source{Title: "登记自动办理", Reason: a.Why},
	}
	if a.Target != "" && rec.Aggregate() != Jurisdiction.Name {
		out.Target = &Target{ID: rec.AggregateID()}
	}
	return out, nil
}

// divisionOf is the division of the act. What exists is found by its id, under
// the code that it was born with; what is new belongs to the code in use.
func (x *Reactor) divisionOf(a reaction.Act) string {
	rec := eventstore.Record{Stream: a.Target}
	if a.Target != "" && rec.Aggregate() != Jurisdiction.Name {
		return ""
	}
	code := division.Code(a.Division)
	for r := division.Resolve(code, a.Effective); r.Status == division.Retired && r.Division.Successor != ""; r = division.Resolve(code, a.Effective) {
		code = r.Division.Successor
	}
	return string(code)
}

// reactEvery bounds how late a day that has passed is noticed.
const reactEvery = time.Minute

// refused tells whoever listens that an act that follows by itself was refused:
// mostly since what it stood on has changed meanwhile.
func (x *Reactor) refused(ctx context.Context, a reaction.Act, e *domain.Error) {
	if x.Refused != nil {
		x.Refused(ctx, a, e)
	}
}

// Run reacts until ctx ends: whenever the views have moved, and every minute for
// the days that pass. save, where it is not nil, is told the position.
func (x *Reactor) Run(ctx context.Context, save func(uint64) error, failed func(error)) {
	for ctx.Err() == nil {
		before := x.position
		if _, err := x.React(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
		if save != nil && x.position != before {
			if err := save(x.position); err != nil {
				failed(err)
			}
		}
		x.rest(ctx)
	}
}

// rest waits until the views have moved, somebody waits for it to look again, or
// a while has passed.
func (x *Reactor) rest(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, reactEvery)
	woken := make(chan struct{})
	go func() {
		defer close(woken)
		defer cancel()
		select {
		case <-x.wake:
		case <-ctx.Done():
		}
	}()
	// Left running it would take a wake that is meant for the next rest.
	defer func() { cancel(); <-woken }()
	if over := x.reg.importing.over(); over != nil {
		select {
		case <-over:
		case <-ctx.Done():
		}
		return
	}
	if x.reg.Views.Wait(ctx, max(x.position, x.settled.seq)+1, reactsTo...) != nil {
		<-ctx.Done() // a view that stands still is not waited for in a circle
	}
}

// reactsTo are the views that say what follows.
var reactsTo = []string{projections.Timeline{}.Name(), projections.DueView, projections.EscrowView}
