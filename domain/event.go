package domain

// An Event is the body of a fact: what happened, without who, when and why,
// which stand in its Meta. Its name is a constant and never a Go name, so that
// a rename in the code does not break the log.
type Event interface {
	EventName() string
}

// EventType is one line of an aggregate's table of stored shapes. What is not
// in the table can neither be written nor read.
type EventType struct {
	Name    string
	Version int
	// Current tells the shape that is written today from those only read.
	Current bool
	// New returns a pointer to a zero value of the stored shape.
	New func() any
	// Event turns such a pointer into the event of today, through the
	// upcaster where the shape is an old one.
	Event func(any) Event
}

// Current is the line of the shape written today.
func Current[E Event](version int) EventType {
	var zero E
	return EventType{
		Name: zero.EventName(), Version: version, Current: true,
		New:   func() any { return new(E) },
		Event: func(p any) Event { return *p.(*E) },
	}
}

// Old is the line of a shape that is still read and never written again. up
// goes from old struct to new struct, so the compiler checks it.
func Old[O any, E Event](name string, version int, up func(O) E) EventType {
	return EventType{
		Name: name, Version: version,
		New:   func() any { return new(O) },
		Event: func(p any) Event { return up(*p.(*O)) },
	}
}

// A Claim is an identifier that a fact reserves for its aggregate, or gives
// back. A reserved identifier belongs to one stream of the register.
type Claim struct {
	Kind    string // "uscc", "licence", …
	Value   string // normal form
	Release bool   // gives it back instead
}

// A Claimer is an event that reserves identifiers or gives them back.
type Claimer interface {
	Event
	Claims() []Claim
}

// Amendment is what the two facts that change earlier ones have in common. The
// history is folded as if the target had been right from the start (or had
// never been), at every position from the amendment's own on.
type Amendment interface {
	Event
	// Amends returns the position of the fact that is changed, and the change;
	// a nil change annuls it.
	Amends() (target uint64, change *Change)
}

// Change replaces one member of the body of a stored fact. Was and Is are JSON
// texts.
type Change struct {
	Field string // member of the body, or a path such as "new_licence/valid_to"
	Was   RawJSON
	Is    RawJSON
}

// Correction is the body that every aggregate's corrected event has.
type Correction struct {
	TargetSeq uint64  `json:"target_seq"`
	Field     string  `json:"field"`
	Was       RawJSON `json:"was"`
	Is        RawJSON `json:"is"`
	Reason    string  `json:"reason"`
}

// Amends returns the change of one member.
func (c Correction) Amends() (uint64, *Change) {
	return c.TargetSeq, &Change{Field: c.Field, Was: c.Was, Is: c.Is}
}

// Annulment is the body that every aggregate's annulled event has: the target
// is left out of every fold from the annulment's position on.
type Annulment struct {
	TargetSeq uint64 `json:"target_seq"`
	Reason    string `json:"reason"`
}

// Amends returns no change: the target is annulled.
func (a Annulment) Amends() (uint64, *Change) { return a.TargetSeq, nil }

// RawJSON is a JSON text kept as it was written.
type RawJSON []byte

// MarshalJSON returns the text; an empty one is null.
func (r RawJSON) MarshalJSON() ([]byte, error) {
	if len(r) == 0 {
		return []byte("null"), nil
	}
	return r, nil
}

// UnmarshalJSON keeps a copy of the text.
func (r *RawJSON) UnmarshalJSON(b []byte) error {
	*r = append((*r)[:0], b...)
	return nil
}
