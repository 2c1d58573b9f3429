package projections

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"minglu/domain"
	"minglu/domain/division"
	"minglu/eventstore"
)

// Timeline is the view "timeline": every fact once, in the order of the log,
// and where to find those about a subject, of an agency, of an officer, of a
// division. A subject is an id, so the history of an institution holds what its
// listing, which has the same id, says, and what streams say that concern it: a
// fact that is domain.Concerning counts, with all later ones of its stream, to
// the institutions that it names.
//
//	facts:    position → the fact, see packRecord
//	subject:  id ‖ position
//	agency:   agency ‖ position
//	officer:  officer ‖ position
//	division: division of the act ‖ position
//
// and of the streams that concern institutions:
//
//	concerns:       stream → ids of the institutions, so far
//	concern_facts:  stream ‖ position → the facts that say so, and amendments, thin
//	concerned:      stream ‖ position → nothing, for each fact from then on
//	concern_marks:  id ‖ position ‖ position of an amendment → whether the fact
//	                counts to the institution from the amendment on
//
// It holds facts of every visibility: who asks is told by the caller what may
// be shown.
type Timeline struct{ concerning facts }

var _ Projection = Timeline{}

// NewTimeline returns the view. codec reads amended facts.
func NewTimeline(codec *eventstore.Codec) Timeline {
	return Timeline{facts{codec: codec, bucket: "concern_facts"}}
}

const (
	timelineView = "timeline"
	factRows     = "facts"
	bySubject    = "subject"
	byAgency     = "agency"
	byOfficer    = "officer"
	byDivision   = "division"
	concernMarks = "concern_marks"
)

// Name returns "timeline".
func (Timeline) Name() string { return timelineView }

// Version returns the version of the rows.
func (Timeline) Version() int { return 2 }

// Apply keeps the fact and where it is found.
func (v Timeline) Apply(tx *Tx, r eventstore.Record) error {
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
	ids, err := v.concern(tx, r)
	for _, id := range ids {
		index(bySubject, id)
	}
	return err
}

// concern returns the institutions, by id, that the fact counts to because its
// stream concerns them.
func (v Timeline) concern(tx *Tx, r eventstore.Record) ([]string, error) {
	rows, key := tx.Bucket("concerns"), []byte(r.Stream)
	stored := rows.Get(key)
	ids := cutTexts(stored)
	named, says := institutionsOf(r)
	if !says && stored == nil {
		return nil, nil
	}
	tx.Bucket("concerned").Put(SeqKey(r.Meta.Seq, r.Stream), nil)
	if says || isAmendment(r) {
		v.concerning.put(tx, r.Stream, thin(r))
	}
	switch {
	case isAmendment(r):
		var err error
		if ids, err = v.amendConcern(tx, r); err != nil {
			return nil, err
		}
	default:
		for _, id := range named {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	rows.Put(key, Key(ids...))
	return ids, nil
}

// institutionsOf returns the ids of the institutions that a fact names as those
// that its stream is about, and whether it is a fact that does.
func institutionsOf(r eventstore.Record) (ids []string, says bool) {
	c, says := r.Event.(domain.Concerning)
	if !says {
		return nil, false
	}
	for _, stream := range c.Concerns() {
		id := eventstore.Record{Stream: stream}.AggregateID()
		if id != "" && id != r.AggregateID() && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, true
}

// amendConcern takes an amendment of a stream: where it changes whom the stream
// concerns, the facts before it count from now on to the institutions that they
// would have counted to, had it been so from the start. It returns those that
// the stream concerns now.
func (v Timeline) amendConcern(tx *Tx, r eventstore.Record) ([]string, error) {
	recs, err := v.concerning.records(tx.Bucket(v.concerning.bucket), r.Stream, Now)
	if err != nil {
		return nil, err
	}
	before, _, err := v.since(recs[:len(recs)-1])
	if err != nil {
		return nil, err
	}
	now, ids, err := v.since(recs)
	if err != nil || maps.Equal(before, now) {
		return ids, err
	}
	var earlier []uint64
	prefix := Key(r.Stream)
	for k := range tx.Bucket("concerned").Scan(prefix) {
		if seq, _, _ := CutUint(k[len(prefix):]); seq < r.Meta.Seq {
			earlier = append(earlier, seq)
		}
	}
	for _, id := range slices.Compact(slices.Sorted(concat(maps.Keys(before), maps.Keys(now)))) {
		for _, seq := range earlier {
			counted, counts := covers(before, id, seq), covers(now, id, seq)
			if counted == counts {
				continue
			}
			mark := byte(0)
			if counts {
				mark = 1
				tx.Bucket(bySubject).Put(SeqKey(seq, id), nil)
			}
			tx.Bucket(concernMarks).Put(AppendUint(SeqKey(seq, id), r.Meta.Seq), []byte{mark})
		}
	}
	return ids, nil
}

// since returns from which position on the facts of a stream count to which
// institutions, and these in the order in which they came.
func (v Timeline) since(recs []eventstore.Record) (from map[string]uint64, ids []string, err error) {
	recs, err = v.concerning.codec.Amend(recs)
	from = map[string]uint64{}
	for _, r := range recs {
		named, _ := institutionsOf(r)
		for _, id := range named {
			if _, ok := from[id]; !ok {
				from[id] = r.Meta.Seq
				ids = append(ids, id)
			}
		}
	}
	return from, ids, err
}

func covers(from map[string]uint64, id string, seq uint64) bool {
	first, ok := from[id]
	return ok && first <= seq
}

func concat[T any](seqs ...iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, s := range seqs {
			for x := range s {
				if !yield(x) {
					return
				}
			}
		}
	}
}

// cutTexts reads what Key wrote.
func cutTexts(b []byte) (out []string) {
	for len(b) > 0 {
		s, rest, ok := CutText(b)
		if !ok {
			return out
		}
		out, b = append(out, s), rest
	}
	return out
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
// there is no more. Pages never shift: new facts come behind all others. Only
// where a correction changes whom a stream concerns, earlier facts come and go in
// the histories of institutions, for positions from the correction on.
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
		return q.counting(r, q.indexed(r.Bucket(bySubject), q.Subject))
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

// counting leaves out facts that, by an amendment, do not count to the subject,
// or did not yet at the position asked for.
func (q TimelineQuery) counting(r *Read, positions iter.Seq[uint64]) iter.Seq[uint64] {
	marks := r.Bucket(concernMarks)
	last := q.last()
	return func(yield func(uint64) bool) {
		for seq := range positions {
			counts, first := true, true
			for k, v := range marks.Scan(SeqKey(seq, q.Subject)) {
				at, _, _ := CutUint(k[len(k)-8:])
				on := v[0] == 1
				if at <= last {
					counts = on
				} else if first {
					counts = !on
				}
				first = false
			}
			if counts && !yield(seq) {
				return
			}
		}
	}
}

// last is the newest position to look at.
func (q TimelineQuery) last() uint64 {
	return min(q.AtSeq-1, ^uint64(0)-2) + 1 // 0 is the newest, as Now is
}

// under yields the positions at the end of the keys that begin with prefix.
func (q TimelineQuery) under(rows Rows, prefix []byte) iter.Seq[uint64] {
	last := q.last()
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
	for _, code := range codesOf(rows, nil) {
		if division.Matches(division.Code(code), q.Division) {
			lists = append(lists, q.indexed(rows, code))
		}
	}
	return merged(lists, q.Descending)
}

// codesOf returns the first parts of what follows prefix in the keys, each
// once, by one look per part.
func codesOf(rows Rows, prefix []byte) (codes []string) {
	from := prefix
	for more := true; more; {
		more = false
		for k := range rows.From(prefix, from) {
			code, _, ok := CutText(k[len(prefix):])
			if !ok {
				break
			}
			codes = append(codes, code)
			from = after(AppendText(slices.Clone(prefix), code))
			more = from != nil
			break
		}
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
