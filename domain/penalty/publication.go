package penalty

import (
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func notPublic(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.PenaltyPublicity, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// decidePublication shows a served decision to the public, or brings the
// remedies beside it up to date.
func decidePublication(s State, on calendar.Day, c Publish) ([]Event, error) {
	d, err := s.publishable(on)
	if err != nil {
		return nil, err
	}
	if c.From == 0 {
		return nil, domain.BadField("/body/from", "required", domain.Say("请写明公示开始日", "name the first day of the publication"))
	}
	if err := s.named(c.ShownAs); err != nil {
		return nil, err
	}
	tier, p, err := c.Law.PublishPenalty(d.Sanction, c.Tier, d.Served, rule.Publication{From: c.From, MinUntil: c.MinUntil, MaxUntil: c.MaxUntil})
	if err != nil {
		return nil, err
	}
	remedies := s.RemedyStatus(on)
	if last, ok := s.standing(); ok {
		if err := s.sameAs(last, on, Publication{Tier: tier, From: p.From, MinUntil: p.MinUntil, MaxUntil: p.MaxUntil, ShownAs: c.ShownAs}); err != nil {
			return nil, err
		}
		if slices.Equal(last.Remedies, remedies) || s.ranOut(on) {
			return nil, nil
		}
	}
	return []Event{Published{
		Subject: s.Subject, ShownAs: c.ShownAs, Sanction: d.Sanction, Document: d.Document, DecidedOn: d.On, Variant: s.Variant, Disguise: s.Disguise,
		Contravened: d.Contravened, Tier: tier, From: p.From, MinUntil: p.MinUntil, MaxUntil: p.MaxUntil, Remedies: remedies,
	}}, nil
}

// sameAs refuses to publish otherwise than is standing, or what was reversed
// since.
func (s State) sameAs(last Publication, on calendar.Day, p Publication) error {
	if _, reversed := s.Clocks.Find(term.PublicationWithdrawal, ""); reversed {
		return notPublic("/act", "to_withdraw", domain.Say("原公示的决定已变更，先撤回并说明理由", "what is published was changed: withdraw it first, with the reason"))
	}
	switch {
	case last.From == p.From && last.MinUntil == p.MinUntil && last.MaxUntil == p.MaxUntil && last.Tier == p.Tier && last.ShownAs == p.ShownAs:
		return nil
	case s.ranOut(on):
		return notPublic("/act", "ran_out", domain.Say("公示已于 %s 期满，不再公示", "it was published until %s and is not published again", last.MaxUntil))
	}
	return notPublic("/body/from", "published", domain.Say("已自 %s 起公示至 %s，先撤回再另行公示", "it is published from %s to %s: withdraw it first", last.From, last.MaxUntil))
}

// publishable returns the decision where it may be shown: served, and standing.
func (s State) publishable(on calendar.Day) (Decision, error) {
	d, err := s.served(on)
	switch {
	case err != nil:
		return d, err
	case d.Unlawful != 0:
		return d, notPublic("/act", "unlawful", domain.Say("处罚决定已于 %s 被确认违法", "the decision was held unlawful on %s", d.Unlawful))
	case d.ToChange != 0:
		return d, notPublic("/act", "to_change", domain.Say("处罚决定已于 %s 被变更，先记录变更", "the decision was changed on %s: record the change first", d.ToChange))
	}
	if n := len(s.Publications); n > 0 && s.Publications[n-1].Cause == term.WithdrawnRepaired {
		return d, notPublic("/act", "repaired", domain.Say("信用修复后不再公示", "it is not published again after credit repair"))
	}
	return d, nil
}

// named refuses a publication that does not say who the party is, or shows the
// name of a natural person.
func (s State) named(shownAs string) error {
	person := s.Party == term.NaturalPersonParty || s.Party == term.InServiceTeacher
	t := domain.Say("对外名称须填写；自然人以“某”隐去名字", "say how the party is shown; a natural person masked by 某")
	if (s.Subject == "" || person) && strings.TrimSpace(shownAs) == "" || person && !strings.Contains(shownAs, "某") {
		return domain.Refuse(domain.Invalid, rule.PersonalData, t, domain.Field{Pointer: "/body/shown_as", Code: "required", Message: t})
	}
	return nil
}

// decideWithdrawal ends the publication before its time: of what was reversed,
// was wrong, or was repaired after its shortest time.
func decideWithdrawal(s State, on calendar.Day, c WithdrawPublication) ([]Event, error) {
	p, ok := s.standing()
	if !ok {
		return nil, notPublic("/act", "not_published", domain.Say("处罚决定没有在公示", "the decision is not published"))
	}
	_, reversed := s.Clocks.Find(term.PublicationWithdrawal, "")
	switch {
	case c.Cause == "" && reversed:
		c.Cause = term.WithdrawnReversed
	case c.Cause == "":
		return nil, notPublic("/body/cause", "required", domain.Say("没有变更或者撤销的记录，请写明撤回原因", "no reversal is on record: name the cause"))
	case c.Cause == term.WithdrawnReversed && !reversed:
		return nil, notPublic("/body/cause", "not_met", domain.Say("没有变更、撤销、确认违法或者无效的记录", "no reversal is on record"))
	case c.Cause == term.WithdrawnRepaired && s.Decision.Performed == 0:
		return nil, notPublic("/body/cause", "not_performed", domain.Say("处罚尚未履行完毕，不能修复", "the penalty is not performed: there is no repair"))
	case c.Cause == term.WithdrawnRepaired && p.MinUntil != 0 && on <= p.MinUntil:
		return nil, notPublic("/effective", "too_early", domain.Say("最短公示期到 %s", "the shortest publication runs until %s", p.MinUntil))
	}
	e := PublicationWithdrawn{Subject: s.Subject, Document: s.Decision.Document, Cause: c.Cause, Reason: c.Reason}
	return domain.OneFact[Event](e, domain.Filled("/body/reason", c.Reason))
}
