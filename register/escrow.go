package register

import (
	"context"
	"crypto/sha256"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/escrow"
	"minglu/domain/ident"
	"minglu/domain/institution"
	prepaid "minglu/domain/order"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
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
func (r *Register) supervise(ctx context.Context, k known, o *order) error {
	on, account := calendar.DayOf(o.Meta.Effective), o.account
	switch c := o.input.(type) {
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
	case *prepaid.Correct:
		s, err := stateOf[prepaid.State](ctx, k, Order, o.Stream)
		if err != nil {
			return err
		}
		c.GoesOn(s.Moved.To != "" || s.TransferOf != "")
	case *escrow.UseDeposit:
		s, err := stateOf[prepaid.State](ctx, k, Order, c.Order.Stream)
		if err != nil {
			return err
		}
		if s.Account != o.Stream {
			t := domain.Say("这份订单不在该监管账户下", "the order is not one of this account")
			return domain.Refuse(domain.Conflict, rule.ClosurePayout, t, domain.Field{Pointer: "/body/order", Code: "other_account", Message: t})
		}
	case *escrow.CloseAccount:
		held, err := k.held(ctx, o.Stream)
		if err != nil {
			return err
		}
		c.Holding(held)
	}
	if c, ok := o.input.(interface{ HeardOn(calendar.Day) }); ok && o.heard {
		c.HeardOn(calendar.DayOf(o.Meta.Recorded))
	}
	c, ok := o.input.(onAccount)
	if !ok {
		return nil
	}
	if account == "" {
		s, err := stateOf[prepaid.State](ctx, k, Order, o.Stream)
		if err != nil {
			return err
		}
		account = s.Account
	}
	s, err := stateOf[escrow.State](ctx, k, Escrow, account)
	if err != nil || account == "" {
		return err
	}
	a := s.On(on)
	a.Stream, a.ForOrder = account, s.UsedFor(o.Stream)
	c.Supervised(a)
	return nil
}

// mayAmend refuses amendments that one stream alone cannot judge: of a transfer
// that has been taken up, of an account that has orders, of money on an account
// that was closed since.
func (r *Register) mayAmend(ctx context.Context, rec eventstore.Record, a interface {
	Amends() (uint64, *domain.Change)
}) error {
	_, change := a.Amends()
	switch e := rec.Event.(type) {
	case prepaid.Transferred:
		owner, _, err := r.Log.Owner(ctx, transferClaim, rec.Stream)
		if err != nil || owner == "" {
			return err
		}
		return unamendable(rule.OrderSteps, domain.Say("接收机构已据此续建订单，须先作废那份订单", "the order goes on at the other institution; annul that one first"))
	case escrow.DepositUsed:
		s, err := stateOf[prepaid.State](ctx, live{r.Log, r}, Order, e.Order)
		if err != nil || s.FromDeposit == 0 {
			return err
		}
		return unamendable(rule.ClosurePayout, domain.Say("已从中向该订单的家庭支付 %s 元，须先作废那笔清退", "%s yuan of it were paid to the family; annul that pay-out first", s.FromDeposit.Yuan()))
	case escrow.AgreementSigned, escrow.AccountOpened:
		if change != nil {
			return nil
		}
		return r.unused(ctx, rec.Stream)
	}
	if len(book.ChangeOf(rec.Event).Entries) == 0 || rec.Aggregate() != Order.Name {
		return nil
	}
	s, err := stateOf[prepaid.State](ctx, live{r.Log, r}, Order, rec.Stream)
	if err != nil {
		return err
	}
	account, err := accountOn(ctx, live{r.Log, r}, s.Account, calendar.DayOf(r.Now()))
	if err != nil || account.Closed == 0 {
		return err
	}
	return unamendable(rule.AccountMovable, domain.Say("监管账户已于 %s 销户，其收付不能再更正或作废", "the account was closed on %s; its movements are not amended any more", account.Closed))
}

// unused refuses to annul an account that has orders.
func (r *Register) unused(ctx context.Context, account string) error {
	if err := (live{r.Log, r}).caughtUp(ctx, projections.EscrowView); err != nil {
		return err
	}
	p, err := r.Views.Orders(projections.OrderQuery{Account: account, Limit: 1})
	if err != nil || p.Total == 0 {
		return err
	}
	return unamendable(rule.SupervisedAccountSteps, domain.Say("账户下已有 %d 份订单，不能作废", "the account has orders: %d", p.Total))
}

func unamendable(by domain.Rule, t domain.Text) error {
	return domain.Refuse(domain.Conflict, by, t, domain.Field{Pointer: "/body/target_seq", Code: "in_use", Message: t})
}

// transferClaim is the kind under which an order reserves the transfer that it
// goes on.
const transferClaim = "transfer"

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
	streams, err := k.ordersOf(ctx, pupilAt{account.Institution, c.Pupil, prepaid.Course(c.Course)})
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
	who := pupilAt{account.Institution, c.Pupil, prepaid.Course(c.Course)}
	p[who] = append(p[who], o.Stream)
	return err
}
