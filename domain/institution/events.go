package institution

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
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
}

// LicenceRevoked is the exit 吊销, by penalty.
type LicenceRevoked struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// LicenceAnnulled is the exit 撤销: it was granted unlawfully.
type LicenceAnnulled struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// LicenceWithdrawn is the exit 撤回: a lawful grant is taken back.
type LicenceWithdrawn struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// LicenceSurrendered is the exit 缴回: given back by own wish.
type LicenceSurrendered struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
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
	Reason      string   `json:"reason"`
	Commitments []string `json:"commitments"`
}

// Corrected replaces one member of an earlier fact.
type Corrected struct{ domain.Correction }

// Annulled takes an earlier fact out.
type Annulled struct{ domain.Annulment }
