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
	filings     = "/api/v1/filings"
	filingState = "/api/v1/filings/status"
	filingRate  = "/api/v1/filings/rate"
	filingBody  = `{"division":"530427","premises":"平山路启航培训班","topics":["refund","closure"],"nature":"complaint","content":"六月三日交了4800元","complainant":"欧阳示例","contact":"13800138000"}`
)

// send posts JSON without a token, with a key.
func (f *fixture) send(path, key, body string, headers ...string) answered {
	f.t.Helper()
	return f.do("POST", path, body, append([]string{"Content-Type", "application/json", "Idempotency-Key", key}, headers...)...)
}

// receipt files a grievance and returns number and code, as a body.
func (f *fixture) receipt(body string) (number, code string) {
	f.t.Helper()
	a := f.send(filings, f.key(), body).is(201)
	f.reg.Wait()
	return a.at("number").(string), a.at("code").(string)
}

func receiptBody(number, code string) string {
	return fmt.Sprintf(`{"number":%q,"code":%q}`, number, code)
}

func TestThePublicFilesWithoutAToken(t *testing.T) {
	f := newFixture(t)
	key := f.key()
	a := f.send(filings, key, filingBody).is(201)
	if _, err := ident.ReadReceiptNumber(a.at("number").(string)); err != nil {
		t.Error(err)
	}
	if _, err := ident.ReadQueryCode(a.at("code").(string)); err != nil {
		t.Error(err)
	}
	if a.at("handler") != "530427-market_regulation" || a.at("handler_name") != "新平彝族傣族自治县市场监管部门" || a.at("received") != "2026-11-22" || a.at("division/code") != "530427" ||
		a.at("due/0/clock") != "complaint_accept" || a.at("due/0/due") != "2026-12-01" || a.at("due/0/label") != "投诉受理" || a.at("repeated") != nil || a.at("warnings") != nil {
		t.Errorf("got %s", a.body)
	}
	if a.at("id") != nil || a.header.Get("Location") != "" || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %s with %v, want no id, no address, and nothing kept", a.body, a.header)
	}
	again := f.send(filings, key, filingBody).is(201)
	if again.at("repeated") != true || again.at("number") != a.at("number") || again.at("code") != a.at("code") || again.at("due/0/due") != "2026-12-01" {
		t.Errorf("got %s, want %s repeated", again.body, a.body)
	}
	f.send(filings, key, strings.Replace(filingBody, `"refund",`, "", 1)).refused(422, "idempotency_key_reused")
	if en := f.send(filings, f.key(), filingBody, "Accept-Language", "en").is(201); en.at("due/0/label") != "acceptance of a complaint" {
		t.Errorf("got %s, want English", en.body)
	}
	warned := f.send(filings, f.key(), strings.Replace(filingBody, "启航培训班", "老师13912345678", 1)).is(201)
	if warned.at("warnings/0/pointer") != "/premises" || warned.at("warnings/0/code") != "mobile" || strings.Contains(string(warned.body), "13912345678") {
		t.Errorf("got %s, want a warning that does not repeat the number", warned.body)
	}
}

func TestAFilingIsReadStrictly(t *testing.T) {
	f := newFixture(t)
	before, _ := f.reg.Log.Head(t.Context())
	with := func(old, new string) string { return strings.Replace(filingBody, old, new, 1) }
	for name, c := range map[string]struct {
		body, code, want string
		status           int
	}{
		"an act":                 {with(`{`, `{"act":"grievance.close",`), "invalid", "/act unknown_field", 422},
		"an actor":               {with(`{`, `{"actor":{"agency":"530427-education"},`), "invalid", "/actor unknown_field", 422},
		"a handler":              {with(`{`, `{"handler":"530427-fire",`), "invalid", "/handler unknown_field", 422},
		"a topic that is none":   {with(`closure`, `weather`), "invalid", "/topics/1 unknown_code", 422},
		"a topic twice":          {with(`closure`, `refund`), "invalid", "/topics/1 repeated", 422},
		"no content":             {with(`"content":"六月三日交了4800元",`, ``), "invalid", "/content required", 422},
		"a nameless complaint":   {with(`"complainant":"欧阳示例",`, ``), "invalid", "/complainant required", 422},
		"a house number":         {with(`启航培训班`, `9号`), "invalid", "/premises too_exact", 422},
		"a wrong type":           {with(`"欧阳示例"`, `7`), "invalid", "/complainant wrong_type", 422},
		"a retired division":     {with(`530427`, `140624`), "invalid", "/division retired", 422},
		"an unknown institution": {with(`{`, `{"institution":{"id":"01HZZZZZZZZZZZZZZZZZZZZZZZ"},`), "not_found", "/institution unknown", 404},
		"no JSON":                {`{`, "malformed", " syntax", 400},
		"too much":               {with(`交了`, strings.Repeat("长", 30000)), "too_large", "", 413},
	} {
		a := f.send(filings, f.key(), c.body)
		p := a.refused(c.status, c.code)
		pointer, code, _ := strings.Cut(c.want, " ")
		if c.want != "" && pointers(p)[pointer] != code {
			t.Errorf("%s: got %v, want %s", name, pointers(p), c.want)
		}
		for _, secret := range []string{"欧阳示例", "13800138000", "4800"} {
			if strings.Contains(string(a.body), secret) {
				t.Errorf("%s: got %s in %s", name, secret, a.body)
			}
		}
	}
	f.send(filings, "", filingBody).refused(400, "malformed")
	f.send(filings, "7", filingBody).refused(400, "malformed")
	f.do("POST", filings, filingBody, "Idempotency-Key", f.key()).refused(415, "unsupported_media")
	f.send(filings+"?number=x", f.key(), filingBody).refused(422, "invalid")
	f.get(filings).refused(405, "method_not_allowed")
	f.send("/api/v1/grievances", f.key(), filingBody).refused(401, "unauthenticated")
	if after, _ := f.reg.Log.Head(t.Context()); after != before {
		t.Errorf("got %d records, want none", after-before)
	}
}

func TestTheHolderOfAReceiptAsksHowItStands(t *testing.T) {
	f := newFixture(t)
	institution := f.enrol("A")
	number, code := f.receipt(`{"institution":{"id":"` + institution + `"},"topics":["unlicensed"],"nature":"mixed","content":"看到上课","complainant":"欧阳示例","contact":"13800138000"}`)
	stream, err := f.reg.Receipted(t.Context(), ident.ReceiptNumber(number))
	if err != nil || stream == "" {
		t.Fatalf("got no grievance of %s: %v", number, err)
	}
	id := strings.TrimPrefix(stream, "530427.grievance.")
	on := func(act, body string) {
		t.Helper()
		f.reg.Do(`{"act":"grievance.` + act + `","division":"530427","target":{"id":"` + id + `"},"effective":"2026-11-22","actor":{"agency":"530427-education","officer":"S77"},"body":` + body + `}`)
	}
	on("accept", `{"part":"1"}`)
	on("check-lead", `{"part":"2","outcome":"substantiated"}`)
	on("decide-filing", `{"part":"2","filed":true,"reason":"属实"}`)
	on("notify-complainant", `{"part":"2","step":"report_outcome","means":"phone"}`)
	on("close", `{"part":"2","result":"已立案"}`)
	a := f.send(filingState, "", receiptBody(strings.ToLower(number), strings.ToLower(code))).is(200)
	for path, want := range map[string]any{
		"number": number, "division/code": "530427", "institution/id": institution, "nature": "mixed", "topics/0": "unlicensed", "received": "2026-11-22", "ended": nil,
		"status": "accepted", "status_label": "已受理", "parts/0/nature": "complaint", "parts/1/status": "closed", "parts/1/result": "已立案", "parts/0/result": nil,
		"steps/0/step": "received", "steps/0/what": "收到", "steps/0/on": "2026-11-22", "due/0/clock": "complaint_mediation", "due/0/agency": "530427-education",
		"due/0/agency_name": "新平彝族傣族自治县教育部门", "due/0/yours": false, "score": nil,
	} {
		if got := a.at(path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	for _, secret := range []string{"欧阳示例", "13800138000", "看到上课", "S77", id} {
		if strings.Contains(string(a.body), secret) {
			t.Errorf("got %s in %s", secret, a.body)
		}
	}
	if a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %v, want nothing kept", a.header)
	}
}

func TestAWrongCodeAndAnUnknownNumberAreAnsweredAlike(t *testing.T) {
	f := newFixture(t)
	number, code := f.receipt(filingBody)
	unknown, err := ident.MakeReceiptNumber("530427", calendar.Date(2026, 11, 22), 1)
	if err != nil {
		t.Fatal(err)
	}
	other := ident.MakeQueryCode([10]byte{9}).Text()
	for _, path := range []string{filingState, filingRate} {
		var told []string
		for _, body := range []string{receiptBody(number, other), receiptBody(string(unknown), code), receiptBody(string(unknown), other)} {
			if path == filingRate {
				body = strings.Replace(body, "}", `,"score":5}`, 1)
			}
			p := f.send(path, f.key(), body).refused(404, "not_found")
			delete(p, "request_id")
			told = append(told, fmt.Sprint(p))
		}
		if told[0] != told[1] || told[1] != told[2] {
			t.Errorf("%s: got %v", path, told)
		}
	}
	p := f.send(filingState, "", `{"number":"TS-1","code":"SECRET"}`)
	if at := pointers(p.refused(422, "invalid")); at["/number"] != "form" || at["/code"] != "form" || strings.Contains(string(p.body), "SECRET") {
		t.Errorf("got %s", p.body)
	}
}

func TestTheHolderOfAReceiptRatesTheHandling(t *testing.T) {
	f := newFixture(t)
	number, code := f.receipt(filingBody)
	rate := strings.Replace(receiptBody(number, code), "}", `,"score":4}`, 1)
	key := f.key()
	f.send(filingRate, key, rate).refused(409, "conflict")
	stream, _ := f.reg.Receipted(t.Context(), ident.ReceiptNumber(number))
	f.reg.Do(`{"act":"grievance.refuse","division":"530427","target":{"id":"` + strings.TrimPrefix(stream, "530427.grievance.") +
		`"},"effective":"2026-11-22","actor":{"agency":"530427-market_regulation","officer":"S77"},"body":{"ground":"over_three_years"}}`)
	f.send(filingRate, "", rate).refused(400, "malformed")
	if at := pointers(f.send(filingRate, key, strings.Replace(rate, "4}", "9}", 1)).refused(422, "invalid")); at["/score"] != "range" {
		t.Errorf("got %v", at)
	}
	if a := f.send(filingRate, key, rate).is(200); a.at("number") != number || a.at("score") != 4.0 || a.at("repeated") != nil {
		t.Errorf("got %s", a.body)
	}
	if a := f.send(filingRate, key, rate).is(200); a.at("repeated") != true {
		t.Errorf("got %s, want it repeated", a.body)
	}
	f.send(filingRate, f.key(), strings.Replace(rate, "4}", "1}", 1)).refused(409, "conflict")
	a := f.send(filingState, "", receiptBody(number, code)).is(200)
	if a.at("score") != 4.0 || a.at("parts/0/ground") != "over_three_years" || a.at("parts/0/ground_label") != "知道权益受侵害已超过三年" || a.at("ended") != "2026-11-22" {
		t.Errorf("got %s", a.body)
	}
}

func TestFilingsOfOneAddressAreBounded(t *testing.T) {
	f := newFixture(t, func(o *api.Options) {
		o.Limits = api.DefaultLimits
		o.HTML = html.New(html.Options{Views: o.Views, Log: o.Log, Register: o.Register, Now: o.Register.Now})
	})
	token := f.bureau()
	refused := 0
	for range 15 {
		a := f.send(filings, f.key(), filingBody, "Authorization", "Bearer "+token)
		if a.status == http.StatusTooManyRequests {
			refused++
			if a.refused(429, "rate_limited"); a.header.Get("Retry-After") == "" {
				t.Error("got no word when to try again")
			}
			continue
		}
		a.is(201)
	}
	if refused < 3 {
		t.Errorf("got %d of 15 filings refused, want those beyond ten, with a token too", refused)
	}
	form := url.Values{"key": {f.key()}, "topic": {"safety"}, "nature": {"report"}, "division": {"530427"}, "premises": {"平山路启航班"}, "content": {"楼道堵塞"}, "action": {"submit"}}
	send := func(path string) answered {
		return f.do("POST", path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	}
	a := send("/grievances/new").is(429)
	if !strings.Contains(string(a.body), "从您的网络提交的太多了") || !strings.Contains(string(a.body), "楼道堵塞") {
		t.Errorf("got %s, want the form with what was written", a.body)
	}
	f.send(filingState, "", receiptBody("TS-1", "x")).refused(422, "invalid")
	form.Set("action", "preview")
	send("/grievances/new").is(200)
	form.Set("number", "TS-1")
	send("/grievances/status").is(422)
	if ct := f.get("/grievances/new").is(200).header.Get("Content-Type"); ct != "text/html; charset=utf-8" {
		t.Errorf("got %s, want the page", ct)
	}
	f.do("PUT", "/grievances/new", "").is(405)
}

// TestNoLineOfTheLogNamesWhoFiled also looks for code and key, by which somebody
// could ask in their place.
func TestNoLineOfTheLogNamesWhoFiled(t *testing.T) {
	var lines bytes.Buffer
	f := newFixture(t, func(o *api.Options) {
		o.Logger = slog.New(slog.NewTextHandler(&lines, nil))
		o.HTML = html.New(html.Options{Views: o.Views, Log: o.Log, Register: o.Register, Now: o.Register.Now, Logger: o.Logger})
	})
	key := f.key()
	a := f.send(filings, key, filingBody).is(201)
	number, code := a.at("number").(string), a.at("code").(string)
	f.send(filingState, "", receiptBody(number, code)).is(200)
	f.send(filingState, "", receiptBody(number, ident.MakeQueryCode([10]byte{9}).Text())).is(404)
	f.send(filingRate, key, strings.Replace(receiptBody(number, code), "}", `,"score":4}`, 1)).is(409)
	f.do("POST", "/grievances/status", url.Values{"number": {number}, "code": {code}}.Encode(), "Content-Type", "application/x-www-form-urlencoded").is(200)
	f.srv.Close()
	for _, secret := range []string{key, code, strings.ReplaceAll(code, "-", ""), "欧阳示例", "13800138000", "4800"} {
		if strings.Contains(lines.String(), secret) {
			t.Errorf("got %s in the log:\n%s", secret, lines.String())
		}
	}
	if !strings.Contains(lines.String(), `"POST /api/v1/filings/status"`) || !strings.Contains(lines.String(), `"POST /grievances/status"`) {
		t.Errorf("got\n%s\nwant a line for each request", lines.String())
	}
}

func TestFilingsAreWhatTheDescriptionSays(t *testing.T) {
	f := newFixture(t)
	c, _ := schemas(t, f)
	number, code := f.receipt(filingBody)
	for _, x := range []struct {
		path, status string
		body         []byte
	}{
		{filings, "201", f.send(filings, f.key(), filingBody).is(201).body},
		{filingState, "200", f.send(filingState, "", receiptBody(number, code)).is(200).body},
	} {
		s, err := c.Compile(pointer("paths", x.path, "post", "responses", x.status, "content", "application/json", "schema"))
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(x.body))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: %v\n%s", x.path, err, x.body)
		}
	}
	for path, bodies := range map[string]map[string]bool{
		filings:     {filingBody: true, strings.Replace(filingBody, `{`, `{"act":"x",`, 1): false, `{}`: false},
		filingState: {receiptBody("x", "y"): true, `{"number":"x"}`: false},
		filingRate:  {`{"number":"x","code":"y","score":3}`: true, receiptBody("x", "y"): false},
	} {
		s, err := c.Compile(pointer("paths", path, "post", "requestBody", "content", "application/json", "schema"))
		if err != nil {
			t.Fatal(err)
		}
		for body, good := range bodies {
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(v); (err == nil) != good {
				t.Errorf("%s %s: got %v", path, body, err)
			}
		}
	}
}
