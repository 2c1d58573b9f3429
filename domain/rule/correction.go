package rule

import (
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/clock"
)

// Frozen are members of facts that no correction changes: what an act of its own
// decides, or what the register worked out when the fact was recorded. A
// correction of them would pass by the rules of those acts.
type Frozen struct {
	Members []string    // of the bodies, at their top
	By      domain.Rule // that a correction would pass by
	Instead domain.Text // what is done instead
}

// FrozenPeriods are the members by which clocks run.
var FrozenPeriods = Frozen{
	Members: []string{"clocks", "clock", "until", "due", "decide_by", "awaits_calendar"}, By: clock.ExtensionRule,
	Instead: domain.Text{ZH: "期限不以更正改变：需要延长的依法延长，起算有误的作废后重新记录", EN: "a period is not corrected: extend it by law, or annul the fact and record it anew"},
}

// FrozenSeals returns the members that hold sealed values, and those that name
// whose. The store keeps a seal from being changed; this keeps clear text from
// being written where there was none.
func FrozenSeals(members ...string) Frozen {
	return Frozen{
		Members: append(members, "person_ref"), By: PersonalData,
		Instead: domain.Text{ZH: "密封信息不能更正；有误的，依法删除后重新记录", EN: "a sealed value is not corrected; erase it by law and record it anew"},
	}
}

// Correctable refuses a correction of a frozen member, or of a part of one, and
// one without a reason.
func Correctable(c domain.Correction, frozen ...Frozen) error {
	member, _, _ := strings.Cut(c.Field, "/")
	for _, f := range frozen {
		if slices.ContainsFunc(f.Members, func(m string) bool { return strings.EqualFold(m, member) }) {
			return domain.Refuse(domain.Conflict, f.By, f.Instead, domain.Field{Pointer: "/body/field", Code: "frozen", Message: f.Instead})
		}
	}
	return domain.Filled("/body/reason", c.Reason)
}
