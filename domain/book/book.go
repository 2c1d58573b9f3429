// Package book is the double-entry ledger of supervised prepayment, in whole fen.
//
// Money of families lies on one of six accounts once it is paid: held in the
// supervised account, outside it with the institution, released, refunded, paid
// out on closure, transferred. The risk deposit of the institution has accounts
// of its own. An entry moves an amount from one account to another of the same
// family, so that on every sheet, at every position of the log,
//
//	paid = held + outside + released + refunded + paid_out + transferred
//	deposit_source = deposit + deposit_used + deposit_returned
//
// A sheet keeps its sources (paid, deposit_source) as positive amounts; a
// transfer in is a negative transfer.
package book

import (
	"slices"

	"minglu/domain"
	"minglu/domain/money"
	"minglu/domain/term"
)

// Entry moves an amount between two accounts.
type Entry struct {
	From   term.LedgerAccount `json:"from"`
	To     term.LedgerAccount `json:"to"`
	Amount money.Fen          `json:"amount_fen"`
}

// families are the accounts among which money moves, the source first.
var families = [][]term.LedgerAccount{
	{term.LedgerPaid, term.LedgerHeld, term.LedgerOutside, term.LedgerReleased, term.LedgerRefunded, term.LedgerPaidOut, term.LedgerTransferred},
	{term.LedgerDepositSource, term.LedgerDeposit, term.LedgerDepositUsed, term.LedgerDepositReturned},
}

// Accounts are the accounts of the ledger, in the order of sheets.
var Accounts = slices.Concat(families...)

// size is the number of accounts.
const size = 11

// Sheet is what stands on each account: a value, comparable, zero where nothing
// was entered.
type Sheet struct{ amounts [size]money.Fen }

// Of returns what stands on an account.
func (s Sheet) Of(a term.LedgerAccount) money.Fen { return s.amounts[index(a)] }

func index(a term.LedgerAccount) int {
	i := slices.Index(Accounts, a)
	if i < 0 {
		panic("the ledger has no account " + string(a))
	}
	return i
}

// isSource reports whether money comes into the ledger by the account.
func isSource(a term.LedgerAccount) bool {
	return a == term.LedgerPaid || a == term.LedgerDepositSource
}

// Enter returns the sheet after entries. It refuses an entry without amount or
// between accounts of different families, and sums beyond what money.Fen holds.
func (s Sheet) Enter(entries ...Entry) (Sheet, error) {
	for _, e := range entries {
		if err := e.check(); err != nil {
			return Sheet{}, err
		}
		if err := s.move(e.From, e.Amount, isSource(e.From)); err != nil {
			return Sheet{}, err
		}
		if err := s.move(e.To, e.Amount, !isSource(e.To)); err != nil {
			return Sheet{}, err
		}
	}
	return s, nil
}

// move adds an amount to an account, or takes it off.
func (s *Sheet) move(a term.LedgerAccount, amount money.Fen, add bool) (err error) {
	at := &s.amounts[index(a)]
	if add {
		*at, err = at.Add(amount)
	} else {
		*at, err = at.Sub(amount)
	}
	return err
}

func (e Entry) check() error {
	for _, f := range families {
		if slices.Contains(f, e.From) && slices.Contains(f, e.To) && e.From != e.To && e.Amount > 0 {
			return nil
		}
	}
	return domain.BadField("", "entry", domain.Say("分录应在同类科目之间划转大于零的金额", "an entry moves an amount above zero between accounts of one family"))
}

// Plus returns the sum of two sheets, or a refusal where it is beyond what
// money.Fen holds.
func (s Sheet) Plus(t Sheet) (Sheet, error) {
	for i := range s.amounts {
		sum, err := s.amounts[i].Add(t.amounts[i])
		if err != nil {
			return Sheet{}, err
		}
		s.amounts[i] = sum
	}
	return s, nil
}

// Balanced reports whether what came into the ledger is what lies on its
// accounts, for each family.
func (s Sheet) Balanced() bool {
	for _, f := range families {
		left := s.Of(f[0])
		for _, a := range f[1:] {
			left -= s.Of(a)
		}
		if left != 0 {
			return false
		}
	}
	return true
}

// Overdrawn returns an account on which less than nothing lies, which no fact
// may bring about; transfers apart, which have two directions.
func (s Sheet) Overdrawn() (account term.LedgerAccount, overdrawn bool) {
	for _, a := range Accounts {
		if a != term.LedgerTransferred && s.Of(a) < 0 {
			return a, true
		}
	}
	return "", false
}

// Amounts returns the sheet as a list in the order of Accounts.
func (s Sheet) Amounts() []money.Fen { return slices.Clone(s.amounts[:]) }

// SheetOf returns the sheet of a list that Amounts gave; a list of another length
// is ok false.
func SheetOf(amounts []money.Fen) (s Sheet, ok bool) {
	if len(amounts) != size {
		return s, false
	}
	copy(s.amounts[:], amounts)
	return s, true
}

// Counts are how much happened: what alerts and reports look at beside money.
type Counts struct {
	Orders         int `json:"orders,omitzero"`
	Hours          int `json:"hours,omitzero"` // class-hours delivered
	Lessons        int `json:"lessons,omitzero"`
	ByParent       int `json:"by_parent,omitzero"` // lessons confirmed by the parent
	Deemed         int `json:"deemed,omitzero"`    // lessons deemed to be confirmed
	RefundRequests int `json:"refund_requests,omitzero"`
	Breaches       int `json:"breaches,omitzero"`
}

// Plus returns the sum of two counts.
func (c Counts) Plus(d Counts) Counts {
	return Counts{
		c.Orders + d.Orders, c.Hours + d.Hours, c.Lessons + d.Lessons, c.ByParent + d.ByParent, c.Deemed + d.Deemed,
		c.RefundRequests + d.RefundRequests, c.Breaches + d.Breaches,
	}
}

// Change is what a fact does to the books.
type Change struct {
	Entries []Entry
	Counts  Counts
}

// IsZero reports whether a fact does nothing to the books.
func (c Change) IsZero() bool { return len(c.Entries) == 0 && c.Counts == Counts{} }

// Booked is a fact that the books show.
type Booked interface {
	domain.Event
	Books() Change
}

// ChangeOf returns what a fact does to the books.
func ChangeOf(e domain.Event) Change {
	if b, ok := e.(Booked); ok {
		return b.Books()
	}
	return Change{}
}
