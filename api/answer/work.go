package answer

import (
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/division"
	"minglu/domain/figure"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// A WorkKind is one aggregate that agencies work on, as it is listed.
type WorkKind struct {
	Aggregate string
	Plural    string // in addresses
	Title     domain.Text
	Kinds     *term.List // nil: all are of one kind
	Statuses  *term.List
}

// WorkKinds are all of them, in the order in which they are shown.
var WorkKinds = []WorkKind{
	{"grievance", "grievances", domain.Text{ZH: "投诉举报", EN: "grievances"}, term.Natures, term.GrievanceStatuses},
	{"inspection", "inspections", domain.Text{ZH: "检查", EN: "inspections"}, term.InspectionKinds, term.InspectionStatuses},
	{"rectification", "rectifications", domain.Text{ZH: "整改", EN: "rectifications"}, term.RectificationSeverities, term.RectificationStatuses},
	{"penalty", "penalties", domain.Text{ZH: "处罚案件", EN: "penalty cases"}, term.CaseSources, term.CaseStatuses},
	{"dispute", "disputes", domain.Text{ZH: "纠纷", EN: "disputes"}, term.DisputeCauses, term.DisputeStatuses},
	{"escrow", "escrows", domain.Text{ZH: "监管账户", EN: "supervised accounts"}, term.EscrowModes, term.AccountStatuses},
	{"case", "cases", domain.Text{ZH: "联合案件", EN: "joint cases"}, nil, term.JointCaseStatuses},
}

// WorkKindOf returns the kind of an aggregate; ok is false where agencies do not
// work on it.
func WorkKindOf(aggregate string) (k WorkKind, ok bool) {
	for _, k := range WorkKinds {
		if k.Aggregate == aggregate {
			return k, true
		}
	}
	return WorkKind{}, false
}

// address is where the work of that id is shown.
func (k WorkKind) address(id string) string { return "/api/v1/" + k.Plural + "/" + id }

// Count is a number of something. Visits and institutions are different units,
// and none is made of the other.
type Count struct {
	N         *int           `json:"n" doc:"Null where it is not known."`
	Unit      term.Unit      `json:"unit"`
	Precision term.Precision `json:"precision" doc:"at_least is 余, nearly is 近; neither turns exact in a sum."`
}

// CountOf answers with a count.
func CountOf(c figure.Count) Count {
	c = c.Filled()
	out := Count{N: &c.N, Unit: c.Unit, Precision: c.Precision}
	if c.Precision == term.UnknownCount && c.N == 0 {
		out.N = nil
	}
	return out
}

func countOrNone(c *figure.Count) *Count {
	if c == nil {
		return nil
	}
	out := CountOf(*c)
	return &out
}

// countedOr answers with a sum of counts, which is 0 of a unit where nothing was
// counted.
func countedOr(c figure.Count, unit term.Unit) Count {
	if c.Unit == "" {
		c = figure.Of(0, unit)
	}
	return CountOf(c)
}

// Names are the institutions that an answer names, by stream.
type Names map[string]named

type named struct {
	NamedInstitution
	mask mask
}

// Add names an institution for a reader; see InstitutionOf for now.
func (n Names) Add(i, now projections.Institution, f For) {
	n[i.Stream] = named{NamedInstitutionOf(i, now, f), maskOf(now.State, f.Reader)}
}

// Of returns the institution of a stream; nil for none. One that is not known is
// named by its id alone.
func (n Names) Of(stream string) *NamedInstitution {
	if stream == "" {
		return nil
	}
	if known, ok := n[stream]; ok {
		return &known.NamedInstitution
	}
	return &NamedInstitution{ID: eventstore.Record{Stream: stream}.AggregateID()}
}

// text returns a text about the institution of a stream as it may be read.
func (n Names) text(stream, s string) string { return n[stream].mask.text(s) }

// list returns the institutions of streams.
func (n Names) list(streams []string) []NamedInstitution {
	out := make([]NamedInstitution, len(streams))
	for i, s := range streams {
		out[i] = *n.Of(s)
	}
	return out
}

// WorkSummary is what every answer says of a piece of work.
type WorkSummary struct {
	Aggregate   string            `json:"aggregate" enum:"grievance,inspection,rectification,penalty,dispute,case"`
	ID          string            `json:"id"`
	Number      Maybe             `json:"number" doc:"Of the paper: receipt, task code, document."`
	Title       string            `json:"title"`
	Kind        Maybe             `json:"kind" doc:"A code of the aggregate's own list."`
	Status      Maybe             `json:"status" doc:"A code of the aggregate's own list."`
	Institution *NamedInstitution `json:"institution" doc:"The one that it is about; null where it is about none of the register, or several."`
	Division    Division          `json:"division"`
	Agency      Maybe             `json:"agency" doc:"Who has to act now; of what has ended, who had it last, or null."`
	AgencyName  Maybe             `json:"agency_name"`
	Agencies    []string          `json:"agencies" doc:"All that take part, the lead first."`
	Opened      Date              `json:"opened"`
	Closed      Date              `json:"closed" doc:"Null while it goes on."`
}

// WorkSummaryOf answers for one head.
func WorkSummaryOf(h projections.WorkHead, names Names, f For) WorkSummary {
	s := WorkSummary{
		Aggregate: h.Aggregate, ID: h.ID(), Number: Maybe(h.Number), Title: h.Title, Kind: Maybe(h.Kind), Status: Maybe(h.Status),
		Institution: names.Of(h.Institution), Division: DivisionOn(division.Code(h.Division()), f.AsOf), Agency: Maybe(h.Agency),
		Agencies: orEmpty(h.Agencies), Opened: Date{h.Opened}, Closed: Date{h.Closed},
	}
	if h.Institution != "" {
		s.Title = names.text(h.Institution, s.Title)
	}
	if h.Agency != "" {
		s.AgencyName = Maybe(f.say(AgencyName(h.Agency)))
	}
	return s
}

// WorkRow is a piece of work in a list.
type WorkRow struct {
	WorkSummary
	Late      *int              `json:"late" doc:"How many of its clocks have run out; null for the public."`
	NextDue   Date              `json:"next_due" doc:"The next last day of one of its clocks."`
	Published *PublishedPenalty `json:"published,omitempty" doc:"Of a penalty: the decision as it is published today."`
}

// WorkRowOf answers for one row of a list; clocks are those of the work, open or
// ended, as they stand on f.AsOf.
func WorkRowOf(h projections.WorkHead, clocks []clock.Clock, names Names, f For) WorkRow {
	r := WorkRow{WorkSummary: WorkSummaryOf(h, names, f)}
	late := 0
	for _, c := range clocks {
		switch s := clockState(c, f.AsOf); {
		case !c.Open():
		case s == projections.DueLate:
			late++
		case c.Due >= f.AsOf && (r.NextDue.IsZero() || c.Due < r.NextDue.Day):
			r.NextDue = Date{c.Due}
		}
	}
	r.Late = &late
	return r
}

// Works is a page of pieces of work.
type Works struct {
	Items     []WorkRow `json:"items"`
	Next      Maybe     `json:"next"`
	Total     int       `json:"total"`
	AsOf      Date      `json:"as_of"`
	AtSeq     uint64    `json:"at_seq"`
	Scheduled bool      `json:"scheduled,omitempty"`
}

// WorkLink leads to another piece of work.
type WorkLink struct {
	Aggregate string `json:"aggregate"`
	ID        string `json:"id"`
	Number    Maybe  `json:"number"`
	Title     string `json:"title"`
	Kind      Maybe  `json:"kind"`
	Status    Maybe  `json:"status"`
	Opened    Date   `json:"opened"`
	Closed    Date   `json:"closed"`
	Address   string `json:"address"`
}

// WorkLinkOf leads to the work of a head.
func WorkLinkOf(h projections.WorkHead) WorkLink {
	k, _ := WorkKindOf(h.Aggregate)
	return WorkLink{Aggregate: h.Aggregate, ID: h.ID(), Number: Maybe(h.Number), Title: h.Title, Kind: Maybe(h.Kind), Status: Maybe(h.Status),
		Opened: Date{h.Opened}, Closed: Date{h.Closed}, Address: k.address(h.ID())}
}

// Links are the pieces of work that the reader may see, by stream.
type Links map[string]WorkLink

// In returns the links to streams, in their order, without those that are none.
func (l Links) In(streams []string) []WorkLink {
	out := []WorkLink{}
	for _, s := range streams {
		if link, ok := l[s]; ok {
			out = append(out, link)
		}
	}
	return out
}

// of returns the link to a stream; nil for none, and for one that the reader may
// not see.
func (l Links) of(stream string) *WorkLink {
	if link, ok := l[stream]; ok {
		return &link
	}
	return nil
}

// WorkClock is one clock of a piece of work.
type WorkClock struct {
	Clock       term.Clock           `json:"clock"`
	Label       string               `json:"label"`
	Part        Maybe                `json:"part" doc:"Of what it runs for; null: the whole."`
	Agency      string               `json:"agency" doc:"Whose clock it is."`
	AgencyName  string               `json:"agency_name"`
	Officer     Maybe                `json:"officer" doc:"Whose task it is, where one is named; for officers only."`
	From        Date                 `json:"from" doc:"The day that it runs from, which does not count."`
	Due         Date                 `json:"due" doc:"Its last day; null where it stands still or lacks a calendar."`
	Awaits      *int                 `json:"awaits_calendar" doc:"The year whose working days are not published, without which the last day cannot be known."`
	PausedSince Date                 `json:"paused_since"`
	Extended    Date                 `json:"extended_on"`
	State       projections.DueState `json:"state" enum:"late,today,week,later,paused,awaiting,lapsed,ended"`
	MissedOn    Date                 `json:"missed_on" doc:"Since when it is on record that the last day passed."`
	Ended       Date                 `json:"ended_on"`
	WasLate     bool                 `json:"late" doc:"Its last day passed before it was ended."`
}

// ClockEnded is the state of a clock that was ended, beside those of open ones.
const ClockEnded projections.DueState = "ended"

// soon is how many days after today a clock is due within the week.
const soon = 7

// clockState is how a clock stands on a day.
func clockState(c clock.Clock, on calendar.Day) projections.DueState {
	switch {
	case !c.Open():
		return ClockEnded
	case c.Paused():
		return projections.DuePaused
	case c.Due == 0:
		return projections.DueAwaiting
	case c.Due > on+soon:
		return projections.DueLater
	case c.Due > on:
		return projections.DueWeek
	case c.Due == on:
		return projections.DueToday
	case clock.Lapses(c.Key):
		return projections.DueLapsed
	}
	return projections.DueLate
}

// WorkClocksOf answers for the clocks of a piece of work, in the order in which
// they began.
func WorkClocksOf(clocks []clock.Clock, f For) []WorkClock {
	out := make([]WorkClock, len(clocks))
	for i, c := range clocks {
		w := WorkClock{
			Clock: c.Key, Label: f.say(c.Key.Label()), Part: Maybe(c.Part), Agency: c.Agency, AgencyName: f.say(AgencyName(c.Agency)),
			From: Date{c.From}, Due: Date{c.Due}, Extended: Date{c.Extended}, State: clockState(c, f.AsOf), MissedOn: Date{c.Missed},
			Ended: Date{c.Ended}, WasLate: c.Late(f.AsOf),
		}
		if !f.Reader.Public() {
			w.Officer = Maybe(c.Officer)
		}
		if c.Paused() {
			w.PausedSince = Date{c.Pauses[len(c.Pauses)-1].Suspended}
		} else if c.Open() && c.Due == 0 && c.Awaits != 0 {
			w.Awaits = &c.Awaits
		}
		out[i] = w
	}
	return out
}

// Work is what every piece of work answers beside its own members.
type Work struct {
	WorkSummary
	Clocks     []WorkClock `json:"clocks"`
	Sources    []WorkLink  `json:"sources" doc:"What it goes back to, as far as the reader may see it."`
	Followed   []WorkLink  `json:"followed_by" doc:"What goes back to it, as far as the reader may see it."`
	Events     string      `json:"events" doc:"Address of its history."`
	Version    uint64      `json:"version"`
	UpdatedSeq uint64      `json:"updated_seq" doc:"Position of its newest fact."`
	AsOf       Date        `json:"as_of"`
	AtSeq      uint64      `json:"at_seq"`
	Scheduled  bool        `json:"scheduled,omitempty"`
}

// Piece is what the answer about a piece of work is made of: what its reader may
// read of it, as it stood on the day and was known at the position asked about.
type Piece struct {
	Head projections.WorkHead
	// Facts are those that the reader may read, oldest first, in their corrected
	// form, without those that were annulled.
	Facts    []eventstore.Record
	Clocks   []clock.Clock
	Names    Names
	Links    Links
	Sources  []WorkLink
	Followed []WorkLink
}

// work answers with what every piece of work tells.
func (p Piece) work(f For) Work {
	k, _ := WorkKindOf(p.Head.Aggregate)
	return Work{
		WorkSummary: WorkSummaryOf(p.Head, p.Names, f), Clocks: WorkClocksOf(p.Clocks, f), Sources: orEmpty(p.Sources), Followed: orEmpty(p.Followed),
		Events: k.address(p.Head.ID()) + "/events", Version: p.Head.Version, UpdatedSeq: p.Head.Seq,
		AsOf: Date{f.AsOf}, AtSeq: f.AtSeq, Scheduled: f.Scheduled(),
	}
}

// over reports whether the reader is one for whom joint enforcement is no secret
// here.
func (p Piece) over(f For) bool { return f.Reader.Over(division.Code(p.Head.Division())) }

// each calls f with the facts of one kind, oldest first.
func each[E domain.Event](p Piece, f func(m domain.Meta, e E)) {
	for _, r := range p.Facts {
		if e, ok := r.Event.(E); ok {
			f(r.Meta, e)
		}
	}
}

// dayOf is the day from which a fact holds.
func dayOf(m domain.Meta) Date { return Date{calendar.DayOf(m.Effective)} }

// Concerned reports whether facts name an institution, by its id, as one that they
// are about.
func Concerned(facts []eventstore.Record, id string) bool {
	is := func(stream string) bool { return eventstore.Record{Stream: stream}.AggregateID() == id }
	return slices.ContainsFunc(facts, func(r eventstore.Record) bool {
		c, concerns := r.Event.(domain.Concerning)
		t, touches := r.Event.(domain.Touching)
		return concerns && slices.ContainsFunc(c.Concerns(), is) || touches && slices.ContainsFunc(t.Touches(), is)
	})
}

// Sealed is a personal value: that there is one. Who handles the matter may ask
// to read it by its reference; others are shown a word in its place.
type Sealed struct {
	Sealed    bool  `json:"sealed"`
	PersonRef Maybe `json:"person_ref" doc:"By which the handling agency asks to read it, with a reason; null for others."`
	ShownAs   Maybe `json:"shown_as"`
	Erased    bool  `json:"erased,omitempty" doc:"Erased by law."`
}

// sealedOf answers for the sealed values of a person.
func sealedOf(ref string, handles, erased bool, shownAs domain.Text, f For) *Sealed {
	s := &Sealed{Sealed: true, ShownAs: Maybe(f.say(shownAs)), Erased: erased}
	if handles && !f.Reader.Public() {
		s.PersonRef, s.ShownAs = Maybe(ref), ""
	}
	if erased {
		s.ShownAs = Maybe(f.say(erasedWords))
	}
	return s
}

var erasedWords = domain.Text{ZH: "已依法隐去", EN: "erased by law"}

// lettered is the word for the n-th person of a role, from 0: 投诉人 A.
func lettered(role domain.Text, n int) domain.Text {
	letters := ""
	for n++; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return domain.Text{ZH: role.ZH + " " + letters, EN: role.EN + " " + letters}
}

// InstitutionWork is everything about an institution that agencies work on.
type InstitutionWork struct {
	Institution NamedInstitution      `json:"institution"`
	Open        int                   `json:"open" doc:"How many pieces of work go on."`
	Closed      int                   `json:"closed"`
	Late        int                   `json:"late" doc:"How many of their clocks have run out."`
	Kinds       []InstitutionWorkKind `json:"by_aggregate"`
	AsOf        Date                  `json:"as_of"`
	AtSeq       uint64                `json:"at_seq"`
	Scheduled   bool                  `json:"scheduled,omitempty"`
}

// InstitutionWorkKind is the work of one aggregate.
type InstitutionWorkKind struct {
	Aggregate string                `json:"aggregate"`
	Title     string                `json:"title"`
	Open      int                   `json:"open"`
	Closed    int                   `json:"closed"`
	Late      int                   `json:"late"`
	Items     []InstitutionWorkItem `json:"items" doc:"The newest first."`
}

// InstitutionWorkItem is one piece of it.
type InstitutionWorkItem struct {
	WorkRow
	Clocks  []WorkClock `json:"clocks" doc:"Those that are open."`
	Address string      `json:"address"`
}

// InstitutionWorkItemOf answers for one piece of work.
func InstitutionWorkItemOf(h projections.WorkHead, clocks []clock.Clock, names Names, f For) InstitutionWorkItem {
	k, _ := WorkKindOf(h.Aggregate)
	return InstitutionWorkItem{WorkRow: WorkRowOf(h, clocks, names, f), Clocks: WorkClocksOf(clock.Clocks(clocks).Open(), f), Address: k.address(h.ID())}
}

// InstitutionWorkOf sorts pieces of work by their aggregate.
func InstitutionWorkOf(about NamedInstitution, items []InstitutionWorkItem, f For) InstitutionWork {
	out := InstitutionWork{Institution: about, AsOf: Date{f.AsOf}, AtSeq: f.AtSeq, Scheduled: f.Scheduled()}
	for _, k := range WorkKinds {
		of := InstitutionWorkKind{Aggregate: k.Aggregate, Title: f.say(k.Title), Items: []InstitutionWorkItem{}}
		for _, i := range items {
			if i.Aggregate != k.Aggregate {
				continue
			}
			of.Items = append(of.Items, i)
			if of.Late += *i.Late; i.Closed.IsZero() {
				of.Open++
			} else {
				of.Closed++
			}
		}
		out.Open, out.Closed, out.Late = out.Open+of.Open, out.Closed+of.Closed, out.Late+of.Late
		out.Kinds = append(out.Kinds, of)
	}
	return out
}
