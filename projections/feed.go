package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"minglu/eventstore"
)

// A feed follows the log once for a group of writers that stand close
// together. Those far behind have a feed of their own, so that nobody waits for
// them; when they are level they join the main feed.
type feed struct {
	set *Set

	mu      sync.Mutex // held while a batch is handed out
	members []*writer
	pos     uint64 // newest record handed out

	state   sync.Mutex
	trouble error // why the log cannot be followed just now
}

// run follows the log until ctx ends or the members have joined the main feed.
func (f *feed) run(ctx context.Context) {
	if f.settle(ctx) {
		return
	}
	for pause := firstPause; ctx.Err() == nil; pause = min(2*pause, longestPause) {
		for b, err := range follow(ctx, f.set.store, f.pos) {
			if err != nil {
				f.fail(ctx, err)
				break
			}
			pause = firstPause
			f.set.unheld(ctx)
			f.hand(ctx, b)
			if f.settle(ctx) {
				return
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

func (f *feed) fail(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	f.setTrouble(err)
	f.set.log.Error("the log cannot be followed, trying again", "seq", f.pos, "error", err)
	f.set.moved.notify()
}

// hand gives b to every member and waits where a queue is full.
func (f *feed) hand(ctx context.Context, b batch) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.setTrouble(nil)
	for _, w := range f.members {
		select {
		case w.queue <- item{batch: b}:
		case <-w.ended:
		case <-ctx.Done():
			return
		}
	}
	f.pos = b.last()
	f.set.sawHead(f.pos)
}

// settle finishes files that are being built when the end of the log is close,
// and joins the main feed, or becomes it, when the members are level. It
// reports whether the feed has nothing left to do.
func (f *feed) settle(ctx context.Context) (done bool) {
	if f.set.isMain(f) {
		return false
	}
	if f.pos+f.set.limits.near < f.set.head.Load() {
		return false
	}
	head, err := f.set.store.Head(ctx)
	if err != nil {
		f.fail(ctx, err)
		return false
	}
	f.set.sawHead(head)
	if f.pos+f.set.limits.near < head {
		return false
	}
	f.ask(ctx, wishFinish)
	if !f.level(ctx) {
		return ctx.Err() != nil
	}
	return f.set.join(f)
}

// ask puts a wish into the queue of each member whose file is being built, and
// waits until they are fulfilled.
func (f *feed) ask(ctx context.Context, what wish) {
	asked := map[*writer]chan struct{}{}
	for _, w := range f.membersNow() {
		if !w.building.Load() || w.failed() != nil {
			continue
		}
		done := make(chan struct{})
		select {
		case w.queue <- item{wish: what, done: done}:
			asked[w] = done
		case <-w.ended:
		case <-ctx.Done():
			return
		}
	}
	for w, done := range asked {
		select {
		case <-done:
		case <-w.ended:
		case <-ctx.Done():
			return
		}
	}
}

// level waits until the members have applied nearly all they were given, so
// that they do not hold up those whom they join.
func (f *feed) level(ctx context.Context) bool {
	for _, w := range f.membersNow() {
		for {
			changed := f.set.moved.wait()
			if w.failed() != nil || w.seq.Load()+f.set.limits.near >= f.pos {
				break
			}
			select {
			case <-changed:
			case <-w.ended:
			case <-ctx.Done():
				return false
			}
		}
	}
	return true
}

func (f *feed) membersNow() []*writer {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.members)
}

// drop takes w out of the feed and returns the newest position that w was
// given. Nothing more comes to w.
func (f *feed) drop(w *writer) (pos uint64, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.Index(f.members, w)
	if i < 0 {
		return 0, false
	}
	f.members = slices.Delete(f.members, i, i+1)
	close(w.queue)
	return f.pos, true
}

// follow yields the records after a position in batches of whole commands:
// what has come while the last batch was handled. It ends with an error.
func follow(ctx context.Context, store eventstore.Store, after uint64) func(yield func(batch, error) bool) {
	return func(yield func(batch, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		c := &collector{last: after, ready: make(chan struct{}, 1), room: make(chan struct{}, 1)}
		done := make(chan struct{})
		go func() {
			defer close(done)
			c.collect(ctx, store)
		}()
		defer func() {
			cancel()
			<-done
		}()
		for {
			b, err := c.take(ctx)
			if len(b) > 0 && !yield(b, nil) {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// A collector gathers records between the goroutine that reads the log and the
// one that hands them out.
type collector struct {
	mu    sync.Mutex
	recs  []eventstore.Record
	whole int // how many of recs are whole commands
	err   error
	last  uint64
	ready chan struct{} // something to take
	room  chan struct{} // something was taken
}

// gathered is how many records wait at most, beside those of one command.
const gathered = 1024

func (c *collector) collect(ctx context.Context, store eventstore.Store) {
	for r, err := range store.Follow(ctx, c.last) {
		if err == nil && r.Meta.Seq != c.last+1 {
			err = fmt.Errorf("the log goes from %d to %d", c.last, r.Meta.Seq)
		}
		if !c.add(ctx, r, err) {
			return
		}
		c.last++
	}
	c.add(ctx, eventstore.Record{}, errEnded)
}

var errEnded = errors.New("following the log ended without a reason")

func (c *collector) add(ctx context.Context, r eventstore.Record, err error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.err = err
		tell(c.ready)
		return false
	}
	for c.whole >= gathered {
		c.mu.Unlock()
		select {
		case <-c.room:
		case <-ctx.Done():
		}
		c.mu.Lock()
		if ctx.Err() != nil {
			c.err = ctx.Err()
			return false
		}
	}
	c.recs = append(c.recs, r)
	if r.EndsCommand() {
		if c.whole == 0 {
			tell(c.ready)
		}
		c.whole = len(c.recs)
	}
	return true
}

// take returns the whole commands that are there, and waits where there are
// none.
func (c *collector) take(ctx context.Context) (batch, error) {
	for {
		c.mu.Lock()
		if c.whole > 0 {
			b := batch(c.recs[:c.whole:c.whole])
			c.recs = append([]eventstore.Record(nil), c.recs[c.whole:]...)
			c.whole = 0
			err := c.err
			c.mu.Unlock()
			tell(c.room)
			return b, err
		}
		err := c.err
		c.mu.Unlock()
		if err != nil {
			return nil, err
		}
		select {
		case <-c.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// tell leaves a token for whoever waits on ch, if there is none yet.
func tell(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

func (f *feed) troubled() error {
	f.state.Lock()
	defer f.state.Unlock()
	return f.trouble
}

func (f *feed) setTrouble(err error) {
	f.state.Lock()
	defer f.state.Unlock()
	f.trouble = err
}
