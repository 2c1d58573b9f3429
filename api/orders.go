package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/money"
	prepaid "minglu/domain/order"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
	"minglu/register"
)

const tagOrders = "orders"

var orderViews = reads(streamsView, timelineView, projections.EscrowView, projections.DueView, projections.InstitutionsView)

// orderRoutes are the reads of prepaid orders, and what their families may send
// without a token.
var orderRoutes = []*route{
	get("/escrows/{id}/orders", tagOrders, "The orders of a supervised account, the one paid last first.", (*server).listOrders, asTable, withToken,
		reads(streamsView, projections.EscrowView),
		about("For agencies of the division of the account and of those above it; for the bank that keeps it. A pupil is the opaque reference of the platform. "+
			"It answers for today and the newest position, which at_seq tells; what was so earlier is told by the orders themselves.")),
	get("/orders/{id}", tagOrders, "Show a prepaid order.", (*server).showOrder, withToken, orderViews,
		about("For agencies of the division and of those above it, and the bank that keeps the account: particulars, breaches, lessons, refund, open clocks and books.")),
	get("/orders/{id}/trace", tagOrders, "Where each fen of an order is: every fact, what it entered in the ledger, and the books after it.", (*server).traceOrder, withToken, orderViews,
		about("In the order in which the facts were recorded, those among them that were corrected or annulled since. An amendment enters back what it takes out.")),
	get("/orders/{id}/refund-quote", tagOrders, "What a refund of an order would be today, by the rule.", (*server).quoteOrder, withToken, orderViews,
		about("Lessons to which the family objects count as not delivered. Within the cooling-off what was delivered is priced as paid, whoever is the cause. Interest is not in it.")),
	newRoute(http.MethodPost, base+"/orders/{id}/trace-code", tagOrders, "The code by which the family of an order follows it.", (*server).handOutCode, []func(*route){withToken, orderViews,
		about("For agencies of the division and of those above it, to be handed to the family alone. The same order has the same code for ever; no copy of it is kept, and that it was asked for is no fact of the register.")}),
	withoutToken[prepaid.Terms]("/refund-quote", "Reckon a refund before or after paying, without an account.", (*server).quoteTerms,
		about("By the rule that orders are refunded by: what was paid less the value delivered, never below zero. Units are class-hours, or days of a term, with gifts. Nothing of it is kept.")),
	withoutToken[TraceIn]("/orders/trace", "How an order stands and where each fen of it is, for its family: by id and code.", (*server).followOrder,
		about("The supervising authority gives a family id and code. A wrong code and an unknown order are answered alike.")),
	tracePage("/orders/trace"),
}

type orderIn struct {
	ID string `path:"id"`
	Moment
}

func unknownOrder(id string) error {
	return domain.Fault(domain.NotFound, domain.Say("没有编号为“%s”的预收费订单", "there is no prepaid order %q", clip(id)))
}

// order returns the order that an address names, as the reader may see it. Of one
// that the reader may not see it says the same as of an unknown id.
func (s *server) order(id string, r reading) (p answer.OrderPiece, err error) {
	if p, err = s.orderSight(id, r); err != nil {
		return p, err
	}
	if len(p.All) == 0 || !r.Reader.SeesBooked(p.All[0].Meta) {
		return p, unknownOrder(id)
	}
	if mine, err := s.ownAccount(p, r); err != nil || !mine {
		return p, cmp.Or(err, unknownOrder(id))
	}
	if p.State.PaidOn != 0 {
		return p, s.reckoned(&p, r)
	}
	today := r
	today.AsOf = r.Today
	now, err := s.orderSight(id, today)
	switch {
	case err != nil:
		return p, err
	case now.State.PaidOn == 0:
		return p, annulledOrder()
	}
	return p, domain.Fault(domain.NotFound, domain.Say("订单于 %[1]s 付款，%[2]s 当日还没有", "the order was paid on %[1]s and was not there on %[2]s", now.State.PaidOn, r.AsOf))
}

// ownAccount reports whether the order is under an account that the reader may read
// of: of a bank, one that it keeps.
func (s *server) ownAccount(p answer.OrderPiece, r reading) (bool, error) {
	if _, bank := r.ownBank(); !bank {
		return true, nil
	}
	e, ok := p.All[0].Event.(prepaid.Paid)
	if !ok {
		return false, nil
	}
	a, _, err := s.Views.EscrowAt(e.Account, projections.Now)
	return r.keeps(a), err
}

func annulledOrder() error {
	return domain.Refuse(domain.Erased, eventstore.Amending, domain.Say("该订单的记录已经作废，不再提供", "the record of the order was annulled and is no longer given"))
}

// orderSight looks at an order at the moment asked about; there are no facts where
// there was none.
func (s *server) orderSight(id string, r reading) (p answer.OrderPiece, err error) {
	stream, err := s.Views.Stream(id, register.Order.Name)
	if err != nil || stream == "" {
		return p, err
	}
	all, err := s.facts(id, r.AtSeq)
	if err != nil {
		return p, err
	}
	all = slices.DeleteFunc(all, func(rec eventstore.Record) bool { return rec.Stream != stream })
	return answer.OrderPieceOf(s.Log.Codec, all, func(rec eventstore.Record) bool {
		return r.Reader.SeesBooked(rec.Meta) && (!r.earlierDay() || calendar.DayOf(rec.Meta.Effective) <= r.AsOf)
	})
}

// reckoned gives the clocks of an order the last days by the calendars that are
// known now, where the present is asked about.
func (s *server) reckoned(p *answer.OrderPiece, r reading) error {
	if r.earlier() {
		return nil
	}
	open, err := s.Views.ClocksOf(p.All[0].Stream, r.AsOf)
	p.Reckoned(open)
	return err
}

func (s *server) showOrder(ctx context.Context, in *orderIn) (*reply[encoded[answer.Order]], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	p, err := s.order(in.ID, r)
	if err != nil {
		return nil, err
	}
	names, err := s.namesOf([]string{p.State.Institution}, r)
	if err != nil {
		return nil, err
	}
	a := answer.OrderOf(p, names.Of(p.State.Institution), r.For)
	return shown(r, a, a.Version, a.UpdatedSeq)
}

func (s *server) traceOrder(ctx context.Context, in *orderIn) (*reply[*answer.OrderTrace], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	p, err := s.order(in.ID, r)
	if err != nil {
		return nil, err
	}
	out := &reply[*answer.OrderTrace]{Seq: r.position(), ContentType: typeJSON}
	if fresh(out, r) {
		return out, nil
	}
	a, err := answer.OrderTraceOf(p, r.For)
	out.Body = &a
	return out, err
}

type quoteIn struct {
	ID    string `path:"id"`
	Cause string `query:"cause" required:"true" enum:"operator,consumer" doc:"On whose side the cause lies."`
	// MinSeq as in Moment: the quote is of today and the newest position.
	MinSeq string `query:"min_seq" doc:"Wait until the views have reached this position."`
}

func (s *server) quoteOrder(ctx context.Context, in *quoteIn) (*reply[*answer.OrderRefundQuote], error) {
	var p params
	if in.Cause == "" {
		p.fault("cause", "required", domain.Say("请写明退费原因：operator 或 consumer", "say on whose side the cause lies: operator or consumer"))
	}
	cause := term.RefundCause(p.code("cause", in.Cause, term.RefundCauses))
	r, err := s.readWith(ctx, Moment{MinSeq: in.MinSeq}, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	o, err := s.order(in.ID, r)
	if err != nil {
		return nil, err
	}
	law, err := s.Register.LawOf(ctx, division.Code(o.All[0].Division()), r.Today)
	if err != nil {
		return nil, err
	}
	a, err := answer.OrderRefundQuoteOf(o, cause, o.State.CoolingOff(law), r.For)
	return &reply[*answer.OrderRefundQuote]{Body: &a, Seq: r.position(), ContentType: typeJSON, Cache: noStore}, err
}

type ordersIn struct {
	ID     string `path:"id" doc:"Of the supervised account."`
	Status string `query:"status" enum:"running,refunding,ended"`
	Held   string `query:"held" enum:"true,false" doc:"true: only those for which money lies in the account."`
	PageParams
	FileParams
	MinSeq string `query:"min_seq" doc:"Wait until the views have reached this position."`
}

func (s *server) listOrders(ctx context.Context, in *ordersIn) (*reply[*sheet[*answer.Orders, answer.OrderRow]], error) {
	w, err := s.walk(ctx, map[string]*string{"status": &in.Status, "held": &in.Held}, in.PageParams, &Moment{})
	if err != nil {
		return nil, err
	}
	var p params
	query := projections.OrderQuery{Status: term.OrderStatus(p.code("status", in.Status, term.OrderStatuses)), HeldOnly: p.flag("held", in.Held)}
	p.files(in.FileParams)
	r, err := s.newest(ctx, in.MinSeq, &p)
	if err != nil {
		return nil, err
	}
	a, err := s.escrow(in.ID, r)
	if err != nil {
		return nil, err
	}
	query.Account = a.Stream
	return onPaper(w, r, in.FileParams, paper[*answer.Orders, answer.OrderRow]{
		title: "预收费订单", columns: orderColumns,
		find: func(after string, limit int) (part[answer.OrderRow], error) {
			query.After, query.Limit = after, limit
			return s.orders(query, r)
		},
		page: func(found part[answer.OrderRow], next answer.Maybe) *answer.Orders {
			return &answer.Orders{Account: in.ID, Items: found.rows, Next: next, Total: found.total, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq}
		},
	})
}

// orders returns a page of orders, without those that an agency keeps to itself.
func (s *server) orders(q projections.OrderQuery, r reading) (out part[answer.OrderRow], err error) {
	limit := q.Limit
	for {
		q.Limit = limit - len(out.rows)
		p, err := s.Views.Orders(q)
		if err != nil {
			return out, err
		}
		for _, o := range p.Orders {
			heads, err := s.seenHeads([]projections.WorkHead{{Stream: o.Stream, Visibility: o.Visibility, First: o.First}}, r)
			if err != nil {
				return out, err
			}
			if len(heads) > 0 {
				out.rows = append(out.rows, answer.OrderRowOf(o))
			}
		}
		q.After, out.next, out.total = p.Next, p.Next, p.Total
		if p.Next == "" || len(out.rows) == limit {
			return out, nil
		}
	}
}

// fen is a column of money, in fen.
func fen[R any](name, zh string, of func(R) money.Fen) column[R] {
	return number(name+"_fen", zh+"（分）", func(r R) string { return of(r).String() })
}

var orderColumns = []column[answer.OrderRow]{
	plain("id", "编号", func(r answer.OrderRow) string { return r.ID }),
	plain("account", "监管账户编号", func(r answer.OrderRow) string { return r.Account }),
	plain("pupil", "学员编号", func(r answer.OrderRow) string { return r.Pupil }),
	plain("course", "课程", func(r answer.OrderRow) string { return r.Course }),
	coded("class", "类别", func(r answer.OrderRow) term.Class { return r.Class }),
	coded("status", "订单状态", func(r answer.OrderRow) term.OrderStatus { return r.Status }),
	plain("paid_on", "付款日", func(r answer.OrderRow) string { return r.PaidOn.String() }),
	plain("period_from", "周期起始日", func(r answer.OrderRow) string { return r.From.String() }),
	plain("period_to", "周期截止日", func(r answer.OrderRow) string { return r.To.String() }),
	plain("by_period", "按期收费", func(r answer.OrderRow) string { return strconv.FormatBool(r.ByPeriod) }),
	number("hours", "课时（天）", func(r answer.OrderRow) string { return itoa(r.Hours) }),
	number("delivered_hours", "已授课时", func(r answer.OrderRow) string { return itoa(r.Delivered) }),
	number("confirmed_hours", "已确认课时", func(r answer.OrderRow) string { return itoa(r.Confirmed) }),
	fen("amount", "付款金额", func(r answer.OrderRow) money.Fen { return r.Amount }),
	fen("held", "账户留存", func(r answer.OrderRow) money.Fen { return r.Held }),
	fen("undelivered", "未消课金额", func(r answer.OrderRow) money.Fen { return r.Undelivered }),
	fen("releasable", "可拨付金额", func(r answer.OrderRow) money.Fen { return r.Releasable }),
	fen("outside", "账外金额", func(r answer.OrderRow) money.Fen { return r.Outside }),
	fen("released", "已拨付", func(r answer.OrderRow) money.Fen { return r.Released }),
	fen("refunded", "已退费", func(r answer.OrderRow) money.Fen { return r.Refunded }),
	codes("breaches", "收费违规", func(r answer.OrderRow) []term.ChargeBreach { return r.Breaches }),
}
