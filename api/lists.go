package api

import (
	"context"
	"iter"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/term"
	"minglu/projections"
)

var listRoutes = []*route{
	get("/lists/{list}", "lists", "Who is on a list.", (*server).showList, asTable, reads(projections.InstitutionsView),
		about("Each with the decision, its reason and its end. What is published is judged as of today, whatever day is asked about.")),
}

type listIn struct {
	List     string `path:"list" enum:"white,watch,black"`
	Division string `query:"division" example:"530427"`
	PageParams
	FileParams
	Moment
}

func (s *server) showList(ctx context.Context, in *listIn) (*reply[*sheet[*answer.List, answer.ListRow]], error) {
	if !term.ListNames.Has(in.List) {
		return nil, domain.Fault(domain.NotFound, domain.Say("没有这个名单；有 white、watch、black", "there is no such list; there are white, watch, black"))
	}
	w, err := s.walk(ctx, map[string]*string{"division": &in.Division}, in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	var p params
	f := projections.Filter{Division: p.division("division", in.Division), Standing: in.List}
	words := p.oneOf("labels", in.Labels, "codes", "zh") == "zh"
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	list := term.ListName(in.List)
	out := &reply[*sheet[*answer.List, answer.ListRow]]{
		Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment(list.Label().ZH, r.q.rep),
	}
	if fresh(out, r) {
		return out, nil
	}
	find := func(after string, limit int) ([]answer.ListRow, projections.Page, error) {
		return s.members(f, after, limit, r)
	}
	rows, found, err := find(w.after, w.limit)
	if err != nil {
		return nil, err
	}
	page := &answer.List{List: list, Division: answer.Maybe(in.Division), Items: rows, Total: found.Total,
		AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq, Scheduled: r.Scheduled()}
	page.Next, out.Link = w.next(found.Next, r)
	out.Body = &sheet[*answer.List, answer.ListRow]{Page: page, columns: listColumns, words: words, bare: in.BOM == "0", rows: rowsOf(rows)}
	if w.whole {
		if err := tooManyRows(r.q.rep, found.Total); err != nil {
			return nil, err
		}
		out.Link, out.Body.rows = "", membersFrom(rows, found.Next, find)
	}
	return out, nil
}

// members returns a page of a list.
func (s *server) members(f projections.Filter, after string, limit int, r reading) ([]answer.ListRow, projections.Page, error) {
	p, err := s.find(f, after, limit, r)
	if err != nil {
		return nil, p, err
	}
	list, err := s.institutions(p.Streams, r)
	if err != nil {
		return nil, p, err
	}
	rows := make([]answer.ListRow, len(list))
	for i, t := range list {
		rows[i] = answer.ListRowOf(t.then, t.now, r.For)
	}
	return rows, p, nil
}

// membersFrom yields the rows of a page and of all that follow it.
func membersFrom(rows []answer.ListRow, next string, find func(string, int) ([]answer.ListRow, projections.Page, error)) iter.Seq2[answer.ListRow, error] {
	return func(yield func(answer.ListRow, error) bool) {
		for {
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			if next == "" {
				return
			}
			more, p, err := find(next, largestLimit)
			if err != nil {
				yield(answer.ListRow{}, err)
				return
			}
			rows, next = more, p.Next
		}
	}
}

var listColumns = []column[answer.ListRow]{
	plain("id", "编号", func(r answer.ListRow) string { return r.Institution.ID }),
	plain("name", "名称", func(r answer.ListRow) string { return r.Institution.Name }),
	plain("uscc", "统一社会信用代码", func(r answer.ListRow) string { return string(r.Institution.USCC) }),
	plain("division_code", "区划代码", func(r answer.ListRow) string { return string(r.Institution.Division) }),
	plain("division_name", "区划名称", func(r answer.ListRow) string { return r.Institution.DivisionName }),
	coded("kind", "对象种类", func(r answer.ListRow) term.Kind { return r.Institution.Kind }),
	plain("listed_on", "列入日", func(r answer.ListRow) string { return r.ListedOn.String() }),
	plain("reason", "理由", func(r answer.ListRow) string { return r.Reason }),
	plain("legal_basis", "依据", func(r answer.ListRow) string { return string(r.LegalBasis) }),
	plain("document_no", "文号", func(r answer.ListRow) string { return string(r.DocumentNo) }),
	plain("decided_by", "决定机关代码", func(r answer.ListRow) string { return string(r.DecidedBy) }),
	plain("decided_by_name", "决定机关", func(r answer.ListRow) string { return string(r.Agency) }),
	plain("until", "截止日", func(r answer.ListRow) string { return r.Until.String() }),
	column[answer.ListRow]{name: "tier", zh: "失信等级", value: func(r answer.ListRow) string { return string(r.Tier) },
		label: func(r answer.ListRow) domain.Text { return term.Tier(r.Tier).Label() }},
	plain("repair_from", "可申请信用修复日", func(r answer.ListRow) string { return r.RepairFrom.String() }),
	codes("categories", "非学科类别", func(r answer.ListRow) []term.Category { return r.Categories }),
	codes("audiences", "培训对象", func(r answer.ListRow) []term.Audience { return r.Audiences }),
	plain("licence_number", "许可证号", func(r answer.ListRow) string { return string(r.Licence) }),
	plain("address", "地址", func(r answer.ListRow) string { return string(r.Address) }),
}
