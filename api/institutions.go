package api

import (
	"context"
	"iter"
	"strings"

	"minglu/api/answer"
	"minglu/domain/term"
	"minglu/projections"
)

const tagInstitutions = "institutions"

var institutionRoutes = []*route{
	get("/institutions", tagInstitutions, "Find institutions, persons and places.", (*server).listInstitutions, asTable,
		reads(projections.InstitutionsView, searchView),
		about("q takes a name, a part of one, pinyin, initials, a credit code or a licence number. A file (CSV, NDJSON, XLSX) has every row of the filter unless limit or cursor is given.")),
	get("/institutions/{id}", tagInstitutions, "Show an institution.", (*server).showInstitution,
		reads(streamsView, projections.InstitutionsView, projections.EscrowView),
		about("A credit code or a licence number in place of the id leads to it.")),
	get("/institutions/{id}/events", tagInstitutions, "Its history, newest last.", (*server).institutionEvents,
		reads(streamsView, timelineView, projections.InstitutionsView), offers(asJSON, asNDJSON)),
	get("/institutions/{id}/diff", tagInstitutions, "What changed between two days or two positions.", (*server).diffInstitution,
		reads(streamsView, timelineView, projections.InstitutionsView, projections.EscrowView)),
}

// The names of views that have no name in projections.
const (
	streamsView  = "streams"
	timelineView = "timeline"
	searchView   = "search"
)

// FilterParams are the parameters that choose institutions.
type FilterParams struct {
	Division  string `query:"division" doc:"Six digits, with all that lies below, or the digits that codes begin with." example:"530427"`
	Standing  string `query:"standing"`
	Class     string `query:"class"`
	Category  string `query:"category"`
	Audience  string `query:"audience"`
	Documents string `query:"documents"`
	Status    string `query:"status"`
}

func (f FilterParams) read(p *params) projections.Filter {
	return projections.Filter{
		Division: p.division("division", f.Division),
		Standing: p.code("standing", f.Standing, term.Standings), Class: p.code("class", f.Class, term.Classes),
		Category: p.code("category", f.Category, term.Categories), Audience: p.code("audience", f.Audience, term.Audiences),
		Documents: p.code("documents", f.Documents, term.DocumentsList), Status: p.code("status", f.Status, term.Statuses),
	}
}

// PageParams are the parameters of every list.
type PageParams struct {
	Cursor string `query:"cursor" doc:"From next of the page before; it keeps filter, as_of and at_seq."`
	Limit  string `query:"limit" doc:"Rows of a page."`
}

// FileParams are the parameters of every list that can be had as a file.
type FileParams struct {
	Labels string `query:"labels" doc:"zh: Chinese headers and labels instead of codes, in CSV and XLSX."`
	BOM    string `query:"bom" doc:"0: CSV without a byte order mark."`
}

type listInstitutionsIn struct {
	Q string `query:"q" doc:"Words to search for."`
	FilterParams
	PageParams
	FileParams
	Moment
}

// asked are the parameters that a cursor keeps, by name.
func (in *listInstitutionsIn) asked() map[string]*string {
	return map[string]*string{
		"q": &in.Q, "division": &in.Division, "standing": &in.Standing, "class": &in.Class, "category": &in.Category,
		"audience": &in.Audience, "documents": &in.Documents, "status": &in.Status,
	}
}

func (s *server) listInstitutions(ctx context.Context, in *listInstitutionsIn) (*reply[*sheet[*answer.Institutions, answer.InstitutionRow]], error) {
	w, err := s.walk(ctx, in.asked(), in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	var p params
	f, words, bare := in.read(&p), p.oneOf("labels", in.Labels, "codes", "zh") == "zh", in.BOM == "0"
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	out := &reply[*sheet[*answer.Institutions, answer.InstitutionRow]]{
		Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment("校外培训机构名录", r.q.rep),
	}
	if fresh(out, r) {
		return out, nil
	}
	find := func(after string, limit int) (rowPage, error) { return s.rows(in.Q, f, after, limit, r) }
	first, err := find(w.after, w.limit)
	if err != nil {
		return nil, err
	}
	page := &answer.Institutions{Items: first.rows, Total: first.total, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq, Scheduled: r.Scheduled()}
	if first.total == 0 {
		page.Note = answer.Maybe(r.q.say(answer.NotFoundAdvice))
	}
	page.Next, out.Link = w.next(first.next, r)
	sh := &sheet[*answer.Institutions, answer.InstitutionRow]{Page: page, columns: institutionColumns, words: words, bare: bare, rows: rowsOf(first.rows)}
	if w.whole {
		if err := tooManyRows(r.q.rep, first.total); err != nil {
			return nil, err
		}
		sh.rows, out.Link = wholeOf(first, find), ""
	}
	out.Body = sh
	return out, nil
}

// rowPage is a page of rows.
type rowPage struct {
	rows  []answer.InstitutionRow
	total int
	next  string
}

// wholeOf yields the rows of a page and of all that follow it.
func wholeOf(p rowPage, find func(after string, limit int) (rowPage, error)) iter.Seq2[answer.InstitutionRow, error] {
	return func(yield func(answer.InstitutionRow, error) bool) {
		for {
			for _, row := range p.rows {
				if !yield(row, nil) {
					return
				}
			}
			if p.next == "" {
				return
			}
			var err error
			if p, err = find(p.next, largestLimit); err != nil {
				yield(answer.InstitutionRow{}, err)
				return
			}
		}
	}
}

// rows returns a page of institutions by search or by filter.
func (s *server) rows(q string, f projections.Filter, after string, limit int, r reading) (rowPage, error) {
	if strings.TrimSpace(q) != "" {
		return s.searched(q, f, after, limit, r)
	}
	p, err := s.find(f, after, limit, r)
	if err != nil {
		return rowPage{}, err
	}
	list, err := s.institutions(p.Streams, r)
	if err != nil {
		return rowPage{}, err
	}
	out := rowPage{rows: make([]answer.InstitutionRow, len(list)), total: p.Total, next: p.Next}
	for i, t := range list {
		out.rows[i] = answer.RowOf(t.then, t.now, r.For)
	}
	return out, nil
}

var institutionColumns = []column[answer.InstitutionRow]{
	plain("id", "编号", func(r answer.InstitutionRow) string { return r.ID }),
	plain("name", "名称", func(r answer.InstitutionRow) string { return r.Name }),
	plain("uscc", "统一社会信用代码", func(r answer.InstitutionRow) string { return string(r.USCC) }),
	plain("division_code", "区划代码", func(r answer.InstitutionRow) string { return string(r.Division.Code) }),
	plain("division_name", "区划名称", func(r answer.InstitutionRow) string { return r.Division.FullName }),
	coded("kind", "对象种类", func(r answer.InstitutionRow) term.Kind { return r.Kind }),
	coded("mode", "培训方式", func(r answer.InstitutionRow) term.Mode { return r.Mode }),
	coded("class", "类别", func(r answer.InstitutionRow) term.Class { return r.Class }),
	codes("categories", "非学科类别", func(r answer.InstitutionRow) []term.Category { return r.Categories }),
	codes("audiences", "培训对象", func(r answer.InstitutionRow) []term.Audience { return r.Audiences }),
	plain("address", "地址", func(r answer.InstitutionRow) string { return string(r.Address) }),
	plain("licence_number", "许可证号", func(r answer.InstitutionRow) string { return string(r.Licence) }),
	plain("licence_valid_to", "许可截止日", func(r answer.InstitutionRow) string { return r.ValidTo.String() }),
	coded("documents", "证照情况", func(r answer.InstitutionRow) term.Documents { return r.Documents }),
	coded("standing", "名单状态", func(r answer.InstitutionRow) term.Standing { return r.Standing }),
	plain("standing_since", "名单状态起始日", func(r answer.InstitutionRow) string { return r.Since.String() }),
	coded("status", "办学状态", func(r answer.InstitutionRow) term.Status { return r.Status }),
	plain("ref", "来源编号", func(r answer.InstitutionRow) string { return string(r.Ref) }),
	number("version", "版本", func(r answer.InstitutionRow) string { return utoa(r.Version) }),
}

func yesNo(b bool) string {
	if b {
		return "1"
	}
	return "0"
}
