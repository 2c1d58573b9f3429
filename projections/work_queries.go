package projections

import (
	"bytes"
	"fmt"
	"slices"

	"minglu/domain/division"
	"minglu/eventstore"
)

// WorkStanding says whether work goes on.
type WorkStanding string

// The standings of work.
const (
	WorkOpen   WorkStanding = "open"
	WorkClosed WorkStanding = "closed"
)

// WorkFilter chooses pieces of work. Empty members do not filter.
type WorkFilter struct {
	Aggregate string // "grievance", "inspection", …
	Kind      string // code of the aggregate's own list
	Status    string // likewise
	Standing  WorkStanding
	// Division is a filter of the divisions of birth, as division.Matches takes
	// it.
	Division    string
	Agency      string // has to act now
	TakesPart   string // agency that takes part, or has to act now
	Institution string // id of one that it is about
	Source      string // stream that it goes back to
}

// takes reports whether f takes a piece of work, leaving aside institution and
// source, which have indexes of their own.
func (f WorkFilter) takes(h WorkHead) bool {
	return (f.Aggregate == "" || f.Aggregate == h.Aggregate) &&
		(f.Kind == "" || f.Kind == h.Kind) &&
		(f.Status == "" || f.Status == h.Status) &&
		(f.Standing == "" || (f.Standing == WorkOpen) == h.Open()) &&
		(f.Agency == "" || f.Agency == h.Agency) &&
		(f.TakesPart == "" || f.TakesPart == h.Agency || slices.Contains(h.Agencies, f.TakesPart)) &&
		division.Matches(division.Code(h.Division()), f.Division)
}

// WorkQuery asks for pieces of work.
type WorkQuery struct {
	WorkFilter
	AtSeq uint64 // position to answer at, Now for all that the view knows
	After string // Next of the page before
	Limit int    // 0 for 50
}

// WorkPage is a part of a list of work with the number of the whole.
type WorkPage struct {
	Heads []WorkHead
	Total int
	Next  string // where the next page begins; empty at the end
}

// Work returns pieces of work, the newest by the day of opening first. For a
// position that lies more than some thousand facts of work back, all work of the
// division is gone through.
func (v *Views) Work(q WorkQuery) (p WorkPage, err error) {
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	place, err := placeOf(q.After, 1+workTail)
	if err != nil {
		return p, err
	}
	err = v.Read(WorkView, func(r *Read) error {
		if changed, near := v.works.changedSince(r, q.AtSeq); near && q.Institution == "" && q.Source == "" {
			p, err = v.works.listed(r, q, place, changed)
			return err
		}
		heads, err := v.works.gathered(r, q)
		p = pageOf(heads, place, q.Limit)
		return err
	})
	return p, err
}

// changedSince returns the streams that changed after a position, and whether
// that lies near.
func (v works) changedSince(r *Read, atSeq uint64) (changed map[string]bool, near bool) {
	if atSeq >= r.Seq() {
		return nil, true
	}
	changed = map[string]bool{}
	n := 0
	for _, stream := range r.Bucket("changes").From(nil, AppendUint(nil, atSeq+1)) {
		if n++; n > v.near {
			return nil, false
		}
		changed[string(stream)] = true
	}
	return changed, true
}

// OpenWork returns everything open about an institution, by its id, the newest
// first.
func (v *Views) OpenWork(institution string) ([]WorkHead, error) {
	p, err := v.Work(WorkQuery{WorkFilter: WorkFilter{Institution: institution, Standing: WorkOpen}, AtSeq: Now, Limit: everyWork})
	return p.Heads, err
}

// WorkFrom returns all work that goes back to a stream, the newest first.
func (v *Views) WorkFrom(source string, atSeq uint64) ([]WorkHead, error) {
	p, err := v.Work(WorkQuery{WorkFilter: WorkFilter{Source: source}, AtSeq: atSeq, Limit: everyWork})
	return p.Heads, err
}

const everyWork = 1 << 30

// WorkHeads returns the heads of those of the streams that were known at a
// position, in the order given.
func (v *Views) WorkHeads(streams []string, atSeq uint64) (out []WorkHead, err error) {
	err = v.Read(WorkView, func(r *Read) error {
		for _, stream := range streams {
			h, ok, err := headAt(r, stream, atSeq)
			if err != nil {
				return err
			}
			if ok {
				out = append(out, h)
			}
		}
		return nil
	})
	return out, err
}

// WorkState returns the state of a piece of work, of type S, as the register
// knew it at a position, with its head; ok is false where it did not know it
// then. It fails where S is not the state of the stream's aggregate.
func WorkState[S any](v *Views, stream string, atSeq uint64) (s S, h WorkHead, ok bool, err error) {
	kind, known := v.works.kinds[eventstore.Record{Stream: stream}.Aggregate()]
	if _, is := kind.start.(S); !known || !is {
		return s, h, false, fmt.Errorf("the state of %s is no %T", stream, s)
	}
	err = v.Read(WorkView, func(r *Read) error {
		if h, ok, err = headAt(r, stream, Now); err != nil || !ok {
			return err
		}
		if h.Seq <= atSeq {
			s, _, err = getState[S](r.Bucket("states"), []byte(stream))
			return err
		}
		if h, ok, err = headAt(r, stream, atSeq); err != nil || !ok {
			return err
		}
		recs, err := v.works.facts.records(r.Bucket("facts"), stream, atSeq)
		if err != nil {
			return err
		}
		f, err := v.works.fold(kind, recs)
		s = f.state.(S)
		return err
	})
	return s, h, ok, err
}

// headAt returns the head of a stream as it was known at a position.
func headAt(r *Read, stream string, atSeq uint64) (h WorkHead, ok bool, err error) {
	h, ok, err = getState[WorkHead](r.Bucket("heads"), []byte(stream))
	if err != nil || !ok || h.Seq <= atSeq {
		return h, ok, err
	}
	for k, value := range r.Bucket("heads_at").Back(Key(stream), SeqKey(atSeq+1, stream)) {
		return decodeState[WorkHead](k, value)
	}
	return WorkHead{}, false, nil
}

// listed answers from the index that says most, but for the streams that changed
// after the position.
func (v works) listed(r *Read, q WorkQuery, place []byte, changed map[string]bool) (p WorkPage, err error) {
	list, rest := v.stretches(r, q.WorkFilter)
	var bad error
	takes := func(_, facet []byte) bool {
		if rest == (WorkFilter{}) && len(changed) == 0 {
			return true
		}
		h, err := facetHead(facet)
		if err != nil {
			bad = err
		}
		return !changed[h.Stream] && rest.takes(h)
	}
	total := 0
	for _, s := range list {
		for k, facet := range s.all() {
			if takes(k, facet) {
				total++
			}
		}
	}
	rows, more := firstRows(list, place, q.Limit, takes)
	var heads []WorkHead
	for _, row := range rows {
		at, err := facetHead(row.value)
		if err != nil {
			return p, err
		}
		h, _, err := getState[WorkHead](r.Bucket("heads"), []byte(at.Stream))
		if err != nil {
			return p, err
		}
		heads = append(heads, h)
	}
	for stream := range changed {
		h, ok, err := headAt(r, stream, q.AtSeq)
		if err != nil {
			return p, err
		}
		if ok && h.listed() && q.takes(h) {
			heads = append(heads, h)
			total++
		}
	}
	p = pageOf(heads, place, q.Limit)
	if p.Total = total; more && p.Next == "" {
		p.Next = cursorAt(p.Heads[len(p.Heads)-1].place())
	}
	return p, bad
}

// stretches returns where the work that f takes stands, and what is left to be
// asked of each row.
func (v works) stretches(r *Read, f WorkFilter) (list []stretch, rest WorkFilter) {
	closed := []byte{0, 1}
	switch f.Standing {
	case WorkOpen:
		closed = closed[:1]
	case WorkClosed:
		closed = closed[1:]
	}
	rest, rest.Standing = f, ""
	under := func(bucket string, of ...string) {
		for _, c := range closed {
			list = append(list, stretch{rows: r.Bucket(bucket), prefix: append(Key(of...), c)})
		}
	}
	switch {
	case f.Agency != "":
		rest.Agency = ""
		under("agencies", f.Agency)
		return list, rest
	case f.TakesPart != "":
		rest.TakesPart = ""
		under("parts", f.TakesPart)
		return list, rest
	}
	rest.Division, rest.Aggregate = "", ""
	for _, code := range codesOf(r.Bucket("divisions"), nil) {
		if !division.Matches(division.Code(code), f.Division) {
			continue
		}
		for name := range v.kinds {
			if f.Aggregate == "" || f.Aggregate == name {
				under("divisions", code, name)
			}
		}
	}
	return list, rest
}

// gathered returns all work that q takes, by going through what is linked to
// the institution or source, or through the division.
func (v works) gathered(r *Read, q WorkQuery) (out []WorkHead, err error) {
	take := func(h WorkHead, ok bool) {
		if ok && h.listed() && q.takes(h) {
			out = append(out, h)
		}
	}
	var linked []string
	switch {
	case q.Institution != "":
		linked = linkedTo(r.Bucket("institutions"), q.Institution, q.AtSeq)
		if q.Source != "" {
			from := linkedTo(r.Bucket("sources"), q.Source, q.AtSeq)
			linked = slices.DeleteFunc(linked, func(s string) bool { return !slices.Contains(from, s) })
		}
	case q.Source != "":
		linked = linkedTo(r.Bucket("sources"), q.Source, q.AtSeq)
	default:
		for _, prefix := range prefixes(q.Division) {
			err := headsAt(r, prefix, q.AtSeq, take)
			if err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	for _, stream := range linked {
		h, ok, err := headAt(r, stream, q.AtSeq)
		if err != nil {
			return nil, err
		}
		take(h, ok)
	}
	return out, nil
}

// linkedTo returns the streams that are linked to something at a position.
func linkedTo(rows Rows, to string, atSeq uint64) (out []string) {
	prefix := Key(to)
	for k, on := range rows.Scan(prefix) {
		stream, at, _ := CutText(k[len(prefix):])
		if seq, _, _ := CutUint(at); seq > atSeq {
			continue
		}
		last := len(out) - 1
		switch known := last >= 0 && out[last] == stream; {
		case on[0] == 1 && !known:
			out = append(out, stream)
		case on[0] == 0 && known:
			out = out[:last]
		}
	}
	return out
}

// headsAt calls take with the heads of the streams of a prefix as they were
// known at a position.
func headsAt(r *Read, prefix string, atSeq uint64, take func(WorkHead, bool)) error {
	var stream, key, best []byte
	flush := func() error {
		if best == nil {
			return nil
		}
		h, ok, err := decodeState[WorkHead](key, best)
		take(h, ok)
		return err
	}
	for k, value := range r.Bucket("heads_at").Scan([]byte(prefix)) {
		seq, _, _ := CutUint(k[len(k)-8:])
		if of := k[:len(k)-8]; !bytes.Equal(of, stream) {
			if err := flush(); err != nil {
				return err
			}
			stream, best = of, nil
		}
		if seq <= atSeq {
			key, best = k, value
		}
	}
	return flush()
}

// pageOf returns a page of work that is in no order yet.
func pageOf(heads []WorkHead, place []byte, limit int) (p WorkPage) {
	p.Total = len(heads)
	slices.SortFunc(heads, func(a, b WorkHead) int { return bytes.Compare(a.place(), b.place()) })
	for _, h := range heads {
		if bytes.Compare(h.place(), place) <= 0 {
			continue
		}
		if len(p.Heads) == limit {
			p.Next = cursorAt(p.Heads[limit-1].place())
			break
		}
		p.Heads = append(p.Heads, h)
	}
	return p
}

// place is where the work stands in the order of a list.
func (h WorkHead) place() []byte { return append([]byte{0}, h.tail()...) }
