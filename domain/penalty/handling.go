package penalty

import (
	"slices"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
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

// checkLead refuses a lead without a party, facts or days, whose days are out of
// order, or whose premises go below the street.
func checkLead(pointer, subject, premises, facts string, d Days, discovered calendar.Day) error {
	switch {
	case subject == "":
		if err := domain.Filled(pointer+"/premises", premises); err != nil {
			return err
		}
		if err := rule.StreetLevel(premises, pointer+"/premises"); err != nil {
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

// decideFiling opens the case, unless the act was discovered too late. The period
// to decide runs from the first filing: an agency to which the case was handed
// has what is left of it.
func decideFiling(s State, m domain.Meta, on calendar.Day, c File) ([]Event, error) {
	if f, ok := s.Filing(); ok {
		return nil, step("filed", domain.Say("本案已于 %s 立案", "the case was filed on %s", f.On))
	}
	if err := s.undecided(); err != nil {
		return nil, err
	}
	if err := c.Law.TwoOfficersOf(s.Agency, on, c.Officers, "/body/officers"); err != nil {
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
	e := Filed{Subject: s.Subject, Officers: c.Officers, Basis: c.Basis, SeriousHarm: c.SeriousHarm}
	if _, runs := s.Clocks.Find(term.PenaltyDecision, ""); runs {
		return []Event{e}, nil
	}
	var err error
	e.Clocks, err = started(c.Law, on, m.Actor.Agency, term.PenaltyDecision)
	return domain.OneFact[Event](e, err)
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
// part in the division of the case takes it up in its own; here it ends. Who was
// named by arbitration keeps it.
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
	switch {
	case c.To == s.Agency:
		return nil, notTo("/body/to", "same_agency", domain.Say("不能移送给本机关", "a case is not transferred to the agency that handles it"))
	case s.Handed.Ruled:
		return nil, notTo("/body/to", "assigned", domain.Say(
			"本案已于 %s 指定由 %s 管辖，不得再自行移送；确需改变的，报请另行指定", "on %s the case was assigned to %s, which does not transfer it; only another assignment moves it", s.Handed.On, s.Agency))
	}
	if err := domain.Filled("/body/reason", c.Reason); err != nil {
		return nil, err
	}
	e := Transferred{From: s.Agency, To: c.To, Reason: c.Reason, Outside: !over(to, m.Division)}
	if !e.Outside {
		e.Resumption, err = s.resume(on, c.Law)
	}
	return domain.OneFact[Event](e, err)
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
	e := JurisdictionAssigned{Agency: c.Agency, Was: s.Agency, By: m.Actor.Agency, Reason: c.Reason}
	if e.Agency != e.Was {
		e.Resumption, err = s.resume(on, c.Law)
	}
	return domain.OneFact[Event](e, err)
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

// decideRecusal takes an officer out; at least two investigators stay, and two of
// the agency that handles the case.
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
	stay := slices.DeleteFunc(slices.Clone(f.Officers), func(o string) bool { return o == c.Officer })
	few := domain.Say("回避后 %s 的执法人员不足两人，请指定该机关的替换人员", "fewer than two officers of %s would be left: name a replacement of that agency", s.Agency)
	if c.Replacement == "" {
		if len(stay) < 2 || c.Law.Own(s.Agency, on, stay) < 2 {
			return refuse("too_few", few)
		}
		return nil
	}
	if slices.Contains(f.Officers, c.Replacement) {
		return refuse("same_officer", domain.Say("%s 已是本案调查人员", "%s investigates the case already", c.Replacement))
	}
	if _, ok := c.Law.Officer(c.Replacement, on); !ok {
		return refuse("not_registered", domain.Say("%s 当日没有在册的执法资格", "%s holds no registered credential on the day", c.Replacement))
	}
	if c.Law.Own(s.Agency, on, append(stay, c.Replacement)) < 2 {
		return refuse("other_agency", few)
	}
	return s.notRecused([]string{c.Replacement}, "/body/replacement")
}
