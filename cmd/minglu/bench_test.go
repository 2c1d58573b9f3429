package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"testing"
	"time"
)

// measured runs a measurement on an empty scratch register and returns its
// figures as JSON has them.
func measured(t *testing.T, measure func(ctx context.Context, c *call, n *node, dir string) (figures, error)) map[string]any {
	t.Helper()
	t.Parallel()
	cfg := Config{}
	cfg.setDefaults()
	var out bytes.Buffer
	c := &call{stdout: &out, stderr: io.Discard, log: newLogger(io.Discard, &cfg), now: time.Now, unsynced: true}
	b := benchFlags{json: true, dir: t.TempDir()}
	err := b.onScratch(t.Context(), c, func(n *node, dir string) error {
		fs, err := measure(t.Context(), c, n, dir)
		if err != nil {
			return err
		}
		return b.print(c, fs)
	})
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(out.Bytes(), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// wantFigures fails where a figure is missing or not positive.
func wantFigures(t *testing.T, m map[string]any, names ...string) {
	t.Helper()
	for _, name := range names {
		if v, ok := m[name].(float64); !ok || v <= 0 {
			t.Errorf("%s is %v, want a positive number", name, m[name])
		}
	}
}

func TestBenchAppend(t *testing.T) {
	for _, act := range benchActs {
		t.Run(act, func(t *testing.T) {
			m := measured(t, func(ctx context.Context, _ *call, n *node, _ string) (figures, error) {
				if err := n.views.CatchUp(ctx); err != nil {
					return nil, err
				}
				return benchAppend(ctx, n, act, 3, 200*time.Millisecond)
			})
			wantFigures(t, m, "writers", "raw_per_s", "register_per_s", "ratio", "p50_ms", "p99_ms")
		})
	}
}

func TestBenchImport(t *testing.T) {
	m := measured(t, func(ctx context.Context, c *call, n *node, dir string) (figures, error) {
		return benchImport(ctx, c, n, dir, 700)
	})
	wantFigures(t, m, "acts", "raw_per_s", "register_per_s", "ratio", "rss_mb", "records")
	if m["acts"] != 700.0 {
		t.Errorf("%v acts, want 700", m["acts"])
	}
}

func TestBenchRebuild(t *testing.T) {
	m := measured(t, func(ctx context.Context, c *call, n *node, dir string) (figures, error) {
		return benchRebuildOf(ctx, c, n, dir, 700)
	})
	wantFigures(t, m, "events", "raw_per_s", "register_per_s", "ratio", "rss_mb")
}

func TestBenchQuery(t *testing.T) {
	m := measured(t, func(ctx context.Context, c *call, n *node, dir string) (figures, error) {
		return benchQueryOf(ctx, c, n, dir, 100, 2, 100*time.Millisecond)
	})
	wantFigures(t, m, "raw_per_s")
	for _, q := range []string{"by_id", "list_page", "search"} {
		of, _ := m[q].(map[string]any)
		wantFigures(t, of, "per_s", "raw_per_s", "ratio", "p50_ms", "p99_ms")
	}
}

func TestBenchEscrow(t *testing.T) {
	m := measured(t, func(ctx context.Context, c *call, n *node, dir string) (figures, error) {
		return escrowBench{movements: 600, accounts: 3, acts: 5}.measure(ctx, c, n, dir)
	})
	wantFigures(t, m, "movements", "raw_per_s", "register_per_s", "ratio", "rss_mb")
	for part, names := range map[string][]string{"act": {"new_p50_ms", "old_p50_ms", "ratio"}, "trial_balance": {"accounts", "p99_ms"}, "rebuild": {"facts", "raw_per_s", "register_per_s", "ratio"}} {
		of, _ := m[part].(map[string]any)
		wantFigures(t, of, names...)
	}
}

func TestBenchRefusesNumbersThatMeasureNothing(t *testing.T) {
	b := newBureau(t)
	for _, args := range [][]string{{"append", "--writers", "0"}, {"import", "--acts", "0"}, {"rebuild", "--events", "0"}, {"query", "--seconds", "0"}, {"escrow", "--movements", "99"}} {
		if code, _, _ := b.minglu(t.Context(), bytes.NewReader(nil), append([]string{"bench"}, args...)...); code != exitUsage {
			t.Errorf("bench %q ended with %d", args, code)
		}
	}
}
