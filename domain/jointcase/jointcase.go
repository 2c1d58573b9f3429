package jointcase

import (
	"fmt"
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/rule"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "case", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	on := calendar.DayOf(m.Effective)
	switch c := c.(type) {
	case Open:
		return decideOpen(s, m, c)
	case MissDeadline:
		fact, ok, err := s.Clocks.Miss(on, c.Missing)
		if err != nil || !ok {
			return nil, err
		}
		return []Event{DeadlineMissed{fact}}, nil
	case Correct:
		return domain.OneFact[Event](Corrected(c), rule.Correctable(c.Correction, frozen...))
	case Annul:
		return domain.OneFact[Event](Annulled(c), domain.Filled("/body/reason", c.Reason))
	}
	if err := s.mustBeOpened(on); err != nil {
		return nil, err
	}
	if err := s.mustTakePart(m.Actor.Agency); err != nil {
		return nil, err
	}
	if c, ok := c.(Reopen); ok {
		return decideReopening(s, m, on, c)
	}
	if s.Concluded != 0 {
		return nil, outOfStep("/body", "concluded", domain.Say("已于 %s 办结，请先重新开启", "it was concluded on %s; reopen it first", s.Concluded))
	}
	switch c := c.(type) {
	case Join:
		return decideJoining(s, m, c)
	case Leave:
		return decideLeaving(s, m, c)
	case Tie:
		return decideTie(s, c)
	case Untie:
		return decideUntie(s, m, on, c)
	case RecordPart:
		return decidePart(s, m, on, c)
	case SharePart:
		return decideSharing(s, m, on)
	case AssignTask:
		return decideTask(s, m, on, c)
	case CompleteTask:
		return decideCompletion(s, m, on, c)
	case Conclude:
		return decideConclusion(s, m, on, c)
	}
	panic(fmt.Sprintf("case does not know the command %T", c))
}

// frozen are the members of facts that no correction changes: an agency joins and
// leaves, and says what it says, by acts of its own, and so is work given.
var frozen = []rule.Frozen{
	rule.FrozenPeriods,
	{
		Members: []string{"lead", "agencies", "agency"},
		By:      rule.JointCaseMember,
		Instead: domain.Text{ZH: "部门不以更正改变：由部门加入、退出，意见和任务写错部门的作废后重新记录", EN: "agencies are not corrected: they join and leave; annul a part or task of the wrong agency and record it anew"},
	},
	{
		Members: []string{"task", "tasks"},
		By:      rule.JointCaseTask,
		Instead: domain.Text{ZH: "任务编号由登记给出，不以更正改变", EN: "the numbers of tasks are the register's and not corrected"},
	},
}

// mustBeOpened refuses a step of what was not opened, or before it.
func (s State) mustBeOpened(on calendar.Day) error {
	switch {
	case s.Opened == 0:
		return domain.Refuse(domain.NotFound, rule.JointCaseSteps, domain.Say("没有这个联合案件", "there is no such joint case"))
	case on < s.Opened:
		return outOfStep("/effective", "before_opening", domain.Say("案件于 %s 建立，应不早于该日", "it was opened on %s; not before that day", s.Opened))
	}
	return nil
}

func outOfStep(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.JointCaseSteps, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// mustTakePart refuses an agency that is not of the case.
func (s State) mustTakePart(agency string) error {
	if s.takesPart(agency) {
		return nil
	}
	return domain.Refuse(domain.Forbidden, rule.JointCaseMember, domain.Say("只有参加部门可以办理；请牵头部门 %s 先将本部门加入", "only agencies of the case work on it; the lead, %s, lets others join", s.Lead),
		domain.Field{Pointer: "/actor/agency", Code: "not_of_case", Message: domain.Say("不是参加部门", "no agency of the case")})
}

// mustLead refuses another agency than the lead.
func (s State) mustLead(agency string) error {
	if agency == s.Lead {
		return nil
	}
	return domain.Refuse(domain.Forbidden, rule.JointCaseLead, domain.Say("由牵头部门 %s 办理", "it is for the lead agency, %s", s.Lead),
		domain.Field{Pointer: "/actor/agency", Code: "not_lead", Message: domain.Say("应为 %s", "should be %s", s.Lead)})
}

func notMember(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.JointCaseMember, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// checkAgency refuses what is no code of an agency.
func checkAgency(pointer, agency string) error {
	if _, err := authority.ParseAgency(agency); err != nil {
		return domain.BadField(pointer, "unknown_agency", domain.Say("“%s”不是机关代码，例如 530427-education", "%q is no agency, such as 530427-education", agency))
	}
	return nil
}

// decideOpen opens the case. The lead stands first among its agencies, each of
// which stands once.
func decideOpen(s State, m domain.Meta, c Open) ([]Event, error) {
	if s.Opened != 0 {
		return nil, outOfStep("/target", "opened", domain.Say("已于 %s 建立", "it was opened on %s", s.Opened))
	}
	if err := domain.Filled("/body/institution", c.Institution.Stream); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/title", c.Title); err != nil {
		return nil, err
	}
	lead := c.Lead
	if lead == "" {
		lead = m.Actor.Agency
	}
	if err := checkAgency("/body/lead", lead); err != nil {
		return nil, err
	}
	all := []string{lead}
	for i, a := range c.Agencies {
		pointer := "/body/agencies/" + strconv.Itoa(i)
		if err := checkAgency(pointer, a); err != nil {
			return nil, err
		}
		if slices.Contains(c.Agencies[:i], a) {
			return nil, notMember(pointer, "twice", domain.Say("%s 写了两次", "%s stands twice", a))
		}
		if a != lead {
			all = append(all, a)
		}
	}
	return []Event{Opened{Institution: c.Institution.Stream, Title: c.Title, Lead: lead, Agencies: all}}, nil
}

// decideJoining lets an agency take part, by the lead. It may do so already.
func decideJoining(s State, m domain.Meta, c Join) ([]Event, error) {
	if err := s.mustLead(m.Actor.Agency); err != nil {
		return nil, err
	}
	if err := checkAgency("/body/agency", c.Agency); err != nil {
		return nil, err
	}
	if s.takesPart(c.Agency) {
		return nil, nil
	}
	return []Event{Joined(c)}, nil
}

// decideLeaving lets an agency leave, by itself or by the lead, which stays.
func decideLeaving(s State, m domain.Meta, c Leave) ([]Event, error) {
	if c.Agency != m.Actor.Agency {
		if err := s.mustLead(m.Actor.Agency); err != nil {
			return nil, err
		}
	}
	switch {
	case c.Agency == s.Lead:
		return nil, notMember("/body/agency", "lead", domain.Say("牵头部门不能退出", "the lead agency does not leave"))
	case !s.takesPart(c.Agency) && s.tookPart(c.Agency):
		return nil, nil
	case !s.takesPart(c.Agency):
		return nil, notMember("/body/agency", "not_of_case", domain.Say("%s 不是参加部门", "%s is no agency of the case", c.Agency))
	}
	e := Left{Agency: c.Agency, Reason: c.Reason}
	for _, t := range s.Tasks {
		if t.Open() && t.Agency == c.Agency {
			e.Tasks = append(e.Tasks, t.Number)
		}
	}
	return domain.OneFact[Event](e, domain.Filled("/body/reason", c.Reason))
}

func badTie(code domain.Code, pointer, field string, t domain.Text) error {
	return domain.Refuse(code, rule.JointCaseTie, t, domain.Field{Pointer: pointer, Code: field, Message: t})
}

// decideTie ties work to the case, in one role.
func decideTie(s State, c Tie) ([]Event, error) {
	if err := domain.Filled("/body/ref", c.Ref.Stream); err != nil {
		return nil, err
	}
	t, tied := s.tie(c.Ref.Stream)
	switch {
	case !tied:
		return []Event{Tied{Ref: c.Ref.Stream, Role: c.Role}}, nil
	case t.Role == c.Role:
		return nil, nil
	}
	was := t.Role.Label()
	return nil, badTie(domain.Conflict, "/body/role", "tied", domain.Say("已关联为“%s”，改变关系请先解除", "it is tied as %[2]q; untie it first", was.ZH, was.EN))
}

// decideUntie takes work out, by the agency that tied it or by the lead.
func decideUntie(s State, m domain.Meta, on calendar.Day, c Untie) ([]Event, error) {
	if err := domain.Filled("/body/ref", c.Ref.Stream); err != nil {
		return nil, err
	}
	t, tied := s.tie(c.Ref.Stream)
	switch {
	case !tied && s.wasTied(c.Ref.Stream):
		return nil, nil
	case !tied:
		return nil, badTie(domain.Conflict, "/body/ref", "not_tied", domain.Say("该事项未关联到本案", "it is not tied to the case"))
	case m.Actor.Agency != t.Agency && m.Actor.Agency != s.Lead:
		return nil, badTie(domain.Forbidden, "/actor/agency", "other_agency", domain.Say("由关联的部门 %s 或牵头部门 %s 解除", "it is for the agency that tied it, %s, or the lead, %s", t.Agency, s.Lead))
	case on < t.From:
		return nil, badTie(domain.Conflict, "/effective", "before_tie", domain.Say("于 %s 关联，应不早于该日", "it was tied on %s; not before that day", t.From))
	}
	return domain.OneFact[Event](Untied{Ref: c.Ref.Stream, Reason: c.Reason}, domain.Filled("/body/reason", c.Reason))
}

func badPart(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.JointCasePart, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// decidePart writes the part of the acting agency.
func decidePart(s State, m domain.Meta, on calendar.Day, c RecordPart) ([]Event, error) {
	if err := domain.Filled("/body/text", c.Text); err != nil {
		return nil, err
	}
	for i, it := range c.Items {
		if err := domain.Filled("/body/items/"+strconv.Itoa(i), it); err != nil {
			return nil, err
		}
	}
	switch p, ok := s.Part(m.Actor.Agency); {
	case ok && on < p.On:
		return nil, badPart("/effective", "before_latest", domain.Say("本部门最近的意见在 %s，应不早于该日", "the latest part of the agency is of %s; not before that day", p.On))
	case ok && p.Text == c.Text && slices.Equal(p.Items, c.Items):
		return nil, nil
	}
	return []Event{PartRecorded{Agency: m.Actor.Agency, Text: c.Text, Items: c.Items}}, nil
}

// decideSharing makes the latest part of the acting agency known to the others.
func decideSharing(s State, m domain.Meta, on calendar.Day) ([]Event, error) {
	p, ok := s.Part(m.Actor.Agency)
	switch {
	case !ok:
		return nil, badPart("/body", "no_part", domain.Say("本部门尚未填写意见，请先填写", "the agency has no part yet; record it first"))
	case p.Shared != 0:
		return nil, nil
	case on < p.On:
		return nil, badPart("/effective", "before_part", domain.Say("意见填写于 %s，应不早于该日", "the part is of %s; not before that day", p.On))
	}
	return []Event{PartShared{Agency: p.Agency, Text: p.Text, Items: p.Items}}, nil
}

// decideConclusion concludes, by the lead, once everything is there and done.
func decideConclusion(s State, m domain.Meta, on calendar.Day, c Conclude) ([]Event, error) {
	if err := s.mustLead(m.Actor.Agency); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/result", c.Result); err != nil {
		return nil, err
	}
	if last := s.lastStep(); on < last {
		return nil, outOfStep("/effective", "before_last_step", domain.Say("最近一步在 %s，应不早于该日", "the latest step was on %s; not before that day", last))
	}
	if missing := s.missing(c.Open); len(missing) > 0 {
		return nil, domain.Refuse(domain.Conflict, rule.JointCaseConclusion, domain.Say(
			"还有 %d 项未完成，不能办结", "%d things are left to do before it is concluded", len(missing)), missing...)
	}
	return []Event{Concluded{Result: c.Result}}, nil
}

// missing is what stands against a conclusion: each agency without a part, each
// open task and each open piece of tied work.
func (s State) missing(open []string) []domain.Field {
	var out []domain.Field
	for _, a := range s.Agencies() {
		if _, ok := s.Part(a); !ok {
			out = append(out, domain.Field{Pointer: "/parts/" + a, Code: "no_part", Message: domain.Say("%s 尚未填写意见", "%s has no part yet", a)})
		}
	}
	for _, t := range s.Tasks {
		if t.Open() {
			out = append(out, domain.Field{Pointer: "/tasks/" + strconv.Itoa(t.Number), Code: "open", Message: domain.Say("任务 %d 尚未完成（%s）", "task %d is not completed (%s)", t.Number, t.Agency)})
		}
	}
	for _, ref := range s.Tied() {
		if slices.Contains(open, ref) {
			out = append(out, domain.Field{Pointer: "/ties/" + ref, Code: "open", Message: domain.Say("关联事项 %s 尚未办结", "the tied work %s is open", ref)})
		}
	}
	return out
}

// decideReopening opens the case once more, by the lead.
func decideReopening(s State, m domain.Meta, on calendar.Day, c Reopen) ([]Event, error) {
	if err := s.mustLead(m.Actor.Agency); err != nil {
		return nil, err
	}
	switch {
	case s.Concluded == 0:
		return nil, outOfStep("/body", "open", domain.Say("案件尚在办理", "the case is open"))
	case on < s.Concluded:
		return nil, outOfStep("/effective", "before_conclusion", domain.Say("于 %s 办结，应不早于该日", "it was concluded on %s; not before that day", s.Concluded))
	}
	return domain.OneFact[Event](Reopened(c), domain.Filled("/body/reason", c.Reason))
}
