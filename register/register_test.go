package register_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/register"
	"minglu/register/registertest"
)

const school = `{"act":"institution.register","division":"530427","target":{"ref":"%s"},"effective":"2019-03-01","body":{"names":["新平县%[1]s培训学校"],"kind":"institution","mode":"offline","address":"桂山街道","class":"subject","audiences":["compulsory"]}}`

func onto(ref, act, effective, body string) string {
	return fmt.Sprintf(`{"act":"institution.%s","division":"530427","target":{"ref":"%s"},"effective":"%s","body":%s}`, act, ref, effective, body)
}

func grant(number string) string {
	return `{"number":"` + number + `","kind":"school_licence","class":"subject","audiences":["compulsory"],"valid_from":"2019-03-01","valid_to":"2029-02-28"}`
}

// TestBadActsLeaveNothing is the list of what clients send wrongly: each is
// refused with a code, a pointer to the member and, where a rule refuses, its
// id; Refused fails where anything was left in the log.
func TestBadActsLeaveNothing(t *testing.T) {
	r := registertest.New(t)
	r.Do(fmt.Sprintf(school, "A"))
	r.Do(fmt.Sprintf(school, "B"))
	r.Do(onto("A", "grant-licence", "2019-03-01", grant("1")))
	with := func(old, new string) string { return strings.Replace(fmt.Sprintf(school, "C"), old, new, 1) }
	body := func(member string) string { return with(`"mode"`, member+`,"mode"`) }
	for _, c := range []struct{ name, act, code, rule, pointer string }{
		{"an unknown act", with("institution.register", "institution.paint"), "invalid", "", "/act"},
		{"no division", with(`"division":"530427",`, ""), "invalid", "", "/division"},
		{"a division that is none", with("530427", "53042"), "invalid", "", "/division"},
		{"an unknown division", with("530427", "999999"), "invalid", "division", "/division"},
		{"a retired division", with(`"division":"530427"`, `"division":"140624"`), "invalid", "division", "/division"},
		{"a grouping code", with("530427", "500100"), "invalid", "division", "/division"},
		{"no effective day", with(`"effective":"2019-03-01",`, ""), "invalid", "", "/effective"},
		{"an impossible day", with("2019-03-01", "2019-02-30"), "invalid", "", "/effective"},
		{"a day to come", with("2019-03-01", "2027-01-01"), "invalid", "effective-day", "/effective"},
		{"a key that is no UUID", with(`{"act"`, `{"command_id":"17","act"`), "malformed", "", "/command_id"},
		{"an agency that is none", with(`"body"`, `"actor":{"agency":"530427-circus"},"body"`), "invalid", "", "/actor/agency"},
		{"an agency of another division", with(`"body"`, `"actor":{"agency":"530428-education"},"body"`), "forbidden", "authority", "/division"},
		{"an agency without the competence", with(`"body"`, `"actor":{"agency":"530427-bank"},"body"`), "forbidden", "authority", "/actor/agency"},
		{"an officer's number with a space", with(`"body"`, `"actor":{"agency":"530427-education","officer":"王 五"},"body"`), "invalid", "", "/actor/officer"},
		{"an unknown member", body(`"colour":"red"`), "invalid", "", "/body/colour"},
		{"a wrong type", with(`"offline"`, `7`), "invalid", "", "/body/mode"},
		{"an unknown code", with(`"offline"`, `"afloat"`), "invalid", "", "/body/mode"},
		{"a missing member", with(`"mode":"offline",`, ``), "invalid", "", "/body/mode"},
		{"an empty name", with(`新平县C培训学校`, ` `), "invalid", "", "/body/names"},
		{"a credit code of another alphabet", body(`"uscc":"91I403001922038216"`), "invalid", "", "/body/uscc"},
		{"a credit code too short", body(`"uscc":"9144030019220382"`), "invalid", "", "/body/uscc"},
		{"a credit code with a wrong check", body(`"uscc":"914403001922038217"`), "invalid", "uscc-checksum", "/body/uscc"},
		{"an override without evidence", body(`"uscc":"914403001922038217","uscc_override":{"reason":"证照如此","evidence":""}`), "invalid", "uscc-checksum", "/body/uscc_override"},
		{"a ref that is taken", fmt.Sprintf(school, "A"), "conflict", "unique-identifier", "/target/ref"},
		{"a licence number that is taken", onto("B", "grant-licence", "2019-03-01", grant("1")), "conflict", "unique-identifier", "/body/number"},
		{"a term that ends before it begins", onto("B", "grant-licence", "2019-03-01", strings.Replace(grant("2"), "2029-02-28", "2018-02-28", 1)), "invalid", "licence-term", "/body/valid_to"},
		{"a target that is not there", onto("Z", "grant-licence", "2019-03-01", grant("2")), "not_found", "registered", "/target/ref"},
		{"an id that is none", strings.Replace(onto("A", "suspend-licence", "2020-01-01", `{"number":"1","reason":"x"}`), `{"ref":"A"}`, `{"id":"../x"}`, 1), "not_found", "registered", "/target/id"},
		{"an act before the registration", onto("A", "suspend-licence", "2018-01-01", `{"number":"1","reason":"x"}`), "conflict", "registered", "/effective"},
		{"an act in the wrong state", onto("A", "cancel-licence", "2020-01-01", `{"number":"1","cause":"revoked"}`), "conflict", "licence-cancellation", "/body/cause"},
	} {
		t.Run(c.name, func(t *testing.T) {
			act := c.act
			if !strings.Contains(act, `"actor"`) {
				act = strings.Replace(act, `"body"`, `"actor":{"agency":"530427-education","officer":"E1"},"body"`, 1)
			}
			e := r.Refused(act)
			if string(e.Code) != c.code || e.Rule != c.rule {
				t.Errorf("got %s by %q, want %s by %q: %v", e.Code, e.Rule, c.code, c.rule, e)
			}
			if len(e.Fields) == 0 || e.Fields[0].Pointer != c.pointer {
				t.Errorf("got fields %+v, want %s", e.Fields, c.pointer)
			}
			for _, text := range []domain.Text{e.Text, e.Fields[0].Message} {
				if text.ZH == "" || text.EN == "" || strings.Contains(text.ZH+text.EN, "%!") {
					t.Errorf("sentence %+v", text)
				}
			}
		})
	}
}

func TestAnOverriddenCreditCodeIsTaken(t *testing.T) {
	r := registertest.New(t)
	r.Do(strings.Replace(fmt.Sprintf(school, "A"), `"mode"`, `"uscc":"91350100M0001TGQXM","uscc_override":{"reason":"证照原件如此","evidence":"营业执照副本"},"mode"`, 1))
	if owner, _, err := r.Log.Owner(t.Context(), "uscc", "91350100M0001TGQXM"); owner == "" || err != nil {
		t.Errorf("nobody holds the code: %v", err)
	}
}

func TestARepeatAnswersTheSame(t *testing.T) {
	r := registertest.New(t)
	a := r.Act(fmt.Sprintf(school, "A"))
	first, err := r.Register.Do(t.Context(), nil, a)
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.Register.Do(t.Context(), nil, a)
	if err != nil || !again.Repeated || again.ID != first.ID || again.Version != first.Version || again.Events[0] != first.Events[0] {
		t.Errorf("got %+v, want %+v repeated (%v)", again, first, err)
	}
	other := a
	other.Effective = "2019-03-02"
	if _, err := r.Register.Do(t.Context(), nil, other); !errors.Is(err, &domain.Error{Code: domain.KeyReused}) {
		t.Errorf("another body under the key: got %v", err)
	}
	r.Wait()
	elsewhere := r.Act(onto("A", "adopt-contract-template", "2020-01-01", `{"version":"2021"}`))
	elsewhere.CommandID, elsewhere.Act, elsewhere.Body = a.CommandID, "jurisdiction.adopt-policy", []byte(`{"parameters":{"list.watch_limit_months":6}}`)
	if _, err := r.Register.Do(t.Context(), nil, elsewhere); !errors.Is(err, &domain.Error{Code: domain.KeyReused}) {
		t.Errorf("the key on another aggregate: got %v", err)
	}
}

func TestAStaleVersionIsRefused(t *testing.T) {
	r := registertest.New(t)
	r.Do(fmt.Sprintf(school, "A"))
	seen := uint64(1)
	a := r.Act(onto("A", "adopt-contract-template", "2020-01-01", `{"version":"2021"}`))
	a.IfVersion = &seen
	if _, err := r.Register.Do(t.Context(), nil, a); err != nil {
		t.Fatal(err)
	}
	b := r.Act(onto("A", "adopt-contract-template", "2021-01-01", `{"version":"2022"}`))
	b.IfVersion = &seen
	if _, err := r.Register.Do(t.Context(), nil, b); !errors.Is(err, &domain.Error{Code: domain.Stale}) {
		t.Errorf("got %v, want stale", err)
	}
}

// TestAMoratoriumOfTheProvinceGovernsTheCounty reads the law of the divisions
// above, and leaves other provinces alone.
func TestAMoratoriumOfTheProvinceGovernsTheCounty(t *testing.T) {
	r := registertest.New(t)
	r.Do(fmt.Sprintf(school, "A"))
	r.Do(`{"act":"jurisdiction.impose-moratorium","division":"530000","effective":"2021-07-07","body":{"class":"subject","audiences":["compulsory"],"document_no":"云教发〔2021〕1号"}}`)
	r.Do(onto("A", "grant-licence", "2021-07-06", grant("1")))
	e := r.Refused(onto("A", "grant-licence", "2021-07-07", grant("2")))
	if e.Rule != "moratorium" || !strings.Contains(e.Text.ZH, "云教发〔2021〕1号") {
		t.Errorf("got %v", e)
	}
	r.Do(onto("A", "grant-licence", "2021-07-07", strings.Replace(grant("2"), `"kind"`, `"moratorium_override":{"document_no":"教厅批〔2021〕3号","reason":"上级批准"},"kind"`, 1)))
	r.Do(`{"act":"jurisdiction.lift-moratorium","division":"530000","effective":"2021-09-01","body":{"class":"subject","audiences":["compulsory"],"document_no":"云教发〔2021〕9号"}}`)
	r.Do(onto("A", "grant-licence", "2021-09-01", grant("3")))
}

func TestPolicyOfTheCountyOverridesThatOfTheProvince(t *testing.T) {
	r := registertest.New(t)
	r.Do(`{"act":"jurisdiction.adopt-policy","division":"530000","effective":"2020-01-01","body":{"parameters":{"list.watch_limit_months":6,"list.batch_interval_months":4}}}`)
	r.Do(`{"act":"jurisdiction.adopt-policy","division":"530427","effective":"2021-01-01","body":{"parameters":{"list.watch_limit_months":2}}}`)
	for on, want := range map[calendar.Day]int{calendar.Date(2019, 1, 1): 3, calendar.Date(2020, 6, 1): 6, calendar.Date(2021, 6, 1): 2} {
		l, err := r.LawOf(t.Context(), "530427", on)
		if err != nil || l.Policy.Int("list.watch_limit_months") != want {
			t.Errorf("on %s: got %d, want %d (%v)", on, l.Policy.Int("list.watch_limit_months"), want, err)
		}
	}
	l, _ := r.LawOf(t.Context(), "530427", calendar.Date(2021, 6, 1))
	if l.Policy.Int("list.batch_interval_months") != 4 || l.Policy.Version() != "530000@2020-01-01 530427@2021-01-01" {
		t.Errorf("policy %s", l.Policy.Version())
	}
}

// TestAPrincipalActsAsItself takes the actor from the token and nowhere else.
func TestAPrincipalActsAsItself(t *testing.T) {
	r := registertest.New(t)
	act := func(text string) register.Act {
		a := r.Act(text)
		a.Actor = nil
		return a
	}
	if _, err := r.Register.Do(t.Context(), registertest.Bureau("530427", term.Handler, "E1"), act(fmt.Sprintf(school, "A"))); err != nil {
		t.Fatal(err)
	}
	grantA := onto("A", "grant-licence", "2019-03-01", grant("1"))
	_, err := r.Register.Do(t.Context(), registertest.Bureau("530427", term.Handler, "E1"), act(grantA))
	if e, ok := errors.AsType[*domain.Error](err); !ok || e.Code != domain.Forbidden || !strings.Contains(e.Text.ZH, "审批人") {
		t.Errorf("a handler grants no licence: got %v", err)
	}
	forged := r.Act(grantA)
	_, err = r.Register.Do(t.Context(), registertest.Bureau("530427", term.Approver, "E1"), forged)
	if e, ok := errors.AsType[*domain.Error](err); !ok || e.Fields[0].Pointer != "/actor" {
		t.Errorf("an actor in the body: got %v", err)
	}
	if _, err := r.Register.Do(t.Context(), registertest.Bureau("530000", term.Approver, "P1"), act(grantA)); err != nil {
		t.Errorf("the province acts in its county: %v", err)
	}
}

// TestPersonalValuesAreNowhereInClear plants a name and looks for it in every
// record and every view.
func TestPersonalValuesAreNowhereInClear(t *testing.T) {
	r := registertest.New(t)
	const organiser, principal, person, home = "欧阳某甲", "司徒某乙", "诸葛某丙", "示例巷17号"
	r.Do(strings.Replace(fmt.Sprintf(school, "A"), `"mode"`, `"organiser":"`+organiser+`","principal":"`+principal+`","mode"`, 1))
	r.Do(`{"act":"institution.register","division":"530427","target":{"ref":"P"},"effective":"2019-03-01","body":{"names":["` + person + `"],"kind":"natural_person","mode":"offline","address":"桂山街道` + home + `","class":"subject"}}`)
	r.Refused(onto("P", "change-name", "2020-01-01", `{"to":"`+person+`","approval":"1"}`))
	r.Refused(onto("P", "correct", "2020-01-01", `{"target_seq":3,"field":"names","was":["诸葛*"],"is":["`+person+`"],"reason":"x"}`))
	head, _ := r.Log.Head(t.Context())
	for rec, err := range r.Log.Follow(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{organiser, principal, person, home} {
			if bytes.Contains(rec.Payload, []byte(name)) || strings.Contains(fmt.Sprint(rec.Meta), name) {
				t.Errorf("record %d holds %s", rec.Meta.Seq, name)
			}
		}
		if rec.Meta.Seq == 1 && !bytes.Contains(rec.Payload, []byte(`"organiser":{"person":`)) {
			t.Errorf("the organiser is not sealed: %s", rec.Payload)
		}
		if rec.Meta.Seq == head {
			break
		}
	}
}

// TestASessionDecidesOnWhatItHolds imports acts that build on each other within
// one append, among them refused ones and repeats.
func TestASessionDecidesOnWhatItHolds(t *testing.T) {
	r := registertest.New(t)
	lines := []register.Act{
		r.Act(fmt.Sprintf(school, "A")),
		r.Act(onto("A", "grant-licence", "2019-03-01", grant("1"))),
		r.Act(onto("A", "grant-licence", "2019-03-01", grant("1"))), // the number is taken
		r.Act(onto("A", "record-legal-registration", "2019-03-01", `{"authority":"market_regulation","form":"company","number":"X","for_profit":true}`)),
		r.Act(onto("A", "enrol-platform", "2019-03-01", `{"platform":"全国平台"}`)),
		r.Act(`{"act":"listing.list-white","division":"530427","target":{"ref":"A"},"effective":"2019-04-01","body":{"document_no":"1"}}`),
		r.Act(`{"act":"jurisdiction.freeze-baseline","division":"530427","effective":"2021-07-01","body":{"name":"b","date":"2021-07-01","class":"subject","audiences":["compulsory"]}}`),
		r.Act(fmt.Sprintf(school, "B")),
		r.Act(onto("B", "grant-licence", "2019-03-01", grant("1"))), // A's number
		r.Act(onto("B", "grant-licence", "2019-03-01", grant("2"))),
	}
	run := func() (done, known, refused int) {
		var order []int
		s := r.NewSession(nil, func(o register.Outcome) {
			order = append(order, o.Line)
			switch {
			case o.Err != nil:
				refused++
			case o.Answer.Repeated:
				known++
			default:
				done++
			}
		})
		for i, a := range lines {
			if err := s.Add(t.Context(), i, a); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i, line := range order {
			if i != line {
				t.Fatalf("outcomes in the order %v", order)
			}
		}
		r.Wait()
		return done, known, refused
	}
	if done, known, refused := run(); done != 8 || known != 0 || refused != 2 {
		t.Errorf("first run: %d done, %d known, %d refused", done, known, refused)
	}
	head, _ := r.Log.Head(t.Context())
	if done, known, refused := run(); done != 0 || known != 8 || refused != 2 {
		t.Errorf("second run: %d done, %d known, %d refused", done, known, refused)
	}
	if again, _ := r.Log.Head(t.Context()); again != head {
		t.Errorf("the second run wrote %d records", again-head)
	}
	s, _, err := r.Views.Jurisdiction("530427", head)
	if b, ok := s.Baseline(""); err != nil || !ok || len(b.Members) != 1 || b.LicensedInAll != 1 {
		t.Errorf("baseline %+v (%v)", b, err)
	}
	r.Replay()
}

// TestRacingWritersTakeOneNumber lets many claim one licence number at once.
func TestRacingWritersTakeOneNumber(t *testing.T) {
	r := registertest.New(t)
	const n = 8
	acts := make([]register.Act, n)
	for i := range n {
		r.Do(fmt.Sprintf(school, fmt.Sprint("R", i)))
		acts[i] = r.Act(onto(fmt.Sprint("R", i), "grant-licence", "2019-03-01", grant("同号")))
	}
	errs := make(chan error, n)
	for _, a := range acts {
		go func() {
			_, err := r.Register.Do(t.Context(), nil, a)
			errs <- err
		}()
	}
	won := 0
	for range n {
		switch err := <-errs; {
		case err == nil:
			won++
		case !errors.Is(err, &domain.Error{Code: domain.Conflict, Rule: eventstore.UniqueIdentifier.ID}):
			t.Errorf("a loser is told %v", err)
		}
	}
	if won != 1 {
		t.Errorf("%d took the number", won)
	}
}
