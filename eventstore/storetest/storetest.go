package storetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"

	"minglu/domain"
	"minglu/eventstore"
)

// Features says what a store promises beside the contract.
type Features struct {
	// Durable tells that what was appended is there when the store is closed and
	// opened again.
	Durable bool
}

// Run runs the suite. start prepares a place for one empty store, gone with the
// test, and returns what opens the store there; where it is Durable, it may be
// opened again after it was closed. Stores that are an io.Closer are closed by
// the suite.
func Run(t *testing.T, start func(t *testing.T) (open func() eventstore.Store), f Features) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := &suite{T: t, open: start(t)}
			s.start()
			t.Cleanup(s.stop)
			c.test(s)
		})
	}
	t.Run("reopening_keeps_everything", func(t *testing.T) {
		t.Parallel()
		s := &suite{T: t, open: start(t)}
		s.start()
		t.Cleanup(s.stop)
		if f.Durable {
			reopening(s)
		} else {
			closing(s)
		}
	})
}

// suite is one test with its store.
type suite struct {
	*testing.T
	open  func() eventstore.Store
	store eventstore.Store
	log   *eventstore.Log
}

func (s *suite) start() {
	s.store = s.open()
	s.log = eventstore.NewLog(s.store, Codec, 1000)
}

func (s *suite) stop() {
	if c, ok := s.store.(io.Closer); ok && s.store != nil {
		if err := c.Close(); err != nil {
			s.Errorf("close: %v", err)
		}
	}
}

// appended appends and returns the last position; an error ends the test.
func (s *suite) appended(as ...eventstore.Append) uint64 {
	s.Helper()
	last, err := s.store.Append(s.Context(), as...)
	if err != nil {
		s.Fatalf("append: %v", err)
	}
	return last
}

func (s *suite) executed(o eventstore.Order) eventstore.Result {
	s.Helper()
	r, err := s.log.Execute(s.Context(), o)
	if err != nil {
		s.Fatalf("execute: %v", err)
	}
	return r
}

func (s *suite) records(stream string) []eventstore.Record {
	s.Helper()
	var recs []eventstore.Record
	for r, err := range s.store.Load(s.Context(), stream) {
		if err != nil {
			s.Fatalf("load %s: %v", stream, err)
		}
		recs = append(recs, r)
	}
	return recs
}

func (s *suite) positions(stream string) []uint64 {
	s.Helper()
	var seqs []uint64
	for _, r := range s.records(stream) {
		seqs = append(seqs, r.Meta.Seq)
	}
	return seqs
}

func (s *suite) head() uint64 {
	s.Helper()
	h, err := s.store.Head(s.Context())
	if err != nil {
		s.Fatalf("head: %v", err)
	}
	return h
}

func (s *suite) wantHead(want uint64) {
	s.Helper()
	if got := s.head(); got != want {
		s.Fatalf("head is %d, want %d", got, want)
	}
}

func (s *suite) wantPositions(stream string, want ...uint64) {
	s.Helper()
	if got := s.positions(stream); !slices.Equal(got, want) {
		s.Fatalf("stream %s has positions %v, want %v", stream, got, want)
	}
}

func (s *suite) wantError(got, want error) {
	s.Helper()
	if !errors.Is(got, want) {
		s.Fatalf("got error %v, want %v", got, want)
	}
}

func (s *suite) state(stream string) State {
	s.Helper()
	got, err := Tally.Fold(Codec, s.records(stream))
	if err != nil {
		s.Fatalf("fold: %v", err)
	}
	return got.(State)
}

// follow yields the first n records after a position.
func (s *suite) follow(after uint64, n int) []eventstore.Record {
	s.Helper()
	var recs []eventstore.Record
	ctx, cancel := context.WithCancel(s.Context())
	defer cancel()
	for r, err := range s.store.Follow(ctx, after) {
		if err != nil {
			s.Fatalf("follow: %v", err)
		}
		if recs = append(recs, r); len(recs) == n {
			return recs
		}
	}
	s.Fatal("follow ended by itself")
	return nil
}

// together runs f(0) to f(n-1) side by side and returns their errors in order.
func together(n int, f func(i int) error) []error {
	errs := make([]error, n)
	begin := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-begin
			errs[i] = f(i)
		})
	}
	close(begin)
	wg.Wait()
	return errs
}

func count(errs []error, want error) int {
	n := 0
	for _, err := range errs {
		if errors.Is(err, want) || err == nil && want == nil {
			n++
		}
	}
	return n
}

// oneEach checks that positions from 1 to n belong to exactly one record each
// and returns the records.
func (s *suite) oneEach(n int) []eventstore.Record {
	s.Helper()
	recs := s.follow(0, n)
	for i, r := range recs {
		if r.Meta.Seq != uint64(i)+1 {
			s.Fatalf("record %d is at position %d", i+1, r.Meta.Seq)
		}
	}
	s.wantHead(uint64(n))
	return recs
}

func refusal(err error) domain.Code {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		return e.Code
	}
	return domain.Code(fmt.Sprint(err))
}
