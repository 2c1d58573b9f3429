package api_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"minglu/domain/draw"
)

func TestAnInspectionIsShown(t *testing.T) {
	sc := newScene(t)
	sc.lot()
	path := "/api/v1/inspections/" + sc.ids["random"]
	sc.get(path).is(200).want(t, map[string]any{
		"kind": "random", "title": "秋季双随机抽查", "number": "JC-2026-0001", "status": "launched", "agency": educationOf, "agencies/1": marketOf, "opened": "2026-09-01", "closed": nil,
		"period/from": "2026-09-01", "period/to": "2026-10-31", "tiers/0/name": "all", "tiers/0/rate": "1/1", "tiers/0/n": nil, "scope": nil, "confidential": false,
		"launched_on": "2026-09-02", "seed_committed_on": "2026-09-03", "seed_commitment": sc.seed.Commitment().String(), "draw": nil, "summary": nil, "published_on": nil,
		"addresses/visits": path + "/visits", "events": path + "/events", "version": 3.0,
	})
	sc.hold()
	sc.visit()
	drawn := sc.get(path).is(200)
	drawn.want(t, map[string]any{
		"status": "drawn", "tiers/0/n": 2.0, "tiers/0/drawn": 2.0, "draw/on": "2026-09-07", "draw/algorithm": draw.Algorithm, "draw/address": path + "/draw",
		"draw/population/n": 2.0, "draw/population/unit": "institution", "draw/population/precision": "exact", "draw/drawn/n": 2.0, "draw/institutions/0/institution/name": "新平县山水美术培训中心",
		"draw/institutions/0/visited": nil, "summary": nil, "clocks/0": nil,
	})
	sc.as(sc.of(fireOf), path).is(200).want(t, map[string]any{
		"draw/institutions/0/visited": true, "summary/visits/n": 2.0, "summary/visits/unit": "visit", "summary/visits/precision": "exact",
		"summary/institutions/n": 2.0, "summary/institutions/unit": "institution", "summary/findings": 2.0, "summary/serious": 1.0, "summary/corrected_on_site": 1.0,
	})
	sc.publish()
	sc.get(path).is(200).want(t, map[string]any{
		"status": "published", "closed": "2026-10-12", "ended_on": "2026-09-30", "published_on": "2026-10-12", "draw/institutions/0/visited": true, "media/0": "县人民政府网站",
		"summary/visits/n": 2.0, "summary/institutions/n": 2.0, "replies/0/text": "已整改", "replies/0/on": "2026-10-15", "clocks/0/clock": "inspection_publication", "clocks/0/state": "ended",
	})
	sc.get(path+"?as_of=2026-10-01").is(200).want(t, map[string]any{"status": "closed", "published_on": nil, "summary/visits/n": 2.0, "draw/institutions/0/visited": nil, "replies/0": nil})
	sc.get(path+"?as_of=2026-09-05").is(200).want(t, map[string]any{"status": "launched", "draw": nil})
	sc.get(path+"?as_of=2026-08-31").refused(404, "not_found")
	tag := sc.get(path).header.Get("ETag")
	sc.get(path, "If-None-Match", tag).is(304)
}

func TestVisitsOfThePastKeepUnitAndPrecision(t *testing.T) {
	sc := newScene(t)
	id := sc.edu("inspection.plan", "ZX-1", "2021-03-01", `{"kind":"thematic","theme":"专项检查","period":{"from":"2021-03-01","to":"2021-12-31"}}`)
	sc.edu("inspection.record-visit-count", "ZX-1", "2021-12-31", `{"visits":{"n":80,"unit":"visit","precision":"at_least"},"checks":{"n":10,"unit":"occasion"},"period":{"from":"2021-03-01","to":"2021-12-31"}}`)
	sc.as(sc.of(educationOf), "/api/v1/inspections/"+id).is(200).want(t, map[string]any{
		"summary/visits/n": 80.0, "summary/visits/unit": "visit", "summary/visits/precision": "at_least", "summary/institutions/n": nil, "summary/institutions/unit": "institution", "summary/institutions/precision": "unknown",
		"visit_counts/0/visits/n": 80.0, "visit_counts/0/institutions": nil, "visit_counts/0/checks/n": 10.0, "visit_counts/0/period/to": "2021-12-31",
	})
	sc.get("/api/v1/inspections/"+id).is(200).want(t, map[string]any{"visit_counts/0/visits/precision": "at_least", "summary": nil})
}

func TestVisitsAndFindingsArePublicWithTheResult(t *testing.T) {
	sc := newScene(t)
	sc.lot()
	sc.hold()
	sc.visit()
	visits, findings := "/api/v1/inspections/"+sc.ids["random"]+"/visits", "/api/v1/inspections/"+sc.ids["random"]+"/findings"
	for _, path := range []string{visits, findings} {
		for _, token := range []string{"", "Bearer " + sc.of(neighbourOf)} {
			sc.get(path, "Authorization", token).is(200).want(t, map[string]any{"total": 0.0, "items/0": nil, "visits": nil, "institutions": nil, "note": "检查结果尚未公开。", "published_on": nil})
		}
	}
	officer := sc.as(sc.of(marketOf), visits).is(200)
	officer.want(t, map[string]any{"total": 2.0, "note": nil, "visits/n": 2.0, "visits/unit": "visit", "institutions/n": 2.0, "items/0/visit": 1.0, "items/0/on": "2026-09-14",
		"items/0/institution/name": "新平县山水美术培训中心", "items/0/findings": 2.0, "items/0/serious": 1.0, "items/0/corrected_on_site": 1.0, "items/1/findings": 0.0, "items/0/agencies/1": marketOf})
	if len(officer.at("items/0/officers").([]any)) != 2 {
		t.Errorf("got %s, want its officers", officer.body)
	}
	sc.as(sc.of(marketOf), findings).is(200).want(t, map[string]any{"total": 2.0, "items/0/finding": 1.0, "items/0/item": "safety", "items/0/severity": "serious", "items/0/facts": "疏散通道堵塞",
		"items/0/basis": "消防法 第二十八条", "items/0/agency": educationOf, "items/0/corrected_on_site": false, "items/1/corrected_on": "2026-09-14"})
	sc.publish()
	sc.get(visits).is(200).keeps(t, "疏散").want(t, map[string]any{"total": 2.0, "note": nil, "published_on": "2026-10-12", "visits/n": 2.0, "visits/precision": "exact",
		"items/0/officers/0": nil, "items/0/findings": 2.0, "items/0/corrected_on_site": 1.0, "items/0/institution/name": "新平县山水美术培训中心"})
	sc.get(findings).is(200).keeps(t, "疏散").want(t, map[string]any{"total": 2.0, "items/0/severity": "serious", "items/0/facts": nil, "items/0/finding": nil, "items/1/corrected_on_site": true, "items/1/corrected_on": nil})
	sc.get(visits+"?as_of=2026-10-11").is(200).want(t, map[string]any{"total": 0.0})
	page := sc.get(findings + "?limit=1").is(200)
	page.want(t, map[string]any{"total": 2.0, "items/0/item": "safety", "items/1": nil})
	sc.get(findings+"?limit=1&cursor="+page.at("next").(string)).is(200).want(t, map[string]any{"items/0/item": "fees", "next": nil})
	sc.get(visits+"?limit=1&cursor="+page.at("next").(string)).refused(422, "invalid")
	columns := map[string]string{"visit": "visit", "on": "on", "institution_id": "institution/id", "institution_name": "institution/name", "findings": "findings", "serious": "serious", "corrected_on_site": "corrected_on_site"}
	sc.sameRows(visits+"?", "", "items", 11, columns)
	sc.sameRows(visits+"?", "Bearer "+sc.of(marketOf), "items", 11, columns)
	sc.sameRows(findings+"?", "Bearer "+sc.of(marketOf), "items", 14, map[string]string{"finding": "finding", "item": "item", "severity": "severity", "facts": "facts", "basis": "basis", "agency": "agency", "corrected_on": "corrected_on"})
	if zh := sc.table(findings+".csv?labels=zh", ""); zh[0][6] != "检查事项" || zh[1][6] != "安全" || zh[2][8] != "是" {
		t.Errorf("got %v", zh)
	}
}

// strict reads a draw as the command that verifies it does.
func strict(t *testing.T, body []byte) (p draw.Package) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil || d.More() {
		t.Fatalf("%v: %s", err, body)
	}
	return p
}

func TestADrawCanBeMadeAgain(t *testing.T) {
	sc := newScene(t)
	sc.lot()
	path := "/api/v1/inspections/" + sc.ids["random"] + "/draw"
	if p := sc.get(path).refused(404, "not_found"); !strings.Contains(p["detail"].(string), "2026-09-03") {
		t.Errorf("got %v, want when the seed was committed", p)
	}
	sc.hold()
	held := sc.get(path).is(200)
	p := strict(t, held.body)
	if err := p.Verify(); err != nil {
		t.Errorf("got %v of %s", err, held.body)
	}
	if len(p.Drawn) != 2 || len(p.Inspectors) != 2 || p.Seed != sc.seed || len(p.OfficerPool) != 5 || p.CommittedAtSeq > p.PopulationSeq {
		t.Errorf("got %+v", p)
	}
	if held.header.Get("Minglu-Seq") == "" || held.header.Get("ETag") == "" {
		t.Errorf("got %v", held.header)
	}
	sc.get(path, "If-None-Match", held.header.Get("ETag")).is(304)
	for name, change := range map[string]func(string) string{
		"a changed id": func(s string) string { return strings.ReplaceAll(s, p.Drawn[0], p.Drawn[0][:len(p.Drawn[0])-1]+"0") },
		"another seed": func(s string) string { return strings.ReplaceAll(s, p.Seed.String(), strings.Repeat("ab", 32)) },
		"others drawn": func(s string) string {
			return strings.Replace(s, `"drawn":["`+p.Drawn[0]+`","`+p.Drawn[1]+`"]`, `"drawn":["`+p.Drawn[1]+`","`+p.Drawn[0]+`"]`, 1)
		},
		"another rate": func(s string) string { return strings.Replace(s, `"1/1"`, `"1/2"`, 1) },
		"others inspect": func(s string) string {
			return strings.Replace(s, `"officers":["`+p.Inspectors[0].Officers[0], `"officers":["E9`, 1)
		},
	} {
		var d *draw.Difference
		if changed := change(string(held.body)); changed == string(held.body) || !errors.As(strict(t, []byte(changed)).Verify(), &d) {
			t.Errorf("%s: got it taken", name)
		}
	}
	// What becomes of the institutions later does not change who was drawn.
	sc.enrol("later")
	sc.edu("inspection.recuse-officer", "JC-1", "2026-09-08", fmt.Sprintf(`{"institution":%q,"officer":%q,"reason":"亲属关系"}`, p.Drawn[0], p.Inspectors[0].Officers[0]))
	sc.edu("inspection.assign-inspectors", "JC-1", "2026-09-09", fmt.Sprintf(`{"institution":%q}`, p.Drawn[0]))
	later := strict(t, sc.get(path).is(200).body)
	if err := later.Verify(); err != nil || len(later.Tiers[0].IDs) != 2 || later.Inspectors[0].Officers[0] == p.Inspectors[0].Officers[0] || later.Inspectors[0].Recusals[0].Reason != "亲属关系" {
		t.Errorf("got %v of %+v", err, later)
	}
	if old := strict(t, sc.get(path+"?as_of=2026-09-07").is(200).body); old.Verify() != nil || old.Inspectors[0].Officers[0] != p.Inspectors[0].Officers[0] {
		t.Errorf("got %+v on the day of the draw", old)
	}
	sc.get(path+"?as_of=2026-09-06").refused(404, "not_found")
	sc.covert()
	sc.get("/api/v1/inspections/"+sc.ids["covert"]+"/draw").refused(404, "not_found")
	if p := sc.as(sc.of(educationOf), "/api/v1/inspections/"+sc.ids["covert"]+"/draw").refused(404, "not_found"); !strings.Contains(p["detail"].(string), "不是双随机") {
		t.Errorf("got %v", p)
	}
}

func TestACovertInspectionIsHiddenUntilItsResult(t *testing.T) {
	sc := newScene(t)
	sc.lot()
	sc.covert()
	path := "/api/v1/inspections/" + sc.ids["covert"]
	hidden := func() {
		t.Helper()
		for _, tail := range []string{"", "/events", "/visits", "/findings", "/draw"} {
			sc.get(path+tail).refused(404, "not_found")
			sc.as(sc.of(neighbourOf), path+tail).refused(404, "not_found")
		}
		sc.get("/api/v1/inspections").is(200).want(t, map[string]any{"total": 1.0, "items/0/id": sc.ids["random"]})
		sc.get("/api/v1/inspections?kind=covert").is(200).want(t, map[string]any{"total": 0.0})
		sc.get("/api/v1/inspections?institution="+sc.ids["A"]).is(200).want(t, map[string]any{"total": 0.0})
	}
	hidden()
	sc.as(sc.of(marketOf), path).is(200).want(t, map[string]any{"title": "暗访学科培训", "confidential": true, "kind": "covert", "institutions/0/id": sc.ids["A"], "institution/id": sc.ids["A"]})
	sc.as(sc.of(marketOf), "/api/v1/inspections").is(200).want(t, map[string]any{"total": 2.0, "items/0/id": sc.ids["covert"], "items/0/late": 0.0})
	sc.edu("inspection.close", "AF-1", "2026-11-02", `{}`, `"visibility":"joint",`)
	hidden()
	sc.edu("inspection.publish-result", "AF-1", "2026-11-10", `{"media":["县人民政府网站"]}`)
	sc.get(path).is(200).keeps(t, "暗访学科培训", "2026-10-08", "2026-11-02").want(t, map[string]any{
		"title": "检查（结果已公开）", "kind": nil, "status": "published", "opened": nil, "closed": "2026-11-10", "confidential": true, "period": nil, "institutions/0": nil, "institution": nil,
		"summary/visits/n": 1.0, "summary/institutions/n": 1.0, "media/0": "县人民政府网站", "clocks/0": nil, "version": 1.0,
	})
	sc.get(path+"/visits").is(200).want(t, map[string]any{"total": 1.0, "items/0/institution/id": sc.ids["A"], "visits/n": 1.0})
	if got := sc.get(path + "/events").is(200); fmt.Sprint(got.each("items", "event")) != "[inspection.result_published]" {
		t.Errorf("got %s", got.body)
	}
	sc.get("/api/v1/inspections").is(200).keeps(t, "暗访").want(t, map[string]any{"total": 2.0, "items/0/id": sc.ids["covert"], "items/0/title": "检查（结果已公开）", "items/0/kind": nil, "items/0/late": nil})
	sc.get("/api/v1/inspections?institution="+sc.ids["A"]).is(200).want(t, map[string]any{"total": 1.0, "items/0/id": sc.ids["covert"]})
	for _, query := range []string{"kind=covert", "agency=" + educationOf + "&status=published", "q=暗访", "as_of=2026-11-09&status=published"} {
		sc.get("/api/v1/inspections?"+query).is(200).want(t, map[string]any{"total": 0.0})
	}
}

func TestThePublicListsInspections(t *testing.T) {
	sc := newScene(t)
	sc.lot()
	sc.hold()
	sc.visit()
	sc.covert()
	for query, want := range map[string]float64{
		"": 1, "division=530427": 1, "division=530400": 1, "division=110000": 0, "kind=random": 1, "status=drawn": 1, "status=planned": 0, "standing=open": 1, "standing=closed": 0,
		"agency=" + educationOf: 1, "takes_part=" + marketOf: 1, "agency=" + marketOf: 0, "q=双随机": 1, "q=JC-2026": 1, "q=%E6%9A%97%E8%AE%BF": 0,
		"as_of=2026-08-31": 0, "as_of=2026-09-01&status=planned": 1, "as_of=2026-09-01&status=drawn": 0, "at_seq=0": 0, "institution=" + sc.ids["B"]: 1, "institution=" + sc.ids["P"]: 0,
	} {
		sc.get("/api/v1/inspections?"+query).is(200).want(t, map[string]any{"total": want})
	}
	sc.as(sc.of(neighbourOf), "/api/v1/inspections").is(200).want(t, map[string]any{"total": 0.0})
	sc.as(sc.of(neighbourOf), "/api/v1/inspections?division=530427").is(200).want(t, map[string]any{"total": 1.0, "items/0/late": nil})
	if p := sc.get("/api/v1/inspections?kind=nope").refused(422, "invalid"); pointers(p)["/kind"] != "unknown_code" {
		t.Errorf("got %v", p)
	}
}

func TestWhomAnInspectionVisitedIsPublicWithItsResult(t *testing.T) {
	sc := newScene(t)
	id := sc.edu("inspection.plan", "ZX-2", "2026-09-01", `{"kind":"thematic","theme":"收费专项检查","period":{"from":"2026-09-01","to":"2026-10-31"}}`)
	sc.edu("inspection.launch", "ZX-2", "2026-09-02", `{}`)
	sc.edu("inspection.record-visit", "ZX-2", "2026-09-03", `{"institution":{"ref":"A"},"officers":["E1","E2"],"items":["fees"],"signed":true}`)
	about := "/api/v1/inspections?institution=" + sc.ids["A"]
	sc.as(sc.of(educationOf), about).is(200).want(t, map[string]any{"total": 1.0, "items/0/id": id})
	sc.get(about).is(200).want(t, map[string]any{"total": 0.0})
	sc.edu("inspection.close", "ZX-2", "2026-09-30", `{}`)
	sc.edu("inspection.publish-result", "ZX-2", "2026-10-12", `{"media":["县人民政府网站"]}`)
	sc.get(about).is(200).want(t, map[string]any{"total": 1.0, "items/0/id": id})
	sc.get(about+"&as_of=2026-10-11").is(200).want(t, map[string]any{"total": 0.0})
}
