package projections

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/calendar"
	prepaid "minglu/domain/order"
	"minglu/domain/term"
	"minglu/eventstore"
)

// EscrowView is the name of the view of supervised prepayment.
const EscrowView = "escrow"

// escrows shows the supervised accounts, the orders of families under them, and
// what the banks say: each account and order as of any position, the books of
// every account, institution, bank and division as of any day at any position,
// and the movements to be compared with statements.
//
// An account counts to the institution and the bank that its own facts name, and
// an order with all its entries to its account. Of what was corrected or
// annulled, the difference is booked for the days concerned at the position of
// the amendment. An account or order whose first fact was annulled keeps its
// state and stands in no list.
//
// A row of days says at which position it was written; what it said before is
// kept in days_at under the position of that. Days are never taken out, so that
// those of days are all there ever were. An institution has no rows of its own:
// its books are those of its accounts.
//
// Buckets, where a scope is account, division, or division ‖ bank, and first the
// position of the first fact, complemented, so that the newest comes first:
//
//	facts:        stream ‖ position → the fact
//	accounts:     stream → head, bookFold state
//	orders:       stream → head, bookFold state
//	ledgers:      account → institution, bank, all that was ever booked
//	days:         scope ‖ day → what was booked for the day
//	days_at:      scope ‖ day ‖ position → the same, before it was written over
//	institutions: id ‖ account ‖ position → whether it counts to it from then on
//	items:        account ‖ side ‖ day ‖ position of a fact ‖ position → the movement
//	by_division:  division ‖ first → what lists of accounts filter by
//	by_account:   account ‖ day of payment, complemented ‖ first → of orders
//	pupils:       institution ‖ pupil ‖ course ‖ order → nothing
//	alerts:       division ‖ closed ‖ day, complemented ‖ first ‖ number, complemented → the alert
type escrows struct{ facts facts }

// Escrow returns the view.
func Escrow(c *eventstore.Codec) Projection { return newEscrows(c) }

func newEscrows(c *eventstore.Codec) escrows { return escrows{facts{codec: c, bucket: "facts"}} }

// Name returns the view's name.
func (escrows) Name() string { return EscrowView }

// Version is raised whenever the rows change.
func (escrows) Version() int { return 1 }

// The aggregates that the view folds.
const (
	accountKind   = "escrow"
	orderKind     = "order"
	statementKind = "statement"
)

// BookHead is what is known of an account or order beside its state.
type BookHead struct {
	Stream     string
	Visibility domain.Visibility // of its first fact
	First      uint64            // position of its first fact
	Seq        uint64            // and of its newest
	Version    uint64            // number of its facts
	Recorded   time.Time         // when the newest was recorded
}

// ID returns the id of the account or order.
func (h BookHead) ID() string { return eventstore.Record{Stream: h.Stream}.AggregateID() }

// Division returns the division of its birth.
func (h BookHead) Division() string { return divisionOf(h.Stream) }

// counting is the head after one more fact.
func (h BookHead) counting(r eventstore.Record) BookHead {
	if h.Version == 0 {
		h.Stream, h.Visibility, h.First = r.Stream, r.Meta.Visibility, r.Meta.Seq
	}
	h.Version++
	h.Seq, h.Recorded = r.Meta.Seq, r.Meta.Recorded
	return h
}

// A bookFold is an account or an order as it is stored.
type bookFold[S any] struct {
	head  BookHead
	state S
}

// A foldable says how an aggregate is bookFold and stored, its types set aside.
type foldable[S any] struct {
	bucket    string
	evolve    func(s S, r eventstore.Record) S
	account   func(s S, stream string) string // that its facts are booked to, or empty
	reference func(s S, stream string) string // by which a bank knows it, or empty
	sheet     func(s *S) *book.Sheet          // which CBOR does not see
	rows      func(f bookFold[S], row func(bucket string, key, value []byte))
}

// Apply folds a fact of an account, an order or a statement.
func (v escrows) Apply(tx *Tx, r eventstore.Record) error {
	switch r.Aggregate() {
	case accountKind:
		now, err := take(v, tx, accounts, r)
		if err != nil {
			return err
		}
		return attribute(tx, r.Stream, now.state.Institution, now.state.Bank, r.Meta.Seq)
	case orderKind:
		_, err := take(v, tx, orders, r)
		return err
	case statementKind:
		return v.statement(tx, r)
	}
	return nil
}

// take folds a fact of an account or order, and books it.
func take[S any](v escrows, tx *Tx, kind foldable[S], r eventstore.Record) (now bookFold[S], err error) {
	v.facts.put(tx, r.Stream, r)
	before, err := kind.load(tx.Bucket(kind.bucket), r.Stream)
	if err != nil {
		return now, err
	}
	now.head = before.head.counting(r)
	var was, is booked
	if isAmendment(r) {
		now.state, was, is, err = amendedFold(v, tx, kind, r)
	} else {
		now.state = kind.evolve(before.state, r)
		err = is.add(kind.account(now.state, r.Stream), kind.reference(now.state, r.Stream), r)
	}
	if err == nil {
		err = was.become(tx, is, r.Meta.Seq)
	}
	if err != nil {
		return now, err
	}
	moveListRows(tx, kind, before, now)
	return now, kind.put(tx.Bucket(kind.bucket), now)
}

// amendedFold folds a stream without and with its newest fact.
func amendedFold[S any](v escrows, tx *Tx, kind foldable[S], r eventstore.Record) (state S, was, is booked, err error) {
	recs, err := v.facts.records(tx.Bucket(v.facts.bucket), r.Stream, Now)
	if err != nil {
		return state, was, is, err
	}
	if _, was, err = foldFacts(v, kind, recs[:len(recs)-1]); err != nil {
		return state, was, is, err
	}
	state, is, err = foldFacts(v, kind, recs)
	return state, was, is, err
}

// foldFacts folds the facts of a stream as they were amended.
func foldFacts[S any](v escrows, kind foldable[S], recs []eventstore.Record) (state S, b booked, err error) {
	recs, err = v.facts.codec.Amend(recs)
	if err != nil {
		return state, b, err
	}
	for _, r := range recs {
		state = kind.evolve(state, r)
		if err := b.add(kind.account(state, r.Stream), kind.reference(state, r.Stream), r); err != nil {
			return state, b, err
		}
	}
	return state, b, nil
}

// at returns an account or order as it was known at a position.
func (kind foldable[S]) at(v escrows, r *Read, stream string, atSeq uint64) (f bookFold[S], ok bool, err error) {
	f, err = kind.load(r.Bucket(kind.bucket), stream)
	if err != nil || f.head.Seq <= atSeq {
		return f, f.head.Version > 0, err
	}
	recs, err := v.facts.records(r.Bucket(v.facts.bucket), stream, atSeq)
	if err != nil {
		return f, false, err
	}
	f = bookFold[S]{}
	for _, rec := range recs {
		f.head = f.head.counting(rec)
	}
	f.state, _, err = foldFacts(v, kind, recs)
	return f, f.head.Version > 0, err
}

// load reads what put has stored; where there is no row, no fact is counted.
func (kind foldable[S]) load(rows Rows, stream string) (f bookFold[S], err error) {
	row := rows.Get([]byte(stream))
	if row == nil {
		return f, nil
	}
	b, applying := rows.(*Bucket)
	if applying {
		if known, ok := b.tx.memo.find(kind.bucket, []byte(stream), row); ok {
			return known.(bookFold[S]), nil
		}
	}
	u := unpacker{rest: row}
	h := &f.head
	h.Stream, h.Visibility = stream, domain.Visibility(u.text())
	h.First, h.Seq, h.Version, h.Recorded = u.uint(), u.uint(), u.uint(), u.time(calendar.Beijing)
	sheet := u.books().sheet
	if u.bad {
		return f, fmt.Errorf("the row of %s cannot be read", stream)
	}
	if f.state, _, err = decodeState[S]([]byte(stream), u.rest); err != nil {
		return f, err
	}
	*kind.sheet(&f.state) = sheet
	return f, nil
}

func (kind foldable[S]) put(b *Bucket, f bookFold[S]) error {
	h, state := f.head, f.state
	sheet := kind.sheet(&state)
	p := make(packer, 0, 512)
	p.text(string(h.Visibility))
	p.uint(h.First)
	p.uint(h.Seq)
	p.uint(h.Version)
	p.time(h.Recorded)
	books{sheet: *sheet}.pack(&p)
	*sheet = book.Sheet{}
	coded, err := stateEncoding.Marshal(state)
	if err != nil {
		return fmt.Errorf("write row of %s: %w", b.name, err)
	}
	p = append(p, coded...)
	key := []byte(h.Stream)
	b.Put(key, p)
	b.tx.memo.keep(kind.bucket, key, p, f)
	return nil
}

// moveListRows moves the rows of lists.
func moveListRows[S any](tx *Tx, kind foldable[S], before, now bookFold[S]) {
	type row struct {
		bucket     string
		key, value []byte
	}
	var old []row
	kind.rows(before, func(bucket string, key, value []byte) { old = append(old, row{bucket, key, value}) })
	kind.rows(now, func(bucket string, key, value []byte) {
		at := slices.IndexFunc(old, func(o row) bool { return o.bucket == bucket && bytes.Equal(o.key, key) })
		if at < 0 || !bytes.Equal(old[at].value, value) {
			tx.Bucket(bucket).Put(key, value)
		}
		if at >= 0 {
			old = slices.Delete(old, at, at+1)
		}
	})
	for _, o := range old {
		tx.Bucket(o.bucket).Delete(o.key)
	}
}

// A booked is what facts enter, and which movements they are.
type booked struct {
	entries []bookEntry
	items   []itemRow
}

// add books a fact of an account or order; one that belongs to no account counts
// nowhere.
func (b *booked) add(account, reference string, r eventstore.Record) error {
	change := book.ChangeOf(r.Event)
	if account == "" || change.IsZero() {
		return nil
	}
	sum, err := booksOf(change)
	if err != nil {
		return err
	}
	b.entries = append(b.entries, bookEntry{account, calendar.DayOf(r.Meta.Effective), sum})
	row, moves, err := itemHere(account, reference, r, sum)
	if moves {
		b.items = append(b.items, row)
	}
	return err
}

// become books, as of a position, what makes is of b.
func (b booked) become(tx *Tx, is booked, seq uint64) error {
	entries, err := difference(b.entries, is.entries)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := enterAll(tx, e, seq); err != nil {
			return err
		}
	}
	moveItems(tx, b.items, is.items, seq)
	return nil
}

// statement takes a line of a bank's statement, or an amendment of one.
func (v escrows) statement(tx *Tx, r eventstore.Record) error {
	v.facts.put(tx, r.Stream, r)
	if !isAmendment(r) {
		moveItems(tx, nil, itemsThere(r), r.Meta.Seq)
		return nil
	}
	recs, err := v.facts.records(tx.Bucket(v.facts.bucket), r.Stream, Now)
	if err != nil {
		return err
	}
	was, err := v.lines(recs[:len(recs)-1])
	if err != nil {
		return err
	}
	is, err := v.lines(recs)
	if err != nil {
		return err
	}
	moveItems(tx, was, is, r.Meta.Seq)
	return nil
}

// lines returns the rows of a statement as it was amended.
func (v escrows) lines(recs []eventstore.Record) (rows []itemRow, err error) {
	recs, err = v.facts.codec.Amend(recs)
	for _, r := range recs {
		rows = append(rows, itemsThere(r)...)
	}
	return rows, err
}

// orders are the orders of families.
var orders = foldable[prepaid.State]{
	bucket: "orders",
	evolve: func(s prepaid.State, r eventstore.Record) prepaid.State {
		return prepaid.Evolve(s, r.Meta, r.Event.(prepaid.Event))
	},
	account:   func(s prepaid.State, _ string) string { return s.Account },
	reference: referenceOf,
	sheet:     func(s *prepaid.State) *book.Sheet { return &s.Sheet },
	rows: func(f bookFold[prepaid.State], row func(bucket string, key, value []byte)) {
		s := f.state
		if s.PaidOn == 0 {
			return
		}
		key := binary.BigEndian.AppendUint32(Key(s.Account), ^uint32(s.PaidOn))
		row("by_account", AppendUint(key, ^f.head.First), orderFacet{f.head.Stream, s.Status(), s.Held() > 0}.packed())
		row("pupils", Key(idOf(s.Institution), s.Pupil, s.Course, f.head.Stream), nil)
	},
}

// orderTail is the length of what follows the account in by_account.
const orderTail = 4 + 8

// An orderFacet is what lists of orders filter by.
type orderFacet struct {
	stream string
	status term.OrderStatus
	held   bool
}

func (f orderFacet) packed() []byte {
	p := make(packer, 0, 64)
	p.text(f.stream)
	p.text(string(f.status))
	p.uint(map[bool]uint64{true: 1}[f.held])
	return p
}

func readOrderFacet(row []byte) (f orderFacet, err error) {
	u := unpacker{rest: row}
	f.stream, f.status, f.held = u.text(), term.OrderStatus(u.text()), u.uint() == 1
	if u.bad {
		return f, fmt.Errorf("the row of an order cannot be read")
	}
	return f, nil
}
