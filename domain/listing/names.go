package listing

// The stored names. They never change.

// EventName returns the stored name.
func (WhiteListed) EventName() string { return "listing.white_listed" }

// EventName returns the stored name.
func (WhiteRemoved) EventName() string { return "listing.white_removed" }

// EventName returns the stored name.
func (PutOnWatch) EventName() string { return "listing.put_on_watch" }

// EventName returns the stored name.
func (TakenOffWatch) EventName() string { return "listing.taken_off_watch" }

// EventName returns the stored name.
func (BlackNoticeServed) EventName() string { return "listing.black_notice_served" }

// EventName returns the stored name.
func (StatementRecorded) EventName() string { return "listing.statement_recorded" }

// EventName returns the stored name.
func (StatementWaived) EventName() string { return "listing.statement_waived" }

// EventName returns the stored name.
func (BlackListed) EventName() string { return "listing.black_listed" }

// EventName returns the stored name.
func (DecisionServed) EventName() string { return "listing.decision_served" }

// EventName returns the stored name.
func (BlackRemoved) EventName() string { return "listing.black_removed" }

// EventName returns the stored name.
func (CreditRepairApplied) EventName() string { return "listing.credit_repair_applied" }

// EventName returns the stored name.
func (CreditRepairGranted) EventName() string { return "listing.credit_repair_granted" }

// EventName returns the stored name.
func (CreditRepairRefused) EventName() string { return "listing.credit_repair_refused" }

// EventName returns the stored name.
func (Proposed) EventName() string { return "listing.proposed" }

// EventName returns the stored name.
func (ProposalDismissed) EventName() string { return "listing.proposal_dismissed" }

// EventName returns the stored name.
func (DeadlineMissed) EventName() string { return "listing.deadline_missed" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "listing.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "listing.annulled" }

func (WhiteListed) listingEvent()         {}
func (WhiteRemoved) listingEvent()        {}
func (PutOnWatch) listingEvent()          {}
func (TakenOffWatch) listingEvent()       {}
func (BlackNoticeServed) listingEvent()   {}
func (StatementRecorded) listingEvent()   {}
func (StatementWaived) listingEvent()     {}
func (BlackListed) listingEvent()         {}
func (DecisionServed) listingEvent()      {}
func (BlackRemoved) listingEvent()        {}
func (CreditRepairApplied) listingEvent() {}
func (CreditRepairGranted) listingEvent() {}
func (CreditRepairRefused) listingEvent() {}
func (Proposed) listingEvent()            {}
func (ProposalDismissed) listingEvent()   {}
func (DeadlineMissed) listingEvent()      {}
func (Corrected) listingEvent()           {}
func (Annulled) listingEvent()            {}
