package api

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"minglu/domain"
	"minglu/projections"
)

// base is where the data live.
const base = "/api/v1"

const openAPIPath = "/openapi.json"

// route is one line of the table.
type route struct {
	method, path string
	pattern      string
	id           string // of the operation
	tag          string
	summary      string
	about        string
	reps         []representation // the first is the default; none: JSON
	views        []string         // read for it; none: all
	token        bool             // only with one
	stream       bool             // has no end, or is not to be kept back
	plain        bool             // no data: health, description, pages
	status       int              // of success; 0: 200
	known        map[string]bool  // parameters of the query
	register     func(*server, *route)
	describe     func(*huma.Operation)
}

// table is the whole of it.
func table() []*route {
	var all []*route
	for _, part := range [][]*route{
		institutionRoutes, listRoutes, reductionRoutes, divisionRoutes, eventRoutes, referenceRoutes, authorityRoutes, operatorRoutes, actRoutes(), dueRoutes, figureRoutes, organisationRoutes, filingRoutes, workRoutes, orderRoutes, escrowRoutes, checkRoutes, proofRoutes,
	} {
		all = append(all, part...)
	}
	return all
}

// handler is what a route does.
type handler[I, O any] func(*server, context.Context, *I) (*O, error)

// get is the line of a read of the data.
func get[I, O any](path, tag, summary string, h handler[I, O], options ...func(*route)) *route {
	return newRoute(http.MethodGet, base+path, tag, summary, h, options)
}

// post is the line of a write.
func post[I, O any](path, tag, summary string, h handler[I, O], options ...func(*route)) *route {
	return newRoute(http.MethodPost, base+path, tag, summary, h, append(options, withToken))
}

func newRoute[I, O any](method, path, tag, summary string, h handler[I, O], options []func(*route)) *route {
	r := &route{method: method, path: path, tag: tag, summary: summary, id: operationID(method, path), known: queryOf(reflect.TypeFor[I]())}
	for _, o := range options {
		o(r)
	}
	r.register = func(s *server, r *route) {
		huma.Register(s.huma, r.operation(), func(ctx context.Context, in *I) (*O, error) {
			out, err := h(s, ctx, in)
			if err != nil {
				return nil, s.answered(asked(ctx), err)
			}
			return out, nil
		})
	}
	return r
}

// answered is an error as huma takes it.
func (s *server) answered(q *request, err error) error {
	if to, ok := err.(*elsewhere); ok {
		return to
	}
	return s.problem(q, err)
}

// What a line may say beside.
func withToken(r *route) { r.token = true }
func asTable(r *route)   { r.reps = []representation{asJSON, asCSV, asNDJSON, asXLSX} }
func asEndless(r *route) { r.stream = true }
func created(r *route)   { r.status = http.StatusCreated }

func reads(views ...string) func(*route) { return func(r *route) { r.views = views } }

func about(text string) func(*route) { return func(r *route) { r.about = text } }

func offers(reps ...representation) func(*route) { return func(r *route) { r.reps = reps } }

func describedBy(f func(*huma.Operation)) func(*route) { return func(r *route) { r.describe = f } }

// operationID makes "get-institutions-id-events" of a method and a path.
func operationID(method, path string) string {
	path = strings.TrimPrefix(path, base)
	name := strings.NewReplacer("{", "", "}", "", "/", "-", ".", "-").Replace(strings.Trim(path, "/"))
	return strings.ToLower(method) + "-" + name
}

// queryOf returns the names of the query parameters of a request type.
func queryOf(t reflect.Type) map[string]bool {
	known := map[string]bool{}
	for _, f := range reflect.VisibleFields(t) {
		if name, ok := f.Tag.Lookup("query"); ok {
			known[name] = true
		}
	}
	return known
}

// checkQuery refuses parameters that the route does not know, and those given
// twice.
func (r *route) checkQuery(q *request) error {
	if q.r.URL.RawQuery == "" {
		return nil
	}
	var fields []domain.Field
	query := q.r.URL.Query()
	names := make([]string, 0, len(query))
	for name := range query {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		switch {
		case !r.known[name]:
			fields = append(fields, domain.Field{Pointer: "/" + clip(name), Code: "unknown_parameter", Message: domain.Say("没有这个参数", "there is no such parameter")})
		case len(query[name]) > 1:
			fields = append(fields, domain.Field{Pointer: "/" + name, Code: "repeated", Message: domain.Say("参数只能写一次", "a parameter is given once")})
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return domain.Fault(domain.Invalid, domain.Say("有 %d 个查询参数不能接受", "%d query parameters cannot be taken", len(fields)), fields...)
}

// add puts a line of the table to work. Views that the register does not keep
// are not waited for.
func (s *server) add(r route) {
	r.pattern = r.method + " " + r.path
	if s.routes[r.pattern] != nil {
		panic(fmt.Sprintf("route %s stands twice in the table", r.pattern))
	}
	kept := s.Views.Status()
	r.views = slices.DeleteFunc(slices.Clone(r.views), func(name string) bool {
		return !slices.ContainsFunc(kept, func(v projections.Status) bool { return v.Name == name })
	})
	s.routes[r.pattern] = &r
	r.register(s, &r)
}

// addHTML mounts the pages, where there are any, below everything else.
func (s *server) addHTML() {
	if s.HTML == nil {
		return
	}
	s.routes["/"] = &route{method: "", path: "/", pattern: "/", plain: true}
	s.mux.Handle("/", s.HTML)
}

// operation is the line as huma takes it.
func (r *route) operation() huma.Operation {
	op := huma.Operation{
		OperationID: r.id, Method: r.method, Path: r.path, Summary: r.summary, Description: r.about, Tags: []string{r.tag},
		DefaultStatus: r.status, SkipValidateParams: true, SkipValidateBody: true,
	}
	if r.token {
		op.Security = []map[string][]string{{bearer: {}}}
	}
	if r.describe != nil {
		r.describe(&op)
	}
	return op
}

const bearer = "bearer"

// reply is an answer with its headers.
type reply[B any] struct {
	Status      int
	ContentType string `header:"Content-Type" hidden:"true"`
	Disposition string `header:"Content-Disposition" hidden:"true"`
	ETag        string `header:"ETag" doc:"Of the state shown: strong for one record, weak for a list."`
	Link        string `header:"Link" doc:"The next page, where there is one."`
	Cache       string `header:"Cache-Control" hidden:"true"`
	Seq         string `header:"Minglu-Seq" doc:"Position up to which the views know the log."`
	Body        B
}

// elsewhere says that what was asked for lives at another address, for good.
type elsewhere struct {
	To string `json:"location"`
}

// Error says where.
func (e *elsewhere) Error() string { return e.To }

// GetStatus keeps the method.
func (e *elsewhere) GetStatus() int { return http.StatusPermanentRedirect }

// GetHeaders returns the address.
func (e *elsewhere) GetHeaders() http.Header { return http.Header{"Location": {e.To}} }

// newHuma returns the API that binds and describes the routes.
func (s *server) newHuma() huma.API {
	c := huma.Config{OpenAPI: s.newOpenAPI(), Formats: formats, DefaultFormat: typeJSON}
	return humago.New(s.mux, c)
}
