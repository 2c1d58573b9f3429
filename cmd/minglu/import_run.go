package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"minglu/ledger"
	"minglu/register"
)

// carrier carries out the acts of entries and reports what became of each, in
// order, to an imports.outcome.
type carrier interface {
	carry(ctx context.Context, e ledger.Entry) error
	// flush returns when everything carried is durable and reported.
	flush(ctx context.Context) error
}

// imports is an import under way: the entries whose outcome is awaited, and
// what was counted.
type imports struct {
	call    *call
	read    func(path string) (*ledger.File, error)
	carrier carrier

	mu       sync.Mutex // a remote register reports from a goroutine of its own
	queue    []awaited
	next     int // of queue, whose outcome comes next
	done     int // entries that are accounted for
	imported int
	known    int
	refused  int
	files    int
	refusals *refusals
	progress *progress
	err      error // of writing the refusals
}

// awaited is an entry whose outcome is not accounted for.
type awaited struct {
	entry ledger.Entry
	out   register.Outcome
	ready bool
}

func newImport(c *call, o ledger.Options) *imports {
	read := func(path string) (*ledger.File, error) { return ledger.Open(path, o) }
	return &imports{call: c, read: read, progress: newProgress(c)}
}

// sum is the last line, empty where no file was begun.
func (i *imports) sum() string {
	if i.files == 0 {
		return ""
	}
	return fmt.Sprintf("imported %d, already known %d, refused %d", i.imported, i.known, i.refused)
}

// file imports one file. When ctx ends, what was handed over is finished.
func (i *imports) file(ctx context.Context, path string) (err error) {
	f, err := i.open(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return failed("没有文件 %s", "there is no file %s", path)
		}
		return fmt.Errorf("%s: %w", path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	i.files++
	i.refusals = newRefusals(i.call, refusedPath(path))
	i.progress.begin(path, f)
	err = i.all(ctx, f)
	if err == nil {
		err = ctx.Err()
	}
	return errors.Join(err, i.refusals.close(err == nil))
}

func (i *imports) open(path string) (*ledger.File, error) {
	if path == "-" {
		return &ledger.File{Entries: ledger.Journal(i.call.stdin)}, nil
	}
	f, err := i.read(path)
	if err == nil && len(f.Ignored) > 0 {
		i.progress.note(ignoredColumns(path, f.Ignored))
	}
	return f, err
}

// aheadEntries and aheadChunks bound how far a file is read ahead.
const (
	aheadEntries = 128
	aheadChunks  = 8
)

// all hands every entry over, in order.
func (i *imports) all(ctx context.Context, f *ledger.File) error {
	reading, stop := context.WithCancel(ctx)
	defer stop()
	chunks := make(chan []ledger.Entry, aheadChunks)
	var failure error
	go func() {
		defer close(chunks)
		failure = ahead(reading, f, chunks)
	}()
	// What is under way is finished whatever happens to ctx.
	working := context.WithoutCancel(ctx)
	for chunk := range chunks {
		for _, e := range chunk {
			if err := i.hand(working, e); err != nil {
				stop()
				for range chunks { //nolint:revive // until the reader has ended
				}
				return err
			}
		}
		if ctx.Err() != nil {
			break
		}
	}
	stop()
	for range chunks { //nolint:revive // until the reader has ended
	}
	err := i.carrier.flush(working)
	i.mu.Lock()
	defer i.mu.Unlock()
	return errors.Join(err, i.err, failure)
}

// ahead reads entries in chunks until ctx ends.
func ahead(ctx context.Context, f *ledger.File, chunks chan<- []ledger.Entry) error {
	var chunk []ledger.Entry
	send := func() bool {
		select {
		case chunks <- chunk:
			chunk = nil
			return true
		case <-ctx.Done():
			return false
		}
	}
	for e, err := range f.Entries {
		if err != nil {
			send()
			return err
		}
		if chunk = append(chunk, e); len(chunk) == aheadEntries && !send() {
			return nil
		}
	}
	send()
	return nil
}

// hand queues an entry and has it carried out, unless it could not be read.
func (i *imports) hand(ctx context.Context, e ledger.Entry) error {
	i.mu.Lock()
	if i.err != nil {
		defer i.mu.Unlock()
		return i.err
	}
	i.queue = append(i.queue, awaited{entry: e, out: register.Outcome{Line: e.Line, Err: e.Err}, ready: e.Err != nil})
	i.account()
	i.mu.Unlock()
	if e.Err != nil {
		return nil
	}
	return i.carrier.carry(ctx, e)
}

// outcome takes the outcome of the oldest entry that was carried out and has
// none.
func (i *imports) outcome(o register.Outcome) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for i.queue[i.next].ready {
		i.next++
	}
	i.queue[i.next].out, i.queue[i.next].ready = o, true
	i.account()
}

// account counts the entries at the head of the queue whose outcome is known.
func (i *imports) account() {
	n := 0
	for ; n < len(i.queue) && i.queue[n].ready; n++ {
		a := &i.queue[n]
		switch {
		case a.out.Err != nil:
			i.refused++
			if err := i.refusals.add(a.entry, a.out.Err); err != nil && i.err == nil {
				i.err = err
			}
		case a.out.Changed:
			i.imported++
		default:
			i.known++
		}
	}
	if n > 0 {
		i.done += n
		i.next = max(i.next-n, 0)
		i.queue = append(i.queue[:0], i.queue[n:]...)
		i.progress.show(i.done, i.refused)
	}
}
