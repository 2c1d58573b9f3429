package reaction_test

import (
	"reflect"
	"testing"

	"minglu/domain"
	"minglu/domain/domaintest"
	"minglu/domain/escrow"
	"minglu/domain/order"
	"minglu/domain/reaction"
	"minglu/domain/rule"
	"minglu/domain/term"
)

const (
	account = "530427.escrow.01J8ZK5M3QWERTYASDFGHJ0002"
	other   = "500109.escrow.01J8ZK5M3QWERTYASDFGHJ0003"
	paidFor = "530427.order.01J8ZK5M3QWERTYASDFGHJ0004"
)

func by(values ...string) rule.Law {
	m := map[string]string{}
	for i := 0; i < len(values); i += 2 {
		m[values[i]] = values[i+1]
	}
	return rule.Law{Policy: rule.NewPolicy("p", m)}
}

func TestAConfirmedLessonIsReleasedWhereTheDivisionReleasesByLesson(t *testing.T) {
	confirmed := fact(paidFor, order.LessonConfirmed{Lesson: 3, By: term.ByParent})
	acts := reaction.React(confirmed, rule.Law{}, day(today))
	if len(acts) != 1 || acts[0].Name != "order.release-funds" || acts[0].Target != paidFor || acts[0].Effective != day(today) {
		t.Fatalf("got %+v, want the release", acts)
	}
	if got, want := acts[0].Body, (order.ReleaseFunds{Lessons: []int{3}}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if acts := reaction.React(confirmed, by("escrow.release", "on_request"), day(today)); len(acts) != 0 {
		t.Errorf("got %+v under another schedule", acts)
	}
}

func TestATransferredOrderGoesOnAtTheOtherInstitution(t *testing.T) {
	for name, c := range map[string]struct {
		moved order.Transferred
		from  string
	}{
		"by class-hours":       {order.Transferred{Hours: 12, PeriodFrom: day("2026-10-01"), PeriodTo: day("2026-12-31")}, "2026-11-20"},
		"by period":            {order.Transferred{Hours: 30, ByPeriod: true, PeriodFrom: day("2026-10-01"), PeriodTo: day("2026-12-31")}, "2026-12-02"},
		"after its period":     {order.Transferred{Hours: 12, PeriodFrom: day("2026-09-01"), PeriodTo: day("2026-10-31")}, "2026-10-31"},
		"before it has begun":  {order.Transferred{Hours: 12, PeriodFrom: day("2026-12-01"), PeriodTo: day("2026-12-31")}, "2026-12-01"},
		"and keeps its course": {order.Transferred{Hours: 1, Course: "国画", Pupil: "ab", PeriodFrom: day("2026-12-01"), PeriodTo: day("2026-12-31")}, "2026-12-01"},
	} {
		t.Run(name, func(t *testing.T) {
			c.moved.To, c.moved.Amount = other, 12_000
			acts := reaction.React(fact(paidFor, c.moved), rule.Law{}, day(today))
			if len(acts) != 1 || acts[0].Name != "order.record" || acts[0].Division != "500109" || acts[0].Target != "" {
				t.Fatalf("got %+v, want an order in 500109", acts)
			}
			r := acts[0].Body.(order.Record)
			if r.Account.Stream != other || r.TransferOf.Stream != paidFor || r.Amount != 12_000 || r.PaidOn != day("2026-11-20") ||
				r.PeriodFrom != day(c.from) || r.PeriodTo < r.PeriodFrom || r.Course != c.moved.Course || r.Pupil != c.moved.Pupil {
				t.Errorf("got %+v", r)
			}
		})
	}
}

// TestATransferredOrderKeepsTheDayOnWhichItWasPaid: it is not paid anew.
func TestATransferredOrderKeepsTheDayOnWhichItWasPaid(t *testing.T) {
	moved := order.Transferred{To: other, Amount: 1, Hours: 1, PaidOn: day("2026-09-01"), Before: true, PeriodFrom: day("2026-10-01"), PeriodTo: day("2026-12-31")}
	acts := reaction.React(fact(paidFor, moved), rule.Law{}, day(today))
	if r := acts[0].Body.(order.Record); r.PaidOn != day("2026-09-01") {
		t.Errorf("got it paid on %s, want the day of the first order", r.PaidOn)
	}
}

func TestARedAlertIsProposedToTheListsWhereThePolicySaysSo(t *testing.T) {
	red := fact(account, escrow.AlertRaised{Institution: school, Level: term.Red, Metric: term.MetricBalance})
	yellow := fact(account, escrow.AlertRaised{Institution: school, Level: term.Yellow, Metric: term.MetricBalance})
	law := by("list.red_alert_removes_white", "true")
	if got := proposals(reaction.React(red, law, day(today))); len(got) != 1 || got[0] != "remove_white X5" {
		t.Errorf("got %v", got)
	}
	if got := append(reaction.React(yellow, law, day(today)), reaction.React(red, rule.Law{}, day(today))...); len(got) != 0 {
		t.Errorf("got %v of a yellow one, and without the policy", got)
	}
}

func TestSilenceIsDeemedToBeAnAnswer(t *testing.T) {
	lesson := passed(paidFor, term.LessonConfirmation, "")
	lesson.Part = "7"
	for name, c := range map[string]struct {
		passed reaction.Passed
		act    string
		body   any
	}{
		"of the parent":      {lesson, "order.confirm-lesson", order.ConfirmLesson{Lesson: 7, By: term.ByDeeming}},
		"of the institution": {passed(paidFor, term.RefundAnswer, ""), "order.agree-refund", order.AgreeRefund{By: term.BySilence}},
	} {
		t.Run(name, func(t *testing.T) {
			acts := reaction.Due(c.passed)
			if len(acts) != 1 || acts[0].Name != c.act || acts[0].Effective != day("2026-11-21") || !reflect.DeepEqual(acts[0].Body, c.body) {
				t.Errorf("got %+v, want %s on the day after", acts, c.act)
			}
		})
	}
	if acts := reaction.Due(passed(paidFor, term.RefundPayment, "")); len(acts) != 1 || acts[0].Name != "order.miss-deadline" {
		t.Errorf("got %+v of a refund that is not paid, want it missed", acts)
	}
}

func TestAnAlarmIsRaisedOnceADay(t *testing.T) {
	a := reaction.Alarm(account, day(today), escrow.Alarm{Level: term.Yellow, Metric: term.MetricStale, Value: 45, Preset: "40/80"})
	again := reaction.Alarm(account, day(today), escrow.Alarm{Level: term.Yellow, Metric: term.MetricStale, Value: 46, Preset: "40/80"})
	if a.Name != "escrow.raise-alert" || a.Target != account || a.Agency != "530427-joint_conference_office" || a.Key != again.Key {
		t.Errorf("got %+v and the key %s", a, again.Key)
	}
	if worse := reaction.Alarm(account, day(today), escrow.Alarm{Level: term.Red, Metric: term.MetricStale}); worse.Key == a.Key {
		t.Errorf("got one key %s for both levels", a.Key)
	}
}

func TestHistoryReleasesNothing(t *testing.T) {
	for _, e := range []domain.Event{order.LessonConfirmed{Lesson: 1}, order.Transferred{To: other}} {
		f := reaction.Fact{ID: "event-1", Stream: paidFor, Meta: domaintest.On("2024-01-05"), Event: e}
		if acts := reaction.React(f, rule.Law{}, day(today)); len(acts) != 0 {
			t.Errorf("%s: got %+v", e.EventName(), acts)
		}
	}
}
