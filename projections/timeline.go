package projections

import (
	"fmt"
	"iter"
	"slices"

	"minglu/domain/division"
	"minglu/eventstore"
)

// Timeline is the view "timeline": every fact once, in the order of the log,
// and where to find those about a subject, of an agency, of an officer, of a
// division. A subject is an id, so the history of an institution holds what its
// listing, which has the same id, says.
//
//	facts:    position → the fact, see packRecord
//	subject:  id ‖ position
//	agency:   agency ‖ position
//	officer:  officer ‖ position
//	division: division of the act ‖ position
//
// It holds facts of every visibility: who asks is told by the caller what may
// be shown.
type Timeline struct{}

var _ Projection = Timeline{}

const (
	timelineView = "timeline"
	factRows     = "facts"
	bySubject    = "subject"
	byAgency     = "agency"
	byOfficer    = "officer"
	byDivision   = "division"
)

// Name returns "timeline".
func (Timeline) Name() string { return timelineView }

// Version returns the version of the rows.
func (Timeline) Version() int { return 1 }

// Apply keeps the fact and where it is found.
func (Timeline) Apply(tx *Tx, r eventstore.Record) error {
	seq := r.Meta.Seq
	tx.Sequence(factRows).Put(AppendUint(nil, seq), packRecord(&r))
	index := func(bucket, of string) {
		if of != "" {
			tx.Bucket(bucket).Put(SeqKey(seq, of), nil)
		}
	}
	index(bySubject, r.AggregateID())
	index(byAgency, r.Meta.Actor.Agency)
	index(byDivision, r.Meta.Division)
	for i, o := range r.Meta.Actor.Officers {
		if !slices.Contains(r.Meta.Actor.Officers[:i], o) {
			index(byOfficer, o)
		}
	}
	return nil
}

// TimelineQuery asks for facts. At most one of Subject, Agency, Officer and
// Division is set; none asks for the whole log.
type TimelineQuery struct {
	Subject string // id of an aggregate
	Agency  string
	Officer string // register number
	// Division is a filter as division.Matches takes it: six digits with all
	// that lies below, or fewer digits with all codes that begin so.
	Division string

	// After is the position behind which to go on, 0 to begin: at the oldest
	// fact, or at the newest where Descending is set.
	After uint64
	// AtSeq is the newest position to look at, 0 for all that the view knows.
	AtSeq uint64
	// Limit is how many facts to return at most, 0 for 50.
	Limit      int
	Descending bool
}

const defaultLimit = 50

// Timeline returns the facts that q asks for, in the order of the log or
// against it, and from where to go on: the After of the next page, 0 where
// there is no more. Pages never shift: new facts come behind all others.
//
// The records have everything but Event, which Codec.Event makes of Type,
// Version and Body.
func (s *Set) Timeline(q TimelineQuery) (facts []eventstore.Record, next uint64, err error) {
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	err = s.Read(timelineView, func(r *Read) error {
		rows := r.Bucket(factRows)
		for seq := range q.positions(r) {
			if len(facts) == q.Limit {
				next = facts[len(facts)-1].Meta.Seq
				return nil
			}
			v := rows.Get(AppendUint(nil, seq))
			if v == nil {
				return fmt.Errorf("fact %d is in an index and not in the view", seq)
			}
			fact, err := unpackRecord(seq, v)
			if err != nil {
				return err
			}
			facts = append(facts, fact)
		}
		return nil
	})
	if err != nil {
		return nil, 0, fmt.Errorf("timeline: %w", err)
	}
	return facts, next, nil
}

// positions yields where the facts of q stand, in its order.
func (q TimelineQuery) positions(r *Read) iter.Seq[uint64] {
	switch {
	case q.Subject != "":
		return q.indexed(r.Bucket(bySubject), q.Subject)
	case q.Agency != "":
		return q.indexed(r.Bucket(byAgency), q.Agency)
	case q.Officer != "":
		return q.indexed(r.Bucket(byOfficer), q.Officer)
	case q.Division != "":
		return q.divisions(r.Bucket(byDivision))
	}
	return q.under(r.Bucket(factRows), nil)
}

func (q TimelineQuery) indexed(rows Rows, of string) iter.Seq[uint64] {
	return q.under(rows, Key(of))
}

// under yields the positions at the end of the keys that begin with prefix.
func (q TimelineQuery) under(rows Rows, prefix []byte) iter.Seq[uint64] {
	last := min(q.AtSeq-1, ^uint64(0)-2) + 1 // 0 is the newest, as Now is
	at := func(seq uint64) []byte { return AppendUint(slices.Clone(prefix), seq) }
	scan := rows.From(prefix, at(q.After+1))
	if q.Descending {
		if q.After != 0 {
			last = min(last, q.After-1)
		}
		scan = rows.Back(prefix, at(last+1))
	}
	return func(yield func(uint64) bool) {
		for k := range scan {
			seq, _, _ := CutUint(k[len(prefix):])
			if seq > last || !yield(seq) {
				return
			}
		}
	}
}

// divisions merges the positions of the divisions that pass the filter.
func (q TimelineQuery) divisions(rows Rows) iter.Seq[uint64] {
	var lists []iter.Seq[uint64]
	for _, code := range codesOf(rows) {
		if division.Matches(division.Code(code), q.Division) {
			lists = append(lists, q.indexed(rows, code))
		}
	}
	return merged(lists, q.Descending)
}

// codesOf returns the first parts of the keys, each once, by one look per part.
func codesOf(rows Rows) (codes []string) {
	from := []byte{}
	for from != nil {
		next := []byte(nil)
		for k := range rows.From(nil, from) {
			code, _, ok := CutText(k)
			if !ok {
				break
			}
			codes = append(codes, code)
			next = after(Key(code))
			break
		}
		from = next
	}
	return codes
}

// merged yields the numbers of sorted lists in order.
func merged(lists []iter.Seq[uint64], descending bool) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		type head struct {
			seq  uint64
			next func() (uint64, bool)
		}
		var heads []head
		before := func(a, b uint64) bool { return a < b != descending }
		for _, l := range lists {
			next, stop := iter.Pull(l)
			defer stop()
			if seq, ok := next(); ok {
				heads = append(heads, head{seq, next})
			}
		}
		for len(heads) > 0 {
			first := 0
			for i := range heads {
				if before(heads[i].seq, heads[first].seq) {
					first = i
				}
			}
			if !yield(heads[first].seq) {
				return
			}
			seq, ok := heads[first].next()
			if !ok {
				heads = slices.Delete(heads, first, first+1)
				continue
			}
			heads[first].seq = seq
		}
	}
}
