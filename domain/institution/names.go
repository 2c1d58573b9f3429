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
func (LicenceApplied) EventName() string { return "institution.licence_applied" }

// EventName returns the stored name.
func (LicenceApplicationAccepted) EventName() string {
	return "institution.licence_application_accepted"
}

// EventName returns the stored name.
func (LicenceRefused) EventName() string { return "institution.licence_refused" }

// EventName returns the stored name.
func (ClassificationChallenged) EventName() string { return "institution.classification_challenged" }

// EventName returns the stored name.
func (ClassificationReviewed) EventName() string { return "institution.classification_reviewed" }

// EventName returns the stored name.
func (WarningPosted) EventName() string { return "institution.warning_posted" }

// EventName returns the stored name.
func (AdvertisementRemoved) EventName() string { return "institution.advertisement_removed" }

// EventName returns the stored name.
func (ScheduleBreachNoted) EventName() string { return "institution.schedule_breach_noted" }

// EventName returns the stored name.
func (AnnualReportFiled) EventName() string { return "institution.annual_report_filed" }

// EventName returns the stored name.
func (AbnormalClosureReported) EventName() string { return "institution.abnormal_closure_reported" }

// EventName returns the stored name.
func (CardIssued) EventName() string { return "institution.card_issued" }

// EventName returns the stored name.
func (PersonalDataRead) EventName() string { return "institution.personal_data_read" }

// EventName returns the stored name.
func (PersonalDataErased) EventName() string { return "institution.personal_data_erased" }

// EventName returns the stored name.
func (DeadlineMissed) EventName() string { return "institution.deadline_missed" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "institution.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "institution.annulled" }

func (Registered) institutionEvent()                 {}
func (IdentifierAttached) institutionEvent()         {}
func (IdentifierDetached) institutionEvent()         {}
func (NameChanged) institutionEvent()                {}
func (AddressChanged) institutionEvent()             {}
func (LegalRegistrationRecorded) institutionEvent()  {}
func (LegalEntityDeregistered) institutionEvent()    {}
func (LicenceGranted) institutionEvent()             {}
func (LicenceSuspended) institutionEvent()           {}
func (LicenceReinstated) institutionEvent()          {}
func (LicenceExpired) institutionEvent()             {}
func (LicenceRevoked) institutionEvent()             {}
func (LicenceAnnulled) institutionEvent()            {}
func (LicenceWithdrawn) institutionEvent()           {}
func (LicenceSurrendered) institutionEvent()         {}
func (LicenceCancelled) institutionEvent()           {}
func (ConversionApproved) institutionEvent()         {}
func (ConvertedToNonProfit) institutionEvent()       {}
func (TerminationAnnounced) institutionEvent()       {}
func (OperationStopped) institutionEvent()           {}
func (ComplianceReviewRecorded) institutionEvent()   {}
func (AnnualInspectionConcluded) institutionEvent()  {}
func (PlatformEnrolled) institutionEvent()           {}
func (ContractTemplateAdopted) institutionEvent()    {}
func (InterviewHeld) institutionEvent()              {}
func (LicenceApplied) institutionEvent()             {}
func (LicenceApplicationAccepted) institutionEvent() {}
func (LicenceRefused) institutionEvent()             {}
func (ClassificationChallenged) institutionEvent()   {}
func (ClassificationReviewed) institutionEvent()     {}
func (WarningPosted) institutionEvent()              {}
func (AdvertisementRemoved) institutionEvent()       {}
func (ScheduleBreachNoted) institutionEvent()        {}
func (AnnualReportFiled) institutionEvent()          {}
func (AbnormalClosureReported) institutionEvent()    {}
func (CardIssued) institutionEvent()                 {}
func (PersonalDataRead) institutionEvent()           {}
func (PersonalDataErased) institutionEvent()         {}
func (DeadlineMissed) institutionEvent()             {}
func (Corrected) institutionEvent()                  {}
func (Annulled) institutionEvent()                   {}

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
