package answer

import (
	"minglu/domain/book"
	"minglu/domain/money"
	"minglu/domain/term"
)

// Books is what stands on the accounts of the ledger, in fen. On every sheet
// paid is held, outside, released, refunded, paid_out and transferred together;
// deposit_source is deposit, deposit_used and deposit_returned together.
type Books struct {
	Paid            money.Fen `json:"paid_fen" doc:"Paid by families."`
	Held            money.Fen `json:"held_fen" doc:"Held for them in the supervised account."`
	Outside         money.Fen `json:"outside_fen" doc:"Paid past the supervised account."`
	Released        money.Fen `json:"released_fen" doc:"Released to the institution for lessons given."`
	Refunded        money.Fen `json:"refunded_fen"`
	PaidOut         money.Fen `json:"paid_out_fen" doc:"Paid out to families on closure."`
	Transferred     money.Fen `json:"transferred_fen" doc:"Gone to another institution; below zero: come from one."`
	DepositSource   money.Fen `json:"deposit_source_fen" doc:"Paid in as risk deposit."`
	Deposit         money.Fen `json:"deposit_fen" doc:"The risk deposit that there is."`
	DepositUsed     money.Fen `json:"deposit_used_fen"`
	DepositReturned money.Fen `json:"deposit_returned_fen"`
}

// BooksOf answers for a sheet.
func BooksOf(s book.Sheet) Books {
	return Books{
		Paid: s.Of(term.LedgerPaid), Held: s.Of(term.LedgerHeld), Outside: s.Of(term.LedgerOutside), Released: s.Of(term.LedgerReleased),
		Refunded: s.Of(term.LedgerRefunded), PaidOut: s.Of(term.LedgerPaidOut), Transferred: s.Of(term.LedgerTransferred),
		DepositSource: s.Of(term.LedgerDepositSource), Deposit: s.Of(term.LedgerDeposit), DepositUsed: s.Of(term.LedgerDepositUsed),
		DepositReturned: s.Of(term.LedgerDepositReturned),
	}
}

// BookCounts is how much happened beside money.
type BookCounts struct {
	Orders         int `json:"orders"`
	Hours          int `json:"hours" doc:"Class-hours delivered."`
	Lessons        int `json:"lessons"`
	ByParent       int `json:"confirmed_by_parent" doc:"Lessons confirmed by the parent."`
	Deemed         int `json:"deemed_confirmed" doc:"Lessons deemed to be confirmed."`
	RefundRequests int `json:"refund_requests"`
	Breaches       int `json:"breaches"`
}

// BookCountsOf answers for counts.
func BookCountsOf(c book.Counts) BookCounts { return BookCounts(c) }
