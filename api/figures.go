package api

import (
	"context"
	"slices"
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/division"
	"minglu/domain/term"
	"minglu/projections"
)

const tagFigures = "figures"

var figureRoutes = []*route{
	get("/figures", tagFigures, "What a bureau reports: counts of a period with their unit and precision.", (*server).listFigures, asTable,
		reads(projections.FiguresView, projections.DivisionsView),
		about("Counted for the division of the act and the effective day of the fact, and for nothing after as_of. “余” (at_least) and “近” (nearly) are kept through every sum. "+
			"Small numbers of complaints, of disputes and of their people are told to officers of the division only; the parameter grievance.small_number of the division says what is small, as of today. "+
			"Nobody should take numbers of different periods or divisions from each other to work out what is withheld. "+
			"A file has one row for each number: the total, then its items, then its agencies.")),
	get("/figures/durations", tagFigures, "How long things took, by clock and agency.", (*server).listDurations, asTable,
		reads(projections.FiguresView, projections.DivisionsView),
		about("Of clocks that ended in the period: quantiles of the nearest rank, in calendar days.")),
	get("/figures/funnel", tagFigures, "From unlicensed premises to licences.", (*server).showFunnel, asTable,
		reads(projections.FiguresView)),
}

// PeriodParams are the parameters that choose what is counted.
type PeriodParams struct {
	Division string `query:"division" doc:"Of the acts: six digits, with all that lies below, or the digits that codes begin with." example:"530427"`
	From     string `query:"from" doc:"First effective day." example:"2026-01-01"`
	To       string `query:"to" doc:"Last effective day; as_of where it is left out, or where that is earlier."`
}

// read settles the period; what is counted ends with as_of.
func (in PeriodParams) read(p *params) (q projections.FiguresQuery) {
	q.Division, q.From, q.To = p.division("division", in.Division), p.day("from", in.From), p.day("to", in.To)
	if q.To != 0 && q.From > q.To {
		p.fault("from", "after_end", domain.Say("起始日晚于截止日", "the first day lies after the last"))
	}
	return q
}

// within bounds a query by the day and the position of a reading.
func within(q projections.FiguresQuery, r reading) projections.FiguresQuery {
	q.AtSeq = r.AtSeq
	if q.To == 0 || q.To > r.AsOf {
		q.To = r.AsOf
	}
	return q
}

// agency takes the code of an agency, or nothing.
func (p *params) agency(name, text string) string {
	if text == "" {
		return ""
	}
	if _, err := authority.ParseAgency(text); err != nil {
		p.fault(name, "unknown_agency", domain.Say("“%s”不是机关代码", "%q is no agency", clip(text)))
	}
	return text
}

// codesOf takes codes of a closed list, separated by commas, or nothing.
func codesOf[T ~string](p *params, name, text string, l *term.List) (out []T) {
	if text == "" {
		return nil
	}
	for code := range strings.SplitSeq(text, ",") {
		if p.code(name, code, l) != "" {
			out = append(out, T(code))
		}
	}
	if len(out) == 0 && len(p.faults) == 0 {
		p.fault(name, "required", domain.Say("请写明代码", "name a code"))
	}
	return out
}

// publicity says what a reader is told of small numbers of a division, or of an
// agency: all, where it is an officer's own business. Where the division of the
// one and of the other set different thresholds, the greater holds.
func (s *server) publicity(in, agency string, r reading) (answer.Publicity, error) {
	whole, own := wholeDivision(in), division.Code("")
	if a, err := authority.ParseAgency(agency); err == nil {
		own = a.Division
	}
	if r.Reader.Over(whole) || r.Reader.Over(own) {
		return answer.Publicity{}, nil
	}
	now := r
	now.AsOf, now.AtSeq = r.Today, r.head // limits of publication are those of today
	out := answer.Publicity{}
	for _, code := range []division.Code{whole, own} {
		if code == "" && whole != own {
			continue
		}
		policy, err := s.policy(code, now)
		if err != nil {
			return out, err
		}
		out.Small = max(out.Small, policy.Int("grievance.small_number"))
	}
	return out, nil
}

// beside returns where an agency stands beside others: among those that are
// asked for, and among those of its own division.
func beside(q projections.FiguresQuery) []projections.FiguresQuery {
	a, err := authority.ParseAgency(q.Agency)
	if err != nil {
		return nil
	}
	all, own := q, q
	all.Agency, own.Agency, own.Division = "", "", string(a.Division)
	return []projections.FiguresQuery{all, own}
}

type figuresIn struct {
	PeriodParams
	Agency string `query:"agency" doc:"Whose figures." example:"530427-education"`
	Key    string `query:"key" doc:"Codes of figures, separated by commas; all where it is left out." example:"grievances_received,grievances_closed"`
	FileParams
	Moment
}

type figureSheet = sheet[*answer.Figures, answer.FigureRow]

func (s *server) listFigures(ctx context.Context, in *figuresIn) (*reply[*figureSheet], error) {
	var p params
	q := in.read(&p)
	q.Agency, q.Keys = p.agency("agency", in.Agency), codesOf[term.Figure](&p, "key", in.Key, term.Figures)
	words := p.oneOf("labels", in.Labels, "codes", "zh") == "zh"
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	out := &reply[*figureSheet]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment("统计指标", r.q.rep)}
	if fresh(out, r) {
		return out, nil
	}
	bounded := within(q, r)
	totals, err := s.Views.Figures(bounded)
	if err != nil {
		return nil, err
	}
	public, err := s.figurePublicity(bounded, r)
	if err != nil {
		return nil, err
	}
	items := answer.FigureItemsOf(totals, public, r.For)
	page := &answer.Figures{Division: answer.Maybe(in.Division), Agency: answer.Maybe(in.Agency), From: answer.Date{Day: q.From}, To: answer.Date{Day: q.To},
		SmallNumber: public.SmallNumber(), Items: items, Total: len(items), AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq, Scheduled: r.Scheduled()}
	if len(q.Keys) == 0 || slices.Contains(q.Keys, term.GrievancesReceived) && slices.Contains(q.Keys, term.GrievancesClosed) {
		page.ClosingRate = answer.ClosingRateOf(items, r.For)
	}
	out.Body = &figureSheet{Page: page, columns: figureColumns, words: words, bare: in.BOM == "0", rows: rowsOf(answer.FigureRowsOf(items))}
	return out, nil
}

// figurePublicity is publicity with the figures of one agency that are withheld
// where it stands beside others, since they would tell what is withheld there.
func (s *server) figurePublicity(q projections.FiguresQuery, r reading) (answer.Publicity, error) {
	public, err := s.publicity(q.Division, q.Agency, r)
	if err != nil || public.Small == 0 {
		return public, err
	}
	public.Figures = map[term.Figure]bool{}
	for _, all := range beside(q) {
		all.Keys = answer.Confidential()
		totals, err := s.Views.Figures(all)
		if err != nil {
			return public, err
		}
		for _, t := range totals {
			public.Figures[t.Key] = public.Figures[t.Key] || public.WithheldFigure(t, q.Agency)
		}
	}
	return public, nil
}

type durationsIn struct {
	PeriodParams
	Agency string `query:"agency" doc:"Whose clocks." example:"530427-education"`
	Key    string `query:"key" doc:"Codes of clocks, separated by commas; all where it is left out."`
	FileParams
	Moment
}

type durationSheet = sheet[*answer.Durations, answer.DurationRow]

func (s *server) listDurations(ctx context.Context, in *durationsIn) (*reply[*durationSheet], error) {
	var p params
	q := in.read(&p)
	q.Agency = p.agency("agency", in.Agency)
	keys := codesOf[term.Clock](&p, "key", in.Key, term.Clocks)
	words := p.oneOf("labels", in.Labels, "codes", "zh") == "zh"
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	out := &reply[*durationSheet]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment("办理时长", r.q.rep)}
	if fresh(out, r) {
		return out, nil
	}
	bounded := within(q, r)
	clocks, err := s.Views.Durations(durationsOf(bounded, keys))
	if err != nil {
		return nil, err
	}
	public, err := s.durationPublicity(bounded, r)
	if err != nil {
		return nil, err
	}
	rows := answer.DurationRowsOf(clocks, q.Agency, public, r.For)
	page := &answer.Durations{Division: answer.Maybe(in.Division), Agency: answer.Maybe(in.Agency), From: answer.Date{Day: q.From}, To: answer.Date{Day: q.To},
		SmallNumber: public.SmallNumber(), Items: rows, Total: len(rows), AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq, Scheduled: r.Scheduled()}
	out.Body = &durationSheet{Page: page, columns: durationColumns, words: words, bare: in.BOM == "0", rows: rowsOf(rows)}
	return out, nil
}

func durationsOf(q projections.FiguresQuery, keys []term.Clock) projections.DurationsQuery {
	return projections.DurationsQuery{Division: q.Division, Agency: q.Agency, From: q.From, To: q.To, AtSeq: q.AtSeq, Keys: keys}
}

// durationPublicity is figurePublicity for clocks.
func (s *server) durationPublicity(q projections.FiguresQuery, r reading) (answer.Publicity, error) {
	public, err := s.publicity(q.Division, q.Agency, r)
	if err != nil || public.Small == 0 {
		return public, err
	}
	public.Clocks = map[term.Clock]bool{}
	for _, all := range beside(q) {
		clocks, err := s.Views.Durations(durationsOf(all, answer.ConfidentialClocks()))
		if err != nil {
			return public, err
		}
		for _, c := range clocks {
			public.Clocks[c.Key] = public.Clocks[c.Key] || public.WithheldClock(c, q.Agency)
		}
	}
	return public, nil
}

type funnelIn struct {
	PeriodParams
	FileParams
	Moment
}

type funnelSheet = sheet[*answer.Funnel, answer.FunnelStep]

func (s *server) showFunnel(ctx context.Context, in *funnelIn) (*reply[*funnelSheet], error) {
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
	out := &reply[*funnelSheet]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment("摸排与办证", r.q.rep)}
	if fresh(out, r) {
		return out, nil
	}
	members, err := s.funnel(within(q, r), r)
	if err != nil {
		return nil, err
	}
	a := answer.FunnelOf(members, r.For)
	a.Division, a.From, a.To = answer.Maybe(in.Division), answer.Date{Day: q.From}, answer.Date{Day: q.To}
	out.Body = &funnelSheet{Page: &a, columns: funnelColumns, words: words, bare: in.BOM == "0", rows: rowsOf(a.Items)}
	return out, nil
}

// funnel finds who was surveyed in the period of q, and who applied and was
// granted from its beginning to the day asked about.
func (s *server) funnel(q projections.FiguresQuery, r reading) (m answer.FunnelMembers, err error) {
	q.Keys = []term.Figure{term.PremisesSurveyed}
	totals, err := s.Views.Figures(q)
	if err != nil {
		return m, err
	}
	for _, t := range totals {
		for _, p := range t.Items {
			if slices.Contains(answer.Unlicensed, p.Code) {
				m.Premises = m.Premises.Plus(p.Count)
			}
		}
	}
	if m.Surveyed, m.Nameless, err = s.Views.FigureInstitutions(q, term.PremisesSurveyed, answer.Unlicensed...); err != nil {
		return m, err
	}
	q.To, q.Agency = r.AsOf, ""
	if m.Applied, _, err = s.Views.FigureInstitutions(q, term.LicenceApplications); err != nil {
		return m, err
	}
	m.Granted, _, err = s.Views.FigureInstitutions(q, term.LicencesGranted)
	return m, err
}

// institutionsOf and precisionOf write a number of institutions that may be
// none.
func institutionsOf(c *answer.FigureCount) string {
	if c == nil {
		return ""
	}
	return whole(c.N)
}

func precisionOf(c *answer.FigureCount) term.Precision {
	if c == nil {
		return ""
	}
	return term.Precision(c.Precision)
}

// partWords are the words for the parts of a figure.
var partWords = map[string]domain.Text{
	"total": {ZH: "合计", EN: "total"}, "item": {ZH: "分项", EN: "item"}, "agency": {ZH: "机关", EN: "agency"},
}

var figureColumns = []column[answer.FigureRow]{
	coded("key", "指标", func(r answer.FigureRow) term.Figure { return r.Key }),
	{name: "part", zh: "部分", value: func(r answer.FigureRow) string { return r.Part },
		label: func(r answer.FigureRow) domain.Text { return partWords[r.Part] }},
	plain("code", "分项或机关代码", func(r answer.FigureRow) string { return string(r.Code) }),
	plain("code_label", "分项或机关", func(r answer.FigureRow) string { return string(r.CodeLabel) }),
	number("n", "数量", func(r answer.FigureRow) string { return whole(r.N) }),
	coded("unit", "单位", func(r answer.FigureRow) term.Unit { return r.Unit }),
	coded("precision", "精度", func(r answer.FigureRow) term.Precision { return term.Precision(r.Precision) }),
	plain("note", "说明", func(r answer.FigureRow) string { return string(r.Note) }),
	number("institutions", "不同机构数", func(r answer.FigureRow) string { return institutionsOf(r.Institutions) }),
	coded("institutions_precision", "机构数精度", func(r answer.FigureRow) term.Precision { return precisionOf(r.Institutions) }),
}

var durationColumns = []column[answer.DurationRow]{
	coded("clock", "期限", func(r answer.DurationRow) term.Clock { return r.Clock }),
	plain("agency", "机关代码", func(r answer.DurationRow) string { return string(r.Agency) }),
	plain("agency_name", "机关", func(r answer.DurationRow) string { return string(r.AgencyName) }),
	number("n", "办结数", func(r answer.DurationRow) string { return whole(r.N) }),
	number("median", "中位天数", func(r answer.DurationRow) string { return whole(r.Median) }),
	number("p90", "九成天数", func(r answer.DurationRow) string { return whole(r.P90) }),
	number("late", "逾期办结数", func(r answer.DurationRow) string { return whole(r.Late) }),
	plain("note", "说明", func(r answer.DurationRow) string { return string(r.Note) }),
}

var funnelColumns = []column[answer.FunnelStep]{
	{name: "step", zh: "环节", value: func(r answer.FunnelStep) string { return r.Step },
		label: func(r answer.FunnelStep) domain.Text { return answer.FunnelLabel(r.Step) }},
	number("n", "数量", func(r answer.FunnelStep) string { return whole(r.N) }),
	coded("unit", "单位", func(r answer.FunnelStep) term.Unit { return r.Unit }),
	coded("precision", "精度", func(r answer.FunnelStep) term.Precision { return term.Precision(r.Precision) }),
	number("institutions", "不同机构数", func(r answer.FunnelStep) string { return whole(r.Institutions.N) }),
	coded("institutions_precision", "机构数精度", func(r answer.FunnelStep) term.Precision { return term.Precision(r.Institutions.Precision) }),
	plain("note", "说明", func(r answer.FunnelStep) string { return string(r.Note) }),
}
