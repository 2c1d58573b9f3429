package inspection

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/figure"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideCount takes down a number of visits of which nothing more is known. It
// stays a number of visits whatever else it could be read as.
func decideCount(s State, m domain.Meta, on calendar.Day, c RecordVisitCount) ([]Event, error) {
	if err := s.open(on); err != nil {
		return nil, err
	}
	if err := s.joined(m); err != nil {
		return nil, err
	}
	if err := c.Period.check("/body/period"); err != nil {
		return nil, err
	}
	if err := c.counted(); err != nil {
		return nil, err
	}
	if c.Checks != nil && s.Launched != 0 {
		return nil, refuse(rule.VisitCount, "/body/checks", "launched", domain.Say(
			"已启动的检查本身计一次，不另写检查次数", "an inspection that was launched is one check by itself"))
	}
	return []Event{VisitCountRecorded{
		Kind: s.Kind, Visits: c.Visits.Filled(), Distinct: filled(c.Distinct), Checks: filled(c.Checks), Period: c.Period, Area: c.Area,
	}}, nil
}

func filled(c *figure.Count) *figure.Count {
	if c == nil {
		return nil
	}
	out := c.Filled()
	return &out
}

// counted refuses numbers of other things than they should be of, and more
// institutions than visits.
func (c RecordVisitCount) counted() error {
	if err := unitOf(&c.Visits, term.Visits, "/body/visits"); err != nil {
		return err
	}
	if err := unitOf(c.Distinct, term.Institutions, "/body/distinct"); err != nil {
		return err
	}
	if err := unitOf(c.Checks, term.Occasions, "/body/checks"); err != nil {
		return err
	}
	exact := func(n *figure.Count) bool { return n != nil && n.Filled().Precision == term.Exact }
	if exact(&c.Visits) && exact(c.Distinct) && c.Distinct.N > c.Visits.N {
		return refuse(rule.VisitCount, "/body/distinct/n", "too_many", domain.Say("家数不能多于所次", "there are not more institutions than visits"))
	}
	return nil
}

func unitOf(c *figure.Count, unit term.Unit, pointer string) error {
	if c == nil {
		return nil
	}
	if err := c.Check(pointer); err != nil {
		return err
	}
	if c.Unit != unit {
		return refuse(rule.VisitCount, pointer+"/unit", "other_unit", domain.Say("单位应为“%s”，不换算", "the unit should be %[2]s; nothing is converted", unit.Label().ZH, unit.Label().EN))
	}
	return nil
}
