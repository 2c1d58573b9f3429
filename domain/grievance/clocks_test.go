package grievance_test

import (
	"encoding/json"
	"os"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/grievance"
	"minglu/domain/rule"
	"minglu/domain/term"
)

type vectors struct {
	Clocks struct {
		Cases []vector
	}
}

type vector struct {
	ID    string
	Clock term.Clock
	Start calendar.Day
	Due   calendar.Day
	Parts []struct {
		Nature      term.Nature
		Clock       term.Clock
		Due         calendar.Day
		ExtendedDue calendar.Day `json:"extended_due"`
	}
}

func readVectors(t *testing.T) map[string]vector {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil || len(v.Clocks.Cases) != 2 {
		t.Fatalf("got %+v, %v", v, err)
	}
	out := map[string]vector{}
	for _, c := range v.Clocks.Cases {
		out[c.ID] = c
	}
	return out
}

// runs checks an open clock of a state.
func runs(t *testing.T, s grievance.State, key term.Clock, part, agency string, due calendar.Day) {
	t.Helper()
	c, ok := s.Clocks.Find(key, part)
	if !ok || c.Due != due || c.Agency != agency {
		t.Errorf("got %s of part %q running: %v, until %s for %s, want until %s for %s", key, part, ok, c.Due, c.Agency, due, agency)
	}
}

// stopped checks that there is no open clock but those named.
func stopped(t *testing.T, s grievance.State, but ...term.Clock) {
	t.Helper()
	open := s.Clocks.Open()
	if len(open) != len(but) {
		t.Errorf("got %+v open, want %v", open, but)
		return
	}
	for i, c := range open {
		if c.Key != but[i] {
			t.Errorf("got %s open, want %s", c.Key, but[i])
		}
	}
}

func TestVectorK1(t *testing.T) {
	v := readVectors(t)["K1"]
	s := given(t, report).When(by(education, v.Start.String()), decide).Accepted()
	runs(t, s, v.Clock, "", education, v.Due)
	stopped(t, s, v.Clock)
	s = given(t, decided).When(by(education, v.Due.String()), notify).Accepted()
	stopped(t, s)
}

func TestVectorK2(t *testing.T) {
	v := readVectors(t)["K2"]
	s := given(t, mixed).State()
	for i, p := range v.Parts {
		number := s.Parts[i].Number
		if s.Parts[i].Nature != p.Nature {
			t.Errorf("got part %s a %s, want a %s", number, s.Parts[i].Nature, p.Nature)
		}
		runs(t, s, p.Clock, number, education, p.Due)
	}
	longer := given(t, mixed).When(by(education, "2024-05-20"), with(extend, func(c *grievance.ExtendCheck) { c.Part = "2" })).Accepted()
	runs(t, longer, v.Parts[1].Clock, "2", education, v.Parts[1].ExtendedDue)
	runs(t, longer, v.Parts[0].Clock, "1", education, v.Parts[0].Due)
}

func TestThePartsOfAMixedOneHaveClocksOfTheirOwn(t *testing.T) {
	one := did(did(mixed, by(education, "2024-05-09"), grievance.Transfer{Under: under, Part: "1", To: market, Reason: "属市场监管"}), by(market, "2024-05-10"), grievance.Accept{Under: under, Part: "1"})
	s := given(t, one).When(by(market, "2024-05-13"), grievance.StartMediation{Part: "1"}).Accepted()
	runs(t, s, term.ComplaintMediation, "1", market, day("2024-07-12"))
	runs(t, s, term.ReportCheck, "2", education, day("2024-05-28"))
	stopped(t, s, term.ReportCheck, term.ComplaintMediation)
}

func TestATransferStopsNoClock(t *testing.T) {
	s := given(t, transferred).State()
	runs(t, s, term.ComplaintAccept, "", market, day("2024-05-16"))
	runs(t, s, term.GrievanceTransferReturn, "", market, day("2024-05-15"))
	back := given(t, returned).State()
	runs(t, back, term.ComplaintAccept, "", education, day("2024-05-16"))
	stopped(t, back, term.ComplaintAccept)
	waiting := given(t, disputed).State()
	runs(t, waiting, term.ComplaintAccept, "", market, day("2024-05-16"))
	runs(t, waiting, term.OfficeDispute, "", office, day("2024-05-24"))
	named := given(t, disputed).When(by(office, "2024-05-17"), grievance.DecideHandler{Agency: urban, Reason: "会议纪要"}).Accepted()
	runs(t, named, term.ComplaintAccept, "", urban, day("2024-05-16"))
	stopped(t, named, term.ComplaintAccept)
	yielded := given(t, disputed).When(by(market, "2024-05-16"), accept).Accepted()
	stopped(t, yielded, term.ComplaintMediation)
}

func TestThePeriodOfAReviewStaysWithWhoReviews(t *testing.T) {
	before := did(opined, by(city, "2024-06-25"), review)
	s := given(t, before).When(by(office, "2024-06-26"), grievance.DecideHandler{Agency: urban, Reason: "调整"}).Accepted()
	runs(t, s, term.PetitionReviewAnswer, "", city, day("2024-07-25"))
	asked := given(t, opined).When(by(office, "2024-06-26"), grievance.DecideHandler{Agency: urban, Reason: "调整"}).Accepted()
	runs(t, asked, term.PetitionReviewRequest, "", urban, day("2024-07-20"))
}

func TestAnAcceptanceEndsThePeriodOfAReturn(t *testing.T) {
	s := given(t, transferred).When(by(market, "2024-05-10"), accept).Accepted()
	stopped(t, s, term.ComplaintMediation)
	p := given(t, did(petition, by(education, "2024-05-09"), grievance.Transfer{Under: under, To: city, Reason: "属市级"})).When(by(city, "2024-05-10"), accept).Accepted()
	stopped(t, p, term.PetitionClose)
	r := given(t, did(report, by(education, "2024-05-09"), transfer)).When(by(market, "2024-05-10"), accept).Accepted()
	stopped(t, r, term.ReportCheck)
	runs(t, r, term.ReportCheck, "", market, day("2024-05-28"))
}

func TestAPeriodStandsStillDuringItsPauses(t *testing.T) {
	s := given(t, suspended).State()
	if c, ok := s.Clocks.Find(term.ComplaintMediation, ""); !ok || !c.Paused() || c.Due != 0 {
		t.Errorf("got %+v, want it suspended", c)
	}
	// 2024-06-10 is the Dragon Boat holiday: four working days do not count.
	over := did(mediated, by(education, "2024-06-06"), grievance.SuspendMediation{Cause: term.PauseRecusal})
	s = given(t, over).When(by(education, "2024-06-13"), grievance.ResumeMediation{Under: under}).Accepted()
	runs(t, s, term.ComplaintMediation, "", education, day("2024-07-18"))
	twice := did(did(did(suspended, by(education, "2024-05-27"), grievance.ResumeMediation{Under: under}), by(education, "2024-06-03"), grievance.SuspendMediation{Cause: term.PauseTests}),
		by(education, "2024-06-03"), grievance.ResumeMediation{Under: under})
	runs(t, given(t, twice).State(), term.ComplaintMediation, "", education, day("2024-07-19"))
}

func TestAnExtensionOutlastsAPause(t *testing.T) {
	// Extended to 2024-06-19; 2024-05-27 to 2024-06-02 has five working days.
	paused := did(extended, by(education, "2024-05-27"), forTests)
	s := given(t, paused).When(by(education, "2024-06-03"), resume).Accepted()
	runs(t, s, term.ReportCheck, "", education, day("2024-06-26"))
	again := did(did(paused, by(education, "2024-06-03"), resume), by(education, "2024-06-04"), forTests)
	s = given(t, again).When(by(education, "2024-06-06"), resume).Accepted()
	runs(t, s, term.ReportCheck, "", education, day("2024-06-28"))
	// Without an extension the pauses are left out of the period itself.
	s = given(t, did(testing1, by(education, "2024-05-14"), resume)).When(by(education, "2024-05-20"), extend).Accepted()
	runs(t, s, term.ReportCheck, "", education, day("2024-06-24"))
}

func TestASecondReviewStandsStillForAHearing(t *testing.T) {
	hearing := grievance.SuspendPeriod{Clock: term.PetitionRereviewAnswer, Cause: term.PauseHearing}
	s := given(t, did(askedMore, by(province, "2024-08-10"), hearing)).When(by(province, "2024-08-20"), grievance.ResumePeriod{Under: under, Clock: term.PetitionRereviewAnswer}).Accepted()
	runs(t, s, term.PetitionRereviewAnswer, "", province, day("2024-09-10"))
}

func TestAPeriodIntoAYearWithoutCalendarAwaitsIt(t *testing.T) {
	s := given(t, nil).When(by(education, "2026-12-28"), receive).Accepted()
	c, ok := s.Clocks.Find(term.ComplaintAccept, "")
	if !ok || c.Due != 0 || c.Awaits != 2027 {
		t.Errorf("got %+v, want it to await 2027", c)
	}
	in := did(nil, by(education, "2026-12-21"), receive)
	runs(t, given(t, in).State(), term.ComplaintAccept, "", education, day("2026-12-30"))
	petition := given(t, nil).When(by(education, "2026-12-28"), as(term.Petition)).Accepted() // calendar days need none
	runs(t, petition, term.PetitionRegister, "", education, day("2027-01-12"))
	late := did(nil, by(education, "2026-12-28"), as(term.Report))
	given(t, late).When(by(education, "2026-12-29"), extend).ThenRefused(calendar.PublishedRule)
	paused := did(did(nil, by(education, "2026-12-01"), as(term.Report)), by(education, "2026-12-10"), forTests)
	given(t, paused).When(by(education, "2026-12-25"), resume).Then(grievance.PeriodResumed{Clock: term.ReportCheck, Awaits: 2027})
}

func TestAClockThatAwaitedItsCalendarIsJudgedByIt(t *testing.T) {
	published := under
	published.Law.Calendar = workdays.With(2027, calendar.Year{}, "published")
	late := did(nil, by(education, "2026-12-28"), as(term.Report)) // three days of 2026 and twelve of 2027, to the 18th
	longer := with(extend, func(c *grievance.ExtendCheck) { c.Under = published })
	given(t, late).When(by(education, "2027-01-15"), longer).Then(grievance.CheckExtended{Clock: term.ReportCheck, Until: day("2027-02-08"), Reason: "复杂", Approver: "officer-9"})
	given(t, late).When(by(education, "2027-02-01"), longer).ThenRefused(clock.ExtensionRule, "/effective")
	over := grievance.TerminateMediation{Under: published, Cause: term.EndTimeOver}
	slow := did(did(nil, by(education, "2026-12-21"), receive), by(education, "2026-12-22"), accept)
	given(t, slow).When(by(education, "2027-02-20"), over).ThenRefused(rule.Mediation, "/body/cause")
	given(t, slow).When(by(education, "2027-03-20"), over).Accepted()
	over.Under = under
	given(t, slow).When(by(education, "2027-03-20"), over).ThenRefused(calendar.PublishedRule)
	back := object
	back.Under = published
	sent := did(did(nil, by(education, "2026-12-28"), receive), by(education, "2026-12-29"), transfer)
	given(t, sent).When(proven(by(market, "2027-01-05")), back).Accepted()
	given(t, sent).When(proven(by(market, "2027-01-06")), back).ThenRefused(rule.GrievanceTransfer, "/effective")
	back.Under = under // nobody guesses
	given(t, sent).When(proven(by(market, "2027-01-06")), back).Accepted()
}

func TestTheStepsOfAPeriodThatAwaitedItsCalendarAreJudgedByIt(t *testing.T) {
	published := under
	published.Law.Calendar = workdays.With(2027, calendar.Year{}, "published")
	// Accepted on 22 December 2026: the period of the mediation ends on 23 February 2027.
	slow := did(did(nil, by(education, "2026-12-21"), receive), by(education, "2026-12-22"), accept)
	begun := did(slow, by(education, "2026-12-23"), grievance.StartMediation{})
	for name, c := range map[string]struct {
		before  facts
		last    string
		command func(rule.Under) grievance.Command
		by      domain.Rule
	}{
		"a mediation starts": {slow, "2027-02-23", func(u rule.Under) grievance.Command { return grievance.StartMediation{Under: u} }, rule.Mediation},
		"it is suspended": {begun, "2027-02-23", func(u rule.Under) grievance.Command {
			return grievance.SuspendMediation{Under: u, Cause: term.PauseTests}
		}, rule.Mediation},
		"it is settled": {begun, "2027-02-23", func(u rule.Under) grievance.Command {
			return grievance.SettleMediation{Under: u, Terms: "退费"}
		}, rule.Mediation},
		"a check is suspended": {did(nil, by(education, "2026-12-28"), as(term.Report)), "2027-01-18", func(u rule.Under) grievance.Command {
			return with(forTests, func(c *grievance.SuspendPeriod) { c.Under = u })
		}, rule.GrievancePause},
	} {
		t.Run(name, func(t *testing.T) {
			last := day(c.last)
			given(t, c.before).When(by(education, c.last), c.command(published)).Accepted()
			given(t, c.before).When(by(education, (last+1).String()), c.command(published)).ThenRefused(c.by, "/effective")
			given(t, c.before).When(by(education, (last+1).String()), c.command(under)).Accepted() // nobody guesses
		})
	}
	still := did(begun, by(education, "2026-12-24"), grievance.SuspendMediation{Cause: term.PauseTests})
	given(t, still).When(by(education, "2027-06-01"), grievance.SettleMediation{Under: published, Terms: "退费"}).Accepted()
}

func TestAReviewIsAskedForWithinAPeriodThatAwaitedItsCalendar(t *testing.T) {
	inWorkingDays := rule.Under{Law: rule.Law{Policy: rule.NewPolicy("test", map[string]string{"clock.petition_review_request": "5 working_days"}), Calendar: workdays}}
	late := did(did(did(nil, by(education, "2026-12-01"), as(term.Petition)), by(education, "2026-12-02"), accept), by(education, "2026-12-28"),
		with(opinion, func(c *grievance.IssueOpinion) { c.Under = inWorkingDays }))
	published := inWorkingDays
	published.Law.Calendar = workdays.With(2027, calendar.Year{}, "published")
	ask := with(review, func(c *grievance.RequestReview) { c.Under = published })
	given(t, late).When(by(city, "2027-01-04"), ask).Accepted()
	given(t, late).When(by(city, "2027-01-05"), ask).ThenRefused(rule.PetitionReview, "/effective")
	ask.Under = inWorkingDays
	given(t, late).When(by(city, "2027-01-05"), ask).Accepted()
}

func TestAPolicySetsThePeriods(t *testing.T) {
	slow := rule.Under{Law: rule.Law{Policy: rule.NewPolicy("test", map[string]string{"clock.complaint_accept": "10 days"}), Calendar: workdays}}
	s := given(t, nil).When(by(education, "2024-05-08"), with(receive, func(c *grievance.Receive) { c.Under = slow })).Accepted()
	runs(t, s, term.ComplaintAccept, "", education, day("2024-05-18"))
}

func TestRightsLapseAndDutiesAreMissed(t *testing.T) {
	lapsed := given(t, transferred).When(by(office, "2024-05-16"), grievance.MissDeadline{Missing: clock.Missing{Clock: term.GrievanceTransferReturn, Due: day("2024-05-15")}}).Accepted()
	stopped(t, lapsed, term.ComplaintAccept)
	missed := did(complaint, by(office, "2024-05-17"), grievance.MissDeadline{Missing: clock.Missing{Clock: term.ComplaintAccept, Due: day("2024-05-16")}})
	s := given(t, missed).State()
	if c, ok := s.Clocks.Find(term.ComplaintAccept, ""); !ok || c.Missed != day("2024-05-17") {
		t.Errorf("got %+v, want it open and missed", c)
	}
	given(t, missed).When(by(office, "2024-05-18"), grievance.MissDeadline{Missing: clock.Missing{Clock: term.ComplaintAccept, Due: day("2024-05-16")}}).Then()
	given(t, missed).When(by(education, "2024-05-20"), accept).Accepted()
}

func TestWhatHasEndedHasNoClocksButThoseOfReviews(t *testing.T) {
	for name, c := range map[string]struct {
		before facts
		open   []term.Clock
	}{
		"refused":             {refused, nil},
		"closed":              {closed, nil},
		"refused while moved": {did(transferred, by(market, "2024-05-10"), refuse), nil},
		"closed petition":     {finished, []term.Clock{term.PetitionReviewRequest}},
		"under review":        {asked, []term.Clock{term.PetitionReviewAnswer}},
		"reviewed":            {reviewed, []term.Clock{term.PetitionRereviewRequest}},
		"final":               {final, nil},
		"told of its receipt": {did(petition, by(education, "2024-05-09"), grievance.NotifyComplainant{Step: term.NoticeReceipt, Means: term.ByMessage}), nil},
		"erased and closed":   {did(did(decided, by(education, "2024-05-09"), erasing), by(education, "2024-05-10"), end), nil},
		"reopened petition": {did(did(finished, by(education, "2024-07-01"), reopen), by(education, "2024-07-02"), grievance.NotifyComplainant{Step: term.NoticeAcceptance, Means: term.ByPhone}),
			[]term.Clock{term.PetitionClose}},
	} {
		t.Run(name, func(t *testing.T) { stopped(t, given(t, c.before).State(), c.open...) })
	}
}

func TestAPetitionSentBackGoesThroughItsReviewsAgain(t *testing.T) {
	back := did(asked, by(city, "2024-07-20"), with(answer, func(c *grievance.AnswerReview) { c.Outcome = term.ReviewRemanded }))
	s := given(t, back).State()
	if s.Ended() != 0 || s.Status() != term.GrievanceAccepted || s.Parts[0].Final() {
		t.Errorf("got it ended on %s, %s, want it accepted", s.Ended(), s.Status())
	}
	runs(t, s, term.PetitionClose, "", education, day("2024-09-18"))
	rated := did(did(did(did(did(did(nil, by(education, "2024-05-08"), with(filed, func(c *grievance.Receive) { c.Nature = term.Petition })), by(education, "2024-05-13"), accept),
		by(education, "2024-06-20"), opinion), by(education, "2024-06-21"), end), by(office, "2024-06-22"), rate), by(city, "2024-07-01"), review)
	given(t, rated).When(by(city, "2024-07-20"), with(answer, func(c *grievance.AnswerReview) { c.Outcome = term.ReviewUpheld })).Accepted()
	if s := given(t, rated).When(by(city, "2024-07-20"), with(answer, func(c *grievance.AnswerReview) { c.Outcome = term.ReviewRemanded })).Accepted(); s.Score != 0 {
		t.Errorf("got the rating %d of what is handled again, want none", s.Score)
	}
	anew := did(back, by(education, "2024-08-10"), opinion)
	given(t, anew).When(by(city, "2024-08-15"), secondly).ThenRefused(rule.PetitionReview, "/body/stage")
	given(t, anew).When(by(city, "2024-08-15"), review).Accepted()

	// Sent back by the second review: what was asked before says nothing of the new opinion.
	late := did(did(askedMore, by(province, "2024-08-20"), with(answer, func(c *grievance.AnswerReview) { c.Outcome = term.ReviewRemanded })), by(education, "2024-08-25"), opinion)
	given(t, late).When(by(city, "2024-08-26"), secondly).ThenRefused(rule.PetitionReview, "/body/stage")
	given(t, late).When(by(city, "2024-08-26"), review).Accepted()
}
