package api

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/clock"
	"minglu/domain/term"
	"minglu/projections"
	"minglu/register"
)

// WorkParams are the parameters that choose pieces of work.
type WorkParams struct {
	Division    string `query:"division" doc:"Of the work: six digits, with all that lies below, or the digits that codes begin with; with a token one's own where it is left out." example:"530427"`
	Agency      string `query:"agency" doc:"Has to act now." example:"530427-education"`
	TakesPart   string `query:"takes_part" doc:"Agency that takes part, or has to act now."`
	Institution string `query:"institution" doc:"Id of one that it is about."`
	Status      string `query:"status" doc:"A code of the list of statuses of the aggregate."`
	Kind        string `query:"kind" doc:"A code of the list of kinds of the aggregate."`
	Standing    string `query:"standing" enum:"open,closed"`
	Q           string `query:"q" doc:"Words to search for."`
}

func (in *WorkParams) asked() map[string]*string {
	return map[string]*string{
		"division": &in.Division, "agency": &in.Agency, "takes_part": &in.TakesPart, "institution": &in.Institution,
		"status": &in.Status, "kind": &in.Kind, "standing": &in.Standing, "q": &in.Q,
	}
}

// filter reads the parameters. kinds are those that are listed.
func (in *WorkParams) filter(p *params, kinds ...answer.WorkKind) projections.WorkFilter {
	f := projections.WorkFilter{
		Division: p.division("division", in.Division), Agency: p.agency("agency", in.Agency), TakesPart: p.agency("takes_part", in.TakesPart),
		Institution: in.Institution, Standing: projections.WorkStanding(p.oneOf("standing", in.Standing, "", string(projections.WorkOpen), string(projections.WorkClosed))),
		Kind:   p.codeOfAny("kind", in.Kind, kinds, func(k answer.WorkKind) *term.List { return k.Kinds }),
		Status: p.codeOfAny("status", in.Status, kinds, func(k answer.WorkKind) *term.List { return k.Statuses }),
	}
	if len([]rune(in.Q)) > longestQuery {
		p.fault("q", "too_long", domain.Say("最多 %d 个字", "%d characters at most", longestQuery))
	}
	return f
}

// codeOfAny takes a code of the list of one of the kinds, or nothing.
func (p *params) codeOfAny(name, text string, kinds []answer.WorkKind, of func(answer.WorkKind) *term.List) string {
	var codes []string
	for _, k := range kinds {
		if l := of(k); l != nil {
			codes = append(codes, l.Codes()...)
		}
	}
	if text == "" || slices.Contains(codes, text) {
		return text
	}
	if len(codes) == 0 {
		p.fault(name, "unknown_code", domain.Say("这种事项不分类别", "such work is of one kind"))
		return ""
	}
	p.fault(name, "unknown_code", domain.Say("“%s”不可用，可用：%s", "%q cannot be; one of: %s", clip(text), strings.Join(codes, "、")))
	return ""
}

type worksIn struct {
	WorkParams
	PageParams
	FileParams
	Moment
}

type allWorkIn struct {
	Aggregate string `query:"aggregate" enum:"grievance,inspection,rectification,penalty,dispute,case"`
	WorkParams
	PageParams
	FileParams
	Moment
}

type workSheet = sheet[*answer.Works, answer.WorkRow]

func (s *server) listAllWork(ctx context.Context, in *allWorkIn) (*reply[*workSheet], error) {
	return s.listWork(ctx, allWork, in.Aggregate, &worksIn{in.WorkParams, in.PageParams, in.FileParams, in.Moment})
}

// allWork stands for every kind.
var allWork = workKind{WorkKind: answer.WorkKind{Title: domain.Text{ZH: "事项", EN: "work"}}, columns: workColumns}

// chosen reads which work of a kind is asked for; of all kinds, that of the
// aggregate that is named.
func (k workKind) chosen(in *WorkParams, aggregate string, p *params) projections.WorkFilter {
	kinds := []answer.WorkKind{k.WorkKind}
	if k.Aggregate == "" {
		kinds = answer.WorkKinds
	} else {
		aggregate = k.Aggregate
	}
	if of, ok := answer.WorkKindOf(aggregate); ok {
		kinds = []answer.WorkKind{of}
	} else if aggregate != "" {
		p.fault("aggregate", "unknown_code", domain.Say("“%s”不是事项种类", "agencies do not work on %q", clip(aggregate)))
	}
	f := in.filter(p, kinds...)
	f.Aggregate = aggregate
	return f
}

// listWork answers with a page of the work of a kind.
func (s *server) listWork(ctx context.Context, k workKind, aggregate string, in *worksIn) (*reply[*workSheet], error) {
	kept := in.asked()
	kept["aggregate"] = &aggregate
	w, err := s.walk(ctx, kept, in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	var p params
	f := k.chosen(&in.WorkParams, aggregate, &p)
	words := p.oneOf("labels", in.Labels, "codes", "zh") == "zh"
	r, err := s.readWith(ctx, in.Moment, &p)
	if err != nil {
		return nil, err
	}
	find, err := s.workFinder(k, f, strings.TrimSpace(in.Q), &p, r)
	if err != nil {
		return nil, err
	}
	out := &reply[*workSheet]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment(k.Title.ZH, r.q.rep)}
	if fresh(out, r) {
		return out, nil
	}
	found, err := find(w.after, w.limit)
	if err != nil {
		return nil, err
	}
	page := &answer.Works{Items: found.rows, Total: found.total, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq, Scheduled: r.Scheduled()}
	page.Next, out.Link = w.next(found.next, r)
	out.Body = &workSheet{Page: page, columns: k.columns, words: words, bare: in.BOM == "0", rows: rowsOf(found.rows)}
	if w.whole {
		if err := tooManyRows(r.q.rep, found.total); err != nil {
			return nil, err
		}
		out.Link, out.Body.rows = "", found.andMore(find)
	}
	return out, nil
}

// workFinder settles whose work is listed for whom, and how it is found: for
// agencies of the division as they may see it, for others what is public.
func (s *server) workFinder(k workKind, f projections.WorkFilter, q string, p *params, r reading) (func(after string, limit int) (part[answer.WorkRow], error), error) {
	if f.Division == "" && !r.Reader.Public() {
		f.Division = string(r.Reader.Division)
	}
	over := r.Reader.Over(wholeDivision(f.Division))
	if k.public != nil && !over {
		for _, name := range k.officersOnly(f) {
			p.fault(name, "officers_only", domain.Say("只有本辖区和上级辖区的单位能按未公开的内容筛选", "only agencies of the division and of those above it may filter by what is not public"))
		}
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	find := s.works
	switch {
	case over && (q != "" || r.earlierDay()):
		find = s.worksSifted
	case !over && k.public == nil:
		return nil, domain.Refuse(domain.Forbidden, authority.Missing, domain.Say(
			"未公开的事项由本辖区和上级辖区的单位查阅；你的单位是 %s", "what is not published is read by agencies of the division and of those above it; yours is %s", r.Reader.Agency))
	case !over:
		r.Reader = answer.Reader{} // all that a stranger reads is what the public does
		find = func(f projections.WorkFilter, q, after string, limit int, r reading) (part[answer.WorkRow], error) {
			return k.public(s, f, q, after, limit, r)
		}
	}
	return func(after string, limit int) (part[answer.WorkRow], error) { return find(f, q, after, limit, r) }, nil
}

// officersOnly names the filters that would tell the public what is not public: of
// penalties, what belongs to the case.
func (k workKind) officersOnly(f projections.WorkFilter) (names []string) {
	if k.agg != register.Penalty {
		return nil
	}
	for _, of := range []struct{ name, value string }{{"kind", f.Kind}, {"takes_part", f.TakesPart}, {"standing", string(f.Standing)}} {
		if of.value != "" {
			names = append(names, of.name)
		}
	}
	return names
}

// earlierDay reports whether a day in the past is asked about, on which facts of
// today did not hold yet.
func (r reading) earlierDay() bool { return r.AsOf < r.Today }

// earlier reports whether a day in the past or an earlier position is asked about,
// of which the view of open clocks knows nothing.
func (r reading) earlier() bool { return r.earlierDay() || r.AtSeq != r.head }

// works returns a page of work by the indexes, which know no words.
func (s *server) works(f projections.WorkFilter, _, after string, limit int, r reading) (part[answer.WorkRow], error) {
	var out part[answer.WorkRow]
	var heads []projections.WorkHead
	for {
		p, err := s.Views.Work(projections.WorkQuery{WorkFilter: f, AtSeq: r.AtSeq, After: after, Limit: limit - len(heads)})
		if err != nil {
			return out, badCursor(err)
		}
		seen, err := s.seenHeads(p.Heads, r)
		if err != nil {
			return out, err
		}
		heads, after, out.total = append(heads, seen...), p.Next, p.Total
		if after == "" || len(heads) == limit {
			break
		}
	}
	var err error
	out.next = after
	out.rows, err = s.workRows(heads, r)
	return out, err
}

// mostSifted is how many pieces of work are worked out from their facts for one
// list.
const mostSifted = 5000

// worksSifted returns a page of work by going through it: for words, and for a day
// in the past.
func (s *server) worksSifted(f projections.WorkFilter, q, after string, limit int, r reading) (part[answer.WorkRow], error) {
	wide := f
	if r.earlierDay() { // all of these may have been otherwise
		wide.Kind, wide.Status, wide.Agency, wide.TakesPart, wide.Standing = "", "", "", "", ""
	}
	found, err := s.Views.Work(projections.WorkQuery{WorkFilter: wide, AtSeq: r.AtSeq, Limit: everything})
	if err != nil {
		return part[answer.WorkRow]{}, err
	}
	heads, err := s.seenHeads(found.Heads, r)
	if err == nil && r.earlierDay() {
		heads, err = s.headsOnDay(heads, f, r)
	}
	if err == nil && q != "" {
		heads, err = s.headsNamed(heads, q, r)
	}
	if err != nil {
		return part[answer.WorkRow]{}, err
	}
	return cut(heads, after, limit, func(heads []projections.WorkHead) ([]answer.WorkRow, error) { return s.workRows(heads, r) })
}

// headsOnDay returns heads as they stood on the day asked about, of the work that
// there was by then and that f takes.
func (s *server) headsOnDay(heads []projections.WorkHead, f projections.WorkFilter, r reading) ([]projections.WorkHead, error) {
	if len(heads) > mostSifted {
		return nil, domain.Fault(domain.Invalid, domain.Say("%[1]d 件事项超过了一次能回溯的 %[2]d 件，请缩小辖区或写明机构", "%[1]d pieces of work are more than the %[2]d that are worked out for an earlier day; narrow the division, or name an institution", len(heads), mostSifted),
			domain.Field{Pointer: "/as_of", Code: "too_many", Message: domain.Say("请缩小范围", "narrow the filter")})
	}
	var out []projections.WorkHead
	for _, h := range heads {
		v, err := s.sight(h.Stream, r)
		if err != nil {
			return nil, err
		}
		if v.head.Opened != 0 && workTaken(f, v.head) {
			out = append(out, v.head)
		}
	}
	return out, nil
}

// workTaken reports whether a filter takes a head, its institution aside.
func workTaken(f projections.WorkFilter, h projections.WorkHead) bool {
	return (f.Kind == "" || f.Kind == h.Kind) &&
		(f.Status == "" || f.Status == h.Status) &&
		(f.Standing == "" || (f.Standing == projections.WorkOpen) == h.Open()) &&
		(f.Agency == "" || f.Agency == h.Agency) &&
		(f.TakesPart == "" || f.TakesPart == h.Agency || slices.Contains(h.Agencies, f.TakesPart))
}

// headsNamed returns the heads that words are found in: in number or title, or in
// what names the institution.
func (s *server) headsNamed(heads []projections.WorkHead, q string, r reading) ([]projections.WorkHead, error) {
	named, err := s.institutionsNamed(q, r)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(heads, func(h projections.WorkHead) bool {
		return !named[h.Institution] && !contains(h.Number, q) && !contains(h.Title, q)
	}), nil
}

func contains(text, q string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(q))
}

// institutionsNamed returns the streams of the institutions that a search finds.
func (s *server) institutionsNamed(q string, r reading) (map[string]bool, error) {
	out := map[string]bool{}
	if r.AtSeq == 0 {
		return out, nil
	}
	res, err := s.Views.Search(q, projections.SearchOptions{AtSeq: r.AtSeq, Limit: everything})
	for _, h := range res.Hits {
		out[streamOf(h)] = true
	}
	return out, err
}

// cut returns a page of a list that was gone through; its cursor is a place in it.
func cut[H, R any](all []H, after string, limit int, rows func([]H) ([]R, error)) (out part[R], err error) {
	from := 0
	if after != "" {
		if from, err = strconv.Atoi(after); err != nil || from < 0 || from > len(all) {
			return out, badCursor(projections.ErrCursor)
		}
	}
	to := min(from+limit, len(all))
	if to < len(all) {
		out.next = itoa(to)
	}
	out.total = len(all)
	out.rows, err = rows(all[from:to])
	return out, err
}

// seenHeads returns the heads of the work that the reader may see.
func (s *server) seenHeads(heads []projections.WorkHead, r reading) (out []projections.WorkHead, err error) {
	for _, h := range heads {
		m := domain.Meta{Visibility: h.Visibility, Division: h.Division()}
		if h.Visibility == domain.AgencyOnly { // whose it is says the fact alone
			first, ok := s.fact(h.ID(), h.First)
			if !ok {
				continue
			}
			m = first.Meta
		}
		if r.Reader.Sees(m) {
			out = append(out, h)
		}
	}
	return out, nil
}

// workRows answers for heads of the moment asked about.
func (s *server) workRows(heads []projections.WorkHead, r reading) ([]answer.WorkRow, error) {
	names, err := s.namesOf(institutionsIn(heads), r)
	if err != nil {
		return nil, err
	}
	rows := make([]answer.WorkRow, len(heads))
	for i, h := range heads {
		clocks, err := s.clocksOf(h.Stream, r)
		if err != nil {
			return nil, err
		}
		rows[i] = answer.WorkRowOf(h, clocks, names, r.For)
	}
	return rows, nil
}

func institutionsIn(heads []projections.WorkHead) []string {
	out := make([]string, len(heads))
	for i, h := range heads {
		out[i] = h.Institution
	}
	return out
}

// namesOf returns the names of institutions as the reader is shown them.
func (s *server) namesOf(streams []string, r reading) (answer.Names, error) {
	streams = slices.Compact(slices.Sorted(slices.Values(streams)))
	list, err := s.institutions(slices.DeleteFunc(streams, func(s string) bool { return s == "" }), r)
	names := answer.Names{}
	for _, t := range list {
		names.Add(t.then, t.now, r.For)
	}
	return names, err
}

// clocksOf returns the clocks of a piece of work: today the open ones, by the
// calendars that are known now; at an earlier moment all of them.
func (s *server) clocksOf(stream string, r reading) ([]clock.Clock, error) {
	if r.earlier() {
		v, err := s.sight(stream, r)
		return v.clocks, err
	}
	open, err := s.Views.ClocksOf(stream, r.AsOf)
	out := make([]clock.Clock, len(open))
	for i, c := range open {
		out[i] = c.Clock
	}
	return out, err
}

// listed writes codes in one cell.
func listed(codes []string) string { return strings.Join(codes, ";") }

// labelIn are the words for a code of a row, by the list of its aggregate.
func labelIn(of func(answer.WorkKind) *term.List, code func(answer.WorkRow) answer.Maybe) func(answer.WorkRow) domain.Text {
	return func(r answer.WorkRow) domain.Text {
		k, _ := answer.WorkKindOf(r.Aggregate)
		if l := of(k); l != nil && code(r) != "" {
			return l.Label(string(code(r)))
		}
		return domain.Text{ZH: string(code(r)), EN: string(code(r))}
	}
}

var workColumns = []column[answer.WorkRow]{
	{name: "aggregate", zh: "事项种类", value: func(r answer.WorkRow) string { return r.Aggregate },
		label: func(r answer.WorkRow) domain.Text { k, _ := answer.WorkKindOf(r.Aggregate); return k.Title }},
	plain("id", "编号", func(r answer.WorkRow) string { return r.ID }),
	plain("number", "文号", func(r answer.WorkRow) string { return string(r.Number) }),
	plain("title", "事由", func(r answer.WorkRow) string { return r.Title }),
	{name: "kind", zh: "类别", value: func(r answer.WorkRow) string { return string(r.Kind) },
		label: labelIn(func(k answer.WorkKind) *term.List { return k.Kinds }, func(r answer.WorkRow) answer.Maybe { return r.Kind })},
	{name: "status", zh: "进度", value: func(r answer.WorkRow) string { return string(r.Status) },
		label: labelIn(func(k answer.WorkKind) *term.List { return k.Statuses }, func(r answer.WorkRow) answer.Maybe { return r.Status })},
	plain("institution_id", "机构编号", func(r answer.WorkRow) string { return r.Institution.IDOrNone() }),
	plain("institution_name", "机构名称", func(r answer.WorkRow) string { return r.Institution.NameOrNone() }),
	plain("division_code", "区划代码", func(r answer.WorkRow) string { return string(r.Division.Code) }),
	plain("division_name", "区划名称", func(r answer.WorkRow) string { return r.Division.FullName }),
	plain("agency", "办理机关代码", func(r answer.WorkRow) string { return string(r.Agency) }),
	plain("agency_name", "办理机关", func(r answer.WorkRow) string { return string(r.AgencyName) }),
	plain("agencies", "参加机关代码", func(r answer.WorkRow) string { return listed(r.Agencies) }),
	plain("opened", "立项日", func(r answer.WorkRow) string { return r.Opened.String() }),
	plain("closed", "办结日", func(r answer.WorkRow) string { return r.Closed.String() }),
	number("late", "逾期期限数", func(r answer.WorkRow) string { return whole(r.Late) }),
	plain("next_due", "下一届满日", func(r answer.WorkRow) string { return r.NextDue.String() }),
}
