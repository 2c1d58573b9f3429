package penalty

import (
	"minglu/domain"
	"minglu/domain/rule"
)

// frozen are the members of facts that no correction changes: each is changed by
// an act of its own, with the rights and periods that go with it.
var frozen = []rule.Frozen{
	rule.FrozenPeriods,
	rule.FrozenSeals("person"),
	{
		Members: []string{"kinds", "fine_fen", "confiscated_fen", "refund_ordered_fen", "bar_years", "bar_for_life", "procedure", "repeat_of", "fine_key", "another_act"},
		By:      rule.PenaltyReversal,
		Instead: domain.Text{ZH: "处罚决定不以更正改变，请变更（penalty.change）或者撤销（penalty.revoke）", EN: "a decision is not corrected: change it (penalty.change) or revoke it (penalty.revoke)"},
	},
	{
		Members: []string{"proposed", "rights", "hearing_offered", "major"},
		By:      rule.PenaltyNotice,
		Instead: domain.Text{ZH: "已告知当事人的内容不以更正改变，请另行送达事先告知书", EN: "what the party was told is not corrected: serve another notice"},
	},
	{
		Members: []string{"officers", "officer", "replacement", "by", "approver"},
		By:      rule.SeparateDecider,
		Instead: domain.Text{ZH: "办案人员不以更正改变：应当回避的办理回避，写错的作废后重新记录", EN: "who acted is not corrected: recuse an officer, or annul the fact and record it anew"},
	},
	{
		Members: []string{"agency", "was", "to", "outside"},
		By:      rule.PenaltyAgency,
		Instead: domain.Text{ZH: "承办机关和变更后的内容不以更正改变，请移送、指定管辖或者再行变更", EN: "neither who handles the case nor what was changed is corrected: transfer it, have it assigned, or change the decision"},
	},
	{
		Members: []string{"served_on"},
		By:      rule.PenaltyService,
		Instead: domain.Text{ZH: "各项期限自送达日起算，送达日有误的作废后重新记录送达", EN: "periods run from the service: where its day is wrong, annul it and record it anew"},
	},
	{
		Members: []string{"from", "min_until", "max_until", "tier", "shown_as"},
		By:      rule.PenaltyPublicity,
		Instead: domain.Text{ZH: "公示的内容和期限不以更正改变，请撤回后重新公示", EN: "a publication is not corrected: withdraw it and publish anew"},
	},
}

// decideCorrect corrects a fact.
func decideCorrect(c Correct) ([]Event, error) {
	return domain.OneFact[Event](Corrected(c), rule.Correctable(c.Correction, frozen...))
}
