package penalty

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Event is a fact about a penalty case.
type Event interface {
	domain.Event
	penaltyEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[ViolationAlleged](1),
	domain.Current[Filed](1),
	domain.Current[Transferred](1),
	domain.Current[JurisdictionAssigned](1),
	domain.Current[OfficerRecused](1),
	domain.Current[PriorNoticeServed](1),
	domain.Current[StatementRecorded](1),
	domain.Current[StatementWaived](1),
	domain.Current[HearingRequested](1),
	domain.Current[HearingWithdrawn](1),
	domain.Current[HearingNotified](1),
	domain.Current[HearingHeld](1),
	domain.Current[LegalReviewPassed](1),
	domain.Current[Extended](1),
	domain.Current[Decided](1),
	domain.Current[NoPenaltyDecided](1),
	domain.Current[InformalMeasureTaken](1),
	domain.Current[DecisionServed](1),
	domain.Current[Published](1),
	domain.Current[PublicationWithdrawn](1),
	domain.Current[Performed](1),
	domain.Current[SurchargeLevied](1),
	domain.Current[Closed](1),
	domain.Current[Revoked](1),
	domain.Current[Changed](1),
	domain.Current[ReconsiderationFiled](1),
	domain.Current[ReconsiderationDecided](1),
	domain.Current[LitigationFiled](1),
	domain.Current[LitigationDecided](1),
	domain.Current[ReferredToPolice](1),
	domain.Current[AccountabilityReferred](1),
	domain.Current[PersonalDataRead](1),
	domain.Current[PersonalDataErased](1),
	domain.Current[DeadlineMissed](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// Days are the first and the last day of an act; one day where To is left out.
type Days struct {
	From calendar.Day `json:"from"`
	To   calendar.Day `json:"to,omitzero"`
}

// Last returns the day on which the act ended.
func (d Days) Last() calendar.Day {
	if d.To == 0 {
		return d.From
	}
	return d.To
}

// ViolationAlleged is the lead of a case.
type ViolationAlleged struct {
	SourceKind  term.CaseSource `json:"source_kind"`
	Source      string          `json:"source,omitempty"`
	Subject     string          `json:"subject,omitempty"`
	Premises    string          `json:"premises,omitempty"`
	SubjectType term.PartyType  `json:"subject_type,omitempty"`
	Variant     term.Variant    `json:"variant,omitempty"`
	Disguise    term.Disguise   `json:"disguise,omitempty"`
	Committed   Days            `json:"committed"`
	Discovered  calendar.Day    `json:"discovered"`
	Facts       string          `json:"facts"`
}

// Filed opens the case. Its clock is the period to decide, which runs on from the
// first filing where the case was handed on.
type Filed struct {
	Subject     string        `json:"subject,omitempty"`
	Officers    []string      `json:"officers"`
	Basis       string        `json:"basis"`
	SeriousHarm bool          `json:"serious_harm,omitempty"`
	Clocks      []clock.Start `json:"clocks,omitempty"`
}

// Transferred hands the case on, and the period to decide with it. Outside tells
// that the new agency is one of another division, so that the case ends here.
type Transferred struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Reason  string `json:"reason"`
	Outside bool   `json:"outside,omitempty"`
	Resumption
}

// JurisdictionAssigned names who handles the case.
type JurisdictionAssigned struct {
	Agency string `json:"agency"`
	Was    string `json:"was"`
	By     string `json:"by"`
	Reason string `json:"reason,omitempty"`
	Resumption
}

// OfficerRecused takes an officer out of the case.
type OfficerRecused struct {
	Officer     string `json:"officer"`
	Reason      string `json:"reason"`
	Replacement string `json:"replacement,omitempty"`
}

// PriorNoticeServed tells the party what is to be decided, and its rights.
type PriorNoticeServed struct {
	Content        string            `json:"content"`
	Facts          string            `json:"facts"`
	Reasons        string            `json:"reasons"`
	Basis          []domain.Basis    `json:"basis"`
	Rights         []term.PartyRight `json:"rights"`
	HearingOffered bool              `json:"hearing_offered"`
	Proposed       rule.Sanction     `json:"proposed"`
	Major          bool              `json:"major,omitempty"`
	Clocks         []clock.Start     `json:"clocks,omitempty"`
}

// StatementRecorded is what the party stated, and what its review found.
type StatementRecorded struct {
	Text     string `json:"text"`
	Reviewed string `json:"reviewed"`
	Adopted  bool   `json:"adopted,omitempty"`
}

// StatementWaived says that the party clearly gave its statement up.
type StatementWaived struct{}

// HearingRequested says that the party asked for a hearing. NotCounted tells
// that the time of the hearing is left out of the period to decide.
type HearingRequested struct {
	NotCounted bool `json:"not_counted,omitempty"`
}

// Resumption is the last day to decide after a hearing whose time is not
// counted, or that is not held because the case was handed on.
type Resumption struct {
	DecideBy calendar.Day `json:"decide_by,omitzero"`
	Awaits   int          `json:"awaits_calendar,omitempty"`
}

// HearingWithdrawn says that the party no longer asks for a hearing.
type HearingWithdrawn struct {
	Document string `json:"document"`
	Resumption
}

// HearingNotified says when and where the hearing is held.
type HearingNotified struct {
	On    calendar.Day `json:"on"`
	Place string       `json:"place"`
}

// HearingHeld is the hearing.
type HearingHeld struct {
	Record   string   `json:"record"`
	Officers []string `json:"officers"`
	Absent   bool     `json:"absent,omitempty"` // the party stayed away and gave it up
	Resumption
}

// LegalReviewPassed says that the legal review found nothing against the
// decision.
type LegalReviewPassed struct {
	By string `json:"by"`
}

// Extended gives a later last day to decide.
type Extended struct {
	Until    calendar.Day `json:"until"`
	Rule     string       `json:"rule"`
	Reason   string       `json:"reason"`
	Approver string       `json:"approver"`
}

// CorrectionOrder is the order to correct that goes with a penalty. Without a
// last day the act is to end at once.
type CorrectionOrder struct {
	Text string       `json:"text"`
	Due  calendar.Day `json:"due,omitzero"`
}

// Decided is the penalty decision.
type Decided struct {
	Subject string `json:"subject,omitempty"`
	rule.Sanction
	Procedure   term.PenaltyProcedure `json:"procedure"`
	Committed   Days                  `json:"committed"`
	Contravened []rule.Provision      `json:"contravened"`
	Aggravation []term.Aggravation    `json:"aggravation,omitempty"`
	// RepeatOf is the day of the earlier decision that makes it a repeat.
	RepeatOf   calendar.Day    `json:"repeat_of,omitzero"`
	Correction CorrectionOrder `json:"correction"`
	Document   string          `json:"document"`
	Reasons    string          `json:"reasons"`
	Discussion string          `json:"discussion,omitempty"`
	Officers   []string        `json:"officers,omitempty"`    // who acted on the spot
	AnotherAct string          `json:"another_act,omitempty"` // why it is another act than one fined before
	// FineKey is the act by a digest, reserved where it is fined.
	FineKey string        `json:"fine_key,omitempty"`
	Clocks  []clock.Start `json:"clocks,omitempty"`
}

// NoPenaltyDecided ends the case without a penalty.
type NoPenaltyDecided struct {
	Subject string               `json:"subject,omitempty"`
	Ground  term.NoPenaltyGround `json:"ground"`
	Reasons string               `json:"reasons,omitempty"`
}

// InformalMeasureTaken is a measure that is no penalty.
type InformalMeasureTaken struct {
	Subject string        `json:"subject,omitempty"`
	Kind    term.Informal `json:"kind"`
	Note    string        `json:"note,omitempty"`
}

// DecisionServed is the service of the decision with the notice of credit
// repair.
type DecisionServed struct {
	Subject      string        `json:"subject,omitempty"`
	ServedOn     calendar.Day  `json:"served_on"`
	RepairNotice bool          `json:"repair_notice"`
	Clocks       []clock.Start `json:"clocks,omitempty"`
}

// RemedyStatus is how a remedy stands beside the decision; without an outcome it
// is under way.
type RemedyStatus struct {
	Kind    term.Remedy        `json:"kind"`
	Outcome term.RemedyOutcome `json:"outcome,omitempty"`
	Stayed  bool               `json:"stayed,omitempty"`
}

// Published is what the public is shown of a decision: all of it stands here.
type Published struct {
	Subject string `json:"subject,omitempty"`
	ShownAs string `json:"shown_as,omitempty"` // the party in public, where the register does not name it
	rule.Sanction
	Document    string           `json:"document"`
	DecidedOn   calendar.Day     `json:"decided_on"`
	Variant     term.Variant     `json:"variant,omitempty"`
	Disguise    term.Disguise    `json:"disguise,omitempty"`
	Contravened []rule.Provision `json:"contravened"`
	Tier        term.Tier        `json:"tier"`
	From        calendar.Day     `json:"from"`
	MinUntil    calendar.Day     `json:"min_until,omitzero"` // credit repair may end it after this day
	MaxUntil    calendar.Day     `json:"max_until"`          // last day
	Remedies    []RemedyStatus   `json:"remedies,omitempty"`
}

// PublicationWithdrawn ends the publication before its time.
type PublicationWithdrawn struct {
	Subject  string               `json:"subject,omitempty"`
	Document string               `json:"document"`
	Cause    term.WithdrawalCause `json:"cause"`
	Reason   string               `json:"reason"`
}

// Performed is what the party did of what was decided.
type Performed struct {
	Subject   string    `json:"subject,omitempty"`
	Kind      term.Duty `json:"kind"`
	AmountFen money.Fen `json:"amount_fen,omitempty"`
	// FinePaid tells that with it the fine is paid in full, Complete that nothing
	// of the decision is left to do.
	FinePaid bool `json:"fine_paid,omitempty"`
	Complete bool `json:"complete,omitempty"`
}

// SurchargeLevied is the surcharge in all, for so many days.
type SurchargeLevied struct {
	AmountFen money.Fen `json:"amount_fen"`
	Days      int       `json:"days"`
}

// Closed ends the case.
type Closed struct {
	Subject string       `json:"subject,omitempty"`
	As      term.CaseEnd `json:"as"`
	Reason  string       `json:"reason,omitempty"`
}

// Revoked takes the decision back.
type Revoked struct {
	Subject string        `json:"subject,omitempty"`
	By      string        `json:"by"`
	Reason  string        `json:"reason"`
	FineKey string        `json:"fine_key,omitempty"` // the act, which may be fined again
	Clocks  []clock.Start `json:"clocks,omitempty"`
}

// Changed puts another content in the place of what was decided.
type Changed struct {
	Subject  string        `json:"subject,omitempty"`
	To       rule.Sanction `json:"to"`
	Reason   string        `json:"reason"`
	FinePaid bool          `json:"fine_paid,omitempty"` // nothing is left to pay of the fine
	// OverpaidFen is what was paid of the fine beyond what is left of it, to be
	// given back.
	OverpaidFen money.Fen     `json:"overpaid_fen,omitempty"`
	FineKey     string        `json:"fine_key,omitempty"` // the act, where there is no fine any more
	Clocks      []clock.Start `json:"clocks,omitempty"`
}

// RemedyFiling is a remedy that the party asked for.
type RemedyFiling struct {
	Body     string `json:"body"`
	Document string `json:"document,omitempty"`
	Stayed   bool   `json:"stayed,omitempty"`
}

// RemedyResult is the outcome of a remedy.
type RemedyResult struct {
	Subject  string             `json:"subject,omitempty"`
	Outcome  term.RemedyOutcome `json:"outcome"`
	Document string             `json:"document,omitempty"`
	FineKey  string             `json:"fine_key,omitempty"` // the act, which may be fined again
	Clocks   []clock.Start      `json:"clocks,omitempty"`
}

// ReconsiderationFiled says that the party asked for reconsideration.
type ReconsiderationFiled struct{ RemedyFiling }

// ReconsiderationDecided is the outcome of a reconsideration.
type ReconsiderationDecided struct{ RemedyResult }

// LitigationFiled says that the party went to court.
type LitigationFiled struct{ RemedyFiling }

// LitigationDecided is the outcome of a lawsuit.
type LitigationDecided struct{ RemedyResult }

// ReferredToPolice hands a suspected crime to the police.
type ReferredToPolice struct {
	Subject  string `json:"subject,omitempty"`
	Document string `json:"document"`
}

// AccountabilityReferred asks another body to hold a person to account.
type AccountabilityReferred struct {
	Subject string        `json:"subject,omitempty"`
	Body    string        `json:"body"`
	Person  domain.Sealed `json:"person,omitzero"`
	Reason  string        `json:"reason,omitempty"`
}

// PersonalDataRead says that a sealed value was asked for.
type PersonalDataRead struct{ domain.Unsealing }

// PersonalDataErased says that a person was erased.
type PersonalDataErased struct{ domain.Erasure }

// DeadlineMissed says that a last day has passed.
type DeadlineMissed struct{ clock.Missing }

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }

// Concerns returns the institution, where there is one.
func (e ViolationAlleged) Concerns() []string {
	if e.Subject == "" {
		return nil
	}
	return []string{e.Subject}
}

// Check refuses what a correction would leave without what the lead needs.
func (e ViolationAlleged) Check() error {
	return checkLead("", e.Subject, e.Premises, e.Facts, e.Committed, e.Discovered)
}

// fineKind is the kind of reservation of acts that were fined.
const fineKind = "fine"

// Claims reserves the act where it is fined.
func (e Decided) Claims() []domain.Claim {
	if e.FineFen == 0 || e.FineKey == "" {
		return nil
	}
	return []domain.Claim{{Kind: fineKind, Value: e.FineKey}}
}

// Claims gives the act back.
func (e Revoked) Claims() []domain.Claim { return givenBack(e.FineKey) }

// Claims gives the act back where there is no fine any more.
func (e Changed) Claims() []domain.Claim { return givenBack(e.FineKey) }

// Claims gives the act back where the decision was reversed.
func (e RemedyResult) Claims() []domain.Claim { return givenBack(e.FineKey) }

func givenBack(key string) []domain.Claim {
	if key == "" {
		return nil
	}
	return []domain.Claim{{Kind: fineKind, Value: key, Release: true}}
}
