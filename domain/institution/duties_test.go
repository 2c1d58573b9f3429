package institution_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/figure"
	"minglu/domain/institution"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

var (
	apply = institution.ApplyForLicence{Kind: term.TrainingPermit, Class: term.NonSubject, Categories: sports, Audiences: compulsory,
		Address: "平山路 1 号", Materials: []string{"章程"}, StandardMissing: "体育类审核标准"}
	applied = institution.LicenceApplied{Kind: term.TrainingPermit, Class: term.NonSubject, Categories: sports, Audiences: compulsory,
		Address: "平山路 1 号", Materials: []string{"章程"}, StandardMissing: "体育类审核标准"}
	plain    = with(applied, func(a *institution.LicenceApplied) { a.StandardMissing = "" })
	waits    = after(inRegister, was("2022-02-01", applied))
	asked    = after(inRegister, was("2022-02-01", plain))
	accepted = after(asked, was("2022-02-10", institution.LicenceApplicationAccepted{}))
	refuse   = institution.RefuseLicence{Grounds: []term.LicenceRefusal{term.RefusedByStandard, term.RefusedForSafety}, Reason: "面积不足"}
	refused  = after(asked, was("2022-03-01", institution.LicenceRefused(refuse)))
	toSport  = institution.GrantLicence{Number: licence, Kind: term.TrainingPermit, Class: term.NonSubject, Categories: sports, Audiences: compulsory, ValidFrom: day("2022-03-01"), ValidTo: day("2025-02-28")}
	isSport  = institution.LicenceGranted{Number: licence, Kind: term.TrainingPermit, Class: term.NonSubject, Categories: sports, Audiences: compulsory, ValidFrom: day("2022-03-01"), ValidTo: day("2025-02-28")}

	contested = after(inRegister, was("2022-02-01", institution.ClassificationChallenged{Grounds: "科学实验"}))
	reviewed  = after(contested, was("2022-03-01", institution.ClassificationReviewed{Outcome: term.ClassificationUpheld, Panel: "鉴别 1 号"}))

	owed   = money.Fen(12345600)
	leave  = institution.ReportAbnormalClosure{Pupils: figure.Count{N: 30, Unit: term.Persons, Precision: term.Nearly}, Undelivered: &owed, Unreachable: true}
	isLeft = institution.AbnormalClosureReported(leave)
	left   = after(licensed, was("2022-02-01", isLeft))

	cards = rule.Under{Law: rule.Law{Policy: rule.NewPolicy("530427@2022-01-01", map[string]string{"cards.enabled": "true"})}}

	sealedPersons = facts{was("2019-01-01", with(isRegistered, func(r *institution.Registered) {
		r.Organiser, r.Principal, r.Hidden = &domain.Sealed{Person: "p", Commit: "c"}, &domain.Sealed{Person: "q", Commit: "d"}, []domain.Sealed{{Person: "h", Commit: "e"}}
	}))}
	read   = domain.Unsealing{Person: "p", Reason: "送达"}
	erase  = domain.Erasure{Person: "p", Reason: "期满", LegalBasis: "个人信息保护法 第四十七条"}
	erased = after(sealedPersons, was("2022-02-01", institution.PersonalDataErased{Erasure: erase}))

	revoked = after(licensed, was("2022-05-01", institution.LicenceRevoked{Number: licence, Clocks: toCancel("2022-05-01", "2022-05-31")}))
	late    = clock.Missing{Clock: term.LicenceCancellation, Part: string(licence), Due: day("2022-05-31"), Agency: "530427-education"}
)

var dutyAcceptances = []acceptance{
	{"a licence is applied for, and the application waits for a standard", inRegister, "2022-02-01", apply, events{applied}},
	{"an application needs no papers on the day", inRegister, "2022-02-01",
		institution.ApplyForLicence{Kind: term.SchoolLicence, Class: term.Subject, Audiences: seniorHigh},
		events{institution.LicenceApplied{Kind: term.SchoolLicence, Class: term.Subject, Categories: none, Audiences: seniorHigh, Materials: []string{}}}},
	{"the same application is so already", waits, "2022-02-02", apply, nil},
	{"after a refusal it is applied for anew", refused, "2022-04-01", apply, events{applied}},
	{"an application is accepted", asked, "2022-02-10", institution.AcceptApplication{}, events{institution.LicenceApplicationAccepted{}}},
	{"an accepted application is so already", accepted, "2022-02-11", institution.AcceptApplication{}, nil},
	{"one that waited is accepted under the standard", waits, "2022-06-01", institution.AcceptApplication{Standard: "体教〔2022〕1号"},
		events{institution.LicenceApplicationAccepted{Standard: "体教〔2022〕1号"}}},
	{"an application is refused with its grounds", asked, "2022-03-01", refuse, events{institution.LicenceRefused(refuse)}},
	{"an accepted one is refused too", accepted, "2022-03-01", refuse, events{institution.LicenceRefused(refuse)}},
	{"an accepted application leads to a licence", accepted, "2022-03-01", toSport, events{isSport}},
	{"a licence of another class does not wait for it", asked, "2022-03-01", grant, events{isGranted}},

	{"a classification is challenged", inRegister, "2022-02-01", institution.ChallengeClassification{By: "举办者", Grounds: "科学实验"},
		events{institution.ClassificationChallenged{By: "举办者", Grounds: "科学实验"}}},
	{"and again after its review", reviewed, "2022-04-01", institution.ChallengeClassification{Grounds: "科学实验"}, events{institution.ClassificationChallenged{Grounds: "科学实验"}}},
	{"a challenge is reviewed by experts", contested, "2022-03-01", institution.ReviewClassification{Outcome: term.ClassificationChanged, Panel: "鉴别 1 号"},
		events{institution.ClassificationReviewed{Outcome: term.ClassificationChanged, Panel: "鉴别 1 号"}}},

	{"a warning is posted at its address", inRegister, "2022-02-01", institution.PostWarning{Kind: term.LetterToParents}, events{institution.WarningPosted{Kind: term.LetterToParents, Premises: "平山路 1 号"}}},
	{"or elsewhere", inRegister, "2022-02-01", institution.PostWarning{Kind: term.NoticeForParents, Premises: "桂山路 2 号"}, events{institution.WarningPosted{Kind: term.NoticeForParents, Premises: "桂山路 2 号"}}},
	{"and at that of a person, as far as it is shown", aPerson, "2022-02-01", institution.PostWarning{Kind: term.LetterToParents}, events{institution.WarningPosted{Kind: term.LetterToParents, Premises: "桂山街道"}}},
	{"an advertisement is taken down", inRegister, "2022-02-01", institution.RemoveAdvertisement{Kind: term.OutdoorAdvertisement, Place: "平山路"}, events{institution.AdvertisementRemoved{Kind: term.OutdoorAdvertisement, Place: "平山路"}}},
	{"subject training on a weekend is a breach", inRegister, "2022-03-05", institution.NoteScheduleBreach{Rule: term.NotOnWeekends, Slot: "2022-03-05 09:00–10:30"},
		events{institution.ScheduleBreachNoted{Rule: term.NotOnWeekends, Slot: "2022-03-05 09:00–10:30"}}},
	{"non-subject training late in the evening is one too", after(licensed, was("2021-09-01", isSports)), "2022-03-05", institution.NoteScheduleBreach{Rule: term.NotAfterHours, Slot: "2022-03-05 20:00–21:00"},
		events{institution.ScheduleBreachNoted{Rule: term.NotAfterHours, Slot: "2022-03-05 20:00–21:00"}}},
	{"an annual report is filed", licensed, "2022-03-31", institution.FileAnnualReport{Year: 2021}, events{institution.AnnualReportFiled{Year: 2021}}},
	{"a filed report is so already", after(licensed, was("2022-03-31", institution.AnnualReportFiled{Year: 2021})), "2022-04-01", institution.FileAnnualReport{Year: 2021}, nil},
	{"an abnormal closure is reported", licensed, "2022-02-01", leave, events{isLeft}},
	{"a reported closure is so already", left, "2022-02-02", leave, nil},
	{"after a new licence it is reported anew", after(left, was("2022-03-01", with(isGranted, func(g *institution.LicenceGranted) { g.Number = licence2 }))), "2022-06-01",
		institution.ReportAbnormalClosure{Pupils: figure.Count{N: 5, Unit: term.Persons}}, events{institution.AbnormalClosureReported{Pupils: figure.Of(5, term.Persons)}}},
	{"a card is issued where cards were adopted", licensed, "2022-02-01", institution.IssueCard{Under: cards, Colour: term.YellowCard, Reason: "收费"},
		events{institution.CardIssued{Colour: term.YellowCard, Policy: "530427@2022-01-01", Reason: "收费"}}},

	{"who stands sealed is read for a reason", sealedPersons, "2022-02-01", institution.ReadPersonalData{Unsealing: read}, events{institution.PersonalDataRead{Unsealing: read}}},
	{"so is the full name of a natural person", sealedPersons, "2022-02-01", institution.ReadPersonalData{Unsealing: domain.Unsealing{Person: "h", Reason: "送达"}},
		events{institution.PersonalDataRead{Unsealing: domain.Unsealing{Person: "h", Reason: "送达"}}}},
	{"a person is erased by law", sealedPersons, "2022-02-01", institution.ErasePersonalData{Erasure: erase}, events{institution.PersonalDataErased{Erasure: erase}}},
	{"who is erased is so already", erased, "2022-03-01", institution.ErasePersonalData{Erasure: erase}, nil},

	{"a licence that ended and is not cancelled in time is missed", revoked, "2022-06-01", institution.MissDeadline{Missing: with(late, func(m *clock.Missing) { m.Agency = "" })}, events{institution.DeadlineMissed{Missing: late}}},
	{"what is missed is so already", after(revoked, was("2022-06-01", institution.DeadlineMissed{Missing: late})), "2022-06-02", institution.MissDeadline{Missing: late}, nil},
}

var dutyRefusals = []refusal{
	{"an application names audiences", inRegister, "2022-02-01", with(apply, func(c *institution.ApplyForLicence) { c.Audiences = nil }), anyFault, "/body/audiences"},
	{"one application at a time", waits, "2022-02-02", with(apply, func(c *institution.ApplyForLicence) { c.Class = term.Subject }), rule.LicenceApplication, "/body"},
	{"the address of a person is not written in clear", aPerson, "2022-02-01", with(apply, func(c *institution.ApplyForLicence) { c.Address = "桂山街道示例巷17号" }), rule.PersonalData, "/body/address"},
	{"what was not applied for is not accepted", inRegister, "2022-02-10", institution.AcceptApplication{}, rule.LicenceApplication, ""},
	{"nor before it was", asked, "2022-01-31", institution.AcceptApplication{}, rule.LicenceApplication, "/effective"},
	{"an application waits for its standard", waits, "2022-02-10", institution.AcceptApplication{}, rule.LicenceApplication, "/body/standard"},
	{"what was not applied for is not refused", inRegister, "2022-03-01", refuse, rule.LicenceApplication, ""},
	{"what was refused is not refused again", refused, "2022-03-02", refuse, rule.LicenceApplication, ""},
	{"a refusal says its grounds", asked, "2022-03-01", with(refuse, func(c *institution.RefuseLicence) { c.Grounds = nil }), rule.LicenceApplication, "/body/grounds"},
	{"each of them once", asked, "2022-03-01", with(refuse, func(c *institution.RefuseLicence) {
		c.Grounds = []term.LicenceRefusal{term.RefusedForFraud, term.RefusedForFraud}
	}), anyFault, "/body/grounds/1"},
	{"and its reason", asked, "2022-03-01", with(refuse, func(c *institution.RefuseLicence) { c.Reason = " " }), anyFault, "/body/reason"},
	{"no licence on an application that was not accepted", asked, "2022-03-01", toSport, rule.LicenceApplication, "/body/class"},
	{"nor while it waits for a standard", waits, "2022-03-01", toSport, rule.LicenceApplication, "/body/class"},

	{"a challenge has grounds", inRegister, "2022-02-01", institution.ChallengeClassification{}, anyFault, "/body/grounds"},
	{"one challenge at a time", contested, "2022-02-02", institution.ChallengeClassification{Grounds: "a"}, rule.ClassificationReview, ""},
	{"what is not contested is not reviewed", inRegister, "2022-03-01", institution.ReviewClassification{Outcome: term.ClassificationUpheld, Panel: "1"}, rule.ClassificationReview, ""},
	{"nor twice", reviewed, "2022-03-02", institution.ReviewClassification{Outcome: term.ClassificationUpheld, Panel: "1"}, rule.ClassificationReview, ""},
	{"nor before the challenge", contested, "2022-01-31", institution.ReviewClassification{Outcome: term.ClassificationUpheld, Panel: "1"}, rule.ClassificationReview, "/effective"},
	{"nor without experts", contested, "2022-03-01", institution.ReviewClassification{Outcome: term.ClassificationUpheld}, anyFault, "/body/panel"},

	{"a warning hangs somewhere", facts{was("2019-01-01", with(isRegistered, func(r *institution.Registered) { r.Address = "" }))}, "2022-02-01", institution.PostWarning{Kind: term.LetterToParents}, anyFault, "/body/premises"},
	{"where a person lives is not written in clear", aPerson, "2022-02-01", institution.PostWarning{Kind: term.LetterToParents, Premises: "桂山街道示例巷17号"}, rule.PersonalData, "/body/premises"},
	{"an advertisement stood somewhere", inRegister, "2022-02-01", institution.RemoveAdvertisement{Kind: term.Leaflet}, anyFault, "/body/place"},
	{"nor is where a person advertised at home", aPerson, "2022-02-01", institution.RemoveAdvertisement{Kind: term.Leaflet, Place: "桂山街道示例巷17号"}, rule.PersonalData, "/body/place"},
	{"nor is it corrected into the clear", aPerson, "2022-02-01",
		institution.Correct{Correction: domain.Correction{TargetSeq: 2, Field: "premises", Is: domain.RawJSON(`"桂山街道示例巷17号"`), Reason: "笔误"}}, rule.PersonalData, "/body/is"},
	{"a breach has a time", inRegister, "2022-03-05", institution.NoteScheduleBreach{Rule: term.NotOnWeekends}, anyFault, "/body/slot"},
	{"weekends are open to non-subject training", after(licensed, was("2021-09-01", isSports)), "2022-03-05", institution.NoteScheduleBreach{Rule: term.NotOnWeekends, Slot: "1"}, rule.OperatingHours, "/body/rule"},
	{"so are holidays", after(licensed, was("2021-09-01", isSports)), "2022-05-02", institution.NoteScheduleBreach{Rule: term.NotOnHolidays, Slot: "1"}, rule.OperatingHours, "/body/rule"},
	{"and vacations", after(licensed, was("2021-09-01", isSports)), "2022-07-20", institution.NoteScheduleBreach{Rule: term.NotInVacations, Slot: "1"}, rule.OperatingHours, "/body/rule"},
	{"no report of a year to come is filed", licensed, "2022-03-31", institution.FileAnnualReport{Year: 2023}, anyFault, "/body/year"},
	{"a closure has other numbers by a correction", left, "2022-02-02", with(leave, func(c *institution.ReportAbnormalClosure) { c.Undelivered = nil }), rule.AbnormalClosure, ""},
	{"who is deregistered does not leave", after(licensed, was("2021-10-01", institution.LicenceCancelled{Number: licence, Cause: term.NotPrinted})), "2022-02-01", leave, rule.AbnormalClosure, ""},
	{"pupils have a unit", licensed, "2022-02-01", institution.ReportAbnormalClosure{}, figure.CountRule, "/body/pupils/unit"},
	{"pupils are persons", licensed, "2022-02-01", institution.ReportAbnormalClosure{Pupils: figure.Of(3, term.Institutions)}, figure.CountRule, "/body/pupils/unit"},
	{"what is owed is not negative", licensed, "2022-02-01", with(leave, func(c *institution.ReportAbnormalClosure) { n := money.Fen(-1); c.Undelivered = &n }), anyFault, "/body/undelivered_fen"},
	{"no card without a policy that has them", licensed, "2022-02-01", institution.IssueCard{Colour: term.RedCard, Reason: "收费"}, rule.Cards, "/act"},
	{"a card has a reason", licensed, "2022-02-01", institution.IssueCard{Under: cards, Colour: term.RedCard}, anyFault, "/body/reason"},

	{"nothing is read of whom nothing is sealed", inRegister, "2022-02-01", institution.ReadPersonalData{Unsealing: read}, rule.Unsealing, "/body/person_ref"},
	{"nothing is read without a reason", sealedPersons, "2022-02-01", institution.ReadPersonalData{Unsealing: domain.Unsealing{Person: "p"}}, anyFault, "/body/reason"},
	{"nothing is read once it is erased", erased, "2022-03-01", institution.ReadPersonalData{Unsealing: read}, rule.Unsealing, ""},
	{"nobody is erased of whom nothing is sealed", inRegister, "2022-02-01", institution.ErasePersonalData{Erasure: erase}, rule.Erasure, "/body/person_ref"},
	{"nobody is erased without a legal basis", sealedPersons, "2022-02-01", institution.ErasePersonalData{Erasure: with(erase, func(e *domain.Erasure) { e.LegalBasis = "" })}, anyFault, "/body/legal_basis"},
	{"nothing is missed on its last day", revoked, "2022-05-31", institution.MissDeadline{Missing: late}, clock.MissedRule, "/effective"},
	{"nor once the licence is cancelled", after(revoked, was("2022-05-20", institution.LicenceCancelled{Number: licence, Cause: term.CauseRevoked})), "2022-06-01", institution.MissDeadline{Missing: late}, clock.MissedRule, "/body/clock"},
}

func TestAnApplicationKeepsItsDays(t *testing.T) {
	s := given(t, waits).State()
	if a, open := s.Application(); !open || !a.Waits() || a.Applied != day("2022-02-01") || a.Missing != "体育类审核标准" {
		t.Errorf("got %+v, want it to wait for its standard", a)
	}
	s = given(t, after(waits, was("2022-06-01", institution.LicenceApplicationAccepted{Standard: "1"}))).State()
	if a, open := s.Application(); !open || a.Waits() || a.Accepted != day("2022-06-01") {
		t.Errorf("got %+v, want it accepted", a)
	}
	s = given(t, accepted).When(domaintest.On("2022-03-01"), toSport).Accepted()
	if _, open := s.Application(); open || s.Applications[0].Granted != day("2022-03-01") {
		t.Errorf("got %+v, want it granted", s.Applications)
	}
	s = given(t, accepted).When(domaintest.On("2022-03-01"), grant).Accepted()
	if _, open := s.Application(); !open {
		t.Error("got it granted by a licence of another class")
	}
	s = given(t, refused).State()
	if a := s.Applications[0]; a.Open() || a.Refused != day("2022-03-01") || len(a.Grounds) != 2 {
		t.Errorf("got %+v, want it refused", a)
	}
	s = given(t, reviewed).State()
	if c := s.Challenges[0]; c.On != day("2022-02-01") || c.Reviewed != day("2022-03-01") || c.Outcome != term.ClassificationUpheld {
		t.Errorf("got %+v, want it reviewed", c)
	}
}

func TestWhoLeftIsClosedUntilANewLicence(t *testing.T) {
	s := given(t, after(left, was("2022-04-01", with(isGranted, func(g *institution.LicenceGranted) { g.Number = licence2 })))).State()
	for on, want := range map[string]term.Status{"2022-01-31": term.Operating, "2022-02-01": term.Closed, "2022-03-31": term.Closed, "2022-04-01": term.Operating} {
		if got := s.Status(day(on)); got != want || s.Subject(day(on)).Stopped != (want == term.Closed) {
			t.Errorf("%s: got %s, want %s", on, got, want)
		}
	}
	turns := map[calendar.Day]bool{}
	for _, d := range s.Turns() {
		turns[d] = true
	}
	if !turns[day("2022-02-01")] {
		t.Errorf("got the turns %v, want the day of the closure", s.Turns())
	}
}

func TestWhoIsErasedIsForgotten(t *testing.T) {
	s := given(t, erased).State()
	if s.Organiser != nil || s.Principal == nil || !s.Persons.Erased("p") || s.Persons.Erased("q") || len(s.Persons) != 3 {
		t.Errorf("got %+v, %+v and %+v, want the organiser forgotten alone", s.Organiser, s.Principal, s.Persons)
	}
}

// TestAnEndedLicenceIsToBeCancelled looks at the clock of every exit: over a
// holiday with its make-up day, over the turn of a year, and into a year whose
// calendar is not published.
func TestAnEndedLicenceIsToBeCancelled(t *testing.T) {
	for _, c := range []struct {
		on, due string
		awaits  int
	}{
		{"2022-05-01", "2022-05-31", 0}, // rest until 4 May, work on 7 May
		{"2021-12-20", "2022-01-18", 0}, // rest on 3 January
		{"2026-12-15", "", 2027},
	} {
		ask := institution.RevokeLicence{Under: workdays, Number: licence, Reason: "处罚"}
		s := given(t, licensed).When(domaintest.On(c.on), ask).Accepted()
		got, ok := s.Clocks.Find(term.LicenceCancellation, string(licence))
		if !ok || got.Due.String() != c.due || got.Awaits != c.awaits || got.Agency != "530427-education" {
			t.Errorf("%s: got %+v, want it until %q, awaiting %d", c.on, got, c.due, c.awaits)
		}
	}
	for _, x := range exits {
		before := after(licensed, was(x.on, x.fact))
		if _, ok := given(t, before).State().Clocks.Find(term.LicenceCancellation, string(licence)); !ok {
			t.Errorf("%s: got no clock", x.name)
		}
		s := given(t, after(before, was(x.on, institution.LicenceCancelled{Number: licence, Cause: x.cause}))).State()
		if open := s.Clocks.Open(); len(open) != 0 {
			t.Errorf("%s: got %+v open after the cancellation", x.name, open)
		}
	}
	if cs := given(t, after(licensed, was("2022-05-01", institution.LicenceRevoked{Number: licence}))).State().Clocks; len(cs) != 0 {
		t.Errorf("got %+v of an exit recorded without a clock", cs)
	}
}

func TestFactsAddToFigures(t *testing.T) {
	one := func(key term.Figure, unit term.Unit, item, agency string) []figure.Measure {
		return []figure.Measure{{Key: key, Item: item, Agency: agency, Count: figure.Of(1, unit)}}
	}
	for name, c := range map[string]struct {
		fact figure.Measured
		want []figure.Measure
	}{
		"a grant":                         {isGranted, one(term.LicencesGranted, term.Papers, "subject", "")},
		"an application":                  {applied, one(term.LicenceApplications, term.Incidents, "non_subject", "")},
		"a stop":                          {institution.OperationStopped{Documents: term.Neither}, one(term.OperationsStopped, term.Institutions, "neither", "")},
		"an annual inspection":            {institution.AnnualInspectionConcluded{Year: 2021, Result: term.Fail}, one(term.AnnualInspections, term.Institutions, "fail", "")},
		"an interview":                    {institution.InterviewHeld{HeldBy: "530427-fire"}, one(term.Interviews, term.Visits, "", "530427-fire")},
		"a warning":                       {institution.WarningPosted{Kind: term.LetterToParents}, one(term.WarningsPosted, term.Papers, "letter_to_parents", "")},
		"a licence that nobody cancelled": {institution.DeadlineMissed{Missing: late}, one(term.DeadlinesMissed, term.Items, "licence_cancellation", "530427-education")},
		"a right that lapsed":             {institution.DeadlineMissed{Missing: clock.Missing{Clock: term.HearingRequest}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.fact.Measures(); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestCasesAreReferredTo(t *testing.T) {
	revoke, stop := institution.RevokeLicence{Penalty: domain.Ref{ID: "P"}}, institution.StopOperation{Penalty: domain.Ref{ID: "P"}}
	for _, c := range []struct {
		command domain.Referring
		ref     *domain.Ref
	}{{&revoke, &revoke.Penalty}, {&stop, &stop.Penalty}} {
		if refs := c.command.Refs(); len(refs) != 1 || refs[0].Ref != c.ref || refs[0].Pointer != "/body/penalty" || refs[0].Kinds[0] != "penalty" {
			t.Errorf("%T: got %+v", c.command, refs)
		}
	}
}

// TestFactsOfBeforeAreReadUnchanged reads bodies that were stored before facts
// had the members that are optional now.
func TestFactsOfBeforeAreReadUnchanged(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want institution.Event
	}{
		"institution.interview_held":    {`{"reason":"收费","commitments":["退费"]}`, institution.InterviewHeld{Reason: "收费", Commitments: []string{"退费"}}},
		"institution.operation_stopped": {`{"basis":"unlicensed","reason":"无证"}`, institution.OperationStopped{Basis: term.StopUnlicensed, Reason: "无证"}},
		"institution.licence_revoked":   {`{"number":"153042770000019","reason":"处罚"}`, institution.LicenceRevoked{Number: licence, Reason: "处罚"}},
	} {
		for _, typ := range institution.Events {
			if typ.Name != name {
				continue
			}
			p := typ.New()
			if err := json.Unmarshal([]byte(c.body), p); err != nil || typ.Version != 1 || !reflect.DeepEqual(typ.Event(p), domain.Event(c.want)) {
				t.Errorf("%s: got %+v, %v, want %+v in version 1", name, typ.Event(p), err, c.want)
			}
			if again, err := json.Marshal(typ.Event(p)); err != nil || string(again) != c.body {
				t.Errorf("%s: got %s, %v written again, want %s", name, again, err, c.body)
			}
		}
	}
}
