package institution

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of an institution.
type Command interface{ institutionCommand() }

// Acts lists what may be asked.
var Acts = []domain.ActType{
	domain.Creates[Register]("institution.register", authority.Enter, domain.Text{ZH: "登记机构", EN: "register an institution"}).By(rule.Registered, ident.ChecksumRule),
	domain.On[AttachIdentifier]("institution.attach-identifier", authority.Enter, domain.Text{ZH: "登记标识", EN: "attach an identifier"}).By(ident.ChecksumRule, rule.LegalEntity),
	domain.On[DetachIdentifier]("institution.detach-identifier", authority.Enter, domain.Text{ZH: "取消标识", EN: "detach an identifier"}).By(rule.LegalEntity),
	domain.On[ChangeName]("institution.change-name", authority.Approval, domain.Text{ZH: "变更名称", EN: "change the name"}).By(rule.PersonalData),
	domain.On[ChangeAddress]("institution.change-address", authority.Approval, domain.Text{ZH: "变更地址", EN: "change the address"}).By(rule.PersonalData),
	domain.On[RecordLegalRegistration]("institution.record-legal-registration", authority.Registry, domain.Text{ZH: "记录法人登记", EN: "record the legal registration"}).By(rule.LegalEntity),
	domain.On[DeregisterLegalEntity]("institution.deregister-legal-entity", authority.Registry, domain.Text{ZH: "法人注销登记", EN: "deregister the legal entity"}).By(rule.LegalEntity),
	domain.On[GrantLicence]("institution.grant-licence", authority.Approval, domain.Text{ZH: "发放许可", EN: "grant a licence"}).MayBeFuture().By(rule.Moratorium, rule.PreschoolSubject, rule.LicenceTerm, rule.LicenceExit),
	domain.On[SuspendLicence]("institution.suspend-licence", authority.Approval, domain.Text{ZH: "暂停许可", EN: "suspend a licence"}).MayBeFuture().By(rule.LicenceHeld, rule.LicenceExit),
	domain.On[ReinstateLicence]("institution.reinstate-licence", authority.Approval, domain.Text{ZH: "恢复许可", EN: "reinstate a licence"}).MayBeFuture().By(rule.LicenceHeld, rule.LicenceExit),
	domain.On[ExpireLicence]("institution.expire-licence", authority.Approval, domain.Text{ZH: "记录期满未延续", EN: "record the expiry of a licence"}).By(rule.LicenceHeld, rule.LicenceExit),
	domain.On[RevokeLicence]("institution.revoke-licence", authority.Revocation, domain.Text{ZH: "吊销许可", EN: "revoke a licence"}).By(rule.LicenceHeld, rule.LicenceExit),
	domain.On[AnnulLicence]("institution.annul-licence", authority.Approval, domain.Text{ZH: "撤销许可", EN: "annul a licence"}).By(rule.LicenceHeld, rule.LicenceExit),
	domain.On[WithdrawLicence]("institution.withdraw-licence", authority.Approval, domain.Text{ZH: "撤回许可", EN: "withdraw a licence"}).By(rule.LicenceHeld, rule.LicenceExit),
	domain.On[SurrenderLicence]("institution.surrender-licence", authority.Approval, domain.Text{ZH: "缴回许可", EN: "surrender a licence"}).By(rule.LicenceHeld, rule.LicenceExit),
	domain.On[CancelLicence]("institution.cancel-licence", authority.Approval, domain.Text{ZH: "注销许可", EN: "cancel a licence"}).By(rule.LicenceCancellation),
	domain.On[ApproveConversion]("institution.approve-conversion", authority.Approval, domain.Text{ZH: "批准转型", EN: "approve a conversion"}).By(rule.Conversion, rule.Moratorium, rule.PreschoolSubject, rule.LicenceTerm, rule.LicenceHeld, rule.LicenceExit),
	domain.On[ConvertToNonProfit]("institution.convert-to-non-profit", authority.Registry, domain.Text{ZH: "营转非", EN: "convert to non-profit"}).By(rule.NonProfit),
	domain.On[AnnounceTermination]("institution.announce-termination", authority.Supervise, domain.Text{ZH: "公告终止办学", EN: "announce termination"}).By(rule.Termination),
	domain.On[StopOperation]("institution.stop-operation", authority.Supervise, domain.Text{ZH: "关停", EN: "stop the operation"}),
	domain.On[RecordComplianceReview]("institution.record-compliance-review", authority.Supervise, domain.Text{ZH: "记录合规审核", EN: "record a compliance review"}),
	domain.On[ConcludeAnnualInspection]("institution.conclude-annual-inspection", authority.Supervise, domain.Text{ZH: "作出年检结论", EN: "conclude the annual inspection"}).By(rule.AnnualInspection),
	domain.On[EnrolPlatform]("institution.enrol-platform", authority.Supervise, domain.Text{ZH: "纳入监管平台", EN: "enrol on a platform"}),
	domain.On[AdoptContractTemplate]("institution.adopt-contract-template", authority.Supervise, domain.Text{ZH: "启用合同示范文本", EN: "adopt the contract template"}),
	domain.On[HoldInterview]("institution.hold-interview", authority.Supervise, domain.Text{ZH: "约谈", EN: "hold an interview"}),
	domain.On[Correct]("institution.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).By(rule.PersonalData),
	domain.On[Annul]("institution.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}),
}

// Register takes somebody or something into the register.
type Register struct {
	Ref        string          `json:"-"` // the writer's own reference, from the target
	Names      []string        `json:"names"`
	Kind       term.Kind       `json:"kind"`
	Mode       term.Mode       `json:"mode"`
	Address    string          `json:"address"`
	USCC       ident.USCC      `json:"uscc,omitempty"`
	Override   *Override       `json:"uscc_override,omitempty"`
	Organiser  domain.Personal `json:"organiser,omitzero"`
	Principal  domain.Personal `json:"principal,omitzero"`
	Class      term.Class      `json:"class"`
	Categories []term.Category `json:"categories,omitempty"`
	Audiences  []term.Audience `json:"audiences,omitempty"`

	// Hidden are the name and the address of a natural person in full: see
	// Veil.
	Hidden []domain.Personal `json:"-"`
}

// Veil takes the names and the address of a natural person out of the clear:
// what is left is what may be shown, and the full text is to be sealed. It is
// called once, before anything is made of the command.
func (r *Register) Veil() {
	if r.Kind != term.NaturalPerson {
		return
	}
	names := make([]string, len(r.Names))
	for i, n := range r.Names {
		r.Hidden = append(r.Hidden, domain.PersonalText(n))
		names[i] = ident.MaskName(n)
	}
	r.Hidden = append(r.Hidden, domain.PersonalText(r.Address))
	r.Names, r.Address = names, ident.MaskAddress(r.Address)
}

// Refer puts the writer's reference into the command.
func (r *Register) Refer(ref string) { r.Ref = ref }

// Personal returns the values to be sealed.
func (r *Register) Personal() []*domain.Personal {
	out := []*domain.Personal{&r.Organiser, &r.Principal}
	for i := range r.Hidden {
		out = append(out, &r.Hidden[i])
	}
	return out
}

// AttachIdentifier gives it a code.
type AttachIdentifier struct {
	Kind     term.IdentifierKind `json:"kind"`
	Value    string              `json:"value"`
	Override *Override           `json:"override,omitempty"`
}

// DetachIdentifier takes a code from it.
type DetachIdentifier struct {
	Kind   term.IdentifierKind `json:"kind"`
	Value  string              `json:"value"`
	Reason string              `json:"reason"`
}

// ChangeName gives it a new registered name.
type ChangeName struct {
	To       string `json:"to"`
	Approval string `json:"approval"`
}

// ChangeAddress gives it a new address.
type ChangeAddress struct {
	To       string `json:"to"`
	Approval string `json:"approval"`
}

// RecordLegalRegistration records the legal person.
type RecordLegalRegistration struct {
	Authority term.Registry  `json:"authority"`
	Form      term.LegalForm `json:"form"`
	Number    string         `json:"number"`
	ForProfit bool           `json:"for_profit"`
}

// DeregisterLegalEntity ends the legal person.
type DeregisterLegalEntity struct {
	Procedure term.Procedure `json:"procedure"`
	Reason    string         `json:"reason"`
}

// GrantLicence opens a licence.
type GrantLicence struct {
	rule.Under
	Number     ident.LicenceNumber `json:"number"`
	Kind       term.LicenceKind    `json:"kind"`
	Class      term.Class          `json:"class"`
	Categories []term.Category     `json:"categories,omitempty"`
	Audiences  []term.Audience     `json:"audiences"`
	ValidFrom  calendar.Day        `json:"valid_from"`
	ValidTo    calendar.Day        `json:"valid_to"`
	Override   *GrantOverride      `json:"moratorium_override,omitempty"`
}

// SuspendLicence pauses a licence.
type SuspendLicence struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// ReinstateLicence ends the suspension.
type ReinstateLicence struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// ExpireLicence records that the term ended without renewal.
type ExpireLicence struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// RevokeLicence revokes by penalty.
type RevokeLicence struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// AnnulLicence annuls an unlawful grant.
type AnnulLicence struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// WithdrawLicence takes a lawful grant back.
type WithdrawLicence struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// SurrenderLicence takes down that it was given back.
type SurrenderLicence struct {
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// CancelLicence is the formal end.
type CancelLicence struct {
	Number ident.LicenceNumber `json:"number"`
	Cause  term.CancelCause    `json:"cause"`
}

// ApproveConversion closes one licence and opens another.
type ApproveConversion struct {
	rule.Under
	OldLicence ident.LicenceNumber `json:"old_licence"`
	To         rule.Scope          `json:"to"`
	NewLicence NewLicence          `json:"new_licence"`
	Override   *GrantOverride      `json:"moratorium_override,omitempty"`
}

// ConvertToNonProfit changes the registration.
type ConvertToNonProfit struct {
	Registration NonProfitRegistration `json:"registration"`
}

// AnnounceTermination announces the end.
type AnnounceTermination struct {
	PlannedEnd calendar.Day `json:"planned_end"`
	Reason     string       `json:"reason"`
}

// StopOperation closes it.
type StopOperation struct {
	Basis  term.StopBasis `json:"basis"`
	Reason string         `json:"reason"`
}

// RecordComplianceReview records a review.
type RecordComplianceReview struct {
	Result   term.ReviewResult `json:"result"`
	Criteria []string          `json:"criteria,omitempty"`
}

// ConcludeAnnualInspection records an annual inspection.
type ConcludeAnnualInspection struct {
	Year        int                   `json:"year"`
	Result      term.InspectionResult `json:"result"`
	PublishedOn calendar.Day          `json:"published_on,omitzero"`
}

// EnrolPlatform records the enrolment.
type EnrolPlatform struct {
	Platform string `json:"platform"`
}

// AdoptContractTemplate records the contract in use.
type AdoptContractTemplate struct {
	Version string `json:"version"`
}

// HoldInterview records a talk.
type HoldInterview struct {
	Reason      string   `json:"reason"`
	Commitments []string `json:"commitments,omitempty"`
}

// Correct replaces one member of an earlier fact.
type Correct struct{ domain.Correction }

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

func (Register) institutionCommand()                 {}
func (AttachIdentifier) institutionCommand()         {}
func (DetachIdentifier) institutionCommand()         {}
func (ChangeName) institutionCommand()               {}
func (ChangeAddress) institutionCommand()            {}
func (RecordLegalRegistration) institutionCommand()  {}
func (DeregisterLegalEntity) institutionCommand()    {}
func (GrantLicence) institutionCommand()             {}
func (SuspendLicence) institutionCommand()           {}
func (ReinstateLicence) institutionCommand()         {}
func (ExpireLicence) institutionCommand()            {}
func (RevokeLicence) institutionCommand()            {}
func (AnnulLicence) institutionCommand()             {}
func (WithdrawLicence) institutionCommand()          {}
func (SurrenderLicence) institutionCommand()         {}
func (CancelLicence) institutionCommand()            {}
func (ApproveConversion) institutionCommand()        {}
func (ConvertToNonProfit) institutionCommand()       {}
func (AnnounceTermination) institutionCommand()      {}
func (StopOperation) institutionCommand()            {}
func (RecordComplianceReview) institutionCommand()   {}
func (ConcludeAnnualInspection) institutionCommand() {}
func (EnrolPlatform) institutionCommand()            {}
func (AdoptContractTemplate) institutionCommand()    {}
func (HoldInterview) institutionCommand()            {}
func (Correct) institutionCommand()                  {}
func (Annul) institutionCommand()                    {}
