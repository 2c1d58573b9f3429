package reaction

import (
	"minglu/domain/calendar"
	"minglu/domain/rectification"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// toRectifications are what the outcome of a rectification means for the lists.
var toRectifications = []Reaction{
	on("整改全部验收合格：建议结束整改", "rectification verified: proposal to take off watch",
		func(f Fact, e rectification.Verified, _ rule.Law, today calendar.Day) []Act {
			if !e.Whole {
				return nil
			}
			return f.propose(e.Institution, today, proposal{term.ProposeTakeOffWatch, string(term.WatchVerified), "责令整改的事项已全部验收合格"})
		}),
	on("整改不合格：建议进入黑名单程序", "rectification failed: proposal to begin the black procedure",
		func(f Fact, e rectification.Failed, _ rule.Law, today calendar.Day) []Act {
			if !e.Whole {
				return nil
			}
			return f.propose(e.Institution, today, proposal{term.ProposeBlackNotice, string(term.B7), "整改不合格：" + e.Reason})
		}),
}
