package answer

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// marshalText writes a text as Marshal does. Most texts need no escape and are
// written as they are.
func marshalText(s string) ([]byte, error) {
	if !plain(s) {
		return Marshal(s)
	}
	out := make([]byte, 0, len(s)+2)
	out = append(out, '"')
	out = append(out, s...)
	return append(out, '"'), nil
}

// plain reports whether a text needs no escape in JSON.
func plain(s string) bool {
	for _, r := range s {
		switch {
		case r < ' ', r == '"', r == '\\', r == utf8.RuneError, r == '\u2028', r == '\u2029':
			return false
		}
	}
	return true
}

func unmarshalText(b []byte, s *string) error { return json.Unmarshal(b, s) }

// Marshal writes JSON as the register answers it: without escapes that only
// matter within HTML, and without a line end.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
