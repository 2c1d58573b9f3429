package api_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"minglu/register"
)

// schemas are the schemas of the description, strict: a member that is not
// described is a fault.
func schemas(t *testing.T, f *fixture) (*jsonschema.Compiler, map[string]any) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.get("/api/v1/openapi.json").is(200).body))
	if err != nil {
		t.Fatal(err)
	}
	components := at(doc, "components/schemas").(map[string]any)
	for _, s := range components {
		if m := s.(map[string]any); m["type"] == "object" && m["additionalProperties"] == nil && m["properties"] != nil {
			m["additionalProperties"] = false
		}
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	return c, doc.(map[string]any)
}

func pointer(parts ...string) string {
	for i, p := range parts {
		parts[i] = strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(p)
	}
	return "openapi.json#/" + strings.Join(parts, "/")
}

func TestAnswersAreWhatTheDescriptionSays(t *testing.T) {
	f := newFixture(t)
	ids := f.blackStory()
	admin := f.issue("530427-education", "administrator", "AD")
	c, _ := schemas(t, f)
	check := func(name, path, method, status string, body []byte) {
		t.Helper()
		s, err := c.Compile(pointer("paths", path, method, "responses", status, "content", map[bool]string{true: "application/problem+json", false: "application/json"}[status == "default"], "schema"))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: %v\n%s", name, err, body)
		}
	}
	for path, requests := range map[string][]string{
		"/api/v1/institutions":             {"/api/v1/institutions", "/api/v1/institutions?limit=1&as_of=2020-01-01", "/api/v1/institutions?division=11"},
		"/api/v1/institutions/{id}":        {"/api/v1/institutions/" + ids["A"], "/api/v1/institutions/" + ids["B"], "/api/v1/institutions/" + ids["P"], "/api/v1/institutions/" + ids["A"] + "?as_of=2030-01-01"},
		"/api/v1/institutions/{id}/events": {"/api/v1/institutions/" + ids["A"] + "/events", "/api/v1/institutions/" + ids["P"] + "/events?limit=1"},
		"/api/v1/institutions/{id}/diff":   {"/api/v1/institutions/" + ids["A"] + "/diff?from=2020-01-01", "/api/v1/institutions/" + ids["A"] + "/diff?from=2010-01-01"},
		"/api/v1/lists/{list}":             {"/api/v1/lists/white", "/api/v1/lists/black", "/api/v1/lists/watch"},
		"/api/v1/reduction":                {"/api/v1/reduction?division=530427", "/api/v1/reduction?division=530402"},
		"/api/v1/reduction/series":         {"/api/v1/reduction/series?division=530427&step=year", "/api/v1/reduction/series?division=530402"},
		"/api/v1/reduction/members":        {"/api/v1/reduction/members?division=530427"},
		"/api/v1/divisions/{code}":         {"/api/v1/divisions/530427", "/api/v1/divisions/530000", "/api/v1/divisions/120221"},
		"/api/v1/divisions/{code}/events":  {"/api/v1/divisions/530427/events"},
		"/api/v1/agencies/{id}/events":     {"/api/v1/agencies/530427-education/events"},
		"/api/v1/officers/{id}/events":     {"/api/v1/officers/E1/events"},
		"/api/v1/acts":                     {"/api/v1/acts"},
		"/api/v1/enums":                    {"/api/v1/enums"},
		"/api/v1/rules":                    {"/api/v1/rules"},
		"/api/v1/authority/check":          {"/api/v1/authority/check?act=institution.grant-licence"},
		"/api/v1/tokens":                   {"/api/v1/tokens"},
	} {
		for _, r := range requests {
			token := "Bearer " + admin
			if !strings.Contains(r, "officers") && !strings.Contains(r, "tokens") && !strings.Contains(r, "authority") {
				token = ""
			}
			check(r, path, "get", "200", f.get(r, "Authorization", token).is(200).body)
		}
	}
	check("created", "/api/v1/institutions", "post", "201", f.act(f.bureau(), "/api/v1/institutions", registerBody).is(409).body2(f))
	id := f.enrol("Z")
	check("changed", "/api/v1/institutions/{id}/hold-interview", "post", "200", f.act(f.bureau(), "/api/v1/institutions/"+id+"/hold-interview", `{"effective":"2026-01-01","body":{"reason":"x"}}`).is(200).body)
	check("refused", "/api/v1/institutions/{id}/hold-interview", "post", "default", f.act(f.bureau(), "/api/v1/institutions/"+id+"/hold-interview", `{"effective":"2026-01-01","body":{}}`).is(422).body)
	check("stale", "/api/v1/institutions/{id}/hold-interview", "post", "default", f.act(f.bureau(), "/api/v1/institutions/"+id+"/hold-interview", `{"effective":"2026-01-01","body":{"reason":"x"}}`, "If-Match", "1").is(412).body)
	check("unknown", "/api/v1/institutions/{id}", "get", "default", f.get("/api/v1/institutions/x").is(404).body)
}

// body2 is the answer to a new institution, in place of one that is refused.
func (a answered) body2(f *fixture) []byte {
	return f.act(f.bureau(), "/api/v1/institutions", strings.Replace(registerBody, `"ref":"A"`, `"ref":"fresh"`, 1)).is(201).body
}

// TestBodiesAreWhatTheDescriptionSays holds the schema of each act against what
// the register reads.
func TestBodiesAreWhatTheDescriptionSays(t *testing.T) {
	f := newFixture(t)
	c, _ := schemas(t, f)
	of := func(path string) *jsonschema.Schema {
		s, err := c.Compile(pointer("paths", path, "post", "requestBody", "content", "application/json", "schema"))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		return s
	}
	for name, x := range map[string]struct {
		path, body string
		good       bool
	}{
		"a registration":       {"/api/v1/institutions", registerBody, true},
		"an unknown member":    {"/api/v1/institutions", `{"effective":"2019-03-01","boddy":{}}`, false},
		"an actor":             {"/api/v1/institutions", strings.Replace(registerBody, `"effective"`, `"actor":{"agency":"x"},"effective"`, 1), false},
		"a code unknown":       {"/api/v1/institutions", strings.Replace(registerBody, "offline", "nowhere", 1), false},
		"no body":              {"/api/v1/institutions", `{"effective":"2019-03-01"}`, false},
		"a licence":            {"/api/v1/institutions/{id}/grant-licence", grant("N", "2020-03-01", "2029-02-28"), true},
		"a day that is none":   {"/api/v1/institutions/{id}/grant-licence", grant("N", "2020-03-01", "2029-02-30"), false},
		"a waiver, empty":      {"/api/v1/listings/{id}/waive-statement", `{"effective":"2026-01-01"}`, true},
		"a policy":             {"/api/v1/jurisdictions/{id}/adopt-policy", `{"effective":"2026-01-01","body":{"parameters":{"list.watch_limit_months":2}}}`, true},
		"a correction":         {"/api/v1/institutions/{id}/correct", `{"effective":"2026-01-01","body":{"target_seq":1,"field":"names","was":["a"],"is":["b"],"reason":"x"}}`, true},
		"a conversion":         {"/api/v1/institutions/{id}/approve-conversion", `{"effective":"2026-01-01","body":{"old_licence":"a","to":{"class":"non_subject","categories":["sports"],"audiences":["compulsory"]},"new_licence":{"number":"b","kind":"review_opinion","valid_from":"2026-01-01","valid_to":"2030-01-01"}}}`, true},
		"a conversion to none": {"/api/v1/institutions/{id}/approve-conversion", `{"effective":"2026-01-01","body":{"old_licence":"a","new_licence":{"number":"b","kind":"review_opinion","valid_from":"2026-01-01","valid_to":"2030-01-01"}}}`, false},
	} {
		var v any
		if err := json.Unmarshal([]byte(x.body), &v); err != nil {
			t.Fatal(err)
		}
		if err := of(x.path).Validate(v); (err == nil) != x.good {
			t.Errorf("%s: got %v", name, err)
		}
	}
	acts := f.get("/api/v1/acts").is(200)
	n := 0
	for _, agg := range register.Aggregates {
		n += len(agg.Acts)
	}
	if got := len(acts.at("items").([]any)); got != n {
		t.Errorf("got %d acts, want %d", got, n)
	}
	for _, a := range acts.at("items").([]any) {
		of(at(a, "path").(string))
		if at(a, "body/type") != "object" || at(a, "title/zh") == "" {
			t.Errorf("got %v", a)
		}
	}
}
