package jurisdiction_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/figure"
	"minglu/domain/jurisdiction"
	"minglu/domain/rule"
	"minglu/domain/term"
)

const (
	education = "530427-education"
	market    = "530427-market_regulation"
	fire      = "530427-fire"
)

var (
	registerBureau = jurisdiction.RegisterAgency{Agency: education, Name: "县教育体育局", Competences: []string{"学科类审批"}, Status: term.AgencyActing}
	bureau         = jurisdiction.AgencyRegistered{Agency: education, Name: "县教育体育局", Competences: []string{"学科类审批"}, Status: term.AgencyActing}
	hasBureau      = facts{was("2022-01-01", bureau)}
	bureauClosed   = append(slices.Clone(hasBureau), was("2022-06-01", jurisdiction.AgencyClosed{Agency: education, Reason: "撤并"}))

	registerOfficer = jurisdiction.RegisterOfficer{Officer: "A1", Agency: education, Credential: "滇F0401", Field: "校外培训"}
	officer         = jurisdiction.OfficerRegistered{Officer: "A1", Agency: education, Credential: "滇F0401", Field: "校外培训"}
	hasOfficer      = facts{was("2022-01-01", officer)}
	untilJune       = facts{was("2022-01-01", with(officer, func(o *jurisdiction.OfficerRegistered) { o.Until = day("2022-06-30") }))}
	officerLeft     = append(slices.Clone(hasOfficer), was("2022-06-01", jurisdiction.OfficerRetired{Officer: "A1", Reason: "退休"}))
	sealedOfficer   = facts{was("2022-01-01", with(officer, func(o *jurisdiction.OfficerRegistered) { o.Person = &domain.Sealed{Person: "p", Commit: "c"} }))}
	erasedOfficer   = append(slices.Clone(sealedOfficer), was("2022-02-01", jurisdiction.PersonalDataErased{Erasure: domain.Erasure{Person: "p"}}))
	read            = domain.Unsealing{Person: "p", Reason: "核对证件"}
	erase           = domain.Erasure{Person: "p", Reason: "离职", LegalBasis: "个人信息保护法 第四十七条"}

	assists  = []jurisdiction.TaskForceMember{{Agency: market, Role: term.TaskForceAssist}, {Agency: fire, Role: term.TaskForceAssist}}
	form     = jurisdiction.FormTaskForce{Name: "双减专班", Lead: education, Members: assists}
	force    = jurisdiction.TaskForceFormed{Name: "双减专班", Lead: education, Members: append([]jurisdiction.TaskForceMember{{Agency: education, Role: term.TaskForceLead}}, assists...)}
	hasForce = facts{was("2022-01-01", force)}
	noForce  = append(slices.Clone(hasForce), was("2022-06-01", jurisdiction.TaskForceDissolved{Name: "双减专班", Reason: "任务完成"}))

	team = jurisdiction.AreaTeamAssigned{Area: "桂山街道", Lead: "副局长", Members: []string{"A1"}}

	met            = facts{was("2022-01-01", jurisdiction.JointConferenceHeld{Sequence: 2, Agencies: []string{education}, Resolutions: []string{"压减", "整治"}})}
	set            = jurisdiction.SetResolution{Sequence: 2, Resolution: 1, Agency: market, Due: day("2022-03-31")}
	resolutionSet  = resolution(market, "2022-01-10", "2022-03-31")
	isSet          = append(slices.Clone(met), was("2022-01-10", resolutionSet))
	carriedOut     = append(slices.Clone(isSet), was("2022-03-01", jurisdiction.ResolutionFollowedUp{Sequence: 2, Resolution: 1, Result: "完成", Done: true}))
	lateResolution = clock.Missing{Clock: term.ResolutionDue, Part: "2/1", Due: day("2022-03-31"), Agency: market}

	document = jurisdiction.DocumentRegistered{DocNo: "新教发〔2022〕3号", Title: "校外培训机构设置标准", Issuer: "县教育体育局", Status: term.DocumentInForce}
	draft    = jurisdiction.DocumentRegistered{Title: "校外培训机构设置标准", Issuer: "县教育体育局", Status: term.DocumentDraft}
	hotline  = jurisdiction.HotlinePublished{Agency: education, Number: "0877-7011234", Hours: "24 小时"}
	letter   = jurisdiction.NoticePublished{Audience: term.NoticeToParents, Title: "致广大家长的一封信", Media: []string{"官网"}}

	train   = jurisdiction.HoldTraining{Topic: "消防安全", Occasions: figure.Of(13, term.Occasions), Attendees: figure.Count{N: 2400, Unit: term.Persons, Precision: term.AtLeast}}
	trained = jurisdiction.TrainingHeld{Topic: "消防安全", Occasions: figure.Of(13, term.Occasions), Attendees: &figure.Count{N: 2400, Unit: term.Persons, Precision: term.AtLeast}}

	record = jurisdiction.RecordFigure{Key: term.GrievancesClosed, Printed: "受理、办结举报投诉170余次", Count: figure.Count{N: 170, Unit: term.Incidents, Precision: term.AtLeast},
		Period: jurisdiction.Period{From: day("2021-01-01"), To: day("2021-12-31")}, Document: "对政协提案的答复"}
	printed    = jurisdiction.FigureRecorded(record)
	isRecorded = facts{was("2021-12-31", printed)}
)

// resolution is the fact that an agency is to carry the first resolution of the
// second conference out.
func resolution(agency, from, due string) jurisdiction.ResolutionSet {
	return jurisdiction.ResolutionSet{Sequence: 2, Resolution: 1, Agency: agency, Due: day(due),
		Clocks: []clock.Start{{Key: term.ResolutionDue, Part: "2/1", From: day(from), Due: day(due), Agency: agency}}}
}

var organisationAcceptances = []acceptance{
	{"an agency is registered", nil, "2022-01-01", registerBureau, events{bureau}},
	{"the same agency is so already", hasBureau, "2022-02-01", registerBureau, nil},
	{"an agency that acts for another gets its own standing", hasBureau, "2022-02-01", with(registerBureau, func(c *jurisdiction.RegisterAgency) { c.Status = term.AgencyFull }),
		events{with(bureau, func(e *jurisdiction.AgencyRegistered) { e.Status = term.AgencyFull })}},
	{"a closed agency is registered anew", bureauClosed, "2022-07-01", registerBureau, events{bureau}},
	{"an agency without competences is one", nil, "2022-01-01", jurisdiction.RegisterAgency{Agency: fire, Name: "消防救援大队", Status: term.AgencyFull},
		events{jurisdiction.AgencyRegistered{Agency: fire, Name: "消防救援大队", Competences: []string{}, Status: term.AgencyFull}}},
	{"an agency is closed", hasBureau, "2022-06-01", jurisdiction.CloseAgency{Agency: education, Reason: "撤并"}, events{jurisdiction.AgencyClosed{Agency: education, Reason: "撤并"}}},
	{"a closed agency is so already", bureauClosed, "2022-07-01", jurisdiction.CloseAgency{Agency: education, Reason: "撤并"}, nil},
	{"an agency is closed once its officers have left", append(slices.Clone(hasBureau), officerLeft...), "2022-06-01", jurisdiction.CloseAgency{Agency: education, Reason: "撤并"},
		events{jurisdiction.AgencyClosed{Agency: education, Reason: "撤并"}}},

	{"an officer is registered", nil, "2022-01-01", registerOfficer, events{officer}},
	{"who it is stands sealed", nil, "2022-01-01", with(registerOfficer, func(c *jurisdiction.RegisterOfficer) {
		c.Person = domain.Personal{Sealed: domain.Sealed{Person: "p", Commit: "c"}}
	}), events{with(officer, func(e *jurisdiction.OfficerRegistered) { e.Person = &domain.Sealed{Person: "p", Commit: "c"} })}},
	{"the same officer is so already", hasOfficer, "2022-02-01", registerOfficer, nil},
	{"a credential is renewed on the day after its last", untilJune, "2022-07-01", registerOfficer, events{officer}},
	{"the number of an officer who has left is given again", officerLeft, "2022-06-01", with(registerOfficer, func(c *jurisdiction.RegisterOfficer) { c.Credential = "滇F0402" }),
		events{with(officer, func(e *jurisdiction.OfficerRegistered) { e.Credential = "滇F0402" })}},
	{"a second officer is registered", hasOfficer, "2022-02-01", with(registerOfficer, func(c *jurisdiction.RegisterOfficer) { c.Officer, c.Credential = "A2", "滇F0402" }),
		events{with(officer, func(e *jurisdiction.OfficerRegistered) { e.Officer, e.Credential = "A2", "滇F0402" })}},
	{"an officer retires", hasOfficer, "2022-06-01", jurisdiction.RetireOfficer{Officer: "A1", Reason: "退休"}, events{jurisdiction.OfficerRetired{Officer: "A1", Reason: "退休"}}},
	{"who has retired is so already", officerLeft, "2022-07-01", jurisdiction.RetireOfficer{Officer: "A1", Reason: "退休"}, nil},
	{"who an officer is is read for a reason", sealedOfficer, "2022-02-01", jurisdiction.ReadPersonalData{Unsealing: read}, events{jurisdiction.PersonalDataRead{Unsealing: read}}},
	{"who an officer was is erased", sealedOfficer, "2022-02-01", jurisdiction.ErasePersonalData{Erasure: erase}, events{jurisdiction.PersonalDataErased{Erasure: erase}}},
	{"what is erased is so already", erasedOfficer, "2022-03-01", jurisdiction.ErasePersonalData{Erasure: erase}, nil},

	{"a task force is formed", nil, "2022-01-01", form, events{force}},
	{"with its lead named among the members or not", nil, "2022-01-01",
		with(form, func(c *jurisdiction.FormTaskForce) {
			c.Members = append(slices.Clone(assists), jurisdiction.TaskForceMember{Agency: education, Role: term.TaskForceLead})
		}), events{force}},
	{"the same task force is so already", hasForce, "2022-02-01", form, nil},
	{"a dissolved one is formed again", noForce, "2022-06-01", form, events{force}},
	{"a task force is dissolved", hasForce, "2022-06-01", jurisdiction.DissolveTaskForce{Name: "双减专班", Reason: "任务完成"}, events{jurisdiction.TaskForceDissolved{Name: "双减专班", Reason: "任务完成"}}},
	{"a dissolved one is so already", noForce, "2022-07-01", jurisdiction.DissolveTaskForce{Name: "双减专班", Reason: "任务完成"}, nil},
	{"an area is given to a team", hasOfficer, "2022-02-01", jurisdiction.AssignAreaTeam(team), events{team}},
	{"and to another one", append(slices.Clone(hasOfficer), was("2022-02-01", team)), "2022-03-01", jurisdiction.AssignAreaTeam{Area: "桂山街道", Lead: "局长"},
		events{jurisdiction.AreaTeamAssigned{Area: "桂山街道", Lead: "局长", Members: []string{}}}},
	{"the same team is so already", append(slices.Clone(hasOfficer), was("2022-02-01", team)), "2022-03-01", jurisdiction.AssignAreaTeam(team), nil},

	{"a resolution is given to an agency", met, "2022-01-10", set, events{resolutionSet}},
	{"what is given so is so already", isSet, "2022-02-01", set, nil},
	{"until its last day it is given to another", isSet, "2022-03-31", with(set, func(c *jurisdiction.SetResolution) { c.Agency, c.Due = fire, day("2022-04-30") }),
		events{resolution(fire, "2022-03-31", "2022-04-30")}},
	{"it is followed up without being done", isSet, "2022-02-01", jurisdiction.FollowUpResolution{Sequence: 2, Resolution: 1, Result: "进行中"},
		events{jurisdiction.ResolutionFollowedUp{Sequence: 2, Resolution: 1, Result: "进行中"}}},
	{"and done, late as it may be", isSet, "2022-05-01", jurisdiction.FollowUpResolution{Sequence: 2, Resolution: 1, Result: "完成", Done: true},
		events{jurisdiction.ResolutionFollowedUp{Sequence: 2, Resolution: 1, Result: "完成", Done: true}}},
	{"a resolution that nobody was given is followed up by who convened", met, "2022-02-01", jurisdiction.FollowUpResolution{Sequence: 2, Resolution: 2, Result: "完成", Done: true},
		events{jurisdiction.ResolutionFollowedUp{Sequence: 2, Resolution: 2, Result: "完成", Done: true}}},
	{"a resolution that is not carried out is missed", isSet, "2022-04-01", jurisdiction.MissDeadline{Missing: with(lateResolution, func(m *clock.Missing) { m.Agency = "" })},
		events{jurisdiction.DeadlineMissed{Missing: lateResolution}}},
	{"what is missed is so already", append(slices.Clone(isSet), was("2022-04-01", jurisdiction.DeadlineMissed{Missing: lateResolution})), "2022-04-02",
		jurisdiction.MissDeadline{Missing: lateResolution}, nil},

	{"a draft is registered without a number", nil, "2022-01-01", jurisdiction.RegisterDocument(draft), events{draft}},
	{"a draft comes into force under its number", facts{was("2022-01-01", draft)}, "2022-03-01", jurisdiction.RegisterDocument(document), events{document}},
	{"what is in force is so already, however its number is printed", facts{was("2022-03-01", document)}, "2022-04-01",
		jurisdiction.RegisterDocument(with(document, func(d *jurisdiction.DocumentRegistered) { d.DocNo = "新教发2022 3号" })), nil},
	{"a document ends", facts{was("2022-03-01", document)}, "2023-01-01", jurisdiction.RegisterDocument(with(document, func(d *jurisdiction.DocumentRegistered) { d.Status = term.DocumentEnded })),
		events{with(document, func(d *jurisdiction.DocumentRegistered) { d.Status = term.DocumentEnded })}},
	{"a hotline is published", nil, "2022-01-01", jurisdiction.PublishHotline(hotline), events{hotline}},
	{"the same hotline is so already", facts{was("2022-01-01", hotline)}, "2022-02-01", jurisdiction.PublishHotline(hotline), nil},
	{"another number takes its place", facts{was("2022-01-01", hotline)}, "2022-02-01", jurisdiction.PublishHotline{Agency: education, Number: "12345、7011235", Hours: "工作日"},
		events{jurisdiction.HotlinePublished{Agency: education, Number: "12345、7011235", Hours: "工作日"}}},
	{"a notice is published", nil, "2022-01-01", jurisdiction.PublishNotice(letter), events{letter}},
	{"the same notice of the day is so already", facts{was("2022-01-01", letter)}, "2022-01-01", jurisdiction.PublishNotice(letter), nil},
	{"the same title on another day is another notice", facts{was("2022-01-01", letter)}, "2022-09-01", jurisdiction.PublishNotice(letter), events{letter}},
	{"a circular is issued", nil, "2022-01-01", jurisdiction.IssueCircular{Targets: []string{"各培训机构"}, Findings: []string{"收费不公示"}},
		events{jurisdiction.CircularIssued{Targets: []string{"各培训机构"}, Findings: []string{"收费不公示"}}}},
	{"a training is held", nil, "2021-07-31", train, events{trained}},
	{"a training is held for institutions, attendees uncounted", nil, "2021-07-31",
		jurisdiction.HoldTraining{Topic: "规范办学", Occasions: figure.Count{N: 6, Unit: term.Meetings}, Institutions: []domain.Ref{domain.RefTo("530427.institution.A")}},
		events{jurisdiction.TrainingHeld{Topic: "规范办学", Occasions: figure.Of(6, term.Meetings), Institutions: []string{"530427.institution.A"}}}},
	{"a printed figure is kept", nil, "2021-12-31", record, events{printed}},
	{"the same figure is so already", isRecorded, "2021-12-31", record, nil},
	{"the next period has its own", isRecorded, "2022-12-31", with(record, func(c *jurisdiction.RecordFigure) {
		c.Period = jurisdiction.Period{From: day("2022-01-01"), To: day("2022-12-31")}
	}), events{with(printed, func(e *jurisdiction.FigureRecorded) {
		e.Period = jurisdiction.Period{From: day("2022-01-01"), To: day("2022-12-31")}
	})}},
	{"another agency has its own", isRecorded, "2021-12-31", with(record, func(c *jurisdiction.RecordFigure) { c.Agency = market }),
		events{with(printed, func(e *jurisdiction.FigureRecorded) { e.Agency = market })}},
	{"the same number of another unit is another thing", isRecorded, "2021-12-31", with(record, func(c *jurisdiction.RecordFigure) { c.Count.Unit = term.Institutions }),
		events{with(printed, func(e *jurisdiction.FigureRecorded) { e.Count.Unit = term.Institutions })}},
	{"an audit is recorded", nil, "2022-01-01", jurisdiction.RecordAudit{FromSeq: 1, ToSeq: 9, HeadHash: hash(""), Result: term.AuditIntact},
		events{jurisdiction.AuditRecorded{FromSeq: 1, ToSeq: 9, HeadHash: hash(""), Result: term.AuditIntact}}},
}

var organisationRefusals = []refusal{
	{"an agency has a code", nil, "2022-01-01", with(registerBureau, func(c *jurisdiction.RegisterAgency) { c.Agency = "教育局" }), rule.AgencyRegister, "/body/agency"},
	{"an agency is one of the division", nil, "2022-01-01", with(registerBureau, func(c *jurisdiction.RegisterAgency) { c.Agency = "530400-education" }), rule.AgencyRegister, "/body/agency"},
	{"an agency has a name", nil, "2022-01-01", with(registerBureau, func(c *jurisdiction.RegisterAgency) { c.Name = " " }), anyFault, "/body/name"},
	{"what is not registered is not closed", nil, "2022-06-01", jurisdiction.CloseAgency{Agency: education, Reason: "撤并"}, rule.AgencyRegister, "/body/agency"},
	{"an agency with officers is not closed", append(slices.Clone(hasBureau), hasOfficer...), "2022-06-01", jurisdiction.CloseAgency{Agency: education, Reason: "撤并"}, rule.AgencyRegister, "/body/agency"},
	{"a closing needs a reason", hasBureau, "2022-06-01", jurisdiction.CloseAgency{Agency: education}, anyFault, "/body/reason"},

	{"the number of an officer is no name", nil, "2022-01-01", with(registerOfficer, func(c *jurisdiction.RegisterOfficer) { c.Officer = "张三" }), anyFault, "/body/officer"},
	{"an officer has a number", nil, "2022-01-01", with(registerOfficer, func(c *jurisdiction.RegisterOfficer) { c.Officer = "" }), anyFault, "/body/officer"},
	{"an officer has a credential", nil, "2022-01-01", with(registerOfficer, func(c *jurisdiction.RegisterOfficer) { c.Credential = " " }), anyFault, "/body/credential"},
	{"a credential that has ended is none", nil, "2022-01-01", with(registerOfficer, func(c *jurisdiction.RegisterOfficer) { c.Until = day("2021-12-31") }), anyFault, "/body/until"},
	{"an officer is of an agency of the division", nil, "2022-01-01", with(registerOfficer, func(c *jurisdiction.RegisterOfficer) { c.Agency = "530400-education" }), rule.AgencyRegister, "/body/agency"},
	{"an officer is of no agency that was closed", bureauClosed, "2022-06-01", registerOfficer, rule.AgencyRegister, "/body/agency"},
	{"a number is that of one officer", hasOfficer, "2022-02-01", with(registerOfficer, func(c *jurisdiction.RegisterOfficer) { c.Credential = "滇F0402" }), rule.OfficerRegister, "/body/officer"},
	{"on the last day of the credential too", untilJune, "2022-06-30", with(registerOfficer, func(c *jurisdiction.RegisterOfficer) { c.Credential = "滇F0402" }), rule.OfficerRegister, "/body/officer"},
	{"and before it, where it would run into it", hasOfficer, "2021-12-01", registerOfficer, rule.OfficerRegister, "/body/officer"},
	{"a credential is that of one officer", hasOfficer, "2022-02-01", with(registerOfficer, func(c *jurisdiction.RegisterOfficer) { c.Officer = "A2" }), rule.OfficerRegister, "/body/credential"},
	{"who is not registered does not retire", nil, "2022-06-01", jurisdiction.RetireOfficer{Officer: "A1", Reason: "退休"}, rule.OfficerRegister, "/body/officer"},
	{"nor before the registration", hasOfficer, "2021-12-31", jurisdiction.RetireOfficer{Officer: "A1", Reason: "退休"}, rule.OfficerRegister, "/body/officer"},
	{"a retirement needs a reason", hasOfficer, "2022-06-01", jurisdiction.RetireOfficer{Officer: "A1"}, anyFault, "/body/reason"},
	{"nothing is read of whom nothing is sealed", hasOfficer, "2022-02-01", jurisdiction.ReadPersonalData{Unsealing: read}, rule.Unsealing, "/body/person_ref"},
	{"nothing is read without a reason", sealedOfficer, "2022-02-01", jurisdiction.ReadPersonalData{Unsealing: domain.Unsealing{Person: "p"}}, anyFault, "/body/reason"},
	{"nothing is read once it is erased", erasedOfficer, "2022-03-01", jurisdiction.ReadPersonalData{Unsealing: read}, rule.Unsealing, ""},
	{"nobody is erased of whom nothing is sealed", hasOfficer, "2022-02-01", jurisdiction.ErasePersonalData{Erasure: erase}, rule.Erasure, "/body/person_ref"},
	{"nobody is erased without a legal basis", sealedOfficer, "2022-02-01", jurisdiction.ErasePersonalData{Erasure: with(erase, func(e *domain.Erasure) { e.LegalBasis = "" })}, anyFault, "/body/legal_basis"},

	{"a task force has a name", nil, "2022-01-01", with(form, func(c *jurisdiction.FormTaskForce) { c.Name = "" }), anyFault, "/body/name"},
	{"its lead is of the division", nil, "2022-01-01", with(form, func(c *jurisdiction.FormTaskForce) { c.Lead = "530400-education" }), rule.AgencyRegister, "/body/lead"},
	{"and so are its members", nil, "2022-01-01", with(form, func(c *jurisdiction.FormTaskForce) {
		c.Members = []jurisdiction.TaskForceMember{{Agency: "530400-fire", Role: term.TaskForceAssist}}
	}), rule.AgencyRegister, "/body/members/0/agency"},
	{"a member stands once", nil, "2022-01-01", with(form, func(c *jurisdiction.FormTaskForce) { c.Members = append(slices.Clone(assists), assists[0]) }), rule.TaskForce, "/body/members/2/agency"},
	{"there is one lead", nil, "2022-01-01", with(form, func(c *jurisdiction.FormTaskForce) {
		c.Members = []jurisdiction.TaskForceMember{{Agency: fire, Role: term.TaskForceLead}}
	}), rule.TaskForce, "/body/members/0/role"},
	{"the lead does not assist", nil, "2022-01-01", with(form, func(c *jurisdiction.FormTaskForce) {
		c.Members = []jurisdiction.TaskForceMember{{Agency: education, Role: term.TaskForceAssist}}
	}), rule.TaskForce, "/body/members/0/role"},
	{"one agency is no task force", nil, "2022-01-01", with(form, func(c *jurisdiction.FormTaskForce) { c.Members = nil }), rule.TaskForce, "/body/members"},
	{"a name is that of one task force", hasForce, "2022-02-01", with(form, func(c *jurisdiction.FormTaskForce) { c.Lead, c.Members = market, assists[1:] }), rule.TaskForce, "/body/name"},
	{"what was not formed is not dissolved", nil, "2022-06-01", jurisdiction.DissolveTaskForce{Name: "双减专班", Reason: "任务完成"}, rule.TaskForce, "/body/name"},
	{"a dissolution needs a reason", hasForce, "2022-06-01", jurisdiction.DissolveTaskForce{Name: "双减专班"}, anyFault, "/body/reason"},
	{"a team has an area", nil, "2022-02-01", jurisdiction.AssignAreaTeam{Lead: "副局长"}, anyFault, "/body/area"},
	{"a team has a lead", nil, "2022-02-01", jurisdiction.AssignAreaTeam{Area: "桂山街道"}, anyFault, "/body/lead"},
	{"a member of a team is somebody", nil, "2022-02-01", jurisdiction.AssignAreaTeam{Area: "桂山街道", Lead: "副局长", Members: []string{""}}, anyFault, "/body/members/0"},
	{"and stands once", nil, "2022-02-01", jurisdiction.AssignAreaTeam{Area: "桂山街道", Lead: "副局长", Members: []string{"副局长"}}, anyFault, "/body/members/0"},
	{"an officer who has left is in no team", officerLeft, "2022-06-01", jurisdiction.AssignAreaTeam(team), rule.OfficerRegister, "/body/members/0"},

	{"a resolution is one of a conference on record", nil, "2022-01-10", set, rule.Resolution, "/body/sequence"},
	{"and one that it made", met, "2022-01-10", with(set, func(c *jurisdiction.SetResolution) { c.Resolution = 3 }), rule.Resolution, "/body/resolution"},
	{"the first has the number one", met, "2022-01-10", with(set, func(c *jurisdiction.SetResolution) { c.Resolution = 0 }), rule.Resolution, "/body/resolution"},
	{"nobody is told before the conference", met, "2021-12-31", set, rule.Resolution, "/effective"},
	{"nobody is told to have done it before", met, "2022-04-01", set, rule.Resolution, "/body/due"},
	{"an agency of another division is not told", met, "2022-01-10", with(set, func(c *jurisdiction.SetResolution) { c.Agency = "530400-fire" }), rule.AgencyRegister, "/body/agency"},
	{"what is late stays late", isSet, "2022-04-01", with(set, func(c *jurisdiction.SetResolution) { c.Due = day("2022-05-31") }), rule.Resolution, "/effective"},
	{"what is carried out is not given again", carriedOut, "2022-03-02", with(set, func(c *jurisdiction.SetResolution) { c.Agency = fire }), rule.Resolution, "/body/resolution"},
	{"nor followed up", carriedOut, "2022-03-02", jurisdiction.FollowUpResolution{Sequence: 2, Resolution: 1, Result: "完成", Done: true}, rule.Resolution, "/body/resolution"},
	{"a follow-up says what was found", isSet, "2022-02-01", jurisdiction.FollowUpResolution{Sequence: 2, Resolution: 1}, anyFault, "/body/result"},
	{"nothing is missed on its last day", isSet, "2022-03-31", jurisdiction.MissDeadline{Missing: lateResolution}, clock.MissedRule, "/effective"},
	{"nor once it is carried out", carriedOut, "2022-04-01", jurisdiction.MissDeadline{Missing: lateResolution}, clock.MissedRule, "/body/clock"},

	{"a document has a title", nil, "2022-01-01", jurisdiction.RegisterDocument{Issuer: "县教育体育局", Status: term.DocumentDraft}, anyFault, "/body/title"},
	{"a document has an issuer", nil, "2022-01-01", jurisdiction.RegisterDocument{Title: "标准", Status: term.DocumentDraft}, anyFault, "/body/issuer"},
	{"a document in force has a number", nil, "2022-01-01", with(jurisdiction.RegisterDocument(document), func(c *jurisdiction.RegisterDocument) { c.DocNo = "" }), anyFault, "/body/doc_no"},
	{"a document in force is no draft again", facts{was("2022-03-01", document)}, "2022-04-01", with(jurisdiction.RegisterDocument(document), func(c *jurisdiction.RegisterDocument) { c.Status = term.DocumentDraft }), rule.RegisteredDocument, "/body/status"},
	{"a number is that of one document", facts{was("2022-03-01", document)}, "2022-04-01", with(jurisdiction.RegisterDocument(document), func(c *jurisdiction.RegisterDocument) { c.Title = "另一文件" }), rule.RegisteredDocument, "/body/doc_no"},
	{"a hotline is that of an agency of the division", nil, "2022-01-01", jurisdiction.PublishHotline{Agency: "530400-education", Number: "12345", Hours: "24 小时"}, rule.AgencyRegister, "/body/agency"},
	{"a hotline has digits", nil, "2022-01-01", jurisdiction.PublishHotline{Agency: education, Number: "热线", Hours: "24 小时"}, anyFault, "/body/number"},
	{"and enough of them", nil, "2022-01-01", jurisdiction.PublishHotline{Agency: education, Number: "12", Hours: "24 小时"}, anyFault, "/body/number"},
	{"a hotline has hours", nil, "2022-01-01", jurisdiction.PublishHotline{Agency: education, Number: "12345"}, anyFault, "/body/hours"},
	{"a notice has a title", nil, "2022-01-01", jurisdiction.PublishNotice{Audience: term.NoticeToParents}, anyFault, "/body/title"},
	{"a circular has targets", nil, "2022-01-01", jurisdiction.IssueCircular{Findings: []string{"a"}}, anyFault, "/body/targets"},
	{"a circular says what was found", nil, "2022-01-01", jurisdiction.IssueCircular{Targets: []string{"a"}, Findings: []string{""}}, anyFault, "/body/findings/0"},
	{"a training has a topic", nil, "2022-01-01", with(train, func(c *jurisdiction.HoldTraining) { c.Topic = "" }), anyFault, "/body/topic"},
	{"trainings are not counted in persons", nil, "2022-01-01", with(train, func(c *jurisdiction.HoldTraining) { c.Occasions.Unit = term.Persons }), figure.CountRule, "/body/occasions/unit"},
	{"nor less than none", nil, "2022-01-01", with(train, func(c *jurisdiction.HoldTraining) { c.Occasions.N = -1 }), figure.CountRule, "/body/occasions/n"},
	{"who attended is not counted in institutions", nil, "2022-01-01", with(train, func(c *jurisdiction.HoldTraining) { c.Attendees.Unit = term.Institutions }), figure.CountRule, "/body/attendees/unit"},
	{"a figure is kept as it was printed", nil, "2021-12-31", with(record, func(c *jurisdiction.RecordFigure) { c.Printed = "" }), anyFault, "/body/printed"},
	{"a figure stands in a document", nil, "2021-12-31", with(record, func(c *jurisdiction.RecordFigure) { c.Document = "" }), anyFault, "/body/document"},
	{"a figure has a unit", nil, "2021-12-31", with(record, func(c *jurisdiction.RecordFigure) { c.Count.Unit = "" }), figure.CountRule, "/body/count/unit"},
	{"a figure is that of an agency of the division", nil, "2021-12-31", with(record, func(c *jurisdiction.RecordFigure) { c.Agency = "530400-fire" }), rule.AgencyRegister, "/body/agency"},
	{"a period does not end before it begins", nil, "2021-12-31", with(record, func(c *jurisdiction.RecordFigure) { c.Period.From = day("2022-01-01") }), rule.PrintedFigure, "/body/period"},
	{"a period has a beginning", nil, "2021-12-31", with(record, func(c *jurisdiction.RecordFigure) { c.Period.From = 0 }), rule.PrintedFigure, "/body/period"},
	{"a figure takes effect on the last day of its period", nil, "2022-05-11", record, rule.PrintedFigure, "/effective"},
	{"no day is counted twice", isRecorded, "2022-06-30", with(record, func(c *jurisdiction.RecordFigure) {
		c.Period = jurisdiction.Period{From: day("2021-12-31"), To: day("2022-06-30")}
	}), rule.PrintedFigure, "/body/period"},
	{"not the first one either", isRecorded, "2021-01-01", with(record, func(c *jurisdiction.RecordFigure) {
		c.Period = jurisdiction.Period{From: day("2020-07-01"), To: day("2021-01-01")}
	}), rule.PrintedFigure, "/body/period"},
	{"positions begin with one", nil, "2022-01-01", jurisdiction.RecordAudit{ToSeq: 9, HeadHash: hash(""), Result: term.AuditIntact}, anyFault, "/body/from_seq"},
	{"an audit does not end before it begins", nil, "2022-01-01", jurisdiction.RecordAudit{FromSeq: 9, ToSeq: 8, HeadHash: hash(""), Result: term.AuditIntact}, anyFault, "/body/to_seq"},
	{"a head is a SHA-256", nil, "2022-01-01", jurisdiction.RecordAudit{FromSeq: 1, ToSeq: 9, HeadHash: "abc", Result: term.AuditIntact}, anyFault, "/body/head_hash"},
}

func TestAResolutionIsFollowedUpByWhoCarriesItOut(t *testing.T) {
	followUp := jurisdiction.FollowUpResolution{Sequence: 2, Resolution: 1, Result: "进行中"}
	by := func(agency string) domain.Meta {
		m := domaintest.On("2022-02-01")
		m.Actor.Agency = agency
		return m
	}
	given(t, isSet).When(by(market), followUp).Accepted()
	given(t, isSet).When(by("530427-joint_conference_office"), followUp).Accepted()
	given(t, isSet).When(by(fire), followUp).ThenRefused(rule.Resolution, "/actor/agency")
	given(t, met).When(by(fire), followUp).ThenRefused(rule.Resolution, "/actor/agency")
}

// TestAnOfficerActsUntilTheDayOfTheEnd looks at the roster that travels in the
// law.
func TestAnOfficerActsUntilTheDayOfTheEnd(t *testing.T) {
	law := func(before facts) rule.Law { return rule.Law{Roster: given(t, before).State().Officers} }
	for name, c := range map[string]struct {
		before facts
		on     string
		acts   bool
	}{
		"not before the registration":      {hasOfficer, "2021-12-31", false},
		"from the registration on":         {hasOfficer, "2022-01-01", true},
		"on the last day of a credential":  {untilJune, "2022-06-30", true},
		"not after it":                     {untilJune, "2022-07-01", false},
		"on the day before the retirement": {officerLeft, "2022-05-31", true},
		"not on the day of the retirement": {officerLeft, "2022-06-01", false},
	} {
		t.Run(name, func(t *testing.T) {
			o, acts := law(c.before).Officer("A1", day(c.on))
			if acts != c.acts || acts && (o.Credential != "滇F0401" || o.Agency != education || o.Field != "校外培训") {
				t.Errorf("got %+v, %v, want %v", o, acts, c.acts)
			}
		})
	}
	second := was("2022-01-01", with(officer, func(o *jurisdiction.OfficerRegistered) { o.Officer, o.Credential = "A2", "滇F0402" }))
	both := law(append(slices.Clone(hasOfficer), second))
	if err := both.TwoOfficers(day("2022-02-01"), []string{"A1", "A2"}, "/actor/officers"); err != nil {
		t.Errorf("got %v, want two officers of the register", err)
	}
	if err := law(append(slices.Clone(officerLeft), second)).TwoOfficers(day("2022-06-01"), []string{"A1", "A2"}, "/actor/officers"); err == nil {
		t.Error("got an officer acting who has retired")
	}
}

func TestAResolutionRunsForItsAgencyUntilItIsDone(t *testing.T) {
	s := given(t, isSet).State()
	want := clock.Clock{Key: term.ResolutionDue, Part: "2/1", Agency: market, From: day("2022-01-10"), Due: day("2022-03-31")}
	if got, ok := s.Clocks.Find(term.ResolutionDue, "2/1"); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	underWay := append(slices.Clone(isSet), was("2022-02-01", jurisdiction.ResolutionFollowedUp{Sequence: 2, Resolution: 1, Result: "进行中"}))
	if _, open := given(t, underWay).State().Clocks.Find(term.ResolutionDue, "2/1"); !open {
		t.Error("got it ended before it is done")
	}
	given(t, underWay).When(domaintest.On("2022-02-02"), with(set, func(c *jurisdiction.SetResolution) { c.Agency = fire })).Accepted()
	s = given(t, append(slices.Clone(isSet), was("2022-02-02", resolution(fire, "2022-02-02", "2022-03-31")))).State()
	if got := s.Clocks.Open(); len(got) != 1 || got[0].Agency != fire {
		t.Errorf("got %+v open, want one, for the new agency", got)
	}
	s = given(t, carriedOut).State()
	if r, ok := s.Resolution(2, 1); !ok || r.Done != day("2022-03-01") || len(r.FollowUp) != 1 || len(s.Clocks.Open()) != 0 {
		t.Errorf("got %+v and %+v open", r, s.Clocks.Open())
	}
	if _, ok := s.Resolution(2, 2); ok {
		t.Error("got something of a resolution that nobody spoke of")
	}
}

func TestTheDivisionIsAsOfTheDay(t *testing.T) {
	other := was("2022-02-01", jurisdiction.AgencyRegistered{Agency: fire, Name: "消防救援大队", Status: term.AgencyFull})
	s := given(t, slices.Concat(bureauClosed, facts{other}, noForce, facts{
		was("2022-02-01", team), was("2022-05-01", jurisdiction.AreaTeamAssigned{Area: "桂山街道", Lead: "局长"}),
		was("2022-01-01", draft), was("2022-03-01", document),
		was("2022-01-01", hotline), was("2022-04-01", with(hotline, func(h *jurisdiction.HotlinePublished) { h.Number = "12345" })),
		was("2022-01-01", letter), was("2022-01-01", jurisdiction.CircularIssued{}), was("2022-01-01", trained),
	})).State()
	for _, c := range []struct {
		on                               string
		agencies, forces, teams, numbers int
		lead, number                     string
		status                           term.DocumentStatus
	}{
		{"2021-12-31", 0, 0, 0, 0, "", "", ""},
		{"2022-01-01", 1, 1, 0, 1, "", "0877-7011234", term.DocumentDraft},
		{"2022-03-01", 2, 1, 1, 1, "副局长", "0877-7011234", term.DocumentInForce},
		{"2022-05-31", 2, 1, 1, 1, "局长", "12345", term.DocumentInForce},
		{"2022-06-01", 1, 0, 1, 0, "局长", "", term.DocumentInForce},
	} {
		t.Run(c.on, func(t *testing.T) {
			on := day(c.on)
			agencies, forces, teams, numbers, documents := s.AgenciesOn(on), s.TaskForcesOn(on), s.AreaTeamsOn(on), s.HotlinesOn(on), s.DocumentsOn(on)
			if len(agencies) != c.agencies || len(forces) != c.forces || len(teams) != c.teams || len(numbers) != c.numbers {
				t.Fatalf("got %d agencies, %d forces, %d teams, %d numbers", len(agencies), len(forces), len(teams), len(numbers))
			}
			if c.lead != "" && teams[0].Lead != c.lead || c.number != "" && numbers[0].Number != c.number {
				t.Errorf("got %+v and %+v", teams, numbers)
			}
			if len(documents) > 1 || c.status != "" && documents[0].Status != c.status {
				t.Errorf("got the documents %+v, want one that is %s", documents, c.status)
			}
		})
	}
	if len(s.Notices) != 1 || len(s.Circulars) != 1 || len(s.Trainings) != 1 {
		t.Errorf("got %d notices, %d circulars, %d trainings", len(s.Notices), len(s.Circulars), len(s.Trainings))
	}
}

func TestFactsAddToFigures(t *testing.T) {
	atLeast := figure.Count{N: 2400, Unit: term.PersonVisits, Precision: term.AtLeast}
	for name, c := range map[string]struct {
		fact figure.Measured
		want []figure.Measure
	}{
		"a conference": {sat, []figure.Measure{{Key: term.Conferences, Count: figure.Of(1, term.Meetings)}}},
		"a notice":     {letter, []figure.Measure{{Key: term.Notices, Item: "parents", Count: figure.Of(1, term.Papers)}}},
		"trainings":    {trained, []figure.Measure{{Key: term.Trainings, Count: figure.Of(13, term.Occasions)}, {Key: term.TrainingAttendees, Count: atLeast}}},
		"meetings of which nobody counted who came": {jurisdiction.TrainingHeld{Occasions: figure.Of(6, term.Meetings)}, []figure.Measure{{Key: term.Trainings, Count: figure.Of(6, term.Occasions)}}},
		"a printed figure":                          {with(printed, func(e *jurisdiction.FigureRecorded) { e.Agency, e.Item = market, "12315" }), []figure.Measure{{Key: term.GrievancesClosed, Item: "12315", Agency: market, Count: printed.Count}}},
		"a printed figure of attendees":             {jurisdiction.FigureRecorded{Key: term.TrainingAttendees, Count: figure.Count{N: 2400, Unit: term.Persons, Precision: term.AtLeast}}, []figure.Measure{{Key: term.TrainingAttendees, Count: atLeast}}},
		"a resolution that is not in time":          {jurisdiction.DeadlineMissed{Missing: lateResolution}, []figure.Measure{{Key: term.DeadlinesMissed, Item: "resolution_due", Agency: market, Count: figure.Of(1, term.Items)}}},
		"a right that lapsed":                       {jurisdiction.DeadlineMissed{Missing: clock.Missing{Clock: term.HearingRequest}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.fact.Measures(); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestAnOfficersNameIsHandedOutToBeSealed(t *testing.T) {
	c := registerOfficer
	if err := json.Unmarshal([]byte(`{"officer":"A1","agency":"530427-education","credential":"滇F0401","person":"张三"}`), &c); err != nil {
		t.Fatal(err)
	}
	var confidential domain.Confidential = &c
	if p := confidential.Personal(); len(p) != 1 || p[0].Clear() != "张三" {
		t.Errorf("got %v to be sealed", p)
	}
	s := given(t, sealedOfficer).State()
	if len(s.Persons) != 1 || s.Persons.Erased("p") || !given(t, erasedOfficer).State().Persons.Erased("p") {
		t.Errorf("got the persons %+v", s.Persons)
	}
}

func TestTheTrainedAreReferredTo(t *testing.T) {
	c := jurisdiction.HoldTraining{Institutions: []domain.Ref{{ID: "A"}, {Name: "XP-1"}}}
	var referring domain.Referring = &c
	refs := referring.Refs()
	if len(refs) != 2 || refs[1].Pointer != "/body/institutions/1" || refs[1].Ref != &c.Institutions[1] || !slices.Equal(refs[1].Kinds, []string{"institution"}) {
		t.Errorf("got %+v", refs)
	}
}

// TestResolutionsRunOverTheTurnOfTheYear has a last day that a decision names,
// which no calendar moves.
func TestResolutionsRunOverTheTurnOfTheYear(t *testing.T) {
	late := with(set, func(c *jurisdiction.SetResolution) { c.Due = calendar.Date(2023, 1, 1) })
	s := given(t, met).When(domaintest.On("2022-12-30"), late).Accepted()
	if c, _ := s.Clocks.Find(term.ResolutionDue, "2/1"); c.Due != day("2023-01-01") || c.Late(day("2023-01-01")) || !c.Late(day("2023-01-02")) {
		t.Errorf("got %+v, want it until New Year's Day", c)
	}
}
