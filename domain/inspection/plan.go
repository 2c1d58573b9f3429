package inspection

import (
	"slices"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/draw"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func decidePlan(s State, m domain.Meta, c Plan) ([]Event, error) {
	if s.Planned != 0 {
		return nil, domain.Refuse(domain.Conflict, rule.InspectionSteps, domain.Say("这项检查已于 %s 计划", "this inspection was planned on %s", s.Planned))
	}
	e := Planned{
		Kind: c.Kind, Theme: c.Theme, Number: c.Number, Lead: c.Lead, Agencies: domain.OrEmpty(c.Agencies), Items: c.Items, Period: c.Period, Scope: c.Scope,
		Institutions: streams(c.Institutions), Sources: streams(c.Sources),
	}
	if e.Lead == "" {
		e.Lead = m.Actor.Agency
	}
	for _, check := range []func() error{
		c.filled,
		func() error { return e.parties(m) },
		e.itemsOfParties,
		func() error { return e.led(m) },
		e.sourced,
		c.drawable,
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	var err error
	e.Tiers, err = c.tierPlans()
	return domain.OneFact[Event](e, err)
}

func streams(list []domain.Ref) []string {
	var out []string
	for _, r := range list {
		if !slices.Contains(out, r.Stream) {
			out = append(out, r.Stream)
		}
	}
	return out
}

// filled refuses a plan without kind or theme, or whose period is none.
func (c Plan) filled() error {
	if err := domain.Filled("/body/kind", string(c.Kind)); err != nil {
		return err
	}
	if err := domain.Filled("/body/theme", c.Theme); err != nil {
		return err
	}
	return c.Period.check("/body/period")
}

func (p Period) check(pointer string) error {
	if p.From == 0 {
		return domain.Filled(pointer+"/from", "")
	}
	if p.To < p.From {
		return domain.BadField(pointer+"/to", "before_start", domain.Say("结束日早于开始日", "the period ends before it begins"))
	}
	return nil
}

// parties refuses agencies that are none, and one that stands twice.
func (e Planned) parties(m domain.Meta) error {
	if _, err := authority.ParseAgency(e.Lead); err != nil {
		return unknownAgency("/body/lead", e.Lead)
	}
	seen := []string{e.Lead}
	for i, a := range e.Agencies {
		if _, err := authority.ParseAgency(a); err != nil {
			return unknownAgency(at("/body/agencies", i), a)
		}
		if slices.Contains(seen, a) {
			return refuse(rule.InspectionPlan, at("/body/agencies", i), "twice", domain.Say("%s 写了两次", "%s stands twice", a))
		}
		seen = append(seen, a)
	}
	if !slices.Contains(seen, m.Actor.Agency) && !office(m.Actor.Agency) {
		t := domain.Say("计划由参加检查的部门或联席会议办公室制定", "an agency that takes part or the office of the joint conference plans it")
		return domain.Refuse(domain.Forbidden, rule.InspectionAgency, t, domain.Field{Pointer: "/actor/agency", Code: "other_agency", Message: t})
	}
	return nil
}

func unknownAgency(pointer, code string) error {
	return refuse(rule.InspectionPlan, pointer, "unknown_agency", domain.Say(
		"“%s”不是机关代码，应为“区划代码-部门”", "%q is no agency; it should be division-department", code))
}

// itemsOfParties refuses items of who does not take part, and lists that are
// empty or stand twice.
func (e Planned) itemsOfParties() error {
	var seen []string
	for i, line := range e.Items {
		pointer := at("/body/items", i)
		switch {
		case line.Agency != e.Lead && !slices.Contains(e.Agencies, line.Agency):
			return refuse(rule.InspectionPlan, pointer+"/agency", "not_taking_part", domain.Say("%s 不参加这项检查", "%s does not take part", line.Agency))
		case slices.Contains(seen, line.Agency):
			return refuse(rule.InspectionPlan, pointer+"/agency", "twice", domain.Say("%s 写了两次", "%s stands twice", line.Agency))
		case len(line.Items) == 0:
			return refuse(rule.InspectionPlan, pointer+"/items", "required", domain.Say("请写明 %s 的检查事项", "name the items of %s", line.Agency))
		}
		seen = append(seen, line.Agency)
	}
	return nil
}

// led refuses a plan that would be public and may not be.
func (e Planned) led(m domain.Meta) error {
	if confidential(e.Kind, e.Sources) {
		return kept(m)
	}
	return nil
}

// sourced refuses a check of grievances without a grievance, and a follow-up of
// nothing.
func (e Planned) sourced() error {
	wanted := map[term.InspectionKind][]string{
		term.GrievanceInspection: {"grievance"}, term.FollowUpInspection: {"inspection", "rectification"},
	}[e.Kind]
	if wanted == nil || slices.ContainsFunc(e.Sources, func(s string) bool { return slices.Contains(wanted, kindOf(s)) }) {
		return nil
	}
	return refuse(rule.InspectionPlan, "/body/sources", "required", domain.Say("“%s”须写明来源", "a %[2]s names what led to it", e.Kind.Label().ZH, e.Kind.Label().EN))
}

// drawable refuses what belongs to a draw where there is none, and rates that are
// none or two.
func (c Plan) drawable() error {
	if c.Kind != term.RandomInspection {
		return c.undrawn()
	}
	if len(c.Institutions) > 0 {
		return refuse(rule.RandomDraw, "/body/institutions", "not_drawn", domain.Say("双随机抽查的对象由抽取产生", "whom a random inspection is about is drawn"))
	}
	if !c.Rate.IsZero() && len(c.Tiers) > 0 {
		return refuse(rule.RandomDraw, "/body/rate", "twice", domain.Say("比例和分级比例只能写一种", "write one rate or rates by tier"))
	}
	var seen []term.RiskTier
	for i, t := range c.Tiers {
		if t.Tier == "" || t.Rate.IsZero() || slices.Contains(seen, t.Tier) {
			return refuse(rule.RandomDraw, at("/body/tiers", i), "tier", domain.Say("每个风险等级写一次，并写明比例", "each risk tier stands once, with its rate"))
		}
		seen = append(seen, t.Tier)
	}
	return nil
}

// undrawn refuses rates and scope of an inspection that is not by lot.
func (c Plan) undrawn() error {
	pointer := ""
	switch {
	case !c.Rate.IsZero():
		pointer = "/body/rate"
	case len(c.Tiers) > 0:
		pointer = "/body/tiers"
	case !c.Scope.IsZero():
		pointer = "/body/scope"
	default:
		return nil
	}
	return refuse(rule.RandomDraw, pointer, "not_random", domain.Say("只有双随机抽查才有比例和抽查范围", "only a random inspection has rates and a scope"))
}

// tierPlans returns the tiers of the draw, by the policy where no rate is named.
func (c Plan) tierPlans() ([]TierPlan, error) {
	switch {
	case c.Kind != term.RandomInspection:
		return nil, nil
	case !c.Rate.IsZero():
		return []TierPlan{{Name: Everyone, Rate: c.Rate}}, nil
	case len(c.Tiers) == 0:
		rate, err := draw.ParseRate(c.Law.Policy.Text("inspection.random_rate"))
		if err != nil {
			return nil, refuse(rule.RandomDraw, "/body/rate", "required", domain.Say("本辖区没有抽查比例，请写明", "the division has no rate; name one"))
		}
		return []TierPlan{{Name: Everyone, Rate: rate}}, nil
	}
	out := make([]TierPlan, len(c.Tiers))
	for i, t := range c.Tiers {
		out[i] = TierPlan{Name: string(t.Tier), Rate: t.Rate}
	}
	return out, nil
}

func decideLaunch(s State, m domain.Meta, on calendar.Day) ([]Event, error) {
	if err := s.open(on); err != nil {
		return nil, err
	}
	if err := s.led(m); err != nil || s.Launched != 0 {
		return nil, err
	}
	if len(s.Counts) > 0 {
		return nil, domain.Refuse(domain.Conflict, rule.InspectionSteps, domain.Say(
			"已按次数补记的检查不再启动", "an inspection that was recorded by number is not launched"))
	}
	return []Event{Launched{Kind: s.Kind}}, nil
}
