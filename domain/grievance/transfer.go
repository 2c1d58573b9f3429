package grievance

import (
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// returnClock is the period in which a transferred part may be given back.
func returnClock(n term.Nature) term.Clock {
	if n == term.Petition {
		return term.PetitionTransferObjection
	}
	return term.GrievanceTransferReturn
}

// decideTransfer sends a part on. It does not go back by this way, nor in a
// circle: who has sent it on gets it back by an objection alone.
func decideTransfer(s State, m domain.Meta, on calendar.Day, c Transfer) ([]Event, error) {
	p, err := s.handled(m, c.Part)
	if err == nil {
		err = firstOf(competent("/body/to", c.To, m.Division), domain.Filled("/body/reason", c.Reason), p.settledHandler())
	}
	if err != nil {
		return nil, err
	}
	switch {
	case p.Outcome() != 0:
		return nil, refuse(rule.GrievanceTransfer, "", "", domain.Say("%s 已有处理结果，只待办结，不再转办", "it came to a result on %s and is to be closed, not transferred", p.Outcome()))
	case c.To == p.Handler:
		return nil, refuse(rule.GrievanceTransfer, "/body/to", "same", domain.Say("已由 %s 办理", "%s has it already", c.To))
	case slices.Contains(p.Senders, c.To):
		return nil, refuse(rule.GrievanceTransfer, "/body/to", "sender", domain.Say("%s 已转出过，只能在期限内退回，或报联席会议办公室裁定", "%s has sent it on; object to the transfer, or have the joint-conference office decide", c.To))
	}
	clocks, err := starts(c.Law, p.Number, on, c.To, returnClock(p.Nature))
	return domain.OneFact[Event](Transferred{Part: p.Number, To: c.To, Reason: c.Reason, Clocks: clocks}, err)
}

// settledHandler refuses to move a part whose handler the joint-conference
// office has named, or is to name.
func (p Part) settledHandler() error {
	switch {
	case p.Disputed != 0:
		return refuse(rule.GrievanceTransfer, "", "", domain.Say("承办单位争议自 %s 起待联席会议办公室裁定", "since %s the joint-conference office is to name who handles it", p.Disputed))
	case p.Arbitrated != 0:
		return refuse(rule.GrievanceTransfer, "", "", domain.Say("联席会议办公室已于 %s 裁定由 %s 办理，改由他单位办理须另行裁定", "on %s the joint-conference office named %s; only it may name another", p.Arbitrated, p.Handler))
	}
	return nil
}

// decideObjection gives a transferred part back. The second time it is a dispute
// and stays where it is until the joint-conference office decides.
func decideObjection(s State, m domain.Meta, on calendar.Day, c ObjectToTransfer) ([]Event, error) {
	p, err := s.handled(m, c.Part)
	if err == nil {
		err = firstOf(domain.Filled("/body/ground", string(c.Ground)), domain.Filled("/body/reason", c.Reason), p.settledHandler(), s.returnable(c.Law, p, on))
	}
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(m.Evidence, func(e domain.Evidence) bool { return strings.TrimSpace(e.SHA256) != "" }) {
		return nil, refuse(rule.GrievanceTransfer, "/evidence", "required", domain.Say("退回须附证据", "a return needs evidence"))
	}
	if p.Returned == 0 {
		return []Event{TransferObjected{Part: p.Number, To: p.Senders[len(p.Senders)-1], Ground: c.Ground, Reason: c.Reason}}, nil
	}
	office := m.Division + "-" + string(term.JointConferenceOffice)
	clocks, err := starts(c.Law, p.Number, on, office, term.OfficeDispute)
	return domain.OneFact[Event](HandlerDisputed{Part: p.Number, Ground: c.Ground, Reason: c.Reason, Clocks: clocks}, err)
}

// returnable refuses the return of what was not transferred, was accepted, or
// whose period is over.
func (s State) returnable(l rule.Law, p Part, on calendar.Day) error {
	if len(p.Senders) == 0 {
		return refuse(rule.GrievanceTransfer, "", "", domain.Say("不是转办来的，不能退回", "it was not transferred here"))
	}
	if p.taken() {
		return refuse(rule.GrievanceTransfer, "", "", domain.Say("已于 %s 受理，不能退回", "it was accepted on %s", p.Accepted))
	}
	c, ok := s.Clocks.Last(returnClock(p.Nature), p.Number)
	if !ok || c.Agency != p.Handler {
		return refuse(rule.GrievanceTransfer, "", "", domain.Say("已经转出过，不能再退回", "it was sent on from here and is not returned any more"))
	}
	last, err := over(l, c, on)
	if err != nil || last == 0 {
		return err
	}
	return refuse(rule.GrievanceTransfer, "/effective", "too_late", domain.Say("退回期限已于 %s 届满", "the period for a return ended on %s", last))
}

// decideHandler names the handler, at any time and for good.
func decideHandler(s State, m domain.Meta, on calendar.Day, c DecideHandler) ([]Event, error) {
	p, err := s.about(on, c.Part)
	if err == nil {
		err = firstOf(p.open(), competent("/body/agency", c.Agency, m.Division), domain.Filled("/body/reason", c.Reason),
			notBefore(rule.GrievanceHandler, on, max(p.Since, p.Disputed), domain.Text{ZH: "转办或者争议之日", EN: "transfer or dispute"}))
	}
	if err != nil || c.Agency == p.Handler && p.Arbitrated != 0 && p.Disputed == 0 {
		return nil, err
	}
	return []Event{HandlerDecided{Part: p.Number, Agency: c.Agency, By: m.Actor.Agency, Reason: c.Reason}}, nil
}
