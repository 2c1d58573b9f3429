package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/eventstore"
)

var cases = []struct {
	name string
	test func(*suite)
}{
	{"empty_stream_loads_nothing", emptyStream},
	{"what_is_appended_is_loaded", roundTrip},
	{"positions_are_contiguous", contiguous},
	{"stale_guard_is_a_conflict", conflict},
	{"stale_guard_in_a_batch_stores_nothing", batchConflict},
	{"only_the_first_touch_is_guarded", firstTouch},
	{"cancelled_context_appends_nothing", cancelled},
	{"bad_streams_are_refused", badStreams},
	{"too_many_and_none_are_refused", wrongSizes},
	{"batch_of_1000", largeBatch},
	{"one_of_20_racing_writers_wins_each_round", race},
	{"only_the_stale_member_of_a_crowd_conflicts", crowd},
	{"the_same_command_is_carried_out_once", sameCommand},
	{"a_key_with_another_body_is_refused", keyReused},
	{"racing_creates_of_one_id_are_one", racingCreates},
	{"one_of_two_gets_the_reservation", reservation},
	{"a_number_given_back_is_free", givenBack},
	{"follow_sees_live_appends", followLive},
	{"follow_starts_in_the_middle", followMiddle},
	{"follow_ends_with_the_context", followCancel},
	{"many_followers_see_the_same", followMany},
	{"batch_results_are_the_stored_positions", batchResults},
	{"refused_batch_leaves_nothing", batchRefused},
	{"correction_changes_the_fold", correction},
	{"annulment_gives_the_number_back", annulment},
	{"loads_beside_appends_are_whole", wholeLoads},
}

func emptyStream(s *suite) {
	s.wantPositions(Stream(1))
	s.wantHead(0)
}

func roundTrip(s *suite) {
	a := Append(1, Stream(1), 0, 2)
	a.Meta.Source = domain.Source{Title: "教育局文件", DocNo: "新教发〔2021〕7号"}
	a.Meta.Basis = []domain.Basis{{Statute: "民办教育促进法", Article: "第十二条"}}
	a.Meta.Evidence = []domain.Evidence{{SHA256: strings.Repeat("ab", 32), Kind: "scan"}}
	a.Meta.Rules = []string{"tally-open@1", "moratorium@2"}
	a.Meta.CorrelationID, a.Meta.CausationID = CommandID(7), CommandID(8)
	a.Meta.PolicyVersion, a.Meta.CalendarVersion = "3", "2021.1"
	s.appended(a)
	recs := s.records(Stream(1))
	if len(recs) != 2 {
		s.Fatalf("%d records, want 2", len(recs))
	}
	for i, r := range recs {
		want := a.Meta
		want.Seq, want.Ordinal, want.Count = uint64(i)+1, i+1, 2
		got := r.Meta
		if !got.Recorded.Equal(want.Recorded) || !got.Effective.Equal(want.Effective) {
			s.Fatalf("times %v and %v, want %v and %v", got.Recorded, got.Effective, want.Recorded, want.Effective)
		}
		got.Recorded, got.Effective = want.Recorded, want.Effective
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			s.Fatalf("meta\n got %+v\nwant %+v", got, want)
		}
		if r.Stream != Stream(1) || r.Event != (Added{Amount: 1, Unit: "piece"}) || r.Type != "tally.added" || r.Version != 2 {
			s.Fatalf("got record %+v", r)
		}
		if r.EndsCommand() != (i == 1) {
			s.Fatalf("record %d ends its command: %v", i, r.EndsCommand())
		}
	}
	if recs[0].ID == recs[1].ID || recs[0].ID == "" {
		s.Fatalf("ids %q and %q", recs[0].ID, recs[1].ID)
	}
}

func contiguous(s *suite) {
	sizes := []int{1, 3, 1, 1, 7, 2}
	var want uint64
	for i, n := range sizes {
		want += uint64(n)
		if got := s.appended(Append(i, Stream(i), 0, n)); got != want {
			s.Fatalf("append %d ends at %d, want %d", i, got, want)
		}
	}
	s.wantPositions(Stream(4), 7, 8, 9, 10, 11, 12, 13)
	s.oneEach(int(want))
}

func conflict(s *suite) {
	s.appended(Append(1, Stream(1), 0, 1))
	s.appended(Append(2, Stream(2), 0, 1))
	for _, guard := range []uint64{0, 2, 3} {
		_, err := s.store.Append(s.Context(), Append(3, Stream(1), guard, 1))
		s.wantError(err, eventstore.ErrConflict)
	}
	s.wantHead(2)
	s.appended(Append(3, Stream(1), 1, 1))
	s.wantPositions(Stream(1), 1, 3)
}

func batchConflict(s *suite) {
	s.appended(Append(1, Stream(1), 0, 1))
	_, err := s.store.Append(s.Context(), Append(2, Stream(2), 0, 2), Append(3, Stream(1), 0, 1), Append(4, Stream(4), 0, 1))
	s.wantError(err, eventstore.ErrConflict)
	a := Append(5, Stream(5), 0, 1)
	a.Writes = append(a.Writes, Append(5, Stream(1), 9, 1).Writes...)
	_, err = s.store.Append(s.Context(), a)
	s.wantError(err, eventstore.ErrConflict)
	s.wantHead(1)
	for _, n := range []int{2, 4, 5} {
		s.wantPositions(Stream(n))
	}
}

func firstTouch(s *suite) {
	s.appended(Append(1, Stream(1), 0, 1))
	// The later guards are not those of the stream: nobody looks at them.
	last := s.appended(Append(2, Stream(1), 1, 2), Append(3, Stream(2), 0, 1), Append(4, Stream(1), 77, 1))
	if last != 5 {
		s.Fatalf("ends at %d, want 5", last)
	}
	s.wantPositions(Stream(1), 1, 2, 3, 5)
	_, err := s.store.Append(s.Context(), Append(5, Stream(1), 3, 1), Append(6, Stream(1), 5, 1))
	s.wantError(err, eventstore.ErrConflict)
	s.wantHead(5)
}

func cancelled(s *suite) {
	ctx, cancel := context.WithCancel(s.Context())
	cancel()
	_, err := s.store.Append(ctx, Append(1, Stream(1), 0, 1))
	s.wantError(err, context.Canceled)
	_, err = s.store.Head(ctx)
	s.wantError(err, context.Canceled)
	s.wantHead(0)
}

func badStreams(s *suite) {
	for _, name := range []string{"", "tally", "530427..x", ".530427.x", "530427.tally.", "530427.tally.a b", "530427.tally.*",
		"530427.>", "530427.tally.新平", "530427.tally.a/b", "530427.tally.a\x00", "530427.tally.a\r\n"} {
		_, err := s.store.Append(s.Context(), Append(1, name, 0, 1))
		s.wantError(err, eventstore.ErrStream)
		for _, err := range s.store.Load(s.Context(), name) {
			s.wantError(err, eventstore.ErrStream)
		}
	}
	s.wantHead(0)
}

func wrongSizes(s *suite) {
	_, none := s.store.Append(s.Context())
	_, empty := s.store.Append(s.Context(), Append(1, Stream(1), 0, 0))
	_, many := s.store.Append(s.Context(), Append(1, Stream(1), 0, eventstore.MaxAppend+1))
	for _, err := range []error{none, empty, many} {
		if err == nil || errors.Is(err, eventstore.ErrConflict) || errors.Is(err, eventstore.ErrUnknown) {
			s.Fatalf("got %v, want a fault of the caller", err)
		}
	}
	s.wantHead(0)
}

func largeBatch(s *suite) {
	as := make([]eventstore.Append, eventstore.MaxAppend/2)
	for i := range as {
		as[i] = Append(i, Stream(i%100), 0, 2)
	}
	if last := s.appended(as...); last != eventstore.MaxAppend {
		s.Fatalf("ends at %d, want %d", last, eventstore.MaxAppend)
	}
	for i, r := range s.oneEach(eventstore.MaxAppend) {
		if r.Meta.CommandID != CommandID(i/2) || r.Meta.Ordinal != i%2+1 {
			s.Fatalf("record %d is fact %d of command %s", i+1, r.Meta.Ordinal, r.Meta.CommandID)
		}
	}
	if n := len(s.positions(Stream(7))); n != 10 {
		s.Fatalf("%d records in one stream, want 10", n)
	}
}

func race(s *suite) {
	const writers, rounds = 20, 10
	for round := range rounds {
		last := s.head()
		errs := together(writers, func(i int) error {
			_, err := s.store.Append(s.Context(), Append(round*writers+i, Stream(1), last, 1+i%2))
			return err
		})
		if won, lost := count(errs, nil), count(errs, eventstore.ErrConflict); won != 1 || lost != writers-1 {
			s.Fatalf("round %d: %d won and %d lost: %v", round, won, lost, errors.Join(errs...))
		}
	}
	s.oneEach(int(s.head()))
}

// crowd has enough writers that a store which groups appends does.
func crowd(s *suite) {
	const writers = 100
	s.appended(Append(1000, Stream(1000), 0, 1))
	stale := map[int]bool{13: true, 57: true}
	errs := together(writers, func(i int) error {
		a := Append(i, Stream(i), 0, 1)
		switch {
		case stale[i]:
			a = Append(i, Stream(1000), 0, 1)
		case i%10 == 0:
			a = Append(i, Stream(i), 0, 3)
		}
		_, err := s.store.Append(s.Context(), a)
		return err
	})
	for i, err := range errs {
		if want := eventstore.ErrConflict; stale[i] != errors.Is(err, want) || !stale[i] && err != nil {
			s.Fatalf("writer %d got %v", i, err)
		}
	}
	want := 1 + writers - len(stale) + 2*writers/10
	s.oneEach(want)
	for i := range writers {
		if seqs := s.positions(Stream(i)); i%10 == 0 && (len(seqs) != 3 || seqs[2]-seqs[0] != 2) {
			s.Fatalf("the append of writer %d is at %v", i, seqs)
		}
	}
}

func sameCommand(s *suite) {
	o := Order(1, Stream(1), Open{Number: "A1"})
	first := s.executed(o)
	again := s.executed(o)
	if first.Repeated || !again.Repeated || first.Seq != 2 || again.Version != first.Version || !slices.Equal(again.Events, first.Events) {
		s.Fatalf("first %+v, again %+v", first, again)
	}
	// Another process, which remembers nothing, and many at once.
	results := make([]eventstore.Result, 20)
	add := Order(2, Stream(1), Add{Amounts: []int{1, 2, 3}})
	errs := together(len(results), func(i int) (err error) {
		results[i], err = eventstore.NewLog(s.store, Codec, 1).Execute(s.Context(), add)
		return err
	})
	fresh := 0
	for i, r := range results {
		if errs[i] != nil {
			s.Fatalf("execute: %v", errs[i])
		}
		if !r.Repeated {
			fresh++
		}
		if !slices.Equal(r.Events, results[0].Events) || len(r.Events) != 3 {
			s.Fatalf("results differ: %+v and %+v", r, results[0])
		}
	}
	if fresh != 1 {
		s.Fatalf("carried out %d times", fresh)
	}
	if got := s.state(Stream(1)); got.Sum != 6 || got.Adds != 3 {
		s.Fatalf("state %+v", got)
	}
}

func keyReused(s *suite) {
	s.executed(Order(1, Stream(1), Open{}))
	o := Order(1, Stream(1), Open{Number: "B"})
	o.Meta.CommandDigest = "d1"
	for _, log := range []*eventstore.Log{s.log, eventstore.NewLog(s.store, Codec, 1)} {
		_, err := log.Execute(s.Context(), o)
		if refusal(err) != domain.KeyReused {
			s.Fatalf("got %v, want %s", err, domain.KeyReused)
		}
	}
	s.wantHead(1)
}

func racingCreates(s *suite) {
	// Two different commands that want the same stream, each in its own process.
	errs := together(20, func(i int) error {
		_, err := eventstore.NewLog(s.store, Codec, 1).Execute(s.Context(), Order(i, Stream(1), Open{}))
		return err
	})
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case refusal(err) != domain.Conflict:
			s.Fatalf("got %v, want a refusal", err)
		}
	}
	if won != 1 {
		s.Fatalf("%d of 20 created it", won)
	}
	s.wantHead(1)
}

func reservation(s *suite) {
	for round := range 5 {
		number := fmt.Sprintf("N-%d 号", round)
		errs := together(2, func(i int) error {
			n := round*2 + i
			_, err := eventstore.NewLog(s.store, Codec, 1).Execute(s.Context(), Order(n, Stream(n), Open{Number: number}))
			return err
		})
		slices.SortFunc(errs, func(a, b error) int {
			if a == nil {
				return -1
			}
			return 1
		})
		s.wantError(errs[0], nil)
		s.wantError(errs[1], domain.Refuse(domain.Conflict, eventstore.UniqueIdentifier, domain.Text{}))
		owner, _, err := s.log.Owner(s.Context(), "number", number)
		if err != nil || owner == "" || !s.state(owner).Open {
			s.Fatalf("owner %q: %v", owner, err)
		}
	}
	s.oneEach(10)
}

func givenBack(s *suite) {
	s.executed(Order(1, Stream(1), Open{Number: "A"}))
	_, err := s.log.Execute(s.Context(), Order(2, Stream(2), Open{Number: "A"}))
	s.wantError(err, domain.Refuse(domain.Conflict, eventstore.UniqueIdentifier, domain.Text{}))
	s.executed(Order(3, Stream(1), Close{}))
	s.executed(Order(4, Stream(2), Open{Number: "A"}))
	if owner, _, err := s.log.Owner(s.Context(), "number", "A"); err != nil || owner != Stream(2) {
		s.Fatalf("owner %q: %v", owner, err)
	}
}

func followLive(s *suite) {
	const writers, each = 8, 25
	done := make(chan []error)
	go func() {
		done <- together(writers, func(i int) error {
			last := uint64(0)
			for n := range each {
				var err error
				if last, err = s.store.Append(s.Context(), Append(i*each+n, Stream(i), last, 1+n%3)); err != nil {
					return err
				}
			}
			return nil
		})
	}()
	total := 0
	for n := range each {
		total += writers * (1 + n%3)
	}
	recs := s.follow(0, total)
	if err := errors.Join(<-done...); err != nil {
		s.Fatalf("append: %v", err)
	}
	open := map[string]int{}
	for i, r := range recs {
		if r.Meta.Seq != uint64(i)+1 {
			s.Fatalf("record %d is at position %d", i+1, r.Meta.Seq)
		}
		if open[r.Stream]++; open[r.Stream] != r.Meta.Ordinal {
			s.Fatalf("fact %d of %s came as number %d", r.Meta.Ordinal, r.Meta.CommandID, open[r.Stream])
		}
		if r.EndsCommand() {
			open[r.Stream] = 0
		}
	}
}

func followMiddle(s *suite) {
	s.appended(Append(1, Stream(1), 0, 10))
	recs := s.follow(4, 6)
	if recs[0].Meta.Seq != 5 || recs[5].Meta.Seq != 10 {
		s.Fatalf("got positions %d to %d, want 5 to 10", recs[0].Meta.Seq, recs[5].Meta.Seq)
	}
	got := make(chan uint64)
	go func() {
		for r := range s.store.Follow(s.Context(), 10) {
			got <- r.Meta.Seq
			return
		}
		close(got)
	}()
	s.appended(Append(2, Stream(2), 0, 1))
	if seq := <-got; seq != 11 {
		s.Fatalf("got position %d, want 11", seq)
	}
}

func followCancel(s *suite) {
	s.appended(Append(1, Stream(1), 0, 3))
	ctx, cancel := context.WithCancel(s.Context())
	defer cancel()
	n := 0
	for _, err := range s.store.Follow(ctx, 0) {
		if n++; n == 3 {
			cancel() // it waits for a fourth
		}
		if n > 3 {
			s.wantError(err, context.Canceled)
		}
	}
	if n != 4 {
		s.Fatalf("%d turns, want three records and the end", n)
	}
}

func followMany(s *suite) {
	s.appended(Append(1, Stream(1), 0, 50))
	errs := together(5, func(i int) error {
		after := uint64(i * 10)
		for r, err := range s.store.Follow(s.Context(), after) {
			if err != nil {
				return err
			}
			if after++; r.Meta.Seq != after {
				return fmt.Errorf("position %d, want %d", r.Meta.Seq, after)
			}
			if after == 50 {
				return nil
			}
		}
		return errors.New("ended by itself")
	})
	if err := errors.Join(errs...); err != nil {
		s.Fatal(err)
	}
}

func batchResults(s *suite) {
	b := s.log.NewBatch()
	var orders []eventstore.Order
	for i := range 20 {
		orders = append(orders, Order(2*i, Stream(2*i), Open{Number: fmt.Sprint(i)}), Order(2*i+1, Stream(2*i), Add{Amounts: []int{i, 1}}))
	}
	for _, o := range orders {
		if _, pending, err := b.Add(s.Context(), o); err != nil || !pending {
			s.Fatalf("add: pending %v, %v", pending, err)
		}
	}
	results, err := b.Flush(s.Context())
	if err != nil || len(results) != len(orders) {
		s.Fatalf("flush: %d results, %v", len(results), err)
	}
	for i, r := range results {
		version, at := uint64(0), map[uint64]string{}
		for _, rec := range s.records(r.Stream) {
			if rec.Meta.CommandID == orders[i].Meta.CommandID {
				at[rec.Meta.Seq] = rec.Type
			}
			if version++; rec.Meta.CommandID == orders[i].Meta.CommandID && rec.EndsCommand() && r.Version != version {
				s.Fatalf("result %d is version %d, stored %d", i, r.Version, version)
			}
		}
		if len(at) != len(r.Events) {
			s.Fatalf("result %d has %d events, stored are %d", i, len(r.Events), len(at))
		}
		for _, p := range r.Events {
			if at[p.Seq] != p.Event {
				s.Fatalf("result %d has %s at %d, stored is %q", i, p.Event, p.Seq, at[p.Seq])
			}
		}
	}
	if got := results[len(results)-1].Seq; got != s.head() {
		s.Fatalf("last result at %d, head %d", got, s.head())
	}
	// The states that the batch left behind are those of the log.
	r := s.executed(Order(99, Stream(2), Add{Amounts: []int{5}}))
	if r.Version != 4 || s.state(Stream(2)).Sum != 1+1+5 {
		s.Fatalf("after the batch %+v, %+v", r, s.state(Stream(2)))
	}
	// The whole batch again is found.
	for _, o := range orders {
		if res, pending, err := b.Add(s.Context(), o); err != nil || pending || !res.Repeated {
			s.Fatalf("again: pending %v, repeated %v, %v", pending, res.Repeated, err)
		}
	}
}

func batchRefused(s *suite) {
	s.executed(Order(1, Stream(1), Open{Number: "A"}))
	head := s.head()
	b := eventstore.NewLog(s.store, Codec, 1).NewBatch()
	for n := 2; n < 5; n++ {
		if _, _, err := b.Add(s.Context(), Order(n, Stream(n), Open{Number: strings.Repeat("A", n-1)})); err != nil {
			s.Fatalf("add: %v", err)
		}
	}
	_, err := b.Flush(s.Context())
	s.wantError(err, eventstore.ErrConflict)
	s.wantHead(head)
	if b.Len() != 0 {
		s.Fatalf("the batch still holds %d records", b.Len())
	}
}

func correction(s *suite) {
	s.executed(Order(1, Stream(1), Open{}))
	s.executed(Order(2, Stream(1), Add{Amounts: []int{10, 5}}))
	correct := func(n int, seq uint64, field, was, is string) error {
		c := Correct{domain.Correction{TargetSeq: seq, Field: field, Was: domain.RawJSON(was), Is: domain.RawJSON(is), Reason: "笔误"}}
		_, err := s.log.Execute(s.Context(), Order(n, Stream(1), c))
		return err
	}
	s.wantError(correct(3, 2, "amount", "10", "12"), nil)
	for i, refused := range []error{
		correct(4, 2, "amount", "10", "13"),   // it is 12 by now
		correct(5, 99, "amount", "10", "13"),  // no such fact
		correct(6, 3, "amount", "5", `"six"`), // not an amount
		correct(7, 4, "field", `"amount"`, `"unit"`),
	} {
		if _, ok := errors.AsType[*domain.Error](refused); !ok {
			s.Fatalf("correction %d got %v, want a refusal", i, refused)
		}
	}
	if got := s.state(Stream(1)); got.Sum != 17 {
		s.Fatalf("sum %d, want 17", got.Sum)
	}
	// The next act is decided on the corrected state, remembered or loaded.
	s.executed(Order(8, Stream(1), Add{Amounts: []int{1}}))
	for _, log := range []*eventstore.Log{s.log, eventstore.NewLog(s.store, Codec, 1)} {
		got, _, err := log.State(s.Context(), Tally, Stream(1))
		if err != nil || got.(State).Sum != 18 {
			s.Fatalf("state %+v, %v", got, err)
		}
	}
	// Annulling the correction brings the first value back.
	s.executed(Order(9, Stream(1), Annul{domain.Annulment{TargetSeq: 4, Reason: "更正有误"}}))
	if got := s.state(Stream(1)); got.Sum != 16 {
		s.Fatalf("sum %d, want 16", got.Sum)
	}
}

func annulment(s *suite) {
	s.executed(Order(1, Stream(1), Open{Number: "A"}))
	s.executed(Order(2, Stream(1), Annul{domain.Annulment{TargetSeq: 1, Reason: "登记错误"}}))
	if got := s.state(Stream(1)); got != (State{}) {
		s.Fatalf("state %+v, want none", got)
	}
	if owner, _, err := s.log.Owner(s.Context(), "number", "A"); err != nil || owner != "" {
		s.Fatalf("the number still belongs to %q: %v", owner, err)
	}
	s.executed(Order(3, Stream(2), Open{Number: "A"}))
	_, err := s.log.Execute(s.Context(), Order(4, Stream(1), Annul{domain.Annulment{TargetSeq: 1}}))
	s.wantError(err, domain.Refuse(domain.Conflict, eventstore.Amending, domain.Text{}))
	// A corrected number is moved from the old to the new.
	c := Correct{domain.Correction{TargetSeq: 5, Field: "number", Was: domain.RawJSON(`"A"`), Is: domain.RawJSON(`"B"`)}}
	s.executed(Order(5, Stream(2), c))
	for number, want := range map[string]string{"A": "", "B": Stream(2)} {
		if owner, _, err := s.log.Owner(s.Context(), "number", number); err != nil || owner != want {
			s.Fatalf("number %s belongs to %q, want %q: %v", number, owner, want, err)
		}
	}
}

func wholeLoads(s *suite) {
	ctx, cancel := context.WithCancel(s.Context())
	done := make(chan error, 1)
	go func() {
		defer cancel()
		last := uint64(0)
		for n := range 60 {
			var err error
			if last, err = s.store.Append(s.Context(), Append(n, Stream(1), last, 3)); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for ctx.Err() == nil {
		if recs := s.records(Stream(1)); len(recs)%3 != 0 {
			s.Fatalf("loaded %d records, half a command", len(recs))
		}
	}
	if err := <-done; err != nil {
		s.Fatalf("append: %v", err)
	}
}

func reopening(s *suite) {
	s.executed(Order(1, Stream(1), Open{Number: "A"}))
	s.executed(Order(2, Stream(1), Add{Amounts: []int{1, 2, 3}}))
	want := s.oneEach(5)
	s.stop()
	_, err := s.store.Append(s.Context(), Append(9, Stream(9), 0, 1))
	s.wantError(err, eventstore.ErrClosed)
	s.start()
	for i, r := range s.oneEach(5) {
		if string(r.Payload) != string(want[i].Payload) || r.ID != want[i].ID {
			s.Fatalf("record %d is %s, was %s", i+1, r.Payload, want[i].Payload)
		}
	}
	if r := s.executed(Order(2, Stream(1), Add{Amounts: []int{1, 2, 3}})); !r.Repeated {
		s.Fatalf("carried out again: %+v", r)
	}
	_, err = s.log.Execute(s.Context(), Order(3, Stream(3), Open{Number: "A"}))
	s.wantError(err, domain.Refuse(domain.Conflict, eventstore.UniqueIdentifier, domain.Text{}))
	s.appended(Append(4, Stream(1), 5, 1))
	s.wantPositions(Stream(1), 1, 3, 4, 5, 6)
}

func closing(s *suite) {
	s.appended(Append(1, Stream(1), 0, 1))
	s.stop()
	_, err := s.store.Append(s.Context(), Append(2, Stream(2), 0, 1))
	s.wantError(err, eventstore.ErrClosed)
	for _, err := range s.store.Load(s.Context(), Stream(1)) {
		s.wantError(err, eventstore.ErrClosed)
	}
	for _, err := range s.store.Follow(s.Context(), 0) {
		s.wantError(err, eventstore.ErrClosed)
	}
}
