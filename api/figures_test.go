package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"minglu/api/answer"
	"minglu/domain/figure"
	"minglu/domain/term"
	"minglu/projections"
)

// breakdown is a figure of complaints with a part for each number.
func breakdown(numbers ...int) projections.FigureTotal {
	t := projections.FigureTotal{Key: term.GrievancesReceived}
	for i, n := range numbers {
		c := figure.Of(n, term.Incidents)
		t.Total = t.Total.Plus(c)
		t.Items = append(t.Items, projections.FigurePart{Code: fmt.Sprint("item", i), Count: c})
	}
	return t
}

// told is what the public is told of the parts of a figure, -1 where they are
// withheld; nil where no part is told.
func told(small int, numbers ...int) []int {
	var out []int
	for _, i := range answer.FigureItemsOf([]projections.FigureTotal{breakdown(numbers...)}, answer.Publicity{Small: small}, answer.For{})[0].Items {
		n := -1
		if !i.Suppressed {
			n = *i.N
		}
		out = append(out, n)
	}
	return out
}

func TestWithheldPartsCannotBeWorkedOut(t *testing.T) {
	for _, c := range []struct{ numbers, want []int }{
		{[]int{8, 6, 2}, []int{8, -1, -1}},
		{[]int{8, 6, 0}, []int{8, 6, 0}},
		{[]int{3, 13}, []int{-1, -1}},
		{[]int{1, 1, 9, 7}, []int{-1, -1, 9, -1}},
		{[]int{4, 4, 9, 7}, []int{-1, -1, 9, -1}},
		{[]int{1, 2, 9, 7}, []int{-1, -1, 9, 7}},
		{[]int{1, 1, 1, 1, 1}, nil},
		{[]int{1, 2}, nil},
	} {
		if got := told(5, c.numbers...); !slices.Equal(got, c.want) {
			t.Errorf("%v: got %v, want %v", c.numbers, got, c.want)
		}
	}
	// Who knows how numbers are withheld, the total and the parts that are told
	// finds at least two numbers for each that is not.
	const small, most = 3, 7
	for n := range most * most * most * most {
		numbers := []int{n % most, n / most % most, n / most / most % most, n / most / most / most}
		seen := told(small, numbers...)
		if seen == nil || !slices.Contains(seen, -1) {
			continue
		}
		possible := make([]map[int]bool, len(numbers))
		for i := range possible {
			possible[i] = map[int]bool{}
		}
		guesses(numbers, seen, func(guess []int) {
			if slices.Equal(told(small, guess...), seen) {
				for i, g := range guess {
					possible[i][g] = true
				}
			}
		})
		for i, s := range seen {
			if s == -1 && len(possible[i]) < 2 {
				t.Errorf("%v is told as %v: part %d is %v", numbers, seen, i, possible[i])
			}
		}
	}
}

// guesses calls f with every list that has the total of numbers and the parts
// that were seen.
func guesses(numbers, seen []int, f func([]int)) {
	left := 0
	var open []int
	for i, s := range seen {
		if s == -1 {
			left += numbers[i]
			open = append(open, i)
		}
	}
	guess := slices.Clone(numbers)
	var fill func(k, left int)
	fill = func(k, left int) {
		if k == len(open)-1 {
			guess[open[k]] = left
			f(guess)
			return
		}
		for v := 1; v < left; v++ {
			guess[open[k]] = v
			fill(k+1, left-v)
		}
	}
	fill(0, left)
}

// printed records a figure of October 2026 as it was printed.
func (f *fixture) printed(agency, key, item string, n int, unit, precision string) {
	f.t.Helper()
	division, _, _ := strings.Cut(agency, "-")
	f.reg.Do(fmt.Sprintf(`{"act":"jurisdiction.record-figure","division":"%s","effective":"2026-10-31","body":{"key":"%s","item":"%s","printed":"%d","count":{"n":%d,"unit":"%s","precision":"%s"},`+
		`"period":{"from":"2026-10-01","to":"2026-10-31"},"agency":"%s","document":"月报"}}`, division, key, item, n, n, unit, precision, agency))
}

// figureOf returns the figure of a key.
func figureOf(a answered, key string) any {
	a.t.Helper()
	for _, i := range a.is(200).at("items").([]any) {
		if at(i, "key") == key {
			return i
		}
	}
	a.t.Fatalf("got no figure %s: %s", key, a.body)
	return nil
}

func TestFiguresKeepUnitPrecisionAndParts(t *testing.T) {
	f := newFixture(t)
	f.printed(educationOf, "inspection_visits", "campaign", 80, "visit", "exact")
	f.printed(educationOf, "inspection_visits", "thematic", 30, "visit", "nearly")
	f.printed(marketOf, "inspection_visits", "campaign", 2, "visit", "exact")
	f.printed(educationOf, "sweep_visits", "城南片区", 1600, "visit", "at_least")
	f.reg.Do(`{"act":"jurisdiction.publish-notice","division":"530427","effective":"2026-11-05","body":{"audience":"parents","title":"致家长的一封信"}}`)
	f.reg.Do(`{"act":"jurisdiction.publish-notice","division":"530425","effective":"2026-11-06","body":{"audience":"teachers","title":"致教师的一封信"}}`)
	a := f.get("/api/v1/figures?division=530427").is(200)
	visits := figureOf(a, "inspection_visits")
	for path, want := range map[string]any{
		"label": "检查", "unit": "visit", "unit_label": "所次", "n": 112.0, "precision": "nearly", "suppressed": nil, "distinct_institutions/n": nil, "distinct_institutions/precision": "unknown",
		"by_item/0/item": "campaign", "by_item/0/label": "集中整治", "by_item/0/n": 82.0, "by_item/0/precision": "exact", "by_item/1/n": 30.0, "by_item/1/precision": "nearly",
		"by_agency/0/agency": educationOf, "by_agency/0/n": 110.0, "by_agency/1/agency": marketOf, "by_agency/1/n": 2.0, "by_agency/1/name": "新平彝族傣族自治县市场监管部门",
	} {
		if got := at(visits, path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	sweep := figureOf(a, "sweep_visits")
	if at(sweep, "precision") != "at_least" || at(sweep, "by_item/0/label") != "城南片区" {
		t.Errorf("got %v", sweep)
	}
	notices := figureOf(a, "notices")
	if at(notices, "n") != 1.0 || at(notices, "unit") != "document" || at(notices, "distinct_institutions") != nil || at(notices, "by_item/0/label") != "家长" {
		t.Errorf("got %v", notices)
	}
	if head, _ := f.reg.Log.Head(t.Context()); a.at("at_seq") != float64(head) || a.at("as_of") != "2026-11-22" || a.at("total") != 3.0 {
		t.Errorf("got %s", a.body)
	}
	for query, want := range map[string]int{
		"": 3, "?division=5304": 3, "?agency=" + marketOf: 1, "?key=notices": 1, "?key=notices,sweep_visits": 2, "?key=draws": 0, "?from=2026-11-01": 1, "?to=2026-10-30": 0,
		"?from=2026-10-31&to=2026-10-31": 2, "?as_of=2026-10-30": 0, "?as_of=2026-10-31&to=2026-12-31": 2, "?at_seq=2": 1,
	} {
		if got := len(f.get("/api/v1/figures" + query).is(200).at("items").([]any)); got != want {
			t.Errorf("%s: got %d figures, want %d", query, got, want)
		}
	}
	if got := at(figureOf(f.get("/api/v1/figures?division=5304"), "notices"), "n"); got != 2.0 {
		t.Errorf("got %v notices in the prefecture, want those of both counties", got)
	}
}

// complaints records complaints of two agencies by channel: 8, 6 and 2, of which
// 3 are those of market supervision, 12 of 16 closed, and a dispute of 3 pupils.
func (f *fixture) complaints() {
	f.t.Helper()
	f.printed(educationOf, "grievances_received", "12345", 8, "incident", "exact")
	f.printed(educationOf, "grievances_received", "12315", 5, "incident", "exact")
	f.printed(marketOf, "grievances_received", "12315", 1, "incident", "exact")
	f.printed(marketOf, "grievances_received", "letter", 2, "incident", "exact")
	f.printed(educationOf, "grievances_closed", "complaint", 12, "incident", "exact")
	f.printed(educationOf, "dispute_pupils", "closure", 3, "person", "exact")
	f.printed(educationOf, "findings", "fees", 1, "item", "exact")
}

func TestThePublicIsNotToldSmallNumbersOfComplaints(t *testing.T) {
	f := newFixture(t)
	f.complaints()
	a := f.get("/api/v1/figures?division=530427").is(200)
	received := figureOf(a, "grievances_received")
	for path, want := range map[string]any{
		"n": 16.0, "precision": "exact", "suppressed": nil,
		"by_item/0/item": "12315", "by_item/0/n": nil, "by_item/0/precision": nil, "by_item/0/suppressed": true, "by_item/0/note": "少于 5，或为防止推算而不公布",
		"by_item/1/item": "12345", "by_item/1/n": 8.0, "by_item/1/suppressed": nil, "by_item/2/item": "letter", "by_item/2/n": nil, "by_item/2/label": "来信",
		"by_agency/0/n": nil, "by_agency/1/n": nil,
	} {
		if got := at(received, path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	pupils := figureOf(a, "dispute_pupils")
	for path, want := range map[string]any{"n": nil, "precision": nil, "suppressed": true, "note": "少于 5", "by_item/0": nil, "by_agency/0": nil, "distinct_institutions": nil} {
		if got := at(pupils, path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	if findings := figureOf(a, "findings"); at(findings, "n") != 1.0 || a.at("small_number") != 5.0 {
		t.Errorf("got %v, want findings told however few", findings)
	}
	for _, agency := range []string{educationOf, marketOf} {
		for _, division := range []string{"", "&division=530427"} {
			if got := figureOf(f.get("/api/v1/figures?agency="+agency+division), "grievances_received"); at(got, "n") != nil || at(got, "suppressed") != true || at(got, "by_item/0") != nil {
				t.Errorf("%s%s: got %v, want nothing that tells the parts of the division", agency, division, got)
			}
		}
	}
	english := f.get("/api/v1/figures?key=dispute_pupils", "Accept-Language", "en")
	if got := at(figureOf(english, "dispute_pupils"), "note"); got != "fewer than 5" {
		t.Errorf("got %v", got)
	}
}

func TestOfficersOfTheDivisionAreToldAll(t *testing.T) {
	f := newFixture(t)
	f.complaints()
	f.printed("530425-education", "grievances_received", "12345", 2, "incident", "exact")
	market, province, yimen := f.issue(marketOf, "handler", "M1"), f.issue("530000-education", "auditor", "P1"), f.issue("530425-education", "approver", "Y1")
	for _, c := range []struct {
		token, query string
		n            any
		all          bool
	}{
		{f.bureau(), "division=530427", 16.0, true},
		{market, "division=530427", 16.0, true},
		{market, "agency=" + educationOf, 13.0, true},
		{province, "division=530427", 16.0, true},
		{province, "division=53", 18.0, true},
		{yimen, "division=530427", 16.0, false},
		{yimen, "division=5304", 18.0, false},
		{yimen, "division=530425", 2.0, true},
		{yimen, "", 18.0, false},
		{yimen, "agency=" + marketOf, nil, false},
	} {
		a := f.as(c.token, "/api/v1/figures?key=grievances_received&"+c.query).is(200)
		got := figureOf(a, "grievances_received")
		if at(got, "n") != c.n || (a.at("small_number") == nil) != c.all || strings.Contains(string(a.body), `"suppressed":true`) == c.all {
			t.Errorf("%s: got %s, want %v, all told: %v", c.query, a.body, c.n, c.all)
		}
	}
}

func TestWhatIsSmallIsThePolicyOfToday(t *testing.T) {
	f := newFixture(t)
	f.complaints()
	f.reg.Do(`{"act":"jurisdiction.adopt-policy","division":"530427","effective":"2026-11-14","body":{"parameters":{"grievance.small_number":2}}}`)
	if a := f.get("/api/v1/figures?division=530427&key=dispute_pupils"); a.at("small_number") != 2.0 || at(figureOf(a, "dispute_pupils"), "n") != 3.0 {
		t.Errorf("got %s, want three told where two are too few", a.body)
	}
	f.reg.Do(`{"act":"jurisdiction.adopt-policy","division":"530427","effective":"2026-11-15","body":{"parameters":{"grievance.small_number":20}}}`)
	for _, query := range []string{"", "&as_of=2026-11-01", "&at_seq=7"} {
		a := f.get("/api/v1/figures?division=530427&key=grievances_received" + query)
		if got := figureOf(a, "grievances_received"); at(got, "note") != "少于 20" || a.at("small_number") != 20.0 {
			t.Errorf("%s: got %s", query, a.body)
		}
	}
}

func TestAClosingRateNeedsExactNumbers(t *testing.T) {
	f := newFixture(t)
	f.complaints()
	exact := f.get("/api/v1/figures?division=530427").is(200)
	if exact.at("closing_rate/rate") != "75.00" || exact.at("closing_rate/received") != 16.0 || exact.at("closing_rate/closed") != 12.0 || exact.at("closing_rate/reason") != nil {
		t.Errorf("got %s", exact.body)
	}
	// 受理、办结举报投诉170余次
	f.printed("500109-education", "grievances_received", "", 170, "incident", "at_least")
	f.printed("500109-education", "grievances_closed", "", 170, "incident", "at_least")
	f.printed("530425-education", "grievances_received", "", 2, "incident", "exact")
	for query, reason := range map[string]string{
		"division=500109": "收到或办结的件数不是准数（“余”“近”），不能计算办结率", "division=530425": "件数少，不公布", "division=530425&to=2026-01-01": "期间没有收到投诉举报，无法计算",
	} {
		a := f.get("/api/v1/figures?" + query).is(200)
		if a.at("closing_rate/rate") != nil || a.at("closing_rate/reason") != reason {
			t.Errorf("%s: got %s", query, a.body)
		}
	}
	if a := f.get("/api/v1/figures?key=grievances_received").is(200); a.at("closing_rate") != nil {
		t.Errorf("got %s, want no rate of what was not asked for", a.body)
	}
}

func TestDurationsByClockAndAgency(t *testing.T) {
	f := newFixture(t)
	f.deadlines()
	for i, on := range []string{"2026-11-12", "2026-11-13", "2026-11-16"} {
		f.reg.Do(fmt.Sprintf(`{"act":"jurisdiction.follow-up-resolution","division":"530427","effective":"%s","body":{"sequence":1,"resolution":%d,"result":"已落实","done":true}}`, on, []int{1, 2, 6}[i]))
	}
	a := f.get("/api/v1/figures/durations?division=530427&key=resolution_due").is(200)
	for path, want := range map[string]any{
		"total": 3.0, "items/0/clock": "resolution_due", "items/0/label": "落实联席会议议定事项", "items/0/agency": nil, "items/0/n": 3.0, "items/0/median": 35.0, "items/0/p90": 38.0, "items/0/late": 1.0,
		"items/1/agency": educationOf, "items/1/n": 2.0, "items/1/median": 34.0, "items/1/late": 1.0, "items/2/agency": marketOf, "items/2/n": 1.0, "items/2/median": 38.0, "items/2/late": 0.0,
	} {
		if got := a.at(path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	one := f.get("/api/v1/figures/durations?key=resolution_due&agency=" + marketOf).is(200)
	if one.at("total") != 1.0 || one.at("items/0/agency") != marketOf || one.at("items/0/n") != 1.0 {
		t.Errorf("got %s", one.body)
	}
	for _, query := range []string{"from=2026-11-17", "to=2026-11-11", "as_of=2026-11-11", "division=530425", "at_seq=5"} {
		if got := f.get("/api/v1/figures/durations?key=resolution_due&" + query).is(200).at("total"); got != 0.0 {
			t.Errorf("%s: got %v rows, want none", query, got)
		}
	}
	accepted := f.get("/api/v1/figures/durations?division=530427&key=complaint_accept").is(200)
	if accepted.at("items/0/n") != nil || accepted.at("items/0/median") != nil || accepted.at("items/0/late") != nil || accepted.at("items/0/note") != "少于 5" || accepted.at("total") != 1.0 {
		t.Errorf("got %s, want two complaints withheld", accepted.body)
	}
	officer := f.as(f.bureau(), "/api/v1/figures/durations?division=530427&key=complaint_accept").is(200)
	if officer.at("items/0/n") != 2.0 || officer.at("items/0/late") != 1.0 || officer.at("small_number") != nil {
		t.Errorf("got %s, want both told to an officer", officer.body)
	}
	if hidden := f.get("/api/v1/figures/durations?key=complaint_accept&agency=" + educationOf).is(200); hidden.at("items/0/n") != nil || hidden.at("items/0/agency") != educationOf {
		t.Errorf("got %s", hidden.body)
	}
}

func TestTheFunnelFollowsWhoWasSurveyed(t *testing.T) {
	f := newFixture(t)
	f.enrol("A")
	f.reg.Do(`{"act":"inspection.plan","division":"530427","target":{"ref":"JC-1"},"effective":"2026-11-01","body":{"kind":"sweep","theme":"无证摸排","period":{"from":"2026-11-02","to":"2026-11-30"}}}`)
	f.reg.Do(`{"act":"inspection.launch","division":"530427","target":{"ref":"JC-1"},"effective":"2026-11-02","body":{}}`)
	survey := func(documents, more string) {
		f.reg.Do(`{"act":"inspection.survey-premises","division":"530427","target":{"ref":"JC-1"},"effective":"2026-11-03","body":{"grid":"桂山网格","address":"平山路","documents":"` + documents + `","seen_activity":true` + more + `}}`)
	}
	survey("neither", `,"institution":{"ref":"A"}`)
	survey("registered_only", "")
	before := f.get("/api/v1/figures/funnel?division=530427").is(200)
	for path, want := range map[string]any{
		"total": 3.0, "items/0/step": "surveyed_unlicensed", "items/0/label": "摸排到的无证场所", "items/0/n": 2.0, "items/0/unit": "visit", "items/0/precision": "exact",
		"items/0/distinct_institutions/n": 1.0, "items/0/distinct_institutions/precision": "at_least",
		"items/1/step": "applied", "items/1/n": 0.0, "items/1/distinct_institutions/n": 0.0, "items/2/step": "granted", "items/2/n": 0.0,
	} {
		if got := before.at(path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	f.reg.Do(`{"act":"institution.apply-for-licence","division":"530427","target":{"ref":"A"},"effective":"2026-11-10","body":{"kind":"school_licence","class":"non_subject","categories":["culture_arts"],"audiences":["compulsory"],"materials":["申请书"]}}`)
	survey("complete", "")
	after := f.get("/api/v1/figures/funnel?division=530427").is(200)
	if after.at("items/0/n") != 2.0 || after.at("items/0/distinct_institutions/n") != 1.0 || after.at("items/0/note") == nil {
		t.Errorf("got %s, want the licensed premises left out", after.body)
	}
	if after.at("items/1/n") != 1.0 || after.at("items/1/unit") != "institution" {
		t.Errorf("got %s, want one of those surveyed to have applied", after.body)
	}
	if later := f.get("/api/v1/figures/funnel?division=530427&to=2026-11-09").is(200); later.at("items/1/n") != 1.0 || later.at("to") != "2026-11-09" {
		t.Errorf("got %s, want who was surveyed in the period and applied since", later.body)
	}
	if early := f.get("/api/v1/figures/funnel?division=530427&as_of=2026-11-09").is(200); early.at("items/1/n") != 0.0 {
		t.Errorf("got %s, want nobody to have applied by then", early.body)
	}
	f.enrol("B")
	f.reg.Do(`{"act":"institution.apply-for-licence","division":"530427","target":{"ref":"B"},"effective":"2026-11-11","body":{"kind":"school_licence","class":"non_subject","categories":["culture_arts"],"audiences":["compulsory"],"materials":["申请书"]}}`)
	if other := f.get("/api/v1/figures/funnel?division=530427").is(200); other.at("items/1/n") != 1.0 {
		t.Errorf("got %s, want who was not surveyed left out", other.body)
	}
}

func TestFilesOfFiguresHaveTheSameRows(t *testing.T) {
	f := newFixture(t)
	f.complaints()
	var rows []any
	for _, i := range f.get("/api/v1/figures?division=530427").is(200).at("items").([]any) {
		rows = append(rows, i)
		rows = append(rows, at(i, "by_item").([]any)...)
		rows = append(rows, at(i, "by_agency").([]any)...)
	}
	table := f.table("/api/v1/figures.csv?division=530427", "")
	if len(table) != len(rows)+1 {
		t.Fatalf("got %d lines, want %d", len(table), len(rows)+1)
	}
	for i, row := range rows {
		if got, want := table[i+1][slices.Index(table[0], "n")], written("n", row); got != want {
			t.Errorf("row %d: got %s, want %s", i, got, want)
		}
	}
	text := string(f.get("/api/v1/figures.csv?division=530427&labels=zh&bom=0").is(200).body)
	for _, want := range []string{"指标,部分", "收到投诉举报,合计,,,16,件,准数,,,", "收到投诉举报,分项,letter,来信,,件,,少于 5，或为防止推算而不公布,,", "纠纷涉及学员,合计,,,,人,,少于 5,,"} {
		if !strings.Contains(text, want) {
			t.Errorf("got %s, want %s", text, want)
		}
	}
	if sheet := workbook(t, f.get("/api/v1/figures.xlsx?division=530427").is(200).body); len(sheet) != len(table) {
		t.Errorf("got %d rows in XLSX, want %d", len(sheet), len(table))
	}
	f.deadlines()
	f.sameRows("/api/v1/figures/durations?division=530427", "Bearer "+f.bureau(), "items", 8, map[string]string{"clock": "clock", "agency": "agency", "n": "n", "median": "median", "late": "late"})
	f.sameRows("/api/v1/figures/funnel?division=530427", "", "items", 7, map[string]string{"step": "step", "n": "n", "institutions": "distinct_institutions/n", "unit": "unit"})
}

func TestWhatCannotBeAskedOfFigures(t *testing.T) {
	f := newFixture(t)
	for path, pointer := range map[string]string{
		"figures?key=nope": "/key", "figures?key=,": "/key", "figures?agency=x": "/agency", "figures?division=999999": "/division", "figures?from=2026-02-01&to=2026-01-01": "/from", "figures?from=x": "/from",
		"figures?limit=1": "/limit", "figures/durations?key=notices": "/key", "figures/durations?agency=x": "/agency", "figures/funnel?agency=" + educationOf: "/agency", "figures/funnel?to=x": "/to",
	} {
		if p := f.get("/api/v1/"+path).refused(422, "invalid"); pointers(p)[pointer] == "" {
			t.Errorf("%s: got %v, want a fault at %s", path, p, pointer)
		}
	}
}

func TestItemsHaveTheWordsOfTheirLists(t *testing.T) {
	for _, c := range []struct {
		key        term.Figure
		item, want string
	}{
		{term.GrievancesReceived, "letter", "来信"},
		{term.GrievancesRefused, "not_competent", "不属于本机关职责"},
		{term.CasesAlleged, "housekeeping", "家政服务"},
		{term.PremisesSurveyed, "neither", "无证无照"},
		{term.GrievancesTransferred, marketOf, "新平彝族傣族自治县市场监管部门"},
		{term.DeadlinesMissed, "resolution_due", "落实联席会议议定事项"},
		{term.SweepVisits, "城南片区", "城南片区"},
		{term.Findings, "", "未注明"},
	} {
		if got := answer.ItemLabel(c.key, c.item).ZH; got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.key, c.item, got, c.want)
		}
	}
}
