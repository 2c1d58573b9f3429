package projections

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"minglu/eventstore"
)

// writable is what both a Bucket and its model do.
type writable interface {
	Rows
	Put(key, value []byte)
	Delete(key []byte)
}

// modelRows is a bucket as plain as can be.
type modelRows struct {
	keys   []string // sorted
	values map[string]string
}

func (m *modelRows) Get(key []byte) []byte {
	if v, ok := m.values[string(key)]; ok {
		return []byte(v)
	}
	return nil
}

func (m *modelRows) Put(key, value []byte) {
	if at, ok := slices.BinarySearch(m.keys, string(key)); !ok {
		m.keys = slices.Insert(m.keys, at, string(key))
	}
	m.values[string(key)] = string(value)
}

func (m *modelRows) Delete(key []byte) {
	if at, ok := slices.BinarySearch(m.keys, string(key)); ok {
		m.keys = slices.Delete(m.keys, at, at+1)
	}
	delete(m.values, string(key))
}

func (m *modelRows) Scan(prefix []byte) iter.Seq2[[]byte, []byte] { return m.From(prefix, nil) }

func (m *modelRows) From(prefix, start []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(k, v []byte) bool) {
		at, _ := slices.BinarySearch(m.keys, max(string(prefix), string(start)))
		for _, k := range m.keys[at:] {
			if !strings.HasPrefix(k, string(prefix)) || !yield([]byte(k), []byte(m.values[k])) {
				return
			}
		}
	}
}

func (m *modelRows) Back(prefix, end []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(k, v []byte) bool) {
		for _, k := range slices.Backward(m.keys) {
			if strings.HasPrefix(k, string(prefix)) && (end == nil || k < string(end)) && !yield([]byte(k), []byte(m.values[k])) {
				return
			}
		}
	}
}

// scramble does to buckets what only depends on seq: writes, deletions, and
// reads whose outcome is written too. Bucket "late" is read for the first time
// when much has been written to it; "blind" never.
func scramble(seq uint64, bucket func(name string) writable) {
	rnd := rand.New(rand.NewPCG(seq, 7))
	key := func(n int) []byte {
		return Key(fmt.Sprint(rnd.IntN(5)), strings.Repeat("k", rnd.IntN(3))+fmt.Sprint(rnd.IntN(n)))
	}
	value := func() []byte { return bytes.Repeat([]byte{byte(seq)}, rnd.IntN(60)) }
	seen := fnv.New64a()
	look := func(rows iter.Seq2[[]byte, []byte]) {
		n := 0
		for k, v := range rows {
			seen.Write(k)
			seen.Write(v)
			if n++; n > 5 {
				break
			}
		}
	}
	for range 1 + rnd.IntN(4) {
		bucket("blind").Put(key(200), value())
		if rnd.IntN(5) == 0 {
			bucket("blind").Delete(key(200))
		}
		b := bucket([]string{"read", "scan", "late"}[rnd.IntN(3)])
		b.Put(key(100), value())
		if rnd.IntN(4) == 0 {
			b.Delete(key(100))
		}
		seen.Write(bucket("read").Get(key(100)))
		scan := bucket("scan")
		prefix := Key(fmt.Sprint(rnd.IntN(6)))
		look(scan.Scan(prefix))
		look(scan.From(prefix, key(100)))
		look(scan.Back(prefix, key(100)))
		look(scan.Back(prefix, nil))
		look(scan.Back(nil, nil))
		if seq > 900 {
			late := bucket("late")
			look(late.Scan(prefix))
			seen.Write(late.Get(key(100)))
			late.Put(key(100), seen.Sum(nil))
		}
	}
	bucket("seen").Put(AppendUint(nil, seq), seen.Sum(nil))
}

var scrambled = testView{name: "scrambled", apply: func(tx *Tx, r eventstore.Record) error {
	scramble(r.Meta.Seq, func(name string) writable {
		if name == "seen" && r.Meta.Seq > 300 {
			return tx.Sequence(name) // having been none before
		}
		return tx.Bucket(name)
	})
	return nil
}}

// commands appends n commands of one to four facts, always the same.
func (s *logStore) commands(n int) { s.commandsFrom(0, n) }

func (s *logStore) commandsFrom(first, n int) {
	for i := first; i < first+n; i++ {
		recs := make([]eventstore.Record, 1+mix(uint64(i))%4)
		for j := range recs {
			recs[j] = fact(fmt.Sprintf("530102.a.%d", mix(uint64(i+j))%50))
		}
		s.put(recs...)
	}
}

func TestRowsAreThoseOfTheModelHoweverTheyAreGrouped(t *testing.T) {
	st := &logStore{}
	st.commands(600)
	model := map[string]*modelRows{}
	for _, r := range st.recs {
		scramble(r.Meta.Seq, func(name string) writable {
			if model[name] == nil {
				model[name] = &modelRows{values: map[string]string{}}
			}
			return model[name]
		})
	}
	var want []string
	for _, name := range slices.Sorted(maps.Keys(model)) {
		for k, v := range model[name].Scan(nil) {
			want = append(want, fmt.Sprintf("%s %x=%x", name, k, v))
		}
	}
	check := func(t *testing.T, s *Set) {
		t.Helper()
		if got := rowsOf(t, s, "scrambled"); !slices.Equal(got, want) {
			t.Errorf("got %d rows, want %d: they differ", len(got), len(want))
		}
	}
	whole := start(t, t.TempDir(), st, nil, scrambled, counting("count"))
	caughtUp(t, whole)
	digests := hashes(t, whole)

	t.Run("live, in groups", func(t *testing.T) { check(t, whole) })
	t.Run("built in small steps", func(t *testing.T) {
		s := start(t, t.TempDir(), st, smallSteps, scrambled, counting("count"))
		caughtUp(t, s)
		check(t, s)
		sameViews(t, hashes(t, s), digests)
	})
	t.Run("built in one step", func(t *testing.T) {
		s := start(t, t.TempDir(), st, func(s *Set) { s.limits.near = 0 }, scrambled, counting("count"))
		caughtUp(t, s)
		check(t, s)
		sameViews(t, hashes(t, s), digests)
	})
	t.Run("event by event", func(t *testing.T) {
		one := &logStore{}
		s := start(t, t.TempDir(), one, nil, scrambled, counting("count"))
		for first := 0; first < len(st.recs); {
			n := st.recs[first].Meta.Count
			seq := one.put(st.recs[first : first+n]...)
			if err := s.Wait(t.Context(), seq); err != nil {
				t.Fatal(err)
			}
			first += n
		}
		check(t, s)
		sameViews(t, hashes(t, s), digests)
	})
	t.Run("rebuilt", func(t *testing.T) {
		if err := whole.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		check(t, whole)
		sameViews(t, hashes(t, whole), digests)
	})
	t.Run("replayed", func(t *testing.T) {
		cs, err := whole.Replay(t.Context(), t.TempDir(), 0)
		if err != nil || len(cs) != 2 {
			t.Fatal(cs, err)
		}
		for _, c := range cs {
			if !c.Same || c.Live.Hash == "" {
				t.Errorf("%+v", c)
			}
		}
	})
}

func TestACommandIsTakenBackWhole(t *testing.T) {
	st := &logStore{}
	spoilt := func(seq uint64) bool { return seq == 777 }
	view := testView{name: "scrambled", apply: func(tx *Tx, r eventstore.Record) error {
		if err := scrambled.apply(tx, r); err != nil {
			return err
		}
		if spoilt(r.Meta.Seq) {
			return errUnused
		}
		return nil
	}}
	for len(st.recs) < 776 {
		st.commands(1)
	}
	border := uint64(len(st.recs))
	for border+3 > 777 { // the fault is to be within a command
		st.recs = st.recs[:len(st.recs)-1]
		for last := len(st.recs) - 1; !st.recs[last].EndsCommand(); last-- {
			st.recs = st.recs[:last]
		}
		border = uint64(len(st.recs))
	}
	before := start(t, t.TempDir(), st, nil, view)
	caughtUp(t, before)
	want := rowsOf(t, before, "scrambled")

	recs := make([]eventstore.Record, 777-border+2)
	for i := range recs {
		recs[i] = fact("530102.a.x")
	}
	last := st.put(recs...)
	st.commands(50)
	for name, change := range map[string]func(*Set){"live": nil, "one step": func(s *Set) { s.limits.near = 5000 }} {
		t.Run(name, func(t *testing.T) {
			s := start(t, t.TempDir(), st, change, view)
			if err := s.Wait(within(t), last); err == nil {
				t.Fatal("the view went over the fault")
			}
			if got := s.Seq(); got != border {
				t.Errorf("got position %d, want %d", got, border)
			}
			if got := rowsOf(t, s, "scrambled"); !slices.Equal(got, want) {
				t.Errorf("got %d rows, want %d: they differ", len(got), len(want))
			}
		})
	}
}
