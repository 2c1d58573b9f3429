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

// campaign registers officers and a school, and returns the id of an inspection
// that has visited it.
func campaign(t *testing.T, r *registertest.Register) string {
	t.Helper()
	for _, o := range []string{"E1", "E2"} {
		r.Do(`{"act":"jurisdiction.register-officer","division":"530427","effective":"2026-01-05","body":{"officer":"` + o + `","agency":"530427-education","credential":"示例证` + o + `","field":"校外培训"}}`)
	}
	r.Do(`{"act":"institution.register","division":"530427","target":{"ref":"S"},"effective":"2026-01-05","body":{
		"names":["示例培训学校"],"kind":"institution","mode":"offline","address":"示例路","class":"non_subject","categories":["sports"],"audiences":["compulsory"]}}`)
	ans := r.Do(`{"act":"inspection.plan","division":"530427","target":{"ref":"JC"},"effective":"2026-11-02","body":{"kind":"supervisory","theme":"示例检查","items":[{"agency":"530427-education","items":["safety"]}],"period":{"from":"2026-11-02","to":"2026-11-20"}}}`)
	r.Do(`{"act":"inspection.launch","division":"530427","target":{"ref":"JC"},"effective":"2026-11-02","body":{}}`)
	r.Do(`{"act":"inspection.record-visit","division":"530427","target":{"ref":"JC"},"effective":"2026-11-02","body":{"institution":{"ref":"S"},"officers":["E1","E2"],"items":["safety"],"signed":true}}`)
	return ans.ID
}

const finding = `{"act":"inspection.record-finding","division":"530427","target":{"ref":"JC"},"effective":"2026-11-02","body":{"visit":1,"item":"safety","severity":"%s","basis":"消防法 第二十八条","facts":"疏散通道被占用"}}`

func TestASeriousFindingLeadsToAnOrderOnce(t *testing.T) {
	r := registertest.New(t)
	setDay(r, "2026-11-02")
	campaign(t, r)
	r.Do(fmt.Sprintf(finding, "serious"))
	reacted(t, r.NewReactor(0), 2) // the order, and the proposal to put on watch: it is not white
	reacted(t, r.NewReactor(0), 0)
	p, err := r.Views.Work(projections.WorkQuery{WorkFilter: projections.WorkFilter{Aggregate: "rectification"}, AtSeq: projections.Now})
	if err != nil || p.Total != 1 || p.Heads[0].Agency != "530427-education" {
		t.Errorf("got %+v, %v, want one order by who found out", p, err)
	}
}

func TestAReactionGoesByTheFactAsItStands(t *testing.T) {
	r := registertest.New(t)
	setDay(r, "2026-11-02")
	id := campaign(t, r)
	minor := r.Do(fmt.Sprintf(finding, "minor"))
	serious := r.Do(fmt.Sprintf(finding, "serious"))
	amend := func(act, body string) {
		t.Helper()
		r.Do(`{"act":"inspection.` + act + `","division":"530427","target":{"id":"` + id + `"},"effective":"2026-11-02","body":` + body + `}`)
	}
	amend("annul", fmt.Sprintf(`{"target_seq":%d,"reason":"记错"}`, serious.Events[0].Seq))
	reacted(t, r.NewReactor(0), 0) // annulled before anybody looked
	x := r.NewReactor(0)
	reacted(t, x, 0)
	amend("correct", fmt.Sprintf(`{"target_seq":%d,"field":"severity","was":"minor","is":"serious","reason":"复核"}`, minor.Events[0].Seq))
	reacted(t, x, 2) // corrected after it was looked at
}

func TestReactionsFindWhatWasBornUnderARetiredCode(t *testing.T) {
	r := registertest.New(t)
	setDay(r, "2017-06-01")
	ans := r.Do(`{"act":"grievance.receive","division":"140624","target":{"ref":"G"},"effective":"2017-06-01","actor":{"agency":"140624-education","officer":"E1"},
		"body":{"channel":"counter","nature":"petition","premises":"示例街道","topics":["refund"],"real_name":false,"complainant":"王某人","contact":"示例"}}`)
	setDay(r, "2026-11-02")
	reacted(t, r.NewReactor(0), 1)
	if n := facts(t, r, ans.ID, "grievance.deadline_missed"); n != 1 {
		t.Errorf("got %d facts, want the miss recorded", n)
	}
}
