package dispute

import (
	"fmt"
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "dispute", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	on := calendar.DayOf(m.Effective)
	switch c := c.(type) {
	case Open:
		return decideOpen(s, m, on, c)
	case MissDeadline:
		fact, ok, err := s.Clocks.Miss(on, c.Missing)
		if err != nil || !ok {
			return nil, err
		}
		return []Event{DeadlineMissed{fact}}, nil
	case ReadPersonalData:
		if err := s.mustLead(m.Actor.Agency); err != nil {
			return nil, err
		}
		return domain.OneFact[Event](PersonalDataRead(c), s.Persons.Unseal(c.Unsealing))
	case ErasePersonalData:
		already, err := s.Persons.Erase(c.Erasure)
		if err != nil || already {
			return nil, err
		}
		return []Event{PersonalDataErased(c)}, nil
	case Correct:
		return domain.OneFact[Event](Corrected(c), rule.Correctable(c.Correction, rule.FrozenPeriods, rule.FrozenSeals("claimant")))
	case Annul:
		return domain.OneFact[Event](Annulled(c), domain.Filled("/body/reason", c.Reason))
	}
	if err := s.mustBeOpen(on); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case RecordClaim:
		return decideClaim(s, c)
	case HoldMeeting:
		return decideMeeting(c)
	case ReceiveVisit:
		return domain.OneFact[Event](VisitReceived{Count: c.Count.Filled()}, checkCount(c.Count, term.PersonVisits))
	}
	if err := s.mustLead(m.Actor.Agency); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case Route:
		return decideRoute(s, c)
	case ShareOut:
		return decideDistribution(s, on, c)
	case Resolve:
		return decideResolution(s, on, c)
	}
	panic(fmt.Sprintf("dispute does not know the command %T", c))
}

// mustBeOpen refuses a step of what was not opened, before it, or after its end.
func (s State) mustBeOpen(on calendar.Day) error {
	switch {
	case s.Opened == 0:
		return domain.Refuse(domain.NotFound, rule.DisputeSteps, domain.Say("没有这件纠纷", "there is no such dispute"))
	case on < s.Opened:
		return outOfStep("/effective", "before_opening", domain.Say("纠纷于 %s 登记，应不早于该日", "it was opened on %s; not before that day", s.Opened))
	case s.Resolved != 0:
		return outOfStep("/body", "resolved", domain.Say("纠纷已于 %s 办结；有误的请作废办结记录，新情况请另行登记", "it was resolved on %s; annul that where it is wrong, open another for what is new", s.Resolved))
	}
	return nil
}

// mustLead refuses another agency than the one that opened.
func (s State) mustLead(agency string) error {
	if agency == s.Agency {
		return nil
	}
	return domain.Refuse(domain.Forbidden, rule.DisputeLead, domain.Say("由牵头机关 %s 办理", "it is for the lead agency, %s", s.Agency),
		domain.Field{Pointer: "/actor/agency", Code: "other_agency", Message: domain.Say("应为 %s", "should be %s", s.Agency)})
}

func outOfStep(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.DisputeSteps, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// decideOpen opens and begins the period for routing.
func decideOpen(s State, m domain.Meta, on calendar.Day, c Open) ([]Event, error) {
	if s.Opened != 0 {
		return nil, outOfStep("/target", "opened", domain.Say("已于 %s 登记", "it was opened on %s", s.Opened))
	}
	if err := domain.Filled("/body/institution", c.Institution.Stream); err != nil {
		return nil, err
	}
	if err := checkUnit("/body/pupils", c.Pupils, term.Persons); err != nil {
		return nil, err
	}
	if c.Amount != nil && *c.Amount < 0 {
		return nil, negative("/body/amount_fen")
	}
	start, err := c.Law.Start(term.DisputeRoute, on, m.Actor.Agency)
	if err != nil {
		return nil, err
	}
	return []Event{Opened{
		Institution: c.Institution.Stream, Source: c.Source.Stream, Cause: c.Cause, Pupils: c.Pupils.Filled(), Amount: c.Amount, Clocks: []clock.Start{start},
	}}, nil
}

func negative(pointer string) error {
	return domain.BadField(pointer, "negative", domain.Say("金额不能为负", "an amount is not negative"))
}

// checkUnit refuses a count of something else.
func checkUnit(pointer string, c figure.Count, unit term.Unit) error {
	if err := c.Check(pointer); err != nil {
		return err
	}
	if c.Unit == unit {
		return nil
	}
	t := domain.Say("单位应为“%s”（%s）", "the unit should be %[3]s (%[2]s)", unit.Label().ZH, string(unit), unit.Label().EN)
	return domain.Refuse(domain.Invalid, figure.CountRule, t, domain.Field{Pointer: pointer + "/unit", Code: "other_unit", Message: t})
}

// checkCount refuses a count of something else, or of nothing.
func checkCount(c figure.Count, unit term.Unit) error {
	if err := checkUnit("/body/count", c, unit); err != nil {
		return err
	}
	if c.N > 0 {
		return nil
	}
	t := domain.Say("数量至少为 1", "a count of at least one")
	return domain.Refuse(domain.Invalid, figure.CountRule, t, domain.Field{Pointer: "/body/count/n", Code: "zero", Message: t})
}

// decideClaim numbers a claim.
func decideClaim(s State, c RecordClaim) ([]Event, error) {
	if err := checkClaim("/body", c.Rank, c.Amount, c.Supervised); err != nil {
		return nil, err
	}
	if c.Claimant.IsZero() {
		return nil, domain.Filled("/body/claimant", "")
	}
	return []Event{ClaimRecorded{Claim: s.nextClaim(), Rank: c.Rank, Amount: c.Amount, Supervised: c.Supervised, Claimant: c.Claimant.Sealed}}, nil
}

func checkClaim(pointer string, rank term.ClaimRank, amount, supervised money.Fen) error {
	refuse := func(at, code string, t domain.Text) error {
		return domain.Refuse(domain.Invalid, rule.ClosureRanking, t, domain.Field{Pointer: pointer + at, Code: code, Message: t})
	}
	switch {
	case amount <= 0:
		return refuse("/amount_fen", "not_positive", domain.Say("债权金额应大于零", "a claim is above zero"))
	case supervised < 0:
		return negative(pointer + "/supervised_fen")
	case supervised > 0 && rank != term.TraineeClaim:
		return refuse("/supervised_fen", "not_trainee", domain.Say("监管账户资金只归学员订单", "supervised money belongs to orders of trainees"))
	case supervised > amount:
		return refuse("/supervised_fen", "above_claim", domain.Say("监管账户资金不能超过债权金额", "what is supervised for a claim is not above it"))
	}
	return nil
}

// decideRoute adds ways that are new; where none is, it is so already.
func decideRoute(s State, c Route) ([]Event, error) {
	if len(c.To) == 0 {
		return nil, domain.Filled("/body/to", "")
	}
	var to []term.Recourse
	for _, r := range c.To {
		if !s.routedTo(r) && !slices.Contains(to, r) {
			to = append(to, r)
		}
	}
	if len(to) == 0 {
		return nil, nil
	}
	return []Event{Routed{To: to, DocumentNo: c.DocumentNo}}, nil
}

func decideMeeting(c HoldMeeting) ([]Event, error) {
	for i, a := range c.Agencies {
		pointer := "/body/agencies/" + strconv.Itoa(i)
		if _, err := authority.ParseAgency(a); err != nil {
			return nil, domain.BadField(pointer, "unknown_agency", domain.Say("“%s”不是机关代码，例如 530427-education", "%q is no agency, such as 530427-education", a))
		}
		if slices.Contains(c.Agencies[:i], a) {
			return nil, domain.BadField(pointer, "twice", domain.Say("%s 写了两次", "%s stands twice", a))
		}
	}
	count := figure.Of(1, term.Meetings)
	if c.Count != nil {
		count = c.Count.Filled()
	}
	return domain.OneFact[Event](MeetingHeld{Agencies: domain.OrEmpty(c.Agencies), Count: count}, checkCount(count, term.Meetings))
}

// decideDistribution shares money out among what is unpaid of the claims.
func decideDistribution(s State, on calendar.Day, c ShareOut) ([]Event, error) {
	if c.Available < 0 {
		return nil, negative("/body/available_fen")
	}
	if len(s.Claims) == 0 {
		t := domain.Say("尚未登记债权，无从分配", "no claim is recorded to distribute among")
		return nil, domain.Refuse(domain.Conflict, rule.ClosureRanking, t, domain.Field{Pointer: "/body", Code: "no_claims", Message: t})
	}
	if last := s.lastMoney(); on < last {
		return nil, outOfStep("/effective", "before_claim", domain.Say("最近的债权登记或分配在 %s，应不早于该日", "the latest claim or distribution is of %s; not before that day", last))
	}
	d, err := Distribute(c.Available, s.owed())
	return domain.OneFact[Event](Distributed{Available: c.Available, Distribution: d}, domain.At("/body/available_fen", err))
}

// decideResolution ends the dispute by a way that it was routed to.
func decideResolution(s State, on calendar.Day, c Resolve) ([]Event, error) {
	i := slices.IndexFunc(s.Routes, func(r Routing) bool { return r.To == c.By })
	l := c.By.Label()
	switch {
	case i < 0:
		return nil, outOfStep("/body/by", "not_routed", domain.Say("尚未分流到“%s”，请先分流", "it was not routed to %[2]q; route it first", l.ZH, l.EN))
	case on < s.Routes[i].On:
		return nil, outOfStep("/effective", "before_routing", domain.Say("%[2]s 才分流到“%[1]s”", "it was routed to %[3]q on %[2]s only", l.ZH, s.Routes[i].On, l.EN))
	case c.Remaining < 0:
		return nil, negative("/body/remaining_fen")
	}
	return domain.OneFact[Event](Resolved{Institution: s.Institution, By: c.By, Terms: c.Terms, Remaining: c.Remaining}, domain.Filled("/body/terms", c.Terms))
}
