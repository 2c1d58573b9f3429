package main

import (
	"fmt"

	"minglu/domain"
	"minglu/domain/clock"
	"minglu/domain/inspection"
	"minglu/domain/jurisdiction"
	"minglu/domain/penalty"
	"minglu/domain/rectification"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// xinpingSeven took part in the campaign. The text counts seven departments and
// names the first five, its list ending with 等; health and civil affairs are
// this program's own choice.
var xinpingSeven = []term.Department{
	term.EducationDept, term.MarketDept, term.PublicSecurity, term.HumanResources, term.Fire,
	term.Health, term.CivilAffairsDept,
}

// xinpingFourteen are the units of the task force. The text gives their number
// alone. Education and sports are one bureau there.
var xinpingFourteen = append([]term.Department{
	term.CultureTourism, term.ScienceDept, term.UrbanManagement, term.Cyberspace, term.Housing, term.ApprovalBureau, term.AuditorDept,
}, xinpingSeven...)

// xinpingOrganise registers the seven departments and forms the task force.
func (c *county) xinpingOrganise() {
	c.establish("2021-01-04", xinpingSeven...)
	var members []jurisdiction.TaskForceMember
	for _, d := range xinpingFourteen {
		if d != term.EducationDept {
			members = append(members, jurisdiction.TaskForceMember{Agency: c.agency(d), Role: term.TaskForceAssist})
		}
	}
	c.act("2021-08-05", "jurisdiction.form-task-force", "", c.by(term.EducationDept, 3), paper("成立工作专班的通知（来源只载14个单位，单位为演示所设）", ""),
		jurisdiction.FormTaskForce{Name: "“双减”工作专班", Lead: c.agency(term.EducationDept), Members: members})
}

// xinpingSupervisory are the four supervisory checks. How many visits they had
// is not printed.
func (c *county) xinpingSupervisory() {
	for i, day := range []string{"2021-09-14", "2021-12-07", "2022-03-22", "2022-05-26"} {
		k := check{
			ref: fmt.Sprintf("XP-S%d", i+1), number: fmt.Sprintf("示例督查%d号", i+1), kind: term.SupervisoryInspection,
			theme: fmt.Sprintf("第%d次督促检查", i+1), from: day, days: 2,
		}
		c.begin(k)
		c.count(k, unknown(term.Visits), "督促检查记录（来源只载4次，未载检查所次）")
		c.end(k)
	}
}

// xinpingCampaign is the campaign of seven departments over five items. What it
// found is invented: at one institution something to correct, at another what
// was put right at once.
func (c *county) xinpingCampaign(converted, other []outfit) {
	k := check{
		ref: "XP-C1", number: "示例整治〔2022〕1号", kind: term.CampaignInspection, theme: "七部门集中整治", from: "2022-04-18", days: 12,
		with: xinpingSeven[1:], items: c.fiveItems(), source: "七部门集中整治方案（来源只列五个部门，卫健、民政为演示所设）",
	}
	c.begin(k)
	pairs := [][]string{c.pair(1, 31), c.pair(11, 41), c.pair(12, 51), c.pair(2, 61), c.pair(21, 32)}
	for i, o := range other {
		c.visit(k, later(k.from, i), c.ref(o), pairs[i])
	}
	c.visit(k, "2022-04-25", c.ref(converted[0]), c.pair(1, 11))
	c.find(k, k.from, blockedExit(1, c.agency(term.Fire)))
	c.find(k, "2022-04-25", feesNotShown(6, c.agency(term.MarketDept)))
	c.correctOnSite(k, "2022-04-25", 2)
	c.end(k)
	c.xinpingRectification(c.ref(other[0]), k.ref)
}

// fiveItems are the items of the campaign, each with those who look after it.
func (c *county) fiveItems() []inspection.AgencyItems {
	items := func(department term.Department, items ...term.CheckItem) inspection.AgencyItems {
		return inspection.AgencyItems{Agency: c.agency(department), Items: items}
	}
	return []inspection.AgencyItems{
		items(term.EducationDept, term.ItemQualification, term.ItemStaff, term.ItemFees),
		items(term.MarketDept, term.ItemQualification, term.ItemFees),
		items(term.PublicSecurity, term.ItemSafety),
		items(term.HumanResources, term.ItemStaff),
		items(term.Fire, term.ItemSafety),
		items(term.Health, term.ItemEpidemic),
		items(term.CivilAffairsDept, term.ItemQualification),
	}
}

// xinpingRectification is what followed the campaign, up to its close-out.
func (c *county) xinpingRectification(institution, campaign string) {
	const ref = "XP-R1"
	fire := c.by(term.Fire, 31)
	c.act("2022-04-20", "rectification.order", ref, fire, paper("责令限期改正通知书", "示例消改〔2022〕1号"), rectification.Order{
		Institution: named(institution), Source: named(campaign), Due: on("2022-05-10"), Basis: "消防法 第六十条", DocumentNo: "示例消改〔2022〕1号",
		Items: []rectification.OrderItem{{Item: string(term.ItemSafety), Text: "清理疏散通道并保持畅通", Severity: term.RectifyMinor}},
	})
	c.act("2022-05-05", "rectification.report", ref, fire, paper("整改报告", ""), rectification.Report{Items: []int{1}, Statement: "疏散通道已清理"})
	c.act("2022-05-09", "rectification.verify", ref, fire, paper("整改验收记录", ""), rectification.Verify{Items: []int{1}, Officers: c.pair(31, 32)})
	c.act("2022-05-24", "rectification.follow-up", ref, fire, paper("回头看记录", ""), rectification.FollowUp{Result: term.FollowUpHeld})
	c.act("2022-05-25", "rectification.close-out", ref, fire, paper("销号登记", ""), rectification.CloseOut{})
}

// xinpingPenalty is a case of 2025 against somebody who taught subjects under the
// name of housekeeping (家政服务), from the lead to the end and until no remedy is
// left. The party is none of the institutions of the printed figures, and no
// natural person.
func (c *county) xinpingPenalty() {
	const ref, document = "XP-A1", "示例教体罚〔2025〕1号"
	handler, decider := c.by(term.EducationDept, 1), c.by(term.EducationDept, 3)
	step := func(day, act string, by actor, title string, body any) {
		c.act(day, "penalty."+act, ref, by, paper(title, ""), body)
	}
	acted := penalty.Days{From: on("2025-02-15"), To: on("2025-03-08")}
	step("2025-03-10", "allege", handler, "线索登记表", penalty.Allege{
		SourceKind: term.FromSweep, Premises: "桂山街道示例路", SubjectType: term.OrganisationParty, Variant: term.Variant1, Disguise: term.Housekeeping,
		Committed: acted, Discovered: on("2025-03-08"), Facts: "以提供家政服务的名义上门开展学科类培训并收取费用",
	})
	step("2025-03-14", "file", handler, "立案审批表", penalty.File{Officers: c.pair(1, 2), Basis: "校外培训行政处罚暂行办法 第十八条"})
	sanction := rule.Sanction{Kinds: []term.PenaltyKind{term.WarningPenalty, term.Fine}, FineFen: 800_000, RefundFen: 1_260_000}
	step("2025-04-08", "serve-prior-notice", handler, "行政处罚事先告知书", penalty.ServePriorNotice{
		Content: "拟责令停止培训、退还所收费用，予以警告并处罚款8000元", Facts: "2025年2月至3月以家政服务名义有偿开展学科类培训", Reasons: "情节严重，主动配合调查",
		Basis:  []domain.Basis{{Statute: "校外培训行政处罚暂行办法", Article: "第十八条"}},
		Rights: []term.PartyRight{term.RightToState, term.RightToDefend}, Proposed: sanction,
	})
	step("2025-04-11", "record-statement", handler, "陈述申辩笔录", penalty.RecordStatement{Text: "承认事实，请求从轻", Reviewed: "拟作出的处罚已考虑从轻情节"})
	step("2025-04-16", "pass-legal-review", c.by(term.EducationDept, 4), "法制审核意见书", penalty.PassLegalReview{By: c.number(4)})
	step("2025-04-18", "decide", decider, "行政处罚决定书", penalty.Penalise{
		Sanction: sanction, Contravened: []penalty.Contravention{{Statute: "校外培训行政处罚暂行办法", Article: "第十八条", On: acted.To}},
		Correction: penalty.CorrectionOrder{Text: "立即停止培训，退还所收费用", Due: on("2025-05-18")}, Document: document, Reasons: "事实清楚，证据充分",
	})
	step("2025-04-21", "serve-decision", handler, "送达回证", penalty.ServeDecision{RepairNotice: true})
	step("2025-04-25", "publish", decider, "行政处罚决定公示", penalty.Publish{From: on("2025-04-25"), ShownAs: "新平县某家政服务部（示例）"})
	step("2025-04-29", "record-performance", handler, "缴款凭证", penalty.RecordPerformance{Kind: term.DutyFine, AmountFen: sanction.FineFen})
	step("2025-05-09", "record-performance", handler, "退费凭证", penalty.RecordPerformance{Kind: term.DutyRefund, AmountFen: sanction.RefundFen})
	step("2025-05-12", "close", decider, "结案审批表", penalty.Close{})
	office := actor{Agency: c.agency(term.JointConferenceOffice)}
	lapse := func(key term.Clock, due string) {
		step(later(due, 1), "miss-deadline", office, "期限届满登记", penalty.MissDeadline{Missing: clock.Missing{Clock: key, Due: on(due)}})
	}
	lapse(term.ReconsiderationRequest, "2025-06-20")
	lapse(term.LitigationRequest, "2025-10-21")
}
