package jetstream

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"minglu/eventstore"
)

// Rate is what a measurement came to.
type Rate struct {
	Count     int
	PerSecond float64
	P50, P99  time.Duration // of one publish or batch; zero where none was timed
}

// RawPublish measures guarded publishes of size bytes by so many writers for d,
// each on a subject of its own, or, where fresh is set, on a new subject every
// time, as acts are that create something; with nothing but the client library
// in between: what the server gives to those who do not group. It uses a scratch
// stream, configured as the log is, beside the log of s, and deletes it.
func RawPublish(ctx context.Context, s *Store, writers int, d time.Duration, size int, fresh bool) (Rate, error) {
	var times samples
	err := s.scratch(ctx, func(name string) error {
		ctx, cancel := context.WithTimeout(ctx, d)
		defer cancel()
		errs := make([]error, writers)
		var wg sync.WaitGroup
		times.begin()
		for w := range writers {
			wg.Go(func() {
				m := &nats.Msg{Subject: subjectOf(name, "bench."+strconv.Itoa(w)), Data: make([]byte, size)}
				last := "0"
				for n := 0; ctx.Err() == nil; n++ {
					if fresh {
						m.Subject, last = subjectOf(name, "bench."+strconv.Itoa(w)+"."+strconv.Itoa(n)), "0"
					}
					m.Header = nats.Header{jetstream.ExpectedLastSubjSeqHeader: {last}}
					began := time.Now()
					seq, err := s.rawPublish(m)
					if err != nil {
						errs[w] = err
						return
					}
					times.add(time.Since(began))
					last = strconv.FormatUint(seq, 10)
				}
			})
		}
		wg.Wait()
		times.end(1)
		return errors.Join(errs...)
	})
	return times.rate, err
}

func (s *Store) rawPublish(m *nats.Msg) (uint64, error) {
	resp, err := s.conn.RequestMsg(m, s.cfg.Timeout)
	if err != nil {
		return 0, err
	}
	a, err := decodeAck(resp)
	return a.Seq, err
}

// RawBatches measures atomic batches of so many messages of size bytes, one
// after the other, until n messages are written. Count and PerSecond are of
// messages.
func RawBatches(ctx context.Context, s *Store, n, batch, size int) (Rate, error) {
	var times samples
	err := s.scratch(ctx, func(name string) error {
		p := s.clientOf(name)
		times.begin()
		for i := 0; i < n && ctx.Err() == nil; i += batch {
			msgs := make([]*nats.Msg, min(batch, n-i))
			for j := range msgs {
				msgs[j] = &nats.Msg{Subject: subjectOf(name, "bench."+strconv.Itoa(i+j)), Data: make([]byte, size),
					Header: nats.Header{jetstream.ExpectedLastSubjSeqHeader: {"0"}}}
			}
			began := time.Now()
			if _, err := p.publishBatch(msgs); err != nil {
				return err
			}
			times.add(time.Since(began))
		}
		times.end(batch)
		return ctx.Err()
	})
	return times.rate, err
}

// RawReplay measures how fast the first n stored messages come to a follower,
// undecoded; n of 0 is the whole log.
func RawReplay(ctx context.Context, s *Store, n int) (Rate, error) {
	head, err := s.Head(ctx)
	if err != nil {
		return Rate{}, err
	}
	if n == 0 || uint64(n) > head {
		n = int(head)
	}
	if n == 0 {
		return Rate{}, nil
	}
	began := time.Now()
	seen := 0
	err = s.raw(ctx, 0, func(eventstore.Message) (bool, error) {
		seen++
		return seen < n, nil
	})
	return Rate{Count: seen, PerSecond: float64(seen) / time.Since(began).Seconds()}, err
}

// scratch runs f with a stream of its own, configured as the log is.
func (s *Store) scratch(ctx context.Context, f func(name string) error) error {
	name := s.cfg.StreamName + "_SCRATCH"
	var info streamInfo
	if err := s.log.api(ctx, "STREAM.CREATE."+name, logConfig(name, s.cfg.Replicas), &info); err != nil {
		return fmt.Errorf("create stream %s: %w", name, err)
	}
	err := f(name)
	var done struct{}
	return errors.Join(err, s.log.api(context.WithoutCancel(ctx), "STREAM.DELETE."+name, nil, &done))
}

// samples collects durations of many goroutines.
type samples struct {
	mu    sync.Mutex
	all   []time.Duration
	began time.Time
	rate  Rate
}

func (s *samples) begin() { s.began = time.Now() }

func (s *samples) add(d time.Duration) {
	s.mu.Lock()
	s.all = append(s.all, d)
	s.mu.Unlock()
}

// end works out the rate; each sample stands for so many.
func (s *samples) end(each int) {
	took := time.Since(s.began).Seconds()
	if len(s.all) == 0 {
		return
	}
	slices.Sort(s.all)
	n := len(s.all) * each
	s.rate = Rate{Count: n, PerSecond: float64(n) / took, P50: s.all[len(s.all)/2], P99: s.all[len(s.all)*99/100]}
}
