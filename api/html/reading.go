package html

import (
	"slices"

	"minglu/api/answer"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// forPublic says for what the answers of a visit are made.
func (v *visit) forPublic() answer.For {
	return answer.For{AsOf: v.moment.AsOf, AtSeq: v.moment.AtSeq, Today: v.moment.Today}
}

// twice is an institution as it was known at the position of the visit and as it
// is known now, by which limits of publication are judged.
type twice struct{ then, now projections.Institution }

// institutions returns those of the streams that were known at the position, in
// the order given.
func (s *site) institutions(v *visit, streams []string) ([]twice, error) {
	then, err := s.Views.Institutions(streams, v.moment.AtSeq)
	if err != nil {
		return nil, err
	}
	out := make([]twice, len(then))
	for i := range then {
		out[i] = twice{then[i], then[i]}
	}
	if v.moment.AtSeq == v.moment.Head {
		return out, nil
	}
	now, err := s.Views.Institutions(streams, v.moment.Head)
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
// black-listed at the moment of the visit and whose listing is not to be shown
// today. There are none where the visit is about the present.
func (s *site) concealed(v *visit, division string) (map[string]term.Standing, error) {
	if v.moment.AsOf == v.moment.Today && v.moment.AtSeq == v.moment.Head {
		return nil, nil
	}
	black := projections.Filter{Division: division, Standing: string(term.StandingBlack)}
	p, err := s.Views.Find(black, v.moment.AsOf, v.moment.AtSeq, "", everything)
	if err != nil || len(p.Streams) == 0 {
		return nil, err
	}
	list, err := s.institutions(v, p.Streams)
	if err != nil {
		return nil, err
	}
	out := map[string]term.Standing{}
	for _, i := range list {
		if st, _, _ := answer.Shown(i.then, i.now, v.forPublic()).Standing(v.moment.AsOf); st != term.StandingBlack {
			out[i.then.Stream] = st
		}
	}
	return out, nil
}

// count returns the numbers of a division by standing, as they are shown.
func (s *site) count(v *visit, division string) (by map[term.Standing]int, total int, err error) {
	by, total, err = s.Views.Count(division, v.moment.AsOf, v.moment.AtSeq)
	if err != nil {
		return nil, 0, err
	}
	hidden, err := s.concealed(v, division)
	for _, st := range hidden {
		by[term.StandingBlack]--
		by[st]++
	}
	return by, total, err
}

// find returns page n of the institutions that f takes, as their standings are
// shown, and how many there are in all.
func (s *site) find(v *visit, f projections.Filter, n, size int) (streams []string, total int, err error) {
	hidden, err := s.concealed(v, f.Division)
	if err != nil {
		return nil, 0, err
	}
	limit := n * size
	if len(hidden) > 0 && f.Standing != "" {
		limit = everything
	}
	p, err := s.Views.Find(f, v.moment.AsOf, v.moment.AtSeq, "", limit)
	if err != nil {
		return nil, 0, err
	}
	if limit != everything {
		return part(p.Streams, n, size), p.Total, nil
	}
	list, err := s.reshown(v, f, p.Streams, hidden)
	return part(list, n, size), len(list), err
}

const everything = 1 << 30

// reshown corrects the streams of a standing for those whose black listing is
// not to be shown.
func (s *site) reshown(v *visit, f projections.Filter, streams []string, hidden map[string]term.Standing) ([]string, error) {
	streams = slices.DeleteFunc(streams, func(stream string) bool {
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
	more, err := s.Views.Among(more, f, v.moment.AsOf, v.moment.AtSeq)
	streams = append(streams, more...)
	slices.Sort(streams)
	return streams, err
}

// facts returns all facts about a subject up to the position of the visit,
// oldest first, with their events.
func (s *site) facts(v *visit, id string) ([]eventstore.Record, error) {
	if v.moment.AtSeq == 0 {
		return nil, nil
	}
	recs, _, err := s.Views.Timeline(projections.TimelineQuery{Subject: id, AtSeq: v.moment.AtSeq, Limit: everything})
	if err != nil {
		return nil, err
	}
	for i := range recs {
		r := &recs[i]
		if r.Event, err = s.Log.Codec.Event(r.Type, r.Version, r.Body); err != nil {
			return nil, err
		}
	}
	return recs, nil
}
