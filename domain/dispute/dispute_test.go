package dispute_test

import (
	"reflect"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/dispute"
	"minglu/domain/domaintest"
	"minglu/domain/figure"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/domain/work"
)

type (
	fact    = domaintest.Fact
	facts   = []domaintest.Fact
	events  = []dispute.Event
	history = domaintest.History[dispute.State, dispute.Command, dispute.Event]
)

const (
	school    = "530427.institution.01J0000000000000000000000A"
	grievance = "530427.grievance.01J0000000000000000000000B"
	education = "530427-education"
	police    = "530427-public_security"
)

var day = domaintest.Day

// by is the meta of a day on which another agency acts.
func by(agency, on string) domain.Meta {
	m := domaintest.On(on)
	m.Actor.Agency = agency
	return m
}

func was(on string, e dispute.Event) fact { return domaintest.Was(domaintest.On(on), e) }

func after(before facts, more ...fact) facts { return append(slices.Clone(before), more...) }

func given(t testing.TB, before facts) *history {
	t.Helper()
	return domaintest.Given(t, dispute.Decider, before...).Listed(dispute.Acts)
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
	return rule.Under{Law: rule.Law{Policy: rule.NewPolicy("test", values), Calendar: workdays}}
}

func fen(n money.Fen) *money.Fen { return &n }

// sealed is the value of a person as the edge seals it.
func sealed(person string) domain.Sealed { return domain.Sealed{Person: person, Commit: "c", Box: "b"} }

func personal(person string) domain.Personal { return domain.Personal{Sealed: sealed(person)} }

var (
	open = dispute.Open{
		Under: under(), Institution: domain.RefTo(school), Source: domain.RefTo(grievance), Cause: term.DisputeClosure,
		Pupils: figure.Count{N: 30, Unit: term.Persons, Precision: term.AtLeast}, Amount: fen(180_000),
	}
	route  = clock.Start{Key: term.DisputeRoute, From: day("2023-03-01"), Period: calendar.Period{N: 5, Unit: calendar.WorkingDays}, Due: day("2023-03-08"), Agency: education}
	opened = dispute.Opened{
		Institution: school, Source: grievance, Cause: term.DisputeClosure, Pupils: open.Pupils, Amount: fen(180_000), Clocks: []clock.Start{route},
	}
	claim1 = dispute.ClaimRecorded{Claim: 1, Rank: term.TraineeClaim, Amount: 50_000, Supervised: 10_000, Claimant: sealed("p-1")}
	claim2 = dispute.ClaimRecorded{Claim: 2, Rank: term.TraineeClaim, Amount: 30_000, Claimant: sealed("p-2")}
	claim3 = dispute.ClaimRecorded{Claim: 3, Rank: term.WageClaim, Amount: 100_000, Claimant: sealed("p-3")}
	routed = dispute.Routed{To: []term.Recourse{term.CourtMediation, term.PoliceInquiry}, DocumentNo: "函 1 号"}

	distributed = dispute.Distributed{Available: 50_000, Distribution: dispute.Distribution{
		Ranks: []dispute.RankShare{{Rank: term.TraineeClaim, Claims: 70_000, Paid: 50_000}, {Rank: term.WageClaim, Claims: 100_000}},
		Claims: []dispute.Share{
			{Claim: 1, Due: 40_000, Paid: 28_571, Shortfall: 11_429}, {Claim: 2, Due: 30_000, Paid: 21_429, Shortfall: 8_571}, {Claim: 3, Due: 100_000, Shortfall: 100_000},
		},
		Shortfall: 120_000,
	}}
	resolved = dispute.Resolved{Institution: school, By: term.CourtMediation, Terms: "分期退费", Remaining: 20_000}
	erased   = dispute.PersonalDataErased{Erasure: domain.Erasure{Person: "p-1", Reason: "本人申请", LegalBasis: "个人信息保护法 第四十七条"}}

	isOpen     = facts{was("2023-03-01", opened)}
	claimed    = after(isOpen, was("2023-03-02", claim1), was("2023-03-02", claim2), was("2023-03-03", claim3))
	isRouted   = after(claimed, was("2023-03-07", routed))
	isResolved = after(isRouted, was("2023-06-01", resolved))
	isErased   = after(claimed, was("2023-07-01", erased))

	record  = dispute.RecordClaim{Rank: term.TraineeClaim, Amount: 50_000, Supervised: 10_000, Claimant: personal("p-1")}
	resolve = dispute.Resolve{By: term.CourtMediation, Terms: "分期退费", Remaining: 20_000}
	meet    = dispute.HoldMeeting{Agencies: []string{education, police}}
	visit   = dispute.ReceiveVisit{Count: figure.Count{N: 12, Unit: term.PersonVisits}}
	read    = dispute.ReadPersonalData{Unsealing: domain.Unsealing{Person: "p-1", Reason: "核对债权"}}
	erase   = dispute.ErasePersonalData(erased)
)

func TestTables(t *testing.T) {
	domaintest.Acts(t, dispute.Decider, dispute.Acts)
	domaintest.Events(t, dispute.Decider, dispute.Events, facts{
		was("2023-03-01", opened),
		was("2023-03-02", claim1),
		was("2023-03-02", claim2),
		was("2023-03-03", claim3),
		was("2023-03-04", dispute.MeetingHeld{Agencies: []string{education, police}, Count: figure.Of(10, term.Meetings)}),
		was("2023-03-05", dispute.VisitReceived{Count: figure.Count{N: 30, Unit: term.PersonVisits, Precision: term.Nearly}}),
		was("2023-03-09", dispute.DeadlineMissed{Missing: clock.Missing{Clock: term.DisputeRoute, Due: day("2023-03-08"), Agency: education}}),
		was("2023-03-10", routed),
		was("2023-04-01", with(distributed, func(e *dispute.Distributed) { e.Surplus = 1 })),
		was("2023-05-01", dispute.PersonalDataRead(read)),
		was("2023-06-01", resolved),
		was("2023-07-01", erased),
		was("2023-08-01", dispute.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "cause", Was: domain.RawJSON(`"closure"`), Is: domain.RawJSON(`"quality"`), Reason: "笔误"}}),
		was("2023-08-02", dispute.Annulled{Annulment: domain.Annulment{TargetSeq: 2, Reason: "重复"}}),
	})
}

// acceptances are each act accepted once or more, by the lead.
var acceptances = []struct {
	name    string
	before  facts
	on      string
	command dispute.Command
	then    events
}{
	{"a dispute begins the period for routing", nil, "2023-03-01", open, events{opened}},
	{"the period skips holidays and takes make-up days", nil, "2023-09-28", open, events{opening("2023-09-28", "2023-10-11", 0)}},
	{"it runs over the year's end", nil, "2023-12-28", open, events{opening("2023-12-28", "2024-01-05", 0)}},
	{"it awaits a year without a calendar", nil, "2024-12-27", open, events{opening("2024-12-27", "", 2025)}},
	{"the policy sets it", nil, "2023-03-01", with(open, func(c *dispute.Open) { c.Under = under("clock.dispute_route", "10 days") }), events{with(opened, func(e *dispute.Opened) {
		e.Clocks = []clock.Start{with(route, func(s *clock.Start) { s.Period, s.Due = calendar.Period{N: 10, Unit: calendar.Days}, day("2023-03-11") })}
	})}},
	{"an amount and a source need not be known, a count is exact where nothing is said", nil, "2023-03-01",
		with(open, func(c *dispute.Open) {
			c.Amount, c.Source, c.Pupils = nil, domain.Ref{}, figure.Count{N: 30, Unit: term.Persons}
		}),
		events{with(opened, func(e *dispute.Opened) { e.Amount, e.Source, e.Pupils = nil, "", figure.Of(30, term.Persons) })}},

	{"a claim is numbered", isOpen, "2023-03-02", record, events{claim1}},
	{"the next claim has the next number", after(isOpen, was("2023-03-02", claim1)), "2023-03-02", dispute.RecordClaim{Rank: term.TraineeClaim, Amount: 30_000, Claimant: personal("p-2")}, events{claim2}},
	{"a claim may be supervised in full", isOpen, "2023-03-02", with(record, func(c *dispute.RecordClaim) { c.Supervised = 50_000 }), events{with(claim1, func(e *dispute.ClaimRecorded) { e.Supervised = 50_000 })}},

	{"it is routed to several at once", claimed, "2023-03-07", dispute.Route{To: routed.To, DocumentNo: "函 1 号"}, events{routed}},
	{"it is routed once more, to what is new", isRouted, "2023-03-20", dispute.Route{To: []term.Recourse{term.PoliceInquiry, term.CourtAction, term.CourtAction}}, events{dispute.Routed{To: []term.Recourse{term.CourtAction}}}},
	{"it is routed there already", isRouted, "2023-03-20", dispute.Route{To: []term.Recourse{term.PoliceInquiry}}, nil},

	{"a meeting is one", isOpen, "2023-03-04", meet, events{dispute.MeetingHeld{Agencies: []string{education, police}, Count: figure.Of(1, term.Meetings)}}},
	{"meetings are counted, whoever met", isOpen, "2023-03-04", dispute.HoldMeeting{Count: &figure.Count{N: 10, Unit: term.Meetings}}, events{dispute.MeetingHeld{Agencies: []string{}, Count: figure.Of(10, term.Meetings)}}},
	{"visits are counted", isOpen, "2023-03-05", visit, events{dispute.VisitReceived{Count: figure.Of(12, term.PersonVisits)}}},
	{"a count keeps its precision", isOpen, "2023-03-05", dispute.ReceiveVisit{Count: figure.Count{N: 30, Unit: term.PersonVisits, Precision: term.Nearly}},
		events{dispute.VisitReceived{Count: figure.Count{N: 30, Unit: term.PersonVisits, Precision: term.Nearly}}}},

	{"money is shared out by rank", claimed, "2023-04-01", dispute.ShareOut{Available: 50_000}, events{distributed}},
	{"that there is none is on record too", claimed, "2023-04-01", dispute.ShareOut{}, events{with(distributed, func(e *dispute.Distributed) {
		e.Available = 0
		e.Ranks = []dispute.RankShare{{Rank: term.TraineeClaim, Claims: 70_000}, {Rank: term.WageClaim, Claims: 100_000}}
		e.Claims = []dispute.Share{{Claim: 1, Due: 40_000, Shortfall: 40_000}, {Claim: 2, Due: 30_000, Shortfall: 30_000}, {Claim: 3, Due: 100_000, Shortfall: 100_000}}
		e.Shortfall = 170_000
	})}},

	{"it is resolved by a way that it was routed to", isRouted, "2023-06-01", resolve, events{resolved}},
	{"the missed routing is recorded", isOpen, "2023-03-09", missed("2023-03-08"), events{dispute.DeadlineMissed{Missing: clock.Missing{Clock: term.DisputeRoute, Due: day("2023-03-08"), Agency: education}}}},
	{"once", after(isOpen, was("2023-03-09", dispute.DeadlineMissed{Missing: missed("2023-03-08").Missing})), "2023-03-10", missed("2023-03-08"), nil},

	{"who a claimant is is read for a reason", isResolved, "2023-07-01", read, events{dispute.PersonalDataRead(read)}},
	{"a claimant is erased", claimed, "2023-07-01", erase, events{erased}},
	{"who is erased is so already", isErased, "2023-07-02", erase, nil},
	{"money is shared out after a claimant was erased", isErased, "2023-07-02", dispute.ShareOut{Available: 50_000}, events{distributed}},
	{"a fact is corrected", isOpen, "2023-04-01", dispute.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "cause", Reason: "笔误"}},
		events{dispute.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "cause", Reason: "笔误"}}}},
	{"a fact is annulled", isOpen, "2023-04-01", dispute.Annul{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}},
		events{dispute.Annulled{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}}},
}

// opening is the dispute opened on a day, to be routed until another.
func opening(on, until string, awaits int) dispute.Opened {
	e := opened
	e.Clocks = []clock.Start{with(route, func(s *clock.Start) {
		s.From, s.Due, s.Awaits = day(on), 0, awaits
		if until != "" {
			s.Due = day(until)
		}
	})}
	return e
}

func missed(until string) dispute.MissDeadline {
	return dispute.MissDeadline{Missing: clock.Missing{Clock: term.DisputeRoute, Due: day(until)}}
}

func TestActsAreAccepted(t *testing.T) {
	accepted := map[reflect.Type]bool{}
	for _, c := range acceptances {
		t.Run(c.name, func(t *testing.T) {
			given(t, c.before).When(domaintest.On(c.on), c.command).Then(c.then...)
		})
		accepted[reflect.TypeOf(c.command)] = accepted[reflect.TypeOf(c.command)] || len(c.then) > 0
	}
	for _, a := range dispute.Acts {
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
	command dispute.Command
	by      domain.Rule
	pointer string
}

// refusals are each act refused once or more, by every rule of its line.
var refusals = []refusal{
	{"a dispute is with an institution", nil, domaintest.On("2023-03-01"), with(open, func(c *dispute.Open) { c.Institution = domain.Ref{} }), anyFault, "/body/institution"},
	{"pupils are persons", nil, domaintest.On("2023-03-01"), with(open, func(c *dispute.Open) { c.Pupils.Unit = term.PersonVisits }), figure.CountRule, "/body/pupils/unit"},
	{"pupils are not fewer than none", nil, domaintest.On("2023-03-01"), with(open, func(c *dispute.Open) { c.Pupils.N = -1 }), figure.CountRule, "/body/pupils/n"},
	{"an amount is not negative", nil, domaintest.On("2023-03-01"), with(open, func(c *dispute.Open) { c.Amount = fen(-1) }), anyFault, "/body/amount_fen"},
	{"a dispute is opened once", isOpen, domaintest.On("2023-03-02"), open, rule.DisputeSteps, "/target"},

	{"nothing is claimed in what was not opened", nil, domaintest.On("2023-03-02"), record, rule.DisputeSteps, ""},
	{"nothing is claimed before the opening", isOpen, domaintest.On("2023-02-28"), record, rule.DisputeSteps, "/effective"},
	{"nothing is claimed after the end", isResolved, domaintest.On("2023-06-02"), record, rule.DisputeSteps, "/body"},
	{"a claim is above zero", isOpen, domaintest.On("2023-03-02"), with(record, func(c *dispute.RecordClaim) { c.Amount = 0 }), rule.ClosureRanking, "/body/amount_fen"},
	{"a claim has a claimant", isOpen, domaintest.On("2023-03-02"), with(record, func(c *dispute.RecordClaim) { c.Claimant = domain.Personal{} }), anyFault, "/body/claimant"},
	{"no more is supervised than claimed", isOpen, domaintest.On("2023-03-02"), with(record, func(c *dispute.RecordClaim) { c.Supervised = 50_001 }), rule.ClosureRanking, "/body/supervised_fen"},
	{"nothing is supervised for wages", isOpen, domaintest.On("2023-03-02"), with(record, func(c *dispute.RecordClaim) { c.Rank = term.WageClaim }), rule.ClosureRanking, "/body/supervised_fen"},
	{"what is supervised is not negative", isOpen, domaintest.On("2023-03-02"), with(record, func(c *dispute.RecordClaim) { c.Supervised = -1 }), anyFault, "/body/supervised_fen"},

	{"a routing says where to", isOpen, domaintest.On("2023-03-07"), dispute.Route{}, anyFault, "/body/to"},
	{"another agency does not route", isOpen, by(police, "2023-03-07"), dispute.Route{To: routed.To}, rule.DisputeLead, "/actor/agency"},
	{"nothing is routed after the end", isResolved, domaintest.On("2023-06-02"), dispute.Route{To: []term.Recourse{term.CourtAction}}, rule.DisputeSteps, "/body"},

	{"who met is an agency", isOpen, domaintest.On("2023-03-04"), dispute.HoldMeeting{Agencies: []string{education, "法院"}}, anyFault, "/body/agencies/1"},
	{"who met stands once", isOpen, domaintest.On("2023-03-04"), dispute.HoldMeeting{Agencies: []string{education, education}}, anyFault, "/body/agencies/1"},
	{"meetings are counted as meetings", isOpen, domaintest.On("2023-03-04"), dispute.HoldMeeting{Count: &figure.Count{N: 1, Unit: term.Occasions}}, figure.CountRule, "/body/count/unit"},
	{"no meeting is none", isOpen, domaintest.On("2023-03-04"), dispute.HoldMeeting{Count: &figure.Count{Unit: term.Meetings}}, figure.CountRule, "/body/count/n"},
	{"no meeting after the end", isResolved, domaintest.On("2023-06-02"), meet, rule.DisputeSteps, "/body"},
	{"visits are of persons", isOpen, domaintest.On("2023-03-05"), dispute.ReceiveVisit{Count: figure.Of(1, term.Persons)}, figure.CountRule, "/body/count/unit"},
	{"visits have a unit", isOpen, domaintest.On("2023-03-05"), dispute.ReceiveVisit{Count: figure.Count{N: 1}}, figure.CountRule, "/body/count/unit"},
	{"no visit after the end", isResolved, domaintest.On("2023-06-02"), visit, rule.DisputeSteps, "/body"},

	{"nothing is shared out without claims", isOpen, domaintest.On("2023-04-01"), dispute.ShareOut{Available: 1}, rule.ClosureRanking, "/body"},
	{"less than nothing is not shared out", claimed, domaintest.On("2023-04-01"), dispute.ShareOut{Available: -1}, anyFault, "/body/available_fen"},
	{"nothing is shared out before a claim was made", claimed, domaintest.On("2023-03-02"), dispute.ShareOut{Available: 1}, rule.DisputeSteps, "/effective"},
	{"nor before an earlier distribution", after(claimed, was("2023-04-01", distributed)), domaintest.On("2023-03-31"), dispute.ShareOut{Available: 1}, rule.DisputeSteps, "/effective"},
	{"nor by another agency", claimed, by(police, "2023-04-01"), dispute.ShareOut{Available: 1}, rule.DisputeLead, "/actor/agency"},
	{"claims beyond what can be counted are not shared for", after(isOpen, was("2023-03-02", huge(1)), was("2023-03-02", huge(2))), domaintest.On("2023-04-01"), dispute.ShareOut{Available: 1}, anyFault, "/body/available_fen"},

	{"nothing is resolved by a way it was not routed to", isRouted, domaintest.On("2023-06-01"), with(resolve, func(c *dispute.Resolve) { c.By = term.CourtAction }), rule.DisputeSteps, "/body/by"},
	{"nor before it was", isRouted, domaintest.On("2023-03-06"), resolve, rule.DisputeSteps, "/effective"},
	{"nor without terms", isRouted, domaintest.On("2023-06-01"), with(resolve, func(c *dispute.Resolve) { c.Terms = " " }), anyFault, "/body/terms"},
	{"nor with less than nothing left", isRouted, domaintest.On("2023-06-01"), with(resolve, func(c *dispute.Resolve) { c.Remaining = -1 }), anyFault, "/body/remaining_fen"},
	{"nor by another agency", isRouted, by(police, "2023-06-01"), resolve, rule.DisputeLead, "/actor/agency"},
	{"nor twice", isResolved, domaintest.On("2023-06-02"), resolve, rule.DisputeSteps, "/body"},

	{"no routing is missed on its last day", isOpen, domaintest.On("2023-03-08"), missed("2023-03-08"), clock.MissedRule, "/effective"},
	{"no routing is missed that was done", isRouted, domaintest.On("2023-03-09"), missed("2023-03-08"), clock.MissedRule, "/body/clock"},
	{"nobody is read without a reason", claimed, domaintest.On("2023-07-01"), with(read, func(c *dispute.ReadPersonalData) { c.Reason = "" }), anyFault, "/body/reason"},
	{"nobody is read who is not there", claimed, domaintest.On("2023-07-01"), with(read, func(c *dispute.ReadPersonalData) { c.Person = "p-9" }), rule.Unsealing, "/body/person_ref"},
	{"nobody is read by another agency", claimed, by(police, "2023-07-01"), read, rule.DisputeLead, "/actor/agency"},
	{"nobody is read who was erased", isErased, domaintest.On("2023-07-02"), read, rule.Unsealing, ""},
	{"nobody is erased who is not there", isOpen, domaintest.On("2023-07-01"), erase, rule.Erasure, "/body/person_ref"},
	{"nobody is erased without a basis", claimed, domaintest.On("2023-07-01"), with(erase, func(c *dispute.ErasePersonalData) { c.LegalBasis = "" }), anyFault, "/body/legal_basis"},
	{"a period is not corrected", isOpen, domaintest.On("2023-04-01"), dispute.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "clocks", Reason: "笔误"}}, clock.ExtensionRule, "/body/field"},
	{"a sealed value is not corrected", isOpen, domaintest.On("2023-04-01"), dispute.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "claimant", Reason: "笔误"}}, rule.PersonalData, "/body/field"},
	{"a correction needs a reason", isOpen, domaintest.On("2023-04-01"), dispute.Correct{}, anyFault, "/body/reason"},
	{"an annulment needs a reason", isOpen, domaintest.On("2023-04-01"), dispute.Annul{}, anyFault, "/body/reason"},
}

// huge is a claim of which two are too many.
func huge(number int) dispute.ClaimRecorded {
	return dispute.ClaimRecorded{Claim: number, Rank: term.OtherClaim, Amount: 1 << 62, Claimant: sealed("p-9")}
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
	for _, a := range dispute.Acts {
		if !refused[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that refuses it", a.Name)
		}
	}
}

func TestEveryRuleOfALineRefusesOnce(t *testing.T) {
	for _, a := range dispute.Acts {
		of := reflect.TypeOf(a.Command(a.New()))
		for _, r := range a.Rules {
			if !slices.ContainsFunc(refusals, func(c refusal) bool { return reflect.TypeOf(c.command) == of && c.by == r }) {
				t.Errorf("%s: got no refusal by %s", a.Name, r.ID)
			}
		}
	}
}

func TestWhoeverTakesPartRecordsClaimsMeetingsAndVisits(t *testing.T) {
	for name, c := range map[string]dispute.Command{"a claim": record, "a meeting": meet, "a visit": visit} {
		t.Run(name, func(t *testing.T) { given(t, isOpen).When(by(police, "2023-03-04"), c).Accepted() })
	}
}

func TestRoutingAndTheEndEndThePeriod(t *testing.T) {
	for name, c := range map[string]struct {
		before facts
		open   bool
	}{
		"opened":                 {claimed, true},
		"routed":                 {isRouted, false},
		"resolved, route erased": {after(claimed, was("2023-06-01", resolved)), false},
	} {
		t.Run(name, func(t *testing.T) {
			if _, open := given(t, c.before).State().Clocks.Find(term.DisputeRoute, ""); open != c.open {
				t.Errorf("got it open: %v", open)
			}
		})
	}
}

func TestHeadsSayWhoAndHowFar(t *testing.T) {
	met := after(isOpen, was("2023-03-04", dispute.MeetingHeld{Agencies: []string{police, education}, Count: figure.Of(2, term.Meetings)}),
		was("2023-03-05", dispute.MeetingHeld{Agencies: []string{police, "530427-fire"}, Count: figure.Of(1, term.Meetings)}))
	for name, c := range map[string]struct {
		before   facts
		status   term.DisputeStatus
		agencies []string
		closed   calendar.Day
	}{
		"opened":   {claimed, term.DisputeOpen, []string{education}, 0},
		"met":      {met, term.DisputeOpen, []string{education, police, "530427-fire"}, 0},
		"routed":   {isRouted, term.DisputeRouted, []string{education}, 0},
		"resolved": {isResolved, term.DisputeResolved, []string{education}, day("2023-06-01")},
	} {
		t.Run(name, func(t *testing.T) {
			want := work.Head{
				Title: "关门停业", Kind: "closure", Status: string(c.status), Institution: school, Agency: education, Agencies: c.agencies,
				Opened: day("2023-03-01"), Closed: c.closed, Sources: []string{grievance},
			}
			if got := given(t, c.before).State().Head(); !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
	if s := given(t, met).State(); s.Meetings != figure.Of(3, term.Meetings) {
		t.Errorf("got %+v meetings, want 3", s.Meetings)
	}
}

func TestStatesKeepWhatWasSettled(t *testing.T) {
	s := given(t, after(isResolved, was("2023-06-02", dispute.VisitReceived{Count: figure.Count{N: 30, Unit: term.PersonVisits, Precision: term.Nearly}}))).State()
	if s.By != term.CourtMediation || s.Remaining != 20_000 || s.Visits.Precision != term.Nearly || *s.Amount != 180_000 {
		t.Errorf("got %+v", s)
	}
	if s := given(t, after(claimed, was("2023-07-01", erased))).State(); !s.Persons.Erased("p-1") || s.Claims[0].Amount != 50_000 {
		t.Errorf("got %+v, want the person erased and the claim kept", s)
	}
}

// TestAClaimCorrectedBelowWhatWasPaidIsOwedNothing shares out after a correction
// that the log folds in.
func TestAClaimCorrectedBelowWhatWasPaidIsOwedNothing(t *testing.T) {
	lower := with(claim2, func(e *dispute.ClaimRecorded) { e.Amount = 20_000 })
	s := given(t, facts{was("2023-03-01", opened), was("2023-03-02", claim1), was("2023-03-02", lower), was("2023-03-03", claim3), was("2023-04-01", distributed)}).
		When(domaintest.On("2023-05-01"), dispute.ShareOut{Available: 11_429}).Accepted()
	if s.Claims[0].Unpaid() != 0 || s.Claims[1].Paid != 21_429 {
		t.Errorf("got %+v, want the first claim paid and the second left alone", s.Claims)
	}
}

func TestFactsMeasure(t *testing.T) {
	for name, c := range map[string]struct {
		fact figure.Measured
		want []figure.Measure
	}{
		"a dispute": {opened, []figure.Measure{
			{Key: term.DisputesOpened, Item: "closure", Institution: school, Count: figure.Of(1, term.Incidents)},
			{Key: term.DisputePupils, Item: "closure", Institution: school, Count: open.Pupils}}},
		"a routing": {routed, []figure.Measure{
			{Key: term.DisputesRouted, Item: "court_mediation", Count: figure.Of(1, term.Incidents)}, {Key: term.DisputesRouted, Item: "police", Count: figure.Of(1, term.Incidents)}}},
		"a meeting":         {dispute.MeetingHeld{Count: figure.Of(10, term.Meetings)}, []figure.Measure{{Key: term.DisputeMeetings, Count: figure.Of(10, term.Meetings)}}},
		"a visit":           {dispute.VisitReceived{Count: figure.Of(3, term.PersonVisits)}, []figure.Measure{{Key: term.DisputeVisits, Count: figure.Of(3, term.PersonVisits)}}},
		"an end":            {resolved, []figure.Measure{{Key: term.DisputesResolved, Item: "court_mediation", Institution: school, Count: figure.Of(1, term.Incidents)}}},
		"a missed deadline": {dispute.DeadlineMissed{Missing: clock.Missing{Clock: term.DisputeRoute, Agency: education}}, []figure.Measure{{Key: term.DeadlinesMissed, Item: "dispute_route", Agency: education, Count: figure.Of(1, term.Items)}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.fact.Measures(); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestReferencesConcernsAndPersonalValues(t *testing.T) {
	var c dispute.Open
	refs := (&c).Refs()
	for i, want := range []string{"/body/institution", "/body/source"} {
		if refs[i].Pointer != want || len(refs[i].Kinds) == 0 {
			t.Errorf("got %+v, want %s", refs[i], want)
		}
		refs[i].Ref.Stream = want
	}
	if c.Institution.Stream != "/body/institution" || c.Source.Stream != "/body/source" {
		t.Errorf("got %+v, want both resolved in place", c)
	}
	if got := opened.Concerns(); !slices.Equal(got, []string{school}) {
		t.Errorf("got %v, want the institution", got)
	}
	claim := dispute.RecordClaim{Claimant: domain.PersonalText("张三")}
	for _, p := range (&claim).Personal() {
		p.Sealed = domain.Sealed{Person: "p-" + p.Clear()}
	}
	if claim.Claimant.Sealed.Person != "p-张三" {
		t.Errorf("got %q sealed", claim.Claimant.Sealed.Person)
	}
	var _ domain.Unsealer = read
	var _ domain.Eraser = erased
}

func TestAClaimChecksItselfAfterACorrection(t *testing.T) {
	if err := claim1.Check(); err != nil {
		t.Errorf("got %v", err)
	}
	if with(claim1, func(e *dispute.ClaimRecorded) { e.Amount = 1 }).Check() == nil {
		t.Error("got no refusal of a claim below what is supervised for it")
	}
}
