package jurisdiction

import "minglu/domain/calendar"

// dated is what holds from a day on, until something newer does.
type dated interface{ since() calendar.Day }

// current returns what matches and holds on a day: that of the greatest day
// which is not later, and among equal ones the one recorded last.
func current[T dated](list []T, on calendar.Day, match func(T) bool) (T, bool) {
	var best T
	found := false
	for _, v := range list {
		if v.since() <= on && match(v) && (!found || v.since() >= best.since()) {
			best, found = v, true
		}
	}
	return best, found
}

// holding returns what holds on a day, one value of each key, in the order in
// which the keys came up, without those that have ended.
func holding[T dated](list []T, on calendar.Day, key func(T) string, ended func(T) bool) []T {
	var out []T
	seen := map[string]bool{}
	for _, v := range list {
		k := key(v)
		if seen[k] {
			continue
		}
		seen[k] = true
		if now, ok := current(list, on, func(o T) bool { return key(o) == k }); ok && !ended(now) {
			out = append(out, now)
		}
	}
	return out
}
