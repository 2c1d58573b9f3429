package api

import (
	"context"
	"strings"

	"minglu/api/answer"
)

// walk is where a request stands in the pages of a list.
type walk struct {
	route  string
	filter map[string]string
	after  string
	limit  int
	asked  string // limit as it was asked for
	// whole tells that a file is wanted with all rows.
	whole bool
}

// walk settles which page is asked for. filter are the parameters that a cursor
// keeps; those that are left out, and the moment, are filled from the cursor.
func (s *server) walk(ctx context.Context, filter map[string]*string, page PageParams, m *Moment) (walk, error) {
	q := asked(ctx)
	var p params
	w := walk{route: q.route.id, filter: map[string]string{}, limit: p.limit(page.Limit), asked: page.Limit}
	if q.r.PathValue("list") != "" || q.r.PathValue("id") != "" || q.r.PathValue("code") != "" {
		w.route += ":" + q.r.PathValue("list") + q.r.PathValue("id") + q.r.PathValue("code")
	}
	if err := p.err(); err != nil {
		return w, err
	}
	w.whole = q.rep != asJSON && page.Limit == "" && page.Cursor == ""
	if w.whole {
		w.limit = largestLimit
	}
	if page.Cursor != "" {
		given := map[string]string{"as_of": m.AsOf, "at_seq": m.AtSeq}
		for name, value := range filter {
			given[name] = *value
		}
		c, err := readCursor(page.Cursor, w.route, given)
		if err != nil {
			return w, err
		}
		for name, value := range filter {
			*value = c.Filter[name]
		}
		m.AsOf, m.AtSeq, w.after = c.AsOf, utoa(c.AtSeq), c.After
	}
	for name, value := range filter {
		if v := strings.TrimSpace(*value); v != "" {
			w.filter[name] = *value
		}
	}
	return w, nil
}

// next returns the cursor of the page behind after, and its Link header; none
// where there is no more.
func (w walk) next(after string, r reading) (answer.Maybe, string) {
	if after == "" {
		return "", ""
	}
	c := cursor{Filter: w.filter, AsOf: r.AsOf.String(), AtSeq: r.AtSeq, After: after, Route: w.route}.String()
	return answer.Maybe(c), nextLink(r.q.r.URL.Path, c, w.asked)
}
