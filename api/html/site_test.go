package html_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// A walk follows every link about the present, and some of each kind of page
// about other days and positions.
type walk map[string]int

func (w walk) wants(href *url.URL) bool {
	q := href.Query()
	if !q.Has("as_of") && !q.Has("at_seq") {
		return true
	}
	section, rest, _ := strings.Cut(href.Path[1:], "/")
	_, part, _ := strings.Cut(rest, "/")
	kind := section + "/" + part + yes(q.Has("as_of")) + yes(q.Has("at_seq"))
	w[kind]++
	return w[kind] <= 12
}

func yes(b bool) string {
	if b {
		return "+"
	}
	return "-"
}

// TestEveryLinkLeadsToAPage walks over the links of the demonstration register
// and looks at every page on the way.
func TestEveryLinkLeadsToAPage(t *testing.T) {
	s := newShop(t).demonstration()
	waiting := []string{"/", "/?as_of=2022-06-08", "/lists/deregistered"}
	seen := map[string]bool{}
	titles := map[string]string{}
	anchors := map[string]map[string]bool{}
	type jump struct{ from, to, anchor string }
	var jumps []jump
	w := walk{}
	for len(waiting) > 0 {
		target := waiting[0]
		waiting = waiting[1:]
		if seen[target] {
			continue
		}
		seen[target] = true
		a := s.get(target)
		if a.status != http.StatusOK {
			t.Errorf("%s: got %d, want 200", target, a.status)
			continue
		}
		a.checked(target)
		if title := textOf(a.all("title")[0].FirstChild); !strings.Contains(target, "?") {
			if other, taken := titles[title]; taken {
				t.Errorf("%s: got the title %q of %s", target, title, other)
			}
			titles[title] = target
		}
		anchors[target] = map[string]bool{}
		for _, part := range strings.Split(a.body, ` id="`)[1:] {
			id, _, _ := strings.Cut(part, `"`)
			anchors[target][id] = true
		}
		for _, link := range a.all("a") {
			href, err := url.Parse(attr(link, "href"))
			if err != nil {
				t.Errorf("%s: got the link %q: %v", target, attr(link, "href"), err)
				continue
			}
			if strings.HasPrefix(href.Path, "/api/v1/") {
				if q := href.Query(); q.Get("as_of") == "" || q.Get("at_seq") == "" {
					t.Errorf("%s: got the file %s without day and position", target, href)
				}
				continue
			}
			anchor := href.Fragment
			href.Fragment = ""
			to := href.String()
			if to == "" {
				continue
			}
			if anchor != "" {
				jumps = append(jumps, jump{target, to, anchor})
			}
			if !seen[to] && w.wants(href) {
				waiting = append(waiting, to)
			}
		}
	}
	if len(seen) < 200 {
		t.Errorf("got %d pages, want the whole register", len(seen))
	}
	for _, j := range jumps {
		if ids, visited := anchors[j.to]; visited && !ids[j.anchor] {
			t.Errorf("%s: got the link %s#%s, which leads nowhere", j.from, j.to, j.anchor)
		}
	}
	t.Logf("%d pages", len(seen))
}

func TestAnUnknownAddressOffersASearch(t *testing.T) {
	s := newShop(t)
	for _, target := range []string{"/nothing", "/institutions", "/institutions/", "/lists", "/index.php", "/institutions/x/y", "/lists/white/x", "/%3Cscript%3E", "/static/style.css"} {
		a := s.get(target)
		if a.status != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", target, a.status)
		}
		a.says("没有这个页面").hides("<script")
		if !strings.Contains(a.body, `action="/search"`) {
			t.Errorf("%s: got no search", target)
		}
		a.checked(target)
	}
}

func TestPagesOnlyShow(t *testing.T) {
	s := newShop(t)
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
		w := httptest.NewRecorder()
		s.pages.ServeHTTP(w, httptest.NewRequest(method, "/search", strings.NewReader("q=x")))
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") == "" {
			t.Errorf("%s: got %d and Allow %q, want 405 with what is allowed", method, w.Code, w.Header().Get("Allow"))
		}
	}
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/", nil))
	if w.Code != http.StatusOK {
		t.Errorf("got %d for HEAD, want 200", w.Code)
	}
}

func TestEveryAnswerCarriesTheHeadersOfSafety(t *testing.T) {
	s := newShop(t)
	style := ""
	for _, l := range s.page("/").all("link") {
		if attr(l, "rel") == "stylesheet" {
			style = attr(l, "href")
		}
	}
	for _, target := range []string{"/", "/nothing", "/?as_of=x", style, "/favicon.ico"} {
		h := s.get(target).header
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
				"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
			"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "X-Content-Type-Options": "nosniff",
		} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: got %s %q, want %q", target, name, got, want)
			}
		}
		if !strings.Contains(h.Get("Permissions-Policy"), "geolocation=()") {
			t.Errorf("%s: got Permissions-Policy %q", target, h.Get("Permissions-Policy"))
		}
	}
	a := s.get(style)
	if len(a.body) == 0 || len(a.body) > 40<<10 || !strings.Contains(a.header.Get("Cache-Control"), "immutable") {
		t.Errorf("got a style sheet of %d bytes, %q; want 40 KB at most, kept for ever", len(a.body), a.header.Get("Cache-Control"))
	}
	for _, outside := range []string{"url(", "@import", "http:", "https:"} {
		if strings.Contains(a.body, outside) {
			t.Errorf("got %s in the style sheet", outside)
		}
	}
}

func TestAPageThatIsKnownIsNotSentAgain(t *testing.T) {
	s := newShop(t)
	first := s.page("/regions")
	r := httptest.NewRequest(http.MethodGet, "/regions", nil)
	r.Header.Set("If-None-Match", first.header.Get("ETag"))
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	if w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("got %d with %d bytes, want 304 with none", w.Code, w.Body.Len())
	}
	s.studio(xinping, "A", "示例更新艺术中心", "教民153042779900009号", "culture_arts")
	s.level()
	w = httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Errorf("got %d after a new fact, want 200", w.Code)
	}
}

func TestViewsThatCannotBeReadAreNoEmptyRegister(t *testing.T) {
	s := newShop(t)
	s.studio(xinping, "A", "示例停歇艺术中心", "教民153042779900010号", "culture_arts")
	s.level()
	if err := s.views.Close(); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{"/", "/search", "/search?q=x", "/lists/white", "/institutions/" + s.ids["A"], "/regions/" + xinping} {
		a := s.get(target)
		if a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" {
			t.Errorf("%s: got %d, want 503 with Retry-After", target, a.status)
		}
		a.says("请稍后再试").hides("没有找到", "minglu/")
	}
}

// hostile are texts that break pages which do not escape them.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</title><h1>x</h1>`, `{{.Site}}<!--`,
	"示例\u202e校学训培\u202c", "&lt;b&gt;&amp;", `javascript:alert(1)`, `</textarea></form>`, "<svg/onload=alert(1)>", strings.Repeat("很长的名称", 20),
}

func TestHostileTextStaysText(t *testing.T) {
	s := newShop(t)
	for i, text := range hostile {
		ref := "H" + string(rune('a'+i))
		s.do(xinping, "institution.register", ref, "2022-01-01", body{
			"names": []string{text, "又名" + text}, "kind": "institution", "mode": "offline", "address": text, "class": "subject", "audiences": compulsory})
		s.act(xinping, "institution.grant-licence", ref, "2022-01-01", text, body{
			"number": "号" + string(rune('a'+i)) + text, "kind": "school_licence", "class": "subject", "audiences": compulsory, "valid_from": "2022-01-01", "valid_to": "2030-01-01"})
		s.do(xinping, "listing.put-on-watch", ref, "2026-10-10", body{"reason": text, "until": "2026-12-31"})
	}
	s.do(xinping, "jurisdiction.hold-joint-conference", "", "2022-03-01", body{"sequence": 1, "agencies": []string{xinping + "-education"}, "resolutions": hostile})
	s.do(xinping, "jurisdiction.publish-list-batch", "", "2022-03-02", body{"list": "white", "media": hostile})
	s.level()
	targets := []string{"/", "/search", "/lists/watch", "/regions/" + xinping}
	for i, text := range hostile {
		id := s.ids["H"+string(rune('a'+i))]
		targets = append(targets, "/institutions/"+id, "/institutions/"+id+"/history", "/search?q="+url.QueryEscape(text), "/lists/white?division="+url.QueryEscape(text))
	}
	for _, target := range targets {
		a := s.get(target)
		if a.status != http.StatusOK && a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: got %d", target, a.status)
		}
		a.checked(target)
		for _, name := range []string{"script", "img", "textarea"} {
			if n := len(a.all(name)); n != 0 {
				t.Errorf("%s: got %d times <%s>, want none", target, n, name)
			}
		}
	}
	s.page("/institutions/" + s.ids["Ha"]).says(`<script>alert(1)</script>`)
}

func TestADirectionMarkDoesNotTurnThePage(t *testing.T) {
	s := newShop(t)
	s.do(xinping, "institution.register", "A", "2022-01-01", body{
		"names": []string{"示例\u202e校学训培"}, "kind": "institution", "mode": "offline", "address": "x", "class": "subject", "audiences": compulsory})
	s.level()
	for _, target := range []string{"/institutions/" + s.ids["A"], "/search"} {
		s.page(target).hides("\u202e")
	}
}
