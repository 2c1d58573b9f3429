package order

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of an order.
type Command interface{ orderCommand() }

// Acts lists what may be asked.
var Acts = []domain.ActType{
	domain.Creates[Record]("order.record", authority.Prepay, domain.Text{ZH: "记录预收费订单", EN: "record a prepaid order"}).Seen(domain.Joint).By(rule.FullCustody, rule.AccountMovable, rule.AccountBank, rule.OpaquePupil, rule.PersonalData, rule.ChargingLimits, rule.OrderSteps),
	domain.On[NoteBreach]("order.note-breach", authority.Custody, domain.Text{ZH: "记录收费违规", EN: "note a breach of the charging rules"}).Seen(domain.Joint).By(rule.ChargingLimits, rule.OrderSteps),
	domain.On[DeliverLesson]("order.deliver-lesson", authority.Prepay, domain.Text{ZH: "记录授课", EN: "record a lesson"}).Seen(domain.Joint).By(rule.PersonalData, rule.OrderSteps, rule.AccountBank),
	domain.On[NotifyParent]("order.notify-parent", authority.Prepay, domain.Text{ZH: "通知家长确认", EN: "ask the parent to confirm"}).Seen(domain.Joint).By(rule.LessonConfirmation, rule.PersonalData, rule.OrderSteps, rule.AccountBank),
	domain.On[ConfirmLesson]("order.confirm-lesson", authority.Prepay, domain.Text{ZH: "确认课时", EN: "confirm a lesson"}).Seen(domain.Joint).By(rule.LessonConfirmation, rule.PersonalData, rule.OrderSteps, rule.AccountBank),
	domain.On[DisputeLesson]("order.dispute-lesson", authority.Prepay, domain.Text{ZH: "记录对课时的异议", EN: "record an objection to a lesson"}).Seen(domain.Joint).By(rule.LessonConfirmation, rule.OrderSteps, rule.AccountBank),
	domain.On[JudgeLesson]("order.judge-lesson", authority.Clear, domain.Text{ZH: "审核有异议的课时", EN: "judge a disputed lesson"}).Seen(domain.Joint).By(rule.LessonConfirmation, rule.OrderSteps),
	domain.On[ReleaseFunds]("order.release-funds", authority.Pay, domain.Text{ZH: "拨付", EN: "release funds"}).Seen(domain.Joint).By(rule.ReleaseLimit, rule.AccountMovable, rule.AccountBank, rule.PersonalData, rule.OrderSteps),
	domain.On[MoveIn]("order.move-in", authority.Pay, domain.Text{ZH: "账外资金转入专户", EN: "move money into the account"}).Seen(domain.Joint).By(rule.FullCustody, rule.AccountMovable, rule.AccountBank, rule.PersonalData, rule.OrderSteps),
	domain.On[RequestRefund]("order.request-refund", authority.Prepay, domain.Text{ZH: "申请退费", EN: "request a refund"}).Seen(domain.Joint).By(rule.RefundAmount, rule.OrderSteps, rule.AccountBank),
	domain.On[WithdrawRefund]("order.withdraw-refund", authority.Prepay, domain.Text{ZH: "撤回退费申请", EN: "withdraw the request for a refund"}).Seen(domain.Joint).By(rule.OrderSteps, rule.AccountBank),
	domain.On[AgreeRefund]("order.agree-refund", authority.Prepay, domain.Text{ZH: "同意退费", EN: "agree to a refund"}).Seen(domain.Joint).By(rule.RefundAnswer, rule.RefundAmount, rule.OrderSteps, rule.AccountBank),
	domain.On[RefuseRefund]("order.refuse-refund", authority.Prepay, domain.Text{ZH: "拒绝退费", EN: "refuse a refund"}).Seen(domain.Joint).By(rule.RefundAnswer, rule.OrderSteps, rule.AccountBank),
	domain.On[PayRefund]("order.pay-refund", authority.Pay, domain.Text{ZH: "支付退费", EN: "pay a refund"}).Seen(domain.Joint).By(rule.RefundAmount, rule.AccountMovable, rule.AccountBank, rule.PersonalData, rule.OrderSteps),
	domain.On[PayOut]("order.pay-out", authority.Clear, domain.Text{ZH: "关停清退", EN: "pay out after a closure"}).Seen(domain.Joint).By(rule.ClosurePayout, rule.AccountMovable, rule.PersonalData, rule.OrderSteps),
	domain.On[Transfer]("order.transfer", authority.Clear, domain.Text{ZH: "划转到其他机构", EN: "transfer to another institution"}).Seen(domain.Joint).By(rule.FullCustody, rule.AccountMovable, rule.PersonalData, rule.OrderSteps),
	domain.On[Settle]("order.settle", authority.Prepay, domain.Text{ZH: "订单结清", EN: "settle the order"}).Seen(domain.Joint).By(rule.ReleaseLimit, rule.AccountMovable, rule.AccountBank, rule.PersonalData, rule.OrderSteps),
	domain.On[MissDeadline]("order.miss-deadline", authority.Clockwork, domain.Text{ZH: "记录逾期", EN: "record a missed deadline"}).Seen(domain.Joint).By(clock.MissedRule),
	domain.On[Correct]("order.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).Seen(domain.Joint).By(clock.ExtensionRule, rule.PersonalData, rule.OrderSteps),
	domain.On[Annul]("order.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}).Seen(domain.Joint).By(rule.OrderSteps),
}

// OnAccount is embedded by commands that must know the supervised account on
// their effective day.
type OnAccount struct {
	Held rule.SupervisedAccount `json:"-"`
}

// Supervised puts the account into the command.
func (a *OnAccount) Supervised(held rule.SupervisedAccount) { a.Held = held }

// Record takes an order down that a family has paid.
type Record struct {
	rule.Under
	OnAccount
	Account    domain.Ref   `json:"account"`
	Pupil      string       `json:"pupil"`
	Course     string       `json:"course"`
	Group      string       `json:"group,omitempty"`
	Class      term.Class   `json:"class,omitempty"` // that of the institution where left out
	Hours      int          `json:"hours"`
	Gifts      int          `json:"gift_hours,omitempty"`
	ByPeriod   bool         `json:"by_period,omitempty"`
	PeriodFrom calendar.Day `json:"period_from"`
	PeriodTo   calendar.Day `json:"period_to"`
	Amount     money.Fen    `json:"amount_fen"`
	ListPrice  money.Fen    `json:"list_price_fen,omitempty"`
	PaidOn     calendar.Day `json:"paid_on,omitzero"` // the effective day where left out
	OffAccount bool         `json:"off_account,omitempty"`
	Contract   string       `json:"contract"`
	Number     string       `json:"number,omitempty"` // that of the platform or of the contract
	TransferOf domain.Ref   `json:"transfer_of,omitzero"`
	BankRef    string       `json:"bank_ref,omitempty"`

	Others    []rule.OpenOrder `json:"-"`
	Of        term.Class       `json:"-"`
	ComesFrom Transferred      `json:"-"`
}

// Refs returns the references of the command.
func (c *Record) Refs() []domain.Reference {
	return []domain.Reference{
		{Ref: &c.Account, Kinds: []string{"escrow"}, Pointer: "/body/account"},
		{Ref: &c.TransferOf, Kinds: []string{"order"}, Pointer: "/body/transfer_of"},
	}
}

// Beside puts in what else the same pupil has paid for the same course, and the
// class of the institution.
func (c *Record) Beside(others []rule.OpenOrder, of term.Class) { c.Others, c.Of = others, of }

// Continues puts in how the order that this one goes on was transferred; zero
// where it was not.
func (c *Record) Continues(t Transferred) { c.ComesFrom = t }

// NoteBreach notes a breach that the figures of the order did not show when it
// was recorded. One of a limit has the value and the limit.
type NoteBreach struct {
	Breach term.ChargeBreach `json:"breach"`
	Note   string            `json:"note"`
	Value  int64             `json:"value,omitempty"`
	Limit  int64             `json:"limit,omitempty"`
}

// DeliverLesson records a lesson of some class-hours, or days of a period.
// Without a notice the parent is asked later.
type DeliverLesson struct {
	rule.Under
	OnAccount
	Heard
	Hours  int    `json:"hours"`
	Notice string `json:"notice,omitempty"`
}

// NotifyParent asks the parent to confirm a lesson.
type NotifyParent struct {
	rule.Under
	OnAccount
	Heard
	Lesson int    `json:"lesson"`
	Notice string `json:"notice"`
}

// Heard is embedded by commands that give notice to a parent, whose time does not
// begin before the register hears of it: nobody's silence is made after the fact.
type Heard struct {
	// Told is the day on which the register hears of it; zero where history is
	// imported.
	Told calendar.Day `json:"-"`
}

// HeardOn puts in the day on which the register hears of the notice.
func (h *Heard) HeardOn(on calendar.Day) { h.Told = on }

// ConfirmLesson says that a lesson counts.
type ConfirmLesson struct {
	rule.Under
	OnAccount
	Lesson int              `json:"lesson"`
	By     term.ConfirmedBy `json:"by"`
	Notice string           `json:"notice,omitempty"`
}

// DisputeLesson records what the family objects to.
type DisputeLesson struct {
	OnAccount
	Lesson int    `json:"lesson"`
	Reason string `json:"reason"`
}

// JudgeLesson ends a dispute over a lesson.
type JudgeLesson struct {
	Lesson int    `json:"lesson"`
	Counts bool   `json:"counts"`
	Reason string `json:"reason"`
}

// ReleaseFunds releases the fee of confirmed lessons, or by the schedule of
// tiers an amount.
type ReleaseFunds struct {
	rule.Under
	OnAccount
	Lessons []int     `json:"lessons,omitempty"`
	Amount  money.Fen `json:"amount_fen,omitempty"`
	BankRef string    `json:"bank_ref,omitempty"`
}

// MoveIn records money that was collected outside and came into the account.
type MoveIn struct {
	OnAccount
	Amount  money.Fen `json:"amount_fen"`
	BankRef string    `json:"bank_ref,omitempty"`
}

// RequestRefund asks for what is not delivered.
type RequestRefund struct {
	rule.Under
	OnAccount
	Cause  term.RefundCause `json:"cause"`
	Reason string           `json:"reason,omitempty"`
}

// WithdrawRefund takes the request back.
type WithdrawRefund struct {
	OnAccount
	Reason string `json:"reason,omitempty"`
}

// AgreeRefund says that the refund is owed. Without an amount it is what the
// rule gives.
type AgreeRefund struct {
	rule.Under
	OnAccount
	By     term.AgreedBy `json:"by"`
	Amount *money.Fen    `json:"amount_fen,omitempty"`
}

// RefuseRefund says that the institution refuses.
type RefuseRefund struct {
	rule.Under
	OnAccount
	Reason string `json:"reason"`
}

// PayRefund pays money back.
type PayRefund struct {
	OnAccount
	Amount  money.Fen        `json:"amount_fen"`
	Outside money.Fen        `json:"outside_fen,omitempty"`
	Route   term.RefundRoute `json:"route"`
	Reason  string           `json:"reason,omitempty"`
	BankRef string           `json:"bank_ref,omitempty"`
}

// PayOut pays a family after its institution has closed. From the deposit it is
// what was used of that for the order (escrow.use-deposit).
type PayOut struct {
	OnAccount
	Amount  money.Fen  `json:"amount_fen"`
	Deposit bool       `json:"deposit,omitempty"`
	Dispute domain.Ref `json:"dispute,omitzero"`
	BankRef string     `json:"bank_ref,omitempty"`
}

// Refs returns the references of the command.
func (p *PayOut) Refs() []domain.Reference {
	return []domain.Reference{{Ref: &p.Dispute, Kinds: []string{"dispute"}, Pointer: "/body/dispute"}}
}

// Transfer moves what is not delivered to the account of another institution.
type Transfer struct {
	OnAccount
	To      domain.Ref `json:"to"`
	BankRef string     `json:"bank_ref,omitempty"`

	There rule.SupervisedAccount `json:"-"`
}

// Refs returns the references of the command.
func (t *Transfer) Refs() []domain.Reference {
	return []domain.Reference{{Ref: &t.To, Kinds: []string{"escrow"}, Pointer: "/body/to"}}
}

// Receives puts the account that receives the money into the command.
func (t *Transfer) Receives(a rule.SupervisedAccount) { t.There = a }

// Settle ends the order.
type Settle struct {
	OnAccount
	BankRef string `json:"bank_ref,omitempty"`
}

// MissDeadline records that a last day has passed.
type MissDeadline struct{ clock.Missing }

// Correct replaces one member of an earlier fact.
type Correct struct {
	domain.Correction
	// Goes tells that the order was transferred, or goes on another one: what both
	// tell is then not corrected in one.
	Goes bool `json:"-"`
}

// GoesOn puts in whether the order was transferred or goes on another one.
func (c *Correct) GoesOn(goes bool) { c.Goes = goes }

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

func (Record) orderCommand()         {}
func (NoteBreach) orderCommand()     {}
func (DeliverLesson) orderCommand()  {}
func (NotifyParent) orderCommand()   {}
func (ConfirmLesson) orderCommand()  {}
func (DisputeLesson) orderCommand()  {}
func (JudgeLesson) orderCommand()    {}
func (ReleaseFunds) orderCommand()   {}
func (MoveIn) orderCommand()         {}
func (RequestRefund) orderCommand()  {}
func (WithdrawRefund) orderCommand() {}
func (AgreeRefund) orderCommand()    {}
func (RefuseRefund) orderCommand()   {}
func (PayRefund) orderCommand()      {}
func (PayOut) orderCommand()         {}
func (Transfer) orderCommand()       {}
func (Settle) orderCommand()         {}
func (MissDeadline) orderCommand()   {}
func (Correct) orderCommand()        {}
func (Annul) orderCommand()          {}
