package reaction

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/inspection"
	"minglu/domain/rectification"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// toInspections is what follows from a serious finding (X2): an order to correct
// by the agency that found it, a proposal to take the institution off the white
// list at once, and then watch or the black procedure, by the policy.
var toInspections = []Reaction{
	on("发现严重问题：责令整改，建议移出白名单，并按地方参数建议整改或黑名单程序",
		"serious finding: order to correct, proposals to remove from white and, by the policy, to watch or begin the black procedure",
		func(f Fact, e inspection.FindingRecorded, l rule.Law, today calendar.Day) []Act {
			if e.Severity != term.SeveritySerious || e.Institution == "" {
				return nil
			}
			why := "检查发现严重问题：" + e.Item.Label().ZH
			next := term.ProposePutOnWatch
			if l.Policy.Text("list.serious_finding") == "black_procedure" {
				next = term.ProposeBlackNotice
			}
			out := f.order(e.Institution, e.Agency, today, rectification.Order{
				Items: []rectification.OrderItem{{Item: string(e.Item), Text: orElse(e.Facts, why), Severity: term.RectifySerious}},
				Basis: orElse(e.Basis, rule.CorrectionOrder.Citation),
			}, why)
			return append(out, f.propose(e.Institution, today,
				proposal{term.ProposeRemoveWhite, string(term.X2), why}, proposal{next, string(term.X2), why})...)
		}),
}

// order orders an institution to correct, in the name of the agency that found
// out, which then verifies it.
func (f Fact) order(institution, agency string, today calendar.Day, o rectification.Order, why string) []Act {
	if !f.fresh(today) {
		return nil
	}
	o.Institution, o.Source = domain.RefTo(institution), domain.RefTo(f.Stream)
	return []Act{{
		Key: f.ID + "/order", Name: "rectification.order", Division: f.Meta.Division, Effective: max(today, calendar.DayOf(f.Meta.Effective)),
		Agency: agency, Cause: f.ID, Why: why, Body: o,
	}}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
