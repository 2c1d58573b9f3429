package order

import "minglu/domain"

// The stored names. They never change.

// EventName returns the stored name.
func (Paid) EventName() string { return "order.paid" }

// EventName returns the stored name.
func (BreachNoted) EventName() string { return "order.breach_noted" }

// EventName returns the stored name.
func (LessonDelivered) EventName() string { return "order.lesson_delivered" }

// EventName returns the stored name.
func (ParentNotified) EventName() string { return "order.parent_notified" }

// EventName returns the stored name.
func (LessonConfirmed) EventName() string { return "order.lesson_confirmed" }

// EventName returns the stored name.
func (LessonDisputed) EventName() string { return "order.lesson_disputed" }

// EventName returns the stored name.
func (LessonJudged) EventName() string { return "order.lesson_judged" }

// EventName returns the stored name.
func (FundsReleased) EventName() string { return "order.funds_released" }

// EventName returns the stored name.
func (MovedIn) EventName() string { return "order.moved_in" }

// EventName returns the stored name.
func (RefundRequested) EventName() string { return "order.refund_requested" }

// EventName returns the stored name.
func (RefundWithdrawn) EventName() string { return "order.refund_withdrawn" }

// EventName returns the stored name.
func (RefundAgreed) EventName() string { return "order.refund_agreed" }

// EventName returns the stored name.
func (RefundRefused) EventName() string { return "order.refund_refused" }

// EventName returns the stored name.
func (RefundPaid) EventName() string { return "order.refund_paid" }

// EventName returns the stored name.
func (PaidOut) EventName() string { return "order.paid_out" }

// EventName returns the stored name.
func (Transferred) EventName() string { return "order.transferred" }

// EventName returns the stored name.
func (Settled) EventName() string { return "order.settled" }

// EventName returns the stored name.
func (DeadlineMissed) EventName() string { return "order.deadline_missed" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "order.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "order.annulled" }

func (Paid) orderEvent()            {}
func (BreachNoted) orderEvent()     {}
func (LessonDelivered) orderEvent() {}
func (ParentNotified) orderEvent()  {}
func (LessonConfirmed) orderEvent() {}
func (LessonDisputed) orderEvent()  {}
func (LessonJudged) orderEvent()    {}
func (FundsReleased) orderEvent()   {}
func (MovedIn) orderEvent()         {}
func (RefundRequested) orderEvent() {}
func (RefundWithdrawn) orderEvent() {}
func (RefundAgreed) orderEvent()    {}
func (RefundRefused) orderEvent()   {}
func (RefundPaid) orderEvent()      {}
func (PaidOut) orderEvent()         {}
func (Transferred) orderEvent()     {}
func (Settled) orderEvent()         {}
func (DeadlineMissed) orderEvent()  {}
func (Corrected) orderEvent()       {}
func (Annulled) orderEvent()        {}

// Claims reserves the transfer that the order goes on: it is gone on once.
func (e Paid) Claims() []domain.Claim {
	if e.TransferOf == "" {
		return nil
	}
	return []domain.Claim{{Kind: "transfer", Value: e.TransferOf}}
}
