package order

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/ident"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "order", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal. What it lets
// through leaves the ledger sound.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	facts, err := decide(s, m, c)
	if err != nil {
		return nil, err
	}
	for _, e := range facts {
		if _, ok := e.(domain.Amendment); ok {
			return facts, nil // folded in, and asked whether it is sound, by the store
		}
		s = Evolve(s, m, e)
	}
	if err := s.Sound(); err != nil {
		return nil, err
	}
	return facts, nil
}

func decide(s State, m domain.Meta, c Command) ([]Event, error) {
	on := calendar.DayOf(m.Effective)
	if err := impersonal(c); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case Record:
		return decideRecord(s, m, on, c)
	case MissDeadline:
		fact, ok, err := s.Clocks.Miss(on, c.Missing)
		if err != nil || !ok {
			return nil, err
		}
		return []Event{DeadlineMissed{fact}}, nil
	case Correct:
		return domain.OneFact[Event](Corrected{c.Correction}, s.correctable(c))
	case Annul:
		return domain.OneFact[Event](Annulled(c), domain.Filled("/body/reason", c.Reason))
	}
	if err := s.mustBeOpen(on); err != nil {
		return nil, err
	}
	if a, ok := c.(interface{ account() rule.SupervisedAccount }); ok {
		if err := ownBank(m.Actor.Agency, a.account()); err != nil {
			return nil, err
		}
	}
	switch c := c.(type) {
	case NoteBreach:
		return decideBreach(s, c)
	case DeliverLesson:
		return decideDelivery(s, m, on, c)
	case NotifyParent:
		return decideNotice(s, m, on, c)
	case ConfirmLesson:
		return decideConfirmation(s, on, c)
	case DisputeLesson:
		return decideObjection(s, on, c)
	case JudgeLesson:
		return decideJudgement(s, on, c)
	case ReleaseFunds:
		return decideRelease(s, m, on, c)
	case MoveIn:
		return decideMoveIn(s, m, c)
	case RequestRefund:
		return decideRequest(s, m, on, c)
	case WithdrawRefund:
		return decideWithdrawal(s, on, c)
	case AgreeRefund:
		return decideAgreement(s, m, on, c)
	case RefuseRefund:
		return decideRefusal(s, on, c)
	case PayRefund:
		return decideRefund(s, m, on, c)
	case PayOut:
		return decidePayout(s, m, c)
	case Transfer:
		return decideTransfer(s, m, c)
	case Settle:
		return decideSettlement(s, m, on, c)
	}
	panic(fmt.Sprintf("order does not know the command %T", c))
}

func (a OnAccount) account() rule.SupervisedAccount { return a.Held }

// mustBeOpen refuses a step of what was not recorded, before it, or after its
// end.
func (s State) mustBeOpen(on calendar.Day) error {
	switch {
	case s.PaidOn == 0:
		return domain.Refuse(domain.NotFound, rule.OrderSteps, domain.Say("没有这份订单", "there is no such order"))
	case on < s.PaidOn:
		return outOfStep("/effective", "before_payment", domain.Say("订单于 %s 付款，应不早于该日", "it was paid on %s; not before that day", s.PaidOn))
	case on < s.Since:
		return outOfStep("/effective", "before_transfer", domain.Say("订单于 %s 划转到本机构，应不早于该日", "the order was transferred here on %s; not before that day", s.Since))
	case s.Ended != 0:
		return outOfStep("/body", "ended", domain.Say("订单已于 %s 结清", "the order was settled on %s", s.Ended))
	}
	return nil
}

func outOfStep(pointer, code string, t domain.Text) error {
	return against(rule.OrderSteps, pointer, code, t)
}

func against(r domain.Rule, pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, r, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// ownBank refuses a bank that does not keep the account.
func ownBank(agency string, a rule.SupervisedAccount) error {
	who, err := authority.ParseAgency(agency)
	if err != nil || who.Keeps(a.Bank) {
		return err
	}
	t := domain.Say("该监管账户不在 %s", "the account is not kept by %s", agency)
	return domain.Refuse(domain.Forbidden, rule.AccountBank, t, domain.Field{Pointer: "/actor/agency", Code: "other_bank", Message: t})
}

var opaque = regexp.MustCompile(`^[0-9a-f]{32,64}$`)

// decideRecord takes an order down, and what it exceeds.
func decideRecord(s State, m domain.Meta, on calendar.Day, c Record) ([]Event, error) {
	if s.PaidOn != 0 {
		return nil, outOfStep("/target", "recorded", domain.Say("订单已经记录", "the order is recorded already"))
	}
	c.Course = Course(c.Course)
	c.PaidOn = cmp.Or(c.PaidOn, c.ComesFrom.PaidOn, on)
	if err := c.check(on); err != nil {
		return nil, err
	}
	if err := ownBank(m.Actor.Agency, c.Held); err != nil {
		return nil, err
	}
	if err := c.received(m.Actor.Agency); err != nil {
		return nil, err
	}
	e := c.fact()
	facts := []Event{e}
	if c.TransferOf.Stream != "" {
		return facts, nil // paid once, under the limits of that day
	}
	for _, x := range c.Law.Exceeds(c.charge(e)) {
		facts = append(facts, BreachNoted{Institution: e.Institution, Breach: x.Cap, Cumulative: x.Cumulative, Value: x.Value, Limit: x.Limit})
	}
	if c.OffAccount {
		facts = append(facts, BreachNoted{Institution: e.Institution, Breach: term.BreachOffAccount, Value: int64(c.Amount)})
	}
	return facts, nil
}

// Course returns the form of a course in which orders name it, so that the same
// one is the same however it was spaced.
func Course(s string) string { return ident.NormaliseName(s) }

// check refuses what an order cannot be.
func (c Record) check(on calendar.Day) error {
	if err := domain.Filled("/body/account", c.Account.Stream); err != nil {
		return err
	}
	if !opaque.MatchString(c.Pupil) {
		t := domain.Say("学员应写平台给出的不可识别编号（32 至 64 位小写十六进制），不得写姓名、电话或证件号", "the pupil is an opaque reference of 32 to 64 lower-case hexadecimal digits, never a name or number of a person")
		return domain.Refuse(domain.Invalid, rule.OpaquePupil, t, domain.Field{Pointer: "/body/pupil", Code: "not_opaque", Message: t})
	}
	if err := domain.Filled("/body/course", c.Course); err != nil {
		return err
	}
	if err := domain.Filled("/body/contract", c.Contract); err != nil {
		return err
	}
	if c.PaidOn > on {
		return domain.BadField("/body/paid_on", "future", domain.Say("付款日应不晚于 %s", "not after %s", on))
	}
	if c.OffAccount && c.TransferOf.Stream != "" {
		return against(rule.FullCustody, "/body/off_account", "transfer", domain.Say("划转的资金应进入监管账户", "what is transferred goes into the account"))
	}
	return domain.At("/body", c.fact().Check())
}

// received refuses an order whose money cannot have come where it says: the
// account cannot take it, or the transfer it goes on was not made so.
func (c Record) received(agency string) error {
	if from := c.ComesFrom; c.TransferOf.Stream != "" {
		switch {
		case from.To != c.Account.Stream || from.Amount != c.Amount || from.Pupil != c.Pupil:
			return outOfStep("/body/transfer_of", "not_transferred", domain.Say("该订单没有为这名学员向本账户划转这一金额", "that order did not transfer this amount to the account for this pupil"))
		case from.PaidOn != 0 && from.PaidOn != c.PaidOn:
			return outOfStep("/body/paid_on", "paid_before", domain.Say("划转的订单于 %s 付款，付款日不变", "the order that was transferred was paid on %s, and stays so", from.PaidOn))
		}
	}
	if c.OffAccount {
		return nil
	}
	return c.Held.MovableBy(agency, "/body/account")
}

func (c Record) fact() Paid {
	class := c.Class
	if class == "" {
		class = c.Of
	}
	return Paid{
		Account: c.Account.Stream, Institution: c.Held.Institution, Pupil: c.Pupil, Course: c.Course, Group: c.Group, Class: class,
		Hours: c.Hours, Gifts: c.Gifts, ByPeriod: c.ByPeriod, PeriodFrom: c.PeriodFrom, PeriodTo: c.PeriodTo,
		Amount: c.Amount, ListPrice: c.ListPrice, PaidOn: c.PaidOn, OffAccount: c.OffAccount,
		Deposit: c.Held.Mode == term.RiskDeposit && !c.OffAccount, Contract: c.Contract, Number: c.Number, Before: c.receivedBefore(), TransferOf: c.TransferOf.Stream, BankRef: c.BankRef,
	}
}

// receivedBefore reports whether the service had been received before the family
// paid: of an order that goes on another, before that was paid.
func (c Record) receivedBefore() bool {
	if c.TransferOf.Stream != "" {
		return c.ComesFrom.Before
	}
	for _, o := range c.Others {
		if o.Received {
			return true
		}
	}
	return false
}

func (c Record) charge(e Paid) rule.Charge {
	hours := e.Hours
	if e.ByPeriod {
		hours = 0
	}
	return rule.Charge{Class: e.Class, Hours: hours, Amount: e.Amount, From: e.PeriodFrom, To: e.PeriodTo, PaidOn: e.PaidOn, Others: c.Others}
}

// decideBreach notes what the figures of an order did not show when it was
// recorded. A limit is reckoned then: by hand it is noted where a correction has
// made the order exceed it, once for each value.
func decideBreach(s State, c NoteBreach) ([]Event, error) {
	if c.Breach == "" {
		return nil, domain.Filled("/body/breach", "")
	}
	e := BreachNoted{Institution: s.Institution, Breach: c.Breach, Note: c.Note, Value: c.Value, Limit: c.Limit}
	switch {
	case c.Value > int64(rule.MaxAmount):
		return nil, within("/body/value", money.Fen(c.Value))
	case c.Limit > int64(rule.MaxAmount):
		return nil, within("/body/limit", money.Fen(c.Limit))
	}
	if err := domain.At("/body", e.Check()); err != nil {
		return nil, err
	}
	switch c.Breach {
	case term.BreachMonths, term.BreachHours, term.BreachAmount, term.BreachEarly:
		if err := s.exceeds(c); err != nil {
			return nil, err
		}
	}
	return domain.OneFact[Event](e, domain.Filled("/body/note", c.Note))
}

// exceeds refuses a breach of a limit that does not say by how much, or that
// stands already.
func (s State) exceeds(c NoteBreach) error {
	same := func(b Breach) bool { return b.Breach == c.Breach && b.Value == c.Value }
	switch {
	case c.Limit <= 0 || c.Value <= c.Limit:
		return against(rule.ChargingLimits, "/body/breach", "reckoned", domain.Say(
			"这一项在记录订单时由登记核算；订单更正后超限的，请写明数值（value）和上限（limit）", "this one is reckoned when the order is recorded; where a correction has made it so, give the value and the limit below it"))
	case slices.ContainsFunc(s.Breaches, same):
		return against(rule.ChargingLimits, "/body/value", "stands", domain.Say("这一违规已有记录", "the breach stands already"))
	}
	return nil
}

func decideMoveIn(s State, m domain.Meta, c MoveIn) ([]Event, error) {
	if err := positive("/body/amount_fen", c.Amount); err != nil {
		return nil, err
	}
	if c.Amount > s.Outside() {
		return nil, against(rule.FullCustody, "/body/amount_fen", "too_much", domain.Say("账外只有 %s 元", "only %s yuan lie outside", s.Outside().Yuan()))
	}
	return domain.OneFact[Event](MovedIn{Amount: c.Amount, BankRef: c.BankRef}, c.Held.MovableBy(m.Actor.Agency, "/target"))
}

// clocks returns the clock that begins, as facts hold it.
func clocks(l rule.Law, key term.Clock, lesson string, from calendar.Day, agency string) ([]clock.Start, error) {
	start, err := l.Start(key, from, agency)
	start.Part = lesson
	return []clock.Start{start}, err
}
