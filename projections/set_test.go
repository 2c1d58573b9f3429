package projections

import (
	"context"
	"testing"

	"minglu/eventstore"
)

type countView struct{ version int }

func (c countView) Name() string { return "count" }
func (c countView) Version() int { return c.version }
func (c countView) Apply(tx *Tx, r eventstore.Record) error {
	b := tx.Bucket("n")
	PutUint(b, Key(r.Stream), GetUint(b, Key(r.Stream))+1)
	tx.Sequence("seq").Put(AppendUint(nil, r.Meta.Seq), []byte(r.Type))
	return nil
}

func TestFirst(t *testing.T) {
	st := &logStore{}
	for range 1000 {
		st.put(eventstore.Record{Stream: "1.a.x", Type: "t"}, eventstore.Record{Stream: "1.a.y", Type: "t"})
	}
	dir := t.TempDir()
	s, err := Open(t.Context(), Options{Dir: dir, Store: st, Projections: []Projection{countView{1}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	seq := st.put(eventstore.Record{Stream: "1.a.x", Type: "t"})
	if err := s.Wait(context.Background(), seq, "count"); err != nil {
		t.Fatal(err)
	}
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, err := s.Replay(t.Context(), t.TempDir(), 0)
	t.Log(c, err, s.Status(), s.Seq())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = Open(t.Context(), Options{Dir: dir, Store: st, Projections: []Projection{countView{1}}})
	t.Log(s.Status(), err, s.Close())
}
