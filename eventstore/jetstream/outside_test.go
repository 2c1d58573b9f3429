package jetstream_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	js "github.com/nats-io/nats.go/jetstream"

	"minglu/domain"
	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/eventstore/storetest"
)

const (
	user     = "minglu"
	password = "correct-horse"
)

// TestOutside runs the suite on a server process of its own, built from the
// module that the embedded one comes from.
func TestOutside(t *testing.T) {
	t.Parallel()
	url, _ := startServers(t, 1)
	storetest.Run(t, outside(url, 1), storetest.Features{Durable: true})
}

// TestCluster runs the suite on a replicated stream.
func TestCluster(t *testing.T) {
	t.Parallel()
	url, _ := startServers(t, 3)
	storetest.Run(t, outside(url, 3), storetest.Features{Durable: true})
}

var streams atomic.Int64

// outside gives each test a stream of its own on the servers at url.
func outside(url string, replicas int) func(t *testing.T) func() eventstore.Store {
	return func(t *testing.T) func() eventstore.Store {
		name := fmt.Sprintf("TEST%d", streams.Add(1))
		return func() eventstore.Store {
			return open(t, jetstream.Config{URL: url, StreamName: name, Replicas: replicas})
		}
	}
}

func TestOutsideRefusesAWrongPassword(t *testing.T) {
	t.Parallel()
	url, _ := startServers(t, 1)
	_, err := jetstream.Open(t.Context(), jetstream.Config{URL: strings.Replace(url, password, "wrong", 1)}, storetest.Codec)
	if err == nil || strings.Contains(err.Error(), "wrong") {
		t.Fatalf("got %v, want a refusal that does not tell the password", err)
	}
}

// TestClusterSurvivesItsLeader kills the server that leads the stream while many
// write: they go on, and every acknowledged act is in the log once, none half.
func TestClusterSurvivesItsLeader(t *testing.T) {
	t.Parallel()
	const writers = 8
	url, kill := startServers(t, 3)
	s := open(t, jetstream.Config{URL: url, Replicas: 3, Timeout: 2 * time.Second})
	var acked sync.Map
	var count atomic.Int64
	done := make(chan struct{})
	errs := make(chan error, writers)
	for w := range writers {
		go func() {
			log := eventstore.NewLog(s, storetest.Codec, 100)
			for n := w * 1_000_000; ; {
				select {
				case <-done:
					errs <- nil
					return
				default:
				}
				_, err := log.Execute(t.Context(), crashOrder(n))
				if e, ok := errors.AsType[*domain.Error](err); ok && e.Code == domain.Busy {
					continue // again, under the same command id
				}
				if err != nil {
					errs <- err
					return
				}
				acked.Store(storetest.CommandID(n), true)
				count.Add(1)
				n++
			}
		}()
	}
	eventually(t, "acts are carried out", func() bool { return count.Load() > 200 })
	kill(leader(t, url))
	before := count.Load()
	eventually(t, "acts are carried out by the others", func() bool { return count.Load() > before+200 })
	close(done)
	for range writers {
		if err := <-errs; err != nil {
			t.Fatal(err)
		}
	}
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, r := range whole(t, s, int(head)) {
		if r.Meta.Ordinal == 1 {
			found[r.Meta.CommandID]++
		}
	}
	for id, n := range found {
		if n != 1 {
			t.Fatalf("command %s is in the log %d times", id, n)
		}
	}
	for id := range acked.Range {
		if found[id.(string)] == 0 {
			t.Fatalf("command %s was acknowledged and is lost", id)
		}
	}
}

// leader returns the number of the server that leads the stream.
func leader(t *testing.T, url string) int {
	t.Helper()
	conn, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	j, err := js.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := j.Stream(t.Context(), jetstream.DefaultStream)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if _, err := fmt.Sscanf(stream.CachedInfo().Cluster.Leader, "s%d", &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// startServers starts n server processes, one cluster where there are several.
// It returns their addresses with user and password, and what kills one.
func startServers(t *testing.T, n int) (urls string, kill func(i int)) {
	t.Helper()
	program := filepath.Join(t.TempDir(), "nats-server")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "github.com/nats-io/nats-server/v2")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the server: %v\n%s", err, out)
	}
	routes := make([]string, n)
	for i := range routes {
		routes[i] = "nats://" + freeAddress(t)
	}
	var all []string
	var processes []*os.Process
	for i := range n {
		url, process := startServer(t, program, i, routes)
		all, processes = append(all, url), append(processes, process)
	}
	return strings.Join(all, ","), func(i int) {
		if err := processes[i].Kill(); err != nil {
			t.Fatal(err)
		}
	}
}

// freeAddress returns an address below the ports that the kernel gives out, so
// that nobody is given it meanwhile.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20_000+rand.N(10_000)))
		if err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no port is free")
	return ""
}

func startServer(t *testing.T, program string, i int, routes []string) (url string, process *os.Process) {
	t.Helper()
	dir := t.TempDir()
	config := fmt.Sprintf(`
		server_name: s%d
		listen: "127.0.0.1:-1"
		ports_file_dir: %q
		jetstream { store_dir: %q, sync_interval: always }
		authorization { user: %s, password: %q }
	`, i, dir, filepath.Join(dir, "store"), user, password)
	if len(routes) > 1 {
		config += fmt.Sprintf(`cluster { name: c, listen: %q, routes: [%s] }`,
			strings.TrimPrefix(routes[i], "nats://"), strings.Join(routes, ", "))
	}
	file := filepath.Join(dir, "server.conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	cmd := exec.Command(program, "-c", file)
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatalf("start the server: %v", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("log of server %d:\n%s", i, log.String())
		}
	})
	var ports struct{ Nats []string }
	eventually(t, "the server tells its port", func() bool {
		files, _ := filepath.Glob(filepath.Join(dir, "*.ports"))
		if len(files) != 1 {
			return false
		}
		b, err := os.ReadFile(files[0])
		return err == nil && json.Unmarshal(b, &ports) == nil && len(ports.Nats) > 0
	})
	return strings.Replace(ports.Nats[0], "nats://", "nats://"+user+":"+password+"@", 1), cmd.Process
}

// eventually polls until ok is true, for at most a minute.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(time.Minute)
	for !ok() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("not within a minute: %s", what)
		}
	}
}
