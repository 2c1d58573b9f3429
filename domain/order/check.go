package order

import (
	"minglu/domain"
	"minglu/domain/money"
)

// Bounds of an order, far above what is lawful, so that what is not lawful is put
// down and not refused. Sums over all orders of a country stay within money.Fen.
const (
	maxHours  = 100_000
	maxAmount = money.Fen(100_000_000_000) // a thousand million yuan
)

// Check refuses an order whose figures cannot be, also once it was corrected.
func (e Paid) Check() error {
	if err := positive("/amount_fen", e.Amount); err != nil {
		return err
	}
	if err := within("/list_price_fen", e.ListPrice); err != nil {
		return err
	}
	switch days := int(e.PeriodTo-e.PeriodFrom) + 1; {
	case e.PaidOn == 0:
		return domain.Filled("/paid_on", "")
	case e.PeriodFrom == 0:
		return domain.Filled("/period_from", "")
	case e.PeriodTo == 0:
		return domain.Filled("/period_to", "")
	case e.PeriodTo < e.PeriodFrom:
		return domain.BadField("/period_to", "before_start", domain.Say("应不早于 %s", "not before %s", e.PeriodFrom))
	case e.Hours <= 0 || e.Hours > maxHours:
		return domain.BadField("/hours", "range", domain.Say("课时应在 1 与 %d 之间", "the class-hours are from 1 to %d", maxHours))
	case e.Gifts < 0 || e.Gifts >= e.Hours:
		return domain.BadField("/gift_hours", "range", domain.Say("赠送课时应少于总课时", "the gift is less than the whole"))
	case e.ByPeriod && e.Hours != days:
		return domain.BadField("/hours", "days", domain.Say("按期收费的，应写周期的天数 %d", "by period, it is the number of its days, %d", days))
	}
	return nil
}

// Check refuses a lesson without class-hours.
func (e LessonDelivered) Check() error {
	if 0 < e.Hours && e.Hours <= maxHours {
		return nil
	}
	return domain.BadField("/hours", "range", domain.Say("课时应在 1 与 %d 之间", "the class-hours are from 1 to %d", maxHours))
}

// Check refuses a release of nothing.
func (e FundsReleased) Check() error {
	if e.Hours < 0 || e.Hours > maxHours {
		return domain.BadField("/hours", "range", domain.Say("课时应在 0 与 %d 之间", "the class-hours are from 0 to %d", maxHours))
	}
	return positive("/amount_fen", e.Amount)
}

// Check refuses a movement of nothing.
func (e MovedIn) Check() error { return positive("/amount_fen", e.Amount) }

// Check refuses a refund of nothing.
func (e RefundAgreed) Check() error { return positive("/amount_fen", e.Amount) }

// Check refuses a payment of nothing, and a part of it that is more than it.
func (e RefundPaid) Check() error {
	if e.Outside < 0 || e.Outside > e.Amount {
		return domain.BadField("/outside_fen", "range", domain.Say("应在 0 与 %d 分之间", "from 0 to %d fen", int64(e.Amount)))
	}
	return positive("/amount_fen", e.Amount)
}

// Check refuses a payment of nothing.
func (e PaidOut) Check() error { return positive("/amount_fen", e.Amount) }

// Check refuses a transfer of nothing.
func (e Transferred) Check() error { return positive("/amount_fen", e.Amount) }

// Check refuses an end with less than nothing.
func (e Settled) Check() error {
	if err := within("/amount_fen", e.Amount); err != nil {
		return err
	}
	return within("/outside_fen", e.Outside)
}

// positive refuses an amount that is not above zero, or is beyond all bounds.
func positive(pointer string, f money.Fen) error {
	if f > 0 {
		return within(pointer, f)
	}
	return domain.BadField(pointer, "range", domain.Say("金额应大于零", "the amount is above zero"))
}

func within(pointer string, f money.Fen) error {
	if 0 <= f && f <= maxAmount {
		return nil
	}
	return domain.BadField(pointer, "range", domain.Say("金额应在 0 与 %s 元之间", "the amount is from 0 to %s yuan", maxAmount.Yuan()))
}
