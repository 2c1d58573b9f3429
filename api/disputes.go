package api

import (
	"context"

	"minglu/api/answer"
	"minglu/domain/dispute"
	"minglu/register"
)

var disputeWork = workKindOf(register.Dispute)

var disputeRoutes = []*route{
	disputeWork.list("Disputes.", "For agencies of the division and of those above it. "),
	get("/disputes/{id}", "disputes", "Show a dispute.", (*server).showDispute, withToken, workViews,
		about("Who claims is sealed: the leading agency reads it by dispute.read-personal-data, with a reason; other units read a word in its place.")),
	disputeWork.events(),
}

func (s *server) showDispute(ctx context.Context, in *workIn) (*reply[encoded[answer.Dispute]], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	v, err := s.work(ctx, disputeWork, in.ID, r)
	if err != nil {
		return nil, err
	}
	p, err := s.pieceOf(v, r, nil, nil)
	if err != nil {
		return nil, err
	}
	a := answer.DisputeOf(v.state.(dispute.State), p, r.For)
	return shown(r, a, a.Version, a.UpdatedSeq)
}
