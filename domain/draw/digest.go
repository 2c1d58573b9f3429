package draw

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"minglu/domain"
)

// Digest is a SHA-256. Its text form is lower-case hexadecimal; the zero value
// is none.
type Digest [sha256.Size]byte

// IsZero reports whether there is none.
func (d Digest) IsZero() bool { return d == Digest{} }

// String returns the text form.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText writes the text form.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 64 hexadecimal digits, upper case too.
func (d *Digest) UnmarshalText(b []byte) error { return unhex(d[:], b) }

// Seed is the secret of a draw until it is opened: 32 random bytes. Its text
// form is lower-case hexadecimal; the zero value is none.
type Seed [32]byte

// IsZero reports whether there is none.
func (s Seed) IsZero() bool { return s == Seed{} }

// String returns the text form.
func (s Seed) String() string { return hex.EncodeToString(s[:]) }

// MarshalText writes the text form.
func (s Seed) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads 64 hexadecimal digits, upper case too.
func (s *Seed) UnmarshalText(b []byte) error { return unhex(s[:], b) }

// Commitment is what is published of the seed before the draw: SHA-256(seed).
func (s Seed) Commitment() Digest { return sha256.Sum256(s[:]) }

// unhex fills dst, or leaves it and refuses.
func unhex(dst, text []byte) error {
	raw := make([]byte, hex.DecodedLen(len(text)))
	if _, err := hex.Decode(raw, text); err != nil || len(raw) != len(dst) {
		return domain.BadField("", "hex", domain.Say("应为 64 位十六进制数", "should be 64 hexadecimal digits"))
	}
	copy(dst, raw)
	return nil
}

// Hash is the digest of a population: that of its ids in ascending order, each
// followed by a line feed. The order in which they are given does not matter.
func Hash(ids []string) Digest {
	if !slices.IsSorted(ids) {
		ids = slices.Sorted(slices.Values(ids))
	}
	h := sha256.New()
	var line []byte
	for _, id := range ids {
		line = append(append(line[:0], id...), '\n')
		h.Write(line)
	}
	return Digest(h.Sum(nil))
}
