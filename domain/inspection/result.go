package inspection

import (
	"slices"
	"strings"
	"unicode/utf8"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideClose ends the inspection. One of the past that was only counted needs no
// launch, nor a draw.
func decideClose(s State, m domain.Meta, on calendar.Day, c Close) ([]Event, error) {
	if s.Closed != 0 && s.Concluded == 0 {
		return nil, s.led(m)
	}
	check := s.begun
	if len(s.Counts) > 0 {
		check = s.open
	}
	if err := check(on); err != nil {
		return nil, err
	}
	if err := s.led(m); err != nil {
		return nil, err
	}
	if s.Kind == term.RandomInspection && !s.Held() && len(s.Counts) == 0 {
		return nil, hint(domain.Refuse(domain.Conflict, rule.RandomDraw, domain.Say("双随机抽查尚未抽取", "the random inspection was not drawn")),
			"不再进行的，请写明理由归档（inspection.conclude）", "where it is given up, conclude it with a reason (inspection.conclude)")
	}
	if last := s.lastVisit(); on < last {
		return nil, tooEarly(last, domain.Say("最后一次检查在 %s", "the last visit was on %s", last))
	}
	start, err := c.Law.Start(term.InspectionPublication, on, s.Lead())
	if err != nil {
		return nil, err
	}
	return []Event{Closed{Summary: s.Summary(), Unvisited: s.unvisited(), Clocks: []clock.Start{start}}}, nil
}

func (s State) lastVisit() calendar.Day {
	var last calendar.Day
	for _, v := range s.Visits {
		last = max(last, v.On)
	}
	return last
}

// unvisited are the drawn institutions that nobody visited.
func (s State) unvisited() []string {
	var out []string
	for _, d := range s.Draw.Drawn {
		if !s.visited(d.Institution) {
			out = append(out, d.Institution)
		}
	}
	return out
}

// ended refuses what follows the close where there is none on the day.
func (s State) ended(on calendar.Day) error {
	if err := s.known(on); err != nil {
		return err
	}
	switch {
	case s.Concluded != 0:
		return domain.Refuse(domain.Conflict, rule.InspectionSteps, domain.Say("检查已于 %s 归档", "the inspection was concluded on %s", s.Concluded))
	case s.Closed == 0:
		return hint(domain.Refuse(domain.Conflict, rule.InspectionSteps, domain.Say("检查尚未结束", "the inspection was not closed")),
			"请先办理 inspection.close", "close it first (inspection.close)")
	case on < s.Closed:
		return tooEarly(s.Closed, domain.Say("检查于 %s 结束", "the inspection was closed on %s", s.Closed))
	}
	return nil
}

// decidePublication publishes a row for each visit. After its last day the result
// is published all the same; that it is late is on record.
func decidePublication(s State, m domain.Meta, on calendar.Day, c PublishResult) ([]Event, error) {
	if err := s.ended(on); err != nil {
		return nil, err
	}
	if m.Actor.Agency != s.Lead() && !office(m.Actor.Agency) {
		return nil, s.denied(domain.Say("这一步由牵头部门 %s 办理", "this step belongs to the lead agency %s", s.Lead()))
	}
	if s.Published != 0 {
		return nil, nil
	}
	if len(c.Media) == 0 {
		return nil, refuse(rule.PublishedResult, "/body/media", "required", domain.Say("请写明在何处公开", "name where it is published"))
	}
	for i, media := range c.Media {
		if strings.TrimSpace(media) == "" {
			return nil, refuse(rule.PublishedResult, at("/body/media", i), "required", domain.Say("请写明在何处公开", "name where it is published"))
		}
	}
	if v := m.Visibility; v != "" && v != domain.Public {
		return nil, refuse(rule.PublishedResult, "/visibility", "too_narrow", domain.Say("公开的结果不能限制范围", "a published result is public"))
	}
	return []Event{ResultPublished{Summary: s.Summary(), Rows: s.rows(), Media: c.Media}}, nil
}

// rows are the visits as the public sees them.
func (s State) rows() []Row {
	problems := map[int][]RowFinding{}
	for _, f := range s.problems() {
		problems[f.Visit] = append(problems[f.Visit], RowFinding{Item: f.Item, Severity: f.Severity, Corrected: f.Corrected != 0})
	}
	out := []Row{}
	for _, v := range s.Visits {
		out = append(out, Row{Visit: v.Number, On: v.On, Institution: v.Institution, Agencies: v.Agencies, Items: v.Items, Findings: domain.OrEmpty(problems[v.Number])})
	}
	return out
}

// replyLimit is how long a reply may be, in characters.
const replyLimit = 500

// decideReply takes down what an institution of the result says to it, once. It may
// do so after the conclusion too.
func decideReply(s State, m domain.Meta, on calendar.Day, c Reply) ([]Event, error) {
	if err := s.known(on); err != nil {
		return nil, err
	}
	if s.Published == 0 || on < s.Published {
		return nil, domain.Refuse(domain.Conflict, rule.RightOfReply, domain.Say("结果公开之后才能回应", "a reply follows the published result"))
	}
	if err := s.joined(m); err != nil {
		return nil, err
	}
	stream := c.Institution.Stream
	switch n := utf8.RuneCountInString(c.Text); {
	case stream == "":
		return nil, domain.Filled("/body/institution", "")
	case strings.TrimSpace(c.Text) == "":
		return nil, domain.Filled("/body/text", "")
	case n > replyLimit:
		return nil, refuse(rule.RightOfReply, "/body/text", "too_long", domain.Say("回应不超过 %d 字，现为 %d 字", "a reply has %d characters at most; this has %d", replyLimit, n))
	case !s.visited(stream):
		return nil, refuse(rule.RightOfReply, "/body/institution", "not_in_result", domain.Say("公开的结果中没有该机构", "the published result has no such institution"))
	case slices.Contains(s.Replies, stream):
		return nil, refuse(rule.RightOfReply, "/body/institution", "replied", domain.Say("该机构已回应，每次结果回应一次", "it has replied; there is one reply to a result"))
	}
	return []Event{Replied{Institution: stream, Text: c.Text}}, nil
}

// decideConclusion puts the inspection away: after its publication, or with the
// reason why it is not published or was given up.
func decideConclusion(s State, m domain.Meta, on calendar.Day, c Conclude) ([]Event, error) {
	if err := s.known(on); err != nil {
		return nil, err
	}
	if err := s.led(m); err != nil || s.Concluded != 0 {
		return nil, err
	}
	if last := max(s.Launched, s.Closed, s.Published, s.lastVisit()); on < last {
		return nil, tooEarly(last, domain.Say("检查的最后一步在 %s", "the last step of the inspection was on %s", last))
	}
	if s.Published == 0 && strings.TrimSpace(c.Reason) == "" {
		return nil, refuse(rule.PublishedResult, "/body/reason", "required", domain.Say(
			"结果未公开即归档，须写明理由", "an inspection that is not published is concluded with a reason"))
	}
	return []Event{Concluded(c)}, nil
}
