package api

import (
	"context"
	"net/http"
	"net/url"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/projections"
)

var operatorRoutes = []*route{
	page("/healthz", (*server).healthz),
	page("/readyz", (*server).readyz),
	page("/metrics", (*server).serveMetrics),
	page(base+openAPIPath, (*server).serveOpenAPI),
	page("/api/docs", (*server).serveDocs),
	page("/api/docs.css", (*server).serveDocsStyle),
	page("/problems/{code}", (*server).serveProblem),
}

// page is the line of an address beside the data.
func page(path string, h func(*server, context.Context, *request)) *route {
	r := &route{method: http.MethodGet, path: path, plain: true}
	r.register = func(s *server, r *route) {
		s.mux.HandleFunc(r.pattern, func(_ http.ResponseWriter, req *http.Request) {
			h(s, req.Context(), asked(req.Context()))
		})
	}
	return r
}

// healthz answers as long as the process does.
func (s *server) healthz(_ context.Context, q *request) {
	q.json(http.StatusOK, map[string]string{"status": "ok"})
}

// ViewStatus is how one view is.
type ViewStatus struct {
	Name     string            `json:"name"`
	Version  int               `json:"version"`
	State    projections.State `json:"state"`
	Seq      uint64            `json:"seq"`
	Head     uint64            `json:"head"`
	Lag      uint64            `json:"lag"`
	Building uint64            `json:"building,omitempty"`
	Troubled bool              `json:"troubled,omitempty"`
}

// Readiness says whether requests are welcome, and how every view is.
type Readiness struct {
	Ready      bool              `json:"ready"`
	Views      []ViewStatus      `json:"views"`
	Checkpoint *CheckpointStatus `json:"checkpoint,omitempty"`
}

// CheckpointStatus is how far the log is signed.
type CheckpointStatus struct {
	Origin string `json:"origin"`
	Size   uint64 `json:"size"`
	Lag    uint64 `json:"lag"`
}

// readyz answers 200 where requests are welcome and every view can be read and
// follows the log, else 503. Why a view stands still is in the log of the
// program alone.
func (s *server) readyz(_ context.Context, q *request) {
	out := Readiness{Ready: s.Ready(), Views: []ViewStatus{}}
	for _, v := range s.Views.Status() {
		st := ViewStatus{Name: v.Name, Version: v.Version, State: v.State, Seq: v.Seq, Head: v.Head, Building: v.Building, Troubled: v.Error != ""}
		if v.Head > v.Seq {
			st.Lag = v.Head - v.Seq
		}
		out.Ready = out.Ready && v.State == projections.Live
		out.Views = append(out.Views, st)
	}
	out.Checkpoint = s.checkpointStatus()
	status := http.StatusOK
	if !out.Ready {
		status = http.StatusServiceUnavailable
		q.w.Header().Set("Retry-After", "1")
	}
	q.json(status, out)
}

func (s *server) serveMetrics(ctx context.Context, q *request) {
	s.metrics.handler.ServeHTTP(q.w, q.r)
}

// json answers v.
func (q *request) json(status int, v any) {
	b, err := answer.Marshal(v)
	if err != nil {
		status, b = http.StatusInternalServerError, []byte("{}")
	}
	h := q.w.Header()
	h.Set("Content-Type", typeJSON)
	h.Set("Content-Length", itoa(len(b)))
	h.Set("Cache-Control", "no-store")
	q.w.WriteHeader(status)
	_, _ = q.w.Write(b)
}

// serveProblem explains a kind of problem.
func (s *server) serveProblem(_ context.Context, q *request) {
	code := q.r.PathValue("code")
	if c, err := url.PathUnescape(code); err == nil {
		code = c
	}
	k, ok := kindOf(domain.Code(code))
	if !ok {
		s.problem(q, domain.Fault(domain.NotFound, domain.Say("没有这种问题", "there is no such kind of problem"))).write(q.w)
		return
	}
	q.html(problemPage, problemView{Lang: q.lang(), Title: q.say(k.title), Status: k.status, Text: http.StatusText(k.status), Code: code, WayOut: q.say(k.wayOut), English: q.english})
}
