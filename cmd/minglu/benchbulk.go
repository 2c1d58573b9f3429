package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"minglu/demo"
	"minglu/domain"
	"minglu/eventstore/jetstream"
	"minglu/ledger"
	"minglu/projections"
)

func prepareBenchImport(f *flags) action {
	var b benchFlags
	acts := 100_000
	b.declare(f)
	f.number(&acts, "acts", "N", domain.Say("行为数", "acts"))
	return func(ctx context.Context, c *call) error {
		if acts < 1 {
			return badUsage("--acts 至少为 1", "--acts is 1 at least")
		}
		return b.onScratch(ctx, c, func(n *node, dir string) error {
			fs, err := benchImport(ctx, c, n, dir, acts)
			if err != nil {
				return err
			}
			return b.print(c, fs)
		})
	}
}

// rawBatch is how many messages the raw engine is given at once, and rawSize
// how many bytes each has: about what a fact has, headers included.
const (
	rawBatch = 500
	rawSize  = 1200
)

// benchImport measures atomic batches, one message for each act, and the import
// of a generated journal of as many acts.
func benchImport(ctx context.Context, c *call, n *node, dir string, acts int) (figures, error) {
	journal, err := generated(dir, acts)
	if err != nil {
		return nil, err
	}
	raw, err := jetstream.RawBatches(ctx, n.store, acts, rawBatch, rawSize)
	if err != nil {
		return nil, err
	}
	m := watchMemory()
	took, err := importJournal(ctx, c, n, journal)
	if err != nil {
		return nil, err
	}
	head, err := n.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	perSecond := float64(acts) / took.Seconds()
	var fs figures
	fs.add("acts", acts)
	fs.add("records", head)
	fs.add("raw_per_s", whole(raw.PerSecond))
	fs.add("register_per_s", whole(perSecond))
	fs.add("ratio", rounded(perSecond/raw.PerSecond))
	m.add(&fs)
	return fs, nil
}

// actsAnInstitution is below how many acts the generated journal has for each
// institution.
const actsAnInstitution = 7

// generated writes a generated journal of so many acts to a file in dir.
func generated(dir string, acts int) (path string, err error) {
	f, err := os.Create(filepath.Join(dir, "journal.ndjson"))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := &firstLines{out: bufio.NewWriterSize(f, 1<<20), left: acts}
	if err := demo.Generate(w, acts/actsAnInstitution+10, 1); err != nil && !errors.Is(err, errEnough) {
		return "", err
	}
	if w.left > 0 {
		return "", fmt.Errorf("the generated journal is %d acts short", w.left)
	}
	return f.Name(), w.out.Flush()
}

// firstLines writes the first lines of what it is given, and then refuses more.
type firstLines struct {
	out  *bufio.Writer
	left int
}

var errEnough = errors.New("enough lines")

func (w *firstLines) Write(b []byte) (int, error) {
	for line := range bytes.Lines(b) {
		if w.left == 0 {
			return 0, errEnough
		}
		if _, err := w.out.Write(line); err != nil {
			return 0, err
		}
		if line[len(line)-1] == '\n' {
			w.left--
		}
	}
	return len(b), nil
}

// importJournal imports a journal as "minglu import" does, and returns how long
// it took until everything was durable. A refusal is an error.
func importJournal(ctx context.Context, c *call, n *node, path string) (took time.Duration, err error) {
	i := newImport(c, ledger.Options{})
	err = inSession(ctx, n.register, i, func() error {
		began := time.Now()
		defer func() { took = time.Since(began) }()
		return i.file(ctx, path)
	})
	if err == nil && i.refused > 0 {
		err = fmt.Errorf("%d acts of the generated journal were refused", i.refused)
	}
	return took, err
}

func prepareBenchRebuild(f *flags) action {
	var b benchFlags
	events := 200_000
	b.declare(f)
	f.number(&events, "events", "N", domain.Say("事实数", "facts"))
	return func(ctx context.Context, c *call) error {
		if events < 1 {
			return badUsage("--events 至少为 1", "--events is 1 at least")
		}
		return b.onScratch(ctx, c, func(n *node, dir string) error {
			fs, err := benchRebuildOf(ctx, c, n, dir, events)
			if err != nil {
				return err
			}
			return b.print(c, fs)
		})
	}
}

// benchRebuildOf fills the log with about so many facts and measures.
func benchRebuildOf(ctx context.Context, c *call, n *node, dir string, events int) (figures, error) {
	journal, err := generated(dir, events)
	if err != nil {
		return nil, err
	}
	if _, err := importJournal(ctx, c, n, journal); err != nil {
		return nil, err
	}
	return benchRebuild(ctx, n, dir)
}

// benchRebuild measures an ordered replay with one put a record, and all views
// from zero, on the same log.
func benchRebuild(ctx context.Context, n *node, dir string) (figures, error) {
	defer n.views.Hold()() // those of the register itself are not measured
	head, err := n.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	facts, err := countFacts(ctx, n, head)
	if err != nil {
		return nil, err
	}
	raw, err := projections.RawPuts(ctx, dir, n.store, int(head))
	if err != nil {
		return nil, err
	}
	raw *= float64(facts) / float64(head) // facts a second, as below
	scratch := filepath.Join(dir, "rebuilt")
	m := watchMemory()
	began := time.Now()
	v, err := projections.OpenViews(ctx, scratch, n.store, n.log.Codec, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	err = v.CatchUp(ctx)
	took := time.Since(began)
	if cerr := v.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, err
	}
	perSecond := float64(facts) / took.Seconds()
	var fs figures
	fs.add("events", facts)
	fs.add("records", head)
	fs.add("raw_per_s", whole(raw))
	fs.add("register_per_s", whole(perSecond))
	fs.add("ratio", rounded(perSecond/raw))
	m.add(&fs)
	fs.add("views_mb", megabytes(scratch))
	return fs, nil
}

// countFacts counts the records that are facts, not reservations.
func countFacts(ctx context.Context, n *node, head uint64) (facts int, err error) {
	for r, err := range n.store.Follow(ctx, 0) {
		if err != nil {
			return 0, err
		}
		if !r.IsReservation() {
			facts++
		}
		if r.Meta.Seq == head {
			break
		}
	}
	return facts, nil
}

// megabytes is what the files of a directory take, in MiB.
func megabytes(dir string) int {
	list, err := os.ReadDir(dir)
	if err != nil {
		return 0
	}
	var sum int64
	for _, e := range list {
		if i, err := e.Info(); err == nil {
			sum += i.Size()
		}
	}
	return int(sum >> 20)
}
