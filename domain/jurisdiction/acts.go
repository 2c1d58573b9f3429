package jurisdiction

import (
	"encoding/json"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of a division.
type Command interface{ jurisdictionCommand() }

// Acts lists what may be asked.
var Acts = []domain.ActType{
	domain.On[ImposeMoratorium]("jurisdiction.impose-moratorium", authority.Govern, domain.Text{ZH: "停止审批", EN: "impose a moratorium"}).MayBeFuture().By(rule.Moratorium),
	domain.On[LiftMoratorium]("jurisdiction.lift-moratorium", authority.Govern, domain.Text{ZH: "恢复审批", EN: "lift a moratorium"}).MayBeFuture().By(rule.MoratoriumLift),
	domain.On[FreezeBaseline]("jurisdiction.freeze-baseline", authority.Govern, domain.Text{ZH: "冻结基数", EN: "freeze a baseline"}).By(rule.FrozenBaseline),
	domain.On[AdoptPolicy]("jurisdiction.adopt-policy", authority.Govern, domain.Text{ZH: "采用地方参数", EN: "adopt a policy"}).MayBeFuture().By(rule.PolicyParameter),
	domain.On[PublishCalendar]("jurisdiction.publish-calendar", authority.Govern, domain.Text{ZH: "公布工作日历", EN: "publish a working-day calendar"}).MayBeFuture(),
	domain.On[OpenAnnualInspection]("jurisdiction.open-annual-inspection", authority.Govern, domain.Text{ZH: "开启年检", EN: "open the annual inspection"}).MayBeFuture().By(rule.AnnualInspection),
	domain.On[HoldJointConference]("jurisdiction.hold-joint-conference", authority.Govern, domain.Text{ZH: "召开联席会议", EN: "hold a joint conference"}).By(rule.ConferenceSequence),
	domain.On[PublishListBatch]("jurisdiction.publish-list-batch", authority.Govern, domain.Text{ZH: "公布名单批次", EN: "publish a list batch"}).By(rule.ListBatch),
	domain.On[PublishSurvey]("jurisdiction.publish-survey", authority.Govern, domain.Text{ZH: "公布调查结果", EN: "publish a survey"}),
	domain.On[Correct]("jurisdiction.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).By(rule.FrozenBaseline),
	domain.On[Annul]("jurisdiction.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}),
}

// ImposeMoratorium stops approvals.
type ImposeMoratorium struct {
	Class      term.Class      `json:"class"`
	Audiences  []term.Audience `json:"audiences"`
	DocumentNo string          `json:"document_no"`
}

// LiftMoratorium allows them again.
type LiftMoratorium struct {
	Class      term.Class      `json:"class"`
	Audiences  []term.Audience `json:"audiences"`
	DocumentNo string          `json:"document_no"`
}

// FreezeBaseline fixes a cohort. The members are worked out before: see Enrol.
type FreezeBaseline struct {
	Name      string          `json:"name"`
	Date      calendar.Day    `json:"date"`
	Class     term.Class      `json:"class"`
	Audiences []term.Audience `json:"audiences"`
	Mode      term.Mode       `json:"mode,omitempty"`
	Roll      Roll            `json:"-"`
}

// Roll is who held a licence on a day, as the register knew it at a position.
type Roll struct {
	Members       []string // streams of those in the cohort, in order
	LicensedInAll int      // institutions that held any licence
	AtSeq         uint64
}

// Enrol puts the roll of the day into the command.
func (c *FreezeBaseline) Enrol(r Roll) { c.Roll = r }

// AdoptPolicy sets parameters.
type AdoptPolicy struct {
	Parameters map[string]json.RawMessage `json:"parameters"`
}

// PublishCalendar gives a year's working days.
type PublishCalendar struct {
	Year       int            `json:"year"`
	DaysOff    []calendar.Day `json:"days_off"`
	MakeUpDays []calendar.Day `json:"make_up_days"`
	Document   string         `json:"document"`
}

// OpenAnnualInspection opens a window.
type OpenAnnualInspection struct {
	Year       int          `json:"year"`
	Class      term.Class   `json:"class,omitempty"`
	WindowFrom calendar.Day `json:"window_from"`
	WindowTo   calendar.Day `json:"window_to"`
}

// HoldJointConference records a conference.
type HoldJointConference struct {
	Sequence    int      `json:"sequence"`
	Agencies    []string `json:"agencies"`
	Resolutions []string `json:"resolutions,omitempty"`
}

// PublishListBatch publishes a list. The members are worked out before: see
// Compile.
type PublishListBatch struct {
	List    term.ListName `json:"list"`
	Media   []string      `json:"media,omitempty"`
	Members Members       `json:"-"`
}

// Members are who is on a list on a day, at a position.
type Members struct {
	Rows  []string
	AtSeq uint64
}

// Compile puts the members into the command.
func (c *PublishListBatch) Compile(m Members) { c.Members = m }

// PublishSurvey records a survey.
type PublishSurvey struct {
	Population  string         `json:"population"`
	Respondents int            `json:"respondents"`
	Counts      map[string]int `json:"counts"`
	PrintedRate string         `json:"printed_rate"`
}

// Correct replaces one member of an earlier fact.
type Correct struct{ domain.Correction }

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

func (ImposeMoratorium) jurisdictionCommand()     {}
func (LiftMoratorium) jurisdictionCommand()       {}
func (FreezeBaseline) jurisdictionCommand()       {}
func (AdoptPolicy) jurisdictionCommand()          {}
func (PublishCalendar) jurisdictionCommand()      {}
func (OpenAnnualInspection) jurisdictionCommand() {}
func (HoldJointConference) jurisdictionCommand()  {}
func (PublishListBatch) jurisdictionCommand()     {}
func (PublishSurvey) jurisdictionCommand()        {}
func (Correct) jurisdictionCommand()              {}
func (Annul) jurisdictionCommand()                {}
