package api

import (
	"context"
	"fmt"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/statement"
	"minglu/domain/term"
	"minglu/projections"
)

var reconciliationRoutes = []*route{
	get("/escrows/{id}/reconciliation", tagEscrows, "What the register has beside what the bank says, movement by movement.", (*server).reconcile, asTable, withToken, escrowViews,
		about("From to to, both included; the thirty days up to as_of where they are left out, "+itoa(longestReconciled)+" days at most. A movement may stand up to "+itoa(tolerance)+
			" days apart on the two sides. A pair belongs to the day on which the register has it, or the bank where the register does not: one booked on the last day by the one and on the next by the other is no difference, "+
			"and adjoining times have each pair once. "+escrowAbout)),
}

const (
	// tolerance is within how many days two movements may belong together.
	tolerance = 3
	// beyond is how far before and after the time that is asked for movements are
	// looked at: a bank's own number is taken for what it is within a month.
	beyond            = 31
	longestReconciled = 366
	usuallyReconciled = 30
)

type reconciliationIn struct {
	ID      string `path:"id"`
	From    string `query:"from" example:"2026-10-01"`
	To      string `query:"to" example:"2026-10-31"`
	Outcome string `query:"outcome" doc:"Only pairs of this outcome: a code of the list reconciliation."`
	PageParams
	FileParams
	Moment
}

// span reads the days from and to, of which to is the day asked about and from
// some days before it where they are left out.
func (p *params) span(from, to string, usual, longest int, r reading) (first, last calendar.Day) {
	first, last = p.day("from", from), p.day("to", to)
	if last == 0 {
		last = r.AsOf
	}
	if first == 0 {
		first = last.AddDays(1 - usual)
	}
	switch {
	case len(p.faults) > 0:
	case first > last:
		p.fault("from", "order", domain.Say("起始日 %s 晚于截止日 %s", "%s is later than %s", first, last))
	case int(last-first) >= longest:
		p.fault("from", "too_long", domain.Say("一次最多 %d 天", "%d days at most at a time", longest))
	}
	return first, last
}

func (s *server) reconcile(ctx context.Context, in *reconciliationIn) (*reply[*sheet[*answer.Reconciliation, answer.Reconciled]], error) {
	w, err := s.walk(ctx, map[string]*string{"from": &in.From, "to": &in.To, "outcome": &in.Outcome}, in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	var p params
	outcome := term.Reconciliation(p.code("outcome", in.Outcome, term.Reconciliations))
	p.files(in.FileParams)
	r, err := s.readWith(ctx, in.Moment, &p)
	if err != nil {
		return nil, err
	}
	from, to := p.span(in.From, in.To, usuallyReconciled, longestReconciled, r)
	if err := p.err(); err != nil {
		return nil, err
	}
	a, err := s.escrow(in.ID, r)
	if err != nil {
		return nil, err
	}
	pairs, err := s.pairs(a.Stream, from, to, r)
	if err != nil {
		return nil, err
	}
	totals, err := answer.ReconciledTotalsOf(pairs, r.For)
	if err != nil {
		return nil, err
	}
	rows, agrees := []answer.Reconciled{}, true
	for _, pair := range pairs {
		agrees = agrees && pair.Outcome == term.ReconciledMatched
		if outcome == "" || outcome == pair.Outcome {
			rows = append(rows, answer.ReconciledOf(pair))
		}
	}
	return onPaper(w, r, in.FileParams, paper[*answer.Reconciliation, answer.Reconciled]{
		title: "对账", columns: reconciledColumns,
		find: func(after string, limit int) (part[answer.Reconciled], error) {
			return cutBy(rows, placed, after, limit), nil
		},
		page: func(found part[answer.Reconciled], next answer.Maybe) *answer.Reconciliation {
			return &answer.Reconciliation{
				Account: a.ID(), From: answer.Date{Day: from}, To: answer.Date{Day: to}, Tolerance: tolerance, Totals: totals, Agrees: agrees,
				Items: found.rows, Next: next, Total: found.total, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq,
			}
		},
	})
}

// placed is the key of a row that has none but its place.
func placed(i int) string { return fmt.Sprintf("%012d", i) }

// pairs reconciles the two sides for some days.
func (s *server) pairs(account string, from, to calendar.Day, r reading) ([]statement.Pair, error) {
	here, there, err := s.Views.Items(account, from.AddDays(-beyond), to.AddDays(beyond), r.AtSeq)
	if err != nil {
		return nil, err
	}
	var out []statement.Pair
	for _, p := range statement.Reconcile(itemsOf(here), itemsOf(there), tolerance).Pairs {
		on := p.There
		if p.Here != nil {
			on = p.Here
		}
		if from <= on.On && on.On <= to {
			out = append(out, p)
		}
	}
	return out, nil
}

func itemsOf(list []projections.EscrowItem) []statement.Item {
	out := make([]statement.Item, len(list))
	for i, m := range list {
		out[i] = statement.Item{Seq: m.Seq, On: m.Day, Amount: m.Amount, Kind: m.Kind, Serial: m.BankRef, Reference: m.Reference, Stream: m.Stream}
	}
	return out
}

// side is a column of one side of a pair.
func side(name, zh string, numeric bool, of func(answer.Reconciled) *answer.Moved, value func(*answer.Moved) string) column[answer.Reconciled] {
	return column[answer.Reconciled]{name: name, zh: zh, number: numeric, value: func(r answer.Reconciled) string {
		if m := of(r); m != nil {
			return value(m)
		}
		return ""
	}}
}

var reconciledColumns = func() []column[answer.Reconciled] {
	out := []column[answer.Reconciled]{coded("outcome", "对账结果", func(r answer.Reconciled) term.Reconciliation { return r.Outcome })}
	for _, x := range []struct {
		name, zh string
		of       func(answer.Reconciled) *answer.Moved
	}{
		{"here_", "名录", func(r answer.Reconciled) *answer.Moved { return r.Here }},
		{"there_", "银行", func(r answer.Reconciled) *answer.Moved { return r.There }},
	} {
		out = append(out,
			side(x.name+"on", x.zh+"日期", false, x.of, func(m *answer.Moved) string { return m.On.String() }),
			side(x.name+"amount_fen", x.zh+"金额（分）", true, x.of, func(m *answer.Moved) string { return m.Amount.String() }),
			side(x.name+"kind", x.zh+"种类", false, x.of, func(m *answer.Moved) string { return string(m.Kind) }),
			side(x.name+"bank_ref", x.zh+"流水号", false, x.of, func(m *answer.Moved) string { return string(m.BankRef) }),
			side(x.name+"reference", x.zh+"订单", false, x.of, func(m *answer.Moved) string { return string(m.Reference) }),
			side(x.name+"seq", x.zh+"登记序号", true, x.of, func(m *answer.Moved) string { return utoa(m.Seq) }))
	}
	return append(out, number("difference_fen", "差额（分）", func(r answer.Reconciled) string { return r.Difference.String() }))
}()
