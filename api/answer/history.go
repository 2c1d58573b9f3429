package answer

import (
	"bytes"
	"encoding/json"
	"time"

	"minglu/domain"
	"minglu/domain/access"
	"minglu/domain/calendar"
	"minglu/domain/grievance"
	"minglu/domain/institution"
	"minglu/eventstore"
)

// HistoryEntry is one fact as it is told.
type HistoryEntry struct {
	Seq       uint64            `json:"seq"`
	ID        string            `json:"id" doc:"Id of the event."`
	Event     string            `json:"event"`
	Version   uint64            `json:"version,omitempty" doc:"Version of its aggregate after the fact; left out in the stream of the whole log."`
	Schema    int               `json:"schema" doc:"Version of the shape of body."`
	Effective string            `json:"effective" doc:"From when it holds: a day, or an instant."`
	Recorded  time.Time         `json:"recorded"`
	Aggregate string            `json:"aggregate"`
	Subject   string            `json:"subject" doc:"Id of the institution, person or division it is about."`
	Division  string            `json:"division"`
	Agency    string            `json:"agency"`
	By        string            `json:"agency_name"`
	Officers  []string          `json:"officers,omitempty" doc:"Register numbers; for officers only."`
	Act       string            `json:"act"`
	Summary   string            `json:"summary"`
	Changes   []string          `json:"changes" doc:"The members of the answer that it may change."`
	Source    *domain.Source    `json:"source,omitempty"`
	Basis     []domain.Basis    `json:"basis,omitempty"`
	Evidence  []domain.Evidence `json:"evidence,omitempty"`
	Rules     []string          `json:"rules,omitempty"`
	Visible   domain.Visibility `json:"visibility,omitempty" doc:"Left out where it is public."`
	Amends    uint64            `json:"amends,omitempty" doc:"Position of the fact that it corrects or annuls."`
	AmendedBy []uint64          `json:"amended_by,omitempty" doc:"Positions of the facts that correct or annul it."`
	Annulled  bool              `json:"annulled,omitempty"`
	Withdrawn bool              `json:"withdrawn,omitempty" doc:"Its publication has ended: it keeps its place and has no body."`
	Body      json.RawMessage   `json:"body"`
}

// History is a page of facts.
type History struct {
	Items []HistoryEntry `json:"items"`
	Next  Maybe          `json:"next"`
	Total int            `json:"total"`
	AsOf  Date           `json:"as_of"`
	AtSeq uint64         `json:"at_seq"`
}

// EntryOf answers for one fact, which has its Event; ok is false where the
// reader is not shown it.
func EntryOf(r eventstore.Record, about About, f For) (e HistoryEntry, ok bool) {
	pub := PublicationOf(r, about, f)
	if pub == Hidden {
		return HistoryEntry{}, false
	}
	m := maskOf(about.Now.State, f.Reader)
	if reg, ok := r.Event.(institution.Registered); ok && !m.hides() {
		m = maskOf(institution.Evolve(institution.State{}, r.Meta, reg), f.Reader)
	}
	line := lines[r.Type]
	e = HistoryEntry{
		Seq: r.Meta.Seq, ID: r.ID, Event: r.Type, Schema: r.Version,
		Effective: eventstore.FormatEffective(r.Meta.Effective), Recorded: r.Meta.Recorded.In(calendar.Beijing),
		Aggregate: r.Aggregate(), Subject: r.AggregateID(), Division: r.Meta.Division,
		Agency: r.Meta.Actor.Agency, By: f.say(AgencyName(r.Meta.Actor.Agency)), Act: r.Meta.Act,
		Changes: orEmpty(line.changes), Rules: r.Meta.Rules, Basis: r.Meta.Basis, Evidence: r.Meta.Evidence,
	}
	if r.Meta.Visibility != domain.Public {
		e.Visible = r.Meta.Visibility
	}
	if a, ok := r.Event.(domain.Amendment); ok {
		e.Amends, _ = a.Amends()
	}
	if pub == Withdrawn {
		e.Withdrawn, e.Summary, e.Body = true, f.say(withdrawnSummary), json.RawMessage("null")
		e.Basis, e.Evidence = nil, nil
		return e, true
	}
	if r.Meta.Source != (domain.Source{}) {
		s := r.Meta.Source
		s.Title, s.DocNo, s.Reason = m.text(s.Title), m.text(s.DocNo), m.text(s.Reason)
		e.Source = &s
	}
	if !f.Reader.Public() {
		e.Officers = r.Meta.Actor.Officers
	}
	e.Summary = m.text(f.say(Summary(r.Event)))
	e.Body = m.body(r.Body)
	switch t := r.Event.(type) { // what somebody is known by stays in the register
	case access.TokenIssued:
		t.Digest = ""
		e.Body, _ = Marshal(t)
	case grievance.Received:
		e.Body = m.body(withoutDigest(r.Body))
	}
	return e, true
}

// withoutDigest leaves the digest of the query code out of a received grievance.
func withoutDigest(body []byte) []byte {
	v, ok := decodeKeeping(body)
	if !ok {
		return nil
	}
	if members, ok := v.(map[string]any); ok {
		if receipt, ok := members["receipt"].(map[string]any); ok {
			delete(receipt, "query_digest")
		}
	}
	b, err := Marshal(v)
	if err != nil {
		return nil
	}
	return b
}

var withdrawnSummary = domain.Text{ZH: "该信息公示已结束，内容不再公开。", EN: "The publication of this fact has ended; its content is no longer public."}

// body returns the body of a fact as it may be read: sealed values as the mere
// fact that there is one, and what m hides masked.
func (m mask) body(b []byte) json.RawMessage {
	if len(b) == 0 {
		return json.RawMessage("{}")
	}
	if !m.hides() && !bytes.Contains(b, []byte(`"commit"`)) {
		return json.RawMessage(b)
	}
	v, ok := decodeKeeping(b)
	if !ok {
		return json.RawMessage("null")
	}
	out, err := Marshal(m.clean(v))
	if err != nil {
		return json.RawMessage("null")
	}
	return out
}

func decodeKeeping(b []byte) (any, bool) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	return v, d.Decode(&v) == nil
}

// clean replaces every sealed value by {"sealed":true} and masks every text.
func (m mask) clean(v any) any {
	switch v := v.(type) {
	case map[string]any:
		_, person := v["person"]
		_, commit := v["commit"]
		if person && commit {
			return map[string]any{"sealed": true}
		}
		for k := range v {
			v[k] = m.clean(v[k])
		}
	case []any:
		for i := range v {
			v[i] = m.clean(v[i])
		}
	case string:
		return m.text(v)
	}
	return v
}

// HistoryOf answers for the facts about one subject, oldest first: with the
// version after each, and with which facts amend which. recs are all of its
// records up to f.AtSeq, with their events.
func HistoryOf(recs []eventstore.Record, about About, f For) []HistoryEntry {
	bySeq := make(map[uint64]int, len(recs))
	for i, r := range recs {
		bySeq[r.Meta.Seq] = i
	}
	about.Target = func(seq uint64) (eventstore.Record, bool) {
		i, ok := bySeq[seq]
		if !ok {
			return eventstore.Record{}, false
		}
		return recs[i], true
	}
	amendedBy, annulled := amendmentsOf(recs)
	versions := map[string]uint64{}
	streams := map[string]bool{}
	for _, r := range recs {
		streams[r.Stream] = true
	}
	out := make([]HistoryEntry, 0, len(recs))
	for _, r := range recs {
		versions[r.Stream]++
		e, ok := EntryOf(r, about, f)
		if !ok {
			continue
		}
		if len(streams) == 1 || r.AggregateID() == about.Now.ID {
			e.Version = versions[r.Stream] // of others not every fact may stand here
		}
		e.AmendedBy, e.Annulled = amendedBy[e.Seq], annulled[e.Seq]
		out = append(out, e)
	}
	return out
}

// amendmentsOf returns by position who amends a fact, and which are annulled;
// an amendment that is itself annulled does nothing.
func amendmentsOf(recs []eventstore.Record) (by map[uint64][]uint64, annulled map[uint64]bool) {
	by, annulled = map[uint64][]uint64{}, map[uint64]bool{}
	for i := len(recs) - 1; i >= 0; i-- {
		a, ok := recs[i].Event.(domain.Amendment)
		if !ok || annulled[recs[i].Meta.Seq] {
			continue
		}
		target, change := a.Amends()
		by[target] = append([]uint64{recs[i].Meta.Seq}, by[target]...)
		if change == nil {
			annulled[target] = true
		}
	}
	return by, annulled
}

// personal reports whether what a record says of a natural person may stand in
// its body, so that whoever shows it to the public must know whom it is about.
func personal(aggregate string) bool { return aggregate == "institution" || aggregate == "listing" }

// NeedsSubject reports whether EntryOf must be told the institution that the
// record is about, to mask it or to judge its publication.
func NeedsSubject(r eventstore.Record) bool { return personal(r.Aggregate()) }
