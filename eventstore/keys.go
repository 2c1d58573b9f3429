package eventstore

import (
	"context"
	"errors"
)

// Keys keeps the keys under which personal values are sealed, one a person,
// apart from the log. Destroying a key erases what was sealed under it. A key
// has 32 random bytes.
type Keys interface {
	// Get returns the key of a person: ErrNoKey where there never was one,
	// ErrDestroyed where it was erased.
	Get(ctx context.Context, person string) ([]byte, error)
	// Create makes a key for a person who has none and returns it; where there
	// is one, that one; ErrDestroyed where it was erased.
	Create(ctx context.Context, person string) ([]byte, error)
	// Fresh returns a person to whom nothing refers yet, and the key, which is
	// durable. It is how values are sealed at the rate at which acts come: keys
	// may be made several at a time, and one that is never used harms nobody.
	Fresh(ctx context.Context) (person string, key []byte, err error)
	// Destroy makes the key unreadable for ever, and no other is made for that
	// person. It may be asked again.
	Destroy(ctx context.Context, person string) error
}

// What Keys may answer beside nil; match with errors.Is.
var (
	ErrNoKey     = errors.New("there is no such key")
	ErrDestroyed = errors.New("the key was destroyed")
)
