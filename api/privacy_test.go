package api_test

import (
	"strings"
	"testing"
)

// blackStory black-lists institution A and person P, both published.
func (f *fixture) blackStory() map[string]string {
	f.t.Helper()
	ids := f.story()
	for _, ref := range []string{"A", "P"} {
		target := `"division":"530427","target":{"ref":"` + ref + `"}`
		f.reg.Do(`{"act":"listing.serve-black-notice",` + target + `,"effective":"2026-02-02","body":{"grounds":[{"code":"B1","facts":"在家中违规办班","law":"民办教育促进法第六十四条"}]}}`)
		f.reg.Do(`{"act":"listing.waive-statement",` + target + `,"effective":"2026-02-03","body":{}}`)
		f.reg.Do(`{"act":"listing.list-black",` + target + `,"effective":"2026-02-04","actor":{"agency":"530427-education","officer":"E2"},"body":{"document_no":"新教黑〔2026〕` + ref + `号","tier":"serious","publish_from":"2026-02-04","min_until":"2027-02-04","max_until":"2029-02-04"}}`)
	}
	return ids
}

func TestNaturalPersonsAreMasked(t *testing.T) {
	f := newFixture(t)
	ids := f.blackStory()
	for _, path := range []string{
		"/api/v1/institutions/" + ids["P"], "/api/v1/institutions", "/api/v1/institutions.csv", "/api/v1/institutions.ndjson", "/api/v1/lists/black", "/api/v1/lists/black.csv",
		"/api/v1/institutions/" + ids["P"] + "/events", "/api/v1/institutions/" + ids["P"] + "/diff?from=2019-01-01", "/api/v1/events?aggregate=institution", "/api/v1/agencies/530427-education/events?limit=1000",
	} {
		a := f.get(path).is(200)
		text := string(a.body)
		if strings.Contains(text, "欧阳锋") {
			t.Errorf("%s: got the name of a person: %s", path, text)
		}
		if strings.Contains(path, ids["P"]) && strings.Contains(text, "9号") {
			t.Errorf("%s: got the house of a person: %s", path, text)
		}
		if strings.Contains(text, `"commit"`) || strings.Contains(text, `"box"`) {
			t.Errorf("%s: got a sealed value: %s", path, text)
		}
	}
	a := f.get("/api/v1/institutions/" + ids["P"]).is(200)
	if a.at("name") != "欧阳*" || a.at("address") != "桂山街道" || a.at("standing") != "black" {
		t.Errorf("got %s", a.body)
	}
	if got := f.get("/api/v1/lists/black").is(200); got.at("total") != 2.0 || got.at("items/1/institution/name") != "欧阳*" {
		t.Errorf("got %s", got.body)
	}
}

func TestSealedValuesAreNotShown(t *testing.T) {
	f := newFixture(t)
	a := f.act(f.bureau(), "/api/v1/institutions", strings.Replace(registerBody, `"class"`, `"organiser":"张三丰","principal":"李四光","class"`, 1)).is(201)
	id := a.at("id").(string)
	for _, path := range []string{"/api/v1/institutions/" + id, "/api/v1/institutions/" + id + "/events", "/api/v1/events", "/api/v1/institutions"} {
		for _, token := range []string{"", "Bearer " + f.bureau()} {
			text := string(f.get(path, "Authorization", token).is(200).body)
			for _, secret := range []string{"张三丰", "李四光", `"commit"`, `"box"`} {
				if strings.Contains(text, secret) {
					t.Errorf("%s: got %s", path, secret)
				}
			}
		}
	}
	h := f.get("/api/v1/institutions/" + id + "/events").is(200)
	if h.at("items/0/body/organiser/sealed") != true {
		t.Errorf("got %s", h.body)
	}
}

// TestLimitsOfPublicationAreThoseOfToday follows a black listing from the notice
// to its end, and looks back.
func TestLimitsOfPublicationAreThoseOfToday(t *testing.T) {
	f := newFixture(t)
	ids := f.story()
	target := `"division":"530427","target":{"ref":"A"}`
	path := "/api/v1/institutions/" + ids["A"]
	token := f.bureau()
	events := func(token string) (names []string, withdrawn int) {
		t.Helper()
		authorization := ""
		if token != "" {
			authorization = "Bearer " + token
		}
		for _, e := range f.get(path+"/events", "Authorization", authorization).is(200).at("items").([]any) {
			if name := at(e, "event").(string); strings.HasPrefix(name, "listing.") {
				names = append(names, name)
				if at(e, "withdrawn") == true {
					withdrawn++
					if at(e, "body") != nil || strings.Contains(at(e, "summary").(string), "违规") {
						t.Errorf("got %v, want its place alone", e)
					}
				}
			}
		}
		return names, withdrawn
	}
	expect := func(when string, public, officer, withdrawn int) {
		t.Helper()
		names, gone := events("")
		if len(names) != public || gone != withdrawn {
			t.Errorf("%s: got %v in public, %d withdrawn, want %d and %d", when, names, gone, public, withdrawn)
		}
		if names, gone := events(token); len(names) != officer || gone != 0 {
			t.Errorf("%s: got %v for the bureau, want %d", when, names, officer)
		}
	}
	f.reg.Do(`{"act":"listing.serve-black-notice",` + target + `,"effective":"2026-11-02","body":{"grounds":[{"code":"B1","facts":"违规办班","law":"x"}]}}`)
	f.reg.Do(`{"act":"listing.record-statement",` + target + `,"effective":"2026-11-03","body":{"text":"我们不服"}}`)
	expect("after the notice", 0, 2, 0)
	f.reg.Do(`{"act":"listing.list-black",` + target + `,"effective":"2026-11-10","actor":{"agency":"530427-education","officer":"E2"},"body":{"document_no":"新教黑〔2026〕1号","tier":"serious","publish_from":"2026-11-23","min_until":"2027-11-23","max_until":"2028-12-31"}}`)
	expect("before publication", 0, 3, 0)
	if got := f.get(path + "?as_of=2026-12-01").is(200).at("standing"); got != "unlisted" {
		t.Errorf("got %v for a day on which it will be public", got)
	}
	f.reg.Clock = f.reg.Clock.AddDate(0, 0, 1)
	expect("during publication", 3, 3, 0)
	if a := f.get(path).is(200); a.at("standing") != "black" || a.at("standing_basis/tier") != "serious" {
		t.Errorf("got %s", a.body)
	}
	if got := f.get("/api/v1/lists/black").is(200).at("total"); got != 1.0 {
		t.Errorf("got %v on the list", got)
	}
	before := f.get(path).at("at_seq")
	f.reg.Do(`{"act":"listing.remove-black",` + target + `,"effective":"2026-11-23","body":{"cause":"revoked","reason":"决定被撤销"}}`)
	expect("after the removal", 4, 4, 4)
	for _, query := range []string{"", "?as_of=2026-11-23", "?at_seq=" + jsonNumber(before), "?as_of=2026-11-23&at_seq=" + jsonNumber(before)} {
		if got := f.get(path + query).is(200).at("standing"); got != "unlisted" {
			t.Errorf("%s: got %v in public, want it not to come back", query, got)
		}
		if got := f.get("/api/v1/lists/black" + query).is(200).at("total"); got != 0.0 {
			t.Errorf("%s: got %v on the public list", query, got)
		}
		want := 0.0
		if strings.Contains(query, "at_seq") {
			want = 1
		}
		if got := f.get("/api/v1/lists/black"+query, "Authorization", "Bearer "+token).is(200).at("total"); got != want {
			t.Errorf("%s: got %v on the list of the bureau, want %v", query, got, want)
		}
		black := f.get("/api/v1/institutions?standing=black&" + strings.TrimPrefix(query, "?")).is(200)
		unlisted := f.get("/api/v1/institutions?standing=unlisted&" + strings.TrimPrefix(query, "?")).is(200)
		if black.at("total") != 0.0 || unlisted.at("total") != 2.0 {
			t.Errorf("%s: got %v black and %v unlisted", query, black.at("total"), unlisted.at("total"))
		}
		d := f.get("/api/v1/divisions/530427" + query).is(200)
		if d.at("counts/black") != 0.0 || d.at("counts/unlisted") != 2.0 {
			t.Errorf("%s: got %v", query, d.at("counts"))
		}
	}
	if text := string(f.get("/api/v1/events?aggregate=listing").is(200).body); strings.Contains(text, "违规办班") || strings.Contains(text, "不服") || !strings.Contains(text, `"withdrawn":true`) {
		t.Errorf("got %s", text)
	}
}
