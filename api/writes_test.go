package api_test

import (
	"strings"
	"testing"

	"minglu/domain/ident"
	"minglu/register"
	"minglu/register/registertest"
)

const registerBody = `{"target":{"ref":"A"},"effective":"2019-03-01","body":{"names":["新平县启航培训学校"],"kind":"institution","mode":"offline","address":"桂山街道","class":"subject","categories":[],"audiences":["compulsory"]}}`

// enrol registers an institution over HTTP and returns its id.
func (f *fixture) enrol(ref string) string {
	f.t.Helper()
	return f.act(f.bureau(), "/api/v1/institutions", strings.Replace(registerBody, `"ref":"A"`, `"ref":"`+ref+`"`, 1)).is(201).at("id").(string)
}

func grant(number, from, to string) string {
	return `{"effective":"2020-03-01","body":{"number":"` + number + `","kind":"school_licence","class":"subject","categories":[],"audiences":["compulsory"],"valid_from":"` + from + `","valid_to":"` + to + `"}}`
}

func TestAnActIsCarriedOutOnce(t *testing.T) {
	f := newFixture(t)
	token := f.bureau()
	key := f.key()
	send := func() answered {
		return f.do("POST", "/api/v1/institutions", registerBody, "Authorization", "Bearer "+token, "Content-Type", "application/json; charset=utf-8", "Idempotency-Key", key)
	}
	first := send().is(201)
	id, _ := first.at("id").(string)
	if !ident.ValidID(id) || first.at("ref") != "A" || first.at("version") != 1.0 || first.at("events/0/event") != "institution.registered" || first.at("repeated") != nil {
		t.Fatalf("got %s", first.body)
	}
	if got := first.header.Get("Location"); got != "/api/v1/institutions/"+id {
		t.Errorf("got the address %s", got)
	}
	again := send().is(201)
	if again.at("repeated") != true || again.at("seq") != first.at("seq") || again.at("id") != id {
		t.Errorf("got %s, want the first answer repeated", again.body)
	}
	read := f.get("/api/v1/institutions/" + id + "?min_seq=" + jsonNumber(first.at("seq"))).is(200)
	if read.at("names/0") != "新平县启航培训学校" || read.at("version") != 1.0 {
		t.Errorf("got %s", read.body)
	}
	granted := f.act(token, "/api/v1/institutions/"+id+"/grant-licence", grant("教民153042770000017号", "2020-03-01", "2029-02-28")).is(200)
	if granted.at("version") != 2.0 || granted.at("events/0/event") != "institution.licence_granted" || granted.at("id") != id {
		t.Errorf("got %s", granted.body)
	}
}

func jsonNumber(v any) string {
	n, _ := v.(float64)
	return ident2(uint64(n))
}

func ident2(n uint64) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return ident2(n/10) + string(rune('0'+n%10))
}

func TestAnActMayBeSentRightAfterTheOneBefore(t *testing.T) {
	f := newFixture(t)
	token := f.bureau()
	for i := range 20 {
		ref := "R" + ident2(uint64(i))
		a := f.do("POST", "/api/v1/institutions", strings.Replace(registerBody, `"ref":"A"`, `"ref":"`+ref+`"`, 1),
			"Authorization", "Bearer "+token, "Content-Type", "application/json", "Idempotency-Key", f.key()).is(201)
		f.do("POST", "/api/v1/institutions/"+a.at("id").(string)+"/hold-interview", `{"effective":"2026-10-20","body":{"reason":"超范围宣传"}}`,
			"Authorization", "Bearer "+token, "Content-Type", "application/json", "Idempotency-Key", f.key()).is(200)
	}
}

func TestEveryActHasARoute(t *testing.T) {
	f := newFixture(t)
	token := f.bureau()
	for _, agg := range register.Aggregates {
		for _, act := range agg.Acts {
			_, name, _ := strings.Cut(act.Name, ".")
			path := "/api/v1/" + agg.Plural + "/01JBR00001ZJBEK0EC3KSYAV29/" + name
			switch {
			case act.Creates:
				path = "/api/v1/" + agg.Plural
			case agg == register.Jurisdiction:
				path = "/api/v1/" + agg.Plural + "/530427/" + name
			}
			// An empty act gets as far as its own fields: the route is there.
			p := f.act(token, path, `{}`).refused(422, "invalid")
			if got := pointers(p)["/effective"]; got != "required" {
				t.Errorf("%s: got %v", act.Name, p)
			}
		}
	}
}

func TestJurisdictionsAreAddressedByCodeAndByID(t *testing.T) {
	f := newFixture(t)
	token := f.bureau()
	id := f.get("/api/v1/divisions/530427").is(200).at("id").(string)
	a := f.act(token, "/api/v1/jurisdictions/530427/impose-moratorium", `{"effective":"2021-07-07","body":{"class":"subject","audiences":["compulsory"],"document_no":"x"}}`).is(200)
	if a.at("id") != id {
		t.Errorf("got %s, want the id %s", a.body, id)
	}
	f.act(token, "/api/v1/jurisdictions/"+id+"/lift-moratorium", `{"effective":"2022-07-07","body":{"class":"subject","audiences":["compulsory"],"document_no":"y"}}`).is(200)
	d := f.get("/api/v1/divisions/530427").is(200)
	if d.at("version") != 2.0 || d.at("moratoria/0/lifted") != "2022-07-07" || d.at("moratoria/0/in_force") != false {
		t.Errorf("got %s", d.body)
	}
	f.act(token, "/api/v1/jurisdictions/999999/lift-moratorium", `{"effective":"2022-07-07","body":{}}`).refused(404, "not_found")
	p := f.act(token, "/api/v1/jurisdictions/530427/lift-moratorium", `{"effective":"2022-07-07","division":"530428","body":{}}`).refused(422, "invalid")
	if pointers(p)["/division"] != "other_division" {
		t.Errorf("got %v", p)
	}
}

func TestBadInputIsRefusedAndLeavesNothingBehind(t *testing.T) {
	f := newFixture(t)
	token := f.bureau()
	id, other := f.enrol("ONE"), f.enrol("TWO")
	f.act(token, "/api/v1/institutions/"+id+"/grant-licence", grant("教民153042770000017号", "2020-03-01", "2029-02-28")).is(200)
	f.act(token, "/api/v1/institutions/"+other+"/attach-identifier", `{"effective":"2020-01-01","body":{"kind":"uscc","value":"`+string(ident.SyntheticUSCC("91", "530427", 7))+`"}}`).is(200)
	before, _ := f.reg.Log.Head(t.Context())
	on := "/api/v1/institutions/" + id
	for name, c := range map[string]struct {
		path, body string
		status     int
		code       string
		pointer    string
		field      string
	}{
		"malformed JSON":                {"/api/v1/institutions", `{"effective":`, 400, "malformed", "", "syntax"},
		"no JSON at all":                {"/api/v1/institutions", ``, 400, "malformed", "", "syntax"},
		"a list for an act":             {"/api/v1/institutions", `[]`, 422, "invalid", "", "wrong_type"},
		"another act":                   {"/api/v1/institutions", `{"act":"institution.grant-licence"}`, 422, "invalid", "/act", "other_act"},
		"an unknown field":              {"/api/v1/institutions", strings.Replace(registerBody, `"mode"`, `"moode":1,"mode"`, 1), 422, "invalid", "/body/moode", "unknown_field"},
		"an unknown field of the act":   {"/api/v1/institutions", `{"effectiv":"2019-03-01"}`, 422, "invalid", "/effectiv", "unknown_field"},
		"an actor":                      {"/api/v1/institutions", strings.Replace(registerBody, `"effective"`, `"actor":{"agency":"530427-education"},"effective"`, 1), 422, "invalid", "/actor", "not_taken"},
		"a command id":                  {"/api/v1/institutions", `{"command_id":"7b0c0000-0000-4000-8000-000000000001"}`, 422, "invalid", "/command_id", "not_taken"},
		"an id for a new thing":         {"/api/v1/institutions", strings.Replace(registerBody, `"ref":"A"`, `"id":"`+id+`"`, 1), 422, "invalid", "/target/id", "not_taken"},
		"another target":                {on + "/hold-interview", `{"target":{"id":"` + other + `"},"effective":"2026-01-01","body":{"reason":"x"}}`, 422, "invalid", "/target", "not_taken"},
		"a wrong type":                  {"/api/v1/institutions", strings.Replace(registerBody, `"address":"桂山街道"`, `"address":7`, 1), 422, "invalid", "/body/address", "wrong_type"},
		"a missing field":               {"/api/v1/institutions", strings.Replace(registerBody, `"kind":"institution",`, ``, 1), 422, "invalid", "/body/kind", "required"},
		"an unknown code":               {"/api/v1/institutions", strings.Replace(registerBody, `"kind":"institution"`, `"kind":"school"`, 1), 422, "invalid", "/body/kind", "unknown_code"},
		"an impossible day":             {"/api/v1/institutions", strings.Replace(registerBody, `2019-03-01`, `2019-02-30`, 1), 422, "invalid", "/effective", "impossible_date"},
		"an impossible day in the body": {on + "/grant-licence", grant("N1", "2020-13-01", "2029-02-28"), 422, "invalid", "/body/valid_from", ""},
		"a day to come":                 {"/api/v1/institutions", strings.Replace(registerBody, `2019-03-01`, `2027-01-01`, 1), 422, "invalid", "/effective", "future"},
		"an unknown division":           {"/api/v1/institutions", strings.Replace(registerBody, `"effective"`, `"division":"539999","effective"`, 1), 422, "invalid", "/division", "unknown_division"},
		"a division that is no code":    {"/api/v1/institutions", strings.Replace(registerBody, `"effective"`, `"division":"53042","effective"`, 1), 422, "invalid", "/division", "division_form"},
		"a retired division":            {"/api/v1/institutions", strings.Replace(registerBody, `"effective"`, `"division":"120221","effective"`, 1), 422, "invalid", "/division", "retired"},
		"a USCC of another length":      {on + "/attach-identifier", `{"effective":"2020-01-01","body":{"kind":"uscc","value":"9153042700000001"}}`, 422, "invalid", "/body/value", "length"},
		"a USCC outside the alphabet":   {on + "/attach-identifier", `{"effective":"2020-01-01","body":{"kind":"uscc","value":"91530427000000019I"}}`, 422, "invalid", "/body/value", "alphabet"},
		"a USCC with a wrong checksum":  {on + "/attach-identifier", `{"effective":"2020-01-01","body":{"kind":"uscc","value":"` + wrongChecksum() + `"}}`, 422, "invalid", "/body/value", "checksum"},
		"a USCC override without proof": {on + "/attach-identifier", `{"effective":"2020-01-01","body":{"kind":"uscc","value":"` + wrongChecksum() + `","override":{"reason":"","evidence":""}}}`, 422, "invalid", "/body/value_override", "required"},
		"somebody else's USCC":          {on + "/attach-identifier", `{"effective":"2020-01-01","body":{"kind":"uscc","value":"` + string(ident.SyntheticUSCC("91", "530427", 7)) + `"}}`, 409, "conflict", "/body/uscc", "taken"},
		"a licence number twice":        {"/api/v1/institutions/" + other + "/grant-licence", grant("教民153042770000017号", "2020-03-01", "2029-02-28"), 409, "conflict", "/body/number", "taken"},
		"a ref twice":                   {"/api/v1/institutions", strings.Replace(registerBody, `"ref":"A"`, `"ref":"ONE"`, 1), 409, "conflict", "/target/ref", "taken"},
		"an act in the wrong state":     {on + "/reinstate-licence", `{"effective":"2026-01-01","body":{"number":"教民153042770000017号","reason":"x"}}`, 409, "conflict", "", ""},
		"a licence that is not there":   {on + "/suspend-licence", `{"effective":"2026-01-01","body":{"number":"nope","reason":"x"}}`, 409, "conflict", "/body/number", "unknown"},
		"an institution unknown":        {"/api/v1/institutions/01JBR00001ZJBEK0EC3KSYAV29/hold-interview", `{"effective":"2026-01-01","body":{"reason":"x"}}`, 404, "not_found", "/target/id", "unknown"},
		"an id of another form":         {"/api/v1/institutions/nope/hold-interview", `{"effective":"2026-01-01","body":{"reason":"x"}}`, 404, "not_found", "/target/id", "unknown"},
		"an unknown act":                {on + "/abolish", `{}`, 404, "not_found", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := *f
			f.t = t
			p := f.act(token, c.path, c.body).refused(c.status, c.code)
			got := pointers(p)
			if code, ok := got[c.pointer]; c.field != "" && (!ok || code != c.field) || c.pointer != "" && !ok {
				t.Errorf("got %v, want %s at %q", p, c.field, c.pointer)
			}
			if strings.Contains(strings.ToLower(string(mustJSON(p))), "panic") {
				t.Errorf("got %v", p)
			}
		})
	}
	if after, _ := f.reg.Log.Head(t.Context()); after != before {
		t.Errorf("refusals left %d records behind", after-before)
	}
}

func wrongChecksum() string {
	code := []byte(ident.SyntheticUSCC("91", "530427", 8))
	if code[17] == '0' {
		code[17] = '1'
	} else {
		code[17] = '0'
	}
	return string(code)
}

func TestAWrongChecksumIsTakenWithReasonAndEvidence(t *testing.T) {
	f := newFixture(t)
	id := f.enrol("A")
	f.act(f.bureau(), "/api/v1/institutions/"+id+"/attach-identifier", `{"effective":"2020-01-01","body":{"kind":"uscc","value":"`+wrongChecksum()+`","override":{"reason":"证照如此","evidence":"照片"}}}`).is(200)
	if got := f.get("/api/v1/institutions/" + id).is(200).at("uscc"); got != wrongChecksum() {
		t.Errorf("got %v", got)
	}
}

func TestWritesNeedAKeyATypeAndAnEnd(t *testing.T) {
	f := newFixture(t)
	token := f.bureau()
	send := func(body string, headers ...string) answered {
		return f.do("POST", "/api/v1/institutions", body, append([]string{"Authorization", "Bearer " + token}, headers...)...)
	}
	p := send(registerBody, "Content-Type", "application/json").refused(400, "malformed")
	if pointers(p)["/Idempotency-Key"] != "uuid" {
		t.Errorf("got %v", p)
	}
	send(registerBody, "Content-Type", "application/json", "Idempotency-Key", "7").refused(400, "malformed")
	send(registerBody, "Idempotency-Key", f.key()).refused(415, "unsupported_media")
	send(registerBody, "Content-Type", "text/plain", "Idempotency-Key", f.key()).refused(415, "unsupported_media")
	send(`{"effective":"`+strings.Repeat("9", 2<<20)+`"}`, "Content-Type", "application/json", "Idempotency-Key", f.key()).refused(413, "too_large")
}

func TestAKeyBelongsToOneAct(t *testing.T) {
	f := newFixture(t)
	token, key := f.bureau(), f.key()
	send := func(path, body string) answered {
		return f.do("POST", path, body, "Authorization", "Bearer "+token, "Content-Type", "application/json", "Idempotency-Key", key)
	}
	send("/api/v1/institutions", registerBody).is(201)
	f.reg.Wait()
	p := send("/api/v1/institutions", strings.Replace(registerBody, "2019-03-01", "2019-03-02", 1)).refused(422, "idempotency_key_reused")
	if pointers(p)["/command_id"] != "reused" {
		t.Errorf("got %v", p)
	}
	send("/api/v1/jurisdictions/530427/impose-moratorium", `{"effective":"2021-07-07","body":{"class":"subject","audiences":["compulsory"],"document_no":"x"}}`).refused(422, "idempotency_key_reused")
}

func TestIfMatchNamesTheVersionSeen(t *testing.T) {
	f := newFixture(t)
	token := f.bureau()
	id := f.enrol("A")
	path := "/api/v1/institutions/" + id
	tag := f.get(path).is(200).header.Get("ETag")
	interview := `{"effective":"2026-10-20","body":{"reason":"超范围宣传"}}`
	f.act(token, path+"/change-name", `{"effective":"2026-01-01","body":{"to":"新平县远航培训学校","approval":"x"}}`, "If-Match", tag).is(200)
	p := f.act(token, path+"/hold-interview", interview, "If-Match", tag).refused(412, "stale")
	if at(p, "changed/version") != 2.0 || at(p, "changed/fields/0/field") != "name" || at(p, "changed/events/0/event") != "institution.name_changed" {
		t.Errorf("got %v", p)
	}
	f.act(token, path+"/hold-interview", interview, "If-Match", `"1"`).refused(412, "stale")
	f.act(token, path+"/hold-interview", interview, "If-Match", `"9"`).refused(412, "stale")
	f.act(token, path+"/hold-interview", interview, "If-Match", `W/"2"`).refused(400, "malformed")
	f.act(token, path+"/hold-interview", interview, "If-Match", `soon`).refused(400, "malformed")
	f.act(token, path+"/hold-interview", interview, "If-Match", `2`).is(200)
	f.act(token, path+"/hold-interview", `{"effective":"2026-10-21","body":{"reason":"x"}}`, "If-Match", `*`).is(200)
	if got := f.get(path).is(200).at("version"); got != 4.0 {
		t.Errorf("got version %v", got)
	}

	// The ETag of an institution tells of its listing too.
	tag = f.get(path).is(200).header.Get("ETag")
	watch := "/api/v1/listings/" + id + "/put-on-watch"
	f.act(token, watch, `{"effective":"2026-11-01","body":{"reason":"x","until":"2026-12-01"}}`, "If-Match", tag).is(200)
	p = f.act(token, "/api/v1/listings/"+id+"/take-off-watch", `{"effective":"2026-11-02","body":{"outcome":"verified"}}`, "If-Match", tag).refused(412, "stale")
	if at(p, "changed/events/0/event") != "listing.put_on_watch" {
		t.Errorf("got %v", p)
	}
	f.act(token, "/api/v1/jurisdictions/530427/impose-moratorium", `{"effective":"2021-07-07","body":{"class":"subject","audiences":["compulsory"],"document_no":"x"}}`, "If-Match", `"3"`).refused(412, "stale")
	tag = f.get("/api/v1/divisions/530427").is(200).header.Get("ETag")
	f.act(token, "/api/v1/jurisdictions/530427/impose-moratorium", `{"effective":"2021-07-07","body":{"class":"subject","audiences":["compulsory"],"document_no":"x"}}`, "If-Match", tag).is(200)
}

func TestWhoMayDoWhat(t *testing.T) {
	f := newFixture(t)
	id := f.enrol("A")
	path := "/api/v1/institutions/" + id
	body := grant("教民153042770000017号", "2020-03-01", "2029-02-28")
	send := func(authorization string) answered {
		return f.do("POST", path+"/grant-licence", body, "Authorization", authorization, "Content-Type", "application/json", "Idempotency-Key", f.key())
	}
	for name, authorization := range map[string]string{"none": "", "unknown": "Bearer nope", "no scheme": "nope", "another scheme": "Basic bm9wZQ==", "empty": "Bearer "} {
		a := send(authorization)
		a.refused(401, "unauthenticated")
		if a.header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: got no challenge", name)
		}
	}
	for _, c := range []struct{ agency, role, want string }{
		{"530427-fire", "approver", "由以下部门办理"},
		{"530427-education", "handler", "需要的角色"},
		{"530427-education", "auditor", "需要的角色"},
		{"530402-education", "approver", "不在该机关的辖区内"},
	} {
		p := send("Bearer "+f.issue(c.agency, c.role, "X1")).refused(403, "forbidden")
		if p["rule"] != "authority" || !strings.Contains(p["detail"].(string), c.want) {
			t.Errorf("%s %s: got %v", c.agency, c.role, p)
		}
	}
	token := f.issue("530400-education", "approver", "Y1")
	f.act(token, path+"/grant-licence", body).is(200)

	// A token that was revoked is nobody's.
	admin := f.issue("530427-education", "administrator", "AD")
	var tokenID string
	list := f.get("/api/v1/tokens", "Authorization", "Bearer "+admin).is(200)
	for i := range 10 {
		if list.at("items/"+ident2(uint64(i))+"/role") == "handler" {
			tokenID = list.at("items/" + ident2(uint64(i)) + "/id").(string)
		}
	}
	f.act(admin, "/api/v1/tokens/"+tokenID+"/revoke-token", `{"effective":"2026-11-22","body":{"reason":"离岗"}}`).is(200)
	send("Bearer token-530427-education-handler-X1").refused(401, "unauthenticated")
	f.get("/api/v1/institutions", "Authorization", "Bearer token-530427-education-handler-X1").refused(401, "unauthenticated")
}

func TestANewTokenWorksAtOnce(t *testing.T) {
	f := newFixture(t)
	admin := f.issue("530427-education", "administrator", "AD")
	digest := registertestDigest("secret")
	a := f.do("POST", "/api/v1/tokens", `{"effective":"2026-11-22","body":{"digest":"`+digest+`","agency":"530427-education","role":"approver","officer":"E9"}}`,
		"Authorization", "Bearer "+admin, "Content-Type", "application/json", "Idempotency-Key", f.key()).is(201)
	if !ident.ValidID(a.at("id").(string)) {
		t.Errorf("got %s", a.body)
	}
	f.do("POST", "/api/v1/institutions", registerBody, "Authorization", "Bearer secret", "Content-Type", "application/json", "Idempotency-Key", f.key()).is(201)
	p := f.act(admin, "/api/v1/tokens", `{"effective":"2026-11-22","body":{"digest":"zz","agency":"530427-education","role":"approver"}}`).refused(422, "invalid")
	if pointers(p)["/body/digest"] != "form" {
		t.Errorf("got %v", p)
	}
	_ = registertest.CommandID
}
