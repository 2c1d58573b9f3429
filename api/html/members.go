package html

import (
	"minglu/api/answer"
	"minglu/domain/term"
	"minglu/projections"
)

// counted is one institution behind a rate.
type counted struct {
	projections.Member
	entrant bool
}

// behind returns the members of a cohort and then those licensed since.
func behind(c projections.Cohort) []counted {
	out := make([]counted, 0, len(c.Members)+len(c.Newer))
	for _, m := range c.Members {
		out = append(out, counted{m, false})
	}
	for _, stream := range c.Newer {
		out = append(out, counted{projections.Member{Stream: stream}, true})
	}
	return out
}

func (s *site) memberRows(v *visit, members []counted) ([]MemberRow, error) {
	streams := make([]string, len(members))
	by := make(map[string]counted, len(members))
	for i, m := range members {
		streams[i], by[m.Stream] = m.Stream, m
	}
	list, err := s.institutions(v, streams)
	if err != nil {
		return nil, err
	}
	var out []MemberRow
	for _, i := range list {
		m := by[i.then.Stream]
		row := answer.MemberOf(m.Member, m.entrant, term.Ministry, i.then, i.now, v.forPublic())
		row.Institution.Name = nameOr(row.Institution.Name)
		out = append(out, MemberRow{row, v.link("/institutions/" + row.Institution.ID)})
	}
	return out, nil
}

// nameOr returns a name, or words for an institution that has none on the day.
func nameOr(name string) string {
	if name == "" {
		return "（这一天还没有名称）"
	}
	return name
}
