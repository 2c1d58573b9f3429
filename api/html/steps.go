package html

import (
	"minglu/api/answer"
	"minglu/domain/term"
)

// complain tells where anybody may complain or report.
const complain = "投诉举报：拨打 12345 政务服务热线，或拨打 12315 向市场监管部门反映，也可以直接找当地教育部门。"

// steps says what a reader may do next, for the standing and papers of an
// institution. They are plain hints and state no terms or amounts: those are
// parameters of the division.
func steps(a answer.Institution) []string {
	var out []string
	if a.Kind == term.NaturalPerson || a.Kind == term.Premises {
		out = append(out, "名录里收录它，是因为检查或举报中发现了它，不代表它可以办学。")
	}
	switch {
	case a.Standing == term.StandingBlack:
		out = append(out, "不要报名，不要再缴费。", refund)
	case a.Standing == term.StandingDeregistered:
		out = append(out, "它已经不能再招生收费；还在招生的，请举报。", refund)
	case a.Status == term.Closed || a.Status == term.Terminating || a.Status == term.Suspended:
		out = append(out, "现在不要报名、不要缴费。", refund)
	case a.Standing == term.StandingWatch:
		out = append(out, "等结果公布后再决定；期限到了，请再来查一次。", "已经报名的，保留合同和付款记录，发现问题及时反映。")
	case a.Documents != term.Complete:
		out = append(out, "先问清楚为什么证照不全，看到办学许可证和营业执照（或登记证书）再决定，并在这里核对证号。")
	default:
		out = append(out, "核对名称、地点和证号，与这里登记的一致再报名。", "签书面合同，缴费只付入监管账户，不要付给个人。")
	}
	return append(out, complain)
}

const refund = "还有课没上完、钱没退的：保留合同、付款记录和聊天记录，书面提出退费；对方不理会的，向当地教育部门或市场监管部门投诉。"

// stateWord says how an institution operates. Of persons and places without
// papers it is not said that they are in operation, only that no stop is on
// record.
func stateWord(a answer.Institution) string {
	if a.Status == term.Operating && a.Documents == term.Neither {
		return "没有停办或注销的记录"
	}
	return a.Status.Label().ZH
}
