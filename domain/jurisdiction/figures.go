package jurisdiction

import (
	"encoding/hex"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/figure"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideFigure keeps a printed figure. Another one of the same kind, unit and
// agency for a part of its period would count the same things twice.
func decideFigure(s State, m domain.Meta, on calendar.Day, c RecordFigure) ([]Event, error) {
	if err := figureForm(m, c); err != nil {
		return nil, err
	}
	refuse := func(code domain.Code, pointer, fault string, t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(code, rule.PrintedFigure, t, domain.Field{Pointer: pointer, Code: fault, Message: t})
	}
	e := FigureRecorded(c)
	e.Count = c.Count.Filled()
	switch {
	case c.Period.From == 0 || c.Period.To < c.Period.From:
		return refuse(domain.Invalid, "/body/period", "before_start", domain.Say("统计时期的截止日早于起始日", "the period ends before it begins"))
	case on != c.Period.To:
		return refuse(domain.Invalid, "/effective", "period_end", domain.Say("公布数自统计时期最后一日 %s 起生效", "a figure takes effect on the last day of its period, %s", c.Period.To))
	}
	for _, f := range s.Figures {
		switch {
		case f == e:
			return nil, nil
		case f.Key == e.Key && f.Item == e.Item && f.Agency == e.Agency && f.Count.Unit == e.Count.Unit && f.Period.From <= e.Period.To && e.Period.From <= f.Period.To:
			return refuse(domain.Conflict, "/body/period", "counted", domain.Say("%s 至 %s 已有该指标的公布数“%s”，不能重复计入", "%s to %s has the figure %q already; it is not counted twice", f.Period.From, f.Period.To, f.Printed))
		}
	}
	return domain.OneFact[Event](e, nil)
}

func figureForm(m domain.Meta, c RecordFigure) error {
	if err := domain.Filled("/body/printed", c.Printed); err != nil {
		return err
	}
	if err := domain.Filled("/body/document", c.Document); err != nil {
		return err
	}
	if err := c.Count.Check("/body/count"); err != nil {
		return err
	}
	if c.Agency == "" {
		return nil
	}
	return ours(m, "/body/agency", c.Agency)
}

func decideAudit(c RecordAudit) ([]Event, error) {
	hash, err := hex.DecodeString(c.HeadHash)
	switch {
	case c.FromSeq < 1:
		return nil, domain.BadField("/body/from_seq", "out_of_range", domain.Say("序号从 1 起", "positions begin with 1"))
	case c.ToSeq < c.FromSeq:
		return nil, domain.BadField("/body/to_seq", "before_start", domain.Say("终止序号早于起始序号", "it ends before it begins"))
	case err != nil || len(hash) != 32:
		return nil, domain.BadField("/body/head_hash", "form", domain.Say("应为 64 位十六进制 SHA-256", "should be a SHA-256 in 64 hexadecimal digits"))
	}
	e := AuditRecorded(c)
	e.HeadHash = strings.ToLower(c.HeadHash)
	return domain.OneFact[Event](e, nil)
}

// Measures counts the conference.
func (JointConferenceHeld) Measures() []figure.Measure {
	return []figure.Measure{figure.One(term.Conferences, term.Meetings, "")}
}

// Measures counts the notice by its audience.
func (e NoticePublished) Measures() []figure.Measure {
	return []figure.Measure{figure.One(term.Notices, term.Papers, string(e.Audience))}
}

// Measures counts the trainings and who attended.
func (e TrainingHeld) Measures() []figure.Measure {
	out := []figure.Measure{{Key: term.Trainings, Count: summable(term.Trainings, e.Occasions)}}
	if e.Attendees != nil {
		out = append(out, figure.Measure{Key: term.TrainingAttendees, Count: summable(term.TrainingAttendees, *e.Attendees)})
	}
	return out
}

// Measures adds the figure as it was read.
func (e FigureRecorded) Measures() []figure.Measure {
	return []figure.Measure{{Key: e.Key, Item: e.Item, Agency: e.Agency, Count: summable(e.Key, e.Count)}}
}

// summable counts trainings in occasions, whether they are printed as 次 or as
// 场次, and who attended in person-visits, whether they are printed as 人 or as
// 人次: of trainings both say the same.
func summable(key term.Figure, c figure.Count) figure.Count {
	switch {
	case key == term.Trainings && c.Unit == term.Meetings:
		c.Unit = term.Occasions
	case key == term.TrainingAttendees && c.Unit == term.Persons:
		c.Unit = term.PersonVisits
	}
	return c
}
