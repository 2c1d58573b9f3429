package grievance

import (
	"slices"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideReceive takes a grievance in, also one that lacks something: what is
// missing is a ground to refuse it later. A mixed one is split at once.
func decideReceive(s State, m domain.Meta, on calendar.Day, c Receive) ([]Event, error) {
	if s.Received != 0 {
		return nil, refuse(rule.GrievanceOpen, "", "", domain.Say("这件投诉举报已于 %s 登记", "the grievance was received on %s already", s.Received))
	}
	handler := c.Handler
	if handler == "" {
		handler = m.Actor.Agency
	}
	if err := firstOf(c.check(m, on), competent("/body/handler", handler, m.Division)); err != nil {
		return nil, err
	}
	e := Received{
		Channel: c.Channel, Nature: c.Nature, Institution: c.Institution.Stream, Premises: strings.TrimSpace(c.Premises), Topics: c.Topics,
		RealName: c.RealName, Complainant: sealed(c.Complainant), Contact: sealed(c.Contact), Content: sealed(c.Content),
		ChildInvolved: c.ChildInvolved, Receipt: c.Receipt, Handler: handler,
	}
	if c.Nature == term.Mixed {
		return c.split(e, on)
	}
	var err error
	if e.Clocks, err = starts(c.Law, "", on, handler, rule.FirstClocks(c.Nature)...); err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

// split follows the receipt of a mixed grievance with its parts and their
// clocks.
func (c Receive) split(e Received, on calendar.Day) ([]Event, error) {
	natures := c.Parts
	if len(natures) == 0 {
		natures = []term.Nature{term.Complaint, term.Report}
	}
	split := Split{}
	for i, n := range natures {
		part := SplitPart{Part: strconv.Itoa(i + 1), Nature: n}
		clocks, err := starts(c.Law, part.Part, on, e.Handler, rule.FirstClocks(n)...)
		if err != nil {
			return nil, err
		}
		split.Parts, split.Clocks = append(split.Parts, part), append(split.Clocks, clocks...)
	}
	return []Event{e, split}, nil
}

// check refuses what cannot be.
func (c Receive) check(m domain.Meta, on calendar.Day) error {
	return firstOf(
		domain.Filled("/body/channel", string(c.Channel)),
		domain.Filled("/body/nature", string(c.Nature)),
		c.checkParts(),
		c.checkTopics(),
		rule.StreetLevel(c.Premises, "/body/premises"),
		c.checkComplainant(),
		c.Receipt.check(m, on),
	)
}

// checkParts wants the parts of a mixed grievance to be two or more of different
// natures.
func (c Receive) checkParts() error {
	bad := func(code string, t domain.Text) error {
		return domain.Refuse(domain.Invalid, rule.GrievanceParts, t, domain.Field{Pointer: "/body/parts", Code: code, Message: t})
	}
	switch {
	case len(c.Parts) == 0:
		return nil
	case c.Nature != term.Mixed:
		return bad("not_mixed", domain.Say("只有投诉兼举报的才分为几部分", "only a mixed grievance has parts"))
	case len(c.Parts) == 1:
		return bad("too_few", domain.Say("至少分为两部分", "there are two parts at least"))
	}
	for i, n := range c.Parts {
		if n == term.Mixed || slices.Contains(c.Parts[:i], n) {
			return bad("repeated", domain.Say("每一部分是投诉、举报、信访之一，各写一次", "each part is a complaint, a report or a petition, and each stands once"))
		}
	}
	return nil
}

func (c Receive) checkTopics() error {
	if len(c.Topics) == 0 {
		return domain.BadField("/body/topics", "required", domain.Say("请写明反映事项", "name the topics"))
	}
	for i, t := range c.Topics {
		if slices.Contains(c.Topics[:i], t) {
			return domain.BadField("/body/topics/"+strconv.Itoa(i), "repeated", domain.Say("同一事项写了两次", "the topic stands twice"))
		}
	}
	return nil
}

func (c Receive) checkComplainant() error {
	if c.RealName && c.Complainant.IsZero() {
		return domain.BadField("/body/complainant", "required", domain.Say("实名的须写明投诉举报人", "a real-name grievance names who complains"))
	}
	return nil
}

// check refuses a number that is none of the division and day of the receipt,
// and a digest that is none.
func (r *Receipt) check(m domain.Meta, on calendar.Day) error {
	if r == nil {
		return nil
	}
	n, err := ident.ReadReceiptNumber(string(r.Number))
	switch {
	case err != nil:
		return domain.At("/body/receipt/number", err)
	case n != r.Number:
		return domain.BadField("/body/receipt/number", "form", domain.Say("受理编号应写作 %s", "write the receipt number as %s", n))
	case string(n.Division()) != m.Division || n.Day() != on:
		return domain.BadField("/body/receipt/number", "differs", domain.Say("受理编号中的区划和日期应为 %s 和 %s", "the number should be of %s and %s", m.Division, on))
	case !ident.ValidDigest(r.QueryDigest):
		return domain.BadField("/body/receipt/query_digest", "form", domain.Say("应为查询码的 SHA-256（64 位小写十六进制）", "should be SHA-256 of the query code, 64 hexadecimal digits in lower case"))
	}
	return nil
}

// Check refuses a place that goes below the street, also where a correction
// would bring it in.
func (e Received) Check() error { return rule.StreetLevel(e.Premises, "/premises") }

func sealed(p domain.Personal) *domain.Sealed {
	if p.Sealed.IsZero() {
		return nil
	}
	return &p.Sealed
}

// decideAccept takes a part in hand. Where another agency had accepted it before
// it was transferred, the clock of that acceptance runs on.
func decideAccept(s State, m domain.Meta, on calendar.Day, c Accept) ([]Event, error) {
	p, err := s.handled(m, c.Part)
	if err != nil || p.taken() && p.Disputed == 0 {
		return nil, err
	}
	e := Accepted{Part: p.Number, Handler: p.Handler}
	if key, ok := handlingClock(p.Nature); ok {
		if _, runs := s.Clocks.Find(key, p.Number); !runs && p.Outcome() == 0 {
			e.Clocks, err = starts(c.Law, p.Number, on, p.Handler, key)
		}
	}
	return domain.OneFact[Event](e, err)
}

// handlingClock is the clock that an acceptance begins. The check of a report
// runs from its receipt.
func handlingClock(n term.Nature) (key term.Clock, ok bool) {
	switch n {
	case term.Complaint:
		return term.ComplaintMediation, true
	case term.Petition:
		return term.PetitionClose, true
	}
	return "", false
}

// consumerGrounds are those of complaints alone.
var consumerGrounds = []term.RefusalGround{term.RefusedNotConsumer, term.RefusedOverThreeYears}

func decideRefuse(s State, m domain.Meta, c Refuse) ([]Event, error) {
	p, err := s.handled(m, c.Part)
	if err != nil {
		return nil, err
	}
	l := c.Ground.Label()
	switch {
	case p.Nature == term.Report:
		return nil, refuse(rule.GrievanceRefusal, "/body/part", "report", domain.Say(
			"举报不适用不予受理：核查后决定是否立案，不属于本单位管辖的转办", "a report is not refused: check it and decide, or transfer it"))
	case p.Accepted != 0:
		return nil, refuse(rule.GrievanceRefusal, "", "", domain.Say(
			"已于 %s 受理，不能再不予受理；受理后发现不应受理的，终止调解", "it was accepted on %s; what proves inadmissible later is terminated", p.Accepted))
	case p.Disputed != 0, p.Arbitrated != 0 && c.Ground == term.RefusedNotCompetent:
		return nil, p.settledHandler()
	case p.Nature == term.Petition && slices.Contains(consumerGrounds, c.Ground):
		return nil, refuse(rule.GrievanceRefusal, "/body/ground", "other_nature", domain.Say("“%[1]s”只适用于投诉", "%[2]q is a ground for complaints alone", l.ZH, l.EN))
	case c.Ground == "":
		return nil, domain.Filled("/body/ground", "")
	case c.Ground == term.RefusedByOtherLaw && strings.TrimSpace(c.Reason) == "":
		return nil, refuse(rule.GrievanceRefusal, "/body/reason", "required", domain.Say("请写明是哪一规定的情形", "say which provision"))
	}
	e := Refused{Part: p.Number, Ground: c.Ground, Reason: c.Reason}
	if slices.ContainsFunc(s.Parts, func(p Part) bool { return p.Closed != 0 }) {
		e.Whole = s.whole(p.Number)
	}
	return []Event{e}, nil
}
