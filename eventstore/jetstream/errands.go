package jetstream

import "sync"

// errands are what a store does beside what it was called for. The zero value
// is ready.
type errands struct {
	mu      sync.Mutex
	closing bool
	work    sync.WaitGroup
}

// start runs f in a goroutine and reports whether it does: after close it does
// not.
func (e *errands) start(f func()) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closing {
		return false
	}
	e.work.Go(f)
	return true
}

// close refuses new errands and returns when those under way are done.
func (e *errands) close() {
	e.mu.Lock()
	e.closing = true
	e.mu.Unlock()
	e.work.Wait()
}
