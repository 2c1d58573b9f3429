package statement

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of a statement.
type Command interface{ statementCommand() }

// Acts lists what may be asked.
var Acts = []domain.ActType{
	domain.On[BookLine]("statement.book-line", authority.Statement, domain.Text{ZH: "登记银行流水", EN: "book a line of a bank statement"}).
		Seen(domain.Joint).By(rule.AccountBank, rule.AccountMovable, rule.BankStatement, rule.PersonalData),
	domain.On[Correct]("statement.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).Seen(domain.Joint).By(rule.BankStatement, rule.PersonalData),
	domain.On[Annul]("statement.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}).Seen(domain.Joint),
}

// BookLine books one line. The target of the act is the supervised account, its
// effective day the day of the statement.
type BookLine struct {
	// Account is the account as it stood on that day.
	Account rule.SupervisedAccount `json:"-"`

	Serial    string        `json:"serial"`                // the bank's own number of the line
	Amount    money.Fen     `json:"amount_fen"`            // above zero: into the account; never zero
	Balance   *money.Fen    `json:"balance_fen,omitempty"` // of the account after it, where the bank prints it
	Kind      term.Movement `json:"kind,omitempty"`
	Reference string        `json:"reference,omitempty"` // number of the order, as the bank has it
}

// Supervised puts the account into the command as it stood on the effective day.
func (c *BookLine) Supervised(a rule.SupervisedAccount) { c.Account = a }

// Correct replaces one member of an earlier fact.
type Correct struct{ domain.Correction }

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

func (BookLine) statementCommand() {}
func (Correct) statementCommand()  {}
func (Annul) statementCommand()    {}
