package order_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/figure"
	"minglu/domain/money"
	"minglu/domain/order"
	"minglu/domain/rule"
	"minglu/domain/term"
)

type (
	fact    = domaintest.Fact
	facts   = []domaintest.Fact
	events  = []order.Event
	history = domaintest.History[order.State, order.Command, order.Event]
)

const (
	school   = "530427.institution.01J0000000000000000000000A"
	another  = "530427.institution.01J0000000000000000000000B"
	account  = "530427.escrow.01J0000000000000000000000C"
	account2 = "530427.escrow.01J0000000000000000000000D"
	origin   = "530427.order.01J0000000000000000000000E"
	closure  = "530427.dispute.01J0000000000000000000000F"
	pupil    = "0123456789abcdef0123456789abcdef"

	education = "530427-education"
	platform  = "530427-platform"
	icbc      = "530427-bank-icbc"
	abc       = "530427-bank-abc"
	noBank    = "530427-bank"
)

var day = domaintest.Day

// by is the meta of a day on which another agency acts.
func by(agency, on string) domain.Meta {
	m := domaintest.On(on)
	m.Actor.Agency = agency
	return m
}

func was(on string, e order.Event) fact { return domaintest.Was(domaintest.On(on), e) }

func after(before facts, more ...fact) facts { return append(slices.Clone(before), more...) }

func given(t testing.TB, before facts) *history {
	t.Helper()
	return domaintest.Given(t, order.Decider, before...).Listed(order.Acts)
}

// with returns a changed copy.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

// workdays are those of 2023 and 2024, so that later years have no calendar.
var workdays = domaintest.Workdays(2023, 2024)

func lawOf(pairs ...string) rule.Law {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return rule.Law{Policy: rule.NewPolicy("test", values), Calendar: workdays}
}

func under(pairs ...string) rule.Under { return rule.Under{Law: lawOf(pairs...)} }

func fen(n money.Fen) *money.Fen { return &n }

// on is the account that is supervised, as it stands on the day of the act.
func on(change ...func(*rule.SupervisedAccount)) order.OnAccount {
	a := rule.SupervisedAccount{Stream: account, Institution: school, Bank: "icbc", Mode: term.BankCustody, Opened: day("2022-01-01")}
	for _, c := range change {
		c(&a)
	}
	return order.OnAccount{Held: a}
}

func frozen(a *rule.SupervisedAccount)      { a.Frozen = day("2023-05-01") }
func closed(a *rule.SupervisedAccount)      { a.Closed = day("2023-05-01") }
func frozenLater(a *rule.SupervisedAccount) { a.FrozenLater = day("2023-07-15") }
func closedLater(a *rule.SupervisedAccount) { a.ClosedLater = day("2023-07-15") }

// used is an account with so much of its deposit used for the order.
func used(amount money.Fen) func(*rule.SupervisedAccount) {
	return func(a *rule.SupervisedAccount) { frozen(a); a.ForOrder = amount }
}
func notOpen(a *rule.SupervisedAccount) { a.Opened = 0 }

// begun is a clock of working days that begins on a day.
func begun(key term.Clock, part, from, due string, n, awaits int) []clock.Start {
	s := clock.Start{Key: key, Part: part, From: day(from), Period: calendar.Period{N: n, Unit: calendar.WorkingDays}, Awaits: awaits, Agency: education}
	if due != "" {
		s.Due = day(due)
	}
	return []clock.Start{s}
}

func confirming(part, from, due string) []clock.Start {
	return begun(term.LessonConfirmation, part, from, due, 15, 0)
}

func answering(from, due string) []clock.Start {
	return begun(term.RefundAnswer, "", from, due, 5, 0)
}

func paying(from, due string) []clock.Start {
	return begun(term.RefundPayment, "", from, due, 5, 0)
}

// reckoned is a refund of 2 class-hours of 40 that cost 3,000 yuan, 100 yuan each
// by the list.
func reckoned(cause term.RefundCause) order.Computation {
	c := order.Computation{Terms: order.Terms{Paid: 300_000, Units: 40, Delivered: 2, ListPrice: 10_000, Cause: cause}, Value: 15_000, Refund: 285_000}
	if cause == term.CauseConsumer {
		c.AtListPrice, c.Value, c.Refund = true, 20_000, 280_000
	}
	return c
}

var (
	record = order.Record{
		Under: under(), OnAccount: on(), Account: domain.RefTo(account), Pupil: pupil, Course: "少儿舞蹈", Class: term.NonSubject, Hours: 40,
		PeriodFrom: day("2023-06-01"), PeriodTo: day("2023-08-31"), Amount: 300_000, ListPrice: 10_000, Contract: "2021年修订版", BankRef: "EX1",
	}
	paid = order.Paid{
		Account: account, Institution: school, Pupil: pupil, Course: "少儿舞蹈", Class: term.NonSubject, Hours: 40,
		PeriodFrom: day("2023-06-01"), PeriodTo: day("2023-08-31"), Amount: 300_000, ListPrice: 10_000, PaidOn: day("2023-05-20"), Contract: "2021年修订版", BankRef: "EX1",
	}
	lesson1    = order.LessonDelivered{Lesson: 1, Hours: 2, Notice: "平台消息", Clocks: confirming("1", "2023-06-01", "2023-06-25")}
	byParent1  = order.LessonConfirmed{Lesson: 1, By: term.ByParent}
	release1   = order.FundsReleased{Lessons: []int{1}, Hours: 2, Amount: 15_000, Policy: term.ReleasePerLesson, BankRef: "EX2"}
	objection1 = order.LessonDisputed{Lesson: 1, Reason: "当日未上课"}
	request    = order.RefundRequested{Institution: school, Cause: term.CauseConsumer, Reason: "转学", Clocks: answering("2023-06-19", "2023-06-27")}
	agreement  = order.RefundAgreed{By: term.ByInstitution, Amount: 280_000, Computation: reckoned(term.CauseConsumer), Clocks: paying("2023-06-20", "2023-06-28")}
	moved      = order.Transferred{
		To: account2, Hours: 38, Amount: 285_000, BankRef: "EX8", Pupil: pupil, Course: "少儿舞蹈", Class: term.NonSubject,
		PeriodFrom: day("2023-06-01"), PeriodTo: day("2023-08-31"), ListPrice: 10_000, PaidOn: day("2023-05-20"),
	}
	toHere = order.Transferred{To: account, Amount: 285_000, Pupil: pupil} // from elsewhere to here

	isPaid      = facts{was("2023-05-20", paid)}
	isOutside   = facts{was("2023-05-20", with(paid, func(e *order.Paid) { e.OffAccount = true }))}
	isTaught    = after(isPaid, was("2023-06-01", lesson1))
	isUnasked   = after(isPaid, was("2023-06-01", order.LessonDelivered{Lesson: 1, Hours: 2}))
	isConfirmed = after(isTaught, was("2023-06-03", byParent1))
	isDeemed    = after(isTaught, was("2023-06-26", order.LessonConfirmed{Lesson: 1, By: term.ByDeeming}))
	isReleased  = after(isConfirmed, was("2023-06-05", release1))
	isDeposit   = facts{was("2023-05-20", with(paid, func(e *order.Paid) { e.Deposit = true }))}
	isOnward    = facts{was("2023-06-30", with(paid, func(e *order.Paid) { e.TransferOf, e.Amount, e.Hours = origin, 285_000, 38 }))}
	isDisputed  = after(isTaught, was("2023-06-12", objection1))
	isAsked     = after(isConfirmed, was("2023-06-19", request))
	isRefused   = after(isAsked, was("2023-06-26", order.RefundRefused{Reason: "合同约定不退"}))
	isAgreed    = after(isAsked, was("2023-06-20", agreement))
	isRefunded  = after(isAgreed, was("2023-06-21", order.RefundPaid{Amount: 280_000, Route: term.OriginalRoute, Whole: true}))
	isSettled   = after(isRefunded, was("2023-06-26", order.Settled{Amount: 20_000}))
	isMoved     = after(isReleased, was("2023-06-30", moved))

	deliver = order.DeliverLesson{Under: under(), OnAccount: on(), Hours: 2, Notice: "平台消息"}
	notify  = order.NotifyParent{Under: under(), OnAccount: on(), Lesson: 1, Notice: "短信"}
	confirm = order.ConfirmLesson{Under: under(), OnAccount: on(), Lesson: 1, By: term.ByParent}
	deem    = order.ConfirmLesson{Under: under(), OnAccount: on(), Lesson: 1, By: term.ByDeeming}
	object  = order.DisputeLesson{OnAccount: on(), Lesson: 1, Reason: "当日未上课"}
	judge   = order.JudgeLesson{Lesson: 1, Counts: true, Reason: "有签到记录"}
	release = order.ReleaseFunds{Under: under(), OnAccount: on(), Lessons: []int{1}, BankRef: "EX2"}
	moveIn  = order.MoveIn{OnAccount: on(), Amount: 100_000, BankRef: "EX3"}
	ask     = order.RequestRefund{Under: under(), OnAccount: on(), Cause: term.CauseConsumer, Reason: "转学"}
	takeOff = order.WithdrawRefund{OnAccount: on(), Reason: "继续上课"}
	agree   = order.AgreeRefund{Under: under(), OnAccount: on(), By: term.ByInstitution}
	silence = order.AgreeRefund{Under: under(), OnAccount: on(), By: term.BySilence}
	refuse  = order.RefuseRefund{Under: under(), OnAccount: on(), Reason: "合同约定不退"}
	payBack = order.PayRefund{OnAccount: on(), Amount: 280_000, Route: term.OriginalRoute}
	payOut  = order.PayOut{OnAccount: on(frozen), Amount: 285_000, Dispute: domain.RefTo(closure), BankRef: "EX7"}
	there   = rule.SupervisedAccount{Stream: account2, Institution: another, Bank: "abc", Mode: term.BankCustody, Opened: day("2022-01-01")}
	moveOn  = with(order.Transfer{OnAccount: on(), To: domain.RefTo(account2), BankRef: "EX8"}, func(c *order.Transfer) { c.Receives(there) })
	settle  = order.Settle{OnAccount: on()}
)

// tiered is the schedule by tiers.
var tiered = order.ReleaseFunds{Under: under("escrow.release", "monthly_tiers"), OnAccount: on(), Amount: 15_000}

// onDay has an order with a lesson of so many class-hours, confirmed the day
// after.
func onDay(hours int) facts {
	return after(isPaid, was("2023-06-01", order.LessonDelivered{Lesson: 1, Hours: hours, Notice: "平台消息"}), was("2023-06-02", byParent1))
}

func scheduled(policy string) order.ReleaseFunds {
	return with(release, func(c *order.ReleaseFunds) { c.Under = under("escrow.release", policy) })
}

func TestTables(t *testing.T) {
	domaintest.Acts(t, order.Decider, order.Acts)
	domaintest.Events(t, order.Decider, order.Events, facts{
		was("2023-05-20", with(paid, func(e *order.Paid) {
			e.Group, e.Gifts, e.OffAccount, e.Before, e.Number = "周六班", 4, true, true, "PT-2023-0001"
		})),
		was("2023-05-20", order.BreachNoted{Institution: school, Breach: term.BreachAmount, Cumulative: true, Value: 600_000, Limit: 500_000, Note: "分单"}),
		was("2023-05-21", order.MovedIn{Amount: 300_000, BankRef: "EX3"}),
		was("2023-06-01", order.LessonDelivered{Lesson: 1, Hours: 2}),
		was("2023-06-02", order.ParentNotified{Lesson: 1, Notice: "短信", Clocks: confirming("1", "2023-06-02", "2023-06-26")}),
		was("2023-06-03", with(objection1, func(e *order.LessonDisputed) { e.Deemed = true })),
		was("2023-06-05", order.LessonJudged{Lesson: 1, Counts: true, Reason: "有签到记录"}),
		was("2023-06-06", byParent1),
		was("2023-06-07", with(release1, func(e *order.FundsReleased) { e.Outside = true })),
		was("2023-06-19", request),
		was("2023-06-20", order.RefundRefused{Reason: "合同约定不退"}),
		was("2023-06-21", order.RefundWithdrawn{Reason: "继续上课"}),
		was("2023-06-22", agreement),
		was("2023-06-29", order.DeadlineMissed{Missing: clock.Missing{Clock: term.RefundPayment, Due: day("2023-06-28"), Agency: education}}),
		was("2023-06-30", order.RefundPaid{Amount: 100_000, Outside: 1, Route: term.OtherRoute, Reason: "原卡已注销", BankRef: "EX5", Whole: true}),
		was("2023-07-01", order.PaidOut{Amount: 1_000, Deposit: true, Dispute: closure, BankRef: "EX6", Whole: true}),
		was("2023-07-02", with(moved, func(e *order.Transferred) { e.Outside, e.Before = true, true })),
		was("2023-07-03", order.Settled{Amount: 100, Outside: 1, BankRef: "EX9"}),
		was("2023-07-04", order.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "course", Was: domain.RawJSON(`"a"`), Is: domain.RawJSON(`"b"`), Reason: "笔误"}}),
		was("2023-07-05", order.Annulled{Annulment: domain.Annulment{TargetSeq: 2, Reason: "重复"}}),
		was("2023-07-06", with(paid, func(e *order.Paid) {
			e.ByPeriod, e.Hours, e.Deposit, e.TransferOf = true, 92, true, origin
		})),
	})
}

// acceptances are each act accepted once or more.
var acceptances = []struct {
	name    string
	before  facts
	on      string
	command order.Command
	then    events
}{
	{"an order is taken down as it was paid", nil, "2023-05-20", record, events{paid}},
	{"it may be taken down later", nil, "2023-06-10", with(record, func(c *order.Record) { c.PaidOn = day("2023-05-20") }), events{paid}},
	{"the class is that of the institution", nil, "2023-05-20", with(record, func(c *order.Record) { c.Class = ""; c.Beside(nil, term.Subject) }),
		events{with(paid, func(e *order.Paid) { e.Class = term.Subject })}},
	{"what did not go into the account is put down as a breach", nil, "2023-05-20", with(record, func(c *order.Record) { c.OffAccount = true }),
		events{with(paid, func(e *order.Paid) { e.OffAccount = true }), order.BreachNoted{Institution: school, Breach: term.BreachOffAccount, Value: 300_000}}},
	{"also where the account takes nothing", nil, "2023-05-20", with(record, func(c *order.Record) { c.OffAccount, c.OnAccount = true, on(frozen) }),
		events{with(paid, func(e *order.Paid) { e.OffAccount = true }), order.BreachNoted{Institution: school, Breach: term.BreachOffAccount, Value: 300_000}}},
	{"under a deposit the institution holds it", nil, "2023-05-20", with(record, func(c *order.Record) { c.Held.Mode = term.RiskDeposit }),
		events{with(paid, func(e *order.Paid) { e.Deposit = true })}},
	{"gifts are class-hours of the order, and count for the limit", nil, "2023-05-20", with(record, func(c *order.Record) { c.Hours, c.Gifts = 61, 21 }),
		events{with(paid, func(e *order.Paid) { e.Hours, e.Gifts = 61, 21 }), order.BreachNoted{Institution: school, Breach: term.BreachHours, Value: 61, Limit: 60}}},
	{"a term counts days, which no limit on class-hours counts", nil, "2023-05-20", with(record, func(c *order.Record) { c.ByPeriod, c.Hours = true, 92 }),
		events{with(paid, func(e *order.Paid) { e.ByPeriod, e.Hours = true, 92 })}},
	{"who was taught before has no cooling-off", nil, "2023-05-20", with(record, func(c *order.Record) { c.Beside([]rule.OpenOrder{{}, {Received: true}}, "") }),
		events{with(paid, func(e *order.Paid) { e.Before = true })}},
	{"an order goes on that was transferred, under the limits of the day when it was paid", nil, "2023-05-20", with(record, func(c *order.Record) {
		c.TransferOf, c.Amount, c.Hours = domain.RefTo(origin), 285_000, 61
		c.Continues(toHere)
	}), events{with(paid, func(e *order.Paid) { e.TransferOf, e.Amount, e.Hours = origin, 285_000, 61 })}},

	{"the platform gives it a number", nil, "2023-05-20", with(record, func(c *order.Record) { c.Number = "PT-2023-0001" }), events{with(paid, func(e *order.Paid) { e.Number = "PT-2023-0001" })}},
	{"a course is one however it is spaced", nil, "2023-05-20", with(record, func(c *order.Record) { c.Course = " 少儿　舞蹈 " }), events{paid}},
	{"the largest amount there is", nil, "2023-05-20", with(record, func(c *order.Record) { c.Amount, c.Class, c.Held.Mode = rule.MaxAmount, term.Subject, term.BankCustody }),
		events{with(paid, func(e *order.Paid) { e.Amount, e.Class = rule.MaxAmount, term.Subject })}},
	{"the authority records what was left out before a freeze", nil, "2023-05-20", with(record, func(c *order.Record) { c.OnAccount = on(frozenLater) }), events{paid}},
	{"an order that goes on was paid when the first one was", nil, "2023-06-30", with(record, func(c *order.Record) {
		c.TransferOf, c.Amount, c.Hours = domain.RefTo(origin), 285_000, 38
		c.Beside([]rule.OpenOrder{{Received: true}}, "")
		c.Continues(with(toHere, func(m *order.Transferred) { m.PaidOn = day("2023-05-20") }))
	}), events{isOnward[0].Event.(order.Paid)}},
	{"and the service was known if it was then", nil, "2023-06-30", with(record, func(c *order.Record) {
		c.TransferOf, c.Amount, c.Hours = domain.RefTo(origin), 285_000, 38
		c.Continues(with(toHere, func(m *order.Transferred) { m.PaidOn, m.Before = day("2023-05-20"), true }))
	}), events{with(isOnward[0].Event.(order.Paid), func(e *order.Paid) { e.Before = true })}},

	{"a limit exceeded by a correction is noted", isPaid, "2023-06-01", order.NoteBreach{Breach: term.BreachAmount, Note: "更正金额后超限", Value: 600_000, Limit: 500_000},
		events{order.BreachNoted{Institution: school, Breach: term.BreachAmount, Note: "更正金额后超限", Value: 600_000, Limit: 500_000}}},
	{"again with another value", isExceeded, "2023-06-01", order.NoteBreach{Breach: term.BreachAmount, Note: "再次更正", Value: 600_001, Limit: 500_000},
		events{order.BreachNoted{Institution: school, Breach: term.BreachAmount, Note: "再次更正", Value: 600_001, Limit: 500_000}}},
	{"a loan is a breach", isPaid, "2023-06-01", order.NoteBreach{Breach: term.BreachLoan, Note: "诱导办理分期", Value: 300_000},
		events{order.BreachNoted{Institution: school, Breach: term.BreachLoan, Note: "诱导办理分期", Value: 300_000}}},

	{"a lesson begins the period of the parent", isPaid, "2023-06-01", deliver, events{lesson1}},
	{"one of which nobody was told does not", isPaid, "2023-06-01", with(deliver, func(c *order.DeliverLesson) { c.Notice = "" }), events{order.LessonDelivered{Lesson: 1, Hours: 2}}},
	{"the next lesson has the next number", isTaught, "2023-06-08", with(deliver, func(c *order.DeliverLesson) { c.Notice = "" }), events{order.LessonDelivered{Lesson: 2, Hours: 2}}},
	{"what was judged not to be given is given again", after(onDay(40)[:2], was("2023-06-03", objection1), was("2023-06-04", order.LessonJudged{Lesson: 1, Hours: 40, Reason: "未授课"})), "2023-06-08",
		with(deliver, func(c *order.DeliverLesson) { c.Notice, c.Hours = "", 40 }), events{order.LessonDelivered{Lesson: 2, Hours: 40}}},
	{"lessons go on until a refund is agreed", isAsked, "2023-06-20", with(deliver, func(c *order.DeliverLesson) { c.Notice = "" }), events{order.LessonDelivered{Lesson: 2, Hours: 2}}},

	{"the parent is asked later", isUnasked, "2023-06-02", notify, events{order.ParentNotified{Lesson: 1, Notice: "短信", Clocks: confirming("1", "2023-06-02", "2023-06-26")}}},
	{"asked again, the first period runs on", isTaught, "2023-06-10", notify, nil},

	{"the parent confirms", isTaught, "2023-06-03", confirm, events{byParent1}},
	{"twice is once", isConfirmed, "2023-06-04", confirm, nil},
	{"the parent's word ends the own objection", isDisputed, "2023-06-13", confirm, events{byParent1}},
	{"what was deemed counts already", isDeemed, "2023-06-28", confirm, nil},
	{"silence confirms after the period", isTaught, "2023-06-26", deem, events{order.LessonConfirmed{Lesson: 1, By: term.ByDeeming}}},

	{"the family objects", isTaught, "2023-06-12", object, events{objection1}},
	{"to what was deemed too", isDeemed, "2023-06-28", object, events{with(objection1, func(e *order.LessonDisputed) { e.Deemed = true })}},
	{"an objection stands once", isDisputed, "2023-06-13", object, nil},
	{"the authority finds that it counts", isDisputed, "2023-06-20", judge, events{order.LessonJudged{Lesson: 1, Counts: true, Reason: "有签到记录"}}},
	{"or that it was not given", isDisputed, "2023-06-20", order.JudgeLesson{Lesson: 1, Reason: "未授课"}, events{order.LessonJudged{Lesson: 1, Hours: 2, Reason: "未授课"}}},

	{"the fee of a lesson is released", isConfirmed, "2023-06-05", release, events{release1}},
	{"by its amount, where it is named", isConfirmed, "2023-06-05", with(release, func(c *order.ReleaseFunds) { c.Amount = 15_000 }), events{release1}},
	{"at the request of the institution", isConfirmed, "2023-06-05", scheduled("on_request"), events{scheduledAs(term.ReleaseOnRequest)}},
	{"from the next month on", isConfirmed, "2023-07-01", scheduled("monthly"), events{scheduledAs(term.ReleaseMonthly)}},
	{"after the whole order", onDay(40), "2023-06-05", scheduled("after_order"),
		events{with(scheduledAs(term.ReleaseAfterOrder), func(e *order.FundsReleased) { e.Hours, e.Amount = 40, 300_000 })}},
	{"by tiers, 30 per cent in the first month", onDay(40), "2023-06-30", with(tiered, func(c *order.ReleaseFunds) { c.Amount = 90_000 }),
		events{order.FundsReleased{Amount: 90_000, Policy: term.ReleaseTiers}}},
	{"60 in the second", onDay(40), "2023-07-01", with(tiered, func(c *order.ReleaseFunds) { c.Amount = 180_000 }),
		events{order.FundsReleased{Amount: 180_000, Policy: term.ReleaseTiers}}},
	{"all in the third", onDay(40), "2023-08-01", with(tiered, func(c *order.ReleaseFunds) { c.Amount = 300_000 }),
		events{order.FundsReleased{Amount: 300_000, Policy: term.ReleaseTiers}}},
	{"what lies outside is the institution's own, lesson by lesson", after(isOutside, isConfirmed[1:]...), "2023-06-05",
		with(release, func(c *order.ReleaseFunds) { c.OnAccount = on(frozen) }), events{with(release1, func(e *order.FundsReleased) { e.Outside = true })}},
	{"after tiers only what is left of a lesson", after(isConfirmed, was("2023-06-04", order.FundsReleased{Amount: 10_000, Policy: term.ReleaseTiers})), "2023-06-05", release,
		events{with(release1, func(e *order.FundsReleased) { e.Amount = 5_000 })}},

	{"money comes into the account", isOutside, "2023-06-01", moveIn, events{order.MovedIn{Amount: 100_000, BankRef: "EX3"}}},

	{"a refund begins the period of the answer", isConfirmed, "2023-06-19", ask, events{request}},
	{"within seven days it is owed at once, as paid", isPaid, "2023-05-27", ask, events{
		order.RefundRequested{Institution: school, Cause: term.CauseConsumer, Reason: "转学"},
		order.RefundAgreed{By: term.ByCoolingOff, Amount: 300_000, Clocks: paying("2023-05-27", "2023-06-02"),
			Computation: order.Computation{Terms: order.Terms{Paid: 300_000, Units: 40, ListPrice: 10_000, Cause: term.CauseOperator}, Refund: 300_000}},
	}},
	{"after seven days it is not", isPaid, "2023-05-28", ask, events{with(request, func(e *order.RefundRequested) { e.Clocks = answering("2023-05-28", "2023-06-02") })}},
	{"nor where the family was taught before", facts{was("2023-05-20", with(paid, func(e *order.Paid) { e.Before = true }))}, "2023-05-27", ask,
		events{with(request, func(e *order.RefundRequested) { e.Clocks = answering("2023-05-27", "2023-06-02") })}},
	{"a request is taken back", isAsked, "2023-06-20", takeOff, events{order.RefundWithdrawn{Reason: "继续上课"}}},
	{"and made again", after(isAsked, was("2023-06-20", order.RefundWithdrawn{})), "2023-06-21", ask,
		events{with(request, func(e *order.RefundRequested) { e.Clocks = answering("2023-06-21", "2023-06-29") })}},
	{"the institution agrees to what the rule gives", isAsked, "2023-06-20", agree, events{agreement}},
	{"or to more", isAsked, "2023-06-20", with(agree, func(c *order.AgreeRefund) { c.Amount = fen(300_000) }),
		events{with(agreement, func(e *order.RefundAgreed) { e.Amount = 300_000 })}},
	{"agreed twice is agreed once", isAgreed, "2023-06-21", with(agree, func(c *order.AgreeRefund) { c.Amount = fen(280_000) }), nil},
	{"silence agrees after the period", isAsked, "2023-06-28", silence,
		events{with(agreement, func(e *order.RefundAgreed) { e.By, e.Clocks = term.BySilence, paying("2023-06-28", "2023-07-05") })}},
	{"the authority agrees after a refusal", isRefused, "2023-06-28", with(agree, func(c *order.AgreeRefund) { c.By = term.ByAuthority }),
		events{with(agreement, func(e *order.RefundAgreed) { e.By, e.Clocks = term.ByAuthority, paying("2023-06-28", "2023-07-05") })}},
	{"the institution refuses on the last day", isAsked, "2023-06-27", refuse, events{order.RefundRefused{Reason: "合同约定不退"}}},
	{"a refund is paid by the original route", isAgreed, "2023-06-21", payBack, events{order.RefundPaid{Amount: 280_000, Route: term.OriginalRoute, Whole: true}}},
	{"in parts", isAgreed, "2023-06-21", with(payBack, func(c *order.PayRefund) { c.Amount = 279_999 }), events{order.RefundPaid{Amount: 279_999, Route: term.OriginalRoute}}},
	{"by another route for a reason", isAgreed, "2023-06-21", with(payBack, func(c *order.PayRefund) { c.Route, c.Reason = term.OtherRoute, "原卡已注销" }),
		events{order.RefundPaid{Amount: 280_000, Route: term.OtherRoute, Reason: "原卡已注销", Whole: true}}},
	{"from what the institution holds no movement is needed", after(isOutside, isAgreed[1:]...), "2023-06-21",
		with(payBack, func(c *order.PayRefund) { c.Outside, c.OnAccount = 280_000, on(frozen) }),
		events{order.RefundPaid{Amount: 280_000, Outside: 280_000, Route: term.OriginalRoute, Whole: true}}},

	{"a family is paid from a frozen account", isReleased, "2023-06-30", payOut, events{order.PaidOut{Amount: 285_000, Dispute: closure, BankRef: "EX7"}}},
	{"or by a dispute from one that is not", isReleased, "2023-06-30", with(payOut, func(c *order.PayOut) { c.OnAccount = on() }), events{order.PaidOut{Amount: 285_000, Dispute: closure, BankRef: "EX7"}}},
	{"from the deposit for what lay outside", isOutside, "2023-06-30", with(payOut, func(c *order.PayOut) { c.OnAccount, c.Deposit, c.Amount = on(used(300_000)), true, 300_000 }),
		events{order.PaidOut{Amount: 300_000, Deposit: true, Dispute: closure, BankRef: "EX7"}}},
	{"what is paid out is no longer owed as a refund", isAgreed, "2023-06-30", with(payOut, func(c *order.PayOut) { c.Amount = 280_000 }),
		events{order.PaidOut{Amount: 280_000, Dispute: closure, BankRef: "EX7", Whole: true}}},

	{"from the deposit the rest of what was used for it", after(isOutside, was("2023-06-20", order.PaidOut{Amount: 100_000, Deposit: true})), "2023-06-30",
		with(payOut, func(c *order.PayOut) { c.OnAccount, c.Deposit, c.Amount = on(used(150_000)), true, 50_000 }),
		events{order.PaidOut{Amount: 50_000, Deposit: true, Dispute: closure, BankRef: "EX7"}}},
	{"of a day before a freeze by a dispute", isReleased, "2023-06-30", with(payOut, func(c *order.PayOut) { c.OnAccount = on(frozenLater) }), events{order.PaidOut{Amount: 285_000, Dispute: closure, BankRef: "EX7"}}},

	{"what is not delivered goes to another institution", isReleased, "2023-06-30", moveOn, events{moved}},
	{"with the lesson judged not to be given", isVoid, "2023-06-30", moveOn, events{with(moved, func(e *order.Transferred) { e.Hours, e.Amount = 40, 300_000 })}},
	{"under a deposit the institution pays it", after(isDeposit, isConfirmed[1:]...), "2023-06-30", with(moveOn, func(c *order.Transfer) { c.OnAccount = on(frozen) }),
		events{with(moved, func(e *order.Transferred) { e.Outside = true })}},
	{"to an account with a deposit too", after(isDeposit, isConfirmed[1:]...), "2023-06-30", with(moveOn, func(c *order.Transfer) { c.There.Mode = term.RiskDeposit }),
		events{with(moved, func(e *order.Transferred) { e.Outside = true })}},
	{"from the account where all of it was moved in", after(isDeposit, was("2023-05-21", order.MovedIn{Amount: 300_000}), isConfirmed[1], isConfirmed[2]), "2023-06-30", moveOn, events{moved}},
	{"what was moved in first goes from custody", after(isOutside, was("2023-05-21", order.MovedIn{Amount: 300_000}), isConfirmed[1], isConfirmed[2]), "2023-06-30", moveOn, events{moved}},

	{"after a refund the rest is the institution's", isRefunded, "2023-06-26", settle, events{order.Settled{Amount: 20_000}}},
	{"with the number of the bank", isRefunded, "2023-06-26", order.Settle{OnAccount: on(), BankRef: "EX9"}, events{order.Settled{Amount: 20_000, BankRef: "EX9"}}},
	{"after the last lesson all of it", onDay(40), "2023-06-26", settle, events{order.Settled{Amount: 300_000}}},
	{"what lies outside too", after(isOutside, onDay(40)[1:]...), "2023-06-26", settle, events{order.Settled{Outside: 300_000}}},
	{"with nothing left a frozen account is no hindrance", isMoved, "2023-07-01", order.Settle{OnAccount: on(frozen)}, events{order.Settled{}}},

	{"that an answer is late is recorded", isAsked, "2023-06-28", missed(term.RefundAnswer, "", "2023-06-27"),
		events{order.DeadlineMissed{Missing: clock.Missing{Clock: term.RefundAnswer, Due: day("2023-06-27"), Agency: education}}}},
	{"a fact is corrected", isPaid, "2023-06-01", order.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "amount_fen", Reason: "笔误"}},
		events{order.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "amount_fen", Reason: "笔误"}}}},
	{"a course to its own form", isPaid, "2023-06-01", correct("course", `"国画"`), events{order.Corrected{Correction: correct("course", `"国画"`).Correction}}},
	{"a number to another", isPaid, "2023-06-01", correct("number", `"PT-2"`), events{order.Corrected{Correction: correct("number", `"PT-2"`).Correction}}},
	{"the day of payment of an order that is alone", isPaid, "2023-06-01", correct("paid_on", `"2023-05-19"`), events{order.Corrected{Correction: correct("paid_on", `"2023-05-19"`).Correction}}},
	{"a class of an order that goes on", isOnward, "2023-07-01", correct("group", `"周日班"`), events{order.Corrected{Correction: correct("group", `"周日班"`).Correction}}},
	{"a fact is annulled", isPaid, "2023-06-01", order.Annul{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}},
		events{order.Annulled{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}}},
}

func correct(field, is string) order.Correct {
	return order.Correct{Correction: domain.Correction{TargetSeq: 1, Field: field, Is: domain.RawJSON(is), Reason: "笔误"}}
}

func scheduledAs(p term.ReleasePolicy) order.FundsReleased {
	return with(release1, func(e *order.FundsReleased) { e.Policy = p })
}

func missed(key term.Clock, part, due string) order.MissDeadline {
	return order.MissDeadline{Missing: clock.Missing{Clock: key, Part: part, Due: day(due)}}
}

func TestActsAreAccepted(t *testing.T) {
	accepted := map[reflect.Type]bool{}
	for _, c := range acceptances {
		t.Run(c.name, func(t *testing.T) {
			given(t, c.before).When(domaintest.On(c.on), c.command).Then(c.then...)
		})
		accepted[reflect.TypeOf(c.command)] = accepted[reflect.TypeOf(c.command)] || len(c.then) > 0
	}
	for _, a := range order.Acts {
		if !accepted[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that accepts it", a.Name)
		}
	}
}

// anyFault stands for a refusal without a rule.
var anyFault = domain.Rule{}

type refusal struct {
	name    string
	before  facts
	at      domain.Meta
	command order.Command
	by      domain.Rule
	code    string
	pointer string
}

func recording(change func(*order.Record)) order.Record { return with(record, change) }

var (
	june1  = domaintest.On("2023-06-01")
	june30 = domaintest.On("2023-06-30")
	may20  = domaintest.On("2023-05-20")

	allTaught = after(isPaid, was("2023-06-01", order.LessonDelivered{Lesson: 1, Hours: 40, Notice: "平台消息"}))
	// isOvertaken is a refund at list price that lessons have eaten up since.
	isOvertaken = after(isAsked, was("2023-06-20", order.LessonDelivered{Lesson: 2, Hours: 28}))
	isExceeded  = after(isPaid, was("2023-05-21", order.BreachNoted{Institution: school, Breach: term.BreachAmount, Value: 600_000, Limit: 500_000, Note: "更正金额后超限"}))
	isVoid      = after(isDisputed, was("2023-06-20", order.LessonJudged{Lesson: 1, Hours: 2, Reason: "未授课"}))
)

// refusals are each act refused once or more, by every rule of its line.
var refusals = []refusal{
	{"an order is recorded once", isPaid, may20, record, rule.OrderSteps, "recorded", "/target"},
	{"it has an account", nil, may20, recording(func(c *order.Record) { c.Account = domain.Ref{} }), anyFault, "", "/body/account"},
	{"a pupil is not a name", nil, may20, recording(func(c *order.Record) { c.Pupil = "张小明" }), rule.OpaquePupil, "not_opaque", "/body/pupil"},
	{"nor a telephone number", nil, may20, recording(func(c *order.Record) { c.Pupil = "13800001234" }), rule.OpaquePupil, "not_opaque", "/body/pupil"},
	{"nor the number of an identity card", nil, may20, recording(func(c *order.Record) { c.Pupil = "53042720130101001X" }), rule.OpaquePupil, "not_opaque", "/body/pupil"},
	{"nor nobody", nil, may20, recording(func(c *order.Record) { c.Pupil = "" }), rule.OpaquePupil, "not_opaque", "/body/pupil"},
	{"nor a name behind a reference", nil, may20, recording(func(c *order.Record) { c.Pupil = pupil + "\n张小明" }), rule.OpaquePupil, "not_opaque", "/body/pupil"},
	{"it has a course", nil, may20, recording(func(c *order.Record) { c.Course = " " }), anyFault, "", "/body/course"},
	{"it has a contract", nil, may20, recording(func(c *order.Record) { c.Contract = "" }), anyFault, "", "/body/contract"},
	{"of what is missing the first is named each time", nil, may20, recording(func(c *order.Record) { c.Course, c.Contract = "", "" }), anyFault, "", "/body/course"},
	{"nothing is not paid", nil, may20, recording(func(c *order.Record) { c.Amount = 0 }), anyFault, "range", "/body/amount_fen"},
	{"nor less than nothing", nil, may20, recording(func(c *order.Record) { c.Amount = math.MinInt64 }), anyFault, "range", "/body/amount_fen"},
	{"nor more than sums can hold", nil, may20, recording(func(c *order.Record) { c.Amount = math.MaxInt64 }), anyFault, "range", "/body/amount_fen"},
	{"a list price is not negative", nil, may20, recording(func(c *order.Record) { c.ListPrice = -1 }), anyFault, "range", "/body/list_price_fen"},
	{"nor beyond bounds", nil, may20, recording(func(c *order.Record) { c.ListPrice = math.MaxInt64 }), anyFault, "range", "/body/list_price_fen"},
	{"it is not paid tomorrow", nil, may20, recording(func(c *order.Record) { c.PaidOn = day("2023-05-21") }), anyFault, "future", "/body/paid_on"},
	{"a period begins", nil, may20, recording(func(c *order.Record) { c.PeriodFrom = 0 }), anyFault, "", "/body/period_from"},
	{"and ends", nil, may20, recording(func(c *order.Record) { c.PeriodTo = 0 }), anyFault, "", "/body/period_to"},
	{"not before it began", nil, may20, recording(func(c *order.Record) { c.PeriodTo = day("2023-05-31") }), anyFault, "before_start", "/body/period_to"},
	{"there are class-hours", nil, may20, recording(func(c *order.Record) { c.Hours = 0 }), anyFault, "range", "/body/hours"},
	{"not without end", nil, may20, recording(func(c *order.Record) { c.Hours = math.MaxInt }), anyFault, "range", "/body/hours"},
	{"not all of them are a gift", nil, may20, recording(func(c *order.Record) { c.Gifts = 40 }), anyFault, "range", "/body/gift_hours"},
	{"none is taken back as a gift", nil, may20, recording(func(c *order.Record) { c.Gifts = -1 }), anyFault, "range", "/body/gift_hours"},
	{"a term has its own days", nil, may20, recording(func(c *order.Record) { c.ByPeriod = true }), anyFault, "days", "/body/hours"},
	{"another bank does not take it down", nil, by(abc, "2023-05-20"), record, rule.AccountBank, "other_bank", "/actor/agency"},
	{"nor a bank without a name", nil, by(noBank, "2023-05-20"), record, rule.AccountBank, "other_bank", "/actor/agency"},
	{"nor a bank without a name for an account without a bank", nil, by(noBank, "2023-05-20"), recording(func(c *order.Record) { c.Held.Bank = "" }), rule.AccountBank, "other_bank", "/actor/agency"},
	{"a frozen account takes nothing", nil, may20, recording(func(c *order.Record) { c.OnAccount = on(frozen) }), rule.AccountMovable, "frozen", "/body/account"},
	{"nor a closed one", nil, may20, recording(func(c *order.Record) { c.OnAccount = on(closed) }), rule.AccountMovable, "closed", "/body/account"},
	{"nor one that was not open", nil, may20, recording(func(c *order.Record) { c.OnAccount = on(notOpen) }), rule.AccountMovable, "not_open", "/body/account"},
	{"what goes on was transferred", nil, may20, recording(func(c *order.Record) { c.TransferOf = domain.RefTo(origin) }), rule.OrderSteps, "not_transferred", "/body/transfer_of"},
	{"in that amount", nil, may20, recording(func(c *order.Record) { c.TransferOf = domain.RefTo(origin); c.Continues(toHere) }), rule.OrderSteps, "not_transferred", "/body/transfer_of"},
	{"for that pupil", nil, may20, recording(func(c *order.Record) {
		c.TransferOf, c.Amount, c.Pupil = domain.RefTo(origin), 285_000, strings.Repeat("f", 32)
		c.Continues(toHere)
	}), rule.OrderSteps, "not_transferred", "/body/transfer_of"},
	{"on the day on which it was paid", nil, june30, recording(func(c *order.Record) {
		c.TransferOf, c.Amount, c.PaidOn = domain.RefTo(origin), 285_000, day("2023-06-30")
		c.Continues(with(toHere, func(m *order.Transferred) { m.PaidOn = day("2023-05-20") }))
	}), rule.OrderSteps, "paid_before", "/body/paid_on"},
	{"no bank records what was left out before a freeze", nil, by(icbc, "2023-05-20"), recording(func(c *order.Record) { c.OnAccount = on(frozenLater) }), rule.AccountMovable, "frozen_later", "/body/account"},
	{"nor does the platform", nil, by(platform, "2023-05-20"), recording(func(c *order.Record) { c.OnAccount = on(frozenLater) }), rule.AccountMovable, "frozen_later", "/body/account"},
	{"nobody before the account was closed", nil, may20, recording(func(c *order.Record) { c.OnAccount = on(closedLater) }), rule.AccountMovable, "closed_later", "/body/account"},
	{"a class has no telephone", nil, may20, recording(func(c *order.Record) { c.Group = "家长13812345678" }), rule.PersonalData, "personal_number", "/body/group"},
	{"nor has a contract", nil, may20, recording(func(c *order.Record) { c.Contract = "2021年修订版 13812345678" }), rule.PersonalData, "personal_number", "/body/contract"},
	{"a number has no words", nil, may20, recording(func(c *order.Record) { c.Number = "张三" }), rule.PersonalData, "words", "/body/number"},
	{"nor the number of a card", nil, may20, recording(func(c *order.Record) { c.Number = "11010519491231002X" }), rule.PersonalData, "personal_number", "/body/number"},
	{"nor more than it needs", nil, may20, recording(func(c *order.Record) { c.Number = strings.Repeat("A", 65) }), anyFault, "too_long", "/body/number"},
	{"nor has a reference", nil, may20, recording(func(c *order.Record) { c.BankRef = "张三 EX1" }), rule.PersonalData, "words", "/body/bank_ref"},
	{"a course of spaces is none", nil, may20, recording(func(c *order.Record) { c.Course = " 　" }), anyFault, "", "/body/course"},
	{"an amount is bounded", nil, may20, recording(func(c *order.Record) { c.Amount = rule.MaxAmount + 1 }), anyFault, "range", "/body/amount_fen"},
	{"into the account", nil, may20, recording(func(c *order.Record) {
		c.TransferOf, c.Amount, c.OffAccount = domain.RefTo(origin), 285_000, true
		c.Continues(toHere)
	}), rule.FullCustody, "transfer", "/body/off_account"},

	{"a breach of an order that there is", nil, june1, order.NoteBreach{Breach: term.BreachLoan, Note: "分期"}, rule.OrderSteps, "", ""},
	{"a breach is named", isPaid, june1, order.NoteBreach{Note: "分期"}, anyFault, "", "/body/breach"},
	{"and told", isPaid, june1, order.NoteBreach{Breach: term.BreachLoan}, anyFault, "", "/body/note"},
	{"limits are reckoned, not noted", isPaid, june1, order.NoteBreach{Breach: term.BreachHours, Note: "超"}, rule.ChargingLimits, "reckoned", "/body/breach"},
	{"by hand a limit has its figures", isPaid, june1, order.NoteBreach{Breach: term.BreachMonths, Note: "超", Value: 93}, rule.ChargingLimits, "reckoned", "/body/breach"},
	{"of which the value is above", isPaid, june1, order.NoteBreach{Breach: term.BreachEarly, Note: "超", Value: 30, Limit: 30}, rule.ChargingLimits, "reckoned", "/body/breach"},
	{"it stands once", isExceeded, june1, order.NoteBreach{Breach: term.BreachAmount, Note: "超", Value: 600_000, Limit: 400_000}, rule.ChargingLimits, "stands", "/body/value"},
	{"a value is bounded", isPaid, june1, order.NoteBreach{Breach: term.BreachLoan, Note: "分期", Value: math.MaxInt64}, anyFault, "range", "/body/value"},
	{"and a limit", isPaid, june1, order.NoteBreach{Breach: term.BreachLoan, Note: "分期", Limit: math.MaxInt64}, anyFault, "range", "/body/limit"},
	{"a value is not negative", isPaid, june1, order.NoteBreach{Breach: term.BreachLoan, Note: "分期", Value: -1}, anyFault, "range", "/body/value"},
	{"nor a limit", isPaid, june1, order.NoteBreach{Breach: term.BreachLoan, Note: "分期", Limit: -1}, anyFault, "range", "/body/limit"},
	{"nothing is done before it was paid", isPaid, domaintest.On("2023-05-19"), order.NoteBreach{Breach: term.BreachLoan, Note: "分期"}, rule.OrderSteps, "before_payment", "/effective"},

	{"nor at the new institution before the transfer", isOnward, june1, deliver, rule.OrderSteps, "before_transfer", "/effective"},
	{"a notice has no telephone", isPaid, june1, with(deliver, func(c *order.DeliverLesson) { c.Notice = "短信13812345678" }), rule.PersonalData, "personal_number", "/body/notice"},

	{"a lesson has class-hours", isPaid, june1, with(deliver, func(c *order.DeliverLesson) { c.Hours = 0 }), anyFault, "range", "/body/hours"},
	{"not fewer than none", isPaid, june1, with(deliver, func(c *order.DeliverLesson) { c.Hours = math.MinInt }), anyFault, "range", "/body/hours"},
	{"not beyond the order", isTaught, june1, with(deliver, func(c *order.DeliverLesson) { c.Hours = 39 }), rule.OrderSteps, "too_many", "/body/hours"},
	{"not after a refund was agreed", isAgreed, june30, deliver, rule.OrderSteps, "refunding", "/body"},
	{"not after it was paid", isRefunded, june30, deliver, rule.OrderSteps, "over", "/body"},
	{"not after a transfer", isMoved, june30, deliver, rule.OrderSteps, "over", "/body"},
	{"not after the end", isSettled, june30, deliver, rule.OrderSteps, "ended", "/body"},
	{"not by another bank", isPaid, by(abc, "2023-06-01"), deliver, rule.AccountBank, "other_bank", "/actor/agency"},

	{"nobody is asked of a lesson that there is not", isTaught, june30, with(notify, func(c *order.NotifyParent) { c.Lesson = 2 }), rule.OrderSteps, "unknown", "/body/lesson"},
	{"nor of none", isTaught, june30, with(notify, func(c *order.NotifyParent) { c.Lesson = 0 }), rule.OrderSteps, "unknown", "/body/lesson"},
	{"nor before it", isUnasked, domaintest.On("2023-05-31"), notify, rule.OrderSteps, "before_lesson", "/effective"},
	{"nor once it is confirmed", isConfirmed, june30, notify, rule.LessonConfirmation, "not_to_confirm", "/body/lesson"},
	{"nor once it is disputed", isDisputed, june30, notify, rule.LessonConfirmation, "not_to_confirm", "/body/lesson"},
	{"a notice says how", isUnasked, june30, with(notify, func(c *order.NotifyParent) { c.Notice = "" }), anyFault, "", "/body/notice"},
	{"and to no telephone", isUnasked, june30, with(notify, func(c *order.NotifyParent) { c.Notice = "短信13812345678" }), rule.PersonalData, "personal_number", "/body/notice"},
	{"another bank does not ask", isUnasked, by(noBank, "2023-06-02"), notify, rule.AccountBank, "other_bank", "/actor/agency"},

	{"what there is not is not confirmed", isPaid, june30, confirm, rule.OrderSteps, "unknown", "/body/lesson"},
	{"nor before it was given", isTaught, domaintest.On("2023-05-31"), confirm, rule.OrderSteps, "before_lesson", "/effective"},
	{"nor after it was judged not to count", isVoid, june30, confirm, rule.LessonConfirmation, "not_to_confirm", "/body/lesson"},
	{"nor without saying by whom", isTaught, june30, with(confirm, func(c *order.ConfirmLesson) { c.By = "" }), anyFault, "", "/body/by"},
	{"nothing is deemed on the last day", isTaught, domaintest.On("2023-06-25"), deem, rule.LessonConfirmation, "too_early", "/effective"},
	{"nor what the parent was not asked about", isUnasked, june30, deem, rule.LessonConfirmation, "not_notified", "/body/lesson"},
	{"nor what is disputed", isDisputed, june30, deem, rule.LessonConfirmation, "not_to_confirm", "/body/lesson"},
	{"nor what the parent has confirmed", isConfirmed, june30, deem, rule.LessonConfirmation, "not_to_confirm", "/body/lesson"},
	{"nor by a telephone", isTaught, june30, with(confirm, func(c *order.ConfirmLesson) { c.Notice = "短信13812345678" }), rule.PersonalData, "personal_number", "/body/notice"},
	{"another bank does not confirm", isTaught, by(abc, "2023-06-02"), confirm, rule.AccountBank, "other_bank", "/actor/agency"},

	{"nobody objects to what there is not", isPaid, june30, object, rule.OrderSteps, "unknown", "/body/lesson"},
	{"nor before it was given", isTaught, domaintest.On("2023-05-31"), object, rule.OrderSteps, "before_lesson", "/effective"},
	{"nor to what is released", isReleased, june30, object, rule.LessonConfirmation, "released", "/body/lesson"},
	{"nor to what was released by tiers", after(isDeemed, was("2023-06-27", order.FundsReleased{Amount: 1, Policy: term.ReleaseTiers})), june30, object, rule.LessonConfirmation, "released", "/body/lesson"},
	{"nor to what they have confirmed", isConfirmed, june30, object, rule.LessonConfirmation, "not_to_confirm", "/body/lesson"},
	{"nor to what was judged", isVoid, june30, object, rule.LessonConfirmation, "not_to_confirm", "/body/lesson"},
	{"an objection has a reason", isTaught, june30, with(object, func(c *order.DisputeLesson) { c.Reason = " " }), anyFault, "", "/body/reason"},
	{"another bank does not object", isTaught, by(abc, "2023-06-02"), object, rule.AccountBank, "other_bank", "/actor/agency"},

	{"what there is not is not judged", isPaid, june30, judge, rule.OrderSteps, "unknown", "/body/lesson"},
	{"nor what nobody objects to", isTaught, june30, judge, rule.LessonConfirmation, "not_disputed", "/body/lesson"},
	{"nor before the objection", isDisputed, domaintest.On("2023-06-11"), judge, rule.OrderSteps, "before_objection", "/effective"},
	{"a judgement has a reason", isDisputed, june30, with(judge, func(c *order.JudgeLesson) { c.Reason = "" }), anyFault, "", "/body/reason"},

	{"nothing is released for no lesson", isConfirmed, june30, with(release, func(c *order.ReleaseFunds) { c.Lessons = nil }), anyFault, "required", "/body/lessons"},
	{"nor for one twice", isConfirmed, june30, with(release, func(c *order.ReleaseFunds) { c.Lessons = []int{1, 1} }), anyFault, "twice", "/body/lessons/1"},
	{"nor for one that there is not", isConfirmed, june30, with(release, func(c *order.ReleaseFunds) { c.Lessons = []int{1, 2} }), rule.OrderSteps, "unknown", "/body/lesson"},
	{"nor for one released", isReleased, june30, release, rule.ReleaseLimit, "released", "/body/lessons/0"},
	{"nor for one disputed", isDisputed, june30, release, rule.ReleaseLimit, "disputed", "/body/lessons/0"},
	{"nor for one not confirmed", isTaught, june30, release, rule.ReleaseLimit, "not_confirmed", "/body/lessons/0"},
	{"nor for one judged not to count", isVoid, june30, release, rule.ReleaseLimit, "not_confirmed", "/body/lessons/0"},
	{"nor before it was confirmed", isConfirmed, domaintest.On("2023-06-02"), release, rule.ReleaseLimit, "before_confirmation", "/effective"},
	{"nor another amount", isConfirmed, june30, with(release, func(c *order.ReleaseFunds) { c.Amount = 15_001 }), rule.ReleaseLimit, "differs", "/body/amount_fen"},
	{"nor a negative one", isConfirmed, june30, with(release, func(c *order.ReleaseFunds) { c.Amount = -15_000 }), rule.ReleaseLimit, "differs", "/body/amount_fen"},
	{"nor what tiers released", after(isConfirmed, was("2023-06-04", order.FundsReleased{Amount: 15_000, Policy: term.ReleaseTiers})), june30, release, rule.ReleaseLimit, "nothing", "/body/lessons"},
	{"nor in the month of its confirmation", isConfirmed, june30, scheduled("monthly"), rule.ReleaseLimit, "this_month", "/body/lessons/0"},
	{"nor before the whole order is confirmed", isConfirmed, june30, scheduled("after_order"), rule.ReleaseLimit, "not_complete", "/body"},
	{"tiers know no lessons", isConfirmed, june30, with(tiered, func(c *order.ReleaseFunds) { c.Lessons = []int{1} }), anyFault, "by_tiers", "/body/lessons"},
	{"tiers need an amount", isConfirmed, june30, with(tiered, func(c *order.ReleaseFunds) { c.Amount = 0 }), anyFault, "range", "/body/amount_fen"},
	{"tiers release no more than is confirmed", isConfirmed, june30, with(tiered, func(c *order.ReleaseFunds) { c.Amount = 15_001 }), rule.ReleaseLimit, "too_much", "/body/amount_fen"},
	{"by the day of the release", isConfirmed, domaintest.On("2023-06-02"), tiered, rule.ReleaseLimit, "too_much", "/body/amount_fen"},
	{"tiers release no more than 30 per cent at first", onDay(40), june30, with(tiered, func(c *order.ReleaseFunds) { c.Amount = 90_001 }), rule.ReleaseLimit, "too_much", "/body/amount_fen"},
	{"nor all there is", onDay(40), june30, with(tiered, func(c *order.ReleaseFunds) { c.Amount = math.MaxInt64 }), anyFault, "range", "/body/amount_fen"},
	{"nor of less than a fen", tiny, june30, release, rule.ReleaseLimit, "no_fee", "/body/lessons"},
	{"nor with a name as a reference", isConfirmed, june30, with(release, func(c *order.ReleaseFunds) { c.BankRef = "张三" }), rule.PersonalData, "words", "/body/bank_ref"},
	{"nor by the platform of a day before a freeze", isConfirmed, by(platform, "2023-06-30"), with(release, func(c *order.ReleaseFunds) { c.OnAccount = on(frozenLater) }), rule.AccountMovable, "frozen_later", "/target"},
	{"nothing is released while a refund is pending", isAsked, june30, release, rule.ReleaseLimit, "refunding", "/body"},
	{"nor from a frozen account", isConfirmed, june30, with(release, func(c *order.ReleaseFunds) { c.OnAccount = on(frozen) }), rule.AccountMovable, "frozen", "/target"},
	{"nor from a closed one", isConfirmed, june30, with(release, func(c *order.ReleaseFunds) { c.OnAccount = on(closed) }), rule.AccountMovable, "closed", "/target"},
	{"nor by another bank", isConfirmed, by(abc, "2023-06-30"), release, rule.AccountBank, "other_bank", "/actor/agency"},
	{"nor more than lies in the account", after(isOutside, was("2023-05-21", order.MovedIn{Amount: 1}), isConfirmed[1], isConfirmed[2]), june30, release, rule.ReleaseLimit, "too_much", "/body/amount_fen"},

	{"nothing does not come in", isOutside, june1, with(moveIn, func(c *order.MoveIn) { c.Amount = 0 }), anyFault, "range", "/body/amount_fen"},
	{"nor more than lies outside", isOutside, june1, with(moveIn, func(c *order.MoveIn) { c.Amount = 300_001 }), rule.FullCustody, "too_much", "/body/amount_fen"},
	{"nor into a frozen account", isOutside, june1, with(moveIn, func(c *order.MoveIn) { c.OnAccount = on(frozen) }), rule.AccountMovable, "frozen", "/target"},
	{"nor before it was frozen, by a bank", isOutside, by(icbc, "2023-06-01"), with(moveIn, func(c *order.MoveIn) { c.OnAccount = on(frozenLater) }), rule.AccountMovable, "frozen_later", "/target"},
	{"nor with a name as a reference", isOutside, june1, with(moveIn, func(c *order.MoveIn) { c.BankRef = "张三" }), rule.PersonalData, "words", "/body/bank_ref"},
	{"nor into that of another bank", isOutside, by(abc, "2023-06-01"), moveIn, rule.AccountBank, "other_bank", "/actor/agency"},
	{"nor for an order that there is not", nil, june1, moveIn, rule.OrderSteps, "", ""},

	{"a refund has a cause", isConfirmed, june30, with(ask, func(c *order.RequestRefund) { c.Cause = "" }), anyFault, "", "/body/cause"},
	{"it is asked for once", isAsked, june30, ask, rule.OrderSteps, "pending", "/body"},
	{"nothing is refunded of what was taught", onDay(40), june30, ask, rule.RefundAmount, "nothing", "/body"},
	{"nor of what was refunded", isRefunded, june30, ask, rule.RefundAmount, "nothing", "/body"},
	{"also where the family now blames the institution", isRefunded, june30, with(ask, func(c *order.RequestRefund) { c.Cause = term.CauseOperator }), rule.RefundAmount, "nothing", "/body"},
	{"another bank does not ask for it", isConfirmed, by(abc, "2023-06-19"), ask, rule.AccountBank, "other_bank", "/actor/agency"},

	{"nothing is taken back that was not asked for", isConfirmed, june30, takeOff, rule.OrderSteps, "no_refund", "/body"},
	{"nor before it was", isAsked, domaintest.On("2023-06-18"), takeOff, rule.OrderSteps, "before_request", "/effective"},
	{"nor once part of it is paid", after(isAgreed, was("2023-06-21", order.RefundPaid{Amount: 1, Route: term.OriginalRoute})), june30, takeOff, rule.OrderSteps, "paid", "/body"},
	{"nor once part of it is paid out", after(isAgreed, was("2023-06-21", order.PaidOut{Amount: 1})), june30, takeOff, rule.OrderSteps, "paid", "/body"},
	{"another bank does not take it back", isAsked, by(abc, "2023-06-19"), takeOff, rule.AccountBank, "other_bank", "/actor/agency"},

	{"nothing is agreed that was not asked for", isConfirmed, june30, agree, rule.OrderSteps, "no_refund", "/body"},
	{"nor before it was", isAsked, domaintest.On("2023-06-18"), agree, rule.OrderSteps, "before_request", "/effective"},
	{"nor by the institution after it refused", isRefused, june30, agree, rule.OrderSteps, "no_refund", "/body"},
	{"another amount is not agreed afterwards", isAgreed, june30, with(agree, func(c *order.AgreeRefund) { c.Amount = fen(300_000) }), rule.RefundAnswer, "agreed", "/body/amount_fen"},
	{"silence agrees to nothing on the last day", isAsked, domaintest.On("2023-06-27"), silence, rule.RefundAnswer, "too_early", "/effective"},
	{"a bank is no authority", isAsked, by(icbc, "2023-06-20"), with(agree, func(c *order.AgreeRefund) { c.By = term.ByAuthority }), rule.RefundAnswer, "not_authority", "/actor/agency"},
	{"nor is the platform", isAsked, by(platform, "2023-06-20"), with(agree, func(c *order.AgreeRefund) { c.By = term.ByAuthority }), rule.RefundAnswer, "not_authority", "/actor/agency"},
	{"the days after payment are not claimed", isAsked, june30, with(agree, func(c *order.AgreeRefund) { c.By = term.ByCoolingOff }), anyFault, "choice", "/body/by"},
	{"it is said by whom", isAsked, june30, with(agree, func(c *order.AgreeRefund) { c.By = "" }), anyFault, "choice", "/body/by"},
	{"no less than the rule gives", isAsked, june30, with(agree, func(c *order.AgreeRefund) { c.Amount = fen(279_999) }), rule.RefundAmount, "too_little", "/body/amount_fen"},
	{"no more than is left", isAsked, june30, with(agree, func(c *order.AgreeRefund) { c.Amount = fen(300_001) }), rule.RefundAmount, "too_much", "/body/amount_fen"},
	{"nothing is agreed where nothing is left", isOvertaken, june30, silence, rule.RefundAmount, "nothing", "/body"},
	{"another bank does not agree", isAsked, by(abc, "2023-06-20"), agree, rule.AccountBank, "other_bank", "/actor/agency"},

	{"nothing is refused that was not asked for", isConfirmed, june30, refuse, rule.OrderSteps, "no_refund", "/body"},
	{"nor what was agreed", isAgreed, june30, refuse, rule.RefundAnswer, "agreed", "/body"},
	{"nor after the period", isAsked, domaintest.On("2023-06-28"), refuse, rule.RefundAnswer, "too_late", "/effective"},
	{"a refusal has a reason", isAsked, domaintest.On("2023-06-20"), with(refuse, func(c *order.RefuseRefund) { c.Reason = "" }), anyFault, "", "/body/reason"},
	{"another bank does not refuse", isAsked, by(abc, "2023-06-20"), refuse, rule.AccountBank, "other_bank", "/actor/agency"},

	{"nothing is paid back that was not asked for", isConfirmed, june30, payBack, rule.OrderSteps, "no_refund", "/body"},
	{"nor before it was agreed", isAsked, june30, payBack, rule.OrderSteps, "not_agreed", "/body"},
	{"nor on a day before", isAgreed, domaintest.On("2023-06-19"), payBack, rule.OrderSteps, "before_request", "/effective"},
	{"nor nothing", isAgreed, june30, with(payBack, func(c *order.PayRefund) { c.Amount = 0 }), anyFault, "range", "/body/amount_fen"},
	{"nor less", isAgreed, june30, with(payBack, func(c *order.PayRefund) { c.Amount = math.MinInt64 }), anyFault, "range", "/body/amount_fen"},
	{"nor more than is owed", isAgreed, june30, with(payBack, func(c *order.PayRefund) { c.Amount = 280_001 }), rule.RefundAmount, "too_much", "/body/amount_fen"},
	{"nor more than was paid for the order", isAgreed, june30, with(payBack, func(c *order.PayRefund) { c.Amount = 300_001 }), rule.RefundAmount, "too_much", "/body/amount_fen"},
	{"nor more than sums can hold", isAgreed, june30, with(payBack, func(c *order.PayRefund) { c.Amount = math.MaxInt64 }), anyFault, "range", "/body/amount_fen"},
	{"nor another way without a reason", isAgreed, june30, with(payBack, func(c *order.PayRefund) { c.Route = term.OtherRoute }), anyFault, "", "/body/reason"},
	{"nor by the institution what it does not hold", isAgreed, june30, with(payBack, func(c *order.PayRefund) { c.Outside = 1 }), rule.RefundAmount, "too_much", "/body/outside_fen"},
	{"nor less than nothing by it", isAgreed, june30, with(payBack, func(c *order.PayRefund) { c.Outside = math.MinInt64 }), rule.RefundAmount, "too_much", "/body/outside_fen"},
	{"nor more by it than is paid", after(isOutside, isAgreed[1:]...), june30, with(payBack, func(c *order.PayRefund) { c.Outside = 280_001 }), rule.RefundAmount, "too_much", "/body/outside_fen"},
	{"nor from the account what lies outside", after(isOutside, isAgreed[1:]...), june30, payBack, rule.RefundAmount, "not_held", "/body/amount_fen"},
	{"nor from a frozen account", isAgreed, june30, with(payBack, func(c *order.PayRefund) { c.OnAccount = on(frozen) }), rule.AccountMovable, "frozen", "/target"},
	{"nor without saying by which route", isAgreed, june30, with(payBack, func(c *order.PayRefund) { c.Route = "" }), anyFault, "", "/body/route"},
	{"nor before it was frozen, by a bank", isAgreed, by(icbc, "2023-06-21"), with(payBack, func(c *order.PayRefund) { c.OnAccount = on(frozenLater) }), rule.AccountMovable, "frozen_later", "/target"},
	{"nor with a name as a reference", isAgreed, june30, with(payBack, func(c *order.PayRefund) { c.BankRef = "张三" }), rule.PersonalData, "words", "/body/bank_ref"},
	{"another bank does not pay it back", isAgreed, by(abc, "2023-06-21"), payBack, rule.AccountBank, "other_bank", "/actor/agency"},

	{"nothing is paid out of what there is not", nil, june30, payOut, rule.OrderSteps, "", ""},
	{"nor nothing", isReleased, june30, with(payOut, func(c *order.PayOut) { c.Amount = -1 }), anyFault, "range", "/body/amount_fen"},
	{"nor without a closure", isReleased, june30, with(payOut, func(c *order.PayOut) { c.OnAccount, c.Dispute = on(), domain.Ref{} }), rule.ClosurePayout, "not_closed", "/body/dispute"},
	{"nor what was taught", isConfirmed, june30, with(payOut, func(c *order.PayOut) { c.Amount = 285_001 }), rule.ClosurePayout, "too_much", "/body/amount_fen"},
	{"nor from the deposit what is held", isReleased, june30, with(payOut, func(c *order.PayOut) { c.Deposit = true }), rule.ClosurePayout, "too_much", "/body/amount_fen"},
	{"nor from the deposit what was not used for it", isOutside, june30, with(payOut, func(c *order.PayOut) { c.OnAccount, c.Deposit, c.Amount = on(used(0)), true, 1 }), rule.ClosurePayout, "above_deposit", "/body/amount_fen"},
	{"nor what was paid out of that already", after(isOutside, was("2023-06-20", order.PaidOut{Amount: 100_000, Deposit: true})), june30,
		with(payOut, func(c *order.PayOut) { c.OnAccount, c.Deposit, c.Amount = on(used(150_000)), true, 50_001 }), rule.ClosurePayout, "above_deposit", "/body/amount_fen"},
	{"nor what the rule of a refund left to the institution", isRefunded, june30, with(payOut, func(c *order.PayOut) { c.Amount = 1 }), rule.ClosurePayout, "too_much", "/body/amount_fen"},
	{"nor from an account that was closed since", isReleased, june30, with(payOut, func(c *order.PayOut) { c.OnAccount = on(closedLater) }), rule.AccountMovable, "closed_later", "/target"},
	{"nor with a name as a reference", isReleased, june30, with(payOut, func(c *order.PayOut) { c.BankRef = "张三" }), rule.PersonalData, "words", "/body/bank_ref"},
	{"nor from a closed account", isReleased, june30, with(payOut, func(c *order.PayOut) { c.OnAccount = on(closed) }), rule.AccountMovable, "closed", "/target"},
	{"nor from one before it was open", isReleased, june30, with(payOut, func(c *order.PayOut) { c.OnAccount = on(notOpen) }), rule.AccountMovable, "not_open", "/target"},

	{"nothing is transferred of what there is not", nil, june30, moveOn, rule.OrderSteps, "", ""},
	{"nor while a refund is pending", isAsked, june30, moveOn, rule.OrderSteps, "refunding", "/body"},
	{"nor twice", isMoved, june30, moveOn, rule.OrderSteps, "transferred", "/body"},
	{"nor to nowhere", isReleased, june30, with(moveOn, func(c *order.Transfer) { c.To = domain.Ref{} }), anyFault, "same", "/body/to"},
	{"nor to the same account", isReleased, june30, with(moveOn, func(c *order.Transfer) { c.To = domain.RefTo(account) }), anyFault, "same", "/body/to"},
	{"nor to another of the same institution", isReleased, june30, with(moveOn, func(c *order.Transfer) { c.There.Institution = school }), anyFault, "same", "/body/to"},
	{"nor with a lesson in dispute", isDisputed, june30, moveOn, rule.OrderSteps, "not_confirmed", "/body"},
	{"nor with one not confirmed", isTaught, june30, moveOn, rule.OrderSteps, "not_confirmed", "/body"},
	{"nor what lies outside", after(isOutside, was("2023-05-21", order.MovedIn{Amount: 299_999})), june30, moveOn, rule.FullCustody, "outside", "/body"},
	{"nor from custody to a deposit", isReleased, june30, with(moveOn, func(c *order.Transfer) { c.There.Mode = term.RiskDeposit }), rule.FullCustody, "no_custody", "/body/to"},
	{"nor what a refund has left to the institution", isRefunded, june30, moveOn, rule.OrderSteps, "refunded", "/body"},
	{"nor from an account that was closed since", isReleased, june30, with(moveOn, func(c *order.Transfer) { c.OnAccount = on(closedLater) }), rule.AccountMovable, "closed_later", "/target"},
	{"nor to one", isReleased, june30, with(moveOn, func(c *order.Transfer) { c.There.ClosedLater = day("2023-07-15") }), rule.AccountMovable, "closed_later", "/body/to"},
	{"nor with a name as a reference", isReleased, june30, with(moveOn, func(c *order.Transfer) { c.BankRef = "张三" }), rule.PersonalData, "words", "/body/bank_ref"},
	{"nor what was taught", onDay(40), june30, moveOn, rule.OrderSteps, "nothing", "/body"},
	{"nor to a frozen account", isReleased, june30, with(moveOn, func(c *order.Transfer) { c.There.Frozen = day("2023-06-01") }), rule.AccountMovable, "frozen", "/body/to"},
	{"nor to one that is not open", isReleased, june30, with(moveOn, func(c *order.Transfer) { c.There = rule.SupervisedAccount{} }), rule.AccountMovable, "not_open", "/body/to"},
	{"nor from a frozen one", isReleased, june30, with(moveOn, func(c *order.Transfer) { c.OnAccount = on(frozen) }), rule.AccountMovable, "frozen", "/target"},

	{"nothing is settled while a refund is pending", isAgreed, june30, settle, rule.OrderSteps, "refunding", "/body"},
	{"nor with a lesson that is not confirmed", allTaught, june30, settle, rule.ReleaseLimit, "not_confirmed", "/body"},
	{"nor with one in dispute", after(allTaught, was("2023-06-12", objection1)), june30, settle, rule.ReleaseLimit, "not_confirmed", "/body"},
	{"nor with lessons to come", isReleased, june30, settle, rule.OrderSteps, "undelivered", "/body"},
	{"nor before the latest step", onDay(40), june1, settle, rule.OrderSteps, "before_last_step", "/effective"},
	{"nor from a frozen account", onDay(40), june30, order.Settle{OnAccount: on(frozen)}, rule.AccountMovable, "frozen", "/target"},
	{"nor before it was frozen, by the platform", onDay(40), by(platform, "2023-06-30"), order.Settle{OnAccount: on(frozenLater)}, rule.AccountMovable, "frozen_later", "/target"},
	{"nor with a name as a reference", onDay(40), june30, order.Settle{OnAccount: on(), BankRef: "张三"}, rule.PersonalData, "words", "/body/bank_ref"},
	{"nor by another bank", onDay(40), by(abc, "2023-06-30"), settle, rule.AccountBank, "other_bank", "/actor/agency"},
	{"nor twice", isSettled, june30, settle, rule.OrderSteps, "ended", "/body"},

	{"nothing is missed that does not run", isPaid, june30, missed(term.RefundAnswer, "", "2023-06-27"), clock.MissedRule, "not_open", "/body/clock"},
	{"nor on the last day", isAsked, domaintest.On("2023-06-27"), missed(term.RefundAnswer, "", "2023-06-27"), clock.MissedRule, "too_early", "/effective"},
	{"a period is not corrected", isAsked, june30, order.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "clocks/0/due", Reason: "笔误"}}, clock.ExtensionRule, "frozen", "/body/field"},
	{"nor a pupil", isPaid, june30, order.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "pupil", Reason: "笔误"}}, rule.OrderSteps, "frozen", "/body/field"},
	{"nor where money lies", isPaid, june30, correct("off_account", `true`), rule.OrderSteps, "frozen", "/body/field"},
	{"nor whether a deposit stands for it", isPaid, june30, correct("deposit", `true`), rule.OrderSteps, "frozen", "/body/field"},
	{"nor from where it was transferred", isMoved, june30, correct("outside", `true`), rule.OrderSteps, "frozen", "/body/field"},
	{"nor the amount of what was transferred", isMoved, june30, correct("amount_fen", `1`), rule.OrderSteps, "frozen", "/body/field"},
	{"nor its class-hours", isMoved, june30, correct("hours", `1`), rule.OrderSteps, "frozen", "/body/field"},
	{"nor the amount of what goes on", isOnward, domaintest.On("2023-07-01"), correct("amount_fen", `1`), rule.OrderSteps, "frozen", "/body/field"},
	{"nor the day on which it was paid", isOnward, domaintest.On("2023-07-01"), correct("paid_on", `"2023-06-30"`), rule.OrderSteps, "frozen", "/body/field"},
	{"nor an amount once a deposit has paid for the order", after(isOutside, was("2023-06-20", order.PaidOut{Amount: 100_000, Deposit: true})), june30, correct("amount_fen", `200000`), rule.OrderSteps, "frozen", "/body/field"},
	{"as the edge says it too", isPaid, june30, goingOn("amount_fen", `1`), rule.OrderSteps, "frozen", "/body/field"},
	{"nor a course to another form", isPaid, june30, correct("course", `"国画 "`), anyFault, "course", "/body/is"},
	{"nor to none", isPaid, june30, correct("course", `""`), anyFault, "course", "/body/is"},
	{"nor to what is no text", isPaid, june30, correct("Course", `7`), anyFault, "text", "/body/is"},
	{"nor a reference to a name", isPaid, june30, correct("bank_ref", `"张三"`), rule.PersonalData, "words", "/body/is"},
	{"nor a class to a telephone", isPaid, june30, correct("group", `"13812345678"`), rule.PersonalData, "personal_number", "/body/is"},
	{"a correction has a reason", isPaid, june30, order.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "course"}}, anyFault, "", "/body/reason"},
	{"an annulment has a reason", isPaid, june30, order.Annul{Annulment: domain.Annulment{TargetSeq: 1}}, anyFault, "", "/body/reason"},
}

// goingOn is a correction of an order of which the edge says that it goes on.
func goingOn(field, is string) order.Correct {
	c := correct(field, is)
	c.GoesOn(true)
	return c
}

// tiny is an order whose class-hours cost less than a fen.
var tiny = facts{
	was("2023-05-20", with(paid, func(e *order.Paid) { e.Amount = 39 })),
	was("2023-06-01", order.LessonDelivered{Lesson: 1, Hours: 20}), was("2023-06-03", byParent1),
}

func TestActsAreRefused(t *testing.T) {
	refused := map[reflect.Type]map[string]bool{}
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			var pointers []string
			if c.pointer != "" {
				pointers = []string{c.pointer}
			}
			o := given(t, c.before).When(c.at, c.command)
			var e *domain.Error
			if c.by.ID == "" {
				e = o.ThenFault(domain.Invalid, pointers...)
			} else {
				e = o.ThenRefused(c.by, pointers...)
			}
			if c.code != "" && len(e.Fields) > 0 && e.Fields[0].Code != c.code {
				t.Errorf("got %v with %q, want %q", e, e.Fields[0].Code, c.code)
			}
		})
		of := reflect.TypeOf(c.command)
		if refused[of] == nil {
			refused[of] = map[string]bool{}
		}
		refused[of][c.by.ID] = true
	}
	// What exceeds a limit is put down and not refused; an annulment is refused by
	// what it leaves behind.
	refused[reflect.TypeFor[order.Record]()][rule.ChargingLimits.ID] = true
	refused[reflect.TypeFor[order.Annul]()][rule.OrderSteps.ID] = true
	for _, a := range order.Acts {
		for _, id := range a.RuleRefs() {
			id, _, _ := strings.Cut(id, "@")
			if !refused[reflect.TypeOf(a.Command(a.New()))][id] {
				t.Errorf("%s: got no case that %s refuses", a.Name, id)
			}
		}
	}
}

func TestEveryBankButItsOwnIsRefused(t *testing.T) {
	for agency, want := range map[string]bool{icbc: true, platform: true, education: true, abc: false, noBank: false, "530427-bank-": false, "icbc": false} {
		_, err := order.Decide(order.State{}, by(agency, "2023-05-20"), record)
		if taken := err == nil; taken != want {
			t.Errorf("%s: got %v, want it taken: %v", agency, err, want)
		}
	}
}

// unsound wants a refusal of the state that facts lead to.
func unsound(t *testing.T, before facts) {
	t.Helper()
	err := given(t, before).State().Sound()
	if e, ok := errors.AsType[*domain.Error](err); !ok || e.Rule != rule.OrderSteps.ID || e.Text.ZH == "" || strings.Contains(e.Text.ZH+e.Text.EN, "%!") {
		t.Errorf("got %v, want a whole refusal by %s", err, rule.OrderSteps.ID)
	}
}

func without(before facts, i int) facts { return slices.Delete(slices.Clone(before), i, i+1) }

func instead(before facts, i int, e order.Event) facts {
	out := slices.Clone(before)
	out[i].Event = e
	return out
}

func TestAmendmentsThatLeaveLaterFactsWithoutGroundAreRefused(t *testing.T) {
	for name, before := range map[string]facts{
		"an order that was taught":                   without(isTaught, 0),
		"an order that was paid back":                without(isRefunded, 0),
		"a lesson that was confirmed":                without(isConfirmed, 1),
		"a lesson whose fee is released":             without(isReleased, 1),
		"a confirmation of what is released":         without(isReleased, 2),
		"a notice after which silence confirmed":     without(after(isUnasked, was("2023-06-02", order.ParentNotified{Lesson: 1, Notice: "短信"}), was("2023-06-28", order.LessonConfirmed{Lesson: 1, By: term.ByDeeming})), 2),
		"an objection that was judged":               without(isVoid, 2),
		"a silence that was disputed then":           without(after(isDeemed, was("2023-06-28", with(objection1, func(e *order.LessonDisputed) { e.Deemed = true }))), 2),
		"an objection between silence and word":      without(after(isDeemed, was("2023-06-28", with(objection1, func(e *order.LessonDisputed) { e.Deemed = true })), was("2023-06-29", byParent1)), 3),
		"class-hours of a lesson judged void":        instead(isVoid, 1, with(lesson1, func(e *order.LessonDelivered) { e.Hours = 3 })),
		"a request that was agreed to":               without(isAgreed, 3),
		"an agreement by which money was paid":       without(isRefunded, 4),
		"a refund of what was settled since":         without(isSettled, 5),
		"a confirmation of what was settled since":   without(after(onDay(40), was("2023-06-26", order.Settled{Amount: 300_000})), 2),
		"a part of a refund that was then whole":     without(after(isAgreed, was("2023-06-21", order.RefundPaid{Amount: 1}), was("2023-06-22", order.RefundPaid{Amount: 279_999, Whole: true})), 5),
		"the amount of an order below what was paid": instead(isRefunded, 0, with(paid, func(e *order.Paid) { e.Amount = 100_000 })),
		"class-hours below those taught":             instead(isTaught, 0, with(paid, func(e *order.Paid) { e.Hours = 1 })),
		"class-hours that are none":                  instead(isTaught, 0, with(paid, func(e *order.Paid) { e.Hours = 0 })),
		"a lesson of fewer than no class-hours":      instead(isTaught, 1, with(lesson1, func(e *order.LessonDelivered) { e.Hours = -1 })),
		"a release above what is confirmed":          instead(isReleased, 3, with(release1, func(e *order.FundsReleased) { e.Amount = 15_001 })),
		"a release of less than nothing":             instead(isReleased, 3, with(release1, func(e *order.FundsReleased) { e.Amount = -1 })),
		"a release from where nothing lies":          instead(isReleased, 3, with(release1, func(e *order.FundsReleased) { e.Outside = true })),
		"a refund above what was agreed":             instead(isRefunded, 5, order.RefundPaid{Amount: 285_000, Whole: true}),
		"a confirmation of one while another counts": without(after(isTaught, was("2023-06-08", order.LessonDelivered{Lesson: 2, Hours: 2}),
			was("2023-06-09", byParent1), was("2023-06-09", order.LessonConfirmed{Lesson: 2, By: term.ByParent}), was("2023-06-10", release1)), 3),
	} {
		t.Run(name, func(t *testing.T) { unsound(t, before) })
	}
}

func TestAnAnnulledLessonLeavesItsPlaceEmpty(t *testing.T) {
	three := after(isUnasked, was("2023-06-08", order.LessonDelivered{Lesson: 2, Hours: 3}), was("2023-06-15", order.LessonConfirmed{Lesson: 2, By: term.ByParent}))
	h := given(t, without(three, 1))
	s := h.State()
	if err := s.Sound(); err != nil || s.Delivered() != 3 || s.Confirmed() != 3 {
		t.Errorf("got %d delivered, %d confirmed, %v, want the second lesson as it was", s.Delivered(), s.Confirmed(), err)
	}
	h.When(june30, confirm).ThenRefused(rule.OrderSteps, "/body/lesson")
	h.When(june30, with(deliver, func(c *order.DeliverLesson) { c.Notice = "" })).Then(order.LessonDelivered{Lesson: 3, Hours: 2})
}

func TestEmptyPlacesDoNotHinderTheEnd(t *testing.T) {
	given(t, after(isPaid, was("2023-06-01", order.LessonDelivered{Lesson: 2, Hours: 40}), was("2023-06-02", order.LessonConfirmed{Lesson: 2, By: term.ByParent}))).
		When(june30, settle).Then(order.Settled{Amount: 300_000})
}

func TestTheLastClassHourCostsWhatTheDivisionLeaves(t *testing.T) {
	odd := with(paid, func(e *order.Paid) { e.Amount, e.Hours = 100_000, 3 })
	s := given(t, facts{was("2023-05-20", odd)}).State()
	var got []money.Fen
	for h := range 5 {
		got = append(got, s.Fee(h))
	}
	if want := []money.Fen{0, 33_333, 66_666, 100_000, 100_000}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	// Released in any order, all of them cost what was paid.
	before := facts{was("2023-05-20", odd)}
	for n := range 3 {
		before = after(before, was("2023-06-01", order.LessonDelivered{Lesson: n + 1, Hours: 1}), was("2023-06-02", order.LessonConfirmed{Lesson: n + 1, By: term.ByParent}))
	}
	var sum money.Fen
	for _, n := range []int{3, 1, 2} {
		s := given(t, before).When(june30, with(release, func(c *order.ReleaseFunds) { c.Lessons = []int{n} })).Accepted()
		e := order.FundsReleased{Lessons: []int{n}, Hours: 1, Amount: s.Sheet.Of(term.LedgerReleased) - sum}
		sum += e.Amount
		before = after(before, was("2023-06-30", e))
	}
	if sum != 100_000 {
		t.Errorf("got %d released, want all that was paid", sum)
	}
}

func TestAfterAPayoutTheRestOfARefundCanBePaid(t *testing.T) {
	part := after(isAgreed, was("2023-06-21", order.PaidOut{Amount: 200_000}))
	h := given(t, part)
	h.When(june30, with(payBack, func(c *order.PayRefund) { c.Amount = 80_001 })).ThenRefused(rule.RefundAmount, "/body/amount_fen")
	s := h.When(june30, with(payBack, func(c *order.PayRefund) { c.Amount = 80_000 })).Then(order.RefundPaid{Amount: 80_000, Route: term.OriginalRoute, Whole: true})
	if s.Refund.Pending() || len(s.Clocks.Open()) != 0 {
		t.Errorf("got %+v with clocks %v, want the refund at its end", s.Refund, s.Clocks.Open())
	}
	whole := given(t, part).When(june30, with(payOut, func(c *order.PayOut) { c.Amount = 80_000 })).Accepted()
	if whole.Refund.Pending() || len(whole.Clocks.Open()) != 0 {
		t.Errorf("got %+v with clocks %v, want the refund at its end", whole.Refund, whole.Clocks.Open())
	}
}

func TestARefundThatLessonsHaveOvertakenIsRefusedAtAnyTime(t *testing.T) {
	s := given(t, isOvertaken).When(june30, refuse).Then(order.RefundRefused{Reason: "合同约定不退"})
	if s.Refund.Pending() || s.Status() != term.OrderRunning {
		t.Errorf("got %s, want the order to run on", s.Status())
	}
}

func TestALessonJudgedVoidAfterARefundIsStillOwed(t *testing.T) {
	before := after(isTaught, was("2023-06-19", request), was("2023-06-20", agreement),
		was("2023-06-21", order.RefundPaid{Amount: 280_000, Whole: true}), was("2023-06-22", objection1), was("2023-06-23", order.LessonJudged{Lesson: 1, Hours: 2, Reason: "未授课"}))
	h := given(t, before)
	h.When(june30, settle).ThenRefused(rule.OrderSteps, "/body")
	again := h.When(june30, with(ask, func(c *order.RequestRefund) { c.Cause = term.CauseOperator })).Accepted()
	if again.Refund.Cause != term.CauseConsumer {
		t.Errorf("got the cause %s, want what it was reckoned by", again.Refund.Cause)
	}
	q, err := again.Quote(again.Refund.Cause)
	if err != nil || q.Refund != 20_000 {
		t.Errorf("got %+v, %v, want the lesson", q, err)
	}
	given(t, after(before, was("2023-06-30", request))).When(domaintest.On("2023-07-02"), deliver).ThenRefused(rule.OrderSteps, "/body")
}

func TestAfterAnObjectionToWhatWasDeemedTheParentMayConfirm(t *testing.T) {
	before := after(isDeemed, was("2023-06-28", with(objection1, func(e *order.LessonDisputed) { e.Deemed = true })))
	s := given(t, before).When(domaintest.On("2023-07-02"), confirm).Then(byParent1)
	if l := s.Lessons[0]; l.By != term.ByParent || l.Confirmed != day("2023-07-02") {
		t.Errorf("got %+v, want the parent's word and its day", l)
	}
}

// TestCountsAddUpToWhatStands: what a fact takes back was counted by another.
func TestCountsAddUpToWhatStands(t *testing.T) {
	disputed := after(isDeemed, was("2023-06-28", with(objection1, func(e *order.LessonDisputed) { e.Deemed = true })))
	for name, c := range map[string]struct {
		before facts
		want   book.Counts
	}{
		"given":                 {isTaught, book.Counts{Orders: 1, Lessons: 1, Hours: 2}},
		"confirmed":             {isConfirmed, book.Counts{Orders: 1, Lessons: 1, Hours: 2, ByParent: 1}},
		"deemed":                {isDeemed, book.Counts{Orders: 1, Lessons: 1, Hours: 2, Deemed: 1}},
		"disputed":              {isDisputed, book.Counts{Orders: 1, Lessons: 1, Hours: 2}},
		"deemed, then disputed": {disputed, book.Counts{Orders: 1, Lessons: 1, Hours: 2}},
		"and confirmed":         {after(disputed, was("2023-07-02", byParent1)), book.Counts{Orders: 1, Lessons: 1, Hours: 2, ByParent: 1}},
		"and judged to count":   {after(disputed, was("2023-07-02", order.LessonJudged{Lesson: 1, Counts: true, Reason: "有签到"})), book.Counts{Orders: 1, Lessons: 1, Hours: 2, ByParent: 1}},
		"and judged not to":     {after(disputed, was("2023-07-02", order.LessonJudged{Lesson: 1, Hours: 2, Reason: "未授课"})), book.Counts{Orders: 1}},
	} {
		if got := counted(c.before); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
		if err := given(t, c.before).State().Sound(); err != nil {
			t.Errorf("%s: got %v, want it sound", name, err)
		}
	}
}

// counted is the sum of what facts count.
func counted(before facts) (sum book.Counts) {
	for _, f := range before {
		sum = sum.Plus(book.ChangeOf(f.Event).Counts)
	}
	return sum
}

// TestSilenceBeginsWhenTheRegisterHearsOfTheNotice: a notice of months ago makes
// nobody silent today.
func TestSilenceBeginsWhenTheRegisterHearsOfTheNotice(t *testing.T) {
	late := with(deliver, func(c *order.DeliverLesson) { c.HeardOn(day("2023-06-21")) })
	e := with(lesson1, func(e *order.LessonDelivered) { e.Clocks = confirming("1", "2023-06-21", "2023-07-13") })
	given(t, isPaid).When(june1, late).Then(e)
	h := given(t, after(isPaid, was("2023-06-01", e)))
	h.When(domaintest.On("2023-07-13"), deem).ThenRefused(rule.LessonConfirmation, "/effective")
	h.When(domaintest.On("2023-07-14"), deem).Accepted()

	asked := with(notify, func(c *order.NotifyParent) { c.HeardOn(day("2023-06-21")) })
	given(t, isUnasked).When(domaintest.On("2023-06-02"), asked).Then(order.ParentNotified{Lesson: 1, Notice: "短信", Clocks: confirming("1", "2023-06-21", "2023-07-13")})
	early := with(deliver, func(c *order.DeliverLesson) { c.HeardOn(day("2023-05-31")) })
	given(t, isPaid).When(june1, early).Then(lesson1)
}

func TestWhatIsPaidOutOfTheDepositIsRemembered(t *testing.T) {
	before := after(isOutside, was("2023-06-20", order.PaidOut{Amount: 100_000, Deposit: true}), was("2023-06-21", order.PaidOut{Amount: 50_000, Deposit: true}))
	if s := given(t, before).State(); s.FromDeposit != 150_000 {
		t.Errorf("got %d, want both", s.FromDeposit)
	}
	if s := given(t, after(isPaid, was("2023-06-20", order.PaidOut{Amount: 100_000}))).State(); s.FromDeposit != 0 {
		t.Errorf("got %d of what was held, want nothing", s.FromDeposit)
	}
}

func TestATransferOfADepositOrderLeavesItsBooksBalanced(t *testing.T) {
	s := given(t, after(isDeposit, isConfirmed[1:]...)).When(june30, moveOn).Accepted()
	if s.Sheet.Of(term.LedgerTransferred) != 285_000 || s.Outside() != 15_000 || s.Held() != 0 || !s.Sheet.Balanced() {
		t.Errorf("got %v, want the rest with the institution", s.Sheet.Amounts())
	}
}

func TestATransferredOrderHasNoSecondCoolingOff(t *testing.T) {
	s := given(t, isOnward).State()
	if got := s.CoolingOff(lawOf()); got != day("2023-05-27") {
		t.Errorf("got the last day %s, want that of the first order", got)
	}
	given(t, isOnward).When(june30, ask).Then(order.RefundRequested{Institution: school, Cause: term.CauseConsumer, Reason: "转学", Clocks: answering("2023-06-30", "2023-07-07")})
}

func TestCoursesAreOneHoweverTheyAreSpaced(t *testing.T) {
	for _, c := range []string{"国画", "国画 ", " 国画", "国　画", "国\u200b画"} {
		if got := order.Course(c); got != "国画" {
			t.Errorf("%q: got %q", c, got)
		}
	}
}

func TestStatus(t *testing.T) {
	for want, cases := range map[term.OrderStatus][]facts{
		term.OrderRunning: {isPaid, isRefused, isRefunded, isMoved}, term.OrderRefunding: {isAsked, isAgreed}, term.OrderEnded: {isSettled},
	} {
		for _, before := range cases {
			if got := given(t, before).State().Status(); got != want {
				t.Errorf("got %s after %T, want %s", got, before[len(before)-1].Event, want)
			}
		}
	}
}

func TestWhatOtherOrdersCount(t *testing.T) {
	for name, c := range map[string]struct {
		before facts
		want   rule.OpenOrder
	}{
		"all of a new one":           {isPaid, rule.OpenOrder{Hours: 40, Amount: 300_000}},
		"what is not delivered":      {isTaught, rule.OpenOrder{Hours: 38, Amount: 285_000, Received: true}},
		"disputed is not delivered":  {isDisputed, rule.OpenOrder{Hours: 40, Amount: 300_000}},
		"what is left of a refund":   {isRefunded, rule.OpenOrder{Received: true}},
		"what is owed after one":     {after(isTaught, was("2023-06-19", request), was("2023-06-20", agreement), was("2023-06-21", order.RefundPaid{Amount: 280_000, Whole: true}), was("2023-06-22", objection1)), rule.OpenOrder{Amount: 20_000}},
		"a term has no class-hours":  {facts{was("2023-05-20", with(paid, func(e *order.Paid) { e.ByPeriod, e.Hours = true, 92 }))}, rule.OpenOrder{Amount: 300_000}},
		"nothing of one transferred": {isMoved, rule.OpenOrder{Received: true}},
		"nothing of one at its end":  {isSettled, rule.OpenOrder{Received: true}},
	} {
		if got := given(t, c.before).State().OpenOrder(); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

func TestReferencesAndFigures(t *testing.T) {
	var r order.Record
	var p order.PayOut
	var m order.Transfer
	refs := slices.Concat((&r).Refs(), (&p).Refs(), (&m).Refs())
	for i, want := range []string{"/body/account", "/body/transfer_of", "/body/dispute", "/body/to"} {
		if refs[i].Pointer != want || len(refs[i].Kinds) != 1 {
			t.Errorf("got %+v, want %s", refs[i], want)
		}
		refs[i].Ref.Stream = want
	}
	if r.Account.Stream != "/body/account" || p.Dispute.Stream != "/body/dispute" || m.To.Stream != "/body/to" {
		t.Errorf("got %+v %+v %+v, want them resolved in place", r.Account, p.Dispute, m.To)
	}
	for name, c := range map[string]struct {
		fact figure.Measured
		want figure.Measure
	}{
		"a breach":  {order.BreachNoted{Institution: school, Breach: term.BreachLoan}, figure.Measure{Key: term.ChargeBreachesNoted, Item: "loan", Institution: school, Count: figure.Of(1, term.Incidents)}},
		"a request": {request, figure.Measure{Key: term.RefundsRequested, Item: "consumer", Institution: school, Count: figure.Of(1, term.Incidents)}},
	} {
		if got := c.fact.Measures(); !reflect.DeepEqual(got, []figure.Measure{c.want}) {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

func TestFactsCheckThemselvesAfterACorrection(t *testing.T) {
	type checked interface{ Check() error }
	for i, c := range []struct{ good, bad checked }{
		{paid, with(paid, func(e *order.Paid) { e.Hours = 0 })},
		{paid, with(paid, func(e *order.Paid) { e.PaidOn = 0 })},
		{paid, with(paid, func(e *order.Paid) { e.Amount = math.MaxInt64 })},
		{lesson1, with(lesson1, func(e *order.LessonDelivered) { e.Hours = 0 })},
		{release1, with(release1, func(e *order.FundsReleased) { e.Amount = -1 })},
		{release1, with(release1, func(e *order.FundsReleased) { e.Hours = -1 })},
		{order.MovedIn{Amount: 1}, order.MovedIn{}},
		{agreement, with(agreement, func(e *order.RefundAgreed) { e.Amount = 0 })},
		{order.RefundPaid{Amount: 1, Outside: 1}, order.RefundPaid{Amount: 1, Outside: 2}},
		{order.RefundPaid{Amount: 1}, order.RefundPaid{}},
		{order.PaidOut{Amount: 1}, order.PaidOut{Amount: -1}},
		{moved, with(moved, func(e *order.Transferred) { e.Amount = 0 })},
		{moved, with(moved, func(e *order.Transferred) { e.Hours = -1 })},
		{moved, with(moved, func(e *order.Transferred) { e.Amount = rule.MaxAmount + 1 })},
		{paid, with(paid, func(e *order.Paid) { e.OffAccount, e.Deposit = true, true })},
		{paid, with(paid, func(e *order.Paid) { e.OffAccount, e.TransferOf = true, origin })},
		{order.BreachNoted{}, order.BreachNoted{Value: -1}},
		{order.BreachNoted{}, order.BreachNoted{Limit: -1}},
		{order.Settled{}, order.Settled{Amount: -1}},
		{order.Settled{}, order.Settled{Outside: -1}},
	} {
		if c.good.Check() != nil || c.bad.Check() == nil {
			t.Errorf("%d %T: got %v and %v, want the second refused", i, c.good, c.good.Check(), c.bad.Check())
		}
	}
}
