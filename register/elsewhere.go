package register

import (
	"context"
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/inspection"
	"minglu/domain/jointcase"
	"minglu/domain/listing"
	"minglu/domain/penalty"
	"minglu/domain/rectification"
	"minglu/eventstore"
)

// acquaint puts into the command, a pointer, what it must know of other work:
// violations that are open, earlier decisions, the watch, who may be drawn.
func (r *Register) acquaint(ctx context.Context, k known, stream string, code division.Code, on calendar.Day, cmd any) (err error) {
	switch c := cmd.(type) {
	case *listing.ListWhite:
		var open []string
		open, err = violations(ctx, k, subjectStream(stream), on)
		c.Subject.Violations = append(c.Subject.Violations, open...)
		if err == nil && !c.Subject.Escrow {
			c.Subject.Escrow, err = supervisedOn(ctx, k, subjectStream(stream), on)
		}
	case *rectification.Order:
		err = watched(ctx, k, c.Institution.Stream, on, c.Watched)
	case *rectification.Extend:
		var s rectification.State
		if s, err = stateOf[rectification.State](ctx, k, Rectification, stream); err == nil {
			err = watched(ctx, k, s.Institution, on, c.Watched)
		}
	case *penalty.Penalise:
		err = priors(ctx, k, stream, on, c)
	case *jointcase.Conclude:
		var open []string
		open, err = openTies(ctx, k, stream)
		c.Told(open)
	case *inspection.HoldDraw:
		var roll inspection.PopulationRoll
		roll, err = k.population(ctx, stream, code, on)
		c.Freeze(roll)
	}
	return err
}

func stateOf[S any](ctx context.Context, k known, a *eventstore.Aggregate, stream string) (s S, err error) {
	v, _, err := k.State(ctx, a, stream)
	if err != nil {
		return s, err
	}
	return v.(S), nil
}

// each yields the states of the work of an aggregate about an institution.
func each[S any](ctx context.Context, k known, a *eventstore.Aggregate, institution string, yield func(stream string, s S)) error {
	streams, err := k.about(ctx, institution)
	if err != nil {
		return err
	}
	for _, stream := range streams {
		if (eventstore.Record{Stream: stream}).Aggregate() != a.Name {
			continue
		}
		s, err := stateOf[S](ctx, k, a, stream)
		if err != nil {
			return err
		}
		yield(stream, s)
	}
	return nil
}

// violations returns what is open about an institution on a day, each in a few
// words: rectifications that are not verified, penalties that are not performed
// and cases under way (W4).
func violations(ctx context.Context, k known, institution string, on calendar.Day) (open []string, err error) {
	err = each(ctx, k, Rectification, institution, func(_ string, s rectification.State) {
		if s.Ordered <= on && unverified(s, on) {
			open = append(open, "整改未验收："+s.Head().Title)
		}
	})
	if err != nil {
		return nil, err
	}
	err = each(ctx, k, Penalty, institution, func(_ string, s penalty.State) {
		if s.Open(on) {
			open = append(open, "案件未了结："+s.Head().Title)
		}
	})
	return open, err
}

// unverified reports whether an order to correct stands on a day: not verified
// as a whole, and not closed out.
func unverified(s rectification.State, on calendar.Day) bool {
	if s.Closed != 0 && s.Closed <= on {
		return false
	}
	return slices.ContainsFunc(s.Items, func(i rectification.ItemState) bool { return i.Verified == 0 || on < i.Verified })
}

// watched tells the last day of the watch on which an institution is on a day.
func watched(ctx context.Context, k known, institution string, on calendar.Day, tell func(calendar.Day)) error {
	if institution == "" {
		return nil
	}
	rec := eventstore.Record{Stream: institution}
	s, err := stateOf[listing.State](ctx, k, Listing, eventstore.StreamName(rec.Division(), Listing.Name, rec.AggregateID()))
	if err != nil {
		return err
	}
	if w, ok := s.Watch(on); ok {
		tell(w.Until)
	}
	return nil
}

// priors tells the decisions in force against the party of a case in its other
// cases, and which of them fined.
func priors(ctx context.Context, k known, stream string, on calendar.Day, c *penalty.Penalise) error {
	own, err := stateOf[penalty.State](ctx, k, Penalty, stream)
	if err != nil || own.Subject == "" {
		return err
	}
	var days []calendar.Day
	var fined []penalty.Fined
	err = each(ctx, k, Penalty, own.Subject, func(other string, s penalty.State) {
		d, ok := s.InForce(on)
		if !ok || other == stream {
			return
		}
		days = append(days, d.On)
		if d.Sanction.FineFen > 0 {
			fined = append(fined, penalty.Fined{Document: d.Document, On: d.On, Committed: s.Committed})
		}
	})
	slices.Sort(days)
	c.Priors(days)
	c.FinedBefore(fined)
	return err
}

// openTies returns the work tied to a joint case that is still open.
func openTies(ctx context.Context, k known, stream string) (open []string, err error) {
	s, err := stateOf[jointcase.State](ctx, k, Case, stream)
	if err != nil {
		return nil, err
	}
	for _, tied := range s.Tied() {
		h, err := headOf(ctx, k, tied)
		if err != nil {
			return nil, err
		}
		if h.Opened != 0 && h.Closed == 0 {
			open = append(open, tied)
		}
	}
	return open, nil
}
