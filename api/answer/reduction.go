package answer

import (
	"minglu/domain"
	"minglu/domain/division"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/projections"
)

// Reduction is a reduction rate with all that it is made of.
type Reduction struct {
	Division     division.Code `json:"division"`
	DivisionName string        `json:"division_name"`
	Method       term.Method   `json:"method"`
	MethodNote   string        `json:"method_note" doc:"How the method counts."`
	Numerator    int           `json:"numerator"`
	Denominator  int           `json:"denominator"`
	Rate         Maybe         `json:"rate" doc:"In per cent with two decimals, half up; null where it is undefined."`
	Undefined    bool          `json:"undefined"`
	Baseline     *Baseline     `json:"baseline" doc:"Null where none was frozen by the day."`
	Exits        Exits         `json:"exits" doc:"The members of the baseline by state."`
	Entrants     int           `json:"entrants" doc:"Licensed for it on the day without being in the baseline."`
	Relapses     int           `json:"relapses" doc:"Converted members that were caught at it again."`
	AsOf         Date          `json:"as_of"`
	AtSeq        uint64        `json:"at_seq"`
	Scheduled    bool          `json:"scheduled,omitempty"`
}

// Baseline is the cohort that a rate is counted from.
type Baseline struct {
	Name          string `json:"name"`
	Date          Date   `json:"date"`
	Members       int    `json:"members"`
	LicensedInAll int    `json:"licensed_in_all" doc:"Institutions licensed on that date, of any class."`
}

// Exits counts the members of a baseline by state.
type Exits struct {
	Cancelled      int `json:"cancelled"`
	Converted      int `json:"converted"`
	SeniorHighOnly int `json:"senior_high_only"`
	NonProfit      int `json:"non_profit"`
	Terminating    int `json:"terminating"`
	Suspended      int `json:"suspended"`
	Active         int `json:"active"`
}

// Methods says how each method counts.
var Methods = map[term.Method]domain.Text{
	term.Ministry: {
		ZH: "（基数成员数－当日仍持证数）÷基数成员数；转为非营利的仍算持证，转为非学科类的算减少。",
		EN: "(members − those licensed on the day) ÷ members; who turned non-profit is still licensed, who converted is reduced."},
	term.ClosuresOnly: {
		ZH: "许可已注销（转型除外）的成员数÷基数成员数。",
		EN: "members whose licence was cancelled other than by conversion ÷ members."},
	term.AllPermits: {
		ZH: "分子同教育部口径，分母为基数日全部持证机构。",
		EN: "numerator as ministry; denominator: all institutions licensed on the date of the baseline."},
	term.DistrictInclusive: {
		ZH: "把转为非营利和公告终止办学的成员也算作减少。",
		EN: "counts members that turned non-profit or announced termination as reduced too."},
}

// ReductionOf answers for a cohort by a method.
func ReductionOf(c projections.Cohort, in division.Code, method term.Method, f For) Reduction {
	rate := c.Rate(method)
	r := Reduction{
		Division: in, DivisionName: DivisionOn(in, f.AsOf).Name, Method: method, MethodNote: f.say(Methods[method]),
		Numerator: rate.Numerator, Denominator: rate.Denominator, Rate: Maybe(rate.String()), Undefined: rate.Undefined,
		Entrants: c.Entrants, Relapses: c.Relapses, Exits: exitsOf(c.Cohort), AsOf: Date{f.AsOf}, AtSeq: f.AtSeq, Scheduled: f.Scheduled(),
	}
	if c.Frozen {
		r.Baseline = &Baseline{Name: c.Name, Date: Date{c.Date}, Members: c.Cohort.Members, LicensedInAll: c.LicensedInAll}
	}
	return r
}

func exitsOf(c rule.Cohort) Exits {
	return Exits{
		Cancelled: c.States[term.CohortCancelled], Converted: c.States[term.CohortConverted], SeniorHighOnly: c.States[term.CohortSeniorHighOnly],
		NonProfit: c.States[term.CohortNonProfit], Terminating: c.States[term.CohortTerminating], Suspended: c.States[term.CohortSuspended],
		Active: c.States[term.CohortActive],
	}
}

// ReductionSeries is a rate over time.
type ReductionSeries struct {
	Division     division.Code `json:"division"`
	DivisionName string        `json:"division_name"`
	Method       term.Method   `json:"method"`
	From         Date          `json:"from"`
	To           Date          `json:"to"`
	Step         string        `json:"step" enum:"month,quarter,year"`
	Items        []Reduction   `json:"items"`
	AtSeq        uint64        `json:"at_seq"`
}

// ReductionMember is one member of the baseline, or an entrant after it.
type ReductionMember struct {
	Institution ListedInstitution `json:"institution"`
	State       term.CohortState  `json:"state"`
	Label       string            `json:"label"`
	Relapse     bool              `json:"relapse"`
	Entrant     bool              `json:"entrant" doc:"Not in the baseline: licensed since."`
	Reduced     bool              `json:"reduced" doc:"The method counts it as reduced."`
}

// ReductionMembers is a page of who is behind a rate.
type ReductionMembers struct {
	Division division.Code     `json:"division"`
	Method   term.Method       `json:"method"`
	Baseline *Baseline         `json:"baseline"`
	Items    []ReductionMember `json:"items"`
	Total    int               `json:"total"`
	Next     Maybe             `json:"next"`
	AsOf     Date              `json:"as_of"`
	AtSeq    uint64            `json:"at_seq"`
}

// MemberOf answers for one member of a cohort; see InstitutionOf for i and now.
func MemberOf(m projections.Member, entrant bool, method term.Method, i, now projections.Institution, f For) ReductionMember {
	state := m.State
	if entrant {
		state = term.CohortActive
	}
	return ReductionMember{
		Institution: listedOf(i, f, maskOf(now.State, f.Reader)),
		State:       state, Label: f.say(state.Label()), Relapse: m.Relapse, Entrant: entrant,
		Reduced: !entrant && Reduces(method, state),
	}
}

// Reduces reports whether a method counts a member in that state as reduced.
func Reduces(method term.Method, state term.CohortState) bool {
	one := rule.Cohort{Frozen: true, Members: 1, LicensedInAll: 1, States: map[term.CohortState]int{state: 1}}
	return one.Rate(method).Numerator > 0
}
