package statement

import (
	"encoding/json"
	"fmt"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "statement", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	switch c := c.(type) {
	case BookLine:
		return decideLine(s, m, c)
	case Correct:
		return domain.OneFact[Event](Corrected(c), correctable(c.Correction))
	case Annul:
		return domain.OneFact[Event](Annulled(c), domain.Filled("/body/reason", c.Reason))
	}
	panic(fmt.Sprintf("statement does not know the command %T", c))
}

func decideLine(s State, m domain.Meta, c BookLine) ([]Event, error) {
	line := LineBooked{
		Account: c.Account.Stream, Serial: c.Serial, Amount: c.Amount, Balance: c.Balance, Kind: c.Kind, Reference: c.Reference,
	}
	for _, check := range []func() error{
		func() error { return domain.At("/body", line.Check()) },
		func() error { return ownBank(m.Actor.Agency, c.Account.Bank) },
		func() error { return movable(c) },
		func() error { return once(s, m, c.Serial) },
		func() error { return follows(s, c) },
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return []Event{line}, nil
}

// ownBank refuses a bank that does not keep the account. The platform and the
// authority may book what any bank says.
func ownBank(agency, keeper string) error {
	a, err := authority.ParseAgency(agency)
	if err != nil {
		return err
	}
	if a.Keeps(keeper) {
		return nil
	}
	t := domain.Say("%s 不是该监管账户的开户银行，只有开户银行（机关代码如 %s）可以登记该账户的流水",
		"%s does not keep this account; its lines are booked by the bank that does, such as %s", agency, string(a.Division)+"-bank-"+keeper)
	if a.Bank == "" {
		t = domain.Say("%s 没有写明是哪家银行，应写成 %s 的形式", "%s does not say which bank it is; write it like %s", agency, string(a.Division)+"-bank-icbc")
	}
	return domain.Refuse(domain.Forbidden, rule.AccountBank, t, domain.Field{Pointer: "/actor/agency", Code: "other_bank", Message: t})
}

// movable refuses lines of days on which the account was not open or was closed.
// While it is frozen money may come in, the bank may book interest and fees, and
// families may be paid out.
func movable(c BookLine) error {
	a := c.Account
	switch c.Kind {
	case term.MovementInterest, term.MovementFee, term.MovementPayout:
		a.Frozen = 0
	}
	if c.Amount > 0 {
		a.Frozen = 0
	}
	return a.Movable("/target")
}

func once(s State, m domain.Meta, serial string) error {
	if !s.Booked(serial) {
		return nil
	}
	return breach("/body/serial", "serial_booked", domain.Say("流水号“%s”在 %s 已登记过；有误的，请更正或作废原记录",
		"the serial %q of %s is booked already; correct or annul that line if it is wrong", serial, calendar.DayOf(m.Effective)))
}

// follows refuses a balance that is not that of the line before with the amount.
func follows(s State, c BookLine) error {
	want, err := s.After(c.Amount)
	switch {
	case err != nil:
		return domain.At("/body/amount_fen", err)
	case want == nil, c.Balance == nil, *want == *c.Balance:
		return nil
	}
	return breach("/body/balance_fen", "balance", domain.Say("余额不连续：上一笔之后加本笔应为 %s 元，对账单为 %s 元；可能缺少流水或次序颠倒",
		"the balance does not follow: expected %s yuan after this line, got %s; a line is missing or they are out of order", want.Yuan(), c.Balance.Yuan()))
}

func breach(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.BankStatement, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// identity is what makes a line that line.
var identity = rule.Frozen{
	Members: []string{"account", "serial"}, By: rule.BankStatement,
	Instead: domain.Text{ZH: "账户和流水号不能更正；有误的，作废后重新登记", EN: "account and serial are not corrected; annul the line and book it anew"},
}

// correctable refuses a correction of what makes the line, and says of a
// reference where it stands in the act; [LineBooked.Check] looks at all members.
func correctable(c domain.Correction) error {
	if err := rule.Correctable(c, identity); err != nil {
		return err
	}
	var number string
	if c.Field != "reference" || json.Unmarshal(c.Is, &number) != nil {
		return nil // the store refuses a value of another type
	}
	return referring("/body/is", number)
}
