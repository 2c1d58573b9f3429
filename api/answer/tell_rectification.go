package answer

import (
	"fmt"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/clock"
	"minglu/domain/rectification"
)

func tellRectification(add func(string, line)) {
	add(tell(func(e rectification.Ordered) domain.Text {
		texts := make([]string, len(e.Items))
		for i, it := range e.Items {
			texts[i] = fmt.Sprintf("%d. %s", it.Number, it.Text)
		}
		return byDocument(domain.Text{
			ZH: "责令整改，期限至 " + written(e.Due) + "：" + strings.Join(texts, "；"),
			EN: "Ordered to correct until " + e.Due.String() + ": " + strings.Join(texts, "; "),
		}, e.DocumentNo)
	}))
	add(tell(func(e rectification.Extended) domain.Text {
		return because(domain.Say("整改期限延长至 %s", "The period is extended until %[2]s", written(e.Due), e.Due), e.Reason)
	}))
	add(tell(func(e rectification.Reported) domain.Text {
		n := itemsOf(e.Items)
		t := domain.Text{ZH: "机构报告" + n.ZH + "已整改", EN: "The institution reports to have corrected " + n.EN}
		if e.Statement != "" {
			t.ZH += "：" + e.Statement
			t.EN += ": " + e.Statement
		}
		return stop(t)
	}))
	add(tell(func(e rectification.Verified) domain.Text {
		n := itemsOf(e.Items)
		t := domain.Text{ZH: n.ZH + "验收合格", EN: "Verified: " + n.EN}
		if e.Whole {
			t.ZH += "，全部事项整改到位"
			t.EN += "; everything is corrected"
		}
		return stop(t)
	}))
	add(tell(func(e rectification.Failed) domain.Text {
		n := itemsOf(e.Items)
		t := domain.Text{ZH: n.ZH + "整改不合格", EN: "Not corrected: " + n.EN}
		if e.Whole {
			t.ZH += "，整份责令整改不合格"
			t.EN += "; the order has failed"
		}
		return because(t, e.Reason)
	}))
	add(tell(func(e rectification.FollowedUp) domain.Text {
		r := e.Result.Label()
		t := domain.Text{ZH: "回头看：" + r.ZH, EN: "Followed up: " + r.EN}
		if e.Text != "" {
			t.ZH += "，" + e.Text
			t.EN += ", " + e.Text
		}
		return stop(t)
	}))
	add(tell(func(e rectification.ClosedOut) domain.Text {
		return because(domain.Text{ZH: "整改销号", EN: "Closed out"}, e.Reason)
	}))
	add(tell(func(e rectification.DeadlineMissed) domain.Text { return overdue(e.Missing) }))
	add(tell(func(e rectification.Corrected) domain.Text { return corrected(e.Correction) }))
	add(tell(func(e rectification.Annulled) domain.Text { return annulled(e.Annulment) }))
}

// itemsOf writes the numbers of items.
func itemsOf(numbers []int) domain.Text {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
	}
	one := "item "
	if len(words) > 1 {
		one = "items "
	}
	return domain.Text{ZH: "第 " + strings.Join(words, "、") + " 项", EN: one + strings.Join(words, ", ")}
}

// overdue is the sentence for a missed deadline.
func overdue(m clock.Missing) domain.Text {
	l := m.Clock.Label()
	t := domain.Text{
		ZH: fmt.Sprintf("逾期：%s，期限到 %s", l.ZH, written(m.Due)),
		EN: fmt.Sprintf("Deadline missed: %s, until %s", l.EN, m.Due),
	}
	if m.Agency != "" {
		a := AgencyName(m.Agency)
		t.ZH += "，" + a.ZH
		t.EN += ", " + a.EN
	}
	return stop(t)
}
