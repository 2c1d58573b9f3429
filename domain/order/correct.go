package order

import (
	"encoding/json"
	"strings"

	"minglu/domain"
	"minglu/domain/rule"
)

// frozenParts are members that other facts of the order go by, and such as the
// register worked out from the account or from other facts.
var frozenParts = rule.Frozen{
	Members: []string{
		"account", "institution", "pupil", "lesson", "lessons", "transfer_of", "to", "off_account", "deposit", "outside", "counts", "deemed", "whole",
	}, By: rule.OrderSteps,
	Instead: domain.Text{ZH: "账户、学员、课时序号和资金所在不以更正改变：作废后重新记录", EN: "account, pupil, lesson and where money lies are not corrected: annul the fact and record it anew"},
}

// frozenOnward are members that a transferred order and the one that goes on it
// both tell.
var frozenOnward = rule.Frozen{
	Members: []string{"amount_fen", "hours", "by_period", "paid_on", "received_before"}, By: rule.OrderSteps,
	Instead: domain.Text{ZH: "订单已划转或者承接划转，两份订单的金额、课时和付款日应一致：作废后重新记录", EN: "the order was transferred or goes on another; amount, class-hours and day of payment are those of both: annul the fact and record it anew"},
}

// frozenByDeposit is what was paid out from the risk deposit: the account keeps
// what was used of it for the order.
var frozenByDeposit = rule.Frozen{
	Members: []string{"amount_fen"}, By: rule.OrderSteps,
	Instead: domain.Text{ZH: "订单已由保证金清退，金额不以更正改变：作废后重新记录", EN: "the order was paid from the deposit; no amount is corrected: annul the fact and record it anew"},
}

// correctable refuses a correction that would pass by a rule: of a period, of
// what other facts go by, or to a text that an act would not take.
func (s State) correctable(c Correct) error {
	frozen := []rule.Frozen{rule.FrozenPeriods, frozenParts}
	if c.Goes || s.Moved.To != "" || s.TransferOf != "" {
		frozen = append(frozen, frozenOnward)
	}
	if s.FromDeposit != 0 {
		frozen = append(frozen, frozenByDeposit)
	}
	if err := rule.Correctable(c.Correction, frozen...); err != nil {
		return err
	}
	switch member := strings.ToLower(c.Field); member {
	case "course", "bank_ref", "number", "contract", "group", "notice":
		return textual(member, c.Is)
	}
	return nil
}

// textual refuses a text that an act would not take.
func textual(member string, is domain.RawJSON) error {
	var text string
	if err := json.Unmarshal(is, &text); err != nil {
		return domain.BadField("/body/is", "text", domain.Say("应为文字", "should be a text"))
	}
	switch {
	case member == "bank_ref", member == "number":
		return numbered("/body/is", text)
	case member == "course" && (text == "" || text != Course(text)):
		return domain.BadField("/body/is", "course", domain.Say("课程名称应写作“%s”，不含空格和全角字符", "write the course as %q, without spaces or full-width characters", Course(text)))
	}
	return rule.Impersonal("/body/is", text)
}
