package domain

import "time"

// Meta is everything a fact says beside its body: who, when in the world, when
// recorded, why, by which versions of rules and calendar. Of a command it is
// what is known before the decision; Seq, Ordinal and Count are then zero.
type Meta struct {
	Seq     uint64 // position in the log, from 1; zero before it is appended
	Ordinal int    // place of the fact among those of its command, from 1
	Count   int    // number of facts of its command

	CommandID     string // UUID in canonical form
	CommandDigest string // SHA-256 of the act in canonical form, hexadecimal
	Act           string // name of the act, such as "institution.grant-licence"
	CorrelationID string // command id that began the chain, or empty
	CausationID   string // event id that caused this act, or empty

	Division string // code of the division the act belongs to

	// Effective is from when it holds in the world. A day is the instant of its
	// 00:00 in Beijing.
	Effective time.Time
	// Recorded is when the register took it down.
	Recorded time.Time

	Actor      Actor
	Source     Source
	Basis      []Basis
	Evidence   []Evidence
	Visibility Visibility

	PolicyVersion   string   // version of the division's policy that judged it
	CalendarVersion string   // version of the working-day calendar used
	Rules           []string // rules that judged it, as Rule.Ref

	// IfVersion, where it is not nil, is the version of the aggregate that the
	// writer saw; another one refuses the act.
	IfVersion *uint64
}

// Actor is who acts: an agency, by its officers.
type Actor struct {
	Agency   string   `json:"agency"`             // "530427-education"
	Officers []string `json:"officers,omitempty"` // register numbers, never names; the acting one first
}

// Officer returns the acting officer, or nothing where none is named.
func (a Actor) Officer() string {
	if len(a.Officers) == 0 {
		return ""
	}
	return a.Officers[0]
}

// Source is the paper that an act goes back to.
type Source struct {
	Title         string `json:"title,omitempty"`
	DocNo         string `json:"doc_no,omitempty"`
	DatePrinted   string `json:"date_printed,omitempty"`   // verbatim, also where it is damaged
	DateCorrected string `json:"date_corrected,omitempty"` // the reading, YYYY-MM-DD
	Reason        string `json:"reason,omitempty"`         // why it is read so
}

// Basis is a legal basis that an act names.
type Basis struct {
	Statute string `json:"statute"`
	Article string `json:"article,omitempty"`
}

// Evidence is a document that stands behind an act, by its digest.
type Evidence struct {
	SHA256 string `json:"sha256"`
	Kind   string `json:"kind,omitempty"`
}

// Visibility says who may read a fact.
type Visibility string

// The visibilities, from the widest.
const (
	Public     Visibility = "public"
	Joint      Visibility = "joint"  // every agency of the division and above
	AgencyOnly Visibility = "agency" // the agency that recorded it
	SealedOnly Visibility = "sealed" // on a stated reason, each reading recorded
)
