package projections

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"math/bits"
	"slices"

	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/eventstore"
)

// A Scope is whose books are asked for. The zero value has none.
type Scope struct {
	kind     byte
	of, bank string
}

// The kinds of scopes; those with rows of their own are parts of keys.
const (
	accountScope     = "a"
	bankScope        = "b"
	divisionScope    = "d"
	institutionScope = "i"
)

// ScopeAccount is one supervised account, by its stream.
func ScopeAccount(stream string) Scope { return Scope{kind: accountScope[0], of: stream} }

// ScopeInstitution is all supervised accounts of an institution, by its stream
// or id.
func ScopeInstitution(institution string) Scope {
	return Scope{kind: institutionScope[0], of: idOf(institution)}
}

// ScopeDivision is all accounts of the divisions that a filter takes, as
// division.Matches takes it.
func ScopeDivision(filter string) Scope { return Scope{kind: divisionScope[0], of: filter} }

// ScopeBank is those of them that lie at one bank.
func ScopeBank(filter, bank string) Scope {
	return Scope{kind: bankScope[0], of: filter, bank: bank}
}

// String names the scope, such as "bank 530427/icbc".
func (s Scope) String() string {
	switch string(s.kind) {
	case accountScope:
		return "account " + s.of
	case institutionScope:
		return "institution " + s.of
	case divisionScope:
		return "division " + s.of
	case bankScope:
		return "bank " + s.of + "/" + s.bank
	}
	return "nothing"
}

// idOf returns the id of a stream; an id stays as it is.
func idOf(stream string) string {
	return cmp.Or(eventstore.Record{Stream: stream}.AggregateID(), stream)
}

func divisionOf(stream string) string { return eventstore.Record{Stream: stream}.Division() }

// books are what was entered and counted.
type books struct {
	sheet  book.Sheet
	counts book.Counts
}

// booksOf returns what one fact enters.
func booksOf(c book.Change) (b books, err error) {
	b.counts = c.Counts
	b.sheet, err = b.sheet.Enter(c.Entries...)
	return b, err
}

func (b books) plus(c books) (books, error) {
	sheet, err := b.sheet.Plus(c.sheet)
	return books{sheet, b.counts.Plus(c.counts)}, err
}

// minus fails where the sum is beyond what an amount holds, as plus does.
func (b books) minus(c books) (books, error) {
	amounts := b.sheet.Amounts()
	for i, a := range c.sheet.Amounts() {
		var err error
		if amounts[i], err = amounts[i].Sub(a); err != nil {
			return books{}, err
		}
	}
	b.sheet, _ = book.SheetOf(amounts)
	n, m := b.counts, c.counts
	b.counts = book.Counts{
		Orders: n.Orders - m.Orders, Hours: n.Hours - m.Hours, Lessons: n.Lessons - m.Lessons, ByParent: n.ByParent - m.ByParent,
		Deemed: n.Deemed - m.Deemed, RefundRequests: n.RefundRequests - m.RefundRequests, Breaches: n.Breaches - m.Breaches,
	}
	return b, nil
}

// countsOf returns the members of counts, in the order in which they are stored.
func countsOf(c *book.Counts) [7]*int {
	return [...]*int{&c.Orders, &c.Hours, &c.Lessons, &c.ByParent, &c.Deemed, &c.RefundRequests, &c.Breaches}
}

// pack writes which amounts and counts are not zero, and those.
func (b books) pack(p *packer) {
	var which uint64
	amounts, counts := b.sheet.Amounts(), countsOf(&b.counts)
	for i, a := range amounts {
		if a != 0 {
			which |= 1 << i
		}
	}
	for i, n := range counts {
		if *n != 0 {
			which |= 1 << (len(amounts) + i)
		}
	}
	p.uint(which)
	for ; which != 0; which &= which - 1 {
		if i := bits.TrailingZeros64(which); i < len(amounts) {
			p.int(int64(amounts[i]))
		} else {
			p.int(int64(*counts[i-len(amounts)]))
		}
	}
}

func (u *unpacker) books() (b books) {
	amounts, counts := b.sheet.Amounts(), countsOf(&b.counts)
	which := u.uint()
	for ; which != 0 && !u.bad; which &= which - 1 {
		switch i := bits.TrailingZeros64(which); {
		case i < len(amounts):
			*(*int64)(&amounts[i]) = u.int()
		case i-len(amounts) < len(counts):
			*counts[i-len(amounts)] = int(u.int())
		default:
			u.fail()
		}
	}
	b.sheet, _ = book.SheetOf(amounts)
	return b
}

func (p *packer) int(n int64) { *p = binary.AppendVarint(*p, n) }

func (u *unpacker) int() int64 {
	n, used := binary.Varint(u.rest)
	if used <= 0 {
		u.fail()
		return 0
	}
	u.rest = u.rest[used:]
	return n
}

// A dayRow is what was booked in a scope for one day, as of a position.
type dayRow struct {
	seq uint64
	books
}

func (d dayRow) packed() []byte {
	p := make(packer, 0, 48)
	p.uint(d.seq)
	d.pack(&p)
	return p
}

func readDay(row []byte) (d dayRow, err error) {
	u := unpacker{rest: row}
	d.seq, d.books = u.uint(), u.books()
	if u.bad {
		return d, fmt.Errorf("the row of a day of the books cannot be read")
	}
	return d, nil
}

func bookDayKey(scope []byte, day calendar.Day) []byte {
	return binary.BigEndian.AppendUint32(scope, uint32(day))
}

// enter books a change for a day of a scope. What stood there before is kept
// for questions about earlier positions.
func enter(tx *Tx, scope []byte, day calendar.Day, change books, seq uint64) error {
	key := bookDayKey(scope, day)
	b := tx.Bucket("days")
	now := dayRow{seq: seq, books: change}
	if old := b.Get(key); old != nil {
		was, err := readDay(old)
		if err != nil {
			return err
		}
		if was.seq != seq {
			tx.Bucket("days_at").Put(AppendUint(slices.Clone(key), was.seq), old)
		}
		if now.books, err = was.plus(change); err != nil {
			return err
		}
	}
	b.Put(key, now.packed())
	return nil
}

// A ledger is what the view knows of an account beside its state: whom it
// counts to, and what was ever booked.
type ledger struct {
	institution, bank string
	books
	moved    uint64       // position of the newest fact that was booked
	movedDay calendar.Day // the latest day that one of them was effective
}

func (l ledger) packed() []byte {
	p := make(packer, 0, 128)
	p.text(l.institution)
	p.text(l.bank)
	l.pack(&p)
	p.uint(l.moved)
	p.uint(uint64(l.movedDay))
	return p
}

func readLedger(rows Rows, account string) (l ledger, ok bool, err error) {
	row := rows.Get([]byte(account))
	if row == nil {
		return l, false, nil
	}
	u := unpacker{rest: row}
	l.institution, l.bank, l.books = u.text(), u.text(), u.books()
	l.moved, l.movedDay = u.uint(), calendar.Day(u.uint())
	if u.bad {
		return l, false, fmt.Errorf("the ledger of %s cannot be read", account)
	}
	return l, true, nil
}

// A bookEntry is what was booked for one day of an account.
type bookEntry struct {
	account string
	day     calendar.Day
	books
}

func (e bookEntry) compare(f bookEntry) int {
	return cmp.Or(cmp.Compare(e.account, f.account), cmp.Compare(e.day, f.day))
}

// difference returns what has to be booked where was had been, and now is to
// be: one entry for each account and day, in order.
func difference(was, now []bookEntry) ([]bookEntry, error) {
	if len(was) == 0 && len(now) <= 1 {
		return now, nil
	}
	type place struct {
		account string
		day     calendar.Day
	}
	net := map[place]books{}
	sum := func(list []bookEntry, op func(books, books) (books, error)) (err error) {
		for _, e := range list {
			at := place{e.account, e.day}
			if net[at], err = op(net[at], e.books); err != nil {
				return err
			}
		}
		return nil
	}
	if err := sum(was, books.minus); err != nil {
		return nil, err
	}
	if err := sum(now, books.plus); err != nil {
		return nil, err
	}
	var out []bookEntry
	for at, b := range net {
		if b != (books{}) {
			out = append(out, bookEntry{at.account, at.day, b})
		}
	}
	slices.SortFunc(out, bookEntry.compare)
	return out, nil
}

// enterAll books a change of an account, and of its bank and division.
func enterAll(tx *Tx, e bookEntry, seq uint64) error {
	rows := tx.Bucket("ledgers")
	l, _, err := readLedger(rows, e.account)
	if err != nil {
		return err
	}
	if l.books, err = l.plus(e.books); err != nil {
		return err
	}
	l.moved, l.movedDay = seq, max(l.movedDay, e.day)
	rows.Put([]byte(e.account), l.packed())
	code := divisionOf(e.account)
	scopes := [][]byte{Key(accountScope, e.account), Key(divisionScope, code)}
	if l.bank != "" {
		scopes = append(scopes, Key(bankScope, code, l.bank))
	}
	for _, scope := range scopes {
		if err := enter(tx, scope, e.day, e.books, seq); err != nil {
			return fmt.Errorf("books of %s: %w", e.account, err)
		}
	}
	return nil
}

// attribute says whom an account counts to from a fact on. Where that changes,
// all that was booked goes over.
func attribute(tx *Tx, account, institution, bank string, seq uint64) error {
	rows := tx.Bucket("ledgers")
	l, known, err := readLedger(rows, account)
	if err != nil || known && l.institution == institution && l.bank == bank {
		return err
	}
	if l.institution != institution {
		link := func(to string, on byte) {
			if to != "" {
				tx.Bucket("institutions").Put(SeqKey(seq, idOf(to), account), []byte{on})
			}
		}
		link(l.institution, 0)
		link(institution, 1)
	}
	if known && l.bank != bank {
		if err := changeBank(tx, account, l.bank, bank, seq); err != nil {
			return err
		}
	}
	l.institution, l.bank = institution, bank
	rows.Put([]byte(account), l.packed())
	return nil
}

// changeBank takes all days of an account from one bank to another.
func changeBank(tx *Tx, account, from, to string, seq uint64) error {
	prefix, code := Key(accountScope, account), divisionOf(account)
	type moving struct {
		day calendar.Day
		dayRow
	}
	var days []moving
	for k, row := range tx.Bucket("days").Scan(prefix) {
		d, err := readDay(row)
		if err != nil {
			return err
		}
		days = append(days, moving{dayIn(k, prefix), d})
	}
	for _, d := range days {
		out, err := (books{}).minus(d.books)
		if err == nil && from != "" {
			err = enter(tx, Key(bankScope, code, from), d.day, out, seq)
		}
		if err == nil && to != "" {
			err = enter(tx, Key(bankScope, code, to), d.day, d.books, seq)
		}
		if err != nil {
			return fmt.Errorf("books of %s: %w", account, err)
		}
	}
	return nil
}

func dayIn(key, prefix []byte) calendar.Day {
	return calendar.Day(binary.BigEndian.Uint32(key[len(prefix):]))
}

// BookDay is what was booked in a scope for one day.
type BookDay struct {
	Day    calendar.Day
	Sheet  book.Sheet
	Counts book.Counts
}

// Balance returns the books of a scope as of the end of a day, as the register
// knew them at a position. Without a day (0) all days count.
func (v *Views) Balance(s Scope, asOf calendar.Day, atSeq uint64) (book.Sheet, book.Counts, error) {
	var sum books
	err := v.Read(EscrowView, func(r *Read) (err error) {
		sum, err = v.escrows.sum(r, s, asOf, atSeq)
		return err
	})
	return sum.sheet, sum.counts, err
}

// Days returns what was booked in a scope on each day from one to another,
// both included, as the register knew it at a position; days with nothing are
// left out. Without a last day (0) all later ones count.
func (v *Views) Days(s Scope, from, to calendar.Day, atSeq uint64) (out []BookDay, err error) {
	sums := map[calendar.Day]books{}
	err = v.Read(EscrowView, func(r *Read) error {
		return v.escrows.days(r, s, from, to, atSeq, func(day calendar.Day, b books) (err error) {
			sums[day], err = sums[day].plus(b)
			return err
		})
	})
	for _, day := range slices.Sorted(maps.Keys(sums)) {
		if b := sums[day]; b != (books{}) {
			out = append(out, BookDay{day, b.sheet, b.counts})
		}
	}
	return out, err
}

// BankBook is what lies at one bank.
type BankBook struct {
	Bank   string
	Sheet  book.Sheet
	Counts book.Counts
}

// HeldByBank returns the books of each bank within the divisions that a filter
// takes, in order of the bank's code, as Balance does.
func (v *Views) HeldByBank(filter string, asOf calendar.Day, atSeq uint64) (out []BankBook, err error) {
	sums := map[string]books{}
	err = v.Read(EscrowView, func(r *Read) error {
		for _, code := range divisionsOf(r.Bucket("days"), bankScope, filter) {
			for _, bank := range codesOf(r.Bucket("days"), Key(bankScope, code)) {
				b, err := v.escrows.sum(r, ScopeBank(code, bank), asOf, atSeq)
				if err == nil {
					sums[bank], err = sums[bank].plus(b)
				}
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	for _, bank := range slices.Sorted(maps.Keys(sums)) {
		if b := sums[bank]; b != (books{}) {
			out = append(out, BankBook{bank, b.sheet, b.counts})
		}
	}
	return out, err
}

func (v escrows) sum(r *Read, s Scope, asOf calendar.Day, atSeq uint64) (sum books, err error) {
	err = v.days(r, s, 0, asOf, atSeq, func(_ calendar.Day, b books) (err error) {
		sum, err = sum.plus(b)
		return err
	})
	return sum, err
}

// days calls f with what was booked in a scope, by day; a day may come more
// than once.
func (v escrows) days(r *Read, s Scope, from, to calendar.Day, atSeq uint64, f func(calendar.Day, books) error) error {
	for _, key := range s.keys(r, atSeq) {
		if err := daysUnder(r, key, from, to, atSeq, f); err != nil {
			return err
		}
	}
	return nil
}

// keys returns where the days of the scope stand.
func (s Scope) keys(r *Read, atSeq uint64) (keys [][]byte) {
	days := r.Bucket("days")
	switch string(s.kind) {
	case accountScope:
		keys = append(keys, Key(accountScope, s.of))
	case institutionScope:
		for _, account := range linkedTo(r.Bucket("institutions"), s.of, atSeq) {
			keys = append(keys, Key(accountScope, account))
		}
	case divisionScope:
		for _, code := range divisionsOf(days, divisionScope, s.of) {
			keys = append(keys, Key(divisionScope, code))
		}
	case bankScope:
		for _, code := range divisionsOf(days, bankScope, s.of) {
			keys = append(keys, Key(bankScope, code, s.bank))
		}
	}
	return keys
}

// divisionsOf returns the divisions that have books of a kind and pass a filter.
func divisionsOf(days Rows, kind, filter string) []string {
	return slices.DeleteFunc(codesOf(days, Key(kind)), func(code string) bool {
		return !division.Matches(division.Code(code), filter)
	})
}

// daysUnder calls f with the days of one scope: of each, what stood there at a
// position.
func daysUnder(r *Read, scope []byte, from, to calendar.Day, atSeq uint64, f func(calendar.Day, books) error) error {
	past := r.Bucket("days_at")
	for k, row := range r.Bucket("days").From(scope, bookDayKey(slices.Clone(scope), max(from, 0))) {
		day := dayIn(k, scope)
		if to != 0 && day > to {
			return nil
		}
		d, err := readDay(row)
		if err == nil && d.seq > atSeq {
			d, err = dayAt(past, k, atSeq)
		}
		if err == nil && d.seq != 0 {
			err = f(day, d.books)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// dayAt returns what stood at a day at a position, or the zero row where nothing
// did; it was written over later.
func dayAt(past Rows, key []byte, atSeq uint64) (dayRow, error) {
	for _, row := range past.Back(key, AppendUint(slices.Clone(key), atSeq+1)) {
		return readDay(row)
	}
	return dayRow{}, nil
}
