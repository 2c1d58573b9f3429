package answer

import (
	"fmt"
	"strings"

	"minglu/domain"
	"minglu/domain/dispute"
	"minglu/domain/figure"
	"minglu/domain/money"
	"minglu/domain/term"
)

func tellDispute(add func(string, line)) {
	add(tell(func(e dispute.Opened) domain.Text {
		c, n := e.Cause.Label(), counted(e.Pupils)
		t := domain.Text{ZH: "登记纠纷：" + c.ZH + "，涉及学员" + n.ZH, EN: "Dispute opened: " + c.EN + ", pupils concerned: " + n.EN}
		if e.Amount != nil {
			t.ZH += "，金额 " + yuan(*e.Amount).ZH
			t.EN += ", " + yuan(*e.Amount).EN
		}
		return stop(t)
	}))
	add(tell(func(e dispute.ClaimRecorded) domain.Text {
		r, a := e.Rank.Label(), yuan(e.Amount)
		t := domain.Text{ZH: fmt.Sprintf("登记债权 %d：%s，%s", e.Claim, r.ZH, a.ZH), EN: fmt.Sprintf("Claim %d recorded: %s, %s", e.Claim, r.EN, a.EN)}
		if e.Supervised > 0 {
			s := yuan(e.Supervised)
			t.ZH += "，其中监管账户 " + s.ZH
			t.EN += ", of which " + s.EN + " are supervised"
		}
		return stop(t)
	}))
	add(tell(func(e dispute.Routed) domain.Text {
		to := labels(e.To)
		return byDocument(domain.Text{ZH: "纠纷分流到：" + to.ZH, EN: "Routed to: " + to.EN}, e.DocumentNo)
	}))
	add(tell(func(e dispute.MeetingHeld) domain.Text {
		n := counted(e.Count)
		t := domain.Text{ZH: "召开纠纷专题会议" + n.ZH, EN: "Meetings held on the dispute: " + n.EN}
		if len(e.Agencies) > 0 {
			who := agencyNames(e.Agencies)
			t.ZH += "，参加：" + who.ZH
			t.EN += ", by " + who.EN
		}
		return stop(t)
	}))
	add(tell(func(e dispute.VisitReceived) domain.Text {
		n := counted(e.Count)
		return stop(domain.Text{ZH: "接待来访" + n.ZH, EN: "Visits received: " + n.EN})
	}))
	add(tell(distributed))
	add(tell(func(e dispute.Resolved) domain.Text {
		by, left := e.By.Label(), yuan(e.Remaining)
		return stop(domain.Text{
			ZH: fmt.Sprintf("纠纷办结，途径：%s，结果：%s，尚未支付 %s", by.ZH, strings.TrimSuffix(e.Terms, "。"), left.ZH),
			EN: fmt.Sprintf("Dispute resolved by %s: %s; still unpaid: %s", by.EN, strings.TrimSuffix(e.Terms, "。"), left.EN),
		})
	}))
	add(tell(func(e dispute.DeadlineMissed) domain.Text { return overdue(e.Missing) }))
	add(tell(func(e dispute.PersonalDataRead) domain.Text {
		return because(domain.Text{ZH: "查阅债权人信息", EN: "The identity of a claimant was read"}, e.Reason)
	}))
	add(tell(func(e dispute.PersonalDataErased) domain.Text {
		return because(domain.Text{ZH: "依法删除债权人信息（" + e.LegalBasis + "）", EN: "A claimant was erased by law (" + e.LegalBasis + ")"}, e.Reason)
	}))
	add(tell(func(e dispute.Corrected) domain.Text {
		if strings.HasPrefix(e.Field, "claimant") {
			return because(domain.Say("更正序号 %d 的债权人信息", "Corrected the claimant of position %d", e.TargetSeq), e.Reason)
		}
		return corrected(e.Correction)
	}))
	add(tell(func(e dispute.Annulled) domain.Text { return annulled(e.Annulment) }))
}

// distributed says what each rank gets, and what stays unpaid or is left.
func distributed(e dispute.Distributed) domain.Text {
	available := yuan(e.Available)
	t := domain.Text{ZH: "按顺序分配 " + available.ZH, EN: available.EN + " distributed by rank"}
	for _, r := range e.Ranks {
		l, claims, paid := r.Rank.Label(), yuan(r.Claims), yuan(r.Paid)
		t.ZH += fmt.Sprintf("；%s %s，支付 %s", l.ZH, claims.ZH, paid.ZH)
		t.EN += fmt.Sprintf("; %s: %s of %s", l.EN, paid.EN, claims.EN)
	}
	short := yuan(e.Shortfall)
	t.ZH += "；尚欠 " + short.ZH
	t.EN += "; still unpaid: " + short.EN
	if e.Surplus > 0 {
		left := yuan(e.Surplus)
		t.ZH += "；结余 " + left.ZH
		t.EN += "; left over: " + left.EN
	}
	return stop(t)
}

// yuan writes an amount.
func yuan(f money.Fen) domain.Text {
	return domain.Text{ZH: f.Yuan() + " 元", EN: f.Yuan() + " yuan"}
}

// counted writes a count as exactly as it is known, to stand behind what is
// counted.
func counted(c figure.Count) domain.Text {
	u := c.Unit.Label()
	unit := u.EN
	if c.N != 1 {
		unit += "s"
	}
	switch c.Precision {
	case term.AtLeast:
		return domain.Text{ZH: fmt.Sprintf(" %d 余%s", c.N, u.ZH), EN: fmt.Sprintf("at least %d %s", c.N, unit)}
	case term.Nearly:
		return domain.Text{ZH: fmt.Sprintf("近 %d %s", c.N, u.ZH), EN: fmt.Sprintf("nearly %d %s", c.N, unit)}
	case term.UnknownCount:
		return domain.Text{ZH: "，数量不详", EN: "not known"}
	}
	return domain.Text{ZH: fmt.Sprintf(" %d %s", c.N, u.ZH), EN: fmt.Sprintf("%d %s", c.N, unit)}
}

// agencyNames joins the words for agencies.
func agencyNames(codes []string) domain.Text {
	zh, en := make([]string, len(codes)), make([]string, len(codes))
	for i, c := range codes {
		t := AgencyName(c)
		zh[i], en[i] = t.ZH, t.EN
	}
	return domain.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, "; ")}
}
