package api_test

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"minglu/api"
	"minglu/domain"
)

// TestEveryCodeHasAStatus reads the codes from the source, so that a new one
// cannot be forgotten.
func TestEveryCodeHasAStatus(t *testing.T) {
	f := newFixture(t)
	codes := []string{string(api.NotAcceptable), string(api.MethodNotAllowed), string(api.Internal)}
	file, err := parser.ParseFile(token.NewFileSet(), "../domain/error.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if typ, ok := v.Type.(*ast.Ident); ok && typ.Name == "Code" {
			for _, value := range v.Values {
				code, err := strconv.Unquote(value.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				codes = append(codes, code)
			}
		}
		return true
	})
	if len(codes) < 16 {
		t.Fatalf("got %v", codes)
	}
	for _, code := range codes {
		status := api.Status(domain.Code(code))
		if status == http.StatusInternalServerError && code != string(api.Internal) {
			t.Errorf("%s has no status", code)
		}
		for _, lang := range []string{"zh", "en"} {
			a := f.get("/problems/"+code, "Accept-Language", lang).is(200)
			text := string(a.body)
			if !strings.Contains(text, code) || !strings.Contains(text, strconv.Itoa(status)) || strings.Contains(text, "<script") {
				t.Errorf("%s: got %s", code, text)
			}
			if csp := a.header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
				t.Errorf("%s: got the policy %s", code, csp)
			}
		}
	}
}

func TestProblemsSpeakTwoLanguages(t *testing.T) {
	f := newFixture(t)
	for lang, want := range map[string]string{"": "没有这个地址", "zh-CN": "没有这个地址", "en": "there is no such address", "en;q=0.3, zh;q=0.9": "没有这个地址", "fr, en;q=0.2": "there is no such address"} {
		a := f.get("/api/v1/nothing", "Accept-Language", lang)
		p := a.refused(404, "not_found")
		if p["detail"] != want || p["instance"] != "/api/v1/nothing" || p["request_id"] != a.header.Get("Request-Id") {
			t.Errorf("%s: got %v", lang, p)
		}
	}
}

func TestAWrongMethodIsToldTheRightOnes(t *testing.T) {
	f := newFixture(t)
	for _, c := range []struct{ method, path, allow string }{
		{"POST", "/api/v1/lists/white", "GET, HEAD"}, {"GET", "/api/v1/journal", "POST"}, {"DELETE", "/api/v1/institutions", "GET, HEAD, POST"},
		{"PATCH", "/api/v1/institutions/01JBR00001ZJBEK0EC3KSYAV29", "GET, HEAD"}, {"PUT", "/healthz", "GET, HEAD"},
	} {
		a := f.do(c.method, c.path, "")
		a.refused(405, "method_not_allowed")
		if got := a.header.Get("Allow"); got != c.allow {
			t.Errorf("%s %s: got %q, want %q", c.method, c.path, got, c.allow)
		}
	}
	head := f.do("HEAD", "/api/v1/institutions", "").is(200)
	if len(head.body) != 0 || head.header.Get("ETag") == "" {
		t.Errorf("got %q %v", head.body, head.header)
	}
}

// logged is a log that tests read.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestFaultsOfTheRegisterSayNothing(t *testing.T) {
	var log logged
	f := newFixture(t, func(o *api.Options) {
		o.Logger = slog.New(slog.NewTextHandler(&log, nil))
		o.HTML = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/panic":
				panic("secret of the house")
			case "/panic-error":
				panic(errors.New("secret of the house"))
			}
			_, _ = w.Write([]byte("page " + r.URL.Path))
		})
	})
	for _, path := range []string{"/panic", "/panic-error"} {
		a := f.get(path)
		p := a.refused(500, "internal")
		if strings.Contains(string(a.body), "secret") {
			t.Errorf("got %s", a.body)
		}
		if n := strings.Count(log.String(), `msg="request panicked" request_id=`+p["request_id"].(string)); n != 1 {
			t.Errorf("got it logged %d times: %s", n, log.String())
		}
	}
	if a := f.get("/institutions/x").is(200); string(a.body) != "page /institutions/x" || a.header.Get("Request-Id") == "" {
		t.Errorf("got %s", a.body)
	}
	f.get("/api/v1/nothing").refused(404, "not_found")
	f.do("POST", "/api/v1/lists/white", "").refused(405, "method_not_allowed")
}

func TestOneLineARequestWithoutWhatWasAskedOrSaid(t *testing.T) {
	var log logged
	f := newFixture(t, func(o *api.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	id := f.enrol("A")
	f.get("/api/v1/institutions/" + id + "?as_of=2026-01-01").is(200)
	f.get("/api/v1/institutions?q=秘密").is(200)
	text := log.String()
	for _, want := range []string{
		`msg=request`, `method=POST route="POST /api/v1/institutions" status=201`, `agency=530427-education command_id=` + "0192f000-8001", `seq=`,
		`route="GET /api/v1/institutions/{id}" status=200`, `duration=`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("got %s, want %s", text, want)
		}
	}
	for _, never := range []string{"as_of", "秘密", "新平县启航", "token-", id} {
		if strings.Contains(text, never) {
			t.Errorf("got %s in the log: %s", never, text)
		}
	}
	if n := strings.Count(text, "msg=request"); n != 3 {
		t.Errorf("got %d lines for 3 requests", n)
	}
}

func TestLimitsOfOneClient(t *testing.T) {
	f := newFixture(t, func(o *api.Options) { o.Limits = api.Limits{PerAddress: 0.001, PerToken: 0.001, Burst: 2, Clients: 2} })
	for range 2 {
		f.get("/api/v1/enums").is(200)
	}
	a := f.get("/api/v1/enums")
	a.refused(429, "rate_limited")
	if a.header.Get("Retry-After") == "" {
		t.Errorf("got %v", a.header)
	}
	token := f.bureau()
	for range 2 {
		f.get("/api/v1/enums", "Authorization", "Bearer "+token).is(200)
	}
	f.get("/api/v1/enums", "Authorization", "Bearer "+token).refused(429, "rate_limited")
	f.get("/api/v1/enums", "Authorization", "Bearer nope").refused(429, "rate_limited")
}

func TestOperatorsAreToldHowItIs(t *testing.T) {
	ready := true
	f := newFixture(t, func(o *api.Options) { o.Ready = func() bool { return ready } })
	f.enrol("A")
	f.get("/healthz").is(200)
	a := f.get("/readyz").is(200)
	if a.at("ready") != true || a.at("views/0/state") != "live" || a.at("views/0/lag") != 0.0 {
		t.Errorf("got %s", a.body)
	}
	f.get("/api/v1/institutions?limit=x")
	text := string(f.get("/metrics").is(200).body)
	for _, want := range []string{
		`minglu_http_requests_total{method="GET",route="/api/v1/institutions",status="422"} 1`, `minglu_http_request_duration_seconds_count{method="POST",route="/api/v1/institutions"} 1`,
		`minglu_acts_total{act="institution.register",outcome="done"} 1`, `minglu_view_lag{view="institutions"} 0`, `minglu_log_head`, "go_goroutines",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("got no %s", want)
		}
	}
	ready = false
	f.get("/readyz").is(503)
	ready = true
	if err := f.reg.Views.Close(); err != nil {
		t.Fatal(err)
	}
	f.get("/api/v1/institutions").refused(503, "busy")
}

func TestTheDescriptionIsAPageWithoutScript(t *testing.T) {
	f := newFixture(t)
	a := f.get("/api/docs").is(200)
	text := string(a.body)
	if csp := a.header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'; style-src 'self'") {
		t.Errorf("got the policy %s", csp)
	}
	for _, never := range []string{"<script", "http://", "https://", "style=", "onclick"} {
		if strings.Contains(text, never) {
			t.Errorf("got %s in the page", never)
		}
	}
	for _, want := range []string{"/api/v1/institutions/{id}/grant-licence", "Idempotency-Key", `id="schema-Institution"`, `href="/api/docs.css"`} {
		if !strings.Contains(text, want) {
			t.Errorf("got no %s in the page", want)
		}
	}
	if ct := f.get("/api/docs.css").is(200).header.Get("Content-Type"); ct != "text/css; charset=utf-8" {
		t.Errorf("got %s", ct)
	}
}

func TestMayIAndWhyNot(t *testing.T) {
	f := newFixture(t)
	token := f.bureau()
	ask := func(query string) answered {
		return f.get("/api/v1/authority/check?"+query, "Authorization", "Bearer "+token)
	}
	if a := ask("act=institution.grant-licence").is(200); a.at("allowed") != true || a.at("division") != "530427" || a.at("why") != "" {
		t.Errorf("got %s", a.body)
	}
	if a := ask("act=access.issue-token&division=530427").is(200); a.at("allowed") != false || a.at("rule") != "authority" || a.at("roles/0") != "administrator" {
		t.Errorf("got %s", a.body)
	}
	if a := ask("act=institution.grant-licence&division=530402").is(200); a.at("allowed") != false || !strings.Contains(a.at("why").(string), "辖区") {
		t.Errorf("got %s", a.body)
	}
	ask("act=nope").refused(422, "invalid")
	ask("act=institution.grant-licence&division=53").refused(422, "invalid")
	f.get("/api/v1/authority/check?act=institution.grant-licence").refused(401, "unauthenticated")
	f.get("/api/v1/tokens", "Authorization", "Bearer "+token).refused(403, "forbidden")
}
