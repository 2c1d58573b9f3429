package projections

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"minglu/eventstore"
)

// A batch is a run of whole commands, handed to every writer. It is read only.
type batch []eventstore.Record

func (b batch) last() uint64 { return b[len(b)-1].Meta.Seq }

// An item is one thing in a writer's queue: records, or a wish of the feed.
type item struct {
	batch batch
	wish  wish
	done  chan struct{} // closed when the wish is fulfilled, or cannot be
}

// A wish is what a feed asks of a writer whose file is being built.
type wish uint8

const (
	wishWhole  wish = iota + 1 // all rows in the file
	wishFinish                 // and the file durable, under its own name
)

// A writer folds records into one file. One goroutine serves its queue and
// alone writes the file. Whoever feeds it closes the queue.
type writer struct {
	p     Projection
	wants bool   // reservations too
	path  string // where the file is, or is to be when it is built
	until uint64 // newest record to take
	lim   limits
	log   *slog.Logger
	moved *signal       // of the set: a position or state has changed
	gate  chan struct{} // held while a large group goes to a file
	heal  func()        // builds the view anew, or nil

	queue chan item
	quit  chan struct{} // closed by hurry
	ended chan struct{}
	once  sync.Once

	db       atomic.Pointer[bolt.DB]
	building atomic.Bool // the file is not durable and stands at path + buildSuffix
	seq      atomic.Uint64

	// Of the goroutine.
	tx      *Tx
	applied uint64 // newest record in the open group
	border  uint64 // newest end of a command in it
	opened  time.Time
	events  int // records in the open group
	touched int // rows since release

	mu      sync.Mutex
	failure error // why the view stands still
	trouble error // why a commit is being tried again
}

func newWriter(p Projection, path string, db *bolt.DB, seq uint64, s *Set) *writer {
	_, wants := p.(ReservationReader)
	w := &writer{
		p: p, wants: wants, path: path, lim: s.limits, log: s.log, moved: &s.moved, gate: s.gate,
		queue: make(chan item, queueLength), quit: make(chan struct{}), ended: make(chan struct{}),
		tx: newTx(db), applied: seq, border: seq, until: ^uint64(0),
	}
	w.db.Store(db)
	w.seq.Store(seq)
	return w
}

// queueLength is how many batches wait for a view before it holds up the feed.
const queueLength = 8

// hurry tells the writer to leave what is queued.
func (w *writer) hurry() { w.once.Do(func() { close(w.quit) }) }

func (w *writer) run() {
	defer close(w.ended)
	defer func() { w.tx.reset(0) }()
	for {
		it, ok := w.receive()
		if !ok {
			return
		}
		w.apply(it.batch)
		w.release(w.tx.looks)
		w.tx.looks = 0
		if it.wish != 0 {
			w.fulfil(it.wish)
			close(it.done)
		}
		if w.full() {
			w.commit()
		}
	}
}

// receive returns what comes next. A live view commits before it waits.
func (w *writer) receive() (it item, ok bool) {
	if !w.building.Load() {
		select {
		case it, ok = <-w.queue:
			if !ok {
				w.commit()
			}
			return it, ok
		default:
			w.commit()
		}
	}
	idle := time.NewTimer(releaseEvery)
	defer idle.Stop()
	for {
		select {
		case <-w.quit:
			return item{}, false
		case it, ok = <-w.queue:
			return it, ok
		case <-idle.C:
			w.release(releaseAfter)
		}
	}
}

// full reports whether the group is to be committed though more waits.
func (w *writer) full() bool {
	switch {
	case w.building.Load():
		return w.tx.size() >= w.lim.buildBytes
	case len(w.queue) <= 1:
		return w.events >= w.lim.live || w.events > 0 && time.Since(w.opened) >= w.lim.liveTime
	}
	return w.events >= w.lim.behind || w.tx.rows() >= w.lim.behindRows || w.tx.size() >= w.lim.partBytes
}

// apply puts the records of b that are new to the view into the group.
func (w *writer) apply(b batch) {
	start := 0 // of the command that is being applied
	for i := 0; i < len(b); i++ {
		r := &b[i]
		seq := r.Meta.Seq
		if seq <= w.applied {
			continue
		}
		if seq > w.until || w.failed() != nil {
			return
		}
		if w.events == 0 {
			w.opened = time.Now()
		}
		if w.applied == w.border {
			start = i
			w.tx.begin()
		}
		w.events++
		if w.wants || !r.IsReservation() {
			err := w.applyOne(r)
			if first, ok := errors.AsType[firstRead](err); ok {
				w.takeBack()
				if err = w.makeReadable(first.bucket); err == nil {
					i = start - 1
					continue
				}
			}
			if err != nil {
				w.takeBack()
				w.commit()
				w.stand(fmt.Errorf("view %s cannot take the fact at position %d (%s of %s): %w", w.p.Name(), seq, r.Type, r.Stream, err))
				return
			}
		}
		w.applied = seq
		if r.EndsCommand() {
			w.border = seq
		}
	}
}

// takeBack undoes the present command.
func (w *writer) takeBack() {
	w.tx.takeBack()
	w.applied = w.border
}

func (w *writer) applyOne(r *eventstore.Record) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer recovered(&err)
	return w.p.Apply(w.tx, *r)
}

// recovered turns a panic into an error: a fault of the view's code, or of a
// file that bbolt finds does not hold together.
func recovered(err *error) {
	p := recover()
	if p == nil {
		return
	}
	f, ok := p.(error)
	if !ok {
		f = fmt.Errorf("%v", p)
	}
	if _, ok := f.(firstRead); !ok {
		f = fmt.Errorf("panic: %w\n%s", f, debug.Stack())
	}
	*err = f
}

// commit writes the open group and the position.
func (w *writer) commit() {
	if w.applied == w.seq.Load() {
		w.tx.reset(w.lim.spare)
		w.events = 0
		return
	}
	rows := w.tx.rows()
	ok := w.persist(func() error {
		if w.building.Load() {
			return w.relieve()
		}
		return w.writeGroup()
	})
	if !ok {
		return
	}
	w.events = 0
	w.release(rows)
	w.seq.Store(w.applied)
	w.moved.notify()
}

// persist calls write until it succeeds, and reports whether it did. What
// cannot be written, as on a full disk, is tried again until it can or the
// writer is to hurry; the file keeps its old position meanwhile.
func (w *writer) persist(write func() error) bool {
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		err := guarded(write)
		if err == nil {
			w.setTrouble(nil)
			return true
		}
		w.tx.forget()
		if d, ok := errors.AsType[damage](err); ok {
			w.stand(d)
		} else {
			w.setTrouble(err)
			select {
			case <-time.After(pause):
				continue
			case <-w.quit:
			}
		}
		w.tx.reset(0)
		w.events, w.applied, w.border = 0, w.seq.Load(), w.seq.Load()
		return false
	}
}

// Between two attempts to write, or to follow the log.
const (
	firstPause   = 50 * time.Millisecond
	longestPause = 5 * time.Second
)

// guarded calls f; a panic in there says that the file does not hold together.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = damage{fmt.Errorf("panic: %v\n%s", p, debug.Stack())}
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	return f()
}

// writeGroup puts the group and the position into a live file, in one
// transaction.
func (w *writer) writeGroup() error {
	if w.tx.rows() >= w.lim.behindRows/4 {
		w.gate <- struct{}{}
		defer func() { <-w.gate }()
	}
	tx := w.tx.snapshot()
	for _, b := range w.tx.written() {
		if err := b.flush(tx, b.buffer.sorted()); err != nil {
			return err
		}
	}
	if err := putCheckpoint(tx, w.applied); err != nil {
		return err
	}
	w.tx.bolt = nil
	if err := tx.Commit(); err != nil {
		return err
	}
	w.tx.reset(w.lim.spare)
	return nil
}

func putCheckpoint(tx *bolt.Tx, seq uint64) error {
	return tx.Bucket([]byte(metaBucket)).Put([]byte(keyCheckpoint), AppendUint(nil, seq))
}

// flush puts slots, which are in key order, into the file.
func (b *Bucket) flush(tx *bolt.Tx, slots []int32) error {
	var f *bolt.Bucket
	for _, i := range slots {
		s := &b.buffer.slots[i]
		if f == nil && s.state == put {
			var err error
			if f, err = tx.CreateBucketIfNotExists([]byte(b.name)); err != nil {
				return fmt.Errorf("bucket %s: %w", b.name, err)
			}
		} else if f == nil {
			f = tx.Bucket([]byte(b.name))
		}
		if f == nil {
			continue
		}
		if b.sequence {
			f.FillPercent = sequenceFill
		}
		var err error
		switch s.state {
		case put:
			err = f.Put(b.buffer.key(int(i)), b.buffer.value(int(i)))
		case deleted:
			err = f.Delete(b.buffer.key(int(i)))
		}
		if err != nil {
			return fmt.Errorf("bucket %s: %w", b.name, err)
		}
	}
	return nil
}

// sequenceFill is how far pages are filled whose keys only grow.
const sequenceFill = 0.9

// discard closes the file; one that was not finished is deleted.
func (w *writer) discard() error {
	db := w.db.Load()
	if !w.building.Load() {
		err := guarded(func() error { return closeFile(db) })
		if _, ok := errors.AsType[damage](err); ok {
			w.log.Warn("view file is damaged and will be built anew", "view", w.p.Name(), "error", err)
			return db.Close()
		}
		return err
	}
	err := errors.Join(db.Close(), os.Remove(w.path+buildSuffix))
	if w.tx.runs != nil {
		err = errors.Join(err, w.tx.runs.remove())
	}
	return err
}

// release gives back the memory of the file's pages once enough rows were
// looked at or written: each may have brought in sixteen pages.
func (w *writer) release(rows int) {
	if w.touched += rows; w.touched < releaseAfter {
		return
	}
	w.touched = 0
	if info, err := os.Stat(w.db.Load().Path()); err == nil {
		unmapPages(w.db.Load(), info.Size())
	}
}

// releaseAfter is after how many rows pages are given back, and releaseEvery
// after how long where only readers touch them.
const (
	releaseAfter = 4096
	releaseEvery = 30 * time.Second
)

// stand stops the view where it is. A file that is damaged is built anew.
func (w *writer) stand(err error) {
	w.mu.Lock()
	w.failure = err
	w.mu.Unlock()
	w.log.Error("view stands still", "view", w.p.Name(), "seq", w.seq.Load(), "error", err)
	if _, ok := errors.AsType[damage](err); ok && w.heal != nil {
		w.heal()
	}
	w.moved.notify()
}

func (w *writer) failed() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.failure
}

func (w *writer) setTrouble(err error) {
	w.mu.Lock()
	began := err != nil && w.trouble == nil
	w.trouble = err
	w.mu.Unlock()
	if began {
		w.log.Error("view cannot be written, trying again", "view", w.p.Name(), "seq", w.seq.Load(), "error", err)
	}
}

func (w *writer) troubled() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.trouble
}

func validName(name string) bool {
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
