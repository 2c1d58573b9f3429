package institution_test

import (
	"testing"

	"minglu/domain/domaintest"
	"minglu/domain/institution"
	"minglu/domain/rule"
	"minglu/domain/term"
)

var scopeOfTheRate = institution.Mask(term.Subject, []term.Audience{term.Compulsory})

// TestACohortMemberIsInOneState folds a school and asks where the cohort of
// compulsory subject training counts it on a day.
func TestACohortMemberIsInOneState(t *testing.T) {
	school := []domaintest.Fact{
		domaintest.Was(domaintest.On("2019-03-01"), institution.Registered{Names: []string{"校"}, Class: term.Subject, Audiences: []term.Audience{term.Compulsory}}),
		domaintest.Was(domaintest.On("2019-03-01"), institution.LegalRegistrationRecorded{Form: term.Company, Number: "1", ForProfit: true}),
		domaintest.Was(domaintest.On("2019-03-01"), institution.LicenceGranted{Number: "L1", Class: term.Subject, Audiences: []term.Audience{term.Compulsory},
			ValidFrom: day("2019-03-01"), ValidTo: day("2024-02-28")}),
	}
	converted := func(to rule.Scope) institution.ConversionApproved {
		return institution.ConversionApproved{OldLicence: "L1", To: to, NewLicence: institution.NewLicence{Number: "L2", ValidFrom: day("2022-01-10"), ValidTo: day("2030-01-01")}}
	}
	for _, c := range []struct {
		name string
		then []institution.Event
		on   string
		want term.CohortState
	}{
		{"before it was licensed", nil, "2019-02-28", term.CohortCancelled},
		{"licensed", nil, "2022-01-10", term.CohortActive},
		{"past its term without an exit on record", nil, "2024-03-01", term.CohortActive},
		{"on the day before the exit", []institution.Event{institution.LicenceRevoked{Number: "L1"}}, "2022-01-09", term.CohortActive},
		{"on the day of the exit", []institution.Event{institution.LicenceRevoked{Number: "L1"}}, "2022-01-10", term.CohortCancelled},
		{"cancelled without an exit", []institution.Event{institution.LicenceCancelled{Number: "L1"}}, "2022-01-10", term.CohortCancelled},
		{"suspended", []institution.Event{institution.LicenceSuspended{Number: "L1"}}, "2022-01-10", term.CohortSuspended},
		{"ending", []institution.Event{institution.TerminationAnnounced{}}, "2022-01-10", term.CohortTerminating},
		{"turned non-profit", []institution.Event{institution.ConvertedToNonProfit{}}, "2022-01-10", term.CohortNonProfit},
		{"converted", []institution.Event{converted(rule.Scope{Class: term.NonSubject, Audiences: []term.Audience{term.Compulsory}})}, "2022-01-10", term.CohortConverted},
		{"converted, and the new licence cancelled", []institution.Event{
			converted(rule.Scope{Class: term.NonSubject, Audiences: []term.Audience{term.Compulsory}}), institution.LicenceCancelled{Number: "L2"}}, "2022-01-10", term.CohortConverted},
		{"senior high only", []institution.Event{converted(rule.Scope{Class: term.Subject, Audiences: []term.Audience{term.SeniorHigh}})}, "2022-01-10", term.CohortSeniorHighOnly},
		{"converted to compulsory and senior high", []institution.Event{
			converted(rule.Scope{Class: term.Subject, Audiences: []term.Audience{term.Compulsory, term.SeniorHigh}})}, "2022-01-10", term.CohortActive},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts := school
			for _, e := range c.then {
				facts = append(facts[:len(facts):len(facts)], domaintest.Was(domaintest.On("2022-01-10"), e))
			}
			s := domaintest.Given(t, institution.Decider, facts...).State()
			var at institution.Tenure
			for _, tenure := range s.Tenures() {
				if tenure.From <= day(c.on) {
					at = tenure
				}
			}
			if got := at.Cohort(scopeOfTheRate); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
