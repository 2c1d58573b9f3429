package jetstream

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"minglu/domain"
	"minglu/eventstore"
)

// Append writes all of as or nothing; see eventstore.Store. Once an append was
// sent, the end of ctx no longer breaks it off: the answer is waited for, up to
// Config.Timeout, so that its writer is told what happened.
func (s *Store) Append(ctx context.Context, as ...eventstore.Append) (last uint64, err error) {
	if err := s.usable(ctx); err != nil {
		return 0, err
	}
	p, err := s.codec.Prepare(as...)
	if err != nil {
		return 0, err
	}
	m, err := s.newMember(p)
	if err != nil {
		return 0, err
	}
	if err := s.takeRoom(m.bytes); err != nil {
		return 0, err
	}
	defer s.giveRoom(m.bytes)
	return s.commit.append(ctx, m)
}

// newMember makes the messages of an append.
func (s *Store) newMember(p eventstore.Prepared) (*member, error) {
	m := &member{msgs: make([]*nats.Msg, len(p.Messages)), guards: p.Guards}
	store := make([]nats.Msg, len(p.Messages))
	most := s.conn.MaxPayload() - recordOverhead
	for i, msg := range p.Messages {
		if int64(len(msg.Payload)) > most {
			return nil, domain.Fault(domain.TooLarge, domain.Say(
				"一条记录有 %d 字节，超过了上限 %d 字节", "one record has %d bytes; the most is %d", len(msg.Payload), most))
		}
		store[i] = nats.Msg{Subject: s.log.subject(msg.Stream), Header: nats.Header(msg.Header), Data: msg.Payload}
		if g := p.Guards[i]; g != eventstore.NoGuard {
			store[i].Header[jetstream.ExpectedLastSubjSeqHeader] = []string{strconv.FormatInt(g, 10)}
		}
		m.msgs[i] = &store[i]
		m.bytes += int64(len(msg.Payload)) + recordOverhead
	}
	return m, nil
}

// busyTries and busyPause bound how long a busy server is asked again: 10, 20,
// 40 and 80 ms, each with as much jitter.
const (
	busyTries = 5
	busyPause = 10 * time.Millisecond
)

// publish writes msgs, one singly and several as an atomic batch, and raises
// what is known to be durable. Its error is one of package eventstore's, or a
// fault.
func (s *Store) publish(msgs []*nats.Msg) (last uint64, err error) {
	if len(msgs) == 1 {
		return s.settled(s.patiently(func() (uint64, error) { return s.log.await(s.log.send(msgs[0])) }))
	}
	return s.settled(s.patiently(func() (uint64, error) { return s.log.publishBatch(msgs) }))
}

// publishOpen commits a batch that was opened before; where the server does not
// take it, the whole round is tried again.
func (s *Store) publishOpen(b *batch, r *round) (last uint64, err error) {
	var msgs []*nats.Msg
	return s.settled(s.patiently(func() (uint64, error) {
		if msgs == nil {
			for _, m := range r.members {
				msgs = append(msgs, m.msgs...)
			}
			return b.commit()
		}
		return s.log.publishBatch(msgs)
	}))
}

// patiently tries again while the server is busy, and once after a batch that
// was lost on the way; in both cases nothing was stored.
func (s *Store) patiently(try func() (uint64, error)) (last uint64, err error) {
	pause, lost := busyPause, false
	for range busyTries {
		last, err = try()
		switch {
		case errors.Is(err, errIncomplete) && !lost:
			lost = true
		case errors.Is(err, errBusy):
			time.Sleep(pause + rand.N(pause))
			pause *= 2
		default:
			return last, err
		}
	}
	return last, err
}

// settled turns what remains into the errors of the contract and keeps the
// watermark of durable positions.
func (s *Store) settled(last uint64, err error) (uint64, error) {
	var api *apiError
	switch {
	case err == nil:
		s.durable.reach(last)
		return last, nil
	case errors.Is(err, errBusy) && errors.As(err, &api) && api.ErrCode == codeResources:
		return 0, fmt.Errorf("%w: %w", eventstore.ErrFull, err)
	case errors.Is(err, errBusy), errors.Is(err, errIncomplete):
		return 0, unknown(err)
	case errors.Is(err, eventstore.ErrUnknown) && s.server != nil:
		s.breakOff()
	}
	return 0, err
}
