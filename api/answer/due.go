package answer

import (
	"minglu/domain"
	"minglu/domain/division"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// DueItem is an open clock.
type DueItem struct {
	Stream       string               `json:"stream" doc:"What it runs for."`
	Aggregate    string               `json:"aggregate" doc:"Kind of what it runs for."`
	ID           string               `json:"id"`
	Institution  *NamedInstitution    `json:"institution" doc:"The first that the work is about, null where it is about none that is known."`
	Clock        term.Clock           `json:"clock"`
	Label        string               `json:"label" doc:"The words for the clock."`
	Part         Maybe                `json:"part" doc:"Of what it runs for; null: the whole."`
	Agency       string               `json:"agency" doc:"Whose clock it is now."`
	AgencyName   string               `json:"agency_name"`
	Officer      Maybe                `json:"officer" doc:"Whose task it is, where one is named."`
	From         Date                 `json:"from" doc:"The day that it runs from, which does not count."`
	Due          Date                 `json:"due" doc:"Its last day; null where it stands still or lacks a calendar."`
	Awaits       *int                 `json:"awaits_calendar" doc:"The year whose working days are not published, without which the last day cannot be known."`
	PausedSince  Date                 `json:"paused_since"`
	State        projections.DueState `json:"state" enum:"late,today,week,later,paused,awaiting,lapsed"`
	StateLabel   string               `json:"state_label"`
	DaysLeft     *int                 `json:"days_left" doc:"Calendar days until the last one; negative where it has passed."`
	MissedOn     Date                 `json:"missed_on" doc:"Since when it is on record that the last day passed."`
	Institutions int                  `json:"institutions" doc:"How many the work is about."`
}

// NamedInstitution is an institution by id and name.
type NamedInstitution struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// IDOrNone returns the id, empty where there is none.
func (n *NamedInstitution) IDOrNone() string {
	if n == nil {
		return ""
	}
	return n.ID
}

// NameOrNone returns the name, empty where there is none.
func (n *NamedInstitution) NameOrNone() string {
	if n == nil {
		return ""
	}
	return n.Name
}

// NamedInstitutionOf names an institution for a reader; see InstitutionOf for
// now.
func NamedInstitutionOf(i, now projections.Institution, f For) NamedInstitution {
	return NamedInstitution{ID: i.ID, Name: maskOf(now.State, f.Reader).text(i.State.Name(f.AsOf))}
}

// dueStates are the words for how a clock stands.
var dueStates = map[projections.DueState]domain.Text{
	projections.DueLate:     {ZH: "已逾期", EN: "late"},
	projections.DueToday:    {ZH: "今日到期", EN: "due today"},
	projections.DueWeek:     {ZH: "七日内到期", EN: "due within seven days"},
	projections.DueLater:    {ZH: "七日后到期", EN: "due later"},
	projections.DuePaused:   {ZH: "中止计算", EN: "standing still"},
	projections.DueAwaiting: {ZH: "待公布工作日历", EN: "awaiting a calendar"},
	projections.DueLapsed:   {ZH: "权利期限已过", EN: "a right that has lapsed"},
}

// DueStateLabel returns the words for how a clock stands.
func DueStateLabel(s projections.DueState) domain.Text { return dueStates[s] }

// DueItemOf answers for an open clock as it stands on f.AsOf. about is the first
// institution that it is about, nil where none is known.
func DueItemOf(c projections.DueClock, about *NamedInstitution, f For) DueItem {
	rec := eventstore.Record{Stream: c.Stream}
	i := DueItem{
		Stream: c.Stream, Aggregate: rec.Aggregate(), ID: rec.AggregateID(), Institution: about, Institutions: len(c.Institutions),
		Clock: c.Key, Label: f.say(c.Key.Label()), Part: Maybe(c.Part), Agency: c.Agency, AgencyName: f.say(AgencyName(c.Agency)),
		Officer: Maybe(c.Officer), From: Date{c.From}, State: c.State, StateLabel: f.say(DueStateLabel(c.State)), MissedOn: Date{c.Missed},
	}
	switch {
	case c.Paused():
		i.PausedSince = Date{c.Pauses[len(c.Pauses)-1].Suspended}
	case c.Due == 0 && c.Awaits != 0:
		i.Awaits = &c.Awaits
	case c.Due != 0:
		left := int(c.Due - f.AsOf)
		i.Due, i.DaysLeft = Date{c.Due}, &left
	}
	return i
}

// Due is a page of open clocks.
type Due struct {
	Agency   Maybe                `json:"agency"`
	Officer  Maybe                `json:"officer"`
	Division Maybe                `json:"division"`
	State    projections.DueState `json:"state" enum:"all,late,today,week,later,paused,awaiting,lapsed"`
	Items    []DueItem            `json:"items"`
	Total    int                  `json:"total"`
	Next     Maybe                `json:"next"`
	AsOf     Date                 `json:"as_of" doc:"Today: what was open earlier is told by the things themselves."`
	AtSeq    uint64               `json:"at_seq"`
}

// DueNumbers are open clocks by state.
type DueNumbers struct {
	Late     int `json:"late"`
	Today    int `json:"today"`
	Week     int `json:"week"`
	Later    int `json:"later"`
	Paused   int `json:"paused"`
	Awaiting int `json:"awaiting"`
	Lapsed   int `json:"lapsed"`
	Total    int `json:"total"`
}

// DueNumbersOf answers with counts by state.
func DueNumbersOf(c projections.DueCounts) DueNumbers {
	return DueNumbers{Late: c.Late, Today: c.Today, Week: c.Week, Later: c.Later, Paused: c.Paused, Awaiting: c.Awaiting, Lapsed: c.Lapsed,
		Total: c.Of(projections.DueAll)}
}

// AgencyDue is how many open clocks an agency has.
type AgencyDue struct {
	Agency string        `json:"agency"`
	Name   string        `json:"name"`
	In     division.Code `json:"division" doc:"Of the agency."`
	DueNumbers
}

// AgencyDueOf answers for one agency.
func AgencyDueOf(a projections.AgencyDue, f For) AgencyDue {
	in := division.Code("")
	if len(a.Agency) >= 6 {
		in = division.Code(a.Agency[:6])
	}
	return AgencyDue{Agency: a.Agency, Name: f.say(AgencyName(a.Agency)), In: in, DueNumbers: DueNumbersOf(a.DueCounts)}
}

// DueCounts are the open clocks of an agency, an officer or a division by state.
type DueCounts struct {
	Agency   Maybe       `json:"agency"`
	Officer  Maybe       `json:"officer"`
	Division Maybe       `json:"division"`
	Counts   DueNumbers  `json:"counts"`
	Agencies []AgencyDue `json:"by_agency" doc:"Of a division: the agencies of the division and below it, each with all its clocks."`
	AsOf     Date        `json:"as_of"`
	AtSeq    uint64      `json:"at_seq"`
}
