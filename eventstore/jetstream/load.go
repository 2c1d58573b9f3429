package jetstream

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/nats-io/nats.go"

	"minglu/eventstore"
)

// pageTries and pagePause bound how long a replica that lags is asked again.
const (
	pageTries = 50
	pagePause = 20 * time.Millisecond
)

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
	newest, err := s.newestOf(ctx, stream)
	if err != nil {
		return err
	}
	subject := s.log.subject(stream)
	next, seen, behind := uint64(1), uint64(0), pageTries
	for {
		msgs, more, err := s.log.page(ctx, subject, next)
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
			if err := pause(ctx); err != nil {
				return err
			}
		}
	}
}

// newestOf returns the position of a stream's newest record as the leader has
// it. Where one server has the only copy, direct get is not behind: it returns 0
// without asking.
func (s *Store) newestOf(ctx context.Context, stream string) (uint64, error) {
	if s.cfg.Replicas == 1 {
		return 0, nil
	}
	seq, _, err := s.log.newest(ctx, s.log.subject(stream))
	return seq, err
}

func (s *Store) decode(stream string, m *nats.Msg) (eventstore.Record, error) {
	seq, err := position(m)
	if err != nil {
		return eventstore.Record{}, err
	}
	return s.codec.Decode(eventstore.Message{Stream: stream, Seq: seq, Header: eventstore.Header(m.Header), Payload: m.Data})
}

// pause waits for a replica to come on.
func pause(ctx context.Context) error {
	select {
	case <-time.After(pagePause):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
