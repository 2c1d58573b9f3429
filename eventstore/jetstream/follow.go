package jetstream

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"minglu/eventstore"
)

const (
	// followAhead is how many messages a follower has sent ahead of itself.
	followAhead = 4096
	// followIdle is when the server forgets the consumer of a follower that is
	// gone.
	followIdle = time.Minute
)

// ErrGap says that a record is missing between two that were delivered: the log
// was cut or the server lost something. A view stands still on it.
var ErrGap = errors.New("a record of the log is missing")

// Follow yields every record after position after, oldest first and without a
// gap, and then waits for more. It ends with the error of ctx, ErrClosed, ErrGap
// or that of a record that cannot be decoded; a lost connection is waited for.
// Each call has its own consumer, without acknowledgements and without a place
// of its own on the server.
func (s *Store) Follow(ctx context.Context, after uint64) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		if err := s.follow(ctx, after, yield); err != nil {
			yield(eventstore.Record{}, err)
		}
	}
}

func (s *Store) follow(ctx context.Context, after uint64, yield func(eventstore.Record, error) bool) error {
	err := s.raw(ctx, after, func(m eventstore.Message) (bool, error) {
		r, err := s.codec.Decode(m)
		if err != nil {
			return false, err
		}
		return yield(r, nil), nil
	})
	switch {
	case err == nil:
		return nil
	case s.isStopped():
		return eventstore.ErrClosed
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fmt.Errorf("follow: %w", err)
}

// raw hands every stored message after position after to take, until take wants
// no more or an error ends it.
func (s *Store) raw(ctx context.Context, after uint64, take func(eventstore.Message) (bool, error)) error {
	if err := s.usable(ctx); err != nil {
		return err
	}
	ctx, cancel := s.lifetime(ctx)
	defer cancel()
	js, err := jetstream.New(s.feed)
	if err != nil {
		return err
	}
	consumer, err := js.OrderedConsumer(ctx, s.cfg.StreamName, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: after + 1, InactiveThreshold: followIdle,
	})
	if err != nil {
		return err
	}
	msgs, err := consumer.Messages(jetstream.PullMaxMessages(followAhead))
	if err != nil {
		return err
	}
	defer s.leave(js, consumer, msgs)
	defer context.AfterFunc(ctx, msgs.Stop)()
	prefix := len(subjectOf(s.cfg.StreamName, ""))
	for {
		msg, err := msgs.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		seq, err := streamSeq(msg.Reply())
		if err != nil {
			return err
		}
		if seq != after+1 {
			return fmt.Errorf("%w: %d follows %d", ErrGap, seq, after)
		}
		if s.server != nil {
			if err := s.durable.wait(ctx, seq); err != nil {
				return err
			}
		}
		more, err := take(eventstore.Message{
			Stream: msg.Subject()[prefix:], Seq: seq, Header: eventstore.Header(msg.Headers()), Payload: msg.Data(),
		})
		if err != nil || !more {
			return err
		}
		after = seq
	}
}

// leave ends a follower and has the server forget its consumer, which it would
// do by itself after followIdle.
func (s *Store) leave(js jetstream.JetStream, consumer jetstream.Consumer, msgs jetstream.MessagesContext) {
	msgs.Stop()
	if s.isStopped() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = js.DeleteConsumer(ctx, s.cfg.StreamName, consumer.CachedInfo().Name) // it goes by itself
}

// streamSeq reads the position out of the reply subject of a delivered message:
// the token after the number of deliveries, which stands 6th, or 8th where the
// subject has a domain and an account.
func streamSeq(reply string) (uint64, error) {
	tokens := strings.Count(reply, ".") + 1
	n := 5
	if tokens >= 11 {
		n = 7
	}
	rest := reply
	for range n {
		_, after, ok := strings.Cut(rest, ".")
		if !ok {
			return 0, fmt.Errorf("reply subject %q has no position", reply)
		}
		rest = after
	}
	token, _, _ := strings.Cut(rest, ".")
	return strconv.ParseUint(token, 10, 64)
}
