package register

import (
	"context"
	"encoding/json"
	"errors"
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
// carried out once. It is for one goroutine.
type Reactor struct {
	reg      *Register
	position uint64
	// done are the due acts that this reactor was told are no more to be done; a
	// restart asks again.
	done map[string]bool
	day  calendar.Day // to which done belongs
}

// NewReactor returns a reactor that has gone as far as position.
func (r *Register) NewReactor(position uint64) *Reactor {
	return &Reactor{reg: r, position: position, done: map[string]bool{}}
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
	for {
		n, err := x.pass(ctx)
		acts += n
		if err != nil || n == 0 {
			return acts, err
		}
		if err := x.reg.Views.CatchUp(ctx); err != nil {
			return acts, err
		}
	}
}

func (x *Reactor) pass(ctx context.Context) (acts int, err error) {
	if x.reg.importing.Load() > 0 {
		return 0, nil
	}
	n, err := x.facts(ctx)
	if err != nil {
		return n, err
	}
	m, err := x.clocks(ctx)
	return n + m, err
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
	if !reaction.Follows(rec.Event) {
		return 0, nil
	}
	law, err := x.reg.LawOf(ctx, division.Code(rec.Meta.Division), x.today())
	if err != nil {
		return 0, err
	}
	f := reaction.Fact{ID: rec.ID, Stream: rec.Stream, Meta: rec.Meta, Event: rec.Event}
	return x.carryOut(ctx, reaction.React(f, law, x.today()))
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
		Act:       a.Name, Division: a.Division, Effective: a.Effective.String(), Causation: a.Cause, Body: body,
		Actor:  &Actor{Agency: a.Agency},
		Source: &domain.Source{Title: "登记自动办理", Reason: a.Why},
	}
	if a.Target != "" && rec.Aggregate() != Jurisdiction.Name {
		out.Target = &Target{ID: rec.AggregateID()}
	}
	return out, nil
}

// reactEvery bounds how late a day that has passed is noticed.
const reactEvery = time.Minute

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
		wait, cancel := context.WithTimeout(ctx, reactEvery)
		_ = x.reg.Views.Wait(wait, x.position+1, projections.Timeline{}.Name())
		cancel()
	}
}
