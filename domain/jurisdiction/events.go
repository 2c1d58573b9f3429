package jurisdiction

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
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
	domain.Current[AgencyRegistered](1),
	domain.Current[AgencyClosed](1),
	domain.Current[OfficerRegistered](1),
	domain.Current[OfficerRetired](1),
	domain.Current[PersonalDataRead](1),
	domain.Current[PersonalDataErased](1),
	domain.Current[TaskForceFormed](1),
	domain.Current[TaskForceDissolved](1),
	domain.Current[AreaTeamAssigned](1),
	domain.Current[ResolutionSet](1),
	domain.Current[ResolutionFollowedUp](1),
	domain.Current[DocumentRegistered](1),
	domain.Current[HotlinePublished](1),
	domain.Current[NoticePublished](1),
	domain.Current[CircularIssued](1),
	domain.Current[TrainingHeld](1),
	domain.Current[FigureRecorded](1),
	domain.Current[AuditRecorded](1),
	domain.Current[DeadlineMissed](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// MoratoriumImposed stops approvals of a class for audiences.
type MoratoriumImposed struct {
	Class      term.Class      `json:"class,omitempty"` // empty: every class
	Audiences  []term.Audience `json:"audiences"`
	DocumentNo string          `json:"document_no"`
}

// MoratoriumLifted ends it.
type MoratoriumLifted struct {
	Class      term.Class      `json:"class,omitempty"` // empty: every class
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

// AgencyRegistered says what an agency of the division is and what it answers
// for from now on.
type AgencyRegistered struct {
	Agency      string            `json:"agency"`
	Name        string            `json:"name"`
	Competences []string          `json:"competences"`
	Status      term.AgencyStatus `json:"status"`
}

// AgencyClosed says that there is no such agency any more.
type AgencyClosed struct {
	Agency string `json:"agency"`
	Reason string `json:"reason"`
}

// OfficerRegistered says that an officer holds a credential from now on.
type OfficerRegistered struct {
	Officer    string         `json:"officer"`
	Agency     string         `json:"agency"`
	Credential string         `json:"credential"`
	Field      string         `json:"field,omitempty"`
	Until      calendar.Day   `json:"until,omitzero"` // last day; zero: open
	Person     *domain.Sealed `json:"person,omitempty"`
}

// OfficerRetired says that an officer acts no more from the day on.
type OfficerRetired struct {
	Officer string `json:"officer"`
	Reason  string `json:"reason"`
}

// PersonalDataRead says who looked at a sealed value, and why.
type PersonalDataRead struct{ domain.Unsealing }

// PersonalDataErased destroys the key of a person.
type PersonalDataErased struct{ domain.Erasure }

// TaskForceFormed says which agencies work together.
type TaskForceFormed struct {
	Name    string            `json:"name"`
	Lead    string            `json:"lead"`
	Members []TaskForceMember `json:"members"` // the lead first
}

// TaskForceMember is one agency of a task force.
type TaskForceMember struct {
	Agency string             `json:"agency"`
	Role   term.TaskForceRole `json:"role"`
}

// TaskForceDissolved ends it.
type TaskForceDissolved struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// AreaTeamAssigned says who is responsible for an area, in place of who was
// before.
type AreaTeamAssigned struct {
	Area    string   `json:"area"`
	Lead    string   `json:"lead"`
	Members []string `json:"members"`
}

// ResolutionSet says who carries a resolution out.
type ResolutionSet struct {
	Sequence   int           `json:"sequence"`
	Resolution int           `json:"resolution"`
	Agency     string        `json:"agency"`
	Due        calendar.Day  `json:"due"`
	Clocks     []clock.Start `json:"clocks,omitempty"`
}

// ResolutionFollowedUp says how far it is carried out.
type ResolutionFollowedUp struct {
	Sequence   int    `json:"sequence"`
	Resolution int    `json:"resolution"`
	Result     string `json:"result"`
	Done       bool   `json:"done"`
}

// DocumentRegistered says which document there is and whether it is in force.
type DocumentRegistered struct {
	DocNo  string              `json:"doc_no,omitempty"`
	Title  string              `json:"title"`
	Issuer string              `json:"issuer"`
	Status term.DocumentStatus `json:"status"`
}

// HotlinePublished is the number of an agency for complaints and reports.
type HotlinePublished struct {
	Agency string `json:"agency"`
	Number string `json:"number"`
	Hours  string `json:"hours"`
}

// NoticePublished is a letter or a notice to an audience.
type NoticePublished struct {
	Audience term.NoticeAudience `json:"audience"`
	Title    string              `json:"title"`
	Media    []string            `json:"media"`
}

// CircularIssued tells its targets of what was found.
type CircularIssued struct {
	Targets  []string `json:"targets"`
	Findings []string `json:"findings"`
}

// TrainingHeld records trainings.
type TrainingHeld struct {
	Topic        string        `json:"topic"`
	Occasions    figure.Count  `json:"occasions"`
	Attendees    *figure.Count `json:"attendees,omitempty"`    // absent: not counted
	Institutions []string      `json:"institutions,omitempty"` // streams of those that are known
}

// FigureRecorded is a figure as it was printed, and how it is read.
type FigureRecorded struct {
	Key      term.Figure  `json:"key"`
	Item     string       `json:"item,omitempty"`
	Printed  string       `json:"printed"`
	Count    figure.Count `json:"count"`
	Period   Period       `json:"period"`
	Agency   string       `json:"agency,omitempty"` // empty: that which recorded it
	Document string       `json:"document"`
}

// Period is the time that a figure is of, both days included.
type Period struct {
	From calendar.Day `json:"from"`
	To   calendar.Day `json:"to"`
}

// AuditRecorded says that the log was checked.
type AuditRecorded struct {
	FromSeq  uint64           `json:"from_seq"`
	ToSeq    uint64           `json:"to_seq"`
	HeadHash string           `json:"head_hash"` // SHA-256, hexadecimal
	Result   term.AuditResult `json:"result"`
}

// DeadlineMissed says that a clock ran out.
type DeadlineMissed struct{ clock.Missing }

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }
