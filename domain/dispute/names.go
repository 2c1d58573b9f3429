package dispute

// The stored names. They never change.

// EventName returns the stored name.
func (Opened) EventName() string { return "dispute.opened" }

// EventName returns the stored name.
func (ClaimRecorded) EventName() string { return "dispute.claim_recorded" }

// EventName returns the stored name.
func (Routed) EventName() string { return "dispute.routed" }

// EventName returns the stored name.
func (MeetingHeld) EventName() string { return "dispute.meeting_held" }

// EventName returns the stored name.
func (VisitReceived) EventName() string { return "dispute.visit_received" }

// EventName returns the stored name.
func (Distributed) EventName() string { return "dispute.distributed" }

// EventName returns the stored name.
func (Resolved) EventName() string { return "dispute.resolved" }

// EventName returns the stored name.
func (DeadlineMissed) EventName() string { return "dispute.deadline_missed" }

// EventName returns the stored name.
func (PersonalDataRead) EventName() string { return "dispute.personal_data_read" }

// EventName returns the stored name.
func (PersonalDataErased) EventName() string { return "dispute.personal_data_erased" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "dispute.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "dispute.annulled" }

func (Opened) disputeEvent()             {}
func (ClaimRecorded) disputeEvent()      {}
func (Routed) disputeEvent()             {}
func (MeetingHeld) disputeEvent()        {}
func (VisitReceived) disputeEvent()      {}
func (Distributed) disputeEvent()        {}
func (Resolved) disputeEvent()           {}
func (DeadlineMissed) disputeEvent()     {}
func (PersonalDataRead) disputeEvent()   {}
func (PersonalDataErased) disputeEvent() {}
func (Corrected) disputeEvent()          {}
func (Annulled) disputeEvent()           {}
