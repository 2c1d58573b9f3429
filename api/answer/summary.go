package answer

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/access"
	"minglu/domain/institution"
	"minglu/domain/jurisdiction"
	"minglu/domain/listing"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// A line says how one event is told and which members of an answer it may
// change.
type line struct {
	sentence func(domain.Event) domain.Text
	changes  []string
}

// tell makes the line of an event from a sentence about it.
func tell[E domain.Event](sentence func(E) domain.Text, changes ...string) (string, line) {
	var zero E
	return zero.EventName(), line{func(e domain.Event) domain.Text { return sentence(e.(E)) }, changes}
}

// Summary is the sentence for a fact; an event without a line is told by its
// name. It is not masked.
func Summary(e domain.Event) domain.Text {
	l, ok := lines[e.EventName()]
	if !ok {
		return domain.Text{ZH: e.EventName(), EN: e.EventName()}
	}
	return l.sentence(e)
}

// lines are the lines of all events, by their stored names.
var lines = func() map[string]line {
	all := map[string]line{}
	for _, part := range []func(add func(string, line)){tellInstitution, tellLicence, tellSupervision, tellListing, tellBlack, tellJurisdiction, tellAccess, tellAmendments,
		tellOrganisation, tellGrievance, tellInspection, tellRectification, tellPenalty, tellDispute, tellJointCase, tellEscrow, tellOrder, tellStatement} {
		part(func(name string, l line) { all[name] = l })
	}
	return all
}()

var licenceMembers = []string{"licences", "documents", "class", "categories", "audiences", "status", "standing"}

func tellInstitution(add func(string, line)) {
	add(tell(func(e institution.Registered) domain.Text {
		name := "（无名称）"
		if len(e.Names) > 0 {
			name = e.Names[0]
		}
		scope, kind, mode := scopeWords(e.Class, e.Categories, e.Audiences), e.Kind.Label(), e.Mode.Label()
		t := domain.Text{
			ZH: fmt.Sprintf("登记入册：%s“%s”，%s，%s", kind.ZH, name, mode.ZH, scope.ZH),
			EN: fmt.Sprintf("Registered: %s %q, %s, %s", kind.EN, name, mode.EN, scope.EN),
		}
		if e.Address != "" {
			t.ZH += "，地址：" + e.Address
			t.EN += ", address: " + e.Address
		}
		return stop(t)
	}, "name", "names", "kind", "mode", "address", "uscc", "class", "categories", "audiences"))
	add(tell(func(e institution.IdentifierAttached) domain.Text {
		l := e.Kind.Label()
		t := domain.Text{ZH: fmt.Sprintf("登记%s %s", l.ZH, e.Value), EN: fmt.Sprintf("Identifier attached: %s %s", l.EN, e.Value)}
		if e.Override != nil {
			t.ZH += "，校验码不符，凭证据采用：" + e.Override.Reason
			t.EN += ", taken in spite of a wrong check character: " + e.Override.Reason
		}
		return stop(t)
	}, "uscc", "identifiers"))
	add(tell(func(e institution.IdentifierDetached) domain.Text {
		l := e.Kind.Label()
		return because(domain.Text{ZH: fmt.Sprintf("取消%s %s", l.ZH, e.Value), EN: fmt.Sprintf("Identifier detached: %s %s", l.EN, e.Value)}, e.Reason)
	}, "uscc", "identifiers"))
	add(tell(func(e institution.NameChanged) domain.Text {
		return byDocument(domain.Say("名称由“%s”变更为“%s”", "Name changed from %q to %q", e.From, e.To), e.Approval)
	}, "name", "names", "former_names"))
	add(tell(func(e institution.AddressChanged) domain.Text {
		return byDocument(domain.Say("地址由“%s”变更为“%s”", "Address changed from %q to %q", e.From, e.To), e.Approval)
	}, "address"))
	add(tell(func(e institution.LegalRegistrationRecorded) domain.Text {
		r, form := e.Authority.Label(), e.Form.Label()
		profit := domain.Text{ZH: "非营利", EN: "not for profit"}
		if e.ForProfit {
			profit = domain.Text{ZH: "营利", EN: "for profit"}
		}
		return domain.Text{
			ZH: fmt.Sprintf("在%s登记为%s（%s），登记号 %s。", r.ZH, form.ZH, profit.ZH, e.Number),
			EN: fmt.Sprintf("Registered with %s as a %s (%s), number %s.", r.EN, form.EN, profit.EN, e.Number),
		}
	}, "legal_registration", "documents", "status", "standing"))
	add(tell(func(e institution.LegalEntityDeregistered) domain.Text {
		p := e.Procedure.Label()
		return because(domain.Text{ZH: "法人登记已注销（" + p.ZH + "）", EN: "Legal entity deregistered (" + p.EN + ")"}, e.Reason)
	}, "legal_registration", "uscc", "documents", "status", "standing"))
	add(tell(func(e institution.ConvertedToNonProfit) domain.Text {
		form := e.Registration.Form.Label()
		return domain.Text{
			ZH: fmt.Sprintf("营转非：改登记为%s（非营利），登记号 %s，许可不变。", form.ZH, e.Registration.Number),
			EN: fmt.Sprintf("Turned non-profit: now a %s, number %s; the licence is kept.", form.EN, e.Registration.Number),
		}
	}, "legal_registration", "documents"))
}

func tellLicence(add func(string, line)) {
	add(tell(func(e institution.LicenceGranted) domain.Text {
		scope, kind := scopeWords(e.Class, e.Categories, e.Audiences), e.Kind.Label()
		t := domain.Text{
			ZH: fmt.Sprintf("发放%s %s，%s，有效期 %s 至 %s", kind.ZH, e.Number, scope.ZH, written(e.ValidFrom), written(e.ValidTo)),
			EN: fmt.Sprintf("Granted: %s %s, %s, valid from %s to %s", kind.EN, e.Number, scope.EN, e.ValidFrom, e.ValidTo),
		}
		return stop(underMoratorium(t, e.Override))
	}, licenceMembers...))
	add(tell(func(e institution.LicenceSuspended) domain.Text {
		return because(domain.Say("暂停许可 %s", "Licence %s suspended", e.Number), e.Reason)
	}, "licences", "documents", "status"))
	add(tell(func(e institution.LicenceReinstated) domain.Text {
		return because(domain.Say("恢复许可 %s", "Licence %s reinstated", e.Number), e.Reason)
	}, "licences", "documents", "status"))
	add(tell(func(e institution.LicenceExpired) domain.Text {
		return because(domain.Say("许可 %s 期满未延续", "Licence %s expired without renewal", e.Number), e.Reason)
	}, licenceMembers...))
	add(tell(func(e institution.LicenceRevoked) domain.Text {
		return because(domain.Say("吊销许可 %s", "Licence %s revoked by penalty", e.Number), e.Reason)
	}, licenceMembers...))
	add(tell(func(e institution.LicenceAnnulled) domain.Text {
		return because(domain.Say("撤销许可 %s（发证不合法）", "Licence %s annulled: it was granted unlawfully", e.Number), e.Reason)
	}, licenceMembers...))
	add(tell(func(e institution.LicenceWithdrawn) domain.Text {
		return because(domain.Say("撤回许可 %s", "Licence %s withdrawn", e.Number), e.Reason)
	}, licenceMembers...))
	add(tell(func(e institution.LicenceSurrendered) domain.Text {
		return because(domain.Say("缴回许可 %s", "Licence %s surrendered", e.Number), e.Reason)
	}, licenceMembers...))
	add(tell(func(e institution.LicenceCancelled) domain.Text {
		c := e.Cause.Label()
		return domain.Text{
			ZH: fmt.Sprintf("注销许可 %s，原因：%s。", e.Number, c.ZH),
			EN: fmt.Sprintf("Licence %s cancelled, cause: %s.", e.Number, c.EN),
		}
	}, licenceMembers...))
	add(tell(func(e institution.ConversionApproved) domain.Text {
		to, kind := scopeText(e.To), e.NewLicence.Kind.Label()
		t := domain.Text{
			ZH: fmt.Sprintf("批准转型为%s：许可 %s 终止，发放%s %s，有效期 %s 至 %s", to.ZH, e.OldLicence, kind.ZH, e.NewLicence.Number, written(e.NewLicence.ValidFrom), written(e.NewLicence.ValidTo)),
			EN: fmt.Sprintf("Conversion approved to %s: licence %s ends, %s %s is granted, valid from %s to %s", to.EN, e.OldLicence, kind.EN, e.NewLicence.Number, e.NewLicence.ValidFrom, e.NewLicence.ValidTo),
		}
		return stop(underMoratorium(t, e.Override))
	}, licenceMembers...))
}

func tellSupervision(add func(string, line)) {
	add(tell(func(e institution.TerminationAnnounced) domain.Text {
		return because(domain.Say("公告终止办学，计划于 %s 结束", "Termination announced for %[2]s", written(e.PlannedEnd), e.PlannedEnd), e.Reason)
	}, "termination", "status"))
	add(tell(func(e institution.OperationStopped) domain.Text {
		b := e.Basis.Label()
		return because(domain.Text{ZH: "关停，依据：" + b.ZH, EN: "Closed, basis: " + b.EN}, e.Reason)
	}, "status"))
	add(tell(func(e institution.ComplianceReviewRecorded) domain.Text {
		r := e.Result.Label()
		t := domain.Text{ZH: "合规审核" + r.ZH, EN: "Compliance review " + r.EN}
		if len(e.Criteria) > 0 {
			t.ZH += "（" + strings.Join(e.Criteria, "；") + "）"
			t.EN += " (" + strings.Join(e.Criteria, "; ") + ")"
		}
		return stop(t)
	}, "compliance_review"))
	add(tell(func(e institution.AnnualInspectionConcluded) domain.Text {
		r := e.Result.Label()
		t := domain.Text{ZH: fmt.Sprintf("%d 年度年检结论：%s", e.Year, r.ZH), EN: fmt.Sprintf("Annual inspection of %d: %s", e.Year, r.EN)}
		if e.PublishedOn != 0 {
			t.ZH += "，" + e.PublishedOn.String() + " 公布"
			t.EN += ", published on " + e.PublishedOn.String()
		}
		return stop(t)
	}, "annual_inspections"))
	add(tell(func(e institution.PlatformEnrolled) domain.Text {
		return stop(domain.Say("纳入监管平台：%s", "Enrolled on the platform %s", e.Platform))
	}, "platform"))
	add(tell(func(e institution.ContractTemplateAdopted) domain.Text {
		return stop(domain.Say("启用合同示范文本：%s", "Adopted the contract template %s", e.Version))
	}, "contract_template"))
	add(tell(func(e institution.InterviewHeld) domain.Text {
		t := because(domain.Text{ZH: "约谈", EN: "Interview held"}, e.Reason)
		if len(e.Commitments) > 0 {
			t.ZH += "承诺：" + strings.Join(e.Commitments, "；") + "。"
			t.EN += " Commitments: " + strings.Join(e.Commitments, "; ") + "."
		}
		return t
	}, "history"))
}

func tellListing(add func(string, line)) {
	add(tell(func(e listing.WhiteListed) domain.Text {
		t := byDocument(domain.Text{ZH: "列入白名单", EN: "Put on the white list"}, e.DocumentNo)
		if e.Override != nil {
			t = because(domain.Text{ZH: "凭文件列入白名单（" + e.Override.DocumentNo + "）", EN: "Put on the white list by a document (" + e.Override.DocumentNo + ")"}, e.Override.Reason)
		}
		return t
	}, "standing", "standing_since", "standing_reason", "advice"))
	add(tell(func(e listing.WhiteRemoved) domain.Text {
		c := e.Cause.Label()
		return domain.Text{ZH: "移出白名单，原因：" + c.ZH + "。", EN: "Removed from the white list, cause: " + c.EN + "."}
	}, "standing", "standing_since", "standing_reason", "advice"))
	add(tell(func(e listing.PutOnWatch) domain.Text {
		return because(domain.Say("列入整改，至 %s", "Put on watch until %[2]s", written(e.Until), e.Until), e.Reason)
	}, "standing", "standing_since", "standing_reason", "advice"))
	add(tell(func(e listing.TakenOffWatch) domain.Text {
		o := e.Outcome.Label()
		return domain.Text{ZH: "结束整改：" + o.ZH + "。", EN: "Taken off watch: " + o.EN + "."}
	}, "standing", "standing_since", "standing_reason", "advice"))
}

func tellBlack(add func(string, line)) {
	add(tell(func(e listing.BlackNoticeServed) domain.Text {
		g := grounds(e.Grounds)
		return domain.Text{
			ZH: fmt.Sprintf("送达列入黑名单告知书，情形：%s；可陈述申辩至 %s。", g.ZH, written(e.WindowUntil)),
			EN: fmt.Sprintf("Notice of a black listing served, grounds: %s; statements until %s.", g.EN, e.WindowUntil),
		}
	}, "history"))
	add(tell(func(listing.StatementRecorded) domain.Text {
		return domain.Text{ZH: "当事人作了陈述申辩。", EN: "The party made its statement."}
	}, "history"))
	add(tell(func(listing.StatementWaived) domain.Text {
		return domain.Text{ZH: "当事人放弃陈述申辩。", EN: "The party waived its statement."}
	}, "history"))
	add(tell(func(e listing.BlackListed) domain.Text {
		tier, g := e.Tier.Label(), grounds(e.Grounds)
		return domain.Text{
			ZH: fmt.Sprintf("列入黑名单（%s失信），情形：%s；文号 %s，公示 %s 至 %s。", tier.ZH, g.ZH, e.DocumentNo, written(e.PublishFrom), written(e.MaxUntil)),
			EN: fmt.Sprintf("Black-listed (%s), grounds: %s; document %s, published from %s to %s.", tier.EN, g.EN, e.DocumentNo, e.PublishFrom, e.MaxUntil),
		}
	}, "standing", "standing_since", "standing_reason", "advice"))
	add(tell(func(e listing.DecisionServed) domain.Text {
		t := domain.Say("决定书于 %s 送达", "The decision was served on %[2]s", written(e.ServedOn), e.ServedOn)
		if e.RepairNotice {
			t.ZH += "，同时送达信用修复告知书"
			t.EN += " together with the notice of credit repair"
		}
		return stop(t)
	}, "standing", "standing_since", "standing_reason", "advice"))
	add(tell(func(e listing.BlackRemoved) domain.Text {
		c := e.Cause.Label()
		return because(domain.Text{ZH: "移出黑名单（" + c.ZH + "）", EN: "Removed from the black list (" + c.EN + ")"}, e.Reason)
	}, "standing", "standing_since", "standing_reason", "advice"))
	add(tell(func(listing.CreditRepairApplied) domain.Text {
		return domain.Text{ZH: "申请信用修复。", EN: "Credit repair was applied for."}
	}, "history"))
	add(tell(func(e listing.CreditRepairGranted) domain.Text {
		return byDocument(domain.Text{ZH: "准予信用修复", EN: "Credit repair granted"}, e.DocumentNo)
	}, "standing", "standing_since", "standing_reason", "advice"))
	add(tell(func(e listing.CreditRepairRefused) domain.Text {
		return because(domain.Text{ZH: "不予信用修复", EN: "Credit repair refused"}, e.Reason)
	}, "history"))
}

func tellJurisdiction(add func(string, line)) {
	add(tell(func(e jurisdiction.MoratoriumImposed) domain.Text {
		s := scopeWords(e.Class, nil, e.Audiences)
		return byDocument(domain.Text{ZH: "停止审批：" + s.ZH, EN: "Approvals stopped: " + s.EN}, e.DocumentNo)
	}, "moratoria"))
	add(tell(func(e jurisdiction.MoratoriumLifted) domain.Text {
		s := scopeWords(e.Class, nil, e.Audiences)
		return byDocument(domain.Text{ZH: "恢复审批：" + s.ZH, EN: "Approvals allowed again: " + s.EN}, e.DocumentNo)
	}, "moratoria"))
	add(tell(func(e jurisdiction.BaselineFrozen) domain.Text {
		s := scopeWords(e.Class, nil, e.Audiences)
		return domain.Text{
			ZH: fmt.Sprintf("冻结基数“%s”：%s持有%s许可的机构共 %d 家。", e.Name, written(e.Date), s.ZH, len(e.Members)),
			EN: fmt.Sprintf("Baseline %q frozen: %d institutions were licensed for %s on %s.", e.Name, len(e.Members), s.EN, e.Date),
		}
	}, "baselines"))
	add(tell(func(e jurisdiction.PolicyAdopted) domain.Text {
		var zh, en []string
		for _, p := range rule.Parameters {
			if v, ok := e.Parameters[p.Key]; ok {
				zh = append(zh, p.Title.ZH+"："+v)
				en = append(en, p.Title.EN+": "+v)
			}
		}
		return domain.Text{ZH: "采用地方参数（" + strings.Join(zh, "；") + "）。", EN: "Parameters adopted (" + strings.Join(en, "; ") + ")."}
	}, "parameters"))
	add(tell(func(e jurisdiction.CalendarPublished) domain.Text {
		return byDocument(domain.Text{ZH: fmt.Sprintf("公布 %d 年工作日历", e.Year), EN: fmt.Sprintf("Working-day calendar of %d published", e.Year)}, e.Document)
	}, "calendars"))
	add(tell(func(e jurisdiction.AnnualInspectionOpened) domain.Text {
		return domain.Text{
			ZH: fmt.Sprintf("开启 %d 年度年检，%s 至 %s。", e.Year, written(e.WindowFrom), written(e.WindowTo)),
			EN: fmt.Sprintf("Annual inspection of %d opened, from %s to %s.", e.Year, e.WindowFrom, e.WindowTo),
		}
	}, "inspection_windows"))
	add(tell(func(e jurisdiction.JointConferenceHeld) domain.Text {
		t := domain.Text{
			ZH: fmt.Sprintf("召开第 %d 次联席会议，参加部门 %d 个", e.Sequence, len(e.Agencies)),
			EN: fmt.Sprintf("Joint conference no. %d held by %d agencies", e.Sequence, len(e.Agencies)),
		}
		if len(e.Resolutions) > 0 {
			t.ZH += "，议定：" + strings.Join(e.Resolutions, "；")
			t.EN += ", resolved: " + strings.Join(e.Resolutions, "; ")
		}
		return stop(t)
	}, "conferences"))
	add(tell(func(e jurisdiction.ListBatchPublished) domain.Text {
		l := e.List.Label()
		return domain.Text{
			ZH: fmt.Sprintf("公布%s第 %d 批，截至 %s 共 %d 家，新增 %d 家，移出 %d 家。", l.ZH, e.Number, written(e.AsOf), len(e.Rows), len(e.Added), len(e.Removed)),
			EN: fmt.Sprintf("Batch no. %d of the %s published: %d members as of %s, %d added, %d removed.", e.Number, l.EN, len(e.Rows), e.AsOf, len(e.Added), len(e.Removed)),
		}
	}, "batches"))
	add(tell(func(e jurisdiction.SurveyPublished) domain.Text {
		return domain.Text{
			ZH: fmt.Sprintf("公布调查结果：对象 %s，%d 份答卷，公布的比率为 %s。", e.Population, e.Respondents, e.PrintedRate),
			EN: fmt.Sprintf("Survey published: %s, %d respondents, printed rate %s.", e.Population, e.Respondents, e.PrintedRate),
		}
	}, "surveys"))
}

func tellAccess(add func(string, line)) {
	add(tell(func(e access.TokenIssued) domain.Text {
		a, r := AgencyName(e.Agency), term.Role(e.Role).Label()
		return domain.Text{ZH: "签发访问令牌：" + a.ZH + "，" + r.ZH + "。", EN: "Token issued to " + a.EN + ", role " + r.EN + "."}
	}, "tokens"))
	add(tell(func(e access.TokenRevoked) domain.Text {
		return because(domain.Text{ZH: "撤销访问令牌", EN: "Token revoked"}, e.Reason)
	}, "tokens"))
}

func tellAmendments(add func(string, line)) {
	add(tell(func(e institution.Corrected) domain.Text { return corrected(e.Correction) }, "history"))
	add(tell(func(e institution.Annulled) domain.Text { return annulled(e.Annulment) }, "history"))
	add(tell(func(e listing.Corrected) domain.Text { return corrected(e.Correction) }, "history"))
	add(tell(func(e listing.Annulled) domain.Text { return annulled(e.Annulment) }, "history"))
	add(tell(func(e jurisdiction.Corrected) domain.Text { return corrected(e.Correction) }, "history"))
	add(tell(func(e jurisdiction.Annulled) domain.Text { return annulled(e.Annulment) }, "history"))
}

func corrected(c domain.Correction) domain.Text {
	was, is := plainJSON(c.Was), plainJSON(c.Is)
	return because(domain.Say("更正序号 %s 的“%s”：由 %s 改为 %s", "Corrected %[2]s of position %[1]s from %[3]s to %[4]s",
		strconv.FormatUint(c.TargetSeq, 10), c.Field, was, is), c.Reason)
}

func annulled(a domain.Annulment) domain.Text {
	return because(domain.Say("作废序号 %s 的记录", "Annulled the fact at position %s", strconv.FormatUint(a.TargetSeq, 10)), a.Reason)
}

// plainJSON writes a JSON text for a sentence: texts without their quotes.
func plainJSON(raw domain.RawJSON) string {
	var s string
	if json.Unmarshal(raw, &s) == nil && string(raw) != "null" {
		return "“" + s + "”"
	}
	if len(raw) == 0 || string(raw) == "null" {
		return "空"
	}
	return string(raw)
}

// stop ends a sentence.
func stop(t domain.Text) domain.Text {
	t.ZH, t.EN = end(t.ZH, "。"), end(t.EN, ".")
	return t
}

func end(s, mark string) string {
	if strings.HasSuffix(s, "。") || strings.HasSuffix(s, ".") {
		return s
	}
	return s + mark
}

// because ends a sentence with its reason, where there is one.
func because(t domain.Text, reason string) domain.Text {
	if reason = strings.TrimSpace(reason); reason != "" {
		t.ZH += "，理由：" + reason
		t.EN += ", reason: " + reason
	}
	return stop(t)
}

// byDocument ends a sentence with the document's number, where there is one.
func byDocument(t domain.Text, number string) domain.Text {
	if number = strings.TrimSpace(number); number != "" {
		t.ZH += "（" + number + "）"
		t.EN += " (" + number + ")"
	}
	return stop(t)
}

func underMoratorium(t domain.Text, o *institution.GrantOverride) domain.Text {
	if o != nil {
		t.ZH += "；停止审批期间凭文件发放（" + o.DocumentNo + "，" + o.Reason + "）"
		t.EN += "; granted while approvals were stopped, by document " + o.DocumentNo + ": " + o.Reason
	}
	return t
}
