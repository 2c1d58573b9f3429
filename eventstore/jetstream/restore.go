package jetstream

import (
	"context"
	"fmt"
	"maps"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"minglu/eventstore"
)

// Restore appends messages of an export as they were stored, up to
// eventstore.MaxAppend at once and all or nothing, durable when it returns. They
// MUST follow the log without a gap and take the positions that they had; what
// cannot be decoded is refused, and a log that others write meanwhile is
// eventstore.ErrConflict.
func (s *Store) Restore(ctx context.Context, msgs []eventstore.Message) error {
	if err := s.usable(ctx); err != nil {
		return err
	}
	if len(msgs) == 0 || len(msgs) > eventstore.MaxAppend {
		return fmt.Errorf("restore of %d records; 1 to %d are taken", len(msgs), eventstore.MaxAppend)
	}
	m := &member{msgs: make([]*nats.Msg, len(msgs))}
	first := msgs[0].Seq
	for i, msg := range msgs {
		if msg.Seq != first+uint64(i) || first == 0 {
			return fmt.Errorf("restore: %w: %d at the place of %d", ErrGap, msg.Seq, first+uint64(i))
		}
		if err := eventstore.CheckStream(msg.Stream); err != nil {
			return err
		}
		if _, err := s.codec.Decode(msg); err != nil {
			return err
		}
		h := maps.Clone(msg.Header)
		maps.DeleteFunc(h, ofStore)
		m.msgs[i] = &nats.Msg{Subject: s.log.subject(msg.Stream), Header: nats.Header(h), Data: msg.Payload}
		m.bytes += int64(len(msg.Payload)) + recordOverhead
	}
	m.msgs[0].Header[jetstream.ExpectedLastSeqHeader] = []string{strconv.FormatUint(first-1, 10)}
	if err := s.takeRoom(m.bytes); err != nil {
		return err
	}
	defer s.giveRoom(m.bytes)
	last, err := s.commit.append(ctx, m)
	if err == nil && last != msgs[len(msgs)-1].Seq {
		err = fmt.Errorf("restore: %w: record %d came to position %d", ErrGap, msgs[len(msgs)-1].Seq, last)
	}
	return err
}
