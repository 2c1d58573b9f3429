package api

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"sort"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed docs.css
var docsStyle []byte

//go:embed docs.tmpl
var docsText string

//go:embed problem.tmpl
var problemText string

var (
	docsTemplate = template.Must(template.New("docs").Parse(docsText))
	problemPage  = template.Must(template.New("problem").Parse(problemText))
)

// docsPage is the description of the data, as OpenAPI and as a page.
type docsPage struct {
	openapi []byte
	tag     string
	view    docsView
}

type docsView struct {
	Title, Description string
	Groups             []docsGroup
	Schemas            []docsSchema
}

type docsGroup struct {
	Name       string
	Operations []docsOperation
}

type docsOperation struct {
	ID, Method, Path, Summary, Description string
	Token                                  bool
	Parameters                             []docsParameter
	Body                                   string
	Replies                                []docsReply
}

type docsParameter struct {
	Name, In, Type, Description string
	Required                    bool
}

type docsReply struct {
	Status, Description, Types, Schema string
}

type docsSchema struct{ Name, Text string }

type problemView struct {
	Lang, Title, Text, Code, WayOut string
	Status                          int
	English                         bool
}

// newDocsPage makes the page from the description.
func newDocsPage(doc *huma.OpenAPI, openapi []byte) docsPage {
	p := docsPage{openapi: openapi, tag: `"` + digestOf(string(openapi)) + `"`}
	p.view = docsView{Title: doc.Info.Title, Description: doc.Info.Description}
	groups := map[string]*docsGroup{}
	paths := make([]string, 0, len(doc.Paths))
	for path := range doc.Paths {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		for _, op := range []*huma.Operation{doc.Paths[path].Get, doc.Paths[path].Post} {
			if op == nil {
				continue
			}
			g := groups[op.Tags[0]]
			if g == nil {
				g = &docsGroup{Name: op.Tags[0]}
				groups[op.Tags[0]] = g
			}
			g.Operations = append(g.Operations, docsOperationOf(op))
		}
	}
	for _, g := range groups {
		p.view.Groups = append(p.view.Groups, *g)
	}
	slices.SortFunc(p.view.Groups, func(a, b docsGroup) int { return strings.Compare(a.Name, b.Name) })
	all := doc.Components.Schemas.Map()
	for name := range all {
		p.view.Schemas = append(p.view.Schemas, docsSchema{name, indented(all[name])})
	}
	slices.SortFunc(p.view.Schemas, func(a, b docsSchema) int { return strings.Compare(a.Name, b.Name) })
	return p
}

func docsOperationOf(op *huma.Operation) docsOperation {
	d := docsOperation{ID: op.OperationID, Method: op.Method, Path: op.Path, Summary: op.Summary, Description: op.Description, Token: len(op.Security) > 0}
	for _, p := range op.Parameters {
		d.Parameters = append(d.Parameters, docsParameter{Name: p.Name, In: p.In, Type: schemaText(p.Schema), Description: p.Description, Required: p.Required})
	}
	if op.RequestBody != nil {
		for _, m := range op.RequestBody.Content {
			d.Body = indented(m.Schema)
		}
	}
	statuses := make([]string, 0, len(op.Responses))
	for status := range op.Responses {
		statuses = append(statuses, status)
	}
	sort.Strings(statuses)
	for _, status := range statuses {
		r := docsReply{Status: status, Description: op.Responses[status].Description}
		var types []string
		for t, m := range op.Responses[status].Content {
			types = append(types, t)
			if m.Schema != nil && m.Schema.Ref != "" {
				r.Schema = m.Schema.Ref[strings.LastIndex(m.Schema.Ref, "/")+1:]
			}
		}
		sort.Strings(types)
		r.Types = strings.Join(types, ", ")
		d.Replies = append(d.Replies, r)
	}
	return d
}

// schemaText writes the schema of a parameter in one line.
func schemaText(s *huma.Schema) string {
	if s == nil {
		return ""
	}
	text := s.Type
	if s.Format != "" {
		text += " (" + s.Format + ")"
	}
	if len(s.Enum) > 0 && len(s.Enum) <= 20 {
		words := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			words[i], _ = v.(string)
		}
		text += ": " + strings.Join(words, " | ")
	}
	return text
}

func indented(v any) string {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return ""
	}
	return string(b)
}

// docsPolicy lets the page use its own style sheet and nothing else.
const docsPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func (s *server) serveDocs(_ context.Context, q *request) { q.html(docsTemplate, s.docs.view) }

func (s *server) serveDocsStyle(_ context.Context, q *request) {
	h := q.w.Header()
	h.Set("Content-Type", "text/css; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=3600")
	_, _ = q.w.Write(docsStyle)
}

// html answers a page of the description.
func (q *request) html(t *template.Template, data any) {
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		panic(err)
	}
	h := q.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", docsPolicy)
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Vary", "Accept-Language")
	h.Set("Content-Length", itoa(b.Len()))
	q.w.WriteHeader(http.StatusOK)
	_, _ = q.w.Write(b.Bytes())
}

func (q *request) lang() string {
	if q.english {
		return "en"
	}
	return "zh-CN"
}
