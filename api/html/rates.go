package html

import (
	"fmt"

	"minglu/api/answer"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/term"
	"minglu/projections"
)

// Rate is a reduction rate by one method.
type Rate struct {
	answer.Reduction
	Name string // of the method
	// Text is the rate with its fraction, or the words that say why there is
	// none: never a bare percentage, and never 0 or 100 where nobody is counted.
	Text string
}

func rateOf(c projections.Cohort, code division.Code, m term.Method, f answer.For) Rate {
	r := Rate{Reduction: answer.ReductionOf(c, code, m, f), Name: m.Label().ZH}
	switch {
	case r.Baseline == nil:
		r.Text = "无法计算（没有基数）"
	case r.Undefined:
		r.Text = "无法计算（基数为 0）"
	default:
		r.Text = fmt.Sprintf("%s%%（%d/%d）", r.Rate, r.Numerator, r.Denominator)
	}
	return r
}

// ratesOf returns the rates of a cohort by every method, the usual one first.
func ratesOf(c projections.Cohort, code division.Code, f answer.For) []Rate {
	var out []Rate
	for _, m := range term.Methods.Codes() {
		out = append(out, rateOf(c, code, term.Method(m), f))
	}
	return out
}

// DivisionRate is the usual rate of one division.
type DivisionRate struct {
	Place   Link
	Rate    Rate
	Methods string // address of the other methods
}

// divisionRate returns the rate of a division by the usual method.
func (s *site) divisionRate(v *visit, code division.Code) (DivisionRate, error) {
	c, err := s.cohort(v, code)
	if err != nil {
		return DivisionRate{}, err
	}
	place := v.placeLink(code)
	return DivisionRate{Place: place, Rate: rateOf(c, code, term.Ministry, v.forPublic()), Methods: place.Href + "#rate"}, nil
}

// divisionRates returns the usual rates of divisions.
func (s *site) divisionRates(v *visit, codes []division.Code) ([]DivisionRate, error) {
	var out []DivisionRate
	for _, code := range codes {
		r, err := s.divisionRate(v, code)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// cohort returns the cohort of a division as of the day of the visit.
func (s *site) cohort(v *visit, code division.Code) (projections.Cohort, error) {
	list, err := s.Views.Cohort(projections.CohortQuery{Division: string(code)}, []calendar.Day{v.moment.AsOf}, v.moment.AtSeq)
	if err != nil {
		return projections.Cohort{}, err
	}
	return list[0], nil
}
