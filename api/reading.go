package api

import (
	"context"
	"errors"
	"slices"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// Moment are the parameters that every read takes.
type Moment struct {
	AsOf   string `query:"as_of" doc:"As things stood on this day; today where it is left out. A day to come shows what is scheduled." example:"2026-11-22"`
	AtSeq  string `query:"at_seq" doc:"As the register knew them at this position; where the views stand where it is left out."`
	MinSeq string `query:"min_seq" doc:"Wait until the views have reached this position: what a write answered as seq."`
}

// reading is a read whose day and position are settled.
type reading struct {
	answer.For
	q *request
	// head is where the views stand: the newest position, by which the limits of
	// publication are judged.
	head uint64
}

// past reports whether something else than the present is asked about.
func (r reading) past() bool { return r.AsOf != r.Today || r.AtSeq != r.head }

// read settles day and position of a read of the views that its route names,
// after waiting for min_seq.
func (s *server) read(ctx context.Context, m Moment) (reading, error) {
	var p params
	r, err := s.readWith(ctx, m, &p)
	if err == nil {
		err = p.err()
	}
	return r, err
}

// readWith is read for handlers that have more parameters to read.
func (s *server) readWith(ctx context.Context, m Moment, p *params) (reading, error) {
	q := asked(ctx)
	views := q.route.views
	r := reading{q: q, For: answer.For{Today: q.today, English: q.english, Reader: q.reader}}
	r.AsOf = p.day("as_of", m.AsOf)
	if r.AsOf == 0 {
		r.AsOf = q.today
	}
	atSeq, minSeq := p.number("at_seq", m.AtSeq), p.number("min_seq", m.MinSeq)
	if len(p.faults) > 0 {
		return r, p.err()
	}
	if minSeq > 0 {
		if err := s.reach(ctx, minSeq, views); err != nil {
			return r, err
		}
	}
	r.head = s.Views.Seq(views...)
	if m.AtSeq == "" {
		r.AtSeq = r.head
		return r.settled(), nil
	}
	if atSeq > r.head {
		head, err := s.Log.Head(ctx)
		if err != nil {
			return r, err
		}
		if atSeq > head {
			return r, domain.Fault(domain.Invalid, domain.Say("序号 %d 超过了目前的最大序号 %d", "position %d is beyond the log, which ends at %d", atSeq, head),
				domain.Field{Pointer: "/at_seq", Code: "beyond_log", Message: domain.Say("应不大于 %d", "%d at most", head)})
		}
		if err := s.reach(ctx, atSeq, views); err != nil {
			return r, err
		}
		r.head = s.Views.Seq(views...)
	}
	r.AtSeq = atSeq
	return r.settled(), nil
}

// settled tells the request what its log line and the memory of answers need.
func (r reading) settled() reading {
	r.q.seq = r.AtSeq
	r.q.remember = r.head == r.q.position
	return r
}

// reach waits, for a bounded time, until views have come to a position.
func (s *server) reach(ctx context.Context, seq uint64, views []string) error {
	ctx, cancel := context.WithTimeout(ctx, s.WaitWithin)
	defer cancel()
	err := s.Views.Wait(ctx, seq, views...)
	if errors.Is(err, context.DeadlineExceeded) {
		return domain.Fault(domain.Busy, domain.Say("查询视图还没有到序号 %d，请稍后再试", "the views have not reached position %d yet, try again later", seq),
			domain.Field{Pointer: "/min_seq", Code: "not_reached", Message: domain.Say("现为 %d", "now at %d", s.Views.Seq(views...))})
	}
	return err
}

// position is the Minglu-Seq header.
func (r reading) position() string { return utoa(r.head) }

// twice is an institution as it was known at the position asked about, and as
// it is known now.
type twice struct{ then, now projections.Institution }

// institution returns one by its stream; ok is false where it was not known at
// the position.
func (s *server) institution(stream string, r reading) (t twice, ok bool, err error) {
	t.then, ok, err = s.Views.Institution(stream, r.AtSeq)
	if err != nil || !ok {
		return t, ok, err
	}
	if t.now = t.then; r.AtSeq != r.head {
		t.now, _, err = s.Views.Institution(stream, projections.Now)
	}
	return t, true, err
}

// institutions returns those of the streams that were known at the position, in
// the order given.
func (s *server) institutions(streams []string, r reading) ([]twice, error) {
	then, err := s.Views.Institutions(streams, r.AtSeq)
	if err != nil {
		return nil, err
	}
	out := make([]twice, len(then))
	for i := range then {
		out[i] = twice{then[i], then[i]}
	}
	if r.AtSeq == r.head {
		return out, nil
	}
	now, err := s.Views.Institutions(streams, projections.Now)
	if err != nil {
		return nil, err
	}
	newest := make(map[string]projections.Institution, len(now))
	for _, i := range now {
		newest[i.Stream] = i
	}
	for i := range out {
		out[i].now = newest[out[i].then.Stream]
	}
	return out, nil
}

// concealed returns the standing that is shown of those whom the views know as
// black-listed on the day and at the position, and whose listing the reader may
// not be shown today. There are none where the present is asked about.
func (s *server) concealed(in string, r reading) (map[string]term.Standing, error) {
	if !r.past() {
		return nil, nil
	}
	p, err := s.Views.Find(projections.Filter{Division: in, Standing: string(term.StandingBlack)}, r.AsOf, r.AtSeq, "", everything)
	if err != nil || len(p.Streams) == 0 {
		return nil, err
	}
	list, err := s.institutions(p.Streams, r)
	if err != nil {
		return nil, err
	}
	out := map[string]term.Standing{}
	for _, i := range list {
		if st, _, _ := answer.Shown(i.then, i.now, r.For).Standing(r.AsOf); st != term.StandingBlack {
			out[i.then.Stream] = st
		}
	}
	return out, nil
}

const everything = 1 << 30

// find returns a page of the institutions that f takes, as their standings are
// shown to the reader.
func (s *server) find(f projections.Filter, after string, limit int, r reading) (projections.Page, error) {
	hidden, err := s.concealed(f.Division, r)
	if err != nil {
		return projections.Page{}, err
	}
	if len(hidden) == 0 || f.Standing == "" {
		return s.Views.Find(f, r.AsOf, r.AtSeq, after, limit)
	}
	all, err := s.Views.Find(f, r.AsOf, r.AtSeq, "", everything)
	if err != nil {
		return projections.Page{}, err
	}
	streams := slices.DeleteFunc(all.Streams, func(stream string) bool {
		st, is := hidden[stream]
		return is && string(st) != f.Standing
	})
	var more []string
	for stream, st := range hidden {
		if string(st) == f.Standing {
			more = append(more, stream)
		}
	}
	f.Standing = ""
	if more, err = s.Views.Among(more, f, r.AsOf, r.AtSeq); err != nil {
		return projections.Page{}, err
	}
	streams = append(streams, more...)
	slices.Sort(streams)
	p := projections.Page{Total: len(streams)}
	from, _ := slices.BinarySearch(streams, after+"\x00")
	p.Streams = streams[from:]
	if len(p.Streams) > limit {
		p.Streams = p.Streams[:limit]
		p.Next = p.Streams[limit-1]
	}
	return p, nil
}

// counts returns the numbers of a division by standing, as they are shown.
func (s *server) counts(in string, r reading) (answer.Counts, error) {
	by, total, err := s.Views.Count(in, r.AsOf, r.AtSeq)
	if err != nil {
		return answer.Counts{}, err
	}
	hidden, err := s.concealed(in, r)
	for _, st := range hidden {
		by[term.StandingBlack]--
		by[st]++
	}
	return answer.CountsOf(by, total), err
}

// facts returns all facts about a subject up to the position, oldest first, with
// their events.
func (s *server) facts(id string, atSeq uint64) ([]eventstore.Record, error) {
	if atSeq == 0 {
		return nil, nil
	}
	recs, _, err := s.Views.Timeline(projections.TimelineQuery{Subject: id, AtSeq: atSeq, Limit: everything})
	if err != nil {
		return nil, err
	}
	return recs, s.withEvents(recs)
}

// withEvents reads the bodies of facts into their events.
func (s *server) withEvents(recs []eventstore.Record) (err error) {
	for i := range recs {
		r := &recs[i]
		if r.Event, err = s.Log.Codec.Event(r.Type, r.Version, r.Body); err != nil {
			return err
		}
	}
	return nil
}
