package answer

import (
	"cmp"
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/jurisdiction"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// DivisionSummary is a division with its numbers and what it has decided.
type DivisionSummary struct {
	Code        division.Code  `json:"code"`
	ID          string         `json:"id" doc:"Id of its decisions, for acts."`
	Name        string         `json:"name"`
	FullName    string         `json:"full_name"`
	Level       division.Level `json:"level"`
	Status      string         `json:"status" enum:"valid,not_yet_valid,retired"`
	ValidFrom   Date           `json:"valid_from"`
	ValidTo     Date           `json:"valid_to"`
	Successor   Maybe          `json:"successor"`
	Parents     []Division     `json:"parents" doc:"Nearest first."`
	Children    []Division     `json:"children" doc:"Directly below and valid on the day."`
	Counts      Counts         `json:"counts"`
	Moratoria   []Moratorium   `json:"moratoria" doc:"Its own and those of the divisions above."`
	Parameters  []Parameter    `json:"parameters" doc:"In force on the day."`
	Baselines   []BaselineInfo `json:"baselines"`
	Conferences []Conference   `json:"conferences"`
	Batches     []Batch        `json:"batches"`
	Windows     []Window       `json:"inspection_windows"`
	Calendars   []CalendarYear `json:"calendars"`
	Surveys     []Survey       `json:"surveys"`
	Version     uint64         `json:"version"`
	AsOf        Date           `json:"as_of"`
	AtSeq       uint64         `json:"at_seq"`
	Scheduled   bool           `json:"scheduled,omitempty"`
}

// Counts are the institutions of a division, with all below it, by standing.
type Counts struct {
	White        int `json:"white"`
	Watch        int `json:"watch"`
	Black        int `json:"black"`
	Deregistered int `json:"deregistered"`
	Unlisted     int `json:"unlisted"`
	Total        int `json:"total"`
}

// CountsOf answers with counts by standing.
func CountsOf(by map[term.Standing]int, total int) Counts {
	return Counts{
		White: by[term.StandingWhite], Watch: by[term.StandingWatch], Black: by[term.StandingBlack],
		Deregistered: by[term.StandingDeregistered], Unlisted: by[term.StandingUnlisted], Total: total,
	}
}

// Moratorium is a stop of approvals.
type Moratorium struct {
	Division   division.Code   `json:"division"`
	Class      term.Class      `json:"class"`
	Audiences  []term.Audience `json:"audiences"`
	From       Date            `json:"from"`
	Lifted     Date            `json:"lifted"`
	InForce    bool            `json:"in_force"`
	DocumentNo Maybe           `json:"document_no"`
}

// Parameter is one setting that rules read.
type Parameter struct {
	Key     string `json:"key"`
	Title   string `json:"title"`
	Value   string `json:"value"`
	Default string `json:"default"`
	Note    Maybe  `json:"note"`
}

// BaselineInfo is a frozen baseline.
type BaselineInfo struct {
	Name          string          `json:"name"`
	Date          Date            `json:"date"`
	Class         term.Class      `json:"class"`
	Audiences     []term.Audience `json:"audiences"`
	Mode          Maybe           `json:"mode"`
	Members       int             `json:"members"`
	LicensedInAll int             `json:"licensed_in_all"`
	Hash          string          `json:"hash"`
}

// Conference is a joint conference.
type Conference struct {
	Sequence    int      `json:"sequence"`
	On          Date     `json:"on"`
	Agencies    []string `json:"agencies"`
	Resolutions []string `json:"resolutions"`
}

// Batch is a numbered publication of a list.
type Batch struct {
	List    term.ListName `json:"list"`
	Number  int           `json:"number"`
	AsOf    Date          `json:"as_of"`
	AtSeq   uint64        `json:"at_seq"`
	Members int           `json:"members"`
	Added   int           `json:"added"`
	Removed int           `json:"removed"`
	Media   []string      `json:"media"`
	Hash    string        `json:"members_hash"`
}

// Window is the time of an annual inspection.
type Window struct {
	Year  int   `json:"year"`
	Class Maybe `json:"class"`
	From  Date  `json:"from"`
	To    Date  `json:"to"`
}

// CalendarYear is a year whose working days the division published.
type CalendarYear struct {
	Year     int    `json:"year"`
	Document string `json:"document"`
}

// Survey is a survey as it was printed.
type Survey struct {
	Population  string         `json:"population"`
	Respondents int            `json:"respondents"`
	Counts      map[string]int `json:"counts"`
	PrintedRate string         `json:"printed_rate"`
}

// Above is what a division above another one has decided.
type Above struct {
	Code  division.Code
	State jurisdiction.State
}

// DivisionOf answers for a division. above are the decisions of the divisions
// above it, nearest first.
func DivisionOf(code division.Code, id string, s jurisdiction.State, above []Above, version uint64, counts Counts, f For) DivisionSummary {
	on := f.AsOf
	r := division.Resolve(code, on)
	d := DivisionOn(code, on)
	a := DivisionSummary{
		Code: code, ID: id, Name: d.Name, FullName: d.FullName, Level: r.Division.Level, Status: string(r.Status),
		ValidFrom: Date{r.Division.ValidFrom}, ValidTo: Date{r.Division.ValidTo}, Successor: Maybe(r.Division.Successor),
		Parents: []Division{}, Children: []Division{}, Counts: counts, Version: version, AsOf: Date{on}, AtSeq: f.AtSeq, Scheduled: f.Scheduled(),
		Moratoria: moratoriaOf(s, above, f), Parameters: parametersOf(s, above, f),
		Baselines: []BaselineInfo{}, Conferences: []Conference{}, Batches: []Batch{}, Windows: []Window{}, Calendars: []CalendarYear{}, Surveys: []Survey{},
	}
	for _, p := range division.Parents(code) {
		a.Parents = append(a.Parents, DivisionOn(p, on))
	}
	for _, c := range division.Children(code) {
		if division.Resolve(c, on).Status == division.Valid {
			a.Children = append(a.Children, DivisionOn(c, on))
		}
	}
	a.decisions(s, f)
	return a
}

func (a *DivisionSummary) decisions(s jurisdiction.State, f For) {
	for _, b := range s.Baselines {
		a.Baselines = append(a.Baselines, BaselineInfo{Name: b.Name, Date: Date{b.Date}, Class: b.Class, Audiences: orEmpty(b.Audiences),
			Mode: Maybe(b.Mode), Members: len(b.Members), LicensedInAll: b.LicensedInAll, Hash: b.Hash})
	}
	for _, c := range s.Conferences {
		if c.On <= f.AsOf {
			a.Conferences = append(a.Conferences, Conference{Sequence: c.Sequence, On: Date{c.On}, Agencies: orEmpty(c.Agencies), Resolutions: orEmpty(c.Resolutions)})
		}
	}
	for _, b := range s.Batches {
		if b.AsOf <= f.AsOf {
			a.Batches = append(a.Batches, Batch{List: b.List, Number: b.Number, AsOf: Date{b.AsOf}, AtSeq: b.AtSeq,
				Members: len(b.Rows), Added: len(b.Added), Removed: len(b.Removed), Media: orEmpty(b.Media), Hash: b.Hash})
		}
	}
	for _, w := range s.Windows {
		a.Windows = append(a.Windows, Window{Year: w.Year, Class: Maybe(w.Class), From: Date{w.From}, To: Date{w.To}})
	}
	for _, c := range s.Calendars {
		a.Calendars = append(a.Calendars, CalendarYear{Year: c.Year, Document: c.Document})
	}
	for _, v := range s.Surveys {
		a.Surveys = append(a.Surveys, Survey{Population: v.Population, Respondents: v.Respondents, Counts: v.Counts, PrintedRate: v.PrintedRate})
	}
}

// moratoriaOf returns the stops that began by the day, or that are scheduled
// where today or later is asked about.
func moratoriaOf(s jurisdiction.State, above []Above, f For) []Moratorium {
	out := []Moratorium{}
	add := func(ms []rule.Moratory) {
		for _, m := range ms {
			if m.From > f.AsOf && f.AsOf < f.Today {
				continue
			}
			lifted := m.Lifted
			if lifted > f.AsOf && f.AsOf < f.Today {
				lifted = calendar.Day(0)
			}
			out = append(out, Moratorium{
				Division: division.Code(m.Division), Class: m.Class, Audiences: orEmpty(m.Audiences), From: Date{m.From}, Lifted: Date{lifted},
				InForce: m.From <= f.AsOf && (m.Lifted == 0 || f.AsOf < m.Lifted), DocumentNo: Maybe(m.DocumentNo),
			})
		}
	}
	add(s.Moratoria)
	for _, a := range above {
		add(a.State.Moratoria)
	}
	slices.SortStableFunc(out, func(a, b Moratorium) int { return cmp.Compare(a.From.Day, b.From.Day) })
	return out
}

// parametersOf returns every parameter with the value in force on the day: the
// division's own over those of the divisions above.
func parametersOf(s jurisdiction.State, above []Above, f For) []Parameter {
	var values []map[string]string
	for _, a := range slices.Backward(above) {
		v, _ := a.State.Parameters(f.AsOf)
		values = append(values, v)
	}
	own, _ := s.Parameters(f.AsOf)
	p := rule.NewPolicy("", append(values, own)...)
	out := make([]Parameter, 0, len(rule.Parameters))
	for _, r := range rule.Parameters {
		out = append(out, Parameter{Key: r.Key, Title: f.say(r.Title), Value: p.Text(r.Key), Default: r.Default, Note: Maybe(r.Note)})
	}
	return out
}
