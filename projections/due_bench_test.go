package projections

import (
	"context"
	"fmt"
	"iter"
	"testing"
	"time"

	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/term"
	"minglu/eventstore"
)

// deadlineStore is a log of n pieces of work with one open clock each, made
// while it is read: those of 8 counties, with as many agencies each as it says,
// and with last days of two years.
type deadlineStore struct {
	logStore
	n, agencies uint64
}

var deadlinesFrom = deskDay("2025-01-01")

const deadlineDays = 730

func (s *deadlineStore) Head(context.Context) (uint64, error) { return s.n, nil }

func (s *deadlineStore) Follow(ctx context.Context, after uint64) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for seq := after + 1; seq <= s.n; seq++ {
			if !yield(s.record(seq), nil) {
				return
			}
		}
		<-ctx.Done()
		yield(eventstore.Record{}, ctx.Err())
	}
}

func (s *deadlineStore) record(seq uint64) eventstore.Record {
	agency, due := s.clock(seq)
	r := madeRecord(seq)
	r.Stream = eventstore.StreamName(agency[:6], "desk", fmt.Sprintf("%026d", mix(seq)))
	r.Type, r.Version, r.Body, r.Payload = "desk.opened", 1, []byte(`{}`), []byte(`{"body":{}}`)
	r.Event = deskOpened{About: []string{deskInstitution(agency[:6], int(seq%5000))}, Clocks: []clock.Start{{Key: term.ReportCheck, From: deadlinesFrom, Due: due, Agency: agency}}}
	r.Meta.Division, r.Meta.Actor.Agency = agency[:6], agency
	return r
}

// clock returns whose clock record seq begins, and its last day.
func (s *deadlineStore) clock(seq uint64) (agency string, due calendar.Day) {
	agency = fmt.Sprintf("53042%d-dept%d", 1+mix(seq+1)%8, mix(seq+2)%s.agencies)
	return agency, deadlinesFrom + calendar.Day(mix(seq+3)%deadlineDays)
}

func (s *deadlineStore) late(agency string, today calendar.Day) (n int) {
	for seq := range s.n {
		if of, due := s.clock(seq + 1); of == agency && due < today {
			n++
		}
	}
	return n
}

func openDeadlines(t testing.TB, st *deadlineStore) *Views {
	t.Helper()
	s := start(t, t.TempDir(), st, nil, Due(deskCodec))
	caughtUp(t, s)
	return &Views{Set: s}
}

func TestManyDeadlinesAreCountedExactly(t *testing.T) {
	st := &deadlineStore{n: 100_000, agencies: 5}
	v := openDeadlines(t, st)
	today := deadlinesFrom + deadlineDays/2
	const mine = "530424-dept3"
	p, err := v.Due(DueQuery{DueFilter: DueFilter{Agency: mine}, State: DueLate, Today: today, Limit: 100})
	if want := st.late(mine, today); err != nil || p.Total != want || len(p.Clocks) != 100 || p.Next == "" {
		t.Errorf("got %d of %d, next %q (%v), want 100 of %d", len(p.Clocks), p.Total, p.Next, err, want)
	}
	counts, err := v.DueCounts(DueFilter{Division: "5304"}, today)
	if err != nil || counts.Of(DueAll) != int(st.n) {
		t.Errorf("got %+v %v, want %d in all", counts, err, st.n)
	}
}

// BenchmarkDueLate1M asks for what is late among a million open clocks: a first
// page of 50 with the exact number of all.
//
//	go test -run '^$' -bench DueLate1M ./projections
func BenchmarkDueLate1M(b *testing.B) {
	st := &deadlineStore{n: 1_000_000, agencies: 5}
	began := time.Now()
	v := openDeadlines(b, st)
	built := time.Since(began)
	today := deadlinesFrom + deadlineDays/2
	for name, q := range map[string]DueQuery{
		"agency":          {DueFilter: DueFilter{Agency: "530424-dept3"}, State: DueLate},
		"county":          {DueFilter: DueFilter{Division: "530424"}, State: DueLate},
		"city":            {DueFilter: DueFilter{Division: "530400"}, State: DueLate},
		"all":             {State: DueAll},
		"agency-and-city": {DueFilter: DueFilter{Agency: "530424-dept3", Division: "530400"}, State: DueLate},
	} {
		q.Today = today
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if p, err := v.Due(q); err != nil || len(p.Clocks) != 50 {
					b.Fatal(len(p.Clocks), err)
				}
			}
			b.ReportMetric(built.Seconds(), "s-to-build")
		})
	}
	b.Run("counts", func(b *testing.B) {
		for b.Loop() {
			if _, err := v.DueCounts(DueFilter{Division: "530400"}, today); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("passed", func(b *testing.B) {
		for b.Loop() {
			if p, _, err := v.Passed(today, "", 50); err != nil || len(p) != 50 {
				b.Fatal(len(p), err)
			}
		}
	})
}
