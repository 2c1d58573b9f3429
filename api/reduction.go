package api

import (
	"context"
	"iter"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/projections"
)

const tagReduction = "reduction"

var reductionRoutes = []*route{
	get("/reduction", tagReduction, "The reduction rate of a division, with all that it is made of.", (*server).showReduction,
		reads(projections.ReductionView, projections.DivisionsView),
		about("The rate is never shown without its fraction, baseline and method; without a baseline it is undefined, never 0 or 100. Where a division froze no baseline of its own that fits, those of the divisions below it are added up.")),
	get("/reduction/series", tagReduction, "The rate over time.", (*server).reductionSeries,
		reads(projections.ReductionView, projections.DivisionsView), offers(asJSON, asCSV, asNDJSON, asXLSX)),
	get("/reduction/members", tagReduction, "Who is behind the rate.", (*server).reductionMembers, asTable,
		reads(projections.ReductionView, projections.DivisionsView, projections.InstitutionsView)),
}

// CohortParams are the parameters that choose a cohort and a method.
type CohortParams struct {
	Division string `query:"division" doc:"Six digits; what lies below is included." example:"530427"`
	Audience string `query:"audience" doc:"Of the baseline."`
	Mode     string `query:"mode" doc:"Of the baseline; any where it is left out."`
	Method   string `query:"method" doc:"How to count; that of the division's policy, ministry by default."`
	Baseline string `query:"baseline" doc:"Name of the baseline; the newest that fits where it is left out."`
}

func (c *CohortParams) asked() map[string]*string {
	return map[string]*string{"division": &c.Division, "audience": &c.Audience, "mode": &c.Mode, "method": &c.Method, "baseline": &c.Baseline}
}

// read settles the cohort. The rate is one of subject training.
func (c *CohortParams) read(p *params) projections.CohortQuery {
	q := projections.CohortQuery{Division: c.Division, Baseline: c.Baseline, Class: term.Subject, Mode: term.Mode(p.code("mode", c.Mode, term.Modes))}
	switch code := division.Code(c.Division); {
	case c.Division == "":
		p.fault("division", "required", domain.Say("请写明六位区划代码", "give a division code of six digits"))
	case !code.WellFormed():
		p.fault("division", "division_form", domain.Say("压减率按六位区划代码计算", "the rate is counted for a division code of six digits"))
	default:
		p.division("division", c.Division)
	}
	if a := p.code("audience", c.Audience, term.Audiences); a != "" {
		q.Audiences = []term.Audience{term.Audience(a)}
	}
	if c.Baseline != "" {
		q.Class = "" // a baseline that is named may be of any class
	}
	return q
}

// method returns the method asked for, or that of the division's policy.
func (s *server) method(c CohortParams, p *params, r reading) (term.Method, error) {
	if m := p.code("method", c.Method, term.Methods); m != "" || len(p.faults) > 0 {
		return term.Method(m), p.err()
	}
	policy, err := s.policy(division.Code(c.Division), r)
	return term.Method(policy.Text("reduction.method")), err
}

// policy returns the parameters of a division in force on the day.
func (s *server) policy(code division.Code, r reading) (rule.Policy, error) {
	var values []map[string]string
	chain := append([]division.Code{code}, division.Parents(code)...)
	for i := len(chain) - 1; i >= 0; i-- {
		st, _, err := s.Views.Jurisdiction(chain[i], r.AtSeq)
		if err != nil {
			return rule.Policy{}, err
		}
		v, _ := st.Parameters(r.AsOf)
		values = append(values, v)
	}
	return rule.NewPolicy("", values...), nil
}

type reductionIn struct {
	CohortParams
	Moment
}

func (s *server) showReduction(ctx context.Context, in *reductionIn) (*reply[encoded[answer.Reduction]], error) {
	var p params
	q := in.read(&p)
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	method, err := s.method(in.CohortParams, &p, r)
	if err != nil {
		return nil, err
	}
	cohorts, err := s.Views.Cohort(q, []calendar.Day{r.AsOf}, r.AtSeq)
	if err != nil {
		return nil, err
	}
	return shown(r, answer.ReductionOf(cohorts[0], division.Code(in.Division), method, r.For), 0, 0)
}

type seriesIn struct {
	CohortParams
	From string `query:"from" doc:"First day." example:"2021-07-01"`
	To   string `query:"to" doc:"Last day; as_of where it is left out."`
	Step string `query:"step" enum:"month,quarter,year" doc:"Ends of months by default."`
	FileParams
	Moment
}

// mostPoints bounds a series.
const mostPoints = 1200

func (s *server) reductionSeries(ctx context.Context, in *seriesIn) (*reply[*sheet[*answer.ReductionSeries, answer.Reduction]], error) {
	var p params
	q := in.read(&p)
	from, to, step := p.day("from", in.From), p.day("to", in.To), p.oneOf("step", in.Step, "month", "quarter", "year")
	words := p.oneOf("labels", in.Labels, "codes", "zh") == "zh"
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	method, err := s.method(in.CohortParams, &p, r)
	if err != nil {
		return nil, err
	}
	if to == 0 {
		to = r.AsOf
	}
	if from == 0 {
		if from, err = s.baselineDay(q, r); err != nil {
			return nil, err
		}
	}
	if from > to {
		return nil, domain.BadField("/from", "after_end", domain.Say("起始日晚于截止日", "the first day lies after the last"))
	}
	days := seriesDays(from, to, step)
	if len(days) > mostPoints {
		return nil, domain.BadField("/from", "too_long", domain.Say("最多 %d 个点，请缩短区间", "%d points at most; take a shorter time", mostPoints))
	}
	cohorts, err := s.Views.Cohort(q, days, r.AtSeq)
	if err != nil {
		return nil, err
	}
	code := division.Code(in.Division)
	a := &answer.ReductionSeries{Division: code, DivisionName: answer.DivisionOn(code, r.AsOf).Name, Method: method,
		From: answer.Date{Day: from}, To: answer.Date{Day: to}, Step: step, Items: []answer.Reduction{}, AtSeq: r.AtSeq}
	for i, day := range days {
		f := r.For
		f.AsOf = day
		a.Items = append(a.Items, answer.ReductionOf(cohorts[i], code, method, f))
	}
	out := &reply[*sheet[*answer.ReductionSeries, answer.Reduction]]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment("压减率", r.q.rep)}
	if fresh(out, r) {
		return out, nil
	}
	out.Body = &sheet[*answer.ReductionSeries, answer.Reduction]{Page: a, columns: reductionColumns, words: words, bare: in.BOM == "0", rows: rowsOf(a.Items)}
	return out, nil
}

// baselineDay is where a series begins by itself: on the day of the baseline.
func (s *server) baselineDay(q projections.CohortQuery, r reading) (calendar.Day, error) {
	cohorts, err := s.Views.Cohort(q, []calendar.Day{r.AsOf}, r.AtSeq)
	if err != nil || !cohorts[0].Frozen {
		return r.AsOf, err
	}
	return cohorts[0].Date, nil
}

// seriesDays returns the first day, the ends of the periods that follow, and
// the last day.
func seriesDays(from, to calendar.Day, step string) []calendar.Day {
	months := map[string]int{"month": 1, "quarter": 3, "year": 12}[step]
	days := []calendar.Day{from}
	// The first period ends with the month, quarter or year of the first day.
	month := (int(from.Month())-1)/months*months + 1
	begin := calendar.Date(from.Year(), 1, 1).AddMonths(month - 1 + months)
	for begin != 0 && begin.AddDays(-1) < to && len(days) <= mostPoints {
		if end := begin.AddDays(-1); end > from {
			days = append(days, end)
		}
		begin = begin.AddMonths(months)
	}
	if to > from {
		days = append(days, to)
	}
	return days
}

var reductionColumns = []column[answer.Reduction]{
	plain("as_of", "截至", func(r answer.Reduction) string { return r.AsOf.String() }),
	plain("division", "区划代码", func(r answer.Reduction) string { return string(r.Division) }),
	coded("method", "算法", func(r answer.Reduction) term.Method { return r.Method }),
	number("numerator", "分子", func(r answer.Reduction) string { return itoa(r.Numerator) }),
	number("denominator", "分母", func(r answer.Reduction) string { return itoa(r.Denominator) }),
	number("rate", "压减率（%）", func(r answer.Reduction) string { return string(r.Rate) }),
	number("cancelled", "已注销", func(r answer.Reduction) string { return itoa(r.Exits.Cancelled) }),
	number("converted", "已转型", func(r answer.Reduction) string { return itoa(r.Exits.Converted) }),
	number("senior_high_only", "只办高中", func(r answer.Reduction) string { return itoa(r.Exits.SeniorHighOnly) }),
	number("non_profit", "已转为非营利", func(r answer.Reduction) string { return itoa(r.Exits.NonProfit) }),
	number("terminating", "终止办学公告中", func(r answer.Reduction) string { return itoa(r.Exits.Terminating) }),
	number("suspended", "暂停", func(r answer.Reduction) string { return itoa(r.Exits.Suspended) }),
	number("active", "在办", func(r answer.Reduction) string { return itoa(r.Exits.Active) }),
	number("entrants", "新进", func(r answer.Reduction) string { return itoa(r.Entrants) }),
	number("relapses", "转型后再犯", func(r answer.Reduction) string { return itoa(r.Relapses) }),
}

type membersIn struct {
	CohortParams
	PageParams
	FileParams
	Moment
}

func (s *server) reductionMembers(ctx context.Context, in *membersIn) (*reply[*sheet[*answer.ReductionMembers, answer.ReductionMember]], error) {
	w, err := s.walk(ctx, in.asked(), in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	var p params
	q := in.read(&p)
	words := p.oneOf("labels", in.Labels, "codes", "zh") == "zh"
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	method, err := s.method(in.CohortParams, &p, r)
	if err != nil {
		return nil, err
	}
	cohorts, err := s.Views.Cohort(q, []calendar.Day{r.AsOf}, r.AtSeq)
	if err != nil {
		return nil, err
	}
	c := cohorts[0]
	all := c.Members
	for _, stream := range c.Newer {
		all = append(all[:len(all):len(all)], projections.Member{Stream: stream})
	}
	var pp params
	from := int(min(pp.number("cursor", w.after), uint64(len(all))))
	if err := pp.err(); err != nil {
		return nil, err
	}
	to := min(from+w.limit, len(all))
	rows, err := s.memberRows(all, from, to, len(c.Members), method, r)
	if err != nil {
		return nil, err
	}
	page := &answer.ReductionMembers{Division: division.Code(in.Division), Method: method, Items: rows, Total: len(all),
		Baseline: answer.ReductionOf(c, division.Code(in.Division), method, r.For).Baseline, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq}
	out := &reply[*sheet[*answer.ReductionMembers, answer.ReductionMember]]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment("压减率成员", r.q.rep)}
	if fresh(out, r) {
		return out, nil
	}
	next := ""
	if to < len(all) {
		next = itoa(to)
	}
	page.Next, out.Link = w.next(next, r)
	out.Body = &sheet[*answer.ReductionMembers, answer.ReductionMember]{Page: page, columns: memberColumns, words: words, bare: in.BOM == "0", rows: rowsOf(rows)}
	if w.whole {
		if err := tooManyRows(r.q.rep, len(all)); err != nil {
			return nil, err
		}
		out.Link = ""
		out.Body.rows = s.allMembers(all, len(c.Members), method, r)
	}
	return out, nil
}

// memberRows makes rows of members from to to; those from old on are entrants.
func (s *server) memberRows(all []projections.Member, from, to, old int, method term.Method, r reading) ([]answer.ReductionMember, error) {
	streams := make([]string, 0, to-from)
	for _, m := range all[from:to] {
		streams = append(streams, m.Stream)
	}
	list, err := s.institutions(streams, r)
	if err != nil {
		return nil, err
	}
	known := make(map[string]twice, len(list))
	for _, t := range list {
		known[t.then.Stream] = t
	}
	rows := make([]answer.ReductionMember, 0, to-from)
	for i, m := range all[from:to] {
		t := known[m.Stream]
		rows = append(rows, answer.MemberOf(m, from+i >= old, method, t.then, t.now, r.For))
	}
	return rows, nil
}

func (s *server) allMembers(all []projections.Member, old int, method term.Method, r reading) iter.Seq2[answer.ReductionMember, error] {
	return func(yield func(answer.ReductionMember, error) bool) {
		for from := 0; from < len(all); from += largestLimit {
			rows, err := s.memberRows(all, from, min(from+largestLimit, len(all)), old, method, r)
			if err != nil {
				yield(answer.ReductionMember{}, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

var memberColumns = []column[answer.ReductionMember]{
	plain("id", "编号", func(r answer.ReductionMember) string { return r.Institution.ID }),
	plain("name", "名称", func(r answer.ReductionMember) string { return r.Institution.Name }),
	plain("uscc", "统一社会信用代码", func(r answer.ReductionMember) string { return string(r.Institution.USCC) }),
	plain("division_code", "区划代码", func(r answer.ReductionMember) string { return string(r.Institution.Division) }),
	plain("division_name", "区划名称", func(r answer.ReductionMember) string { return r.Institution.DivisionName }),
	coded("state", "状态", func(r answer.ReductionMember) term.CohortState { return r.State }),
	plain("reduced", "计入减少", func(r answer.ReductionMember) string { return yesNo(r.Reduced) }),
	plain("relapse", "转型后再犯", func(r answer.ReductionMember) string { return yesNo(r.Relapse) }),
	plain("entrant", "新进", func(r answer.ReductionMember) string { return yesNo(r.Entrant) }),
}
