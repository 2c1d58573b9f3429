package main

import (
	"fmt"

	"minglu/domain"
	"minglu/domain/institution"
	"minglu/domain/jurisdiction"
	"minglu/domain/listing"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// The figures of 新平, as of 2022-06-08: 29 institutions, of which 15 subject
// ones ended, 9 turned non-subject and 5 were non-subject from the start.
const (
	xinpingEnded     = 15
	xinpingConverted = 9
	xinpingOther     = 5
)

var subjectCompulsory = rule.Scope{Class: term.Subject, Audiences: []term.Audience{term.Compulsory}}

var xinpingNames = []string{
	"星桥", "云杉", "竹溪", "雁回", "橡果", "木棉", "蓝楹", "石榴", "青箬", "山葵", "麦穗", "白鹭", "菱角", "银杏", "茶坡",
	"松果", "石斛", "荷塘", "山雀", "棠梨", "溪石", "芒果", "甘蔗", "哀牢",
	"花腰", "漠沙江", "绿汁", "磨盘山", "红河谷",
}

var xinpingPlaces = []string{"桂山街道示例路", "古城街道示例街", "戛洒镇示例街", "漠沙镇示例街", "扬武镇示例路"}

// nonSubject has one category; audiences are those of compulsory age and above.
func nonSubject(category term.Category) rule.Scope {
	return rule.Scope{Class: term.NonSubject, Categories: []term.Category{category}, Audiences: []term.Audience{term.Compulsory, term.SeniorHigh}}
}

var threeCategories = []term.Category{term.Sports, term.CultureArts, term.ScienceTechnology}

var categoryNames = map[term.Category]string{term.Sports: "体育", term.CultureArts: "文化艺术", term.ScienceTechnology: "科技"}

func xinping() *county {
	c := &county{code: "530427", name: "新平县", officer: "XP"}
	c.xinpingOrganise()
	subject, other := xinpingSubject(), xinpingNonSubject()
	for _, o := range append(subject, other...) {
		c.found(o)
	}
	c.xinpingTurn()
	for i, o := range subject[:xinpingEnded] {
		c.xinpingEnd(i, o)
	}
	converted := subject[xinpingEnded:]
	for i, o := range converted {
		c.xinpingConvert(i, o)
	}
	c.xinpingConferences()
	c.xinpingSurveys()
	c.xinpingSupervisory()
	c.xinpingCampaign(converted, other)
	c.xinpingWhite(converted, other)
	c.xinpingPenalty()
	c.xinpingEscrow(other)
	for year := 2023; year <= 2026; year++ {
		for i, o := range append(converted, other...) {
			c.inspect(o, year, later(fmt.Sprintf("%d-05-08", year), i), term.Pass)
		}
	}
	return c
}

func xinpingSubject() (out []outfit) {
	for i := range xinpingEnded + xinpingConverted {
		began := later("2018-03-12", i*43)
		out = append(out, outfit{
			serial: i + 1, name: "新平县" + xinpingNames[i] + "培训学校（示例）", place: fmt.Sprintf("%s%d号", xinpingPlaces[i%5], 11+3*i),
			began: began, scope: subjectCompulsory, until: on(began).AddMonths(60).AddDays(-1).String(),
			civil: i%4 == 3, licences: term.SchoolLicence,
		})
	}
	return out
}

func xinpingNonSubject() (out []outfit) {
	for i := range xinpingOther {
		n := xinpingEnded + xinpingConverted + i
		category := []term.Category{term.CultureArts, term.Sports, term.CultureArts, term.ScienceTechnology, term.Sports}[i]
		began := later("2019-04-15", i*97)
		out = append(out, outfit{
			serial: n + 1, name: "新平县" + xinpingNames[n] + categoryNames[category] + "培训中心（示例）",
			place: fmt.Sprintf("%s%d号", xinpingPlaces[i%5], 60+7*i),
			began: began, scope: nonSubject(category), until: on(began).AddMonths(144).AddDays(-1).String(), licences: term.SchoolLicence,
		})
	}
	return out
}

// xinpingTurn freezes the baseline of 2021-07-01 and stops approvals from
// 2021-07-07 on, a day that was printed without its signs.
func (c *county) xinpingTurn() {
	c.act("2021-07-06", "jurisdiction.freeze-baseline", "", c.by(term.EducationDept, 3), paper("学科类培训机构底数", ""), jurisdiction.FreezeBaseline{
		Name: "双减基数", Date: on("2021-07-01"), Class: term.Subject, Audiences: []term.Audience{term.Compulsory},
	})
	c.act("2021-07-07", "jurisdiction.impose-moratorium", "", c.by(term.EducationDept, 3), domain.Source{
		Title: "停止审批学科类校外培训机构的通知", DocNo: "示例教体〔2021〕1号",
		DatePrinted: "202177日", DateCorrected: "2021-07-07", Reason: "印刷中符号缺失；唯一能成为日期的读法",
	}, jurisdiction.ImposeMoratorium{Class: term.Subject, Audiences: []term.Audience{term.Compulsory}, DocumentNo: "示例教体〔2021〕1号"})
}

// xinpingEnd ends a subject institution between August 2021 and May 2022; every
// third one announced it before.
func (c *county) xinpingEnd(i int, o outfit) {
	day := later("2021-08-16", i*17)
	if i%3 == 1 {
		c.act(later(day, -12), "institution.announce-termination", c.ref(o), c.by(term.EducationDept, 1), paper("终止办学公告", ""),
			institution.AnnounceTermination{PlannedEnd: on(day), Reason: "不再举办学科类培训"})
	}
	if i%5 == 2 {
		c.interview(c.ref(o), later(day, -30), "督促妥善退费、安置学员", "退还未消课时费用", "公告退费时间和地点")
	}
	c.close(o, day)
}

func (c *county) xinpingConvert(i int, o outfit) {
	day := later("2021-10-18", i*23)
	number := fmt.Sprintf("示例教体审〔%s〕%02d号", day[:4], i+1)
	c.convert(o, day, nonSubject(threeCategories[i%3]), number, on(day).AddMonths(120).AddDays(-1).String())
	c.supervise(o, later(day, 10), later("2022-05-05", i), later("2022-05-23", i))
}

func (c *county) xinpingConferences() {
	for i, day := range []string{"2021-08-05", "2021-11-11", "2022-03-03", "2022-05-19"} {
		c.act(day, "jurisdiction.hold-joint-conference", "", c.by(term.EducationDept, 3), paper(fmt.Sprintf("第%d次联席会议纪要", i+1), ""),
			jurisdiction.HoldJointConference{
				Sequence:    i + 1,
				Agencies:    []string{"education", "market_regulation", "public_security", "human_resources", "fire", "civil_affairs", "cyberspace"},
				Resolutions: []string{[]string{"摸清底数，停止审批", "分类推进注销和转型", "开展联合集中整治", "对证照齐全机构全部进行合规审核"}[i]},
			})
	}
}

// xinpingSurveys keep both rates as they were printed; that of the students is
// not the one that its counts give.
func (c *county) xinpingSurveys() {
	survey := func(population string, respondents, fairly, very int, printed string) {
		c.act("2022-06-08", "jurisdiction.publish-survey", "", c.by(term.EducationDept, 3), paper("“双减”满意度问卷", ""), jurisdiction.PublishSurvey{
			Population: population, Respondents: respondents, PrintedRate: printed,
			Counts: map[string]int{"fairly_satisfied": fairly, "very_satisfied": very},
		})
	}
	survey("parents", 15737, 6808, 8600, "97.91")
	survey("students", 15366, 6944, 8422, "97.64")
}

func (c *county) xinpingWhite(converted, other []outfit) {
	batch := func(day, document string, list []outfit) {
		for _, o := range list {
			c.act(day, "listing.list-white", c.ref(o), c.by(term.EducationDept, 2), paper("列入白名单的决定", document), listing.ListWhite{DocumentNo: document})
		}
		c.act(later(day, 2), "jurisdiction.publish-list-batch", "", c.by(term.EducationDept, 3), paper("校外培训机构白名单", document),
			jurisdiction.PublishListBatch{List: term.White, Media: []string{"县人民政府网站"}})
	}
	for i, o := range other {
		c.supervise(o, later("2021-11-15", i), later("2022-05-16", i), later("2022-06-01", i))
	}
	batch("2022-06-07", "示例教体〔2022〕6号", other)
	batch("2022-09-13", "示例教体〔2022〕17号", converted)
}
