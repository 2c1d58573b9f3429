package api_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"minglu/api"
	"minglu/api/html"
	"minglu/domain/calendar"
	"minglu/domain/ident"
)

const (
	platformOf = "530427-platform"
	tracing    = "/api/v1/orders/trace"
	quoting    = "/api/v1/refund-quote"
)

// pupil is an opaque reference.
func pupil(n int) string { return fmt.Sprintf("%032x", n) }

// families are three orders of two families under one account of the institution
// B: the first runs, the second exceeds the limits together with it, for the third
// a refund is asked for.
func families(t *testing.T) *scene {
	t.Helper()
	sc := newScene(t)
	sc.ids["account"] = sc.edu("escrow.sign-agreement", "ZH-1", "2026-08-01", `{"institution":{"ref":"B"},"bank":"rcc","bank_name":"新平农村信用社","mode":"bank_custody","size":"small"}`)
	sc.edu("escrow.open-account", "ZH-1", "2026-08-03", `{"masked_number":"3108"}`)
	sc.ids["DD-1"] = sc.pays("DD-1", 1, "2026-10-10", `"hours":48,"gift_hours":8,"amount_fen":480001,"list_price_fen":15000`)
	sc.ids["DD-2"] = sc.pays("DD-2", 1, "2026-10-11", `"hours":30,"amount_fen":300000`)
	sc.ids["DD-3"] = sc.pays("DD-3", 2, "2026-11-02", `"hours":20,"amount_fen":200000,"list_price_fen":12000`)
	on := sc.platform
	on("deliver-lesson", "DD-1", "2026-10-16", `{"hours":2,"notice":"平台消息"}`)
	on("confirm-lesson", "DD-1", "2026-10-18", `{"lesson":1,"by":"parent"}`)
	sc.edu("order.release-funds", "DD-1", "2026-10-19", `{"lessons":[1],"bank_ref":"EX1"}`)
	on("deliver-lesson", "DD-1", "2026-11-10", `{"hours":2,"notice":"平台消息"}`)
	on("deliver-lesson", "DD-1", "2026-11-12", `{"hours":1}`)
	on("deliver-lesson", "DD-1", "2026-11-13", `{"hours":2,"notice":"平台消息"}`)
	on("dispute-lesson", "DD-1", "2026-11-15", `{"lesson":4,"reason":"当日停电没有上课"}`)
	on("deliver-lesson", "DD-3", "2026-11-05", `{"hours":4}`)
	on("request-refund", "DD-3", "2026-11-18", `{"cause":"consumer","reason":"转学"}`)
	return sc
}

// pays records an order of a pupil.
func (sc *scene) pays(ref string, child int, on, terms string) string {
	sc.t.Helper()
	return sc.edu("order.record", ref, on, `{"account":{"ref":"ZH-1"},"pupil":"`+pupil(child)+`","course":"美术创意","period_from":"2026-10-15","period_to":"2026-12-31","contract":"2021年修订版",`+terms+`}`)
}

// platform carries out an act on an order.
func (sc *scene) platform(act, ref, on, body string) {
	sc.t.Helper()
	sc.by(platformOf, "P7", "order."+act, ref, on, body)
}

func (sc *scene) orderPath(ref string) string { return "/api/v1/orders/" + sc.ids[ref] }

func TestTheOrdersOfAnAccountAreListed(t *testing.T) {
	sc := families(t)
	edu, path := sc.of(educationOf), "/api/v1/escrows/"+sc.ids["account"]+"/orders"
	a := sc.as(edu, path).is(200)
	if got, want := fmt.Sprint(a.each("items", "id")), fmt.Sprint([]any{sc.ids["DD-3"], sc.ids["DD-2"], sc.ids["DD-1"]}); got != want {
		t.Errorf("got %s, want the one paid last first: %s", got, want)
	}
	a.want(t, map[string]any{
		"account": sc.ids["account"], "total": 3.0, "next": nil, "as_of": "2026-11-22", "items/0/status": "refunding", "items/1/status": "running",
		"items/2/pupil": pupil(1), "items/2/course": "美术创意", "items/2/class": "non_subject", "items/2/paid_on": "2026-10-10", "items/2/period_to": "2026-12-31", "items/2/hours": 48.0,
		"items/2/delivered_hours": 5.0, "items/2/confirmed_hours": 2.0, "items/2/amount_fen": 480001.0, "items/2/held_fen": 460001.0, "items/2/released_fen": 20000.0,
		"items/2/undelivered_fen": 430001.0, "items/2/releasable_fen": 0.0, "items/2/refunded_fen": 0.0, "items/2/outside_fen": 0.0, "items/2/breaches/0": nil,
		"items/1/breaches/0": "hours", "items/1/breaches/1": "amount", "items/1/breaches/2": nil,
	})
	for query, want := range map[string]float64{"status=refunding": 1, "status=running": 2, "status=ended": 0, "held=true": 3, "held=false": 3} {
		sc.as(edu, path+"?"+query).is(200).want(t, map[string]any{"total": want})
	}
	for query, want := range map[string]string{"status=nope": "unknown_code", "held=x": "boolean", "as_of=2026-11-01": "unknown_parameter", "limit=0": "range"} {
		name, _, _ := strings.Cut(query, "=")
		if p := sc.as(edu, path+"?"+query).refused(422, "invalid"); pointers(p)["/"+name] != want {
			t.Errorf("%s: got %v, want %s", query, pointers(p), want)
		}
	}
	var ids []any
	for next := path + "?limit=2"; next != ""; {
		page := sc.as(edu, next).is(200)
		ids, next = append(ids, page.each("items", "id")...), ""
		if c, ok := page.at("next").(string); ok {
			next = path + "?limit=2&cursor=" + c
		}
	}
	if fmt.Sprint(ids) != fmt.Sprint(a.each("items", "id")) {
		t.Errorf("got %v in pages, want %s", ids, a.body)
	}
	sc.sameRows(path+"?", "Bearer "+edu, "items", 21, map[string]string{"id": "id", "pupil": "pupil", "status": "status", "paid_on": "paid_on", "hours": "hours", "amount_fen": "amount_fen", "held_fen": "held_fen", "undelivered_fen": "undelivered_fen"})
	if zh := sc.table(path+".csv?labels=zh&status=refunding", "Bearer "+edu); zh[0][5] != "订单状态" || zh[1][5] != "退费办理中" {
		t.Errorf("got %v", zh)
	}
}

func TestAnOrderIsShown(t *testing.T) {
	sc := families(t)
	edu := sc.of(educationOf)
	sc.as(edu, sc.orderPath("DD-1")).is(200).want(t, map[string]any{
		"id": sc.ids["DD-1"], "account": sc.ids["account"], "institution/id": sc.ids["B"], "institution/name": "新平县山水美术培训中心", "division/code": "530427", "pupil": pupil(1), "status": "running",
		"status_label": "履行中", "contract": "2021年修订版", "gift_hours": 8.0, "list_price_fen": 15000.0, "off_account": false, "transfer_of": nil, "transferred_to": nil, "settled_on": nil, "refund": nil, "breaches/0": nil,
		"lessons/0/lesson": 1.0, "lessons/0/hours": 2.0, "lessons/0/day": "2026-10-16", "lessons/0/state": "released", "lessons/0/notified_on": "2026-10-16", "lessons/0/confirmed_on": "2026-10-18", "lessons/0/confirmed_by": "parent",
		"lessons/0/released_on": "2026-10-19", "lessons/0/confirm_until": nil, "lessons/0/days_left": nil,
		"lessons/1/state": "asked", "lessons/1/state_label": "待家长确认", "lessons/1/confirm_until": "2026-12-01", "lessons/1/days_left": 9.0, "lessons/1/confirmed_by": nil,
		"lessons/2/state": "given", "lessons/2/notified_on": nil, "lessons/2/confirm_until": nil, "lessons/3/state": "disputed", "lessons/3/disputed_on": "2026-11-15", "lessons/3/confirm_until": nil, "lessons/4": nil,
		"clocks/0/clock": "lesson_confirmation", "clocks/0/part": "2", "clocks/0/due": "2026-12-01", "clocks/1": nil,
		"books/paid_fen": 480001.0, "books/held_fen": 460001.0, "books/released_fen": 20000.0, "undelivered_fen": 430001.0, "releasable_fen": 0.0, "version": 8.0, "as_of": "2026-11-22",
		"trace": sc.orderPath("DD-1") + "/trace",
	})
	sc.as(edu, sc.orderPath("DD-2")).is(200).want(t, map[string]any{
		"breaches/0/breach": "hours", "breaches/0/value": 78.0, "breaches/0/limit": 60.0, "breaches/0/cumulative": true, "breaches/0/on": "2026-10-11",
		"breaches/0/text": "一次收费超过规定课时：78 课时，上限 60 课时（与该学员同一课程的其他订单合计）", "breaches/1/text": "一次收费超过规定金额：7,800.01 元，上限 5,000.00 元（与该学员同一课程的其他订单合计）",
		"list_price_fen": nil, "lessons/0": nil,
	})
	sc.as(edu, sc.orderPath("DD-3")).is(200).want(t, map[string]any{
		"status": "refunding", "refund/state": "asked", "refund/state_label": "已申请，等待机构答复", "refund/requested_on": "2026-11-18", "refund/cause": "consumer", "refund/reason": "转学", "refund/until": "2026-11-25", "refund/days_left": 3.0,
		"refund/agreed_on": nil, "refund/amount_fen": nil, "refund/computation": nil, "refund/paid_fen": 0.0, "clocks/0/clock": "refund_answer",
	})
	sc.platform("agree-refund", "DD-3", "2026-11-20", `{"by":"institution"}`)
	sc.platform("pay-refund", "DD-3", "2026-11-21", `{"amount_fen":100000,"route":"original","bank_ref":"EX9"}`)
	sc.as(edu, sc.orderPath("DD-3")).is(200).want(t, map[string]any{
		"refund/state": "agreed", "refund/agreed_by": "institution", "refund/amount_fen": 152000.0, "refund/paid_fen": 100000.0, "refund/owed_fen": 52000.0, "refund/computation/delivered": 4.0, "refund/computation/at_list_price": true,
		"refund/computation/delivered_value_fen": 48000.0, "refund/computation/list_price_fen": 12000.0, "refund/computation/text": "已付 2,000.00 元，共 20 课时；已消 4 课时，按原价（单价 120.00 元）计 480.00 元；应退 1,520.00 元。", "books/refunded_fen": 100000.0, "books/held_fen": 100000.0, "clocks/0/clock": "refund_payment",
	})
	if got := sc.get(sc.orderPath("DD-3"), "Authorization", "Bearer "+edu, "Accept-Language", "en").is(200); got.at("refund/state_label") != "agreed, to be paid" {
		t.Errorf("got %s, want English", got.body)
	}
}

func TestAnOrderIsShownAtAPastMoment(t *testing.T) {
	sc := families(t)
	edu, path := sc.of(educationOf), sc.orderPath("DD-1")
	before := sc.as(edu, path).at("updated_seq").(float64)
	sc.platform("confirm-lesson", "DD-1", "2026-11-20", `{"lesson":2,"by":"parent"}`)
	sc.as(edu, path).is(200).want(t, map[string]any{"lessons/1/state": "confirmed", "releasable_fen": 20000.0, "version": 9.0, "clocks/0": nil})
	sc.as(edu, path+fmt.Sprintf("?at_seq=%.0f", before)).is(200).want(t, map[string]any{"lessons/1/state": "asked", "lessons/1/confirm_until": "2026-12-01", "version": 8.0, "at_seq": before})
	sc.as(edu, path+"?as_of=2026-10-18").is(200).want(t, map[string]any{"lessons/0/state": "confirmed", "lessons/1": nil, "books/held_fen": 480001.0, "releasable_fen": 20000.0, "as_of": "2026-10-18"})
	sc.as(edu, path+"?as_of=2026-11-10").is(200).want(t, map[string]any{"lessons/1/days_left": 21.0, "lessons/2": nil})
	if p := sc.as(edu, path+"?as_of=2026-10-09").refused(404, "not_found"); !strings.Contains(p["detail"].(string), "2026-10-10") {
		t.Errorf("got %v", p)
	}
	sc.as(edu, path+"?at_seq=3").refused(404, "not_found")
	sc.as(edu, path+"/trace?as_of=2026-10-18").is(200).want(t, map[string]any{"facts/2/event": "order.lesson_confirmed", "facts/3": nil, "books/held_fen": 480001.0})
	tag := sc.as(edu, path).header.Get("ETag")
	sc.enrol("fresh")
	sc.get(path, "Authorization", "Bearer "+edu, "If-None-Match", tag).is(304)
	paid := sc.as(edu, sc.orderPath("DD-2")+"/trace").at("facts/0/seq").(float64)
	sc.edu("order.annul", "DD-2", "2026-11-20", fmt.Sprintf(`{"target_seq":%.0f,"reason":"重复登记"}`, paid))
	sc.as(edu, sc.orderPath("DD-2")).refused(410, "erased")
	sc.as(edu, sc.orderPath("DD-2")+fmt.Sprintf("?at_seq=%.0f", paid)).is(200)
	sc.as(edu, "/api/v1/escrows/"+sc.ids["account"]+"/orders").is(200).want(t, map[string]any{"total": 2.0})
}

// TestEachFenOfAnOrderIsTraced also amends facts: what an amendment takes out is
// entered back.
func TestEachFenOfAnOrderIsTraced(t *testing.T) {
	sc := families(t)
	edu, path := sc.of(educationOf), sc.orderPath("DD-1")+"/trace"
	a := sc.as(edu, path).is(200)
	a.want(t, map[string]any{
		"order": sc.ids["DD-1"], "facts/0/event": "order.paid", "facts/0/effective": "2026-10-10", "facts/0/agency": educationOf, "facts/0/agency_name": "新平彝族傣族自治县教育部门",
		"facts/0/entries/0/from": "paid", "facts/0/entries/0/to": "held", "facts/0/entries/0/amount_fen": 480001.0, "facts/0/books/held_fen": 480001.0, "facts/1/entries/0": nil,
		"facts/3/event": "order.funds_released", "facts/3/entries/0/from": "held", "facts/3/entries/0/to": "released", "facts/3/entries/0/amount_fen": 20000.0, "facts/3/books/held_fen": 460001.0,
		"facts/3/amends": nil, "facts/7/event": "order.lesson_disputed", "facts/8": nil, "books/held_fen": 460001.0,
	})
	if a.at("facts/0/recorded") == "" || a.at("facts/0/summary") == "" || a.at("facts/0/officers") != nil {
		t.Errorf("got %s", a.body)
	}
	paid, released := a.at("facts/0/seq").(float64), a.at("facts/3/seq").(float64)
	sc.edu("order.annul", "DD-1", "2026-11-20", fmt.Sprintf(`{"target_seq":%.0f,"reason":"拨付未成功"}`, released))
	sc.edu("order.correct", "DD-1", "2026-11-20", fmt.Sprintf(`{"target_seq":%.0f,"field":"amount_fen","was":480001,"is":480000,"reason":"录入错误"}`, paid))
	a = sc.as(edu, path).is(200)
	a.want(t, map[string]any{
		"facts/3/annulled": true, "facts/0/annulled": nil, "facts/0/amended_by/0": a.at("facts/9/seq"), "facts/0/entries/0/amount_fen": 480001.0,
		"facts/8/event": "order.annulled", "facts/8/amends": released, "facts/8/entries/0/from": "released", "facts/8/entries/0/to": "held", "facts/8/entries/0/amount_fen": 20000.0, "facts/8/books/held_fen": 480001.0, "facts/8/books/released_fen": 0.0,
		"facts/9/event": "order.corrected", "facts/9/amends": paid, "facts/9/entries/0/from": "held", "facts/9/entries/0/to": "paid", "facts/9/entries/0/amount_fen": 480001.0,
		"facts/9/entries/1/from": "paid", "facts/9/entries/1/to": "held", "facts/9/entries/1/amount_fen": 480000.0, "facts/9/books/held_fen": 480000.0, "facts/9/books/paid_fen": 480000.0, "books/held_fen": 480000.0,
	})
	sc.as(edu, sc.orderPath("DD-1")).is(200).want(t, map[string]any{"books/held_fen": 480000.0, "books/paid_fen": 480000.0, "amount_fen": 480000.0, "version": 10.0})
	sc.as(edu, path+fmt.Sprintf("?at_seq=%.0f", released)).is(200).want(t, map[string]any{"facts/3/annulled": nil, "facts/3/books/held_fen": 460001.0, "facts/4": nil})
}

func TestOrdersAreForAgenciesOfTheDivision(t *testing.T) {
	sc := families(t)
	list, one := "/api/v1/escrows/"+sc.ids["account"]+"/orders", sc.orderPath("DD-1")
	for _, path := range []string{list, one, one + "/trace", one + "/refund-quote?cause=operator"} {
		sc.get(path).refused(401, "unauthenticated")
		sc.as(sc.of(neighbourOf), path).refused(404, "not_found")
		sc.as(sc.of(prefectureOf), path).is(200)
		sc.as(sc.of(fireOf), path).is(200)
	}
	keeper, bank := sc.issue("530427-bank-rcc", "handler", "K1"), sc.issue("530427-bank-icbc", "handler", "K2")
	for _, path := range []string{list, one, one + "/trace"} {
		sc.as(keeper, path).is(200)
		sc.as(bank, path).refused(404, "not_found")
	}
	unknown := sc.as(sc.of(neighbourOf), "/api/v1/orders/01JBR00001ZJBEK0EC3KSYAV2Z").refused(404, "not_found")["detail"].(string)
	hidden := sc.as(sc.of(neighbourOf), one).refused(404, "not_found")["detail"].(string)
	if strings.ReplaceAll(hidden, sc.ids["DD-1"], "") != strings.ReplaceAll(unknown, "01JBR00001ZJBEK0EC3KSYAV2Z", "") {
		t.Errorf("got %q of what is hidden and %q of what is unknown", hidden, unknown)
	}
	sc.as(sc.of(educationOf), "/api/v1/orders/"+sc.ids["B"]).refused(404, "not_found")
	sc.as(sc.of(educationOf), "/api/v1/escrows/"+sc.ids["DD-1"]+"/orders").refused(404, "not_found")
	sc.do("POST", one+"/trace-code", "").refused(401, "unauthenticated")
	sc.code("DD-1", neighbourOf).refused(404, "not_found")
}

func TestARefundIsQuoted(t *testing.T) {
	sc := families(t)
	edu := sc.of(educationOf)
	sc.as(edu, sc.orderPath("DD-1")+"/refund-quote?cause=operator").is(200).want(t, map[string]any{
		"order": sc.ids["DD-1"], "paid_fen": 480001.0, "units": 48.0, "delivered": 5.0, "at_list_price": false, "delivered_value_fen": 50000.0, "refund_fen": 430001.0, "given_back_fen": 0.0, "refund_pending": false,
		"rule/id": "refund-amount", "rule/citation": "法释〔2025〕4号 第十五条、第十八条至第二十条、第二十二条", "cooling_off/until": "2026-10-17", "cooling_off/applies": false, "cooling_off/rule/id": "cooling-off",
		"text": "已付 4,800.01 元，共 48 课时；已消 5 课时，按实付价计 500.00 元；应退 4,300.01 元。", "as_of": "2026-11-22",
	})
	sc.as(edu, sc.orderPath("DD-1")+"/refund-quote?cause=consumer").is(200).want(t, map[string]any{"at_list_price": true, "delivered_value_fen": 75000.0, "refund_fen": 405001.0,
		"text": "已付 4,800.01 元，共 48 课时；已消 5 课时，按原价（单价 150.00 元）计 750.00 元；应退 4,050.01 元。"})
	sc.as(edu, sc.orderPath("DD-3")+"/refund-quote?cause=consumer").is(200).want(t, map[string]any{"refund_pending": true, "refund_fen": 152000.0})
	sc.reg.Clock = calendar.Date(2026, 11, 9).Time().Add(12 * 3600e9)
	sc.as(edu, sc.orderPath("DD-3")+"/refund-quote?cause=consumer").is(200).want(t, map[string]any{"cooling_off/applies": true, "cause": "operator", "at_list_price": false, "refund_fen": 160000.0})
	for query, want := range map[string]string{"": "required", "?cause=nobody": "unknown_code"} {
		if p := sc.as(edu, sc.orderPath("DD-1")+"/refund-quote"+query).refused(422, "invalid"); pointers(p)["/cause"] != want {
			t.Errorf("%s: got %v, want %s", query, pointers(p), want)
		}
	}
}

func TestAnybodyReckonsARefund(t *testing.T) {
	f := newFixture(t)
	f.send(quoting, "", `{"paid_fen":480000,"units":48,"delivered":12,"cause":"operator","list_price_fen":15000}`).is(200).want(t, map[string]any{
		"refund_fen": 360000.0, "delivered_value_fen": 120000.0, "at_list_price": false, "list_price_fen": 15000.0, "rule/id": "refund-amount", "text": "已付 4,800.00 元，共 48 课时；已消 12 课时，按实付价计 1,200.00 元；应退 3,600.00 元。",
	})
	f.send(quoting, "", `{"paid_fen":480000,"units":48,"delivered":40,"cause":"consumer","list_price_fen":15000}`).is(200).want(t, map[string]any{"refund_fen": 0.0, "delivered_value_fen": 600000.0, "at_list_price": true})
	if en := f.send(quoting, "", `{"paid_fen":100,"units":3,"delivered":1,"cause":"operator"}`, "Accept-Language", "en").is(200); en.at("text") != "1.00 yuan paid for 3 class-hours; 1 class-hour delivered, worth 0.33 yuan at the price paid; to be refunded: 0.67 yuan." {
		t.Errorf("got %s", en.body)
	}
	for body, want := range map[string]string{
		`{"paid_fen":100,"units":0,"delivered":0,"cause":"operator"}`:                     "/units range",
		`{"paid_fen":100,"units":3,"delivered":4,"cause":"operator"}`:                     "/delivered range",
		`{"paid_fen":-1,"units":3,"delivered":1,"cause":"operator"}`:                      "/paid_fen range",
		`{"paid_fen":1,"units":3,"delivered":1,"list_price_fen":-1,"cause":"consumer"}`:   "/list_price_fen range",
		`{"paid_fen":1.5,"units":3,"delivered":1,"cause":"consumer"}`:                     "/paid_fen amount",
		`{"paid_fen":1,"units":3,"delivered":1}`:                                          "/cause required",
		`{"paid_fen":1,"units":3,"delivered":1,"cause":"nobody"}`:                         "/cause unknown_code",
		`{"paid_fen":1,"units":3,"delivered":1,"cause":"operator","pupil":"` + "x" + `"}`: "/pupil unknown_field",
	} {
		at, code, _ := strings.Cut(want, " ")
		p := f.send(quoting, "", body).refused(422, "invalid")
		if pointers(p)[at] != code {
			t.Errorf("%s: got %v, want %s", body, pointers(p), want)
		}
		if code == "range" && p["rule"] != "refund-amount" {
			t.Errorf("%s: got the rule %v", body, p["rule"])
		}
	}
	f.get(quoting).refused(405, "method_not_allowed")
	f.send(quoting, "", `{`).refused(400, "malformed")
}

// code asks for the code of an order.
func (sc *scene) code(ref, agency string) answered {
	sc.t.Helper()
	return sc.do("POST", sc.orderPath(ref)+"/trace-code", "", "Authorization", "Bearer "+sc.of(agency))
}

func traceBody(order, code string) string { return fmt.Sprintf(`{"order":%q,"code":%q}`, order, code) }

func TestAFamilyFollowsItsOrder(t *testing.T) {
	sc := families(t)
	before, _ := sc.reg.Log.Head(t.Context())
	a := sc.code("DD-1", educationOf).is(200)
	code := a.at("code").(string)
	if _, err := ident.ReadQueryCode(code); err != nil || a.at("order") != sc.ids["DD-1"] || a.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("got %s with %v: %v", a.body, a.header, err)
	}
	if again := sc.code("DD-1", prefectureOf).is(200); again.at("code") != code {
		t.Errorf("got another code of the same order: %s", again.body)
	}
	if other := sc.code("DD-2", educationOf).is(200); other.at("code") == code {
		t.Error("got the same code for two orders")
	}
	f := sc.send(tracing, "", traceBody(strings.ToLower(sc.ids["DD-1"]), strings.ToLower(code))).is(200)
	f.want(t, map[string]any{
		"id": sc.ids["DD-1"], "institution/name": "新平县山水美术培训中心", "amount_fen": 480001.0, "paid_on": "2026-10-10", "lessons/0/state": "released", "lessons/1/confirm_until": "2026-12-01", "lessons/1/days_left": 9.0, "refund": nil,
		"books/held_fen": 460001.0, "facts/0/event": "order.paid", "facts/0/books/held_fen": 480001.0, "facts/3/entries/0/to": "released", "facts/8": nil, "undelivered_fen": 430001.0, "as_of": "2026-11-22",
	})
	f.keeps(t, "P7", "E1", pupil(2), sc.ids["DD-3"], sc.ids["DD-2"])
	if f.at("facts/0/seq") == nil || f.header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %s with %v", f.body, f.header)
	}
	sc.send(tracing, "", traceBody(sc.ids["DD-3"], sc.code("DD-3", educationOf).at("code").(string))).is(200).want(t, map[string]any{"refund/until": "2026-11-25", "refund/days_left": 3.0, "refund/state": "asked"})
	if after, _ := sc.reg.Log.Head(t.Context()); after != before+2 { // two tokens
		t.Errorf("got %d records more, want those of the tokens alone", after-before)
	}
	sc.edu("order.note-breach", "DD-1", "2026-11-21", `{"breach":"loan","note":"内部线索"}`, `"visibility":"agency",`)
	sc.reg.Wait()
	sc.send(tracing, "", traceBody(sc.ids["DD-1"], code)).is(200).keeps(t, "内部线索")
}

func TestAWrongCodeAndAnUnknownOrderAreAnsweredAlike(t *testing.T) {
	sc := families(t)
	code, other := sc.code("DD-1", educationOf).at("code").(string), ident.MakeQueryCode([10]byte{9}).Text()
	var told []string
	for _, body := range []string{
		traceBody(sc.ids["DD-1"], other), traceBody("01JBR00001ZJBEK0EC3KSYAV2Z", code), traceBody("01JBR00001ZJBEK0EC3KSYAV2Z", other), traceBody(sc.ids["DD-2"], code), traceBody("x", code), traceBody(sc.ids["B"], code),
	} {
		p := sc.send(tracing, "", body).refused(404, "not_found")
		delete(p, "request_id")
		told = append(told, fmt.Sprint(p))
	}
	for _, one := range told {
		if one != told[0] {
			t.Errorf("got %s and %s", one, told[0])
		}
	}
	if p := sc.send(tracing, "", `{"order":" ","code":"SECRET"}`); pointers(p.refused(422, "invalid"))["/code"] != "form" || pointers(p.json())["/order"] != "required" || bytes.Contains(p.body, []byte("SECRET")) {
		t.Errorf("got %s", p.body)
	}
	sc.send(tracing, "", `{"order":"x","code":"x","pupil":"x"}`).refused(422, "invalid")
	sc.send(tracing+"?code="+code, "", traceBody("x", code)).refused(422, "invalid")
}

func TestLooksAtOrdersOfOneAddressAreBounded(t *testing.T) {
	f := newFixture(t, func(o *api.Options) {
		o.Limits = api.DefaultLimits
		o.HTML = html.New(html.Options{Views: o.Views, Log: o.Log, Register: o.Register, Now: o.Register.Now})
	})
	refused := 0
	for range 13 {
		if a := f.send(tracing, "", traceBody("x", ident.MakeQueryCode([10]byte{9}).Text())); a.status == http.StatusTooManyRequests {
			refused++
			a.refused(429, "rate_limited")
		}
	}
	if refused < 2 {
		t.Errorf("got %d of 13 refused, want those beyond ten", refused)
	}
	form := url.Values{"order": {"x"}, "code": {ident.MakeQueryCode([10]byte{9}).Text()}}.Encode()
	if a := f.do("POST", "/orders/trace", form, "Content-Type", "application/x-www-form-urlencoded").is(429); !strings.Contains(string(a.body), "从您的网络查询得太多了") {
		t.Errorf("got %s, want the form with the refusal", a.body)
	}
	f.get("/orders/trace").is(200)
	f.send(filings, f.key(), filingBody).is(201) // which has a budget of its own
}

func TestNoLineOfTheLogHasTheCodeOfAnOrder(t *testing.T) {
	var lines bytes.Buffer
	f := newFixture(t, func(o *api.Options) { o.Logger = slog.New(slog.NewTextHandler(&lines, nil)) })
	code := ident.MakeQueryCode([10]byte{7}).Text()
	f.send(tracing, "", traceBody("01JBR00001ZJBEK0EC3KSYAV2Z", code)).is(404)
	f.srv.Close()
	if strings.Contains(lines.String(), code) || !strings.Contains(lines.String(), `"POST /api/v1/orders/trace"`) {
		t.Errorf("got\n%s", lines.String())
	}
}

func TestOrdersAreWhatTheDescriptionSays(t *testing.T) {
	sc := families(t)
	c, _ := schemas(t, sc.fixture)
	edu, one := "Bearer "+sc.of(educationOf), sc.orderPath("DD-1")
	code := sc.code("DD-1", educationOf).at("code").(string)
	sc.platform("agree-refund", "DD-3", "2026-11-20", `{"by":"institution"}`)
	for _, x := range []struct {
		path, method string
		body         []byte
	}{
		{"/api/v1/escrows/{id}/orders", "get", sc.get("/api/v1/escrows/"+sc.ids["account"]+"/orders", "Authorization", edu).is(200).body},
		{"/api/v1/orders/{id}", "get", sc.get(one, "Authorization", edu).is(200).body},
		{"/api/v1/orders/{id}", "get", sc.get(sc.orderPath("DD-2"), "Authorization", edu).is(200).body},
		{"/api/v1/orders/{id}", "get", sc.get(sc.orderPath("DD-3"), "Authorization", edu).is(200).body},
		{"/api/v1/orders/{id}/trace", "get", sc.get(one+"/trace", "Authorization", edu).is(200).body},
		{"/api/v1/orders/{id}/refund-quote", "get", sc.get(one+"/refund-quote?cause=consumer", "Authorization", edu).is(200).body},
		{"/api/v1/orders/{id}/trace-code", "post", sc.code("DD-1", educationOf).is(200).body},
		{"/api/v1/refund-quote", "post", sc.send(quoting, "", `{"paid_fen":1,"units":3,"delivered":1,"cause":"operator"}`).is(200).body},
		{tracing, "post", sc.send(tracing, "", traceBody(sc.ids["DD-1"], code)).is(200).body},
	} {
		s, err := c.Compile(pointer("paths", x.path, x.method, "responses", "200", "content", "application/json", "schema"))
		if err != nil {
			t.Fatalf("%s: %v", x.path, err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(x.body))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: %v\n%s", x.path, err, x.body)
		}
	}
}
