package api

import (
	"context"

	"minglu/api/answer"
	"minglu/domain/jointcase"
	"minglu/register"
)

var caseWork = workKindOf(register.Case)

var caseRoutes = []*route{
	caseWork.list("Joint cases.", "For agencies of the division and of those above it. "),
	get("/cases/{id}", "cases", "Show a joint case.", (*server).showCase, withToken, workViews,
		about("An agency reads its own parts and those that others shared. Of a part that another has not shared it is told whose it is, and nothing that it says.")),
	caseWork.events(),
}

func (s *server) showCase(ctx context.Context, in *workIn) (*reply[encoded[answer.JointCase]], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	v, err := s.work(ctx, caseWork, in.ID, r)
	if err != nil {
		return nil, err
	}
	st := v.state.(jointcase.State).SeenBy(r.Reader.Agency)
	p, err := s.pieceOf(v, r, nil, answer.JointCaseLinks(st))
	if err != nil {
		return nil, err
	}
	a := answer.JointCaseOf(st, p, r.For)
	return shown(r, a, a.Version, a.UpdatedSeq)
}
