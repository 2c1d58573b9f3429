package jetstream_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/eventstore/storetest"
)

// diskLimit tells the child process of TestFailingDisk what it is to do.
const diskLimit = "MINGLU_DISK_LIMIT"

// fillDisk appends until the files of the log cannot grow any more, which a
// limit of the process brings about as a full disk would: writes fail half way.
// It prints what was acknowledged, and then how the store answers.
func fillDisk(dir string) error {
	ctx := context.Background()
	s, err := jetstream.Open(ctx, jetstream.Config{Dir: dir, Timeout: 500 * time.Millisecond}, storetest.Codec)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	limit := syscall.Rlimit{Cur: 200 << 10, Max: 200 << 10}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	for n := 0; err == nil; n++ {
		count := 1 + n%4*5
		if _, err = s.Append(ctx, storetest.Append(n, storetest.Stream(n), 0, count)); err == nil {
			fmt.Println(storetest.CommandID(n), "acknowledged")
		}
	}
	if !errors.Is(err, eventstore.ErrUnknown) {
		return fmt.Errorf("the failing append says %w", err)
	}
	if _, err := s.Append(ctx, storetest.Append(1_000_000, storetest.Stream(1_000_000), 0, 1)); !errors.Is(err, eventstore.ErrFull) {
		return fmt.Errorf("the next append says %w", err)
	}
	if err := s.Ready(ctx); !errors.Is(err, eventstore.ErrFull) {
		return fmt.Errorf("ready says %w", err)
	}
	fmt.Println("refused")
	return s.Close()
}

// TestFailingDisk lets writes fail on the way, single and within batches. The
// append that meets it is not known to be written or not, later ones are
// refused, and after a new start the log holds what was acknowledged and no
// half.
func TestFailingDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashDir+"="+dir, crashRound+"=0", diskLimit+"=1")
	var notes strings.Builder
	cmd.Stderr = &notes
	out, _ := cmd.Output() // the child ends with 1 and says why
	if !strings.Contains(string(out), "refused") {
		t.Fatalf("the child ended too early: %s", notes.String())
	}
	s := open(t, jetstream.Config{Dir: dir})
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, r := range whole(t, s, int(head)) {
		found[r.Meta.CommandID] = true
	}
	acked := 0
	for line := range strings.Lines(string(out)) {
		if id, ok := strings.CutSuffix(strings.TrimSpace(line), " acknowledged"); ok {
			if acked++; !found[id] {
				t.Fatalf("command %s was acknowledged and is lost", id)
			}
		}
	}
	if acked < 20 {
		t.Fatalf("only %d appends before the disk was full", acked)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Fatalf("ready again: %v", err)
	}
	if _, err := s.Append(t.Context(), storetest.Append(2_000_000, storetest.Stream(2_000_000), 0, 3)); err != nil {
		t.Fatalf("append after the disk has room again: %v", err)
	}
}
