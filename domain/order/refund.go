package order

import (
	"math/bits"

	"minglu/domain"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Terms are what a refund is reckoned from. Units are class-hours, days of a
// term, or fen of credit: what was bought with gifts, and what was used of it.
type Terms struct {
	Paid      money.Fen        `json:"paid_fen"`
	Units     int64            `json:"units"`     // with gifts
	Delivered int64            `json:"delivered"` // of them
	ListPrice money.Fen        `json:"list_price_fen,omitempty"`
	Cause     term.RefundCause `json:"cause"`
}

// Computation is a refund with how it was reckoned.
type Computation struct {
	Terms
	// AtListPrice tells at which price the value was reckoned: the list price, else
	// the price paid.
	AtListPrice bool      `json:"at_list_price,omitempty"`
	Value       money.Fen `json:"delivered_value_fen"`
	Refund      money.Fen `json:"refund_fen"`
}

// Compute reckons a refund: what was paid less the value delivered, never below
// zero. The value is at the price paid (paid ÷ units with gifts, so that a gift
// costs its share), at the list price where the family is the cause and a list
// price above it is known. It refuses terms that cannot be.
//
// Source: 法释〔2025〕4号 第十五条、第十八条至第二十条、第二十二条.
func Compute(t Terms) (Computation, error) {
	c := Computation{Terms: t}
	for _, b := range []struct {
		bad     bool
		pointer string
		t       domain.Text
	}{
		{t.Paid < 0, "/paid_fen", domain.Say("金额不能小于零", "not below zero")},
		{t.Units <= 0, "/units", domain.Say("应大于零", "should be above zero")},
		{t.Delivered < 0 || t.Delivered > t.Units, "/delivered", domain.Say("应在 0 与 %d 之间", "should be from 0 to %d", t.Units)},
		{t.ListPrice < 0, "/list_price_fen", domain.Say("金额不能小于零", "not below zero")},
	} {
		if b.bad {
			return c, domain.Refuse(domain.Invalid, rule.RefundAmount, b.t, domain.Field{Pointer: b.pointer, Code: "range", Message: b.t})
		}
	}
	c.Value = proportion(t.Paid, t.Delivered, t.Units)
	if t.Cause == term.CauseConsumer && t.ListPrice > 0 {
		listed, err := t.ListPrice.Mul(t.Delivered)
		if err != nil {
			listed = max(t.Paid, c.Value) // beyond every amount: nothing is left
		}
		c.AtListPrice = listed > c.Value
		c.Value = max(listed, c.Value)
	}
	c.Refund = max(t.Paid-c.Value, 0)
	return c, nil
}

// proportion is paid × part ÷ whole, rounded down to the fen.
func proportion(paid money.Fen, part, whole int64) money.Fen {
	hi, lo := bits.Mul64(uint64(paid), uint64(part))
	q, _ := bits.Div64(hi, lo, uint64(whole))
	return money.Fen(q)
}

// Quote is what a refund of the order would be, for a cause. Lessons to which the
// family objects count as not delivered: what the institution cannot show is
// found for the family (第二十五条).
func (s State) Quote(cause term.RefundCause) (Computation, error) {
	c, err := Compute(Terms{Paid: s.Amount, Units: int64(s.Hours), Delivered: int64(s.Delivered()), ListPrice: s.ListPrice, Cause: cause})
	if err != nil {
		return c, err
	}
	if !c.AtListPrice {
		c.Value = s.Fee(s.Delivered())
	}
	back := s.Sheet.Of(term.LedgerRefunded) + s.Sheet.Of(term.LedgerPaidOut) + s.Moved.Amount
	c.Refund = max(s.Amount-c.Value-back, 0)
	return c, nil
}
