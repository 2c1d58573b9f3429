package grievance

import (
	"slices"

	"minglu/domain/term"
)

// DuplicateWithin is how many days apart at most two grievances were received
// that may tell of one matter. It is a hint to who handles them and decides
// nothing, so no rule of law stands behind it.
const DuplicateWithin = 90

// Repeats returns the topics that another grievance about the same institution
// has in common with s and how many days later it was received, negative where
// it came before; ok is false where it cannot tell of the same matter. Where no
// institution is named there is nothing to go by.
func (s State) Repeats(other State) (common []term.GrievanceTopic, days int, ok bool) {
	days = int(other.Received - s.Received)
	if s.Institution == "" || other.Institution != s.Institution || other.Received == 0 || days > DuplicateWithin || days < -DuplicateWithin {
		return nil, 0, false
	}
	for _, t := range s.Topics {
		if slices.Contains(other.Topics, t) {
			common = append(common, t)
		}
	}
	return common, days, len(common) > 0
}

// Tied reports whether s was tied to the grievance of a stream.
func (s State) Tied(stream string) bool {
	return slices.ContainsFunc(s.Links, func(l Linked) bool { return l.Other == stream })
}
