package html

import (
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/division"
	"minglu/domain/term"
)

// words joins the words for codes.
func words[T interface{ Label() domain.Text }](codes []T) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = c.Label().ZH
	}
	return strings.Join(out, "、")
}

// agencyNames joins the names of agencies. Those of the division itself, which
// some sources give without it, are named by department alone.
func agencyNames(codes []string, in division.Code) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		if dept := strings.TrimPrefix(c, string(in)+"-"); term.Departments.Has(dept) {
			out[i] = term.Department(dept).Label().ZH
			continue
		}
		out[i] = answer.AgencyName(c).ZH
	}
	return strings.Join(out, "、")
}
