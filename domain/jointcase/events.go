package jointcase

import (
	"strconv"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/term"
)

// Event is a fact about a joint case.
type Event interface {
	domain.Event
	caseEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[Opened](1),
	domain.Current[Joined](1),
	domain.Current[Left](1),
	domain.Current[Tied](1),
	domain.Current[Untied](1),
	domain.Current[PartRecorded](1),
	domain.Current[PartShared](1),
	domain.Current[TaskAssigned](1),
	domain.Current[TaskCompleted](1),
	domain.Current[Concluded](1),
	domain.Current[Reopened](1),
	domain.Current[DeadlineMissed](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// Opened opens the case.
type Opened struct {
	Institution string   `json:"institution"`
	Title       string   `json:"title"`
	Lead        string   `json:"lead"`
	Agencies    []string `json:"agencies"` // all, the lead first
}

// Joined says that an agency takes part.
type Joined struct {
	Agency string `json:"agency"`
}

// Left says that an agency takes part no more.
type Left struct {
	Agency string `json:"agency"`
	Reason string `json:"reason"`
	Tasks  []int  `json:"tasks,omitempty"` // its open ones, which end with it
}

// Tied ties work to the case.
type Tied struct {
	Ref  string       `json:"ref"` // stream
	Role term.TieRole `json:"role"`
}

// Untied takes work out of the case.
type Untied struct {
	Ref    string `json:"ref"`
	Reason string `json:"reason"`
}

// PartRecorded is what an agency has to say. It is read by that agency alone.
type PartRecorded struct {
	Agency string   `json:"agency"`
	Text   string   `json:"text"`
	Items  []string `json:"items,omitempty"`
}

// PartShared is what an agency lets the others read of it.
type PartShared struct {
	Agency string   `json:"agency"`
	Text   string   `json:"text"`
	Items  []string `json:"items,omitempty"`
}

// TaskAssigned gives a task.
type TaskAssigned struct {
	Task    int           `json:"task"` // number given by the register
	Agency  string        `json:"agency"`
	Officer string        `json:"officer,omitempty"`
	Text    string        `json:"text"`
	Due     calendar.Day  `json:"due"`
	Clocks  []clock.Start `json:"clocks,omitempty"`
}

// TaskCompleted says that a task is done.
type TaskCompleted struct {
	Task   int    `json:"task"`
	Result string `json:"result"`
}

// Concluded concludes the case.
type Concluded struct {
	Result string `json:"result"`
}

// Reopened opens it once more.
type Reopened struct {
	Reason string `json:"reason"`
}

// DeadlineMissed says that a last day has passed.
type DeadlineMissed struct{ clock.Missing }

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }

// Concerns returns the institution.
func (e Opened) Concerns() []string { return []string{e.Institution} }

// Moves ends the periods of the tasks that end.
func (e Left) Moves() []clock.Move {
	var out []clock.Move
	for _, t := range e.Tasks {
		out = append(out, clock.Ended(strconv.Itoa(t), term.TaskDue)...)
	}
	return out
}

// Moves begins the period of the task.
func (e TaskAssigned) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves ends the period of the task.
func (e TaskCompleted) Moves() []clock.Move {
	return clock.Ended(strconv.Itoa(e.Task), term.TaskDue)
}
