package order_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"minglu/domain/calendar"
	"minglu/domain/domaintest"
	"minglu/domain/money"
	"minglu/domain/order"
	"minglu/domain/rule"
	"minglu/domain/term"
)

type vectors struct {
	OrderCaps struct{ Cases []capCase }    `json:"order_caps"`
	Refund    struct{ Cases []refundCase } `json:"refund"`
	Clocks    struct{ Cases []clockCase }  `json:"clocks"`
}

type capCase struct {
	ID         string
	Class      term.Class
	PaidOn     calendar.Day `json:"paid_on"`
	PeriodFrom calendar.Day `json:"period_from"`
	PeriodTo   calendar.Day `json:"period_to"`
	Hours      int          `json:"class_hours"`
	Amount     money.Fen    `json:"amount_fen"`
	Breaches   []term.ChargeBreach
}

type refundCase struct {
	ID        string
	Paid      money.Fen `json:"paid_fen"`
	Lessons   int64
	Credited  int64 `json:"credited_fen"`
	Consumed  int64 `json:"consumed_credit_fen"`
	Delivered int64
	ListPrice money.Fen `json:"list_price_fen"`
	Cause     term.RefundCause
	Value     money.Fen `json:"delivered_value_fen"`
	Refund    money.Fen `json:"refund_fen"`
}

type clockCase struct {
	ID       string
	Clock    term.Clock
	Start    calendar.Day
	Due      calendar.Day
	Disputed calendar.Day  `json:"disputed_on"`
	Deemed   *calendar.Day `json:"deemed_effective"`
}

func readVectors(t *testing.T) (v vectors) {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &v); err != nil || len(v.OrderCaps.Cases) != 9 || len(v.Refund.Cases) != 4 || len(v.Clocks.Cases) != 3 {
		t.Fatalf("got %d, %d and %d vectors, %v", len(v.OrderCaps.Cases), len(v.Refund.Cases), len(v.Clocks.Cases), err)
	}
	return v
}

func TestVectorsOfTheLimitsOnCharging(t *testing.T) {
	for _, c := range readVectors(t).OrderCaps.Cases {
		t.Run(c.ID, func(t *testing.T) {
			s := given(t, nil).When(domaintest.On(c.PaidOn.String()), with(record, func(r *order.Record) {
				r.Class, r.PeriodFrom, r.PeriodTo, r.Hours, r.Amount = c.Class, c.PeriodFrom, c.PeriodTo, c.Hours, c.Amount
			})).Accepted()
			got := []term.ChargeBreach{}
			for _, b := range s.Breaches {
				got = append(got, b.Breach)
			}
			if !slices.Equal(got, c.Breaches) {
				t.Errorf("got %v, want %v", got, c.Breaches)
			}
		})
	}
}

func TestVectorsOfRefunds(t *testing.T) {
	for _, c := range readVectors(t).Refund.Cases {
		terms := order.Terms{Paid: c.Paid, Units: max(c.Lessons, c.Credited), Delivered: max(c.Delivered, c.Consumed), ListPrice: c.ListPrice, Cause: c.Cause}
		got, err := order.Compute(terms)
		if err != nil || got.Value != c.Value || got.Refund != c.Refund {
			t.Errorf("%s: got a value of %d and %d back, %v, want %d and %d", c.ID, got.Value, got.Refund, err, c.Value, c.Refund)
		}
	}
}

// TestVectorsOfRefundsHoldForOrders wants of an order what the terms alone give.
func TestVectorsOfRefundsHoldForOrders(t *testing.T) {
	for _, c := range readVectors(t).Refund.Cases {
		if c.Lessons == 0 {
			continue // by credit, not by class-hours
		}
		s := given(t, facts{
			was("2023-05-20", with(paid, func(e *order.Paid) { e.Amount, e.Hours, e.ListPrice = c.Paid, int(c.Lessons), c.ListPrice })),
			was("2023-06-01", order.LessonDelivered{Lesson: 1, Hours: int(c.Delivered)}),
		}).State()
		if got, err := s.Quote(c.Cause); err != nil || got.Value != c.Value || got.Refund != c.Refund {
			t.Errorf("%s: got %+v, %v, want a value of %d and %d back", c.ID, got, err, c.Value, c.Refund)
		}
	}
}

func TestVectorsOfClocks(t *testing.T) {
	for _, c := range readVectors(t).Clocks.Cases {
		t.Run(c.ID, func(t *testing.T) {
			switch {
			case c.Clock == term.RefundAnswer:
				refundIsDeemed(t, c)
			case c.Disputed != 0:
				disputedIsNeverDeemed(t, c)
			default:
				lessonIsDeemed(t, c)
			}
		})
	}
}

// taughtOn is what an order has been through once a lesson was given on a day,
// with notice.
func taughtOn(t *testing.T, on calendar.Day) (facts, order.State) {
	t.Helper()
	o := given(t, isPaid).When(domaintest.On(on.String()), deliver)
	s := o.Accepted()
	return after(isPaid, was(on.String(), delivered(s))), s
}

// delivered is the fact of the newest lesson of a state, with its clock.
func delivered(s order.State) order.LessonDelivered {
	n := len(s.Lessons)
	c := s.Clocks[len(s.Clocks)-1]
	e := order.LessonDelivered{Lesson: n, Hours: s.Lessons[n-1].Hours, Notice: deliver.Notice}
	e.Clocks = begun(c.Key, c.Part, c.From.String(), c.Due.String(), c.Period.N, c.Awaits)
	return e
}

func lessonIsDeemed(t *testing.T, c clockCase) {
	before, s := taughtOn(t, c.Start)
	if got := s.Clocks[0].Due; got != c.Due {
		t.Fatalf("got the last day %s, want %s", got, c.Due)
	}
	given(t, before).When(domaintest.On(c.Due.String()), deem).ThenRefused(rule.LessonConfirmation, "/effective")
	confirmed := order.LessonConfirmed{Lesson: 1, By: term.ByDeeming}
	given(t, before).When(domaintest.On(c.Deemed.String()), deem).Then(confirmed)
	given(t, after(before, was(c.Deemed.String(), confirmed))).When(domaintest.On(c.Deemed.String()), release).Then(release1)
}

func disputedIsNeverDeemed(t *testing.T, c clockCase) {
	before, _ := taughtOn(t, c.Start)
	before = after(before, was(c.Disputed.String(), objection1))
	for _, on := range []string{"2023-06-26", "2024-12-31"} {
		h := given(t, before)
		h.When(domaintest.On(on), deem).ThenRefused(rule.LessonConfirmation, "/body/lesson")
		h.When(domaintest.On(on), release).ThenRefused(rule.ReleaseLimit, "/body/lessons/0")
	}
	if c.Deemed != nil {
		t.Errorf("got it deemed on %s, want never", c.Deemed)
	}
}

func refundIsDeemed(t *testing.T, c clockCase) {
	s := given(t, isPaid).When(domaintest.On(c.Start.String()), ask).Accepted()
	if got := s.Clocks[0].Due; got != c.Due {
		t.Fatalf("got the last day %s, want %s", got, c.Due)
	}
	h := given(t, after(isPaid, was(c.Start.String(), with(request, func(e *order.RefundRequested) { e.Clocks = answering(c.Start.String(), c.Due.String()) }))))
	h.When(domaintest.On(c.Due.String()), silence).ThenRefused(rule.RefundAnswer, "/effective")
	agreed := h.When(domaintest.On(c.Deemed.String()), silence).Accepted()
	if agreed.Refund.Amount != 300_000 || agreed.Refund.By != term.BySilence {
		t.Errorf("got %+v, want the whole agreed by silence", agreed.Refund)
	}
}

func TestAListPriceBelowThePricePaidIsNoPrice(t *testing.T) {
	got, err := order.Compute(order.Terms{Paid: 300_000, Units: 40, Delivered: 10, ListPrice: 7_000, Cause: term.CauseConsumer})
	if err != nil || got.Refund != 225_000 || got.AtListPrice {
		t.Errorf("got %+v, %v, want it at the price paid", got, err)
	}
}

func TestRefundsWithinTheRange(t *testing.T) {
	const most = money.Fen(1<<63 - 1)
	for name, c := range map[string]struct {
		terms order.Terms
		want  money.Fen
		bad   bool
	}{
		"the largest amount":         {order.Terms{Paid: most, Units: 1<<63 - 1, Delivered: 1<<63 - 2}, 1, false},
		"a list price beyond counts": {order.Terms{Paid: most, Units: 9, Delivered: 3, ListPrice: most, Cause: term.CauseConsumer}, 0, false},
		"nothing paid":               {order.Terms{Units: 1, Delivered: 1}, 0, false},
		"less than nothing paid":     {order.Terms{Paid: -1, Units: 1}, 0, true},
		"no units":                   {order.Terms{Paid: 1}, 0, true},
		"more delivered than bought": {order.Terms{Paid: 1, Units: 1, Delivered: 2}, 0, true},
		"less than nothing":          {order.Terms{Paid: 1, Units: 1, Delivered: -1}, 0, true},
		"a negative list price":      {order.Terms{Paid: 1, Units: 1, ListPrice: -1}, 0, true},
	} {
		got, err := order.Compute(c.terms)
		if (err != nil) != c.bad || !c.bad && got.Refund != c.want {
			t.Errorf("%s: got %+v, %v, want %d, refused: %v", name, got, err, c.want, c.bad)
		}
	}
}

// TestSplitOrdersAreBreachesTogether has two orders of 3,000 yuan for one pupil and
// course: each is lawful, and together they are above 5,000.
func TestSplitOrdersAreBreachesTogether(t *testing.T) {
	first := given(t, nil).When(may20, with(record, func(c *order.Record) { c.Hours = 30 })).Accepted()
	if len(first.Breaches) != 0 {
		t.Fatalf("got %+v, want the first lawful", first.Breaches)
	}
	second := with(record, func(c *order.Record) { c.Hours = 30; c.Beside([]rule.OpenOrder{first.OpenOrder()}, "") })
	given(t, nil).When(domaintest.On("2023-05-21"), second).Then(
		with(paid, func(e *order.Paid) { e.Hours, e.PaidOn = 30, day("2023-05-21") }),
		order.BreachNoted{Institution: school, Breach: term.BreachAmount, Cumulative: true, Value: 600_000, Limit: 500_000})
	third := with(second, func(c *order.Record) { c.Hours, c.Amount = 31, 200_000 })
	given(t, nil).When(domaintest.On("2023-05-21"), third).Then(
		with(paid, func(e *order.Paid) { e.Hours, e.Amount, e.PaidOn = 31, 200_000, day("2023-05-21") }),
		order.BreachNoted{Institution: school, Breach: term.BreachHours, Cumulative: true, Value: 61, Limit: 60})
}

func TestARenewalWithFewHoursLeftIsNotEarly(t *testing.T) {
	early := func(left ...rule.OpenOrder) order.Record {
		return with(record, func(c *order.Record) {
			c.PeriodFrom, c.PeriodTo = day("2023-07-01"), day("2023-09-30")
			c.Beside(left, "")
		})
	}
	for name, c := range map[string]struct {
		command order.Record
		early   bool
	}{
		"a first order six weeks ahead": {early(), true},
		"a renewal with 20 hours left":  {early(rule.OpenOrder{Hours: 20, Amount: 1}), false},
		"one with 21":                   {early(rule.OpenOrder{Hours: 21, Amount: 1}), true},
		"one for a term, by its month":  {with(early(rule.OpenOrder{Hours: 1}), func(c *order.Record) { c.ByPeriod, c.Hours = true, 92 }), true},
	} {
		s := given(t, nil).When(domaintest.On("2023-05-20"), c.command).Accepted()
		got := slices.ContainsFunc(s.Breaches, func(b order.Breach) bool { return b.Breach == term.BreachEarly })
		if got != c.early {
			t.Errorf("%s: got early %v (%+v), want %v", name, got, s.Breaches, c.early)
		}
	}
}

func TestGiftHoursCostTheirShareAndCountForTheLimit(t *testing.T) {
	s := given(t, nil).When(may20, with(record, func(c *order.Record) { c.Hours, c.Gifts = 50, 10 })).Accepted()
	if got := s.Fee(10); got != 60_000 {
		t.Errorf("got a fee of %d for 10 of 50 class-hours, want 60000", got)
	}
	taught := given(t, facts{was("2023-05-20", with(paid, func(e *order.Paid) { e.Hours, e.Gifts, e.ListPrice = 50, 10, 0 })),
		was("2023-06-01", order.LessonDelivered{Lesson: 1, Hours: 10})}).State()
	if q, err := taught.Quote(term.CauseOperator); err != nil || q.Refund != 240_000 {
		t.Errorf("got %+v, %v, want 240000 back", q, err)
	}
}
