package inspection

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "inspection", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	on := calendar.DayOf(m.Effective)
	switch c := c.(type) {
	case Plan:
		return decidePlan(s, m, c)
	case Launch:
		return decideLaunch(s, m, on)
	case CommitSeed:
		return decideCommit(s, m, on, c)
	case HoldDraw:
		return decideDraw(s, m, on, c)
	case AssignInspectors:
		return decideAssign(s, m, on, c)
	case RecuseOfficer:
		return decideRecusal(s, m, on, c)
	case Close:
		return decideClose(s, m, on, c)
	case PublishResult:
		return decidePublication(s, m, on, c)
	case Reply:
		return decideReply(s, m, on, c)
	case Conclude:
		return decideConclusion(s, m, on, c)
	case MissDeadline:
		return decideMissed(s, on, c)
	case Correct:
		return decideCorrect(s, c)
	case Annul:
		return domain.OneFact[Event](Annulled(c), domain.Filled("/body/reason", c.Reason))
	}
	return decideOnSite(s, m, on, c)
}

// decideOnSite decides what officers record while the inspection runs.
func decideOnSite(s State, m domain.Meta, on calendar.Day, c Command) ([]Event, error) {
	switch c := c.(type) {
	case RecordVisit:
		return decideVisit(s, m, on, c)
	case RecordVisitCount:
		return decideCount(s, m, on, c)
	case RecordFinding:
		return decideFinding(s, m, on, c)
	case CorrectOnSite:
		return decideCorrection(s, m, on, c)
	case SurveyPremises:
		return decideSurvey(s, m, on, c)
	}
	panic(fmt.Sprintf("inspection does not know the command %T", c))
}

func decideMissed(s State, on calendar.Day, c MissDeadline) ([]Event, error) {
	fact, ok, err := s.Clocks.Miss(on, c.Missing)
	if err != nil || !ok {
		return nil, err
	}
	return []Event{DeadlineMissed{fact}}, nil
}

// ofDraw are the members of facts that a draw was made of. planDrawn and matched
// are those that are frozen too once it is held: of its plan, and who inspects.
var (
	ofDraw = rule.Frozen{
		Members: []string{"algorithm", "seed", "commitment", "committed_seq", "population_seq", "population_hash", "n", "drawn", "officer_pool", "inspectors"},
		By:      rule.DrawSeed,
		Instead: domain.Text{ZH: "抽取的种子、名录和结果不能更正；有误请作废后重新抽取", EN: "seed, population and result of a draw are not corrected; annul it and draw again"},
	}
	planDrawn = rule.Frozen{Members: []string{"tiers", "scope"}, By: ofDraw.By, Instead: ofDraw.Instead}
	matched   = rule.Frozen{
		Members: []string{"officers", "officer", "recusals", "unmatched", "complete"},
		By:      rule.InspectorMatching,
		Instead: domain.Text{ZH: "按抽取结果匹配的检查人员不能更正；不能到场的先回避，再重新匹配", EN: "the inspectors that a draw matched are not corrected; who cannot go withdraws, and others are matched"},
	}
)

// decideCorrect corrects a fact; what a draw was made of stays as it was.
func decideCorrect(s State, c Correct) ([]Event, error) {
	frozen := []rule.Frozen{rule.FrozenPeriods, ofDraw}
	if s.Held() {
		frozen = append(frozen, planDrawn, matched)
	}
	return domain.OneFact[Event](Corrected(c), rule.Correctable(c.Correction, frozen...))
}

// refuse is a refusal of the order of things, at one member.
func refuse(r domain.Rule, pointer, code string, t domain.Text) *domain.Error {
	return domain.Refuse(domain.Conflict, r, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// hint returns the refusal with what to do next.
func hint(e *domain.Error, zh, en string) *domain.Error {
	e.Hint = domain.Text{ZH: zh, EN: en}
	return e
}

// at is the pointer to the i-th of a list.
func at(pointer string, i int) string { return pointer + "/" + strconv.Itoa(i) }

// led refuses who is neither the lead agency nor the office of the joint
// conference, and what would be public too early.
func (s State) led(m domain.Meta) error {
	if err := s.confined(m); err != nil {
		return err
	}
	if m.Actor.Agency == s.Lead() || office(m.Actor.Agency) {
		return nil
	}
	return s.denied(domain.Say("这一步由牵头部门 %s 办理", "this step belongs to the lead agency %s", s.Lead()))
}

// joined refuses who does not take part, and what would be public too early.
func (s State) joined(m domain.Meta) error {
	if err := s.confined(m); err != nil {
		return err
	}
	if slices.Contains(s.Agencies, m.Actor.Agency) || office(m.Actor.Agency) {
		return nil
	}
	return s.denied(domain.Say("只有参加检查的部门才能记录：%s", "only agencies that take part record: %s", strings.Join(s.Agencies, ", ")))
}

func (s State) denied(t domain.Text) error {
	return domain.Refuse(domain.Forbidden, rule.InspectionAgency, t, domain.Field{Pointer: "/actor/agency", Code: "other_agency", Message: t})
}

// office reports whether an agency is the office of a joint conference, which
// keeps the records of joint inspections.
func office(agency string) bool {
	a, err := authority.ParseAgency(agency)
	return err == nil && a.Department == term.JointConferenceOffice
}

// confidential reports whether nothing of such an inspection may be public before
// its result is.
func confidential(kind term.InspectionKind, sources []string) bool {
	return kind == term.CovertInspection || kind == term.GrievanceInspection || slices.ContainsFunc(sources, func(s string) bool { return kindOf(s) == "grievance" })
}

// kindOf is the aggregate of a stream.
func kindOf(stream string) string {
	_, rest, _ := strings.Cut(stream, ".")
	kind, _, _ := strings.Cut(rest, ".")
	return kind
}

// confined refuses a public fact about a confidential inspection before its
// result is published.
func (s State) confined(m domain.Meta) error {
	if !s.Confidential || s.Published != 0 {
		return nil
	}
	return kept(m)
}

func kept(m domain.Meta) error {
	if m.Visibility != "" && m.Visibility != domain.Public {
		return nil
	}
	return hint(refuse(rule.CovertConfidential, "/visibility", "too_wide", domain.Say(
		"暗访和投诉举报核查在公开结果之前不公开", "covert visits and checks of grievances are not public before their result")),
		"请写 \"visibility\": \"joint\"", "write \"visibility\": \"joint\"")
}

// begun refuses a step of what is not launched on the day, or has ended.
func (s State) begun(on calendar.Day) error {
	if err := s.open(on); err != nil {
		return err
	}
	switch {
	case s.Launched == 0:
		return hint(domain.Refuse(domain.Conflict, rule.InspectionSteps, domain.Say("检查尚未启动", "the inspection was not launched")),
			"请先办理 inspection.launch", "launch it first (inspection.launch)")
	case on < s.Launched:
		return tooEarly(s.Launched, domain.Say("检查于 %s 启动", "the inspection was launched on %s", s.Launched))
	}
	return nil
}

// open refuses a step of what is not planned on the day, or has ended.
func (s State) open(on calendar.Day) error {
	if err := s.known(on); err != nil {
		return err
	}
	if s.Concluded != 0 {
		return domain.Refuse(domain.Conflict, rule.InspectionSteps, domain.Say("检查已于 %s 归档", "the inspection was concluded on %s", s.Concluded))
	}
	if s.Closed != 0 {
		return domain.Refuse(domain.Conflict, rule.InspectionSteps, domain.Say(
			"检查已于 %s 结束，只能公开结果、记录回应和更正", "the inspection was closed on %s and takes its publication, replies and corrections alone", s.Closed))
	}
	return nil
}

// known refuses a step of what is not planned on the day.
func (s State) known(on calendar.Day) error {
	switch {
	case s.Planned == 0:
		return domain.Refuse(domain.Conflict, rule.InspectionSteps, domain.Say("没有这项检查的计划", "there is no plan of this inspection"))
	case on < s.Planned:
		return tooEarly(s.Planned, domain.Say("检查计划于 %s 制定", "the inspection was planned on %s", s.Planned))
	}
	return nil
}

func tooEarly(from calendar.Day, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.InspectionSteps, t,
		domain.Field{Pointer: "/effective", Code: "too_early", Message: domain.Say("应不早于 %s", "not before %s", from)})
}
