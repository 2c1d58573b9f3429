package escrow

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/domain/work"
)

// State is one supervised account. It is a value.
type State struct {
	Institution string          `json:"i,omitzero"`
	Agency      string          `json:"a,omitzero"`  // who recorded the agreement
	Supervisor  string          `json:"su,omitzero"` // who supervises the account; empty: Agency
	Bank        string          `json:"b,omitzero"`
	BankName    string          `json:"bn,omitzero"`
	Mode        term.EscrowMode `json:"m,omitzero"`
	Size        term.SizeClass  `json:"sz,omitzero"`
	Tail        string          `json:"t,omitzero"` // last four digits of the number
	Agreed      calendar.Day    `json:"ag,omitzero"`
	Opened      calendar.Day    `json:"o,omitzero"` // zero: not opened
	Filed       calendar.Day    `json:"f,omitzero"` // zero: not filed
	FiledAs     string          `json:"fn,omitzero"`
	Freezes     []Freeze        `json:"fr,omitzero"`
	Closed      calendar.Day    `json:"c,omitzero"` // zero: not closed
	CloseReason string          `json:"cr,omitzero"`
	Deposit     book.Sheet      `json:"d,omitzero"`
	Used        []Use           `json:"us,omitzero"` // what of the deposit went to whom
	Minimums    []Minimum       `json:"mi,omitzero"` // in order of their days
	Alerts      []Alert         `json:"al,omitzero"`
	Breaches    int             `json:"br,omitzero"` // that belong to no order
	Clocks      clock.Clocks    `json:"k,omitzero"`
	Moved       calendar.Day    `json:"mv,omitzero"` // the latest step that moved or stopped money
	Latest      calendar.Day    `json:"la,omitzero"` // the latest fact but amendments and missed deadlines
	Unsound     calendar.Day    `json:"un,omitzero"` // since when the deposit cannot have been so; see Sound
}

// Freeze is one time that the account was frozen: from the day of the freeze to
// the day before it ended.
type Freeze struct {
	From   calendar.Day `json:"f,omitzero"`
	Ended  calendar.Day `json:"e,omitzero"` // zero: frozen
	Reason string       `json:"r,omitzero"`
}

// Use is what of the deposit was used for one order.
type Use struct {
	Order  string    `json:"o,omitzero"`
	Amount money.Fen `json:"a,omitzero"`
}

// Minimum is what the deposit must have from a day on.
type Minimum struct {
	From   calendar.Day `json:"f,omitzero"`
	Amount money.Fen    `json:"a,omitzero"`
	Basis  string       `json:"b,omitzero"`
}

// Alert is one alert and how it was answered.
type Alert struct {
	Number      int              `json:"n,omitzero"`
	Level       term.AlertLevel  `json:"l,omitzero"`
	Metric      term.AlertMetric `json:"m,omitzero"`
	Value       int64            `json:"v,omitzero"`
	Preset      string           `json:"p,omitzero"`
	Raised      calendar.Day     `json:"r,omitzero"`
	Assessed    calendar.Day     `json:"a,omitzero"` // the last time; zero: not assessed
	Real        bool             `json:"re,omitzero"`
	Text        string           `json:"t,omitzero"`
	Conference  string           `json:"co,omitzero"`
	Published   calendar.Day     `json:"pu,omitzero"` // since when the public is warned with Text; zero: it is not
	Closed      calendar.Day     `json:"c,omitzero"`  // zero: open
	CloseReason string           `json:"cr,omitzero"`
}

// Warns reports whether the public is warned on a day. Of an alert that does,
// number, level, metric, days and text may be shown, never value or preset.
func (a Alert) Warns(on calendar.Day) bool {
	return a.Published != 0 && a.Published <= on && (a.Closed == 0 || on < a.Closed)
}

// On returns the account as orders and statements see it on a day, with what came
// after it. The stream, and what was used for an order, are left to who knows
// them.
func (s State) On(day calendar.Day) rule.SupervisedAccount {
	return rule.SupervisedAccount{
		Institution: s.Institution, Bank: s.Bank, Mode: s.Mode, Opened: by(day, s.Opened), Frozen: s.FrozenOn(day), Closed: by(day, s.Closed),
		FrozenLater: s.frozenAfter(day), ClosedLater: later(day, s.Closed),
	}
}

// later returns what happened after a day, or no day.
func later(day, happened calendar.Day) calendar.Day {
	if happened > day {
		return happened
	}
	return 0
}

// frozenAfter returns the first day after a day on which the account was frozen;
// zero: it was not.
func (s State) frozenAfter(day calendar.Day) (first calendar.Day) {
	for _, f := range s.Freezes {
		if from := later(day, f.From); from != 0 && (first == 0 || from < first) {
			first = from
		}
	}
	return first
}

// UsedFor returns what of the deposit was used for an order.
func (s State) UsedFor(order string) money.Fen {
	for _, u := range s.Used {
		if u.Order == order {
			return u.Amount
		}
	}
	return 0
}

// by returns what has happened by a day, or no day.
func by(day, happened calendar.Day) calendar.Day {
	if happened > day {
		return 0
	}
	return happened
}

// FrozenOn returns since when the account is frozen on a day; zero: it is not.
func (s State) FrozenOn(day calendar.Day) calendar.Day {
	for _, f := range s.Freezes {
		if f.From <= day && (f.Ended == 0 || day < f.Ended) {
			return f.From
		}
	}
	return 0
}

// Status returns how the account stands on a day.
func (s State) Status(day calendar.Day) term.AccountStatus {
	switch a := s.On(day); {
	case a.Closed != 0:
		return term.AccountClosed
	case a.Frozen != 0:
		return term.AccountFrozen
	case a.Opened != 0:
		return term.AccountOpen
	}
	return term.AccountAgreed
}

// Balance returns the deposit.
func (s State) Balance() money.Fen { return s.Deposit.Of(term.LedgerDeposit) }

// RequiredOn returns the minimum of the deposit on a day; nothing where none was
// set.
func (s State) RequiredOn(day calendar.Day) money.Fen {
	for _, m := range slices.Backward(s.Minimums) {
		if m.From <= day {
			return m.Amount
		}
	}
	return 0
}

// Shortfall returns how much the deposit is below the minimum that was set last;
// nothing where it is not.
func (s State) Shortfall() money.Fen { return max(0, s.RequiredOn(s.Latest)-s.Balance()) }

// Sound refuses a history in which the deposit was overdrawn at some time, its
// books do not balance, or an amount is beyond all bounds. No act leads to one; the amendment of an
// earlier fact may, and is refused by who has folded it.
func (s State) Sound() error {
	if s.Unsound != 0 || !s.Deposit.Balanced() {
		return badDeposit("/target", "overdrawn", domain.Say(
			"改后自 %s 起保证金透支或金额超出可记录的范围；请先更正或作废其后的保证金记录", "so changed, the deposit would be overdrawn or an amount out of range from %s on; correct or annul the later facts of the deposit first", s.Unsound))
	}
	return nil
}

// Head returns what a list of work shows. An account is work while one of its
// alerts is open; else nobody has to act on it, and it stands there as done.
func (s State) Head() work.Head {
	h := work.Head{
		Number: s.FiledAs, Title: s.title(), Kind: string(s.Mode), Status: string(s.Status(s.Latest)), Institution: s.Institution,
		Agency: s.responsible(), Agencies: []string{s.responsible()}, Opened: s.Agreed, Closed: s.Closed,
	}
	if s.Agency != s.responsible() {
		h.Agencies = append(h.Agencies, s.Agency)
	}
	if len(s.openAlerts()) == 0 {
		h.Closed = s.Latest
	}
	return h
}

func (s State) title() string {
	if s.Tail == "" {
		return s.BankName
	}
	return fmt.Sprintf("%s 尾号 %s", s.BankName, s.Tail)
}

// responsible is the agency that supervises the account.
func (s State) responsible() string { return cmp.Or(s.Supervisor, s.Agency) }

func (s State) hasDeposit() bool { return s.Mode == term.RiskDeposit || s.Mode == term.BothModes }

// alert returns where the alert of a number stands, or a number below zero.
func (s State) alert(number int) int {
	return slices.IndexFunc(s.Alerts, func(a Alert) bool { return a.Number == number })
}

func (s State) openAlerts() []Alert {
	var out []Alert
	for _, a := range s.Alerts {
		if a.Closed == 0 {
			out = append(out, a)
		}
	}
	return out
}

func (s State) nextAlert() int {
	last := 0
	for _, a := range s.Alerts {
		last = max(last, a.Number)
	}
	return last + 1
}

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	s.Clocks = s.Clocks.After(m, e)
	on := calendar.DayOf(m.Effective)
	if c, ok := e.(interface{ Check() error }); ok && c.Check() != nil {
		s.Unsound = cmp.Or(s.Unsound, on)
	}
	switch e := e.(type) {
	case AgreementSigned:
		s.Institution, s.Agency, s.Supervisor, s.Agreed = e.Institution, m.Actor.Agency, e.Supervisor, on
		s.Bank, s.BankName, s.Mode, s.Size = e.Bank, e.BankName, e.Mode, e.Size
		s = s.moved(on)
	case AccountOpened:
		s.Opened, s.Tail = on, strings.TrimPrefix(e.MaskedNumber, mask)
		s = s.moved(on)
	case AgreementFiled:
		s.Filed, s.FiledAs = on, e.DocumentNo
	case DepositPaid:
		s = s.entered(on, e)
	case DepositUsed:
		s = s.entered(on, e)
		s.Used = usedAfter(s.Used, e)
	case DepositReturned:
		s = s.entered(on, e)
		if e.WindingUp {
			s.Minimums = domain.With(s.Minimums, Minimum{From: on, Basis: e.Reason})
		}
	case DepositAdjusted:
		s.Minimums = domain.With(s.Minimums, Minimum{From: on, Amount: e.Required, Basis: e.Basis})
		s = s.moved(on)
	case BreachNoted:
		s.Breaches++
	case AlertRaised, AlertAssessed, AlertClosed:
		s.Alerts = alertsAfter(s.Alerts, on, e)
	case Frozen:
		s.Freezes = domain.With(s.Freezes, Freeze{From: on, Reason: e.Reason})
		s = s.moved(on)
	case Unfrozen:
		s.Freezes = unfrozen(s.Freezes, on)
		s = s.moved(on)
	case AccountClosed:
		s.Closed, s.CloseReason = on, e.Reason
		s = s.moved(on)
	case DeadlineMissed, Corrected, Annulled:
		// The clocks say the first; the store folds amended histories.
		return s
	default:
		panic(fmt.Sprintf("escrow does not know the event %s", e.EventName()))
	}
	s.Latest = max(s.Latest, on)
	return s
}

func (s State) moved(on calendar.Day) State {
	s.Moved = max(s.Moved, on)
	return s
}

// entered enters a fact in the deposit. What an amendment has made impossible is
// remembered with its day, for Sound.
func (s State) entered(on calendar.Day, e Event) State {
	sheet, err := s.Deposit.Enter(book.ChangeOf(e).Entries...)
	if err == nil {
		s.Deposit = sheet
	}
	if _, over := s.Deposit.Overdrawn(); over || err != nil {
		s.Unsound = cmp.Or(s.Unsound, on)
	}
	return s.moved(on)
}

// usedAfter returns what went to whom after a use.
func usedAfter(used []Use, e DepositUsed) []Use {
	i := slices.IndexFunc(used, func(u Use) bool { return u.Order == e.Order })
	if i < 0 {
		return domain.With(used, Use{Order: e.Order, Amount: e.Amount})
	}
	used = slices.Clone(used)
	used[i].Amount += e.Amount
	return used
}

// alertsAfter returns the alerts after a fact about one of them.
func alertsAfter(alerts []Alert, on calendar.Day, e Event) []Alert {
	switch e := e.(type) {
	case AlertRaised:
		return domain.With(alerts, Alert{Number: e.Number, Level: e.Level, Metric: e.Metric, Value: e.Value, Preset: e.Preset, Raised: on})
	case AlertAssessed:
		return changed(alerts, e.Number, func(a *Alert) {
			a.Assessed, a.Real, a.Text, a.Conference = on, e.Real, e.Text, e.Conference
			switch {
			case !e.Publish:
				a.Published = 0
			case a.Published == 0:
				a.Published = on
			}
		})
	case AlertClosed:
		return changed(alerts, e.Number, func(a *Alert) { a.Closed, a.CloseReason = on, e.Reason })
	}
	return alerts
}

// changed returns the alerts with that of a number changed.
func changed(alerts []Alert, number int, change func(*Alert)) []Alert {
	alerts = slices.Clone(alerts)
	for i := range alerts {
		if alerts[i].Number == number {
			change(&alerts[i])
		}
	}
	return alerts
}

// unfrozen returns the freezes with the open one ended.
func unfrozen(freezes []Freeze, on calendar.Day) []Freeze {
	freezes = slices.Clone(freezes)
	for i := range freezes {
		if freezes[i].Ended == 0 {
			freezes[i].Ended = on
		}
	}
	return freezes
}
