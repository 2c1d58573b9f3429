package main

import (
	"fmt"

	"minglu/domain"
	"minglu/domain/figure"
	"minglu/domain/inspection"
	"minglu/domain/institution"
	"minglu/domain/jurisdiction"
	"minglu/domain/term"
)

var linyiNames = []string{
	"沂光", "蒙茵", "沭芽", "琅琅", "银麦", "凤仪", "枣花", "柳青", "榴园", "云蒙", "滨溪",
	"书蹊", "艺岚", "科禾", "跃动", "墨石", "青禾", "启帆", "彩陶", "星禾", "弦音", "拓界",
}

// linyiSix draw together once a year. The text names these six, its list ending
// with 等.
var linyiSix = []term.Department{
	term.EducationDept, term.CivilAffairsDept, term.HumanResources, term.Housing, term.MarketDept, term.Fire,
}

const linyiText = "临沂市2021年校外培训治理材料（地名由文号推断）"

// linyi is a prefecture, and that it is this one is inferred. Its text speaks of
// 2021 and names no institution; those of the register are invented.
func linyi() *county {
	c := &county{code: "371300", name: "临沂市", officer: "LY"}
	c.linyiOrganise()
	outfits := linyiNonSubject()
	for _, o := range outfits {
		c.found(o)
	}
	c.linyiMoratoria()
	c.linyiPrinted()
	applicants := c.linyiSweep(outfits)
	c.linyiDraws(append(outfits, applicants...))
	return c
}

func (c *county) linyiOrganise() {
	c.establish("2019-01-07", linyiSix...)
	c.hotline("2021-03-01", term.EducationDept, "0539-0000101")
	c.hotline("2021-03-01", term.MarketDept, "0539-0000102")
	c.letter("2021-08-25", term.NoticeToParents, "致家长的公开信")
	c.letter("2021-08-25", term.NoticeToInstitutions, "致培训机构的公开信")
}

func linyiNonSubject() (out []outfit) {
	for i, name := range linyiNames {
		category := threeCategories[i%3]
		began := later("2018-09-10", i*37)
		out = append(out, outfit{
			serial: i + 1, name: "临沂市" + name + categoryNames[category] + "培训中心（示例）", place: fmt.Sprintf("兰山街道示例路%d号", 5+4*i),
			began: began, scope: nonSubject(category), until: on(began).AddMonths(144).AddDays(-1).String(), civil: i%5 == 4, licences: term.TrainingPermit,
		})
	}
	return out
}

// linyiMoratoria are the three classes whose approval was stopped in 2021. The
// day is not printed; on the last one of the year they were in force at the
// latest. That on training of preschool children names no class and is of every
// one.
func (c *county) linyiMoratoria() {
	impose := func(title string, audience term.Audience, class term.Class) {
		c.act("2021-12-31", "jurisdiction.impose-moratorium", "", c.by(term.EducationDept, 3), domain.Source{
			Title: title, DatePrinted: "2021年", DateCorrected: "2021-12-31", Reason: "来源未印月日；按该年最后一日记，实际不晚于此日",
		}, jurisdiction.ImposeMoratorium{Class: class, Audiences: []term.Audience{audience}, DocumentNo: "来源未印文号"})
	}
	impose("停止审批面向义务教育阶段的学科类培训", term.Compulsory, term.Subject)
	impose("停止审批面向学龄前儿童的校外培训机构（不分类别）", term.Preschool, "")
	impose("停止审批面向普通高中学生的学科类校外培训机构", term.SeniorHigh, term.Subject)
}

// linyiPrinted are the fire trainings, held by late July, and the draws of the
// years before the register kept them.
func (c *county) linyiPrinted() {
	c.train("2021-07-31", "消防安全", figure.Of(13, term.Occasions), atLeast(2400, term.Persons))
	for year := 2019; year <= 2021; year++ {
		c.printed(year, term.Draws, "", "每年開展一次", figure.Of(1, term.Occasions), linyiText)
	}
}

// A place is one of the premises of the sweep.
type place struct {
	grid        int
	papers      term.Documents
	institution string // ref of one of the register; empty: none
	applicant   int    // serial of who applied for a licence after it; zero: nobody
	granted     bool
}

// linyiSweep surveys premises grid by grid: of nine, three have complete papers,
// six no licence; of those three apply and two are granted one. It returns the
// three, who are of the register from then on.
func (c *county) linyiSweep(outfits []outfit) (applicants []outfit) {
	k := check{
		ref: "LY-W21", number: "示例排查〔2021〕1号", kind: term.SweepInspection, theme: "网格化摸底排查", from: "2021-09-06", days: 19,
		with: []term.Department{term.MarketDept, term.Fire},
	}
	c.begin(k)
	for i, p := range []place{
		{grid: 1, papers: term.Complete, institution: c.ref(outfits[0])},
		{grid: 1, papers: term.RegisteredOnly, applicant: 101, granted: true},
		{grid: 1, papers: term.Neither},
		{grid: 2, papers: term.RegisteredOnly, applicant: 102, granted: true},
		{grid: 2, papers: term.Complete, institution: c.ref(outfits[6])},
		{grid: 2, papers: term.Neither},
		{grid: 3, papers: term.RegisteredOnly, applicant: 103},
		{grid: 3, papers: term.Complete, institution: c.ref(outfits[12])},
		{grid: 3, papers: term.RegisteredOnly},
	} {
		day := later(k.from, 1+2*i)
		if p.applicant != 0 {
			o := linyiApplicant(p.applicant, day)
			p.institution = c.ref(o)
			c.enter(o, "摸底排查台账")
			c.linyiApplies(o, p.granted)
			applicants = append(applicants, o)
		}
		c.survey(k, day, p)
	}
	by := c.by(term.EducationDept, 3)
	c.act(k.to(), "inspection.close", k.ref, by, paper("排查总结", ""), inspection.Close{})
	c.act(k.to(), "inspection.conclude", k.ref, by, paper("排查总结", ""), inspection.Conclude{Reason: "台账交属地办理，不另行公开"})
	return applicants
}

func (c *county) survey(k check, day string, p place) {
	s := inspection.SurveyPremises{
		Grid: fmt.Sprintf("示例网格%02d", p.grid), Address: "柳青街道示例路", Documents: p.papers, SeenActivity: p.papers != term.Neither,
	}
	if p.institution != "" {
		s.Institution = named(p.institution)
	}
	c.act(day, "inspection.survey-premises", k.ref, c.by(term.EducationDept, 1), paper("摸底排查台账", ""), s)
}

func linyiApplicant(serial int, began string) outfit {
	category := threeCategories[serial%3]
	return outfit{
		serial: serial, name: fmt.Sprintf("临沂市网格%d号%s培训部（示例）", serial, categoryNames[category]), place: "柳青街道示例路",
		began: began, scope: nonSubject(category), licences: term.TrainingPermit,
	}
}

// linyiApplies follows an applicant to the licence, or to its refusal.
func (c *county) linyiApplies(o outfit, granted bool) {
	ref, clerk, by := c.ref(o), c.by(term.EducationDept, 1), c.by(term.EducationDept, 2)
	applied, decided := later(o.began, 21), later(o.began, 56)
	c.act(applied, "institution.apply-for-licence", ref, clerk, paper("办证申请书", ""), institution.ApplyForLicence{
		Kind: o.licences, Class: o.scope.Class, Categories: o.scope.Categories, Audiences: o.scope.Audiences, Materials: []string{"申请书", "场所证明", "消防材料"},
	})
	c.act(later(applied, 4), "institution.accept-application", ref, clerk, paper("受理通知书", ""), institution.AcceptApplication{})
	if !granted {
		c.act(decided, "institution.refuse-licence", ref, by, paper("不予行政许可决定书", ""),
			institution.RefuseLicence{Grounds: []term.LicenceRefusal{term.RefusedForSafety}, Reason: "场所疏散条件不合格"})
		return
	}
	c.act(decided, "institution.grant-licence", ref, by, paper("办学许可证", string(c.licence(o))), institution.GrantLicence{
		Number: c.licence(o), Kind: o.licences, Class: o.scope.Class, Categories: o.scope.Categories, Audiences: o.scope.Audiences,
		ValidFrom: on(decided), ValidTo: on(decided).AddMonths(120).AddDays(-1),
	})
}
