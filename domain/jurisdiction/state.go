package jurisdiction

import (
	"fmt"
	"maps"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// State is what a division has decided. It keeps days and is a value.
type State struct {
	Moratoria   []rule.Moratory
	Policies    []Policy
	Calendars   []CalendarPublished
	Windows     []rule.Window
	Baselines   []BaselineFrozen
	Conferences []Conference
	Batches     []ListBatchPublished
	Surveys     []SurveyPublished
	Officers    []rule.Officer
	Agencies    []Agency
	TaskForces  []TaskForce
	AreaTeams   []AreaTeam
	Resolutions []Resolution
	Documents   []Document
	Hotlines    []Hotline
	Notices     []Notice
	Circulars   []Circular
	Trainings   []Training
	Figures     []FigureRecorded
	Audits      []AuditRecorded
	Persons     rule.Persons // who the officers are, sealed
	Clocks      clock.Clocks
}

// Policy is one set of parameters from a day on.
type Policy struct {
	From       calendar.Day
	Document   string
	Parameters map[string]string
}

// Conference is one joint conference.
type Conference struct {
	Sequence    int
	On          calendar.Day
	Agencies    []string
	Resolutions []string
}

// Parameters returns the parameters in force on a day, later ones over
// earlier, and what names them.
func (s State) Parameters(on calendar.Day) (values map[string]string, version string) {
	in := slices.Clone(s.Policies)
	in = slices.DeleteFunc(in, func(p Policy) bool { return p.From > on })
	slices.SortStableFunc(in, func(a, b Policy) int { return int(a.From) - int(b.From) })
	for _, p := range in {
		if values == nil {
			values = map[string]string{}
		}
		maps.Copy(values, p.Parameters)
		version = p.From.String()
	}
	return values, version
}

// Calendar returns base with the years that the division published.
func (s State) Calendar(base calendar.Calendar) calendar.Calendar {
	for _, c := range s.Calendars {
		base = base.With(c.Year, calendar.Year{DaysOff: c.DaysOff, MakeUpDays: c.MakeUpDays, Source: c.Document},
			fmt.Sprintf("%s+%d", base.Version(), c.Year))
	}
	return base
}

// Baseline returns the baseline of that name, or the newest where name is
// empty.
func (s State) Baseline(name string) (BaselineFrozen, bool) {
	for _, b := range slices.Backward(s.Baselines) {
		if name == "" || b.Name == name {
			return b, true
		}
	}
	return BaselineFrozen{}, false
}

// LastBatch returns the newest batch of a list.
func (s State) LastBatch(list term.ListName) (ListBatchPublished, bool) {
	for _, b := range slices.Backward(s.Batches) {
		if b.List == list {
			return b, true
		}
	}
	return ListBatchPublished{}, false
}

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	on := calendar.DayOf(m.Effective)
	s.Clocks = s.Clocks.After(m, e)
	switch e := e.(type) {
	case MoratoriumImposed:
		s.Moratoria = domain.With(s.Moratoria, rule.Moratory{Division: m.Division, Class: e.Class, Audiences: e.Audiences, From: on, DocumentNo: e.DocumentNo})
	case MoratoriumLifted:
		s.Moratoria = lifted(s.Moratoria, e, on)
	case BaselineFrozen:
		s.Baselines = domain.With(s.Baselines, e)
	case PolicyAdopted:
		s.Policies = domain.With(s.Policies, Policy{From: on, Document: m.Source.DocNo, Parameters: e.Parameters})
	case CalendarPublished:
		s.Calendars = domain.With(s.Calendars, e)
	case AnnualInspectionOpened:
		s.Windows = domain.With(s.Windows, rule.Window{Year: e.Year, Class: e.Class, From: e.WindowFrom, To: e.WindowTo})
	case JointConferenceHeld:
		s.Conferences = domain.With(s.Conferences, Conference{Sequence: e.Sequence, On: on, Agencies: e.Agencies, Resolutions: e.Resolutions})
	case ListBatchPublished:
		s.Batches = domain.With(s.Batches, e)
	case SurveyPublished:
		s.Surveys = domain.With(s.Surveys, e)
	case Corrected, Annulled:
		// The store folds amended histories; the amendment itself says nothing more.
	default:
		return evolveOrganisation(s, on, e)
	}
	return s
}

// evolveOrganisation takes facts about who acts: agencies, officers, teams.
func evolveOrganisation(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case AgencyRegistered:
		s.Agencies = domain.With(s.Agencies, Agency{Code: e.Agency, Name: e.Name, Competences: e.Competences, Status: e.Status, From: on})
	case AgencyClosed:
		s.Agencies = domain.With(s.Agencies, Agency{Code: e.Agency, From: on, Closed: true})
	case OfficerRegistered:
		s.Officers = domain.With(s.Officers, rule.Officer{ID: e.Officer, Agency: e.Agency, Credential: e.Credential, Field: e.Field, From: on, Until: e.Until})
		if e.Person != nil {
			s.Persons = s.Persons.With(*e.Person)
		}
	case OfficerRetired:
		s.Officers = retired(s.Officers, e.Officer, on)
	case PersonalDataErased:
		s.Persons = s.Persons.Without(e.Person)
	case TaskForceFormed:
		s.TaskForces = domain.With(s.TaskForces, TaskForce{Name: e.Name, Lead: e.Lead, Members: e.Members, From: on})
	case TaskForceDissolved:
		s.TaskForces = domain.With(s.TaskForces, TaskForce{Name: e.Name, From: on, Dissolved: true})
	case AreaTeamAssigned:
		s.AreaTeams = domain.With(s.AreaTeams, AreaTeam{Area: e.Area, Lead: e.Lead, Members: e.Members, From: on})
	case ResolutionSet, ResolutionFollowedUp:
		return evolveResolution(s, on, e)
	case PersonalDataRead, DeadlineMissed:
		// Who read is told by the fact, and what was missed by the clocks.
	default:
		return evolvePapers(s, on, e)
	}
	return s
}

// evolvePapers takes facts about what was issued, published and recorded.
func evolvePapers(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case DocumentRegistered:
		s.Documents = domain.With(s.Documents, Document{DocNo: e.DocNo, Title: e.Title, Issuer: e.Issuer, Status: e.Status, From: on})
	case HotlinePublished:
		s.Hotlines = domain.With(s.Hotlines, Hotline{Agency: e.Agency, Number: e.Number, Hours: e.Hours, From: on})
	case NoticePublished:
		s.Notices = domain.With(s.Notices, Notice{On: on, Audience: e.Audience, Title: e.Title, Media: e.Media})
	case CircularIssued:
		s.Circulars = domain.With(s.Circulars, Circular{On: on, Targets: e.Targets, Findings: e.Findings})
	case TrainingHeld:
		s.Trainings = domain.With(s.Trainings, Training{On: on, Topic: e.Topic, Occasions: e.Occasions, Attendees: e.Attendees, Institutions: e.Institutions})
	case FigureRecorded:
		s.Figures = domain.With(s.Figures, e)
	case AuditRecorded:
		s.Audits = domain.With(s.Audits, e)
	default:
		panic(fmt.Sprintf("jurisdiction does not know the event %s", e.EventName()))
	}
	return s
}

func lifted(ms []rule.Moratory, e MoratoriumLifted, on calendar.Day) []rule.Moratory {
	ms = slices.Clone(ms)
	for i := range ms {
		if sameStop(ms[i], e.Class, e.Audiences) && ms[i].Lifted == 0 && ms[i].From <= on {
			ms[i].Lifted = on
		}
	}
	return ms
}

func sameStop(m rule.Moratory, class term.Class, audiences []term.Audience) bool {
	return rule.Scope{Class: m.Class, Audiences: m.Audiences}.Same(rule.Scope{Class: class, Audiences: audiences})
}
