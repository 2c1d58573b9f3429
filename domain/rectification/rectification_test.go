package rectification_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/figure"
	"minglu/domain/rectification"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/domain/work"
)

type (
	fact    = domaintest.Fact
	facts   = []domaintest.Fact
	events  = []rectification.Event
	history = domaintest.History[rectification.State, rectification.Command, rectification.Event]
)

const (
	school     = "530427.institution.01J0000000000000000000000A"
	inspection = "530427.inspection.01J0000000000000000000000B"
	education  = "530427-education"
	fire       = "530427-fire"
)

var day = domaintest.Day

// by is the meta of a day on which another agency acts.
func by(agency, on string) domain.Meta {
	m := domaintest.On(on)
	m.Actor.Agency = agency
	return m
}

func was(on string, e rectification.Event) fact { return domaintest.Was(domaintest.On(on), e) }

func after(before facts, more ...fact) facts { return append(slices.Clone(before), more...) }

func given(t testing.TB, before facts) *history {
	t.Helper()
	return domaintest.Given(t, rectification.Decider, before...).Listed(rectification.Acts)
}

// with returns a changed copy.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

// workdays are those of 2023 and 2024, so that later years have no calendar.
var workdays = domaintest.Workdays(2023, 2024)

func under(pairs ...string) rule.Under {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return rule.Under{Law: rule.Law{Policy: rule.NewPolicy("test", values), Calendar: workdays, Roster: []rule.Officer{
		{ID: "officer-1", Agency: education, Credential: "1", From: day("2020-01-01")},
		{ID: "officer-2", Agency: education, Credential: "2", From: day("2020-01-01")},
		{ID: "officer-3", Agency: education, Credential: "3", From: day("2020-01-01"), Until: day("2023-01-01")},
	}}}
}

// watched is a watch until a day.
func watched(until string) rectification.OnWatch {
	var w rectification.OnWatch
	w.Watched(day(until))
	return w
}

var (
	order = rectification.Order{
		Under: under(), Institution: domain.RefTo(school), Source: domain.RefTo(inspection), Basis: "行政处罚法 第二十八条", DocumentNo: "责改 1 号",
		Items: []rectification.OrderItem{
			{Item: "fees", Text: "退还超期收费", Severity: term.RectifySerious},
			{Item: "safety", Text: "配齐灭火器", Severity: term.RectifyMinor},
		},
	}
	ordered = rectification.Ordered{
		Institution: school, Source: inspection, Due: day("2023-03-16"), Basis: "行政处罚法 第二十八条", DocumentNo: "责改 1 号",
		Items: []rectification.Item{
			{Number: 1, Item: "fees", Text: "退还超期收费", Severity: term.RectifySerious},
			{Number: 2, Item: "safety", Text: "配齐灭火器", Severity: term.RectifyMinor},
		},
		Clocks: []clock.Start{{Key: term.RectificationDue, From: day("2023-03-01"), Due: day("2023-03-16"), Agency: education}},
	}
	check = clock.Start{Key: term.RectificationCheck, From: day("2023-03-10"), Period: calendar.Period{N: 10, Unit: calendar.WorkingDays}, Due: day("2023-03-24"), Agency: education}

	reported1 = rectification.Reported{Items: []int{1}, Statement: "已退", Clocks: []clock.Start{check}}
	reported2 = rectification.Reported{Items: []int{2}, Statement: "已配", Complete: true}
	verified1 = rectification.Verified{Institution: school, Items: []int{1}, By: []string{"officer-1", "officer-2"}}
	failed1   = rectification.Failed{Institution: school, Items: []int{1}, Reason: "未退"}

	isOrdered  = facts{was("2023-03-01", ordered)}
	isReported = after(isOrdered, was("2023-03-10", reported1))
	allIn      = after(isReported, was("2023-03-13", reported2))
	isVerified = after(allIn, was("2023-03-20", whole(verified1, 1, 2)))
	isFailed   = after(allIn, was("2023-03-20", rectification.Failed{Institution: school, Items: []int{1, 2}, Reason: "未改", Whole: true, Checked: true}))
	isClosed   = after(isVerified, was("2023-03-21", rectification.ClosedOut{}))

	extend = rectification.Extend{Due: day("2023-03-31"), Reason: "材料采购", Approver: "officer-2"}
	report = rectification.Report{Under: under(), Items: []int{1}, Statement: "已退"}
	verify = rectification.Verify{Under: under(), Items: []int{1}, Officers: []string{"officer-1", "officer-2"}}
)

// whole is a verification of everything.
func whole(v rectification.Verified, items ...int) rectification.Verified {
	v.Items, v.Whole, v.Checked = items, true, true
	return v
}

func TestTables(t *testing.T) {
	domaintest.Acts(t, rectification.Decider, rectification.Acts)
	domaintest.Events(t, rectification.Decider, rectification.Events, facts{
		was("2023-03-01", ordered),
		was("2023-03-05", rectification.Extended{Due: day("2023-03-31"), Reason: "材料采购", Approver: "officer-2"}),
		was("2023-03-10", reported1),
		was("2023-03-20", verified1),
		was("2023-04-01", rectification.DeadlineMissed{Missing: clock.Missing{Clock: term.RectificationDue, Due: day("2023-03-31"), Agency: education}}),
		was("2023-04-03", rectification.Failed{Institution: school, Items: []int{2}, Reason: "未改", Whole: true}),
		was("2023-05-03", rectification.FollowedUp{Result: term.FollowUpHeld, Text: "正常"}),
		was("2023-06-01", rectification.ClosedOut{Reason: "移送处罚"}),
		was("2023-08-01", rectification.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "document_no", Was: domain.RawJSON(`"1"`), Is: domain.RawJSON(`"2"`), Reason: "笔误"}}),
		was("2023-08-02", rectification.Annulled{Annulment: domain.Annulment{TargetSeq: 2, Reason: "重复"}}),
	})
}

// acceptances are each act accepted once or more, by officer-1.
var acceptances = []struct {
	name    string
	before  facts
	on      string
	command rectification.Command
	then    events
}{
	{"an order has the last day of the policy", nil, "2023-03-01", order, events{ordered}},
	{"or that of its division", nil, "2023-03-01", with(order, func(c *rectification.Order) { c.Under = under("rectification.days", "30") }), events{due(ordered, "2023-03-31")}},
	{"or its own", nil, "2023-03-01", with(order, func(c *rectification.Order) { c.Due = day("2023-03-01") }), events{due(ordered, "2023-03-01")}},
	{"a last day over the year's end needs no calendar", nil, "2024-12-31", order, events{with(due(ordered, "2025-01-15"), func(e *rectification.Ordered) {
		e.Clocks = []clock.Start{{Key: term.RectificationDue, From: day("2024-12-31"), Due: day("2025-01-15"), Agency: education}}
	})}},
	{"a watch cuts the last day of the policy short", nil, "2023-03-01", with(order, func(c *rectification.Order) { c.OnWatch = watched("2023-03-10") }), events{due(ordered, "2023-03-10")}},
	{"the last day may be that of the watch", nil, "2023-03-01", with(order, func(c *rectification.Order) { c.OnWatch, c.Due = watched("2023-06-01"), day("2023-06-01") }), events{due(ordered, "2023-06-01")}},
	{"an order needs no source, document or severity", nil, "2023-03-01",
		rectification.Order{Under: under(), Institution: domain.RefTo(school), Basis: "法", Items: []rectification.OrderItem{{Item: "fees", Text: "退费"}}},
		events{with(ordered, func(e *rectification.Ordered) {
			e.Source, e.DocumentNo, e.Basis, e.Items = "", "", "法", []rectification.Item{{Number: 1, Item: "fees", Text: "退费"}}
		})}},

	{"it is extended on its last day", isOrdered, "2023-03-16", extend, events{rectification.Extended{Due: day("2023-03-31"), Reason: "材料采购", Approver: "officer-2"}}},
	{"it is extended to the last day of the watch", isOrdered, "2023-03-16", with(extend, func(c *rectification.Extend) { c.OnWatch = watched("2023-03-31") }),
		events{rectification.Extended{Due: day("2023-03-31"), Reason: "材料采购", Approver: "officer-2"}}},

	{"a first report begins the check", isOrdered, "2023-03-10", report, events{reported1}},
	{"the check skips holidays and takes make-up days", isOrdered, "2023-04-27", report, events{with(reported1, func(e *rectification.Reported) {
		e.Clocks = []clock.Start{with(check, func(s *clock.Start) { s.From, s.Due = day("2023-04-27"), day("2023-05-15") })}
	})}},
	{"the check runs over the year's end", isOrdered, "2023-12-25", report, events{with(reported1, func(e *rectification.Reported) {
		e.Clocks = []clock.Start{with(check, func(s *clock.Start) { s.From, s.Due = day("2023-12-25"), day("2024-01-09") })}
	})}},
	{"a report is complete where what is left has failed", after(isOrdered, was("2023-03-17", rectification.Failed{Institution: school, Items: []int{2}, Reason: "逾期未报"})), "2023-03-10", report,
		events{with(reported1, func(e *rectification.Reported) { e.Complete = true })}},
	{"a check that runs into a year without a calendar awaits it", isOrdered, "2024-12-26", report, events{with(reported1, func(e *rectification.Reported) {
		e.Clocks = []clock.Start{with(check, func(s *clock.Start) { s.From, s.Due, s.Awaits = day("2024-12-26"), 0, 2025 })}
	})}},
	{"a second report does not begin it anew", isReported, "2023-03-13", rectification.Report{Under: under(), Items: []int{2}, Statement: "已配"}, events{reported2}},
	{"a report is added to", isReported, "2023-03-11", rectification.Report{Under: under(), Items: []int{1}, Statement: "补票据"}, events{rectification.Reported{Items: []int{1}, Statement: "补票据"}}},
	{"everything is reported at once, late", isOrdered, "2023-03-20", rectification.Report{Under: under(), Items: []int{1, 2}, Statement: "已改"}, events{rectification.Reported{
		Items: []int{1, 2}, Statement: "已改", Complete: true, Clocks: []clock.Start{with(check, func(s *clock.Start) { s.From, s.Due = day("2023-03-20"), day("2023-04-03") })}}}},

	{"an item is verified and nothing waits", isReported, "2023-03-12", verify, events{with(verified1, func(e *rectification.Verified) { e.Checked = true })}},
	{"an item is verified and another waits", allIn, "2023-03-20", verify, events{verified1}},
	{"everything is verified", allIn, "2023-03-20", with(verify, func(c *rectification.Verify) { c.Items = []int{2, 1} }), events{whole(verified1, 2, 1)}},
	{"the last item is verified", after(allIn, was("2023-03-20", verified1)), "2023-03-20", with(verify, func(c *rectification.Verify) { c.Items = []int{2} }), events{whole(verified1, 2)}},
	{"the last open item is verified where another failed", after(allIn, was("2023-03-20", failed1)), "2023-03-21", with(verify, func(c *rectification.Verify) { c.Items = []int{2} }), events{
		with(verified1, func(e *rectification.Verified) { e.Items, e.Checked = []int{2}, true }),
		with(failed1, func(e *rectification.Failed) { e.Whole, e.Checked = true, true })}},

	{"a reported item fails", allIn, "2023-03-14", rectification.Fail{Items: []int{1}, Reason: "未退"}, events{failed1}},
	{"what is not reported fails after the last day", isOrdered, "2023-03-17", rectification.Fail{Items: []int{1, 2}, Reason: "逾期未报"}, events{
		rectification.Failed{Institution: school, Items: []int{1, 2}, Reason: "逾期未报", Whole: true, Checked: true}}},
	{"the last open item fails after others were verified", after(allIn, was("2023-03-20", verified1)), "2023-03-20", rectification.Fail{Items: []int{2}, Reason: "未配"}, events{
		rectification.Failed{Institution: school, Items: []int{2}, Reason: "未配", Whole: true, Checked: true}}},

	{"what was verified is followed up", isVerified, "2023-05-20", rectification.FollowUp{Result: term.FollowUpHeld}, events{rectification.FollowedUp{Result: term.FollowUpHeld}}},
	{"also after the close-out", isClosed, "2023-05-20", rectification.FollowUp{Result: term.FollowUpRelapsed, Text: "又超期收费"}, events{rectification.FollowedUp{Result: term.FollowUpRelapsed, Text: "又超期收费"}}},

	{"what was verified is closed out", isVerified, "2023-03-20", rectification.CloseOut{}, events{rectification.ClosedOut{}}},
	{"what failed is closed out", isFailed, "2023-03-21", rectification.CloseOut{Reason: "已立案"}, events{rectification.ClosedOut{Reason: "已立案"}}},
	{"what is open is closed out for a reason", isReported, "2023-03-11", rectification.CloseOut{Reason: "机构已注销"}, events{rectification.ClosedOut{Reason: "机构已注销"}}},
	{"what is closed out is so already", isClosed, "2023-04-01", rectification.CloseOut{Reason: "机构已注销"}, nil},

	{"the missed period of the institution is recorded", isOrdered, "2023-03-17", missed(term.RectificationDue, "2023-03-16"), events{
		rectification.DeadlineMissed{Missing: clock.Missing{Clock: term.RectificationDue, Due: day("2023-03-16"), Agency: education}}}},
	{"once", after(isOrdered, was("2023-03-17", rectification.DeadlineMissed{Missing: clock.Missing{Clock: term.RectificationDue, Due: day("2023-03-16")}})), "2023-03-18",
		missed(term.RectificationDue, "2023-03-16"), nil},
	{"the missed check is recorded", allIn, "2023-03-25", missed(term.RectificationCheck, "2023-03-24"), events{
		rectification.DeadlineMissed{Missing: clock.Missing{Clock: term.RectificationCheck, Due: day("2023-03-24"), Agency: education}}}},
	{"a fact is corrected", isOrdered, "2023-04-01", rectification.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "document_no", Reason: "笔误"}},
		events{rectification.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "document_no", Reason: "笔误"}}}},
	{"a fact is annulled", isOrdered, "2023-04-01", rectification.Annul{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}},
		events{rectification.Annulled{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}}},
}

func due(e rectification.Ordered, until string) rectification.Ordered {
	e.Due = day(until)
	e.Clocks = []clock.Start{with(e.Clocks[0], func(s *clock.Start) { s.Due = day(until) })}
	return e
}

func missed(key term.Clock, until string) rectification.MissDeadline {
	return rectification.MissDeadline{Missing: clock.Missing{Clock: key, Due: day(until)}}
}

func TestActsAreAccepted(t *testing.T) {
	accepted := map[reflect.Type]bool{}
	for _, c := range acceptances {
		t.Run(c.name, func(t *testing.T) {
			given(t, c.before).When(domaintest.On(c.on), c.command).Then(c.then...)
		})
		accepted[reflect.TypeOf(c.command)] = accepted[reflect.TypeOf(c.command)] || len(c.then) > 0
	}
	for _, a := range rectification.Acts {
		if !accepted[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that accepts it", a.Name)
		}
	}
}

// anyFault stands for a refusal without a rule.
var anyFault = domain.Rule{}

type refusal struct {
	name    string
	before  facts
	at      domain.Meta
	command rectification.Command
	by      domain.Rule
	pointer string
}

// refusals are each act refused once or more, by every rule of its line.
var refusals = []refusal{
	{"an order is of an institution", nil, domaintest.On("2023-03-01"), with(order, func(c *rectification.Order) { c.Institution = domain.Ref{} }), anyFault, "/body/institution"},
	{"an order has items", nil, domaintest.On("2023-03-01"), with(order, func(c *rectification.Order) { c.Items = nil }), rule.RectificationItems, "/body/items"},
	{"an item says what it is of", nil, domaintest.On("2023-03-01"), item(rectification.OrderItem{Item: " ", Text: "退费"}), anyFault, "/body/items/1/item"},
	{"an item says what is to be done", nil, domaintest.On("2023-03-01"), item(rectification.OrderItem{Item: "fees"}), anyFault, "/body/items/1/text"},
	{"an order has a basis", nil, domaintest.On("2023-03-01"), with(order, func(c *rectification.Order) { c.Basis = "" }), anyFault, "/body/basis"},
	{"a last day is not before the order", nil, domaintest.On("2023-03-01"), with(order, func(c *rectification.Order) { c.Due = day("2023-02-28") }), rule.RectificationDue, "/body/due"},
	{"a last day is not beyond the watch", nil, domaintest.On("2023-03-01"), with(order, func(c *rectification.Order) { c.OnWatch, c.Due = watched("2023-06-01"), day("2023-06-02") }), rule.WatchLimit, "/body/due"},
	{"it is ordered once", isOrdered, domaintest.On("2023-03-02"), order, rule.RectificationSteps, "/target"},

	{"nothing is done to what was not ordered", nil, domaintest.On("2023-03-02"), report, rule.RectificationSteps, ""},
	{"nothing is done before the order", isOrdered, domaintest.On("2023-02-28"), extend, rule.RectificationSteps, "/effective"},

	{"no extension after the last day", isOrdered, domaintest.On("2023-03-17"), extend, clock.ExtensionRule, "/effective"},
	{"no extension to the same day", isOrdered, domaintest.On("2023-03-05"), with(extend, func(c *rectification.Extend) { c.Due = day("2023-03-16") }), clock.ExtensionRule, "/body/due"},
	{"no extension to no day", isOrdered, domaintest.On("2023-03-05"), with(extend, func(c *rectification.Extend) { c.Due = 0 }), anyFault, "/body/due"},
	{"no extension without a reason", isOrdered, domaintest.On("2023-03-05"), with(extend, func(c *rectification.Extend) { c.Reason = "" }), clock.ExtensionRule, "/body/reason"},
	{"no extension without an approver", isOrdered, domaintest.On("2023-03-05"), with(extend, func(c *rectification.Extend) { c.Approver = "" }), clock.ExtensionRule, "/body/approver"},
	{"no extension approved by who records it", isOrdered, domaintest.On("2023-03-05", "officer-2", "officer-1"), extend, rule.RectificationApproval, "/body/approver"},
	{"no extension beyond the watch", isOrdered, domaintest.On("2023-03-05"), with(extend, func(c *rectification.Extend) { c.OnWatch = watched("2023-03-30") }), rule.WatchLimit, "/body/due"},
	{"no extension once everything is reported", allIn, domaintest.On("2023-03-14"), extend, clock.ExtensionRule, "/body"},
	{"no extension by another agency", isOrdered, by(fire, "2023-03-05"), extend, rule.RectificationAgency, "/actor/agency"},

	{"a report names items", isOrdered, domaintest.On("2023-03-10"), with(report, func(c *rectification.Report) { c.Items = nil }), rule.RectificationItems, "/body/items"},
	{"a report names items of the order", isOrdered, domaintest.On("2023-03-10"), with(report, func(c *rectification.Report) { c.Items = []int{1, 3} }), rule.RectificationItems, "/body/items/1"},
	{"a report names each once", isOrdered, domaintest.On("2023-03-10"), with(report, func(c *rectification.Report) { c.Items = []int{1, 1} }), rule.RectificationItems, "/body/items/1"},
	{"a report says something", isOrdered, domaintest.On("2023-03-10"), with(report, func(c *rectification.Report) { c.Statement = " " }), anyFault, "/body/statement"},
	{"no report of a verified item", after(allIn, was("2023-03-20", verified1)), domaintest.On("2023-03-21"), report, rule.RectificationItems, "/body/items/0"},
	{"no report of a failed item", after(allIn, was("2023-03-20", failed1)), domaintest.On("2023-03-21"), report, rule.RectificationItems, "/body/items/0"},
	{"no report after the close-out", isClosed, domaintest.On("2023-03-22"), report, rule.RectificationSteps, "/body"},

	{"what is not reported is not verified", isReported, domaintest.On("2023-03-12"), with(verify, func(c *rectification.Verify) { c.Items = []int{1, 2} }), rule.RectificationSteps, "/body/items/1"},
	{"nothing is verified before its report", isReported, domaintest.On("2023-03-09"), verify, rule.RectificationSteps, "/effective"},
	{"nothing is verified twice", after(allIn, was("2023-03-20", verified1)), domaintest.On("2023-03-21"), verify, rule.RectificationItems, "/body/items/0"},
	{"nor by one officer", allIn, domaintest.On("2023-03-20"), with(verify, func(c *rectification.Verify) { c.Officers = c.Officers[:1] }), rule.TwoOfficers, "/body/officers"},
	{"nor by one whose credential has ended", allIn, domaintest.On("2023-03-20"), with(verify, func(c *rectification.Verify) { c.Officers = []string{"officer-1", "officer-3"} }), rule.TwoOfficers, "/body/officers/1"},
	{"nor by another agency", allIn, by(fire, "2023-03-20"), verify, rule.RectificationAgency, "/actor/agency"},
	{"nor after the close-out", after(isReported, was("2023-03-11", rectification.ClosedOut{Reason: "注销"})), domaintest.On("2023-03-12"), verify, rule.RectificationSteps, "/body"},

	{"nothing fails on its last day without a report", isOrdered, domaintest.On("2023-03-16"), rectification.Fail{Items: []int{1}, Reason: "未退"}, rule.RectificationSteps, "/body/items/0"},
	{"nothing fails without a reason", allIn, domaintest.On("2023-03-20"), rectification.Fail{Items: []int{1}}, anyFault, "/body/reason"},
	{"nothing fails that is unknown", allIn, domaintest.On("2023-03-20"), rectification.Fail{Items: []int{0}, Reason: "未退"}, rule.RectificationItems, "/body/items/0"},
	{"nothing fails by another agency", allIn, by(fire, "2023-03-20"), rectification.Fail{Items: []int{1}, Reason: "未退"}, rule.RectificationAgency, "/actor/agency"},
	{"nothing fails after the close-out", after(isReported, was("2023-03-11", rectification.ClosedOut{Reason: "注销"})), domaintest.On("2023-03-18"), rectification.Fail{Items: []int{1}, Reason: "未退"}, rule.RectificationSteps, "/body"},

	{"what is not verified is not followed up", allIn, domaintest.On("2023-05-20"), rectification.FollowUp{Result: term.FollowUpHeld}, rule.RectificationSteps, "/body"},
	{"what failed is not followed up", isFailed, domaintest.On("2023-05-20"), rectification.FollowUp{Result: term.FollowUpHeld}, rule.RectificationSteps, "/body"},
	{"nothing is followed up before it was verified", isVerified, domaintest.On("2023-03-19"), rectification.FollowUp{Result: term.FollowUpHeld}, rule.RectificationSteps, "/effective"},
	{"a relapse says what it is", isVerified, domaintest.On("2023-05-20"), rectification.FollowUp{Result: term.FollowUpRelapsed}, anyFault, "/body/text"},
	{"nothing is followed up by another agency", isVerified, by(fire, "2023-05-20"), rectification.FollowUp{Result: term.FollowUpHeld}, rule.RectificationAgency, "/actor/agency"},

	{"what is open is not closed out without a reason", allIn, domaintest.On("2023-03-20"), rectification.CloseOut{}, rule.RectificationSteps, "/body/reason"},
	{"nothing is closed out before its latest step", isVerified, domaintest.On("2023-03-19"), rectification.CloseOut{}, rule.RectificationSteps, "/effective"},
	{"nothing is closed out by another agency", isVerified, by(fire, "2023-03-21"), rectification.CloseOut{}, rule.RectificationAgency, "/actor/agency"},

	{"nothing is missed on its last day", isOrdered, domaintest.On("2023-03-16"), missed(term.RectificationDue, "2023-03-16"), clock.MissedRule, "/effective"},
	{"nothing is missed that was reported in time", allIn, domaintest.On("2023-03-20"), missed(term.RectificationDue, "2023-03-16"), clock.MissedRule, "/body/clock"},
	{"nothing is missed that was verified", isVerified, domaintest.On("2023-03-25"), missed(term.RectificationCheck, "2023-03-24"), clock.MissedRule, "/body/clock"},
	{"nothing is missed that was extended", after(isOrdered, was("2023-03-05", rectification.Extended{Due: day("2023-03-31")})), domaintest.On("2023-03-20"), missed(term.RectificationDue, "2023-03-16"), clock.MissedRule, "/body/due"},
	{"a period is not corrected", isOrdered, domaintest.On("2023-04-01"), rectification.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "due", Reason: "笔误"}}, clock.ExtensionRule, "/body/field"},
	{"a correction needs a reason", isOrdered, domaintest.On("2023-04-01"), rectification.Correct{}, anyFault, "/body/reason"},
	{"an annulment needs a reason", isOrdered, domaintest.On("2023-04-01"), rectification.Annul{}, anyFault, "/body/reason"},
}

// item is the order with another second item.
func item(it rectification.OrderItem) rectification.Order {
	o := order
	o.Items = []rectification.OrderItem{order.Items[0], it}
	return o
}

func TestActsAreRefused(t *testing.T) {
	refused := map[reflect.Type]bool{}
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, c.before).When(c.at, c.command)
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
	for _, a := range rectification.Acts {
		if !refused[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that refuses it", a.Name)
		}
	}
}

func TestEveryRuleOfALineRefusesOnce(t *testing.T) {
	for _, a := range rectification.Acts {
		of := reflect.TypeOf(a.Command(a.New()))
		for _, r := range a.Rules {
			if !slices.ContainsFunc(refusals, func(c refusal) bool { return reflect.TypeOf(c.command) == of && c.by == r }) {
				t.Errorf("%s: got no refusal by %s", a.Name, r.ID)
			}
		}
	}
}

func TestAReportMayBeTakenDownByAnotherAgencyWithEvidenceAlone(t *testing.T) {
	m := by(fire, "2023-03-10")
	m.Evidence = []domain.Evidence{{SHA256: "ab", Kind: "photo"}}
	s := given(t, isOrdered).When(m, rectification.Report{Under: under(), Items: []int{1}}).
		Then(with(reported1, func(e *rectification.Reported) { e.Statement = "" }))
	if c, ok := s.Clocks.Find(term.RectificationCheck, ""); !ok || c.Agency != education {
		t.Errorf("got the clock %+v, want the check of the agency that ordered", c)
	}
}

func TestClocksFollowTheSteps(t *testing.T) {
	for name, c := range map[string]struct {
		before     facts
		due, check calendar.Day // last days of open clocks; zero: not open
	}{
		"ordered":                          {isOrdered, day("2023-03-16"), 0},
		"extended":                         {after(isOrdered, was("2023-03-05", rectification.Extended{Due: day("2023-03-31")})), day("2023-03-31"), 0},
		"reported in part":                 {isReported, day("2023-03-16"), day("2023-03-24")},
		"reported":                         {allIn, 0, day("2023-03-24")},
		"checked in part, another waits":   {after(allIn, was("2023-03-20", verified1)), 0, day("2023-03-24")},
		"checked, another is not reported": {after(isReported, was("2023-03-20", with(verified1, func(e *rectification.Verified) { e.Checked = true }))), day("2023-03-16"), 0},
		"verified":                         {isVerified, 0, 0},
		"failed":                           {isFailed, 0, 0},
		"failed without a report":          {after(isOrdered, was("2023-03-17", rectification.Failed{Items: []int{1, 2}, Whole: true})), 0, 0},
		"closed out":                       {after(isReported, was("2023-03-11", rectification.ClosedOut{Reason: "注销"})), 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			clocks := given(t, c.before).State().Clocks
			for key, want := range map[term.Clock]calendar.Day{term.RectificationDue: c.due, term.RectificationCheck: c.check} {
				got, open := clocks.Find(key, "")
				if got.Due != want || open != (want != 0) {
					t.Errorf("%s: got %v until %s, want %s", key, open, got.Due, want)
				}
			}
		})
	}
}

func TestALateReportIsLate(t *testing.T) {
	s := given(t, after(isOrdered, was("2023-03-20", rectification.Reported{Items: []int{1, 2}, Complete: true}))).State()
	if c, _ := s.Clocks.Last(term.RectificationDue, ""); !c.Late(day("2023-03-20")) {
		t.Errorf("got %+v, want it late", c)
	}
}

func TestHeadsSayWhatToDo(t *testing.T) {
	for name, c := range map[string]struct {
		before facts
		status term.RectificationStatus
		closed string
	}{
		"ordered":                {isOrdered, term.RectificationOrdered, ""},
		"reported":               {isReported, term.RectificationReported, ""},
		"an item left to report": {after(isReported, was("2023-03-12", verified1)), term.RectificationOrdered, ""},
		"verified":               {isVerified, term.RectificationVerified, ""},
		"failed":                 {isFailed, term.RectificationFailed, ""},
		"failed in part":         {after(allIn, was("2023-03-20", failed1)), term.RectificationReported, ""},
		"one failed, one verified": {after(allIn, was("2023-03-20", failed1), was("2023-03-21", with(verified1, func(e *rectification.Verified) { e.Items = []int{2} })),
			was("2023-03-21", with(failed1, func(e *rectification.Failed) { e.Whole = true }))), term.RectificationFailed, ""},
		"closed out": {isClosed, term.RectificationClosed, "2023-03-21"},
	} {
		t.Run(name, func(t *testing.T) {
			want := work.Head{
				Number: "责改 1 号", Title: "退还超期收费等 2 项", Kind: "serious", Status: string(c.status), Institution: school,
				Agency: education, Agencies: []string{education}, Opened: day("2023-03-01"), Sources: []string{inspection},
			}
			if c.closed != "" {
				want.Closed = day(c.closed)
			}
			if got := given(t, c.before).State().Head(); !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
	single := with(ordered, func(e *rectification.Ordered) { e.Items, e.Source = e.Items[1:], "" })
	if got := given(t, facts{was("2023-03-01", single)}).State().Head(); got.Title != "配齐灭火器" || got.Kind != "minor" || got.Sources != nil {
		t.Errorf("got %+v, want the one item", got)
	}
	var nothing rectification.State
	if got := nothing.Head(); got.Title != "" || got.Opened != 0 || got.Status != "ordered" {
		t.Errorf("got %+v of nothing", got)
	}
}

func TestAFailedItemKeepsItsOwnDayAndReason(t *testing.T) {
	s := given(t, after(allIn, was("2023-03-20", failed1), was("2023-03-21", rectification.Failed{Items: []int{1}, Reason: "汇总", Whole: true}))).State()
	if got := s.Items[0]; got.Failed != day("2023-03-20") || got.Reason != "未退" {
		t.Errorf("got %+v, want what was found first", got)
	}
}

func TestFactsMeasure(t *testing.T) {
	of := func(key term.Figure, institution string) []figure.Measure {
		return []figure.Measure{{Key: key, Institution: institution, Count: figure.Of(1, term.Incidents)}}
	}
	for name, c := range map[string]struct {
		fact figure.Measured
		want []figure.Measure
	}{
		"an order":                        {ordered, of(term.RectificationsOrdered, school)},
		"an extension":                    {rectification.Extended{}, of(term.RectificationsExtended, "")},
		"a verification of the whole":     {whole(verified1, 1, 2), of(term.RectificationsVerified, school)},
		"a verification of an item":       {verified1, nil},
		"a failure of the whole":          {with(failed1, func(e *rectification.Failed) { e.Whole = true }), of(term.RectificationsFailed, school)},
		"a failure of an item":            {failed1, nil},
		"a missed deadline of its agency": {rectification.DeadlineMissed{Missing: clock.Missing{Clock: term.RectificationCheck, Agency: education}}, []figure.Measure{{Key: term.DeadlinesMissed, Item: "rectification_check", Agency: education, Count: figure.Of(1, term.Items)}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.fact.Measures(); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestReferencesAndConcerns(t *testing.T) {
	var c rectification.Order
	refs := (&c).Refs()
	for i, want := range []struct {
		pointer string
		kinds   []string
	}{{"/body/institution", []string{"institution"}}, {"/body/source", []string{"inspection", "penalty", "grievance"}}} {
		if refs[i].Pointer != want.pointer || !slices.Equal(refs[i].Kinds, want.kinds) {
			t.Errorf("got %+v, want %+v", refs[i], want)
		}
		refs[i].Ref.Stream = want.pointer
	}
	if c.Institution.Stream != "/body/institution" || c.Source.Stream != "/body/source" {
		t.Errorf("got %+v, want both resolved in place", c)
	}
	if got := ordered.Concerns(); !slices.Equal(got, []string{school}) {
		t.Errorf("got %v, want the institution", got)
	}
}

func TestAnOrderChecksItselfAfterACorrection(t *testing.T) {
	if err := ordered.Check(); err != nil {
		t.Errorf("got %v", err)
	}
	for _, bad := range []rectification.Ordered{{}, {Items: []rectification.Item{{Item: "fees"}}}, {Items: []rectification.Item{{Text: "退费"}}}} {
		if bad.Check() == nil {
			t.Errorf("got no refusal of %+v", bad)
		}
	}
}

// TestEvolveBearsAmendedHistories folds what is left where the order, or some of
// its items, were taken out.
func TestEvolveBearsAmendedHistories(t *testing.T) {
	s := given(t, isClosed[1:]).State()
	if got := s.Head().Status; got != "closed" {
		t.Errorf("got %s", got)
	}
	if _, err := json.Marshal(s); err != nil {
		t.Error(err)
	}
}
