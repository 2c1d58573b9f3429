package jurisdiction

import (
	"encoding/json"
	"strconv"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
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
	domain.On[RegisterAgency]("jurisdiction.register-agency", authority.Organise, domain.Text{ZH: "登记机关", EN: "register an agency"}).By(rule.AgencyRegister),
	domain.On[CloseAgency]("jurisdiction.close-agency", authority.Organise, domain.Text{ZH: "撤并机关", EN: "close an agency"}).By(rule.AgencyRegister),
	domain.On[RegisterOfficer]("jurisdiction.register-officer", authority.Organise, domain.Text{ZH: "登记执法人员", EN: "register an officer"}).By(rule.OfficerRegister, rule.AgencyRegister),
	domain.On[RetireOfficer]("jurisdiction.retire-officer", authority.Organise, domain.Text{ZH: "执法人员退出", EN: "retire an officer"}).By(rule.OfficerRegister),
	domain.On[ReadPersonalData]("jurisdiction.read-personal-data", authority.Unseal, domain.Text{ZH: "查阅执法人员的密封信息", EN: "read a sealed value"}).Seen(domain.AgencyOnly).By(rule.Unsealing),
	domain.On[ErasePersonalData]("jurisdiction.erase-personal-data", authority.Erase, domain.Text{ZH: "删除执法人员的个人信息", EN: "erase personal data"}).By(rule.Erasure),
	domain.On[FormTaskForce]("jurisdiction.form-task-force", authority.Organise, domain.Text{ZH: "成立工作专班", EN: "form a task force"}).By(rule.TaskForce, rule.AgencyRegister),
	domain.On[DissolveTaskForce]("jurisdiction.dissolve-task-force", authority.Organise, domain.Text{ZH: "撤销工作专班", EN: "dissolve a task force"}).By(rule.TaskForce),
	domain.On[AssignAreaTeam]("jurisdiction.assign-area-team", authority.Organise, domain.Text{ZH: "指定包片工作组", EN: "assign an area team"}).By(rule.OfficerRegister),
	domain.On[SetResolution]("jurisdiction.set-resolution", authority.Govern, domain.Text{ZH: "交办联席会议议定事项", EN: "set who carries a resolution out"}).By(rule.Resolution, rule.AgencyRegister),
	domain.On[FollowUpResolution]("jurisdiction.follow-up-resolution", authority.Organise, domain.Text{ZH: "记录议定事项落实情况", EN: "follow a resolution up"}).By(rule.Resolution),
	domain.On[RegisterDocument]("jurisdiction.register-document", authority.Organise, domain.Text{ZH: "登记文件", EN: "register a document"}).By(rule.RegisteredDocument),
	domain.On[PublishHotline]("jurisdiction.publish-hotline", authority.Organise, domain.Text{ZH: "公布投诉举报电话", EN: "publish a hotline"}).By(rule.AgencyRegister),
	domain.On[PublishNotice]("jurisdiction.publish-notice", authority.Organise, domain.Text{ZH: "发布告知信", EN: "publish a notice"}),
	domain.On[IssueCircular]("jurisdiction.issue-circular", authority.Organise, domain.Text{ZH: "印发通报", EN: "issue a circular"}),
	domain.On[HoldTraining]("jurisdiction.hold-training", authority.Organise, domain.Text{ZH: "举办培训", EN: "hold a training"}).By(figure.CountRule),
	domain.On[RecordFigure]("jurisdiction.record-figure", authority.Organise, domain.Text{ZH: "记录公布数", EN: "record a printed figure"}).By(rule.PrintedFigure, figure.CountRule, rule.AgencyRegister),
	domain.On[RecordAudit]("jurisdiction.record-audit", authority.Govern, domain.Text{ZH: "记录核验", EN: "record an audit"}),
	domain.On[MissDeadline]("jurisdiction.miss-deadline", authority.Clockwork, domain.Text{ZH: "记录期限届满", EN: "record that a clock has run out"}).Seen(domain.Joint).By(clock.MissedRule),
	domain.On[Correct]("jurisdiction.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).By(rule.FrozenBaseline),
	domain.On[Annul]("jurisdiction.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}),
}

// ImposeMoratorium stops approvals.
type ImposeMoratorium struct {
	Class      term.Class      `json:"class,omitempty"` // left out: of every class
	Audiences  []term.Audience `json:"audiences"`
	DocumentNo string          `json:"document_no"`
}

// LiftMoratorium allows them again.
type LiftMoratorium struct {
	Class      term.Class      `json:"class,omitempty"` // left out: of every class
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

// RegisterAgency takes an agency of the division in, or changes what is known of
// it.
type RegisterAgency struct {
	Agency      string            `json:"agency"`
	Name        string            `json:"name"`
	Competences []string          `json:"competences,omitempty"`
	Status      term.AgencyStatus `json:"status"`
}

// CloseAgency ends an agency (撤并).
type CloseAgency struct {
	Agency string `json:"agency"`
	Reason string `json:"reason"`
}

// RegisterOfficer takes an enforcement officer in. Officer is the number under
// which the officer acts.
type RegisterOfficer struct {
	Officer    string          `json:"officer"`
	Agency     string          `json:"agency"`
	Credential string          `json:"credential"`
	Field      string          `json:"field,omitempty"`
	Until      calendar.Day    `json:"until,omitzero"` // last day of the credential
	Person     domain.Personal `json:"person,omitzero"`
}

// Personal returns the value to be sealed.
func (c *RegisterOfficer) Personal() []*domain.Personal { return []*domain.Personal{&c.Person} }

// RetireOfficer ends the service of an officer, who does not act from the day
// on.
type RetireOfficer struct {
	Officer string `json:"officer"`
	Reason  string `json:"reason"`
}

// ReadPersonalData reads who an officer is.
type ReadPersonalData struct{ domain.Unsealing }

// ErasePersonalData erases who an officer was.
type ErasePersonalData struct{ domain.Erasure }

// FormTaskForce forms a task force of agencies (工作专班).
type FormTaskForce struct {
	Name    string            `json:"name"`
	Lead    string            `json:"lead"`
	Members []TaskForceMember `json:"members"`
}

// DissolveTaskForce ends it.
type DissolveTaskForce struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// AssignAreaTeam says who is responsible for an area (包片). Lead and members are
// numbers of officers, or the posts that they hold, never names.
type AssignAreaTeam struct {
	Area    string   `json:"area"`
	Lead    string   `json:"lead"`
	Members []string `json:"members,omitempty"`
}

// SetResolution says which agency carries a resolution of a joint conference out,
// and by when. Resolutions are numbered from 1.
type SetResolution struct {
	Sequence   int          `json:"sequence"`
	Resolution int          `json:"resolution"`
	Agency     string       `json:"agency"`
	Due        calendar.Day `json:"due"`
}

// FollowUpResolution says how far a resolution is carried out.
type FollowUpResolution struct {
	Sequence   int    `json:"sequence"`
	Resolution int    `json:"resolution"`
	Result     string `json:"result"`
	Done       bool   `json:"done,omitempty"`
}

// RegisterDocument takes a document in, or the status that it has come to. A
// draft may have no number.
type RegisterDocument struct {
	DocNo  string              `json:"doc_no,omitempty"`
	Title  string              `json:"title"`
	Issuer string              `json:"issuer"`
	Status term.DocumentStatus `json:"status"`
}

// PublishHotline publishes the number of an agency in place of the one before.
type PublishHotline struct {
	Agency string `json:"agency"`
	Number string `json:"number"`
	Hours  string `json:"hours"`
}

// PublishNotice publishes a letter or a notice (一封信).
type PublishNotice struct {
	Audience term.NoticeAudience `json:"audience"`
	Title    string              `json:"title"`
	Media    []string            `json:"media,omitempty"`
}

// IssueCircular tells of what was found (通报).
type IssueCircular struct {
	Targets  []string `json:"targets"`
	Findings []string `json:"findings"`
}

// HoldTraining records trainings. Attendees that were not counted are left out.
type HoldTraining struct {
	Topic        string       `json:"topic"`
	Occasions    figure.Count `json:"occasions"`
	Attendees    figure.Count `json:"attendees,omitzero"`
	Institutions []domain.Ref `json:"institutions,omitempty"`
}

// Refs returns the institutions that were trained.
func (c *HoldTraining) Refs() []domain.Reference {
	out := make([]domain.Reference, len(c.Institutions))
	for i := range c.Institutions {
		out[i] = domain.Reference{Ref: &c.Institutions[i], Kinds: []string{"institution"}, Pointer: "/body/institutions/" + strconv.Itoa(i)}
	}
	return out
}

// RecordFigure keeps a figure as it was printed, with its reading. It takes
// effect on the last day of its period.
type RecordFigure struct {
	Key      term.Figure  `json:"key"`
	Item     string       `json:"item,omitempty"`
	Printed  string       `json:"printed"`
	Count    figure.Count `json:"count"`
	Period   Period       `json:"period"`
	Agency   string       `json:"agency,omitempty"`
	Document string       `json:"document"`
}

// RecordAudit records that the log was checked from one position to another.
type RecordAudit struct {
	FromSeq  uint64           `json:"from_seq"`
	ToSeq    uint64           `json:"to_seq"`
	HeadHash string           `json:"head_hash"`
	Result   term.AuditResult `json:"result"`
}

// MissDeadline records that a clock has run out.
type MissDeadline struct{ clock.Missing }

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
func (RegisterAgency) jurisdictionCommand()       {}
func (CloseAgency) jurisdictionCommand()          {}
func (RegisterOfficer) jurisdictionCommand()      {}
func (RetireOfficer) jurisdictionCommand()        {}
func (ReadPersonalData) jurisdictionCommand()     {}
func (ErasePersonalData) jurisdictionCommand()    {}
func (FormTaskForce) jurisdictionCommand()        {}
func (DissolveTaskForce) jurisdictionCommand()    {}
func (AssignAreaTeam) jurisdictionCommand()       {}
func (SetResolution) jurisdictionCommand()        {}
func (FollowUpResolution) jurisdictionCommand()   {}
func (RegisterDocument) jurisdictionCommand()     {}
func (PublishHotline) jurisdictionCommand()       {}
func (PublishNotice) jurisdictionCommand()        {}
func (IssueCircular) jurisdictionCommand()        {}
func (HoldTraining) jurisdictionCommand()         {}
func (RecordFigure) jurisdictionCommand()         {}
func (RecordAudit) jurisdictionCommand()          {}
func (MissDeadline) jurisdictionCommand()         {}
func (Correct) jurisdictionCommand()              {}
func (Annul) jurisdictionCommand()                {}
