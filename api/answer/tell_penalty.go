package answer

import (
	"fmt"
	"strings"

	"minglu/domain"
	"minglu/domain/penalty"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func tellPenalty(add func(string, line)) {
	tellCase(add)
	tellCaseRights(add)
	tellCaseDecision(add)
	tellCasePublicity(add)
	tellCaseRemedies(add)
	add(tell(func(e penalty.ReferredToPolice) domain.Text {
		return byDocument(domain.Text{ZH: "涉嫌犯罪，移送公安机关", EN: "A suspected crime was referred to the police"}, e.Document)
	}))
	add(tell(func(e penalty.AccountabilityReferred) domain.Text {
		return because(domain.Say("移送问责：%s", "Referred for accountability to %s", e.Body), e.Reason)
	}))
	add(tell(func(e penalty.PersonalDataRead) domain.Text { return unsealed(e.Unsealing) }))
	add(tell(func(e penalty.PersonalDataErased) domain.Text { return erasedByLaw(e.Erasure) }))
	add(tell(func(e penalty.DeadlineMissed) domain.Text { return ranOut(e.Missing) }))
	add(tell(func(e penalty.Corrected) domain.Text { return corrected(e.Correction) }))
	add(tell(func(e penalty.Annulled) domain.Text { return annulled(e.Annulment) }))
}

func tellCase(add func(string, line)) {
	add(tell(func(e penalty.ViolationAlleged) domain.Text {
		from, days := e.SourceKind.Label(), daysOf(e.Committed)
		t := domain.Text{ZH: "登记违法线索（" + from.ZH + "），行为时间：" + days.ZH, EN: "Violation alleged (" + from.EN + "), committed " + days.EN}
		if e.Variant != "" {
			v := e.Variant.Label()
			t.ZH += "，" + v.ZH
			t.EN += ", " + v.EN
		}
		if e.Disguise != "" {
			d := e.Disguise.Label()
			t.ZH += "，名目：" + d.ZH
			t.EN += ", under the name of " + d.EN
		}
		return stop(t)
	}))
	add(tell(func(e penalty.Filed) domain.Text {
		return stop(domain.Say("立案，依据：%s；调查人员 %d 名", "The case was filed on %s; %d officers investigate", e.Basis, len(e.Officers)))
	}))
	add(tell(func(e penalty.Transferred) domain.Text {
		to := AgencyName(e.To)
		t := domain.Text{ZH: "案件移送" + to.ZH, EN: "The case was transferred to " + to.EN}
		if e.Outside {
			t.ZH += "，由其在所在辖区另行办理"
			t.EN += ", which takes it up in its own division"
		}
		return because(t, e.Reason)
	}))
	add(tell(func(e penalty.JurisdictionAssigned) domain.Text {
		to, by := AgencyName(e.Agency), AgencyName(e.By)
		return because(domain.Text{ZH: by.ZH + "指定" + to.ZH + "办理", EN: by.EN + " assigned the case to " + to.EN}, e.Reason)
	}))
	add(tell(func(e penalty.OfficerRecused) domain.Text {
		t := domain.Say("%s 回避本案", "Officer %s was recused", e.Officer)
		if e.Replacement != "" {
			t.ZH += "，由 " + e.Replacement + " 替换"
			t.EN += " and replaced by " + e.Replacement
		}
		return because(t, e.Reason)
	}))
	add(tell(func(e penalty.InformalMeasureTaken) domain.Text {
		k := e.Kind.Label()
		t := domain.Text{ZH: "采取非处罚措施：" + k.ZH, EN: "Informal measure: " + k.EN}
		if e.Note != "" {
			t.ZH += "，" + e.Note
			t.EN += ", " + e.Note
		}
		return stop(t)
	}))
	add(tell(func(e penalty.Closed) domain.Text {
		as := e.As.Label()
		return because(domain.Text{ZH: "结案：" + as.ZH, EN: "Case closed: " + as.EN}, e.Reason)
	}))
}

// daysOf writes the days of an act.
func daysOf(d penalty.Days) domain.Text {
	if d.Last() == d.From {
		return domain.Text{ZH: written(d.From), EN: "on " + d.From.String()}
	}
	return domain.Text{ZH: written(d.From) + " 至 " + written(d.To), EN: "from " + d.From.String() + " to " + d.To.String()}
}

func tellCaseRights(add func(string, line)) {
	add(tell(func(e penalty.PriorNoticeServed) domain.Text {
		s, rights := sanctionWords(e.Proposed), labels(e.Rights)
		return stop(domain.Text{ZH: "送达处罚事先告知书，拟" + s.ZH + "；告知权利：" + rights.ZH, EN: "Prior notice served, proposed: " + s.EN + "; rights: " + rights.EN})
	}))
	add(tell(func(e penalty.StatementRecorded) domain.Text {
		t := domain.Text{ZH: "当事人作了陈述申辩，已复核", EN: "The party made its statement, which was reviewed"}
		if e.Adopted {
			t.ZH += "并采纳"
			t.EN += " and adopted"
		}
		return stop(t)
	}))
	add(tell(func(penalty.StatementWaived) domain.Text {
		return domain.Text{ZH: "当事人明确放弃陈述申辩。", EN: "The party waived its statement."}
	}))
	add(tell(func(e penalty.HearingRequested) domain.Text {
		t := domain.Text{ZH: "当事人申请听证", EN: "The party asked for a hearing"}
		if e.NotCounted {
			t.ZH += "，听证期间不计入办案期限"
			t.EN += ", whose time is not counted"
		}
		return stop(t)
	}))
	add(tell(func(e penalty.HearingWithdrawn) domain.Text {
		return byDocument(domain.Text{ZH: "当事人撤回听证申请", EN: "The party withdrew its request for a hearing"}, e.Document)
	}))
	add(tell(func(e penalty.HearingNotified) domain.Text {
		return stop(domain.Say("通知听证：%[1]s，%[2]s", "Hearing notified for %[3]s, %[2]s", written(e.On), e.Place, e.On))
	}))
	add(tell(func(e penalty.HearingHeld) domain.Text {
		t := domain.Text{ZH: "举行听证", EN: "The hearing was held"}
		if e.Absent {
			t = domain.Text{ZH: "当事人无正当理由未出席，视为放弃听证", EN: "The party stayed away without good reason and gave the hearing up"}
		}
		return byDocument(t, e.Record)
	}))
	add(tell(func(e penalty.LegalReviewPassed) domain.Text {
		return stop(domain.Say("通过法制审核（%s）", "The legal review passed (%s)", e.By))
	}))
	add(tell(func(e penalty.Extended) domain.Text {
		return because(domain.Say("办案期限延长至 %[1]s，依据：%[2]s", "The period to decide is extended until %[3]s by %[2]s", written(e.Until), e.Rule, e.Until), e.Reason)
	}))
}

// sanctionWords writes what is decided: kinds, amounts and terms.
func sanctionWords(s rule.Sanction) domain.Text {
	var zh, en []string
	for _, k := range s.Kinds {
		t := sanctionPart(s, k)
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	if s.RefundFen > 0 {
		y := yuan(s.RefundFen)
		zh, en = append(zh, "责令退费 "+y.ZH), append(en, "refund of "+y.EN)
	}
	return domain.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// sanctionPart writes one kind with the amount or term that belongs to it.
func sanctionPart(s rule.Sanction, k term.PenaltyKind) domain.Text {
	t := k.Label()
	switch {
	case k == term.Fine:
		y := yuan(s.FineFen)
		return domain.Text{ZH: t.ZH + " " + y.ZH, EN: t.EN + " of " + y.EN}
	case k == term.ConfiscateIncome, k == term.ConfiscateGoods && s.ConfiscatedFen > 0 && !s.Has(term.ConfiscateIncome):
		y := yuan(s.ConfiscatedFen)
		return domain.Text{ZH: t.ZH + " " + y.ZH, EN: t.EN + " of " + y.EN}
	case k == term.PracticeBar && s.BarForLife:
		return domain.Text{ZH: t.ZH + "（终身）", EN: t.EN + " for life"}
	case k == term.PracticeBar:
		return domain.Text{ZH: fmt.Sprintf("%s %d 年", t.ZH, s.BarYears), EN: fmt.Sprintf("%s of %d years", t.EN, s.BarYears)}
	}
	return t
}

// provisionWords writes articles with the editions that were in force.
func provisionWords(list []rule.Provision) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = "《" + p.Statute + "》"
		if p.Version != "" {
			out[i] += "（" + p.Version + "）"
		}
		out[i] += p.Article
	}
	return strings.Join(out, "、")
}

func tellCaseDecision(add func(string, line)) {
	add(tell(func(e penalty.Decided) domain.Text {
		s, p := sanctionWords(e.Sanction), e.Procedure.Label()
		t := domain.Text{
			ZH: "作出处罚决定（" + p.ZH + "）：" + s.ZH + "；违反" + provisionWords(e.Contravened) + "；责令改正：" + e.Correction.Text,
			EN: "Penalty decided (" + p.EN + "): " + s.EN + "; contravened: " + provisionWords(e.Contravened) + "; to correct: " + e.Correction.Text,
		}
		if e.Correction.Due != 0 {
			t.ZH += "，期限至 " + e.Correction.Due.String()
			t.EN += ", until " + e.Correction.Due.String()
		}
		if len(e.Aggravation) > 0 {
			a := labels(e.Aggravation)
			t.ZH += "；从重情节：" + a.ZH
			t.EN += "; aggravated: " + a.EN
		}
		return byDocument(t, e.Document)
	}))
	add(tell(func(e penalty.NoPenaltyDecided) domain.Text {
		g := e.Ground.Label()
		return because(domain.Text{ZH: "决定不予处罚：" + g.ZH, EN: "No penalty: " + g.EN}, e.Reasons)
	}))
	add(tell(func(e penalty.DecisionServed) domain.Text {
		t := domain.Say("处罚决定书于 %s 送达", "The decision was served on %[2]s", written(e.ServedOn), e.ServedOn)
		if e.RepairNotice {
			t.ZH += "，同时送达信用修复告知书"
			t.EN += " together with the notice of credit repair"
		}
		return stop(t)
	}))
	add(tell(func(e penalty.Performed) domain.Text {
		k := e.Kind.Label()
		t := domain.Text{ZH: "履行处罚：" + k.ZH, EN: "Performed: " + k.EN}
		if e.AmountFen > 0 {
			y := yuan(e.AmountFen)
			t.ZH += " " + y.ZH
			t.EN += ", " + y.EN
		}
		if e.Complete {
			t.ZH += "，处罚全部履行完毕"
			t.EN += "; nothing is left to do"
		}
		return stop(t)
	}))
	add(tell(func(e penalty.SurchargeLevied) domain.Text {
		y := yuan(e.AmountFen)
		return domain.Text{
			ZH: fmt.Sprintf("逾期 %d 日，加处罚款累计 %s。", e.Days, y.ZH),
			EN: fmt.Sprintf("%d days late: the surcharge is %s in all.", e.Days, y.EN),
		}
	}))
}

func tellCasePublicity(add func(string, line)) {
	add(tell(func(e penalty.Published) domain.Text {
		s, tier := sanctionWords(e.Sanction), e.Tier.Label()
		t := domain.Text{
			ZH: fmt.Sprintf("公示处罚决定：%s；违反%s；公示等级：%s，公示 %s 至 %s", s.ZH, provisionWords(e.Contravened), tier.ZH, written(e.From), written(e.MaxUntil)),
			EN: fmt.Sprintf("Penalty published: %s; contravened: %s; tier: %s, from %s to %s", s.EN, provisionWords(e.Contravened), tier.EN, e.From, e.MaxUntil),
		}
		for _, r := range e.Remedies {
			w := remedyWords(r)
			t.ZH += "；" + w.ZH
			t.EN += "; " + w.EN
		}
		return byDocument(t, e.Document)
	}))
	add(tell(func(e penalty.PublicationWithdrawn) domain.Text {
		c := e.Cause.Label()
		return because(domain.Text{ZH: "撤回处罚决定的公示（" + e.Document + "，" + c.ZH + "）", EN: "Publication withdrawn (" + e.Document + ", " + c.EN + ")"}, e.Reason)
	}))
}

// remedyWords writes how a remedy stands.
func remedyWords(r penalty.RemedyStatus) domain.Text {
	k := r.Kind.Label()
	if r.Outcome == "" {
		t := domain.Text{ZH: k.ZH + "进行中", EN: k.EN + " under way"}
		if r.Stayed {
			t.ZH += "，停止执行"
			t.EN += ", execution stayed"
		}
		return t
	}
	o := r.Outcome.Label()
	return domain.Text{ZH: k.ZH + "结果：" + o.ZH, EN: k.EN + ": " + o.EN}
}

func tellCaseRemedies(add func(string, line)) {
	add(tell(func(e penalty.Revoked) domain.Text {
		return because(domain.Say("处罚决定由%s撤销", "The decision was revoked by %s", e.By), e.Reason)
	}))
	add(tell(func(e penalty.Changed) domain.Text {
		s := sanctionWords(e.To)
		t := domain.Text{ZH: "处罚决定变更为：" + s.ZH, EN: "The decision was changed to: " + s.EN}
		if e.OverpaidFen > 0 {
			y := yuan(e.OverpaidFen)
			t.ZH += "，多缴 " + y.ZH + "应予退还"
			t.EN += "; " + y.EN + " were overpaid and are given back"
		}
		return because(t, e.Reason)
	}))
	add(tell(func(e penalty.ReconsiderationFiled) domain.Text {
		return remedyFiled("当事人申请行政复议", "The party asked for reconsideration", e.RemedyFiling)
	}))
	add(tell(func(e penalty.LitigationFiled) domain.Text {
		return remedyFiled("当事人提起行政诉讼", "The party went to court", e.RemedyFiling)
	}))
	add(tell(func(e penalty.ReconsiderationDecided) domain.Text {
		return remedyDecided("行政复议结果", "Outcome of the reconsideration", e.RemedyResult)
	}))
	add(tell(func(e penalty.LitigationDecided) domain.Text {
		return remedyDecided("行政诉讼结果", "Outcome of the lawsuit", e.RemedyResult)
	}))
}

func remedyFiled(zh, en string, f penalty.RemedyFiling) domain.Text {
	t := domain.Text{ZH: zh + "，受理：" + f.Body, EN: en + ", before " + f.Body}
	if f.Stayed {
		t.ZH += "，停止执行"
		t.EN += ", execution stayed"
	}
	return byDocument(t, f.Document)
}

func remedyDecided(zh, en string, r penalty.RemedyResult) domain.Text {
	o := r.Outcome.Label()
	return byDocument(domain.Text{ZH: zh + "：" + o.ZH, EN: en + ": " + o.EN}, r.Document)
}
