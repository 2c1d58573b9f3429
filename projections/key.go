package projections

import (
	"bytes"
	"encoding/binary"
)

// Keys are byte strings that sort as their parts do. A part is appended by one
// of the functions below and cut off again, in the same order, by its
// counterpart; no part can be mistaken for the beginning of another.

// AppendUint appends n so that keys sort by number: 8 bytes, big-endian.
func AppendUint(key []byte, n uint64) []byte { return binary.BigEndian.AppendUint64(key, n) }

// CutUint takes off what AppendUint appended.
func CutUint(key []byte) (n uint64, rest []byte, ok bool) {
	if len(key) < 8 {
		return 0, nil, false
	}
	return binary.BigEndian.Uint64(key), key[8:], true
}

// AppendInt appends n so that keys sort by number, negative ones first.
func AppendInt(key []byte, n int64) []byte { return AppendUint(key, uint64(n)^1<<63) }

// CutInt takes off what AppendInt appended.
func CutInt(key []byte) (n int64, rest []byte, ok bool) {
	u, rest, ok := CutUint(key)
	return int64(u ^ 1<<63), rest, ok
}

// AppendText appends s so that keys sort by text, a shorter text before those
// that begin with it. A zero byte ends it; the bytes 0 and 1 within s, which no
// text of the register has, are written as 1 1 and 1 2.
func AppendText(key []byte, s string) []byte {
	for i := range len(s) {
		if s[i] <= 1 {
			key = append(key, 1, s[i]+1)
			continue
		}
		key = append(key, s[i])
	}
	return append(key, 0)
}

// CutText takes off what AppendText appended.
func CutText(key []byte) (s string, rest []byte, ok bool) {
	end := bytes.IndexByte(key, 0)
	if end < 0 {
		return "", nil, false
	}
	text, rest := key[:end], key[end+1:]
	if bytes.IndexByte(text, 1) < 0 {
		return string(text), rest, true
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == 1 {
			if i++; i == len(text) || text[i] > 2 {
				return "", nil, false
			}
			c = text[i] - 1
		}
		out = append(out, c)
	}
	return string(out), rest, true
}

// Key joins texts, as AppendText does one after the other.
func Key(parts ...string) []byte {
	n := 0
	for _, p := range parts {
		n += len(p) + 1
	}
	key := make([]byte, 0, n+8)
	for _, p := range parts {
		key = AppendText(key, p)
	}
	return key
}

// SeqKey joins texts and a position or another number, such as
// id ‖ attribute ‖ seq.
func SeqKey(seq uint64, parts ...string) []byte { return AppendUint(Key(parts...), seq) }

// after returns the first key behind all that begin with prefix, or nil where
// there is none.
func after(prefix []byte) []byte {
	end := bytes.Clone(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}
