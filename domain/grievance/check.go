package grievance

import (
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// checking returns the part whose check an act is about, with the clock of the
// check: that of the report, or of the lead found in the mediation of a
// complaint.
func (s State) checking(m domain.Meta, number string) (Part, clock.Clock, error) {
	p, err := s.handled(m, number)
	if err != nil {
		return p, clock.Clock{}, err
	}
	key := term.ReportCheck
	switch p.Nature {
	case term.Petition:
		return p, clock.Clock{}, p.of(term.Report)
	case term.Complaint:
		key = term.MediationLeadCheck
	}
	c, ok := s.Clocks.Find(key, p.Number)
	switch {
	case ok:
		return p, c, notBefore(rule.ReportCheck, calendar.DayOf(m.Effective), c.From, domain.Text{ZH: "收到或者发现线索之日", EN: "receipt of the lead"})
	case p.Nature == term.Complaint && p.LeadDecided == 0:
		return p, c, refuse(rule.ReportCheck, "", "", domain.Say("这件投诉没有登记违法线索", "no lead was found in this complaint"))
	}
	return p, c, refuse(rule.ReportCheck, "", "", domain.Say("已于 %s 决定是否立案", "it was decided on %s whether a case is filed", max(p.Decided, p.LeadDecided)))
}

func decideCheck(s State, m domain.Meta, c CheckLead) ([]Event, error) {
	p, _, err := s.checking(m, c.Part)
	if err == nil {
		err = domain.Filled("/body/outcome", string(c.Outcome))
	}
	return domain.OneFact[Event](LeadChecked{Part: p.Number, Outcome: c.Outcome}, err)
}

// decideCheckExtension extends a check once, within its period, by no more than
// the law allows.
func decideCheckExtension(s State, m domain.Meta, on calendar.Day, c ExtendCheck) ([]Event, error) {
	p, k, err := s.checking(m, c.Part)
	if err == nil {
		c.Until, err = s.extension(rule.ReportCheck, c.Law, k, rule.CheckExtension, on, c.Until, c.Reason, c.Approver)
	}
	return domain.OneFact[Event](CheckExtended{Part: p.Number, Clock: k.Key, Until: c.Until, Reason: c.Reason, Approver: c.Approver}, err)
}

// extension returns the last day to which a running clock is extended: the one
// asked for, else the latest that the law allows.
func (s State) extension(r domain.Rule, l rule.Law, k clock.Clock, more calendar.Period, on, until calendar.Day, reason, approver string) (calendar.Day, error) {
	switch {
	case k.Extended != 0:
		return 0, refuse(r, "", "", domain.Say("已于 %s 延长过一次", "it was extended once, on %s", k.Extended))
	case k.Paused():
		return 0, refuse(r, "", "", domain.Say("期限中止期间不能延长", "a suspended period is not extended"))
	}
	last, err := l.LastDay(k)
	if err != nil {
		return 0, err
	}
	longest, err := more.Due(l.Calendar, last)
	if err != nil {
		return 0, err
	}
	if until == 0 {
		until = longest
	}
	if err := s.Clocks.Extendable(k.Key, k.Part, on, until, strings.TrimSpace(reason), strings.TrimSpace(approver), "/body/until"); err != nil {
		return 0, err
	}
	switch {
	case on > last:
		return 0, refuse(clock.ExtensionRule, "/effective", "too_late", domain.Say("期限已于 %s 届满，不能再延长", "the period ended on %s and cannot be extended", last))
	case until > longest:
		return 0, refuse(r, "/body/until", "too_long", domain.Say("最长延长到 %s", "it may be extended to %s at most", longest))
	}
	return until, nil
}

// decideFiling ends the check. A reporter who gave the name is to be told.
func decideFiling(s State, m domain.Meta, on calendar.Day, c DecideFiling) ([]Event, error) {
	p, k, err := s.checking(m, c.Part)
	if err == nil {
		err = domain.Filled("/body/reason", c.Reason)
	}
	if err != nil {
		return nil, err
	}
	if !c.Filed && !c.Penalty.IsZero() {
		return nil, refuse(rule.ReportCheck, "/body/penalty", "not_filed", domain.Say("不予立案的没有案件", "where none is filed there is no case"))
	}
	e := FilingDecided{Part: p.Number, Filed: c.Filed, Lead: k.Key == term.MediationLeadCheck, Penalty: c.Penalty.Stream, Reason: c.Reason}
	if !e.Lead && s.RealName && s.Reachable() {
		e.Clocks, err = starts(c.Law, p.Number, on, p.Handler, term.ReportOutcomeNotice)
	}
	return domain.OneFact[Event](e, err)
}

// pausable are the clocks that stand still for a cause, beside the mediation.
var pausable = map[term.Clock]term.PauseCause{
	term.ReportCheck: term.PauseTests, term.MediationLeadCheck: term.PauseTests, term.PetitionRereviewAnswer: term.PauseHearing,
}

// running returns the clock that is to be suspended or resumed, which is that of
// the agency that acts.
func (s State) running(m domain.Meta, on calendar.Day, number string, key term.Clock) (clock.Clock, error) {
	if _, err := s.about(on, number); err != nil {
		return clock.Clock{}, err
	}
	l := key.Label()
	if _, ok := pausable[key]; !ok {
		return clock.Clock{}, refuse(rule.GrievancePause, "/body/clock", "not_allowed", domain.Say("期限“%[1]s”不能这样中止", "the period %[2]q is not suspended this way", l.ZH, l.EN))
	}
	c, ok := s.Clocks.Find(key, number)
	switch {
	case !ok:
		return c, refuse(rule.GrievancePause, "/body/clock", "not_open", domain.Say("没有正在计算的期限“%[1]s”", "the clock %[2]q is not running", l.ZH, l.EN))
	case c.Agency != m.Actor.Agency:
		return c, notYours(c.Agency)
	}
	return c, notBefore(rule.GrievancePause, on, c.From, domain.Text{ZH: "期限起算日", EN: "beginning of the period"})
}

func decideSuspension(s State, m domain.Meta, on calendar.Day, c SuspendPeriod) ([]Event, error) {
	k, err := s.running(m, on, c.Part, c.Clock)
	switch {
	case err != nil:
		return nil, err
	case c.Cause != pausable[c.Clock]:
		l := pausable[c.Clock].Label()
		return nil, refuse(rule.GrievancePause, "/body/cause", "not_allowed", domain.Say("这一期限只因%[1]s中止", "this period is suspended for %[2]s alone", l.ZH, l.EN))
	case k.Paused():
		return nil, nil
	}
	last, err := over(c.Law, k, on)
	if err == nil && last != 0 {
		err = refuse(rule.GrievancePause, "/effective", "too_late", domain.Say("期限已于 %s 届满", "the period ended on %s", last))
	}
	return domain.OneFact[Event](PeriodSuspended{Part: c.Part, Clock: c.Clock, Cause: c.Cause}, err)
}

func decideResumption(s State, m domain.Meta, on calendar.Day, c ResumePeriod) ([]Event, error) {
	k, err := s.running(m, on, c.Part, c.Clock)
	if err != nil {
		return nil, err
	}
	if !k.Paused() {
		return nil, refuse(rule.GrievancePause, "/body/clock", "not_suspended", domain.Say("期限没有中止", "the period is not suspended"))
	}
	if err := notBefore(rule.GrievancePause, on, k.Pauses[len(k.Pauses)-1].Suspended, suspension); err != nil {
		return nil, err
	}
	due, awaits, err := c.Law.Again(k, on)
	return domain.OneFact[Event](PeriodResumed{Part: c.Part, Clock: c.Clock, Due: due, Awaits: awaits}, err)
}
