package answer

import (
	"fmt"

	"minglu/domain"
	"minglu/domain/money"
	"minglu/domain/statement"
)

func tellStatement(add func(string, line)) {
	add(tell(func(e statement.LineBooked) domain.Text {
		t := movement(e.Amount)
		if e.Kind != "" {
			k := e.Kind.Label()
			t.ZH += "（" + k.ZH + "）"
			t.EN += " (" + k.EN + ")"
		}
		t.ZH = fmt.Sprintf("登记银行流水 %s：%s", e.Serial, t.ZH)
		t.EN = fmt.Sprintf("Line %s of the bank's statement: %s", e.Serial, t.EN)
		if e.Balance != nil {
			b := yuan(*e.Balance)
			t.ZH += "，余额 " + b.ZH
			t.EN += ", balance " + b.EN
		}
		if e.Reference != "" {
			t.ZH += "，订单号 " + e.Reference
			t.EN += ", order " + e.Reference
		}
		return stop(t)
	}))
	add(tell(func(e statement.Corrected) domain.Text { return corrected(e.Correction) }))
	add(tell(func(e statement.Annulled) domain.Text { return annulled(e.Annulment) }))
}

// movement says which way money moved on an account, and how much: no more than
// a line of a statement may say.
func movement(amount money.Fen) domain.Text {
	if amount > 0 {
		a := yuan(amount)
		return domain.Text{ZH: "收入 " + a.ZH, EN: a.EN + " in"}
	}
	a := yuan(-amount)
	return domain.Text{ZH: "支出 " + a.ZH, EN: a.EN + " out"}
}
