package answer

import (
	"fmt"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/money"
	"minglu/domain/order"
	"minglu/domain/term"
)

func tellOrder(add func(string, line)) {
	tellLessons(add)
	tellRefund(add)
	add(tell(orderPaid))
	add(tell(chargeBreach))
	add(tell(fundsReleased))
	add(tell(func(e order.MovedIn) domain.Text {
		a := yuan(e.Amount)
		return stop(domain.Text{ZH: "账外资金 " + a.ZH + "转入专户", EN: a.EN + " collected outside moved into the account"})
	}))
	add(tell(func(e order.PaidOut) domain.Text {
		a := yuan(e.Amount)
		t := domain.Text{ZH: "关停清退 " + a.ZH, EN: "After the closure, " + a.EN + " paid out to the family"}
		if e.Deposit {
			t.ZH += "，由风险保证金支付"
			t.EN += " from the risk deposit"
		}
		return stop(whollyPaid(t, e.Whole))
	}))
	add(tell(func(e order.Transferred) domain.Text {
		a, unit := yuan(e.Amount), extent(e.Hours, e.ByPeriod)
		return stop(domain.Text{
			ZH: fmt.Sprintf("未消课的 %s（%s）划转到其他机构", a.ZH, unit.ZH),
			EN: fmt.Sprintf("%s for %s not delivered transferred to another institution", a.EN, unit.EN),
		})
	}))
	add(tell(func(e order.Settled) domain.Text {
		t := domain.Text{ZH: "订单结清", EN: "The order is settled"}
		if e.Amount > 0 {
			a := yuan(e.Amount)
			t.ZH += "，余额 " + a.ZH + "拨付机构"
			t.EN += "; the rest of " + a.EN + " is released to the institution"
		}
		if e.Outside > 0 {
			a := yuan(e.Outside)
			t.ZH += "，机构持有的 " + a.ZH + "归机构"
			t.EN += "; the " + a.EN + " that it holds are its own"
		}
		return stop(t)
	}))
	add(tell(func(e order.DeadlineMissed) domain.Text { return overdue(e.Missing) }))
	add(tell(func(e order.Corrected) domain.Text { return corrected(e.Correction) }))
	add(tell(func(e order.Annulled) domain.Text { return annulled(e.Annulment) }))
}

func tellLessons(add func(string, line)) {
	add(tell(func(e order.LessonDelivered) domain.Text {
		t := domain.Text{
			ZH: fmt.Sprintf("第 %d 次课（%d 课时）已授", e.Lesson, e.Hours),
			EN: fmt.Sprintf("Lesson %d (%s) given", e.Lesson, hoursEN(e.Hours)),
		}
		return stop(notified(t, e.Notice))
	}))
	add(tell(func(e order.ParentNotified) domain.Text {
		return stop(domain.Say("通知家长确认第 %d 次课（%s）", "The parent was asked to confirm lesson %d (%s)", e.Lesson, e.Notice))
	}))
	add(tell(func(e order.LessonConfirmed) domain.Text {
		if e.By == term.ByDeeming {
			return stop(domain.Say("第 %d 次课逾期视为确认", "Lesson %d is deemed confirmed: the period has passed", e.Lesson))
		}
		return stop(domain.Say("第 %d 次课由家长确认", "Lesson %d confirmed by the parent", e.Lesson))
	}))
	add(tell(func(e order.LessonDisputed) domain.Text {
		return because(domain.Say("家长对第 %d 次课提出异议，该次课的费用暂停拨付", "The family objects to lesson %d; its fee is held", e.Lesson), e.Reason)
	}))
	add(tell(func(e order.LessonJudged) domain.Text {
		t := domain.Say("第 %d 次课经审核不计", "Lesson %d was judged not to count", e.Lesson)
		if e.Counts {
			t = domain.Say("第 %d 次课经审核有效", "Lesson %d was judged to count", e.Lesson)
		}
		return because(t, e.Reason)
	}))
}

func tellRefund(add func(string, line)) {
	add(tell(func(e order.RefundRequested) domain.Text {
		c := e.Cause.Label()
		return because(domain.Text{ZH: "家长申请退费（" + c.ZH + "）", EN: "A refund is asked for, the cause being " + c.EN}, e.Reason)
	}))
	add(tell(func(e order.RefundWithdrawn) domain.Text {
		return because(domain.Text{ZH: "家长撤回退费申请", EN: "The request for a refund is withdrawn"}, e.Reason)
	}))
	add(tell(func(e order.RefundAgreed) domain.Text {
		by, a, value, price := e.By.Label(), yuan(e.Amount), yuan(e.Computation.Value), domain.Text{ZH: "实付价", EN: "the price paid"}
		if e.Computation.AtListPrice {
			price = domain.Text{ZH: "原价", EN: "the list price"}
		}
		return stop(domain.Text{
			ZH: fmt.Sprintf("同意退费 %s（%s）：已履行部分按%s计 %s", a.ZH, by.ZH, price.ZH, value.ZH),
			EN: fmt.Sprintf("Refund of %s agreed (%s): what was delivered is worth %s at %s", a.EN, by.EN, value.EN, price.EN),
		})
	}))
	add(tell(func(e order.RefundRefused) domain.Text {
		return because(domain.Text{ZH: "机构拒绝退费", EN: "The institution refuses the refund"}, e.Reason)
	}))
	add(tell(func(e order.RefundPaid) domain.Text {
		a, r := yuan(e.Amount), e.Route.Label()
		t := domain.Text{ZH: fmt.Sprintf("退费 %s，%s", a.ZH, r.ZH), EN: fmt.Sprintf("%s refunded %s", a.EN, r.EN)}
		if e.Outside > 0 {
			o := yuan(e.Outside)
			t.ZH += "，其中机构自付 " + o.ZH
			t.EN += ", of which the institution paid " + o.EN
		}
		return because(whollyPaid(t, e.Whole), e.Reason)
	}))
}

// orderPaid says what was paid, for how much, and whether into the account.
func orderPaid(e order.Paid) domain.Text {
	a, hours := yuan(e.Amount), extent(e.Hours, e.ByPeriod)
	t := domain.Text{ZH: fmt.Sprintf("收到预收费 %s（%s", a.ZH, hours.ZH), EN: fmt.Sprintf("Prepayment of %s received for %s", a.EN, hours.EN)}
	if e.TransferOf != "" {
		t = domain.Text{ZH: fmt.Sprintf("收到划转的预收费 %s（%s", a.ZH, hours.ZH), EN: fmt.Sprintf("Prepayment of %s transferred here for %s", a.EN, hours.EN)}
	}
	if e.Gifts > 0 {
		t.ZH += fmt.Sprintf("，其中赠送 %d", e.Gifts)
		t.EN += fmt.Sprintf(", %d of them a gift", e.Gifts)
	}
	t.ZH += "）"
	switch {
	case e.OffAccount:
		t.ZH += "，未进入监管账户"
		t.EN += ", not into the supervised account"
	case e.Deposit:
		t.ZH += "，由风险保证金担保"
		t.EN += ", covered by the risk deposit"
	}
	return stop(t)
}

// chargeBreach says which rule of charging was broken and by how much.
func chargeBreach(e order.BreachNoted) domain.Text {
	l := e.Breach.Label()
	t := domain.Text{ZH: "记录收费违规：" + l.ZH, EN: "Breach of the charging rules: " + l.EN}
	if e.Cumulative {
		t.ZH += "（与同一学员的其他订单合计）"
		t.EN += " (together with other orders of the pupil)"
	}
	switch {
	case e.Breach == term.BreachOffAccount && e.Value > 0:
		a := yuan(money.Fen(e.Value))
		t.ZH += "，" + a.ZH
		t.EN += ", " + a.EN
	case e.Limit > 0:
		value, limit := ofBreach(e.Breach, e.Value), ofBreach(e.Breach, e.Limit)
		t.ZH += fmt.Sprintf("，%s，上限 %s", value.ZH, limit.ZH)
		t.EN += fmt.Sprintf(", %s where %s are allowed", value.EN, limit.EN)
	}
	if e.Note != "" {
		t.ZH += "，" + e.Note
		t.EN += ", " + e.Note
	}
	return stop(t)
}

// ofBreach writes a value in the unit of the limit that was broken.
func ofBreach(b term.ChargeBreach, n int64) domain.Text {
	switch b {
	case term.BreachHours:
		return domain.Say("%d 课时", "%d class-hours", n)
	case term.BreachMonths, term.BreachEarly:
		return domain.Say("%d 天", "%d days", n)
	}
	return yuan(money.Fen(n))
}

func fundsReleased(e order.FundsReleased) domain.Text {
	a, policy := yuan(e.Amount), e.Policy.Label()
	t := domain.Text{ZH: fmt.Sprintf("拨付机构 %s（%s）", a.ZH, policy.ZH), EN: fmt.Sprintf("%s released to the institution (%s)", a.EN, policy.EN)}
	if e.Outside {
		t = domain.Text{ZH: fmt.Sprintf("机构持有的 %s归机构（%s）", a.ZH, policy.ZH), EN: fmt.Sprintf("%s that the institution holds are its own (%s)", a.EN, policy.EN)}
	}
	if len(e.Lessons) > 0 {
		numbers := make([]string, len(e.Lessons))
		for i, n := range e.Lessons {
			numbers[i] = strconv.Itoa(n)
		}
		t.ZH += "：第 " + strings.Join(numbers, "、") + " 次课"
		t.EN += " for lesson"
		if len(numbers) > 1 {
			t.EN += "s"
		}
		t.EN += " " + strings.Join(numbers, ", ")
	}
	return stop(t)
}

// notified says that the parent was asked, and how, where that was so.
func notified(t domain.Text, notice string) domain.Text {
	if notice == "" {
		return t
	}
	return domain.Text{ZH: t.ZH + "，已通知家长确认（" + notice + "）", EN: t.EN + "; the parent was asked to confirm (" + notice + ")"}
}

// whollyPaid says that nothing more of a refund is owed, where that is so.
func whollyPaid(t domain.Text, whole bool) domain.Text {
	if !whole {
		return t
	}
	return domain.Text{ZH: t.ZH + "，退费办结", EN: t.EN + "; the refund is complete"}
}

// extent writes how much of a course, in class-hours or days of a term.
func extent(n int, byPeriod bool) domain.Text {
	if byPeriod {
		return domain.Say("%d 天", "%d days", n)
	}
	return domain.Text{ZH: fmt.Sprintf("%d 课时", n), EN: hoursEN(n)}
}

func hoursEN(n int) string {
	if n == 1 {
		return "1 class-hour"
	}
	return fmt.Sprintf("%d class-hours", n)
}
