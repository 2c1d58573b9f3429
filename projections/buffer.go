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
	untouched uint8 = iota // taken back: the file below decides
	put
	deleted
)

// A slot is one key that the group has written, with its newest value.
type slot struct {
	key, value span
	hash       uint32
	command    uint32 // the command that wrote it last
	state      uint8
}

// A buffer keeps what a group of commands writes to one bucket: a table by
// hash, and, once somebody has scanned the bucket, the order of the keys.
type buffer struct {
	arena   *arena
	slots   []slot
	table   []int32 // index into slots + 1; 0 is free; length is a power of two
	order   *order  // nil until scanned
	growing bool    // keys came in ascending order so far
}

var hashSeed = maphash.MakeSeed()

func (b *buffer) find(key []byte) (i int, hash uint32, ok bool) {
	hash = uint32(maphash.Bytes(hashSeed, key))
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
	if 4*(len(b.slots)+1) > 3*len(b.table) {
		b.grow()
	}
	i := len(b.slots)
	b.growing = (i == 0 || b.growing) && (i == 0 || bytes.Compare(b.key(i-1), key) < 0)
	b.slots = append(b.slots, slot{key: b.arena.hold(key, 0), hash: hash})
	b.place(i)
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

func (b *buffer) grow() {
	b.table = make([]int32, max(64, 2*len(b.table)))
	for i := range b.slots {
		b.place(i)
	}
}

func (b *buffer) key(i int) []byte { return b.arena.bytes(b.slots[i].key) }

func (b *buffer) value(i int) []byte { return b.arena.bytes(b.slots[i].value) }

// reset forgets the group. What it grew to is kept only where the group used a
// good part of it, so that a small group after a large one costs little.
func (b *buffer) reset() {
	if len(b.table) > 1024 && 8*len(b.slots) < len(b.table) {
		b.table, b.slots = nil, nil
	}
	clear(b.table)
	b.slots = b.slots[:0]
	b.order = nil
}

// ordered returns the order of the keys, and keeps it from then on.
func (b *buffer) ordered() *order {
	if b.order == nil {
		b.order = newOrder(b, b.sorted())
	}
	return b.order
}

// sorted returns the slots in key order.
func (b *buffer) sorted() []int32 {
	if b.order != nil {
		return b.order.all()
	}
	out := make([]int32, len(b.slots))
	for i := range out {
		out[i] = int32(i)
	}
	if !b.growing {
		b.sort(out)
	}
	return out
}

// sort puts slots in key order. The first eight bytes are compared as a
// number, which spares most looks into the arena.
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
		if c := cmp.Compare(x.first, y.first); c != 0 {
			return c
		}
		return bytes.Compare(b.key(int(x.slot)), b.key(int(y.slot)))
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
