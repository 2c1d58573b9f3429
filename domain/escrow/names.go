package escrow

// The stored names. They never change.

// EventName returns the stored name.
func (AgreementSigned) EventName() string { return "escrow.agreement_signed" }

// EventName returns the stored name.
func (AccountOpened) EventName() string { return "escrow.account_opened" }

// EventName returns the stored name.
func (AgreementFiled) EventName() string { return "escrow.agreement_filed" }

// EventName returns the stored name.
func (DepositPaid) EventName() string { return "escrow.deposit_paid" }

// EventName returns the stored name.
func (DepositAdjusted) EventName() string { return "escrow.deposit_adjusted" }

// EventName returns the stored name.
func (DepositUsed) EventName() string { return "escrow.deposit_used" }

// EventName returns the stored name.
func (DepositReturned) EventName() string { return "escrow.deposit_returned" }

// EventName returns the stored name.
func (BreachNoted) EventName() string { return "escrow.breach_noted" }

// EventName returns the stored name.
func (AlertRaised) EventName() string { return "escrow.alert_raised" }

// EventName returns the stored name.
func (AlertAssessed) EventName() string { return "escrow.alert_assessed" }

// EventName returns the stored name.
func (AlertClosed) EventName() string { return "escrow.alert_closed" }

// EventName returns the stored name.
func (Frozen) EventName() string { return "escrow.frozen" }

// EventName returns the stored name.
func (Unfrozen) EventName() string { return "escrow.unfrozen" }

// EventName returns the stored name.
func (AccountClosed) EventName() string { return "escrow.account_closed" }

// EventName returns the stored name.
func (DeadlineMissed) EventName() string { return "escrow.deadline_missed" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "escrow.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "escrow.annulled" }

func (AgreementSigned) escrowEvent() {}
func (AccountOpened) escrowEvent()   {}
func (AgreementFiled) escrowEvent()  {}
func (DepositPaid) escrowEvent()     {}
func (DepositAdjusted) escrowEvent() {}
func (DepositUsed) escrowEvent()     {}
func (DepositReturned) escrowEvent() {}
func (BreachNoted) escrowEvent()     {}
func (AlertRaised) escrowEvent()     {}
func (AlertAssessed) escrowEvent()   {}
func (AlertClosed) escrowEvent()     {}
func (Frozen) escrowEvent()          {}
func (Unfrozen) escrowEvent()        {}
func (AccountClosed) escrowEvent()   {}
func (DeadlineMissed) escrowEvent()  {}
func (Corrected) escrowEvent()       {}
func (Annulled) escrowEvent()        {}
