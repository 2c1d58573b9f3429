package jetstream

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"

	"github.com/nats-io/nats.go"

	"minglu/domain/ident"
	"minglu/eventstore"
)

// ahead is the stock of keys that are durable and belong to nobody yet. They are
// made in atomic batches in a goroutine of their own, which begins once half of
// the batch before is used up: who takes a key waits for a sync only where the
// stock is empty, at first and when keys are used faster than they are made.
// Each batch is twice as large as the one before it up to mostAhead, so that a
// register in which personal values are rare makes few. The stock never holds
// more than one and a half batches.
type ahead struct {
	mu     sync.Mutex
	ready  []freshKey
	size   int     // of the newest batch
	making *making // the batch under way, or nil
}

type freshKey struct {
	person string
	key    []byte
}

// making is a batch of keys under way. err may be read once done is closed.
type making struct {
	done chan struct{}
	err  error
}

const mostAhead = 256

// Fresh returns a person to whom nothing refers yet, and the key, which is
// durable. An error of making keys is returned to those alone who have to wait
// for them; the next call tries again.
func (k *Keys) Fresh(ctx context.Context) (person string, key []byte, err error) {
	for {
		if err := k.store.usable(ctx); err != nil {
			return "", nil, err
		}
		f, ok, coming := k.take()
		switch {
		case ok:
			return f.person, f.key, nil
		case coming == nil:
			return "", nil, eventstore.ErrClosed
		}
		select {
		case <-coming.done:
			if coming.err != nil {
				return "", nil, fmt.Errorf("make keys: %w", coming.err)
			}
		case <-ctx.Done():
			return "", nil, ctx.Err()
		}
	}
}

// take takes a key out of the stock, and has the next batch made where half of
// the last one is used up. It returns the batch under way, if any.
func (k *Keys) take() (f freshKey, ok bool, coming *making) {
	a := &k.ahead
	a.mu.Lock()
	defer a.mu.Unlock()
	if last := len(a.ready) - 1; last >= 0 {
		f, ok = a.ready[last], true
		a.ready[last] = freshKey{}
		a.ready = a.ready[:last]
	}
	if a.making == nil && len(a.ready) <= a.size/2 {
		m, n := &making{done: make(chan struct{})}, min(max(2*a.size, 1), mostAhead)
		if k.store.errands.start(func() { k.stock(m, n) }) {
			a.making = m
		}
	}
	return f, ok, a.making
}

// stock makes a batch of n keys and puts them into the stock.
func (k *Keys) stock(m *making, n int) {
	made, err := k.make(n)
	k.ahead.mu.Lock()
	defer k.ahead.mu.Unlock()
	if err == nil {
		k.ahead.ready, k.ahead.size = append(k.ahead.ready, made...), n
	}
	k.ahead.making = nil
	m.err = err
	close(m.done)
}

// make makes n keys and returns when they are durable. No subject is guarded: a
// person is 128 random bits.
func (k *Keys) make(n int) ([]freshKey, error) {
	made := make([]freshKey, n)
	msgs := make([]*nats.Msg, n)
	for i := range made {
		var id [16]byte
		key := make([]byte, keySize)
		if _, err := rand.Read(id[:]); err != nil {
			return nil, err
		}
		if _, err := rand.Read(key); err != nil {
			return nil, err
		}
		person := ident.FormatUUID(id)
		subject, err := k.personOf(person)
		if err != nil {
			return nil, err
		}
		box, err := k.kek.wrap(person, key)
		if err != nil {
			return nil, err
		}
		made[i] = freshKey{person, key}
		msgs[i] = &nats.Msg{Subject: subject, Data: box, Header: nats.Header{}}
	}
	_, err := k.store.patiently(func() (uint64, error) { return k.publishBatch(msgs) })
	return made, err
}
