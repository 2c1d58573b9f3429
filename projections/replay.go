package projections

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Comparison is what Replay found out about one view.
type Comparison struct {
	Name string `json:"name"`
	// Live is the digest of the view that is read. It is empty where the view
	// does not stand at the position of the replay.
	Live Digest `json:"live"`
	// Replayed is the digest of the fold from zero.
	Replayed Digest `json:"replayed"`
	// Same is whether both were made at one position and agree.
	Same bool `json:"same"`
	// Error is why the fold could not be done, or is empty.
	Error string `json:"error,omitempty"`
}

// Replay folds the log from zero into scratch views in dir, which is made and
// removed again, and compares them with the views that are read. Each view is
// folded to the position at which its live one stood when Replay was called;
// where atSeq is not 0, all are folded to atSeq, and compared where the live
// one stands there too.
func (s *Set) Replay(ctx context.Context, dir string, atSeq uint64) ([]Comparison, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	scratch, err := os.MkdirTemp(dir, "replay-")
	if err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	out, err := s.replay(ctx, scratch, atSeq)
	if err != nil {
		err = fmt.Errorf("replay: %w", err)
	}
	return out, errors.Join(err, os.RemoveAll(scratch))
}

func (s *Set) replay(ctx context.Context, dir string, atSeq uint64) (out []Comparison, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	live, last, err := s.liveDigests(ctx, atSeq)
	if err != nil {
		return nil, err
	}
	var writers []*writer
	defer func() {
		for _, w := range writers {
			w.hurry()
			<-w.ended
			err = errors.Join(err, w.discard())
		}
	}()
	for i, name := range s.names {
		w, err := s.scratchWriter(dir, s.views[name].p, live[i].until)
		if err != nil {
			return nil, err
		}
		writers = append(writers, w)
	}
	if err := s.feedScratch(ctx, writers, last); err != nil {
		return nil, err
	}
	for i, w := range writers {
		c := Comparison{Name: s.names[i], Live: live[i].digest}
		if err := w.failed(); err != nil {
			c.Error = err.Error()
		} else if c.Replayed, err = scratchDigest(ctx, w); err != nil {
			return nil, err
		}
		c.Same = c.Error == "" && c.Live == c.Replayed
		out = append(out, c)
	}
	return out, nil
}

// A replayGoal is where a view is folded to, and what is expected there.
type replayGoal struct {
	digest Digest
	until  uint64
}

func (s *Set) liveDigests(ctx context.Context, atSeq uint64) (goals []replayGoal, last uint64, err error) {
	for _, name := range s.names {
		d, err := s.Digest(ctx, name)
		if err != nil {
			return nil, 0, err
		}
		g := replayGoal{digest: d, until: d.Seq}
		if atSeq != 0 && atSeq != d.Seq {
			g = replayGoal{until: atSeq}
		}
		goals, last = append(goals, g), max(last, g.until)
	}
	return goals, last, nil
}

func (s *Set) scratchWriter(dir string, p Projection, until uint64) (*writer, error) {
	path := filepath.Join(dir, fileName(p))
	db, err := createFile(path+buildSuffix, p)
	if err != nil {
		return nil, err
	}
	w := newWriter(p, path, db, 0, s)
	w.building.Store(true)
	w.lim.spare = w.lim.buildBytes
	w.until = until
	go w.run()
	return w, nil
}

// feedScratch hands the log up to position last to writers, and waits until
// they have written it.
func (s *Set) feedScratch(ctx context.Context, writers []*writer, last uint64) error {
	f := &feed{set: s, members: writers}
	if last > 0 {
		for b, err := range follow(ctx, s.store, 0) {
			if err != nil {
				return err
			}
			f.hand(ctx, b)
			if f.pos >= last {
				break
			}
		}
	}
	f.ask(ctx, wishWhole)
	return ctx.Err()
}

func scratchDigest(ctx context.Context, w *writer) (Digest, error) {
	tx, err := w.db.Load().Begin(false)
	if err != nil {
		return Digest{}, err
	}
	return digest(ctx, w.p.Name(), tx)
}
