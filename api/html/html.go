package html

import (
	"errors"
	"log/slog"
	"net/http"
	"time"

	"minglu/eventstore"
	"minglu/projections"
	"minglu/register"
)

// Options are what the pages are made from.
type Options struct {
	Views *projections.Views
	// Log resolves credit codes and licence numbers to institutions; it is only
	// read.
	Log *eventstore.Log
	// Register takes grievances in and tells how they stand; nil: not here.
	Register *register.Register
	// Now is the clock; nil is the clock of the machine.
	Now func() time.Time
	// Demo tells that the register is the demonstration, which every page says.
	Demo bool
	// Site is what a government site prints about itself.
	Site Site
	// Logger takes what goes wrong; nil is slog.Default.
	Logger *slog.Logger
}

// Site is what a government site prints about itself; empty members are left
// out.
type Site struct {
	Name     string // of the register; empty: 校外培训机构名录
	Address  string // such as https://minglu.example, printed on paper before the address of a page
	Sponsor  string // 主办单位
	Operator string // 承办单位
	Contact  string // 联系方式
	Code     string // 网站标识码
	ICP      string // ICP 备案号
	Police   string // 公安备案号
}

const defaultName = "校外培训机构名录"

func (o *Options) setDefaults() {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Site.Name == "" {
		o.Site.Name = defaultName
	}
}

// New returns the handler of the pages. It answers every address: those it does
// not know with a page that offers a search. It may be used by many goroutines,
// and the views MUST stay open as long as it is used.
func New(o Options) http.Handler {
	o.setDefaults()
	s := &site{Options: o, places: newGazetteer()}
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.Handle("GET "+r.pattern, s.handler(r))
	}
	for _, r := range forms {
		mux.Handle("POST "+r.pattern, s.posting(r))
	}
	mux.Handle("GET "+stylePath, http.HandlerFunc(serveStyle))
	mux.Handle("GET "+iconPath, http.HandlerFunc(serveIcon))
	mux.Handle("GET /favicon.ico", http.RedirectHandler(iconPath, http.StatusMovedPermanently))
	mux.Handle("GET /", s.handler(unknownRoute))
	mux.Handle("/", allowing("GET, HEAD", s.handler(wrongMethodRoute)))
	return secured(mux)
}

// site is the handler's state.
type site struct {
	Options
	places *gazetteer
}

// route is a page, its address, and the views that it may read.
type route struct {
	pattern string
	show    func(*site, *visit) (page, error)
	views   []string
}

// The views by name; "streams" and "timeline" have no exported constant.
const (
	streamsView  = "streams"
	timelineView = "timeline"
	searchView   = "search"
)

var (
	aboutOne    = []string{streamsView, timelineView, projections.InstitutionsView, projections.EscrowView}
	aboutFiling = []string{streamsView, projections.InstitutionsView}
	aboutOrder  = []string{streamsView, projections.InstitutionsView, projections.DueView}
	aboutPlaces = []string{projections.InstitutionsView, projections.DivisionsView, projections.ReductionView}
)

var routes = []route{
	{"/{$}", (*site).home, aboutPlaces},
	{"/search", (*site).search, []string{projections.InstitutionsView, searchView}},
	{"/institutions/{id}", (*site).institution, aboutOne},
	{"/institutions/{id}/history", (*site).history, aboutOne},
	{"/lists/{list}", (*site).list, []string{projections.InstitutionsView, projections.DivisionsView}},
	{"/regions", (*site).regions, aboutPlaces},
	{"/regions/{code}", (*site).region, aboutPlaces},
	{filingPath, (*site).chooseTopic, aboutFiling},
	{progressPath, (*site).askProgress, aboutFiling},
	{tracePath, (*site).askTrace, aboutOrder},
}

// forms are the addresses that take what somebody filled in.
var forms = []route{
	{filingPath, (*site).sendFiling, aboutFiling},
	{progressPath, (*site).sendProgress, aboutFiling},
	{tracePath, (*site).sendTrace, aboutOrder},
}

// What answers where there is no page.
var (
	unknownRoute     = route{"/", (*site).unknown, aboutPlaces}
	wrongMethodRoute = route{"/", (*site).wrongMethod, aboutPlaces}
)

// errElsewhere is returned by a page that lives at another address, set in
// visit.elsewhere.
var errElsewhere = errors.New("the page is elsewhere")

// handler turns what a page returns into an answer.
func (s *site) handler(to route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := s.visit(r, to.views)
		var p page
		if err == nil {
			p, err = to.show(s, v)
		}
		switch {
		case errors.Is(err, errElsewhere):
			http.Redirect(w, r, v.elsewhere, http.StatusFound)
			return
		case err != nil:
			p = s.fault(w, r, v, err)
		}
		s.answer(w, r, v, p)
	})
}

// policy is the content security policy of every page: nothing from another
// host, no script or style inside a page, no frame around it.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// denied are the abilities of a browser that no page uses.
const denied = "accelerometer=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), " +
	"microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=()"

// allowing says which methods an address takes.
func allowing(methods string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", methods)
		h.ServeHTTP(w, r)
	})
}

// secured adds the headers that every answer carries.
func secured(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range map[string]string{
			"Content-Security-Policy":    policy,
			"Referrer-Policy":            "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin",
			"Permissions-Policy":         denied,
			"X-Content-Type-Options":     "nosniff",
			"X-Frame-Options":            "DENY",
		} {
			w.Header().Set(name, value)
		}
		h.ServeHTTP(w, r)
	})
}
