package jurisdiction

import (
	"slices"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
)

func noOfficer(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.OfficerRegister, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// decideOfficer takes an officer in under a number and a credential that nobody
// else has at the time.
func decideOfficer(s State, m domain.Meta, on calendar.Day, c RegisterOfficer) ([]Event, error) {
	if err := officerForm(on, c); err != nil {
		return nil, err
	}
	if err := ours(m, "/body/agency", c.Agency); err != nil {
		return nil, err
	}
	if a, was := current(s.Agencies, on, func(a Agency) bool { return a.Code == c.Agency }); was && a.Closed {
		t := domain.Say("机关 %s 已于 %s 撤并", "agency %s was closed on %s", c.Agency, a.From)
		return nil, domain.Refuse(domain.Conflict, rule.AgencyRegister, t, domain.Field{Pointer: "/body/agency", Code: "closed", Message: t})
	}
	next := rule.Officer{ID: c.Officer, Agency: c.Agency, Credential: c.Credential, Field: c.Field, From: on, Until: c.Until}
	for _, o := range s.Officers {
		same := o
		same.From = on
		switch {
		case same == next && o.On(on):
			return nil, nil
		case !overlap(o, next):
		case o.ID == c.Officer:
			return nil, noOfficer("/body/officer", "taken", domain.Say("编号 %s 已在册（%s），请先办理退出", "number %s is registered (%s); retire it first", o.ID, o.Credential))
		case o.Credential == c.Credential:
			return nil, noOfficer("/body/credential", "taken", domain.Say("执法证 %s 属于编号 %s 的人员", "credential %s is that of officer %s", o.Credential, o.ID))
		}
	}
	e := OfficerRegistered{Officer: c.Officer, Agency: c.Agency, Credential: c.Credential, Field: c.Field, Until: c.Until}
	if !c.Person.Sealed.IsZero() {
		e.Person = &c.Person.Sealed
	}
	return domain.OneFact[Event](e, nil)
}

// officerForm refuses a number that could be a name, no credential, and a
// credential that has ended.
func officerForm(on calendar.Day, c RegisterOfficer) error {
	switch {
	case !officerNumber(c.Officer):
		return domain.BadField("/body/officer", "form", domain.Say("人员编号由字母、数字和连接号组成，不写姓名", "the number has letters, digits and hyphens; it is no name"))
	case strings.TrimSpace(c.Credential) == "":
		return domain.Filled("/body/credential", c.Credential)
	case c.Until != 0 && c.Until < on:
		return domain.BadField("/body/until", "before_start", domain.Say("执法证应不早于 %s 到期", "the credential ends before %s", on))
	}
	return nil
}

// officerNumber reports whether s may be the number of an officer.
func officerNumber(s string) bool {
	strange := func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_' || r == '.')
	}
	return s != "" && !strings.ContainsFunc(s, strange)
}

// overlap reports whether two credentials hold on one day.
func overlap(a, b rule.Officer) bool {
	ends := func(o rule.Officer, before calendar.Day) bool { return o.Until != 0 && o.Until < before }
	return !ends(a, a.From) && !ends(b, b.From) && !ends(a, b.From) && !ends(b, a.From)
}

func decideRetirement(s State, on calendar.Day, c RetireOfficer) ([]Event, error) {
	known := func(o rule.Officer) bool { return o.ID == c.Officer && o.From <= on }
	serves := func(o rule.Officer) bool { return o.ID == c.Officer && o.On(on) }
	switch {
	case slices.ContainsFunc(s.Officers, serves):
		return domain.OneFact[Event](OfficerRetired(c), domain.Filled("/body/reason", c.Reason))
	case slices.ContainsFunc(s.Officers, known):
		return nil, nil
	}
	return nil, noOfficer("/body/officer", "unknown", domain.Say("当日没有编号为 %s 的在册人员", "no officer %s is registered on the day", c.Officer))
}

// retired returns the officers, of whom one acts no more from a day on.
func retired(officers []rule.Officer, id string, on calendar.Day) []rule.Officer {
	officers = slices.Clone(officers)
	for i := range officers {
		if officers[i].ID == id && officers[i].On(on) {
			officers[i].Until = on.AddDays(-1)
		}
	}
	return officers
}

// AreaTeam is who is responsible for an area from a day on.
type AreaTeam struct {
	Area    string
	Lead    string
	Members []string
	From    calendar.Day
}

func (t AreaTeam) since() calendar.Day { return t.From }

// AreaTeamsOn returns who is responsible for each area on a day.
func (s State) AreaTeamsOn(on calendar.Day) []AreaTeam {
	return holding(s.AreaTeams, on, func(t AreaTeam) string { return t.Area }, func(AreaTeam) bool { return false })
}

func decideAreaTeam(s State, on calendar.Day, c AssignAreaTeam) ([]Event, error) {
	if err := domain.Filled("/body/area", c.Area); err != nil {
		return nil, err
	}
	if err := s.inTeam(on, "/body/lead", c.Lead); err != nil {
		return nil, err
	}
	for i, o := range c.Members {
		pointer := "/body/members/" + strconv.Itoa(i)
		if err := s.inTeam(on, pointer, o); err != nil {
			return nil, err
		}
		if o == c.Lead || slices.Contains(c.Members[:i], o) {
			return nil, domain.BadField(pointer, "twice", domain.Say("“%s”写了两次", "%q stands twice", o))
		}
	}
	now, ok := current(s.AreaTeams, on, func(t AreaTeam) bool { return t.Area == c.Area })
	if ok && now.Lead == c.Lead && slices.Equal(now.Members, c.Members) {
		return nil, nil
	}
	return domain.OneFact[Event](AreaTeamAssigned{Area: c.Area, Lead: c.Lead, Members: domain.OrEmpty(c.Members)}, nil)
}

// inTeam refuses nobody, and the number of an officer who has left.
func (s State) inTeam(on calendar.Day, pointer, who string) error {
	if err := domain.Filled(pointer, who); err != nil {
		return err
	}
	known := slices.ContainsFunc(s.Officers, func(o rule.Officer) bool { return o.ID == who })
	if known && !slices.ContainsFunc(s.Officers, func(o rule.Officer) bool { return o.ID == who && o.On(on) }) {
		return noOfficer(pointer, "not_registered", domain.Say("%s 当日不在册", "officer %s is not registered on the day", who))
	}
	return nil
}
