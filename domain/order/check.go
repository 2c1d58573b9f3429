package order

import (
	"cmp"

	"minglu/domain"
	"minglu/domain/money"
	"minglu/domain/rule"
)

// maxHours is the bound of an order as rule.MaxAmount is of its amounts: far above
// what is lawful, so that what is not lawful is put down and not refused.
const maxHours = 100_000

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
	case e.OffAccount && (e.Deposit || e.TransferOf != ""):
		return domain.BadField("/off_account", "elsewhere", domain.Say("保证金方式的和划转来的，不是账外收费", "under a deposit, and what was transferred, is not collected outside"))
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
func (e Transferred) Check() error {
	if e.Hours < 0 || e.Hours > maxHours {
		return domain.BadField("/hours", "range", domain.Say("课时应在 0 与 %d 之间", "the class-hours are from 0 to %d", maxHours))
	}
	return positive("/amount_fen", e.Amount)
}

// Check refuses a breach of less than nothing.
func (e BreachNoted) Check() error {
	return cmp.Or(least("/value", e.Value), least("/limit", e.Limit))
}

func least(pointer string, n int64) error {
	if n >= 0 {
		return nil
	}
	return domain.BadField(pointer, "range", domain.Say("不能小于零", "not below zero"))
}

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
	if 0 <= f && f <= rule.MaxAmount {
		return nil
	}
	return domain.BadField(pointer, "range", domain.Say("金额应在 0 与 %s 元之间", "the amount is from 0 to %s yuan", rule.MaxAmount.Yuan()))
}
