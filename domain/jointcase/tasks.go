package jointcase

import (
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func badTask(code domain.Code, pointer, field string, t domain.Text) error {
	return domain.Refuse(code, rule.JointCaseTask, t, domain.Field{Pointer: pointer, Code: field, Message: t})
}

// decideTask gives a task: the lead to any agency of the case, another agency to
// itself.
func decideTask(s State, m domain.Meta, on calendar.Day, c AssignTask) ([]Event, error) {
	switch {
	case m.Actor.Agency != s.Lead && m.Actor.Agency != c.Agency:
		return nil, badTask(domain.Forbidden, "/actor/agency", "not_lead", domain.Say("由牵头部门 %s 交办；其他部门只能给本部门列任务", "the lead, %s, gives tasks to others; an agency gives them to itself", s.Lead))
	case !s.takesPart(c.Agency):
		return nil, badTask(domain.Conflict, "/body/agency", "not_of_case", domain.Say("%s 不是参加部门，请先加入", "%s is no agency of the case; let it join first", c.Agency))
	case c.Due < on:
		return nil, badTask(domain.Invalid, "/body/due", "before_today", domain.Say("期限应不早于 %s", "the last day is not before %s", on))
	}
	n := s.nextTask()
	start := clock.Start{Key: term.TaskDue, Part: strconv.Itoa(n), From: on, Due: c.Due, Agency: c.Agency, Officer: c.Officer}
	return domain.OneFact[Event](TaskAssigned{Task: n, Agency: c.Agency, Officer: c.Officer, Text: c.Text, Due: c.Due, Clocks: []clock.Start{start}},
		domain.Filled("/body/text", c.Text))
}

// decideCompletion says that a task is done, by whose it is or by the lead. A
// late one is done late.
func decideCompletion(s State, m domain.Meta, on calendar.Day, c CompleteTask) ([]Event, error) {
	i := slices.IndexFunc(s.Tasks, func(t Task) bool { return t.Number == c.Task })
	if i < 0 {
		return nil, badTask(domain.Conflict, "/body/task", "unknown", domain.Say("没有任务 %d", "there is no task %d", c.Task))
	}
	switch t := s.Tasks[i]; {
	case m.Actor.Agency != t.Agency && m.Actor.Agency != s.Lead:
		return nil, badTask(domain.Forbidden, "/actor/agency", "other_agency", domain.Say("由承办部门 %s 或牵头部门 %s 报告完成", "it is for the agency of the task, %s, or the lead, %s", t.Agency, s.Lead))
	case t.Dropped != 0:
		return nil, badTask(domain.Conflict, "/body/task", "dropped", domain.Say("任务 %d 已随部门退出而终止", "task %d ended when its agency left", c.Task))
	case t.Done != 0 && t.Result == c.Result:
		return nil, nil
	case t.Done != 0:
		return nil, badTask(domain.Conflict, "/body/task", "done", domain.Say("任务 %d 已于 %s 完成，改变结果请用更正", "task %d was completed on %s; correct that", c.Task, t.Done))
	case on < t.Given:
		return nil, badTask(domain.Conflict, "/effective", "before_task", domain.Say("任务 %d 于 %s 交办，应不早于该日", "task %d was given on %s; not before that day", c.Task, t.Given))
	}
	return domain.OneFact[Event](TaskCompleted(c), domain.Filled("/body/result", c.Result))
}
