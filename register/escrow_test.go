package register_test

import (
	"fmt"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/order"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
	"minglu/register"
	"minglu/register/registertest"
)

// escrowed is a register with two institutions, each with an account in custody.
type escrowed struct {
	*registertest.Register
	t *testing.T
}

func newEscrowed(t *testing.T) escrowed {
	r := escrowed{registertest.New(t), t}
	setDay(r.Register, "2026-03-02")
	for i, ref := range []string{"N-1", "N-2"} {
		r.Do(fmt.Sprintf(`{"act":"institution.register","division":"530427","target":{"ref":%q},"effective":"2026-03-02","body":{
			"names":["示例培训中心%d"],"kind":"institution","mode":"offline","address":"古城街道","class":"non_subject","audiences":["compulsory"]}}`, ref, i+1))
		account := "A-" + ref
		r.act("2026-03-02", "escrow.sign-agreement", account, `{"institution":{"ref":"`+ref+`"},"bank":"icbc","bank_name":"工商银行","mode":"bank_custody","size":"small"}`)
		r.act("2026-03-02", "escrow.open-account", account, fmt.Sprintf(`{"masked_number":"****000%d"}`, i))
	}
	return r
}

// institution returns the stream of an institution.
func (r escrowed) institution(ref string) string {
	r.t.Helper()
	stream, _, err := r.Log.Owner(r.t.Context(), "ref", eventstore.RefValue("530427", "institution", ref))
	if err != nil || stream == "" {
		r.t.Fatalf("%s: got %q, %v", ref, stream, err)
	}
	return stream
}

// text is an act on the thing with that ref.
func (escrowed) text(day, act, ref, body string) string {
	return fmt.Sprintf(`{"act":%q,"division":"530427","target":{"ref":%q},"effective":%q,"actor":{"agency":"530427-education","officer":"E1"},"body":%s}`, act, ref, day, body)
}

func (r escrowed) act(day, act, ref, body string) register.Answer {
	r.t.Helper()
	return r.Do(r.text(day, act, ref, body))
}

// paid records an order of 40 class-hours for 4,000 yuan.
func (r escrowed) paid(day, ref, account string, pupil int, more string) register.Answer {
	r.t.Helper()
	return r.act(day, "order.record", ref, fmt.Sprintf(
		`{"account":{"ref":%q},"pupil":"%032x","course":"国画","hours":40,"amount_fen":400000,"period_from":"2026-03-10","period_to":"2026-05-31","contract":"2021"%s}`, account, pupil, more))
}

// order returns an order as the views have it.
func (r escrowed) order(ans register.Answer) order.State {
	r.t.Helper()
	r.Wait()
	o, ok, err := r.Views.OrderAt(ans.ID, projections.Now)
	if err != nil || !ok {
		r.t.Fatalf("got %v %v", ok, err)
	}
	return o.State
}

func (r escrowed) want(of order.State, held, released, refunded money.Fen) {
	r.t.Helper()
	got := [3]money.Fen{of.Held(), of.Sheet.Of(term.LedgerReleased), of.Sheet.Of(term.LedgerRefunded)}
	if got != [3]money.Fen{held, released, refunded} {
		r.t.Errorf("got %v held, released, refunded; want %v, %v, %v", got, held, released, refunded)
	}
}

func TestASilentParentsLessonIsDeemedConfirmedAndReleasedOnce(t *testing.T) {
	r := newEscrowed(t)
	o := r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	setDay(r.Register, "2026-03-10")
	r.act("2026-03-10", "order.deliver-lesson", "O-1", `{"hours":2,"notice":"平台消息"}`)
	x := r.NewReactor(0)
	setDay(r.Register, "2026-03-31") // the fifteenth working day
	reacted(t, x, 0)
	setDay(r.Register, "2026-04-01")
	reacted(t, r.NewReactor(x.Position()), 2) // deemed, and released
	reacted(t, r.NewReactor(0), 0)
	s := r.order(o)
	r.want(s, 380_000, 20_000, 0)
	if s.Lessons[0].By != term.ByDeeming {
		t.Errorf("got %+v, want it deemed", s.Lessons[0])
	}
	r.Replay()
}

func TestADisputedLessonIsNeverDeemed(t *testing.T) {
	r := newEscrowed(t)
	o := r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	r.act("2026-03-02", "order.deliver-lesson", "O-1", `{"hours":2,"notice":"平台消息"}`)
	setDay(r.Register, "2026-03-20")
	r.act("2026-03-20", "order.dispute-lesson", "O-1", `{"lesson":1,"reason":"未上课"}`)
	setDay(r.Register, "2026-06-30")
	reacted(t, r.NewReactor(0), 0)
	r.want(r.order(o), 400_000, 0, 0)
}

func TestASilentInstitutionHasAgreedToTheRefund(t *testing.T) {
	r := newEscrowed(t)
	o := r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	setDay(r.Register, "2026-03-16")
	r.act("2026-03-16", "order.request-refund", "O-1", `{"cause":"consumer"}`)
	setDay(r.Register, "2026-03-23")
	x := r.NewReactor(0)
	reacted(t, x, 0)
	setDay(r.Register, "2026-03-24")
	reacted(t, x, 1)
	if s := r.order(o); s.Refund.By != term.BySilence || s.Refund.Amount != 400_000 {
		t.Fatalf("got %+v, want it deemed to be agreed", s.Refund)
	}
	r.act("2026-03-24", "order.pay-refund", "O-1", `{"amount_fen":400000,"route":"original"}`)
	r.want(r.order(o), 0, 0, 400_000)
	r.Replay()
}

func TestSplitOrdersOfOnePupilAreSeenTogether(t *testing.T) {
	r := newEscrowed(t)
	r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	same, other := r.paid("2026-03-02", "O-2", "A-N-1", 1, ""), r.paid("2026-03-02", "O-3", "A-N-1", 2, "")
	breaches := func(of register.Answer) (codes []string) {
		for _, b := range r.order(of).Breaches {
			codes = append(codes, fmt.Sprintf("%s %v %d", b.Breach, b.Cumulative, b.Value))
		}
		return codes
	}
	if got := strings.Join(breaches(same), " "); got != "hours true 80 amount true 800000" {
		t.Errorf("got %q, want both limits exceeded together", got)
	}
	if got := breaches(other); len(got) != 0 {
		t.Errorf("got %v of another pupil", got)
	}
}

// TestSplitOrdersOfOneImportAreSeenTogether has both in one batch, of which the
// views know nothing yet.
func TestSplitOrdersOfOneImportAreSeenTogether(t *testing.T) {
	r := newEscrowed(t)
	s, err := r.NewImport(t.Context(), nil, func(o register.Outcome) {
		if o.Err != nil {
			t.Errorf("line %d: %v", o.Line, o.Err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		a := r.Act(r.text("2026-03-02", "order.record", fmt.Sprintf("O-%d", i), fmt.Sprintf(
			`{"account":{"ref":"A-N-1"},"pupil":"%032x","course":"国画","hours":30,"amount_fen":300000,"period_from":"2026-03-10","period_to":"2026-05-31","contract":"2021"}`, 7)))
		if err := s.Add(t.Context(), i, a); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Close()
	r.Wait()
	sheet, counts, err := r.Views.Balance(projections.ScopeDivision("530427"), 0, projections.Now)
	if err != nil || counts.Breaches != 1 || sheet.Of(term.LedgerHeld) != 600_000 {
		t.Errorf("got %+v and %v held, %v, want one breach", counts, sheet.Of(term.LedgerHeld), err)
	}
}

func TestATransferredOrderGoesOnOnce(t *testing.T) {
	r := newEscrowed(t)
	o := r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	setDay(r.Register, "2026-03-16")
	moved := r.act("2026-03-16", "order.transfer", "O-1", `{"to":{"ref":"A-N-2"}}`)
	reacted(t, r.NewReactor(0), 1)
	reacted(t, r.NewReactor(0), 0)
	r.want(r.order(o), 0, 0, 0)
	there, err := r.Views.Orders(projections.OrderQuery{Account: r.order(o).Moved.To})
	if err != nil || len(there.Orders) != 1 || there.Orders[0].State.Held() != 400_000 || there.Orders[0].State.TransferOf == "" {
		t.Fatalf("got %+v, %v, want the order at the other institution", there, err)
	}
	e := r.Refused(r.text("2026-03-16", "order.record", "O-9", fmt.Sprintf(
		`{"account":{"ref":"A-N-2"},"pupil":"%032x","course":"国画","hours":40,"amount_fen":400000,"period_from":"2026-03-10","period_to":"2026-05-31","contract":"2021","transfer_of":{"id":%q}}`, 1, moved.ID)))
	if e.Code != domain.Conflict {
		t.Errorf("got %v, want the transfer taken already", e)
	}
	sheet, _, err := r.Views.Balance(projections.ScopeDivision("530427"), 0, projections.Now)
	if err != nil || sheet.Of(term.LedgerPaid) != 400_000 || sheet.Of(term.LedgerHeld) != 400_000 || sheet.Of(term.LedgerTransferred) != 0 {
		t.Errorf("got %v, %v, want 4,000 yuan paid and held", sheet.Amounts(), err)
	}
	r.Replay()
}

func TestAnAbnormalClosureFreezesEveryAccount(t *testing.T) {
	r := newEscrowed(t)
	o := r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	setDay(r.Register, "2026-03-16")
	r.act("2026-03-16", "institution.report-abnormal-closure", "N-1", `{"pupils":{"n":60,"unit":"person","precision":"nearly"},"unreachable":true,"undelivered_fen":400000}`)
	reacted(t, r.NewReactor(0), 3) // dispute, freeze, alert
	reacted(t, r.NewReactor(0), 0)
	r.act("2026-03-16", "order.deliver-lesson", "O-1", `{"hours":1,"notice":"平台消息"}`)
	r.act("2026-03-16", "order.confirm-lesson", "O-1", `{"lesson":1,"by":"parent"}`)
	if e := r.Refused(r.text("2026-03-16", "order.release-funds", "O-1", `{"lessons":[1]}`)); e.Rule != rule.AccountMovable.ID {
		t.Errorf("got %v, want no movement on a frozen account", e)
	}
	r.act("2026-03-16", "order.pay-out", "O-1", `{"amount_fen":390000}`)
	r.want(r.order(o), 10_000, 0, 0)
	r.Replay()
}

func TestAlertsFollowThePresetsOfTheDivision(t *testing.T) {
	r := newEscrowed(t)
	r.act("2026-03-02", "jurisdiction.adopt-policy", "", `{"parameters":{"escrow.alert.small.stale":"20/40"}}`)
	r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	account, err := r.Views.Escrows(projections.EscrowQuery{EscrowFilter: projections.EscrowFilter{Division: "530427"}})
	if err != nil || len(account.Accounts) != 2 {
		t.Fatalf("got %+v, %v", account, err)
	}
	for _, c := range []struct {
		day    string
		raised int
	}{{"2026-03-02", 0}, {"2026-03-21", 0}, {"2026-03-22", 1}, {"2026-03-23", 1}, {"2026-04-11", 2}, {"2026-04-12", 2}} {
		setDay(r.Register, c.day)
		if _, err := r.NewReactor(0).React(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := facts(t, r.Register, "", "escrow.alert_raised"); n != c.raised {
			t.Errorf("%s: got %d alerts, want %d", c.day, n, c.raised)
		}
	}
	raised, err := r.Views.Alerts(projections.AlertQuery{AlertFilter: projections.AlertFilter{Division: "530427"}})
	if err != nil || len(raised.Alerts) != 2 {
		t.Errorf("got %+v, %v, want the yellow one and the red one", raised.Alerts, err)
	}
}

func TestAShortfallAtTheBankIsRedWithoutAnyPreset(t *testing.T) {
	r := newEscrowed(t)
	r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	line := func(day, serial string, amount, balance int) {
		r.Do(fmt.Sprintf(`{"act":"statement.book-line","division":"530427","target":{"ref":"A-N-1"},"effective":%q,"actor":{"agency":"530427-bank-icbc"},
			"body":{"serial":%q,"amount_fen":%d,"balance_fen":%d}}`, day, serial, amount, balance))
	}
	line("2026-03-02", "S1", 100, 100) // interest: what was paid today comes tomorrow
	x := r.NewReactor(0)
	reacted(t, x, 0)
	setDay(r.Register, "2026-03-10")
	line("2026-03-10", "S2", 389_900, 390_000)
	reacted(t, x, 1)
	raised, err := r.Views.Alerts(projections.AlertQuery{})
	if err != nil || len(raised.Alerts) != 1 || raised.Alerts[0].Level != term.Red || raised.Alerts[0].Metric != term.MetricBalance {
		t.Errorf("got %+v, %v, want one red alert of the balance", raised.Alerts, err)
	}
}

func TestALineOfAnotherBankIsRefused(t *testing.T) {
	r := newEscrowed(t)
	line := func(agency, serial string) string {
		return `{"act":"statement.book-line","division":"530427","target":{"ref":"A-N-1"},"effective":"2026-03-02","actor":{"agency":"` + agency + `"},
			"body":{"serial":"` + serial + `","amount_fen":1}}`
	}
	for _, agency := range []string{"530427-bank-abc", "530427-bank"} {
		if e := r.Refused(line(agency, "S1")); e.Rule != rule.AccountBank.ID || e.Code != domain.Forbidden {
			t.Errorf("%s: got %v, want it refused by %s", agency, e, rule.AccountBank.ID)
		}
	}
	ans := r.Do(line("530400-bank-icbc", "S1"))
	if again := r.Do(line("530400-bank-icbc", "S2")); again.ID != ans.ID || again.Version != 2 {
		t.Errorf("got %+v, want the second line of the same day", again)
	}
}

func TestAnAccountWithMoneyIsNotClosed(t *testing.T) {
	r := newEscrowed(t)
	o := r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	if e := r.Refused(r.text("2026-03-02", "escrow.close-account", "A-N-1", `{"reason":"终止"}`)); !strings.Contains(e.Error(), "4,000") {
		t.Errorf("got %v, want what is held", e)
	}
	setDay(r.Register, "2026-03-03")
	r.act("2026-03-03", "order.request-refund", "O-1", `{"cause":"operator"}`)
	r.act("2026-03-03", "order.pay-refund", "O-1", `{"amount_fen":400000,"route":"original"}`)
	if s := r.order(o); s.Refund.By != term.ByCoolingOff {
		t.Errorf("got %+v, want it agreed within the cooling-off period", s.Refund)
	}
	r.act("2026-03-03", "escrow.close-account", "A-N-1", `{"reason":"终止"}`)
}

// TestAnAmendmentMayNotUnbalanceAnOrder annuls and corrects a payment under what
// was released from it.
func TestAnAmendmentMayNotUnbalanceAnOrder(t *testing.T) {
	r := newEscrowed(t)
	o := r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	seq := o.Events[0].Seq
	r.act("2026-03-02", "order.deliver-lesson", "O-1", `{"hours":20}`)
	r.act("2026-03-02", "order.confirm-lesson", "O-1", `{"lesson":1,"by":"parent"}`)
	r.act("2026-03-02", "order.release-funds", "O-1", `{"lessons":[1]}`)
	for name, text := range map[string]string{
		"annulled":          r.text("2026-03-02", "order.annul", "O-1", fmt.Sprintf(`{"target_seq":%d,"reason":"误录"}`, seq)),
		"corrected too low": r.text("2026-03-02", "order.correct", "O-1", fmt.Sprintf(`{"target_seq":%d,"field":"amount_fen","was":400000,"is":199999,"reason":"误录"}`, seq)),
	} {
		if e := r.Refused(text); e.Rule != rule.OrderSteps.ID {
			t.Errorf("%s: got %v, want it refused as unsound", name, e)
		}
	}
	r.act("2026-03-02", "order.correct", "O-1", fmt.Sprintf(`{"target_seq":%d,"field":"amount_fen","was":400000,"is":420000,"reason":"误录"}`, seq))
	r.want(r.order(o), 220_000, 200_000, 0)
	r.Replay()
}

func TestTheWhiteListAsksForASupervisedAccountWhereTheDivisionDoes(t *testing.T) {
	r := newEscrowed(t)
	r.act("2026-03-02", "jurisdiction.adopt-policy", "", `{"parameters":{"list.white_requires_escrow":true}}`)
	r.Do(`{"act":"institution.register","division":"530427","target":{"ref":"N-3"},"effective":"2026-03-02","body":{
		"names":["示例培训中心3"],"kind":"institution","mode":"offline","address":"古城街道","class":"non_subject","audiences":["compulsory"]}}`)
	for ref, want := range map[string]bool{"N-1": false, "N-3": true} {
		r.act("2026-03-02", "institution.enrol-platform", ref, `{"platform":"全国校外教育培训监管与服务综合平台"}`)
		e := r.Refused(r.text("2026-03-02", "listing.list-white", ref, `{"document_no":"1"}`))
		missing := false
		for _, f := range e.Fields {
			missing = missing || f.Pointer == "/eligibility/W5"
		}
		if missing != want {
			t.Errorf("%s: got the account missing: %v in %v, want %v", ref, missing, e.Fields, want)
		}
		score, err := r.RiskAt(r.institution(ref), calendar.DayOf(r.Clock), projections.Now)
		if err != nil {
			t.Fatal(err)
		}
		risky := false
		for _, p := range score.Parts {
			risky = risky || p.ID == "escrow" && p.Points > 0
		}
		if risky != want {
			t.Errorf("%s: got the account among the risks: %v in %+v, want %v", ref, risky, score.Parts, want)
		}
	}
}
