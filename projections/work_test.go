package projections

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/division"
	"minglu/eventstore"
)

// works works out, as plainly as can be, the work of a log at a position, the
// newest first, with what each is linked to.
func (s *logStore) works(t testing.TB, atSeq uint64) (out []WorkHead, about map[string][]string, states map[string]deskState) {
	t.Helper()
	heads, about, states := map[string]WorkHead{}, map[string][]string{}, map[string]deskState{}
	for _, r := range s.recs {
		if r.Meta.Seq > atSeq || r.Aggregate() != "desk" {
			continue
		}
		h := heads[r.Stream]
		if h.Version++; h.Version == 1 {
			h.Stream, h.Aggregate, h.Visibility, h.First = r.Stream, "desk", r.Meta.Visibility, r.Meta.Seq
		}
		h.Seq, h.Recorded = r.Meta.Seq, r.Meta.Recorded
		heads[r.Stream] = h
	}
	for stream, recs := range s.amendedStreams(t, atSeq) {
		h, ok := heads[stream]
		if !ok {
			continue
		}
		var state deskState
		link := func(in string) {
			if id := (eventstore.Record{Stream: in}).AggregateID(); id != "" && !slices.Contains(about[id], stream) {
				about[id] = append(about[id], stream)
			}
		}
		for _, r := range recs {
			state = deskEvolve(state, r.Meta, r.Event.(deskEvent))
			link(state.Top.Institution)
			switch e := r.Event.(type) {
			case domain.Concerning:
				for _, in := range e.Concerns() {
					link(in)
				}
			case domain.Touching:
				for _, in := range e.Touches() {
					link(in)
				}
			}
		}
		h.Head = state.Top
		states[stream] = state
		if h.Opened != 0 {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, func(a, b WorkHead) int {
		return cmp.Or(cmp.Compare(b.Opened, a.Opened), cmp.Compare(b.First, a.First))
	})
	return out, about, states
}

// sameHeads compares heads, whatever the zone of their instants.
func sameHeads(t testing.TB, what string, got, want []WorkHead) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %d pieces of work, want %d", what, len(got), len(want))
		return
	}
	for i := range got {
		a, b := got[i], want[i]
		same := a.Recorded.Equal(b.Recorded)
		a.Recorded = b.Recorded
		if !same || !reflect.DeepEqual(a, b) {
			t.Errorf("%s: %d: got\n%+v, want\n%+v", what, i, got[i], want[i])
			return
		}
	}
}

func walkWork(t testing.TB, v *Views, q WorkQuery) (all []WorkHead) {
	t.Helper()
	q.Limit = 7
	for pages := 0; ; pages++ {
		p, err := v.Work(q)
		if err != nil || pages > 1000 {
			t.Fatal(err, pages)
		}
		if all = append(all, p.Heads...); p.Next == "" {
			if len(all) != p.Total {
				t.Errorf("%+v: got %d pieces of work, counted %d", q, len(all), p.Total)
			}
			return all
		}
		q.After = p.Next
	}
}

func TestWorkIsWhatTheFactsSayAtEveryPosition(t *testing.T) {
	for seed := range uint64(2) {
		st := deskHistory(seed, 500)
		v := openDesk(t, t.TempDir(), st, nil)
		v.works.near = 200
		for _, at := range []uint64{Now, 500, 400, 233, 50, 1, 0} {
			all, about, states := st.works(t, at)
			for _, f := range []WorkFilter{
				{}, {Aggregate: "desk"}, {Aggregate: "grievance"}, {Kind: "complaint"}, {Kind: "report"}, {Status: "checked"}, {Standing: WorkOpen}, {Standing: WorkClosed, Status: "accepted"},
				{Division: "530427"}, {Division: "530400", Standing: WorkOpen}, {Division: "53"}, {Division: "110000"},
				{Agency: "530427-education"}, {Agency: "530427-education", Standing: WorkClosed}, {TakesPart: "530427-market_regulation"},
				{TakesPart: "530427-market_regulation", Agency: "530427-education"}, {TakesPart: "530423-education", Standing: WorkOpen, Division: "530423"},
				{Institution: instID(1_000_003)}, {Institution: instID(1_000_003), Division: "530427", Standing: WorkOpen}, {Institution: "none"},
				{Source: deskStream("530427", 2)}, {Source: all0(all)}, {Source: all0(all), Institution: instID(1_000_003)},
			} {
				want := slices.DeleteFunc(slices.Clone(all), func(h WorkHead) bool {
					return !f.takes(h) || f.Institution != "" && !slices.Contains(about[f.Institution], h.Stream) || f.Source != "" && !slices.Contains(h.Sources, f.Source)
				})
				sameHeads(t, fmt.Sprintf("history %d at %d, %+v", seed, at, f), walkWork(t, v, WorkQuery{WorkFilter: f, AtSeq: at}), want)
			}
			checkStates(t, v, st, at, states)
		}
	}
}

func all0(all []WorkHead) string {
	for _, h := range all {
		if len(h.Sources) > 0 {
			return h.Sources[0]
		}
	}
	return "none"
}

func checkStates(t *testing.T, v *Views, st *logStore, at uint64, states map[string]deskState) {
	t.Helper()
	for stream := range st.amendedStreams(t, Now) {
		if (eventstore.Record{Stream: stream}).Aggregate() != "desk" {
			continue
		}
		got, head, ok, err := WorkState[deskState](v, stream, at)
		want, known := states[stream]
		if err != nil || ok != known || !bytes.Equal(stateBytes(t, got), stateBytes(t, want)) || known && !reflect.DeepEqual(head.Head, want.Top) {
			t.Errorf("%s at %d: got %+v %v %v, want %+v %v", stream, at, got, ok, err, want, known)
		}
	}
}

func stateBytes(t testing.TB, s deskState) []byte {
	t.Helper()
	b, err := stateEncoding.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDivisionFilterOfWorkTakesPrefixes(t *testing.T) {
	for filter, want := range map[string]bool{"": true, "53": true, "5304": true, "530427": true, "530400": true, "530000": true, "530423": false, "11": false} {
		h := WorkHead{Stream: deskStream("530427", 1)}
		if got := (WorkFilter{Division: filter}).takes(h); got != want || division.Matches("530427", filter) != want {
			t.Errorf("%q: got %v, want %v", filter, got, want)
		}
	}
}

// TestWorkGoesFromAgencyToAgency follows one piece of work through the lists.
func TestWorkGoesFromAgencyToAgency(t *testing.T) {
	d := newDesk(t)
	source, stream := deskStream("530427", 1), deskStream("530427", 2)
	in, other := deskInstitution("530427", 1), deskInstitution("530427", 2)
	id := func(stream string) string { return eventstore.Record{Stream: stream}.AggregateID() }
	open := func(institution string, want ...string) {
		t.Helper()
		heads, err := d.OpenWork(id(institution))
		var got []string
		for _, h := range heads {
			got = append(got, h.Stream)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("open about %s: got %v %v, want %v", institution, got, err, want)
		}
	}
	total := func(f WorkFilter, want int) {
		t.Helper()
		if p, err := d.Work(WorkQuery{WorkFilter: f, AtSeq: Now}); err != nil || p.Total != want || len(p.Heads) != want {
			t.Errorf("%+v: got %d of %d %v, want %d", f, len(p.Heads), p.Total, err, want)
		}
	}
	d.do(deskFact(source, "2026-05-05", "530427-education", deskOpened{About: []string{in}}))
	opened := d.do(deskFact(stream, "2026-05-06", "530427-education", deskOpened{About: []string{in}, Source: source}))
	open(in, stream, source)
	d.do(deskFact(stream, "2026-05-07", "530427-education", deskStepped{To: "530427-fire"}))
	total(WorkFilter{Agency: "530427-education"}, 1)
	total(WorkFilter{Agency: "530427-fire"}, 1)
	total(WorkFilter{TakesPart: "530427-education"}, 2)
	d.do(deskFact(stream, "2026-05-08", "530427-fire", deskNamed{About: other}))
	open(other, stream)
	moved := d.do(deskFact(stream, "2026-05-08", "530427-fire", deskCorrected{domain.Correction{
		TargetSeq: opened, Field: "about", Was: fmt.Appendf(nil, "[%q]", in), Is: []byte(`[]`), Reason: "不是这一家",
	}}))
	open(in, source)
	if p, err := d.Work(WorkQuery{WorkFilter: WorkFilter{Institution: id(in)}, AtSeq: moved - 1}); err != nil || p.Total != 2 {
		t.Errorf("before the correction: got %d %v, want 2", p.Total, err)
	}
	if heads, err := d.WorkFrom(source, Now); err != nil || len(heads) != 1 || heads[0].Stream != stream {
		t.Errorf("from the source: got %v %v", heads, err)
	}
	closed := d.do(deskFact(stream, "2026-05-09", "530427-fire", deskStepped{Close: true}))
	open(other)
	total(WorkFilter{Standing: WorkClosed, Division: "530400"}, 1)
	d.do(deskFact(stream, "2026-05-10", "530427-fire", deskAnnulled{annul(closed)}))
	open(other, stream)
	gone := d.do(deskFact(stream, "2026-05-11", "530427-education", deskAnnulled{annul(opened)}))
	total(WorkFilter{}, 1)
	if heads, err := d.WorkHeads([]string{stream, "530427.desk.none", source}, gone); err != nil || len(heads) != 2 || heads[0].Version != 7 {
		t.Errorf("heads: got %v %v, want two, the first of seven facts", heads, err)
	}
}

func TestTheStateOfAnotherAggregateIsRefused(t *testing.T) {
	d := newDesk(t)
	if _, _, _, err := WorkState[int](d.Views, deskStream("530427", 1), Now); err == nil {
		t.Error("got an int, want it refused")
	}
	if _, _, _, err := WorkState[deskState](d.Views, deskInstitution("530427", 1), Now); err == nil {
		t.Error("got the work of an institution, want it refused")
	}
	if _, _, ok, err := WorkState[deskState](d.Views, deskStream("530427", 1), Now); ok || err != nil {
		t.Errorf("got %v %v, want no such work", ok, err)
	}
}

func TestTheNewestWorkIsThatOpenedLast(t *testing.T) {
	d := newDesk(t)
	for n, day := range []string{"2026-05-06", "2021-03-01", "2026-05-06", "2024-01-01"} {
		d.do(deskFact(deskStream("530427", n), day, "530427-education", deskOpened{}))
	}
	p, err := d.Work(WorkQuery{AtSeq: Now})
	var got []string
	for _, h := range p.Heads {
		got = append(got, h.Stream)
	}
	if want := []string{deskStream("530427", 2), deskStream("530427", 0), deskStream("530427", 3), deskStream("530427", 1)}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v %v, want %v", got, err, want)
	}
}
