package api

import (
	"context"
	"iter"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/division"
	"minglu/domain/term"
	"minglu/projections"
)

const tagDue = "due"

var dueRoutes = []*route{
	get("/due", tagDue, "Open clocks: what is late, what falls due, what stands still.", (*server).listDue, asTable, withToken,
		reads(projections.DueView, projections.InstitutionsView),
		about("Of one's own agency unless agency, or division, says otherwise; officer=me is one's own list. Of agencies of one's own division and of those below it. "+
			"It answers for today and the newest position, which at_seq tells; what was open earlier is told by the things themselves.")),
	get("/due/counts", tagDue, "How many clocks are open, by state, and by agency.", (*server).countDue, asTable, withToken,
		reads(projections.DueView),
		about("The numbers are the totals of the lists of /due with the same parameters. A division counts the clocks of what lies in it and below it; "+
			"by_agency has all clocks of each agency of those divisions, wherever the work lies.")),
}

// DueParams are the parameters that choose open clocks.
type DueParams struct {
	Agency   string `query:"agency" doc:"Whose clocks; one's own agency where neither agency nor division is given." example:"530427-education"`
	Officer  string `query:"officer" doc:"Whose task; me is the officer of the token, in the token's agency."`
	Division string `query:"division" doc:"Of the work: six digits, with all that lies below, or the digits that codes begin with." example:"530427"`
}

func (in *DueParams) asked() map[string]*string {
	return map[string]*string{"agency": &in.Agency, "officer": &in.Officer, "division": &in.Division}
}

// settled fills in whose clocks are asked for, and refuses those of agencies
// that are not the reader's business.
func (in *DueParams) settled(q *request, p *params) (projections.DueFilter, error) {
	officer := in.Officer
	if in.Officer == "me" {
		officer = in.me(q, p)
	}
	if in.Agency == "" && in.Division == "" {
		in.Agency = q.reader.Agency
	}
	f := projections.DueFilter{Agency: in.Agency, Officer: officer, Division: p.division("division", in.Division)}
	whose := wholeDivision(in.Division)
	if in.Agency != "" {
		a, err := authority.ParseAgency(in.Agency)
		if err != nil {
			p.fault("agency", "unknown_agency", domain.Say("“%s”不是机关代码", "%q is no agency", clip(in.Agency)))
		}
		whose = a.Division
	}
	if err := p.err(); err != nil {
		return f, err
	}
	if !q.reader.Over(whose) {
		return f, domain.Refuse(domain.Forbidden, authority.Missing, domain.Say(
			"期限可由本辖区和上级辖区的单位查阅；你的单位是 %s", "clocks are read by agencies of the division and of those above it; yours is %s", q.reader.Agency))
	}
	return f, nil
}

// me returns the number of the officer who asks, of the reader's agency: another
// division may give the same number to somebody else.
func (in *DueParams) me(q *request, p *params) string {
	if q.reader.Officer == "" {
		p.fault("officer", "no_officer", domain.Say("这个令牌没有登记人员编号，不能用 me", "the token names no officer, so there is no me"))
	}
	if in.Agency != "" && in.Agency != q.reader.Agency {
		p.fault("agency", "other_agency", domain.Say("me 是 %s 的人员", "me is an officer of %s", q.reader.Agency))
	}
	in.Agency = q.reader.Agency
	return q.reader.Officer
}

// wholeDivision returns the division that a filter of divisions lies within, or
// none: digits that codes begin with are those of a province or a prefecture
// only where they are all of its digits.
func wholeDivision(filter string) division.Code {
	code := division.Code(filter)
	if n := len(filter); n == 2 || n == 4 {
		code = division.Code((filter + "0000")[:6])
	}
	if !code.WellFormed() || division.Resolve(code, 0).Status == division.Unknown {
		return ""
	}
	return code
}

type dueIn struct {
	DueParams
	State string `query:"state" enum:"all,late,today,week,later,paused,awaiting,lapsed" doc:"How the clock stands today."`
	PageParams
	FileParams
	MinSeq string `query:"min_seq" doc:"Wait until the views have reached this position."`
}

type (
	duePage  = sheet[*answer.Due, answer.DueItem]
	dueTotal = sheet[*answer.DueCounts, answer.AgencyDue]
)

func (s *server) listDue(ctx context.Context, in *dueIn) (*reply[*duePage], error) {
	kept, m := in.asked(), Moment{MinSeq: in.MinSeq}
	kept["state"] = &in.State
	w, err := s.walk(ctx, kept, in.PageParams, &m)
	if err != nil {
		return nil, err
	}
	m.AtSeq = "" // the view answers for the newest position only
	var p params
	state := projections.DueState(p.oneOf("state", in.State, dueStateCodes()...))
	words := p.oneOf("labels", in.Labels, "codes", "zh") == "zh"
	r, err := s.readWith(ctx, m, &p)
	if err != nil {
		return nil, err
	}
	f, err := in.settled(r.q, &p)
	if err != nil {
		return nil, err
	}
	find := func(after string, limit int) (part[answer.DueItem], error) {
		return s.due(projections.DueQuery{DueFilter: f, State: state, Today: r.AsOf, After: after, Limit: limit}, r)
	}
	found, err := find(w.after, w.limit)
	if err != nil {
		return nil, err
	}
	page := &answer.Due{Agency: answer.Maybe(f.Agency), Officer: answer.Maybe(f.Officer), Division: answer.Maybe(f.Division), State: state,
		Items: found.rows, Total: found.total, AsOf: answer.Date{Day: r.AsOf}, AtSeq: found.seq}
	out := &reply[*duePage]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment("期限", r.q.rep), Cache: "no-store"}
	page.Next, out.Link = w.next(found.next, r)
	out.Body = &duePage{Page: page, columns: dueColumns, words: words, bare: in.BOM == "0", rows: rowsOf(found.rows)}
	if w.whole {
		if err := tooManyRows(r.q.rep, found.total); err != nil {
			return nil, err
		}
		out.Link, out.Body.rows = "", found.andMore(find)
	}
	return out, nil
}

func dueStateCodes() []string {
	codes := []string{string(projections.DueAll)}
	for _, s := range projections.DueStates {
		codes = append(codes, string(s))
	}
	return codes
}

// due returns a page of open clocks with the names of what they are about.
func (s *server) due(q projections.DueQuery, r reading) (part[answer.DueItem], error) {
	found, err := s.Views.Due(q)
	if err != nil {
		return part[answer.DueItem]{}, err
	}
	var streams []string
	for _, c := range found.Clocks {
		streams = append(streams, c.Institutions[:min(1, len(c.Institutions))]...)
	}
	newest := r
	newest.AtSeq, newest.head = projections.Now, projections.Now
	named, err := s.named(streams, newest)
	if err != nil {
		return part[answer.DueItem]{}, err
	}
	out := part[answer.DueItem]{rows: make([]answer.DueItem, len(found.Clocks)), total: found.Total, next: found.Next, seq: found.Seq}
	for i, c := range found.Clocks {
		var first *answer.NamedInstitution
		if len(c.Institutions) > 0 {
			first = named[c.Institutions[0]]
		}
		out.rows[i] = answer.DueItemOf(c, first, r.For)
	}
	return out, nil
}

// named returns those of the streams that were known at the position, by stream,
// with the names that the reader is shown.
func (s *server) named(streams []string, r reading) (map[string]*answer.NamedInstitution, error) {
	list, err := s.institutions(streams, r)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*answer.NamedInstitution, len(list))
	for _, t := range list {
		n := answer.NamedInstitutionOf(t.then, t.now, r.For)
		out[t.then.Stream] = &n
	}
	return out, nil
}

// part is a part of a list: rows, how many there are in all, and where the next
// part begins.
type part[R any] struct {
	rows  []R
	total int
	next  string
	seq   uint64 // position at which it was read
}

// andMore yields the rows of a part and of all that follow it.
func (p part[R]) andMore(find func(after string, limit int) (part[R], error)) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
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
				var none R
				yield(none, err)
				return
			}
		}
	}
}

type dueCountsIn struct {
	DueParams
	FileParams
	MinSeq string `query:"min_seq" doc:"Wait until the views have reached this position."`
}

func (s *server) countDue(ctx context.Context, in *dueCountsIn) (*reply[*dueTotal], error) {
	var p params
	words := p.oneOf("labels", in.Labels, "codes", "zh") == "zh"
	r, err := s.readWith(ctx, Moment{MinSeq: in.MinSeq}, &p)
	if err != nil {
		return nil, err
	}
	f, err := in.settled(r.q, &p)
	if err != nil {
		return nil, err
	}
	counts, err := s.Views.DueCounts(f, r.AsOf)
	if err != nil {
		return nil, err
	}
	agencies, err := s.dueByAgency(f, counts, r)
	if err != nil {
		return nil, err
	}
	page := &answer.DueCounts{Agency: answer.Maybe(f.Agency), Officer: answer.Maybe(f.Officer), Division: answer.Maybe(f.Division),
		Counts: answer.DueNumbersOf(counts), Agencies: agencies, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq}
	return &reply[*dueTotal]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment("期限汇总", r.q.rep), Cache: "no-store",
		Body: &dueTotal{Page: page, columns: dueCountColumns, words: words, bare: in.BOM == "0", rows: rowsOf(agencies)}}, nil
}

// dueByAgency parts the counts: of a division by its agencies, else that of the
// agency alone. The tasks of an officer across agencies are not parted.
func (s *server) dueByAgency(f projections.DueFilter, counts projections.DueCounts, r reading) ([]answer.AgencyDue, error) {
	out := []answer.AgencyDue{}
	switch {
	case f.Agency != "":
		return append(out, answer.AgencyDueOf(projections.AgencyDue{Agency: f.Agency, DueCounts: counts}, r.For)), nil
	case f.Officer != "":
		return out, nil
	}
	list, err := s.Views.DueByAgency(f.Division, r.AsOf)
	for _, a := range list {
		out = append(out, answer.AgencyDueOf(a, r.For))
	}
	return out, err
}

// whole writes a number that may be unknown.
func whole(n *int) string {
	if n == nil {
		return ""
	}
	return itoa(*n)
}

var dueColumns = []column[answer.DueItem]{
	plain("stream", "事项", func(r answer.DueItem) string { return r.Stream }),
	plain("aggregate", "事项种类", func(r answer.DueItem) string { return r.Aggregate }),
	plain("id", "编号", func(r answer.DueItem) string { return r.ID }),
	plain("institution_id", "机构编号", func(r answer.DueItem) string { return r.Institution.IDOrNone() }),
	plain("institution_name", "机构名称", func(r answer.DueItem) string { return r.Institution.NameOrNone() }),
	coded("clock", "期限", func(r answer.DueItem) term.Clock { return r.Clock }),
	plain("part", "部分", func(r answer.DueItem) string { return string(r.Part) }),
	plain("agency", "机关代码", func(r answer.DueItem) string { return r.Agency }),
	plain("agency_name", "机关", func(r answer.DueItem) string { return r.AgencyName }),
	plain("officer", "人员编号", func(r answer.DueItem) string { return string(r.Officer) }),
	plain("from", "起算日", func(r answer.DueItem) string { return r.From.String() }),
	plain("due", "届满日", func(r answer.DueItem) string { return r.Due.String() }),
	number("awaits_calendar", "待公布日历的年份", func(r answer.DueItem) string { return whole(r.Awaits) }),
	plain("paused_since", "中止日", func(r answer.DueItem) string { return r.PausedSince.String() }),
	{name: "state", zh: "状态", value: func(r answer.DueItem) string { return string(r.State) },
		label: func(r answer.DueItem) domain.Text { return answer.DueStateLabel(r.State) }},
	number("days_left", "剩余天数", func(r answer.DueItem) string { return whole(r.DaysLeft) }),
	plain("missed_on", "逾期记录日", func(r answer.DueItem) string { return r.MissedOn.String() }),
}

var dueCountColumns = []column[answer.AgencyDue]{
	plain("agency", "机关代码", func(r answer.AgencyDue) string { return r.Agency }),
	plain("agency_name", "机关", func(r answer.AgencyDue) string { return r.Name }),
	plain("division_code", "区划代码", func(r answer.AgencyDue) string { return string(r.In) }),
	number("late", "已逾期", func(r answer.AgencyDue) string { return itoa(r.Late) }),
	number("today", "今日到期", func(r answer.AgencyDue) string { return itoa(r.Today) }),
	number("week", "七日内到期", func(r answer.AgencyDue) string { return itoa(r.Week) }),
	number("later", "七日后到期", func(r answer.AgencyDue) string { return itoa(r.Later) }),
	number("paused", "中止计算", func(r answer.AgencyDue) string { return itoa(r.Paused) }),
	number("awaiting", "待公布工作日历", func(r answer.AgencyDue) string { return itoa(r.Awaiting) }),
	number("lapsed", "权利期限已过", func(r answer.AgencyDue) string { return itoa(r.Lapsed) }),
	number("total", "合计", func(r answer.AgencyDue) string { return itoa(r.Total) }),
}
