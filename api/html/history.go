package html

import (
	"slices"
	"strings"

	"minglu/api/answer"
	"minglu/domain/calendar"
	"minglu/eventstore"
)

// History is the page of all that was recorded about an institution.
type History struct {
	Frame
	Name  string
	Back  string // address of the institution
	Rows  []HistoryLine
	Total int
	Pages pages
}

// HistoryLine is one fact in words.
type HistoryLine struct {
	answer.HistoryEntry
	On        calendar.Day // effective
	Later     string       // word for a fact of a day after that of the page
	Anchor    string
	Source    string // document, with its number
	Target    *Pointer
	Amendment []Pointer
}

// Pointer leads to another fact of the same history.
type Pointer struct {
	Seq  uint64
	Href string
}

func (History) template() string { return "history" }

const factsOnPage = 100

func (s *site) history(v *visit) (page, error) {
	i, err := s.subject(v, "/history")
	if err != nil {
		return nil, err
	}
	f := v.forPublic()
	f.AsOf = max(f.AsOf, i.then.State.Since)
	a := answer.InstitutionOf(i.then, i.now, f)
	n, err := v.pageNumber()
	if err != nil {
		return nil, err
	}
	back := v.link("/institutions/" + a.ID)
	p := &History{Frame: s.frame(v, a.Name+"的登记历史", "search", nil), Name: a.Name, Back: back}
	p.Crumbs = append(s.crumbs(v, i), Link{a.Name, back})
	lines, err := s.lines(v, i)
	if err != nil {
		return nil, err
	}
	p.Total, p.Pages = len(lines), v.pages(p.Path, nil, n, factsOnPage, len(lines))
	p.Rows = part(lines, n, factsOnPage)
	p.file("", "/institutions/"+a.ID+"/events", nil, "json", "ndjson")
	return p, nil
}

// lines returns the facts about an institution as the public reads them, newest
// first.
func (s *site) lines(v *visit, i twice) ([]HistoryLine, error) {
	recs, err := s.facts(v, i.then.ID)
	if err != nil {
		return nil, err
	}
	entries := answer.HistoryOf(recs, answer.About{Now: i.now, Penalty: answer.Penalties(s.Views)}, v.forPublic())
	slices.Reverse(entries)
	where := make(map[uint64]string, len(entries))
	path := "/institutions/" + i.then.ID + "/history"
	for k, e := range entries {
		page := ""
		if n := k/factsOnPage + 1; n > 1 {
			page = seqText(uint64(n))
		}
		where[e.Seq] = v.link(path, "page", page) + "#seq-" + seqText(e.Seq)
	}
	out := make([]HistoryLine, len(entries))
	for k, e := range entries {
		l := HistoryLine{HistoryEntry: e, Anchor: "seq-" + seqText(e.Seq), Source: sourceText(e)}
		if t, err := eventstore.ParseEffective(e.Effective); err == nil {
			l.On = calendar.DayOf(t)
		}
		switch {
		case l.On > v.moment.Today:
			l.Later = "尚未生效"
		case l.On > v.moment.AsOf:
			l.Later = "在这一天之后"
		}
		if href, ok := where[e.Amends]; ok && e.Amends != 0 {
			l.Target = &Pointer{e.Amends, href}
		}
		for _, seq := range e.AmendedBy {
			if href, ok := where[seq]; ok {
				l.Amendment = append(l.Amendment, Pointer{seq, href})
			}
		}
		out[k] = l
	}
	return out, nil
}

// sourceText names the document behind a fact.
func sourceText(e answer.HistoryEntry) string {
	if e.Source == nil {
		return ""
	}
	var parts []string
	if e.Source.Title != "" {
		parts = append(parts, "《"+e.Source.Title+"》")
	}
	if e.Source.DocNo != "" {
		parts = append(parts, e.Source.DocNo)
	}
	return strings.Join(parts, " ")
}

// streamID is the id in the name of a stream.
func streamID(stream string) string { return eventstore.Record{Stream: stream}.AggregateID() }
