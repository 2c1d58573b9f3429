package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const apiPrefix = "$JS.API."

// client speaks to one JetStream stream.
type client struct {
	conn    *nats.Conn
	inbox   *inbox
	stream  string
	timeout time.Duration
	late    func(*nats.Msg) // takes acknowledgements that come after the timeout; nil for nobody
}

func (s *Store) clientOf(stream string) client {
	return client{conn: s.conn, inbox: s.inbox, stream: stream, timeout: s.cfg.Timeout}
}

// subject returns the subject of a name within the stream.
func (p client) subject(name string) string { return subjectOf(p.stream, name) }

// send publishes one message and returns where its answer will be.
func (p client) send(m *nats.Msg) (*answer, error) {
	a, reply := p.inbox.expect(true)
	m.Reply = reply
	if err := p.conn.PublishMsg(m); err != nil {
		a.forget()
		return nil, unknown(err)
	}
	return a, nil
}

// await waits for the acknowledgement of a single publish.
func (p client) await(a *answer, err error) (last uint64, _ error) {
	if err != nil {
		return 0, err
	}
	got, err := p.ackOf(a)
	return got.Seq, err
}

// ackOf waits for an answer and reads it. Another stream's is refused: somebody
// took the log's subjects. One that does not come in time is left to late.
func (p client) ackOf(a *answer) (ack, error) {
	resp, err := p.answered(a)
	if err != nil {
		if p.late != nil {
			a.leave(p.late)
		} else {
			a.forget()
		}
		return ack{}, unknown(err)
	}
	got, err := decodeAck(resp)
	if err == nil && got.Stream != p.stream {
		err = fmt.Errorf("%w: stream %q answered", ErrDrift, got.Stream)
	}
	return got, err
}

// answered waits for an answer of one message, at most the timeout. No context
// of a caller breaks it off: what was sent has to be told.
func (p client) answered(a *answer) (*nats.Msg, error) {
	ctx, cancel := context.WithTimeout(context.Background(), p.timeout)
	defer cancel()
	msgs, err := a.get(ctx)
	if err != nil {
		return nil, err
	}
	return msgs[0], nil
}

// api carries out one request of the JetStream API. What it refuses is an
// *apiError.
func (p client) api(ctx context.Context, name string, req, resp any) error {
	var body []byte
	if req != nil {
		var err error
		if body, err = json.Marshal(req); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, createTimeout)
	defer cancel()
	m, err := p.conn.RequestWithContext(ctx, apiPrefix+name, body)
	if err != nil {
		return fmt.Errorf("request %s: %w", name, err)
	}
	var refusal struct {
		Error *apiError `json:"error"`
	}
	if err := json.Unmarshal(m.Data, &refusal); err != nil {
		return fmt.Errorf("read the answer to %s: %w", name, err)
	}
	if refusal.Error != nil {
		return refusal.Error
	}
	return json.Unmarshal(m.Data, resp)
}

// info returns the configuration and the extent of the stream.
func (p client) info(ctx context.Context) (info streamInfo, err error) {
	err = p.ask(ctx, "STREAM.INFO."+p.stream, nil, &info)
	return info, err
}

// pagePause is how long a server, or a replica, that is not ready is left alone.
const pagePause = 20 * time.Millisecond

func pause(ctx context.Context) error {
	select {
	case <-time.After(pagePause):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

const (
	// electionTry is how long an answer is waited for in a cluster that may be
	// without a leader, electionPause how long it is then left alone.
	electionTry   = time.Second
	electionPause = 100 * time.Millisecond
)

// ask is api for what may be asked again: it does so until ctx ends while a
// cluster is electing a leader, which it does not answer at all, or not with
// what was asked.
func (p client) ask(ctx context.Context, name string, req, resp any) error {
	for {
		try, cancel := context.WithTimeout(ctx, electionTry)
		err := p.api(try, name, req, resp)
		cancel()
		var api *apiError
		unavailable := errors.As(err, &api) && api.Code == codeUnavailable
		silent := errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrNoResponders)
		if ctx.Err() != nil || !unavailable && !silent {
			return err
		}
		select {
		case <-time.After(electionPause):
		case <-ctx.Done():
		}
	}
}

const (
	// pageRecords and pageBytes bound one batch read: direct get has no flow
	// control.
	pageRecords = 1000
	pageBytes   = 4 << 20
)

// getRequest is the body of a direct get, and of a get from the leader.
type getRequest struct {
	Seq      uint64 `json:"seq,omitempty"`
	Next     string `json:"next_by_subj,omitempty"`
	Last     string `json:"last_by_subj,omitempty"`
	Batch    int    `json:"batch,omitempty"`
	MaxBytes int    `json:"max_bytes,omitempty"`
}

// page reads messages of one subject from a position on by one direct get, and
// says whether there are more. The server gives them with no half of a batch
// among them; any replica may answer.
func (p client) page(ctx context.Context, subject string, from uint64) (_ []*nats.Msg, more bool, err error) {
	body, err := json.Marshal(getRequest{Seq: from, Next: subject, Batch: pageRecords, MaxBytes: pageBytes})
	if err != nil {
		return nil, false, err
	}
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	msgs, end, err := p.directGet(ctx, body)
	for err == nil && end.Header.Get(statusHeader) == statusNoResponders && pause(ctx) == nil {
		msgs, end, err = p.directGet(ctx, body)
	}
	if err != nil {
		return nil, false, err
	}
	switch status := end.Header.Get(statusHeader); status {
	case statusEOB:
		pending, err := strconv.ParseUint(end.Header.Get("Nats-Num-Pending"), 10, 64)
		return msgs, pending > 0, err
	case statusNotFound:
		return msgs, false, nil
	default:
		return nil, false, fmt.Errorf("direct get: status %s %s", status, end.Header.Get("Description"))
	}
}

// directGet asks once and returns the messages and the one that ends them.
func (p client) directGet(ctx context.Context, body []byte) (msgs []*nats.Msg, end *nats.Msg, err error) {
	a, reply := p.inbox.expect(false)
	defer a.forget()
	if err := p.conn.PublishRequest(apiPrefix+"DIRECT.GET."+p.stream, reply, body); err != nil {
		return nil, nil, err
	}
	all, err := a.get(ctx)
	if err != nil {
		return nil, nil, err
	}
	return all[:len(all)-1], all[len(all)-1], nil
}

// newest returns the newest message of one subject as the leader has it; seq is
// 0 where there is none.
func (p client) newest(ctx context.Context, subject string) (seq uint64, data []byte, err error) {
	var resp struct {
		Message struct {
			Seq  uint64 `json:"seq"`
			Data []byte `json:"data"`
		} `json:"message"`
	}
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	err = p.ask(ctx, "STREAM.MSG.GET."+p.stream, getRequest{Last: subject}, &resp)
	var api *apiError
	if errors.As(err, &api) && api.ErrCode == jetstream.JSErrCodeMessageNotFound {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, fmt.Errorf("ask the leader: %w", err)
	}
	return resp.Message.Seq, resp.Message.Data, nil
}

// position returns the position of a message that a direct get gave.
func position(m *nats.Msg) (uint64, error) {
	seq, err := strconv.ParseUint(m.Header.Get(jetstream.SequenceHeader), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("position of a record: %w", err)
	}
	return seq, nil
}
