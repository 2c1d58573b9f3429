package escrow

import (
	"strconv"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/money"
	"minglu/domain/term"
)

// Event is a fact about a supervised account.
type Event interface {
	domain.Event
	escrowEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[AgreementSigned](1),
	domain.Current[AccountOpened](1),
	domain.Current[AgreementFiled](1),
	domain.Current[DepositPaid](1),
	domain.Current[DepositAdjusted](1),
	domain.Current[DepositUsed](1),
	domain.Current[DepositReturned](1),
	domain.Current[BreachNoted](1),
	domain.Current[AlertRaised](1),
	domain.Current[AlertAssessed](1),
	domain.Current[AlertClosed](1),
	domain.Current[Frozen](1),
	domain.Current[Unfrozen](1),
	domain.Current[AccountClosed](1),
	domain.Current[DeadlineMissed](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// AgreementSigned is the agreement of institution and bank.
type AgreementSigned struct {
	Institution string          `json:"institution"` // stream
	Bank        string          `json:"bank"`        // short code, as in agencies' codes
	BankName    string          `json:"bank_name"`
	Mode        term.EscrowMode `json:"mode"`
	Size        term.SizeClass  `json:"size"` // by which alerts are preset
	Supervisor  string          `json:"supervisor,omitempty"`
}

// AccountOpened is the account at the bank. Only the end of its number is known.
type AccountOpened struct {
	Institution  string          `json:"institution"`
	Bank         string          `json:"bank"`
	BankName     string          `json:"bank_name"`
	Mode         term.EscrowMode `json:"mode"`
	MaskedNumber string          `json:"masked_number"` // "****1234"
}

// AgreementFiled is the filing of the agreement with the authority.
type AgreementFiled struct {
	DocumentNo string `json:"document_no,omitempty"`
}

// DepositPaid is risk deposit that came into the account.
type DepositPaid struct {
	Amount  money.Fen `json:"amount_fen"`
	BankRef string    `json:"bank_ref,omitempty"`
}

// DepositAdjusted is the minimum that the deposit must have from then on, and how
// it was reckoned.
type DepositAdjusted struct {
	Required money.Fen `json:"required_fen"`
	Basis    string    `json:"basis"`
}

// DepositUsed is deposit that went to the family of an order after the institution
// closed.
type DepositUsed struct {
	Amount  money.Fen `json:"amount_fen"`
	Order   string    `json:"order"`             // stream
	Dispute string    `json:"dispute,omitempty"` // stream
	BankRef string    `json:"bank_ref,omitempty"`
}

// DepositReturned is deposit that went back to the institution. Where the account
// is wound up, no minimum holds from then on.
type DepositReturned struct {
	Amount    money.Fen `json:"amount_fen"`
	Reason    string    `json:"reason"`
	WindingUp bool      `json:"winding_up,omitempty"`
	BankRef   string    `json:"bank_ref,omitempty"`
}

// BreachNoted is a breach of the charging rules that belongs to no order.
type BreachNoted struct {
	Institution string            `json:"institution"`
	Breach      term.ChargeBreach `json:"breach"`
	Value       int64             `json:"value,omitempty"`
	Limit       int64             `json:"limit,omitempty"`
	Note        string            `json:"note"`
}

// AlertRaised is an alert. Number counts the alerts of the account from 1.
type AlertRaised struct {
	Number      int              `json:"alert"`
	Institution string           `json:"institution"`
	Level       term.AlertLevel  `json:"level"`
	Metric      term.AlertMetric `json:"metric"`
	Value       int64            `json:"value"`
	Preset      string           `json:"preset"` // "20/10", as rule.ParseLevels reads it
	Clocks      []clock.Start    `json:"clocks,omitempty"`
}

// AlertAssessed is what the joint conference found. Where Publish is set, Text is
// what the public is warned with; the fact itself is not public.
type AlertAssessed struct {
	Number     int    `json:"alert"`
	Real       bool   `json:"real"`
	Text       string `json:"text"`
	Conference string `json:"conference,omitempty"` // its number
	Publish    bool   `json:"publish,omitempty"`    // the public is warned
}

// AlertClosed ends an alert.
type AlertClosed struct {
	Number int    `json:"alert"`
	Reason string `json:"reason"`
}

// Frozen stops all movements but pay-outs to families.
type Frozen struct {
	Reason string `json:"reason"`
}

// Unfrozen lets money move again.
type Unfrozen struct {
	Reason string `json:"reason"`
}

// AccountClosed ends the account.
type AccountClosed struct {
	Reason string `json:"reason"`
}

// DeadlineMissed says that a last day has passed.
type DeadlineMissed struct{ clock.Missing }

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }

// Concerns returns the institution.
func (e AgreementSigned) Concerns() []string { return []string{e.Institution} }

// Moves begins the period in which the alert is to be assessed.
func (e AlertRaised) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves ends the period of the alert.
func (e AlertAssessed) Moves() []clock.Move { return clock.Ended(part(e.Number), term.AlertAnswer) }

// part is the part of a clock that runs for an alert.
func part(alert int) string { return strconv.Itoa(alert) }

// Books enters what came into the deposit.
func (e DepositPaid) Books() book.Change {
	return entered(term.LedgerDepositSource, term.LedgerDeposit, e.Amount)
}

// Books enters what went to families.
func (e DepositUsed) Books() book.Change {
	return entered(term.LedgerDeposit, term.LedgerDepositUsed, e.Amount)
}

// Books enters what went back.
func (e DepositReturned) Books() book.Change {
	return entered(term.LedgerDeposit, term.LedgerDepositReturned, e.Amount)
}

// Books counts the breach.
func (BreachNoted) Books() book.Change { return book.Change{Counts: book.Counts{Breaches: 1}} }

func entered(from, to term.LedgerAccount, amount money.Fen) book.Change {
	return book.Change{Entries: []book.Entry{{From: from, To: to, Amount: amount}}}
}

// Measures counts the account.
func (e AccountOpened) Measures() []figure.Measure {
	return one(term.EscrowAccountsOpened, string(e.Mode), e.Institution)
}

// Measures counts the breach.
func (e BreachNoted) Measures() []figure.Measure {
	return one(term.ChargeBreachesNoted, string(e.Breach), e.Institution)
}

// Measures counts the alert.
func (e AlertRaised) Measures() []figure.Measure {
	return one(term.EscrowAlertsRaised, string(e.Level), e.Institution)
}

func one(key term.Figure, item, institution string) []figure.Measure {
	m := figure.One(key, term.Incidents, item)
	m.Institution = institution
	return []figure.Measure{m}
}
