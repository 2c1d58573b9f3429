package dispute

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of a dispute.
type Command interface{ disputeCommand() }

// Acts lists what may be asked.
var Acts = []domain.ActType{
	domain.Creates[Open]("dispute.open", authority.Settle, domain.Text{ZH: "登记纠纷", EN: "open a dispute"}).Seen(domain.Joint).By(figure.CountRule, rule.DisputeSteps),
	domain.On[RecordClaim]("dispute.record-claim", authority.Settle, domain.Text{ZH: "登记债权", EN: "record a claim"}).Seen(domain.Joint).By(rule.ClosureRanking, rule.DisputeSteps),
	domain.On[Route]("dispute.route", authority.Settle, domain.Text{ZH: "纠纷分流", EN: "route a dispute"}).Seen(domain.Joint).By(rule.DisputeLead, rule.DisputeSteps),
	domain.On[HoldMeeting]("dispute.hold-meeting", authority.Settle, domain.Text{ZH: "记录专题会议", EN: "hold a meeting"}).Seen(domain.Joint).By(figure.CountRule, rule.DisputeSteps),
	domain.On[ReceiveVisit]("dispute.receive-visit", authority.Settle, domain.Text{ZH: "接待来访", EN: "receive a visit"}).Seen(domain.Joint).By(figure.CountRule, rule.DisputeSteps),
	domain.On[ShareOut]("dispute.distribute", authority.Settle, domain.Text{ZH: "按顺序分配", EN: "distribute by rank"}).Seen(domain.Joint).By(rule.ClosureRanking, rule.DisputeLead, rule.DisputeSteps),
	domain.On[Resolve]("dispute.resolve", authority.Settle, domain.Text{ZH: "化解办结", EN: "resolve a dispute"}).Seen(domain.Joint).By(rule.DisputeLead, rule.DisputeSteps),
	domain.On[MissDeadline]("dispute.miss-deadline", authority.Clockwork, domain.Text{ZH: "记录逾期", EN: "record a missed deadline"}).Seen(domain.Joint).By(clock.MissedRule),
	domain.On[ReadPersonalData]("dispute.read-personal-data", authority.Unseal, domain.Text{ZH: "查阅债权人信息", EN: "read who a claimant is"}).Seen(domain.AgencyOnly).By(rule.DisputeLead, rule.Unsealing),
	domain.On[ErasePersonalData]("dispute.erase-personal-data", authority.Erase, domain.Text{ZH: "删除个人信息", EN: "erase personal data"}).Seen(domain.Joint).By(rule.Erasure),
	domain.On[Correct]("dispute.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).Seen(domain.Joint).By(clock.ExtensionRule, rule.PersonalData),
	domain.On[Annul]("dispute.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}).Seen(domain.Joint),
}

// Open takes a dispute down. An amount that is not known is left out.
type Open struct {
	rule.Under
	Institution domain.Ref        `json:"institution"`
	Source      domain.Ref        `json:"source,omitzero"` // what it came to light by
	Cause       term.DisputeCause `json:"cause"`
	Pupils      figure.Count      `json:"pupils"`
	Amount      *money.Fen        `json:"amount_fen,omitempty"`
}

// Refs returns the references of the command.
func (o *Open) Refs() []domain.Reference {
	return []domain.Reference{
		{Ref: &o.Institution, Kinds: []string{"institution"}, Pointer: "/body/institution"},
		{Ref: &o.Source, Kinds: []string{"grievance", "inspection", "penalty"}, Pointer: "/body/source"},
	}
}

// RecordClaim takes a claim down. Supervised is what the supervised account
// holds for the claimant's order.
type RecordClaim struct {
	Rank       term.ClaimRank  `json:"rank"`
	Amount     money.Fen       `json:"amount_fen"`
	Supervised money.Fen       `json:"supervised_fen,omitempty"`
	Claimant   domain.Personal `json:"claimant"`
}

// Personal returns the values to be sealed.
func (c *RecordClaim) Personal() []*domain.Personal { return []*domain.Personal{&c.Claimant} }

// Route sends the dispute where it may be settled, to several at once.
type Route struct {
	To         []term.Recourse `json:"to"`
	DocumentNo string          `json:"document_no,omitempty"`
}

// HoldMeeting takes meetings down. Without a count it is one.
type HoldMeeting struct {
	Agencies []string      `json:"agencies,omitempty"`
	Count    *figure.Count `json:"count,omitempty"` // of meetings
}

// ReceiveVisit takes visits of those concerned down.
type ReceiveVisit struct {
	Count figure.Count `json:"count"` // of person-visits
}

// ShareOut distributes money among the claims. What the supervised account
// holds is not part of it.
type ShareOut struct {
	Available money.Fen `json:"available_fen"`
}

// Resolve ends the dispute.
type Resolve struct {
	By        term.Recourse `json:"by"`
	Terms     string        `json:"terms"`
	Remaining money.Fen     `json:"remaining_fen"` // what stays unpaid
}

// MissDeadline records that a last day has passed.
type MissDeadline struct{ clock.Missing }

// ReadPersonalData asks who a claimant is.
type ReadPersonalData struct{ domain.Unsealing }

// ErasePersonalData erases a claimant.
type ErasePersonalData struct{ domain.Erasure }

// Correct replaces one member of an earlier fact.
type Correct struct{ domain.Correction }

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

func (Open) disputeCommand()              {}
func (RecordClaim) disputeCommand()       {}
func (Route) disputeCommand()             {}
func (HoldMeeting) disputeCommand()       {}
func (ReceiveVisit) disputeCommand()      {}
func (ShareOut) disputeCommand()          {}
func (Resolve) disputeCommand()           {}
func (MissDeadline) disputeCommand()      {}
func (ReadPersonalData) disputeCommand()  {}
func (ErasePersonalData) disputeCommand() {}
func (Correct) disputeCommand()           {}
func (Annul) disputeCommand()             {}
