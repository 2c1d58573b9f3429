package reaction

import (
	"cmp"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/escrow"
	"minglu/domain/institution"
	"minglu/domain/order"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// toEscrow is what follows on supervised accounts and their orders.
var toEscrow = []Reaction{
	on("课时确认：一课一消的，拨付该次课的费用", "lesson confirmed: its fee is released where the division releases by lesson",
		func(f Fact, e order.LessonConfirmed, l rule.Law, today calendar.Day) []Act {
			if !f.fresh(today) || term.ReleasePolicy(l.Policy.Text("escrow.release")) != term.ReleasePerLesson {
				return nil
			}
			return []Act{{
				Key: f.ID + "/release", Name: "order.release-funds", Division: f.Meta.Division, Target: f.Stream, Agency: keeper(f.Meta.Division),
				Effective: max(today, calendar.DayOf(f.Meta.Effective)), Cause: f.ID, Why: "第 " + strconv.Itoa(e.Lesson) + " 次课已确认",
				Body: order.ReleaseFunds{Lessons: []int{e.Lesson}},
			}}
		}),
	on("订单划转：在接收机构续建订单", "order transferred: it goes on at the receiving institution",
		func(f Fact, e order.Transferred, _ rule.Law, today calendar.Day) []Act {
			if !f.fresh(today) {
				return nil
			}
			day := calendar.DayOf(f.Meta.Effective)
			return []Act{{
				Key: f.ID + "/order", Name: "order.record", Division: divisionOf(e.To), Effective: max(today, day),
				Agency: keeper(divisionOf(e.To)), Cause: f.ID, Why: "划转自其他机构", Body: goesOn(f.Stream, day, e),
			}}
		}),
	on("红色预警：按本地参数建议移出白名单", "red alert: proposal to remove from white, where the division says so",
		func(f Fact, e escrow.AlertRaised, l rule.Law, today calendar.Day) []Act {
			if e.Level != term.Red || !l.Policy.Bool("list.red_alert_removes_white") {
				return nil
			}
			return f.propose(e.Institution, today, proposal{term.ProposeRemoveWhite, string(term.X5), "监管账户红色预警：" + e.Metric.Label().ZH})
		}),
}

// goesOn is the order by which a transferred one goes on, paid on the day of that.
// One by period has the days that are left of it.
func goesOn(from string, on calendar.Day, e order.Transferred) order.Record {
	first := max(e.PeriodFrom, on)
	if e.ByPeriod {
		first = e.PeriodTo.AddDays(1 - e.Hours)
	}
	return order.Record{
		Account: domain.RefTo(e.To), Pupil: e.Pupil, Course: e.Course, Class: e.Class, Hours: e.Hours, ByPeriod: e.ByPeriod,
		PeriodFrom: min(first, e.PeriodTo), PeriodTo: e.PeriodTo, Amount: e.Amount, ListPrice: e.ListPrice, PaidOn: cmp.Or(e.PaidOn, on), Contract: "transferred",
		TransferOf: domain.RefTo(from), BankRef: e.BankRef,
	}
}

func divisionOf(stream string) string {
	division, _, _ := strings.Cut(stream, ".")
	return division
}

// accountsFrozen are the acts by which all supervised accounts of an institution
// are frozen, and a red alert is raised on each. Their target is the institution:
// the register carries them out on each of its accounts that is open.
func accountsFrozen(f Fact, e institution.AbnormalClosureReported, today calendar.Day) []Act {
	on := max(today, calendar.DayOf(f.Meta.Effective))
	act := Act{Division: f.Meta.Division, Target: f.Stream, Effective: on, Agency: keeper(f.Meta.Division), Cause: f.ID, Why: "机构非正常关停"}
	freeze, alert := act, act
	freeze.Key, freeze.Name, freeze.Body = f.ID+"/freeze", "escrow.freeze", escrow.FreezeAccount{Reason: "机构非正常关停"}
	alert.Key, alert.Name = f.ID+"/alert", "escrow.raise-alert"
	raise := escrow.RaiseAlert{Level: term.Red, Metric: term.MetricBalance, Preset: "none"}
	if e.Undelivered != nil {
		raise.Value = int64(min(*e.Undelivered, rule.MaxAmount)) // no alert has more
	}
	alert.Body = raise
	return []Act{freeze, alert}
}

// answered is what the law deems to have happened when somebody kept silent.
func answered(key, division string, p Passed, after calendar.Day) (Act, bool) {
	act := Act{Key: key, Division: division, Target: p.Stream, Effective: after, Agency: keeper(division), Why: p.Key.Label().ZH + "期限于 " + p.Due.String() + " 届满"}
	switch p.Key {
	case term.LessonConfirmation:
		lesson, _ := strconv.Atoi(p.Part)
		act.Name, act.Body = "order.confirm-lesson", order.ConfirmLesson{Lesson: lesson, By: term.ByDeeming}
	case term.RefundAnswer:
		act.Name, act.Body = "order.agree-refund", order.AgreeRefund{By: term.BySilence}
	default:
		return Act{}, false
	}
	return act, true
}

// Alarm is the act by which an alert is raised on an account, at most once a day
// for each metric and level.
func Alarm(account string, on calendar.Day, a escrow.Alarm) Act {
	division := divisionOf(account)
	return Act{
		Key:  strings.Join([]string{"alarm", account, string(a.Metric), string(a.Level), on.String()}, "/"),
		Name: "escrow.raise-alert", Division: division, Target: account, Effective: on, Agency: keeper(division), Why: a.Metric.Label().ZH,
		Body: escrow.RaiseAlert{Level: a.Level, Metric: a.Metric, Value: a.Value, Preset: a.Preset},
	}
}
