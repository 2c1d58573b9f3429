package statement

// The stored names. They never change.

// EventName returns the stored name.
func (LineBooked) EventName() string { return "statement.line_booked" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "statement.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "statement.annulled" }

func (LineBooked) statementEvent() {}
func (Corrected) statementEvent()  {}
func (Annulled) statementEvent()   {}
