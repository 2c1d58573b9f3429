package inspection

import (
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// running refuses what is recorded on site where visits cannot be, or by who does
// not take part.
func (s State) running(m domain.Meta, on calendar.Day) error {
	if err := s.begun(on); err != nil {
		return err
	}
	return s.joined(m)
}

func decideVisit(s State, m domain.Meta, on calendar.Day, c RecordVisit) ([]Event, error) {
	if err := s.running(m, on); err != nil {
		return nil, err
	}
	e := VisitRecorded{
		Visit: s.nextVisit(), Kind: s.Kind, Institution: c.Institution.Stream, Premises: strings.TrimSpace(c.Premises), Officers: c.Officers, Agencies: c.Agencies,
		Items: c.Items, Signed: c.Signed, Covert: c.Covert || s.Kind == term.CovertInspection, Area: c.Area,
	}
	if len(e.Officers) == 0 {
		e.Officers = m.Actor.Officers
	}
	if len(e.Agencies) == 0 {
		e.Agencies = []string{m.Actor.Agency}
	}
	if len(e.Items) == 0 {
		e.Items = s.itemsOf(e.Agencies)
	}
	for _, check := range []func() error{
		func() error { return s.numbered(c.Visit) },
		func() error { return e.placed("/body") },
		func() error { return s.agenciesOf(e) },
		func() error { return s.inCharge(e.Items, e.Agencies) },
		func() error { return s.officersOf(on, c.Law, e) },
		func() error { return e.recorded("/body") },
		func() error { return s.byLot(on, e) },
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return []Event{e}, nil
}

// numbered refuses a number that is not the next.
func (s State) numbered(visit int) error {
	if visit == 0 || visit == s.nextVisit() {
		return nil
	}
	return refuse(rule.InspectionSteps, "/body/visit", "not_next", domain.Say("下一次检查的序号是 %d", "the next visit has the number %d", s.nextVisit()))
}

// placed refuses a visit to nowhere, to two places, or to a door.
func (e VisitRecorded) placed(pointer string) error {
	if (e.Institution == "") == (e.Premises == "") {
		return domain.BadField(pointer+"/institution", "one_of", domain.Say("机构和场所写其中一项", "name the institution or the premises, one of them"))
	}
	return rule.StreetLevel(e.Premises, pointer+"/premises")
}

// Check refuses what a correction would leave without one place, down to the
// street, two officers, or a signature.
func (e VisitRecorded) Check() error {
	if err := e.placed(""); err != nil {
		return err
	}
	if len(slices.Compact(slices.Sorted(slices.Values(e.Officers)))) < max(2, len(e.Officers)) {
		t := domain.Say("执法人员不得少于两人", "at least two officers are needed")
		return domain.Refuse(domain.Conflict, rule.TwoOfficers, t, domain.Field{Pointer: "/officers", Code: "too_few", Message: t})
	}
	return e.recorded("")
}

// Check refuses a place that a correction would write down to the door.
func (e FindingRecorded) Check() error { return rule.StreetLevel(e.Premises, "/premises") }

// Check refuses a place that a correction would write down to the door.
func (e PremisesSurveyed) Check() error { return rule.StreetLevel(e.Address, "/address") }

// agenciesOf refuses a visit of agencies that do not take part.
func (s State) agenciesOf(e VisitRecorded) error {
	for i, a := range e.Agencies {
		if !slices.Contains(s.Agencies, a) {
			return refuse(rule.InspectionAgency, at("/body/agencies", i), "not_taking_part", domain.Say("%s 不参加这项检查", "%s does not take part", a))
		}
	}
	return nil
}

// itemsOf returns the items that some agencies may check, in the order of the
// list.
func (s State) itemsOf(agencies []string) []term.CheckItem {
	var out []term.CheckItem
	for _, code := range term.CheckItems.Codes() {
		item := term.CheckItem(code)
		if slices.ContainsFunc(agencies, func(a string) bool { return s.charged(a, item) }) {
			out = append(out, item)
		}
	}
	return out
}

// charged reports whether the plan gives an agency an item.
func (s State) charged(agency string, item term.CheckItem) bool {
	if len(s.Items) == 0 {
		return slices.Contains(s.Agencies, agency)
	}
	return slices.ContainsFunc(s.Items, func(l AgencyItems) bool { return l.Agency == agency && slices.Contains(l.Items, item) })
}

// inCharge refuses items that none of the agencies may check.
func (s State) inCharge(items []term.CheckItem, agencies []string) error {
	if len(items) == 0 {
		return domain.Refuse(domain.Conflict, rule.InspectionAgency, domain.Say("计划没有给 %s 检查事项", "the plan gives %s no items", strings.Join(agencies, ", ")))
	}
	for i, item := range items {
		if !slices.ContainsFunc(agencies, func(a string) bool { return s.charged(a, item) }) {
			return s.notCharged(item, at("/body/items", i))
		}
	}
	return nil
}

func (s State) notCharged(item term.CheckItem, pointer string) error {
	var who []string
	for _, a := range s.Agencies {
		if s.charged(a, item) {
			who = append(who, a)
		}
	}
	l := item.Label()
	if len(who) == 0 {
		return refuse(rule.InspectionAgency, pointer, "not_in_plan", domain.Say("“%s”不在检查计划的事项内", "the plan does not have the item %[2]q", l.ZH, l.EN))
	}
	return refuse(rule.InspectionAgency, pointer, "not_in_charge", domain.Say("“%[1]s”由 %[3]s 检查", "the item %[2]q belongs to %[3]s", l.ZH, l.EN, strings.Join(who, ", ")))
}

// officersOf refuses a visit without two registered officers of agencies that take
// part, or with one who withdrew.
func (s State) officersOf(on calendar.Day, l rule.Law, e VisitRecorded) error {
	if err := l.TwoOfficers(on, e.Officers, "/body/officers"); err != nil {
		return err
	}
	recused := officersOf(s.recused(e.Institution))
	for i, id := range e.Officers {
		pointer := at("/body/officers", i)
		if o, _ := l.Officer(id, on); !slices.Contains(s.Agencies, o.Agency) {
			return refuse(rule.InspectionAgency, pointer, "not_taking_part", domain.Say("%s 所在的 %s 不参加这项检查", "%s is of %s, which does not take part", id, o.Agency))
		}
		if slices.Contains(recused, id) {
			return refuse(rule.Recusal, pointer, "recused", domain.Say("%s 已回避", "%s withdrew", id))
		}
	}
	return nil
}

// recorded refuses a record that nobody signed, but for a covert visit.
func (e VisitRecorded) recorded(pointer string) error {
	if e.Signed || e.Covert {
		return nil
	}
	return refuse(rule.SignedRecord, pointer+"/signed", "not_signed", domain.Say("检查记录须由检查人员签字", "the officers sign the record of a visit"))
}

// byLot refuses, in a random inspection, a visit to who was not drawn, without the
// inspectors that were matched, or covert.
func (s State) byLot(on calendar.Day, e VisitRecorded) error {
	if s.Kind != term.RandomInspection {
		return nil
	}
	i := s.drawn(e.Institution)
	switch {
	case !s.Held():
		return hint(domain.Refuse(domain.Conflict, rule.RandomDraw, domain.Say("尚未抽取，不能检查", "nobody is visited before the draw")),
			"请先办理 inspection.hold-draw", "hold the draw first (inspection.hold-draw)")
	case on < s.Draw.On:
		return refuse(rule.RandomDraw, "/effective", "too_early", domain.Say("抽取于 %s 进行", "the draw was held on %s", s.Draw.On))
	case i < 0:
		return refuse(rule.RandomDraw, "/body/institution", "not_drawn", domain.Say("该机构没有被抽中", "the institution was not drawn"))
	case e.Covert:
		return refuse(rule.RandomDraw, "/body/covert", "not_covert", domain.Say("双随机抽查不作暗访", "a random inspection is not covert"))
	}
	matched := s.Draw.Drawn[i].Officers
	if len(matched) == 0 {
		return hint(domain.Refuse(domain.Conflict, rule.InspectorMatching, domain.Say("尚未匹配检查人员", "no inspectors are matched yet")),
			"请先办理 inspection.assign-inspectors", "assign them first (inspection.assign-inspectors)")
	}
	for _, o := range matched {
		if !slices.Contains(e.Officers, o) {
			return refuse(rule.InspectorMatching, "/body/officers", "not_matched", domain.Say(
				"按抽取结果由 %s 检查；不能到场的先回避", "the draw matched %s; who cannot go withdraws first", strings.Join(matched, ", ")))
		}
	}
	return nil
}

func decideFinding(s State, m domain.Meta, on calendar.Day, c RecordFinding) ([]Event, error) {
	if err := s.running(m, on); err != nil {
		return nil, err
	}
	v, ok := s.visit(c.Visit)
	switch {
	case !ok:
		return nil, refuse(rule.InspectionSteps, "/body/visit", "unknown", domain.Say("没有第 %d 次检查的记录", "there is no visit %d", c.Visit))
	case on < v.On:
		return nil, tooEarly(v.On, domain.Say("该次检查在 %s", "the visit was on %s", v.On))
	}
	e := FindingRecorded{
		Finding: s.nextFinding(), Visit: v.Number, Institution: v.Institution, Premises: v.Premises,
		Item: c.Item, Severity: c.Severity, Basis: c.Basis, Variant: c.Variant, Agency: c.Agency, Facts: c.Facts,
	}
	if e.Agency == "" {
		e.Agency = m.Actor.Agency
	}
	if err := e.whole(); err != nil {
		return nil, err
	}
	if err := s.ofVisit(m, v, e); err != nil {
		return nil, err
	}
	if s.found(e) {
		return nil, nil
	}
	return []Event{e}, nil
}

// whole refuses a finding that says too little, or too much.
func (e FindingRecorded) whole() error {
	for _, f := range []struct{ pointer, value string }{{"/body/item", string(e.Item)}, {"/body/severity", string(e.Severity)}} {
		if err := domain.Filled(f.pointer, f.value); err != nil {
			return err
		}
	}
	if e.Severity == term.SeverityNone {
		if e.Variant != "" {
			return domain.BadField("/body/variant", "nothing_found", domain.Say("未发现问题时不写隐形变异", "where nothing was found there is no hidden variant"))
		}
		return nil
	}
	if err := domain.Filled("/body/basis", e.Basis); err != nil {
		return err
	}
	return domain.Filled("/body/facts", e.Facts)
}

// ofVisit refuses a finding of another agency than those of the visit, or on an
// item that was not checked or is not the agency's.
func (s State) ofVisit(m domain.Meta, v Visit, e FindingRecorded) error {
	switch {
	case e.Agency != m.Actor.Agency && s.led(m) != nil:
		return refuse(rule.InspectionAgency, "/body/agency", "other_agency", domain.Say("只有牵头部门能代 %s 记录", "only the lead agency records for %s", e.Agency))
	case !slices.Contains(v.Agencies, e.Agency):
		return refuse(rule.InspectionAgency, "/body/agency", "not_there", domain.Say("%s 没有参加该次检查", "%s was not part of the visit", e.Agency))
	case !s.charged(e.Agency, e.Item):
		return s.notCharged(e.Item, "/body/item")
	case !slices.Contains(v.Items, e.Item):
		return refuse(rule.InspectionAgency, "/body/item", "not_checked", domain.Say("该次检查没有查“%s”", "the visit did not check %[2]q", e.Item.Label().ZH, e.Item.Label().EN))
	}
	return nil
}

// found reports whether the same finding is on record.
func (s State) found(e FindingRecorded) bool {
	return slices.ContainsFunc(s.Findings, func(f Finding) bool {
		f.Number, f.Corrected = 0, 0
		return f == Finding{Visit: e.Visit, Item: e.Item, Severity: e.Severity, Variant: e.Variant, Agency: e.Agency, Facts: e.Facts}
	})
}

func decideCorrection(s State, m domain.Meta, on calendar.Day, c CorrectOnSite) ([]Event, error) {
	if err := s.running(m, on); err != nil {
		return nil, err
	}
	i := s.finding(c.Finding)
	if i < 0 {
		return nil, refuse(rule.InspectionSteps, "/body/finding", "unknown", domain.Say("没有编号 %d 的检查发现", "there is no finding %d", c.Finding))
	}
	f := s.Findings[i]
	v, _ := s.visit(f.Visit)
	switch {
	case f.Corrected != 0:
		return nil, nil
	case f.Severity == term.SeverityNone:
		return nil, refuse(rule.InspectionSteps, "/body/finding", "nothing_found", domain.Say("该项未发现问题，无须改正", "nothing was found that could be put right"))
	case on < v.On:
		return nil, tooEarly(v.On, domain.Say("该次检查在 %s", "the visit was on %s", v.On))
	case f.Agency != m.Actor.Agency && s.led(m) != nil:
		return nil, s.denied(domain.Say("由 %s 记录其发现的改正", "%s records what becomes of its finding", f.Agency))
	}
	return []Event{CorrectedOnSite{Finding: f.Number, Visit: f.Visit, Institution: v.Institution, Item: f.Item, Agency: f.Agency}}, nil
}

func decideSurvey(s State, m domain.Meta, on calendar.Day, c SurveyPremises) ([]Event, error) {
	if err := s.running(m, on); err != nil {
		return nil, err
	}
	for _, f := range []struct{ pointer, value string }{{"/body/grid", c.Grid}, {"/body/address", c.Address}, {"/body/documents", string(c.Documents)}} {
		if err := domain.Filled(f.pointer, f.value); err != nil {
			return nil, err
		}
	}
	if err := rule.StreetLevel(c.Address, "/body/address"); err != nil {
		return nil, err
	}
	if _, ok := s.visit(c.Visit); c.Visit != 0 && !ok {
		return nil, refuse(rule.InspectionSteps, "/body/visit", "unknown", domain.Say("没有第 %d 次检查的记录", "there is no visit %d", c.Visit))
	}
	return []Event{PremisesSurveyed{
		Survey: s.Surveys + 1, Kind: s.Kind, Grid: c.Grid, Address: c.Address, Documents: c.Documents, SeenActivity: c.SeenActivity,
		Institution: c.Institution.Stream, AreaTeam: c.AreaTeam, Visit: c.Visit,
	}}, nil
}
