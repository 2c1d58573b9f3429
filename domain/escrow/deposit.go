package escrow

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decidePayment takes deposit in.
func decidePayment(s State, m domain.Meta, on calendar.Day, c PayDeposit) ([]Event, error) {
	if err := s.mustBeOwnBank(m.Actor.Agency); err != nil {
		return nil, err
	}
	if err := s.mayMove(on, c.Amount); err != nil {
		return nil, err
	}
	return s.booked(DepositPaid(c))
}

// mustBeOwnBank refuses another bank than the one that keeps the account.
func (s State) mustBeOwnBank(agency string) error {
	a, err := authority.ParseAgency(agency)
	if err != nil || a.Department != term.Bank || a.Bank == s.Bank {
		return err
	}
	return domain.Refuse(domain.Forbidden, rule.AccountBank, domain.Say("账户开在%s（%s），其他银行不能记录", "the account is kept by %s (%s); other banks record nothing on it", s.BankName, s.Bank),
		domain.Field{Pointer: "/actor/agency", Code: "other_bank", Message: domain.Say("应为银行 %s", "should be the bank %s", s.Bank)})
}

// mayMove refuses an amount of nothing, deposit where the mode has none, and an
// account that is not open or frozen.
func (s State) mayMove(on calendar.Day, amount money.Fen) error {
	if err := s.mayHave(amount); err != nil {
		return err
	}
	return s.On(on).Movable("/target")
}

func (s State) mayHave(amount money.Fen) error {
	if err := s.mustHaveDeposit(); err != nil {
		return err
	}
	if amount <= 0 {
		return domain.BadField("/body/amount_fen", "not_positive", domain.Say("金额应大于零", "the amount should be above zero"))
	}
	return nil
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

// booked returns a fact that the books can take.
func (s State) booked(e interface {
	Event
	book.Booked
}) ([]Event, error) {
	_, err := s.Deposit.Enter(e.Books().Entries...)
	return domain.OneFact[Event](e, domain.At("/body/amount_fen", err))
}

// decideMinimum sets the minimum.
func decideMinimum(s State, on calendar.Day, c AdjustDeposit) ([]Event, error) {
	if err := s.mustHaveDeposit(); err != nil {
		return nil, err
	}
	if c.Required < 0 {
		return nil, domain.BadField("/body/required_fen", "negative", domain.Say("最低额不能为负", "a minimum is not negative"))
	}
	if err := domain.Filled("/body/basis", c.Basis); err != nil {
		return nil, err
	}
	if n := len(s.Minimums); n > 0 && s.Minimums[n-1] == (Minimum{From: s.Minimums[n-1].From, Amount: c.Required, Basis: c.Basis}) {
		return nil, nil
	}
	return []Event{DepositAdjusted(c)}, nil
}

// decideUse pays families. A freeze does not stop it.
func decideUse(s State, on calendar.Day, c UseDeposit) ([]Event, error) {
	if err := s.mayHave(c.Amount); err != nil {
		return nil, err
	}
	account := s.On(on)
	account.Frozen = 0
	if err := account.Movable("/target"); err != nil {
		return nil, err
	}
	if err := s.covers(c.Amount); err != nil {
		return nil, err
	}
	return s.booked(DepositUsed{Amount: c.Amount, Dispute: c.Dispute.Stream, BankRef: c.BankRef})
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
func decideReturn(s State, on calendar.Day, c ReturnDeposit) ([]Event, error) {
	if err := s.mayMove(on, c.Amount); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/reason", c.Reason); err != nil {
		return nil, err
	}
	if err := s.covers(c.Amount); err != nil {
		return nil, err
	}
	if least := s.RequiredOn(on); s.Balance()-c.Amount < least && !c.WindingUp {
		return nil, badDeposit("/body/amount_fen", "below_minimum", domain.Say(
			"退还后余额 %s 元，低于最低额 %s 元；终止办学清算的请写明 winding_up", "it would leave %s yuan, less than the minimum of %s yuan; say winding_up where the account is wound up",
			(s.Balance()-c.Amount).Yuan(), least.Yuan()))
	}
	return s.booked(DepositReturned(c))
}
