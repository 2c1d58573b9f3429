package escrow

import (
	"cmp"

	"minglu/domain"
	"minglu/domain/money"
	"minglu/domain/rule"
)

// Check refuses deposit of nothing, and beyond all bounds, also once corrected.
func (e DepositPaid) Check() error { return positive("/amount_fen", e.Amount) }

// Check refuses deposit of nothing, and beyond all bounds.
func (e DepositUsed) Check() error { return positive("/amount_fen", e.Amount) }

// Check refuses deposit of nothing, and beyond all bounds.
func (e DepositReturned) Check() error { return positive("/amount_fen", e.Amount) }

// Check refuses a minimum below nothing, and beyond all bounds.
func (e DepositAdjusted) Check() error { return within("/required_fen", 0, int64(e.Required)) }

// Check refuses a value or a limit below nothing, and beyond all bounds.
func (e BreachNoted) Check() error {
	return cmp.Or(within("/value", 0, e.Value), within("/limit", 0, e.Limit))
}

// Check refuses a value beyond all bounds. What is missing may be below nothing.
func (e AlertRaised) Check() error { return within("/value", -largest, e.Value) }

const largest = int64(rule.MaxAmount)

func positive(pointer string, amount money.Fen) error { return within(pointer, 1, int64(amount)) }

// within refuses a value below a least one, or beyond all bounds.
func within(pointer string, least, value int64) error {
	if least <= value && value <= largest {
		return nil
	}
	return domain.BadField(pointer, "range", domain.Say("应在 %d 与 %d 之间", "from %d to %d", least, largest))
}

// bounded is a value, or the largest or least that an alert has.
func bounded(value int64) int64 { return min(max(value, -largest), largest) }
