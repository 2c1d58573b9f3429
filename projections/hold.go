package projections

import (
	"context"
	"sync"
)

// Hold keeps the views where they stand, but for what they were given already,
// until release is called, which may be done more than once: nothing is read
// from the log meanwhile and Wait waits. It is for one who writes much, knows
// himself what he wrote, and has the log for himself. Close works all the same.
func (s *Set) Hold() (release func()) {
	held := make(chan struct{})
	s.held.Store(&held)
	return sync.OnceFunc(func() {
		s.held.CompareAndSwap(&held, nil)
		close(held)
	})
}

// unheld waits while the views are held.
func (s *Set) unheld(ctx context.Context) {
	for {
		held := s.held.Load()
		if held == nil {
			return
		}
		select {
		case <-*held:
		case <-ctx.Done():
			return
		}
	}
}
