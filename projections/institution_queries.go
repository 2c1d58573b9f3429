package projections

import (
	"bytes"
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/term"
	"minglu/eventstore"
)

// Institution returns the institution of that stream as the register knew it
// at a position; ok is false where it did not know it then.
func (v *Views) Institution(stream string, atSeq uint64) (i Institution, ok bool, err error) {
	err = v.Read(InstitutionsView, func(r *Read) error {
		i, ok, err = v.institutions.at(r, stream, atSeq)
		return err
	})
	return i, ok, err
}

func (v institutions) at(r *Read, stream string, atSeq uint64) (Institution, bool, error) {
	i, ok, err := getState[Institution](r.Bucket("current"), []byte(stream))
	if err != nil || !ok || i.Seq <= atSeq {
		return i, ok, err
	}
	i, err = v.fold(r.Bucket("facts"), i.ID, atSeq)
	return i, i.Seq > 0, err
}

// Institutions returns those of the streams that the register knew at a
// position, in the order given.
func (v *Views) Institutions(streams []string, atSeq uint64) (out []Institution, err error) {
	err = v.Read(InstitutionsView, func(r *Read) error {
		for _, s := range streams {
			i, ok, err := v.institutions.at(r, s, atSeq)
			if err != nil {
				return err
			}
			if ok {
				out = append(out, i)
			}
		}
		return nil
	})
	return out, err
}

// Filter chooses institutions. Empty members do not filter.
type Filter struct {
	Division  string // six digits with all below, or fewer digits as a prefix
	Standing  string
	Class     string
	Category  string
	Audience  string
	Documents string
	Status    string
}

func (f Filter) takes(x Facets) bool {
	return x.Known &&
		(f.Standing == "" || f.Standing == string(x.Standing)) &&
		(f.Status == "" || f.Status == string(x.Status)) &&
		(f.Documents == "" || f.Documents == string(x.Documents)) &&
		(f.Class == "" || f.Class == string(x.Class)) &&
		(f.Category == "" || x.HasCategory(f.Category)) &&
		(f.Audience == "" || x.HasAudience(f.Audience))
}

// Page is a part of a list with the number of the whole.
type Page struct {
	Streams []string
	Total   int
	// Next is where the next page begins; empty at the end.
	Next string
}

// Find returns the streams of the institutions that f takes as of a day at a
// position, in the order of their streams, beginning behind after.
func (v *Views) Find(f Filter, on calendar.Day, atSeq uint64, after string, limit int) (p Page, err error) {
	err = v.Read(InstitutionsView, func(r *Read) error {
		for stream, x := range facetsIn(r, f.Division, on, atSeq) {
			if !f.takes(x) {
				continue
			}
			p.Total++
			switch {
			case stream <= after:
			case len(p.Streams) < limit:
				p.Streams = append(p.Streams, stream)
			case p.Next == "":
				p.Next = p.Streams[limit-1]
			}
		}
		return nil
	})
	return p, err
}

// Among returns which of the streams f takes, in the order given.
func (v *Views) Among(streams []string, f Filter, on calendar.Day, atSeq uint64) (out []string, err error) {
	err = v.Read(InstitutionsView, func(r *Read) error {
		for _, s := range streams {
			b := facetsOf(r, s, atSeq)
			x, ok := decodeFacets(b, on)
			rec := eventstore.Record{Stream: s}
			if ok && f.takes(x) && division.Matches(division.Code(rec.Division()), f.Division) {
				out = append(out, s)
			}
		}
		return nil
	})
	return out, err
}

// Count returns how many institutions there are by standing in a division.
func (v *Views) Count(in string, on calendar.Day, atSeq uint64) (byStanding map[term.Standing]int, total int, err error) {
	byStanding = map[term.Standing]int{}
	err = v.Read(InstitutionsView, func(r *Read) error {
		for _, x := range facetsIn(r, in, on, atSeq) {
			if x.Known {
				byStanding[x.Standing]++
				total++
			}
		}
		return nil
	})
	return byStanding, total, err
}

func facetsOf(r *Read, stream string, atSeq uint64) []byte {
	if atSeq >= r.Seq() {
		return r.Bucket("facets").Get([]byte(stream))
	}
	for _, b := range r.Bucket("facets_at").Back(Key(stream), SeqKey(atSeq+1, stream)) {
		return b
	}
	return nil
}

// facetsIn yields streams in order with their facets as of a day at a
// position.
func facetsIn(r *Read, in string, on calendar.Day, atSeq uint64) func(yield func(string, Facets) bool) {
	return func(yield func(string, Facets) bool) {
		for _, prefix := range prefixes(in) {
			rows := currentRows(r, prefix)
			if atSeq < r.Seq() {
				rows = pastRows(r, prefix, atSeq)
			}
			for stream, b := range rows {
				if x, ok := decodeFacets(b, on); ok && !yield(stream, x) {
					return
				}
			}
		}
	}
}

func currentRows(r *Read, prefix string) func(yield func(string, []byte) bool) {
	return func(yield func(string, []byte) bool) {
		for k, b := range r.Bucket("facets").Scan([]byte(prefix)) {
			if !yield(string(k), b) {
				return
			}
		}
	}
}

// pastRows yields the newest row of each stream that is not beyond atSeq.
func pastRows(r *Read, prefix string, atSeq uint64) func(yield func(string, []byte) bool) {
	return func(yield func(string, []byte) bool) {
		var stream, best []byte
		flush := func() bool { return best == nil || yield(string(stream), best) }
		for k, b := range r.Bucket("facets_at").Scan([]byte(prefix)) {
			name := k[:len(k)-9]
			seq, _, _ := CutUint(k[len(k)-8:])
			if !bytes.Equal(name, stream) {
				if !flush() {
					return
				}
				stream, best = bytes.Clone(name), nil
			}
			if seq <= atSeq {
				best = b
			}
		}
		flush()
	}
}

// prefixes returns the beginnings of the streams of a division with all below
// it, in order: one for each code, retired ones included, because a stream
// keeps the code of its birth.
func prefixes(in string) []string {
	if len(in) != 6 {
		return []string{in}
	}
	codes := []division.Code{division.Code(in)}
	for i := 0; i < len(codes); i++ {
		codes = append(codes, division.Children(codes[i])...)
	}
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = string(c) + "."
	}
	slices.Sort(out)
	return slices.Compact(out)
}
