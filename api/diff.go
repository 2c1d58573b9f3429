package api

import (
	"context"
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/eventstore"
)

type diffIn struct {
	ID   string `path:"id"`
	From string `query:"from" doc:"A day, or seq:N for a position." example:"2021-07-01"`
	To   string `query:"to" doc:"A day, or seq:N for a position; now where it is left out." example:"seq:120"`
	Moment
}

// point is one end of a difference: a day as it is known at the position of the
// request, or a position as of the day of the request.
type point struct {
	day   calendar.Day
	seq   uint64
	bySeq bool
}

func (s *server) diffInstitution(ctx context.Context, in *diffIn) (*reply[encoded[answer.Diff]], error) {
	var p params
	from, to := p.point("from", in.From), p.point("to", in.To)
	if in.From == "" {
		p.fault("from", "required", domain.Say("请写明起点：日期或 seq:N", "give the beginning: a day or seq:N"))
	}
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	for _, e := range []struct {
		name string
		point
	}{{"from", from}, {"to", to}} {
		if e.bySeq && e.seq > r.AtSeq {
			return nil, domain.BadField("/"+e.name, "beyond_log", domain.Say("序号 %d 超过了 %d", "position %d is beyond %d", e.seq, r.AtSeq))
		}
	}
	stream, err := s.streamOf(ctx, in.ID, r)
	if err != nil {
		return nil, err
	}
	d, err := s.diff(stream, in.ID, r, from.of(r), to.of(r))
	if err != nil {
		return nil, err
	}
	if d.ID == "" {
		return nil, notThen(in.ID, domain.Say("两端都没有登记", "it was registered at neither end"))
	}
	return shown(r, d, 0, 0)
}

// point reads an end of a difference.
func (p *params) point(name, text string) (e point) {
	if n, ok := strings.CutPrefix(text, "seq:"); ok {
		e.bySeq, e.seq = true, p.number(name, n)
		if n == "" {
			p.fault(name, "integer", domain.Say("应为 seq:N", "should be seq:N"))
		}
		return e
	}
	e.day = p.day(name, text)
	return e
}

// of is the reading at an end.
func (e point) of(r reading) reading {
	switch {
	case e.bySeq:
		r.AtSeq = e.seq
	case e.day != 0:
		r.AsOf = e.day
	}
	return r
}

// diff returns what differs between two readings of one institution, and the
// facts that lie between them.
func (s *server) diff(stream, id string, r, from, to reading) (answer.Diff, error) {
	before, known, err := s.answerAt(stream, from)
	if err != nil {
		return answer.Diff{}, err
	}
	after, now, err := s.answerAt(stream, to)
	if err != nil {
		return answer.Diff{}, err
	}
	t, _, err := s.institution(stream, r)
	if err != nil {
		return answer.Diff{}, err
	}
	recs, err := s.facts(id, max(from.AtSeq, to.AtSeq))
	if err != nil {
		return answer.Diff{}, err
	}
	var between []answer.HistoryEntry
	for _, e := range answer.HistoryOf(recs, answer.About{Now: t.now, Penalty: answer.Penalties(s.Views)}, to.For) {
		if liesBetween(e, recs, from, to) {
			between = append(between, e)
		}
	}
	d := answer.DiffOf(before, after, between, to.For)
	d.From = answer.Point{AsOf: answer.Date{Day: from.AsOf}, AtSeq: from.AtSeq, Known: known}
	d.To = answer.Point{AsOf: answer.Date{Day: to.AsOf}, AtSeq: to.AtSeq, Known: now}
	return d, nil
}

// liesBetween reports whether a fact is known or holds at one end and not at
// the other.
func liesBetween(e answer.HistoryEntry, recs []eventstore.Record, from, to reading) bool {
	for _, rec := range recs {
		if rec.Meta.Seq == e.Seq {
			on := calendar.DayOf(rec.Meta.Effective)
			counts := func(r reading) bool { return e.Seq <= r.AtSeq && on <= r.AsOf }
			return counts(from) != counts(to)
		}
	}
	return false
}

// answerAt is the answer of a reading; nil where it was not known then.
func (s *server) answerAt(stream string, r reading) (*answer.Institution, bool, error) {
	t, ok, err := s.institution(stream, r)
	if err != nil || !ok || !answer.Known(t.then, r.AsOf) {
		return nil, false, err
	}
	a, err := s.institutionAnswer(t, r)
	return &a, err == nil, err
}
