package rule

import (
	"minglu/domain"
	"minglu/domain/calendar"
)

// WatchLimit is the longest time that an institution may be under watch.
var WatchLimit = domain.Rule{
	ID: "watch-limit", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "整改期限", EN: "Longest watch"},
	Citation: "兴安盟校外培训机构黑白名单通知（2024-10）：整改期最长三个月",
}

// OneStanding keeps white, watch and black apart: white and black never hold
// together, and watch is in neither list.
var OneStanding = domain.Rule{
	ID: "one-standing", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "同一时间只在一个名单", EN: "One standing at a time"},
	Citation: "云南省校外培训黑白名单管理办法（试行）",
}

// WithinWatchLimit refuses a watch that ends before it begins or lasts longer
// than the policy allows.
func (l Law) WithinWatchLimit(from, until calendar.Day) error {
	limit := from.AddMonths(l.Policy.Int("list.watch_limit_months"))
	switch {
	case until < from:
		return domain.Refuse(domain.Invalid, WatchLimit, domain.Say("整改期限早于开始日", "the watch ends before it begins"),
			domain.Field{Pointer: "/body/until", Code: "before_start", Message: domain.Say("应不早于 %s", "not before %s", from)})
	case until > limit:
		return domain.Refuse(domain.Conflict, WatchLimit, domain.Say("整改最长到 %s", "the watch may last until %s at most", limit),
			domain.Field{Pointer: "/body/until", Code: "too_long", Message: domain.Say("应不晚于 %s", "not after %s", limit)})
	}
	return nil
}
