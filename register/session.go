package register

import (
	"context"
	"errors"

	"minglu/domain"
	"minglu/eventstore"
)

// Session carries out many acts with few appends, for one goroutine: an import
// of a journal or a ledger. Outcomes are reported in the order of the acts,
// once they are durable.
type Session struct {
	reg     *Register
	p       *Principal
	batch   *eventstore.Batch
	waiting []waiting
	refs    *references
	recent  map[string]string // command id → stream
	report  func(Outcome)
}

// Outcome is what became of one act of a session.
type Outcome struct {
	Line   int // as given to Add
	Answer Answer
	Err    error // a *domain.Error where the act was refused
}

type waiting struct {
	line    int
	act     Act
	order   order
	outcome *Outcome // known already
}

// batchRecords is how many records an import appends at once: enough to spread
// the fixed cost of an atomic batch, and well below the limit of the store.
const batchRecords = 500

// NewSession begins an import; p is nil for the operator's own. report is
// called once for each act.
func (r *Register) NewSession(p *Principal, report func(Outcome)) *Session {
	return &Session{reg: r, p: p, batch: r.Log.NewBatch(), refs: newReferences(), recent: map[string]string{}, report: report}
}

// Add takes the next act. An error is the register's own fault and ends the
// session; a refusal is an outcome.
func (s *Session) Add(ctx context.Context, line int, a Act) error {
	if readsViews[a.Act] {
		return s.alone(ctx, line, a)
	}
	o, err := s.reg.order(ctx, s.p, a, s.batch, s.refs)
	if err != nil {
		return s.known(line, Outcome{Line: line, Err: err})
	}
	if done, err := s.before(line, o); done || err != nil {
		return err
	}
	if err := s.reg.seal(ctx, &o); err != nil {
		return s.known(line, Outcome{Line: line, Err: err})
	}
	res, pending, err := s.batch.Add(ctx, o.Order)
	if errors.Is(err, eventstore.ErrAlone) {
		return s.alone(ctx, line, a)
	}
	if err != nil || !pending {
		return s.known(line, Outcome{Line: line, Answer: o.answer(res), Err: err})
	}
	if o.Creates && o.ref != "" {
		s.refs.put(eventstore.RefValue(o.Meta.Division, o.Aggregate.Name, o.ref), o.Stream)
	}
	s.waiting = append(s.waiting, waiting{line: line, act: a, order: o})
	if s.batch.Len() >= batchRecords {
		return s.Flush(ctx)
	}
	return nil
}

// readsViews are the acts whose command is made from views at the head of the
// log, so that nothing may wait before them.
var readsViews = map[string]bool{"jurisdiction.freeze-baseline": true, "jurisdiction.publish-list-batch": true}

// before answers an act whose command id the views know: carried out before,
// or used for another act.
func (s *Session) before(line int, o order) (bool, error) {
	stream, digest, err := s.reg.command(o.Meta.CommandID)
	if stream == "" && err == nil {
		if stream = s.recent[o.Meta.CommandID]; stream == o.Stream {
			return false, nil // its own stream knows it
		}
	}
	switch {
	case err != nil:
		return false, err
	case stream == "":
		s.remember(o)
		return false, nil
	case stream != o.Stream || digest != o.Meta.CommandDigest:
		return true, s.known(line, Outcome{Line: line, Err: eventstore.KeyReused()})
	}
	return true, s.known(line, Outcome{Line: line, Answer: o.answer(eventstore.Result{Stream: stream, Repeated: true})})
}

// remember keeps the command ids of the last acts, which the views may not yet
// know.
func (s *Session) remember(o order) {
	if len(s.recent) >= 20*batchRecords {
		clear(s.recent)
	}
	s.recent[o.Meta.CommandID] = o.Stream
}

// known keeps an outcome in its place among those that wait.
func (s *Session) known(line int, out Outcome) error {
	if out.Err != nil {
		if _, ok := errors.AsType[*domain.Error](out.Err); !ok {
			return out.Err
		}
	}
	if len(s.waiting) == 0 {
		s.report(out)
		return nil
	}
	s.waiting = append(s.waiting, waiting{line: line, outcome: &out})
	return nil
}

// alone carries out an act that cannot share an append.
func (s *Session) alone(ctx context.Context, line int, a Act) error {
	if err := s.Flush(ctx); err != nil {
		return err
	}
	ans, err := s.reg.Do(ctx, s.p, a)
	return s.known(line, Outcome{Line: line, Answer: ans, Err: err})
}

// Flush makes what was added durable and reports it. A batch that is refused
// is done again act by act, so that each has its own reason.
func (s *Session) Flush(ctx context.Context) error {
	list := s.waiting
	s.waiting = nil
	results, err := s.batch.Flush(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		return s.oneByOne(ctx, list)
	}
	for _, w := range list {
		if w.outcome != nil {
			s.report(*w.outcome)
			continue
		}
		s.report(Outcome{Line: w.line, Answer: w.order.answer(results[0])})
		results = results[1:]
	}
	return nil
}

func (s *Session) oneByOne(ctx context.Context, list []waiting) error {
	clear(s.refs.streams)
	for _, w := range list {
		if w.outcome != nil {
			s.report(*w.outcome)
			continue
		}
		ans, err := s.reg.Do(ctx, s.p, w.act)
		if err := s.known(w.line, Outcome{Line: w.line, Answer: ans, Err: err}); err != nil {
			return err
		}
	}
	return nil
}
