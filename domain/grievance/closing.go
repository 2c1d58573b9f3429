package grievance

import (
	"crypto/subtle"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideNotice records that the complainant was told of something that was done.
func decideNotice(s State, m domain.Meta, on calendar.Day, c NotifyComplainant) ([]Event, error) {
	p, err := s.about(on, c.Part)
	if err == nil {
		err = firstOf(domain.Filled("/body/step", string(c.Step)), domain.Filled("/body/means", string(c.Means)))
	}
	if err != nil {
		return nil, err
	}
	l := c.Step.Label()
	step, teller := s.told(p, c.Step)
	switch {
	case teller != m.Actor.Agency:
		return nil, notYours(teller)
	case step == 0:
		return nil, refuse(rule.GrievanceNotice, "/body/step", "not_done", domain.Say("尚无“%[1]s”可以告知", "there is nothing to tell of %[2]q yet", l.ZH, l.EN))
	case !s.Reachable() && c.Step != term.NoticeMediationEnd: // of which the other side is told too
		return nil, refuse(rule.GrievanceNotice, "", "", domain.Say("匿名或者已依法删除联系方式，无从告知", "nobody can be told: it is anonymous, or erased by law"))
	}
	return domain.OneFact[Event](ComplainantNotified(c), notBefore(rule.GrievanceNotice, on, step, domain.Text{ZH: "“" + l.ZH + "”之日", EN: l.EN}))
}

// told returns the day from which there is something to tell of a step, and who
// tells it.
func (s State) told(p Part, step term.NoticeStep) (from calendar.Day, teller string) {
	teller = p.Handler
	switch step {
	case term.NoticeReceipt:
		from = s.Received
	case term.NoticeAcceptance:
		from = p.Accepted
	case term.NoticeRefusal:
		from = p.Refused
	case term.NoticeTransfer:
		if p.moved() {
			from = p.Since
		}
	case term.NoticeMediationEnd:
		from = p.Terminated
	case term.NoticeReportOutcome:
		from = p.Decided
	case term.NoticeExtension:
		from = max(p.CheckExtended, p.PetitionExtended)
	case term.NoticeOpinion:
		from = p.Opinion
	case term.NoticeReview:
		if n := len(p.Reviews); n > 0 {
			from, teller = p.Reviews[n-1].Answered, p.Reviews[n-1].Reviewer
		}
	case term.NoticeClosing:
		from = p.Closed
	}
	return from, teller
}

// decideClose closes a part that came to a result, once what had to be told is
// told. The whole is closed with its last part.
func decideClose(s State, m domain.Meta, on calendar.Day, c Close) ([]Event, error) {
	if p, err := s.about(on, c.Part); err == nil && p.Closed != 0 {
		return nil, nil
	}
	p, err := s.handled(m, c.Part)
	if err == nil {
		err = firstOf(domain.Filled("/body/result", c.Result), s.closable(p, on))
	}
	return domain.OneFact[Event](Closed{Part: p.Number, Result: c.Result, Whole: s.whole(p.Number)}, err)
}

// wanting says what a part of each nature needs before it is closed.
var wanting = map[term.Nature]domain.Text{
	term.Complaint: {ZH: "尚未达成调解或者终止调解", EN: "the mediation was neither settled nor terminated"},
	term.Report:    {ZH: "尚未决定是否立案", EN: "it was not decided whether a case is filed"},
	term.Petition:  {ZH: "尚未作出信访处理意见", EN: "no opinion was issued"},
}

// closable refuses to close what has no result, or of which something is still
// to be checked, answered or told.
func (s State) closable(p Part, on calendar.Day) error {
	if p.Outcome() == 0 {
		return refuse(rule.GrievanceClosing, "", "", wanting[p.Nature])
	}
	if err := notBefore(rule.GrievanceClosing, on, p.Outcome(), domain.Text{ZH: "处理结果之日", EN: "result"}); err != nil {
		return err
	}
	if r, ok := p.Reviewing(); ok {
		return refuse(rule.GrievanceClosing, "", "", domain.Say("%s 的复查复核申请尚未答复", "the review asked for on %s is not answered", r.Requested))
	}
	for _, key := range []term.Clock{term.MediationLeadCheck, term.MediationEndNotice, term.ReportOutcomeNotice} {
		c, runs := s.Clocks.Find(key, p.Number)
		if !runs || key == term.ReportOutcomeNotice && !s.Reachable() {
			continue
		}
		l := key.Label()
		return refuse(rule.GrievanceClosing, "", "", domain.Say("“%[1]s”尚未完成（到 %[3]s）", "%[2]q is still to be done (by %[3]s)", l.ZH, l.EN, c.Due))
	}
	return nil
}

// decideReopen takes up a part that has ended: one that was refused from its
// acceptance on, any other from its handling on.
func decideReopen(s State, m domain.Meta, on calendar.Day, c Reopen) ([]Event, error) {
	p, err := s.about(on, c.Part)
	if err == nil {
		err = firstOf(p.held(m.Actor.Agency, on), domain.Filled("/body/reason", c.Reason), p.reopenable(on))
	}
	if err != nil {
		return nil, err
	}
	keys := rule.FirstClocks(p.Nature)
	if key, ok := handlingClock(p.Nature); ok && p.Refused == 0 {
		keys = []term.Clock{key}
	}
	clocks, err := starts(c.Law, p.Number, on, p.Handler, keys...)
	return domain.OneFact[Event](Reopened{Part: p.Number, Reason: c.Reason, Clocks: clocks}, err)
}

func (p Part) reopenable(on calendar.Day) error {
	_, reviewing := p.Reviewing()
	switch {
	case p.Ended() == 0:
		return refuse(rule.GrievanceReopening, "", "", domain.Say("尚未办结，无须重新办理", "it is open"))
	case p.Final():
		return refuse(rule.GrievanceReopening, "", "", domain.Say("已经复核，信访事项终结，不再受理", "the second review was answered; the matter is final"))
	case reviewing:
		return refuse(rule.GrievanceReopening, "", "", domain.Say("复查复核尚未答复", "a review waits for its answer"))
	}
	return notBefore(rule.GrievanceReopening, on, p.Ended(), domain.Text{ZH: "办结或者不予受理之日", EN: "end"})
}

// decideRating takes the rating of who holds the query code. A wrong code and a
// grievance without receipt read the same.
func decideRating(s State, on calendar.Day, c Rate) ([]Event, error) {
	if err := s.exists(on); err != nil {
		return nil, err
	}
	if s.QueryDigest == "" || subtle.ConstantTimeCompare([]byte(c.QueryCode.Digest()), []byte(s.QueryDigest)) != 1 {
		t := domain.Say("受理编号与查询码不符", "receipt number and query code do not match")
		return nil, domain.Refuse(domain.NotFound, rule.GrievanceRating, t, domain.Field{Pointer: "/body/query_code", Code: "unknown", Message: t})
	}
	if c.Score < 1 || c.Score > 5 {
		return nil, domain.BadField("/body/score", "range", domain.Say("评价为 1 至 5 分", "rate from 1 to 5"))
	}
	switch end := s.Ended(); {
	case end == 0:
		return nil, refuse(rule.GrievanceRating, "", "", domain.Say("尚未办结，办结后再评价", "it is open; rate it once it has ended"))
	case s.Score == c.Score:
		return nil, nil
	case s.Score != 0:
		return nil, refuse(rule.GrievanceRating, "", "", domain.Say("已经评价过", "it was rated already"))
	default:
		return domain.OneFact[Event](Rated{Score: c.Score}, notBefore(rule.GrievanceRating, on, end, domain.Text{ZH: "办结日", EN: "end"}))
	}
}
