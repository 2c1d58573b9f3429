package api

import (
	"cmp"
	"context"
	"slices"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/dispute"
	"minglu/domain/division"
	"minglu/domain/money"
	"minglu/domain/term"
	"minglu/projections"
)

var owedRoutes = []*route{
	get("/escrows/{id}/owed", tagEscrows, "What would be owed for the orders of an account if the institution closed today.", (*server).owed, asTable, withToken, escrowViews,
		about("Of every order that is not settled: what is not delivered. What the account holds for an order belongs first to its own family; the deposit is shared out in proportion among what that does not cover, to the fen. "+
			"Families come before wages and other debts, which are claims of a dispute. It decides nothing. Of "+itoa(mostOwed)+" open orders at most. "+escrowAbout+newestAbout)),
	get("/escrows/{id}/deposit-minimum", tagEscrows, "What the risk deposit of an account should have at least.", (*server).depositMinimum, withToken, escrowViews,
		about("The fees of the orders under way, for as many charging periods as the policy of the division names. It sets nothing: escrow.adjust-deposit does. "+escrowAbout+newestAbout)),
}

// mostOwed is for how many orders it is worked out; they are read in pages of
// owedPage.
const (
	mostOwed = 20_000
	owedPage = 2_000
)

type owedIn struct {
	ID string `path:"id"`
	PageParams
	FileParams
	MinSeq string `query:"min_seq" doc:"Wait until the views have reached this position."`
}

func (s *server) owed(ctx context.Context, in *owedIn) (*reply[*sheet[*answer.Owed, answer.OwedRow]], error) {
	w, err := s.walk(ctx, nil, in.PageParams, &Moment{})
	if err != nil {
		return nil, err
	}
	var p params
	p.files(in.FileParams)
	r, err := s.newest(ctx, in.MinSeq, &p)
	if err != nil {
		return nil, err
	}
	a, err := s.escrow(in.ID, r)
	if err != nil {
		return nil, err
	}
	orders, err := s.openOrders(a.Stream)
	if err != nil {
		return nil, err
	}
	o, err := shareOut(orders, a.Sheet.Of(term.LedgerDeposit))
	if err != nil {
		return nil, err
	}
	names, err := s.namesOf([]string{a.State.Institution}, r)
	if err != nil {
		return nil, err
	}
	o.Account, o.Institution, o.AsOf, o.AtSeq = a.ID(), names.Of(a.State.Institution), answer.Date{Day: r.AsOf}, r.AtSeq
	all := o.Items
	return onPaper(w, r, in.FileParams, paper[*answer.Owed, answer.OwedRow]{
		title: "应退未退", columns: owedColumns,
		find: func(after string, limit int) (part[answer.OwedRow], error) {
			return cutBy(all, func(i int) string { return owedKey(all[i].PaidOn.String(), all[i].Order) }, after, limit), nil
		},
		page: func(found part[answer.OwedRow], next answer.Maybe) *answer.Owed {
			o.Items, o.Next, o.Total = found.rows, next, found.total
			return &o
		},
	})
}

type minimumIn struct {
	ID     string `path:"id"`
	MinSeq string `query:"min_seq" doc:"Wait until the views have reached this position."`
}

func (s *server) depositMinimum(ctx context.Context, in *minimumIn) (*reply[*answer.DepositMinimum], error) {
	var p params
	r, err := s.newest(ctx, in.MinSeq, &p)
	if err != nil {
		return nil, err
	}
	a, err := s.escrow(in.ID, r)
	if err != nil {
		return nil, err
	}
	orders, err := s.openOrders(a.Stream)
	if err != nil {
		return nil, err
	}
	law, err := s.Register.LawOf(ctx, division.Code(a.Division()), r.Today)
	if err != nil {
		return nil, err
	}
	m, err := answer.DepositMinimumOf(a, orders, law, r.For)
	return &reply[*answer.DepositMinimum]{Body: &m, Seq: r.position(), ContentType: typeJSON, Cache: noStore}, err
}

// owedKey puts orders in the order of their claims, which later payments do not
// change.
func owedKey(paidOn, id string) string { return paidOn + " " + id }

// openOrders returns the orders of an account that are not settled, in the order
// of their claims.
func (s *server) openOrders(account string) (out []projections.EscrowOrder, err error) {
	for _, status := range []term.OrderStatus{term.OrderRunning, term.OrderRefunding} {
		q := projections.OrderQuery{Account: account, Status: status, Limit: owedPage}
		for {
			found, err := s.Views.Orders(q)
			if err != nil {
				return nil, err
			}
			if n := len(out) + found.Total; q.After == "" && n > mostOwed {
				return nil, domain.Fault(domain.Invalid, domain.Say("未结清订单有 %[1]d 笔，超过一次能计算的 %[2]d 笔", "%d orders are open, more than the %d that it is worked out for", n, mostOwed))
			}
			out = append(out, found.Orders...)
			if q.After = found.Next; q.After == "" {
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b projections.EscrowOrder) int {
		return cmp.Compare(owedKey(a.State.PaidOn.String(), a.ID()), owedKey(b.State.PaidOn.String(), b.ID()))
	})
	// One whose refund was asked for between the two reads would stand twice.
	return slices.CompactFunc(out, func(a, b projections.EscrowOrder) bool { return a.Stream == b.Stream }), nil
}

// shareOut works out what is owed for orders, and shares a deposit out among what
// the account does not hold.
func shareOut(orders []projections.EscrowOrder, deposit money.Fen) (o answer.Owed, err error) {
	o = answer.Owed{Open: len(orders), Deposit: deposit, Items: []answer.OwedRow{}}
	var claims []dispute.Owed
	for _, order := range orders {
		row := answer.OwedRowOf(len(o.Items)+1, order)
		if o.Held, err = o.Held.Add(row.Held); err != nil {
			return o, err
		}
		if row.Undelivered == 0 {
			continue
		}
		o.Items = append(o.Items, row)
		claims = append(claims, dispute.Owed{Claim: row.Claim, Rank: row.Rank, Due: row.Uncovered})
		if o.Undelivered, err = o.Undelivered.Add(row.Undelivered); err != nil {
			return o, err
		}
		if o.Supervised, err = o.Supervised.Add(row.Supervised); err != nil {
			return o, err
		}
	}
	d, err := dispute.Distribute(max(deposit, 0), claims)
	if err != nil {
		return o, err
	}
	for i, share := range d.Claims {
		o.Items[i].DepositShare, o.Items[i].Shortfall = share.Paid, share.Shortfall
		o.FromDeposit += share.Paid
	}
	o.Surplus, o.Shortfall = d.Surplus, d.Shortfall
	return o, nil
}

var owedColumns = []column[answer.OwedRow]{
	number("claim", "序号", func(r answer.OwedRow) string { return itoa(r.Claim) }),
	coded("rank", "清偿顺序", func(r answer.OwedRow) term.ClaimRank { return r.Rank }),
	plain("order", "订单编号", func(r answer.OwedRow) string { return r.Order }),
	plain("paid_on", "缴费日", func(r answer.OwedRow) string { return r.PaidOn.String() }),
	number("hours_left", "未履行课时", func(r answer.OwedRow) string { return itoa(r.HoursLeft) }),
	number("undelivered_fen", "应退（分）", func(r answer.OwedRow) string { return r.Undelivered.String() }),
	number("held_fen", "专户留存（分）", func(r answer.OwedRow) string { return r.Held.String() }),
	number("supervised_fen", "专户可退（分）", func(r answer.OwedRow) string { return r.Supervised.String() }),
	number("uncovered_fen", "专户不足（分）", func(r answer.OwedRow) string { return r.Uncovered.String() }),
	number("deposit_share_fen", "保证金分得（分）", func(r answer.OwedRow) string { return r.DepositShare.String() }),
	number("shortfall_fen", "缺口（分）", func(r answer.OwedRow) string { return r.Shortfall.String() }),
}
