package answer

import (
	"fmt"
	"strings"

	"minglu/domain"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/institution"
	"minglu/domain/jurisdiction"
	"minglu/domain/listing"
	"minglu/domain/term"
)

// tellOrganisation tells what the agencies of a division do beside their
// decisions: who they are, what they publish, what they propose for the lists,
// and what they find and do at institutions.
func tellOrganisation(add func(string, line)) {
	for _, part := range []func(func(string, line)){tellAgencies, tellPapers, tellProposals, tellApplications, tellDuties, tellClocks} {
		part(add)
	}
}

func tellAgencies(add func(string, line)) {
	add(tell(func(e jurisdiction.AgencyRegistered) domain.Text {
		a, s := AgencyName(e.Agency), e.Status.Label()
		t := domain.Text{
			ZH: fmt.Sprintf("登记机关：%s（%s），%s", e.Name, a.ZH, s.ZH),
			EN: fmt.Sprintf("Agency registered: %s (%s), %s", e.Name, a.EN, s.EN),
		}
		if len(e.Competences) > 0 {
			t.ZH += "，职责：" + strings.Join(e.Competences, "；")
			t.EN += ", competences: " + strings.Join(e.Competences, "; ")
		}
		return stop(t)
	}))
	add(tell(func(e jurisdiction.AgencyClosed) domain.Text {
		a := AgencyName(e.Agency)
		return because(domain.Text{ZH: "撤并机关：" + a.ZH, EN: "Agency closed: " + a.EN}, e.Reason)
	}))
	add(tell(func(e jurisdiction.OfficerRegistered) domain.Text {
		a := AgencyName(e.Agency)
		t := domain.Text{
			ZH: fmt.Sprintf("登记执法人员 %s：%s，执法证 %s", e.Officer, a.ZH, e.Credential),
			EN: fmt.Sprintf("Officer %s registered: %s, credential %s", e.Officer, a.EN, e.Credential),
		}
		if e.Field != "" {
			t.ZH += "，领域：" + e.Field
			t.EN += ", field: " + e.Field
		}
		if e.Until != 0 {
			t.ZH += "，有效期至 " + e.Until.String()
			t.EN += ", until " + e.Until.String()
		}
		return stop(t)
	}))
	add(tell(func(e jurisdiction.OfficerRetired) domain.Text {
		return because(domain.Say("执法人员 %s 退出", "Officer %s retired", e.Officer), e.Reason)
	}))
	add(tell(func(e jurisdiction.PersonalDataRead) domain.Text { return unsealed(e.Unsealing) }))
	add(tell(func(e jurisdiction.PersonalDataErased) domain.Text { return erasedByLaw(e.Erasure) }))
	add(tell(func(e jurisdiction.TaskForceFormed) domain.Text {
		a := AgencyName(e.Lead)
		return domain.Text{
			ZH: fmt.Sprintf("成立工作专班“%s”，由%s牵头，成员单位 %d 个。", e.Name, a.ZH, len(e.Members)),
			EN: fmt.Sprintf("Task force %q formed under %s, %d members.", e.Name, a.EN, len(e.Members)),
		}
	}))
	add(tell(func(e jurisdiction.TaskForceDissolved) domain.Text {
		return because(domain.Say("撤销工作专班“%s”", "Task force %q dissolved", e.Name), e.Reason)
	}))
	add(tell(func(e jurisdiction.AreaTeamAssigned) domain.Text {
		t := domain.Say("指定“%s”包片工作组，负责人：%s", "Area team of %q assigned, lead: %s", e.Area, e.Lead)
		if len(e.Members) > 0 {
			t.ZH += "，成员：" + strings.Join(e.Members, "、")
			t.EN += ", members: " + strings.Join(e.Members, ", ")
		}
		return stop(t)
	}))
}

func tellPapers(add func(string, line)) {
	add(tell(func(e jurisdiction.ResolutionSet) domain.Text {
		a := AgencyName(e.Agency)
		return domain.Text{
			ZH: fmt.Sprintf("第 %d 次联席会议第 %d 项议定事项交%s办理，期限 %s。", e.Sequence, e.Resolution, a.ZH, written(e.Due)),
			EN: fmt.Sprintf("Resolution %d of conference %d given to %s, due %s.", e.Resolution, e.Sequence, a.EN, e.Due),
		}
	}))
	add(tell(func(e jurisdiction.ResolutionFollowedUp) domain.Text {
		state := domain.Text{ZH: "进展", EN: "followed up"}
		if e.Done {
			state = domain.Text{ZH: "已落实", EN: "carried out"}
		}
		return stop(domain.Text{
			ZH: fmt.Sprintf("第 %d 次联席会议第 %d 项议定事项%s：%s", e.Sequence, e.Resolution, state.ZH, e.Result),
			EN: fmt.Sprintf("Resolution %d of conference %d %s: %s", e.Resolution, e.Sequence, state.EN, e.Result),
		})
	}))
	add(tell(func(e jurisdiction.DocumentRegistered) domain.Text {
		s := e.Status.Label()
		return byDocument(domain.Text{
			ZH: fmt.Sprintf("登记文件《%s》，%s，%s", e.Title, e.Issuer, s.ZH),
			EN: fmt.Sprintf("Document registered: %q of %s, %s", e.Title, e.Issuer, s.EN),
		}, e.DocNo)
	}))
	add(tell(func(e jurisdiction.HotlinePublished) domain.Text {
		a := AgencyName(e.Agency)
		return stop(domain.Text{
			ZH: fmt.Sprintf("公布%s投诉举报电话：%s，接听时间：%s", a.ZH, e.Number, e.Hours),
			EN: fmt.Sprintf("Hotline of %s published: %s, hours: %s", a.EN, e.Number, e.Hours),
		})
	}))
	add(tell(func(e jurisdiction.NoticePublished) domain.Text {
		a := e.Audience.Label()
		t := domain.Text{ZH: fmt.Sprintf("向%s发布《%s》", a.ZH, e.Title), EN: fmt.Sprintf("Notice to %s published: %q", a.EN, e.Title)}
		if len(e.Media) > 0 {
			t.ZH += "，媒体：" + strings.Join(e.Media, "、")
			t.EN += ", in: " + strings.Join(e.Media, ", ")
		}
		return stop(t)
	}))
	add(tell(func(e jurisdiction.CircularIssued) domain.Text {
		return stop(domain.Say("印发通报，对象：%s；问题：%s", "Circular issued to %s: %s", strings.Join(e.Targets, "、"), strings.Join(e.Findings, "；")))
	}))
	add(tell(func(e jurisdiction.TrainingHeld) domain.Text {
		n := countedAs(e.Occasions)
		t := domain.Text{ZH: fmt.Sprintf("举办“%s”培训 %s", e.Topic, n.ZH), EN: fmt.Sprintf("Training on %q held: %s", e.Topic, n.EN)}
		if e.Attendees != nil {
			n := countedAs(*e.Attendees)
			t.ZH += "，参加 " + n.ZH
			t.EN += ", attended by " + n.EN
		}
		if len(e.Institutions) > 0 {
			t.ZH += fmt.Sprintf("，涉及机构 %d 家", len(e.Institutions))
			t.EN += fmt.Sprintf(", for %d institutions", len(e.Institutions))
		}
		return stop(t)
	}))
	add(tell(func(e jurisdiction.FigureRecorded) domain.Text {
		k, n := e.Key.Label(), countedAs(e.Count)
		return byDocument(domain.Text{
			ZH: fmt.Sprintf("记录公布数：%s至%s%s %s，原文“%s”", written(e.Period.From), written(e.Period.To), k.ZH, n.ZH, e.Printed),
			EN: fmt.Sprintf("Printed figure from %s to %s: %s %s, printed as %q", e.Period.From, e.Period.To, k.EN, n.EN, e.Printed),
		}, e.Document)
	}))
	add(tell(func(e jurisdiction.AuditRecorded) domain.Text {
		r := e.Result.Label()
		return domain.Text{
			ZH: fmt.Sprintf("核验序号 %d 至 %d 的记录：%s，摘要 %s。", e.FromSeq, e.ToSeq, r.ZH, e.HeadHash),
			EN: fmt.Sprintf("Positions %d to %d checked: %s, head %s.", e.FromSeq, e.ToSeq, r.EN, e.HeadHash),
		}
	}))
}

func tellProposals(add func(string, line)) {
	add(tell(func(e listing.Proposed) domain.Text {
		p, c := e.Proposal.Label(), causeOf(e.Cause)
		return because(domain.Text{ZH: "建议" + p.ZH + "（" + c.ZH + "）", EN: "Proposed: " + p.EN + " (" + c.EN + ")"}, e.Reason)
	}))
	add(tell(func(e listing.ProposalDismissed) domain.Text {
		p := e.Proposal.Label()
		return because(domain.Text{ZH: "不采纳建议“" + p.ZH + "”", EN: "Proposal dismissed: " + p.EN}, e.Reason)
	}))
}

// causeOf is the label of the cause of a proposal, which is a code of one of
// the lists that decisions name.
func causeOf(code string) domain.Text {
	for _, l := range []*term.List{term.WhiteRemovals, term.BlackGrounds, term.WatchOutcomes, term.BlackRemovals} {
		if l.Has(code) {
			return l.Label(code)
		}
	}
	return domain.Text{ZH: code, EN: code}
}

func tellApplications(add func(string, line)) {
	add(tell(func(e institution.LicenceApplied) domain.Text {
		k, s := e.Kind.Label(), scopeWords(e.Class, e.Categories, e.Audiences)
		t := domain.Text{ZH: "申请" + k.ZH + "，" + s.ZH, EN: "Applied for a " + k.EN + ", " + s.EN}
		if e.StandardMissing != "" {
			t.ZH += "；等待“" + e.StandardMissing + "”出台"
			t.EN += "; waits for the standard “" + e.StandardMissing + "”"
		}
		return stop(t)
	}))
	add(tell(func(e institution.LicenceApplicationAccepted) domain.Text {
		return byDocument(domain.Text{ZH: "受理许可申请", EN: "Application accepted"}, e.Standard)
	}))
	add(tell(func(e institution.LicenceRefused) domain.Text {
		g := labels(e.Grounds)
		return because(domain.Text{ZH: "不予许可：" + g.ZH, EN: "Licence refused: " + g.EN}, e.Reason)
	}))
	add(tell(func(e institution.ClassificationChallenged) domain.Text {
		t := domain.Text{ZH: "对分类提出异议", EN: "Classification challenged"}
		if e.By != "" {
			t.ZH += "（" + e.By + "）"
			t.EN += " (" + e.By + ")"
		}
		return because(t, e.Grounds)
	}))
	add(tell(func(e institution.ClassificationReviewed) domain.Text {
		o := e.Outcome.Label()
		return byDocument(domain.Text{ZH: "分类复核结论：" + o.ZH, EN: "Classification reviewed: " + o.EN}, e.Panel)
	}))
}

func tellDuties(add func(string, line)) {
	add(tell(func(e institution.WarningPosted) domain.Text {
		k := e.Kind.Label()
		return stop(domain.Text{ZH: "张贴《" + k.ZH + "》：" + e.Premises, EN: "Posted a " + k.EN + ": " + e.Premises})
	}))
	add(tell(func(e institution.AdvertisementRemoved) domain.Text {
		k := e.Kind.Label()
		return stop(domain.Text{ZH: "清理" + k.ZH + "：" + e.Place, EN: "Removed: " + k.EN + ", " + e.Place})
	}))
	add(tell(func(e institution.ScheduleBreachNoted) domain.Text {
		r := e.Rule.Label()
		return stop(domain.Text{ZH: "违反培训时间要求（" + r.ZH + "）：" + e.Slot, EN: "Breach of training times (" + r.EN + "): " + e.Slot})
	}))
	add(tell(func(e institution.AnnualReportFiled) domain.Text {
		return domain.Text{ZH: fmt.Sprintf("报送 %d 年度报告。", e.Year), EN: fmt.Sprintf("Annual report of %d filed.", e.Year)}
	}))
	add(tell(func(e institution.AbnormalClosureReported) domain.Text {
		n := countedAs(e.Pupils)
		t := domain.Text{ZH: "报告异常关停，涉及学员 " + n.ZH, EN: "Abnormal closure reported, pupils: " + n.EN}
		if e.Undelivered != nil {
			t.ZH += "，未消课金额 " + e.Undelivered.Yuan() + " 元"
			t.EN += ", paid and not taught: " + e.Undelivered.Yuan() + " yuan"
		}
		if e.Unreachable {
			t.ZH += "，负责人失联"
			t.EN += ", nobody can be reached"
		}
		return stop(t)
	}, "status"))
	add(tell(func(e institution.CardIssued) domain.Text {
		c := e.Colour.Label()
		return because(domain.Text{ZH: "出示" + c.ZH, EN: "Issued a " + c.EN}, e.Reason)
	}))
	add(tell(func(e institution.PersonalDataRead) domain.Text { return unsealed(e.Unsealing) }))
	add(tell(func(e institution.PersonalDataErased) domain.Text { return erasedByLaw(e.Erasure) }))
}

func tellClocks(add func(string, line)) {
	add(tell(func(e institution.DeadlineMissed) domain.Text { return ranOut(e.Missing) }))
	add(tell(func(e listing.DeadlineMissed) domain.Text { return ranOut(e.Missing) }))
	add(tell(func(e jurisdiction.DeadlineMissed) domain.Text { return ranOut(e.Missing) }))
}

// ranOut tells that a duty was missed, or that a right lapsed.
func ranOut(m clock.Missing) domain.Text {
	k := m.Clock.Label()
	if clock.Lapses(m.Clock) {
		return domain.Text{ZH: fmt.Sprintf("“%s”期限于 %s 届满。", k.ZH, written(m.Due)), EN: fmt.Sprintf("The period ran out on %s: %s.", m.Due, k.EN)}
	}
	t := domain.Text{ZH: fmt.Sprintf("逾期：“%s”应于 %s 前完成", k.ZH, written(m.Due)), EN: fmt.Sprintf("Deadline missed: %s, due %s", k.EN, m.Due)}
	if m.Agency != "" {
		a := AgencyName(m.Agency)
		t.ZH += "，责任机关：" + a.ZH
		t.EN += ", agency: " + a.EN
	}
	return stop(t)
}

// unsealed tells that somebody looked at a sealed value, and never of whom.
func unsealed(u domain.Unsealing) domain.Text {
	return because(domain.Text{ZH: "查阅密封的个人信息", EN: "A sealed value was read"}, u.Reason)
}

func erasedByLaw(e domain.Erasure) domain.Text {
	return because(byLaw(domain.Text{ZH: "依法删除个人信息", EN: "Personal data erased by law"}, e.LegalBasis), e.Reason)
}

func byLaw(t domain.Text, basis string) domain.Text {
	if basis != "" {
		t.ZH += "（" + basis + "）"
		t.EN += " (" + basis + ")"
	}
	return t
}

// countedAs writes a count as it is read: 余 and 近 are kept.
func countedAs(c figure.Count) domain.Text {
	u := c.Unit.Label()
	zh, en := fmt.Sprintf("%d%s", c.N, u.ZH), fmt.Sprintf("%d (%s)", c.N, u.EN)
	switch c.Precision {
	case term.AtLeast:
		return domain.Text{ZH: fmt.Sprintf("%d余%s", c.N, u.ZH), EN: "at least " + en}
	case term.Nearly:
		return domain.Text{ZH: "近" + zh, EN: "nearly " + en}
	case term.UnknownCount:
		return domain.Text{ZH: "数量不能确定", EN: "an unknown number"}
	}
	return domain.Text{ZH: zh, EN: en}
}
