package api_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// golden compares with a file of testdata; MINGLU_UPDATE=1 writes it anew.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("MINGLU_UPDATE") != "" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; MINGLU_UPDATE=1 writes it anew:\n%s", name, cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")))
	}
}

func TestTheDescriptionIsWhatOutsidersRelyOn(t *testing.T) {
	f := newFixture(t)
	a := f.get("/api/v1/openapi.json").is(200)
	golden(t, "openapi.json", a.body)
	if v := a.at("openapi"); v != "3.1.0" {
		t.Errorf("got OpenAPI %v", v)
	}
}

func TestTheRoutesAreWhatOutsidersRelyOn(t *testing.T) {
	f := newFixture(t)
	var doc struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(f.get("/api/v1/openapi.json").is(200).body, &doc); err != nil {
		t.Fatal(err)
	}
	lines := []string{"GET /api/docs", "GET /api/v1/openapi.json", "GET /healthz", "GET /metrics", "GET /problems/{code}", "GET /readyz"}
	for path, methods := range doc.Paths {
		for m := range methods {
			lines = append(lines, strings.ToUpper(m)+" "+path)
		}
	}
	slices.Sort(lines)
	golden(t, "routes.txt", []byte(strings.Join(lines, "\n")+"\n"))
}
