package listing

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/term"
)

// Event is a fact about a listing.
type Event interface {
	domain.Event
	listingEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[WhiteListed](1),
	domain.Current[WhiteRemoved](1),
	domain.Current[PutOnWatch](1),
	domain.Current[TakenOffWatch](1),
	domain.Current[BlackNoticeServed](1),
	domain.Current[StatementRecorded](1),
	domain.Current[StatementWaived](1),
	domain.Current[BlackListed](1),
	domain.Current[DecisionServed](1),
	domain.Current[BlackRemoved](1),
	domain.Current[CreditRepairApplied](1),
	domain.Current[CreditRepairGranted](1),
	domain.Current[CreditRepairRefused](1),
	domain.Current[Proposed](1),
	domain.Current[ProposalDismissed](1),
	domain.Current[DeadlineMissed](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// WhiteListed is the decision to list as white. Eligibility is the report of
// the day, criterion by criterion.
type WhiteListed struct {
	DocumentNo  string          `json:"document_no"`
	Eligibility map[string]bool `json:"eligibility"`
	Override    *Override       `json:"override,omitempty"`
}

// Override is the paper and reason by which an institution is listed although
// a criterion fails.
type Override struct {
	DocumentNo string `json:"document_no"`
	Reason     string `json:"reason"`
}

// WhiteRemoved takes it off the white list.
type WhiteRemoved struct {
	Cause term.WhiteRemoval `json:"cause"`
}

// PutOnWatch puts it under watch (整改), in neither list.
type PutOnWatch struct {
	Reason string       `json:"reason"`
	Until  calendar.Day `json:"until"` // last day
}

// TakenOffWatch ends the watch.
type TakenOffWatch struct {
	Outcome term.WatchOutcome `json:"outcome"`
}

// BlackNoticeServed is the prior notice with its grounds.
type BlackNoticeServed struct {
	Grounds     []Ground     `json:"grounds"`
	WindowUntil calendar.Day `json:"window_until"` // last day for a statement
}

// Ground is one ground of a black listing.
type Ground struct {
	Code  term.BlackGround `json:"code"`
	Facts string           `json:"facts"`
	Law   string           `json:"law"`
}

// StatementRecorded is what the party stated in its window.
type StatementRecorded struct {
	Text string `json:"text"`
}

// StatementWaived says that the party gave up its window.
type StatementWaived struct{}

// BlackListed is the decision to black-list.
type BlackListed struct {
	DocumentNo  string       `json:"document_no"`
	Tier        term.Tier    `json:"tier"`
	PublishFrom calendar.Day `json:"publish_from"`
	MinUntil    calendar.Day `json:"min_until,omitzero"` // repair may be asked for after it
	MaxUntil    calendar.Day `json:"max_until"`          // last day of publication
	Grounds     []Ground     `json:"grounds"`            // those of the notice
	Proposer    string       `json:"proposer"`
	Approver    string       `json:"approver"`
	// ServedWithDecision tells that decision and repair notice were served
	// together when the decision was made; else DecisionServed follows, and
	// nothing is public before.
	ServedWithDecision bool `json:"served_with_decision"`
}

// DecisionServed records the service of a decision together with the notice of
// credit repair (两书同达).
type DecisionServed struct {
	ServedOn     calendar.Day `json:"served_on"`
	RepairNotice bool         `json:"repair_notice"`
}

// BlackRemoved takes it off the black list.
type BlackRemoved struct {
	Cause  term.BlackRemoval `json:"cause"`
	Reason string            `json:"reason"`
}

// CreditRepairApplied is the application for credit repair.
type CreditRepairApplied struct {
	Statement string        `json:"statement"`
	Clocks    []clock.Start `json:"clocks,omitempty"`
}

// CreditRepairGranted grants it, which ends the listing.
type CreditRepairGranted struct {
	DocumentNo string `json:"document_no"`
}

// CreditRepairRefused refuses it.
type CreditRepairRefused struct {
	Reason string `json:"reason"`
}

// Proposed puts a decision on the lists before the officers.
type Proposed struct {
	Proposal term.Proposal `json:"proposal"`
	Cause    string        `json:"cause"`
	Because  []string      `json:"because,omitempty"`
	Reason   string        `json:"reason"`
	Clocks   []clock.Start `json:"clocks,omitempty"`
}

// ProposalDismissed says that a proposal is not followed, and why.
type ProposalDismissed struct {
	Proposal term.Proposal `json:"proposal"`
	Reason   string        `json:"reason"`
}

// DeadlineMissed says that a clock ran out.
type DeadlineMissed struct{ clock.Missing }

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }
