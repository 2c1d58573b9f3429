package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"minglu/domain/access"
	"minglu/domain/ident"
	"minglu/domain/term"
)

// A posted act is one that a client sends, with what it was told.
type posted struct {
	key  string
	path string
	body string
	told *told // nil: no answer came
}

// told is the answer to an act.
type told struct {
	ID       string `json:"id"`
	Seq      uint64 `json:"seq"`
	Repeated bool   `json:"repeated"`
	Events   []struct {
		Seq   uint64 `json:"seq"`
		Event string `json:"event"`
	} `json:"events"`
}

const killToken = "mgl_kill-test"

// A stressed register is one data directory under load, over several runs.
type stressed struct {
	t     *testing.T
	data  string
	token string
	acts  []*posted
}

func newStressed(t *testing.T) *stressed {
	return &stressed{t: t, data: filepath.Join(t.TempDir(), "data"), token: killToken}
}

func (s *stressed) config() *Config {
	cfg := &Config{Data: s.data}
	cfg.setDefaults()
	return cfg
}

// offline opens the stopped register.
func (s *stressed) offline(f func(n *node) error) {
	s.t.Helper()
	c := &call{log: newLogger(io.Discard, s.config()), now: time.Now}
	if err := withNode(s.t.Context(), c, s.config(), f); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stressed) issueToken() {
	s.t.Helper()
	s.offline(func(n *node) error {
		return localTokens{n, time.Now}.issue(s.t.Context(), "530427", access.IssueToken{
			Digest: digestOf(killToken), Agency: "530427-education", Role: term.Approver, Officer: "XP-E01"})
	})
}

// post sends an act and returns the status, 0 where no answer came.
func post(srv *server, token string, a *posted) (status int, body []byte) {
	req, err := http.NewRequest(http.MethodPost, srv.base+a.path, bytes.NewReader([]byte(a.body)))
	if err != nil {
		return 0, nil
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Idempotency-Key", a.key)
	req.Header.Set("Content-Type", "application/json")
	resp, err := srv.client.Do(req)
	if err != nil {
		return 0, nil
	}
	defer resp.Body.Close() //nolint:errcheck // read
	if body, err = io.ReadAll(resp.Body); err != nil {
		return 0, nil
	}
	return resp.StatusCode, body
}

// send posts an act and keeps what it was told. It reports whether it was
// answered with success.
func (s *stressed) send(srv *server, a *posted) bool {
	status, body := post(srv, s.token, a)
	switch status {
	case 0:
		return false
	case http.StatusOK, http.StatusCreated:
	default:
		s.t.Errorf("%s %s: got %d %s", a.path, a.body, status, body)
		return false
	}
	a.told = &told{}
	if err := json.Unmarshal(body, a.told); err != nil {
		s.t.Errorf("%s: %v in %s", a.path, err, body)
	}
	return true
}

// A writer is one client: it registers institutions and acts on them.
type writer struct {
	n    int
	rng  *rand.Rand
	acts []*posted
}

func (w *writer) key() string {
	var id [16]byte
	for i := range id {
		id[i] = byte(w.rng.Uint32())
	}
	return ident.FormatUUID(ident.UUIDv5([16]byte{}, id[:]))
}

// next is the next act: now and then a new institution, else one more fact
// about the last one.
func (w *writer) next(round int) *posted {
	a := &posted{key: w.key()}
	newest := ""
	for _, p := range w.acts {
		if p.path == "/api/v1/institutions" && p.told != nil {
			newest = p.told.ID
		}
	}
	switch n := len(w.acts); {
	case newest == "" || n%4 == 0:
		a.path = "/api/v1/institutions"
		a.body = fmt.Sprintf(`{"division":"530427","target":{"ref":"K-%d-%d-%d"},"effective":"2020-01-01","body":{"names":["新平县第%d示例培训学校"],"kind":"institution","mode":"offline","address":"桂山街道","class":"non_subject","categories":["sports"],"audiences":["compulsory"]}}`, round, w.n, n, n)
	case n%4 == 1:
		a.path = "/api/v1/institutions/" + newest + "/grant-licence"
		a.body = fmt.Sprintf(`{"effective":"2020-02-01","body":{"number":"示例审%d-%d-%d","kind":"review_opinion","class":"non_subject","categories":["sports"],"audiences":["compulsory"],"valid_from":"2020-02-01","valid_to":"2040-01-31"}}`, round, w.n, n)
	default:
		a.path = "/api/v1/institutions/" + newest + "/hold-interview"
		a.body = fmt.Sprintf(`{"effective":"2021-03-0%d","body":{"reason":"第 %d 次"}}`, n%4, n)
	}
	return a
}

// load lets writers act until the server is gone. When so many acts have been
// answered, the others being under way, enough is called once.
func (s *stressed) load(srv *server, round int, seed uint64, writers, answers int, enough func(), gone <-chan struct{}) {
	var wg sync.WaitGroup
	var answered atomic.Int64
	list := make([]*writer, writers)
	for i := range list {
		w := &writer{n: i, rng: rand.New(rand.NewPCG(seed, uint64(round*1000+i)))}
		list[i] = w
		wg.Go(func() {
			for {
				select {
				case <-gone:
					return
				default:
				}
				a := w.next(round)
				w.acts = append(w.acts, a)
				if !s.send(srv, a) {
					return
				}
				if answered.Add(1) == int64(answers) {
					enough()
				}
			}
		})
	}
	wg.Wait()
	for _, w := range list {
		s.acts = append(s.acts, w.acts...)
	}
}

// check looks at the log itself: every command is there whole, and every act
// that was answered is there once, where the answer said.
func (s *stressed) check(n *node) error {
	s.t.Helper()
	type found struct {
		count, of int
		seqs      map[uint64]string
	}
	commands := map[string]*found{}
	head, err := n.store.Head(s.t.Context())
	if err != nil {
		return err
	}
	var before string
	for r, err := range n.store.Follow(s.t.Context(), 0) {
		if err != nil {
			return err
		}
		id := r.Meta.CommandID
		f := commands[id]
		if f == nil {
			f = &found{of: r.Meta.Count, seqs: map[uint64]string{}}
			commands[id] = f
		} else if before != id {
			s.t.Errorf("got command %s twice, again at %d", id, r.Meta.Seq)
		}
		f.count++
		if r.Meta.Ordinal != f.count {
			s.t.Errorf("got record %d of command %s in place %d", r.Meta.Ordinal, id, f.count)
		}
		f.seqs[r.Meta.Seq] = r.Type
		before = id
		if r.Meta.Seq >= head {
			break
		}
	}
	for id, f := range commands {
		if f.count != f.of {
			s.t.Errorf("got %d of %d records of command %s", f.count, f.of, id)
		}
	}
	for _, a := range s.acts {
		f := commands[a.key]
		switch {
		case a.told == nil:
		case f == nil:
			s.t.Errorf("act %s was answered with position %d and is lost", a.key, a.told.Seq)
		default:
			for _, e := range a.told.Events {
				if f.seqs[e.Seq] != e.Event {
					s.t.Errorf("act %s was told %s at %d, the log has %v", a.key, e.Event, e.Seq, f.seqs)
				}
			}
		}
	}
	return nil
}

// again sends acts anew under their keys: those that were answered get the same
// answer, the others get one now.
func (s *stressed) again(srv *server, acts []*posted) {
	s.t.Helper()
	for _, a := range acts {
		before := a.told
		if !s.send(srv, a) {
			s.t.Errorf("%s: got no answer to a repeated act", a.path)
			continue
		}
		if before != nil && (!a.told.Repeated || a.told.Seq != before.Seq || a.told.ID != before.ID) {
			s.t.Errorf("%s: got %+v, want %+v repeated", a.path, *a.told, *before)
		}
	}
}

func number(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv(variable), strconv.Itoa(otherwise)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestNothingAnsweredIsLostByAKill kills minglu at random moments under load.
// MINGLU_TEST_KILLS is how often, MINGLU_TEST_SEED what the moments are drawn
// from.
func TestNothingAnsweredIsLostByAKill(t *testing.T) {
	t.Parallel()
	kills, seed := number(t, "MINGLU_TEST_KILLS", 4), uint64(number(t, "MINGLU_TEST_SEED", 1))
	t.Logf("seed %d, %d kills", seed, kills)
	rng := rand.New(rand.NewPCG(seed, 0))
	s := newStressed(t)
	s.issueToken()
	answered, before := 0, 0
	for round := range kills {
		srv := startChild(t, "machine", "--data", s.data, "--listen", "127.0.0.1:0")
		s.again(srv, s.acts[before:])
		before = len(s.acts)
		gone := make(chan struct{})
		writers, answers, later := 1+rng.IntN(12), 1+rng.IntN(200), time.Duration(rng.IntN(3000))*time.Microsecond
		kill := sync.OnceFunc(func() {
			srv.kill()
			close(gone)
		})
		s.load(srv, round, seed, writers, answers, func() { time.AfterFunc(later, kill) }, gone)
		kill()
		s.offline(s.check)
		if t.Failed() {
			t.Fatalf("after kill %d; it said:\n%s", round+1, srv.stderr)
		}
	}
	srv := startChild(t, "machine", "--data", s.data, "--listen", "127.0.0.1:0")
	s.again(srv, s.acts)
	if code := srv.end(); code != exitDone {
		t.Errorf("got exit code %d; it said:\n%s", code, srv.stderr)
	}
	for _, a := range s.acts {
		if a.told != nil {
			answered++
		}
	}
	t.Logf("%d acts, %d answered", len(s.acts), answered)
	s.offline(s.check)
	s.sameFromZero()
}

// sameFromZero compares every view with a fold from zero, and with itself
// after it was built anew.
func (s *stressed) sameFromZero() {
	s.t.Helper()
	replay := func() string {
		o := minglu(s.t, nil, "replay", "--json", "--data", s.data)
		if o.code != exitDone {
			s.t.Fatalf("replay: got %+v", o)
		}
		return o.stdout
	}
	before := replay()
	if o := minglu(s.t, nil, "rebuild", "--data", s.data); o.code != exitDone {
		s.t.Fatalf("rebuild: got %+v", o)
	}
	if after := replay(); after != before {
		s.t.Errorf("got %s after a rebuild, want %s", after, before)
	}
}
