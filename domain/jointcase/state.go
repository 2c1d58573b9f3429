package jointcase

import (
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/term"
	"minglu/domain/work"
)

// State is one joint case. It is a value, and holds parts that are not shared:
// see [State.SeenBy].
type State struct {
	Institution string       `json:"i,omitzero"`
	Title       string       `json:"t,omitzero"`
	Lead        string       `json:"l,omitzero"`
	Opened      calendar.Day `json:"o,omitzero"`
	Concluded   calendar.Day `json:"c,omitzero"` // zero: open
	Result      string       `json:"r,omitzero"`
	Reopened    calendar.Day `json:"ro,omitzero"` // the last time; zero: never
	Members     []Member     `json:"m,omitzero"`  // in order of joining, the lead first
	Ties        []TieState   `json:"ti,omitzero"`
	Parts       []Part       `json:"p,omitzero"` // in order of recording
	Tasks       []Task       `json:"ta,omitzero"`
	Clocks      clock.Clocks `json:"k,omitzero"`
}

// Member is one time that an agency takes part.
type Member struct {
	Agency string       `json:"a,omitzero"`
	Joined calendar.Day `json:"j,omitzero"`
	Left   calendar.Day `json:"l,omitzero"` // zero: takes part
	Reason string       `json:"r,omitzero"`
}

// TieState is one piece of work, and when it was tied to the case.
type TieState struct {
	Ref    string       `json:"r,omitzero"`
	Role   term.TieRole `json:"ro,omitzero"`
	Agency string       `json:"a,omitzero"` // who tied it
	From   calendar.Day `json:"f,omitzero"`
	Untied calendar.Day `json:"u,omitzero"` // zero: tied
	Reason string       `json:"re,omitzero"`
}

// Part is what an agency has to say, at one time.
type Part struct {
	Agency string       `json:"a,omitzero"`
	On     calendar.Day `json:"o,omitzero"`
	Text   string       `json:"t,omitzero"`
	Items  []string     `json:"i,omitzero"`
	Shared calendar.Day `json:"s,omitzero"` // zero: read by the agency alone
}

// Task is one task.
type Task struct {
	Number  int          `json:"n,omitzero"`
	By      string       `json:"b,omitzero"` // who gave it
	Agency  string       `json:"a,omitzero"`
	Officer string       `json:"o,omitzero"`
	Text    string       `json:"t,omitzero"`
	Given   calendar.Day `json:"g,omitzero"`
	Due     calendar.Day `json:"d,omitzero"`
	Done    calendar.Day `json:"do,omitzero"` // zero: not completed
	Result  string       `json:"r,omitzero"`
	Dropped calendar.Day `json:"dr,omitzero"` // when its agency left
}

// Open reports whether the task is neither completed nor dropped.
func (t Task) Open() bool { return t.Done == 0 && t.Dropped == 0 }

// Agencies returns those that take part, the lead first.
func (s State) Agencies() []string {
	var out []string
	for _, m := range s.Members {
		if m.Left == 0 {
			out = append(out, m.Agency)
		}
	}
	return out
}

func (s State) takesPart(agency string) bool {
	return slices.ContainsFunc(s.Members, func(m Member) bool { return m.Agency == agency && m.Left == 0 })
}

func (s State) tookPart(agency string) bool {
	return slices.ContainsFunc(s.Members, func(m Member) bool { return m.Agency == agency })
}

// Tied returns the streams of the work that is tied to the case.
func (s State) Tied() []string {
	var out []string
	for _, t := range s.Ties {
		if t.Untied == 0 {
			out = append(out, t.Ref)
		}
	}
	return out
}

func (s State) tie(ref string) (TieState, bool) {
	i := slices.IndexFunc(s.Ties, func(t TieState) bool { return t.Ref == ref && t.Untied == 0 })
	if i < 0 {
		return TieState{}, false
	}
	return s.Ties[i], true
}

func (s State) wasTied(ref string) bool {
	return slices.ContainsFunc(s.Ties, func(t TieState) bool { return t.Ref == ref })
}

// Part returns the latest part of an agency.
func (s State) Part(agency string) (Part, bool) {
	i := s.latestPart(agency)
	if i < 0 {
		return Part{}, false
	}
	return s.Parts[i], true
}

func (s State) latestPart(agency string) int {
	for i, p := range slices.Backward(s.Parts) {
		if p.Agency == agency {
			return i
		}
	}
	return -1
}

// SeenBy returns the case as an agency may see it: of parts that others have
// not shared, it learns that they are there and no more.
func (s State) SeenBy(agency string) State {
	s.Parts = slices.Clone(s.Parts)
	for i := range s.Parts {
		if p := &s.Parts[i]; p.Agency != agency && p.Shared == 0 {
			p.Text, p.Items = "", nil
		}
	}
	return s
}

// nextTask is the number of the next task.
func (s State) nextTask() int {
	next := 1
	for _, t := range s.Tasks {
		next = max(next, t.Number+1)
	}
	return next
}

// lastStep returns the day of the latest step.
func (s State) lastStep() calendar.Day {
	last := max(s.Opened, s.Reopened)
	for _, m := range s.Members {
		last = max(last, m.Joined, m.Left)
	}
	for _, t := range s.Ties {
		last = max(last, t.From, t.Untied)
	}
	for _, p := range s.Parts {
		last = max(last, p.On, p.Shared)
	}
	for _, t := range s.Tasks {
		last = max(last, t.Given, t.Done)
	}
	return last
}

// Status returns how far it is.
func (s State) Status() term.JointCaseStatus {
	if s.Concluded != 0 {
		return term.JointCaseConcluded
	}
	return term.JointCaseOpen
}

// Head returns what a list of work shows.
func (s State) Head() work.Head {
	return work.Head{
		Title: s.Title, Status: string(s.Status()), Institution: s.Institution, Agency: s.Lead, Agencies: s.Agencies(),
		Opened: s.Opened, Closed: s.Concluded, Sources: s.Tied(),
	}
}

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	s.Clocks = s.Clocks.After(m, e)
	on := calendar.DayOf(m.Effective)
	switch e := e.(type) {
	case Opened:
		s.Institution, s.Title, s.Lead, s.Opened = e.Institution, e.Title, e.Lead, on
		for _, a := range e.Agencies {
			s.Members = domain.With(s.Members, Member{Agency: a, Joined: on})
		}
	case Joined:
		s.Members = domain.With(s.Members, Member{Agency: e.Agency, Joined: on})
	case Left:
		s.Members = each(s.Members, func(m Member) bool { return m.Agency == e.Agency && m.Left == 0 }, func(m *Member) { m.Left, m.Reason = on, e.Reason })
		s.Tasks = each(s.Tasks, func(t Task) bool { return slices.Contains(e.Tasks, t.Number) }, func(t *Task) { t.Dropped = on })
	case Tied:
		s.Ties = domain.With(s.Ties, TieState{Ref: e.Ref, Role: e.Role, Agency: m.Actor.Agency, From: on})
	case Untied:
		s.Ties = each(s.Ties, func(t TieState) bool { return t.Ref == e.Ref && t.Untied == 0 }, func(t *TieState) { t.Untied, t.Reason = on, e.Reason })
	case TaskAssigned:
		s.Tasks = domain.With(s.Tasks, Task{Number: e.Task, By: m.Actor.Agency, Agency: e.Agency, Officer: e.Officer, Text: e.Text, Given: on, Due: e.Due})
	case TaskCompleted:
		s.Tasks = each(s.Tasks, func(t Task) bool { return t.Number == e.Task }, func(t *Task) { t.Done, t.Result = on, e.Result })
	case Concluded:
		s.Concluded, s.Result = on, e.Result
	case Reopened:
		s.Concluded, s.Result, s.Reopened = 0, "", on
	default:
		return evolvePart(s, on, e)
	}
	return s
}

func evolvePart(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case PartRecorded:
		s.Parts = domain.With(s.Parts, Part{Agency: e.Agency, On: on, Text: e.Text, Items: e.Items})
	case PartShared:
		i := s.latestPart(e.Agency)
		if i < 0 || s.Parts[i].Text != e.Text || !slices.Equal(s.Parts[i].Items, e.Items) {
			// What was recorded was taken out or corrected since; what was shared stands.
			s.Parts = domain.With(s.Parts, Part{Agency: e.Agency, On: on, Text: e.Text, Items: e.Items, Shared: on})
			break
		}
		s.Parts = slices.Clone(s.Parts)
		s.Parts[i].Shared = on
	case DeadlineMissed:
		// The clocks say it all.
	case Corrected, Annulled:
		// The store folds amended histories; the amendment itself says nothing more.
	default:
		panic(fmt.Sprintf("case does not know the event %s", e.EventName()))
	}
	return s
}

// each returns a list in which the values that match are changed.
func each[T any](list []T, match func(T) bool, change func(*T)) []T {
	list = slices.Clone(list)
	for i := range list {
		if match(list[i]) {
			change(&list[i])
		}
	}
	return list
}
