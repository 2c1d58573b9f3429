package client

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"minglu/register"
)

// Outcome is what became of one line of a journal: an answer, or a problem.
type Outcome struct {
	Line int
	register.Answer
	Problem *Problem
}

// UnmarshalJSON reads a line of the answer to a journal.
func (o *Outcome) UnmarshalJSON(b []byte) error {
	var head struct {
		Line    int      `json:"line"`
		Problem *Problem `json:"problem"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return err
	}
	o.Line, o.Problem = head.Line, head.Problem
	return json.Unmarshal(b, &o.Answer)
}

// Journal sends a journal, one act a line, and yields what became of each line
// in order, while the rest is still being sent. An error ends it: lines without
// an outcome may or may not have been carried out, and sending them again does
// no harm.
func (c *Client) Journal(ctx context.Context, lines io.Reader) iter.Seq2[Outcome, error] {
	return func(yield func(Outcome, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		req, err := c.request(ctx, http.MethodPost, "/api/v1/journal", nil, lines)
		if err != nil {
			yield(Outcome{}, err)
			return
		}
		req.Header.Set("Content-Type", "application/x-ndjson")
		for line, err := range c.lines(req) {
			var o Outcome
			if err == nil {
				err = json.Unmarshal(line, &o)
			}
			if !yield(o, err) || err != nil {
				return
			}
		}
	}
}

// Events yields the facts of the log behind a position that the reader may see,
// as JSON; with follow it waits for more at the end. filter may hold division,
// aggregate and event. Lines that only say where a quiet stream is are not
// yielded.
func (c *Client) Events(ctx context.Context, after uint64, follow bool, filter url.Values) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		q := url.Values{"after": {strconv.FormatUint(after, 10)}}
		for name, values := range filter {
			q[name] = values
		}
		if follow {
			q.Set("follow", "true")
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		req, err := c.request(ctx, http.MethodGet, "/api/v1/events", q, nil)
		if err != nil {
			yield(nil, err)
			return
		}
		req.Header.Set("Accept", "application/x-ndjson")
		for line, err := range c.lines(req) {
			var beat struct {
				Heartbeat bool `json:"heartbeat"`
			}
			if err == nil && json.Unmarshal(line, &beat) == nil && beat.Heartbeat {
				continue
			}
			if !yield(line, err) || err != nil {
				return
			}
		}
	}
}

// lines sends a request and yields the lines of its answer.
func (c *Client) lines(req *http.Request) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		res, err := c.open(req)
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = res.Body.Close() }()
		r := bufio.NewReaderSize(res.Body, 64<<10)
		for {
			line, err := r.ReadBytes('\n')
			if len(line) > 0 && err == nil && !yield(line, nil) {
				return
			}
			switch {
			case err == io.EOF && len(line) == 0:
				return
			case err != nil:
				yield(nil, fmt.Errorf("the answer broke off: %w", err))
				return
			}
		}
	}
}
