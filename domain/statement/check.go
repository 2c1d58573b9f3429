package statement

import (
	"minglu/domain"
	"minglu/domain/money"
	"minglu/domain/rule"
)

// Check refuses a line that cannot be, also once it was corrected: one without a
// serial or that moves nothing, an amount or a balance beyond their bounds, and
// numbers that tell who somebody is.
func (e LineBooked) Check() error {
	for _, check := range []func() error{
		func() error { return numbered(e.Serial) },
		func() error { return referring("/reference", e.Reference) },
		func() error { return moves(e.Amount) },
		func() error { return bounded("/amount_fen", e.Amount) },
		func() error { return printed(e.Balance) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// numbered refuses a serial that is empty or has words. Numbers of persons are
// not looked for in it: banks make serials of their branch, the day and a count,
// which look like them.
func numbered(serial string) error {
	if err := domain.Filled("/serial", serial); err != nil {
		return err
	}
	return rule.Wordless("/serial", serial)
}

// referring refuses a reference that tells who somebody is.
func referring(pointer, reference string) error {
	if err := rule.Wordless(pointer, reference); err != nil {
		return err
	}
	return rule.Impersonal(pointer, reference)
}

// moves refuses a line that moves nothing.
func moves(amount money.Fen) error {
	if amount == 0 {
		return domain.BadField("/amount_fen", "zero", domain.Say("流水金额不能为零", "a line moves an amount that is not zero"))
	}
	return nil
}

// printed refuses a balance beyond its bounds; there may be none.
func printed(balance *money.Fen) error {
	if balance == nil {
		return nil
	}
	return bounded("/balance_fen", *balance)
}

// bounded refuses an amount or a balance beyond what a fact may say, either way.
func bounded(pointer string, f money.Fen) error {
	if -rule.MaxAmount <= f && f <= rule.MaxAmount {
		return nil
	}
	return domain.BadField(pointer, "range", domain.Say("金额应在正负 %[1]s 元以内，现为 %[2]s 元",
		"it is at most %[1]s yuan either way, not %[2]s", rule.MaxAmount.Yuan(), f.Yuan()))
}
