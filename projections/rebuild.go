package projections

import (
	"context"
	"errors"
	"fmt"
)

// Rebuild builds the named views, or all where none is named, anew from the
// log beside the files that are read, and switches over. It returns when all
// are switched, or with the first fault; a view whose building failed keeps the
// file it had. ctx bounds the waiting only: building goes on after it ends. A
// view that is already being built is waited for.
func (s *Set) Rebuild(ctx context.Context, names ...string) error {
	built, err := s.rebuild(s.orAll(names))
	if err != nil {
		return err
	}
	var errs []error
	for _, w := range built {
		errs = append(errs, s.awaitSwitch(ctx, w))
	}
	return errors.Join(errs...)
}

// heal builds a view anew whose file turned out to be damaged while it was
// live.
func (s *Set) heal(w *writer) {
	if s.views[w.p.Name()].live.Load() != w {
		return
	}
	go func() {
		if _, err := s.rebuild([]string{w.p.Name()}); err != nil {
			s.log.Error("rebuild a damaged view", "view", w.p.Name(), "error", err)
		}
	}()
}

// rebuild starts the building of those that are not being built.
func (s *Set) rebuild(names []string) (built []*writer, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	var fresh []*writer
	for _, name := range names {
		v := s.views[name]
		if v == nil {
			err = fmt.Errorf("view %s: %w", name, ErrNoView)
			break
		}
		w := v.next.Load()
		if w != nil && w.failed() != nil {
			s.abandon(v, w)
			w = nil
		}
		if w == nil {
			if w, err = s.build(v); err != nil {
				break
			}
			fresh = append(fresh, w)
		}
		built = append(built, w)
	}
	if len(fresh) > 0 {
		s.startLocked(fresh)
	}
	return built, err
}

// abandon throws away a file whose building failed.
func (s *Set) abandon(v *view, w *writer) {
	for _, f := range s.feeds {
		if _, ok := f.drop(w); ok {
			break
		}
	}
	w.hurry()
	<-w.ended
	v.next.CompareAndSwap(w, nil)
	if err := w.discard(); err != nil {
		s.log.Warn("delete an unfinished view file", "view", w.p.Name(), "error", err)
	}
}

func (s *Set) awaitSwitch(ctx context.Context, w *writer) error {
	v := s.views[w.p.Name()]
	for {
		changed := s.moved.wait()
		if v.next.Load() != w {
			return nil
		}
		if err := w.failed(); err != nil {
			return fmt.Errorf("rebuild view %s: %w", w.p.Name(), err)
		}
		if s.run.Err() != nil {
			return ErrClosed
		}
		select {
		case <-changed:
		case <-s.run.Done():
		case <-ctx.Done():
			return fmt.Errorf("rebuild view %s: %w", w.p.Name(), ctx.Err())
		}
	}
}
