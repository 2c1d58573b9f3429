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
	d := decoder{base: pointer}
	d.value(raw, reflect.ValueOf(dst).Elem())
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

// decoder is where a reading stands: at the value that base and the tokens of
// path point to.
type decoder struct {
	base   string
	path   []token
	faults []domain.Field
}

// token is one token of a pointer: a name, or a place in a list.
type token struct {
	name  string
	place int
}

func (d *decoder) fault(code string, t domain.Text) { d.faultBelow("", code, t) }

// faultBelow takes down a fault of what a pointer from here points to.
func (d *decoder) faultBelow(rest, code string, t domain.Text) {
	at := d.base
	for _, tok := range d.path {
		if tok.name != "" || tok.place < 0 {
			at += "/" + escape(tok.name)
			continue
		}
		at += "/" + strconv.Itoa(tok.place)
	}
	d.faults = append(d.faults, domain.Field{Pointer: at + rest, Code: code, Message: t})
}

// in reads a value one token further.
func (d *decoder) in(tok token, h how, raw []byte, v reflect.Value) {
	d.path = append(d.path, tok)
	d.valueAs(h, raw, v)
	d.path = d.path[:len(d.path)-1]
}

// how a type is read.
type how uint8

const (
	asRaw how = iota
	asJSON
	asText
	asPointer
	asObject
	asList
	asEntries
	asString
	asOther
)

var (
	textType = reflect.TypeFor[encoding.TextUnmarshaler]()
	jsonType = reflect.TypeFor[json.Unmarshaler]()
	rawType  = reflect.TypeFor[json.RawMessage]()
)

var howCache sync.Map // reflect.Type → how

func howOf(t reflect.Type) how {
	if h, ok := howCache.Load(t); ok {
		return h.(how)
	}
	h := asOther
	switch {
	case t == rawType:
		h = asRaw
	case reflect.PointerTo(t).Implements(jsonType):
		h = asJSON
	case reflect.PointerTo(t).Implements(textType):
		h = asText
	case t.Kind() == reflect.Pointer:
		h = asPointer
	case t.Kind() == reflect.Struct:
		h = asObject
	case t.Kind() == reflect.Slice:
		h = asList
	case t.Kind() == reflect.Map:
		h = asEntries
	case t.Kind() == reflect.String:
		h = asString
	}
	howCache.Store(t, h)
	return h
}

func (d *decoder) value(raw []byte, v reflect.Value) { d.valueAs(howOf(v.Type()), raw, v) }

func (d *decoder) valueAs(h how, raw []byte, v reflect.Value) {
	switch h {
	case asRaw:
		v.SetBytes(bytes.Clone(raw))
	case asJSON:
		if err := v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(raw); err != nil {
			d.refused(v.Type(), err)
		}
	case asText:
		d.text(raw, v)
	case asPointer:
		if isNull(raw) {
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		d.value(raw, v.Elem())
	case asObject:
		d.object(raw, v)
	case asList:
		d.list(raw, v)
	case asEntries:
		d.entries(raw, v)
	case asString:
		s, ok := unquote(raw)
		if !ok {
			d.wrongType(v.Type())
			return
		}
		v.SetString(s)
	default:
		if isNull(raw) || json.Unmarshal(raw, v.Addr().Interface()) != nil {
			d.wrongType(v.Type())
		}
	}
}

func isNull(raw []byte) bool { return string(bytes.TrimSpace(raw)) == "null" }

func (d *decoder) text(raw []byte, v reflect.Value) {
	s, ok := unquote(raw)
	if !ok {
		d.fault("wrong_type", domain.Say("应为文本", "should be a text"))
		return
	}
	if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s)); err != nil {
		d.refused(v.Type(), err)
	}
}

func (d *decoder) refused(t reflect.Type, err error) {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		d.wrongType(t)
		return
	}
	if len(e.Fields) == 0 {
		d.fault(string(e.Code), e.Text)
	}
	for _, f := range e.Fields {
		d.faultBelow(f.Pointer, f.Code, f.Message)
	}
}

func (d *decoder) wrongType(t reflect.Type) {
	words := map[reflect.Kind]domain.Text{
		reflect.String: {ZH: "文本", EN: "a text"}, reflect.Bool: {ZH: "true 或 false", EN: "true or false"},
		reflect.Int: {ZH: "整数", EN: "a whole number"}, reflect.Int64: {ZH: "整数", EN: "a whole number"}, reflect.Uint64: {ZH: "非负整数", EN: "a whole number from 0"},
		reflect.Slice: {ZH: "列表", EN: "a list"}, reflect.Struct: {ZH: "对象", EN: "an object"}, reflect.Map: {ZH: "对象", EN: "an object"},
	}
	w := words[t.Kind()]
	d.fault("wrong_type", domain.Text{ZH: "应为" + w.ZH, EN: "should be " + w.EN})
}

func (d *decoder) object(raw []byte, v reflect.Value) {
	var few [16]member
	members, ok := membersOf(raw, few[:0])
	if !ok {
		d.wrongType(v.Type())
		return
	}
	fields := fieldsOf(v.Type())
	seen := 0
	for i := range fields {
		f := &fields[i]
		m, ok := lastOf(members, f.name)
		if !ok {
			if f.required {
				d.faultBelow("/"+f.name, "required", domain.Say("缺少此项", "this member is missing"))
			}
			continue
		}
		seen++
		if !f.required && isNull(m) {
			continue
		}
		d.in(token{name: f.name}, f.how, m, v.FieldByIndex(f.index))
	}
	if seen == len(members) {
		return
	}
	unknown := map[string]bool{}
	for _, m := range members {
		if !slices.ContainsFunc(fields, func(f field) bool { return f.name == string(m.name) }) {
			unknown[string(m.name)] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(unknown)) {
		d.faultBelow("/"+escape(name), "unknown_field", domain.Say("没有这一项", "there is no such member"))
	}
}

func (d *decoder) list(raw []byte, v reflect.Value) {
	var few [8][]byte
	items, ok := itemsOf(raw, few[:0])
	if !ok {
		d.wrongType(v.Type())
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	h := howOf(v.Type().Elem())
	for i, item := range items {
		d.in(token{place: i}, h, item, v.Index(i))
	}
}

func (d *decoder) entries(raw []byte, v reflect.Value) {
	members, ok := membersOf(raw, nil)
	if !ok {
		d.wrongType(v.Type())
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(members)))
	slices.SortStableFunc(members, func(a, b member) int { return bytes.Compare(a.name, b.name) })
	for _, m := range members {
		e := reflect.New(v.Type().Elem()).Elem()
		d.in(token{name: string(m.name), place: -1}, howOf(e.Type()), m.value, e)
		v.SetMapIndex(reflect.ValueOf(string(m.name)).Convert(v.Type().Key()), e)
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
	how      how
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
		out = append(out, field{name: name, index: f.Index, required: !optional, how: howOf(f.Type)})
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
