package jetstream_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"

	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/eventstore/storetest"
)

// crashDir names the data directory to the child process of TestKill,
// crashRound the round; crashRounds says how many rounds there are, 5 unless
// set.
const (
	crashDir    = "MINGLU_CRASH_DIR"
	crashRound  = "MINGLU_CRASH_ROUND"
	crashRounds = "MINGLU_CRASH_ROUNDS"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		round, err := strconv.Atoi(os.Getenv(crashRound))
		switch {
		case err == nil && os.Getenv(diskLimit) != "":
			err = fillDisk(dir)
		case err == nil:
			err = crash(dir, round)
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

const (
	crashWriters = 40
	crashBulk    = 500
)

// crash writes until it is killed: acts of one and of three events by many
// writers, which meet in groups, and large batches beside them. It prints each
// command that was acknowledged.
func crash(dir string, round int) error {
	ctx := context.Background()
	s, err := jetstream.Open(ctx, jetstream.Config{Dir: dir}, storetest.Codec)
	if err != nil {
		return err
	}
	errs := make(chan error)
	for w := range crashWriters {
		go func() {
			log := eventstore.NewLog(s, storetest.Codec, 10)
			for n := crashCommand(round, w, 0); ; n++ {
				if _, err := log.Execute(ctx, crashOrder(n)); err != nil {
					errs <- err
					return
				}
				fmt.Printf("%d 1\n", n)
			}
		}()
	}
	go func() {
		for n := crashCommand(round, crashWriters, 0); ; n += crashBulk {
			var as []eventstore.Append
			for i := range crashBulk {
				as = append(as, storetest.Append(n+i, storetest.Stream(n+i), 0, 1))
			}
			if _, err := s.Append(ctx, as...); err != nil {
				errs <- err
				return
			}
			fmt.Printf("%d %d\n", n, crashBulk)
		}
	}()
	return <-errs
}

// crashCommand numbers the commands of all rounds and writers.
func crashCommand(round, writer, n int) int { return (round*100+writer)*1_000_000 + n }

// crashOrder returns the n-th command: every tenth opens a tally with a number,
// which is two records, the others add one or three.
func crashOrder(n int) eventstore.Order {
	stream := storetest.Stream(n - n%10)
	switch n % 10 {
	case 0:
		return storetest.Order(n, stream, storetest.Open{Number: fmt.Sprint(n)})
	case 5:
		return storetest.Order(n, stream, storetest.Add{Amounts: []int{1, 2, 3}})
	}
	return storetest.Order(n, stream, storetest.Add{Amounts: []int{1}})
}

// TestKill kills a writing process without warning, again and again, and looks
// each time at what is there: every acknowledged act once, none half.
func TestKill(t *testing.T) {
	t.Parallel()
	rounds := 5
	if s := os.Getenv(crashRounds); s != "" {
		var err error
		if rounds, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	acked := map[string]bool{}
	for round := range rounds {
		for _, id := range killed(t, dir, round, 50+round*137%200) {
			acked[id] = true
		}
		s := open(t, jetstream.Config{Dir: dir})
		survived(t, s, acked)
		again(t, s, round, acked)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d rounds, %d acts acknowledged", rounds, len(acked))
}

// killed runs a child and kills it after so many acknowledgements. It returns
// the command ids that were acknowledged.
func killed(t *testing.T, dir string, round, after int) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashDir+"="+dir, crashRound+"="+strconv.Itoa(round))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := sync.OnceFunc(func() { _ = cmd.Process.Kill() })
	defer kill()
	var ids []string
	lines := bufio.NewScanner(out)
	for seen := 0; lines.Scan(); seen++ {
		if seen == after {
			kill()
		}
		var n, count int
		if _, err := fmt.Sscanf(lines.Text(), "%d %d", &n, &count); err != nil {
			continue // the last line may be cut short
		}
		for i := range count {
			ids = append(ids, storetest.CommandID(n+i))
		}
	}
	_, _ = io.Copy(io.Discard, out)
	_ = cmd.Wait()
	if len(ids) <= after {
		t.Fatalf("round %d ended by itself after %d acts", round, len(ids))
	}
	return ids
}

// survived checks that the log holds each acknowledged act once and none half.
func survived(t *testing.T, s *jetstream.Store, acked map[string]bool) {
	t.Helper()
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, r := range whole(t, s, int(head)) {
		if r.EndsCommand() {
			found[r.Meta.CommandID]++
		}
	}
	for id, n := range found {
		if n != 1 {
			t.Fatalf("command %s is in the log %d times", id, n)
		}
	}
	for id := range acked {
		if found[id] == 0 {
			t.Fatalf("command %s was acknowledged and is not in the log", id)
		}
	}
}

// again carries out the command that each writer was at when it was killed, as
// its client would: it is in the log once afterwards, whether it had come
// through or not.
func again(t *testing.T, s *jetstream.Store, round int, acked map[string]bool) {
	t.Helper()
	log := eventstore.NewLog(s, storetest.Codec, 1000)
	for w := range crashWriters {
		n := crashCommand(round, w, 0)
		for acked[storetest.CommandID(n)] {
			n++
		}
		if _, err := log.Execute(t.Context(), crashOrder(n)); err != nil {
			t.Fatalf("command %d again: %v", n, err)
		}
		acked[storetest.CommandID(n)] = true
		times := 0
		for r, err := range s.Load(t.Context(), crashOrder(n).Stream) {
			if err != nil {
				t.Fatal(err)
			}
			if r.Meta.CommandID == storetest.CommandID(n) && r.Meta.Ordinal == 1 {
				times++
			}
		}
		if times != 1 {
			t.Fatalf("command %d, asked again, is in the log %d times", n, times)
		}
	}
}
