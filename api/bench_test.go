package api_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"minglu/api"
	"minglu/register"
	"minglu/register/registertest"
)

// benchInstitutions is how many institutions the register of the benchmarks
// has.
const benchInstitutions = 2000

// filled is a register with institutions, licensed and registered.
func filled(b *testing.B) (*registertest.Register, []string) {
	b.Helper()
	reg := registertest.New(b)
	var ids []string
	session := reg.NewSession(nil, func(o register.Outcome) {
		if o.Err != nil {
			b.Fatal(o.Err)
		}
		if o.Answer.Created {
			ids = append(ids, o.Answer.ID)
		}
	})
	n := 0
	add := func(text string) {
		n++
		if err := session.Add(b.Context(), n, reg.Act(text)); err != nil {
			b.Fatal(err)
		}
	}
	for i := range benchInstitutions {
		ref := fmt.Sprintf(`"target":{"ref":"R%d"},"division":"530427"`, i)
		add(`{"act":"institution.register",` + ref + `,"effective":"2019-03-01","body":{"names":["新平县第` + fmt.Sprint(i) + `培训学校"],"kind":"institution","mode":"offline","address":"桂山街道平山路9号","class":"subject","categories":[],"audiences":["compulsory"]}}`)
		add(`{"act":"institution.grant-licence",` + ref + `,"effective":"2019-03-01","body":{"number":"教民1530427700` + fmt.Sprintf("%05d", i) + `号","kind":"school_licence","class":"subject","categories":[],"audiences":["compulsory"],"valid_from":"2019-03-01","valid_to":"2029-02-28"}}`)
		add(`{"act":"institution.record-legal-registration",` + ref + `,"effective":"2019-03-02","body":{"authority":"market_regulation","form":"company","number":"X` + fmt.Sprint(i) + `","for_profit":true}}`)
	}
	if err := session.Flush(b.Context()); err != nil {
		b.Fatal(err)
	}
	reg.Wait()
	return reg, ids
}

func benchHandler(reg *registertest.Register, cacheBytes int) http.Handler {
	return api.New(api.Options{Register: reg.Register, Views: reg.Views, Log: reg.Log, CacheBytes: cacheBytes,
		Logger: slog.New(slog.NewJSONHandler(io.Discard, nil))})
}

// BenchmarkQuery compares the register with a bare handler that returns the
// same bytes, over HTTP and in turns, so that both meet the same machine. It
// reports the rates and their ratio; "first" asks for everything once and so
// meets nothing that is remembered.
func BenchmarkQuery(b *testing.B) {
	reg, ids := filled(b)
	for _, c := range []struct {
		name  string
		bytes int
		path  func(i int) string
	}{
		{"institution", 0, func(i int) string { return "/api/v1/institutions/" + ids[i%len(ids)] }},
		{"institution/first", -1, func(i int) string { return "/api/v1/institutions/" + ids[i%len(ids)] }},
		{"list", 0, func(i int) string { return "/api/v1/institutions?division=530427&limit=50" }},
		{"list/first", -1, func(i int) string { return "/api/v1/institutions?division=530427&limit=50" }},
		{"search", 0, func(i int) string { return "/api/v1/institutions?limit=10&q=" + fmt.Sprint(i%500) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			h := benchHandler(reg, c.bytes)
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest("GET", c.path(0), nil))
			body := rec.Body.Bytes()
			raw := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.Header().Set("Content-Length", fmt.Sprint(len(body)))
				_, _ = w.Write(body)
			}))
			defer raw.Close()
			own := httptest.NewServer(h)
			defer own.Close()
			var rawTime, ownTime time.Duration
			const turn = 200
			done := 0
			for b.Loop() {
				rawTime += burst(b, raw.URL, c.path, done, turn)
				ownTime += burst(b, own.URL, c.path, done, turn)
				done += turn
			}
			b.ReportMetric(float64(done)/rawTime.Seconds(), "raw/s")
			b.ReportMetric(float64(done)/ownTime.Seconds(), "register/s")
			b.ReportMetric(rawTime.Seconds()/ownTime.Seconds(), "ratio")
		})
	}
}

var benchClient = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

// burst asks n times over a few connections and returns how long it took.
func burst(b *testing.B, server string, path func(int) string, from, n int) time.Duration {
	const workers = 8
	begin := time.Now()
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				res, err := benchClient.Get(server + path(from+i))
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, res.Body)
				_ = res.Body.Close()
				if res.StatusCode != http.StatusOK {
					b.Errorf("got %d", res.StatusCode)
				}
			}
		})
	}
	wg.Wait()
	return time.Since(begin)
}

// BenchmarkHandler measures the handler without a network.
func BenchmarkHandler(b *testing.B) {
	reg, ids := filled(b)
	for name, bytes := range map[string]int{"remembered": 0, "forgetful": -1} {
		h := benchHandler(reg, bytes)
		for what, path := range map[string]string{"institution": "/api/v1/institutions/" + ids[7], "list": "/api/v1/institutions?division=530427&limit=50"} {
			b.Run(what+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					w := httptest.NewRecorder()
					h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
					if w.Code != 200 {
						b.Fatal(w.Body.String())
					}
				}
			})
		}
	}
}
