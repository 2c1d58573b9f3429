package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"

	"minglu/domain"
	"minglu/eventstore"
)

// RunKeys runs the suite of those who keep keys. start returns one that holds
// no keys.
func RunKeys(t *testing.T, start func(t *testing.T) eventstore.Keys) {
	t.Run("created_once_and_kept", func(t *testing.T) { keysKept(t, start(t)) })
	t.Run("fresh_keys_are_of_nobody_else", func(t *testing.T) { keysFresh(t, start(t)) })
	t.Run("destroyed_for_ever", func(t *testing.T) { keysDestroyed(t, start(t)) })
	t.Run("racing_destroys_agree", func(t *testing.T) { destroysRace(t, start(t)) })
	t.Run("racing_creates_agree", func(t *testing.T) { keysRace(t, start(t)) })
	t.Run("sealed_values_open_until_erased", func(t *testing.T) { sealing(t, start(t)) })
	t.Run("altered_seals_are_refused", func(t *testing.T) { forging(t, start(t)) })
	t.Run("bad_references_are_refused", func(t *testing.T) { badPersons(t, start(t)) })
}

const person = "01J8ZQ4V5T3N9K2M7P6R1S0WXY"

func want(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Fatalf("got error %v, want %v", got, want)
	}
}

func keysKept(t *testing.T, k eventstore.Keys) {
	_, err := k.Get(t.Context(), person)
	want(t, err, eventstore.ErrNoKey)
	first, err := k.Create(t.Context(), person)
	want(t, err, nil)
	if len(first) != 32 {
		t.Fatalf("a key of %d bytes", len(first))
	}
	for _, get := range []func() ([]byte, error){
		func() ([]byte, error) { return k.Get(t.Context(), person) },
		func() ([]byte, error) { return k.Create(t.Context(), person) },
	} {
		again, err := get()
		want(t, err, nil)
		if !bytes.Equal(first, again) {
			t.Fatalf("another key")
		}
	}
	other, err := k.Create(t.Context(), person+"2")
	want(t, err, nil)
	if bytes.Equal(first, other) {
		t.Fatal("two persons have one key")
	}
}

func keysFresh(t *testing.T, k eventstore.Keys) {
	seen := map[string]bool{}
	for range 20 {
		who, key, err := k.Fresh(t.Context())
		want(t, err, nil)
		if seen[who] || seen[string(key)] || len(key) != 32 {
			t.Fatalf("person %s or the key was given before, or has %d bytes", who, len(key))
		}
		seen[who], seen[string(key)] = true, true
		kept, err := k.Get(t.Context(), who)
		want(t, err, nil)
		if !bytes.Equal(kept, key) {
			t.Fatal("another key is kept than was given")
		}
	}
	who, _, err := k.Fresh(t.Context())
	want(t, err, nil)
	want(t, k.Destroy(t.Context(), who), nil)
	_, err = k.Get(t.Context(), who)
	want(t, err, eventstore.ErrDestroyed)
}

// destroysRace has several destroy the key of one person at once, as an act and
// what follows from it may.
func destroysRace(t *testing.T, k eventstore.Keys) {
	for i := range 20 {
		who := fmt.Sprintf("%s-%d", person, i)
		_, err := k.Create(t.Context(), who)
		want(t, err, nil)
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for n := range errs {
			wg.Go(func() { errs[n] = k.Destroy(t.Context(), who) })
		}
		wg.Wait()
		want(t, errors.Join(errs...), nil)
		_, err = k.Get(t.Context(), who)
		want(t, err, eventstore.ErrDestroyed)
	}
}

func keysDestroyed(t *testing.T, k eventstore.Keys) {
	_, err := k.Create(t.Context(), person)
	want(t, err, nil)
	for _, p := range []string{person, person, "never-had-one"} {
		want(t, k.Destroy(t.Context(), p), nil)
		_, err = k.Get(t.Context(), p)
		want(t, err, eventstore.ErrDestroyed)
		_, err = k.Create(t.Context(), p)
		want(t, err, eventstore.ErrDestroyed)
	}
}

func keysRace(t *testing.T, k eventstore.Keys) {
	keys := make([][]byte, 20)
	errs := together(len(keys), func(i int) (err error) {
		keys[i], err = k.Create(t.Context(), person)
		return err
	})
	want(t, errors.Join(errs...), nil)
	for _, key := range keys {
		if !bytes.Equal(key, keys[0]) {
			t.Fatal("two keys for one person")
		}
	}
}

func sealing(t *testing.T, k eventstore.Keys) {
	const value = "张三，13900000000"
	s, err := eventstore.Seal(t.Context(), k, person, value)
	want(t, err, nil)
	twice, err := eventstore.Seal(t.Context(), k, person, value)
	want(t, err, nil)
	if s.Commit == twice.Commit || s.Box == twice.Box {
		t.Fatal("the same value seals to the same text: it can be guessed")
	}
	got, err := eventstore.Unseal(t.Context(), k, s)
	want(t, err, nil)
	if got != value {
		t.Fatalf("got %q, want %q", got, value)
	}
	want(t, k.Destroy(t.Context(), person), nil)
	_, err = eventstore.Unseal(t.Context(), k, s)
	want(t, err, eventstore.ErrDestroyed)
	_, err = eventstore.Seal(t.Context(), k, person, value)
	want(t, err, eventstore.ErrDestroyed)
}

func forging(t *testing.T, k eventstore.Keys) {
	s, err := eventstore.Seal(t.Context(), k, person, "一")
	want(t, err, nil)
	other, err := eventstore.Seal(t.Context(), k, person, "二")
	want(t, err, nil)
	foreign, err := eventstore.Seal(t.Context(), k, person+"2", "一")
	want(t, err, nil)
	for name, forged := range map[string]domain.Sealed{
		"another commitment": {Person: s.Person, Commit: other.Commit, Box: s.Box},
		"another box":        {Person: s.Person, Commit: s.Commit, Box: other.Box},
		"another person":     {Person: foreign.Person, Commit: s.Commit, Box: s.Box},
		"no box":             {Person: s.Person, Commit: s.Commit},
		"a short box":        {Person: s.Person, Commit: s.Commit, Box: "AAAA"},
		"no base64":          {Person: s.Person, Commit: s.Commit, Box: "一"},
	} {
		if _, err := eventstore.Unseal(t.Context(), k, forged); !errors.Is(err, eventstore.ErrForged) {
			t.Errorf("%s: got error %v, want %v", name, err, eventstore.ErrForged)
		}
	}
}

func badPersons(t *testing.T, k eventstore.Keys) {
	for _, p := range []string{"", "张三", "a b", "a.*", ">", "*"} {
		_, created := k.Create(t.Context(), p)
		_, got := k.Get(t.Context(), p)
		for _, err := range []error{created, got, k.Destroy(t.Context(), p)} {
			want(t, err, eventstore.ErrStream)
		}
	}
}
