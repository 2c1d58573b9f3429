package api_test

import "testing"

func TestADisputeIsShown(t *testing.T) {
	sc := newScene(t)
	sc.quarrel()
	path := "/api/v1/disputes/" + sc.ids["dispute"]
	lead := sc.as(sc.of(educationOf), path).is(200).keeps(t, secrets...)
	lead.want(t, map[string]any{
		"kind": "closure", "cause": "closure", "status": "open", "institution/name": "新平县启航培训学校", "amount_fen": 1200000.0,
		"pupils/n": 40.0, "pupils/unit": "person", "pupils/precision": "at_least", "meetings/n": 1.0, "meetings/unit": "meeting", "meetings/precision": "exact",
		"visits/n": 0.0, "visits/unit": "person_visit", "met_with/1": marketOf, "remaining_fen": nil, "terms": nil,
		"claims/0/claim": 1.0, "claims/0/rank": "trainee", "claims/0/amount_fen": 480000.0, "claims/0/supervised_fen": 80000.0, "claims/0/paid_fen": 400000.0, "claims/0/unpaid_fen": 0.0,
		"claims/1/rank": "wage", "claims/1/paid_fen": 50000.0, "claims/1/unpaid_fen": 250000.0, "claims/0/claimant/sealed": true, "claims/0/claimant/shown_as": nil,
		"distributions/0/available_fen": 450000.0, "distributions/0/ranks/0/rank": "trainee", "distributions/0/ranks/0/paid_fen": 400000.0, "distributions/0/shortfall_fen": 250000.0,
		"clocks/0/clock": "dispute_route", "clocks/0/state": "late", "version": 5.0,
	})
	person, _ := lead.at("claims/1/claimant/person_ref").(string)
	if person == "" {
		t.Fatalf("got %s, want by whom to ask", lead.body)
	}
	sc.as(sc.of(marketOf), path).is(200).keeps(t, append(secrets, person)...).want(t, map[string]any{
		"claims/0/claimant/shown_as": "债权人 A", "claims/1/claimant/shown_as": "债权人 B", "claims/1/claimant/person_ref": nil})
	sc.as(sc.of(marketOf), path+"?as_of=2026-10-21").is(200).want(t, map[string]any{"claims/0/paid_fen": 0.0, "distributions/0": nil, "meetings/n": 0.0})
	sc.edu("dispute.route", "JF-1", "2026-11-02", `{"to":["negotiation"]}`)
	sc.edu("dispute.resolve", "JF-1", "2026-11-20", `{"by":"negotiation","terms":"按顺序清偿","remaining_fen":250000}`)
	sc.as(sc.of(marketOf), path).is(200).want(t, map[string]any{"status": "resolved", "resolved_by": "negotiation", "terms": "按顺序清偿", "remaining_fen": 250000.0, "closed": "2026-11-20"})
}
