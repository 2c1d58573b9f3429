package register

import (
	"context"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/inspection"
	"minglu/domain/jurisdiction"
	"minglu/domain/money"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// known is what an act is read, informed and decided on beside its own content.
type known interface {
	// State is the state of an aggregate.
	State(ctx context.Context, a *eventstore.Aggregate, stream string) (state any, last uint64, err error)
	// owner is the stream for which a writer's reference stands, or empty.
	owner(ctx context.Context, ref string) (string, error)
	// stream is that of an aggregate and an id, or empty.
	stream(id, aggregate string) (string, error)
	// roll is who held a licence on the day that c names, at the head of the log.
	roll(ctx context.Context, in division.Code, c jurisdiction.FreezeBaseline) (jurisdiction.Roll, error)
	// about are the streams of work about an institution, by its stream.
	about(ctx context.Context, institution string) ([]string, error)
	// population is who may be drawn in an inspection, at the head of the log.
	population(ctx context.Context, stream string, in division.Code, on calendar.Day) (inspection.PopulationRoll, error)
	// members is who is on a list on a day, at the head of the log.
	members(ctx context.Context, in division.Code, list term.ListName, on calendar.Day) (jurisdiction.Members, error)
	// ordersOf are the streams of the orders of a pupil in a course.
	ordersOf(ctx context.Context, who pupilAt) ([]string, error)
	// held is what of the orders of a supervised account is not settled: in the
	// account, or with the institution.
	held(ctx context.Context, account string) (money.Fen, error)
}

// live knows what log and views say now.
type live struct {
	*eventstore.Log
	r *Register
}

func (l live) owner(ctx context.Context, ref string) (string, error) {
	owner, _, err := l.Log.Owner(ctx, "ref", ref)
	return owner, err
}

func (l live) stream(id, aggregate string) (string, error) { return l.r.Views.Stream(id, aggregate) }

func (l live) roll(ctx context.Context, in division.Code, c jurisdiction.FreezeBaseline) (jurisdiction.Roll, error) {
	if !rolls(c) {
		return jurisdiction.Roll{}, nil
	}
	if err := l.caughtUp(ctx, projections.ReductionView); err != nil {
		return jurisdiction.Roll{}, err
	}
	return l.r.Views.Roll(string(in), c.Class, c.Audiences, c.Mode, c.Date)
}

// rolls reports whether c says whom to look for; the decision refuses it with
// its reason where it does not.
func rolls(c jurisdiction.FreezeBaseline) bool { return len(c.Audiences) > 0 && c.Class != "" }

func (l live) members(ctx context.Context, in division.Code, list term.ListName, on calendar.Day) (jurisdiction.Members, error) {
	if err := l.caughtUp(ctx, projections.ListsView); err != nil {
		return jurisdiction.Members{}, err
	}
	seq := l.r.Views.Seq(projections.ListsView)
	entries, err := l.r.Views.List(list, string(in), on, seq)
	m := jurisdiction.Members{AtSeq: seq}
	for _, e := range entries {
		m.Rows = append(m.Rows, e.Stream)
	}
	return m, err
}

func (l live) about(ctx context.Context, institution string) ([]string, error) {
	if err := l.caughtUp(ctx, projections.WorkView); err != nil {
		return nil, err
	}
	return l.r.worksOn(institution)
}

// worksOn returns the streams of the work about an institution that the views
// know.
func (r *Register) worksOn(institution string) ([]string, error) {
	rec := eventstore.Record{Stream: institution}
	p, err := r.Views.Work(projections.WorkQuery{
		WorkFilter: projections.WorkFilter{Institution: rec.AggregateID()}, AtSeq: projections.Now, Limit: everyone,
	})
	out := make([]string, len(p.Heads))
	for i, h := range p.Heads {
		out[i] = h.Stream
	}
	return out, err
}

func (l live) ordersOf(ctx context.Context, who pupilAt) ([]string, error) {
	if err := l.caughtUp(ctx, projections.EscrowView); err != nil {
		return nil, err
	}
	return l.r.Views.OrdersOfPupil(who.institution, who.pupil, who.course)
}

func (l live) held(ctx context.Context, account string) (money.Fen, error) {
	if err := l.caughtUp(ctx, projections.EscrowView); err != nil {
		return 0, err
	}
	sheet, _, err := l.r.Views.Balance(projections.ScopeAccount(account), lastDay, projections.Now)
	return sheet.Of(term.LedgerHeld) + sheet.Of(term.LedgerOutside), err
}

// lastDay is behind every day on which a fact may take effect.
var lastDay = calendar.Date(9999, 12, 31)

// caughtUp waits until views know what the log holds now.
func (l live) caughtUp(ctx context.Context, views ...string) error {
	if l.r.dry {
		return nil
	}
	head, err := l.Log.Head(ctx)
	if err != nil {
		return err
	}
	return l.r.Views.Wait(ctx, head, views...)
}

// command returns where a command id was carried out, and its digest; no
// stream where it is unknown.
func (r *Register) command(id string) (stream, digest string, err error) {
	c, ok, err := r.Views.Command(id)
	if !ok {
		return "", "", err
	}
	return c.Stream, c.Digest, nil
}
