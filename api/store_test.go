package api_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"minglu/api"
	"minglu/eventstore"
	"minglu/eventstore/memory"
	"minglu/projections"
	"minglu/register"
	"minglu/register/registertest"
)

// troubled is a store whose appends wait or fail as a test wants.
type troubled struct {
	*memory.Store
	err     atomic.Pointer[error]
	entered chan struct{}
	release chan struct{}
	waits   atomic.Bool
}

func (s *troubled) Append(ctx context.Context, as ...eventstore.Append) (uint64, error) {
	if err := s.err.Load(); err != nil {
		return 0, *err
	}
	if s.waits.Load() {
		s.entered <- struct{}{}
		<-s.release
	}
	return s.Store.Append(ctx, as...)
}

// newTroubled is a fixture on a store that a test troubles.
func newTroubled(t *testing.T) (*fixture, *troubled) {
	t.Helper()
	c := register.Codec()
	st := &troubled{Store: memory.New(c), entered: make(chan struct{}), release: make(chan struct{})}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	v, err := projections.OpenViews(t.Context(), t.TempDir(), st, c, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	if err := v.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	l := eventstore.NewLog(st, c, 1000)
	reg := register.New(l, v, new(memory.Keys), func() time.Time { return time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC) })
	a, err := register.ParseAct([]byte(`{"act":"access.issue-token","division":"530427","effective":"2026-11-01","actor":{"agency":"530427-education"},"body":{"digest":"` + api.Digest("secret") + `","agency":"530427-education","role":"approver","officer":"E1"}}`))
	if err != nil {
		t.Fatal(err)
	}
	a.CommandID = registertest.CommandID(1)
	if _, err := reg.Do(t.Context(), nil, a); err != nil {
		t.Fatal(err)
	}
	f := &fixture{t: t, token: map[string]string{"bureau": "secret"}}
	f.srv = httptest.NewServer(api.New(api.Options{Register: reg, Views: v, Log: l, Logger: log}))
	t.Cleanup(f.srv.Close)
	return f, st
}

func (f *fixture) post(key, path, body string) answered {
	f.t.Helper()
	return f.do("POST", path, body, "Authorization", "Bearer secret", "Content-Type", "application/json", "Idempotency-Key", key)
}

func TestAKeyUnderWayIsToldToComeBack(t *testing.T) {
	f, st := newTroubled(t)
	st.waits.Store(true)
	key := f.key()
	first := make(chan answered)
	go func() { first <- f.post(key, "/api/v1/institutions", registerBody) }()
	<-st.entered
	a := f.post(key, "/api/v1/institutions", registerBody)
	p := a.refused(409, "conflict")
	if a.header.Get("Retry-After") == "" || pointers(p)["/command_id"] != "underway" {
		t.Errorf("got %v %v", a.header, p)
	}
	st.waits.Store(false)
	close(st.release)
	(<-first).is(201)
	f.post(key, "/api/v1/institutions", registerBody).is(201)
}

func TestAStoreThatCannotWriteIsBusy(t *testing.T) {
	f, st := newTroubled(t)
	full := eventstore.ErrFull
	st.err.Store(&full)
	key := f.key()
	a := f.post(key, "/api/v1/institutions", registerBody)
	a.refused(503, "busy")
	if a.header.Get("Retry-After") == "" {
		t.Errorf("got %v", a.header)
	}
	broken := errors.New("sector 7 of /dev/sda is gone")
	st.err.Store(&broken)
	if a := f.post(key, "/api/v1/institutions", registerBody); strings.Contains(string(a.refused(500, "internal")["detail"].(string)), "sector") {
		t.Errorf("got %s", a.body)
	}
	lines := f.do("POST", "/api/v1/journal", enrolLine(1)+enrolLine(2), "Authorization", "Bearer secret", "Content-Type", "application/x-ndjson").is(200)
	if !strings.Contains(string(lines.body), `"internal"`) || strings.Contains(string(lines.body), "sector") {
		t.Errorf("got %s", lines.body)
	}
	st.err.Store(nil)
	f.post(key, "/api/v1/institutions", registerBody).is(201)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	f.post(f.key(), "/api/v1/institutions", strings.Replace(registerBody, `"A"`, `"B"`, 1)).refused(503, "busy")
}
