package projections

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/eventstore"
	"minglu/eventstore/memory"
)

// meta is that of a command of its own.
func meta(n int, agency string, officers ...string) domain.Meta {
	var id [16]byte
	id[0], id[6], id[15] = byte(n>>8), 0x70, byte(n)
	return domain.Meta{
		CommandID: ident.FormatUUID(id), CommandDigest: fmt.Sprintf("%064x", n), Act: "test.find", Division: agency[:6],
		Effective: madeStart.AddDate(0, 0, n), Recorded: madeStart.Add(time.Duration(n)*time.Hour + 123456789),
		Actor: domain.Actor{Agency: agency, Officers: officers}, Visibility: domain.Public,
	}
}

func TestTheTimelineGivesBackWhatWasRecorded(t *testing.T) {
	st := memory.New(foundCodec)
	full := meta(1, "530102-education", "E1", "E2")
	full.CorrelationID, full.CausationID = "0190163d-8694-739b-aea5-966c26f8ad91", "x"
	full.PolicyVersion, full.CalendarVersion, full.Rules = "3", "2026-1", []string{"moratorium@1", "unique-identifier@1"}
	full.Visibility = domain.Joint
	full.Source = domain.Source{Title: "办学许可证", DocNo: "教民1号", DatePrinted: "2O19", DateCorrected: "2019-03-01", Reason: "O"}
	full.Basis = []domain.Basis{{Statute: "民办教育促进法", Article: "第十二条"}}
	full.Evidence = []domain.Evidence{{SHA256: "ab", Kind: "scan"}}
	odd := meta(2, "530102-education")
	odd.CommandDigest, odd.Effective = "no hex", madeStart.Add(5*time.Hour)
	for n, m := range []domain.Meta{full, odd, meta(3, "530103-education")} {
		_, err := st.Append(t.Context(), eventstore.Append{Meta: m, Writes: []eventstore.Write{{
			Stream: "530102.institution." + instID(n), Events: []domain.Event{found{Name: "启航"}, found{In: "530103"}},
		}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	s := start(t, t.TempDir(), st, nil, NewTimeline(foundCodec))
	caughtUp(t, s)
	got, next, err := s.Timeline(TimelineQuery{})
	if err != nil || next != 0 || len(got) != 6 {
		t.Fatal(len(got), next, err)
	}
	i := 0
	for want, err := range st.Follow(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		fact := got[i]
		if fact.Event, err = foundCodec.Event(fact.Type, fact.Version, fact.Body); err != nil {
			t.Fatal(err)
		}
		if !fact.Meta.Effective.Equal(want.Meta.Effective) || !fact.Meta.Recorded.Equal(want.Meta.Recorded) || fact.Meta.Recorded.Location() != calendar.Beijing {
			t.Errorf("fact %d: got %v and %v, want %v and %v", i, fact.Meta.Effective, fact.Meta.Recorded, want.Meta.Effective, want.Meta.Recorded)
		}
		fact.Meta.Effective, fact.Meta.Recorded = want.Meta.Effective, want.Meta.Recorded
		if !reflect.DeepEqual(fact, want) {
			t.Errorf("got\n%+v, want\n%+v", fact, want)
		}
		if i++; i == len(got) {
			break
		}
	}
}

func TestTheTimelineFindsEachFactWhereItBelongs(t *testing.T) {
	st := &logStore{}
	rnd := rand.New(rand.NewPCG(3, 4))
	divisions := []string{"530102", "530103", "530111", "530302", "110101"}
	for n := range 400 {
		d := divisions[rnd.IntN(len(divisions))]
		officers := []string{fmt.Sprint("E", rnd.IntN(4)), fmt.Sprint("E", rnd.IntN(4))}
		r := fact(fmt.Sprintf("%s.%s.%d", d, []string{"institution", "listing"}[rnd.IntN(2)], rnd.IntN(20)))
		r.Meta = meta(n, d+"-education", officers[:rnd.IntN(3)]...)
		st.put(r)
	}
	s := start(t, t.TempDir(), st, nil, NewTimeline(foundCodec))
	caughtUp(t, s)
	for _, c := range []struct {
		name string
		q    TimelineQuery
		want func(r eventstore.Record) bool
	}{
		{"all", TimelineQuery{}, func(r eventstore.Record) bool { return true }},
		{"subject", TimelineQuery{Subject: "7"}, func(r eventstore.Record) bool { return r.AggregateID() == "7" }},
		{"no such subject", TimelineQuery{Subject: "77"}, func(r eventstore.Record) bool { return false }},
		{"agency", TimelineQuery{Agency: "530103-education"}, func(r eventstore.Record) bool { return r.Meta.Actor.Agency == "530103-education" }},
		{"officer", TimelineQuery{Officer: "E2"}, func(r eventstore.Record) bool { return slices.Contains(r.Meta.Actor.Officers, "E2") }},
		{"county", TimelineQuery{Division: "530102"}, func(r eventstore.Record) bool { return r.Meta.Division == "530102" }},
		{"city", TimelineQuery{Division: "530100"}, func(r eventstore.Record) bool { return r.Meta.Division[:4] == "5301" }},
		{"province", TimelineQuery{Division: "530000"}, func(r eventstore.Record) bool { return r.Meta.Division[:2] == "53" }},
		{"digits", TimelineQuery{Division: "53010"}, func(r eventstore.Record) bool { return r.Meta.Division[:5] == "53010" }},
		{"no such division", TimelineQuery{Division: "99"}, func(r eventstore.Record) bool { return false }},
	} {
		for _, at := range []uint64{0, ^uint64(0), 150} {
			for _, descending := range []bool{false, true} {
				c.q.AtSeq, c.q.Descending = at, descending
				var want []uint64
				for _, r := range st.recs {
					if c.want(r) && (at == 0 || r.Meta.Seq <= at) {
						want = append(want, r.Meta.Seq)
					}
				}
				if descending {
					slices.Reverse(want)
				}
				if got := walk(t, s, c.q, nil); !slices.Equal(got, want) {
					t.Errorf("%s at %d, descending %v: got %v, want %v", c.name, at, descending, got, want)
				}
			}
		}
	}
}

// walk reads all pages of a query and calls between after each.
func walk(t *testing.T, s *Set, q TimelineQuery, between func()) (seqs []uint64) {
	t.Helper()
	q.Limit = 7
	for pages := 0; ; pages++ {
		facts, next, err := s.Timeline(q)
		if err != nil || pages > 1000 {
			t.Fatal(err, pages)
		}
		for _, f := range facts {
			seqs = append(seqs, f.Meta.Seq)
		}
		if next == 0 {
			return seqs
		}
		if q.After = next; between != nil {
			between()
		}
	}
}

func TestPagesOfTheTimelineDoNotShift(t *testing.T) {
	st := &logStore{}
	for range 50 {
		st.put(fact("530102.institution.x"), fact("530102.institution.y"))
	}
	s := start(t, t.TempDir(), st, nil, NewTimeline(foundCodec))
	caughtUp(t, s)
	more := func() {
		st.put(fact("530102.institution.x"))
		caughtUp(t, s)
		if err := s.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, descending := range []bool{true, false} {
		got := walk(t, s, TimelineQuery{Subject: "x", AtSeq: 99, Descending: descending}, more)
		if len(got) != 50 || len(slices.Compact(slices.Clone(got))) != 50 {
			t.Errorf("descending %v: got %v", descending, got)
		}
	}
}

func FuzzUnpackRecord(f *testing.F) {
	r := madeRecord(5)
	f.Add(packRecord(&r))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := unpackRecord(5, b)
		if err != nil {
			return
		}
		again, err := unpackRecord(5, packRecord(&r))
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Errorf("%+v is read again as %+v (%v)", r, again, err)
		}
	})
}

func TestStreamsAndCommandsAreFound(t *testing.T) {
	st := &logStore{}
	a, b, c := fact("530102.institution.x"), fact("530102.listing.x"), fact("uniq.uscc.0123")
	a.Meta, b.Meta = meta(1, "530102-education"), meta(2, "530102-education")
	c.Meta = b.Meta
	st.put(a)
	st.put(b, b, c)
	st.put(a)
	s := start(t, t.TempDir(), st, nil, Streams{}, Commands{})
	caughtUp(t, s)
	got, err := s.Streams("x")
	want := []Stream{{"530102.institution.x", "institution", 1}, {"530102.listing.x", "listing", 2}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, want %v (%v)", got, want, err)
	}
	if got, err := s.Streams("0123"); err != nil || got != nil {
		t.Errorf("got %v %v", got, err)
	}
	if got, err := s.Stream("x", "listing"); err != nil || got != "530102.listing.x" {
		t.Errorf("got %v %v", got, err)
	}
	if got, err := s.Stream("x", "escrow"); err != nil || got != "" {
		t.Errorf("got %v %v", got, err)
	}
	cmd, ok, err := s.Command(b.Meta.CommandID)
	if want := (Command{b.Meta.CommandID, "530102.listing.x", 2, 4, b.Meta.CommandDigest}); cmd != want || !ok || err != nil {
		t.Errorf("got %v %v %v, want %v", cmd, ok, err, want)
	}
	for _, id := range []string{"", "x", meta(9, "530102-education").CommandID} {
		if _, ok, err := s.Command(id); ok || err != nil {
			t.Errorf("command %q: got %v %v", id, ok, err)
		}
	}
}

// counts works out, as plainly as can be, which facts of a log count to an
// institution at a position.
func (s *logStore) counts(t testing.TB, id string, atSeq uint64) (seqs []uint64) {
	t.Helper()
	from, touched := map[string]uint64{}, map[uint64]bool{}
	for stream, recs := range s.amendedStreams(t, atSeq) {
		for _, r := range slices.Backward(recs) {
			if named, _ := institutionsOf(r); slices.Contains(named, id) {
				from[stream] = r.Meta.Seq
			}
			ids, _ := touchedBy(r)
			touched[r.Meta.Seq] = slices.Contains(ids, id)
		}
	}
	for _, r := range s.recs {
		if r.Meta.Seq > atSeq {
			break
		}
		if a, ok := r.Event.(domain.Amendment); ok {
			target, _ := a.Amends()
			touched[r.Meta.Seq] = touched[target]
		}
		if first, ok := from[r.Stream]; ok && r.Meta.Seq >= first || r.AggregateID() == id || touched[r.Meta.Seq] {
			seqs = append(seqs, r.Meta.Seq)
		}
	}
	return seqs
}

func TestTheHistoryOfAnInstitutionHasWhatConcernsIt(t *testing.T) {
	for seed := range uint64(2) {
		st := deskHistory(seed, 700)
		for n := range 5 { // facts of its own between those about it
			st.put(deskFact(deskInstitution("530427", n), "2027-03-01", "530427-education", deskNoted{}))
		}
		v := openDesk(t, t.TempDir(), st, nil)
		for n := range 9 {
			id := instID(1_000_000 + n)
			for _, at := range []uint64{0, 705, 700, 512, 300, 77, 3} {
				want := st.counts(t, id, min(at-1, Now-1)+1) // 0 is the newest
				if got := walk(t, v.Set, TimelineQuery{Subject: id, AtSeq: at}, nil); !slices.Equal(got, want) {
					t.Errorf("history %d, institution %d at %d: got %v, want %v", seed, n, at, got, want)
				}
				slices.Reverse(want)
				if got := walk(t, v.Set, TimelineQuery{Subject: id, AtSeq: at, Descending: true}, nil); !slices.Equal(got, want) {
					t.Errorf("history %d, institution %d at %d, descending: got %v, want %v", seed, n, at, got, want)
				}
			}
		}
	}
}

// TestACorrectionTakesAMatterOutOfTheWrongHistory opens a matter about the
// wrong institution.
func TestACorrectionTakesAMatterOutOfTheWrongHistory(t *testing.T) {
	d := newDesk(t)
	stream := deskStream("530427", 1)
	wrong, right, further := deskInstitution("530427", 1), deskInstitution("530427", 2), deskInstitution("530427", 3)
	history := func(institution string, at uint64, want ...uint64) {
		t.Helper()
		id := eventstore.Record{Stream: institution}.AggregateID()
		if got := walk(t, d.Set, TimelineQuery{Subject: id, AtSeq: at}, nil); !slices.Equal(got, want) {
			t.Errorf("%s at %d: got %v, want %v", institution, at, got, want)
		}
	}
	d.do(deskFact(stream, "2026-05-06", "530427-education", deskOpened{About: []string{wrong}}))
	d.do(deskFact(stream, "2026-05-07", "530427-education", deskNoted{}))
	d.do(deskFact(stream, "2026-05-08", "530427-education", deskNamed{About: further}))
	history(wrong, 0, 1, 2, 3)
	history(further, 0, 3)
	d.do(deskFact(stream, "2026-05-09", "530427-education", deskCorrected{domain.Correction{
		TargetSeq: 1, Field: "about", Was: fmt.Appendf(nil, "[%q]", wrong), Is: fmt.Appendf(nil, "[%q]", right), Reason: "同名机构",
	}}))
	d.do(deskFact(stream, "2026-05-10", "530427-education", deskNoted{}))
	history(wrong, 0)
	history(wrong, 3, 1, 2, 3)
	history(right, 0, 1, 2, 3, 4, 5)
	history(right, 3)
	history(further, 0, 3, 4, 5)
	d.do(deskFact(stream, "2026-05-11", "530427-education", deskAnnulled{annul(4)}))
	history(wrong, 0, 1, 2, 3, 4, 5, 6)
	history(wrong, 5)
	history(right, 0)
	history(right, 5, 1, 2, 3, 4, 5)
	history(eventstore.StreamName("530427", "desk", eventstore.Record{Stream: stream}.AggregateID()), 0, 1, 2, 3, 4, 5, 6)
}

// TestAVisitCountsToTheInstitutionAlone corrects, annuls and restores one visit
// of an inspection of several institutions.
func TestAVisitCountsToTheInstitutionAlone(t *testing.T) {
	d := newDesk(t)
	stream := deskStream("530427", 1)
	first, second := deskInstitution("530427", 1), deskInstitution("530427", 2)
	history := func(institution string, want ...uint64) {
		t.Helper()
		id := eventstore.Record{Stream: institution}.AggregateID()
		if got := walk(t, d.Set, TimelineQuery{Subject: id}, nil); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", institution, got, want)
		}
	}
	d.do(deskFact(stream, "2026-05-06", "530427-education", deskVisited{first}))
	d.do(deskFact(stream, "2026-05-07", "530427-education", deskVisited{second}))
	d.do(deskFact(stream, "2026-05-08", "530427-education", deskNoted{}))
	history(first, 1)
	history(second, 2)
	d.do(deskFact(stream, "2026-05-09", "530427-education", deskCorrected{correctDay(1, "2026-05-05")}))
	history(first, 1, 4)
	d.do(deskFact(stream, "2026-05-10", "530427-education", deskCorrected{domain.Correction{
		TargetSeq: 1, Field: "institution", Was: fmt.Appendf(nil, "%q", first), Is: fmt.Appendf(nil, "%q", second), Reason: "同名机构",
	}}))
	history(first)
	history(second, 1, 2, 4, 5)
	d.do(deskFact(stream, "2026-05-11", "530427-education", deskAnnulled{annul(5)}))
	history(first, 1, 4, 5, 6)
	history(second, 2)
	d.do(deskFact(stream, "2026-05-12", "530427-education", deskAnnulled{annul(1)}))
	history(first)
}
