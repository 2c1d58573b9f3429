// Package registertest is a whole register in memory for tests: a log, all
// views, and a fixed clock. Acts are written as JSON; their command ids are
// counted, so that everything comes out the same every time.
package registertest

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"testing"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/eventstore/memory"
	"minglu/projections"
	"minglu/register"
)

// Register is a register for one test, closed with it.
type Register struct {
	*register.Register
	Codec *eventstore.Codec
	// Clock is what the register takes for now: 2026-11-22 12:00 in Beijing
	// unless it is set.
	Clock time.Time

	t    testing.TB
	next int
}

// New returns an empty register.
func New(t testing.TB) *Register {
	t.Helper()
	c := register.Codec()
	st := memory.New(c)
	v, err := projections.OpenViews(t.Context(), t.TempDir(), st, c, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatalf("open views: %v", err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Errorf("close views: %v", err)
		}
	})
	if err := v.CatchUp(t.Context()); err != nil {
		t.Fatalf("catch up: %v", err)
	}
	r := &Register{Codec: c, Clock: calendar.Date(2026, 11, 22).Time().Add(12 * time.Hour), t: t}
	r.Register = register.New(eventstore.NewLog(st, c, 1000), v, new(memory.Keys), func() time.Time { return r.Clock })
	return r
}

// Act reads an act and gives it the next command id; one without an actor is
// done by the education bureau of its division, by officer E1.
func (r *Register) Act(text string) register.Act {
	r.t.Helper()
	a, err := register.ParseAct([]byte(text))
	if err != nil {
		r.t.Fatalf("act %s: %v", text, err)
	}
	r.next++
	if a.CommandID == "" {
		a.CommandID = CommandID(r.next)
	}
	if a.Actor == nil {
		a.Actor = &register.Actor{Agency: a.Division + "-education", Officer: "E1"}
	}
	return a
}

// CommandID returns the n-th command id.
func CommandID(n int) string { return fmt.Sprintf("0192f000-%04x-7000-8000-%012x", n, n) }

// Do carries out an act that must be accepted, and waits for the views.
func (r *Register) Do(text string) register.Answer {
	r.t.Helper()
	ans, err := r.Register.Do(r.t.Context(), nil, r.Act(text))
	if err != nil {
		r.t.Fatalf("act %s: %v", text, err)
	}
	r.Wait()
	return ans
}

// Refused carries out an act that must be refused, and returns the refusal. It
// fails where the act left anything behind.
func (r *Register) Refused(text string) *domain.Error {
	r.t.Helper()
	before, _ := r.Log.Head(r.t.Context())
	_, err := r.Register.Do(r.t.Context(), nil, r.Act(text))
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		r.t.Fatalf("act %s: got %v, want a refusal", text, err)
	}
	if after, _ := r.Log.Head(r.t.Context()); after != before {
		r.t.Fatalf("act %s was refused and left %d records behind", text, after-before)
	}
	return e
}

// Wait waits until the views know the whole log.
func (r *Register) Wait() {
	r.t.Helper()
	if err := r.Views.CatchUp(r.t.Context()); err != nil {
		r.t.Fatalf("catch up: %v", err)
	}
}

// Replay fails the test where the views differ from a rebuild from zero, or the
// books do not balance.
func (r *Register) Replay() {
	r.t.Helper()
	all, err := r.Views.Replay(r.t.Context(), r.t.TempDir(), 0)
	if err != nil {
		r.t.Fatalf("replay: %v", err)
	}
	for _, c := range all {
		if !c.Same {
			r.t.Errorf("view %s differs from its rebuild: %s and %s %s", c.Name, c.Live.Hash, c.Replayed.Hash, c.Error)
		}
	}
	if err := r.Views.CheckBooks(r.t.Context()); err != nil {
		r.t.Error(err)
	}
}

// Bureau is a principal of the education bureau of a division.
func Bureau(division string, role term.Role, officer string) *register.Principal {
	return &register.Principal{Agency: division + "-education", Role: role, Officer: officer}
}
