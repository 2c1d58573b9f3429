package api

import (
	"context"
	"slices"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

var escrowReportRoutes = []*route{
	get("/escrow-reports/uncovered", tagEscrows, "Institutions that operate under a licence without an open supervised account.", (*server).listUncovered, asTable, withToken, escrowViews,
		about("An account that is frozen counts as open, an agreement without an account does not. Of one's own division unless division says otherwise; for agencies of the division and of those above it, and for no bank. "+newestAbout)),
}

type uncoveredIn struct {
	Division string `query:"division" example:"530427"`
	PageParams
	FileParams
	MinSeq string `query:"min_seq" doc:"Wait until the views have reached this position."`
}

func (s *server) listUncovered(ctx context.Context, in *uncoveredIn) (*reply[*sheet[*answer.Uncovereds, answer.Uncovered]], error) {
	w, err := s.walk(ctx, map[string]*string{"division": &in.Division}, in.PageParams, &Moment{})
	if err != nil {
		return nil, err
	}
	var p params
	where, bank := p.division("division", in.Division), ""
	p.files(in.FileParams)
	r, err := s.newest(ctx, in.MinSeq, &p)
	if err == nil {
		err = r.noBank()
	}
	if err == nil {
		err = r.custody(&where, &bank)
	}
	if err != nil {
		return nil, err
	}
	streams, err := s.uncovered(where, r)
	if err != nil {
		return nil, err
	}
	return onPaper(w, r, in.FileParams, paper[*answer.Uncovereds, answer.Uncovered]{
		title: "未设资金监管账户的机构", columns: uncoveredColumns,
		find: func(after string, limit int) (part[answer.Uncovered], error) {
			found := cutBy(streams, func(i int) string { return streams[i] }, after, limit)
			rows, err := s.uncoveredRows(found.rows, r)
			return part[answer.Uncovered]{rows: rows, total: found.total, next: found.next}, err
		},
		page: func(found part[answer.Uncovered], next answer.Maybe) *answer.Uncovereds {
			return &answer.Uncovereds{Items: found.rows, Next: next, Total: found.total, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq}
		},
	})
}

// noBank refuses what is not for banks: whom they have no account of.
func (r reading) noBank() error {
	if _, is := r.ownBank(); !is {
		return nil
	}
	return domain.Refuse(domain.Forbidden, authority.Missing, domain.Say(
		"银行只能查阅本行的监管账户；你的单位是 %s", "a bank reads of the accounts that it keeps; you are %s", r.Reader.Agency))
}

// uncovered returns the institutions of a division that operate under a licence in
// force and have no supervised account that is open, in order of their streams.
func (s *server) uncovered(in string, r reading) (out []string, err error) {
	moved, err := s.Views.MovedEscrows(projections.MovedQuery{Division: in})
	if err != nil {
		return nil, err
	}
	covered := map[string]bool{}
	for _, m := range moved {
		if m.Status == term.AccountOpen || m.Status == term.AccountFrozen {
			covered[eventstore.Record{Stream: m.Institution}.AggregateID()] = true
		}
	}
	for _, papers := range []term.Documents{term.Complete, term.LicensedOnly} {
		f := projections.Filter{Division: in, Status: string(term.Operating), Documents: string(papers)}
		found, err := s.Views.Find(f, r.AsOf, r.AtSeq, "", everything)
		if err != nil {
			return nil, err
		}
		out = append(out, found.Streams...)
	}
	out = slices.DeleteFunc(out, func(stream string) bool { return covered[eventstore.Record{Stream: stream}.AggregateID()] })
	slices.Sort(out)
	return out, nil
}

func (s *server) uncoveredRows(streams []string, r reading) ([]answer.Uncovered, error) {
	list, err := s.institutions(streams, r)
	out := make([]answer.Uncovered, 0, len(list))
	for _, t := range list {
		if err != nil {
			return nil, err
		}
		var accounts []projections.EscrowAccount
		accounts, err = s.Views.EscrowsOf(t.then.Stream, r.AtSeq)
		out = append(out, answer.UncoveredOf(t.then, t.now, accounts, r.For))
	}
	return out, err
}

var uncoveredColumns = []column[answer.Uncovered]{
	plain("id", "编号", func(r answer.Uncovered) string { return r.ID }),
	plain("name", "名称", func(r answer.Uncovered) string { return r.Name }),
	plain("division_code", "区划代码", func(r answer.Uncovered) string { return string(r.Division.Code) }),
	plain("division_name", "区划名称", func(r answer.Uncovered) string { return r.Division.FullName }),
	coded("standing", "名单状态", func(r answer.Uncovered) term.Standing { return r.Standing }),
	coded("class", "类别", func(r answer.Uncovered) term.Class { return r.Class }),
	plain("since", "自何日起无监管账户", func(r answer.Uncovered) string { return r.Since.String() }),
	plain("agreed", "签约日", func(r answer.Uncovered) string { return r.Agreed.String() }),
	plain("account_closed", "销户日", func(r answer.Uncovered) string { return r.Closed.String() }),
}
