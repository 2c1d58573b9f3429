package grievance

import (
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// petition returns the accepted petition without opinion that an act is about,
// and the clock of its handling.
func (s State) petition(m domain.Meta, number string) (Part, clock.Clock, error) {
	p, err := s.handled(m, number)
	if err == nil {
		err = p.of(term.Petition)
	}
	switch {
	case err != nil:
		return p, clock.Clock{}, err
	case p.Opinion != 0:
		return p, clock.Clock{}, refuse(rule.PetitionHandling, "", "", domain.Say("已于 %s 作出处理意见", "the opinion was issued on %s", p.Opinion))
	case !p.taken():
		return p, clock.Clock{}, refuse(rule.PetitionHandling, "", "", domain.Say("请先受理", "accept it first"))
	}
	c, _ := s.Clocks.Find(term.PetitionClose, p.Number)
	return p, c, notBefore(rule.PetitionHandling, calendar.DayOf(m.Effective), p.Accepted, domain.Text{ZH: "受理日", EN: "acceptance"})
}

// decidePetitionExtension extends the handling once, within its period. Who can
// be told is told.
func decidePetitionExtension(s State, m domain.Meta, on calendar.Day, c ExtendPetition) ([]Event, error) {
	p, k, err := s.petition(m, c.Part)
	if err == nil {
		c.Until, err = s.extension(rule.PetitionHandling, c.Law, k, rule.PetitionExtension, on, c.Until, c.Reason, c.Approver)
	}
	if err == nil && c.Told == "" && s.Reachable() {
		err = refuse(rule.PetitionHandling, "/body/told", "required", domain.Say("延长须告知信访人，请写明告知方式", "the petitioner is told of an extension; say by what means"))
	}
	return domain.OneFact[Event](PetitionExtended{Part: p.Number, Until: c.Until, Reason: c.Reason, Approver: c.Approver, Told: c.Told}, err)
}

// decideOpinion ends the handling and opens the period in which a review may be
// asked for.
func decideOpinion(s State, m domain.Meta, on calendar.Day, c IssueOpinion) ([]Event, error) {
	p, _, err := s.petition(m, c.Part)
	if err == nil {
		err = firstOf(domain.Filled("/body/outcome", string(c.Outcome)), domain.Filled("/body/document_no", c.DocumentNo))
	}
	if err != nil {
		return nil, err
	}
	clocks, err := starts(c.Law, p.Number, on, p.Handler, term.PetitionReviewRequest)
	return domain.OneFact[Event](OpinionIssued{Part: p.Number, Outcome: c.Outcome, DocumentNo: c.DocumentNo, Clocks: clocks}, err)
}

// clocksOf are the clocks of a stage: of asking and of answering.
func clocksOf(stage term.ReviewStage) (request, answer term.Clock) {
	if stage == term.SecondReview {
		return term.PetitionRereviewRequest, term.PetitionRereviewAnswer
	}
	return term.PetitionReviewRequest, term.PetitionReviewAnswer
}

// decideReviewRequest records that a review is asked for, which may be done
// after the petition was closed. It is answered by another agency than those
// that decided before.
func decideReviewRequest(s State, m domain.Meta, on calendar.Day, c RequestReview) ([]Event, error) {
	p, err := s.about(on, c.Part)
	if err == nil {
		err = firstOf(p.of(term.Petition), domain.Filled("/body/stage", string(c.Stage)), s.reviewable(c.Law, p, on, c.Stage))
	}
	if err != nil {
		return nil, err
	}
	reviewer := c.Reviewer
	if reviewer == "" {
		reviewer = m.Actor.Agency
	}
	if err := firstOf(competent("/body/reviewer", reviewer, m.Division), p.reviewedBy(reviewer, c.Stage)); err != nil {
		return nil, err
	}
	_, answer := clocksOf(c.Stage)
	clocks, err := starts(c.Law, p.Number, on, reviewer, answer)
	return domain.OneFact[Event](ReviewRequested{Part: p.Number, Stage: c.Stage, Reviewer: reviewer, Clocks: clocks}, err)
}

// reviewable refuses a review out of order or time.
func (s State) reviewable(l rule.Law, p Part, on calendar.Day, stage term.ReviewStage) error {
	key, _ := clocksOf(stage)
	label := stage.Label()
	c, began := s.Clocks.Last(key, p.Number)
	last, err := over(l, c, on)
	switch r, reviewing := p.Reviewing(); {
	case reviewing:
		return refuse(rule.PetitionReview, "", "", domain.Say("%s 的申请尚未答复", "the request of %s is not answered", r.Requested))
	case p.Final():
		return refuse(rule.PetitionReview, "", "", domain.Say("已经复核，信访事项终结", "the second review was answered; the matter is final"))
	case !began || p.Opinion == 0 || c.From < p.Opinion:
		return refuse(rule.PetitionReview, "/body/stage", "out_of_order", domain.Say("不能申请%[1]s：先有处理意见，再复查，后复核", "no %[2]s: opinion, review and second review follow each other", label.ZH, label.EN))
	case err != nil:
		return err
	case last != 0:
		return refuse(rule.PetitionReview, "/effective", "too_late", domain.Say("申请期限已于 %s 届满", "the period to ask for it ended on %s", last))
	case slices.ContainsFunc(p.Reviews, func(r Review) bool { return r.Stage == stage && r.Requested >= c.From }):
		return refuse(rule.PetitionReview, "/body/stage", "repeated", domain.Say("已经申请过%[1]s", "the %[2]s was asked for already", label.ZH, label.EN))
	}
	return notBefore(rule.PetitionReview, on, c.From, domain.Text{ZH: "意见作出之日", EN: "opinion"})
}

// reviewedBy refuses an agency that reviews what it decided itself.
func (p Part) reviewedBy(reviewer string, stage term.ReviewStage) error {
	before := []string{p.Handler}
	if n := len(p.Reviews); n > 0 && stage == term.SecondReview {
		before = append(before, p.Reviews[n-1].Reviewer)
	}
	if !slices.Contains(before, reviewer) {
		return nil
	}
	return refuse(rule.PetitionReview, "/body/reviewer", "same", domain.Say("%s 作过决定，请写明上一级机关", "%s decided it before; name the authority above", reviewer))
}

// decideReviewAnswer answers a review. The first opens the period for a second;
// one that sends the petition back opens its handling again; else the second is
// final.
func decideReviewAnswer(s State, m domain.Meta, on calendar.Day, c AnswerReview) ([]Event, error) {
	p, err := s.about(on, c.Part)
	if err == nil {
		err = p.of(term.Petition)
	}
	if err != nil {
		return nil, err
	}
	r, ok := p.Reviewing()
	switch {
	case !ok:
		return nil, refuse(rule.PetitionReview, "", "", domain.Say("没有待答复的复查复核申请", "no review waits for its answer"))
	case m.Actor.Agency != r.Reviewer:
		return nil, notYours(r.Reviewer)
	}
	err = firstOf(domain.Filled("/body/outcome", string(c.Outcome)), domain.Filled("/body/document_no", c.DocumentNo),
		notBefore(rule.PetitionReview, on, r.Requested, domain.Text{ZH: "申请日", EN: "request"}))
	if err != nil {
		return nil, err
	}
	e := ReviewAnswered{Part: p.Number, Stage: r.Stage, Outcome: c.Outcome, DocumentNo: c.DocumentNo, Reopens: c.Outcome == term.ReviewRemanded && p.Closed != 0}
	switch {
	case c.Outcome == term.ReviewRemanded:
		e.Clocks, err = starts(c.Law, p.Number, on, p.Handler, term.PetitionClose)
	case r.Stage == term.FirstReview:
		e.Clocks, err = starts(c.Law, p.Number, on, p.Handler, term.PetitionRereviewRequest)
	}
	return domain.OneFact[Event](e, err)
}
