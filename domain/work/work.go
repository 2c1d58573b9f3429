// Package work holds what lists of work show of an aggregate that agencies work
// on: a grievance, an inspection, a rectification, a penalty case, a dispute, a
// joint case.
package work

import "minglu/domain/calendar"

// Head is what a list shows of one piece of work. Streams are full names.
type Head struct {
	Number      string       `json:"n,omitzero"`  // paper number, or empty
	Title       string       `json:"t,omitzero"`  // a few words, without personal data
	Kind        string       `json:"k,omitzero"`  // a code of the aggregate's own list
	Status      string       `json:"s,omitzero"`  // a code of the aggregate's own list
	Institution string       `json:"i,omitzero"`  // stream, or empty
	Agency      string       `json:"a,omitzero"`  // who has to act now
	Agencies    []string     `json:"as,omitzero"` // all that take part, the lead first
	Opened      calendar.Day `json:"o,omitzero"`
	Closed      calendar.Day `json:"c,omitzero"`  // zero: open
	Sources     []string     `json:"so,omitzero"` // streams that it goes back to
}
