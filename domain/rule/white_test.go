package rule_test

import (
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// eligible is an institution that meets W1 to W7.
func eligible() rule.Subject {
	return rule.Subject{
		Known: true, Kind: term.Institution, Name: "新平某培训中心",
		Licences:   []rule.HeldLicence{{Number: "153042770000019", Kind: term.SchoolLicence}},
		Registered: true, Form: "民办非企业单位",
		Inspections:  []rule.Inspection{{Year: 2022, Result: term.Pass, PublishedOn: day("2023-04-01")}},
		LicensedFrom: day("2019-03-01"),
		Platform:     "全国校外教育培训监管与服务综合平台",
		Class:        term.NonSubject, Categories: []term.Category{term.Sports},
	}
}

// windows are the annual inspections of 2022 and 2023.
var windows = []rule.Window{
	{Year: 2022, From: day("2023-03-01"), To: day("2023-03-31")},
	{Year: 2023, From: day("2024-03-01"), To: day("2024-03-31")},
}

func TestWhiteCriteriaFailAloneOrHold(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*rule.Subject, *rule.Law)
		black  bool
		on     string
		fails  string // the criterion that fails alone; empty: all hold
	}{
		"all hold": {func(*rule.Subject, *rule.Law) {}, false, "2023-05-01", ""},

		"W1 without a licence": {func(s *rule.Subject, _ *rule.Law) { s.Licences = nil }, false, "2023-05-01", "W1"},
		"W1 with a kind that is not accepted here": {func(_ *rule.Subject, l *rule.Law) {
			*l = lawWith("list.accepted_licence_kinds", "training_permit,review_opinion")
		}, false, "2023-05-01", "W1"},
		"W1 holds by any accepted licence among others": {func(s *rule.Subject, l *rule.Law) {
			*l = lawWith("list.accepted_licence_kinds", "school_licence")
			s.Licences = append([]rule.HeldLicence{{Number: "1", Kind: term.ReviewOpinion}}, s.Licences...)
		}, false, "2023-05-01", ""},

		"W2 without a live registration": {func(s *rule.Subject, _ *rule.Law) { s.Registered = false }, false, "2023-05-01", "W2"},

		"W3 with a conditional pass":                {func(s *rule.Subject, _ *rule.Law) { s.Inspections[0].Result = term.ConditionalPass }, false, "2023-05-01", "W3"},
		"W3 with a fail":                            {func(s *rule.Subject, _ *rule.Law) { s.Inspections[0].Result = term.Fail }, false, "2023-05-01", "W3"},
		"W3 without the inspection that was due":    {func(s *rule.Subject, l *rule.Law) { s.Inspections, l.Windows = nil, windows }, false, "2023-05-01", "W3"},
		"W3 with the inspection of an earlier year": {func(_ *rule.Subject, l *rule.Law) { l.Windows = windows }, false, "2024-05-01", "W3"},
		"W3 with a conclusion that was not yet public": {func(s *rule.Subject, l *rule.Law) {
			l.Windows = windows
			s.Inspections[0].PublishedOn = day("2023-05-02")
		}, false, "2023-05-01", "W3"},
		"W3 by the newest conclusion": {func(s *rule.Subject, _ *rule.Law) {
			s.Inspections = append([]rule.Inspection{{Year: 2023, Result: term.Fail, PublishedOn: day("2024-04-01")}}, s.Inspections...)
		}, false, "2024-05-01", "W3"},
		"W3 holds before the first window has ended": {func(s *rule.Subject, l *rule.Law) { s.Inspections, l.Windows = nil, windows }, false, "2023-03-31", ""},
		"W3 holds for who was licensed after the window began": {func(s *rule.Subject, l *rule.Law) {
			s.Inspections, l.Windows, s.LicensedFrom = nil, windows, day("2023-03-01")
		}, false, "2023-05-01", ""},
		"W3 holds where the window is of another class": {func(s *rule.Subject, l *rule.Law) {
			s.Inspections = nil
			l.Windows = []rule.Window{{Year: 2022, Class: term.Subject, From: day("2023-03-01"), To: day("2023-03-31")}}
		}, false, "2023-05-01", ""},

		"W4 with an open violation": {func(s *rule.Subject, _ *rule.Law) { s.Violations = []string{"整改未验收"} }, false, "2023-05-01", "W4"},

		"W5 without enrolment on the platform":        {func(s *rule.Subject, _ *rule.Law) { s.Platform = "" }, false, "2023-05-01", "W5"},
		"W5 without escrow where the policy wants it": {func(_ *rule.Subject, l *rule.Law) { *l = lawWith("list.white_requires_escrow", "true") }, false, "2023-05-01", "W5"},
		"W5 holds with the escrow that the policy wants": {func(s *rule.Subject, l *rule.Law) {
			s.Escrow = true
			*l = lawWith("list.white_requires_escrow", "true")
		}, false, "2023-05-01", ""},

		"W6 on the black list": {func(*rule.Subject, *rule.Law) {}, true, "2023-05-01", "W6"},
		"W6 under termination": {func(s *rule.Subject, _ *rule.Law) { s.Terminating = true }, false, "2023-05-01", "W6"},
		"W6 closed":            {func(s *rule.Subject, _ *rule.Law) { s.Stopped = true }, false, "2023-05-01", "W6"},

		"W7 in a category that no department is usual for": {func(s *rule.Subject, _ *rule.Law) { s.Categories = []term.Category{term.OtherCategory} }, false, "2023-05-01", "W7"},
		"W7 without any category":                          {func(s *rule.Subject, _ *rule.Law) { s.Categories = nil }, false, "2023-05-01", "W7"},
		"W7 holds by assignment": {func(s *rule.Subject, _ *rule.Law) {
			s.Categories, s.Authority = nil, "530427-education"
		}, false, "2023-05-01", ""},
		"W7 holds for subject training": {func(s *rule.Subject, _ *rule.Law) {
			s.Categories, s.Class = nil, term.Subject
		}, false, "2023-05-01", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, l := eligible(), lawWith()
			c.change(&s, &l)
			report := l.White(s, c.black, day(c.on))
			var ids, failed []string
			for _, k := range report {
				ids = append(ids, k.ID)
				if !k.OK {
					failed = append(failed, k.ID)
				}
				if k.Title.ZH == "" || k.Title.EN == "" || k.Found.ZH == "" || k.Found.EN == "" {
					t.Errorf("%s: got title %q and found %q, want both in both languages", k.ID, k.Title, k.Found)
				}
			}
			if want := []string{"W1", "W2", "W3", "W4", "W5", "W6", "W7"}; !slices.Equal(ids, want) {
				t.Errorf("got the criteria %v, want %v", ids, want)
			}
			if c.fails == "" {
				if len(failed) > 0 || !report.Eligible() {
					t.Errorf("got %v failing, want none", failed)
				}
				outcome(t, report.Refusal(), domain.Rule{}, "")
				return
			}
			if !slices.Equal(failed, []string{c.fails}) || report.Eligible() || report.Results()[c.fails] {
				t.Errorf("got %v failing, want %s alone", failed, c.fails)
			}
			outcome(t, report.Refusal(), rule.WhiteEligibility, "/eligibility/"+c.fails)
		})
	}
}

func TestNothingMeetsAnyCriterionWithoutFacts(t *testing.T) {
	got := lawWith().White(rule.Subject{}, false, day("2023-05-01")).Results()
	for id, want := range map[string]bool{"W1": false, "W2": false, "W3": true, "W4": true, "W5": false, "W6": true, "W7": false} {
		if got[id] != want {
			t.Errorf("%s: got %v, want %v", id, got[id], want)
		}
	}
}
