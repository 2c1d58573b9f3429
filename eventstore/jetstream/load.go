package jetstream

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"minglu/eventstore"
)

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

// Load yields the records of one stream, oldest first, and nothing for one that
// does not exist. Of a replicated log the leader is asked for the newest
// position first, since any replica may answer a direct get.
func (s *Store) Load(ctx context.Context, stream string) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		if err := s.load(ctx, stream, yield); err != nil {
			yield(eventstore.Record{}, err)
		}
	}
}

func (s *Store) load(ctx context.Context, stream string, yield func(eventstore.Record, error) bool) error {
	if err := eventstore.CheckStream(stream); err != nil {
		return err
	}
	if err := s.usable(ctx); err != nil {
		return err
	}
	newest, err := s.newest(ctx, stream)
	if err != nil {
		return err
	}
	subject := subjectOf(s.cfg.StreamName, stream)
	next, seen, behind := uint64(1), uint64(0), pageTries
	for {
		msgs, more, err := s.page(ctx, getRequest{Seq: next, Next: subject, Batch: pageRecords, MaxBytes: pageBytes})
		if err != nil {
			return err
		}
		for _, m := range msgs {
			r, err := s.decode(stream, m)
			if err != nil {
				return err
			}
			seen, next = r.Meta.Seq, r.Meta.Seq+1
			if !yield(r, nil) {
				return nil
			}
		}
		switch {
		case more:
		case seen >= newest:
			return nil
		case behind == 0:
			return fmt.Errorf("the replicas do not answer up to position %d", newest)
		default:
			behind--
			if err := s.pause(ctx); err != nil {
				return err
			}
		}
	}
}

// page reads records of one subject by one direct get. The server gives them
// with no half of a batch among them.
func (s *Store) page(ctx context.Context, req getRequest) (msgs []*nats.Msg, more bool, err error) {
	body, err := json.Marshal(req)
	if err != nil {
		return nil, false, err
	}
	a, reply := s.inbox.expect(false)
	defer a.forget()
	if err := s.conn.PublishRequest(apiPrefix+"DIRECT.GET."+s.cfg.StreamName, reply, body); err != nil {
		return nil, false, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	if msgs, err = a.get(ctx); err != nil {
		return nil, false, err
	}
	end := msgs[len(msgs)-1]
	msgs = msgs[:len(msgs)-1]
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

func (s *Store) decode(stream string, m *nats.Msg) (eventstore.Record, error) {
	seq, err := strconv.ParseUint(m.Header.Get(jetstream.SequenceHeader), 10, 64)
	if err != nil {
		return eventstore.Record{}, fmt.Errorf("position of a record: %w", err)
	}
	return s.codec.Decode(eventstore.Message{Stream: stream, Seq: seq, Header: eventstore.Header(m.Header), Payload: m.Data})
}
