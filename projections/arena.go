package projections

// A span is a piece of an arena: where n bytes stand, and to how many they may
// grow in place.
type span struct {
	chunk, off, n, limit uint32
}

// An arena keeps byte strings without pointers between them, so that the
// garbage collector has nothing to follow in a group of many rows. Strings
// never move until reset.
type arena struct {
	chunks [][]byte
	cur    int // chunk that is being filled
	used   int // bytes handed out
}

// Chunks begin small, for most groups are, and double.
const (
	firstChunk = 16 << 10
	largeChunk = 1 << 20
)

// hold copies b into the arena with room for grow bytes more behind it.
func (a *arena) hold(b []byte, grow int) span {
	s := a.room(len(b) + grow)
	copy(a.chunks[s.chunk][s.off:], b)
	s.n = uint32(len(b))
	return s
}

func (a *arena) room(n int) span {
	a.used += n
	for {
		if a.cur == len(a.chunks) {
			size := min(firstChunk<<min(a.cur, 16), largeChunk)
			a.chunks = append(a.chunks, make([]byte, 0, max(n, size)))
		}
		if c := a.chunks[a.cur]; cap(c)-len(c) >= n {
			s := span{chunk: uint32(a.cur), off: uint32(len(c)), limit: uint32(n)}
			a.chunks[a.cur] = c[:len(c)+n]
			return s
		}
		a.cur++
	}
}

// bytes returns what s holds; it MUST NOT be appended to.
func (a *arena) bytes(s span) []byte {
	return a.chunks[s.chunk][s.off : s.off+s.n : s.off+s.n]
}

// overwrite puts b in the place of s, which MUST have the room.
func (a *arena) overwrite(s span, b []byte) span {
	s.n = uint32(len(b))
	copy(a.chunks[s.chunk][s.off:s.off+s.limit], b)
	return s
}

// reset forgets everything and keeps memory of about spare bytes for what
// comes.
func (a *arena) reset(spare int) {
	kept, size := a.chunks[:0], 0
	for _, c := range a.chunks {
		if size += cap(c); size > max(spare, firstChunk) {
			break
		}
		kept = append(kept, c[:0])
	}
	clear(a.chunks[len(kept):])
	a.chunks, a.cur, a.used = kept, 0, 0
}
