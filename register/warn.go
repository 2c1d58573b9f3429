package register

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"minglu/domain"
	"minglu/domain/ident"
	"minglu/domain/rule"
)

// warnings points at free text in which there seem to be numbers of persons. body
// is a command as facts will hold it, its personal values sealed.
func warnings(body []byte) []domain.Field {
	if len(ident.Detect(string(body))) == 0 {
		return nil // as nearly always; nothing is taken apart for it
	}
	var v any
	if json.Unmarshal(body, &v) != nil {
		return nil
	}
	return warnIn("/body", v)
}

func warnIn(pointer string, v any) (out []domain.Field) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out = append(out, warnIn(pointer+"/"+escape(name), v[name])...)
		}
	case []any:
		for i := range v {
			out = append(out, warnIn(pointer+"/"+strconv.Itoa(i), v[i])...)
		}
	case string:
		if !strings.ContainsFunc(v, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			return nil // a member that is a number, such as that of a hotline, is what it says
		}
		return rule.PersonalTraces(pointer, v)
	}
	return out
}
