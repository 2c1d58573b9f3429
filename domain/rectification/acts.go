package rectification

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of a rectification.
type Command interface{ rectificationCommand() }

// Acts lists what may be asked.
var Acts = []domain.ActType{
	domain.Creates[Order]("rectification.order", authority.Rectify, domain.Text{ZH: "责令整改", EN: "order to correct"}).Seen(domain.Joint).By(rule.RectificationItems, rule.RectificationDue, rule.WatchLimit, rule.RectificationSteps),
	domain.On[Extend]("rectification.extend", authority.Rectify, domain.Text{ZH: "延长整改期限", EN: "extend the period"}).Seen(domain.Joint).By(clock.ExtensionRule, rule.RectificationApproval, rule.WatchLimit, rule.RectificationAgency, rule.RectificationSteps),
	domain.On[Report]("rectification.report", authority.Rectify, domain.Text{ZH: "记录整改报告", EN: "record what the institution reports"}).Seen(domain.Joint).By(rule.RectificationItems, rule.RectificationSteps),
	domain.On[Verify]("rectification.verify", authority.Rectify, domain.Text{ZH: "验收合格", EN: "verify items"}).Seen(domain.Joint).By(rule.RectificationItems, rule.TwoOfficers, rule.RectificationAgency, rule.RectificationSteps),
	domain.On[Fail]("rectification.fail", authority.Rectify, domain.Text{ZH: "验收不合格", EN: "fail items"}).Seen(domain.Joint).By(rule.RectificationItems, rule.RectificationAgency, rule.RectificationSteps),
	domain.On[FollowUp]("rectification.follow-up", authority.Rectify, domain.Text{ZH: "回头看", EN: "follow up"}).Seen(domain.Joint).By(rule.RectificationAgency, rule.RectificationSteps),
	domain.On[CloseOut]("rectification.close-out", authority.Rectify, domain.Text{ZH: "销号", EN: "close out"}).Seen(domain.Joint).By(rule.RectificationAgency, rule.RectificationSteps),
	domain.On[MissDeadline]("rectification.miss-deadline", authority.Clockwork, domain.Text{ZH: "记录逾期", EN: "record a missed deadline"}).Seen(domain.Joint).By(clock.MissedRule),
	domain.On[Correct]("rectification.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).Seen(domain.Joint).By(clock.ExtensionRule),
	domain.On[Annul]("rectification.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}).Seen(domain.Joint),
}

// OnWatch is embedded by commands that set a last day, which may not lie beyond
// the watch of the institution.
type OnWatch struct {
	// WatchUntil is the last day of the watch in force on the effective day; zero:
	// not on watch.
	WatchUntil calendar.Day `json:"-"`
}

// Watched puts the last day of the institution's watch into the command.
func (w *OnWatch) Watched(until calendar.Day) { w.WatchUntil = until }

// Order orders an institution to correct. A last day that is left open is that
// of the policy, within a watch.
type Order struct {
	rule.Under
	OnWatch
	Institution domain.Ref   `json:"institution"`
	Source      domain.Ref   `json:"source,omitzero"` // what led to it
	Items       []OrderItem  `json:"items"`
	Due         calendar.Day `json:"due,omitzero"`
	// WithinWatch cuts the last day short where a watch ends before it.
	WithinWatch bool   `json:"within_watch,omitempty"`
	Basis       string `json:"basis"`
	DocumentNo  string `json:"document_no,omitempty"`
}

// OrderItem is one thing to correct: what it is of, by the codes of checks, and
// what is to be done.
type OrderItem struct {
	Item     string                     `json:"item"`
	Text     string                     `json:"text"`
	Severity term.RectificationSeverity `json:"severity,omitempty"`
}

// Refs returns the references of the command.
func (o *Order) Refs() []domain.Reference {
	return []domain.Reference{
		{Ref: &o.Institution, Kinds: []string{"institution"}, Pointer: "/body/institution"},
		{Ref: &o.Source, Kinds: []string{"inspection", "penalty", "grievance"}, Pointer: "/body/source"},
	}
}

// Extend gives a later last day.
type Extend struct {
	OnWatch
	Due      calendar.Day `json:"due"`
	Reason   string       `json:"reason"`
	Approver string       `json:"approver"` // number of an officer
}

// Report takes down what the institution reports to have corrected.
type Report struct {
	rule.Under
	Items     []int  `json:"items"`
	Statement string `json:"statement,omitempty"`
}

// Verify finds items corrected, by two officers on the spot.
type Verify struct {
	rule.Under
	Items    []int    `json:"items"`
	Officers []string `json:"officers"`
}

// Fail finds items not corrected.
type Fail struct {
	Items  []int  `json:"items"`
	Reason string `json:"reason"`
}

// FollowUp takes down a later visit.
type FollowUp struct {
	Result term.FollowUpResult `json:"result"`
	Text   string              `json:"text,omitempty"`
}

// CloseOut ends the matter. Where an item is open it needs a reason, such as
// that the institution has ended.
type CloseOut struct {
	Reason string `json:"reason,omitempty"`
}

// MissDeadline records that a last day has passed.
type MissDeadline struct{ clock.Missing }

// Correct replaces one member of an earlier fact.
type Correct struct{ domain.Correction }

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

func (Order) rectificationCommand()        {}
func (Extend) rectificationCommand()       {}
func (Report) rectificationCommand()       {}
func (Verify) rectificationCommand()       {}
func (Fail) rectificationCommand()         {}
func (FollowUp) rectificationCommand()     {}
func (CloseOut) rectificationCommand()     {}
func (MissDeadline) rectificationCommand() {}
func (Correct) rectificationCommand()      {}
func (Annul) rectificationCommand()        {}
