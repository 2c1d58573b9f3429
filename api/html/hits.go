package html

import (
	"slices"
	"strings"
	"unicode/utf8"

	"minglu/domain/division"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// hit is an institution that a search found, or a filter without words.
type hit struct {
	stream string
	found  projections.SearchHit
}

// hits returns page n of the institutions that a query finds and a filter
// takes, the best first, and how many there are in all.
func (s *site) hits(v *visit, query string, f projections.Filter, n int) ([]hit, int, error) {
	if v.moment.AtSeq == 0 {
		return nil, 0, nil
	}
	o := projections.SearchOptions{AtSeq: v.moment.AtSeq, Limit: everything, Division: func(code string) bool {
		return division.Matches(division.Code(code), f.Division)
	}}
	plain := f == projections.Filter{Division: f.Division} && !v.moment.Past()
	if plain {
		o.Limit = n * rowsOnPage
	}
	res, err := s.Views.Search(query, o)
	if err != nil {
		return nil, 0, err
	}
	all := make([]hit, len(res.Hits))
	for i, h := range res.Hits {
		all[i] = hit{eventstore.StreamName(h.Division, "institution", h.ID), h}
	}
	if plain {
		return part(all, n, rowsOnPage), res.Total, nil
	}
	streams, _, err := s.find(v, f, 1, everything)
	if err != nil {
		return nil, 0, err
	}
	taken := make(map[string]bool, len(streams))
	for _, stream := range streams {
		taken[stream] = true
	}
	all = slices.DeleteFunc(all, func(h hit) bool { return !taken[h.stream] })
	return part(all, n, rowsOnPage), len(all), nil
}

// fieldWords name the fields in which a search finds.
var fieldWords = map[projections.SearchField]string{
	projections.FieldName: "名称", projections.FieldAlias: "其他名称", projections.FieldFormer: "曾用名",
	projections.FieldUSCC: "统一社会信用代码", projections.FieldLicence: "许可证号",
}

// explain says why the row was found: by marks in the name, or by naming
// another field with what stands there.
func (r *ResultRow) explain(h projections.SearchHit) {
	what := pieces(h.Text, h.Start, h.End)
	switch {
	case h.Field == "" || r.Kind == term.NaturalPerson:
		return
	case h.Field == projections.FieldName && h.Text == r.Name:
		r.Title = what
	default:
		r.Why, r.What = fieldWords[h.Field], what
	}
}

// pieces parts a text at what was found.
func pieces(text string, from, to int) []Piece {
	if from >= to || to > len(text) || !utf8.ValidString(text[from:to]) {
		return []Piece{{text, false}}
	}
	var out []Piece
	for _, p := range []Piece{{text[:from], false}, {text[from:to], true}, {text[to:], false}} {
		if strings.TrimSpace(p.Text) != "" {
			out = append(out, p)
		}
	}
	return out
}
