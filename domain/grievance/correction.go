package grievance

import (
	"minglu/domain"
	"minglu/domain/rule"
)

// frozen are the members of facts that no correction changes: periods follow the
// steps, and who has a part is moved by acts of their own.
var frozen = []rule.Frozen{
	rule.FrozenPeriods,
	rule.FrozenSeals("complainant", "contact", "content"),
	{
		Members: []string{"handler", "to", "agency", "reviewer", "by"},
		By:      rule.GrievanceHandler,
		Instead: domain.Text{ZH: "承办单位不以更正改变，请转办或者报联席会议办公室裁定", EN: "who handles it is not corrected: transfer it, or have the joint-conference office decide"},
	},
	{
		Members: []string{"whole", "reopens"},
		By:      rule.GrievanceClosing,
		Instead: domain.Text{ZH: "整件是否办结由登记得出，不以更正改变；办结有误的，作废该办结或者重新办理", EN: "whether the whole has ended is worked out and not corrected: annul the closing, or reopen"},
	},
}

func decideCorrect(c Correct) ([]Event, error) {
	return domain.OneFact[Event](Corrected(c), rule.Correctable(c.Correction, frozen...))
}
