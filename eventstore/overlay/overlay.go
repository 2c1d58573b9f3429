// Package overlay is an event store that writes to another one than it reads:
// what would become of a log is tried out on a scratch store above it, and the
// log is left as it is.
package overlay

import (
	"context"
	"iter"
	"sync"

	"minglu/eventstore"
)

// Store is a log with scratch records above it. Nothing is written to the log
// below, to which nobody else may write meanwhile; what is scratch is as durable
// as the store it is in.
type Store struct {
	below, above eventstore.Store
	head         uint64 // of the log below

	mu      sync.Mutex
	touched map[string]uint64 // streams with scratch records → the last of those below
}

var _ eventstore.Store = (*Store)(nil)

// New returns a store that reads below and writes to above, which MUST be
// empty. Neither is closed by it.
func New(ctx context.Context, below, above eventstore.Store) (*Store, error) {
	head, err := below.Head(ctx)
	if err != nil {
		return nil, err
	}
	return &Store{below: below, above: above, head: head, touched: map[string]uint64{}}, nil
}

// Append writes all of as to the store above, or nothing.
func (s *Store) Append(ctx context.Context, as ...eventstore.Append) (last uint64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	shifted := make([]eventstore.Append, len(as))
	fresh := map[string]uint64{}
	seen := map[string]bool{}
	for i, a := range as {
		shifted[i] = eventstore.Append{Meta: a.Meta, Writes: make([]eventstore.Write, len(a.Writes))}
		for j, w := range a.Writes {
			if !seen[w.Stream] && len(w.Events) > 0 {
				seen[w.Stream] = true
				if w.Last, err = s.guard(ctx, w, fresh); err != nil {
					return 0, err
				}
			}
			shifted[i].Writes[j] = w
		}
	}
	last, err = s.above.Append(ctx, shifted...)
	if err != nil {
		return 0, err
	}
	for stream, last := range fresh {
		s.touched[stream] = last
	}
	return s.head + last, nil
}

// guard returns the guard of w for the store above. That of a stream which has
// nothing there yet is compared with the log below.
func (s *Store) guard(ctx context.Context, w eventstore.Write, fresh map[string]uint64) (uint64, error) {
	if _, ok := s.touched[w.Stream]; ok {
		if w.Last <= s.head {
			return 0, eventstore.ErrConflict
		}
		return w.Last - s.head, nil
	}
	var last uint64
	for r, err := range s.below.Load(ctx, w.Stream) {
		if err != nil {
			return 0, err
		}
		last = r.Meta.Seq
	}
	if last != w.Last {
		return 0, eventstore.ErrConflict
	}
	fresh[w.Stream] = last
	return 0, nil
}

// Load yields the records of one stream: those below, then those above.
func (s *Store) Load(ctx context.Context, stream string) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		s.mu.Lock()
		below, both := s.touched[stream]
		s.mu.Unlock()
		if !both || below > 0 {
			for r, err := range s.below.Load(ctx, stream) {
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
		if !both {
			return
		}
		for r, err := range s.above.Load(ctx, stream) {
			if err == nil {
				r.Meta.Seq += s.head
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// Follow yields what stands below and then what is written above.
func (s *Store) Follow(ctx context.Context, after uint64) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		if after < s.head {
			for r, err := range s.below.Follow(ctx, after) {
				if !yield(r, err) || err != nil {
					return
				}
				if after = r.Meta.Seq; after >= s.head {
					break
				}
			}
		}
		for r, err := range s.above.Follow(ctx, after-s.head) {
			if err == nil {
				r.Meta.Seq += s.head
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// Head returns the position of the newest record.
func (s *Store) Head(ctx context.Context) (uint64, error) {
	last, err := s.above.Head(ctx)
	return s.head + last, err
}
