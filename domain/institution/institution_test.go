package institution_test

import (
	"reflect"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/ident"
	"minglu/domain/institution"
	"minglu/domain/rule"
	"minglu/domain/term"
)

type (
	fact   = domaintest.Fact
	facts  = []domaintest.Fact
	events = []institution.Event
)

var day = domaintest.Day

// was is the fact that e took effect on a day.
func was(on string, e institution.Event) fact { return domaintest.Was(domaintest.On(on), e) }

// after are facts and then more.
func after(before facts, more ...fact) facts { return append(slices.Clone(before), more...) }

type history = domaintest.History[institution.State, institution.Command, institution.Event]

func given(t testing.TB, before facts) *history {
	t.Helper()
	return domaintest.Given(t, institution.Decider, before...).Listed(institution.Acts, rule.Registered)
}

const (
	uscc     = "914403001922038216"
	wrong    = "914403001922038217" // check character 6
	otherID  = "91110000600037341L"
	licence  = ident.LicenceNumber("153042770000019")
	licence2 = ident.LicenceNumber("153042770000027")
)

var (
	compulsory = []term.Audience{term.Compulsory}
	seniorHigh = []term.Audience{term.SeniorHigh}
	none       = []term.Category{}
	sports     = []term.Category{term.Sports}

	register = institution.Register{
		Ref: "XP-017", Names: []string{"新平启明培训学校", "启明"}, Kind: term.Institution, Mode: term.Offline, Address: "平山路 1 号",
		Class: term.Subject, Audiences: compulsory,
	}
	isRegistered = institution.Registered{
		Ref: "XP-017", Names: []string{"新平启明培训学校", "启明"}, Kind: term.Institution, Mode: term.Offline, Address: "平山路 1 号",
		Class: term.Subject, Categories: none, Audiences: compulsory,
	}
	grant = institution.GrantLicence{
		Number: licence, Kind: term.SchoolLicence, Class: term.Subject, Audiences: compulsory, ValidFrom: day("2019-03-01"), ValidTo: day("2024-02-29"),
	}
	isGranted = institution.LicenceGranted{
		Number: licence, Kind: term.SchoolLicence, Class: term.Subject, Categories: none, Audiences: compulsory, ValidFrom: day("2019-03-01"), ValidTo: day("2024-02-29"),
	}
	company = institution.LegalRegistrationRecorded{Authority: term.MarketRegulation, Form: term.Company, Number: "5304270001", ForProfit: true}
	unit    = institution.LegalRegistrationRecorded{Authority: term.CivilAffairs, Form: term.PrivateNonEnterprise, Number: "民证字 1 号"}

	inRegister = facts{was("2019-01-01", isRegistered)}
	licensed   = after(inRegister, was("2019-03-01", isGranted))
	suspended  = after(licensed, was("2020-03-01", institution.LicenceSuspended{Number: licence, Reason: "疫情"}))
	inCompany  = after(licensed, was("2019-03-02", company))
	inUnit     = after(licensed, was("2019-03-02", unit))

	toSports = institution.ApproveConversion{
		OldLicence: licence, To: rule.Scope{Class: term.NonSubject, Categories: sports, Audiences: compulsory},
		NewLicence: institution.NewLicence{Number: licence2, Kind: term.TrainingPermit, ValidFrom: day("2021-09-01"), ValidTo: day("2024-08-31")},
	}
	isSports = institution.ConversionApproved{OldLicence: licence, To: toSports.To, NewLicence: toSports.NewLicence}
)

// workdays is a law with the calendar of the State Council.
var workdays = rule.Under{Law: rule.Law{Calendar: calendar.Default()}}

// toCancel is the clock in which an ended licence is cancelled: twenty working
// days.
func toCancel(from, due string) []clock.Start {
	return []clock.Start{{Key: term.LicenceCancellation, Part: string(licence), From: day(from), Due: day(due),
		Period: calendar.Period{N: 20, Unit: calendar.WorkingDays}, Agency: "530427-education"}}
}

// exits are the five exits of a licence and the act and fact of each.
var exits = []struct {
	name  string
	on    string
	ask   institution.Command
	fact  institution.Event
	state term.LicenceState
	cause term.CancelCause
}{
	{"expired", "2024-03-01", institution.ExpireLicence{Under: workdays, Number: licence, Reason: "未延续"}, institution.LicenceExpired{Number: licence, Reason: "未延续", Clocks: toCancel("2024-03-01", "2024-03-29")}, term.LicenceExpired, term.CauseExpired},
	{"revoked", "2022-05-01", institution.RevokeLicence{Under: workdays, Number: licence, Reason: "处罚"}, institution.LicenceRevoked{Number: licence, Reason: "处罚", Clocks: toCancel("2022-05-01", "2022-05-31")}, term.LicenceRevoked, term.CauseRevoked},
	{"annulled", "2022-05-01", institution.AnnulLicence{Under: workdays, Number: licence, Reason: "骗取"}, institution.LicenceAnnulled{Number: licence, Reason: "骗取", Clocks: toCancel("2022-05-01", "2022-05-31")}, term.LicenceAnnulled, term.CauseAnnulled},
	{"withdrawn", "2022-05-01", institution.WithdrawLicence{Under: workdays, Number: licence, Reason: "规划"}, institution.LicenceWithdrawn{Number: licence, Reason: "规划", Clocks: toCancel("2022-05-01", "2022-05-31")}, term.LicenceWithdrawn, term.CauseWithdrawn},
	{"surrendered", "2022-05-01", institution.SurrenderLicence{Under: workdays, Number: licence}, institution.LicenceSurrendered{Number: licence, Clocks: toCancel("2022-05-01", "2022-05-31")}, term.LicenceSurrendered, term.OwnWish},
}

func TestTables(t *testing.T) {
	domaintest.Acts(t, institution.Decider, institution.Acts)
	domaintest.Events(t, institution.Decider, institution.Events, facts{
		was("2019-01-01", institution.Registered{
			Ref: "r", Names: []string{"甲", "乙"}, Kind: term.Branch, Mode: term.Online, Address: "一号", USCC: wrong,
			Override: &institution.Override{Reason: "证照如此", Evidence: "abc"}, Organiser: &domain.Sealed{Person: "p", Commit: "c", Box: "b"},
			Principal: &domain.Sealed{Person: "q", Commit: "d"}, Class: term.NonSubject, Categories: sports, Audiences: compulsory,
		}),
		was("2019-01-02", institution.IdentifierAttached{Kind: term.ICP, Value: "滇ICP备1号", Check: "none"}),
		was("2019-01-03", institution.IdentifierDetached{Kind: term.ICP, Value: "滇ICP备1号", Reason: "停用"}),
		was("2019-01-04", institution.NameChanged{From: "甲", To: "丙", Approval: "1 号"}),
		was("2019-01-05", institution.AddressChanged{From: "一号", To: "二号", Approval: "2 号"}),
		was("2019-02-01", company),
		was("2019-03-01", institution.LicenceGranted{
			Number: licence, Kind: term.SchoolLicence, Class: term.Subject, Categories: none, Audiences: compulsory,
			ValidFrom: day("2019-03-01"), ValidTo: day("2024-02-29"), Override: &institution.GrantOverride{DocumentNo: "省 1 号", Reason: "试点"},
		}),
		was("2020-03-01", institution.LicenceSuspended{Number: licence, Reason: "疫情"}),
		was("2020-06-01", institution.LicenceReinstated{Number: licence, Reason: "恢复"}),
		was("2021-09-01", institution.ConversionApproved{OldLicence: licence, To: toSports.To, NewLicence: toSports.NewLicence, Override: &institution.GrantOverride{DocumentNo: "2", Reason: "3"}}),
		was("2021-09-02", institution.LicenceCancelled{Number: licence, Cause: term.CauseConverted}),
		was("2021-10-01", institution.ConvertedToNonProfit{Registration: institution.NonProfitRegistration{Form: term.PrivateNonEnterprise, Number: "民证字 1 号"}}),
		was("2022-01-01", institution.LicenceExpired{Number: licence2, Clocks: toCancel("2022-01-01", "2022-01-29")}),
		was("2022-01-01", institution.LicenceRevoked{Number: licence2, Clocks: toCancel("2022-01-01", "2022-01-29"), Penalty: "530427.penalty.P"}),
		was("2022-01-01", institution.LicenceAnnulled{Number: licence2, Clocks: toCancel("2022-01-01", "2022-01-29")}),
		was("2022-01-01", institution.LicenceWithdrawn{Number: licence2, Clocks: toCancel("2022-01-01", "2022-01-29")}),
		was("2022-01-01", institution.LicenceSurrendered{Number: licence2, Clocks: toCancel("2022-01-01", "2022-01-29")}),
		was("2022-02-01", institution.TerminationAnnounced{PlannedEnd: day("2022-08-01"), Reason: "自愿"}),
		was("2022-02-02", institution.OperationStopped{Basis: term.StopPenalty, Reason: "处罚", Documents: term.Complete, Penalty: "530427.penalty.P"}),
		was("2022-02-03", institution.ComplianceReviewRecorded{Result: term.Failed, Criteria: []string{"消防"}}),
		was("2022-02-04", institution.AnnualInspectionConcluded{Year: 2021, Result: term.Pass, PublishedOn: day("2022-02-04")}),
		was("2022-02-04", institution.AnnualInspectionConcluded{Year: 2020, Result: term.Fail}),
		was("2022-02-05", institution.PlatformEnrolled{Platform: "全国平台"}),
		was("2022-02-06", institution.ContractTemplateAdopted{Version: "2021"}),
		was("2022-02-07", institution.InterviewHeld{Reason: "收费", HeldBy: "530427-education", Roles: []string{"校长"}, Commitments: []string{"退费"}, Due: day("2022-03-01")}),
		was("2022-02-08", applied), was("2022-02-09", institution.LicenceApplicationAccepted{Standard: "体教〔2022〕1号"}),
		was("2022-02-10", institution.LicenceRefused{Grounds: []term.LicenceRefusal{term.RefusedByStandard}, Reason: "面积不足"}),
		was("2022-02-11", institution.ClassificationChallenged{By: "举办者", Grounds: "科学实验"}),
		was("2022-02-12", institution.ClassificationReviewed{Outcome: term.ClassificationUpheld, Panel: "鉴别 1 号"}),
		was("2022-02-13", institution.WarningPosted{Kind: term.LetterToParents, Premises: "平山路 1 号"}),
		was("2022-02-14", institution.AdvertisementRemoved{Kind: term.Signboard, Place: "平山路"}),
		was("2022-02-15", institution.ScheduleBreachNoted{Rule: term.NotOnWeekends, Slot: "2022-02-13 09:00–10:30"}),
		was("2022-02-16", institution.AnnualReportFiled{Year: 2021}), was("2022-02-17", isLeft),
		was("2022-02-18", institution.CardIssued{Colour: term.YellowCard, Policy: "530427@2022-01-01", Reason: "收费"}),
		was("2022-02-19", institution.PersonalDataRead{Unsealing: domain.Unsealing{Person: "p", Reason: "送达"}}),
		was("2022-02-20", institution.PersonalDataErased{Erasure: domain.Erasure{Person: "p", Reason: "期满", LegalBasis: "个人信息保护法 第四十七条"}}),
		was("2022-02-21", institution.DeadlineMissed{Missing: clock.Missing{Clock: term.LicenceCancellation, Part: string(licence2), Due: day("2022-01-29"), Agency: "530427-education"}}),
		was("2022-03-01", institution.LegalEntityDeregistered{Procedure: term.General, Reason: "清算完毕", USCC: uscc}),
		was("2022-03-02", institution.Corrected{Correction: domain.Correction{TargetSeq: 4, Field: "to", Was: domain.RawJSON(`"丙"`), Is: domain.RawJSON(`"丁"`), Reason: "笔误"}}),
		was("2022-03-03", institution.Annulled{Annulment: domain.Annulment{TargetSeq: 5, Reason: "重复"}}),
	})
}

// acceptance is an act that leads to facts.
type acceptance struct {
	name    string
	before  facts
	on      string
	command institution.Command
	then    events
}

// acceptances are each act accepted once or more, with those of dutyAcceptances.
var acceptances = []acceptance{
	{"what is new is registered", nil, "2019-01-01", register, events{isRegistered}},
	{"a wrong check character is taken with reason and evidence", nil, "2019-01-01",
		with(register, func(r *institution.Register) {
			r.USCC, r.Override = wrong, &institution.Override{Reason: "证照如此", Evidence: "abc"}
		}),
		events{with(isRegistered, func(r *institution.Registered) {
			r.USCC, r.Override = wrong, &institution.Override{Reason: "证照如此", Evidence: "abc"}
		})}},
	{"an override that was not needed is not kept", nil, "2019-01-01",
		with(register, func(r *institution.Register) {
			r.USCC, r.Override = uscc, &institution.Override{Reason: "a", Evidence: "b"}
		}),
		events{with(isRegistered, func(r *institution.Registered) { r.USCC = uscc })}},
	{"premises are registered without audiences", nil, "2019-01-01",
		institution.Register{Names: []string{"某小区 3 栋"}, Kind: term.Premises, Mode: term.Offline, Address: "某小区", Class: term.Subject},
		events{institution.Registered{Names: []string{"某小区 3 栋"}, Kind: term.Premises, Mode: term.Offline, Address: "某小区", Class: term.Subject, Categories: none, Audiences: []term.Audience{}}}},
	{"persons are kept sealed", nil, "2019-01-01",
		with(register, func(r *institution.Register) {
			r.Organiser = domain.Personal{Sealed: domain.Sealed{Person: "p", Commit: "c"}}
		}),
		events{with(isRegistered, func(r *institution.Registered) { r.Organiser = &domain.Sealed{Person: "p", Commit: "c"} })}},

	{"a credit code is attached in normal form", inRegister, "2019-02-01",
		institution.AttachIdentifier{Kind: term.USCCIdentifier, Value: " 9144 0300 1922 0382 16"},
		events{institution.IdentifierAttached{Kind: term.USCCIdentifier, Value: uscc, Check: "ok"}}},
	{"a wrong check character is attached with reason and evidence", inRegister, "2019-02-01",
		institution.AttachIdentifier{Kind: term.USCCIdentifier, Value: wrong, Override: &institution.Override{Reason: "a", Evidence: "b"}},
		events{institution.IdentifierAttached{Kind: term.USCCIdentifier, Value: wrong, Check: "failed", Override: &institution.Override{Reason: "a", Evidence: "b"}}}},
	{"another kind of code is attached without a check", inRegister, "2019-02-01",
		institution.AttachIdentifier{Kind: term.ICP, Value: " 滇ICP备1号 "},
		events{institution.IdentifierAttached{Kind: term.ICP, Value: "滇ICP备1号", Check: "none"}}},
	{"a code that it has is so already", after(inRegister, was("2019-02-01", institution.IdentifierAttached{Kind: term.USCCIdentifier, Value: uscc})), "2019-03-01",
		institution.AttachIdentifier{Kind: term.USCCIdentifier, Value: uscc}, nil},
	{"a code is detached however it is written", after(inRegister, was("2019-02-01", institution.IdentifierAttached{Kind: term.USCCIdentifier, Value: uscc})), "2019-03-01",
		institution.DetachIdentifier{Kind: term.USCCIdentifier, Value: "9144 0300 1922 0382 16", Reason: "换证"},
		events{institution.IdentifierDetached{Kind: term.USCCIdentifier, Value: uscc, Reason: "换证"}}},

	{"a name is changed", inRegister, "2020-01-01", institution.ChangeName{To: " 新名 ", Approval: "1 号"},
		events{institution.NameChanged{From: "新平启明培训学校", To: "新名", Approval: "1 号"}}},
	{"the same name is so already", inRegister, "2020-01-01", institution.ChangeName{To: "新平启明培训学校"}, nil},
	{"an address is changed", inRegister, "2020-01-01", institution.ChangeAddress{To: "二号", Approval: "1 号"},
		events{institution.AddressChanged{From: "平山路 1 号", To: "二号", Approval: "1 号"}}},
	{"the same address is so already", inRegister, "2020-01-01", institution.ChangeAddress{To: "平山路 1 号"}, nil},

	{"a company is recorded", inRegister, "2019-03-02", institution.RecordLegalRegistration(company), events{company}},
	{"a private non-enterprise unit is recorded", inRegister, "2019-03-02", institution.RecordLegalRegistration(unit), events{unit}},
	{"the same registration is so already", inCompany, "2019-04-01", institution.RecordLegalRegistration(company), nil},
	{"a legal entity is deregistered and its code given back", after(inCompany, was("2019-03-02", institution.IdentifierAttached{Kind: term.USCCIdentifier, Value: uscc})), "2022-01-01",
		institution.DeregisterLegalEntity{Procedure: term.Simple, Reason: "自愿"},
		events{institution.LegalEntityDeregistered{Procedure: term.Simple, Reason: "自愿", USCC: uscc}}},
	{"after a revocation the general procedure is open", after(inCompany, was("2021-01-01", institution.LicenceRevoked{Number: licence})), "2022-01-01",
		institution.DeregisterLegalEntity{Procedure: term.General, Reason: "吊销"},
		events{institution.LegalEntityDeregistered{Procedure: term.General, Reason: "吊销"}}},
	{"before the revocation the simplified one is", after(inCompany, was("2021-01-01", institution.LicenceRevoked{Number: licence})), "2020-12-31",
		institution.DeregisterLegalEntity{Procedure: term.Simple, Reason: "自愿"},
		events{institution.LegalEntityDeregistered{Procedure: term.Simple, Reason: "自愿"}}},

	{"a licence is granted under its normal number", inRegister, "2019-03-01",
		with(grant, func(g *institution.GrantLicence) { g.Number = " １53042770000019" }), events{isGranted}},
	{"a licence for a day is granted", inRegister, "2019-03-01",
		with(grant, func(g *institution.GrantLicence) { g.ValidTo = g.ValidFrom }),
		events{with(isGranted, func(g *institution.LicenceGranted) { g.ValidTo = g.ValidFrom })}},
	{"a second licence under another number is granted", licensed, "2019-04-01",
		with(grant, func(g *institution.GrantLicence) { g.Number = licence2 }),
		events{with(isGranted, func(g *institution.LicenceGranted) { g.Number = licence2 })}},

	{"a licence is suspended", licensed, "2020-03-01", institution.SuspendLicence{Number: licence, Reason: "疫情"},
		events{institution.LicenceSuspended{Number: licence, Reason: "疫情"}}},
	{"a suspended licence is so already", suspended, "2020-04-01", institution.SuspendLicence{Number: licence, Reason: "疫情"}, nil},
	{"a licence is reinstated", suspended, "2020-06-01", institution.ReinstateLicence{Number: licence, Reason: "恢复"},
		events{institution.LicenceReinstated{Number: licence, Reason: "恢复"}}},
	{"a reinstated licence is so already", after(suspended, was("2020-06-01", institution.LicenceReinstated{Number: licence})), "2020-07-01",
		institution.ReinstateLicence{Number: licence}, nil},
	{"a suspended licence is revoked", suspended, "2020-04-01", institution.RevokeLicence{Under: workdays, Number: licence, Reason: "处罚", Penalty: domain.RefTo("530427.penalty.P")},
		events{institution.LicenceRevoked{Number: licence, Reason: "处罚", Penalty: "530427.penalty.P", Clocks: toCancel("2020-04-01", "2020-04-29")}}},

	{"a conversion closes one licence and opens another in one fact", licensed, "2021-09-01", toSports, events{isSports}},
	{"fewer audiences are a conversion", after(inRegister, was("2019-03-01", with(isGranted, func(g *institution.LicenceGranted) { g.Audiences = []term.Audience{term.Compulsory, term.SeniorHigh} }))), "2021-09-01",
		with(toSports, func(c *institution.ApproveConversion) {
			c.To = rule.Scope{Class: term.Subject, Audiences: seniorHigh}
			c.Law = stopping("2021-01-01", term.Compulsory, term.SeniorHigh)
		}),
		events{institution.ConversionApproved{OldLicence: licence, NewLicence: toSports.NewLicence, To: rule.Scope{Class: term.Subject, Categories: none, Audiences: seniorHigh}}}},

	{"a company turns non-profit", inCompany, "2021-10-01",
		institution.ConvertToNonProfit{Registration: institution.NonProfitRegistration{Form: term.PrivateNonEnterprise, Number: "民证字 1 号"}},
		events{institution.ConvertedToNonProfit{Registration: institution.NonProfitRegistration{Form: term.PrivateNonEnterprise, Number: "民证字 1 号"}}}},
	{"who is non-profit under that number is so already", inUnit, "2021-10-01",
		institution.ConvertToNonProfit{Registration: institution.NonProfitRegistration{Form: term.PrivateNonEnterprise, Number: "民证字 1 号"}}, nil},

	{"termination is announced", licensed, "2021-08-01", institution.AnnounceTermination{PlannedEnd: day("2022-02-01"), Reason: "自愿"},
		events{institution.TerminationAnnounced{PlannedEnd: day("2022-02-01"), Reason: "自愿"}}},
	{"an operation without papers is stopped", inRegister, "2021-08-01", institution.StopOperation{Basis: term.StopUnlicensed, Reason: "无证"},
		events{institution.OperationStopped{Basis: term.StopUnlicensed, Reason: "无证", Documents: term.Neither}}},
	{"a stop tells which papers were held and in which case it was decided", inCompany, "2021-08-01",
		institution.StopOperation{Basis: term.StopPenalty, Reason: "处罚", Penalty: domain.RefTo("530427.penalty.P")},
		events{institution.OperationStopped{Basis: term.StopPenalty, Reason: "处罚", Documents: term.Complete, Penalty: "530427.penalty.P"}}},
	{"a stopped operation is so already", after(inRegister, was("2021-08-01", institution.OperationStopped{Basis: term.StopUnlicensed})), "2021-09-01",
		institution.StopOperation{Basis: term.StopUnlicensed, Reason: "无证"}, nil},
	{"a review is recorded", licensed, "2021-08-01", institution.RecordComplianceReview{Result: term.Passed},
		events{institution.ComplianceReviewRecorded{Result: term.Passed, Criteria: []string{}}}},
	{"an annual inspection is concluded", licensed, "2021-04-01", institution.ConcludeAnnualInspection{Year: 2020, Result: term.Pass, PublishedOn: day("2021-04-02")},
		events{institution.AnnualInspectionConcluded{Year: 2020, Result: term.Pass, PublishedOn: day("2021-04-02")}}},
	{"the same conclusion is so already", after(licensed, was("2021-04-01", institution.AnnualInspectionConcluded{Year: 2020, Result: term.Pass})), "2021-05-01",
		institution.ConcludeAnnualInspection{Year: 2020, Result: term.Pass}, nil},
	{"another year has its own conclusion", after(licensed, was("2021-04-01", institution.AnnualInspectionConcluded{Year: 2020, Result: term.Pass})), "2022-05-01",
		institution.ConcludeAnnualInspection{Year: 2021, Result: term.Fail}, events{institution.AnnualInspectionConcluded{Year: 2021, Result: term.Fail}}},
	{"it is enrolled on a platform", licensed, "2021-10-01", institution.EnrolPlatform{Platform: "全国平台"}, events{institution.PlatformEnrolled{Platform: "全国平台"}}},
	{"the same platform is so already", after(licensed, was("2021-10-01", institution.PlatformEnrolled{Platform: "全国平台"})), "2021-11-01", institution.EnrolPlatform{Platform: "全国平台"}, nil},
	{"a contract template is adopted", licensed, "2021-10-01", institution.AdoptContractTemplate{Version: "2021"}, events{institution.ContractTemplateAdopted{Version: "2021"}}},
	{"the same template is so already", after(licensed, was("2021-10-01", institution.ContractTemplateAdopted{Version: "2021"})), "2021-11-01", institution.AdoptContractTemplate{Version: "2021"}, nil},
	{"an interview is held", licensed, "2021-10-01", institution.HoldInterview{Reason: "收费"}, events{institution.InterviewHeld{Reason: "收费", Commitments: []string{}}}},
	{"an interview tells who held it, who came and by when", licensed, "2021-10-01",
		institution.HoldInterview{Reason: "收费", HeldBy: "530427-market_regulation", Roles: []string{"举办者", "校长"}, Commitments: []string{"退费"}, Due: day("2021-10-01")},
		events{institution.InterviewHeld{Reason: "收费", HeldBy: "530427-market_regulation", Roles: []string{"举办者", "校长"}, Commitments: []string{"退费"}, Due: day("2021-10-01")}}},
	{"a fact is corrected", licensed, "2021-10-01", institution.Correct{Correction: domain.Correction{TargetSeq: 2, Field: "valid_to", Reason: "笔误"}},
		events{institution.Corrected{Correction: domain.Correction{TargetSeq: 2, Field: "valid_to", Reason: "笔误"}}}},
	{"a fact is annulled", licensed, "2021-10-01", institution.Annul{Annulment: domain.Annulment{TargetSeq: 2, Reason: "重复"}},
		events{institution.Annulled{Annulment: domain.Annulment{TargetSeq: 2, Reason: "重复"}}}},

	{"where only the cancellation is known it is the end", licensed, "2021-10-01", institution.CancelLicence{Number: licence, Cause: term.NotPrinted},
		events{institution.LicenceCancelled{Number: licence, Cause: term.NotPrinted}}},
	{"a licence is cancelled by own wish", licensed, "2021-10-01", institution.CancelLicence{Number: licence, Cause: term.OwnWish},
		events{institution.LicenceCancelled{Number: licence, Cause: term.OwnWish}}},
	{"a licence is cancelled once converted", after(licensed, was("2021-09-01", isSports)), "2021-10-01", institution.CancelLicence{Number: licence, Cause: term.CauseConverted},
		events{institution.LicenceCancelled{Number: licence, Cause: term.CauseConverted}}},
	{"an exit is cancelled where the source does not say why", after(licensed, was("2021-09-01", institution.LicenceRevoked{Number: licence})), "2021-10-01",
		institution.CancelLicence{Number: licence, Cause: term.NotPrinted}, events{institution.LicenceCancelled{Number: licence, Cause: term.NotPrinted}}},
	{"a cancelled licence is so already", after(licensed, was("2021-10-01", institution.LicenceCancelled{Number: licence, Cause: term.OwnWish})), "2021-11-01",
		institution.CancelLicence{Number: licence, Cause: term.OwnWish}, nil},
}

// with returns a changed copy.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

// stopping is a law under which subject training of the audiences is not
// approved from a day on.
func stopping(from string, audiences ...term.Audience) rule.Law {
	return rule.Law{Moratoria: []rule.Moratory{{Division: "530427", Class: term.Subject, Audiences: audiences, From: day(from), DocumentNo: "玉教〔2021〕1号"}}}
}

func TestActsAreAccepted(t *testing.T) {
	accepted := map[reflect.Type]bool{}
	for _, c := range slices.Concat(acceptances, dutyAcceptances) {
		t.Run(c.name, func(t *testing.T) {
			given(t, c.before).When(domaintest.On(c.on), c.command).Then(c.then...)
		})
		accepted[reflect.TypeOf(c.command)] = accepted[reflect.TypeOf(c.command)] || len(c.then) > 0
	}
	for _, x := range exits {
		t.Run("a licence is "+x.name, func(t *testing.T) {
			given(t, licensed).When(domaintest.On(x.on), x.ask).Then(x.fact)
		})
		accepted[reflect.TypeOf(x.ask)] = true
	}
	for _, a := range institution.Acts {
		if !accepted[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that accepts it", a.Name)
		}
	}
}

// aPerson is a natural person in the register.
var aPerson = facts{was("2019-03-01", institution.Registered{Names: []string{"诸葛*"}, Kind: term.NaturalPerson, Address: "桂山街道"})}

// TestAPersonIsVeiledBeforeAnythingIsMadeOfIt hides the name and the house.
func TestAPersonIsVeiledBeforeAnythingIsMadeOfIt(t *testing.T) {
	r := institution.Register{Names: []string{"诸葛某丙"}, Kind: term.NaturalPerson, Address: "新平县桂山街道示例巷17号"}
	r.Veil()
	if r.Names[0] != "诸葛*" || r.Address != "新平县桂山街道" || len(r.Hidden) != 2 || r.Hidden[0].Clear() != "诸葛某丙" {
		t.Errorf("got %+v", r)
	}
	if len(r.Personal()) != 4 {
		t.Errorf("%d values are sealed, want organiser, principal, name and address", len(r.Personal()))
	}
}

// anyFault stands for a refusal without a rule.
var anyFault = domain.Rule{}

// refusal is an act that is refused by a rule, at a pointer where one is given.
type refusal struct {
	name    string
	before  facts
	on      string
	command institution.Command
	by      domain.Rule
	pointer string
}

// refusals are each act refused once or more, with those of dutyRefusals.
var refusals = []refusal{
	{"what is registered is not registered again", inRegister, "2020-01-01", register, rule.Registered, ""},
	{"nothing is registered without a name", nil, "2019-01-01", with(register, func(r *institution.Register) { r.Names = nil }), anyFault, "/body/names"},
	{"nothing is registered under an empty name", nil, "2019-01-01", with(register, func(r *institution.Register) { r.Names = []string{"甲", " "} }), anyFault, "/body/names"},
	{"an institution is not registered without audiences", nil, "2019-01-01", with(register, func(r *institution.Register) { r.Audiences = nil }), anyFault, "/body/audiences"},
	{"a wrong check character is not registered", nil, "2019-01-01", with(register, func(r *institution.Register) { r.USCC = wrong }), ident.ChecksumRule, "/body/uscc"},
	{"not even for a reason without evidence", nil, "2019-01-01",
		with(register, func(r *institution.Register) {
			r.USCC, r.Override = wrong, &institution.Override{Reason: "证照如此"}
		}), ident.ChecksumRule, "/body/uscc_override"},
	{"what is no code is not taken for a reason", nil, "2019-01-01",
		with(register, func(r *institution.Register) {
			r.USCC, r.Override = "91", &institution.Override{Reason: "a", Evidence: "b"}
		}), anyFault, "/body/uscc"},

	{"a wrong check character is not attached", inRegister, "2019-02-01", institution.AttachIdentifier{Kind: term.USCCIdentifier, Value: wrong}, ident.ChecksumRule, "/body/value"},
	{"a code of another length is not attached", inRegister, "2019-02-01", institution.AttachIdentifier{Kind: term.USCCIdentifier, Value: "91"}, anyFault, "/body/value"},
	{"an empty code is not attached", inRegister, "2019-02-01", institution.AttachIdentifier{Kind: term.ICP, Value: " "}, anyFault, "/body/value"},
	{"a second credit code is not attached", after(inRegister, was("2019-02-01", institution.IdentifierAttached{Kind: term.USCCIdentifier, Value: uscc})), "2019-03-01",
		institution.AttachIdentifier{Kind: term.USCCIdentifier, Value: otherID}, rule.LegalEntity, ""},
	{"a code that it has not is not detached", inRegister, "2019-02-01", institution.DetachIdentifier{Kind: term.ICP, Value: "1", Reason: "停用"}, rule.LegalEntity, "/body/value"},
	{"a code is not detached before it was attached", after(inRegister, was("2019-02-01", institution.IdentifierAttached{Kind: term.ICP, Value: "1"})), "2019-01-31",
		institution.DetachIdentifier{Kind: term.ICP, Value: "1", Reason: "停用"}, rule.LegalEntity, "/body/value"},
	{"a code is not detached twice", after(inRegister, was("2019-02-01", institution.IdentifierAttached{Kind: term.ICP, Value: "1"}), was("2019-03-01", institution.IdentifierDetached{Kind: term.ICP, Value: "1"})), "2019-04-01",
		institution.DetachIdentifier{Kind: term.ICP, Value: "1", Reason: "停用"}, rule.LegalEntity, "/body/value"},
	{"a code is not detached without a reason", inRegister, "2019-02-01", institution.DetachIdentifier{Kind: term.ICP, Value: "1"}, anyFault, "/body/reason"},
	{"an empty name is none", inRegister, "2020-01-01", institution.ChangeName{To: " "}, anyFault, "/body/to"},
	{"an empty address is none", inRegister, "2020-01-01", institution.ChangeAddress{}, anyFault, "/body/to"},

	{"a registration needs a number", inRegister, "2019-03-02", institution.RecordLegalRegistration{Authority: term.MarketRegulation, Form: term.Company}, anyFault, "/body/number"},
	{"a second live registration is refused", inCompany, "2019-04-01", institution.RecordLegalRegistration(unit), rule.LegalEntity, "/body/number"},
	{"a unit for profit is refused", inRegister, "2019-03-02",
		institution.RecordLegalRegistration{Authority: term.CivilAffairs, Form: term.PrivateNonEnterprise, Number: "1", ForProfit: true}, rule.LegalEntity, "/body/form"},
	{"a unit at the company registry is refused", inRegister, "2019-03-02",
		institution.RecordLegalRegistration{Authority: term.MarketRegulation, Form: term.PrivateNonEnterprise, Number: "1"}, rule.LegalEntity, "/body/form"},
	{"what was never registered is not deregistered", licensed, "2022-01-01", institution.DeregisterLegalEntity{Procedure: term.General}, rule.LegalEntity, ""},
	{"what is deregistered is not deregistered again", after(inCompany, was("2022-01-01", institution.LegalEntityDeregistered{Procedure: term.General})), "2022-02-01",
		institution.DeregisterLegalEntity{Procedure: term.General}, rule.LegalEntity, ""},
	{"the simplified procedure is closed after a revocation", after(inCompany, was("2021-01-01", institution.LicenceRevoked{Number: licence})), "2022-01-01",
		institution.DeregisterLegalEntity{Procedure: term.Simple}, rule.LegalEntity, "/body/procedure"},
	{"the simplified procedure is closed after an ordered stop", after(inCompany, was("2021-01-01", institution.OperationStopped{Basis: term.StopSafety})), "2022-01-01",
		institution.DeregisterLegalEntity{Procedure: term.Simple}, rule.LegalEntity, "/body/procedure"},

	{"a licence needs a number", inRegister, "2019-03-01", with(grant, func(g *institution.GrantLicence) { g.Number = " " }), anyFault, "/body/number"},
	{"a licence needs audiences", inRegister, "2019-03-01", with(grant, func(g *institution.GrantLicence) { g.Audiences = nil }), anyFault, "/body/audiences"},
	{"a number is used once", licensed, "2019-04-01", grant, rule.LicenceExit, "/body/number"},
	{"a number is used once however it is written", licensed, "2019-04-01", with(grant, func(g *institution.GrantLicence) { g.Number = " １53042770000019" }), rule.LicenceExit, "/body/number"},
	{"a term does not end before it begins", inRegister, "2019-03-01", with(grant, func(g *institution.GrantLicence) { g.ValidTo = day("2019-02-28") }), rule.LicenceTerm, "/body/valid_to"},
	{"a term has a beginning", inRegister, "2019-03-01", with(grant, func(g *institution.GrantLicence) { g.ValidFrom = 0 }), rule.LicenceTerm, "/body/valid_to"},
	{"a moratorium stops a grant", inRegister, "2021-07-07", with(grant, func(g *institution.GrantLicence) { g.Law = stopping("2021-07-07", term.Compulsory) }), rule.Moratorium, "/body/class"},
	{"an override without a document is none", inRegister, "2021-07-07",
		with(grant, func(g *institution.GrantLicence) {
			g.Law, g.Override = stopping("2021-07-07", term.Compulsory), &institution.GrantOverride{Reason: "试点"}
		}), rule.Moratorium, "/body/class"},
	{"an override without a reason is none", inRegister, "2021-07-07",
		with(grant, func(g *institution.GrantLicence) {
			g.Law, g.Override = stopping("2021-07-07", term.Compulsory), &institution.GrantOverride{DocumentNo: "省 1 号"}
		}), rule.Moratorium, "/body/class"},
	{"subject training of preschool children is not licensed", inRegister, "2021-07-24",
		with(grant, func(g *institution.GrantLicence) { g.Audiences = []term.Audience{term.Preschool} }), rule.PreschoolSubject, "/body/audiences"},
	{"no document overrides that", inRegister, "2021-07-24",
		with(grant, func(g *institution.GrantLicence) {
			g.Audiences, g.Override = []term.Audience{term.Preschool}, &institution.GrantOverride{DocumentNo: "省 1 号", Reason: "试点"}
		}), rule.PreschoolSubject, "/body/audiences"},

	{"a suspension needs a reason", licensed, "2020-03-01", institution.SuspendLicence{Number: licence, Reason: " "}, anyFault, "/body/reason"},
	{"an unknown licence is not suspended", inRegister, "2020-03-01", institution.SuspendLicence{Number: licence, Reason: "疫情"}, rule.LicenceHeld, "/body/number"},
	{"a licence is not suspended before it was granted", licensed, "2019-02-28", institution.SuspendLicence{Number: licence, Reason: "疫情"}, rule.LicenceHeld, "/body/number"},
	{"an ended licence is not suspended", after(licensed, was("2021-01-01", institution.LicenceRevoked{Number: licence})), "2021-02-01",
		institution.SuspendLicence{Number: licence, Reason: "疫情"}, rule.LicenceExit, "/body/number"},
	{"no suspension is put before a recorded one", suspended, "2020-02-01", institution.SuspendLicence{Number: licence, Reason: "疫情"}, rule.LicenceHeld, ""},
	{"what was never suspended is not reinstated", licensed, "2020-03-01", institution.ReinstateLicence{Number: licence}, rule.LicenceHeld, ""},
	{"an ended licence is not reinstated", after(suspended, was("2021-01-01", institution.LicenceRevoked{Number: licence})), "2021-02-01",
		institution.ReinstateLicence{Number: licence}, rule.LicenceExit, "/body/number"},
	{"a licence does not expire on its last day", licensed, "2024-02-29", institution.ExpireLicence{Number: licence}, rule.LicenceExit, "/effective"},
	{"a revocation needs a reason", licensed, "2022-05-01", institution.RevokeLicence{Number: licence}, anyFault, "/body/reason"},
	{"an annulment needs a reason", licensed, "2022-05-01", institution.AnnulLicence{Number: licence}, anyFault, "/body/reason"},
	{"a withdrawal needs a reason", licensed, "2022-05-01", institution.WithdrawLicence{Number: licence}, anyFault, "/body/reason"},
	{"an unknown licence is not surrendered", inRegister, "2022-05-01", institution.SurrenderLicence{Number: licence}, rule.LicenceHeld, "/body/number"},

	{"an unknown licence is not cancelled", inRegister, "2022-05-01", institution.CancelLicence{Number: licence, Cause: term.OwnWish}, rule.LicenceCancellation, "/body/number"},
	{"a licence is not cancelled twice for another cause", after(licensed, was("2021-10-01", institution.LicenceCancelled{Number: licence, Cause: term.OwnWish})), "2021-11-01",
		institution.CancelLicence{Number: licence, Cause: term.NotPrinted}, rule.LicenceCancellation, "/body/number"},
	{"a licence is not cancelled before its grant", licensed, "2019-02-28", institution.CancelLicence{Number: licence, Cause: term.OwnWish}, rule.LicenceCancellation, "/effective"},
	{"a licence is not cancelled before its exit", after(licensed, was("2021-10-01", institution.LicenceRevoked{Number: licence})), "2021-09-30",
		institution.CancelLicence{Number: licence, Cause: term.CauseRevoked}, rule.LicenceCancellation, "/effective"},
	{"no exit is made up by its cancellation", licensed, "2021-10-01", institution.CancelLicence{Number: licence, Cause: term.CauseRevoked}, rule.LicenceCancellation, "/body/cause"},
	{"a revocation is not cancelled by own wish", after(licensed, was("2021-10-01", institution.LicenceRevoked{Number: licence})), "2021-11-01",
		institution.CancelLicence{Number: licence, Cause: term.OwnWish}, rule.LicenceCancellation, "/body/cause"},

	{"a conversion changes something", licensed, "2021-09-01", with(toSports, func(c *institution.ApproveConversion) { c.To = rule.Scope{Class: term.Subject, Audiences: compulsory} }), rule.Conversion, "/body/to"},
	{"a conversion names audiences", licensed, "2021-09-01", with(toSports, func(c *institution.ApproveConversion) { c.To.Audiences = nil }), anyFault, "/body/to/audiences"},
	{"a conversion closes a licence that is held", inRegister, "2021-09-01", toSports, rule.LicenceHeld, "/body/old_licence"},
	{"an ended licence is not converted", after(licensed, was("2021-01-01", institution.LicenceRevoked{Number: licence})), "2021-09-01", toSports, rule.LicenceExit, "/body/old_licence"},
	{"a conversion opens a new number", licensed, "2021-09-01", with(toSports, func(c *institution.ApproveConversion) { c.NewLicence.Number = licence }), rule.LicenceExit, "/body/new_licence/number"},
	{"the new licence needs a number", licensed, "2021-09-01", with(toSports, func(c *institution.ApproveConversion) { c.NewLicence.Number = "" }), anyFault, "/body/new_licence/number"},
	{"the new term does not end before it begins", licensed, "2021-09-01", with(toSports, func(c *institution.ApproveConversion) { c.NewLicence.ValidTo = day("2021-08-31") }), rule.LicenceTerm, "/body/new_licence/valid_to"},
	{"a conversion into what is stopped is refused", licensed, "2021-09-01",
		with(toSports, func(c *institution.ApproveConversion) {
			c.To = rule.Scope{Class: term.Subject, Audiences: []term.Audience{term.Compulsory, term.SeniorHigh}}
			c.Law = stopping("2021-07-07", term.SeniorHigh)
		}), rule.Moratorium, "/body/class"},
	{"a conversion to subject training of preschool children is refused", licensed, "2021-09-01",
		with(toSports, func(c *institution.ApproveConversion) {
			c.To = rule.Scope{Class: term.Subject, Audiences: []term.Audience{term.Preschool}}
		}), rule.PreschoolSubject, "/body/audiences"},

	{"non-profit is a private non-enterprise unit", inCompany, "2021-10-01",
		institution.ConvertToNonProfit{Registration: institution.NonProfitRegistration{Form: term.Company, Number: "1"}}, rule.NonProfit, "/body/registration/form"},
	{"non-profit needs a certificate", inCompany, "2021-10-01",
		institution.ConvertToNonProfit{Registration: institution.NonProfitRegistration{Form: term.PrivateNonEnterprise}}, anyFault, "/body/registration/number"},
	{"who is non-profit does not turn so again", inUnit, "2021-10-01",
		institution.ConvertToNonProfit{Registration: institution.NonProfitRegistration{Form: term.PrivateNonEnterprise, Number: "民证字 2 号"}}, rule.NonProfit, ""},

	{"termination is announced once", after(licensed, was("2021-08-01", institution.TerminationAnnounced{PlannedEnd: day("2022-02-01")})), "2021-09-01",
		institution.AnnounceTermination{PlannedEnd: day("2022-02-01"), Reason: "自愿"}, rule.Termination, ""},
	{"termination is not planned before it is announced", licensed, "2021-08-01", institution.AnnounceTermination{PlannedEnd: day("2021-07-31"), Reason: "自愿"}, rule.Termination, "/body/planned_end"},
	{"termination needs a reason", licensed, "2021-08-01", institution.AnnounceTermination{PlannedEnd: day("2021-08-01")}, anyFault, "/body/reason"},
	{"who is deregistered does not announce termination", after(licensed, was("2021-07-01", institution.LicenceCancelled{Number: licence, Cause: term.NotPrinted})), "2021-08-01",
		institution.AnnounceTermination{PlannedEnd: day("2022-08-01"), Reason: "自愿"}, rule.Termination, ""},
	{"a stop needs a reason", licensed, "2021-08-01", institution.StopOperation{Basis: term.StopSafety}, anyFault, "/body/reason"},
	{"a year has one conclusion", after(licensed, was("2021-04-01", institution.AnnualInspectionConcluded{Year: 2020, Result: term.Pass})), "2021-05-01",
		institution.ConcludeAnnualInspection{Year: 2020, Result: term.Fail}, rule.AnnualInspection, "/body/year"},
	{"a year to come is not concluded", licensed, "2021-04-01", institution.ConcludeAnnualInspection{Year: 2022, Result: term.Pass}, anyFault, "/body/year"},
	{"a year long ago is not concluded", licensed, "2021-04-01", institution.ConcludeAnnualInspection{Year: 1989, Result: term.Pass}, anyFault, "/body/year"},
	{"no platform is none", licensed, "2021-10-01", institution.EnrolPlatform{}, anyFault, "/body/platform"},
	{"no template is none", licensed, "2021-10-01", institution.AdoptContractTemplate{Version: " "}, anyFault, "/body/version"},
	{"an interview is held by an agency", licensed, "2021-10-01", institution.HoldInterview{Reason: "收费", HeldBy: "张三"}, anyFault, "/body/held_by"},
	{"who came to an interview is somebody", licensed, "2021-10-01", institution.HoldInterview{Reason: "收费", Roles: []string{""}}, anyFault, "/body/roles/0"},
	{"nothing was due before the interview", licensed, "2021-10-01", institution.HoldInterview{Reason: "收费", Due: day("2021-09-30")}, anyFault, "/body/due"},
	{"an interview needs a reason", licensed, "2021-10-01", institution.HoldInterview{}, anyFault, "/body/reason"},
	{"a person is not renamed in clear", aPerson, "2021-10-01", institution.ChangeName{To: "诸葛某丙", Approval: "1"}, rule.PersonalData, "/body/to"},
	{"a person does not move in clear", aPerson, "2021-10-01", institution.ChangeAddress{To: "桂山街道示例巷17号", Approval: "1"}, rule.PersonalData, "/body/to"},
	{"a person's name is not corrected into the clear", aPerson, "2021-10-01",
		institution.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "names", Is: domain.RawJSON(`["诸葛某丙"]`), Reason: "笔误"}}, rule.PersonalData, "/body/is"},
	{"a correction needs a reason", licensed, "2021-10-01", institution.Correct{}, anyFault, "/body/reason"},
	{"an annulment of a fact needs a reason", licensed, "2021-10-01", institution.Annul{}, anyFault, "/body/reason"},
}

func TestActsAreRefused(t *testing.T) {
	judged := map[string]bool{}
	for _, c := range slices.Concat(refusals, dutyRefusals) {
		t.Run(c.name, func(t *testing.T) {
			refused := given(t, c.before).When(domaintest.On(c.on), c.command)
			var pointers []string
			if c.pointer != "" {
				pointers = []string{c.pointer}
			}
			if c.by == anyFault {
				refused.ThenFault(domain.Invalid, pointers...)
				return
			}
			refused.ThenRefused(c.by, pointers...)
		})
		judged[c.by.ID] = true
	}
	for _, a := range institution.Acts {
		for _, r := range a.Rules {
			if !judged[r.ID] {
				t.Errorf("%s: got no case refused by %s", a.Name, r.ID)
			}
		}
	}
}

func TestNoActComesBeforeTheRegistration(t *testing.T) {
	for _, a := range institution.Acts {
		c := a.Command(a.New()).(institution.Command)
		if a.Creates {
			continue
		}
		t.Run(a.Name, func(t *testing.T) {
			if e := given(t, nil).When(domaintest.On("2019-01-01"), c).ThenRefused(rule.Registered); e.Code != domain.NotFound {
				t.Errorf("got the code %q, want %q", e.Code, domain.NotFound)
			}
			given(t, inRegister).When(domaintest.On("2018-12-31"), c).ThenRefused(rule.Registered, "/effective")
		})
	}
}
