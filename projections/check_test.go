package projections

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// TestALargeFileIsReadAtTheTop damages a page at the bottom of a file that was
// closed in order: reading the whole finds it, reading the top does not; a file
// that is cut short is found either way.
func TestALargeFileIsReadAtTheTop(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.db")
	o := *fileOptions(false)
	o.NoFreelistSync, o.PageSize = false, 4096
	db, err := bolt.Open(path, 0o600, &o)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket([]byte("rows"))
		for i := range 20_000 {
			err = errors.Join(err, b.Put(fmt.Appendf(nil, "%08d", i), bytes.Repeat([]byte("v"), 100)))
		}
		return err
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	for _, whole := range []int64{0, 1 << 40} {
		if err := checkFile(path, whole); err != nil {
			t.Fatalf("whole file, read whole up to %d: %v", whole, err)
		}
	}
	const pageSize = 4096
	over(t, path, 100*pageSize, []byte{0xff, 0xff})
	if err := checkFile(path, 0); err != nil {
		t.Errorf("the top was not damaged: %v", err)
	}
	if _, damaged := errors.AsType[damage](checkFile(path, 1<<40)); !damaged {
		t.Error("the damage at the bottom was not found")
	}
	truncate(t, path, 50*pageSize)
	for _, whole := range []int64{0, 1 << 40} {
		if _, damaged := errors.AsType[damage](checkFile(path, whole)); !damaged {
			t.Errorf("cut short, read whole up to %d: no damage was found", whole)
		}
	}
}
