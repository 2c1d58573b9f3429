package api

import (
	"cmp"
	"context"
	"slices"

	"minglu/api/answer"
	"minglu/domain/grievance"
	"minglu/eventstore"
	"minglu/projections"
	"minglu/register"
)

var grievanceWork = workKindOf(register.Grievance)

var grievanceRoutes = []*route{
	grievanceWork.list("Grievances.", "For agencies of the division and of those above it. "),
	get("/grievances/{id}", "grievances", "Show a grievance.", (*server).showGrievance, withToken, workViews,
		about("The number of its receipt in place of the id leads to it. Who filed it, and what they wrote, is sealed: the handling agency reads it by grievance.read-personal-data, with a reason; other units read a word in its place.")),
	grievanceWork.events(),
	get("/grievances/{id}/duplicates", "grievances", "Other grievances that may tell of the same matter.", (*server).grievanceDuplicates, withToken, workViews,
		about("About the same institution, with a topic in common, received at most 90 days apart, and not tied to it by grievance.link; the nearest in time first. A hint: who handles them decides, and each complainant keeps an own thread.")),
}

func (s *server) showGrievance(ctx context.Context, in *workIn) (*reply[encoded[answer.Grievance]], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	v, err := s.work(ctx, grievanceWork, in.ID, r)
	if err != nil {
		return nil, err
	}
	st := v.state.(grievance.State)
	p, err := s.pieceOf(v, r, nil, answer.GrievanceLinks(st))
	if err != nil {
		return nil, err
	}
	a := answer.GrievanceOf(st, p, r.For)
	return shown(r, a, a.Version, a.UpdatedSeq)
}

func (s *server) grievanceDuplicates(ctx context.Context, in *workIn) (*reply[*answer.GrievanceDuplicates], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	v, err := s.work(ctx, grievanceWork, in.ID, r)
	if err != nil {
		return nil, err
	}
	out := &reply[*answer.GrievanceDuplicates]{Seq: r.position(), ContentType: typeJSON}
	if fresh(out, r) {
		return out, nil
	}
	others, err := s.repeating(v, r)
	if err != nil {
		return nil, err
	}
	out.Body = answer.GrievanceDuplicatesOf(others, r.For)
	return out, nil
}

// repeating finds the grievances that may tell of the same matter as that of v,
// the nearest in time first.
func (s *server) repeating(v sight, r reading) (out []answer.GrievanceDuplicate, err error) {
	st := v.state.(grievance.State)
	if st.Institution == "" {
		return nil, nil
	}
	about := eventstore.Record{Stream: st.Institution}.AggregateID()
	found, err := s.Views.Work(projections.WorkQuery{AtSeq: r.AtSeq, Limit: everything,
		WorkFilter: projections.WorkFilter{Aggregate: register.Grievance.Name, Institution: about}})
	if err != nil {
		return nil, err
	}
	near := slices.DeleteFunc(found.Heads, func(h projections.WorkHead) bool {
		return h.Stream == v.head.Stream || !st.Near(h.Opened) || st.Tied(h.Stream)
	})
	heads, err := s.seenHeads(near, r)
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		w, err := s.sight(h.Stream, r)
		if err != nil {
			return nil, err
		}
		other := w.state.(grievance.State)
		if topics, days, ok := st.Repeats(other); ok && !other.Tied(v.head.Stream) {
			out = append(out, answer.GrievanceDuplicate{Work: answer.WorkLinkOf(w.head), Topics: topics, Days: days})
		}
	}
	slices.SortStableFunc(out, func(a, b answer.GrievanceDuplicate) int {
		return cmp.Compare(max(a.Days, -a.Days), max(b.Days, -b.Days))
	})
	return out, nil
}
