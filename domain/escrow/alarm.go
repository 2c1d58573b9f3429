package escrow

import (
	"math"
	"math/bits"
	"strconv"

	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Gauge is what is known of an account on a day, as alerts look at it. What is
// reckoned from the books alone has Held as its Balance; who knows the balance of
// the bank's statement puts that in.
type Gauge struct {
	Balance         money.Fen `json:"balance_fen"` // what lies in the account, its deposit left out
	Held            money.Fen `json:"held_fen"`    // what the books hold for orders
	DepositBalance  money.Fen `json:"deposit_fen"`
	DepositRequired money.Fen `json:"deposit_required_fen"` // zero: no minimum is set
	OutDay          money.Fen `json:"out_day_fen"`          // released, refunded, paid out and transferred on the day
	OutWeek         money.Fen `json:"out_week_fen"`         // the same on the day and the six before it
	RefundsWeek     int64     `json:"refunds_week"`         // requests on the day and the six before it
	StaleDays       int64     `json:"stale_days"`           // since the last lesson while money is held; -1: unknown
	DeemedPercent   int64     `json:"deemed_percent"`       // of the lessons confirmed within 30 days; -1: unknown
}

// unknown is the value of a metric that cannot be reckoned; it raises nothing.
const unknown = -1

// Presets are the levels of the metrics that have some.
type Presets map[term.AlertMetric]rule.AlertLevels

// PresetsOf returns what a policy presets for institutions of a size.
func PresetsOf(p rule.Policy, size term.SizeClass) Presets {
	out := Presets{}
	for _, m := range term.AlertMetrics.Items {
		metric := term.AlertMetric(m.Code)
		if l := p.AlertPreset(size, metric); !l.IsZero() {
			out[metric] = l
		}
	}
	return out
}

// text writes the levels of a metric as rule.ParseLevels reads them.
func (p Presets) text(metric term.AlertMetric) string {
	l := p[metric]
	if l.IsZero() {
		return "none"
	}
	return strconv.FormatInt(l.Yellow, 10) + "/" + strconv.FormatInt(l.Red, 10)
}

// Alarm is an alert that is due: the members of [RaiseAlert].
type Alarm struct {
	Level  term.AlertLevel  `json:"level"`
	Metric term.AlertMetric `json:"metric"`
	Value  int64            `json:"value"`
	Preset string           `json:"preset"`
}

// Alarms returns the alerts that are due, at most one of a metric, in the order of
// the list of metrics. The balance, in fen, and the deposit, in per cent of its
// minimum, raise one below their levels; everything else at or above them. A level
// of 0 raises nothing. A balance below what is held for orders is always red: then
// money of families is missing, whatever the presets. A value beyond what an alert
// may have is told as the largest one.
func (g Gauge) Alarms(p Presets) []Alarm {
	var out []Alarm
	for _, r := range g.readings() {
		if level := r.level(p[r.metric]); level != "" {
			out = append(out, Alarm{Level: level, Metric: r.metric, Value: bounded(r.value), Preset: p.text(r.metric)})
		}
	}
	return out
}

// reading is the value of one metric.
type reading struct {
	metric term.AlertMetric
	value  int64
	below  bool // raises below its levels, not at or above them
	always bool // red without regard to levels
	known  bool
}

func (g Gauge) readings() [7]reading {
	deposit, known := percent(g.DepositBalance, g.DepositRequired)
	return [7]reading{
		{metric: term.MetricBalance, value: int64(g.Balance), below: true, always: g.Balance < g.Held, known: true},
		{metric: term.MetricDayFlow, value: int64(g.OutDay), known: true},
		{metric: term.MetricWeekFlow, value: int64(g.OutWeek), known: true},
		{metric: term.MetricRefunds, value: g.RefundsWeek, known: true},
		{metric: term.MetricStale, value: g.StaleDays, known: g.StaleDays != unknown},
		{metric: term.MetricSilence, value: g.DeemedPercent, known: g.DeemedPercent != unknown},
		{metric: term.MetricDeposit, value: deposit, below: true, known: known},
	}
}

// level returns the highest level that the value reaches, or none.
func (r reading) level(l rule.AlertLevels) term.AlertLevel {
	reaches := func(level int64) bool {
		if level == 0 || !r.known {
			return false
		}
		if r.below {
			return r.value < level
		}
		return r.value >= level
	}
	switch {
	case r.always || reaches(l.Red):
		return term.Red
	case reaches(l.Yellow):
		return term.Yellow
	}
	return ""
}

// percent returns how many whole per cent a part is of a whole; ok is false where
// there is no whole.
func percent(part, whole money.Fen) (n int64, ok bool) {
	if whole <= 0 {
		return unknown, false
	}
	hi, lo := bits.Mul64(uint64(max(part, 0)), 100)
	if hi >= uint64(whole) {
		return math.MaxInt64, true
	}
	q, _ := bits.Div64(hi, lo, uint64(whole))
	return int64(min(q, math.MaxInt64)), true
}

// Day is what one day changed in the books of an account.
type Day struct {
	On     calendar.Day
	Sheet  book.Sheet
	Counts book.Counts
}

// out is what went out on the day. What came in from another institution does not
// make less of it.
func (d Day) out() money.Fen {
	return d.Sheet.Of(term.LedgerReleased) + d.Sheet.Of(term.LedgerRefunded) + d.Sheet.Of(term.LedgerPaidOut) + max(0, d.Sheet.Of(term.LedgerTransferred))
}

// GaugeOn reckons what is known on a day from the days of the books, which are in
// order, later ones left out.
func GaugeOn(on calendar.Day, days []Day, required money.Fen) Gauge {
	r := replay(days)
	r.to(on)
	return r.gauge(required)
}

// Fired is the first day of an alarm.
type Fired struct {
	On calendar.Day `json:"on"`
	Alarm
}

// WhatIf returns which alarms would have begun from one day to another under
// presets, in the order of their days: the replay of an account. days are in
// order; required is the minimum of the deposit on a day. An alarm goes on until
// its metric no longer reaches the level: a red one that turns yellow is not a new
// alarm, a yellow one that turns red is. What stands on the first day begins there.
// It looks at each day of books once and at each day of the calendar once.
func WhatIf(from, to calendar.Day, days []Day, required func(calendar.Day) money.Fen, p Presets) []Fired {
	var out []Fired
	var before [7]term.AlertLevel
	r := replay(days)
	for on := from; on != 0 && on <= to; on++ {
		r.to(on)
		for i, reading := range r.gauge(required(on)).readings() {
			level := reading.level(p[reading.metric])
			if worse(level, before[i]) {
				out = append(out, Fired{On: on, Alarm: Alarm{Level: level, Metric: reading.metric, Value: bounded(reading.value), Preset: p.text(reading.metric)}})
			}
			before[i] = level
		}
	}
	return out
}

// The windows that metrics look back through, in days, and the fewest lessons of
// which a share is reckoned.
const (
	week         = 7
	month        = 30
	fewestShared = 10
)

// A roll goes through the days of an account's books once, with what the metrics
// look at behind it.
type roll struct {
	days             []Day
	next             int // the first that is not taken in
	on               calendar.Day
	held, deposit    money.Fen
	heldSince        calendar.Day // zero: nothing is held
	lesson           calendar.Day // the last one; zero: none
	day, week, month window
}

// window is what lies in the last days: those from first to before roll.next.
type window struct {
	length int
	first  int
	out    money.Fen
	counts book.Counts
}

func replay(days []Day) *roll {
	return &roll{days: days, day: window{length: 1}, week: window{length: week}, month: window{length: month}}
}

// to goes on to a day, which is not before the one it stands on.
func (r *roll) to(on calendar.Day) {
	r.on = on
	for ; r.next < len(r.days) && r.days[r.next].On <= on; r.next++ {
		r.take(r.days[r.next])
	}
	for _, w := range []*window{&r.day, &r.week, &r.month} {
		for ; w.first < r.next && r.days[w.first].On <= on.AddDays(-w.length); w.first++ {
			w.add(r.days[w.first], -1)
		}
	}
}

// take takes one day in.
func (r *roll) take(d Day) {
	r.held += d.Sheet.Of(term.LedgerHeld)
	r.deposit += d.Sheet.Of(term.LedgerDeposit)
	switch {
	case r.held <= 0:
		r.heldSince = 0
	case r.heldSince == 0:
		r.heldSince = d.On
	}
	if d.Counts.Lessons > 0 {
		r.lesson = d.On
	}
	for _, w := range []*window{&r.day, &r.week, &r.month} {
		w.add(d, 1)
	}
}

// add takes a day in, or out again.
func (w *window) add(d Day, times int) {
	w.out += d.out() * money.Fen(times)
	w.counts.RefundRequests += d.Counts.RefundRequests * times
	w.counts.ByParent += d.Counts.ByParent * times
	w.counts.Deemed += d.Counts.Deemed * times
}

// gauge returns what is known on the day it stands on.
func (r *roll) gauge(required money.Fen) Gauge {
	return Gauge{
		Balance: r.held, Held: r.held, DepositBalance: r.deposit, DepositRequired: required, OutDay: r.day.out, OutWeek: r.week.out,
		RefundsWeek: int64(r.week.counts.RefundRequests), StaleDays: r.stale(), DeemedPercent: r.month.deemed(),
	}
}

// stale is for how many days money has been held without a lesson.
func (r *roll) stale() int64 {
	if r.heldSince == 0 {
		return unknown
	}
	return int64(r.on - max(r.heldSince, r.lesson))
}

// deemed is the share of the lessons that no parent confirmed. What was deemed
// before and is disputed in the window makes neither less than none.
func (w window) deemed() int64 {
	deemed, byParent := max(w.counts.Deemed, 0), max(w.counts.ByParent, 0)
	if deemed+byParent < fewestShared {
		return unknown
	}
	return int64(deemed) * 100 / int64(deemed+byParent)
}
