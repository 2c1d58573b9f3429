package projections

import (
	"bytes"
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// Folded states are the largest rows and are read and written once a fact, so
// they are CBOR: a third of the time and two thirds of the size of JSON. The
// encoding is the core deterministic one of RFC 8949, so equal states give
// equal bytes. Members have the names of their JSON tags.
var (
	stateEncoding = must(func() (cbor.EncMode, error) {
		o := cbor.CoreDetEncOptions()
		o.Time = cbor.TimeRFC3339Nano
		return o.EncMode()
	})
	stateDecoding = must(cbor.DecOptions{ExtraReturnErrors: cbor.ExtraDecErrorUnknownField}.DecMode)
)

func must[T any](f func() (T, error)) T {
	v, err := f()
	if err != nil {
		panic(err)
	}
	return v
}

// putState stores a folded state.
func putState(b *Bucket, key []byte, v any) error {
	value, err := stateEncoding.Marshal(v)
	if err != nil {
		return fmt.Errorf("write row of %s: %w", b.name, err)
	}
	b.Put(key, value)
	b.tx.memo.keep(b.name, key, value, v)
	return nil
}

// loadState reads, inside Apply, what putState stored; ok is false where there
// is no row.
func loadState[T any](b *Bucket, key []byte) (v T, ok bool, err error) {
	value := b.Get(key)
	if value == nil {
		return v, false, nil
	}
	if known, ok := b.tx.memo.find(b.name, key, value); ok {
		return known.(T), true, nil
	}
	return decodeState[T](key, value)
}

// getState reads what putState stored; ok is false where there is no row.
func getState[T any](rows Rows, key []byte) (v T, ok bool, err error) {
	value := rows.Get(key)
	if value == nil {
		return v, false, nil
	}
	return decodeState[T](key, value)
}

func decodeState[T any](key, value []byte) (v T, ok bool, err error) {
	if err := stateDecoding.Unmarshal(value, &v); err != nil {
		return v, false, fmt.Errorf("read row %q: %w", key, err)
	}
	return v, true, nil
}

// A memo spares the decoding of states that were written a moment ago, which
// most facts find. It is never trusted: what it knows counts only where the row
// has the very bytes that the state was written as. States are values, so one
// may be handed out twice.
type memo struct {
	states map[string]remembered
}

type remembered struct {
	bytes []byte
	state any
}

// memoStates bounds a memo: at the bound all is forgotten.
const memoStates = 4096

func (m *memo) keep(bucket string, key, value []byte, state any) {
	if m.states == nil || len(m.states) >= memoStates {
		m.states = make(map[string]remembered, memoStates/4)
	}
	m.states[bucket+string(key)] = remembered{bytes: value, state: state}
}

func (m *memo) find(bucket string, key, value []byte) (any, bool) {
	r, ok := m.states[bucket+string(key)]
	if !ok || !bytes.Equal(r.bytes, value) {
		return nil, false
	}
	return r.state, true
}
