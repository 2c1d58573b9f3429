package demo_test

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"minglu/demo"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/institution"
	"minglu/domain/term"
	"minglu/projections"
)

//go:embed testdata/cases.json
var cases []byte

// place is what one printed text says, as far as the demonstration shows it.
type place struct {
	Division string
	AsOf     calendar.Day `json:"as_of"`
	Figures  []struct {
		Key       string
		N         int
		Precision term.Precision
	}
	Moratoria []struct {
		Effective calendar.Day
		Class     term.Class
		Audiences []term.Audience
	}
	Reduction struct {
		Undefined bool
		Baseline  *struct {
			Members       int
			LicensedInAll int          `json:"licensed_in_all"`
			Date          calendar.Day `json:"date_for_fixtures"`
		}
		Methods []struct {
			Method                 term.Method
			Numerator, Denominator int
			Rate                   string
		}
	}
	Surveys []struct {
		Population  string
		Respondents int
		Counts      map[string]int
		PrintedRate string `json:"printed_rate"`
	}
}

func printed(t *testing.T, code string) place {
	t.Helper()
	var all struct{ Places []json.RawMessage }
	if err := json.Unmarshal(cases, &all); err != nil {
		t.Fatal(err)
	}
	for _, raw := range all.Places {
		if !bytes.Contains(raw, []byte(`"`+code+`"`)) {
			continue
		}
		var p place
		if err := json.Unmarshal(raw, &p); err != nil {
			t.Fatal(err)
		}
		return p
	}
	t.Fatalf("no case %s", code)
	return place{}
}

func (p place) figure(t *testing.T, key string) int {
	t.Helper()
	for _, f := range p.Figures {
		if f.Key == key {
			return f.N
		}
	}
	t.Fatalf("no figure %s", key)
	return 0
}

// count returns how many institutions f takes.
func (l *loaded) count(t *testing.T, f projections.Filter, on calendar.Day) int {
	t.Helper()
	p, err := l.Views.Find(f, on, projections.Now, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	return p.Total
}

func (l *loaded) cohort(t *testing.T, code string, on calendar.Day) projections.Cohort {
	t.Helper()
	c, err := l.Views.Cohort(projections.CohortQuery{Division: code}, []calendar.Day{on}, projections.Now)
	if err != nil {
		t.Fatal(err)
	}
	return c[0]
}

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestXinpingShowsThePrintedFigures(t *testing.T) {
	l := load(t, bytes.NewReader(demo.Journal()))
	l.wantAllTaken(t)
	p := printed(t, "530427")
	for _, m := range p.Reduction.Methods {
		r := l.cohort(t, p.Division, p.AsOf).Rate(m.Method)
		want(t, string(m.Method)+" numerator", r.Numerator, m.Numerator)
		want(t, string(m.Method)+" denominator", r.Denominator, m.Denominator)
		want(t, string(m.Method), r.String(), m.Rate)
	}
	c := l.cohort(t, p.Division, p.AsOf)
	want(t, "members", c.Cohort.Members, p.Reduction.Baseline.Members)
	want(t, "licensed in all", c.LicensedInAll, p.Reduction.Baseline.LicensedInAll)
	want(t, "baseline date", c.Date, p.Reduction.Baseline.Date)
	want(t, "cancelled", c.States[term.CohortCancelled], p.figure(t, "exit.deregistered"))
	want(t, "converted", c.States[term.CohortConverted], p.figure(t, "exit.converted"))
	before := l.cohort(t, p.Division, p.Reduction.Baseline.Date).Rate(term.Ministry)
	want(t, "rate on the baseline date", before.String(), "0.00")
	want(t, "licensed before", l.count(t, projections.Filter{Division: p.Division}, p.Reduction.Baseline.Date), p.figure(t, "institutions.licensed_before"))
	for _, day := range []calendar.Day{p.AsOf, today} {
		want(t, "complete documents", l.count(t, projections.Filter{Division: p.Division, Documents: string(term.Complete)}, day), p.figure(t, "documents.complete"))
		want(t, "operating", l.count(t, projections.Filter{Division: p.Division, Status: string(term.Operating)}, day), 14)
		want(t, "deregistered", l.count(t, projections.Filter{Division: p.Division, Standing: string(term.StandingDeregistered)}, day), p.figure(t, "exit.deregistered"))
	}
	want(t, "white today", l.count(t, projections.Filter{Division: p.Division, Standing: string(term.StandingWhite)}, today), 14)
	l.wantDecisions(t, p, p.figure(t, "conferences"))
}

func TestXinpingReviewedEveryInstitutionWithCompleteDocuments(t *testing.T) {
	l := load(t, bytes.NewReader(demo.Journal()))
	p := printed(t, "530427")
	page, err := l.Views.Find(projections.Filter{Division: p.Division, Documents: string(term.Complete)}, p.AsOf, projections.Now, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	list, err := l.Views.Institutions(page.Streams, projections.Now)
	if err != nil {
		t.Fatal(err)
	}
	reviewed, subjectGrants := 0, 0
	for _, i := range list {
		if slices.ContainsFunc(i.State.Reviews, func(r institution.Review) bool { return r.Result == term.Passed && r.On <= p.AsOf }) {
			reviewed++
		}
		for _, lic := range i.State.Licences {
			if lic.Scope.Class == term.Subject && lic.GrantedOn >= p.Moratoria[0].Effective {
				subjectGrants++
			}
		}
	}
	want(t, "reviewed", reviewed, p.figure(t, "compliance.reviewed"))
	want(t, "grants of subject licences from the moratorium on", subjectGrants, 0)
}

func TestBeibeiShowsThePrintedFigures(t *testing.T) {
	l := load(t, bytes.NewReader(demo.Journal()))
	p := printed(t, "500109")
	r := l.cohort(t, p.Division, p.AsOf).Rate(term.Ministry)
	want(t, "undefined", r.Undefined, p.Reduction.Undefined)
	want(t, "rate", r.String(), "")
	closed := projections.Filter{Division: p.Division, Status: string(term.Closed), Documents: string(term.Neither)}
	want(t, "closed without papers", l.count(t, closed, p.AsOf), p.figure(t, "closed.unlicensed"))
	l.wantDecisions(t, p, p.figure(t, "conferences"))
	s, _, err := l.Views.Jurisdiction(division.Code(p.Division), projections.Now)
	if err != nil {
		t.Fatal(err)
	}
	w := s.Windows[0]
	want(t, "window", w.From.String()+" "+w.To.String(), "2022-04-01 2022-06-30")
	subject := 0
	for _, i := range l.all(t, p.Division) {
		for _, lic := range i.State.Licences {
			if lic.Scope.Class == term.Subject && lic.Held(w.From) {
				subject++
			}
		}
	}
	want(t, "subject institutions in the window", subject, 0)
	for standing, n := range map[term.Standing]int{term.StandingWhite: 3, term.StandingWatch: 1, term.StandingBlack: 1} {
		want(t, string(standing), l.count(t, projections.Filter{Division: p.Division, Standing: string(standing)}, today), n)
	}
	black, err := l.Views.List(term.Black, p.Division, today, projections.Now)
	if err != nil || len(black) != 1 {
		t.Fatalf("black list %v, %v", black, err)
	}
	want(t, "published until", black[0].Until, calendar.Date(2029, time.March, 20))
}

// wantDecisions compares what the division decided for itself.
func (l *loaded) wantDecisions(t *testing.T, p place, conferences int) {
	t.Helper()
	s, _, err := l.Views.Jurisdiction(division.Code(p.Division), projections.Now)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "conferences", len(s.Conferences), conferences)
	want(t, "moratoria", len(s.Moratoria), len(p.Moratoria))
	for i, m := range p.Moratoria {
		want(t, "moratorium", s.Moratoria[i].From, m.Effective)
	}
	want(t, "surveys", len(s.Surveys), len(p.Surveys))
	for i, q := range p.Surveys {
		got := s.Surveys[i]
		want(t, "survey", got.Population+got.PrintedRate, q.Population+q.PrintedRate)
		want(t, "respondents", got.Respondents, q.Respondents)
		for k, n := range q.Counts {
			want(t, k, got.Counts[k], n)
		}
	}
}

// all returns everything that a division has.
func (l *loaded) all(t *testing.T, code string) []projections.Institution {
	t.Helper()
	page, err := l.Views.Find(projections.Filter{Division: code}, today, projections.Now, "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	list, err := l.Views.Institutions(page.Streams, projections.Now)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEverythingIsMarkedAsInvented(t *testing.T) {
	for n, line := range strings.Split(strings.TrimSpace(string(demo.Journal())), "\n") {
		var l struct {
			Source struct{ Title string }
			Act    string
			Body   struct {
				Names      []string
				USCC       string
				Name       string
				Credential string
			}
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(l.Source.Title, "演示数据") {
			t.Errorf("line %d: source %q", n+1, l.Source.Title)
		}
		names := l.Body.Names
		switch l.Act {
		case "jurisdiction.register-agency":
			names = append(names, l.Body.Name)
		case "jurisdiction.register-officer":
			names = append(names, l.Body.Credential)
		}
		for _, name := range names {
			if !strings.Contains(name, "示例") {
				t.Errorf("line %d: name %q", n+1, name)
			}
		}
		if code := l.Body.USCC; code != "" && !strings.HasPrefix(code[8:], "00000") {
			t.Errorf("line %d: code %s", n+1, code)
		}
	}
}

func TestCommandIDsRiseWithinACounty(t *testing.T) {
	last := map[string]string{}
	for n, line := range strings.Split(strings.TrimSpace(string(demo.Journal())), "\n") {
		var l struct {
			CommandID string `json:"command_id"`
			Division  string
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		if l.CommandID <= last[l.Division] {
			t.Errorf("line %d: %s follows %s", n+1, l.CommandID, last[l.Division])
		}
		last[l.Division] = l.CommandID
	}
}
