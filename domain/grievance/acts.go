package grievance

import (
	"slices"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of a grievance.
type Command interface{ grievanceCommand() }

// Acts lists what may be asked.
var Acts = joint(
	domain.Creates[Receive]("grievance.receive", authority.Receive, domain.Text{ZH: "收到投诉举报", EN: "receive a grievance"}).By(rule.GrievanceOpen, rule.GrievanceParts, rule.GrievanceHandler, rule.PersonalData),
	handling[Accept]("grievance.accept", "受理", "accept"),
	handling[Refuse]("grievance.refuse", "不予受理", "refuse", rule.GrievanceRefusal, rule.GrievanceTransfer),
	handling[Transfer]("grievance.transfer", "转办", "transfer", rule.GrievanceTransfer),
	handling[ObjectToTransfer]("grievance.object-to-transfer", "退回转办", "object to a transfer", rule.GrievanceTransfer),
	domain.On[DecideHandler]("grievance.decide-handler", authority.Arbitrate, domain.Text{ZH: "裁定承办单位", EN: "name the handler"}).By(rule.GrievanceOpen, rule.GrievanceParts, rule.GrievanceHandler),
	handling[StartMediation]("grievance.start-mediation", "开始调解", "start the mediation", rule.GrievanceNature, rule.Mediation),
	handling[SuspendMediation]("grievance.suspend-mediation", "中止调解", "suspend the mediation", rule.GrievanceNature, rule.Mediation),
	handling[ResumeMediation]("grievance.resume-mediation", "恢复调解", "resume the mediation", rule.GrievanceNature, rule.Mediation),
	handling[SettleMediation]("grievance.settle-mediation", "达成调解", "settle the mediation", rule.GrievanceNature, rule.Mediation),
	handling[TerminateMediation]("grievance.terminate-mediation", "终止调解", "terminate the mediation", rule.GrievanceNature, rule.Mediation, calendar.PublishedRule),
	handling[FindLead]("grievance.find-lead", "登记调解中发现的违法线索", "record a lead found in mediation", rule.GrievanceNature, rule.Mediation),
	handling[CheckLead]("grievance.check-lead", "核查线索", "check a lead", rule.GrievanceNature, rule.ReportCheck),
	handling[ExtendCheck]("grievance.extend-check", "延长核查期限", "extend the check", rule.GrievanceNature, rule.ReportCheck, clock.ExtensionRule, calendar.PublishedRule),
	handling[DecideFiling]("grievance.decide-filing", "决定是否立案", "decide whether to file a case", rule.GrievanceNature, rule.ReportCheck),
	handling[SuspendPeriod]("grievance.suspend-period", "中止期限", "suspend a period", rule.GrievancePause),
	handling[ResumePeriod]("grievance.resume-period", "恢复期限", "resume a period", rule.GrievancePause),
	handling[NotifyComplainant]("grievance.notify-complainant", "告知投诉举报人", "tell the complainant", rule.GrievanceNotice),
	handling[ExtendPetition]("grievance.extend-petition", "延长信访办理期限", "extend the handling of a petition", rule.GrievanceNature, rule.PetitionHandling, clock.ExtensionRule, calendar.PublishedRule),
	handling[IssueOpinion]("grievance.issue-opinion", "作出信访处理意见", "issue the opinion on a petition", rule.GrievanceNature, rule.PetitionHandling),
	domain.On[RequestReview]("grievance.request-review", authority.Receive, domain.Text{ZH: "申请信访复查、复核", EN: "request a review of a petition"}).By(rule.GrievanceOpen, rule.GrievanceParts, rule.GrievanceHandler, rule.GrievanceNature, rule.PetitionReview),
	handling[AnswerReview]("grievance.answer-review", "答复信访复查、复核", "answer the review of a petition", rule.GrievanceNature, rule.PetitionReview),
	domain.On[LogVisit]("grievance.log-visit", authority.Receive, domain.Text{ZH: "登记来访", EN: "record a visit of petitioners"}).By(rule.GrievanceOpen, figure.CountRule),
	domain.On[Link]("grievance.link", authority.Handle, domain.Text{ZH: "关联投诉举报", EN: "link with another grievance"}).By(rule.GrievanceOpen, rule.GrievanceHandler),
	handling[Close]("grievance.close", "办结", "close", rule.GrievanceClosing),
	handling[Reopen]("grievance.reopen", "重新办理", "reopen", rule.GrievanceReopening),
	domain.On[Rate]("grievance.rate", authority.Receive, domain.Text{ZH: "评价办理情况", EN: "rate the handling"}).By(rule.GrievanceOpen, rule.GrievanceRating),
	domain.On[MissDeadline]("grievance.miss-deadline", authority.Clockwork, domain.Text{ZH: "记录期限届满", EN: "record that a clock has run out"}).By(clock.MissedRule),
	domain.On[ReadPersonalData]("grievance.read-personal-data", authority.Unseal, domain.Text{ZH: "查阅密封信息", EN: "read sealed values"}).Seen(domain.AgencyOnly).By(rule.GrievanceOpen, rule.GrievanceHandler, rule.Unsealing),
	domain.On[ErasePersonalData]("grievance.erase-personal-data", authority.Erase, domain.Text{ZH: "删除个人信息", EN: "erase personal data"}).By(rule.GrievanceOpen, rule.Erasure),
	domain.On[Correct]("grievance.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).By(rule.PersonalData, clock.ExtensionRule, rule.GrievanceHandler, rule.GrievanceClosing),
	domain.On[Annul]("grievance.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}),
)

// joint returns the lines with their facts kept from the public: those that name
// no readers are for the agencies of the division and above.
func joint(acts ...domain.ActType) []domain.ActType {
	for i, a := range acts {
		if a.Visibility == "" {
			acts[i] = a.Seen(domain.Joint)
		}
	}
	return acts
}

// handling is the line of an act of the handling agency, judged by rules beside
// those of every such act.
func handling[C any](name, zh, en string, rules ...domain.Rule) domain.ActType {
	always := []domain.Rule{rule.GrievanceOpen, rule.GrievanceParts, rule.GrievanceHandler}
	return domain.On[C](name, authority.Handle, domain.Text{ZH: zh, EN: en}).By(slices.Concat(always, rules)...)
}

// Receive takes a grievance in. Who complains, how to reach them and what they
// say is sealed under one key.
type Receive struct {
	rule.Under
	Channel     term.Channel          `json:"channel"`
	Nature      term.Nature           `json:"nature"`
	Parts       []term.Nature         `json:"parts,omitempty"` // of a mixed one; else complaint and report
	Institution domain.Ref            `json:"institution,omitzero"`
	Premises    string                `json:"premises,omitempty"` // down to the street
	Topics      []term.GrievanceTopic `json:"topics"`
	RealName    bool                  `json:"real_name,omitempty"`
	Complainant domain.Personal       `json:"complainant,omitzero"`
	Contact     domain.Personal       `json:"contact,omitzero"`
	Content     domain.Personal       `json:"content,omitzero"`
	// ChildInvolved tells that children under fourteen are concerned.
	ChildInvolved bool `json:"child_involved,omitempty"`
	// Receipt is where somebody was given a number; one that was drawn is the id.
	Receipt *Receipt `json:"receipt,omitempty"`
	// Handler is the agency that the grievance is for; else the recording one.
	Handler string `json:"handler,omitempty"`
}

// Receipt is what somebody who filed a grievance may follow it by.
type Receipt struct {
	Number ident.ReceiptNumber `json:"number"`
	// QueryDigest is the digest of the query code, see [ident.QueryCode].
	QueryDigest string `json:"query_digest"`
}

// Names returns the id that the number of the receipt gives to the grievance, or
// nothing where it gives none.
func (c *Receive) Names() string {
	if c.Receipt == nil {
		return ""
	}
	return c.Receipt.Number.Names()
}

// Refs returns the institution.
func (c *Receive) Refs() []domain.Reference {
	return []domain.Reference{{Ref: &c.Institution, Kinds: []string{"institution"}, Pointer: "/body/institution"}}
}

// Personal returns the values to be sealed.
func (c *Receive) Personal() []*domain.Personal {
	return []*domain.Personal{&c.Complainant, &c.Contact, &c.Content}
}

// OfOnePerson says that they are erased together.
func (c *Receive) OfOnePerson() {}

// Accept takes a part in hand, which ends the period of acceptance.
type Accept struct {
	rule.Under
	Part string `json:"part,omitempty"`
}

// Refuse does not accept a complaint or petition.
type Refuse struct {
	Part   string             `json:"part,omitempty"`
	Ground term.RefusalGround `json:"ground"`
	Reason string             `json:"reason,omitempty"` // needed for other_by_law
}

// Transfer sends a part on to another agency.
type Transfer struct {
	rule.Under
	Part   string `json:"part,omitempty"`
	To     string `json:"to"`
	Reason string `json:"reason"`
}

// ObjectToTransfer gives a transferred part back, once; after that it puts it
// before the joint-conference office. The evidence stands in the envelope.
type ObjectToTransfer struct {
	rule.Under
	Part   string            `json:"part,omitempty"`
	Ground term.ReturnGround `json:"ground"`
	Reason string            `json:"reason"`
}

// DecideHandler names who handles a part, for good.
type DecideHandler struct {
	Part   string `json:"part,omitempty"`
	Agency string `json:"agency"`
	Reason string `json:"reason"`
}

// StartMediation starts the mediation of an accepted complaint.
type StartMediation struct {
	rule.Under
	Part string `json:"part,omitempty"`
}

// SuspendMediation suspends it, for tests or for the question of recusal.
type SuspendMediation struct {
	rule.Under
	Part  string          `json:"part,omitempty"`
	Cause term.PauseCause `json:"cause"`
}

// ResumeMediation resumes it.
type ResumeMediation struct {
	rule.Under
	Part string `json:"part,omitempty"`
}

// SettleMediation records the agreement. Performed tells that it was carried out
// at once.
type SettleMediation struct {
	rule.Under
	Part      string `json:"part,omitempty"`
	Terms     string `json:"terms"`
	Performed bool   `json:"performed,omitempty"`
}

// TerminateMediation ends an accepted complaint without agreement.
type TerminateMediation struct {
	rule.Under
	Part  string            `json:"part,omitempty"`
	Cause term.MediationEnd `json:"cause"`
}

// FindLead records that a mediation brought up signs of a violation.
type FindLead struct {
	rule.Under
	Part  string `json:"part,omitempty"`
	Facts string `json:"facts"`
}

// CheckLead records what the check of a report or lead found.
type CheckLead struct {
	Part    string           `json:"part,omitempty"`
	Outcome term.LeadOutcome `json:"outcome"`
}

// ExtendCheck extends the check once; without a day as far as the law allows.
type ExtendCheck struct {
	rule.Under
	Part     string       `json:"part,omitempty"`
	Until    calendar.Day `json:"until,omitzero"`
	Reason   string       `json:"reason"`
	Approver string       `json:"approver"`
}

// DecideFiling decides whether a case is filed on a report or lead.
type DecideFiling struct {
	rule.Under
	Part    string     `json:"part,omitempty"`
	Filed   bool       `json:"filed"`
	Penalty domain.Ref `json:"penalty,omitzero"` // the case, where there is one already
	Reason  string     `json:"reason"`
}

// Refs returns the case.
func (c *DecideFiling) Refs() []domain.Reference {
	return []domain.Reference{{Ref: &c.Penalty, Kinds: []string{"penalty"}, Pointer: "/body/penalty"}}
}

// SuspendPeriod suspends the check of a report or lead for tests, or the second
// review of a petition for a hearing.
type SuspendPeriod struct {
	rule.Under
	Part  string          `json:"part,omitempty"`
	Clock term.Clock      `json:"clock"`
	Cause term.PauseCause `json:"cause"`
}

// ResumePeriod resumes it.
type ResumePeriod struct {
	rule.Under
	Part  string     `json:"part,omitempty"`
	Clock term.Clock `json:"clock"`
}

// NotifyComplainant records that the complainant was told of a step.
type NotifyComplainant struct {
	Part  string           `json:"part,omitempty"`
	Step  term.NoticeStep  `json:"step"`
	Means term.NoticeMeans `json:"means"`
}

// ExtendPetition extends the handling of a petition once; without a day as far
// as the law allows. Told is how the petitioner was told of it.
type ExtendPetition struct {
	rule.Under
	Part     string           `json:"part,omitempty"`
	Until    calendar.Day     `json:"until,omitzero"`
	Reason   string           `json:"reason"`
	Approver string           `json:"approver"`
	Told     term.NoticeMeans `json:"told,omitempty"` // needed where there is somebody to tell
}

// IssueOpinion issues the written opinion on a petition.
type IssueOpinion struct {
	rule.Under
	Part       string              `json:"part,omitempty"`
	Outcome    term.OpinionOutcome `json:"outcome"`
	DocumentNo string              `json:"document_no"`
}

// RequestReview records that the petitioner asks for a review.
type RequestReview struct {
	rule.Under
	Part  string           `json:"part,omitempty"`
	Stage term.ReviewStage `json:"stage"`
	// Reviewer is the agency that answers; else the recording one.
	Reviewer string `json:"reviewer,omitempty"`
}

// AnswerReview answers the review that was asked for.
type AnswerReview struct {
	rule.Under
	Part       string             `json:"part,omitempty"`
	Outcome    term.ReviewOutcome `json:"outcome"`
	DocumentNo string             `json:"document_no"`
}

// LogVisit counts who came about the grievance.
type LogVisit struct {
	Persons figure.Count `json:"persons"` // in person-visits
}

// Link ties it to another grievance; each keeps its own thread.
type Link struct {
	Other    domain.Ref             `json:"other"`
	Relation term.GrievanceRelation `json:"relation"`
}

// Refs returns the other grievance.
func (c *Link) Refs() []domain.Reference {
	return []domain.Reference{{Ref: &c.Other, Kinds: []string{"grievance"}, Pointer: "/body/other"}}
}

// Close closes a part, and with the last one the whole.
type Close struct {
	Part   string `json:"part,omitempty"`
	Result string `json:"result"`
}

// Reopen takes up again a part that has ended.
type Reopen struct {
	rule.Under
	Part   string `json:"part,omitempty"`
	Reason string `json:"reason"`
}

// Rate rates the handling from 1 to 5, by who holds the query code.
type Rate struct {
	QueryCode ident.QueryCode `json:"query_code"`
	Score     int             `json:"score"`
}

// MissDeadline records that a clock has run out.
type MissDeadline struct{ clock.Missing }

// ReadPersonalData asks to read the sealed values.
type ReadPersonalData struct{ domain.Unsealing }

// ErasePersonalData erases them.
type ErasePersonalData struct{ domain.Erasure }

// Correct replaces one member of an earlier fact.
type Correct struct{ domain.Correction }

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

func (Receive) grievanceCommand()            {}
func (Accept) grievanceCommand()             {}
func (Refuse) grievanceCommand()             {}
func (Transfer) grievanceCommand()           {}
func (ObjectToTransfer) grievanceCommand()   {}
func (DecideHandler) grievanceCommand()      {}
func (StartMediation) grievanceCommand()     {}
func (SuspendMediation) grievanceCommand()   {}
func (ResumeMediation) grievanceCommand()    {}
func (SettleMediation) grievanceCommand()    {}
func (TerminateMediation) grievanceCommand() {}
func (FindLead) grievanceCommand()           {}
func (CheckLead) grievanceCommand()          {}
func (ExtendCheck) grievanceCommand()        {}
func (DecideFiling) grievanceCommand()       {}
func (SuspendPeriod) grievanceCommand()      {}
func (ResumePeriod) grievanceCommand()       {}
func (NotifyComplainant) grievanceCommand()  {}
func (ExtendPetition) grievanceCommand()     {}
func (IssueOpinion) grievanceCommand()       {}
func (RequestReview) grievanceCommand()      {}
func (AnswerReview) grievanceCommand()       {}
func (LogVisit) grievanceCommand()           {}
func (Link) grievanceCommand()               {}
func (Close) grievanceCommand()              {}
func (Reopen) grievanceCommand()             {}
func (Rate) grievanceCommand()               {}
func (MissDeadline) grievanceCommand()       {}
func (ReadPersonalData) grievanceCommand()   {}
func (ErasePersonalData) grievanceCommand()  {}
func (Correct) grievanceCommand()            {}
func (Annul) grievanceCommand()              {}
