package projections

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"iter"
)

// Rows are the rows of one bucket in key order, as they are read: inside Apply
// with everything written so far, inside Set.Read as of one moment.
//
// Keys and values MUST NOT be changed. They are valid only until the
// transaction ends, and inside Apply only until the same key is written again:
// copy or decode what is kept. While one of the sequences below is ranged over
// in Apply, the bucket MUST NOT be written.
type Rows interface {
	// Get returns the value of key, or nil where there is none.
	Get(key []byte) []byte
	// Scan yields the rows whose keys begin with prefix, ascending; an empty
	// prefix means all.
	Scan(prefix []byte) iter.Seq2[[]byte, []byte]
	// From yields those of them whose keys are start or greater, ascending.
	From(prefix, start []byte) iter.Seq2[[]byte, []byte]
	// Back yields those of them whose keys are less than end, descending; a
	// nil end means from the last one.
	Back(prefix, end []byte) iter.Seq2[[]byte, []byte]
}

// PutJSON stores v as JSON. Maps are written in the order of their keys, so
// equal values give equal bytes.
func PutJSON(b *Bucket, key []byte, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write row of %s: %w", b.name, err)
	}
	b.Put(key, text)
	return nil
}

// GetJSON reads what PutJSON stored; ok is false where there is no row.
func GetJSON[T any](rows Rows, key []byte) (v T, ok bool, err error) {
	text := rows.Get(key)
	if text == nil {
		return v, false, nil
	}
	v, err = FromJSON[T](text)
	return v, err == nil, err
}

// FromJSON decodes the value of a row that PutJSON stored.
func FromJSON[T any](value []byte) (v T, err error) {
	if err := json.Unmarshal(value, &v); err != nil {
		return v, fmt.Errorf("read row: %w", err)
	}
	return v, nil
}

// PutUint stores a number as 8 bytes, big-endian.
func PutUint(b *Bucket, key []byte, n uint64) {
	var v [8]byte
	binary.BigEndian.PutUint64(v[:], n)
	b.Put(key, v[:])
}

// GetUint reads what PutUint stored; 0 where there is no row.
func GetUint(rows Rows, key []byte) uint64 {
	n, _, _ := CutUint(rows.Get(key))
	return n
}

func hasPrefix(key, prefix []byte) bool { return bytes.HasPrefix(key, prefix) }
