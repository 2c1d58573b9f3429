package statement

import (
	"minglu/domain"
	"minglu/domain/money"
	"minglu/domain/term"
)

// Event is a fact about one day of a supervised account at its bank.
type Event interface {
	domain.Event
	statementEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[LineBooked](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// LineBooked is one line of a statement. Who paid or was paid is never in it.
type LineBooked struct {
	Account   string        `json:"account"`               // stream of the supervised account
	Serial    string        `json:"serial"`                // the bank's own number of the line
	Amount    money.Fen     `json:"amount_fen"`            // above zero: into the account
	Balance   *money.Fen    `json:"balance_fen,omitempty"` // of the account after it
	Kind      term.Movement `json:"kind,omitempty"`
	Reference string        `json:"reference,omitempty"` // number of the order, as the bank has it
}

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }
