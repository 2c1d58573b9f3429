package order_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/money"
	"minglu/domain/order"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// laws are those of the five schedules of release.
var laws = func() (out []rule.Law) {
	for _, p := range term.ReleasePolicies.Codes() {
		out = append(out, lawOf("escrow.release", p))
	}
	return out
}()

// life is one random history: what the decider made of the acts, and what an
// account of its own says of them.
type life struct {
	*rand.Rand
	law    rule.Law
	on     calendar.Day
	facts  facts
	state  order.State
	ledger map[term.LedgerAccount]money.Fen
	spent  map[int]bool // lessons whose fee is released
	ended  bool
}

func newLife(seed uint64) *life {
	r := rand.New(rand.NewPCG(seed, 20261122))
	return &life{Rand: r, law: laws[r.IntN(len(laws))], on: day("2023-05-20"), ledger: map[term.LedgerAccount]money.Fen{}, spent: map[int]bool{}}
}

// oneOf is any of some values.
func oneOf[T any](l *life, of ...T) T { return of[l.IntN(len(of))] }

// amount is near what there is, or a wrong one.
func (l *life) amount() money.Fen {
	s := l.state
	return oneOf(l, s.Held(), s.Outside(), s.Releasable(), s.Undelivered(), s.Refund.Owed(), money.Fen(1+l.Int64N(1_000)), s.Held()/2, s.Held()+1,
		0, -1, math.MaxInt64, math.MinInt64, s.Fee(1+l.IntN(9)))
}

func (l *life) lesson() int { return l.IntN(len(l.state.Lessons)+2) - l.IntN(2) }

// held is the account on the day of an act: now and then not open, frozen, closed.
func (l *life) held() order.OnAccount {
	if l.IntN(8) > 0 {
		return on()
	}
	return on(oneOf(l, frozen, frozen, closed, notOpen))
}

func (l *life) record() order.Record {
	c := with(record, func(c *order.Record) {
		c.Law, c.OnAccount, c.Hours, c.OffAccount = l.law, l.held(), 1+l.IntN(60), l.IntN(4) == 0
		c.Amount = oneOf(l, 300_000, 1+money.Fen(l.Int64N(700_000)), money.Fen(1+l.IntN(70)), 100_000_000_000, l.amount())
		c.ListPrice = oneOf(l, 0, 10_000, 1, money.Fen(l.Int64N(100_000_000_000)))
		if l.IntN(6) == 0 {
			c.Held.Mode = term.RiskDeposit
		}
		if l.IntN(6) == 0 {
			c.ByPeriod, c.Hours = true, 92
		}
		if l.IntN(10) == 0 {
			c.TransferOf = domain.RefTo(origin)
			c.Continues(with(toHere, func(m *order.Transferred) { m.Amount = c.Amount }))
		}
	})
	return c
}

// act is any act, right or wrong.
func (l *life) act() order.Command {
	u, held, n := rule.Under{Law: l.law}, l.held(), l.lesson()
	switch l.IntN(26) {
	case 0:
		return l.record()
	case 1:
		return order.NoteBreach{Breach: oneOf(l, term.BreachLoan, term.BreachHours, ""), Note: oneOf(l, "", "分期")}
	case 2, 3, 4, 5:
		return order.DeliverLesson{Under: u, OnAccount: held, Hours: oneOf(l, 1, 2, 1+l.IntN(12), 0, -1, l.state.Hours), Notice: oneOf(l, "", "短信", "短信")}
	case 6:
		return order.NotifyParent{Under: u, OnAccount: held, Lesson: n, Notice: "短信"}
	case 7, 8, 9, 10:
		return order.ConfirmLesson{Under: u, OnAccount: held, Lesson: n, By: oneOf(l, term.ByParent, term.ByParent, term.ByDeeming)}
	case 11:
		return order.DisputeLesson{OnAccount: held, Lesson: n, Reason: "未上课"}
	case 12:
		return order.JudgeLesson{Lesson: n, Counts: l.IntN(2) == 0, Reason: "核查"}
	case 13, 14, 15, 16:
		return l.releasing(u, held)
	case 17:
		return order.MoveIn{OnAccount: held, Amount: l.amount()}
	case 18:
		return order.RequestRefund{Under: u, OnAccount: held, Cause: oneOf(l, term.CauseConsumer, term.CauseOperator)}
	case 19:
		return oneOf[order.Command](l, order.WithdrawRefund{OnAccount: held}, order.RefuseRefund{Under: u, OnAccount: held, Reason: "不退"})
	case 20:
		return order.AgreeRefund{Under: u, OnAccount: held, By: oneOf(l, term.ByInstitution, term.BySilence, term.ByAuthority), Amount: oneOf(l, nil, nil, fen(l.amount()))}
	case 21, 22:
		return order.PayRefund{OnAccount: held, Amount: l.amount(), Route: term.OriginalRoute, Outside: oneOf(l, 0, 0, l.state.Outside(), l.amount())}
	case 23:
		held.Held.ForOrder = oneOf(l, 0, l.state.Amount, l.amount())
		return order.PayOut{OnAccount: held, Amount: l.amount(), Deposit: l.IntN(2) == 0, Dispute: oneOf(l, domain.Ref{}, domain.RefTo(closure))}
	case 24:
		return l.leaving(held)
	}
	if open := l.state.Clocks.Open(); len(open) > 0 {
		c := oneOf(l, open...)
		return order.MissDeadline{Missing: clock.Missing{Clock: c.Key, Part: c.Part, Due: oneOf(l, c.Due, c.Due, l.on)}}
	}
	return missed(term.RefundAnswer, "", l.on.String())
}

func (l *life) releasing(u rule.Under, held order.OnAccount) order.Command {
	c := order.ReleaseFunds{Under: u, OnAccount: held}
	if l.IntN(3) == 0 {
		c.Law = oneOf(l, laws...) // the division has changed its schedule
	}
	if tiers := c.Law.Policy.Text("escrow.release") == string(term.ReleaseTiers); tiers != (l.IntN(10) == 0) {
		c.Amount = l.amount()
		return c
	}
	for range 1 + l.IntN(2) {
		c.Lessons = append(c.Lessons, l.lesson())
	}
	return c
}

func (l *life) leaving(held order.OnAccount) order.Command {
	if l.IntN(3) > 0 {
		return order.Settle{OnAccount: held}
	}
	c := order.Transfer{OnAccount: held, To: domain.RefTo(account2)}
	c.Receives(there)
	return c
}

// step asks for one act on a day, mostly a later one.
func (l *life) step(t *testing.T) {
	l.on = max(l.on.AddDays(l.IntN(8)-l.IntN(4)), day("2023-05-15"))
	l.ask(t, l.act())
}

func (l *life) ask(t *testing.T, c order.Command) {
	m := domain.Meta{Division: "530427", Effective: l.on.Time(), Recorded: l.on.Time().Add(time.Hour), Actor: domain.Actor{Agency: oneOf(l, education, icbc, education, abc)}}
	made, err := order.Decide(l.state, m, c)
	if err != nil {
		if _, ok := err.(*domain.Error); !ok || len(made) > 0 {
			t.Fatalf("%T: got %d facts and %v, want a refusal that leaves none", c, len(made), err)
		}
		return
	}
	for _, e := range made {
		l.facts = append(l.facts, domaintest.Was(m, e))
		l.state = order.Evolve(l.state, m, e)
		l.enter(t, e)
	}
	l.check(t, c)
}

// enter keeps the account of its own.
func (l *life) enter(t *testing.T, e order.Event) {
	move := func(from, to term.LedgerAccount, amount money.Fen) {
		l.ledger[from] -= amount
		l.ledger[to] += amount
	}
	switch e := e.(type) {
	case order.Paid:
		to, from := term.LedgerHeld, term.LedgerPaid
		if e.OffAccount || e.Deposit {
			to = term.LedgerOutside
		}
		if e.TransferOf != "" {
			from = term.LedgerTransferred
		}
		move(from, to, e.Amount)
	case order.FundsReleased:
		for _, n := range e.Lessons {
			if l.spent[n] {
				t.Fatalf("got lesson %d released twice", n)
			}
			l.spent[n] = true
		}
		from := term.LedgerHeld
		if e.Outside {
			from = term.LedgerOutside
		}
		move(from, term.LedgerReleased, e.Amount)
	case order.MovedIn:
		move(term.LedgerOutside, term.LedgerHeld, e.Amount)
	case order.RefundPaid:
		move(term.LedgerHeld, term.LedgerRefunded, e.Amount-e.Outside)
		move(term.LedgerOutside, term.LedgerRefunded, e.Outside)
	case order.PaidOut:
		from := term.LedgerHeld
		if e.Deposit {
			from = term.LedgerOutside
		}
		move(from, term.LedgerPaidOut, e.Amount)
	case order.Transferred:
		from := term.LedgerHeld
		if e.Outside {
			from = term.LedgerOutside
		}
		move(from, term.LedgerTransferred, e.Amount)
	case order.Settled:
		l.ended = true
		move(term.LedgerHeld, term.LedgerReleased, e.Amount)
		move(term.LedgerOutside, term.LedgerReleased, e.Outside)
	}
}

// check wants the state to be what the account of its own says, and sound.
func (l *life) check(t *testing.T, c order.Command) {
	s := l.state
	for _, a := range book.Accounts {
		want := l.ledger[a]
		if a == term.LedgerPaid {
			want = -want // a source is kept as a positive amount
		}
		if got := s.Sheet.Of(a); got != want {
			t.Fatalf("%T: got %s on %s, want %s", c, got, a, want)
		}
	}
	if err := s.Sound(); err != nil {
		t.Fatalf("%T: got %v", c, err)
	}
	if fault := breaks(s); fault != "" {
		t.Fatalf("%T: got %s in %+v", c, fault, s)
	}
	if got, want := counted(l.facts), standing(s); got.Lessons != want.Lessons || got.Hours != want.Hours || got.ByParent != want.ByParent || got.Deemed != want.Deemed {
		t.Fatalf("%T: got the counts %+v, want %+v", c, got, want)
	}
	if (s.Ended != 0) != l.ended {
		t.Fatalf("%T: got the end on %s, want it ended: %v", c, s.Ended, l.ended)
	}
}

// standing is what the lessons of an order count.
func standing(s order.State) (c book.Counts) {
	for _, l := range s.Lessons {
		if l.On != 0 && l.Void == 0 {
			c.Lessons, c.Hours = c.Lessons+1, c.Hours+l.Hours
		}
		switch l.By {
		case term.ByParent:
			c.ByParent++
		case term.ByDeeming:
			c.Deemed++
		}
	}
	return c
}

// breaks says which of the promises of an order a state breaks.
func breaks(s order.State) string {
	of := s.Sheet.Of
	in := of(term.LedgerPaid)
	spread := s.Held() + s.Outside() + of(term.LedgerReleased) + of(term.LedgerRefunded) + of(term.LedgerPaidOut) + of(term.LedgerTransferred)
	_, overdrawn := s.Sheet.Overdrawn()
	switch {
	case in != spread || !s.Sheet.Balanced():
		return "what was paid lost"
	case overdrawn:
		return "an account overdrawn"
	case s.Ended == 0 && of(term.LedgerReleased) > s.Fee(s.Confirmed()):
		return "more released than is confirmed"
	case of(term.LedgerRefunded)+of(term.LedgerPaidOut) > s.Amount:
		return "more paid back than was paid"
	case s.Refund.Paid > s.Refund.Amount:
		return "more refunded than was agreed"
	case s.Ended != 0 && s.Held()+s.Outside() != 0:
		return "money left at the end"
	case s.Delivered() > s.Hours || s.Confirmed() > s.Delivered():
		return "class-hours that were not bought or given"
	case slices.ContainsFunc(s.Lessons, func(l order.Lesson) bool { return l.Released != 0 && l.Confirmed == 0 }):
		return "a lesson released that is not confirmed"
	}
	return ""
}

// TestRandomHistoriesKeepTheirPromises asks for random acts, right and wrong, in
// histories of which each goes from its own seed; then changes the past.
func TestRandomHistoriesKeepTheirPromises(t *testing.T) {
	const histories, length = 10_000, 30
	seen, sound, unsound := map[reflect.Type]int{}, 0, 0
	for seed := range uint64(histories) {
		l := newLife(seed)
		l.ask(t, l.record())
		for range length {
			l.step(t)
		}
		if len(l.facts) == 0 {
			continue
		}
		for _, f := range l.facts {
			seen[reflect.TypeOf(f.Event)]++
		}
		for range 2 {
			if l.changePast(t) {
				sound++
			} else {
				unsound++
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	for _, e := range order.Events {
		of := reflect.TypeOf(e.Event(e.New()))
		if amends := of.Implements(reflect.TypeFor[domain.Amendment]()); seen[of] < 50 && !amends {
			t.Errorf("%s: got %d of them, want plenty", e.Name, seen[of])
		}
	}
	if sound < 1_000 || unsound < 1_000 {
		t.Errorf("got %d amendments sound and %d not, want plenty of both", sound, unsound)
	}
}

// changePast annuls or corrects one fact and folds the history anew: it is sound,
// and then keeps its promises and goes on, or Sound refuses.
func (l *life) changePast(t *testing.T) (sound bool) {
	i := l.IntN(len(l.facts))
	var changed facts
	if l.IntN(2) == 0 {
		changed = without(l.facts, i)
	} else {
		changed = instead(l.facts, i, l.corrected(t, l.facts[i].Event))
	}
	var s order.State
	for _, f := range changed {
		s = order.Evolve(s, f.Meta, f.Event.(order.Event))
	}
	if s.Sound() != nil {
		return false
	}
	if fault := breaks(s); fault != "" {
		t.Fatalf("got %s after a change of %T %+v in\n%+v", fault, l.facts[i].Event, l.facts[i].Event, changed)
	}
	was, on := l.state, l.on
	l.state, l.on = s, l.on.AddDays(40)
	for range 5 {
		m := domain.Meta{Effective: l.on.Time(), Actor: domain.Actor{Agency: education}}
		made, err := order.Decide(l.state, m, l.act())
		after := l.state
		for _, e := range made {
			after = order.Evolve(after, m, e)
		}
		if fault := breaks(after); err == nil && fault != "" {
			t.Fatalf("got %s after %+v on a changed past", fault, made)
		}
	}
	l.state, l.on = was, on
	return true
}

// corrected is the fact with one number or truth of its body changed.
func (l *life) corrected(t *testing.T, e domain.Event) order.Event {
	body, err := json.Marshal(e)
	var members map[string]json.RawMessage
	if err == nil {
		err = json.Unmarshal(body, &members)
	}
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name, raw := range members {
		if strings.ContainsAny(string(raw[:1]), "-0123456789tf") && name != "lesson" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return e.(order.Event)
	}
	slices.Sort(names)
	name := oneOf(l, names...)
	switch value := string(members[name]); value {
	case "true", "false":
		members[name] = json.RawMessage(map[string]string{"true": "false", "false": "true"}[value])
	default:
		members[name] = json.RawMessage(oneOf(l, "0", "-1", "1", "7", "1"+strings.Trim(value, "-"), "9223372036854775807", "-9223372036854775808"))
	}
	if body, err = json.Marshal(members); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(order.Events, func(x domain.EventType) bool { return x.Name == e.EventName() })
	p := order.Events[i].New()
	if err := json.Unmarshal(body, p); err != nil {
		return e.(order.Event) // beyond what the member can hold
	}
	return order.Events[i].Event(p).(order.Event)
}
