package api_test

import "testing"

func TestTheRiskIsExplained(t *testing.T) {
	sc := newScene(t)
	path := "/api/v1/institutions/" + sc.ids["B"] + "/risk"
	before := sc.as(sc.of(educationOf), path).is(200)
	head := before.at("at_seq").(float64)
	sc.lot()
	sc.hold()
	sc.visit()
	sc.rectify()
	a := sc.as(sc.of(fireOf), path).is(200)
	total := 0.0
	points := map[any]float64{}
	for _, p := range a.at("parts").([]any) {
		n := at(p, "points").(float64)
		total, points[at(p, "id")] = total+n, n
		if n > at(p, "most").(float64) || at(p, "title") == "" || at(p, "found") == "" {
			t.Errorf("got %v", p)
		}
	}
	if a.at("total") != total || points["serious_findings"] != 15 || points["open_rectifications"] != 5 || points["late_rectifications"] != 10 || points["last_visit"] != 0 {
		t.Errorf("got %v of %v", a.at("total"), points)
	}
	a.want(t, map[string]any{"institution/id": sc.ids["B"], "institution/name": "新平县山水美术培训中心", "version": "risk-score@1", "as_of": "2026-11-22", "tier": tierOf(total), "medium_from": 20.0, "high_from": 50.0, "scheduled": nil})
	if got := sc.as(sc.of(educationOf), path+"?at_seq="+written("n", map[string]any{"n": head})).is(200); got.at("total") != before.at("total") || got.at("at_seq") != head {
		t.Errorf("got %s at the position before, want %s", got.body, before.body)
	}
	if got := sc.as(sc.of(educationOf), path+"?as_of=2026-09-14").is(200); got.at("total").(float64) >= total {
		t.Errorf("got %s, want no late rectification on an earlier day", got.body)
	}
	tag := a.header.Get("ETag")
	sc.get(path, "Authorization", "Bearer "+sc.of(fireOf), "If-None-Match", tag).is(304)
	sc.get(path, "Authorization", "Bearer "+sc.of(fireOf), "Accept-Language", "en").is(200).want(t, map[string]any{"parts/0/title": "operates without a licence"})
	sc.get(path).refused(401, "unauthenticated")
	sc.as(sc.of(neighbourOf), path).refused(403, "forbidden")
}

func tierOf(total float64) string {
	switch {
	case total >= 50:
		return "high"
	case total >= 20:
		return "medium"
	}
	return "low"
}
