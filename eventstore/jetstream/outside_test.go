package jetstream_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

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
	url := startServers(t, 1)
	storetest.Run(t, outside(url, 1), storetest.Features{Durable: true})
}

// TestCluster runs the suite on a replicated stream.
func TestCluster(t *testing.T) {
	url := startServers(t, 3)
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
	url := startServers(t, 1)
	_, err := jetstream.Open(t.Context(), jetstream.Config{URL: strings.Replace(url, password, "wrong", 1)}, storetest.Codec)
	if err == nil || strings.Contains(err.Error(), "wrong") {
		t.Fatalf("got %v, want a refusal that does not tell the password", err)
	}
}

// startServers starts n server processes, one cluster where there are several,
// and returns their addresses with user and password.
func startServers(t *testing.T, n int) string {
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
	var urls []string
	for i := range n {
		urls = append(urls, startServer(t, program, i, routes))
	}
	return strings.Join(urls, ",")
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func startServer(t *testing.T, program string, i int, routes []string) string {
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
	return strings.Replace(ports.Nats[0], "nats://", "nats://"+user+":"+password+"@", 1)
}

// eventually polls until ok is true, for at most 20 s.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for !ok() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("not within 20 s: %s", what)
		}
	}
}
