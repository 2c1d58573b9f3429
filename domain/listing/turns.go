package listing

import (
	"slices"

	"minglu/domain/calendar"
)

// Turns returns the days on which the standing may change, in order and each
// once.
func (s State) Turns() []calendar.Day {
	var days []calendar.Day
	for _, w := range s.Whites {
		days = append(days, w.From, w.Removed)
	}
	for _, w := range s.Watches {
		days = append(days, w.From, w.Until.AddDays(1), w.Ended)
	}
	for _, b := range s.Blacks {
		days = append(days, b.Decided, b.PublishFrom, b.Served, b.MaxUntil.AddDays(1), b.Removed)
	}
	days = slices.DeleteFunc(days, func(d calendar.Day) bool { return d == 0 })
	slices.Sort(days)
	return slices.Compact(days)
}
