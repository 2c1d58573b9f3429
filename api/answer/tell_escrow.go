package answer

import (
	"fmt"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/escrow"
	"minglu/domain/money"
	"minglu/domain/term"
)

func tellEscrow(add func(string, line)) {
	add(tell(func(e escrow.AgreementSigned) domain.Text {
		mode, size := e.Mode.Label(), e.Size.Label()
		return domain.Text{
			ZH: fmt.Sprintf("与%s签订预收费监管协议：%s，按%s机构预警。", e.BankName, mode.ZH, size.ZH),
			EN: fmt.Sprintf("Agreement on supervised prepayment signed with %s: %s, alerts as of a %s institution.", e.BankName, mode.EN, size.EN),
		}
	}))
	add(tell(func(e escrow.AccountOpened) domain.Text {
		mode := e.Mode.Label()
		return domain.Text{
			ZH: fmt.Sprintf("在%s开立预收费监管账户（%s），账号 %s。", e.BankName, mode.ZH, e.MaskedNumber),
			EN: fmt.Sprintf("Supervised account opened at %s (%s), number %s.", e.BankName, mode.EN, e.MaskedNumber),
		}
	}))
	add(tell(func(e escrow.AgreementFiled) domain.Text {
		return byDocument(domain.Text{ZH: "监管协议已备案", EN: "The agreement is filed with the authority"}, e.DocumentNo)
	}))
	add(tell(func(e escrow.DepositPaid) domain.Text {
		a := yuan(e.Amount)
		return stop(domain.Text{ZH: "缴存风险保证金 " + a.ZH, EN: "Risk deposit paid in: " + a.EN})
	}))
	add(tell(func(e escrow.DepositAdjusted) domain.Text {
		a := yuan(e.Required)
		return stop(domain.Text{ZH: "核定保证金最低额 " + a.ZH + "，依据：" + e.Basis, EN: "Minimum of the deposit set to " + a.EN + ", basis: " + e.Basis})
	}))
	add(tell(func(e escrow.DepositUsed) domain.Text {
		a := yuan(e.Amount)
		return stop(domain.Text{ZH: "动用保证金 " + a.ZH + "清退学员费用", EN: a.EN + " of the deposit used to pay families"})
	}))
	add(tell(func(e escrow.DepositReturned) domain.Text {
		a := yuan(e.Amount)
		t := domain.Text{ZH: "退还机构保证金 " + a.ZH, EN: a.EN + " of the deposit returned to the institution"}
		if e.WindingUp {
			t.ZH += "（账户清算）"
			t.EN += " (the account is wound up)"
		}
		return because(t, e.Reason)
	}))
	add(tell(func(e escrow.BreachNoted) domain.Text {
		l := e.Breach.Label()
		return stop(domain.Text{ZH: "记录收费违规：" + l.ZH + "，" + e.Note, EN: "Breach of the charging rules: " + l.EN + ", " + e.Note})
	}))
	add(tell(func(e escrow.AlertRaised) domain.Text {
		l, m, v := e.Level.Label(), e.Metric.Label(), alertValue(e.Metric, e.Value)
		return domain.Text{
			ZH: fmt.Sprintf("发出%s预警 %d：%s，%s。", l.ZH, e.Number, m.ZH, v.ZH),
			EN: fmt.Sprintf("Alert %d raised, %s: %s, %s.", e.Number, l.EN, m.EN, v.EN),
		}
	}))
	add(tell(func(e escrow.AlertAssessed) domain.Text {
		text := strings.TrimSuffix(e.Text, "。")
		t := domain.Say("预警 %d 研判不属实：%s", "Alert %d assessed as not real: %s", e.Number, text)
		if e.Real {
			t = domain.Say("预警 %d 研判属实：%s", "Alert %d assessed as real: %s", e.Number, text)
		}
		if e.Conference != "" {
			t.ZH += "（联席会议 " + e.Conference + "）"
			t.EN += " (joint conference " + e.Conference + ")"
		}
		if e.Publish {
			t.ZH += "，向社会公布风险提示"
			t.EN += "; the public is warned"
		}
		return stop(t)
	}))
	add(tell(func(e escrow.AlertClosed) domain.Text {
		return because(domain.Say("解除预警 %d", "Alert %d closed", e.Number), e.Reason)
	}))
	add(tell(func(e escrow.Frozen) domain.Text {
		return because(domain.Text{ZH: "冻结监管账户", EN: "The supervised account is frozen"}, e.Reason)
	}))
	add(tell(func(e escrow.Unfrozen) domain.Text {
		return because(domain.Text{ZH: "监管账户解除冻结", EN: "The supervised account is no longer frozen"}, e.Reason)
	}))
	add(tell(func(e escrow.AccountClosed) domain.Text {
		return because(domain.Text{ZH: "监管账户销户", EN: "The supervised account is closed"}, e.Reason)
	}))
	add(tell(func(e escrow.DeadlineMissed) domain.Text { return overdue(e.Missing) }))
	add(tell(func(e escrow.Corrected) domain.Text { return corrected(e.Correction) }))
	add(tell(func(e escrow.Annulled) domain.Text { return annulled(e.Annulment) }))
}

// alertValue writes what an alert was raised on, in the unit of its metric.
func alertValue(metric term.AlertMetric, value int64) domain.Text {
	n := strconv.FormatInt(value, 10)
	switch metric {
	case term.MetricRefunds:
		return domain.Text{ZH: "七日内申请 " + n + " 件", EN: n + " requests within seven days"}
	case term.MetricStale:
		return domain.Text{ZH: "已 " + n + " 日未授课", EN: n + " days without a lesson"}
	case term.MetricSilence:
		return domain.Text{ZH: n + "% 的课时系逾期视为确认", EN: n + "% of the lessons were deemed to be confirmed"}
	case term.MetricDeposit:
		return domain.Text{ZH: "为最低额的 " + n + "%", EN: n + "% of the minimum"}
	}
	return yuan(money.Fen(value))
}
