package reaction

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/dispute"
	"minglu/domain/institution"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// toClosures is what follows when an institution leaves its pupils behind.
var toClosures = []Reaction{
	on("非正常关停：建立纠纷，冻结监管账户并发出红色预警", "abnormal closure: a dispute is opened, supervised accounts are frozen, a red alert",
		func(f Fact, e institution.AbnormalClosureReported, _ rule.Law, today calendar.Day) []Act {
			if !f.fresh(today) {
				return nil
			}
			return append([]Act{{
				Key: f.ID + "/dispute", Name: "dispute.open", Division: f.Meta.Division, Effective: max(today, calendar.DayOf(f.Meta.Effective)),
				Agency: f.Meta.Actor.Agency, Cause: f.ID, Why: "机构非正常关停",
				Body: dispute.Open{Institution: domain.RefTo(f.Stream), Cause: term.DisputeClosure, Pupils: e.Pupils, Amount: e.Undelivered},
			}}, accountsFrozen(f, e, today)...)
		}),
}
