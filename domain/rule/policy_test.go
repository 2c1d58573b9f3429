package rule_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/rule"
)

func TestParametersAreReadInTheFormOfTheirType(t *testing.T) {
	for name, c := range map[string]struct {
		key, raw string
		want     string // text form; empty: refused
	}{
		"a number":                                {"list.watch_limit_months", `6`, "6"},
		"a number as text":                        {"list.watch_limit_months", `"6"`, "6"},
		"nought":                                  {"list.watch_limit_months", `0`, "0"},
		"the greatest number":                     {"list.watch_limit_months", `1200`, "1200"},
		"a number too great":                      {"list.watch_limit_months", `1201`, ""},
		"a negative number":                       {"list.watch_limit_months", `-1`, ""},
		"a fraction":                              {"list.watch_limit_months", `1.5`, ""},
		"a word for a number":                     {"list.watch_limit_months", `"three"`, ""},
		"null for a number":                       {"list.watch_limit_months", `null`, ""},
		"an object for a number":                  {"list.watch_limit_months", `{"months":3}`, ""},
		"true":                                    {"list.white_requires_escrow", `true`, "true"},
		"false as text":                           {"list.white_requires_escrow", `"false"`, "false"},
		"a number for a boolean":                  {"list.white_requires_escrow", `1`, ""},
		"a choice":                                {"list.serious_finding", `"black_procedure"`, "black_procedure"},
		"a choice that nobody offers":             {"list.serious_finding", `"nothing"`, ""},
		"an empty choice":                         {"list.serious_finding", `""`, ""},
		"two choices where one is wanted":         {"list.serious_finding", `["watch","black_procedure"]`, ""},
		"a list of choices":                       {"list.accepted_licence_kinds", `["school_licence","training_permit"]`, "school_licence,training_permit"},
		"choices as text":                         {"list.accepted_licence_kinds", `"school_licence,review_opinion"`, "school_licence,review_opinion"},
		"a list with a choice that nobody offers": {"list.accepted_licence_kinds", `["school_licence","passport"]`, ""},
		"an empty list":                           {"list.accepted_licence_kinds", `[]`, ""},
		"a list of numbers":                       {"list.accepted_licence_kinds", `[1]`, ""},
		"shortest and longest months":             {"list.tier.ordinary", `"6-12"`, "6-12"},
		"the same shortest and longest":           {"list.tier.ordinary", `"6-6"`, "6-6"},
		"a longest before the shortest":           {"list.tier.ordinary", `"12-3"`, ""},
		"a shortest alone":                        {"list.tier.ordinary", `"12"`, ""},
		"a number for months":                     {"list.tier.ordinary", `12`, ""},
		"months with a space":                     {"list.tier.ordinary", `"3 - 12"`, ""},
		"months with more behind":                 {"list.tier.ordinary", `"3-12 months"`, ""},
		"months too many":                         {"list.tier.ordinary", `"3-1201"`, ""},
		"a key that no rule reads":                {"list.colour", `"red"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := rule.ReadParameters(map[string]json.RawMessage{c.key: json.RawMessage(c.raw)})
			if c.want == "" {
				outcome(t, err, rule.PolicyParameter, "/body/parameters/"+c.key)
				return
			}
			if err != nil || got[c.key] != c.want || len(got) != 1 {
				t.Errorf("got %v, %v, want %q", got, err, c.want)
			}
		})
	}
}

func TestEveryBadParameterIsNamedAtOnceInOrder(t *testing.T) {
	_, err := rule.ReadParameters(map[string]json.RawMessage{
		"zzz": json.RawMessage(`1`), "list.watch_limit_months": json.RawMessage(`-1`), "list.tier.minor": json.RawMessage(`"0-3"`),
	})
	e, _ := errors.AsType[*domain.Error](err)
	if e == nil || len(e.Fields) != 2 || e.Fields[0].Pointer != "/body/parameters/list.watch_limit_months" || e.Fields[1].Pointer != "/body/parameters/zzz" {
		t.Errorf("got %v, want both bad ones in order", err)
	}
}

func TestEveryParameterTakesItsOwnDefaultAndNothingUnreadable(t *testing.T) {
	keys := map[string]bool{}
	for _, p := range rule.Parameters {
		if keys[p.Key] || p.Title.ZH == "" || p.Title.EN == "" || p.Mark == "" {
			t.Errorf("%s: got title %q and mark %q, want the key once with both titles and a mark", p.Key, p.Title, p.Mark)
		}
		keys[p.Key] = true
		text, _ := json.Marshal(p.Default)
		got, err := rule.ReadParameters(map[string]json.RawMessage{p.Key: text})
		if err != nil || got[p.Key] != p.Default {
			t.Errorf("%s: got %v, %v, want its default %q taken", p.Key, got, err, p.Default)
		}
		_, err = rule.ReadParameters(map[string]json.RawMessage{p.Key: json.RawMessage(`"?"`)})
		outcome(t, err, rule.PolicyParameter, "/body/parameters/"+p.Key)
		if found, ok := rule.ParameterOf(p.Key); !ok || found.Key != p.Key {
			t.Errorf("%s: got no such parameter", p.Key)
		}
	}
}

func TestPolicyOverlaysDefaultsInOrder(t *testing.T) {
	above := map[string]string{"list.watch_limit_months": "6", "list.serious_finding": "black_procedure"}
	own := map[string]string{"list.watch_limit_months": "2", "list.tier.minor": "1-2"}
	kept := maps.Clone(above)
	p := rule.NewPolicy("2024-01-01", above, own)
	if got := p.Int("list.watch_limit_months"); got != 2 {
		t.Errorf("got %d, want the division's own 2", got)
	}
	if got := p.Text("list.serious_finding"); got != "black_procedure" {
		t.Errorf("got %q, want the parent's", got)
	}
	if got := p.Int("list.statement_window_working_days"); got != 5 {
		t.Errorf("got %d, want the default 5", got)
	}
	if short, long := p.Months("list.tier.minor"); short != 1 || long != 2 {
		t.Errorf("got %d to %d, want 1 to 2", short, long)
	}
	if !p.Has("list.accepted_licence_kinds", "school_licence") || p.Has("list.accepted_licence_kinds", "school") {
		t.Error("got a list that holds part of a code, or not the code")
	}
	if p.Bool("list.white_requires_escrow") || !p.Bool("list.minor_finding_keeps_white") {
		t.Error("got the booleans the wrong way round")
	}
	if p.Version() != "2024-01-01" || (rule.Policy{}).Version() != "default" {
		t.Errorf("got versions %q and %q", p.Version(), rule.Policy{}.Version())
	}
	if !maps.Equal(above, kept) {
		t.Error("the values handed in were changed")
	}
}

func TestPolicyDoesNotShareItsValues(t *testing.T) {
	own := map[string]string{"list.watch_limit_months": "2"}
	p := rule.NewPolicy("", own)
	own["list.watch_limit_months"] = "9"
	if got := p.Int("list.watch_limit_months"); got != 2 {
		t.Errorf("got %d, want 2", got)
	}
}

func TestAKeyThatNobodyKnowsIsAFaultOfTheProgram(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("got a value for it")
		}
	}()
	rule.Policy{}.Text("list.colour")
}

func TestRuleRefsNameTheVersion(t *testing.T) {
	refs := domain.On[struct{}]("a.b", "c", domain.Text{}).By(rule.Moratorium, rule.WatchLimit).RuleRefs()
	if want := []string{"moratorium@1", "watch-limit@1"}; !slices.Equal(refs, want) {
		t.Errorf("got %v, want %v", refs, want)
	}
}
