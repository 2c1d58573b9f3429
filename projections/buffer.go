package projections

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"
)

// What a group has done with a key.
const (
	untouched uint8 = iota // taken back: what lies below decides
	put
	deleted
)

// A slot is one write: a key with its newest value, or, in a blind buffer, one
// of several writes of a key.
type slot struct {
	key, value span
	hash       uint32
	command    uint32 // the command that wrote it last
	state      uint8
}

// A buffer keeps what a group of commands writes to one bucket.
//
// It is blind until somebody reads the bucket inside Apply: writes are put one
// behind the other, and the last one of a key counts. Most buckets, those of
// indexes and of history, stay so. From the first read on it has a table by
// hash, and from the first scan on the order of the keys too.
type buffer struct {
	arena   arena
	slots   []slot
	indexed bool
	table   []int32 // index into slots + 1; 0 is free; length is a power of two
	order   *order  // nil until scanned
	growing bool    // keys came in ascending order so far, each once
}

var hashSeed = maphash.MakeSeed()

// append writes blindly.
func (b *buffer) append(key, value []byte, state uint8) {
	i := len(b.slots)
	b.growing = i == 0 || b.growing && bytes.Compare(b.key(i-1), key) < 0
	s := slot{key: b.arena.hold(key, 0), state: state}
	if state == put {
		s.value = b.arena.hold(value, 0)
	}
	b.slots = append(b.slots, s)
}

// index ends the blindness: each key keeps its last slot.
func (b *buffer) index() {
	sorted := b.sorted()
	slots := make([]slot, len(sorted))
	for n, i := range sorted {
		slots[n] = b.slots[i]
		slots[n].hash = hashOf(b.key(int(i)))
	}
	b.slots, b.indexed, b.growing = slots, true, true
	if len(slots) > 0 {
		b.retable()
	}
}

func hashOf(key []byte) uint32 { return uint32(maphash.Bytes(hashSeed, key)) }

func (b *buffer) find(key []byte) (i int, hash uint32, ok bool) {
	hash = hashOf(key)
	if len(b.table) == 0 {
		return 0, hash, false
	}
	mask := uint32(len(b.table) - 1)
	for p := hash & mask; ; p = (p + 1) & mask {
		n := b.table[p]
		if n == 0 {
			return 0, hash, false
		}
		s := &b.slots[n-1]
		if s.hash == hash && bytes.Equal(b.arena.bytes(s.key), key) {
			return int(n - 1), hash, true
		}
	}
}

// add makes an untouched slot for a key that has none.
func (b *buffer) add(key []byte, hash uint32) int {
	i := len(b.slots)
	b.growing = i == 0 || b.growing && bytes.Compare(b.key(i-1), key) < 0
	b.slots = append(b.slots, slot{key: b.arena.hold(key, 0), hash: hash})
	if 4*len(b.slots) > 3*len(b.table) {
		b.retable()
	} else {
		b.place(i)
	}
	if b.order != nil {
		b.order.insert(int32(i))
	}
	return i
}

func (b *buffer) place(i int) {
	mask := uint32(len(b.table) - 1)
	p := b.slots[i].hash & mask
	for b.table[p] != 0 {
		p = (p + 1) & mask
	}
	b.table[p] = int32(i + 1)
}

// retable makes a table that is at most three eighths full.
func (b *buffer) retable() {
	size := 64
	for 3*size < 8*len(b.slots) {
		size *= 2
	}
	b.table = make([]int32, size)
	for i := range b.slots {
		b.place(i)
	}
}

func (b *buffer) key(i int) []byte { return b.arena.bytes(b.slots[i].key) }

func (b *buffer) value(i int) []byte { return b.arena.bytes(b.slots[i].value) }

// size returns the memory that the buffer takes, about.
func (b *buffer) size() int { return b.arena.used + slotSize*len(b.slots) }

// slotSize is what a key takes beside its bytes, about.
const slotSize = 48

// reset forgets the group, but not whether the bucket is read. Memory that was
// needed is kept up to spare bytes, and a table only where a good part of it
// was used, so that a small group after a large one costs little.
func (b *buffer) reset(spare int) {
	if len(b.table) > 1024 && 16*len(b.slots) < len(b.table) {
		b.table = nil
	}
	if slotSize*cap(b.slots) > max(spare, firstChunk) {
		b.slots = nil
	}
	clear(b.table)
	b.slots = b.slots[:0]
	b.order = nil
	b.arena.reset(spare)
}

// ordered returns the order of the keys, and keeps it from then on.
func (b *buffer) ordered() *order {
	if b.order == nil {
		b.order = newOrder(b, b.sorted())
	}
	return b.order
}

// sorted returns the slots in key order, one a key.
func (b *buffer) sorted() []int32 {
	if b.order != nil {
		return b.order.all()
	}
	out := make([]int32, len(b.slots))
	for i := range out {
		out[i] = int32(i)
	}
	if b.growing {
		return out
	}
	b.sort(out)
	if b.indexed {
		return out
	}
	last := out[:0]
	for i, n := range out {
		if i+1 == len(out) || !bytes.Equal(b.key(int(n)), b.key(int(out[i+1]))) {
			last = append(last, n)
		}
	}
	return last
}

// sort puts slots in key order, those of one key in the order of writing. The
// first eight bytes are compared as a number, which spares many looks into the
// arena.
func (b *buffer) sort(slots []int32) {
	type head struct {
		first uint64
		slot  int32
	}
	heads := make([]head, len(slots))
	for i, n := range slots {
		heads[i] = head{first: firstEight(b.key(int(n))), slot: n}
	}
	slices.SortFunc(heads, func(x, y head) int {
		if x.first != y.first {
			return cmp.Compare(x.first, y.first)
		}
		if c := bytes.Compare(b.key(int(x.slot)), b.key(int(y.slot))); c != 0 {
			return c
		}
		return cmp.Compare(x.slot, y.slot)
	})
	for i, h := range heads {
		slots[i] = h.slot
	}
}

func firstEight(key []byte) uint64 {
	if len(key) >= 8 {
		return binary.BigEndian.Uint64(key)
	}
	var pad [8]byte
	copy(pad[:], key)
	return binary.BigEndian.Uint64(pad[:])
}
