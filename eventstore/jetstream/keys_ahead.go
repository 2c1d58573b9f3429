package jetstream

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"minglu/domain/ident"
)

// ahead holds keys that are durable and belong to nobody yet. They are made in
// atomic batches, each twice as large as the one before it up to mostAhead, so
// that a register in which personal values are rare makes few, and one into
// which they pour waits for one sync in so many.
type ahead struct {
	mu    sync.Mutex
	ready []freshKey
	next  int // how many to make next
}

type freshKey struct {
	person string
	key    []byte
}

const mostAhead = 256

// Fresh returns a person to whom nothing refers yet, and the key, which is
// durable.
func (k *Keys) Fresh(ctx context.Context) (person string, key []byte, err error) {
	k.ahead.mu.Lock()
	defer k.ahead.mu.Unlock()
	if len(k.ahead.ready) == 0 {
		if err := k.make(ctx, max(k.ahead.next, 1)); err != nil {
			return "", nil, err
		}
		k.ahead.next = min(2*max(k.ahead.next, 1), mostAhead)
	}
	last := len(k.ahead.ready) - 1
	f := k.ahead.ready[last]
	k.ahead.ready = k.ahead.ready[:last]
	return f.person, f.key, nil
}

// make makes n keys and waits until they are durable.
func (k *Keys) make(ctx context.Context, n int) error {
	if err := k.store.usable(ctx); err != nil {
		return err
	}
	made := make([]freshKey, n)
	msgs := make([]*nats.Msg, n)
	for i := range made {
		var id [16]byte
		key := make([]byte, keySize)
		if _, err := rand.Read(id[:]); err != nil {
			return err
		}
		if _, err := rand.Read(key); err != nil {
			return err
		}
		person := ident.FormatUUID(id)
		subject, err := k.personOf(person)
		if err != nil {
			return err
		}
		box, err := k.kek.wrap(person, key)
		if err != nil {
			return err
		}
		made[i] = freshKey{person, key}
		msgs[i] = &nats.Msg{Subject: subject, Data: box, Header: nats.Header{jetstream.ExpectedLastSubjSeqHeader: {"0"}}}
	}
	if _, err := k.publishBatch(msgs); err != nil {
		return fmt.Errorf("make keys: %w", err)
	}
	k.ahead.ready = append(k.ahead.ready, made...)
	return nil
}
