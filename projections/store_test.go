package projections

import (
	"context"
	"errors"
	"iter"
	"sync"

	"minglu/eventstore"
)

// logStore is a log in memory that is only followed.
type logStore struct {
	mu    sync.Mutex
	recs  []eventstore.Record
	more  signal
	fault error // what Follow ends with next
}

var errUnused = errors.New("not used in these tests")

func (s *logStore) Append(context.Context, ...eventstore.Append) (uint64, error) {
	return 0, errUnused
}

func (s *logStore) Load(_ context.Context, stream string) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for _, r := range s.from(0) {
			if r.Stream == stream && !yield(r, nil) {
				return
			}
		}
	}
}

func (s *logStore) Follow(ctx context.Context, after uint64) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for {
			more := s.more.wait()
			if err := s.takeFault(); err != nil {
				yield(eventstore.Record{}, err)
				return
			}
			for _, r := range s.from(after) {
				after = r.Meta.Seq
				if !yield(r, nil) {
					return
				}
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

func (s *logStore) Head(context.Context) (uint64, error) { return uint64(len(s.from(0))), nil }

func (s *logStore) from(after uint64) []eventstore.Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	if after >= uint64(len(s.recs)) {
		return nil
	}
	return s.recs[after:]
}

func (s *logStore) takeFault() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.fault
	s.fault = nil
	return err
}

// put appends the facts of one command.
func (s *logStore) put(recs ...eventstore.Record) uint64 {
	s.mu.Lock()
	for i, r := range recs {
		r.Meta.Seq = uint64(len(s.recs) + 1)
		r.Meta.Ordinal, r.Meta.Count = i+1, len(recs)
		s.recs = append(s.recs, r)
	}
	last := uint64(len(s.recs))
	s.mu.Unlock()
	s.more.notify()
	return last
}

func (s *logStore) break_(err error) {
	s.mu.Lock()
	s.fault = err
	s.mu.Unlock()
	s.more.notify()
}
