package grievance_test

import (
	"reflect"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/figure"
	"minglu/domain/grievance"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

type (
	facts   = []domaintest.Fact
	events  = []grievance.Event
	history = domaintest.History[grievance.State, grievance.Command, grievance.Event]
)

var day = domaintest.Day

// The agencies of the cases.
const (
	education = "530427-education"
	market    = "530427-market_regulation"
	urban     = "530427-urban_management"
	office    = "530427-joint_conference_office"
	city      = "530400-education"
	province  = "530000-education"
)

// by is the meta of an act of an agency on a day.
func by(agency, on string) domain.Meta {
	m := domaintest.On(on)
	m.Actor.Agency = agency
	return m
}

// proven is the same with evidence.
func proven(m domain.Meta) domain.Meta {
	m.Evidence = []domain.Evidence{{SHA256: "ab", Kind: "letter"}}
	return m
}

func given(t testing.TB, before facts) *history {
	t.Helper()
	return domaintest.Given(t, grievance.Decider, before...).Listed(grievance.Acts)
}

// with returns a changed copy.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

// did are facts, and what a command leads to after them.
func did(before facts, m domain.Meta, c grievance.Command) facts {
	s := grievance.State{}
	for _, f := range before {
		s = grievance.Evolve(s, f.Meta, f.Event.(grievance.Event))
	}
	es, err := grievance.Decide(s, m, c)
	if err != nil || len(es) == 0 {
		panic(err)
	}
	after := slices.Clone(before)
	for _, e := range es {
		after = append(after, domaintest.Was(m, e))
	}
	return after
}

// workdays has the years that the cases count in.
var workdays = domaintest.Workdays(2023, 2024, 2026)

// under is the law of the cases.
var under = rule.Under{Law: rule.Law{Policy: rule.NewPolicy("test"), Calendar: workdays}}

func sealedOf(person, commit string) domain.Personal {
	return domain.Personal{Sealed: domain.Sealed{Person: person, Commit: commit, Box: "box"}}
}

func working(n int) calendar.Period { return calendar.Period{N: n, Unit: calendar.WorkingDays} }

func days(n int) calendar.Period { return calendar.Period{N: n, Unit: calendar.Days} }

// begins is a clock as facts record it.
func begins(key term.Clock, part, agency, from string, length calendar.Period, due string) clock.Start {
	return clock.Start{Key: key, Part: part, Agency: agency, From: day(from), Period: length, Due: day(due)}
}

var (
	code, _   = ident.ReadQueryCode("0123-4567-89AB-CDEF")
	number, _ = ident.MakeReceiptNumber("530427", day("2024-05-08"), 1)
	receipt   = &grievance.Receipt{Number: number, QueryDigest: code.Digest()}

	institution = domain.RefTo("530427.institution.01J0000000000000000000000A")
	other       = domain.RefTo("530427.grievance.01J0000000000000000000000B")
	penalty     = domain.RefTo("530427.penalty.01J0000000000000000000000C")

	receive = grievance.Receive{
		Under: under, Channel: term.Channel12345, Nature: term.Complaint, Institution: institution, Topics: []term.GrievanceTopic{term.TopicRefund},
		RealName: true, Complainant: sealedOf("p1", "c1"), Contact: sealedOf("p1", "c2"), Content: sealedOf("p1", "c3"),
	}
	anonymous = grievance.Receive{Under: under, Channel: term.ChannelWeb, Nature: term.Report, Premises: "桂山街道文化路", Topics: []term.GrievanceTopic{term.TopicUnlicensed}, Content: sealedOf("p2", "c1")}
	as        = func(n term.Nature) grievance.Receive {
		return with(receive, func(c *grievance.Receive) { c.Nature = n })
	}
	filed = with(receive, func(c *grievance.Receive) { c.Receipt = receipt })

	// A complaint on its way.
	complaint  = did(nil, by(education, "2024-05-08"), receive)
	accepted   = did(complaint, by(education, "2024-05-10"), grievance.Accept{Under: under})
	mediated   = did(accepted, by(education, "2024-05-13"), grievance.StartMediation{})
	suspended  = did(mediated, by(education, "2024-05-20"), grievance.SuspendMediation{Cause: term.PauseTests})
	settled    = did(mediated, by(education, "2024-06-03"), grievance.SettleMediation{Terms: "退还 3000 元"})
	terminated = did(mediated, by(education, "2024-06-03"), grievance.TerminateMediation{Under: under, Cause: term.EndDeclined})
	withLead   = did(mediated, by(education, "2024-05-20"), grievance.FindLead{Under: under, Facts: "超范围培训"})
	refused    = did(complaint, by(education, "2024-05-10"), grievance.Refuse{Ground: term.RefusedMaterialMissing})
	closed     = did(settled, by(education, "2024-06-04"), grievance.Close{Result: "已退费"})
	followed   = did(did(did(did(did(nil, by(education, "2024-05-08"), filed), by(education, "2024-05-10"), grievance.Accept{Under: under}),
		by(education, "2024-05-13"), grievance.StartMediation{}), by(education, "2024-06-03"), grievance.SettleMediation{Terms: "退费"}), by(education, "2024-06-04"), grievance.Close{Result: "已退费"})

	// One between agencies.
	transferred = did(complaint, by(education, "2024-05-09"), grievance.Transfer{Under: under, To: market, Reason: "属市场监管"})
	returned    = did(transferred, proven(by(market, "2024-05-13")), grievance.ObjectToTransfer{Under: under, Ground: term.ReturnNotCompetent, Reason: "属教育"})
	again       = did(returned, by(education, "2024-05-14"), grievance.Transfer{Under: under, To: market, Reason: "仍属市场监管"})
	disputed    = did(again, proven(by(market, "2024-05-15")), grievance.ObjectToTransfer{Under: under, Ground: term.ReturnNotCompetent, Reason: "属教育"})
	arbitrated  = did(disputed, by(office, "2024-05-16"), grievance.DecideHandler{Agency: market, Reason: "会议纪要"})

	// A report.
	report   = did(nil, by(education, "2024-05-08"), as(term.Report))
	extended = did(report, by(education, "2024-05-20"), grievance.ExtendCheck{Under: under, Reason: "案情复杂", Approver: "officer-9"})
	testing1 = did(report, by(education, "2024-05-10"), grievance.SuspendPeriod{Clock: term.ReportCheck, Cause: term.PauseTests})
	decided  = did(report, by(education, "2024-05-08"), grievance.DecideFiling{Under: under, Filed: true, Penalty: penalty, Reason: "属实"})
	told     = did(decided, by(education, "2024-05-09"), grievance.NotifyComplainant{Step: term.NoticeReportOutcome, Means: term.ByPhone})
	unnamed  = did(nil, by(education, "2024-05-08"), anonymous)

	// A petition.
	petition  = did(nil, by(education, "2024-05-08"), as(term.Petition))
	inHand    = did(petition, by(education, "2024-05-13"), grievance.Accept{Under: under})
	opined    = did(inHand, by(education, "2024-06-20"), grievance.IssueOpinion{Under: under, Outcome: term.OpinionNotSupported, DocumentNo: "信 1 号"})
	finished  = did(opined, by(education, "2024-06-21"), grievance.Close{Result: "已答复"})
	asked     = did(finished, by(city, "2024-07-01"), grievance.RequestReview{Under: under, Stage: term.FirstReview})
	reviewed  = did(asked, by(city, "2024-07-20"), grievance.AnswerReview{Under: under, Outcome: term.ReviewUpheld, DocumentNo: "复 1 号"})
	askedMore = did(reviewed, by(city, "2024-08-01"), grievance.RequestReview{Under: under, Stage: term.SecondReview, Reviewer: province})
	final     = did(askedMore, by(province, "2024-08-20"), grievance.AnswerReview{Under: under, Outcome: term.ReviewUpheld, DocumentNo: "核 1 号"})

	// One of both kinds.
	mixed    = did(nil, by(education, "2024-05-08"), as(term.Mixed))
	oneEnded = did(did(mixed, by(education, "2024-05-10"), grievance.DecideFiling{Under: under, Part: "2", Reason: "不属实"}),
		by(education, "2024-05-13"), grievance.NotifyComplainant{Part: "2", Step: term.NoticeReportOutcome, Means: term.ByMessage})
	oneClosed = did(oneEnded, by(education, "2024-05-14"), grievance.Close{Part: "2", Result: "不予立案"})
)

func TestTables(t *testing.T) {
	domaintest.Acts(t, grievance.Decider, grievance.Acts)
	for _, a := range grievance.Acts {
		if a.Visibility != domain.Joint && a.Visibility != domain.AgencyOnly {
			t.Errorf("%s: got facts seen by %q, want none seen by the public", a.Name, a.Visibility)
		}
	}
	var samples facts
	seen := map[reflect.Type]bool{}
	correction := domain.Correction{TargetSeq: 1, Field: "premises", Was: domain.RawJSON(`""`), Is: domain.RawJSON(`"桂山街道"`), Reason: "补正"}
	asides := did(did(did(closed, by(education, "2024-06-05"), grievance.Link{Other: other, Relation: term.RelatedGrievance}),
		by(education, "2024-06-05"), grievance.LogVisit{Persons: figure.Of(3, term.PersonVisits)}), by(education, "2024-06-06"), grievance.Reopen{Under: under, Reason: "未履行"})
	for _, story := range []facts{
		did(suspended, by(education, "2024-05-27"), grievance.ResumeMediation{Under: under}), did(terminated, by(education, "2024-06-04"), grievance.NotifyComplainant{Step: term.NoticeMediationEnd, Means: term.ByLetter}),
		withLead, refused, asides, arbitrated, extended, did(testing1, by(education, "2024-05-14"), grievance.ResumePeriod{Under: under, Clock: term.ReportCheck}),
		did(report, by(education, "2024-05-10"), grievance.CheckLead{Outcome: term.LeadSubstantiated}), told, mixed, final,
		did(inHand, by(education, "2024-06-20"), grievance.ExtendPetition{Under: under, Reason: "复杂", Approver: "officer-9", Told: term.ByLetter}),
		did(followed, by(education, "2024-06-06"), grievance.Rate{QueryCode: code, Score: 4}),
		did(complaint, by(office, "2024-05-17"), grievance.MissDeadline{Missing: clock.Missing{Clock: term.ComplaintAccept, Due: day("2024-05-16")}}),
		did(did(complaint, by(education, "2024-05-09"), grievance.ReadPersonalData{Unsealing: domain.Unsealing{Person: "p1", Reason: "核实"}}),
			by(education, "2024-05-10"), grievance.ErasePersonalData{Erasure: domain.Erasure{Person: "p1", Reason: "期满", LegalBasis: "个人信息保护法 第四十七条"}}),
		did(did(complaint, by(education, "2024-05-09"), grievance.Correct{Correction: correction}), by(education, "2024-05-09"), grievance.Annul{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}),
	} {
		for _, f := range story { // each kind of fact once, in the order of its story
			if kind := reflect.TypeOf(f.Event); !seen[kind] {
				seen[kind] = true
				samples = append(samples, f)
			}
		}
	}
	domaintest.Events(t, grievance.Decider, grievance.Events, samples)
}

// acceptances are each act accepted once or more.
var acceptances = []struct {
	name    string
	before  facts
	meta    domain.Meta
	command grievance.Command
	then    events
}{
	{"a complaint is received with the period of acceptance", nil, by(education, "2024-05-08"), filed, events{grievance.Received{
		Channel: term.Channel12345, Nature: term.Complaint, Institution: institution.Stream, Topics: []term.GrievanceTopic{term.TopicRefund}, RealName: true,
		Complainant: &domain.Sealed{Person: "p1", Commit: "c1", Box: "box"}, Contact: &domain.Sealed{Person: "p1", Commit: "c2", Box: "box"}, Content: &domain.Sealed{Person: "p1", Commit: "c3", Box: "box"},
		Receipt: receipt, Handler: education, Clocks: []clock.Start{begins(term.ComplaintAccept, "", education, "2024-05-08", working(7), "2024-05-16")}}}},
	{"a report may be anonymous, of premises, and for another agency", nil, by(education, "2024-05-08"),
		with(anonymous, func(c *grievance.Receive) { c.Handler, c.ChildInvolved = market, true }), events{grievance.Received{
			Channel: term.ChannelWeb, Nature: term.Report, Premises: "桂山街道文化路", Topics: []term.GrievanceTopic{term.TopicUnlicensed}, ChildInvolved: true,
			Content: &domain.Sealed{Person: "p2", Commit: "c1", Box: "box"},
			Handler: market, Clocks: []clock.Start{begins(term.ReportCheck, "", market, "2024-05-08", working(15), "2024-05-28")}}}},
	{"a petition is to be registered within fifteen days", nil, by(city, "2024-05-08"),
		grievance.Receive{Under: under, Channel: term.ChannelVisit, Nature: term.Petition, Topics: []term.GrievanceTopic{term.TopicOther, term.TopicClosure}}, events{grievance.Received{
			Channel: term.ChannelVisit, Nature: term.Petition, Topics: []term.GrievanceTopic{term.TopicOther, term.TopicClosure},
			Handler: city, Clocks: []clock.Start{begins(term.PetitionRegister, "", city, "2024-05-08", days(15), "2024-05-23")}}}},
	{"a mixed one may be split in other parts", nil, by(education, "2024-05-08"),
		grievance.Receive{Under: under, Channel: term.ChannelLetter, Nature: term.Mixed, Parts: []term.Nature{term.Petition, term.Report}, Topics: []term.GrievanceTopic{term.TopicFees}},
		events{grievance.Received{Channel: term.ChannelLetter, Nature: term.Mixed, Topics: []term.GrievanceTopic{term.TopicFees}, Handler: education},
			grievance.Split{Parts: []grievance.SplitPart{{Part: "1", Nature: term.Petition}, {Part: "2", Nature: term.Report}}, Clocks: []clock.Start{
				begins(term.PetitionRegister, "1", education, "2024-05-08", days(15), "2024-05-23"), begins(term.ReportCheck, "2", education, "2024-05-08", working(15), "2024-05-28")}}}},

	{"an accepted complaint is mediated within 45 working days", complaint, by(education, "2024-05-10"), grievance.Accept{Under: under},
		events{grievance.Accepted{Handler: education, Clocks: []clock.Start{begins(term.ComplaintMediation, "", education, "2024-05-10", working(45), "2024-07-12")}}}},
	{"a late acceptance is one", complaint, by(education, "2024-05-20"), grievance.Accept{Under: under},
		events{grievance.Accepted{Handler: education, Clocks: []clock.Start{begins(term.ComplaintMediation, "", education, "2024-05-20", working(45), "2024-07-23")}}}},
	{"an accepted petition is handled within sixty days", petition, by(education, "2024-05-13"), grievance.Accept{Under: under},
		events{grievance.Accepted{Handler: education, Clocks: []clock.Start{begins(term.PetitionClose, "", education, "2024-05-13", days(60), "2024-07-12")}}}},
	{"the check of a report runs from its receipt", report, by(education, "2024-05-10"), grievance.Accept{Under: under}, events{grievance.Accepted{Handler: education}}},
	{"what is accepted is so already", accepted, by(education, "2024-05-11"), grievance.Accept{Under: under}, nil},
	{"who gets it after an acceptance accepts it without a new period", did(accepted, by(education, "2024-05-13"), grievance.Transfer{Under: under, To: market, Reason: "属市场监管"}),
		by(market, "2024-05-14"), grievance.Accept{Under: under}, events{grievance.Accepted{Handler: market}}},
	{"who disputes it may yet accept it", disputed, by(market, "2024-05-16"), grievance.Accept{Under: under},
		events{grievance.Accepted{Handler: market, Clocks: []clock.Start{begins(term.ComplaintMediation, "", market, "2024-05-16", working(45), "2024-07-19")}}}},
	{"a part of a mixed one is accepted by its number", mixed, by(education, "2024-05-10"), grievance.Accept{Under: under, Part: "1"},
		events{grievance.Accepted{Part: "1", Handler: education, Clocks: []clock.Start{begins(term.ComplaintMediation, "1", education, "2024-05-10", working(45), "2024-07-12")}}}},
	{"a complaint is refused on a ground", complaint, by(education, "2024-05-10"), grievance.Refuse{Ground: term.RefusedOverThreeYears}, events{grievance.Refused{Ground: term.RefusedOverThreeYears}}},
	{"a petition is refused by another provision", petition, by(education, "2024-05-10"), grievance.Refuse{Ground: term.RefusedByOtherLaw, Reason: "已进入诉讼"},
		events{grievance.Refused{Ground: term.RefusedByOtherLaw, Reason: "已进入诉讼"}}},
	{"a refusal may end the whole of which a part was closed", oneClosed, by(education, "2024-05-15"), grievance.Refuse{Part: "1", Ground: term.RefusedNotCompetent},
		events{grievance.Refused{Part: "1", Ground: term.RefusedNotCompetent, Whole: term.Mixed}}},

	{"a transfer begins the period of a return", complaint, by(education, "2024-05-09"), grievance.Transfer{Under: under, To: market, Reason: "属市场监管"},
		events{grievance.Transferred{To: market, Reason: "属市场监管", Clocks: []clock.Start{begins(term.GrievanceTransferReturn, "", market, "2024-05-09", working(5), "2024-05-15")}}}},
	{"that of a petition is a period of its own", petition, by(education, "2024-05-09"), grievance.Transfer{Under: under, To: city, Reason: "属市级"},
		events{grievance.Transferred{To: city, Reason: "属市级", Clocks: []clock.Start{begins(term.PetitionTransferObjection, "", city, "2024-05-09", working(5), "2024-05-15")}}}},
	{"a transferred one is returned on the last day", transferred, proven(by(market, "2024-05-15")), grievance.ObjectToTransfer{Under: under, Ground: term.ReturnOtherPlace, Reason: "不在辖区"},
		events{grievance.TransferObjected{To: education, Ground: term.ReturnOtherPlace, Reason: "不在辖区"}}},
	{"what was returned may be sent once more", returned, by(education, "2024-05-14"), grievance.Transfer{Under: under, To: urban, Reason: "占道"},
		events{grievance.Transferred{To: urban, Reason: "占道", Clocks: []clock.Start{begins(term.GrievanceTransferReturn, "", urban, "2024-05-14", working(5), "2024-05-21")}}}},
	{"a second objection is a dispute", again, proven(by(market, "2024-05-15")), grievance.ObjectToTransfer{Under: under, Ground: term.ReturnNotCompetent, Reason: "属教育"},
		events{grievance.HandlerDisputed{Ground: term.ReturnNotCompetent, Reason: "属教育", Clocks: []clock.Start{begins(term.OfficeDispute, "", office, "2024-05-15", working(7), "2024-05-24")}}}},
	{"the joint-conference office names who handles it", disputed, by(office, "2024-05-16"), grievance.DecideHandler{Agency: urban, Reason: "会议纪要"},
		events{grievance.HandlerDecided{Agency: urban, By: office, Reason: "会议纪要"}}},
	{"it may do so without a dispute", complaint, by(office, "2024-05-09"), grievance.DecideHandler{Agency: education, Reason: "明确"},
		events{grievance.HandlerDecided{Agency: education, By: office, Reason: "明确"}}},
	{"who was named is so already", arbitrated, by(office, "2024-05-17"), grievance.DecideHandler{Agency: market, Reason: "明确"}, nil},
	{"it may name another later", arbitrated, by(office, "2024-05-17"), grievance.DecideHandler{Agency: urban, Reason: "调整"},
		events{grievance.HandlerDecided{Agency: urban, By: office, Reason: "调整"}}},

	{"the mediation is started", accepted, by(education, "2024-05-13"), grievance.StartMediation{}, events{grievance.MediationStarted{}}},
	{"what was started is so already", mediated, by(education, "2024-05-14"), grievance.StartMediation{}, nil},
	{"it is suspended for a question of recusal", mediated, by(education, "2024-05-20"), grievance.SuspendMediation{Cause: term.PauseRecusal}, events{grievance.MediationSuspended{Cause: term.PauseRecusal}}},
	{"what is suspended is so already", suspended, by(education, "2024-05-21"), grievance.SuspendMediation{Cause: term.PauseTests}, nil},
	{"it is resumed with what was left", suspended, by(education, "2024-05-27"), grievance.ResumeMediation{Under: under}, events{grievance.MediationResumed{Due: day("2024-07-19")}}},
	{"it is settled", mediated, by(education, "2024-06-03"), grievance.SettleMediation{Terms: "退还 3000 元", Performed: true}, events{grievance.MediationSettled{Terms: "退还 3000 元", Performed: true}}},
	{"it is settled on the last day", mediated, by(education, "2024-07-12"), grievance.SettleMediation{Terms: "退费"}, events{grievance.MediationSettled{Terms: "退费"}}},
	{"it is settled while it stands still", suspended, by(education, "2024-05-21"), grievance.SettleMediation{Terms: "退费"}, events{grievance.MediationSettled{Terms: "退费"}}},
	{"it is terminated, of which both sides are told", mediated, by(education, "2024-06-03"), grievance.TerminateMediation{Under: under, Cause: term.EndDeclined},
		events{grievance.MediationTerminated{Cause: term.EndDeclined, Clocks: []clock.Start{begins(term.MediationEndNotice, "", education, "2024-06-03", working(7), "2024-06-13")}}}},
	{"a complaint that is withdrawn is terminated before it was mediated", accepted, by(education, "2024-05-10"), grievance.TerminateMediation{Under: under, Cause: term.EndWithdrawn},
		events{grievance.MediationTerminated{Cause: term.EndWithdrawn, Clocks: []clock.Start{begins(term.MediationEndNotice, "", education, "2024-05-10", working(7), "2024-05-20")}}}},
	{"the time is over after the last day", mediated, by(education, "2024-07-13"), grievance.TerminateMediation{Under: under, Cause: term.EndTimeOver},
		events{grievance.MediationTerminated{Cause: term.EndTimeOver, Clocks: []clock.Start{begins(term.MediationEndNotice, "", education, "2024-07-13", working(7), "2024-07-23")}}}},
	{"a lead found in mediation is checked beside it", mediated, by(education, "2024-05-20"), grievance.FindLead{Under: under, Facts: "超范围培训"},
		events{grievance.LeadFound{Facts: "超范围培训", Clocks: []clock.Start{begins(term.MediationLeadCheck, "", education, "2024-05-20", working(15), "2024-06-11")}}}},
	{"a lead under check is found already", withLead, by(education, "2024-05-21"), grievance.FindLead{Under: under, Facts: "同一"}, nil},
	{"it is decided without a notice", withLead, by(education, "2024-05-28"), grievance.DecideFiling{Under: under, Filed: true, Reason: "属实"},
		events{grievance.FilingDecided{Filed: true, Lead: true, Reason: "属实"}}},

	{"a report is checked", report, by(education, "2024-05-10"), grievance.CheckLead{Outcome: term.LeadSubstantiated}, events{grievance.LeadChecked{Outcome: term.LeadSubstantiated}}},
	{"the check is extended on its last day", report, by(education, "2024-05-28"), grievance.ExtendCheck{Under: under, Until: day("2024-06-05"), Reason: "复杂", Approver: "officer-9"},
		events{grievance.CheckExtended{Clock: term.ReportCheck, Until: day("2024-06-05"), Reason: "复杂", Approver: "officer-9"}}},
	{"that of a lead is extended too", withLead, by(education, "2024-06-11"), grievance.ExtendCheck{Under: under, Reason: "复杂", Approver: "officer-9"},
		events{grievance.CheckExtended{Clock: term.MediationLeadCheck, Until: day("2024-07-02"), Reason: "复杂", Approver: "officer-9"}}},
	{"a real-name reporter is to be told of the decision", report, by(education, "2024-05-08"), grievance.DecideFiling{Under: under, Filed: true, Penalty: penalty, Reason: "属实"},
		events{grievance.FilingDecided{Filed: true, Penalty: penalty.Stream, Reason: "属实", Clocks: []clock.Start{begins(term.ReportOutcomeNotice, "", education, "2024-05-08", working(5), "2024-05-14")}}}},
	{"nobody is to be told of an anonymous one", unnamed, by(education, "2024-06-20"), grievance.DecideFiling{Under: under, Reason: "不属实"}, events{grievance.FilingDecided{Reason: "不属实"}}},
	{"tests are not counted in a check", report, by(education, "2024-05-10"), grievance.SuspendPeriod{Clock: term.ReportCheck, Cause: term.PauseTests},
		events{grievance.PeriodSuspended{Clock: term.ReportCheck, Cause: term.PauseTests}}},
	{"a check that stands still does so already", testing1, by(education, "2024-05-11"), grievance.SuspendPeriod{Clock: term.ReportCheck, Cause: term.PauseTests}, nil},
	{"a hearing is not counted in the second review", askedMore, by(province, "2024-08-10"), grievance.SuspendPeriod{Clock: term.PetitionRereviewAnswer, Cause: term.PauseHearing},
		events{grievance.PeriodSuspended{Clock: term.PetitionRereviewAnswer, Cause: term.PauseHearing}}},
	{"the check goes on after the tests", testing1, by(education, "2024-05-14"), grievance.ResumePeriod{Under: under, Clock: term.ReportCheck},
		events{grievance.PeriodResumed{Clock: term.ReportCheck, Due: day("2024-05-31")}}},
	{"the complainant is told", accepted, by(education, "2024-05-10"), grievance.NotifyComplainant{Step: term.NoticeAcceptance, Means: term.ByMessage},
		events{grievance.ComplainantNotified{Step: term.NoticeAcceptance, Means: term.ByMessage}}},
	{"and told of the end", closed, by(education, "2024-06-05"), grievance.NotifyComplainant{Step: term.NoticeClosing, Means: term.ByPhone},
		events{grievance.ComplainantNotified{Step: term.NoticeClosing, Means: term.ByPhone}}},
	{"the reviewer tells of the review", reviewed, by(city, "2024-07-22"), grievance.NotifyComplainant{Step: term.NoticeReview, Means: term.ByLetter},
		events{grievance.ComplainantNotified{Step: term.NoticeReview, Means: term.ByLetter}}},

	{"the handling of a petition is extended by thirty days", inHand, by(education, "2024-07-12"), grievance.ExtendPetition{Under: under, Reason: "复杂", Approver: "officer-9", Told: term.ByLetter},
		events{grievance.PetitionExtended{Until: day("2024-08-11"), Reason: "复杂", Approver: "officer-9", Told: term.ByLetter}}},
	{"an opinion opens the period for a review", inHand, by(education, "2024-06-20"), grievance.IssueOpinion{Under: under, Outcome: term.OpinionNotSupported, DocumentNo: "信 1 号"},
		events{grievance.OpinionIssued{Outcome: term.OpinionNotSupported, DocumentNo: "信 1 号", Clocks: []clock.Start{begins(term.PetitionReviewRequest, "", education, "2024-06-20", days(30), "2024-07-20")}}}},
	{"a review is asked for on the last day, also after the end", finished, by(city, "2024-07-20"), grievance.RequestReview{Under: under, Stage: term.FirstReview},
		events{grievance.ReviewRequested{Stage: term.FirstReview, Reviewer: city, Clocks: []clock.Start{begins(term.PetitionReviewAnswer, "", city, "2024-07-20", days(30), "2024-08-19")}}}},
	{"the answer opens the period for a second", asked, by(city, "2024-07-20"), grievance.AnswerReview{Under: under, Outcome: term.ReviewChanged, DocumentNo: "复 1 号"},
		events{grievance.ReviewAnswered{Stage: term.FirstReview, Outcome: term.ReviewChanged, DocumentNo: "复 1 号",
			Clocks: []clock.Start{begins(term.PetitionRereviewRequest, "", education, "2024-07-20", days(30), "2024-08-19")}}}},
	{"a second review is asked for", reviewed, by(city, "2024-08-01"), grievance.RequestReview{Under: under, Stage: term.SecondReview, Reviewer: province},
		events{grievance.ReviewRequested{Stage: term.SecondReview, Reviewer: province, Clocks: []clock.Start{begins(term.PetitionRereviewAnswer, "", province, "2024-08-01", days(30), "2024-08-31")}}}},
	{"its answer is final", askedMore, by(province, "2024-08-20"), grievance.AnswerReview{Under: under, Outcome: term.ReviewUpheld, DocumentNo: "核 1 号"},
		events{grievance.ReviewAnswered{Stage: term.SecondReview, Outcome: term.ReviewUpheld, DocumentNo: "核 1 号"}}},
	{"a petition sent back is handled again", asked, by(city, "2024-07-20"), grievance.AnswerReview{Under: under, Outcome: term.ReviewRemanded, DocumentNo: "复 1 号"},
		events{grievance.ReviewAnswered{Stage: term.FirstReview, Outcome: term.ReviewRemanded, DocumentNo: "复 1 号", Reopens: true,
			Clocks: []clock.Start{begins(term.PetitionClose, "", education, "2024-07-20", days(60), "2024-09-18")}}}},

	{"visitors are counted", complaint, by(urban, "2024-05-09"), grievance.LogVisit{Persons: figure.Count{N: 20, Unit: term.PersonVisits, Precision: term.AtLeast}},
		events{grievance.VisitLogged{Persons: figure.Count{N: 20, Unit: term.PersonVisits, Precision: term.AtLeast}}}},
	{"a count is exact unless it says so", complaint, by(urban, "2024-05-09"), grievance.LogVisit{Persons: figure.Count{N: 2, Unit: term.PersonVisits}},
		events{grievance.VisitLogged{Persons: figure.Of(2, term.PersonVisits)}}},
	{"grievances are linked", complaint, by(education, "2024-05-09"), grievance.Link{Other: other, Relation: term.DuplicateGrievance},
		events{grievance.Linked{Other: other.Stream, Relation: term.DuplicateGrievance}}},
	{"what is linked is so already", did(complaint, by(education, "2024-05-09"), grievance.Link{Other: other, Relation: term.DuplicateGrievance}), by(education, "2024-05-09"),
		grievance.Link{Other: other, Relation: term.DuplicateGrievance}, nil},

	{"what is settled is closed", settled, by(education, "2024-06-04"), grievance.Close{Result: "已退费"}, events{grievance.Closed{Result: "已退费", Whole: term.Complaint}}},
	{"what is closed is so already", closed, by(education, "2024-06-05"), grievance.Close{Result: "已退费"}, nil},
	{"what failed is closed once both sides are told", did(terminated, by(education, "2024-06-04"), grievance.NotifyComplainant{Step: term.NoticeMediationEnd, Means: term.ByLetter}),
		by(education, "2024-06-04"), grievance.Close{Result: "告知诉讼途径"}, events{grievance.Closed{Result: "告知诉讼途径", Whole: term.Complaint}}},
	{"a report is closed once the reporter is told", told, by(education, "2024-05-09"), grievance.Close{Result: "已立案"}, events{grievance.Closed{Result: "已立案", Whole: term.Report}}},
	{"a part is closed before the whole", oneEnded, by(education, "2024-05-14"), grievance.Close{Part: "2", Result: "不予立案"}, events{grievance.Closed{Part: "2", Result: "不予立案"}}},
	{"a reporter who was erased is not waited for", did(decided, by(education, "2024-05-09"), grievance.ErasePersonalData{Erasure: domain.Erasure{Person: "p1", Reason: "本人申请", LegalBasis: "个人信息保护法"}}),
		by(education, "2024-05-10"), grievance.Close{Result: "已立案"}, events{grievance.Closed{Result: "已立案", Whole: term.Report}}},
	{"a closed complaint is mediated again", closed, by(education, "2024-06-20"), grievance.Reopen{Under: under, Reason: "未履行"},
		events{grievance.Reopened{Reason: "未履行", Clocks: []clock.Start{begins(term.ComplaintMediation, "", education, "2024-06-20", working(45), "2024-08-22")}}}},
	{"a refused one waits for its acceptance again", refused, by(education, "2024-05-20"), grievance.Reopen{Under: under, Reason: "材料补齐"},
		events{grievance.Reopened{Reason: "材料补齐", Clocks: []clock.Start{begins(term.ComplaintAccept, "", education, "2024-05-20", working(7), "2024-05-29")}}}},
	{"a closed report is checked again", oneClosed, by(education, "2024-05-20"), grievance.Reopen{Under: under, Part: "2", Reason: "新线索"},
		events{grievance.Reopened{Part: "2", Reason: "新线索", Clocks: []clock.Start{begins(term.ReportCheck, "2", education, "2024-05-20", working(15), "2024-06-11")}}}},
	{"who holds the query code rates it", followed, by(office, "2024-06-06"), grievance.Rate{QueryCode: code, Score: 5}, events{grievance.Rated{Score: 5}}},
	{"the same rating is there already", did(followed, by(office, "2024-06-06"), grievance.Rate{QueryCode: code, Score: 5}), by(office, "2024-06-07"), grievance.Rate{QueryCode: code, Score: 5}, nil},

	{"a missed duty is a fact with its agency", transferred, by(office, "2024-05-17"), grievance.MissDeadline{Missing: clock.Missing{Clock: term.ComplaintAccept, Due: day("2024-05-16")}},
		events{grievance.DeadlineMissed{Missing: clock.Missing{Clock: term.ComplaintAccept, Due: day("2024-05-16"), Agency: market}}}},
	{"the handler reads what is sealed", complaint, by(education, "2024-05-09"), grievance.ReadPersonalData{Unsealing: domain.Unsealing{Person: "p1", Reason: "核实情况"}},
		events{grievance.PersonalDataRead{Unsealing: domain.Unsealing{Person: "p1", Reason: "核实情况"}}}},
	{"it is erased by law", complaint, by(office, "2029-05-09"), grievance.ErasePersonalData{Erasure: domain.Erasure{Person: "p1", Reason: "保存期满", LegalBasis: "个人信息保护法 第四十七条"}},
		events{grievance.PersonalDataErased{Erasure: domain.Erasure{Person: "p1", Reason: "保存期满", LegalBasis: "个人信息保护法 第四十七条"}}}},
	{"a fact is corrected", complaint, by(education, "2024-05-09"), grievance.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "channel", Reason: "笔误"}},
		events{grievance.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "channel", Reason: "笔误"}}}},
	{"a serial number is corrected to another", followed, by(education, "2024-06-06"), numbering("receipt/number", `"TS-530427-20240508-000002-1"`),
		events{grievance.Corrected(numbering("receipt/number", `"TS-530427-20240508-000002-1"`))}},
	{"the digest of a code is corrected", drawn, by(education, "2024-06-06"), numbering("receipt/query_digest", `"b"`), events{grievance.Corrected(numbering("receipt/query_digest", `"b"`))}},
	{"a fact is annulled", complaint, by(education, "2024-05-09"), grievance.Annul{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}},
		events{grievance.Annulled{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}}},
}

func TestActsAreAccepted(t *testing.T) {
	accepted := map[reflect.Type]bool{}
	for _, c := range acceptances {
		t.Run(c.name, func(t *testing.T) { given(t, c.before).When(c.meta, c.command).Then(c.then...) })
		accepted[reflect.TypeOf(c.command)] = accepted[reflect.TypeOf(c.command)] || len(c.then) > 0
	}
	for _, a := range grievance.Acts {
		if !accepted[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that accepts it", a.Name)
		}
	}
}
