package penalty_test

import (
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/penalty"
	"minglu/domain/rule"
	"minglu/domain/term"
)

var (
	slightServed = penalty.PriorNoticeServed{Content: "拟罚款", Facts: "事实", Reasons: "理由", Basis: basis, Rights: rights[:2], Proposed: small,
		Clocks: []clock.Start{start(term.PenaltyStatement, "2024-03-11", "2024-03-18")}}
	isSlight  = after(isFiled, was("2024-03-11", slightServed))
	isMajor   = after(isFiled, was("2024-03-11", with(notified, func(e *penalty.PriorNoticeServed) { e.Major = true })), was("2024-03-13", stated))
	isWaived  = after(isNotified, was("2024-03-12", penalty.StatementWaived{}))
	withdrawn = after(isRequested, was("2024-03-15", penalty.HearingWithdrawn{Document: "撤回书"}))
	hold      = penalty.HoldHearing{Under: under, Record: "听证笔录", Officers: []string{"host-1", "host-2"}}
	extend    = penalty.Extend{Under: under, Until: day("2024-07-03"), Rule: "市场监督管理行政处罚程序规定 第六十四条", Reason: "案情复杂", Approver: "chief"}
	// unpublished is the law in a year of which the calendar is missing.
	unpublished = rule.Under{Law: with(lawWith(), func(l *rule.Law) {
		y, _ := calendar.Default().Year(2023)
		l.Calendar, _ = calendar.New("2023", map[int]calendar.Year{2023: y})
	})}
)

func proposing(s rule.Sanction) penalty.ServePriorNotice {
	return with(notify, func(c *penalty.ServePriorNotice) { c.Proposed = s })
}

var noticeAccepted = []acceptance{
	{"a notice opens both windows", isFiled, "2024-03-11", notify, events{notified}},
	{"a small fine needs no hearing", isFiled, "2024-03-11", slight, events{slightServed}},
	{"the windows skip a holiday and take make-up days", isFiled, "2024-04-26", notify, events{with(notified, func(e *penalty.PriorNoticeServed) {
		e.Clocks = []clock.Start{start(term.PenaltyStatement, "2024-04-26", "2024-05-07"), start(term.HearingRequest, "2024-04-26", "2024-05-07")}
	})}},
	{"a window whose year has no calendar waits for it", isFiled, "2024-03-11", with(notify, func(c *penalty.ServePriorNotice) { c.Under = unpublished }),
		events{with(notified, func(e *penalty.PriorNoticeServed) {
			e.Clocks = []clock.Start{
				{Key: term.PenaltyStatement, From: day("2024-03-11"), Period: under.Law.Period(term.PenaltyStatement), Awaits: 2024, Agency: bureau},
				{Key: term.HearingRequest, From: day("2024-03-11"), Period: under.Law.Period(term.HearingRequest), Awaits: 2024, Agency: bureau},
			}
		})}},
	{"a later notice takes the place of an earlier one", isNotified, "2024-03-11", slight, events{slightServed}},
	{"after a statement a notice may be lighter", isStated, "2024-03-20", slight, events{with(slightServed, func(e *penalty.PriorNoticeServed) {
		e.Clocks = []clock.Start{start(term.PenaltyStatement, "2024-03-20", "2024-03-27")}
	})}},

	{"a statement is taken on the last day of its window", isNotified, "2024-03-18", penalty.RecordStatement{Under: under, Text: "不知情", Reviewed: "不成立"}, events{stated}},
	{"a statement is taken twice within it", isStated, "2024-03-18", penalty.RecordStatement{Under: under, Text: "再述", Reviewed: "成立", Adopted: true},
		events{penalty.StatementRecorded{Text: "再述", Reviewed: "成立", Adopted: true}}},
	{"a statement is waived", isNotified, "2024-03-12", penalty.WaiveStatement{Under: under}, events{penalty.StatementWaived{}}},
	{"what is waived is so already", isWaived, "2024-03-13", penalty.WaiveStatement{Under: under}, nil},

	{"a hearing is asked for on the last day", isNotified, "2024-03-18", penalty.RequestHearing{Under: under}, events{penalty.HearingRequested{}}},
	{"who asked for a hearing has done so", isRequested, "2024-03-15", penalty.RequestHearing{Under: under}, nil},
	{"who withdrew may ask again in time", withdrawn, "2024-03-18", penalty.RequestHearing{Under: under}, events{penalty.HearingRequested{}}},
	{"the request is withdrawn", isRequested, "2024-03-15", penalty.WithdrawHearing{Under: under, Document: "撤回书"}, events{penalty.HearingWithdrawn{Document: "撤回书"}}},
	{"the seventh working day is early enough", isRequested, "2024-03-15", penalty.NotifyHearing{Under: under, On: day("2024-03-26"), Place: "会议室"},
		events{penalty.HearingNotified{On: day("2024-03-26"), Place: "会议室"}}},
	{"the seven days skip a holiday and take make-up days", isRequested, "2024-04-28", penalty.NotifyHearing{Under: under, On: day("2024-05-10"), Place: "会议室"},
		events{penalty.HearingNotified{On: day("2024-05-10"), Place: "会议室"}}},
	{"a hearing is put off", isSet, "2024-03-25", penalty.NotifyHearing{Under: under, On: day("2024-04-09"), Place: "会议室"},
		events{penalty.HearingNotified{On: day("2024-04-09"), Place: "会议室"}}},
	{"the hearing is held by who did not investigate", isSet, "2024-03-26", hold, events{penalty.HearingHeld{Record: "听证笔录", Officers: []string{"host-1", "host-2"}}}},
	{"a party that stays away gives it up", isSet, "2024-03-26", with(hold, func(c *penalty.HoldHearing) { c.Absent = true }),
		events{penalty.HearingHeld{Record: "听证笔录", Officers: []string{"host-1", "host-2"}, Absent: true}}},

	{"the legal review passes", isHeard, "2024-03-28", penalty.PassLegalReview{Under: under, By: "lawyer"}, events{penalty.LegalReviewPassed{By: "lawyer"}}},
	{"a review that saw everything is so already", isReviewed, "2024-03-29", penalty.PassLegalReview{Under: under, By: "lawyer"}, nil},
	{"a review from before another notice is made anew", after(isStated, was("2024-03-13", penalty.LegalReviewPassed{By: "lawyer"}), was("2024-03-13", notified)),
		"2024-03-13", penalty.PassLegalReview{Under: under, By: "lawyer"}, events{penalty.LegalReviewPassed{By: "lawyer"}}},
	{"a review from before a hearing is made anew", after(isStated, was("2024-03-13", penalty.LegalReviewPassed{By: "lawyer"}), was("2024-03-14", penalty.HearingRequested{}),
		was("2024-03-15", penalty.HearingNotified{On: day("2024-03-26"), Place: "a"}), was("2024-03-26", penalty.HearingHeld{Record: "a", Officers: []string{"host-1", "host-2"}})),
		"2024-03-28", penalty.PassLegalReview{Under: under, By: "lawyer"}, events{penalty.LegalReviewPassed{By: "lawyer"}}},

	{"the period is extended on its last day", isFiled, "2024-06-03", extend, events{penalty.Extended{Until: day("2024-07-03"), Rule: extend.Rule, Reason: extend.Reason, Approver: "chief"}}},
}

var noticeRefused = []refusal{
	{"no notice before the case is filed", isAlleged, "2024-03-11", notify, rule.PenaltySteps, "/act"},
	{"nor before the day of the filing", isFiled, "2024-03-04", notify, rule.PenaltySteps, "/effective"},
	{"nor after the decision", isDecided, "2024-04-02", notify, rule.PenaltySteps, "/act"},
	{"no other notice while a hearing is to be held", isRequested, "2024-03-15", slight, rule.PenaltyHearing, "/act"},
	{"a notice has its content", isFiled, "2024-03-11", with(notify, func(c *penalty.ServePriorNotice) { c.Content = "" }), anyFault, "/body/content"},
	{"a notice has its facts", isFiled, "2024-03-11", with(notify, func(c *penalty.ServePriorNotice) { c.Facts = "" }), anyFault, "/body/facts"},
	{"a notice has its reasons", isFiled, "2024-03-11", with(notify, func(c *penalty.ServePriorNotice) { c.Reasons = "" }), anyFault, "/body/reasons"},
	{"a notice has its basis", isFiled, "2024-03-11", with(notify, func(c *penalty.ServePriorNotice) { c.Basis = nil }), rule.PenaltyNotice, "/body/basis"},
	{"a basis has its article", isFiled, "2024-03-11", with(notify, func(c *penalty.ServePriorNotice) { c.Basis = []domain.Basis{{Statute: "办法"}} }), rule.PenaltyNotice, "/body/basis/0"},
	{"a notice names the rights", isFiled, "2024-03-11", with(notify, func(c *penalty.ServePriorNotice) { c.Rights = rights[1:] }), rule.PenaltyNotice, "/body/rights"},
	{"the right to a hearing goes with its offer", isFiled, "2024-03-11", with(notify, func(c *penalty.ServePriorNotice) { c.Rights = rights[:2] }), rule.PenaltyNotice, "/body/rights"},
	{"a notice proposes something", isFiled, "2024-03-11", proposing(rule.Sanction{}), rule.PenaltyMeasures, "/body/proposed/kinds"},
	{"a large fine needs the offer of a hearing", isFiled, "2024-03-11", with(slight, func(c *penalty.ServePriorNotice) { c.Proposed = fine }), rule.PenaltyHearing, "/body/hearing_offered"},
	{"so does what the policy calls large", isFiled, "2024-03-11", with(slight, func(c *penalty.ServePriorNotice) {
		c.Under = rule.Under{Law: lawWith("penalty.large_fine_fen", "300000")}
	}), rule.PenaltyHearing, "/body/hearing_offered"},
	{"so does a revocation", isFiled, "2024-03-11", with(slight, func(c *penalty.ServePriorNotice) {
		c.Proposed = rule.Sanction{Kinds: []term.PenaltyKind{term.RevokeLicencePenalty}}
	}), rule.PenaltyHearing, "/body/hearing_offered"},
	{"after a statement a notice is not heavier", isStated, "2024-03-20", proposing(with(fine, func(s *rule.Sanction) { s.FineFen++ })), rule.NoHeavierPenalty, "/body/proposed/fine_fen"},
	{"nor after a lighter one in between", after(isStated, was("2024-03-20", slightServed)), "2024-03-21",
		proposing(with(fine, func(s *rule.Sanction) { s.FineFen++ })), rule.NoHeavierPenalty, "/body/proposed/fine_fen"},

	{"no statement without a notice", isFiled, "2024-03-12", penalty.RecordStatement{Under: under, Text: "a", Reviewed: "b"}, rule.PenaltyNotice, ""},
	{"nor before it", isNotified, "2024-03-10", penalty.RecordStatement{Under: under, Text: "a", Reviewed: "b"}, rule.PenaltySteps, "/effective"},
	{"nor after its window", isNotified, "2024-03-19", penalty.RecordStatement{Under: under, Text: "a", Reviewed: "b"}, rule.PenaltyStatement, "/effective"},
	{"a statement is reviewed", isNotified, "2024-03-12", penalty.RecordStatement{Under: under, Text: "a"}, anyFault, "/body/reviewed"},
	{"a statement has its text", isNotified, "2024-03-12", penalty.RecordStatement{Under: under, Reviewed: "a"}, anyFault, "/body/text"},
	{"nothing to waive without a notice", isFiled, "2024-03-12", penalty.WaiveStatement{Under: under}, rule.PenaltyNotice, ""},
	{"who made a statement did not waive it", isStated, "2024-03-14", penalty.WaiveStatement{Under: under}, rule.PenaltyStatement, "/act"},

	{"no hearing without a notice", isFiled, "2024-03-12", penalty.RequestHearing{Under: under}, rule.PenaltyNotice, ""},
	{"no hearing that was not offered", isSlight, "2024-03-12", penalty.RequestHearing{Under: under}, rule.PenaltyHearing, "/act"},
	{"no hearing asked for too late", isNotified, "2024-03-19", penalty.RequestHearing{Under: under}, rule.PenaltyHearing, "/effective"},
	{"no second hearing", isHeard, "2024-03-27", penalty.RequestHearing{Under: under}, rule.PenaltyHearing, "/act"},
	{"nothing to withdraw without a notice", isFiled, "2024-03-12", penalty.WithdrawHearing{Under: under, Document: "a"}, rule.PenaltyNotice, ""},
	{"nor without a request", isNotified, "2024-03-12", penalty.WithdrawHearing{Under: under, Document: "a"}, rule.PenaltyHearing, "/act"},
	{"nor before it", isRequested, "2024-03-13", penalty.WithdrawHearing{Under: under, Document: "a"}, rule.PenaltySteps, "/effective"},
	{"a withdrawal has its paper", isRequested, "2024-03-15", penalty.WithdrawHearing{Under: under}, anyFault, "/body/document"},
	{"nobody is told of a hearing without a notice", isFiled, "2024-03-15", penalty.NotifyHearing{Under: under, On: day("2024-03-26"), Place: "a"}, rule.PenaltyNotice, ""},
	{"the sixth working day is too early", isRequested, "2024-03-15", penalty.NotifyHearing{Under: under, On: day("2024-03-25"), Place: "a"}, rule.PenaltyHearing, "/body/on"},
	{"as is the sixth with make-up days and a holiday", isRequested, "2024-04-28", penalty.NotifyHearing{Under: under, On: day("2024-05-09"), Place: "a"}, rule.PenaltyHearing, "/body/on"},
	{"a hearing has its day", isRequested, "2024-03-15", penalty.NotifyHearing{Under: under, Place: "a"}, anyFault, "/body/on"},
	{"a hearing has its place", isRequested, "2024-03-15", penalty.NotifyHearing{Under: under, On: day("2024-03-26")}, anyFault, "/body/place"},
	{"the days before a hearing are not guessed", isRequested, "2024-03-15", penalty.NotifyHearing{Under: unpublished, On: day("2024-03-26"), Place: "a"}, calendar.PublishedRule, ""},
	{"no hearing is held without a notice", isFiled, "2024-03-26", hold, rule.PenaltyNotice, ""},
	{"nor of which the party was not told", isRequested, "2024-03-26", hold, rule.PenaltyHearing, "/act"},
	{"nor by what it was told of a request that it withdrew", after(isSet, was("2024-03-15", penalty.HearingWithdrawn{Document: "撤回书"}), was("2024-03-18", penalty.HearingRequested{})),
		"2024-03-26", hold, rule.PenaltyHearing, "/act"},
	{"nor before its day", isSet, "2024-03-25", hold, rule.PenaltyHearing, "/effective"},
	{"nor by one officer", isSet, "2024-03-26", with(hold, func(c *penalty.HoldHearing) { c.Officers = c.Officers[:1] }), rule.TwoOfficers, "/body/officers"},
	{"nor by others than two of the agency", isSet, "2024-03-26", with(hold, func(c *penalty.HoldHearing) { c.Officers = []string{"host-1", "market-1"} }), rule.TwoOfficers, "/body/officers"},
	{"nor by who investigated", isSet, "2024-03-26", with(hold, func(c *penalty.HoldHearing) { c.Officers = []string{"host-1", "inv-2"} }), rule.SeparateDecider, "/body/officers/1"},
	{"nor by who was recused", after(isSet, was("2024-03-16", penalty.OfficerRecused{Officer: "host-2", Reason: "a"})), "2024-03-26", hold, rule.Recusal, "/body/officers"},
	{"a hearing has its record", isSet, "2024-03-26", with(hold, func(c *penalty.HoldHearing) { c.Record = "" }), anyFault, "/body/record"},

	{"nothing to review without a notice", isFiled, "2024-03-28", penalty.PassLegalReview{Under: under, By: "lawyer"}, rule.PenaltyNotice, ""},
	{"no review before the hearing", isSet, "2024-03-20", penalty.PassLegalReview{Under: under, By: "lawyer"}, rule.PenaltyHearing, "/act"},
	{"nor before its day", isHeard, "2024-03-25", penalty.PassLegalReview{Under: under, By: "lawyer"}, rule.PenaltySteps, "/effective"},
	{"a review has its officer", isHeard, "2024-03-28", penalty.PassLegalReview{Under: under}, rule.PenaltyReview, "/body/by"},
	{"who is in no register does not review", isHeard, "2024-03-28", penalty.PassLegalReview{Under: under, By: "somebody"}, rule.PenaltyReview, "/body/by"},
	{"nor before the statement that it is to see", isStated, "2024-03-12", penalty.PassLegalReview{Under: under, By: "lawyer"}, rule.PenaltySteps, "/effective"},
	{"who investigated does not review", isHeard, "2024-03-28", penalty.PassLegalReview{Under: under, By: "inv-1"}, rule.SeparateDecider, "/body/by"},
	{"who was recused does not review", after(isHeard, was("2024-03-27", penalty.OfficerRecused{Officer: "lawyer", Reason: "a"})), "2024-03-28",
		penalty.PassLegalReview{Under: under, By: "lawyer"}, rule.Recusal, "/body/by"},

	{"no extension after the last day", isFiled, "2024-06-04", extend, clock.ExtensionRule, "/effective"},
	{"nor to an earlier one", isFiled, "2024-05-01", with(extend, func(c *penalty.Extend) { c.Until = day("2024-06-03") }), clock.ExtensionRule, "/body/until"},
	{"nor without a day", isFiled, "2024-05-01", with(extend, func(c *penalty.Extend) { c.Until = 0 }), anyFault, "/body/until"},
	{"nor without a reason", isFiled, "2024-05-01", with(extend, func(c *penalty.Extend) { c.Reason = "" }), clock.ExtensionRule, "/body/reason"},
	{"nor without an approver", isFiled, "2024-05-01", with(extend, func(c *penalty.Extend) { c.Approver = "" }), clock.ExtensionRule, "/body/approver"},
	{"nor approved by who records it", isFiled, "2024-05-01", with(extend, func(c *penalty.Extend) { c.Approver = head }), clock.ExtensionRule, "/body/approver"},
	{"nor approved by who is in no register", isFiled, "2024-05-01", with(extend, func(c *penalty.Extend) { c.Approver = "somebody" }), clock.ExtensionRule, "/body/approver"},
	{"nor without the rule that allows it", isFiled, "2024-05-01", with(extend, func(c *penalty.Extend) { c.Rule = "" }), anyFault, "/body/rule"},
	{"nor before the case is filed", isAlleged, "2024-05-01", extend, rule.PenaltySteps, "/act"},
	{"nor while the period stands still", after(isNotified, was("2024-03-14", penalty.HearingRequested{NotCounted: true})), "2024-03-20", extend, clock.ExtensionRule, ""},
}

func TestWhoInvestigatedDoesNotRecordAReview(t *testing.T) {
	given(t, isHeard).When(domaintest.On("2024-03-28", "inv-2"), penalty.PassLegalReview{Under: under, By: "lawyer"}).ThenRefused(rule.SeparateDecider, "/actor/officer")
}

// byMarket is a case that market supervision handles.
func byMarket(list ...fact) facts {
	list = slices.Clone(list)
	for i := range list {
		list[i].Meta.Actor.Agency = market
	}
	return list
}

func TestTheHearingOfMarketSupervisionIsNotCounted(t *testing.T) {
	m := func(on string) domain.Meta {
		return with(domaintest.On(on, head), func(m *domain.Meta) { m.Actor.Agency = market })
	}
	ours := with(hold, func(c *penalty.HoldHearing) { c.Officers = []string{"market-3", "market-4"} })
	before := byMarket(isStated...)
	s := given(t, before).When(m("2024-03-14"), penalty.RequestHearing{Under: under}).Then(penalty.HearingRequested{NotCounted: true})
	if c, ok := s.Clocks.Find(term.PenaltyDecision, ""); !ok || !c.Paused() {
		t.Errorf("got %+v, want it to stand still", c)
	}
	paused := after(before, byMarket(was("2024-03-14", penalty.HearingRequested{NotCounted: true}), was("2024-03-15", penalty.HearingNotified{On: day("2024-03-26"), Place: "a"}))...)
	// From 14 to 25 March are 12 days.
	s = given(t, paused).When(m("2024-03-26"), ours).Then(penalty.HearingHeld{Record: "听证笔录", Officers: ours.Officers,
		Resumption: penalty.Resumption{DecideBy: day("2024-06-15")}})
	if c, _ := s.Clocks.Find(term.PenaltyDecision, ""); c.Due != day("2024-06-15") {
		t.Errorf("got %s, want 12 days more", c.Due)
	}
	given(t, paused).When(m("2024-03-16"), penalty.WithdrawHearing{Under: under, Document: "撤回书"}).
		Then(penalty.HearingWithdrawn{Document: "撤回书", Resumption: penalty.Resumption{DecideBy: day("2024-06-05")}})

	extended := slices.Insert(slices.Clone(paused), 2, byMarket(was("2024-03-06", penalty.Extended{Until: day("2024-07-03"), Rule: "a", Reason: "b", Approver: "c"}))...)
	given(t, extended).When(m("2024-03-26"), ours).Then(penalty.HearingHeld{Record: "听证笔录", Officers: ours.Officers,
		Resumption: penalty.Resumption{DecideBy: day("2024-07-15")}})
}

func TestAWindowThatAwaitedACalendarIsJudgedByTheOneInForce(t *testing.T) {
	waiting := after(isFiled, was("2024-03-11", with(notified, func(e *penalty.PriorNoticeServed) {
		e.Clocks = []clock.Start{{Key: term.PenaltyStatement, From: day("2024-03-11"), Awaits: 2024, Agency: bureau}, {Key: term.HearingRequest, From: day("2024-03-11"), Awaits: 2024, Agency: bureau}}
	})))
	say := penalty.RecordStatement{Under: under, Text: "不知情", Reviewed: "不成立"}
	given(t, waiting).When(domaintest.On("2024-03-18"), say).Then(stated)
	given(t, waiting).When(domaintest.On("2024-03-19"), say).ThenRefused(rule.PenaltyStatement, "/effective")
	say.Under = unpublished
	given(t, waiting).When(domaintest.On("2024-03-19"), say).Then(stated)
	given(t, waiting).When(domaintest.On("2024-03-19", head), with(decide, func(c *penalty.Penalise) { c.Under = unpublished })).ThenRefused(rule.PenaltyStatement, "/effective")
	given(t, waiting).When(domaintest.On("2024-03-19"), penalty.RequestHearing{Under: under}).ThenRefused(rule.PenaltyHearing, "/effective")
	given(t, waiting).When(domaintest.On("2024-03-19"), penalty.RequestHearing{Under: unpublished}).Then(penalty.HearingRequested{})

	heard := after(waiting, was("2024-03-13", stated))
	given(t, heard).When(domaintest.On("2024-03-19", head), with(decide, func(c *penalty.Penalise) { c.Under = unpublished })).ThenRefused(rule.PenaltyHearing, "/effective")
	given(t, heard).When(domaintest.On("2024-03-18", head), decide).ThenRefused(rule.PenaltyHearing, "/effective")
	given(t, heard).When(domaintest.On("2024-03-19", head), decide).Accepted()
}
