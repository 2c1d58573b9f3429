package jurisdiction

import (
	"slices"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Agency is an agency of the division from a day on.
type Agency struct {
	Code        string
	Name        string
	Competences []string
	Status      term.AgencyStatus
	From        calendar.Day
	Closed      bool // there is none from the day on
}

func (a Agency) since() calendar.Day { return a.From }

// Agency returns the agency of that code as it stands on a day.
func (s State) Agency(code string, on calendar.Day) (Agency, bool) {
	a, ok := current(s.Agencies, on, func(a Agency) bool { return a.Code == code })
	return a, ok && !a.Closed
}

// AgenciesOn returns the agencies of the division on a day.
func (s State) AgenciesOn(on calendar.Day) []Agency {
	return holding(s.Agencies, on, func(a Agency) string { return a.Code }, func(a Agency) bool { return a.Closed })
}

// ours refuses what is no code of an agency of the division.
func ours(m domain.Meta, pointer, code string) error {
	a, err := authority.ParseAgency(code)
	switch {
	case err != nil:
		t := domain.Say("“%s”不是机关代码，应为“区划代码-部门”，例如 %s-education", "%q is no agency; it should be division-department, such as %s-education", code, m.Division)
		return domain.Refuse(domain.Invalid, rule.AgencyRegister, t, domain.Field{Pointer: pointer, Code: "unknown_agency", Message: t})
	case string(a.Division) != m.Division:
		t := domain.Say("%s 不是 %s 的机关，由其本辖区登记", "%s is no agency of %s; its own division registers it", code, m.Division)
		return domain.Refuse(domain.Conflict, rule.AgencyRegister, t, domain.Field{Pointer: pointer, Code: "other_division", Message: t})
	}
	return nil
}

func decideAgency(s State, m domain.Meta, on calendar.Day, c RegisterAgency) ([]Event, error) {
	if err := ours(m, "/body/agency", c.Agency); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/name", c.Name); err != nil {
		return nil, err
	}
	a, ok := s.Agency(c.Agency, on)
	if ok && a.Name == c.Name && a.Status == c.Status && slices.Equal(a.Competences, c.Competences) {
		return nil, nil
	}
	return domain.OneFact[Event](AgencyRegistered{Agency: c.Agency, Name: c.Name, Competences: domain.OrEmpty(c.Competences), Status: c.Status}, nil)
}

// decideAgencyClosing ends an agency whose officers have left it.
func decideAgencyClosing(s State, on calendar.Day, c CloseAgency) ([]Event, error) {
	refuse := func(code string, t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(domain.Conflict, rule.AgencyRegister, t, domain.Field{Pointer: "/body/agency", Code: code, Message: t})
	}
	if _, ok := s.Agency(c.Agency, on); !ok {
		if _, was := current(s.Agencies, on, func(a Agency) bool { return a.Code == c.Agency }); was {
			return nil, nil
		}
		return refuse("unknown", domain.Say("当日没有登记机关 %s", "no agency %s is registered on the day", c.Agency))
	}
	var left []string
	for _, o := range s.Officers {
		if o.Agency == c.Agency && o.On(on) {
			left = append(left, o.ID)
		}
	}
	if len(left) > 0 {
		return refuse("has_officers", domain.Say("该机关还有在册人员 %s，请先办理退出", "officers %s are still registered there; retire them first", strings.Join(left, "、")))
	}
	return domain.OneFact[Event](AgencyClosed(c), domain.Filled("/body/reason", c.Reason))
}

// TaskForce is a task force from a day on.
type TaskForce struct {
	Name      string
	Lead      string
	Members   []TaskForceMember
	From      calendar.Day
	Dissolved bool
}

func (f TaskForce) since() calendar.Day { return f.From }

// TaskForce returns the task force of that name on a day.
func (s State) TaskForce(name string, on calendar.Day) (TaskForce, bool) {
	f, ok := current(s.TaskForces, on, func(f TaskForce) bool { return f.Name == name })
	return f, ok && !f.Dissolved
}

// TaskForcesOn returns the task forces that there are on a day.
func (s State) TaskForcesOn(on calendar.Day) []TaskForce {
	return holding(s.TaskForces, on, func(f TaskForce) string { return f.Name }, func(f TaskForce) bool { return f.Dissolved })
}

func decideTaskForce(s State, m domain.Meta, on calendar.Day, c FormTaskForce) ([]Event, error) {
	if err := domain.Filled("/body/name", c.Name); err != nil {
		return nil, err
	}
	if err := ours(m, "/body/lead", c.Lead); err != nil {
		return nil, err
	}
	members, err := membersOf(m, c)
	if err != nil {
		return nil, err
	}
	if f, ok := s.TaskForce(c.Name, on); ok {
		if f.Lead == c.Lead && slices.Equal(f.Members, members) {
			return nil, nil
		}
		return nil, noTaskForce(domain.Conflict, "/body/name", "taken", domain.Say("已有专班“%s”（%s 成立），请先撤销", "there is a task force %q since %s; dissolve it first", c.Name, f.From))
	}
	return domain.OneFact[Event](TaskForceFormed{Name: c.Name, Lead: c.Lead, Members: members}, nil)
}

// membersOf returns the members of a task force, the lead first: agencies of the
// division, each once, and no second lead.
func membersOf(m domain.Meta, c FormTaskForce) ([]TaskForceMember, error) {
	members := []TaskForceMember{{Agency: c.Lead, Role: term.TaskForceLead}}
	seen := map[string]bool{}
	for i, a := range c.Members {
		pointer := "/body/members/" + strconv.Itoa(i)
		if err := ours(m, pointer+"/agency", a.Agency); err != nil {
			return nil, err
		}
		leads := a.Role == term.TaskForceLead
		switch {
		case seen[a.Agency]:
			return nil, noTaskForce(domain.Invalid, pointer+"/agency", "twice", domain.Say("%s 写了两次", "%s stands twice", a.Agency))
		case leads != (a.Agency == c.Lead):
			return nil, noTaskForce(domain.Invalid, pointer+"/role", "one_lead", domain.Say("牵头机关是 %s，只有一个", "the lead is %s, and there is one", c.Lead))
		}
		seen[a.Agency] = true
		if a.Agency != c.Lead {
			members = append(members, a)
		}
	}
	if len(members) < 2 {
		return nil, noTaskForce(domain.Invalid, "/body/members", "too_few", domain.Say("专班至少由两个机关组成", "a task force has two agencies at least"))
	}
	return members, nil
}

func noTaskForce(code domain.Code, pointer, fault string, t domain.Text) error {
	return domain.Refuse(code, rule.TaskForce, t, domain.Field{Pointer: pointer, Code: fault, Message: t})
}

func decideDissolution(s State, on calendar.Day, c DissolveTaskForce) ([]Event, error) {
	if _, ok := s.TaskForce(c.Name, on); !ok {
		if _, was := current(s.TaskForces, on, func(f TaskForce) bool { return f.Name == c.Name }); was {
			return nil, nil
		}
		return nil, noTaskForce(domain.Conflict, "/body/name", "unknown", domain.Say("当日没有专班“%s”", "there is no task force %q on the day", c.Name))
	}
	return domain.OneFact[Event](TaskForceDissolved(c), domain.Filled("/body/reason", c.Reason))
}
