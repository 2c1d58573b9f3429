package api

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/register"
)

var journalRoute = post("/journal", "journal", "Carry out many acts, one a line.", (*server).journal, asEndless, offers(asNDJSON), describedBy(describeJournal),
	about("Each line is an act with its own command_id, at most 1 MiB; each is answered by one line in the same order, {line, …} as a single act is answered or {line, problem}. "+
		"Lines are carried out together where that can be, and each is durable when its answer is written. The actor is made from the token; a line may name it only if it is the same. "+
		"Answers are written while lines are read: a client that sends a long journal reads at the same time. Sending a journal again changes nothing."))

func describeJournal(op *huma.Operation) {
	op.RequestBody = &huma.RequestBody{Required: true, Description: "One act a line.",
		Content: map[string]*huma.MediaType{typeNDJSON: {Schema: &huma.Schema{Type: huma.TypeString}}}}
	op.Responses = map[string]*huma.Response{"200": {
		Description: "One answer a line, in the order of the acts.",
		Content:     map[string]*huma.MediaType{typeNDJSON: {Schema: &huma.Schema{Type: huma.TypeString}}},
	}}
}

// JournalLine is the answer to one line of a journal.
type JournalLine struct {
	Line int `json:"line" doc:"From 1."`
	*register.Answer
	Problem *Problem `json:"problem,omitempty"`
}

type journalIn struct{}

// journalTick is how long a journal that is being carried out waits for further
// lines before it makes durable what it has.
const journalTick = 25 * time.Millisecond

// journalAhead is how many lines are read ahead.
const journalAhead = 512

func (s *server) journal(ctx context.Context, _ *journalIn) (*streamed, error) {
	q := asked(ctx)
	if err := q.content(typeNDJSON); err != nil {
		return nil, err
	}
	out := &streamed{ContentType: typeNDJSON, Cache: "no-store", Buffering: "no"}
	out.Body = func(c huma.Context) {
		control := http.NewResponseController(q.w)
		_ = control.EnableFullDuplex()
		_ = control.SetReadDeadline(time.Time{})
		_ = control.SetWriteDeadline(time.Time{})
		c.SetStatus(http.StatusOK)
		s.carryOut(c.Context(), q)
	}
	return out, nil
}

// line is one line of a journal as it was read.
type line struct {
	number int
	text   []byte
	err    error // why nothing more is read
}

// carryOut reads lines, does them, and answers each.
func (s *server) carryOut(ctx context.Context, q *request) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := newSpool(q.w)
	defer answers.close()
	lines := make(chan line, journalAhead)
	go readLines(ctx, q.r.Body, lines)
	last := 0
	underWay := map[int]register.Act{} // by line
	session := s.Register.NewSession(q.principal, func(o register.Outcome) {
		a := underWay[o.Line]
		delete(underWay, o.Line)
		s.metrics.act(a.Act, o.Err)
		if o.Err == nil && o.Answer.Repeated {
			// The session only tells that it is known; the first answer is wanted.
			o.Answer, o.Err = s.Register.Do(ctx, q.principal, a)
		}
		answers.put(s.journalAnswer(q, o))
	})
	defer session.Close()
	end := func(n int, err error) {
		if flushed := session.Flush(ctx); flushed != nil && err == nil {
			err = flushed
		}
		if err != nil {
			answers.put(JournalLine{Line: n, Problem: s.problem(q, err)})
		}
	}
	for {
		l, more := s.nextLine(ctx, lines, session, answers)
		switch {
		case !more:
			end(last+1, ctx.Err())
			return
		case l.err != nil:
			end(l.number, l.err)
			return
		}
		last = l.number
		a, err := s.readLine(q, l.text)
		if err != nil {
			// The refusal keeps its place behind what is not answered yet.
			if err := session.Flush(ctx); err != nil {
				end(l.number, err)
				return
			}
			answers.put(JournalLine{Line: l.number, Problem: s.problem(q, err)})
			continue
		}
		underWay[l.number] = a
		if err := session.Add(ctx, l.number, a); err != nil {
			end(l.number, err)
			return
		}
	}
}

// nextLine returns the next line; where none comes for a moment, what was done
// is made durable and answered meanwhile.
func (s *server) nextLine(ctx context.Context, lines <-chan line, session *register.Session, answers *spool) (line, bool) {
	select {
	case l, ok := <-lines:
		return l, ok
	default:
	}
	t := time.NewTimer(journalTick)
	defer t.Stop()
	select {
	case l, ok := <-lines:
		return l, ok
	case <-s.Stopping:
	case <-ctx.Done():
		return line{}, false
	case <-t.C:
	}
	if err := session.Flush(ctx); err != nil {
		return line{err: err}, true
	}
	answers.flush()
	select {
	case l, ok := <-lines:
		return l, ok
	case <-s.Stopping:
		return line{err: domain.Fault(domain.Busy, domain.Say("名录正在停止，其余各行请稍后再提交", "the register is stopping; send the remaining lines again later"))}, true
	case <-ctx.Done():
		return line{}, false
	}
}

// readLine reads one act of a journal.
func (s *server) readLine(q *request, text []byte) (register.Act, error) {
	a, err := register.ParseAct(text)
	if err != nil {
		return a, err
	}
	if who := a.Actor; who != nil && who.Agency == q.principal.Agency && len(who.Officers) == 0 && (who.Officer == "" || who.Officer == q.principal.Officer) {
		a.Actor = nil
	}
	if _, act, ok := register.ActOf(a.Act); ok && act.Creates && a.Division == "" {
		a.Division = string(q.reader.Division)
	}
	return a, nil
}

func (s *server) journalAnswer(q *request, o register.Outcome) JournalLine {
	if o.Err != nil {
		p := s.problem(q, o.Err)
		return JournalLine{Line: o.Line, Problem: p}
	}
	q.seq = max(q.seq, o.Answer.Seq)
	return JournalLine{Line: o.Line, Answer: &o.Answer}
}

// readLines reads lines until the end, an error, or the end of ctx. Empty lines
// count and are passed over; a line that is too long ends the reading.
func readLines(ctx context.Context, body io.Reader, out chan<- line) {
	defer close(out)
	r := bufio.NewReaderSize(body, 64<<10)
	for n := 1; ; n++ {
		text, err := readLine(r)
		l := line{number: n, text: bytes.TrimSpace(text)}
		ended := errors.Is(err, io.EOF)
		switch {
		case errors.Is(err, errLongLine):
			l.err = domain.Fault(domain.TooLarge, domain.Say("第 %d 行超过 %d 字节", "line %d has more than %d bytes", n, bodyLimit))
		case err != nil && !ended:
			l.err = domain.Fault(domain.Malformed, domain.Say("内容在第 %d 行中断", "the content broke off at line %d", n))
		}
		if len(l.text) > 0 || l.err != nil {
			select {
			case out <- l:
			case <-ctx.Done():
				return
			}
		}
		if ended || l.err != nil {
			return
		}
	}
}

var errLongLine = errors.New("the line is too long")

func readLine(r *bufio.Reader) ([]byte, error) {
	var text []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(text)+len(part) > bodyLimit+2 {
			return nil, errLongLine
		}
		text = append(text, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return text, err
		}
	}
}

// A spool writes answers while the journal is carried out, so that a client
// that only reads at the end does not hold up what it sends, up to a bound.
type spool struct {
	w      *recorder
	mu     sync.Mutex
	room   *sync.Cond
	buf    []byte
	urgent bool
	closed bool
	failed bool
	done   chan struct{}
}

// spoolBytes is how much may wait for a client that does not read.
const spoolBytes = 32 << 20

// spoolChunk is how much is written at once, unless there is a pause.
const spoolChunk = 32 << 10

func newSpool(w *recorder) *spool {
	p := &spool{w: w, done: make(chan struct{})}
	p.room = sync.NewCond(&p.mu)
	go p.run()
	return p
}

func (p *spool) put(l JournalLine) {
	b, err := answer.Marshal(l)
	if err != nil {
		b = []byte("{}")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.buf) > spoolBytes && !p.failed {
		p.room.Wait()
	}
	p.buf = append(append(p.buf, b...), '\n')
	p.room.Broadcast()
}

// flush has what waits written soon.
func (p *spool) flush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.urgent = true
	p.room.Broadcast()
}

// close writes what waits, and returns when it is written.
func (p *spool) close() {
	p.mu.Lock()
	p.closed = true
	p.room.Broadcast()
	p.mu.Unlock()
	<-p.done
}

func (p *spool) run() {
	defer close(p.done)
	for {
		p.mu.Lock()
		for len(p.buf) < spoolChunk && !(p.urgent && len(p.buf) > 0) && !p.closed {
			p.urgent = false
			p.room.Wait()
		}
		b, end := p.buf, p.closed
		p.buf, p.urgent = nil, false
		p.room.Broadcast()
		p.mu.Unlock()
		if len(b) > 0 && !p.failed {
			_, err := p.w.Write(b)
			p.w.Flush()
			p.mu.Lock()
			p.failed = err != nil
			p.room.Broadcast()
			p.mu.Unlock()
		}
		if end && len(b) == 0 {
			return
		}
	}
}
