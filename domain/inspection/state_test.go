package inspection_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/draw"
	"minglu/domain/figure"
	"minglu/domain/inspection"
	"minglu/domain/term"
	"minglu/domain/work"
)

func TestVectorsOfTheDraw(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Draw struct {
			Seed       draw.Seed   `json:"seed_hex"`
			Commitment draw.Digest `json:"seed_commitment_sha256_hex"`
			Population []string    `json:"population"`
			Hash       draw.Digest `json:"population_sha256_hex"`
			Cases      []struct {
				Rate            draw.Rate `json:"rate"`
				PopulationFirst int       `json:"population_first"`
				Drawn           []string  `json:"drawn"`
			} `json:"cases"`
		} `json:"draw"`
	}
	if err := json.Unmarshal(data, &v); err != nil || len(v.Draw.Cases) == 0 {
		t.Fatalf("got %+v, %v", v, err)
	}
	for _, c := range v.Draw.Cases {
		ids := v.Draw.Population
		if c.PopulationFirst > 0 {
			ids = ids[:c.PopulationFirst]
		}
		tiers := []inspection.RollTier{{Name: inspection.Everyone, IDs: ids}}
		before := facts{
			was("2026-03-02", with(random, func(e *inspection.Planned) {
				e.Tiers = []inspection.TierPlan{{Name: inspection.Everyone, Rate: c.Rate}}
			})),
			was("2026-03-03", inspection.Launched{Kind: term.RandomInspection}),
			was("2026-03-04", inspection.SeedCommitted{Commitment: v.Draw.Commitment}),
		}
		s := given(t, before).When(on("2026-03-05"), inspection.HoldDraw{Under: under(), Seed: v.Draw.Seed,
			Population: inspection.PopulationRoll{AtSeq: 9, CommittedSeq: 7, Tiers: tiers}}).Accepted()
		p := s.Package(tiers)
		if !slices.Equal(p.Drawn, c.Drawn) || len(p.Inspectors) != len(c.Drawn) {
			t.Errorf("%s: got %v with inspectors for %d, want %v", c.Rate, p.Drawn, len(p.Inspectors), c.Drawn)
		}
		if len(ids) == len(v.Draw.Population) && p.PopulationHash != v.Draw.Hash {
			t.Errorf("got the hash %s, want %s", p.PopulationHash, v.Draw.Hash)
		}
		if err := p.Verify(); err != nil {
			t.Errorf("%s: got %v", c.Rate, err)
		}
	}
}

func TestADrawByRiskTakesEachTierAtItsRate(t *testing.T) {
	ids := roll(30).Tiers[0].IDs
	tiers := []inspection.RollTier{{Name: "low", IDs: ids[10:]}, {Name: "high", IDs: reversed(ids[:10])}} // in another order than the plan
	before := facts{
		was("2026-03-02", with(random, func(e *inspection.Planned) {
			e.Tiers = []inspection.TierPlan{{Name: "high", Rate: draw.Rate{Num: 3, Den: 10}}, {Name: "medium", Rate: fifth}, {Name: "low", Rate: draw.Rate{Num: 1, Den: 20}}}
		})),
		was("2026-03-03", inspection.Launched{Kind: term.RandomInspection}), was("2026-03-04", inspection.SeedCommitted{Commitment: seed.Commitment()}),
	}
	h := given(t, before)
	if got := h.State().TierNames(); !slices.Equal(got, []string{"high", "medium", "low"}) {
		t.Errorf("got the tiers %v", got)
	}
	s := h.When(on("2026-03-05"), with(hold, func(c *inspection.HoldDraw) { c.Population.Tiers = tiers })).Accepted()
	for i, want := range []inspection.TierDrawn{
		{Name: "high", Rate: draw.Rate{Num: 3, Den: 10}, N: 10, Drawn: 3, Hash: draw.Hash(ids[:10])},
		{Name: "medium", Rate: fifth, Hash: draw.Hash(nil)},
		{Name: "low", Rate: draw.Rate{Num: 1, Den: 20}, N: 20, Drawn: 1, Hash: draw.Hash(ids[10:])},
	} {
		if s.Draw.Tiers[i] != want {
			t.Errorf("got %+v, want %+v", s.Draw.Tiers[i], want)
		}
	}
	if err := s.Package(tiers).Verify(); err != nil || len(s.Draw.Drawn) != 4 {
		t.Errorf("got %d drawn and %v", len(s.Draw.Drawn), err)
	}
}

func reversed(list []string) []string {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

func TestAStrangerVerifiesTheDrawAfterEveryStep(t *testing.T) {
	for name, before := range map[string]facts{
		"the draw":                         isDrawn,
		"a draw without officers":          isBare,
		"inspectors among others":          after(isBare, was("2026-03-06", inspection.InspectorsAssigned{Institution: first, Officers: ranked[:2], OfficerPool: pool})),
		"a recusal that leaves them alone": after(isDrawn, was("2026-03-06", inspection.OfficerRecused{Recusal: recusal(first), Unmatched: []string{first}})),
		"a recusal with those who follow": after(isDrawn, was("2026-03-06", inspection.OfficerRecused{Recusal: recusal(first), Unmatched: []string{first}}),
			was("2026-03-06", inspection.InspectorsAssigned{Institution: first, Officers: append(ranked[1:3:3], "XP-P01"), Complete: true})),
		"a recusal with the assignment":    after(isDrawn, was("2026-03-06", inspection.InspectorsAssigned{Institution: first, Officers: ranked[1:3], Recusals: []draw.Recusal{{Officer: ranked[0], Reason: "亲属"}}})),
		"a recusal of who was not matched": after(isDrawn, was("2026-03-06", inspection.OfficerRecused{Recusal: inspection.Recusal{Officer: "XP-P01", Reason: "亲属"}})),
	} {
		t.Run(name, func(t *testing.T) {
			s := given(t, before).State()
			if err := s.Package(roll(10).Tiers).Verify(); err != nil {
				t.Errorf("got %v", err)
			}
			d, ok := errors.AsType[*draw.Difference](s.Package(roll(11).Tiers).Verify())
			if !ok || d.Step != draw.StepPopulation {
				t.Errorf("got %v of another population", d)
			}
		})
	}
	s := given(t, after(isDrawn, was("2026-03-06", inspection.InspectorsAssigned{Institution: first, Officers: ranked[:2], Recusals: []draw.Recusal{{Officer: ranked[0], Reason: "亲属"}}}))).State()
	if d, ok := errors.AsType[*draw.Difference](s.Package(roll(10).Tiers).Verify()); !ok || d.Step != draw.StepInspectors {
		t.Errorf("got %v of inspectors who withdrew", d)
	}
}

func TestTheDrawKeepsTheRatesThatItWasHeldAt(t *testing.T) {
	s := given(t, isDrawn).State()
	s.Tiers = []inspection.TierPlan{{Name: "high", Rate: draw.Rate{Num: 1, Den: 2}}} // as a plan would say that was corrected
	if got := s.TierNames(); !slices.Equal(got, []string{inspection.Everyone}) {
		t.Errorf("got the tiers %v", got)
	}
	if err := s.Package(roll(10).Tiers).Verify(); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestADrawnInstitutionThatChangedStaysDrawn(t *testing.T) {
	later := roll(10)
	later.Tiers[0].IDs = slices.DeleteFunc(later.Tiers[0].IDs, func(id string) bool { return id == first })
	given(t, isDrawn).When(on("2026-03-10"), with(hold, func(c *inspection.HoldDraw) { c.Population = later })).Then()
	if s := given(t, isDrawn).State(); s.Draw.Drawn[0].Institution != first || len(s.Draw.Drawn) != 2 {
		t.Errorf("got %v", s.Draw.Drawn)
	}
}

func TestInstitutionsAreNeverMadeOfVisits(t *testing.T) {
	unknown := figure.Count{Unit: term.Institutions, Precision: term.UnknownCount}
	atLeast := func(n int) figure.Count {
		return figure.Count{N: n, Unit: term.Institutions, Precision: term.AtLeast}
	}
	visitOf := func(n, of int) fact {
		return was("2026-03-09", with(visited, func(e *inspection.VisitRecorded) { e.Visit, e.Institution = n, stream(of) }))
	}
	countOf := func(change func(*inspection.VisitCountRecorded)) fact {
		return was("2026-03-09", with(counted, change))
	}
	distinct := func(c figure.Count) func(*inspection.VisitCountRecorded) {
		return func(e *inspection.VisitCountRecorded) { e.Distinct = &c }
	}
	nothing := func(*inspection.VisitCountRecorded) {}
	for name, c := range map[string]struct {
		facts    facts
		visits   figure.Count
		distinct figure.Count
	}{
		"none":                                {nil, figure.Of(0, term.Visits), figure.Of(0, term.Institutions)},
		"visits that all name one":            {facts{visitOf(1, 1), visitOf(2, 2), visitOf(3, 1)}, figure.Of(3, term.Visits), figure.Of(2, term.Institutions)},
		"a visit that names none":             {facts{visitOf(1, 1), was("2026-03-09", nobody)}, figure.Of(2, term.Visits), atLeast(1)},
		"visits that all name none":           {facts{was("2026-03-09", nobody)}, figure.Of(1, term.Visits), unknown},
		"a number of visits":                  {facts{countOf(nothing)}, figure.Of(80, term.Visits), unknown},
		"a number with its institutions":      {facts{countOf(distinct(figure.Of(60, term.Institutions)))}, figure.Of(80, term.Visits), figure.Of(60, term.Institutions)},
		"a number with nearly so many":        {facts{countOf(distinct(figure.Count{N: 60, Unit: term.Institutions, Precision: term.Nearly}))}, figure.Of(80, term.Visits), figure.Count{N: 60, Unit: term.Institutions, Precision: term.Nearly}},
		"two numbers may share institutions":  {facts{countOf(distinct(figure.Of(60, term.Institutions))), countOf(distinct(figure.Of(50, term.Institutions)))}, figure.Of(160, term.Visits), atLeast(60)},
		"a number beside visits":              {facts{visitOf(1, 1), countOf(distinct(figure.Of(60, term.Institutions)))}, figure.Of(81, term.Visits), atLeast(60)},
		"a number of visits beside visits":    {facts{visitOf(1, 1), countOf(nothing)}, figure.Of(81, term.Visits), atLeast(1)},
		"a number nearly known beside visits": {facts{visitOf(1, 1), countOf(distinct(figure.Count{N: 60, Unit: term.Institutions, Precision: term.Nearly}))}, figure.Of(81, term.Visits), atLeast(1)},
		"visits of which there are at least so many": {facts{visitOf(1, 1), countOf(func(e *inspection.VisitCountRecorded) { e.Visits.Precision = term.AtLeast })},
			figure.Count{N: 81, Unit: term.Visits, Precision: term.AtLeast}, atLeast(1)},
	} {
		t.Run(name, func(t *testing.T) {
			s := given(t, after(isLaunched, c.facts...)).State().Summary()
			if s.Visits != c.visits || s.Distinct != c.distinct {
				t.Errorf("got %v visits to %v, want %v to %v", s.Visits, s.Distinct, c.visits, c.distinct)
			}
		})
	}
}

func TestClocks(t *testing.T) {
	for _, c := range []struct {
		name, on, due string
		awaits        int
		close         bool
	}{
		{"a publication skips the spring festival and takes its make-up day", "2026-02-10", "2026-03-16", 0, true},
		{"a publication runs over the end of the year", "2025-12-22", "2026-01-20", 0, true},
		{"a publication waits for a calendar", "2026-12-30", "", 2027, true},
		{"a matching skips the weekend", "2026-03-05", "2026-03-09", 0, false},
		{"a matching skips national day", "2026-09-30", "2026-10-09", 0, false},
		{"a matching ends on a make-up day", "2026-02-12", "2026-02-14", 0, false},
		{"a matching runs over the end of the year", "2025-12-31", "2026-01-05", 0, false},
		{"a matching waits for a calendar", "2026-12-30", "", 2027, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			early := facts{was("2025-11-03", random), was("2025-11-03", inspection.Launched{Kind: term.RandomInspection}), was("2025-11-03", inspection.SeedCommitted{Commitment: seed.Commitment()})}
			var s inspection.State
			key := term.InspectorMatching
			if c.close {
				key = term.InspectionPublication
				s = given(t, after(early, was("2025-11-04", held))).When(on(c.on), inspection.Close{Under: under()}).Accepted()
			} else {
				s = given(t, early).When(on(c.on), with(hold, func(h *inspection.HoldDraw) { h.Under = among("XP-E01") })).Accepted()
			}
			got, ok := s.Clocks.Find(key, "")
			if !ok || got.Due.String() != c.due || got.Awaits != c.awaits || got.From != day(c.on) || got.Agency != education {
				t.Errorf("got %+v, want it due on %q or waiting for %d", got, c.due, c.awaits)
			}
		})
	}
}

func TestThePolicySetsThePeriodOfThePublication(t *testing.T) {
	s := given(t, isFull).When(on("2026-03-20"), inspection.Close{Under: under("clock.inspection_publication", "7 days")}).Accepted()
	if c, _ := s.Clocks.Find(term.InspectionPublication, ""); c.Due != day("2026-03-27") {
		t.Errorf("got %+v", c)
	}
}

func TestClocksEndWithWhatTheyWaitFor(t *testing.T) {
	assigned := func(institution string, complete bool) fact {
		return was("2026-03-06", inspection.InspectorsAssigned{Institution: institution, Officers: ranked[:2], Complete: complete})
	}
	missed := was("2026-04-21", inspection.DeadlineMissed{Missing: clock.Missing{Clock: term.InspectionPublication, Due: day("2026-04-20")}})
	for name, c := range map[string]struct {
		facts facts
		key   term.Clock
		ended calendar.Day
	}{
		"one of two has inspectors":            {after(isBare, assigned(first, false)), term.InspectorMatching, 0},
		"both have inspectors":                 {after(isBare, assigned(first, false), assigned(second, true)), term.InspectorMatching, day("2026-03-06")},
		"it is closed without inspectors":      {after(isBare, was("2026-03-20", closed)), term.InspectorMatching, day("2026-03-20")},
		"it is closed":                         {isClosed, term.InspectionPublication, 0},
		"the result is published":              {isPublished, term.InspectionPublication, day("2026-04-10")},
		"a missed publication stays due":       {after(isClosed, missed), term.InspectionPublication, 0},
		"a missed publication is made up for":  {after(isClosed, missed, was("2026-04-22", result)), term.InspectionPublication, day("2026-04-22")},
		"it is put away without a publication": {after(isClosed, was("2026-04-01", inspection.Concluded{Reason: "不予公开"})), term.InspectionPublication, day("2026-04-01")},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := given(t, c.facts).State().Clocks.Last(c.key, ""); !ok || got.Ended != c.ended {
				t.Errorf("got %+v, want it ended on %q", got, c.ended)
			}
		})
	}
	again := given(t, after(isBare, assigned(first, false), assigned(second, true))).When(on("2026-03-09"), inspection.RecuseOfficer{Under: under(), Withdrawn: interest}).Accepted()
	if c, ok := again.Clocks.Find(term.InspectorMatching, ""); !ok || c.Due != day("2026-03-11") {
		t.Errorf("got %+v after a recusal, want the matching due again", c)
	}
	running := given(t, after(isBare, assigned(first, false))).When(on("2026-03-06"), inspection.RecuseOfficer{Under: under(), Withdrawn: interest}).
		Then(inspection.OfficerRecused{Recusal: recusal(""), Unmatched: []string{first}})
	if c, ok := running.Clocks.Find(term.InspectorMatching, ""); !ok || c.Due != day("2026-03-09") {
		t.Errorf("got %+v, want the clock that runs to run on", c)
	}
}

func TestTheHeadSaysWhoseTurnItIs(t *testing.T) {
	base := work.Head{Number: "JC-2026-0001", Title: "暑期整治", Kind: "campaign", Agency: education, Agencies: []string{education, fire}, Opened: day("2026-03-02")}
	lot := work.Head{Title: "双随机", Kind: "random", Agency: education, Agencies: []string{education, fire}, Opened: day("2026-03-02")}
	for _, c := range []struct {
		facts  facts
		status term.InspectionStatus
		change func(*work.Head)
	}{
		{isPlanned, term.InspectionPlanned, func(*work.Head) {}},
		{isLaunched, term.InspectionLaunched, func(*work.Head) {}},
		{isDrawn, term.InspectionDrawn, func(h *work.Head) { *h = lot }},
		{isClosed, term.InspectionClosed, func(*work.Head) {}},
		{isPublished, term.InspectionPublished, func(h *work.Head) { h.Agency, h.Closed = "", day("2026-04-10") }},
		{concluded, term.InspectionConcluded, func(h *work.Head) { h.Agency, h.Closed = "", day("2026-04-10") }},
		{isOver, term.InspectionConcluded, func(h *work.Head) { h.Agency, h.Closed = "", day("2026-03-09") }},
		{facts{was("2026-03-02", with(planned, func(e *inspection.Planned) {
			e.Institutions, e.Sources = []string{stream(1)}, []string{"530427.rectification.01J"}
		}))}, term.InspectionPlanned, func(h *work.Head) {
			h.Institution, h.Sources = stream(1), []string{"530427.rectification.01J"}
		}},
	} {
		want := base
		c.change(&want)
		want.Status = string(c.status)
		if got := given(t, c.facts).State().Head(); !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func TestFigures(t *testing.T) {
	sweeping := with(visited, func(e *inspection.VisitRecorded) { e.Kind, e.Area = term.SweepInspection, "一组" })
	for name, c := range map[string]struct {
		event figure.Measured
		want  []figure.Measure
	}{
		"a launch":                   {inspection.Launched{Kind: term.ThematicInspection}, []figure.Measure{{Key: term.Campaigns, Item: "thematic", Count: figure.Of(1, term.Occasions)}}},
		"a draw":                     {held, []figure.Measure{{Key: term.Draws, Count: figure.Of(1, term.Occasions)}}},
		"a visit":                    {visited, []figure.Measure{{Key: term.InspectionVisits, Item: "campaign", Institution: stream(1), Count: figure.Of(1, term.Visits)}}},
		"a visit to premises":        {nobody, []figure.Measure{{Key: term.InspectionVisits, Item: "campaign", Count: figure.Of(1, term.Visits)}}},
		"a visit in a sweep":         {sweeping, []figure.Measure{{Key: term.SweepVisits, Item: "一组", Institution: stream(1), Count: figure.Of(1, term.Visits)}}},
		"a number of visits":         {counted, []figure.Measure{{Key: term.InspectionVisits, Item: "campaign", Count: figure.Of(80, term.Visits)}}},
		"a finding":                  {found, []figure.Measure{{Key: term.Findings, Item: "staff", Agency: education, Institution: stream(1), Count: figure.Of(1, term.Items)}}},
		"a finding of nothing":       {clean, nil},
		"a correction on site":       {righted, []figure.Measure{{Key: term.CorrectedOnSite, Item: "qualification", Agency: education, Institution: stream(1), Count: figure.Of(1, term.Items)}}},
		"a survey outside of sweeps": {with(surveyed, func(e *inspection.PremisesSurveyed) { e.Kind = term.CampaignInspection }), []figure.Measure{{Key: term.PremisesSurveyed, Item: "neither", Count: figure.Of(1, term.Visits)}}},
		"a survey that is part of a visit": {with(surveyed, func(e *inspection.PremisesSurveyed) { e.Visit = 1 }),
			[]figure.Measure{{Key: term.PremisesSurveyed, Item: "neither", Count: figure.Of(1, term.Visits)}}},
		"a survey in a sweep": {with(surveyed, func(e *inspection.PremisesSurveyed) { e.Institution = stream(1) }), []figure.Measure{
			{Key: term.PremisesSurveyed, Item: "neither", Institution: stream(1), Count: figure.Of(1, term.Visits)},
			{Key: term.SweepVisits, Item: "一组", Institution: stream(1), Count: figure.Of(1, term.Visits)}}},
		"a survey without a team": {with(surveyed, func(e *inspection.PremisesSurveyed) { e.AreaTeam = "" }), []figure.Measure{
			{Key: term.PremisesSurveyed, Item: "neither", Count: figure.Of(1, term.Visits)},
			{Key: term.SweepVisits, Item: "桂山街道一网格", Count: figure.Of(1, term.Visits)}}},
		"a number of the past with its checks": {with(counted, func(e *inspection.VisitCountRecorded) {
			e.Kind, e.Checks, e.Visits.Precision = term.ThematicInspection, new(figure.Of(10, term.Occasions)), term.AtLeast
		}), []figure.Measure{
			{Key: term.InspectionVisits, Item: "thematic", Count: figure.Count{N: 80, Unit: term.Visits, Precision: term.AtLeast}},
			{Key: term.Campaigns, Item: "thematic", Count: figure.Of(10, term.Occasions)}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.event.Measures(); !slices.Equal(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestFactsSayWhomTheyTouch(t *testing.T) {
	row := func(n int) inspection.Row { return inspection.Row{Institution: stream(n)} }
	for name, c := range map[string]struct {
		event domain.Touching
		want  []string
	}{
		"a plan that names some":    {with(planned, func(e *inspection.Planned) { e.Institutions = []string{stream(1), stream(2)} }), []string{stream(1), stream(2)}},
		"a plan that names nobody":  {planned, nil},
		"a draw":                    {held, held.Drawn},
		"inspectors":                {inspection.InspectorsAssigned{Institution: first}, []string{first}},
		"a visit":                   {visited, []string{stream(1)}},
		"a visit to premises":       {nobody, nil},
		"a finding":                 {found, []string{stream(1)}},
		"a finding on premises":     {clean, nil},
		"a correction on site":      {righted, []string{stream(1)}},
		"a survey":                  {with(surveyed, func(e *inspection.PremisesSurveyed) { e.Institution = stream(1) }), []string{stream(1)}},
		"a survey of who is nobody": {surveyed, nil},
		"a reply":                   {inspection.Replied{Institution: stream(1)}, []string{stream(1)}},
		"a result":                  {inspection.ResultPublished{Rows: []inspection.Row{row(1), {}, row(2), row(1)}}, []string{stream(1), stream(2)}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.event.Touches(); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	for n, want := range []int{0, 1, 0} {
		var names []string
		for i := range n {
			names = append(names, stream(i))
		}
		e := with(planned, func(e *inspection.Planned) { e.Institutions = names })
		if got := domain.Concerning(e).Concerns(); len(got) != want {
			t.Errorf("got the whole concern %v of %d", got, n)
		}
	}
}

func TestANumberBelongsToOneInspectionOfItsLead(t *testing.T) {
	want := domain.Claim{Kind: "inspection", Value: education + "/JC-2026-0001"}
	if got := domain.Claimer(planned).Claims(); len(got) != 1 || got[0] != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := random.Claims(); got != nil {
		t.Errorf("got %v of a plan without a number", got)
	}
}

func TestReferencesStandWhereTheyAreWritten(t *testing.T) {
	any1 := domain.Ref{ID: "1"}
	for _, c := range []struct {
		command domain.Referring
		want    []string
	}{
		{&inspection.Plan{Institutions: []domain.Ref{any1, any1}, Sources: []domain.Ref{any1}}, []string{"/body/institutions/0", "/body/institutions/1", "/body/sources/0"}},
		{&inspection.HoldDraw{Recusals: []inspection.Withdrawn{{Institution: any1}, {Institution: any1}}}, []string{"/body/recusals/0/institution", "/body/recusals/1/institution"}},
		{&inspection.AssignInspectors{Institution: any1}, []string{"/body/institution"}},
		{&inspection.RecuseOfficer{Withdrawn: inspection.Withdrawn{Institution: any1}}, []string{"/body/institution"}},
		{&inspection.RecordVisit{Institution: any1}, []string{"/body/institution"}},
		{&inspection.SurveyPremises{Institution: any1}, []string{"/body/institution"}},
		{&inspection.Reply{Institution: any1}, []string{"/body/institution"}},
	} {
		var got []string
		for _, r := range c.command.Refs() {
			got = append(got, r.Pointer)
			if *r.Ref != any1 || len(r.Kinds) == 0 {
				t.Errorf("%T: got %+v", c.command, r)
			}
			r.Ref.Stream = "resolved"
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%T: got %v, want %v", c.command, got, c.want)
		}
		for _, r := range c.command.Refs() {
			if r.Ref.Stream != "resolved" {
				t.Errorf("%T: got %+v, want what was resolved kept", c.command, r)
			}
		}
	}
}

func TestThePopulationTravelsBesideTheAct(t *testing.T) {
	c := inspection.HoldDraw{Seed: seed}
	c.Freeze(roll(3))
	c.Govern(under().Law)
	if c.Population.AtSeq != 9 || len(c.Law.Roster) == 0 {
		t.Errorf("got %+v", c.Population)
	}
	if b, err := json.Marshal(c); err != nil || string(b) != fmt.Sprintf(`{"seed":%q}`, seed) {
		t.Errorf("got %s, %v, want the seed alone", b, err)
	}
}

func TestNumbersOfAnnulledVisitsAreNotGivenAgain(t *testing.T) {
	// The second visit is annulled, its finding is not yet.
	left := after(isVisited, was("2026-03-10", clean))
	s := given(t, left).When(on("2026-03-11"), visit).Then(with(visited, func(e *inspection.VisitRecorded) { e.Visit = 3 }))
	if got := s.Summary(); got.Visits != figure.Of(2, term.Visits) || got.Findings != 0 {
		t.Errorf("got %+v", got)
	}
	orphan := given(t, after(isVisited, was("2026-03-10", with(found, func(e *inspection.FindingRecorded) { e.Visit = 2 })))).State()
	if got := orphan.Summary(); got.Findings != 0 {
		t.Errorf("got %+v, want no finding of a visit that was annulled", got)
	}
}

func TestCovertInspectionsBecomePublicWithTheirResult(t *testing.T) {
	before := after(isCovert, domaintest.Was(joint("2026-03-09"), with(visited, func(e *inspection.VisitRecorded) { e.Covert = true })), was("2026-03-20", inspection.Closed{}))
	if s := given(t, before).State(); !s.Confidential {
		t.Error("got a covert inspection that is not confidential")
	}
	given(t, after(before, was("2026-04-10", result))).When(on("2026-04-15"), inspection.Reply{Institution: ref(1), Text: "已整改"}).Accepted()
	given(t, after(before, was("2026-04-10", result))).When(on("2026-05-15"), inspection.Conclude{}).Accepted()
	if s := given(t, isLaunched).State(); s.Confidential {
		t.Error("got a campaign that is confidential")
	}
}

func TestEveryVariantOfUnknownInputIsAFaultOfTheProgram(t *testing.T) {
	for name, f := range map[string]func(){
		"command": func() { _, _ = inspection.Decide(inspection.State{}, on("2026-03-02"), nil) },
		"event":   func() { inspection.Evolve(inspection.State{}, on("2026-03-02"), strange{}) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("got it taken")
				}
			}()
			f()
		})
	}
}

type strange struct{ inspection.Event }

func (strange) EventName() string { return "inspection.strange" }

func TestCorrectionsKeepWhatAVisitNeeds(t *testing.T) {
	visit := inspection.VisitRecorded{Visit: 1, Premises: "桂山街道文化路", Officers: []string{"XP-E01", "XP-E02"}, Signed: true}
	type checked interface{ Check() error }
	for name, c := range map[string]struct {
		fact  checked
		taken bool
	}{
		"a street":                      {visit, true},
		"an institution":                {with(visit, func(e *inspection.VisitRecorded) { e.Premises, e.Institution = "", stream(1) }), true},
		"a door":                        {with(visit, func(e *inspection.VisitRecorded) { e.Premises = "文化路12号3栋" }), false},
		"two places":                    {with(visit, func(e *inspection.VisitRecorded) { e.Institution = stream(1) }), false},
		"one officer":                   {with(visit, func(e *inspection.VisitRecorded) { e.Officers = e.Officers[:1] }), false},
		"one officer twice":             {with(visit, func(e *inspection.VisitRecorded) { e.Officers = []string{"XP-E01", "XP-E01"} }), false},
		"no signature":                  {with(visit, func(e *inspection.VisitRecorded) { e.Signed = false }), false},
		"no signature of a covert one":  {with(visit, func(e *inspection.VisitRecorded) { e.Signed, e.Covert = false, true }), true},
		"a finding in a street":         {inspection.FindingRecorded{Premises: "文化路"}, true},
		"a finding behind a door":       {inspection.FindingRecorded{Premises: "文化路12号"}, false},
		"what was surveyed of a street": {inspection.PremisesSurveyed{Address: "文化路"}, true},
		"what was surveyed of a door":   {inspection.PremisesSurveyed{Address: "文化路12号501室"}, false},
	} {
		if err := c.fact.Check(); (err == nil) != c.taken {
			t.Errorf("%s: got %v, want it taken: %v", name, err, c.taken)
		}
	}
}
