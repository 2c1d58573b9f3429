package api_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"minglu/api"
)

const (
	educationOf = "530427-education"
	marketOf    = "530427-market_regulation"
)

// deadlines fills the register with open clocks of each state in the county of
// Xinping, as of 2026-11-22: of education one late, one due today, two within a
// week, one later, one paused, one that awaits a calendar and one that lapsed; of
// market supervision one later; and one later of the county of Yimen. It returns
// the id of the grievance that is paused.
func (f *fixture) deadlines() (id, institution string) {
	f.t.Helper()
	do := f.reg.Do
	institution = f.enrol("A")
	do(`{"act":"jurisdiction.hold-joint-conference","division":"530427","effective":"2026-10-08","body":{"sequence":1,"agencies":["` + educationOf + `"],"resolutions":["甲","乙","丙","丁","戊","己"]}}`)
	for i, due := range []string{"2026-11-10", "2026-11-22", "2026-11-23", "2026-11-29", "2026-11-30", "2026-12-31"} {
		agency := educationOf
		if i == 5 {
			agency = marketOf
		}
		do(fmt.Sprintf(`{"act":"jurisdiction.set-resolution","division":"530427","effective":"2026-10-09","body":{"sequence":1,"resolution":%d,"agency":"%s","due":"%s"}}`, i+1, agency, due))
	}
	receive := `{"act":"grievance.receive","division":"530427","effective":"%s","body":{"channel":"12345","nature":"complaint","topics":["refund"],"institution":{"id":"` + institution + `"},"handler":"` + educationOf + `"}}`
	id = do(fmt.Sprintf(receive, "2026-11-02")).ID
	on := `"division":"530427","target":{"id":"` + id + `"},"effective":"2026-11-0%d","body":{%s}}`
	do(fmt.Sprintf(`{"act":"grievance.accept",`+on, 3, ""))
	do(fmt.Sprintf(`{"act":"grievance.start-mediation",`+on, 4, ""))
	do(fmt.Sprintf(`{"act":"grievance.suspend-mediation",`+on, 5, `"cause":"tests"`))
	other := do(fmt.Sprintf(receive, "2026-11-03")).ID
	do(`{"act":"grievance.accept","division":"530427","target":{"id":"` + other + `"},"effective":"2026-11-20","body":{}}`)
	do(`{"act":"listing.serve-black-notice","division":"530427","target":{"ref":"A"},"effective":"2026-02-02","body":{"grounds":[{"code":"B1","facts":"违规办班","law":"民办教育促进法第六十四条"}]}}`)
	do(`{"act":"case.open","division":"530427","target":{"ref":"LH-1"},"effective":"2026-11-10","body":{"institution":{"id":"` + institution + `"},"title":"无证培训联合处置"}}`)
	do(`{"act":"case.assign-task","division":"530427","target":{"ref":"LH-1"},"effective":"2026-11-11","body":{"agency":"` + educationOf + `","officer":"E1","text":"现场核查","due":"2026-12-01"}}`)
	do(`{"act":"jurisdiction.hold-joint-conference","division":"530425","effective":"2026-10-08","body":{"sequence":1,"agencies":["530425-education"],"resolutions":["甲"]}}`)
	do(`{"act":"jurisdiction.set-resolution","division":"530425","effective":"2026-10-09","body":{"sequence":1,"resolution":1,"agency":"530425-education","due":"2027-06-30"}}`)
	return id, institution
}

// sameRows compares the rows of a file with those of the answer: the CSV column
// of each name with the member at the path, NDJSON with the whole row, and XLSX
// by the number of its rows and columns.
func (f *fixture) sameRows(path, token, items string, width int, columns map[string]string) {
	f.t.Helper()
	address, query, _ := strings.Cut(path, "?")
	rows := f.get(path, "Authorization", token).is(200).at(items).([]any)
	table := f.table(address+".csv?"+query, token)
	if len(table) != len(rows)+1 || len(table[0]) != width {
		f.t.Fatalf("%s: got %d lines of %d columns, want %d of %d", path, len(table), len(table[0]), len(rows)+1, width)
	}
	for i, row := range rows {
		for name, at := range columns {
			if got, want := table[i+1][slices.Index(table[0], name)], written(at, row); got != want {
				f.t.Errorf("%s: row %d: got %q as %s, want %q", path, i, got, name, want)
			}
		}
	}
	f.sameLines(path, token, rows)
	if sheet := workbook(f.t, f.get(address+".xlsx?"+query, "Authorization", token).is(200).body); len(sheet) != len(table) || len(sheet[0]) != width {
		f.t.Errorf("%s: got %d rows in XLSX, want %d", path, len(sheet), len(table))
	}
}

// sameLines compares the lines of NDJSON with rows.
func (f *fixture) sameLines(path, token string, rows []any) {
	f.t.Helper()
	address, query, _ := strings.Cut(path, "?")
	var lines []any
	for line := range strings.Lines(string(f.get(address+".ndjson?"+query, "Authorization", token).is(200).body)) {
		var v any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			f.t.Fatal(err)
		}
		lines = append(lines, v)
	}
	if diff := cmp.Diff(rows, lines, cmpopts.EquateEmpty()); diff != "" {
		f.t.Errorf("%s: the lines differ from the rows: %s", path, diff)
	}
}

// table reads CSV.
func (f *fixture) table(path, token string) [][]string {
	f.t.Helper()
	text := strings.TrimPrefix(string(f.get(path, "Authorization", token).is(200).body), "\uFEFF")
	table, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		f.t.Fatalf("%s: %v", path, err)
	}
	return table
}

// written is a member of a row as CSV has it.
func written(path string, row any) string {
	switch v := at(row, path).(type) {
	case string:
		return v
	case float64:
		return strconv.Itoa(int(v))
	}
	return ""
}

// as asks with the token of an officer.
func (f *fixture) as(token, path string) answered {
	f.t.Helper()
	return f.get(path, "Authorization", "Bearer "+token)
}

func TestOpenClocksAreListed(t *testing.T) {
	f := newFixture(t)
	id, institution := f.deadlines()
	a := f.as(f.bureau(), "/api/v1/due").is(200)
	var states []string
	for _, i := range a.at("items").([]any) {
		states = append(states, at(i, "state").(string))
	}
	if got, want := strings.Join(states, " "), "lapsed late today week week later later paused awaiting"; got != want {
		t.Errorf("got the states %s, want %s", got, want)
	}
	for path, want := range map[string]any{
		"agency": educationOf, "state": "all", "total": 9.0, "next": nil, "as_of": "2026-11-22",
		"items/0/aggregate": "listing", "items/0/clock": "listing_statement", "items/0/label": "列入黑名单前的陈述申辩", "items/0/due": "2026-02-09", "items/0/days_left": -286.0,
		"items/0/institution/id": institution, "items/0/institution/name": "新平县启航培训学校",
		"items/1/aggregate": "jurisdiction", "items/1/part": "1/1", "items/1/institution": nil, "items/1/from": "2026-10-09", "items/1/due": "2026-11-10", "items/1/days_left": -12.0,
		"items/1/state_label": "已逾期", "items/1/missed_on": nil, "items/1/agency_name": "新平彝族傣族自治县教育部门",
		"items/2/days_left": 0.0, "items/3/days_left": 1.0, "items/4/days_left": 7.0, "items/6/officer": "E1", "items/6/clock": "task_due",
		"items/7/id": id, "items/7/stream": "530427.grievance." + id, "items/7/clock": "complaint_mediation", "items/7/paused_since": "2026-11-05", "items/7/due": nil, "items/7/days_left": nil,
		"items/7/institution/id":  institution,
		"items/8/awaits_calendar": 2027.0, "items/8/due": nil,
	} {
		if got := a.at(path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	if head, _ := f.reg.Log.Head(t.Context()); a.at("at_seq") != float64(head) || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %v and %v, want the newest position, kept by nobody", a.at("at_seq"), a.header)
	}
	if got := f.get("/api/v1/due?state=late", "Authorization", "Bearer "+f.bureau(), "Accept-Language", "en").is(200).at("items/0/label"); got != "carrying out a resolution" {
		t.Errorf("got %v", got)
	}
}

func TestAMissThatIsOnRecordIsShown(t *testing.T) {
	f := newFixture(t)
	f.deadlines()
	f.reg.Do(`{"act":"jurisdiction.miss-deadline","division":"530427","effective":"2026-11-11","actor":{"agency":"530427-joint_conference_office"},"body":{"clock":"resolution_due","part":"1/1","due":"2026-11-10"}}`)
	a := f.as(f.bureau(), "/api/v1/due?state=late").is(200)
	if a.at("total") != 1.0 || a.at("items/0/missed_on") != "2026-11-11" || a.at("items/0/state") != "late" {
		t.Errorf("got %s, want it late and on record", a.body)
	}
}

func TestTheCountOfAListIsItsTotal(t *testing.T) {
	f := newFixture(t)
	f.deadlines()
	province := f.issue("530000-education", "auditor", "P1")
	for name, query := range map[string]string{
		"an agency": "agency=" + educationOf, "another agency": "agency=" + marketOf, "a division": "division=530427", "a prefecture": "division=5304", "a province": "division=530000",
		"an officer": "officer=E1&agency=" + educationOf, "an agency within a division": "division=530425&agency=" + educationOf, "an officer within a division": "officer=E1&division=530427",
	} {
		t.Run(name, func(t *testing.T) {
			counts := f.as(province, "/api/v1/due/counts?"+query).is(200)
			for _, state := range []string{"late", "today", "week", "later", "paused", "awaiting", "lapsed", "all"} {
				list := f.as(province, "/api/v1/due?state="+state+"&"+query).is(200)
				want := counts.at("counts/" + strings.Replace(state, "all", "total", 1))
				if rows := list.at("items").([]any); list.at("total") != want || float64(len(rows)) != want {
					t.Errorf("%s: got %v and %d rows, want %v", state, list.at("total"), len(rows), want)
				}
			}
		})
	}
}

func TestClocksAreCountedByStateAndAgency(t *testing.T) {
	f := newFixture(t)
	f.deadlines()
	a := f.as(f.bureau(), "/api/v1/due/counts?division=530427").is(200)
	for path, want := range map[string]any{
		"agency": nil, "division": "530427", "as_of": "2026-11-22",
		"counts/late": 1.0, "counts/today": 1.0, "counts/week": 2.0, "counts/later": 3.0, "counts/paused": 1.0, "counts/awaiting": 1.0, "counts/lapsed": 1.0, "counts/total": 10.0,
		"by_agency/0/agency": educationOf, "by_agency/0/late": 1.0, "by_agency/0/total": 9.0, "by_agency/0/name": "新平彝族傣族自治县教育部门",
		"by_agency/1/agency": marketOf, "by_agency/1/later": 1.0, "by_agency/1/total": 1.0, "by_agency/2": nil,
	} {
		if got := a.at(path); got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	own := f.as(f.bureau(), "/api/v1/due/counts").is(200)
	if own.at("agency") != educationOf || own.at("counts/total") != 9.0 || own.at("by_agency/0/agency") != educationOf || own.at("by_agency/1") != nil {
		t.Errorf("got %s, want one's own agency", own.body)
	}
	me := f.as(f.bureau(), "/api/v1/due/counts?officer=me&division=530427").is(200)
	if me.at("counts/total") != 1.0 || me.at("officer") != "E1" || me.at("agency") != educationOf || me.at("by_agency/0/total") != 1.0 {
		t.Errorf("got %s, want one's own tasks", me.body)
	}
}

func TestOnesOwnTasks(t *testing.T) {
	f := newFixture(t)
	f.deadlines()
	a := f.as(f.bureau(), "/api/v1/due?officer=me").is(200)
	if a.at("total") != 1.0 || a.at("items/0/officer") != "E1" || a.at("officer") != "E1" || a.at("agency") != educationOf {
		t.Errorf("got %s, want the task of E1", a.body)
	}
	if other := f.as(f.issue(educationOf, "handler", "E9"), "/api/v1/due?officer=me").is(200); other.at("total") != 0.0 || len(other.at("items").([]any)) != 0 {
		t.Errorf("got %s, want nothing for E9", other.body)
	}
	if p := f.as(f.bureau(), "/api/v1/due?officer=me&agency="+marketOf).refused(422, "invalid"); pointers(p)["/agency"] != "other_agency" {
		t.Errorf("got %v", p)
	}
	machine := f.issue(educationOf, "supervisor", "")
	if p := f.as(machine, "/api/v1/due?officer=me").refused(422, "invalid"); pointers(p)["/officer"] != "no_officer" {
		t.Errorf("got %v", p)
	}
}

func TestClocksAreReadByAgenciesOfTheDivisionAndAbove(t *testing.T) {
	f := newFixture(t)
	f.deadlines()
	market, province, yimen := f.issue(marketOf, "handler", "M1"), f.issue("530000-education", "handler", "P1"), f.issue("530425-education", "approver", "Y1")
	for _, c := range []struct {
		token, query string
		total        any // nil: refused
	}{
		{f.bureau(), "agency=" + educationOf, 9.0},
		{market, "", 1.0},
		{market, "agency=" + educationOf, 9.0},
		{market, "division=530427", 10.0},
		{province, "agency=" + educationOf, 9.0},
		{province, "division=53", 11.0},
		{province, "division=5304", 11.0},
		{province, "", 0.0},
		{yimen, "", 1.0},
		{yimen, "agency=" + educationOf, nil},
		{yimen, "agency=" + educationOf + "&division=530425", nil},
		{yimen, "division=530427", nil},
		{yimen, "division=530400", nil},
		{yimen, "division=5304", nil},
		{province, "division=530", nil},
		{province, "division=5", nil},
	} {
		a := f.as(c.token, "/api/v1/due?"+c.query)
		counts := f.as(c.token, "/api/v1/due/counts?"+c.query)
		if c.total == nil {
			a.refused(403, "forbidden")
			counts.refused(403, "forbidden")
			continue
		}
		if got := a.is(200).at("total"); got != c.total || counts.is(200).at("counts/total") != c.total {
			t.Errorf("%s: got %v and %s, want %v", c.query, got, counts.body, c.total)
		}
	}
	f.get("/api/v1/due").refused(401, "unauthenticated")
	f.get("/api/v1/due/counts").refused(401, "unauthenticated")
	for query, pointer := range map[string]string{"agency=x": "/agency", "division=539999": "/division", "state=soon": "/state", "limit=0": "/limit", "as_of=2026-01-01": "/as_of", "cursor=x": "/cursor"} {
		if p := f.as(f.bureau(), "/api/v1/due?"+query).refused(422, "invalid"); pointers(p)[pointer] == "" {
			t.Errorf("%s: got %v, want a fault at %s", query, p, pointer)
		}
	}
}

func TestPagesOfClocksMakeUpTheList(t *testing.T) {
	f := newFixture(t)
	f.deadlines()
	whole := f.as(f.bureau(), "/api/v1/due?division=530427").is(200)
	var rows []any
	path := "/api/v1/due?division=530427&limit=4"
	for range 9 {
		a := f.as(f.bureau(), path).is(200)
		rows = append(rows, a.at("items").([]any)...)
		if a.at("total") != 10.0 {
			t.Errorf("got %v in all", a.at("total"))
		}
		next, more := a.at("next").(string)
		if !more {
			break
		}
		if link := a.header.Get("Link"); !strings.Contains(link, `rel="next"`) {
			t.Errorf("got the link %q", link)
		}
		path = "/api/v1/due?limit=4&cursor=" + url.QueryEscape(next)
	}
	if diff := cmp.Diff(whole.at("items"), any(rows)); diff != "" {
		t.Errorf("the pages differ from the list: %s", diff)
	}
	first := f.as(f.bureau(), "/api/v1/due?state=week&limit=1").is(200)
	if p := f.as(f.bureau(), "/api/v1/due?state=late&limit=1&cursor="+first.at("next").(string)).refused(422, "invalid"); pointers(p)["/state"] != "other_filter" {
		t.Errorf("got %v", p)
	}
}

func TestFilesOfClocksHaveTheSameRows(t *testing.T) {
	f := newFixture(t)
	f.deadlines()
	token := "Bearer " + f.bureau()
	f.sameRows("/api/v1/due?division=530427", token, "items", 17, map[string]string{
		"stream": "stream", "id": "id", "institution_id": "institution/id", "clock": "clock", "agency": "agency", "officer": "officer", "from": "from", "due": "due",
		"awaits_calendar": "awaits_calendar", "paused_since": "paused_since", "state": "state", "days_left": "days_left",
	})
	f.sameRows("/api/v1/due/counts?division=530427", token, "by_agency", 11, map[string]string{"agency": "agency", "late": "late", "week": "week", "total": "total"})
	text := string(f.as(f.bureau(), "/api/v1/due.csv?labels=zh&bom=0&state=late").is(200).body)
	if !strings.HasPrefix(text, "事项,事项种类") || !strings.Contains(text, "已逾期") || !strings.Contains(text, "落实联席会议议定事项") {
		t.Errorf("got %s", text)
	}
}

func TestMinSeqWaitsForClocks(t *testing.T) {
	f := newFixture(t, func(o *api.Options) { o.WaitWithin = 1 })
	f.deadlines()
	head, _ := f.reg.Log.Head(t.Context())
	f.as(f.bureau(), "/api/v1/due?min_seq="+ident2(head)).is(200)
	f.as(f.bureau(), "/api/v1/due?min_seq="+ident2(head+9)).refused(503, "busy")
}
