package audit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"minglu/proof"
)

// A history is the file of checkpoints: signed notes as they were given out, one
// behind the other, oldest first, an empty line behind each.
type history struct {
	path  string
	f     *os.File
	size  int64
	sizes []uint64 // of the tree, ascending; a size again where another key signed it
	at    []int64  // where in the file, and where the last one ends
	last  []byte   // the newest note, or nil
}

// entryEnd ends a note and the line behind it.
var entryEnd = []byte("\n\n")

// cut returns the first note of b, and what is behind it. A note has one empty
// line, between text and signatures.
func cut(b []byte) (entry, rest []byte, ok bool) {
	text, sigs, ok := bytes.Cut(b, entryEnd)
	if !ok {
		return nil, b, false
	}
	sigs, rest, ok = bytes.Cut(sigs, entryEnd)
	if !ok {
		return nil, b, false
	}
	return b[:len(text)+len(entryEnd)+len(sigs)+1], rest, true
}

// openHistory reads the file, made where it is missing, and checks its form:
// whose checkpoints they are, and that none is shorter than one before. What is
// unfinished at the end is cut off; torn tells how many bytes.
func openHistory(path, origin string) (h *history, torn int, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, 0, err
	}
	h = &history{path: path, f: f, at: []int64{0}}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("checkpoints %s: %w", path, err), f.Close())
		}
	}()
	content, err := io.ReadAll(f)
	if err != nil {
		return nil, 0, err
	}
	rest := content
	for {
		entry, behind, ok := cut(rest)
		if !ok {
			break
		}
		if err := h.take(entry, origin); err != nil {
			return nil, 0, err
		}
		rest = behind
	}
	if torn, err = h.mend(rest, origin); err != nil {
		return nil, 0, err
	}
	if err := errors.Join(f.Sync(), syncDir(filepath.Dir(path))); err != nil {
		return nil, 0, err
	}
	return h, torn, nil
}

// mend deals with what stands behind the last whole entry. A note of which only
// the empty line behind it is missing is completed, an unfinished one cut off;
// anything else is no work of a crash.
func (h *history) mend(rest []byte, origin string) (torn int, err error) {
	if len(rest) == 0 {
		return 0, nil
	}
	if entry, _, ok := cut(append(bytes.Clone(rest), '\n')); ok {
		if err := h.take(entry, origin); err != nil {
			return 0, err
		}
		_, err = h.f.WriteAt([]byte("\n"), h.size-1)
		return 0, err
	}
	if !unfinished(string(rest), origin) {
		return 0, &Forged{Entry: len(h.sizes) + 1, Err: proof.ErrMalformed}
	}
	return len(rest), h.f.Truncate(h.size)
}

// unfinished reports whether s can be the beginning of a note of this log.
func unfinished(s, origin string) bool {
	text, sigs, signed := strings.Cut(s, string(entryEnd))
	if !signed {
		lines := strings.Split(s, "\n")
		return len(lines) <= 4 && (lines[0] == origin || len(lines) == 1 && strings.HasPrefix(origin, s))
	}
	c, err := proof.ParseCheckpoint(text + "\n")
	if err != nil || c.Origin != origin || len(c.Extensions) > 0 {
		return false
	}
	const dash = "— "
	i := strings.LastIndexByte(sigs, '\n') + 1
	if whole := sigs[:i]; whole != "" {
		if _, err := proof.ReadCheckpoint([]byte(text + string(entryEnd) + whole)); err != nil {
			return false
		}
	}
	return strings.HasPrefix(sigs[i:], dash) || strings.HasPrefix(dash, sigs[i:])
}

// take adds an entry that stands in the file behind the others.
func (h *history) take(entry []byte, origin string) error {
	n := len(h.sizes) + 1
	c, err := proof.ReadCheckpoint(entry)
	switch {
	case err != nil:
		return &Forged{Entry: n, Err: err}
	case c.Origin != origin:
		return &Forged{Entry: n, Err: fmt.Errorf("%w: %q, not %q", proof.ErrOrigin, c.Origin, origin)}
	case n > 1 && c.Size < h.sizes[n-2]:
		return &Forged{Entry: n, Err: fmt.Errorf("it has %d records, the one before has %d", c.Size, h.sizes[n-2])}
	}
	h.sizes = append(h.sizes, c.Size)
	h.size += int64(len(entry)) + 1
	h.at = append(h.at, h.size)
	h.last = bytes.Clone(entry)
	return nil
}

// append puts a note behind the others, durably.
func (h *history) append(signed []byte, size uint64) error {
	line := append(bytes.Clone(signed), '\n')
	_, err := h.f.WriteAt(line, h.size)
	if err == nil {
		err = h.f.Sync()
	}
	if err != nil {
		// What is there of it was not given out; it is overwritten or cut off.
		return errors.Join(fmt.Errorf("checkpoints %s: %w", h.path, err), h.f.Truncate(h.size))
	}
	h.size += int64(len(line))
	h.sizes, h.at, h.last = append(h.sizes, size), append(h.at, h.size), bytes.Clone(signed)
	return nil
}

// entry reads the i-th note, from 0.
func (h *history) entry(i int) ([]byte, error) {
	b := make([]byte, h.at[i+1]-h.at[i]-1)
	if _, err := h.f.ReadAt(b, h.at[i]); err != nil {
		return nil, fmt.Errorf("checkpoints %s: %w", h.path, err)
	}
	return b, nil
}
