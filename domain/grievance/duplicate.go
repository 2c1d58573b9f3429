package grievance

import (
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/term"
)

// DuplicateWithin is how many days apart at most two grievances were received
// that may tell of one matter. It is a hint to who handles them and decides
// nothing, so no rule of law stands behind it.
const DuplicateWithin = 90

// Near reports whether a grievance received on a day may tell of the same matter
// by time alone.
func (s State) Near(received calendar.Day) bool {
	return received != 0 && received <= s.Received.AddDays(DuplicateWithin) && s.Received <= received.AddDays(DuplicateWithin)
}

// Repeats returns the topics that another grievance about the same institution
// has in common with s and how many days later it was received, negative where
// it came before; ok is false where it cannot tell of the same matter. Where no
// institution is named there is nothing to go by.
func (s State) Repeats(other State) (common []term.GrievanceTopic, days int, ok bool) {
	if s.Institution == "" || other.Institution != s.Institution || !s.Near(other.Received) {
		return nil, 0, false
	}
	for _, t := range s.Topics {
		if slices.Contains(other.Topics, t) {
			common = append(common, t)
		}
	}
	return common, int(other.Received - s.Received), len(common) > 0
}

// Tied reports whether s was tied to the grievance of a stream.
func (s State) Tied(stream string) bool {
	return slices.ContainsFunc(s.Links, func(l Linked) bool { return l.Other == stream })
}
