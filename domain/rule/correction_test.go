package rule_test

import (
	"testing"

	"minglu/domain"
	"minglu/domain/clock"
	"minglu/domain/rule"
)

func TestFrozenMembersAreNotCorrected(t *testing.T) {
	drawn := rule.Frozen{Members: []string{"seed"}, By: rule.DrawSeed, Instead: domain.Text{ZH: "重新抽取", EN: "draw again"}}
	for name, c := range map[string]struct {
		field, reason string
		by            domain.Rule
	}{
		"the member itself is refused":             {"seed", "a", rule.DrawSeed},
		"a part of it is refused":                  {"clocks/0/due", "a", clock.ExtensionRule},
		"readers that take its name otherwise":     {"Until", "a", clock.ExtensionRule},
		"no clear text takes the place of a seal":  {"person", "a", rule.PersonalData},
		"nor another person":                       {"person_ref", "a", rule.PersonalData},
		"another member is corrected":              {"facts", "a", domain.Rule{}},
		"one that has the name within it is":       {"correction/due", "a", domain.Rule{}},
		"the frozen member goes before the reason": {"seed", "", rule.DrawSeed},
	} {
		t.Run(name, func(t *testing.T) {
			outcome(t, rule.Correctable(domain.Correction{Field: c.field, Reason: c.reason}, rule.FrozenPeriods, rule.FrozenSeals("person"), drawn), c.by, "/body/field")
		})
	}
	if err := rule.Correctable(domain.Correction{Field: "facts", Reason: " "}, drawn); err == nil {
		t.Error("a correction without reason is taken")
	}
}
