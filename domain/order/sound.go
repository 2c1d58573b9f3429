package order

import (
	"slices"

	"minglu/domain"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Sound refuses facts that cannot be: a ledger that does not balance or is
// overdrawn, facts that cannot be or rest on others that are not there, more taught than was
// bought, more released than confirmed, an end with money left. Decide asks once
// it has folded its facts in; the edge asks once a correction or an annulment has
// been folded in. It never panics, whatever the facts are.
func (s State) Sound() error {
	released, confirmed := s.Sheet.Of(term.LedgerReleased), s.Fee(s.Confirmed())
	if account, overdrawn := s.Sheet.Overdrawn(); overdrawn {
		l := account.Label()
		return unsound(domain.Say("这样一来订单的账目不成立：“%s”不足", "the ledger of the order cannot be so: %[2]q is overdrawn", l.ZH, l.EN))
	}
	switch {
	case s.Fault || !s.Sheet.Balanced(), s.PaidOn == 0 && s.begun():
		return unsound(domain.Say("这样一来订单后来的记录失去依据：请先作废后来的记录", "later facts of the order would rest on nothing: annul those first"))
	case s.taken() > s.Hours:
		return unsound(domain.Say("这样一来已授 %d 课时，超过订单的 %d 课时", "%d class-hours taught would exceed the %d of the order", s.taken(), s.Hours))
	case s.Ended == 0 && released > confirmed:
		return unsound(domain.Say("这样一来已拨付 %s 元，超过已确认课时的费用 %s 元", "released %s yuan would exceed the fee of the confirmed class-hours, %s yuan", released.Yuan(), confirmed.Yuan()))
	case s.Refund.Pending() && s.Refund.Owed() > s.Held()+s.Outside():
		return unsound(domain.Say("这样一来应退 %s 元，订单剩余不足", "%s yuan owed as a refund would exceed what is left of the order", s.Refund.Owed().Yuan()))
	case slices.ContainsFunc(s.Lessons, func(l Lesson) bool { return l.Released != 0 && l.Confirmed == 0 }):
		return unsound(domain.Say("这样一来已拨付的课时没有确认", "a lesson whose fee is released would not be confirmed"))
	case s.Ended != 0 && (s.Held() != 0 || s.Outside() != 0 || s.unconfirmed() != 0):
		return unsound(domain.Say("订单已于 %s 结清，请先作废结清", "the order was settled on %s: annul that first", s.Ended))
	}
	return nil
}

// begun reports whether anything was done on an order.
func (s State) begun() bool {
	return len(s.Lessons) > 0 || s.Refund.Requested != 0 || s.Ended != 0 || !s.Sheet.IsZero()
}

func unsound(t domain.Text) error { return domain.Refuse(domain.Conflict, rule.OrderSteps, t) }
