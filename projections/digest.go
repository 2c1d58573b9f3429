package projections

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"
)

// Digest is a fingerprint of everything a view holds at one position. Two
// folds of the same log to the same position have the same one, however their
// commits were grouped.
type Digest struct {
	Name string `json:"name"`
	Seq  uint64 `json:"seq"`
	// Hash is SHA-256, hexadecimal, over the buckets in order of name and
	// their rows in order of key; the position is no row.
	Hash string `json:"hash"`
	Rows int    `json:"rows"`
}

// Digest hashes a view as it stands now. It reads the whole file in one
// snapshot, and ends early with the error of ctx.
func (s *Set) Digest(ctx context.Context, name string) (Digest, error) {
	_, tx, err := s.snapshot(name)
	if err != nil {
		return Digest{}, err
	}
	return digest(ctx, name, tx)
}

func digest(ctx context.Context, name string, tx *bolt.Tx) (d Digest, err error) {
	defer func() { _ = tx.Rollback() }()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer recovered(&err)
	seq, ok := checkpoint(tx)
	if !ok {
		return Digest{}, fmt.Errorf("view %s: its position cannot be read", name)
	}
	h := rowHash{Hash: sha256.New()}
	err = tx.ForEach(func(bucket []byte, b *bolt.Bucket) error {
		if string(bucket) == metaBucket {
			return nil
		}
		return h.bucket(ctx, bucket, b)
	})
	if err != nil {
		return Digest{}, fmt.Errorf("digest of view %s: %w", name, err)
	}
	return Digest{Name: name, Seq: seq, Hash: hex.EncodeToString(h.Sum(nil)), Rows: h.rows}, nil
}

// A rowHash hashes byte strings, each with its length before it.
type rowHash struct {
	hash.Hash
	rows int
	buf  []byte
}

func (h *rowHash) string(b []byte) {
	h.buf = append(AppendUint(h.buf, uint64(len(b))), b...)
	if len(h.buf) > 64<<10 {
		h.flush()
	}
}

func (h *rowHash) flush() {
	h.Write(h.buf)
	h.buf = h.buf[:0]
}

// bucket hashes the rows of one bucket; one without rows is as if it were not
// there, for whether it is depends on how commits were grouped.
func (h *rowHash) bucket(ctx context.Context, name []byte, b *bolt.Bucket) error {
	rows := 0
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if rows%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if rows == 0 {
			h.string(name)
		}
		h.string(k)
		h.string(v)
		rows++
	}
	h.rows += rows
	if rows > 0 {
		h.string(AppendUint(nil, uint64(rows)))
	}
	h.flush()
	return nil
}
