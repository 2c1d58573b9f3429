package register

import (
	"context"
	"crypto/sha256"

	"minglu/domain/calendar"
	"minglu/domain/escrow"
	"minglu/domain/ident"
	"minglu/domain/institution"
	prepaid "minglu/domain/order"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/eventstore"
)

// StatementStream is the stream of one day of a supervised account at its bank.
func StatementStream(account string, on calendar.Day) string {
	rec := eventstore.Record{Stream: account}
	sum := sha256.Sum256([]byte(account + "/" + on.String()))
	// The first six bytes of an id are its place in time.
	at := uint64(on.Time().UnixMilli())
	for i := range 6 {
		sum[i] = byte(at >> (8 * (5 - i)))
	}
	return eventstore.StreamName(rec.Division(), Statement.Name, ident.NewID(Statement.Name, [16]byte(sum[:16])))
}

// onAccount is a command about what happens on a supervised account.
type onAccount interface{ Supervised(rule.SupervisedAccount) }

// supervise puts into a command what it must know of supervised accounts and of
// the orders beside its own.
func (r *Register) supervise(ctx context.Context, k known, stream, account string, on calendar.Day, cmd any) error {
	switch c := cmd.(type) {
	case *prepaid.Record:
		account = c.Account.Stream
		if err := beside(ctx, k, on, c); err != nil {
			return err
		}
	case *prepaid.Transfer:
		there, err := accountOn(ctx, k, c.To.Stream, on)
		if err != nil {
			return err
		}
		c.Receives(there)
	case *escrow.CloseAccount:
		held, err := k.held(ctx, stream)
		if err != nil {
			return err
		}
		c.Holding(held)
	}
	c, ok := cmd.(onAccount)
	if !ok {
		return nil
	}
	if account == "" {
		s, err := stateOf[prepaid.State](ctx, k, Order, stream)
		if err != nil {
			return err
		}
		account = s.Account
	}
	a, err := accountOn(ctx, k, account, on)
	c.Supervised(a)
	return err
}

// accountOn returns a supervised account as it stands on a day; one that there is
// not is not open.
func accountOn(ctx context.Context, k known, stream string, on calendar.Day) (rule.SupervisedAccount, error) {
	if stream == "" {
		return rule.SupervisedAccount{}, nil
	}
	s, err := stateOf[escrow.State](ctx, k, Escrow, stream)
	a := s.On(on)
	a.Stream = stream
	return a, err
}

// beside puts into the command what the same pupil has paid at the institution for
// the same course, the class of the institution, and the order that it goes on.
func beside(ctx context.Context, k known, on calendar.Day, c *prepaid.Record) error {
	account, err := stateOf[escrow.State](ctx, k, Escrow, c.Account.Stream)
	if err != nil {
		return err
	}
	streams, err := k.ordersOf(ctx, pupilAt{account.Institution, c.Pupil, c.Course})
	if err != nil {
		return err
	}
	var others []rule.OpenOrder
	for _, stream := range streams {
		s, err := stateOf[prepaid.State](ctx, k, Order, stream)
		if err != nil {
			return err
		}
		if s.PaidOn != 0 {
			others = append(others, s.OpenOrder())
		}
	}
	class := term.Class("")
	if account.Institution != "" {
		in, err := stateOf[institution.State](ctx, k, Institution, account.Institution)
		if err != nil {
			return err
		}
		class = in.Scope(on).Class
	}
	c.Beside(others, class)
	if c.TransferOf.Stream == "" {
		return nil
	}
	from, err := stateOf[prepaid.State](ctx, k, Order, c.TransferOf.Stream)
	c.Continues(from.Moved)
	return err
}

// supervisedOn reports whether an institution has a supervised account that is
// open on a day.
func supervisedOn(ctx context.Context, k known, institution string, on calendar.Day) (open bool, err error) {
	err = each(ctx, k, Escrow, institution, func(_ string, s escrow.State) {
		a := s.On(on)
		open = open || a.Opened != 0 && a.Closed == 0
	})
	return open, err
}

// pupilAt is a pupil in a course of an institution.
type pupilAt struct{ institution, pupil, course string }

// pupils remembers which orders a session made for whom, which the views may not
// know yet.
type pupils map[pupilAt][]string

// wrote takes an order down that was made.
func (p pupils) wrote(ctx context.Context, k known, o eventstore.Order) error {
	c, ok := o.Command.(prepaid.Record)
	if !ok {
		return nil
	}
	account, err := stateOf[escrow.State](ctx, k, Escrow, c.Account.Stream)
	who := pupilAt{account.Institution, c.Pupil, c.Course}
	p[who] = append(p[who], o.Stream)
	return err
}
