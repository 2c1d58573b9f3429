package api

import (
	"context"
	"slices"
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/division"
	"minglu/domain/jurisdiction"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

const tagOrganisation = "organisation"

var organisationRoutes = []*route{
	get("/organisation/agencies", tagOrganisation, "The agencies of a division.", agencyList.show, asTable, reads(projections.DivisionsView, timelineView)),
	get("/organisation/officers", tagOrganisation, "The enforcement officers: numbers and credentials, never names.", officerList.show, asTable, withToken, reads(projections.DivisionsView, timelineView)),
	get("/organisation/task-forces", tagOrganisation, "The task forces of agencies.", taskForceList.show, asTable, reads(projections.DivisionsView, timelineView)),
	get("/organisation/areas", tagOrganisation, "The areas and who is responsible for them.", areaList.show, asTable, reads(projections.DivisionsView, timelineView),
		about("The public is told posts, and how many are responsible; the numbers of officers are for officers.")),
	get("/organisation/conferences", tagOrganisation, "The joint conferences and what became of their resolutions.", conferenceList.show, asTable, reads(projections.DivisionsView, timelineView),
		about("A file has one row for each resolution.")),
	get("/organisation/hotlines", tagOrganisation, "Whom to call to complain or report.", hotlineList.show, asTable, reads(projections.DivisionsView, timelineView)),
	get("/organisation/documents", tagOrganisation, "The documents of a division and whether they are in force.", documentList.show, asTable, reads(projections.DivisionsView, timelineView)),
	get("/organisation/trainings", tagOrganisation, "The trainings held.", trainingList.show, asTable, reads(projections.DivisionsView, timelineView, projections.InstitutionsView)),
	get("/organisation/notices", tagOrganisation, "The letters and notices published.", noticeList.show, asTable, reads(projections.DivisionsView, timelineView)),
	get("/authority/sight", tagAuthority, "Who may read facts of a visibility, and may I?", (*server).showSight, reads(projections.TokensView)),
}

type organisationIn struct {
	Division string `query:"division" doc:"Six digits, with all that lies below, or the digits that codes begin with." example:"530427"`
	PageParams
	FileParams
	Moment
}

// An organisationList is one list of what divisions say of themselves: its items,
// in the order of the divisions and then as recorded, and the rows that files
// have of them.
type organisationList[I, R any] struct {
	title   string
	columns []column[R]
	items   func(s *server, code division.Code, st jurisdiction.State, r reading) ([]I, error)
	rows    func([]I) []R
}

func (l organisationList[I, R]) show(s *server, ctx context.Context, in *organisationIn) (*reply[*sheet[*answer.Organisation[I], R]], error) {
	w, err := s.walk(ctx, map[string]*string{"division": &in.Division}, in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	var p params
	filter, words, from := p.division("division", in.Division), p.oneOf("labels", in.Labels, "codes", "zh") == "zh", p.number("cursor", w.after)
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	out := &reply[*sheet[*answer.Organisation[I], R]]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment(l.title, r.q.rep)}
	if fresh(out, r) {
		return out, nil
	}
	all, err := l.all(s, filter, r)
	if err != nil {
		return nil, err
	}
	begin := int(min(from, uint64(len(all))))
	end := len(all)
	if !w.whole {
		end = min(begin+w.limit, len(all))
	}
	next := ""
	if end < len(all) {
		next = itoa(end)
	}
	items := all[begin:end]
	rows := l.rows(items)
	if err := tooManyRows(r.q.rep, len(rows)); err != nil {
		return nil, err
	}
	page := &answer.Organisation[I]{Division: answer.Maybe(in.Division), Items: items, Total: len(all), AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq, Scheduled: r.Scheduled()}
	page.Next, out.Link = w.next(next, r)
	out.Body = &sheet[*answer.Organisation[I], R]{Page: page, columns: l.columns, words: words, bare: in.BOM == "0", rows: rowsOf(rows)}
	return out, nil
}

// all returns the items of every division that a filter takes.
func (l organisationList[I, R]) all(s *server, filter string, r reading) ([]I, error) {
	codes, err := s.Views.DivisionsWithFacts(filter)
	if err != nil {
		return nil, err
	}
	out := []I{}
	for _, code := range codes {
		st, err := s.jurisdictionSeen(code, r)
		if err != nil {
			return nil, err
		}
		items, err := l.items(s, code, st, r)
		if err != nil {
			return nil, err
		}
		out = append(out, items...)
	}
	return out, nil
}

// jurisdictionSeen returns what a division had decided by the position, of the
// facts that the reader may read. An amendment is taken in whoever may read it:
// what was annulled is shown to nobody as if it still held.
func (s *server) jurisdictionSeen(code division.Code, r reading) (st jurisdiction.State, err error) {
	recs, err := s.facts(jurisdictionID(code), r.AtSeq)
	if err != nil {
		return st, err
	}
	recs, err = s.Log.Codec.Amend(slices.DeleteFunc(recs, func(rec eventstore.Record) bool {
		_, amends := rec.Event.(domain.Amendment)
		return !amends && !r.Reader.Sees(rec.Meta)
	}))
	for _, rec := range recs {
		if e, ok := rec.Event.(jurisdiction.Event); ok {
			st = jurisdiction.Evolve(st, rec.Meta, e)
		}
	}
	return st, err
}

// plainList is a list whose rows are its items, and whose items are made of the
// state of a division alone.
func plainList[I any](title string, items func(division.Code, jurisdiction.State, answer.For) []I, columns ...column[I]) organisationList[I, I] {
	return organisationList[I, I]{
		title: title, columns: columns, rows: func(items []I) []I { return items },
		items: func(_ *server, code division.Code, st jurisdiction.State, r reading) ([]I, error) {
			return items(code, st, r.For), nil
		},
	}
}

// inDivision are the columns of the division of a row.
func inDivision[R any](of func(R) answer.Division) []column[R] {
	return []column[R]{
		plain("division_code", "区划代码", func(r R) string { return string(of(r).Code) }),
		plain("division_name", "区划名称", func(r R) string { return of(r).Name }),
	}
}

// texts writes several texts in one cell.
func texts(list []string) string { return strings.Join(list, "；") }

var agencyList = plainList("机关", answer.AgencyEntriesOf, append(inDivision(func(r answer.AgencyEntry) answer.Division { return r.Division }),
	plain("agency", "机关代码", func(r answer.AgencyEntry) string { return r.Agency }),
	plain("name", "名称", func(r answer.AgencyEntry) string { return r.Name }),
	coded("status", "机关设置", func(r answer.AgencyEntry) term.AgencyStatus { return r.Status }),
	plain("competences", "职责", func(r answer.AgencyEntry) string { return texts(r.Competences) }),
	plain("from", "起始日", func(r answer.AgencyEntry) string { return r.From.String() }),
)...)

var officerList = plainList("执法人员", answer.OfficerEntriesOf, append(inDivision(func(r answer.OfficerEntry) answer.Division { return r.Division }),
	plain("officer", "人员编号", func(r answer.OfficerEntry) string { return r.Officer }),
	plain("agency", "机关代码", func(r answer.OfficerEntry) string { return r.Agency }),
	plain("agency_name", "机关", func(r answer.OfficerEntry) string { return r.AgencyName }),
	plain("credential", "执法证号", func(r answer.OfficerEntry) string { return r.Credential }),
	plain("field", "执法领域", func(r answer.OfficerEntry) string { return string(r.Field) }),
	plain("from", "起始日", func(r answer.OfficerEntry) string { return r.From.String() }),
	plain("until", "截止日", func(r answer.OfficerEntry) string { return r.Until.String() }),
)...)

var taskForceList = plainList("工作专班", answer.TaskForceEntriesOf, append(inDivision(func(r answer.TaskForceEntry) answer.Division { return r.Division }),
	plain("name", "名称", func(r answer.TaskForceEntry) string { return r.Name }),
	plain("lead", "牵头机关代码", func(r answer.TaskForceEntry) string { return r.Lead }),
	plain("lead_name", "牵头机关", func(r answer.TaskForceEntry) string { return r.LeadName }),
	plain("members", "成员机关代码", func(r answer.TaskForceEntry) string {
		var codes []string
		for _, m := range r.Members {
			codes = append(codes, m.Agency)
		}
		return strings.Join(codes, ";")
	}),
	plain("from", "成立日", func(r answer.TaskForceEntry) string { return r.From.String() }),
)...)

var areaList = plainList("包片工作组", answer.AreaEntriesOf, append(inDivision(func(r answer.AreaEntry) answer.Division { return r.Division }),
	plain("area", "片区", func(r answer.AreaEntry) string { return r.Area }),
	plain("lead", "组长", func(r answer.AreaEntry) string { return string(r.Lead) }),
	plain("members", "成员", func(r answer.AreaEntry) string { return texts(r.Members) }),
	number("size", "人数", func(r answer.AreaEntry) string { return itoa(r.Size) }),
	plain("from", "起始日", func(r answer.AreaEntry) string { return r.From.String() }),
)...)

var conferenceList = organisationList[answer.ConferenceEntry, answer.ResolutionRow]{
	title: "联席会议", rows: answer.ResolutionRowsOf,
	items: func(_ *server, code division.Code, st jurisdiction.State, r reading) ([]answer.ConferenceEntry, error) {
		return answer.ConferenceEntriesOf(code, st, r.For), nil
	},
	columns: append(inDivision(func(r answer.ResolutionRow) answer.Division { return r.Division }),
		number("sequence", "会议次数", func(r answer.ResolutionRow) string { return itoa(r.Sequence) }),
		plain("on", "会议日", func(r answer.ResolutionRow) string { return r.On.String() }),
		plain("agencies", "参加机关代码", func(r answer.ResolutionRow) string { return strings.Join(r.Agencies, ";") }),
		number("number", "议定事项", func(r answer.ResolutionRow) string {
			if r.Number == 0 {
				return ""
			}
			return itoa(r.Number)
		}),
		plain("text", "内容", func(r answer.ResolutionRow) string { return r.Text }),
		plain("agency", "责任机关代码", func(r answer.ResolutionRow) string { return string(r.Agency) }),
		plain("agency_name", "责任机关", func(r answer.ResolutionRow) string { return string(r.AgencyName) }),
		plain("set", "交办日", func(r answer.ResolutionRow) string { return r.Set.String() }),
		plain("due", "落实期限", func(r answer.ResolutionRow) string { return r.Due.String() }),
		plain("done", "落实日", func(r answer.ResolutionRow) string { return r.Done.String() }),
		plain("late", "逾期", func(r answer.ResolutionRow) string { return yesNo(r.Late) }),
	),
}

var hotlineList = plainList("投诉举报电话", answer.HotlineEntriesOf, append(inDivision(func(r answer.HotlineEntry) answer.Division { return r.Division }),
	plain("agency", "机关代码", func(r answer.HotlineEntry) string { return r.Agency }),
	plain("agency_name", "机关", func(r answer.HotlineEntry) string { return r.AgencyName }),
	plain("number", "电话", func(r answer.HotlineEntry) string { return r.Number }),
	plain("hours", "受理时间", func(r answer.HotlineEntry) string { return r.Hours }),
	plain("from", "公布日", func(r answer.HotlineEntry) string { return r.From.String() }),
)...)

var documentList = plainList("文件", answer.DocumentEntriesOf, append(inDivision(func(r answer.DocumentEntry) answer.Division { return r.Division }),
	plain("doc_no", "文号", func(r answer.DocumentEntry) string { return string(r.DocNo) }),
	plain("title", "标题", func(r answer.DocumentEntry) string { return r.Title }),
	plain("issuer", "印发单位", func(r answer.DocumentEntry) string { return r.Issuer }),
	coded("status", "文件状态", func(r answer.DocumentEntry) term.DocumentStatus { return r.Status }),
	plain("from", "起始日", func(r answer.DocumentEntry) string { return r.From.String() }),
)...)

var trainingList = organisationList[answer.TrainingEntry, answer.TrainingEntry]{
	title: "培训", items: (*server).trainings, rows: func(items []answer.TrainingEntry) []answer.TrainingEntry { return items },
	columns: append(inDivision(func(r answer.TrainingEntry) answer.Division { return r.Division }),
		plain("on", "日期", func(r answer.TrainingEntry) string { return r.On.String() }),
		plain("topic", "主题", func(r answer.TrainingEntry) string { return r.Topic }),
		number("occasions", "场次", func(r answer.TrainingEntry) string { return itoa(r.Occasions.N) }),
		coded("occasions_precision", "场次精度", func(r answer.TrainingEntry) term.Precision { return r.Occasions.Precision }),
		number("attendees", "参加人次", func(r answer.TrainingEntry) string {
			if r.Attendees == nil {
				return ""
			}
			return itoa(r.Attendees.N)
		}),
		coded("attendees_precision", "人次精度", func(r answer.TrainingEntry) term.Precision {
			if r.Attendees == nil {
				return ""
			}
			return r.Attendees.Precision
		}),
		plain("institutions", "参加机构", func(r answer.TrainingEntry) string {
			var names []string
			for _, i := range r.Institutions {
				names = append(names, i.Name)
			}
			return texts(names)
		}),
	),
}

// trainings answers with the trainings of a division and the names of those who
// were trained.
func (s *server) trainings(code division.Code, st jurisdiction.State, r reading) ([]answer.TrainingEntry, error) {
	var streams []string
	for _, t := range st.Trainings {
		streams = append(streams, t.Institutions...)
	}
	slices.Sort(streams)
	named, err := s.named(slices.Compact(streams), r)
	if err != nil {
		return nil, err
	}
	return answer.TrainingEntriesOf(code, st, named, r.For), nil
}

var noticeList = plainList("告知信与通知", answer.NoticeEntriesOf, append(inDivision(func(r answer.NoticeEntry) answer.Division { return r.Division }),
	plain("on", "发布日", func(r answer.NoticeEntry) string { return r.On.String() }),
	coded("audience", "告知对象", func(r answer.NoticeEntry) term.NoticeAudience { return r.Audience }),
	plain("title", "标题", func(r answer.NoticeEntry) string { return r.Title }),
	plain("media", "发布渠道", func(r answer.NoticeEntry) string { return texts(r.Media) }),
)...)

type sightIn struct {
	Visibility string `query:"visibility" enum:"public,joint,agency,sealed" doc:"All where it is left out."`
	Division   string `query:"division" doc:"Of the facts; the reader's own where it is left out." example:"530427"`
}

func (s *server) showSight(ctx context.Context, in *sightIn) (*reply[*answer.Sight], error) {
	q := asked(ctx)
	var p params
	if in.Division == "" {
		in.Division = string(q.reader.Division)
	}
	p.division("division", in.Division)
	if n := len(in.Division); n != 0 && n != 6 {
		p.fault("division", "division_form", domain.Say("应为六位区划代码", "should be a division code of six digits"))
	}
	lines := authority.Sights
	if in.Visibility != "" {
		lines = slices.DeleteFunc(slices.Clone(lines), func(l authority.Sight) bool { return string(l.Visibility) != in.Visibility })
	}
	if len(lines) == 0 {
		p.fault("visibility", "unknown_code", domain.Say("“%s”不可用，可用：%s", "%q cannot be; one of: %s", clip(in.Visibility), visibilities()))
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	out := &answer.Sight{Division: answer.Maybe(in.Division), Agency: answer.Maybe(q.reader.Agency), Role: answer.Maybe(q.reader.Role), Items: []answer.SightEntry{}}
	f := answer.For{Today: q.today, AsOf: q.today, English: q.english, Reader: q.reader}
	for _, l := range lines {
		out.Items = append(out.Items, answer.SightEntryOf(l, division.Code(in.Division), f))
	}
	return &reply[*answer.Sight]{Body: out, ContentType: typeJSON}, nil
}

func visibilities() string {
	var codes []string
	for _, l := range authority.Sights {
		codes = append(codes, string(l.Visibility))
	}
	return strings.Join(codes, "、")
}
