package html_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	xhtml "golang.org/x/net/html"

	"minglu/api/html"
	"minglu/demo"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/eventstore"
	"minglu/eventstore/memory"
	"minglu/projections"
	"minglu/register"
)

// today is the day on which the tests read the register.
var today = calendar.Date(2026, time.November, 22)

// shop is a register in memory with its pages.
type shop struct {
	t     *testing.T
	reg   *register.Register
	views *projections.Views
	pages http.Handler
	acts  int
	ids   map[string]string // ref → id
	seqs  map[string]uint64 // ref → position of the newest fact
}

func newShop(t *testing.T) *shop {
	t.Helper()
	c := register.Codec()
	st := memory.New(c)
	v, err := projections.OpenViews(t.Context(), t.TempDir(), st, c, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	now := func() time.Time { return today.Time().Add(9*time.Hour + 30*time.Minute) }
	log := eventstore.NewLog(st, c, 1000)
	s := &shop{t: t, views: v, ids: map[string]string{}, seqs: map[string]uint64{}, reg: register.New(log, v, &memory.Keys{}, now)}
	s.pages = html.New(html.Options{Views: v, Log: log, Now: now, Demo: true})
	s.level()
	return s
}

// level waits until the views know the whole log.
func (s *shop) level() {
	s.t.Helper()
	if err := s.views.CatchUp(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// body is the body of an act.
type body map[string]any

// do carries out an act by the education department of the division; the
// officer alternates, as a black listing wants two.
func (s *shop) do(division, act, ref, effective string, b body) {
	s.t.Helper()
	s.act(division, act, ref, effective, "", b)
}

func (s *shop) act(division, act, ref, effective, docNo string, b body) {
	s.t.Helper()
	raw, err := json.Marshal(b)
	if err != nil {
		s.t.Fatal(err)
	}
	s.acts++
	a := register.Act{
		CommandID: fmt.Sprintf("00000000-0000-4000-8000-%012d", s.acts), Act: act, Division: division, Effective: effective, Body: raw,
		Actor: &register.Actor{Agency: division + "-education", Officer: fmt.Sprint("E", s.acts%2)},
	}
	if ref != "" {
		a.Target = &register.Target{Ref: ref}
	}
	if docNo != "" {
		a.Source = &domain.Source{DocNo: docNo}
	}
	ans, err := s.reg.Do(s.t.Context(), nil, a)
	if err != nil {
		s.t.Fatalf("%s %s: %v", act, ref, err)
	}
	if ref != "" {
		s.seqs[ref] = ans.Seq
		if ans.Created {
			s.ids[ref] = ans.ID
		}
	}
}

var compulsory = []string{"compulsory"}

// school registers a subject institution with licence and registration.
func (s *shop) school(division, ref, name, number string) {
	s.t.Helper()
	s.do(division, "institution.register", ref, "2019-03-01", body{
		"names": []string{name}, "kind": "institution", "mode": "offline", "address": "演示县桂山街道教育路 " + ref + " 号", "class": "subject", "audiences": compulsory})
	s.do(division, "institution.grant-licence", ref, "2019-03-01", body{
		"number": number, "kind": "school_licence", "class": "subject", "audiences": compulsory, "valid_from": "2019-03-01", "valid_to": "2024-02-28"})
	s.do(division, "institution.record-legal-registration", ref, "2019-03-02", body{
		"authority": "market_regulation", "form": "company", "number": "登-" + ref, "for_profit": true})
}

// studio registers a non-subject institution with all that the white list
// wants.
func (s *shop) studio(division, ref, name, number, category string) {
	s.t.Helper()
	s.do(division, "institution.register", ref, "2020-09-01", body{
		"names": []string{name}, "kind": "institution", "mode": "offline", "address": "演示县平甸路 " + ref + " 号",
		"class": "non_subject", "categories": []string{category}, "audiences": []string{"preschool", "compulsory"}})
	s.do(division, "institution.grant-licence", ref, "2020-09-01", body{
		"number": number, "kind": "school_licence", "class": "non_subject", "categories": []string{category},
		"audiences": []string{"preschool", "compulsory"}, "valid_from": "2020-09-01", "valid_to": "2030-08-31"})
	s.do(division, "institution.record-legal-registration", ref, "2020-09-02", body{
		"authority": "market_regulation", "form": "company", "number": "登-" + ref, "for_profit": true})
	s.do(division, "institution.enrol-platform", ref, "2022-03-01", body{"platform": "全国校外教育培训监管与服务综合平台"})
}

func (s *shop) white(division, ref, on, doc string) {
	s.t.Helper()
	s.do(division, "listing.list-white", ref, on, body{"document_no": doc})
}

func (s *shop) black(division, ref, notice, decided, from, minUntil, maxUntil string) {
	s.t.Helper()
	s.do(division, "listing.serve-black-notice", ref, notice, body{"grounds": []body{{
		"code": "B1", "facts": "未取得许可面向中小学生开展学科培训", "law": "校外培训行政处罚暂行办法第十七条"}}})
	s.do(division, "listing.waive-statement", ref, notice, body{})
	if s.acts%2 == 1 { // decided by the other officer than the notice
		s.acts++
	}
	s.do(division, "listing.list-black", ref, decided, body{
		"document_no": "演教罚〔2026〕7号", "tier": "serious", "publish_from": from, "min_until": minUntil, "max_until": maxUntil})
}

// demonstration loads the demonstration register.
func (s *shop) demonstration() *shop {
	s.t.Helper()
	session := s.reg.NewSession(nil, func(o register.Outcome) {
		if o.Err != nil {
			s.t.Errorf("line %d: %v", o.Line, o.Err)
		}
	})
	lines := bufio.NewScanner(bytes.NewReader(demo.Journal()))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		a, err := register.ParseAct(bytes.Clone(lines.Bytes()))
		if err != nil {
			s.t.Fatalf("line %d: %v", n, err)
		}
		if err := session.Add(s.t.Context(), n, a); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := session.Flush(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	s.level()
	return s
}

// answer is what a page answered.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
	tree   *xhtml.Node
}

// get asks for a page.
func (s *shop) get(target string) answer {
	s.t.Helper()
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
	tree, err := xhtml.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{s.t, w.Code, w.Header(), w.Body.String(), tree}
}

// page asks for a page that must be there.
func (s *shop) page(target string) answer {
	s.t.Helper()
	a := s.get(target)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s: got %d, want 200\n%s", target, a.status, a.text())
	}
	return a
}

// says fails where the text of the page lacks one of the words.
func (a answer) says(words ...string) answer {
	a.t.Helper()
	text := a.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			a.t.Errorf("got no %q in:\n%s", w, text)
		}
	}
	return a
}

// hides fails where the page holds one of the words anywhere.
func (a answer) hides(words ...string) answer {
	a.t.Helper()
	for _, w := range words {
		if strings.Contains(a.body, w) {
			a.t.Errorf("got %q on the page, want it nowhere", w)
		}
	}
	return a
}
