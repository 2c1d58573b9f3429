package api

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/prometheus/client_golang/prometheus"

	"minglu/domain/calendar"
	"minglu/eventstore"
	"minglu/projections"
	"minglu/register"
)

// Options are what the handler is made from. Register, Views and Log MUST be
// set and stay open as long as the handler is used.
type Options struct {
	Register *register.Register
	Views    *projections.Views
	Log      *eventstore.Log
	// Checkpoints are what is signed of the log; nil: nothing is, and what rests
	// on it is not there.
	Checkpoints Checkpoints
	// Logger gets one line a request, and what goes wrong; nil is slog.Default.
	Logger *slog.Logger
	// HTML answers what is not under /api, /problems, /healthz, /readyz and
	// /metrics; nil: such addresses are not found.
	HTML http.Handler
	// Ready reports whether requests are welcome; nil: always. It is one part of
	// /readyz, the views are the other.
	Ready func() bool
	// Stopping ends answers that have no end of their own, such as the stream of
	// events, when it is closed; nil: never.
	Stopping <-chan struct{}
	// Version is the program's, for the description.
	Version string
	// Limits bound how much one client may ask.
	Limits Limits
	// CacheBytes bounds the memory of remembered answers; 0 is 64 MiB, a
	// negative number remembers nothing.
	CacheBytes int
	// Heartbeat is how often a quiet stream says where it is; 0 is 15 s.
	Heartbeat time.Duration
	// WaitWithin bounds how long a read waits for min_seq; 0 is 5 s.
	WaitWithin time.Duration
	// Collectors are further metrics for /metrics.
	Collectors []prometheus.Collector
}

const (
	cacheBytes = 64 << 20
	heartbeat  = 15 * time.Second
	waitWithin = 5 * time.Second
)

func (o *Options) setDefaults() {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = cacheBytes
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = heartbeat
	}
	if o.WaitWithin == 0 {
		o.WaitWithin = waitWithin
	}
	if o.Version == "" {
		o.Version = "dev"
	}
	if o.Ready == nil {
		o.Ready = func() bool { return true }
	}
}

// server is the state of the handler.
type server struct {
	Options
	mux     *http.ServeMux
	huma    huma.API
	routes  map[string]*route // by pattern
	cache   *cache
	limits  *limiter
	metrics *metrics
	ids     requestIDs
	docs    docsPage
}

// New returns the handler of the whole register. It may be used by many
// goroutines.
func New(o Options) http.Handler {
	o.setDefaults()
	s := &server{
		Options: o, mux: http.NewServeMux(), routes: map[string]*route{},
		cache: newCache(o.CacheBytes), limits: newLimiter(o.Limits), ids: newRequestIDs(),
	}
	s.metrics = newMetrics(o.Views, o.Collectors)
	s.huma = s.newHuma()
	for _, r := range table() {
		s.add(*r)
	}
	s.addHTML()
	s.finishDescription()
	return http.HandlerFunc(s.dispatch)
}

// today is the civil day by the register's clock.
func (s *server) today() calendar.Day { return calendar.DayOf(s.Register.Now()) }
