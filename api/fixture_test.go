package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"minglu/api"
	"minglu/register/registertest"
)

// fixture is a register behind HTTP.
type fixture struct {
	t     *testing.T
	reg   *registertest.Register
	srv   *httptest.Server
	log   *bytes.Buffer
	keys  int
	token map[string]string // name → bearer token
}

func newFixture(t *testing.T, change ...func(*api.Options)) *fixture {
	t.Helper()
	f := &fixture{t: t, reg: registertest.New(t), log: &bytes.Buffer{}, token: map[string]string{}}
	o := api.Options{
		Register: f.reg.Register, Views: f.reg.Views, Log: f.reg.Log, Version: "test",
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), WaitWithin: 5 * time.Second, Heartbeat: time.Hour,
	}
	for _, c := range change {
		c(&o)
	}
	f.srv = httptest.NewServer(api.New(o))
	t.Cleanup(f.srv.Close)
	return f
}

// issue issues a token and returns it.
func (f *fixture) issue(agency, role, officer string) string {
	f.t.Helper()
	token := "token-" + agency + "-" + role + "-" + officer
	division, _, _ := strings.Cut(agency, "-")
	f.reg.Do(`{"act":"access.issue-token","division":"` + division + `","effective":"2026-11-01","body":{"digest":"` + api.Digest(token) +
		`","agency":"` + agency + `","role":"` + role + `","officer":"` + officer + `"}}`)
	return token
}

// bureau is the token of an approver of the education bureau of Xinping.
func (f *fixture) bureau() string {
	if f.token["bureau"] == "" {
		f.token["bureau"] = f.issue("530427-education", "approver", "E1")
	}
	return f.token["bureau"]
}

// answered is an answer that was read.
type answered struct {
	t      *testing.T
	status int
	header http.Header
	body   []byte
}

// do sends a request; headers are name, value, name, value.
func (f *fixture) do(method, path, body string, headers ...string) answered {
	f.t.Helper()
	req, err := http.NewRequestWithContext(f.t.Context(), method, f.srv.URL+path, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i+1] != "" {
			req.Header.Set(headers[i], headers[i+1])
		}
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		f.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return answered{f.t, res.StatusCode, res.Header, b}
}

func (f *fixture) get(path string, headers ...string) answered {
	f.t.Helper()
	return f.do("GET", path, "", headers...)
}

// key returns the next Idempotency-Key.
func (f *fixture) key() string {
	f.keys++
	return registertest.CommandID(0x8000 + f.keys)
}

// act posts an act with a token and the next key, and waits for the views.
func (f *fixture) act(token, path, body string, headers ...string) answered {
	f.t.Helper()
	a := f.do("POST", path, body, append([]string{"Authorization", "Bearer " + token, "Content-Type", "application/json", "Idempotency-Key", f.key()}, headers...)...)
	f.reg.Wait()
	return a
}

// is fails the test unless the answer has the status.
func (a answered) is(status int) answered {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("got %d, want %d: %s", a.status, status, a.body)
	}
	return a
}

// json decodes the body.
func (a answered) json() map[string]any {
	a.t.Helper()
	var v map[string]any
	if err := json.Unmarshal(a.body, &v); err != nil {
		a.t.Fatalf("%v: %s", err, a.body)
	}
	return v
}

// at returns a value within the body, by a path such as "items/0/name".
func (a answered) at(path string) any {
	a.t.Helper()
	return at(a.json(), path)
}

func at(v any, path string) any {
	for name := range strings.SplitSeq(path, "/") {
		switch x := v.(type) {
		case map[string]any:
			v = x[name]
		case []any:
			i := 0
			for _, c := range name {
				i = i*10 + int(c-'0')
			}
			if i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// refused fails the test unless the answer is a problem of that status and
// code, and returns it.
func (a answered) refused(status int, code string) map[string]any {
	a.t.Helper()
	a.is(status)
	if ct := a.header.Get("Content-Type"); ct != "application/problem+json" {
		a.t.Fatalf("got the type %s: %s", ct, a.body)
	}
	p := a.json()
	if p["code"] != code || p["status"] != float64(status) || p["request_id"] == "" || p["title"] == "" || p["detail"] == "" || p["type"] != "/problems/"+code {
		a.t.Fatalf("got %s, want the code %s", a.body, code)
	}
	return p
}

// pointers returns where the problem says the fault is, with its codes.
func pointers(p map[string]any) map[string]string {
	out := map[string]string{}
	list, _ := p["errors"].([]any)
	for _, e := range list {
		f := e.(map[string]any)
		out[f["pointer"].(string)] = f["code"].(string)
	}
	return out
}

// story fills the register and returns the ids by reference: A, converted; B,
// white; P, a person; a baseline and a moratorium.
func (f *fixture) story() map[string]string {
	f.t.Helper()
	ids := map[string]string{}
	add := func(ref, name, kind, class, categories string) {
		ids[ref] = f.reg.Do(`{"act":"institution.register","division":"530427","target":{"ref":"` + ref + `"},"effective":"2019-03-01","body":{"names":["` + name + `"],"kind":"` + kind +
			`","mode":"offline","address":"桂山街道平山路9号","class":"` + class + `","categories":[` + categories + `],"audiences":["compulsory"]}}`).ID
	}
	add("A", "新平县启航培训学校", "institution", "subject", "")
	add("B", "新平县山水美术培训中心", "institution", "non_subject", `"culture_arts"`)
	add("P", "欧阳锋", "natural_person", "subject", "")
	f.reg.Do(`{"act":"institution.grant-licence","division":"530427","target":{"ref":"A"},"effective":"2019-03-01","source":{"title":"办学许可证","doc_no":"教民153042770000017号"},"body":{"number":"教民153042770000017号","kind":"school_licence","class":"subject","categories":[],"audiences":["compulsory"],"valid_from":"2019-03-01","valid_to":"2029-02-28"}}`)
	f.reg.Do(`{"act":"institution.record-legal-registration","division":"530427","target":{"ref":"A"},"effective":"2019-03-02","body":{"authority":"market_regulation","form":"company","number":"X1","for_profit":true}}`)
	f.reg.Do(`{"act":"institution.grant-licence","division":"530427","target":{"ref":"B"},"effective":"2020-03-02","body":{"number":"新文审〔2020〕2号","kind":"review_opinion","class":"non_subject","categories":["culture_arts"],"audiences":["compulsory"],"valid_from":"2020-03-02","valid_to":"2031-03-01"}}`)
	f.reg.Do(`{"act":"institution.record-legal-registration","division":"530427","target":{"ref":"B"},"effective":"2020-03-05","body":{"authority":"market_regulation","form":"company","number":"X2","for_profit":true}}`)
	f.reg.Do(`{"act":"institution.enrol-platform","division":"530427","target":{"ref":"B"},"effective":"2020-03-09","body":{"platform":"全国平台"}}`)
	f.reg.Do(`{"act":"listing.list-white","division":"530427","target":{"ref":"B"},"effective":"2020-05-06","body":{"document_no":"新教名〔2020〕1号"}}`)
	f.reg.Do(`{"act":"jurisdiction.freeze-baseline","division":"530427","effective":"2021-07-01","body":{"name":"2021","date":"2021-07-01","class":"subject","audiences":["compulsory"]}}`)
	f.reg.Do(`{"act":"jurisdiction.impose-moratorium","division":"530427","effective":"2021-07-07","body":{"class":"subject","audiences":["compulsory"],"document_no":"新政〔2021〕7号"}}`)
	f.reg.Do(`{"act":"institution.approve-conversion","division":"530427","target":{"ref":"A"},"effective":"2022-01-01","body":{"old_licence":"教民153042770000017号","to":{"class":"non_subject","categories":["sports"],"audiences":["compulsory"]},"new_licence":{"number":"新体审1","kind":"review_opinion","valid_from":"2022-01-01","valid_to":"2032-01-01"}}}`)
	return ids
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func registertestDigest(token string) string { return api.Digest(token) }
