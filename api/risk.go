package api

import (
	"context"

	"minglu/api/answer"
)

var riskRoutes = []*route{
	get("/institutions/{id}/risk", tagWork, "The risk of an institution, explained line by line.", (*server).institutionRisk, withToken, workViews,
		about("For agencies of the institution's division and of those above it. It weights inspections by lot and decides on nothing. "+
			"version names the rule: the same day, position and rule give the same score.")),
}

func (s *server) institutionRisk(ctx context.Context, in *institutionIn) (*reply[*answer.Risk], error) {
	r, t, err := s.overInstitution(ctx, in)
	if err != nil {
		return nil, err
	}
	out := &reply[*answer.Risk]{Seq: r.position(), ContentType: typeJSON}
	if fresh(out, r) {
		return out, nil
	}
	score, err := s.Register.RiskAt(t.then.Stream, r.AsOf, r.AtSeq)
	if err != nil {
		return nil, err
	}
	a := answer.RiskOf(answer.NamedInstitutionOf(t.then, t.now, r.For), score, r.For)
	out.Body = &a
	return out, nil
}
