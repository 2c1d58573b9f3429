package html

import (
	"net/url"
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/division"
	"minglu/domain/term"
	"minglu/projections"
)

// List is the page of one list.
type List struct {
	Frame
	Standing term.Standing
	Name     string
	Meaning  string
	Division string // filter by division
	Where    string // the filter in words, or empty
	WhereAll string // address without the filter
	Rows     []ListRow
	Total    int
	Pages    pages
	Batches  []BatchRow // newest publication of the list, where one division is chosen
}

// ListRow is a member of a list with what stands behind it.
type ListRow struct {
	answer.ListRow
	Href     string
	Place    Link
	Standing term.Standing
	TierWord string
}

func (List) template() string { return "list" }

const rowsOnPage = 50

func (s *site) list(v *visit) (page, error) {
	st := term.Standing(v.PathValue("list"))
	meaning, ok := listWords[st]
	if !ok {
		return nil, domain.Fault(domain.NotFound, domain.Say("没有这个名单", "there is no such list"))
	}
	filter, err := s.places.choose(v.query.Get("division"))
	if err != nil {
		return nil, err
	}
	n, err := v.pageNumber()
	if err != nil {
		return nil, err
	}
	kept := url.Values{}
	if filter != "" {
		kept.Set("division", filter)
	}
	title := listName(st)
	if filter != "" {
		title = filterName(filter, v.moment.AsOf) + title
	}
	p := &List{Frame: s.frame(v, title, string(st), kept), Standing: st, Name: listName(st), Meaning: meaning, Division: filter}
	p.Crumbs = []Link{{"首页", v.link("/")}}
	if filter != "" {
		p.Where, p.WhereAll = filterName(filter, v.moment.AsOf), v.link(p.Path)
		p.Crumbs = append(p.Crumbs, Link{p.Name, p.WhereAll})
	}
	streams, total, err := s.find(v, projections.Filter{Standing: string(st), Division: filter}, n, rowsOnPage)
	if err != nil {
		return nil, err
	}
	p.Total, p.Pages = total, v.pages(p.Path, kept, n, rowsOnPage, total)
	if p.Rows, err = s.listRows(v, st, streams); err != nil {
		return nil, err
	}
	if err := s.batches(v, st, filter, p); err != nil {
		return nil, err
	}
	if st == term.StandingDeregistered {
		p.file("", "/institutions", url.Values{"standing": {string(st)}, "division": {filter}}, "json", "csv", "xlsx")
	} else {
		p.file("", "/lists/"+string(st), kept, "json", "csv", "xlsx")
	}
	return p, nil
}

func (s *site) listRows(v *visit, st term.Standing, streams []string) ([]ListRow, error) {
	list, err := s.institutions(v, streams)
	if err != nil {
		return nil, err
	}
	var out []ListRow
	for _, i := range list {
		r := answer.ListRowOf(i.then, i.now, v.forPublic())
		r.Institution.Name = nameOr(r.Institution.Name)
		row := ListRow{ListRow: r, Href: v.link("/institutions/" + r.Institution.ID), Standing: st, Place: v.placeLink(i.then.Division)}
		if r.Tier != "" {
			row.TierWord = term.Tier(r.Tier).Label().ZH
		}
		out = append(out, row)
	}
	return out, nil
}

// placeLink leads to the page of a division, by its full name.
func (v *visit) placeLink(code division.Code) Link {
	return Link{placeName(code, v.moment.AsOf), v.link("/regions/" + string(code))}
}

// batches adds the publications of the list in the division chosen.
func (s *site) batches(v *visit, st term.Standing, filter string, p *List) error {
	code, err := division.Parse(filter)
	if err != nil {
		return nil
	}
	_, _, d, err := s.division(v, code)
	for _, b := range d.Batches {
		if string(b.List) == string(st) {
			p.Batches = append(p.Batches, BatchRow{b, strings.Join(b.Media, "、")})
		}
	}
	return err
}
