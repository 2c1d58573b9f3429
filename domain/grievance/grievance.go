package grievance

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/division"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "grievance", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	on := calendar.DayOf(m.Effective)
	switch c := c.(type) {
	case Receive:
		return decideReceive(s, m, on, c)
	case Accept:
		return decideAccept(s, m, on, c)
	case Refuse:
		return decideRefuse(s, m, c)
	case Transfer:
		return decideTransfer(s, m, on, c)
	case ObjectToTransfer:
		return decideObjection(s, m, on, c)
	case DecideHandler:
		return decideHandler(s, m, on, c)
	case NotifyComplainant:
		return decideNotice(s, m, on, c)
	case SuspendPeriod:
		return decideSuspension(s, m, on, c)
	case ResumePeriod:
		return decideResumption(s, m, on, c)
	case LogVisit:
		return decideVisit(s, on, c)
	case Link:
		return decideLink(s, m, on, c)
	case Close:
		return decideClose(s, m, on, c)
	case Reopen:
		return decideReopen(s, m, on, c)
	case Rate:
		return decideRating(s, on, c)
	case MissDeadline:
		return decideMissed(s, on, c)
	case ReadPersonalData:
		return decideReading(s, m, on, c)
	case ErasePersonalData:
		return decideErasure(s, on, c)
	case Correct:
		return decideCorrect(s, c)
	case Annul:
		return domain.OneFact[Event](Annulled(c), domain.Filled("/body/reason", c.Reason))
	}
	return decideProcedure(s, m, on, c)
}

// decideProcedure decides on what belongs to one nature.
func decideProcedure(s State, m domain.Meta, on calendar.Day, c Command) ([]Event, error) {
	switch c := c.(type) {
	case StartMediation:
		return decideMediation(s, m, on, c)
	case SuspendMediation:
		return decideMediationPause(s, m, on, c)
	case ResumeMediation:
		return decideMediationResumed(s, m, on, c)
	case SettleMediation:
		return decideSettlement(s, m, on, c)
	case TerminateMediation:
		return decideTermination(s, m, on, c)
	case FindLead:
		return decideLead(s, m, on, c)
	case CheckLead:
		return decideCheck(s, m, c)
	case ExtendCheck:
		return decideCheckExtension(s, m, on, c)
	case DecideFiling:
		return decideFiling(s, m, on, c)
	case ExtendPetition:
		return decidePetitionExtension(s, m, on, c)
	case IssueOpinion:
		return decideOpinion(s, m, on, c)
	case RequestReview:
		return decideReviewRequest(s, m, on, c)
	case AnswerReview:
		return decideReviewAnswer(s, m, on, c)
	}
	panic(fmt.Sprintf("grievance does not know the command %T", c))
}

// refuse refuses by a rule, at a member where one is named.
func refuse(r domain.Rule, pointer, code string, t domain.Text) error {
	if pointer == "" {
		return domain.Refuse(domain.Conflict, r, t)
	}
	return domain.Refuse(domain.Conflict, r, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// notBefore refuses what takes effect before the step it follows.
func notBefore(r domain.Rule, on, step calendar.Day, what domain.Text) error {
	if on >= step {
		return nil
	}
	return domain.Refuse(domain.Conflict, r, domain.Say("早于%s（%[3]s）", "before the %[2]s (%[3]s)", what.ZH, what.EN, step),
		domain.Field{Pointer: "/effective", Code: "before_step", Message: domain.Say("应不早于 %s", "not before %s", step)})
}

// exists refuses what is about no grievance, or comes before its receipt.
func (s State) exists(on calendar.Day) error {
	if s.Received == 0 {
		return domain.Refuse(domain.NotFound, rule.GrievanceOpen, domain.Say("没有收到过这件投诉举报", "no such grievance was received"))
	}
	return notBefore(rule.GrievanceOpen, on, s.Received, domain.Text{ZH: "收到日", EN: "receipt"})
}

// about returns the part that an act is about. Acts on a mixed grievance name
// it; acts on one of a single nature name none.
func (s State) about(on calendar.Day, number string) (Part, error) {
	if err := s.exists(on); err != nil {
		return Part{}, err
	}
	p, ok := s.Part(number)
	switch {
	case ok:
		return p, nil
	case s.Nature != term.Mixed:
		return p, refuse(rule.GrievanceParts, "/body/part", "not_split", domain.Say("这件没有分为几部分，不写 part", "the grievance is not split; name no part"))
	case number == "":
		return p, refuse(rule.GrievanceParts, "/body/part", "required", domain.Say("同时投诉和举报的分别处理，请用 part 写明哪一部分：%s", "a mixed grievance is handled in parts; name one: %s", s.partNames()))
	}
	return p, refuse(rule.GrievanceParts, "/body/part", "unknown", domain.Say("没有第 %s 部分，只有：%s", "there is no part %s; there are: %s", number, s.partNames()))
}

func (s State) partNames() string {
	var names []string
	for _, p := range s.Parts {
		names = append(names, p.Number+" "+string(p.Nature))
	}
	return strings.Join(names, ", ")
}

// handled returns the open part that an act is about, where the agency that acts
// has it on the day.
func (s State) handled(m domain.Meta, number string) (Part, error) {
	on := calendar.DayOf(m.Effective)
	p, err := s.about(on, number)
	if err == nil {
		err = p.open()
	}
	if err == nil {
		err = p.held(m.Actor.Agency, on)
	}
	return p, err
}

// open refuses a part that has ended.
func (p Part) open() error {
	on := p.Ended()
	if on == 0 {
		return nil
	}
	l := p.Status().Label()
	e := domain.Refuse(domain.Conflict, rule.GrievanceOpen, domain.Say("%[3]s %[1]s，不再办理", "it was %[2]s on %[3]s", l.ZH, l.EN, on))
	e.Hint = domain.Say("确需办理的，先重新办理（reopen）", "reopen it first, with a reason")
	return e
}

// held refuses an agency other than the handler, and a day before it came to
// that.
func (p Part) held(agency string, on calendar.Day) error {
	if agency != p.Handler {
		return notYours(p.Handler)
	}
	return notBefore(rule.GrievanceHandler, on, p.Since, domain.Text{ZH: "转到本单位之日", EN: "day on which it came to the agency"})
}

func notYours(handler string) error {
	t := domain.Say("由 %s 办理", "%s handles it", handler)
	return domain.Refuse(domain.Forbidden, rule.GrievanceHandler, t, domain.Field{Pointer: "/actor/agency", Code: "not_handler", Message: t})
}

// of refuses a step that belongs to another nature than the part's.
func (p Part) of(n term.Nature) error {
	if p.Nature == n {
		return nil
	}
	is, want := p.Nature.Label(), n.Label()
	return refuse(rule.GrievanceNature, "/body/part", "other_nature", domain.Say("这是%[1]s，这一步属于%[2]s", "this is a %[3]s; the step belongs to a %[4]s", is.ZH, want.ZH, is.EN, want.EN))
}

// competent refuses an agency that could not handle the grievance: one without
// the authority, or of another place.
func competent(pointer, agency, in string) error {
	a, err := authority.ParseAgency(agency)
	if err != nil {
		return domain.BadField(pointer, "unknown_agency", domain.Say("“%s”不是机关代码，应为“区划代码-部门”", "%q is no agency; it should be division-department", agency))
	}
	g, _ := authority.Of(authority.Handle)
	if !slices.Contains(g.Departments, a.Department) {
		l := a.Department.Label()
		return refuse(rule.GrievanceHandler, pointer, "not_competent", domain.Say("%[1]s部门不办理投诉举报", "%[2]s does not handle grievances", l.ZH, l.EN))
	}
	if !division.Within(division.Code(in), a.Division) {
		return refuse(rule.GrievanceHandler, pointer, "elsewhere", domain.Say("%s 不是 %s 及其上级辖区的机关，外地的请移送后由当地另行登记", "%s is no agency of %s or above; what belongs elsewhere is sent there and received anew", agency, in))
	}
	return nil
}

// starts are clocks that begin on a day.
func starts(l rule.Law, part string, on calendar.Day, agency string, keys ...term.Clock) ([]clock.Start, error) {
	var out []clock.Start
	for _, k := range keys {
		c, err := l.Start(k, on, agency)
		if err != nil {
			return nil, err
		}
		c.Part = part
		out = append(out, c)
	}
	return out, nil
}

// over returns the last day of a period that has run out: the one on record or,
// where that awaited a calendar, the one by the calendar in force now. Zero: it
// has not, stands still, or its last day cannot be told.
func over(l rule.Law, c clock.Clock, on calendar.Day) (calendar.Day, error) {
	if c.Paused() {
		return 0, nil
	}
	switch last, err := l.LastDay(c); {
	case errors.Is(err, calendar.ErrYearNotPublished):
		return 0, nil
	case err != nil || on <= last:
		return 0, err
	default:
		return last, nil
	}
}

// firstOf returns the first fault.
func firstOf(faults ...error) error {
	for _, err := range faults {
		if err != nil {
			return err
		}
	}
	return nil
}
