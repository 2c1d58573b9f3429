package demo_test

import (
	"testing"
	"time"

	"minglu/domain/calendar"
	"minglu/domain/order"
	"minglu/domain/statement"
	"minglu/domain/term"
	"minglu/projections"
)

// orders returns the orders of a division's accounts by what they are told apart
// by here: course and amount.
func (l *loaded) orders(t *testing.T, division string) (out []order.State) {
	t.Helper()
	accounts, err := l.Views.Escrows(projections.EscrowQuery{EscrowFilter: projections.EscrowFilter{Division: division}})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts.Accounts {
		p, err := l.Views.Orders(projections.OrderQuery{Account: a.Stream})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range p.Orders {
			out = append(out, o.State)
		}
	}
	return out
}

// one returns the order that fits, which must be the only one.
func one(t *testing.T, all []order.State, fits func(order.State) bool) order.State {
	t.Helper()
	var found []order.State
	for _, s := range all {
		if fits(s) {
			found = append(found, s)
		}
	}
	if len(found) != 1 {
		t.Fatalf("got %d orders that fit, want one", len(found))
	}
	return found[0]
}

func TestBothModesAreThereInBothCounties(t *testing.T) {
	l := demonstration(t)
	for _, division := range []string{"530427", "500109"} {
		modes := map[term.EscrowMode]bool{}
		p, err := l.Views.Escrows(projections.EscrowQuery{EscrowFilter: projections.EscrowFilter{Division: division}})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range p.Accounts {
			modes[a.State.Mode] = true
		}
		if !modes[term.BankCustody] || !modes[term.RiskDeposit] {
			t.Errorf("%s: got the modes %v, want custody and deposit", division, modes)
		}
	}
	if err := l.Views.CheckBooks(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestTheFourCasesOfPrepayment(t *testing.T) {
	l := demonstration(t)
	xinping, beibei := l.orders(t, "530427"), l.orders(t, "500109")

	split := one(t, xinping, func(s order.State) bool { return len(s.Breaches) > 0 })
	if b := split.Breaches[0]; b.Breach != term.BreachAmount || !b.Cumulative || b.Value != 600_000 || b.Limit != 500_000 || split.Amount != 300_000 {
		t.Errorf("got %+v of %v fen, want the second of two orders above the limit together", b, split.Amount)
	}

	silent := one(t, xinping, func(s order.State) bool { return s.Refund.By == term.BySilence })
	if silent.Sheet.Of(term.LedgerRefunded) != 180_000 || silent.Sheet.Of(term.LedgerReleased) != 60_000 || silent.Held() != 0 || silent.Ended == 0 {
		t.Errorf("got %v of %+v, want 1,800 yuan refunded after silence", silent.Sheet.Amounts(), silent.Refund)
	}

	paid := one(t, beibei, func(s order.State) bool { return s.Sheet.Of(term.LedgerPaidOut) > 0 })
	short := one(t, beibei, func(s order.State) bool { return s.OffAccount })
	if paid.Sheet.Of(term.LedgerPaidOut) != 360_000 || paid.Undelivered() != 0 || short.Undelivered() != 300_000 || short.Held() != 0 || short.Institution != paid.Institution {
		t.Errorf("got %v paid out and %v owed, want one family paid in full and one not at all", paid.Sheet.Amounts(), short.Undelivered())
	}
	account, ok, err := l.Views.EscrowAt(paid.Account, projections.Now)
	if err != nil || !ok || len(account.State.Alerts) != 1 || account.State.Alerts[0].Level != term.Red || account.State.Alerts[0].Published == 0 {
		t.Errorf("got %+v, %v, want one red alert, and the public warned", account.State.Alerts, err)
	}
}

func TestTheStatementOfTheDemonstrationIsReconciled(t *testing.T) {
	l := demonstration(t)
	p, err := l.Views.Escrows(projections.EscrowQuery{EscrowFilter: projections.EscrowFilter{Division: "530427", Bank: "rcc"}})
	if err != nil || len(p.Accounts) != 1 {
		t.Fatalf("got %d accounts, %v", len(p.Accounts), err)
	}
	here, there, err := l.Views.Items(p.Accounts[0].Stream, calendar.Date(2026, time.August, 20), calendar.Date(2026, time.August, 31), projections.Now)
	if err != nil {
		t.Fatal(err)
	}
	outcomes := map[term.Reconciliation]int{}
	for _, pair := range statement.Reconcile(itemsOf(here), itemsOf(there), 3).Pairs {
		outcomes[pair.Outcome]++
	}
	if outcomes[term.ReconciledMatched] != 2 || outcomes[term.ReconciledAmount] != 1 {
		t.Errorf("got %v, want two that match and one of another amount", outcomes)
	}
}

func itemsOf(list []projections.EscrowItem) (out []statement.Item) {
	for _, i := range list {
		out = append(out, statement.Item{Seq: i.Seq, On: i.Day, Amount: i.Amount, Kind: i.Kind, Serial: i.BankRef, Reference: i.Reference, Stream: i.Stream})
	}
	return out
}
