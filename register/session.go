package register

import (
	"context"
	"errors"
	"slices"

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
	waiting []waiting // for the batch to be sent
	flying  []waiting // for what is on its way
	refs    *references
	works   map[string][]string // institution → streams of work about it that the session made
	pupils  pupils
	recent  map[string]string // command id → stream
	report  func(Outcome)
	// expected is the stream on which the views know the act that is being read;
	// its digest tells whether it is the same act, its reference included.
	expected string
	records  int    // to append at once
	landed   uint64 // position of the last record
	since    *since // nil: others may write too
	closed   bool
}

// Outcome is what became of one act of a session, or of several that were added
// together.
type Outcome struct {
	Line   int    // as given to Add
	Answer Answer // to the first act; Repeated where all were carried out before
	// Changed tells that something was recorded. Acts that were carried out
	// before change nothing, nor do those about what is so already.
	Changed bool
	Err     error // a *domain.Error where an act was refused
}

// waiting is what Add was given, in its place.
type waiting struct {
	line int
	acts []Act
	// orders are those that the batch holds; outcome is known already where
	// there are none.
	orders  []order
	outcome Outcome
}

// batchRecords is how many records a session appends at once, before others
// have their turn. An import comes as close to the limit of the store as leaves
// room for one more act: the fixed cost of an atomic batch is that of some
// hundred records.
const (
	batchRecords  = 500
	importRecords = eventstore.MaxAppend - 50
)

// NewSession begins an import; p is nil for the operator's own. report is
// called once for each Add. The caller MUST Close the session; until then nothing
// is done that follows by itself.
func (r *Register) NewSession(p *Principal, report func(Outcome)) *Session {
	r.importing.begin()
	return &Session{reg: r, p: p, batch: r.Log.NewBatch(), refs: newReferences(), works: map[string][]string{}, pupils: pupils{}, recent: map[string]string{}, report: report, records: batchRecords}
}

// Add takes the next act, or several that are carried out all or none. An error
// is the register's own fault and ends the session; a refusal is an outcome.
func (s *Session) Add(ctx context.Context, line int, acts ...Act) error {
	w := waiting{line: line, acts: acts}
	if s.since != nil && len(s.since.commands) >= maxSince && !s.reg.dry {
		if err := errors.Join(s.Flush(ctx), s.since.begin(ctx, s.reg)); err != nil {
			return err
		}
		clear(s.pupils) // the views know them now
	}
	if len(acts) == 1 && s.since == nil && readsViews[acts[0].Act] {
		return s.alone(ctx, w)
	}
	if len(acts) == 1 && headFirst[acts[0].Act] {
		if err := s.Flush(ctx); err != nil {
			return err
		}
	}
	err := s.try(ctx, &w)
	if errors.Is(err, eventstore.ErrAlone) {
		return s.alone(ctx, w)
	}
	if err != nil {
		return err
	}
	return s.wait(ctx, w)
}

// readsViews are the acts whose command is made from views at the head of the
// log, so that nothing may wait before them.
var readsViews = map[string]bool{"jurisdiction.freeze-baseline": true, "jurisdiction.publish-list-batch": true, "inspection.hold-draw": true, "escrow.close-account": true}

// headFirst are those of them that go by the position of an earlier act, which
// must be in the log.
var headFirst = map[string]bool{"inspection.hold-draw": true}

// wait keeps w in its place among those that wait for the batch.
func (s *Session) wait(ctx context.Context, w waiting) error {
	if len(s.waiting)+len(s.flying) == 0 && len(w.orders) == 0 {
		s.report(w.outcome)
		return nil
	}
	s.waiting = append(s.waiting, w)
	switch full := s.batch.Len() >= s.records || len(s.waiting) >= 2*s.records; {
	case full && s.batch.Careful:
		return s.Flush(ctx)
	case full:
		return s.send(ctx)
	}
	return nil
}

// try adds the acts of w to the batch, or none of them.
func (s *Session) try(ctx context.Context, w *waiting) error {
	w.orders, w.outcome = nil, Outcome{Line: w.line}
	mark, repeated := s.batch.Mark(), true
	for i, a := range w.acts {
		o, res, pending, err := s.one(ctx, a)
		if err != nil {
			s.batch.Back(mark)
			s.refs.forget(w.orders)
			w.orders, w.outcome.Err = nil, err
			return ours(err)
		}
		repeated = repeated && res.Repeated
		switch {
		case pending:
			w.orders = append(w.orders, o)
		case i == 0:
			w.outcome.Answer = o.answer(res)
		}
	}
	w.outcome.Answer.Repeated = repeated
	return nil
}

// ours returns err where it is no refusal.
func ours(err error) error {
	if _, ok := errors.AsType[*domain.Error](err); ok {
		return nil
	}
	return err
}

// one adds one act to the batch; pending tells that its result comes with the
// flush. An act whose command id the views know was carried out, or is refused
// because the id was used for another; nothing is loaded for it.
func (s *Session) one(ctx context.Context, a Act) (o order, res eventstore.Result, pending bool, err error) {
	stream, digest, err := s.reg.command(a.CommandID)
	if err != nil {
		return o, res, false, err
	}
	if (eventstore.Record{Stream: stream}).Aggregate() != Statement.Name {
		s.expected = stream // the target of a statement is its account
	}
	o, err = s.reg.read(ctx, s.p, a, s)
	s.expected = ""
	switch {
	case err != nil:
		return o, res, false, err
	case stream != "" && (stream != o.Stream || digest != o.Meta.CommandDigest), stream == "" && s.usedElsewhere(o):
		return o, res, false, eventstore.KeyReused()
	case stream != "":
		return o, eventstore.Result{Stream: stream, Repeated: true}, false, nil
	}
	if err := s.reg.tell(ctx, &o, s); err != nil {
		return o, res, false, err
	}
	if err := s.reg.seal(ctx, &o); err != nil {
		return o, res, false, err
	}
	res, pending, err = s.batch.Add(ctx, o.Order)
	if err == nil && pending {
		s.wrote(o)
		err = s.pupils.wrote(ctx, s, o.Order)
	}
	return o, res, pending, err
}

// wrote remembers what the next acts may ask for.
func (s *Session) wrote(o order) {
	if o.Creates && o.ref != "" {
		s.refs.put(eventstore.RefValue(o.Meta.Division, o.Aggregate.Name, o.ref), o.Stream)
	}
	if c, ok := o.input.(domain.Referring); ok && o.Creates {
		for _, ref := range c.Refs() {
			if slices.Contains(ref.Kinds, Institution.Name) && !ref.Ref.IsZero() {
				s.works[ref.Ref.Stream] = append(s.works[ref.Ref.Stream], o.Stream)
			}
		}
	}
	if s.since != nil {
		s.since.wrote(o)
	}
}

// usedElsewhere reports whether the session used the command id of o on another
// stream, which the views may not know yet; its own stream knows it anyway. A
// session that is no import remembers the last ones only.
func (s *Session) usedElsewhere(o order) bool {
	if s.since != nil {
		return s.since.usedElsewhere(o)
	}
	if stream := s.recent[o.Meta.CommandID]; stream != "" {
		return stream != o.Stream
	}
	if len(s.recent) >= 20*batchRecords {
		clear(s.recent)
	}
	s.recent[o.Meta.CommandID] = o.Stream
	return false
}

// alone carries out what cannot share an append with what waits: an act by
// itself, several in a batch of their own.
func (s *Session) alone(ctx context.Context, w waiting) error {
	if err := s.Flush(ctx); err != nil {
		return err
	}
	if len(w.acts) > 1 {
		err := s.try(ctx, &w)
		if err == nil {
			s.waiting = append(s.waiting, w)
			return s.Flush(ctx)
		}
		if !errors.Is(err, eventstore.ErrAlone) {
			return err
		}
	}
	return s.byItself(ctx, w)
}

// byItself carries out the acts of w one after the other, up to the first that
// is refused.
func (s *Session) byItself(ctx context.Context, w waiting) (err error) {
	if s.since != nil && !s.reg.dry && slices.ContainsFunc(w.acts, func(a Act) bool { return readsViews[a.Act] }) {
		s.since.release() // Do waits for the views
		defer func() { err = errors.Join(err, s.since.begin(ctx, s.reg)) }()
	}
	out := Outcome{Line: w.line}
	repeated := true
	for i, a := range w.acts {
		ans, err := s.reg.Do(ctx, s.p, a)
		if err != nil {
			if err := ours(err); err != nil {
				return err
			}
			out.Err = err
			break
		}
		repeated = repeated && ans.Repeated
		out.Changed = out.Changed || !ans.Repeated && len(ans.Events) > 0
		if i == 0 {
			out.Answer = ans
		}
	}
	out.Answer.Repeated = repeated && out.Err == nil
	s.report(out)
	if s.since != nil {
		return s.since.stand(ctx, s.reg)
	}
	return nil
}

// Flush makes what was added durable and reports it. A batch that is refused,
// since somebody else has one of its identifiers or wrote meanwhile, is decided
// again with everything looked up, so that each act has its own reason; where
// that is refused too, act by act.
func (s *Session) Flush(ctx context.Context) error {
	if err := s.send(ctx); err != nil {
		return err
	}
	return s.land(ctx)
}

// send sends what waits, behind what is on its way.
func (s *Session) send(ctx context.Context) error {
	if err := s.land(ctx); err != nil {
		return err
	}
	s.flying, s.waiting = s.waiting, nil
	s.batch.Send(ctx)
	return nil
}

// land waits for what is on its way and reports it.
func (s *Session) land(ctx context.Context) error {
	results, err := s.batch.Land()
	if err != nil {
		list := append(s.flying, s.waiting...)
		s.flying, s.waiting = nil, nil
		return s.again(ctx, list, err)
	}
	s.settle(s.flying, results)
	s.flying = nil
	if s.since != nil {
		s.since.head = max(s.since.head, s.landed)
	}
	return nil
}

// again decides what was not appended anew.
func (s *Session) again(ctx context.Context, list []waiting, why error) error {
	if ctx.Err() != nil {
		return why
	}
	clear(s.refs.streams)
	if s.since != nil {
		if err := s.since.stand(ctx, s.reg); err != nil {
			return err
		}
	}
	if s.batch.Careful {
		for _, w := range list {
			if err := s.byItself(ctx, w); err != nil {
				return err
			}
		}
		return nil
	}
	s.batch.Careful = true
	defer func() { s.batch.Careful = false }()
	for _, w := range list {
		if err := s.Add(ctx, w.line, w.acts...); err != nil {
			return err
		}
	}
	return s.Flush(ctx)
}

// settle reports those whose outcome is now known.
func (s *Session) settle(list []waiting, results []eventstore.Result) {
	for _, w := range list {
		for i, o := range w.orders {
			if w.outcome.Changed = true; i == 0 && w.outcome.Answer.ID == "" {
				w.outcome.Answer = o.answer(results[i])
			}
		}
		if n := len(w.orders); n > 0 {
			s.landed, results = results[n-1].Seq, results[n:]
		} else if a := &w.outcome.Answer; a.Seq != 0 && s.landed != 0 {
			a.Seq = s.landed // it stood on what was on its way
		}
		s.report(w.outcome)
	}
}
