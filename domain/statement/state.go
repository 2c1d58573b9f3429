package statement

import (
	"fmt"

	"minglu/domain"
	"minglu/domain/money"
)

// State is what was booked of one day of an account. It is a value.
type State struct {
	Account string     `json:"a,omitzero"` // stream; empty before the first line
	Lines   int        `json:"n,omitzero"`
	Balance *money.Fen `json:"b,omitzero"` // after the last line; nil as long as no line had one
	Serials Serials    `json:"s,omitzero"`
	// Broken is the serial of the first line whose balance is not that of the line
	// before with its amount, or is beyond all bounds; see Sound.
	Broken string `json:"x,omitzero"`
}

// Booked reports whether a line of that serial was booked.
func (s State) Booked(serial string) bool { return s.Serials.Has(serial) }

// After returns the balance behind a line of that amount, nil where none was
// printed so far. It refuses a balance beyond its bounds.
func (s State) After(amount money.Fen) (*money.Fen, error) {
	if s.Balance == nil {
		return nil, nil
	}
	b, err := s.Balance.Add(amount)
	if err == nil {
		err = bounded("", b)
	}
	if err != nil {
		return nil, err
	}
	return &b, nil
}

// Sound refuses a day whose balances do not follow each other. No line that was
// booked leads to one; the amendment of an earlier line may, and is refused by
// who has folded it. So lines are annulled from the last on.
func (s State) Sound() error {
	if s.Broken == "" {
		return nil
	}
	return breach("/body/target_seq", "balance", domain.Say("改后流水“%s”的余额与上一笔不连续；有误的，请从当日最后一笔起依次作废，再重新登记",
		"so changed, the balance of the line %q would not follow from the one before; annul the lines of the day from the last on and book them anew", s.Broken))
}

// Evolve is the state after a fact.
func Evolve(s State, _ domain.Meta, e Event) State {
	switch e := e.(type) {
	case LineBooked:
		s = s.with(e)
	case Corrected, Annulled:
		// The store folds amended histories; the amendment itself says nothing more.
	default:
		panic(fmt.Sprintf("statement does not know the event %s", e.EventName()))
	}
	return s
}

// with is the state after a line. The balance is that which the bank prints,
// else what follows from the line before.
func (s State) with(e LineBooked) State {
	want, err := s.After(e.Amount)
	if s.Broken == "" && (err != nil || want != nil && e.Balance != nil && *want != *e.Balance) {
		s.Broken = e.Serial
	}
	if s.Balance = want; e.Balance != nil {
		s.Balance = e.Balance
	}
	s.Account, s.Serials = e.Account, s.Serials.With(e.Serial)
	s.Lines++
	return s
}
