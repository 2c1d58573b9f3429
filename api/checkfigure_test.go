package api_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"minglu/api"
)

const checking = "/api/v1/check-figure"

// students is the survey of students of the Xinping report, with the numbers of
// its other survey.
const students = `{"printed":"97.64%","numerator":[{"name":"比较满意","n":6944},{"name":"非常满意","n":8422}],"denominator":[{"name":"学生问卷","n":15366}],` +
	`"others":[{"name":"家长问卷","n":15737},{"n":6808},{"n":8600}]}`

func TestTheErrorOfTheXinpingSurveyIsFound(t *testing.T) {
	f := newFixture(t)
	a := f.send(checking, "", students).is(200)
	a.want(t, map[string]any{
		"verdict": "other_denominator_fits", "verdict_label": "另一分母相符", "printed": "97.64%", "rate": "97.64", "rounding": "half_up", "computed": "100.00",
		"numerator/n": 15366.0, "denominator/n": 15366.0, "remaining": nil, "within": nil, "rule/id": "printed-rate",
		"other_denominators/0/kept": "numerator", "other_denominators/0/n": 15366.0, "other_denominators/0/denominators/from": 15737.0, "other_denominators/0/denominators/to": 15738.0,
		"other_denominators/0/candidates/0/n": 15737.0, "other_denominators/0/candidates/0/name": "家长问卷", "other_denominators/0/candidates/0/part": "others",
		"other_denominators/0/candidates/0/rate": "97.64", "other_denominators/0/candidates/0/made_of": nil,
		"text": "15366/15366 得 100.00%，与印出的 97.64% 不符；分母为 15737（家长问卷），则得 97.64%。以何为准，须核对原始材料。",
	})
	if n := len(a.at("other_denominators/0/candidates").([]any)); n != 1 {
		t.Errorf("got %d candidates, want 1", n)
	}
	if got := f.send(checking, "", students, "Accept-Language", "en").at("text"); got != "15366/15366 is 100.00%; 97.64% is printed; with the denominator 15737 (家长问卷) it is 97.64%. Which holds, only the sources can tell." {
		t.Errorf("got %q", got)
	}
	if c := a.header.Get("Cache-Control"); c != "no-store" {
		t.Errorf("got the caching %q", c)
	}
}

func TestPrintedFiguresAreChecked(t *testing.T) {
	f := newFixture(t)
	for name, c := range map[string]struct {
		body string
		want map[string]any
	}{
		"the survey of parents": {`{"printed":"97.91%","numerator":[{"n":6808},{"n":8600}],"denominator":[{"n":15737}]}`,
			map[string]any{"verdict": "reproducible", "computed": "97.91", "fits/0": "half_up", "text": "15408/15737 得 97.91%，与印出的 97.91% 一致。"}},
		"truncated": {`{"printed":"66.66%","rounding":"unknown","numerator":[{"n":2}],"denominator":[{"n":3}]}`,
			map[string]any{"verdict": "reproducible", "computed": "66.67", "fits/0": "truncated", "text": "2/3 得 66.67%，与印出的 66.66% 一致（舍去尾数）。"}},
		"truncated, and nobody asked": {`{"printed":"66.66%","numerator":[{"n":2}],"denominator":[{"n":3}]}`,
			map[string]any{"verdict": "irreproducible", "fits/0": "truncated", "text": "2/3 得 66.67%，与印出的 66.66% 不符，同文所列的数都不是相符的分母；舍去尾数时一致。"}},
		"a rounded baseline": {`{"printed":"92.8%","remaining":[{"n":84}],"denominator":[{"n":1200,"rounded_to":100}]}`,
			map[string]any{"verdict": "reproducible_if_baseline_rounded", "computed": "93.0", "within/kept": "remaining", "within/part/from": 84.0, "within/denominator/from": 1159.0, "within/denominator/to": 1174.0,
				"numerator/n": 1116.0, "denominator/from": 1150.0, "denominator/to": 1249.0, "text": "1116/1200 得 93.0%，分母取整前为 1159 至 1174 时，得印出的 92.8%。"}},
		"a rounded count": {`{"printed":"96.8%","numerator":[{"n":2400,"precision":"at_least"}],"denominator":[{"n":2500}]}`,
			map[string]any{"verdict": "reproducible_if_rounded", "within/kept": "numerator", "within/part/from": 2419.0, "within/part/to": 2421.0, "text": "2400/2500 得 96.0%，取整前分子为 2419 至 2421、分母为 2500 时，可得印出的 96.8%。"}},
		"a sum of the text": {`{"printed":"62.50%","numerator":[{"n":15}],"denominator":[{"n":29}],"others":[{"n":9},{"n":5}]}`,
			map[string]any{"verdict": "irreproducible", "other_denominators/0/candidates/0/made_of": "15 + 9", "other_denominators/0/candidates/0/part": nil,
				"text": "15/29 得 51.72%，与印出的 62.50% 不符，同文所列的数都不是相符的分母；15 + 9 = 24 作分母时相符。"}},
		"nothing fits": {`{"printed":"85.00","remaining":[{"n":8}],"denominator":[{"n":50}]}`,
			map[string]any{"verdict": "irreproducible", "computed": "84.00", "text": "42/50 得 84.00%，与印出的 85.00% 不符，同文所列的数都不是相符的分母。"}},
		"a word without numbers": {`{"printed":"清零"}`,
			map[string]any{"verdict": "not_checkable", "rate": nil, "computed": nil, "numerator": nil, "denominator": nil, "text": "原文没有印出分子或分母，“清零”无从复算。"}},
		"no base, another": {`{"printed":"97.91%","numerator":[{"n":15408}],"others":[{"n":15737}]}`,
			map[string]any{"verdict": "other_denominator_fits", "computed": nil, "text": "分母为 15737，则得 97.91%。以何为准，须核对原始材料。"}},
		"no end": {`{"printed":"0%","numerator":[{"n":0}],"denominator":[{"n":7}]}`,
			map[string]any{"verdict": "reproducible", "other_denominators/0/denominators/from": 1.0, "other_denominators/0/denominators/to": nil}},
	} {
		t.Run(name, func(t *testing.T) {
			a := f.send(checking, "", c.body).is(200)
			a.t = t
			a.want(t, c.want)
		})
	}
}

func TestFiguresThatCannotBeCheckedAreRefused(t *testing.T) {
	f := newFixture(t)
	for name, c := range map[string]struct{ body, pointer, code, rule string }{
		"of none":           {`{"printed":"50%","numerator":[{"n":1}],"denominator":[{"n":0}]}`, "/denominator", "undefined", "printed-rate"},
		"negative":          {`{"printed":"50%","numerator":[{"n":-1}],"denominator":[{"n":2}]}`, "/numerator/0/n", "negative", "printed-rate"},
		"no percentage":     {`{"printed":"大部分","numerator":[{"n":1}],"denominator":[{"n":2}]}`, "/printed", "rate_form", "printed-rate"},
		"nothing printed":   {`{"printed":""}`, "/printed", "required", ""},
		"no text":           {`{}`, "/printed", "required", ""},
		"an unknown member": {`{"printed":"50%","base":2}`, "/base", "unknown_field", ""},
		"a member within":   {`{"printed":"50%","others":[{"n":2,"unit":"家"}]}`, "/others/0/unit", "unknown_field", ""},
		"a fraction":        {`{"printed":"50%","numerator":[{"n":1.5}]}`, "/numerator/0/n", "wrong_type", ""},
		"an unknown code":   {`{"printed":"50%","rounding":"floor"}`, "/rounding", "unknown_code", ""},
		"many":              {`{"printed":"50%","others":[` + strings.Repeat(`{"n":1},`, 12) + `{"n":1}]}`, "/others", "too_many", "printed-rate"},
	} {
		t.Run(name, func(t *testing.T) {
			a := f.send(checking, "", c.body)
			a.t = t
			p := a.refused(422, "invalid")
			if got, _ := p["rule"].(string); pointers(p)[c.pointer] != c.code || got != c.rule {
				t.Errorf("got %v by %q, want %s at %s by %q", pointers(p), got, c.code, c.pointer, c.rule)
			}
		})
	}
	f.send(checking, "", `{"printed"`).refused(400, "malformed")
	f.send(checking, "", `{"printed":"`+strings.Repeat("9", 70_000)+`"}`).refused(413, "too_large")
	f.send(checking+"?as_of=2026-01-01", "", students).refused(422, "invalid")
	f.do("POST", checking, students, "Content-Type", "text/plain").refused(415, "unsupported_media")
	f.get(checking).refused(405, "method_not_allowed")
}

// TestACheckNeedsNothing asks without a token, and where nobody may ask.
func TestACheckNeedsNothing(t *testing.T) {
	f := newFixture(t)
	f.do("POST", checking, students, "Content-Type", "application/json").is(200)
	f.do("POST", checking, students, "Content-Type", "application/json", "Authorization", "Bearer "+f.bureau()).is(200)
	before, err := f.reg.Log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f.send(checking, "", students).is(200)
	if after, err := f.reg.Log.Head(t.Context()); err != nil || after != before {
		t.Errorf("got position %d, %v, want %d as before", after, err, before)
	}
	g := newFixture(t, func(o *api.Options) { o.Limits = api.Limits{PerAddress: 0.001, Burst: 1} })
	g.send(checking, "", students).is(200)
	g.send(checking, "", students).refused(429, "rate_limited")
}

func TestChecksAreWhatTheDescriptionSays(t *testing.T) {
	f := newFixture(t)
	c, doc := schemas(t, f)
	of := func(parts ...string) *jsonschema.Schema {
		s, err := c.Compile(pointer(append([]string{"paths", checking, "post"}, parts...)...))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	sent, answered := of("requestBody", "content", "application/json", "schema"), of("responses", "200", "content", "application/json", "schema")
	for _, body := range []string{students, `{"printed":"清零"}`, `{"printed":"0%","numerator":[{"n":0}],"denominator":[{"n":7,"precision":"nearly"}]}`,
		`{"printed":"92.8%","rounding":"half_even","remaining":[{"n":84}],"denominator":[{"n":1200,"rounded_to":100}]}`} {
		for schema, b := range map[*jsonschema.Schema][]byte{sent: []byte(body), answered: f.send(checking, "", body).is(200).body} {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(v); err != nil {
				t.Errorf("%v: %s", err, b)
			}
		}
	}
	op := at(doc, "paths").(map[string]any)[checking]
	if at(op, "post/security") != nil || !slices.Equal(at(op, "post/tags").([]any), []any{"figures"}) {
		t.Errorf("got %v", op)
	}
}
