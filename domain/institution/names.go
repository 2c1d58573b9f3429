package institution

import (
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/term"
)

// The stored names. They never change.

// EventName returns the stored name.
func (Registered) EventName() string { return "institution.registered" }

// EventName returns the stored name.
func (IdentifierAttached) EventName() string { return "institution.identifier_attached" }

// EventName returns the stored name.
func (IdentifierDetached) EventName() string { return "institution.identifier_detached" }

// EventName returns the stored name.
func (NameChanged) EventName() string { return "institution.name_changed" }

// EventName returns the stored name.
func (AddressChanged) EventName() string { return "institution.address_changed" }

// EventName returns the stored name.
func (LegalRegistrationRecorded) EventName() string { return "institution.legal_registration_recorded" }

// EventName returns the stored name.
func (LegalEntityDeregistered) EventName() string { return "institution.legal_entity_deregistered" }

// EventName returns the stored name.
func (LicenceGranted) EventName() string { return "institution.licence_granted" }

// EventName returns the stored name.
func (LicenceSuspended) EventName() string { return "institution.licence_suspended" }

// EventName returns the stored name.
func (LicenceReinstated) EventName() string { return "institution.licence_reinstated" }

// EventName returns the stored name.
func (LicenceExpired) EventName() string { return "institution.licence_expired" }

// EventName returns the stored name.
func (LicenceRevoked) EventName() string { return "institution.licence_revoked" }

// EventName returns the stored name.
func (LicenceAnnulled) EventName() string { return "institution.licence_annulled" }

// EventName returns the stored name.
func (LicenceWithdrawn) EventName() string { return "institution.licence_withdrawn" }

// EventName returns the stored name.
func (LicenceSurrendered) EventName() string { return "institution.licence_surrendered" }

// EventName returns the stored name.
func (LicenceCancelled) EventName() string { return "institution.licence_cancelled" }

// EventName returns the stored name.
func (ConversionApproved) EventName() string { return "institution.conversion_approved" }

// EventName returns the stored name.
func (ConvertedToNonProfit) EventName() string { return "institution.converted_to_non_profit" }

// EventName returns the stored name.
func (TerminationAnnounced) EventName() string { return "institution.termination_announced" }

// EventName returns the stored name.
func (OperationStopped) EventName() string { return "institution.operation_stopped" }

// EventName returns the stored name.
func (ComplianceReviewRecorded) EventName() string { return "institution.compliance_review_recorded" }

// EventName returns the stored name.
func (AnnualInspectionConcluded) EventName() string { return "institution.annual_inspection_concluded" }

// EventName returns the stored name.
func (PlatformEnrolled) EventName() string { return "institution.platform_enrolled" }

// EventName returns the stored name.
func (ContractTemplateAdopted) EventName() string { return "institution.contract_template_adopted" }

// EventName returns the stored name.
func (InterviewHeld) EventName() string { return "institution.interview_held" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "institution.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "institution.annulled" }

func (Registered) institutionEvent()                {}
func (IdentifierAttached) institutionEvent()        {}
func (IdentifierDetached) institutionEvent()        {}
func (NameChanged) institutionEvent()               {}
func (AddressChanged) institutionEvent()            {}
func (LegalRegistrationRecorded) institutionEvent() {}
func (LegalEntityDeregistered) institutionEvent()   {}
func (LicenceGranted) institutionEvent()            {}
func (LicenceSuspended) institutionEvent()          {}
func (LicenceReinstated) institutionEvent()         {}
func (LicenceExpired) institutionEvent()            {}
func (LicenceRevoked) institutionEvent()            {}
func (LicenceAnnulled) institutionEvent()           {}
func (LicenceWithdrawn) institutionEvent()          {}
func (LicenceSurrendered) institutionEvent()        {}
func (LicenceCancelled) institutionEvent()          {}
func (ConversionApproved) institutionEvent()        {}
func (ConvertedToNonProfit) institutionEvent()      {}
func (TerminationAnnounced) institutionEvent()      {}
func (OperationStopped) institutionEvent()          {}
func (ComplianceReviewRecorded) institutionEvent()  {}
func (AnnualInspectionConcluded) institutionEvent() {}
func (PlatformEnrolled) institutionEvent()          {}
func (ContractTemplateAdopted) institutionEvent()   {}
func (InterviewHeld) institutionEvent()             {}
func (Corrected) institutionEvent()                 {}
func (Annulled) institutionEvent()                  {}

// Claims reserves the credit code.
func (e Registered) Claims() []domain.Claim { return usccClaim(string(e.USCC), false) }

// Claims reserves the code, where it is a credit code.
func (e IdentifierAttached) Claims() []domain.Claim {
	if e.Kind != term.USCCIdentifier {
		return nil
	}
	return usccClaim(e.Value, false)
}

// Claims gives the code back, where it is a credit code.
func (e IdentifierDetached) Claims() []domain.Claim {
	if e.Kind != term.USCCIdentifier {
		return nil
	}
	return usccClaim(e.Value, true)
}

// Claims gives the credit code back: only a live one is reserved.
func (e LegalEntityDeregistered) Claims() []domain.Claim { return usccClaim(string(e.USCC), true) }

// Claims reserves the licence number, which is never given back.
func (e LicenceGranted) Claims() []domain.Claim { return licenceClaim(string(e.Number)) }

// Claims reserves the number of the new licence.
func (e ConversionApproved) Claims() []domain.Claim { return licenceClaim(string(e.NewLicence.Number)) }

func usccClaim(value string, release bool) []domain.Claim {
	if value == "" {
		return nil
	}
	return []domain.Claim{{Kind: "uscc", Value: value, Release: release}}
}

func licenceClaim(number string) []domain.Claim {
	return []domain.Claim{{Kind: "licence", Value: number}}
}

// Check refuses a registration without a name.
func (e Registered) Check() error {
	if len(e.Names) == 0 || slices.ContainsFunc(e.Names, func(n string) bool { return strings.TrimSpace(n) == "" }) {
		return domain.BadField("/names", "required", domain.Say("至少要有一个名称，且名称不能为空", "at least one name, none of them empty"))
	}
	return nil
}

// Check refuses a term that ends before it begins.
func (e LicenceGranted) Check() error { return checkTerm("", e.ValidFrom, e.ValidTo) }

// Check refuses a term that ends before it begins.
func (e ConversionApproved) Check() error {
	return checkTerm("/new_licence", e.NewLicence.ValidFrom, e.NewLicence.ValidTo)
}
