package memory

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"

	"minglu/eventstore"
)

// Keys keeps keys in memory, for tests. The zero value is ready; it may be used
// by many goroutines.
type Keys struct {
	mu   sync.Mutex
	keys map[string][]byte // nil for one that was destroyed
	// fresh counts the persons made here, so that tests come out the same.
	fresh int
}

var _ eventstore.Keys = (*Keys)(nil)

// Get returns the key of a person.
func (k *Keys) Get(_ context.Context, person string) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.get(person)
}

func (k *Keys) get(person string) ([]byte, error) {
	if err := eventstore.CheckStream("person." + person); err != nil {
		return nil, fmt.Errorf("reference of a person: %w", err)
	}
	key, ok := k.keys[person]
	switch {
	case !ok:
		return nil, eventstore.ErrNoKey
	case key == nil:
		return nil, eventstore.ErrDestroyed
	}
	return append([]byte(nil), key...), nil
}

// Create returns the key of a person, new where there was none.
func (k *Keys) Create(_ context.Context, person string) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key, err := k.get(person)
	if err != eventstore.ErrNoKey {
		return key, err
	}
	key = make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	if k.keys == nil {
		k.keys = map[string][]byte{}
	}
	k.keys[person] = key
	return k.get(person)
}

// Fresh returns a person to whom nothing refers yet, and the key.
func (k *Keys) Fresh(ctx context.Context) (person string, key []byte, err error) {
	k.mu.Lock()
	k.fresh++
	person = fmt.Sprintf("person-%d", k.fresh)
	k.mu.Unlock()
	key, err = k.Create(ctx, person)
	return person, key, err
}

// Destroy makes the key of a person unreadable for ever.
func (k *Keys) Destroy(_ context.Context, person string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, err := k.get(person); err != nil && err != eventstore.ErrNoKey && err != eventstore.ErrDestroyed {
		return err
	}
	if k.keys == nil {
		k.keys = map[string][]byte{}
	}
	clear(k.keys[person])
	k.keys[person] = nil
	return nil
}
