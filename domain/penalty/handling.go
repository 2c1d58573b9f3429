package penalty

import (
	"slices"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/division"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideAllege takes a lead down.
func decideAllege(s State, on calendar.Day, c Allege) ([]Event, error) {
	if s.Alleged != 0 {
		return nil, step("alleged", domain.Say("本案已登记", "the case is on record already"))
	}
	if c.Discovered == 0 {
		c.Discovered = on
	}
	if c.SourceKind == "" {
		return nil, domain.BadField("/body/source_kind", "required", domain.Say("请写明线索来源", "name where the lead comes from"))
	}
	if c.Discovered > on {
		return nil, domain.BadField("/body/discovered", "after_effective", domain.Say("发现日晚于生效日", "discovered after the effective day"))
	}
	if err := checkLead("/body", c.Subject.Stream, c.Premises, c.Facts, c.Committed, c.Discovered); err != nil {
		return nil, err
	}
	return []Event{ViolationAlleged{
		SourceKind: c.SourceKind, Source: c.Source.Stream, Subject: c.Subject.Stream, Premises: c.Premises, SubjectType: c.SubjectType,
		Variant: c.Variant, Disguise: c.Disguise, Committed: c.Committed, Discovered: c.Discovered, Facts: c.Facts,
	}}, nil
}

// checkLead refuses a lead without a party, facts or days, or whose days are out
// of order.
func checkLead(pointer, subject, premises, facts string, d Days, discovered calendar.Day) error {
	switch {
	case subject == "":
		if err := domain.Filled(pointer+"/premises", premises); err != nil {
			return err
		}
	case premises != "":
		return domain.BadField(pointer+"/premises", "either", domain.Say("机构与场所择一填写", "either an institution or premises"))
	}
	switch {
	case d.From == 0:
		return domain.BadField(pointer+"/committed/from", "required", domain.Say("请写明行为发生日", "name the day of the act"))
	case d.Last() < d.From:
		return domain.BadField(pointer+"/committed/to", "before_start", domain.Say("行为终了早于发生", "the act ends before it begins"))
	case d.Last() > discovered:
		return domain.BadField(pointer+"/committed", "after_discovery", domain.Say("行为晚于发现日 %s", "the act lies after its discovery on %s", discovered))
	}
	return domain.Filled(pointer+"/facts", facts)
}

// decideFiling opens the case, unless the act was discovered too late.
func decideFiling(s State, m domain.Meta, on calendar.Day, c File) ([]Event, error) {
	if f, ok := s.Filing(); ok {
		return nil, step("filed", domain.Say("本案已于 %s 立案", "the case was filed on %s", f.On))
	}
	if err := s.undecided(); err != nil {
		return nil, err
	}
	if err := c.Law.TwoOfficers(on, c.Officers, "/body/officers"); err != nil {
		return nil, err
	}
	if err := s.notRecused(c.Officers, "/body/officers"); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/basis", c.Basis); err != nil {
		return nil, err
	}
	if err := rule.WithinLimitation(s.Committed.Last(), s.Discovered, c.SeriousHarm); err != nil {
		return nil, err
	}
	start, err := c.Law.Start(term.PenaltyDecision, on, m.Actor.Agency)
	if err != nil {
		return nil, err
	}
	return []Event{Filed{Subject: s.Subject, Officers: c.Officers, Basis: c.Basis, SeriousHarm: c.SeriousHarm, Clocks: []clock.Start{start}}}, nil
}

func (s State) notRecused(officers []string, pointer string) error {
	for _, o := range officers {
		if slices.Contains(s.Recused, o) {
			return recused(o, pointer)
		}
	}
	return nil
}

// decideTransfer hands the case on before it is decided. An agency that has no
// part in the division of the case takes it up in its own; here it ends.
func decideTransfer(s State, m domain.Meta, on calendar.Day, c Transfer) ([]Event, error) {
	if err := s.undecided(); err != nil {
		return nil, err
	}
	if f, ok := s.Filing(); ok {
		if err := notBefore(on, f.On); err != nil {
			return nil, err
		}
	}
	to, err := punisher(c.To, "/body/to")
	if err != nil {
		return nil, err
	}
	if c.To == s.Agency {
		return nil, notTo("/body/to", "same_agency", domain.Say("不能移送给本机关", "a case is not transferred to the agency that handles it"))
	}
	e := Transferred{From: s.Agency, To: c.To, Reason: c.Reason, Outside: !over(to, m.Division)}
	return domain.OneFact[Event](e, domain.Filled("/body/reason", c.Reason))
}

// decideAssignment names the agency that handles the case, before it is decided.
func decideAssignment(s State, m domain.Meta, on calendar.Day, c AssignJurisdiction) ([]Event, error) {
	if err := s.known(on); err != nil {
		return nil, err
	}
	if s.Closed != 0 {
		return nil, step("case_closed", domain.Say("本案已于 %s 结案", "the case ended on %s", s.Closed))
	}
	if err := s.undecided(); err != nil {
		return nil, err
	}
	to, err := punisher(c.Agency, "/body/agency")
	if err != nil {
		return nil, err
	}
	switch {
	case !over(to, m.Division):
		return nil, notTo("/body/agency", "outside", domain.Say("%s 不在本辖区，应移送后由其另行登记", "%s is of another division: transfer the case, and it takes it up there", c.Agency))
	case s.Handed.Ruled && c.Agency == s.Agency:
		return nil, nil
	}
	return []Event{JurisdictionAssigned{Agency: c.Agency, Was: s.Agency, By: m.Actor.Agency, Reason: c.Reason}}, nil
}

// punisher returns an agency that may handle cases.
func punisher(code, pointer string) (authority.Agency, error) {
	a, err := authority.ParseAgency(code)
	if err != nil {
		return a, domain.BadField(pointer, "unknown_agency", domain.Say("“%s”不是机关代码，应为“区划代码-部门”", "%q is no agency; it should be division-department", code))
	}
	if g, ok := authority.Of(authority.Investigate); !ok || !slices.Contains(g.Departments, a.Department) {
		l := a.Department.Label()
		return a, notTo(pointer, "no_competence", domain.Say("“%s”部门没有处罚案件的办理职权", "%[2]q has no authority over penalty cases", l.ZH, l.EN))
	}
	return a, nil
}

// over reports whether an agency is of a division or of one above it.
func over(a authority.Agency, code string) bool {
	return division.Within(division.Code(code), a.Division)
}

func notTo(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.PenaltyAgency, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// decideRecusal takes an officer out; at least two investigators stay.
func decideRecusal(s State, on calendar.Day, c RecuseOfficer) ([]Event, error) {
	if err := required("/body/officer", c.Officer, "/body/reason", c.Reason); err != nil {
		return nil, err
	}
	if slices.Contains(s.Recused, c.Officer) {
		return nil, nil
	}
	f, filed := s.Filing()
	if !filed || !slices.Contains(f.Officers, c.Officer) {
		if c.Replacement != "" {
			return nil, domain.BadField("/body/replacement", "not_taken", domain.Say("%s 不是本案调查人员，不必替换", "%s does not investigate the case and is not replaced", c.Officer))
		}
		return []Event{OfficerRecused{Officer: c.Officer, Reason: c.Reason}}, nil
	}
	if err := s.replaceable(on, f, c); err != nil {
		return nil, err
	}
	return []Event{OfficerRecused{Officer: c.Officer, Reason: c.Reason, Replacement: c.Replacement}}, nil
}

// replaceable refuses a recusal after which fewer than two investigators are
// left, or a replacement who cannot be one.
func (s State) replaceable(on calendar.Day, f Filing, c RecuseOfficer) error {
	refuse := func(code string, t domain.Text) error {
		return domain.Refuse(domain.Conflict, rule.TwoOfficers, t, domain.Field{Pointer: "/body/replacement", Code: code, Message: t})
	}
	if c.Replacement == "" {
		if len(f.Officers) <= 2 {
			return refuse("too_few", domain.Say("回避后执法人员不足两人，请指定替换人员", "fewer than two officers would be left: name a replacement"))
		}
		return nil
	}
	if slices.Contains(f.Officers, c.Replacement) {
		return refuse("same_officer", domain.Say("%s 已是本案调查人员", "%s investigates the case already", c.Replacement))
	}
	if _, ok := c.Law.Officer(c.Replacement, on); !ok {
		return refuse("not_registered", domain.Say("%s 当日没有在册的执法资格", "%s holds no registered credential on the day", c.Replacement))
	}
	return s.notRecused([]string{c.Replacement}, "/body/replacement")
}
