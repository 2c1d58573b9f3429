package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"sync"

	"minglu/api/client"
	"minglu/ledger"
	"minglu/register"
)

// remote sends acts to a running register as one journal.
func (o importing) remote(ctx context.Context, c *call, i *imports, f func() error) error {
	r := &remoteCarrier{client: client.New(o.cfg.Server, o.cfg.Token, &http.Client{}), imports: i}
	i.carrier = r
	return f()
}

// remoteCarrier sends the acts of entries as lines of a journal, which is begun
// with the first and ends with a flush. The acts of a row are sent one after the
// other: over HTTP they are not carried out all or none.
type remoteCarrier struct {
	client  *client.Client
	imports *imports

	lines *io.PipeWriter // of the journal under way, or nil
	out   *bufio.Writer
	ended chan struct{} // closed when the answers have ended
	err   error         // of the answers; read behind ended

	mu   sync.Mutex
	sent []int // acts of the entries that await answers
}

// begin begins a journal.
func (r *remoteCarrier) begin(ctx context.Context) {
	in, lines := io.Pipe()
	r.lines, r.out, r.ended = lines, bufio.NewWriterSize(lines, 32<<10), make(chan struct{})
	go func() {
		defer close(r.ended)
		r.err = r.answers(ctx, in)
		in.CloseWithError(io.ErrClosedPipe) //nolint:errcheck // never fails
	}()
}

// answers reports what became of each entry, from the answers to its lines.
func (r *remoteCarrier) answers(ctx context.Context, in io.Reader) error {
	var o register.Outcome
	answered := 0
	for a, err := range r.client.Journal(ctx, in) {
		if err != nil {
			return err
		}
		switch {
		case a.Problem != nil && o.Err == nil:
			o.Err = a.Problem.Refusal()
		case a.Problem == nil:
			o.Changed = o.Changed || !a.Repeated && len(a.Events) > 0
		}
		r.mu.Lock()
		answered++
		whole := len(r.sent) > 0 && answered == r.sent[0]
		if whole {
			r.sent, answered = r.sent[1:], 0
		}
		r.mu.Unlock()
		if whole {
			r.imports.outcome(o)
			o = register.Outcome{}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.sent) > 0 {
		return failed("名录没有答复全部各行；重新运行即可继续", "the register did not answer every line; run it again to go on")
	}
	return nil
}

func (r *remoteCarrier) carry(ctx context.Context, e ledger.Entry) error {
	if r.lines == nil {
		r.begin(ctx)
	}
	r.mu.Lock()
	r.sent = append(r.sent, len(e.Acts))
	r.mu.Unlock()
	for _, a := range e.Acts {
		if e.FromLedger() {
			a.Actor = nil // it is made from the token
		}
		b, err := json.Marshal(a)
		if err == nil {
			_, err = r.out.Write(append(b, '\n'))
		}
		if err != nil {
			return r.why(err)
		}
	}
	return nil
}

// why returns why the journal broke off, which the answers tell better than the
// writing.
func (r *remoteCarrier) why(err error) error {
	r.lines.CloseWithError(err) //nolint:errcheck // never fails
	<-r.ended
	r.lines = nil
	if p, ok := errors.AsType[*client.Problem](r.err); ok {
		return p.Refusal()
	}
	if r.err != nil {
		return r.err
	}
	return err
}

func (r *remoteCarrier) flush(context.Context) error {
	if r.lines == nil {
		return nil
	}
	if err := r.out.Flush(); err != nil {
		return r.why(err)
	}
	return r.why(nil)
}
