package register

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"minglu/domain"
)

// Decode reads a JSON object into the struct that dst points to, and names
// every member that is at fault by its JSON pointer: unknown, missing, of a
// wrong type or with an impossible value. Members whose tag says omitempty or
// omitzero, pointers, lists and maps may be missing.
func Decode(pointer string, raw []byte, dst any) error {
	if !json.Valid(raw) {
		return domain.Fault(domain.Malformed, domain.Say("不是合法的 JSON", "this is not valid JSON"), malformedAt(pointer, raw))
	}
	d := decoder{}
	d.value(pointer, raw, reflect.ValueOf(dst).Elem())
	if len(d.faults) == 0 {
		return nil
	}
	return domain.Fault(domain.Invalid, domain.Say("有 %d 处内容不能接受", "%d members cannot be taken", len(d.faults)), d.faults...)
}

func malformedAt(pointer string, raw []byte) domain.Field {
	var v any
	err := json.Unmarshal(raw, &v)
	if s, ok := errors.AsType[*json.SyntaxError](err); ok {
		return domain.Field{Pointer: pointer, Code: "syntax", Message: domain.Say("第 %d 个字节处有语法错误", "syntax error at byte %d", s.Offset)}
	}
	return domain.Field{Pointer: pointer, Code: "syntax", Message: domain.Say("语法错误", "syntax error")}
}

type decoder struct{ faults []domain.Field }

func (d *decoder) fault(pointer, code string, t domain.Text) {
	d.faults = append(d.faults, domain.Field{Pointer: pointer, Code: code, Message: t})
}

var (
	textType = reflect.TypeFor[encoding.TextUnmarshaler]()
	jsonType = reflect.TypeFor[json.Unmarshaler]()
	rawType  = reflect.TypeFor[json.RawMessage]()
)

func (d *decoder) value(pointer string, raw []byte, v reflect.Value) {
	t := v.Type()
	switch {
	case t == rawType:
		v.SetBytes(bytes.Clone(raw))
	case reflect.PointerTo(t).Implements(jsonType):
		if err := v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw); err != nil {
			d.refused(pointer, t, err)
		}
	case reflect.PointerTo(t).Implements(textType):
		d.text(pointer, raw, v)
	case t.Kind() == reflect.Pointer:
		if string(bytes.TrimSpace(raw)) == "null" {
			return
		}
		v.Set(reflect.New(t.Elem()))
		d.value(pointer, raw, v.Elem())
	case t.Kind() == reflect.Struct:
		d.object(pointer, raw, v)
	case t.Kind() == reflect.Slice:
		d.list(pointer, raw, v)
	case t.Kind() == reflect.Map:
		d.entries(pointer, raw, v)
	default:
		if string(bytes.TrimSpace(raw)) == "null" || json.Unmarshal(raw, v.Addr().Interface()) != nil {
			d.wrongType(pointer, t)
		}
	}
}

func (d *decoder) text(pointer string, raw []byte, v reflect.Value) {
	var s string
	if string(bytes.TrimSpace(raw)) == "null" || json.Unmarshal(raw, &s) != nil {
		d.fault(pointer, "wrong_type", domain.Say("应为文本", "should be a text"))
		return
	}
	if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s)); err != nil {
		d.refused(pointer, v.Type(), err)
	}
}

func (d *decoder) refused(pointer string, t reflect.Type, err error) {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		d.wrongType(pointer, t)
		return
	}
	if len(e.Fields) == 0 {
		d.fault(pointer, string(e.Code), e.Text)
	}
	for _, f := range e.Fields {
		d.fault(pointer+f.Pointer, f.Code, f.Message)
	}
}

func (d *decoder) wrongType(pointer string, t reflect.Type) {
	words := map[reflect.Kind]domain.Text{
		reflect.String: {ZH: "文本", EN: "a text"}, reflect.Bool: {ZH: "true 或 false", EN: "true or false"},
		reflect.Int: {ZH: "整数", EN: "a whole number"}, reflect.Int64: {ZH: "整数", EN: "a whole number"}, reflect.Uint64: {ZH: "非负整数", EN: "a whole number from 0"},
		reflect.Slice: {ZH: "列表", EN: "a list"}, reflect.Struct: {ZH: "对象", EN: "an object"}, reflect.Map: {ZH: "对象", EN: "an object"},
	}
	w := words[t.Kind()]
	d.fault(pointer, "wrong_type", domain.Text{ZH: "应为" + w.ZH, EN: "should be " + w.EN})
}

func (d *decoder) object(pointer string, raw []byte, v reflect.Value) {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil || members == nil {
		d.wrongType(pointer, v.Type())
		return
	}
	fields := fieldsOf(v.Type())
	seen := 0
	for _, f := range fields {
		m, ok := members[f.name]
		if !ok {
			if f.required {
				d.fault(pointer+"/"+f.name, "required", domain.Say("缺少此项", "this member is missing"))
			}
			continue
		}
		seen++
		if !f.required && string(m) == "null" {
			continue
		}
		d.value(pointer+"/"+f.name, m, v.FieldByIndex(f.index))
	}
	if seen == len(members) {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if !slices.ContainsFunc(fields, func(f field) bool { return f.name == name }) {
			d.fault(pointer+"/"+escape(name), "unknown_field", domain.Say("没有这一项", "there is no such member"))
		}
	}
}

func (d *decoder) list(pointer string, raw []byte, v reflect.Value) {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil || items == nil {
		d.wrongType(pointer, v.Type())
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, item := range items {
		d.value(pointer+"/"+strconv.Itoa(i), item, v.Index(i))
	}
}

func (d *decoder) entries(pointer string, raw []byte, v reflect.Value) {
	var items map[string]json.RawMessage
	if json.Unmarshal(raw, &items) != nil || items == nil {
		d.wrongType(pointer, v.Type())
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(items)))
	for _, name := range slices.Sorted(maps.Keys(items)) {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(pointer+"/"+escape(name), items[name], e)
		v.SetMapIndex(reflect.ValueOf(name), e)
	}
}

// escape writes a name as a token of a JSON pointer (RFC 6901).
func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

type field struct {
	name     string
	index    []int
	required bool
}

var fieldCache sync.Map // reflect.Type → []field

// fieldsOf returns the members of a struct as its JSON tags name them, those
// of embedded structs included.
func fieldsOf(t reflect.Type) []field {
	if f, ok := fieldCache.Load(t); ok {
		return f.([]field)
	}
	var out []field
	for _, f := range reflect.VisibleFields(t) {
		tag, has := f.Tag.Lookup("json")
		name, options, _ := strings.Cut(tag, ",")
		if f.Anonymous && !has || name == "-" || !f.IsExported() || hidden(t, f.Index) {
			continue
		}
		optional := strings.Contains(options, "omit") || f.Type.Kind() == reflect.Pointer
		out = append(out, field{name: name, index: f.Index, required: !optional})
	}
	fieldCache.Store(t, out)
	return out
}

// hidden tells members of embedded structs that are themselves left out.
func hidden(t reflect.Type, index []int) bool {
	for i := 1; i < len(index); i++ {
		f := t.FieldByIndex(index[:i])
		if !f.Anonymous || f.Tag.Get("json") == "-" {
			return true
		}
	}
	return false
}
