package jetstream

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"minglu/eventstore"
)

const (
	// groupRecords bounds the records of a group: half of what the server takes.
	groupRecords = 500
	// gatherPause is how long a group waits for one more of the writers of the
	// last one, gatherMost for all of them, once the server is ready. Without it
	// they fall into two halves that take turns, which costs a third of the rate.
	gatherPause = 500 * time.Microsecond
	gatherMost  = 4 * time.Millisecond
	// knownMost bounds how many subjects' newest positions are remembered.
	knownMost = 1 << 15
)

// committer is where appends meet. While few are at work their callers publish
// themselves; a hand-over to another goroutine would cost each a tenth. The
// committer's own goroutine runs while there is a queue and is started by the
// first append that has to wait.
type committer struct {
	store *Store

	mu      sync.Mutex
	idle    sync.Cond // signalled when nothing is under way
	closing bool
	direct  int  // appends that their callers publish
	batches int  // of these, those of several records
	running bool // the goroutine is at work, so appends queue
	queue   []*member
	came    chan struct{} // has room for one: the queue grew
	known   map[string]uint64
	costs   costs

	work sync.WaitGroup // the goroutine, and what settles unknown outcomes
}

// member is one call of Append on its way.
type member struct {
	msgs   []*nats.Msg
	guards []int64
	bytes  int64

	last uint64
	err  error
	done chan struct{} // closed when last and err are there; nil where the caller publishes itself
}

func newCommitter(s *Store) *committer {
	c := &committer{store: s, came: make(chan struct{}, 1), known: map[string]uint64{}, costs: newCosts()}
	c.idle.L = &c.mu
	return c
}

// append publishes m, or queues it and waits. A queued append that was not yet
// taken ends with ctx, and nothing is written then.
func (c *committer) append(ctx context.Context, m *member) (last uint64, err error) {
	c.mu.Lock()
	switch {
	case c.closing:
		c.mu.Unlock()
		return 0, eventstore.ErrClosed
	case c.stale(m):
		c.mu.Unlock()
		return 0, eventstore.ErrConflict
	case c.mayPublish(m):
		return c.publishHere(m)
	}
	m.done = make(chan struct{})
	c.queue = append(c.queue, m)
	if !c.running {
		c.running = true
		c.work.Go(c.run)
	}
	c.mu.Unlock()
	select {
	case c.came <- struct{}{}:
	default:
	}
	select {
	case <-m.done:
	case <-ctx.Done():
		if c.withdraw(m) {
			return 0, ctx.Err()
		}
		<-m.done
	}
	return m.last, m.err
}

// mayPublish reports whether the caller may publish m itself: nobody queues and
// few others do so, none with a batch where m is one.
func (c *committer) mayPublish(m *member) bool {
	return !c.running && c.direct < c.costs.groupFrom() && (len(m.msgs) == 1 || c.batches == 0)
}

// publishHere publishes m in the goroutine of its caller. c.mu is held, and
// given up.
func (c *committer) publishHere(m *member) (last uint64, err error) {
	alone := c.direct == 0
	c.count(m, 1)
	c.mu.Unlock()
	began := time.Now()
	last, err = c.store.publish(m.msgs)
	took := time.Since(began)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count(m, -1)
	if alone && c.direct == 0 && len(m.msgs) == 1 && err == nil {
		c.costs.singles(1, took)
	}
	c.learn(m, last, err)
	return last, err
}

func (c *committer) count(m *member, n int) {
	c.direct += n
	if len(m.msgs) > 1 {
		c.batches += n
	}
	if c.direct == 0 {
		c.idle.Broadcast()
	}
}

// withdraw takes m out of the queue and reports whether it still was there.
func (c *committer) withdraw(m *member) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.Index(c.queue, m)
	if i < 0 {
		return false
	}
	c.queue = slices.Delete(c.queue, i, i+1)
	return true
}

// run publishes what is queued, round after round, until nothing is. After a
// group it expects its writers back.
func (c *committer) run() {
	expected := 0
	for {
		for expected > 0 && c.empty() && c.wait(nil) {
		}
		r := c.take(expected)
		switch {
		case r == nil:
			return
		case len(r.members) == 0: // all were answered
		case r.grouped:
			expected = c.publishGroup(r, expected)
		default:
			c.publishApart(r.members)
			expected = 0
		}
	}
}

func (c *committer) empty() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.queue) == 0
}

// wait waits until an append was queued or ready is closed, at most gatherPause,
// and reports whether one of the two came about. What was queued may have been
// taken already.
func (c *committer) wait(ready <-chan struct{}) bool {
	timer := time.NewTimer(gatherPause)
	defer timer.Stop()
	select {
	case <-c.came:
		return true
	case <-ready:
		return true
	case <-timer.C:
		return false
	}
}

// round is what is published together, or side by side.
type round struct {
	members []*member
	records int
	grouped bool
	touched map[string]bool // subjects
}

// take starts a round with what is queued. Without a queue the run is over and
// take returns nil.
func (c *committer) take(expected int) *round {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.queue) == 0 {
		c.running = false
		c.idle.Broadcast()
		return nil
	}
	r := &round{touched: map[string]bool{}}
	c.join(r)
	r.grouped = r.records > len(r.members) || max(len(r.members), expected) >= c.costs.groupFrom()
	return r
}

// join moves what is queued into r as far as it may, and returns what it moved.
// An append that touches a subject of another member waits for the next round;
// one that is known to be stale is answered. c.mu is held.
func (c *committer) join(r *round) []*member {
	n := len(r.members)
	rest := c.queue[:0]
	for _, m := range c.queue {
		switch {
		case c.stale(m):
			m.finish(0, eventstore.ErrConflict)
		case len(r.members) > 0 && r.records+len(m.msgs) > groupRecords, r.touches(m):
			rest = append(rest, m)
		default:
			r.members = append(r.members, m)
			r.records += len(m.msgs)
			for _, msg := range m.msgs {
				r.touched[msg.Subject] = true
			}
		}
	}
	clear(c.queue[len(rest):])
	c.queue = rest
	return r.members[n:]
}

func (r *round) touches(m *member) bool {
	for _, msg := range m.msgs {
		if r.touched[msg.Subject] {
			return true
		}
	}
	return false
}

// publishGroup publishes the members as one atomic batch, and with them those
// that come while the server makes ready for it, which takes most of the time of
// a small batch. It returns how many appends are expected once the writers of
// the group are back. Where the batch is refused for a guard, nothing was
// stored: the members are published apart, and only the stale ones are refused.
func (c *committer) publishGroup(r *round, expected int) int {
	began := time.Now()
	b := c.store.log.newBatch()
	fresh := r.members
	for until := began.Add(c.store.cfg.Timeout); ; {
		for _, m := range fresh {
			for _, msg := range m.msgs {
				b.add(msg)
			}
		}
		if len(r.members) >= expected || r.records >= groupRecords || time.Now().After(until) {
			break
		}
		ready := b.ready()
		if closed(ready) {
			until, ready = earlier(until, time.Now().Add(gatherMost)), nil
		}
		if !c.wait(ready) && ready == nil {
			break
		}
		c.mu.Lock()
		fresh = c.join(r)
		c.mu.Unlock()
	}
	last, err := c.store.publishOpen(b, r)
	if len(r.members) > 1 && err == eventstore.ErrConflict {
		c.publishApart(r.members)
		return 0
	}
	if err == nil {
		last -= uint64(r.records)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil && r.records > 1 {
		c.costs.batches(r.records, time.Since(began))
	}
	for _, m := range r.members {
		if err == nil {
			last += uint64(len(m.msgs))
		}
		c.learn(m, last, err)
		m.finish(last, err)
	}
	return len(r.members) + len(c.queue)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func closed(ch <-chan struct{}) bool {
	if ch == nil {
		return false
	}
	select {
	case <-ch:
		return true
	default:
		return false
	}
}

// publishApart publishes each member for itself: single events side by side,
// then the others, each as its own batch.
func (c *committer) publishApart(members []*member) {
	type sent struct {
		m   *member
		a   *answer
		err error
	}
	began := time.Now()
	var singles []sent
	for _, m := range members {
		if len(m.msgs) == 1 {
			single(m.msgs[0])
			a, err := c.store.log.send(m.msgs[0])
			singles = append(singles, sent{m, a, err})
		}
	}
	for _, s := range singles {
		last, err := c.store.log.await(s.a, s.err)
		if isBusy(err) {
			last, err = c.store.publish(s.m.msgs)
		} else {
			last, err = c.store.settled(last, err)
		}
		c.finish(s.m, last, err)
	}
	if n := len(singles); n > 0 {
		c.mu.Lock()
		c.costs.singles(n, time.Since(began))
		c.mu.Unlock()
	}
	for _, m := range members {
		if len(m.msgs) > 1 {
			last, err := c.store.publish(m.msgs)
			c.finish(m, last, err)
		}
	}
}

func (c *committer) finish(m *member, last uint64, err error) {
	c.mu.Lock()
	c.learn(m, last, err)
	c.mu.Unlock()
	m.finish(last, err)
}

func (m *member) finish(last uint64, err error) {
	m.last, m.err = last, err
	close(m.done)
}

// learn remembers the newest positions of what m wrote. c.mu is held.
func (c *committer) learn(m *member, last uint64, err error) {
	if err != nil {
		return
	}
	if len(c.known)+len(m.msgs) > knownMost {
		clear(c.known)
	}
	first := last - uint64(len(m.msgs)) + 1
	for i, msg := range m.msgs {
		c.known[msg.Subject] = max(c.known[msg.Subject], first+uint64(i))
	}
}

// stale reports whether a guard of m is below a position that this process
// itself wrote; the log only grows, so the server would refuse it too. c.mu is
// held.
func (c *committer) stale(m *member) bool {
	for i, g := range m.guards {
		if g == eventstore.NoGuard {
			continue
		}
		if k, ok := c.known[m.msgs[i].Subject]; ok && uint64(g) < k {
			return true
		}
	}
	return false
}

// close refuses new appends and returns when those under way are finished.
func (c *committer) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closing = true
	for c.running || c.direct > 0 {
		c.idle.Wait()
	}
}
