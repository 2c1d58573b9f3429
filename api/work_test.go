package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"minglu/api/answer"
	"minglu/domain/draw"
	"minglu/domain/ident"
	"minglu/register"
)

const (
	fireOf       = "530427-fire"
	prefectureOf = "530400-education"
	neighbourOf  = "530425-education"
)

// scene is what agencies of Xinping work on, by name: ids of institutions (A, B,
// P), of the work, and the seed of the draw.
type scene struct {
	*fixture
	ids     map[string]string
	seed    draw.Seed
	receipt ident.ReceiptNumber
}

// by carries out an act of an agency of Xinping on a day, and returns the id of
// what it is about.
func (sc *scene) by(agency, officer, act, target, effective, body string, more ...string) string {
	sc.t.Helper()
	aim := ""
	if target != "" {
		aim = `"target":{"ref":"` + target + `"},`
	}
	return sc.reg.Do(fmt.Sprintf(`{"act":%q,"division":"530427",%s"effective":%q,"actor":{"agency":%q,"officer":%q},%s"body":%s}`,
		act, aim, effective, agency, officer, strings.Join(more, ""), body)).ID
}

// edu carries out an act of the education bureau.
func (sc *scene) edu(act, target, effective, body string, more ...string) string {
	sc.t.Helper()
	return sc.by(educationOf, "E1", act, target, effective, body, more...)
}

// newScene fills a register.
func newScene(t *testing.T) *scene {
	t.Helper()
	f := newFixture(t)
	sc := &scene{fixture: f, ids: f.story()}
	for _, o := range []string{"E1 education", "E2 education", "E3 education", "M1 market_regulation", "M2 market_regulation"} {
		id, dept, _ := strings.Cut(o, " ")
		sc.edu("jurisdiction.register-officer", "", "2026-01-05", fmt.Sprintf(`{"officer":%q,"agency":"530427-%s","credential":"证-%s","field":"校外培训"}`, id, dept, id))
	}
	return sc
}

// grieve takes a complaint in hand, against the institution B, and transfers it to
// market supervision.
func (sc *scene) grieve() {
	sc.t.Helper()
	sc.receipt = "TS-530427-20261102-000123-7"
	sc.ids["grievance"] = sc.edu("grievance.receive", "TS", "2026-11-02", `{"channel":"12345","nature":"complaint","topics":["refund"],"institution":{"ref":"B"},"handler":"`+educationOf+`",
		"complainant":"欧阳示例","contact":"13800138000","content":"孩子叫司徒小例，退费不给","real_name":true,"receipt":{"number":"`+string(sc.receipt)+`","query_digest":"`+ident.MakeQueryCode([10]byte{1}).Digest()+`"}}`)
	sc.edu("grievance.transfer", "TS", "2026-11-03", `{"to":"`+marketOf+`","reason":"消费纠纷"}`)
	sc.by(marketOf, "M1", "grievance.accept", "TS", "2026-11-05", `{}`)
}

// lot plans a random inspection of everybody, holds the draw and visits whom it
// drew: with a finding on the first.
func (sc *scene) lot() {
	sc.t.Helper()
	copy(sc.seed[:], "a seed of thirty-two bytes for it")
	sc.ids["random"] = sc.edu("inspection.plan", "JC-1", "2026-09-01", `{"kind":"random","theme":"秋季双随机抽查","number":"JC-2026-0001","agencies":["`+marketOf+`"],"period":{"from":"2026-09-01","to":"2026-10-31"},"rate":"1/1"}`)
	sc.edu("inspection.launch", "JC-1", "2026-09-02", `{}`)
	sc.by(marketOf, "M1", "inspection.commit-seed", "JC-1", "2026-09-03", `{"commitment":"`+sc.seed.Commitment().String()+`"}`)
}

func (sc *scene) hold() {
	sc.t.Helper()
	sc.edu("inspection.hold-draw", "JC-1", "2026-09-07", `{"seed":"`+sc.seed.String()+`"}`)
}

// visit visits whom the draw drew.
func (sc *scene) visit() {
	sc.t.Helper()
	for i, d := range sc.drawn() {
		sc.by(educationOf, d.Officers[0], "inspection.record-visit", "JC-1", "2026-09-14", fmt.Sprintf(`{"institution":%q,"officers":["%s"],"agencies":["%s","%s"],"items":["fees","safety"],"signed":true}`,
			d.Institution, strings.Join(d.Officers, `","`), educationOf, marketOf))
		if i == 0 {
			sc.edu("inspection.record-finding", "JC-1", "2026-09-14", `{"visit":1,"item":"safety","severity":"serious","basis":"消防法 第二十八条","facts":"疏散通道堵塞"}`)
			sc.edu("inspection.record-finding", "JC-1", "2026-09-14", `{"visit":1,"item":"fees","severity":"minor","basis":"民办教育促进法 第三十八条","facts":"公示不全"}`)
			sc.edu("inspection.correct-on-site", "JC-1", "2026-09-14", `{"finding":2}`)
		}
	}
}

func (sc *scene) drawn() []draw.Assigned {
	sc.t.Helper()
	var p draw.Package
	if err := json.Unmarshal(sc.get("/api/v1/inspections/"+sc.ids["random"]+"/draw").is(200).body, &p); err != nil {
		sc.t.Fatal(err)
	}
	return p.Inspectors
}

func (sc *scene) publish() {
	sc.t.Helper()
	sc.edu("inspection.close", "JC-1", "2026-09-30", `{}`)
	sc.edu("inspection.publish-result", "JC-1", "2026-10-12", `{"media":["县人民政府网站"]}`)
	sc.edu("inspection.reply", "JC-1", "2026-10-15", `{"institution":"`+sc.drawn()[0].Institution+`","text":"已整改"}`)
}

// covert is an inspection of which nothing is public.
func (sc *scene) covert() {
	sc.t.Helper()
	joint := `"visibility":"joint",`
	sc.ids["covert"] = sc.edu("inspection.plan", "AF-1", "2026-10-08", `{"kind":"covert","theme":"暗访学科培训","period":{"from":"2026-10-08","to":"2026-10-31"},"institutions":[{"ref":"A"}]}`, joint)
	sc.edu("inspection.launch", "AF-1", "2026-10-09", `{}`, joint)
	sc.edu("inspection.record-visit", "AF-1", "2026-10-10", `{"institution":{"ref":"A"},"officers":["E1","E2"],"items":["content"],"signed":false,"covert":true}`)
}

// rectify orders the first of the drawn to correct what was found.
func (sc *scene) rectify() {
	sc.t.Helper()
	sc.ids["rectification"] = sc.edu("rectification.order", "ZG-1", "2026-09-15", `{"institution":"`+sc.drawn()[0].Institution+`","source":{"ref":"JC-1"},"items":[{"item":"safety","text":"清理疏散通道","severity":"serious"}],"due":"2026-10-15","basis":"消防法 第六十条","document_no":"新教改〔2026〕1号"}`)
}

// penalise decides on the person P, whose decision is published.
func (sc *scene) penalise() {
	sc.t.Helper()
	sc.ids["penalty"] = sc.edu("penalty.allege", "CF-1", "2026-06-01", `{"source_kind":"sweep","subject":{"ref":"P"},"subject_type":"natural_person","committed":{"from":"2026-05-20"},"facts":"欧阳锋在家中开班"}`)
	sc.edu("penalty.file", "CF-1", "2026-06-02", `{"officers":["E1","E2"],"basis":"校外培训行政处罚暂行办法 第十八条"}`)
	sc.edu("penalty.serve-prior-notice", "CF-1", "2026-06-09", `{"content":"拟警告并罚款","facts":"有偿培训","reasons":"情节较轻","basis":[{"statute":"校外培训行政处罚暂行办法","article":"第十八条"}],"rights":["statement","defence"],"hearing_offered":false,"proposed":{"kinds":["warning","fine"],"fine_fen":100000}}`)
	sc.edu("penalty.waive-statement", "CF-1", "2026-06-10", `{}`)
	sc.by(educationOf, "E3", "penalty.decide", "CF-1", "2026-06-12", `{"kinds":["warning","fine"],"fine_fen":100000,"contravened":[{"statute":"校外培训行政处罚暂行办法","article":"第十八条","on":"2026-05-20"}],"correction":{"text":"停止培训"},"document":"新教罚〔2026〕1号","reasons":"事实清楚"}`)
	sc.edu("penalty.serve-decision", "CF-1", "2026-06-15", `{"repair_notice":true}`)
}

func (sc *scene) publishPenalty() {
	sc.t.Helper()
	sc.by(educationOf, "E3", "penalty.publish", "CF-1", "2026-06-20", `{"from":"2026-06-20","shown_as":"欧阳某"}`)
}

// quarrel is a dispute on the closure of A, with a claim.
func (sc *scene) quarrel() {
	sc.t.Helper()
	sc.ids["dispute"] = sc.edu("dispute.open", "JF-1", "2026-10-20", `{"institution":{"ref":"A"},"cause":"closure","pupils":{"n":40,"unit":"person","precision":"at_least"},"amount_fen":1200000}`)
	sc.edu("dispute.record-claim", "JF-1", "2026-10-21", `{"rank":"trainee","amount_fen":480000,"supervised_fen":80000,"claimant":"欧阳示例"}`)
	sc.edu("dispute.record-claim", "JF-1", "2026-10-21", `{"rank":"wage","amount_fen":300000,"claimant":"诸葛示例"}`)
	sc.edu("dispute.hold-meeting", "JF-1", "2026-10-22", `{"agencies":["`+educationOf+`","`+marketOf+`"]}`)
	sc.edu("dispute.distribute", "JF-1", "2026-10-30", `{"available_fen":450000}`)
}

// join opens a joint case on B of education and market supervision: both have
// written a part, and market supervision has shared it.
func (sc *scene) join() {
	sc.t.Helper()
	sc.ids["case"] = sc.edu("case.open", "LH-1", "2026-11-09", `{"institution":{"ref":"B"},"title":"退费联合处置","agencies":["`+marketOf+`","`+fireOf+`"]}`)
	sc.edu("case.tie", "LH-1", "2026-11-09", `{"ref":{"ref":"TS"},"role":"origin"}`)
	sc.edu("case.record-part", "LH-1", "2026-11-10", `{"text":"教育部门尚未公开的意见","items":["教育秘密"]}`)
	sc.by(marketOf, "M1", "case.record-part", "LH-1", "2026-11-10", `{"text":"市场监管部门的意见","items":["合同不合规"]}`)
	sc.by(marketOf, "M1", "case.share-part", "LH-1", "2026-11-11", `{}`)
	sc.edu("case.assign-task", "LH-1", "2026-11-12", `{"agency":"`+fireOf+`","text":"核查通道","due":"2026-11-20"}`)
}

// everything is the whole scene.
func everything(t *testing.T) *scene {
	t.Helper()
	sc := newScene(t)
	sc.grieve()
	sc.lot()
	sc.hold()
	sc.visit()
	sc.rectify()
	sc.publish()
	sc.covert()
	sc.penalise()
	sc.publishPenalty()
	sc.quarrel()
	sc.join()
	return sc
}

// token is one of an approver of an agency.
func (sc *scene) of(agency string) string {
	sc.t.Helper()
	if sc.token[agency] == "" {
		sc.token[agency] = sc.issue(agency, "approver", "T1")
	}
	return sc.token[agency]
}

// want compares members of an answer.
func (a answered) want(t *testing.T, members map[string]any) {
	t.Helper()
	for path, want := range members {
		if got := a.at(path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
}

// each returns a member of each item.
func (a answered) each(items, member string) (out []any) {
	for _, i := range a.at(items).([]any) {
		out = append(out, at(i, member))
	}
	return out
}

var plurals = []string{"grievances", "inspections", "rectifications", "penalties", "disputes", "escrows", "cases"}

func TestWorkIsListed(t *testing.T) {
	sc := everything(t)
	edu := sc.of(educationOf)
	a := sc.as(edu, "/api/v1/work").is(200)
	if got, want := fmt.Sprint(a.each("items", "aggregate")), "[case grievance dispute inspection rectification inspection penalty]"; got != want {
		t.Errorf("got %s, want %s, the newest first", got, want)
	}
	a.want(t, map[string]any{
		"total": 7.0, "next": nil, "as_of": "2026-11-22",
		"items/0/title": "退费联合处置", "items/0/kind": nil, "items/0/status": "open", "items/0/institution/id": sc.ids["B"], "items/0/institution/name": "新平县山水美术培训中心",
		"items/0/agency": educationOf, "items/0/agency_name": "新平彝族傣族自治县教育部门", "items/0/agencies/2": fireOf, "items/0/late": 1.0, "items/0/next_due": nil, "items/0/division/code": "530427",
		"items/1/id": sc.ids["grievance"], "items/1/number": string(sc.receipt), "items/1/kind": "complaint", "items/1/agency": marketOf, "items/1/opened": "2026-11-02", "items/1/closed": nil,
		"items/4/status": "ordered", "items/4/kind": "serious", "items/4/number": "新教改〔2026〕1号", "items/4/late": 1.0,
		"items/5/status": "published", "items/5/closed": "2026-10-12", "items/5/institution": nil, "items/6/status": "published", "items/6/number": "新教罚〔2026〕1号",
	})
	for query, want := range map[string]string{
		"aggregate=inspection":                   "inspection inspection",
		"aggregate=inspection&kind=covert":       "inspection",
		"kind=complaint":                         "grievance",
		"status=published":                       "inspection penalty",
		"standing=closed":                        "inspection",
		"standing=open&aggregate=inspection":     "inspection",
		"agency=" + marketOf:                     "grievance",
		"takes_part=" + marketOf:                 "case grievance dispute inspection",
		"institution=" + sc.ids["B"]:             "case grievance rectification inspection",
		"division=530427":                        "case grievance dispute inspection rectification inspection penalty",
		"division=53042":                         "",
		"q=退费":                                   "case grievance",
		"q=新教":                                   "rectification penalty",
		"q=ssms":                                 "case grievance rectification",
		"q=山水&standing=open&agency=" + marketOf:  "grievance",
		"q=没有的":                                  "",
		"as_of=2026-10-09":                       "inspection rectification inspection penalty",
		"as_of=2026-10-09&standing=open":         "inspection rectification inspection penalty",
		"as_of=2026-06-12&status=decided":        "penalty",
		"as_of=2026-11-02&agency=" + educationOf: "grievance dispute inspection rectification penalty",
		"as_of=2030-01-01&aggregate=case":        "case",
		"at_seq=0":                               "",
	} {
		a := sc.as(edu, "/api/v1/work?"+query)
		if query == "division=53042" {
			a.refused(403, "forbidden")
			continue
		}
		if got := strings.Trim(fmt.Sprint(a.is(200).each("items", "aggregate")), "[]"); got != want || a.at("total") != float64(len(strings.Fields(want))) {
			t.Errorf("%s: got %v %s, want %s", query, a.at("total"), got, want)
		}
	}
	for query, want := range map[string]string{
		"kind=nope": "/kind unknown_code", "status=nope": "/status unknown_code", "standing=both": "/standing unknown_code", "agency=x": "/agency unknown_agency",
		"takes_part=x": "/takes_part unknown_agency", "division=999999": "/division unknown_division", "aggregate=nope": "/aggregate unknown_code",
		"q=" + strings.Repeat("x", 101): "/q too_long", "cursor=x": "/cursor cursor", "colour=red": "/colour unknown_parameter",
	} {
		at, code, _ := strings.Cut(want, " ")
		if p := sc.as(edu, "/api/v1/work?"+query).refused(422, "invalid"); pointers(p)[at] != code {
			t.Errorf("%s: got %v, want %s", query, pointers(p), want)
		}
	}
	if p := sc.as(edu, "/api/v1/cases?kind=open").refused(422, "invalid"); pointers(p)["/kind"] != "unknown_code" {
		t.Errorf("got %v", p)
	}
}

func TestAListShowsAPastMoment(t *testing.T) {
	sc := everything(t)
	edu := sc.of(educationOf)
	sc.as(edu, "/api/v1/rectifications?as_of=2026-09-30").is(200).want(t, map[string]any{"items/0/status": "ordered", "items/0/late": 0.0, "items/0/next_due": "2026-10-15", "as_of": "2026-09-30"})
	before := sc.as(edu, "/api/v1/work").at("at_seq").(float64)
	sc.edu("rectification.report", "ZG-1", "2026-10-20", `{"items":[1],"statement":"已清理"}`)
	sc.as(edu, "/api/v1/rectifications").is(200).want(t, map[string]any{"items/0/status": "reported"})
	sc.as(edu, fmt.Sprintf("/api/v1/rectifications?at_seq=%.0f", before)).is(200).want(t, map[string]any{"items/0/status": "ordered", "items/0/late": 1.0, "at_seq": before})
	sc.as(edu, "/api/v1/rectifications?as_of=2026-10-16").is(200).want(t, map[string]any{"items/0/status": "ordered", "items/0/late": 1.0})
	sc.as(edu, "/api/v1/rectifications/"+sc.ids["rectification"]+"?as_of=2026-10-16").is(200).want(t, map[string]any{"status": "ordered", "reports/0": nil, "clocks/0/state": "late", "clocks/0/missed_on": nil})
	sc.as(edu, "/api/v1/rectifications/"+sc.ids["rectification"]).is(200).want(t, map[string]any{"status": "reported", "reports/0/statement": "已清理", "clocks/0/state": "ended", "clocks/0/late": true})
}

func TestAListOfWorkIsPaged(t *testing.T) {
	sc := everything(t)
	edu, n := sc.of(educationOf), 0
	for _, query := range []string{"", "q=新平", "as_of=2026-11-12"} {
		path := "/api/v1/work?" + query
		whole := sc.as(edu, path).is(200)
		var ids []any
		next := path + "&limit=2"
		for next != "" {
			a := sc.as(edu, next).is(200)
			ids = append(ids, a.each("items", "id")...)
			if a.at("total") != whole.at("total") || len(a.at("items").([]any)) > 2 {
				t.Fatalf("%s: got %s", next, a.body)
			}
			next = ""
			if c, ok := a.at("next").(string); ok {
				next = "/api/v1/work?limit=2&cursor=" + c
				n++ // what is opened between the pages does not come into the walk
				sc.edu("rectification.order", fmt.Sprintf("N-%d", n), "2026-11-11", `{"institution":{"ref":"A"},"items":[{"item":"safety","text":"新平"}],"due":"2026-12-15","basis":"x"}`)
			}
		}
		if want := whole.each("items", "id"); fmt.Sprint(ids) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want %v", path, ids, want)
		}
	}
}

func TestTheFilesOfWorkHaveTheSameRows(t *testing.T) {
	sc := everything(t)
	columns := map[string]string{"aggregate": "aggregate", "id": "id", "number": "number", "title": "title", "kind": "kind", "status": "status", "institution_id": "institution/id",
		"institution_name": "institution/name", "division_code": "division/code", "agency": "agency", "agency_name": "agency_name", "opened": "opened", "closed": "closed", "late": "late", "next_due": "next_due"}
	bearer := "Bearer " + sc.of(educationOf)
	for _, path := range []string{"/api/v1/work?", "/api/v1/work?standing=open", "/api/v1/work?q=新平", "/api/v1/grievances?", "/api/v1/inspections?", "/api/v1/rectifications?", "/api/v1/disputes?", "/api/v1/cases?"} {
		sc.sameRows(path, bearer, "items", 17, columns)
	}
	sc.sameRows("/api/v1/inspections?", "", "items", 17, columns)
	published := map[string]string{"number": "number", "institution_name": "institution/name", "shown_as": "published/shown_as", "decided_on": "published/decided_on", "penalty_kinds": "",
		"fine_fen": "published/sanction/fine_fen", "tier": "published/tier", "published_from": "published/from", "published_max_until": "published/max_until"}
	delete(published, "penalty_kinds")
	sc.sameRows("/api/v1/penalties?", "", "items", 28, published)
	if zh := sc.table("/api/v1/work.csv?labels=zh&aggregate=case", bearer); zh[0][0] != "事项种类" || zh[1][0] != "联合案件" || zh[1][5] != "办理中" {
		t.Errorf("got %v", zh)
	}
}

// TestWhatIsNotPublishedIsForAgenciesOfTheDivision asks for every kind of work as
// the public, as a neighbour and as an agency above.
func TestWhatIsNotPublishedIsForAgenciesOfTheDivision(t *testing.T) {
	sc := everything(t)
	above, beside := sc.of(prefectureOf), sc.of(neighbourOf)
	for plural, names := range map[string][]string{
		"grievances": {"grievance"}, "rectifications": {"rectification"}, "disputes": {"dispute"}, "cases": {"case"},
	} {
		sc.get("/api/v1/"+plural).refused(401, "unauthenticated")
		sc.as(beside, "/api/v1/"+plural).is(200).want(t, map[string]any{"total": 0.0})
		sc.as(beside, "/api/v1/"+plural+"?division=530427").refused(403, "forbidden")
		sc.as(beside, "/api/v1/"+plural+"?division=530400").refused(403, "forbidden")
		sc.as(above, "/api/v1/"+plural).is(200).want(t, map[string]any{"total": 1.0})
		for _, name := range names {
			for _, tail := range []string{"", "/events"} {
				path := "/api/v1/" + plural + "/" + sc.ids[name] + tail
				sc.get(path).refused(401, "unauthenticated")
				sc.as(beside, path).refused(404, "not_found")
				sc.as(above, path).is(200)
			}
		}
	}
	for _, plural := range plurals {
		unknown := sc.as(above, "/api/v1/"+plural+"/01JBR00001ZJBEK0EC3KSYAV2Z").refused(404, "not_found")
		sc.as(above, "/api/v1/"+plural+"/nope").refused(404, "not_found")
		sc.as(above, "/api/v1/"+plural+"/"+sc.ids["A"]).refused(404, "not_found") // an institution
		if name := strings.TrimSuffix(plural, "s"); sc.ids[name] != "" {
			hidden := sc.as(beside, "/api/v1/"+plural+"/"+sc.ids[name]).refused(404, "not_found")
			if strings.ReplaceAll(hidden["detail"].(string), sc.ids[name], "") != strings.ReplaceAll(unknown["detail"].(string), "01JBR00001ZJBEK0EC3KSYAV2Z", "") {
				t.Errorf("got %v of what is hidden and %v of what is unknown", hidden["detail"], unknown["detail"])
			}
		}
	}
	sc.get("/api/v1/work").refused(401, "unauthenticated")
	sc.as(beside, "/api/v1/work").is(200).want(t, map[string]any{"total": 0.0})
	sc.as(above, "/api/v1/work").is(200).want(t, map[string]any{"total": 7.0})
}

func TestWorkThatOneAgencyKeepsToItselfIsSeenByNobodyElse(t *testing.T) {
	sc := newScene(t)
	sc.ids["secret"] = sc.edu("rectification.order", "MM-1", "2026-11-10", `{"institution":{"ref":"A"},"items":[{"item":"safety","text":"不公开的事项"}],"due":"2026-12-15","basis":"x"}`, `"visibility":"agency",`)
	sc.rectifyPlain()
	path := "/api/v1/rectifications/" + sc.ids["secret"]
	sc.as(sc.of(educationOf), path).is(200)
	sc.as(sc.of(educationOf), "/api/v1/rectifications?limit=1").is(200).want(t, map[string]any{"items/0/id": sc.ids["secret"], "total": 2.0})
	market := sc.of(marketOf)
	for _, p := range []string{path, path + "/events"} {
		sc.as(market, p).refused(404, "not_found")
		sc.as(sc.of(prefectureOf), p).refused(404, "not_found")
	}
	sc.as(market, "/api/v1/rectifications?limit=1").is(200).want(t, map[string]any{"items/0/id": sc.ids["plain"], "next": nil})
	sc.as(market, "/api/v1/rectifications?q=不公开").is(200).want(t, map[string]any{"total": 0.0})
	if a := sc.as(market, "/api/v1/institutions/"+sc.ids["A"]+"/work").is(200); bytes.Contains(a.body, []byte("不公开")) || a.at("open") != 1.0 {
		t.Errorf("got %s", a.body)
	}
}

func (sc *scene) rectifyPlain() {
	sc.t.Helper()
	sc.ids["plain"] = sc.edu("rectification.order", "MM-2", "2026-11-09", `{"institution":{"ref":"A"},"items":[{"item":"safety","text":"公开的事项"}],"due":"2026-12-15","basis":"x"}`)
}

func TestWorkThatWasNotThereIsNotFound(t *testing.T) {
	sc := everything(t)
	edu := sc.of(educationOf)
	path := "/api/v1/disputes/" + sc.ids["dispute"]
	if p := sc.as(edu, path+"?as_of=2026-10-19").refused(404, "not_found"); !strings.Contains(p["detail"].(string), "2026-10-20") {
		t.Errorf("got %v", p)
	}
	sc.as(edu, path+"?at_seq=5").refused(404, "not_found")
	sc.as(edu, path+"?as_of=2026-10-20").is(200).want(t, map[string]any{"claims/0": nil, "status": "open", "as_of": "2026-10-20"})
	seq := sc.as(edu, path+"/events").at("items/0/seq").(float64)
	sc.edu("dispute.annul", "JF-1", "2026-11-20", fmt.Sprintf(`{"target_seq":%.0f,"reason":"重复登记"}`, seq))
	sc.as(edu, path).refused(410, "erased")
	sc.as(edu, "/api/v1/disputes").is(200).want(t, map[string]any{"total": 0.0})
	sc.as(edu, path+"/events").refused(410, "erased")
}

func TestASingleRecordHasAValidator(t *testing.T) {
	sc := everything(t)
	edu := sc.of(educationOf)
	path := "/api/v1/disputes/" + sc.ids["dispute"]
	a := sc.as(edu, path).is(200)
	tag := a.header.Get("ETag")
	if !strings.HasPrefix(tag, fmt.Sprintf(`"%.0f-`, a.at("version"))) {
		t.Fatalf("got the tag %s of version %v", tag, a.at("version"))
	}
	if a.header.Get("Cache-Control") == "" || !strings.Contains(a.header.Get("Cache-Control"), "private") {
		t.Errorf("got %s, want it kept from shared caches", a.header.Get("Cache-Control"))
	}
	sc.enrol("fresh") // an unrelated act
	sc.get(path, "Authorization", "Bearer "+edu, "If-None-Match", tag).is(304)
	sc.act(edu, path+"/route", `{"effective":"2026-11-01","body":{"to":["court"]}}`, "If-Match", tag).is(200)
	sc.get(path, "Authorization", "Bearer "+edu, "If-None-Match", tag).is(200)
	sc.act(edu, path+"/route", `{"effective":"2026-11-02","body":{"to":["police"]}}`, "If-Match", tag).refused(412, "stale")
}

func TestTheHistoryOfWork(t *testing.T) {
	sc := everything(t)
	path := "/api/v1/cases/" + sc.ids["case"] + "/events"
	a := sc.as(sc.of(marketOf), path).is(200)
	if got, want := fmt.Sprint(a.each("items", "event")), "[case.opened case.tied case.part_recorded case.part_shared case.task_assigned]"; got != want {
		t.Errorf("got %s, want %s: without the part of education", got, want)
	}
	a.want(t, map[string]any{"total": 5.0, "items/2/agency": marketOf, "items/0/subject": sc.ids["case"], "items/0/visibility": "joint", "items/2/visibility": "agency"})
	if first := sc.as(sc.of(marketOf), path+"?limit=2").is(200); first.at("next") == nil || len(first.at("items").([]any)) != 2 {
		t.Errorf("got %s", first.body)
	}
	if old := sc.as(sc.of(marketOf), path+"?as_of=2026-11-09").is(200); len(old.at("items").([]any)) != 2 {
		t.Errorf("got %s", old.body)
	}
	whole := sc.as(sc.of(educationOf), "/api/v1/institutions/"+sc.ids["B"]+"/events").is(200)
	if got := fmt.Sprint(whole.each("items", "event")); !strings.Contains(got, "grievance.received") || !strings.Contains(got, "case.opened") {
		t.Errorf("got %s, want the work about it in the history of an institution", got)
	}
	public := sc.get("/api/v1/institutions/" + sc.ids["B"] + "/events").is(200)
	for _, event := range public.each("items", "event") {
		if e := event.(string); strings.HasPrefix(e, "grievance.") || strings.HasPrefix(e, "case.") || e == "inspection.visit_recorded" {
			t.Errorf("got %s in what the public reads", e)
		}
	}
}

func TestTheWorkAboutAnInstitution(t *testing.T) {
	sc := everything(t)
	path := "/api/v1/institutions/" + sc.ids["B"] + "/work"
	a := sc.as(sc.of(fireOf), path).is(200)
	a.want(t, map[string]any{
		"institution/id": sc.ids["B"], "institution/name": "新平县山水美术培训中心", "as_of": "2026-11-22",
		"by_aggregate/0/aggregate": "grievance", "by_aggregate/0/title": "投诉举报", "by_aggregate/0/open": 1.0, "by_aggregate/0/items/0/id": sc.ids["grievance"],
		"by_aggregate/0/items/0/clocks/0/clock": "complaint_mediation", "by_aggregate/0/items/0/address": "/api/v1/grievances/" + sc.ids["grievance"],
		"by_aggregate/1/closed": 1.0, "by_aggregate/6/late": 1.0, "by_aggregate/6/items/0/clocks/0/clock": "task_due", "by_aggregate/6/items/0/clocks/0/part": "1",
		"by_aggregate/6/items/0/clocks/0/state": "late", "by_aggregate/6/items/0/clocks/0/due": "2026-11-20", "by_aggregate/6/items/0/clocks/0/agency": fireOf,
	})
	open, closed := 0.0, 0.0
	for i := range plurals {
		open += a.at(fmt.Sprintf("by_aggregate/%d/open", i)).(float64)
		closed += a.at(fmt.Sprintf("by_aggregate/%d/closed", i)).(float64)
	}
	if a.at("open") != open || a.at("closed") != closed || open+closed < 3 {
		t.Errorf("got %v and %v, want the sums of the kinds, %v and %v", a.at("open"), a.at("closed"), open, closed)
	}
	old := sc.as(sc.of(fireOf), path+"?as_of=2026-11-04").is(200)
	old.want(t, map[string]any{"by_aggregate/0/items/0/status": "transferred", "by_aggregate/6/items/0": nil})
	sc.get(path).refused(401, "unauthenticated")
	sc.as(sc.of(neighbourOf), path).refused(403, "forbidden")
	sc.as(sc.of(educationOf), "/api/v1/institutions/nope/work").refused(404, "not_found")
}

// TestEveryKindOfWorkHasItsAddresses holds the kinds of answers against the
// aggregates of the register.
func TestEveryKindOfWorkHasItsAddresses(t *testing.T) {
	byName := map[string]string{}
	for _, a := range register.Aggregates {
		byName[a.Name] = a.Plural
	}
	var got []string
	for _, k := range answer.WorkKinds {
		if byName[k.Aggregate] != k.Plural {
			t.Errorf("%s: got %s, want %s", k.Aggregate, k.Plural, byName[k.Aggregate])
		}
		got = append(got, k.Plural)
	}
	if !slices.Equal(got, plurals) {
		t.Errorf("got %v, want %v", got, plurals)
	}
}

func TestWorkIsWhatTheDescriptionSays(t *testing.T) {
	sc := everything(t)
	c, _ := schemas(t, sc.fixture)
	check := func(path, request, token string) {
		t.Helper()
		s, err := c.Compile(pointer("paths", path, "get", "responses", "200", "content", "application/json", "schema"))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if token != "" {
			token = "Bearer " + token
		}
		body := sc.get("/api/v1"+request, "Authorization", token).is(200).body
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: %v\n%s", request, err, body)
		}
	}
	edu, fire := sc.of(educationOf), sc.of(fireOf)
	for plural, names := range map[string][]string{
		"grievances": {"grievance"}, "inspections": {"random", "covert"}, "rectifications": {"rectification"}, "penalties": {"penalty"}, "disputes": {"dispute"}, "cases": {"case"},
	} {
		check("/api/v1/"+plural, "/"+plural, edu)
		for _, name := range names {
			for _, token := range []string{edu, fire} {
				check("/api/v1/"+plural+"/{id}", "/"+plural+"/"+sc.ids[name], token)
				check("/api/v1/"+plural+"/{id}/events", "/"+plural+"/"+sc.ids[name]+"/events", token)
			}
		}
	}
	check("/api/v1/inspections", "/inspections", "")
	check("/api/v1/penalties", "/penalties", "")
	check("/api/v1/penalties/{id}", "/penalties/"+sc.ids["penalty"], "")
	for _, token := range []string{"", edu} {
		for _, tail := range []string{"", "/draw", "/visits", "/findings"} {
			check("/api/v1/inspections/{id}"+tail, "/inspections/"+sc.ids["random"]+tail, token)
		}
	}
	check("/api/v1/work", "/work", edu)
	check("/api/v1/institutions/{id}/work", "/institutions/"+sc.ids["B"]+"/work", edu)
	check("/api/v1/institutions/{id}/risk", "/institutions/"+sc.ids["B"]+"/risk", edu)
}
