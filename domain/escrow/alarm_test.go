package escrow_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/escrow"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// presets are those of a division, of one size.
func presets(pairs ...string) escrow.Presets {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values["escrow.alert.small."+pairs[i]] = pairs[i+1]
	}
	return escrow.PresetsOf(rule.NewPolicy("test", values), term.SizeSmall)
}

func alarm(level term.AlertLevel, metric term.AlertMetric, value int64, preset string) escrow.Alarm {
	return escrow.Alarm{Level: level, Metric: metric, Value: value, Preset: preset}
}

func TestPresetsAreThoseOfTheSize(t *testing.T) {
	p := rule.NewPolicy("test", map[string]string{"escrow.alert.small.refunds": "10/20", "escrow.alert.large.refunds": "50/90", "escrow.alert.small.stale": "none"})
	if got, want := escrow.PresetsOf(p, term.SizeSmall), (escrow.Presets{term.MetricRefunds: {Yellow: 10, Red: 20}}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := escrow.PresetsOf(rule.Policy{}, term.SizeMedium); len(got) != 0 {
		t.Errorf("got %v, want none where nothing was adopted", got)
	}
}

// quiet is a gauge that raises nothing.
var quiet = escrow.Gauge{Balance: 500, Held: 500, StaleDays: -1, DeemedPercent: -1}

func gauge(change func(*escrow.Gauge)) escrow.Gauge { return with(quiet, change) }

func TestAlarmsBeginAtTheirLevels(t *testing.T) {
	for _, c := range []struct {
		name    string
		gauge   escrow.Gauge
		presets escrow.Presets
		want    []escrow.Alarm
	}{
		{"nothing without presets", gauge(func(g *escrow.Gauge) { g.OutDay, g.RefundsWeek, g.StaleDays = 1e9, 1e9, 1e9 }), nil, nil},
		{"a balance at its yellow level", quiet, presets("balance", "500/200"), nil},
		{"a balance below it", quiet, presets("balance", "501/200"), []escrow.Alarm{alarm(term.Yellow, term.MetricBalance, 500, "501/200")}},
		{"a balance at its red level", quiet, presets("balance", "900/500"), []escrow.Alarm{alarm(term.Yellow, term.MetricBalance, 500, "900/500")}},
		{"a balance below that", quiet, presets("balance", "900/501"), []escrow.Alarm{alarm(term.Red, term.MetricBalance, 500, "900/501")}},
		{"money of families missing, without a preset", gauge(func(g *escrow.Gauge) { g.Balance = 499 }), nil, []escrow.Alarm{alarm(term.Red, term.MetricBalance, 499, "none")}},
		{"money of families missing, above every level", gauge(func(g *escrow.Gauge) { g.Balance = 499 }), presets("balance", "100/50"), []escrow.Alarm{alarm(term.Red, term.MetricBalance, 499, "100/50")}},

		{"a day's outflow below yellow", gauge(func(g *escrow.Gauge) { g.OutDay = 99 }), presets("day_flow", "100/200"), nil},
		{"a day's outflow at yellow", gauge(func(g *escrow.Gauge) { g.OutDay = 100 }), presets("day_flow", "100/200"), []escrow.Alarm{alarm(term.Yellow, term.MetricDayFlow, 100, "100/200")}},
		{"a day's outflow at red", gauge(func(g *escrow.Gauge) { g.OutDay = 200 }), presets("day_flow", "100/200"), []escrow.Alarm{alarm(term.Red, term.MetricDayFlow, 200, "100/200")}},
		{"a week's outflow at red", gauge(func(g *escrow.Gauge) { g.OutWeek = 200 }), presets("week_flow", "100/200"), []escrow.Alarm{alarm(term.Red, term.MetricWeekFlow, 200, "100/200")}},
		{"refunds at yellow", gauge(func(g *escrow.Gauge) { g.RefundsWeek = 10 }), presets("refunds", "10/20"), []escrow.Alarm{alarm(term.Yellow, term.MetricRefunds, 10, "10/20")}},
		{"a level of 0 raises nothing", quiet, presets("refunds", "0/20", "stale", "5/0"), nil},
		{"red alone where yellow has no level", gauge(func(g *escrow.Gauge) { g.RefundsWeek = 20 }), presets("refunds", "0/20"), []escrow.Alarm{alarm(term.Red, term.MetricRefunds, 20, "0/20")}},

		{"lessons long ago", gauge(func(g *escrow.Gauge) { g.StaleDays = 30 }), presets("stale", "30/60"), []escrow.Alarm{alarm(term.Yellow, term.MetricStale, 30, "30/60")}},
		{"lessons unknown", quiet, presets("stale", "1/2"), nil},
		{"parents silent", gauge(func(g *escrow.Gauge) { g.DeemedPercent = 90 }), presets("silence", "50/90"), []escrow.Alarm{alarm(term.Red, term.MetricSilence, 90, "50/90")}},
		{"too few lessons to say", quiet, presets("silence", "1/2"), nil},

		{"a deposit at its level", gauge(func(g *escrow.Gauge) { g.DepositBalance, g.DepositRequired = 800, 1000 }), presets("deposit", "80/50"), nil},
		{"a deposit below it", gauge(func(g *escrow.Gauge) { g.DepositBalance, g.DepositRequired = 799, 1000 }), presets("deposit", "80/50"), []escrow.Alarm{alarm(term.Yellow, term.MetricDeposit, 79, "80/50")}},
		{"no deposit at all", gauge(func(g *escrow.Gauge) { g.DepositRequired = 1000 }), presets("deposit", "80/50"), []escrow.Alarm{alarm(term.Red, term.MetricDeposit, 0, "80/50")}},
		{"no minimum of the deposit", quiet, presets("deposit", "80/50"), nil},
		{"a deposit beyond all reckoning", gauge(func(g *escrow.Gauge) { g.DepositBalance, g.DepositRequired = math.MaxInt64, 1 }), presets("deposit", "80/50"), nil},
		{"a deposit overdrawn", gauge(func(g *escrow.Gauge) { g.DepositBalance, g.DepositRequired = -5, math.MaxInt64 }), presets("deposit", "80/50"), []escrow.Alarm{alarm(term.Red, term.MetricDeposit, 0, "80/50")}},

		{"several, in the order of the list", gauge(func(g *escrow.Gauge) { g.Balance, g.RefundsWeek, g.OutDay = 0, 30, 150 }), presets("refunds", "10/20", "day_flow", "100/200"), []escrow.Alarm{
			alarm(term.Red, term.MetricBalance, 0, "none"), alarm(term.Yellow, term.MetricDayFlow, 150, "100/200"), alarm(term.Red, term.MetricRefunds, 30, "10/20")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.gauge.Alarms(c.presets); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// TestAlarmsAreRaisedAsTheyAre: what is due can be asked for as it stands.
func TestAlarmsAreRaisedAsTheyAre(t *testing.T) {
	for _, a := range gauge(func(g *escrow.Gauge) { g.Balance, g.RefundsWeek = -7, 12 }).Alarms(presets("refunds", "10/20")) {
		c := escrow.RaiseAlert{Under: under(), Level: a.Level, Metric: a.Metric, Value: a.Value, Preset: a.Preset}
		given(t, isFunded).When(by(office, "2023-04-03"), c).Accepted()
	}
}

// change is a day of the books.
func change(on string, counts book.Counts, entries ...book.Entry) escrow.Day {
	s, err := book.Sheet{}.Enter(entries...)
	if err != nil {
		panic(err)
	}
	return escrow.Day{On: day(on), Sheet: s, Counts: counts}
}

func moves(from, to term.LedgerAccount, amount money.Fen) book.Entry {
	return book.Entry{From: from, To: to, Amount: amount}
}

// taught is a time of teaching: money comes in, lessons are given, some of it goes
// out.
var taught = []escrow.Day{
	change("2024-02-26", book.Counts{Orders: 2}, moves(term.LedgerPaid, term.LedgerHeld, 1000), moves(term.LedgerDepositSource, term.LedgerDeposit, 70)),
	change("2024-02-29", book.Counts{Lessons: 4, ByParent: 2}, moves(term.LedgerHeld, term.LedgerReleased, 100)),
	change("2024-03-01", book.Counts{Deemed: 8, RefundRequests: 3}),
	change("2024-03-06", book.Counts{RefundRequests: 1}, moves(term.LedgerHeld, term.LedgerRefunded, 200), moves(term.LedgerTransferred, term.LedgerHeld, 50)),
	change("2024-03-07", book.Counts{}, moves(term.LedgerHeld, term.LedgerPaidOut, 10), moves(term.LedgerHeld, term.LedgerTransferred, 20), moves(term.LedgerDeposit, term.LedgerDepositUsed, 30)),
	change("2024-06-01", book.Counts{}, moves(term.LedgerHeld, term.LedgerReleased, 720)),
	change("2024-07-01", book.Counts{Orders: 1}, moves(term.LedgerPaid, term.LedgerHeld, 300)),
}

func TestGaugesAddUpTheDays(t *testing.T) {
	for on, want := range map[string]escrow.Gauge{
		"2024-02-25": {StaleDays: -1, DeemedPercent: -1},
		"2024-02-26": {Balance: 1000, Held: 1000, DepositBalance: 70, StaleDays: 0, DeemedPercent: -1},
		"2024-02-28": {Balance: 1000, Held: 1000, DepositBalance: 70, StaleDays: 2, DeemedPercent: -1},
		"2024-02-29": {Balance: 900, Held: 900, DepositBalance: 70, OutDay: 100, OutWeek: 100, StaleDays: 0, DeemedPercent: -1},
		// The week holds the day and the six before it, over the leap day.
		"2024-03-06": {Balance: 750, Held: 750, DepositBalance: 70, OutDay: 200, OutWeek: 300, RefundsWeek: 4, StaleDays: 6, DeemedPercent: 80},
		"2024-03-07": {Balance: 720, Held: 720, DepositBalance: 40, OutDay: 30, OutWeek: 230, RefundsWeek: 4, StaleDays: 7, DeemedPercent: 80},
		"2024-03-08": {Balance: 720, Held: 720, DepositBalance: 40, OutWeek: 230, RefundsWeek: 1, StaleDays: 8, DeemedPercent: 80},
		"2024-03-29": {Balance: 720, Held: 720, DepositBalance: 40, StaleDays: 29, DeemedPercent: 80},
		// Two of the ten lessons have left the thirty days, and eight are too few.
		"2024-03-30": {Balance: 720, Held: 720, DepositBalance: 40, StaleDays: 30, DeemedPercent: -1},
		"2024-06-01": {DepositBalance: 40, OutDay: 720, OutWeek: 720, StaleDays: -1, DeemedPercent: -1},
		// Nothing was held for a month: it is new money that waits for lessons.
		"2024-07-03": {Balance: 300, Held: 300, DepositBalance: 40, StaleDays: 2, DeemedPercent: -1},
	} {
		want.DepositRequired = 60
		if got := escrow.GaugeOn(day(on), taught, 60); got != want {
			t.Errorf("%s: got %+v, want %+v", on, got, want)
		}
	}
	if got := escrow.GaugeOn(day("2024-03-06"), nil, 0); got != (escrow.Gauge{StaleDays: -1, DeemedPercent: -1}) {
		t.Errorf("got %+v without days, want nothing known", got)
	}
}

// TestWhatWasDeemedAndIsDisputedLaterIsNoShareBelowNothing: lessons that were
// deemed before the thirty days are taken back in them.
func TestWhatWasDeemedAndIsDisputedLaterIsNoShareBelowNothing(t *testing.T) {
	for _, c := range []struct {
		counts book.Counts
		want   int64
	}{
		{book.Counts{Deemed: -4, ByParent: 12}, 0},
		{book.Counts{Deemed: 12, ByParent: -4}, 100},
		{book.Counts{Deemed: -12, ByParent: 9}, -1},
	} {
		days := []escrow.Day{change("2024-03-01", c.counts)}
		if got := escrow.GaugeOn(day("2024-03-02"), days, 0).DeemedPercent; got != c.want {
			t.Errorf("%+v: got %d per cent, want %d", c.counts, got, c.want)
		}
	}
}

func TestAlarmsTellNoMoreThanAnAlertMayHave(t *testing.T) {
	huge := gauge(func(g *escrow.Gauge) { g.Balance, g.OutDay = math.MinInt64, math.MaxInt64 })
	got := huge.Alarms(presets("day_flow", "1/2"))
	if len(got) != 2 || got[0].Value != -largest || got[1].Value != largest {
		t.Errorf("got %v, want the least and the largest value", got)
	}
	for _, a := range got {
		given(t, isFunded).When(by(office, "2023-04-03"), escrow.RaiseAlert{Under: under(), Level: a.Level, Metric: a.Metric, Value: a.Value, Preset: a.Preset}).Accepted()
	}
}

func none(calendar.Day) money.Fen { return 0 }

func fired(on string, a escrow.Alarm) escrow.Fired { return escrow.Fired{On: day(on), Alarm: a} }

func TestAReplayTellsWhenAlarmsWouldHaveBegun(t *testing.T) {
	minimum := func(on calendar.Day) money.Fen {
		if on < day("2024-03-10") {
			return 100
		}
		return 40
	}
	for _, c := range []struct {
		name     string
		from, to string
		required func(calendar.Day) money.Fen
		presets  escrow.Presets
		want     []escrow.Fired
	}{
		{"nothing without presets", "2024-02-26", "2024-12-31", none, nil, nil},
		{"one that stays on is one", "2024-02-26", "2024-12-31", none, presets("week_flow", "230/1000"), []escrow.Fired{
			fired("2024-03-06", alarm(term.Yellow, term.MetricWeekFlow, 300, "230/1000")), fired("2024-06-01", alarm(term.Yellow, term.MetricWeekFlow, 720, "230/1000"))}},
		{"one that ends and begins is two", "2024-02-26", "2024-12-31", none, presets("day_flow", "100/1000"), []escrow.Fired{
			fired("2024-02-29", alarm(term.Yellow, term.MetricDayFlow, 100, "100/1000")), fired("2024-03-06", alarm(term.Yellow, term.MetricDayFlow, 200, "100/1000")),
			fired("2024-06-01", alarm(term.Yellow, term.MetricDayFlow, 720, "100/1000"))}},
		{"yellow that turns red is two, and back is none", "2024-02-26", "2024-05-31", none, presets("week_flow", "200/300"), []escrow.Fired{
			fired("2024-03-06", alarm(term.Red, term.MetricWeekFlow, 300, "200/300"))}},
		{"it grows from yellow to red", "2024-02-26", "2024-05-31", none, presets("stale", "30/60"), []escrow.Fired{
			fired("2024-03-30", alarm(term.Yellow, term.MetricStale, 30, "30/60")), fired("2024-04-29", alarm(term.Red, term.MetricStale, 60, "30/60"))}},
		{"what stands on the first day begins there", "2024-03-07", "2024-03-31", none, presets("week_flow", "200/300"), []escrow.Fired{
			fired("2024-03-07", alarm(term.Yellow, term.MetricWeekFlow, 230, "200/300"))}},
		{"the first and the last day are looked at", "2024-06-01", "2024-06-01", none, presets("day_flow", "100/700"), []escrow.Fired{
			fired("2024-06-01", alarm(term.Red, term.MetricDayFlow, 720, "100/700"))}},
		{"the minimum of the deposit changes", "2024-02-26", "2024-12-31", minimum, presets("deposit", "100/50"), []escrow.Fired{
			fired("2024-02-26", alarm(term.Yellow, term.MetricDeposit, 70, "100/50")), fired("2024-03-07", alarm(term.Red, term.MetricDeposit, 40, "100/50"))}},
		{"no days to look at", "2024-06-01", "2024-05-31", none, presets("day_flow", "1/2"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := escrow.WhatIf(day(c.from), day(c.to), taught, c.required, c.presets); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	if got := escrow.WhatIf(0, day("2024-03-06"), taught, none, presets("day_flow", "1/2")); got != nil {
		t.Errorf("got %v from no day, want nothing", got)
	}
}

// randomDays are days of an account over some years, with gaps.
func randomDays(r *rand.Rand, first calendar.Day, n int) []escrow.Day {
	out := make([]escrow.Day, 0, n)
	on := first
	for range n {
		d := escrow.Day{On: on, Counts: book.Counts{Lessons: r.IntN(3), ByParent: r.IntN(3), Deemed: r.IntN(3), RefundRequests: r.IntN(3)}}
		for _, to := range []term.LedgerAccount{term.LedgerReleased, term.LedgerRefunded, term.LedgerPaidOut, term.LedgerTransferred} {
			d.Sheet, _ = d.Sheet.Enter(moves(term.LedgerPaid, term.LedgerHeld, money.Fen(1+r.IntN(40))), moves(term.LedgerHeld, to, money.Fen(1+r.IntN(40))))
		}
		out = append(out, d)
		on = on.AddDays(1 + r.IntN(1+r.IntN(20)))
	}
	return out
}

// TestAReplayIsTheGaugesOfItsDays: going through the days once says what looking
// at each day by itself says.
func TestAReplayIsTheGaugesOfItsDays(t *testing.T) {
	p := presets("balance", "60/20", "day_flow", "60/90", "week_flow", "150/250", "refunds", "4/6", "stale", "5/9", "silence", "40/60")
	for seed := range uint64(4) {
		days := randomDays(rand.New(rand.NewPCG(seed, 1)), day("2023-11-01"), 40)
		from, to := day("2023-11-10"), days[len(days)-1].On.AddDays(40)
		var want []escrow.Fired
		before := map[term.AlertMetric]term.AlertLevel{}
		for on := from; on <= to; on++ {
			now := map[term.AlertMetric]term.AlertLevel{}
			for _, a := range escrow.GaugeOn(on, days, 0).Alarms(p) {
				now[a.Metric] = a.Level
				if was := before[a.Metric]; was == "" || was == term.Yellow && a.Level == term.Red {
					want = append(want, escrow.Fired{On: on, Alarm: a})
				}
			}
			before = now
		}
		if got := escrow.WhatIf(from, to, days, none, p); !slices.Equal(got, want) || len(want) < 5 {
			t.Fatalf("seed %d: got %v, want %v", seed, got, want)
		}
	}
}

func BenchmarkWhatIf(b *testing.B) {
	days := randomDays(rand.New(rand.NewPCG(1, 1)), day("2010-01-01"), 3000)
	p := presets("balance", "60/20", "day_flow", "60/90", "week_flow", "150/250", "refunds", "4/6", "stale", "5/9", "silence", "40/60")
	for b.Loop() {
		escrow.WhatIf(days[0].On, days[len(days)-1].On, days, none, p)
	}
}
