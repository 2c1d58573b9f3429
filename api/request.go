package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/register"
)

// request is what is known of a request beside what its handler is given.
type request struct {
	r         *http.Request
	w         *recorder
	id        string
	route     *route
	start     time.Time
	today     calendar.Day
	english   bool
	rep       representation
	suffixed  bool
	principal *register.Principal // nil: the public
	reader    answer.Reader

	// What the log line says.
	command string
	seq     uint64

	// position is where the views of the route stood when the request came, for
	// the memory of answers; remember is set by a handler whose answer may be
	// remembered.
	position uint64
	remember bool
}

func (q *request) say(t domain.Text) string {
	if q.english {
		return t.In("en")
	}
	return t.In("zh")
}

func (q *request) pattern() string {
	if q.route == nil {
		return "none"
	}
	return q.route.pattern
}

type requestKey struct{}

// asked returns the request that a handler was called for.
func asked(ctx context.Context) *request { return ctx.Value(requestKey{}).(*request) }

// requestIDs gives out ids that differ between processes and requests.
type requestIDs struct {
	prefix string
	next   *atomic.Uint64
}

func newRequestIDs() requestIDs {
	var b [6]byte
	_, _ = rand.Read(b[:])
	return requestIDs{prefix: hex.EncodeToString(b[:]) + "-", next: new(atomic.Uint64)}
}

func (g requestIDs) id() string { return g.prefix + strconv.FormatUint(g.next.Add(1), 36) }

// recorder notes the status and passes on.
type recorder struct {
	http.ResponseWriter
	status  int
	written int64
	copied  *copied // what is to be remembered, or nil
}

// copied is an answer that is kept back until it is whole.
type copied struct {
	body []byte
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	if w.copied == nil {
		w.ResponseWriter.WriteHeader(status)
	}
}

// Write passes b on, or keeps it while the answer is small enough.
func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	w.written += int64(len(b))
	if w.copied == nil {
		return w.ResponseWriter.Write(b)
	}
	w.copied.body = append(w.copied.body, b...)
	if len(w.copied.body) > largestEntry {
		return len(b), w.release()
	}
	return len(b), nil
}

// release sends what was kept and keeps nothing more.
func (w *recorder) release() error {
	c := w.copied
	w.copied = nil
	if c == nil {
		return nil
	}
	if w.status == 0 {
		w.status = http.StatusOK
	}
	w.ResponseWriter.WriteHeader(w.status)
	_, err := w.ResponseWriter.Write(c.body)
	return err
}

// finish sends an answer that was kept, with its length.
func (w *recorder) finish() {
	if w.copied == nil || w.status == 0 {
		return
	}
	if w.status != http.StatusNotModified && w.Header().Get("Content-Length") == "" {
		w.Header().Set("Content-Length", strconv.Itoa(len(w.copied.body)))
	}
	_ = w.release()
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Flush sends what is buffered.
func (w *recorder) Flush() {
	_ = w.release()
	if f, ok := w.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

// dispatch takes a suffix off the address and finds the route.
func (s *server) dispatch(w http.ResponseWriter, r *http.Request) {
	q := &request{r: r, start: time.Now(), today: s.today(), english: english(r.Header.Get("Accept-Language"))}
	if path, rep, ok := suffix(r.URL.Path); ok {
		u := *r.URL
		u.Path, u.RawPath = path, ""
		c := *r
		c.URL = &u
		q.r, q.rep, q.suffixed = &c, rep, true
	}
	if _, pattern := s.mux.Handler(q.r); pattern != "/" || !ours(q.r.URL.Path) {
		q.route = s.routes[pattern]
	}
	s.serve(w, q)
}

// ours reports whether an address is one of the data, which pages never answer.
func ours(path string) bool {
	return strings.HasPrefix(path, "/api/") || path == "/api" || strings.HasPrefix(path, "/problems/")
}

// serve is what every request passes through.
func (s *server) serve(w http.ResponseWriter, q *request) {
	rec := &recorder{ResponseWriter: w}
	q.w = rec
	q.id = s.ids.id()
	head := w.Header()
	head["Request-Id"] = []string{q.id}
	head["X-Content-Type-Options"] = nosniff
	defer s.done(q)
	defer s.recovered(q)
	if err := s.admit(q); err != nil {
		s.problem(q, err).write(rec)
		return
	}
	if q.route == nil {
		s.unknown(q)
		return
	}
	if q.route.plain {
		s.pass(q)
		return
	}
	head["Vary"] = vary
	head["Referrer-Policy"] = sameOrigin
	head["Cache-Control"] = revalidate
	if q.principal != nil {
		head["Cache-Control"] = private
	}
	if s.fromMemory(q) {
		return
	}
	if err := s.prepare(q); err != nil {
		s.problem(q, err).write(rec)
		return
	}
	s.pass(q)
	s.intoMemory(q)
	rec.finish()
}

var (
	nosniff    = []string{"nosniff"}
	sameOrigin = []string{"same-origin"}
	vary       = []string{"Accept, Accept-Language, Authorization"}
	revalidate = []string{"no-cache"}
	private    = []string{"private, no-cache"}
)

// pass calls the handler with the request in its context.
func (s *server) pass(q *request) {
	q.r = q.r.WithContext(context.WithValue(q.r.Context(), requestKey{}, q))
	s.mux.ServeHTTP(q.w, q.r)
}

// admit finds out who asks and applies the limits: those of the token, or those
// of the address, which also pays for tokens that are none.
func (s *server) admit(q *request) error {
	auth := q.r.Header.Get("Authorization")
	if auth == "" {
		if err := s.limits.address(q.r.RemoteAddr); err != nil {
			return err
		}
		if q.route != nil && q.route.token {
			return domain.Fault(domain.Unauthenticated, domain.Say("请带上令牌（Authorization: Bearer …）", "send a token (Authorization: Bearer …)"))
		}
		return nil
	}
	if err := s.authenticate(q, auth); err != nil {
		if limited := s.limits.address(q.r.RemoteAddr); limited != nil {
			return limited
		}
		return err
	}
	return s.limits.token(auth)
}

// prepare settles what is asked for before the handler looks at it: the
// parameters and the representation.
func (s *server) prepare(q *request) error {
	if err := q.route.checkQuery(q); err != nil {
		return err
	}
	if err := q.negotiate(); err != nil {
		return err
	}
	if q.route.method == http.MethodGet && !q.route.stream {
		q.w.copied = &copied{}
	}
	return nil
}

// unknown answers an address that has no route: with the methods that it takes,
// where it takes others.
func (s *server) unknown(q *request) {
	var allowed []string
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		r := *q.r
		r.Method = m
		if _, pattern := s.mux.Handler(&r); pattern != "/" && s.routes[pattern] != nil {
			allowed = append(allowed, m)
			if m == http.MethodGet {
				allowed = append(allowed, http.MethodHead)
			}
		}
	}
	if len(allowed) == 0 {
		s.problem(q, domain.Fault(domain.NotFound, domain.Say("没有这个地址", "there is no such address"))).write(q.w)
		return
	}
	list := strings.Join(allowed, ", ")
	p := s.problem(q, domain.Fault(MethodNotAllowed, domain.Say("这个地址支持 %[1]s，不支持 %[2]s", "the address takes %[1]s, not %[2]s", list, clip(q.r.Method))))
	p.headers.Set("Allow", list)
	p.write(q.w)
}

// recovered answers a panic as a fault of the register, and logs it once.
func (s *server) recovered(q *request) {
	v := recover()
	if v == nil {
		return
	}
	err, _ := v.(error)
	if err != nil && errors.Is(err, http.ErrAbortHandler) {
		panic(v)
	}
	if q.r.Context().Err() != nil {
		q.w.copied, q.w.status = nil, statusGone // nobody reads an answer
		return
	}
	started := q.w.status != 0 && q.w.copied == nil
	q.w.copied = nil
	s.Logger.ErrorContext(q.r.Context(), "request panicked", "request_id", q.id, "method", q.r.Method, "route", q.pattern(),
		"panic", fmt.Sprint(v), "stack", string(debug.Stack()))
	if started {
		panic(http.ErrAbortHandler)
	}
	q.w.status = 0
	s.problem(q, domain.Fault(Internal, internalText)).write(q.w)
}

// statusGone is what the log says of a client that went away.
const statusGone = 499

// done counts the request and writes its line.
func (s *server) done(q *request) {
	took := time.Since(q.start)
	status := q.w.status
	if status == 0 {
		status = http.StatusOK
	}
	s.metrics.count(q, status, took)
	if !s.Logger.Enabled(q.r.Context(), slog.LevelInfo) {
		return
	}
	attrs := make([]slog.Attr, 0, 8)
	attrs = append(attrs,
		slog.String("request_id", q.id), slog.String("method", q.r.Method), slog.String("route", q.pattern()),
		slog.Int("status", status), slog.Duration("duration", took))
	if q.principal != nil {
		attrs = append(attrs, slog.String("agency", q.principal.Agency))
	}
	if q.command != "" {
		attrs = append(attrs, slog.String("command_id", q.command))
	}
	if q.seq != 0 {
		attrs = append(attrs, slog.Uint64("seq", q.seq))
	}
	s.Logger.LogAttrs(q.r.Context(), slog.LevelInfo, "request", attrs...)
}

// english reports whether a client prefers English to Chinese.
func english(accept string) bool {
	if accept == "" {
		return false
	}
	best, zh := 0.0, 0.0
	for part := range strings.SplitSeq(accept, ",") {
		tag, q := weighted(part)
		switch lang, _, _ := strings.Cut(strings.ToLower(tag), "-"); lang {
		case "en":
			best = max(best, q)
		case "zh":
			zh = max(zh, q)
		}
	}
	return best > zh
}

// weighted reads one element of an Accept header and its weight.
func weighted(part string) (value string, q float64) {
	value, params, _ := strings.Cut(part, ";")
	q = 1
	for p := range strings.SplitSeq(params, ";") {
		if w, ok := strings.CutPrefix(strings.TrimSpace(p), "q="); ok {
			f, err := strconv.ParseFloat(w, 64)
			if err != nil || f < 0 || f > 1 {
				f = 0
			}
			q = f
		}
	}
	return strings.TrimSpace(value), q
}

// clip shortens what is quoted in a sentence.
func clip(s string) string {
	const most = 60
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// host is the address of a client without its port.
func host(remote string) string {
	if h, _, err := net.SplitHostPort(remote); err == nil {
		return h
	}
	return remote
}
