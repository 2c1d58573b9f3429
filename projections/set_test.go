package projections

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"minglu/eventstore"
)

func TestAReaderSeesWhatItWaitedFor(t *testing.T) {
	st := &logStore{}
	s := start(t, t.TempDir(), st, nil, counting("a"), counting("b"))
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			stream := fmt.Sprintf("530102.a.%d", w)
			for n := range uint64(40) {
				seq := st.put(fact(stream), fact("530102.a.all"))
				if err := s.Wait(t.Context(), seq, "b"); err != nil {
					t.Error(err)
					return
				}
				err := s.Read("b", func(r *Read) error {
					if r.Seq() < seq {
						t.Errorf("waited for %d, read at %d", seq, r.Seq())
					}
					if got := GetUint(r.Bucket("count"), Key(stream)); got != n+1 {
						t.Errorf("%s: got %d facts, want %d", stream, got, n+1)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	caughtUp(t, s)
	if got := s.Seq(); got != 640 {
		t.Errorf("got position %d, want 640", got)
	}
}

func TestWaitingEnds(t *testing.T) {
	st := &logStore{}
	st.put(fact("530102.a.x"))
	s := start(t, t.TempDir(), st, nil, counting("a"))
	caughtUp(t, s)
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Wait(done, 1); err != nil {
		t.Errorf("a position that was reached needs no waiting: %v", err)
	}
	if err := s.Wait(done, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the end of the context", err)
	}
	if err := s.Wait(t.Context(), 1, "a", "b"); !errors.Is(err, ErrNoView) {
		t.Errorf("got %v, want ErrNoView", err)
	}
	if err := s.Read("b", nil); !errors.Is(err, ErrNoView) {
		t.Errorf("got %v, want ErrNoView", err)
	}
	waiting := make(chan error)
	go func() { waiting <- s.Wait(context.Background(), 99) }()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := <-waiting; !errors.Is(err, ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
	if err := s.Read("a", nil); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
	if err := s.Rebuild(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
}

func TestViewsGoOnWhereTheyStood(t *testing.T) {
	st := &logStore{}
	st.commands(100)
	dir := t.TempDir()
	first := start(t, dir, st, nil, counting("a"))
	caughtUp(t, first)
	stop(t, first)
	st.commands(100)
	var applied atomic.Int64
	watched := counting("a")
	watched.apply = func(tx *Tx, r eventstore.Record) error {
		applied.Add(1)
		return counting("a").apply(tx, r)
	}
	s := start(t, dir, st, nil, watched)
	caughtUp(t, s)
	if got, most := int(applied.Load()), len(st.recs)*2/3; got > most {
		t.Errorf("%d of %d facts were applied again", got, len(st.recs))
	}
	fresh := start(t, t.TempDir(), st, nil, counting("a"))
	caughtUp(t, fresh)
	sameViews(t, hashes(t, s), hashes(t, fresh))
}

func TestAViewThatCannotTakeAFactStandsStill(t *testing.T) {
	st := &logStore{}
	var broken atomic.Bool
	broken.Store(true)
	picky := testView{name: "picky", apply: func(tx *Tx, r eventstore.Record) error {
		if err := counting("picky").apply(tx, r); err != nil {
			return err
		}
		if r.Stream == "530102.a.poison" && broken.Load() {
			panic("cannot take it")
		}
		return nil
	}}
	dir := t.TempDir()
	st.put(fact("530102.a.x"))
	st.put(fact("530102.a.x"), fact("530102.a.poison"))
	last := st.put(fact("530102.a.x"))
	s := start(t, dir, st, nil, picky, counting("other"))
	if err := s.Wait(within(t), last, "other"); err != nil {
		t.Errorf("the other view did not go on: %v", err)
	}
	if err := s.Wait(within(t), last, "picky"); !errors.Is(err, ErrStopped) {
		t.Errorf("got %v, want ErrStopped", err)
	}
	status := s.Status()
	if got := status[0]; got.State != Stopped || got.Seq != 1 || !strings.Contains(got.Error, "position 3") || !strings.Contains(got.Error, "cannot take it") {
		t.Errorf("got %+v", got)
	}
	if got := status[1]; got.State != Live || got.Seq != last || got.Head != last || got.Error != "" {
		t.Errorf("got %+v", got)
	}
	if got := s.Seq(); got != 1 {
		t.Errorf("the least position is %d, want 1", got)
	}
	if err := s.Rebuild(within(t), "picky"); err == nil {
		t.Error("it was rebuilt over the fault")
	}
	if got := rowsOf(t, s, "picky"); len(got) != 2 {
		t.Errorf("the file that was read is not left as it was: %v", got)
	}
	broken.Store(false)
	if err := s.Rebuild(within(t), "picky"); err != nil {
		t.Errorf("it cannot be rebuilt once it can take the fact: %v", err)
	}
	if err := s.Wait(within(t), last, "picky"); err != nil {
		t.Error(err)
	}
	stop(t, s)
	again := start(t, dir, st, nil, picky)
	caughtUp(t, again)
}

func TestOnlyThoseWhoAskAreShownReservations(t *testing.T) {
	st := &logStore{}
	last := st.put(fact("530102.a.x"), fact("uniq.uscc.0123"))
	s := start(t, t.TempDir(), st, nil, counting("a"), reservations{counting("b")})
	caughtUp(t, s)
	if got := s.Seq("a"); got != last {
		t.Errorf("the position is %d, want %d: it counts what was not shown", got, last)
	}
	if got := rowsOf(t, s, "a"); len(got) != 2 {
		t.Errorf("got %v", got)
	}
	if got := rowsOf(t, s, "b"); len(got) != 4 {
		t.Errorf("got %v", got)
	}
}

type reservations struct{ testView }

func (reservations) ReadsReservations() {}

func TestARaisedVersionIsBuiltBesideTheOldOne(t *testing.T) {
	st := &logStore{}
	st.commands(200)
	dir := t.TempDir()
	one, two := counting("a"), counting("a")
	two.version = 2
	two.apply = func(tx *Tx, r eventstore.Record) error {
		tx.Bucket("new").Put(AppendUint(nil, r.Meta.Seq), nil)
		return nil
	}
	s := start(t, dir, st, nil, one)
	caughtUp(t, s)
	stop(t, s)
	there := func(name string) bool {
		_, err := os.Stat(filepath.Join(dir, name))
		return err == nil
	}
	s = start(t, dir, st, nil, two)
	caughtUp(t, s)
	if rows := rowsOf(t, s, "a"); len(rows) != len(st.recs) || !strings.HasPrefix(rows[0], "new ") {
		t.Errorf("got %d rows", len(rows))
	}
	if !there("a@1.db") || !there("a@2.db") {
		t.Error("the old file is to stay until the next start")
	}
	stop(t, s)
	s = start(t, dir, st, nil, two)
	caughtUp(t, s)
	if there("a@1.db") || !there("a@2.db") {
		t.Error("the old file is to be gone")
	}
	stop(t, s)
	back := start(t, dir, st, nil, one)
	caughtUp(t, back)
	if rows := rowsOf(t, back, "a"); strings.HasPrefix(rows[0], "new ") {
		t.Error("the earlier version reads rows of the later one")
	}
}

func TestOneProcessHasTheDirectory(t *testing.T) {
	dir, st := t.TempDir(), &logStore{}
	first := start(t, dir, st, nil, counting("a"))
	caughtUp(t, first)
	_, err := Open(t.Context(), Options{Dir: dir, Store: st, Projections: []Projection{counting("a")}, Logger: quiet})
	if !errors.Is(err, ErrInUse) {
		t.Errorf("got %v, want ErrInUse", err)
	}
	st.put(fact("530102.a.x"))
	caughtUp(t, first)
}

func TestOptionsAreChecked(t *testing.T) {
	for name, ps := range map[string][]Projection{
		"a name for no file": {counting("A/B")},
		"no name":            {counting("")},
		"a name twice":       {counting("a"), counting("a")},
		"a version below 1":  {testView{name: "a", version: -1, apply: nil}, versionZero{}},
	} {
		if s, err := Open(t.Context(), Options{Dir: t.TempDir(), Store: &logStore{}, Projections: ps, Logger: quiet}); err == nil {
			t.Errorf("%s was taken", name)
			_ = s.Close()
		}
	}
}

type versionZero struct{ testView }

func (versionZero) Name() string { return "zero" }
func (versionZero) Version() int { return 0 }

// TestAViewFarBehindHoldsNobodyUp builds a view that gets stuck beside one that
// is level.
func TestAViewFarBehindHoldsNobodyUp(t *testing.T) {
	st := &logStore{}
	st.commands(3000)
	dir := t.TempDir()
	s := start(t, dir, st, nil, counting("fast"))
	caughtUp(t, s)
	stop(t, s)
	release := make(chan struct{})
	slow := testView{name: "slow", apply: func(tx *Tx, r eventstore.Record) error {
		<-release
		return counting("slow").apply(tx, r)
	}}
	s = start(t, dir, st, func(s *Set) { s.limits.near = 100 }, counting("fast"), slow)
	for range 20 {
		for range 100 {
			st.put(fact("530102.a.x"))
		}
		if err := s.Wait(within(t), uint64(len(st.from(0))), "fast"); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.Status()[1]; got.State != Rebuilding || got.Seq != 0 {
		t.Errorf("got %+v", got)
	}
	if err := s.Read("slow", nil); !errors.Is(err, ErrNotReady) {
		t.Errorf("got %v, want ErrNotReady", err)
	}
	if got := s.Seq(); got != 0 {
		t.Errorf("got position %d of a view that cannot be read", got)
	}
	close(release)
	caughtUp(t, s)
	st.put(fact("530102.a.x"))
	caughtUp(t, s)
	if got := s.Status()[1]; got.State != Live {
		t.Errorf("got %+v", got)
	}
}

// TestReadersNeverGoBack reads a view while it is rebuilt again and again and
// facts are appended.
func TestReadersNeverGoBack(t *testing.T) {
	st := &logStore{}
	st.commands(300)
	s := start(t, t.TempDir(), st, smallSteps, scrambled, counting("a"))
	caughtUp(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for last := uint64(0); ctx.Err() == nil; {
				told := s.Seq("a")
				err := s.Read("a", func(r *Read) error {
					if r.Seq() < last || r.Seq() < told {
						t.Errorf("read at %d after %d and %d was told", r.Seq(), last, told)
					}
					last = r.Seq()
					return nil
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Go(func() {
		for ctx.Err() == nil {
			if err := s.Wait(ctx, st.put(fact("530102.a.x"))); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		}
	})
	for range 10 {
		if err := s.Rebuild(within(t), "a"); err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	wg.Wait()
	caughtUp(t, s)
	fresh := start(t, t.TempDir(), st, nil, scrambled, counting("a"))
	caughtUp(t, fresh)
	sameViews(t, hashes(t, s), hashes(t, fresh))
}

func TestALostLogIsFollowedAgain(t *testing.T) {
	st := &logStore{}
	s := start(t, t.TempDir(), st, nil, counting("a"))
	st.put(fact("530102.a.x"))
	caughtUp(t, s)
	st.break_(errors.New("no leader"))
	eventually(t, func() bool {
		got := s.Status()[0]
		return got.State == Stopped && strings.Contains(got.Error, "no leader")
	})
	st.put(fact("530102.a.x"))
	caughtUp(t, s)
	if got := s.Status()[0]; got.State != Live || got.Error != "" {
		t.Errorf("got %+v", got)
	}
}

func TestAGapInTheLogIsNotGoneOver(t *testing.T) {
	st := &logStore{}
	st.put(fact("530102.a.x"))
	s := start(t, t.TempDir(), st, nil, counting("a"))
	caughtUp(t, s)
	st.mu.Lock()
	gap := fact("530102.a.x")
	gap.Meta.Seq, gap.Meta.Ordinal, gap.Meta.Count = 3, 1, 1
	st.recs = append(st.recs, gap)
	st.mu.Unlock()
	st.more.notify()
	eventually(t, func() bool { return strings.Contains(s.Status()[0].Error, "from 1 to 3") })
	if got := s.Seq(); got != 1 {
		t.Errorf("got position %d, want 1", got)
	}
}

func TestWhatCannotBeWrittenIsTriedAgain(t *testing.T) {
	st := &logStore{}
	s := start(t, t.TempDir(), st, nil, counting("a"))
	caughtUp(t, s)
	w := s.views["a"].live.Load()
	tries := 0
	ok := w.persist(func() error {
		if tries++; tries < 3 {
			return os.ErrClosed
		}
		if got := s.Status()[0]; got.Error == "" || got.State != Live {
			t.Errorf("got %+v", got)
		}
		return nil
	})
	if !ok || tries != 3 || s.Status()[0].Error != "" {
		t.Errorf("got %v after %d tries: %+v", ok, tries, s.Status()[0])
	}
}
