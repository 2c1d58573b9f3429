package listing

import (
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideNotice begins the procedure. The window is counted in working days by
// the calendar in force; a year without a calendar refuses.
func decideNotice(s State, on calendar.Day, c ServeBlackNotice) ([]Event, error) {
	if err := c.known(); err != nil {
		return nil, err
	}
	if len(c.Grounds) == 0 {
		return nil, noGrounds("/body/grounds", domain.Say("告知书须写明情形、事实和依据", "the notice names grounds, facts and law"))
	}
	for i, g := range c.Grounds {
		if g.Code == "" || g.Facts == "" || g.Law == "" {
			return nil, noGrounds("/body/grounds/"+strconv.Itoa(i), domain.Say("每一情形都要写明代码、事实和依据", "each ground needs code, facts and law"))
		}
	}
	if n, ok := s.open(); ok {
		return nil, domain.Refuse(domain.Conflict, rule.BlackNotice, domain.Say(
			"%s 已送达告知书，尚未作出决定", "a notice was served on %s and is not decided", n.Served))
	}
	if _, ok := s.Black(on); ok {
		return nil, domain.Refuse(domain.Conflict, rule.OneStanding, domain.Say("当日已在黑名单", "it is black-listed on the day"))
	}
	until, err := c.Law.StatementWindow(on)
	if err != nil {
		return nil, err
	}
	return []Event{BlackNoticeServed{Grounds: c.Grounds, WindowUntil: until}}, nil
}

func noGrounds(pointer string, t domain.Text) error {
	return domain.Refuse(domain.Invalid, rule.BlackNotice, t, domain.Field{Pointer: pointer, Code: "required", Message: t})
}

// noticed returns the procedure under way on a day.
func (s State) noticed(on calendar.Day) (Notice, error) {
	n, ok := s.open()
	if !ok {
		return n, domain.Refuse(domain.Conflict, rule.BlackNotice, domain.Say(
			"没有已送达而未决定的告知书", "no notice was served that is not yet decided"))
	}
	if on < n.Served {
		return n, domain.Refuse(domain.Conflict, rule.BlackNotice, domain.Say(
			"早于告知书送达日 %s", "before the notice of %s", n.Served),
			domain.Field{Pointer: "/effective", Code: "before_notice", Message: domain.Say("应不早于 %s", "not before %s", n.Served)})
	}
	return n, nil
}

func decideStatement(s State, on calendar.Day, c RecordStatement) ([]Event, error) {
	n, err := s.noticed(on)
	if err == nil {
		err = domain.Filled("/body/text", c.Text)
	}
	if err != nil {
		return nil, err
	}
	if on > n.WindowUntil {
		return nil, domain.Refuse(domain.Conflict, rule.BlackWindow, domain.Say(
			"陈述申辩期已于 %s 届满", "the statement window ended on %s", n.WindowUntil),
			domain.Field{Pointer: "/effective", Code: "too_late", Message: domain.Say("应不晚于 %s", "not after %s", n.WindowUntil)})
	}
	return []Event{StatementRecorded(c)}, nil
}

func decideWaiver(s State, on calendar.Day) ([]Event, error) {
	n, err := s.noticed(on)
	if err != nil || n.Waived != 0 {
		return nil, err
	}
	return []Event{StatementWaived{}}, nil
}

// decideBlack decides: after the window has run or was waived, by another
// officer than the one who served the notice. A white listing or a watch ends
// the same day.
func decideBlack(s State, m domain.Meta, on calendar.Day, c ListBlack) ([]Event, error) {
	if err := c.known(); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/document_no", c.DocumentNo); err != nil {
		return nil, err
	}
	if _, ok := s.Black(on); ok {
		return nil, domain.Refuse(domain.Conflict, rule.OneStanding, domain.Say("当日已在黑名单", "it is black-listed on the day"))
	}
	n, err := s.noticed(on)
	if err != nil {
		return nil, err
	}
	if on <= n.WindowUntil && (n.Waived == 0 || on < n.Waived) {
		return nil, domain.Refuse(domain.Conflict, rule.BlackWindow, domain.Say(
			"陈述申辩期到 %s，届满或放弃之前不能决定", "the statement window runs until %s; no decision before it ends or is waived", n.WindowUntil),
			domain.Field{Pointer: "/effective", Code: "too_early", Message: domain.Say("应晚于 %s", "after %s", n.WindowUntil)})
	}
	approver, err := approvedBy(n.Officer, m.Actor.Officers)
	if err != nil {
		return nil, err
	}
	p, err := c.Law.Publish(c.Tier, on, rule.Publication{From: c.PublishFrom, MinUntil: c.MinUntil, MaxUntil: c.MaxUntil})
	if err != nil {
		return nil, err
	}
	return append(s.displaced(on), BlackListed{
		DocumentNo: c.DocumentNo, Tier: c.Tier, PublishFrom: p.From, MinUntil: p.MinUntil, MaxUntil: p.MaxUntil,
		Grounds: n.Grounds, Proposer: n.Officer, Approver: approver, ServedWithDecision: !c.ServeLater,
	}), nil
}

// displaced ends what a black listing excludes.
func (s State) displaced(on calendar.Day) []Event {
	var out []Event
	if _, ok := s.White(on); ok {
		out = append(out, WhiteRemoved{Cause: term.RemovedForBlack})
	}
	if _, ok := s.Watch(on); ok {
		out = append(out, TakenOffWatch{Outcome: term.WatchFailed})
	}
	return out
}

// approvedBy returns an officer of the decision who is not the one who served
// the notice.
func approvedBy(proposer string, officers []string) (string, error) {
	i := slices.IndexFunc(officers, func(o string) bool { return o != "" && o != proposer })
	if i < 0 || proposer == "" {
		return "", domain.Refuse(domain.Conflict, rule.BlackOfficers, domain.Say(
			"告知与决定须由两名不同的执法人员办理（告知人：%s）", "notice and decision need two different officers (the notice was served by %s)", orNobody(proposer)),
			domain.Field{Pointer: "/actor/officer", Code: "same_officer", Message: domain.Say("请由另一名人员决定", "another officer decides")})
	}
	return officers[i], nil
}

func orNobody(officer string) string {
	if officer == "" {
		return "未写明"
	}
	return officer
}

func decideService(s State, on calendar.Day, c ServeDecision) ([]Event, error) {
	i := slices.IndexFunc(s.Blacks, func(b Black) bool { return b.unserved(c.ServedOn) })
	switch {
	case i < 0:
		return nil, domain.Refuse(domain.Conflict, rule.BlackPublication, domain.Say("没有待送达的决定", "no decision waits for service"))
	case !c.RepairNotice:
		return nil, domain.Refuse(domain.Conflict, rule.BlackPublication, domain.Say(
			"决定书须与信用修复告知书一并送达", "the decision is served together with the notice of credit repair"),
			domain.Field{Pointer: "/body/repair_notice", Code: "required", Message: domain.Say("两书同达", "both together")})
	case c.ServedOn > on:
		return nil, domain.BadField("/body/served_on", "after_effective", domain.Say("送达日晚于生效日", "served after the effective day"))
	}
	return []Event{DecisionServed(c)}, nil
}

// decideRemoval keeps the exits apart: repaired needs the granted repair,
// expired the last day of publication.
func decideRemoval(s State, on calendar.Day, c RemoveBlack) ([]Event, error) {
	i := s.removable(on)
	if i < 0 {
		if n := len(s.Blacks); n > 0 && s.Blacks[n-1].Cause == c.Cause {
			return nil, nil
		}
		return nil, notListed(term.Black, on)
	}
	b := s.Blacks[i]
	refuse := func(t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(domain.Conflict, rule.BlackRemoval, t, domain.Field{Pointer: "/body/cause", Code: "not_met", Message: t})
	}
	switch {
	case c.Cause == term.Repaired:
		return refuse(domain.Say("信用修复尚未准予", "no credit repair was granted"))
	case c.Cause == term.BlackExpired && on <= b.MaxUntil:
		return refuse(domain.Say("公示期到 %s，尚未届满", "publication runs until %s", b.MaxUntil))
	}
	return domain.OneFact[Event](BlackRemoved(c), domain.Filled("/body/reason", c.Reason))
}
