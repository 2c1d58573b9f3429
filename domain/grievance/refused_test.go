package grievance_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/grievance"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// anyFault stands for a refusal without a rule.
var anyFault = domain.Rule{}

var (
	accept      = grievance.Accept{Under: under}
	refuse      = grievance.Refuse{Ground: term.RefusedMaterialMissing}
	transfer    = grievance.Transfer{Under: under, To: market, Reason: "属市场监管"}
	object      = grievance.ObjectToTransfer{Under: under, Ground: term.ReturnNotCompetent, Reason: "属教育"}
	name        = grievance.DecideHandler{Agency: market, Reason: "会议纪要"}
	settle      = grievance.SettleMediation{Terms: "退费"}
	terminate   = grievance.TerminateMediation{Under: under, Cause: term.EndDeclined}
	findLead    = grievance.FindLead{Under: under, Facts: "超范围培训"}
	check       = grievance.CheckLead{Outcome: term.LeadSubstantiated}
	extend      = grievance.ExtendCheck{Under: under, Reason: "复杂", Approver: "officer-9"}
	decide      = grievance.DecideFiling{Under: under, Filed: true, Reason: "属实"}
	forTests    = grievance.SuspendPeriod{Clock: term.ReportCheck, Cause: term.PauseTests}
	resume      = grievance.ResumePeriod{Under: under, Clock: term.ReportCheck}
	notify      = grievance.NotifyComplainant{Step: term.NoticeReportOutcome, Means: term.ByPhone}
	prolong     = grievance.ExtendPetition{Under: under, Reason: "复杂", Approver: "officer-9", Told: term.ByLetter}
	opinion     = grievance.IssueOpinion{Under: under, Outcome: term.OpinionExplained, DocumentNo: "信 1 号"}
	review      = grievance.RequestReview{Under: under, Stage: term.FirstReview, Reviewer: city}
	secondly    = grievance.RequestReview{Under: under, Stage: term.SecondReview, Reviewer: province}
	answer      = grievance.AnswerReview{Under: under, Outcome: term.ReviewUpheld, DocumentNo: "复 1 号"}
	end         = grievance.Close{Result: "已办"}
	reopen      = grievance.Reopen{Under: under, Reason: "未履行"}
	rate        = grievance.Rate{QueryCode: code, Score: 4}
	reading     = grievance.ReadPersonalData{Unsealing: domain.Unsealing{Person: "p1", Reason: "核实"}}
	erasing     = grievance.ErasePersonalData{Erasure: domain.Erasure{Person: "p1", Reason: "期满", LegalBasis: "个人信息保护法"}}
	wrong       = with(rate, func(c *grievance.Rate) { c.QueryCode = "0000000000000000" })
	withReceipt = func(f func(*grievance.Receipt)) grievance.Receive {
		return with(filed, func(c *grievance.Receive) { c.Receipt = new(with(*receipt, f)) })
	}
)

func correcting(field string) grievance.Correct {
	return grievance.Correct{Correction: domain.Correction{TargetSeq: 1, Field: field, Was: domain.RawJSON(`"a"`), Is: domain.RawJSON(`"b"`), Reason: "笔误"}}
}

// numbering corrects what a receipt says.
func numbering(field, is string) grievance.Correct {
	return grievance.Correct{Correction: domain.Correction{TargetSeq: 1, Field: field, Was: domain.RawJSON(`"a"`), Is: domain.RawJSON(is), Reason: "笔误"}}
}

// drawn is a grievance that its number names.
var (
	lot, _ = ident.DrawReceiptNumber("530427", day("2024-05-08"), 41_805)
	drawn  = did(nil, by(education, "2024-05-08"), withReceipt(func(r *grievance.Receipt) { r.Number = lot }))
)

// refusals are each act refused once or more.
var refusals = []struct {
	name    string
	before  facts
	meta    domain.Meta
	command grievance.Command
	by      domain.Rule
	pointer string
}{
	{"what is received is not received again", complaint, by(education, "2024-05-09"), receive, rule.GrievanceOpen, ""},
	{"a grievance has a channel", nil, by(education, "2024-05-08"), with(receive, func(c *grievance.Receive) { c.Channel = "" }), anyFault, "/body/channel"},
	{"a grievance has a nature", nil, by(education, "2024-05-08"), as(""), anyFault, "/body/nature"},
	{"a grievance has topics", nil, by(education, "2024-05-08"), with(receive, func(c *grievance.Receive) { c.Topics = nil }), anyFault, "/body/topics"},
	{"a topic stands once", nil, by(education, "2024-05-08"),
		with(receive, func(c *grievance.Receive) { c.Topics = []term.GrievanceTopic{term.TopicFees, term.TopicFees} }), anyFault, "/body/topics/1"},
	{"a real name is a name", nil, by(education, "2024-05-08"), with(receive, func(c *grievance.Receive) { c.Complainant = domain.Personal{} }), anyFault, "/body/complainant"},
	{"premises end at the street", nil, by(education, "2024-05-08"), with(anonymous, func(c *grievance.Receive) { c.Premises = "桂山街道文化路12号" }), rule.PersonalData, "/body/premises"},
	{"one of a single nature has no parts", nil, by(education, "2024-05-08"),
		with(receive, func(c *grievance.Receive) { c.Parts = []term.Nature{term.Complaint, term.Report} }), rule.GrievanceParts, "/body/parts"},
	{"one part is no split", nil, by(education, "2024-05-08"),
		with(as(term.Mixed), func(c *grievance.Receive) { c.Parts = []term.Nature{term.Report} }), rule.GrievanceParts, "/body/parts"},
	{"a part is of one nature", nil, by(education, "2024-05-08"),
		with(as(term.Mixed), func(c *grievance.Receive) { c.Parts = []term.Nature{term.Report, term.Mixed} }), rule.GrievanceParts, "/body/parts"},
	{"no two parts are of the same", nil, by(education, "2024-05-08"),
		with(as(term.Mixed), func(c *grievance.Receive) { c.Parts = []term.Nature{term.Report, term.Report} }), rule.GrievanceParts, "/body/parts"},
	{"the handler is an agency", nil, by(education, "2024-05-08"), with(receive, func(c *grievance.Receive) { c.Handler = "教育局" }), anyFault, "/body/handler"},
	{"the handler may handle grievances", nil, by(education, "2024-05-08"), with(receive, func(c *grievance.Receive) { c.Handler = "530427-bank" }), rule.GrievanceHandler, "/body/handler"},
	{"the handler is of the place or above", nil, by(education, "2024-05-08"), with(receive, func(c *grievance.Receive) { c.Handler = "500109-education" }), rule.GrievanceHandler, "/body/handler"},
	{"a receipt number has its check digit", nil, by(education, "2024-05-08"), withReceipt(func(r *grievance.Receipt) { r.Number = "TS-530427-20240508-000001-0" }), anyFault, "/body/receipt/number"},
	{"a receipt number is in its normal form", nil, by(education, "2024-05-08"),
		withReceipt(func(r *grievance.Receipt) { r.Number = receipt.Number[:2] + receipt.Number[3:] }), anyFault, "/body/receipt/number"},
	{"a receipt is of the day", nil, by(education, "2024-05-09"), filed, anyFault, "/body/receipt/number"},
	{"the code comes as its digest", nil, by(education, "2024-05-08"), withReceipt(func(r *grievance.Receipt) { r.QueryDigest = "0123-4567-89AB-CDEF" }), anyFault, "/body/receipt/query_digest"},

	{"nothing that was not received is accepted", nil, by(education, "2024-05-08"), accept, rule.GrievanceOpen, ""},
	{"nothing is accepted before its receipt", complaint, by(education, "2024-05-07"), accept, rule.GrievanceOpen, "/effective"},
	{"nothing is accepted by another agency", complaint, by(market, "2024-05-10"), accept, rule.GrievanceHandler, "/actor/agency"},
	{"nor by the one that sent it on", transferred, by(education, "2024-05-10"), accept, rule.GrievanceHandler, "/actor/agency"},
	{"nor before it came", transferred, by(market, "2024-05-08"), accept, rule.GrievanceHandler, "/effective"},
	{"a mixed one is accepted part by part", mixed, by(education, "2024-05-10"), accept, rule.GrievanceParts, "/body/part"},
	{"there is no third part", mixed, by(education, "2024-05-10"), grievance.Accept{Under: under, Part: "3"}, rule.GrievanceParts, "/body/part"},
	{"one of a single nature has no part", complaint, by(education, "2024-05-10"), grievance.Accept{Under: under, Part: "1"}, rule.GrievanceParts, "/body/part"},
	{"what was refused is not accepted", refused, by(education, "2024-05-11"), accept, rule.GrievanceOpen, ""},
	{"what was closed is not accepted", closed, by(education, "2024-06-10"), accept, rule.GrievanceOpen, ""},
	{"a report is not refused", report, by(education, "2024-05-10"), refuse, rule.GrievanceRefusal, "/body/part"},
	{"what was accepted is not refused", accepted, by(education, "2024-05-13"), refuse, rule.GrievanceRefusal, ""},
	{"a petition is no consumer's matter", petition, by(education, "2024-05-10"), grievance.Refuse{Ground: term.RefusedNotConsumer}, rule.GrievanceRefusal, "/body/ground"},
	{"a refusal has a ground", complaint, by(education, "2024-05-10"), grievance.Refuse{}, anyFault, "/body/ground"},
	{"another provision is named", complaint, by(education, "2024-05-10"), grievance.Refuse{Ground: term.RefusedByOtherLaw}, rule.GrievanceRefusal, "/body/reason"},
	{"what is disputed is not refused", disputed, by(market, "2024-05-16"), refuse, rule.GrievanceTransfer, ""},
	{"who was named is competent", arbitrated, by(market, "2024-05-17"), grievance.Refuse{Ground: term.RefusedNotCompetent}, rule.GrievanceTransfer, ""},
	{"another agency does not refuse it", complaint, by(market, "2024-05-10"), refuse, rule.GrievanceHandler, "/actor/agency"},

	{"another agency does not transfer it", complaint, by(market, "2024-05-10"), transfer, rule.GrievanceHandler, "/actor/agency"},
	{"a transfer has a reason", complaint, by(education, "2024-05-09"), grievance.Transfer{Under: under, To: market}, anyFault, "/body/reason"},
	{"it goes to an agency", complaint, by(education, "2024-05-09"), grievance.Transfer{Under: under, To: "市场监管局", Reason: "a"}, anyFault, "/body/to"},
	{"it does not go to the handler", complaint, by(education, "2024-05-09"), grievance.Transfer{Under: under, To: education, Reason: "a"}, rule.GrievanceTransfer, "/body/to"},
	{"it does not go back by another transfer", transferred, by(market, "2024-05-10"), grievance.Transfer{Under: under, To: education, Reason: "a"}, rule.GrievanceTransfer, "/body/to"},
	{"nor in a circle", did(transferred, by(market, "2024-05-10"), grievance.Transfer{Under: under, To: urban, Reason: "a"}), by(urban, "2024-05-11"),
		grievance.Transfer{Under: under, To: education, Reason: "a"}, rule.GrievanceTransfer, "/body/to"},
	{"what is disputed stays", disputed, by(market, "2024-05-16"), grievance.Transfer{Under: under, To: urban, Reason: "a"}, rule.GrievanceTransfer, ""},
	{"what was decided by the office stays", arbitrated, by(market, "2024-05-17"), grievance.Transfer{Under: under, To: urban, Reason: "a"}, rule.GrievanceTransfer, ""},
	{"what is settled is closed, not transferred", settled, by(education, "2024-06-04"), transfer, rule.GrievanceTransfer, ""},

	{"a return has evidence", transferred, by(market, "2024-05-13"), object, rule.GrievanceTransfer, "/evidence"},
	{"evidence is more than a word", transferred, with(by(market, "2024-05-13"), func(m *domain.Meta) { m.Evidence = []domain.Evidence{{Kind: "letter"}} }), object, rule.GrievanceTransfer, "/evidence"},
	{"a return has a reason", transferred, proven(by(market, "2024-05-13")), grievance.ObjectToTransfer{Under: under, Ground: term.ReturnOther}, anyFault, "/body/reason"},
	{"a return has a ground", transferred, proven(by(market, "2024-05-13")), grievance.ObjectToTransfer{Under: under, Reason: "a"}, anyFault, "/body/ground"},
	{"a return is in its period", transferred, proven(by(market, "2024-05-16")), object, rule.GrievanceTransfer, "/effective"},
	{"a lapsed period stays so", did(transferred, by(office, "2024-05-16"), grievance.MissDeadline{Missing: clock.Missing{Clock: term.GrievanceTransferReturn, Due: day("2024-05-15")}}),
		proven(by(market, "2024-05-16")), object, rule.GrievanceTransfer, "/effective"},
	{"what was not transferred is not returned", complaint, proven(by(education, "2024-05-09")), object, rule.GrievanceTransfer, ""},
	{"what was returned is not returned by who had it first", returned, proven(by(education, "2024-05-14")), object, rule.GrievanceTransfer, ""},
	{"what was accepted is not returned", did(transferred, by(market, "2024-05-10"), accept), proven(by(market, "2024-05-13")), object, rule.GrievanceTransfer, ""},
	{"who sent it on does not return it", did(did(transferred, by(market, "2024-05-10"), grievance.Transfer{Under: under, To: urban, Reason: "a"}), proven(by(urban, "2024-05-13")), object),
		proven(by(market, "2024-05-14")), object, rule.GrievanceTransfer, ""},
	{"a dispute waits for the office", disputed, proven(by(market, "2024-05-16")), object, rule.GrievanceTransfer, ""},
	{"what the office decided stands", arbitrated, proven(by(market, "2024-05-17")), object, rule.GrievanceTransfer, ""},
	{"another agency returns nothing", transferred, proven(by(education, "2024-05-13")), object, rule.GrievanceHandler, "/actor/agency"},

	{"the office names an agency of the place", disputed, by(office, "2024-05-16"), grievance.DecideHandler{Agency: "500109-education", Reason: "a"}, rule.GrievanceHandler, "/body/agency"},
	{"the office says why", disputed, by(office, "2024-05-16"), grievance.DecideHandler{Agency: urban}, anyFault, "/body/reason"},
	{"not before the dispute", disputed, by(office, "2024-05-14"), name, rule.GrievanceHandler, "/effective"},
	{"not what has ended", closed, by(office, "2024-06-10"), name, rule.GrievanceOpen, ""},
	{"not what is split as a whole", mixed, by(office, "2024-05-10"), name, rule.GrievanceParts, "/body/part"},

	{"mediation follows acceptance", complaint, by(education, "2024-05-10"), grievance.StartMediation{}, rule.Mediation, ""},
	{"that of the handler itself", did(accepted, by(education, "2024-05-13"), transfer), by(market, "2024-05-14"), grievance.StartMediation{}, rule.Mediation, ""},
	{"not before it", accepted, by(education, "2024-05-09"), grievance.StartMediation{}, rule.Mediation, "/effective"},
	{"not after its period", accepted, by(education, "2024-07-13"), grievance.StartMediation{}, rule.Mediation, "/effective"},
	{"a report is not mediated", did(report, by(education, "2024-05-10"), accept), by(education, "2024-05-13"), grievance.StartMediation{}, rule.GrievanceNature, "/body/part"},
	{"another agency does not mediate", accepted, by(market, "2024-05-13"), grievance.StartMediation{}, rule.GrievanceHandler, "/actor/agency"},
	{"nor suspended", report, by(education, "2024-05-13"), grievance.SuspendMediation{Cause: term.PauseTests}, rule.GrievanceNature, "/body/part"},
	{"nor resumed", report, by(education, "2024-05-13"), grievance.ResumeMediation{Under: under}, rule.GrievanceNature, "/body/part"},
	{"nor settled", report, by(education, "2024-05-13"), settle, rule.GrievanceNature, "/body/part"},
	{"nor terminated", petition, by(education, "2024-05-13"), terminate, rule.GrievanceNature, "/body/part"},
	{"what is settled is not mediated", settled, by(education, "2024-06-04"), grievance.StartMediation{}, rule.Mediation, ""},
	{"nothing is suspended before it was started", accepted, by(education, "2024-05-13"), grievance.SuspendMediation{Cause: term.PauseTests}, rule.Mediation, ""},
	{"a mediation is not suspended for a hearing", mediated, by(education, "2024-05-20"), grievance.SuspendMediation{Cause: term.PauseHearing}, rule.Mediation, "/body/cause"},
	{"a pause has a cause", mediated, by(education, "2024-05-20"), grievance.SuspendMediation{}, anyFault, "/body/cause"},
	{"nor before its start", mediated, by(education, "2024-05-10"), grievance.SuspendMediation{Cause: term.PauseTests}, rule.Mediation, "/effective"},
	{"nor after its period", mediated, by(education, "2024-07-13"), grievance.SuspendMediation{Cause: term.PauseTests}, rule.Mediation, "/effective"},
	{"nothing is resumed that was not suspended", mediated, by(education, "2024-05-20"), grievance.ResumeMediation{Under: under}, rule.Mediation, ""},
	{"nor before its suspension", suspended, by(education, "2024-05-19"), grievance.ResumeMediation{Under: under}, rule.Mediation, "/effective"},
	{"an agreement has terms", mediated, by(education, "2024-06-03"), grievance.SettleMediation{}, anyFault, "/body/terms"},
	{"nothing is settled before it was started", accepted, by(education, "2024-05-13"), settle, rule.Mediation, ""},
	{"nothing is settled after the period", mediated, by(education, "2024-07-13"), settle, rule.Mediation, "/effective"},
	{"nothing is settled twice", settled, by(education, "2024-06-04"), settle, rule.Mediation, ""},
	{"an end has a cause", mediated, by(education, "2024-06-03"), grievance.TerminateMediation{Under: under}, anyFault, "/body/cause"},
	{"the time is not over on the last day", mediated, by(education, "2024-07-12"), grievance.TerminateMediation{Under: under, Cause: term.EndTimeOver}, rule.Mediation, "/body/cause"},
	{"nor while the period stands still", suspended, by(education, "2024-07-15"), grievance.TerminateMediation{Under: under, Cause: term.EndTimeOver}, rule.Mediation, "/body/cause"},
	{"what is settled is not terminated", settled, by(education, "2024-06-04"), terminate, rule.Mediation, ""},
	{"nor a mediation before its start", mediated, by(education, "2024-05-11"), terminate, rule.Mediation, "/effective"},
	{"a lead is one of a complaint", report, by(education, "2024-05-10"), findLead, rule.GrievanceNature, "/body/part"},
	{"a lead has facts", mediated, by(education, "2024-05-20"), grievance.FindLead{Under: under}, anyFault, "/body/facts"},
	{"a lead is found after acceptance", complaint, by(education, "2024-05-10"), findLead, rule.Mediation, ""},
	{"not before it was accepted", mediated, by(education, "2024-05-09"), findLead, rule.Mediation, "/effective"},

	{"a petition has no check", inHand, by(education, "2024-05-20"), check, rule.GrievanceNature, "/body/part"},
	{"a complaint without lead has none", mediated, by(education, "2024-05-20"), check, rule.ReportCheck, ""},
	{"a check has an outcome", report, by(education, "2024-05-10"), grievance.CheckLead{}, anyFault, "/body/outcome"},
	{"nothing is checked after the decision", decided, by(education, "2024-05-09"), check, rule.ReportCheck, ""},
	{"a lead is not checked before it was found", withLead, by(education, "2024-05-17"), check, rule.ReportCheck, "/effective"},
	{"another agency checks nothing", report, by(market, "2024-05-10"), check, rule.GrievanceHandler, "/actor/agency"},
	{"a check is extended within its period", report, by(education, "2024-05-29"), extend, clock.ExtensionRule, "/effective"},
	{"a check is extended once", extended, by(education, "2024-05-21"), extend, rule.ReportCheck, ""},
	{"by fifteen working days at most", report, by(education, "2024-05-20"), with(extend, func(c *grievance.ExtendCheck) { c.Until = day("2024-06-20") }), rule.ReportCheck, "/body/until"},
	{"to a later day", report, by(education, "2024-05-20"), with(extend, func(c *grievance.ExtendCheck) { c.Until = day("2024-05-28") }), clock.ExtensionRule, "/body/until"},
	{"with a reason", report, by(education, "2024-05-20"), with(extend, func(c *grievance.ExtendCheck) { c.Reason = " " }), clock.ExtensionRule, "/body/reason"},
	{"with an approver", report, by(education, "2024-05-20"), with(extend, func(c *grievance.ExtendCheck) { c.Approver = "" }), clock.ExtensionRule, "/body/approver"},
	{"not while it stands still", testing1, by(education, "2024-05-13"), extend, rule.ReportCheck, ""},
	{"nor what was decided", decided, by(education, "2024-05-09"), extend, rule.ReportCheck, ""},
	{"nor that of a petition", inHand, by(education, "2024-05-20"), extend, rule.GrievanceNature, "/body/part"},
	{"nor into a year without a calendar", did(nil, by(education, "2026-12-07"), as(term.Report)), by(education, "2026-12-20"), extend, calendar.PublishedRule, ""},
	{"a decision has a reason", report, by(education, "2024-05-10"), grievance.DecideFiling{Under: under, Filed: true}, anyFault, "/body/reason"},
	{"a case that is not filed is none", report, by(education, "2024-05-10"), grievance.DecideFiling{Under: under, Penalty: penalty, Reason: "a"}, rule.ReportCheck, "/body/penalty"},
	{"nothing is decided twice", decided, by(education, "2024-05-09"), decide, rule.ReportCheck, ""},
	{"nothing of a petition is filed", inHand, by(education, "2024-05-20"), decide, rule.GrievanceNature, "/body/part"},

	{"a check is not suspended for a hearing", report, by(education, "2024-05-10"), grievance.SuspendPeriod{Clock: term.ReportCheck, Cause: term.PauseHearing}, rule.GrievancePause, "/body/cause"},
	{"an acceptance is not suspended", complaint, by(education, "2024-05-10"), grievance.SuspendPeriod{Clock: term.ComplaintAccept, Cause: term.PauseTests}, rule.GrievancePause, "/body/clock"},
	{"what does not run is not suspended", complaint, by(education, "2024-05-10"), forTests, rule.GrievancePause, "/body/clock"},
	{"nor what has run out", report, by(education, "2024-05-29"), forTests, rule.GrievancePause, "/effective"},
	{"nor another agency's", report, by(market, "2024-05-10"), forTests, rule.GrievanceHandler, "/actor/agency"},
	{"nor a review by the handler", askedMore, by(education, "2024-08-10"), grievance.SuspendPeriod{Clock: term.PetitionRereviewAnswer, Cause: term.PauseHearing}, rule.GrievanceHandler, "/actor/agency"},
	{"what runs is not resumed", report, by(education, "2024-05-10"), resume, rule.GrievancePause, "/body/clock"},
	{"nor before its suspension", testing1, by(education, "2024-05-09"), resume, rule.GrievancePause, "/effective"},

	{"nothing is told before it is done", report, by(education, "2024-05-10"), notify, rule.GrievanceNotice, "/body/step"},
	{"nor before its day", decided, by(education, "2024-05-08"), grievance.NotifyComplainant{Step: term.NoticeReceipt}, anyFault, "/body/means"},
	{"an outcome is told after it", did(report, by(education, "2024-05-10"), decide), by(education, "2024-05-09"), notify, rule.GrievanceNotice, "/effective"},
	{"nobody is told of what is anonymous", did(unnamed, by(education, "2024-05-10"), decide), by(education, "2024-05-13"), notify, rule.GrievanceNotice, ""},
	{"nobody is told who was erased", did(decided, by(education, "2024-05-09"), erasing), by(education, "2024-05-10"), notify, rule.GrievanceNotice, ""},
	{"the handler tells", decided, by(market, "2024-05-09"), notify, rule.GrievanceHandler, "/actor/agency"},
	{"the reviewer tells of a review", reviewed, by(education, "2024-07-22"), grievance.NotifyComplainant{Step: term.NoticeReview, Means: term.ByLetter}, rule.GrievanceHandler, "/actor/agency"},
	{"nothing was transferred", complaint, by(education, "2024-05-09"), grievance.NotifyComplainant{Step: term.NoticeTransfer, Means: term.ByPhone}, rule.GrievanceNotice, "/body/step"},

	{"a petition is extended within its period", inHand, by(education, "2024-07-13"), prolong, clock.ExtensionRule, "/effective"},
	{"by thirty days at most", inHand, by(education, "2024-07-01"), with(prolong, func(c *grievance.ExtendPetition) { c.Until = day("2024-08-12") }), rule.PetitionHandling, "/body/until"},
	{"once", did(inHand, by(education, "2024-07-01"), prolong), by(education, "2024-07-02"), prolong, rule.PetitionHandling, ""},
	{"with an approver", inHand, by(education, "2024-07-01"), with(prolong, func(c *grievance.ExtendPetition) { c.Approver = "" }), clock.ExtensionRule, "/body/approver"},
	{"and the petitioner told", inHand, by(education, "2024-07-01"), with(prolong, func(c *grievance.ExtendPetition) { c.Told = "" }), rule.PetitionHandling, "/body/told"},
	{"once it is accepted", petition, by(education, "2024-05-10"), prolong, rule.PetitionHandling, ""},
	{"a complaint has no such period", accepted, by(education, "2024-05-13"), prolong, rule.GrievanceNature, "/body/part"},
	{"an opinion follows acceptance", petition, by(education, "2024-05-10"), opinion, rule.PetitionHandling, ""},
	{"not before it", inHand, by(education, "2024-05-12"), opinion, rule.PetitionHandling, "/effective"},
	{"an opinion is a document", inHand, by(education, "2024-06-20"), grievance.IssueOpinion{Under: under, Outcome: term.OpinionExplained}, anyFault, "/body/document_no"},
	{"an opinion says what it is", inHand, by(education, "2024-06-20"), grievance.IssueOpinion{Under: under, DocumentNo: "1"}, anyFault, "/body/outcome"},
	{"one opinion", opined, by(education, "2024-06-21"), opinion, rule.PetitionHandling, ""},
	{"a report has none", report, by(education, "2024-05-10"), opinion, rule.GrievanceNature, "/body/part"},

	{"a review follows the opinion", inHand, by(city, "2024-06-20"), review, rule.PetitionReview, "/body/stage"},
	{"within thirty days", opined, by(city, "2024-07-21"), review, rule.PetitionReview, "/effective"},
	{"also where the period was recorded as over", did(opined, by(office, "2024-07-21"), grievance.MissDeadline{Missing: clock.Missing{Clock: term.PetitionReviewRequest, Due: day("2024-07-20")}}),
		by(city, "2024-07-21"), review, rule.PetitionReview, "/effective"},
	{"not before it", opined, by(city, "2024-06-19"), review, rule.PetitionReview, "/effective"},
	{"the second follows the first", opined, by(city, "2024-06-25"), secondly, rule.PetitionReview, "/body/stage"},
	{"one at a time", asked, by(city, "2024-07-02"), review, rule.PetitionReview, ""},
	{"each once", reviewed, by(city, "2024-07-20"), review, rule.PetitionReview, "/body/stage"},
	{"nobody reviews an opinion of its own", opined, by(education, "2024-06-25"), grievance.RequestReview{Under: under, Stage: term.FirstReview}, rule.PetitionReview, "/body/reviewer"},
	{"nor an answer of its own", reviewed, by(city, "2024-08-01"), grievance.RequestReview{Under: under, Stage: term.SecondReview}, rule.PetitionReview, "/body/reviewer"},
	{"a reviewer is of the place or above", opined, by(city, "2024-06-25"), with(review, func(c *grievance.RequestReview) { c.Reviewer = "500109-education" }), rule.GrievanceHandler, "/body/reviewer"},
	{"the second is final", final, by(province, "2024-08-21"), secondly, rule.PetitionReview, ""},
	{"a complaint is not reviewed", closed, by(city, "2024-06-10"), review, rule.GrievanceNature, "/body/part"},
	{"a review has a stage", opined, by(city, "2024-06-25"), grievance.RequestReview{Under: under, Reviewer: city}, anyFault, "/body/stage"},
	{"nothing is answered that was not asked", opined, by(city, "2024-06-25"), answer, rule.PetitionReview, ""},
	{"the reviewer answers", asked, by(education, "2024-07-20"), answer, rule.GrievanceHandler, "/actor/agency"},
	{"not before it is asked", asked, by(city, "2024-06-30"), answer, rule.PetitionReview, "/effective"},
	{"an answer is a document", asked, by(city, "2024-07-20"), grievance.AnswerReview{Under: under, Outcome: term.ReviewUpheld}, anyFault, "/body/document_no"},
	{"an answer of a complaint there is none", complaint, by(education, "2024-05-09"), answer, rule.GrievanceNature, "/body/part"},

	{"visits are counted in person-visits", complaint, by(education, "2024-05-09"), grievance.LogVisit{Persons: figure.Of(3, term.Persons)}, figure.CountRule, "/body/persons/unit"},
	{"visits are not negative", complaint, by(education, "2024-05-09"), grievance.LogVisit{Persons: figure.Of(-1, term.PersonVisits)}, figure.CountRule, "/body/persons/n"},
	{"nobody comes before the receipt", complaint, by(education, "2024-05-07"), grievance.LogVisit{Persons: figure.Of(1, term.PersonVisits)}, rule.GrievanceOpen, "/effective"},
	{"a link has another end", complaint, by(education, "2024-05-09"), grievance.Link{Relation: term.RelatedGrievance}, anyFault, "/body/other"},
	{"a link says what it is", complaint, by(education, "2024-05-09"), grievance.Link{Other: other}, anyFault, "/body/relation"},
	{"another agency links nothing", complaint, by(market, "2024-05-09"), grievance.Link{Other: other, Relation: term.RelatedGrievance}, rule.GrievanceHandler, "/actor/agency"},

	{"nothing is closed without a result", accepted, by(education, "2024-05-13"), end, rule.GrievanceClosing, ""},
	{"nor a report", report, by(education, "2024-05-13"), end, rule.GrievanceClosing, ""},
	{"nor a petition", inHand, by(education, "2024-05-14"), end, rule.GrievanceClosing, ""},
	{"nor before the result", settled, by(education, "2024-06-02"), end, rule.GrievanceClosing, "/effective"},
	{"nor without words", settled, by(education, "2024-06-04"), grievance.Close{Result: " "}, anyFault, "/body/result"},
	{"nor before a real-name reporter is told", decided, by(education, "2024-05-09"), end, rule.GrievanceClosing, ""},
	{"nor before both sides are told that a mediation failed", terminated, by(education, "2024-06-04"), end, rule.GrievanceClosing, ""},
	{"nor before a lead is decided", did(withLead, by(education, "2024-06-03"), settle), by(education, "2024-06-04"), end, rule.GrievanceClosing, ""},
	{"nor before a review is answered", did(opined, by(city, "2024-06-25"), review), by(education, "2024-06-26"), end, rule.GrievanceClosing, ""},
	{"nor a mixed one as a whole", oneClosed, by(education, "2024-05-15"), end, rule.GrievanceParts, "/body/part"},
	{"nor by another agency", settled, by(market, "2024-06-04"), end, rule.GrievanceHandler, "/actor/agency"},
	{"nor what was refused", refused, by(education, "2024-05-13"), end, rule.GrievanceOpen, ""},
	{"what is open is not reopened", settled, by(education, "2024-06-04"), reopen, rule.GrievanceReopening, ""},
	{"a reopening has a reason", closed, by(education, "2024-06-20"), grievance.Reopen{Under: under}, anyFault, "/body/reason"},
	{"not before the end", closed, by(education, "2024-06-03"), reopen, rule.GrievanceReopening, "/effective"},
	{"not what is final", final, by(education, "2024-09-01"), reopen, rule.GrievanceReopening, ""},
	{"not what is under review", asked, by(education, "2024-07-02"), reopen, rule.GrievanceReopening, ""},
	{"not by another agency", closed, by(market, "2024-06-20"), reopen, rule.GrievanceHandler, "/actor/agency"},
	{"without a receipt nobody rates", closed, by(office, "2024-06-06"), rate, rule.GrievanceRating, "/body/query_code"},
	{"nor with another code", followed, by(office, "2024-06-06"), wrong, rule.GrievanceRating, "/body/query_code"},
	{"nor while it is open", did(nil, by(education, "2024-05-08"), filed), by(office, "2024-05-09"), rate, rule.GrievanceRating, ""},
	{"nor twice", did(followed, by(office, "2024-06-06"), rate), by(office, "2024-06-07"), with(rate, func(c *grievance.Rate) { c.Score = 1 }), rule.GrievanceRating, ""},
	{"nor with no star", followed, by(office, "2024-06-06"), with(rate, func(c *grievance.Rate) { c.Score = 0 }), anyFault, "/body/score"},
	{"nor with six", followed, by(office, "2024-06-06"), with(rate, func(c *grievance.Rate) { c.Score = 6 }), anyFault, "/body/score"},
	{"nor before the end", followed, by(office, "2024-06-03"), rate, rule.GrievanceRating, "/effective"},

	{"nothing is missed on the last day", complaint, by(office, "2024-05-16"), grievance.MissDeadline{Missing: clock.Missing{Clock: term.ComplaintAccept, Due: day("2024-05-16")}}, clock.MissedRule, "/effective"},
	{"what was accepted in time is not missed", accepted, by(office, "2024-05-17"), grievance.MissDeadline{Missing: clock.Missing{Clock: term.ComplaintAccept, Due: day("2024-05-16")}}, clock.MissedRule, "/body/clock"},
	{"another agency reads nothing", complaint, by(market, "2024-05-09"), reading, rule.GrievanceHandler, "/actor/agency"},
	{"nor who sent it on", transferred, by(education, "2024-05-10"), reading, rule.GrievanceHandler, "/actor/agency"},
	{"nothing is read of others", complaint, by(education, "2024-05-09"), grievance.ReadPersonalData{Unsealing: domain.Unsealing{Person: "p2", Reason: "核实"}}, rule.Unsealing, "/body/person_ref"},
	{"nothing is read without a reason", complaint, by(education, "2024-05-09"), grievance.ReadPersonalData{Unsealing: domain.Unsealing{Person: "p1"}}, anyFault, "/body/reason"},
	{"an erasure has a basis", complaint, by(education, "2024-05-09"), grievance.ErasePersonalData{Erasure: domain.Erasure{Person: "p1", Reason: "a"}}, anyFault, "/body/legal_basis"},
	{"nobody else is erased", complaint, by(education, "2024-05-09"), grievance.ErasePersonalData{Erasure: domain.Erasure{Person: "p2", Reason: "a", LegalBasis: "b"}}, rule.Erasure, "/body/person_ref"},
	{"nothing of what was not received", nil, by(education, "2024-05-09"), erasing, rule.GrievanceOpen, ""},
	{"a correction has a reason", complaint, by(education, "2024-05-09"), grievance.Correct{}, anyFault, "/body/reason"},
	{"what is sealed is not corrected", complaint, by(education, "2024-05-09"), correcting("complainant"), rule.PersonalData, "/body/field"},
	{"nor a part of it", complaint, by(education, "2024-05-09"), correcting("content/commit"), rule.PersonalData, "/body/field"},
	{"nobody becomes the handler by a correction", complaint, by(market, "2024-05-09"), correcting("handler"), rule.GrievanceHandler, "/body/field"},
	{"nor who it is sent to", transferred, by(urban, "2024-05-10"), correcting("to"), rule.GrievanceHandler, "/body/field"},
	{"nor when a period ends", extended, by(education, "2024-05-21"), correcting("until"), clock.ExtensionRule, "/body/field"},
	{"nor how it began", complaint, by(education, "2024-05-09"), correcting("clocks/0/due"), clock.ExtensionRule, "/body/field"},
	{"nor whether the whole was closed", closed, by(education, "2024-06-05"), correcting("whole"), rule.GrievanceClosing, "/body/field"},
	{"nor which number names it", drawn, by(education, "2024-05-09"), numbering("receipt/number", `"TS-530427-20240508-000001-0"`), anyFault, "/body/field"},
	{"nor is its receipt taken off it", drawn, by(education, "2024-05-09"), numbering("Receipt", `null`), anyFault, "/body/field"},
	{"nor is it given the number that names another", followed, by(education, "2024-06-06"), numbering("receipt", `{"number":"`+string(lot)+`","query_digest":"`+code.Digest()+`"}`), anyFault, "/body/field"},
	{"an annulment has a reason", complaint, by(education, "2024-05-09"), grievance.Annul{}, anyFault, "/body/reason"},
}

func TestActsAreRefused(t *testing.T) {
	refusedOnce := map[reflect.Type]bool{}
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, c.before).When(c.meta, c.command)
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
		refusedOnce[reflect.TypeOf(c.command)] = true
	}
	for _, a := range grievance.Acts {
		if !refusedOnce[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that refuses it", a.Name)
		}
	}
}

// TestEveryRuleOfAnActRefusesIt finds rules that stand in the line of an act for
// nothing. What is common to many acts is tried on what they accept: another
// agency, a day before the receipt, a mixed grievance as a whole.
func TestEveryRuleOfAnActRefusesIt(t *testing.T) {
	refuses := map[string]bool{}
	for _, c := range refusals {
		refuses[reflect.TypeOf(c.command).Name()+" "+c.by.ID] = true
	}
	note := func(before facts, m domain.Meta, c grievance.Command) {
		s := given(t, before).State()
		if _, err := grievance.Decide(s, m, c); err != nil {
			if e, ok := errors.AsType[*domain.Error](err); ok {
				refuses[reflect.TypeOf(c).Name()+" "+e.Rule] = true
			}
		}
	}
	for _, c := range acceptances {
		stranger, early := c.meta, c.meta
		stranger.Actor.Agency, early.Effective = "530427-fire", day("2024-05-01").Time()
		note(c.before, stranger, c.command)
		note(c.before, early, c.command)
		note(mixed, c.meta, c.command)
	}
	for _, a := range grievance.Acts {
		for _, r := range a.Rules {
			if r.ID != calendar.PublishedRule.ID && !refuses[reflect.TypeOf(a.Command(a.New())).Name()+" "+r.ID] {
				t.Errorf("%s: got no case in which %s refuses it", a.Name, r.ID)
			}
		}
	}
}

func TestWhatWasErasedIsGoneForWhoAsks(t *testing.T) {
	erased := did(complaint, by(education, "2024-05-10"), erasing)
	if e := given(t, erased).When(by(education, "2024-05-11"), reading).ThenRefused(rule.Unsealing); e.Code != domain.Erased {
		t.Errorf("got %s, want %s", e.Code, domain.Erased)
	}
	given(t, erased).When(by(education, "2024-05-11"), erasing).Then()
}

func TestAWrongCodeReadsLikeNoReceipt(t *testing.T) {
	none := given(t, closed).When(by(office, "2024-06-06"), rate).ThenRefused(rule.GrievanceRating)
	bad := given(t, followed).When(by(office, "2024-06-06"), wrong).ThenRefused(rule.GrievanceRating)
	if none.Code != domain.NotFound || bad.Code != none.Code || bad.Text != none.Text || strings.Contains(bad.Error(), "0000") {
		t.Errorf("got %v and %v, want one and the same", none, bad)
	}
}
