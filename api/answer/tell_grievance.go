package answer

import (
	"fmt"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/figure"
	"minglu/domain/grievance"
	"minglu/domain/term"
)

// grievancePart begins a sentence about a part of a mixed grievance.
func grievancePart(part string, t domain.Text) domain.Text {
	if part == "" {
		return t
	}
	return domain.Text{ZH: "第 " + part + " 部分：" + t.ZH, EN: "Part " + part + ": " + t.EN}
}

// grievanceUntil tells the last day of a clock, or why there is none yet.
func grievanceUntil(due calendar.Day, awaits int) domain.Text {
	if due.IsZero() && awaits != 0 {
		return domain.Say("待 %d 年工作日历公布后确定", "once the calendar of %d is published", awaits)
	}
	return domain.Say("到 %[1]s", "until %[2]s", written(due), due)
}

func tellGrievance(add func(string, line)) {
	tellGrievanceIntake(add)
	tellGrievanceTransfer(add)
	tellMediation(add)
	tellLeadCheck(add)
	tellPetition(add)
	tellGrievanceEnd(add)
	add(tell(func(e grievance.Corrected) domain.Text { return corrected(e.Correction) }))
	add(tell(func(e grievance.Annulled) domain.Text { return annulled(e.Annulment) }))
}

func tellGrievanceIntake(add func(string, line)) {
	add(tell(func(e grievance.Received) domain.Text {
		n, c, topics := e.Nature.Label(), e.Channel.Label(), topicWords(e.Topics)
		name := domain.Text{ZH: "匿名", EN: "anonymous"}
		if e.RealName {
			name = domain.Text{ZH: "实名", EN: "real name"}
		}
		t := domain.Text{
			ZH: fmt.Sprintf("收到%s（%s，%s），事项：%s", n.ZH, name.ZH, c.ZH, topics.ZH),
			EN: fmt.Sprintf("Received: %s (%s, %s) about %s", n.EN, name.EN, c.EN, topics.EN),
		}
		if e.Premises != "" {
			t.ZH += "，场所：" + e.Premises
			t.EN += ", premises: " + e.Premises
		}
		handler := AgencyName(e.Handler)
		t.ZH += "，由" + handler.ZH + "办理"
		t.EN += "; handled by " + handler.EN
		return stop(t)
	}))
	add(tell(func(e grievance.Split) domain.Text {
		var zh, en []string
		for _, p := range e.Parts {
			l := p.Nature.Label()
			zh, en = append(zh, "第 "+p.Part+" 部分为"+l.ZH), append(en, "part "+p.Part+" is a "+l.EN)
		}
		return domain.Text{ZH: "分别处理：" + strings.Join(zh, "，") + "。", EN: "Split: " + strings.Join(en, ", ") + "."}
	}))
	add(tell(func(e grievance.Accepted) domain.Text {
		a := AgencyName(e.Handler)
		return stop(grievancePart(e.Part, domain.Text{ZH: "由" + a.ZH + "受理", EN: "Accepted by " + a.EN}))
	}))
	add(tell(func(e grievance.Refused) domain.Text {
		g := e.Ground.Label()
		return because(grievancePart(e.Part, domain.Text{ZH: "不予受理：" + g.ZH, EN: "Not accepted: " + g.EN}), e.Reason)
	}))
	add(tell(func(e grievance.ComplainantNotified) domain.Text {
		s, by := e.Step.Label(), e.Means.Label()
		return stop(grievancePart(e.Part, domain.Text{ZH: "已告知投诉举报人：" + s.ZH + "（" + by.ZH + "）", EN: "The complainant was told of: " + s.EN + " (" + by.EN + ")"}))
	}))
	add(tell(func(e grievance.VisitLogged) domain.Text {
		n := personVisits(e.Persons)
		return domain.Text{ZH: "接待来访" + n.ZH + "。", EN: "Visits of petitioners: " + n.EN + "."}
	}))
	add(tell(func(e grievance.Linked) domain.Text {
		r := e.Relation.Label()
		return domain.Text{ZH: "与另一件关联：" + r.ZH + "（" + e.Other + "）。", EN: "Linked with another one as " + r.EN + " (" + e.Other + ")."}
	}))
	add(tell(func(e grievance.PersonalDataRead) domain.Text {
		return because(domain.Text{ZH: "查阅密封信息", EN: "Sealed values were read"}, e.Reason)
	}))
	add(tell(func(e grievance.PersonalDataErased) domain.Text {
		t := domain.Text{ZH: "依法删除个人信息（" + e.LegalBasis + "）", EN: "Personal data erased by law (" + e.LegalBasis + ")"}
		return because(t, e.Reason)
	}))
}

// personVisits keeps the precision of a count of visitors.
func personVisits(c figure.Count) domain.Text {
	t := domain.Say(" %d 人次", "%d person-visits", c.N)
	switch c.Precision {
	case term.AtLeast:
		return domain.Text{ZH: "不少于" + t.ZH, EN: "at least " + t.EN}
	case term.Nearly:
		return domain.Text{ZH: "近" + t.ZH, EN: "nearly " + t.EN}
	case term.UnknownCount:
		return domain.Text{ZH: t.ZH + "（不能确定）", EN: t.EN + " (not certain)"}
	}
	return t
}

func topicWords(topics []term.GrievanceTopic) domain.Text {
	var zh, en []string
	for _, t := range topics {
		l := t.Label()
		zh, en = append(zh, l.ZH), append(en, l.EN)
	}
	return domain.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

func tellGrievanceTransfer(add func(string, line)) {
	add(tell(func(e grievance.Transferred) domain.Text {
		a := AgencyName(e.To)
		return because(grievancePart(e.Part, domain.Text{ZH: "转办至" + a.ZH, EN: "Transferred to " + a.EN}), e.Reason)
	}))
	add(tell(func(e grievance.TransferObjected) domain.Text {
		a, g := AgencyName(e.To), e.Ground.Label()
		return because(grievancePart(e.Part, domain.Text{ZH: "退回" + a.ZH + "：" + g.ZH, EN: "Returned to " + a.EN + ": " + g.EN}), e.Reason)
	}))
	add(tell(func(e grievance.HandlerDisputed) domain.Text {
		g := e.Ground.Label()
		t := domain.Text{ZH: "对承办单位再有争议（" + g.ZH + "），报联席会议办公室裁定", EN: "Disputed again (" + g.EN + "), put before the joint-conference office"}
		return because(grievancePart(e.Part, t), e.Reason)
	}))
	add(tell(func(e grievance.HandlerDecided) domain.Text {
		a, by := AgencyName(e.Agency), AgencyName(e.By)
		return because(grievancePart(e.Part, domain.Text{ZH: by.ZH + "裁定由" + a.ZH + "办理", EN: by.EN + " named " + a.EN + " to handle it"}), e.Reason)
	}))
}

func tellMediation(add func(string, line)) {
	add(tell(func(e grievance.MediationStarted) domain.Text {
		return stop(grievancePart(e.Part, domain.Text{ZH: "开始调解", EN: "Mediation started"}))
	}))
	add(tell(func(e grievance.MediationSuspended) domain.Text {
		c := e.Cause.Label()
		return stop(grievancePart(e.Part, domain.Text{ZH: "中止调解：" + c.ZH, EN: "Mediation suspended: " + c.EN}))
	}))
	add(tell(func(e grievance.MediationResumed) domain.Text {
		d := grievanceUntil(e.Due, e.Awaits)
		return stop(grievancePart(e.Part, domain.Text{ZH: "恢复调解，期限" + d.ZH, EN: "Mediation resumed, " + d.EN}))
	}))
	add(tell(func(e grievance.MediationSettled) domain.Text {
		t := domain.Text{ZH: "达成调解：" + e.Terms, EN: "Settled: " + e.Terms}
		if e.Performed {
			t.ZH += "，已履行"
			t.EN += ", carried out"
		}
		return stop(grievancePart(e.Part, t))
	}))
	add(tell(func(e grievance.MediationTerminated) domain.Text {
		c := e.Cause.Label()
		return stop(grievancePart(e.Part, domain.Text{ZH: "终止调解：" + c.ZH, EN: "Mediation terminated: " + c.EN}))
	}))
}

func tellLeadCheck(add func(string, line)) {
	add(tell(func(e grievance.LeadFound) domain.Text {
		return stop(grievancePart(e.Part, domain.Text{ZH: "调解中发现违法线索：" + e.Facts, EN: "A lead was found in mediation: " + e.Facts}))
	}))
	add(tell(func(e grievance.LeadChecked) domain.Text {
		o := e.Outcome.Label()
		return stop(grievancePart(e.Part, domain.Text{ZH: "核查：" + o.ZH, EN: "Checked: " + o.EN}))
	}))
	add(tell(func(e grievance.CheckExtended) domain.Text {
		t := domain.Say("核查期限延长到 %[1]s，批准人 %[2]s", "The check was extended to %[1]s, approved by %[2]s", e.Until, e.Approver)
		return because(grievancePart(e.Part, t), e.Reason)
	}))
	add(tell(func(e grievance.FilingDecided) domain.Text {
		t := domain.Text{ZH: "不予立案", EN: "No case is filed"}
		if e.Filed {
			t = domain.Text{ZH: "立案", EN: "A case is filed"}
		}
		return because(grievancePart(e.Part, t), e.Reason)
	}))
	add(tell(func(e grievance.PeriodSuspended) domain.Text {
		k, c := e.Clock.Label(), e.Cause.Label()
		return stop(grievancePart(e.Part, domain.Text{ZH: "期限“" + k.ZH + "”中止：" + c.ZH, EN: "The period of " + k.EN + " is suspended: " + c.EN}))
	}))
	add(tell(func(e grievance.PeriodResumed) domain.Text {
		k, d := e.Clock.Label(), grievanceUntil(e.Due, e.Awaits)
		return stop(grievancePart(e.Part, domain.Text{ZH: "期限“" + k.ZH + "”恢复计算，" + d.ZH, EN: "The period of " + k.EN + " runs again, " + d.EN}))
	}))
}

func tellPetition(add func(string, line)) {
	add(tell(func(e grievance.PetitionExtended) domain.Text {
		t := domain.Say("信访办理期限延长到 %[1]s，批准人 %[2]s", "The handling was extended to %[1]s, approved by %[2]s", e.Until, e.Approver)
		if e.Told != "" {
			by := e.Told.Label()
			t.ZH += "，已告知信访人（" + by.ZH + "）"
			t.EN += ", the petitioner was told (" + by.EN + ")"
		}
		return because(grievancePart(e.Part, t), e.Reason)
	}))
	add(tell(func(e grievance.OpinionIssued) domain.Text {
		o := e.Outcome.Label()
		return byDocument(grievancePart(e.Part, domain.Text{ZH: "作出信访处理意见：" + o.ZH, EN: "Opinion issued: " + o.EN}), e.DocumentNo)
	}))
	add(tell(func(e grievance.ReviewRequested) domain.Text {
		s, a := e.Stage.Label(), AgencyName(e.Reviewer)
		return stop(grievancePart(e.Part, domain.Text{ZH: "申请" + s.ZH + "，由" + a.ZH + "答复", EN: "Asked for: " + s.EN + ", to be answered by " + a.EN}))
	}))
	add(tell(func(e grievance.ReviewAnswered) domain.Text {
		s, o := e.Stage.Label(), e.Outcome.Label()
		return byDocument(grievancePart(e.Part, domain.Text{ZH: s.ZH + "答复：" + o.ZH, EN: "Answer of the " + s.EN + ": " + o.EN}), e.DocumentNo)
	}))
}

func tellGrievanceEnd(add func(string, line)) {
	add(tell(func(e grievance.Closed) domain.Text {
		t := grievancePart(e.Part, domain.Text{ZH: "办结：" + e.Result, EN: "Closed: " + e.Result})
		if e.Part != "" && e.Whole != "" {
			t.ZH += "，全案办结"
			t.EN += "; with it the whole"
		}
		return stop(t)
	}))
	add(tell(func(e grievance.Reopened) domain.Text {
		return because(grievancePart(e.Part, domain.Text{ZH: "重新办理", EN: "Reopened"}), e.Reason)
	}))
	add(tell(func(e grievance.Rated) domain.Text {
		return domain.Say("评价 %d 分（满分 5 分）。", "Rated %d of 5.", e.Score)
	}))
	add(tell(func(e grievance.DeadlineMissed) domain.Text {
		k, a := e.Clock.Label(), AgencyName(e.Agency)
		return stop(grievancePart(e.Part, domain.Say("期限“%[1]s”于 %[3]s 届满（%[4]s）", "The period of %[2]s ended on %[3]s (%[5]s)", k.ZH, k.EN, e.Due, a.ZH, a.EN)))
	}))
}
