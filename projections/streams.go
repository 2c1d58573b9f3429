package projections

import "minglu/eventstore"

// Streams is the view "streams": which streams have an id. An address with
// only the ULID is resolved by it; several aggregates may share an id, as an
// institution and the lists it stands on do.
//
//	streams: id ‖ aggregate → position of the first record (8 bytes) ‖ stream
type Streams struct{}

var _ Projection = Streams{}

const streamsView = "streams"

// Name returns "streams".
func (Streams) Name() string { return streamsView }

// Version returns the version of the rows.
func (Streams) Version() int { return 1 }

// Apply writes one row for the first record of each stream.
func (Streams) Apply(tx *Tx, r eventstore.Record) error {
	b := tx.Bucket(streamsView)
	key := Key(r.AggregateID(), r.Aggregate())
	if b.Get(key) == nil {
		b.Put(key, append(AppendUint(nil, r.Meta.Seq), r.Stream...))
	}
	return nil
}

// Stream is a stream as the view "streams" knows it.
type Stream struct {
	Name      string // such as "530427.institution.01J8…"
	Aggregate string
	First     uint64 // position of its first record
}

// Streams returns the streams that have an id, in order of the aggregate's
// name; none for an unknown id.
func (s *Set) Streams(id string) (out []Stream, err error) {
	err = s.Read(streamsView, func(r *Read) error {
		prefix := Key(id)
		for k, v := range r.Bucket(streamsView).Scan(prefix) {
			aggregate, _, _ := CutText(k[len(prefix):])
			first, name, _ := CutUint(v)
			out = append(out, Stream{Name: string(name), Aggregate: aggregate, First: first})
		}
		return nil
	})
	return out, err
}

// Stream returns the stream of an aggregate and an id, or an empty name where
// there is none.
func (s *Set) Stream(id, aggregate string) (name string, err error) {
	err = s.Read(streamsView, func(r *Read) error {
		_, text, _ := CutUint(r.Bucket(streamsView).Get(Key(id, aggregate)))
		name = string(text)
		return nil
	})
	return name, err
}
