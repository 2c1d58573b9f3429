package order

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideRequest asks for a refund. Within the cooling-off period it is owed at
// once.
func decideRequest(s State, m domain.Meta, on calendar.Day, c RequestRefund) ([]Event, error) {
	if s.Refund.Pending() {
		return nil, outOfStep("/body", "pending", domain.Say("已于 %s 申请退费，正在办理", "a refund was asked for on %s and is under way", s.Refund.Requested))
	}
	if c.Cause == "" {
		return nil, domain.Filled("/body/cause", "")
	}
	c.Cause = s.causeOf(c.Cause)
	until := s.CoolingOff(c.Law)
	quote, err := s.QuoteOn(on, until, c.Cause)
	switch {
	case err != nil:
		return nil, err
	case quote.Refund == 0:
		return nil, against(rule.RefundAmount, "/body", "nothing", domain.Say("已全部履行或退清，没有可退的金额", "nothing is left to refund"))
	}
	e := RefundRequested{Institution: s.Institution, Cause: c.Cause, Reason: c.Reason}
	if on <= until {
		start, err := clocks(c.Law, term.RefundPayment, "", on, m.Actor.Agency)
		return []Event{e, RefundAgreed{By: term.ByCoolingOff, Amount: quote.Refund, Computation: quote, Clocks: start}}, err
	}
	e.Clocks, err = clocks(c.Law, term.RefundAnswer, "", on, m.Actor.Agency)
	return domain.OneFact[Event](e, err)
}

// CoolingOff returns the last day on which the family may have its money back
// without reason; no day where the service had been received before.
func (s State) CoolingOff(l rule.Law) calendar.Day {
	if s.Before {
		return 0
	}
	return s.PaidOn.AddDays(l.Policy.Int("escrow.cooling_off_days"))
}

// QuoteOn is the quote of a refund that is asked for on a day. Within the
// cooling-off, of which the last day is given, what was delivered is priced as
// paid, whoever is the cause.
func (s State) QuoteOn(on, coolingOff calendar.Day, cause term.RefundCause) (Computation, error) {
	if on <= coolingOff {
		return s.Quote(term.CauseOperator)
	}
	return s.Quote(s.causeOf(cause))
}

// causeOf is the cause of a refund: once refunded, only what was judged since is
// still owed, and by the cause of then.
func (s State) causeOf(cause term.RefundCause) term.RefundCause {
	if s.Over != 0 {
		return s.Refund.Cause
	}
	return cause
}

// mustBeAsked refuses a step of a refund that is not under way, or before it was.
func (s State) mustBeAsked(on calendar.Day) error {
	switch since := max(s.Refund.Requested, s.Refund.Agreed); {
	case !s.Refund.Pending():
		return outOfStep("/body", "no_refund", domain.Say("没有正在办理的退费", "no refund is under way"))
	case on < since:
		return outOfStep("/effective", "before_request", domain.Say("退费于 %s 申请或同意，应不早于该日", "the refund was asked for or agreed on %s; not before that day", since))
	}
	return nil
}

func decideWithdrawal(s State, on calendar.Day, c WithdrawRefund) ([]Event, error) {
	if err := s.mustBeAsked(on); err != nil {
		return nil, err
	}
	if s.Refund.Paid+s.Refund.Out > 0 {
		return nil, outOfStep("/body", "paid", domain.Say("已支付部分退费，不能撤回", "part of the refund is paid"))
	}
	return []Event{RefundWithdrawn{Reason: c.Reason}}, nil
}

// decideAgreement says that a refund is owed: not less than by the rule, not more
// than is left. After a refusal the authority may decide so too.
func decideAgreement(s State, m domain.Meta, on calendar.Day, c AgreeRefund) ([]Event, error) {
	refused := c.By == term.ByAuthority && s.Refund.Refused != 0 && on >= s.Refund.Refused
	if err := s.mustBeAsked(on); err != nil && !refused {
		return nil, err
	}
	if s.Refund.Agreed != 0 {
		return nil, s.sameAgreement(c.Amount)
	}
	if err := s.mayAgree(m, on, c); err != nil {
		return nil, err
	}
	quote, err := s.Quote(s.Refund.Cause)
	switch {
	case err != nil:
		return nil, err
	case quote.Refund == 0:
		return nil, against(rule.RefundAmount, "/body", "nothing", domain.Say(
			"申请后已全部履行或付清，没有可退的金额；请撤回申请或者拒绝退费", "nothing is left to refund since it was asked for: withdraw or refuse it"))
	}
	amount, err := s.agreed(quote, c.Amount)
	if err != nil {
		return nil, err
	}
	e := RefundAgreed{By: c.By, Amount: amount, Computation: quote}
	e.Clocks, err = clocks(c.Law, term.RefundPayment, "", on, m.Actor.Agency)
	return domain.OneFact[Event](e, err)
}

// sameAgreement refuses another amount than the one that was agreed.
func (s State) sameAgreement(asked *money.Fen) error {
	if asked == nil || *asked == s.Refund.Amount {
		return nil
	}
	return against(rule.RefundAnswer, "/body/amount_fen", "agreed", domain.Say(
		"已于 %s 同意退费 %s 元", "%[2]s yuan were agreed on %[1]s", s.Refund.Agreed, s.Refund.Amount.Yuan()))
}

func (s State) mayAgree(m domain.Meta, on calendar.Day, c AgreeRefund) error {
	switch c.By {
	case term.ByInstitution:
		return nil
	case term.ByAuthority:
		if who, err := authority.ParseAgency(m.Actor.Agency); err != nil || who.Department == term.Bank || who.Department == term.PlatformDept {
			return against(rule.RefundAnswer, "/actor/agency", "not_authority", domain.Say("审核退费由主管部门办理", "the authority reviews it"))
		}
		return nil
	case term.BySilence:
		running, _ := s.Clocks.Find(term.RefundAnswer, "") // as long as it is asked for and not agreed
		return runOut(rule.RefundAnswer, c.Law, running, on, domain.Text{ZH: "机构可在 %s 前（含当日）答复，逾期才视为同意", EN: "the institution may answer until %s"})
	}
	return domain.BadField("/body/by", "choice", domain.Say("应为 institution、deemed 或 authority", "should be institution, deemed or authority"))
}

func (s State) agreed(quote Computation, asked *money.Fen) (money.Fen, error) {
	if asked == nil {
		return quote.Refund, nil
	}
	left := s.Held() + s.Outside()
	switch {
	case *asked < quote.Refund:
		return 0, against(rule.RefundAmount, "/body/amount_fen", "too_little", domain.Say("依规则应退 %s 元（%d 分），不能更少", "the rule gives %s yuan (%d fen); not less", quote.Refund.Yuan(), int64(quote.Refund)))
	case *asked > left:
		return 0, against(rule.RefundAmount, "/body/amount_fen", "too_much", domain.Say("订单只剩 %s 元", "only %s yuan are left of the order", left.Yuan()))
	}
	return *asked, nil
}

// decideRefusal records that the institution refuses, within its time, or that
// nothing is left to refund.
func decideRefusal(s State, on calendar.Day, c RefuseRefund) ([]Event, error) {
	if err := s.mustBeAsked(on); err != nil {
		return nil, err
	}
	if s.Refund.Agreed != 0 {
		return nil, against(rule.RefundAnswer, "/body", "agreed", domain.Say("退费已于 %s 同意，不能再拒绝", "the refund was agreed on %s", s.Refund.Agreed))
	}
	running, _ := s.Clocks.Find(term.RefundAnswer, "")
	due, _, err := lastDay(c.Law, running)
	if err != nil {
		return nil, err
	}
	quote, err := s.Quote(s.Refund.Cause)
	if err != nil {
		return nil, err
	}
	if due != 0 && on > due && quote.Refund > 0 {
		return nil, against(rule.RefundAnswer, "/effective", "too_late", domain.Say("答复期限已于 %s 届满，视为同意", "the time to answer ran out on %s; it counts as agreed", due))
	}
	return domain.OneFact[Event](RefundRefused{Reason: c.Reason}, domain.Filled("/body/reason", c.Reason))
}

// decideRefund pays back, by the original route unless a reason is given, never
// more than was agreed or lies where it comes from.
func decideRefund(s State, m domain.Meta, on calendar.Day, c PayRefund) ([]Event, error) {
	if err := s.mustBeAsked(on); err != nil {
		return nil, err
	}
	if s.Refund.Agreed == 0 {
		return nil, outOfStep("/body", "not_agreed", domain.Say("退费尚未同意", "the refund is not agreed"))
	}
	if err := positive("/body/amount_fen", c.Amount); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/route", string(c.Route)); err != nil {
		return nil, err
	}
	if c.Route == term.OtherRoute {
		if err := domain.Filled("/body/reason", c.Reason); err != nil {
			return nil, err
		}
	}
	owed := s.Refund.Owed()
	held := c.Amount - c.Outside
	switch {
	case c.Amount > owed:
		return nil, against(rule.RefundAmount, "/body/amount_fen", "too_much", domain.Say("还应退 %s 元", "%s yuan are still owed", owed.Yuan()))
	case c.Outside < 0 || c.Outside > c.Amount || c.Outside > s.Outside():
		return nil, against(rule.RefundAmount, "/body/outside_fen", "too_much", domain.Say("机构持有的该订单资金为 %s 元", "the institution holds %s yuan of the order", s.Outside().Yuan()))
	case held > s.Held():
		return nil, against(rule.RefundAmount, "/body/amount_fen", "not_held", domain.Say("专户中该订单只有 %s 元，其余由机构支付（outside_fen）", "only %s yuan are held; the institution pays the rest (outside_fen)", s.Held().Yuan()))
	}
	e := RefundPaid{Amount: c.Amount, Outside: c.Outside, Route: c.Route, Reason: c.Reason, BankRef: c.BankRef, Whole: c.Amount == owed}
	if held == 0 {
		return []Event{e}, nil
	}
	return domain.OneFact[Event](e, c.Held.MovableBy(m.Actor.Agency, "/target"))
}

// decidePayout pays a family once the institution has closed: its account is
// frozen, or a dispute is named. From the deposit it pays no more than was used
// of that for the order.
func decidePayout(s State, m domain.Meta, c PayOut) ([]Event, error) {
	if err := positive("/body/amount_fen", c.Amount); err != nil {
		return nil, err
	}
	lies := s.Held()
	if c.Deposit {
		lies = s.Outside()
	}
	limit := min(s.Undelivered(), lies)
	used := max(c.Held.ForOrder-s.FromDeposit, 0)
	open := c.Held
	open.Frozen = 0
	if err := open.MovableBy(m.Actor.Agency, "/target"); err != nil {
		return nil, err
	}
	switch {
	case c.Held.Frozen == 0 && c.Dispute.Stream == "":
		return nil, against(rule.ClosurePayout, "/body/dispute", "not_closed", domain.Say("账户未冻结，须写明关停纠纷", "the account is not frozen; name the dispute"))
	case c.Amount > limit:
		return nil, against(rule.ClosurePayout, "/body/amount_fen", "too_much", domain.Say("该订单最多可清退 %s 元", "at most %s yuan of the order are paid out", limit.Yuan()))
	case c.Deposit && c.Amount > used:
		return nil, against(rule.ClosurePayout, "/body/amount_fen", "above_deposit", domain.Say(
			"已为该订单动用保证金、尚未支付的为 %s 元；请先动用保证金（escrow.use-deposit）", "%s yuan of deposit were used for the order and are not paid out; use the deposit first (escrow.use-deposit)", used.Yuan()))
	}
	whole := s.Refund.Pending() && s.Refund.Agreed != 0 && c.Amount >= s.Refund.Owed()
	return []Event{PaidOut{Amount: c.Amount, Deposit: c.Deposit, Dispute: c.Dispute.Stream, BankRef: c.BankRef, Whole: whole}}, nil
}

// decideTransfer moves what is not delivered to another institution: what is
// held, or under a risk deposit what the institution holds.
func decideTransfer(s State, m domain.Meta, c Transfer) ([]Event, error) {
	outside := s.Deposit && s.Held() < s.Undelivered()
	if err := s.mayGo(c, outside); err != nil {
		return nil, err
	}
	lies := s.Held()
	if outside {
		lies = s.Outside()
	}
	amount := min(lies, s.Undelivered())
	if amount == 0 {
		return nil, outOfStep("/body", "nothing", domain.Say("没有未消课的资金可以划转", "nothing undelivered is left to transfer"))
	}
	if err := c.There.MovableBy(m.Actor.Agency, "/body/to"); err != nil {
		return nil, err
	}
	e := Transferred{
		To: c.To.Stream, Hours: s.Hours - s.Delivered(), Amount: amount, Outside: outside, BankRef: c.BankRef, PaidOn: s.PaidOn, Before: s.Before,
		Pupil: s.Pupil, Course: s.Course, Class: s.Class, ByPeriod: s.ByPeriod, PeriodFrom: s.From, PeriodTo: s.To, ListPrice: s.ListPrice,
	}
	if outside {
		return []Event{e}, nil
	}
	return domain.OneFact[Event](e, c.Held.MovableBy(m.Actor.Agency, "/target"))
}

// mayGo refuses to transfer an order of which it is open what was delivered or
// where its money lies, and one that would leave custody.
func (s State) mayGo(c Transfer, outside bool) error {
	switch open := s.unconfirmed(); {
	case s.Refund.Pending():
		return outOfStep("/body", "refunding", domain.Say("退费正在办理，不能划转", "a refund is under way"))
	case s.Over != 0:
		return outOfStep("/body", "refunded", domain.Say("订单已于 %s 退清，不再划转；其后仍应退的另行申请退费", "the order was refunded on %s; what is owed since is refunded too", s.Over))
	case s.Moved.To != "":
		return outOfStep("/body", "transferred", domain.Say("订单已经划转", "the order was transferred already"))
	case c.To.Stream == "" || c.To.Stream == s.Account || c.There.Institution == s.Institution:
		return domain.BadField("/body/to", "same", domain.Say("请写明另一家机构的监管账户", "name the account of another institution"))
	case open != 0:
		return outOfStep("/body", "not_confirmed", domain.Say("第 %d 次课尚未确认或者有异议，确认或者审核后才能划转", "lesson %d is not confirmed, or disputed; only after that it is transferred", open))
	case !s.Deposit && s.Outside() > 0:
		return against(rule.FullCustody, "/body", "outside", domain.Say("账外还有 %s 元，转入专户后才能划转", "%s yuan lie outside; move them into the account first", s.Outside().Yuan()))
	case !outside && c.There.Mode == term.RiskDeposit:
		return against(rule.FullCustody, "/body/to", "no_custody", domain.Say("专户中的资金不能划转到风险保证金方式的账户", "what is in custody does not go to an account with a deposit alone"))
	}
	return nil
}
