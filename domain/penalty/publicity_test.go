package penalty_test

import (
	"testing"

	"minglu/domain/domaintest"
	"minglu/domain/penalty"
	"minglu/domain/rule"
	"minglu/domain/term"
)

var (
	withdraw      = penalty.WithdrawPublication{Reason: "决定已撤销"}
	withdrew      = penalty.PublicationWithdrawn{Subject: institution, Document: "新教罚〔2024〕1号", Cause: term.WithdrawnReversed, Reason: "决定已撤销"}
	isRepaired    = after(isPerformed, was("2024-07-11", penalty.PublicationWithdrawn{Cause: term.WithdrawnRepaired, Reason: "修复"}))
	isWrong       = after(isPublished, was("2024-04-12", penalty.PublicationWithdrawn{Cause: term.WithdrawnError, Reason: "名称有误"}))
	teacherServed = facts{was("2024-02-26", teacher), was("2024-03-20", with(leniently, func(e *penalty.Decided) { e.Subject = "" })),
		was("2024-03-21", with(served, func(e *penalty.DecisionServed) { e.Subject, e.ServedOn, e.Clocks = "", day("2024-03-21"), nil }))}
)

func showing(change func(*penalty.Publish)) penalty.Publish { return with(publish, change) }

var publicityAccepted = []acceptance{
	{"a served decision is published with what the public may read", isServed, "2024-04-10", publish, events{published}},
	{"ends may be named within the tier", isServed, "2024-04-10", showing(func(c *penalty.Publish) {
		c.Tier, c.MinUntil, c.MaxUntil = term.Ordinary, day("2024-08-10"), day("2024-12-31")
	}), events{with(published, func(e *penalty.Published) { e.MinUntil, e.MaxUntil = day("2024-08-10"), day("2024-12-31") })}},
	{"a warning is shown three months at most", sanctioned(warn), "2024-04-10", publish, events{with(published, func(e *penalty.Published) {
		e.Sanction, e.Tier, e.MinUntil, e.MaxUntil = warn, term.Minor, 0, day("2024-07-10")
	})}},
	{"a revocation is shown one to three years", sanctioned(heavy), "2024-04-10", publish, events{with(published, func(e *penalty.Published) {
		e.Sanction, e.Tier, e.MinUntil, e.MaxUntil = heavy, term.Serious, day("2025-04-10"), day("2027-04-10")
	})}},
	{"a teacher is shown masked", teacherServed, "2024-04-10", showing(func(c *penalty.Publish) { c.ShownAs = "张某某" }), events{with(published, func(e *penalty.Published) {
		e.Subject, e.ShownAs, e.Sanction, e.DecidedOn, e.Variant, e.Disguise = "", "张某某", small, day("2024-03-20"), term.Variant2, ""
	})}},
	{"what is shown is so already", isPublished, "2024-04-11", publish, nil},
	{"a remedy is shown beside it", isReconsidered, "2024-04-21", publish, events{with(published, func(e *penalty.Published) {
		e.Remedies = []penalty.RemedyStatus{{Kind: term.Reconsideration}}
	})}},
	{"and its outcome", after(isReconsidered, was("2024-05-06", penalty.ReconsiderationDecided{RemedyResult: penalty.RemedyResult{Outcome: term.RemedyUpheld}})), "2024-05-07", publish,
		events{with(published, func(e *penalty.Published) {
			e.Remedies = []penalty.RemedyStatus{{Kind: term.Reconsideration, Outcome: term.RemedyUpheld}}
		})}},
	{"after its last day nothing is brought up to date", isReconsidered, "2025-04-11", publish, nil},
	{"what was wrong is published again", isWrong, "2024-04-15", showing(func(c *penalty.Publish) { c.From = day("2024-04-15") }), events{with(published, func(e *penalty.Published) {
		e.From, e.MinUntil, e.MaxUntil = day("2024-04-15"), day("2024-07-15"), day("2025-04-15")
	})}},

	{"what was revoked is withdrawn with its reason", isRevoked, "2024-05-09", withdraw, events{withdrew}},
	{"what was wrong is withdrawn", isPublished, "2024-04-12", penalty.WithdrawPublication{Reason: "名称有误", Cause: term.WithdrawnError},
		events{with(withdrew, func(e *penalty.PublicationWithdrawn) { e.Cause, e.Reason = term.WithdrawnError, "名称有误" })}},
	{"what was repaired is withdrawn after its shortest time", isPerformed, "2024-07-11", penalty.WithdrawPublication{Reason: "准予修复", Cause: term.WithdrawnRepaired},
		events{with(withdrew, func(e *penalty.PublicationWithdrawn) { e.Cause, e.Reason = term.WithdrawnRepaired, "准予修复" })}},
}

var publicityRefused = []refusal{
	{"nothing is public before the decision", isReviewed, "2024-04-10", publish, rule.PenaltySteps, "/act"},
	{"nor before its service", isDecided, "2024-04-10", publish, rule.PenaltySteps, "/act"},
	{"nor from a day before it", isServed, "2024-04-10", showing(func(c *penalty.Publish) { c.From = day("2024-04-01") }), rule.PenaltyPublicity, "/body/from"},
	{"nor once it fell", isRevoked, "2024-05-10", publish, rule.PenaltySteps, "/act"},
	{"nor once more, while what was changed is still to be withdrawn", after(toChange, was("2024-05-07", penalty.Changed{To: lighter, Reason: "从轻"})), "2024-05-08", publish, rule.PenaltyPublicity, "/act"},
	{"a publication has its first day", isServed, "2024-04-10", showing(func(c *penalty.Publish) { c.From = 0 }), anyFault, "/body/from"},
	{"the tier is that of the heaviest kind", isServed, "2024-04-10", showing(func(c *penalty.Publish) { c.Tier = term.Serious }), rule.PenaltyPublicity, "/body/tier"},
	{"not shorter than the tier", isServed, "2024-04-10", showing(func(c *penalty.Publish) { c.MinUntil = day("2024-07-09") }), rule.PenaltyPublicity, "/body/min_until"},
	{"not longer than the tier", isServed, "2024-04-10", showing(func(c *penalty.Publish) { c.MaxUntil = day("2025-04-11") }), rule.PenaltyPublicity, "/body/max_until"},
	{"not ended before its shortest time", isServed, "2024-04-10", showing(func(c *penalty.Publish) { c.MaxUntil = day("2024-07-09") }), rule.PenaltyPublicity, "/body/max_until"},
	{"what is shown is not shown otherwise", isPublished, "2024-04-11", showing(func(c *penalty.Publish) { c.From = day("2024-04-11") }), rule.PenaltyPublicity, "/body/from"},
	{"what was shown for all of its time is not shown again", isPublished, "2025-04-11", showing(func(c *penalty.Publish) { c.From = day("2025-04-11") }), rule.PenaltyPublicity, "/act"},
	{"a teacher is not shown by name", teacherServed, "2024-04-10", showing(func(c *penalty.Publish) { c.ShownAs = "张三" }), rule.PersonalData, "/body/shown_as"},
	{"nor without one", teacherServed, "2024-04-10", publish, rule.PersonalData, "/body/shown_as"},
	{"what was repaired is not shown again", isRepaired, "2024-08-01", showing(func(c *penalty.Publish) { c.From = day("2024-08-01") }), rule.PenaltyPublicity, "/act"},
	{"nor what was held unlawful", after(isSued, was("2024-05-06", penalty.LitigationDecided{RemedyResult: penalty.RemedyResult{Outcome: term.RemedyUnlawful}})), "2024-05-10", publish, rule.PenaltyPublicity, "/act"},
	{"nor what is still to be changed", after(isSued, was("2024-05-06", penalty.LitigationDecided{RemedyResult: penalty.RemedyResult{Outcome: term.RemedyChanged}})), "2024-05-10", publish, rule.PenaltyPublicity, "/act"},

	{"what is not shown is not withdrawn", isServed, "2024-04-12", withdraw, rule.PenaltyPublicity, "/act"},
	{"a withdrawal has its cause", isPublished, "2024-04-12", withdraw, rule.PenaltyPublicity, "/body/cause"},
	{"no reversal without a reversal", isPublished, "2024-04-12", with(withdraw, func(c *penalty.WithdrawPublication) { c.Cause = term.WithdrawnReversed }), rule.PenaltyPublicity, "/body/cause"},
	{"no repair before it is performed", isPublished, "2024-07-11", with(withdraw, func(c *penalty.WithdrawPublication) { c.Cause = term.WithdrawnRepaired }), rule.PenaltyPublicity, "/body/cause"},
	{"no repair within the shortest time", isPerformed, "2024-07-10", with(withdraw, func(c *penalty.WithdrawPublication) { c.Cause = term.WithdrawnRepaired }), rule.PenaltyPublicity, "/effective"},
	{"a withdrawal has its reason", isRevoked, "2024-05-07", penalty.WithdrawPublication{}, anyFault, "/body/reason"},
}

func TestWhatIsShownOnADay(t *testing.T) {
	withdrawnOn := after(isRevoked, was("2024-05-09", withdrew))
	for name, c := range map[string]struct {
		before facts
		on     string
		shown  bool
	}{
		"not before its first day":       {isPublished, "2024-04-09", false},
		"from its first day":             {isPublished, "2024-04-10", true},
		"on its last day":                {isPublished, "2025-04-10", true},
		"not after it":                   {isPublished, "2025-04-11", false},
		"a revocation alone ends it not": {isRevoked, "2024-05-08", true},
		"the withdrawal does":            {withdrawnOn, "2024-05-09", false},
		"it was shown until then":        {withdrawnOn, "2024-05-08", true},
	} {
		t.Run(name, func(t *testing.T) {
			if _, shown := given(t, c.before).State().Published(day(c.on)); shown != c.shown {
				t.Errorf("got %v", shown)
			}
		})
	}
	s := given(t, withdrawnOn).State()
	if p := s.Publications[0]; p.Reason != "决定已撤销" || p.Cause != term.WithdrawnReversed || len(s.Clocks.Open()) != 0 {
		t.Errorf("got %+v, clocks %v", p, s.Clocks.Open())
	}
}

func TestAnOrderToStopEnrolmentHasNoTierOfItsOwn(t *testing.T) {
	stop := rule.Sanction{Kinds: []term.PenaltyKind{term.StopEnrolment}}
	given(t, sanctioned(stop)).When(domaintest.On("2024-04-10", head), showing(func(c *penalty.Publish) { c.Tier = term.Serious })).Accepted()
	given(t, sanctioned(stop)).When(domaintest.On("2024-04-10", head), publish).Accepted()
}
