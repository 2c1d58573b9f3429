package rule

import (
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/term"
)

// ReductionRate is how the reduction rate is counted. No regulation defines it;
// each method is named with its numerator and denominator, and all can be asked
// for side by side.
var ReductionRate = domain.Rule{
	ID: "reduction-rate", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "压减率", EN: "Reduction rate"},
	Citation: "教育部 2021-12、2022-03 通报的用法；新平县 2022-06-08 报告",
}

// Cohort is a frozen baseline as it stands on a day.
type Cohort struct {
	Frozen        bool // there is a baseline
	Members       int
	LicensedInAll int // institutions licensed on the baseline date, any class
	States        map[term.CohortState]int
	Entrants      int // later lawful entrants that hold such a licence on the day
	Relapses      int // converted members caught teaching subjects again
}

// Rate is a fraction that is never shown without its parts.
type Rate struct {
	Numerator, Denominator int
	Undefined              bool // no baseline, or nobody in it
}

// reduces tells, by method, the states that count as reduced.
var reduces = map[term.Method][]term.CohortState{
	term.Ministry:          {term.CohortCancelled, term.CohortConverted, term.CohortSeniorHighOnly},
	term.ClosuresOnly:      {term.CohortCancelled},
	term.AllPermits:        {term.CohortCancelled, term.CohortConverted, term.CohortSeniorHighOnly},
	term.DistrictInclusive: {term.CohortCancelled, term.CohortConverted, term.CohortSeniorHighOnly, term.CohortNonProfit, term.CohortTerminating},
}

// Rate counts the rate by a method. Entrants after the baseline raise what is
// left and so lower the numerator, except where only closures count.
func (c Cohort) Rate(m term.Method) Rate {
	r := Rate{Denominator: c.Members}
	if m == term.AllPermits {
		r.Denominator = c.LicensedInAll
	}
	for _, s := range reduces[m] {
		r.Numerator += c.States[s]
	}
	if m != term.ClosuresOnly {
		r.Numerator -= c.Entrants
	}
	r.Undefined = !c.Frozen || r.Denominator == 0
	return r
}

// String returns the rate in per cent with two decimals, rounded half up, and
// nothing where it is undefined.
func (r Rate) String() string {
	if r.Undefined {
		return ""
	}
	return Percent(r.Numerator, r.Denominator, 2)
}

// Percent returns 100·num/den with decimals digits, rounded half up in exact
// arithmetic; den is positive.
func Percent(num, den, decimals int) string {
	scale := int64(100)
	for range decimals {
		scale *= 10
	}
	sign := ""
	n := int64(num)
	if n < 0 {
		sign, n = "-", -n
	}
	q := (2*n*scale + int64(den)) / (2 * int64(den))
	s := strconv.FormatInt(q, 10)
	if decimals == 0 {
		return sign + s
	}
	if len(s) <= decimals {
		s = strings.Repeat("0", decimals+1-len(s)) + s
	}
	return sign + s[:len(s)-decimals] + "." + s[len(s)-decimals:]
}
