package penalty_test

import (
	"testing"

	"minglu/domain"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/penalty"
	"minglu/domain/rule"
	"minglu/domain/term"
)

var (
	isRecused  = after(isFiled, was("2024-03-06", penalty.OfficerRecused{Officer: "host-1", Reason: "利害关系"}))
	isHandedTo = after(isTransferred, was("2024-03-09", penalty.JurisdictionAssigned{Agency: bureau, Was: market, By: "530427-joint_conference_office"}))
	isJoined   = facts{isAlleged[0], was("2024-03-05", with(filed, func(e *penalty.Filed) { e.Officers = []string{"inv-1", "inv-2", "market-1"} }))}
	late       = facts{was("2024-02-26", with(alleged, func(e *penalty.ViolationAlleged) {
		e.Committed = penalty.Days{From: day("2022-02-24"), To: day("2022-02-25")}
	}))}
	toTheDoor = penalty.Allege{SourceKind: term.FromMedia, Premises: "某小区3栋201室", Committed: penalty.Days{From: day("2024-02-20")}, Facts: "在职教师有偿补课"}
	onTime    = facts{was("2024-02-26", with(alleged, func(e *penalty.ViolationAlleged) {
		e.Committed = penalty.Days{From: day("2022-02-24"), To: day("2022-02-26")}
	}))}
	referred  = after(isFiled, was("2024-03-06", penalty.AccountabilityReferred{Subject: institution, Body: "县纪委监委", Person: person}))
	unsealing = domain.Unsealing{Person: "p-1", Reason: "核对身份"}
	erasure   = domain.Erasure{Person: "p-1", Reason: "当事人申请", LegalBasis: "个人信息保护法 第四十七条"}
	erased    = after(referred, was("2024-03-07", penalty.PersonalDataErased{Erasure: erasure}))
	missing   = clock.Missing{Clock: term.PenaltyDecision, Due: day("2024-06-03")}
	isMissed  = after(isFiled, was("2024-06-04", penalty.DeadlineMissed{Missing: clock.Missing{Clock: term.PenaltyDecision, Due: day("2024-06-03"), Agency: bureau}}))
)

var handlingAccepted = []acceptance{
	{"a lead is taken down", nil, "2024-02-26", allege, events{alleged}},
	{"a lead of a teacher names premises and one day", nil, "2024-03-01", penalty.Allege{
		SourceKind: term.FromMedia, Premises: "某小区", SubjectType: term.InServiceTeacher, Variant: term.Variant2, Committed: penalty.Days{From: day("2024-02-20")},
		Discovered: day("2024-02-26"), Facts: "在职教师有偿补课"}, events{teacher}},

	{"two registered officers file the case", isAlleged, "2024-03-05", file, events{filed}},
	{"the last day of two years is in time", onTime, "2024-03-05", file, events{filed}},
	{"serious harm is punished for five years", late, "2024-03-05", with(file, func(c *penalty.File) { c.SeriousHarm = true }),
		events{with(filed, func(e *penalty.Filed) { e.SeriousHarm = true })}},
	{"the period to decide runs over the end of a year", facts{was("2024-11-01", alleged)}, "2024-11-20", file,
		events{with(filed, func(e *penalty.Filed) {
			e.Clocks = []clock.Start{start(term.PenaltyDecision, "2024-11-20", "2025-02-18")}
		})}},
	{"who was assigned the case files it within what is left of the period", isHandedTo, "2024-03-10", file,
		events{with(filed, func(e *penalty.Filed) { e.Clocks = nil })}},
	{"an officer of another agency joins two of its own", isAlleged, "2024-03-05", with(file, func(c *penalty.File) { c.Officers = []string{"inv-1", "inv-2", "market-1"} }),
		events{with(filed, func(e *penalty.Filed) { e.Officers = []string{"inv-1", "inv-2", "market-1"} })}},
	{"and leaves again", isJoined, "2024-03-06", penalty.RecuseOfficer{Under: under, Officer: "market-1", Reason: "近亲属"}, events{penalty.OfficerRecused{Officer: "market-1", Reason: "近亲属"}}},

	{"a case is handed to another agency of the division", isFiled, "2024-03-08", penalty.Transfer{To: market, Reason: "虚假宣传"},
		events{penalty.Transferred{From: bureau, To: market, Reason: "虚假宣传"}}},
	{"a case is handed to the city", isAlleged, "2024-03-08", penalty.Transfer{To: "530400-education", Reason: "跨县"},
		events{penalty.Transferred{From: bureau, To: "530400-education", Reason: "跨县"}}},
	{"a case handed to another county ends here", isAlleged, "2024-03-08", penalty.Transfer{To: "530402-education", Reason: "行为地"},
		events{penalty.Transferred{From: bureau, To: "530402-education", Reason: "行为地", Outside: true}}},

	{"the joint-conference office names the agency", isTransferred, "2024-03-09", penalty.AssignJurisdiction{Agency: bureau, Reason: "争议"},
		events{penalty.JurisdictionAssigned{Agency: bureau, Was: market, By: bureau, Reason: "争议"}}},
	{"the agency that handles the case is confirmed", isFiled, "2024-03-09", penalty.AssignJurisdiction{Agency: bureau},
		events{penalty.JurisdictionAssigned{Agency: bureau, Was: bureau, By: bureau}}},
	{"what was ruled is so already", isHandedTo, "2024-03-10", penalty.AssignJurisdiction{Agency: bureau}, nil},

	{"an investigator is replaced", isFiled, "2024-03-06", penalty.RecuseOfficer{Under: under, Officer: "inv-1", Reason: "近亲属", Replacement: "inv-3"},
		events{penalty.OfficerRecused{Officer: "inv-1", Reason: "近亲属", Replacement: "inv-3"}}},
	{"one of three investigators leaves", facts{isAlleged[0], was("2024-03-05", with(filed, func(e *penalty.Filed) { e.Officers = []string{"inv-1", "inv-2", "inv-3"} }))},
		"2024-03-06", penalty.RecuseOfficer{Under: under, Officer: "inv-1", Reason: "近亲属"}, events{penalty.OfficerRecused{Officer: "inv-1", Reason: "近亲属"}}},
	{"who does not investigate is recused", isFiled, "2024-03-06", penalty.RecuseOfficer{Under: under, Officer: "host-1", Reason: "利害关系"},
		events{penalty.OfficerRecused{Officer: "host-1", Reason: "利害关系"}}},
	{"who was recused is so already", isRecused, "2024-03-07", penalty.RecuseOfficer{Under: under, Officer: "host-1", Reason: "利害关系"}, nil},

	{"an informal measure is taken", isAlleged, "2024-02-27", penalty.TakeInformalMeasure{Kind: term.OralWarning, Note: "当场劝导"},
		events{penalty.InformalMeasureTaken{Subject: institution, Kind: term.OralWarning, Note: "当场劝导"}}},
	{"a suspected crime is referred to the police", isFiled, "2024-03-06", penalty.ReferToPolice{Document: "移送书1号"},
		events{penalty.ReferredToPolice{Subject: institution, Document: "移送书1号"}}},
	{"by one paper once", after(isFiled, was("2024-03-06", penalty.ReferredToPolice{Subject: institution, Document: "移送书1号"})), "2024-03-07",
		penalty.ReferToPolice{Document: "移送书1号"}, nil},
	{"a person is referred sealed", isFiled, "2024-03-06", refer("张某"),
		events{penalty.AccountabilityReferred{Subject: institution, Body: "县纪委监委", Person: person, Reason: "失职"}}},
	{"a referral may follow the end of the case", isClosed, "2024-06-06", refer(""),
		events{penalty.AccountabilityReferred{Subject: institution, Body: "县纪委监委", Reason: "失职"}}},

	{"a sealed value is read with a reason", referred, "2024-03-07", penalty.ReadPersonalData{Unsealing: unsealing}, events{penalty.PersonalDataRead{Unsealing: unsealing}}},
	{"a person is erased", referred, "2024-03-07", penalty.ErasePersonalData{Erasure: erasure}, events{penalty.PersonalDataErased{Erasure: erasure}}},
	{"an erased person is so already", erased, "2024-03-08", penalty.ErasePersonalData{Erasure: erasure}, nil},

	{"a period to decide that has passed is missed", isFiled, "2024-06-04", penalty.MissDeadline{Missing: missing},
		events{penalty.DeadlineMissed{Missing: clock.Missing{Clock: term.PenaltyDecision, Due: day("2024-06-03"), Agency: bureau}}}},
	{"what is missed is so already", isMissed, "2024-06-05", penalty.MissDeadline{Missing: missing}, nil},

	{"a fact is corrected", isAlleged, "2024-03-01", penalty.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "facts", Reason: "笔误"}},
		events{penalty.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "facts", Reason: "笔误"}}}},
	{"a fact is annulled", isAlleged, "2024-03-01", penalty.Annul{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}},
		events{penalty.Annulled{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}}},
}

var handlingRefused = []refusal{
	{"a lead is taken down once", isAlleged, "2024-02-27", allege, rule.PenaltySteps, "/act"},
	{"a lead names where it comes from", nil, "2024-02-26", with(allege, func(c *penalty.Allege) { c.SourceKind = "" }), anyFault, "/body/source_kind"},
	{"a lead names a party", nil, "2024-02-26", with(allege, func(c *penalty.Allege) { c.Subject = domain.Ref{} }), anyFault, "/body/premises"},
	{"either an institution or premises", nil, "2024-02-26", with(allege, func(c *penalty.Allege) { c.Premises = "某处" }), anyFault, "/body/premises"},
	{"a lead names its facts", nil, "2024-02-26", with(allege, func(c *penalty.Allege) { c.Facts = " " }), anyFault, "/body/facts"},
	{"a lead names the day of the act", nil, "2024-02-26", with(allege, func(c *penalty.Allege) { c.Committed = penalty.Days{} }), anyFault, "/body/committed/from"},
	{"an act does not end before it begins", nil, "2024-02-26", with(allege, func(c *penalty.Allege) { c.Committed.To = day("2024-02-19") }), anyFault, "/body/committed/to"},
	{"an act is not discovered before it", nil, "2024-02-23", allege, anyFault, "/body/committed"},
	{"nor on a day to come", nil, "2024-02-26", with(allege, func(c *penalty.Allege) { c.Discovered = day("2024-02-27") }), anyFault, "/body/discovered"},

	{"a case is filed once", isFiled, "2024-03-06", file, rule.PenaltySteps, "/act"},
	{"not before it was alleged", isAlleged, "2024-02-25", file, rule.PenaltySteps, "/effective"},
	{"not after it was decided on the spot", spot, "2024-03-06", file, rule.PenaltySteps, "/act"},
	{"not before the agency had it", isHandedTo, "2024-03-08", file, rule.PenaltySteps, "/effective"},
	{"one officer is too few", isAlleged, "2024-03-05", with(file, func(c *penalty.File) { c.Officers = []string{"inv-1"} }), rule.TwoOfficers, "/body/officers"},
	{"two are two different ones", isAlleged, "2024-03-05", with(file, func(c *penalty.File) { c.Officers = []string{"inv-1", "inv-1"} }), rule.TwoOfficers, "/body/officers/1"},
	{"two of its own investigate", isAlleged, "2024-03-05", with(file, func(c *penalty.File) { c.Officers = []string{"inv-1", "market-1"} }), rule.TwoOfficers, "/body/officers"},
	{"a credential that has ended does not count", isAlleged, "2024-03-05", with(file, func(c *penalty.File) { c.Officers = []string{"inv-1", "past"} }), rule.TwoOfficers, "/body/officers/1"},
	{"premises are written down to the street", nil, "2024-02-26", toTheDoor, rule.PersonalData, "/body/premises"},
	{"who was recused does not investigate", after(isAlleged, was("2024-03-01", penalty.OfficerRecused{Officer: "inv-1", Reason: "近亲属"})), "2024-03-05", file, rule.Recusal, "/body/officers"},
	{"a filing names its basis", isAlleged, "2024-03-05", with(file, func(c *penalty.File) { c.Basis = "" }), anyFault, "/body/basis"},
	{"what was discovered after two years is not filed", late, "2024-03-05", file, rule.PenaltyLimitation, ""},

	{"a case is not handed on once it is decided", isDecided, "2024-04-02", penalty.Transfer{To: market, Reason: "a"}, rule.PenaltySteps, "/act"},
	{"nor before it was filed", isFiled, "2024-03-04", penalty.Transfer{To: market, Reason: "a"}, rule.PenaltySteps, "/effective"},
	{"a case is handed to an agency", isFiled, "2024-03-08", penalty.Transfer{To: "公安局", Reason: "a"}, anyFault, "/body/to"},
	{"to one that punishes", isFiled, "2024-03-08", penalty.Transfer{To: "530427-bank", Reason: "a"}, rule.PenaltyAgency, "/body/to"},
	{"who was named by arbitration keeps it", isHandedTo, "2024-03-10", penalty.Transfer{Under: under, To: market, Reason: "a"}, rule.PenaltyAgency, "/body/to"},
	{"also from another county", isHandedTo, "2024-03-10", penalty.Transfer{Under: under, To: "530402-education", Reason: "a"}, rule.PenaltyAgency, "/body/to"},
	{"to another one", isFiled, "2024-03-08", penalty.Transfer{To: bureau, Reason: "a"}, rule.PenaltyAgency, "/body/to"},
	{"with a reason", isFiled, "2024-03-08", penalty.Transfer{To: market}, anyFault, "/body/reason"},

	{"there must be a case to assign", nil, "2024-03-08", penalty.AssignJurisdiction{Agency: market}, rule.PenaltySteps, ""},
	{"a case that has ended is not assigned", isClosed, "2024-06-01", penalty.AssignJurisdiction{Agency: market}, rule.PenaltySteps, "/act"},
	{"nor one that is decided", isDecided, "2024-04-02", penalty.AssignJurisdiction{Agency: market}, rule.PenaltySteps, "/act"},
	{"an agency of another county is not assigned", isFiled, "2024-03-08", penalty.AssignJurisdiction{Agency: "530402-education"}, rule.PenaltyAgency, "/body/agency"},
	{"who is assigned is an agency", isFiled, "2024-03-08", penalty.AssignJurisdiction{Agency: "x"}, anyFault, "/body/agency"},

	{"two investigators stay", isFiled, "2024-03-06", penalty.RecuseOfficer{Under: under, Officer: "inv-1", Reason: "近亲属"}, rule.TwoOfficers, "/body/replacement"},
	{"two of its own", isJoined, "2024-03-06", penalty.RecuseOfficer{Under: under, Officer: "inv-1", Reason: "近亲属"}, rule.TwoOfficers, "/body/replacement"},
	{"whoever replaces one", isFiled, "2024-03-06", penalty.RecuseOfficer{Under: under, Officer: "inv-1", Reason: "近亲属", Replacement: "market-1"}, rule.TwoOfficers, "/body/replacement"},
	{"a replacement is another one", isFiled, "2024-03-06", penalty.RecuseOfficer{Under: under, Officer: "inv-1", Reason: "近亲属", Replacement: "inv-2"}, rule.TwoOfficers, "/body/replacement"},
	{"a replacement is registered", isFiled, "2024-03-06", penalty.RecuseOfficer{Under: under, Officer: "inv-1", Reason: "近亲属", Replacement: "past"}, rule.TwoOfficers, "/body/replacement"},
	{"a replacement was not recused", isRecused, "2024-03-07", penalty.RecuseOfficer{Under: under, Officer: "inv-1", Reason: "近亲属", Replacement: "host-1"}, rule.Recusal, "/body/replacement"},
	{"who does not investigate is not replaced", isFiled, "2024-03-06", penalty.RecuseOfficer{Under: under, Officer: "host-1", Reason: "a", Replacement: "inv-3"}, anyFault, "/body/replacement"},
	{"a recusal has a reason", isFiled, "2024-03-06", penalty.RecuseOfficer{Under: under, Officer: "inv-1"}, anyFault, "/body/reason"},

	{"an informal measure is named", isAlleged, "2024-02-27", penalty.TakeInformalMeasure{}, anyFault, "/body/kind"},
	{"and comes before the decision", isDecided, "2024-04-02", penalty.TakeInformalMeasure{Kind: term.StopOrder}, rule.PenaltySteps, "/act"},
	{"a referral to the police names its document", isFiled, "2024-03-06", penalty.ReferToPolice{Document: " "}, rule.PenaltyReferral, "/body/document"},
	{"a referral for accountability names the body", isFiled, "2024-03-06", penalty.ReferAccountability{}, rule.PenaltyReferral, "/body/body"},
	{"who is unknown is not read", isFiled, "2024-03-07", penalty.ReadPersonalData{Unsealing: unsealing}, rule.Unsealing, "/body/person_ref"},
	{"who is erased is not read", erased, "2024-03-08", penalty.ReadPersonalData{Unsealing: unsealing}, rule.Unsealing, ""},
	{"who is unknown is not erased", isFiled, "2024-03-07", penalty.ErasePersonalData{Erasure: erasure}, rule.Erasure, "/body/person_ref"},
	{"a period is not missed on its last day", isFiled, "2024-06-03", penalty.MissDeadline{Missing: missing}, clock.MissedRule, "/effective"},
	{"nor one that does not run", isAlleged, "2024-06-04", penalty.MissDeadline{Missing: missing}, clock.MissedRule, "/body/clock"},
	{"a correction has a reason", isAlleged, "2024-03-01", penalty.Correct{}, anyFault, "/body/reason"},
	{"what is sealed is not corrected", isFiled, "2024-05-12", correcting("person/commit"), rule.PersonalData, "/body/field"},
	{"a period is not corrected", isFiled, "2024-03-06", correcting("clocks/0/due"), clock.ExtensionRule, "/body/field"},
	{"nor an extension of it", isOver, "2024-04-01", correcting("until"), clock.ExtensionRule, "/body/field"},
	{"nor what was decided", isDecided, "2024-04-02", correcting("fine_fen"), rule.PenaltyReversal, "/body/field"},
	{"nor for which act", isDecided, "2024-04-02", correcting("fine_key"), rule.PenaltyReversal, "/body/field"},
	{"nor what the party was told", isStated, "2024-03-20", correcting("proposed/fine_fen"), rule.PenaltyNotice, "/body/field"},
	{"nor who investigated", isFiled, "2024-03-06", correcting("officers/0"), rule.SeparateDecider, "/body/field"},
	{"nor who handles the case", isTransferred, "2024-03-09", correcting("to"), rule.PenaltyAgency, "/body/field"},
	{"nor the day of the service", isServed, "2024-04-03", correcting("served_on"), rule.PenaltyService, "/body/field"},
	{"nor how long it is published", isPublished, "2024-04-11", correcting("max_until"), rule.PenaltyPublicity, "/body/field"},
	{"an annulment has a reason", isAlleged, "2024-03-01", penalty.Annul{}, anyFault, "/body/reason"},
}

// byItself are the acts that are not those of the agency that handles the case.
var byItself = map[string]bool{
	"penalty.allege": true, "penalty.assign-jurisdiction": true, "penalty.erase-personal-data": true, "penalty.miss-deadline": true,
	"penalty.correct": true, "penalty.annul": true,
}

// ofHandling are the rules of the acts of the agency that handles the case, which
// are tested of all of them at once.
var ofHandling = []string{rule.PenaltySteps.ID, rule.PenaltyAgency.ID, rule.Recusal.ID}

func TestOnlyTheHandlingAgencyActsByOfficersNotRecused(t *testing.T) {
	other := with(domaintest.On("2024-03-20", "x"), func(m *domain.Meta) { m.Actor.Agency = market })
	for _, a := range penalty.Acts {
		if byItself[a.Name] {
			continue
		}
		c := a.Command(a.New()).(penalty.Command)
		t.Run(a.Name, func(t *testing.T) {
			given(t, nil).When(domaintest.On("2024-03-20"), c).ThenRefused(rule.PenaltySteps)
			given(t, isFiled).When(other, c).ThenRefused(rule.PenaltyAgency, "/actor/agency")
			given(t, isTransferred).When(domaintest.On("2024-03-20"), c).ThenRefused(rule.PenaltyAgency, "/actor/agency")
			given(t, isRecused).When(domaintest.On("2024-03-20", "inv-1", "host-1"), c).ThenRefused(rule.Recusal, "/actor/officer")
		})
	}
}

func TestAfterTheEndOnlyWhatOutlivesIt(t *testing.T) {
	outlives := map[string]bool{
		"penalty.publish": true, "penalty.withdraw-publication": true, "penalty.revoke": true, "penalty.change": true, "penalty.record-reconsideration": true,
		"penalty.record-litigation": true, "penalty.refer-accountability": true, "penalty.read-personal-data": true,
	}
	for _, a := range penalty.Acts {
		if byItself[a.Name] || outlives[a.Name] {
			continue
		}
		c := a.Command(a.New()).(penalty.Command)
		t.Run(a.Name, func(t *testing.T) {
			given(t, isClosed).When(domaintest.On("2024-06-20"), c).ThenRefused(rule.PenaltySteps, "/act")
		})
	}
}

func correcting(field string) penalty.Correct {
	return penalty.Correct{Correction: domain.Correction{TargetSeq: 1, Field: field, Was: domain.RawJSON(`"a"`), Is: domain.RawJSON(`"b"`), Reason: "笔误"}}
}

// marketMeta is that of an act of market supervision.
func marketMeta(on string, officers ...string) domain.Meta {
	return with(domaintest.On(on, officers...), func(m *domain.Meta) { m.Actor.Agency = market })
}

func TestTheNewAgencyFilesWithinWhatIsLeftOfThePeriod(t *testing.T) {
	s := given(t, isTransferred).State()
	if open := s.Clocks.Open(); s.Agency != market || s.Status() != term.CaseTransferred || s.Open(day("2024-03-08")) || !s.Open(day("2024-03-07")) ||
		len(open) != 1 || open[0].Agency != market || open[0].Due != day("2024-06-03") {
		t.Errorf("got %s, %s, clocks %v", s.Agency, s.Status(), open)
	}
	officers := []string{"market-1", "market-2"}
	given(t, isTransferred).When(marketMeta("2024-03-11", "x"), file).ThenRefused(rule.TwoOfficers, "/body/officers")
	s = given(t, isTransferred).When(marketMeta("2024-03-11", "x"), with(file, func(c *penalty.File) { c.Officers = officers })).
		Then(with(filed, func(e *penalty.Filed) { e.Officers, e.Clocks = officers, nil }))
	if f, ok := s.Filing(); !ok || f.On != day("2024-03-11") || f.DecideBy != day("2024-06-03") || s.Status() != term.CaseFiled {
		t.Errorf("got %+v, %s", f, s.Status())
	}
	if h := s.Head(); h.Agency != market || len(h.Agencies) != 2 {
		t.Errorf("got %+v", h)
	}
}

// wentAround is a case that went to market supervision and back, where other
// officers filed it, after the party had made its statement.
var wentAround = after(isStated,
	was("2024-03-15", penalty.Transferred{From: bureau, To: market, Reason: "管辖"}),
	domaintest.Was(marketMeta("2024-03-18", "x"), penalty.Filed{Subject: institution, Officers: []string{"market-1", "market-2"}, Basis: "a"}),
	domaintest.Was(marketMeta("2024-03-20", "x"), penalty.Transferred{From: market, To: bureau, Reason: "管辖"}),
	was("2024-03-21", penalty.Filed{Subject: institution, Officers: []string{"inv-3", "host-1"}, Basis: "a"}))

func TestACaseThatGoesAroundGainsNothing(t *testing.T) {
	s := given(t, wentAround).State()
	if c, _ := s.Clocks.Find(term.PenaltyDecision, ""); c.Due != day("2024-06-03") || c.Agency != bureau {
		t.Errorf("got %+v, want the period of the first filing", c)
	}
	heavier := proposing(with(fine, func(s *rule.Sanction) { s.FineFen++ }))
	given(t, wentAround).When(domaintest.On("2024-03-22", head), heavier).ThenRefused(rule.NoHeavierPenalty, "/body/proposed/fine_fen")
	given(t, wentAround).When(domaintest.On("2024-03-22", "inv-1"), penalty.DecideNoPenalty{Ground: term.NoFault}).ThenRefused(rule.SeparateDecider, "/actor/officer")
	given(t, wentAround[:len(wentAround)-1]).When(domaintest.On("2024-03-22", "inv-1"), penalty.DecideNoPenalty{Ground: term.NoFault}).
		ThenRefused(rule.SeparateDecider, "/actor/officer")
	given(t, wentAround[:len(wentAround)-1]).When(domaintest.On("2024-03-22", head), onTheSpot).ThenRefused(rule.SummaryPenalty, "/body/procedure")
	ready := after(wentAround, was("2024-03-22", slightServed), was("2024-03-23", penalty.StatementWaived{}))
	given(t, ready).When(domaintest.On("2024-06-04", head), lenient).ThenRefused(rule.PenaltyTime, "/effective")
	given(t, ready).When(domaintest.On("2024-04-01", "market-1"), lenient).ThenRefused(rule.SeparateDecider, "/actor/officer")
	given(t, ready).When(domaintest.On("2024-04-01", head), lenient).Accepted()

	longer := after(isOver, was("2024-04-02", penalty.Transferred{From: bureau, To: market, Reason: "管辖"}))
	s = given(t, longer).When(marketMeta("2024-04-03", "x"), with(file, func(c *penalty.File) { c.Officers = []string{"market-1", "market-2"} })).Accepted()
	if f, _ := s.Filing(); f.DecideBy != day("2024-07-03") || !f.Extended {
		t.Errorf("got %+v, want the extension to go with it", f)
	}
}

func TestAPeriodThatStoodStillRunsAgainInOtherHands(t *testing.T) {
	paused := after(byMarket(isStated...), byMarket(was("2024-03-14", penalty.HearingRequested{NotCounted: true}))...)
	runs := penalty.Resumption{DecideBy: day("2024-06-09")} // six days were not counted
	s := given(t, paused).When(marketMeta("2024-03-20", head), penalty.Transfer{Under: under, To: bureau, Reason: "管辖"}).
		Then(penalty.Transferred{From: market, To: bureau, Reason: "管辖", Resumption: runs})
	if c, _ := s.Clocks.Find(term.PenaltyDecision, ""); c.Paused() || c.Due != day("2024-06-09") || c.Agency != bureau {
		t.Errorf("got %+v, want it to run for the bureau", c)
	}
	s = given(t, paused).When(marketMeta("2024-03-20", head), penalty.AssignJurisdiction{Under: under, Agency: bureau}).
		Then(penalty.JurisdictionAssigned{Agency: bureau, Was: market, By: market, Resumption: runs})
	s = domaintest.Given(t, penalty.Decider, after(paused, domaintest.Was(marketMeta("2024-03-20", head), penalty.JurisdictionAssigned{Agency: bureau, Was: market, Resumption: runs}))...).
		When(domaintest.On("2024-03-21", head), file).Accepted()
	if f, _ := s.Filing(); f.DecideBy != day("2024-06-09") {
		t.Errorf("got %+v", f)
	}
}

func TestAnAgencyOfAnotherCountyTakesTheCaseUpThere(t *testing.T) {
	s := given(t, isFiled).When(domaintest.On("2024-03-08", head), penalty.Transfer{To: "530402-education", Reason: "行为地"}).Accepted()
	if s.Closed != day("2024-03-08") || s.Status() != term.CaseTransferred || s.Open(day("2024-03-08")) || len(s.Clocks.Open()) != 0 {
		t.Errorf("got closed %s, %s", s.Closed, s.Status())
	}
}

func TestTheRecusedLeavesAndTheReplacementInvestigates(t *testing.T) {
	s := given(t, isFiled).When(domaintest.On("2024-03-06", head), penalty.RecuseOfficer{Under: under, Officer: "inv-1", Reason: "近亲属", Replacement: "inv-3"}).Accepted()
	f, _ := s.Filing()
	if len(f.Officers) != 2 || f.Officers[0] != "inv-2" || f.Officers[1] != "inv-3" {
		t.Errorf("got %v", f.Officers)
	}
}

func TestACorrectionOfALeadStaysAtTheStreet(t *testing.T) {
	if err := with(teacher, func(e *penalty.ViolationAlleged) { e.Premises = toTheDoor.Premises }).Check(); err == nil {
		t.Error("a correction down to the door is taken")
	}
}

func TestReferencesAreResolvedAtTheEdge(t *testing.T) {
	c := allege
	for i, want := range []string{"/body/source", "/body/subject"} {
		if r := c.Refs()[i]; r.Pointer != want || r.Ref.IsZero() {
			t.Errorf("got %+v, want %s", r, want)
		}
	}
	if p := new(penalty.ReferAccountability); len(p.Personal()) != 1 || p.Personal()[0] != &p.Person {
		t.Error("the person is not sealed at the edge")
	}
	if got := alleged.Concerns(); len(got) != 1 || got[0] != institution {
		t.Errorf("got %v", got)
	}
	if got := teacher.Concerns(); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
