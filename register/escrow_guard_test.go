package register_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
	"minglu/register"
)

// by is an act of another agency.
func by(agency, text string) string {
	return strings.Replace(text, "530427-education", agency, 1)
}

// told carries out an act for somebody with a token.
func (r escrowed) told(agency, text string) error {
	r.t.Helper()
	a := r.Act(text)
	a.Actor = nil
	_, err := r.Register.Register.Do(r.t.Context(), &register.Principal{Agency: agency, Role: term.Handler, Officer: "P1"}, a)
	r.Wait()
	return err
}

func refusedBy(t *testing.T, err error, by domain.Rule) {
	t.Helper()
	if e, ok := errors.AsType[*domain.Error](err); !ok || e.Rule != by.ID {
		t.Errorf("got %v, want it refused by %s", err, by.ID)
	}
}

// balanced wants what lies in the division, and nothing doubled.
func (r escrowed) balanced(held int64) {
	r.t.Helper()
	r.Wait()
	sheet, _, err := r.Views.Balance(projections.ScopeDivision("530427"), 0, projections.Now)
	if err != nil || int64(sheet.Of(term.LedgerHeld)) != held || !sheet.Balanced() {
		r.t.Errorf("got %v, %v, want %d held", sheet.Amounts(), err, held)
	}
	r.Replay()
}

func TestATransferThatIsTakenUpIsNotAmended(t *testing.T) {
	r := newEscrowed(t)
	r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	setDay(r.Register, "2026-03-16")
	moved := r.act("2026-03-16", "order.transfer", "O-1", `{"to":{"ref":"A-N-2"}}`).Events[0].Seq
	correct := r.text("2026-03-16", "order.correct", "O-1", fmt.Sprintf(`{"target_seq":%d,"field":"amount_fen","was":400000,"is":100000,"reason":"误录"}`, moved))
	annul := r.text("2026-03-16", "order.annul", "O-1", fmt.Sprintf(`{"target_seq":%d,"reason":"误录"}`, moved))
	r.Refused(correct)
	reacted(t, r.NewReactor(0), 1)
	for _, text := range []string{correct, annul} {
		if e := r.Refused(text); e.Rule != rule.OrderSteps.ID {
			t.Errorf("got %v, want it refused while the order goes on elsewhere", e)
		}
	}
	r.balanced(400_000)
}

func TestAnAccountThatIsUsedIsNotAnnulled(t *testing.T) {
	r := newEscrowed(t)
	_, opened := r.accountFacts("A-N-2")
	r.act("2026-03-02", "escrow.annul", "A-N-2", fmt.Sprintf(`{"target_seq":%d,"reason":"误录"}`, opened))
	signed, opened := r.accountFacts("A-N-1")
	r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	for _, seq := range []uint64{opened, signed} {
		if e := r.Refused(r.text("2026-03-02", "escrow.annul", "A-N-1", fmt.Sprintf(`{"target_seq":%d,"reason":"误录"}`, seq))); e.Rule != rule.SupervisedAccountSteps.ID {
			t.Errorf("got %v, want an account with orders kept", e)
		}
	}
	r.balanced(400_000)
}

// accountFacts returns where the agreement and the opening of an account stand.
func (r escrowed) accountFacts(ref string) (signed, opened uint64) {
	r.t.Helper()
	stream, _, err := r.Log.Owner(r.t.Context(), "ref", eventstore.RefValue("530427", "escrow", ref))
	if err != nil {
		r.t.Fatal(err)
	}
	recs, err := r.Log.Records(r.t.Context(), stream)
	if err != nil || len(recs) < 2 {
		r.t.Fatalf("%s: got %d facts, %v", ref, len(recs), err)
	}
	return recs[0].Meta.Seq, recs[1].Meta.Seq
}

func TestAClosedAccountStaysAsItWas(t *testing.T) {
	r := newEscrowed(t)
	setDay(r.Register, "2026-03-20")
	r.paid("2026-03-10", "O-1", "A-N-1", 1, "")
	r.act("2026-03-10", "order.request-refund", "O-1", `{"cause":"operator"}`)
	refund := r.act("2026-03-10", "order.pay-refund", "O-1", `{"amount_fen":400000,"route":"original"}`).Events[0].Seq
	r.act("2026-03-15", "escrow.close-account", "A-N-1", `{"reason":"终止"}`)
	late := r.text("2026-03-12", "order.record", "O-2", fmt.Sprintf(
		`{"account":{"ref":"A-N-1"},"pupil":"%032x","course":"国画","hours":40,"amount_fen":400000,"period_from":"2026-03-10","period_to":"2026-05-31","contract":"2021"}`, 2))
	for name, text := range map[string]string{
		"an order of a day before": late, "the refund annulled": r.text("2026-03-12", "order.annul", "O-1", fmt.Sprintf(`{"target_seq":%d,"reason":"误录"}`, refund)),
	} {
		if e := r.Refused(text); e.Rule != rule.AccountMovable.ID {
			t.Errorf("%s: got %v, want a closed account left alone", name, e)
		}
	}
	r.balanced(0)
}

func TestMovementsBeforeAFreezeComeFromTheAuthority(t *testing.T) {
	r := newEscrowed(t)
	r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	r.act("2026-03-02", "order.deliver-lesson", "O-1", `{"hours":20}`)
	r.act("2026-03-02", "order.confirm-lesson", "O-1", `{"lesson":1,"by":"parent"}`)
	setDay(r.Register, "2026-03-20")
	r.act("2026-03-15", "escrow.freeze", "A-N-1", `{"reason":"关门"}`)
	release := r.text("2026-03-12", "order.release-funds", "O-1", `{"lessons":[1]}`)
	if e := r.Refused(by("530427-bank-icbc", release)); e.Rule != rule.AccountMovable.ID {
		t.Errorf("got %v of the bank, want it refused", e)
	}
	r.Do(release)
	r.balanced(200_000)
}

// TestSilenceCannotBeMadeUp has the platform tell in June of a lesson in March.
func TestSilenceCannotBeMadeUp(t *testing.T) {
	r := newEscrowed(t)
	r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	setDay(r.Register, "2026-06-01")
	if err := r.told("530427-platform", r.text("2026-03-10", "order.deliver-lesson", "O-1", `{"hours":40,"notice":"平台消息"}`)); err != nil {
		t.Fatal(err)
	}
	reacted(t, r.NewReactor(0), 0)
	setDay(r.Register, "2026-06-24")
	reacted(t, r.NewReactor(0), 2)
}

func TestABankDoesWhatABankDoes(t *testing.T) {
	r := newEscrowed(t)
	o := r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	lesson := r.text("2026-03-02", "order.deliver-lesson", "O-1", `{"hours":40}`)
	confirm := r.text("2026-03-02", "order.confirm-lesson", "O-1", `{"lesson":1,"by":"parent"}`)
	for _, text := range []string{lesson, confirm} {
		refusedBy(t, r.told("530427-bank-icbc", text), authority.Missing)
	}
	r.Do(lesson)
	r.Do(confirm)
	release := r.text("2026-03-02", "order.release-funds", "O-1", `{"lessons":[1]}`)
	refusedBy(t, r.told("530427-bank-abc", release), rule.AccountBank)
	if err := r.told("530427-bank-icbc", release); err != nil {
		t.Fatal(err)
	}
	released := r.order(o)
	r.want(released, 0, 400_000, 0)
	recs, err := r.Log.Records(t.Context(), "530427.order."+o.ID)
	if err != nil {
		t.Fatal(err)
	}
	annul := r.text("2026-03-02", "order.annul", "O-1", fmt.Sprintf(`{"target_seq":%d,"reason":"误录"}`, recs[len(recs)-1].Meta.Seq))
	if e := r.Refused(by("530427-bank-abc", annul)); e.Rule != eventstore.Amending.ID {
		t.Errorf("got %v, want another bank kept from it", e)
	}
	r.Do(by("530427-bank-icbc", annul))
	r.balanced(400_000)
}

func TestNothingOfPrepaymentIsHidden(t *testing.T) {
	r := newEscrowed(t)
	r.paid("2026-03-02", "O-1", "A-N-1", 1, "")
	text := strings.Replace(r.text("2026-03-02", "order.deliver-lesson", "O-1", `{"hours":1}`), `"effective"`, `"visibility":"agency","effective"`, 1)
	if e := r.Refused(text); e.Rule != register.Visible.ID {
		t.Errorf("got %v, want no lesson hidden from the family", e)
	}
}

// TestAnImportDoesNotCloseAnAccountWithMoney has order and closing in one
// session, of which the views know nothing yet.
func TestAnImportDoesNotCloseAnAccountWithMoney(t *testing.T) {
	for name, begin := range map[string]func(escrowed, func(register.Outcome)) (*register.Session, error){
		"an import": func(r escrowed, f func(register.Outcome)) (*register.Session, error) {
			return r.NewImport(r.t.Context(), nil, f)
		},
		"a session": func(r escrowed, f func(register.Outcome)) (*register.Session, error) {
			return r.NewSession(nil, f), nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newEscrowed(t)
			var refused []error
			s, err := begin(r, func(o register.Outcome) { refused = append(refused, o.Err) })
			if err != nil {
				t.Fatal(err)
			}
			record := r.Act(r.text("2026-03-02", "order.record", "O-1", fmt.Sprintf(
				`{"account":{"ref":"A-N-1"},"pupil":"%032x","course":"国画","hours":40,"amount_fen":400000,"period_from":"2026-03-10","period_to":"2026-05-31","contract":"2021"}`, 1)))
			if err := s.Add(t.Context(), 1, record); err != nil {
				t.Fatal(err)
			}
			if err := s.Add(t.Context(), 2, r.Act(r.text("2026-03-02", "escrow.close-account", "A-N-1", `{"reason":"终止"}`))); err != nil {
				t.Fatal(err)
			}
			if err := s.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
			s.Close()
			if len(refused) != 2 || refused[0] != nil || refused[1] == nil {
				t.Errorf("got %v, want the closing refused", refused)
			}
			r.balanced(400_000)
		})
	}
}

func TestTheDepositGoesToTheFamilyItWasUsedFor(t *testing.T) {
	r := newEscrowed(t)
	r.act("2026-03-02", "jurisdiction.adopt-policy", "", `{"parameters":{"escrow.modes":["risk_deposit"]}}`)
	r.act("2026-03-02", "escrow.sign-agreement", "D-1", `{"institution":{"ref":"N-1"},"bank":"icbc","bank_name":"工商银行","mode":"risk_deposit","size":"small"}`)
	r.act("2026-03-02", "escrow.open-account", "D-1", `{"masked_number":"****0009"}`)
	r.act("2026-03-02", "escrow.pay-deposit", "D-1", `{"amount_fen":100000}`)
	o := r.paid("2026-03-02", "O-1", "D-1", 1, "")
	r.paid("2026-03-02", "O-2", "A-N-1", 2, "")
	r.act("2026-03-02", "escrow.freeze", "D-1", `{"reason":"关门"}`)
	if e := r.Refused(r.text("2026-03-02", "escrow.use-deposit", "D-1", `{"amount_fen":1,"order":{"ref":"O-2"}}`)); e.Rule != rule.ClosurePayout.ID {
		t.Errorf("got %v of an order of another account", e)
	}
	if e := r.Refused(r.text("2026-03-02", "order.pay-out", "O-1", `{"amount_fen":60000,"deposit":true}`)); e.Rule != rule.ClosurePayout.ID {
		t.Errorf("got %v of a deposit that was not used", e)
	}
	used := r.act("2026-03-02", "escrow.use-deposit", "D-1", `{"amount_fen":60000,"order":{"ref":"O-1"}}`).Events[0].Seq
	if e := r.Refused(r.text("2026-03-02", "order.pay-out", "O-1", `{"amount_fen":60001,"deposit":true}`)); e.Rule != rule.ClosurePayout.ID {
		t.Errorf("got %v of more than was used", e)
	}
	r.act("2026-03-02", "order.pay-out", "O-1", `{"amount_fen":60000,"deposit":true}`)
	if e := r.Refused(r.text("2026-03-02", "escrow.annul", "D-1", fmt.Sprintf(`{"target_seq":%d,"reason":"误录"}`, used))); e.Rule != rule.ClosurePayout.ID {
		t.Errorf("got %v of what the family has", e)
	}
	s := r.order(o)
	if s.Sheet.Of(term.LedgerPaidOut) != 60_000 || s.Outside() != 340_000 {
		t.Errorf("got %v", s.Sheet.Amounts())
	}
	r.balanced(400_000)
}
