package jetstream

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nuid"

	"minglu/eventstore"
)

// The headers of an atomic batch (ADR-50 of NATS), for which nats.go has no
// client.
const (
	batchID     = "Nats-Batch-Id"
	batchSeq    = "Nats-Batch-Sequence"
	batchCommit = "Nats-Batch-Commit"
)

// batch is one attempt at an atomic batch. Its first message is a request,
// which the server answers with nothing once it is ready for the batch, or with
// the reason why it will not take it; its last is one too, and the answer is the
// commit's. In between nothing is waited for. The newest message is held back,
// since only the next one, or the commit, tells which it is.
type batch struct {
	client
	id        string
	sent      int
	held      *nats.Msg
	opened    *answer
	committed *answer
	err       error // the first that hindered sending; then nothing can be stored
}

func (p client) newBatch() *batch { return &batch{client: p, id: nuid.Next()} }

// add puts m behind the others.
func (b *batch) add(m *nats.Msg) {
	if b.held != nil {
		b.send(b.held)
	}
	b.held = m
}

func (b *batch) send(m *nats.Msg) {
	if b.err != nil {
		return
	}
	b.sent++
	m.Header[batchID] = []string{b.id}
	m.Header[batchSeq] = []string{strconv.Itoa(b.sent)}
	m.Reply = ""
	if b.sent == 1 {
		b.opened, m.Reply = b.inbox.expect(true)
	}
	if b.committed != nil {
		m.Header[batchCommit] = []string{"1"}
		m.Reply = b.committed.subject()
	} else {
		delete(m.Header, batchCommit)
	}
	b.err = b.conn.PublishMsg(m)
}

// ready returns what is closed when the server has answered the first message,
// or nil before that was sent.
func (b *batch) ready() <-chan struct{} {
	if b.opened == nil {
		return nil
	}
	return b.opened.arrived
}

// commit ends the batch and returns the position of its last message; the batch
// is contiguous. A batch of one goes as a single publish. No answer leaves the
// outcome unknown.
func (b *batch) commit() (last uint64, err error) {
	if b.sent == 0 && b.held != nil {
		single(b.held)
		return b.await(b.client.send(b.held))
	}
	b.committed, _ = b.inbox.expect(true)
	if b.opened != nil {
		defer b.opened.forget()
	}
	if b.err != nil {
		b.committed.forget()
		return 0, fmt.Errorf("%w: %w", errIncomplete, b.err)
	}
	if b.send(b.held); b.err != nil {
		b.committed.forget()
		return 0, unknown(b.err)
	}
	if resp, err := b.answered(b.opened); err == nil && (len(resp.Data) > 0 || len(resp.Header) > 0) {
		if _, err := decodeAck(resp); !errors.Is(err, eventstore.ErrUnknown) {
			b.committed.forget()
			return 0, err
		}
	}
	a, err := b.ackOf(b.committed)
	if err != nil {
		return 0, err
	}
	if a.Batch != b.id || a.Count != b.sent {
		return 0, unknown(fmt.Errorf("batch %s of %d was answered as %s of %d", b.id, b.sent, a.Batch, a.Count))
	}
	return a.Seq, nil
}

// publishBatch publishes msgs as one atomic batch.
func (p client) publishBatch(msgs []*nats.Msg) (last uint64, err error) {
	b := p.newBatch()
	for _, m := range msgs {
		b.add(m)
	}
	return b.commit()
}

// single takes the marks of a batch off m.
func single(m *nats.Msg) {
	delete(m.Header, batchID)
	delete(m.Header, batchSeq)
	delete(m.Header, batchCommit)
}
