package penalty_test

import (
	"encoding/json"
	"os"
	"testing"

	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/money"
	"minglu/domain/penalty"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func paid(fen money.Fen) penalty.RecordPerformance {
	return penalty.RecordPerformance{Kind: term.DutyFine, AmountFen: fen}
}

// sanctioned is a case that was decided with a sanction and served.
func sanctioned(s rule.Sanction) facts {
	return after(isReviewed, was("2024-04-01", with(decided, func(e *penalty.Decided) { e.Sanction = s })),
		was("2024-04-02", with(served, func(e *penalty.DecisionServed) { e.Clocks = e.Clocks[:1] })))
}

var (
	heavy = rule.Sanction{Kinds: []term.PenaltyKind{term.ConfiscateIncome, term.RevokeLicencePenalty, term.PracticeBar}, ConfiscatedFen: 100_000, BarYears: 3}
	goods = rule.Sanction{Kinds: []term.PenaltyKind{term.ConfiscateGoods}}
	warn  = rule.Sanction{Kinds: []term.PenaltyKind{term.WarningPenalty}}

	isInformal = after(isAlleged, was("2024-02-27", penalty.InformalMeasureTaken{Subject: institution, Kind: term.OralWarning}))
	isLevied   = after(isServed, was("2024-04-20", penalty.SurchargeLevied{AmountFen: 270_000, Days: 3}))
)

var executionAccepted = []acceptance{
	{"service begins what runs from it", isDecided, "2024-04-02", serve, events{served}},
	{"the day of service may be said", isDecided, "2024-04-02", with(serve, func(c *penalty.ServeDecision) { c.ServedOn = day("2024-04-02") }), events{served}},
	{"what is served that day is so already", isServed, "2024-04-02", serve, nil},
	{"a warning is not fined and need not be published", after(isReviewed, was("2024-04-01", with(decided, func(e *penalty.Decided) { e.Sanction = warn }))), "2024-04-02", serve,
		events{with(served, func(e *penalty.DecisionServed) { e.Clocks = e.Clocks[1:3] })}},

	{"a part of the fine is paid", isServed, "2024-04-05", paid(1_000_000), events{penalty.Performed{Subject: institution, Kind: term.DutyFine, AmountFen: 1_000_000}}},
	{"the fine is paid in full", isServed, "2024-04-16", paid(3_000_000), events{penalty.Performed{Subject: institution, Kind: term.DutyFine, AmountFen: 3_000_000, FinePaid: true}}},
	{"with the refund it is complete", isPaid, "2024-04-17", penalty.RecordPerformance{Kind: term.DutyRefund, AmountFen: 500_000},
		events{penalty.Performed{Subject: institution, Kind: term.DutyRefund, AmountFen: 500_000, Complete: true}}},
	{"what has no amount is carried out", sanctioned(heavy), "2024-04-05", penalty.RecordPerformance{Kind: term.DutyOrder},
		events{penalty.Performed{Subject: institution, Kind: term.DutyOrder}}},
	{"goods are confiscated", sanctioned(goods), "2024-04-05", penalty.RecordPerformance{Kind: term.DutyConfiscation},
		events{penalty.Performed{Subject: institution, Kind: term.DutyConfiscation, Complete: true}}},

	{"three days late are nine per cent", isServed, "2024-04-20", penalty.LevySurcharge{}, events{penalty.SurchargeLevied{AmountFen: 270_000, Days: 3}}},
	{"what was levied is so already", isLevied, "2024-04-20", penalty.LevySurcharge{}, nil},
	{"it grows", isLevied, "2024-04-27", penalty.LevySurcharge{}, events{penalty.SurchargeLevied{AmountFen: 900_000, Days: 10}}},
	{"it never exceeds the fine", isServed, "2024-12-31", penalty.LevySurcharge{}, events{penalty.SurchargeLevied{AmountFen: 3_000_000, Days: 258}}},
	{"it ends with the payment", after(isServed, was("2024-04-19", penalty.Performed{Kind: term.DutyFine, AmountFen: 3_000_000, FinePaid: true})), "2024-05-31", penalty.LevySurcharge{},
		events{penalty.SurchargeLevied{AmountFen: 180_000, Days: 2}}},
	{"it stands still during a reconsideration", isReconsidered, "2024-05-31", penalty.LevySurcharge{}, events{penalty.SurchargeLevied{AmountFen: 180_000, Days: 2}}},
	{"and runs on after it", after(isReconsidered, was("2024-05-20", penalty.ReconsiderationDecided{RemedyResult: penalty.RemedyResult{Outcome: term.RemedyUpheld}})), "2024-05-21",
		penalty.LevySurcharge{}, events{penalty.SurchargeLevied{AmountFen: 360_000, Days: 4}}},

	{"a case that is performed ends", isPerformed, "2024-05-10", penalty.Close{}, events{penalty.Closed{Subject: institution, As: term.EndPerformed}}},
	{"a case that is not punished ends", isSpared, "2024-05-10", penalty.Close{As: term.EndNotPunished}, events{penalty.Closed{Subject: institution, As: term.EndNotPunished}}},
	{"a lead that was dealt with informally ends", isInformal, "2024-05-10", penalty.Close{}, events{penalty.Closed{Subject: institution, As: term.EndInformal}}},
	{"a case that was revoked ends", isRevoked, "2024-05-10", penalty.Close{Reason: "撤销"}, events{penalty.Closed{Subject: institution, As: term.EndRevoked, Reason: "撤销"}}},
	{"what cannot be enforced ends with a reason", isServed, "2024-05-10", penalty.Close{As: term.EndUnenforceable, Reason: "主体灭失"},
		events{penalty.Closed{Subject: institution, As: term.EndUnenforceable, Reason: "主体灭失"}}},
}

var executionRefused = []refusal{
	{"nothing to serve before the decision", isReviewed, "2024-04-02", serve, rule.PenaltySteps, "/act"},
	{"nor before its day", isDecided, "2024-03-31", serve, rule.PenaltySteps, "/effective"},
	{"nor once it fell", isRevoked, "2024-05-07", serve, rule.PenaltySteps, "/act"},
	{"both are served together", isDecided, "2024-04-02", penalty.ServeDecision{Under: under}, rule.PenaltyService, "/body/repair_notice"},
	{"the day of service is the effective day", isDecided, "2024-04-03", with(serve, func(c *penalty.ServeDecision) { c.ServedOn = day("2024-04-02") }), rule.PenaltyService, "/body/served_on"},
	{"a decision is served once", isServed, "2024-04-03", serve, rule.PenaltyService, "/body/served_on"},

	{"nothing is performed before the service", isDecided, "2024-04-02", paid(1), rule.PenaltySteps, "/act"},
	{"nor before its day", isServed, "2024-04-01", paid(1), rule.PenaltySteps, "/effective"},
	{"what is performed is named", isServed, "2024-04-05", penalty.RecordPerformance{}, anyFault, "/body/kind"},
	{"what was not decided is not performed", isServed, "2024-04-05", penalty.RecordPerformance{Kind: term.DutyOrder}, rule.PenaltyPerformance, "/body/kind"},
	{"what is paid is paid", isPaid, "2024-04-17", paid(1), rule.PenaltyPerformance, "/body/kind"},
	{"a payment has its amount", isServed, "2024-04-05", paid(0), rule.PenaltyPerformance, "/body/amount_fen"},
	{"no more is paid than is left", isServed, "2024-04-05", paid(3_000_001), rule.PenaltyPerformance, "/body/amount_fen"},
	{"what has no amount takes none", sanctioned(goods), "2024-04-05", penalty.RecordPerformance{Kind: term.DutyConfiscation, AmountFen: 1}, rule.PenaltyPerformance, "/body/amount_fen"},

	{"no surcharge before the service", isDecided, "2024-04-20", penalty.LevySurcharge{}, rule.PenaltySteps, "/act"},
	{"no surcharge on the last day", isServed, "2024-04-17", penalty.LevySurcharge{}, rule.FineSurcharge, "/effective"},
	{"no surcharge on what was paid in time", isPaid, "2024-05-20", penalty.LevySurcharge{}, rule.FineSurcharge, "/effective"},
	{"no surcharge without a fine", sanctioned(goods), "2024-04-20", penalty.LevySurcharge{}, rule.FineSurcharge, "/effective"},
	{"no surcharge without a last day", after(isDecided, was("2024-04-02", with(served, func(e *penalty.DecisionServed) { e.Clocks = nil }))), "2024-05-20",
		penalty.LevySurcharge{}, rule.FineSurcharge, "/effective"},

	{"a case that is filed does not end", isFiled, "2024-05-10", penalty.Close{}, rule.PenaltyPerformance, "/act"},
	{"nor one that is not served", isDecided, "2024-05-10", penalty.Close{}, rule.PenaltyPerformance, "/act"},
	{"nor one that is not performed", isPaid, "2024-05-10", penalty.Close{}, rule.PenaltyPerformance, "/act"},
	{"a case does not end before it is performed", isPerformed, "2024-04-16", penalty.Close{}, rule.PenaltySteps, "/effective"},
	{"nor before it is decided not to punish", isSpared, "2024-03-05", penalty.Close{}, rule.PenaltySteps, "/effective"},
	{"a case ends as it stands", isPerformed, "2024-05-10", penalty.Close{As: term.EndNotPunished}, rule.PenaltyPerformance, "/body/as"},
	{"what is performed can be enforced", isPerformed, "2024-05-10", penalty.Close{As: term.EndUnenforceable, Reason: "a"}, rule.PenaltyPerformance, "/body/as"},
	{"what cannot be enforced has a reason", isServed, "2024-05-10", penalty.Close{As: term.EndUnenforceable}, rule.PenaltyPerformance, "/body/reason"},
}

func TestARefusalToCloseSaysWhatIsLeft(t *testing.T) {
	e := given(t, isLevied).When(domaintest.On("2024-05-10", head), penalty.Close{}).ThenRefused(rule.PenaltyPerformance)
	if want := "案件尚未办结：尚有缴纳罚款 30,000.00 元、缴纳加处罚款 2,700.00 元、退还费用 5,000.00 元"; e.Text.ZH != want {
		t.Errorf("got %q, want %q", e.Text.ZH, want)
	}
}

func TestASurchargeAfterThePaymentIsOwed(t *testing.T) {
	s := given(t, after(isPerformed, was("2024-04-20", penalty.SurchargeLevied{AmountFen: 90_000, Days: 1}))).State()
	if s.Decision.Performed != 0 || !s.Open(day("2024-04-20")) {
		t.Errorf("got performed on %s, want the surcharge left", s.Decision.Performed)
	}
	s = given(t, after(isPerformed, was("2024-04-20", penalty.SurchargeLevied{AmountFen: 90_000, Days: 1}))).
		When(domaintest.On("2024-04-21", head), penalty.RecordPerformance{Kind: term.DutySurcharge, AmountFen: 90_000}).
		Then(penalty.Performed{Subject: institution, Kind: term.DutySurcharge, AmountFen: 90_000, Complete: true})
	if s.Decision.Performed != day("2024-04-21") {
		t.Errorf("got performed on %s", s.Decision.Performed)
	}
}

func TestAWarningIsPerformedWithItsService(t *testing.T) {
	if s := given(t, sanctioned(warn)).State(); s.Decision.Performed != day("2024-04-02") || s.Open(day("2024-04-02")) || !s.Open(day("2024-04-01")) {
		t.Errorf("got performed on %s", s.Decision.Performed)
	}
}

// vectorClock is one case of the vectors of clocks.
type vectorClock struct {
	ID    string       `json:"id"`
	Start calendar.Day `json:"start"`
	Due   calendar.Day `json:"due"`
}

type vectors struct {
	Clocks        struct{ Cases []vectorClock } `json:"clocks"`
	FineSurcharge struct {
		Cases []struct {
			FineFen      money.Fen `json:"fine_fen"`
			DaysLate     int       `json:"days_late"`
			SurchargeFen money.Fen `json:"surcharge_fen"`
		}
	} `json:"fine_surcharge"`
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil || len(v.Clocks.Cases) == 0 || len(v.FineSurcharge.Cases) == 0 {
		t.Fatalf("got %+v, %v", v, err)
	}
	return v
}

func TestVectorsOfTheSurcharge(t *testing.T) {
	for _, c := range readVectors(t).FineSurcharge.Cases {
		if got := rule.Surcharge(c.FineFen, c.DaysLate); got != c.SurchargeFen {
			t.Errorf("%d fen, %d days: got %d, want %d", c.FineFen, c.DaysLate, got, c.SurchargeFen)
		}
		served := sanctioned(rule.Sanction{Kinds: []term.PenaltyKind{term.Fine}, FineFen: c.FineFen})
		o := given(t, served).When(domaintest.On(day("2024-04-17").AddDays(c.DaysLate).String(), head), penalty.LevySurcharge{})
		if c.DaysLate == 0 {
			o.ThenRefused(rule.FineSurcharge, "/effective")
			continue
		}
		o.Then(penalty.SurchargeLevied{AmountFen: c.SurchargeFen, Days: c.DaysLate})
	}
}

func TestVectorsOfClocks(t *testing.T) {
	serveOn := func(t *testing.T, c vectorClock) penalty.State {
		short := after(isAlleged, was("2024-03-01", with(decided, func(e *penalty.Decided) { e.Clocks = nil })))
		return given(t, short).When(domaintest.On(c.Start.String(), head), serve).Accepted()
	}
	play := map[string]func(*testing.T, vectorClock) (penalty.State, term.Clock){
		"K6": func(t *testing.T, c vectorClock) (penalty.State, term.Clock) {
			return given(t, isAlleged).When(domaintest.On(c.Start.String(), head), file).Accepted(), term.PenaltyDecision
		},
		"K7": func(t *testing.T, c vectorClock) (penalty.State, term.Clock) { return serveOn(t, c), term.FinePayment },
		"K8": func(t *testing.T, c vectorClock) (penalty.State, term.Clock) {
			return serveOn(t, c), term.ReconsiderationRequest
		},
	}
	for _, c := range readVectors(t).Clocks.Cases {
		if play[c.ID] == nil {
			continue
		}
		s, key := play[c.ID](t, c)
		delete(play, c.ID)
		if k, ok := s.Clocks.Find(key, ""); !ok || k.Due != c.Due {
			t.Errorf("%s: got %s until %s, want %s", c.ID, key, k.Due, c.Due)
		}
	}
	if len(play) > 0 {
		t.Errorf("got no vector for %v", play)
	}
}

func TestClocksEndWithWhatTheyWaitFor(t *testing.T) {
	for name, c := range map[string]struct {
		before facts
		open   []term.Clock
	}{
		"a lead runs for nobody":                        {isAlleged, nil},
		"a case runs until it is decided":               {isFiled, []term.Clock{term.PenaltyDecision}},
		"a notice opens two windows":                    {isNotified, []term.Clock{term.PenaltyDecision, term.PenaltyStatement, term.HearingRequest}},
		"a statement closes one":                        {isStated, []term.Clock{term.PenaltyDecision, term.HearingRequest}},
		"a request the other":                           {isRequested, []term.Clock{term.PenaltyDecision}},
		"a lighter notice closes what it does not open": {after(isNotified, was("2024-03-12", slightServed)), []term.Clock{term.PenaltyDecision, term.PenaltyStatement}},
		"a decision waits for its service":              {isDecided, []term.Clock{term.PenaltyService}},
		"no penalty waits for nothing":                  {isSpared, nil},
		"service for payment, remedies and publication": {isServed, []term.Clock{term.FinePayment, term.ReconsiderationRequest, term.LitigationRequest, term.PenaltyPublication}},
		"publication ends one":                          {isPublished, []term.Clock{term.FinePayment, term.ReconsiderationRequest, term.LitigationRequest}},
		"payment another":                               {isPaid, []term.Clock{term.ReconsiderationRequest, term.LitigationRequest}},
		"a remedy ends both windows":                    {isReconsidered, []term.Clock{term.FinePayment}},
		"a revocation leaves the withdrawal":            {isRevoked, []term.Clock{term.PublicationWithdrawal}},
		"nor is it served":                              {after(isDecided, was("2024-05-10", penalty.Closed{As: term.EndUnenforceable})), nil},
		"what was held unlawful is not published": {after(isServed, was("2024-04-20", penalty.LitigationFiled{RemedyFiling: penalty.RemedyFiling{Body: "县人民法院"}}),
			was("2024-04-26", penalty.LitigationDecided{RemedyResult: result(term.RemedyUnlawful, "")})), []term.Clock{term.FinePayment}},
		"nor is what is to be changed": {after(isServed, was("2024-04-20", penalty.LitigationFiled{RemedyFiling: penalty.RemedyFiling{Body: "县人民法院"}}),
			was("2024-04-26", penalty.LitigationDecided{RemedyResult: result(term.RemedyChanged, "")})), []term.Clock{term.FinePayment}},
		"what cannot be enforced is not paid": {after(isServed, was("2024-05-10", penalty.Closed{As: term.EndUnenforceable})), []term.Clock{term.ReconsiderationRequest, term.LitigationRequest, term.PenaltyPublication}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []term.Clock
			for _, k := range given(t, c.before).State().Clocks.Open() {
				got = append(got, k.Key)
			}
			if len(got) != len(c.open) {
				t.Fatalf("got %v, want %v", got, c.open)
			}
			for i := range got {
				if got[i] != c.open[i] {
					t.Errorf("got %v, want %v", got, c.open)
				}
			}
		})
	}
}

func TestAMissedDutyStaysOpenAndALapsedRightEnds(t *testing.T) {
	s := given(t, isMissed).State()
	if c, ok := s.Clocks.Find(term.PenaltyDecision, ""); !ok || c.Missed != day("2024-06-04") {
		t.Errorf("got %+v", c)
	}
	s = given(t, isNotified).When(domaintest.On("2024-03-19", head), penalty.MissDeadline{Missing: clock.Missing{Clock: term.HearingRequest, Due: day("2024-03-18")}}).Accepted()
	if _, ok := s.Clocks.Find(term.HearingRequest, ""); ok {
		t.Error("a right that lapsed runs on")
	}
	given(t, after(isNotified, was("2024-03-19", penalty.DeadlineMissed{Missing: clock.Missing{Clock: term.HearingRequest, Due: day("2024-03-18")}}))).
		When(domaintest.On("2024-03-19", head), penalty.RequestHearing{Under: under}).ThenRefused(rule.PenaltyHearing, "/effective")
}
