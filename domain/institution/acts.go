package institution

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/ident"
	"minglu/domain/money"
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
	domain.On[GrantLicence]("institution.grant-licence", authority.Approval, domain.Text{ZH: "发放许可", EN: "grant a licence"}).MayBeFuture().By(rule.Moratorium, rule.PreschoolSubject, rule.LicenceTerm, rule.LicenceExit, rule.LicenceApplication),
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
	domain.On[ApplyForLicence]("institution.apply-for-licence", authority.Hear, domain.Text{ZH: "申请许可", EN: "apply for a licence"}).By(rule.LicenceApplication, rule.PersonalData),
	domain.On[AcceptApplication]("institution.accept-application", authority.Hear, domain.Text{ZH: "受理许可申请", EN: "accept an application"}).By(rule.LicenceApplication),
	domain.On[RefuseLicence]("institution.refuse-licence", authority.Approval, domain.Text{ZH: "不予许可", EN: "refuse a licence"}).By(rule.LicenceApplication),
	domain.On[ChallengeClassification]("institution.challenge-classification", authority.Hear, domain.Text{ZH: "提出分类异议", EN: "challenge the classification"}).By(rule.ClassificationReview),
	domain.On[ReviewClassification]("institution.review-classification", authority.Approval, domain.Text{ZH: "作出分类复核结论", EN: "review the classification"}).By(rule.ClassificationReview),
	domain.On[PostWarning]("institution.post-warning", authority.Supervise, domain.Text{ZH: "张贴告知书", EN: "post a warning"}).By(rule.PersonalData),
	domain.On[RemoveAdvertisement]("institution.remove-advertisement", authority.Supervise, domain.Text{ZH: "清理广告", EN: "remove an advertisement"}).By(rule.PersonalData),
	domain.On[NoteScheduleBreach]("institution.note-schedule-breach", authority.Supervise, domain.Text{ZH: "记录违反培训时间要求", EN: "note a breach of training times"}).By(rule.OperatingHours),
	domain.On[FileAnnualReport]("institution.file-annual-report", authority.Hear, domain.Text{ZH: "报送年度报告", EN: "file the annual report"}),
	domain.On[ReportAbnormalClosure]("institution.report-abnormal-closure", authority.Supervise, domain.Text{ZH: "报告异常关停", EN: "report an abnormal closure"}).By(rule.AbnormalClosure, figure.CountRule),
	domain.On[IssueCard]("institution.issue-card", authority.Supervise, domain.Text{ZH: "出示黄红牌", EN: "issue a card"}).By(rule.Cards),
	domain.On[ReadPersonalData]("institution.read-personal-data", authority.Unseal, domain.Text{ZH: "查阅密封信息", EN: "read a sealed value"}).Seen(domain.AgencyOnly).By(rule.Unsealing),
	domain.On[ErasePersonalData]("institution.erase-personal-data", authority.Erase, domain.Text{ZH: "删除个人信息", EN: "erase personal data"}).By(rule.Erasure),
	domain.On[MissDeadline]("institution.miss-deadline", authority.Clockwork, domain.Text{ZH: "记录期限届满", EN: "record that a clock has run out"}).Seen(domain.Joint).By(clock.MissedRule),
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
	rule.Under
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// RevokeLicence revokes by penalty.
type RevokeLicence struct {
	rule.Under
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
	// Penalty is the case in which it was decided.
	Penalty domain.Ref `json:"penalty,omitzero"`
}

// Refs returns the case, where one is named.
func (c *RevokeLicence) Refs() []domain.Reference { return penalty(&c.Penalty) }

func penalty(r *domain.Ref) []domain.Reference {
	return []domain.Reference{{Ref: r, Kinds: []string{"penalty"}, Pointer: "/body/penalty"}}
}

// AnnulLicence annuls an unlawful grant.
type AnnulLicence struct {
	rule.Under
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// WithdrawLicence takes a lawful grant back.
type WithdrawLicence struct {
	rule.Under
	Number ident.LicenceNumber `json:"number"`
	Reason string              `json:"reason"`
}

// SurrenderLicence takes down that it was given back.
type SurrenderLicence struct {
	rule.Under
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
	// Penalty is the case in which it was decided.
	Penalty domain.Ref `json:"penalty,omitzero"`
}

// Refs returns the case, where one is named.
func (c *StopOperation) Refs() []domain.Reference { return penalty(&c.Penalty) }

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

// HoldInterview records a talk. HeldBy is the agency that held it, where that is
// not the one that records it; Roles are the posts of who came, never names.
type HoldInterview struct {
	Reason      string       `json:"reason"`
	HeldBy      string       `json:"held_by,omitempty"`
	Roles       []string     `json:"roles,omitempty"`
	Commitments []string     `json:"commitments,omitempty"`
	Due         calendar.Day `json:"due,omitzero"` // last day for the commitments
}

// ApplyForLicence takes an application down. StandardMissing names the standard
// by which it is to be judged and that is still being drafted.
type ApplyForLicence struct {
	Kind            term.LicenceKind `json:"kind"`
	Class           term.Class       `json:"class"`
	Categories      []term.Category  `json:"categories,omitempty"`
	Audiences       []term.Audience  `json:"audiences"`
	Address         string           `json:"address,omitempty"`
	Materials       []string         `json:"materials,omitempty"`
	StandardMissing string           `json:"standard_missing,omitempty"`
}

// AcceptApplication accepts the open application. Standard is the document by
// which one is judged that waited for it.
type AcceptApplication struct {
	Standard string `json:"standard,omitempty"`
}

// RefuseLicence refuses the open application.
type RefuseLicence struct {
	Grounds []term.LicenceRefusal `json:"grounds"`
	Reason  string                `json:"reason"`
}

// ChallengeClassification takes down that the class is contested. By is a post
// or a role, never a name.
type ChallengeClassification struct {
	By      string `json:"by,omitempty"`
	Grounds string `json:"grounds"`
}

// ReviewClassification records what the group of experts found. Panel is the
// document of the review.
type ReviewClassification struct {
	Outcome term.ClassificationOutcome `json:"outcome"`
	Panel   string                     `json:"panel"`
}

// PostWarning records that a letter or a notice to parents was posted; premises
// that are left out are its address.
type PostWarning struct {
	Kind     term.Warning `json:"kind"`
	Premises string       `json:"premises,omitempty"`
}

// RemoveAdvertisement records that an advertisement was taken down.
type RemoveAdvertisement struct {
	Kind  term.Advertisement `json:"kind"`
	Place string             `json:"place"`
}

// NoteScheduleBreach records training at a time at which there may be none. Slot
// is the time found, such as "2022-03-05 09:00–10:30".
type NoteScheduleBreach struct {
	Rule term.ScheduleRule `json:"rule"`
	Slot string            `json:"slot"`
}

// FileAnnualReport records the report of a year.
type FileAnnualReport struct {
	Year int `json:"year"`
}

// ReportAbnormalClosure reports that it closed and left pupils and fees behind.
// Undelivered is what was paid and not taught, where it is known.
type ReportAbnormalClosure struct {
	Pupils      figure.Count `json:"pupils"`
	Undelivered *money.Fen   `json:"undelivered_fen,omitempty"`
	Unreachable bool         `json:"unreachable,omitempty"`
}

// IssueCard issues a yellow or a red card, where the division adopted them.
type IssueCard struct {
	rule.Under
	Colour term.CardColour `json:"colour"`
	Reason string          `json:"reason"`
}

// ReadPersonalData reads a sealed value.
type ReadPersonalData struct{ domain.Unsealing }

// ErasePersonalData erases a person.
type ErasePersonalData struct{ domain.Erasure }

// MissDeadline records that a clock has run out.
type MissDeadline struct{ clock.Missing }

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
func (ApplyForLicence) institutionCommand()          {}
func (AcceptApplication) institutionCommand()        {}
func (RefuseLicence) institutionCommand()            {}
func (ChallengeClassification) institutionCommand()  {}
func (ReviewClassification) institutionCommand()     {}
func (PostWarning) institutionCommand()              {}
func (RemoveAdvertisement) institutionCommand()      {}
func (NoteScheduleBreach) institutionCommand()       {}
func (FileAnnualReport) institutionCommand()         {}
func (ReportAbnormalClosure) institutionCommand()    {}
func (IssueCard) institutionCommand()                {}
func (ReadPersonalData) institutionCommand()         {}
func (ErasePersonalData) institutionCommand()        {}
func (MissDeadline) institutionCommand()             {}
func (Correct) institutionCommand()                  {}
func (Annul) institutionCommand()                    {}
