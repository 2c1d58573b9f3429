package escrow

import (
	"cmp"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/rule"
)

// decidePayment takes deposit in.
func decidePayment(s State, m domain.Meta, c PayDeposit) ([]Event, error) {
	if err := s.mustBeOwnBank(m.Actor.Agency); err != nil {
		return nil, err
	}
	if err := s.mayMove(m, c.Amount); err != nil {
		return nil, err
	}
	return s.booked(DepositPaid(c), c.BankRef)
}

// mustBeOwnBank refuses another bank than the one that keeps the account.
func (s State) mustBeOwnBank(agency string) error {
	a, err := authority.ParseAgency(agency)
	if err != nil || a.Keeps(s.Bank) {
		return err
	}
	return domain.Refuse(domain.Forbidden, rule.AccountBank, domain.Say("账户开在%s（%s），其他银行不能记录", "the account is kept by %s (%s); other banks record nothing on it", s.BankName, s.Bank),
		domain.Field{Pointer: "/actor/agency", Code: "other_bank", Message: domain.Say("应为银行 %s", "should be the bank %s", s.Bank)})
}

// mayMove refuses an amount of nothing, deposit where the mode has none, and an
// account that is not open or frozen.
func (s State) mayMove(m domain.Meta, amount money.Fen) error {
	if err := s.mayHave(amount); err != nil {
		return err
	}
	return s.On(calendar.DayOf(m.Effective)).MovableBy(m.Actor.Agency, "/target")
}

func (s State) mayHave(amount money.Fen) error {
	if err := s.mustHaveDeposit(); err != nil {
		return err
	}
	return positive("/body/amount_fen", amount)
}

// mustHaveDeposit refuses deposit where the mode has none.
func (s State) mustHaveDeposit() error {
	if s.hasDeposit() {
		return nil
	}
	l := s.Mode.Label()
	return badDeposit("/target", "no_deposit", domain.Say("监管方式为“%s”，没有保证金", "the mode is %[2]s, without a deposit", l.ZH, l.EN))
}

func badDeposit(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.EscrowDeposit, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// booked returns a fact that the books can take, and that has no more than a
// number of the bank in its reference.
func (s State) booked(e interface {
	Event
	book.Booked
}, bankRef string) ([]Event, error) {
	_, err := s.Deposit.Enter(e.Books().Entries...)
	return domain.OneFact[Event](e, cmp.Or(domain.At("/body/amount_fen", err), numbered("/body/bank_ref", bankRef)))
}

// numbered refuses a number of others that tells who somebody is.
func numbered(pointer, number string) error {
	return cmp.Or(rule.Wordless(pointer, number), rule.Impersonal(pointer, number))
}

// decideMinimum sets the minimum.
func decideMinimum(s State, c AdjustDeposit) ([]Event, error) {
	if err := s.mustHaveDeposit(); err != nil {
		return nil, err
	}
	if err := domain.At("/body", DepositAdjusted(c).Check()); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/basis", c.Basis); err != nil {
		return nil, err
	}
	if n := len(s.Minimums); n > 0 && s.Minimums[n-1] == (Minimum{From: s.Minimums[n-1].From, Amount: c.Required, Basis: c.Basis}) {
		return nil, nil
	}
	return []Event{DepositAdjusted(c)}, nil
}

// decideUse pays the family of an order. A freeze does not stop it: it, or a
// dispute, is what allows it.
func decideUse(s State, m domain.Meta, c UseDeposit) ([]Event, error) {
	if err := s.mayHave(c.Amount); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/order", c.Order.Stream); err != nil {
		return nil, err
	}
	account := s.On(calendar.DayOf(m.Effective))
	frozen := account.Frozen
	account.Frozen = 0
	if err := account.MovableBy(m.Actor.Agency, "/target"); err != nil {
		return nil, err
	}
	if frozen == 0 && c.Dispute.Stream == "" {
		t := domain.Say("账户未冻结，须写明关停纠纷", "the account is not frozen; name the dispute")
		return nil, domain.Refuse(domain.Conflict, rule.ClosurePayout, t, domain.Field{Pointer: "/body/dispute", Code: "not_closed", Message: t})
	}
	if err := s.covers(c.Amount); err != nil {
		return nil, err
	}
	return s.booked(DepositUsed{Amount: c.Amount, Order: c.Order.Stream, Dispute: c.Dispute.Stream, BankRef: c.BankRef}, c.BankRef)
}

// covers refuses more than there is.
func (s State) covers(amount money.Fen) error {
	if left := s.Balance(); amount > left {
		return badDeposit("/body/amount_fen", "above_balance", domain.Say("保证金余额 %s 元，不能超出", "the deposit is %s yuan; not more than that", left.Yuan()))
	}
	return nil
}

// decideReturn gives deposit back, down to the minimum or, where the account is
// wound up, to nothing.
func decideReturn(s State, m domain.Meta, c ReturnDeposit) ([]Event, error) {
	if err := s.mayMove(m, c.Amount); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/reason", c.Reason); err != nil {
		return nil, err
	}
	if err := s.covers(c.Amount); err != nil {
		return nil, err
	}
	if least := s.RequiredOn(calendar.DayOf(m.Effective)); s.Balance()-c.Amount < least && !c.WindingUp {
		return nil, badDeposit("/body/amount_fen", "below_minimum", domain.Say(
			"退还后余额 %s 元，低于最低额 %s 元；终止办学清算的请写明 winding_up", "it would leave %s yuan, less than the minimum of %s yuan; say winding_up where the account is wound up",
			(s.Balance()-c.Amount).Yuan(), least.Yuan()))
	}
	return s.booked(DepositReturned(c), c.BankRef)
}
