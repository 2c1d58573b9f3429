package proof

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is what a log says of itself: so many records, with this root.
type Checkpoint struct {
	Origin string // whose log it is, "minglu/<name>"
	Size   uint64
	Root   Hash
	// Extensions are lines that others may have added; the register writes none,
	// and keeps those it reads.
	Extensions []string
}

// originPrefix begins the origin of every register.
const originPrefix = "minglu/"

// Origin returns the origin of the register of that name: lower-case letters,
// digits, points and hyphens.
func Origin(name string) (string, error) {
	ok := name != "" && strings.IndexFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.'
	}) < 0
	if !ok {
		return "", fmt.Errorf("name of a register %q: want lower-case letters, digits, points and hyphens", name)
	}
	return originPrefix + name, nil
}

// NameOf returns the name of the register of an origin; ok is false for what is
// no origin of one.
func NameOf(origin string) (name string, ok bool) {
	name, ok = strings.CutPrefix(origin, originPrefix)
	if o, err := Origin(name); !ok || err != nil || o != origin {
		return "", false
	}
	return name, true
}

// MaxSize is the largest tree that a checkpoint can tell of.
const MaxSize = math.MaxInt64

// EmptyRoot is the root of the tree without leaves.
var EmptyRoot, _ = tlog.TreeHash(0, nil)

// Text returns the body of the checkpoint, which is what gets signed.
func (c Checkpoint) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
	for _, e := range c.Extensions {
		b.WriteString(e + "\n")
	}
	return b.String()
}

// valid reports what keeps c from being written and read again the same.
func (c Checkpoint) valid() error {
	for _, line := range append([]string{c.Origin}, c.Extensions...) {
		if line == "" || !utf8.ValidString(line) || strings.IndexFunc(line, func(r rune) bool { return r < ' ' }) >= 0 {
			return fmt.Errorf("checkpoint: %q is no line of it", line)
		}
	}
	switch {
	case c.Size > MaxSize:
		return fmt.Errorf("checkpoint: size %d is too large", c.Size)
	case c.Size == 0 && c.Root != EmptyRoot:
		return errors.New("checkpoint: the root is not that of the empty tree")
	}
	return nil
}

// ParseCheckpoint reads the body of a checkpoint, without signatures.
func ParseCheckpoint(text string) (c Checkpoint, err error) {
	rest, whole := strings.CutSuffix(text, "\n")
	lines := strings.Split(rest, "\n")
	if !whole || len(lines) < 3 {
		return Checkpoint{}, errors.New("checkpoint: it has fewer than three lines")
	}
	c.Origin = lines[0]
	if c.Size, err = parseNumber(lines[1]); err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: size: %w", err)
	}
	if c.Root, err = parseHash(lines[2]); err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: root: %w", err)
	}
	if len(lines) > 3 {
		c.Extensions = lines[3:]
	}
	if err := c.valid(); err != nil {
		return Checkpoint{}, err
	}
	return c, nil
}

// parseNumber reads a decimal without leading zeroes, at most MaxSize.
func parseNumber(s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil || strconv.FormatUint(n, 10) != s {
		return 0, fmt.Errorf("%q is no number as it is written here", s)
	}
	return n, nil
}

func parseHash(s string) (h Hash, err error) {
	b, err := decode64(s)
	if err != nil || len(b) != len(h) {
		return Hash{}, fmt.Errorf("%q is no hash in base64", s)
	}
	return Hash(b), nil
}

// decode64 reads base64 that has one form only. The decoder skips line ends,
// which are refused with the rest.
func decode64(s string) ([]byte, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || strings.ContainsAny(s, "\r\n") {
		return nil, fmt.Errorf("%q is no base64", s)
	}
	return b, nil
}

// Sign writes c as a note signed by all signers, in their order.
func Sign(c Checkpoint, signers ...note.Signer) ([]byte, error) {
	if err := c.valid(); err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: c.Text()}, signers...)
}

// Trust is whose signatures a reader accepts.
type Trust struct {
	// Origin is the log that is meant.
	Origin string
	// Log are the keys of the log, older ones too. One of them MUST have signed.
	Log []note.Verifier
	// Witnesses are keys of witnesses, of whom Quorum at least MUST have
	// cosigned. Two keys of one name are one witness.
	Witnesses []note.Verifier
	Quorum    int
}

// Signature is a signature that holds.
type Signature struct {
	Name    string
	KeyHash uint32
	// Time is when a witness signed, to the second; zero for a key of the log.
	Time time.Time
}

// Signed is a checkpoint whose signatures hold.
type Signed struct {
	Checkpoint
	// By are the signatures of keys that the reader trusts. Lines of other keys
	// are there or not: they are ignored.
	By []Signature
}

// What Open may answer beside nil; match with errors.Is.
var (
	// ErrMalformed says that the note is not written as it has to be.
	ErrMalformed = errors.New("the note is not well formed")
	// ErrOrigin says that the checkpoint is another log's.
	ErrOrigin = errors.New("the checkpoint is another log's")
	// ErrUnsigned says that no trusted key of the log has signed, or that a
	// signature does not hold.
	ErrUnsigned = errors.New("the checkpoint is not signed by a trusted key")
	// ErrQuorum says that too few trusted witnesses have cosigned.
	ErrQuorum = errors.New("too few witnesses have cosigned the checkpoint")
)

// MaxNote is the greatest length of a signed checkpoint in bytes: room for 16
// signatures of any kind in use, and more.
const MaxNote = 128 << 10

// Open reads a signed checkpoint and verifies the signatures of all trusted
// keys in it.
func Open(signed []byte, t Trust) (Signed, error) {
	text, err := split(signed)
	if err != nil {
		return Signed{}, err
	}
	c, err := ParseCheckpoint(text)
	if err != nil {
		return Signed{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if c.Origin != t.Origin {
		return Signed{}, fmt.Errorf("%w: %q, not %q", ErrOrigin, c.Origin, t.Origin)
	}
	n, err := note.Open(signed, note.VerifierList(slices.Concat(t.Log, t.Witnesses)...))
	if err != nil {
		return Signed{}, fmt.Errorf("%w: %w", ErrUnsigned, err)
	}
	s := Signed{Checkpoint: c}
	byLog, witnesses := false, map[string]bool{}
	for _, sig := range n.Sigs {
		at, timed := cosigned(sig, t.Witnesses)
		s.By = append(s.By, Signature{Name: sig.Name, KeyHash: sig.Hash, Time: at})
		if timed {
			witnesses[sig.Name] = true
		}
		byLog = byLog || !timed && slices.ContainsFunc(t.Log, isKey(sig))
	}
	switch {
	case !byLog:
		return Signed{}, fmt.Errorf("%w: no key of %s", ErrUnsigned, t.Origin)
	case len(witnesses) < t.Quorum:
		return Signed{}, fmt.Errorf("%w: %d of %d", ErrQuorum, len(witnesses), t.Quorum)
	}
	return s, nil
}

func isKey(s note.Signature) func(note.Verifier) bool {
	return func(v note.Verifier) bool { return v.Name() == s.Name && v.KeyHash() == s.Hash }
}

// split returns the text of a note that is written in the one way in which it
// may be written: no empty line in the text, canonical base64.
func split(signed []byte) (text string, err error) {
	if len(signed) > MaxNote {
		return "", fmt.Errorf("%w: it is longer than %d bytes", ErrMalformed, MaxNote)
	}
	text, sigs, ok := strings.Cut(string(signed), "\n\n")
	if !ok || !strings.HasSuffix(sigs, "\n") {
		return "", fmt.Errorf("%w: it has no signatures", ErrMalformed)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(sigs, "\n"), "\n") {
		_, signature, ok := strings.Cut(strings.TrimPrefix(line, sigPrefix), " ")
		if b, err := decode64(signature); !ok || !strings.HasPrefix(line, sigPrefix) || err != nil || len(b) < 5 {
			return "", fmt.Errorf("%w: %q is no signature", ErrMalformed, line)
		}
	}
	return text + "\n", nil
}

// sigPrefix begins each line of a signature.
const sigPrefix = "— "

// ReadCheckpoint reads a signed checkpoint without verifying a signature, for
// telling what it says before it is known whose it is. Nothing in it is to be
// relied upon.
func ReadCheckpoint(signed []byte) (Checkpoint, error) {
	text, err := split(signed)
	if err != nil {
		return Checkpoint{}, err
	}
	return ParseCheckpoint(text)
}

// cosigned returns when a witness signed; ok is false for a signature that is
// no witness's.
func cosigned(s note.Signature, witnesses []note.Verifier) (at time.Time, ok bool) {
	if !slices.ContainsFunc(witnesses, isKey(s)) {
		return time.Time{}, false
	}
	b, err := decode64(s.Base64)
	if err != nil || len(b) != 4+timeSize+64 {
		return time.Time{}, false
	}
	return time.Unix(int64(binary.BigEndian.Uint64(b[4:])), 0).UTC(), true
}
