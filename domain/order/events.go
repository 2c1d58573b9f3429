package order

import (
	"strconv"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/money"
	"minglu/domain/term"
)

// Event is a fact about an order.
type Event interface {
	domain.Event
	orderEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[Paid](1),
	domain.Current[BreachNoted](1),
	domain.Current[LessonDelivered](1),
	domain.Current[ParentNotified](1),
	domain.Current[LessonConfirmed](1),
	domain.Current[LessonDisputed](1),
	domain.Current[LessonJudged](1),
	domain.Current[FundsReleased](1),
	domain.Current[MovedIn](1),
	domain.Current[RefundRequested](1),
	domain.Current[RefundWithdrawn](1),
	domain.Current[RefundAgreed](1),
	domain.Current[RefundRefused](1),
	domain.Current[RefundPaid](1),
	domain.Current[PaidOut](1),
	domain.Current[Transferred](1),
	domain.Current[Settled](1),
	domain.Current[DeadlineMissed](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// Paid is an order that a family has paid. Where it was transferred from another
// institution, TransferOf says from which order, and nobody paid anew: PaidOn and
// Before are those of that order.
type Paid struct {
	Account     string       `json:"account"`     // stream of the supervised account
	Institution string       `json:"institution"` // stream
	Pupil       string       `json:"pupil"`       // opaque reference
	Course      string       `json:"course"`
	Group       string       `json:"group,omitempty"` // the class that is taught together
	Class       term.Class   `json:"class"`
	Hours       int          `json:"hours"`                // class-hours with gifts, or days of a period
	Gifts       int          `json:"gift_hours,omitempty"` // how many of them are a gift
	ByPeriod    bool         `json:"by_period,omitempty"`  // Hours counts days
	PeriodFrom  calendar.Day `json:"period_from"`
	PeriodTo    calendar.Day `json:"period_to"`
	Amount      money.Fen    `json:"amount_fen"`
	ListPrice   money.Fen    `json:"list_price_fen,omitempty"` // of one class-hour
	PaidOn      calendar.Day `json:"paid_on"`
	OffAccount  bool         `json:"off_account,omitempty"` // not into the supervised account
	Deposit     bool         `json:"deposit,omitempty"`     // by a risk deposit: the institution holds it
	Contract    string       `json:"contract"`              // version of the contract template
	Number      string       `json:"number,omitempty"`      // of the platform or the contract
	Before      bool         `json:"received_before,omitempty"`
	TransferOf  string       `json:"transfer_of,omitempty"` // stream of the order that it goes on
	BankRef     string       `json:"bank_ref,omitempty"`
}

// BreachNoted is a limit on charging that the order exceeds, or another breach.
type BreachNoted struct {
	Institution string            `json:"institution"`
	Breach      term.ChargeBreach `json:"breach"`
	Cumulative  bool              `json:"cumulative,omitempty"` // with the other orders of the pupil
	Value       int64             `json:"value,omitempty"`
	Limit       int64             `json:"limit,omitempty"`
	Note        string            `json:"note,omitempty"`
}

// LessonDelivered is a lesson that was given. Its number counts the lessons of
// the order from 1.
type LessonDelivered struct {
	Lesson int           `json:"lesson"`
	Hours  int           `json:"hours"`
	Notice string        `json:"notice,omitempty"` // how the parent was asked to confirm
	Clocks []clock.Start `json:"clocks,omitempty"`
}

// ParentNotified asks the parent to confirm a lesson.
type ParentNotified struct {
	Lesson int           `json:"lesson"`
	Notice string        `json:"notice"`
	Clocks []clock.Start `json:"clocks,omitempty"`
}

// LessonConfirmed says that a lesson counts.
type LessonConfirmed struct {
	Lesson int              `json:"lesson"`
	By     term.ConfirmedBy `json:"by"`
	Notice string           `json:"notice,omitempty"`
}

// LessonDisputed says that the family objects to a lesson.
type LessonDisputed struct {
	Lesson int    `json:"lesson"`
	Reason string `json:"reason"`
	Deemed bool   `json:"deemed,omitempty"` // it had been deemed to be confirmed
}

// LessonJudged ends the dispute over a lesson: it counts, or was not given.
type LessonJudged struct {
	Lesson int    `json:"lesson"`
	Counts bool   `json:"counts"`
	Hours  int    `json:"hours,omitempty"` // of a lesson that was not given: what it was recorded with
	Reason string `json:"reason"`
}

// FundsReleased is money released to the institution. By the schedule of tiers
// it names no lessons.
type FundsReleased struct {
	Lessons []int              `json:"lessons,omitempty"`
	Hours   int                `json:"hours,omitempty"`
	Amount  money.Fen          `json:"amount_fen"`
	Policy  term.ReleasePolicy `json:"policy"`
	// Outside tells that the money lay with the institution already.
	Outside bool   `json:"outside,omitempty"`
	BankRef string `json:"bank_ref,omitempty"`
}

// MovedIn is money that was collected outside and has come into the account.
type MovedIn struct {
	Amount  money.Fen `json:"amount_fen"`
	BankRef string    `json:"bank_ref,omitempty"`
}

// RefundRequested is a request for a refund of what is not delivered.
type RefundRequested struct {
	Institution string           `json:"institution"`
	Cause       term.RefundCause `json:"cause"`
	Reason      string           `json:"reason,omitempty"`
	Clocks      []clock.Start    `json:"clocks,omitempty"`
}

// RefundWithdrawn takes the request back.
type RefundWithdrawn struct {
	Reason string `json:"reason,omitempty"`
}

// RefundAgreed says that the refund is owed, and how it was reckoned.
type RefundAgreed struct {
	By          term.AgreedBy `json:"by"`
	Amount      money.Fen     `json:"amount_fen"`
	Computation Computation   `json:"computation"`
	Clocks      []clock.Start `json:"clocks,omitempty"`
}

// RefundRefused says that the institution refuses, and why.
type RefundRefused struct {
	Reason string `json:"reason"`
}

// RefundPaid is money paid back to the family.
type RefundPaid struct {
	Amount  money.Fen        `json:"amount_fen"`
	Outside money.Fen        `json:"outside_fen,omitempty"` // how much of it came from the institution, not the account
	Route   term.RefundRoute `json:"route"`
	Reason  string           `json:"reason,omitempty"` // of another route than the original
	BankRef string           `json:"bank_ref,omitempty"`
	Whole   bool             `json:"whole,omitempty"` // nothing more is owed
}

// PaidOut is money paid to the family after the institution closed.
type PaidOut struct {
	Amount  money.Fen `json:"amount_fen"`
	Deposit bool      `json:"deposit,omitempty"` // from the risk deposit, for what lay outside
	Dispute string    `json:"dispute,omitempty"` // stream
	BankRef string    `json:"bank_ref,omitempty"`
	Whole   bool      `json:"whole,omitempty"` // nothing more is owed of the refund that was agreed
}

// Transferred is money that goes to another institution with the pupil.
type Transferred struct {
	To      string    `json:"to"` // stream of the account of the other institution
	Hours   int       `json:"hours"`
	Amount  money.Fen `json:"amount_fen"`
	Outside bool      `json:"outside,omitempty"` // by a risk deposit: the institution held it
	BankRef string    `json:"bank_ref,omitempty"`
	// The order that goes on there, as it was paid first.
	PaidOn     calendar.Day `json:"paid_on"`
	Before     bool         `json:"received_before,omitempty"`
	Pupil      string       `json:"pupil"`
	Course     string       `json:"course"`
	Class      term.Class   `json:"class"`
	ByPeriod   bool         `json:"by_period,omitempty"`
	PeriodFrom calendar.Day `json:"period_from"`
	PeriodTo   calendar.Day `json:"period_to"`
	ListPrice  money.Fen    `json:"list_price_fen,omitempty"`
}

// Settled ends the order: what is still held is the institution's.
type Settled struct {
	Amount money.Fen `json:"amount_fen"` // released with it
	// Outside is how much of what the institution had already is now its own.
	Outside money.Fen `json:"outside_fen,omitempty"`
	BankRef string    `json:"bank_ref,omitempty"`
}

// DeadlineMissed says that a last day has passed.
type DeadlineMissed struct{ clock.Missing }

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }

func part(lesson int) string { return strconv.Itoa(lesson) }

// Moves begins the period in which the parent confirms.
func (e LessonDelivered) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves begins the period in which the parent confirms.
func (e ParentNotified) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves ends the period of the lesson.
func (e LessonConfirmed) Moves() []clock.Move {
	return clock.Ended(part(e.Lesson), term.LessonConfirmation)
}

// Moves ends the period of the lesson: what is disputed is never deemed.
func (e LessonDisputed) Moves() []clock.Move {
	return clock.Ended(part(e.Lesson), term.LessonConfirmation)
}

// Moves begins the period in which the institution answers.
func (e RefundRequested) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves ends the periods of the refund.
func (RefundWithdrawn) Moves() []clock.Move { return refundEnded() }

// Moves ends the period of the answer and begins that of payment.
func (e RefundAgreed) Moves() []clock.Move {
	return append(clock.Ended("", term.RefundAnswer), clock.Begun(e.Clocks...)...)
}

// Moves ends the period of the answer.
func (RefundRefused) Moves() []clock.Move { return clock.Ended("", term.RefundAnswer) }

// Moves ends the period of payment once nothing more is owed.
func (e RefundPaid) Moves() []clock.Move { return endedWhere(e.Whole) }

// Moves ends the period of payment once nothing more is owed.
func (e PaidOut) Moves() []clock.Move { return endedWhere(e.Whole) }

// Moves ends the periods of the refund.
func (Transferred) Moves() []clock.Move { return refundEnded() }

// Moves ends the periods of the refund.
func (Settled) Moves() []clock.Move { return refundEnded() }

func endedWhere(whole bool) []clock.Move {
	if !whole {
		return nil
	}
	return refundEnded()
}

func refundEnded() []clock.Move {
	return clock.Ended("", term.RefundAnswer, term.RefundPayment)
}

// Books enters what was paid, or came over from another order.
func (e Paid) Books() book.Change {
	from, to := term.LedgerPaid, term.LedgerHeld
	if e.TransferOf != "" {
		from = term.LedgerTransferred
	}
	if e.OffAccount || e.Deposit {
		to = term.LedgerOutside
	}
	return book.Change{Entries: moved(from, to, e.Amount), Counts: book.Counts{Orders: 1}}
}

// Books counts the breach.
func (BreachNoted) Books() book.Change { return book.Change{Counts: book.Counts{Breaches: 1}} }

// Books counts the lesson.
func (e LessonDelivered) Books() book.Change {
	return book.Change{Counts: book.Counts{Lessons: 1, Hours: e.Hours}}
}

// Books counts how the lesson was confirmed.
func (e LessonConfirmed) Books() book.Change {
	if e.By == term.ByDeeming {
		return book.Change{Counts: book.Counts{Deemed: 1}}
	}
	return book.Change{Counts: book.Counts{ByParent: 1}}
}

// Books takes back that the lesson was deemed to be confirmed.
func (e LessonDisputed) Books() book.Change {
	if e.Deemed {
		return book.Change{Counts: book.Counts{Deemed: -1}}
	}
	return book.Change{}
}

// Books counts the lesson as the parent's confirmation would, or takes back that
// it was given.
func (e LessonJudged) Books() book.Change {
	if e.Counts {
		return book.Change{Counts: book.Counts{ByParent: 1}}
	}
	return book.Change{Counts: book.Counts{Lessons: -1, Hours: -e.Hours}}
}

// Books enters the release.
func (e FundsReleased) Books() book.Change {
	if e.Outside {
		return book.Change{Entries: moved(term.LedgerOutside, term.LedgerReleased, e.Amount)}
	}
	return book.Change{Entries: moved(term.LedgerHeld, term.LedgerReleased, e.Amount)}
}

// Books enters what came into the account.
func (e MovedIn) Books() book.Change {
	return book.Change{Entries: moved(term.LedgerOutside, term.LedgerHeld, e.Amount)}
}

// Books counts the request.
func (RefundRequested) Books() book.Change {
	return book.Change{Counts: book.Counts{RefundRequests: 1}}
}

// Books enters the refund.
func (e RefundPaid) Books() book.Change {
	return book.Change{Entries: append(moved(term.LedgerHeld, term.LedgerRefunded, e.Amount-e.Outside), moved(term.LedgerOutside, term.LedgerRefunded, e.Outside)...)}
}

// Books enters what was paid out.
func (e PaidOut) Books() book.Change {
	from := term.LedgerHeld
	if e.Deposit {
		from = term.LedgerOutside
	}
	return book.Change{Entries: moved(from, term.LedgerPaidOut, e.Amount)}
}

// Books enters the transfer.
func (e Transferred) Books() book.Change {
	from := term.LedgerHeld
	if e.Outside {
		from = term.LedgerOutside
	}
	return book.Change{Entries: moved(from, term.LedgerTransferred, e.Amount)}
}

// Books enters what the institution may keep.
func (e Settled) Books() book.Change {
	return book.Change{Entries: append(moved(term.LedgerHeld, term.LedgerReleased, e.Amount), moved(term.LedgerOutside, term.LedgerReleased, e.Outside)...)}
}

// moved is the entry of an amount, or none where there is none.
func moved(from, to term.LedgerAccount, amount money.Fen) []book.Entry {
	if amount == 0 {
		return nil
	}
	return []book.Entry{{From: from, To: to, Amount: amount}}
}

// Measures counts the breach.
func (e BreachNoted) Measures() []figure.Measure {
	return one(term.ChargeBreachesNoted, string(e.Breach), e.Institution)
}

// Measures counts the request.
func (e RefundRequested) Measures() []figure.Measure {
	return one(term.RefundsRequested, string(e.Cause), e.Institution)
}

func one(key term.Figure, item, institution string) []figure.Measure {
	m := figure.One(key, term.Incidents, item)
	m.Institution = institution
	return []figure.Measure{m}
}
