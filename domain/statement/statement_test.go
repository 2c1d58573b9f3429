package statement_test

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/domaintest"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/statement"
	"minglu/domain/term"
)

type (
	fact    = domaintest.Fact
	history = domaintest.History[statement.State, statement.Command, statement.Event]
)

const (
	on      = "2026-03-02"
	icbc    = "530427-bank-icbc"
	account = "530427.escrow.01J0000000000000000000000A"
)

func day(s string) calendar.Day { return domaintest.Day(s) }

func fen(n money.Fen) *money.Fen { return &n }

// by is the meta of the day with another agency.
func by(agency string) domain.Meta {
	m := domaintest.On(on)
	m.Actor.Agency = agency
	return m
}

func was(e statement.Event) fact { return domaintest.Was(by(icbc), e) }

func given(t testing.TB, before ...fact) *history {
	t.Helper()
	return domaintest.Given(t, statement.Decider, before...).Listed(statement.Acts)
}

// with returns a changed copy.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

var (
	open   = rule.SupervisedAccount{Stream: account, Institution: "530427.institution.01J0000000000000000000000B", Bank: "icbc", Mode: term.BankCustody, Opened: day("2026-01-05")}
	frozen = with(open, func(a *rule.SupervisedAccount) { a.Frozen = day("2026-02-20") })
	paid   = statement.BookLine{Account: open, Serial: "2026030200001", Amount: 120_000, Balance: fen(620_000), Kind: term.MovementOrder, Reference: "XP20260302-7"}
	booked = statement.LineBooked{Account: account, Serial: "2026030200001", Amount: 120_000, Balance: fen(620_000), Kind: term.MovementOrder, Reference: "XP20260302-7"}
	out    = statement.BookLine{Account: open, Serial: "2026030200002", Amount: -20_000, Balance: fen(600_000)}
	outed  = statement.LineBooked{Account: account, Serial: "2026030200002", Amount: -20_000, Balance: fen(600_000)}
	silent = statement.LineBooked{Account: account, Serial: "2026030200003", Amount: 500}

	corrected = statement.Corrected{Correction: domain.Correction{
		TargetSeq: 7, Field: "reference", Was: domain.RawJSON(`"XP20260302-7"`), Is: domain.RawJSON(`"XP20260302-8"`), Reason: "订单号有误",
	}}
	annulled = statement.Annulled{Annulment: domain.Annulment{TargetSeq: 7, Reason: "重复登记"}}
)

func TestTables(t *testing.T) {
	domaintest.Acts(t, statement.Decider, statement.Acts)
	domaintest.Events(t, statement.Decider, statement.Events, []fact{was(booked), was(outed), was(silent), was(corrected), was(annulled)})
}

func TestTheEdgeSaysHowTheAccountStood(t *testing.T) {
	var c statement.BookLine
	c.Supervised(open)
	if c.Account != open {
		t.Errorf("got %+v", c.Account)
	}
}

func TestLinesFollowEachOther(t *testing.T) {
	got := given(t).When(by(icbc), paid).Then(booked)
	if got.Account != account || got.Lines != 1 || *got.Balance != 620_000 || !got.Booked("2026030200001") || got.Booked("2026030200002") {
		t.Errorf("got %+v", got)
	}
	given(t, was(booked)).When(by(icbc), out).Then(outed)
	given(t, was(booked), was(outed)).When(by(icbc), statement.BookLine{Account: open, Serial: "2026030200003", Amount: 500}).Then(silent)
	// A line without a balance carries the balance on.
	last := with(paid, func(c *statement.BookLine) { c.Serial, c.Amount, c.Balance = "4", 1_000, fen(601_500) })
	if got := given(t, was(booked), was(outed), was(silent)).When(by(icbc), last).Accepted(); *got.Balance != 601_500 || got.Lines != 4 {
		t.Errorf("got %+v", got)
	}
	// Without any balance before there is nothing to compare.
	given(t, was(silent)).When(by(icbc), paid).Then(booked)
}

func TestBalancesThatDoNotFollowAreRefused(t *testing.T) {
	// The line before is missing.
	missing := with(out, func(c *statement.BookLine) { c.Balance = fen(599_000) })
	refused := given(t, was(booked)).When(by(icbc), missing).ThenRefused(rule.BankStatement, "/body/balance_fen")
	if !strings.Contains(refused.Text.ZH, "6,000.00") || !strings.Contains(refused.Text.ZH, "5,990.00") {
		t.Errorf("got %q, want what was expected and what stands there", refused.Text.ZH)
	}
	// They are out of order.
	given(t, was(outed)).When(by(icbc), paid).ThenRefused(rule.BankStatement, "/body/balance_fen")
}

func TestASerialIsBookedOnceADay(t *testing.T) {
	again := with(paid, func(c *statement.BookLine) { c.Balance = fen(740_000) })
	given(t, was(booked)).When(by(icbc), again).ThenRefused(rule.BankStatement, "/body/serial")
	given(t, was(booked)).When(by(icbc), paid).ThenRefused(rule.BankStatement, "/body/serial")
}

func TestABankBooksItsOwnAccounts(t *testing.T) {
	given(t).When(by(icbc), paid).Then(booked)
	given(t).When(by("530427-education"), paid).Then(booked)
	for _, other := range []string{"530427-bank-ccb", "530427-bank"} {
		if e := given(t).When(by(other), paid).ThenRefused(rule.AccountBank, "/actor/agency"); e.Code != domain.Forbidden {
			t.Errorf("%s: got %s", other, e.Code)
		}
	}
	unknown := with(paid, func(c *statement.BookLine) { c.Account.Bank = "" })
	given(t).When(by("530427-bank"), unknown).ThenRefused(rule.AccountBank, "/actor/agency")
}

func TestMoneyMovesOnAnOpenAccount(t *testing.T) {
	for name, c := range map[string]struct {
		account rule.SupervisedAccount
		amount  money.Fen
		kind    term.Movement
		refused bool
	}{
		"open, in":                {open, 100, "", false},
		"open, out":               {open, -100, term.MovementRelease, false},
		"not opened":              {with(open, func(a *rule.SupervisedAccount) { a.Opened = 0 }), 100, "", true},
		"not opened, a payout":    {with(open, func(a *rule.SupervisedAccount) { a.Opened = 0 }), -100, term.MovementPayout, true},
		"closed":                  {with(open, func(a *rule.SupervisedAccount) { a.Closed = day(on) }), 100, term.MovementInterest, true},
		"frozen, in":              {frozen, 100, term.MovementOrder, false},
		"frozen, in without kind": {frozen, 100, "", false},
		"frozen, interest":        {frozen, 100, term.MovementInterest, false},
		"frozen, a fee":           {frozen, -100, term.MovementFee, false},
		"frozen, paid out":        {frozen, -100, term.MovementPayout, false},
		"frozen, released":        {frozen, -100, term.MovementRelease, true},
		"frozen, refunded":        {frozen, -100, term.MovementRefund, true},
		"frozen, out":             {frozen, -100, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			o := given(t).When(by(icbc), statement.BookLine{Account: c.account, Serial: "1", Amount: c.amount, Kind: c.kind})
			if c.refused {
				o.ThenRefused(rule.AccountMovable, "/target")
			} else {
				o.Accepted()
			}
		})
	}
}

func TestMembersThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		pointer string
		change  func(*statement.BookLine)
	}{
		"no serial":             {"/body/serial", func(c *statement.BookLine) { c.Serial = " " }},
		"a long serial":         {"/body/serial", func(c *statement.BookLine) { c.Serial = strings.Repeat("1", 65) }},
		"no amount":             {"/body/amount_fen", func(c *statement.BookLine) { c.Amount = 0 }},
		"too much in":           {"/body/amount_fen", func(c *statement.BookLine) { c.Amount = rule.MaxAmount + 1 }},
		"too much out":          {"/body/amount_fen", func(c *statement.BookLine) { c.Amount = -rule.MaxAmount - 1 }},
		"the least amount":      {"/body/amount_fen", func(c *statement.BookLine) { c.Amount, c.Balance = math.MinInt64, fen(math.MinInt64) }},
		"too much of a balance": {"/body/balance_fen", func(c *statement.BookLine) { c.Balance = fen(rule.MaxAmount + 1) }},
		"too much of a debt":    {"/body/balance_fen", func(c *statement.BookLine) { c.Balance = fen(math.MinInt64) }},
		"a long reference":      {"/body/reference", func(c *statement.BookLine) { c.Reference = strings.Repeat("1", 65) }},
	} {
		t.Run(name, func(t *testing.T) {
			given(t).When(by(icbc), with(paid, c.change)).ThenFault(domain.Invalid, c.pointer)
		})
	}
	for _, most := range []money.Fen{rule.MaxAmount, -rule.MaxAmount} {
		given(t).When(by(icbc), with(paid, func(c *statement.BookLine) { c.Amount, c.Balance = most, fen(most) })).Accepted()
	}
	// Nor may the balance that follows without a printed one be beyond them.
	huge := statement.LineBooked{Account: account, Serial: "9", Amount: 1, Balance: fen(rule.MaxAmount)}
	given(t, was(huge)).When(by(icbc), with(paid, func(c *statement.BookLine) { c.Balance = nil })).ThenFault(domain.Invalid, "/body/amount_fen")
}

func TestNobodyIsInALine(t *testing.T) {
	for name, c := range map[string]struct {
		pointer string
		change  func(*statement.BookLine)
	}{
		"words for a serial": {"/body/serial", func(c *statement.BookLine) { c.Serial = "张三1" }},
		"a name":             {"/body/reference", func(c *statement.BookLine) { c.Reference = "XP-7 李四" }},
		"a telephone":        {"/body/reference", func(c *statement.BookLine) { c.Reference = "13800138000" }},
		"an identity card":   {"/body/reference", func(c *statement.BookLine) { c.Reference = "11010519491231002X" }},
		"a bank card":        {"/body/reference", func(c *statement.BookLine) { c.Reference = "6222021234567890128" }},
	} {
		t.Run(name, func(t *testing.T) {
			given(t).When(by(icbc), with(paid, c.change)).ThenRefused(rule.PersonalData, c.pointer)
		})
	}
	// Numbers of orders are taken that look like cards by accident.
	for _, number := range []string{strings.Repeat("1", 64), "2026030200000001", "XP-2026-000123"} {
		given(t).When(by(icbc), with(paid, func(c *statement.BookLine) { c.Serial, c.Reference = number, number })).Accepted()
	}
}

func TestAmendments(t *testing.T) {
	correct := statement.Correct(corrected)
	given(t, was(booked)).When(by(icbc), correct).Then(corrected)
	given(t, was(booked)).When(by(icbc), statement.Annul(annulled)).Then(annulled)
	given(t, was(booked)).When(by(icbc), with(statement.Annul(annulled), func(c *statement.Annul) { c.Reason = "" })).ThenFault(domain.Invalid, "/body/reason")
	given(t, was(booked)).When(by(icbc), with(correct, func(c *statement.Correct) { c.Reason = "" })).ThenFault(domain.Invalid, "/body/reason")
	given(t, was(booked)).When(by(icbc), with(correct, func(c *statement.Correct) { c.Is = domain.RawJSON(`"张三"`) })).ThenRefused(rule.PersonalData, "/body/is")
	given(t, was(booked)).When(by(icbc), with(correct, func(c *statement.Correct) { c.Is = domain.RawJSON(`7`) })).Accepted()
	for _, member := range []string{"account", "serial"} {
		given(t, was(booked)).When(by(icbc), with(correct, func(c *statement.Correct) { c.Field = member })).ThenRefused(rule.BankStatement, "/body/field")
	}
}

// The store asks of a corrected line what it asks of a new one.
func TestACorrectedLineIsChecked(t *testing.T) {
	if err := booked.Check(); err != nil {
		t.Fatal(err)
	}
	for pointer, change := range map[string]func(*statement.LineBooked){
		"/amount_fen":  func(e *statement.LineBooked) { e.Amount = 0 },
		"/balance_fen": func(e *statement.LineBooked) { e.Balance = fen(math.MaxInt64) },
		"/serial":      func(e *statement.LineBooked) { e.Serial = "" },
		"/reference":   func(e *statement.LineBooked) { e.Reference = "13800138000" },
	} {
		e, ok := errors.AsType[*domain.Error](with(booked, change).Check())
		if !ok || len(e.Fields) != 1 || e.Fields[0].Pointer != pointer {
			t.Errorf("got %#v, want it refused at %s", e, pointer)
		}
	}
}

// So does it of the whole day: it folds the lines as they are after the
// amendment, and asks whether that is sound.
func TestBalancesFollowAfterAnAmendment(t *testing.T) {
	more := with(outed, func(e *statement.LineBooked) { e.Amount = -20_001 })
	wrong := with(outed, func(e *statement.LineBooked) { e.Balance = fen(600_001) })
	last := statement.LineBooked{Account: account, Serial: "4", Amount: 100, Balance: fen(600_600)}
	for name, c := range map[string]struct {
		day    []fact
		broken string
	}{
		"as it was":                           {[]fact{was(booked), was(outed), was(silent), was(last)}, ""},
		"the first line annulled":             {[]fact{was(outed), was(silent), was(last)}, ""},
		"the last line annulled":              {[]fact{was(booked), was(outed), was(silent)}, ""},
		"a line in between annulled":          {[]fact{was(booked), was(silent), was(last)}, last.Serial},
		"another amount":                      {[]fact{was(booked), was(more), was(silent), was(last)}, more.Serial},
		"another balance":                     {[]fact{was(booked), was(wrong), was(silent)}, wrong.Serial},
		"a line without a balance in between": {[]fact{was(booked), was(outed), was(with(silent, func(e *statement.LineBooked) { e.Amount = 499 })), was(last)}, last.Serial},
		"the end of balances":                 {[]fact{was(with(outed, func(e *statement.LineBooked) { e.Balance = fen(rule.MaxAmount) })), was(silent)}, silent.Serial},
	} {
		t.Run(name, func(t *testing.T) {
			s := given(t, c.day...).State()
			err := s.Sound()
			if s.Broken != c.broken || (err == nil) != (c.broken == "") {
				t.Fatalf("got %q, %v, want %q", s.Broken, err, c.broken)
			}
			if e, ok := errors.AsType[*domain.Error](err); err != nil && (!ok || e.Rule != rule.BankStatement.ID || !strings.Contains(e.Text.ZH, c.broken)) {
				t.Errorf("got %v, want it to name the line", err)
			}
		})
	}
}

func TestSerialsAreValues(t *testing.T) {
	var list []statement.Serials
	var s statement.Serials
	name := func(n int) string { return strconv.Itoa(n * 7919 % 10_007) }
	for n := range 1_000 {
		list = append(list, s)
		other := s.With("other") // into the same room
		s = s.With(name(n))
		if s.Has("other") || !other.Has("other") || n > 0 && !other.Has(name(n-1)) || other.Has(name(n)) {
			t.Fatalf("after %d serials one is seen by another", n)
		}
	}
	for n, s := range list {
		for _, k := range []int{0, n - 256, n - 1, n, n + 1, 999} {
			if k >= 0 && s.Has(name(k)) != (k < n) {
				t.Fatalf("of %d serials number %d is there: %v", n, k, k >= n)
			}
		}
	}
}

// BenchmarkABusyDay books the lines of one day, each on the state after those
// before it.
func BenchmarkABusyDay(b *testing.B) {
	const lines = 20_000
	for b.Loop() {
		var s statement.State
		m := by(icbc)
		for n := range lines {
			facts, err := statement.Decide(s, m, statement.BookLine{Account: open, Serial: fmt.Sprintf("20260302%06d", n), Amount: 1})
			if err != nil {
				b.Fatal(err)
			}
			s = statement.Evolve(s, m, facts[0])
		}
	}
	b.ReportMetric(float64(lines*b.N)/b.Elapsed().Seconds(), "lines/s")
}
