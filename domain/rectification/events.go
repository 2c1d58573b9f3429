package rectification

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/term"
)

// Event is a fact about a rectification.
type Event interface {
	domain.Event
	rectificationEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[Ordered](1),
	domain.Current[Extended](1),
	domain.Current[Reported](1),
	domain.Current[Verified](1),
	domain.Current[Failed](1),
	domain.Current[FollowedUp](1),
	domain.Current[ClosedOut](1),
	domain.Current[DeadlineMissed](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// Ordered is the order to correct.
type Ordered struct {
	Institution string        `json:"institution"`
	Source      string        `json:"source,omitempty"`
	Items       []Item        `json:"items"`
	Due         calendar.Day  `json:"due"` // last day
	Basis       string        `json:"basis"`
	DocumentNo  string        `json:"document_no,omitempty"`
	Clocks      []clock.Start `json:"clocks,omitempty"`
}

// Item is one thing to correct, by its number in the order.
type Item struct {
	Number   int                        `json:"number"`
	Item     string                     `json:"item"`
	Text     string                     `json:"text"`
	Severity term.RectificationSeverity `json:"severity,omitempty"`
}

// Extended gives a later last day.
type Extended struct {
	Due      calendar.Day `json:"due"`
	Reason   string       `json:"reason"`
	Approver string       `json:"approver"`
}

// Reported is what the institution reports to have corrected. Its evidence
// stands in the envelope.
type Reported struct {
	Items     []int  `json:"items"`
	Statement string `json:"statement,omitempty"`
	// Complete tells that every open item is now reported.
	Complete bool          `json:"complete,omitempty"`
	Clocks   []clock.Start `json:"clocks,omitempty"`
}

// Verified says that items are corrected.
type Verified struct {
	Institution string   `json:"institution"`
	Items       []int    `json:"items"`
	By          []string `json:"by"` // numbers of officers
	// Whole tells that with them every item of the order is verified.
	Whole bool `json:"whole,omitempty"`
	// Checked tells that nothing reported waits for its check any more.
	Checked bool `json:"checked,omitempty"`
}

// Failed says that items are not corrected. Where the last open item is verified
// and others had failed, it follows to say so of the whole, and names those.
type Failed struct {
	Institution string `json:"institution"`
	Items       []int  `json:"items"`
	Reason      string `json:"reason"`
	// Whole tells that no item is open any more, so that the order has failed.
	Whole bool `json:"whole,omitempty"`
	// Checked tells that nothing reported waits for its check any more.
	Checked bool `json:"checked,omitempty"`
}

// FollowedUp is a later visit (回头看).
type FollowedUp struct {
	Result term.FollowUpResult `json:"result"`
	Text   string              `json:"text,omitempty"`
}

// ClosedOut ends the matter.
type ClosedOut struct {
	Reason string `json:"reason,omitempty"`
}

// DeadlineMissed says that a last day has passed.
type DeadlineMissed struct{ clock.Missing }

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }

// Concerns returns the institution.
func (e Ordered) Concerns() []string { return []string{e.Institution} }

// Check refuses an order that a correction would leave without what it needs.
func (e Ordered) Check() error {
	for i, it := range e.Items {
		if err := checkItem("/items", i, it.Item, it.Text); err != nil {
			return err
		}
	}
	return anyItems("/items", len(e.Items))
}

// Moves begins the period of the institution.
func (e Ordered) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves sets the later last day.
func (e Extended) Moves() []clock.Move {
	return []clock.Move{{Op: clock.Extend, Key: term.RectificationDue, Due: e.Due}}
}

// Moves begins the period of the check, and ends that of the institution once
// everything is reported.
func (e Reported) Moves() []clock.Move {
	moves := clock.Begun(e.Clocks...)
	if e.Complete {
		moves = append(moves, clock.Ended("", term.RectificationDue)...)
	}
	return moves
}

// Moves ends the period of the check, and with the whole every period.
func (e Verified) Moves() []clock.Move { return judged(e.Whole, e.Checked) }

// Moves ends the period of the check, and with the whole every period.
func (e Failed) Moves() []clock.Move { return judged(e.Whole, e.Checked) }

func judged(whole, checked bool) []clock.Move {
	switch {
	case whole:
		return clock.Ended("", term.RectificationDue, term.RectificationCheck)
	case checked:
		return clock.Ended("", term.RectificationCheck)
	}
	return nil
}

// Moves ends every period.
func (ClosedOut) Moves() []clock.Move {
	return clock.Ended("", term.RectificationDue, term.RectificationCheck)
}

// Measures counts the order.
func (e Ordered) Measures() []figure.Measure {
	return one(term.RectificationsOrdered, e.Institution)
}

// Measures counts the extension.
func (e Extended) Measures() []figure.Measure { return one(term.RectificationsExtended, "") }

// Measures counts the order once it is verified as a whole.
func (e Verified) Measures() []figure.Measure {
	if !e.Whole {
		return nil
	}
	return one(term.RectificationsVerified, e.Institution)
}

// Measures counts the order once it has failed as a whole.
func (e Failed) Measures() []figure.Measure {
	if !e.Whole {
		return nil
	}
	return one(term.RectificationsFailed, e.Institution)
}

func one(key term.Figure, institution string) []figure.Measure {
	m := figure.One(key, term.Incidents, "")
	m.Institution = institution
	return []figure.Measure{m}
}
