package api

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/term"
	"minglu/register"
)

func init() {
	// Lists are never null here.
	huma.DefaultArrayNullable = false
	// Errors that huma itself finds have the same shape as all others.
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return &Problem{Status: status, Title: http.StatusText(status), Detail: http.StatusText(status)}
	}
	huma.NewErrorWithContext = humaProblem
}

// humaProblem is what huma itself finds at fault: where, and never with the
// value.
func humaProblem(c huma.Context, status int, _ string, errs ...error) huma.StatusError {
	q, ok := c.Context().Value(requestKey{}).(*request)
	if !ok {
		return huma.NewError(status, "")
	}
	code := domain.Invalid
	for _, k := range kinds {
		if k.status == status {
			code = k.code
			break
		}
	}
	k, _ := kindOf(code)
	p := &Problem{Type: "/problems/" + string(code), Title: q.say(k.title), Status: k.status, Detail: q.say(k.title), Instance: q.r.URL.Path, Code: code, RequestID: q.id}
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			_, at, _ := strings.Cut(d.ErrorDetail().Location, ".")
			p.Errors = append(p.Errors, ProblemField{Pointer: "/" + strings.ReplaceAll(at, ".", "/"), Code: "invalid", Message: q.say(domain.Text{ZH: "不能接受", EN: "cannot be taken"})})
		}
	}
	return p
}

// dateSchema and textSchema describe values that may be null.
type (
	dateSchema struct{}
	textSchema struct{}
)

// Schema is that of a day that may be unknown.
func (dateSchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date", Nullable: true}
}

// Schema is that of a text that may be unknown.
func (textSchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true}
}

func (s *server) newOpenAPI() *huma.OpenAPI {
	schemas := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	schemas.RegisterTypeAlias(reflect.TypeFor[answer.Date](), reflect.TypeFor[dateSchema]())
	schemas.RegisterTypeAlias(reflect.TypeFor[answer.Maybe](), reflect.TypeFor[textSchema]())
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: "minglu：校外培训机构名录", Version: "1",
			Description: "The register of off-campus training institutions. Every read takes as_of and at_seq and says both; every write is an act, carried out once under its Idempotency-Key. " +
				"Sentences are Chinese, or English by Accept-Language. Inside v1 there are only additions: readers bear unknown members, requests with unknown members are refused.",
		},
		Components: &huma.Components{
			Schemas:         schemas,
			SecuritySchemes: map[string]*huma.SecurityScheme{bearer: {Type: "http", Scheme: "bearer", Description: "A token of an agency; see access.issue-token."}},
		},
	}
}

// parameterSchemas are those of parameters by name, in place of plain text.
func parameterSchemas() map[string]*huma.Schema {
	number := func(least, most float64) *huma.Schema {
		s := &huma.Schema{Type: huma.TypeInteger, Minimum: &least}
		if most > 0 {
			s.Maximum = &most
		}
		return s
	}
	codes := func(l *term.List) *huma.Schema {
		s := &huma.Schema{Type: huma.TypeString}
		for _, c := range l.Codes() {
			s.Enum = append(s.Enum, c)
		}
		return s
	}
	date := &huma.Schema{Type: huma.TypeString, Format: "date"}
	limit := number(1, largestLimit)
	limit.Default = defaultLimit
	act := &huma.Schema{Type: huma.TypeString}
	for _, a := range actsInfo().Items {
		act.Enum = append(act.Enum, a.Act)
	}
	return map[string]*huma.Schema{
		"as_of": date, "at_seq": number(0, 0), "min_seq": number(0, 0), "after": number(0, 0), "limit": limit,
		"standing": codes(term.Standings), "class": codes(term.Classes), "category": codes(term.Categories), "audience": codes(term.Audiences),
		"documents": codes(term.DocumentsList), "status": codes(term.Statuses), "mode": codes(term.Modes), "method": codes(term.Methods),
		"follow": {Type: huma.TypeBoolean}, "act": act, "Last-Event-ID": number(0, 0),
		"labels": {Type: huma.TypeString, Enum: []any{"codes", "zh"}}, "bom": {Type: huma.TypeString, Enum: []any{"0", "1"}},
		"division": {Type: huma.TypeString, Pattern: `^\d{0,6}$`},
	}
}

// finishDescription completes what huma made of the routes.
func (s *server) finishDescription() {
	doc := s.huma.OpenAPI()
	typed := parameterSchemas()
	for _, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post} {
			if op == nil {
				continue
			}
			r := s.routes[op.Method+" "+op.Path]
			for _, p := range op.Parameters {
				if t := typed[p.Name]; t != nil && p.In != "path" {
					p.Schema = t
				}
				p.Explode = nil
			}
			describeReplies(op, r)
		}
	}
	for _, agg := range register.Aggregates {
		for _, act := range agg.Acts {
			op := doc.Paths[actPath(agg, act)].Post
			op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{typeJSON: {Schema: actSchema(agg, act)}}}
		}
	}
	for name, schema := range doc.Components.Schemas.Map() {
		openSchema(schema, doc.Components.Schemas.TypeFromRef("#/components/schemas/"+name))
	}
	b, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		panic("openapi: " + err.Error())
	}
	s.docs = newDocsPage(doc, append(b, '\n'))
}

// describeReplies adds the representations and refusals of a route.
func describeReplies(op *huma.Operation, r *route) {
	problem := &huma.Response{Description: "A problem (RFC 9457).", Content: map[string]*huma.MediaType{problemType: {Schema: &huma.Schema{Ref: "#/components/schemas/Problem"}}}}
	op.Responses["default"] = problem
	for status, reply := range op.Responses {
		if status != "200" || r == nil || len(r.reps) == 0 || reply.Content[typeJSON] == nil {
			continue
		}
		for _, rep := range r.reps {
			if rep != asJSON {
				reply.Content[rep.mediaType()] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
			}
		}
	}
	if op.Method == http.MethodPost && op.Responses["201"] != nil {
		op.Responses["201"].Description = "Carried out; a repeat answers the same."
	}
}

// openSchema lets objects that are answered have more members, as v1 may come to
// have, and lets members be null that may be.
func openSchema(s *huma.Schema, t reflect.Type) {
	s.AdditionalProperties = nil
	if t == nil || t.Kind() != reflect.Struct {
		return
	}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := s.Properties[name]
		if p == nil || f.Type.Kind() != reflect.Pointer || strings.Contains(options, "omit") {
			continue
		}
		if p.Ref != "" {
			s.Properties[name] = &huma.Schema{AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}, Description: p.Description}
		}
		if !slices.Contains(s.Required, name) {
			s.Required = append(s.Required, name)
		}
	}
	slices.Sort(s.Required)
}

// serveOpenAPI answers the description.
func (s *server) serveOpenAPI(_ context.Context, q *request) {
	h := q.w.Header()
	h.Set("Content-Type", "application/openapi+json; charset=utf-8")
	h.Set("ETag", s.docs.tag)
	h.Set("Cache-Control", "public, max-age=300")
	if notModified(q.r.Header.Get("If-None-Match"), s.docs.tag) {
		q.w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = q.w.Write(s.docs.openapi)
}
