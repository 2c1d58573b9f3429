package api_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"minglu/api"
	"minglu/domain/ident"
)

func TestAnInstitutionIsShown(t *testing.T) {
	f := newFixture(t)
	ids := f.story()
	a := f.get("/api/v1/institutions/" + ids["B"]).is(200)
	for path, want := range map[string]any{
		"id": ids["B"], "ref": "B", "name": "新平县山水美术培训中心", "names/0": "新平县山水美术培训中心", "kind": "institution", "mode": "offline",
		"division/code": "530427", "division/name": "新平彝族傣族自治县", "division/full_name": "云南省玉溪市新平彝族傣族自治县",
		"class": "non_subject", "categories/0": "culture_arts", "audiences/0": "compulsory",
		"licences/0/number": "新文审〔2020〕2号", "licences/0/state": "valid", "licences/0/valid_to": "2031-03-01",
		"legal_registration/form": "company", "documents": "complete",
		"standing": "white", "standing_since": "2020-05-06", "standing_reason": "符合白名单条件", "standing_basis/document_no": "新教名〔2020〕1号",
		"advice": "主管部门已把它列入白名单，可以报名，缴费只付入监管账户，不要付给个人。",
		"status": "operating", "version": 4.0, "as_of": "2026-11-22", "at_seq": 18.0, "uscc": nil, "scheduled": nil,
	} {
		if got := a.at(path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	if got := a.header.Get("Minglu-Seq"); got != "18" {
		t.Errorf("got the position %s", got)
	}
	english := f.get("/api/v1/institutions/"+ids["B"], "Accept-Language", "en-GB, zh;q=0.4").is(200)
	if got := english.at("advice"); !strings.HasPrefix(got.(string), "The authority has put it on the white list") {
		t.Errorf("got %v", got)
	}
}

func TestEveryReadTakesADayAndAPosition(t *testing.T) {
	f := newFixture(t)
	ids := f.story()
	path := "/api/v1/institutions/" + ids["A"]
	for name, c := range map[string]struct {
		query string
		want  map[string]any
	}{
		"the day before the conversion":   {"as_of=2021-12-31", map[string]any{"class": "subject", "licences/0/state": "valid", "licences/1": nil, "as_of": "2021-12-31", "at_seq": 18.0}},
		"the day of the conversion":       {"as_of=2022-01-01", map[string]any{"class": "non_subject", "licences/0/state": "converted", "licences/1/state": "valid"}},
		"before the conversion was known": {"at_seq=17&as_of=2026-11-22", map[string]any{"class": "non_subject", "at_seq": 17.0}},
		"only the registration":           {"at_seq=2", map[string]any{"class": "subject", "licences/0": nil, "documents": "neither", "version": 1.0, "at_seq": 2.0}},
		"a day to come":                   {"as_of=2033-01-01", map[string]any{"scheduled": true, "licences/1/state": "lapsed", "documents": "registered_only"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := f.get(path + "?" + c.query).is(200)
			for p, want := range c.want {
				if got := a.at(p); got != want {
					t.Errorf("%s: got %v, want %v", p, got, want)
				}
			}
		})
	}
	for _, c := range []struct{ path, pointer, code string }{
		{path + "?as_of=2021-02-30", "/as_of", ""},
		{path + "?as_of=soon", "/as_of", "date_form"},
		{path + "?at_seq=-1", "/at_seq", "integer"},
		{path + "?at_seq=19", "/at_seq", "beyond_log"},
		{path + "?min_seq=x", "/min_seq", "integer"},
		{path + "?colour=red", "/colour", "unknown_parameter"},
		{path + "?as_of=2021-01-01&as_of=2022-01-01", "/as_of", "repeated"},
		{"/api/v1/institutions?limit=0", "/limit", "range"},
		{"/api/v1/institutions?limit=1001", "/limit", "range"},
		{"/api/v1/institutions?standing=grey", "/standing", "unknown_code"},
		{"/api/v1/institutions?division=5304271", "/division", "division_form"},
		{"/api/v1/institutions?division=539999", "/division", "unknown_division"},
		{"/api/v1/institutions?cursor=x", "/cursor", "cursor"},
		{"/api/v1/lists/white?labels=fr", "/labels", "unknown_code"},
		{"/api/v1/reduction", "/division", "required"},
		{"/api/v1/reduction?division=53", "/division", "division_form"},
		{"/api/v1/reduction?division=530427&method=mine", "/method", "unknown_code"},
		{"/api/v1/reduction/series?division=530427&from=2022-01-01&to=2021-01-01", "/from", "after_end"},
		{"/api/v1/reduction/series?division=530427&from=1900-01-01&to=2200-01-01", "/from", "too_long"},
		{path + "/diff", "/from", "required"},
		{path + "/diff?from=seq:99", "/from", "beyond_log"},
		{path + "/diff?from=seq:", "/from", "integer"},
		{"/api/v1/events?after=x", "/after", "integer"},
		{"/api/v1/events?event=nope", "/event", "unknown_code"},
		{"/api/v1/events?aggregate=nope", "/aggregate", "unknown_code"},
		{"/api/v1/events?follow=perhaps", "/follow", "boolean"},
	} {
		p := f.get(c.path).refused(422, "invalid")
		if got, ok := pointers(p)[c.pointer]; !ok || c.code != "" && got != c.code {
			t.Errorf("%s: got %v, want %s at %s", c.path, p, c.code, c.pointer)
		}
	}
}

func TestWhatTheRegisterDidNotHaveIsNotFound(t *testing.T) {
	f := newFixture(t)
	ids := f.story()
	for _, path := range []string{
		"/api/v1/institutions/" + ids["A"] + "?as_of=2019-02-28", "/api/v1/institutions/" + ids["B"] + "?at_seq=2", "/api/v1/institutions/" + ids["A"] + "?at_seq=0",
		"/api/v1/institutions/01JBR00001ZJBEK0EC3KSYAV2Z", "/api/v1/institutions/nope", "/api/v1/institutions/91530427000000019X",
		"/api/v1/institutions/nope/events", "/api/v1/institutions/nope/diff?from=2021-01-01",
		"/api/v1/lists/grey", "/api/v1/divisions/999999", "/api/v1/divisions/x", "/api/v1/agencies/x/events", "/api/v1/nothing", "/api", "/problems/x",
	} {
		f.get(path).refused(404, "not_found")
	}
	f.reg.Do(`{"act":"institution.annul","division":"530427","target":{"id":"` + ids["P"] + `"},"effective":"2026-11-20","body":{"target_seq":5,"reason":"重复登记"}}`)
	f.get("/api/v1/institutions/"+ids["P"]).refused(410, "erased")
}

func TestMinSeqWaitsForTheViews(t *testing.T) {
	f := newFixture(t, func(o *api.Options) { o.WaitWithin = 10 * time.Millisecond })
	id := f.enrol("A")
	head, _ := f.reg.Log.Head(t.Context())
	f.get("/api/v1/institutions/" + id + "?min_seq=" + ident2(head)).is(200)
	a := f.get("/api/v1/institutions/" + id + "?min_seq=" + ident2(head+1))
	p := a.refused(503, "busy")
	if a.header.Get("Retry-After") == "" || pointers(p)["/min_seq"] != "not_reached" {
		t.Errorf("got %v %v", a.header, p)
	}
}

func TestACodeOrNumberLeadsToTheInstitution(t *testing.T) {
	f := newFixture(t)
	ids := f.story()
	code := string(ident.SyntheticUSCC("91", "530427", 1))
	f.reg.Do(`{"act":"institution.attach-identifier","division":"530427","target":{"ref":"A"},"effective":"2019-03-03","body":{"kind":"uscc","value":"` + code + `"}}`)
	for from, to := range map[string]string{
		"/api/v1/institutions/" + code:                                            "/api/v1/institutions/" + ids["A"],
		"/api/v1/institutions/" + code + "/events?limit=2":                        "/api/v1/institutions/" + ids["A"] + "/events?limit=2",
		"/api/v1/institutions/" + url.PathEscape("教民153042770000017号"):            "/api/v1/institutions/" + ids["A"],
		"/api/v1/institutions/" + url.PathEscape("新文审[2020]2号") + ".json":         "/api/v1/institutions/" + ids["B"] + ".json",
		"/api/v1/institutions/" + code + "/diff?from=2021-01-01&as_of=2026-01-01": "/api/v1/institutions/" + ids["A"] + "/diff?from=2021-01-01&as_of=2026-01-01",
	} {
		a := f.get(from).is(308)
		if got := a.header.Get("Location"); got != to {
			t.Errorf("%s: got %s, want %s", from, got, to)
		}
		f.get(to).is(200)
	}
}

func TestTheHistoryTellsEverythingInSentences(t *testing.T) {
	f := newFixture(t)
	ids := f.story()
	f.reg.Do(`{"act":"institution.correct","division":"530427","target":{"ref":"A"},"effective":"2026-11-02","body":{"target_seq":17,"field":"new_licence/valid_to","was":"2032-01-01","is":"2031-12-31","reason":"笔误"}}`)
	path := "/api/v1/institutions/" + ids["A"] + "/events"
	a := f.get(path).is(200)
	var events []string
	for _, e := range a.at("items").([]any) {
		events = append(events, at(e, "event").(string))
		for _, name := range []string{"seq", "event", "version", "effective", "recorded", "agency", "summary", "body"} {
			if at(e, name) == nil || at(e, name) == "" {
				t.Errorf("%v lacks %s", e, name)
			}
		}
	}
	want := []string{"institution.registered", "institution.licence_granted", "institution.legal_registration_recorded", "institution.conversion_approved", "institution.corrected"}
	if !slices.Equal(events, want) {
		t.Errorf("got %v, want %v", events, want)
	}
	if a.at("items/3/amended_by/0") != a.at("items/4/seq") || a.at("items/4/amends") != 17.0 || a.at("items/4/version") != 5.0 || a.at("total") != 5.0 {
		t.Errorf("got %s", a.body)
	}
	if got := a.at("items/4/summary"); got != "更正序号 17 的“new_licence/valid_to”：由 “2032-01-01” 改为 “2031-12-31”，理由：笔误。" {
		t.Errorf("got %v", got)
	}
	if a.at("items/0/officers") != nil {
		t.Errorf("got the officers in public: %s", a.body)
	}
	first := f.get(path + "?limit=2").is(200)
	second := f.get(path + "?limit=9&cursor=" + first.at("next").(string)).is(200)
	if second.at("items/0/event") != want[2] || second.at("next") != nil || !strings.Contains(first.header.Get("Link"), `rel="next"`) {
		t.Errorf("got %s", second.body)
	}
	early := f.get(path + "?as_of=2020-01-01").is(200)
	if early.at("total") != 3.0 {
		t.Errorf("got %s", early.body)
	}
	lines := strings.Split(strings.TrimSpace(string(f.get(path+".ndjson").is(200).body)), "\n")
	if len(lines) != 5 {
		t.Errorf("got %d lines", len(lines))
	}
	d := f.get("/api/v1/divisions/530427/events").is(200)
	if d.at("total") != 2.0 || d.at("items/0/event") != "jurisdiction.baseline_frozen" {
		t.Errorf("got %s", d.body)
	}
	g := f.get("/api/v1/agencies/530427-education/events?limit=3").is(200)
	if len(g.at("items").([]any)) != 3 || g.at("next") == nil {
		t.Errorf("got %s", g.body)
	}
}

func TestTheDifferenceBetweenTwoPoints(t *testing.T) {
	f := newFixture(t)
	ids := f.story()
	path := "/api/v1/institutions/" + ids["A"] + "/diff"
	a := f.get(path + "?from=2021-12-31&to=2022-01-01").is(200)
	fields := map[string]bool{}
	for _, d := range a.at("fields").([]any) {
		fields[at(d, "field").(string)] = true
	}
	for _, want := range []string{"class", "categories", "licences/教民153042770000017号/state", "licences/新体审1"} {
		if !fields[want] {
			t.Errorf("got %v, want %s among them", fields, want)
		}
	}
	if len(a.at("events").([]any)) != 1 || a.at("events/0/event") != "institution.conversion_approved" {
		t.Errorf("got %s", a.body)
	}
	equal := f.get(path + "?from=2022-01-01&to=2022-01-01").is(200)
	if len(equal.at("fields").([]any)) != 0 || len(equal.at("events").([]any)) != 0 {
		t.Errorf("got %s", equal.body)
	}
	bySeq := f.get(path + "?from=seq:2&to=seq:8").is(200)
	if bySeq.at("from/at_seq") != 2.0 || bySeq.at("to/at_seq") != 8.0 || bySeq.at("events/0/event") != "institution.licence_granted" || bySeq.at("to/as_of") != "2026-11-22" {
		t.Errorf("got %s", bySeq.body)
	}
	before := f.get(path + "?from=2019-01-01").is(200)
	if before.at("from/known") != false || before.at("to/known") != true || before.at("fields/0/from") != nil {
		t.Errorf("got %s", before.body)
	}
	f.get(path+"?from=2010-01-01&to=2011-01-01").refused(404, "not_found")
}

func TestListsAndNumbersAgree(t *testing.T) {
	f := newFixture(t)
	ids := f.story()
	f.reg.Do(`{"act":"listing.put-on-watch","division":"530427","target":{"ref":"A"},"effective":"2026-11-01","body":{"reason":"超范围宣传","until":"2026-12-01"}}`)
	for _, division := range []string{"530427", "530400", "53", ""} {
		white := f.get("/api/v1/lists/white?division=" + division).is(200)
		if white.at("total") != 1.0 || white.at("items/0/institution/id") != ids["B"] || white.at("items/0/listed_on") != "2020-05-06" || white.at("items/0/document_no") != "新教名〔2020〕1号" {
			t.Errorf("%s: got %s", division, white.body)
		}
	}
	watch := f.get("/api/v1/lists/watch").is(200)
	if watch.at("items/0/until") != "2026-12-01" || watch.at("items/0/reason") != "超范围宣传" || watch.at("items/0/decided_by") != "530427-education" {
		t.Errorf("got %s", watch.body)
	}
	if got := f.get("/api/v1/lists/watch?as_of=2026-12-02").is(200).at("total"); got != 0.0 {
		t.Errorf("got %v after the last day of the watch", got)
	}
	d := f.get("/api/v1/divisions/530427").is(200)
	for list, n := range map[string]float64{"white": 1, "watch": 1, "black": 0, "unlisted": 1, "deregistered": 0} {
		if d.at("counts/"+list) != n {
			t.Errorf("%s: got %v, want %v", list, d.at("counts/"+list), n)
		}
		if got := f.get("/api/v1/institutions?division=530427&standing=" + list).is(200).at("total"); got != n {
			t.Errorf("%s: got %v in the list, want %v", list, got, n)
		}
	}
	if d.at("moratoria/0/document_no") != "新政〔2021〕7号" || d.at("baselines/0/members") != 1.0 || d.at("parents/0/code") != "530400" {
		t.Errorf("got %s", d.body)
	}
	if got := f.get("/api/v1/institutions?class=non_subject&category=sports").is(200); got.at("total") != 1.0 || got.at("items/0/id") != ids["A"] {
		t.Errorf("got %s", got.body)
	}
	none := f.get("/api/v1/institutions?division=1101").is(200)
	if none.at("total") != 0.0 || !strings.HasPrefix(none.at("note").(string), "名录里没有找到") {
		t.Errorf("got %s", none.body)
	}
}

func TestTheReductionRateNamesItsParts(t *testing.T) {
	f := newFixture(t)
	f.story()
	a := f.get("/api/v1/reduction?division=530427").is(200)
	for path, want := range map[string]any{
		"division": "530427", "method": "ministry", "numerator": 1.0, "denominator": 1.0, "rate": "100.00", "undefined": false,
		"baseline/name": "2021", "baseline/date": "2021-07-01", "baseline/members": 1.0, "exits/converted": 1.0, "exits/cancelled": 0.0,
	} {
		if got := a.at(path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	for query, rate := range map[string]any{
		"division=530427&method=closures_only": "0.00", "division=530427&method=all_permits": "50.00", "division=530400": "100.00", "division=530000&audience=compulsory": "100.00",
		"division=530427&as_of=2021-12-31": "0.00", "division=530427&as_of=2021-06-30": nil, "division=530402": nil, "division=530427&baseline=none": nil,
		"division=530427&audience=senior_high": nil, "division=530427&mode=online": "100.00",
	} {
		a := f.get("/api/v1/reduction?" + query).is(200)
		if a.at("rate") != rate || a.at("undefined") != (rate == nil) {
			t.Errorf("%s: got %s, want the rate %v", query, a.body, rate)
		}
	}
	s := f.get("/api/v1/reduction/series?division=530427&from=2021-10-15&to=2022-02-10&step=month").is(200)
	var days, rates []any
	for _, p := range s.at("items").([]any) {
		days, rates = append(days, at(p, "as_of")), append(rates, at(p, "rate"))
	}
	if diff := cmp.Diff([]any{"2021-10-15", "2021-10-31", "2021-11-30", "2021-12-31", "2022-01-31", "2022-02-10"}, days); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]any{"0.00", "0.00", "0.00", "0.00", "100.00", "100.00"}, rates); diff != "" {
		t.Error(diff)
	}
	m := f.get("/api/v1/reduction/members?division=530427").is(200)
	if m.at("total") != 1.0 || m.at("items/0/state") != "converted" || m.at("items/0/reduced") != true {
		t.Errorf("got %s", m.body)
	}
}

// TestRepresentationsAreTheSameRows reads a list in every form.
func TestRepresentationsAreTheSameRows(t *testing.T) {
	f := newFixture(t)
	f.story()
	f.reg.Do(`{"act":"institution.register","division":"530427","target":{"ref":"F"},"effective":"2019-03-01","body":{"names":["=HYPERLINK(\"http://x\")"],"kind":"institution","mode":"offline","address":"+1","class":"subject","categories":[],"audiences":["compulsory"]}}`)
	for _, path := range []string{"/api/v1/institutions", "/api/v1/lists/white", "/api/v1/reduction/members?division=530427", "/api/v1/reduction/series?division=530427&step=year"} {
		base, query, _ := strings.Cut(path, "?")
		of := func(suffix string) string { return base + suffix + "?" + query }
		rows := f.get(path).is(200).at("items").([]any)
		comma := f.get(of(".csv")).is(200)
		if ct := comma.header.Get("Content-Type"); ct != "text/csv; charset=utf-8; header=present" {
			t.Errorf("%s: got the type %s", path, ct)
		}
		text, bom := strings.CutPrefix(string(comma.body), "\uFEFF")
		if !bom || !strings.Contains(text, "\r\n") {
			t.Errorf("%s: got no mark or no CRLF", path)
		}
		table, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(table) != len(rows)+1 {
			t.Fatalf("%s: got %d lines, %v, want %d", path, len(table), err, len(rows)+1)
		}
		lines := strings.Split(strings.TrimSuffix(string(f.get(base, "Accept", "application/x-ndjson").body), "\n"), "\n")
		if query == "" && len(lines) != len(rows) {
			t.Errorf("%s: got %d lines of NDJSON, want %d", path, len(lines), len(rows))
		}
		for i, line := range strings.Split(strings.TrimSuffix(string(f.get(of(".ndjson")).is(200).body), "\n"), "\n") {
			var v any
			if err := json.Unmarshal([]byte(line), &v); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(rows[i], v); diff != "" {
				t.Errorf("%s: line %d differs: %s", path, i, diff)
			}
		}
		sheet := workbook(t, f.get(of(".xlsx")).is(200).body)
		for i := range table {
			for j, cell := range table[i] {
				if strings.HasPrefix(cell, "'") && i > 0 {
					cell = cell[1:]
				}
				got := ""
				if j < len(sheet[i]) {
					got = sheet[i][j]
				}
				if got != cell && strings.TrimRight(strings.TrimRight(cell, "0"), ".") != got {
					t.Errorf("%s: cell %d,%d: got %q in XLSX, %q in CSV", path, i, j, got, cell)
				}
			}
		}
	}
	text := string(f.get("/api/v1/institutions.csv?labels=zh&bom=0").is(200).body)
	if !strings.HasPrefix(text, "编号,名称") || !strings.Contains(text, "白名单") || !strings.Contains(text, `"'=HYPERLINK(""http://x"")"`) || !strings.Contains(text, ",'+1,") {
		t.Errorf("got %s", text)
	}
	f.get("/api/v1/institutions", "Accept", "text/html").refused(406, "not_acceptable")
	f.get("/api/v1/divisions/530427.csv").refused(406, "not_acceptable")
	f.get("/api/v1/divisions/530427", "Accept", "text/csv").refused(406, "not_acceptable")
	if ct := f.get("/api/v1/institutions", "Accept", "text/csv;q=0.5, application/json;q=0.4").is(200).header.Get("Content-Type"); !strings.HasPrefix(ct, "text/csv") {
		t.Errorf("got %s", ct)
	}
	if a := f.get("/api/v1/institutions.json", "Accept", "text/csv").is(200); a.header.Get("Content-Type") != "application/json" || a.header.Get("Vary") == "" {
		t.Errorf("got %v", a.header)
	}
	if d := f.get("/api/v1/lists/white.csv").header.Get("Content-Disposition"); !strings.Contains(d, "filename*=UTF-8''%E7%99%BD%E5%90%8D%E5%8D%95.csv") {
		t.Errorf("got %s", d)
	}
}

func workbook(t *testing.T, b []byte) [][]string {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range z.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(r)
		if bytes.Contains(text, []byte("<f>")) {
			t.Errorf("%s has a formula", file.Name)
		}
	}
	return rows
}

func TestAWalkSeesOneStateWhileActsGoOn(t *testing.T) {
	f := newFixture(t)
	for i := range 7 {
		f.enrol("R" + ident2(uint64(i)))
	}
	a := f.get("/api/v1/institutions?limit=3&division=53").is(200)
	position := a.at("at_seq")
	var ids []string
	for n := 0; ; n++ {
		for _, i := range a.at("items").([]any) {
			ids = append(ids, at(i, "id").(string))
		}
		if a.at("total") != 7.0 || a.at("at_seq") != position {
			t.Fatalf("got %v of %v at %v, want 7 at %v", len(ids), a.at("total"), a.at("at_seq"), position)
		}
		if a.at("next") == nil {
			break
		}
		link := a.header.Get("Link")
		next := link[1:strings.Index(link, ">")]
		f.enrol("N" + ident2(uint64(n)))
		a = f.get(next).is(200)
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != 7 {
		t.Errorf("got %v", ids)
	}
	first := f.get("/api/v1/institutions?limit=3&division=53").is(200).at("next").(string)
	f.get("/api/v1/institutions?cursor=" + first + "&division=53").is(200)
	for _, other := range []string{"&division=54", "&standing=white", "&as_of=2020-01-01", "&at_seq=3"} {
		p := f.get("/api/v1/institutions?cursor="+first+other).refused(422, "invalid")
		if !slices.Contains([]string{"other_filter"}, firstValue(pointers(p))) {
			t.Errorf("%s: got %v", other, p)
		}
	}
	p := f.get("/api/v1/lists/white?cursor="+first).refused(422, "invalid")
	if pointers(p)["/cursor"] != "other_list" {
		t.Errorf("got %v", p)
	}
}

func firstValue(m map[string]string) string {
	for _, v := range m {
		return v
	}
	return ""
}

func TestValidatorsTellWhetherAnythingShownHasChanged(t *testing.T) {
	f := newFixture(t)
	id := f.enrol("A")
	path := "/api/v1/institutions/" + id
	tag := f.get(path).is(200).header.Get("ETag")
	if strings.HasPrefix(tag, "W/") || tag == "" {
		t.Fatalf("got %q", tag)
	}
	f.enrol("B")
	if got := f.get(path).is(200).header.Get("ETag"); got != tag {
		t.Errorf("got %s after an unrelated act, want %s", got, tag)
	}
	a := f.get(path, "If-None-Match", `"x", `+tag).is(304)
	if len(a.body) != 0 || a.header.Get("ETag") != tag {
		t.Errorf("got %q %v", a.body, a.header)
	}
	f.act(f.bureau(), path+"/hold-interview", `{"effective":"2026-10-20","body":{"reason":"x"}}`).is(200)
	f.get(path, "If-None-Match", tag).is(200)
	if got := f.get(path, "Accept-Language", "en").is(200).header.Get("ETag"); got == f.get(path).header.Get("ETag") {
		t.Errorf("got the same validator in two languages")
	}
	list := f.get("/api/v1/institutions").is(200).header.Get("ETag")
	if !strings.HasPrefix(list, "W/") {
		t.Errorf("got %s for a list", list)
	}
	f.get("/api/v1/institutions", "If-None-Match", list).is(304)
	f.enrol("C")
	f.get("/api/v1/institutions", "If-None-Match", list).is(200)
	for _, p := range []string{"/api/v1/enums", "/api/v1/acts", "/api/v1/rules", "/api/v1/openapi.json", "/api/v1/divisions/530427", path + "/events", path + "/diff?from=2020-01-01",
		"/api/v1/reduction?division=530427", "/api/v1/reduction/series?division=530427", "/api/v1/reduction/members?division=530427", "/api/v1/lists/white.csv", "/api/v1/agencies/530427-education/events"} {
		f.get(p, "If-None-Match", f.get(p).is(200).header.Get("ETag")).is(304)
	}
}

func TestRememberedAnswersAreThoseThatWouldBeMade(t *testing.T) {
	f := newFixture(t)
	ids := f.story()
	fresh := newFixture(t, func(o *api.Options) {
		o.Register, o.Views, o.Log = f.reg.Register, f.reg.Views, f.reg.Log
		o.CacheBytes = -1
	})
	same := func() {
		t.Helper()
		for _, path := range []string{
			"/api/v1/institutions/" + ids["A"], "/api/v1/institutions/" + ids["A"] + "?as_of=2021-01-01", "/api/v1/institutions", "/api/v1/institutions?limit=1", "/api/v1/lists/white",
			"/api/v1/institutions.csv", "/api/v1/institutions.xlsx?labels=zh", "/api/v1/reduction?division=530427", "/api/v1/divisions/530427", "/api/v1/enums", "/api/v1/institutions/" + ids["A"] + "/events",
		} {
			for _, headers := range [][]string{nil, {"Accept-Language", "en"}, {"Accept", "*/*"}, {"Authorization", "Bearer " + f.bureau()}} {
				want := fresh.get(path, headers...)
				for range 3 {
					got := f.get(path, headers...)
					for _, h := range []string{"ETag", "Content-Type", "Link", "Minglu-Seq", "Content-Length", "Content-Disposition", "Vary", "Cache-Control", "X-Content-Type-Options"} {
						if !slices.Equal(got.header[h], want.header[h]) {
							t.Errorf("%s %v: got %s %v, want %v", path, headers, h, got.header[h], want.header[h])
						}
					}
					if got.status != want.status || !strings.Contains(path, "xlsx") && !bytes.Equal(got.body, want.body) {
						t.Errorf("%s %v: got %s, want %s", path, headers, got.body, want.body)
					}
				}
			}
		}
	}
	same()
	f.reg.Do(`{"act":"institution.change-name","division":"530427","target":{"ref":"A"},"effective":"2026-11-20","body":{"to":"新平县远航培训学校","approval":"x"}}`)
	same()
	if got := f.get("/api/v1/institutions/" + ids["A"]).is(200).at("name"); got != "新平县远航培训学校" {
		t.Errorf("got %v", got)
	}
	f.reg.Clock = f.reg.Clock.AddDate(10, 0, 0)
	same()
	if got := f.get("/api/v1/institutions/" + ids["A"]).is(200).at("as_of"); got != "2036-11-22" {
		t.Errorf("got %v on another day", got)
	}
}
