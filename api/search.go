package api

import (
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/division"
	"minglu/eventstore"
	"minglu/projections"
)

// longestQuery is how many characters of a search are taken.
const longestQuery = 100

// searched returns a page of what a search finds, in the order of the search.
// Where filters or another day than today are asked for, all that is found is
// looked at, so that the total is exact.
func (s *server) searched(q string, f projections.Filter, after string, limit int, r reading) (rowPage, error) {
	if utf8.RuneCountInString(q) > longestQuery {
		return rowPage{}, domain.BadField("/q", "too_long", domain.Say("最多 %d 个字", "%d characters at most", longestQuery))
	}
	if r.AtSeq == 0 {
		return rowPage{rows: []answer.InstitutionRow{}}, nil
	}
	o := projections.SearchOptions{AtSeq: r.AtSeq, Limit: limit}
	in := f.Division
	if in != "" {
		o.Division = func(code string) bool { return division.Matches(division.Code(code), in) }
	}
	f.Division = ""
	if f == (projections.Filter{}) && r.AsOf >= r.Today {
		o.After = after
		res, err := s.Views.Search(q, o)
		if err != nil {
			return rowPage{}, badCursor(err)
		}
		rows, err := s.found(res.Hits, r)
		return rowPage{rows: rows, total: res.Total, next: res.Next}, err
	}
	f.Division = in
	o.Limit = everything
	res, err := s.Views.Search(q, o)
	if err != nil {
		return rowPage{}, badCursor(err)
	}
	hits, err := s.filtered(res.Hits, f, r)
	if err != nil {
		return rowPage{}, err
	}
	from := 0
	if after != "" {
		if from, err = strconv.Atoi(after); err != nil || from < 0 || from > len(hits) {
			return rowPage{}, badCursor(projections.ErrCursor)
		}
	}
	p := rowPage{total: len(hits)}
	to := min(from+limit, len(hits))
	if to < len(hits) {
		p.next = itoa(to)
	}
	p.rows, err = s.found(hits[from:to], r)
	return p, err
}

func badCursor(err error) error {
	if errors.Is(err, projections.ErrCursor) {
		return domain.BadField("/cursor", "cursor", domain.Say("不是本名录给出的游标", "this is no cursor of the register"))
	}
	return err
}

// filtered returns the hits that a filter takes, as their standings are shown.
func (s *server) filtered(hits []projections.SearchHit, f projections.Filter, r reading) ([]projections.SearchHit, error) {
	hidden, err := s.concealed(f.Division, r)
	if err != nil {
		return nil, err
	}
	standing := f.Standing
	if len(hidden) > 0 {
		f.Standing = ""
	}
	streams := make([]string, len(hits))
	for i, h := range hits {
		streams[i] = streamOf(h)
	}
	kept, err := s.Views.Among(streams, f, r.AsOf, r.AtSeq)
	if err != nil {
		return nil, err
	}
	is := make(map[string]bool, len(kept))
	for _, stream := range kept {
		is[stream] = true
	}
	if len(hidden) > 0 && standing != "" {
		f.Standing = standing
		same, err := s.Views.Among(kept, f, r.AsOf, r.AtSeq)
		if err != nil {
			return nil, err
		}
		is = map[string]bool{}
		for _, stream := range same {
			_, concealed := hidden[stream]
			is[stream] = !concealed
		}
		for stream, st := range hidden {
			is[stream] = string(st) == standing && slices.Contains(kept, stream)
		}
	}
	return slices.DeleteFunc(slices.Clone(hits), func(h projections.SearchHit) bool { return !is[streamOf(h)] }), nil
}

func streamOf(h projections.SearchHit) string {
	return eventstore.StreamName(h.Division, "institution", h.ID)
}

// found makes rows of hits, each with why it was found.
func (s *server) found(hits []projections.SearchHit, r reading) ([]answer.InstitutionRow, error) {
	streams := make([]string, len(hits))
	why := make(map[string]projections.SearchHit, len(hits))
	for i, h := range hits {
		streams[i] = streamOf(h)
		why[streams[i]] = h
	}
	list, err := s.institutions(streams, r)
	if err != nil {
		return nil, err
	}
	rows := make([]answer.InstitutionRow, 0, len(list))
	for _, t := range list {
		row, h := answer.RowOf(t.then, t.now, r.For), why[t.then.Stream]
		row.Match = &answer.Match{Field: string(h.Field), Text: h.Text,
			From: utf8.RuneCountInString(h.Text[:h.Start]), To: utf8.RuneCountInString(h.Text[:h.End])}
		rows = append(rows, row)
	}
	return rows, nil
}
