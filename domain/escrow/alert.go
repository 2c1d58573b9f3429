package escrow

import (
	"cmp"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func badAlert(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.EscrowAlert, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// decideAlert raises an alert, unless one of the metric is open that says as much.
// The period of its answer runs for who supervises the account, whoever raised it.
func decideAlert(s State, on calendar.Day, c RaiseAlert) ([]Event, error) {
	if err := cmp.Or(domain.Filled("/body/level", string(c.Level)), domain.Filled("/body/metric", string(c.Metric))); err != nil {
		return nil, err
	}
	if err := within("/body/value", -largest, c.Value); err != nil {
		return nil, err
	}
	if _, err := rule.ParseLevels(c.Preset); err != nil {
		return nil, badAlert("/body/preset", "levels", domain.Say("预警值应写成“黄色/红色”，如“20/10”，未设定的写“none”", "write the preset as yellow/red, such as 20/10, or none where there is none"))
	}
	for _, a := range s.openAlerts() {
		if a.Metric == c.Metric && !worse(c.Level, a.Level) {
			return nil, nil
		}
	}
	number := s.nextAlert()
	start, err := c.Law.Start(term.AlertAnswer, on, s.responsible())
	start.Part = part(number)
	return domain.OneFact[Event](AlertRaised{
		Number: number, Institution: s.Institution, Level: c.Level, Metric: c.Metric, Value: c.Value, Preset: c.Preset, Clocks: []clock.Start{start},
	}, err)
}

// worse reports whether a level is above another; no level is below all.
func worse(a, b term.AlertLevel) bool {
	levels := []term.AlertLevel{"", term.Yellow, term.Red}
	return slices.Index(levels, a) > slices.Index(levels, b)
}

// decideAssessment takes down what was found. What was found already is so.
func decideAssessment(s State, on calendar.Day, c AssessAlert) ([]Event, error) {
	a, err := s.openAlert(c.Number)
	switch {
	case err != nil:
		return nil, err
	case on < max(a.Raised, a.Assessed):
		return nil, badAlert("/effective", "before_alert", domain.Say("预警最近一步在 %s，应不早于该日", "the latest step of the alert was on %s; not before that day", max(a.Raised, a.Assessed)))
	case c.Publish && !c.Real:
		return nil, badAlert("/body/publish", "not_real", domain.Say("研判属实的预警才能向社会公布", "the public is warned only of what was found to be real"))
	}
	if err := domain.Filled("/body/text", c.Text); err != nil {
		return nil, err
	}
	if a.Assessed != 0 && a.Real == c.Real && a.Text == c.Text && a.Conference == c.Conference && (a.Published != 0) == c.Publish {
		return nil, nil
	}
	return []Event{AlertAssessed(c)}, nil
}

// decideAlertClosing ends an alert that was assessed.
func decideAlertClosing(s State, on calendar.Day, c CloseAlert) ([]Event, error) {
	if i := s.alert(c.Number); i >= 0 && s.Alerts[i].Closed != 0 {
		return nil, nil
	}
	a, err := s.openAlert(c.Number)
	switch {
	case err != nil:
		return nil, err
	case a.Assessed == 0:
		return nil, badAlert("/body/alert", "not_assessed", domain.Say("预警 %d 尚未研判，研判后才能解除", "alert %d is not assessed; assess it before it is closed", c.Number))
	case on < a.Assessed:
		return nil, badAlert("/effective", "before_assessment", domain.Say("预警于 %s 研判，应不早于该日", "the alert was assessed on %s; not before that day", a.Assessed))
	}
	return domain.OneFact[Event](AlertClosed(c), domain.Filled("/body/reason", c.Reason))
}

// openAlert returns an alert that is open, or a refusal.
func (s State) openAlert(number int) (Alert, error) {
	i := s.alert(number)
	if i < 0 {
		return Alert{}, badAlert("/body/alert", "unknown", domain.Say("没有预警 %d，共 %d 条", "there is no alert %d; there are %d", number, len(s.Alerts)))
	}
	if a := s.Alerts[i]; a.Closed != 0 {
		return Alert{}, badAlert("/body/alert", "closed", domain.Say("预警 %d 已于 %s 解除", "alert %d was closed on %s", number, a.Closed))
	}
	return s.Alerts[i], nil
}
