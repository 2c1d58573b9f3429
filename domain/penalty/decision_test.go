package penalty_test

import (
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
	byTeacher = facts{was("2024-02-26", teacher), was("2024-03-05", with(filed, func(e *penalty.Filed) { e.Subject = "" })),
		was("2024-03-11", slightServed), was("2024-03-12", penalty.StatementWaived{})}
	isReady   = after(isSlight, was("2024-03-12", penalty.StatementWaived{})) // a small fine may be decided
	lenient   = with(decide, func(c *penalty.Penalise) { c.Sanction, c.Correction.Due = small, day("2024-04-15") })
	leniently = with(decided, func(e *penalty.Decided) {
		e.Sanction, e.Clocks = small, []clock.Start{start(term.PenaltyService, "2024-03-20", "2024-03-29")}
	})
	isOver   = after(isReviewed, was("2024-03-30", penalty.Extended{Until: day("2024-07-03"), Rule: "a", Reason: "b", Approver: "c"}))
	isSpared = after(isFiled, was("2024-03-06", penalty.NoPenaltyDecided{Subject: institution, Ground: term.FirstSlight}))
	old      = facts{was("2022-05-10", with(alleged, func(e *penalty.ViolationAlleged) {
		e.Committed, e.Discovered = penalty.Days{From: day("2022-05-01"), To: day("2022-05-09")}, day("2022-05-10")
	})), was("2024-03-05", filed), was("2024-03-11", slightServed), was("2024-03-12", penalty.StatementWaived{})}
	// tooLate is a case that was filed in spite of the limitation, by a correction.
	tooLate = facts{late[0], isReady[1], isReady[2], isReady[3]}
)

func deciding(change func(*penalty.Penalise)) penalty.Penalise { return with(lenient, change) }

func of(s rule.Sanction) penalty.Penalise {
	return deciding(func(c *penalty.Penalise) { c.Sanction = s })
}

var decisionAccepted = []acceptance{
	{"a case with a hearing is decided after its review", isReviewed, "2024-04-01", decide, events{decided}},
	{"a small fine is decided once the statement is waived", isReady, "2024-03-20", lenient, events{leniently}},
	{"or once the window is over", isSlight, "2024-03-20", lenient, events{leniently}},
	{"a request that was withdrawn needs no hearing", after(withdrawn[:4:4], withdrawn[4:]...), "2024-03-20", decide, events{with(decided, func(e *penalty.Decided) {
		e.Clocks = []clock.Start{start(term.PenaltyService, "2024-03-20", "2024-03-29")}
	})}},
	{"the last day of the period is in time", isReviewed, "2024-06-03", with(decide, func(c *penalty.Penalise) { c.Correction.Due = 0 }),
		events{with(decided, func(e *penalty.Decided) {
			e.Correction.Due, e.Clocks = 0, []clock.Start{start(term.PenaltyService, "2024-06-03", "2024-06-13")}
		})}},
	{"so is the last day of an extension", isOver, "2024-07-03", with(decide, func(c *penalty.Penalise) { c.Correction.Due = 0 }),
		events{with(decided, func(e *penalty.Decided) {
			e.Correction.Due, e.Clocks = 0, []clock.Start{start(term.PenaltyService, "2024-07-03", "2024-07-12")}
		})}},
	{"a warning takes the place of a fine", isReady, "2024-03-20", of(rule.Sanction{Kinds: []term.PenaltyKind{term.WarningPenalty}}),
		events{with(leniently, func(e *penalty.Decided) { e.Sanction = rule.Sanction{Kinds: []term.PenaltyKind{term.WarningPenalty}} })}},
	{"once no hearing was asked for in time", isWaived, "2024-03-19", decide, events{with(decided, func(e *penalty.Decided) {
		e.Clocks = []clock.Start{start(term.PenaltyService, "2024-03-19", "2024-03-28")}
	})}},
	{"a major case is reviewed and discussed", after(isMajor, was("2024-03-14", penalty.LegalReviewPassed{By: "lawyer"})), "2024-03-20",
		with(decide, func(c *penalty.Penalise) { c.Discussion = "会议纪要1号" }), events{with(decided, func(e *penalty.Decided) {
			e.Discussion, e.Clocks = "会议纪要1号", []clock.Start{start(term.PenaltyService, "2024-03-20", "2024-03-29")}
		})}},
	{"an in-service teacher aggravates", byTeacher, "2024-03-20", deciding(func(c *penalty.Penalise) {
		c.Aggravation = []term.Aggravation{term.AggravatedByTeacher, term.Obstruction}
		c.Contravened = []penalty.Contravention{{Statute: "某省条例", Article: "第一条", On: day("2024-02-20")}}
	}), events{with(leniently, func(e *penalty.Decided) {
		e.Subject, e.Committed, e.FineKey = "", penalty.Days{From: day("2024-02-20")}, ""
		e.Aggravation = []term.Aggravation{term.AggravatedByTeacher, term.Obstruction}
		e.Contravened = []rule.Provision{{Statute: "某省条例", Article: "第一条", On: day("2024-02-20")}}
	})}},
	{"a repeat names the decision before", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) {
		c.Aggravation, c.Earlier = []term.Aggravation{term.RepeatWithinTwoYears}, []calendar.Day{day("2020-01-01"), day("2022-02-24"), day("2024-02-24")}
	}), events{with(leniently, func(e *penalty.Decided) {
		e.Aggravation, e.RepeatOf = []term.Aggravation{term.RepeatWithinTwoYears}, day("2022-02-24")
	})}},
	{"what was in force on the day of the act is chosen", old, "2024-03-20", deciding(func(c *penalty.Penalise) {
		c.Contravened = []penalty.Contravention{{Statute: "中华人民共和国未成年人保护法", Article: "第三十三条"}}
	}), events{with(leniently, func(e *penalty.Decided) {
		e.Committed, e.FineKey = penalty.Days{From: day("2022-05-01"), To: day("2022-05-09")}, "aed91bf84a12ce29ff84312e3434f28be20658b1788bf67900bcf48f75d0938f"
		e.Contravened = []rule.Provision{{Statute: "未成年人保护法", Version: "2020年修订", Article: "第三十三条", On: day("2022-05-09")}}
	})}},
	{"three thousand yuan are decided on the spot", isAlleged, "2024-03-01", onTheSpot, events{with(spot[1].Event.(penalty.Decided), func(e *penalty.Decided) {
		e.Clocks = []clock.Start{{Key: term.PenaltyService, From: day("2024-03-01"), Due: day("2024-03-01"), Agency: bureau}}
	})}},

	{"a case is not punished", isFiled, "2024-03-06", penalty.DecideNoPenalty{Ground: term.FirstSlight, Reasons: "首违"},
		events{penalty.NoPenaltyDecided{Subject: institution, Ground: term.FirstSlight, Reasons: "首违"}}},
	{"a lead that is too old is not punished", late, "2024-03-06", penalty.DecideNoPenalty{Ground: term.TimeBarred}, events{penalty.NoPenaltyDecided{Subject: institution, Ground: term.TimeBarred}}},
	{"after the period no penalty is still decided", isReviewed, "2024-06-04", penalty.DecideNoPenalty{Ground: term.NotEstablished},
		events{penalty.NoPenaltyDecided{Subject: institution, Ground: term.NotEstablished}}},
}

var decisionRefused = []refusal{
	{"no decision before the filing", isAlleged, "2024-04-01", decide, rule.PenaltySteps, "/act"},
	{"no decision without a notice", isFiled, "2024-04-01", decide, rule.PenaltyNotice, ""},
	{"no decision before its day", isReviewed, "2024-03-10", decide, rule.PenaltySteps, "/effective"},
	{"no decision on the last day of the window", isSlight, "2024-03-18", lenient, rule.PenaltyStatement, "/effective"},
	{"nor before the day of the waiver", after(isSlight, was("2024-03-14", penalty.StatementWaived{})), "2024-03-13", lenient, rule.PenaltyStatement, "/effective"},
	{"nor while a hearing may still be asked for", isStated, "2024-03-18", decide, rule.PenaltyHearing, "/effective"},
	{"nor by a waiver of the statement alone", isWaived, "2024-03-18", decide, rule.PenaltyHearing, "/effective"},
	{"no decision before the hearing that was asked for", isRequested, "2024-04-01", decide, rule.PenaltyHearing, "/act"},
	{"nor before the day on which it was held", isReviewed, "2024-03-25", decide, rule.PenaltySteps, "/effective"},
	{"no decision after a hearing without a review", isHeard, "2024-04-01", decide, rule.PenaltyReview, "/act"},
	{"nor before the day of the review", isReviewed, "2024-03-27", decide, rule.PenaltySteps, "/effective"},
	{"no decision of a major case without a review", isMajor, "2024-04-01", decide, rule.PenaltyReview, "/act"},
	{"nor without a discussion", after(isMajor, was("2024-03-14", penalty.LegalReviewPassed{By: "lawyer"})), "2024-04-01", decide, rule.CollectiveDecision, "/body/discussion"},
	{"a review from before the statement does not count", after(isFiled, isMajor[2], was("2024-03-12", penalty.LegalReviewPassed{By: "lawyer"}), was("2024-03-13", stated)),
		"2024-04-01", decide, rule.PenaltyReview, "/act"},
	{"also where it was recorded before it, of the same day", after(isFiled, isMajor[2], was("2024-03-13", penalty.LegalReviewPassed{By: "lawyer"}), was("2024-03-13", stated)),
		"2024-04-01", decide, rule.PenaltyReview, "/act"},
	{"no decision after the ninetieth day", isReviewed, "2024-06-04", decide, rule.PenaltyTime, "/effective"},
	{"nor after an extension", isOver, "2024-07-04", decide, rule.PenaltyTime, "/effective"},
	{"an act is fined once", isDecided, "2024-04-02", decide, rule.OneFine, "/body/fine_fen"},
	{"a case is decided once", isDecided, "2024-04-02", of(rule.Sanction{Kinds: []term.PenaltyKind{term.WarningPenalty}}), rule.PenaltySteps, "/act"},
	{"a decision that was revoked is not made anew in the same case", isRevoked, "2024-05-07", decide, rule.PenaltySteps, "/act"},
	{"nor after no penalty", isSpared, "2024-04-02", decide, rule.PenaltySteps, "/act"},
	{"the investigators stand in the filing", isReviewed, "2024-04-01", with(decide, func(c *penalty.Penalise) { c.Officers = []string{"inv-1", "inv-2"} }), anyFault, "/body/officers"},

	{"what was not notified is not decided", isReady, "2024-03-20", of(rule.Sanction{Kinds: []term.PenaltyKind{term.StopEnrolment}}), rule.PenaltyNotice, "/body/kinds/0"},
	{"nor a larger fine", isReady, "2024-03-20", of(with(small, func(s *rule.Sanction) { s.FineFen++ })), rule.PenaltyNotice, "/body/fine_fen"},
	{"after a statement the decision is not heavier", isReviewed, "2024-04-01", with(decide, func(c *penalty.Penalise) { c.FineFen++ }), rule.NoHeavierPenalty, "/body/fine_fen"},
	{"a decision has kinds", isReady, "2024-03-20", of(rule.Sanction{}), rule.PenaltyMeasures, "/body/kinds"},
	{"a decision has its document", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) { c.Document = "" }), anyFault, "/body/document"},
	{"a decision has its reasons", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) { c.Reasons = "" }), anyFault, "/body/reasons"},
	{"a decision orders to correct", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) { c.Correction.Text = " " }), rule.CorrectionOrder, "/body/correction/text"},
	{"not before it is made", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) { c.Correction.Due = day("2024-03-19") }), rule.CorrectionOrder, "/body/correction/due"},
	{"a decision names what was contravened", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) { c.Contravened = nil }), rule.ProvisionInForce, "/body/contravened"},
	{"by statute and article", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) { c.Contravened = []penalty.Contravention{{Statute: "广告法"}} }), anyFault, "/body/contravened/0/article"},
	{"on a day of the act", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) {
		c.Contravened = []penalty.Contravention{{Statute: "广告法", Article: "第四条", On: day("2024-02-25")}}
	}), rule.ProvisionInForce, "/body/contravened/0/on"},
	{"what was not yet in force is not contravened", old, "2024-03-20", lenient, rule.ProvisionInForce, "/body/contravened/0/statute"},
	{"what was discovered too late is not punished", tooLate, "2024-03-20", lenient, rule.PenaltyLimitation, ""},
	{"who is no teacher does not aggravate as one", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) { c.Aggravation = []term.Aggravation{term.AggravatedByTeacher} }), rule.AggravatedPenalty, "/body/aggravation/0"},
	{"nothing aggravates twice", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) {
		c.Aggravation = []term.Aggravation{term.Obstruction, term.Obstruction}
	}), rule.AggravatedPenalty, "/body/aggravation/1"},
	{"a repeat needs an earlier decision", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) { c.Aggravation = []term.Aggravation{term.RepeatWithinTwoYears} }), rule.AggravatedPenalty, "/body/aggravation/0"},
	{"within two years", isReady, "2024-03-20", deciding(func(c *penalty.Penalise) {
		c.Aggravation, c.Earlier = []term.Aggravation{term.RepeatWithinTwoYears}, []calendar.Day{day("2022-02-23")}
	}), rule.AggravatedPenalty, "/body/aggravation/0"},

	{"what is filed is not decided on the spot", isReady, "2024-03-20", onTheSpot, rule.SummaryPenalty, "/body/procedure"},
	{"two of the agency", isAlleged, "2024-03-01", with(onTheSpot, func(c *penalty.Penalise) { c.Officers = []string{"inv-1", "market-1"} }), rule.TwoOfficers, "/body/officers"},
	{"two officers decide on the spot", isAlleged, "2024-03-01", with(onTheSpot, func(c *penalty.Penalise) { c.Officers = nil }), rule.TwoOfficers, "/body/officers"},
	{"who was recused does not", after(isAlleged, was("2024-02-27", penalty.OfficerRecused{Officer: "inv-2", Reason: "a"})), "2024-03-01", onTheSpot, rule.Recusal, "/body/officers"},
	{"a fine on the spot is small", isAlleged, "2024-03-01", with(onTheSpot, func(c *penalty.Penalise) { c.FineFen = 300_001 }), rule.SummaryPenalty, "/body/fine_fen"},
	{"of a person it is two hundred yuan", facts{was("2024-02-26", teacher)}, "2024-03-01", with(onTheSpot, func(c *penalty.Penalise) { c.FineFen = 20_001 }), rule.SummaryPenalty, "/body/fine_fen"},
	{"of an unknown party too", facts{was("2024-02-26", with(alleged, func(e *penalty.ViolationAlleged) { e.SubjectType = "" }))}, "2024-03-01", onTheSpot, rule.SummaryPenalty, "/body/fine_fen"},
	{"criticism is not decided on the spot", isAlleged, "2024-03-01", with(onTheSpot, func(c *penalty.Penalise) {
		c.Sanction = rule.Sanction{Kinds: []term.PenaltyKind{term.Criticism}}
	}), rule.SummaryPenalty, "/body/kinds/0"},

	{"no penalty needs a ground", isFiled, "2024-03-06", penalty.DecideNoPenalty{}, rule.NoPenalty, "/body/ground"},
	{"another ground needs its reasons", isFiled, "2024-03-06", penalty.DecideNoPenalty{Ground: term.OtherNoPenalty}, rule.NoPenalty, "/body/reasons"},
	{"not before the filing", isFiled, "2024-03-04", penalty.DecideNoPenalty{Ground: term.NoFault}, rule.PenaltySteps, "/effective"},
	{"not after the decision", isDecided, "2024-04-02", penalty.DecideNoPenalty{Ground: term.NoFault}, rule.PenaltySteps, "/act"},
}

func TestTheEdgeTellsOfEarlierDecisions(t *testing.T) {
	c := lenient
	c.Priors([]calendar.Day{day("2023-05-05")})
	if len(c.Earlier) != 1 || c.Earlier[0] != day("2023-05-05") {
		t.Errorf("got %v", c.Earlier)
	}
}

// before is a fine of another case for what the party did on some days.
func before(from, to string) penalty.Fined {
	return penalty.Fined{Document: "新教罚〔2024〕9号", On: day("2024-03-15"), Committed: penalty.Days{From: day(from), To: day(to)}}
}

var another = with(lenient, func(c *penalty.Penalise) { c.AnotherAct = "另有虚假宣传，不是同一违法行为" })

func TestDaysThatWereFinedNeedAnotherAct(t *testing.T) {
	for name, c := range map[string]struct {
		from, to string
		refused  bool
	}{
		"the same days":          {"2024-02-20", "2024-02-24", true},
		"a day in common":        {"2024-02-24", "2024-03-01", true},
		"a day shifted":          {"2024-02-19", "2024-02-23", true},
		"days around them":       {"2024-01-01", "2024-03-01", true},
		"the day before is free": {"2024-02-01", "2024-02-19", false},
		"so is the day after":    {"2024-02-25", "2024-03-01", false},
	} {
		t.Run(name, func(t *testing.T) {
			c2 := lenient
			c2.FinedBefore([]penalty.Fined{before("2020-01-01", "2020-01-02"), before(c.from, c.to)})
			o := given(t, isReady).When(domaintest.On("2024-03-20", head), c2)
			if !c.refused {
				o.Then(leniently)
				return
			}
			o.ThenRefused(rule.OneFine, "/body/another_act")
			c2.AnotherAct = another.AnotherAct
			given(t, isReady).When(domaintest.On("2024-03-20", head), c2).Accepted()
			c2.AnotherAct, c2.Sanction = "", warn
			given(t, isReady).When(domaintest.On("2024-03-20", head), c2).Accepted()
		})
	}
}

func TestWhoInvestigatedDoesNotDecide(t *testing.T) {
	given(t, isReviewed).When(domaintest.On("2024-04-01", "inv-1"), decide).ThenRefused(rule.SeparateDecider, "/actor/officer")
	given(t, isFiled).When(domaintest.On("2024-03-06", "inv-1"), penalty.DecideNoPenalty{Ground: term.NoFault}).ThenRefused(rule.SeparateDecider, "/actor/officer")
	nobody := domaintest.On("2024-04-01")
	nobody.Actor.Officers = nil
	given(t, isReviewed).When(nobody, decide).ThenRefused(rule.SeparateDecider, "/actor/officer")
}

// TestOneActIsFinedOnce: the reservation of the act keeps a second case from
// fining it, which the store refuses.
func TestOneActIsFinedOnce(t *testing.T) {
	first := given(t, isReviewed).When(domaintest.On("2024-04-01", head), decide)
	claims := decided.Claims()
	if len(claims) != 1 || claims[0].Kind != "fine" || claims[0].Release {
		t.Fatalf("got %v, want the act reserved", claims)
	}
	first.Then(decided)
	same := given(t, isReady).When(domaintest.On("2024-03-20", head), lenient).Then(leniently)
	if same.Decision.FineKey != claims[0].Value {
		t.Error("the same party, days and source are another act")
	}
	bySweep := after(facts{was("2024-02-26", with(alleged, func(e *penalty.ViolationAlleged) { e.Source = "" }))}, isReady[1:]...)
	if s := given(t, bySweep).When(domaintest.On("2024-03-20", head), lenient).Accepted(); s.Decision.FineKey != claims[0].Value {
		t.Error("another source makes another act")
	}
	if s := given(t, isReady).When(domaintest.On("2024-03-20", head), another).Accepted(); s.Decision.FineKey == claims[0].Value {
		t.Error("what is said to be another act cannot be fined")
	}
	otherDay := after(facts{was("2024-02-26", with(alleged, func(e *penalty.ViolationAlleged) { e.Committed.To = day("2024-02-23") }))}, isReady[1:]...)
	if s := given(t, otherDay).When(domaintest.On("2024-03-20", head), lenient).Accepted(); s.Decision.FineKey == claims[0].Value {
		t.Error("an act of other days is the same act")
	}
	warned := leniently
	warned.Sanction = rule.Sanction{Kinds: []term.PenaltyKind{term.WarningPenalty}}
	if got := warned.Claims(); len(got) != 0 {
		t.Errorf("got %v, want a warning to reserve nothing", got)
	}
	for _, c := range []struct {
		event domain.Event
		given bool
	}{
		{penalty.Revoked{FineKey: key}, true},
		{penalty.Changed{To: warned.Sanction, FineKey: key}, true},
		{penalty.Changed{To: small}, false},
		{penalty.ReconsiderationDecided{RemedyResult: result(term.RemedyVoid, key)}, true},
		{penalty.LitigationDecided{RemedyResult: result(term.RemedyUpheld, "")}, false},
	} {
		got := c.event.(domain.Claimer).Claims()
		if (len(got) == 1 && got[0] == domain.Claim{Kind: "fine", Value: key, Release: true}) != c.given || !c.given && len(got) > 0 {
			t.Errorf("%T: got %v, want the act given back: %v", c.event, got, c.given)
		}
	}
}

func TestCorrectionsKeepWhatAFactNeeds(t *testing.T) {
	if err := alleged.Check(); err != nil {
		t.Errorf("got %v", err)
	}
	if err := with(alleged, func(e *penalty.ViolationAlleged) { e.Subject = "" }).Check(); err == nil {
		t.Error("a lead about nobody is taken")
	}
}
