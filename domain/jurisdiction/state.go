package jurisdiction

import (
	"fmt"
	"maps"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
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
