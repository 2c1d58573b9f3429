package penalty

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decidePenalty decides on a penalty, by the ordinary or the summary procedure.
func decidePenalty(s State, m domain.Meta, on calendar.Day, c Penalise) ([]Event, error) {
	if s.Decision.Ended == 0 && s.Decision.Sanction.FineFen > 0 && c.FineFen > 0 {
		t := domain.Say("同一违法行为已于 %s 罚款，不得再次罚款", "the act was fined on %s and is not fined again", s.Decision.On)
		return nil, domain.Refuse(domain.Conflict, rule.OneFine, t, domain.Field{Pointer: "/body/fine_fen", Code: "fined", Message: t})
	}
	if err := s.undecided(); err != nil {
		return nil, err
	}
	if err := c.Sanction.Check("/body"); err != nil {
		return nil, err
	}
	if err := required("/body/document", c.Document, "/body/reasons", c.Reasons); err != nil {
		return nil, err
	}
	procedure := s.ordinary
	if c.Procedure == term.SummaryProcedure {
		procedure = s.summary
	} else {
		c.Procedure = term.OrdinaryProcedure
	}
	if err := procedure(m, on, c); err != nil {
		return nil, err
	}
	return s.penalised(m, on, c)
}

// ordinary refuses a decision by the ordinary procedure of which a step is
// missing or that goes beyond what the party was told.
func (s State) ordinary(m domain.Meta, on calendar.Day, c Penalise) error {
	n, err := s.noticed(on)
	if err != nil {
		return err
	}
	f, _ := s.Filing()
	if len(c.Officers) > 0 {
		return domain.BadField("/body/officers", "not_taken", domain.Say("普通程序的调查人员以立案为准", "the investigators of the ordinary procedure are those of the filing"))
	}
	if err := s.decider(m); err != nil {
		return err
	}
	if err := n.heard(on, c.Law); err != nil {
		return err
	}
	if err := n.choosing(on, c.Law); err != nil {
		return err
	}
	if err := s.prepared(n, on, c); err != nil {
		return err
	}
	if err := f.inTime(on); err != nil {
		return err
	}
	bound := rule.PenaltyNotice
	if n.Stated != 0 {
		bound = rule.NoHeavierPenalty
	}
	return c.Sanction.Within(n.Proposed, bound, "/body")
}

// decider refuses a decision by nobody, or by who investigated.
func (s State) decider(m domain.Meta) error {
	if m.Actor.Officer() == "" {
		t := domain.Say("请写明作出决定的人员", "name the officer who decides")
		return domain.Refuse(domain.Conflict, rule.SeparateDecider, t, domain.Field{Pointer: "/actor/officer", Code: "required", Message: t})
	}
	return s.apart(m.Actor.Officer(), "/actor/officer")
}

// prepared refuses a decision before the hearing that was asked for, the legal
// review or the discussion that it needs.
func (s State) prepared(n Notice, on calendar.Day, c Penalise) error {
	if n.pending() {
		return noHearing("/act", "pending", domain.Say("当事人已申请听证，举行之前不能决定", "a hearing was asked for: no decision before it is held"))
	}
	if err := notBefore(on, max(n.Held, n.Withdrawn)); err != nil {
		return err
	}
	if n.Major || s.Heard.On != 0 {
		if s.Review.On == 0 {
			t := domain.Say("重大案件或者经过听证的案件，未经法制审核不得决定", "a major case, and one with a hearing, is not decided before its legal review")
			return domain.Refuse(domain.Conflict, rule.PenaltyReview, t, domain.Field{Pointer: "/act", Code: "not_reviewed", Message: t})
		}
		if err := notBefore(on, s.Review.On); err != nil {
			return err
		}
	}
	if n.Major && strings.TrimSpace(c.Discussion) == "" {
		t := domain.Say("重大案件须写明集体讨论记录", "a major case names the record of its discussion")
		return domain.Refuse(domain.Conflict, rule.CollectiveDecision, t, domain.Field{Pointer: "/body/discussion", Code: "required", Message: t})
	}
	return nil
}

// inTime refuses a decision after the last day to decide.
func (f Filing) inTime(on calendar.Day) error {
	if f.DecideBy == 0 || on <= f.DecideBy {
		return nil
	}
	t := domain.Say("作出决定的期限已于 %s 届满且未延长", "the period to decide ended on %s and was not extended", f.DecideBy)
	e := domain.Refuse(domain.Conflict, rule.PenaltyTime, t, domain.Field{Pointer: "/effective", Code: "too_late", Message: t})
	e.Hint = domain.Say("期限内可依规定延长；逾期的只能决定不予处罚", "it may be extended while it runs; after it only no penalty can be decided")
	return e
}

// summary refuses a decision on the spot of a case that was filed, by fewer than
// two officers of the agency, or beyond what may be decided so.
func (s State) summary(_ domain.Meta, on calendar.Day, c Penalise) error {
	if n := len(s.Filings); n > 0 {
		t := domain.Say("本案已于 %s 立案，按普通程序办理", "the case was filed on %s and takes the ordinary procedure", s.Filings[n-1].On)
		return domain.Refuse(domain.Conflict, rule.SummaryPenalty, t, domain.Field{Pointer: "/body/procedure", Code: "filed", Message: t})
	}
	if err := c.Law.TwoOfficersOf(s.Agency, on, c.Officers, "/body/officers"); err != nil {
		return err
	}
	if err := s.notRecused(c.Officers, "/body/officers"); err != nil {
		return err
	}
	return c.OnTheSpot(s.Party)
}

// penalised is the decision, where the law lets it be made.
func (s State) penalised(m domain.Meta, on calendar.Day, c Penalise) ([]Event, error) {
	f, _ := s.Filing()
	if err := rule.WithinLimitation(s.Committed.Last(), s.Discovered, f.Harm); err != nil {
		return nil, err
	}
	provisions, err := s.provisions(c.Contravened)
	if err != nil {
		return nil, err
	}
	if err := c.anotherAct(s.Committed); err != nil {
		return nil, err
	}
	repeat, err := s.aggravated(c)
	if err != nil {
		return nil, err
	}
	if err := c.Correction.check(on); err != nil {
		return nil, err
	}
	service := c.Law.Until(term.PenaltyService, on, on, m.Actor.Agency)
	if c.Procedure == term.OrdinaryProcedure {
		if service, err = c.Law.Start(term.PenaltyService, on, m.Actor.Agency); err != nil {
			return nil, err
		}
	}
	return []Event{Decided{
		Subject: s.Subject, Sanction: c.Sanction, Procedure: c.Procedure, Committed: s.Committed, Contravened: provisions, Aggravation: c.Aggravation,
		RepeatOf: repeat, Correction: c.Correction, Document: c.Document, Reasons: c.Reasons, Discussion: c.Discussion, Officers: c.Officers,
		AnotherAct: c.AnotherAct, FineKey: s.fineKey(c), Clocks: []clock.Start{service},
	}}, nil
}

// anotherAct refuses a fine for an act of days on which the same party was fined
// already, unless the decision says why it is another act.
func (c Penalise) anotherAct(committed Days) error {
	if c.FineFen == 0 || strings.TrimSpace(c.AnotherAct) != "" {
		return nil
	}
	i := slices.IndexFunc(c.Fined, func(f Fined) bool {
		return f.Committed.From <= committed.Last() && committed.From <= f.Committed.Last()
	})
	if i < 0 {
		return nil
	}
	f := c.Fined[i]
	t := domain.Say("同一当事人 %s 至 %s 的行为已由 %s（%s）罚款；不是同一违法行为的，请写明理由",
		"what the same party did from %s to %s was fined by %s of %s; where this is another act, say why", f.Committed.From, f.Committed.Last(), f.Document, f.On)
	return domain.Refuse(domain.Conflict, rule.OneFine, t, domain.Field{Pointer: "/body/another_act", Code: "fined", Message: t})
}

// fineKey is the act as a digest, of party and days: whatever led to the case,
// the same party is fined once for them. Where the party is not of the register,
// the source stands in its place, and without one there is none. What the
// decision says to be another act has its document beside them.
func (s State) fineKey(c Penalise) string {
	party := s.Subject
	if party == "" {
		party = s.Source
	}
	if party == "" {
		return ""
	}
	act := []string{party, s.Committed.From.String(), s.Committed.Last().String()}
	if strings.TrimSpace(c.AnotherAct) != "" {
		act = append(act, c.Document)
	}
	sum := sha256.Sum256([]byte(strings.Join(act, "\n")))
	return hex.EncodeToString(sum[:])
}

// provisions are the articles contravened, by the editions in force on the days
// of the act.
func (s State) provisions(list []Contravention) ([]rule.Provision, error) {
	if len(list) == 0 {
		t := domain.Say("请写明违反的规定", "name what was contravened")
		return nil, domain.Refuse(domain.Invalid, rule.ProvisionInForce, t, domain.Field{Pointer: "/body/contravened", Code: "required", Message: t})
	}
	var out []rule.Provision
	for i, v := range list {
		at := "/body/contravened/" + strconv.Itoa(i)
		if err := required(at+"/statute", v.Statute, at+"/article", v.Article); err != nil {
			return nil, err
		}
		day := v.On
		if day == 0 {
			day = s.Committed.Last()
		}
		if day < s.Committed.From || day > s.Committed.Last() {
			t := domain.Say("%s 不在行为期间（%s 至 %s）", "%s is no day of the act, from %s to %s", day, s.Committed.From, s.Committed.Last())
			return nil, domain.Refuse(domain.Conflict, rule.ProvisionInForce, t, domain.Field{Pointer: at + "/on", Code: "outside", Message: t})
		}
		p, err := rule.ProvisionOn(v.Statute, v.Article, day, at+"/statute")
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// aggravated refuses what is said to aggravate and is not on record, and returns
// the decision of which the act is a repeat.
func (s State) aggravated(c Penalise) (calendar.Day, error) {
	var repeat calendar.Day
	for i, a := range c.Aggravation {
		refuse := func(code string, t domain.Text) error {
			return domain.Refuse(domain.Conflict, rule.AggravatedPenalty, t, domain.Field{Pointer: "/body/aggravation/" + strconv.Itoa(i), Code: code, Message: t})
		}
		switch {
		case slices.Contains(c.Aggravation[:i], a):
			return 0, refuse("twice", domain.Say("同一情节写了两次", "it stands twice"))
		case a == term.AggravatedByTeacher && s.Party != term.InServiceTeacher:
			return 0, refuse("not_recorded", domain.Say("线索登记的当事人不是在职教师", "the party is not on record as an in-service teacher"))
		case a == term.RepeatWithinTwoYears:
			d, ok := c.Law.RepeatOf(c.Earlier, s.Committed.Last())
			if !ok {
				return 0, refuse("no_earlier", domain.Say("期限内没有对同一当事人的生效处罚决定", "there is no decision in force against the same party within the years"))
			}
			repeat = d
		}
	}
	return repeat, nil
}

// check refuses a penalty without the order to correct, or one due before it.
func (o CorrectionOrder) check(on calendar.Day) error {
	refuse := func(member, code string, t domain.Text) error {
		return domain.Refuse(domain.Invalid, rule.CorrectionOrder, t, domain.Field{Pointer: "/body/correction/" + member, Code: code, Message: t})
	}
	switch {
	case strings.TrimSpace(o.Text) == "":
		return refuse("text", "required", domain.Say("处罚决定须同时责令改正", "a penalty comes with an order to correct"))
	case o.Due != 0 && o.Due < on:
		return refuse("due", "before_decision", domain.Say("改正期限早于决定日 %s", "the order is due before the decision of %s", on))
	}
	return nil
}

// decideNoPenalty ends the case without a penalty. A case that was filed is
// decided by who did not investigate it.
func decideNoPenalty(s State, m domain.Meta, on calendar.Day, c DecideNoPenalty) ([]Event, error) {
	if err := s.undecided(); err != nil {
		return nil, err
	}
	if n := len(s.Filings); n > 0 {
		if err := s.decider(m); err != nil {
			return nil, err
		}
		if err := notBefore(on, s.Filings[n-1].On); err != nil {
			return nil, err
		}
	}
	refuse := func(member string, t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(domain.Invalid, rule.NoPenalty, t, domain.Field{Pointer: "/body/" + member, Code: "required", Message: t})
	}
	switch {
	case c.Ground == "":
		return refuse("ground", domain.Say("请写明不予处罚的理由", "name the ground of no penalty"))
	case c.Ground == term.OtherNoPenalty && strings.TrimSpace(c.Reasons) == "":
		return refuse("reasons", domain.Say("其他理由须写明依据", "another ground needs its reasons"))
	}
	return []Event{NoPenaltyDecided{Subject: s.Subject, Ground: c.Ground, Reasons: c.Reasons}}, nil
}

// decideInformal takes a measure that is no penalty, before the case is decided.
func decideInformal(s State, c TakeInformalMeasure) ([]Event, error) {
	if err := s.undecided(); err != nil {
		return nil, err
	}
	if c.Kind == "" {
		return nil, domain.BadField("/body/kind", "required", domain.Say("请写明措施", "name the measure"))
	}
	return []Event{InformalMeasureTaken{Subject: s.Subject, Kind: c.Kind, Note: c.Note}}, nil
}

// decideReferral hands a suspected crime to the police; the same paper once.
func decideReferral(s State, c ReferToPolice) ([]Event, error) {
	if err := wanting(rule.PenaltyReferral, "/body/document", c.Document); err != nil {
		return nil, err
	}
	if slices.Contains(s.Police, c.Document) {
		return nil, nil
	}
	return []Event{ReferredToPolice{Subject: s.Subject, Document: c.Document}}, nil
}
