package projections

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"
)

// State says how a view is.
type State string

// The states.
const (
	Live       State = "live"       // can be read and follows the log
	Rebuilding State = "rebuilding" // cannot be read yet: its first file is being built
	Stopped    State = "stopped"    // does not follow the log; Error says why
)

// Status is how one view is, for /readyz and people.
type Status struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	// Seq is the position that readers of the view see.
	Seq uint64 `json:"seq"`
	// Head is the newest position of the log that the set knows of.
	Head  uint64 `json:"head"`
	State State  `json:"state"`
	// Building is the position of a file that is being built, 0 for none.
	Building uint64 `json:"building,omitempty"`
	// Error is why the view is stopped, or why a write or the log is being
	// tried again; empty otherwise. It names the position where a fact could
	// not be taken.
	Error string `json:"error,omitempty"`
}

// Status returns how every view is, in the order of Options.Projections.
func (s *Set) Status() []Status {
	lost := s.lost()
	out := make([]Status, len(s.names))
	for i, name := range s.names {
		v := s.views[name]
		st := Status{Name: name, Version: v.p.Version(), Head: s.head.Load(), State: Rebuilding}
		w, next := v.live.Load(), v.next.Load()
		if next != nil {
			st.Building = next.seq.Load()
		}
		if w != nil {
			st.State, st.Seq = Live, w.seq.Load()
		} else {
			w = next
		}
		err := lost
		if w != nil {
			if e := w.troubled(); e != nil {
				err = e
			}
			if e := w.failed(); e != nil {
				st.State, err = Stopped, e
			}
		}
		if err != nil {
			st.Error = err.Error()
		}
		if lost != nil {
			st.State = Stopped
		}
		out[i] = st
	}
	return out
}

// lost returns why the log cannot be followed at present.
func (s *Set) lost() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.feeds {
		if err := f.troubled(); err != nil {
			return err
		}
	}
	return nil
}

// Seq returns the position up to which all the named views know the log, or
// all views where none is named; 0 for a view that cannot be read.
func (s *Set) Seq(names ...string) uint64 {
	var least uint64
	for i, name := range s.orAll(names) {
		var seq uint64
		if v := s.views[name]; v != nil {
			if w := v.live.Load(); w != nil {
				seq = w.seq.Load()
			}
		}
		if i == 0 || seq < least {
			least = seq
		}
	}
	return least
}

// Wait returns when all the named views, or all where none is named, know the
// log up to seq. It returns the error of ctx when that ends first, ErrStopped
// for a view that stands still before seq, and ErrNoView.
func (s *Set) Wait(ctx context.Context, seq uint64, names ...string) error {
	for _, name := range s.orAll(names) {
		if err := s.waitOne(ctx, seq, name); err != nil {
			return err
		}
	}
	return nil
}

func (s *Set) waitOne(ctx context.Context, seq uint64, name string) error {
	v := s.views[name]
	if v == nil {
		return fmt.Errorf("view %s: %w", name, ErrNoView)
	}
	for {
		changed := s.moved.wait()
		live, next := v.live.Load(), v.next.Load()
		if live != nil && live.seq.Load() >= seq {
			return nil
		}
		if err := standing(live, next); err != nil {
			return fmt.Errorf("view %s: %w: %w", name, ErrStopped, err)
		}
		if s.run.Err() != nil {
			return ErrClosed
		}
		select {
		case <-changed:
		case <-s.run.Done():
		case <-ctx.Done():
			return fmt.Errorf("wait for view %s at %d: %w", name, seq, ctx.Err())
		}
	}
}

// standing returns why neither of the two files of a view moves.
func standing(live, next *writer) error {
	if next != nil {
		return next.failed()
	}
	if live != nil {
		return live.failed()
	}
	return nil
}

// CatchUp waits until all views know all records that the log held when it was
// called.
func (s *Set) CatchUp(ctx context.Context) error {
	head, err := s.store.Head(ctx)
	if err != nil {
		return err
	}
	return s.Wait(ctx, head)
}

func (s *Set) orAll(names []string) []string {
	if len(names) == 0 {
		return s.names
	}
	return names
}

// Read calls f with a view as it stands now: with everything up to Read.Seq,
// which is at least what Wait and Seq have told. f MUST be short and MUST NOT
// keep the Read nor what it got from it. A panic of f is an error; one that
// tells that the file is cut short or cannot be read has the view built anew.
func (s *Set) Read(name string, f func(r *Read) error) (err error) {
	w, tx, err := s.snapshot(name)
	if err != nil {
		return err
	}
	defer func() {
		_ = tx.Rollback()
		if _, fault := errors.AsType[memoryFault](err); fault {
			s.heal(w)
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer recovered(&err)
	seq, ok := checkpoint(tx)
	if !ok {
		return fmt.Errorf("view %s: its position cannot be read", name)
	}
	return f(&Read{tx: tx, seq: seq})
}

// A memoryFault is what the runtime panics with where the file behind the
// memory is not there.
type memoryFault interface {
	error
	Addr() uintptr
}

// snapshot begins a read of the file that is read now.
func (s *Set) snapshot(name string) (*writer, *bolt.Tx, error) {
	v := s.views[name]
	if v == nil {
		return nil, nil, fmt.Errorf("view %s: %w", name, ErrNoView)
	}
	for {
		w := v.live.Load()
		if s.run.Err() != nil {
			return nil, nil, ErrClosed
		}
		if w == nil {
			return nil, nil, fmt.Errorf("view %s: %w", name, ErrNotReady)
		}
		tx, err := w.db.Load().Begin(false)
		if err == nil {
			return w, tx, nil
		}
		if v.live.Load() == w {
			return nil, nil, fmt.Errorf("read view %s: %w", name, err)
		}
	}
}
