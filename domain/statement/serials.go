package statement

import (
	"slices"

	"minglu/domain"
)

// perChunk is how many serials are copied at most when one is added.
const perChunk = 256

// Serials are the bank's numbers of the lines of a day. It is a value: what is
// full is shared by those that were made from it and never changed.
type Serials struct {
	Full   [][]string `json:"f,omitzero"` // perChunk each, in the order of texts
	Newest []string   `json:"n,omitzero"` // fewer, in the order in which they were booked
}

// With returns the serials with one more.
func (s Serials) With(serial string) Serials {
	s.Newest = domain.With(s.Newest, serial)
	if len(s.Newest) == perChunk {
		full := slices.Clone(s.Newest)
		slices.Sort(full)
		s.Full, s.Newest = domain.With(s.Full, full), nil
	}
	return s
}

// Has reports whether a serial is among them.
func (s Serials) Has(serial string) bool {
	return slices.Contains(s.Newest, serial) || slices.ContainsFunc(s.Full, func(full []string) bool {
		_, found := slices.BinarySearch(full, serial)
		return found
	})
}
