package statement

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/money"
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
	for _, check := range []func() error{
		func() error { return numbered(c.Serial) },
		func() error { return impersonal("/body/reference", c.Reference) },
		func() error { return moves(c.Amount) },
		func() error { return ownBank(m.Actor.Agency, c.Account.Bank) },
		func() error { return movable(c) },
		func() error { return once(s, m, c.Serial) },
		func() error { return follows(s, c) },
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return []Event{LineBooked{
		Account: c.Account.Stream, Serial: c.Serial, Amount: c.Amount, Balance: c.Balance, Kind: c.Kind, Reference: c.Reference,
	}}, nil
}

// moves refuses a line that moves nothing.
func moves(amount money.Fen) error {
	if amount == 0 {
		return domain.BadField("/body/amount_fen", "zero", domain.Say("流水金额不能为零", "a line moves an amount that is not zero"))
	}
	return nil
}

// maxNumber is the longest serial and the longest reference, in bytes.
const maxNumber = 64

// numbered refuses a serial that is empty or tells who somebody is. Numbers of
// persons are not looked for in it: banks make serials of their branch, the day
// and a count, which look like them.
func numbered(serial string) error {
	if err := domain.Filled("/body/serial", serial); err != nil {
		return err
	}
	return wordless("/body/serial", serial)
}

func wordless(pointer, number string) error {
	switch {
	case len(number) > maxNumber:
		return domain.BadField(pointer, "too_long", domain.Say("最长 %d 字节，现有 %d 字节", "it has at most %d bytes, not %d", maxNumber, len(number)))
	case strings.ContainsFunc(number, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		return domain.BadField(pointer, "words", domain.Say(
			"只填编号，不填文字：付款人、收款人和学员的姓名不得进入名录", "a number and no words: no name of a payer, a payee or a pupil comes into the register"))
	}
	return nil
}

// impersonal refuses a reference that tells who somebody is.
func impersonal(pointer, reference string) error {
	if err := wordless(pointer, reference); err != nil {
		return err
	}
	for _, f := range ident.Detect(reference) {
		if f.Kind != ident.BankCard || ofCard(reference[f.Start:f.End]) {
			return domain.BadField(pointer, "personal_number", domain.Say(
				"含有疑似电话、身份证或银行卡的号码，不得进入名录", "it holds what seems to be the number of a telephone, an identity card or a bank card"))
		}
	}
	return nil
}

// ofCard reports whether a number that has the length and the check digit of one
// of a bank card begins like one too. Numbers of orders have that length as
// well, one in ten the check digit, and mostly begin with a year.
func ofCard(number string) bool {
	first, _ := utf8.DecodeRuneInString(number)
	return strings.ContainsRune("3456３４５６", first)
}

// ownBank refuses a bank that does not keep the account. The platform and the
// authority may book what any bank says.
func ownBank(agency, keeper string) error {
	a, err := authority.ParseAgency(agency)
	if err != nil {
		return err
	}
	if a.Department != term.Bank || a.Bank != "" && a.Bank == keeper {
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
	case c.Balance == nil:
		return nil
	case want == nil:
		_, err := c.Balance.Sub(c.Amount) // what the day began with
		return domain.At("/body/balance_fen", err)
	case *want == *c.Balance:
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

// correctable refuses what would not have been booked in the first place.
func correctable(c domain.Correction) error {
	if err := rule.Correctable(c, identity); err != nil {
		return err
	}
	if c.Field != "reference" {
		return nil
	}
	var number string
	if json.Unmarshal(c.Is, &number) != nil {
		return nil // the store refuses a value of another type
	}
	return impersonal("/body/is", number)
}
