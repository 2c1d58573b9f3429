package jetstream_test

import (
	"testing"

	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/eventstore/storetest"
)

// open opens an embedded store in dir and closes it with the test.
func open(t *testing.T, cfg jetstream.Config) *jetstream.Store {
	t.Helper()
	s, err := jetstream.Open(t.Context(), cfg, storetest.Codec)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func TestEmbedded(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) func() eventstore.Store {
		dir := t.TempDir()
		return func() eventstore.Store { return open(t, jetstream.Config{Dir: dir, Unsynced: true}) }
	}, storetest.Features{Durable: true})
}
