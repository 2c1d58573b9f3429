package api

import (
	"cmp"
	"context"
	"slices"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/clock"
	"minglu/domain/dispute"
	"minglu/domain/escrow"
	"minglu/domain/grievance"
	"minglu/domain/ident"
	"minglu/domain/inspection"
	"minglu/domain/jointcase"
	"minglu/domain/penalty"
	"minglu/domain/rectification"
	"minglu/domain/work"
	"minglu/eventstore"
	"minglu/projections"
	"minglu/register"
)

const tagWork = "work"

// workRoutes are the reads of what agencies work on.
var workRoutes = slices.Concat([]*route{
	get("/work", tagWork, "Everything that agencies work on, of every kind.", (*server).listAllWork, asTable, withToken, workViews,
		about("Of one's own division and of those below it. "+workListAbout)),
	get("/institutions/{id}/work", tagWork, "What agencies work on about an institution, open and closed, with its clocks.", (*server).institutionWork, withToken, workViews,
		about("For agencies of the institution's division and of those above it.")),
}, grievanceRoutes, inspectionRoutes, rectificationRoutes, penaltyRoutes, disputeRoutes, caseRoutes, riskRoutes)

const workListAbout = "The newest first. q takes a part of a number or of a title, or words that name an institution. late and next_due are of the day asked about. " +
	"The total counts work too that only the agency may read which opened it. Of an earlier day every piece is worked out from its facts, and no more than 5000 at a time."

var workViews = reads(streamsView, timelineView, projections.WorkView, projections.DueView, projections.InstitutionsView)

// workKind is one aggregate of work behind its addresses.
type workKind struct {
	answer.WorkKind
	agg     *eventstore.Aggregate
	columns []column[answer.WorkRow]
	// public finds what the public reads of it; nil: nothing. The reading is one of
	// the public.
	public func(s *server, f projections.WorkFilter, q, after string, limit int, r reading) (part[answer.WorkRow], error)
}

func workKindOf(agg *eventstore.Aggregate) workKind {
	k, ok := answer.WorkKindOf(agg.Name)
	if !ok {
		panic("no work is listed of " + agg.Name)
	}
	return workKind{WorkKind: k, agg: agg, columns: workColumns}
}

// list is the line of the list of a kind.
func (k workKind) list(summary, text string) *route {
	options := []func(*route){asTable, workViews, about(text + workListAbout)}
	if k.public == nil {
		options = append(options, withToken)
	}
	return get("/"+k.Plural, k.Plural, summary, func(s *server, ctx context.Context, in *worksIn) (*reply[*workSheet], error) {
		return s.listWork(ctx, k, "", in)
	}, options...)
}

// events is the line of the history of a kind.
func (k workKind) events() *route {
	options := []func(*route){workViews, offers(asJSON, asNDJSON)}
	if k.public == nil {
		options = append(options, withToken)
	}
	return get("/"+k.Plural+"/{id}/events", k.Plural, "Its history, newest last.", func(s *server, ctx context.Context, in *historyIn) (*reply[*sheet[*answer.History, answer.HistoryEntry]], error) {
		return s.workEvents(ctx, k, in)
	}, options...)
}

// A sight is a piece of work as a reader may see it at a moment: the state that
// the facts make which the reader may read and which held by then.
type sight struct {
	// all are the facts of the stream up to the position, amendments among them and
	// whoever may read them.
	all []eventstore.Record
	// facts are those that the reader may read, as they were amended.
	facts  []eventstore.Record
	state  any
	head   projections.WorkHead
	clocks clock.Clocks
}

// sight looks at a piece of work. An amendment is taken in whoever may read it:
// what was annulled is shown to nobody as if it still held.
func (s *server) sight(stream string, r reading) (v sight, err error) {
	rec := eventstore.Record{Stream: stream}
	if v.all, err = s.facts(rec.AggregateID(), r.AtSeq); err != nil {
		return v, err
	}
	v.all = slices.DeleteFunc(v.all, func(rec eventstore.Record) bool { return rec.Stream != stream })
	if len(v.all) == 0 {
		return v, nil
	}
	amended, err := s.Log.Codec.Amend(v.all)
	if err != nil {
		return v, err
	}
	folded := make([]eventstore.Record, 0, len(amended))
	for _, rec := range since(amended, r) {
		sees := r.Reader.Sees(rec.Meta)
		if sees {
			v.facts = append(v.facts, rec)
		}
		// That a part is there is known to all who take part; what it says is not.
		if _, part := rec.Event.(jointcase.PartRecorded); sees || part {
			folded = append(folded, rec)
		}
	}
	agg := aggregateOf(rec.Aggregate())
	if v.state, err = agg.Fold(s.Log.Codec, folded); err != nil {
		return v, err
	}
	v.clocks = clocksIn(v.state)
	first, last := v.all[0], v.all[len(v.all)-1]
	v.head = projections.WorkHead{Stream: stream, Aggregate: agg.Name, Visibility: first.Meta.Visibility, First: first.Meta.Seq, Seq: last.Meta.Seq,
		Version: uint64(len(v.all)), Recorded: last.Meta.Recorded, Head: v.state.(interface{ Head() work.Head }).Head()}
	return v, nil
}

// opens reports whether the reader may read the fact that opened the work.
func (v sight) opens(r reading) bool { return len(v.all) > 0 && r.Reader.Sees(v.all[0].Meta) }

func aggregateOf(name string) *eventstore.Aggregate {
	i := slices.IndexFunc(register.Aggregates, func(a *eventstore.Aggregate) bool { return a.Name == name })
	return register.Aggregates[i]
}

// clocksIn are the clocks of a state of work.
func clocksIn(state any) clock.Clocks {
	switch s := state.(type) {
	case grievance.State:
		return s.Clocks
	case inspection.State:
		return s.Clocks
	case rectification.State:
		return s.Clocks
	case penalty.State:
		return s.Clocks
	case dispute.State:
		return s.Clocks
	case jointcase.State:
		return s.Clocks
	case escrow.State:
		return s.Clocks
	}
	return nil
}

// workIn names a piece of work and the moment.
type workIn struct {
	ID string `path:"id"`
	Moment
}

// work returns the piece of work that an address names, as the reader may see it.
// Of work that the reader may not see it says the same as of an unknown id.
func (s *server) work(ctx context.Context, k workKind, id string, r reading) (v sight, err error) {
	stream, err := s.workStream(ctx, k, id)
	if err != nil || stream == "" {
		return v, cmp.Or(err, k.unknown(id))
	}
	if v, err = s.sight(stream, r); err != nil {
		return v, err
	}
	opened, public := v.opens(r), false
	if !opened && k.public != nil {
		if public, err = s.published(v, r); err != nil {
			return v, err
		}
	}
	rec := eventstore.Record{Stream: stream}
	switch {
	case !opened && !public:
		return v, k.unknown(id)
	case id != rec.AggregateID():
		return v, r.q.elsewhere(id, rec.AggregateID())
	case opened && v.head.Opened == 0:
		return v, s.notOpen(k, v, r)
	}
	return v, nil
}

// workStream is the stream of an id, or of the number of a receipt; empty where
// there is none.
func (s *server) workStream(ctx context.Context, k workKind, id string) (stream string, err error) {
	if ident.ValidID(id) {
		return s.Views.Stream(id, k.Aggregate)
	}
	if number, bad := ident.ReadReceiptNumber(id); bad == nil && k.agg == register.Grievance {
		stream, err = s.Register.Receipted(ctx, number)
	}
	return stream, err
}

// published reports whether something of the work is public by the moment asked
// about, and may be shown today.
func (s *server) published(v sight, r reading) (bool, error) {
	for _, rec := range v.facts {
		switch e := rec.Event.(type) {
		case inspection.ResultPublished:
			return true, nil
		case penalty.Published:
			if e.From > r.AsOf {
				continue
			}
			now, err := s.penaltyNow(v.head.Stream)
			_, _, ok := answer.PenaltyPublicity(now, r.Today)
			return ok, err
		}
	}
	return false, nil
}

func (k workKind) unknown(id string) error {
	one := k.agg.Title
	return domain.Fault(domain.NotFound, domain.Say("没有编号为“%[1]s”的%[2]s", "there is no %[3]s %[1]q", clip(id), one.ZH, one.EN))
}

// notOpen says why there is nothing to show of work that the reader might see: it
// was annulled, or opened later than the day asked about.
func (s *server) notOpen(k workKind, v sight, r reading) error {
	today := r
	today.AsOf = r.Today
	now, err := s.sight(v.head.Stream, today)
	switch {
	case err != nil:
		return err
	case now.head.Opened == 0:
		return domain.Refuse(domain.Erased, eventstore.Amending, domain.Say("该条记录已经作废，不再提供", "the record was annulled and is no longer given"))
	}
	return domain.Fault(domain.NotFound, domain.Say("它于 %[1]s 立项，%[2]s 当日还没有", "it was opened on %[1]s and was not there on %[2]s", now.head.Opened, r.AsOf))
}

// pieceOf gathers what the answer about a piece of work is made of: the names of
// institutions, by stream, and the work that it leads to.
func (s *server) pieceOf(v sight, r reading, institutions, others []string) (p answer.Piece, err error) {
	p = answer.Piece{Head: v.head, Facts: v.facts}
	if !v.opens(r) { // what is not public is not counted either
		p.Head.Version, p.Head.Seq = uint64(len(v.facts)), v.facts[len(v.facts)-1].Meta.Seq
	}
	if p.Names, err = s.namesOf(slices.Concat(institutions, []string{v.head.Institution}), r); err != nil {
		return p, err
	}
	if p.Clocks, err = s.clocksNow(v, r); err != nil {
		return p, err
	}
	linked := slices.DeleteFunc(slices.Concat(others, v.head.Sources), func(s string) bool { return s == "" })
	heads, err := s.Views.WorkHeads(linked, r.AtSeq)
	if err != nil {
		return p, err
	}
	if p.Links, err = s.linksTo(heads, r); err != nil {
		return p, err
	}
	p.Sources = p.Links.In(v.head.Sources)
	if heads, err = s.Views.WorkFrom(v.head.Stream, r.AtSeq); err != nil {
		return p, err
	}
	followed, err := s.linksTo(heads, r)
	p.Followed = followed.In(streamsOf(heads))
	return p, err
}

// linksTo leads to the work that the reader may see, as it stood on the day asked
// about.
func (s *server) linksTo(heads []projections.WorkHead, r reading) (answer.Links, error) {
	seen, err := s.seenHeads(heads, r)
	if err == nil && r.earlierDay() {
		seen, err = s.headsOnDay(seen, projections.WorkFilter{}, r)
	}
	out := answer.Links{}
	for _, h := range seen {
		if h.Opened != 0 {
			out[h.Stream] = answer.WorkLinkOf(h)
		}
	}
	return out, err
}

func streamsOf(heads []projections.WorkHead) []string {
	out := make([]string, len(heads))
	for i, h := range heads {
		out[i] = h.Stream
	}
	return out
}

// clocksNow returns the clocks of a piece of work; today with the last days that
// calendars give them which were published since.
func (s *server) clocksNow(v sight, r reading) (clock.Clocks, error) {
	if r.earlier() {
		return v.clocks, nil
	}
	open, err := s.Views.ClocksOf(v.head.Stream, r.AsOf)
	out := slices.Clone(v.clocks)
	for _, now := range open {
		for i := range out {
			if c := &out[i]; c.Open() && c.Key == now.Key && c.Part == now.Part {
				c.Due, c.Awaits = now.Due, now.Awaits
			}
		}
	}
	return out, err
}

// workEvents answers with the history of a piece of work as far as the reader may
// read it.
func (s *server) workEvents(ctx context.Context, k workKind, in *historyIn) (*reply[*sheet[*answer.History, answer.HistoryEntry]], error) {
	w, err := s.walk(ctx, nil, in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	v, err := s.work(ctx, k, in.ID, r)
	if err != nil {
		return nil, err
	}
	about := answer.About{Penalty: answer.Penalties(s.Views)}
	if v.head.Institution != "" {
		if about.Now, _, err = s.Views.Institution(v.head.Institution, projections.Now); err != nil {
			return nil, err
		}
	}
	return s.historyPage(answer.HistoryOf(since(v.all, r), about, r.For), w, r)
}

func (s *server) institutionWork(ctx context.Context, in *institutionIn) (*reply[*answer.InstitutionWork], error) {
	r, t, err := s.overInstitution(ctx, in)
	if err != nil {
		return nil, err
	}
	out := &reply[*answer.InstitutionWork]{Seq: r.position(), ContentType: typeJSON}
	if fresh(out, r) {
		return out, nil
	}
	found, err := s.Views.Work(projections.WorkQuery{WorkFilter: projections.WorkFilter{Institution: t.then.ID}, AtSeq: r.AtSeq, Limit: everything})
	if err != nil {
		return nil, err
	}
	heads, err := s.seenHeads(found.Heads, r)
	if err == nil && r.earlierDay() {
		heads, err = s.headsOnDay(heads, projections.WorkFilter{}, r)
	}
	if err != nil {
		return nil, err
	}
	names, err := s.namesOf(institutionsIn(heads), r)
	if err != nil {
		return nil, err
	}
	items := make([]answer.InstitutionWorkItem, len(heads))
	for i, h := range heads {
		clocks, err := s.clocksOf(h.Stream, r)
		if err != nil {
			return nil, err
		}
		items[i] = answer.InstitutionWorkItemOf(h, clocks, names, r.For)
	}
	a := answer.InstitutionWorkOf(answer.NamedInstitutionOf(t.then, t.now, r.For), items, r.For)
	out.Body = &a
	return out, nil
}

// overInstitution settles a read about an institution that is for agencies of its
// division and of those above it.
func (s *server) overInstitution(ctx context.Context, in *institutionIn) (reading, twice, error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return r, twice{}, err
	}
	t, err := s.one(ctx, in.ID, r)
	if err == nil && !r.Reader.Over(t.then.Division) {
		err = domain.Refuse(domain.Forbidden, authority.Missing, domain.Say(
			"由机构所在辖区和上级辖区的单位查阅；你的单位是 %s", "for agencies of the institution's division and of those above it; yours is %s", r.Reader.Agency))
	}
	return r, t, err
}
