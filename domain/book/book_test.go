package book_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/money"
	"minglu/domain/term"
)

// prepaid and deposit are the two families, written down once more: what the
// ledger takes for a family is to be seen from outside.
var (
	prepaid = []term.LedgerAccount{term.LedgerPaid, term.LedgerHeld, term.LedgerOutside, term.LedgerReleased, term.LedgerRefunded, term.LedgerPaidOut, term.LedgerTransferred}
	deposit = []term.LedgerAccount{term.LedgerDepositSource, term.LedgerDeposit, term.LedgerDepositUsed, term.LedgerDepositReturned}
)

func entry(from, to term.LedgerAccount, amount money.Fen) book.Entry {
	return book.Entry{From: from, To: to, Amount: amount}
}

func entered(t *testing.T, entries ...book.Entry) book.Sheet {
	t.Helper()
	s, err := book.Sheet{}.Enter(entries...)
	if err != nil {
		t.Fatalf("got %v, want the entries taken", err)
	}
	return s
}

func refusedWith(t *testing.T, err error, code string) {
	t.Helper()
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || len(e.Fields) != 1 || e.Fields[0].Code != code {
		t.Errorf("got %v, want a refusal with %s", err, code)
	}
}

func TestAccountsAreThoseOfTheList(t *testing.T) {
	got := slices.Clone(book.Accounts)
	want := slices.Concat(prepaid, deposit)
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if codes := term.LedgerAccounts.Codes(); len(codes) != len(want) {
		t.Errorf("got %d codes, want an account for each of %d", len(want), len(codes))
	}
}

func TestAnEntryMovesAnAmount(t *testing.T) {
	s := entered(t,
		entry(term.LedgerPaid, term.LedgerHeld, 500_00),
		entry(term.LedgerHeld, term.LedgerReleased, 120_00),
		entry(term.LedgerTransferred, term.LedgerHeld, 30_00),
		entry(term.LedgerDepositSource, term.LedgerDeposit, 900_00),
		entry(term.LedgerDeposit, term.LedgerDepositUsed, 1))
	for a, want := range map[term.LedgerAccount]money.Fen{
		term.LedgerPaid: 500_00, term.LedgerHeld: 410_00, term.LedgerReleased: 120_00, term.LedgerTransferred: -30_00,
		term.LedgerOutside: 0, term.LedgerRefunded: 0, term.LedgerPaidOut: 0,
		term.LedgerDepositSource: 900_00, term.LedgerDeposit: 899_99, term.LedgerDepositUsed: 1, term.LedgerDepositReturned: 0,
	} {
		if got := s.Of(a); got != want {
			t.Errorf("%s: got %d, want %d", a, got, want)
		}
	}
	if a, over := s.Overdrawn(); over || !s.Balanced() {
		t.Errorf("got balanced %v, overdrawn %s %v, want it balanced and nothing overdrawn", s.Balanced(), a, over)
	}
}

func TestWhatIsTakenTwiceIsOverdrawn(t *testing.T) {
	s := entered(t, entry(term.LedgerPaid, term.LedgerHeld, 100), entry(term.LedgerHeld, term.LedgerRefunded, 101))
	if a, over := s.Overdrawn(); !over || a != term.LedgerHeld || !s.Balanced() {
		t.Errorf("got balanced %v, overdrawn %q %v, want held overdrawn on a balanced sheet", s.Balanced(), a, over)
	}
}

func TestBadEntriesAreRefused(t *testing.T) {
	for name, e := range map[string]book.Entry{
		"of nothing":             entry(term.LedgerPaid, term.LedgerHeld, 0),
		"of less than nothing":   entry(term.LedgerPaid, term.LedgerHeld, -1),
		"from fees to a deposit": entry(term.LedgerHeld, term.LedgerDeposit, 1),
		"from a deposit to fees": entry(term.LedgerDeposit, term.LedgerPaidOut, 1),
		"within one account":     entry(term.LedgerHeld, term.LedgerHeld, 1),
		"from no account":        entry("", term.LedgerHeld, 1),
		"to no account":          entry(term.LedgerPaid, "till", 1),
	} {
		t.Run(name, func(t *testing.T) {
			before := entered(t, entry(term.LedgerPaid, term.LedgerHeld, 7))
			got, err := before.Enter(entry(term.LedgerPaid, term.LedgerHeld, 5), e)
			refusedWith(t, err, "entry")
			if !got.IsZero() || before != entered(t, entry(term.LedgerPaid, term.LedgerHeld, 7)) {
				t.Errorf("got %v from %v, want no sheet and the one before as it was", got, before)
			}
		})
	}
}

func TestAmountsBeyondTheRangeAreRefused(t *testing.T) {
	full := entered(t, entry(term.LedgerPaid, term.LedgerHeld, math.MaxInt64))
	_, err := full.Enter(entry(term.LedgerPaid, term.LedgerHeld, 1))
	refusedWith(t, err, "amount_overflow")
	_, err = full.Plus(entered(t, entry(term.LedgerPaid, term.LedgerOutside, 1)))
	refusedWith(t, err, "amount_overflow")
	empty := entered(t, entry(term.LedgerTransferred, term.LedgerHeld, math.MaxInt64))
	_, err = empty.Enter(entry(term.LedgerTransferred, term.LedgerReleased, 2))
	refusedWith(t, err, "amount_overflow")
}

func TestSheetsAddUp(t *testing.T) {
	in, out := entry(term.LedgerPaid, term.LedgerHeld, 500), entry(term.LedgerHeld, term.LedgerRefunded, 120)
	sum, err := entered(t, in).Plus(entered(t, out))
	if want := entered(t, in, out); err != nil || sum != want || !sum.Balanced() {
		t.Errorf("got %v, %v, want %v", sum, err, want)
	}
}

// TestRandomEntriesKeepTheBooksBalanced enters what may be entered, and what may
// not, in sequences of which each goes from its own seed.
func TestRandomEntriesKeepTheBooksBalanced(t *testing.T) {
	const sequences, length = 10_000, 12
	taken, refused := 0, 0
	for seed := range uint64(sequences) {
		r := rand.New(rand.NewPCG(seed, 20261122))
		var whole book.Sheet
		for range length {
			e := randomEntry(r)
			next, err := whole.Enter(e)
			if good := mayBeEntered(whole, e); good != (err == nil) {
				t.Fatalf("seed %d: got %v for %+v on %v, want it taken: %v", seed, err, e, whole, good)
			}
			if err != nil {
				refused++
				continue
			}
			taken++
			whole = next
			if !whole.Balanced() {
				t.Fatalf("seed %d: got %v after %+v, want it balanced", seed, whole, e)
			}
		}
	}
	if taken < sequences || refused < sequences {
		t.Errorf("got %d taken and %d refused, want plenty of both", taken, refused)
	}
}

// randomEntry is mostly one that may be entered, with amounts up to the range.
func randomEntry(r *rand.Rand) book.Entry {
	of := [][]term.LedgerAccount{prepaid, deposit, book.Accounts}[r.IntN(3)]
	amount := money.Fen(r.Int64N(1_000_000) - 10_000)
	if r.IntN(20) == 0 {
		amount = math.MaxInt64 - money.Fen(r.Int64N(1_000))
	}
	return entry(of[r.IntN(len(of))], of[r.IntN(len(of))], amount)
}

// mayBeEntered says of an entry what the ledger promises.
func mayBeEntered(s book.Sheet, e book.Entry) bool {
	oneFamily := slices.Contains(prepaid, e.From) == slices.Contains(prepaid, e.To)
	if e.Amount <= 0 || e.From == e.To || !oneFamily {
		return false
	}
	return fits(s, e.From, e.Amount, false) && fits(s, e.To, e.Amount, true)
}

// fits reports whether an account has room for an amount: one that money comes
// in by grows when it is taken from.
func fits(s book.Sheet, a term.LedgerAccount, amount money.Fen, to bool) bool {
	if a == term.LedgerPaid || a == term.LedgerDepositSource {
		to = !to
	}
	if to {
		return s.Of(a) <= math.MaxInt64-amount
	}
	return s.Of(a) >= math.MinInt64+amount
}

func TestSheetsAreReadBackAsTheyWereWritten(t *testing.T) {
	encoding, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		Sheet book.Sheet `json:"s,omitzero"`
	}
	for name, s := range map[string]book.Sheet{
		"nothing": {},
		"both families": entered(t, entry(term.LedgerPaid, term.LedgerHeld, 500_00), entry(term.LedgerTransferred, term.LedgerReleased, 1),
			entry(term.LedgerDepositSource, term.LedgerDeposit, math.MaxInt64), entry(term.LedgerDeposit, term.LedgerDepositUsed, 3)),
	} {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(row{s})
			var fromJSON row
			if err != nil || json.Unmarshal(text, &fromJSON) != nil || fromJSON.Sheet != s {
				t.Errorf("got %v (%v) from %s, want %v", fromJSON.Sheet, err, text, s)
			}
			stored, err := encoding.Marshal(row{s})
			var fromCBOR row
			if err != nil || cbor.Unmarshal(stored, &fromCBOR) != nil || fromCBOR.Sheet != s {
				t.Errorf("got %v (%v) from %x, want %v", fromCBOR.Sheet, err, stored, s)
			}
			if again, err := encoding.Marshal(fromCBOR); err != nil || !bytes.Equal(again, stored) {
				t.Errorf("got %x (%v), want the same bytes %x", again, err, stored)
			}
			if listed, ok := book.SheetOf(s.Amounts()); !ok || listed != s {
				t.Errorf("got %v, %v from its list, want %v", listed, ok, s)
			}
		})
	}
	if _, ok := book.SheetOf(make([]money.Fen, 10)); ok {
		t.Error("got a sheet from a list that is too short, want none")
	}
}

func TestJSONNamesTheAccounts(t *testing.T) {
	got, err := json.Marshal(entered(t, entry(term.LedgerPaid, term.LedgerHeld, 500), entry(term.LedgerTransferred, term.LedgerHeld, 20)))
	const want = `{"paid":500,"held":520,"outside":0,"released":0,"refunded":0,"paid_out":0,"transferred":-20,` +
		`"deposit_source":0,"deposit":0,"deposit_used":0,"deposit_returned":0}`
	if err != nil || string(got) != want {
		t.Errorf("got %s (%v), want %s", got, err, want)
	}
}

func TestWhatNoSheetWroteIsNotRead(t *testing.T) {
	before := entered(t, entry(term.LedgerPaid, term.LedgerHeld, 7))
	whole, err := before.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"nothing": nil, "too short": whole[:len(whole)-1], "too long": append(slices.Clone(whole), 0), "a number without end": bytes.Repeat([]byte{0xff}, 11),
	} {
		s := before
		if err := s.UnmarshalBinary(b); err == nil || s != before {
			t.Errorf("%s: got %v, %v, want an error and the sheet as it was", name, s, err)
		}
	}
	for name, text := range map[string]string{"an unknown account": `{"till":1}`, "an account without a name": `{"":1}`, "a fraction": `{"held":1.5}`, "a text": `{"held":"1"}`, "a list": `[1]`} {
		s := before
		if err := json.Unmarshal([]byte(text), &s); err == nil || s != before {
			t.Errorf("%s: got %v, %v, want an error and the sheet as it was", name, s, err)
		}
	}
}

// paid is a fact that the books show.
type paid struct{}

func (paid) EventName() string { return "test.paid" }
func (paid) Books() book.Change {
	return book.Change{Entries: []book.Entry{entry(term.LedgerPaid, term.LedgerHeld, 1)}, Counts: book.Counts{Orders: 1}}
}

// told is a fact that they do not.
type told struct{}

func (told) EventName() string { return "test.told" }

func TestChangesAreThoseOfTheFact(t *testing.T) {
	if c := book.ChangeOf(paid{}); c.IsZero() || len(c.Entries) != 1 || c.Counts.Orders != 1 {
		t.Errorf("got %+v, want the change of the fact", c)
	}
	if c := book.ChangeOf(told{}); !c.IsZero() {
		t.Errorf("got %+v, want none", c)
	}
}

func TestCountsAddUp(t *testing.T) {
	one := book.Counts{Orders: 1, Hours: 2, Lessons: 3, ByParent: 4, Deemed: 5, RefundRequests: 6, Breaches: 7}
	if got, want := one.Plus(one), (book.Counts{Orders: 2, Hours: 4, Lessons: 6, ByParent: 8, Deemed: 10, RefundRequests: 12, Breaches: 14}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
