package eventstore_test

import (
	"context"
	"errors"
	"testing"

	"minglu/domain"
	"minglu/eventstore"
	"minglu/eventstore/memory"
	"minglu/eventstore/storetest"
)

// faulty is a store whose Append does what the test says.
type faulty struct {
	*memory.Store
	append func(ctx context.Context, as ...eventstore.Append) (uint64, error)
}

func (f *faulty) Append(ctx context.Context, as ...eventstore.Append) (uint64, error) {
	if f.append != nil {
		return f.append(ctx, as...)
	}
	return f.Store.Append(ctx, as...)
}

func newFaulty() (*faulty, *eventstore.Log) {
	f := &faulty{Store: memory.New(storetest.Codec)}
	return f, eventstore.NewLog(f, storetest.Codec, 10)
}

func code(err error) domain.Code {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		return e.Code
	}
	return ""
}

func head(t *testing.T, s eventstore.Store) uint64 {
	t.Helper()
	h, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestUnansweredAppendThatCameThroughIsFound(t *testing.T) {
	f, log := newFaulty()
	f.append = func(ctx context.Context, as ...eventstore.Append) (uint64, error) {
		if _, err := f.Store.Append(ctx, as...); err != nil {
			return 0, err
		}
		return 0, eventstore.ErrUnknown
	}
	r, err := log.Execute(t.Context(), storetest.Order(1, storetest.Stream(1), storetest.Open{Number: "A"}))
	if err != nil || !r.Repeated || r.Version != 1 || head(t, f) != 2 {
		t.Fatalf("got %+v, %v, head %d", r, err, head(t, f))
	}
}

func TestUnansweredAppendThatWasLostIsMadeAgain(t *testing.T) {
	f, log := newFaulty()
	lost := 0
	f.append = func(ctx context.Context, as ...eventstore.Append) (uint64, error) {
		if lost++; lost < 4 {
			return 0, eventstore.ErrUnknown
		}
		return f.Store.Append(ctx, as...)
	}
	r, err := log.Execute(t.Context(), storetest.Order(1, storetest.Stream(1), storetest.Open{}))
	if err != nil || r.Repeated || head(t, f) != 1 {
		t.Fatalf("got %+v, %v, head %d", r, err, head(t, f))
	}
}

func TestLateArrivalOfALostAppendIsAConflict(t *testing.T) {
	f, log := newFaulty()
	var late []eventstore.Append
	f.append = func(ctx context.Context, as ...eventstore.Append) (uint64, error) {
		if late == nil {
			late = as
			return 0, eventstore.ErrUnknown
		}
		return f.Store.Append(ctx, as...)
	}
	if _, err := log.Execute(t.Context(), storetest.Order(1, storetest.Stream(1), storetest.Open{Number: "A"})); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Store.Append(t.Context(), late...); !errors.Is(err, eventstore.ErrConflict) {
		t.Fatalf("got %v, want %v", err, eventstore.ErrConflict)
	}
}

func TestStoreThatCannotWriteIsBusy(t *testing.T) {
	for _, fault := range []error{eventstore.ErrFull, eventstore.ErrClosed, eventstore.ErrConflict, eventstore.ErrUnknown} {
		f, log := newFaulty()
		f.append = func(context.Context, ...eventstore.Append) (uint64, error) { return 0, fault }
		_, err := log.Execute(t.Context(), storetest.Order(1, storetest.Stream(1), storetest.Open{}))
		if code(err) != domain.Busy {
			t.Errorf("%v: got %v, want %s", fault, err, domain.Busy)
		}
	}
}

// Another process writes what this one does not remember: a refusal, and what
// is already so, are answered from the log.
func TestNothingIsAnsweredFromOldMemoryAlone(t *testing.T) {
	f, log := newFaulty()
	other := eventstore.NewLog(f, storetest.Codec, 10)
	stream := storetest.Stream(1)
	do := func(l *eventstore.Log, n int, c any) (eventstore.Result, error) {
		return l.Execute(t.Context(), storetest.Order(n, stream, c))
	}
	for n, step := range []struct {
		log *eventstore.Log
		c   any
	}{{log, storetest.Open{}}, {other, storetest.Close{}}, {other, storetest.Open{}}, {log, storetest.Add{Amounts: []int{1}}}} {
		if _, err := do(step.log, n+1, step.c); err != nil {
			t.Fatalf("step %d: %v", n+1, err)
		}
	}
	// To the memory of other, the tally holds three facts.
	r, err := do(other, 10, storetest.Add{})
	if err != nil || r.Version != 4 || r.Seq != 4 {
		t.Fatalf("got %+v, %v, want version 4", r, err)
	}
	if _, err := do(log, 11, storetest.Close{}); err != nil {
		t.Fatal(err)
	}
	// To the memory of other, it is still open.
	b := other.NewBatch()
	if _, _, err := b.Add(t.Context(), storetest.Order(12, stream, storetest.Open{})); err != nil {
		t.Fatalf("got %v, want it to be open to be opened", err)
	}
}

// Of two acts on one stream the first may come to remember its state after the
// second.
func TestOlderStateDoesNotReplaceANewerOne(t *testing.T) {
	f, log := newFaulty()
	stream := storetest.Stream(1)
	if _, err := log.Execute(t.Context(), storetest.Order(1, stream, storetest.Open{})); err != nil {
		t.Fatal(err)
	}
	f.append = func(ctx context.Context, as ...eventstore.Append) (uint64, error) {
		last, err := f.Store.Append(ctx, as...)
		f.append = nil
		if _, err := log.Execute(ctx, storetest.Order(3, stream, storetest.Add{Amounts: []int{2}})); err != nil {
			t.Errorf("the second act: %v", err)
		}
		return last, err
	}
	if _, err := log.Execute(t.Context(), storetest.Order(2, stream, storetest.Add{Amounts: []int{1}})); err != nil {
		t.Fatal(err)
	}
	state, last, err := log.State(t.Context(), storetest.Tally, stream)
	if err != nil || last != 3 || state.(storetest.State).Sum != 3 {
		t.Fatalf("remembered %+v at %d, %v", state, last, err)
	}
}

func TestOtherVersionIsStale(t *testing.T) {
	_, log := newFaulty()
	stream := storetest.Stream(1)
	for n, want := range []domain.Code{"", domain.Stale} {
		o := storetest.Order(n+1, stream, storetest.Add{Amounts: []int{1}})
		if n == 0 {
			o = storetest.Order(n+1, stream, storetest.Open{})
		}
		version := uint64(0)
		o.Meta.IfVersion = &version
		if _, err := log.Execute(t.Context(), o); code(err) != want {
			t.Fatalf("act %d got %v, want %q", n+1, err, want)
		}
	}
}

func TestStreamNames(t *testing.T) {
	for name, ok := range map[string]bool{
		"530427.institution.01J8ZQ4V5T3N9K2M7P6R1S0WXY": true, "uniq.ref.ab_-9": true, "a.b.c.d.e": true,
		"": false, "a": false, ".": false, "a.": false, ".a": false, "a..b": false, "a.*": false, "a.>": false,
		"a.b c": false, "a.新": false, "a.b\n": false, "$JS.API": false,
	} {
		if err := eventstore.CheckStream(name); errors.Is(err, eventstore.ErrStream) == ok {
			t.Errorf("%q: got %v, want it taken: %v", name, err, ok)
		}
	}
}
