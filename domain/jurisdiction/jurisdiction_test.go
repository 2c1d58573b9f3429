package jurisdiction_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/domaintest"
	"minglu/domain/jurisdiction"
	"minglu/domain/rule"
	"minglu/domain/term"
)

type (
	fact    = domaintest.Fact
	facts   = []domaintest.Fact
	events  = []jurisdiction.Event
	history = domaintest.History[jurisdiction.State, jurisdiction.Command, jurisdiction.Event]
)

var day = domaintest.Day

// was is the fact that e took effect on a day.
func was(on string, e jurisdiction.Event) fact { return domaintest.Was(domaintest.On(on), e) }

func given(t testing.TB, before facts) *history {
	t.Helper()
	return domaintest.Given(t, jurisdiction.Decider, before...).Listed(jurisdiction.Acts)
}

// with returns a changed copy.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

// hash is the digest of streams as it is documented: one a line.
func hash(streams string) string {
	sum := sha256.Sum256([]byte(streams))
	return hex.EncodeToString(sum[:])
}

var (
	compulsory = []term.Audience{term.Compulsory}
	two        = []term.Audience{term.Compulsory, term.SeniorHigh}

	imposed = jurisdiction.MoratoriumImposed{Class: term.Subject, Audiences: two, DocumentNo: "新教〔2021〕1号"}
	lifted  = jurisdiction.MoratoriumLifted{Class: term.Subject, Audiences: two, DocumentNo: "新教〔2023〕1号"}
	stopped = facts{was("2021-07-07", imposed)}

	freeze = jurisdiction.FreezeBaseline{Name: "双减", Date: day("2021-07-24"), Class: term.Subject, Audiences: compulsory,
		Roll: jurisdiction.Roll{Members: []string{"institution.b", "institution.a"}, LicensedInAll: 5, AtSeq: 40}}
	frozen = jurisdiction.BaselineFrozen{Name: "双减", Date: day("2021-07-24"), Class: term.Subject, Audiences: compulsory,
		Members: []string{"institution.a", "institution.b"}, LicensedInAll: 5, Hash: hash("institution.a\ninstitution.b\n"), AtSeq: 40}
	isFrozen = facts{was("2021-08-01", frozen)}

	notice = jurisdiction.PublishCalendar{Year: 2027, DaysOff: []calendar.Day{day("2027-01-01")}, MakeUpDays: []calendar.Day{day("2027-01-03")}, Document: "国办发明电"}

	window  = jurisdiction.OpenAnnualInspection{Year: 2022, WindowFrom: day("2023-03-01"), WindowTo: day("2023-03-31")}
	isOpen  = facts{was("2023-02-01", jurisdiction.AnnualInspectionOpened(window))}
	sitting = jurisdiction.HoldJointConference{Sequence: 1, Agencies: []string{"530427-education", "market_regulation"}}
	sat     = jurisdiction.JointConferenceHeld{Sequence: 1, Agencies: []string{"530427-education", "market_regulation"}, Resolutions: []string{}}
	hasSat  = facts{was("2021-08-01", sat)}
	batch   = jurisdiction.PublishListBatch{List: term.White, Media: []string{"官网"}, Members: jurisdiction.Members{Rows: []string{"c", "a"}, AtSeq: 7}}
	batched = jurisdiction.ListBatchPublished{List: term.White, Media: []string{"官网"}, Number: 1, AsOf: day("2023-07-23"), AtSeq: 7,
		Rows: []string{"a", "c"}, Added: []string{"a", "c"}, Removed: []string{}, Hash: hash("a\nc\n")}
	isBatched = facts{was("2023-07-23", batched)}
	survey    = jurisdiction.PublishSurvey{Population: "家长", Respondents: 15737, Counts: map[string]int{"fairly": 6808, "very": 8600}, PrintedRate: "97.91"}
)

func TestTables(t *testing.T) {
	domaintest.Acts(t, jurisdiction.Decider, jurisdiction.Acts)
	domaintest.Events(t, jurisdiction.Decider, jurisdiction.Events, facts{
		was("2021-07-07", imposed), was("2023-01-01", lifted), was("2021-08-01", with(frozen, func(b *jurisdiction.BaselineFrozen) { b.Mode = term.Offline })),
		was("2022-01-01", jurisdiction.PolicyAdopted{Parameters: map[string]string{"list.watch_limit_months": "2"}}),
		was("2026-12-01", jurisdiction.CalendarPublished(notice)),
		was("2023-02-01", jurisdiction.AnnualInspectionOpened(with(window, func(w *jurisdiction.OpenAnnualInspection) { w.Class = term.Subject }))),
		was("2021-08-01", sat), was("2023-07-23", batched), was("2022-05-01", jurisdiction.SurveyPublished(survey)),
		was("2023-01-01", bureau), was("2023-01-02", jurisdiction.AgencyClosed{Agency: fire, Reason: "撤并"}),
		was("2023-01-03", with(officer, func(o *jurisdiction.OfficerRegistered) {
			o.Until, o.Person = day("2026-01-02"), &domain.Sealed{Person: "p", Commit: "c", Box: "b"}
		})),
		was("2023-01-04", jurisdiction.OfficerRetired{Officer: "A1", Reason: "退休"}),
		was("2023-01-05", jurisdiction.PersonalDataRead{Unsealing: domain.Unsealing{Person: "p", Reason: "核对证件"}}),
		was("2023-01-06", jurisdiction.PersonalDataErased{Erasure: domain.Erasure{Person: "p", Reason: "离职", LegalBasis: "个人信息保护法 第四十七条"}}),
		was("2023-01-07", force), was("2023-01-08", jurisdiction.TaskForceDissolved{Name: "双减专班", Reason: "任务完成"}),
		was("2023-01-09", team),
		was("2023-01-10", resolutionSet), was("2023-01-11", jurisdiction.ResolutionFollowedUp{Sequence: 2, Resolution: 1, Result: "完成", Done: true}),
		was("2023-01-12", document), was("2023-01-13", hotline), was("2023-01-14", letter),
		was("2023-01-15", jurisdiction.CircularIssued{Targets: []string{"各培训机构"}, Findings: []string{"收费不公示"}}),
		was("2023-01-16", with(trained, func(e *jurisdiction.TrainingHeld) { e.Institutions = []string{"530427.institution.A"} })),
		was("2021-12-31", printed),
		was("2023-01-18", jurisdiction.AuditRecorded{FromSeq: 1, ToSeq: 9, HeadHash: hash(""), Result: term.AuditIntact}),
		was("2023-01-19", jurisdiction.DeadlineMissed{Missing: lateResolution}),
		was("2023-08-01", jurisdiction.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "document_no", Was: domain.RawJSON(`"1"`), Is: domain.RawJSON(`"2"`), Reason: "笔误"}}),
		was("2023-08-02", jurisdiction.Annulled{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}),
	})
}

func policy(text string) jurisdiction.AdoptPolicy {
	var p jurisdiction.AdoptPolicy
	if err := json.Unmarshal([]byte(text), &p.Parameters); err != nil {
		panic(err)
	}
	return p
}

// acceptance is an act that leads to facts.
type acceptance struct {
	name    string
	before  facts
	on      string
	command jurisdiction.Command
	then    events
}

// acceptances are each act accepted once or more, with those of
// organisationAcceptances.
var acceptances = []acceptance{
	{"approvals are stopped", nil, "2021-07-07", jurisdiction.ImposeMoratorium(imposed), events{imposed}},
	{"what is stopped is so already, in any order", stopped, "2021-07-24",
		jurisdiction.ImposeMoratorium{Class: term.Subject, Audiences: []term.Audience{term.SeniorHigh, term.Compulsory}}, nil},
	{"fewer audiences are another moratorium", stopped, "2021-07-24", jurisdiction.ImposeMoratorium{Class: term.Subject, Audiences: compulsory},
		events{jurisdiction.MoratoriumImposed{Class: term.Subject, Audiences: compulsory}}},
	{"an audience named twice is another moratorium", stopped, "2021-07-24",
		jurisdiction.ImposeMoratorium{Class: term.Subject, Audiences: []term.Audience{term.Compulsory, term.Compulsory}},
		events{jurisdiction.MoratoriumImposed{Class: term.Subject, Audiences: []term.Audience{term.Compulsory, term.Compulsory}}}},
	{"approvals are stopped from an earlier day too", stopped, "2021-07-01", jurisdiction.ImposeMoratorium(imposed), events{imposed}},
	{"approvals are allowed again", stopped, "2023-01-01", jurisdiction.LiftMoratorium(lifted), events{lifted}},
	{"and stopped again", facts{stopped[0], was("2023-01-01", lifted)}, "2023-01-01", jurisdiction.ImposeMoratorium(imposed), events{imposed}},

	{"a baseline is frozen with its members in order", nil, "2021-08-01", freeze, events{frozen}},
	{"a mistake is a new baseline under another name", isFrozen, "2021-09-01", with(freeze, func(f *jurisdiction.FreezeBaseline) { f.Name = "双减（更正）" }),
		events{with(frozen, func(b *jurisdiction.BaselineFrozen) { b.Name = "双减（更正）" })}},
	{"an empty baseline is one", nil, "2021-08-01", with(freeze, func(f *jurisdiction.FreezeBaseline) { f.Roll = jurisdiction.Roll{AtSeq: 40} }),
		events{with(frozen, func(b *jurisdiction.BaselineFrozen) { b.Members, b.LicensedInAll, b.Hash = []string{}, 0, hash("") })}},

	{"parameters are adopted in their text form", nil, "2022-01-01", policy(`{"list.watch_limit_months":2,"list.white_requires_escrow":true,"list.accepted_licence_kinds":["school_licence"]}`),
		events{jurisdiction.PolicyAdopted{Parameters: map[string]string{"list.watch_limit_months": "2", "list.white_requires_escrow": "true", "list.accepted_licence_kinds": "school_licence"}}}},
	{"a calendar is published", nil, "2026-11-01", notice, events{jurisdiction.CalendarPublished(notice)}},
	{"an annual inspection is opened", nil, "2023-02-01", window, events{jurisdiction.AnnualInspectionOpened(window)}},
	{"a window for one class stands beside that for all", isOpen, "2023-02-01", with(window, func(w *jurisdiction.OpenAnnualInspection) { w.Class = term.Subject }),
		events{jurisdiction.AnnualInspectionOpened(with(window, func(w *jurisdiction.OpenAnnualInspection) { w.Class = term.Subject }))}},
	{"a conference of agencies and departments is held", nil, "2021-08-01", sitting, events{sat}},
	{"the next conference has the next number", hasSat, "2021-09-01", with(sitting, func(c *jurisdiction.HoldJointConference) { c.Sequence, c.Resolutions = 2, []string{"压减"} }),
		events{with(sat, func(c *jurisdiction.JointConferenceHeld) { c.Sequence, c.Resolutions = 2, []string{"压减"} })}},

	{"the first batch is number one and adds all", nil, "2023-07-23", batch, events{batched}},
	{"the next batch says what came and went", isBatched, "2024-04-30",
		with(batch, func(b *jurisdiction.PublishListBatch) {
			b.Media, b.Members = nil, jurisdiction.Members{Rows: []string{"d", "c", "b"}, AtSeq: 9}
		}),
		events{jurisdiction.ListBatchPublished{List: term.White, Media: []string{}, Number: 2, AsOf: day("2024-04-30"), AtSeq: 9,
			Rows: []string{"b", "c", "d"}, Added: []string{"b", "d"}, Removed: []string{"a"}, Hash: hash("b\nc\nd\n")}}},
	{"a batch of the same day and members changes nothing and counts", isBatched, "2023-07-23", batch,
		events{with(batched, func(b *jurisdiction.ListBatchPublished) { b.Number, b.Added = 2, []string{} })}},
	{"an empty batch removes all", isBatched, "2024-04-30", jurisdiction.PublishListBatch{List: term.White},
		events{jurisdiction.ListBatchPublished{List: term.White, Media: []string{}, Number: 2, AsOf: day("2024-04-30"), Rows: []string{}, Added: []string{}, Removed: []string{"a", "c"}, Hash: hash("")}}},
	{"another list counts for itself", isBatched, "2023-07-01", with(batch, func(b *jurisdiction.PublishListBatch) { b.List = term.Black }),
		events{with(batched, func(b *jurisdiction.ListBatchPublished) { b.List, b.AsOf = term.Black, day("2023-07-01") })}},

	{"a survey is kept as it was printed", nil, "2022-05-01", survey, events{jurisdiction.SurveyPublished(survey)}},
	{"counts may be all who answered", nil, "2022-05-01", with(survey, func(s *jurisdiction.PublishSurvey) { s.Respondents = 15408 }),
		events{jurisdiction.SurveyPublished(with(survey, func(s *jurisdiction.PublishSurvey) { s.Respondents = 15408 }))}},
	{"a survey without counts is kept", nil, "2022-05-01", jurisdiction.PublishSurvey{Population: "学生", Respondents: 1},
		events{jurisdiction.SurveyPublished{Population: "学生", Respondents: 1}}},
	{"a fact is corrected", stopped, "2021-08-01", jurisdiction.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "document_no", Reason: "笔误"}},
		events{jurisdiction.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "document_no", Reason: "笔误"}}}},
	{"a fact is annulled", stopped, "2021-08-01", jurisdiction.Annul{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}},
		events{jurisdiction.Annulled{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}}},
}

func TestActsAreAccepted(t *testing.T) {
	accepted := map[reflect.Type]bool{}
	for _, c := range slices.Concat(acceptances, organisationAcceptances) {
		t.Run(c.name, func(t *testing.T) {
			given(t, c.before).When(domaintest.On(c.on), c.command).Then(c.then...)
		})
		accepted[reflect.TypeOf(c.command)] = accepted[reflect.TypeOf(c.command)] || len(c.then) > 0
	}
	for _, a := range jurisdiction.Acts {
		if !accepted[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that accepts it", a.Name)
		}
	}
}

// anyFault stands for a refusal without a rule.
var anyFault = domain.Rule{}

// refusal is an act that is refused by a rule, at a pointer where one is given.
type refusal struct {
	name    string
	before  facts
	on      string
	command jurisdiction.Command
	by      domain.Rule
	pointer string
}

// refusals are each act refused once or more, with those of
// organisationRefusals.
var refusals = []refusal{
	{"a moratorium names audiences", nil, "2021-07-07", jurisdiction.ImposeMoratorium{Class: term.Subject}, anyFault, "/body/audiences"},
	{"what is not stopped is not lifted", nil, "2023-01-01", jurisdiction.LiftMoratorium(lifted), rule.MoratoriumLift, ""},
	{"nor before it is stopped", stopped, "2021-07-06", jurisdiction.LiftMoratorium(lifted), rule.MoratoriumLift, ""},
	{"nor for another class", stopped, "2023-01-01", jurisdiction.LiftMoratorium{Class: term.NonSubject, Audiences: two}, rule.MoratoriumLift, ""},
	{"nor for part of the audiences", stopped, "2023-01-01", jurisdiction.LiftMoratorium{Class: term.Subject, Audiences: compulsory}, rule.MoratoriumLift, ""},
	{"nor for one of them named twice", stopped, "2023-01-01", jurisdiction.LiftMoratorium{Class: term.Subject, Audiences: []term.Audience{term.Compulsory, term.Compulsory}}, rule.MoratoriumLift, ""},
	{"nor twice", facts{stopped[0], was("2023-01-01", lifted)}, "2023-02-01", jurisdiction.LiftMoratorium(lifted), rule.MoratoriumLift, ""},

	{"a baseline is frozen once", isFrozen, "2021-09-01", with(freeze, func(f *jurisdiction.FreezeBaseline) { f.Roll.Members = nil }), rule.FrozenBaseline, "/body/name"},
	{"not even the same one again", isFrozen, "2021-08-01", freeze, rule.FrozenBaseline, "/body/name"},
	{"a baseline has a name", nil, "2021-08-01", with(freeze, func(f *jurisdiction.FreezeBaseline) { f.Name = " " }), anyFault, "/body/name"},
	{"a baseline names audiences", nil, "2021-08-01", with(freeze, func(f *jurisdiction.FreezeBaseline) { f.Audiences = nil }), anyFault, "/body/audiences"},
	{"a baseline does not lie ahead", nil, "2021-07-23", freeze, rule.FrozenBaseline, "/body/date"},
	{"members of a baseline are not corrected", isFrozen, "2021-09-01", jurisdiction.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "members", Reason: "漏"}}, rule.FrozenBaseline, "/body/field"},
	{"nor its number of licensed in all", isFrozen, "2021-09-01", jurisdiction.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "licensed_in_all", Reason: "漏"}}, rule.FrozenBaseline, "/body/field"},
	{"nor its day", isFrozen, "2021-09-01", jurisdiction.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "date", Reason: "漏"}}, rule.FrozenBaseline, "/body/field"},
	{"a correction needs a reason", stopped, "2021-09-01", jurisdiction.Correct{Correction: domain.Correction{Field: "document_no"}}, anyFault, "/body/reason"},
	{"an annulment needs a reason", stopped, "2021-09-01", jurisdiction.Annul{}, anyFault, "/body/reason"},

	{"a policy sets something", nil, "2022-01-01", jurisdiction.AdoptPolicy{}, anyFault, "/body/parameters"},
	{"a policy sets what a rule reads", nil, "2022-01-01", policy(`{"list.colour":"red"}`), rule.PolicyParameter, "/body/parameters/list.colour"},
	{"one bad value refuses the policy", nil, "2022-01-01", policy(`{"list.watch_limit_months":2,"list.serious_finding":"none"}`), rule.PolicyParameter, "/body/parameters/list.serious_finding"},

	{"a day off lies in its year", nil, "2026-11-01", with(notice, func(c *jurisdiction.PublishCalendar) { c.DaysOff = []calendar.Day{day("2026-12-31")} }), anyFault, "/body/days_off/0"},
	{"a make-up day is on a weekend", nil, "2026-11-01", with(notice, func(c *jurisdiction.PublishCalendar) { c.MakeUpDays = []calendar.Day{day("2027-01-04")} }), anyFault, "/body/make_up_days/0"},
	{"a calendar has a year", nil, "2026-11-01", jurisdiction.PublishCalendar{}, anyFault, "/body/year"},
	{"a window does not end before it begins", nil, "2023-02-01", with(window, func(w *jurisdiction.OpenAnnualInspection) { w.WindowTo = day("2023-02-28") }), anyFault, "/body/window_to"},
	{"a window is opened once", isOpen, "2023-02-01", window, rule.AnnualInspection, ""},
	{"a conference is numbered from one", nil, "2021-08-01", with(sitting, func(c *jurisdiction.HoldJointConference) { c.Sequence = 0 }), anyFault, "/body/sequence"},
	{"a number is used once", hasSat, "2021-09-01", sitting, rule.ConferenceSequence, "/body/sequence"},
	{"a conference has agencies", nil, "2021-08-01", jurisdiction.HoldJointConference{Sequence: 1}, anyFault, "/body/agencies"},
	{"an agency is known", nil, "2021-08-01", with(sitting, func(c *jurisdiction.HoldJointConference) { c.Agencies = []string{"education", "magic"} }), anyFault, "/body/agencies/1"},
	{"a batch is not earlier than the one before", isBatched, "2023-07-22", batch, rule.ListBatch, ""},

	{"counts do not add up to more than answered", nil, "2022-05-01", with(survey, func(s *jurisdiction.PublishSurvey) { s.Respondents = 15407 }), anyFault, "/body/counts"},
	{"a survey has respondents", nil, "2022-05-01", jurisdiction.PublishSurvey{Population: "学生"}, anyFault, "/body/respondents"},
	{"a count is not negative", nil, "2022-05-01", jurisdiction.PublishSurvey{Respondents: 2, Counts: map[string]int{"very": -1}}, anyFault, "/body/counts/very"},
}

func TestActsAreRefused(t *testing.T) {
	refused, judged := map[reflect.Type]bool{}, map[string]bool{rule.Moratorium.ID: true} // it judges grants
	for _, c := range slices.Concat(refusals, organisationRefusals) {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, c.before).When(domaintest.On(c.on), c.command)
			var pointers []string
			if c.pointer != "" {
				pointers = []string{c.pointer}
			}
			if c.by == anyFault {
				o.ThenFault(domain.Invalid, pointers...)
				return
			}
			o.ThenRefused(c.by, pointers...)
		})
		refused[reflect.TypeOf(c.command)], judged[c.by.ID] = true, true
	}
	for _, a := range jurisdiction.Acts {
		if !refused[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that refuses it", a.Name)
		}
		for _, r := range a.Rules {
			if !judged[r.ID] {
				t.Errorf("%s: got no case refused by %s", a.Name, r.ID)
			}
		}
	}
}

func TestMoratoriaBecomeLaw(t *testing.T) {
	m := domaintest.On("2021-07-07")
	m.Division = "530427"
	s := given(t, facts{domaintest.Was(m, imposed), was("2023-01-01", lifted)}).State()
	want := rule.Moratory{Division: "530427", Class: term.Subject, Audiences: two, From: day("2021-07-07"), Lifted: day("2023-01-01"), DocumentNo: "新教〔2021〕1号"}
	if len(s.Moratoria) != 1 || !reflect.DeepEqual(s.Moratoria[0], want) {
		t.Errorf("got %+v, want %+v", s.Moratoria, want)
	}
	law := rule.Law{Moratoria: s.Moratoria}
	for on, stops := range map[string]bool{"2021-07-06": false, "2021-07-07": true, "2022-12-31": true, "2023-01-01": false} {
		if _, got := law.Stopping(term.Subject, compulsory, day(on)); got != stops {
			t.Errorf("%s: got %v, want %v", on, got, stops)
		}
	}
}

func TestALiftingEndsOnlyWhatHadBegun(t *testing.T) {
	s := given(t, facts{was("2021-07-07", imposed), was("2024-01-01", imposed), was("2023-01-01", lifted)}).State()
	if s.Moratoria[0].Lifted != day("2023-01-01") || s.Moratoria[1].Lifted != 0 {
		t.Errorf("got %+v, want the first lifted alone", s.Moratoria)
	}
}

func TestParametersAreThoseOfTheDay(t *testing.T) {
	set := func(on, months string) fact {
		return was(on, jurisdiction.PolicyAdopted{Parameters: map[string]string{"list.watch_limit_months": months}})
	}
	s := given(t, facts{set("2024-01-01", "6"), set("2022-01-01", "2"), was("2023-01-01", jurisdiction.PolicyAdopted{Parameters: map[string]string{"list.serious_finding": "black_procedure"}}), set("2024-01-01", "4")}).State()
	for _, c := range []struct {
		on      string
		values  map[string]string
		version string
	}{
		{"2021-12-31", nil, ""},
		{"2022-01-01", map[string]string{"list.watch_limit_months": "2"}, "2022-01-01"},
		{"2023-06-01", map[string]string{"list.watch_limit_months": "2", "list.serious_finding": "black_procedure"}, "2023-01-01"},
		{"2024-01-01", map[string]string{"list.watch_limit_months": "4", "list.serious_finding": "black_procedure"}, "2024-01-01"},
	} {
		values, version := s.Parameters(day(c.on))
		if !maps.Equal(values, c.values) || version != c.version {
			t.Errorf("%s: got %v by %q, want %v by %q", c.on, values, version, c.values, c.version)
		}
	}
}

func TestAPublishedCalendarOpensItsYear(t *testing.T) {
	s := given(t, facts{was("2026-11-01", jurisdiction.CalendarPublished(notice))}).State()
	base := calendar.Default()
	cal := s.Calendar(base)
	if got, err := cal.AddWorkingDays(day("2026-12-31"), 1); err != nil || got != day("2027-01-03") {
		t.Errorf("got %s, %v, want the make-up day", got, err)
	}
	if cal.Version() != base.Version()+"+2027" {
		t.Errorf("got the version %q", cal.Version())
	}
	if _, err := base.IsWorkingDay(day("2027-01-04")); err == nil {
		t.Error("got the calendar that was handed in changed")
	}
}

func TestBaselinesAreFoundByName(t *testing.T) {
	second := with(frozen, func(b *jurisdiction.BaselineFrozen) { b.Name = "更正" })
	s := given(t, append(slices.Clone(isFrozen), was("2021-09-01", second))).State()
	for name, want := range map[string]string{"双减": "双减", "更正": "更正", "": "更正"} {
		if b, ok := s.Baseline(name); !ok || b.Name != want {
			t.Errorf("%q: got %q, %v, want %q", name, b.Name, ok, want)
		}
	}
	if _, ok := s.Baseline("别的"); ok {
		t.Error("got a baseline that nobody froze")
	}
}

func TestTheRollAndTheMembersTravelInTheCommand(t *testing.T) {
	var f jurisdiction.FreezeBaseline
	f.Enrol(freeze.Roll)
	var b jurisdiction.PublishListBatch
	b.Compile(batch.Members)
	if f.Roll.AtSeq != 40 || b.Members.AtSeq != 7 {
		t.Errorf("got %+v and %+v", f.Roll, b.Members)
	}
	if text, err := json.Marshal(jurisdiction.PublishListBatch{List: term.White, Members: batch.Members}); err != nil || string(text) != `{"list":"white"}` {
		t.Errorf("got %s, %v, want nothing of it in the act", text, err)
	}
}

func TestAnUnknownCommandOrEventIsAFaultOfTheProgram(t *testing.T) {
	for name, f := range map[string]func(){
		"command": func() { _, _ = jurisdiction.Decide(jurisdiction.State{}, domaintest.On("2020-01-01"), nil) },
		"event":   func() { jurisdiction.Evolve(jurisdiction.State{}, domaintest.On("2020-01-01"), strange{}) },
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

type strange struct{ jurisdiction.Event }

func (strange) EventName() string { return "jurisdiction.strange" }
