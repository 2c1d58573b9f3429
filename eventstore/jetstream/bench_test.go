package jetstream_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"minglu/domain"
	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/eventstore/storetest"
)

// execute adds to tallies by so many writers, each on its own, for d: the whole
// way of an act, synced.
func execute(ctx context.Context, s *jetstream.Store, writers int, d time.Duration) (jetstream.Rate, error) {
	log := eventstore.NewLog(s, storetest.Codec, 10_000)
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	var mu sync.Mutex
	var all []time.Duration
	errs := make([]error, writers)
	var wg sync.WaitGroup
	base := int(time.Now().UnixMilli()) % 1000 * 1_000_000
	began := time.Now()
	for w := range writers {
		wg.Go(func() {
			id := base + w*10_000
			stream := storetest.Stream(id)
			var own []time.Duration
			do := func(c any) bool {
				at := time.Now()
				_, err := log.Execute(context.WithoutCancel(ctx), storetest.Order(id, stream, c))
				own = append(own, time.Since(at))
				errs[w] = errors.Join(errs[w], err)
				id++
				return err == nil
			}
			for n := 0; ctx.Err() == nil; n++ {
				// A tally of 200 facts, then another: no stream grows without end.
				if n%200 == 0 {
					stream = storetest.Stream(id)
					if !do(storetest.Open{}) {
						return
					}
					continue
				}
				if !do(storetest.Add{Amounts: []int{1}}) {
					return
				}
			}
			mu.Lock()
			all = append(all, own...)
			mu.Unlock()
		})
	}
	wg.Wait()
	took := time.Since(began)
	if err := errors.Join(errs...); err != nil || len(all) == 0 {
		return jetstream.Rate{}, err
	}
	slices.Sort(all)
	return jetstream.Rate{Count: len(all), PerSecond: float64(len(all)) / took.Seconds(), P50: all[len(all)/2], P99: all[len(all)*99/100]}, nil
}

// BenchmarkExecute prints the rate of acts, that of raw synced publishes in the
// same server, and their ratio.
func BenchmarkExecute(b *testing.B) {
	for _, writers := range []int{1, 8, 16, 24, 32, 64, 128, 256} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			s, err := jetstream.Open(b.Context(), jetstream.Config{Dir: b.TempDir()}, storetest.Codec)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			var raws, acts []jetstream.Rate
			for b.Loop() {
				raw, err := jetstream.RawPublish(b.Context(), s, writers, 500*time.Millisecond, 600, false)
				if err != nil {
					b.Fatal(err)
				}
				act, err := execute(b.Context(), s, writers, 500*time.Millisecond)
				if err != nil {
					b.Fatal(err)
				}
				raws, acts = append(raws, raw), append(acts, act)
			}
			raw, act := median(raws), median(acts)
			b.ReportMetric(raw.PerSecond, "raw/s")
			b.ReportMetric(act.PerSecond, "acts/s")
			b.ReportMetric(act.PerSecond/raw.PerSecond, "ratio")
			b.ReportMetric(float64(act.P50.Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(act.P99.Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(raw.P99.Microseconds())/1000, "raw-p99-ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// median returns the middle one by rate.
func median(rates []jetstream.Rate) jetstream.Rate {
	slices.SortFunc(rates, func(a, b jetstream.Rate) int { return cmp.Compare(a.PerSecond, b.PerSecond) })
	return rates[len(rates)/2]
}

// BenchmarkBatches prints the rate of raw atomic batches.
func BenchmarkBatches(b *testing.B) {
	for _, size := range []int{2, 10, 64, 100, 500, 1000} {
		b.Run(fmt.Sprintf("batch=%d", size), func(b *testing.B) {
			s, err := jetstream.Open(b.Context(), jetstream.Config{Dir: b.TempDir()}, storetest.Codec)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			for b.Loop() {
				raw, err := jetstream.RawBatches(b.Context(), s, size*100, size, 600)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(raw.PerSecond, "records/s")
				b.ReportMetric(float64(raw.P50.Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(raw.P99.Microseconds())/1000, "p99-ms")
			}
		})
	}
}

// BenchmarkAppend prints the rate of large appends, synced, one after another.
func BenchmarkAppend(b *testing.B) {
	for _, size := range []int{500, 1000} {
		b.Run(fmt.Sprintf("records=%d", size), func(b *testing.B) {
			s, err := jetstream.Open(b.Context(), jetstream.Config{Dir: b.TempDir()}, storetest.Codec)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			began, n := time.Now(), 0
			for b.Loop() {
				var as []eventstore.Append
				for range size / 2 {
					as = append(as, storetest.Append(n, storetest.Stream(n), 0, 2))
					n++
				}
				if _, err := s.Append(b.Context(), as...); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(2*n)/time.Since(began).Seconds(), "records/s")
		})
	}
}

// BenchmarkImport prints the rate of acts decided and appended in batches, two
// records each.
func BenchmarkImport(b *testing.B) {
	s, err := jetstream.Open(b.Context(), jetstream.Config{Dir: b.TempDir()}, storetest.Codec)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	batch := eventstore.NewLog(s, storetest.Codec, 10_000).NewBatch()
	began, n := time.Now(), 0
	for b.Loop() {
		for batch.Len() < eventstore.MaxAppend-1 {
			if _, _, err := batch.Add(b.Context(), storetest.Order(n, storetest.Stream(n), storetest.Open{Number: fmt.Sprint(n)})); err != nil {
				b.Fatal(err)
			}
			n++
		}
		if _, err := batch.Flush(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/time.Since(began).Seconds(), "acts/s")
}

// fill appends n records in batches.
func fill(tb testing.TB, s *jetstream.Store, n int) {
	tb.Helper()
	const batch = 1000
	for i := 0; i < n; i += batch {
		var as []eventstore.Append
		for j := range batch / 2 {
			a := storetest.Append(i+j, storetest.Stream(i+j), 0, 2)
			a.Meta.Source.Title = "新平县教育局关于同意设立校外培训机构的批复"
			a.Meta.Basis = []domain.Basis{{Statute: "民办教育促进法", Article: "第十二条"}}
			as = append(as, a)
		}
		if _, err := s.Append(tb.Context(), as...); err != nil {
			tb.Fatal(err)
		}
	}
}

// BenchmarkFollow prints how fast the log comes to a follower: raw, and decoded.
func BenchmarkFollow(b *testing.B) {
	const n = 200_000
	s, err := jetstream.Open(b.Context(), jetstream.Config{Dir: b.TempDir(), Unsynced: true}, storetest.Codec)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	began := time.Now()
	fill(b, s, n)
	b.Logf("filled %d in %v", n, time.Since(began))
	b.Run("raw", func(b *testing.B) {
		for b.Loop() {
			r, err := jetstream.RawReplay(b.Context(), s, n)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(r.PerSecond, "records/s")
		}
	})
	b.Run("decoded", func(b *testing.B) {
		for b.Loop() {
			began, seen := time.Now(), 0
			for _, err := range s.Follow(b.Context(), 0) {
				if err != nil {
					b.Fatal(err)
				}
				if seen++; seen == n {
					break
				}
			}
			b.ReportMetric(n/time.Since(began).Seconds(), "records/s")
		}
	})
}
