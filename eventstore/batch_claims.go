package eventstore

import (
	"context"
	"slices"

	"minglu/domain"
)

// holder is who holds an identifier behind what a batch has so far; nobody
// where owner is empty. last is the newest record of the reservation in the
// log, which the first write of the batch guards.
type holder struct {
	owner string
	last  uint64
}

// undo takes one change of a batch back: of a state, or of a holder where rs is
// set.
type undo struct {
	stream string
	state  folded
	rs     string
	holder holder
	had    bool
}

// A Mark is how far a batch was.
type Mark struct{ orders, records, undo int }

// Mark returns how far the batch is.
func (b *Batch) Mark() Mark { return Mark{len(b.open.orders), b.open.records, len(b.undo)} }

// Back takes out what was added since m, which was taken since the last Send.
func (b *Batch) Back(m Mark) {
	l := &b.open
	for _, u := range slices.Backward(b.undo[m.undo:]) {
		switch {
		case u.rs != "" && u.had:
			l.held[u.rs] = u.holder
		case u.rs != "":
			delete(l.held, u.rs)
		case u.had:
			l.states[u.stream] = u.state
		default:
			delete(l.states, u.stream)
		}
	}
	l.orders, l.appends, l.records, b.undo = l.orders[:m.orders], l.appends[:m.orders], m.records, b.undo[:m.undo]
}

// plan is the append of one act. Unless the batch is careful, identifiers that
// it did not see are taken to be free; where one is not, the whole batch is
// refused at its guard.
func (b *Batch) plan(ctx context.Context, o Order, f folded, facts []domain.Event) (Append, error) {
	a := Append{Meta: o.Meta, Writes: []Write{{Stream: o.Stream, Last: f.last, Events: facts}}}
	claims := o.Claims
	for _, e := range facts {
		if _, ok := e.(domain.Amendment); ok {
			return Append{}, ErrAlone
		}
		claims = append(claims[:len(claims):len(claims)], claimed(e)...)
	}
	for _, c := range claims {
		w, needed, err := b.reservation(ctx, o.Stream, c)
		if err != nil {
			return Append{}, err
		}
		if needed {
			a.Writes = append(a.Writes, w)
		}
	}
	if b.open.records+a.Len() > MaxAppend {
		return Append{}, ErrAlone
	}
	return a, nil
}

// reservation is that of the log, on what the batch already holds.
func (b *Batch) reservation(ctx context.Context, stream string, c domain.Claim) (Write, bool, error) {
	rs := ReservationStream(c.Kind, c.Value)
	h, known := b.open.held[rs]
	if !known && b.flying != nil {
		h, known = b.flying.held[rs]
	}
	if !known && (b.Careful || c.Release) {
		var err error
		if h.owner, h.last, err = b.log.Owner(ctx, c.Kind, c.Value); err != nil {
			return Write{}, false, err
		}
	}
	w := Write{Stream: rs, Last: h.last}
	switch {
	case c.Release && h.owner == stream:
		w.Events = []domain.Event{Released{Owner: stream}}
	case c.Release, h.owner == stream:
		return Write{}, false, nil
	case h.owner != "":
		return Write{}, false, Taken(c, h.owner)
	default:
		w.Events = []domain.Event{Reserved{Owner: stream}}
	}
	before, had := b.open.held[rs]
	b.undo = append(b.undo, undo{rs: rs, holder: before, had: had})
	if h.owner = stream; c.Release {
		h.owner = ""
	}
	b.open.held[rs] = h
	return w, true, nil
}
