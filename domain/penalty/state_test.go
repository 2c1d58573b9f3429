package penalty_test

import (
	"reflect"
	"testing"

	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/penalty"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/domain/work"
)

func TestStatusFollowsTheSteps(t *testing.T) {
	for want, before := range map[term.CaseStatus]facts{
		term.CaseAlleged: isAlleged, term.CaseFiled: isFiled, term.CaseNotified: isStated, term.CaseHearing: isSet, term.CaseDecided: isDecided,
		term.CaseServed: isServed, term.CasePublished: isPublished, term.CasePerformed: isPerformed, term.CaseClosed: isClosed,
		term.CaseNotPunished: isSpared, term.CaseTransferred: isTransferred, term.CaseRevoked: isRevoked,
	} {
		if got := given(t, before).State().Status(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := given(t, isReviewed).State().Status(); got != term.CaseNotified {
		t.Errorf("got %s after the hearing", got)
	}
}

func TestHeads(t *testing.T) {
	want := work.Head{
		Number: "新教罚〔2024〕1号", Title: "涉嫌隐形变异：家政服务", Kind: "grievance", Status: "closed", Institution: institution,
		Agency: bureau, Agencies: []string{bureau}, Opened: day("2024-02-26"), Closed: day("2024-05-10"), Sources: []string{grievance},
	}
	if got := given(t, isClosed).State().Head(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for want, e := range map[string]penalty.ViolationAlleged{
		"涉嫌隐形变异：" + term.Variant2.Label().ZH: teacher,
		"涉嫌在职教师违规培训":                         with(teacher, func(e *penalty.ViolationAlleged) { e.Variant = "" }),
		"涉嫌违法开展校外培训":                         with(teacher, func(e *penalty.ViolationAlleged) { e.Variant, e.SubjectType = "", "" }),
	} {
		if got := given(t, facts{was("2024-02-26", e)}).State().Head(); got.Title != want || got.Institution != "" || got.Sources != nil {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
	back := given(t, isHandedTo).State().Head()
	if back.Agency != bureau || !reflect.DeepEqual(back.Agencies, []string{bureau, market}) {
		t.Errorf("got %v", back.Agencies)
	}
}

func TestWhatIsOpenOnADay(t *testing.T) {
	for name, c := range map[string]struct {
		before facts
		on     string
		open   bool
	}{
		"a lead is no violation":           {isAlleged, "2024-03-01", false},
		"not before the filing":            {isFiled, "2024-03-04", false},
		"a filed case is open":             {isFiled, "2024-03-05", true},
		"until it is not punished":         {isSpared, "2024-03-06", false},
		"it was until then":                {isSpared, "2024-03-05", true},
		"a penalty is open":                {isPublished, "2024-04-10", true},
		"until it is performed":            {isPerformed, "2024-04-17", false},
		"it was on the day before":         {isPerformed, "2024-04-16", true},
		"until it is revoked":              {isRevoked, "2024-05-06", false},
		"it was before that too":           {isRevoked, "2024-05-05", true},
		"what cannot be enforced is open":  {after(isServed, was("2024-05-10", penalty.Closed{As: term.EndUnenforceable})), "2024-06-01", true},
		"an informal measure ends nothing": {isInformal, "2024-03-01", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := given(t, c.before).State().Open(day(c.on)); got != c.open {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestWhatAChangeLeavesToPay(t *testing.T) {
	late := after(isServed, was("2024-04-27", penalty.SurchargeLevied{AmountFen: 900_000, Days: 10}))
	s := given(t, after(late, was("2024-05-06", penalty.Changed{To: rule.Sanction{Kinds: []term.PenaltyKind{term.Fine}, FineFen: 200_000}}))).State()
	if s.Decision.Surcharge != 200_000 {
		t.Errorf("got a surcharge of %s, want no more than the fine", s.Decision.Surcharge)
	}
}

func TestAnOutcomeAfterTheRevocationLeavesItsDay(t *testing.T) {
	s := given(t, after(isSued, was("2024-05-06", penalty.Revoked{By: "本机关", Reason: "a"}),
		was("2024-06-06", penalty.LitigationDecided{RemedyResult: penalty.RemedyResult{Outcome: term.RemedyRevoked}}))).State()
	if s.Decision.Ended != day("2024-05-06") {
		t.Errorf("got %s", s.Decision.Ended)
	}
}

func TestFigures(t *testing.T) {
	one := func(key term.Figure, item string) figure.Measure {
		return figure.Measure{Key: key, Item: item, Institution: institution, Count: figure.Of(1, term.Incidents)}
	}
	fen := func(key term.Figure, n int) figure.Measure {
		return figure.Measure{Key: key, Institution: institution, Count: figure.Of(n, term.FenUnit)}
	}
	for name, c := range map[string]struct {
		event figure.Measured
		want  []figure.Measure
	}{
		"a lead by its disguise":     {alleged, []figure.Measure{one(term.CasesAlleged, "housekeeping")}},
		"else by its variant":        {with(alleged, func(e *penalty.ViolationAlleged) { e.Disguise = "" }), []figure.Measure{one(term.CasesAlleged, "hv1")}},
		"a case":                     {filed, []figure.Measure{one(term.CasesFiled, "")}},
		"a decision with its fen":    {decided, []figure.Measure{one(term.CasesDecided, ""), fen(term.FinesDecided, 3_000_000), fen(term.RefundsOrdered, 500_000)}},
		"a decision without":         {with(decided, func(e *penalty.Decided) { e.Sanction = warn }), []figure.Measure{one(term.CasesDecided, "")}},
		"no penalty by its ground":   {penalty.NoPenaltyDecided{Subject: institution, Ground: term.FirstSlight}, []figure.Measure{one(term.CasesNotPunished, "first_slight")}},
		"an informal measure":        {penalty.InformalMeasureTaken{Subject: institution, Kind: term.StopOrder}, []figure.Measure{one(term.InformalMeasures, "stop_order")}},
		"a referral to the police":   {penalty.ReferredToPolice{Subject: institution}, []figure.Measure{one(term.PoliceReferrals, "")}},
		"one for accountability":     {penalty.AccountabilityReferred{Subject: institution}, []figure.Measure{one(term.AccountabilityReferrals, "")}},
		"a deadline of the agency":   {penalty.DeadlineMissed{Missing: clock.Missing{Clock: term.PenaltyService, Agency: bureau}}, []figure.Measure{{Key: term.DeadlinesMissed, Item: "penalty_service", Agency: bureau, Count: figure.Of(1, term.Items)}}},
		"a right that lapsed is not": {penalty.DeadlineMissed{Missing: clock.Missing{Clock: term.PenaltyStatement, Agency: bureau}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.event.Measures(); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}
