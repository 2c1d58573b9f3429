package html

import (
	"slices"

	"minglu/api/answer"
	"minglu/domain/division"
	"minglu/domain/term"
)

// Regions is the page from which all divisions are reached.
type Regions struct {
	Frame
	Rates     []DivisionRate
	Pages     pages      // of Rates
	Provinces []PlaceRow // with somebody in the register
	Others    []Link     // provinces without
}

// PlaceRow is a division with its numbers by standing.
type PlaceRow struct {
	Code, Name, Href string
	Counts           []Count
	Total            int
}

func (Regions) template() string { return "regions" }

func (s *site) regions(v *visit) (page, error) {
	p := &Regions{Frame: s.frame(v, "各地情况", "regions", nil)}
	p.Crumbs = []Link{{"首页", v.link("/")}}
	codes, err := s.decided(v, "")
	if err != nil {
		return nil, err
	}
	n, err := v.pageNumber()
	if err != nil {
		return nil, err
	}
	p.Pages = v.pages(p.Path, nil, n, rowsOnPage, len(codes))
	if p.Rates, err = s.divisionRates(v, part(codes, n, rowsOnPage)); err != nil {
		return nil, err
	}
	if p.Provinces, err = s.placeRows(v, division.Provinces()); err != nil {
		return nil, err
	}
	for _, code := range division.Provinces() {
		if !slices.ContainsFunc(p.Provinces, func(r PlaceRow) bool { return r.Code == string(code) }) {
			p.Others = append(p.Others, Link{shortName(code), v.link("/regions/" + string(code))})
		}
	}
	return p, nil
}

// placeRows returns the divisions that hold somebody, with their numbers. Codes
// that only group stand for what lies below them.
func (s *site) placeRows(v *visit, codes []division.Code) ([]PlaceRow, error) {
	var out []PlaceRow
	for _, code := range codes {
		d := division.Resolve(code, v.moment.AsOf)
		if d.Division.Grouping {
			below, err := s.placeRows(v, division.Children(code))
			if err != nil {
				return nil, err
			}
			out = append(out, below...)
			continue
		}
		by, total, err := s.count(v, string(code))
		if err != nil {
			return nil, err
		}
		if total == 0 {
			continue
		}
		out = append(out, PlaceRow{
			Code: string(code), Name: d.Division.Name, Href: v.link("/regions/" + string(code)), Total: total,
			Counts: countsOf(answer.CountsOf(by, total), func(st term.Standing) string { return standingHref(v, st, string(code)) }),
		})
	}
	return out, nil
}

// decided returns the divisions that had decided something by the position of
// the visit, in order of code.
func (s *site) decided(v *visit, in string) ([]division.Code, error) {
	codes, err := s.Views.DivisionsWithFacts(in)
	if err != nil || v.moment.AtSeq == v.moment.Head {
		return codes, err
	}
	var out []division.Code
	for _, code := range codes {
		_, facts, err := s.Views.Jurisdiction(code, v.moment.AtSeq)
		if err != nil {
			return nil, err
		}
		if facts > 0 {
			out = append(out, code)
		}
	}
	return out, nil
}
