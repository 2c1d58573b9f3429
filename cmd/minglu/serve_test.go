package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"
)

func fetched(t *testing.T, srv *server, path string) (status int, body string) {
	t.Helper()
	resp, err := srv.client.Get(srv.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close() //nolint:errcheck // read
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// underWay begins a request whose body is not finished, and returns how to
// finish it.
func underWay(t *testing.T, srv *server, token string) (finish func() (status string, err error)) {
	t.Helper()
	u, err := url.Parse(srv.base)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	body := `{"division":"530427","target":{"ref":"slow"},"effective":"2020-01-01","body":{"names":["新平县慢慢培训学校（示例）"],"kind":"institution","mode":"offline","address":"桂山街道","class":"non_subject","categories":["sports"],"audiences":["compulsory"]}}`
	_, err = fmt.Fprintf(conn, "POST /api/v1/institutions HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		u.Host, token, commandID(1), len(body))
	if err != nil {
		t.Fatal(err)
	}
	answer := bufio.NewReader(conn)
	line, err := answer.ReadString('\n') // the handler reads the body
	if err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("got %q, %v", line, err)
	}
	return func() (string, error) {
		if _, err := io.WriteString(conn, body); err != nil {
			return "", err
		}
		for {
			line, err := answer.ReadString('\n')
			if err != nil || strings.HasPrefix(line, "HTTP/1.1 ") && !strings.Contains(line, "100 Continue") {
				return strings.TrimSpace(line), err
			}
		}
	}
}

// until polls until done or the deadline of a start.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	late := time.After(startTimeout)
	for !done() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("got no end of the wait: %s", what)
		}
	}
}

// refusesConnections tells that nobody listens any more.
func refusesConnections(srv *server) bool {
	conn, err := net.Dial("tcp", strings.TrimPrefix(srv.base, "http://"))
	if err == nil {
		_ = conn.Close()
	}
	return err != nil
}

func TestAStopFinishesWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	s.issueToken()
	srv := s.inside()
	finish := underWay(t, srv, s.token)
	ended := make(chan int, 1)
	go func() { ended <- srv.end() }()
	until(t, "the listener is closed", func() bool { return refusesConnections(srv) })
	status, err := finish()
	if err != nil || !strings.Contains(status, "201") {
		t.Errorf("got %q, %v for the request under way; it said:\n%s", status, err, srv.stderr)
	}
	if code := <-ended; code != exitDone {
		t.Errorf("got exit code %d", code)
	}
	s.offline(func(n *node) error {
		if _, found, err := n.views.Command(commandID(1)); !found || err != nil {
			t.Errorf("got %v, %v, want the act in the log", found, err)
		}
		return nil
	})
}

func TestAStreamOfEventsDoesNotHoldUpAStop(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	srv := s.inside("--demo", "--stop-within", "1m")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.base+"/api/v1/events?after=0", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/event-stream")
	resp, err := srv.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close() //nolint:errcheck // read
	if line, err := bufio.NewReader(resp.Body).ReadString('\n'); err != nil || line == "" {
		t.Fatalf("got %q, %v", line, err)
	}
	begin := time.Now()
	s.end(srv)
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("got a stop after %v", took)
	}
}

// TestASecondSignalSkipsTheWait interrupts a process twice while a request is
// under way that never ends.
func TestASecondSignalSkipsTheWait(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	s.issueToken()
	srv := startChild(t, "machine", "--data", s.data, "--listen", "127.0.0.1:0", "--stop-within", "1h")
	underWay(t, srv, s.token)
	srv.signal(syscall.SIGTERM)
	until(t, "the listener is closed", func() bool { return refusesConnections(srv) })
	if code := srv.end(); code != exitDone { // the second signal
		t.Errorf("got exit code %d; it said:\n%s", code, srv.stderr)
	}
	s.offline(s.check)
}

func TestTheRegisterSaysThatItIsReady(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	srv := s.inside("--site-name", "新平县校外培训机构名录")
	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/api/v1/openapi.json", "/api/docs"} {
		if status, body := fetched(t, srv, path); status != http.StatusOK {
			t.Errorf("%s: got %d %s", path, status, body)
		}
	}
	if status, body := fetched(t, srv, "/"); status != http.StatusOK || !strings.Contains(body, "新平县校外培训机构名录") || strings.Contains(body, "演示") {
		t.Errorf("got %d %s, want the name of the site and no word of a demonstration", status, body)
	}
	s.end(srv)
	if out := srv.stderr.String(); strings.Contains(out, "a second line on standard output") {
		t.Errorf("got %s", out)
	}
}

func TestAnAddressInUseIsRefused(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // only to be in use
	o := minglu(t, nil, "serve", "--data", newStressed(t).data, "--listen", l.Addr().String(), "--lang", "en")
	if o.code != exitFailed || !strings.Contains(o.stderr, "cannot listen on "+l.Addr().String()) || o.stdout != "" {
		t.Errorf("got %+v", o)
	}
}

// TestADemonstrationThatWasBrokenOffIsFinished also shows that tokens do not
// make a log one of its own, and that another log stays as it is.
func TestADemonstrationThatWasBrokenOffIsFinished(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	s.issueToken()
	acts, err := demoActs()
	if err != nil {
		t.Fatal(err)
	}
	s.offline(func(n *node) error {
		for _, a := range acts[:len(acts)/3] {
			if _, err := n.register.Do(t.Context(), nil, a); err != nil {
				return err
			}
		}
		return nil
	})
	srv := s.inside("--demo")
	if _, body := fetched(t, srv, "/"); !strings.Contains(body, "演示") {
		t.Errorf("got no word of the demonstration in %s", body)
	}
	s.end(srv)
	s.offline(func(n *node) error {
		for _, a := range acts {
			if _, found, err := n.views.Command(a.CommandID); !found || err != nil {
				t.Errorf("act %s: got %v, %v, want it carried out", a.CommandID, found, err)
			}
		}
		return nil
	})
	other := newStressed(t)
	other.issueToken()
	srv = other.inside()
	other.fill(srv, 3)
	other.end(srv)
	srv = other.inside("--demo")
	if _, body := fetched(t, srv, "/"); strings.Contains(body, "演示") {
		t.Errorf("got a demonstration out of another register: %s", body)
	}
	other.end(srv)
	other.offline(func(n *node) error {
		if _, found, err := n.views.Command(acts[0].CommandID); found || err != nil {
			t.Errorf("got %v, %v, want no act of the demonstration", found, err)
		}
		return nil
	})
}
