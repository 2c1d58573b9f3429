package jetstream_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	js "github.com/nats-io/nats.go/jetstream"

	"minglu/domain"
	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/eventstore/storetest"
)

func TestDirectoryIsOfOneProcess(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, jetstream.Config{Dir: dir, Unsynced: true})
	_, err := jetstream.Open(t.Context(), jetstream.Config{Dir: dir}, storetest.Codec)
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Code != domain.Busy || !strings.Contains(e.Text.ZH, "数据目录正由另一进程使用") || e.Text.EN == "" || e.Hint.EN == "" {
		t.Fatalf("got %v, want a refusal in both languages", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, jetstream.Config{Dir: dir, Unsynced: true})
}

func TestValidate(t *testing.T) {
	for name, c := range map[string]jetstream.Config{
		"nowhere":              {},
		"both":                 {Dir: "d", URL: "nats://x"},
		"embedded cluster":     {Dir: "d", Replicas: 3},
		"two replicas":         {URL: "nats://x", Replicas: 2},
		"embedded credentials": {Dir: "d", Credentials: "f"},
		"outside limit":        {URL: "nats://x", MaxStore: 1},
		"outside unsynced":     {URL: "nats://x", Unsynced: true},
		"stream name":          {Dir: "d", StreamName: "a.b"},
	} {
		if c.Validate() == nil {
			t.Errorf("%s: no fault found", name)
		}
	}
	for name, c := range map[string]jetstream.Config{
		"embedded": {Dir: "d"},
		"outside":  {URL: "nats://x", Credentials: "f", Replicas: 3},
	} {
		if err := c.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// tamper opens the server on dir without the store, and hands it to f.
func tamper(t *testing.T, dir string, f func(ctx context.Context, s js.JetStream)) {
	t.Helper()
	s, err := server.NewServer(&server.Options{DontListen: true, NoSigs: true, JetStream: true, StoreDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	defer func() {
		s.Shutdown()
		s.WaitForShutdown()
	}()
	conn, err := nats.Connect("", nats.InProcessServer(s))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	j, err := js.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	f(t.Context(), j)
}

func TestDriftIsRefusedByName(t *testing.T) {
	for field, change := range map[string]func(*js.StreamConfig){
		"max_msgs":              func(c *js.StreamConfig) { c.MaxMsgs = 1000 },
		"max_age":               func(c *js.StreamConfig) { c.MaxAge = time.Hour },
		"max_msgs_per_subject":  func(c *js.StreamConfig) { c.MaxMsgsPerSubject = 10 },
		"discard":               func(c *js.StreamConfig) { c.Discard = js.DiscardOld },
		"allow_rollup_hdrs":     func(c *js.StreamConfig) { c.AllowRollup, c.DenyPurge = true, false },
		"allow_atomic":          func(c *js.StreamConfig) { c.AllowAtomicPublish = false },
		"allow_msg_ttl":         func(c *js.StreamConfig) { c.AllowMsgTTL = true },
		"compression":           func(c *js.StreamConfig) { c.Compression = js.NoCompression },
		"republish":             func(c *js.StreamConfig) { c.RePublish = &js.RePublish{Destination: "elsewhere.>"} },
		"subjects":              func(c *js.StreamConfig) { c.Subjects = append(c.Subjects, "other.>") },
		"metadata":              func(c *js.StreamConfig) { c.Metadata = map[string]string{"minglu.schema": "2"} },
		"allow_batched":         func(c *js.StreamConfig) { c.AllowBatchPublish = true },
		"allow_direct":          func(c *js.StreamConfig) { c.AllowDirect = false },
		"duplicate_window":      func(c *js.StreamConfig) { c.Duplicates = time.Minute },
		"deny_delete":           func(c *js.StreamConfig) { c.DenyDelete = false },
		"consumer_limits":       func(c *js.StreamConfig) { c.ConsumerLimits.MaxAckPending = 5 },
		"max_consumers":         func(c *js.StreamConfig) { c.MaxConsumers = 5 },
		"description, harmless": func(c *js.StreamConfig) { c.Description = "名录" },
	} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := open(t, jetstream.Config{Dir: dir, Unsynced: true}).Close(); err != nil {
				t.Fatal(err)
			}
			tamper(t, dir, func(ctx context.Context, s js.JetStream) {
				info, err := s.Stream(ctx, jetstream.DefaultStream)
				if err != nil {
					t.Fatal(err)
				}
				c := info.CachedInfo().Config
				change(&c)
				// Some fields cannot be changed in a live stream: make it anew.
				if err := s.DeleteStream(ctx, c.Name); err != nil {
					t.Fatal(err)
				}
				if _, err := s.CreateStream(ctx, c); err != nil {
					t.Fatal(err)
				}
			})
			s, err := jetstream.Open(t.Context(), jetstream.Config{Dir: dir, Unsynced: true}, storetest.Codec)
			if field == "description, harmless" {
				if err != nil {
					t.Fatal(err)
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				return
			}
			if !errors.Is(err, jetstream.ErrDrift) || !strings.Contains(err.Error(), field+" is ") {
				t.Fatalf("got %v, want the field named", err)
			}
		})
	}
}

func TestLostStreamIsNotMadeAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, jetstream.Config{Dir: dir, Unsynced: true})
	keys(t, s, filepath.Join(t.TempDir(), "kek"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "jetstream", "$G", "streams", jetstream.DefaultStream)); err != nil {
		t.Fatal(err)
	}
	if _, err := jetstream.Open(t.Context(), jetstream.Config{Dir: dir}, storetest.Codec); !errors.Is(err, jetstream.ErrDrift) {
		t.Fatalf("got %v, want %v", err, jetstream.ErrDrift)
	}
	// Neither beside the views of a log that is gone.
	dir = t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "views"), 0o750); err != nil {
		t.Fatal(err)
	}
	if _, err := jetstream.Open(t.Context(), jetstream.Config{Dir: dir}, storetest.Codec); !errors.Is(err, jetstream.ErrDrift) {
		t.Fatalf("got %v, want %v", err, jetstream.ErrDrift)
	}
}

func TestFullStoreRefusesAndStaysWhole(t *testing.T) {
	t.Parallel()
	cfg := jetstream.Config{Dir: t.TempDir(), Unsynced: true, MaxStore: 3 << 20}
	s := open(t, cfg)
	// Groups of writers, of batches and of single events, until nobody can write.
	acked := 0
	for round := 0; ; round++ {
		if round > 10_000 {
			t.Fatal("the store never was full")
		}
		n, count := round*10, 1+round%2*200
		_, err := s.Append(t.Context(), storetest.Append(n, storetest.Stream(n), 0, count))
		if errors.Is(err, eventstore.ErrFull) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		acked += count
	}
	_, err := eventstore.NewLog(s, storetest.Codec, 1).Execute(t.Context(), storetest.Order(999_999, storetest.Stream(999_999), storetest.Open{}))
	if e, ok := errors.AsType[*domain.Error](err); !ok || e.Code != domain.Busy {
		// A single small record may still fit.
		if err != nil {
			t.Fatalf("got %v, want a refusal", err)
		}
		acked++
	}
	whole(t, s, acked)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	cfg.MaxStore = 0
	s = open(t, cfg)
	whole(t, s, acked)
	if _, err := s.Append(t.Context(), storetest.Append(1_000_000, storetest.Stream(1_000_000), 0, 3)); err != nil {
		t.Fatalf("append with room again: %v", err)
	}
}

// whole checks that the log has n records and no half command, and returns them.
func whole(t *testing.T, s eventstore.Store, n int) (recs []eventstore.Record) {
	t.Helper()
	if head, err := s.Head(t.Context()); err != nil || head != uint64(n) {
		t.Fatalf("head %d, %v, want %d", head, err, n)
	}
	if n == 0 {
		return nil
	}
	want := 1
	for r, err := range s.Follow(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Meta.Ordinal != want {
			t.Fatalf("record %d is fact %d of its command, want %d", r.Meta.Seq, r.Meta.Ordinal, want)
		}
		if want++; r.EndsCommand() {
			want = 1
		}
		recs = append(recs, r)
		if r.Meta.Seq == uint64(n) {
			if want != 1 {
				t.Fatalf("the log ends in half a command")
			}
			return recs
		}
	}
	t.Fatal("follow ended by itself")
	return nil
}

func TestTooLargeRecordIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t, jetstream.Config{Dir: t.TempDir(), Unsynced: true})
	a := storetest.Append(1, storetest.Stream(1), 0, 1)
	a.Meta.Source.Title = strings.Repeat("大", 400_000)
	_, err := s.Append(t.Context(), a)
	if e, ok := errors.AsType[*domain.Error](err); !ok || e.Code != domain.TooLarge {
		t.Fatalf("got %v, want a refusal", err)
	}
	whole(t, s, 0)
}

// Followers, loads and queued appends end when the store closes.
func TestCloseEndsEverything(t *testing.T) {
	t.Parallel()
	s := open(t, jetstream.Config{Dir: t.TempDir()})
	const writers = 50
	done := make(chan error, writers+1)
	began := make(chan struct{}, writers)
	for w := range writers {
		go func() {
			last := uint64(0)
			for n := 0; ; n++ {
				next, err := s.Append(context.Background(), storetest.Append(w*100_000+n, storetest.Stream(w), last, 1))
				if err != nil {
					done <- err
					return
				}
				if last = next; n == 0 {
					began <- struct{}{}
				}
			}
		}()
	}
	go func() {
		for _, err := range s.Follow(context.Background(), 0) {
			if err != nil {
				done <- err
				return
			}
		}
	}()
	for range writers {
		<-began
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for range writers + 1 {
		if err := <-done; !errors.Is(err, eventstore.ErrClosed) {
			t.Fatalf("got %v, want %v", err, eventstore.ErrClosed)
		}
	}
}

// An append whose answer is not waited for is unknown to its writer, and yet
// comes to followers and to the next load.
func TestUnansweredAppendIsFoundOut(t *testing.T) {
	t.Parallel()
	s := open(t, jetstream.Config{Dir: t.TempDir(), Timeout: time.Nanosecond})
	for n, count := range []int{1, 3} {
		_, err := s.Append(t.Context(), storetest.Append(n, storetest.Stream(n), 0, count))
		if !errors.Is(err, eventstore.ErrUnknown) {
			t.Fatalf("got %v, want %v", err, eventstore.ErrUnknown)
		}
	}
	seen := 0
	for _, err := range s.Follow(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if seen++; seen == 4 {
			break
		}
	}
	if seq := last(t, s, storetest.Stream(1)); seq != 4 {
		t.Fatalf("loaded up to %d, want 4", seq)
	}
}

func TestForgottenFollowerGoesOn(t *testing.T) {
	t.Parallel()
	s := open(t, jetstream.Config{Dir: t.TempDir(), Unsynced: true})
	const appends, count = 30, 200
	for n := range appends {
		if _, err := s.Append(t.Context(), storetest.Append(n, storetest.Stream(n), 0, count)); err != nil {
			t.Fatal(err)
		}
	}
	want, dropped := uint64(0), 0
	for r, err := range s.Follow(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if want++; r.Meta.Seq != want {
			t.Fatalf("got position %d, want %d", r.Meta.Seq, want)
		}
		if want%1000 == 0 {
			n, err := jetstream.DropConsumers(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			dropped += n
		}
		if want == appends*count {
			break
		}
	}
	if dropped == 0 {
		t.Fatal("no consumer was there to be dropped")
	}
}

// A stream is no core NATS subject: what others publish there is not ours to
// take for a fact, and decoding refuses it.
func TestFollowStopsAtWhatIsNoRecord(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, jetstream.Config{Dir: dir, Unsynced: true})
	if _, err := s.Append(t.Context(), storetest.Append(1, storetest.Stream(1), 0, 2)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, dir, func(ctx context.Context, j js.JetStream) {
		if _, err := j.Publish(ctx, "minglu."+storetest.Stream(1), []byte(`{"body":{}}`)); err != nil {
			t.Fatal(err)
		}
	})
	s = open(t, jetstream.Config{Dir: dir, Unsynced: true})
	var got []string
	for r, err := range s.Follow(t.Context(), 0) {
		got = append(got, fmt.Sprint(r.Meta.Seq, err == nil))
	}
	if want := "[1 true 2 true 0 false]"; fmt.Sprint(got) != want {
		t.Fatalf("got %v, want %s", got, want)
	}
}
