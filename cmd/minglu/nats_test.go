package main

import (
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	natsserver "github.com/nats-io/nats-server/v2/server"
)

// outsideNATS runs a NATS server with a listener and returns its address.
func outsideNATS(t *testing.T) string {
	t.Helper()
	s, err := natsserver.NewServer(&natsserver.Options{
		Host: "127.0.0.1", Port: natsserver.RANDOM_PORT, NoSigs: true, NoLog: true,
		JetStream: true, StoreDir: t.TempDir(), SyncAlways: true, DisableJetStreamBanner: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	go s.Start()
	t.Cleanup(func() {
		s.Shutdown()
		s.WaitForShutdown()
	})
	if !s.ReadyForConnections(startTimeout) {
		t.Fatal("got no NATS server")
	}
	return s.ClientURL()
}

// TestNodesOnAnOutsideServerShareOneLog writes at one node and reads at
// another; each has views of its own, and both the key that wraps keys.
func TestNodesOnAnOutsideServerShareOneLog(t *testing.T) {
	t.Parallel()
	url := outsideNATS(t)
	one, two := newStressed(t), newStressed(t)
	o := minglu(t, nil, "token", "create", "--nats", url, "--data", one.data, "--agency", "530427-education", "--role", "approver", "--officer", "XP-E01")
	token, isOne := strings.CutPrefix(strings.TrimSpace(o.stdout), tokenPrefix)
	if o.code != exitDone || !isOne {
		t.Fatalf("got %+v", o)
	}
	if o := minglu(t, nil, "token", "list", "--nats", url, "--data", two.data, "--lang", "en"); o.code != exitFailed || !strings.Contains(o.stderr, "key-encryption key") {
		t.Fatalf("got %+v, want that the key of the other node is asked for", o)
	}
	one.token = tokenPrefix + token
	flags := []string{"--nats", url, "--kek-file", filepath.Join(one.data, "kek")}
	nodes := []*server{one.inside(flags...), two.inside(flags...)}
	w := &writer{rng: rand.New(rand.NewPCG(5, 6))}
	for i := range 12 {
		a := w.next(0)
		w.acts = append(w.acts, a)
		if !one.send(nodes[i%2], a) {
			t.Fatalf("got no answer; it said:\n%s", nodes[i%2].stderr)
		}
		reader := nodes[(i+1)%2]
		resp, err := reader.client.Get(reader.base + "/api/v1/institutions/" + a.told.ID + "?min_seq=" + strconv.FormatUint(a.told.Seq, 10))
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(resp.Body)
		resp.Body.Close() //nolint:errcheck // read
		if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(b), a.told.ID) {
			t.Errorf("got %d %s, %v at the other node", resp.StatusCode, b, err)
		}
	}
	one.end(nodes[0])
	two.end(nodes[1])
}
