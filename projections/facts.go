package projections

import (
	"minglu/domain"
	"minglu/eventstore"
)

// facts keeps the facts of streams in a view, so that the state at any position
// can be folded from them: key ‖ seq → the fact. It is how a view answers for
// the past, and how it takes a correction or an annulment of a fact that it
// has already folded.
type facts struct {
	codec  *eventstore.Codec
	bucket string
}

func (f facts) put(tx *Tx, key string, r eventstore.Record) {
	tx.Bucket(f.bucket).Put(SeqKey(r.Meta.Seq, key), packRecord(&r))
}

// records returns the facts of key up to position atSeq, oldest first, as they
// were stored.
func (f facts) records(b Rows, key string, atSeq uint64) ([]eventstore.Record, error) {
	var out []eventstore.Record
	for k, v := range b.Scan(Key(key)) {
		seq, _, _ := CutUint(k[len(k)-8:])
		if seq > atSeq {
			break
		}
		r, err := f.record(seq, v)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func (f facts) record(seq uint64, v []byte) (eventstore.Record, error) {
	r, err := unpackRecord(seq, v)
	if err == nil {
		r.Event, err = f.codec.Event(r.Type, r.Version, r.Body)
	}
	return r, err
}

// isAmendment reports whether a fact changes an earlier one, so that a view
// has to fold again instead of going on.
func isAmendment(r eventstore.Record) bool {
	_, ok := r.Event.(domain.Amendment)
	return ok
}

// Now stands for the newest position that a view holds.
const Now = ^uint64(0)
