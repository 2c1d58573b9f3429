package grievance

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// mediable returns the complaint that an act of mediation is about: accepted by
// who handles it, and without result.
func (s State) mediable(m domain.Meta, number string) (Part, error) {
	p, err := s.handled(m, number)
	if err == nil {
		err = p.of(term.Complaint)
	}
	switch {
	case err != nil:
		return p, err
	case p.Outcome() != 0:
		l := p.Status().Label()
		return p, refuse(rule.Mediation, "", "", domain.Say("%[3]s 已有结果（%[1]s），只待办结", "it came to a result on %[3]s (%[2]s) and is to be closed", l.ZH, l.EN, p.Outcome()))
	case !p.taken():
		return p, refuse(rule.Mediation, "", "", domain.Say("受理后才能调解，请先受理", "accept it first; mediation follows acceptance"))
	}
	return p, notBefore(rule.Mediation, calendar.DayOf(m.Effective), p.Accepted, domain.Text{ZH: "受理日", EN: "acceptance"})
}

// begun returns a complaint whose mediation has begun.
func (s State) begun(m domain.Meta, number string) (Part, error) {
	p, err := s.mediable(m, number)
	if err != nil {
		return p, err
	}
	if p.Mediation == 0 {
		return p, refuse(rule.Mediation, "", "", domain.Say("尚未开始调解", "the mediation was not started"))
	}
	return p, notBefore(rule.Mediation, calendar.DayOf(m.Effective), p.Mediation, domain.Text{ZH: "开始调解之日", EN: "start of the mediation"})
}

func decideMediation(s State, m domain.Meta, on calendar.Day, c StartMediation) ([]Event, error) {
	p, err := s.mediable(m, c.Part)
	if err == nil && p.Mediation == 0 {
		err = s.inPeriod(c.Law, p, on)
	}
	if err != nil || p.Mediation != 0 {
		return nil, err
	}
	return []Event{MediationStarted{Part: p.Number}}, nil
}

// inPeriod refuses what comes after the period of the mediation.
func (s State) inPeriod(l rule.Law, p Part, on calendar.Day) error {
	c, ok := s.Clocks.Find(term.ComplaintMediation, p.Number)
	if !ok {
		return nil
	}
	last, err := over(l, c, on)
	if err != nil || last == 0 {
		return err
	}
	return refuse(rule.Mediation, "/effective", "too_late", domain.Say("调解期限已于 %s 届满，应当终止调解", "the period of the mediation ended on %s; it is to be terminated", last))
}

func decideMediationPause(s State, m domain.Meta, on calendar.Day, c SuspendMediation) ([]Event, error) {
	p, err := s.begun(m, c.Part)
	if err == nil {
		err = firstOf(domain.Filled("/body/cause", string(c.Cause)), s.inPeriod(c.Law, p, on))
	}
	if err != nil {
		return nil, err
	}
	if c.Cause != term.PauseTests && c.Cause != term.PauseRecusal {
		return nil, refuse(rule.Mediation, "/body/cause", "not_allowed", domain.Say("调解只因检测鉴定或者决定回避中止", "a mediation is suspended for tests or a question of recusal alone"))
	}
	if k, ok := s.Clocks.Find(term.ComplaintMediation, p.Number); ok && k.Paused() {
		return nil, nil
	}
	return []Event{MediationSuspended{Part: p.Number, Cause: c.Cause}}, nil
}

func decideMediationResumed(s State, m domain.Meta, on calendar.Day, c ResumeMediation) ([]Event, error) {
	p, err := s.begun(m, c.Part)
	if err != nil {
		return nil, err
	}
	k, ok := s.Clocks.Find(term.ComplaintMediation, p.Number)
	if !ok || !k.Paused() {
		return nil, refuse(rule.Mediation, "", "", domain.Say("调解没有中止", "the mediation is not suspended"))
	}
	if err := notBefore(rule.Mediation, on, k.Pauses[len(k.Pauses)-1].Suspended, suspension); err != nil {
		return nil, err
	}
	due, awaits, err := c.Law.Again(k, on)
	return domain.OneFact[Event](MediationResumed{Part: p.Number, Due: due, Awaits: awaits}, err)
}

var suspension = domain.Text{ZH: "中止日", EN: "suspension"}

func decideSettlement(s State, m domain.Meta, on calendar.Day, c SettleMediation) ([]Event, error) {
	p, err := s.begun(m, c.Part)
	if err == nil {
		err = firstOf(domain.Filled("/body/terms", c.Terms), s.inPeriod(c.Law, p, on))
	}
	return domain.OneFact[Event](MediationSettled{Part: p.Number, Terms: c.Terms, Performed: c.Performed}, err)
}

// decideTermination ends an accepted complaint, begun or not. That the time is
// over is a cause after the last day alone.
func decideTermination(s State, m domain.Meta, on calendar.Day, c TerminateMediation) ([]Event, error) {
	p, err := s.mediable(m, c.Part)
	if err == nil {
		err = firstOf(domain.Filled("/body/cause", string(c.Cause)), notBefore(rule.Mediation, on, p.Mediation, domain.Text{ZH: "开始调解之日", EN: "start of the mediation"}))
	}
	if err != nil {
		return nil, err
	}
	if c.Cause == term.EndTimeOver {
		if err := s.timeOver(c.Law, p, on); err != nil {
			return nil, err
		}
	}
	clocks, err := starts(c.Law, p.Number, on, p.Handler, term.MediationEndNotice)
	return domain.OneFact[Event](MediationTerminated{Part: p.Number, Cause: c.Cause, Clocks: clocks}, err)
}

// timeOver refuses the end of a mediation for want of time while there is some.
func (s State) timeOver(l rule.Law, p Part, on calendar.Day) error {
	k, _ := s.Clocks.Find(term.ComplaintMediation, p.Number)
	switch last, err := l.LastDay(k); {
	case k.Paused():
		return refuse(rule.Mediation, "/body/cause", "not_met", domain.Say("调解中止期间不计期限", "the period of the mediation stands still"))
	case err != nil:
		return err
	case on <= last:
		return refuse(rule.Mediation, "/body/cause", "not_met", domain.Say("调解期限到 %s，尚未届满", "the period of the mediation runs until %s", last))
	}
	return nil
}

// decideLead records a lead that a mediation brought up. It is checked beside
// the mediation and, where one is not yet decided, no second one is begun.
func decideLead(s State, m domain.Meta, on calendar.Day, c FindLead) ([]Event, error) {
	p, err := s.handled(m, c.Part)
	if err == nil {
		err = firstOf(p.of(term.Complaint), domain.Filled("/body/facts", c.Facts))
	}
	if err != nil {
		return nil, err
	}
	if !p.taken() {
		return nil, refuse(rule.Mediation, "", "", domain.Say("受理后才能调解，请先受理", "accept it first; mediation follows acceptance"))
	}
	if err := notBefore(rule.Mediation, on, p.Accepted, domain.Text{ZH: "受理日", EN: "acceptance"}); err != nil {
		return nil, err
	}
	if _, runs := s.Clocks.Find(term.MediationLeadCheck, p.Number); runs {
		return nil, nil
	}
	clocks, err := starts(c.Law, p.Number, on, p.Handler, term.MediationLeadCheck)
	return domain.OneFact[Event](LeadFound{Part: p.Number, Facts: c.Facts, Clocks: clocks}, err)
}
