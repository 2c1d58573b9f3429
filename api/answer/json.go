package answer

import (
	"bytes"
	"encoding/json"
)

// marshalText writes a text without escaping what is harmless outside HTML.
func marshalText(s string) ([]byte, error) { return Marshal(s) }

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
