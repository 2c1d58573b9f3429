package api

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/division"
	"minglu/domain/ident"
	"minglu/eventstore"
	"minglu/projections"
	"minglu/register"
)

// actRoutes are the routes of all acts, made from the tables of the aggregates,
// and that of the journal.
func actRoutes() []*route {
	var all []*route
	for _, agg := range register.Aggregates {
		for _, act := range agg.Acts {
			w := writing{agg: agg, act: act}
			path := strings.TrimPrefix(actPath(agg, act), base)
			if act.Creates {
				all = append(all, post(path, agg.Plural, w.summary(), w.create, created, describedBy(w.describe), about(w.about())))
				continue
			}
			all = append(all, post(path, agg.Plural, w.summary(), w.change, describedBy(w.describe), about(w.about())))
		}
	}
	return append(all, journalRoute)
}

// writing is one act as a route.
type writing struct {
	agg *eventstore.Aggregate
	act domain.ActType
}

func (w writing) summary() string {
	return strings.ToUpper(w.act.Title.EN[:1]) + w.act.Title.EN[1:] + " (" + w.act.Title.ZH + ")."
}

func (w writing) about() string {
	text := "The act " + w.act.Name + "."
	if g, ok := authority.Of(w.act.Competence); ok {
		text += " Needs the authority " + g.Title.EN + " (" + g.Title.ZH + ")."
	}
	if w.agg == register.Jurisdiction {
		text += " The id is that of the division, or its code."
	}
	if w.agg == register.Listing {
		text += " The id is that of the institution or person that is listed."
	}
	return text
}

// WriteHeaders are what every write is sent with.
type WriteHeaders struct {
	Key     string `header:"Idempotency-Key" required:"true" format:"uuid" doc:"UUID of the act: the same one gives the same answer for ever."`
	IfMatch string `header:"If-Match" doc:"The version that the writer saw, or the ETag of the record; another one is refused with 412."`
}

// carriedOut is the answer to an act.
type carriedOut struct {
	Status      int
	ContentType string `header:"Content-Type" hidden:"true"`
	Cache       string `header:"Cache-Control" hidden:"true"`
	Location    string `header:"Location" doc:"Address of what was made."`
	Body        register.Answer
}

type createIn struct{ WriteHeaders }

type changeIn struct {
	ID string `path:"id"`
	WriteHeaders
}

func (w writing) create(s *server, ctx context.Context, in *createIn) (*carriedOut, error) {
	a, err := w.read(ctx, in.WriteHeaders)
	if err != nil {
		return nil, err
	}
	if a.Target != nil && a.Target.ID != "" {
		return nil, domain.BadField("/target/id", "not_taken", domain.Say("新对象的编号由登记给出，请用 ref", "the register gives the id of a new thing; use ref"))
	}
	return w.do(s, ctx, a, in.WriteHeaders, "")
}

func (w writing) change(s *server, ctx context.Context, in *changeIn) (*carriedOut, error) {
	a, err := w.read(ctx, in.WriteHeaders)
	if err != nil {
		return nil, err
	}
	if t := a.Target; t != nil && (t.Ref != "" || t.ID != "" && t.ID != in.ID) {
		return nil, domain.BadField("/target", "not_taken", domain.Say("对象由地址给出", "the address names the target"))
	}
	if err := w.address(s, ctx, &a, in.ID); err != nil {
		return nil, err
	}
	return w.do(s, ctx, a, in.WriteHeaders, in.ID)
}

// address puts the target that the address names into the act. The view that
// resolves an id without a division may lag behind what the client has just
// been answered, so an unknown id waits for it.
func (w writing) address(s *server, ctx context.Context, a *register.Act, id string) error {
	a.Target = &register.Target{ID: id}
	if w.agg == register.Jurisdiction {
		code, err := jurisdictionOf(id)
		if err != nil {
			return err
		}
		if a.Division != "" && a.Division != string(code) {
			return domain.BadField("/division", "other_division", domain.Say("与地址中的区划 %s 不同", "differs from the division %s of the address", code))
		}
		a.Division, a.Target = string(code), nil
		return nil
	}
	if a.Division != "" || !ident.ValidID(id) {
		return nil
	}
	kind := w.agg.Name
	if w.agg == register.Listing {
		kind = register.Institution.Name
	}
	stream, err := s.Views.Stream(id, kind)
	if err != nil || stream != "" {
		return err
	}
	head, err := s.Log.Head(ctx)
	if err != nil {
		return err
	}
	return s.reach(ctx, head, []string{streamsView})
}

func jurisdictionOf(id string) (division.Code, error) {
	if code, ok := jurisdictions()[id]; ok {
		return code, nil
	}
	return knownDivision(id)
}

// bodyLimit bounds one act.
const bodyLimit = 1 << 20

// read reads the act of a request: key, content type, size, form.
func (w writing) read(ctx context.Context, h WriteHeaders) (register.Act, error) {
	q := asked(ctx)
	if err := q.content(typeJSON); err != nil {
		return register.Act{}, err
	}
	raw, err := q.body(bodyLimit)
	if err != nil {
		return register.Act{}, err
	}
	if _, err := ident.ParseUUID(h.Key); err != nil {
		t := domain.Say("写入请求必须带 Idempotency-Key，其值应为 UUID", "a write needs an Idempotency-Key that is a UUID")
		return register.Act{}, domain.Fault(domain.Malformed, t, domain.Field{Pointer: "/Idempotency-Key", Code: "uuid", Message: t})
	}
	a, err := register.ParseAct(raw)
	if err != nil {
		return a, err
	}
	switch {
	case a.CommandID != "":
		return a, domain.BadField("/command_id", "not_taken", domain.Say("编号写在 Idempotency-Key 头中", "the id is the Idempotency-Key header"))
	case a.Act != "" && a.Act != w.act.Name:
		return a, domain.BadField("/act", "other_act", domain.Say("与地址所指的 %s 不同", "differs from %s, which the address names", w.act.Name))
	}
	a.CommandID, a.Act = h.Key, w.act.Name
	if a.Division == "" && w.act.Creates {
		a.Division = string(q.reader.Division)
	}
	q.command = h.Key
	return a, nil
}

// do carries out the act.
func (w writing) do(s *server, ctx context.Context, a register.Act, h WriteHeaders, id string) (*carriedOut, error) {
	q := asked(ctx)
	if h.IfMatch != "" {
		v, err := w.version(s, ctx, a, h.IfMatch)
		if err != nil {
			return nil, err
		}
		a.IfVersion = v
	}
	ans, err := s.Register.Do(ctx, q.principal, a)
	s.metrics.act(w.act.Name, err)
	if err != nil {
		return nil, w.refused(s, ctx, err, a, id)
	}
	q.seq = ans.Seq
	out := &carriedOut{Status: http.StatusOK, Body: ans, Cache: "no-store", ContentType: typeJSON}
	if w.act.Creates {
		out.Status, out.Location = http.StatusCreated, base+"/"+w.agg.Plural+"/"+ans.ID
	}
	return out, nil
}

// stream is the stream that an act is about, where that can be told without
// carrying it out.
func (w writing) stream(s *server, a register.Act) (string, error) {
	if w.agg == register.Jurisdiction {
		return register.JurisdictionStream(division.Code(a.Division)), nil
	}
	if a.Target == nil || a.Target.ID == "" {
		return "", nil
	}
	kind := w.agg.Name
	if w.agg == register.Listing {
		kind = register.Institution.Name
	}
	stream, err := s.Views.Stream(a.Target.ID, kind)
	if stream == "" || err != nil {
		return "", err
	}
	return eventstore.StreamName(eventstore.Record{Stream: stream}.Division(), w.agg.Name, a.Target.ID), nil
}

// version is what If-Match says of the record that the act is about. The ETag
// of an institution says how many of the facts of its listing were known too.
func (w writing) version(s *server, ctx context.Context, a register.Act, header string) (*uint64, error) {
	st, ok := readIfMatch(header)
	if !ok {
		t := domain.Say("If-Match 应为版本号或 ETag", "If-Match should be a version or an ETag")
		return nil, domain.Fault(domain.Malformed, t, domain.Field{Pointer: "/If-Match", Code: "form", Message: t})
	}
	stream, err := w.stream(s, a)
	if err != nil {
		return nil, err
	}
	if !st.any && (w.agg != register.Listing || st.seq == 0) {
		return &st.version, nil
	}
	if stream == "" {
		return nil, nil // the act is refused for what it is about
	}
	recs, err := s.Log.Records(ctx, stream)
	if err != nil {
		return nil, err
	}
	if st.any {
		if len(recs) == 0 && w.agg != register.Listing {
			return nil, domain.Fault(domain.Stale, domain.Say("还没有这条记录", "there is no such record yet"))
		}
		return nil, nil
	}
	n := uint64(0)
	for _, r := range recs {
		if r.Meta.Seq <= st.seq {
			n++
		}
	}
	return &n, nil
}

// refused adds to a stale If-Match what has changed since.
func (w writing) refused(s *server, ctx context.Context, err error, a register.Act, id string) error {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Code != domain.Stale || a.IfVersion == nil {
		return err
	}
	q := asked(ctx)
	p := s.problem(q, err)
	changed, cerr := w.changed(s, ctx, a, id)
	if cerr != nil {
		s.Logger.ErrorContext(ctx, "what changed cannot be told", "request_id", q.id, "error", cerr)
		return p
	}
	p.Changed = changed
	return p
}

// changed tells what happened to the record since the version of the writer.
func (w writing) changed(s *server, ctx context.Context, a register.Act, id string) (*Changed, error) {
	stream, err := w.stream(s, a)
	if err != nil || stream == "" {
		return nil, err
	}
	recs, err := s.Log.Records(ctx, stream)
	if err != nil {
		return nil, err
	}
	c := &Changed{Version: uint64(len(recs)), Fields: []answer.FieldDiff{}, Events: []answer.HistoryEntry{}}
	seen := *a.IfVersion
	if seen >= uint64(len(recs)) {
		return c, nil
	}
	from := recs[seen].Meta.Seq - 1 // right before what the writer did not see
	if err := s.reach(ctx, recs[len(recs)-1].Meta.Seq, []string{projections.InstitutionsView, timelineView}); err != nil {
		return nil, err
	}
	q := asked(ctx)
	now := reading{q: q, head: s.Views.Seq(projections.InstitutionsView, timelineView),
		For: answer.For{AsOf: q.today, Today: q.today, English: q.english, Reader: q.reader}}
	now.AtSeq = now.head
	then := now
	then.AtSeq = from
	if w.agg == register.Jurisdiction {
		for _, e := range answer.HistoryOf(recs, answer.About{Penalty: answer.Penalties(s.Views)}, now.For) {
			if e.Seq > from {
				c.Events = append(c.Events, e)
			}
		}
		return c, nil
	}
	rec := eventstore.Record{Stream: stream}
	d, err := s.diff(eventstore.StreamName(rec.Division(), "institution", rec.AggregateID()), rec.AggregateID(), now, then, now)
	c.Fields, c.Events = d.Fields, d.Events
	return c, err
}

// content refuses a body of another type.
func (q *request) content(want string) error {
	given := q.r.Header.Get("Content-Type")
	t, _, err := mime.ParseMediaType(given)
	if err == nil && strings.EqualFold(t, want) {
		return nil
	}
	return domain.Fault(domain.UnsupportedMedia, domain.Say("内容类型应为 %s", "the content type should be %s", want))
}

// bodyWithin bounds how long a client may take to send one act.
const bodyWithin = 30 * time.Second

// body reads the whole body of a request, up to a limit.
func (q *request) body(limit int64) ([]byte, error) {
	control := http.NewResponseController(q.w)
	_ = control.SetReadDeadline(time.Now().Add(bodyWithin))
	// The deadline would otherwise end the request while it is carried out.
	defer func() { _ = control.SetReadDeadline(time.Time{}) }()
	b, err := io.ReadAll(http.MaxBytesReader(q.w.ResponseWriter, q.r.Body, limit))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, domain.Fault(domain.TooLarge, domain.Say("内容超过 %d 字节", "the content has more than %d bytes", limit))
	}
	if err != nil {
		return nil, domain.Fault(domain.Malformed, domain.Say("内容没有收完", "the content did not arrive whole"))
	}
	return b, nil
}

// describe puts the schema of the body into the description.
func (w writing) describe(op *huma.Operation) {
	op.Responses = map[string]*huma.Response{}
	op.Extensions = map[string]any{"x-act": w.act.Name}
}
