package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// inside is a server in this process on a stressed register.
func (s *stressed) inside(args ...string) *server {
	s.t.Helper()
	p := program{now: time.Now, unsynced: true}
	return startInside(s.t, p, append([]string{"--data", s.data, "--listen", "127.0.0.1:0"}, args...)...)
}

func (s *stressed) fill(srv *server, n int) {
	s.t.Helper()
	w := &writer{rng: rand.New(rand.NewPCG(1, 2))}
	for range n {
		a := w.next(0)
		w.acts = append(w.acts, a)
		if !s.send(srv, a) {
			s.t.Fatalf("got no answer; it said:\n%s", srv.stderr)
		}
	}
	s.acts = append(s.acts, w.acts...)
}

func (s *stressed) end(srv *server) {
	s.t.Helper()
	if code := srv.end(); code != exitDone {
		s.t.Fatalf("got exit code %d; it said:\n%s", code, srv.stderr)
	}
}

// TestASecondProcessOnTheSameDirectoryIsRefused also shows that a directory is
// free once its process has ended.
func TestASecondProcessOnTheSameDirectoryIsRefused(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	srv := startChild(t, "machine", "--data", s.data, "--listen", "127.0.0.1:0")
	for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"token", "list"}} {
		o := minglu(t, nil, append(args, "--data", s.data)...)
		if want := "数据目录正由另一进程使用：" + s.data; o.code != exitFailed || !strings.Contains(o.stderr, want) || o.stdout != "" {
			t.Errorf("%v: got %+v, want %q", args, o, want)
		}
	}
	if code := srv.end(); code != exitDone {
		t.Errorf("got exit code %d; it said:\n%s", code, srv.stderr)
	}
	if o := minglu(t, nil, "token", "list", "--data", s.data); o.code != exitDone {
		t.Errorf("after its end: got %+v", o)
	}
}

func TestADamagedViewIsBuiltAnewAtTheStart(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(t *testing.T, path string){
		"bytes flipped": func(t *testing.T, path string) {
			b := readFile(t, path)
			for i := 4096 * 2; i < len(b); i += 97 {
				b[i] ^= 0xff
			}
			writeFile(t, path, b)
		},
		"cut short":      func(t *testing.T, path string) { writeFile(t, path, readFile(t, path)[:9000]) },
		"empty":          func(t *testing.T, path string) { writeFile(t, path, nil) },
		"something else": func(t *testing.T, path string) { writeFile(t, path, []byte("this is no view")) },
		"gone": func(t *testing.T, path string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStressed(t)
			s.issueToken()
			srv := s.inside()
			s.fill(srv, 12)
			s.end(srv)
			paths, err := filepath.Glob(filepath.Join(s.data, "views", "*@*.db"))
			if err != nil || len(paths) == 0 {
				t.Fatalf("got %v, %v, want view files", paths, err)
			}
			for _, path := range paths {
				damage(t, path)
			}
			srv = s.inside()
			s.again(srv, s.acts)
			s.end(srv)
			if name != "gone" && !strings.Contains(srv.stderr.String(), "damaged") {
				t.Errorf("got no word of the damage:\n%s", srv.stderr)
			}
			s.sameFromZero()
		})
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeFile(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, fs.FileMode(0o600)); err != nil {
		t.Fatal(err)
	}
}

// TestAFullStoreRefusesAndStaysWhole fills a store with a bound, as a full disk
// would bound it.
func TestAFullStoreRefusesAndStaysWhole(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	s.issueToken()
	srv := s.inside("--max-store", "1200K")
	w := &writer{rng: rand.New(rand.NewPCG(3, 4))}
	var refused []*posted
	for range 5000 {
		a := w.next(0)
		status, body := post(srv, s.token, a)
		if status == http.StatusServiceUnavailable {
			refused = append(refused, a)
			if !strings.Contains(string(body), `"busy"`) {
				t.Errorf("got %s, want that it is busy", body)
			}
			break
		}
		w.acts = append(w.acts, a)
		if !s.send(srv, a) {
			t.Fatalf("got %d %s", status, body)
		}
	}
	if len(refused) == 0 {
		t.Fatalf("got %d acts taken and none refused", len(w.acts))
	}
	resp, err := srv.client.Get(srv.base + "/api/v1/institutions")
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("got %v, %v, want that it still answers", resp, err)
	}
	resp.Body.Close() //nolint:errcheck // not read
	s.end(srv)
	s.acts = append(s.acts, w.acts...)
	s.offline(func(n *node) error {
		for _, a := range refused {
			if _, found, err := n.views.Command(a.key); found || err != nil {
				return fmt.Errorf("the refused act %s was carried out: %v", a.key, err)
			}
		}
		return s.check(n)
	})
	srv = s.inside()
	s.acts = append(s.acts, refused...)
	s.again(srv, s.acts)
	s.end(srv)
	s.sameFromZero()
}
