package jetstream

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"syscall"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"minglu/eventstore"
)

const (
	// roomReserve is how many bytes of the bound, or of the disk, are never used.
	// The server stops a batch that meets the end half way and completes it only
	// when it starts again, so appends are refused while there still is room.
	roomReserve = 1 << 20
	// diskReserve is the same for the disk, which also takes views and keys.
	diskReserve = 64 << 20
	// diskInterval is how old the size of the free disk may be.
	diskInterval = 100 * time.Millisecond
	// recordOverhead is the most that a record takes beside its payload.
	recordOverhead = 2 << 10
)

// Ready returns nil where appends can be taken. Its error is that of ctx,
// eventstore.ErrClosed, eventstore.ErrFull where an embedded store has no room
// or its disk fails, or that of an outside server that does not answer.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.usable(ctx); err != nil {
		return err
	}
	if s.server == nil {
		_, err := s.Head(ctx)
		return err
	}
	if err := s.takeRoom(0); err != nil {
		return err
	}
	s.giveRoom(0)
	return s.failed()
}

// failed returns, as eventstore.ErrFull, the error by which the embedded server
// once could not write a stream. It answers no append to that stream from then
// on, and begins anew, with what it holds, when it is started again.
func (s *Store) failed() error {
	h := s.server.Healthz(&server.HealthzOptions{})
	if h.Error == "" {
		return nil
	}
	return fmt.Errorf("%w: %s; make room and start again", eventstore.ErrFull, h.Error)
}

// breakOff has every later append refused at once, where the server failed: what
// it holds of an unanswered batch may be half.
func (s *Store) breakOff() {
	err := s.failed()
	if err == nil {
		return
	}
	s.room.mu.Lock()
	s.room.failed = err
	s.room.mu.Unlock()
	s.cfg.Logger.LogAttrs(context.Background(), slog.LevelError, "the log cannot be written", attrError(err))
}

// room watches the space that an embedded store may use. The zero value of an
// outside server's store always has room: there the server answers.
type room struct {
	mu       sync.Mutex
	failed   error // why nothing is taken any more
	inFlight int64
	free     int64
	looked   time.Time
}

// take sets bytes aside for an append, or returns ErrFull. What was taken MUST
// be given back when the append was answered.
func (s *Store) takeRoom(bytes int64) error {
	if s.server == nil {
		return nil
	}
	r := &s.room
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed != nil {
		return r.failed
	}
	if limit := s.cfg.MaxStore; limit > 0 {
		used := int64(s.server.GlobalAccount().JetStreamUsage().Store)
		if used+r.inFlight+bytes+roomReserve > limit {
			return fmt.Errorf("%w: %d of %d bytes are used", eventstore.ErrFull, used, limit)
		}
	}
	if now := time.Now(); now.Sub(r.looked) > diskInterval {
		var fs syscall.Statfs_t
		if err := syscall.Statfs(s.cfg.Dir, &fs); err != nil {
			return fmt.Errorf("%w: look at the free disk: %w", eventstore.ErrFull, err)
		}
		r.free, r.looked = int64(fs.Bavail)*int64(fs.Bsize), now
	}
	// A batch is written twice: staged, then stored.
	if r.free-2*(r.inFlight+bytes) < diskReserve {
		return fmt.Errorf("%w: the disk has %d bytes left", eventstore.ErrFull, r.free)
	}
	r.inFlight += bytes
	return nil
}

func (s *Store) giveRoom(bytes int64) {
	s.room.mu.Lock()
	s.room.inFlight -= bytes
	s.room.mu.Unlock()
}
