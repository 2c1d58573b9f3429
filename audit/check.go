package audit

import (
	"fmt"
	"sort"

	"minglu/proof"
)

// Kind is how a log differs from what was signed of it.
type Kind string

// The kinds.
const (
	// Truncated: the log has fewer records than were signed. It was cut, or an
	// older copy was put in its place.
	Truncated Kind = "truncated"
	// Altered: the log has other records than those signed.
	Altered Kind = "altered"
)

// Tampered says that the log is not what was signed. A register that finds it
// MUST NOT start, nor sign.
type Tampered struct {
	Kind   Kind
	Signed proof.Checkpoint // the newest that was signed
	Size   uint64           // of the log as it is
	// Root is that of the first Signed.Size records as they are, and From and To
	// say between which positions the first altered one is. Only Check looks for
	// them; they are zero where it has not.
	Root     proof.Hash
	From, To uint64
}

// Error says what differs, with both sizes.
func (t *Tampered) Error() string {
	if t.Kind == Truncated {
		return fmt.Sprintf("the log was cut or replaced by an older copy: it has %d records, a checkpoint of %d is signed", t.Size, t.Signed.Size)
	}
	text := fmt.Sprintf("the log was altered: of its %d records the first %d are not those of the signed checkpoint", t.Size, t.Signed.Size)
	if t.To > 0 {
		text += fmt.Sprintf(" (the first that differs is one of %d to %d)", t.From, t.To)
	}
	return text
}

// Forged says that an entry of the file of checkpoints was not written by this
// register.
type Forged struct {
	Entry int // from 1
	Err   error
}

// Error names the entry.
func (f *Forged) Error() string {
	return fmt.Sprintf("entry %d of the signed checkpoints is forged or damaged: %v", f.Entry, f.Err)
}

// Unwrap returns why, such as proof.ErrUnsigned.
func (f *Forged) Unwrap() error { return f.Err }

// CheckHead compares the newest signed checkpoint with the position of the
// newest record, before any view is opened. A shorter log is a *Tampered.
func (s *Signer) CheckHead(head uint64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil && head < s.last.Size {
		return &Tampered{Kind: Truncated, Signed: s.last.Checkpoint, Size: head}
	}
	return nil
}

// Check compares the newest signed checkpoint with a tree that is level with the
// log. A shorter tree, or another root, is a *Tampered.
func (s *Signer) Check(t Tree) error {
	size, err := t.TreeSize()
	if err != nil {
		return err
	}
	if err := s.CheckHead(size); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil {
		return nil
	}
	signed := s.last.Checkpoint
	root, err := t.TreeHash(signed.Size)
	if err != nil {
		return err
	}
	if root == signed.Root {
		return nil
	}
	bad := &Tampered{Kind: Altered, Signed: signed, Size: size, Root: root}
	bad.From, bad.To, err = s.where(t)
	if err != nil {
		return fmt.Errorf("%w; where could not be found out: %w", bad, err)
	}
	return bad
}

// where returns between which positions the first altered record is: behind the
// last checkpoint that agrees, up to the first that does not. Of checkpoints of
// one log those before an altered record agree, and none behind it does.
func (s *Signer) where(t Tree) (from, to uint64, err error) {
	differs := func(i int) bool {
		c, e := s.checkpoint(i)
		if e == nil {
			var root proof.Hash
			root, e = t.TreeHash(c.Size)
			if e == nil {
				return root != c.Root
			}
		}
		if err == nil {
			err = e
		}
		return true
	}
	n := len(s.history.sizes)
	first := sort.Search(n-1, differs) // the newest one does
	if err != nil {
		return 0, 0, err
	}
	if first > 0 {
		from = s.history.sizes[first-1]
	}
	return from + 1, s.history.sizes[first], nil
}

// At returns the newest signed checkpoint of a tree of that size; ok is false
// where none was signed.
func (s *Signer) At(size uint64) (signed []byte, ok bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	behind := sort.Search(len(s.history.sizes), func(i int) bool { return s.history.sizes[i] > size })
	if behind == 0 || s.history.sizes[behind-1] != size {
		return nil, false, nil
	}
	signed, err = s.history.entry(behind - 1)
	return signed, err == nil, err
}

// checkpoint reads and verifies an entry, from 0.
func (s *Signer) checkpoint(i int) (proof.Checkpoint, error) {
	b, err := s.history.entry(i)
	if err != nil {
		return proof.Checkpoint{}, err
	}
	signed, err := proof.Open(b, s.trust())
	if err != nil {
		return proof.Checkpoint{}, &Forged{Entry: i + 1, Err: err}
	}
	return signed.Checkpoint, nil
}

// Verify verifies every entry of the file of checkpoints; one that does not hold
// is a *Forged.
func (s *Signer) Verify() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.verify(0)
}

// verify verifies the entries from the given one on and keeps what the newest
// says. Two of one size have one root.
func (s *Signer) verify(from int) error {
	var before proof.Checkpoint
	for i := from; i < len(s.history.sizes); i++ {
		c, err := s.checkpoint(i)
		if err != nil {
			return err
		}
		if i > from && c.Size == before.Size && c.Root != before.Root {
			return &Forged{Entry: i + 1, Err: fmt.Errorf("another root of %d records than the entry before", c.Size)}
		}
		before = c
	}
	if n := len(s.history.sizes); n > 0 {
		b, err := s.history.entry(n - 1)
		if err != nil {
			return err
		}
		last, err := proof.Open(b, s.trust())
		if err != nil {
			return &Forged{Entry: n, Err: err}
		}
		s.last = &last
	}
	return nil
}
