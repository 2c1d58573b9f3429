package html

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/term"
	"minglu/projections"
)

// Search is the page of a search, or of all institutions that pass a filter.
type Search struct {
	Frame
	Ask      Ask
	Query    string
	Place    string // filter by division as it was written
	Selects  []Select
	Chosen   []Chosen
	Filtered bool
	Rows     []ResultRow
	Total    int
	Pages    pages
	// NotFound says what it means that nothing was found.
	NotFound string
	Plain    string // address of the same search without filters
}

// Select is a choice among the codes of a list.
type Select struct {
	Name, Label string
	Options     []Option
}

// Option is one code of a choice.
type Option struct {
	Value, Text string
	Chosen      bool
}

// Chosen is a filter in force.
type Chosen struct {
	Text    string
	Without string // address of the search without it
}

// ResultRow is an institution that was found.
type ResultRow struct {
	answer.InstitutionRow
	Href  string
	Place Link
	Title []Piece
	Why   string  // field in which the words were found; empty for the name
	What  []Piece // what stands there
}

// Piece is a part of a text; it is marked where it is what was searched for.
type Piece struct {
	Text string
	Mark bool
}

func (Search) template() string { return "search" }

// filters are the filters of a search beside the division, in order.
var filters = []struct {
	name  string
	codes *term.List
}{
	{"standing", term.Standings}, {"class", term.Classes}, {"documents", term.DocumentsList}, {"status", term.Statuses},
}

// longestQuery is how many characters of a search are taken.
const longestQuery = 100

func (s *site) search(v *visit) (page, error) {
	f, kept, err := s.filter(v)
	if err != nil {
		return nil, err
	}
	n, err := v.pageNumber()
	if err != nil {
		return nil, err
	}
	query := strings.TrimSpace(v.query.Get("q"))
	if utf8.RuneCountInString(query) > longestQuery {
		return nil, domain.BadField("/q", "too_long", domain.Say("最多 %d 个字", "%d characters at most", longestQuery))
	}
	if query != "" {
		kept.Set("q", query)
	}
	p := &Search{Frame: s.frame(v, searchTitle(query), "search", kept), Query: query, Place: f.Division}
	p.Crumbs, p.Searches = []Link{{"首页", v.link("/")}}, true
	p.choices(v, kept)
	p.Ask = Ask{Action: "/search", Query: query, Kept: append(params(without(kept, "q")), params(v.moment.chosen())...)}
	p.Plain = v.link("/search", "q", query)
	var hits []hit
	if query == "" {
		var streams []string
		streams, p.Total, err = s.find(v, f, n, rowsOnPage)
		for _, stream := range streams {
			hits = append(hits, hit{stream: stream})
		}
	} else {
		hits, p.Total, err = s.hits(v, query, f, n)
	}
	if err != nil {
		return nil, err
	}
	if p.Rows, err = s.resultRows(v, hits); err != nil {
		return nil, err
	}
	p.Pages = v.pages(p.Path, kept, n, rowsOnPage, p.Total)
	if p.Total == 0 {
		p.NotFound = answer.NotFoundAdvice.ZH
	}
	p.file("", "/institutions", kept, "json", "csv", "xlsx")
	return p, nil
}

func searchTitle(query string) string {
	if query == "" {
		return "查机构"
	}
	return "查询“" + clip(query) + "”"
}

// filter reads the filters of a search and what of the address they are.
func (s *site) filter(v *visit) (f projections.Filter, kept url.Values, err error) {
	kept = url.Values{}
	if f.Division, err = s.places.choose(v.query.Get("division")); err != nil {
		return f, kept, err
	}
	if f.Division != "" {
		kept.Set("division", f.Division)
	}
	for _, x := range filters {
		code := v.query.Get(x.name)
		if code == "" {
			continue
		}
		if !x.codes.Has(code) {
			return f, kept, domain.BadField("/"+x.name, "unknown_code", domain.Say(
				"没有名为“%s”的选项", "%q is no code of the list", clip(code)))
		}
		kept.Set(x.name, code)
	}
	f.Standing, f.Class, f.Documents, f.Status = kept.Get("standing"), kept.Get("class"), kept.Get("documents"), kept.Get("status")
	return f, kept, nil
}

func without(q url.Values, name string) url.Values {
	out := url.Values{}
	for k, v := range q {
		if k != name {
			out[k] = v
		}
	}
	return out
}

// choices fills the form of the filters and names those in force.
func (p *Search) choices(v *visit, kept url.Values) {
	if d := kept.Get("division"); d != "" {
		p.Chosen = append(p.Chosen, Chosen{"地区：" + filterName(d, v.moment.AsOf), v.with("/search", without(kept, "division"))})
	}
	for _, x := range filters {
		sel := Select{Name: x.name, Label: x.codes.Title.ZH, Options: []Option{{Text: "不限", Chosen: kept.Get(x.name) == ""}}}
		for _, i := range x.codes.Items {
			chosen := kept.Get(x.name) == i.Code
			sel.Options = append(sel.Options, Option{i.Code, i.Label.ZH, chosen})
			if chosen {
				p.Chosen = append(p.Chosen, Chosen{sel.Label + "：" + i.Label.ZH, v.with("/search", without(kept, x.name))})
			}
		}
		p.Selects = append(p.Selects, sel)
	}
	p.Filtered = len(p.Chosen) > 0
}

// resultRows makes rows of hits. Nobody is told of a natural person by a name
// that the public may not read.
func (s *site) resultRows(v *visit, hits []hit) ([]ResultRow, error) {
	streams := make([]string, len(hits))
	by := make(map[string]hit, len(hits))
	for i, h := range hits {
		streams[i], by[h.stream] = h.stream, h
	}
	list, err := s.institutions(v, streams)
	if err != nil {
		return nil, err
	}
	var out []ResultRow
	for _, i := range list {
		found := by[i.then.Stream].found
		if found.Field != "" && i.now.State.Kind == term.NaturalPerson && !strings.HasSuffix(found.Text, "*") {
			continue
		}
		r := answer.RowOf(i.then, i.now, v.forPublic())
		row := ResultRow{InstitutionRow: r, Href: v.link("/institutions/" + r.ID), Place: v.placeLink(i.then.Division), Title: []Piece{{nameOr(r.Name), false}}}
		row.explain(found)
		out = append(out, row)
	}
	return out, nil
}
