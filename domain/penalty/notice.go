package penalty

import (
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideNotice serves the prior notice. A later one takes the place of an
// earlier one, and never goes beyond what a party was told that made a
// statement.
func decideNotice(s State, m domain.Meta, on calendar.Day, c ServePriorNotice) ([]Event, error) {
	if _, err := s.investigated(on); err != nil {
		return nil, err
	}
	if s.Notice.pending() {
		return nil, noHearing("/act", "pending", domain.Say("听证尚未举行，不能另行告知", "a hearing was asked for and not held: no other notice"))
	}
	if err := required("/body/content", c.Content, "/body/facts", c.Facts, "/body/reasons", c.Reasons); err != nil {
		return nil, err
	}
	if err := c.complete(); err != nil {
		return nil, err
	}
	if s.Bound.Set {
		if err := c.Proposed.Within(s.Bound.Sanction, rule.NoHeavierPenalty, "/body/proposed"); err != nil {
			return nil, err
		}
	}
	keys := []term.Clock{term.PenaltyStatement}
	if c.HearingOffered {
		keys = append(keys, term.HearingRequest)
	}
	clocks, err := started(c.Law, on, m.Actor.Agency, keys...)
	if err != nil {
		return nil, err
	}
	return []Event{PriorNoticeServed{
		Content: c.Content, Facts: c.Facts, Reasons: c.Reasons, Basis: c.Basis, Rights: c.Rights, HearingOffered: c.HearingOffered,
		Proposed: c.Proposed, Major: c.Major, Clocks: clocks,
	}}, nil
}

// complete refuses a notice without basis or rights, with a sanction that cannot
// be, or without the hearing that must be offered.
func (c ServePriorNotice) complete() error {
	refuse := func(pointer, code string, t domain.Text) error {
		return domain.Refuse(domain.Invalid, rule.PenaltyNotice, t, domain.Field{Pointer: pointer, Code: code, Message: t})
	}
	if len(c.Basis) == 0 {
		return refuse("/body/basis", "required", domain.Say("告知书须写明依据", "the notice names its basis"))
	}
	for i, b := range c.Basis {
		if b.Statute == "" || b.Article == "" {
			return refuse("/body/basis/"+strconv.Itoa(i), "required", domain.Say("每一依据都要写明名称和条款", "each basis needs statute and article"))
		}
	}
	if err := c.Proposed.Check("/body/proposed"); err != nil {
		return err
	}
	if !slices.Contains(c.Rights, term.RightToState) || !slices.Contains(c.Rights, term.RightToDefend) {
		return refuse("/body/rights", "required", domain.Say("须告知陈述、申辩的权利", "the rights to state its case and to defend itself are named"))
	}
	if slices.Contains(c.Rights, term.RightToHearing) != c.HearingOffered {
		return refuse("/body/rights", "differs", domain.Say("告知的权利与是否可听证不一致", "the rights named do not agree with whether a hearing is offered"))
	}
	if !c.HearingOffered && c.Law.HearingDue(c.Proposed) {
		return noHearing("/body/hearing_offered", "required", domain.Say(
			"拟作出较大数额罚款或没收、吊销、责令停止举办、限制从业的，应当告知听证权利", "a hearing is offered before a large fine or confiscation, revocation, stop of operation or practice bar"))
	}
	return nil
}

// started returns the clocks of keys that begin on a day.
func started(l rule.Law, on calendar.Day, agency string, keys ...term.Clock) ([]clock.Start, error) {
	var out []clock.Start
	for _, k := range keys {
		c, err := l.Start(k, on, agency)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// noticed returns the notice of a case that is not decided.
func (s State) noticed(on calendar.Day) (Notice, error) {
	if _, err := s.investigated(on); err != nil {
		return Notice{}, err
	}
	if s.Notice.Served == 0 {
		return Notice{}, domain.Refuse(domain.Conflict, rule.PenaltyNotice, domain.Say("尚未送达事先告知书", "no prior notice was served"))
	}
	return s.Notice, notBefore(on, s.Notice.Served)
}

// until returns the last day of a window of the notice: the one on record or,
// where that awaited a calendar, the one by the calendar in force now. Zero: it
// cannot be told.
func (n Notice) until(l rule.Law, key term.Clock, recorded calendar.Day) (calendar.Day, error) {
	if recorded != 0 {
		return recorded, nil
	}
	c, err := l.Start(key, n.Served, "")
	return c.Due, err
}

// stating returns the notice within the window of the statement.
func (s State) stating(on calendar.Day, l rule.Law) (Notice, error) {
	n, err := s.noticed(on)
	if err != nil {
		return n, err
	}
	last, err := n.until(l, term.PenaltyStatement, n.StatementUntil)
	if err != nil || last == 0 || on <= last {
		return n, err
	}
	return n, notHeard("/effective", "too_late", domain.Say("陈述申辩期已于 %s 届满", "the window of the statement ended on %s", last))
}

func notHeard(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.PenaltyStatement, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

func decideStatement(s State, on calendar.Day, c RecordStatement) ([]Event, error) {
	if _, err := s.stating(on, c.Law); err != nil {
		return nil, err
	}
	return domain.OneFact[Event](StatementRecorded{Text: c.Text, Reviewed: c.Reviewed, Adopted: c.Adopted}, required("/body/text", c.Text, "/body/reviewed", c.Reviewed))
}

func decideWaiver(s State, on calendar.Day, c WaiveStatement) ([]Event, error) {
	n, err := s.stating(on, c.Law)
	switch {
	case err != nil:
		return nil, err
	case n.Stated != 0:
		return nil, notHeard("/act", "stated", domain.Say("当事人已于 %s 陈述申辩", "the party made its statement on %s", n.Stated))
	case n.Waived != 0:
		return nil, nil
	}
	return []Event{StatementWaived{}}, nil
}

// heard refuses a decision before the party was heard: its statement reviewed,
// its window over, or the right waived.
func (n Notice) heard(on calendar.Day, l rule.Law) error {
	if n.Stated != 0 && n.Stated <= on || n.Waived != 0 && n.Waived <= on {
		return nil
	}
	last, err := n.until(l, term.PenaltyStatement, n.StatementUntil)
	switch {
	case err != nil:
		return err
	case last == 0:
		return notHeard("/effective", "too_early", domain.Say("陈述申辩期届满日尚无工作日历，听取或者放弃之前不能决定", "the window of the statement awaits a calendar: no decision before the party is heard or waives"))
	case on <= last:
		return notHeard("/effective", "too_early", domain.Say("陈述申辩期到 %s，听取、放弃或者届满之前不能决定", "the window of the statement runs until %s: no decision before the party is heard, waives, or it is over", last))
	}
	return nil
}

// choosing refuses a decision while the party may still ask for the hearing that
// it was offered. Who asked for one and withdrew has chosen.
func (n Notice) choosing(on calendar.Day, l rule.Law) error {
	if !n.HearingOffered || n.Requested != 0 {
		return nil
	}
	last, err := n.until(l, term.HearingRequest, n.HearingUntil)
	switch {
	case err != nil:
		return err
	case last == 0:
		return noHearing("/effective", "too_early", domain.Say("申请听证的期限届满日尚无工作日历，不能决定", "the window to ask for a hearing awaits a calendar: no decision before it is over"))
	case on <= last:
		return noHearing("/effective", "too_early", domain.Say("申请听证的期限到 %s，届满之前不能决定", "the party may ask for a hearing until %s: no decision before that is over", last))
	}
	return nil
}

// pending reports whether a hearing was asked for and is neither held nor given
// up.
func (n Notice) pending() bool { return n.Requested != 0 && n.Withdrawn == 0 && n.Held == 0 }

func noHearing(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.PenaltyHearing, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// decideRequest takes the request for a hearing, within its window.
func decideRequest(s State, on calendar.Day, c RequestHearing) ([]Event, error) {
	n, err := s.noticed(on)
	switch {
	case err != nil:
		return nil, err
	case !n.HearingOffered:
		return nil, noHearing("/act", "not_offered", domain.Say("本案未告知听证权利", "no hearing was offered"))
	case n.Held != 0:
		return nil, noHearing("/act", "held", domain.Say("听证已于 %s 举行", "the hearing was held on %s", n.Held))
	case n.pending():
		return nil, nil
	}
	last, err := n.until(c.Law, term.HearingRequest, n.HearingUntil)
	if err != nil {
		return nil, err
	}
	if last != 0 && on > last {
		return nil, noHearing("/effective", "too_late", domain.Say("申请听证的期限已于 %s 届满", "the window to ask for a hearing ended on %s", last))
	}
	return []Event{HearingRequested{NotCounted: hearingNotCounted(s.Agency)}}, nil
}

// hearingNotCounted reports whether the time of a hearing is left out of the
// period to decide. That stands in the rules of market supervision; no such text
// was found for others, who record an extension.
func hearingNotCounted(agency string) bool {
	a, err := authority.ParseAgency(agency)
	return err == nil && a.Department == term.MarketDept
}

// awaited refuses where no hearing is to be held.
func (s State) awaited(on calendar.Day) (Notice, error) {
	n, err := s.noticed(on)
	if err != nil {
		return n, err
	}
	if !n.pending() {
		return n, noHearing("/act", "not_requested", domain.Say("没有待举行的听证", "no hearing is to be held"))
	}
	return n, notBefore(on, n.Requested)
}

func decideHearingWithdrawal(s State, on calendar.Day, c WithdrawHearing) ([]Event, error) {
	if _, err := s.awaited(on); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/document", c.Document); err != nil {
		return nil, err
	}
	r, err := s.resume(on, c.Law)
	return domain.OneFact[Event](HearingWithdrawn{Document: c.Document, Resumption: r}, err)
}

// decideNotification names day and place of the hearing, seven working days
// before.
func decideNotification(s State, on calendar.Day, c NotifyHearing) ([]Event, error) {
	if _, err := s.awaited(on); err != nil {
		return nil, err
	}
	if c.On == 0 {
		return nil, domain.BadField("/body/on", "required", domain.Say("请写明听证日期", "name the day of the hearing"))
	}
	if err := c.Law.HearingOn(on, c.On); err != nil {
		return nil, err
	}
	return domain.OneFact[Event](HearingNotified{On: c.On, Place: c.Place}, domain.Filled("/body/place", c.Place))
}

// decideHearing holds the hearing on the day of which the party was told, or
// later, by two officers who did not investigate.
func decideHearing(s State, on calendar.Day, c HoldHearing) ([]Event, error) {
	n, err := s.awaited(on)
	if err != nil {
		return nil, err
	}
	switch {
	case n.HearingOn == 0:
		return nil, noHearing("/act", "not_notified", domain.Say("尚未通知听证的时间、地点", "the party was not told when and where"))
	case on < n.HearingOn:
		return nil, noHearing("/effective", "too_early", domain.Say("听证定于 %s 举行", "the hearing is on %s", n.HearingOn))
	}
	if err := domain.Filled("/body/record", c.Record); err != nil {
		return nil, err
	}
	if err := c.Law.TwoOfficersOf(s.Agency, on, c.Officers, "/body/officers"); err != nil {
		return nil, err
	}
	if err := s.notRecused(c.Officers, "/body/officers"); err != nil {
		return nil, err
	}
	for i, o := range c.Officers {
		if err := s.apart(o, "/body/officers/"+strconv.Itoa(i)); err != nil {
			return nil, err
		}
	}
	r, err := s.resume(on, c.Law)
	return domain.OneFact[Event](HearingHeld{Record: c.Record, Officers: c.Officers, Absent: c.Absent, Resumption: r}, err)
}

// resume returns the last day to decide once a period that stood still runs
// again: as many days later as it stood still.
func (s State) resume(on calendar.Day, l rule.Law) (Resumption, error) {
	c, ok := s.Clocks.Find(term.PenaltyDecision, "")
	if !ok || !c.Paused() {
		return Resumption{}, nil
	}
	if f, _ := s.Filing(); f.Extended {
		return Resumption{DecideBy: f.DecideBy.AddDays(int(on - s.Notice.Requested))}, nil
	}
	due, awaits, err := l.Again(c, on)
	return Resumption{DecideBy: due, Awaits: awaits}, err
}

// decideReview records the legal review, by who did not investigate, once
// everything it must see is there.
func decideReview(s State, m domain.Meta, on calendar.Day, c PassLegalReview) ([]Event, error) {
	n, err := s.noticed(on)
	if err != nil {
		return nil, err
	}
	if n.pending() {
		return nil, noHearing("/act", "pending", domain.Say("听证尚未举行", "a hearing was asked for and is not held"))
	}
	if err := notBefore(on, max(n.Stated, n.Held)); err != nil {
		return nil, err
	}
	if err := wanting(rule.PenaltyReview, "/body/by", c.By); err != nil {
		return nil, err
	}
	if _, ok := c.Law.Officer(c.By, on); !ok {
		t := domain.Say("%s 当日没有在册的执法资格", "%s holds no registered credential on the day", c.By)
		return nil, domain.Refuse(domain.Conflict, rule.PenaltyReview, t, domain.Field{Pointer: "/body/by", Code: "not_registered", Message: t})
	}
	if err := s.apart(c.By, "/body/by"); err != nil {
		return nil, err
	}
	if err := s.apart(m.Actor.Officer(), "/actor/officer"); err != nil {
		return nil, err
	}
	if err := s.notRecused([]string{c.By}, "/body/by"); err != nil {
		return nil, err
	}
	if s.Review.On != 0 {
		return nil, nil
	}
	return []Event{LegalReviewPassed{By: c.By}}, nil
}

// decideExtension gives more time to decide, by a rule that allows it and
// approved by another registered officer.
func decideExtension(s State, m domain.Meta, on calendar.Day, c Extend) ([]Event, error) {
	if _, err := s.investigated(on); err != nil {
		return nil, err
	}
	if k, ok := s.Clocks.Find(term.PenaltyDecision, ""); ok && k.Paused() {
		return nil, domain.Refuse(domain.Conflict, clock.ExtensionRule, domain.Say("听证期间不计入办案期限，恢复计算后再延长", "the period stands still during the hearing; it is extended once it runs"))
	}
	if c.Until == 0 {
		return nil, domain.BadField("/body/until", "required", domain.Say("请写明延长到的日期", "name the new last day"))
	}
	if err := s.Clocks.Extendable(term.PenaltyDecision, "", on, c.Until, c.Reason, c.Approver, "/body/until"); err != nil {
		return nil, err
	}
	refuse := func(code string, t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(domain.Conflict, clock.ExtensionRule, t, domain.Field{Pointer: "/body/approver", Code: code, Message: t})
	}
	if c.Approver == m.Actor.Officer() {
		return refuse("same_officer", domain.Say("延长应由另一人批准", "another officer approves the extension"))
	}
	if _, ok := c.Law.Officer(c.Approver, on); !ok {
		return refuse("not_registered", domain.Say("%s 当日没有在册的执法资格", "%s holds no registered credential on the day", c.Approver))
	}
	return domain.OneFact[Event](Extended{Until: c.Until, Rule: c.Rule, Reason: c.Reason, Approver: c.Approver}, required("/body/rule", c.Rule))
}
