package penalty_test

import (
	"reflect"
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

type (
	fact    = domaintest.Fact
	facts   = []domaintest.Fact
	events  = []penalty.Event
	history = domaintest.History[penalty.State, penalty.Command, penalty.Event]
)

var day = domaintest.Day

// was is the fact that e took effect on a day, by the head of the bureau.
func was(on string, e penalty.Event) fact { return domaintest.Was(domaintest.On(on, head), e) }

// after are facts and then more.
func after(before facts, more ...fact) facts { return append(slices.Clone(before), more...) }

func given(t testing.TB, before facts) *history {
	t.Helper()
	return domaintest.Given(t, penalty.Decider, before...).Listed(penalty.Acts)
}

// with returns a changed copy.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

const (
	head        = "head"
	institution = "530427.institution.01J00000000000000000000001"
	grievance   = "530427.grievance.01J00000000000000000000002"
	bureau      = "530427-education"
	market      = "530427-market_regulation"
)

var (
	roster = []rule.Officer{
		{ID: "inv-1", Agency: bureau, From: day("2020-01-01")},
		{ID: "inv-2", Agency: bureau, From: day("2020-01-01")},
		{ID: "inv-3", Agency: bureau, From: day("2020-01-01")},
		{ID: "host-1", Agency: bureau, From: day("2020-01-01")},
		{ID: "host-2", Agency: bureau, From: day("2020-01-01")},
		{ID: "lawyer", Agency: bureau, From: day("2020-01-01")},
		{ID: "chief", Agency: bureau, From: day("2020-01-01")},
		{ID: "market-1", Agency: market, From: day("2020-01-01")},
		{ID: "market-2", Agency: market, From: day("2020-01-01")},
		{ID: "market-3", Agency: market, From: day("2020-01-01")},
		{ID: "market-4", Agency: market, From: day("2020-01-01")},
		{ID: "past", Agency: bureau, From: day("2020-01-01"), Until: day("2023-12-31")},
	}
	under = rule.Under{Law: lawWith()}
)

func lawWith(pairs ...string) rule.Law {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return rule.Law{Policy: rule.NewPolicy("test", values), Calendar: calendar.Default(), Roster: roster}
}

// start is a clock of the bureau.
func start(key term.Clock, from, due string) clock.Start {
	return clock.Start{Key: key, From: day(from), Period: under.Law.Period(key), Due: day(due), Agency: bureau}
}

var (
	allege = penalty.Allege{
		SourceKind: term.FromGrievance, Source: domain.RefTo(grievance), Subject: domain.RefTo(institution), SubjectType: term.OrganisationParty,
		Variant: term.Variant1, Disguise: term.Housekeeping, Committed: penalty.Days{From: day("2024-02-20"), To: day("2024-02-24")}, Facts: "以家政服务名义开展学科培训",
	}
	alleged = penalty.ViolationAlleged{
		SourceKind: term.FromGrievance, Source: grievance, Subject: institution, SubjectType: term.OrganisationParty, Variant: term.Variant1,
		Disguise: term.Housekeeping, Committed: penalty.Days{From: day("2024-02-20"), To: day("2024-02-24")}, Discovered: day("2024-02-26"), Facts: "以家政服务名义开展学科培训",
	}
	file  = penalty.File{Under: under, Officers: []string{"inv-1", "inv-2"}, Basis: "校外培训行政处罚暂行办法"}
	filed = penalty.Filed{Subject: institution, Officers: []string{"inv-1", "inv-2"}, Basis: "校外培训行政处罚暂行办法",
		Clocks: []clock.Start{start(term.PenaltyDecision, "2024-03-05", "2024-06-03")}}

	fine     = rule.Sanction{Kinds: []term.PenaltyKind{term.WarningPenalty, term.Fine}, FineFen: 3_000_000, RefundFen: 500_000}
	small    = rule.Sanction{Kinds: []term.PenaltyKind{term.Fine}, FineFen: 300_000}
	basis    = []domain.Basis{{Statute: "校外培训行政处罚暂行办法", Article: "第十八条"}}
	rights   = []term.PartyRight{term.RightToState, term.RightToDefend, term.RightToHearing}
	notify   = penalty.ServePriorNotice{Under: under, Content: "拟罚款", Facts: "事实", Reasons: "理由", Basis: basis, Rights: rights, HearingOffered: true, Proposed: fine}
	notified = penalty.PriorNoticeServed{Content: "拟罚款", Facts: "事实", Reasons: "理由", Basis: basis, Rights: rights, HearingOffered: true, Proposed: fine,
		Clocks: []clock.Start{start(term.PenaltyStatement, "2024-03-11", "2024-03-18"), start(term.HearingRequest, "2024-03-11", "2024-03-18")}}
	slight = with(notify, func(c *penalty.ServePriorNotice) {
		c.Rights, c.HearingOffered, c.Proposed = []term.PartyRight{term.RightToState, term.RightToDefend}, false, small
	})
	stated = penalty.StatementRecorded{Text: "不知情", Reviewed: "不成立"}

	contravened = []penalty.Contravention{{Statute: "《校外培训行政处罚暂行办法》", Article: "第十八条"}}
	correction  = penalty.CorrectionOrder{Text: "立即停止并退费", Due: day("2024-04-15")}
	decide      = penalty.Penalise{Under: under, Sanction: fine, Contravened: contravened, Correction: correction, Document: "新教罚〔2024〕1号", Reasons: "事实清楚"}
	provisions  = []rule.Provision{{Statute: "校外培训行政处罚暂行办法", Version: "2023年", Article: "第十八条", On: day("2024-02-24")}}
	key         = "9023e59f5c45e61dcff9d9fa5c1eccaac93a86e0a97d61ef015c2ebb57c25129"
	decided     = penalty.Decided{
		Subject: institution, Sanction: fine, Procedure: term.OrdinaryProcedure, Committed: alleged.Committed, Contravened: provisions,
		Correction: correction, Document: "新教罚〔2024〕1号", Reasons: "事实清楚", FineKey: key,
		Clocks: []clock.Start{start(term.PenaltyService, "2024-04-01", "2024-04-11")},
	}
	serve  = penalty.ServeDecision{Under: under, RepairNotice: true}
	served = penalty.DecisionServed{Subject: institution, ServedOn: day("2024-04-02"), RepairNotice: true, Clocks: []clock.Start{
		start(term.FinePayment, "2024-04-02", "2024-04-17"), start(term.ReconsiderationRequest, "2024-04-02", "2024-06-03"),
		start(term.LitigationRequest, "2024-04-02", "2024-10-08"), start(term.PenaltyPublication, "2024-04-01", "2024-04-29"),
	}}
	publish   = penalty.Publish{Under: under, From: day("2024-04-10")}
	published = penalty.Published{
		Subject: institution, Sanction: fine, Document: "新教罚〔2024〕1号", DecidedOn: day("2024-04-01"), Variant: term.Variant1, Disguise: term.Housekeeping,
		Contravened: provisions, Tier: term.Ordinary, From: day("2024-04-10"), MinUntil: day("2024-07-10"), MaxUntil: day("2025-04-10"),
	}
	withdrawal = start(term.PublicationWithdrawal, "2024-05-06", "2024-05-09")

	isAlleged   = facts{was("2024-02-26", alleged)}
	isFiled     = after(isAlleged, was("2024-03-05", filed))
	isNotified  = after(isFiled, was("2024-03-11", notified))
	isStated    = after(isNotified, was("2024-03-13", stated))
	isRequested = after(isStated, was("2024-03-14", penalty.HearingRequested{}))
	isSet       = after(isRequested, was("2024-03-15", penalty.HearingNotified{On: day("2024-03-26"), Place: "会议室"}))
	isHeard     = after(isSet, was("2024-03-26", penalty.HearingHeld{Record: "听证笔录", Officers: []string{"host-1", "host-2"}}))
	isReviewed  = after(isHeard, was("2024-03-28", penalty.LegalReviewPassed{By: "lawyer"}))
	isDecided   = after(isReviewed, was("2024-04-01", decided))
	isServed    = after(isDecided, was("2024-04-02", served))
	isPublished = after(isServed, was("2024-04-10", published))
	isPaid      = after(isPublished, was("2024-04-16", penalty.Performed{Subject: institution, Kind: term.DutyFine, AmountFen: 3_000_000, FinePaid: true}))
	isPerformed = after(isPaid, was("2024-04-17", penalty.Performed{Subject: institution, Kind: term.DutyRefund, AmountFen: 500_000, Complete: true}))
	isClosed    = after(isPerformed, was("2024-05-10", penalty.Closed{Subject: institution, As: term.EndPerformed}))
	isRevoked   = after(isPublished, was("2024-05-06", penalty.Revoked{Subject: institution, By: "县人民政府", Reason: "事实不清", FineKey: key, Clocks: []clock.Start{withdrawal}}))

	isReconsidered = after(isPublished, was("2024-04-20", penalty.ReconsiderationFiled{RemedyFiling: penalty.RemedyFiling{Body: "县人民政府"}}))
	isSued         = after(isPublished, was("2024-04-20", penalty.LitigationFiled{RemedyFiling: penalty.RemedyFiling{Body: "县人民法院"}}))
	isTransferred  = after(isFiled, was("2024-03-08", penalty.Transferred{From: bureau, To: market, Reason: "虚假宣传"}))

	// A case of a teacher, by premises.
	teacher = penalty.ViolationAlleged{
		SourceKind: term.FromMedia, Premises: "某小区", SubjectType: term.InServiceTeacher, Variant: term.Variant2,
		Committed: penalty.Days{From: day("2024-02-20")}, Discovered: day("2024-02-26"), Facts: "在职教师有偿补课",
	}
	onTheSpot = penalty.Penalise{
		Under: under, Sanction: small, Procedure: term.SummaryProcedure, Contravened: contravened, Correction: penalty.CorrectionOrder{Text: "立即改正"},
		Document: "当罚1号", Reasons: "事实确凿", Officers: []string{"inv-1", "inv-2"},
	}
	person = domain.Sealed{Person: "p-1", Commit: "c", Box: "b"}
)

// spot is the case decided on the spot and served.
var spot = after(isAlleged,
	was("2024-03-01", penalty.Decided{Subject: institution, Sanction: small, Procedure: term.SummaryProcedure, Committed: alleged.Committed, Contravened: provisions,
		Correction: penalty.CorrectionOrder{Text: "立即改正"}, Document: "当罚1号", Reasons: "事实确凿", Officers: []string{"inv-1", "inv-2"}, FineKey: key}),
	was("2024-03-01", penalty.DecisionServed{Subject: institution, ServedOn: day("2024-03-01"), RepairNotice: true, Clocks: []clock.Start{start(term.FinePayment, "2024-03-01", "2024-03-16")}}))

func refer(name string) penalty.ReferAccountability {
	c := penalty.ReferAccountability{Body: "县纪委监委", Reason: "失职"}
	if name != "" {
		c.Person.Sealed = person
	}
	return c
}

func remedy(step term.RemedyStep, body string, outcome term.RemedyOutcome) penalty.RemedyRecord {
	return penalty.RemedyRecord{Under: under, Step: step, Body: body, Outcome: outcome}
}

func TestTables(t *testing.T) {
	domaintest.Acts(t, penalty.Decider, penalty.Acts)
	missing := penalty.DeadlineMissed{Missing: clock.Missing{Clock: term.FinePayment, Due: day("2024-04-17"), Agency: bureau}}
	domaintest.Events(t, penalty.Decider, penalty.Events, slices.Concat(facts{
		was("2024-02-26", with(teacher, func(e *penalty.ViolationAlleged) { e.Source = grievance })),
		was("2024-03-01", with(filed, func(e *penalty.Filed) { e.SeriousHarm = true })),
		was("2024-03-02", penalty.Transferred{From: bureau, To: market, Reason: "管辖", Outside: true}),
		was("2024-03-03", penalty.JurisdictionAssigned{Agency: bureau, Was: market, By: "530427-joint_conference_office", Reason: "指定", Resumption: penalty.Resumption{DecideBy: day("2024-06-04")}}),
		was("2024-03-04", penalty.NoPenaltyDecided{Subject: institution, Ground: term.FirstSlight, Reasons: "首违"}),
	}, isReviewed, facts{
		was("2024-03-06", penalty.StatementWaived{}),
		was("2024-03-06", penalty.HearingRequested{NotCounted: true}),
		was("2024-03-07", penalty.HearingWithdrawn{Document: "撤回书", Resumption: penalty.Resumption{DecideBy: day("2024-06-04")}}),
		was("2024-03-07", penalty.OfficerRecused{Officer: "inv-1", Reason: "利害关系", Replacement: "inv-3"}),
		was("2024-03-30", penalty.Extended{Until: day("2024-07-03"), Rule: "规定", Reason: "复杂", Approver: "chief"}),
		was("2024-03-30", penalty.InformalMeasureTaken{Subject: institution, Kind: term.StopOrder, Note: "停课"}),
		was("2024-03-30", penalty.ReferredToPolice{Subject: institution, Document: "移送书1号"}),
		was("2024-03-30", penalty.AccountabilityReferred{Subject: institution, Body: "县纪委监委", Person: person, Reason: "失职"}),
		was("2024-03-30", penalty.PersonalDataRead{Unsealing: domain.Unsealing{Person: "p-1", Reason: "核对"}}),
		was("2024-03-30", penalty.PersonalDataErased{Erasure: domain.Erasure{Person: "p-1", Reason: "申请", LegalBasis: "个人信息保护法"}}),
		was("2024-04-01", with(decided, func(e *penalty.Decided) {
			e.Aggravation, e.RepeatOf, e.Discussion, e.Officers = []term.Aggravation{term.RepeatWithinTwoYears}, day("2023-03-01"), "会议纪要", []string{"inv-1"}
			e.AnotherAct = "另一违法行为"
		})),
		was("2024-04-02", served),
		was("2024-04-10", published),
		was("2024-04-18", missing),
		was("2024-04-20", penalty.SurchargeLevied{AmountFen: 270_000, Days: 3}),
		was("2024-04-21", penalty.Performed{Subject: institution, Kind: term.DutyFine, AmountFen: 1}),
		was("2024-04-22", penalty.ReconsiderationFiled{RemedyFiling: penalty.RemedyFiling{Body: "县人民政府", Document: "复议1号", Stayed: true}}),
		was("2024-04-23", with(published, func(e *penalty.Published) {
			e.ShownAs, e.Remedies = "某", []penalty.RemedyStatus{{Kind: term.Reconsideration}}
		})),
		was("2024-05-06", penalty.ReconsiderationDecided{RemedyResult: penalty.RemedyResult{Subject: institution, Outcome: term.RemedyChanged, Clocks: []clock.Start{withdrawal}}}),
		was("2024-05-07", penalty.Changed{Subject: institution, To: small, Reason: "复议变更", FineKey: key, FinePaid: true, OverpaidFen: 1, Clocks: []clock.Start{withdrawal}}),
		was("2024-05-07", penalty.PublicationWithdrawn{Subject: institution, Document: "新教罚〔2024〕1号", Cause: term.WithdrawnReversed, Reason: "复议变更"}),
		was("2024-05-08", penalty.LitigationFiled{RemedyFiling: penalty.RemedyFiling{Body: "县人民法院"}}),
		was("2024-05-09", penalty.LitigationDecided{RemedyResult: penalty.RemedyResult{Subject: institution, Outcome: term.RemedyUnlawful}}),
		was("2024-05-10", penalty.Revoked{Subject: institution, By: "本机关", Reason: "错误", FineKey: key}),
		was("2024-05-11", penalty.Closed{Subject: institution, As: term.EndRevoked, Reason: "撤销"}),
		was("2024-05-12", penalty.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "facts", Was: domain.RawJSON(`"a"`), Is: domain.RawJSON(`"b"`), Reason: "笔误"}}),
		was("2024-05-12", penalty.Annulled{Annulment: domain.Annulment{TargetSeq: 2, Reason: "重复"}}),
	}))
}

type acceptance struct {
	name    string
	before  facts
	on      string
	command penalty.Command
	then    events
}

// acceptances are each act accepted once or more, by the head of the bureau.
var acceptances = slices.Concat(handlingAccepted, noticeAccepted, decisionAccepted, executionAccepted, publicityAccepted, remedyAccepted)

func TestActsAreAccepted(t *testing.T) {
	accepted := map[reflect.Type]bool{}
	for _, c := range acceptances {
		t.Run(c.name, func(t *testing.T) {
			given(t, c.before).When(domaintest.On(c.on, head), c.command).Then(c.then...)
		})
		accepted[reflect.TypeOf(c.command)] = accepted[reflect.TypeOf(c.command)] || len(c.then) > 0
	}
	for _, a := range penalty.Acts {
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
	on      string
	command penalty.Command
	by      domain.Rule
	pointer string
}

var refusals = slices.Concat(handlingRefused, noticeRefused, decisionRefused, executionRefused, publicityRefused, remedyRefused)

func TestActsAreRefused(t *testing.T) {
	type by struct {
		command reflect.Type
		rule    string
	}
	// Those that want another actor or visibility have tests of their own.
	refused := map[by]bool{
		{reflect.TypeFor[penalty.Penalise](), rule.SeparateDecider.ID}:        true,
		{reflect.TypeFor[penalty.DecideNoPenalty](), rule.SeparateDecider.ID}: true,
		{reflect.TypeFor[penalty.Revoke](), rule.PenaltyPublicity.ID}:         true,
	}
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, c.before).When(domaintest.On(c.on, head), c.command)
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
		refused[by{reflect.TypeOf(c.command), c.by.ID}] = true
	}
	for _, a := range penalty.Acts {
		for _, r := range a.Rules {
			if slices.Contains(ofHandling, r.ID) && !byItself[a.Name] {
				continue
			}
			if !refused[by{reflect.TypeOf(a.Command(a.New())), r.ID}] {
				t.Errorf("%s: got no case that %s refuses", a.Name, r.ID)
			}
		}
	}
}
