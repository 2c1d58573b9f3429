package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/division"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

const tagEvents = "events"

var eventRoutes = []*route{
	get("/events", tagEvents, "The log from any position, as a stream.", (*server).streamEvents, asEndless,
		reads(timelineView, projections.InstitutionsView, projections.WorkView), offers(asNDJSON, asStream), describedBy(describeStream),
		about("NDJSON ends at the newest fact; with follow=true it stays. Server-sent events stay, and resume at Last-Event-ID. Every position comes once and in order; what is not public is passed over. A quiet stream says every 15 seconds where it is.")),
	get("/agencies/{id}/events", tagEvents, "What an agency has done, oldest first.", (*server).agencyEvents,
		reads(timelineView, projections.InstitutionsView, projections.WorkView), offers(asJSON, asNDJSON)),
	get("/officers/{id}/events", tagEvents, "What an officer has done, oldest first.", (*server).officerEvents,
		reads(timelineView, projections.InstitutionsView, projections.WorkView), offers(asJSON, asNDJSON), withToken),
}

type eventsIn struct {
	After     string `query:"after" doc:"Position behind which to begin; 0 or nothing: at the beginning."`
	Follow    string `query:"follow" doc:"true: wait for more at the end."`
	Division  string `query:"division" doc:"Six digits, with all that lies below, or the digits that codes begin with."`
	Aggregate string `query:"aggregate" doc:"Such as institution."`
	Event     string `query:"event" doc:"Such as institution.licence_granted."`
	Last      string `header:"Last-Event-ID" doc:"Position of the last event received, of a stream that broke."`
	Moment
}

// streamed is an answer that is written as it comes.
type streamed struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	Cache       string `header:"Cache-Control" hidden:"true"`
	Buffering   string `header:"X-Accel-Buffering" hidden:"true"`
	Seq         string `header:"Minglu-Seq" doc:"Position up to which the views know the log."`
	Body        func(huma.Context)
}

func describeStream(op *huma.Operation) {
	line := &huma.Schema{Type: huma.TypeString}
	op.Responses = map[string]*huma.Response{"200": {
		Description: "One fact a line, or one server-sent event each.",
		Content:     map[string]*huma.MediaType{typeNDJSON: {Schema: line}, typeStream: {Schema: line}},
	}}
}

// flow is a stream under way.
type flow struct {
	s       *server
	r       reading
	w       *recorder
	sse     bool
	follow  bool
	query   projections.TimelineQuery
	takes   func(eventstore.Record) bool
	control *http.ResponseController
}

func (s *server) streamEvents(ctx context.Context, in *eventsIn) (*streamed, error) {
	var p params
	after := p.number("after", in.After)
	if in.Last != "" {
		after = p.number("Last-Event-ID", in.Last)
	}
	follow := p.flag("follow", in.Follow)
	in.Division = p.division("division", in.Division)
	p.event(in.Aggregate, in.Event)
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err != nil {
		return nil, err
	}
	q := r.q
	f := &flow{s: s, r: r, w: q.w, sse: q.rep == asStream, follow: follow || q.rep == asStream, control: http.NewResponseController(q.w)}
	f.query = projections.TimelineQuery{Division: in.Division, After: after, Limit: streamPage}
	f.takes = func(rec eventstore.Record) bool {
		return (in.Aggregate == "" || rec.Aggregate() == in.Aggregate) && (in.Event == "" || rec.Type == in.Event)
	}
	if in.AtSeq != "" {
		f.query.AtSeq, f.follow = r.AtSeq, false
		if r.AtSeq == 0 {
			f.query.AtSeq, f.query.After = 1, 1
		}
	}
	out := &streamed{ContentType: mediaTypes[q.rep], Cache: "no-store", Buffering: "no", Seq: r.position()}
	out.Body = func(c huma.Context) {
		c.SetStatus(http.StatusOK)
		f.run(c.Context())
	}
	return out, nil
}

func (p *params) event(aggregate, event string) {
	if aggregate != "" && !knownAggregate(aggregate) {
		p.fault("aggregate", "unknown_code", domain.Say("没有名为“%s”的聚合", "there is no aggregate %q", clip(aggregate)))
	}
	if event != "" && !knownEvent(event) {
		p.fault("event", "unknown_code", domain.Say("没有名为“%s”的事实", "there is no event %q", clip(event)))
	}
}

// streamPage is how many facts are read at once.
const streamPage = 500

// run writes the stream until its end.
func (f *flow) run(ctx context.Context) {
	f.hurry()
	if f.sse {
		if _, err := io.WriteString(f.w, "retry: 3000\n\n"); err != nil {
			return
		}
	}
	for {
		if err := f.page(); err != nil {
			f.s.broken(ctx, f.r.q, err)
			return
		}
		if f.w.Flush(); !f.follow || !f.wait(ctx) {
			return
		}
	}
}

// errGone says that nobody reads any more.
var errGone = errors.New("the client is gone")

// broken logs why a stream ended before its end; a client that went away is no
// reason.
func (s *server) broken(ctx context.Context, q *request, err error) {
	if ctx.Err() == nil && !errors.Is(err, errGone) {
		s.Logger.ErrorContext(ctx, "stream broken", "request_id", q.id, "route", q.pattern(), "error", err)
	}
}

// page writes the facts up to where the view stands.
func (f *flow) page() error {
	for {
		f.hurry()
		reached := f.s.Views.Seq(timelineView)
		recs, next, err := f.s.Views.Timeline(f.query)
		if err != nil {
			return err
		}
		entries, err := f.s.entries(recs, f.takes, f.r)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := f.write(e); err != nil {
				return errGone
			}
		}
		if next == 0 {
			// Nothing more of what was asked for is known up to reached.
			f.query.After = max(f.query.After, reached)
			if n := len(recs); n > 0 {
				f.query.After = max(f.query.After, recs[n-1].Meta.Seq)
			}
			return nil
		}
		f.query.After = next
	}
}

func (f *flow) write(e answer.HistoryEntry) error {
	b, err := answer.Marshal(e)
	if err != nil {
		return err
	}
	if !f.sse {
		_, err = f.w.Write(append(b, '\n'))
		return err
	}
	var m strings.Builder
	m.WriteString("id: " + utoa(e.Seq) + "\nevent: " + e.Event + "\ndata: ")
	m.Write(b)
	m.WriteString("\n\n")
	_, err = io.WriteString(f.w, m.String())
	return err
}

// wait returns when there may be more; meanwhile it says where the stream is.
// It reports false where the stream is to end.
func (f *flow) wait(ctx context.Context) bool {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		select {
		case <-f.s.Stopping:
			cancel()
		case <-ended:
		}
	}()
	for {
		quiet, end := context.WithTimeout(ctx, f.s.Heartbeat)
		err := f.s.Views.Wait(quiet, f.query.After+1, timelineView)
		end()
		switch {
		case err == nil:
			return true
		case ctx.Err() != nil, !errors.Is(err, context.DeadlineExceeded), f.beat() != nil:
			return false
		}
	}
}

// writeWithin bounds how long a client may take to read one page of a stream.
const writeWithin = time.Minute

func (f *flow) hurry() { _ = f.control.SetWriteDeadline(time.Now().Add(writeWithin)) }

// beat says where a quiet stream is.
func (f *flow) beat() error {
	f.hurry()
	at := utoa(f.query.After)
	text := `{"heartbeat":true,"seq":` + at + "}\n"
	if f.sse {
		text = "id: " + at + "\nevent: heartbeat\ndata: " + text + "\n"
	}
	_, err := io.WriteString(f.w, text)
	f.w.Flush()
	return err
}

// entries makes what the reader is shown of facts, in their order.
func (s *server) entries(recs []eventstore.Record, takes func(eventstore.Record) bool, r reading) ([]answer.HistoryEntry, error) {
	if err := s.withEvents(recs); err != nil {
		return nil, err
	}
	about, err := s.subjects(recs)
	if err != nil {
		return nil, err
	}
	out := make([]answer.HistoryEntry, 0, len(recs))
	for _, rec := range recs {
		if rec.IsReservation() || takes != nil && !takes(rec) {
			continue
		}
		if e, ok := answer.EntryOf(rec, about(rec), r.For); ok {
			out = append(out, e)
		}
	}
	return out, nil
}

// subjects returns what must be known of the subjects of facts to show them: the
// institution that a fact, or the work it belongs to, is about.
func (s *server) subjects(recs []eventstore.Record) (func(eventstore.Record) answer.About, error) {
	about, err := s.institutionsOf(recs)
	if err != nil {
		return nil, err
	}
	var streams []string
	seen := map[string]bool{}
	for _, stream := range about {
		if stream != "" && !seen[stream] {
			seen[stream] = true
			streams = append(streams, stream)
		}
	}
	list, err := s.Views.Institutions(streams, projections.Now)
	if err != nil {
		return nil, err
	}
	now := make(map[string]projections.Institution, len(list))
	for _, i := range list {
		now[i.Stream] = i
	}
	return func(rec eventstore.Record) answer.About {
		return answer.About{Now: now[about[rec.Stream]], Penalty: answer.Penalties(s.Views), Target: func(seq uint64) (eventstore.Record, bool) {
			return s.fact(rec.AggregateID(), seq)
		}}
	}, nil
}

// institutionsOf returns, for the streams of facts, the institution that each is
// about, where there is one.
func (s *server) institutionsOf(recs []eventstore.Record) (map[string]string, error) {
	about := map[string]string{}
	var work []string
	for _, rec := range recs {
		if _, known := about[rec.Stream]; known {
			continue
		}
		about[rec.Stream] = ""
		switch _, isWork := answer.WorkKindOf(rec.Aggregate()); {
		case answer.NeedsSubject(rec):
			about[rec.Stream] = eventstore.StreamName(rec.Division(), "institution", rec.AggregateID())
		case isWork:
			work = append(work, rec.Stream)
		}
	}
	heads, err := s.Views.WorkHeads(work, projections.Now)
	for _, h := range heads {
		about[h.Stream] = h.Institution
	}
	return about, err
}

// fact returns one fact about a subject by its position.
func (s *server) fact(id string, seq uint64) (eventstore.Record, bool) {
	if seq == 0 {
		return eventstore.Record{}, false
	}
	recs, _, err := s.Views.Timeline(projections.TimelineQuery{Subject: id, After: seq - 1, AtSeq: seq, Limit: 1})
	if err != nil || len(recs) != 1 || s.withEvents(recs) != nil {
		return eventstore.Record{}, false
	}
	return recs[0], true
}

type agencyIn struct {
	ID string `path:"id" doc:"Code of an agency, or the register number of an officer." example:"530427-education"`
	PageParams
	Moment
}

func (s *server) agencyEvents(ctx context.Context, in *agencyIn) (*reply[*sheet[*answer.History, answer.HistoryEntry]], error) {
	if err := knownAgency(in.ID); err != nil {
		return nil, err
	}
	return s.timeline(ctx, in, projections.TimelineQuery{Agency: in.ID})
}

func (s *server) officerEvents(ctx context.Context, in *agencyIn) (*reply[*sheet[*answer.History, answer.HistoryEntry]], error) {
	q := asked(ctx)
	if q.reader.Officer != in.ID {
		if err := q.needRole(domain.Text{ZH: "查阅他人的办理记录", EN: "reading what others have done"}, term.Supervisor, term.Auditor, term.Administrator); err != nil {
			return nil, err
		}
	}
	return s.timeline(ctx, in, projections.TimelineQuery{Officer: in.ID})
}

// timeline returns a page of facts, as many as asked for however many of those
// between are not shown.
func (s *server) timeline(ctx context.Context, in *agencyIn, tq projections.TimelineQuery) (*reply[*sheet[*answer.History, answer.HistoryEntry]], error) {
	w, err := s.walk(ctx, nil, in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	var p params
	tq.After, tq.AtSeq, tq.Limit = p.number("cursor", w.after), r.AtSeq, streamPage
	if err := p.err(); err != nil {
		return nil, err
	}
	items, more := []answer.HistoryEntry{}, r.AtSeq > 0
	for more && (w.whole || len(items) <= w.limit) {
		recs, next, err := s.Views.Timeline(tq)
		if err != nil {
			return nil, err
		}
		entries, err := s.entries(since(recs, r), r.mayRead(tq), r)
		if err != nil {
			return nil, err
		}
		items = append(items, entries...)
		tq.After, more = next, next != 0
	}
	next := ""
	if !w.whole && len(items) > w.limit {
		items = items[:w.limit]
		next = utoa(items[w.limit-1].Seq)
	}
	page := &answer.History{Items: items, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq}
	out := &reply[*sheet[*answer.History, answer.HistoryEntry]]{Seq: r.position(), ContentType: mediaTypes[r.q.rep]}
	if fresh(out, r) {
		return out, nil
	}
	page.Next, out.Link = w.next(next, r)
	out.Body = &sheet[*answer.History, answer.HistoryEntry]{Page: page, rows: rowsOf(items)}
	return out, nil
}

// mayRead narrows the record of an officer to what the reader is set over.
func (r reading) mayRead(tq projections.TimelineQuery) func(eventstore.Record) bool {
	if tq.Officer == "" || tq.Officer == r.Reader.Officer {
		return nil
	}
	return func(rec eventstore.Record) bool { return r.Reader.Over(division.Code(rec.Meta.Division)) }
}
