package api_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// organisation fills the register with who acts in the county of Xinping and what
// was issued there, and with an agency of the county of Yimen.
func (f *fixture) organisation() (institution string) {
	f.t.Helper()
	institution = f.enrol("A")
	person := f.reg.Do(`{"act":"institution.register","division":"530427","target":{"ref":"P"},"effective":"2024-01-05","body":{"names":["欧阳锋"],"kind":"natural_person","mode":"offline","address":"桂山街道平山路9号","class":"subject","audiences":["compulsory"]}}`).ID
	do := func(act, effective, body string, more ...string) {
		f.t.Helper()
		f.reg.Do(`{"act":"jurisdiction.` + act + `","division":"530427","effective":"` + effective + `",` + strings.Join(more, "") + `"body":{` + body + `}}`)
	}
	f.reg.Do(`{"act":"jurisdiction.register-agency","division":"530425","effective":"2024-01-01","body":{"agency":"530425-education","name":"易门县教育体育局","status":"full"}}`)
	do("register-agency", "2024-01-01", `"agency":"530427-education","name":"新平县教育体育局","status":"full","competences":["校外培训监管"]`)
	do("register-agency", "2024-02-01", `"agency":"530427-sports","name":"新平县体育中心","status":"acting"`)
	do("close-agency", "2026-05-01", `"agency":"530427-sports","reason":"职责并入教育体育局"`)
	do("register-officer", "2024-01-02", `"officer":"A1","agency":"530427-education","credential":"滇F0401","field":"教育","until":"2026-12-31","person":"张三"`)
	do("register-officer", "2024-01-02", `"officer":"A2","agency":"530427-education","credential":"滇F0402"`)
	do("retire-officer", "2026-06-01", `"officer":"A2","reason":"调离"`)
	do("form-task-force", "2024-03-01", `"name":"双减专班","lead":"530427-education","members":[{"agency":"530427-market_regulation","role":"assist"}]`)
	do("assign-area-team", "2024-03-05", `"area":"桂山片区","lead":"A1","members":["局领导一"]`)
	do("hold-joint-conference", "2026-09-01", `"sequence":1,"agencies":["530427-education","530427-market_regulation"],"resolutions":["统一检查口径","公布举报电话","开展培训"]`)
	do("set-resolution", "2026-09-02", `"sequence":1,"resolution":1,"agency":"530427-education","due":"2026-10-01"`)
	do("set-resolution", "2026-09-02", `"sequence":1,"resolution":2,"agency":"530427-market_regulation","due":"2026-10-15"`)
	do("follow-up-resolution", "2026-10-08", `"sequence":1,"resolution":1,"result":"已印发","done":true`)
	do("hold-joint-conference", "2026-11-01", `"sequence":2,"agencies":["530427-education"]`)
	do("publish-hotline", "2024-04-01", `"agency":"530427-education","number":"0877-7011234","hours":"工作日 8:30-17:30"`)
	do("publish-hotline", "2026-04-01", `"agency":"530427-education","number":"0877-7015678","hours":"24小时"`)
	do("publish-hotline", "2026-04-01", `"agency":"530427-market_regulation","number":"12315","hours":"24小时"`)
	do("register-document", "2024-05-01", `"doc_no":"新教办〔2024〕5号","title":"校外培训管理办法","issuer":"新平县教育体育局","status":"in_force"`)
	do("register-document", "2026-05-01", `"doc_no":"新教办〔2024〕5号","title":"校外培训管理办法","issuer":"新平县教育体育局","status":"ended"`)
	do("register-document", "2026-11-01", `"title":"五个管起来细则","issuer":"新平县教育体育局","status":"draft"`, `"visibility":"joint",`)
	do("hold-training", "2026-07-28", `"topic":"消防安全","occasions":{"n":13,"unit":"occasion"},"attendees":{"n":2400,"unit":"person","precision":"at_least"},"institutions":[{"id":"`+institution+`"},{"id":"`+person+`"}]`)
	do("hold-training", "2026-08-01", `"topic":"法规学习","occasions":{"n":1,"unit":"occasion"}`)
	do("publish-notice", "2026-08-20", `"audience":"parents","title":"致家长的一封信","media":["微信公众号","学校"]`)
	return institution
}

// listed checks members of an answer.
func (a answered) listed(want map[string]any) {
	a.t.Helper()
	a.is(200)
	for path, w := range want {
		if got := a.at(path); got != w {
			a.t.Errorf("%s: got %v, want %v in %s", path, got, w, a.body)
		}
	}
}

func TestWhoActsInADivision(t *testing.T) {
	f := newFixture(t)
	f.organisation()
	head, _ := f.reg.Log.Head(t.Context())
	f.get("/api/v1/organisation/agencies?division=530427").listed(map[string]any{
		"division": "530427", "total": 1.0, "next": nil, "as_of": "2026-11-22", "at_seq": float64(head), "scheduled": nil,
		"items/0/division/code": "530427", "items/0/division/name": "新平彝族傣族自治县", "items/0/agency": educationOf, "items/0/name": "新平县教育体育局", "items/0/status": "full",
		"items/0/competences/0": "校外培训监管", "items/0/from": "2024-01-01",
	})
	f.get("/api/v1/organisation/agencies?division=530427&as_of=2026-04-30").listed(map[string]any{"total": 2.0, "items/1/agency": "530427-sports", "items/1/status": "acting"})
	f.get("/api/v1/organisation/agencies?division=5304").listed(map[string]any{"total": 2.0, "items/0/agency": "530425-education", "items/1/agency": educationOf})
	f.get("/api/v1/organisation/agencies?division=11").listed(map[string]any{"total": 0.0, "items/0": nil})
	f.get("/api/v1/organisation/agencies?at_seq=1").listed(map[string]any{"total": 0.0, "at_seq": 1.0})
	f.get("/api/v1/organisation/task-forces?division=530427").listed(map[string]any{
		"total": 1.0, "items/0/name": "双减专班", "items/0/lead": educationOf, "items/0/lead_name": "新平县教育体育局", "items/0/members/0/role": "lead",
		"items/0/members/1/agency": marketOf, "items/0/members/1/name": "新平彝族傣族自治县市场监管部门", "items/0/members/1/role": "assist", "items/0/from": "2024-03-01",
	})
}

func TestOfficersAreNumbersForThoseWithAToken(t *testing.T) {
	f := newFixture(t)
	f.organisation()
	f.get("/api/v1/organisation/officers").refused(401, "unauthenticated")
	a := f.as(f.bureau(), "/api/v1/organisation/officers?division=530427")
	a.listed(map[string]any{
		"total": 1.0, "items/0/officer": "A1", "items/0/agency": educationOf, "items/0/agency_name": "新平县教育体育局", "items/0/credential": "滇F0401", "items/0/field": "教育",
		"items/0/from": "2024-01-02", "items/0/until": "2026-12-31", "items/0/person": nil,
	})
	if text := string(a.body); strings.Contains(text, "张三") || strings.Contains(text, `"box"`) {
		t.Errorf("got %s, want no name and nothing sealed", text)
	}
	f.as(f.bureau(), "/api/v1/organisation/officers?division=530427&as_of=2026-05-31").listed(map[string]any{"total": 2.0, "items/1/officer": "A2", "items/1/until": "2026-05-31"})
	f.as(f.bureau(), "/api/v1/organisation/officers?division=530427&as_of=2027-01-01").listed(map[string]any{"total": 0.0, "scheduled": true})
	f.get("/api/v1/organisation/areas?division=530427").listed(map[string]any{
		"total": 1.0, "items/0/area": "桂山片区", "items/0/lead": nil, "items/0/members/0": "局领导一", "items/0/members/1": nil, "items/0/size": 2.0,
	})
	f.as(f.bureau(), "/api/v1/organisation/areas?division=530427").listed(map[string]any{"items/0/lead": "A1", "items/0/members/0": "局领导一", "items/0/size": 2.0})
}

func TestConferencesTellWhatBecameOfTheirResolutions(t *testing.T) {
	f := newFixture(t)
	f.organisation()
	path := "/api/v1/organisation/conferences?division=530427"
	f.get(path).listed(map[string]any{
		"total": 2.0, "items/0/sequence": 1.0, "items/0/on": "2026-09-01", "items/0/agencies/1": marketOf,
		"items/0/resolutions/0/number": 1.0, "items/0/resolutions/0/text": "统一检查口径", "items/0/resolutions/0/agency": educationOf, "items/0/resolutions/0/agency_name": "新平县教育体育局",
		"items/0/resolutions/0/set": "2026-09-02", "items/0/resolutions/0/due": "2026-10-01", "items/0/resolutions/0/done": "2026-10-08", "items/0/resolutions/0/late": true,
		"items/0/resolutions/0/follow_ups/0/result": "已印发", "items/0/resolutions/1/done": nil, "items/0/resolutions/1/late": true,
		"items/0/resolutions/2/agency": nil, "items/0/resolutions/2/due": nil, "items/0/resolutions/2/late": false,
		"items/1/sequence": 2.0, "items/1/resolutions/0": nil,
	})
	f.get(path + "&as_of=2026-10-01").listed(map[string]any{
		"total": 1.0, "items/0/resolutions/0/done": nil, "items/0/resolutions/0/late": false, "items/0/resolutions/0/follow_ups/0": nil, "items/0/resolutions/1/late": false,
	})
	f.get(path + "&as_of=2026-09-01").listed(map[string]any{"items/0/resolutions/0/agency": nil, "items/0/resolutions/0/due": nil})
	table := f.table("/api/v1/organisation/conferences.csv?division=530427", "")
	if len(table) != 5 || table[1][slices.Index(table[0], "text")] != "统一检查口径" || table[2][slices.Index(table[0], "late")] != "1" || table[4][slices.Index(table[0], "number")] != "" {
		t.Errorf("got %v, want a row for each resolution, and one for the conference without", table)
	}
	text := string(f.get("/api/v1/organisation/conferences.csv?division=530427&labels=zh&bom=0").is(200).body)
	if !strings.HasPrefix(text, "区划代码,区划名称,会议次数,会议日") {
		t.Errorf("got %s", text)
	}
}

func TestWhatADivisionIssued(t *testing.T) {
	f := newFixture(t)
	institution := f.organisation()
	f.get("/api/v1/organisation/hotlines?division=530427").listed(map[string]any{
		"total": 2.0, "items/0/agency": educationOf, "items/0/agency_name": "新平县教育体育局", "items/0/number": "0877-7015678", "items/0/hours": "24小时", "items/0/from": "2026-04-01",
		"items/1/number": "12315",
	})
	f.get("/api/v1/organisation/hotlines?division=530427&as_of=2025-01-01").listed(map[string]any{"total": 1.0, "items/0/number": "0877-7011234"})
	f.get("/api/v1/organisation/hotlines?division=530427", "Accept-Language", "en").listed(map[string]any{"items/0/agency_name": "education, 新平彝族傣族自治县"})
	f.get("/api/v1/organisation/documents?division=530427").listed(map[string]any{
		"total": 1.0, "items/0/doc_no": "新教办〔2024〕5号", "items/0/title": "校外培训管理办法", "items/0/status": "ended", "items/0/from": "2026-05-01",
	})
	f.get("/api/v1/organisation/documents?as_of=2025-01-01").listed(map[string]any{"total": 1.0, "items/0/status": "in_force"})
	f.get("/api/v1/organisation/trainings?division=530427").listed(map[string]any{
		"total": 2.0, "items/0/on": "2026-07-28", "items/0/topic": "消防安全", "items/0/occasions/n": 13.0, "items/0/occasions/unit": "occasion", "items/0/occasions/precision": "exact",
		"items/0/attendees/n": 2400.0, "items/0/attendees/precision": "at_least", "items/0/institutions/0/id": institution, "items/0/institutions/0/name": "新平县启航培训学校",
		"items/0/institutions/1/name": "欧阳*", "items/1/attendees": nil, "items/1/institutions/0": nil,
	})
	f.get("/api/v1/organisation/trainings?division=530427&as_of=2026-07-27").listed(map[string]any{"total": 0.0})
	f.get("/api/v1/organisation/notices?division=530427").listed(map[string]any{
		"total": 1.0, "items/0/on": "2026-08-20", "items/0/audience": "parents", "items/0/title": "致家长的一封信", "items/0/media/1": "学校",
	})
}

func TestWhatIsNotPublishedIsShownToItsReadersOnly(t *testing.T) {
	f := newFixture(t)
	f.organisation()
	path := "/api/v1/organisation/documents?division=530427"
	market, yimen := f.issue(marketOf, "handler", "M1"), f.issue("530425-education", "approver", "Y1")
	f.as(market, path).listed(map[string]any{"total": 2.0, "items/1/title": "五个管起来细则", "items/1/doc_no": nil, "items/1/status": "draft"})
	f.as(yimen, path).listed(map[string]any{"total": 1.0})
	if text := string(f.get("/api/v1/organisation/documents.csv").is(200).body); strings.Contains(text, "五个管起来") {
		t.Errorf("got %s", text)
	}
}

func TestAFactThatWasAnnulledIsShownToNobody(t *testing.T) {
	f := newFixture(t)
	seq := f.reg.Do(`{"act":"jurisdiction.publish-notice","division":"530427","effective":"2026-08-20","body":{"audience":"parents","title":"误发的信"}}`).Seq
	path := "/api/v1/organisation/notices?division=530427"
	f.get(path).listed(map[string]any{"total": 1.0})
	f.reg.Do(`{"act":"jurisdiction.annul","division":"530427","effective":"2026-08-21","visibility":"agency","body":{"target_seq":` + ident2(seq) + `,"reason":"误发"}}`)
	f.get(path).listed(map[string]any{"total": 0.0})
	f.get(path + "&at_seq=" + ident2(seq)).listed(map[string]any{"total": 1.0})
}

func TestPagesAndFilesOfTheOrganisation(t *testing.T) {
	f := newFixture(t)
	f.organisation()
	first := f.get("/api/v1/organisation/hotlines?division=530427&limit=1").is(200)
	next, _ := first.at("next").(string)
	if first.at("total") != 2.0 || !strings.Contains(first.header.Get("Link"), `rel="next"`) {
		t.Fatalf("got %s", first.body)
	}
	f.get("/api/v1/organisation/hotlines?limit=1&cursor=" + next).listed(map[string]any{"total": 2.0, "items/0/number": "12315", "items/1": nil, "next": nil, "division": "530427"})
	f.get("/api/v1/organisation/notices?cursor="+next).refused(422, "invalid")
	if again := f.get("/api/v1/organisation/hotlines?division=530427&limit=1", "If-None-Match", first.header.Get("ETag")); again.status != 304 {
		t.Errorf("got %d, want it not modified", again.status)
	}
	token := "Bearer " + f.bureau()
	division := map[string]string{"division_code": "division/code", "division_name": "division/name", "from": "from"}
	for path, c := range map[string]struct {
		width   int
		columns map[string]string
	}{
		"agencies":    {7, map[string]string{"agency": "agency", "name": "name", "status": "status", "competences": "competences/0"}},
		"officers":    {9, map[string]string{"officer": "officer", "credential": "credential", "until": "until"}},
		"task-forces": {7, map[string]string{"name": "name", "lead": "lead"}},
		"areas":       {7, map[string]string{"area": "area", "lead": "lead", "size": "size"}},
		"hotlines":    {7, map[string]string{"agency": "agency", "number": "number", "hours": "hours"}},
		"documents":   {7, map[string]string{"doc_no": "doc_no", "title": "title", "status": "status"}},
		"trainings":   {9, map[string]string{"topic": "topic", "occasions": "occasions/n", "attendees": "attendees/n", "attendees_precision": "attendees/precision", "division_code": "division/code"}},
		"notices":     {6, map[string]string{"audience": "audience", "title": "title", "on": "on", "division_code": "division/code"}},
	} {
		t.Run(path, func(t *testing.T) {
			if path != "trainings" && path != "notices" {
				for name, at := range division {
					c.columns[name] = at
				}
			}
			f.sameRows("/api/v1/organisation/"+path+"?division=53", token, "items", c.width, c.columns)
		})
	}
	for query, pointer := range map[string]string{"division=539999": "/division", "limit=0": "/limit", "as_of=x": "/as_of", "agency=x": "/agency"} {
		if p := f.get("/api/v1/organisation/agencies?"+query).refused(422, "invalid"); pointers(p)[pointer] == "" {
			t.Errorf("%s: got %v, want a fault at %s", query, p, pointer)
		}
	}
}

func TestWhoMayReadIsTold(t *testing.T) {
	f := newFixture(t)
	auditor, market := f.issue("530000-education", "auditor", "U1"), f.issue(marketOf, "handler", "M1")
	path := "/api/v1/authority/sight"
	f.get(path).listed(map[string]any{
		"division": nil, "agency": nil, "role": nil, "items/0/visibility": "public", "items/0/title": "公开", "items/0/relations/0/relation": "anyone", "items/0/relations/0/label": "任何人",
		"items/0/may_read": true, "items/1/visibility": "joint", "items/1/may_read": false, "items/2/may_read": false, "items/2/may_read_own": false,
		"items/2/relations/0/relation": "recording", "items/2/relations/1/relation": "auditing", "items/3/visibility": "sealed", "items/3/may_read": false, "items/3/relations/0": nil, "items/4": nil,
	})
	f.as(market, path).listed(map[string]any{"division": "530427", "agency": marketOf, "role": "handler", "items/1/may_read": true, "items/2/may_read": false, "items/2/may_read_own": true, "items/3/may_read_own": false})
	f.as(market, path+"?visibility=joint&division=530425").listed(map[string]any{"items/0/visibility": "joint", "items/0/may_read": false, "items/1": nil})
	f.as(auditor, path+"?visibility=agency&division=530427").listed(map[string]any{"items/0/visibility": "agency", "items/0/may_read": true})
	for query, pointer := range map[string]string{"visibility=all": "/visibility", "division=53": "/division", "division=x": "/division"} {
		if p := f.get(path+"?"+query).refused(422, "invalid"); pointers(p)[pointer] == "" {
			t.Errorf("%s: got %v, want a fault at %s", query, p, pointer)
		}
	}
}

func TestAnswersAboutWorkAreWhatTheDescriptionSays(t *testing.T) {
	for name, c := range map[string]struct {
		fill  func(*fixture)
		paths []string
	}{
		"clocks":  {func(f *fixture) { f.deadlines() }, []string{"due", "due?officer=me", "due/counts", "due/counts?division=530427"}},
		"figures": {(*fixture).complaints, []string{"figures", "figures?division=530427&from=2026-10-01", "figures/durations", "figures/durations?agency=" + educationOf, "figures/funnel"}},
		"the organisation": {func(f *fixture) { f.organisation() }, []string{
			"organisation/agencies", "organisation/officers", "organisation/task-forces", "organisation/areas", "organisation/conferences", "organisation/hotlines", "organisation/documents",
			"organisation/trainings", "organisation/notices", "authority/sight", "figures", "figures/durations",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			c.fill(f)
			compiler, _ := schemas(t, f)
			for _, path := range c.paths {
				address, _, _ := strings.Cut("/api/v1/"+path, "?")
				s, err := compiler.Compile(pointer("paths", address, "get", "responses", "200", "content", "application/json", "schema"))
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				for _, a := range []answered{f.get("/api/v1/" + path), f.as(f.bureau(), "/api/v1/"+path).is(200)} {
					v, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.body))
					if err != nil {
						t.Fatal(err)
					}
					if err := s.Validate(v); err != nil && a.status == 200 {
						t.Errorf("%s: %v\n%s", path, err, a.body)
					}
				}
			}
		})
	}
}
