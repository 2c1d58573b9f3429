package overlay_test

import (
	"errors"
	"testing"

	"minglu/eventstore"
	"minglu/eventstore/memory"
	"minglu/eventstore/overlay"
	"minglu/eventstore/storetest"
)

// closing closes the stores of an overlay, as the suite expects of a store.
type closing struct {
	*overlay.Store
	stores []*memory.Store
}

func (c closing) Close() error {
	var errs []error
	for _, s := range c.stores {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

func TestAnOverlayIsAStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) func() eventstore.Store {
		return func() eventstore.Store {
			below, above := memory.New(storetest.Codec), memory.New(storetest.Codec)
			s, err := overlay.New(t.Context(), below, above)
			if err != nil {
				t.Fatal(err)
			}
			return closing{s, []*memory.Store{below, above}}
		}
	}, storetest.Features{})
}

func TestTheLogBelowIsReadAndNotWritten(t *testing.T) {
	below := memory.New(storetest.Codec)
	log := eventstore.NewLog(below, storetest.Codec, 10)
	stream, other := storetest.Stream(1), storetest.Stream(2)
	do := func(l *eventstore.Log, n int, stream string, c any) (eventstore.Result, error) {
		return l.Execute(t.Context(), storetest.Order(n, stream, c))
	}
	for n, c := range []any{storetest.Open{Number: "A"}, storetest.Add{Amounts: []int{1}}} {
		if _, err := do(log, n+1, stream, c); err != nil {
			t.Fatal(err)
		}
	}
	head, _ := below.Head(t.Context())
	s, err := overlay.New(t.Context(), below, memory.New(storetest.Codec))
	if err != nil {
		t.Fatal(err)
	}
	scratch := eventstore.NewLog(s, storetest.Codec, 10)
	r, err := do(scratch, 10, stream, storetest.Add{Amounts: []int{2, 3}})
	if err != nil || r.Version != 4 || r.Seq != head+2 {
		t.Fatalf("on the overlay: %+v, %v", r, err)
	}
	if _, err := do(scratch, 11, other, storetest.Open{Number: "A"}); err == nil {
		t.Error("an identifier that is taken below was given again")
	}
	if _, err := do(scratch, 12, other, storetest.Open{Number: "B"}); err != nil {
		t.Error(err)
	}
	if r, err := do(scratch, 2, stream, storetest.Add{Amounts: []int{1}}); err != nil || !r.Repeated {
		t.Errorf("an act of the log below: %+v, %v", r, err)
	}
	v, last, err := eventstore.NewLog(s, storetest.Codec, 10).State(t.Context(), storetest.Tally, stream)
	if err != nil || v.(storetest.State).Sum != 6 || last != head+2 {
		t.Errorf("state %+v at %d, %v", v, last, err)
	}
	n := uint64(0)
	for rec, err := range s.Follow(t.Context(), 0) {
		if n++; err != nil || rec.Meta.Seq != n {
			t.Fatalf("record %d at %d, %v", n, rec.Meta.Seq, err)
		}
		if all, _ := s.Head(t.Context()); n == all {
			break
		}
	}
	if now, _ := below.Head(t.Context()); now != head {
		t.Errorf("the log below grew from %d to %d", head, now)
	}
}
