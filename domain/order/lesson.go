package order

import (
	"strconv"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// find returns a lesson by its number, or refuses.
func (s State) find(number int) (Lesson, error) {
	if !s.has(number) {
		t := domain.Say("没有第 %d 次课", "there is no lesson %d", number)
		return Lesson{}, domain.Refuse(domain.NotFound, rule.OrderSteps, t, domain.Field{Pointer: "/body/lesson", Code: "unknown", Message: t})
	}
	return s.Lessons[number-1], nil
}

// decideDelivery records a lesson, and begins the period of the parent where
// notice was given with it: not before the register hears of it.
func decideDelivery(s State, m domain.Meta, on calendar.Day, c DeliverLesson) ([]Event, error) {
	left := s.Hours - s.taken()
	switch {
	case s.Refund.Pending() && s.Refund.Agreed != 0:
		return nil, outOfStep("/body", "refunding", domain.Say("退费已经同意，不能再记录授课", "the refund is agreed; no lesson is recorded any more"))
	case s.Over != 0, s.Moved.To != "":
		return nil, outOfStep("/body", "over", domain.Say("订单已退费或划转，不能再记录授课", "the order was refunded or transferred"))
	case c.Hours <= 0:
		return nil, domain.BadField("/body/hours", "range", domain.Say("课时应大于零", "above zero"))
	case c.Hours > left:
		return nil, outOfStep("/body/hours", "too_many", domain.Say("订单只剩 %d 课时", "only %d class-hours are left", left))
	}
	e := LessonDelivered{Lesson: len(s.Lessons) + 1, Hours: c.Hours, Notice: c.Notice}
	var err error
	if c.Notice != "" {
		e.Clocks, err = clocks(c.Law, term.LessonConfirmation, part(e.Lesson), max(on, c.Told), m.Actor.Agency)
	}
	return domain.OneFact[Event](e, err)
}

// decideNotice asks the parent to confirm a lesson; asked again, the first period
// runs on.
func decideNotice(s State, m domain.Meta, on calendar.Day, c NotifyParent) ([]Event, error) {
	l, err := s.find(c.Lesson)
	switch {
	case err != nil:
		return nil, err
	case l.Confirmed != 0 || !l.Counted():
		return nil, unconfirmable(c.Lesson, l)
	case l.Notified != 0:
		return nil, nil
	case on < l.On:
		return nil, beforeLesson(l)
	}
	if err := domain.Filled("/body/notice", c.Notice); err != nil {
		return nil, err
	}
	e := ParentNotified{Lesson: c.Lesson, Notice: c.Notice}
	e.Clocks, err = clocks(c.Law, term.LessonConfirmation, part(c.Lesson), max(on, c.Told), m.Actor.Agency)
	return domain.OneFact[Event](e, err)
}

func beforeLesson(l Lesson) error {
	return outOfStep("/effective", "before_lesson", domain.Say("该次课在 %s，应不早于该日", "the lesson was on %s; not before that day", l.On))
}

func unconfirmable(number int, l Lesson) error {
	t := domain.Say("第 %d 次课已经确认", "lesson %d is confirmed already", number)
	switch {
	case l.Void != 0:
		t = domain.Say("第 %d 次课经审核不计", "lesson %d was judged not to count", number)
	case l.Disputed != 0:
		t = domain.Say("家长对第 %d 次课有异议，须由主管部门审核", "the family objects to lesson %d; the authority judges it", number)
	}
	return against(rule.LessonConfirmation, "/body/lesson", "not_to_confirm", t)
}

// decideConfirmation confirms a lesson, once: the parent's word ends an objection
// too; deemed it is only after the whole period of which notice was given.
func decideConfirmation(s State, on calendar.Day, c ConfirmLesson) ([]Event, error) {
	l, err := s.find(c.Lesson)
	switch {
	case err != nil:
		return nil, err
	case on < l.On:
		return nil, beforeLesson(l)
	case l.Confirmed != 0 && (c.By == l.By || c.By == term.ByParent):
		return nil, nil
	case l.Void != 0, l.Confirmed != 0 && c.By == term.ByDeeming, l.Disputed != 0 && c.By == term.ByDeeming:
		return nil, unconfirmable(c.Lesson, l)
	}
	e := LessonConfirmed{Lesson: c.Lesson, By: c.By, Notice: c.Notice}
	switch c.By {
	case term.ByParent:
		return []Event{e}, nil
	case term.ByDeeming:
		return domain.OneFact[Event](e, s.silent(c.Law, on, c.Lesson, l))
	}
	return nil, domain.Filled("/body/by", "")
}

// silent refuses to deem a lesson confirmed before the period has passed, or
// where the parent was never asked.
func (s State) silent(law rule.Law, on calendar.Day, number int, l Lesson) error {
	c, ok := s.Clocks.Last(term.LessonConfirmation, part(number)) // it ends where that it ran out is on record
	if l.Notified == 0 || !ok {
		return against(rule.LessonConfirmation, "/body/lesson", "not_notified", domain.Say("没有通知家长，不能视为确认", "the parent was not asked; it cannot be deemed"))
	}
	return runOut(rule.LessonConfirmation, law, c, on, domain.Text{ZH: "家长可在 %s 前（含当日）确认或提出异议", EN: "the parent may answer until %s"})
}

// runOut refuses what silence alone brings about, until the last day of a clock
// has passed. until is the sentence with that day.
func runOut(by domain.Rule, l rule.Law, c clock.Clock, on calendar.Day, until domain.Text) error {
	due, awaits, err := lastDay(l, c)
	switch {
	case err != nil:
		return err
	case awaits != 0:
		return against(by, "/effective", "no_calendar", domain.Say(
			"%s 年的工作日历尚未公布，不能确定期限；公布后再办理", "the calendar of %s is not published, so that the last day is not known; wait until it is", strconv.Itoa(awaits)))
	case on <= due:
		return against(by, "/effective", "too_early", domain.Say(until.ZH, until.EN, due))
	}
	return nil
}

// lastDay is the last day of a clock; of one that awaits a calendar by the one in
// force, or the year that is still without.
func lastDay(l rule.Law, c clock.Clock) (due calendar.Day, awaits int, err error) {
	if c.Due != 0 {
		return c.Due, 0, nil
	}
	return l.Again(c, 0)
}

// decideObjection takes down what the family objects to: any lesson that they
// have not confirmed themselves and whose fee is not released.
func decideObjection(s State, on calendar.Day, c DisputeLesson) ([]Event, error) {
	l, err := s.find(c.Lesson)
	switch {
	case err != nil:
		return nil, err
	case on < l.On:
		return nil, beforeLesson(l)
	case l.Disputed != 0:
		return nil, nil
	case l.Released != 0, l.By == term.ByDeeming && s.Sheet.Of(term.LedgerReleased) > s.Fee(s.Confirmed()-l.Hours):
		return nil, against(rule.LessonConfirmation, "/body/lesson", "released", domain.Say("该次课的费用已拨付，请另行投诉或者申请退费", "its fee is released; complain, or ask for a refund"))
	case l.Void != 0, l.By == term.ByParent:
		return nil, unconfirmable(c.Lesson, l)
	}
	return domain.OneFact[Event](LessonDisputed{Lesson: c.Lesson, Reason: c.Reason, Deemed: l.By == term.ByDeeming}, domain.Filled("/body/reason", c.Reason))
}

// decideJudgement ends an objection.
func decideJudgement(s State, on calendar.Day, c JudgeLesson) ([]Event, error) {
	l, err := s.find(c.Lesson)
	switch {
	case err != nil:
		return nil, err
	case l.Disputed == 0:
		return nil, against(rule.LessonConfirmation, "/body/lesson", "not_disputed", domain.Say("第 %d 次课没有异议", "nobody objects to lesson %d", c.Lesson))
	case on < l.Disputed:
		return nil, outOfStep("/effective", "before_objection", domain.Say("异议于 %s 提出，应不早于该日", "the objection is of %s; not before that day", l.Disputed))
	}
	e := LessonJudged{Lesson: c.Lesson, Counts: c.Counts, Reason: c.Reason}
	if !e.Counts {
		e.Hours = l.Hours
	}
	return domain.OneFact[Event](e, domain.Filled("/body/reason", c.Reason))
}
