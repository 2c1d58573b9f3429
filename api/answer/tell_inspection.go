package answer

import (
	"fmt"
	"strings"

	"minglu/domain"
	"minglu/domain/figure"
	"minglu/domain/inspection"
	"minglu/domain/term"
)

func tellInspection(add func(string, line)) {
	tellInspectionPlan(add)
	tellDraw(add)
	tellOnSite(add)
	tellResult(add)
	add(tell(func(e inspection.DeadlineMissed) domain.Text { return ranOut(e.Missing) }))
	add(tell(func(e inspection.Corrected) domain.Text { return corrected(e.Correction) }))
	add(tell(func(e inspection.Annulled) domain.Text { return annulled(e.Annulment) }))
}

func tellInspectionPlan(add func(string, line)) {
	add(tell(func(e inspection.Planned) domain.Text {
		k, lead := e.Kind.Label(), AgencyName(e.Lead)
		t := domain.Text{ZH: fmt.Sprintf("计划%s“%s”", k.ZH, e.Theme), EN: fmt.Sprintf("Planned: %s %q", k.EN, e.Theme)}
		if e.Number != "" {
			t.ZH, t.EN = t.ZH+"（"+e.Number+"）", t.EN+" ("+e.Number+")"
		}
		t.ZH += fmt.Sprintf("，%s 至 %s，牵头：%s", written(e.Period.From), written(e.Period.To), lead.ZH)
		t.EN += fmt.Sprintf(", from %s to %s, led by %s", e.Period.From, e.Period.To, lead.EN)
		if len(e.Agencies) > 0 {
			with := agencyNames(e.Agencies)
			t.ZH, t.EN = t.ZH+"，参加："+with.ZH, t.EN+", with "+with.EN
		}
		for _, tier := range e.Tiers {
			name := tierName(tier.Name)
			t.ZH += "，" + name.ZH + "抽查比例 " + tier.Rate.String()
			t.EN += ", " + tier.Rate.String() + " of " + name.EN
		}
		return stop(t)
	}))
	add(tell(func(e inspection.Launched) domain.Text {
		k := e.Kind.Label()
		return domain.Text{ZH: "启动检查（" + k.ZH + "）。", EN: "Launched: " + k.EN + "."}
	}))
}

// tierName is the word for a part of the population of a draw.
func tierName(name string) domain.Text {
	if name == inspection.Everyone {
		return domain.Text{ZH: "全部机构", EN: "all institutions"}
	}
	return term.RiskTiers.Label(name)
}

func tellDraw(add func(string, line)) {
	add(tell(func(e inspection.SeedCommitted) domain.Text {
		return domain.Say("公布抽取种子的承诺 %s，种子在抽取时公开。", "Commitment of the seed of the draw published: %s; the seed follows with the draw.", e.Commitment)
	}))
	add(tell(func(e inspection.DrawHeld) domain.Text {
		t := domain.Say("双随机抽取：名录 %d 家（冻结于序号 %d），抽中 %d 家，已匹配检查人员 %d 家；种子已公开，可以复算",
			"Draw held: of %d institutions (frozen at position %d) %d are drawn, %d have inspectors; the seed is open and anybody can make the draw again",
			e.N, e.PopulationSeq, len(e.Drawn), len(e.Inspectors))
		if n := len(e.Recusals); n > 0 {
			t.ZH += fmt.Sprintf("；回避 %d 人", n)
			t.EN += fmt.Sprintf("; %d recusals", n)
		}
		return stop(t)
	}))
	add(tell(func(e inspection.InspectorsAssigned) domain.Text {
		t := domain.Text{ZH: "按抽取结果确定检查人员：" + strings.Join(e.Officers, "、"), EN: "Inspectors assigned as drawn: " + strings.Join(e.Officers, ", ")}
		for _, r := range e.Recusals {
			t.ZH += fmt.Sprintf("；%s 回避（%s）", r.Officer, r.Reason)
			t.EN += fmt.Sprintf("; %s withdrew (%s)", r.Officer, r.Reason)
		}
		return stop(t)
	}))
	add(tell(func(e inspection.OfficerRecused) domain.Text {
		return because(domain.Say("检查人员 %s 回避", "Officer %s withdrew", e.Officer), e.Reason)
	}))
}

func tellOnSite(add func(string, line)) {
	add(tell(func(e inspection.VisitRecorded) domain.Text {
		items := labels(e.Items)
		t := domain.Text{ZH: fmt.Sprintf("第 %d 次现场检查", e.Visit), EN: fmt.Sprintf("Visit %d", e.Visit)}
		if e.Covert {
			t = domain.Text{ZH: fmt.Sprintf("第 %d 次暗访", e.Visit), EN: fmt.Sprintf("Covert visit %d", e.Visit)}
		}
		if e.Premises != "" {
			t.ZH, t.EN = t.ZH+"，场所："+e.Premises, t.EN+" to "+e.Premises
		}
		t.ZH += "，检查人员：" + strings.Join(e.Officers, "、") + "，事项：" + items.ZH
		t.EN += " by " + strings.Join(e.Officers, ", ") + ", items: " + items.EN
		if e.Signed {
			t.ZH, t.EN = t.ZH+"，记录已签字", t.EN+"; the record is signed"
		}
		return stop(t)
	}))
	add(tell(func(e inspection.VisitCountRecorded) domain.Text {
		distinct := figure.Count{Precision: term.UnknownCount}
		if e.Distinct != nil {
			distinct = *e.Distinct
		}
		n := visitsTo(e.Visits, distinct)
		t := domain.Text{
			ZH: fmt.Sprintf("补记（%s 至 %s）：%s", written(e.Period.From), written(e.Period.To), n.ZH),
			EN: fmt.Sprintf("Counted from %s to %s: %s", e.Period.From, e.Period.To, n.EN),
		}
		if e.Checks != nil {
			c := counted(*e.Checks)
			t.ZH, t.EN = t.ZH+"，检查活动"+c.ZH, t.EN+", in checks: "+c.EN
		}
		return stop(t)
	}))
	add(tell(func(e inspection.FindingRecorded) domain.Text {
		item, severity := e.Item.Label(), e.Severity.Label()
		t := domain.Text{
			ZH: fmt.Sprintf("第 %d 次检查，%s：%s", e.Visit, item.ZH, severity.ZH),
			EN: fmt.Sprintf("Visit %d, %s: %s", e.Visit, item.EN, severity.EN),
		}
		if e.Variant != "" {
			v := e.Variant.Label()
			t.ZH, t.EN = t.ZH+"（"+v.ZH+"）", t.EN+" ("+v.EN+")"
		}
		if e.Facts != "" {
			t.ZH, t.EN = t.ZH+"，"+e.Facts, t.EN+", "+e.Facts
		}
		if e.Basis != "" {
			t.ZH, t.EN = t.ZH+"，依据："+e.Basis, t.EN+", basis: "+e.Basis
		}
		return stop(t)
	}))
	add(tell(func(e inspection.CorrectedOnSite) domain.Text {
		item := e.Item.Label()
		return domain.Text{ZH: fmt.Sprintf("第 %d 号问题（%s）当场改正。", e.Finding, item.ZH), EN: fmt.Sprintf("Finding %d (%s) was put right on site.", e.Finding, item.EN)}
	}))
	add(tell(func(e inspection.PremisesSurveyed) domain.Text {
		d := e.Documents.Label()
		t := domain.Text{ZH: fmt.Sprintf("摸排场所：%s，%s，%s", e.Grid, e.Address, d.ZH), EN: fmt.Sprintf("Premises surveyed: %s, %s, %s", e.Grid, e.Address, d.EN)}
		if e.SeenActivity {
			return stop(domain.Text{ZH: t.ZH + "，现场有培训活动", EN: t.EN + ", training was going on"})
		}
		return stop(domain.Text{ZH: t.ZH + "，现场没有培训活动", EN: t.EN + ", no training was going on"})
	}))
}

func tellResult(add func(string, line)) {
	add(tell(func(e inspection.Closed) domain.Text {
		s := summaryWords(e.Summary)
		t := domain.Text{ZH: "检查结束：" + s.ZH, EN: "Closed: " + s.EN}
		if n := len(e.Unvisited); n > 0 {
			t.ZH += fmt.Sprintf("，抽中而未检查 %d 家", n)
			t.EN += fmt.Sprintf(", drawn and not visited: %d", n)
		}
		return stop(t)
	}))
	add(tell(func(e inspection.ResultPublished) domain.Text {
		s := summaryWords(e.Summary)
		return stop(domain.Text{
			ZH: "公开检查结果（" + strings.Join(e.Media, "、") + "）：" + s.ZH,
			EN: "Result published (" + strings.Join(e.Media, ", ") + "): " + s.EN,
		})
	}))
	add(tell(func(e inspection.Replied) domain.Text {
		return stop(domain.Text{ZH: "机构回应（未经核实）：" + e.Text, EN: "The institution replies (not verified): " + e.Text})
	}))
	add(tell(func(e inspection.Concluded) domain.Text {
		return because(domain.Text{ZH: "检查归档", EN: "Concluded"}, e.Reason)
	}))
}

// visitsTo writes how many visits there were, and apart from it to how many
// institutions, each as exactly as it is known.
func visitsTo(visits, distinct figure.Count) domain.Text {
	v, d := counted(visits), counted(distinct)
	if distinct.Precision == term.UnknownCount {
		return domain.Text{ZH: "检查" + v.ZH + "，涉及家数不详", EN: v.EN + ", to how many institutions is not known"}
	}
	return domain.Text{ZH: "检查" + v.ZH + "，涉及" + d.ZH, EN: v.EN + " to " + d.EN}
}

// summaryWords writes what an inspection came to.
func summaryWords(s inspection.Summary) domain.Text {
	n := visitsTo(s.Visits, s.Distinct)
	t := domain.Text{
		ZH: fmt.Sprintf("%s，发现问题 %d 项，其中严重 %d 项，当场改正 %d 项", n.ZH, s.Findings, s.Serious, s.Corrected),
		EN: fmt.Sprintf("%s, findings: %d, serious: %d, put right on site: %d", n.EN, s.Findings, s.Serious, s.Corrected),
	}
	if s.Surveys > 0 {
		t.ZH += fmt.Sprintf("，摸排场所 %d 处", s.Surveys)
		t.EN += fmt.Sprintf(", premises surveyed: %d", s.Surveys)
	}
	return t
}
