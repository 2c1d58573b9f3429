package order

import (
	"fmt"
	"regexp"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
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
		return domain.OneFact[Event](Corrected(c), rule.Correctable(c.Correction, rule.FrozenPeriods, frozenParts))
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
		return decideRelease(s, on, c)
	case MoveIn:
		return decideMoveIn(s, c)
	case RequestRefund:
		return decideRequest(s, m, on, c)
	case WithdrawRefund:
		return decideWithdrawal(s, on, c)
	case AgreeRefund:
		return decideAgreement(s, m, on, c)
	case RefuseRefund:
		return decideRefusal(s, on, c)
	case PayRefund:
		return decideRefund(s, on, c)
	case PayOut:
		return decidePayout(s, c)
	case Transfer:
		return decideTransfer(s, c)
	case Settle:
		return decideSettlement(s, on, c)
	}
	panic(fmt.Sprintf("order does not know the command %T", c))
}

// frozenParts are members that other facts of the order go by.
var frozenParts = rule.Frozen{
	Members: []string{"account", "institution", "pupil", "lesson", "lessons", "transfer_of", "to"}, By: rule.OrderSteps,
	Instead: domain.Text{ZH: "账户、学员和课时序号不以更正改变：作废后重新记录", EN: "account, pupil and lesson are not corrected: annul the fact and record it anew"},
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
	if err != nil || who.Department != term.Bank || who.Bank != "" && who.Bank == a.Bank {
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
	if c.PaidOn == 0 {
		c.PaidOn = on
	}
	if err := c.check(on); err != nil {
		return nil, err
	}
	if err := ownBank(m.Actor.Agency, c.Held); err != nil {
		return nil, err
	}
	if err := c.received(); err != nil {
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
	return domain.At("/body", c.fact().Check())
}

// received refuses an order whose money cannot have come where it says: the
// account cannot take it, or the transfer it goes on was not made so.
func (c Record) received() error {
	if from := c.ComesFrom; c.TransferOf.Stream != "" && (from.To != c.Account.Stream || from.Amount != c.Amount || from.Pupil != c.Pupil) {
		return outOfStep("/body/transfer_of", "not_transferred", domain.Say("该订单没有为这名学员向本账户划转这一金额", "that order did not transfer this amount to the account for this pupil"))
	}
	if c.OffAccount {
		if c.TransferOf.Stream == "" {
			return nil
		}
		return against(rule.FullCustody, "/body/off_account", "transfer", domain.Say("划转的资金应进入监管账户", "what is transferred goes into the account"))
	}
	return c.Held.Movable("/body/account")
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
		Deposit: c.Held.Mode == term.RiskDeposit && !c.OffAccount, Contract: c.Contract, Before: c.receivedBefore(), TransferOf: c.TransferOf.Stream, BankRef: c.BankRef,
	}
}

func (c Record) receivedBefore() bool {
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

// decideBreach notes what the figures of an order do not show.
func decideBreach(s State, c NoteBreach) ([]Event, error) {
	switch c.Breach {
	case term.BreachMonths, term.BreachHours, term.BreachAmount, term.BreachEarly:
		return nil, against(rule.ChargingLimits, "/body/breach", "reckoned", domain.Say("这一项在记录订单时由登记核算", "this one is reckoned when the order is recorded"))
	case "":
		return nil, domain.Filled("/body/breach", "")
	}
	if c.Value < 0 {
		return nil, domain.BadField("/body/value", "range", domain.Say("不能小于零", "not below zero"))
	}
	if c.Limit < 0 {
		return nil, domain.BadField("/body/limit", "range", domain.Say("不能小于零", "not below zero"))
	}
	return domain.OneFact[Event](BreachNoted{Institution: s.Institution, Breach: c.Breach, Note: c.Note, Value: c.Value, Limit: c.Limit}, domain.Filled("/body/note", c.Note))
}

func decideMoveIn(s State, c MoveIn) ([]Event, error) {
	if err := positive("/body/amount_fen", c.Amount); err != nil {
		return nil, err
	}
	if c.Amount > s.Outside() {
		return nil, against(rule.FullCustody, "/body/amount_fen", "too_much", domain.Say("账外只有 %s 元", "only %s yuan lie outside", s.Outside().Yuan()))
	}
	return domain.OneFact[Event](MovedIn{Amount: c.Amount, BankRef: c.BankRef}, c.Held.Movable("/target"))
}

// clocks returns the clock that begins, as facts hold it.
func clocks(l rule.Law, key term.Clock, lesson string, from calendar.Day, agency string) ([]clock.Start, error) {
	start, err := l.Start(key, from, agency)
	start.Part = lesson
	return []clock.Start{start}, err
}
