package audit

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"minglu/proof"
)

// Tree is the Merkle log as a view keeps it. *projections.Views is one.
type Tree interface {
	// TreeSize returns how many records there are.
	TreeSize() (uint64, error)
	// TreeHash returns the root of the first size of them.
	TreeHash(size uint64) (proof.Hash, error)
	// ProveTree returns the hashes by which the tree of new records contains
	// that of old.
	ProveTree(old, new uint64) ([]proof.Hash, error)
}

// Options say where the files are and whose log it is.
type Options struct {
	// Name is the name of the register; the origin is "minglu/" and it.
	Name string
	// KeyFile has the key; only its owner can read it. It is made at first start.
	KeyFile string
	// CheckpointFile has all checkpoints that were signed. It SHOULD be on
	// another disk than the log, and be copied elsewhere.
	CheckpointFile string
}

// A Signer signs checkpoints of one log. Its methods may be called by many
// goroutines. One process at a time may have one of a file.
type Signer struct {
	origin  string
	keyFile string

	mu      sync.Mutex
	keys    *keys
	history *history
	last    *proof.Signed // newest checkpoint; nil before the first
	torn    int
	closed  bool
}

// verifyAtStart is how many of the newest checkpoints Open verifies: those of
// some hours, in less than a tenth of a second. Verify verifies all.
const verifyAtStart = 1000

// Open reads key and checkpoints, and makes the key where neither is there. It
// refuses a *Forged checkpoint, one of another log or by another key among them.
func Open(o Options) (s *Signer, err error) {
	origin, err := proof.Origin(o.Name)
	if err != nil {
		return nil, err
	}
	h, torn, err := openHistory(o.CheckpointFile, origin)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.f.Close())
		}
	}()
	k, err := readKeys(o.KeyFile, origin)
	if errors.Is(err, fs.ErrNotExist) {
		if len(h.sizes) > 0 {
			return nil, fmt.Errorf("%w: %s; checkpoints were signed with it: put it back from the backup", ErrNoKey, o.KeyFile)
		}
		if k, err = newKeys(rand.Reader, origin, nil); err == nil {
			err = k.write(o.KeyFile)
		}
	}
	if err != nil {
		return nil, err
	}
	if err := private(o.KeyFile); err != nil {
		return nil, err
	}
	s = &Signer{origin: origin, keyFile: o.KeyFile, keys: k, history: h, torn: torn}
	return s, s.verify(max(0, len(h.sizes)-verifyAtStart))
}

// ErrNoKey says that there are checkpoints, and no key.
var ErrNoKey = errors.New("the key file is missing")

// ErrClosed says that the signer is closed.
var ErrClosed = errors.New("the signer of checkpoints is closed")

// private refuses a key file that others can read.
func private(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("key file %s can be read by others (%s): chmod 600 it", path, info.Mode().Perm())
	}
	return nil
}

// Close closes the file of checkpoints.
func (s *Signer) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	return s.history.f.Close()
}

// Origin returns the first line of every checkpoint.
func (s *Signer) Origin() string { return s.origin }

// Torn returns how many bytes of an unfinished checkpoint Open has cut off.
func (s *Signer) Torn() int { return s.torn }

// Keys returns the verifier keys, the present one first: what an auditor needs,
// and has to get in another way than the proofs.
func (s *Signer) Keys() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.keys.public)
}

// Trust returns what opens checkpoints of this log.
func (s *Signer) Trust() proof.Trust {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trust()
}

func (s *Signer) trust() proof.Trust {
	return proof.Trust{Origin: s.origin, Log: slices.Clone(s.keys.verify)}
}

// Latest returns the newest signed checkpoint, as a note and as what it says; ok
// is false before the first.
func (s *Signer) Latest() (signed []byte, c proof.Checkpoint, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil {
		return nil, proof.Checkpoint{}, false
	}
	return bytes.Clone(s.history.last), s.last.Checkpoint, true
}

// Sign signs the tree of size records with that root, where it contains the
// newest one that was signed, by the proof of prove(old, new). It returns the
// note once it is durable; for a tree that the present key has signed, that note
// again. A tree that does not contain the newest one is a *Tampered, and nothing
// is signed.
func (s *Signer) Sign(ctx context.Context, size uint64, root proof.Hash, prove func(old, new uint64) ([]proof.Hash, error)) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.closed {
		return nil, ErrClosed
	}
	c := proof.Checkpoint{Origin: s.origin, Size: size, Root: root}
	if s.last != nil {
		if err := s.extends(c, prove); err != nil {
			return nil, err
		}
		if size == s.last.Size && s.signedNow() {
			return bytes.Clone(s.history.last), nil
		}
	}
	signed, err := proof.Sign(c, s.keys.signer)
	if err != nil {
		return nil, err
	}
	opened, err := proof.Open(signed, s.trust())
	if err != nil {
		return nil, err
	}
	if err := s.history.append(signed, size); err != nil {
		return nil, err
	}
	s.last = &opened
	return signed, nil
}

// extends refuses a tree that does not contain the newest signed one.
func (s *Signer) extends(c proof.Checkpoint, prove func(old, new uint64) ([]proof.Hash, error)) error {
	old := s.last.Checkpoint
	switch {
	case c.Size < old.Size:
		return &Tampered{Kind: Truncated, Signed: old, Size: c.Size}
	case c.Size == old.Size && c.Root == old.Root:
		return nil
	}
	path, err := prove(old.Size, c.Size)
	if err != nil {
		return fmt.Errorf("prove that %d records contain the %d signed ones: %w", c.Size, old.Size, err)
	}
	if proof.Extends(c, old, path) != nil {
		return &Tampered{Kind: Altered, Signed: old, Size: c.Size}
	}
	return nil
}

// signedNow reports whether the present key has signed the newest checkpoint.
func (s *Signer) signedNow() bool {
	return slices.ContainsFunc(s.last.By, func(b proof.Signature) bool {
		return b.Name == s.keys.signer.Name() && b.KeyHash == s.keys.signer.KeyHash()
	})
}

// SignTree signs the newest tree of t, on demand. Where the view has less than
// what was signed it is a *Tampered, also where the view is only late: the caller
// asks once the view is level.
func (s *Signer) SignTree(ctx context.Context, t Tree) ([]byte, error) {
	size, err := t.TreeSize()
	if err != nil {
		return nil, err
	}
	root, err := t.TreeHash(size)
	if err != nil {
		return nil, err
	}
	return s.Sign(ctx, size, root, t.ProveTree)
}

// Rotate makes a new key, which signs from then on, and signs the newest
// checkpoint once more with both. What verifies the old key is kept; its secret
// is not. Who checks the log needs the new verifier key from the operator, as
// the first one.
func (s *Signer) Rotate() (vkey string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return "", ErrClosed
	}
	old := s.keys
	k, err := newKeys(rand.Reader, s.origin, old.public)
	if err != nil {
		return "", err
	}
	if err := k.write(s.keyFile); err != nil {
		return "", err
	}
	s.keys = k
	if s.last == nil {
		return k.public[0], nil
	}
	signed, err := proof.Sign(s.last.Checkpoint, old.signer, k.signer)
	if err != nil {
		return "", err
	}
	opened, err := proof.Open(signed, s.trust())
	if err != nil {
		return "", err
	}
	if err := s.history.append(signed, s.last.Size); err != nil {
		return "", err
	}
	s.last = &opened
	return k.public[0], nil
}

// AddCosignatures puts the lines of witnesses behind the newest checkpoint,
// where they are about it and hold. They are kept in the file beside it.
func (s *Signer) AddCosignatures(lines []byte, witnesses ...note.Verifier) (signed []byte, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return nil, ErrClosed
	case s.last == nil:
		return nil, errors.New("there is no checkpoint to cosign")
	}
	if signed, err = proof.Add(s.history.last, lines); err != nil {
		return nil, err
	}
	t := s.trust()
	t.Witnesses, t.Quorum = witnesses, 1
	opened, err := proof.Open(signed, t)
	if err != nil {
		return nil, err
	}
	if bytes.Equal(signed, s.history.last) {
		return signed, nil
	}
	if err := s.history.append(signed, s.last.Size); err != nil {
		return nil, err
	}
	s.last = &opened
	return signed, nil
}
