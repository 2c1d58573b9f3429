package order_test

import (
	"strings"
	"testing"

	"minglu/domain/domaintest"
	"minglu/domain/order"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// unpublished is a lesson at the end of a year after which no calendar is known.
var unpublished = facts{
	was("2024-11-20", with(paid, func(e *order.Paid) {
		e.PaidOn, e.PeriodFrom, e.PeriodTo = day("2024-11-20"), day("2024-12-01"), day("2025-02-28")
	})),
	was("2024-12-20", with(lesson1, func(e *order.LessonDelivered) {
		e.Clocks = begun(term.LessonConfirmation, "1", "2024-12-20", "", 15, 2025)
	})),
}

// later is the law once the calendar of 2025 is published.
func later() rule.Under {
	return rule.Under{Law: rule.Law{Calendar: domaintest.Workdays(2023, 2024, 2025)}}
}

func TestAPeriodRunsOverTheDragonBoatHolidayAndAMakeUpSunday(t *testing.T) {
	// 2023-06-22 to 24 are the holiday, and Sunday the 25th is worked.
	for from, due := range map[string]string{"2023-06-01": "2023-06-25", "2023-06-02": "2023-06-26", "2023-06-21": "2023-07-13"} {
		s := given(t, isPaid).When(domaintest.On(from), deliver).Accepted()
		if got := s.Clocks[0].Due; got != day(due) {
			t.Errorf("from %s: got the last day %s, want %s", from, got, due)
		}
	}
}

func TestAPeriodRunsOverTheEndOfAYear(t *testing.T) {
	s := given(t, isPaid).When(domaintest.On("2023-12-20"), deliver).Accepted()
	if got := s.Clocks[0].Due; got != day("2024-01-11") {
		t.Errorf("got the last day %s, want it past New Year's Day", got)
	}
}

func TestALessonIsNotDeemedConfirmedByACalendarThatIsNotPublished(t *testing.T) {
	h := given(t, unpublished[:1])
	h.When(domaintest.On("2024-12-20"), deliver).Then(unpublished[1].Event.(order.LessonDelivered))
	h = given(t, unpublished)
	e := h.When(domaintest.On("2026-11-22"), deem).ThenRefused(rule.LessonConfirmation, "/effective")
	if !strings.Contains(e.Text.ZH, "2025 年的工作日历") || !strings.Contains(e.Text.EN, "2025") || e.Fields[0].Code != "no_calendar" {
		t.Errorf("got %q, want the year that is missing", e.Text)
	}
	h.When(domaintest.On("2024-12-21"), confirm).Then(byParent1)
}

func TestALessonIsDeemedConfirmedOnceTheCalendarIsPublished(t *testing.T) {
	now := with(deem, func(c *order.ConfirmLesson) { c.Under = later() })
	h := given(t, unpublished)
	h.When(domaintest.On("2025-01-13"), now).ThenRefused(rule.LessonConfirmation, "/effective")
	h.When(domaintest.On("2025-01-14"), now).Then(order.LessonConfirmed{Lesson: 1, By: term.ByDeeming})
}

func TestARefundAwaitsTheCalendarToo(t *testing.T) {
	asked := after(unpublished[:1], was("2024-12-30", with(request, func(e *order.RefundRequested) {
		e.Clocks = begun(term.RefundAnswer, "", "2024-12-30", "", 5, 2025)
	})))
	given(t, unpublished[:1]).When(domaintest.On("2024-12-30"), ask).Then(asked[1].Event.(order.RefundRequested))
	h := given(t, asked)
	e := h.When(domaintest.On("2025-02-01"), silence).ThenRefused(rule.RefundAnswer, "/effective")
	if e.Fields[0].Code != "no_calendar" {
		t.Errorf("got %v, want the year that is missing", e)
	}
	h.When(domaintest.On("2025-02-01"), refuse).Then(order.RefundRefused{Reason: refuse.Reason})

	h.When(domaintest.On("2025-01-07"), with(silence, func(c *order.AgreeRefund) { c.Under = later() })).ThenRefused(rule.RefundAnswer, "/effective")
	h.When(domaintest.On("2025-01-08"), with(silence, func(c *order.AgreeRefund) { c.Under = later() })).Accepted()
	h.When(domaintest.On("2025-01-07"), with(refuse, func(c *order.RefuseRefund) { c.Under = later() })).Accepted()
	h.When(domaintest.On("2025-01-08"), with(refuse, func(c *order.RefuseRefund) { c.Under = later() })).ThenRefused(rule.RefundAnswer, "/effective")
}

func TestAFamilyObjectsOnTheLastDay(t *testing.T) {
	s := given(t, isTaught).When(domaintest.On("2023-06-25"), object).Then(objection1)
	if len(s.Clocks.Open()) != 0 {
		t.Errorf("got %v running, want none", s.Clocks.Open())
	}
	given(t, after(isTaught, was("2023-06-25", objection1))).When(domaintest.On("2023-06-26"), deem).ThenRefused(rule.LessonConfirmation, "/body/lesson")
}

func TestALessonIsDeemedConfirmedAfterItsPeriodIsOnRecordAsOver(t *testing.T) {
	over := missed(term.LessonConfirmation, "1", "2023-06-25")
	s := given(t, isTaught).When(domaintest.On("2023-06-26"), over).Accepted()
	if len(s.Clocks.Open()) != 0 {
		t.Errorf("got %v running, want none", s.Clocks.Open())
	}
	h := given(t, after(isTaught, was("2023-06-26", order.DeadlineMissed(over))))
	h.When(domaintest.On("2023-06-25"), deem).ThenRefused(rule.LessonConfirmation, "/effective")
	h.When(domaintest.On("2023-06-26"), deem).Then(order.LessonConfirmed{Lesson: 1, By: term.ByDeeming})
}

func TestEachLessonHasAPeriodOfItsOwn(t *testing.T) {
	s := given(t, isTaught).When(domaintest.On("2023-06-08"), deliver).Accepted()
	if open := s.Clocks.Open(); len(open) != 2 || open[1].Part != "2" || open[1].Due != day("2023-06-30") {
		t.Errorf("got %+v, want one for each", open)
	}
	if open := given(t, isConfirmed).State().Clocks.Open(); len(open) != 0 {
		t.Errorf("got %v running after the confirmation, want none", open)
	}
}

func TestThePolicySetsThePeriods(t *testing.T) {
	s := given(t, isPaid).When(domaintest.On("2023-06-01"), with(deliver, func(c *order.DeliverLesson) { c.Under = under("clock.lesson_confirmation", "3 days") })).Accepted()
	if got := s.Clocks[0].Due; got != day("2023-06-04") {
		t.Errorf("got the last day %s, want three days", got)
	}
	if s := given(t, isPaid).When(domaintest.On("2023-05-28"), with(ask, func(c *order.RequestRefund) { c.Under = under("escrow.cooling_off_days", "8") })).Accepted(); s.Refund.By != term.ByCoolingOff {
		t.Errorf("got %+v, want it owed at once", s.Refund)
	}
}
