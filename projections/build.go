package projections

import (
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// relieve makes room in the group of a file that is being built. Blind buckets
// go to a run; the others, and those in sequence, go to the file, in several
// transactions of neighbouring keys: nobody reads the file yet, it is thrown
// away after a crash, and large transactions of bbolt take much memory and
// leave as much free space in the file as they replace. Where blind buckets
// hold a good part of the memory only they go, so that rows that are written
// again and again are written to the file seldom.
func (w *writer) relieve() error {
	aside, total := 0, w.tx.size()
	for _, b := range w.tx.buckets {
		if b.aside() {
			aside += b.buffer.size()
		}
	}
	w.gate <- struct{}{}
	defer func() { <-w.gate }()
	for _, b := range w.tx.written() {
		if b.aside() {
			if err := w.putAside(b); err != nil {
				return err
			}
			continue
		}
		if 3*aside >= total {
			continue
		}
		if err := w.writeParts(b); err != nil {
			return err
		}
	}
	return nil
}

// aside reports whether the bucket is put into runs.
func (b *Bucket) aside() bool { return !b.buffer.indexed && (!b.sequence || b.hasRuns()) }

func (b *Bucket) hasRuns() bool { return b.tx.runs != nil && len(b.tx.runs.of[b.name]) > 0 }

func (w *writer) putAside(b *Bucket) error {
	if w.tx.runs == nil {
		r, err := newRuns(w.path + runsSuffix)
		if err != nil {
			return err
		}
		w.tx.runs = r
	}
	if err := w.tx.runs.put(b); err != nil {
		return err
	}
	b.buffer.reset(w.lim.spare)
	return nil
}

// writeParts puts the group of one bucket into the file.
func (w *writer) writeParts(b *Bucket) error {
	w.tx.forget()
	slots := b.buffer.sorted()
	for len(slots) > 0 {
		n, size := 0, 0
		for n < len(slots) && size < w.lim.partBytes {
			s := &b.buffer.slots[slots[n]]
			size += int(s.key.n + s.value.n)
			if !b.buffer.growing {
				size += pageShare
			}
			n++
		}
		if err := w.db.Load().Update(func(tx *bolt.Tx) error { return b.flush(tx, slots[:n]) }); err != nil {
			return err
		}
		w.release(n)
		slots = slots[n:]
	}
	b.buffer.reset(w.lim.spare)
	return nil
}

// pageShare is what a row costs in memory of bbolt, about, besides its own
// bytes: most rows that change have a page for themselves or nearly so, which
// is read and written anew.
const pageShare = 512

// makeReadable ends the blindness of a bucket, between two commands.
func (w *writer) makeReadable(b *Bucket) error {
	b.buffer.index()
	if !b.hasRuns() {
		return nil
	}
	w.tx.forget()
	return w.tx.runs.load(w.db.Load(), b.name, w.lim.partBytes)
}

// fulfil does what a feed asks of a file that is being built.
func (w *writer) fulfil(what wish) {
	if !w.building.Load() || w.failed() != nil || !w.persist(w.whole) {
		return
	}
	w.events = 0
	w.seq.Store(w.applied)
	if what == wishFinish {
		if err := w.finish(); err != nil {
			w.stand(fmt.Errorf("finish view %s: %w", w.p.Name(), err))
		}
	}
	w.moved.notify()
}

// whole brings everything into the file, the position last.
func (w *writer) whole() error {
	w.gate <- struct{}{}
	defer func() { <-w.gate }()
	for _, b := range w.tx.written() {
		write := w.writeParts
		if b.hasRuns() {
			write = w.putAside
		}
		if err := write(b); err != nil {
			return err
		}
	}
	for _, b := range w.tx.buckets {
		if !b.hasRuns() {
			continue
		}
		if err := w.tx.runs.load(w.db.Load(), b.name, w.lim.partBytes); err != nil {
			return err
		}
		w.release(releaseAfter)
	}
	w.tx.forget()
	return w.db.Load().Update(func(tx *bolt.Tx) error { return putCheckpoint(tx, w.applied) })
}

// finish makes the file durable under its own name. From then on it is written
// as a live one.
func (w *writer) finish() error {
	if w.tx.runs != nil {
		if err := w.tx.runs.remove(); err != nil {
			return err
		}
		w.tx.runs = nil
	}
	db, err := finishFile(w.db.Load(), w.path+buildSuffix, w.path)
	if err != nil {
		return err
	}
	w.db.Store(db)
	w.tx.reset(0)
	w.tx.db = db
	w.lim.spare = liveSpare
	w.building.Store(false)
	w.release(releaseAfter)
	return nil
}
