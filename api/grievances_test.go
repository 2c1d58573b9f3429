package api_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
)

// secrets are what nobody reads in clear anywhere.
var secrets = []string{"欧阳示例", "13800138000", "司徒小例", "诸葛示例"}

func (a answered) keeps(t *testing.T, secrets ...string) answered {
	t.Helper()
	for _, s := range secrets {
		if bytes.Contains(a.body, []byte(s)) {
			t.Errorf("got %q in %s", s, a.body)
		}
	}
	return a
}

func TestAGrievanceIsShown(t *testing.T) {
	sc := newScene(t)
	sc.grieve()
	path := "/api/v1/grievances/" + sc.ids["grievance"]
	handler := sc.as(sc.of(marketOf), path).is(200).keeps(t, secrets...)
	handler.want(t, map[string]any{
		"aggregate": "grievance", "id": sc.ids["grievance"], "number": string(sc.receipt), "kind": "complaint", "nature": "complaint", "status": "accepted", "channel": "12345",
		"topics/0": "refund", "real_name": true, "child_involved": false, "title": "退费", "institution/name": "新平县山水美术培训中心", "division/code": "530427",
		"agency": marketOf, "agencies/0": marketOf, "opened": "2026-11-02", "closed": nil, "premises": nil, "score": nil,
		"complainant/sealed": true, "complainant/shown_as": nil, "content/sealed": true,
		"parts/0/part": nil, "parts/0/nature": "complaint", "parts/0/handler": marketOf, "parts/0/senders/0": educationOf, "parts/0/accepted_on": "2026-11-05", "parts/0/accepted_by": marketOf,
		"parts/0/case_filed": nil, "parts/0/result": nil, "steps/0/step": "received", "steps/1/step": "transferred", "steps/1/agency": marketOf, "steps/2/on": "2026-11-05",
		"events": path + "/events", "version": 3.0, "as_of": "2026-11-22",
	})
	var running []string
	for _, c := range handler.at("clocks").([]any) {
		if at(c, "state") != "ended" {
			running = append(running, at(c, "clock").(string)+" "+at(c, "agency").(string))
		}
	}
	if got := strings.Join(running, ", "); got != "complaint_mediation "+marketOf {
		t.Errorf("got the clocks %s", got)
	}
	person, _ := handler.at("complainant/person_ref").(string)
	if person == "" || handler.at("content/person_ref") != person {
		t.Fatalf("got %s, want by whom to ask to read it", handler.body)
	}
	other := sc.as(sc.of(educationOf), path).is(200).keeps(t, append(secrets, person)...)
	other.want(t, map[string]any{"complainant/sealed": true, "complainant/shown_as": "投诉人 A", "complainant/person_ref": nil, "content/sealed": true, "content/shown_as": nil, "content/person_ref": nil})
	sc.get(path, "Authorization", "Bearer "+sc.of(fireOf), "Accept-Language", "en").is(200).want(t, map[string]any{"complainant/shown_as": "complainant A", "steps/0/step": "received"})
	for _, token := range []string{sc.of(marketOf), sc.of(educationOf)} {
		sc.as(token, path+"/events").is(200).keeps(t, secrets...).keeps(t, `"box"`, `"commit"`)
	}
	sc.by(marketOf, "M1", "grievance.terminate-mediation", "TS", "2026-11-12", `{"cause":"absent"}`)
	sc.by(marketOf, "M1", "grievance.notify-complainant", "TS", "2026-11-13", `{"step":"mediation_end","means":"phone"}`)
	sc.by(marketOf, "M1", "grievance.close", "TS", "2026-11-16", `{"result":"对方不参加调解"}`)
	sc.as(sc.of(educationOf), path).is(200).want(t, map[string]any{
		"status": "closed", "closed": "2026-11-16", "parts/0/terminated_on": "2026-11-12", "parts/0/termination_cause": "absent", "parts/0/result": "对方不参加调解", "agency": nil})
	sc.as(sc.of(educationOf), path+"?as_of=2026-11-12").is(200).want(t, map[string]any{"status": "terminated", "closed": nil, "parts/0/result": nil, "agency": marketOf})
	sc.by(marketOf, "M1", "grievance.reopen", "TS", "2026-11-18", `{"reason":"补充证据"}`)
	sc.as(sc.of(educationOf), path).is(200).want(t, map[string]any{"closed": nil, "parts/0/termination_cause": nil, "parts/0/result": nil})
}

func TestWhatWasErasedIsSaid(t *testing.T) {
	sc := newScene(t)
	sc.grieve()
	path := "/api/v1/grievances/" + sc.ids["grievance"]
	person := sc.as(sc.of(marketOf), path).is(200).at("complainant/person_ref").(string)
	sc.by(marketOf, "M1", "grievance.erase-personal-data", "TS", "2026-11-20", `{"person_ref":"`+person+`","reason":"本人申请","legal_basis":"个人信息保护法第四十七条"}`)
	sc.as(sc.of(marketOf), path).is(200).want(t, map[string]any{"complainant/erased": true, "content/erased": true, "complainant/sealed": true})
}

func TestAReceiptLeadsToTheGrievance(t *testing.T) {
	sc := newScene(t)
	sc.grieve()
	want := "/api/v1/grievances/" + sc.ids["grievance"]
	for _, number := range []string{string(sc.receipt), strings.ToLower(string(sc.receipt))} {
		if got := sc.as(sc.of(marketOf), "/api/v1/grievances/"+url.PathEscape(number)).is(308).header.Get("Location"); got != want {
			t.Errorf("%s: got %s, want %s", number, got, want)
		}
	}
	if got := sc.as(sc.of(marketOf), "/api/v1/grievances/"+string(sc.receipt)+"/events").is(308).header.Get("Location"); got != want+"/events" {
		t.Errorf("got %s", got)
	}
	sc.as(sc.of(neighbourOf), "/api/v1/grievances/"+string(sc.receipt)).refused(404, "not_found")
	sc.as(sc.of(marketOf), "/api/v1/grievances/TS-530427-20261102-000123-8").refused(404, "not_found")
	sc.as(sc.of(marketOf), "/api/v1/disputes/"+string(sc.receipt)).refused(404, "not_found")
}

func TestAMixedGrievanceHasParts(t *testing.T) {
	sc := newScene(t)
	id := sc.edu("grievance.receive", "HB", "2026-11-10", `{"channel":"letter","nature":"mixed","topics":["fees"],"premises":"平山路某培训点"}`)
	other := sc.edu("grievance.receive", "HB2", "2026-11-11", `{"channel":"letter","nature":"report","topics":["fees"]}`)
	sc.edu("grievance.refuse", "HB", "2026-11-12", `{"part":"1","ground":"not_consumer_matter"}`)
	sc.edu("grievance.link", "HB", "2026-11-12", `{"other":{"ref":"HB2"},"relation":"duplicate"}`)
	sc.penalise()
	sc.edu("grievance.decide-filing", "HB", "2026-11-13", `{"part":"2","filed":true,"penalty":{"ref":"CF-1"},"reason":"涉嫌违法"}`)
	a := sc.as(sc.of(educationOf), "/api/v1/grievances/"+id).is(200)
	a.want(t, map[string]any{
		"kind": "mixed", "complainant": nil, "content": nil, "institution": nil, "premises": "平山路某培训点", "parts/0/part": "1", "parts/0/status": "refused", "parts/0/refusal_ground": "not_consumer_matter",
		"parts/1/part": "2", "parts/1/case_filed": true, "parts/1/penalty/id": sc.ids["penalty"], "parts/1/penalty/address": "/api/v1/penalties/" + sc.ids["penalty"],
		"linked/0/relation": "duplicate", "linked/0/grievance/id": other, "linked/0/grievance/aggregate": "grievance",
	})
}

func TestWhatMayBeADuplicateIsSuggested(t *testing.T) {
	sc := newScene(t)
	sc.grieve()
	receive := func(label, on, topics, more string) string {
		return sc.edu("grievance.receive", label, on, `{"channel":"letter","nature":"complaint","topics":[`+topics+`]`+more+`}`)
	}
	against := `,"institution":{"ref":"B"}`
	far := receive("FAR", "2026-10-01", `"closure","refund"`, against)
	near := receive("NEAR", "2026-11-04", `"refund","fees"`, against)
	receive("OLD", "2026-07-01", `"refund"`, against)
	receive("ELSE", "2026-11-03", `"closure"`, against)
	receive("NOBODY", "2026-11-03", `"refund"`, "")
	path := "/api/v1/grievances/" + sc.ids["grievance"] + "/duplicates"
	a := sc.as(sc.of(marketOf), path).is(200).keeps(t, secrets...)
	a.want(t, map[string]any{
		"items/0/grievance/id": near, "items/0/days": 2.0, "items/0/topics/0": "refund", "items/0/grievance/address": "/api/v1/grievances/" + near,
		"items/1/grievance/id": far, "items/1/days": -32.0, "items/1/topics/0": "refund", "as_of": "2026-11-22",
	})
	if got := len(a.at("items").([]any)); got != 2 {
		t.Errorf("got %d, want the two about the same institution and topic within the days: %s", got, a.body)
	}
	if got := len(sc.as(sc.of(marketOf), path+"?as_of=2026-11-03").is(200).at("items").([]any)); got != 1 {
		t.Errorf("got %d, want the one received by that day", got)
	}
	sc.by(marketOf, "M1", "grievance.link", "TS", "2026-11-12", `{"other":{"ref":"NEAR"},"relation":"duplicate"}`)
	for _, id := range []string{sc.ids["grievance"], near} {
		for _, item := range sc.as(sc.of(educationOf), "/api/v1/grievances/"+id+"/duplicates").is(200).at("items").([]any) {
			if at(item, "grievance/id") != far {
				t.Errorf("got %v, want nothing that is tied to it", item)
			}
		}
	}
	sc.as(sc.of(neighbourOf), path).refused(404, "not_found")
	sc.get(path).refused(401, "unauthenticated")
}
