package institution

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/ident"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Event is a fact about an institution.
type Event interface {
	domain.Event
	institutionEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[Registered](1),
	domain.Current[IdentifierAttached](1),
	domain.Current[IdentifierDetached](1),
	domain.Current[NameChanged](1),
	domain.Current[AddressChanged](1),
	domain.Current[LegalRegistrationRecorded](1),
	domain.Current[LegalEntityDeregistered](1),
	domain.Current[LicenceGranted](1),
	domain.Current[LicenceSuspended](1),
	domain.Current[LicenceReinstated](1),
	domain.Current[LicenceExpired](1),
	domain.Current[LicenceRevoked](1),
	domain.Current[LicenceAnnulled](1),
	domain.Current[LicenceWithdrawn](1),
	domain.Current[LicenceSurrendered](1),
	domain.Current[LicenceCancelled](1),
	domain.Current[ConversionApproved](1),
	domain.Current[ConvertedToNonProfit](1),
	domain.Current[TerminationAnnounced](1),
	domain.Current[OperationStopped](1),
	domain.Current[ComplianceReviewRecorded](1),
	domain.Current[AnnualInspectionConcluded](1),
	domain.Current[PlatformEnrolled](1),
	domain.Current[ContractTemplateAdopted](1),
	domain.Current[InterviewHeld](1),
	domain.Current[LicenceApplied](1),
	domain.Current[LicenceApplicationAccepted](1),
	domain.Current[LicenceRefused](1),
	domain.Current[ClassificationChallenged](1),
	domain.Current[ClassificationReviewed](1),
	domain.Current[WarningPosted](1),
	domain.Current[AdvertisementRemoved](1),
	domain.Current[ScheduleBreachNoted](1),
	domain.Current[AnnualReportFiled](1),
	domain.Current[AbnormalClosureReported](1),
	domain.Current[CardIssued](1),
	domain.Current[PersonalDataRead](1),
	domain.Current[PersonalDataErased](1),
	domain.Current[DeadlineMissed](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// Registered says that somebody or something is in the register from now on.
type Registered struct {
	Ref       string         `json:"ref,omitempty"`
	Names     []string       `json:"names"` // the first is the registered one
	Kind      term.Kind      `json:"kind"`
	Mode      term.Mode      `json:"mode"`
	Address   string         `json:"address"`
	USCC      ident.USCC     `json:"uscc,omitempty"`
	Override  *Override      `json:"uscc_override,omitempty"`
	Organiser *domain.Sealed `json:"organiser,omitempty"`
	Principal *domain.Sealed `json:"principal,omitempty"`
	// Hidden are the names, then the address, of a natural person in full;
	// Names and Address hold what may be shown.
	Hidden     []domain.Sealed `json:"hidden,omitempty"`
	Class      term.Class      `json:"class"`
	Categories []term.Category `json:"categories"`
	Audiences  []term.Audience `json:"audiences"`
}

// Override says why a code with a wrong check character was taken.
type Override struct {
	Reason   string `json:"reason"`
	Evidence string `json:"evidence"` // SHA-256 of the certificate, hexadecimal, or its document number
}

// IdentifierAttached says that a code belongs to the institution.
type IdentifierAttached struct {
	Kind     term.IdentifierKind `json:"kind"`
	Value    string              `json:"value"`
	Check    string              `json:"check"` // "ok", "failed" or "none"
	Override *Override           `json:"override,omitempty"`
}

// IdentifierDetached says that it does no longer.
type IdentifierDetached struct {
	Kind   term.IdentifierKind `json:"kind"`
	Value  string              `json:"value"`
	Reason string              `json:"reason"`
}

// NameChanged gives a new registered name; the former stays findable.
type NameChanged struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Approval string `json:"approval"` // document number
}

// AddressChanged gives a new address.
type AddressChanged struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Approval string `json:"approval"` // document number
}

// LegalRegistrationRecorded says under which form the legal person is
// registered.
type LegalRegistrationRecorded struct {
	Authority term.Registry  `json:"authority"`
	Form      term.LegalForm `json:"form"`
	Number    string         `json:"number"`
	ForProfit bool           `json:"for_profit"`
}

// LegalEntityDeregistered ends the legal person.
type LegalEntityDeregistered struct {
	Procedure term.Procedure `json:"procedure"`
	Reason    string         `json:"reason"`
	USCC      ident.USCC     `json:"uscc,omitempty"` // given back
}

// LicenceGranted opens a licence.
type LicenceGranted struct {
	Number     ident.LicenceNumber `json:"number"`
	Kind       term.LicenceKind    `json:"kind"`
	Class      term.Class          `json:"class"`
	Categories []term.Category     `json:"categories"`
	Audiences  []term.Audience     `json:"audiences"`
	ValidFrom  calendar.Day        `json:"valid_from"`
	ValidTo    calendar.Day        `json:"valid_to"` // last day
	// Override names the document by which a higher authority allowed a grant
	// under a moratorium; such a licence is shown as a violation.
	Override *GrantOverride `json:"moratorium_override,omitempty"`
}

// GrantOverride is the permission to grant under a moratorium.
type GrantOverride struct {
	DocumentNo string `json:"document_no"`
	Reason     string `json:"reason"`
}

// LicenceSuspended pauses a licence, which is still held.
type LicenceSuspended struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// LicenceReinstated ends a suspension.
type LicenceReinstated struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// LicenceExpired is the exit 期满未延续.
type LicenceExpired struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
	Clocks []clock.Start       `json:"clocks,omitempty"` // by when it is to be cancelled
}

// LicenceRevoked is the exit 吊销, by penalty.
type LicenceRevoked struct {
	Number  ident.LicenceNumber `json:"number"`
	Reason  string              `json:"reason"`
	Penalty string              `json:"penalty,omitempty"` // stream of the case
	Clocks  []clock.Start       `json:"clocks,omitempty"`  // by when it is to be cancelled
}

// LicenceAnnulled is the exit 撤销: it was granted unlawfully.
type LicenceAnnulled struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
	Clocks []clock.Start       `json:"clocks,omitempty"` // by when it is to be cancelled
}

// LicenceWithdrawn is the exit 撤回: a lawful grant is taken back.
type LicenceWithdrawn struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
	Clocks []clock.Start       `json:"clocks,omitempty"` // by when it is to be cancelled
}

// LicenceSurrendered is the exit 缴回: given back by own wish.
type LicenceSurrendered struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
	Clocks []clock.Start       `json:"clocks,omitempty"` // by when it is to be cancelled
}

// LicenceCancelled is the formal end (注销) after an exit, or the only end that
// a source tells of.
type LicenceCancelled struct {
	Number ident.LicenceNumber `json:"number"`
	Cause  term.CancelCause    `json:"cause"`
}

// ConversionApproved closes the old licence and opens the new one.
type ConversionApproved struct {
	OldLicence ident.LicenceNumber `json:"old_licence"`
	To         rule.Scope          `json:"to"`
	NewLicence NewLicence          `json:"new_licence"`
	Override   *GrantOverride      `json:"moratorium_override,omitempty"`
}

// NewLicence is the licence that a conversion opens.
type NewLicence struct {
	Number    ident.LicenceNumber `json:"number"`
	Kind      term.LicenceKind    `json:"kind"`
	ValidFrom calendar.Day        `json:"valid_from"`
	ValidTo   calendar.Day        `json:"valid_to"`
}

// ConvertedToNonProfit changes the registration; the licence is kept.
type ConvertedToNonProfit struct {
	Registration NonProfitRegistration `json:"registration"`
}

// NonProfitRegistration is the certificate of the non-profit legal person.
type NonProfitRegistration struct {
	Form   term.LegalForm `json:"form"`
	Number string         `json:"number"`
}

// TerminationAnnounced says that the institution will end.
type TerminationAnnounced struct {
	PlannedEnd calendar.Day `json:"planned_end"`
	Reason     string       `json:"reason"`
}

// OperationStopped says that it was closed, whatever papers it held.
type OperationStopped struct {
	Basis  term.StopBasis `json:"basis"`
	Reason string         `json:"reason"`
	// Documents are the papers that it held then; facts of before they were
	// kept have none.
	Documents term.Documents `json:"documents,omitempty"`
	Penalty   string         `json:"penalty,omitempty"` // stream of the case
}

// ComplianceReviewRecorded is the result of a review of compliance (合规审核).
type ComplianceReviewRecorded struct {
	Result   term.ReviewResult `json:"result"`
	Criteria []string          `json:"criteria"`
}

// AnnualInspectionConcluded is the result of an annual inspection.
type AnnualInspectionConcluded struct {
	Year        int                   `json:"year"`
	Result      term.InspectionResult `json:"result"`
	PublishedOn calendar.Day          `json:"published_on,omitzero"`
}

// PlatformEnrolled says that it is on a supervision platform.
type PlatformEnrolled struct {
	Platform string `json:"platform"`
}

// ContractTemplateAdopted names the version of the contract in use.
type ContractTemplateAdopted struct {
	Version string `json:"version"`
}

// InterviewHeld records a talk with the institution (约谈).
type InterviewHeld struct {
	Reason      string       `json:"reason"`
	HeldBy      string       `json:"held_by,omitempty"` // empty: the agency that recorded it
	Roles       []string     `json:"roles,omitempty"`   // posts of who came
	Commitments []string     `json:"commitments"`
	Due         calendar.Day `json:"due,omitzero"` // last day for the commitments
}

// LicenceApplied is an application for a licence. One whose standard is missing
// waits for it.
type LicenceApplied struct {
	Kind            term.LicenceKind `json:"kind"`
	Class           term.Class       `json:"class"`
	Categories      []term.Category  `json:"categories"`
	Audiences       []term.Audience  `json:"audiences"`
	Address         string           `json:"address,omitempty"`
	Materials       []string         `json:"materials"`
	StandardMissing string           `json:"standard_missing,omitempty"`
}

// LicenceApplicationAccepted accepts the open application.
type LicenceApplicationAccepted struct {
	Standard string `json:"standard,omitempty"` // the document that it waited for
}

// LicenceRefused refuses the open application.
type LicenceRefused struct {
	Grounds []term.LicenceRefusal `json:"grounds"`
	Reason  string                `json:"reason"`
}

// ClassificationChallenged says that the class is contested.
type ClassificationChallenged struct {
	By      string `json:"by,omitempty"`
	Grounds string `json:"grounds"`
}

// ClassificationReviewed is what the experts found. It changes no class: another
// one is a new approval.
type ClassificationReviewed struct {
	Outcome term.ClassificationOutcome `json:"outcome"`
	Panel   string                     `json:"panel"`
}

// WarningPosted says that a letter or a notice to parents hangs there.
type WarningPosted struct {
	Kind     term.Warning `json:"kind"`
	Premises string       `json:"premises"`
}

// AdvertisementRemoved says that an advertisement was taken down.
type AdvertisementRemoved struct {
	Kind  term.Advertisement `json:"kind"`
	Place string             `json:"place"`
}

// ScheduleBreachNoted says that it taught at a time at which it may not.
type ScheduleBreachNoted struct {
	Rule term.ScheduleRule `json:"rule"`
	Slot string            `json:"slot"`
}

// AnnualReportFiled says that the report of a year was filed.
type AnnualReportFiled struct {
	Year int `json:"year"`
}

// AbnormalClosureReported says that it closed and left pupils and fees behind
// (关门跑路).
type AbnormalClosureReported struct {
	Pupils      figure.Count `json:"pupils"`
	Undelivered *money.Fen   `json:"undelivered_fen,omitempty"` // absent: not known
	Unreachable bool         `json:"unreachable,omitempty"`
}

// CardIssued is a yellow or a red card under the policy that allows them.
type CardIssued struct {
	Colour term.CardColour `json:"colour"`
	Policy string          `json:"policy"` // version of the policy
	Reason string          `json:"reason"`
}

// PersonalDataRead says who looked at a sealed value, and why.
type PersonalDataRead struct{ domain.Unsealing }

// PersonalDataErased destroys the key of a person.
type PersonalDataErased struct{ domain.Erasure }

// DeadlineMissed says that a clock ran out.
type DeadlineMissed struct{ clock.Missing }

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }
