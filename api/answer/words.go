package answer

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/term"
)

// standingAdvice is the sentence for each standing.
var standingAdvice = map[term.Standing]domain.Text{
	term.StandingWhite: {
		ZH: "主管部门已把它列入白名单，可以报名，缴费只付入监管账户，不要付给个人。",
		EN: "The authority has put it on the white list: you may sign up; pay into the supervised account only, never to a person."},
	term.StandingWatch: {
		ZH: "正在核查或整改，不等于违法，现在既不在白名单也不在黑名单，建议等结果公布后再缴费。",
		EN: "It is being checked or is rectifying, which does not mean that it broke the law; it is on neither list now. Better wait for the result before you pay."},
	term.StandingBlack: {
		ZH: "已列入黑名单，请不要报名、不要缴费，已经缴费的可以申请退费或投诉。",
		EN: "It is on the black list: do not sign up and do not pay. If you have paid, you may ask for a refund or complain."},
	term.StandingDeregistered: {
		ZH: "已经注销，不能再招生收费，如果还在招生请举报。",
		EN: "It is deregistered and may neither enrol nor charge. If it still does, please report it."},
	term.StandingUnlisted: {
		ZH: "没有列入任何名单，报名前请先看证照是否齐全、是否在有效期内。",
		EN: "It is on no list. Before you sign up, see whether its papers are complete and in force."},
}

// statusNotes are the sentences for the ways of operating that need one.
var statusNotes = map[term.Status]domain.Text{
	term.Suspended:   {ZH: "暂停办学期间不得招生收费。", EN: "While suspended it may neither enrol nor charge."},
	term.Terminating: {ZH: "正在终止办学，请尽快办理退费。", EN: "It is closing down: ask for your refund soon."},
	term.Closed:      {ZH: "已关停，退费办法见下。", EN: "It was closed; how to get a refund is told below."},
}

// StandingAdvice is the plain sentence for a standing.
func StandingAdvice(s term.Standing) domain.Text { return standingAdvice[s] }

// StatusNote is the plain sentence for a way of operating, empty for those that
// need none.
func StatusNote(s term.Status) domain.Text { return statusNotes[s] }

// Advice is the one sentence for people: that of the standing, except that
// nobody is told to sign up where it is suspended, closing down or closed.
func Advice(s term.Standing, status term.Status) domain.Text {
	note, stops := statusNotes[status]
	if stops && (s == term.StandingWhite || s == term.StandingUnlisted) {
		return note
	}
	return standingAdvice[s]
}

// NotFoundAdvice is the sentence where the register has nothing.
var NotFoundAdvice = domain.Text{
	ZH: "名录里没有找到。没有找到不等于合法，也不等于违法；收录范围和截至日期见下。可疑的培训点可以举报。",
	EN: "The register has no such entry. That does not mean that it is lawful, nor that it is not; what is covered and as of when is told below. You may report a doubtful place.",
}

// AgencyName returns the words for an agency's code, such as
// "新平彝族傣族自治县教育部门", or the code itself where it is none.
func AgencyName(code string) domain.Text {
	a, err := authority.ParseAgency(code)
	if err != nil {
		return domain.Text{ZH: code, EN: code}
	}
	name, dept := division.Name(a.Division), a.Department.Label()
	if name == "" {
		name = string(a.Division)
	}
	return domain.Text{ZH: name + dept.ZH + departmentSuffix[a.Department], EN: dept.EN + ", " + name}
}

// departmentSuffix completes the words for a department; most take 部门.
var departmentSuffix = func() map[term.Department]string {
	m := map[term.Department]string{}
	for _, c := range term.Departments.Codes() {
		m[term.Department(c)] = "部门"
	}
	m[term.JointConferenceOffice], m[term.Bank] = "", ""
	return m
}()

// written writes a day for a sentence.
func written(d calendar.Day) string {
	if d.IsZero() {
		return "日期不详"
	}
	return d.String()
}
