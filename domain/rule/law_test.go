package rule_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// day reads a day of a test, or no day.
func day(s string) calendar.Day {
	if s == "" {
		return 0
	}
	d, err := calendar.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// lawWith is the law with the built-in calendar and parameters of its own, in
// pairs of key and value.
func lawWith(pairs ...string) rule.Law {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return rule.Law{Policy: rule.NewPolicy("test", values), Calendar: calendar.Default()}
}

// outcome checks that err is a refusal by want, at the pointer where one is
// given, or no error where want is the zero rule.
func outcome(t *testing.T, err error, want domain.Rule, pointer string) {
	t.Helper()
	if want.ID == "" {
		if err != nil {
			t.Errorf("got %v, want it accepted", err)
		}
		return
	}
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Rule != want.ID {
		t.Errorf("got %v, want a refusal by %s", err, want.ID)
		return
	}
	if pointer != "" && (len(e.Fields) != 1 || e.Fields[0].Pointer != pointer) {
		t.Errorf("got the fields %v, want one at %s", e.Fields, pointer)
	}
}

var (
	compulsory = []term.Audience{term.Compulsory}
	seniorHigh = []term.Audience{term.SeniorHigh}
	preschool  = []term.Audience{term.Preschool}
)

func TestMoratoriumStopsWhatItCovers(t *testing.T) {
	l := rule.Law{Moratoria: []rule.Moratory{
		{Division: "000000", Class: term.Subject, Audiences: []term.Audience{term.Compulsory, term.SeniorHigh}, From: day("2021-07-24"), DocumentNo: "中办发〔2021〕40号"},
		{Division: "530427", Class: term.Subject, Audiences: compulsory, From: day("2021-07-07")},
		{Division: "530400", Audiences: preschool, From: day("2021-08-01"), Lifted: day("2023-01-01")},
	}}
	for name, c := range map[string]struct {
		class     term.Class
		audiences []term.Audience
		on        string
		by        string // division whose moratorium stops it; empty: accepted
	}{
		"the day before the local date is open":                       {term.Subject, compulsory, "2021-07-06", ""},
		"the local date stops before the national one":                {term.Subject, compulsory, "2021-07-07", "530427"},
		"what only the nation stopped is open until its date":         {term.Subject, seniorHigh, "2021-07-23", ""},
		"the national date stops below it":                            {term.Subject, seniorHigh, "2021-07-24", "000000"},
		"one covered audience among others is enough":                 {term.Subject, []term.Audience{term.Preschool, term.SeniorHigh}, "2021-07-24", "000000"},
		"another class is open":                                       {term.NonSubject, compulsory, "2022-01-01", ""},
		"a moratorium without a class stops every class":              {term.NonSubject, preschool, "2022-01-01", "530400"},
		"the last day before the lifting is stopped":                  {term.NonSubject, preschool, "2022-12-31", "530400"},
		"the day of the lifting is open":                              {term.NonSubject, preschool, "2023-01-01", ""},
		"a grant without audiences is covered by none of these":       {term.Subject, nil, "2022-01-01", ""},
		"the national moratorium comes first where both hold at once": {term.Subject, compulsory, "2022-01-01", "000000"},
	} {
		t.Run(name, func(t *testing.T) {
			m, stopped := l.Stopping(c.class, c.audiences, day(c.on))
			if m.Division != c.by || stopped != (c.by != "") {
				t.Errorf("got %q, %v, want %q", m.Division, stopped, c.by)
			}
			want := domain.Rule{}
			if c.by != "" {
				want = rule.Moratorium
			}
			outcome(t, l.NotStopped(c.class, c.audiences, day(c.on)), want, "/body/class")
		})
	}
}

func TestPreschoolSubjectTrainingIsRefusedFromTheDayOfTheOpinion(t *testing.T) {
	for name, c := range map[string]struct {
		class     term.Class
		audiences []term.Audience
		on        string
		by        domain.Rule
	}{
		"the day before is open":               {term.Subject, preschool, "2021-07-23", domain.Rule{}},
		"the day itself is refused":            {term.Subject, preschool, "2021-07-24", rule.PreschoolSubject},
		"preschool among others is refused":    {term.Subject, []term.Audience{term.Compulsory, term.Preschool}, "2022-01-01", rule.PreschoolSubject},
		"other audiences are open":             {term.Subject, compulsory, "2022-01-01", domain.Rule{}},
		"non-subject training of them is open": {term.NonSubject, preschool, "2022-01-01", domain.Rule{}},
	} {
		t.Run(name, func(t *testing.T) {
			outcome(t, rule.NoPreschoolSubject(c.class, c.audiences, day(c.on)), c.by, "/body/audiences")
		})
	}
}

func TestConversionChangesSomething(t *testing.T) {
	from := rule.Scope{Class: term.Subject, Audiences: []term.Audience{term.Compulsory, term.SeniorHigh}}
	for name, c := range map[string]struct {
		to rule.Scope
		by domain.Rule
	}{
		"the same scope is no conversion":                       {from, rule.Conversion},
		"the same audiences in another order are no conversion": {rule.Scope{Class: term.Subject, Audiences: []term.Audience{term.SeniorHigh, term.Compulsory}}, rule.Conversion},
		"another class converts":                                {rule.Scope{Class: term.NonSubject, Audiences: from.Audiences}, domain.Rule{}},
		"a category more converts":                              {rule.Scope{Class: term.Subject, Categories: []term.Category{term.Sports}, Audiences: from.Audiences}, domain.Rule{}},
		"an audience less converts":                             {rule.Scope{Class: term.Subject, Audiences: seniorHigh}, domain.Rule{}},
		"an audience more converts":                             {rule.Scope{Class: term.Subject, Audiences: []term.Audience{term.Compulsory, term.SeniorHigh, term.Preschool}}, domain.Rule{}},
	} {
		t.Run(name, func(t *testing.T) { outcome(t, rule.Converts(from, c.to), c.by, "/body/to") })
	}
}

func TestWatchLastsNoLongerThanThePolicyAllows(t *testing.T) {
	for name, c := range map[string]struct {
		law         rule.Law
		from, until string
		by          domain.Rule
	}{
		"three months by default are accepted":          {lawWith(), "2023-03-01", "2023-06-01", domain.Rule{}},
		"a day more is refused":                         {lawWith(), "2023-03-01", "2023-06-02", rule.WatchLimit},
		"a day alone is accepted":                       {lawWith(), "2023-03-01", "2023-03-01", domain.Rule{}},
		"an end before the start is refused":            {lawWith(), "2023-03-01", "2023-02-28", rule.WatchLimit},
		"no end is refused":                             {lawWith(), "2023-03-01", "", rule.WatchLimit},
		"a shorter limit of the policy governs":         {lawWith("list.watch_limit_months", "1"), "2023-03-01", "2023-04-02", rule.WatchLimit},
		"a longer limit of the policy governs":          {lawWith("list.watch_limit_months", "6"), "2023-03-01", "2023-09-01", domain.Rule{}},
		"months end on the last day of a shorter month": {lawWith(), "2023-11-30", "2024-02-29", domain.Rule{}},
		"and not on the day after it":                   {lawWith(), "2023-11-30", "2024-03-01", rule.WatchLimit},
	} {
		t.Run(name, func(t *testing.T) {
			outcome(t, c.law.WithinWatchLimit(day(c.from), day(c.until)), c.by, "/body/until")
		})
	}
}

func TestStatementWindowCountsWorkingDays(t *testing.T) {
	for name, c := range map[string]struct {
		law           rule.Law
		served, until string // empty: refused, the year is not published
	}{
		"a plain week": {lawWith(), "2021-03-01", "2021-03-08"},
		"over National Day and a make-up Saturday":     {lawWith(), "2021-09-28", "2021-10-11"},
		"over a make-up Sunday before Spring Festival": {lawWith(), "2021-02-05", "2021-02-18"},
		"served on a holiday":                          {lawWith(), "2021-10-01", "2021-10-13"},
		"of no length":                                 {lawWith("list.statement_window_working_days", "0"), "2021-03-01", "2021-03-01"},
		"longer by policy":                             {lawWith("list.statement_window_working_days", "10"), "2021-03-01", "2021-03-15"},
		"into a year that is not published":            {lawWith(), "2026-12-28", ""},
		"in a year that is not published":              {lawWith(), "2031-03-03", ""},
		"without any calendar":                         {rule.Law{}, "2021-03-01", ""},
	} {
		t.Run(name, func(t *testing.T) {
			until, err := c.law.StatementWindow(day(c.served))
			if c.until == "" {
				outcome(t, err, calendar.PublishedRule, "")
				return
			}
			if err != nil || until != day(c.until) {
				t.Errorf("got %s, %v, want %s", until, err, c.until)
			}
		})
	}
}

type publicationCase struct {
	Tier        term.Tier    `json:"tier"`
	PublishedOn calendar.Day `json:"published_on"`
	MinUntil    calendar.Day `json:"min_until"`
	MaxUntil    calendar.Day `json:"max_until"`
}

func TestVectorsOfThePublicationPeriod(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		PublicationPeriod struct{ Cases []publicationCase } `json:"publication_period"`
	}
	if err := json.Unmarshal(data, &v); err != nil || len(v.PublicationPeriod.Cases) == 0 {
		t.Fatalf("got %d vectors, %v", len(v.PublicationPeriod.Cases), err)
	}
	for _, c := range v.PublicationPeriod.Cases {
		got, err := lawWith().Publish(c.Tier, c.PublishedOn, rule.Publication{})
		want := rule.Publication{From: c.PublishedOn, MinUntil: c.MinUntil, MaxUntil: c.MaxUntil}
		if err != nil || got != want {
			t.Errorf("%s from %s: got %v, %v, want %v", c.Tier, c.PublishedOn, got, err, want)
		}
	}
}

func TestPublicationKeepsTheIntervalOfTheTier(t *testing.T) {
	for name, c := range map[string]struct {
		law            rule.Law
		tier           term.Tier
		from, min, max string
		by             domain.Rule
		pointer        string
	}{
		"exactly the shortest and the longest":       {lawWith(), term.Ordinary, "", "2026-07-10", "2027-04-10", domain.Rule{}, ""},
		"a longer shortest period":                   {lawWith(), term.Ordinary, "", "2026-10-10", "", domain.Rule{}, ""},
		"a shorter longest period":                   {lawWith(), term.Ordinary, "", "", "2026-12-31", domain.Rule{}, ""},
		"a day less than the shortest":               {lawWith(), term.Ordinary, "", "2026-07-09", "", rule.BlackPublication, "/body/min_until"},
		"a day more than the longest":                {lawWith(), term.Ordinary, "", "", "2027-04-11", rule.BlackPublication, "/body/max_until"},
		"an end before the shortest period":          {lawWith(), term.Ordinary, "", "", "2026-07-09", rule.BlackPublication, "/body/max_until"},
		"a minor listing that ends before it begins": {lawWith(), term.Minor, "", "", "2026-04-09", rule.BlackPublication, "/body/max_until"},
		"a minor listing may have a shortest period": {lawWith(), term.Minor, "", "2026-05-10", "", domain.Rule{}, ""},
		"published before the decision":              {lawWith(), term.Ordinary, "2026-04-09", "", "", rule.BlackPublication, "/body/publish_from"},
		"published on the twentieth working day":     {lawWith(), term.Ordinary, "2026-05-12", "", "", domain.Rule{}, ""},
		"published on the twenty-first working day":  {lawWith(), term.Ordinary, "2026-05-13", "", "", rule.BlackPublication, "/body/publish_from"},
		"fewer working days to publish by policy":    {lawWith("list.publication_working_days", "1"), term.Ordinary, "2026-04-14", "", "", rule.BlackPublication, "/body/publish_from"},
		"a tier of the policy's own":                 {lawWith("list.tier.ordinary", "1-2"), term.Ordinary, "", "2026-05-10", "2026-06-10", domain.Rule{}, ""},
		"beyond a tier of the policy's own":          {lawWith("list.tier.ordinary", "1-2"), term.Ordinary, "", "", "2026-06-11", rule.BlackPublication, "/body/max_until"},
		"the same day needs no calendar":             {rule.Law{}, term.Serious, "", "", "", domain.Rule{}, ""},
		"a later day needs the calendar of its year": {rule.Law{}, term.Serious, "2026-04-11", "", "", calendar.PublishedRule, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.law.Publish(c.tier, day("2026-04-10"), rule.Publication{From: day(c.from), MinUntil: day(c.min), MaxUntil: day(c.max)})
			outcome(t, err, c.by, c.pointer)
		})
	}
}

func TestTheLawTravelsInTheCommand(t *testing.T) {
	var u rule.Under
	var g rule.Governed = &u
	g.Govern(lawWith("list.watch_limit_months", "7"))
	if got := u.Law.Policy.Int("list.watch_limit_months"); got != 7 {
		t.Errorf("got %d, want 7", got)
	}
	if b, err := json.Marshal(u); err != nil || string(b) != "{}" {
		t.Errorf("got %s, %v, want nothing of it in the act", b, err)
	}
}

func TestScopesAreSetsOfCodes(t *testing.T) {
	a := rule.Scope{Class: term.Subject, Audiences: []term.Audience{term.Compulsory, term.Compulsory}}
	b := rule.Scope{Class: term.Subject, Audiences: []term.Audience{term.Compulsory, term.SeniorHigh}}
	if a.Same(b) || b.Same(a) || !slices.Equal(a.Audiences, []term.Audience{term.Compulsory, term.Compulsory}) {
		t.Error("got two scopes the same that are not")
	}
}
