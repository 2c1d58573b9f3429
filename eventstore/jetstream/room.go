package jetstream

import (
	"fmt"
	"sync"
	"syscall"
	"time"

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

// room watches the space that an embedded store may use. The zero value of an
// outside server's store always has room: there the server answers.
type room struct {
	mu       sync.Mutex
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
