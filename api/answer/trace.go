package answer

import (
	"slices"
	"time"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/term"
	"minglu/eventstore"
)

// OrderTrace is where each fen of an order is: every fact with what it entered in
// the ledger.
type OrderTrace struct {
	Order string      `json:"order"`
	Facts []OrderFact `json:"facts" doc:"In the order in which they were recorded."`
	Books Books       `json:"books" doc:"After the last of them."`
	AsOf  Date        `json:"as_of"`
	AtSeq uint64      `json:"at_seq"`
}

// OrderFact is one fact of an order with what it did to the books.
type OrderFact struct {
	Seq       uint64        `json:"seq"`
	Event     string        `json:"event"`
	Effective string        `json:"effective" doc:"From when it holds: a day, or an instant."`
	Recorded  time.Time     `json:"recorded"`
	Agency    string        `json:"agency"`
	By        string        `json:"agency_name"`
	Summary   string        `json:"summary"`
	Entries   []LedgerEntry `json:"entries" doc:"What it entered: nothing, or amounts from one account to another. An amendment enters back what it takes out."`
	Books     Books         `json:"books" doc:"After it, as the register knew them then."`
	Amends    uint64        `json:"amends,omitempty" doc:"Position of the fact that it corrects or annuls."`
	AmendedBy []uint64      `json:"amended_by,omitempty"`
	Annulled  bool          `json:"annulled,omitempty"`
}

// LedgerEntry is an amount that went from one account of the ledger to another.
type LedgerEntry struct {
	From      term.LedgerAccount `json:"from"`
	FromLabel string             `json:"from_label"`
	To        term.LedgerAccount `json:"to"`
	ToLabel   string             `json:"to_label"`
	Amount    money.Fen          `json:"amount_fen"`
}

// FamilyOrder is an order as its family follows it: everything about it, and
// nothing about anybody else.
type FamilyOrder struct {
	Order
	Facts []OrderFact `json:"facts" doc:"In the order in which they were recorded."`
}

// FamilyPieceOf puts together what a family is shown of its order: all but what an
// agency keeps to itself.
func FamilyPieceOf(c *eventstore.Codec, all []eventstore.Record) (OrderPiece, error) {
	return OrderPieceOf(c, all, func(r eventstore.Record) bool {
		return r.Meta.Visibility != domain.AgencyOnly && r.Meta.Visibility != domain.SealedOnly
	})
}

// OrderTraceOf answers with the facts of an order.
func OrderTraceOf(p OrderPiece, f For) (OrderTrace, error) {
	facts, err := p.trace(f)
	return OrderTrace{Order: idIn(p.stream()), Facts: facts, Books: BooksOf(p.State.Sheet), AsOf: Date{f.AsOf}, AtSeq: f.AtSeq}, err
}

// FamilyOrderOf answers for one order to its family.
func FamilyOrderOf(p OrderPiece, about *NamedInstitution, f For) (FamilyOrder, error) {
	facts, err := p.trace(f)
	return FamilyOrder{OrderOf(p, about, f), facts}, err
}

// trace tells the facts that are shown, with the books as they grew.
func (p OrderPiece) trace(f For) ([]OrderFact, error) {
	amendedBy, annulled := amendmentsOf(p.All)
	out := []OrderFact{}
	var sheet book.Sheet
	booked := bookings{}
	for i, r := range p.All {
		entries, err := p.entered(booked, i)
		if err != nil {
			return nil, err
		}
		if after, err := sheet.Enter(entries...); err == nil { // else it cannot be, and the state says so
			sheet = after
		}
		if !p.shown(r) {
			continue
		}
		fact := OrderFact{
			Seq: r.Meta.Seq, Event: r.Type, Effective: eventstore.FormatEffective(r.Meta.Effective), Recorded: r.Meta.Recorded.In(calendar.Beijing),
			Agency: r.Meta.Actor.Agency, By: f.say(AgencyName(r.Meta.Actor.Agency)), Summary: f.say(Summary(r.Event)),
			Entries: ledgerEntriesOf(entries, f), Books: BooksOf(sheet), AmendedBy: amendedBy[r.Meta.Seq], Annulled: annulled[r.Meta.Seq],
		}
		if a, ok := r.Event.(domain.Amendment); ok {
			fact.Amends, _ = a.Amends()
		}
		out = append(out, fact)
	}
	return out, nil
}

func ledgerEntriesOf(entries []book.Entry, f For) []LedgerEntry {
	out := make([]LedgerEntry, len(entries))
	for i, e := range entries {
		out[i] = LedgerEntry{From: e.From, FromLabel: f.say(e.From.Label()), To: e.To, ToLabel: f.say(e.To.Label()), Amount: e.Amount}
	}
	return out
}

// bookings are what stands in the books of each fact, by its position.
type bookings map[uint64][]book.Entry

// entered is what the i-th fact enters beside what is booked, which it adds: of an
// amendment, the entries of what it changes taken back and those that stand in
// their place.
func (p OrderPiece) entered(booked bookings, i int) ([]book.Entry, error) {
	r := p.All[i]
	if _, amends := r.Event.(domain.Amendment); !amends {
		if !p.shown(r) {
			return nil, nil
		}
		entries := book.ChangeOf(r.Event).Entries
		booked[r.Meta.Seq] = entries
		return entries, nil
	}
	facts, err := p.amended(i + 1)
	if err != nil {
		return nil, err
	}
	now := bookings{}
	for _, fact := range facts {
		now[fact.Meta.Seq] = book.ChangeOf(fact.Event).Entries
	}
	var out []book.Entry
	for _, before := range p.All[:i] {
		seq := before.Meta.Seq
		if slices.Equal(booked[seq], now[seq]) {
			continue
		}
		for _, e := range booked[seq] {
			out = append(out, book.Entry{From: e.To, To: e.From, Amount: e.Amount})
		}
		out = append(out, now[seq]...)
		booked[seq] = now[seq]
	}
	return out, nil
}
