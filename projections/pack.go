package projections

import (
	"encoding/binary"
	"encoding/hex"
	"time"
)

// A packer writes values one behind the other, short ones in few bytes. What
// it writes does not sort.
type packer []byte

func (p *packer) uint(n uint64) { *p = binary.AppendUvarint(*p, n) }

func (p *packer) text(s string) {
	p.uint(uint64(len(s)))
	*p = append(*p, s...)
}

// hex writes a hexadecimal text in half its length; any other as text.
func (p *packer) hex(s string) {
	raw, err := hex.DecodeString(s)
	if err != nil || hex.EncodeToString(raw) != s {
		p.uint(uint64(len(s))<<1 | 1)
		*p = append(*p, s...)
		return
	}
	p.uint(uint64(len(raw)) << 1)
	*p = append(*p, raw...)
}

// time writes an instant, without its zone.
func (p *packer) time(t time.Time) {
	*p = binary.AppendVarint(*p, t.Unix())
	p.uint(uint64(t.Nanosecond()))
}

// An unpacker reads what a packer has written, in the same order. What is read
// behind a fault is zero.
type unpacker struct {
	rest []byte
	bad  bool
}

func (u *unpacker) fail() {
	u.rest, u.bad = nil, true
}

func (u *unpacker) uint() uint64 {
	n, used := binary.Uvarint(u.rest)
	if used <= 0 {
		u.fail()
		return 0
	}
	u.rest = u.rest[used:]
	return n
}

// fixed reads what AppendUint wrote.
func (u *unpacker) fixed() uint64 {
	n, rest, ok := CutUint(u.rest)
	if !ok {
		u.fail()
		return 0
	}
	u.rest = rest
	return n
}

// bytes reads n bytes, valid as long as those given are.
func (u *unpacker) bytes(n uint64) []byte {
	if n > uint64(len(u.rest)) {
		u.fail()
		return nil
	}
	b := u.rest[:n]
	u.rest = u.rest[n:]
	return b
}

func (u *unpacker) text() string { return string(u.bytes(u.uint())) }

func (u *unpacker) hex() string {
	n := u.uint()
	if b := u.bytes(n >> 1); n&1 == 0 {
		return hex.EncodeToString(b)
	} else {
		return string(b)
	}
}

func (u *unpacker) time(zone *time.Location) time.Time {
	sec, used := binary.Varint(u.rest)
	if used <= 0 {
		u.fail()
		return time.Time{}
	}
	u.rest = u.rest[used:]
	return time.Unix(sec, int64(u.uint())).In(zone)
}
