package register_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/eventstore/memory"
	"minglu/eventstore/overlay"
	"minglu/projections"
	"minglu/register"
	"minglu/register/registertest"
)

// outcomes runs f with a session and returns what it reported.
func outcomes(t *testing.T, r *registertest.Register, exclusive bool, f func(s *register.Session)) []register.Outcome {
	t.Helper()
	return outcomesOn(t, r.Register, exclusive, f)
}

func outcomesOn(t *testing.T, r *register.Register, exclusive bool, f func(s *register.Session)) (out []register.Outcome) {
	t.Helper()
	report := func(o register.Outcome) { out = append(out, o) }
	s := r.NewSession(nil, report)
	if exclusive {
		var err error
		if s, err = r.NewImport(t.Context(), nil, report); err != nil {
			t.Fatal(err)
		}
	}
	defer s.Close()
	f(s)
	if err := s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	return out
}

func add(t *testing.T, s *register.Session, line int, acts ...register.Act) {
	t.Helper()
	if err := s.Add(t.Context(), line, acts...); err != nil {
		t.Fatal(err)
	}
}

// found is the acts that register and license an institution.
func found(r *registertest.Register, ref, number string) []register.Act {
	return []register.Act{
		r.Act(fmt.Sprintf(school, ref)), r.Act(onto(ref, "grant-licence", "2019-03-01", grant(number))),
		r.Act(onto(ref, "record-legal-registration", "2019-03-02", `{"authority":"market_regulation","form":"company","number":"`+ref+`","for_profit":true}`)),
	}
}

// both runs a test with a session beside others and with one that has the log
// for itself.
func both(t *testing.T, f func(t *testing.T, exclusive bool)) {
	t.Run("beside others", func(t *testing.T) { f(t, false) })
	t.Run("by itself", func(t *testing.T) { f(t, true) })
}

func TestActsAddedTogetherAreCarriedOutAllOrNone(t *testing.T) {
	both(t, func(t *testing.T, exclusive bool) {
		r := registertest.New(t)
		out := outcomes(t, r, exclusive, func(s *register.Session) {
			add(t, s, 1, found(r, "A", "1")...)
			add(t, s, 2, found(r, "B", "1")...) // the number is A's, in the same batch
			add(t, s, 3, r.Act(onto("B", "grant-licence", "2019-03-01", grant("2"))))
		})
		for i, want := range []domain.Code{"", domain.Conflict, domain.NotFound} {
			if got := refusalCode(out[i].Err); got != want {
				t.Errorf("line %d: %v, want %q", i+1, out[i].Err, want)
			}
		}
		// Now the number is in the log: the batch meets its guard.
		out = outcomes(t, r, exclusive, func(s *register.Session) {
			add(t, s, 1, found(r, "C", "3")...)
			add(t, s, 2, found(r, "D", "1")...)
			add(t, s, 3, found(r, "E", "5")...)
		})
		for i, want := range []domain.Code{"", domain.Conflict, ""} {
			if got := refusalCode(out[i].Err); got != want || out[i].Changed != (want == "") {
				t.Errorf("line %d: changed %v, %v, want %q", i+1, out[i].Changed, out[i].Err, want)
			}
		}
		r.Wait()
		p, err := r.Views.Find(projections.Filter{Documents: string(term.Complete)}, calendar.DayOf(r.Clock), projections.Now, "", 10)
		if err != nil || p.Total != 3 {
			t.Errorf("%d institutions, %v, want 3", p.Total, err)
		}
	})
}

func refusalCode(err error) domain.Code {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		return e.Code
	}
	return ""
}

func TestWhatIsAlreadySoChangesNothing(t *testing.T) {
	both(t, func(t *testing.T, exclusive bool) {
		r := registertest.New(t)
		acts := found(r, "A", "1")
		enrol := onto("A", "enrol-platform", "2020-01-01", `{"platform":"全国平台"}`)
		out := outcomes(t, r, exclusive, func(s *register.Session) {
			add(t, s, 1, acts...)
			add(t, s, 2, r.Act(enrol))
			add(t, s, 3, r.Act(enrol)) // already so
			add(t, s, 4, acts...)      // carried out above
		})
		for i, changed := range []bool{true, true, false, false} {
			if o := out[i]; o.Err != nil || o.Changed != changed || o.Answer.Repeated != (i == 3) || o.Answer.Seq == 0 {
				t.Errorf("line %d: %+v", i+1, o)
			}
		}
	})
}

// A baseline and a list batch are made from views. An import works them out
// from what it wrote behind them; both ways must come to the same.
func TestBaselinesAndBatchesOfAnImportAreThoseOfTheViews(t *testing.T) {
	acts := func(r *registertest.Register, from, to int) (list []register.Act) {
		for i := from; i < to; i++ {
			ref := fmt.Sprint("R", i)
			list = append(list, found(r, ref, fmt.Sprint(i))...)
			list = append(list, r.Act(onto(ref, "enrol-platform", "2019-03-03", `{"platform":"全国平台"}`)))
			switch i % 4 {
			case 1:
				list = append(list, r.Act(onto(ref, "cancel-licence", "2020-05-01", fmt.Sprintf(`{"number":"%d","cause":"not_printed"}`, i))))
			case 2:
				list = append(list, r.Act(fmt.Sprintf(`{"act":"listing.list-white","division":"530427","target":{"ref":"%s"},"effective":"2019-04-01","body":{"document_no":"1"}}`, ref)))
			}
		}
		return list
	}
	freeze := func(r *registertest.Register, name string) register.Act {
		return r.Act(`{"act":"jurisdiction.freeze-baseline","division":"530427","effective":"2021-07-01","body":{"name":"` + name + `","date":"2021-07-01","class":"subject","audiences":["compulsory"]}}`)
	}
	publish := func(r *registertest.Register) register.Act {
		return r.Act(`{"act":"jurisdiction.publish-list-batch","division":"530427","effective":"2021-07-01","body":{"list":"white"}}`)
	}
	decided := func(t *testing.T, exclusive bool) (members, rows []string, inAll int) {
		r := registertest.New(t)
		outcomes(t, r, false, func(s *register.Session) {
			for i, a := range acts(r, 0, 8) {
				add(t, s, i, a)
			}
		})
		r.Wait()
		out := outcomes(t, r, exclusive, func(s *register.Session) {
			// One that the views know is changed, others are new.
			add(t, s, 1, r.Act(onto("R0", "cancel-licence", "2020-06-01", `{"number":"0","cause":"not_printed"}`)))
			add(t, s, 2, r.Act(`{"act":"listing.remove-white","division":"530427","target":{"ref":"R2"},"effective":"2020-06-01","body":{"cause":"X1"}}`))
			for i, a := range acts(r, 8, 16) {
				add(t, s, 3+i, a)
			}
			add(t, s, 90, freeze(r, "b"))
			add(t, s, 91, publish(r))
		})
		for _, o := range out {
			if o.Err != nil {
				t.Fatalf("line %d: %v", o.Line, o.Err)
			}
		}
		r.Wait()
		j, _, err := r.Views.Jurisdiction("530427", projections.Now)
		if err != nil {
			t.Fatal(err)
		}
		for i, at := range []uint64{j.Baselines[0].AtSeq, j.Batches[0].AtSeq} {
			if own := out[len(out)-2+i].Answer.Events[0].Seq; at != own-1 {
				t.Errorf("decision %d is as of position %d and stands at %d", i, at, own)
			}
		}
		return j.Baselines[0].Members, j.Batches[0].Rows, j.Baselines[0].LicensedInAll
	}
	members, rows, inAll := decided(t, false)
	m, w, n := decided(t, true)
	if len(members) != 11 || len(rows) != 3 || !slices.Equal(m, members) || !slices.Equal(w, rows) || n != inAll {
		t.Errorf("by the views %d of %d, %d on the list\nby itself %d of %d, %d on the list", len(members), inAll, len(rows), len(m), n, len(w))
	}
}

func TestAnImportFindsWhatAnotherStreamUsed(t *testing.T) {
	r := registertest.New(t)
	a, b := r.Act(fmt.Sprintf(school, "A")), r.Act(fmt.Sprintf(school, "B"))
	interview := r.Act(onto("A", "hold-interview", "2020-01-01", `{"reason":"x"}`))
	other := r.Act(onto("B", "hold-interview", "2020-01-01", `{"reason":"x"}`))
	other.CommandID = interview.CommandID
	out := outcomes(t, r, true, func(s *register.Session) {
		for i, act := range []register.Act{a, b, interview, other} {
			add(t, s, i, act)
		}
	})
	if got := refusalCode(out[3].Err); got != domain.KeyReused {
		t.Errorf("got %v, want the key to be refused", out[3].Err)
	}
}

// Identifiers that an act gives back are free for the next one, in the same
// batch and in a later one.
func TestIdentifiersThatAreGivenBackAreFree(t *testing.T) {
	both(t, func(t *testing.T, exclusive bool) {
		r := registertest.New(t)
		const code = "915304270000000197"
		attach := func(ref, day string) register.Act {
			return r.Act(onto(ref, "attach-identifier", day, `{"kind":"uscc","value":"`+code+`"}`))
		}
		end := func(ref, day string) register.Act {
			return r.Act(onto(ref, "deregister-legal-entity", day, `{"procedure":"general","reason":"清算完毕"}`))
		}
		var out []register.Outcome
		for _, lines := range [][]register.Act{
			append(append(found(r, "A", "1"), found(r, "B", "2")...), attach("A", "2019-04-01"), end("A", "2020-01-01"), attach("B", "2020-02-01")),
			{end("B", "2020-03-01")},
			append(found(r, "C", "3"), attach("C", "2020-04-01")),
		} {
			out = append(out, outcomes(t, r, exclusive, func(s *register.Session) {
				for i, a := range lines {
					add(t, s, i, a)
				}
			})...)
		}
		for i, o := range out {
			if o.Err != nil {
				t.Errorf("act %d: %v", i, o.Err)
			}
		}
	})
}

func TestADryRegisterLeavesItsLogAsItIs(t *testing.T) {
	r := registertest.New(t)
	outcomes(t, r, true, func(s *register.Session) { add(t, s, 1, found(r, "A", "1")...) })
	r.Wait()
	head, _ := r.Log.Head(t.Context())
	above, err := overlay.New(t.Context(), r.Log.Store, memory.New(r.Codec))
	if err != nil {
		t.Fatal(err)
	}
	dry := r.Dry(eventstore.NewLog(above, r.Codec, 100), new(memory.Keys))
	out := outcomesOn(t, dry, true, func(s *register.Session) {
		add(t, s, 1, r.Act(onto("A", "hold-interview", "2020-01-01", `{"reason":"x"}`)))
		add(t, s, 2, found(r, "B", "1")...)
		add(t, s, 3, found(r, "C", "3")...)
		add(t, s, 4, r.Act(`{"act":"jurisdiction.freeze-baseline","division":"530427","effective":"2021-07-01","body":{"name":"b","date":"2021-07-01","class":"subject","audiences":["compulsory"]}}`))
	})
	for i, want := range []domain.Code{"", domain.Conflict, "", ""} {
		if got := refusalCode(out[i].Err); got != want {
			t.Errorf("line %d: %v, want %q", i+1, out[i].Err, want)
		}
	}
	if now, _ := r.Log.Head(t.Context()); now != head {
		t.Errorf("the log grew from %d to %d", head, now)
	}
}

func TestASessionThatIsBrokenOffReportsNothingMore(t *testing.T) {
	r := registertest.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	s := r.NewSession(nil, func(register.Outcome) { n++ })
	defer s.Close()
	add(t, s, 1, found(r, "A", "1")...)
	cancel()
	if err := s.Flush(ctx); err == nil || n != 0 {
		t.Errorf("flush %v, %d outcomes", err, n)
	}
}
