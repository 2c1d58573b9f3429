package api

import (
	"errors"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"minglu/domain"
	"minglu/projections"
	"minglu/register"
)

// metrics counts what is asked and tells how the views are.
type metrics struct {
	handler  http.Handler
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	acts     *prometheus.CounterVec

	// known keeps the counters of each route and status, so that a request
	// looks nothing up by labels.
	known sync.Map // series → *counted
}

type series struct {
	route, method string
	status        int
}

type counted struct {
	n prometheus.Counter
	d prometheus.Observer
}

func newMetrics(v *projections.Views, more []prometheus.Collector) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "minglu_http_requests_total", Help: "Requests by route, method and status."}, []string{"route", "method", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "minglu_http_request_duration_seconds", Help: "Time to answer, by route and method.",
			Buckets: []float64{.0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5}}, []string{"route", "method"}),
		acts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "minglu_acts_total", Help: "Acts by name and outcome: done, or the code of the refusal."}, []string{"act", "outcome"}),
	}
	r := prometheus.NewRegistry()
	r.MustRegister(m.requests, m.duration, m.acts, viewCollector{v}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, c := range more {
		r.MustRegister(c)
	}
	m.handler = promhttp.HandlerFor(r, promhttp.HandlerOpts{})
	return m
}

// count counts one request.
func (m *metrics) count(q *request, status int, took time.Duration) {
	key := series{route: "none", method: method(q.r.Method), status: status}
	if q.route != nil {
		key.route = q.route.path
	}
	c, ok := m.known.Load(key)
	if !ok {
		c, _ = m.known.LoadOrStore(key, &counted{
			n: m.requests.WithLabelValues(key.route, key.method, strconv.Itoa(status)),
			d: m.duration.WithLabelValues(key.route, key.method),
		})
	}
	c.(*counted).n.Inc()
	if q.route == nil || !q.route.stream {
		c.(*counted).d.Observe(took.Seconds())
	}
}

// method bounds the values that a client can choose.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}

// act counts one act. A name that is none is counted as such.
func (m *metrics) act(name string, err error) {
	if _, _, ok := register.ActOf(name); !ok {
		name = "unknown"
	}
	outcome := "done"
	if e, ok := errors.AsType[*domain.Error](err); ok {
		outcome = string(e.Code)
	} else if err != nil {
		outcome = string(Internal)
	}
	m.acts.WithLabelValues(name, outcome).Inc()
}

// viewCollector tells how the views are when it is asked.
type viewCollector struct{ views *projections.Views }

var (
	viewSeq   = prometheus.NewDesc("minglu_view_seq", "Position up to which a view knows the log.", []string{"view"}, nil)
	viewLag   = prometheus.NewDesc("minglu_view_lag", "Records between a view and the end of the log.", []string{"view"}, nil)
	viewLive  = prometheus.NewDesc("minglu_view_live", "1 where a view can be read and follows the log.", []string{"view"}, nil)
	logHead   = prometheus.NewDesc("minglu_log_head", "Newest position of the log that the views know of.", nil, nil)
	viewDescs = []*prometheus.Desc{viewSeq, viewLag, viewLive, logHead}
)

// Describe names the metrics.
func (viewCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range viewDescs {
		ch <- d
	}
}

// Collect reads them.
func (c viewCollector) Collect(ch chan<- prometheus.Metric) {
	var head uint64
	for _, v := range c.views.Status() {
		head = max(head, v.Head)
		lag, live := 0.0, 0.0
		if v.Head > v.Seq {
			lag = float64(v.Head - v.Seq)
		}
		if v.State == projections.Live {
			live = 1
		}
		ch <- prometheus.MustNewConstMetric(viewSeq, prometheus.GaugeValue, float64(v.Seq), v.Name)
		ch <- prometheus.MustNewConstMetric(viewLag, prometheus.GaugeValue, lag, v.Name)
		ch <- prometheus.MustNewConstMetric(viewLive, prometheus.GaugeValue, live, v.Name)
	}
	ch <- prometheus.MustNewConstMetric(logHead, prometheus.GaugeValue, float64(head))
}
