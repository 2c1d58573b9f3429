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
	revoke    = penalty.Revoke{Under: under, By: "县人民政府", Reason: "事实不清"}
	revoked   = penalty.Revoked{Subject: institution, By: "县人民政府", Reason: "事实不清", FineKey: key, Clocks: []clock.Start{withdrawal}}
	lighter   = rule.Sanction{Kinds: []term.PenaltyKind{term.Fine}, FineFen: 1_000_000, RefundFen: 500_000}
	change    = penalty.Change{Under: under, To: lighter, Reason: "从轻"}
	suit      = clock.Start{Key: term.LitigationRequest, From: day("2024-05-06"), Period: calendar.Period{N: 15, Unit: calendar.Days, Roll: true}, Due: day("2024-05-21"), Agency: bureau}
	again     = start(term.PenaltyPublication, "2024-05-06", "2024-05-31")
	isBoth    = after(isReconsidered, was("2024-05-06", penalty.ReconsiderationDecided{RemedyResult: penalty.RemedyResult{Outcome: term.RemedyUpheld}}))
	spotAsked = after(spot, was("2024-03-05", penalty.ReconsiderationFiled{RemedyFiling: penalty.RemedyFiling{Body: "县人民政府"}}),
		was("2024-04-05", penalty.ReconsiderationDecided{RemedyResult: penalty.RemedyResult{Outcome: term.RemedyUpheld}}))
	toChange = after(isReconsidered, was("2024-05-06", penalty.ReconsiderationDecided{RemedyResult: penalty.RemedyResult{Outcome: term.RemedyChanged, Clocks: []clock.Start{withdrawal}}}))
)

func reconsider(step term.RemedyStep, body string, o term.RemedyOutcome) penalty.RecordReconsideration {
	return penalty.RecordReconsideration{RemedyRecord: remedy(step, body, o)}
}

func sue(step term.RemedyStep, body string, o term.RemedyOutcome) penalty.RecordLitigation {
	return penalty.RecordLitigation{RemedyRecord: remedy(step, body, o)}
}

func result(o term.RemedyOutcome, key string, clocks ...clock.Start) penalty.RemedyResult {
	return penalty.RemedyResult{Subject: institution, Outcome: o, FineKey: key, Clocks: clocks}
}

// The outcomes are recorded by the head, who decided; a reversal is not, see
// TestAReversalIsRecordedByAnotherOfficer.
var remedyAccepted = []acceptance{
	{"what is published is withdrawn within three working days", isPublished, "2024-05-06", revoke, events{revoked}},
	{"the three days skip a holiday", isPublished, "2024-04-30", revoke, events{with(revoked, func(e *penalty.Revoked) {
		e.Clocks = []clock.Start{start(term.PublicationWithdrawal, "2024-04-30", "2024-05-08")}
	})}},
	{"what was not published needs no withdrawal", isServed, "2024-05-06", revoke, events{with(revoked, func(e *penalty.Revoked) { e.Clocks = nil })}},
	{"nor what was published for all of its time", isPublished, "2025-04-11", revoke, events{with(revoked, func(e *penalty.Revoked) { e.Clocks = nil })}},
	{"also where it is changed", isPublished, "2025-04-11", change, events{penalty.Changed{Subject: institution, To: lighter, Reason: "从轻"}}},
	{"on its last day it is withdrawn", isPublished, "2025-04-10", revoke, events{with(revoked, func(e *penalty.Revoked) {
		e.Clocks = []clock.Start{start(term.PublicationWithdrawal, "2025-04-10", "2025-04-15")}
	})}},
	{"a warning gives back nothing", sanctioned(warn), "2024-05-06", revoke, events{with(revoked, func(e *penalty.Revoked) { e.FineKey, e.Clocks = "", nil })}},
	{"what fell is so already", isRevoked, "2024-05-07", revoke, nil},

	{"a change begins withdrawal and publication", isPublished, "2024-05-06", change,
		events{penalty.Changed{Subject: institution, To: lighter, Reason: "从轻", Clocks: []clock.Start{withdrawal, again}}}},
	{"a change before the service begins nothing", isDecided, "2024-04-02", change, events{penalty.Changed{Subject: institution, To: lighter, Reason: "从轻"}}},
	{"what was paid beyond it is named", isPaid, "2024-05-06", change, events{penalty.Changed{Subject: institution, To: lighter, Reason: "从轻", FinePaid: true, OverpaidFen: 2_000_000,
		Clocks: []clock.Start{withdrawal, again}}}},
	{"without a fine the act is given back", isServed, "2024-05-06", with(change, func(c *penalty.Change) { c.To = warn }),
		events{penalty.Changed{Subject: institution, To: warn, Reason: "从轻", FinePaid: true, FineKey: key}}},
	{"a withdrawal that runs is not begun anew", toChange, "2024-05-07", change,
		events{penalty.Changed{Subject: institution, To: lighter, Reason: "从轻", Clocks: []clock.Start{start(term.PenaltyPublication, "2024-05-07", "2024-06-03")}}}},
	{"the same content is so already", isPublished, "2024-05-06", with(change, func(c *penalty.Change) {
		c.To = with(fine, func(s *rule.Sanction) { s.Kinds = []term.PenaltyKind{term.Fine, term.WarningPenalty} })
	}), nil},

	{"a reconsideration is a label", isPublished, "2024-04-20", reconsider(term.RemedyFiled, "县人民政府", ""),
		events{penalty.ReconsiderationFiled{RemedyFiling: penalty.RemedyFiling{Body: "县人民政府"}}}},
	{"what was filed is so already", isReconsidered, "2024-04-21", reconsider(term.RemedyFiled, "县人民政府", ""), nil},
	{"after it was upheld the party has fifteen days to sue", isReconsidered, "2024-05-06", reconsider(term.RemedyDecided, "", term.RemedyUpheld),
		events{penalty.ReconsiderationDecided{RemedyResult: result(term.RemedyUpheld, "", suit)}}},
	{"after it was withdrawn the six months go on", isReconsidered, "2024-05-06", reconsider(term.RemedyDecided, "", term.RemedyWithdrawn),
		events{penalty.ReconsiderationDecided{RemedyResult: result(term.RemedyWithdrawn, "", start(term.LitigationRequest, "2024-04-02", "2024-10-08"))}}},
	{"if they are not over", isReconsidered, "2024-10-09", reconsider(term.RemedyDecided, "", term.RemedyWithdrawn),
		events{penalty.ReconsiderationDecided{RemedyResult: result(term.RemedyWithdrawn, "")}}},
	{"a lawsuit follows", isBoth, "2024-05-10", sue(term.RemedyFiled, "县人民法院", ""), events{penalty.LitigationFiled{RemedyFiling: penalty.RemedyFiling{Body: "县人民法院"}}}},
	{"also of what was decided on the spot", spotAsked, "2024-04-10", sue(term.RemedyFiled, "县人民法院", ""), events{penalty.LitigationFiled{RemedyFiling: penalty.RemedyFiling{Body: "县人民法院"}}}},
	{"a lawsuit that is withdrawn leaves everything", isSued, "2024-05-06", sue(term.RemedyDecided, "", term.RemedyWithdrawn),
		events{penalty.LitigationDecided{RemedyResult: result(term.RemedyWithdrawn, "")}}},
	{"a remedy may follow the end of the case", isClosed, "2024-05-20", sue(term.RemedyFiled, "县人民法院", ""), events{penalty.LitigationFiled{RemedyFiling: penalty.RemedyFiling{Body: "县人民法院"}}}},
}

var remedyRefused = []refusal{
	{"there must be a decision to revoke", isReviewed, "2024-05-06", revoke, rule.PenaltySteps, "/act"},
	{"who revokes is named", isPublished, "2024-05-06", with(revoke, func(c *penalty.Revoke) { c.By = "" }), rule.PenaltyReversal, "/body/by"},
	{"with a reason", isPublished, "2024-05-06", with(revoke, func(c *penalty.Revoke) { c.Reason = "" }), rule.PenaltyReversal, "/body/reason"},
	{"there must be a decision to change", isReviewed, "2024-05-06", change, rule.PenaltySteps, "/act"},
	{"a change is not heavier", isPublished, "2024-05-06", with(change, func(c *penalty.Change) { c.To.FineFen = 3_000_001 }), rule.PenaltyReversal, "/body/to/fine_fen"},
	{"nor of another kind", isPublished, "2024-05-06", with(change, func(c *penalty.Change) {
		c.To = rule.Sanction{Kinds: []term.PenaltyKind{term.StopOperation}}
	}), rule.PenaltyReversal, "/body/to/kinds/0"},
	{"a change is a sanction", isPublished, "2024-05-06", with(change, func(c *penalty.Change) { c.To.FineFen = 0 }), rule.PenaltyMeasures, "/body/to/fine_fen"},
	{"a change has its reason", isPublished, "2024-05-06", with(change, func(c *penalty.Change) { c.Reason = "" }), rule.PenaltyReversal, "/body/reason"},
	{"what fell is not changed", isRevoked, "2024-05-07", change, rule.PenaltySteps, "/act"},

	{"no remedy before the decision", isReviewed, "2024-05-06", reconsider(term.RemedyFiled, "a", ""), rule.PenaltySteps, "/act"},
	{"nor before its day", isPublished, "2024-03-31", reconsider(term.RemedyFiled, "a", ""), rule.PenaltySteps, "/effective"},
	{"a remedy has its step", isPublished, "2024-05-06", reconsider("", "a", ""), anyFault, "/body/step"},
	{"a filing has its body", isPublished, "2024-05-06", reconsider(term.RemedyFiled, "", ""), anyFault, "/body/body"},
	{"a filing has no outcome", isPublished, "2024-05-06", reconsider(term.RemedyFiled, "a", term.RemedyUpheld), anyFault, "/body/outcome"},
	{"what fell is not reconsidered", isRevoked, "2024-05-07", reconsider(term.RemedyFiled, "a", ""), rule.PenaltySteps, "/act"},
	{"no outcome of what was not filed", isPublished, "2024-05-06", reconsider(term.RemedyDecided, "", term.RemedyUpheld), rule.PenaltyRemedy, "/body/step"},
	{"nor before the filing", isReconsidered, "2024-04-19", reconsider(term.RemedyDecided, "", term.RemedyUpheld), rule.PenaltySteps, "/effective"},
	{"an outcome is named", isReconsidered, "2024-05-06", reconsider(term.RemedyDecided, "", ""), anyFault, "/body/outcome"},
	{"its body is that of the filing", isReconsidered, "2024-05-06", reconsider(term.RemedyDecided, "a", term.RemedyUpheld), anyFault, "/body/body"},
	{"no lawsuit during a reconsideration", isReconsidered, "2024-05-06", sue(term.RemedyFiled, "a", ""), rule.PenaltyRemedy, "/act"},
	{"no reconsideration after a lawsuit", isSued, "2024-05-06", reconsider(term.RemedyFiled, "a", ""), rule.PenaltyRemedy, "/act"},
	{"what was decided on the spot is reconsidered first", spot, "2024-03-05", sue(term.RemedyFiled, "a", ""), rule.PenaltyRemedy, "/act"},
	{"who decided does not record a reversal", isReconsidered, "2024-05-06", reconsider(term.RemedyDecided, "", term.RemedyRevoked), rule.SeparateDecider, "/actor/officer"},
	{"nor that of a court", isSued, "2024-05-06", sue(term.RemedyDecided, "", term.RemedyUnlawful), rule.SeparateDecider, "/actor/officer"},
}

func TestAReversalIsRecordedByAnotherOfficer(t *testing.T) {
	other := domaintest.On("2024-05-06", "inv-1")
	for o, c := range map[term.RemedyOutcome]struct {
		key    string
		clocks []clock.Start
		fell   bool
	}{
		term.RemedyRevoked:  {key, []clock.Start{withdrawal}, true},
		term.RemedyVoid:     {key, []clock.Start{withdrawal}, true},
		term.RemedyUnlawful: {"", []clock.Start{withdrawal, suit}, false},
		term.RemedyChanged:  {"", []clock.Start{withdrawal, suit}, false},
	} {
		t.Run(string(o), func(t *testing.T) {
			s := given(t, isReconsidered).When(other, reconsider(term.RemedyDecided, "", o)).Then(penalty.ReconsiderationDecided{RemedyResult: result(o, c.key, c.clocks...)})
			if _, holds := s.InForce(day("2024-05-06")); holds == c.fell || s.Open(day("2024-05-06")) == c.fell {
				t.Errorf("got in force %v", holds)
			}
			if _, holds := s.InForce(day("2024-05-05")); !holds {
				t.Error("the decision did not hold on the day before")
			}
		})
	}
	s := given(t, isSued).When(other, sue(term.RemedyDecided, "", term.RemedyRevoked)).Then(penalty.LitigationDecided{RemedyResult: result(term.RemedyRevoked, key, withdrawal)})
	if s.Status() != term.CaseRevoked {
		t.Errorf("got %s", s.Status())
	}
	given(t, after(isSued, domaintest.Was(other, penalty.LitigationDecided{RemedyResult: result(term.RemedyRevoked, key, withdrawal)}))).
		When(domaintest.On("2024-05-07", head), revoke).Then()
}

func TestARevocationOfWhatWasNeverPublicIsNotPublic(t *testing.T) {
	public := domaintest.On("2024-05-06", head)
	public.Visibility = domain.Public
	given(t, isServed).When(public, revoke).ThenRefused(rule.PenaltyPublicity, "/visibility")
	given(t, isPublished).When(public, revoke).Then(revoked)
	joint := public
	joint.Visibility = domain.Joint
	given(t, isServed).When(joint, revoke).Accepted()
}

func TestAPendingReconsiderationLeavesThePenaltyOpen(t *testing.T) {
	s := given(t, isReconsidered).State()
	if !s.Open(day("2024-05-01")) || s.Status() != term.CasePublished {
		t.Errorf("got open %v, %s", s.Open(day("2024-05-01")), s.Status())
	}
	if got := s.RemedyStatus(day("2024-04-19")); len(got) != 0 {
		t.Errorf("got %v before it was filed", got)
	}
}
