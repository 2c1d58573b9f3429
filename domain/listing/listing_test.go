package listing_test

import (
	"reflect"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/listing"
	"minglu/domain/rule"
	"minglu/domain/term"
)

type (
	fact    = domaintest.Fact
	facts   = []domaintest.Fact
	events  = []listing.Event
	history = domaintest.History[listing.State, listing.Command, listing.Event]
)

var day = domaintest.Day

// was is the fact that e took effect on a day, by officer-1.
func was(on string, e listing.Event) fact { return domaintest.Was(domaintest.On(on), e) }

// after are facts and then more.
func after(before facts, more ...fact) facts { return append(slices.Clone(before), more...) }

func given(t testing.TB, before facts) *history {
	t.Helper()
	return domaintest.Given(t, listing.Decider, before...).Listed(listing.Acts, rule.Registered)
}

// with returns a changed copy.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

// workdays has the years that the cases count in.
var workdays = domaintest.Workdays(2021, 2023, 2026)

func lawWith(pairs ...string) rule.Law {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return rule.Law{Policy: rule.NewPolicy("test", values), Calendar: workdays}
}

// about is an eligible institution under the law.
func about(pairs ...string) listing.About {
	return listing.About{Under: rule.Under{Law: lawWith(pairs...)}, Subject: rule.Subject{
		Known: true, Kind: term.Institution, Name: "启明", Licences: []rule.HeldLicence{{Number: "1", Kind: term.SchoolLicence}},
		Registered: true, Platform: "全国平台", Class: term.Subject, LicensedFrom: day("2019-03-01"),
	}}
}

// unknown is who is not in the register.
var unknown = listing.About{Under: rule.Under{Law: lawWith()}}

// failing fails the criterion W4.
func failing() listing.About {
	return with(about(), func(a *listing.About) { a.Subject.Violations = []string{"整改未验收"} })
}

var (
	grounds  = []listing.Ground{{Code: term.B2, Facts: "隐形变异", Law: "意见"}}
	allOK    = map[string]bool{"W1": true, "W2": true, "W3": true, "W4": true, "W5": true, "W6": true, "W7": true}
	white    = listing.WhiteListed{DocumentNo: "白 1 号", Eligibility: allOK}
	watch    = listing.PutOnWatch{Reason: "超时", Until: day("2023-06-01")}
	notice   = listing.BlackNoticeServed{Grounds: grounds, WindowUntil: day("2023-03-08")}
	decision = listing.BlackListed{
		DocumentNo: "黑 1 号", Tier: term.Ordinary, PublishFrom: day("2023-03-09"), MinUntil: day("2023-06-09"), MaxUntil: day("2024-03-09"),
		Grounds: grounds, Proposer: "officer-1", Approver: "officer-2", ServedWithDecision: true,
	}
	later = with(decision, func(d *listing.BlackListed) { d.ServedWithDecision = false })

	isWhite   = facts{was("2023-01-01", white)}
	onWatch   = facts{was("2023-03-01", watch)}
	noticed   = facts{was("2023-03-01", notice)}
	waived    = after(noticed, was("2023-03-02", listing.StatementWaived{}))
	isBlack   = after(noticed, was("2023-03-09", decision))
	notServed = after(noticed, was("2023-03-09", later))
	applied   = after(isBlack, was("2023-06-10", listing.CreditRepairApplied{Statement: "已整改"}))

	listWhite = listing.ListWhite{About: about(), DocumentNo: "白 1 号"}
	putWatch  = listing.PutUnderWatch{About: about(), Reason: "超时", Until: day("2023-06-01")}
	serve     = listing.ServeBlackNotice{About: about(), Grounds: grounds}
	listBlack = listing.ListBlack{About: about(), DocumentNo: "黑 1 号", Tier: term.Ordinary}
	apply     = listing.ApplyCreditRepair{Under: rule.Under{Law: lawWith()}, Statement: "已整改"}

	removal   = listing.Propose{About: about(), Proposal: term.ProposeRemoveWhite, Cause: "X1", Because: []string{"530427.institution.A"}, Reason: "许可已吊销"}
	proposed  = listing.Proposed{Proposal: term.ProposeRemoveWhite, Cause: "X1", Because: []string{"530427.institution.A"}, Reason: "许可已吊销", Clocks: toDecide(term.ProposeRemoveWhite, "2023-02-01")}
	isPending = after(isWhite, was("2023-02-01", proposed))
)

// asked is an application for repair with the clock of its answer.
func asked(from, due string) listing.CreditRepairApplied {
	s := clock.Start{Key: term.RepairAnswer, From: day(from), Period: calendar.Period{N: 10, Unit: calendar.WorkingDays}, Agency: "530427-education"}
	if s.Due, s.Awaits = 0, 2024; due != "" {
		s.Due, s.Awaits = day(due), 0
	}
	return listing.CreditRepairApplied{Statement: "已整改", Clocks: []clock.Start{s}}
}

// toDecide is the clock of a proposal, which is decided on its day.
func toDecide(what term.Proposal, on string) []clock.Start {
	return []clock.Start{{Key: term.ListingProposal, Part: string(what), From: day(on), Due: day(on), Period: calendar.Period{Unit: calendar.Days}, Agency: "530427-education"}}
}

// put is a proposal that is made on a day, and made is its fact.
func put(what term.Proposal, cause string) listing.Propose {
	return listing.Propose{About: about(), Proposal: what, Cause: cause, Reason: "核实"}
}

func made(what term.Proposal, cause, on string) listing.Proposed {
	return listing.Proposed{Proposal: what, Cause: cause, Reason: "核实", Clocks: toDecide(what, on)}
}

// missed names a clock whose last day has passed.
func missed(key term.Clock, part, due, agency string) clock.Missing {
	return clock.Missing{Clock: key, Part: part, Due: day(due), Agency: agency}
}

func TestTables(t *testing.T) {
	domaintest.Acts(t, listing.Decider, listing.Acts)
	domaintest.Events(t, listing.Decider, listing.Events, facts{
		was("2023-01-01", with(white, func(w *listing.WhiteListed) { w.Override = &listing.Override{DocumentNo: "1", Reason: "2"} })),
		was("2023-02-01", listing.WhiteRemoved{Cause: term.X2}),
		was("2023-02-01", watch),
		was("2023-03-01", listing.TakenOffWatch{Outcome: term.WatchFailed}),
		was("2023-03-01", notice),
		was("2023-03-02", listing.StatementRecorded{Text: "不服"}),
		was("2023-03-03", listing.StatementWaived{}),
		was("2023-03-09", later),
		was("2023-03-10", listing.DecisionServed{ServedOn: day("2023-03-10"), RepairNotice: true}),
		was("2023-06-10", asked("2023-06-10", "2023-06-26")),
		was("2023-06-11", listing.CreditRepairRefused{Reason: "未整改"}),
		was("2023-07-10", listing.CreditRepairApplied{Statement: "已整改"}),
		was("2023-07-11", listing.CreditRepairGranted{DocumentNo: "修 1 号"}),
		was("2023-07-11", listing.BlackRemoved{Cause: term.Repaired, Reason: "修复"}),
		was("2023-07-12", proposed),
		was("2023-07-13", listing.DeadlineMissed{Missing: missed(term.ListingProposal, "remove_white", "2023-07-12", "530427-education")}),
		was("2023-07-14", listing.ProposalDismissed{Proposal: term.ProposeRemoveWhite, Reason: "已恢复"}),
		was("2023-08-01", listing.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "document_no", Was: domain.RawJSON(`"1"`), Is: domain.RawJSON(`"2"`), Reason: "笔误"}}),
		was("2023-08-02", listing.Annulled{Annulment: domain.Annulment{TargetSeq: 2, Reason: "重复"}}),
	})
}

// acceptances are each act accepted once or more. The acting officers are
// officer-2 and whom by names before.
var acceptances = []struct {
	name    string
	before  facts
	on      string
	command listing.Command
	then    events
}{
	{"who meets the criteria is listed as white", nil, "2023-01-01", listWhite, events{white}},
	{"who does not is by a document that says why", nil, "2023-01-01",
		listing.ListWhite{About: failing(), DocumentNo: "白 1 号", Override: &listing.Override{DocumentNo: "会议 1 号", Reason: "已整改待录入"}},
		events{listing.WhiteListed{DocumentNo: "白 1 号", Override: &listing.Override{DocumentNo: "会议 1 号", Reason: "已整改待录入"},
			Eligibility: map[string]bool{"W1": true, "W2": true, "W3": true, "W4": false, "W5": true, "W6": true, "W7": true}}}},
	{"an override that was not needed is not kept", nil, "2023-01-01",
		with(listWhite, func(c *listing.ListWhite) { c.Override = &listing.Override{DocumentNo: "1", Reason: "2"} }), events{white}},
	{"after its removal it is listed again", after(isWhite, was("2023-02-01", listing.WhiteRemoved{Cause: term.X7})), "2023-02-01", listWhite, events{white}},
	{"after the last day of a watch it is listed as white", onWatch, "2023-06-02", listWhite, events{white}},
	{"white is removed", isWhite, "2023-02-01", listing.RemoveWhite{Cause: term.X1}, events{listing.WhiteRemoved{Cause: term.X1}}},
	{"the unlisted is put on watch", nil, "2023-03-01", putWatch, events{watch}},
	{"watch ends white on the same day", isWhite, "2023-03-01", putWatch, events{listing.WhiteRemoved{Cause: term.RemovedForWatch}, watch}},
	{"the policy allows a longer watch", nil, "2023-03-01",
		listing.PutUnderWatch{About: about("list.watch_limit_months", "6"), Reason: "超时", Until: day("2023-09-01")},
		events{listing.PutOnWatch{Reason: "超时", Until: day("2023-09-01")}}},
	{"watch is ended", onWatch, "2023-05-20", listing.TakeOffWatch{Outcome: term.WatchVerified}, events{listing.TakenOffWatch{Outcome: term.WatchVerified}}},

	{"a notice opens the window", nil, "2023-03-01", serve, events{notice}},
	{"the window skips holidays and takes make-up days", nil, "2021-09-28", serve, events{with(notice, func(n *listing.BlackNoticeServed) { n.WindowUntil = day("2021-10-11") })}},
	{"the policy sets the window", nil, "2023-03-01",
		listing.ServeBlackNotice{About: about("list.statement_window_working_days", "10"), Grounds: grounds},
		events{with(notice, func(n *listing.BlackNoticeServed) { n.WindowUntil = day("2023-03-15") })}},
	{"a notice is served on the white-listed", isWhite, "2023-03-01", serve, events{notice}},
	{"a new notice follows a decision that has ended", isBlack, "2026-03-02", serve, events{with(notice, func(n *listing.BlackNoticeServed) { n.WindowUntil = day("2026-03-09") })}},
	{"a statement is taken on the last day of the window", noticed, "2023-03-08", listing.RecordStatement{Text: "不服"}, events{listing.StatementRecorded{Text: "不服"}}},
	{"a statement is waived", noticed, "2023-03-02", listing.WaiveStatement{}, events{listing.StatementWaived{}}},
	{"a waived statement is so already", waived, "2023-03-03", listing.WaiveStatement{}, nil},

	{"the window has run and another officer decides", noticed, "2023-03-09", listBlack, events{decision}},
	{"the statement is waived and it is decided the same day", waived, "2023-03-02", listBlack,
		events{with(decision, func(d *listing.BlackListed) {
			d.PublishFrom, d.MinUntil, d.MaxUntil = day("2023-03-02"), day("2023-06-02"), day("2024-03-02")
		})}},
	{"a decision that is served later says so", noticed, "2023-03-09", with(listBlack, func(c *listing.ListBlack) { c.ServeLater = true }), events{later}},
	{"a decision ends white on the same day", after(isWhite, noticed...), "2023-03-09", listBlack, events{listing.WhiteRemoved{Cause: term.RemovedForBlack}, decision}},
	{"a decision ends watch on the same day", after(onWatch, noticed...), "2023-03-09", listBlack, events{listing.TakenOffWatch{Outcome: term.WatchFailed}, decision}},
	{"a decision is served with the repair notice", notServed, "2023-03-15", listing.ServeDecision{ServedOn: day("2023-03-14"), RepairNotice: true},
		events{listing.DecisionServed{ServedOn: day("2023-03-14"), RepairNotice: true}}},

	{"what was listed in error is removed at once", isBlack, "2023-03-10", listing.RemoveBlack{Cause: term.FactualError, Reason: "认错"}, events{listing.BlackRemoved{Cause: term.FactualError, Reason: "认错"}}},
	{"what was revoked is removed at once", isBlack, "2023-03-10", listing.RemoveBlack{Cause: term.DecisionRevoked, Reason: "复议撤销"}, events{listing.BlackRemoved{Cause: term.DecisionRevoked, Reason: "复议撤销"}}},
	{"what has run out is removed on the day after", isBlack, "2024-03-10", listing.RemoveBlack{Cause: term.BlackExpired, Reason: "期满"}, events{listing.BlackRemoved{Cause: term.BlackExpired, Reason: "期满"}}},
	{"what was removed for that cause is so already", after(isBlack, was("2023-03-10", listing.BlackRemoved{Cause: term.FactualError})), "2023-04-01", listing.RemoveBlack{Cause: term.FactualError, Reason: "认错"}, nil},

	{"repair is applied for on the day after the minimum", isBlack, "2023-06-10", apply, events{asked("2023-06-10", "2023-06-26")}},
	{"the answer to a repair into a year without a calendar waits for it", isBlack, "2023-12-25", apply, events{asked("2023-12-25", "")}},
	{"a minor listing is repaired at any time", after(noticed, was("2023-03-09", with(decision, func(d *listing.BlackListed) { d.Tier, d.MinUntil = term.Minor, 0 }))), "2023-03-09",
		apply, events{asked("2023-03-09", "2023-03-23")}},
	{"a granted repair removes the listing", applied, "2023-06-20", listing.GrantCreditRepair{DocumentNo: "修 1 号"},
		events{listing.CreditRepairGranted{DocumentNo: "修 1 号"}, listing.BlackRemoved{Cause: term.Repaired, Reason: "准予信用修复：修 1 号"}}},
	{"a repair is refused", applied, "2023-06-20", listing.RefuseCreditRepair{Reason: "未整改"}, events{listing.CreditRepairRefused{Reason: "未整改"}}},
	{"a refused repair is applied for again", after(applied, was("2023-06-20", listing.CreditRepairRefused{Reason: "未整改"})), "2023-07-01",
		apply, events{asked("2023-07-01", "2023-07-14")}},

	{"the end of a licence is proposed to remove white", isWhite, "2023-02-01", removal, events{proposed}},
	{"what stands proposed is so already", isPending, "2023-02-02", removal, nil},
	{"nothing is proposed to remove who is not white", nil, "2023-02-01", removal, nil},
	{"nothing is proposed to remove who was listed white after the cause", isWhite, "2023-02-01", with(removal, func(p *listing.Propose) { p.Since = day("2022-11-01") }), nil},
	{"a cause on the day of the listing or later is proposed", isWhite, "2023-02-01", with(removal, func(p *listing.Propose) { p.Since = day("2023-02-01") }), events{proposed}},
	{"who is not white is not put on watch for an exit from white", nil, "2023-02-01", put(term.ProposePutOnWatch, "X6"), nil},
	{"who is not white is put on watch for a serious finding", nil, "2023-02-01", put(term.ProposePutOnWatch, "X2"), events{made(term.ProposePutOnWatch, "X2", "2023-02-01")}},
	{"another thing is proposed beside it", isPending, "2023-02-01", put(term.ProposePutOnWatch, "X3"), events{made(term.ProposePutOnWatch, "X3", "2023-02-01")}},
	{"who is under watch is not proposed for it", onWatch, "2023-04-01", put(term.ProposePutOnWatch, "X3"), nil},
	{"nor who is black-listed", isBlack, "2023-04-01", put(term.ProposePutOnWatch, "X3"), nil},
	{"a verified rectification is proposed to end the watch", onWatch, "2023-05-20", put(term.ProposeTakeOffWatch, "verified"), events{made(term.ProposeTakeOffWatch, "verified", "2023-05-20")}},
	{"a watch that ended by itself is not proposed to end", onWatch, "2023-06-02", put(term.ProposeTakeOffWatch, "verified"), nil},
	{"a failed rectification is proposed for the black procedure", onWatch, "2023-05-20", put(term.ProposeBlackNotice, "B7"), events{made(term.ProposeBlackNotice, "B7", "2023-05-20")}},
	{"no second notice is proposed", noticed, "2023-03-02", put(term.ProposeBlackNotice, "B7"), nil},
	{"no notice to the black-listed is proposed", isBlack, "2023-04-01", put(term.ProposeBlackNotice, "B7"), nil},
	{"a revoked decision is proposed to remove black", isBlack, "2023-04-01", put(term.ProposeRemoveBlack, "revoked"), events{made(term.ProposeRemoveBlack, "revoked", "2023-04-01")}},
	{"a publication that has run out is proposed to end", isBlack, "2024-03-10", put(term.ProposeRemoveBlack, "expired"), events{made(term.ProposeRemoveBlack, "expired", "2024-03-10")}},
	{"nothing is proposed to remove who is not black-listed", nil, "2023-04-01", put(term.ProposeRemoveBlack, "expired"), nil},
	{"a proposal is dismissed", isPending, "2023-02-02", listing.DismissProposal{Proposal: term.ProposeRemoveWhite, Reason: "已恢复"},
		events{listing.ProposalDismissed{Proposal: term.ProposeRemoveWhite, Reason: "已恢复"}}},
	{"a dismissed proposal is so already", after(isPending, was("2023-02-02", listing.ProposalDismissed{Proposal: term.ProposeRemoveWhite, Reason: "已恢复"})), "2023-02-03",
		listing.DismissProposal{Proposal: term.ProposeRemoveWhite, Reason: "已恢复"}, nil},
	{"a dismissed proposal is put again", after(isPending, was("2023-02-02", listing.ProposalDismissed{Proposal: term.ProposeRemoveWhite, Reason: "已恢复"})), "2023-02-01", removal, events{proposed}},

	{"a proposal that nobody decided is missed on the day after", isPending, "2023-02-02", listing.MissDeadline{Missing: missed(term.ListingProposal, "remove_white", "2023-02-01", "")},
		events{listing.DeadlineMissed{Missing: missed(term.ListingProposal, "remove_white", "2023-02-01", "530427-education")}}},
	{"what is missed is so already", after(isPending, was("2023-02-02", listing.DeadlineMissed{Missing: missed(term.ListingProposal, "remove_white", "2023-02-01", "")})), "2023-02-03",
		listing.MissDeadline{Missing: missed(term.ListingProposal, "remove_white", "2023-02-01", "")}, nil},
	{"a watch lapses on the day after its last", onWatch, "2023-06-02", listing.MissDeadline{Missing: missed(term.WatchEnd, "", "2023-06-01", "")},
		events{listing.DeadlineMissed{Missing: missed(term.WatchEnd, "", "2023-06-01", "530427-education")}}},
	{"a statement window lapses on the day after its last", noticed, "2023-03-09", listing.MissDeadline{Missing: missed(term.ListingStatement, "", "2023-03-08", "")},
		events{listing.DeadlineMissed{Missing: missed(term.ListingStatement, "", "2023-03-08", "530427-education")}}},
	{"an answer to a repair that is late is missed", after(isBlack, was("2023-06-10", asked("2023-06-10", "2023-06-26"))), "2023-06-27", listing.MissDeadline{Missing: missed(term.RepairAnswer, "", "2023-06-26", "")},
		events{listing.DeadlineMissed{Missing: missed(term.RepairAnswer, "", "2023-06-26", "530427-education")}}},
	{"a fact is corrected", isWhite, "2023-02-01", listing.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "document_no", Reason: "笔误"}},
		events{listing.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "document_no", Reason: "笔误"}}}},
	{"a fact is annulled", isWhite, "2023-02-01", listing.Annul{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}},
		events{listing.Annulled{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}}},
}

func TestActsAreAccepted(t *testing.T) {
	accepted := map[reflect.Type]bool{}
	for _, c := range acceptances {
		t.Run(c.name, func(t *testing.T) {
			given(t, c.before).When(domaintest.On(c.on, "officer-2"), c.command).Then(c.then...)
		})
		accepted[reflect.TypeOf(c.command)] = accepted[reflect.TypeOf(c.command)] || len(c.then) > 0
	}
	for _, a := range listing.Acts {
		if !accepted[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that accepts it", a.Name)
		}
	}
}

// anyFault stands for a refusal without a rule.
var anyFault = domain.Rule{}

// refusals are each act refused once or more.
var refusals = []struct {
	name    string
	before  facts
	on      string
	command listing.Command
	by      domain.Rule
	pointer string
}{
	{"who is not in the register is not listed as white", nil, "2023-01-01", listing.ListWhite{About: unknown, DocumentNo: "1"}, rule.Registered, ""},
	{"a white listing needs a document", nil, "2023-01-01", listing.ListWhite{About: about(), DocumentNo: " "}, anyFault, "/body/document_no"},
	{"who fails a criterion is told which", nil, "2023-01-01", listing.ListWhite{About: failing(), DocumentNo: "1"}, rule.WhiteEligibility, "/eligibility/W4"},
	{"an override without a document is none", nil, "2023-01-01",
		listing.ListWhite{About: failing(), DocumentNo: "1", Override: &listing.Override{Reason: "a"}}, rule.WhiteEligibility, "/eligibility/W4"},
	{"an override without a reason is none", nil, "2023-01-01",
		listing.ListWhite{About: failing(), DocumentNo: "1", Override: &listing.Override{DocumentNo: "a"}}, rule.WhiteEligibility, "/eligibility/W4"},
	{"white is listed once", isWhite, "2023-01-01", listWhite, rule.OneStanding, ""},
	{"white is not listed on the last day of a watch", onWatch, "2023-06-01", listWhite, rule.OneStanding, ""},
	{"no document lists as white who is black-listed", isBlack, "2023-04-01",
		with(listWhite, func(c *listing.ListWhite) { c.Override = &listing.Override{DocumentNo: "1", Reason: "2"} }), rule.WhiteEligibility, "/eligibility/W6"},
	{"a white listing is not added before a recorded one that excludes it", notServed, "2020-01-01", listWhite, rule.OneStanding, "/effective"},
	{"a decision that is not yet public excludes white too", notServed, "2023-04-01", listWhite, rule.WhiteEligibility, "/eligibility/W6"},
	{"what is not white is not removed", nil, "2023-02-01", listing.RemoveWhite{Cause: term.X1}, rule.OneStanding, ""},
	{"nor before it was listed", isWhite, "2022-12-31", listing.RemoveWhite{Cause: term.X1}, rule.OneStanding, ""},
	{"nor twice", after(isWhite, was("2023-02-01", listing.WhiteRemoved{Cause: term.X1})), "2023-02-01", listing.RemoveWhite{Cause: term.X1}, rule.OneStanding, ""},

	{"who is not in the register is not put on watch", nil, "2023-03-01", listing.PutUnderWatch{About: unknown, Reason: "a", Until: day("2023-04-01")}, rule.Registered, ""},
	{"a watch needs a reason", nil, "2023-03-01", with(putWatch, func(c *listing.PutUnderWatch) { c.Reason = "" }), anyFault, "/body/reason"},
	{"a watch lasts three months at most", nil, "2023-03-01", with(putWatch, func(c *listing.PutUnderWatch) { c.Until = day("2023-06-02") }), rule.WatchLimit, "/body/until"},
	{"a watch lasts as long as the policy allows", nil, "2023-03-01",
		listing.PutUnderWatch{About: about("list.watch_limit_months", "1"), Reason: "超时", Until: day("2023-04-02")}, rule.WatchLimit, "/body/until"},
	{"a watch is put on once", onWatch, "2023-04-01", with(putWatch, func(c *listing.PutUnderWatch) { c.Until = day("2023-06-30") }), rule.OneStanding, ""},
	{"the black-listed are not put on watch", isBlack, "2023-04-01", putWatch, rule.OneStanding, ""},
	{"what is not under watch is not taken off", nil, "2023-05-20", listing.TakeOffWatch{Outcome: term.WatchVerified}, rule.OneStanding, ""},
	{"nor after the last day", onWatch, "2023-06-02", listing.TakeOffWatch{Outcome: term.WatchVerified}, rule.OneStanding, ""},

	{"no notice goes to who is not in the register", nil, "2023-03-01", listing.ServeBlackNotice{About: unknown, Grounds: grounds}, rule.Registered, ""},
	{"a notice has grounds", nil, "2023-03-01", listing.ServeBlackNotice{About: about()}, rule.BlackNotice, "/body/grounds"},
	{"a ground has facts", nil, "2023-03-01",
		listing.ServeBlackNotice{About: about(), Grounds: []listing.Ground{grounds[0], {Code: term.B1, Law: "法"}}}, rule.BlackNotice, "/body/grounds/1"},
	{"a ground has a legal basis", nil, "2023-03-01",
		listing.ServeBlackNotice{About: about(), Grounds: []listing.Ground{{Code: term.B1, Facts: "无证"}}}, rule.BlackNotice, "/body/grounds/0"},
	{"one notice at a time", noticed, "2023-03-02", serve, rule.BlackNotice, ""},
	{"no notice goes to the black-listed", isBlack, "2023-04-01", serve, rule.OneStanding, ""},
	{"a window into a year without a calendar is not guessed", nil, "2026-12-28", serve, calendar.PublishedRule, ""},
	{"no statement without a notice", nil, "2023-03-02", listing.RecordStatement{Text: "不服"}, rule.BlackNotice, ""},
	{"no statement before the notice", noticed, "2023-02-28", listing.RecordStatement{Text: "不服"}, rule.BlackNotice, "/effective"},
	{"no statement after the window", noticed, "2023-03-09", listing.RecordStatement{Text: "不服"}, rule.BlackWindow, "/effective"},
	{"no empty statement", noticed, "2023-03-02", listing.RecordStatement{Text: " "}, anyFault, "/body/text"},
	{"nothing is waived without a notice", nil, "2023-03-02", listing.WaiveStatement{}, rule.BlackNotice, ""},
	{"nothing is waived after the decision", isBlack, "2023-03-10", listing.WaiveStatement{}, rule.BlackNotice, ""},

	{"who is not in the register is not black-listed", noticed, "2023-03-09", listing.ListBlack{About: unknown, DocumentNo: "1", Tier: term.Ordinary}, rule.Registered, ""},
	{"a decision needs a document", noticed, "2023-03-09", with(listBlack, func(c *listing.ListBlack) { c.DocumentNo = "" }), anyFault, "/body/document_no"},
	{"no decision without a notice", nil, "2023-03-09", listBlack, rule.BlackNotice, ""},
	{"no decision before the notice", noticed, "2023-02-28", listBlack, rule.BlackNotice, "/effective"},
	{"no decision on the last day of the window", noticed, "2023-03-08", listBlack, rule.BlackWindow, "/effective"},
	{"no decision before the waiver", waived, "2023-03-01", listBlack, rule.BlackWindow, "/effective"},
	{"a statement does not end the window", after(noticed, was("2023-03-02", listing.StatementRecorded{Text: "不服"})), "2023-03-03", listBlack, rule.BlackWindow, "/effective"},
	{"no second decision while one is in force", isBlack, "2023-04-01", listBlack, rule.OneStanding, ""},
	{"a decision keeps the interval of its tier", noticed, "2023-03-09", with(listBlack, func(c *listing.ListBlack) { c.MaxUntil = day("2024-03-10") }), rule.BlackPublication, "/body/max_until"},
	{"it is published within twenty working days", noticed, "2023-03-09", with(listBlack, func(c *listing.ListBlack) { c.PublishFrom = day("2023-04-10") }), rule.BlackPublication, "/body/publish_from"},
	{"a later publication needs the calendar", facts{was("2026-12-01", with(notice, func(n *listing.BlackNoticeServed) { n.WindowUntil = day("2026-12-08") }))}, "2026-12-28",
		with(listBlack, func(c *listing.ListBlack) { c.PublishFrom = day("2026-12-29") }), calendar.PublishedRule, ""},
	{"a decision is served once", isBlack, "2023-03-15", listing.ServeDecision{ServedOn: day("2023-03-14"), RepairNotice: true}, rule.BlackPublication, ""},
	{"a decision is not served before it was made", notServed, "2023-03-15", listing.ServeDecision{ServedOn: day("2023-03-08"), RepairNotice: true}, rule.BlackPublication, ""},
	{"a decision is not served without the repair notice", notServed, "2023-03-15", listing.ServeDecision{ServedOn: day("2023-03-14")}, rule.BlackPublication, "/body/repair_notice"},
	{"a service does not lie ahead", notServed, "2023-03-15", listing.ServeDecision{ServedOn: day("2023-03-16"), RepairNotice: true}, anyFault, "/body/served_on"},

	{"what is not black-listed is not removed", nil, "2023-04-01", listing.RemoveBlack{Cause: term.FactualError, Reason: "a"}, rule.OneStanding, ""},
	{"what was removed is not removed for another cause", after(isBlack, was("2023-03-10", listing.BlackRemoved{Cause: term.FactualError})), "2023-04-01",
		listing.RemoveBlack{Cause: term.DecisionRevoked, Reason: "a"}, rule.OneStanding, ""},
	{"nothing is repaired without a granted repair", isBlack, "2023-07-01", listing.RemoveBlack{Cause: term.Repaired, Reason: "a"}, rule.BlackRemoval, "/body/cause"},
	{"nothing has expired on its last day", isBlack, "2024-03-09", listing.RemoveBlack{Cause: term.BlackExpired, Reason: "期满"}, rule.BlackRemoval, "/body/cause"},
	{"a removal needs a reason", isBlack, "2023-04-01", listing.RemoveBlack{Cause: term.FactualError, Reason: " "}, anyFault, "/body/reason"},

	{"no repair on the last day of the minimum", isBlack, "2023-06-09", listing.ApplyCreditRepair{Statement: "已整改"}, rule.CreditRepair, "/effective"},
	{"no repair without a statement", isBlack, "2023-06-10", listing.ApplyCreditRepair{}, anyFault, "/body/statement"},
	{"no repair of who is not black-listed", nil, "2023-06-10", listing.ApplyCreditRepair{Statement: "已整改"}, rule.OneStanding, ""},
	{"no repair once the listing has ended by itself", isBlack, "2024-03-10", listing.ApplyCreditRepair{Statement: "已整改"}, rule.OneStanding, ""},
	{"one application at a time", applied, "2023-06-20", listing.ApplyCreditRepair{Statement: "已整改"}, rule.CreditRepair, ""},
	{"no repair is granted without an application", isBlack, "2023-06-20", listing.GrantCreditRepair{DocumentNo: "1"}, rule.CreditRepair, ""},
	{"no repair is granted before the application", applied, "2023-06-09", listing.GrantCreditRepair{DocumentNo: "1"}, rule.CreditRepair, ""},
	{"no repair is granted without a document", applied, "2023-06-20", listing.GrantCreditRepair{}, anyFault, "/body/document_no"},
	{"no repair is granted once the listing has ended", applied, "2024-03-10", listing.GrantCreditRepair{DocumentNo: "1"}, rule.OneStanding, ""},
	{"no repair is refused without an application", isBlack, "2023-06-20", listing.RefuseCreditRepair{Reason: "a"}, rule.CreditRepair, ""},
	{"no repair is refused without a reason", applied, "2023-06-20", listing.RefuseCreditRepair{}, anyFault, "/body/reason"},
	{"no repair is refused twice", after(applied, was("2023-06-20", listing.CreditRepairRefused{Reason: "a"})), "2023-06-21", listing.RefuseCreditRepair{Reason: "a"}, rule.CreditRepair, ""},

	{"nothing is proposed about who is not in the register", isWhite, "2023-02-01", with(removal, func(c *listing.Propose) { c.About = unknown }), rule.Registered, ""},
	{"a proposal names a cause", isWhite, "2023-02-01", with(removal, func(c *listing.Propose) { c.Cause = "because" }), rule.ListingProposal, "/body/cause"},
	{"the cause of a removal from white is none of the black list", isWhite, "2023-02-01", with(removal, func(c *listing.Propose) { c.Cause = "B7" }), rule.ListingProposal, "/body/cause"},
	{"a proposal needs a reason", isWhite, "2023-02-01", with(removal, func(c *listing.Propose) { c.Reason = " " }), anyFault, "/body/reason"},
	{"what is not proposed is not dismissed", isWhite, "2023-02-01", listing.DismissProposal{Proposal: term.ProposeRemoveWhite, Reason: "a"}, rule.ListingProposal, "/body/proposal"},
	{"nor another proposal", isPending, "2023-02-02", listing.DismissProposal{Proposal: term.ProposePutOnWatch, Reason: "a"}, rule.ListingProposal, "/body/proposal"},
	{"nor one that was decided", after(isPending, was("2023-02-01", listing.WhiteRemoved{Cause: term.X1})), "2023-02-02", listing.DismissProposal{Proposal: term.ProposeRemoveWhite, Reason: "a"}, rule.ListingProposal, "/body/proposal"},
	{"nor before it was made", isPending, "2023-01-31", listing.DismissProposal{Proposal: term.ProposeRemoveWhite, Reason: "a"}, rule.ListingProposal, "/effective"},
	{"nor without a reason", isPending, "2023-02-02", listing.DismissProposal{Proposal: term.ProposeRemoveWhite}, anyFault, "/body/reason"},
	{"no clock is missed on its last day", isPending, "2023-02-01", listing.MissDeadline{Missing: missed(term.ListingProposal, "remove_white", "2023-02-01", "")}, clock.MissedRule, "/effective"},
	{"nor after the decision", after(isPending, was("2023-02-01", listing.WhiteRemoved{Cause: term.X1})), "2023-02-02",
		listing.MissDeadline{Missing: missed(term.ListingProposal, "remove_white", "2023-02-01", "")}, clock.MissedRule, "/body/clock"},
	{"nor while a calendar is awaited", after(isBlack, was("2023-12-25", asked("2023-12-25", ""))), "2024-02-01", listing.MissDeadline{Missing: clock.Missing{Clock: term.RepairAnswer}}, clock.MissedRule, ""},
	{"a correction needs a reason", isWhite, "2023-02-01", listing.Correct{}, anyFault, "/body/reason"},
	{"an annulment needs a reason", isWhite, "2023-02-01", listing.Annul{}, anyFault, "/body/reason"},
}

func TestActsAreRefused(t *testing.T) {
	refused := map[reflect.Type]bool{}
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, c.before).When(domaintest.On(c.on, "officer-2"), c.command)
			var pointers []string
			if c.pointer != "" {
				pointers = []string{c.pointer}
			}
			if c.by == anyFault {
				o.ThenFault(domain.Invalid, pointers...)
				return
			}
			o.ThenRefused(c.by, pointers...)
		})
		refused[reflect.TypeOf(c.command)] = true
	}
	for _, a := range listing.Acts {
		if !refused[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that refuses it", a.Name)
		}
	}
}

func TestTwoOfficersDecide(t *testing.T) {
	for name, c := range map[string]struct {
		served, decided []string
		approver        string // empty: refused
	}{
		"another officer":                              {[]string{"a"}, []string{"b"}, "b"},
		"the same officer alone":                       {[]string{"a"}, []string{"a"}, ""},
		"the same officer with another":                {[]string{"a"}, []string{"a", "b"}, "b"},
		"the second of those who served":               {[]string{"a", "b"}, []string{"b"}, "b"},
		"nobody":                                       {[]string{"a"}, []string{""}, ""},
		"a notice that nobody is known to have served": {[]string{""}, []string{"b"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := given(t, facts{domaintest.Was(domaintest.On("2023-03-01", c.served...), notice)}).When(domaintest.On("2023-03-09", c.decided...), listBlack)
			if c.approver == "" {
				o.ThenRefused(rule.BlackOfficers, "/actor/officer")
				return
			}
			o.Then(with(decision, func(d *listing.BlackListed) { d.Proposer, d.Approver = c.served[0], c.approver }))
		})
	}
}
