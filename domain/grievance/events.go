package grievance

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/term"
)

// Event is a fact about a grievance.
type Event interface {
	domain.Event
	grievanceEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[Received](1),
	domain.Current[Split](1),
	domain.Current[Accepted](1),
	domain.Current[Refused](1),
	domain.Current[Transferred](1),
	domain.Current[TransferObjected](1),
	domain.Current[HandlerDisputed](1),
	domain.Current[HandlerDecided](1),
	domain.Current[MediationStarted](1),
	domain.Current[MediationSuspended](1),
	domain.Current[MediationResumed](1),
	domain.Current[MediationSettled](1),
	domain.Current[MediationTerminated](1),
	domain.Current[LeadFound](1),
	domain.Current[LeadChecked](1),
	domain.Current[CheckExtended](1),
	domain.Current[FilingDecided](1),
	domain.Current[PeriodSuspended](1),
	domain.Current[PeriodResumed](1),
	domain.Current[ComplainantNotified](1),
	domain.Current[PetitionExtended](1),
	domain.Current[OpinionIssued](1),
	domain.Current[ReviewRequested](1),
	domain.Current[ReviewAnswered](1),
	domain.Current[VisitLogged](1),
	domain.Current[Linked](1),
	domain.Current[Closed](1),
	domain.Current[Reopened](1),
	domain.Current[Rated](1),
	domain.Current[DeadlineMissed](1),
	domain.Current[PersonalDataRead](1),
	domain.Current[PersonalDataErased](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// Received says that a grievance came in. Of a mixed one, Split follows in the
// same decision and has the clocks.
type Received struct {
	Channel       term.Channel          `json:"channel"`
	Nature        term.Nature           `json:"nature"`
	Institution   string                `json:"institution,omitempty"` // stream
	Premises      string                `json:"premises,omitempty"`
	Topics        []term.GrievanceTopic `json:"topics"`
	RealName      bool                  `json:"real_name"`
	Complainant   *domain.Sealed        `json:"complainant,omitempty"`
	Contact       *domain.Sealed        `json:"contact,omitempty"`
	Content       *domain.Sealed        `json:"content,omitempty"`
	ChildInvolved bool                  `json:"child_involved"`
	Receipt       *Receipt              `json:"receipt,omitempty"`
	Handler       string                `json:"handler"`
	Clocks        []clock.Start         `json:"clocks,omitempty"`
}

// Split divides a mixed grievance into parts that are handled separately.
type Split struct {
	Parts  []SplitPart   `json:"parts"`
	Clocks []clock.Start `json:"clocks,omitempty"`
}

// SplitPart is one part of a mixed grievance.
type SplitPart struct {
	Part   string      `json:"part"`
	Nature term.Nature `json:"nature"`
}

// Accepted says that the handling agency took a part in hand.
type Accepted struct {
	Part    string        `json:"part,omitempty"`
	Handler string        `json:"handler"`
	Clocks  []clock.Start `json:"clocks,omitempty"`
}

// Refused says that a part was not accepted. Whole is the nature of the whole
// where this ends one of which another part was closed, and whose end was not
// counted before.
type Refused struct {
	Part   string             `json:"part,omitempty"`
	Ground term.RefusalGround `json:"ground"`
	Reason string             `json:"reason,omitempty"`
	Whole  term.Nature        `json:"whole,omitempty"`
}

// Transferred sends a part on; its clocks run on for the agency it goes to.
type Transferred struct {
	Part   string        `json:"part,omitempty"`
	To     string        `json:"to"`
	Reason string        `json:"reason"`
	Clocks []clock.Start `json:"clocks,omitempty"`
}

// TransferObjected gives a transferred part back to the agency it came from.
type TransferObjected struct {
	Part   string            `json:"part,omitempty"`
	To     string            `json:"to"`
	Ground term.ReturnGround `json:"ground"`
	Reason string            `json:"reason"`
}

// HandlerDisputed puts a part that was returned once before the joint-conference
// office; it stays where it is until that decides.
type HandlerDisputed struct {
	Part   string            `json:"part,omitempty"`
	Ground term.ReturnGround `json:"ground"`
	Reason string            `json:"reason"`
	Clocks []clock.Start     `json:"clocks,omitempty"`
}

// HandlerDecided names who handles a part.
type HandlerDecided struct {
	Part   string `json:"part,omitempty"`
	Agency string `json:"agency"`
	By     string `json:"by"`
	Reason string `json:"reason"`
}

// MediationStarted says that the mediation was begun.
type MediationStarted struct {
	Part string `json:"part,omitempty"`
}

// MediationSuspended says that it stands still.
type MediationSuspended struct {
	Part  string          `json:"part,omitempty"`
	Cause term.PauseCause `json:"cause"`
}

// MediationResumed says that it goes on, and to which last day.
type MediationResumed struct {
	Part   string       `json:"part,omitempty"`
	Due    calendar.Day `json:"due,omitzero"`
	Awaits int          `json:"awaits_calendar,omitempty"`
}

// MediationSettled is the agreement.
type MediationSettled struct {
	Part      string `json:"part,omitempty"`
	Terms     string `json:"terms"`
	Performed bool   `json:"performed"`
}

// MediationTerminated says that there is none.
type MediationTerminated struct {
	Part   string            `json:"part,omitempty"`
	Cause  term.MediationEnd `json:"cause"`
	Clocks []clock.Start     `json:"clocks,omitempty"`
}

// LeadFound says that the mediation brought up signs of a violation.
type LeadFound struct {
	Part   string        `json:"part,omitempty"`
	Facts  string        `json:"facts"`
	Clocks []clock.Start `json:"clocks,omitempty"`
}

// LeadChecked says what the check of a report or lead found.
type LeadChecked struct {
	Part    string           `json:"part,omitempty"`
	Outcome term.LeadOutcome `json:"outcome"`
}

// CheckExtended extends the check.
type CheckExtended struct {
	Part     string       `json:"part,omitempty"`
	Clock    term.Clock   `json:"clock"`
	Until    calendar.Day `json:"until"` // last day
	Reason   string       `json:"reason"`
	Approver string       `json:"approver"`
}

// FilingDecided decides on a report or lead. Lead tells that it was one found in
// mediation.
type FilingDecided struct {
	Part    string        `json:"part,omitempty"`
	Filed   bool          `json:"filed"`
	Lead    bool          `json:"lead,omitempty"`
	Penalty string        `json:"penalty,omitempty"` // stream
	Reason  string        `json:"reason"`
	Clocks  []clock.Start `json:"clocks,omitempty"`
}

// PeriodSuspended says that a clock stands still.
type PeriodSuspended struct {
	Part  string          `json:"part,omitempty"`
	Clock term.Clock      `json:"clock"`
	Cause term.PauseCause `json:"cause"`
}

// PeriodResumed says that it runs again, and to which last day.
type PeriodResumed struct {
	Part   string       `json:"part,omitempty"`
	Clock  term.Clock   `json:"clock"`
	Due    calendar.Day `json:"due,omitzero"`
	Awaits int          `json:"awaits_calendar,omitempty"`
}

// ComplainantNotified says that the complainant was told of a step.
type ComplainantNotified struct {
	Part  string           `json:"part,omitempty"`
	Step  term.NoticeStep  `json:"step"`
	Means term.NoticeMeans `json:"means"`
}

// PetitionExtended extends the handling of a petition.
type PetitionExtended struct {
	Part     string           `json:"part,omitempty"`
	Until    calendar.Day     `json:"until"` // last day
	Reason   string           `json:"reason"`
	Approver string           `json:"approver"`
	Told     term.NoticeMeans `json:"told,omitempty"`
}

// OpinionIssued is the written opinion on a petition.
type OpinionIssued struct {
	Part       string              `json:"part,omitempty"`
	Outcome    term.OpinionOutcome `json:"outcome"`
	DocumentNo string              `json:"document_no"`
	Clocks     []clock.Start       `json:"clocks,omitempty"`
}

// ReviewRequested says that the petitioner asked for a review.
type ReviewRequested struct {
	Part     string           `json:"part,omitempty"`
	Stage    term.ReviewStage `json:"stage"`
	Reviewer string           `json:"reviewer"`
	Clocks   []clock.Start    `json:"clocks,omitempty"`
}

// ReviewAnswered is the answer. One that sends the petition back opens its
// handling again.
type ReviewAnswered struct {
	Part       string             `json:"part,omitempty"`
	Stage      term.ReviewStage   `json:"stage"`
	Outcome    term.ReviewOutcome `json:"outcome"`
	DocumentNo string             `json:"document_no"`
	Reopens    bool               `json:"reopens,omitempty"` // the part had been closed
	Clocks     []clock.Start      `json:"clocks,omitempty"`
}

// VisitLogged counts who came about the grievance.
type VisitLogged struct {
	Persons figure.Count `json:"persons"`
}

// Linked ties it to another grievance.
type Linked struct {
	Other    string                 `json:"other"` // stream
	Relation term.GrievanceRelation `json:"relation"`
}

// Closed says that a part was closed. Whole is the nature of the whole where it
// was the last part, and the end of the whole was not counted before.
type Closed struct {
	Part   string      `json:"part,omitempty"`
	Result string      `json:"result"`
	Whole  term.Nature `json:"whole,omitempty"`
}

// Reopened takes up again a part that had ended.
type Reopened struct {
	Part   string        `json:"part,omitempty"`
	Reason string        `json:"reason"`
	Clocks []clock.Start `json:"clocks,omitempty"`
}

// Rated is how the holder of the receipt rates the handling.
type Rated struct {
	Score int `json:"score"` // from 1 to 5
}

// DeadlineMissed says that a clock ran out.
type DeadlineMissed struct{ clock.Missing }

// PersonalDataRead says who read the sealed values, and why.
type PersonalDataRead struct{ domain.Unsealing }

// PersonalDataErased says that they were erased.
type PersonalDataErased struct{ domain.Erasure }

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }
