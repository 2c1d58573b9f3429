package api_test

import "testing"

func TestAnOrderToCorrectIsShown(t *testing.T) {
	sc := newScene(t)
	sc.lot()
	sc.hold()
	sc.visit()
	sc.rectify()
	path := "/api/v1/rectifications/" + sc.ids["rectification"]
	sc.edu("rectification.extend", "ZG-1", "2026-10-09", `{"due":"2026-10-30","reason":"材料到货晚","approver":"E3"}`)
	sc.edu("rectification.report", "ZG-1", "2026-10-20", `{"items":[1],"statement":"已清理"}`, `"evidence":[{"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}],`)
	a := sc.as(sc.of(fireOf), path).is(200)
	a.want(t, map[string]any{
		"kind": "serious", "status": "reported", "number": "新教改〔2026〕1号", "document_no": "新教改〔2026〕1号", "basis": "消防法 第六十条", "due": "2026-10-30", "agency": educationOf,
		"items/0/number": 1.0, "items/0/item": "safety", "items/0/severity": "serious", "items/0/reported_on": "2026-10-20", "items/0/verified_on": nil,
		"reports/0/on": "2026-10-20", "reports/0/items/0": 1.0, "reports/0/evidence": 1.0, "reports/0/agency": educationOf,
		"sources/0/aggregate": "inspection", "sources/0/id": sc.ids["random"], "sources/0/title": "秋季双随机抽查", "sources/0/address": "/api/v1/inspections/" + sc.ids["random"],
		"clocks/0/clock": "rectification_due", "clocks/0/extended_on": "2026-10-09", "clocks/0/due": "2026-10-30", "clocks/0/state": "ended", "clocks/0/late": false,
		"clocks/1/clock": "rectification_check", "clocks/1/state": "late",
	})
	sc.as(sc.of(fireOf), path+"?as_of=2026-10-08").is(200).want(t, map[string]any{"due": "2026-10-15", "status": "ordered", "clocks/0/state": "week", "clocks/1": nil})
	sc.edu("rectification.verify", "ZG-1", "2026-11-02", `{"items":[1],"officers":["E1","E2"]}`)
	sc.edu("rectification.follow-up", "ZG-1", "2026-11-16", `{"result":"held"}`)
	sc.edu("rectification.close-out", "ZG-1", "2026-11-17", `{}`)
	sc.as(sc.of(fireOf), path).is(200).want(t, map[string]any{"status": "closed", "closed": "2026-11-17", "items/0/verified_on": "2026-11-02", "follow_ups/0/on": "2026-11-16", "close_reason": nil})
	sc.as(sc.of(educationOf), "/api/v1/inspections/"+sc.ids["random"]).is(200).want(t, map[string]any{"followed_by/0/id": sc.ids["rectification"], "followed_by/0/status": "closed"})
	sc.as(sc.of(educationOf), "/api/v1/inspections/"+sc.ids["random"]+"?as_of=2026-10-01").is(200).want(t, map[string]any{"followed_by/0/status": "ordered", "followed_by/0/closed": nil})
	sc.get("/api/v1/inspections/"+sc.ids["random"]).is(200).keeps(t, sc.ids["rectification"]).want(t, map[string]any{"followed_by/0": nil})
}
