package answer

import (
	"slices"
	"time"

	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/escrow"
	"minglu/domain/money"
	"minglu/domain/term"
	"minglu/projections"
)

// SupervisedAccount is what everybody may know of a supervised account that is
// open: where prepayment belongs, and no amount.
type SupervisedAccount struct {
	Bank  string `json:"bank" example:"工商银行新平支行"`
	Tail  Maybe  `json:"tail" doc:"The last four digits of its number." example:"5521"`
	Since Date   `json:"since"`
}

// FundWarning is what the public is warned with of an alert that was found to be
// real.
type FundWarning struct {
	Text  string `json:"text"`
	Since Date   `json:"since"`
}

// Supervised adds what everybody may know of the supervised accounts of an
// institution. i is the institution at the newest position, then are its
// accounts as the register knew them at f.AtSeq, now as it knows them at its
// newest position: a warning that was taken back is not shown for an earlier day
// either, but to agencies of the division and of those above it.
func (a Institution) Supervised(i projections.Institution, then, now []projections.EscrowAccount, f For) Institution {
	m := maskOf(i.State, f.Reader)
	a.Accounts, a.Warnings = []SupervisedAccount{}, []FundWarning{}
	for _, t := range then {
		if at := t.State.On(f.AsOf); at.Opened != 0 && at.Closed == 0 {
			a.Accounts = append(a.Accounts, SupervisedAccount{Bank: t.State.BankName, Tail: Maybe(t.State.Tail), Since: Date{at.Opened}})
		}
		for _, alert := range t.State.Alerts {
			if alert.Warns(f.AsOf) && (f.Reader.Over(i.Division) || warns(now, t.Stream, alert.Number, f.Today)) {
				a.Warnings = append(a.Warnings, FundWarning{Text: m.text(alert.Text), Since: Date{alert.Published}})
			}
		}
	}
	slices.SortStableFunc(a.Accounts, func(x, y SupervisedAccount) int { return int(x.Since.Day) - int(y.Since.Day) })
	slices.SortStableFunc(a.Warnings, func(x, y FundWarning) int { return int(x.Since.Day) - int(y.Since.Day) })
	return a
}

// warns reports whether the public is warned of an alert on a day.
func warns(accounts []projections.EscrowAccount, stream string, alert int, on calendar.Day) bool {
	return slices.ContainsFunc(accounts, func(a projections.EscrowAccount) bool {
		return a.Stream == stream && slices.ContainsFunc(a.State.Alerts, func(n escrow.Alert) bool { return n.Number == alert && n.Warns(on) })
	})
}

// EscrowSummary is what every answer says of a supervised account.
type EscrowSummary struct {
	ID           string             `json:"id"`
	Institution  *NamedInstitution  `json:"institution"`
	Division     Division           `json:"division"`
	Bank         string             `json:"bank" doc:"Short code, as agencies' codes name it." example:"icbc"`
	BankName     string             `json:"bank_name"`
	Tail         Maybe              `json:"tail" doc:"The last four digits of its number; null before it is opened."`
	Mode         term.EscrowMode    `json:"mode"`
	Status       term.AccountStatus `json:"status"`
	Opened       Date               `json:"opened"`
	Closed       Date               `json:"closed"`
	Minimum      money.Fen          `json:"deposit_minimum_fen" doc:"What the deposit must have; 0 where nothing is set."`
	Shortfall    money.Fen          `json:"deposit_shortfall_fen" doc:"How much the deposit is below that."`
	OpenAlerts   int                `json:"open_alerts"`
	BankBalance  *money.Fen         `json:"bank_balance_fen" doc:"The newest that the bank has printed; null where it has printed none."`
	BankBalanced Date               `json:"bank_balance_on"`
}

// EscrowRow is a supervised account in a list.
type EscrowRow struct {
	EscrowSummary
	Held    money.Fen `json:"held_fen" doc:"Held for orders of families."`
	Deposit money.Fen `json:"deposit_fen"`
}

// Escrows is a page of supervised accounts.
type Escrows struct {
	Items []EscrowRow `json:"items"`
	Next  Maybe       `json:"next"`
	Total int         `json:"total"`
	AsOf  Date        `json:"as_of"`
	AtSeq uint64      `json:"at_seq"`
}

// Printed is a balance as a bank printed it, nil where it printed none.
type Printed = *projections.BankBalance

func summaryOf(a projections.EscrowAccount, deposit money.Fen, printed Printed, names Names, f For) EscrowSummary {
	s, on := a.State, f.AsOf
	at := s.On(on)
	out := EscrowSummary{
		ID: a.ID(), Institution: names.Of(s.Institution), Division: DivisionOn(division.Code(a.Division()), on), Bank: s.Bank, BankName: s.BankName,
		Mode: s.Mode, Status: s.Status(on), Opened: Date{at.Opened}, Closed: Date{at.Closed}, Minimum: s.RequiredOn(on), OpenAlerts: openAlerts(s, on),
	}
	if at.Opened != 0 {
		out.Tail = Maybe(s.Tail)
	}
	out.Shortfall = max(0, out.Minimum-deposit)
	if printed != nil {
		out.BankBalance, out.BankBalanced = &printed.Amount, Date{printed.Day}
	}
	return out
}

func openAlerts(s escrow.State, on calendar.Day) (n int) {
	for _, a := range s.Alerts {
		if a.Raised <= on && (a.Closed == 0 || on < a.Closed) {
			n++
		}
	}
	return n
}

// EscrowRowOf answers for one row of a list of accounts as they are now.
func EscrowRowOf(a projections.EscrowAccount, printed Printed, names Names, f For) EscrowRow {
	deposit := a.Sheet.Of(term.LedgerDeposit)
	return EscrowRow{summaryOf(a, deposit, printed, names, f), a.Sheet.Of(term.LedgerHeld), deposit}
}

// Escrow is one supervised account on one day, as the register knew it at one
// position.
type Escrow struct {
	EscrowSummary
	Size        term.SizeClass  `json:"size" doc:"By which alerts are preset."`
	Agency      string          `json:"agency" doc:"Who supervises the account."`
	AgencyName  string          `json:"agency_name"`
	Agreed      Date            `json:"agreed"`
	Filed       Date            `json:"filed"`
	FiledAs     Maybe           `json:"filed_as"`
	Freezes     []EscrowFreeze  `json:"freezes"`
	CloseReason Maybe           `json:"close_reason"`
	Minimums    []EscrowMinimum `json:"deposit_minimums"`
	Books       Books           `json:"books" doc:"As of the end of the day."`
	Counts      BookCounts      `json:"counts"`
	Alerts      []EscrowAlert   `json:"alerts"`
	Clocks      []WorkClock     `json:"clocks"`
	Gauge       EscrowGauge     `json:"gauge" doc:"What alerts look at on the day."`
	Version     uint64          `json:"version" doc:"Number of facts about it; what If-Match names."`
	UpdatedSeq  uint64          `json:"updated_seq" doc:"Position of the newest fact about it."`
	Updated     time.Time       `json:"updated" doc:"When that was recorded."`
	AsOf        Date            `json:"as_of"`
	AtSeq       uint64          `json:"at_seq"`
	Scheduled   bool            `json:"scheduled,omitempty" doc:"The day is yet to come: what is shown is scheduled."`
}

// EscrowFreeze is one time that the account was frozen.
type EscrowFreeze struct {
	From   Date   `json:"from"`
	Ended  Date   `json:"ended" doc:"The first day on which it was not frozen any more."`
	Reason string `json:"reason"`
}

// EscrowMinimum is what the deposit must have from a day on.
type EscrowMinimum struct {
	From   Date      `json:"from"`
	Amount money.Fen `json:"amount_fen"`
	Basis  string    `json:"basis"`
}

// EscrowAlert is an alert and how it was answered. What stands in fen, days,
// per cent or requests is said by the metric.
type EscrowAlert struct {
	Account     string            `json:"escrow" doc:"Id of the account."`
	Institution *NamedInstitution `json:"institution"`
	Bank        string            `json:"bank"`
	Number      int               `json:"alert"`
	Level       term.AlertLevel   `json:"level"`
	Metric      term.AlertMetric  `json:"metric"`
	Value       int64             `json:"value"`
	Preset      string            `json:"preset" doc:"yellow/red, or none."`
	Raised      Date              `json:"raised"`
	Assessed    Date              `json:"assessed"`
	Real        *bool             `json:"real" doc:"Null before it is assessed."`
	Text        Maybe             `json:"text"`
	Conference  Maybe             `json:"conference"`
	Published   Date              `json:"published" doc:"Since when the public is warned."`
	Closed      Date              `json:"closed"`
	CloseReason Maybe             `json:"close_reason"`
}

// EscrowGauge is what is known of an account on a day, as alerts look at it.
type EscrowGauge struct {
	Balance         money.Fen `json:"balance_fen" doc:"What lies in the account for orders: what the books hold, less what was missing from the newest balance that the bank printed by then."`
	Held            money.Fen `json:"held_fen"`
	DepositBalance  money.Fen `json:"deposit_fen"`
	DepositRequired money.Fen `json:"deposit_required_fen"`
	OutDay          money.Fen `json:"out_day_fen" doc:"Released, refunded, paid out and transferred on the day."`
	OutWeek         money.Fen `json:"out_week_fen" doc:"The same on the day and the six before it."`
	RefundsWeek     int64     `json:"refunds_week" doc:"Requests on the day and the six before it."`
	StaleDays       *int64    `json:"stale_days" doc:"Since the last lesson while money is held; null: unknown."`
	DeemedPercent   *int64    `json:"deemed_percent" doc:"Of the lessons confirmed within 30 days; null: too few."`
}

// EscrowGaugeOf answers for a gauge.
func EscrowGaugeOf(g escrow.Gauge) EscrowGauge {
	known := func(n int64) *int64 {
		if n < 0 {
			return nil
		}
		return &n
	}
	return EscrowGauge{
		Balance: g.Balance, Held: g.Held, DepositBalance: g.DepositBalance, DepositRequired: g.DepositRequired, OutDay: g.OutDay, OutWeek: g.OutWeek,
		RefundsWeek: g.RefundsWeek, StaleDays: known(g.StaleDays), DeemedPercent: known(g.DeemedPercent),
	}
}

// EscrowFacts is what an answer about one account is made of, beside the account.
type EscrowFacts struct {
	Sheet   book.Sheet
	Counts  book.Counts
	Gauge   escrow.Gauge
	Printed Printed
	Names   Names
}

// EscrowOf answers for one account as of a day.
func EscrowOf(a projections.EscrowAccount, x EscrowFacts, f For) Escrow {
	s, on := a.State, f.AsOf
	head := s.Head()
	out := Escrow{
		EscrowSummary: summaryOf(a, x.Sheet.Of(term.LedgerDeposit), x.Printed, x.Names, f), Size: s.Size,
		Agency: head.Agency, AgencyName: f.say(AgencyName(head.Agency)), Agreed: Date{s.Agreed},
		Freezes: []EscrowFreeze{}, Minimums: []EscrowMinimum{}, Alerts: []EscrowAlert{}, Books: BooksOf(x.Sheet), Counts: BookCountsOf(x.Counts),
		Clocks: WorkClocksOf(s.Clocks, f), Gauge: EscrowGaugeOf(x.Gauge),
		Version: a.Version, UpdatedSeq: a.Seq, Updated: a.Recorded.In(calendar.Beijing), AsOf: Date{on}, AtSeq: f.AtSeq, Scheduled: f.Scheduled(),
	}
	if s.Filed != 0 && s.Filed <= on {
		out.Filed, out.FiledAs = Date{s.Filed}, Maybe(s.FiledAs)
	}
	if !out.Closed.IsZero() {
		out.CloseReason = Maybe(s.CloseReason)
	}
	for _, z := range s.Freezes {
		if z.From <= on {
			out.Freezes = append(out.Freezes, EscrowFreeze{From: Date{z.From}, Ended: until(z.Ended, on), Reason: z.Reason})
		}
	}
	for _, m := range s.Minimums {
		if m.From <= on {
			out.Minimums = append(out.Minimums, EscrowMinimum{From: Date{m.From}, Amount: m.Amount, Basis: m.Basis})
		}
	}
	for _, alert := range s.Alerts {
		if alert.Raised <= on {
			out.Alerts = append(out.Alerts, EscrowAlertOf(a, alert, x.Names, f))
		}
	}
	return out
}

// until is a day that has come by another, or none.
func until(day, on calendar.Day) Date {
	if day > on {
		return Date{}
	}
	return Date{day}
}

// EscrowAlertOf answers for an alert as it stood on a day.
func EscrowAlertOf(a projections.EscrowAccount, alert escrow.Alert, names Names, f For) EscrowAlert {
	out := EscrowAlert{
		Account: a.ID(), Institution: names.Of(a.State.Institution), Bank: a.State.Bank, Number: alert.Number, Level: alert.Level, Metric: alert.Metric,
		Value: alert.Value, Preset: alert.Preset, Raised: Date{alert.Raised}, Assessed: until(alert.Assessed, f.AsOf),
		Published: until(alert.Published, f.AsOf), Closed: until(alert.Closed, f.AsOf),
	}
	if !out.Assessed.IsZero() {
		out.Real, out.Text, out.Conference = &alert.Real, Maybe(names.text(a.State.Institution, alert.Text)), Maybe(alert.Conference)
	}
	if !out.Closed.IsZero() {
		out.CloseReason = Maybe(alert.CloseReason)
	}
	return out
}

// EscrowAlerts is a page of alerts.
type EscrowAlerts struct {
	Items []EscrowAlert `json:"items"`
	Next  Maybe         `json:"next"`
	Total int           `json:"total"`
	AsOf  Date          `json:"as_of"`
	AtSeq uint64        `json:"at_seq"`
}

// EscrowAlarms is what would have fired, beside what was raised.
type EscrowAlarms struct {
	Account string         `json:"escrow"`
	From    Date           `json:"from"`
	To      Date           `json:"to"`
	Presets []EscrowPreset `json:"presets"`
	Fired   []EscrowFired  `json:"fired" doc:"What would have begun to fire from the books alone, under these presets."`
	Raised  []EscrowAlert  `json:"raised" doc:"The alerts that were really raised in that time."`
	AsOf    Date           `json:"as_of"`
	AtSeq   uint64         `json:"at_seq"`
}

// EscrowPreset is from where a metric raises an alert.
type EscrowPreset struct {
	Metric term.AlertMetric `json:"metric"`
	Preset string           `json:"preset" doc:"yellow/red, or none."`
	Given  bool             `json:"given" doc:"By the request; else by the policy in force."`
}

// EscrowFired is the first day of an alarm.
type EscrowFired struct {
	On     Date             `json:"on"`
	Level  term.AlertLevel  `json:"level"`
	Metric term.AlertMetric `json:"metric"`
	Value  int64            `json:"value"`
	Preset string           `json:"preset"`
}

// EscrowFiredOf answers for the first day of an alarm.
func EscrowFiredOf(f escrow.Fired) EscrowFired {
	return EscrowFired{On: Date{f.On}, Level: f.Level, Metric: f.Metric, Value: f.Value, Preset: f.Preset}
}

// Uncovered is an institution that operates under a licence and has no open
// supervised account.
type Uncovered struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Division Division      `json:"division"`
	Standing term.Standing `json:"standing"`
	Class    term.Class    `json:"class"`
	Since    Date          `json:"since" doc:"The later of the first day of its earliest licence in force and the day on which its last supervised account was closed."`
	Agreed   Date          `json:"agreed" doc:"When an agreement was signed whose account is not open yet; null where there is none."`
	Closed   Date          `json:"account_closed" doc:"When its last supervised account was closed; null where it had none."`
}

// Uncovereds is a page of them.
type Uncovereds struct {
	Items []Uncovered `json:"items"`
	Next  Maybe       `json:"next"`
	Total int         `json:"total"`
	AsOf  Date        `json:"as_of"`
	AtSeq uint64      `json:"at_seq"`
}

// UncoveredOf answers for an institution with the accounts that it has, none of
// which is open; see InstitutionOf for now.
func UncoveredOf(i, now projections.Institution, accounts []projections.EscrowAccount, f For) Uncovered {
	row, since := RowOf(i, now, f), calendar.Day(0)
	for _, l := range i.State.Licences {
		if l.State(f.AsOf) == term.LicenceValid && (since == 0 || l.ValidFrom < since) {
			since = l.ValidFrom
		}
	}
	out := Uncovered{ID: row.ID, Name: row.Name, Division: row.Division, Standing: row.Standing, Class: row.Class}
	for _, a := range accounts {
		switch s := a.State; {
		case s.Closed != 0:
			out.Closed = Date{max(out.Closed.Day, s.Closed)}
		case s.Agreed != 0:
			out.Agreed = Date{max(out.Agreed.Day, s.Agreed)}
		}
	}
	out.Since = Date{max(since, out.Closed.Day)}
	return out
}
