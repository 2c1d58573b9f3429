package eventstore

import (
	"strconv"
	"sync"
	"testing"
)

// commands returns n of them in order.
func commands(n int) []done {
	var list []done
	for i := range n {
		list = append(list, done{id: strconv.Itoa(i), version: uint64(i + 1)})
	}
	return list
}

func TestCommandsAreFoundInWhateverChunk(t *testing.T) {
	for _, n := range []int{0, 1, perChunk - 1, perChunk, perChunk + 1, 3*perChunk + 7} {
		list := commands(n)
		var added commandLog
		for _, d := range list {
			added = added.with(d)
		}
		for name, l := range map[string]commandLog{"one by one": added, "at once": logOf(list)} {
			for _, want := range list {
				if d, ok := l.find(want.id); !ok || d.version != want.version {
					t.Fatalf("%s, %d commands: got %+v, %v for %s", name, n, d, ok, want.id)
				}
			}
			if d, ok := l.find("none"); ok {
				t.Errorf("%s, %d commands: found %+v", name, n, d)
			}
		}
	}
}

// What is added to a log is in no other one that was made from the same, and may
// be so from several goroutines at once.
func TestCommandLogsAreValues(t *testing.T) {
	for _, n := range []int{1, perChunk - 2, perChunk - 1, perChunk, 2*perChunk - 1} {
		before := logOf(commands(n))
		ids := []string{"left", "right"}
		logs := make([]commandLog, len(ids))
		var wg sync.WaitGroup
		for i, id := range ids {
			wg.Go(func() {
				l := before
				for k := range 2 * perChunk {
					l = l.with(done{id: id + strconv.Itoa(k)})
				}
				logs[i] = l
			})
		}
		wg.Wait()
		for i, id := range ids {
			if _, ok := logs[i].find(ids[1-i] + "0"); ok {
				t.Errorf("with %d commands before, one log has what was added to another", n)
			}
			for _, want := range []string{id + "0", id + strconv.Itoa(2*perChunk-1), "0"} {
				if d, ok := logs[i].find(want); !ok || d.id != want {
					t.Errorf("with %d commands before, got %q for %s", n, d.id, want)
				}
			}
		}
		if _, ok := before.find("left0"); ok {
			t.Errorf("the log of %d commands has what was added to a later one", n)
		}
	}
}
