package jetstream

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/nats-io/nats.go"

	"minglu/eventstore"
)

const (
	statusHeader       = "Status"
	statusEOB          = "204"
	statusNotFound     = "404"
	statusNoResponders = "503"
)

// inbox takes the answers that come as several messages, or that are asked for
// before others: one subscription for all of them, where a subscription for
// each would cost two more commands.
type inbox struct {
	prefix  string
	stopped <-chan struct{}
	mu      sync.Mutex
	next    uint64
	wait    map[string]*answer
}

// answer collects what is sent to one reply subject, up to its end.
type answer struct {
	in      *inbox
	token   string
	single  bool // ended by its first message; else by one with a status
	msgs    []*nats.Msg
	arrived chan struct{}   // closed at the end; msgs may then be read
	late    func(*nats.Msg) // takes what nobody waits for any more
}

// newInbox subscribes on conn. Who waits when stopped closes gets ErrClosed.
func newInbox(conn *nats.Conn, stopped <-chan struct{}) (*inbox, error) {
	in := &inbox{prefix: conn.NewInbox() + ".", stopped: stopped, wait: map[string]*answer{}}
	sub, err := conn.Subscribe(in.prefix+"*", in.take)
	if err == nil {
		err = sub.SetPendingLimits(-1, -1) // what was asked for is bounded by the asking
	}
	if err != nil {
		return nil, fmt.Errorf("subscribe to answers: %w", err)
	}
	return in, nil
}

// expect returns an answer and the subject to have it sent to. The caller MUST
// forget it.
func (in *inbox) expect(single bool) (*answer, string) {
	a := &answer{in: in, single: single, arrived: make(chan struct{})}
	in.mu.Lock()
	in.next++
	a.token = strconv.FormatUint(in.next, 36)
	in.wait[a.token] = a
	in.mu.Unlock()
	return a, a.subject()
}

func (in *inbox) take(m *nats.Msg) {
	token := m.Subject[strings.LastIndexByte(m.Subject, '.')+1:]
	in.mu.Lock()
	a := in.wait[token]
	ended := a != nil && (a.single || len(m.Header[statusHeader]) > 0)
	if ended {
		delete(in.wait, token)
	}
	var late func(*nats.Msg)
	if a != nil {
		late = a.late
	}
	in.mu.Unlock()
	if a == nil {
		return
	}
	if late != nil {
		late(m)
		return
	}
	a.msgs = append(a.msgs, m)
	if ended {
		close(a.arrived)
	}
}

// get waits for the end of the answer.
func (a *answer) get(ctx context.Context) ([]*nats.Msg, error) {
	select {
	case <-a.arrived:
		return a.msgs, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-a.in.stopped:
		return nil, eventstore.ErrClosed
	}
}

// subject returns where the answer is to be sent.
func (a *answer) subject() string { return a.in.prefix + a.token }

func (a *answer) forget() {
	a.in.mu.Lock()
	delete(a.in.wait, a.token)
	a.in.mu.Unlock()
}

// leave has an answer of one message given to late, when it comes after all.
func (a *answer) leave(late func(*nats.Msg)) {
	a.in.mu.Lock()
	a.late = late
	_, waiting := a.in.wait[a.token]
	a.in.mu.Unlock()
	if !waiting {
		<-a.arrived // it came in between
		late(a.msgs[0])
	}
}
