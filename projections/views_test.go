package projections_test

import (
	"fmt"
	"strings"
	"testing"

	"minglu/domain/calendar"
	"minglu/domain/institution"
	"minglu/domain/term"
	"minglu/projections"
	"minglu/register"
	"minglu/register/registertest"
)

const (
	xp  = `"division":"530427"`
	now = projections.Now
)

func day(s string) calendar.Day {
	d, err := calendar.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// school registers an institution with a licence for compulsory subject
// training and returns its stream.
func school(r *registertest.Register, ref, from string) string {
	ans := r.Do(`{"act":"institution.register",` + xp + `,"target":{"ref":"` + ref + `"},"effective":"` + from + `","body":{"names":["新平县` + ref + `培训学校"],"kind":"institution","mode":"offline","address":"桂山街道 ` + ref + ` 号","class":"subject","audiences":["compulsory"]}}`)
	r.Do(on(ref, "institution.grant-licence", from, `{"number":"`+ref+`-1","kind":"school_licence","class":"subject","audiences":["compulsory"],"valid_from":"`+from+`","valid_to":"2031-12-31"}`))
	return "530427.institution." + ans.ID
}

func on(ref, act, effective, body string) string {
	return `{"act":"` + act + `",` + xp + `,"target":{"ref":"` + ref + `"},"effective":"` + effective + `","body":` + body + `}`
}

func of(act, effective, body string) string {
	return `{"act":"` + act + `",` + xp + `,"effective":"` + effective + `","body":` + body + `}`
}

func company(number string) string {
	return `{"authority":"market_regulation","form":"company","number":"` + number + `","for_profit":true}`
}

const toSports = `{"old_licence":"%s-1","to":{"class":"non_subject","categories":["sports"],"audiences":["compulsory"]},"new_licence":{"number":"%s-2","kind":"review_opinion","valid_from":"%s","valid_to":"2031-12-31"}}`

func convert(ref, effective string) string {
	return on(ref, "institution.approve-conversion", effective, fmt.Sprintf(toSports, ref, ref, effective))
}

// TestTwoTimes asks what was so on a day, as the register knew it at a
// position: late facts, a correction of a day, an annulment and its end.
func TestTwoTimes(t *testing.T) {
	r := registertest.New(t)
	stream := school(r, "A", "2019-03-01")
	granted := r.Views.Seq()
	registered := r.Do(on("A", "institution.record-legal-registration", "2019-03-05", company("X1"))).Seq
	suspended := r.Do(on("A", "institution.suspend-licence", "2020-05-01", `{"number":"A-1","reason":"消防"}`)).Seq
	// Recorded late: it had been suspended for a month in 2019 already.
	lateAct := r.Refused(on("A", "institution.suspend-licence", "2019-06-01", `{"number":"A-1","reason":"补录"}`))
	if lateAct.Rule != "licence-held" {
		t.Errorf("got %v, want a refusal of the earlier suspension", lateAct)
	}
	corrected := r.Do(on("A", "institution.correct", "2020-06-01", fmt.Sprintf(`{"target_seq":%d,"field":"effective","was":"2020-05-01","is":"2020-04-01","reason":"文书日期有误"}`, suspended))).Seq
	annulled := r.Do(on("A", "institution.annul", "2020-07-01", fmt.Sprintf(`{"target_seq":%d,"reason":"送达错误"}`, suspended))).Seq
	revived := r.Do(on("A", "institution.annul", "2020-08-01", fmt.Sprintf(`{"target_seq":%d,"reason":"误作废"}`, annulled))).Seq

	for _, c := range []struct {
		asOf  string
		atSeq uint64
		docs  term.Documents
		state term.LicenceState
	}{
		{"2019-02-28", now, term.Neither, term.LicencePending},
		{"2019-03-01", now, term.LicensedOnly, term.LicenceValid},
		{"2019-03-05", now, term.Complete, term.LicenceValid},
		{"2019-03-05", granted, term.LicensedOnly, term.LicenceValid},
		{"2019-03-05", registered, term.Complete, term.LicenceValid},
		{"2020-04-30", suspended, term.Complete, term.LicenceValid},
		{"2020-05-01", suspended, term.RegisteredOnly, term.LicenceSuspended},
		{"2020-04-30", corrected, term.RegisteredOnly, term.LicenceSuspended},
		{"2020-03-31", corrected, term.Complete, term.LicenceValid},
		{"2020-05-01", annulled, term.Complete, term.LicenceValid},
		{"2020-04-30", revived, term.RegisteredOnly, term.LicenceSuspended},
		{"2020-04-30", now, term.RegisteredOnly, term.LicenceSuspended},
	} {
		i, ok, err := r.Views.Institution(stream, c.atSeq)
		if err != nil || !ok {
			t.Fatalf("%s at %d: %v %v", c.asOf, c.atSeq, ok, err)
		}
		if got := i.State.Documents(day(c.asOf)); got != c.docs {
			t.Errorf("documents as of %s at %d: got %s, want %s", c.asOf, c.atSeq, got, c.docs)
		}
		if got := i.State.Licences[0].State(day(c.asOf)); got != c.state {
			t.Errorf("licence as of %s at %d: got %s, want %s", c.asOf, c.atSeq, got, c.state)
		}
		found, err := r.Views.Find(projections.Filter{Division: "530427", Documents: string(c.docs)}, day(c.asOf), c.atSeq, "", 10)
		if want := 1; err != nil || c.asOf >= "2019-03-01" && found.Total != want {
			t.Errorf("list as of %s at %d: got %d, want %d (%v)", c.asOf, c.atSeq, found.Total, want, err)
		}
	}
	if _, ok, err := r.Views.Institution(stream, 0); ok || err != nil {
		t.Errorf("at position 0 it was not known: %v %v", ok, err)
	}
	r.Replay()
}

func TestAnAnnulledGrantFreesItsNumber(t *testing.T) {
	r := registertest.New(t)
	school(r, "A", "2019-03-01")
	school(r, "B", "2019-03-01")
	second := `{"number":"共用","kind":"training_permit","class":"non_subject","categories":["sports"],"audiences":["compulsory"],"valid_from":"2020-01-01","valid_to":"2030-01-01"}`
	first := r.Do(on("A", "institution.grant-licence", "2020-01-01", second))
	if e := r.Refused(on("B", "institution.grant-licence", "2020-01-01", second)); e.Rule != "unique-identifier" {
		t.Errorf("got %v, want unique-identifier", e)
	}
	r.Do(on("A", "institution.annul", "2020-02-01", fmt.Sprintf(`{"target_seq":%d,"reason":"发错对象"}`, first.Events[0].Seq)))
	r.Do(on("B", "institution.grant-licence", "2020-02-02", second))
	r.Replay()
}

func TestACorrectionIsRefusedWithoutLeavingAnything(t *testing.T) {
	r := registertest.New(t)
	school(r, "A", "2019-03-01")
	for name, body := range map[string]string{
		"a position of another thing": `{"target_seq":99,"field":"valid_to","was":"2031-12-31","is":"2030-12-31","reason":"x"}`,
		"another value than it holds": `{"target_seq":3,"field":"valid_to","was":"2031-12-30","is":"2030-12-31","reason":"x"}`,
		"a member it has not":         `{"target_seq":3,"field":"colour","was":null,"is":"red","reason":"x"}`,
		"an impossible value":         `{"target_seq":3,"field":"valid_to","was":"2031-12-31","is":"2030-02-31","reason":"x"}`,
		"a term that ends too early":  `{"target_seq":3,"field":"valid_to","was":"2031-12-31","is":"2018-12-31","reason":"x"}`,
		"no reason":                   `{"target_seq":3,"field":"valid_to","was":"2031-12-31","is":"2030-12-31","reason":""}`,
	} {
		if e := r.Refused(on("A", "institution.correct", "2020-01-01", body)); e.Text.ZH == "" || e.Text.EN == "" {
			t.Errorf("%s: %v", name, e)
		}
	}
}

func TestListsAreIntervals(t *testing.T) {
	r := registertest.New(t)
	stream := school(r, "A", "2019-03-01")
	r.Do(on("A", "institution.record-legal-registration", "2019-03-05", company("X1")))
	r.Do(on("A", "institution.enrol-platform", "2019-03-06", `{"platform":"全国平台"}`))
	white := r.Do(on("A", "listing.list-white", "2019-04-01", `{"document_no":"新教〔2019〕1号"}`)).Seq
	r.Do(on("A", "listing.put-on-watch", "2023-03-01", `{"reason":"超时授课","until":"2023-05-31"}`))
	r.Do(on("A", "listing.serve-black-notice", "2023-06-20", `{"grounds":[{"code":"B7","facts":"拒不整改","law":"办法第九条"}]}`))
	r.Do(on("A", "listing.waive-statement", "2023-06-21", `{}`))
	black := r.Act(on("A", "listing.list-black", "2023-06-25", `{"document_no":"新教〔2023〕9号","tier":"ordinary","publish_from":"2023-06-26","min_until":"2023-09-26","max_until":"2024-06-26"}`))
	black.Actor = &register.Actor{Agency: "530427-education", Officer: "E2"}
	if _, err := r.Register.Do(t.Context(), nil, black); err != nil {
		t.Fatal(err)
	}
	r.Wait()
	for _, c := range []struct {
		list  term.ListName
		asOf  string
		atSeq uint64
		want  int
	}{
		{term.White, "2019-03-31", now, 0}, {term.White, "2019-04-01", now, 1}, {term.White, "2023-02-28", now, 1},
		{term.White, "2023-03-01", now, 0}, {term.White, "2023-03-01", white, 1}, {term.White, "2019-04-01", white - 1, 0},
		{term.Watch, "2023-03-01", now, 1}, {term.Watch, "2023-05-31", now, 1}, {term.Watch, "2023-06-01", now, 0},
		{term.Black, "2023-06-25", now, 0}, {term.Black, "2023-06-26", now, 1}, {term.Black, "2024-06-26", now, 1}, {term.Black, "2024-06-27", now, 0},
	} {
		got, err := r.Views.List(c.list, "530000", day(c.asOf), c.atSeq)
		if err != nil || len(got) != c.want {
			t.Errorf("%s list as of %s at %d: got %d, want %d (%v)", c.list, c.asOf, c.atSeq, len(got), c.want, err)
		}
		if len(got) == 1 && got[0].Stream != stream {
			t.Errorf("%s list names %s", c.list, got[0].Stream)
		}
	}
	got, _ := r.Views.List(term.Black, "530427", day("2023-07-01"), now)
	if e := got[0]; e.Law != "办法第九条" || e.DocumentNo != "新教〔2023〕9号" || e.Until != day("2024-06-26") || !strings.Contains(e.Reason, "拒不整改") {
		t.Errorf("row of the black list: %+v", e)
	}
	r.Replay()
}

// TestReduction puts a member into each state and counts by every method.
func TestReduction(t *testing.T) {
	r := registertest.New(t)
	for _, ref := range []string{"cancelled", "converted", "high", "nonprofit", "ending", "paused", "active", "revoked"} {
		school(r, ref, "2019-03-01")
		r.Do(on(ref, "institution.record-legal-registration", "2019-03-02", company("X-"+ref)))
	}
	r.Do(of("jurisdiction.freeze-baseline", "2021-07-01", `{"name":"2021","date":"2021-07-01","class":"subject","audiences":["compulsory"]}`))
	r.Do(on("cancelled", "institution.cancel-licence", "2022-01-10", `{"number":"cancelled-1","cause":"not_printed"}`))
	r.Do(convert("converted", "2022-01-10"))
	r.Do(on("high", "institution.approve-conversion", "2022-01-10", `{"old_licence":"high-1","to":{"class":"subject","audiences":["senior_high"]},"new_licence":{"number":"high-2","kind":"school_licence","valid_from":"2022-01-10","valid_to":"2031-01-01"}}`))
	r.Do(on("nonprofit", "institution.convert-to-non-profit", "2022-01-10", `{"registration":{"form":"private_non_enterprise","number":"民证1"}}`))
	r.Do(on("ending", "institution.announce-termination", "2022-01-10", `{"planned_end":"2022-07-10","reason":"自行终止"}`))
	r.Do(on("paused", "institution.suspend-licence", "2022-01-10", `{"number":"paused-1","reason":"整改"}`))
	r.Do(on("revoked", "institution.revoke-licence", "2022-01-10", `{"number":"revoked-1","reason":"处罚决定"}`))
	entered := r.Views.Seq()
	school(r, "newcomer", "2022-02-01")

	q := projections.CohortQuery{Division: "530427"}
	for _, c := range []struct {
		asOf   string
		atSeq  uint64
		method term.Method
		want   string
	}{
		{"2021-07-01", now, term.Ministry, "0/8 0.00"},
		{"2022-01-09", now, term.Ministry, "0/8 0.00"},
		{"2022-01-10", now, term.Ministry, "4/8 50.00"},
		{"2022-01-10", now, term.ClosuresOnly, "2/8 25.00"},
		{"2022-01-10", now, term.AllPermits, "4/8 50.00"},
		{"2022-01-10", now, term.DistrictInclusive, "6/8 75.00"},
		{"2022-02-01", now, term.Ministry, "3/8 37.50"},
		{"2022-02-01", entered, term.Ministry, "4/8 50.00"},
		{"2022-02-01", now, term.ClosuresOnly, "2/8 25.00"},
	} {
		got, err := r.Views.Cohort(q, []calendar.Day{day(c.asOf)}, c.atSeq)
		if err != nil {
			t.Fatal(err)
		}
		rate := got[0].Rate(c.method)
		if s := fmt.Sprintf("%d/%d %s", rate.Numerator, rate.Denominator, rate); s != c.want {
			t.Errorf("%s as of %s at %d: got %s, want %s", c.method, c.asOf, c.atSeq, s, c.want)
		}
	}
	got, _ := r.Views.Cohort(q, []calendar.Day{day("2022-01-10"), day("2021-06-30")}, now)
	want := map[term.CohortState]int{term.CohortCancelled: 2, term.CohortConverted: 1, term.CohortSeniorHighOnly: 1,
		term.CohortNonProfit: 1, term.CohortTerminating: 1, term.CohortSuspended: 1, term.CohortActive: 1}
	for state, n := range want {
		if got[0].States[state] != n {
			t.Errorf("members %s: got %d, want %d", state, got[0].States[state], n)
		}
	}
	if rate := got[1].Rate(term.Ministry); !rate.Undefined || rate.String() != "" {
		t.Errorf("before the day of the baseline there is no rate: %+v", rate)
	}
	empty, _ := r.Views.Cohort(projections.CohortQuery{Division: "500109"}, []calendar.Day{day("2022-06-08")}, now)
	if rate := empty[0].Rate(term.Ministry); !rate.Undefined {
		t.Errorf("without a baseline the rate is undefined: %+v", rate)
	}
	above, _ := r.Views.Cohort(projections.CohortQuery{Division: "530000"}, []calendar.Day{day("2022-01-10")}, now)
	if s := fmt.Sprint(above[0].Rate(term.Ministry)); s != "50.00" {
		t.Errorf("the province adds its counties up: got %s", s)
	}
	r.Replay()
}

func TestTenureBitsDoNotMeet(t *testing.T) {
	seen := uint8(0)
	for _, c := range []term.Class{term.Subject, term.NonSubject} {
		for _, a := range []term.Audience{term.Preschool, term.Compulsory, term.SeniorHigh} {
			b := institution.Bit(c, a)
			if b == 0 || seen&b != 0 {
				t.Errorf("%s × %s: bit %b", c, a, b)
			}
			seen |= b
		}
	}
}
