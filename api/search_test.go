package api_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"minglu/domain/ident"
)

func TestASearchFindsByAnyPart(t *testing.T) {
	f := newFixture(t)
	ids := f.story()
	code := string(ident.SyntheticUSCC("91", "530427", 1))
	f.reg.Do(`{"act":"institution.attach-identifier","division":"530427","target":{"ref":"A"},"effective":"2019-03-03","body":{"kind":"uscc","value":"` + code + `"}}`)
	f.reg.Do(`{"act":"institution.change-name","division":"530427","target":{"ref":"A"},"effective":"2024-05-01","body":{"to":"新平县远航体育俱乐部","approval":"x"}}`)
	for q, want := range map[string]string{
		"新平县山水美术培训中心": ids["B"], "山水美术": ids["B"], "shanshui": ids["B"], "ssms": ids["B"], "山shui": ids["B"], "新文审〔2020〕2号": ids["B"],
		"启航": ids["A"], "远航": ids["A"], code: ids["A"], "教民153042770000017号": ids["A"], "欧阳": ids["P"], "ouyang": ids["P"],
	} {
		a := f.get("/api/v1/institutions?q=" + url.QueryEscape(q)).is(200)
		if a.at("items/0/id") != want || a.at("items/0/match/field") == nil {
			t.Errorf("%s: got %s, want %s first", q, a.body, want)
		}
	}
	a := f.get("/api/v1/institutions?q=" + url.QueryEscape("远航")).is(200)
	if a.at("items/0/match/field") != "name" || a.at("items/0/match/text") != "新平县远航体育俱乐部" || a.at("items/0/match/from") != 3.0 || a.at("items/0/match/to") != 5.0 {
		t.Errorf("got %s", a.body)
	}
	for query, total := range map[string]float64{
		"q=新平县": 2, "q=新平县&standing=white": 1, "q=新平县&division=53": 2, "q=新平县&division=11": 0, "q=新平县&class=non_subject": 2, "q=新平县&as_of=2019-02-01": 0,
		"q=新平县&as_of=2020-01-01&class=subject": 1, "q=新平县&at_seq=2": 1, "q=新平县&at_seq=0": 0, "q=没有这个": 0, "q=欧阳锋": 0,
	} {
		v, _ := url.ParseQuery(query)
		a := f.get("/api/v1/institutions?" + v.Encode()).is(200)
		if a.at("total") != total || len(a.at("items").([]any)) != int(total) {
			t.Errorf("%s: got %s, want %v", query, a.body, total)
		}
	}
	f.get("/api/v1/institutions?q="+strings.Repeat("x", 101)).refused(422, "invalid")
}

func TestASearchIsWalkedPageByPage(t *testing.T) {
	f := newFixture(t)
	for i := range 7 {
		f.enrol("R" + ident2(uint64(i)))
	}
	for _, query := range []string{"q=qihang", "q=qihang&class=subject"} {
		whole := f.get("/api/v1/institutions?limit=1000&" + query).is(200)
		var want, got []string
		for _, i := range whole.at("items").([]any) {
			want = append(want, at(i, "id").(string))
		}
		next := "/api/v1/institutions?limit=3&" + query
		for next != "" {
			a := f.get(next).is(200)
			if a.at("total") != whole.at("total") {
				t.Fatalf("%s: got %v of %v", query, a.at("total"), whole.at("total"))
			}
			for _, i := range a.at("items").([]any) {
				got = append(got, at(i, "id").(string))
			}
			f.enrol("X" + query + ident2(uint64(len(got))))
			next = ""
			if link := a.header.Get("Link"); link != "" {
				next = link[1:strings.Index(link, ">")]
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", query, got, want)
		}
		file := f.get("/api/v1/institutions.csv?at_seq=" + jsonNumber(whole.at("at_seq")) + "&" + query).is(200)
		if n := strings.Count(string(file.body), "\r\n"); n != len(want)+1 {
			t.Errorf("%s: got %d lines of CSV, want %d", query, n, len(want)+1)
		}
	}
}
