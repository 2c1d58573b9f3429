package eventstore

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"minglu/domain"
)

// EffectiveField is the field name by which a correction changes from when a
// fact holds, which stands in the envelope and not in the body.
const EffectiveField = "effective"

// Amend returns the facts of one stream as they are to be folded: corrected
// facts in their corrected form and at their own position, annulled ones left
// out, the amendments themselves left out too. recs are the records of one
// stream in log order up to the position of interest. An amendment that was
// itself annulled has no effect; one of a fact that recs do not hold has none
// either. It is the one mechanism of corrections, for deciding and for views.
func (c *Codec) Amend(recs []Record) ([]Record, error) {
	changes, any := amendments(recs)
	if !any {
		return recs, nil
	}
	out := make([]Record, 0, len(recs))
	for _, r := range recs {
		if _, ok := r.Event.(domain.Amendment); ok {
			continue
		}
		list, touched := changes[r.Meta.Seq]
		if slices.Contains(list, nil) {
			continue
		}
		if touched {
			var err error
			if r, err = c.Corrected(r, list); err != nil {
				return nil, err
			}
		}
		out = append(out, r)
	}
	return out, nil
}

// amendments returns for each position the changes in force, oldest first; nil
// stands for an annulment.
func amendments(recs []Record) (changes map[uint64][]*domain.Change, found bool) {
	void := map[uint64]bool{}
	for _, r := range slices.Backward(recs) {
		a, ok := r.Event.(domain.Amendment)
		if !ok {
			continue
		}
		found = true
		if void[r.Meta.Seq] {
			continue
		}
		target, change := a.Amends()
		if change == nil {
			void[target] = true
		}
		if changes == nil {
			changes = map[uint64][]*domain.Change{}
		}
		changes[target] = append(changes[target], change)
	}
	for _, list := range changes {
		slices.Reverse(list)
	}
	return changes, found
}

// Corrected returns r with the changes made, in order.
func (c *Codec) Corrected(r Record, changes []*domain.Change) (Record, error) {
	for _, ch := range changes {
		if ch.Field == EffectiveField {
			var s string
			if err := json.Unmarshal(ch.Is, &s); err != nil {
				return Record{}, fmt.Errorf("correct record %d: %w", r.Meta.Seq, err)
			}
			t, err := ParseEffective(s)
			if err != nil {
				return Record{}, fmt.Errorf("correct record %d: %w", r.Meta.Seq, err)
			}
			r.Meta.Effective = t
			continue
		}
		body, err := replaceMember(r.Body, ch.Field, ch.Is)
		if err != nil {
			return Record{}, fmt.Errorf("correct record %d: %w", r.Meta.Seq, err)
		}
		if r.Event, err = c.Event(r.Type, r.Version, body); err != nil {
			return Record{}, fmt.Errorf("correct record %d: %w", r.Meta.Seq, err)
		}
		r.Body = body
	}
	return r, nil
}

// MemberOf returns the JSON text of a member of r that a correction may name,
// and whether there is one.
func (r Record) MemberOf(field string) (json.RawMessage, bool) {
	if field == EffectiveField {
		b, err := json.Marshal(FormatEffective(r.Meta.Effective))
		return b, err == nil
	}
	var v json.RawMessage = r.Body
	for name := range strings.SplitSeq(field, "/") {
		var obj map[string]json.RawMessage
		if json.Unmarshal(v, &obj) != nil {
			return nil, false
		}
		var ok bool
		if v, ok = obj[name]; !ok {
			return nil, false
		}
	}
	return v, true
}

// replaceMember returns the object with the member at path (names parted by
// "/") set to value.
func replaceMember(obj []byte, path string, value []byte) ([]byte, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(obj, &members); err != nil {
		return nil, err
	}
	if members == nil {
		return nil, fmt.Errorf("no object at %q", path)
	}
	name, rest, deeper := strings.Cut(path, "/")
	if deeper {
		inner, err := replaceMember(members[name], rest, value)
		if err != nil {
			return nil, err
		}
		value = inner
	}
	members[name] = value
	return json.Marshal(members)
}

// SameJSON reports whether two JSON texts say the same, whatever their spacing
// and the order of members.
func SameJSON(a, b []byte) bool {
	var x, y any
	if decodeNumber(a, &x) != nil || decodeNumber(b, &y) != nil {
		return false
	}
	bx, errX := json.Marshal(x)
	by, errY := json.Marshal(y)
	return errX == nil && errY == nil && bytes.Equal(bx, by)
}

func decodeNumber(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return d.Decode(v)
}
