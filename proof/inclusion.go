package proof

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// inclusionHeader is the first line of a proof of inclusion.
const inclusionHeader = "c2sp.org/tlog-proof@v1"

// maxPath is the longest path in a tree of MaxSize leaves.
const maxPath = 63

// Inclusion is the proof that a record is in a log, with the checkpoint that it
// leads to: a file of c2sp.org/tlog-proof@v1, ending .tlog-proof.
type Inclusion struct {
	// Extra is anything that helps the reader and proves nothing.
	Extra []byte
	// Index is the place of the leaf, from 0: the record's position less one.
	Index uint64
	// Path are the hashes beside the way from the leaf up to the root.
	Path []Hash
	// Checkpoint is the signed note.
	Checkpoint []byte
}

// Marshal writes the file.
func (p Inclusion) Marshal() []byte {
	var b strings.Builder
	b.WriteString(inclusionHeader + "\n")
	if len(p.Extra) > 0 {
		b.WriteString(extraPrefix + base64.StdEncoding.EncodeToString(p.Extra) + "\n")
	}
	fmt.Fprintf(&b, "%s%d\n", indexPrefix, p.Index)
	writePath(&b, p.Path, p.Checkpoint)
	return []byte(b.String())
}

const (
	extraPrefix = "extra "
	indexPrefix = "index "
	oldPrefix   = "old "
)

func writePath(b *strings.Builder, path []Hash, checkpoint []byte) {
	for _, h := range path {
		b.WriteString(h.String() + "\n")
	}
	b.WriteByte('\n')
	b.Write(checkpoint)
}

// ParseInclusion reads what Marshal writes. Signatures are not looked at: see
// Check.
func ParseInclusion(file []byte) (p Inclusion, err error) {
	fail := func(err error) (Inclusion, error) { return Inclusion{}, fmt.Errorf("proof of inclusion: %w", err) }
	rest, ok := strings.CutPrefix(string(file), inclusionHeader+"\n")
	if !ok {
		return fail(errors.New("it does not begin with " + inclusionHeader))
	}
	if strings.HasPrefix(rest, extraPrefix) {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if p.Extra, err = decode64(strings.TrimPrefix(line, extraPrefix)); err != nil {
			return fail(err)
		}
		if len(p.Extra) == 0 {
			return fail(errors.New("the extra line is empty"))
		}
	}
	if p.Index, p.Path, p.Checkpoint, err = parsePath(rest, indexPrefix); err != nil {
		return fail(err)
	}
	return p, nil
}

// parsePath reads what a proof of either kind has in common: a number with a
// word before it, hashes, an empty line and a signed checkpoint.
func parsePath(s, word string) (n uint64, path []Hash, checkpoint []byte, err error) {
	head, note, ok := strings.Cut(s, "\n\n")
	if !ok {
		return 0, nil, nil, errors.New("it has no checkpoint")
	}
	lines := strings.Split(head, "\n")
	number, ok := strings.CutPrefix(lines[0], word)
	if !ok {
		return 0, nil, nil, fmt.Errorf("the line %q is missing", word)
	}
	if n, err = parseNumber(number); err != nil {
		return 0, nil, nil, err
	}
	if len(lines)-1 > maxPath {
		return 0, nil, nil, fmt.Errorf("it has more than %d hashes", maxPath)
	}
	for _, line := range lines[1:] {
		h, err := parseHash(line)
		if err != nil {
			return 0, nil, nil, err
		}
		path = append(path, h)
	}
	if _, err := split([]byte(note)); err != nil {
		return 0, nil, nil, err
	}
	return n, path, []byte(note), nil
}

// What checking a proof may answer beside nil and what Open answers; match with
// errors.Is.
var (
	// ErrLater says that the record came after the checkpoint, which can prove
	// nothing about it.
	ErrLater = errors.New("the record came after the checkpoint")
	// ErrInclusion says that the proof does not lead from the leaf to the root:
	// the record is another one, stands elsewhere, or the proof was altered.
	ErrInclusion = errors.New("the record is not at that place of the signed log")
	// ErrConsistency says that the newer log does not contain the older one: it
	// was altered, or the proof was.
	ErrConsistency = errors.New("the signed log does not continue the older one")
	// ErrShorter says that the newer log has fewer records than the older one.
	ErrShorter = errors.New("the signed log is shorter than the older one")
)

// Check verifies the proof for a leaf and returns the checkpoint that holds it.
func (p Inclusion) Check(leaf Hash, t Trust) (Signed, error) {
	s, err := Open(p.Checkpoint, t)
	if err != nil {
		return Signed{}, err
	}
	if p.Index >= s.Size {
		return Signed{}, fmt.Errorf("%w: it would be record %d, the checkpoint has %d", ErrLater, p.Index+1, s.Size)
	}
	if err := tlog.CheckRecord(p.Path, int64(s.Size), s.Root, int64(p.Index), leaf); err != nil {
		return Signed{}, fmt.Errorf("%w: record %d of %d", ErrInclusion, p.Index+1, s.Size)
	}
	return s, nil
}
