package listing

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of a listing.
type Command interface{ listingCommand() }

// Acts lists what may be asked.
var Acts = []domain.ActType{
	domain.On[ListWhite]("listing.list-white", authority.Listing, domain.Text{ZH: "列入白名单", EN: "list as white"}).By(rule.WhiteEligibility, rule.OneStanding),
	domain.On[RemoveWhite]("listing.remove-white", authority.Listing, domain.Text{ZH: "移出白名单", EN: "remove from the white list"}).By(rule.OneStanding),
	domain.On[PutUnderWatch]("listing.put-on-watch", authority.Listing, domain.Text{ZH: "列入整改", EN: "put on watch"}).By(rule.WatchLimit, rule.OneStanding),
	domain.On[TakeOffWatch]("listing.take-off-watch", authority.Listing, domain.Text{ZH: "结束整改", EN: "take off watch"}).By(rule.OneStanding),
	domain.On[ServeBlackNotice]("listing.serve-black-notice", authority.Propose, domain.Text{ZH: "送达列入黑名单告知书", EN: "serve the notice of a black listing"}).By(rule.BlackNotice, rule.BlackWindow, rule.OneStanding, calendar.PublishedRule),
	domain.On[RecordStatement]("listing.record-statement", authority.Hear, domain.Text{ZH: "记录陈述申辩", EN: "record the statement"}).By(rule.BlackNotice, rule.BlackWindow),
	domain.On[WaiveStatement]("listing.waive-statement", authority.Hear, domain.Text{ZH: "记录放弃陈述申辩", EN: "record that the statement is waived"}).By(rule.BlackNotice, rule.BlackWindow),
	domain.On[ListBlack]("listing.list-black", authority.Listing, domain.Text{ZH: "列入黑名单", EN: "list as black"}).By(rule.BlackNotice, rule.BlackWindow, rule.BlackOfficers, rule.BlackPublication, rule.OneStanding, calendar.PublishedRule),
	domain.On[ServeDecision]("listing.serve-decision", authority.Propose, domain.Text{ZH: "送达决定与信用修复告知书", EN: "serve decision and repair notice"}).By(rule.BlackPublication),
	domain.On[RemoveBlack]("listing.remove-black", authority.Listing, domain.Text{ZH: "移出黑名单", EN: "remove from the black list"}).By(rule.BlackRemoval, rule.OneStanding),
	domain.On[ApplyCreditRepair]("listing.apply-credit-repair", authority.Hear, domain.Text{ZH: "申请信用修复", EN: "apply for credit repair"}).By(rule.CreditRepair, rule.OneStanding),
	domain.On[GrantCreditRepair]("listing.grant-credit-repair", authority.Listing, domain.Text{ZH: "准予信用修复", EN: "grant credit repair"}).By(rule.CreditRepair, rule.BlackRemoval, rule.OneStanding),
	domain.On[RefuseCreditRepair]("listing.refuse-credit-repair", authority.Listing, domain.Text{ZH: "不予信用修复", EN: "refuse credit repair"}).By(rule.CreditRepair),
	domain.On[Propose]("listing.propose", authority.Propose, domain.Text{ZH: "提出名单建议", EN: "propose a decision on the lists"}).Seen(domain.Joint).By(rule.ListingProposal),
	domain.On[DismissProposal]("listing.dismiss-proposal", authority.Listing, domain.Text{ZH: "不采纳名单建议", EN: "dismiss a proposal"}).Seen(domain.Joint).By(rule.ListingProposal),
	domain.On[MissDeadline]("listing.miss-deadline", authority.Clockwork, domain.Text{ZH: "记录期限届满", EN: "record that a clock has run out"}).Seen(domain.Joint).By(clock.MissedRule),
	domain.On[Correct]("listing.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).By(clock.ExtensionRule),
	domain.On[Annul]("listing.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}),
}

// About is embedded by commands that must know whom they are about.
type About struct {
	rule.Under
	Subject rule.Subject `json:"-"`
}

// Inform puts the institution, as it stands on the effective day, into the
// command.
func (a *About) Inform(s rule.Subject) { a.Subject = s }

// ListWhite lists as white.
type ListWhite struct {
	About
	DocumentNo string    `json:"document_no"`
	Override   *Override `json:"override,omitempty"`
}

// RemoveWhite takes off the white list.
type RemoveWhite struct {
	Cause term.WhiteRemoval `json:"cause"`
}

// PutUnderWatch puts on watch until a day, which the policy limits.
type PutUnderWatch struct {
	About
	Reason string       `json:"reason"`
	Until  calendar.Day `json:"until"`
}

// TakeOffWatch ends the watch.
type TakeOffWatch struct {
	Outcome term.WatchOutcome `json:"outcome"`
}

// ServeBlackNotice begins the black procedure.
type ServeBlackNotice struct {
	About
	Grounds []Ground `json:"grounds"`
}

// RecordStatement takes the party's statement down.
type RecordStatement struct {
	Text string `json:"text"`
}

// WaiveStatement takes down that the party waives it.
type WaiveStatement struct{}

// ListBlack decides. Ends of the publication that are left open are those of
// the tier. ServeLater tells that the decision is not served at once.
type ListBlack struct {
	About
	DocumentNo  string       `json:"document_no"`
	Tier        term.Tier    `json:"tier"`
	PublishFrom calendar.Day `json:"publish_from,omitzero"`
	MinUntil    calendar.Day `json:"min_until,omitzero"`
	MaxUntil    calendar.Day `json:"max_until,omitzero"`
	ServeLater  bool         `json:"serve_later,omitempty"`
}

// ServeDecision records the service.
type ServeDecision struct {
	ServedOn     calendar.Day `json:"served_on"`
	RepairNotice bool         `json:"repair_notice"`
}

// RemoveBlack takes off the black list.
type RemoveBlack struct {
	Cause  term.BlackRemoval `json:"cause"`
	Reason string            `json:"reason"`
}

// ApplyCreditRepair asks for repair.
type ApplyCreditRepair struct {
	rule.Under
	Statement string `json:"statement"`
}

// GrantCreditRepair grants it.
type GrantCreditRepair struct {
	DocumentNo string `json:"document_no"`
}

// RefuseCreditRepair refuses it.
type RefuseCreditRepair struct {
	Reason string `json:"reason"`
}

// Propose puts before the officers what follows for the lists from something
// that happened. It decides nothing.
type Propose struct {
	About
	Proposal term.Proposal `json:"proposal"`
	// Cause is a code of the lists that the proposal is judged by: X1 to X7, a
	// ground of black-listing, or the outcome that it follows.
	Cause   string   `json:"cause"`
	Because []string `json:"because,omitempty"` // event ids or streams
	// Since is the day of the cause; left out: the effective day. What was
	// decided after it knew of it, and is not to be decided again.
	Since  calendar.Day `json:"since,omitzero"`
	Reason string       `json:"reason"`
}

// DismissProposal says why a proposal is not followed.
type DismissProposal struct {
	Proposal term.Proposal `json:"proposal"`
	Reason   string        `json:"reason"`
}

// MissDeadline records that a clock has run out.
type MissDeadline struct{ clock.Missing }

// Correct replaces one member of an earlier fact.
type Correct struct{ domain.Correction }

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

func (ListWhite) listingCommand()          {}
func (RemoveWhite) listingCommand()        {}
func (PutUnderWatch) listingCommand()      {}
func (TakeOffWatch) listingCommand()       {}
func (ServeBlackNotice) listingCommand()   {}
func (RecordStatement) listingCommand()    {}
func (WaiveStatement) listingCommand()     {}
func (ListBlack) listingCommand()          {}
func (ServeDecision) listingCommand()      {}
func (RemoveBlack) listingCommand()        {}
func (ApplyCreditRepair) listingCommand()  {}
func (GrantCreditRepair) listingCommand()  {}
func (RefuseCreditRepair) listingCommand() {}
func (Propose) listingCommand()            {}
func (DismissProposal) listingCommand()    {}
func (MissDeadline) listingCommand()       {}
func (Correct) listingCommand()            {}
func (Annul) listingCommand()              {}
