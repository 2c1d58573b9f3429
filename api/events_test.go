package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"minglu/api"
)

// positions returns the seq of every line of NDJSON.
func positions(t *testing.T, body []byte) (seqs []uint64) {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSpace(string(body)), "\n") {
		if line == "" {
			continue
		}
		var e struct {
			Seq uint64 `json:"seq"`
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		seqs = append(seqs, e.Seq)
	}
	return seqs
}

func TestThePublicLogIsWholeAndInOrder(t *testing.T) {
	f := newFixture(t)
	f.story()
	f.bureau() // a token: never public
	f.reg.Do(`{"act":"institution.hold-interview","division":"530427","target":{"ref":"A"},"effective":"2026-10-20","visibility":"joint","body":{"reason":"内部"}}`)
	f.reg.Do(`{"act":"institution.hold-interview","division":"530427","target":{"ref":"A"},"effective":"2026-10-21","visibility":"agency","body":{"reason":"本部门"}}`)
	a := f.get("/api/v1/events").is(200)
	all := positions(t, a.body)
	want := []uint64{1, 3, 5, 7, 9, 10, 12, 13, 14, 15, 16, 17}
	if !slices.Equal(all, want) {
		t.Errorf("got %v, want %v: reservations and what is not public passed over", all, want)
	}
	for _, hidden := range []string{"access.", "identifier_reserved", "内部", "本部门", "officers"} {
		if strings.Contains(string(a.body), hidden) {
			t.Errorf("got %s in public", hidden)
		}
	}
	token := f.bureau()
	if got := positions(t, f.get("/api/v1/events", "Authorization", "Bearer "+token).is(200).body); len(got) != len(want)+2 {
		t.Errorf("got %v for the agency itself", got)
	}
	admin := f.get("/api/v1/events?aggregate=access", "Authorization", "Bearer "+f.issue("530427-education", "administrator", "AD")).is(200)
	if got := positions(t, admin.body); len(got) != 2 || strings.Contains(string(admin.body), api.Digest(token)) {
		t.Errorf("got %s for the administrator", admin.body)
	}
	other := f.issue("530427-fire", "handler", "F1")
	if got := positions(t, f.get("/api/v1/events", "Authorization", "Bearer "+other).is(200).body); len(got) != len(want)+1 {
		t.Errorf("got %v for another agency of the division, want what is joint and no more", got)
	}
	for query, want := range map[string][]uint64{
		"after=14": {15, 16, 17}, "after=17": nil, "after=9999": nil, "event=institution.registered": {1, 3, 5}, "aggregate=jurisdiction": {15, 16},
		"aggregate=listing&after=1": {14}, "division=53": all, "division=530427&event=institution.conversion_approved": {17}, "division=1101": nil,
		"at_seq=5": {1, 3, 5}, "at_seq=0": nil, "at_seq=10&after=5": {7, 9, 10},
	} {
		if got := positions(t, f.get("/api/v1/events?"+query).is(200).body); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", query, got, want)
		}
	}
	f.get("/api/v1/events", "Accept", "application/json").refused(406, "not_acceptable")
	f.get("/api/v1/officers/E1/events").refused(401, "unauthenticated")
	if got := f.get("/api/v1/officers/E1/events", "Authorization", "Bearer "+token).is(200); len(got.at("items").([]any)) == 0 || got.at("items/0/officers/0") != "E1" {
		t.Errorf("got %s", got.body)
	}
	f.get("/api/v1/officers/E2/events", "Authorization", "Bearer "+token).refused(403, "forbidden")
	super := f.issue("530427-education", "supervisor", "S1")
	f.get("/api/v1/officers/E1/events", "Authorization", "Bearer "+super).is(200)
}

// stream is an open stream of events.
type stream struct {
	t     *testing.T
	lines *bufio.Scanner
	close func()
}

func (f *fixture) stream(path string, headers ...string) *stream {
	f.t.Helper()
	ctx, cancel := context.WithCancel(f.t.Context())
	req, err := http.NewRequestWithContext(ctx, "GET", f.srv.URL+path, nil)
	if err != nil {
		f.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		f.t.Fatal(err)
	}
	if res.StatusCode != 200 {
		b, _ := io.ReadAll(res.Body)
		f.t.Fatalf("got %d: %s", res.StatusCode, b)
	}
	s := &stream{t: f.t, lines: bufio.NewScanner(res.Body), close: func() { cancel(); _ = res.Body.Close() }}
	s.lines.Buffer(nil, 1<<20)
	f.t.Cleanup(s.close)
	return s
}

// next returns the next line that is not empty.
func (s *stream) next() (string, bool) {
	for s.lines.Scan() {
		if s.lines.Text() != "" {
			return s.lines.Text(), true
		}
	}
	return "", false
}

// event returns the next server-sent event.
func (s *stream) event() (id, name, data string) {
	s.t.Helper()
	for {
		line, ok := s.next()
		if !ok {
			s.t.Fatal("the stream ended")
		}
		switch field, value, _ := strings.Cut(line, ": "); field {
		case "id":
			id = value
		case "event":
			name = value
		case "data":
			return id, name, value
		}
	}
}

func TestAStreamGoesOnAndResumes(t *testing.T) {
	f := newFixture(t)
	f.enrol("A")
	s := f.stream("/api/v1/events", "Accept", "text/event-stream")
	id, name, data := s.event()
	if name != "institution.registered" || !strings.Contains(data, `"seq":`+id) {
		t.Errorf("got %s %s %s", id, name, data)
	}
	f.enrol("B")
	second, _, _ := s.event()
	s.close()
	f.enrol("C")
	s = f.stream("/api/v1/events?after=0", "Accept", "text/event-stream", "Last-Event-ID", second)
	third, _, data := s.event()
	if third == second || !strings.Contains(data, `"ref":"C"`) {
		t.Errorf("got %s %s after %s", third, data, second)
	}
	lines := f.stream("/api/v1/events?follow=true&after=" + second)
	if line, _ := lines.next(); !strings.Contains(line, `"seq":`+third) {
		t.Errorf("got %s", line)
	}
	f.enrol("D")
	if line, _ := lines.next(); !strings.Contains(line, `"ref":"D"`) {
		t.Errorf("got %s", line)
	}
}

func TestAQuietStreamSaysWhereItIs(t *testing.T) {
	f := newFixture(t, func(o *api.Options) { o.Heartbeat = 5 * time.Millisecond })
	f.enrol("A")
	head, _ := f.reg.Log.Head(t.Context())
	s := f.stream("/api/v1/events?event=institution.interview_held", "Accept", "text/event-stream")
	id, name, data := s.event()
	if id != ident2(head) || name != "heartbeat" || data != `{"heartbeat":true,"seq":`+id+`}` {
		t.Errorf("got %s %s %s, want the position %d", id, name, data, head)
	}
	lines := f.stream("/api/v1/events?follow=true&event=institution.interview_held")
	if line, _ := lines.next(); line != data {
		t.Errorf("got %s, want %s", line, data)
	}
}

func TestStreamsEndWhenTheRegisterStops(t *testing.T) {
	stop := make(chan struct{})
	f := newFixture(t, func(o *api.Options) { o.Stopping = stop })
	f.enrol("A")
	s := f.stream("/api/v1/events?follow=true")
	if _, ok := s.next(); !ok {
		t.Fatal("got nothing")
	}
	close(stop)
	if line, ok := s.next(); ok {
		t.Errorf("got %s, want the end", line)
	}
	if s.lines.Err() != nil {
		t.Errorf("got %v, want an orderly end", s.lines.Err())
	}
}
