package projections

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"minglu/eventstore"
)

// rawGroup is how many rows a transaction of RawPuts holds.
const rawGroup = 500

// RawPuts measures the raw engine that a rebuild is compared with: an ordered
// replay of the first n records, and one put each into one bbolt file in dir,
// in synced transactions of 500. It returns how many records a second were put.
func RawPuts(ctx context.Context, dir string, st eventstore.Store, n int) (perSecond float64, err error) {
	path := filepath.Join(dir, "raw.db")
	db, err := bolt.Open(path, 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType, NoFreelistSync: true})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close(), os.Remove(path)) }()
	began := time.Now()
	group := make([]eventstore.Record, 0, rawGroup)
	put := func(tx *bolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte("records"))
		if err != nil {
			return err
		}
		for _, r := range group {
			if err := b.Put(binary.BigEndian.AppendUint64(nil, r.Meta.Seq), r.Payload); err != nil {
				return err
			}
		}
		return nil
	}
	seen := 0
	for r, err := range st.Follow(ctx, 0) {
		if err != nil {
			return 0, err
		}
		group = append(group, r)
		seen++
		if len(group) == rawGroup || seen == n {
			if err := db.Update(put); err != nil {
				return 0, err
			}
			group = group[:0]
		}
		if seen == n {
			break
		}
	}
	return float64(seen) / time.Since(began).Seconds(), nil
}
