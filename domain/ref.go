package domain

import (
	"encoding/json"
	"strings"
)

// Ref is a reference of a command to another aggregate. A client writes the
// stream name ("530427.institution.01J…"), or {"id":"…"} or {"ref":"…"} as for
// a target; the edge resolves it before the act is decided, and refuses what
// does not exist. Facts hold the stream name alone, so that it resolves without
// any view.
type Ref struct {
	// Stream is the full stream name once the reference is resolved.
	Stream string
	// ID and Name are what the client wrote where it is no stream name: the id,
	// or the reference chosen by the writer.
	ID, Name string
}

// RefTo returns a resolved reference.
func RefTo(stream string) Ref { return Ref{Stream: stream} }

// IsZero reports whether nothing is referred to.
func (r Ref) IsZero() bool { return r == Ref{} }

type writtenRef struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"ref,omitempty"`
}

// UnmarshalJSON reads a stream name or an object with id or ref.
func (r *Ref) UnmarshalJSON(b []byte) error {
	bad := BadField("", "reference", Say("应写对象的全名、{\"id\":…} 或 {\"ref\":…}", "should be a stream name, {\"id\":…} or {\"ref\":…}"))
	var s string
	if json.Unmarshal(b, &s) == nil {
		if strings.Count(s, ".") != 2 {
			return bad
		}
		*r = Ref{Stream: s}
		return nil
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	var w writtenRef
	if d.Decode(&w) != nil || (w.ID == "") == (w.Name == "") {
		return bad
	}
	*r = Ref{ID: w.ID, Name: w.Name}
	return nil
}

// MarshalJSON writes what the client wrote, so that the digest of an act does
// not depend on whether it is resolved.
func (r Ref) MarshalJSON() ([]byte, error) {
	if r.ID != "" || r.Name != "" {
		return json.Marshal(writtenRef{r.ID, r.Name})
	}
	return json.Marshal(r.Stream)
}

// Reference is one reference of a command, for the edge to resolve.
type Reference struct {
	Ref     *Ref
	Kinds   []string // aggregates it may be of
	Pointer string   // where it stands, such as "/body/institution"
}

// A Referring command refers to other aggregates. The edge leaves references
// that are zero alone.
type Referring interface {
	Refs() []Reference
}

// A Concerning fact tells which institutions, by stream name, it and all later
// facts of its stream are about, so that their histories show them.
type Concerning interface {
	Event
	Concerns() []string
}

// A Touching fact is about single institutions, by stream name, among others that
// its stream is about: their histories show this fact, not all that follow.
type Touching interface {
	Event
	Touches() []string
}
