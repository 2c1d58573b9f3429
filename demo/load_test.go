package demo_test

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"testing"
	"time"

	"minglu/domain/calendar"
	"minglu/eventstore"
	"minglu/eventstore/memory"
	"minglu/projections"
	"minglu/register"
)

// today is the clock of these tests.
var today = calendar.Date(2026, time.November, 22)

// loaded is a register in memory with what a journal says.
type loaded struct {
	*register.Register
	acts     int
	refusals []register.Outcome
}

// load carries out a journal. Lines that cannot be read end the test; refusals
// are for the caller.
func load(t *testing.T, journal io.Reader) *loaded {
	t.Helper()
	l := empty(t)
	l.carryOut(t, l.NewSession(nil, l.report), journal)
	return l
}

// empty returns a register that nothing was carried out in.
func empty(t *testing.T) *loaded {
	t.Helper()
	codec := register.Codec()
	store := memory.New(codec)
	views, err := projections.OpenViews(t.Context(), t.TempDir(), store, codec, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := views.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := views.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return today.Time().Add(9 * time.Hour) }
	return &loaded{Register: register.New(eventstore.NewLog(store, codec, 10_000), views, new(memory.Keys), now)}
}

func (l *loaded) report(o register.Outcome) {
	l.acts++
	if o.Err != nil {
		l.refusals = append(l.refusals, o)
	}
}

// carryOut carries out a journal in a session, which it closes.
func (l *loaded) carryOut(t *testing.T, s *register.Session, journal io.Reader) {
	t.Helper()
	defer func() {
		s.Close()
		if err := l.Views.CatchUp(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	lines := bufio.NewScanner(journal)
	for n := 1; lines.Scan(); n++ {
		a, err := register.ParseAct(bytes.Clone(lines.Bytes()))
		if err != nil {
			t.Fatalf("line %d: %v", n, err)
		}
		if err := s.Add(t.Context(), n, a); err != nil {
			t.Fatalf("line %d: %v", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if err := s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// wantAllTaken fails the test where a line was refused.
func (l *loaded) wantAllTaken(t *testing.T) {
	t.Helper()
	for i, o := range l.refusals {
		if t.Errorf("line %d: %v", o.Line, o.Err); i == 20 {
			t.Fatalf("%d refusals", len(l.refusals))
		}
	}
}
