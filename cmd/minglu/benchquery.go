package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"minglu/demo"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/projections"
)

func prepareBenchQuery(f *flags) action {
	var b benchFlags
	institutions, seconds, clients := 20_000, 5, 4
	b.declare(f)
	f.number(&institutions, "institutions", "N", domain.Say("机构数", "institutions"))
	f.number(&seconds, "seconds", "S", domain.Say("每种查询各测多少秒", "seconds for each query"))
	f.number(&clients, "clients", "N", domain.Say("并行客户端", "clients side by side"))
	return func(ctx context.Context, c *call) error {
		if institutions < 1 || seconds < 1 || clients < 1 {
			return badUsage("数值至少为 1", "the numbers are 1 at least")
		}
		quick := *c
		quick.unsynced = true // only reading is measured
		return b.onScratch(ctx, &quick, func(n *node, dir string) error {
			fs, err := benchQueryOf(ctx, c, n, dir, institutions, clients, time.Duration(seconds)*time.Second)
			if err != nil {
				return err
			}
			return b.print(c, fs)
		})
	}
}

// benchQueryOf fills the register with so many institutions and measures.
func benchQueryOf(ctx context.Context, c *call, n *node, dir string, institutions, clients int, d time.Duration) (figures, error) {
	if err := importInstitutions(ctx, c, n, dir, institutions); err != nil {
		return nil, err
	}
	if err := n.views.CatchUp(ctx); err != nil {
		return nil, err
	}
	return benchQuery(ctx, c, n, clients, d)
}

// searches are what stands in the field while people type: the beginnings of
// names in characters, in pinyin, in initials and mixed, a word that most names
// have, and the beginning of a licence number.
var searches = []string{
	"星", "星桥", "星桥培", "x", "xi", "xing", "xingq", "xq", "星q", "mumian", "木mian", "白鹭", "bailu", "体育", "培训学校", "pxxx", "教民1", "教民153",
}

// importInstitutions fills the register with so many institutions.
func importInstitutions(ctx context.Context, c *call, n *node, dir string, institutions int) (err error) {
	f, err := os.Create(filepath.Join(dir, "journal.ndjson"))
	if err != nil {
		return err
	}
	if err := errors.Join(demo.Generate(f, institutions, 1), f.Close()); err != nil {
		return err
	}
	_, err = importJournal(ctx, c, n, f.Name())
	return err
}

// benchQuery measures each query over HTTP against a bare handler that answers
// the same bytes.
func benchQuery(ctx context.Context, c *call, n *node, clients int, d time.Duration) (figures, error) {
	addresses, err := benchAddresses(n)
	if err != nil {
		return nil, err
	}
	quiet := *c
	quiet.log = slog.New(slog.DiscardHandler)
	cfg := &Config{}
	cfg.setDefaults()
	cfg.AddressLimit, cfg.TokenLimit = 0, 0
	var ready atomic.Bool
	ready.Store(true)
	real, err := serveOn(newHandler(&quiet, cfg, n, handlerState{ready: &ready, stopping: ctx.Done()}))
	if err != nil {
		return nil, err
	}
	defer real.stop()
	bare := &bareHandler{}
	raw, err := serveOn(bare)
	if err != nil {
		return nil, err
	}
	defer raw.stop()
	var fs figures
	fs.add("clients", clients)
	for _, q := range []string{"by_id", "list_page", "search"} {
		list := addresses[q]
		if err := bare.learn(ctx, real.base, list[:min(len(list), 512)]); err != nil {
			return nil, err
		}
		a, err := load(ctx, raw.base, list[:min(len(list), 512)], clients, d)
		if err != nil {
			return nil, err
		}
		r, err := load(ctx, real.base, list, clients, d)
		if err != nil {
			return nil, err
		}
		if len(fs) == 1 {
			fs.add("raw_per_s", whole(a.perSecond))
		}
		var of figures
		of.add("raw_per_s", whole(a.perSecond))
		of.add("per_s", whole(r.perSecond))
		of.add("ratio", rounded(r.perSecond/a.perSecond))
		of.add("p50_ms", milliseconds(r.p50))
		of.add("p99_ms", milliseconds(r.p99))
		fs.add(q, of)
	}
	return fs, nil
}

// benchAddresses are the paths asked for, by query.
func benchAddresses(n *node) (map[string][]string, error) {
	out := map[string][]string{}
	after := ""
	for range 20 {
		p, err := n.views.Find(projections.Filter{}, calendar.DayOf(time.Now()), projections.Now, after, 1000)
		if err != nil {
			return nil, err
		}
		for _, s := range p.Streams {
			out["by_id"] = append(out["by_id"], "/api/v1/institutions/"+s[len(s)-26:])
		}
		if after = p.Next; after == "" {
			break
		}
	}
	if len(out["by_id"]) == 0 {
		return nil, errors.New("the generated country has no institutions")
	}
	for _, in := range []string{"", "53", "530000", "110000", "44"} {
		out["list_page"] = append(out["list_page"], "/api/v1/institutions?limit=50&division="+in, "/api/v1/institutions?limit=50&standing=white&division="+in)
	}
	for _, q := range searches {
		out["search"] = append(out["search"], "/api/v1/institutions?limit=10&q="+url.QueryEscape(q))
	}
	return out, nil
}

// A served handler on a port of its own.
type served struct {
	base   string
	server *http.Server
	done   chan struct{}
}

func serveOn(h http.Handler) (*served, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &served{base: "http://" + l.Addr().String(), server: &http.Server{Handler: h}, done: make(chan struct{})}
	go func() {
		defer close(s.done)
		s.server.Serve(l) //nolint:errcheck // ends with stop
	}()
	return s, nil
}

func (s *served) stop() {
	s.server.Close() //nolint:errcheck // a measurement is over
	<-s.done
}

// bareHandler answers what it has learnt, and does nothing else.
type bareHandler struct{ answers sync.Map }

func (b *bareHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, ok := b.answers.Load(r.URL.RequestURI())
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(body.([]byte)) //nolint:errcheck // the client is ours
}

// learn asks base for the answers to paths.
func (b *bareHandler) learn(ctx context.Context, base string, paths []string) error {
	for _, p := range paths {
		body, err := fetch(ctx, http.DefaultClient, base+p)
		if err != nil {
			return err
		}
		b.answers.Store(p, body)
	}
	return nil
}

func fetch(ctx context.Context, c *http.Client, address string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	res, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("GET %s: %s: %.200s", address, res.Status, body)
	}
	return body, err
}

// loaded is what a load came to.
type loaded struct {
	perSecond float64
	p50, p99  time.Duration
}

// load asks base for the paths in turn, by so many clients for d.
func load(ctx context.Context, base string, paths []string, clients int, d time.Duration) (loaded, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true}}
	defer client.CloseIdleConnections()
	times := make([][]time.Duration, clients)
	errs := make([]error, clients)
	began := time.Now()
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			for n := i; time.Since(began) < d && errs[i] == nil; n += clients {
				start := time.Now()
				_, errs[i] = fetch(ctx, client, base+paths[n%len(paths)])
				times[i] = append(times[i], time.Since(start))
			}
		})
	}
	wg.Wait()
	took := time.Since(began)
	var all []time.Duration
	for _, t := range times {
		all = append(all, t...)
	}
	return loaded{perSecond: float64(len(all)) / took.Seconds(), p50: percentile(all, 0.50), p99: percentile(all, 0.99)}, errors.Join(errs...)
}
