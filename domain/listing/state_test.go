package listing_test

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/figure"
	"minglu/domain/listing"
	"minglu/domain/rule"
	"minglu/domain/term"
)

type vectors struct {
	PublicationPeriod struct {
		Cases []struct {
			Tier        term.Tier    `json:"tier"`
			PublishedOn calendar.Day `json:"published_on"`
			MinUntil    calendar.Day `json:"min_until"`
			MaxUntil    calendar.Day `json:"max_until"`
		}
	} `json:"publication_period"`
	Listing struct {
		Cases []struct {
			ID string `json:"id"`
		}
	}
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil || len(v.PublicationPeriod.Cases) == 0 || len(v.Listing.Cases) == 0 {
		t.Fatalf("got %+v, %v", v, err)
	}
	return v
}

func TestVectorsOfThePublicationPeriod(t *testing.T) {
	for _, c := range readVectors(t).PublicationPeriod.Cases {
		before := facts{was("2026-03-02", with(notice, func(n *listing.BlackNoticeServed) { n.WindowUntil = day("2026-03-09") }))}
		given(t, before).When(domaintest.On(c.PublishedOn.String(), "officer-2"), listing.ListBlack{About: about(), DocumentNo: "黑 1 号", Tier: c.Tier}).
			Then(with(decision, func(d *listing.BlackListed) {
				d.Tier, d.PublishFrom, d.MinUntil, d.MaxUntil = c.Tier, c.PublishedOn, c.MinUntil, c.MaxUntil
			}))
	}
}

// standing is the word for how a listing stands on a day.
func standing(s listing.State, on string) term.Standing {
	word, _, _ := s.Standing(day(on))
	return word
}

// listingVectors play the vectors as far as this aggregate decides them: what
// it is asked to do, by policy, is asked by a reaction.
var listingVectors = map[string]func(*testing.T){
	"L1": func(t *testing.T) {
		s := given(t, isWhite).When(domaintest.On("2023-03-01"), putWatch).Then(listing.WhiteRemoved{Cause: term.RemovedForWatch}, watch)
		if got := standing(s, "2023-03-01"); got != term.StandingWatch || len(s.Blacks) > 0 {
			t.Errorf("got %s and the black listings %v, want watch alone", got, s.Blacks)
		}
		if got := standing(s, "2023-02-28"); got != term.StandingWhite {
			t.Errorf("got %s on the day before, want white", got)
		}
	},
	"L2": func(t *testing.T) {
		removed := after(isWhite, was("2023-03-01", listing.WhiteRemoved{Cause: term.X2}))
		s := given(t, removed).When(domaintest.On("2023-03-01"), serve).Then(notice)
		if got := standing(s, "2023-03-01"); got != term.StandingUnlisted || len(s.Blacks) > 0 {
			t.Errorf("got %s and the black listings %v, want neither list", got, s.Blacks)
		}
		given(t, after(removed, noticed...)).When(domaintest.On("2023-03-08", "officer-2"), listBlack).ThenRefused(rule.BlackWindow, "/effective")
		given(t, after(removed, noticed...)).When(domaintest.On("2023-03-09", "officer-2"), listBlack).Then(decision)
		given(t, after(removed, waived...)).When(domaintest.On("2023-03-02", "officer-2"), listBlack).Accepted()
	},
	"L3": func(t *testing.T) {
		s := given(t, onWatch).When(domaintest.On("2023-05-20"), listing.TakeOffWatch{Outcome: term.WatchVerified}).Then(listing.TakenOffWatch{Outcome: term.WatchVerified})
		if got := standing(s, "2023-05-20"); got != term.StandingUnlisted {
			t.Errorf("got %s, want unlisted", got)
		}
		given(t, after(onWatch, was("2023-05-20", listing.TakenOffWatch{Outcome: term.WatchVerified}))).When(domaintest.On("2023-05-20"), listWhite).Then(white)
	},
	"L4": func(t *testing.T) {
		failed := after(onWatch, was("2023-05-22", listing.TakenOffWatch{Outcome: term.WatchFailed}))
		given(t, failed).When(domaintest.On("2023-05-22"), listing.ServeBlackNotice{About: about(), Grounds: []listing.Ground{{Code: term.B7, Facts: "整改未完成", Law: "办法"}}}).Accepted()
	},
	"L5": func(t *testing.T) {
		complete := about() // has licence and registration
		s := given(t, noticed).When(domaintest.On("2023-03-09", "officer-2"), with(listBlack, func(c *listing.ListBlack) { c.About = complete })).Then(decision)
		if got := standing(s, "2023-03-09"); got != term.StandingBlack {
			t.Errorf("got %s, want black", got)
		}
	},
	"L6": func(t *testing.T) {
		// An appeal is no act of this aggregate: whatever comes, only a removal ends the listing.
		s := given(t, isBlack).State()
		if got := standing(s, "2023-06-01"); got != term.StandingBlack {
			t.Errorf("got %s, want black", got)
		}
	},
}

func TestVectorsOfListing(t *testing.T) {
	for _, c := range readVectors(t).Listing.Cases {
		play, ok := listingVectors[c.ID]
		if !ok {
			t.Errorf("%s: got no test of it", c.ID)
			continue
		}
		t.Run(c.ID, play)
	}
}

func TestBlackEndsByItselfAfterItsLastDay(t *testing.T) {
	s := given(t, isBlack).State()
	for _, c := range []struct {
		on   string
		want term.Standing
	}{
		{"2023-03-08", term.StandingUnlisted}, {"2023-03-09", term.StandingBlack}, {"2024-03-09", term.StandingBlack}, {"2024-03-10", term.StandingUnlisted},
	} {
		_, inForce := s.Black(day(c.on))
		_, public := s.PublicBlack(day(c.on))
		if got := standing(s, c.on); got != c.want || inForce != (c.want == term.StandingBlack) || public != inForce {
			t.Errorf("%s: got %s, in force %v, public %v, want %s", c.on, got, inForce, public, c.want)
		}
	}
	if _, since, _ := s.Standing(day("2024-06-01")); since != day("2024-03-10") {
		t.Errorf("got unlisted since %s, want the day after the last", since)
	}
}

func TestNothingIsPublicBeforeServiceAndPublication(t *testing.T) {
	served := after(notServed, was("2023-03-20", listing.DecisionServed{ServedOn: day("2023-03-15"), RepairNotice: true}))
	postponed := after(noticed, was("2023-03-09", with(decision, func(d *listing.BlackListed) { d.PublishFrom = day("2023-03-20") })))
	for name, c := range map[string]struct {
		before facts
		on     string
		public bool
	}{
		"not while it is not served":        {notServed, "2023-06-01", false},
		"not before the day of service":     {served, "2023-03-14", false},
		"from the day of service":           {served, "2023-03-15", true},
		"not before the day of publication": {postponed, "2023-03-19", false},
		"from the day of publication":       {postponed, "2023-03-20", true},
		"not from the day of a removal":     {after(isBlack, was("2023-05-01", listing.BlackRemoved{Cause: term.DecisionRevoked, Reason: "a"})), "2023-05-01", false},
		"until the day before it":           {after(isBlack, was("2023-05-01", listing.BlackRemoved{Cause: term.DecisionRevoked, Reason: "a"})), "2023-04-30", true},
	} {
		t.Run(name, func(t *testing.T) {
			b, public := given(t, c.before).State().PublicBlack(day(c.on))
			if public != c.public || public && !b.Public(day(c.on)) {
				t.Errorf("got %v, want %v", public, c.public)
			}
		})
	}
}

func TestAServiceIsAboutTheDecisionThatWasMadeByThen(t *testing.T) {
	again := after(notServed,
		was("2023-03-20", listing.BlackRemoved{Cause: term.FactualError, Reason: "认错"}),
		was("2023-04-03", with(notice, func(n *listing.BlackNoticeServed) { n.WindowUntil = day("2023-04-11") })),
		was("2023-04-12", with(later, func(d *listing.BlackListed) { d.PublishFrom = day("2023-04-12") })))
	s := given(t, again).When(domaintest.On("2023-04-13"), listing.ServeDecision{ServedOn: day("2023-03-10"), RepairNotice: true}).
		Then(listing.DecisionServed{ServedOn: day("2023-03-10"), RepairNotice: true})
	if _, public := s.PublicBlack(day("2023-04-13")); public {
		t.Error("got a decision public that was never served")
	}
	given(t, again).When(domaintest.On("2023-04-13"), listing.ServeDecision{ServedOn: day("2023-03-25"), RepairNotice: true}).ThenRefused(rule.BlackPublication)
	s = given(t, again).When(domaintest.On("2023-04-13"), listing.ServeDecision{ServedOn: day("2023-04-13"), RepairNotice: true}).Accepted()
	if _, public := s.PublicBlack(day("2023-04-13")); !public {
		t.Error("got a served decision that is not public")
	}
}

func TestARemovalIsAboutTheListingInForce(t *testing.T) {
	second := with(decision, func(d *listing.BlackListed) {
		d.DocumentNo, d.PublishFrom, d.MinUntil, d.MaxUntil = "黑 2 号", day("2026-03-10"), day("2026-06-10"), day("2027-03-10")
	})
	both := after(isBlack, was("2026-03-02", notice), was("2026-03-10", second)) // the first ended by itself
	given(t, both).When(domaintest.On("2026-04-01"), listing.RemoveBlack{Cause: term.BlackExpired, Reason: "期满"}).ThenRefused(rule.BlackRemoval, "/body/cause")
	s := given(t, both).When(domaintest.On("2026-04-01"), listing.RemoveBlack{Cause: term.FactualError, Reason: "认错"}).Then(listing.BlackRemoved{Cause: term.FactualError, Reason: "认错"})
	if s.Blacks[0].Removed != 0 || s.Blacks[1].Removed != day("2026-04-01") {
		t.Errorf("got %+v, want the second removed alone", s.Blacks)
	}
	s = given(t, both).When(domaintest.On("2025-01-01"), listing.RemoveBlack{Cause: term.BlackExpired, Reason: "期满"}).Accepted()
	if s.Blacks[0].Removed != day("2025-01-01") || s.Blacks[1].Removed != 0 {
		t.Errorf("got %+v, want the first removed alone", s.Blacks)
	}
}

func TestAGrantedRepairEndsTheListingOnItsDay(t *testing.T) {
	s := given(t, applied).When(domaintest.On("2023-06-20", "officer-2"), listing.GrantCreditRepair{DocumentNo: "修 1 号"}).Accepted()
	if standing(s, "2023-06-19") != term.StandingBlack || standing(s, "2023-06-20") != term.StandingUnlisted {
		t.Errorf("got %s and %s", standing(s, "2023-06-19"), standing(s, "2023-06-20"))
	}
	if got := s.Repairs[0]; got.Answer != "granted" || got.On != day("2023-06-20") || s.Blacks[0].Cause != term.Repaired {
		t.Errorf("got %+v", got)
	}
	given(t, after(applied, was("2023-06-20", listing.CreditRepairGranted{DocumentNo: "1"}), was("2023-06-20", listing.BlackRemoved{Cause: term.Repaired, Reason: "1"}))).
		When(domaintest.On("2023-06-21"), listing.RemoveBlack{Cause: term.Repaired, Reason: "a"}).Then()
}

func TestWatchEndsByItselfAfterItsLastDay(t *testing.T) {
	s := given(t, onWatch).State()
	if standing(s, "2023-06-01") != term.StandingWatch || standing(s, "2023-06-02") != term.StandingUnlisted {
		t.Errorf("got %s and %s", standing(s, "2023-06-01"), standing(s, "2023-06-02"))
	}
	if _, since, _ := s.Standing(day("2023-07-01")); since != day("2023-06-02") {
		t.Errorf("got unlisted since %s", since)
	}
}

func TestStandingSaysSinceWhenAndWhy(t *testing.T) {
	for name, c := range map[string]struct {
		before facts
		on     string
		want   term.Standing
		since  string
		reason string
	}{
		"white by its document":      {isWhite, "2023-02-01", term.StandingWhite, "2023-01-01", "白 1 号"},
		"watch by its reason":        {onWatch, "2023-04-01", term.StandingWatch, "2023-03-01", "超时"},
		"black by its grounds":       {isBlack, "2023-04-01", term.StandingBlack, "2023-03-09", "隐形变异学科培训：隐形变异"},
		"black since it was served":  {after(notServed, was("2023-03-20", listing.DecisionServed{ServedOn: day("2023-03-15"), RepairNotice: true})), "2023-04-01", term.StandingBlack, "2023-03-15", "隐形变异学科培训：隐形变异"},
		"unlisted since its removal": {after(isWhite, was("2023-02-01", listing.WhiteRemoved{Cause: term.X1})), "2023-04-01", term.StandingUnlisted, "2023-02-01", ""},
		"unlisted since its watch was ended, not since that would have run out": {after(onWatch, was("2023-04-01", listing.TakenOffWatch{Outcome: term.WatchVerified})), "2023-07-01", term.StandingUnlisted, "2023-04-01", ""},
		"unlisted since it was repaired":                                        {after(isBlack, was("2023-06-20", listing.BlackRemoved{Cause: term.Repaired, Reason: "1"})), "2024-04-01", term.StandingUnlisted, "2023-06-20", ""},
		"unlisted since it ran out, however late that was recorded":             {after(isBlack, was("2024-05-01", listing.BlackRemoved{Cause: term.BlackExpired, Reason: "期满"})), "2024-06-01", term.StandingUnlisted, "2024-03-10", ""},
	} {
		t.Run(name, func(t *testing.T) {
			word, since, reason := given(t, c.before).State().Standing(day(c.on))
			if word != c.want || since != day(c.since) || reason != c.reason {
				t.Errorf("got %s since %s for %q, want %s since %s for %q", word, since, reason, c.want, c.since, c.reason)
			}
		})
	}
	if word, since, _ := (listing.State{}).Standing(day("2023-04-01")); word != term.StandingUnlisted || since != 0 {
		t.Errorf("got %s since %s of nothing", word, since)
	}
}

// TestDecisionsEndTheProposalsTheyAnswer takes each decision with every proposal
// open before it.
func TestDecisionsEndTheProposalsTheyAnswer(t *testing.T) {
	kinds := []term.Proposal{term.ProposeRemoveWhite, term.ProposePutOnWatch, term.ProposeTakeOffWatch, term.ProposeBlackNotice, term.ProposeRemoveBlack}
	var all facts
	for _, k := range kinds {
		all = append(all, was("2023-03-01", made(k, "X1", "2023-03-01")))
	}
	for name, c := range map[string]struct {
		decided listing.Event
		ends    []term.Proposal
	}{
		"white":                 {white, []term.Proposal{term.ProposeTakeOffWatch}},
		"removal from white":    {listing.WhiteRemoved{Cause: term.X1}, []term.Proposal{term.ProposeRemoveWhite}},
		"watch":                 {watch, []term.Proposal{term.ProposePutOnWatch}},
		"the end of a watch":    {listing.TakenOffWatch{Outcome: term.WatchVerified}, []term.Proposal{term.ProposeTakeOffWatch}},
		"a notice":              {notice, []term.Proposal{term.ProposeBlackNotice}},
		"black":                 {decision, []term.Proposal{term.ProposePutOnWatch, term.ProposeTakeOffWatch, term.ProposeBlackNotice}},
		"removal from black":    {listing.BlackRemoved{Cause: term.FactualError}, []term.Proposal{term.ProposeRemoveBlack}},
		"a dismissal":           {listing.ProposalDismissed{Proposal: term.ProposeBlackNotice, Reason: "a"}, []term.Proposal{term.ProposeBlackNotice}},
		"a statement ends none": {listing.StatementWaived{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := given(t, after(all, was("2023-03-02", c.decided))).State()
			for _, k := range kinds {
				_, open := s.Proposed(k)
				_, runs := s.Clocks.Find(term.ListingProposal, string(k))
				if want := !slices.Contains(c.ends, k); open != want || runs != want {
					t.Errorf("%s: got it open %v and its clock running %v, want %v", k, open, runs, want)
				}
			}
		})
	}
	s := given(t, after(isPending, was("2023-02-03", listing.ProposalDismissed{Proposal: term.ProposeRemoveWhite, Reason: "已恢复"}))).State()
	if p := s.Proposals[0]; p.Ended != day("2023-02-03") || p.Dismissed != "已恢复" || p.On != day("2023-02-01") || p.Cause != "X1" {
		t.Errorf("got %+v", p)
	}
}

// TestDaysOfFactsAreClocks looks at the clocks whose last days stand in facts.
func TestDaysOfFactsAreClocks(t *testing.T) {
	lapsed := after(onWatch, was("2023-06-02", listing.DeadlineMissed{Missing: missed(term.WatchEnd, "", "2023-06-01", "")}))
	for name, c := range map[string]struct {
		before facts
		key    term.Clock
		due    string // empty: it does not run
	}{
		"a watch runs until its last day":            {onWatch, term.WatchEnd, "2023-06-01"},
		"until it is taken off":                      {after(onWatch, was("2023-05-20", listing.TakenOffWatch{Outcome: term.WatchVerified})), term.WatchEnd, ""},
		"or lapses":                                  {lapsed, term.WatchEnd, ""},
		"or is overtaken by white":                   {after(onWatch, was("2023-06-05", white)), term.WatchEnd, ""},
		"or by black":                                {after(onWatch, was("2023-06-05", notice), was("2023-06-05", decision)), term.WatchEnd, ""},
		"the statement window runs until its end":    {noticed, term.ListingStatement, "2023-03-08"},
		"until it is used":                           {after(noticed, was("2023-03-02", listing.StatementRecorded{Text: "不服"})), term.ListingStatement, ""},
		"or waived":                                  {waived, term.ListingStatement, ""},
		"or decided":                                 {isBlack, term.ListingStatement, ""},
		"the publication runs until its end":         {isBlack, term.ListingEnd, "2024-03-09"},
		"until the listing is removed":               {after(isBlack, was("2023-05-01", listing.BlackRemoved{Cause: term.FactualError})), term.ListingEnd, ""},
		"the answer to a repair runs":                {after(isBlack, was("2023-06-10", asked("2023-06-10", "2023-06-26"))), term.RepairAnswer, "2023-06-26"},
		"until it is granted":                        {after(isBlack, was("2023-06-10", asked("2023-06-10", "2023-06-26")), was("2023-06-12", listing.CreditRepairGranted{})), term.RepairAnswer, ""},
		"or refused":                                 {after(isBlack, was("2023-06-10", asked("2023-06-10", "2023-06-26")), was("2023-06-12", listing.CreditRepairRefused{})), term.RepairAnswer, ""},
		"an application of before clocks were begun": {applied, term.RepairAnswer, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, runs := given(t, c.before).State().Clocks.Find(c.key, "")
			if runs != (c.due != "") || runs && got.Due != day(c.due) {
				t.Errorf("got %+v, running %v, want it until %q", got, runs, c.due)
			}
		})
	}
	got, _ := given(t, onWatch).State().Clocks.Find(term.WatchEnd, "")
	if want := (clock.Clock{Key: term.WatchEnd, Agency: "530427-education", From: day("2023-03-01"), Due: day("2023-06-01")}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want the day and the agency of the fact", got)
	}
}

// TestWhatHasRunOutIsRemovedByTheRegister is the removal that follows by itself
// on the day after the last, in the name of the office.
func TestWhatHasRunOutIsRemovedByTheRegister(t *testing.T) {
	m := domaintest.On("2024-03-10", "register")
	m.Actor.Agency = "530427-joint_conference_office"
	s := given(t, isBlack).When(m, listing.RemoveBlack{Cause: term.BlackExpired, Reason: "公示期满"}).
		Then(listing.BlackRemoved{Cause: term.BlackExpired, Reason: "公示期满"})
	if open := s.Clocks.Open(); len(open) != 0 || s.Blacks[0].Removed != day("2024-03-10") {
		t.Errorf("got the clocks %+v open and removed on %s", open, s.Blacks[0].Removed)
	}
}

func TestFactsCount(t *testing.T) {
	for name, c := range map[string]struct {
		fact figure.Measured
		want []figure.Measure
	}{
		"a proposal":              {proposed, []figure.Measure{{Key: term.ListingsProposed, Item: "remove_white", Count: figure.Of(1, term.Items)}}},
		"a duty that was missed":  {listing.DeadlineMissed{Missing: missed(term.ListingProposal, "remove_white", "2023-02-01", "530427-education")}, []figure.Measure{{Key: term.DeadlinesMissed, Item: "listing_proposal", Agency: "530427-education", Count: figure.Of(1, term.Items)}}},
		"a right that was unused": {listing.DeadlineMissed{Missing: missed(term.ListingStatement, "", "2023-03-08", "")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.fact.Measures(); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestFactsRememberWhoActedOnWhatBasis(t *testing.T) {
	m := domaintest.On("2023-01-01")
	m.Basis = []domain.Basis{{Statute: "意见", Article: "第一条"}, {Statute: "办法"}}
	s := given(t, facts{domaintest.Was(m, white)}).State()
	if w := s.Whites[0]; w.Agency != "530427-education" || w.Law != "意见第一条；办法" || w.DocumentNo != "白 1 号" || w.Override {
		t.Errorf("got %+v", w)
	}
}

func TestTheInstitutionTravelsInTheCommand(t *testing.T) {
	var a listing.About
	a.Inform(rule.Subject{Name: "启明"})
	a.Govern(lawWith("list.watch_limit_months", "7"))
	if a.Subject.Name != "启明" || a.Law.Policy.Int("list.watch_limit_months") != 7 {
		t.Errorf("got %+v", a.Subject)
	}
	if b, err := json.Marshal(a); err != nil || string(b) != "{}" {
		t.Errorf("got %s, %v, want nothing of it in the act", b, err)
	}
}

func TestAnUnknownCommandOrEventIsAFaultOfTheProgram(t *testing.T) {
	for name, f := range map[string]func(){
		"command": func() { _, _ = listing.Decide(listing.State{}, domaintest.On("2020-01-01"), nil) },
		"event":   func() { listing.Evolve(listing.State{}, domaintest.On("2020-01-01"), strange{}) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("got it taken")
				}
			}()
			f()
		})
	}
}

type strange struct{ listing.Event }

func (strange) EventName() string { return "listing.strange" }
