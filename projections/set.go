package projections

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"minglu/eventstore"
)

// What reading and waiting may answer beside nil; match with errors.Is.
var (
	// ErrNoView says that no view of that name is in the set.
	ErrNoView = errors.New("no such view")
	// ErrNotReady says that the view is being built and nothing can be read.
	ErrNotReady = errors.New("the view is being built")
	// ErrStopped says that the view stands still before a fact that it cannot
	// take.
	ErrStopped = errors.New("the view stands still")
	// ErrClosed says that the set is closed.
	ErrClosed = errors.New("the views are closed")
	// ErrInUse says that another process has the directory.
	ErrInUse = errors.New("the views are in use by another process")
)

// Options say which views to keep, where, and of what.
type Options struct {
	// Dir is the directory of the view files. It is made where it is missing,
	// and belongs to one process at a time.
	Dir   string
	Store eventstore.Store
	// Projections are the views; their names MUST differ.
	Projections []Projection
	// Logger gets what an operator must know; nil means slog.Default.
	Logger *slog.Logger
	// BuildMemory bounds the rows, in bytes, that all views together hold in
	// memory while they are built; 0 means 96 MiB.
	BuildMemory int
	// CloseWithin bounds how long Close waits for views to commit what they
	// were given; 0 means 10 s.
	CloseWithin time.Duration
}

// A Set keeps views up to date with a log. Its methods may be called by many
// goroutines.
type Set struct {
	dir    string
	store  eventstore.Store
	log    *slog.Logger
	limits limits
	within time.Duration
	lock   *bolt.DB
	moved  signal
	gate   chan struct{}
	head   atomic.Uint64 // newest position known
	held   atomic.Pointer[chan struct{}]
	names  []string
	views  map[string]*view

	cancel context.CancelFunc
	run    context.Context // of the goroutines, ended by Close
	wg     sync.WaitGroup  // feeds and switches

	mu     sync.Mutex
	main   *feed
	feeds  []*feed
	closed bool
}

// A view is one projection with the file that is read and, at times, the one
// that is being built to take its place.
type view struct {
	p    Projection
	live atomic.Pointer[writer]
	next atomic.Pointer[writer]
}

// limits bound commit groups, and what is waited for.
type limits struct {
	near       uint64        // records apart that two views may be to share a feed
	live       int           // records, where hardly any more wait
	liveTime   time.Duration // age, likewise
	behind     int           // records, where many wait
	behindRows int           // rows, likewise
	partBytes  int           // one transaction of a file that is being built
	buildBytes int           // a group of a file that is being built
	spare      int           // memory kept from one group to the next, per bucket
}

const (
	nearEvents   = 4096
	liveEvents   = 500
	liveTime     = 20 * time.Millisecond
	behindEvents = 10_000
	behindRows   = 16_000
	partBytes    = 4 << 20
	largeWrites  = 2 // at a time, of all views
	liveSpare    = 64 << 10
	buildMemory  = 96 << 20
	closeWithin  = 10 * time.Second
)

// Open opens the views of o.Dir and starts to keep them up to date; views
// without a usable file are built anew, which it logs. It returns before they
// are level with the log: see CatchUp.
func Open(ctx context.Context, o Options) (*Set, error) {
	s, err := newSet(o)
	if err != nil {
		return nil, err
	}
	if err := s.open(ctx, o.Projections); err != nil {
		return nil, errors.Join(fmt.Errorf("open views: %w", err), s.Close())
	}
	return s, nil
}

func newSet(o Options) (*Set, error) {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.BuildMemory == 0 {
		o.BuildMemory = buildMemory
	}
	if o.CloseWithin == 0 {
		o.CloseWithin = closeWithin
	}
	s := &Set{
		dir: o.Dir, store: o.Store, log: o.Logger, within: o.CloseWithin,
		gate: make(chan struct{}, largeWrites), views: map[string]*view{},
		limits: limits{
			near: nearEvents, live: liveEvents, liveTime: liveTime, behind: behindEvents, behindRows: behindRows, partBytes: partBytes,
			buildBytes: max(o.BuildMemory/max(len(o.Projections), 1), largeChunk),
			spare:      liveSpare,
		},
	}
	s.run, s.cancel = context.WithCancel(context.Background())
	for _, p := range o.Projections {
		if !validName(p.Name()) || p.Version() < 1 {
			return nil, fmt.Errorf("view %q version %d: no name or version for a file", p.Name(), p.Version())
		}
		if s.views[p.Name()] != nil {
			return nil, fmt.Errorf("view %s stands twice in the list", p.Name())
		}
		s.views[p.Name()] = &view{p: p}
		s.names = append(s.names, p.Name())
	}
	return s, nil
}

func (s *Set) open(ctx context.Context, ps []Projection) (err error) {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	if s.lock, err = lockDir(s.dir); err != nil {
		return err
	}
	head, err := s.store.Head(ctx)
	if err != nil {
		return err
	}
	s.sawHead(head)
	var writers []*writer
	for _, p := range ps {
		w, err := s.openView(p, head)
		if err != nil {
			return fmt.Errorf("view %s: %w", p.Name(), err)
		}
		writers = append(writers, w)
	}
	slices.SortStableFunc(writers, func(a, b *writer) int { return cmp.Compare(a.seq.Load(), b.seq.Load()) })
	for first := 0; first < len(writers); {
		end := first + 1
		for end < len(writers) && writers[end].seq.Load()-writers[end-1].seq.Load() <= s.limits.near {
			end++
		}
		s.start(writers[first:end])
		first = end
	}
	return nil
}

// openView opens the file of p, or begins to build it.
func (s *Set) openView(p Projection, head uint64) (*writer, error) {
	v := s.views[p.Name()]
	if err := sweep(s.dir, p); err != nil {
		return nil, err
	}
	path := filepath.Join(s.dir, fileName(p))
	db, seq, err := openFile(path, p, head)
	if err == nil {
		w := newWriter(p, path, db, seq, s)
		w.heal = func() { s.heal(w) }
		v.live.Store(w)
		return w, nil
	}
	if _, damaged := errors.AsType[damage](err); damaged {
		s.log.Warn("view file is damaged and is built anew", "view", p.Name(), "file", path, "error", err)
		if err := os.Remove(path); err != nil {
			return nil, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return s.build(v)
}

// build begins a new file of a view.
func (s *Set) build(v *view) (*writer, error) {
	path := filepath.Join(s.dir, fileName(v.p))
	db, err := createFile(path+buildSuffix, v.p)
	if err != nil {
		return nil, err
	}
	w := newWriter(v.p, path, db, 0, s)
	w.building.Store(true)
	w.lim.spare = w.lim.buildBytes
	w.heal = func() { s.heal(w) }
	v.next.Store(w)
	return w, nil
}

// start runs writers that stand close together, and a feed for them.
func (s *Set) start(writers []*writer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.startLocked(writers)
}

func (s *Set) startLocked(writers []*writer) {
	f := &feed{set: s, members: slices.Clone(writers), pos: writers[0].seq.Load()}
	for _, w := range writers {
		f.pos = min(f.pos, w.seq.Load())
		go w.run()
	}
	s.feeds = append(s.feeds, f)
	s.wg.Go(func() { f.run(s.run) })
}

func (s *Set) isMain(f *feed) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.main == f
}

// join makes f the main feed where there is none, or moves its members to the
// main feed if that has not run ahead of f. It reports whether f is empty.
func (s *Set) join(f *feed) bool {
	s.mu.Lock()
	main := s.main
	if main == nil {
		s.main = f
		s.mu.Unlock()
		s.takeOver(f, f.membersNow(), f.pos)
		return false
	}
	s.mu.Unlock()
	main.mu.Lock()
	if f.pos < main.pos {
		main.mu.Unlock()
		return false
	}
	members := f.membersNow()
	main.members = append(main.members, members...)
	f.mu.Lock()
	f.members = nil
	f.mu.Unlock()
	main.mu.Unlock()
	s.mu.Lock()
	s.feeds = slices.DeleteFunc(s.feeds, func(g *feed) bool { return g == f })
	s.mu.Unlock()
	s.takeOver(main, members, f.pos)
	return true
}

// takeOver puts members whose files were built, and have just joined the main
// feed, into the place of the files that were read until now.
func (s *Set) takeOver(f *feed, members []*writer, joined uint64) {
	for _, w := range members {
		v := s.views[w.p.Name()]
		if v.next.Load() == w && w.failed() == nil {
			s.wg.Go(func() { s.switchTo(v, w, joined) })
		}
	}
}

// switchTo lets v be read from w as soon as w knows all that readers have seen.
func (s *Set) switchTo(v *view, w *writer, seq uint64) {
	old := v.live.Load()
	if old != nil {
		if pos, ok := s.drop(old); ok {
			seq = max(seq, pos)
		}
		old.hurry()
		<-old.ended
	}
	for {
		changed := s.moved.wait()
		if w.seq.Load() >= seq {
			break
		}
		if w.failed() != nil {
			return
		}
		select {
		case <-changed:
		case <-s.run.Done():
			return
		}
	}
	v.live.Store(w)
	v.next.CompareAndSwap(w, nil)
	s.log.Info("view built", "view", w.p.Name(), "version", w.p.Version(), "seq", w.seq.Load())
	s.moved.notify()
	if old != nil {
		if err := old.db.Load().Close(); err != nil {
			s.log.Warn("close the old file of a view", "view", w.p.Name(), "error", err)
		}
	}
}

// drop takes w out of the feed that it is in.
func (s *Set) drop(w *writer) (pos uint64, ok bool) {
	for {
		s.mu.Lock()
		feeds := slices.Clone(s.feeds)
		s.mu.Unlock()
		for _, f := range feeds {
			if pos, ok = f.drop(w); ok {
				return pos, true
			}
		}
		select {
		case <-w.ended:
			return 0, false
		case <-s.run.Done():
			return 0, false
		case <-time.After(time.Millisecond): // it is on its way from one feed to another
		}
	}
}

func (s *Set) sawHead(seq uint64) {
	for {
		h := s.head.Load()
		if h >= seq || s.head.CompareAndSwap(h, seq) {
			return
		}
	}
}

// Close stops following the log, waits until every view has committed what it
// was given, for CloseWithin at most, and closes the files. Views that are
// still being built are thrown away. What was not committed is read from the
// log again at the next start.
func (s *Set) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.mu.Unlock()
	s.cancel()
	s.wg.Wait()
	var writers []*writer
	for _, f := range s.feeds {
		writers = append(writers, f.members...)
	}
	for _, w := range writers {
		close(w.queue)
		if w.building.Load() {
			w.hurry()
		}
	}
	late := time.After(s.within)
	for _, w := range writers {
		select {
		case <-w.ended:
			continue
		case <-late:
		}
		for _, w := range writers {
			w.hurry()
		}
		break
	}
	var errs []error
	for _, w := range writers {
		<-w.ended
	}
	for _, v := range s.views {
		for _, w := range []*writer{v.live.Load(), v.next.Load()} {
			if w != nil {
				errs = append(errs, w.discard())
			}
		}
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	s.moved.notify()
	return errors.Join(errs...)
}
