package main

import (
	"fmt"

	"minglu/domain/institution"
	"minglu/domain/jurisdiction"
	"minglu/domain/listing"
	"minglu/domain/rule"
	"minglu/domain/term"
)

var beibeiNames = []string{"缙岭", "嘉陵滩", "温泉谷", "磨滩", "金刀峡"}

// beibei printed no baseline: its rate is undefined. Six places without licence
// and registration were closed in 2021, and four institutions left disputes
// behind. Of much else the text gives numbers alone.
func beibei() *county {
	c := &county{code: "500109", name: "北碚区", officer: "BB"}
	c.beibeiOrganise()
	outfits := beibeiNonSubject()
	for i, o := range outfits {
		c.found(o)
		c.supervise(o, later("2021-09-06", i), later("2022-03-14", i), later("2022-04-18", i))
	}
	last := c.beibeiConversion()
	c.beibeiUnlicensed()
	c.beibeiDivision()
	c.beibeiThematic()
	c.beibeiWarned()
	c.beibeiDisputes()
	c.beibeiPrinted()
	for _, o := range append(outfits, last) {
		c.inspect(o, 2026, "2026-06-24", term.Pass)
	}
	c.beibeiGrievances(outfits)
	c.beibeiAutumn(outfits)
	c.beibeiEscrow(outfits, "BB-014")
	c.beibeiLists(outfits, last)
	return c
}

func beibeiNonSubject() (out []outfit) {
	for i, name := range beibeiNames {
		category := threeCategories[i%3]
		began := later("2019-05-20", i*131)
		out = append(out, outfit{
			serial: i + 1, name: "北碚区" + name + categoryNames[category] + "培训中心（示例）", place: fmt.Sprintf("天生街道示例路%d号", 20+6*i),
			began: began, scope: nonSubject(category), until: on(began).AddMonths(144).AddDays(-1).String(),
			civil: i == 2, licences: term.TrainingPermit,
		})
	}
	return out
}

// beibeiConversion is the one subject institution of the demonstration, which
// turned to science before the window of 2022.
func (c *county) beibeiConversion() outfit {
	o := outfit{
		serial: 6, name: "北碚区北泉培训学校（示例）", place: "北温泉街道示例路8号", began: "2018-09-03", scope: subjectCompulsory,
		until: "2023-09-02", licences: term.SchoolLicence,
	}
	c.found(o)
	c.convert(o, "2021-11-29", rule.Scope{Class: term.NonSubject, Categories: []term.Category{term.ScienceTechnology}, Audiences: []term.Audience{term.Compulsory}},
		"示例碚教审〔2021〕9号", "2031-11-28")
	c.supervise(o, "2021-12-06", "2022-03-21", "2022-04-25")
	return o
}

// beibeiUnlicensed are the six places. Whether they were among the institutions
// that were interviewed is not printed.
func (c *county) beibeiUnlicensed() {
	for i := range 6 {
		ref := fmt.Sprintf("BB-P%d", i+1)
		found := later("2021-04-12", i*29)
		c.act(found, "institution.register", ref, c.by(term.EducationDept, 1), paper("包片排查台账", ""), institution.Register{
			Names: []string{fmt.Sprintf("示例无证培训点%d号", i+1)}, Kind: term.Premises, Mode: term.Offline,
			Address: fmt.Sprintf("龙凤桥街道示例小区%d栋", i+1), Class: term.Subject, Audiences: []term.Audience{term.Compulsory},
		})
		c.act(later(found, 5), "institution.stop-operation", ref, c.by(term.MarketDept, 11), paper("责令停止办学决定书", ""),
			institution.StopOperation{Basis: term.StopUnlicensed, Reason: "无证无照举办校外培训"})
	}
}

func (c *county) beibeiDivision() {
	for i, day := range []string{"2021-03-18", "2021-07-29", "2021-12-09"} {
		c.act(day, "jurisdiction.hold-joint-conference", "", c.by(term.EducationDept, 3), paper(fmt.Sprintf("第%d次部门联席会议纪要", i+1), ""),
			jurisdiction.HoldJointConference{Sequence: i + 1, Agencies: c.fifteen(), Resolutions: []string{"分片排查，限期整改"}})
	}
	for year := 2022; year <= 2026; year++ {
		c.window(year, term.Subject)
	}
	c.window(2026, term.NonSubject)
}

// window opens the annual inspection of a class, April to June. That of subject
// institutions is opened each year, as the text says, although there are none.
func (c *county) window(year int, class term.Class) {
	c.act(fmt.Sprintf("%d-03-25", year), "jurisdiction.open-annual-inspection", "", c.by(term.EducationDept, 3), paper(fmt.Sprintf("%d年度检查通知", year), ""),
		jurisdiction.OpenAnnualInspection{Year: year, Class: class, WindowFrom: on(fmt.Sprintf("%d-04-01", year)), WindowTo: on(fmt.Sprintf("%d-06-30", year))})
}

// fifteen are the member units of the conference.
func (c *county) fifteen() []string {
	var out []string
	for _, d := range term.Departments.Codes() {
		if d != string(term.Bank) && d != string(term.AuditorDept) && d != string(term.PlatformDept) {
			out = append(out, c.code+"-"+d)
		}
	}
	return out
}

// beibeiLists has four white institutions, one of which is under watch since
// October 2026, and a person who is black-listed after the whole procedure.
func (c *county) beibeiLists(outfits []outfit, converted outfit) {
	for _, o := range append(outfits[:3:3], converted) {
		c.act("2022-05-09", "listing.list-white", c.ref(o), c.by(term.EducationDept, 2), paper("列入白名单的决定", "示例碚教〔2022〕12号"),
			listing.ListWhite{DocumentNo: "示例碚教〔2022〕12号"})
	}
	c.act("2026-10-30", "listing.put-on-watch", c.ref(outfits[2]), c.by(term.EducationDept, 2), paper("限期整改通知书", "示例碚教改〔2026〕3号"),
		listing.PutUnderWatch{Reason: "消防通道占用，限期整改", Until: on("2027-01-29")})
	const person = "BB-N1"
	c.act("2026-02-26", "institution.register", person, c.by(term.EducationDept, 1), paper("现场检查记录", ""), institution.Register{
		Names: []string{"李某某（示例）"}, Kind: term.NaturalPerson, Mode: term.Offline, Address: "朝阳街道", Class: term.Subject,
		Audiences: []term.Audience{term.Compulsory},
	})
	c.act("2026-03-09", "listing.serve-black-notice", person, c.by(term.EducationDept, 1), paper("拟列入黑名单告知书", "示例碚教告〔2026〕1号"),
		listing.ServeBlackNotice{Grounds: []listing.Ground{
			{Code: term.B1, Facts: "在居民楼内无证无照举办学科类培训", Law: "民办教育促进法第六十四条"},
			{Code: term.B2, Facts: "以“住家教师”名义变相开展学科类培训", Law: "校外培训行政处罚暂行办法第十八条"},
		}})
	c.act("2026-03-11", "listing.record-statement", person, c.by(term.EducationDept, 1), paper("陈述申辩笔录", ""),
		listing.RecordStatement{Text: "承认事实，请求从轻"})
	c.act("2026-03-17", "listing.list-black", person, c.by(term.EducationDept, 2), paper("列入黑名单决定书", "示例碚教决〔2026〕1号"),
		listing.ListBlack{DocumentNo: "示例碚教决〔2026〕1号", Tier: term.Serious, PublishFrom: on("2026-03-20"),
			MinUntil: on("2027-03-20"), MaxUntil: on("2029-03-20"), ServeLater: true})
	c.act("2026-03-19", "listing.serve-decision", person, c.by(term.EducationDept, 1), paper("送达回证", ""),
		listing.ServeDecision{ServedOn: on("2026-03-19"), RepairNotice: true})
	c.act("2026-04-02", "jurisdiction.publish-list-batch", "", c.by(term.EducationDept, 3), paper("校外培训黑名单", "示例碚教〔2026〕4号"),
		jurisdiction.PublishListBatch{List: term.Black, Media: []string{"区人民政府网站"}})
}
