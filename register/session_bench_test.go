package register_test

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"minglu/demo"
	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/eventstore/memory"
	"minglu/ledger"
	"minglu/projections"
	"minglu/register"
)

// BenchmarkSession carries out a generated journal, durably and with all views
// following. Institutions are as many as SESSION_INSTITUTIONS says, else 2,000:
//
//	SESSION_INSTITUTIONS=20000 go test -run '^$' -bench Session -benchtime 1x -cpuprofile cpu.out ./register
func BenchmarkSession(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("SESSION_INSTITUTIONS"))
	if err != nil {
		n = 2000
	}
	journal, err := os.Create(filepath.Join(b.TempDir(), "journal.ndjson"))
	if err != nil {
		b.Fatal(err)
	}
	defer journal.Close()
	if err := demo.Generate(journal, n, 1); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		codec := register.Codec()
		st, err := jetstream.Open(b.Context(), jetstream.Config{Dir: b.TempDir()}, codec)
		if err != nil {
			b.Fatal(err)
		}
		views, err := projections.OpenViews(b.Context(), b.TempDir(), st, codec, slog.New(slog.DiscardHandler))
		if err != nil {
			b.Fatal(err)
		}
		if err := views.CatchUp(b.Context()); err != nil {
			b.Fatal(err)
		}
		reg := register.New(eventstore.NewLog(st, codec, 50_000), views, new(memory.Keys), time.Now)
		b.StartTimer()
		before := processorTime(b)
		acts := carryOut(b, reg, io.NewSectionReader(journal, 0, 1<<40))
		b.StopTimer()
		b.ReportMetric((processorTime(b)-before)*1e6/float64(acts), "cpu-µs/act")
		head, _ := st.Head(b.Context())
		b.ReportMetric(float64(acts)/b.Elapsed().Seconds(), "acts/s")
		b.ReportMetric(float64(head)/float64(acts), "records/act")
		began := time.Now()
		if err := views.CatchUp(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "behind-s")
		views.Close()
		st.Close()
		b.StartTimer()
	}
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if f := strings.Fields(line); len(f) > 1 && (f[0] == "VmHWM:" || f[0] == "RssAnon:") {
			kb, _ := strconv.ParseFloat(f[1], 64)
			b.ReportMetric(kb/1024, f[0]+"MiB")
		}
	}
}

// processorTime returns the seconds of processor that the process has had.
func processorTime(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}

func carryOut(b *testing.B, reg *register.Register, journal io.Reader) int {
	acts := 0
	s, err := reg.NewImport(b.Context(), nil, func(o register.Outcome) {
		if acts++; o.Err != nil {
			b.Fatalf("line %d: %v", o.Line, o.Err)
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	ahead := make(chan []ledger.Entry, 4)
	go func() {
		defer close(ahead)
		var chunk []ledger.Entry
		for e, err := range ledger.Journal(journal) {
			if err != nil || e.Err != nil {
				b.Error(err, e.Err)
				return
			}
			if chunk = append(chunk, e); len(chunk) == 128 {
				ahead <- chunk
				chunk = nil
			}
		}
		ahead <- chunk
	}()
	for chunk := range ahead {
		for _, e := range chunk {
			if err := s.Add(b.Context(), e.Line, e.Acts[0]); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := s.Flush(b.Context()); err != nil {
		b.Fatal(err)
	}
	return acts
}
