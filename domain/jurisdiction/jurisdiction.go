package jurisdiction

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "jurisdiction", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	on := calendar.DayOf(m.Effective)
	switch c := c.(type) {
	case ImposeMoratorium:
		return decideImpose(s, on, c)
	case LiftMoratorium:
		return decideLift(s, on, c)
	case FreezeBaseline:
		return decideFreeze(s, on, c)
	case AdoptPolicy:
		values, err := rule.ReadParameters(c.Parameters)
		if err == nil && len(values) == 0 {
			err = domain.BadField("/body/parameters", "required", domain.Say("至少写一个参数", "name one parameter at least"))
		}
		return domain.OneFact[Event](PolicyAdopted{Parameters: values}, err)
	case PublishCalendar:
		return decideCalendar(s, c)
	case OpenAnnualInspection:
		return decideWindow(s, c)
	case HoldJointConference:
		return decideConference(s, c)
	case PublishListBatch:
		return decideBatch(s, on, c)
	case PublishSurvey:
		return decideSurvey(c)
	case Correct:
		return decideCorrect(c)
	case Annul:
		return domain.OneFact[Event](Annulled(c), domain.Filled("/body/reason", c.Reason))
	}
	return decideOrganisation(s, m, on, c)
}

// decideOrganisation decides on who acts: agencies, officers, teams, and what
// they are told to do.
func decideOrganisation(s State, m domain.Meta, on calendar.Day, c Command) ([]Event, error) {
	switch c := c.(type) {
	case RegisterAgency:
		return decideAgency(s, m, on, c)
	case CloseAgency:
		return decideAgencyClosing(s, on, c)
	case RegisterOfficer:
		return decideOfficer(s, m, on, c)
	case RetireOfficer:
		return decideRetirement(s, on, c)
	case ReadPersonalData:
		return domain.OneFact[Event](PersonalDataRead(c), s.Persons.Unseal(c.Unsealing))
	case ErasePersonalData:
		already, err := s.Persons.Erase(c.Erasure)
		if already {
			return nil, nil
		}
		return domain.OneFact[Event](PersonalDataErased(c), err)
	case FormTaskForce:
		return decideTaskForce(s, m, on, c)
	case DissolveTaskForce:
		return decideDissolution(s, on, c)
	case AssignAreaTeam:
		return decideAreaTeam(s, on, c)
	case SetResolution:
		return decideResolution(s, m, on, c)
	case FollowUpResolution:
		return decideFollowUp(s, m, on, c)
	case MissDeadline:
		return decideMiss(s, on, c)
	}
	return decidePapers(s, m, on, c)
}

// decidePapers decides on what is issued, published and recorded.
func decidePapers(s State, m domain.Meta, on calendar.Day, c Command) ([]Event, error) {
	switch c := c.(type) {
	case RegisterDocument:
		return decideDocument(s, on, c)
	case PublishHotline:
		return decideHotline(s, m, on, c)
	case PublishNotice:
		return decidePublicNotice(s, on, c)
	case IssueCircular:
		return decideCircular(c)
	case HoldTraining:
		return decideTraining(c)
	case RecordFigure:
		return decideFigure(s, m, on, c)
	case RecordAudit:
		return decideAudit(c)
	}
	panic(fmt.Sprintf("jurisdiction does not know the command %T", c))
}

func decideImpose(s State, on calendar.Day, c ImposeMoratorium) ([]Event, error) {
	if len(c.Audiences) == 0 {
		return nil, domain.BadField("/body/audiences", "required", domain.Say("请写明培训对象", "name the audiences"))
	}
	for _, m := range s.Moratoria {
		if sameStop(m, c.Class, c.Audiences) && m.From <= on && (m.Lifted == 0 || on < m.Lifted) {
			return nil, nil
		}
	}
	return domain.OneFact[Event](MoratoriumImposed(c), nil)
}

func decideLift(s State, on calendar.Day, c LiftMoratorium) ([]Event, error) {
	for _, m := range s.Moratoria {
		if sameStop(m, c.Class, c.Audiences) && m.From <= on && m.Lifted == 0 {
			return domain.OneFact[Event](MoratoriumLifted(c), nil)
		}
	}
	return nil, domain.Refuse(domain.Conflict, rule.MoratoriumLift, domain.Say(
		"当日没有对这一类别和对象的停止审批", "no moratorium for this class and these audiences is in force on the day"))
}

// decideFreeze fixes the members that were worked out; another baseline of the
// same name is refused.
func decideFreeze(s State, on calendar.Day, c FreezeBaseline) ([]Event, error) {
	if err := domain.Filled("/body/name", c.Name); err != nil {
		return nil, err
	}
	if b, ok := s.Baseline(c.Name); ok {
		return nil, domain.Refuse(domain.Conflict, rule.FrozenBaseline, domain.Say(
			"基数“%s”已按 %s 冻结，不再改变；有误请另立新基数", "baseline %q is frozen as of %s and never changes; freeze a new one", c.Name, b.Date),
			domain.Field{Pointer: "/body/name", Code: "taken", Message: domain.Say("名称已用", "the name is taken")})
	}
	switch {
	case len(c.Audiences) == 0:
		return nil, domain.BadField("/body/audiences", "required", domain.Say("请写明培训对象", "name the audiences"))
	case c.Date > on:
		return nil, domain.Refuse(domain.Invalid, rule.FrozenBaseline, domain.Say(
			"基数日晚于生效日", "the day of the baseline lies after the effective day"),
			domain.Field{Pointer: "/body/date", Code: "future", Message: domain.Say("应不晚于 %s", "not after %s", on)})
	}
	members := slices.Clone(c.Roll.Members)
	slices.Sort(members)
	return domain.OneFact[Event](BaselineFrozen{
		Name: c.Name, Date: c.Date, Class: c.Class, Audiences: c.Audiences, Mode: c.Mode,
		Members: domain.OrEmpty(members), LicensedInAll: c.Roll.LicensedInAll, Hash: Hash(members), AtSeq: c.Roll.AtSeq,
	}, nil)
}

// Hash is the SHA-256 of streams, one a line, in the order given.
func Hash(streams []string) string {
	h := sha256.New()
	for _, s := range streams {
		h.Write([]byte(s + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func decideCalendar(s State, c PublishCalendar) ([]Event, error) {
	y := calendar.Year{DaysOff: c.DaysOff, MakeUpDays: c.MakeUpDays, Source: c.Document}
	if err := y.Check(c.Year); err != nil {
		return nil, domain.At("/body", err)
	}
	return domain.OneFact[Event](CalendarPublished(c), nil)
}

func decideWindow(s State, c OpenAnnualInspection) ([]Event, error) {
	if c.WindowTo < c.WindowFrom {
		return nil, domain.BadField("/body/window_to", "before_start", domain.Say("年检结束日早于开始日", "the window ends before it begins"))
	}
	same := func(w rule.Window) bool { return w.Year == c.Year && w.Class == c.Class }
	if i := slices.IndexFunc(s.Windows, same); i >= 0 {
		return nil, domain.Refuse(domain.Conflict, rule.AnnualInspection, domain.Say(
			"%d 年度年检已开启（%s 至 %s）", "the inspection of %d is open already (%s to %s)", c.Year, s.Windows[i].From, s.Windows[i].To))
	}
	return domain.OneFact[Event](AnnualInspectionOpened(c), nil)
}

func decideConference(s State, c HoldJointConference) ([]Event, error) {
	if c.Sequence < 1 {
		return nil, domain.BadField("/body/sequence", "out_of_range", domain.Say("序次从 1 起", "the sequence begins with 1"))
	}
	if slices.ContainsFunc(s.Conferences, func(h Conference) bool { return h.Sequence == c.Sequence }) {
		return nil, domain.Refuse(domain.Conflict, rule.ConferenceSequence, domain.Say(
			"第 %d 次联席会议已有记录", "conference %d is on record", c.Sequence),
			domain.Field{Pointer: "/body/sequence", Code: "taken", Message: domain.Say("序次已用", "taken")})
	}
	if len(c.Agencies) == 0 {
		return nil, domain.BadField("/body/agencies", "required", domain.Say("请列明参加单位", "name the agencies"))
	}
	for i, a := range c.Agencies {
		if _, err := authority.ParseAgency(a); err != nil && !term.Departments.Has(a) {
			return nil, domain.BadField("/body/agencies/"+strconv.Itoa(i), "unknown_agency", domain.Say(
				"“%s”不是机关或部门代码", "%q is no agency or department", a))
		}
	}
	return domain.OneFact[Event](JointConferenceHeld{Sequence: c.Sequence, Agencies: c.Agencies, Resolutions: domain.OrEmpty(c.Resolutions)}, nil)
}

// decideBatch numbers the batch and says what changed since the one before.
func decideBatch(s State, on calendar.Day, c PublishListBatch) ([]Event, error) {
	before, _ := s.LastBatch(c.List)
	if on < before.AsOf {
		return nil, domain.Refuse(domain.Conflict, rule.ListBatch, domain.Say(
			"第 %d 批截至 %s，新批次不能更早", "batch %d is as of %s; the next is not earlier", before.Number, before.AsOf))
	}
	rows := slices.Clone(c.Members.Rows)
	slices.Sort(rows)
	return domain.OneFact[Event](ListBatchPublished{
		List: c.List, Media: domain.OrEmpty(c.Media), Number: before.Number + 1, AsOf: on, AtSeq: c.Members.AtSeq,
		Rows: domain.OrEmpty(rows), Added: missing(rows, before.Rows), Removed: missing(before.Rows, rows), Hash: Hash(rows),
	}, nil)
}

// missing returns those of a that are not in b; both are in order.
func missing(a, b []string) []string {
	out := []string{}
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); !ok {
			out = append(out, x)
		}
	}
	return out
}

func decideSurvey(c PublishSurvey) ([]Event, error) {
	sum := 0
	for name, n := range c.Counts {
		if n < 0 {
			return nil, domain.BadField("/body/counts/"+name, "negative", domain.Say("人数不能为负", "a count is not negative"))
		}
		sum += n
	}
	switch {
	case c.Respondents < 1:
		return nil, domain.BadField("/body/respondents", "out_of_range", domain.Say("应答人数应为正数", "there must be respondents"))
	case sum > c.Respondents:
		return nil, domain.BadField("/body/counts", "too_many", domain.Say("各项合计 %d 超过应答人数 %d", "the counts add up to %d of %d", sum, c.Respondents))
	}
	return domain.OneFact[Event](SurveyPublished(c), nil)
}

// decideCorrect corrects a fact; members and date of a baseline stay as frozen.
func decideCorrect(c Correct) ([]Event, error) {
	switch c.Field {
	case "members", "licensed_in_all", "hash", "at_seq", "date":
		return nil, domain.Refuse(domain.Conflict, rule.FrozenBaseline, domain.Say(
			"冻结的基数不能更正；有误请另立新基数", "a frozen baseline is not corrected; freeze a new one"),
			domain.Field{Pointer: "/body/field", Code: "frozen", Message: domain.Say("不可更正", "not corrected")})
	}
	return domain.OneFact[Event](Corrected(c), domain.Filled("/body/reason", c.Reason))
}
