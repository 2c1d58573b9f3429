package ident

import (
	"crypto/sha256"
	"encoding/binary"
)

// crockford is the alphabet of Crockford's base 32, in order of value.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewID returns the id of an aggregate that a command creates: a ULID, 26
// characters of Crockford's base 32 in upper case, made of the first 48 bits of
// the command id and the first 80 bits of SHA-256(aggregate ‖ command id). The
// aggregate is the name of its kind, such as "institution".
//
// The same command thus meets its own first attempt when it is tried again, and
// ids made from UUIDs of version 7 sort by time.
func NewID(aggregate string, commandID [16]byte) string {
	sum := sha256.Sum256(append([]byte(aggregate), commandID[:]...))
	var id [16]byte
	copy(id[:6], commandID[:6])
	copy(id[6:], sum[:10])
	return formatULID(id)
}

// ValidID reports whether s is a ULID as [NewID] writes it: 26 characters of
// the alphabet in upper case, and no more than 128 bits.
func ValidID(s string) bool {
	if len(s) != 26 || s[0] > '7' {
		return false
	}
	for i := range len(s) {
		if !crockfordSet[s[i]] {
			return false
		}
	}
	return true
}

var crockfordSet = func() (set [256]bool) {
	for i := range len(crockford) {
		set[crockford[i]] = true
	}
	return set
}()

// formatULID writes 128 bits as 26 groups of five, the first two bits of which
// are 0.
func formatULID(id [16]byte) string {
	hi, lo := binary.BigEndian.Uint64(id[:8]), binary.BigEndian.Uint64(id[8:])
	var out [26]byte
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = crockford[lo&31]
		lo = lo>>5 | hi<<59
		hi >>= 5
	}
	return string(out[:])
}
