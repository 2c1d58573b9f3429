package term

import "minglu/domain"

// Reconciliation is a code of the list of outcome of reconciliation (对账结果).
type Reconciliation string

// The codes of Reconciliation.
const (
	ReconciledMatched  Reconciliation = "matched"          // 一致
	ReconciledAmount   Reconciliation = "different_amount" // 金额不符
	ReconciledNotThere Reconciliation = "missing_there"    // 银行无此流水
	ReconciledNotHere  Reconciliation = "missing_here"     // 名录无此记录
)

// Reconciliations is the list of outcome of reconciliation.
var Reconciliations = list("reconciliation", "对账结果", "outcome of reconciliation",
	string(ReconciledMatched), "一致", "the same on both sides",
	string(ReconciledAmount), "金额不符", "another amount",
	string(ReconciledNotThere), "银行无此流水", "not with the bank",
	string(ReconciledNotHere), "名录无此记录", "not in the register",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Reconciliation) UnmarshalText(b []byte) error { return read(c, b, Reconciliations) }

// Label returns the words for the code.
func (c Reconciliation) Label() domain.Text { return Reconciliations.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Reconciliation) List() *List { return Reconciliations }
