package listing

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideWhite lists as white who meets the criteria of the day, or whom a
// document overrides. Black and watch exclude white, whatever overrides.
func decideWhite(s State, on calendar.Day, c ListWhite) ([]Event, error) {
	if err := c.known(); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/document_no", c.DocumentNo); err != nil {
		return nil, err
	}
	if _, ok := s.White(on); ok {
		return nil, domain.Refuse(domain.Conflict, rule.OneStanding, domain.Say("当日已在白名单", "it is on the white list on the day"))
	}
	if w, ok := s.Watch(on); ok {
		return nil, domain.Refuse(domain.Conflict, rule.OneStanding, domain.Say(
			"整改期间（至 %s）不能列入白名单", "it is under watch until %s and cannot be listed as white", w.Until))
	}
	if later := s.laterExclusion(on); later != 0 {
		return nil, domain.Refuse(domain.Conflict, rule.OneStanding, domain.Say(
			"已有自 %s 起的整改或黑名单记录，不能补记更早而未移出的白名单", "a watch or black listing from %s on is recorded; an earlier white listing that has not ended is not added", later),
			domain.Field{Pointer: "/effective", Code: "later_listing", Message: domain.Say("应晚于 %s", "after %s", later)})
	}
	_, black := s.Black(on)
	report := c.Law.White(c.Subject, black, on)
	if black {
		return nil, report.Refusal()
	}
	e := WhiteListed{DocumentNo: c.DocumentNo, Eligibility: report.Results()}
	if report.Eligible() {
		return []Event{e}, nil
	}
	if c.Override == nil || c.Override.DocumentNo == "" || c.Override.Reason == "" {
		return nil, report.Refusal()
	}
	e.Override = c.Override
	return []Event{e}, nil
}

// laterExclusion returns the first day after on from which a watch or a black
// listing is recorded, or no day: a white listing never removed would run into
// it.
func (s State) laterExclusion(on calendar.Day) calendar.Day {
	var first calendar.Day
	note := func(d calendar.Day) {
		if d > on && (first == 0 || d < first) {
			first = d
		}
	}
	for _, w := range s.Watches {
		note(w.From)
	}
	for _, b := range s.Blacks {
		note(b.Decided)
	}
	return first
}

// decideWatch puts on watch, which is in neither list: a white listing ends
// the same day.
func decideWatch(s State, on calendar.Day, c PutUnderWatch) ([]Event, error) {
	if err := c.known(); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/reason", c.Reason); err != nil {
		return nil, err
	}
	if _, ok := s.Black(on); ok {
		return nil, domain.Refuse(domain.Conflict, rule.OneStanding, domain.Say("在黑名单中的不再列入整改", "what is black-listed is not put on watch"))
	}
	if w, ok := s.Watch(on); ok {
		return nil, domain.Refuse(domain.Conflict, rule.OneStanding, domain.Say(
			"已在整改中（至 %s）", "it is under watch until %s already", w.Until))
	}
	if err := c.Law.WithinWatchLimit(on, c.Until); err != nil {
		return nil, err
	}
	put := PutOnWatch{Reason: c.Reason, Until: c.Until}
	if _, ok := s.White(on); ok {
		return []Event{WhiteRemoved{Cause: term.RemovedForWatch}, put}, nil
	}
	return []Event{put}, nil
}
