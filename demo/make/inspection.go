package main

import (
	"minglu/domain/figure"
	"minglu/domain/inspection"
	"minglu/domain/term"
)

// A check is one inspection that education leads.
type check struct {
	ref    string
	number string
	kind   term.InspectionKind
	theme  string
	from   string // the day on which it begins
	days   int    // how many days it takes
	with   []term.Department
	items  []inspection.AgencyItems
	source string // title of its papers; empty: that of a plan
}

func (k check) to() string { return later(k.from, k.days-1) }

// begin plans an inspection, a week before, and launches it.
func (c *county) begin(k check) {
	source := paper("检查方案", k.number)
	if k.source != "" {
		source.Title = k.source
	}
	by := c.by(term.EducationDept, 3)
	c.act(later(k.from, -7), "inspection.plan", k.ref, by, source, inspection.Plan{
		Kind: k.kind, Theme: k.theme, Number: k.number, Lead: c.agency(term.EducationDept), Agencies: c.agencies(k.with...), Items: k.items,
		Period: inspection.Period{From: on(k.from), To: on(k.to())},
	})
	c.act(k.from, "inspection.launch", k.ref, by, source, inspection.Launch{})
}

// count records visits of which the text gives no more than the number, or not
// even that. Which institutions they went to is not known.
func (c *county) count(k check, visits figure.Count, title string) {
	c.act(k.to(), "inspection.record-visit-count", k.ref, c.by(term.EducationDept, 1), paper(title, ""), inspection.RecordVisitCount{
		Visits: visits, Period: inspection.Period{From: on(k.from), To: on(k.to())},
	})
}

// end closes an inspection of which no text says that its result was published,
// and puts it away with that reason.
func (c *county) end(k check) {
	by := c.by(term.EducationDept, 3)
	c.act(k.to(), "inspection.close", k.ref, by, paper("检查总结", ""), inspection.Close{})
	c.act(k.to(), "inspection.conclude", k.ref, by, paper("检查总结", ""), inspection.Conclude{Reason: "来源未载检查结果是否公开"})
}

// visit records that two officers were at an institution; their agencies look at
// what the plan gives them.
func (c *county) visit(k check, day, institution string, officers []string) {
	c.act(day, "inspection.record-visit", k.ref, c.by(term.EducationDept, 1), paper("现场检查记录", ""), inspection.RecordVisit{
		Institution: named(institution), Officers: officers, Agencies: c.agenciesOf(officers), Signed: true,
	})
}

// find records a finding of a visit, a minor one: what is serious would be
// answered by the register itself, on the day on which the journal is read.
func (c *county) find(k check, day string, f inspection.RecordFinding) {
	f.Severity = term.SeverityMinor
	c.act(day, "inspection.record-finding", k.ref, c.by(term.EducationDept, 1), paper("现场检查记录", ""), f)
}

func (c *county) correctOnSite(k check, day string, finding int) {
	c.act(day, "inspection.correct-on-site", k.ref, c.by(term.EducationDept, 1), paper("现场检查记录", ""), inspection.CorrectOnSite{Finding: finding})
}

// publish closes an inspection and publishes its result within the period.
func (c *county) publish(ref, closed, published string) {
	by := c.by(term.EducationDept, 3)
	c.act(closed, "inspection.close", ref, by, paper("检查总结", ""), inspection.Close{})
	c.act(published, "inspection.publish-result", ref, by, paper("检查结果公示", ""), inspection.PublishResult{Media: []string{c.name + "人民政府网站"}})
	c.act(later(published, 3), "inspection.conclude", ref, by, paper("检查归档", ""), inspection.Conclude{})
}

// blockedExit and feesNotShown are findings with what they rest on.
func blockedExit(visit int, agency string) inspection.RecordFinding {
	return inspection.RecordFinding{Visit: visit, Item: term.ItemSafety, Basis: "消防法 第二十八条", Agency: agency, Facts: "疏散通道堆放杂物"}
}

func feesNotShown(visit int, agency string) inspection.RecordFinding {
	return inspection.RecordFinding{Visit: visit, Item: term.ItemFees, Basis: "民办教育促进法 第三十八条", Agency: agency, Facts: "收费公示牌内容不全"}
}
