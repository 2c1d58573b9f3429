package projections

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/mod/sumdb/tlog"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/eventstore"
	"minglu/proof"
)

// madeLog returns a log of n records, in commands of one to three, the last
// record of some being a reservation.
func madeLog(n int) *logStore {
	st := &logStore{}
	for len(st.recs) < n {
		var recs []eventstore.Record
		for range min(1+len(st.recs)%3, n-len(st.recs)) {
			recs = append(recs, madeRecord(uint64(len(st.recs)+len(recs)+1)))
		}
		if len(recs) == 3 {
			recs[2].Stream, recs[2].Type = "uniq.licence.00ff", "register.identifier_reserved"
		}
		st.put(recs...)
	}
	return st
}

// naive are the leaves of a log and its tree, computed without a view.
type naive struct{ leaves, hashes []tlog.Hash }

func (n *naive) ReadHashes(indexes []int64) (out []tlog.Hash, err error) {
	for _, i := range indexes {
		out = append(out, n.hashes[i])
	}
	return out, nil
}

func naiveTree(t testing.TB, recs []eventstore.Record) *naive {
	t.Helper()
	n := &naive{}
	for i, r := range recs {
		data, err := proof.AppendLeaf(nil, Leaf(r))
		if err != nil {
			t.Fatal(err)
		}
		h, err := tlog.StoredHashes(int64(i), data, n)
		if err != nil {
			t.Fatal(err)
		}
		n.leaves, n.hashes = append(n.leaves, tlog.RecordHash(data)), append(n.hashes, h...)
	}
	return n
}

// TestTheTreeIsThatOfAllRecords compares every tree of up to 300 records, and
// what proves things about it, with that which x/mod computes.
func TestTheTreeIsThatOfAllRecords(t *testing.T) {
	const most = 300
	st := madeLog(most)
	s := start(t, t.TempDir(), st, nil, Merkle{})
	caughtUp(t, s)
	want := naiveTree(t, st.recs)
	if size, err := s.TreeSize(); size != most || err != nil {
		t.Fatalf("got %d records, want %d (%v)", size, most, err)
	}
	roots := make([]tlog.Hash, most+1)
	for size := range uint64(most + 1) {
		root, err := s.TreeHash(size)
		roots[size], _ = tlog.TreeHash(int64(size), want)
		if err != nil || root != roots[size] {
			t.Fatalf("tree of %d: got %s, want %s (%v)", size, root, roots[size], err)
		}
	}
	for size := uint64(1); size <= most; size++ {
		leaf, err := s.LeafHash(size)
		if err != nil || leaf != want.leaves[size-1] {
			t.Errorf("leaf of record %d: got %s, want %s (%v)", size, leaf, want.leaves[size-1], err)
		}
		for _, seq := range []uint64{1, (size + 1) / 2, size} {
			path, err := s.ProveRecord(seq, size)
			if err == nil {
				err = tlog.CheckRecord(path, int64(size), roots[size], int64(seq-1), want.leaves[seq-1])
			}
			if err != nil {
				t.Errorf("record %d of %d: %v", seq, size, err)
			}
		}
		for _, old := range []uint64{0, 1, size / 2, size} {
			path, err := s.ProveTree(old, size)
			if err == nil {
				err = proof.Extends(proof.Checkpoint{Size: size, Root: roots[size]}, proof.Checkpoint{Size: old, Root: roots[old]}, path)
			}
			if err != nil {
				t.Errorf("%d contains %d: %v", size, old, err)
			}
		}
	}
	for _, tile := range proof.Tiles(0, most) {
		got, err := s.Tile(tile)
		data, _ := tlog.ReadTileData(tile.TLog(), want)
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s: it is not that of the tree (%v)", tile.Path(), err)
		}
	}
}

func TestWhatIsNotInTheTree(t *testing.T) {
	st := madeLog(10)
	s := start(t, t.TempDir(), st, nil, Merkle{})
	caughtUp(t, s)
	for name, want := range map[string]error{
		"a tree of more records":      second(s.TreeHash(11)),
		"a leaf beyond the end":       second(s.LeafHash(11)),
		"a leaf 0":                    second(s.LeafHash(0)),
		"a proof of record 0":         second(s.ProveRecord(0, 10)),
		"a proof in a tree not there": second(s.ProveRecord(3, 11)),
		"a proof to a tree not there": second(s.ProveTree(3, 11)),
		"a proof back in time":        second(s.ProveTree(5, 3)),
		"a tile not there":            second(s.Tile(proof.Tile{Level: 0, Index: 0, Width: 11})),
		"a tile of a level not there": second(s.Tile(proof.Tile{Level: 1, Index: 0, Width: 1})),
	} {
		if !errors.Is(want, ErrNoTree) {
			t.Errorf("%s: got %v, want ErrNoTree", name, want)
		}
	}
	if _, err := s.ProveRecord(8, 7); !errors.Is(err, proof.ErrLater) {
		t.Errorf("a record after the checkpoint: got %v, want proof.ErrLater", err)
	}
	empty := start(t, t.TempDir(), &logStore{}, nil, Merkle{})
	caughtUp(t, empty)
	if root, err := empty.TreeHash(0); root != proof.EmptyRoot || err != nil {
		t.Errorf("the tree of an empty log: got %s %v", root, err)
	}
}

func second[T any](_ T, err error) error { return err }

// TestTheTreeIsRebuiltAsItWas adds leaves command by command, rebuilds in one
// piece, in small steps, and from a file that stopped halfway.
func TestTheTreeIsRebuiltAsItWas(t *testing.T) {
	st := &logStore{}
	dir := t.TempDir()
	s := start(t, dir, st, nil, Merkle{})
	for _, r := range madeLog(120).recs {
		st.put(r)
		caughtUp(t, s)
	}
	live := rowsOf(t, s, MerkleView)
	if err := s.Rebuild(within(t), MerkleView); err != nil {
		t.Fatal(err)
	}
	if got := rowsOf(t, s, MerkleView); !slices.Equal(got, live) {
		t.Error("the rebuilt tree is another one")
	}
	whole := start(t, t.TempDir(), st, smallSteps, Merkle{})
	caughtUp(t, whole)
	if got := rowsOf(t, whole, MerkleView); !slices.Equal(got, live) {
		t.Error("the tree built in small steps is another one")
	}
	got, err := s.Replay(within(t), t.TempDir(), 0)
	if err != nil || len(got) != 1 || !got[0].Same {
		t.Errorf("got %+v %v", got, err)
	}
	stop(t, s)
	for _, r := range madeLog(50).recs {
		st.put(r)
	}
	s = start(t, dir, st, nil, Merkle{})
	caughtUp(t, s)
	want, _ := tlog.TreeHash(170, naiveTree(t, st.recs))
	if root, err := s.TreeHash(170); root != want || err != nil {
		t.Errorf("after a restart: got %s, want %s (%v)", root, want, err)
	}
}

// TestAGapStopsTheTree has a file whose tree is one leaf behind its position:
// the next record does not follow on it.
func TestAGapStopsTheTree(t *testing.T) {
	st := madeLog(4)
	dir := t.TempDir()
	s := start(t, dir, st, nil, Merkle{})
	caughtUp(t, s)
	stop(t, s)
	last := st.put(madeRecord(5))
	edit(t, filepath.Join(dir, fileName(Merkle{})), setMeta(keyCheckpoint, AppendUint(nil, last)))
	st.put(madeRecord(6))
	s = start(t, dir, st, nil, Merkle{})
	err := s.Wait(within(t), 6, MerkleView)
	if !errors.Is(err, ErrStopped) || !strings.Contains(err.Error(), "record 6 follows record 4") {
		t.Errorf("got %v, want that it stands still at the gap", err)
	}
}

func TestADamagedRowIsNoProof(t *testing.T) {
	st := madeLog(8)
	dir := t.TempDir()
	s := start(t, dir, st, nil, Merkle{})
	caughtUp(t, s)
	stop(t, s)
	edit(t, filepath.Join(dir, fileName(Merkle{})), func(tx *bolt.Tx) error {
		return tx.Bucket([]byte(hashBucket)).Delete(AppendUint(nil, uint64(tlog.StoredHashIndex(0, 2))))
	})
	s = start(t, dir, st, nil, Merkle{})
	caughtUp(t, s)
	if _, err := s.ProveRecord(4, 8); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("got %v, want that the hash cannot be read", err)
	}
	if _, _, err := readEdge([]byte("short"), nil); err == nil {
		t.Error("a damaged edge was read")
	}
}

type leafEvent struct {
	Text string        `json:"text"`
	Who  domain.Sealed `json:"who,omitzero"`
}

func (leafEvent) EventName() string { return "test.leaf" }

// TestALeafCoversTheStoredHeader writes records down as a store keeps them, and
// finds that what a leaf takes from the record is what stands in the header.
func TestALeafCoversTheStoredHeader(t *testing.T) {
	c := eventstore.NewCodec([]domain.EventType{domain.Current[leafEvent](1)})
	full := domain.Meta{
		CommandID: "7b0c1f5e-0c9c-4b8e-8c55-6a1d1f0a2b3c", CommandDigest: "00ff", Act: "test.do", CorrelationID: "7b0c1f5e-0c9c-4b8e-8c55-6a1d1f0a2b3d",
		CausationID: "7b0c1f5e-0c9c-4b8e-8c55-6a1d1f0a2b3e", Division: "530427",
		Effective: time.Date(2026, 11, 22, 9, 30, 0, 5000, time.UTC), Recorded: time.Date(2026, 11, 22, 9, 30, 1, 120, time.UTC),
		Actor:      domain.Actor{Agency: "530427-education", Officers: []string{"XP-E01", "XP-E02"}},
		Source:     domain.Source{Title: "办学许可证"},
		Visibility: domain.Joint, PolicyVersion: "3", CalendarVersion: "2026-1", Rules: []string{"a@1", "b@2"},
	}
	bare := domain.Meta{CommandID: full.CommandID, Effective: calendar.DayOf(full.Effective).Time(), Recorded: full.Recorded}
	for name, m := range map[string]domain.Meta{"full": full, "bare": bare} {
		msgs, err := c.Messages(eventstore.Append{Meta: m, Writes: []eventstore.Write{
			{Stream: "530427.test.01J8", Events: []domain.Event{leafEvent{Text: `"box":"a\"`, Who: domain.Sealed{Person: "p", Commit: "c", Box: "AAEC"}}}},
			{Stream: "uniq.test.00", Events: []domain.Event{eventstore.Reserved{Owner: "530427.test.01J8"}}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		for _, msg := range msgs {
			msg.Seq = 1
			r, err := c.Decode(msg)
			if err != nil {
				t.Fatal(err)
			}
			got := Leaf(r)
			if want := proof.HeaderOf(msg.Header); !slices.Equal(got.Header, want) {
				t.Errorf("%s, %s: got header\n%v\nwant\n%v", name, r.Type, got.Header, want)
			}
			if got.Stream != msg.Stream || !bytes.Equal(got.Payload, msg.Payload) {
				t.Errorf("%s: got %s %s", name, got.Stream, got.Payload)
			}
		}
	}
}

// BenchmarkMerkleBuild builds the tree of b.N facts:
//
//	go test -run '^$' -bench MerkleBuild -benchtime 1000000x ./projections
func BenchmarkMerkleBuild(b *testing.B) {
	dir := b.TempDir()
	s, err := Open(b.Context(), Options{Dir: dir, Store: &madeStore{n: uint64(b.N)}, Projections: []Projection{Merkle{}}, Logger: quiet})
	if err != nil {
		b.Fatal(err)
	}
	if err := s.CatchUp(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "facts/s")
	b.StopTimer()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	report(b, dir)
}

// BenchmarkMerkleApply is Apply alone, in memory.
func BenchmarkMerkleApply(b *testing.B) {
	recs := make([]eventstore.Record, 1000)
	for i := range recs {
		recs[i] = madeRecord(uint64(i + 1))
	}
	db, err := bolt.Open(filepath.Join(b.TempDir(), "x"), 0o600, fileOptions(true))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	tx := newTx(db)
	tx.Bucket(edgeBucket).buffer.index()
	var seq uint64
	b.ReportAllocs()
	for b.Loop() {
		r := recs[seq%1000]
		seq++
		r.Meta.Seq = seq
		tx.begin()
		if err := (Merkle{}).Apply(tx, r); err != nil {
			b.Fatal(err)
		}
		if seq%10_000 == 0 {
			tx.Bucket(hashBucket).buffer.reset(1 << 20)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "facts/s")
	tx.forget()
}

// BenchmarkMerkleProof proves records and older trees of a log of a million.
func BenchmarkMerkleProof(b *testing.B) {
	const size = 1_000_000
	dir, err := os.MkdirTemp("", "merkle")
	if err != nil {
		b.Fatal(err)
	}
	defer os.RemoveAll(dir)
	s, err := Open(b.Context(), Options{Dir: dir, Store: &madeStore{n: size}, Projections: []Projection{Merkle{}}, Logger: quiet})
	if err != nil {
		b.Fatal(err)
	}
	if err := s.CatchUp(b.Context()); err != nil {
		b.Fatal(err)
	}
	for name, prove := range map[string]func(n uint64) error{
		"record": func(n uint64) error { return second(s.ProveRecord(n%size+1, size)) },
		"tree":   func(n uint64) error { return second(s.ProveTree(n%size+1, size)) },
		"root":   func(n uint64) error { return second(s.TreeHash(n%size + 1)) },
		"tile":   func(n uint64) error { return second(s.Tile(proof.Tile{Index: n % (size / 256), Width: 256})) },
	} {
		b.Run(name, func(b *testing.B) {
			var n uint64
			for b.Loop() {
				n += 999_983
				if err := prove(n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}
