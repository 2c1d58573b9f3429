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

// An item is one thing in a writer's queue: records, or the wish to write what
// is held, or to make a built file durable too, answered by closing the
// channel.
type item struct {
	batch    batch
	flushed  chan struct{}
	finished chan struct{}
}

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
	events  int
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

// hurry tells the writer to leave what is queued.
func (w *writer) hurry() { w.once.Do(func() { close(w.quit) }) }

// queueLength is how many batches wait for a view before it holds up the feed.
const queueLength = 8

func (w *writer) run() {
	defer close(w.ended)
	defer w.tx.reset(0)
	for {
		it, ok := w.receive()
		if !ok {
			return
		}
		w.apply(it.batch)
		switch {
		case it.flushed != nil:
			w.commit()
			close(it.flushed)
		case it.finished != nil:
			w.commit()
			w.finish()
			close(it.finished)
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
	return w.events >= w.lim.behind || w.tx.size() >= w.lim.writeBytes
}

// apply puts the records of b that are new to the view into the group.
func (w *writer) apply(b batch) {
	for i := range b {
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
		if w.applied == w.border || w.events == 0 {
			w.tx.begin()
		}
		w.events++
		if w.wants || !r.IsReservation() {
			if err := w.applyOne(r); err != nil {
				w.tx.takeBack()
				w.applied = w.border
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

func (w *writer) applyOne(r *eventstore.Record) (err error) {
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
	if f, ok := p.(error); ok {
		*err = fmt.Errorf("panic: %w", f)
	} else {
		*err = fmt.Errorf("panic: %v", p)
	}
	slog.Debug("recovered in a view", "panic", p, "stack", string(debug.Stack()))
}

// commit writes the open group and the position. What cannot be written, as on
// a full disk, is tried again until it can or the set is closed; the file keeps
// its old position meanwhile.
func (w *writer) commit() {
	if w.events == 0 {
		return
	}
	for pause := commitPause; w.applied > w.seq.Load(); pause = min(2*pause, longestPause) {
		err := w.write()
		if err == nil {
			w.seq.Store(w.applied)
			break
		}
		if d, ok := errors.AsType[damage](err); ok {
			w.stand(d)
			break
		}
		w.retry(err)
		select {
		case <-time.After(pause):
		case <-w.quit:
			w.tx.reset(0)
			w.events, w.applied, w.border = 0, w.seq.Load(), w.seq.Load()
			return
		}
	}
	rows := w.tx.rows()
	w.tx.reset(w.lim.spareChunks)
	w.release(rows)
	w.events = 0
	w.retry(nil)
	w.moved.notify()
}

// release gives back the memory of the file's pages once the group has touched
// enough of them: a row that is read or written may bring in sixteen pages.
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

// Between two attempts to write.
const (
	commitPause  = 50 * time.Millisecond
	longestPause = 5 * time.Second
)

// write puts the group into the file.
func (w *writer) write() (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = damage{fmt.Errorf("panic while writing: %v", p)}
		}
		if err != nil {
			w.tx.forget()
		}
	}()
	if w.building.Load() {
		return w.writeParts()
	}
	if w.tx.size() >= w.lim.writeBytes/4 {
		w.gate <- struct{}{}
		defer func() { <-w.gate }()
	}
	tx := w.tx.snapshot()
	for _, name := range w.tx.bucketNames() {
		b := w.tx.buckets[name]
		if err := b.flush(tx, b.buffer.sorted()); err != nil {
			return err
		}
	}
	if err := putCheckpoint(tx, w.applied); err != nil {
		return err
	}
	w.tx.bolt = nil
	return tx.Commit()
}

// writeParts puts a large group into a file that is being built, in several
// transactions of neighbouring keys, the position last: a file that is being
// built is thrown away after a crash, and large transactions of bbolt take much
// memory and leave as much free space in the file as they replace.
func (w *writer) writeParts() error {
	w.gate <- struct{}{}
	defer func() { <-w.gate }()
	w.tx.forget()
	db := w.db.Load()
	for _, name := range w.tx.bucketNames() {
		b := w.tx.buckets[name]
		slots := b.buffer.sorted()
		for len(slots) > 0 {
			n, bytes := 0, 0
			for n < len(slots) && bytes < w.lim.writeBytes {
				s := &b.buffer.slots[slots[n]]
				bytes += int(s.key.n+s.value.n) + rowOverhead
				n++
			}
			if err := db.Update(func(tx *bolt.Tx) error { return b.flush(tx, slots[:n]) }); err != nil {
				return err
			}
			slots = slots[n:]
			w.release(n)
		}
	}
	return db.Update(func(tx *bolt.Tx) error { return putCheckpoint(tx, w.applied) })
}

// rowOverhead is about what bbolt needs for a row besides its bytes.
const rowOverhead = 64

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

// finish makes a file that was being built durable under its own name. From
// then on it is written as a live one.
func (w *writer) finish() {
	if w.failed() != nil || !w.building.Load() {
		return
	}
	db, err := finishFile(w.db.Load(), w.path+buildSuffix, w.path)
	if err != nil {
		w.stand(fmt.Errorf("finish view %s: %w", w.p.Name(), err))
		return
	}
	w.db.Store(db)
	w.tx.reset(0)
	w.tx = newTx(db)
	w.release(releaseAfter)
	w.building.Store(false)
	w.moved.notify()
}

// discard closes the file; one that was not finished is deleted.
func (w *writer) discard() error {
	err := w.db.Load().Close()
	if w.building.Load() {
		err = errors.Join(err, os.Remove(w.path+buildSuffix))
	}
	return err
}

// stand stops the view where it is. A file that is damaged is built anew.
func (w *writer) stand(err error) {
	w.mu.Lock()
	w.failure = err
	w.mu.Unlock()
	if _, ok := errors.AsType[damage](err); ok && w.heal != nil {
		defer w.heal()
	}
	w.log.Error("view stands still", "view", w.p.Name(), "seq", w.seq.Load(), "error", err)
	w.moved.notify()
}

func (w *writer) failed() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.failure
}

func (w *writer) retry(err error) {
	w.mu.Lock()
	changed := (err == nil) != (w.trouble == nil)
	w.trouble = err
	w.mu.Unlock()
	if changed && err != nil {
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
