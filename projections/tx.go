package projections

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// A Tx is what Apply writes to: one group of commands. Writes are kept in
// memory, where reads see them, and go to the file in key order when the group
// is committed, all of them with the checkpoint or none. It is for the one
// goroutine that calls Apply and MUST NOT be kept.
type Tx struct {
	db      *bolt.DB
	bolt    *bolt.Tx // what the file holds below the group; nil between groups
	buckets map[string]*Bucket
	runs    *runs  // what a file that is being built holds besides; or nil
	looks   int    // into the file, since the writer last asked
	command uint32 // number of the present command
	undo    []undo
	memo    memo
	before  arena // values that the command has overwritten in place
}

// An undo says what a slot was before the command touched it, or how many
// slots a blind buffer had.
type undo struct {
	bucket *Bucket
	blind  bool
	slot   int
	state  uint8
	copied bool
	value  span
	before span // in Tx.before, where copied
}

// firstRead is what a read of a blind bucket panics with: the command is taken
// back, the bucket is made readable, and the command is applied again.
type firstRead struct{ bucket *Bucket }

func (f firstRead) Error() string { return "first read of bucket " + f.bucket.name }

func newTx(db *bolt.DB) *Tx {
	return &Tx{db: db, buckets: map[string]*Bucket{}}
}

// Bucket returns the bucket of that name, which need not exist yet.
func (t *Tx) Bucket(name string) *Bucket {
	b, ok := t.buckets[name]
	if !ok {
		if name == metaBucket || name == "" {
			panic(fmt.Sprintf("projections: bucket name %q", name))
		}
		b = &Bucket{name: name, tx: t}
		t.buckets[name] = b
	}
	return b
}

// Sequence returns the bucket of that name, whose new keys are greater than
// all that it holds, such as positions. Its pages are filled almost wholly.
// That is a hint: other keys are taken too.
func (t *Tx) Sequence(name string) *Bucket {
	b := t.Bucket(name)
	b.sequence = true
	return b
}

// A Bucket is one bucket of a view as Apply sees it. It implements Rows.
type Bucket struct {
	name     string
	tx       *Tx
	buffer   buffer
	below    *bolt.Bucket
	looked   bool   // whether below was asked for in this group
	written  uint32 // the command that wrote to the bucket last
	sequence bool
}

var _ Rows = (*Bucket)(nil)

// file returns the bucket as it was before the group, or nil.
func (b *Bucket) file() *bolt.Bucket {
	if !b.looked {
		b.below, b.looked = b.tx.snapshot().Bucket([]byte(b.name)), true
	}
	return b.below
}

// see makes sure that the bucket can be read.
func (b *Bucket) see() {
	if !b.buffer.indexed {
		panic(firstRead{b})
	}
}

// Get returns the value of key, or nil where there is none.
func (b *Bucket) Get(key []byte) []byte {
	b.see()
	if i, _, ok := b.buffer.find(key); ok {
		switch b.buffer.slots[i].state {
		case put:
			return b.buffer.value(i)
		case deleted:
			return nil
		}
	}
	if f := b.file(); f != nil {
		b.tx.looks++
		return f.Get(key)
	}
	return nil
}

// Put stores copies of key and value. The key MUST NOT be empty nor longer
// than 32,768 bytes.
func (b *Bucket) Put(key, value []byte) {
	if len(key) == 0 || len(key) > bolt.MaxKeySize {
		panic(fmt.Sprintf("projections: bucket %s: key of %d bytes", b.name, len(key)))
	}
	if !b.buffer.indexed {
		b.touchBlind()
		b.buffer.append(key, value, put)
		return
	}
	s := b.touch(key)
	s.state = put
	a := &b.buffer.arena
	switch {
	case s.value.limit == 0:
		s.value = a.hold(value, 0)
	case int(s.value.limit) >= len(value):
		s.value = a.overwrite(s.value, value)
	default:
		s.value = a.hold(value, len(value)/4)
	}
}

// Delete removes the row of key, if there is one.
func (b *Bucket) Delete(key []byte) {
	if !b.buffer.indexed {
		b.touchBlind()
		b.buffer.append(key, nil, deleted)
		return
	}
	b.touch(key).state = deleted
}

// touchBlind remembers how much the blind bucket held before the command.
func (b *Bucket) touchBlind() {
	if b.written != b.tx.command {
		b.written = b.tx.command
		b.tx.undo = append(b.tx.undo, undo{bucket: b, blind: true, slot: len(b.buffer.slots)})
	}
}

// touch returns the slot of key, ready to be changed by the present command.
func (b *Bucket) touch(key []byte) *slot {
	t := b.tx
	i, hash, ok := b.buffer.find(key)
	if !ok {
		i = b.buffer.add(key, hash)
	}
	s := &b.buffer.slots[i]
	if s.command != t.command {
		u := undo{bucket: b, slot: i, state: s.state, value: s.value}
		if s.state == put {
			u.copied, u.before = true, t.before.hold(b.buffer.value(i), 0)
		}
		t.undo = append(t.undo, u)
		s.command = t.command
	}
	return s
}

// Scan yields the rows whose keys begin with prefix, ascending.
func (b *Bucket) Scan(prefix []byte) iter.Seq2[[]byte, []byte] { return b.From(prefix, prefix) }

// From yields the rows whose keys begin with prefix and are start or greater,
// ascending.
func (b *Bucket) From(prefix, start []byte) iter.Seq2[[]byte, []byte] {
	if bytes.Compare(start, prefix) < 0 {
		start = prefix
	}
	b.see()
	return func(yield func(k, v []byte) bool) {
		b.tx.looks++
		f := fileCursor{bucket: b.file()}
		f.seek(start)
		p := b.buffer.ordered().seek(start)
		i, more := p.next()
		for {
			var key []byte
			switch {
			case more && (f.key == nil || bytes.Compare(b.buffer.key(i), f.key) <= 0):
				key = b.buffer.key(i)
			case f.key != nil:
				key = f.key
			default:
				return
			}
			if !hasPrefix(key, prefix) {
				return
			}
			value, here := f.value, bytes.Equal(key, f.key)
			buffered := more && bytes.Equal(key, b.buffer.key(i))
			if buffered {
				value, here = b.over(i, value, here)
			}
			if here && !yield(key, value) {
				return
			}
			if bytes.Equal(key, f.key) {
				f.next()
			}
			if buffered {
				i, more = p.next()
			}
		}
	}
}

// Back yields the rows whose keys begin with prefix and are less than end,
// descending.
func (b *Bucket) Back(prefix, end []byte) iter.Seq2[[]byte, []byte] {
	end = backFrom(prefix, end)
	b.see()
	return func(yield func(k, v []byte) bool) {
		b.tx.looks++
		f := fileCursor{bucket: b.file()}
		f.before(end)
		var p place
		if o := b.buffer.ordered(); end == nil {
			p = place{o: o, run: len(o.runs)}
		} else {
			p = o.seek(end)
		}
		i, more := p.prev()
		for {
			var key []byte
			switch {
			case more && (f.key == nil || bytes.Compare(b.buffer.key(i), f.key) >= 0):
				key = b.buffer.key(i)
			case f.key != nil:
				key = f.key
			default:
				return
			}
			if !hasPrefix(key, prefix) {
				return
			}
			value, here := f.value, bytes.Equal(key, f.key)
			buffered := more && bytes.Equal(key, b.buffer.key(i))
			if buffered {
				value, here = b.over(i, value, here)
			}
			if here && !yield(key, value) {
				return
			}
			if bytes.Equal(key, f.key) {
				f.prev()
			}
			if buffered {
				i, more = p.prev()
			}
		}
	}
}

// over lays slot i over a row of the file.
func (b *Bucket) over(i int, value []byte, here bool) ([]byte, bool) {
	switch b.buffer.slots[i].state {
	case put:
		return b.buffer.value(i), true
	case deleted:
		return nil, false
	}
	return value, here
}

// backFrom returns where a descending scan of prefix begins.
func backFrom(prefix, end []byte) []byte {
	last := after(prefix)
	if end == nil || last != nil && bytes.Compare(last, end) < 0 {
		return last
	}
	return end
}

// snapshot returns the transaction below the group.
func (t *Tx) snapshot() *bolt.Tx {
	if t.bolt == nil {
		tx, err := t.db.Begin(true)
		if err != nil {
			panic(fileFault{err})
		}
		t.bolt = tx
	}
	return t.bolt
}

// begin starts the next command.
func (t *Tx) begin() {
	t.command++
	t.undo = t.undo[:0]
	t.before.reset(firstChunk)
}

// takeBack undoes the present command.
func (t *Tx) takeBack() {
	for _, u := range slices.Backward(t.undo) {
		b := &u.bucket.buffer
		if u.blind {
			b.slots = b.slots[:u.slot]
			continue
		}
		s := &b.slots[u.slot]
		s.state, s.value = u.state, u.value
		if u.copied {
			s.value = b.arena.overwrite(u.value, t.before.bytes(u.before))
		}
	}
	t.begin()
}

// size returns the memory that the group takes, about.
func (t *Tx) size() (n int) {
	for _, b := range t.buckets {
		n += b.buffer.size()
	}
	return n
}

// rows returns how many writes the group holds.
func (t *Tx) rows() (n int) {
	for _, b := range t.buckets {
		n += len(b.buffer.slots)
	}
	return n
}

// written returns the buckets that the group wrote, in order of name.
func (t *Tx) written() (out []*Bucket) {
	for _, name := range slices.Sorted(maps.Keys(t.buckets)) {
		if b := t.buckets[name]; len(b.buffer.slots) > 0 {
			out = append(out, b)
		}
	}
	return out
}

// forget lets go of the transaction below the group, and keeps the group.
func (t *Tx) forget() {
	if t.bolt != nil {
		_ = t.bolt.Rollback()
		t.bolt = nil
	}
	for _, b := range t.buckets {
		b.below, b.looked = nil, false
	}
}

// reset forgets the group.
func (t *Tx) reset(spare int) {
	t.forget()
	for _, b := range t.buckets {
		b.buffer.reset(spare)
	}
	t.begin()
}

// A fileCursor walks a bucket of the file, which may be missing.
type fileCursor struct {
	bucket     *bolt.Bucket
	c          *bolt.Cursor
	key, value []byte
}

func (f *fileCursor) seek(key []byte) {
	if f.bucket == nil {
		return
	}
	f.c = f.bucket.Cursor()
	f.key, f.value = f.c.Seek(key)
}

// before moves to the last key less than end, or to the last where end is nil.
func (f *fileCursor) before(end []byte) {
	if f.bucket == nil {
		return
	}
	f.c = f.bucket.Cursor()
	if end == nil {
		f.key, f.value = f.c.Last()
		return
	}
	if k, _ := f.c.Seek(end); k == nil {
		f.key, f.value = f.c.Last()
		return
	}
	f.key, f.value = f.c.Prev()
}

func (f *fileCursor) next() { f.key, f.value = f.c.Next() }
func (f *fileCursor) prev() { f.key, f.value = f.c.Prev() }
