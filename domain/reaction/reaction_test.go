package reaction_test

import (
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/dispute"
	"minglu/domain/domaintest"
	"minglu/domain/figure"
	"minglu/domain/inspection"
	"minglu/domain/institution"
	"minglu/domain/listing"
	"minglu/domain/penalty"
	"minglu/domain/reaction"
	"minglu/domain/rectification"
	"minglu/domain/rule"
	"minglu/domain/term"
)

const (
	school = "530427.institution.01J8ZK5M3QWERTYASDFGHJ0001"
	listed = "530427.listing.01J8ZK5M3QWERTYASDFGHJ0001"
	today  = "2026-11-22"
)

func day(s string) calendar.Day { d, _ := calendar.ParseDay(s); return d }

func fact(stream string, e domain.Event) reaction.Fact {
	return reaction.Fact{ID: "event-1", Stream: stream, Meta: domaintest.On("2026-11-20"), Event: e}
}

// proposals returns what is proposed for the lists, with its cause.
func proposals(acts []reaction.Act) (out []string) {
	for _, a := range acts {
		if p, ok := a.Body.(listing.Propose); ok {
			out = append(out, string(p.Proposal)+" "+p.Cause)
		}
	}
	return out
}

func TestWhatFollowsForTheLists(t *testing.T) {
	sanction := func(kinds ...term.PenaltyKind) rule.Sanction { return rule.Sanction{Kinds: kinds} }
	for name, c := range map[string]struct {
		stream string
		event  domain.Event
		want   []string
	}{
		"a licence that expired":              {school, institution.LicenceExpired{Number: "1"}, []string{"remove_white X1"}},
		"a licence that was revoked":          {school, institution.LicenceRevoked{Number: "1"}, []string{"remove_white X1"}},
		"a licence that was annulled":         {school, institution.LicenceAnnulled{Number: "1"}, []string{"remove_white X1"}},
		"a licence that was withdrawn":        {school, institution.LicenceWithdrawn{Number: "1"}, []string{"remove_white X1"}},
		"a licence that was surrendered":      {school, institution.LicenceSurrendered{Number: "1"}, []string{"remove_white X1"}},
		"a licence that was cancelled":        {school, institution.LicenceCancelled{Number: "1"}, []string{"remove_white X1"}},
		"a legal entity that ended":           {school, institution.LegalEntityDeregistered{}, []string{"remove_white X1"}},
		"a conversion":                        {school, institution.ConversionApproved{}, []string{"remove_white X4"}},
		"a termination":                       {school, institution.TerminationAnnounced{}, []string{"put_on_watch X6"}},
		"an inspection passed on conditions":  {school, institution.AnnualInspectionConcluded{Result: term.ConditionalPass}, []string{"put_on_watch X3"}},
		"an inspection that was passed":       {school, institution.AnnualInspectionConcluded{Result: term.Pass}, nil},
		"a rectification verified as a whole": {"530427.rectification.1", rectification.Verified{Institution: school, Whole: true}, []string{"take_off_watch verified"}},
		"an item verified":                    {"530427.rectification.1", rectification.Verified{Institution: school}, nil},
		"a rectification that failed":         {"530427.rectification.1", rectification.Failed{Institution: school, Whole: true}, []string{"serve_black_notice B7"}},
		"an item that failed":                 {"530427.rectification.1", rectification.Failed{Institution: school}, nil},
		"a serious finding":                   {"530427.inspection.1", inspection.FindingRecorded{Institution: school, Severity: term.SeveritySerious, Item: term.ItemSafety, Agency: "530427-fire"}, []string{"remove_white X2", "put_on_watch X2"}},
		"a minor finding":                     {"530427.inspection.1", inspection.FindingRecorded{Institution: school, Severity: term.SeverityMinor, Item: term.ItemSafety}, nil},
		"a finding at unknown premises":       {"530427.inspection.1", inspection.FindingRecorded{Severity: term.SeveritySerious, Item: term.ItemSafety}, nil},
		"a fine":                              {"530427.penalty.1", penalty.Decided{Subject: school, Sanction: sanction(term.Fine)}, []string{"remove_white X2", "serve_black_notice X2"}},
		"a warning":                           {"530427.penalty.1", penalty.Decided{Subject: school, Sanction: sanction(term.WarningPenalty)}, nil},
		"a penalty of nobody in the register": {"530427.penalty.1", penalty.Decided{Sanction: sanction(term.Fine)}, nil},
		"a penalty that was revoked":          {"530427.penalty.1", penalty.Revoked{Subject: school}, []string{"remove_black revoked"}},
		"a reconsideration that reversed":     {"530427.penalty.1", penalty.ReconsiderationDecided{RemedyResult: penalty.RemedyResult{Subject: school, Outcome: term.RemedyUnlawful}}, []string{"remove_black revoked"}},
		"a reconsideration that upheld":       {"530427.penalty.1", penalty.ReconsiderationDecided{RemedyResult: penalty.RemedyResult{Subject: school, Outcome: term.RemedyUpheld}}, nil},
		"a lawsuit that was withdrawn":        {"530427.penalty.1", penalty.LitigationDecided{RemedyResult: penalty.RemedyResult{Subject: school, Outcome: term.RemedyWithdrawn}}, nil},
		"a lawsuit that was won":              {"530427.penalty.1", penalty.LitigationDecided{RemedyResult: penalty.RemedyResult{Subject: school, Outcome: term.RemedyRevoked}}, []string{"remove_black revoked"}},
	} {
		t.Run(name, func(t *testing.T) {
			if !reaction.Follows(c.event) {
				t.Fatal("got nothing that may follow")
			}
			acts := reaction.React(fact(c.stream, c.event), rule.Law{}, day(today))
			if got := proposals(acts); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			for _, a := range acts {
				if a.Name == "listing.propose" && (a.Target != listed || a.Effective != day(today) || a.Agency != "530427-joint_conference_office" || a.Cause != "event-1") {
					t.Errorf("got %+v, want it about %s, effective today, for the office, with its cause", a, listed)
				}
			}
		})
	}
}

func TestThePolicySaysWhatFollowsASeriousFinding(t *testing.T) {
	l := rule.Law{Policy: rule.NewPolicy("530427@2026", map[string]string{"list.serious_finding": "black_procedure"})}
	e := inspection.FindingRecorded{Institution: school, Severity: term.SeveritySerious, Item: term.ItemFees, Agency: "530427-market_regulation"}
	if got, want := proposals(reaction.React(fact("530427.inspection.1", e), l, day(today))), []string{"remove_white X2", "serve_black_notice X2"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAnOrderToCorrectComesFromWhoFoundOut(t *testing.T) {
	finding := fact("530427.inspection.1", inspection.FindingRecorded{
		Institution: school, Severity: term.SeveritySerious, Item: term.ItemSafety, Agency: "530427-fire", Facts: "疏散通道被占用"})
	decided := fact("530427.penalty.1", penalty.Decided{
		Subject: school, Document: "新教罚〔2026〕1号", Correction: penalty.CorrectionOrder{Text: "停止违法办学", Due: day("2026-12-10")}})
	for name, c := range map[string]struct {
		fact         reaction.Fact
		agency, text string
		due          calendar.Day
	}{
		"of a finding": {finding, "530427-fire", "疏散通道被占用", 0},
		"of a penalty": {decided, "530427-education", "停止违法办学", day("2026-12-10")},
	} {
		t.Run(name, func(t *testing.T) {
			acts := reaction.React(c.fact, rule.Law{}, day(today))
			i := slices.IndexFunc(acts, func(a reaction.Act) bool { return a.Name == "rectification.order" })
			if i < 0 {
				t.Fatalf("got %v, want an order to correct", acts)
			}
			o := acts[i].Body.(rectification.Order)
			if acts[i].Agency != c.agency || acts[i].Target != "" || o.Institution.Stream != school || o.Source.Stream != c.fact.Stream ||
				o.Items[0].Text != c.text || o.Due != c.due || o.Basis == "" {
				t.Errorf("got %+v by %s, want it by %s", o, acts[i].Agency, c.agency)
			}
		})
	}
}

func TestAnAbnormalClosureOpensADisputeAndFreezesAccounts(t *testing.T) {
	e := institution.AbnormalClosureReported{Pupils: figure.Of(62, term.Persons), Unreachable: true}
	acts := reaction.React(fact(school, e), rule.Law{}, day(today))
	var names []string
	for _, a := range acts {
		names = append(names, a.Name+" "+a.Target)
	}
	if want := []string{"dispute.open ", "escrow.freeze " + school, "escrow.raise-alert " + school}; !slices.Equal(names, want) {
		t.Fatalf("got %v, want %v", names, want)
	}
	if o := acts[0].Body.(dispute.Open); o.Institution.Stream != school || o.Pupils.N != 62 || o.Cause != term.DisputeClosure {
		t.Errorf("got %+v, want the closure of %s", o, school)
	}
}

func passed(stream string, key term.Clock, institution string) reaction.Passed {
	return reaction.Passed{Stream: stream, Institution: institution, Clock: clock.Clock{
		Key: key, From: day("2026-11-01"), Due: day("2026-11-20"), Agency: "530427-education"}}
}

func TestWhatFollowsWhenAClockHasRunOut(t *testing.T) {
	for name, c := range map[string]struct {
		passed reaction.Passed
		want   []string
	}{
		"a duty":          {passed("530427.grievance.1", term.ComplaintAccept, school), []string{"grievance.miss-deadline"}},
		"a right":         {passed("530427.penalty.1", term.HearingRequest, school), []string{"penalty.miss-deadline"}},
		"a publication":   {passed(listed, term.ListingEnd, school), []string{"listing.remove-black"}},
		"a watch":         {passed(listed, term.WatchEnd, ""), []string{"listing.miss-deadline", "listing.propose"}},
		"a rectification": {passed("530427.rectification.1", term.RectificationDue, school), []string{"rectification.miss-deadline", "listing.propose"}},
		"one of nobody":   {passed("530427.rectification.1", term.RectificationDue, ""), []string{"rectification.miss-deadline"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			keys := map[string]bool{}
			for _, a := range reaction.Due(c.passed) {
				got = append(got, a.Name)
				if keys[a.Key] || a.Effective != day("2026-11-21") {
					t.Errorf("got %+v, want a key of its own, effective on the day after", a)
				}
				keys[a.Key] = true
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestActsAreToldApartByTheirCause(t *testing.T) {
	a := reaction.Due(passed("530427.grievance.1", term.ComplaintAccept, ""))[0]
	other := passed("530427.grievance.1", term.ComplaintAccept, "")
	other.Due = day("2026-11-25") // it was extended and has run out again
	if b := reaction.Due(other)[0]; a.Key == b.Key {
		t.Errorf("got the key %s twice, want one for each last day", a.Key)
	}
	if again := reaction.Due(passed("530427.grievance.1", term.ComplaintAccept, ""))[0]; a.Key != again.Key {
		t.Errorf("got %s and %s, want the same key for the same cause", a.Key, again.Key)
	}
}

func TestTheTableHasATitleForEveryReaction(t *testing.T) {
	for _, r := range reaction.Table {
		if r.Event == "" || r.Title.ZH == "" || r.Title.EN == "" {
			t.Errorf("got %+v, want the event and both titles", r)
		}
	}
}

func TestHistoryBeginsNoNewWork(t *testing.T) {
	old := func(stream string, e domain.Event) reaction.Fact {
		f := fact(stream, e)
		f.Meta = domaintest.On("2024-03-01")
		return f
	}
	for name, f := range map[string]reaction.Fact{
		"a serious finding": old("530427.inspection.1", inspection.FindingRecorded{Institution: school, Severity: term.SeveritySerious, Item: term.ItemSafety, Agency: "530427-fire"}),
		"a penalty":         old("530427.penalty.1", penalty.Decided{Subject: school, Sanction: rule.Sanction{Kinds: []term.PenaltyKind{term.Fine}}}),
		"a closure":         old(school, institution.AbnormalClosureReported{}),
	} {
		for _, a := range reaction.React(f, rule.Law{}, day(today)) {
			if a.Name != "listing.propose" {
				t.Errorf("%s of long ago: got %s, want proposals alone", name, a.Name)
			}
		}
	}
}
