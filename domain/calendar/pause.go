package calendar

import (
	"cmp"
	"slices"

	"minglu/domain"
)

// PausedRule is the rule that a suspended period has no last day. Refusals by
// it match [ErrPaused].
var PausedRule = domain.Rule{
	ID: "clock-paused",
	Title: domain.Text{
		ZH: "期限中止期间不计算届满日",
		EN: "a period that stands still has no last day",
	},
	Mark:    domain.Design,
	Version: 1,
}

// ErrPaused matches, with errors.Is, the refusal to name the last day of a
// period that is suspended and not resumed.
var ErrPaused error = domain.Refuse(domain.Conflict, PausedRule, domain.Text{
	ZH: "期限已中止，恢复计算后才能确定届满日",
	EN: "the period is suspended; its last day is known once it is resumed",
})

// Interval is one pause of a period. The days from Suspended, included, to the
// day before Resumed are not counted. Resumed is 0 as long as the period stands
// still; where it is the day of Suspended the pause is empty.
type Interval struct {
	Suspended Day `json:"suspended"`
	Resumed   Day `json:"resumed,omitzero"`
}

// pauses are intervals in order of their beginning.
type pauses []Interval

func newPauses(given []Interval) (pauses, error) {
	for _, i := range given {
		if i.Suspended.IsZero() || !i.Resumed.IsZero() && i.Resumed < i.Suspended {
			return nil, domain.BadField("", "pause", domain.Say(
				"中止日“%s”与恢复日“%s”不成立：须有中止日，且恢复日不得早于中止日",
				"suspended “%s”, resumed “%s”: a pause needs the day it begins, and is not resumed before it",
				i.Suspended, i.Resumed))
		}
	}
	return slices.SortedFunc(slices.Values(given), func(a, b Interval) int {
		return cmp.Compare(a.Suspended, b.Suspended)
	}), nil
}

// next returns d or, where d lies in pauses, the first day after them.
func (p pauses) next(d Day) (Day, error) {
	for _, i := range p {
		switch {
		case d < i.Suspended:
			return d, nil
		case i.Resumed.IsZero():
			return 0, ErrPaused
		case d < i.Resumed:
			d = i.Resumed
		}
	}
	return d, nil
}
