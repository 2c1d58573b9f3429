package projections

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"iter"
	"maps"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/escrow"
	"minglu/domain/money"
	prepaid "minglu/domain/order"
	"minglu/domain/statement"
	"minglu/domain/term"
	"minglu/eventstore"
)

// EscrowItem is one movement of money in a supervised account: as the register
// has it, or as the bank's statement has it.
type EscrowItem struct {
	Day     calendar.Day
	Seq     uint64    // position of the fact
	Stream  string    // of the fact
	Amount  money.Fen // above zero: into the account
	Kind    term.Movement
	BankRef string // of the bank: its reference, or the number of the line
	// Reference is the number of the order, its id where it has none, or what the
	// bank has for it.
	Reference string
}

// The sides of items; printed are the balances of statements.
const (
	hereSide    = 'h'
	printedSide = 'p'
	thereSide   = 't'
)

// An itemRow is a row of items at its place: account ‖ side ‖ day ‖ position of
// the fact.
type itemRow struct {
	place string
	value []byte
}

func placeOfItem(account string, side byte, r eventstore.Record) string {
	key := bookDayKey(append(Key(account), side), calendar.DayOf(r.Meta.Effective))
	return string(AppendUint(key, r.Meta.Seq))
}

func (i EscrowItem) packed() []byte {
	var p packer
	p.text(i.Stream)
	p.int(int64(i.Amount))
	p.text(string(i.Kind))
	p.text(i.BankRef)
	p.text(i.Reference)
	return p
}

func readItem(value []byte) (i EscrowItem, err error) {
	u := unpacker{rest: value}
	i.Stream, i.Amount = u.text(), money.Fen(u.int())
	i.Kind, i.BankRef, i.Reference = term.Movement(u.text()), u.text(), u.text()
	if u.bad {
		return i, fmt.Errorf("the row of a movement cannot be read")
	}
	return i, nil
}

// moneyIn is what a change brings into the supervised account, below zero where
// it takes out.
func (b books) moneyIn() (money.Fen, error) {
	return b.sheet.Of(term.LedgerHeld).Add(b.sheet.Of(term.LedgerDeposit))
}

// itemHere returns the row of a fact of an account or order that moves money,
// and whether it does.
func itemHere(account, reference string, r eventstore.Record, b books) (row itemRow, moves bool, err error) {
	amount, err := b.moneyIn()
	if err != nil || amount == 0 {
		return row, false, err
	}
	kind, ref := movementOf(r.Event)
	i := EscrowItem{Stream: r.Stream, Amount: amount, Kind: kind, BankRef: ref, Reference: reference}
	return itemRow{placeOfItem(account, hereSide, r), i.packed()}, true, nil
}

// referenceOf is the number under which the platform and so the bank know an
// order, or else its id.
func referenceOf(s prepaid.State, stream string) string {
	return cmp.Or(s.Number, BookHead{Stream: stream}.ID())
}

// movementOf says what a bank would call a fact, and under which of its
// references it made it.
func movementOf(e domain.Event) (term.Movement, string) {
	switch e := e.(type) {
	case prepaid.Paid:
		if e.TransferOf != "" {
			return term.MovementTransfer, e.BankRef
		}
		return term.MovementOrder, e.BankRef
	case prepaid.MovedIn:
		return term.MovementOrder, e.BankRef
	case prepaid.FundsReleased:
		return term.MovementRelease, e.BankRef
	case prepaid.Settled:
		return term.MovementRelease, e.BankRef
	case prepaid.RefundPaid:
		return term.MovementRefund, e.BankRef
	case prepaid.PaidOut:
		return term.MovementPayout, e.BankRef
	case prepaid.Transferred:
		return term.MovementTransfer, e.BankRef
	case escrow.DepositPaid:
		return term.MovementDeposit, e.BankRef
	case escrow.DepositUsed:
		return term.MovementPayout, e.BankRef
	case escrow.DepositReturned:
		return term.MovementDeposit, e.BankRef
	}
	return term.MovementOther, ""
}

// itemsThere returns the rows of a line of a statement: the movement, and the
// balance where the bank prints one.
func itemsThere(r eventstore.Record) []itemRow {
	e, ok := r.Event.(statement.LineBooked)
	if !ok || e.Account == "" {
		return nil
	}
	i := EscrowItem{Stream: r.Stream, Amount: e.Amount, Kind: e.Kind, BankRef: e.Serial, Reference: e.Reference}
	rows := []itemRow{{placeOfItem(e.Account, thereSide, r), i.packed()}}
	if e.Balance != nil {
		var p packer
		p.int(int64(*e.Balance))
		rows = append(rows, itemRow{placeOfItem(e.Account, printedSide, r), p})
	}
	return rows
}

// moveItems puts down, as of a position, what stands at the places of items now
// otherwise than before; an empty row says that nothing does any more.
func moveItems(tx *Tx, was, now []itemRow, seq uint64) {
	rows := tx.Bucket("items")
	put := func(place string, value []byte) { rows.Put(AppendUint([]byte(place), seq), value) }
	if len(was) == 0 {
		for _, row := range now {
			put(row.place, row.value)
		}
		return
	}
	before, after := byItem(was), byItem(now)
	for _, place := range slices.Sorted(maps.Keys(before)) {
		if after[place] == nil {
			put(place, nil)
		}
	}
	for _, place := range slices.Sorted(maps.Keys(after)) {
		if !bytes.Equal(before[place], after[place]) {
			put(place, after[place])
		}
	}
}

func byItem(list []itemRow) map[string][]byte {
	out := map[string][]byte{}
	for _, row := range list {
		out[row.place] = row.value
	}
	return out
}

// Items returns what moved in a supervised account from one day to another,
// both included, as the register and as the statements of the bank had it at a
// position: each in order of day and position. Without a last day (0) all
// later ones count.
func (v *Views) Items(account string, from, to calendar.Day, atSeq uint64) (here, there []EscrowItem, err error) {
	err = v.Read(EscrowView, func(r *Read) error {
		if here, err = itemsOf(r, account, hereSide, from, to, atSeq); err == nil {
			there, err = itemsOf(r, account, thereSide, from, to, atSeq)
		}
		return err
	})
	return here, there, err
}

func itemsOf(r *Read, account string, side byte, from, to calendar.Day, atSeq uint64) (out []EscrowItem, err error) {
	prefix := append(Key(account), side)
	for place, value := range placesAt(r.Bucket("items"), prefix, from, to, atSeq) {
		i, err := readItem(value)
		if err != nil {
			return nil, err
		}
		i.Day, i.Seq = dayIn(place, prefix), binary.BigEndian.Uint64(place[len(place)-8:])
		out = append(out, i)
	}
	return out, nil
}

// placesAt yields the places of some days under a prefix at which something
// stood at a position, with what did.
func placesAt(rows Rows, prefix []byte, from, to calendar.Day, atSeq uint64) iter.Seq2[[]byte, []byte] {
	return func(yield func(place, value []byte) bool) {
		var at, stood []byte
		for k, value := range rows.From(prefix, bookDayKey(slices.Clone(prefix), max(from, 0))) {
			if to != 0 && dayIn(k, prefix) > to {
				break
			}
			place := k[:len(k)-8]
			if !bytes.Equal(place, at) {
				if len(stood) > 0 && !yield(at, stood) {
					return
				}
				at, stood = place, nil
			}
			if binary.BigEndian.Uint64(k[len(place):]) <= atSeq {
				stood = value
			}
		}
		if len(stood) > 0 {
			yield(at, stood)
		}
	}
}

// BankBalance is a balance as a bank printed it.
type BankBalance struct {
	Amount money.Fen
	Day    calendar.Day
	Seq    uint64 // position of the line
}

// BankBalance returns the newest balance that the bank has printed of a
// supervised account, by day and then by position, as the register knew it at
// a position; ok is false where there is none.
func (v *Views) BankBalance(account string, atSeq uint64) (b BankBalance, ok bool, err error) {
	err = v.Read(EscrowView, func(r *Read) error {
		b, ok, err = bankBalance(r, account, atSeq)
		return err
	})
	return b, ok, err
}

func bankBalance(r *Read, account string, atSeq uint64) (b BankBalance, ok bool, err error) {
	prefix := append(Key(account), printedSide)
	var gone []byte // the newest place that nothing stands at
	for k, value := range r.Bucket("items").Back(prefix, nil) {
		place := k[:len(k)-8]
		if binary.BigEndian.Uint64(k[len(place):]) > atSeq || bytes.Equal(place, gone) {
			continue
		}
		if len(value) == 0 {
			gone = place
			continue
		}
		u := unpacker{rest: value}
		b = BankBalance{money.Fen(u.int()), dayIn(place, prefix), binary.BigEndian.Uint64(place[len(place)-8:])}
		if u.bad {
			return b, false, fmt.Errorf("a balance of %s cannot be read", account)
		}
		return b, true, nil
	}
	return b, false, nil
}
