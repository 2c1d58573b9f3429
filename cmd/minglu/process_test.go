package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// childClock names the variable that makes the test binary be minglu: its
// value is a file with the present instant, or "machine".
const childClock = "MINGLU_TEST_CHILD"

// TestMain runs the tests, or, in a child process, minglu itself, which can
// then be killed.
func TestMain(m *testing.M) {
	if from := os.Getenv(childClock); from != "" {
		p := program{env: environ{}, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, now: time.Now}
		if from != "machine" {
			p.now = func() time.Time { return readClock(from) }
		}
		os.Exit(p.run(context.Background(), os.Args[1:]))
	}
	os.Exit(m.Run())
}

func readClock(path string) time.Time {
	var now time.Time
	b, err := os.ReadFile(path)
	if err == nil {
		err = now.UnmarshalText(b)
	}
	if err != nil {
		panic(err)
	}
	return now
}

// A server is one run of "minglu serve".
type server struct {
	base   string // "http://127.0.0.1:…"
	client *http.Client
	stderr *lockedBuffer
	end    func() int // asks it to stop and returns the exit code
	kill   func()     // ends a child process without warning
	signal func(os.Signal)
}

// startTimeout is how long a test waits for the line "ready"; a machine that
// runs many tests at once takes long.
const startTimeout = time.Minute

// startInside runs minglu in this process.
func startInside(t *testing.T, p program, args ...string) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	s := &server{stderr: &lockedBuffer{}}
	p.stdin, p.stdout, p.stderr = strings.NewReader(""), in, s.stderr
	ended := make(chan struct{})
	code := 0
	go func() {
		defer close(ended)
		code = p.run(ctx, append([]string{"serve"}, args...))
		in.Close() //nolint:errcheck // a pipe
	}()
	s.end = func() int {
		s.client.CloseIdleConnections()
		cancel()
		<-ended
		return code
	}
	t.Cleanup(func() { s.end() })
	s.awaitReady(t, out)
	return s
}

// startChild runs minglu in a process of its own.
func startChild(t *testing.T, clock string, args ...string) *server {
	t.Helper()
	s := &server{stderr: &lockedBuffer{}}
	cmd := exec.Command(os.Args[0], append([]string{"serve"}, args...)...)
	cmd.Env = append(os.Environ(), childClock+"="+clock)
	cmd.Stderr = s.stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	wait := sync.OnceFunc(func() { _ = cmd.Wait() })
	s.kill = func() {
		_ = cmd.Process.Kill()
		wait()
	}
	s.signal = func(sig os.Signal) { _ = cmd.Process.Signal(sig) }
	s.end = func() int {
		s.client.CloseIdleConnections()
		s.signal(os.Interrupt)
		wait()
		return cmd.ProcessState.ExitCode()
	}
	t.Cleanup(s.kill)
	s.awaitReady(t, out)
	return s
}

// awaitReady reads the one line of standard output.
func (s *server) awaitReady(t *testing.T, stdout io.Reader) {
	t.Helper()
	s.client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	lines := make(chan string)
	go func() {
		defer close(lines)
		for sc := bufio.NewScanner(stdout); sc.Scan(); {
			lines <- sc.Text()
		}
	}()
	select {
	case line, ok := <-lines:
		base, found := strings.CutPrefix(line, "ready ")
		if !ok || !found {
			t.Fatalf("got %q instead of a line that it is ready; it said:\n%s", line, s.stderr)
		}
		s.base = base
	case <-time.After(startTimeout):
		t.Fatalf("got no line that it is ready; it said:\n%s", s.stderr)
	}
	go func() {
		for line := range lines {
			s.stderr.Write([]byte("a second line on standard output: " + line + "\n")) //nolint:errcheck // memory
		}
	}()
}

// A lockedBuffer is what a server said, which may be read while it speaks.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// A testClock is a clock that stands still until it is set, also for children.
type testClock struct{ path string }

func newTestClock(t *testing.T, now time.Time) testClock {
	c := testClock{filepath.Join(t.TempDir(), "clock")}
	c.set(t, now)
	return c
}

func (c testClock) set(t *testing.T, now time.Time) {
	t.Helper()
	b, err := now.MarshalText()
	if err == nil {
		err = os.WriteFile(c.path+".new", b, 0o600)
	}
	if err == nil {
		err = os.Rename(c.path+".new", c.path)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (c testClock) now() time.Time { return readClock(c.path) }
