package main

import (
	"fmt"
	"slices"

	"minglu/domain/figure"
	"minglu/domain/jurisdiction"
	"minglu/domain/term"
)

// An inspector is an officer with a credential: a number, never a name.
type inspector struct {
	number string
	agency string
}

// firstNumber is that of the first officer of a department; up to nine follow.
var firstNumber = map[term.Department]int{
	term.EducationDept: 1, term.MarketDept: 11, term.CivilAffairsDept: 21, term.Fire: 31, term.PublicSecurity: 41,
	term.HumanResources: 51, term.Health: 61, term.UrbanManagement: 71, term.Housing: 81,
}

func (c *county) agency(department term.Department) string { return c.code + "-" + string(department) }

func (c *county) agencies(departments ...term.Department) []string {
	out := make([]string, len(departments))
	for i, d := range departments {
		out[i] = c.agency(d)
	}
	return out
}

// number is that of an officer, as acts name it.
func (c *county) number(officer int) string { return fmt.Sprintf("%s-E%02d", c.officer, officer) }

// pair are the numbers of two officers.
func (c *county) pair(first, second int) []string {
	return []string{c.number(first), c.number(second)}
}

// establish registers agencies and their officers: four of education, two of
// every other department.
func (c *county) establish(day string, departments ...term.Department) {
	by := c.by(term.EducationDept, 3)
	for _, d := range departments {
		c.act(day, "jurisdiction.register-agency", "", by, paper("机关名录", ""), jurisdiction.RegisterAgency{
			Agency: c.agency(d), Name: c.name + d.Label().ZH + "部门（示例）", Status: term.AgencyFull,
		})
		officers := 2
		if d == term.EducationDept {
			officers = 4
		}
		for n := range officers {
			i := inspector{number: c.number(firstNumber[d] + n), agency: c.agency(d)}
			c.roster = append(c.roster, i)
			c.act(day, "jurisdiction.register-officer", "", by, paper("执法人员名录", ""), jurisdiction.RegisterOfficer{
				Officer: i.number, Agency: i.agency, Credential: "示例证-" + i.number, Field: "校外培训",
			})
		}
	}
}

// agenciesOf are the agencies of some officers, each once.
func (c *county) agenciesOf(officers []string) (out []string) {
	for _, i := range c.roster {
		if slices.Contains(officers, i.number) && !slices.Contains(out, i.agency) {
			out = append(out, i.agency)
		}
	}
	return out
}

// hotline publishes a number that nobody has.
func (c *county) hotline(day string, department term.Department, number string) {
	c.act(day, "jurisdiction.publish-hotline", "", c.by(term.EducationDept, 3), paper("投诉举报电话公告（示例号码）", ""),
		jurisdiction.PublishHotline{Agency: c.agency(department), Number: number, Hours: "24小时"})
}

func (c *county) letter(day string, audience term.NoticeAudience, title string) {
	c.act(day, "jurisdiction.publish-notice", "", c.by(term.EducationDept, 3), paper(title, ""),
		jurisdiction.PublishNotice{Audience: audience, Title: title + "（示例）", Media: []string{"示例公众号"}})
}

// train records trainings; attendees that were not counted are left out.
func (c *county) train(day, topic string, occasions, attendees figure.Count) {
	c.act(day, "jurisdiction.hold-training", "", c.by(term.EducationDept, 3), paper("培训记录", ""),
		jurisdiction.HoldTraining{Topic: topic, Occasions: occasions, Attendees: attendees})
}

// printed keeps a figure as a text printed it, for a year.
func (c *county) printed(year int, key term.Figure, item, text string, n figure.Count, document string) {
	from, to := fmt.Sprintf("%d-01-01", year), fmt.Sprintf("%d-12-31", year)
	c.act(to, "jurisdiction.record-figure", "", c.by(term.EducationDept, 3), paper("公布数摘录", ""), jurisdiction.RecordFigure{
		Key: key, Item: item, Printed: text, Count: n, Period: jurisdiction.Period{From: on(from), To: on(to)}, Document: document,
	})
}

func atLeast(n int, unit term.Unit) figure.Count {
	return figure.Count{N: n, Unit: unit, Precision: term.AtLeast}
}

// unknown is a number that a text does not give.
func unknown(unit term.Unit) figure.Count {
	return figure.Count{Unit: unit, Precision: term.UnknownCount}
}
