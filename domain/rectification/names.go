package rectification

// The stored names. They never change.

// EventName returns the stored name.
func (Ordered) EventName() string { return "rectification.ordered" }

// EventName returns the stored name.
func (Extended) EventName() string { return "rectification.extended" }

// EventName returns the stored name.
func (Reported) EventName() string { return "rectification.reported" }

// EventName returns the stored name.
func (Verified) EventName() string { return "rectification.verified" }

// EventName returns the stored name.
func (Failed) EventName() string { return "rectification.failed" }

// EventName returns the stored name.
func (FollowedUp) EventName() string { return "rectification.followed_up" }

// EventName returns the stored name.
func (ClosedOut) EventName() string { return "rectification.closed_out" }

// EventName returns the stored name.
func (DeadlineMissed) EventName() string { return "rectification.deadline_missed" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "rectification.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "rectification.annulled" }

func (Ordered) rectificationEvent()        {}
func (Extended) rectificationEvent()       {}
func (Reported) rectificationEvent()       {}
func (Verified) rectificationEvent()       {}
func (Failed) rectificationEvent()         {}
func (FollowedUp) rectificationEvent()     {}
func (ClosedOut) rectificationEvent()      {}
func (DeadlineMissed) rectificationEvent() {}
func (Corrected) rectificationEvent()      {}
func (Annulled) rectificationEvent()       {}
