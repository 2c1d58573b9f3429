package escrow

import (
	"cmp"
	"strings"
	"unicode"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideAgreement takes the agreement down, by a mode that the division allows.
func decideAgreement(s State, c SignAgreement) ([]Event, error) {
	if s.Agreed != 0 {
		return nil, outOfStep("/target", "agreed", domain.Say("监管协议已于 %s 签订", "the agreement was signed on %s", s.Agreed))
	}
	if err := c.complete(); err != nil {
		return nil, err
	}
	return domain.OneFact[Event](AgreementSigned{
		Institution: c.Institution.Stream, Bank: c.Bank, BankName: strings.TrimSpace(c.BankName), Mode: c.Mode, Size: c.Size, Supervisor: c.Supervisor,
	}, demanded(c.Law.Policy, c.Mode, "/body/mode"))
}

// complete refuses an agreement that leaves something open.
func (c SignAgreement) complete() error {
	for _, f := range []struct{ pointer, value string }{
		{"/body/institution", c.Institution.Stream}, {"/body/bank", c.Bank}, {"/body/bank_name", c.BankName}, {"/body/mode", string(c.Mode)}, {"/body/size", string(c.Size)},
	} {
		if err := domain.Filled(f.pointer, f.value); err != nil {
			return err
		}
	}
	if !authority.BankCode(c.Bank) {
		return noBank("/body/bank", c.Bank)
	}
	if c.Supervisor == "" {
		return nil
	}
	if _, err := authority.ParseAgency(c.Supervisor); err != nil {
		return domain.BadField("/body/supervisor", "unknown_agency", domain.Say(
			"“%s”不是机关代码，例如 530427-education", "%q is no agency, such as 530427-education", c.Supervisor))
	}
	return nil
}

func noBank(pointer, code string) error {
	return domain.BadField(pointer, "bank_code", domain.Say(
		"“%s”不是银行代码，应为 2 至 16 个小写字母和数字、以字母开头，如 icbc", "%q is no code of a bank; it should be 2 to 16 lower-case letters and digits, a letter first, such as icbc", code))
}

// demanded refuses a mode that the policy of the division does not name. Custody
// and deposit in parallel has both, and may always be taken.
func demanded(p rule.Policy, mode term.EscrowMode, pointer string) error {
	if mode == term.BothModes || p.Has("escrow.modes", string(mode)) {
		return nil
	}
	allowed := p.Text("escrow.modes")
	t := domain.Say("本区域可采用的监管方式为 %s，不能采用“%s”", "the division takes %[1]s; %[3]s does not do", allowed, mode.Label().ZH, mode.Label().EN)
	return domain.Refuse(domain.Conflict, rule.FullCustody, t, domain.Field{Pointer: pointer, Code: "not_allowed", Message: t})
}

// decideOpening takes the account down, once.
func decideOpening(s State, c OpenAccount) ([]Event, error) {
	if s.Opened != 0 {
		return nil, outOfStep("/target", "opened", domain.Say("监管账户已于 %s 开立；换户请销户后另行签约", "the account was opened on %s; another one has an agreement of its own", s.Opened))
	}
	number, err := maskedNumber(c.MaskedNumber)
	return domain.OneFact[Event](AccountOpened{Institution: s.Institution, Bank: s.Bank, BankName: s.BankName, Mode: s.Mode, MaskedNumber: number}, err)
}

const mask, lastDigits = "****", 4

// masked reports whether a number is in the form that facts have: "****1234".
func masked(number string) bool {
	tail, ok := strings.CutPrefix(number, mask)
	return ok && len(tail) == lastDigits && strings.Trim(tail, "0123456789") == ""
}

// maskedNumber reads the last four digits of a number, with the mask before them
// or without, and refuses what holds more digits: a whole number must never be
// stored.
func maskedNumber(text string) (string, error) {
	text = strings.TrimSpace(text)
	if err := domain.Filled("/body/masked_number", text); err != nil {
		return "", err
	}
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if number := mask + strings.TrimPrefix(text, mask); masked(number) {
		return number, nil
	}
	if digits > lastDigits {
		return "", fullNumber("/body/masked_number", domain.Say(
			"不得登记完整账号：只写末四位，如 1234 或 ****1234", "a whole account number is not kept: write its last four digits alone, such as 1234 or ****1234"))
	}
	return "", domain.BadField("/body/masked_number", "masked_number", domain.Say(
		"应为账号末四位，如 1234 或 ****1234", "should be the last four digits of the number, such as 1234 or ****1234"))
}

func fullNumber(pointer string, t domain.Text) error {
	return domain.Refuse(domain.Invalid, rule.AccountNumber, t, domain.Field{Pointer: pointer, Code: "full_number", Message: t})
}

// decideFiling takes the filing down, once.
func decideFiling(s State, on calendar.Day, c FileAgreement) ([]Event, error) {
	if err := s.mustBeOpened(on); err != nil {
		return nil, err
	}
	switch {
	case s.Filed == 0:
		return []Event{AgreementFiled(c)}, nil
	case c.DocumentNo == "" || c.DocumentNo == s.FiledAs:
		return nil, nil
	}
	return nil, outOfStep("/body/document_no", "filed", domain.Say("监管协议已于 %s 备案，文号有误的请更正", "the agreement was filed on %s; correct its number where it is wrong", s.Filed))
}

// mustBeOpened refuses a step of an account that is not opened by a day.
func (s State) mustBeOpened(on calendar.Day) error {
	switch {
	case s.Opened == 0:
		return outOfStep("/target", "not_open", domain.Say("监管账户尚未开立，请先记录开户", "the account is not opened yet; record that first"))
	case on < s.Opened:
		return outOfStep("/effective", "before_opening", domain.Say("监管账户于 %s 开立，应不早于该日", "the account was opened on %s; not before that day", s.Opened))
	}
	return nil
}

// decideBreach puts a breach down that belongs to no order. What an order shows by
// itself is put down with it.
func decideBreach(s State, c NoteBreach) ([]Event, error) {
	switch c.Breach {
	case "":
		return nil, domain.Filled("/body/breach", "")
	case term.BreachMonths, term.BreachHours, term.BreachAmount, term.BreachEarly:
		t := domain.Say("“%s”按订单核对，不在账户上记录", "%[2]q is checked by order and not put down on the account", c.Breach.Label().ZH, c.Breach.Label().EN)
		e := domain.Refuse(domain.Conflict, rule.ChargingLimits, t, domain.Field{Pointer: "/body/breach", Code: "of_an_order", Message: t})
		e.Hint = domain.Say("请登记该订单（order.record），超限随订单记录", "record the order (order.record); what it exceeds is put down with it")
		return nil, e
	}
	e := BreachNoted{Institution: s.Institution, Breach: c.Breach, Value: c.Value, Limit: c.Limit, Note: c.Note}
	return domain.OneFact[Event](e, cmp.Or(domain.At("/body", e.Check()), domain.Filled("/body/note", c.Note)))
}

// decideFreeze stops movements. What is frozen is so already.
func decideFreeze(s State, on calendar.Day, c FreezeAccount) ([]Event, error) {
	if err := s.mustBeOpened(on); err != nil {
		return nil, err
	}
	if s.FrozenOn(on) != 0 {
		return nil, nil
	}
	return domain.OneFact[Event](Frozen(c), domain.Filled("/body/reason", c.Reason))
}

// decideUnfreezing lets money move. What is not frozen is so already.
func decideUnfreezing(s State, on calendar.Day, c UnfreezeAccount) ([]Event, error) {
	if err := s.mustBeOpened(on); err != nil {
		return nil, err
	}
	if s.FrozenOn(on) == 0 {
		return nil, nil
	}
	return domain.OneFact[Event](Unfrozen(c), domain.Filled("/body/reason", c.Reason))
}

// decideClosing ends the account: not while something is left in it, while it is
// frozen, or while an alert is open.
func decideClosing(s State, on calendar.Day, c CloseAccount) ([]Event, error) {
	if on < s.Latest {
		return nil, outOfStep("/effective", "before_last_step", domain.Say("账户最近一条记录在 %s，应不早于该日", "the latest fact of the account is of %s; not before that day", s.Latest))
	}
	if frozen := s.FrozenOn(on); frozen != 0 {
		t := domain.Say("监管账户自 %s 起冻结，解除冻结后才能销户", "the account has been frozen since %s; unfreeze it before it is closed", frozen)
		return nil, domain.Refuse(domain.Conflict, rule.AccountMovable, t, domain.Field{Pointer: "/target", Code: "frozen", Message: t})
	}
	if left := s.Balance(); left > 0 {
		return nil, outOfStep("/target", "deposit_left", domain.Say("保证金尚余 %s 元，退还或用于清退后才能销户", "%s yuan of deposit are left; return or use them before it is closed", left.Yuan()))
	}
	if c.Held > 0 {
		return nil, outOfStep("/target", "orders_left", domain.Say("该账户的订单还有 %s 元未了结，结清、退费或划转后才能销户", "%s yuan of its orders are unsettled; settle, refund or transfer them before it is closed", c.Held.Yuan()))
	}
	if open := s.openAlerts(); len(open) > 0 {
		return nil, badAlert("/target", "alert_open", domain.Say("预警 %d 尚未解除，解除后才能销户", "alert %d is open; close it before the account is closed", open[0].Number))
	}
	return domain.OneFact[Event](AccountClosed{Reason: c.Reason}, domain.Filled("/body/reason", c.Reason))
}
