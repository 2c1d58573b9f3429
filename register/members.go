package register

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// What follows takes JSON apart that json.Valid has taken: it finds where
// things end and looks at nothing else.

// member is one member of an object, with its value as it is written.
type member struct{ name, value []byte }

// lastOf returns the value of a name; where it is given twice, the last counts.
func lastOf(members []member, name string) ([]byte, bool) {
	for i := len(members) - 1; i >= 0; i-- {
		if string(members[i].name) == name {
			return members[i].value, true
		}
	}
	return nil, false
}

// membersOf appends the members of an object; ok is false where raw is none.
func membersOf(raw []byte, into []member) (_ []member, ok bool) {
	i := blank(raw, 0)
	if i >= len(raw) || raw[i] != '{' {
		return into, false
	}
	for i = blank(raw, i+1); raw[i] != '}'; {
		end := ended(raw, i)
		m := member{name: raw[i+1 : end-1]}
		if bytes.IndexByte(m.name, '\\') >= 0 {
			name, _ := unquote(raw[i:end])
			m.name = []byte(name)
		}
		i = blank(raw, blank(raw, end)+1)
		end = ended(raw, i)
		m.value = raw[i:end]
		into = append(into, m)
		if i = blank(raw, end); raw[i] == ',' {
			i = blank(raw, i+1)
		}
	}
	return into, true
}

// itemsOf appends the items of a list; ok is false where raw is none.
func itemsOf(raw []byte, into [][]byte) (_ [][]byte, ok bool) {
	i := blank(raw, 0)
	if i >= len(raw) || raw[i] != '[' {
		return into, false
	}
	for i = blank(raw, i+1); raw[i] != ']'; {
		end := ended(raw, i)
		into = append(into, raw[i:end])
		if i = blank(raw, end); raw[i] == ',' {
			i = blank(raw, i+1)
		}
	}
	return into, true
}

// blank returns the first place from i on that is no white space.
func blank(raw []byte, i int) int {
	for i < len(raw) && (raw[i] == ' ' || raw[i] == '\n' || raw[i] == '\t' || raw[i] == '\r') {
		i++
	}
	return i
}

// ended returns the place behind the value that begins at i.
func ended(raw []byte, i int) int {
	switch raw[i] {
	case '"':
		return endedText(raw, i)
	case '{', '[':
		for depth := 0; ; i++ {
			switch raw[i] {
			case '"':
				i = endedText(raw, i) - 1
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
	}
	for i < len(raw) && raw[i] != ',' && raw[i] != '}' && raw[i] != ']' && raw[i] > ' ' {
		i++
	}
	return i
}

func endedText(raw []byte, i int) int {
	for i++; raw[i] != '"'; i++ {
		if raw[i] == '\\' {
			i++
		}
	}
	return i + 1
}

// unquote returns the text that raw writes; ok is false where it is no text.
func unquote(raw []byte) (s string, ok bool) {
	raw = bytes.TrimSpace(raw)
	if len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	if text := raw[1 : len(raw)-1]; bytes.IndexByte(text, '\\') < 0 && utf8.Valid(text) {
		return string(text), true
	}
	return s, json.Unmarshal(raw, &s) == nil
}
