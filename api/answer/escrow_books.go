package answer

import (
	"minglu/domain/book"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/statement"
	"minglu/domain/term"
	"minglu/projections"
)

// TrialRow is one account of the ledger in a trial balance.
type TrialRow struct {
	Ledger term.LedgerAccount `json:"ledger_account"`
	Label  string             `json:"label"`
	Debit  money.Fen          `json:"debit_fen"`
	Credit money.Fen          `json:"credit_fen"`
}

// TrialPart is the trial balance of one bank or one supervised account.
type TrialPart struct {
	Bank        Maybe             `json:"bank"`
	Account     Maybe             `json:"escrow" doc:"Id of the supervised account; null for a bank."`
	Institution *NamedInstitution `json:"institution" doc:"Of the supervised account; null for a bank."`
	Rows        []TrialRow        `json:"rows"`
	Debit       money.Fen         `json:"debit_fen"`
	Credit      money.Fen         `json:"credit_fen"`
	Balanced    bool              `json:"balanced"`
}

// TrialBalance is a trial balance: sources stand as credit, what lies on the
// other accounts as debit.
type TrialBalance struct {
	Division    Maybe       `json:"division"`
	Institution Maybe       `json:"institution"`
	Account     Maybe       `json:"account"`
	Bank        Maybe       `json:"bank"`
	Rows        []TrialRow  `json:"rows"`
	Debit       money.Fen   `json:"debit_fen"`
	Credit      money.Fen   `json:"credit_fen"`
	Balanced    bool        `json:"balanced"`
	Counts      BookCounts  `json:"counts"`
	By          Maybe       `json:"by"`
	Items       []TrialPart `json:"items" doc:"The parts, where by asks for them."`
	Next        Maybe       `json:"next"`
	Total       int         `json:"total" doc:"Number of the parts."`
	AsOf        Date        `json:"as_of"`
	AtSeq       uint64      `json:"at_seq"`
	Scheduled   bool        `json:"scheduled,omitempty" doc:"The day is yet to come: what is shown is scheduled."`
}

// TrialLine is one row of a trial balance in a file, with the part that it
// belongs to.
type TrialLine struct {
	Bank        Maybe             `json:"bank"`
	Account     Maybe             `json:"escrow"`
	Institution *NamedInstitution `json:"institution"`
	TrialRow
}

// Lines are the rows of a part, as a file has them.
func (p TrialPart) Lines() []TrialLine {
	out := make([]TrialLine, len(p.Rows))
	for i, row := range p.Rows {
		out[i] = TrialLine{Bank: p.Bank, Account: p.Account, Institution: p.Institution, TrialRow: row}
	}
	return out
}

// TrialPartOf answers for the trial balance of a sheet, whose part is not named.
// It refuses sums beyond what money.Fen holds.
func TrialPartOf(s book.Sheet, f For) (p TrialPart, err error) {
	for _, a := range book.Accounts {
		row := TrialRow{Ledger: a, Label: f.say(a.Label())}
		amount, source := s.Of(a), a == term.LedgerPaid || a == term.LedgerDepositSource
		switch {
		case source == (amount >= 0):
			row.Credit, err = magnitude(amount)
		default:
			row.Debit, err = magnitude(amount)
		}
		if err == nil {
			p.Debit, err = p.Debit.Add(row.Debit)
		}
		if err == nil {
			p.Credit, err = p.Credit.Add(row.Credit)
		}
		if err != nil {
			return p, err
		}
		p.Rows = append(p.Rows, row)
	}
	p.Balanced = s.Balanced() && p.Debit == p.Credit
	return p, nil
}

func magnitude(amount money.Fen) (money.Fen, error) {
	if amount >= 0 {
		return amount, nil
	}
	return money.Fen(0).Sub(amount)
}

// HeldRow is what lies in supervised accounts of one bank or one division.
type HeldRow struct {
	By      string    `json:"by" enum:"bank,division"`
	Code    string    `json:"code"`
	Name    Maybe     `json:"name" doc:"Of the division."`
	Held    money.Fen `json:"held_fen"`
	Outside money.Fen `json:"outside_fen" doc:"Paid past supervised accounts."`
	Deposit money.Fen `json:"deposit_fen"`
	Orders  int       `json:"orders"`
}

// Held is what lies in supervised accounts, by bank and by division.
type Held struct {
	Division  Maybe     `json:"division"`
	Held      money.Fen `json:"held_fen"`
	Outside   money.Fen `json:"outside_fen"`
	Deposit   money.Fen `json:"deposit_fen"`
	Orders    int       `json:"orders"`
	Items     []HeldRow `json:"items"`
	Total     int       `json:"total"`
	AsOf      Date      `json:"as_of"`
	AtSeq     uint64    `json:"at_seq"`
	Scheduled bool      `json:"scheduled,omitempty" doc:"The day is yet to come: what is shown is scheduled."`
}

// HeldRowOf answers for the books of a bank or a division.
func HeldRowOf(by, code string, s book.Sheet, c book.Counts) HeldRow {
	return HeldRow{By: by, Code: code, Held: s.Of(term.LedgerHeld), Outside: s.Of(term.LedgerOutside), Deposit: s.Of(term.LedgerDeposit), Orders: c.Orders}
}

// Moved is one movement of money, as one of the two sides has it.
type Moved struct {
	On        Date          `json:"on"`
	Amount    money.Fen     `json:"amount_fen" doc:"Above zero: into the account."`
	Kind      term.Movement `json:"kind"`
	BankRef   Maybe         `json:"bank_ref" doc:"The bank's number of the line, or its reference."`
	Reference Maybe         `json:"reference" doc:"Number of the order, its id where it has none, or what the bank has for it."`
	Seq       uint64        `json:"seq" doc:"Position of the fact."`
}

// Reconciled is what became of one movement, or of two that belong together.
type Reconciled struct {
	Outcome    term.Reconciliation `json:"outcome"`
	Here       *Moved              `json:"here" doc:"As the register has it; null where it has none."`
	There      *Moved              `json:"there" doc:"As the bank has it; null where it has none."`
	Difference money.Fen           `json:"difference_fen" doc:"What the bank has beyond the register."`
}

// ReconciledTotal is how many pairs have an outcome, and what they come to.
type ReconciledTotal struct {
	Outcome term.Reconciliation `json:"outcome"`
	Label   string              `json:"label"`
	Count   int                 `json:"count"`
	Here    money.Fen           `json:"here_fen"`
	There   money.Fen           `json:"there_fen"`
}

// Reconciliation lays what the register has beside what the bank says.
type Reconciliation struct {
	Account   string            `json:"escrow"`
	From      Date              `json:"from"`
	To        Date              `json:"to"`
	Tolerance int               `json:"tolerance_days" doc:"Within so many days a movement may stand on another day at the bank."`
	Totals    []ReconciledTotal `json:"totals" doc:"Of the whole time, each outcome once, whatever outcome is asked for."`
	Agrees    bool              `json:"agrees" doc:"Nothing is missing and no amount differs."`
	Items     []Reconciled      `json:"items"`
	Next      Maybe             `json:"next"`
	Total     int               `json:"total"`
	AsOf      Date              `json:"as_of"`
	AtSeq     uint64            `json:"at_seq"`
}

// ReconciledOf answers for a pair.
func ReconciledOf(p statement.Pair) Reconciled {
	return Reconciled{Outcome: p.Outcome, Here: movedOf(p.Here), There: movedOf(p.There), Difference: p.Difference()}
}

func movedOf(i *statement.Item) *Moved {
	if i == nil {
		return nil
	}
	return &Moved{On: Date{i.On}, Amount: i.Amount, Kind: i.Kind, BankRef: Maybe(i.Serial), Reference: Maybe(i.Reference), Seq: i.Seq}
}

// ReconciledTotalsOf answers for the totals of pairs, each outcome once, in the
// order of its list. It refuses sums beyond what money.Fen holds.
func ReconciledTotalsOf(pairs []statement.Pair, f For) (out []ReconciledTotal, err error) {
	for _, item := range term.Reconciliations.Items {
		t := ReconciledTotal{Outcome: term.Reconciliation(item.Code), Label: f.say(item.Label)}
		for _, p := range pairs {
			if p.Outcome != t.Outcome {
				continue
			}
			t.Count++
			if p.Here != nil && err == nil {
				t.Here, err = t.Here.Add(p.Here.Amount)
			}
			if p.There != nil && err == nil {
				t.There, err = t.There.Add(p.There.Amount)
			}
		}
		out = append(out, t)
	}
	return out, err
}

// OwedRow is what is owed for one order on closure, and where it would come from.
type OwedRow struct {
	Claim        int            `json:"claim" doc:"Its number, by which equal fractions of a fen are settled."`
	Rank         term.ClaimRank `json:"rank"`
	Order        string         `json:"order" doc:"Id of the order."`
	PaidOn       Date           `json:"paid_on"`
	HoursLeft    int            `json:"hours_left" doc:"Class-hours, or days of a period, that are not delivered."`
	Undelivered  money.Fen      `json:"undelivered_fen" doc:"What is owed."`
	Held         money.Fen      `json:"held_fen" doc:"What lies in the supervised account for the order."`
	Supervised   money.Fen      `json:"supervised_fen" doc:"What of the owed that covers: it belongs first to the order's own family."`
	Uncovered    money.Fen      `json:"uncovered_fen" doc:"What of the owed it does not."`
	DepositShare money.Fen      `json:"deposit_share_fen" doc:"What the deposit would pay of that, in proportion."`
	Shortfall    money.Fen      `json:"shortfall_fen" doc:"What stays unpaid."`
}

// Owed is what is owed for all orders of an account on closure.
type Owed struct {
	Account     string            `json:"escrow"`
	Institution *NamedInstitution `json:"institution"`
	Open        int               `json:"open_orders" doc:"Orders that are not settled, all of which were looked at."`
	Undelivered money.Fen         `json:"owed_fen"`
	Held        money.Fen         `json:"held_fen" doc:"What lies in the account for the orders, owed or not."`
	Supervised  money.Fen         `json:"supervised_fen"`
	Deposit     money.Fen         `json:"deposit_fen" doc:"That there is."`
	FromDeposit money.Fen         `json:"from_deposit_fen"`
	Surplus     money.Fen         `json:"deposit_left_fen"`
	Shortfall   money.Fen         `json:"short_fen"`
	Items       []OwedRow         `json:"items" doc:"Orders for which something is owed, the one paid first first."`
	Next        Maybe             `json:"next"`
	Total       int               `json:"total"`
	AsOf        Date              `json:"as_of"`
	AtSeq       uint64            `json:"at_seq"`
}

// OwedRowOf answers for one order, before the deposit is shared out.
func OwedRowOf(claim int, o projections.EscrowOrder) OwedRow {
	s := o.State
	row := OwedRow{
		Claim: claim, Rank: term.TraineeClaim, Order: o.ID(), PaidOn: Date{s.PaidOn}, HoursLeft: max(s.Hours-s.Delivered(), 0),
		Undelivered: s.Undelivered(), Held: s.Held(),
	}
	row.Supervised = min(row.Undelivered, max(row.Held, 0))
	row.Uncovered = row.Undelivered - row.Supervised
	return row
}

// DepositMinimum is what a risk deposit should have at least, and has.
type DepositMinimum struct {
	Account   string    `json:"escrow"`
	Orders    int       `json:"orders" doc:"Those under way."`
	Fees      money.Fen `json:"fees_fen" doc:"What was paid for them."`
	Periods   int       `json:"charging_periods" doc:"How many the deposit covers, by the policy of the division."`
	Minimum   money.Fen `json:"minimum_fen"`
	Set       money.Fen `json:"set_fen" doc:"The minimum that the authority has set; 0 where it has set none."`
	Deposit   money.Fen `json:"deposit_fen"`
	Shortfall money.Fen `json:"shortfall_fen" doc:"What the deposit has less than the minimum reckoned here."`
	Rule      RuleCited `json:"rule"`
	AsOf      Date      `json:"as_of"`
	AtSeq     uint64    `json:"at_seq"`
}

// DepositMinimumOf answers for an account with the orders under way under it.
func DepositMinimumOf(a projections.EscrowAccount, orders []projections.EscrowOrder, l rule.Law, f For) (DepositMinimum, error) {
	m := DepositMinimum{
		Account: a.ID(), Orders: len(orders), Periods: l.Policy.Int("escrow.deposit_periods"), Set: a.State.RequiredOn(f.Today),
		Deposit: a.State.Balance(), Rule: ruleCited(rule.EscrowDeposit, f), AsOf: Date{f.AsOf}, AtSeq: f.AtSeq,
	}
	fees := make([]money.Fen, len(orders))
	for i, o := range orders {
		fees[i] = o.State.Amount
		m.Fees += o.State.Amount // bounded: see rule.MaxAmount
	}
	var err error
	m.Minimum, err = l.DepositMinimum(fees)
	m.Shortfall = max(m.Minimum-m.Deposit, 0)
	return m, err
}
