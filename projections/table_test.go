package projections_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"minglu/demo"
	"minglu/domain"
	"minglu/domain/dispute"
	"minglu/domain/escrow"
	"minglu/domain/grievance"
	"minglu/domain/ident"
	"minglu/domain/inspection"
	"minglu/domain/jointcase"
	"minglu/domain/penalty"
	"minglu/domain/rectification"
	"minglu/domain/work"
	"minglu/eventstore"
	"minglu/projections"
	"minglu/register"
	"minglu/register/registertest"
)

// watched notes which events a view wrote rows for.
type watched struct {
	projections.Projection
	mu   *sync.Mutex
	used map[string]map[string]bool // event → view
}

func (w watched) Apply(tx *projections.Tx, r eventstore.Record) error {
	before := projections.Written(tx)
	err := w.Projection.Apply(tx, r)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.used[r.Type] == nil {
		w.used[r.Type] = map[string]bool{}
	}
	if projections.Written(tx) > before {
		w.used[r.Type][w.Name()] = true
	}
	return err
}

// TestEventsAndViews is the table of which view uses which event: that a view
// ignores a new event is a line that somebody has read.
func TestEventsAndViews(t *testing.T) {
	c := register.Codec()
	st := everyEvent(t)
	var mu sync.Mutex
	used := map[string]map[string]bool{}
	var views []projections.Projection
	for _, p := range projections.All(c) {
		if _, all := p.(projections.ReservationReader); all {
			continue // it uses every record, whatever it says
		}
		views = append(views, watched{p, &mu, used})
	}
	s, err := projections.Open(t.Context(), projections.Options{Dir: t.TempDir(), Store: st, Projections: views, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, a := range register.Aggregates {
		for _, e := range a.Events {
			if e.Current && used[e.Name] == nil {
				t.Errorf("no sample of %s reached the views: add one to testdata/samples.ndjson", e.Name)
			}
			fmt.Fprintf(&b, "%s: %s\n", e.Name, strings.Join(slices.Sorted(maps.Keys(used[e.Name])), " "))
		}
	}
	golden(t, "testdata/events-and-views.golden", b.String())
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if os.Getenv("MINGLU_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || got != string(want) {
		t.Errorf("%s differs; MINGLU_UPDATE=1 rewrites it (%v)\ngot:\n%s", path, err, got)
	}
}

// everyEvent returns a log that holds every event of the register at least
// once: the samples, and those of tokens, which no stream of samples has.
func everyEvent(t *testing.T) eventstore.Store {
	t.Helper()
	r := registertest.New(t)
	putSamples(t, r)
	r.Wait()
	token := r.Do(`{"act":"access.issue-token","division":"530427","effective":"2026-11-01","body":{"digest":"` + strings.Repeat("ab", 32) + `","agency":"530427-education","role":"approver"}}`)
	r.Do(`{"act":"access.revoke-token","division":"530427","target":{"id":"` + token.ID + `"},"effective":"2026-11-02","body":{"reason":"x"}}`)
	r.Replay()
	return r.Log.Store
}

// TestTheDemonstrationIsRebuiltAsItWas folds the demonstration and a small
// generated country.
func TestTheDemonstrationIsRebuiltAsItWas(t *testing.T) {
	r := registertest.New(t)
	var country bytes.Buffer
	if err := demo.Generate(&country, 200, 7); err != nil {
		t.Fatal(err)
	}
	s := r.NewSession(nil, func(o register.Outcome) {
		if o.Err != nil {
			t.Errorf("line %d: %v", o.Line, o.Err)
		}
	})
	for i, line := range bytes.Split(append(bytes.TrimSpace(demo.Journal()), append([]byte("\n"), bytes.TrimSpace(country.Bytes())...)...), []byte("\n")) {
		a, err := register.ParseAct(line)
		if err == nil {
			err = s.Add(t.Context(), i, a)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.Wait()
	r.Replay()
}

// A sample is one line of testdata/samples.ndjson: a fact of the one stream that
// its aggregate has there, in the order in which they could have happened.
// Amendments name their target by its place in the stream. A new event needs a
// line; one whose shape has changed keeps its old line, which must still be read.
type sample struct {
	Event     string          `json:"event"`
	Version   int             `json:"version"`
	Effective string          `json:"effective"`
	Agency    string          `json:"agency"`
	Body      json.RawMessage `json:"body"`
}

func (s sample) stream() string {
	aggregate, _, _ := strings.Cut(s.Event, ".")
	id := ident.NewID(aggregate, [16]byte{15: 1})
	if aggregate == "listing" {
		id = ident.NewID("institution", [16]byte{15: 1})
	}
	return eventstore.StreamName("530427", aggregate, id)
}

func readSamples(t *testing.T) (out []sample) {
	t.Helper()
	text, err := os.ReadFile("testdata/samples.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		var s sample
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, s)
	}
	return out
}

// putSamples appends the samples to the log, and returns their positions by
// stream.
func putSamples(t *testing.T, r *registertest.Register) map[string][]uint64 {
	t.Helper()
	at := map[string][]uint64{}
	for n, s := range readSamples(t) {
		event, err := r.Codec.Event(s.Event, s.Version, s.Body)
		if err != nil {
			t.Fatalf("sample %d: %v", n+1, err)
		}
		stream := s.stream()
		positions := at[stream]
		var last uint64
		if len(positions) > 0 {
			last = positions[len(positions)-1]
		}
		m := domain.Meta{
			CommandID: ident.FormatUUID([16]byte{0: byte(n >> 8), 1: byte(n), 6: 0x70, 8: 0x80}), CommandDigest: "00", Act: "test.sample", Division: "530427",
			Effective: day(s.Effective).Time(), Recorded: day(s.Effective).End(), Actor: domain.Actor{Agency: s.Agency, Officers: []string{"E1"}}, Visibility: domain.Joint,
		}
		last, err = r.Log.Store.Append(t.Context(), eventstore.Append{Meta: m, Writes: []eventstore.Write{
			{Stream: stream, Last: last, Events: []domain.Event{placed(event, positions)}},
		}})
		if err != nil {
			t.Fatalf("sample %d: %v", n+1, err)
		}
		at[stream] = append(positions, last)
	}
	return at
}

// placed returns an event with the position of its target instead of the place
// in the stream, where it is an amendment.
func placed(e domain.Event, positions []uint64) domain.Event {
	if _, ok := e.(domain.Amendment); !ok {
		return e
	}
	v := reflect.New(reflect.TypeOf(e)).Elem()
	v.Set(reflect.ValueOf(e))
	target := v.FieldByName("TargetSeq")
	target.SetUint(positions[target.Uint()-1])
	return v.Interface().(domain.Event)
}

// TestStatesOfWorkAreKept compares the state of each sample of work, at every
// position, with what its aggregate folds of the log.
func TestStatesOfWorkAreKept(t *testing.T) {
	r := registertest.New(t)
	samples := putSamples(t, r)
	r.Wait()
	checkStates[grievance.State](t, r, register.Grievance, samples)
	checkStates[inspection.State](t, r, register.Inspection, samples)
	checkStates[rectification.State](t, r, register.Rectification, samples)
	checkStates[penalty.State](t, r, register.Penalty, samples)
	checkStates[dispute.State](t, r, register.Dispute, samples)
	checkStates[jointcase.State](t, r, register.Case, samples)
	checkStates[escrow.State](t, r, register.Escrow, samples)
	r.Replay()
}

func checkStates[S interface{ Head() work.Head }](t *testing.T, r *registertest.Register, agg *eventstore.Aggregate, samples map[string][]uint64) {
	t.Helper()
	stream := sample{Event: agg.Name + "."}.stream()
	var recs []eventstore.Record
	for rec, err := range r.Log.Store.Load(t.Context(), stream) {
		if err != nil {
			t.Fatal(err)
		}
		recs = append(recs, rec)
	}
	if len(recs) == 0 || len(recs) != len(samples[stream]) {
		t.Fatalf("%s: got %d facts, want %d", stream, len(recs), len(samples[stream]))
	}
	for n := range recs {
		want, err := agg.Fold(r.Codec, recs[:n+1])
		if err != nil {
			t.Fatal(err)
		}
		got, head, ok, err := projections.WorkState[S](r.Views, stream, recs[n].Meta.Seq)
		if err != nil || !ok || asJSON(t, got) != asJSON(t, want) {
			t.Errorf("%s after %s: got %v %v\n%s, want\n%s", stream, recs[n].Type, ok, err, asJSON(t, got), asJSON(t, want))
		}
		if asJSON(t, head.Head) != asJSON(t, want.(S).Head()) || head.Version != uint64(n+1) {
			t.Errorf("%s after %s: got head %+v of version %d, want %+v", stream, recs[n].Type, head.Head, head.Version, want.(S).Head())
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
