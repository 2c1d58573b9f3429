package register

import (
	"encoding/json"
	"reflect"
	"testing"
)

var texts = []string{
	`{}`, ` { } `, `{"a":1}`, "{\n\t\"a\" : [ 1 , {\"b\":\"]}\\\"\"} ] , \"c\" : null }\n", `{"a":1,"a":{"x":[]},"b":"\\"}`, `{"\u0061":true,"":""}`,
	`[]`, `[ 1, "a,b", [2,[3]], {"x":"}"} ]`, `[[],[{}],""]`, `"text"`, `"\u4e2d\n"`, `"\ud800"`, `12.5e3`, `null`, `  true `, "\"\xff\"", `{"a":"` + "\xc3\x28" + `"}`,
}

// FuzzMembers compares what takes JSON apart with encoding/json.
func FuzzMembers(f *testing.F) {
	for _, s := range texts {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if !json.Valid(raw) {
			return
		}
		var object map[string]json.RawMessage
		members, isObject := membersOf(raw, nil)
		if want := json.Unmarshal(raw, &object) == nil && object != nil; isObject != want {
			t.Fatalf("%q is an object: %v, want %v", raw, isObject, want)
		}
		for name, want := range object {
			if !valid(name) {
				continue // encoding/json writes U+FFFD for what is no text
			}
			if got, ok := lastOf(members, name); !ok || !same(got, want) {
				t.Fatalf("%q: member %q is %q, want %q", raw, name, got, want)
			}
		}
		var list []json.RawMessage
		items, isList := itemsOf(raw, nil)
		if want := json.Unmarshal(raw, &list) == nil && list != nil; isList != want || isList && len(items) != len(list) {
			t.Fatalf("%q is a list: %v of %d, want %v of %d", raw, isList, len(items), want, len(list))
		}
		for i := range items {
			if !same(items[i], list[i]) {
				t.Fatalf("%q: item %d is %q, want %q", raw, i, items[i], list[i])
			}
		}
		var want string
		if got, ok := unquote(raw); ok != (json.Unmarshal(raw, &want) == nil && !isNull(raw)) || ok && got != want {
			t.Fatalf("%q reads as %q, %v, want %q", raw, got, ok, want)
		}
	})
}

func valid(s string) bool {
	b, err := json.Marshal(s)
	var again string
	return err == nil && json.Unmarshal(b, &again) == nil && again == s
}

func same(a, b []byte) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}
