package domain

import "encoding/json"

// Sealed is a personal value: who it is about (an opaque reference), a salted
// commitment and the ciphertext under that person's key. Domain code carries
// and compares it and cannot read it; destroying the key erases it.
type Sealed struct {
	Person string `json:"person"`
	Commit string `json:"commit"`
	Box    string `json:"box,omitempty"`
}

// IsZero reports whether nothing is sealed.
func (s Sealed) IsZero() bool { return s == Sealed{} }

// Personal is a personal value in a command: read in clear from what a client
// sends, sealed at the edge before the act is decided, and never written down
// in clear: it marshals as its seal.
type Personal struct {
	clear  string
	Sealed Sealed
}

// PersonalText returns a personal value in clear, to be sealed.
func PersonalText(s string) Personal { return Personal{clear: s} }

// IsZero reports whether there is no value.
func (p Personal) IsZero() bool { return p.clear == "" && p.Sealed.IsZero() }

// UnmarshalJSON takes the value in clear.
func (p *Personal) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, &p.clear) }

// MarshalJSON writes the seal alone, so that neither a fact nor the digest of
// an act can hold the clear text.
func (p Personal) MarshalJSON() ([]byte, error) { return json.Marshal(p.Sealed) }

// String hides the value from logs and messages.
func (p Personal) String() string { return "（已密封）" }

// GoString hides it also where a value is printed as Go syntax.
func (p Personal) GoString() string { return p.String() }

// Clear returns what is to be sealed.
func (p Personal) Clear() string { return p.clear }

// A Confidential command has personal values, which the edge seals, each under
// the key of a person of its own.
type Confidential interface {
	Personal() []*Personal
}

// A Discreet command is one all of whose personal values are of one person, so
// that they are sealed under one key and erased together.
type Discreet interface {
	Confidential
	OfOnePerson()
}

// Unsealing asks to read a sealed value: of whom, and why. It is the body of the
// act and of the fact, so that who looked at what is on record.
type Unsealing struct {
	Person string `json:"person_ref"`
	Reason string `json:"reason"`
}

// Unseals returns whose value is to be read.
func (u Unsealing) Unseals() string { return u.Person }

// An Unsealer is a command that reads a sealed value once it is decided.
type Unsealer interface{ Unseals() string }

// Erasure asks to erase a person by destroying the key, wherever in the register
// values are sealed under it.
type Erasure struct {
	Person     string `json:"person_ref"`
	Reason     string `json:"reason"`
	LegalBasis string `json:"legal_basis"`
}

// Erases returns who is erased.
func (e Erasure) Erases() string { return e.Person }

// An Eraser is a fact by which the key of a person is destroyed.
type Eraser interface {
	Event
	Erases() string
}
