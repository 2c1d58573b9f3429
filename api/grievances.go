package api

import (
	"context"

	"minglu/api/answer"
	"minglu/domain/grievance"
	"minglu/register"
)

var grievanceWork = workKindOf(register.Grievance)

var grievanceRoutes = []*route{
	grievanceWork.list("Grievances.", "For agencies of the division and of those above it. "),
	get("/grievances/{id}", "grievances", "Show a grievance.", (*server).showGrievance, withToken, workViews,
		about("The number of its receipt in place of the id leads to it. Who filed it, and what they wrote, is sealed: the handling agency reads it by grievance.read-personal-data, with a reason; other units read a word in its place.")),
	grievanceWork.events(),
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
