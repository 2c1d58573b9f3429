package jointcase_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/figure"
	"minglu/domain/jointcase"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/domain/work"
)

type (
	fact    = domaintest.Fact
	facts   = []domaintest.Fact
	events  = []jointcase.Event
	history = domaintest.History[jointcase.State, jointcase.Command, jointcase.Event]
)

const (
	school     = "530427.institution.01J0000000000000000000000A"
	grievance  = "530427.grievance.01J0000000000000000000000B"
	inspection = "530427.inspection.01J0000000000000000000000C"
	education  = "530427-education"
	market     = "530427-market_regulation"
	fire       = "530427-fire"
)

var day = domaintest.Day

// by is the meta of a day on which another agency than the lead acts.
func by(agency, on string) domain.Meta {
	m := domaintest.On(on)
	m.Actor.Agency = agency
	return m
}

// was is the fact that e took effect on a day, by the lead.
func was(on string, e jointcase.Event) fact { return domaintest.Was(domaintest.On(on), e) }

// did is the fact that e took effect on a day, by another agency.
func did(agency, on string, e jointcase.Event) fact { return domaintest.Was(by(agency, on), e) }

func after(before facts, more ...fact) facts { return append(slices.Clone(before), more...) }

func given(t testing.TB, before facts) *history {
	t.Helper()
	return domaintest.Given(t, jointcase.Decider, before...).Listed(jointcase.Acts)
}

// with returns a changed copy.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

var (
	opened = jointcase.Opened{Institution: school, Title: "启明无证办学", Lead: education, Agencies: []string{education, market}}
	task   = jointcase.TaskAssigned{Task: 1, Agency: market, Officer: "officer-7", Text: "查明收费账户", Due: day("2023-12-29"),
		Clocks: []clock.Start{{Key: term.TaskDue, Part: "1", From: day("2023-12-20"), Due: day("2023-12-29"), Agency: market, Officer: "officer-7"}}}
	own       = jointcase.PartRecorded{Agency: education, Text: "属学科类培训", Items: []string{"教案 3 份"}}
	theirs    = jointcase.PartRecorded{Agency: market, Text: "未办营业执照"}
	shared    = jointcase.PartShared{Agency: market, Text: "未办营业执照"}
	tied      = jointcase.Tied{Ref: grievance, Role: term.TieOrigin}
	concluded = jointcase.Concluded{Result: "已移送处罚并关停"}

	isOpen    = facts{was("2023-12-01", opened)}
	isTied    = after(isOpen, did(market, "2023-12-02", tied))
	withParts = after(isTied, was("2023-12-05", own), did(market, "2023-12-06", theirs))
	withTask  = after(withParts, was("2023-12-20", task))
	isDone    = after(withTask, did(market, "2023-12-28", jointcase.TaskCompleted{Task: 1, Result: "已查明"}))
	isOver    = after(isDone, was("2024-01-10", concluded))

	open     = jointcase.Open{Institution: domain.RefTo(school), Title: "启明无证办学", Agencies: []string{market}}
	leave    = jointcase.Leave{Agency: market, Reason: "职责调整"}
	tie      = jointcase.Tie{Ref: domain.RefTo(grievance), Role: term.TieOrigin}
	untie    = jointcase.Untie{Ref: domain.RefTo(grievance), Reason: "另案办理"}
	record   = jointcase.RecordPart{Text: "属学科类培训", Items: []string{"教案 3 份"}}
	assign   = jointcase.AssignTask{Agency: market, Officer: "officer-7", Text: "查明收费账户", Due: day("2023-12-29")}
	complete = jointcase.CompleteTask{Task: 1, Result: "已查明"}
	conclude = jointcase.Conclude{Result: "已移送处罚并关停"}
	reopen   = jointcase.Reopen{Reason: "复议撤销"}
)

func TestTables(t *testing.T) {
	domaintest.Acts(t, jointcase.Decider, jointcase.Acts)
	domaintest.Events(t, jointcase.Decider, jointcase.Events, facts{
		was("2023-12-01", opened),
		was("2023-12-01", jointcase.Joined{Agency: fire}),
		did(market, "2023-12-02", tied),
		was("2023-12-03", jointcase.Untied{Ref: grievance, Reason: "另案办理"}),
		was("2023-12-05", own),
		did(market, "2023-12-06", theirs),
		did(market, "2023-12-07", with(shared, func(e *jointcase.PartShared) { e.Items = []string{"现场笔录"} })),
		was("2023-12-20", task),
		was("2023-12-30", jointcase.DeadlineMissed{Missing: clock.Missing{Clock: term.TaskDue, Part: "1", Due: day("2023-12-29"), Agency: market}}),
		did(market, "2024-01-02", jointcase.TaskCompleted{Task: 1, Result: "已查明"}),
		was("2024-01-03", jointcase.Left{Agency: fire, Reason: "无消防事项", Tasks: []int{2}}),
		was("2024-01-10", concluded),
		was("2024-02-01", jointcase.Reopened{Reason: "复议撤销"}),
		was("2024-02-02", jointcase.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "title", Was: domain.RawJSON(`"1"`), Is: domain.RawJSON(`"2"`), Reason: "笔误"}}),
		was("2024-02-03", jointcase.Annulled{Annulment: domain.Annulment{TargetSeq: 2, Reason: "重复"}}),
	})
}

func missed(part, until string) jointcase.MissDeadline {
	return jointcase.MissDeadline{Missing: clock.Missing{Clock: term.TaskDue, Part: part, Due: day(until)}}
}

// acceptances are each act accepted once or more.
var acceptances = []struct {
	name    string
	before  facts
	at      domain.Meta
	command jointcase.Command
	then    events
}{
	{"who opens leads", nil, domaintest.On("2023-12-01"), open, events{opened}},
	{"or lets another lead", nil, by("530427-joint_conference_office", "2023-12-01"), with(open, func(c *jointcase.Open) { c.Lead = education }), events{opened}},
	{"the lead stands first, and once", nil, domaintest.On("2023-12-01"), with(open, func(c *jointcase.Open) { c.Agencies = []string{market, education} }), events{opened}},
	{"a case begins with the lead alone", nil, domaintest.On("2023-12-01"), with(open, func(c *jointcase.Open) { c.Agencies = nil }), events{with(opened, func(e *jointcase.Opened) { e.Agencies = []string{education} })}},

	{"the lead lets an agency join", isOpen, domaintest.On("2023-12-02"), jointcase.Join{Agency: fire}, events{jointcase.Joined{Agency: fire}}},
	{"who takes part does so already", isOpen, domaintest.On("2023-12-02"), jointcase.Join{Agency: market}, nil},
	{"who has left may join again", after(isOpen, was("2023-12-02", jointcase.Left{Agency: market})), domaintest.On("2023-12-03"), jointcase.Join{Agency: market}, events{jointcase.Joined{Agency: market}}},
	{"an agency leaves by itself", isOpen, by(market, "2023-12-02"), leave, events{jointcase.Left{Agency: market, Reason: "职责调整"}}},
	{"the lead lets it leave, and its open tasks end", withTask, domaintest.On("2023-12-21"), leave, events{jointcase.Left{Agency: market, Reason: "职责调整", Tasks: []int{1}}}},
	{"completed tasks stay", isDone, domaintest.On("2023-12-29"), leave, events{jointcase.Left{Agency: market, Reason: "职责调整"}}},
	{"who has left has left already", after(isOpen, was("2023-12-02", jointcase.Left{Agency: market})), domaintest.On("2023-12-03"), leave, nil},

	{"any agency of the case ties work", isOpen, by(market, "2023-12-02"), tie, events{tied}},
	{"what is tied in a role is so already", isTied, domaintest.On("2023-12-03"), tie, nil},
	{"who tied it unties it", isTied, by(market, "2023-12-03"), untie, events{jointcase.Untied{Ref: grievance, Reason: "另案办理"}}},
	{"the lead does", isTied, domaintest.On("2023-12-03"), untie, events{jointcase.Untied{Ref: grievance, Reason: "另案办理"}}},
	{"what is untied is so already", after(isTied, was("2023-12-03", jointcase.Untied{Ref: grievance})), domaintest.On("2023-12-03"), untie, nil},
	{"what was untied is tied again, in another role", after(isTied, was("2023-12-03", jointcase.Untied{Ref: grievance})), domaintest.On("2023-12-03"),
		with(tie, func(c *jointcase.Tie) { c.Role = term.TieRelated }), events{jointcase.Tied{Ref: grievance, Role: term.TieRelated}}},

	{"an agency writes its part", isOpen, domaintest.On("2023-12-05"), record, events{own}},
	{"the same part is there already", withParts, domaintest.On("2023-12-07"), record, nil},
	{"another part replaces it", withParts, domaintest.On("2023-12-07"), with(record, func(c *jointcase.RecordPart) { c.Items = nil }), events{jointcase.PartRecorded{Agency: education, Text: "属学科类培训"}}},
	{"an agency shares its own part", withParts, by(market, "2023-12-07"), jointcase.SharePart{}, events{shared}},
	{"what is shared is so already", after(withParts, did(market, "2023-12-07", shared)), by(market, "2023-12-08"), jointcase.SharePart{}, nil},
	{"a later part is shared anew", after(withParts, did(market, "2023-12-07", shared), did(market, "2023-12-08", jointcase.PartRecorded{Agency: market, Text: "已补充"})), by(market, "2023-12-08"),
		jointcase.SharePart{}, events{jointcase.PartShared{Agency: market, Text: "已补充"}}},

	{"the lead gives a task", withParts, domaintest.On("2023-12-20"), assign, events{task}},
	{"an agency gives itself a task, over a holiday and the year's end", withTask, by(market, "2023-12-30"), jointcase.AssignTask{Agency: market, Text: "补材料", Due: day("2024-01-01")}, events{
		jointcase.TaskAssigned{Task: 2, Agency: market, Text: "补材料", Due: day("2024-01-01"),
			Clocks: []clock.Start{{Key: term.TaskDue, Part: "2", From: day("2023-12-30"), Due: day("2024-01-01"), Agency: market}}}}},
	{"whose task it is completes it, late", withTask, by(market, "2024-01-02"), complete, events{jointcase.TaskCompleted{Task: 1, Result: "已查明"}}},
	{"the lead does", withTask, domaintest.On("2023-12-20"), complete, events{jointcase.TaskCompleted{Task: 1, Result: "已查明"}}},
	{"what is completed is so already", isDone, by(market, "2024-01-02"), complete, nil},

	{"it is concluded once all is there and done", isDone, domaintest.On("2024-01-10"), conclude, events{concluded}},
	{"work that is not tied to it does not matter", isDone, domaintest.On("2024-01-10"), told(inspection), events{concluded}},
	{"nor does work that was untied", after(isDone, was("2024-01-05", jointcase.Untied{Ref: grievance})), domaintest.On("2024-01-10"), told(grievance), events{concluded}},
	{"nor an agency that has left", after(isTied, was("2023-12-05", own), was("2023-12-06", jointcase.Left{Agency: market})), domaintest.On("2024-01-10"), conclude, events{concluded}},
	{"nor tasks that ended when it left", after(isTied, was("2023-12-05", own), was("2023-12-20", task), was("2023-12-21", jointcase.Left{Agency: market, Tasks: []int{1}})), domaintest.On("2024-01-10"), conclude, events{concluded}},
	{"it is reopened", isOver, domaintest.On("2024-02-01"), reopen, events{jointcase.Reopened{Reason: "复议撤销"}}},
	{"and concluded again", after(isOver, was("2024-02-01", jointcase.Reopened{Reason: "复议撤销"})), domaintest.On("2024-02-01"), conclude, events{concluded}},

	{"a missed task is recorded", withTask, domaintest.On("2023-12-30"), missed("1", "2023-12-29"), events{
		jointcase.DeadlineMissed{Missing: clock.Missing{Clock: term.TaskDue, Part: "1", Due: day("2023-12-29"), Agency: market}}}},
	{"once", after(withTask, was("2023-12-30", jointcase.DeadlineMissed{Missing: missed("1", "2023-12-29").Missing})), domaintest.On("2023-12-31"), missed("1", "2023-12-29"), nil},
	{"a fact is corrected", isOpen, domaintest.On("2024-01-01"), jointcase.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "title", Reason: "笔误"}},
		events{jointcase.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "title", Reason: "笔误"}}}},
	{"a fact is annulled", isOpen, domaintest.On("2024-01-01"), jointcase.Annul{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}},
		events{jointcase.Annulled{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}}},
}

// told is the conclusion, told which work is open.
func told(open ...string) jointcase.Conclude {
	c := conclude
	(&c).Told(open)
	return c
}

func TestActsAreAccepted(t *testing.T) {
	accepted := map[reflect.Type]bool{}
	for _, c := range acceptances {
		t.Run(c.name, func(t *testing.T) {
			given(t, c.before).When(c.at, c.command).Then(c.then...)
		})
		accepted[reflect.TypeOf(c.command)] = accepted[reflect.TypeOf(c.command)] || len(c.then) > 0
	}
	for _, a := range jointcase.Acts {
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
	command jointcase.Command
	by      domain.Rule
	pointer string
}

// refusals are each act refused once or more, by every rule of its line.
var refusals = []refusal{
	{"a case is about an institution", nil, domaintest.On("2023-12-01"), with(open, func(c *jointcase.Open) { c.Institution = domain.Ref{} }), anyFault, "/body/institution"},
	{"a case has a title", nil, domaintest.On("2023-12-01"), with(open, func(c *jointcase.Open) { c.Title = " " }), anyFault, "/body/title"},
	{"the lead is an agency", nil, domaintest.On("2023-12-01"), with(open, func(c *jointcase.Open) { c.Lead = "教育局" }), anyFault, "/body/lead"},
	{"who takes part is an agency", nil, domaintest.On("2023-12-01"), with(open, func(c *jointcase.Open) { c.Agencies = []string{market, "530427-school"} }), anyFault, "/body/agencies/1"},
	{"who takes part stands once", nil, domaintest.On("2023-12-01"), with(open, func(c *jointcase.Open) { c.Agencies = []string{market, market} }), rule.JointCaseMember, "/body/agencies/1"},
	{"a case is opened once", isOpen, domaintest.On("2023-12-02"), open, rule.JointCaseSteps, "/target"},

	{"nobody joins what was not opened", nil, domaintest.On("2023-12-02"), jointcase.Join{Agency: fire}, rule.JointCaseSteps, ""},
	{"nobody joins before the opening", isOpen, domaintest.On("2023-11-30"), jointcase.Join{Agency: fire}, rule.JointCaseSteps, "/effective"},
	{"nobody lets itself join", isOpen, by(fire, "2023-12-02"), jointcase.Join{Agency: fire}, rule.JointCaseMember, "/actor/agency"},
	{"nobody but the lead lets others join", isOpen, by(market, "2023-12-02"), jointcase.Join{Agency: fire}, rule.JointCaseLead, "/actor/agency"},
	{"who joins is an agency", isOpen, domaintest.On("2023-12-02"), jointcase.Join{Agency: "消防"}, anyFault, "/body/agency"},
	{"the lead does not leave", isOpen, domaintest.On("2023-12-02"), with(leave, func(c *jointcase.Leave) { c.Agency = education }), rule.JointCaseMember, "/body/agency"},
	{"nobody lets another leave", after(isOpen, was("2023-12-02", jointcase.Joined{Agency: fire})), by(market, "2023-12-03"), with(leave, func(c *jointcase.Leave) { c.Agency = fire }), rule.JointCaseLead, "/actor/agency"},
	{"who takes no part does not leave", isOpen, domaintest.On("2023-12-02"), with(leave, func(c *jointcase.Leave) { c.Agency = fire }), rule.JointCaseMember, "/body/agency"},
	{"nobody leaves without a reason", isOpen, by(market, "2023-12-02"), with(leave, func(c *jointcase.Leave) { c.Reason = "" }), anyFault, "/body/reason"},
	{"nobody leaves what is concluded", isOver, by(market, "2024-01-11"), leave, rule.JointCaseSteps, "/body"},

	{"nothing is tied that is nothing", isOpen, domaintest.On("2023-12-02"), jointcase.Tie{Role: term.TieOrigin}, anyFault, "/body/ref"},
	{"nothing is tied in two roles", isTied, domaintest.On("2023-12-03"), with(tie, func(c *jointcase.Tie) { c.Role = term.TieResult }), rule.JointCaseTie, "/body/role"},
	{"nothing is tied by others", isOpen, by(fire, "2023-12-02"), tie, rule.JointCaseMember, "/actor/agency"},
	{"nothing is tied to what is concluded", isOver, domaintest.On("2024-01-11"), with(tie, func(c *jointcase.Tie) { c.Ref = domain.RefTo(inspection) }), rule.JointCaseSteps, "/body"},
	{"nothing is untied that is nothing", isTied, domaintest.On("2023-12-03"), jointcase.Untie{Reason: "a"}, anyFault, "/body/ref"},
	{"nothing is untied that was not tied", isOpen, domaintest.On("2023-12-03"), untie, rule.JointCaseTie, "/body/ref"},
	{"nothing is untied by who did not tie it", after(isTied, was("2023-12-02", jointcase.Joined{Agency: fire})), by(fire, "2023-12-03"), untie, rule.JointCaseTie, "/actor/agency"},
	{"nothing is untied before it was tied", isTied, domaintest.On("2023-12-01"), untie, rule.JointCaseTie, "/effective"},
	{"nothing is untied without a reason", isTied, domaintest.On("2023-12-03"), with(untie, func(c *jointcase.Untie) { c.Reason = "" }), anyFault, "/body/reason"},
	{"nothing is untied by others", isTied, by(fire, "2023-12-03"), untie, rule.JointCaseMember, "/actor/agency"},
	{"nothing is untied from what is concluded", isOver, domaintest.On("2024-01-11"), untie, rule.JointCaseSteps, "/body"},

	{"a part says something", isOpen, domaintest.On("2023-12-05"), jointcase.RecordPart{Text: " "}, anyFault, "/body/text"},
	{"each of its items does", isOpen, domaintest.On("2023-12-05"), jointcase.RecordPart{Text: "a", Items: []string{"b", ""}}, anyFault, "/body/items/1"},
	{"a part is not put before the latest", withParts, domaintest.On("2023-12-04"), jointcase.RecordPart{Text: "早先"}, rule.JointCasePart, "/effective"},
	{"who takes no part writes none", isOpen, by(fire, "2023-12-05"), record, rule.JointCaseMember, "/actor/agency"},
	{"nothing is written into what is concluded", isOver, domaintest.On("2024-01-11"), jointcase.RecordPart{Text: "补充"}, rule.JointCaseSteps, "/body"},
	{"an agency without a part shares none", isOpen, domaintest.On("2023-12-05"), jointcase.SharePart{}, rule.JointCasePart, "/body"},
	{"an agency does not share the part of another", after(isOpen, was("2023-12-05", own)), by(market, "2023-12-06"), jointcase.SharePart{}, rule.JointCasePart, "/body"},
	{"nothing is shared before it was written", withParts, domaintest.On("2023-12-04"), jointcase.SharePart{}, rule.JointCasePart, "/effective"},
	{"who takes no part shares none", withParts, by(fire, "2023-12-07"), jointcase.SharePart{}, rule.JointCaseMember, "/actor/agency"},
	{"nothing is shared in what is concluded", isOver, domaintest.On("2024-01-11"), jointcase.SharePart{}, rule.JointCaseSteps, "/body"},

	{"a task is of an agency of the case", withParts, domaintest.On("2023-12-20"), with(assign, func(c *jointcase.AssignTask) { c.Agency = fire }), rule.JointCaseTask, "/body/agency"},
	{"a task is not due before it is given", withParts, domaintest.On("2023-12-30"), assign, rule.JointCaseTask, "/body/due"},
	{"a task says what is to be done", withParts, domaintest.On("2023-12-20"), with(assign, func(c *jointcase.AssignTask) { c.Text = "" }), anyFault, "/body/text"},
	{"no agency gives tasks to the lead", withParts, by(market, "2023-12-20"), with(assign, func(c *jointcase.AssignTask) { c.Agency = education }), rule.JointCaseTask, "/actor/agency"},
	{"who takes no part gives none", withParts, by(fire, "2023-12-20"), assign, rule.JointCaseMember, "/actor/agency"},
	{"no task is given in what is concluded", isOver, domaintest.On("2024-01-11"), assign, rule.JointCaseSteps, "/body"},
	{"no task is completed that is not there", withTask, domaintest.On("2023-12-21"), with(complete, func(c *jointcase.CompleteTask) { c.Task = 2 }), rule.JointCaseTask, "/body/task"},
	{"nor by another agency", after(withTask, was("2023-12-20", jointcase.Joined{Agency: fire})), by(fire, "2023-12-21"), complete, rule.JointCaseTask, "/actor/agency"},
	{"nor before it was given", withTask, by(market, "2023-12-19"), complete, rule.JointCaseTask, "/effective"},
	{"nor with another result", isDone, by(market, "2023-12-29"), with(complete, func(c *jointcase.CompleteTask) { c.Result = "未查明" }), rule.JointCaseTask, "/body/task"},
	{"nor once its agency has left", after(withTask, was("2023-12-21", jointcase.Left{Agency: market, Tasks: []int{1}})), domaintest.On("2023-12-22"), complete, rule.JointCaseTask, "/body/task"},
	{"nor without a result", withTask, by(market, "2023-12-21"), with(complete, func(c *jointcase.CompleteTask) { c.Result = "" }), anyFault, "/body/result"},
	{"nor by who takes no part", withTask, by(fire, "2023-12-21"), complete, rule.JointCaseMember, "/actor/agency"},
	{"nor in what is concluded", isOver, by(market, "2024-01-11"), with(complete, func(c *jointcase.CompleteTask) { c.Result = "改" }), rule.JointCaseSteps, "/body"},

	{"no conclusion while an agency has no part", after(isTied, was("2023-12-05", own)), domaintest.On("2024-01-10"), conclude, rule.JointCaseConclusion, "/parts/" + market},
	{"no conclusion while an agency that joined again has none", after(isOpen, was("2023-12-05", own), was("2023-12-06", jointcase.Left{Agency: market}), was("2023-12-07", jointcase.Joined{Agency: fire})),
		domaintest.On("2024-01-10"), conclude, rule.JointCaseConclusion, "/parts/" + fire},
	{"no conclusion while a task is open", withTask, domaintest.On("2024-01-10"), conclude, rule.JointCaseConclusion, "/tasks/1"},
	{"no conclusion while tied work is open", isDone, domaintest.On("2024-01-10"), told(inspection, grievance), rule.JointCaseConclusion, "/ties/" + grievance},
	{"no conclusion before the latest step", isDone, domaintest.On("2023-12-27"), conclude, rule.JointCaseSteps, "/effective"},
	{"no conclusion before it was reopened", after(isOver, was("2024-02-01", jointcase.Reopened{})), domaintest.On("2024-01-31"), conclude, rule.JointCaseSteps, "/effective"},
	{"no conclusion without a result", isDone, domaintest.On("2024-01-10"), jointcase.Conclude{}, anyFault, "/body/result"},
	{"no conclusion by another agency", isDone, by(market, "2024-01-10"), conclude, rule.JointCaseLead, "/actor/agency"},
	{"no conclusion by who takes no part", isDone, by(fire, "2024-01-10"), conclude, rule.JointCaseMember, "/actor/agency"},
	{"no conclusion twice", isOver, domaintest.On("2024-01-11"), conclude, rule.JointCaseSteps, "/body"},
	{"nothing is reopened that is open", isDone, domaintest.On("2024-01-11"), reopen, rule.JointCaseSteps, "/body"},
	{"nor before it was concluded", isOver, domaintest.On("2024-01-09"), reopen, rule.JointCaseSteps, "/effective"},
	{"nor without a reason", isOver, domaintest.On("2024-01-11"), jointcase.Reopen{}, anyFault, "/body/reason"},
	{"nor by another agency", isOver, by(market, "2024-01-11"), reopen, rule.JointCaseLead, "/actor/agency"},
	{"nor by who takes no part", isOver, by(fire, "2024-01-11"), reopen, rule.JointCaseMember, "/actor/agency"},

	{"no task is missed on its last day", withTask, domaintest.On("2023-12-29"), missed("1", "2023-12-29"), clock.MissedRule, "/effective"},
	{"no task is missed that is done", isDone, domaintest.On("2023-12-30"), missed("1", "2023-12-29"), clock.MissedRule, "/body/clock"},
	{"no task is missed that ended", after(withTask, was("2023-12-21", jointcase.Left{Agency: market, Tasks: []int{1}})), domaintest.On("2023-12-30"), missed("1", "2023-12-29"), clock.MissedRule, "/body/clock"},
	{"the last day of a task is not corrected", withTask, domaintest.On("2024-01-01"), correcting("due"), clock.ExtensionRule, "/body/field"},
	{"nor its clock", withTask, domaintest.On("2024-01-01"), correcting("clocks/0/due"), clock.ExtensionRule, "/body/field"},
	{"nor who takes part", isOpen, domaintest.On("2024-01-01"), correcting("agencies/1"), rule.JointCaseMember, "/body/field"},
	{"nor the number of a task", isDone, domaintest.On("2024-01-01"), correcting("task"), rule.JointCaseTask, "/body/field"},
	{"a correction needs a reason", isOpen, domaintest.On("2024-01-01"), jointcase.Correct{}, anyFault, "/body/reason"},
	{"an annulment needs a reason", isOpen, domaintest.On("2024-01-01"), jointcase.Annul{}, anyFault, "/body/reason"},
}

func correcting(field string) jointcase.Correct {
	return jointcase.Correct{Correction: domain.Correction{TargetSeq: 1, Field: field, Reason: "笔误"}}
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
	for _, a := range jointcase.Acts {
		if !refused[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that refuses it", a.Name)
		}
	}
}

func TestEveryRuleOfALineRefusesOnce(t *testing.T) {
	for _, a := range jointcase.Acts {
		of := reflect.TypeOf(a.Command(a.New()))
		for _, r := range a.Rules {
			if !slices.ContainsFunc(refusals, func(c refusal) bool { return reflect.TypeOf(c.command) == of && c.by == r }) {
				t.Errorf("%s: got no refusal by %s", a.Name, r.ID)
			}
		}
	}
}

func TestAllThatStandsAgainstAConclusionIsNamed(t *testing.T) {
	given(t, after(isTied, was("2023-12-20", task))).When(domaintest.On("2024-01-10"), told(grievance)).
		ThenRefused(rule.JointCaseConclusion, "/parts/"+education, "/parts/"+market, "/tasks/1", "/ties/"+grievance)
}

// TestWhatIsNotSharedStaysWithItsAgency looks at the facts, who may read them
// and what the state gives away.
func TestWhatIsNotSharedStaysWithItsAgency(t *testing.T) {
	visibility := map[string]domain.Visibility{}
	for _, a := range jointcase.Acts {
		visibility[a.Name] = a.Visibility
	}
	for name, want := range map[string]domain.Visibility{"case.record-part": domain.AgencyOnly, "case.correct": domain.AgencyOnly, "case.share-part": domain.Joint} {
		if visibility[name] != want {
			t.Errorf("%s: got %q, want %q", name, visibility[name], want)
		}
	}
	s := given(t, after(withParts, did(market, "2023-12-07", shared), did(market, "2023-12-08", jointcase.PartRecorded{Agency: market, Text: "线人情况", Items: []string{"线人情况"}}))).State()
	for agency, want := range map[string][]string{
		education: {"属学科类培训", "未办营业执照", ""},
		market:    {"", "未办营业执照", "线人情况"},
		fire:      {"", "未办营业执照", ""},
	} {
		seen := s.SeenBy(agency)
		for i, p := range seen.Parts {
			if p.Text != want[i] || want[i] == "" && p.Items != nil {
				t.Errorf("%s sees %+v, want %q", agency, p, want[i])
			}
		}
		text, err := json.Marshal(seen)
		if err != nil || strings.Contains(string(text), "线人情况") != (agency == market) {
			t.Errorf("%s is shown %s, %v", agency, text, err)
		}
	}
	if s.Parts[2].Text != "线人情况" {
		t.Error("what an agency sees changed the case")
	}
}

func TestWhatWasSharedStandsWhereItsRecordDoesNot(t *testing.T) {
	for name, before := range map[string]facts{
		"taken out": after(isOpen, did(market, "2023-12-07", shared)),
		"corrected": after(isOpen, did(market, "2023-12-06", jointcase.PartRecorded{Agency: market, Text: "更正后"}), did(market, "2023-12-07", shared)),
	} {
		t.Run(name, func(t *testing.T) {
			if p, ok := given(t, before).State().Part(market); !ok || p.Text != "未办营业执照" || p.Shared != day("2023-12-07") {
				t.Errorf("got %+v, %v", p, ok)
			}
		})
	}
}

func TestHeadsSayWhoTakesPart(t *testing.T) {
	left := after(isTied, was("2023-12-05", jointcase.Joined{Agency: fire}), was("2023-12-06", jointcase.Left{Agency: market}), was("2023-12-07", jointcase.Untied{Ref: grievance}),
		was("2023-12-08", jointcase.Tied{Ref: inspection, Role: term.TieRelated}))
	for name, c := range map[string]struct {
		before   facts
		status   term.JointCaseStatus
		agencies []string
		closed   calendar.Day
		sources  []string
	}{
		"open":                  {isOpen, term.JointCaseOpen, []string{education, market}, 0, nil},
		"tied":                  {isTied, term.JointCaseOpen, []string{education, market}, 0, []string{grievance}},
		"an agency has left":    {left, term.JointCaseOpen, []string{education, fire}, 0, []string{inspection}},
		"concluded":             {isOver, term.JointCaseConcluded, []string{education, market}, day("2024-01-10"), []string{grievance}},
		"reopened after that":   {after(isOver, was("2024-02-01", jointcase.Reopened{})), term.JointCaseOpen, []string{education, market}, 0, []string{grievance}},
		"the same agency twice": {after(left, was("2023-12-09", jointcase.Joined{Agency: market})), term.JointCaseOpen, []string{education, fire, market}, 0, []string{inspection}},
	} {
		t.Run(name, func(t *testing.T) {
			want := work.Head{
				Title: "启明无证办学", Status: string(c.status), Institution: school, Agency: education, Agencies: c.agencies,
				Opened: day("2023-12-01"), Closed: c.closed, Sources: c.sources,
			}
			if got := given(t, c.before).State().Head(); !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestTasksHaveTheirOwnClocks(t *testing.T) {
	second := with(task, func(e *jointcase.TaskAssigned) {
		e.Task, e.Due = 2, day("2024-01-31")
		e.Clocks = []clock.Start{{Key: term.TaskDue, Part: "2", From: day("2023-12-20"), Due: day("2024-01-31"), Agency: market}}
	})
	s := given(t, after(withTask, was("2023-12-20", second), did(market, "2024-01-02", jointcase.TaskCompleted{Task: 1, Result: "已查明"}))).State()
	first, _ := s.Clocks.Last(term.TaskDue, "1")
	if first.Open() || !first.Late(day("2024-01-02")) || first.Officer != "officer-7" {
		t.Errorf("got %+v, want the first task done late", first)
	}
	if c, ok := s.Clocks.Find(term.TaskDue, "2"); !ok || c.Due != day("2024-01-31") || c.Agency != market {
		t.Errorf("got %+v, %v, want the second one open", c, ok)
	}
}

func TestAMissedTaskIsMeasuredForItsAgency(t *testing.T) {
	want := []figure.Measure{{Key: term.DeadlinesMissed, Item: "task_due", Agency: market, Count: figure.Of(1, term.Items)}}
	if got := (jointcase.DeadlineMissed{Missing: clock.Missing{Clock: term.TaskDue, Agency: market}}).Measures(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestReferencesAndConcerns(t *testing.T) {
	var (
		o jointcase.Open
		a jointcase.Tie
		b jointcase.Untie
	)
	for _, c := range []struct {
		command domain.Referring
		ref     *domain.Ref
		pointer string
		kinds   []string
	}{
		{&o, &o.Institution, "/body/institution", []string{"institution"}},
		{&a, &a.Ref, "/body/ref", []string{"grievance", "inspection", "rectification", "penalty", "dispute", "escrow"}},
		{&b, &b.Ref, "/body/ref", []string{"grievance", "inspection", "rectification", "penalty", "dispute", "escrow"}},
	} {
		refs := c.command.Refs()
		if len(refs) != 1 || refs[0].Ref != c.ref || refs[0].Pointer != c.pointer || !slices.Equal(refs[0].Kinds, c.kinds) {
			t.Errorf("%T: got %+v", c.command, refs)
		}
	}
	if got := opened.Concerns(); !slices.Equal(got, []string{school}) {
		t.Errorf("got %v, want the institution", got)
	}
}

// TestWhatWasSharedIsWhatOthersRead: the part was corrected after it was shared,
// which its agency alone may read.
func TestWhatWasSharedIsWhatOthersRead(t *testing.T) {
	corrected := with(theirs, func(e *jointcase.PartRecorded) { e.Items = []string{"线人情况"} })
	s := given(t, after(isOpen, did(market, "2023-12-06", corrected), did(market, "2023-12-07", shared))).State()
	text, err := json.Marshal(s.SeenBy(education))
	if err != nil || strings.Contains(string(text), "线人情况") || !strings.Contains(string(text), "未办营业执照") {
		t.Errorf("got %s, %v, want what was shared and no more", text, err)
	}
}
