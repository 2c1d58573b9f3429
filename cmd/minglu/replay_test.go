package main

import (
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// TestAViewThatDiffersFromTheLogIsFoundAndRebuilt changes one row behind the
// register's back; the file stays a sound one.
func TestAViewThatDiffersFromTheLogIsFoundAndRebuilt(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	s.issueToken()
	s.issueToken()
	paths, err := filepath.Glob(filepath.Join(s.data, "views", "tokens@*.db"))
	if err != nil || len(paths) != 1 {
		t.Fatalf("got %v, %v, want the file of one view", paths, err)
	}
	db, err := bolt.Open(paths[0], 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte("digests"))
		k, v := b.Cursor().First()
		return b.Put(k, []byte(strings.Replace(string(v), "approver", "administrator", 1)))
	})
	if err != nil || db.Close() != nil {
		t.Fatal(err)
	}
	o := minglu(t, nil, "replay", "--data", s.data, "--lang", "en")
	if o.code != exitUnverified || !strings.Contains(o.stderr, "views that differ from the log: 1;") {
		t.Errorf("got %+v", o)
	}
	for line := range strings.Lines(o.stdout) {
		if differs := strings.Contains(line, "DIFFERS"); differs != strings.HasPrefix(line, "tokens ") {
			t.Errorf("got %q", line)
		}
	}
	if o := minglu(t, nil, "rebuild", "--data", s.data, "tokens"); o.code != exitDone {
		t.Errorf("got %+v", o)
	}
	if o := minglu(t, nil, "replay", "--data", s.data); o.code != exitDone || strings.Contains(o.stdout, "不符") {
		t.Errorf("got %+v after a rebuild", o)
	}
	if o := minglu(t, nil, "replay", "--data", s.data, "--at-seq", "1", "--lang", "en"); o.code != exitDone || !strings.Contains(o.stdout, "not compared") {
		t.Errorf("got %+v at an older position", o)
	}
}
