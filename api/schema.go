package api

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/register"
)

// What is sent is described by what reads it: the schema of a body follows the
// same struct and the same tags as register.Decode.

var (
	typeList     = reflect.TypeFor[interface{ List() *term.List }]()
	typeText     = reflect.TypeFor[encoding.TextUnmarshaler]()
	typeRaw      = reflect.TypeFor[json.RawMessage]()
	typeDomain   = reflect.TypeFor[domain.RawJSON]()
	typeRef      = reflect.TypeFor[domain.Ref]()
	typePersonal = reflect.TypeFor[domain.Personal]()
	typeDay      = reflect.TypeFor[calendar.Day]()
	typeDivision = reflect.TypeFor[division.Code]()
)

// bodySchema is the schema of the body of an act.
func bodySchema(a domain.ActType) *huma.Schema {
	return schemaOf(reflect.TypeOf(a.New()).Elem())
}

// actSchema is the schema of an act as the body of a request.
func actSchema(agg *eventstore.Aggregate, a domain.ActType) *huma.Schema {
	s := schemaOf(reflect.TypeFor[register.Act]())
	for _, name := range []string{"command_id", "actor"} {
		delete(s.Properties, name)
	}
	s.Properties["act"] = &huma.Schema{Type: huma.TypeString, Enum: []any{a.Name}, Description: "The address says it; may be left out."}
	s.Properties["division"].Description = "Left out: that of the thing, or of the token where a new thing is made."
	s.Properties["effective"].Description = "Day, or instant (RFC 3339), from which it holds."
	s.Properties["visibility"].Enum = []any{string(domain.Public), string(domain.Joint), string(domain.AgencyOnly), string(domain.SealedOnly)}
	body := bodySchema(a)
	s.Properties["body"] = body
	s.Required = []string{"effective"}
	if len(body.Required) > 0 {
		s.Required = append(s.Required, "body")
	}
	if !a.Creates {
		delete(s.Properties, "target")
		return s
	}
	s.Properties["target"] = &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Properties: map[string]*huma.Schema{
		"ref": {Type: huma.TypeString, Description: "The writer's own reference, unique in the division."},
	}}
	return s
}

func schemaOf(t reflect.Type) *huma.Schema {
	pointer := reflect.PointerTo(t)
	switch {
	case t.Kind() == reflect.Pointer:
		return schemaOf(t.Elem())
	case t == typeRaw, t == typeDomain:
		return &huma.Schema{}
	case t == typeRef:
		return refSchema()
	case t == typePersonal:
		return &huma.Schema{Type: huma.TypeString, Description: "In clear; it is sealed before it is stored."}
	case t == typeDay:
		return &huma.Schema{Type: huma.TypeString, Format: "date"}
	case t == typeDivision:
		return &huma.Schema{Type: huma.TypeString, Pattern: `^\d{6}$`}
	case t.Implements(typeList):
		s := &huma.Schema{Type: huma.TypeString}
		for _, code := range reflect.Zero(t).Interface().(interface{ List() *term.List }).List().Codes() {
			s.Enum = append(s.Enum, code)
		}
		return s
	case pointer.Implements(typeText):
		return &huma.Schema{Type: huma.TypeString}
	}
	switch t.Kind() {
	case reflect.Struct:
		return objectSchema(t)
	case reflect.Slice:
		return &huma.Schema{Type: huma.TypeArray, Items: schemaOf(t.Elem())}
	case reflect.Map:
		return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: schemaOf(t.Elem())}
	case reflect.Bool:
		return &huma.Schema{Type: huma.TypeBoolean}
	case reflect.Int, reflect.Int64, reflect.Int32:
		return &huma.Schema{Type: huma.TypeInteger}
	case reflect.Uint, reflect.Uint64, reflect.Uint32:
		zero := 0.0
		return &huma.Schema{Type: huma.TypeInteger, Minimum: &zero}
	}
	return &huma.Schema{Type: huma.TypeString}
}

// refSchema is the schema of a reference to another aggregate.
func refSchema() *huma.Schema {
	text := &huma.Schema{Type: huma.TypeString}
	object := func(name, about string) *huma.Schema {
		return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Required: []string{name}, Description: about,
			Properties: map[string]*huma.Schema{name: text}}
	}
	return &huma.Schema{OneOf: []*huma.Schema{
		{Type: huma.TypeString, Description: "Stream name, such as 530427.institution.01J….", Pattern: `^[^.]+\.[^.]+\.[^.]+$`},
		object("id", "The id of the thing."),
		object("ref", "The reference that its writer chose, in the division of the act."),
	}}
}

// objectSchema is the schema of a struct, whose members register.Decode reads.
func objectSchema(t reflect.Type) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}, AdditionalProperties: false}
	for _, f := range reflect.VisibleFields(t) {
		tag, has := f.Tag.Lookup("json")
		name, options, _ := strings.Cut(tag, ",")
		if f.Anonymous && !has || name == "-" || !f.IsExported() || concealedField(t, f.Index) {
			continue
		}
		s.Properties[name] = schemaOf(f.Type)
		if !strings.Contains(options, "omit") && f.Type.Kind() != reflect.Pointer {
			s.Required = append(s.Required, name)
		}
	}
	return s
}

// concealedField tells members of embedded structs that are themselves left
// out.
func concealedField(t reflect.Type, index []int) bool {
	for i := 1; i < len(index); i++ {
		f := t.FieldByIndex(index[:i])
		if !f.Anonymous || f.Tag.Get("json") == "-" {
			return true
		}
	}
	return false
}
