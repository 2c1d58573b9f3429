package jetstream

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nuid"

	"minglu/eventstore"
)

// pipe follows the log of the embedded server over an in-process connection of
// its own, in the client protocol of NATS. The client library fills a map of
// some 25 headers for each message, which takes half of a replay; here the
// header stays as it came. Nothing is lost or reordered between two goroutines
// of one process, so there is nothing to heal but a consumer that the server
// forgot.
type pipe struct {
	conn   net.Conn
	write  sync.Mutex
	prefix int    // length of what precedes the stream's name in a subject
	hello  []byte // the answer to the greeting, until it is sent
	pull   []byte // the request for pullSize messages
	blocks chan []eventstore.Message
	err    error // why blocks was closed
}

const (
	// pullSize is how many messages one request asks for; two are under way, so
	// twice as many are the most that wait in memory.
	pullSize = 2048
	// blockMost is how many messages are handed on at once.
	blockMost = 256
	// pipeBuffer is read at once, at most.
	pipeBuffer = 128 << 10
)

// errForgotten says that the server no longer knows the consumer.
var errForgotten = errors.New("the server forgot the consumer")

// followPipe is raw for the embedded server.
func (s *Store) followPipe(ctx context.Context, after uint64, take func(eventstore.Message) (bool, error)) error {
	for {
		err := s.followOnce(ctx, &after, take)
		if !errors.Is(err, errForgotten) {
			return err
		}
	}
}

func (s *Store) followOnce(ctx context.Context, after *uint64, take func(eventstore.Message) (bool, error)) error {
	name := nuid.Next()
	if err := s.createConsumer(ctx, name, *after+1); err != nil {
		return err
	}
	defer s.forget(name)
	p, err := s.openPipe(name)
	if err != nil {
		return err
	}
	var reading sync.WaitGroup
	defer reading.Wait()
	defer p.conn.Close()
	defer context.AfterFunc(ctx, func() { p.conn.Close() })()
	reading.Go(p.read)
	taken := 0
	for block := range p.blocks {
		for _, m := range block {
			if more, err := s.hand(ctx, m, after, take); err != nil || !more {
				return err
			}
			if taken++; taken%pullSize == 0 {
				if err := p.send(p.pull); err != nil {
					return errors.Join(ctx.Err(), err)
				}
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return p.err
}

// createConsumer makes an ephemeral consumer in the server's memory, which
// acknowledges nothing.
func (s *Store) createConsumer(ctx context.Context, name string, from uint64) error {
	req := map[string]any{"stream_name": s.cfg.StreamName, "config": map[string]any{
		"name": name, "deliver_policy": "by_start_sequence", "opt_start_seq": from, "ack_policy": "none",
		"replay_policy": "instant", "inactive_threshold": followIdle, "mem_storage": true, "num_replicas": 1,
	}}
	var created struct{}
	if err := s.log.api(ctx, "CONSUMER.CREATE."+s.cfg.StreamName+"."+name, req, &created); err != nil {
		return fmt.Errorf("create a consumer: %w", err)
	}
	return nil
}

// openPipe connects. The server speaks first; its greeting is answered with the
// subscription and the first requests.
func (s *Store) openPipe(consumer string) (*pipe, error) {
	conn, err := s.server.InProcessConn()
	if err != nil {
		return nil, err
	}
	// A request without an end waits until it is filled.
	body, err := json.Marshal(map[string]int{"batch": pullSize})
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	inbox := nats.NewInbox()
	p := &pipe{conn: conn, prefix: len(s.log.subject("")), blocks: make(chan []eventstore.Message, 2*pullSize)}
	p.pull = fmt.Appendf(nil, "PUB %sCONSUMER.MSG.NEXT.%s.%s %s %d\r\n%s\r\n", apiPrefix, s.cfg.StreamName, consumer, inbox, len(body), body)
	p.hello = fmt.Appendf(nil, "CONNECT {\"verbose\":false,\"headers\":true,\"no_responders\":true,\"protocol\":1,\"name\":\"minglu\"}\r\nSUB %s 1\r\n%s%s",
		inbox, p.pull, p.pull)
	return p, nil
}

// send writes whole commands.
func (p *pipe) send(b []byte) error {
	p.write.Lock()
	defer p.write.Unlock()
	_, err := p.conn.Write(b)
	return err
}

// read hands on what comes until the connection ends. It never waits for the
// follower: blocks has room for all that was asked for, so the server is never
// kept waiting.
func (p *pipe) read() {
	defer close(p.blocks)
	in := bufio.NewReaderSize(p.conn, pipeBuffer)
	var block []eventstore.Message
	for {
		m, ok, err := p.next(in)
		if ok {
			block = append(block, m)
		}
		if len(block) > 0 && (err != nil || len(block) == blockMost || in.Buffered() == 0) {
			p.blocks <- block
			block = make([]eventstore.Message, 0, min(2*len(block), blockMost))
		}
		if err != nil {
			p.err = err
			return
		}
	}
}

// next reads one command of the server; ok tells that it was a message.
func (p *pipe) next(in *bufio.Reader) (m eventstore.Message, ok bool, err error) {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return m, false, err
	}
	line = bytes.TrimRight(line, "\r\n")
	verb, args, _ := bytes.Cut(line, []byte(" "))
	switch string(verb) {
	case "HMSG":
		return p.message(in, args)
	case "PING":
		return m, false, p.send([]byte("PONG\r\n"))
	case "INFO":
		hello := p.hello
		p.hello = nil
		return m, false, p.send(hello)
	case "PONG", "+OK":
		return m, false, nil
	}
	return m, false, fmt.Errorf("the embedded server says %q", line)
}

// message reads a message, whose command has the arguments subject,
// subscription, reply subject, length of the header and length of all. Without a
// reply subject it tells a status.
func (p *pipe) message(in *bufio.Reader, args []byte) (m eventstore.Message, ok bool, err error) {
	var field [5][]byte
	n := 0
	for part := range bytes.SplitSeq(args, []byte(" ")) {
		if n == len(field) {
			return m, false, fmt.Errorf("message with arguments %q", args)
		}
		field[n] = part
		n++
	}
	if n == 4 {
		return m, false, errForgotten
	}
	header, err1 := strconv.Atoi(string(field[3]))
	all, err2 := strconv.Atoi(string(field[4]))
	seq, err3 := streamSeq(field[2])
	if err := errors.Join(err1, err2, err3); err != nil || header > all || len(field[0]) < p.prefix {
		return m, false, fmt.Errorf("message with arguments %q: %w", args, err)
	}
	m.Seq, m.Stream = seq, string(field[0][p.prefix:])
	b := make([]byte, all+2)
	if _, err := io.ReadFull(in, b); err != nil {
		return m, false, err
	}
	m.RawHeader, m.Payload = b[:header:header], b[header:all:all]
	return m, true, nil
}
