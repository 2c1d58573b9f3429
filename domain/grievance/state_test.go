package grievance_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/figure"
	"minglu/domain/grievance"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/domain/work"
)

func TestTheWholeIsClosedOnlyWhenEveryPartIs(t *testing.T) {
	s := given(t, oneClosed).State()
	if s.Ended() != 0 || s.Status() == term.GrievanceClosed {
		t.Errorf("got it ended on %s as %s with a part open", s.Ended(), s.Status())
	}
	both := did(did(did(oneClosed, by(education, "2024-05-15"), grievance.Accept{Under: under, Part: "1"}), by(education, "2024-05-16"), grievance.StartMediation{Part: "1"}),
		by(education, "2024-05-20"), grievance.SettleMediation{Part: "1", Terms: "退费"})
	s = given(t, both).When(by(education, "2024-05-21"), grievance.Close{Part: "1", Result: "已退费"}).Then(grievance.Closed{Part: "1", Result: "已退费", Whole: term.Mixed})
	if s.Ended() != day("2024-05-21") || s.Status() != term.GrievanceClosed {
		t.Errorf("got it ended on %s as %s, want closed with its last part", s.Ended(), s.Status())
	}
	s = given(t, did(both, by(education, "2024-05-21"), grievance.Close{Part: "1", Result: "已退费"})).When(by(education, "2024-06-01"), grievance.Reopen{Under: under, Part: "1", Reason: "未履行"}).Accepted()
	if s.Ended() != 0 || s.Parts[1].Closed == 0 {
		t.Errorf("got %+v, want one part open and the other closed", s.Parts)
	}
}

// without are facts of which one is annulled.
func without(list facts, i int) facts { return slices.Delete(slices.Clone(list), i, i+1) }

func TestTheEndOfTheWholeIsCountedOnce(t *testing.T) {
	both := did(did(did(did(oneClosed, by(education, "2024-05-15"), grievance.Accept{Under: under, Part: "1"}), by(education, "2024-05-16"), grievance.StartMediation{Part: "1"}),
		by(education, "2024-05-20"), grievance.SettleMediation{Part: "1", Terms: "退费"}), by(education, "2024-05-21"), grievance.Close{Part: "1", Result: "已退费"})
	again := grievance.Close{Part: "2", Result: "不予立案"}
	first := without(both, len(oneClosed)-1) // the close of the other part
	given(t, first).When(by(education, "2024-05-22"), again).Then(grievance.Closed{Part: "2", Result: "不予立案"})
	last := without(both, len(both)-1)
	given(t, last).When(by(education, "2024-05-22"), grievance.Close{Part: "1", Result: "已退费"}).Then(grievance.Closed{Part: "1", Result: "已退费", Whole: term.Mixed})
	anew := did(did(did(both, by(education, "2024-06-01"), grievance.Reopen{Under: under, Part: "1", Reason: "未履行"}), by(education, "2024-06-02"), grievance.StartMediation{Part: "1"}),
		by(education, "2024-06-03"), grievance.SettleMediation{Part: "1", Terms: "退费"})
	given(t, anew).When(by(education, "2024-06-04"), grievance.Close{Part: "1", Result: "已退费"}).Then(grievance.Closed{Part: "1", Result: "已退费", Whole: term.Mixed})
}

func TestAClosedPetitionSentBackCountsAsReopened(t *testing.T) {
	remand := with(answer, func(c *grievance.AnswerReview) { c.Outcome = term.ReviewRemanded })
	count := func(list facts) map[term.Figure]int {
		n := map[term.Figure]int{}
		for _, f := range list {
			if m, ok := f.Event.(figure.Measured); ok {
				for _, x := range m.Measures() {
					n[x.Key]++
				}
			}
		}
		return n
	}
	back := did(did(did(asked, by(city, "2024-07-20"), remand), by(education, "2024-08-10"), opinion), by(education, "2024-08-11"), end)
	if n := count(back); n[term.GrievancesClosed] != 2 || n[term.GrievancesReopened] != 1 {
		t.Errorf("got %v, want it closed twice and reopened between", n)
	}
	open := did(did(opined, by(city, "2024-06-25"), review), by(city, "2024-07-20"), remand)
	if n := count(open); n[term.GrievancesReopened] != 0 {
		t.Errorf("got %v, want nothing reopened that was not closed", n)
	}
}

func TestHowAGrievanceStands(t *testing.T) {
	for name, c := range map[string]struct {
		before facts
		want   term.GrievanceStatus
	}{
		"nothing yet":                      {nil, term.GrievanceReceived},
		"received":                         {complaint, term.GrievanceReceived},
		"accepted":                         {accepted, term.GrievanceAccepted},
		"in mediation":                     {mediated, term.GrievanceInMediation},
		"transferred":                      {transferred, term.GrievanceTransferred},
		"returned":                         {returned, term.GrievanceReceived},
		"named by the office":              {arbitrated, term.GrievanceTransferred},
		"taken by who was named":           {did(arbitrated, by(market, "2024-05-17"), accept), term.GrievanceAccepted},
		"transferred in mediation":         {did(mediated, by(education, "2024-05-20"), transfer), term.GrievanceTransferred},
		"taken on in mediation":            {did(did(mediated, by(education, "2024-05-20"), transfer), by(market, "2024-05-21"), accept), term.GrievanceInMediation},
		"returned in mediation":            {did(did(mediated, by(education, "2024-05-20"), transfer), proven(by(market, "2024-05-21")), object), term.GrievanceInMediation},
		"refused":                          {refused, term.GrievanceRefused},
		"settled":                          {settled, term.GrievanceSettled},
		"terminated":                       {terminated, term.GrievanceTerminated},
		"decided":                          {decided, term.GrievanceDecided},
		"an opinion":                       {opined, term.GrievanceDecided},
		"closed":                           {closed, term.GrievanceClosed},
		"closed and under review":          {asked, term.GrievanceClosed},
		"a lead decided beside mediation":  {did(withLead, by(education, "2024-05-28"), decide), term.GrievanceInMediation},
		"reopened":                         {did(closed, by(education, "2024-06-20"), reopen), term.GrievanceAccepted},
		"reopened after a refusal":         {did(refused, by(education, "2024-06-20"), reopen), term.GrievanceReceived},
		"mixed, as its first open part":    {oneClosed, term.GrievanceReceived},
		"mixed, one refused and one open":  {did(mixed, by(education, "2024-05-10"), grievance.Refuse{Part: "1", Ground: term.RefusedNotCompetent}), term.GrievanceReceived},
		"mixed, one refused and one ended": {did(oneClosed, by(education, "2024-05-15"), grievance.Refuse{Part: "1", Ground: term.RefusedNotCompetent}), term.GrievanceClosed},
	} {
		t.Run(name, func(t *testing.T) {
			if got := given(t, c.before).State().Status(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestTheStepsSayWhoDoesWhatWhen(t *testing.T) {
	for name, c := range map[string]struct {
		before facts
		want   []grievance.Step
	}{
		"a complaint between agencies": {did(disputed, by(office, "2024-05-16"), grievance.DecideHandler{Agency: urban, Reason: "会议纪要"}), []grievance.Step{
			{Code: term.StepReceived, On: day("2024-05-08"), Agency: education}, {Code: term.StepTransferred, On: day("2024-05-09"), Agency: market},
			{Code: term.StepReturned, On: day("2024-05-13"), Agency: education}, {Code: term.StepTransferred, On: day("2024-05-14"), Agency: market},
			{Code: term.StepDisputed, On: day("2024-05-15"), Agency: market}, {Code: term.StepHandlerDecided, On: day("2024-05-16"), Agency: urban}}},
		"a lead is not the complainant's business": {did(did(withLead, by(education, "2024-05-27"), check), by(education, "2024-05-28"), decide), []grievance.Step{
			{Code: term.StepReceived, On: day("2024-05-08"), Agency: education}, {Code: term.StepAccepted, On: day("2024-05-10"), Agency: education},
			{Code: term.StepMediationStarted, On: day("2024-05-13"), Agency: education}}},
		"a petition to its end": {askedMore, []grievance.Step{
			{Code: term.StepReceived, On: day("2024-05-08"), Agency: education}, {Code: term.StepAccepted, On: day("2024-05-13"), Agency: education},
			{Code: term.StepOpinion, On: day("2024-06-20"), Agency: education}, {Code: term.StepClosed, On: day("2024-06-21"), Agency: education},
			{Code: term.StepReviewRequested, On: day("2024-07-01"), Agency: city}, {Code: term.StepReviewAnswered, On: day("2024-07-20"), Agency: education},
			{Code: term.StepReviewRequested, On: day("2024-08-01"), Agency: province}}},
		"a mixed one": {oneClosed, []grievance.Step{
			{Code: term.StepReceived, On: day("2024-05-08"), Agency: education}, {Code: term.StepSplit, On: day("2024-05-08"), Agency: education},
			{Code: term.StepDecided, On: day("2024-05-10"), Agency: education, Part: "2"}, {Code: term.StepNotified, On: day("2024-05-13"), Agency: education, Part: "2"},
			{Code: term.StepClosed, On: day("2024-05-14"), Agency: education, Part: "2"}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := given(t, c.before).State()
			got := s.Progress()
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			got[0].Agency = "changed"
			if s.Steps[0].Agency == "changed" {
				t.Error("got the steps of the state itself")
			}
		})
	}
}

func TestTheHeadOfAListOfWork(t *testing.T) {
	for name, c := range map[string]struct {
		before facts
		want   work.Head
	}{
		"one that was filed": {did(did(nil, by(education, "2024-05-08"), filed), by(education, "2024-05-09"), transfer), work.Head{
			Number: string(receipt.Number), Title: "退费", Kind: "complaint", Status: "transferred", Institution: institution.Stream,
			Agency: market, Agencies: []string{market}, Opened: day("2024-05-08")}},
		"one of several topics and no institution": {did(nil, by(education, "2024-05-08"), with(anonymous, func(c *grievance.Receive) { c.Topics = append(c.Topics, term.TopicFees) })), work.Head{
			Title: "无证办学、收费", Kind: "report", Status: "received", Agency: education, Agencies: []string{education}, Opened: day("2024-05-08")}},
		"a mixed one with two handlers": {did(mixed, by(education, "2024-05-09"), grievance.Transfer{Under: under, Part: "1", To: market, Reason: "a"}), work.Head{
			Title: "退费", Kind: "mixed", Status: "transferred", Institution: institution.Stream, Agency: market, Agencies: []string{market, education}, Opened: day("2024-05-08")}},
		"nobody acts on what is closed": {closed, work.Head{
			Title: "退费", Kind: "complaint", Status: "closed", Institution: institution.Stream, Agencies: []string{education}, Opened: day("2024-05-08"), Closed: day("2024-06-04")}},
		"but who reviews it": {asked, work.Head{
			Title: "退费", Kind: "petition", Status: "closed", Institution: institution.Stream, Agency: city, Agencies: []string{city, education}, Opened: day("2024-05-08"), Closed: day("2024-06-21")}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := given(t, c.before).State().Head(); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestTheStatusPageFindsItsReceipt(t *testing.T) {
	s := given(t, followed).State()
	if s.Receipt != string(number) || s.QueryDigest != code.Digest() {
		t.Errorf("got %s, %s", s.Receipt, s.QueryDigest)
	}
	if got, want := followed[0].Event.(grievance.Received).Claims(), []domain.Claim{{Kind: "receipt", Value: string(number)}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	drawn := followed[0].Event.(grievance.Received)
	drawn.Receipt = &grievance.Receipt{Number: "TS-530427-20261102-00041805-7", QueryDigest: code.Digest()}
	if got := drawn.Claims(); got != nil {
		t.Errorf("got %v, want nothing reserved for a number that names the grievance", got)
	}
	if got := (&grievance.Receive{Receipt: drawn.Receipt}).Names(); got != drawn.Receipt.Number.Names() || got == "" {
		t.Errorf("got the id %q, want that of the number", got)
	}
	if got := (&grievance.Receive{Receipt: &grievance.Receipt{Number: number}}).Names() + (&grievance.Receive{}).Names(); got != "" {
		t.Errorf("got the id %q of a serial number or none", got)
	}
	if got := (grievance.Received{}).Claims(); got != nil {
		t.Errorf("got %v, want nothing reserved without a receipt", got)
	}
}

// countsOf are the figures that facts add to, by key and item.
func countsOf(before facts) map[string]int {
	out := map[string]int{}
	for _, f := range before {
		if m, ok := f.Event.(figure.Measured); ok {
			for _, one := range m.Measures() {
				key := string(one.Key)
				if one.Item != "" {
					key += "/" + one.Item
				}
				out[key] += one.Count.N
			}
		}
	}
	return out
}

func TestOutcomesAreCountedApart(t *testing.T) {
	whole := did(did(did(did(oneClosed, by(education, "2024-05-15"), grievance.Accept{Under: under, Part: "1"}), by(education, "2024-05-16"), grievance.StartMediation{Part: "1"}),
		by(education, "2024-05-20"), grievance.SettleMediation{Part: "1", Terms: "退费"}), by(education, "2024-05-21"), grievance.Close{Part: "1", Result: "已退费"})
	for name, c := range map[string]struct {
		before facts
		want   map[string]int
	}{
		"a mixed message is one received, two parts and one closed": {whole, map[string]int{
			"grievances_received/12345": 1, "grievance_parts/complaint": 1, "grievance_parts/report": 1, "grievances_accepted": 1, "grievances_settled": 1, "grievances_closed/mixed": 1}},
		"one whose last part is refused is closed too": {did(oneClosed, by(education, "2024-05-15"), grievance.Refuse{Part: "1", Ground: term.RefusedNotCompetent}), map[string]int{
			"grievances_received/12345": 1, "grievance_parts/complaint": 1, "grievance_parts/report": 1, "grievances_refused/not_competent": 1, "grievances_closed/mixed": 1}},
		"a refused one is not closed": {refused, map[string]int{"grievances_received/12345": 1, "grievance_parts/complaint": 1, "grievances_refused/material_missing": 1}},
		"a dispute is no return": {disputed, map[string]int{
			"grievances_received/12345": 1, "grievance_parts/complaint": 1, "grievances_transferred/" + market: 2, "grievances_returned/" + education: 1}},
		"a mediation that failed": {terminated, map[string]int{"grievances_received/12345": 1, "grievance_parts/complaint": 1, "grievances_accepted": 1, "grievances_terminated/declined": 1}},
		"a reopening": {did(closed, by(education, "2024-06-20"), reopen), map[string]int{
			"grievances_received/12345": 1, "grievance_parts/complaint": 1, "grievances_accepted": 1, "grievances_settled": 1, "grievances_closed/complaint": 1, "grievances_reopened": 1}},
		"visitors": {did(complaint, by(education, "2024-05-09"), grievance.LogVisit{Persons: figure.Of(30, term.PersonVisits)}), map[string]int{
			"grievances_received/12345": 1, "grievance_parts/complaint": 1, "grievance_visits": 30}},
		"a missed duty counts, a lapsed right does not": {
			did(did(transferred, by(office, "2024-05-16"), grievance.MissDeadline{Missing: clock.Missing{Clock: term.GrievanceTransferReturn, Due: day("2024-05-15")}}),
				by(office, "2024-05-17"), grievance.MissDeadline{Missing: clock.Missing{Clock: term.ComplaintAccept, Due: day("2024-05-16")}}),
			map[string]int{"grievances_received/12345": 1, "grievance_parts/complaint": 1, "grievances_transferred/" + market: 1, "deadlines_missed/complaint_accept": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := countsOf(c.before); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestAFigureIsThatOfWhoItIsAbout(t *testing.T) {
	e := complaint[0].Event.(grievance.Received)
	for _, m := range e.Measures() {
		if m.Institution != institution.Stream || m.Count.Unit != term.Incidents {
			t.Errorf("got %+v, want it of the institution", m)
		}
	}
	if got := e.Concerns(); !reflect.DeepEqual(got, []string{institution.Stream}) {
		t.Errorf("got %v, want the institution", got)
	}
	if got := unnamed[0].Event.(grievance.Received).Concerns(); got != nil {
		t.Errorf("got %v, want nobody", got)
	}
	missed := grievance.DeadlineMissed{Missing: clock.Missing{Clock: term.ReportCheck, Agency: market}}
	if got := missed.Measures(); len(got) != 1 || got[0].Agency != market {
		t.Errorf("got %+v, want it of the agency whose clock it was", got)
	}
}

// TestNobodyIsNamedInTheClear reads what a client sends and what is stored of
// it.
func TestNobodyIsNamedInTheClear(t *testing.T) {
	const body = `{"channel":"12345","nature":"complaint","topics":["refund"],"real_name":true,
		"complainant":"王小明","contact":"13800138000","content":"孩子王小红在启明补课，不退费"}`
	var c grievance.Receive
	if err := json.Unmarshal([]byte(body), &c); err != nil {
		t.Fatal(err)
	}
	if _, ok := any(&c).(domain.Discreet); !ok || len(c.Personal()) != 3 {
		t.Error("got values that are not of one person")
	}
	for i, p := range c.Personal() {
		p.Sealed = domain.Sealed{Person: "p1", Commit: "c" + string(rune('1'+i)), Box: "box"}
	}
	c.Govern(under.Law)
	es, err := grievance.Decide(grievance.State{}, by(education, "2024-05-08"), c)
	if err != nil {
		t.Fatal(err)
	}
	s := grievance.Evolve(grievance.State{}, by(education, "2024-05-08"), es[0])
	for name, v := range map[string]any{"fact": es[0], "state": s, "head": s.Head(), "act": c} {
		b, err := json.Marshal(v)
		if err != nil || strings.Contains(string(b), "王") || strings.Contains(string(b), "138") {
			t.Errorf("%s: got %s, %v", name, b, err)
		}
	}
	if !reflect.DeepEqual(s.Persons, rule.Persons{{Ref: "p1"}}) || s.Complainant != "p1" || !s.Reachable() {
		t.Errorf("got %+v of %s", s.Persons, s.Complainant)
	}
}

func TestACorrectionDoesNotBringAHouseNumberIn(t *testing.T) {
	e := unnamed[0].Event.(grievance.Received)
	if err := e.Check(); err != nil {
		t.Errorf("got %v, want a street taken", err)
	}
	e.Premises = "文化路12号3栋"
	if err := e.Check(); err == nil {
		t.Error("got a house number taken")
	}
}

func TestWhatIsReferredToStandsInTheAct(t *testing.T) {
	r, d, l := receive, grievance.DecideFiling{Penalty: penalty}, grievance.Link{Other: other}
	for pointer, refs := range map[string][]domain.Reference{"/body/institution": r.Refs(), "/body/penalty": d.Refs(), "/body/other": l.Refs()} {
		if len(refs) != 1 || refs[0].Pointer != pointer || refs[0].Ref.IsZero() || len(refs[0].Kinds) != 1 {
			t.Errorf("got %+v, want one at %s", refs, pointer)
		}
	}
}

func TestALinkIsReplacedByANewerOne(t *testing.T) {
	s := given(t, did(complaint, by(education, "2024-05-09"), grievance.Link{Other: other, Relation: term.RelatedGrievance})).
		When(by(education, "2024-05-10"), grievance.Link{Other: other, Relation: term.DuplicateGrievance}).Accepted()
	if want := []grievance.Linked{{Other: other.Stream, Relation: term.DuplicateGrievance}}; !reflect.DeepEqual(s.Links, want) {
		t.Errorf("got %+v, want %+v", s.Links, want)
	}
}

func TestWhatWasAmendedAwayLeavesNothingToAct(t *testing.T) {
	// The split of a mixed grievance was annulled: there is no part to name.
	torn := facts{domaintest.Was(by(education, "2024-05-08"), mixed[0].Event)}
	given(t, torn).When(by(education, "2024-05-10"), grievance.Accept{Under: under, Part: "1"}).ThenRefused(rule.GrievanceParts, "/body/part")
	given(t, torn).When(by(education, "2024-05-10"), grievance.Link{Other: other, Relation: term.RelatedGrievance}).ThenRefused(rule.GrievanceHandler, "/actor/agency")
	if s := given(t, torn).State(); s.Ended() != 0 || s.Head().Agency != "" {
		t.Errorf("got it ended on %s, with %s", s.Ended(), s.Head().Agency)
	}
}

func TestAnUnknownCommandOrEventIsAFaultOfTheProgram(t *testing.T) {
	for name, f := range map[string]func(){
		"command": func() { _, _ = grievance.Decide(grievance.State{}, by(education, "2024-05-08"), nil) },
		"event":   func() { grievance.Evolve(grievance.State{}, by(education, "2024-05-08"), strange{}) },
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

type strange struct{ grievance.Event }

func (strange) EventName() string { return "grievance.strange" }

func TestWhatIsDoneCanBeTold(t *testing.T) {
	for step, c := range map[term.NoticeStep]struct {
		before facts
		meta   domain.Meta
	}{
		term.NoticeReceipt:       {complaint, by(education, "2024-05-08")},
		term.NoticeAcceptance:    {accepted, by(education, "2024-05-10")},
		term.NoticeRefusal:       {refused, by(education, "2024-05-10")},
		term.NoticeTransfer:      {transferred, by(market, "2024-05-09")},
		term.NoticeMediationEnd:  {terminated, by(education, "2024-06-03")},
		term.NoticeReportOutcome: {decided, by(education, "2024-05-08")},
		term.NoticeExtension:     {extended, by(education, "2024-05-20")},
		term.NoticeOpinion:       {opined, by(education, "2024-06-20")},
		term.NoticeReview:        {reviewed, by(city, "2024-07-20")},
		term.NoticeClosing:       {closed, by(education, "2024-06-04")},
	} {
		t.Run(string(step), func(t *testing.T) {
			tell := grievance.NotifyComplainant{Step: step, Means: term.ByPhone}
			given(t, c.before).When(c.meta, tell).Then(grievance.ComplainantNotified(tell))
			early := c.meta
			early.Effective = early.Effective.AddDate(0, 0, -1)
			if _, err := grievance.Decide(given(t, c.before).State(), early, tell); err == nil {
				t.Error("got it told on the day before")
			}
		})
	}
	if len(term.NoticeSteps.Items) != 10 {
		t.Errorf("got %d steps that can be told", len(term.NoticeSteps.Items))
	}
}

func TestAContactAloneCanBeReached(t *testing.T) {
	lone := did(nil, by(education, "2024-05-08"), with(anonymous, func(c *grievance.Receive) { c.Contact = sealedOf("p2", "c2") }))
	if s := given(t, lone).State(); !s.Reachable() || s.Complainant != "p2" {
		t.Errorf("got %q reachable: %v", s.Complainant, s.Reachable())
	}
	if given(t, unnamed).State().Reachable() {
		t.Error("got somebody to tell of what has a content alone")
	}
}
