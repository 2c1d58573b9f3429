package jetstream

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"minglu/eventstore"
)

const (
	// followAhead is how many messages a follower has sent ahead of itself.
	followAhead = 4096
	// followIdle is when the server forgets the consumer of a follower that is
	// gone.
	followIdle = 5 * time.Minute
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

// Messages yields every stored message after position after as it is stored,
// undecoded and without the marks of the store, and then waits for more: for an
// export. It ends as Follow does.
func (s *Store) Messages(ctx context.Context, after uint64) iter.Seq2[eventstore.Message, error] {
	return func(yield func(eventstore.Message, error) bool) {
		err := s.raw(ctx, after, func(m eventstore.Message) (bool, error) {
			if m.Header == nil {
				h, err := nats.DecodeHeadersMsg(m.RawHeader)
				if err != nil {
					return false, fmt.Errorf("header of record %d: %w", m.Seq, err)
				}
				m.Header, m.RawHeader = eventstore.Header(h), nil
			}
			maps.DeleteFunc(m.Header, ofStore)
			return yield(m, nil), nil
		})
		if err = s.ended(ctx, err); err != nil {
			yield(eventstore.Message{}, err)
		}
	}
}

// ofStore reports whether a header belongs to the server: guards and marks of
// batches.
func ofStore(name string, _ []string) bool { return strings.HasPrefix(name, "Nats-") }

func (s *Store) follow(ctx context.Context, after uint64, yield func(eventstore.Record, error) bool) error {
	err := s.raw(ctx, after, func(m eventstore.Message) (bool, error) {
		r, err := s.codec.Decode(m)
		if err != nil {
			return false, err
		}
		return yield(r, nil), nil
	})
	return s.ended(ctx, err)
}

// ended tells why a follower ended.
func (s *Store) ended(ctx context.Context, err error) error {
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
	if s.server != nil {
		return s.followPipe(ctx, after, take)
	}
	return s.followOrdered(ctx, after, take)
}

// hand gives one message to take, once it is known to be durable, where it
// follows on the one at *after.
func (s *Store) hand(ctx context.Context, m eventstore.Message, after *uint64, take func(eventstore.Message) (bool, error)) (more bool, err error) {
	if m.Seq != *after+1 {
		return false, fmt.Errorf("%w: %d follows %d", ErrGap, m.Seq, *after)
	}
	if s.server != nil {
		if err := s.durable.wait(ctx, m.Seq); err != nil {
			return false, err
		}
	}
	*after = m.Seq
	return take(m)
}

// followOrdered is raw for an outside server: the ordered consumer of the client
// library, which heals itself after a lost connection.
func (s *Store) followOrdered(ctx context.Context, after uint64, take func(eventstore.Message) (bool, error)) error {
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
	defer func() {
		msgs.Stop()
		s.forget(consumer.CachedInfo().Name)
	}()
	defer context.AfterFunc(ctx, msgs.Stop)()
	prefix := len(s.log.subject(""))
	for {
		msg, err := msgs.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		seq, err := streamSeq([]byte(msg.Reply()))
		if err != nil {
			return err
		}
		m := eventstore.Message{Stream: msg.Subject()[prefix:], Seq: seq, Header: eventstore.Header(msg.Headers()), Payload: msg.Data()}
		if more, err := s.hand(ctx, m, &after, take); err != nil || !more {
			return err
		}
	}
}

// forget has the server forget a consumer, which it would do by itself after
// followIdle.
func (s *Store) forget(consumer string) {
	if s.isStopped() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	var done struct{}
	_ = s.log.api(ctx, "CONSUMER.DELETE."+s.cfg.StreamName+"."+consumer, nil, &done) // it goes by itself
}

// streamSeq reads the position out of the reply subject of a delivered message:
// the token after the number of deliveries, which stands 6th, or 8th where the
// subject has a domain and an account.
func streamSeq(reply []byte) (uint64, error) {
	n := 5
	if bytes.Count(reply, []byte(".")) >= 10 {
		n = 7
	}
	rest := reply
	for range n {
		_, after, ok := bytes.Cut(rest, []byte("."))
		if !ok {
			return 0, fmt.Errorf("reply subject %q has no position", reply)
		}
		rest = after
	}
	token, _, _ := bytes.Cut(rest, []byte("."))
	return strconv.ParseUint(string(token), 10, 64)
}
