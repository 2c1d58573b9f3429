package jointcase

// The stored names. They never change.

// EventName returns the stored name.
func (Opened) EventName() string { return "case.opened" }

// EventName returns the stored name.
func (Joined) EventName() string { return "case.joined" }

// EventName returns the stored name.
func (Left) EventName() string { return "case.left" }

// EventName returns the stored name.
func (Tied) EventName() string { return "case.tied" }

// EventName returns the stored name.
func (Untied) EventName() string { return "case.untied" }

// EventName returns the stored name.
func (PartRecorded) EventName() string { return "case.part_recorded" }

// EventName returns the stored name.
func (PartShared) EventName() string { return "case.part_shared" }

// EventName returns the stored name.
func (TaskAssigned) EventName() string { return "case.task_assigned" }

// EventName returns the stored name.
func (TaskCompleted) EventName() string { return "case.task_completed" }

// EventName returns the stored name.
func (Concluded) EventName() string { return "case.concluded" }

// EventName returns the stored name.
func (Reopened) EventName() string { return "case.reopened" }

// EventName returns the stored name.
func (DeadlineMissed) EventName() string { return "case.deadline_missed" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "case.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "case.annulled" }

func (Opened) caseEvent()         {}
func (Joined) caseEvent()         {}
func (Left) caseEvent()           {}
func (Tied) caseEvent()           {}
func (Untied) caseEvent()         {}
func (PartRecorded) caseEvent()   {}
func (PartShared) caseEvent()     {}
func (TaskAssigned) caseEvent()   {}
func (TaskCompleted) caseEvent()  {}
func (Concluded) caseEvent()      {}
func (Reopened) caseEvent()       {}
func (DeadlineMissed) caseEvent() {}
func (Corrected) caseEvent()      {}
func (Annulled) caseEvent()       {}
