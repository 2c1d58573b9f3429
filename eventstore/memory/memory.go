// Package memory is an event store without a disk, for tests: the same
// contract as every store, and the same messages, so that what is written is
// also encoded and decoded. It is durable for as long as the value lives.
package memory

import (
	"context"
	"iter"
	"sync"

	"minglu/eventstore"
)

// Store is an event store in memory. It may be used by many goroutines.
type Store struct {
	codec *eventstore.Codec

	mu      sync.RWMutex
	log     []eventstore.Message // the record at position p is log[p-1]
	streams map[string][]uint64  // positions of each stream's records
	more    chan struct{}        // closed, and replaced, by each append and by Close
	closed  bool
}

var _ eventstore.Store = (*Store)(nil)

// New returns an empty store.
func New(c *eventstore.Codec) *Store {
	return &Store{codec: c, streams: map[string][]uint64{}, more: make(chan struct{})}
}

// Append writes all of as or nothing.
func (s *Store) Append(ctx context.Context, as ...eventstore.Append) (last uint64, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	p, err := s.codec.Prepare(as...)
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0, eventstore.ErrClosed
	}
	for i, m := range p.Messages {
		if g := p.Guards[i]; g != eventstore.NoGuard && uint64(g) != s.last(m.Stream) {
			return 0, eventstore.ErrConflict
		}
	}
	for _, m := range p.Messages {
		m.Seq = uint64(len(s.log)) + 1
		s.log = append(s.log, m)
		s.streams[m.Stream] = append(s.streams[m.Stream], m.Seq)
	}
	close(s.more)
	s.more = make(chan struct{})
	return uint64(len(s.log)), nil
}

func (s *Store) last(stream string) uint64 {
	if seqs := s.streams[stream]; len(seqs) > 0 {
		return seqs[len(seqs)-1]
	}
	return 0
}

// Load yields the records of one stream, oldest first, as they stood when it
// was called.
func (s *Store) Load(ctx context.Context, stream string) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		if err := eventstore.CheckStream(stream); err != nil {
			yield(eventstore.Record{}, err)
			return
		}
		s.mu.RLock()
		closed := s.closed
		msgs := make([]eventstore.Message, 0, len(s.streams[stream]))
		for _, seq := range s.streams[stream] {
			msgs = append(msgs, s.log[seq-1])
		}
		s.mu.RUnlock()
		if closed {
			yield(eventstore.Record{}, eventstore.ErrClosed)
			return
		}
		s.yield(ctx, msgs, yield)
	}
}

// yield decodes msgs and reports whether the caller wants more.
func (s *Store) yield(ctx context.Context, msgs []eventstore.Message, yield func(eventstore.Record, error) bool) bool {
	for _, m := range msgs {
		if err := ctx.Err(); err != nil {
			yield(eventstore.Record{}, err)
			return false
		}
		r, err := s.codec.Decode(m)
		if !yield(r, err) || err != nil {
			return false
		}
	}
	return true
}

// followChunk is how many records a follower takes under one lock.
const followChunk = 512

// Follow yields every record after position after and then waits for more. It
// ends with the error of ctx, ErrClosed, or that of a record that cannot be
// decoded.
func (s *Store) Follow(ctx context.Context, after uint64) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for {
			s.mu.RLock()
			more, closed := s.more, s.closed
			from := min(after, uint64(len(s.log)))
			to := min(from+followChunk, uint64(len(s.log)))
			msgs := s.log[from:to:to]
			s.mu.RUnlock()
			if closed {
				yield(eventstore.Record{}, eventstore.ErrClosed)
				return
			}
			if len(msgs) > 0 {
				if !s.yield(ctx, msgs, yield) {
					return
				}
				after = to
				continue
			}
			select {
			case <-ctx.Done():
				yield(eventstore.Record{}, ctx.Err())
				return
			case <-more:
			}
		}
	}
}

// Head returns the position of the newest record, 0 for an empty log.
func (s *Store) Head(ctx context.Context) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return 0, eventstore.ErrClosed
	}
	return uint64(len(s.log)), nil
}

// Close refuses everything from then on with ErrClosed and wakes followers. It
// may be called more than once.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.closed = true
		close(s.more)
	}
	return nil
}
