package projections

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/jurisdiction"
	"minglu/domain/term"
	"minglu/domain/work"
	"minglu/eventstore"
)

// Facts of a made-up aggregate that agencies work on, for the tests of the
// views of what is due, of figures and of work.
type (
	// deskOpened begins a piece of work about institutions.
	deskOpened struct {
		About   []string      `json:"about,omitempty"`
		Clocks  []clock.Start `json:"clocks,omitempty"`
		Figures []deskFigure  `json:"figures,omitempty"`
		Source  string        `json:"source,omitempty"`
	}
	// deskStepped does all that a later fact may do.
	deskStepped struct {
		Clocks  []clock.Start `json:"clocks,omitempty"`
		Does    []deskMove    `json:"does,omitempty"`
		Figures []deskFigure  `json:"figures,omitempty"`
		Status  string        `json:"status,omitempty"`
		To      string        `json:"to,omitempty"`
		Close   bool          `json:"close,omitempty"`
	}
	// deskNamed says that it is about a further institution.
	deskNamed struct {
		About string `json:"about"`
	}
	// deskVisited is about one institution, whatever the work is about.
	deskVisited struct {
		Institution string `json:"institution"`
	}
	// deskNoted does nothing that a view looks at.
	deskNoted     struct{}
	deskCorrected struct{ domain.Correction }
	deskAnnulled  struct{ domain.Annulment }

	deskMove struct {
		Op     clock.Op     `json:"op"`
		Key    term.Clock   `json:"key,omitempty"`
		Part   string       `json:"part,omitempty"`
		Due    calendar.Day `json:"due,omitzero"`
		Awaits int          `json:"awaits,omitempty"`
		Agency string       `json:"agency,omitempty"`
	}
	deskFigure struct {
		Key         term.Figure  `json:"key"`
		Item        string       `json:"item,omitempty"`
		Agency      string       `json:"agency,omitempty"`
		Institution string       `json:"institution,omitempty"`
		Count       figure.Count `json:"count"`
	}
	deskEvent interface {
		domain.Event
		deskEvent()
	}
)

func (deskOpened) EventName() string    { return "desk.opened" }
func (deskStepped) EventName() string   { return "desk.stepped" }
func (deskNamed) EventName() string     { return "desk.named" }
func (deskVisited) EventName() string   { return "desk.visited" }
func (deskNoted) EventName() string     { return "desk.noted" }
func (deskCorrected) EventName() string { return "desk.corrected" }
func (deskAnnulled) EventName() string  { return "desk.annulled" }

func (deskOpened) deskEvent()    {}
func (deskStepped) deskEvent()   {}
func (deskNamed) deskEvent()     {}
func (deskVisited) deskEvent()   {}
func (deskNoted) deskEvent()     {}
func (deskCorrected) deskEvent() {}
func (deskAnnulled) deskEvent()  {}

func (e deskOpened) Concerns() []string          { return e.About }
func (e deskNamed) Concerns() []string           { return []string{e.About} }
func (e deskVisited) Touches() []string          { return []string{e.Institution} }
func (e deskOpened) Moves() []clock.Move         { return clock.Begun(e.Clocks...) }
func (e deskOpened) Measures() []figure.Measure  { return deskMeasures(e.Figures) }
func (e deskStepped) Measures() []figure.Measure { return deskMeasures(e.Figures) }

func (e deskStepped) Moves() []clock.Move {
	moves := clock.Begun(e.Clocks...)
	for _, m := range e.Does {
		moves = append(moves, clock.Move{Op: m.Op, Key: m.Key, Part: m.Part, Due: m.Due, Awaits: m.Awaits, Agency: m.Agency})
	}
	return moves
}

func deskMeasures(figures []deskFigure) (out []figure.Measure) {
	for _, f := range figures {
		out = append(out, figure.Measure(f))
	}
	return out
}

// deskState is the state of the made-up aggregate.
type deskState struct {
	Top    work.Head    `json:"h,omitzero"`
	Clocks clock.Clocks `json:"c,omitzero"`
}

func (s deskState) Head() work.Head { return s.Top }

var deskDecider = domain.Decider[deskState, any, deskEvent]{Name: "desk", Evolve: deskEvolve}

func deskEvolve(s deskState, m domain.Meta, e deskEvent) deskState {
	s.Clocks = s.Clocks.After(m, e)
	on := calendar.DayOf(m.Effective)
	switch e := e.(type) {
	case deskOpened:
		s.Top = work.Head{Kind: "complaint", Status: "received", Agency: m.Actor.Agency, Agencies: []string{m.Actor.Agency}, Opened: on}
		if len(e.About) > 0 {
			s.Top.Institution = e.About[0]
		}
		if e.Source != "" {
			s.Top.Sources = []string{e.Source}
		}
	case deskStepped:
		if e.Status != "" {
			s.Top.Status = e.Status
		}
		if e.To != "" {
			s.Top.Agency = e.To
			if !slices.Contains(s.Top.Agencies, e.To) {
				s.Top.Agencies = domain.With(s.Top.Agencies, e.To)
			}
		}
		if e.Close {
			s.Top.Closed = on
		}
	case deskNamed:
		s.Top.Institution = e.About
	}
	return s
}

var deskCodec = eventstore.NewCodec([]domain.EventType{
	domain.Current[deskOpened](1), domain.Current[deskStepped](1), domain.Current[deskNamed](1),
	domain.Current[deskVisited](1), domain.Current[deskNoted](1),
	domain.Current[deskCorrected](1), domain.Current[deskAnnulled](1),
}, jurisdiction.Events)

// deskViews are the views that the made-up aggregate is for.
func deskViews() []Projection {
	return []Projection{Due(deskCodec), Figures(deskCodec), newWorks(deskCodec, workOf(deskDecider)), NewTimeline(deskCodec)}
}

func openDesk(t testing.TB, dir string, st *logStore, change func(*Set)) *Views {
	t.Helper()
	s := start(t, dir, st, change, deskViews()...)
	caughtUp(t, s)
	return &Views{Set: s, codec: deskCodec, works: newWorks(deskCodec, workOf(deskDecider))}
}

func deskDay(s string) calendar.Day {
	d, err := calendar.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// deskFact is a fact of a stream, effective on a day, of an agency.
func deskFact(stream, day, agency string, e domain.Event) eventstore.Record {
	m := domain.Meta{
		CommandID: "0190163d-8694-739b-aea5-966c26f8ad91", Division: eventstore.Record{Stream: stream}.Division(),
		Effective: deskDay(day).Time(), Recorded: deskDay(day).Time(), Actor: domain.Actor{Agency: agency}, Visibility: domain.Joint,
	}
	msgs, err := deskCodec.Messages(eventstore.Append{Meta: m, Writes: []eventstore.Write{{Stream: stream, Events: []domain.Event{e}}}})
	if err != nil {
		panic(err)
	}
	r, err := deskCodec.Decode(msgs[0])
	if err != nil {
		panic(err)
	}
	return r
}

func deskStream(division string, n int) string {
	return eventstore.StreamName(division, "desk", instID(n))
}

func deskInstitution(division string, n int) string {
	return eventstore.StreamName(division, "institution", instID(1_000_000+n))
}

func startOf(key term.Clock, from, due, agency string) clock.Start {
	return clock.Start{Key: key, From: deskDay(from), Period: calendar.Period{N: 15, Unit: calendar.WorkingDays}, Due: deskDay(due), Agency: agency}
}

// awaiting is a clock of working days that begins in December 2026, for whose
// next year the program has no calendar.
func awaiting(key term.Clock, from, agency string, days int) clock.Start {
	return clock.Start{Key: key, From: deskDay(from), Period: calendar.Period{N: days, Unit: calendar.WorkingDays}, Awaits: 2027, Agency: agency}
}

func calendarOf(division, day string, year int, off ...string) eventstore.Record {
	e := jurisdiction.CalendarPublished{Year: year, DaysOff: []calendar.Day{}, MakeUpDays: []calendar.Day{}, Document: "通知"}
	for _, d := range off {
		e.DaysOff = append(e.DaysOff, deskDay(d))
	}
	return deskFact(lawStream(division), day, division+"-education", e)
}

func lawStream(division string) string {
	return eventstore.StreamName(division, "jurisdiction", "law"+division)
}

func annul(seq uint64) domain.Annulment {
	return domain.Annulment{TargetSeq: seq, Reason: "误记"}
}

// deskHistory is a long random history of the made-up aggregate in several
// divisions, with amendments and calendars. It is the same every time.
func deskHistory(seed uint64, facts int) *logStore {
	h := &historian{st: &logStore{}, rnd: rand.New(rand.NewPCG(seed, 3)), of: map[string][]uint64{}}
	for len(h.st.recs) < facts {
		h.command()
	}
	return h.st
}

type historian struct {
	st      *logStore
	rnd     *rand.Rand
	of      map[string][]uint64 // positions by stream
	streams []string
}

var deskDivisions = []string{"530427", "530427", "530423", "530102", "530400", "110101"}

var deskKeys = []term.Clock{term.ReportCheck, term.ComplaintAccept, term.HearingRequest}

func (h *historian) day() string {
	return (deskDay("2026-10-08") + calendar.Day(len(h.st.recs)/6+h.rnd.IntN(20))).String()
}

func pick[T any](h *historian, list []T) T { return list[h.rnd.IntN(len(list))] }

func (h *historian) command() {
	var recs []eventstore.Record
	for range 1 + h.rnd.IntN(3) {
		recs = append(recs, h.fact())
	}
	first := uint64(len(h.st.recs)) + 1
	h.st.put(recs...)
	for i, r := range recs {
		h.of[r.Stream] = append(h.of[r.Stream], first+uint64(i))
	}
}

func (h *historian) agency(division string) string {
	return division + "-" + pick(h, []string{"education", "market_regulation"})
}

func (h *historian) fact() eventstore.Record {
	division := pick(h, deskDivisions)
	if h.rnd.IntN(40) == 0 {
		return h.law(division)
	}
	if len(h.streams) < 5 || h.rnd.IntN(4) == 0 {
		stream := deskStream(division, len(h.streams))
		h.streams = append(h.streams, stream)
		day := h.day()
		e := deskOpened{About: []string{deskInstitution(division, h.rnd.IntN(9))}, Clocks: h.starts(division, day), Figures: h.figures()}
		if len(h.streams) > 1 && h.rnd.IntN(3) == 0 {
			e.Source = h.streams[h.rnd.IntN(len(h.streams)-1)]
		}
		return deskFact(stream, day, h.agency(division), e)
	}
	stream := pick(h, h.streams)
	return deskFact(stream, h.day(), h.agency(stream[:6]), h.step(stream))
}

func (h *historian) law(division string) eventstore.Record {
	if h.rnd.IntN(2) == 0 {
		division = division[:4] + "00"
	}
	if old := h.of[lawStream(division)]; len(old) > 0 && h.rnd.IntN(3) == 0 {
		return deskFact(lawStream(division), h.day(), division+"-education", jurisdiction.Annulled{Annulment: annul(pick(h, old))})
	}
	return calendarOf(division, h.day(), 2027+h.rnd.IntN(2), "2027-01-01", fmt.Sprintf("2027-01-%02d", 4+h.rnd.IntN(20)))
}

func (h *historian) starts(division, day string) (out []clock.Start) {
	for range h.rnd.IntN(3) {
		s := startOf(pick(h, deskKeys), day, (deskDay(day) + calendar.Day(h.rnd.IntN(60))).String(), h.agency(division))
		if h.rnd.IntN(3) == 0 {
			s = awaiting(pick(h, deskKeys), day, h.agency(division), 5+h.rnd.IntN(300))
		}
		if h.rnd.IntN(3) == 0 {
			s.Officer = fmt.Sprint("E", h.rnd.IntN(3))
		}
		s.Part = pick(h, []string{"", "", "a"})
		out = append(out, s)
	}
	return out
}

func (h *historian) figures() (out []deskFigure) {
	for range h.rnd.IntN(3) {
		f := deskFigure{
			Key: pick(h, []term.Figure{term.GrievancesReceived, term.InspectionVisits}), Item: pick(h, []string{"", "hotline", "letter"}),
			Agency: pick(h, []string{"", "530427-fire"}), Count: figure.Of(1+h.rnd.IntN(4), term.Incidents),
		}
		if f.Key == term.InspectionVisits {
			f.Count.Unit, f.Count.Precision = term.Visits, pick(h, []term.Precision{term.Exact, term.Exact, term.AtLeast})
		}
		if h.rnd.IntN(3) > 0 {
			f.Institution = deskInstitution("530427", h.rnd.IntN(9))
		}
		out = append(out, f)
	}
	return out
}

// step is a later fact of a stream.
func (h *historian) step(stream string) domain.Event {
	target := uint64(0)
	if old := h.of[stream]; len(old) > 0 {
		target = pick(h, old)
	}
	switch n := h.rnd.IntN(20); {
	case n == 0:
		return deskNoted{}
	case n == 1:
		return deskNamed{About: deskInstitution(stream[:6], h.rnd.IntN(9))}
	case n <= 3 && target != 0:
		return deskAnnulled{annul(target)}
	case n <= 5 && target != 0:
		return deskCorrected{h.correction(target)}
	case n <= 7:
		return deskVisited{deskInstitution(stream[:6], h.rnd.IntN(9))}
	}
	day := h.day()
	e := deskStepped{Figures: h.figures(), Status: pick(h, []string{"", "accepted", "checked"}), Close: h.rnd.IntN(6) == 0}
	if h.rnd.IntN(4) == 0 {
		e.To = h.agency(stream[:6])
	}
	if h.rnd.IntN(3) == 0 {
		e.Clocks = h.starts(stream[:6], day)
	}
	m := deskMove{Op: pick(h, []clock.Op{clock.End, clock.End, clock.Pause, clock.Resume, clock.Extend, clock.Hand, clock.Miss}), Key: pick(h, deskKeys), Part: pick(h, []string{"", clock.AllParts})}
	switch m.Op {
	case clock.Resume, clock.Extend:
		m.Due = deskDay(day) + calendar.Day(h.rnd.IntN(90))
		if h.rnd.IntN(2) == 0 {
			m.Due, m.Awaits = 0, 2027
		}
	case clock.Hand:
		m.Agency = h.agency(stream[:6])
	}
	e.Does = []deskMove{m}
	return e
}

// correction moves a fact to another day, or an opening or a visit to another
// institution.
func (h *historian) correction(target uint64) domain.Correction {
	r := h.st.recs[target-1]
	is := deskInstitution(r.Division(), h.rnd.IntN(9))
	switch e := r.Event.(type) {
	case deskOpened:
		return domain.Correction{TargetSeq: target, Field: "about", Was: fmt.Appendf(nil, "[%q]", e.About[0]), Is: fmt.Appendf(nil, "[%q]", is), Reason: "误登"}
	case deskVisited:
		return domain.Correction{TargetSeq: target, Field: "institution", Was: fmt.Appendf(nil, "%q", e.Institution), Is: fmt.Appendf(nil, "%q", is), Reason: "误登"}
	}
	return correctDay(target, h.day())
}

// amendedStreams returns the facts of each stream up to a position as they are
// to be folded, by stream.
func (s *logStore) amendedStreams(t testing.TB, atSeq uint64) map[string][]eventstore.Record {
	t.Helper()
	out := map[string][]eventstore.Record{}
	for _, r := range s.recs {
		if r.Meta.Seq <= atSeq {
			out[r.Stream] = append(out[r.Stream], r)
		}
	}
	for stream, recs := range out {
		amended, err := deskCodec.Amend(recs)
		if err != nil {
			t.Fatal(err)
		}
		out[stream] = slices.DeleteFunc(slices.Clone(amended), isAmendment)
	}
	return out
}

// inOrder returns the keys of a map in order.
func inOrder[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// TestDeskViewsDoNotDependOnGrouping builds the views of a long history in
// several ways, which must come to the same rows.
func TestDeskViewsDoNotDependOnGrouping(t *testing.T) {
	st := deskHistory(1, 600)
	whole := openDesk(t, t.TempDir(), st, nil)
	want := hashes(t, whole.Set)
	t.Run("built in small steps", func(t *testing.T) {
		sameViews(t, hashes(t, openDesk(t, t.TempDir(), st, smallSteps).Set), want)
	})
	t.Run("command by command", func(t *testing.T) {
		one := &logStore{}
		s := start(t, t.TempDir(), one, nil, deskViews()...)
		for first := 0; first < len(st.recs); {
			n := st.recs[first].Meta.Count
			if err := s.Wait(t.Context(), one.put(st.recs[first:first+n]...)); err != nil {
				t.Fatal(err)
			}
			first += n
		}
		sameViews(t, hashes(t, s), want)
	})
	t.Run("replayed", func(t *testing.T) {
		all, err := whole.Replay(t.Context(), t.TempDir(), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range all {
			if !c.Same {
				t.Errorf("%s differs: %s", c.Name, c.Error)
			}
		}
	})
}

// correctDay moves a fact to another day.
func correctDay(target uint64, to string) domain.Correction {
	return domain.Correction{TargetSeq: target, Field: eventstore.EffectiveField, Was: []byte(`""`), Is: fmt.Appendf(nil, "%q", to), Reason: "日期有误"}
}
