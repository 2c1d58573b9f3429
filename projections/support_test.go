package projections

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"minglu/eventstore"
)

var bg = context.Background()

var quiet = slog.New(slog.DiscardHandler)

// fact is a record without a body, such as "530102.a.x".
func fact(stream string) eventstore.Record {
	return eventstore.Record{Stream: stream, Type: "test.fact", Version: 1, Payload: []byte(`{"body":{}}`)}
}

// A testView is a view given by a function.
type testView struct {
	name    string
	version int
	apply   func(tx *Tx, r eventstore.Record) error
}

func (v testView) Name() string                            { return v.name }
func (v testView) Version() int                            { return max(v.version, 1) }
func (v testView) Apply(tx *Tx, r eventstore.Record) error { return v.apply(tx, r) }

// counting counts the facts of each stream and keeps their order.
func counting(name string) testView {
	return testView{name: name, apply: func(tx *Tx, r eventstore.Record) error {
		b := tx.Bucket("count")
		PutUint(b, Key(r.Stream), GetUint(b, Key(r.Stream))+1)
		tx.Sequence("log").Put(AppendUint(nil, r.Meta.Seq), []byte(r.Stream))
		return nil
	}}
}

// start opens views in dir; change may alter the set before it is opened.
func start(t testing.TB, dir string, st eventstore.Store, change func(*Set), ps ...Projection) *Set {
	t.Helper()
	before := running()
	s, err := newSet(Options{Dir: dir, Store: st, Projections: ps, Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(s)
	}
	if err := s.open(t.Context(), ps); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop(t, s)
		eventually(t, func() bool { return running() <= before })
	})
	return s
}

// running returns how many goroutines of sets there are.
func running() (n int) {
	buf := make([]byte, 1<<20)
	stacks := string(buf[:runtime.Stack(buf, true)])
	for _, f := range []string{"(*writer).run(", "(*feed).run(", "(*collector).collect(", "(*Set).switchTo("} {
		n += strings.Count(stacks, "projections."+f)
	}
	return n
}

// smallSteps lets a set build files although little is to be built, in groups
// of few kilobytes.
func smallSteps(s *Set) {
	s.limits.near = 0
	s.limits.buildBytes = 4 << 10
	s.limits.partBytes = 16 << 10
}

// stop closes s and checks every file, by bbolt's check and by ours.
func stop(t testing.TB, s *Set) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	files, err := filepath.Glob(filepath.Join(s.dir, "*@*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f, buildSuffix) {
			t.Errorf("%s was left", f)
			continue
		}
		checkBolt(t, f)
		if err := checkFile(f, wholeCheck); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
}

func checkBolt(t testing.TB, path string) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			t.Errorf("%s: %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// caughtUp waits until all views know the whole log.
func caughtUp(t testing.TB, s *Set) {
	t.Helper()
	if err := s.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// eventually polls what comes about by itself.
func eventually(t testing.TB, so func() bool) {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); !so(); {
		if time.Now().After(late) {
			buf := make([]byte, 1<<16)
			t.Fatalf("it did not come about\n%s", buf[:runtime.Stack(buf, true)])
		}
		runtime.Gosched()
	}
}

// hashes returns the digests of all views.
func hashes(t testing.TB, s *Set) (out []string) {
	t.Helper()
	for _, name := range s.names {
		d, err := s.Digest(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s %d rows at %d: %s", d.Name, d.Rows, d.Seq, d.Hash))
	}
	return out
}

func sameViews(t testing.TB, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got views\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// rowsOf returns all rows of a view, as "bucket key=value".
func rowsOf(t testing.TB, s *Set, view string) (out []string) {
	t.Helper()
	err := s.Read(view, func(r *Read) error {
		return r.tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			if string(name) == metaBucket {
				return nil
			}
			return b.ForEach(func(k, v []byte) error {
				out = append(out, fmt.Sprintf("%s %x=%x", name, k, v))
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
}

// within returns a context that ends after a time which nothing here takes.
func within(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}
