package grievance

import (
	"encoding/json"
	"strings"

	"minglu/domain"
	"minglu/domain/ident"
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

func decideCorrect(s State, c Correct) ([]Event, error) {
	return domain.OneFact[Event](Corrected(c), firstOf(rule.Correctable(c.Correction, frozen...), s.numbered(c.Correction)))
}

// numbered refuses a correction that parts a grievance from the number that
// names it, or gives it the number that names another.
func (s State) numbered(c domain.Correction) error {
	var now Receipt
	switch strings.ToLower(c.Field) { // members are found whatever their case
	case "receipt":
		_ = json.Unmarshal(c.Is, &now) // what is no receipt is refused with the fact it would make
	case "receipt/number":
		_ = json.Unmarshal(c.Is, &now.Number)
	default:
		return nil
	}
	if was := ident.ReceiptNumber(s.Receipt); now.Number == was || now.Number.Names() == "" && was.Names() == "" {
		return nil
	}
	return domain.BadField("/body/field", "frozen", domain.Say(
		"八位的受理编号就是这件投诉举报自身的编号，不能更正", "a number of eight digits is the grievance's own and is not corrected"))
}
