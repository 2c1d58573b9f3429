package proof

import (
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Consistency is the proof that a log contains an older state of itself, with
// the newer checkpoint. Its file is what a witness of c2sp.org/tlog-witness is
// sent, so the same file serves for both.
type Consistency struct {
	// Old is the size of the older log; 0 needs no hashes.
	Old uint64
	// Path are the hashes of RFC 6962, section 2.1.2.
	Path []Hash
	// Checkpoint is the newer signed note.
	Checkpoint []byte
}

// Marshal writes the file.
func (p Consistency) Marshal() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%d\n", oldPrefix, p.Old)
	writePath(&b, p.Path, p.Checkpoint)
	return []byte(b.String())
}

// ParseConsistency reads what Marshal writes. Signatures are not looked at: see
// Check.
func ParseConsistency(file []byte) (p Consistency, err error) {
	if p.Old, p.Path, p.Checkpoint, err = parsePath(string(file), oldPrefix); err != nil {
		return Consistency{}, fmt.Errorf("proof of consistency: %w", err)
	}
	return p, nil
}

// Check verifies that the newer log contains the one of old, whose signatures
// the caller has verified, and returns the newer checkpoint.
func (p Consistency) Check(old Checkpoint, t Trust) (Signed, error) {
	s, err := Open(p.Checkpoint, t)
	if err != nil {
		return Signed{}, err
	}
	if p.Old != old.Size {
		return Signed{}, fmt.Errorf("%w: the proof is about %d records, not %d", ErrConsistency, p.Old, old.Size)
	}
	return s, Extends(s.Checkpoint, old, p.Path)
}

// Extends reports whether the log of c contains that of old, by a proof.
func Extends(c, old Checkpoint, path []Hash) error {
	switch {
	case c.Origin != old.Origin:
		return fmt.Errorf("%w: %q, not %q", ErrOrigin, c.Origin, old.Origin)
	case c.Size < old.Size:
		return fmt.Errorf("%w: %d records, %d were signed", ErrShorter, c.Size, old.Size)
	case old.Size == 0:
		if len(path) > 0 || old.Root != EmptyRoot {
			return fmt.Errorf("%w: of an empty log there is nothing to prove", ErrConsistency)
		}
		return nil
	}
	if err := tlog.CheckTree(path, int64(c.Size), c.Root, int64(old.Size), old.Root); err != nil {
		return fmt.Errorf("%w: of %d records the first %d are not those of before", ErrConsistency, c.Size, old.Size)
	}
	return nil
}
