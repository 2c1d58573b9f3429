package order

import (
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func unreleasable(pointer, code string, t domain.Text) error {
	return against(rule.ReleaseLimit, pointer, code, t)
}

// decideRelease releases by the schedule of the division. What the institution
// holds outside becomes its own in the same way, without any movement.
func decideRelease(s State, m domain.Meta, on calendar.Day, c ReleaseFunds) ([]Event, error) {
	policy := term.ReleasePolicy(c.Law.Policy.Text("escrow.release"))
	if s.Refund.Pending() {
		return nil, unreleasable("/body", "refunding", domain.Say("退费正在办理，暂停拨付", "a refund is under way; nothing is released meanwhile"))
	}
	e := FundsReleased{Policy: policy, BankRef: c.BankRef, Outside: s.Held() == 0 && s.Outside() > 0}
	var err error
	if policy == term.ReleaseTiers {
		e.Amount, err = s.byTiers(on, c)
	} else {
		e.Lessons, e.Hours, e.Amount, err = s.byLessons(on, policy, c)
	}
	if err != nil {
		return nil, err
	}
	if err := s.covers(e); err != nil || e.Outside {
		return domain.OneFact[Event](e, err)
	}
	return domain.OneFact[Event](e, c.Held.MovableBy(m.Actor.Agency, "/target"))
}

// covers refuses to release more than lies where it comes from.
func (s State) covers(e FundsReleased) error {
	lies := s.Held()
	if e.Outside {
		lies = s.Outside()
	}
	if e.Amount <= lies {
		return nil
	}
	return unreleasable("/body/amount_fen", "too_much", domain.Say("专户中该订单只有 %s 元；账外部分应先转入", "only %s yuan are held for the order; move in what lies outside", lies.Yuan()))
}

// byLessons is the fee of the lessons that are named.
func (s State) byLessons(on calendar.Day, policy term.ReleasePolicy, c ReleaseFunds) (lessons []int, hours int, amount money.Fen, err error) {
	if len(c.Lessons) == 0 {
		return nil, 0, 0, domain.BadField("/body/lessons", "required", domain.Say("请写明拨付哪几次课的费用", "name the lessons whose fee is released"))
	}
	for i, n := range c.Lessons {
		pointer := "/body/lessons/" + strconv.Itoa(i)
		if slices.Contains(c.Lessons[:i], n) {
			return nil, 0, 0, domain.BadField(pointer, "twice", domain.Say("第 %d 次课写了两次", "lesson %d stands twice", n))
		}
		if err := s.releasable(n, pointer, on, policy); err != nil {
			return nil, 0, 0, err
		}
		hours += s.Lessons[n-1].Hours
	}
	// What tiers released before goes by no lesson; together they stay within
	// what is confirmed.
	fee := s.Fee(s.Released+hours) - s.Fee(s.Released)
	amount = min(fee, s.Releasable())
	switch {
	case policy == term.ReleaseAfterOrder && s.Confirmed() < s.Hours:
		err = unreleasable("/body", "not_complete", domain.Say("本地在整单确认后拨付，还有 %d 课时未确认", "released once the whole order is confirmed; %d class-hours are not", s.Hours-s.Confirmed()))
	case c.Amount != 0 && c.Amount != amount:
		err = unreleasable("/body/amount_fen", "differs", domain.Say("这些课时的费用为 %s 元（%d 分）", "the fee of these lessons is %s yuan (%d fen)", amount.Yuan(), int64(amount)))
	case fee == 0:
		err = unreleasable("/body/lessons", "no_fee", domain.Say("这些课时的费用不足一分，没有可拨付的金额", "the fee of these lessons is less than a fen; nothing is to be released"))
	case amount == 0:
		err = unreleasable("/body/lessons", "nothing", domain.Say("这些课时的费用已经拨付", "the fee of these lessons is released already"))
	}
	return c.Lessons, hours, amount, err
}

// releasable refuses a lesson that is not confirmed, or was released.
func (s State) releasable(number int, pointer string, on calendar.Day, policy term.ReleasePolicy) error {
	l, err := s.find(number)
	first := on.AddDays(1 - on.Day())
	switch {
	case err != nil:
		return err
	case l.Released != 0:
		return unreleasable(pointer, "released", domain.Say("第 %d 次课的费用已于 %s 拨付", "the fee of lesson %d was released on %s", number, l.Released))
	case l.Disputed != 0:
		return unreleasable(pointer, "disputed", domain.Say("家长对第 %d 次课有异议，该次课的费用暂停拨付", "the family objects to lesson %d; its fee is held", number))
	case l.Confirmed == 0:
		return unreleasable(pointer, "not_confirmed", domain.Say("第 %d 次课尚未确认", "lesson %d is not confirmed", number))
	case on < l.Confirmed:
		return unreleasable("/effective", "before_confirmation", domain.Say("第 %d 次课于 %s 确认，应不早于该日", "lesson %d was confirmed on %s; not before that day", number, l.Confirmed))
	case policy == term.ReleaseMonthly && l.Confirmed >= first:
		return unreleasable(pointer, "this_month", domain.Say("本地按月拨付，第 %d 次课自次月起拨付", "released monthly: lesson %d from the next month on", number))
	}
	return nil
}

// tiers are how many per cent of an order may be released in its first, second
// and all further months.
var tiers = []money.Fen{30, 60, 100}

// byTiers is an amount within the tier of the month and what is confirmed.
func (s State) byTiers(on calendar.Day, c ReleaseFunds) (money.Fen, error) {
	if len(c.Lessons) > 0 {
		return 0, domain.BadField("/body/lessons", "by_tiers", domain.Say("本地按月分档拨付，请写明金额，不写课时", "released by tiers: give the amount, no lessons"))
	}
	if err := positive("/body/amount_fen", c.Amount); err != nil {
		return 0, err
	}
	month := 0
	for month < len(tiers)-1 && on >= s.From.AddMonths(month+1) {
		month++
	}
	ceiling := s.Amount / 100 * tiers[month]
	if tiers[month] == 100 {
		ceiling = s.Amount
	}
	released := s.Sheet.Of(term.LedgerReleased)
	limit := max(min(ceiling, s.Fee(s.confirmedBy(on)))-released, 0)
	if c.Amount > limit {
		return 0, unreleasable("/body/amount_fen", "too_much", domain.Say(
			"第 %d 个月最多可拨付 %s 元（到本月 %d%%，且不超过已确认课时的费用）", "in month %d at most %s yuan (up to %d %% by now, never beyond what is confirmed)", month+1, limit.Yuan(), int(tiers[month])))
	}
	return c.Amount, nil
}

// decideSettlement ends the order once nothing more can come: everything
// delivered is confirmed, and the rest delivered, refunded, paid out or
// transferred. What is still held is the institution's.
func decideSettlement(s State, m domain.Meta, on calendar.Day, c Settle) ([]Event, error) {
	if s.Refund.Pending() {
		return nil, outOfStep("/body", "refunding", domain.Say("退费尚未办结", "a refund is under way"))
	}
	if on < s.Last {
		return nil, outOfStep("/effective", "before_last_step", domain.Say("最近一步在 %s，应不早于该日", "the latest step was on %s; not before that day", s.Last))
	}
	if n := s.unconfirmed(); n != 0 {
		return nil, unreleasable("/body", "not_confirmed", domain.Say("第 %d 次课尚未确认或者有异议", "lesson %d is not confirmed, or disputed", n))
	}
	if left := s.Undelivered(); left > 0 {
		return nil, outOfStep("/body", "undelivered", domain.Say("还有 %s 元未消课，也未退费或划转", "%s yuan are neither delivered nor refunded nor transferred", left.Yuan()))
	}
	e := Settled{Amount: s.Held(), Outside: s.Outside(), BankRef: c.BankRef}
	if e.Amount == 0 {
		return []Event{e}, nil
	}
	return domain.OneFact[Event](e, c.Held.MovableBy(m.Actor.Agency, "/target"))
}

// unconfirmed is the number of a lesson that was given and is not confirmed, or
// is disputed; 0 where there is none.
func (s State) unconfirmed() int {
	return 1 + slices.IndexFunc(s.Lessons, func(l Lesson) bool { return l.On != 0 && l.Void == 0 && l.Confirmed == 0 })
}
