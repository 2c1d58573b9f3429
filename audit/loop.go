package audit

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// Interval is when checkpoints are signed: as soon as Records are new, or where
// any is new, once Time has passed since the last was signed.
type Interval struct {
	Records uint64
	Time    time.Duration
}

// Run signs the newest tree of t at the intervals of every, looked at whenever
// ticks gives the time, until ctx ends; at its first tick it signs what is new.
// It returns nil when ctx ends, and a *Tampered as soon as it finds one: the
// caller then stops the register. Any other fault is logged and tried again at
// the next tick.
func (s *Signer) Run(ctx context.Context, t Tree, ticks <-chan time.Time, every Interval, log *slog.Logger) error {
	var signed time.Time
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-ticks:
			done, err := s.tick(ctx, t, every, now.Sub(signed))
			if bad, ok := errors.AsType[*Tampered](err); ok {
				return bad
			}
			if ctx.Err() != nil {
				return nil
			}
			if err != nil {
				log.LogAttrs(ctx, slog.LevelWarn, "checkpoint not signed, tried again", slog.Any("error", err))
			}
			if done {
				signed = now
			}
		}
	}
}

// tick signs where it is due.
func (s *Signer) tick(ctx context.Context, t Tree, every Interval, since time.Duration) (done bool, err error) {
	size, err := t.TreeSize()
	if err != nil {
		return false, err
	}
	last := uint64(0)
	if _, c, ok := s.Latest(); ok {
		last = c.Size
	} else if size == 0 {
		return false, nil
	}
	// A tree that is shorter than what was signed is looked at too, and refused.
	if size == last || size > last && size-last < every.Records && since < every.Time {
		return false, nil
	}
	_, err = s.SignTree(ctx, t)
	return err == nil, err
}
