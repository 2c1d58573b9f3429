package projections_test

import (
	"reflect"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/register"
)

// TestOnlyCiphertextIsABox holds what leaves rely on: a member "box" of an event
// is that of a sealed value, and is replaced by its digest.
func TestOnlyCiphertextIsABox(t *testing.T) {
	sealed, boxes := reflect.TypeFor[domain.Sealed](), 0
	seen := map[reflect.Type]bool{}
	var walk func(event string, typ reflect.Type)
	walk = func(event string, typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			walk(event, typ.Elem())
		case reflect.Map:
			walk(event, typ.Key())
			walk(event, typ.Elem())
		case reflect.Struct:
			if seen[typ] {
				return
			}
			seen[typ] = true
			for f := range typ.Fields() {
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				if name == "" {
					name = f.Name
				}
				if strings.EqualFold(name, "box") {
					boxes++
					if typ != sealed {
						t.Errorf("event %s: %s has a member %q that is no ciphertext", event, typ, name)
					}
				}
				walk(event, f.Type)
			}
		}
	}
	for _, a := range register.Aggregates {
		for _, e := range a.Events {
			walk(e.Name, reflect.TypeOf(e.New()))
		}
	}
	if boxes != 1 {
		t.Errorf("found %d boxes, want that of domain.Sealed", boxes)
	}
}
