package division_test

import (
	"encoding/json"
	"errors"
	"testing"

	"minglu/domain"
	"minglu/domain/division"
)

func TestSixDigitsAreACode(t *testing.T) {
	for _, s := range []string{"530427", "999999", "000000"} {
		if got, err := division.Parse(s); err != nil || string(got) != s || got.String() != s {
			t.Errorf("got %q %v, want %q", got, err, s)
		}
	}
}

func TestOtherShapesAreRefused(t *testing.T) {
	for _, s := range []string{"", "53042", "5304270", "53042a", " 530427", "５３０４２７", "53-427", "530 27", "云南省"} {
		got, err := division.Parse(s)
		e, ok := errors.AsType[*domain.Error](err)
		if got != "" || !ok || e.Code != domain.Invalid || len(e.Fields) != 1 || e.Fields[0].Code != "division_form" {
			t.Errorf("%q: got %q %v, want division_form", s, got, err)
		}
	}
}

func TestJSONRefusesOtherShapes(t *testing.T) {
	var v struct {
		Division division.Code            `json:"division,omitempty"`
		Count    map[division.Code]int    `json:"count,omitempty"`
		Names    map[division.Code]string `json:"names,omitempty"`
	}
	if err := json.Unmarshal([]byte(`{"division":"530427","count":{"530427":1}}`), &v); err != nil || v.Division != "530427" || v.Count["530427"] != 1 {
		t.Fatalf("got %+v %v, want 530427", v, err)
	}
	for _, text := range []string{`{"division":""}`, `{"division":"5304"}`, `{"division":530427}`, `{"names":{"5":"x"}}`} {
		if err := json.Unmarshal([]byte(text), &v); err == nil {
			t.Errorf("%s: got %+v, want a refusal", text, v)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"530427", "999999", "", "53042", "５３０４２７", "\xff30427"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, err := division.Parse(s)
		if err != nil {
			return
		}
		if again, err := division.Parse(code.String()); err != nil || again != code {
			t.Fatalf("got %q %v, want %q", again, err, code)
		}
		division.FullName(code, 0)
		division.Resolve(code, 0)
		if !division.Matches(code, string(code)) {
			t.Fatalf("got %s outside itself", code)
		}
	})
}
