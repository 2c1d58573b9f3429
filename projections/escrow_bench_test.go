package projections

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"testing"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/money"
	prepaid "minglu/domain/order"
	"minglu/domain/term"
	"minglu/eventstore"
)

// bookStore is a log of supervised accounts in one division and then of facts of
// their orders, eight an order, made while it is read. The orders of some weeks
// run side by side, over two years.
type bookStore struct {
	logStore
	accounts, facts uint64
}

const (
	factsOfOrder = 8
	runningSide  = 2_000 // orders that run side by side
	bookYears    = 730
)

var booksFrom = deskDay("2024-10-01")

func (s *bookStore) Head(context.Context) (uint64, error) { return s.accounts + s.facts, nil }

func (s *bookStore) Follow(ctx context.Context, after uint64) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for seq := after + 1; seq <= s.accounts+s.facts; seq++ {
			if !yield(s.record(seq), nil) {
				return
			}
		}
		<-ctx.Done()
		yield(eventstore.Record{}, ctx.Err())
	}
}

func (s *bookStore) account(n uint64) string {
	return eventstore.StreamName("530427", accountKind, madeID(accountKind, n))
}

func madeID(kind string, n uint64) string {
	var id [16]byte
	for i := range 8 {
		id[7-i], id[15-i] = byte(n>>(8*i)), byte(mix(n)>>(8*i))
	}
	return ident.NewID(kind, id)
}

func (s *bookStore) record(seq uint64) eventstore.Record {
	r := madeRecord(seq)
	r.Version, r.Meta.Division, r.Meta.Actor.Agency, r.Meta.Visibility = 1, "530427", "530427-education", domain.Joint
	var e domain.Event
	day := booksFrom
	if seq <= s.accounts {
		r.Stream = s.account(seq)
		e = signed(deskInstitution("530427", int(seq)), fmt.Sprint("bank", seq%5))
	} else {
		n := seq - s.accounts - 1
		block, place := n/(factsOfOrder*runningSide), n%(factsOfOrder*runningSide)
		which := block*runningSide + place%runningSide
		day += calendar.Day(bookYears * n / s.facts)
		r.Stream = eventstore.StreamName("530427", orderKind, madeID(orderKind, which))
		e = s.step(which, place/runningSide, day)
	}
	body, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	r.Type, r.Event, r.Body = e.EventName(), e, body
	r.Payload = fmt.Appendf(nil, `{"body":%s}`, body)
	r.Meta.Effective = day.Time()
	return r
}

// step is the next fact of an order.
func (s *bookStore) step(which, n uint64, day calendar.Day) domain.Event {
	const fee = money.Fen(10_000)
	switch n {
	case 0:
		e := paid(s.account(1+mix(which)%s.accounts), "2024-10-01", 20*fee)
		e.PaidOn, e.PeriodFrom, e.PeriodTo, e.Pupil = day, day, day+60, madeID("pupil", which)
		return e
	case 1, 4:
		return prepaid.LessonDelivered{Lesson: int(1 + n/4), Hours: 2, Notice: "短信"}
	case 2, 5:
		return prepaid.LessonConfirmed{Lesson: int(1 + n/4), By: term.ByParent}
	case 3, 6:
		return prepaid.FundsReleased{Lessons: []int{int(1 + n/4)}, Hours: 2, Amount: 2 * fee, Policy: term.ReleasePerLesson, BankRef: madeID("ref", which)}
	}
	return prepaid.RefundPaid{Amount: 16 * fee, Route: term.OriginalRoute, Whole: true, BankRef: madeID("refund", which)}
}

const (
	benchAccounts = 5_000
	benchFacts    = 200_000
)

// BenchmarkEscrowBuild builds the view from 200,000 facts of orders over 5,000
// accounts.
//
//	go test -run '^$' -bench EscrowBuild -benchtime 1x ./projections
func BenchmarkEscrowBuild(b *testing.B) {
	st := &bookStore{accounts: benchAccounts, facts: benchFacts}
	recs := make([]eventstore.Record, 0, st.accounts+st.facts)
	for seq := range st.accounts + st.facts {
		recs = append(recs, st.record(seq+1))
	}
	var spent time.Duration
	for b.Loop() {
		dir := b.TempDir()
		began := time.Now()
		s, err := Open(b.Context(), Options{Dir: dir, Store: &logStore{recs: recs}, Projections: []Projection{Escrow(bookCodec)}, Logger: quiet})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.CatchUp(b.Context()); err != nil {
			b.Fatal(err)
		}
		spent += time.Since(began)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		report(b, dir)
	}
	b.ReportMetric(float64(len(recs)*b.N)/spent.Seconds(), "facts/s")
}

// BenchmarkEscrowRead asks for the books of a division with 5,000 accounts and
// two years of days, for lists, and for the check.
//
//	go test -run '^$' -bench EscrowRead ./projections
func BenchmarkEscrowRead(b *testing.B) {
	st := &bookStore{accounts: benchAccounts, facts: benchFacts}
	v := openBooks(b, st, nil)
	middle, half := booksFrom+bookYears/2, st.accounts+st.facts/2
	balance := func(s Scope, asOf calendar.Day, atSeq uint64) func() error {
		return func() error { _, _, err := v.Balance(s, asOf, atSeq); return err }
	}
	for _, c := range []struct {
		name string
		ask  func() error
	}{
		{"division-now", balance(ScopeDivision("530427"), 0, Now)},
		{"division-then", balance(ScopeDivision("530427"), middle, Now)},
		{"division-position", balance(ScopeDivision("530427"), 0, half)},
		{"division-both", balance(ScopeDivision("530427"), middle, half)},
		{"bank", balance(ScopeBank("530427", "bank1"), middle, half)},
		{"account", balance(ScopeAccount(st.account(1)), middle, half)},
		{"by-bank", func() error { _, err := v.HeldByBank("530427", 0, Now); return err }},
		{"accounts", func() error {
			_, err := v.Escrows(EscrowQuery{EscrowFilter: EscrowFilter{Division: "530427", Bank: "bank1"}})
			return err
		}},
		{"orders", func() error { _, err := v.Orders(OrderQuery{Account: st.account(1)}); return err }},
		{"moved", func() error { _, err := v.MovedEscrows(MovedQuery{After: half}); return err }},
		{"check", func() error { return v.CheckBooks(b.Context()) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if err := c.ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkEscrowLive appends payments to a view that is level and holds 20,000
// of them, on one account or on 5,000: what a fact costs does not depend on the
// age of its account.
//
//	go test -run '^$' -bench EscrowLive ./projections
func BenchmarkEscrowLive(b *testing.B) {
	for _, accounts := range []int{1, 5_000} {
		b.Run(fmt.Sprint("accounts-", accounts), func(b *testing.B) {
			st := &logStore{}
			for n := range accounts {
				st.put(bookFact(accountStream("530427", n), "2024-10-01", signed(deskInstitution("530427", n), "icbc")))
			}
			order := 0
			next := func() eventstore.Record {
				order++
				account, day := accountStream("530427", order%accounts), (booksFrom + calendar.Day(order%bookYears)).String()
				return bookFact(orderStream("530427", order), day, paid(account, day, 10_000))
			}
			for range 20_000 {
				st.put(next())
			}
			v := openBooks(b, st, nil)
			for b.Loop() {
				if err := v.Wait(b.Context(), st.put(next())); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
