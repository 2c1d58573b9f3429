package api_test

import "testing"

func TestAJointCaseIsShownToEachAgencyAsItMaySeeIt(t *testing.T) {
	sc := newScene(t)
	sc.grieve()
	sc.join()
	path := "/api/v1/cases/" + sc.ids["case"]
	const secret = "教育部门尚未公开的意见"
	own := sc.as(sc.of(educationOf), path).is(200)
	own.want(t, map[string]any{
		"aggregate": "case", "kind": nil, "status": "open", "title": "退费联合处置", "lead": educationOf, "lead_name": "新平彝族傣族自治县教育部门", "members/2/agency": fireOf, "members/2/joined_on": "2026-11-09",
		"ties/0/role": "origin", "ties/0/work/id": sc.ids["grievance"], "ties/0/agency": educationOf, "sources/0/id": sc.ids["grievance"],
		"parts/0/agency": educationOf, "parts/0/text": secret, "parts/0/items/0": "教育秘密", "parts/0/shared_on": nil,
		"parts/1/agency": marketOf, "parts/1/text": "市场监管部门的意见", "parts/1/shared_on": "2026-11-11",
		"unshared/0/agency": educationOf, "unshared/1": nil, "tasks/0/agency": fireOf, "tasks/0/due": "2026-11-20", "tasks/0/done_on": nil, "clocks/0/state": "late", "clocks/0/part": "1",
	})
	for _, agency := range []string{marketOf, fireOf, prefectureOf, "530427-health"} {
		a := sc.as(sc.of(agency), path).is(200).keeps(t, secret, "教育秘密")
		a.want(t, map[string]any{"parts/0/agency": marketOf, "parts/0/text": "市场监管部门的意见", "parts/1": nil, "unshared/0/agency": educationOf, "unshared/0/agency_name": "新平彝族傣族自治县教育部门", "unshared/1": nil})
		sc.as(sc.of(agency), path+"/events").is(200).keeps(t, secret, "教育秘密")
		if agency != marketOf {
			sc.as(sc.of(agency), path+"?as_of=2026-11-10").is(200).keeps(t, secret, "市场监管部门的意见", "合同不合规")
		}
	}
	sc.as(sc.of(marketOf), path+"?as_of=2026-11-10").is(200).want(t, map[string]any{"parts/0/text": "市场监管部门的意见", "parts/0/shared_on": nil, "unshared/0/agency": educationOf, "unshared/1/agency": marketOf})
}

func TestACorrectedPartStaysWithItsAgency(t *testing.T) {
	sc := newScene(t)
	sc.grieve()
	sc.join()
	path := "/api/v1/cases/" + sc.ids["case"]
	history := sc.as(sc.of(educationOf), path+"/events").is(200)
	seq := written("seq", history.at("items/2"))
	if history.at("items/2/event") != "case.part_recorded" {
		t.Fatalf("got %s", history.body)
	}
	sc.edu("case.correct", "LH-1", "2026-11-13", `{"target_seq":`+seq+`,"field":"text","was":"教育部门尚未公开的意见","is":"改过的秘密意见","reason":"笔误"}`)
	sc.as(sc.of(educationOf), path).is(200).want(t, map[string]any{"parts/0/text": "改过的秘密意见", "unshared/0/agency": educationOf})
	sc.as(sc.of(marketOf), path).is(200).keeps(t, "秘密", "尚未公开").want(t, map[string]any{"unshared/0/agency": educationOf})
	sc.as(sc.of(marketOf), path+"/events").is(200).keeps(t, "秘密", "尚未公开")
	sc.edu("case.share-part", "LH-1", "2026-11-14", `{}`)
	sc.as(sc.of(marketOf), path).is(200).want(t, map[string]any{"parts/0/text": "改过的秘密意见", "parts/0/shared_on": "2026-11-14", "unshared/0": nil})
}
