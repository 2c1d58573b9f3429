package projections

import (
	"bytes"
	"encoding/base64"
	"iter"
	"slices"
)

// A stretch is a run of rows of an index, in the order of what follows prefix
// in their keys. A list is a page of several stretches, such as one for each
// division, put in one order.
type stretch struct {
	rows     Rows
	prefix   []byte
	lead     byte   // stands before what follows the prefix: stretches of a lesser one come first
	from, to []byte // bounds of what follows the prefix, the second one left out; nil: none
}

// behind yields what follows the prefix, and the value, of the rows behind a
// place in the order of the list; nil is its beginning.
func (s stretch) behind(place []byte) iter.Seq2[[]byte, []byte] {
	start := slices.Concat(s.prefix, s.from)
	switch {
	case len(place) == 0 || place[0] < s.lead:
	case place[0] > s.lead:
		return func(func(k, v []byte) bool) {}
	default:
		if next := slices.Concat(s.prefix, place[1:], []byte{0}); bytes.Compare(next, start) > 0 {
			start = next
		}
	}
	return func(yield func(k, v []byte) bool) {
		for k, v := range s.rows.From(s.prefix, start) {
			k = k[len(s.prefix):]
			if s.to != nil && bytes.Compare(k, s.to) >= 0 || !yield(k, v) {
				return
			}
		}
	}
}

// all yields the rows from the beginning.
func (s stretch) all() iter.Seq2[[]byte, []byte] { return s.behind(nil) }

// A placed row is one of a list: where it stands in the order, and its value.
type placed struct{ place, value []byte }

func byPlace(a, b placed) int { return bytes.Compare(a.place, b.place) }

// firstRows returns the first rows of stretches behind a place, limit at most,
// that are taken, and whether there are more. A stretch is read as far as its
// rows can belong to the page.
func firstRows(list []stretch, place []byte, limit int, takes func(rest, value []byte) bool) (page []placed, more bool) {
	room := limit + 1
	var last []byte // of a full page
	trim := func() {
		slices.SortFunc(page, byPlace)
		if len(page) >= room {
			page = page[:room]
			last = page[room-1].place
		}
	}
	for _, s := range list {
		for k, v := range s.behind(place) {
			if last != nil && (s.lead > last[0] || s.lead == last[0] && bytes.Compare(k, last[1:]) > 0) {
				break
			}
			if !takes(k, v) {
				continue
			}
			page = append(page, placed{slices.Concat([]byte{s.lead}, k), bytes.Clone(v)})
			if len(page) >= 2*room {
				trim()
			}
		}
		if len(page) >= room {
			trim()
		}
	}
	trim()
	if more = len(page) > limit; more {
		page = page[:limit]
	}
	return page, more
}

// cursorAt is the cursor of a place in a list, and placeOf its inverse.
func cursorAt(place []byte) string { return base64.RawURLEncoding.EncodeToString(place) }

func placeOf(cursor string, size int) ([]byte, error) {
	if cursor == "" {
		return nil, nil
	}
	place, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(place) != size {
		return nil, ErrCursor
	}
	return place, nil
}
