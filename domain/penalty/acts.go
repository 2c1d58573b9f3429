package penalty

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of a penalty case.
type Command interface{ penaltyCommand() }

// Acts lists what may be asked.
var Acts = []domain.ActType{
	domain.Creates[Allege]("penalty.allege", authority.Investigate, domain.Text{ZH: "登记违法线索", EN: "allege a violation"}).Seen(domain.Joint).By(rule.PenaltySteps, rule.PersonalData),
	domain.On[File]("penalty.file", authority.Investigate, domain.Text{ZH: "立案", EN: "file the case"}).Seen(domain.Joint).By(handled(rule.TwoOfficers, rule.PenaltyLimitation)...),
	domain.On[Transfer]("penalty.transfer", authority.Investigate, domain.Text{ZH: "移送管辖", EN: "transfer the case"}).Seen(domain.Joint).By(handled()...),
	domain.On[AssignJurisdiction]("penalty.assign-jurisdiction", authority.Arbitrate, domain.Text{ZH: "指定管辖", EN: "assign the case"}).Seen(domain.Joint).By(rule.PenaltySteps, rule.PenaltyAgency),
	domain.On[RecuseOfficer]("penalty.recuse-officer", authority.Investigate, domain.Text{ZH: "决定回避", EN: "recuse an officer"}).Seen(domain.Joint).By(handled(rule.TwoOfficers)...),
	domain.On[ServePriorNotice]("penalty.serve-prior-notice", authority.Investigate, domain.Text{ZH: "送达处罚事先告知书", EN: "serve the prior notice"}).Seen(domain.Joint).By(handled(rule.PenaltyNotice, rule.PenaltyMeasures, rule.NoHeavierPenalty, rule.PenaltyHearing)...),
	domain.On[RecordStatement]("penalty.record-statement", authority.Investigate, domain.Text{ZH: "记录陈述申辩及复核", EN: "record the statement and its review"}).Seen(domain.Joint).By(handled(rule.PenaltyNotice, rule.PenaltyStatement)...),
	domain.On[WaiveStatement]("penalty.waive-statement", authority.Investigate, domain.Text{ZH: "记录放弃陈述申辩", EN: "record that the statement is waived"}).Seen(domain.Joint).By(handled(rule.PenaltyNotice, rule.PenaltyStatement)...),
	domain.On[RequestHearing]("penalty.request-hearing", authority.Investigate, domain.Text{ZH: "记录听证申请", EN: "record the request for a hearing"}).Seen(domain.Joint).By(handled(rule.PenaltyNotice, rule.PenaltyHearing)...),
	domain.On[WithdrawHearing]("penalty.withdraw-hearing", authority.Investigate, domain.Text{ZH: "记录撤回听证申请", EN: "record that the request for a hearing is withdrawn"}).Seen(domain.Joint).By(handled(rule.PenaltyNotice, rule.PenaltyHearing)...),
	domain.On[NotifyHearing]("penalty.notify-hearing", authority.Investigate, domain.Text{ZH: "通知听证时间地点", EN: "notify the hearing"}).Seen(domain.Joint).By(handled(rule.PenaltyNotice, rule.PenaltyHearing, calendar.PublishedRule)...),
	domain.On[HoldHearing]("penalty.hold-hearing", authority.Investigate, domain.Text{ZH: "举行听证", EN: "hold the hearing"}).Seen(domain.Joint).By(handled(rule.PenaltyNotice, rule.PenaltyHearing, rule.TwoOfficers, rule.SeparateDecider)...),
	domain.On[PassLegalReview]("penalty.pass-legal-review", authority.LegalReview, domain.Text{ZH: "通过法制审核", EN: "pass the legal review"}).Seen(domain.Joint).By(handled(rule.PenaltyNotice, rule.PenaltyReview, rule.PenaltyHearing, rule.SeparateDecider)...),
	domain.On[Extend]("penalty.extend", authority.Investigate, domain.Text{ZH: "延长办案期限", EN: "extend the period to decide"}).Seen(domain.Joint).By(handled(clock.ExtensionRule)...),
	domain.On[Penalise]("penalty.decide", authority.Penalise, domain.Text{ZH: "作出处罚决定", EN: "decide on a penalty"}).Seen(domain.Joint).By(handled(
		rule.PenaltyNotice, rule.PenaltyStatement, rule.NoHeavierPenalty, rule.PenaltyHearing, rule.PenaltyReview, rule.CollectiveDecision, rule.PenaltyTime, rule.TwoOfficers,
		rule.SeparateDecider, rule.PenaltyMeasures, rule.SummaryPenalty, rule.OneFine, rule.PenaltyLimitation, rule.CorrectionOrder, rule.AggravatedPenalty, rule.ProvisionInForce)...),
	domain.On[DecideNoPenalty]("penalty.decide-no-penalty", authority.Penalise, domain.Text{ZH: "决定不予处罚", EN: "decide on no penalty"}).Seen(domain.Joint).By(handled(rule.NoPenalty, rule.SeparateDecider)...),
	domain.On[TakeInformalMeasure]("penalty.take-informal-measure", authority.Investigate, domain.Text{ZH: "采取非处罚措施", EN: "take an informal measure"}).Seen(domain.Joint).By(handled()...),
	domain.On[ServeDecision]("penalty.serve-decision", authority.Investigate, domain.Text{ZH: "送达决定书与信用修复告知书", EN: "serve decision and repair notice"}).Seen(domain.Joint).By(handled(rule.PenaltyService)...),
	domain.On[Publish]("penalty.publish", authority.Penalise, domain.Text{ZH: "公示处罚决定", EN: "publish the decision"}).By(handled(rule.PenaltyPublicity, rule.PersonalData)...),
	domain.On[WithdrawPublication]("penalty.withdraw-publication", authority.Penalise, domain.Text{ZH: "撤回公示", EN: "withdraw the publication"}).By(handled(rule.PenaltyPublicity)...),
	domain.On[RecordPerformance]("penalty.record-performance", authority.Investigate, domain.Text{ZH: "记录处罚履行", EN: "record what was performed"}).Seen(domain.Joint).By(handled(rule.PenaltyPerformance)...),
	domain.On[LevySurcharge]("penalty.levy-surcharge", authority.Investigate, domain.Text{ZH: "加处罚款", EN: "levy the surcharge"}).Seen(domain.Joint).By(handled(rule.FineSurcharge)...),
	domain.On[Close]("penalty.close", authority.Penalise, domain.Text{ZH: "结案", EN: "close the case"}).Seen(domain.Joint).By(handled(rule.PenaltyPerformance)...),
	domain.On[Revoke]("penalty.revoke", authority.Penalise, domain.Text{ZH: "撤销处罚决定", EN: "revoke the decision"}).By(handled(rule.PenaltyReversal, rule.PenaltyPublicity)...),
	domain.On[Change]("penalty.change", authority.Penalise, domain.Text{ZH: "变更处罚决定", EN: "change the decision"}).Seen(domain.Joint).By(handled(rule.PenaltyReversal, rule.PenaltyMeasures)...),
	domain.On[RecordReconsideration]("penalty.record-reconsideration", authority.Investigate, domain.Text{ZH: "记录行政复议", EN: "record a reconsideration"}).Seen(domain.Joint).By(handled(rule.PenaltyRemedy, rule.SeparateDecider)...),
	domain.On[RecordLitigation]("penalty.record-litigation", authority.Investigate, domain.Text{ZH: "记录行政诉讼", EN: "record a lawsuit"}).Seen(domain.Joint).By(handled(rule.PenaltyRemedy, rule.SeparateDecider)...),
	domain.On[ReferToPolice]("penalty.refer-to-police", authority.Investigate, domain.Text{ZH: "移送公安机关", EN: "refer to the police"}).Seen(domain.Joint).By(handled(rule.PenaltyReferral)...),
	domain.On[ReferAccountability]("penalty.refer-accountability", authority.Investigate, domain.Text{ZH: "移送问责", EN: "refer for accountability"}).Seen(domain.Joint).By(handled(rule.PenaltyReferral)...),
	domain.On[ReadPersonalData]("penalty.read-personal-data", authority.Unseal, domain.Text{ZH: "查阅个人信息", EN: "read personal data"}).Seen(domain.AgencyOnly).By(handled(rule.Unsealing)...),
	domain.On[ErasePersonalData]("penalty.erase-personal-data", authority.Erase, domain.Text{ZH: "删除个人信息", EN: "erase personal data"}).Seen(domain.Joint).By(rule.Erasure),
	domain.On[MissDeadline]("penalty.miss-deadline", authority.Clockwork, domain.Text{ZH: "记录期限届满", EN: "record that a last day has passed"}).Seen(domain.Joint).By(clock.MissedRule),
	domain.On[Correct]("penalty.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).Seen(domain.Joint).By(
		rule.PersonalData, clock.ExtensionRule, rule.PenaltyReversal, rule.PenaltyNotice, rule.SeparateDecider, rule.PenaltyAgency, rule.PenaltyService, rule.PenaltyPublicity),
	domain.On[Annul]("penalty.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}).Seen(domain.Joint),
}

// handled are the rules of an act of the agency that handles the case.
func handled(rules ...domain.Rule) []domain.Rule {
	return append([]domain.Rule{rule.PenaltySteps, rule.PenaltyAgency, rule.Recusal}, rules...)
}

// Allege takes down a violation that somebody reports or finds. The act takes
// effect on the day on which it was discovered, unless Discovered says an
// earlier one.
type Allege struct {
	SourceKind  term.CaseSource `json:"source_kind"`
	Source      domain.Ref      `json:"source,omitzero"`
	Subject     domain.Ref      `json:"subject,omitzero"`   // institution
	Premises    string          `json:"premises,omitempty"` // down to the street, where there is no institution
	SubjectType term.PartyType  `json:"subject_type,omitempty"`
	Variant     term.Variant    `json:"variant,omitempty"`
	Disguise    term.Disguise   `json:"disguise,omitempty"`
	Committed   Days            `json:"committed"`
	Discovered  calendar.Day    `json:"discovered,omitzero"`
	Facts       string          `json:"facts"`
}

// Refs returns the references of the command.
func (c *Allege) Refs() []domain.Reference {
	return []domain.Reference{
		{Ref: &c.Source, Kinds: []string{"grievance", "inspection", "rectification", "penalty"}, Pointer: "/body/source"},
		{Ref: &c.Subject, Kinds: []string{"institution"}, Pointer: "/body/subject"},
	}
}

// File opens the case (立案) for investigation by at least two officers of the
// agency that handles it; those of others may join them.
type File struct {
	rule.Under
	Officers []string `json:"officers"`
	Basis    string   `json:"basis"`
	// SeriousHarm tells that the act touched life, health or financial safety and
	// did harm, so that it may be punished for five years.
	SeriousHarm bool `json:"serious_harm,omitempty"`
}

// Transfer hands the case to the agency that is competent. One outside the
// division takes it up there; here it ends.
type Transfer struct {
	rule.Under
	To     string `json:"to"`
	Reason string `json:"reason"`
}

// AssignJurisdiction names the agency that handles the case.
type AssignJurisdiction struct {
	rule.Under
	Agency string `json:"agency"`
	Reason string `json:"reason,omitempty"`
}

// RecuseOfficer takes an officer with an interest out of the case.
type RecuseOfficer struct {
	rule.Under
	Officer     string `json:"officer"`
	Reason      string `json:"reason"`
	Replacement string `json:"replacement,omitempty"`
}

// ServePriorNotice tells the party what is to be decided, and its rights.
type ServePriorNotice struct {
	rule.Under
	Content        string            `json:"content"`
	Facts          string            `json:"facts"`
	Reasons        string            `json:"reasons"`
	Basis          []domain.Basis    `json:"basis"`
	Rights         []term.PartyRight `json:"rights"`
	HearingOffered bool              `json:"hearing_offered"`
	Proposed       rule.Sanction     `json:"proposed"` // upper bound of the decision
	// Major tells that the case touches major public interest or is difficult: it
	// needs a legal review and is discussed by the heads of the agency.
	Major bool `json:"major,omitempty"`
}

// RecordStatement takes down what the party states, and what the review of it
// found.
type RecordStatement struct {
	rule.Under
	Text     string `json:"text"`
	Reviewed string `json:"reviewed"`
	Adopted  bool   `json:"adopted,omitempty"`
}

// WaiveStatement takes down that the party clearly waives its statement.
type WaiveStatement struct{ rule.Under }

// RequestHearing takes down that the party asks for a hearing.
type RequestHearing struct{ rule.Under }

// WithdrawHearing takes down that the party no longer asks for one.
type WithdrawHearing struct {
	rule.Under
	Document string `json:"document"` // the party's paper
}

// NotifyHearing tells the party when and where the hearing is held. A later one
// replaces it.
type NotifyHearing struct {
	rule.Under
	On    calendar.Day `json:"on"`
	Place string       `json:"place"`
}

// HoldHearing records the hearing, held by officers who did not investigate, two
// of the agency that handles the case.
type HoldHearing struct {
	rule.Under
	Record   string   `json:"record"`
	Officers []string `json:"officers"`
	// Absent tells that the party stayed away without good reason, by which it
	// gave the hearing up.
	Absent bool `json:"absent,omitempty"`
}

// PassLegalReview records that the legal review found nothing against the
// decision.
type PassLegalReview struct {
	rule.Under
	By string `json:"by"` // number of the registered officer who reviewed
}

// Extend gives a later last day to decide, by a rule that allows it.
type Extend struct {
	rule.Under
	Until    calendar.Day `json:"until"`
	Rule     string       `json:"rule"`
	Reason   string       `json:"reason"`
	Approver string       `json:"approver"` // number of a registered officer
}

// Penalise is the penalty decision.
type Penalise struct {
	rule.Under
	rule.Sanction
	Procedure   term.PenaltyProcedure `json:"procedure,omitempty"` // empty: ordinary
	Contravened []Contravention       `json:"contravened"`
	Aggravation []term.Aggravation    `json:"aggravation,omitempty"`
	Correction  CorrectionOrder       `json:"correction"`
	Document    string                `json:"document"`
	Reasons     string                `json:"reasons"`
	Discussion  string                `json:"discussion,omitempty"` // record of the discussion, of a major case
	Officers    []string              `json:"officers,omitempty"`   // who acted on the spot, of the summary procedure
	// AnotherAct says why the act is another than one that was fined of the same
	// party on the same days.
	AnotherAct string `json:"another_act,omitempty"`
	// Earlier are the days of decisions in force against the same party, and Fined
	// the acts of which they fined it.
	Earlier []calendar.Day `json:"-"`
	Fined   []Fined        `json:"-"`
}

// Fined is an act of the same party that a decision in force fined, in another
// case.
type Fined struct {
	Document  string
	On        calendar.Day // of the decision
	Committed Days
}

// FinedBefore puts the acts that were fined of the same party into the command.
func (c *Penalise) FinedBefore(fined []Fined) { c.Fined = fined }

// Priors puts the days of the decisions in force against the same party into the
// command.
func (c *Penalise) Priors(days []calendar.Day) { c.Earlier = days }

// Contravention is an article that the party contravened, on a day of the act;
// without one on its last.
type Contravention struct {
	Statute string       `json:"statute"`
	Article string       `json:"article"`
	On      calendar.Day `json:"on,omitzero"`
}

// DecideNoPenalty ends the case without a penalty.
type DecideNoPenalty struct {
	Ground  term.NoPenaltyGround `json:"ground"`
	Reasons string               `json:"reasons,omitempty"`
}

// TakeInformalMeasure takes a measure that is no penalty.
type TakeInformalMeasure struct {
	Kind term.Informal `json:"kind"`
	Note string        `json:"note,omitempty"`
}

// ServeDecision records the service of the decision, on the effective day,
// together with the notice of credit repair.
type ServeDecision struct {
	rule.Under
	ServedOn     calendar.Day `json:"served_on,omitzero"` // the effective day, where it is said
	RepairNotice bool         `json:"repair_notice"`
}

// Publish shows the decision to the public. Ends that are left open are those of
// the tier. Asked again, it brings the remedies beside the decision up to date.
type Publish struct {
	rule.Under
	From     calendar.Day `json:"from"`
	MinUntil calendar.Day `json:"min_until,omitzero"`
	MaxUntil calendar.Day `json:"max_until,omitzero"`
	Tier     term.Tier    `json:"tier,omitempty"`
	// ShownAs is how the public is told who the party is, where it is a natural
	// person (masked) or no institution of the register.
	ShownAs string `json:"shown_as,omitempty"`
}

// WithdrawPublication ends the publication before its time. Without a cause it
// is that of a reversal.
type WithdrawPublication struct {
	Reason string               `json:"reason"`
	Cause  term.WithdrawalCause `json:"cause,omitempty"`
}

// RecordPerformance takes down what the party did of what was decided.
type RecordPerformance struct {
	Kind      term.Duty `json:"kind"`
	AmountFen money.Fen `json:"amount_fen,omitempty"`
}

// LevySurcharge works out and levies the surcharge up to the effective day.
type LevySurcharge struct{}

// Close ends the case. Without a word it ends as it stands.
type Close struct {
	As     term.CaseEnd `json:"as,omitempty"`
	Reason string       `json:"reason,omitempty"`
}

// Revoke takes the decision back. It is public once the decision was published,
// and else kept among agencies.
type Revoke struct {
	rule.Under
	By     string `json:"by"` // who revokes: the agency itself, one above it
	Reason string `json:"reason"`
}

// Change puts a lighter content in the place of what was decided.
type Change struct {
	rule.Under
	To     rule.Sanction `json:"to"`
	Reason string        `json:"reason"`
}

// RemedyRecord is what is taken down of a reconsideration or a lawsuit.
type RemedyRecord struct {
	rule.Under
	Step     term.RemedyStep    `json:"step"`
	Body     string             `json:"body,omitempty"` // who decides on it; of step filed
	Outcome  term.RemedyOutcome `json:"outcome,omitempty"`
	Document string             `json:"document,omitempty"`
	// Stayed tells that the body stayed execution. It is a label.
	Stayed bool `json:"stayed,omitempty"`
}

// RecordReconsideration takes a step of a reconsideration down.
type RecordReconsideration struct{ RemedyRecord }

// RecordLitigation takes a step of a lawsuit down.
type RecordLitigation struct{ RemedyRecord }

// ReferToPolice hands a suspected crime to the police. The case goes on for what
// is left to the agency.
type ReferToPolice struct {
	Document string `json:"document"`
}

// ReferAccountability asks another body to hold a person to account.
type ReferAccountability struct {
	Body   string          `json:"body"`
	Person domain.Personal `json:"person,omitzero"`
	Reason string          `json:"reason,omitempty"`
}

// Personal returns the values to be sealed.
func (c *ReferAccountability) Personal() []*domain.Personal { return []*domain.Personal{&c.Person} }

// ReadPersonalData asks to read a sealed value.
type ReadPersonalData struct{ domain.Unsealing }

// ErasePersonalData erases a person.
type ErasePersonalData struct{ domain.Erasure }

// MissDeadline records that a last day has passed.
type MissDeadline struct{ clock.Missing }

// Correct replaces one member of an earlier fact.
type Correct struct{ domain.Correction }

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

func (Allege) penaltyCommand()                {}
func (File) penaltyCommand()                  {}
func (Transfer) penaltyCommand()              {}
func (AssignJurisdiction) penaltyCommand()    {}
func (RecuseOfficer) penaltyCommand()         {}
func (ServePriorNotice) penaltyCommand()      {}
func (RecordStatement) penaltyCommand()       {}
func (WaiveStatement) penaltyCommand()        {}
func (RequestHearing) penaltyCommand()        {}
func (WithdrawHearing) penaltyCommand()       {}
func (NotifyHearing) penaltyCommand()         {}
func (HoldHearing) penaltyCommand()           {}
func (PassLegalReview) penaltyCommand()       {}
func (Extend) penaltyCommand()                {}
func (Penalise) penaltyCommand()              {}
func (DecideNoPenalty) penaltyCommand()       {}
func (TakeInformalMeasure) penaltyCommand()   {}
func (ServeDecision) penaltyCommand()         {}
func (Publish) penaltyCommand()               {}
func (WithdrawPublication) penaltyCommand()   {}
func (RecordPerformance) penaltyCommand()     {}
func (LevySurcharge) penaltyCommand()         {}
func (Close) penaltyCommand()                 {}
func (Revoke) penaltyCommand()                {}
func (Change) penaltyCommand()                {}
func (RecordReconsideration) penaltyCommand() {}
func (RecordLitigation) penaltyCommand()      {}
func (ReferToPolice) penaltyCommand()         {}
func (ReferAccountability) penaltyCommand()   {}
func (ReadPersonalData) penaltyCommand()      {}
func (ErasePersonalData) penaltyCommand()     {}
func (MissDeadline) penaltyCommand()          {}
func (Correct) penaltyCommand()               {}
func (Annul) penaltyCommand()                 {}
