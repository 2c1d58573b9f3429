package register_test

import (
	"fmt"
	"testing"
	"time"

	"minglu/domain/calendar"
	"minglu/domain/term"
	"minglu/projections"
	"minglu/register"
	"minglu/register/registertest"
)

func reacted(t *testing.T, x *register.Reactor, want int) {
	t.Helper()
	n, err := x.React(t.Context())
	if err != nil || n != want {
		t.Fatalf("got %d acts, %v, want %d", n, err, want)
	}
}

func setDay(r *registertest.Register, day string) {
	d, err := calendar.ParseDay(day)
	if err != nil {
		panic(err)
	}
	r.Clock = d.Time().Add(12 * time.Hour)
}

// facts counts the facts of an event about one id.
func facts(t *testing.T, r *registertest.Register, id, event string) (n int) {
	t.Helper()
	r.Wait()
	recs, _, err := r.Views.Timeline(projections.TimelineQuery{Subject: id, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range recs {
		if rec.Type == event {
			n++
		}
	}
	return n
}

const received = `{"act":"grievance.receive","division":"530427","target":{"ref":"G-%d"},"effective":"2026-11-02",
	"actor":{"agency":"530427-education","officer":"E1"},
	"body":{"channel":"counter","nature":"complaint","premises":"古城街道","topics":["refund"],"real_name":false}}`

// TestAMissedDeadlineIsRecordedOnce crosses the last day with the reactor
// stopped, and looks again with one that has lost its position.
func TestAMissedDeadlineIsRecordedOnce(t *testing.T) {
	r := registertest.New(t)
	setDay(r, "2026-11-02")
	ans := r.Do(fmt.Sprintf(received, 1))
	x := r.NewReactor(0)
	reacted(t, x, 0)
	setDay(r, "2026-11-11") // the seventh working day: it runs out at its end
	reacted(t, x, 0)
	setDay(r, "2026-11-12")
	reacted(t, r.NewReactor(x.Position()), 1) // after a restart between due time and reaction
	reacted(t, x, 0)
	reacted(t, r.NewReactor(0), 0)
	if n := facts(t, r, ans.ID, "grievance.deadline_missed"); n != 1 {
		t.Errorf("got %d facts, want the miss once", n)
	}
	r.Replay()
}

func TestWhatIsDoneInTimeIsNotMissed(t *testing.T) {
	r := registertest.New(t)
	setDay(r, "2026-11-02")
	ans := r.Do(fmt.Sprintf(received, 1))
	setDay(r, "2026-11-03")
	r.Do(`{"act":"grievance.accept","division":"530427","target":{"id":"` + ans.ID + `"},"effective":"2026-11-03","body":{}}`)
	setDay(r, "2026-11-13")
	reacted(t, r.NewReactor(0), 0)
}

func TestNothingFollowsWhileAnImportGoesOn(t *testing.T) {
	r := registertest.New(t)
	setDay(r, "2026-11-20")
	s := r.NewSession(nil, func(o register.Outcome) {
		if o.Err != nil {
			t.Errorf("line %d: %v", o.Line, o.Err)
		}
	})
	if err := s.Add(t.Context(), 1, r.Act(fmt.Sprintf(received, 1))); err != nil {
		t.Fatal(err)
	}
	if err := s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.Wait()
	x := r.NewReactor(0)
	reacted(t, x, 0)
	accepted := r.Act(`{"act":"grievance.accept","division":"530427","target":{"ref":"G-1"},"effective":"2026-11-05","body":{}}`)
	if err := s.Add(t.Context(), 2, accepted); err != nil {
		t.Fatal(err)
	}
	if err := s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Close()
	r.Wait()
	reacted(t, x, 0) // it was accepted in time
}

func TestAPublicationEndsByItself(t *testing.T) {
	r := registertest.New(t)
	setDay(r, "2026-03-02")
	place := r.Do(`{"act":"institution.register","division":"530427","target":{"ref":"B-1"},"effective":"2026-03-01","body":{
		"names":["夜光培训点（示例）"],"kind":"premises","mode":"offline","address":"古城街道","class":"subject","audiences":["compulsory"]}}`)
	listing := func(act, day, officer, body string) {
		t.Helper()
		setDay(r, day)
		r.Do(fmt.Sprintf(`{"act":"listing.%s","division":"530427","target":{"ref":"B-1"},"effective":"%s","actor":{"agency":"530427-education","officer":"%s"},"body":%s}`, act, day, officer, body))
	}
	listing("serve-black-notice", "2026-03-02", "E1", `{"grounds":[{"code":"B1","facts":"无证无照","law":"国办发〔2018〕80号"}]}`)
	listing("waive-statement", "2026-03-03", "E1", `{}`)
	listing("list-black", "2026-03-04", "E2", `{"document_no":"新教决〔2026〕1号","tier":"minor"}`)
	x := r.NewReactor(0)
	setDay(r, "2026-06-04")
	reacted(t, x, 0)
	setDay(r, "2026-06-05")
	reacted(t, x, 1)
	reacted(t, r.NewReactor(0), 0)
	i, _, err := r.Views.Institution("530427.institution."+place.ID, projections.Now)
	if err != nil {
		t.Fatal(err)
	}
	if b := i.Listing.Blacks[0]; b.Cause != term.BlackExpired || b.Removed != calendar.Date(2026, 6, 5) {
		t.Errorf("got %+v, want it ended on the day after its last", b)
	}
}
