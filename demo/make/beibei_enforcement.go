package main

import (
	"fmt"

	"minglu/domain/dispute"
	"minglu/domain/figure"
	"minglu/domain/institution"
	"minglu/domain/jurisdiction"
	"minglu/domain/term"
)

// beibeiYear is the year that the text of 北碚 speaks of: it says 全年 without a
// year, on 2022-05-11, and 2021 is inferred.
const beibeiYear = 2021

// beibeiText is the paper from which the printed figures are taken.
const beibeiText = "北碚区教育委员会2022年5月11日公开的答复（只写“全年”，按2021年读）"

func (c *county) beibeiOrganise() {
	c.establish("2021-01-04", term.EducationDept, term.MarketDept, term.UrbanManagement, term.PublicSecurity, term.Fire, term.CivilAffairsDept, term.HumanResources)
	c.hotline("2021-03-01", term.MarketDept, "023-00000101")
	c.hotline("2021-03-01", term.EducationDept, "023-00000102")
	c.hotline("2021-03-01", term.UrbanManagement, "023-00000103")
	for i := range 6 {
		area := fmt.Sprintf("第%d片区（示例）", i+1)
		c.act("2021-03-22", "jurisdiction.assign-area-team", "", c.by(term.EducationDept, 3), paper("包片工作组安排", ""), jurisdiction.AssignAreaTeam{
			Area: area, Lead: "区教委班子成员", Members: []string{c.number(1 + i%2), c.number(11 + i%2)},
		})
	}
}

// beibeiPrinted are the figures of which the text gives the number and nothing
// that it is made of. That grievances were accepted and closed stands in one
// phrase: no closing rate follows.
func (c *county) beibeiPrinted() {
	const accepted = "受理、办结举报投诉170余次"
	c.printed(beibeiYear, term.GrievancesAccepted, "", accepted, atLeast(170, term.Incidents), beibeiText)
	c.printed(beibeiYear, term.GrievancesClosed, "", accepted, atLeast(170, term.Incidents), beibeiText)
	c.printed(beibeiYear, term.Interviews, "", "约谈违规机构24所次", figure.Of(24, term.Visits), beibeiText)
	c.printed(beibeiYear, term.SweepVisits, "", "排查…1600余所次", atLeast(1600, term.Visits), beibeiText)
	c.printed(beibeiYear, term.DisputeVisits, "", "接待来访群众近30次", figure.Count{N: 30, Unit: term.Occasions, Precision: term.Nearly}, beibeiText)
	c.train("2021-12-31", "学习会、培训会", figure.Of(6, term.Meetings), figure.Count{})
	c.letter("2021-08-30", term.NoticeToParents, "致学生家长的一封信")
	c.letter("2021-08-30", term.NoticeToInstitutions, "致培训机构的一封信")
	c.letter("2021-08-30", term.NoticeToTeachers, "致全区教师的一封信")
}

// beibeiThematic are the ten thematic checks with 80 visits together. The text
// gives the sum alone; eight each is its average, and where they went is unknown.
func (c *county) beibeiThematic() {
	for i, day := range []string{
		"2021-03-03", "2021-03-31", "2021-04-21", "2021-05-19", "2021-06-23", "2021-07-14", "2021-08-18", "2021-09-22", "2021-10-20", "2021-11-24",
	} {
		k := check{
			ref: fmt.Sprintf("BB-T%02d", i+1), number: fmt.Sprintf("示例专查〔2021〕%d号", i+1), kind: term.ThematicInspection,
			theme: fmt.Sprintf("第%d次集中专项检查", i+1), from: day, days: 2, with: []term.Department{term.MarketDept, term.UrbanManagement},
		}
		c.begin(k)
		c.count(k, figure.Of(8, term.Visits), "专项检查记录（来源只载10次共80所次，按每次8所次分列）")
		c.end(k)
	}
}

// beibeiWarned taught subjects without permission, registered for business and
// without a licence: none of the six that were closed, and none of the four
// disputes. What became of them is not printed.
func (c *county) beibeiWarned() {
	for i := range 4 {
		found := later("2021-09-13", i*9)
		o := outfit{
			serial: 31 + i, name: fmt.Sprintf("北碚区示例教育咨询部%d号（示例）", i+1), place: fmt.Sprintf("歇马街道示例路%d号", 3+4*i),
			began: found, scope: subjectCompulsory,
		}
		c.enter(o, "摸排台账")
		c.act(later(found, 3), "institution.post-warning", c.ref(o), c.by(term.EducationDept, 1), paper("张贴《告家长书》记录", ""),
			institution.PostWarning{Kind: term.LetterToParents})
	}
}

// beibeiDisputes are the four that closed and left contracts unfulfilled. How
// many pupils there were and how much is owed is not printed; the ten meetings
// are, for all four together, and how they divide is this program's own choice.
func (c *county) beibeiDisputes() {
	court, both := []term.Recourse{term.CourtMediation}, []term.Recourse{term.CourtAction, term.PoliceInquiry}
	for i, d := range []struct {
		name, closed string
		routes       []term.Recourse
		meetings     []string
		resolved     string // empty: open
	}{
		{"碚云", "2021-08-20", court, []string{"2021-08-26", "2021-09-16"}, "2021-11-18"},
		{"澄溪", "2021-09-03", court, []string{"2021-09-09", "2021-10-14"}, "2021-12-14"},
		{"蔡岭", "2021-09-24", both, []string{"2021-09-30", "2021-10-28", "2021-11-25"}, ""},
		{"观澜", "2021-10-15", both, []string{"2021-10-21", "2021-11-11", "2021-12-16"}, ""},
	} {
		o, ref := c.beibeiClosed(i, d.name, d.closed), fmt.Sprintf("BB-J%d", i+1)
		c.dispute(ref, c.ref(o), later(d.closed, 3), d.routes, d.meetings)
		if d.resolved != "" {
			c.act(d.resolved, "dispute.resolve", ref, c.by(term.EducationDept, 2), paper("法院调解书", ""),
				dispute.Resolve{By: term.CourtMediation, Terms: "经法院调解达成协议（示例）"})
		}
	}
}

// beibeiClosed is a subject institution that closed of itself. Its legal person
// goes on while there are contracts in dispute.
func (c *county) beibeiClosed(i int, name, closed string) outfit {
	began := later("2018-06-04", 70*i)
	o := outfit{
		serial: 11 + i, name: "北碚区" + name + "培训学校（示例）", place: fmt.Sprintf("水土街道示例路%d号", 12+5*i), began: began,
		scope: subjectCompulsory, until: on(began).AddMonths(60).AddDays(-1).String(), licences: term.SchoolLicence,
	}
	c.found(o)
	c.act(closed, "institution.stop-operation", c.ref(o), c.by(term.EducationDept, 1), paper("停办情况报告", ""),
		institution.StopOperation{Basis: term.StopOwn, Reason: "自行关门，终止培训"})
	c.act(later(closed, 14), "institution.cancel-licence", c.ref(o), c.by(term.EducationDept, 2), paper("注销办学许可证的公告", ""),
		institution.CancelLicence{Number: c.licence(o), Cause: term.NotPrinted})
	return o
}

// dispute opens a dispute on a closure, routes it and holds its meetings.
func (c *county) dispute(ref, institution, day string, routes []term.Recourse, meetings []string) {
	by := c.by(term.EducationDept, 2)
	c.act(day, "dispute.open", ref, by, paper("合同纠纷登记表", ""),
		dispute.Open{Institution: named(institution), Cause: term.DisputeClosure, Pupils: unknown(term.Persons)})
	c.act(later(day, 2), "dispute.route", ref, by, paper("纠纷分流单", ""), dispute.Route{To: routes})
	for _, m := range meetings {
		c.act(m, "dispute.hold-meeting", ref, by, paper("专题会议纪要（来源只载共10次，按纠纷分列为演示所设）", ""),
			dispute.HoldMeeting{Agencies: c.agencies(term.EducationDept, term.MarketDept, term.PublicSecurity)})
	}
}
