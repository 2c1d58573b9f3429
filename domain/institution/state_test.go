package institution_test

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/domaintest"
	"minglu/domain/ident"
	"minglu/domain/institution"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func TestVectorsOfDocuments(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Documents struct {
			Cases []struct {
				Licence           bool           `json:"licence"`
				LegalRegistration term.LegalForm `json:"legal_registration"`
				Documents         term.Documents `json:"documents"`
			}
		}
	}
	if err := json.Unmarshal(data, &v); err != nil || len(v.Documents.Cases) == 0 {
		t.Fatalf("got %d vectors, %v", len(v.Documents.Cases), err)
	}
	for _, c := range v.Documents.Cases {
		before := inRegister
		if c.Licence {
			before = licensed
		}
		if c.LegalRegistration != "" {
			before = after(before, was("2019-03-02", institution.LegalRegistrationRecorded{Form: c.LegalRegistration, Number: "1"}))
		}
		if got := given(t, before).State().Documents(day("2019-06-01")); got != c.Documents {
			t.Errorf("licence %v and %q: got %s, want %s", c.Licence, c.LegalRegistration, got, c.Documents)
		}
	}
}

func TestDocumentsFollowTheDays(t *testing.T) {
	s := given(t, after(inCompany,
		was("2020-03-01", institution.LicenceSuspended{Number: licence}), was("2020-06-01", institution.LicenceReinstated{Number: licence}),
		was("2022-01-01", institution.LegalEntityDeregistered{Procedure: term.General}))).State()
	for _, c := range []struct {
		on   string
		want term.Documents
	}{
		{"2019-02-28", term.Neither}, {"2019-03-01", term.LicensedOnly}, {"2019-03-02", term.Complete}, {"2020-03-01", term.RegisteredOnly},
		{"2020-06-01", term.Complete}, {"2021-12-31", term.Complete}, {"2022-01-01", term.LicensedOnly}, {"2024-02-29", term.LicensedOnly}, {"2024-03-01", term.Neither},
	} {
		if got := s.Documents(day(c.on)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.on, got, c.want)
		}
	}
}

// TestTheFiveExitsStayApart checks that after each exit no other follows and
// only the cancellation that names it.
func TestTheFiveExitsStayApart(t *testing.T) {
	causes := []term.CancelCause{term.CauseExpired, term.CauseRevoked, term.CauseAnnulled, term.CauseWithdrawn, term.CauseConverted, term.OwnWish}
	for _, x := range exits {
		ended := after(licensed, was(x.on, x.fact))
		t.Run("after "+x.name, func(t *testing.T) {
			l, _ := given(t, ended).State().Licence(licence)
			before := day(x.on).AddDays(-1)
			if got := l.State(day(x.on)); got != x.state || l.Held(day(x.on)) || !l.Held(before) {
				t.Errorf("got %s, held on the day %v and before %v", got, l.Held(day(x.on)), l.Held(before))
			}
			for _, y := range exits {
				given(t, ended).When(domaintest.On("2024-06-01"), y.ask).ThenRefused(rule.LicenceExit, "/body/number")
			}
			given(t, ended).When(domaintest.On("2024-06-01"), toSports).ThenRefused(rule.LicenceExit, "/body/old_licence")
			for _, cause := range causes {
				cancel := given(t, ended).When(domaintest.On("2024-06-01"), institution.CancelLicence{Number: licence, Cause: cause})
				if cause != x.cause {
					cancel.ThenRefused(rule.LicenceCancellation, "/body/cause")
					continue
				}
				s := cancel.Then(institution.LicenceCancelled{Number: licence, Cause: cause})
				l, _ := s.Licence(licence)
				if got := l.State(day("2024-06-01")); got != term.LicenceCancelled || l.Exit != x.state || l.Cause != cause {
					t.Errorf("got %s after the exit %s for the cause %s", got, l.Exit, l.Cause)
				}
			}
		})
	}
}

func TestALicenceStandsByTheDay(t *testing.T) {
	s := given(t, after(inRegister,
		was("2019-02-01", isGranted),
		was("2020-03-01", institution.LicenceSuspended{Number: licence}), was("2020-06-01", institution.LicenceReinstated{Number: licence}),
		was("2024-05-01", institution.LicenceExpired{Number: licence}), was("2024-06-01", institution.LicenceCancelled{Number: licence, Cause: term.CauseExpired}))).State()
	l, ok := s.Licence(licence)
	if !ok {
		t.Fatal("got no licence")
	}
	for _, c := range []struct {
		on    string
		state term.LicenceState
		held  bool
		valid bool
	}{
		{"2019-01-31", term.LicencePending, false, false}, {"2019-02-01", term.LicencePending, false, false}, {"2019-03-01", term.LicenceValid, true, true},
		{"2020-03-01", term.LicenceSuspended, true, false}, {"2020-05-31", term.LicenceSuspended, true, false}, {"2020-06-01", term.LicenceValid, true, true},
		{"2024-02-29", term.LicenceValid, true, true}, {"2024-03-01", term.LicenceLapsed, true, false}, {"2024-05-01", term.LicenceExpired, false, false},
		{"2024-06-01", term.LicenceCancelled, false, false},
	} {
		if l.State(day(c.on)) != c.state || l.Held(day(c.on)) != c.held || l.Valid(day(c.on)) != c.valid {
			t.Errorf("%s: got %s, held %v, valid %v, want %s, %v, %v", c.on, l.State(day(c.on)), l.Held(day(c.on)), l.Valid(day(c.on)), c.state, c.held, c.valid)
		}
	}
	if _, ok := s.Licence("1"); ok {
		t.Error("got a licence that nobody granted")
	}
}

func TestAnEarlierReinstatementShortensThePause(t *testing.T) {
	before := after(suspended, was("2020-06-01", institution.LicenceReinstated{Number: licence}))
	s := given(t, before).When(domaintest.On("2020-05-01"), institution.ReinstateLicence{Number: licence, Reason: "复查"}).
		Then(institution.LicenceReinstated{Number: licence, Reason: "复查"})
	l, _ := s.Licence(licence)
	if !l.Suspended(day("2020-04-30")) || l.Suspended(day("2020-05-01")) {
		t.Errorf("got the pauses %v, want one that ends on 2020-05-01", l.Pauses)
	}
}

func TestConversionClosesAndOpensOnOneDay(t *testing.T) {
	s := given(t, licensed).When(domaintest.On("2021-09-01"), toSports).Then(isSports)
	from, _ := s.Licence(licence)
	to, _ := s.Licence(licence2)
	on, before := day("2021-09-01"), day("2021-08-31")
	if from.State(on) != term.LicenceConverted || !from.Held(before) || from.Held(on) {
		t.Errorf("got the old licence %s", from.State(on))
	}
	if to.State(on) != term.LicenceValid || to.Held(before) || to.Kind != term.TrainingPermit {
		t.Errorf("got the new licence %s", to.State(on))
	}
	if got := s.Scope(before); got.Class != term.Subject {
		t.Errorf("got %v before, want subject", got)
	}
	if got := s.Scope(on); !got.Same(toSports.To) {
		t.Errorf("got %v after, want %v", got, toSports.To)
	}
	if s.Deregistered(on) {
		t.Error("got it deregistered by the conversion")
	}
}

func TestMoratoriaReachTheGrant(t *testing.T) {
	law := rule.Law{Moratoria: []rule.Moratory{
		{Division: "530400", Class: term.Subject, Audiences: seniorHigh, From: day("2021-07-20")},
		{Division: "000000", Class: term.Subject, Audiences: compulsory, From: day("2021-07-24")},
		{Division: "530427", Class: term.Subject, Audiences: compulsory, From: day("2021-07-07")},
	}}
	asked := func(audiences []term.Audience) institution.GrantLicence {
		return with(grant, func(g *institution.GrantLicence) { g.Law, g.Audiences = law, audiences })
	}
	granted := func(audiences []term.Audience) institution.LicenceGranted {
		return with(isGranted, func(g *institution.LicenceGranted) { g.Audiences = audiences })
	}
	override := &institution.GrantOverride{DocumentNo: "省教〔2021〕1号", Reason: "试点"}
	overridden := func(on string, audiences []term.Audience) *domaintest.Outcome[institution.State, institution.Command, institution.Event] {
		return given(t, inRegister).When(domaintest.On(on), with(asked(audiences), func(g *institution.GrantLicence) { g.Override = override }))
	}

	given(t, inRegister).When(domaintest.On("2021-07-06"), asked(compulsory)).Then(granted(compulsory))
	given(t, inRegister).When(domaintest.On("2021-07-07"), asked(compulsory)).ThenRefused(rule.Moratorium, "/body/class")
	given(t, inRegister).When(domaintest.On("2021-07-19"), asked(seniorHigh)).Then(granted(seniorHigh))
	given(t, inRegister).When(domaintest.On("2021-07-20"), asked(seniorHigh)).ThenRefused(rule.Moratorium, "/body/class")

	s := overridden("2021-07-06", compulsory).Then(granted(compulsory))
	if l, _ := s.Licence(licence); l.Flagged {
		t.Error("got a flag where no override was needed")
	}
	s = overridden("2021-07-07", compulsory).Then(with(granted(compulsory), func(g *institution.LicenceGranted) { g.Override = override }))
	if l, _ := s.Licence(licence); !l.Flagged {
		t.Error("got no flag on a grant under a moratorium")
	}
	if got := s.Subject(day("2021-07-07")).Violations; len(got) != 1 {
		t.Errorf("got the violations %v, want the grant", got)
	}

	conversion := with(toSports, func(c *institution.ApproveConversion) {
		c.To = rule.Scope{Class: term.Subject, Audiences: []term.Audience{term.Compulsory, term.SeniorHigh}}
		c.Law, c.Override = law, override
	})
	s = given(t, licensed).When(domaintest.On("2021-09-01"), conversion).Then(institution.ConversionApproved{
		OldLicence: licence, NewLicence: toSports.NewLicence, Override: override,
		To: rule.Scope{Class: term.Subject, Categories: none, Audiences: []term.Audience{term.Compulsory, term.SeniorHigh}}})
	if l, _ := s.Licence(licence2); !l.Flagged {
		t.Error("got no flag on a conversion under a moratorium")
	}
}

func TestScopeIsThatOfTheLicenceHeld(t *testing.T) {
	second := was("2020-01-01", institution.LicenceGranted{Number: licence2, Class: term.NonSubject, Categories: sports, Audiences: seniorHigh, ValidFrom: day("2020-01-01"), ValidTo: day("2025-01-01")})
	for name, c := range map[string]struct {
		before facts
		on     string
		want   term.Class
	}{
		"that of the registration before any licence":      {licensed, "2019-02-01", term.Subject},
		"that of the licence begun last":                   {after(licensed, second), "2020-01-01", term.NonSubject},
		"that of the licence still held":                   {after(licensed, second, was("2021-01-01", institution.LicenceRevoked{Number: licence2})), "2021-01-01", term.Subject},
		"that of the other before its end":                 {after(licensed, second, was("2021-01-01", institution.LicenceRevoked{Number: licence2})), "2020-12-31", term.NonSubject},
		"that of the last one where none is held any more": {after(licensed, second, was("2021-01-01", institution.LicenceRevoked{Number: licence}), was("2021-01-01", institution.LicenceRevoked{Number: licence2})), "2022-01-01", term.NonSubject},
	} {
		t.Run(name, func(t *testing.T) {
			if got := given(t, c.before).State().Scope(day(c.on)).Class; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestStatusFollowsTheDays(t *testing.T) {
	cancelled := was("2022-01-01", institution.LicenceCancelled{Number: licence, Cause: term.NotPrinted})
	closed := was("2022-01-01", institution.LegalEntityDeregistered{Procedure: term.General})
	for name, c := range map[string]struct {
		before facts
		on     string
		want   term.Status
	}{
		"operating with a licence":                       {licensed, "2020-01-01", term.Operating},
		"operating without any paper":                    {inRegister, "2020-01-01", term.Operating},
		"suspended while the only licence is":            {suspended, "2020-04-01", term.Suspended},
		"operating by a second licence":                  {after(suspended, was("2020-03-01", with(isGranted, func(g *institution.LicenceGranted) { g.Number = licence2 }))), "2020-04-01", term.Operating},
		"terminating once announced":                     {after(licensed, was("2021-08-01", institution.TerminationAnnounced{PlannedEnd: day("2022-02-01")})), "2021-08-01", term.Terminating},
		"operating on the day before":                    {after(licensed, was("2021-08-01", institution.TerminationAnnounced{PlannedEnd: day("2022-02-01")})), "2021-07-31", term.Operating},
		"closed once stopped":                            {after(inRegister, was("2021-08-01", institution.OperationStopped{Basis: term.StopUnlicensed})), "2021-08-01", term.Closed},
		"operating by a licence granted since":           {after(inRegister, was("2018-08-01", institution.OperationStopped{}), was("2019-03-01", isGranted)), "2019-03-01", term.Operating},
		"closed until that licence":                      {after(inRegister, was("2018-08-01", institution.OperationStopped{}), was("2019-03-01", isGranted)), "2019-02-28", term.Closed},
		"deregistered without licence and registration":  {after(inCompany, cancelled, closed), "2022-01-01", term.Deregistered},
		"not with a live registration":                   {after(inCompany, cancelled), "2022-01-01", term.Operating},
		"not with a licence that is not cancelled":       {after(inCompany, closed), "2022-01-01", term.Operating},
		"not by an exit before the cancellation":         {after(licensed, was("2021-01-01", institution.LicenceRevoked{Number: licence})), "2022-01-01", term.Operating},
		"not on the day before":                          {after(inCompany, cancelled, closed), "2021-12-31", term.Operating},
		"not by a conversion whose new licence lives":    {after(licensed, was("2021-09-01", isSports)), "2022-01-01", term.Operating},
		"by a conversion whose new licence is cancelled": {after(licensed, was("2021-09-01", isSports), was("2022-01-01", institution.LicenceCancelled{Number: licence2, Cause: term.NotPrinted})), "2022-01-01", term.Deregistered},
	} {
		t.Run(name, func(t *testing.T) {
			if got := given(t, c.before).State().Status(day(c.on)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestAttributesAreThoseOfTheDay(t *testing.T) {
	s := given(t, after(inRegister,
		was("2021-01-01", institution.NameChanged{To: "丙"}), was("2020-01-01", institution.NameChanged{To: "乙"}), was("2021-01-01", institution.NameChanged{To: "丁"}),
		was("2020-01-01", institution.AddressChanged{To: "二号"}), was("2020-01-01", institution.PlatformEnrolled{Platform: "平台"}),
		was("2020-01-01", institution.ContractTemplateAdopted{Version: "2021"}),
		was("2020-01-01", institution.IdentifierAttached{Kind: term.USCCIdentifier, Value: uscc}), was("2021-01-01", institution.IdentifierDetached{Kind: term.USCCIdentifier, Value: uscc}),
	)).State()
	for _, c := range []struct{ what, got, want string }{
		{"name before the register", s.Name(day("2018-12-31")), ""},
		{"first name", s.Name(day("2019-12-31")), "新平启明培训学校"},
		{"name recorded late", s.Name(day("2020-06-01")), "乙"},
		{"of one day the name recorded last", s.Name(day("2021-01-01")), "丁"},
		{"address", s.Address(day("2019-12-31")) + s.Address(day("2020-01-01")), "平山路 1 号二号"},
		{"platform", s.Platform(day("2019-12-31")) + s.Platform(day("2020-01-01")), "平台"},
		{"contract", s.ContractTemplate(day("2019-12-31")) + s.ContractTemplate(day("2020-01-01")), "2021"},
		{"code", string(s.USCC(day("2019-12-31")) + s.USCC(day("2020-01-01")) + s.USCC(day("2020-12-31")) + s.USCC(day("2021-01-01"))), uscc + uscc},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
}

func TestTurningNonProfitKeepsTheLicence(t *testing.T) {
	s := given(t, after(inCompany, was("2021-10-01", institution.ConvertedToNonProfit{Registration: institution.NonProfitRegistration{Form: term.PrivateNonEnterprise, Number: "民证字 1 号"}}))).State()
	r, ok := s.Registration(day("2021-10-01"))
	if !ok || r.ForProfit || r.Form != term.PrivateNonEnterprise || r.Authority != term.CivilAffairs {
		t.Errorf("got %+v", r)
	}
	if r, _ := s.Registration(day("2021-09-30")); !r.ForProfit || r.Form != term.Company {
		t.Errorf("got %+v on the day before", r)
	}
	if l, _ := s.Licence(licence); !l.Valid(day("2021-10-01")) {
		t.Error("got the licence ended")
	}
}

func TestSubjectTellsTheListsHowItStood(t *testing.T) {
	s := given(t, after(inUnit,
		was("2020-04-01", institution.AnnualInspectionConcluded{Year: 2019, Result: term.Pass, PublishedOn: day("2020-04-10")}),
		was("2021-04-01", institution.AnnualInspectionConcluded{Year: 2020, Result: term.Fail}),
		was("2021-05-01", institution.ComplianceReviewRecorded{Result: term.Failed}),
		was("2021-06-01", institution.ComplianceReviewRecorded{Result: term.Passed}),
		was("2021-07-01", institution.TerminationAnnounced{PlannedEnd: day("2022-01-01")}),
		was("2021-08-01", institution.OperationStopped{Basis: term.StopOwn}),
	)).State()
	if s.Subject(day("2018-12-31")).Known {
		t.Error("got it known before its registration")
	}
	sub := s.Subject(day("2020-05-01"))
	if !sub.Known || sub.Name != "新平启明培训学校" || sub.Kind != term.Institution || sub.Class != term.Subject || sub.LicensedFrom != day("2019-03-01") || !sub.Registered {
		t.Errorf("got %+v", sub)
	}
	if want := []rule.HeldLicence{{Number: string(licence), Kind: term.SchoolLicence}}; !slices.Equal(sub.Licences, want) {
		t.Errorf("got the licences %v, want %v", sub.Licences, want)
	}
	if len(sub.Inspections) != 1 || len(s.Subject(day("2020-04-09")).Inspections) != 0 || len(s.Subject(day("2021-12-01")).Inspections) != 1 {
		t.Errorf("got the inspections %v, want those that were published", sub.Inspections)
	}
	if got := []int{len(s.Subject(day("2021-04-30")).Violations), len(s.Subject(day("2021-05-01")).Violations), len(s.Subject(day("2021-06-01")).Violations)}; !slices.Equal(got, []int{0, 1, 0}) {
		t.Errorf("got %v violations, want one while the last review was failed", got)
	}
	if sub.Terminating || !s.Subject(day("2021-07-01")).Terminating || s.Subject(day("2021-07-31")).Stopped || !s.Subject(day("2021-08-01")).Stopped {
		t.Error("got the end on another day")
	}
}

func TestFactsClaimTheirIdentifiers(t *testing.T) {
	code := func(release bool) []domain.Claim {
		return []domain.Claim{{Kind: "uscc", Value: uscc, Release: release}}
	}
	number := func(n ident.LicenceNumber) []domain.Claim { return []domain.Claim{{Kind: "licence", Value: string(n)}} }
	for _, c := range []struct {
		fact domain.Claimer
		want []domain.Claim
	}{
		{institution.Registered{USCC: uscc}, code(false)},
		{institution.Registered{}, nil},
		{institution.IdentifierAttached{Kind: term.USCCIdentifier, Value: uscc}, code(false)},
		{institution.IdentifierAttached{Kind: term.ICP, Value: "1"}, nil},
		{institution.IdentifierDetached{Kind: term.USCCIdentifier, Value: uscc}, code(true)},
		{institution.IdentifierDetached{Kind: term.ICP, Value: "1"}, nil},
		{institution.LegalEntityDeregistered{USCC: uscc}, code(true)},
		{institution.LegalEntityDeregistered{}, nil},
		{isGranted, number(licence)},
		{isSports, number(licence2)},
	} {
		if got := c.fact.Claims(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%T: got %v, want %v", c.fact, got, c.want)
		}
	}
}

func TestFactsCheckThemselvesAfterACorrection(t *testing.T) {
	for name, c := range map[string]struct {
		fact    interface{ Check() error }
		pointer string
	}{
		"a registration":                      {isRegistered, ""},
		"a registration without names":        {institution.Registered{}, "/names"},
		"a registration with an empty name":   {institution.Registered{Names: []string{""}}, "/names"},
		"a grant":                             {isGranted, ""},
		"a grant that ends before it begins":  {with(isGranted, func(g *institution.LicenceGranted) { g.ValidTo = day("2019-02-28") }), "/valid_to"},
		"a conversion":                        {isSports, ""},
		"a conversion whose new licence does": {institution.ConversionApproved{NewLicence: institution.NewLicence{ValidFrom: day("2021-09-01"), ValidTo: day("2021-08-31")}}, "/new_licence/valid_to"},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.fact.Check()
			e, refused := errors.AsType[*domain.Error](err)
			if refused != (c.pointer != "") || refused && e.Fields[0].Pointer != c.pointer {
				t.Errorf("got %v, want it at %q", err, c.pointer)
			}
		})
	}
}

func TestPersonalValuesAreHandedOutToBeSealed(t *testing.T) {
	r := institution.Register{Organiser: domain.PersonalText("张三")}
	var c domain.Confidential = &r
	for _, p := range c.Personal() {
		p.Sealed = domain.Sealed{Person: "p-" + p.Clear()}
	}
	if r.Organiser.Sealed.Person != "p-张三" || r.Principal.Sealed.Person != "p-" {
		t.Errorf("got %q and %q sealed", r.Organiser.Sealed.Person, r.Principal.Sealed.Person)
	}
	r.Refer("XP-1")
	if r.Ref != "XP-1" {
		t.Errorf("got the ref %q", r.Ref)
	}
}

func TestAnUnknownCommandOrEventIsAFaultOfTheProgram(t *testing.T) {
	for name, f := range map[string]func(){
		"command": func() { _, _ = institution.Decide(given(t, inRegister).State(), domaintest.On("2020-01-01"), nil) },
		"event":   func() { institution.Evolve(institution.State{}, domaintest.On("2020-01-01"), strange{}) },
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

type strange struct{ institution.Event }

func (strange) EventName() string { return "institution.strange" }
