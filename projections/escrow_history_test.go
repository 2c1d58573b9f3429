package projections

import (
	"cmp"
	"fmt"
	"math/rand/v2"
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

var bookCodec = eventstore.NewCodec(escrow.Events, prepaid.Events, statement.Events)

func openBooks(t testing.TB, st eventstore.Store, change func(*Set)) *Views {
	t.Helper()
	s := start(t, t.TempDir(), st, change, Escrow(bookCodec), Streams{})
	caughtUp(t, s)
	return &Views{Set: s, codec: bookCodec, escrows: newEscrows(bookCodec)}
}

// bookFact is a fact of a stream, effective on a day.
func bookFact(stream, day string, e domain.Event) eventstore.Record {
	m := domain.Meta{
		CommandID: "0190163d-8694-739b-aea5-966c26f8ad91", Division: divisionOf(stream), Visibility: domain.Joint,
		Effective: deskDay(day).Time(), Recorded: deskDay("2026-11-22").Time(), Actor: domain.Actor{Agency: divisionOf(stream) + "-education"},
	}
	msgs, err := bookCodec.Messages(eventstore.Append{Meta: m, Writes: []eventstore.Write{{Stream: stream, Events: []domain.Event{e}}}})
	if err != nil {
		panic(err)
	}
	r, err := bookCodec.Decode(msgs[0])
	if err != nil {
		panic(err)
	}
	return r
}

func accountStream(division string, n int) string {
	return eventstore.StreamName(division, accountKind, instID(2_000_000+n))
}

func orderStream(division string, n int) string {
	return eventstore.StreamName(division, orderKind, instID(3_000_000+n))
}

func lineStream(division string, n int) string {
	return eventstore.StreamName(division, statementKind, instID(4_000_000+n))
}

func signed(institution, bank string) escrow.AgreementSigned {
	return escrow.AgreementSigned{Institution: institution, Bank: bank, BankName: "银行 " + bank, Mode: term.BankCustody, Size: term.SizeSmall}
}

func paid(account string, day string, amount money.Fen) prepaid.Paid {
	return prepaid.Paid{
		Account: account, Institution: deskInstitution("530427", 1), Pupil: "p1", Course: "钢琴", Class: term.NonSubject, Hours: 20,
		PeriodFrom: deskDay(day), PeriodTo: deskDay(day) + 60, Amount: amount, PaidOn: deskDay(day), Contract: "2021",
	}
}

// A bookkeeper makes a long random history of accounts, orders and statements,
// with late facts and amendments. It is the same every time.
type bookkeeper struct {
	*historian
	accounts, orders []string
	states           map[string]prepaid.State
}

func bookHistory(seed uint64, facts int) *logStore {
	k := &bookkeeper{
		historian: &historian{st: &logStore{}, rnd: rand.New(rand.NewPCG(seed, 11)), of: map[string][]uint64{}},
		states:    map[string]prepaid.State{},
	}
	for len(k.st.recs) < facts {
		var recs []eventstore.Record
		for range 1 + k.rnd.IntN(3) {
			recs = append(recs, k.fact())
		}
		first := uint64(len(k.st.recs)) + 1
		k.st.put(recs...)
		for i, r := range recs {
			k.of[r.Stream] = append(k.of[r.Stream], first+uint64(i))
		}
	}
	return k.st
}

func (k *bookkeeper) amount() money.Fen { return money.Fen(1 + k.rnd.IntN(100_000)) }

func (k *bookkeeper) fact() eventstore.Record {
	switch n := k.rnd.IntN(20); {
	case len(k.accounts) < 3 || n == 0:
		code := pick(k.historian, []string{"530427", "530427", "530423", "110101"})
		stream := accountStream(code, len(k.accounts))
		k.accounts = append(k.accounts, stream)
		return bookFact(stream, k.day(), signed(deskInstitution(code, k.rnd.IntN(4)), pick(k.historian, []string{"icbc", "abc"})))
	case n <= 2:
		return k.account(pick(k.historian, k.accounts))
	case n <= 4:
		return k.line(pick(k.historian, k.accounts))
	case len(k.orders) < 3 || n <= 7:
		account := pick(k.historian, k.accounts)
		stream := orderStream(divisionOf(account), len(k.orders))
		k.orders = append(k.orders, stream)
		e := paid(account, "2026-10-01", k.amount())
		e.Pupil, e.OffAccount = pick(k.historian, []string{"p1", "p2"}), k.rnd.IntN(4) == 0
		if k.rnd.IntN(2) == 0 {
			e.Number = fmt.Sprint("XP", len(k.orders))
		}
		return k.step(stream, e)
	}
	return k.order(pick(k.historian, k.orders))
}

// step is a fact of an order, which is folded to know what the next may be.
func (k *bookkeeper) step(stream string, e prepaid.Event) eventstore.Record {
	r := bookFact(stream, k.day(), e)
	k.states[stream] = prepaid.Evolve(k.states[stream], r.Meta, e)
	return r
}

// amendment is one of a fact of the stream that the log holds, or nothing.
func (k *bookkeeper) amendment(stream string, fields ...string) (target uint64, c domain.Correction, ok bool) {
	if len(k.of[stream]) == 0 {
		return 0, c, false
	}
	target = pick(k.historian, k.of[stream])
	c = correctDay(target, k.day())
	for _, f := range fields {
		name, is, _ := strings.Cut(f, "=")
		if k.rnd.IntN(3) == 0 && strings.Contains(string(k.st.recs[target-1].Body), `"`+name+`"`) {
			c = domain.Correction{TargetSeq: target, Field: name, Was: []byte(`""`), Is: []byte(is), Reason: "误登"}
		}
	}
	return target, c, true
}

func (k *bookkeeper) account(stream string) eventstore.Record {
	target, c, ok := k.amendment(stream, `bank="ccb"`, fmt.Sprintf("institution=%q", deskInstitution(stream[:6], k.rnd.IntN(4))), fmt.Sprintf("amount_fen=%d", k.amount()))
	var e domain.Event
	switch n := k.rnd.IntN(8); {
	case n == 0 && ok:
		e = escrow.Annulled{Annulment: annul(target)}
	case n <= 2 && ok:
		e = escrow.Corrected{Correction: c}
	case n == 3:
		e = escrow.BreachNoted{Institution: deskInstitution(stream[:6], 1), Breach: term.BreachLoan, Note: "x"}
	case n == 4:
		e = escrow.AlertRaised{Number: 1 + len(k.of[stream]), Institution: deskInstitution(stream[:6], 1), Level: term.Red, Metric: term.MetricBalance, Preset: "20/10"}
	case n == 5 && ok:
		e = escrow.DepositReturned{Amount: k.amount(), Reason: "x"}
	default:
		e = escrow.DepositPaid{Amount: k.amount(), BankRef: fmt.Sprint("D", len(k.st.recs))}
	}
	return bookFact(stream, k.day(), e)
}

func (k *bookkeeper) line(account string) eventstore.Record {
	stream := lineStream(divisionOf(account), k.rnd.IntN(9))
	target, c, ok := k.amendment(stream, fmt.Sprintf("amount_fen=%d", k.amount()), `balance_fen=7`)
	switch n := k.rnd.IntN(8); {
	case n == 0 && ok:
		return bookFact(stream, k.day(), statement.Annulled{Annulment: annul(target)})
	case n == 1 && ok:
		return bookFact(stream, k.day(), statement.Corrected{Correction: c})
	}
	e := statement.LineBooked{Account: account, Serial: fmt.Sprint("L", len(k.st.recs)), Amount: k.amount(), Kind: term.MovementOrder}
	if balance := k.amount(); k.rnd.IntN(2) == 0 {
		e.Balance = &balance
	}
	return bookFact(stream, k.day(), e)
}

// order is a further fact of an order, one that its money allows.
func (k *bookkeeper) order(stream string) eventstore.Record {
	s := k.states[stream]
	held, outside := s.Held(), s.Outside()
	part := func(of money.Fen) money.Fen { return 1 + money.Fen(k.rnd.Int64N(int64(of))) }
	target, c, ok := k.amendment(stream, fmt.Sprintf("amount_fen=%d", k.amount()), fmt.Sprintf("pupil=%q", "p3"), `number="XP9"`, fmt.Sprintf("account=%q", pick(k.historian, k.accounts)))
	switch n := k.rnd.IntN(16); {
	case n == 0 && ok:
		return bookFact(stream, k.day(), prepaid.Annulled{Annulment: annul(target)})
	case n == 1 && ok:
		return bookFact(stream, k.day(), prepaid.Corrected{Correction: c})
	case n == 2 && outside > 0:
		return k.step(stream, prepaid.MovedIn{Amount: part(outside)})
	case n <= 4 && held > 0:
		return k.step(stream, prepaid.FundsReleased{Amount: part(held), Policy: term.ReleaseOnRequest})
	case n == 5 && held > 0:
		return k.step(stream, prepaid.RefundPaid{Amount: part(held), Route: term.OriginalRoute})
	case n == 6 && held > 0:
		return k.step(stream, prepaid.PaidOut{Amount: part(held)})
	case n == 7 && held > 0:
		return k.step(stream, prepaid.Transferred{To: pick(k.historian, k.accounts), Amount: part(held), Hours: 1, PaidOn: s.PaidOn, Class: term.NonSubject, PeriodFrom: s.From, PeriodTo: s.To})
	case n == 8 && len(s.Lessons) > 0:
		return k.step(stream, prepaid.LessonConfirmed{Lesson: len(s.Lessons), By: pick(k.historian, []term.ConfirmedBy{term.ByParent, term.ByDeeming})})
	case n == 9:
		return k.step(stream, prepaid.RefundRequested{Cause: term.CauseConsumer})
	case n == 10 && k.rnd.IntN(4) == 0:
		return k.step(stream, prepaid.Settled{Amount: held, Outside: outside})
	case n == 11:
		return k.step(stream, prepaid.ParentNotified{Lesson: 1, Notice: "x"})
	}
	return k.step(stream, prepaid.LessonDelivered{Lesson: len(s.Lessons) + 1, Hours: 2})
}

// naiveBooks is what a log says at a position, worked out as plainly as can be.
type naiveBooks struct {
	accounts map[string]escrow.State
	orders   map[string]prepaid.State
	entries  []bookEntry
	here     map[string][]EscrowItem
	there    map[string][]EscrowItem
	printed  map[string]BankBalance
}

func naively(t testing.TB, st *logStore, atSeq uint64) naiveBooks {
	t.Helper()
	n := naiveBooks{map[string]escrow.State{}, map[string]prepaid.State{}, nil, map[string][]EscrowItem{}, map[string][]EscrowItem{}, map[string]BankBalance{}}
	streams := map[string][]eventstore.Record{}
	for _, r := range st.recs {
		if r.Meta.Seq <= atSeq {
			streams[r.Stream] = append(streams[r.Stream], r)
		}
	}
	for stream, recs := range streams {
		recs, err := bookCodec.Amend(recs)
		if err != nil {
			t.Fatal(err)
		}
		switch recs := slices.DeleteFunc(slices.Clone(recs), isAmendment); (eventstore.Record{Stream: stream}).Aggregate() {
		case accountKind:
			var s escrow.State
			for _, r := range recs {
				s = escrow.Evolve(s, r.Meta, r.Event.(escrow.Event))
				n.book(t, stream, "", r)
			}
			n.accounts[stream] = s
		case orderKind:
			var s prepaid.State
			for _, r := range recs {
				s = prepaid.Evolve(s, r.Meta, r.Event.(prepaid.Event))
				n.book(t, s.Account, cmp.Or(s.Number, r.AggregateID()), r)
			}
			n.orders[stream] = s
		case statementKind:
			for _, r := range recs {
				n.line(r)
			}
		}
	}
	for _, list := range []map[string][]EscrowItem{n.here, n.there} {
		for _, items := range list {
			slices.SortFunc(items, func(a, b EscrowItem) int {
				if a.Day != b.Day {
					return int(a.Day - b.Day)
				}
				return int(a.Seq) - int(b.Seq)
			})
		}
	}
	return n
}

func (n *naiveBooks) book(t testing.TB, account, order string, r eventstore.Record) {
	t.Helper()
	change := book.ChangeOf(r.Event)
	if account == "" || change.IsZero() {
		return
	}
	sheet, err := book.Sheet{}.Enter(change.Entries...)
	if err != nil {
		t.Fatal(err)
	}
	day := calendar.DayOf(r.Meta.Effective)
	n.entries = append(n.entries, bookEntry{account, day, books{sheet, change.Counts}})
	amount := sheet.Of(term.LedgerHeld) + sheet.Of(term.LedgerDeposit)
	if amount != 0 {
		n.here[account] = append(n.here[account], EscrowItem{Day: day, Seq: r.Meta.Seq, Stream: r.Stream, Amount: amount, Reference: order})
	}
}

func (n *naiveBooks) line(r eventstore.Record) {
	e, day := r.Event.(statement.LineBooked), calendar.DayOf(r.Meta.Effective)
	n.there[e.Account] = append(n.there[e.Account], EscrowItem{
		Day: day, Seq: r.Meta.Seq, Stream: r.Stream, Amount: e.Amount, Kind: e.Kind, BankRef: e.Serial, Reference: e.Reference,
	})
	was := n.printed[e.Account]
	if e.Balance != nil && (day > was.Day || day == was.Day && r.Meta.Seq > was.Seq) {
		n.printed[e.Account] = BankBalance{*e.Balance, day, r.Meta.Seq}
	}
}

// of adds up what counts to a scope by the end of a day.
func (n naiveBooks) of(t testing.TB, s Scope, from, to calendar.Day) (sum books) {
	t.Helper()
	for _, e := range n.entries {
		if e.day < from || to != 0 && e.day > to || !n.counts(s, e.account) {
			continue
		}
		var err error
		if sum, err = sum.plus(e.books); err != nil {
			t.Fatal(err)
		}
	}
	return sum
}

func (n naiveBooks) counts(s Scope, account string) bool {
	in := division.Matches(division.Code(divisionOf(account)), s.of)
	switch string(s.kind) {
	case accountScope:
		return s.of == account
	case institutionScope:
		return n.accounts[account].Institution != "" && idOf(n.accounts[account].Institution) == s.of
	case divisionScope:
		return in
	}
	return in && n.accounts[account].Bank == s.bank
}
