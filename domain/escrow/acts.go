package escrow

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/clock"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of a supervised account.
type Command interface{ escrowCommand() }

// Acts lists what may be asked.
var Acts = []domain.ActType{
	domain.Creates[SignAgreement]("escrow.sign-agreement", authority.Custody, domain.Text{ZH: "签订监管协议", EN: "sign the agreement"}).Seen(domain.Joint).By(rule.FullCustody, rule.SupervisedAccountSteps),
	domain.On[OpenAccount]("escrow.open-account", authority.Custody, domain.Text{ZH: "开立监管账户", EN: "open the account"}).By(rule.AccountNumber, rule.SupervisedAccountSteps),
	domain.On[FileAgreement]("escrow.file-agreement", authority.Custody, domain.Text{ZH: "监管协议备案", EN: "file the agreement"}).Seen(domain.Joint).By(rule.SupervisedAccountSteps),
	domain.On[PayDeposit]("escrow.pay-deposit", authority.Statement, domain.Text{ZH: "记录缴存保证金", EN: "record deposit paid in"}).Seen(domain.Joint).By(rule.AccountBank, rule.EscrowDeposit, rule.AccountMovable, rule.PersonalData, rule.SupervisedAccountSteps),
	domain.On[AdjustDeposit]("escrow.adjust-deposit", authority.Custody, domain.Text{ZH: "核定保证金最低额", EN: "set the minimum of the deposit"}).Seen(domain.Joint).By(rule.EscrowDeposit, rule.SupervisedAccountSteps),
	domain.On[UseDeposit]("escrow.use-deposit", authority.Clear, domain.Text{ZH: "动用保证金清退", EN: "use the deposit for families"}).Seen(domain.Joint).By(rule.ClosurePayout, rule.EscrowDeposit, rule.AccountMovable, rule.PersonalData, rule.SupervisedAccountSteps),
	domain.On[ReturnDeposit]("escrow.return-deposit", authority.Custody, domain.Text{ZH: "退还保证金", EN: "return deposit to the institution"}).Seen(domain.Joint).By(rule.EscrowDeposit, rule.AccountMovable, rule.PersonalData, rule.SupervisedAccountSteps),
	domain.On[NoteBreach]("escrow.note-breach", authority.Custody, domain.Text{ZH: "记录收费违规", EN: "note a breach of the charging rules"}).Seen(domain.Joint).By(rule.ChargingLimits, rule.SupervisedAccountSteps),
	domain.On[RaiseAlert]("escrow.raise-alert", authority.Custody, domain.Text{ZH: "发出资金预警", EN: "raise an alert"}).Seen(domain.Joint).By(rule.EscrowAlert, rule.SupervisedAccountSteps),
	domain.On[AssessAlert]("escrow.assess-alert", authority.Custody, domain.Text{ZH: "研判预警", EN: "assess an alert"}).Seen(domain.Joint).By(rule.EscrowAlert, rule.SupervisedAccountSteps),
	domain.On[CloseAlert]("escrow.close-alert", authority.Custody, domain.Text{ZH: "解除预警", EN: "close an alert"}).Seen(domain.Joint).By(rule.EscrowAlert, rule.SupervisedAccountSteps),
	domain.On[FreezeAccount]("escrow.freeze", authority.Custody, domain.Text{ZH: "冻结账户", EN: "freeze the account"}).Seen(domain.Joint).By(rule.SupervisedAccountSteps),
	domain.On[UnfreezeAccount]("escrow.unfreeze", authority.Custody, domain.Text{ZH: "解除冻结", EN: "unfreeze the account"}).Seen(domain.Joint).By(rule.SupervisedAccountSteps),
	domain.On[CloseAccount]("escrow.close-account", authority.Custody, domain.Text{ZH: "监管账户销户", EN: "close the account"}).Seen(domain.Joint).By(rule.EscrowAlert, rule.AccountMovable, rule.SupervisedAccountSteps),
	domain.On[MissDeadline]("escrow.miss-deadline", authority.Clockwork, domain.Text{ZH: "记录逾期", EN: "record a missed deadline"}).Seen(domain.Joint).By(clock.MissedRule),
	domain.On[Correct]("escrow.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).Seen(domain.Joint).By(clock.ExtensionRule, rule.EscrowAlert, rule.FullCustody, rule.AccountNumber, rule.PersonalData, rule.SupervisedAccountSteps),
	domain.On[Annul]("escrow.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}).Seen(domain.Joint),
}

// SignAgreement records the agreement of institution and bank. Supervisor is the
// agency that supervises the account; without one it is who records.
type SignAgreement struct {
	rule.Under
	Institution domain.Ref      `json:"institution"`
	Bank        string          `json:"bank"` // see authority.BankCode
	BankName    string          `json:"bank_name"`
	Mode        term.EscrowMode `json:"mode"`
	Size        term.SizeClass  `json:"size"`
	Supervisor  string          `json:"supervisor,omitempty"`
}

// Refs returns the references of the command.
func (c *SignAgreement) Refs() []domain.Reference {
	return []domain.Reference{{Ref: &c.Institution, Kinds: []string{"institution"}, Pointer: "/body/institution"}}
}

// OpenAccount records that the bank opened the account. MaskedNumber is its last
// four digits, with four asterisks before them or without.
type OpenAccount struct {
	MaskedNumber string `json:"masked_number"`
}

// FileAgreement records that the agreement is filed with the authority.
type FileAgreement struct {
	DocumentNo string `json:"document_no,omitempty"`
}

// PayDeposit records risk deposit that came in. A bank records it on its own
// accounts alone.
type PayDeposit struct {
	Amount  money.Fen `json:"amount_fen"`
	BankRef string    `json:"bank_ref,omitempty"`
}

// AdjustDeposit sets the minimum of the deposit from the effective day on.
type AdjustDeposit struct {
	Required money.Fen `json:"required_fen"`
	Basis    string    `json:"basis"` // how it was reckoned
}

// UseDeposit pays the family of an order from the deposit, once the account is
// frozen or a dispute is named. It is also done on a frozen account.
type UseDeposit struct {
	Amount  money.Fen  `json:"amount_fen"`
	Order   domain.Ref `json:"order"`
	Dispute domain.Ref `json:"dispute,omitzero"`
	BankRef string     `json:"bank_ref,omitempty"`
}

// Refs returns the references of the command.
func (c *UseDeposit) Refs() []domain.Reference {
	return []domain.Reference{
		{Ref: &c.Order, Kinds: []string{"order"}, Pointer: "/body/order"},
		{Ref: &c.Dispute, Kinds: []string{"dispute"}, Pointer: "/body/dispute"},
	}
}

// ReturnDeposit gives deposit back to the institution. What is left may be less
// than the minimum only where the account is wound up.
type ReturnDeposit struct {
	Amount    money.Fen `json:"amount_fen"`
	Reason    string    `json:"reason"`
	WindingUp bool      `json:"winding_up,omitempty"`
	BankRef   string    `json:"bank_ref,omitempty"`
}

// NoteBreach puts down a breach that belongs to no order.
type NoteBreach struct {
	Breach term.ChargeBreach `json:"breach"`
	Value  int64             `json:"value,omitempty"`
	Limit  int64             `json:"limit,omitempty"`
	Note   string            `json:"note"`
}

// RaiseAlert raises an alert: see [Gauge.Alarms]. Where one of the metric is open
// at the same level or a higher one, it is so already.
type RaiseAlert struct {
	rule.Under
	Level  term.AlertLevel  `json:"level"`
	Metric term.AlertMetric `json:"metric"`
	Value  int64            `json:"value"`
	Preset string           `json:"preset"` // as rule.ParseLevels reads it
}

// AssessAlert records what the joint conference found. It may be found anew until
// the alert is closed. With Publish, the text is shown to the public.
type AssessAlert struct {
	Number     int    `json:"alert"`
	Real       bool   `json:"real"`
	Text       string `json:"text"`
	Conference string `json:"conference,omitempty"`
	Publish    bool   `json:"publish,omitempty"`
}

// CloseAlert ends an alert that was assessed.
type CloseAlert struct {
	Number int    `json:"alert"`
	Reason string `json:"reason"`
}

// FreezeAccount stops the movements of the account.
type FreezeAccount struct {
	Reason string `json:"reason"`
}

// UnfreezeAccount lets money move again, from the effective day on.
type UnfreezeAccount struct {
	Reason string `json:"reason"`
}

// CloseAccount ends the account once nothing is left in it, or the agreement where
// no account was opened.
type CloseAccount struct {
	Reason string `json:"reason"`
	// Held is what of the orders of the account is neither released nor given back:
	// in the account and outside it.
	Held money.Fen `json:"-"`
}

// Holding puts what the books hold for the orders of the account, in it and
// outside it, into the command.
func (c *CloseAccount) Holding(held money.Fen) { c.Held = held }

// MissDeadline records that a last day has passed.
type MissDeadline struct{ clock.Missing }

// Correct replaces one member of an earlier fact. The law is asked where the mode
// is corrected.
type Correct struct {
	rule.Under
	domain.Correction
}

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

func (SignAgreement) escrowCommand()   {}
func (OpenAccount) escrowCommand()     {}
func (FileAgreement) escrowCommand()   {}
func (PayDeposit) escrowCommand()      {}
func (AdjustDeposit) escrowCommand()   {}
func (UseDeposit) escrowCommand()      {}
func (ReturnDeposit) escrowCommand()   {}
func (NoteBreach) escrowCommand()      {}
func (RaiseAlert) escrowCommand()      {}
func (AssessAlert) escrowCommand()     {}
func (CloseAlert) escrowCommand()      {}
func (FreezeAccount) escrowCommand()   {}
func (UnfreezeAccount) escrowCommand() {}
func (CloseAccount) escrowCommand()    {}
func (MissDeadline) escrowCommand()    {}
func (Correct) escrowCommand()         {}
func (Annul) escrowCommand()           {}
