package main

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// answer reads the body of an answer; value is nil where it is no JSON.
func (s *scenario) answer(resp *http.Response) (text string, value any) {
	s.t.Helper()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if !strings.Contains(resp.Header.Get("Content-Type"), "json") || strings.Contains(resp.Header.Get("Content-Type"), "ndjson") {
		return string(b), nil
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		s.t.Fatalf("%v in %q", err, b)
	}
	if m, ok := value.(map[string]any); ok {
		delete(m, "request_id") // differs each time
	}
	return "", value
}

// picked keeps the named members of an answer, each under its path; through
// lists a path takes what every element has.
func picked(value any, paths []string) any {
	if len(paths) == 0 {
		return value
	}
	out := map[string]any{}
	for _, p := range paths {
		if v, ok := follow(value, strings.Split(p, ".")); ok {
			out[p] = v
		}
	}
	return out
}

func follow(value any, path []string) (any, bool) {
	if len(path) == 0 {
		return value, true
	}
	switch v := value.(type) {
	case map[string]any:
		m, ok := v[path[0]]
		if !ok {
			return nil, false
		}
		return follow(m, path[1:])
	case []any:
		list := []any{}
		for _, e := range v {
			if m, ok := follow(e, path); ok {
				list = append(list, m)
			}
		}
		return list, true
	}
	return nil, false
}

// lineWidth is how long a value may be in one line.
const lineWidth = 120

// layout writes JSON with sorted members, each value in one line where it fits.
func layout(v any, indent string) string {
	flat := compact(v)
	if utf8.RuneCountInString(indent+flat) <= lineWidth {
		return flat
	}
	inner := indent + "  "
	var parts []string
	open, end := "[", "]"
	switch v := v.(type) {
	case map[string]any:
		open, end = "{", "}"
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, inner+compact(name)+": "+layout(v[name], inner))
		}
	case []any:
		for _, e := range v {
			parts = append(parts, inner+layout(e, inner))
		}
	default:
		return flat
	}
	return open + "\n" + strings.Join(parts, ",\n") + "\n" + indent + end
}

func compact(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}
