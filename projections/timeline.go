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
// the institutions that it names, and one that is domain.Touching counts alone.
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
//	concerned:      stream ‖ position → nothing, for each fact from the first of those on
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
// stream concerns them or it touches them.
func (v Timeline) concern(tx *Tx, r eventstore.Record) ([]string, error) {
	if ownInstitution(r) != "" {
		return nil, nil // it counts to itself; nothing is looked up
	}
	rows, key := tx.Bucket("concerns"), []byte(r.Stream)
	stored := rows.Get(key)
	named, says := institutionsOf(r)
	touched, touches := touchedBy(r)
	if !says && !touches && stored == nil {
		return nil, nil
	}
	tx.Bucket("concerned").Put(SeqKey(r.Meta.Seq, r.Stream), nil)
	if says || touches || isAmendment(r) {
		v.concerning.put(tx, r.Stream, thin(r))
	}
	u := unpacker{rest: stored}
	ids := withEach(u.texts(), named)
	if isAmendment(r) {
		var err error
		if ids, touched, err = v.amendConcern(tx, r); err != nil {
			return nil, err
		}
	}
	var p packer
	p.texts(ids)
	rows.Put(key, p)
	return withEach(ids, touched), nil
}

// withEach returns list with those of more that it lacks.
func withEach(list, more []string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = domain.With(list, s)
		}
	}
	return list
}

// institutionsOf returns the ids of the institutions that a fact names as those
// that its stream is about, and whether it is a fact that does.
func institutionsOf(r eventstore.Record) (ids []string, says bool) {
	c, says := r.Event.(domain.Concerning)
	if !says {
		return nil, false
	}
	return otherIDs(r, c.Concerns()), true
}

// touchedBy returns the ids of the institutions that a single fact is about,
// and whether it is a fact that says so.
func touchedBy(r eventstore.Record) (ids []string, says bool) {
	t, says := r.Event.(domain.Touching)
	if !says {
		return nil, false
	}
	return otherIDs(r, t.Touches()), true
}

// otherIDs returns the ids of streams, but for the one of r's own.
func otherIDs(r eventstore.Record, streams []string) (ids []string) {
	for _, stream := range streams {
		if id := (eventstore.Record{Stream: stream}).AggregateID(); id != "" && id != r.AggregateID() {
			ids = append(ids, id)
		}
	}
	return ids
}

// amendConcern takes an amendment of a stream: where it changes whom the stream
// concerns or a fact touches, the facts before it count from now on to the
// institutions that they would have counted to, had it been so from the start.
// It returns those that the stream concerns now, and those that the amendment
// itself counts to because the fact that it amends touches them now.
func (v Timeline) amendConcern(tx *Tx, r eventstore.Record) (ids, touched []string, err error) {
	recs, err := v.concerning.records(tx.Bucket(v.concerning.bucket), r.Stream, Now)
	if err != nil {
		return nil, nil, err
	}
	before, err := v.reach(recs[:len(recs)-1])
	if err != nil {
		return nil, nil, err
	}
	now, err := v.reach(recs)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range slices.Compact(slices.Sorted(concat(before.all(), now.all()))) {
		for _, seq := range v.moved(tx, r, id, before, now) {
			mark := []byte{0}
			if now.covers(id, seq) {
				mark[0] = 1
				tx.Bucket(bySubject).Put(SeqKey(seq, id), nil)
			}
			tx.Bucket(concernMarks).Put(AppendUint(SeqKey(seq, id), r.Meta.Seq), mark)
		}
		if now.touched[id][r.Meta.Seq] {
			touched = append(touched, id)
		}
	}
	return now.ids, touched, nil
}

// moved returns the facts before an amendment that count to an institution now
// and did not before, or the other way round.
func (v Timeline) moved(tx *Tx, r eventstore.Record, id string, before, now reach) (out []uint64) {
	differs := func(seq uint64) {
		if before.covers(id, seq) != now.covers(id, seq) {
			out = append(out, seq)
		}
	}
	if before.from[id] == now.from[id] {
		seqs := slices.Sorted(concat(maps.Keys(before.touched[id]), maps.Keys(now.touched[id])))
		for _, seq := range slices.Compact(seqs) {
			differs(seq)
		}
		return out
	}
	prefix := Key(r.Stream)
	for k := range tx.Bucket("concerned").Scan(prefix) {
		if seq, _, _ := CutUint(k[len(prefix):]); seq < r.Meta.Seq {
			differs(seq)
		}
	}
	return out
}

// A reach is which facts of a stream count to which institutions.
type reach struct {
	from    map[string]uint64 // by id, the first fact: all later ones count too
	ids     []string          // of from, in the order in which they came
	touched map[string]map[uint64]bool
}

func (v Timeline) reach(recs []eventstore.Record) (reach, error) {
	out := reach{from: map[string]uint64{}, touched: map[string]map[uint64]bool{}}
	facts, err := v.concerning.codec.Amend(recs)
	if err != nil {
		return out, err
	}
	for _, r := range facts {
		named, _ := institutionsOf(r)
		for _, id := range named {
			if _, ok := out.from[id]; !ok {
				out.from[id] = r.Meta.Seq
				out.ids = append(out.ids, id)
			}
		}
		touched, _ := touchedBy(r)
		for _, id := range touched {
			if out.touched[id] == nil {
				out.touched[id] = map[uint64]bool{}
			}
			out.touched[id][r.Meta.Seq] = true
		}
	}
	for amendment, fact := range amended(recs) {
		for _, at := range out.touched {
			if at[fact] {
				at[amendment] = true
			}
		}
	}
	return out, nil
}

// amended returns the amendments with the facts that they are about in the end:
// an amendment of an amendment is about the fact of that one.
func amended(recs []eventstore.Record) map[uint64]uint64 {
	out := map[uint64]uint64{}
	for _, r := range recs {
		if a, ok := r.Event.(domain.Amendment); ok {
			target, _ := a.Amends()
			if fact, ok := out[target]; ok {
				target = fact
			}
			out[r.Meta.Seq] = target
		}
	}
	return out
}

func (x reach) all() iter.Seq[string] { return concat(maps.Keys(x.from), maps.Keys(x.touched)) }

func (x reach) covers(id string, seq uint64) bool {
	first, ok := x.from[id]
	return ok && first <= seq || x.touched[id][seq]
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
