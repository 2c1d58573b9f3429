package demo_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"minglu/demo"
	"minglu/domain/calendar"
	"minglu/domain/dispute"
	"minglu/domain/division"
	"minglu/domain/figure"
	"minglu/domain/inspection"
	"minglu/domain/jurisdiction"
	"minglu/domain/rectification"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/projections"
)

// demonstration loads the journal, of which every line must be taken.
func demonstration(t *testing.T) *loaded {
	t.Helper()
	l := load(t, bytes.NewReader(demo.Journal()))
	l.wantAllTaken(t)
	return l
}

// counts are the figures of a division in a period.
type counts map[term.Figure]projections.FigureTotal

func (l *loaded) counts(t *testing.T, code string, from, to calendar.Day) counts {
	t.Helper()
	list, err := l.Views.Figures(projections.FiguresQuery{Division: code, From: from, To: to, AtSeq: projections.Now})
	if err != nil {
		t.Fatal(err)
	}
	out := counts{}
	for _, f := range list {
		out[f.Key] = f
	}
	return out
}

// item is the part of a figure with that code.
func (c counts) item(key term.Figure, code string) figure.Count {
	for _, p := range c[key].Items {
		if p.Code == code {
			return p.Count
		}
	}
	return figure.Count{}
}

// year is the first and the last day of one.
func year(y int) (from, to calendar.Day) {
	return calendar.Date(y, time.January, 1), calendar.Date(y, time.December, 31)
}

// wantPrinted compares a number with the printed one, how exactly it is known
// included.
func (p place) wantPrinted(t *testing.T, key string, got figure.Count) {
	t.Helper()
	for _, f := range p.Figures {
		if f.Key == key {
			want(t, key, got.N, f.N)
			want(t, key+" precision", got.Precision, f.Precision)
			return
		}
	}
	t.Fatalf("no figure %s", key)
}

// work returns the work of a division of one kind of aggregate.
func (l *loaded) work(t *testing.T, f projections.WorkFilter) []projections.WorkHead {
	t.Helper()
	p, err := l.Views.Work(projections.WorkQuery{WorkFilter: f, AtSeq: projections.Now, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return p.Heads
}

func stateOf[S any](t *testing.T, l *loaded, stream string) S {
	t.Helper()
	s, _, ok, err := projections.WorkState[S](l.Views, stream, projections.Now)
	if err != nil || !ok {
		t.Fatalf("%s: %v, %v", stream, ok, err)
	}
	return s
}

func (l *loaded) jurisdiction(t *testing.T, code string) jurisdiction.State {
	t.Helper()
	s, _, err := l.Views.Jurisdiction(division.Code(code), projections.Now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestXinpingShowsThePrintedEnforcement(t *testing.T) {
	l, p := demonstration(t), printed(t, "530427")
	c := l.counts(t, p.Division, p.Moratoria[0].Effective, p.AsOf)
	p.wantPrinted(t, "conferences", c[term.Conferences].Total)
	p.wantPrinted(t, "checks.supervisory", c.item(term.Campaigns, string(term.SupervisoryInspection)))
	p.wantPrinted(t, "campaigns", c.item(term.Campaigns, string(term.CampaignInspection)))
	want(t, "visits of the supervisory checks", c.item(term.InspectionVisits, string(term.SupervisoryInspection)).Precision, term.UnknownCount)

	campaigns := l.work(t, projections.WorkFilter{Division: p.Division, Aggregate: "inspection", Kind: string(term.CampaignInspection)})
	want(t, "campaigns", len(campaigns), 1)
	s := stateOf[inspection.State](t, l, campaigns[0].Stream)
	want(t, "departments", len(s.Agencies), 7)
	var items []term.CheckItem
	for _, a := range s.Items {
		items = append(items, a.Items...)
	}
	slices.Sort(items)
	want(t, "items", fmt.Sprint(slices.Compact(items)), fmt.Sprint([]term.CheckItem{term.ItemEpidemic, term.ItemFees, term.ItemQualification, term.ItemSafety, term.ItemStaff}))

	forces := l.jurisdiction(t, p.Division).TaskForcesOn(p.AsOf)
	want(t, "task forces", len(forces), 1)
	want(t, "units of the task force", len(forces[0].Members), p.figure(t, "task_force.members"))

	followed := l.work(t, projections.WorkFilter{Source: campaigns[0].Stream, Aggregate: "rectification"})
	want(t, "rectifications after the campaign", len(followed), 1)
	want(t, "its end", followed[0].Status, string(term.RectificationClosed))
	if items := stateOf[rectification.State](t, l, followed[0].Stream).Items; items[0].Verified == 0 {
		t.Errorf("got %+v, want it verified", items)
	}
}

func TestXinpingPunishesADisguise(t *testing.T) {
	l := demonstration(t)
	cases := l.work(t, projections.WorkFilter{Division: "530427", Aggregate: "penalty"})
	want(t, "cases", len(cases), 1)
	want(t, "standing", cases[0].Status, string(term.CaseClosed))
	want(t, "institution", cases[0].Institution, "")
	from, to := year(2025)
	c := l.counts(t, "530427", from, to)
	want(t, "disguise", c.item(term.CasesAlleged, string(term.Housekeeping)), figure.Of(1, term.Incidents))
	want(t, "decided", c[term.CasesDecided].Total, figure.Of(1, term.Incidents))
	want(t, "fine", c[term.FinesDecided].Total, figure.Of(800_000, term.FenUnit))
	want(t, "refund", c[term.RefundsOrdered].Total, figure.Of(1_260_000, term.FenUnit))
	want(t, "missed", c[term.DeadlinesMissed].Total, figure.Count{})
}

func TestBeibeiShowsThePrintedEnforcement(t *testing.T) {
	l, p := demonstration(t), printed(t, "500109")
	from, to := year(2021)
	c := l.counts(t, p.Division, from, to)
	thematic := string(term.ThematicInspection)
	for key, got := range map[string]figure.Count{
		"conferences":              c[term.Conferences].Total,
		"checks.thematic":          c.item(term.Campaigns, thematic),
		"checks.thematic.visits":   c[term.InspectionVisits].Total,
		"grievances.accepted":      c[term.GrievancesAccepted].Total,
		"grievances.closed":        c[term.GrievancesClosed].Total,
		"meetings.training":        c[term.Trainings].Total,
		"interviews":               c[term.Interviews].Total,
		"area_teams.visits":        c[term.SweepVisits].Total,
		"closed.unlicensed":        c.item(term.OperationsStopped, string(term.Neither)),
		"letters":                  c[term.Notices].Total,
		"warnings.posted":          c[term.WarningsPosted].Total,
		"disputes":                 c[term.DisputesOpened].Total,
		"disputes.court_mediation": c.item(term.DisputesResolved, string(term.CourtMediation)),
		"disputes.meetings":        c[term.DisputeMeetings].Total,
		"disputes.visits":          c[term.DisputeVisits].Total,
	} {
		p.wantPrinted(t, key, got)
	}
	unknown := figure.Count{Unit: term.Institutions, Precision: term.UnknownCount}
	for _, key := range []term.Figure{term.InspectionVisits, term.Interviews, term.SweepVisits} {
		want(t, "institutions of "+string(key), c[key].Institutions, unknown)
	}
	want(t, "audiences of the letters", len(c[term.Notices].Items), 3)
	want(t, "received one by one", c[term.GrievancesReceived].Total, figure.Count{})
	l.wantBeibeiChecks(t, p, from, to)
	l.wantBeibeiDisputes(t, p)
	l.wantBeibeiOrganisation(t, p)
}

// wantBeibeiChecks wants each thematic check of the year to have eight visits,
// and none of them to say where they went.
func (l *loaded) wantBeibeiChecks(t *testing.T, p place, from, to calendar.Day) {
	t.Helper()
	n := 0
	for _, h := range l.work(t, projections.WorkFilter{Division: p.Division, Aggregate: "inspection"}) {
		if h.Opened < from || h.Opened > to {
			continue
		}
		n++
		sum := stateOf[inspection.State](t, l, h.Stream).Summary()
		want(t, h.Title+" visits", sum.Visits, figure.Of(8, term.Visits))
		want(t, h.Title+" institutions", sum.Distinct.Precision, term.UnknownCount)
	}
	want(t, "checks", n, 10)
}

// wantBeibeiDisputes wants two of the four open, with court and police, on the
// day of the text and today.
func (l *loaded) wantBeibeiDisputes(t *testing.T, p place) {
	t.Helper()
	open := l.work(t, projections.WorkFilter{Division: p.Division, Aggregate: "dispute", Standing: projections.WorkOpen})
	p.wantPrinted(t, "disputes.court_and_police", figure.Of(len(open), term.Incidents))
	for _, h := range open {
		var to []term.Recourse
		for _, r := range stateOf[dispute.State](t, l, h.Stream).Routes {
			to = append(to, r.To)
		}
		want(t, "routes", fmt.Sprint(to), fmt.Sprint([]term.Recourse{term.CourtAction, term.PoliceInquiry}))
	}
}

func (l *loaded) wantBeibeiOrganisation(t *testing.T, p place) {
	t.Helper()
	s := l.jurisdiction(t, p.Division)
	want(t, "area teams", len(s.AreaTeamsOn(p.AsOf)), p.figure(t, "area_teams"))
	var hotlines []string
	for _, h := range s.HotlinesOn(p.AsOf) {
		hotlines = append(hotlines, strings.TrimPrefix(h.Agency, p.Division+"-"))
	}
	want(t, "hotlines", fmt.Sprint(hotlines), fmt.Sprint([]string{"market_regulation", "education", "urban_management"}))
	for y := 2022; y <= 2026; y++ {
		if !slices.ContainsFunc(s.Windows, func(w rule.Window) bool {
			return w.Year == y && w.Class == term.Subject && w.From == calendar.Date(y, time.April, 1) && w.To == calendar.Date(y, time.June, 30)
		}) {
			t.Errorf("no window of subject institutions in %d: %+v", y, s.Windows)
		}
	}
	for _, c := range s.Conferences {
		want(t, "units of the conference", len(c.Agencies), p.figure(t, "conference.members"))
	}
}

func TestBeibeiHasWorkToDo(t *testing.T) {
	l := demonstration(t)
	for aggregate, n := range map[string]int{"grievance": 1, "rectification": 1, "case": 1, "dispute": 2, "inspection": 0, "penalty": 0} {
		open := l.work(t, projections.WorkFilter{Division: "500109", Aggregate: aggregate, Standing: projections.WorkOpen})
		want(t, aggregate, len(open), n)
	}
	from, to := year(2026)
	c := l.counts(t, "500109", from, to)
	want(t, "grievances", c[term.GrievancesReceived].Total, figure.Of(4, term.Incidents))
	want(t, "visits", c[term.InspectionVisits].Total, figure.Of(4, term.Visits))
	want(t, "institutions visited", c[term.InspectionVisits].Institutions, figure.Of(4, term.Institutions))
}

// TestNoClockRanOut looks at the demonstration soon after its last day: nothing
// in it is late, whatever stays open.
func TestNoClockRanOut(t *testing.T) {
	l := demonstration(t)
	passed, _, err := l.Views.Passed(calendar.Date(2026, time.November, 2), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range passed {
		t.Errorf("%s: %s ran out on %s", c.Stream, c.Key, c.Due)
	}
}

func TestLinyiShowsThePrintedFigures(t *testing.T) {
	l, p := demonstration(t), printed(t, "371300")
	law, err := l.LawOf(t.Context(), division.Code(p.Division), p.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "classes whose approval is stopped", len(law.Moratoria), p.figure(t, "moratorium.classes"))
	for _, m := range p.Moratoria {
		for _, class := range []term.Class{term.Subject, term.NonSubject} {
			_, is := law.Stopping(class, m.Audiences, p.AsOf)
			want(t, fmt.Sprint(class, m.Audiences), is, m.Class == "" || m.Class == class)
		}
	}
	from, to := year(2021)
	c := l.counts(t, p.Division, from, to)
	p.wantPrinted(t, "training.fire.occasions", c[term.Trainings].Total)
	p.wantPrinted(t, "training.fire.attendees", c[term.TrainingAttendees].Total)
	want(t, "letters", c[term.Notices].Total.N, 2)
	want(t, "hotlines", len(l.jurisdiction(t, p.Division).HotlinesOn(p.AsOf)), 2)
	for _, y := range []int{2019, 2020, 2021, 2024, 2025, 2026} {
		from, to := year(y)
		p.wantPrinted(t, "double_random.per_year", l.counts(t, p.Division, from, to)[term.Draws].Total)
	}
}

func TestLinyiFollowsASweepToTheLicence(t *testing.T) {
	l := demonstration(t)
	from, to := year(2021)
	c := l.counts(t, "371300", from, to)
	want(t, "surveyed", c[term.PremisesSurveyed].Total, figure.Of(9, term.Visits))
	want(t, "complete", c.item(term.PremisesSurveyed, string(term.Complete)).N, 3)
	want(t, "applied", c[term.LicenceApplications].Total, figure.Of(3, term.Incidents))
	answers := map[string]int{}
	for _, i := range l.all(t, "371300") {
		for _, a := range i.State.Applications {
			switch {
			case a.Granted != 0:
				answers["granted"]++
			case a.Refused != 0:
				answers["refused"]++
			}
		}
	}
	want(t, "answers", fmt.Sprint(answers), fmt.Sprint(map[string]int{"granted": 2, "refused": 1}))
	want(t, "licensed", l.count(t, projections.Filter{Division: "371300", Documents: string(term.Complete)}, today), 24)
}

func TestTheDrawsCanBeMadeAgain(t *testing.T) {
	l := demonstration(t)
	draws := l.work(t, projections.WorkFilter{Division: "371300", Aggregate: "inspection", Kind: string(term.RandomInspection)})
	want(t, "draws", len(draws), 3)
	for n, h := range draws {
		s := stateOf[inspection.State](t, l, h.Stream)
		tiers, err := l.Population(t.Context(), h.Stream, s.Draw.On, s.Draw.PopulationSeq)
		if err != nil {
			t.Fatal(err)
		}
		want(t, h.Title+" population", len(tiers[0].IDs), 25)
		pkg := s.Package(tiers)
		if err := pkg.Verify(); err != nil {
			t.Errorf("%s: %v", h.Title, err)
		}
		want(t, h.Title+" drawn", len(pkg.Drawn), []int{5, 5, 4}[n])
		want(t, h.Title+" visits", len(s.Visits), len(pkg.Drawn))
		for i, v := range s.Visits {
			want(t, h.Title+" visited", v.Institution, pkg.Drawn[i])
			want(t, h.Title+" inspectors", fmt.Sprint(v.Officers), fmt.Sprint(pkg.Inspectors[i].Officers))
		}
		want(t, h.Title+" recusals", len(pkg.Inspectors[0].Recusals), []int{1, 0, 0}[n])
		c, _ := s.Clocks.Last(term.InspectionPublication, "")
		want(t, h.Title+" published", c.Ended, s.Published)
		want(t, h.Title+" published late", c.Late(s.Published), false)
	}
}

// TestAnImportTakesTheJournal carries it out with the views standing still but
// for the acts that need them.
func TestAnImportTakesTheJournal(t *testing.T) {
	l := empty(t)
	s, err := l.NewImport(t.Context(), nil, l.report)
	if err != nil {
		t.Fatal(err)
	}
	l.carryOut(t, s, bytes.NewReader(demo.Journal()))
	l.wantAllTaken(t)
	live := demonstration(t)
	from, to := calendar.Date(2018, time.January, 1), today
	for _, code := range []string{"530427", "500109", "371300"} {
		want(t, code, fmt.Sprint(l.counts(t, code, from, to)), fmt.Sprint(live.counts(t, code, from, to)))
	}
}

// TestNobodyIsNamed looks for what could name a person: sealed values, which a
// journal would hold in clear, and who acts.
func TestNobodyIsNamed(t *testing.T) {
	for n, line := range strings.Split(strings.TrimSpace(string(demo.Journal())), "\n") {
		for _, member := range []string{`"complainant":`, `"contact":`, `"content":`, `"person":`, `"claimant":`, `"organiser":`, `"principal":`} {
			if strings.Contains(line, member) && !strings.Contains(line, `"penalty.serve-prior-notice"`) {
				t.Errorf("line %d has %s", n+1, member)
			}
		}
	}
}
