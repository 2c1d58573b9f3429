package jetstream_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	js "github.com/nats-io/nats.go/jetstream"

	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/eventstore/storetest"
)

func keys(t *testing.T, s *jetstream.Store, kekFile string) *jetstream.Keys {
	t.Helper()
	kek, err := jetstream.LoadKEK(kekFile, true)
	if err != nil {
		t.Fatalf("load the key-encryption key: %v", err)
	}
	k, err := s.Keys(t.Context(), kek)
	if err != nil {
		t.Fatalf("keys: %v", err)
	}
	return k
}

func TestKeys(t *testing.T) {
	storetest.RunKeys(t, func(t *testing.T) eventstore.Keys {
		s := open(t, jetstream.Config{Dir: t.TempDir(), Unsynced: true})
		return keys(t, s, filepath.Join(t.TempDir(), "kek"))
	})
}

// stored returns whether the bytes are in any file under dir.
func stored(t *testing.T, dir string, b []byte) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && d.IsDir() {
			return nil
		}
		if err != nil {
			return err
		}
		content, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		found = found || bytes.Contains(content, b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// The wrapped key is looked for as it lies in the stream: it is read from there
// by a search for what surrounds it, its subject.
func TestDestroyedKeyIsGoneFromTheDisk(t *testing.T) {
	t.Parallel()
	dir, kek := t.TempDir(), filepath.Join(t.TempDir(), "kek")
	s := open(t, jetstream.Config{Dir: dir})
	k := keys(t, s, kek)
	const person = "01J8ZQ4V5T3N9K2M7P6R1S0WXY"
	key, err := k.Create(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := k.Create(t.Context(), person+"2")
	if err != nil {
		t.Fatal(err)
	}
	wrapped, err := jetstream.Wrapped(t.Context(), k, person)
	if err != nil {
		t.Fatal(err)
	}
	if !stored(t, dir, wrapped) {
		t.Fatal("the wrapped key is not found where it must be: the search is wrong")
	}
	if stored(t, dir, key) {
		t.Fatal("the key lies unwrapped in the data directory")
	}
	if err := k.Destroy(t.Context(), person); err != nil {
		t.Fatal(err)
	}
	if stored(t, dir, wrapped) {
		t.Fatal("the wrapped key is still in the data directory")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if stored(t, dir, wrapped) {
		t.Fatal("the wrapped key is in the data directory again after the stop")
	}
	k = keys(t, open(t, jetstream.Config{Dir: dir}), kek)
	if _, err := k.Get(t.Context(), person); !errors.Is(err, eventstore.ErrDestroyed) {
		t.Fatalf("got error %v, want %v", err, eventstore.ErrDestroyed)
	}
	if got, err := k.Get(t.Context(), person+"2"); err != nil || !bytes.Equal(got, kept) {
		t.Fatalf("the other key: %v", err)
	}
}

func TestAnotherKEKIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, jetstream.Config{Dir: dir, Unsynced: true})
	keys(t, s, filepath.Join(t.TempDir(), "kek"))
	other, err := jetstream.LoadKEK(filepath.Join(t.TempDir(), "kek"), true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Keys(t.Context(), other); !errors.Is(err, jetstream.ErrKEK) {
		t.Fatalf("got error %v, want %v", err, jetstream.ErrKEK)
	}
}

func TestKEKFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kek")
	if _, err := jetstream.LoadKEK(path, false); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("got error %v, want %v", err, fs.ErrNotExist)
	}
	kek, err := jetstream.LoadKEK(path, true)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	if kek.String() != "set" || (jetstream.KEK{}).String() != "none" {
		t.Fatal("a key-encryption key prints")
	}
	for _, content := range []string{"", "AAAA", "no base64 at all"} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := jetstream.LoadKEK(path, true); err == nil {
			t.Fatalf("%q was taken for a key", content)
		}
	}
}

func TestAKeysStreamOfBeforeBatchesIsBroughtUpToDate(t *testing.T) {
	dir := t.TempDir()
	if err := open(t, jetstream.Config{Dir: dir, Unsynced: true}).Close(); err != nil {
		t.Fatal(err)
	}
	atomic := func(want bool, change func(*js.StreamConfig)) {
		tamper(t, dir, func(ctx context.Context, s js.JetStream) {
			info, err := s.Stream(ctx, jetstream.DefaultStream+"_KEYS")
			if err != nil {
				t.Fatal(err)
			}
			c := info.CachedInfo().Config
			if c.AllowAtomicPublish != want {
				t.Fatalf("got atomic batches %v, want %v", c.AllowAtomicPublish, want)
			}
			if change == nil {
				return
			}
			change(&c)
			if _, err := s.UpdateStream(ctx, c); err != nil {
				t.Fatal(err)
			}
		})
	}
	atomic(true, func(c *js.StreamConfig) { c.AllowAtomicPublish = false })
	if err := open(t, jetstream.Config{Dir: dir, Unsynced: true}).Close(); err != nil {
		t.Fatal(err)
	}
	atomic(true, func(c *js.StreamConfig) { c.AllowAtomicPublish, c.MaxMsgsPerSubject = false, 7 })
	if _, err := jetstream.Open(t.Context(), jetstream.Config{Dir: dir, Unsynced: true}, storetest.Codec); !errors.Is(err, jetstream.ErrDrift) {
		t.Errorf("got %v, want another drift beside it refused", err)
	}
}

// inKeys returns how many messages the stream of keys of a closed store holds,
// without the check of the key-encryption key.
func inKeys(t *testing.T, dir string) (n int) {
	t.Helper()
	tamper(t, dir, func(ctx context.Context, s js.JetStream) {
		info, err := s.Stream(ctx, jetstream.DefaultStream+"_KEYS")
		if err != nil {
			t.Fatal(err)
		}
		n = int(info.CachedInfo().State.Msgs) - 1
	})
	return n
}

func TestARegisterThatRarelySealsMakesFewKeys(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, jetstream.Config{Dir: dir, Unsynced: true})
	k := keys(t, s, filepath.Join(t.TempDir(), "kek"))
	for range 3 {
		fresh(t, k)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := inKeys(t, dir); n < 3 || n > 15 {
		t.Errorf("got %d keys made for three, want a few more", n)
	}
}

func fresh(t *testing.T, k *jetstream.Keys) (person string, key []byte) {
	t.Helper()
	person, key, err := k.Fresh(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return person, key
}

// TestKeysOfManyAreMadeAhead has many take keys at once: each gets another one,
// which is durable, and the stock stays bounded.
func TestKeysOfManyAreMadeAhead(t *testing.T) {
	t.Parallel()
	const takers, each, batch = 16, 100, 256
	dir, kek := t.TempDir(), filepath.Join(t.TempDir(), "kek")
	s := open(t, jetstream.Config{Dir: dir, Unsynced: true})
	k := keys(t, s, kek)
	taken := make([]map[string][]byte, takers)
	var wg sync.WaitGroup
	for i := range taken {
		taken[i] = map[string][]byte{}
		wg.Go(func() {
			for range each {
				person, key, err := k.Fresh(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				taken[i][person] = key
			}
		})
	}
	wg.Wait()
	jetstream.Settled(k)
	if n := jetstream.Stock(k); n > batch+batch/2 {
		t.Errorf("got a stock of %d keys, want one batch and a half at most", n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := inKeys(t, dir); n > takers*each+2*batch {
		t.Errorf("got %d keys made for %d", n, takers*each)
	}
	k = keys(t, open(t, jetstream.Config{Dir: dir, Unsynced: true}), kek)
	all := map[string]bool{}
	for _, some := range taken {
		for person, key := range some {
			if all[person] {
				t.Fatalf("%s was given twice", person)
			}
			all[person] = true
			if kept, err := k.Get(t.Context(), person); err != nil || !bytes.Equal(kept, key) {
				t.Fatalf("another key is kept than was given: %v", err)
			}
		}
	}
	if len(all) != takers*each {
		t.Errorf("got %d keys, want %d", len(all), takers*each)
	}
}

// TestNobodyWaitsForKeysThatAreThere has the making of keys fail: who takes what
// is in the stock learns nothing of it, who finds none is told, and once it works
// again there are keys again.
func TestNobodyWaitsForKeysThatAreThere(t *testing.T) {
	t.Parallel()
	k := keys(t, open(t, jetstream.Config{Dir: t.TempDir(), Unsynced: true}), filepath.Join(t.TempDir(), "kek"))
	for jetstream.Stock(k) < 16 {
		fresh(t, k)
		jetstream.Settled(k)
	}
	for range 50 {
		fresh(t, k)
		jetstream.Settled(k)
		if jetstream.Stock(k) < 8 {
			t.Fatal("got a stock that is nearly used up, want more made before")
		}
	}
	undo := jetstream.Misdirect(k)
	for range jetstream.Stock(k) {
		fresh(t, k)
	}
	if _, _, err := k.Fresh(t.Context()); err == nil {
		t.Error("got a key that nobody made")
	}
	jetstream.Settled(k)
	undo()
	person, key := fresh(t, k)
	if kept, err := k.Get(t.Context(), person); err != nil || !bytes.Equal(kept, key) {
		t.Errorf("got a key of a batch that was not made: %v", err)
	}
}

func TestWhoWaitsForAKeyMayGiveUp(t *testing.T) {
	t.Parallel()
	k := keys(t, open(t, jetstream.Config{Dir: t.TempDir(), Unsynced: true}), filepath.Join(t.TempDir(), "kek"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := k.Fresh(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	fresh(t, k)
}

// TestKeysEndWithTheStore closes a store while keys are made: every key that was
// given is kept, none is given afterwards, and nothing is left at work.
func TestKeysEndWithTheStore(t *testing.T) {
	t.Parallel()
	dir, kek := t.TempDir(), filepath.Join(t.TempDir(), "kek")
	s := open(t, jetstream.Config{Dir: dir, Unsynced: true})
	k := keys(t, s, kek)
	var given sync.Map
	var wg sync.WaitGroup
	begun := make(chan struct{}, 1)
	for range 4 {
		wg.Go(func() {
			for {
				person, key, err := k.Fresh(t.Context())
				if err != nil {
					if !errors.Is(err, eventstore.ErrClosed) {
						t.Errorf("got %v, want %v", err, eventstore.ErrClosed)
					}
					return
				}
				given.Store(person, key)
				select {
				case begun <- struct{}{}:
				default:
				}
			}
		})
	}
	<-begun
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	jetstream.Settled(k)
	if _, _, err := k.Fresh(t.Context()); !errors.Is(err, eventstore.ErrClosed) {
		t.Errorf("got %v after the end, want %v", err, eventstore.ErrClosed)
	}
	k = keys(t, open(t, jetstream.Config{Dir: dir, Unsynced: true}), kek)
	n := 0
	given.Range(func(person, key any) bool {
		n++
		kept, err := k.Get(t.Context(), person.(string))
		if err != nil || !bytes.Equal(kept, key.([]byte)) {
			t.Errorf("a key that was given is not kept: %v", err)
		}
		return n < 200 && !t.Failed()
	})
}
