package api

import (
	"context"

	"minglu/api/answer"
	"minglu/domain/rectification"
	"minglu/register"
)

var rectificationWork = workKindOf(register.Rectification)

var rectificationRoutes = []*route{
	rectificationWork.list("Orders to correct.", "For agencies of the division and of those above it. "),
	get("/rectifications/{id}", "rectifications", "Show an order to correct.", (*server).showRectification, withToken, workViews),
	rectificationWork.events(),
}

func (s *server) showRectification(ctx context.Context, in *workIn) (*reply[encoded[answer.Rectification]], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	v, err := s.work(ctx, rectificationWork, in.ID, r)
	if err != nil {
		return nil, err
	}
	p, err := s.pieceOf(v, r, nil, nil)
	if err != nil {
		return nil, err
	}
	a := answer.RectificationOf(v.state.(rectification.State), p, r.For)
	return shown(r, a, a.Version, a.UpdatedSeq)
}
