package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"minglu/domain/calendar"
)

// jointWords are words of a penalty case that the public never reads.
var jointWords = []string{"欧阳锋", "有偿培训", "在家中开班", "事实清楚", `"E1"`, `"E2"`, `"sweep"`, "2026-06-01", "2026-06-02", "2026-06-09", "2026-06-10"}

func TestAPenaltyIsShownToAgencies(t *testing.T) {
	sc := newScene(t)
	sc.penalise()
	path := "/api/v1/penalties/" + sc.ids["penalty"]
	sc.as(sc.of(fireOf), path).is(200).want(t, map[string]any{
		"kind": "sweep", "status": "served", "number": "新教罚〔2026〕1号", "institution/name": "欧阳*", "agency": educationOf, "opened": "2026-06-01", "published": nil,
		"case/source_kind": "sweep", "case/subject_type": "natural_person", "case/committed/from": "2026-05-20", "case/committed/to": "2026-05-20", "case/discovered_on": "2026-06-01", "case/facts": "欧阳锋在家中开班",
		"case/filings/0/on": "2026-06-02", "case/filings/0/officers/1": "E2", "case/prior_notice/served_on": "2026-06-09", "case/prior_notice/waived_on": "2026-06-10", "case/prior_notice/proposed/fine_fen": 100000.0,
		"case/hearing": nil, "case/no_penalty": nil, "case/decision/on": "2026-06-12", "case/decision/decider": "E3", "case/decision/reasons": "事实清楚", "case/decision/sanction/kinds/1": "fine",
		"case/decision/contravened/0/statute": "校外培训行政处罚暂行办法", "case/decision/served_on": "2026-06-15", "case/decision/outstanding/0/kind": "fine", "case/decision/outstanding/0/amount_fen": 100000.0,
		"case/publications/0": nil, "clocks/0/clock": "penalty_decision",
	})
	sc.as(sc.of(fireOf), path+"?as_of=2026-06-10").is(200).want(t, map[string]any{"status": "notified", "number": nil, "case/decision": nil, "case/prior_notice/waived_on": "2026-06-10"})
	sc.get(path).refused(404, "not_found")
	sc.get(path+"/events").refused(404, "not_found")
	sc.as(sc.of(neighbourOf), path).refused(404, "not_found")
	sc.get("/api/v1/penalties").is(200).want(t, map[string]any{"total": 0.0})
	sc.publishPenalty()
	sc.edu("penalty.record-performance", "CF-1", "2026-06-25", `{"kind":"fine","amount_fen":100000}`)
	sc.as(sc.of(fireOf), path).is(200).want(t, map[string]any{"status": "performed", "published/state": "published", "published/shown_as": "欧阳某", "case/publications/0/from": "2026-06-20", "case/decision/performed_on": "2026-06-25",
		"case/decision/payments/0/amount_fen": 100000.0, "case/decision/outstanding/0": nil})
}

func TestThePublicReadsWhatIsPublishedOfAPenalty(t *testing.T) {
	sc := newScene(t)
	sc.penalise()
	sc.publishPenalty()
	path := "/api/v1/penalties/" + sc.ids["penalty"]
	for _, token := range []string{"", "Bearer " + sc.of(neighbourOf)} {
		sc.get(path, "Authorization", token).is(200).keeps(t, jointWords...).want(t, map[string]any{
			"aggregate": "penalty", "number": "新教罚〔2026〕1号", "title": "行政处罚决定", "kind": nil, "status": "published", "opened": nil, "closed": nil, "agency": educationOf, "case": nil, "version": 1.0,
			"published/state": "published", "published/shown_as": "欧阳某", "published/institution/name": "欧阳*", "published/document": "新教罚〔2026〕1号", "published/decided_on": "2026-06-12",
			"published/sanction/kinds/0": "warning", "published/sanction/fine_fen": 100000.0, "published/contravened/0/article": "第十八条", "published/tier": "ordinary",
			"published/from": "2026-06-20", "published/min_until": "2026-09-20", "published/max_until": "2027-06-20", "published/remedies/0": nil, "published/agency_name": "新平彝族傣族自治县教育部门", "clocks/0": nil, "sources/0": nil, "followed_by/0": nil,
		})
	}
	sc.get("/api/v1/penalties").is(200).keeps(t, jointWords...).want(t, map[string]any{"total": 1.0, "items/0/id": sc.ids["penalty"], "items/0/published/sanction/fine_fen": 100000.0, "items/0/number": "新教罚〔2026〕1号",
		"items/0/opened": nil, "items/0/late": nil, "items/0/kind": nil, "items/0/institution/name": "欧阳*"})
	if got := sc.get(path+"/events").is(200).keeps(t, jointWords...); fmt.Sprint(got.each("items", "event")) != "[penalty.published]" {
		t.Errorf("got %s", got.body)
	}
	for query, want := range map[string]float64{
		"division=530427": 1, "division=110000": 0, "institution=" + sc.ids["P"]: 1, "institution=" + sc.ids["A"]: 0, "status=published": 1, "status=closed": 0, "agency=" + educationOf: 1, "agency=" + marketOf: 0,
		"q=新教罚": 1, "q=欧阳某": 1, "q=没有": 0, "as_of=2026-06-19": 0, "as_of=2026-06-20": 1, "at_seq=3": 0,
	} {
		sc.get("/api/v1/penalties?"+query).is(200).want(t, map[string]any{"total": want})
	}
	for _, query := range []string{"kind=sweep", "takes_part=" + educationOf, "standing=open"} {
		name, _, _ := strings.Cut(query, "=")
		if p := sc.get("/api/v1/penalties?"+query).refused(422, "invalid"); pointers(p)["/"+name] != "officers_only" {
			t.Errorf("%s: got %v", query, p)
		}
		sc.as(sc.of(educationOf), "/api/v1/penalties?"+query).is(200).want(t, map[string]any{"total": 1.0})
	}
	sc.get(path+"?as_of=2026-06-19").refused(404, "not_found")
	sc.edu("penalty.record-reconsideration", "CF-1", "2026-06-29", `{"step":"filed","body":"新平县人民政府"}`)
	sc.by(educationOf, "E3", "penalty.publish", "CF-1", "2026-06-30", `{"from":"2026-06-20","shown_as":"欧阳某"}`)
	sc.get(path).is(200).want(t, map[string]any{"published/state": "published", "published/remedies/0/remedy": "reconsideration", "published/remedies/0/outcome": nil})
}

// TestWhatIsNoLongerPublishedComesBackByNoDay asks for earlier days and positions
// after a publication has ended.
func TestWhatIsNoLongerPublishedComesBackByNoDay(t *testing.T) {
	content := append([]string{"欧阳某", "新教罚", "100000"}, jointWords...) // of the publication, and of the case
	t.Run("its last day has passed", func(t *testing.T) {
		sc := newScene(t)
		sc.penalise()
		sc.publishPenalty()
		path := "/api/v1/penalties/" + sc.ids["penalty"]
		sc.on(2027, 6, 20)
		head := sc.get(path).is(200).at("at_seq").(float64)
		sc.on(2027, 6, 21)
		for _, query := range []string{"", "?as_of=2026-07-01", fmt.Sprintf("?at_seq=%.0f", head)} {
			sc.get(path+query).is(200).keeps(t, content...).want(t, map[string]any{"published/state": "ended", "published/document": nil, "status": nil, "number": nil, "institution": nil})
			sc.get(path+"/events"+query).is(200).keeps(t, content...).want(t, map[string]any{"items/0/withdrawn": true, "items/0/body": nil, "total": 1.0})
			sc.get("/api/v1/penalties"+query).is(200).want(t, map[string]any{"total": 0.0})
		}
		sc.as(sc.of(educationOf), path+"/events").is(200).want(t, map[string]any{"total": 7.0})
	})
	t.Run("it was withdrawn", func(t *testing.T) {
		sc := newScene(t)
		sc.penalise()
		sc.publishPenalty()
		path := "/api/v1/penalties/" + sc.ids["penalty"]
		sc.by(educationOf, "E3", "penalty.withdraw-publication", "CF-1", "2026-07-08", `{"cause":"factual_error","reason":"决定书有误，另行公示"}`)
		for _, query := range []string{"", "?as_of=2026-07-01"} {
			sc.get(path+query).is(200).keeps(t, content...).want(t, map[string]any{"published/state": "withdrawn", "published/withdrawn_on": "2026-07-08", "published/withdrawal_cause": "factual_error",
				"published/withdrawal_reason": "决定书有误，另行公示", "published/document": nil})
			sc.get("/api/v1/penalties"+query).is(200).want(t, map[string]any{"total": 0.0})
		}
	})
	t.Run("it has yet to begin", func(t *testing.T) {
		sc := newScene(t)
		sc.penalise()
		sc.by(educationOf, "E3", "penalty.publish", "CF-1", "2026-11-20", `{"from":"2026-11-23","shown_as":"欧阳某"}`)
		path := "/api/v1/penalties/" + sc.ids["penalty"]
		sc.get(path).refused(404, "not_found")
		sc.get(path+"?as_of=2026-11-23").refused(404, "not_found")
		sc.get(path+"/events").refused(404, "not_found")
		sc.get("/api/v1/penalties").is(200).want(t, map[string]any{"total": 0.0})
	})
}

// on sets the day that is today.
func (sc *scene) on(year int, month time.Month, day int) {
	sc.reg.Clock = calendar.Date(year, month, day).Time().Add(12 * time.Hour)
}
