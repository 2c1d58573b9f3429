package answer_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/institution"
	"minglu/domain/listing"
	"minglu/domain/term"
	"minglu/projections"
	"minglu/register"
)

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// TestEveryEventIsToldInASentence takes every event of every aggregate, once
// empty and once with all members filled.
func TestEveryEventIsToldInASentence(t *testing.T) {
	n := 0
	for _, agg := range register.Aggregates {
		for _, typ := range agg.Events {
			if !typ.Current {
				continue
			}
			n++
			for _, fill := range []bool{false, true} {
				p := typ.New()
				if fill {
					filled(reflect.ValueOf(p).Elem())
				}
				e := typ.Event(p)
				s := answer.Summary(e)
				if s.ZH == typ.Name || !han(s.ZH) || s.EN == "" || s.EN == typ.Name {
					t.Errorf("%s is not told: %+v", typ.Name, s)
				}
				if strings.Contains(s.ZH+s.EN, "%!") || !strings.HasSuffix(s.ZH, "。") || !strings.HasSuffix(s.EN, ".") || strings.Contains(s.ZH, "。。") {
					t.Errorf("%s: got %q and %q, want two sentences", typ.Name, s.ZH, s.EN)
				}
			}
		}
	}
	if n < 50 {
		t.Errorf("got %d events", n)
	}
	if s := answer.Summary(unknown{}); s.ZH != "x.unknown" {
		t.Errorf("got %v", s)
	}
}

type unknown struct{}

func (unknown) EventName() string { return "x.unknown" }

// filled puts something into every member.
func filled(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				filled(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			filled(v.Index(i))
		}
	case reflect.String:
		v.SetString("x")
	case reflect.Int, reflect.Int64, reflect.Int32:
		v.SetInt(int64(calendar.Date(2024, 1, 2)))
	case reflect.Bool:
		v.SetBool(true)
	}
}

func TestTheAdviceIsTheOneOfTheProduct(t *testing.T) {
	for standing, want := range map[term.Standing]string{
		term.StandingWhite:        "主管部门已把它列入白名单，可以报名，缴费只付入监管账户，不要付给个人。",
		term.StandingWatch:        "正在核查或整改，不等于违法，现在既不在白名单也不在黑名单，建议等结果公布后再缴费。",
		term.StandingBlack:        "已列入黑名单，请不要报名、不要缴费，已经缴费的可以申请退费或投诉。",
		term.StandingDeregistered: "已经注销，不能再招生收费，如果还在招生请举报。",
		term.StandingUnlisted:     "没有列入任何名单，报名前请先看证照是否齐全、是否在有效期内。",
	} {
		if got := answer.Advice(standing, term.Operating).ZH; got != want {
			t.Errorf("%s: got %q, want %q", standing, got, want)
		}
	}
	for _, status := range term.Statuses.Codes() {
		for _, standing := range term.Standings.Codes() {
			a := answer.Advice(term.Standing(standing), term.Status(status))
			if a.ZH == "" || a.EN == "" {
				t.Errorf("%s %s: got %+v", standing, status, a)
			}
			if status == "suspended" && strings.Contains(a.ZH, "可以报名") {
				t.Errorf("%s %s: got %q", standing, status, a.ZH)
			}
		}
	}
}

func TestEveryAgencyHasAName(t *testing.T) {
	for _, d := range term.Departments.Codes() {
		got := answer.AgencyName("530427-" + d)
		if !strings.HasPrefix(got.ZH, "新平彝族傣族自治县") || got.EN == "" {
			t.Errorf("%s: got %+v", d, got)
		}
	}
	if got := answer.AgencyName("nobody"); got.ZH != "nobody" {
		t.Errorf("got %+v", got)
	}
	if _, err := authority.ParseAgency("530427-education"); err != nil {
		t.Fatal(err)
	}
}

func TestUnknownIsNull(t *testing.T) {
	type v struct {
		D answer.Date
		M answer.Maybe
	}
	for text, want := range map[string]v{
		`{"D":null,"M":null}`:            {},
		`{"D":"2021-07-01","M":"<甲>\""}`: {answer.Date{Day: calendar.Date(2021, 7, 1)}, `<甲>"`},
	} {
		b, err := answer.Marshal(want)
		if err != nil || string(b) != text {
			t.Errorf("got %s, %v, want %s", b, err, text)
		}
		var got v
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
	for _, text := range []string{"甲", "a\"b", "a\\b", "a\nb", "\u2028", "\xff", "<&>", "\x7f", "😀"} {
		want, _ := answer.Marshal(text)
		if got, err := answer.Marshal(answer.Maybe(text)); err != nil || string(got) != string(want) {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
	for day := calendar.Date(1999, 12, 25); day < calendar.Date(2001, 3, 5); day++ {
		if got, err := answer.Marshal(answer.Date{Day: day}); err != nil || string(got) != `"`+day.String()+`"` {
			t.Fatalf("got %s, %v, want %s", got, err, day)
		}
	}
	var d answer.Date
	if err := json.Unmarshal([]byte(`"2021-02-30"`), &d); err == nil {
		t.Error("got an impossible day")
	}
}

func TestWhoSeesWhat(t *testing.T) {
	fact := func(v domain.Visibility) domain.Meta {
		return domain.Meta{Division: "530427", Visibility: v, Actor: domain.Actor{Agency: "530427-education"}}
	}
	public := answer.Reader{}
	same := answer.Reader{Agency: "530427-education", Division: "530427"}
	beside := answer.Reader{Agency: "530427-fire", Division: "530427"}
	above := answer.Reader{Agency: "530000-education", Division: "530000"}
	elsewhere := answer.Reader{Agency: "110101-education", Division: "110101", Role: term.Auditor}
	auditor := answer.Reader{Agency: "530400-auditor", Division: "530400", Role: term.Auditor}
	for name, c := range map[string]struct {
		r    answer.Reader
		sees string
	}{
		"the public": {public, "public"}, "the agency": {same, "public joint agency"}, "another of the division": {beside, "public joint"}, "one above": {above, "public joint"},
		"one elsewhere": {elsewhere, "public"}, "an auditor above": {auditor, "public joint agency"},
	} {
		var got []string
		for _, v := range []domain.Visibility{domain.Public, domain.Joint, domain.AgencyOnly, domain.SealedOnly} {
			if c.r.Sees(fact(v)) {
				got = append(got, string(v))
			}
		}
		if strings.Join(got, " ") != c.sees {
			t.Errorf("%s: got %v, want %s", name, got, c.sees)
		}
	}
}

func TestEqualEndsDifferInNothing(t *testing.T) {
	on := calendar.Date(2026, 11, 22)
	i := projections.Institution{ID: "X", Division: "530427", State: institution.State{
		Since: on, Names: []institution.Dated{{From: on, Value: "甲"}}, Kind: term.Institution, Mode: term.Offline, Class: term.Subject,
		Licences: []institution.Licence{{Number: "L/1", Kind: term.SchoolLicence, GrantedOn: on, ValidFrom: on, ValidTo: on.AddDays(100)}},
	}}
	f := answer.For{AsOf: on, Today: on, AtSeq: 3}
	a := answer.InstitutionOf(i, i, f)
	if d := answer.DiffOf(&a, &a, nil, f); len(d.Fields) != 0 || d.ID != "X" {
		t.Errorf("got %+v", d)
	}
	if d := answer.DiffOf(nil, &a, nil, f); len(d.Fields) == 0 || d.Fields[0].Field != "name" || string(d.Fields[0].From) != "null" {
		t.Errorf("got %+v", d)
	}
	i.State.Licences[0].Pauses = []calendar.Interval{{Suspended: on}}
	b := answer.InstitutionOf(i, i, f)
	f.English = true
	d := answer.DiffOf(&a, &b, nil, f)
	var fields []string
	for _, x := range d.Fields {
		fields = append(fields, x.Field)
	}
	if strings.Join(fields, " ") != "documents status licences/L/1/state" {
		t.Errorf("got %v", fields)
	}
}

func TestALicenceToComeIsScheduledAndWasNotThereBefore(t *testing.T) {
	today := calendar.Date(2026, 11, 22)
	i := projections.Institution{Division: "530427", State: institution.State{Since: today.AddDays(-100), Licences: []institution.Licence{
		{Number: "L", GrantedOn: today.AddDays(10), ValidFrom: today.AddDays(10), ValidTo: today.AddDays(1000)}}}}
	for on, want := range map[calendar.Day]term.LicenceState{today: term.LicencePending, today.AddDays(10): term.LicenceValid, today.AddDays(-1): ""} {
		a := answer.InstitutionOf(i, i, answer.For{AsOf: on, Today: today})
		got := term.LicenceState("")
		if len(a.Licences) > 0 {
			got = a.Licences[0].State
		}
		if got != want || a.Scheduled != (on > today) {
			t.Errorf("%s: got %q, want %q", on, got, want)
		}
	}
}

func TestABlackListingComesBackForOfficersAlone(t *testing.T) {
	today := calendar.Date(2026, 11, 22)
	black := listing.Black{Decided: today.AddDays(-100), PublishFrom: today.AddDays(-100), Served: today.AddDays(-100), MaxUntil: today.AddDays(-10), DocumentNo: "x", Tier: term.Serious,
		Grounds: []listing.Ground{{Code: term.B1, Facts: "甲", Law: "法"}}, Agency: "530427-education"}
	i := projections.Institution{Division: "530427", State: institution.State{Since: today.AddDays(-200), Names: []institution.Dated{{From: today.AddDays(-200), Value: "甲"}}}, Listing: listing.State{Blacks: []listing.Black{black}}}
	then := answer.For{AsOf: today.AddDays(-50), Today: today}
	if a := answer.InstitutionOf(i, i, then); a.Standing != term.StandingUnlisted || a.Basis != nil {
		t.Errorf("got %+v", a)
	}
	then.Reader = answer.Reader{Agency: "530427-education", Division: "530427"}
	a := answer.InstitutionOf(i, i, then)
	if a.Standing != term.StandingBlack || a.Basis == nil || a.Basis.DocumentNo != "x" || a.Reason != "无证办学：甲" || a.Basis.LegalBasis != "法" {
		t.Errorf("got %+v", a)
	}
	row := answer.ListRowOf(i, i, then)
	if row.Reason != "无证办学：甲" || row.Until.Day != black.MaxUntil || row.DecidedBy != "530427-education" {
		t.Errorf("got %+v", row)
	}
}

func TestReductionsAreCountedByMethod(t *testing.T) {
	for method, states := range map[term.Method]string{
		term.Ministry: "cancelled converted senior_high_only", term.ClosuresOnly: "cancelled", term.AllPermits: "cancelled converted senior_high_only",
		term.DistrictInclusive: "cancelled converted senior_high_only non_profit terminating",
	} {
		var got []string
		for _, s := range term.CohortStates.Codes() {
			if answer.Reduces(method, term.CohortState(s)) {
				got = append(got, s)
			}
		}
		if strings.Join(got, " ") != states {
			t.Errorf("%s: got %v, want %s", method, got, states)
		}
		if answer.Methods[method].ZH == "" || answer.Methods[method].EN == "" {
			t.Errorf("%s is not explained", method)
		}
	}
}
