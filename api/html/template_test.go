package html

import (
	"reflect"
	"testing"
	"time"

	"minglu/domain/calendar"
)

// everyPage is a value of each page type; a new one is one line here.
var everyPage = []page{&Home{}, &Search{}, &Institution{}, &History{}, &List{}, &Regions{}, &Region{}, &Fault{},
	&Topics{}, &Filing{}, &Preview{}, &Receipt{}, &AskProgress{}, &Progress{}, &AskTrace{}, &Trace{}}

func TestEveryTemplateRunsWithItsPageType(t *testing.T) {
	for _, p := range everyPage {
		for name, fill := range map[string]func(reflect.Value){
			"empty":           func(reflect.Value) {},
			"full":            filler{yes: true}.fill,
			"full, all false": filler{}.fill,
		} {
			t.Run(p.template()+" "+name, func(t *testing.T) {
				v := reflect.New(reflect.TypeOf(p).Elem())
				fill(v.Elem())
				out, err := render(v.Interface().(page))
				if err != nil || len(out) == 0 {
					t.Fatalf("got %d bytes and %v, want a page", len(out), err)
				}
			})
		}
	}
}

func TestEveryPageTemplateHasAPageType(t *testing.T) {
	parts := map[string]bool{
		"head": true, "foot": true, "asof": true, "keepmoment": true, "caution": true, "moment": true, "tag": true, "pages": true, "ask": true,
		"rates": true, "lines": true, "batches": true, "places": true, "pieces": true,
		"faults": true, "about": true, "dues": true, "countdown": true, "": true,
	}
	known := map[string]bool{}
	for _, p := range everyPage {
		if known[p.template()] {
			t.Errorf("got the template %s twice", p.template())
		}
		known[p.template()] = true
		if templates.Lookup(p.template()) == nil {
			t.Errorf("got no template %s", p.template())
		}
	}
	for _, tmpl := range templates.Templates() {
		name := tmpl.Name()
		if !known[name] && !parts[name] && name[len(name)-1] != 'l' { // files are named .html
			t.Errorf("got the template %s, which is no page and no part", name)
		}
	}
}

// filler gives every member of a page a value, so that every branch of its
// template is taken.
type filler struct{ yes bool }

func (f filler) fill(v reflect.Value) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 11, 2, 15, 4, 0, 0, calendar.Beijing)))
		return
	case calendar.Day:
		v.Set(reflect.ValueOf(calendar.Date(2026, 11, 2)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(f.yes)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint, reflect.Uint8, reflect.Uint64:
		v.SetUint(7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				f.fill(v.Field(i))
			}
		}
	}
}
