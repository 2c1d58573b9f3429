package api

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/eventstore"
	"minglu/projections"
)

type institutionIn struct {
	ID string `path:"id" doc:"Id of the institution; a credit code or a licence number leads to it."`
	Moment
}

func (s *server) showInstitution(ctx context.Context, in *institutionIn) (*reply[encoded[answer.Institution]], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	t, err := s.one(ctx, in.ID, r)
	if err != nil {
		return nil, err
	}
	a, err := s.institutionAnswer(t, r)
	if err != nil {
		return nil, err
	}
	return shown(r, a, a.Version, a.UpdatedSeq)
}

// institutionAnswer is what the reader is shown of an institution, with the
// supervised accounts that it has.
func (s *server) institutionAnswer(t twice, r reading) (a answer.Institution, err error) {
	then, err := s.Views.EscrowsOf(t.then.Stream, r.AtSeq)
	if err != nil {
		return a, err
	}
	now := then
	if r.AtSeq != r.head {
		if now, err = s.Views.EscrowsOf(t.then.Stream, projections.Now); err != nil {
			return a, err
		}
	}
	return answer.InstitutionOf(t.then, t.now, r.For).Supervised(t.now, then, now, r.For), nil
}

// shown answers with one record and its validator.
func shown[B any](r reading, body B, version, seq uint64) (*reply[encoded[B]], error) {
	out := &reply[encoded[B]]{Seq: r.position(), ContentType: typeJSON}
	var err error
	if out.Body, out.ETag, err = encode(body, version, seq); err != nil {
		return nil, err
	}
	if notModified(r.q.r.Header.Get("If-None-Match"), out.ETag) {
		out.Status = http.StatusNotModified
	}
	return out, nil
}

// one returns the institution that an address names, on the day and at the
// position asked about.
func (s *server) one(ctx context.Context, id string, r reading) (twice, error) {
	stream, err := s.streamOf(ctx, id, r)
	if err != nil {
		return twice{}, err
	}
	t, ok, err := s.institution(stream, r)
	switch {
	case err != nil:
		return t, err
	case !ok:
		return t, notThen(id, domain.Say("在序号 %d 时名录中还没有它", "the register did not have it at position %d", r.AtSeq))
	case t.now.State.Since == 0:
		return t, domain.Refuse(domain.Erased, eventstore.Amending, domain.Say("该条登记已经作废，不再提供", "the registration was annulled and is no longer given"))
	case t.then.State.Since == 0 || !answer.Known(t.then, r.AsOf):
		return t, notThen(id, domain.Say("它自 %s 起登记，%s 当日还没有登记", "it is registered from %s on and was not on %s", t.now.State.Since, r.AsOf))
	}
	return t, nil
}

func notThen(id string, why domain.Text) error {
	return domain.Refuse(domain.NotFound, rule.Registered, why, domain.Field{Pointer: "/id", Code: "unknown", Message: why})
}

func unknownID(id string) error {
	return notThen(id, domain.Say("名录中没有“%s”", "the register has no %q", clip(id)))
}

// streamOf returns the stream of the institution that an address names. A
// credit code or licence number leads to the address with the id.
func (s *server) streamOf(ctx context.Context, id string, r reading) (string, error) {
	if ident.ValidID(id) {
		stream, err := s.Views.Stream(id, "institution")
		if err == nil && stream == "" {
			err = unknownID(id)
		}
		return stream, err
	}
	owner := ""
	var err error
	if code, ok := looksLikeUSCC(id); ok {
		owner, _, err = s.Log.Owner(ctx, "uscc", string(code))
	}
	if number := ident.NormaliseLicenceNumber(id); owner == "" && err == nil && number != "" && len(number) <= 200 {
		owner, _, err = s.Log.Owner(ctx, "licence", string(number))
	}
	if err != nil {
		return "", err
	}
	rec := eventstore.Record{Stream: owner}
	if owner == "" || rec.Aggregate() != "institution" {
		return "", unknownID(id)
	}
	return "", r.q.elsewhere(id, rec.AggregateID())
}

// elsewhere is the same address with another id in place of the one it has.
func (q *request) elsewhere(id, canonical string) error {
	path := strings.Replace(q.r.URL.EscapedPath(), "/"+url.PathEscape(id), "/"+canonical, 1)
	if path == q.r.URL.EscapedPath() { // written in another way
		path = strings.Replace(q.r.URL.Path, "/"+id, "/"+canonical, 1)
	}
	if q.suffixed {
		path += "." + string(q.rep)
	}
	if q.r.URL.RawQuery != "" {
		path += "?" + q.r.URL.RawQuery
	}
	return &elsewhere{To: path}
}

type historyIn struct {
	ID string `path:"id"`
	PageParams
	Moment
}

func (s *server) institutionEvents(ctx context.Context, in *historyIn) (*reply[*sheet[*answer.History, answer.HistoryEntry]], error) {
	w, err := s.walk(ctx, nil, in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	stream, err := s.streamOf(ctx, in.ID, r)
	if err != nil {
		return nil, err
	}
	t, ok, err := s.institution(stream, r)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, notThen(in.ID, domain.Say("在序号 %d 时名录中还没有它", "the register did not have it at position %d", r.AtSeq))
	}
	recs, err := s.facts(in.ID, r.AtSeq)
	if err != nil {
		return nil, err
	}
	return s.historyPage(answer.HistoryOf(since(recs, r), answer.About{Now: t.now, Penalty: answer.Penalties(s.Views)}, r.For), w, r)
}

// since leaves out the facts that hold only after the day asked about, where
// that lies in the past.
func since(recs []eventstore.Record, r reading) []eventstore.Record {
	if r.AsOf >= r.Today {
		return recs
	}
	out := make([]eventstore.Record, 0, len(recs))
	for _, rec := range recs {
		if calendar.DayOf(rec.Meta.Effective) <= r.AsOf {
			out = append(out, rec)
		}
	}
	return out
}

// historyPage cuts a page out of a history.
func (s *server) historyPage(all []answer.HistoryEntry, w walk, r reading) (*reply[*sheet[*answer.History, answer.HistoryEntry]], error) {
	from := 0
	if w.after != "" {
		var p params
		after := p.number("cursor", w.after)
		if err := p.err(); err != nil {
			return nil, err
		}
		for from < len(all) && all[from].Seq <= after {
			from++
		}
	}
	items := all[from:]
	next := ""
	if !w.whole && len(items) > w.limit {
		items = items[:w.limit]
		next = utoa(items[w.limit-1].Seq)
	}
	page := &answer.History{Items: items, Total: len(all), AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq}
	out := &reply[*sheet[*answer.History, answer.HistoryEntry]]{Seq: r.position(), ContentType: mediaTypes[r.q.rep]}
	if fresh(out, r) {
		return out, nil
	}
	page.Next, out.Link = w.next(next, r)
	out.Body = &sheet[*answer.History, answer.HistoryEntry]{Page: page, rows: rowsOf(items)}
	return out, nil
}
