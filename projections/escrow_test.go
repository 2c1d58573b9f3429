package projections

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/escrow"
	"minglu/domain/money"
	prepaid "minglu/domain/order"
	"minglu/domain/statement"
	"minglu/domain/term"
	"minglu/eventstore"
)

func TestEscrowBooksAreWhatTheFactsSayAtEveryPosition(t *testing.T) {
	for seed := range uint64(3) {
		st := bookHistory(seed, 500)
		v := openBooks(t, st, nil)
		if err := v.CheckBooks(t.Context()); err != nil {
			t.Error(err)
		}
		for _, at := range []uint64{Now, 500, 377, 250, 120, 33, 1, 0} {
			n := naively(t, st, at)
			checkScopes(t, v, n, at)
			checkItems(t, v, n, at)
			checkEscrowStates(t, v, st, n, at)
		}
	}
}

func checkScopes(t *testing.T, v *Views, n naiveBooks, at uint64) {
	t.Helper()
	scopes := []Scope{
		ScopeDivision(""), ScopeDivision("530427"), ScopeDivision("530400"), ScopeDivision("53"), ScopeDivision("440000"),
		ScopeBank("530427", "icbc"), ScopeBank("", "abc"), ScopeBank("530000", "ccb"), ScopeBank("", "none"), {},
	}
	for i := range 4 {
		scopes = append(scopes, ScopeInstitution(deskInstitution("530427", i)), ScopeAccount(accountStream("530427", i)), ScopeAccount(accountStream("530423", i)))
	}
	for _, s := range scopes {
		for _, to := range []calendar.Day{0, deskDay("2026-10-01"), deskDay("2026-10-20"), deskDay("2026-11-30"), deskDay("2027-02-01")} {
			want := books{}
			if s != (Scope{}) {
				want = n.of(t, s, 0, to)
			}
			sheet, counts, err := v.Balance(s, to, at)
			if got := (books{sheet, counts}); err != nil || got != want {
				t.Errorf("%s as of %v at %d: got %+v %v, want %+v", s, to, at, got, err, want)
			}
			if !sheet.Balanced() {
				t.Errorf("%s as of %v at %d does not balance: %+v", s, to, at, sheet)
			}
			from := deskDay("2026-10-15")
			days, err := v.Days(s, from, to, at)
			var sum books
			for i, d := range days {
				if d.Day < from || to != 0 && d.Day > to || i > 0 && days[i-1].Day >= d.Day {
					t.Errorf("%s: day %s is out of order or period", s, d.Day)
				}
				sum, _ = sum.plus(books{d.Sheet, d.Counts})
			}
			if s != (Scope{}) {
				want = n.of(t, s, from, to)
			}
			if err != nil || sum != want {
				t.Errorf("days of %s to %v at %d: got %+v %v, want %+v", s, to, at, sum, err, want)
			}
		}
	}
	for _, filter := range []string{"", "530427", "53"} {
		banks, err := v.HeldByBank(filter, 0, at)
		var sum books
		for _, b := range banks {
			if want := n.of(t, ScopeBank(filter, b.Bank), 0, 0); want != (books{b.Sheet, b.Counts}) {
				t.Errorf("bank %s of %q at %d: got %+v, want %+v", b.Bank, filter, at, b, want)
			}
			sum, _ = sum.plus(books{b.Sheet, b.Counts})
		}
		want := n.of(t, ScopeDivision(filter), 0, 0)
		none, _ := want.minus(n.of(t, ScopeBank(filter, ""), 0, 0))
		if err != nil || sum != none {
			t.Errorf("banks of %q at %d: got %+v %v, want %+v", filter, at, sum, err, none)
		}
	}
}

func checkItems(t *testing.T, v *Views, n naiveBooks, at uint64) {
	t.Helper()
	for account := range n.accounts {
		for _, period := range [][2]calendar.Day{{}, {deskDay("2026-10-20"), deskDay("2026-11-10")}} {
			here, there, err := v.Items(account, period[0], period[1], at)
			if err != nil {
				t.Fatal(err)
			}
			for i, got := range here {
				if got.Kind == term.MovementOther {
					t.Errorf("movement %+v has no kind", got)
				}
				here[i].Kind, here[i].BankRef = "", ""
			}
			sameItems(t, fmt.Sprintf("here of %s at %d", account, at), here, inPeriod(n.here[account], period))
			sameItems(t, fmt.Sprintf("there of %s at %d", account, at), there, inPeriod(n.there[account], period))
		}
		got, ok, err := v.BankBalance(account, at)
		if want, printed := n.printed[account]; err != nil || ok != printed || got != want {
			t.Errorf("balance of %s at %d: got %+v %v %v, want %+v %v", account, at, got, ok, err, want, printed)
		}
	}
}

func inPeriod(items []EscrowItem, period [2]calendar.Day) (out []EscrowItem) {
	for _, i := range items {
		if i.Day >= period[0] && (period[1] == 0 || i.Day <= period[1]) {
			out = append(out, i)
		}
	}
	return out
}

func sameItems(t *testing.T, what string, got, want []EscrowItem) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got\n%+v, want\n%+v", what, got, want)
	}
}

// checkEscrowStates compares every account and order, and the lists of those of
// institutions.
func checkEscrowStates(t *testing.T, v *Views, st *logStore, n naiveBooks, at uint64) {
	t.Helper()
	whose := map[string][]string{}
	for stream, want := range naively(t, st, Now).accounts {
		_, known := n.accounts[stream]
		got, ok, err := v.EscrowAt(stream, at)
		if err != nil || ok != known || !sameState(got.State, n.accounts[stream]) {
			t.Errorf("%s at %d: got %+v %v %v, want %+v %v", stream, at, got.State, ok, err, want, known)
		}
		if sum := n.of(t, ScopeAccount(stream), 0, 0); known && (books{got.Sheet, got.Counts}) != sum {
			t.Errorf("%s at %d: got books %+v %+v, want %+v", stream, at, got.Sheet, got.Counts, sum)
		}
		if in := n.accounts[stream].Institution; in != "" {
			whose[in] = append(whose[in], stream)
		}
	}
	for i := range 4 {
		for _, code := range []string{"530427", "530423", "110101"} {
			in := deskInstitution(code, i)
			var streams []string
			all, err := v.EscrowsOf(idOf(in), at)
			for _, a := range all {
				streams = append(streams, a.Stream)
			}
			if want := slices.Sorted(slices.Values(append(whose[deskInstitution("530427", i)], append(whose[deskInstitution("530423", i)], whose[deskInstitution("110101", i)]...)...))); err != nil || !slices.Equal(streams, want) {
				t.Errorf("accounts of %s at %d: got %v %v, want %v", in, at, streams, err, want)
			}
		}
	}
	for stream := range naively(t, st, Now).orders {
		want, known := n.orders[stream]
		got, ok, err := v.OrderAt(stream, at)
		if err != nil || ok != known || !sameState(got.State, want) {
			t.Errorf("%s at %d: got %+v %v %v, want %+v %v", stream, at, got.State, ok, err, want, known)
		}
		var facts uint64
		for _, r := range st.recs {
			if r.Stream == stream && r.Meta.Seq <= at {
				facts++
			}
		}
		if got.Version != facts || known && (got.Stream != stream || got.Visibility != domain.Joint || !got.Recorded.Equal(deskDay("2026-11-22").Time())) {
			t.Errorf("%s at %d: got head %+v, want %d facts", stream, at, got.BookHead, facts)
		}
	}
}

// sameState compares states, an empty list being as good as none.
func sameState(a, b any) bool {
	return reflect.DeepEqual(a, b) || fmt.Sprintf("%+v", a) == fmt.Sprintf("%+v", b)
}

func TestEscrowListsAreWhatTheFactsSay(t *testing.T) {
	st := bookHistory(5, 700)
	v := openBooks(t, st, nil)
	n := naively(t, st, Now)
	for _, f := range []EscrowFilter{{}, {Division: "530400"}, {Division: "530427", Bank: "icbc"}, {Bank: "ccb"}, {Mode: term.RiskDeposit}, {Status: term.AccountAgreed}, {Institution: deskInstitution("530427", 2)}} {
		var want []string
		for stream, s := range n.accounts {
			if s.Institution != "" && division.Matches(division.Code(divisionOf(stream)), f.Division) && f.takes(accountFacet{stream, s.Institution, s.Bank, s.Mode, s.Status(s.Latest)}) {
				want = append(want, stream)
			}
		}
		var got []string
		var last uint64
		walkPages(t, func(after string) (string, int, int) {
			p, err := v.Escrows(EscrowQuery{EscrowFilter: f, After: after, Limit: 3})
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range p.Accounts {
				if last != 0 && a.First >= last {
					t.Errorf("%+v: %s is not older than the one before it", f, a.Stream)
				}
				last = a.First
				if sum := n.of(t, ScopeAccount(a.Stream), 0, 0); sum != (books{a.Sheet, a.Counts}) {
					t.Errorf("%s: got %+v, want %+v", a.Stream, a.Sheet, sum)
				}
				got = append(got, a.Stream)
			}
			return p.Next, len(p.Accounts), p.Total
		})
		sameStreams(t, fmt.Sprintf("accounts %+v", f), got, want)
	}
	for account := range n.accounts {
		for _, q := range []OrderQuery{{}, {HeldOnly: true}, {Status: term.OrderRefunding}, {Status: term.OrderEnded, HeldOnly: true}} {
			q.Account, q.Limit = account, 2
			var got, want []string
			for stream, s := range n.orders {
				if s.PaidOn != 0 && s.Account == account && (!q.HeldOnly || s.Held() > 0) && (q.Status == "" || q.Status == s.Status()) {
					want = append(want, stream)
				}
			}
			walkPages(t, func(after string) (string, int, int) {
				q.After = after
				p, err := v.Orders(q)
				if err != nil {
					t.Fatal(err)
				}
				for _, o := range p.Orders {
					got = append(got, o.Stream)
				}
				return p.Next, len(p.Orders), p.Total
			})
			sameStreams(t, fmt.Sprintf("orders %+v", q), got, want)
		}
	}
	for _, pupil := range []string{"p1", "p2", "p3"} {
		got, err := v.OrdersOfPupil(deskInstitution("530427", 1), pupil, "钢琴")
		var want []string
		for stream, s := range n.orders {
			if s.PaidOn != 0 && s.Pupil == pupil {
				want = append(want, stream)
			}
		}
		if err != nil || len(want) == 0 {
			t.Fatal(err, want)
		}
		sameStreams(t, "orders of "+pupil, got, want)
	}
	checkMoved(t, v, n)
}

func checkMoved(t *testing.T, v *Views, n naiveBooks) {
	t.Helper()
	for _, q := range []MovedQuery{{}, {Division: "530427"}, {After: 600}, {From: deskDay("2027-01-25")}} {
		all, err := v.MovedEscrows(q)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]EscrowMoved{}
		for _, m := range all {
			got[m.Stream] = m
			if sum := n.of(t, ScopeAccount(m.Stream), 0, 0); sum != (books{m.Sheet, m.Counts}) || m.Seq <= q.After && q.After != 0 || m.Day < q.From {
				t.Errorf("%+v: got %+v, want books %+v", q, m, sum)
			}
		}
		for _, e := range n.entries {
			_, here := got[e.account]
			if e.day >= q.From && q.After == 0 && q.From != 0 && n.accounts[e.account].Institution != "" && !here {
				t.Errorf("%+v: %s was left out", q, e.account)
			}
		}
		if q == (MovedQuery{}) && len(got) < 3 {
			t.Errorf("got %d accounts", len(got))
		}
	}
}

func walkPages(t *testing.T, page func(after string) (next string, rows, total int)) {
	t.Helper()
	all, after := 0, ""
	for range 1000 {
		next, rows, total := page(after)
		if all += rows; next == "" {
			if all != total {
				t.Errorf("got %d rows, counted %d", all, total)
			}
			return
		}
		after = next
	}
	t.Fatal("the pages do not end")
}

func sameStreams(t *testing.T, what string, got, want []string) {
	t.Helper()
	if got, want := slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want)); !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestEscrowRowsDoNotDependOnGrouping(t *testing.T) {
	st := bookHistory(7, 500)
	whole := openBooks(t, st, nil)
	want := hashes(t, whole.Set)
	t.Run("built in small steps", func(t *testing.T) {
		sameViews(t, hashes(t, openBooks(t, st, smallSteps).Set), want)
	})
	t.Run("command by command", func(t *testing.T) {
		one := &logStore{}
		v := openBooks(t, one, nil)
		for first := 0; first < len(st.recs); {
			n := st.recs[first].Meta.Count
			if err := v.Wait(t.Context(), one.put(st.recs[first:first+n]...)); err != nil {
				t.Fatal(err)
			}
			first += n
		}
		sameViews(t, hashes(t, v.Set), want)
		if err := v.CheckBooks(t.Context()); err != nil {
			t.Error(err)
		}
	})
	t.Run("rebuilt", func(t *testing.T) {
		if err := whole.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		sameViews(t, hashes(t, whole.Set), want)
	})
	t.Run("replayed", func(t *testing.T) {
		all, err := whole.Replay(t.Context(), t.TempDir(), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range all {
			if !c.Same {
				t.Errorf("%s differs: %s", c.Name, c.Error)
			}
		}
	})
}

// A till is a register with one account and one order of 6,000 yuan.
type till struct {
	*testing.T
	*Views
	st             *logStore
	account, order string
	paid           uint64
}

func newTill(t *testing.T) *till {
	t.Helper()
	st := &logStore{}
	c := &till{T: t, Views: openBooks(t, st, nil), st: st, account: accountStream("530427", 1), order: orderStream("530427", 1)}
	c.do(c.account, "2026-09-01", signed(deskInstitution("530427", 1), "icbc"))
	c.paid = c.do(c.order, "2026-09-10", paid(c.account, "2026-09-10", 600_000))
	return c
}

func (c *till) do(stream, day string, e domain.Event) uint64 {
	c.Helper()
	seq := c.st.put(bookFact(stream, day, e))
	if err := c.Wait(c.Context(), seq); err != nil {
		c.Fatal(err)
	}
	return seq
}

// is compares what stands on an account of the ledger, in every scope.
func (c *till) is(a term.LedgerAccount, asOf string, atSeq uint64, want money.Fen) {
	c.Helper()
	for _, s := range []Scope{ScopeAccount(c.account), ScopeInstitution(deskInstitution("530427", 1)), ScopeDivision("530427"), ScopeBank("530400", "icbc")} {
		sheet, _, err := c.Balance(s, deskDay(asOf), atSeq)
		if err != nil || sheet.Of(a) != want || !sheet.Balanced() {
			c.Errorf("%s of %s as of %s at %d: got %d %v, want %d", a, s, asOf, atSeq, sheet.Of(a), err, want)
		}
	}
	if err := c.CheckBooks(c.Context()); err != nil {
		c.Error(err)
	}
}

func (c *till) here(atSeq uint64, want ...money.Fen) {
	c.Helper()
	items, _, err := c.Items(c.account, 0, 0, atSeq)
	var got []money.Fen
	for _, i := range items {
		got = append(got, i.Amount)
	}
	if err != nil || !slices.Equal(got, want) {
		c.Errorf("items at %d: got %v %v, want %v", atSeq, got, err, want)
	}
}

func TestEscrowALateFactCountsFromItsDay(t *testing.T) {
	c := newTill(t)
	released := c.do(c.order, "2026-10-20", prepaid.FundsReleased{Amount: 200_000, Policy: term.ReleaseOnRequest})
	late := c.do(c.order, "2026-09-30", prepaid.RefundPaid{Amount: 50_000, Route: term.OriginalRoute, BankRef: "R1"})
	c.is(term.LedgerHeld, "2026-09-29", Now, 600_000)
	c.is(term.LedgerHeld, "2026-09-30", Now, 550_000)
	c.is(term.LedgerHeld, "2026-09-30", released, 600_000)
	c.is(term.LedgerHeld, "2026-10-20", released, 400_000)
	c.is(term.LedgerHeld, "2026-10-20", late, 350_000)
	c.here(Now, 600_000, -50_000, -200_000)
	c.here(released, 600_000, -200_000)
}

func TestEscrowACorrectedPaymentIsBookedAnew(t *testing.T) {
	c := newTill(t)
	amount := c.do(c.order, "2026-11-01", prepaid.Corrected{Correction: domain.Correction{TargetSeq: c.paid, Field: "amount_fen", Was: []byte("600000"), Is: []byte("500000"), Reason: "误登"}})
	day := c.do(c.order, "2026-11-02", prepaid.Corrected{Correction: correctDay(c.paid, "2026-09-12")})
	c.is(term.LedgerHeld, "2026-09-10", c.paid, 600_000)
	c.is(term.LedgerHeld, "2026-09-10", amount, 500_000)
	c.is(term.LedgerHeld, "2026-09-10", day, 0)
	c.is(term.LedgerPaid, "2026-09-12", Now, 500_000)
	c.here(c.paid, 600_000)
	c.here(amount, 500_000)
	c.here(day, 500_000)
}

func TestEscrowAnAnnulledPaymentIsTakenOut(t *testing.T) {
	c := newTill(t)
	c.do(c.order, "2026-09-20", prepaid.LessonDelivered{Lesson: 1, Hours: 2})
	gone := c.do(c.order, "2026-11-01", prepaid.Annulled{Annulment: annul(c.paid)})
	c.is(term.LedgerHeld, "2026-11-01", Now, 0)
	c.is(term.LedgerHeld, "2026-11-01", gone-1, 600_000)
	c.here(Now)
	if p, err := c.Orders(OrderQuery{Account: c.account}); err != nil || p.Total != 0 {
		t.Errorf("got %d orders %v, want none", p.Total, err)
	}
	if got, err := c.OrdersOfPupil(deskInstitution("530427", 1), "p1", "钢琴"); err != nil || len(got) != 0 {
		t.Errorf("got %v %v, want no order of the pupil", got, err)
	}
	if _, counts, err := c.Balance(ScopeAccount(c.account), 0, Now); err != nil || counts != (book.Counts{}) {
		t.Errorf("got %+v %v, want nothing counted", counts, err)
	}
	c.do(c.order, "2026-11-02", prepaid.Annulled{Annulment: annul(gone)})
	c.is(term.LedgerHeld, "2026-11-02", Now, 600_000)
	c.here(Now, 600_000)
	if p, err := c.Orders(OrderQuery{Account: c.account, HeldOnly: true, Status: term.OrderRunning}); err != nil || p.Total != 1 || p.Orders[0].ID() != idOf(c.order) {
		t.Errorf("got %+v %v, want the order again", p, err)
	}
}

// The bank knows an order by the number of the platform: its lines find the
// payment, and whatever is paid out later, by that alone.
func TestEscrowALineFindsItsOrderByTheNumberOfThePlatform(t *testing.T) {
	c := newTill(t)
	numbered := orderStream("530427", 2)
	e := paid(c.account, "2026-09-11", 100_000)
	e.Number = "XP000007"
	seq := c.do(numbered, "2026-09-11", e)
	c.do(numbered, "2026-09-20", prepaid.RefundPaid{Amount: 40_000, Route: term.OriginalRoute})
	for i, l := range []statement.LineBooked{{Amount: 100_000}, {Amount: -40_000}} {
		l.Account, l.Serial, l.Reference = c.account, fmt.Sprint("S", i), "XP000007"
		c.do(lineStream("530427", 1), []string{"2026-09-12", "2026-09-20"}[i], l)
	}
	wantPairs := func(want map[term.Reconciliation]int) {
		t.Helper()
		here, there, err := c.Items(c.account, deskDay("2026-09-11"), 0, Now)
		if err != nil {
			t.Fatal(err)
		}
		got := map[term.Reconciliation]int{}
		for outcome, total := range statement.Reconcile(asItems(here), asItems(there), 3).Totals {
			got[outcome] = total.Count
		}
		if !maps.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	wantPairs(map[term.Reconciliation]int{term.ReconciledMatched: 2})
	c.do(numbered, "2026-09-21", prepaid.Corrected{Correction: domain.Correction{TargetSeq: seq, Field: "number", Was: []byte(`"XP000007"`), Is: []byte(`"XP000008"`), Reason: "误登"}})
	wantPairs(map[term.Reconciliation]int{term.ReconciledNotThere: 2, term.ReconciledNotHere: 2})
}

func asItems(list []EscrowItem) (out []statement.Item) {
	for _, i := range list {
		out = append(out, statement.Item{Seq: i.Seq, On: i.Day, Amount: i.Amount, Kind: i.Kind, Serial: i.BankRef, Reference: i.Reference, Stream: i.Stream})
	}
	return out
}

func TestEscrowMoneyOutsideIsNoMovement(t *testing.T) {
	c := newTill(t)
	other := orderStream("530427", 2)
	e := paid(c.account, "2026-09-11", 100_000)
	e.OffAccount = true
	c.do(other, "2026-09-11", e)
	c.do(other, "2026-09-12", prepaid.MovedIn{Amount: 60_000, BankRef: "M1"})
	c.do(other, "2026-09-13", prepaid.RefundPaid{Amount: 50_000, Outside: 40_000, Route: term.OriginalRoute, BankRef: "R1"})
	c.do(c.account, "2026-09-14", escrow.DepositPaid{Amount: 5_000, BankRef: "D1"})
	c.do(other, "2026-09-15", prepaid.PaidOut{Amount: 3_000, Deposit: false})
	c.do(c.account, "2026-09-16", escrow.DepositUsed{Amount: 1_000, BankRef: "D2"})
	c.here(Now, 600_000, 60_000, -10_000, 5_000, -3_000, -1_000)
	items, _, err := c.Items(c.account, deskDay("2026-09-12"), deskDay("2026-09-14"), Now)
	if err != nil || len(items) != 3 {
		t.Fatal(items, err)
	}
	want := []EscrowItem{
		{Kind: term.MovementOrder, BankRef: "M1", Reference: idOf(other)}, {Kind: term.MovementRefund, BankRef: "R1", Reference: idOf(other)}, {Kind: term.MovementDeposit, BankRef: "D1"},
	}
	for i, got := range items {
		if got.Kind != want[i].Kind || got.BankRef != want[i].BankRef || got.Reference != want[i].Reference {
			t.Errorf("got %+v, want %+v", got, want[i])
		}
	}
	c.is(term.LedgerOutside, "2026-09-30", Now, 0)
	c.is(term.LedgerDeposit, "2026-09-30", Now, 4_000)
}

func TestEscrowLinesOfTheBankComeAndGo(t *testing.T) {
	c := newTill(t)
	day := lineStream("530427", 1)
	line := func(serial string, amount money.Fen, balance ...money.Fen) statement.LineBooked {
		e := statement.LineBooked{Account: c.account, Serial: serial, Amount: amount, Kind: term.MovementOrder, Reference: "订单一"}
		if len(balance) > 0 {
			e.Balance = &balance[0]
		}
		return e
	}
	first := c.do(day, "2026-09-10", line("1", 600_000, 600_000))
	second := c.do(day, "2026-09-10", line("2", -5, 599_995))
	c.do(day, "2026-09-10", line("3", -7))
	balance := func(want money.Fen, atSeq uint64) {
		t.Helper()
		if b, ok, err := c.BankBalance(c.account, atSeq); err != nil || !ok || b.Amount != want || b.Day != deskDay("2026-09-10") {
			t.Errorf("at %d: got %+v %v %v, want %d", atSeq, b, ok, err, want)
		}
	}
	balance(599_995, Now)
	balance(600_000, first)
	gone := c.do(day, "2026-09-11", statement.Annulled{Annulment: annul(second)})
	balance(600_000, Now)
	balance(599_995, gone-1)
	_, there, err := c.Items(c.account, 0, 0, Now)
	if err != nil || len(there) != 2 || there[0].BankRef != "1" || there[1].Amount != -7 || there[0].Reference != "订单一" || there[0].Stream != day || there[0].Seq != first {
		t.Errorf("got %+v %v", there, err)
	}
	c.do(day, "2026-09-12", statement.Annulled{Annulment: annul(gone)})
	balance(599_995, Now)
	if _, ok, err := c.BankBalance("530427.escrow.none", Now); ok || err != nil {
		t.Errorf("got a balance of no account: %v", err)
	}
}

func TestEscrowAnAccountMovesToAnotherBank(t *testing.T) {
	c := newTill(t)
	moved := c.do(c.account, "2026-11-01", escrow.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "bank", Was: []byte(`"icbc"`), Is: []byte(`"abc"`), Reason: "误登"}})
	banks := func(atSeq uint64, want string) {
		t.Helper()
		all, err := c.HeldByBank("530427", deskDay("2026-09-10"), atSeq)
		if err != nil || len(all) != 1 || all[0].Bank != want || all[0].Sheet.Of(term.LedgerHeld) != 600_000 {
			t.Errorf("at %d: got %+v %v, want all at %s", atSeq, all, err, want)
		}
	}
	banks(Now, "abc")
	banks(moved-1, "icbc")
	in := c.do(c.account, "2026-11-02", escrow.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "institution", Was: []byte(`""`), Is: fmt.Appendf(nil, "%q", deskInstitution("530427", 2)), Reason: "误登"}})
	for at, want := range map[uint64][2]int{Now: {0, 1}, in: {0, 1}, in - 1: {1, 0}, 0: {0, 0}} {
		for i, n := range want {
			all, err := c.EscrowsOf(deskInstitution("530427", 1+i), at)
			if err != nil || len(all) != n {
				t.Errorf("institution %d at %d: got %d accounts %v, want %d", 1+i, at, len(all), err, n)
			}
		}
	}
	if err := c.CheckBooks(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestEscrowAlertsAreListed(t *testing.T) {
	c := newTill(t)
	other := accountStream("530423", 2)
	c.do(other, "2026-09-01", signed(deskInstitution("530423", 9), "abc"))
	raise := func(account, day string, n int, level term.AlertLevel) uint64 {
		return c.do(account, day, escrow.AlertRaised{Number: n, Institution: deskInstitution("530427", 1), Level: level, Metric: term.MetricBalance, Value: 5, Preset: "20/10"})
	}
	raise(c.account, "2026-10-01", 1, term.Yellow)
	second := raise(c.account, "2026-10-05", 2, term.Red)
	raise(other, "2026-10-03", 1, term.Red)
	c.do(c.account, "2026-10-08", escrow.AlertClosed{Number: 1, Reason: "已补足"})
	list := func(f AlertFilter, want ...string) {
		t.Helper()
		var got []string
		walkPages(t, func(after string) (string, int, int) {
			p, err := c.Alerts(AlertQuery{AlertFilter: f, After: after, Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range p.Alerts {
				got = append(got, fmt.Sprint(a.Account[:6], " ", a.Number, " ", a.Level, " ", a.Raised, " ", a.Closed != 0))
			}
			return p.Next, len(p.Alerts), p.Total
		})
		if !slices.Equal(got, want) {
			t.Errorf("%+v: got %q, want %q", f, got, want)
		}
	}
	one, two, third := "530427 1 yellow 2026-10-01 true", "530427 2 red 2026-10-05 false", "530423 1 red 2026-10-03 false"
	list(AlertFilter{}, two, third, one)
	list(AlertFilter{Division: "530400", Standing: WorkOpen}, two, third)
	list(AlertFilter{Division: "530427"}, two, one)
	list(AlertFilter{Standing: WorkClosed}, one)
	list(AlertFilter{Level: term.Red, Account: other}, third)
	list(AlertFilter{Institution: deskInstitution("530427", 1), Metric: term.MetricBalance}, two, one)
	list(AlertFilter{Metric: term.MetricStale})
	c.do(c.account, "2026-10-09", escrow.Annulled{Annulment: annul(second)})
	list(AlertFilter{Division: "530427"}, one)
}

func TestEscrowIsFoundByID(t *testing.T) {
	c := newTill(t)
	if a, ok, err := c.EscrowAt(idOf(c.account), Now); err != nil || !ok || a.Stream != c.account || a.ID() != idOf(c.account) || a.Division() != "530427" || a.State.BankName != "银行 icbc" {
		t.Errorf("got %+v %v %v", a, ok, err)
	}
	if o, ok, err := c.OrderAt(idOf(c.order), Now); err != nil || !ok || o.Stream != c.order || o.State.Sheet.Of(term.LedgerHeld) != 600_000 {
		t.Errorf("got %+v %v %v", o, ok, err)
	}
	if _, ok, err := c.OrderAt("none", Now); ok || err != nil {
		t.Errorf("got an order that there is not: %v", err)
	}
	if _, ok, err := c.EscrowAt(c.account, 0); ok || err != nil {
		t.Errorf("got the account before its first fact: %v", err)
	}
	for _, q := range []string{"x", "AAAA"} {
		if _, err := c.Escrows(EscrowQuery{After: q}); !errors.Is(err, ErrCursor) {
			t.Errorf("cursor %q: got %v, want it refused", q, err)
		}
	}
}

// TestEscrowCheckNamesWhatDiffers damages the rows of the books in turn.
func TestEscrowCheckNamesWhatDiffers(t *testing.T) {
	st := &logStore{}
	account, order := accountStream("530427", 1), orderStream("530427", 1)
	recs := []eventstore.Record{
		bookFact(account, "2026-09-01", signed(deskInstitution("530427", 1), "icbc")),
		bookFact(order, "2026-09-10", paid(account, "2026-09-10", 600_000)),
	}
	st.put(recs[0])
	st.put(recs[1])
	one, _ := book.Sheet{}.Enter(book.Entry{From: term.LedgerPaid, To: term.LedgerHeld, Amount: 1})
	more := books{sheet: one}
	for name, c := range map[string]struct {
		spoil func(tx *Tx) error
		want  string
	}{
		"the ledger of an account": {func(tx *Tx) error {
			l, _, err := readLedger(tx.Bucket("ledgers"), account)
			l.books, _ = l.plus(more)
			tx.Bucket("ledgers").Put([]byte(account), l.packed())
			return err
		}, "account " + account + " have 600001 for paid, where the facts come to 600000"},
		"a day of an account": {func(tx *Tx) error {
			return enter(tx, Key(accountScope, account), deskDay("2026-09-10"), more, 2)
		}, "account " + account + " have 600001 for paid"},
		"a day of a division": {func(tx *Tx) error {
			return enter(tx, Key(divisionScope, "530427"), deskDay("2026-09-10"), more, 2)
		}, "division 530427 on 2026-09-10 have 600001 for paid, where the facts come to 600000"},
		"a day of a bank": {func(tx *Tx) error {
			return enter(tx, Key(bankScope, "530427", "icbc"), deskDay("2026-09-11"), books{counts: book.Counts{Orders: 1}}, 2)
		}, "bank 530427/icbc on 2026-09-11 have 1 for orders, where the facts come to 0"},
		"the list of an institution": {func(tx *Tx) error {
			tx.Bucket("institutions").Put(SeqKey(2, idOf(deskInstitution("530427", 1)), account), []byte{0})
			return nil
		}, "institution " + idOf(deskInstitution("530427", 1)) + " have 0 for paid"},
	} {
		t.Run(name, func(t *testing.T) {
			view := spoiltView{newEscrows(bookCodec), c.spoil}
			s := start(t, t.TempDir(), st, nil, view)
			caughtUp(t, s)
			v := &Views{Set: s, escrows: view.escrows}
			err := v.CheckBooks(t.Context())
			if _, ok := errors.AsType[*BookFault](err); !ok || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

type spoiltView struct {
	escrows
	spoil func(tx *Tx) error
}

func (v spoiltView) Apply(tx *Tx, r eventstore.Record) error {
	if err := v.escrows.Apply(tx, r); err != nil || r.Meta.Seq != 2 {
		return err
	}
	return v.spoil(tx)
}
