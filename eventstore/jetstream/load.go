package jetstream

import (
	"context"
	"fmt"
	"iter"
	"math"

	"github.com/nats-io/nats.go"

	"minglu/eventstore"
)

// pageTries is how often a replica that lags is asked again, with a pause each.
const pageTries = 50

// Load yields the records of one stream, oldest first, and nothing for one that
// does not exist. Of a replicated log the leader is asked for the newest
// position first, since any replica may answer a direct get.
func (s *Store) Load(ctx context.Context, stream string) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		if err := s.load(ctx, stream, yield); err != nil {
			yield(eventstore.Record{}, s.unreadable(ctx, err))
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
		durable := s.durableNow()
		for _, m := range msgs {
			r, err := s.decode(stream, m)
			if err != nil {
				return err
			}
			if r.Meta.Seq > durable {
				return nil
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

// durableNow returns the position up to which the log may be shown. An embedded
// server that failed may hold the half of a batch beyond it.
func (s *Store) durableNow() uint64 {
	if s.server == nil {
		return math.MaxUint64
	}
	return s.durable.at()
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
