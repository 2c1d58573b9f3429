package api

import (
	"context"
	"sync"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/division"
	"minglu/eventstore"
	"minglu/projections"
	"minglu/register"
)

var divisionRoutes = []*route{
	get("/divisions/{code}", "divisions", "A division: its numbers and what it has decided.", (*server).showDivision,
		reads(projections.InstitutionsView, projections.DivisionsView)),
	get("/divisions/{code}/events", "divisions", "What a division has decided, newest last.", (*server).divisionEvents,
		reads(timelineView, projections.DivisionsView), offers(asJSON, asNDJSON)),
}

type divisionIn struct {
	Code string `path:"code" example:"530427"`
	Moment
}

func (s *server) showDivision(ctx context.Context, in *divisionIn) (*reply[encoded[answer.DivisionSummary]], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	code, err := knownDivision(in.Code)
	if err != nil {
		return nil, err
	}
	st, version, err := s.Views.Jurisdiction(code, r.AtSeq)
	if err != nil {
		return nil, err
	}
	var above []answer.Above
	for _, p := range division.Parents(code) {
		up, _, err := s.Views.Jurisdiction(p, r.AtSeq)
		if err != nil {
			return nil, err
		}
		above = append(above, answer.Above{Code: p, State: up})
	}
	counts, err := s.counts(string(code), r)
	if err != nil {
		return nil, err
	}
	a := answer.DivisionOf(code, jurisdictionID(code), st, above, version, counts, r.For)
	return shown(r, a, a.Version, 0)
}

func knownDivision(text string) (division.Code, error) {
	code := division.Code(text)
	if !code.WellFormed() || division.Resolve(code, 0).Status == division.Unknown {
		return "", domain.Refuse(domain.NotFound, register.DivisionKnown, domain.Say("区划代码表中没有“%s”", "the table of divisions has no %q", clip(text)))
	}
	return code, nil
}

func jurisdictionID(code division.Code) string {
	return eventstore.Record{Stream: register.JurisdictionStream(code)}.AggregateID()
}

// jurisdictions are all divisions by the id of their decisions.
var jurisdictions = sync.OnceValue(func() map[string]division.Code {
	all := map[string]division.Code{}
	var add func(codes []division.Code)
	add = func(codes []division.Code) {
		for _, c := range codes {
			all[jurisdictionID(c)] = c
			add(division.Children(c))
		}
	}
	add(division.Provinces())
	return all
})

type divisionHistoryIn struct {
	Code string `path:"code" example:"530427"`
	PageParams
	Moment
}

func (s *server) divisionEvents(ctx context.Context, in *divisionHistoryIn) (*reply[*sheet[*answer.History, answer.HistoryEntry]], error) {
	w, err := s.walk(ctx, nil, in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	code, err := knownDivision(in.Code)
	if err != nil {
		return nil, err
	}
	recs, err := s.facts(jurisdictionID(code), r.AtSeq)
	if err != nil {
		return nil, err
	}
	return s.historyPage(answer.HistoryOf(since(recs, r), answer.About{Penalty: answer.Penalties(s.Views)}, r.For), w, r)
}
