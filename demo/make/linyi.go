package main

import (
	"fmt"

	"minglu/domain"
	"minglu/domain/figure"
	"minglu/domain/inspection"
	"minglu/domain/institution"
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
	granted := c.linyiSweep(outfits)
	c.linyiDraws(append(outfits, granted...))
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
// day is not printed; the last one of the year is when they were in force at the
// latest.
func (c *county) linyiMoratoria() {
	source := domain.Source{
		Title: "停止审批三类培训机构", DatePrinted: "2021年", DateCorrected: "2021-12-31", Reason: "来源未印月日；按该年最后一日记，实际不晚于此日",
	}
	impose := func(class term.Class, audience term.Audience) {
		stop := stopped{Class: class, Audiences: []term.Audience{audience}, DocumentNo: "来源未印文号"}
		c.act("2021-12-31", "jurisdiction.impose-moratorium", "", c.by(term.EducationDept, 3), source, stop)
	}
	impose(term.Subject, term.Compulsory)
	impose("", term.Preschool)
	impose(term.Subject, term.SeniorHigh)
}

// stopped is jurisdiction.ImposeMoratorium as it is written where the moratorium
// is of every class: without one.
type stopped struct {
	Class      term.Class      `json:"class,omitempty"`
	Audiences  []term.Audience `json:"audiences"`
	DocumentNo string          `json:"document_no"`
}

// linyiPrinted are the fire trainings, held by late July, and the draws of the
// years before the register kept them.
func (c *county) linyiPrinted() {
	c.train("2021-07-31", "消防安全", figure.Of(13, term.Occasions), atLeast(2400, term.Persons))
	for year := 2019; year <= 2021; year++ {
		c.printed(year, term.Draws, "", "每年開展一次", figure.Of(1, term.Occasions), linyiText)
	}
}

// A place is one of the premises of the sweep, and what became of it.
type place struct {
	grid    int
	papers  term.Documents
	ref     string // of an institution; empty: the place alone is on record
	outcome outcome
}

// An outcome is how far somebody without a licence came.
type outcome int

const (
	none outcome = iota
	refused
	granted
)

// linyiSweep surveys premises grid by grid: of nine, three hold papers, six have
// no licence; of those three apply and two are granted one. It returns the two.
func (c *county) linyiSweep(outfits []outfit) (licensed []outfit) {
	k := check{
		ref: "LY-W21", number: "示例排查〔2021〕1号", kind: term.SweepInspection, theme: "网格化摸底排查", from: "2021-09-06", days: 19,
		with: []term.Department{term.MarketDept, term.Fire},
	}
	c.begin(k)
	for i, p := range []place{
		{1, term.Complete, c.ref(outfits[0]), none}, {1, term.RegisteredOnly, "LY-101", granted}, {1, term.Neither, "", none},
		{2, term.RegisteredOnly, "LY-102", granted}, {2, term.Complete, c.ref(outfits[6]), none}, {2, term.Neither, "", none},
		{3, term.RegisteredOnly, "LY-103", refused}, {3, term.Complete, c.ref(outfits[12]), none}, {3, term.RegisteredOnly, "", none},
	} {
		day := later(k.from, 1+2*i)
		if p.outcome != none {
			o := c.linyiApplicant(i, day)
			c.enter(p.ref, o, "摸底排查台账")
			if c.linyiApplies(p, o); p.outcome == granted {
				licensed = append(licensed, o)
			}
		}
		c.survey(k, day, p)
	}
	c.act(k.to(), "inspection.close", k.ref, c.by(term.EducationDept, 3), paper("排查总结", ""), inspection.Close{})
	c.act(k.to(), "inspection.conclude", k.ref, c.by(term.EducationDept, 3), paper("排查总结", ""), inspection.Conclude{Reason: "台账交属地办理，不另行公开"})
	return licensed
}

func (c *county) survey(k check, day string, p place) {
	s := inspection.SurveyPremises{
		Grid: fmt.Sprintf("示例网格%02d", p.grid), Address: "柳青街道示例路", Documents: p.papers, SeenActivity: p.papers != term.Neither,
	}
	if p.ref != "" {
		s.Institution = named(p.ref)
	}
	c.act(day, "inspection.survey-premises", k.ref, c.by(term.EducationDept, 1), paper("摸底排查台账", ""), s)
}

func (c *county) linyiApplicant(i int, began string) outfit {
	category := threeCategories[i%3]
	return outfit{
		serial: 100 + map[int]int{1: 1, 3: 2, 6: 3}[i], name: fmt.Sprintf("临沂市网格%d号%s培训部（示例）", i+1, categoryNames[category]),
		place: "柳青街道示例路", began: began, scope: nonSubject(category), licences: term.TrainingPermit,
	}
}

// linyiApplies follows an applicant to the licence, or to its refusal.
func (c *county) linyiApplies(p place, o outfit) {
	applied, decided := later(o.began, 21), later(o.began, 56)
	c.act(applied, "institution.apply-for-licence", p.ref, c.by(term.EducationDept, 1), paper("办证申请书", ""), institution.ApplyForLicence{
		Kind: o.licences, Class: o.scope.Class, Categories: o.scope.Categories, Audiences: o.scope.Audiences, Materials: []string{"申请书", "场所证明", "消防材料"},
	})
	c.act(later(applied, 4), "institution.accept-application", p.ref, c.by(term.EducationDept, 1), paper("受理通知书", ""), institution.AcceptApplication{})
	by := c.by(term.EducationDept, 2)
	if p.outcome == refused {
		c.act(decided, "institution.refuse-licence", p.ref, by, paper("不予行政许可决定书", ""),
			institution.RefuseLicence{Grounds: []term.LicenceRefusal{term.RefusedForSafety}, Reason: "场所疏散条件不合格"})
		return
	}
	c.act(decided, "institution.grant-licence", p.ref, by, paper("办学许可证", string(c.licence(o))), institution.GrantLicence{
		Number: c.licence(o), Kind: o.licences, Class: o.scope.Class, Categories: o.scope.Categories, Audiences: o.scope.Audiences,
		ValidFrom: on(decided), ValidTo: on(decided).AddMonths(120).AddDays(-1),
	})
}
