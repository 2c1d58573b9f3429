package projections

import (
	"fmt"
	"slices"
	"strings"

	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/escrow"
	prepaid "minglu/domain/order"
	"minglu/domain/term"
)

// EscrowAccount is a supervised account as the register knew it at one position,
// with all that was booked until then.
type EscrowAccount struct {
	BookHead
	State  escrow.State
	Sheet  book.Sheet
	Counts book.Counts
}

// EscrowOrder is an order as the register knew it at one position. Its own
// sheet is in its state.
type EscrowOrder struct {
	BookHead
	State prepaid.State
}

// EscrowAt returns a supervised account, by its stream or id, as the register
// knew it at a position; ok is false where it did not know it then.
func (v *Views) EscrowAt(account string, atSeq uint64) (a EscrowAccount, ok bool, err error) {
	stream, err := v.streamOf(account, accountKind)
	if err != nil {
		return a, false, err
	}
	err = v.Read(EscrowView, func(r *Read) error {
		a, ok, err = v.escrows.accountAt(r, stream, atSeq)
		return err
	})
	return a, ok, err
}

// OrderAt returns an order, by its stream or id, as the register knew it at a
// position; ok is false where it did not know it then.
func (v *Views) OrderAt(id string, atSeq uint64) (o EscrowOrder, ok bool, err error) {
	stream, err := v.streamOf(id, orderKind)
	if err != nil {
		return o, false, err
	}
	err = v.Read(EscrowView, func(r *Read) error {
		var f bookFold[prepaid.State]
		f, ok, err = orders.at(v.escrows, r, stream, atSeq)
		o = EscrowOrder{f.head, f.state}
		return err
	})
	return o, ok, err
}

// streamOf returns the stream of an id; a stream stays as it is.
func (v *Views) streamOf(id, aggregate string) (string, error) {
	if strings.Contains(id, ".") {
		return id, nil
	}
	return v.Stream(id, aggregate)
}

func (v escrows) accountAt(r *Read, stream string, atSeq uint64) (a EscrowAccount, ok bool, err error) {
	f, ok, err := accounts.at(v, r, stream, atSeq)
	if err != nil || !ok {
		return a, false, err
	}
	l, _, err := readLedger(r.Bucket("ledgers"), stream)
	if err == nil && l.moved > atSeq {
		l.books, err = v.sum(r, ScopeAccount(stream), 0, atSeq)
	}
	return EscrowAccount{f.head, f.state, l.sheet, l.counts}, ok, err
}

// EscrowsOf returns the supervised accounts of an institution, by its id or
// stream, as the register knew them at a position, in order of their streams.
func (v *Views) EscrowsOf(institution string, atSeq uint64) (out []EscrowAccount, err error) {
	err = v.Read(EscrowView, func(r *Read) error {
		for _, stream := range linkedTo(r.Bucket("institutions"), idOf(institution), atSeq) {
			a, ok, err := v.escrows.accountAt(r, stream, atSeq)
			if err != nil {
				return err
			}
			if ok {
				out = append(out, a)
			}
		}
		return nil
	})
	return out, err
}

// EscrowFilter chooses supervised accounts. Empty members do not filter.
type EscrowFilter struct {
	// Division is a filter of the divisions of birth, as division.Matches takes
	// it.
	Division    string
	Bank        string // code
	Mode        term.EscrowMode
	Status      term.AccountStatus
	Institution string // id or stream
}

func (f EscrowFilter) takes(a accountFacet) bool {
	return (f.Bank == "" || f.Bank == a.bank) &&
		(f.Mode == "" || f.Mode == a.mode) &&
		(f.Status == "" || f.Status == a.status) &&
		(f.Institution == "" || idOf(f.Institution) == idOf(a.institution))
}

// EscrowQuery asks for supervised accounts, as they are now.
type EscrowQuery struct {
	EscrowFilter
	After string // Next of the page before
	Limit int    // 0 for 50
}

// EscrowPage is a part of a list of supervised accounts with the number of the
// whole.
type EscrowPage struct {
	Accounts []EscrowAccount
	Total    int
	Next     string // where the next page begins; empty at the end
}

// Escrows returns supervised accounts with all that was booked, the one that the
// register met last first.
func (v *Views) Escrows(q EscrowQuery) (p EscrowPage, err error) {
	err = v.Read(EscrowView, func(r *Read) error {
		var rows [][]byte
		rows, p.Total, p.Next, err = facetPage(inDivisions(r.Bucket("by_division"), q.Division), q.After, accountTail, q.Limit, func(row []byte) (bool, error) {
			f, err := readAccountFacet(row)
			return q.takes(f), err
		})
		for _, row := range rows {
			f, err := readAccountFacet(row)
			if err != nil {
				return err
			}
			a, _, err := v.escrows.accountAt(r, f.stream, Now)
			if err != nil {
				return err
			}
			p.Accounts = append(p.Accounts, a)
		}
		return err
	})
	return p, err
}

// inDivisions returns the stretches of the divisions that a filter takes, each
// followed by one of the endings.
func inDivisions(rows Rows, filter string, endings ...byte) (list []stretch) {
	for _, code := range codesOf(rows, nil) {
		if !division.Matches(division.Code(code), filter) {
			continue
		}
		if len(endings) == 0 {
			list = append(list, stretch{rows: rows, prefix: Key(code)})
		}
		for _, end := range endings {
			list = append(list, stretch{rows: rows, prefix: append(Key(code), end)})
		}
	}
	return list
}

// facetPage returns the rows of a page of a list, how many there are in all, and
// the cursor of the next page. tail is the length of what follows a prefix.
func facetPage(list []stretch, after string, tail, limit int, takes func(row []byte) (bool, error)) (rows [][]byte, total int, next string, err error) {
	place, err := placeOf(after, 1+tail)
	if err != nil {
		return nil, 0, "", err
	}
	if limit <= 0 {
		limit = defaultLimit
	}
	var bad error
	taken := func(_, row []byte) bool {
		ok, err := takes(row)
		if err != nil {
			bad = err
		}
		return ok
	}
	for _, s := range list {
		for k, row := range s.all() {
			if taken(k, row) {
				total++
			}
		}
	}
	page, more := firstRows(list, place, limit, taken)
	for _, p := range page {
		rows = append(rows, p.value)
	}
	if more {
		next = cursorAt(page[len(page)-1].place)
	}
	return rows, total, next, bad
}

// OrderQuery asks for orders of a supervised account, as they are now.
type OrderQuery struct {
	Account  string // stream
	Status   term.OrderStatus
	HeldOnly bool   // only those for which money lies in the account
	After    string // Next of the page before
	Limit    int    // 0 for 50
}

// OrderPage is a part of a list of orders with the number of the whole.
type OrderPage struct {
	Orders []EscrowOrder
	Total  int
	Next   string // where the next page begins; empty at the end
}

// Orders returns orders of a supervised account, the one paid last first.
func (v *Views) Orders(q OrderQuery) (p OrderPage, err error) {
	err = v.Read(EscrowView, func(r *Read) error {
		list := []stretch{{rows: r.Bucket("by_account"), prefix: Key(q.Account)}}
		var rows [][]byte
		rows, p.Total, p.Next, err = facetPage(list, q.After, orderTail, q.Limit, func(row []byte) (bool, error) {
			f, err := readOrderFacet(row)
			return (q.Status == "" || q.Status == f.status) && (!q.HeldOnly || f.held), err
		})
		for _, row := range rows {
			f, err := readOrderFacet(row)
			if err != nil {
				return err
			}
			o, err := orders.load(r.Bucket(orders.bucket), f.stream)
			if err != nil {
				return err
			}
			p.Orders = append(p.Orders, EscrowOrder{o.head, o.state})
		}
		return err
	})
	return p, err
}

// OrdersOfPupil returns the streams of the orders of a pupil for a course at an
// institution, by its id or stream, in order.
func (v *Views) OrdersOfPupil(institution, pupil, course string) (streams []string, err error) {
	err = v.Read(EscrowView, func(r *Read) error {
		prefix := Key(idOf(institution), pupil, course)
		for k := range r.Bucket("pupils").Scan(prefix) {
			stream, _, ok := CutText(k[len(prefix):])
			if !ok {
				return fmt.Errorf("the row of an order of a pupil cannot be read")
			}
			streams = append(streams, stream)
		}
		return nil
	})
	return streams, err
}

// MovedQuery asks for supervised accounts that are not closed and on which
// something was booked of late.
type MovedQuery struct {
	Division string       // as division.Matches takes it
	After    uint64       // booked behind this position; 0 takes those without any entry too
	From     calendar.Day // effective on this day or later; 0: any
}

// EscrowMoved is an account in short, as it is now.
type EscrowMoved struct {
	Stream, Institution string
	Bank                string
	Mode                term.EscrowMode
	Status              term.AccountStatus
	Sheet               book.Sheet
	Counts              book.Counts
	Seq                 uint64       // position of the newest fact that was booked; 0: none
	Day                 calendar.Day // the latest day one of them was, or had been, effective
}

// MovedEscrows returns all accounts that q takes, in the order of the register,
// without their states: two looks each.
func (v *Views) MovedEscrows(q MovedQuery) (out []EscrowMoved, err error) {
	err = v.Read(EscrowView, func(r *Read) error {
		ledgers := r.Bucket("ledgers")
		for _, s := range inDivisions(r.Bucket("by_division"), q.Division) {
			for _, row := range s.all() {
				f, err := readAccountFacet(row)
				if err != nil {
					return err
				}
				if f.status == term.AccountClosed {
					continue
				}
				l, _, err := readLedger(ledgers, f.stream)
				if err != nil {
					return err
				}
				if q.After != 0 && l.moved <= q.After || l.movedDay < q.From {
					continue
				}
				out = append(out, EscrowMoved{f.stream, f.institution, f.bank, f.mode, f.status, l.sheet, l.counts, l.moved, l.movedDay})
			}
		}
		return nil
	})
	slices.SortFunc(out, func(a, b EscrowMoved) int { return strings.Compare(a.Stream, b.Stream) })
	return out, err
}

// EscrowAlert is an alert of a supervised account.
type EscrowAlert struct {
	Account, Institution string // streams
	Number               int    // among those of the account, from 1
	Level                term.AlertLevel
	Metric               term.AlertMetric
	Raised               calendar.Day
	Closed               calendar.Day // 0: it is open
}

// AlertFilter chooses alerts. Empty members do not filter.
type AlertFilter struct {
	Division    string // of the account, as division.Matches takes it
	Account     string // stream
	Institution string // id or stream
	Level       term.AlertLevel
	Metric      term.AlertMetric
	Standing    WorkStanding
}

func (f AlertFilter) takes(a EscrowAlert) bool {
	return (f.Account == "" || f.Account == a.Account) &&
		(f.Institution == "" || idOf(f.Institution) == idOf(a.Institution)) &&
		(f.Level == "" || f.Level == a.Level) &&
		(f.Metric == "" || f.Metric == a.Metric)
}

// AlertQuery asks for alerts, as they are now.
type AlertQuery struct {
	AlertFilter
	After string // Next of the page before
	Limit int    // 0 for 50
}

// AlertPage is a part of a list of alerts with the number of the whole.
type AlertPage struct {
	Alerts []EscrowAlert
	Total  int
	Next   string // where the next page begins; empty at the end
}

// Alerts returns alerts, the one raised last first.
func (v *Views) Alerts(q AlertQuery) (p AlertPage, err error) {
	closed := []byte{0, 1}
	switch q.Standing {
	case WorkOpen:
		closed = closed[:1]
	case WorkClosed:
		closed = closed[1:]
	}
	err = v.Read(EscrowView, func(r *Read) error {
		var rows [][]byte
		rows, p.Total, p.Next, err = facetPage(inDivisions(r.Bucket("alerts"), q.Division, closed...), q.After, alertTail, q.Limit, func(row []byte) (bool, error) {
			a, err := readAlert(row)
			return q.takes(a), err
		})
		for _, row := range rows {
			a, err := readAlert(row)
			if err != nil {
				return err
			}
			p.Alerts = append(p.Alerts, a)
		}
		return err
	})
	return p, err
}
