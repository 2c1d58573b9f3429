package api

import (
	"cmp"
	"context"
	"slices"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/draw"
	"minglu/domain/inspection"
	"minglu/domain/term"
	"minglu/projections"
	"minglu/register"
)

var inspectionWork = func() workKind {
	k := workKindOf(register.Inspection)
	k.public = (*server).publicInspections
	return k
}()

var inspectionRoutes = []*route{
	inspectionWork.list("Inspections.", "Agencies of the division and of those above it see all of them, everybody those whose plan or result is public. "),
	get("/inspections/{id}", "inspections", "Show an inspection.", (*server).showInspection, workViews,
		about("Visits and findings are public with the published result. Of a covert inspection, or one that checks a grievance, nothing is public before.")),
	inspectionWork.events(),
	get("/inspections/{id}/draw", "inspections", "Everything that is needed to make the draw again: minglu draw verify reads it.", (*server).showDraw, workViews,
		about("The population is that of the position at which it was frozen; Minglu-Seq tells where the views stand.")),
	visitTable.route("/inspections/{id}/visits", "The visits of an inspection; to the public those of the published result."),
	findingTable.route("/inspections/{id}/findings", "The findings of an inspection; to the public those of the published result."),
}

// inspection returns an inspection as the reader may see it, and what its answer
// is made of.
func (s *server) inspection(ctx context.Context, id string, r reading) (st inspection.State, p answer.Piece, err error) {
	v, err := s.work(ctx, inspectionWork, id, r)
	if err != nil {
		return st, p, err
	}
	st = v.state.(inspection.State)
	p, err = s.pieceOf(v, r, answer.InspectionInstitutions(st, v.facts), nil)
	return st, p, err
}

func (s *server) showInspection(ctx context.Context, in *workIn) (*reply[encoded[answer.Inspection]], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	st, p, err := s.inspection(ctx, in.ID, r)
	if err != nil {
		return nil, err
	}
	a := answer.InspectionOf(st, p, r.For)
	return shown(r, a, a.Version, a.UpdatedSeq)
}

func (s *server) showDraw(ctx context.Context, in *workIn) (*reply[encoded[draw.Package]], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	v, err := s.work(ctx, inspectionWork, in.ID, r)
	if err != nil {
		return nil, err
	}
	st := v.state.(inspection.State)
	if !st.Held() {
		return nil, drawless(st)
	}
	tiers, err := s.Register.Population(ctx, v.head.Stream, st.Draw.On, st.Draw.PopulationSeq)
	if err != nil {
		return nil, err
	}
	return shown(r, st.Package(tiers), v.head.Version, 0)
}

// drawless says why there is no draw to be made again.
func drawless(st inspection.State) error {
	switch {
	case st.Kind != term.RandomInspection:
		return domain.Fault(domain.NotFound, domain.Say("这项检查不是双随机抽查，没有抽取", "this is no random inspection and has no draw"))
	case st.Committed != 0:
		return domain.Fault(domain.NotFound, domain.Say("尚未抽取；种子的承诺已于 %s 公布", "the draw was not held yet; the commitment of its seed was published on %s", st.Committed))
	}
	return domain.Fault(domain.NotFound, domain.Say("尚未抽取，也未公布种子的承诺", "the draw was not held yet, nor was the commitment of its seed published"))
}

// publicInspections returns a page of the inspections that the public may see:
// those whose plan is public, as agencies see them, and of others the published
// result. r is a reading of the public.
func (s *server) publicInspections(f projections.WorkFilter, q, after string, limit int, r reading) (part[answer.WorkRow], error) {
	found, err := s.Views.Work(projections.WorkQuery{
		WorkFilter: projections.WorkFilter{Aggregate: f.Aggregate, Division: f.Division, Institution: f.Institution}, AtSeq: r.AtSeq, Limit: everything,
	})
	if err != nil {
		return part[answer.WorkRow]{}, err
	}
	heads, err := s.seenHeads(found.Heads, r)
	if err == nil && r.earlierDay() {
		heads, err = s.headsOnDay(heads, projections.WorkFilter{}, r)
	}
	if err != nil {
		return part[answer.WorkRow]{}, err
	}
	results, err := s.publishedResults(found.Heads, r)
	if err != nil {
		return part[answer.WorkRow]{}, err
	}
	heads = slices.DeleteFunc(append(heads, results...), func(h projections.WorkHead) bool { return !workTaken(f, h) })
	if f.Institution != "" {
		if heads, err = s.headsAbout(heads, f.Institution, r); err != nil {
			return part[answer.WorkRow]{}, err
		}
	}
	if q != "" {
		if heads, err = s.headsNamed(heads, q, r); err != nil {
			return part[answer.WorkRow]{}, err
		}
	}
	slices.SortFunc(heads, func(a, b projections.WorkHead) int {
		return cmp.Or(cmp.Compare(cmp.Or(b.Opened, b.Closed), cmp.Or(a.Opened, a.Closed)), cmp.Compare(b.ID(), a.ID()))
	})
	return cut(heads, after, limit, func(heads []projections.WorkHead) ([]answer.WorkRow, error) {
		names, err := s.namesOf(institutionsIn(heads), r)
		rows := make([]answer.WorkRow, len(heads))
		for i, h := range heads {
			rows[i] = answer.PublicInspectionRowOf(h, names, r.For)
		}
		return rows, err
	})
}

// publishedResults returns what the public may know of the inspections whose plan
// is not public, and whose result is.
func (s *server) publishedResults(heads []projections.WorkHead, r reading) (out []projections.WorkHead, err error) {
	for _, h := range heads {
		if h.Closed == 0 || h.Visibility == domain.Public || h.Visibility == "" {
			continue
		}
		v, err := s.sight(h.Stream, r)
		if err != nil {
			return nil, err
		}
		if public, err := s.published(v, r); err != nil {
			return nil, err
		} else if public {
			out = append(out, v.head)
		}
	}
	return out, nil
}

// headsAbout returns the heads of the work that is about an institution by what
// the reader may read: whom an inspection visited is not public before its result.
func (s *server) headsAbout(heads []projections.WorkHead, institution string, r reading) (out []projections.WorkHead, err error) {
	for _, h := range heads {
		v, err := s.sight(h.Stream, r)
		if err != nil {
			return nil, err
		}
		if answer.Concerned(v.facts, institution) {
			out = append(out, h)
		}
	}
	return out, nil
}

// An inspectionTable is one table of what an inspection brought up.
type inspectionTable[R any] struct {
	title   string
	columns []column[R]
	rows    func(inspection.State, answer.Piece, answer.For) []R
}

type inspectionTableIn struct {
	ID string `path:"id"`
	PageParams
	FileParams
	Moment
}

func (t inspectionTable[R]) route(path, summary string) *route {
	return get(path, "inspections", summary, t.show, asTable, workViews)
}

func (t inspectionTable[R]) show(s *server, ctx context.Context, in *inspectionTableIn) (*reply[*sheet[*answer.InspectionTable[R], R]], error) {
	w, err := s.walk(ctx, nil, in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	var p params
	words := p.oneOf("labels", in.Labels, "codes", "zh") == "zh"
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	st, piece, err := s.inspection(ctx, in.ID, r)
	if err != nil {
		return nil, err
	}
	out := &reply[*sheet[*answer.InspectionTable[R], R]]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment(t.title, r.q.rep)}
	if fresh(out, r) {
		return out, nil
	}
	all := t.rows(st, piece, r.For)
	limit := w.limit
	if w.whole {
		limit = len(all)
	}
	found, err := cut(all, w.after, limit, func(rows []R) ([]R, error) { return rows, tooManyRows(r.q.rep, len(rows)) })
	if err != nil {
		return nil, err
	}
	page := answer.InspectionTableOf(st, piece, found.rows, found.total, r.For)
	page.Next, out.Link = w.next(found.next, r)
	out.Body = &sheet[*answer.InspectionTable[R], R]{Page: &page, columns: t.columns, words: words, bare: in.BOM == "0", rows: rowsOf(found.rows)}
	return out, nil
}

var visitTable = inspectionTable[answer.InspectionVisit]{title: "检查记录", rows: answer.InspectionVisitsOf, columns: []column[answer.InspectionVisit]{
	number("visit", "次序", func(r answer.InspectionVisit) string { return itoa(r.Visit) }),
	plain("on", "检查日", func(r answer.InspectionVisit) string { return r.On.String() }),
	plain("institution_id", "机构编号", func(r answer.InspectionVisit) string { return r.Institution.IDOrNone() }),
	plain("institution_name", "机构名称", func(r answer.InspectionVisit) string { return r.Institution.NameOrNone() }),
	plain("premises", "场所", func(r answer.InspectionVisit) string { return string(r.Premises) }),
	plain("agencies", "检查机关代码", func(r answer.InspectionVisit) string { return listed(r.Agencies) }),
	plain("officers", "检查人员编号", func(r answer.InspectionVisit) string { return listed(r.Officers) }),
	codes("items", "检查事项", func(r answer.InspectionVisit) []term.CheckItem { return r.Items }),
	number("findings", "发现问题数", func(r answer.InspectionVisit) string { return itoa(r.Findings) }),
	number("serious", "严重问题数", func(r answer.InspectionVisit) string { return itoa(r.Serious) }),
	number("corrected_on_site", "当场改正数", func(r answer.InspectionVisit) string { return itoa(r.Corrected) }),
}}

var findingTable = inspectionTable[answer.InspectionFinding]{title: "检查发现", rows: answer.InspectionFindingsOf, columns: []column[answer.InspectionFinding]{
	number("finding", "序号", func(r answer.InspectionFinding) string { return whole(r.Finding) }),
	number("visit", "检查次序", func(r answer.InspectionFinding) string { return itoa(r.Visit) }),
	plain("on", "检查日", func(r answer.InspectionFinding) string { return r.On.String() }),
	plain("institution_id", "机构编号", func(r answer.InspectionFinding) string { return r.Institution.IDOrNone() }),
	plain("institution_name", "机构名称", func(r answer.InspectionFinding) string { return r.Institution.NameOrNone() }),
	plain("premises", "场所", func(r answer.InspectionFinding) string { return string(r.Premises) }),
	coded("item", "检查事项", func(r answer.InspectionFinding) term.CheckItem { return r.Item }),
	coded("severity", "问题程度", func(r answer.InspectionFinding) term.Severity { return r.Severity }),
	{name: "corrected_on_site", zh: "当场改正", value: func(r answer.InspectionFinding) string { return yesNo(r.Corrected) },
		label: func(r answer.InspectionFinding) domain.Text { return yesOrNo(r.Corrected) }},
	plain("corrected_on", "改正日", func(r answer.InspectionFinding) string { return r.CorrectedOn.String() }),
	{name: "variant", zh: "隐形变异", value: func(r answer.InspectionFinding) string { return string(r.Variant) },
		label: func(r answer.InspectionFinding) domain.Text { return term.Variant(r.Variant).Label() }},
	plain("agency", "发现机关代码", func(r answer.InspectionFinding) string { return string(r.Agency) }),
	plain("basis", "依据", func(r answer.InspectionFinding) string { return string(r.Basis) }),
	plain("facts", "事实", func(r answer.InspectionFinding) string { return string(r.Facts) }),
}}

func yesOrNo(b bool) domain.Text {
	if b {
		return domain.Text{ZH: "是", EN: "yes"}
	}
	return domain.Text{ZH: "否", EN: "no"}
}
