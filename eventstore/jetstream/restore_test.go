package jetstream_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/eventstore/storetest"
)

func exported(t *testing.T, s *jetstream.Store) []eventstore.Message {
	t.Helper()
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var msgs []eventstore.Message
	for m, err := range s.Messages(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if msgs = append(msgs, m); m.Seq == head {
			break
		}
	}
	return msgs
}

func TestRestoredLogIsTheSame(t *testing.T) {
	t.Parallel()
	s := open(t, jetstream.Config{Dir: t.TempDir(), Unsynced: true})
	for n := range 30 {
		if _, err := s.Append(t.Context(), storetest.Append(n, storetest.Stream(n%7), last(t, s, storetest.Stream(n%7)), 1+n%3)); err != nil {
			t.Fatal(err)
		}
	}
	msgs := exported(t, s)
	to := open(t, jetstream.Config{Dir: t.TempDir(), Unsynced: true})
	for _, part := range [][]eventstore.Message{msgs[:1], msgs[1:21], msgs[21:]} {
		if err := to.Restore(t.Context(), part); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(msgs, exported(t, to)); diff != "" {
		t.Fatalf("restored log differs:\n%s", diff)
	}
	// Nothing comes twice, nothing is left out.
	if err := to.Restore(t.Context(), msgs[21:]); !errors.Is(err, eventstore.ErrConflict) {
		t.Fatalf("got %v, want %v", err, eventstore.ErrConflict)
	}
	for _, part := range [][]eventstore.Message{{msgs[0], msgs[2]}, {{}}} {
		if err := to.Restore(t.Context(), part); !errors.Is(err, jetstream.ErrGap) {
			t.Fatalf("got %v, want %v", err, jetstream.ErrGap)
		}
	}
	msgs[3].Payload = []byte(`{"body":{"unknown":1}}`)
	empty := open(t, jetstream.Config{Dir: t.TempDir(), Unsynced: true})
	if err := empty.Restore(t.Context(), msgs[:5]); err == nil {
		t.Fatal("restored what cannot be read")
	}
	whole(t, empty, 0)
	// The restored log goes on.
	if _, err := to.Append(t.Context(), storetest.Append(99, storetest.Stream(3), last(t, to, storetest.Stream(3)), 2)); err != nil {
		t.Fatal(err)
	}
}

// last returns the position of the newest record of a stream.
func last(t *testing.T, s eventstore.Store, stream string) (seq uint64) {
	t.Helper()
	for r, err := range s.Load(context.Background(), stream) {
		if err != nil {
			t.Fatal(err)
		}
		seq = r.Meta.Seq
	}
	return seq
}
