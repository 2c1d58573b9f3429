package jointcase

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of a joint case.
type Command interface{ caseCommand() }

// Acts lists what may be asked. A correction shows what the member held, which
// may be a part that is not shared; so it is read by the agency that made it
// alone.
var Acts = []domain.ActType{
	domain.Creates[Open]("case.open", authority.Cooperate, domain.Text{ZH: "建立联合案件", EN: "open a joint case"}).Seen(domain.Joint).By(rule.JointCaseMember, rule.JointCaseSteps),
	domain.On[Join]("case.join", authority.Cooperate, domain.Text{ZH: "加入部门", EN: "let an agency join"}).Seen(domain.Joint).By(rule.JointCaseLead, rule.JointCaseMember, rule.JointCaseSteps),
	domain.On[Leave]("case.leave", authority.Cooperate, domain.Text{ZH: "退出部门", EN: "let an agency leave"}).Seen(domain.Joint).By(rule.JointCaseLead, rule.JointCaseMember, rule.JointCaseSteps),
	domain.On[Tie]("case.tie", authority.Cooperate, domain.Text{ZH: "关联事项", EN: "tie work"}).Seen(domain.Joint).By(rule.JointCaseTie, rule.JointCaseMember, rule.JointCaseSteps),
	domain.On[Untie]("case.untie", authority.Cooperate, domain.Text{ZH: "解除关联", EN: "untie work"}).Seen(domain.Joint).By(rule.JointCaseTie, rule.JointCaseMember, rule.JointCaseSteps),
	domain.On[RecordPart]("case.record-part", authority.Cooperate, domain.Text{ZH: "填写本部门意见", EN: "record one's own part"}).Seen(domain.AgencyOnly).By(rule.JointCasePart, rule.JointCaseMember, rule.JointCaseSteps),
	domain.On[SharePart]("case.share-part", authority.Cooperate, domain.Text{ZH: "共享本部门意见", EN: "share one's own part"}).Seen(domain.Joint).By(rule.JointCasePart, rule.JointCaseMember, rule.JointCaseSteps),
	domain.On[AssignTask]("case.assign-task", authority.Cooperate, domain.Text{ZH: "交办任务", EN: "assign a task"}).Seen(domain.Joint).By(rule.JointCaseTask, rule.JointCaseMember, rule.JointCaseSteps),
	domain.On[CompleteTask]("case.complete-task", authority.Cooperate, domain.Text{ZH: "完成任务", EN: "complete a task"}).Seen(domain.Joint).By(rule.JointCaseTask, rule.JointCaseMember, rule.JointCaseSteps),
	domain.On[Conclude]("case.conclude", authority.Cooperate, domain.Text{ZH: "办结联合案件", EN: "conclude a joint case"}).Seen(domain.Joint).By(rule.JointCaseConclusion, rule.JointCaseLead, rule.JointCaseMember, rule.JointCaseSteps),
	domain.On[Reopen]("case.reopen", authority.Cooperate, domain.Text{ZH: "重新开启", EN: "reopen a joint case"}).Seen(domain.Joint).By(rule.JointCaseLead, rule.JointCaseMember, rule.JointCaseSteps),
	domain.On[MissDeadline]("case.miss-deadline", authority.Clockwork, domain.Text{ZH: "记录逾期", EN: "record a missed deadline"}).Seen(domain.Joint).By(clock.MissedRule),
	domain.On[Correct]("case.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).Seen(domain.AgencyOnly).By(clock.ExtensionRule, rule.JointCaseMember, rule.JointCaseTask),
	domain.On[Annul]("case.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}).Seen(domain.Joint),
}

// kinds are the aggregates whose work a joint case ties together.
var kinds = []string{"grievance", "inspection", "rectification", "penalty", "dispute", "escrow"}

// Open opens a joint case. Without a lead, it is the agency that opens.
type Open struct {
	Institution domain.Ref `json:"institution"`
	Title       string     `json:"title"`
	Lead        string     `json:"lead,omitempty"`
	Agencies    []string   `json:"agencies,omitempty"` // others that take part
}

// Refs returns the references of the command.
func (o *Open) Refs() []domain.Reference {
	return []domain.Reference{{Ref: &o.Institution, Kinds: []string{"institution"}, Pointer: "/body/institution"}}
}

// Join lets another agency take part.
type Join struct {
	Agency string `json:"agency"`
}

// Leave lets an agency leave. Its open tasks end with it.
type Leave struct {
	Agency string `json:"agency"`
	Reason string `json:"reason"`
}

// Tie ties work to the case.
type Tie struct {
	Ref  domain.Ref   `json:"ref"`
	Role term.TieRole `json:"role"`
}

// Refs returns the references of the command.
func (t *Tie) Refs() []domain.Reference {
	return []domain.Reference{{Ref: &t.Ref, Kinds: kinds, Pointer: "/body/ref"}}
}

// Untie takes work out of the case.
type Untie struct {
	Ref    domain.Ref `json:"ref"`
	Reason string     `json:"reason"`
}

// Refs returns the references of the command.
func (u *Untie) Refs() []domain.Reference {
	return []domain.Reference{{Ref: &u.Ref, Kinds: kinds, Pointer: "/body/ref"}}
}

// RecordPart writes the part of the acting agency, which replaces the one
// before.
type RecordPart struct {
	Text  string   `json:"text"`
	Items []string `json:"items,omitempty"` // facts and measures, one each
}

// SharePart makes the latest part of the acting agency known to the others.
type SharePart struct{}

// AssignTask gives a task to an agency of the case, and to an officer of it.
type AssignTask struct {
	Agency  string       `json:"agency"`
	Officer string       `json:"officer,omitempty"`
	Text    string       `json:"text"`
	Due     calendar.Day `json:"due"`
}

// CompleteTask says that a task is done.
type CompleteTask struct {
	Task   int    `json:"task"`
	Result string `json:"result"`
}

// Conclude concludes the case.
type Conclude struct {
	Result string `json:"result"`
	// Open are the streams of tied work that is open on the effective day.
	Open []string `json:"-"`
}

// Told puts the tied work that is open into the command: see [State.Tied].
func (c *Conclude) Told(open []string) { c.Open = open }

// Reopen opens the case once more.
type Reopen struct {
	Reason string `json:"reason"`
}

// MissDeadline records that a last day has passed.
type MissDeadline struct{ clock.Missing }

// Correct replaces one member of an earlier fact.
type Correct struct{ domain.Correction }

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

func (Open) caseCommand()         {}
func (Join) caseCommand()         {}
func (Leave) caseCommand()        {}
func (Tie) caseCommand()          {}
func (Untie) caseCommand()        {}
func (RecordPart) caseCommand()   {}
func (SharePart) caseCommand()    {}
func (AssignTask) caseCommand()   {}
func (CompleteTask) caseCommand() {}
func (Conclude) caseCommand()     {}
func (Reopen) caseCommand()       {}
func (MissDeadline) caseCommand() {}
func (Correct) caseCommand()      {}
func (Annul) caseCommand()        {}
