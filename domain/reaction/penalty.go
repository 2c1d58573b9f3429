package reaction

import (
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/penalty"
	"minglu/domain/rectification"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// toPenalties are what a decided case, and its reversal, mean for the
// institution.
var toPenalties = []Reaction{
	on("作出处罚决定：责令改正，建议移出白名单并进入黑名单程序",
		"penalty decided: order to correct, proposals to remove from white and to begin the black procedure",
		func(f Fact, e penalty.Decided, _ rule.Law, today calendar.Day) []Act {
			if e.Subject == "" {
				return nil
			}
			why := "处罚决定 " + e.Document
			out := f.order(e.Subject, f.Meta.Actor.Agency, today, corrects(e, max(today, calendar.DayOf(f.Meta.Effective))), why)
			if !heavy(e.Sanction) {
				return out
			}
			return append(out, f.propose(e.Subject, today,
				proposal{term.ProposeRemoveWhite, string(term.X2), why}, proposal{term.ProposeBlackNotice, string(term.X2), why})...)
		}),
	on("处罚决定被撤销：建议移出黑名单", "penalty revoked: proposal to remove from black",
		func(f Fact, e penalty.Revoked, _ rule.Law, today calendar.Day) []Act {
			return f.reversed(e.Subject, today)
		}),
	on("行政复议改变决定：建议移出黑名单", "decision reversed by reconsideration: proposal to remove from black",
		func(f Fact, e penalty.ReconsiderationDecided, _ rule.Law, today calendar.Day) []Act {
			return f.remedied(e.RemedyResult, today)
		}),
	on("行政诉讼改变决定：建议移出黑名单", "decision reversed in court: proposal to remove from black",
		func(f Fact, e penalty.LitigationDecided, _ rule.Law, today calendar.Day) []Act {
			return f.remedied(e.RemedyResult, today)
		}),
}

// corrects is the order to correct that goes with a penalty (Penalty Law §28).
// Without a last day the act is to end at once.
func corrects(e penalty.Decided, on calendar.Day) rectification.Order {
	due := on
	if e.Correction.Due != 0 {
		due = max(on, e.Correction.Due)
	}
	return rectification.Order{
		Items: []rectification.OrderItem{{Item: string(term.ItemOther), Text: e.Correction.Text, Severity: term.RectifySerious}},
		Due:   due, WithinWatch: true, Basis: rule.CorrectionOrder.Citation, DocumentNo: e.Document,
	}
}

// heavy reports whether a penalty is more than a warning or criticism, and so
// grounds a black listing of more than the lightest tier.
func heavy(s rule.Sanction) bool {
	return slices.ContainsFunc(s.Kinds, func(k term.PenaltyKind) bool { return k != term.WarningPenalty && k != term.Criticism })
}

func (f Fact) remedied(e penalty.RemedyResult, today calendar.Day) []Act {
	if e.Outcome == term.RemedyUpheld || e.Outcome == term.RemedyWithdrawn {
		return nil
	}
	return f.reversed(e.Subject, today)
}

func (f Fact) reversed(subject string, today calendar.Day) []Act {
	return f.propose(subject, today, proposal{term.ProposeRemoveBlack, string(term.DecisionRevoked), "列入所依据的处罚决定已被改变"})
}
