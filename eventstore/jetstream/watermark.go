package jetstream

import (
	"context"
	"sync"
	"sync/atomic"
)

// watermark is a position that only rises, and those who wait for it. The zero
// value stands at 0.
type watermark struct {
	position atomic.Uint64
	mu       sync.Mutex
	risen    chan struct{} // closed at the next rise; nil while nobody waits
}

func (w *watermark) at() uint64 { return w.position.Load() }

// reach raises the mark to seq, where it is below.
func (w *watermark) reach(seq uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if seq <= w.position.Load() {
		return
	}
	w.position.Store(seq)
	if w.risen != nil {
		close(w.risen)
		w.risen = nil
	}
}

// wait returns when the mark has reached seq, or with the error of ctx.
func (w *watermark) wait(ctx context.Context, seq uint64) error {
	for w.position.Load() < seq {
		w.mu.Lock()
		if w.position.Load() >= seq {
			w.mu.Unlock()
			return nil
		}
		if w.risen == nil {
			w.risen = make(chan struct{})
		}
		risen := w.risen
		w.mu.Unlock()
		select {
		case <-risen:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
