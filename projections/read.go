package projections

import (
	"bytes"
	"iter"

	bolt "go.etcd.io/bbolt"
)

// A Read is one view as it stood at one position. It is valid only inside the
// function it was handed to, which MUST be short: it holds pages of the file
// that the writer cannot use again. Nothing is sent to a client from within.
type Read struct {
	tx  *bolt.Tx
	seq uint64
}

// Seq returns the position of the newest record that the rows know of.
func (r *Read) Seq() uint64 { return r.seq }

// Bucket returns the rows of a bucket; one that was never written has none.
func (r *Read) Bucket(name string) Rows {
	if name == metaBucket {
		return fileRows{}
	}
	return fileRows{r.tx.Bucket([]byte(name))}
}

// fileRows are the rows of a bucket of the file, which may be missing.
type fileRows struct{ bucket *bolt.Bucket }

func (f fileRows) Get(key []byte) []byte {
	if f.bucket == nil {
		return nil
	}
	return f.bucket.Get(key)
}

func (f fileRows) Scan(prefix []byte) iter.Seq2[[]byte, []byte] { return f.From(prefix, prefix) }

func (f fileRows) From(prefix, start []byte) iter.Seq2[[]byte, []byte] {
	if bytes.Compare(start, prefix) < 0 {
		start = prefix
	}
	return func(yield func(k, v []byte) bool) {
		c := fileCursor{bucket: f.bucket}
		for c.seek(start); c.key != nil && hasPrefix(c.key, prefix); c.next() {
			if !yield(c.key, c.value) {
				return
			}
		}
	}
}

func (f fileRows) Back(prefix, end []byte) iter.Seq2[[]byte, []byte] {
	end = backFrom(prefix, end)
	return func(yield func(k, v []byte) bool) {
		c := fileCursor{bucket: f.bucket}
		for c.before(end); c.key != nil && hasPrefix(c.key, prefix); c.prev() {
			if !yield(c.key, c.value) {
				return
			}
		}
	}
}
