package domain_test

import (
	"testing"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/dispute"
	"minglu/domain/figure"
	"minglu/domain/grievance"
	"minglu/domain/ident"
	"minglu/domain/inspection"
	"minglu/domain/institution"
	"minglu/domain/jointcase"
	"minglu/domain/jurisdiction"
	"minglu/domain/listing"
	"minglu/domain/penalty"
	"minglu/domain/rectification"
	"minglu/domain/rule"
)

var (
	actTables = [][]domain.ActType{
		institution.Acts, listing.Acts, jurisdiction.Acts, grievance.Acts, inspection.Acts, rectification.Acts, penalty.Acts, dispute.Acts, jointcase.Acts,
	}
	eventTables = [][]domain.EventType{
		institution.Events, listing.Events, jurisdiction.Events, grievance.Events, inspection.Events, rectification.Events, penalty.Events, dispute.Events,
		jointcase.Events,
	}
)

func TestNamesAreUniqueAcrossAggregates(t *testing.T) {
	acts, events := map[string]bool{}, map[string]bool{}
	for _, table := range actTables {
		for _, a := range table {
			if acts[a.Name] {
				t.Errorf("got the act %s twice", a.Name)
			}
			acts[a.Name] = true
		}
	}
	for _, table := range eventTables {
		for _, e := range table {
			if e.Current && events[e.Name] {
				t.Errorf("got the event %s twice", e.Name)
			}
			events[e.Name] = true
		}
	}
	if len(acts) < 50 || len(events) < 50 {
		t.Errorf("got %d acts and %d events", len(acts), len(events))
	}
}

func TestEveryRuleThatAnActNamesIsARuleOfTheRegister(t *testing.T) {
	known := map[string]domain.Rule{}
	for _, r := range append([]domain.Rule{authority.Missing, calendar.PublishedRule, calendar.PausedRule, ident.ChecksumRule, figure.CountRule, clock.MissedRule, clock.ExtensionRule}, rule.All...) {
		if _, twice := known[r.ID]; twice {
			t.Errorf("got the rule %s twice", r.ID)
		}
		known[r.ID] = r
	}
	for _, table := range actTables {
		for _, a := range table {
			for _, r := range a.Rules {
				if known[r.ID] != r {
					t.Errorf("%s: got the rule %s, which is none of the register", a.Name, r.ID)
				}
			}
		}
	}
}
