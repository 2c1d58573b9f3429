package jurisdiction

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// Event is a fact about a division.
type Event interface {
	domain.Event
	jurisdictionEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[MoratoriumImposed](1),
	domain.Current[MoratoriumLifted](1),
	domain.Current[BaselineFrozen](1),
	domain.Current[PolicyAdopted](1),
	domain.Current[CalendarPublished](1),
	domain.Current[AnnualInspectionOpened](1),
	domain.Current[JointConferenceHeld](1),
	domain.Current[ListBatchPublished](1),
	domain.Current[SurveyPublished](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// MoratoriumImposed stops approvals of a class for audiences.
type MoratoriumImposed struct {
	Class      term.Class      `json:"class"`
	Audiences  []term.Audience `json:"audiences"`
	DocumentNo string          `json:"document_no"`
}

// MoratoriumLifted ends it.
type MoratoriumLifted struct {
	Class      term.Class      `json:"class"`
	Audiences  []term.Audience `json:"audiences"`
	DocumentNo string          `json:"document_no"`
}

// BaselineFrozen fixes a cohort: the institutions that held such a licence on
// the day, as the register knew it at position AtSeq. It never changes.
type BaselineFrozen struct {
	Name          string          `json:"name"`
	Date          calendar.Day    `json:"date"`
	Class         term.Class      `json:"class"`
	Audiences     []term.Audience `json:"audiences"`
	Mode          term.Mode       `json:"mode,omitempty"` // empty: both
	Members       []string        `json:"members"`        // streams, in order
	LicensedInAll int             `json:"licensed_in_all"`
	Hash          string          `json:"hash"` // SHA-256 of the members, one a line
	AtSeq         uint64          `json:"at_seq"`
}

// PolicyAdopted sets parameters from its effective day on, in the text form of
// rule.Parameters.
type PolicyAdopted struct {
	Parameters map[string]string `json:"parameters"`
}

// CalendarPublished gives the working days of a year.
type CalendarPublished struct {
	Year       int            `json:"year"`
	DaysOff    []calendar.Day `json:"days_off"`
	MakeUpDays []calendar.Day `json:"make_up_days"`
	Document   string         `json:"document"`
}

// AnnualInspectionOpened gives the window of a year's inspection.
type AnnualInspectionOpened struct {
	Year       int          `json:"year"`
	Class      term.Class   `json:"class,omitempty"` // empty: every class
	WindowFrom calendar.Day `json:"window_from"`
	WindowTo   calendar.Day `json:"window_to"`
}

// JointConferenceHeld records a joint conference.
type JointConferenceHeld struct {
	Sequence    int      `json:"sequence"`
	Agencies    []string `json:"agencies"`
	Resolutions []string `json:"resolutions"`
}

// ListBatchPublished is one numbered publication of a list: its members at a
// position, and the difference to the batch before.
type ListBatchPublished struct {
	List    term.ListName `json:"list"`
	Media   []string      `json:"media"`
	Number  int           `json:"number"`
	AsOf    calendar.Day  `json:"as_of"`
	AtSeq   uint64        `json:"at_seq"`
	Rows    []string      `json:"rows"` // streams of the members, in order
	Added   []string      `json:"added"`
	Removed []string      `json:"removed"`
	Hash    string        `json:"members_hash"`
}

// SurveyPublished keeps a survey as it was printed; what is computed from it
// never replaces what was printed.
type SurveyPublished struct {
	Population  string         `json:"population"`
	Respondents int            `json:"respondents"`
	Counts      map[string]int `json:"counts"`
	PrintedRate string         `json:"printed_rate"`
}

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }
