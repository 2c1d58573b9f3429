package statement

import (
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/domain/money"
)

// State is what was booked of one day of an account. It is a value.
type State struct {
	Account string     `json:"a,omitzero"` // stream; empty before the first line
	Lines   int        `json:"n,omitzero"`
	Balance *money.Fen `json:"b,omitzero"` // after the last line; nil as long as no line had one
	Serials []string   `json:"s,omitzero"` // in the order in which they were booked
}

// Booked reports whether a line of that serial was booked.
func (s State) Booked(serial string) bool { return slices.Contains(s.Serials, serial) }

// After returns the balance behind a line of that amount, nil where none was
// printed so far. It refuses what is beyond all amounts.
func (s State) After(amount money.Fen) (*money.Fen, error) {
	if s.Balance == nil {
		return nil, nil
	}
	b, err := s.Balance.Add(amount)
	if err != nil {
		return nil, err
	}
	return &b, nil
}

// Evolve is the state after a fact.
func Evolve(s State, _ domain.Meta, e Event) State {
	switch e := e.(type) {
	case LineBooked:
		s.Account, s.Serials = e.Account, domain.With(s.Serials, e.Serial)
		s.Lines++
		s.Balance = balanceAfter(s, e)
	case Corrected, Annulled:
		// The store folds amended histories; the amendment itself says nothing more.
	default:
		panic(fmt.Sprintf("statement does not know the event %s", e.EventName()))
	}
	return s
}

// balanceAfter is the balance that the bank prints, else what follows from the
// line before; none where a corrected amount leads beyond all amounts.
func balanceAfter(s State, e LineBooked) *money.Fen {
	if e.Balance != nil {
		return e.Balance
	}
	b, err := s.After(e.Amount)
	if err != nil {
		return nil
	}
	return b
}
