package projections

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	bolt "go.etcd.io/bbolt"

	"minglu/eventstore"
)

// edit changes a closed view file behind the back of the framework.
func edit(t testing.TB, path string, change func(tx *bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(change); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func setMeta(key string, value []byte) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error { return tx.Bucket([]byte(metaBucket)).Put([]byte(key), value) }
}

func TestADamagedFileIsBuiltAnewByItself(t *testing.T) {
	st := &logStore{}
	st.commands(400)
	good := t.TempDir()
	s := start(t, good, st, nil, counting("a"))
	caughtUp(t, s)
	want := hashes(t, s)
	stop(t, s)
	for name, harm := range map[string]func(t *testing.T, path string){
		"empty":             func(t *testing.T, path string) { truncate(t, path, 0) },
		"shorter by a half": func(t *testing.T, path string) { truncate(t, path, fileSize(t, path)/2) },
		"one meta page":     func(t *testing.T, path string) { truncate(t, path, 4096) },
		"garbage": func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("garbage ", 10_000)), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"garbage behind the meta pages": func(t *testing.T, path string) {
			over(t, path, 8192, []byte(strings.Repeat("garbage ", int(fileSize(t, path)-8192)/8)))
		},
		"the meta pages": func(t *testing.T, path string) { over(t, path, 0, make([]byte, 8192)) },
		"ahead of the log": func(t *testing.T, path string) {
			edit(t, path, setMeta(keyCheckpoint, AppendUint(nil, uint64(len(st.recs)+1))))
		},
		"no position": func(t *testing.T, path string) { edit(t, path, setMeta(keyCheckpoint, nil)) },
		"no version": func(t *testing.T, path string) {
			edit(t, path, func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte(metaBucket)) })
		},
		"another version": func(t *testing.T, path string) { edit(t, path, setMeta(keyVersion, AppendUint(nil, 9))) },
		"another view":    func(t *testing.T, path string) { edit(t, path, setMeta(keyName, []byte("b"))) },
		"another format":  func(t *testing.T, path string) { edit(t, path, setMeta(keyFormat, AppendUint(nil, 9))) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "a@1.db")
			copyFile(t, filepath.Join(good, "a@1.db"), path)
			harm(t, path)
			s := start(t, dir, st, nil, counting("a"))
			caughtUp(t, s)
			sameViews(t, hashes(t, s), want)
		})
	}
}

func truncate(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
}

func fileSize(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func over(t *testing.T, path string, at int64, b []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt(b, at); err != nil {
		t.Fatal(err)
	}
}

// TestAFlippedByteIsEitherMendedOrFoundByReplay flips bytes anywhere in a file.
// A flip that harms the structure is noticed when the file is opened; one
// within a row only by a comparison. None may bring the program down.
func TestAFlippedByteIsEitherMendedOrFoundByReplay(t *testing.T) {
	st := &logStore{}
	st.commands(60)
	good := t.TempDir()
	s := start(t, good, st, nil, scrambled)
	caughtUp(t, s)
	want := hashes(t, s)
	stop(t, s)
	clean, err := os.ReadFile(filepath.Join(good, "scrambled@1.db"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := (&checker{f: bytes.NewReader(clean), size: int64(len(clean))}).meta()
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	mended, seen := 0, 0
	for range 80 {
		dir := t.TempDir()
		b := append([]byte(nil), clean...)
		page := rnd.IntN(int(m.high))
		at := page*4096 + rnd.IntN([]int{16, 128, 4096}[rnd.IntN(3)]) // more where the structure is
		b[at] ^= 1 << rnd.IntN(8)
		if err := os.WriteFile(filepath.Join(dir, "scrambled@1.db"), b, 0o600); err != nil {
			t.Fatal(err)
		}
		s := start(t, dir, st, nil, scrambled)
		caughtUp(t, s)
		if got := hashes(t, s); got[0] == want[0] {
			mended++
		} else {
			seen++
			cs, err := s.Replay(t.Context(), t.TempDir(), 0)
			if err != nil || cs[0].Same {
				t.Errorf("byte %d: %+v %v", at, cs, err)
			}
			if err := s.Rebuild(t.Context()); err != nil {
				t.Error(err)
			}
			sameViews(t, hashes(t, s), want)
		}
		stop(t, s)
	}
	if mended == 0 || seen == 0 {
		t.Errorf("%d mended, %d found by replay: the flips are too tame", mended, seen)
	}
}

// TestAnOldCopyOfAFileCatchesUp takes copies of a file while it is written, as
// a crash may leave it, and goes on from each.
func TestAnOldCopyOfAFileCatchesUp(t *testing.T) {
	st := &logStore{}
	st.commands(50)
	dir := t.TempDir()
	s := start(t, dir, st, nil, scrambled)
	caughtUp(t, s)
	var copies []string
	for range 6 {
		copies = append(copies, t.TempDir())
		done := make(chan struct{})
		go func() {
			defer close(done)
			st.commands(20)
		}()
		copyFile(t, filepath.Join(dir, "scrambled@1.db"), filepath.Join(copies[len(copies)-1], "scrambled@1.db"))
		<-done
	}
	caughtUp(t, s)
	want := hashes(t, s)
	for _, c := range copies {
		again := start(t, c, st, nil, scrambled)
		caughtUp(t, again)
		sameViews(t, hashes(t, again), want)
		stop(t, again)
	}
}

// TestAFileThatIsCutShortWhileItIsReadIsBuiltAnew takes the file away from
// under the memory it is mapped to.
func TestAFileThatIsCutShortWhileItIsReadIsBuiltAnew(t *testing.T) {
	st := &logStore{}
	st.commands(400)
	dir := t.TempDir()
	s := start(t, dir, st, nil, counting("a"), counting("b"))
	caughtUp(t, s)
	want := hashes(t, s)
	truncate(t, filepath.Join(dir, "a@1.db"), 2*4096) // the meta pages stay
	err := s.Read("a", func(r *Read) error {
		for range r.Bucket("log").Scan(nil) {
		}
		return nil
	})
	if err == nil {
		t.Fatal("the rows of a file that is gone were read")
	}
	eventually(t, func() bool {
		d, err := s.Digest(t.Context(), "a")
		return err == nil && strings.HasSuffix(want[0], d.Hash)
	})
	st.commands(10)
	caughtUp(t, s)
}

func TestAnUnfinishedFileIsLeftNowhere(t *testing.T) {
	st := &logStore{}
	st.commands(3000)
	dir := t.TempDir()
	reached := make(chan struct{})
	var once sync.Once
	view := testView{name: "a", apply: func(tx *Tx, r eventstore.Record) error {
		if r.Meta.Seq == 5000 {
			once.Do(func() { close(reached) })
		}
		return scrambled.apply(tx, r)
	}}
	s := start(t, dir, st, smallSteps, view)
	<-reached
	if err := os.WriteFile(filepath.Join(dir, "a@7.db"+buildSuffix), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	again := start(t, dir, st, smallSteps, counting("a"))
	caughtUp(t, again)
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if want := []string{filepath.Join(dir, "a@1.db"), filepath.Join(dir, lockName)}; err != nil || !slices.Equal(left, want) {
		t.Errorf("got %v, want %v (%v)", left, want, err)
	}
}

const childDir = "MINGLU_TEST_VIEWS"

// TestMain lets the test binary be the process that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		follower(dir)
	}
	os.Exit(m.Run())
}

// follower keeps views of a log that grows, says after each command that they
// know it, and never ends.
func follower(dir string) {
	st := &logStore{}
	s, err := newSet(Options{Dir: dir, Store: st, Projections: killed, Logger: quiet})
	if err != nil {
		panic(err)
	}
	st.commands(killedAt)
	smallSteps(s)
	if err := s.open(bg, killed); err != nil {
		panic(err)
	}
	for n := killedAt; ; n++ {
		fmt.Println(n)
		st.commandsFrom(n, 1)
		if err := s.CatchUp(bg); err != nil {
			panic(err)
		}
	}
}

const killedAt = 200

var killed = []Projection{scrambled, counting("a")}

func TestAKilledProcessLeavesFilesThatGoOn(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	st := &logStore{}
	st.commands(killedAt + 400)
	fresh := start(t, t.TempDir(), st, nil, killed...)
	caughtUp(t, fresh)
	want := hashes(t, fresh)
	dir := t.TempDir()
	for round := range 8 {
		cmd := exec.Command(exe)
		cmd.Env = append(os.Environ(), childDir+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; n < 1+round*9 && lines.Scan(); n++ {
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
		if lines.Err() != nil {
			t.Fatal(lines.Err())
		}
	}
	s := start(t, dir, st, nil, killed...)
	caughtUp(t, s)
	sameViews(t, hashes(t, s), want)
}

func TestReplayFindsAChangedRow(t *testing.T) {
	st := &logStore{}
	st.commands(100)
	dir := t.TempDir()
	s := start(t, dir, st, nil, counting("a"), counting("b"))
	caughtUp(t, s)
	stop(t, s)
	edit(t, filepath.Join(dir, "b@1.db"), func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("log")).Put(AppendUint(nil, 7), []byte("another"))
	})
	s = start(t, dir, st, nil, counting("a"), counting("b"))
	caughtUp(t, s)
	scratch := t.TempDir()
	cs, err := s.Replay(t.Context(), scratch, 0)
	if err != nil || !cs[0].Same || cs[1].Same || cs[1].Live.Seq != cs[1].Replayed.Seq {
		t.Errorf("got %+v %v", cs, err)
	}
	if left, _ := filepath.Glob(scratch + "/*"); len(left) > 0 {
		t.Errorf("%v was left", left)
	}
	at := uint64(40)
	cs, err = s.Replay(t.Context(), scratch, at)
	if err != nil || cs[0].Replayed.Seq != at || cs[0].Live.Hash != "" || cs[0].Same {
		t.Errorf("got %+v %v", cs, err)
	}
	short := &logStore{recs: st.recs[:at]}
	then := start(t, t.TempDir(), short, nil, counting("a"))
	caughtUp(t, then)
	if d, err := then.Digest(t.Context(), "a"); err != nil || d != cs[0].Replayed {
		t.Errorf("got %+v, want %+v (%v)", cs[0].Replayed, d, err)
	}
	if err := s.Rebuild(within(t), "b"); err != nil {
		t.Error(err)
	}
	if cs, err = s.Replay(t.Context(), scratch, 0); err != nil || !cs[1].Same {
		t.Errorf("got %+v %v", cs, err)
	}
}
