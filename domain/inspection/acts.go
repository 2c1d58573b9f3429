package inspection

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/draw"
	"minglu/domain/figure"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Command is what may be asked of an inspection.
type Command interface{ inspectionCommand() }

// Acts lists what may be asked. Those of covert inspections and of checks of
// grievances are refused where they would be public before the result is.
var Acts = []domain.ActType{
	domain.Creates[Plan]("inspection.plan", authority.PlanVisits, domain.Text{ZH: "制定检查计划", EN: "plan an inspection"}).By(rule.InspectionPlan, rule.InspectionAgency, rule.RandomDraw, rule.CovertConfidential, rule.InspectionSteps),
	domain.On[Launch]("inspection.launch", authority.PlanVisits, domain.Text{ZH: "启动检查", EN: "launch an inspection"}).By(rule.InspectionSteps, rule.InspectionAgency, rule.CovertConfidential),
	domain.On[CommitSeed]("inspection.commit-seed", authority.PlanVisits, domain.Text{ZH: "公布抽取种子的承诺", EN: "publish the commitment of a seed"}).By(rule.DrawSeed, rule.RandomDraw, rule.InspectionSteps, rule.InspectionAgency, rule.CovertConfidential),
	domain.On[HoldDraw]("inspection.hold-draw", authority.PlanVisits, domain.Text{ZH: "抽取检查对象和检查人员", EN: "hold the draw"}).By(rule.RandomDraw, rule.DrawSeed, rule.Recusal, rule.InspectionSteps, rule.InspectionAgency, rule.CovertConfidential),
	domain.On[AssignInspectors]("inspection.assign-inspectors", authority.PlanVisits, domain.Text{ZH: "匹配检查人员", EN: "assign inspectors"}).By(rule.InspectorMatching, rule.TwoOfficers, rule.Recusal, rule.RandomDraw, rule.InspectionSteps, rule.InspectionAgency, rule.CovertConfidential),
	domain.On[RecuseOfficer]("inspection.recuse-officer", authority.Inspect, domain.Text{ZH: "检查人员回避", EN: "an officer withdraws"}).By(rule.Recusal, rule.InspectionSteps, rule.InspectionAgency, rule.CovertConfidential),
	domain.On[RecordVisit]("inspection.record-visit", authority.Inspect, domain.Text{ZH: "记录现场检查", EN: "record a visit"}).Seen(domain.Joint).By(rule.TwoOfficers, rule.SignedRecord, rule.InspectionAgency, rule.RandomDraw, rule.InspectorMatching, rule.Recusal, rule.PersonalData, rule.InspectionSteps),
	domain.On[RecordVisitCount]("inspection.record-visit-count", authority.Inspect, domain.Text{ZH: "补记检查次数", EN: "record a number of visits"}).By(rule.VisitCount, figure.CountRule, rule.InspectionSteps, rule.InspectionAgency, rule.CovertConfidential),
	domain.On[RecordFinding]("inspection.record-finding", authority.Inspect, domain.Text{ZH: "记录检查发现", EN: "record a finding"}).Seen(domain.Joint).By(rule.InspectionAgency, rule.InspectionSteps),
	domain.On[CorrectOnSite]("inspection.correct-on-site", authority.Inspect, domain.Text{ZH: "记录当场改正", EN: "record a correction on site"}).Seen(domain.Joint).By(rule.InspectionAgency, rule.InspectionSteps),
	domain.On[SurveyPremises]("inspection.survey-premises", authority.Inspect, domain.Text{ZH: "摸排场所", EN: "survey premises"}).Seen(domain.Joint).By(rule.InspectionAgency, rule.PersonalData, rule.InspectionSteps),
	domain.On[Close]("inspection.close", authority.PlanVisits, domain.Text{ZH: "结束检查", EN: "close an inspection"}).By(rule.InspectionSteps, rule.RandomDraw, rule.InspectionAgency, rule.CovertConfidential),
	domain.On[PublishResult]("inspection.publish-result", authority.PlanVisits, domain.Text{ZH: "公开检查结果", EN: "publish the result"}).By(rule.PublishedResult, rule.InspectionSteps, rule.InspectionAgency),
	domain.On[Reply]("inspection.reply", authority.Inspect, domain.Text{ZH: "记录被检查机构的回应", EN: "record the reply of an institution"}).By(rule.RightOfReply, rule.InspectionAgency, rule.InspectionSteps),
	domain.On[Conclude]("inspection.conclude", authority.PlanVisits, domain.Text{ZH: "检查归档", EN: "conclude an inspection"}).By(rule.PublishedResult, rule.InspectionSteps, rule.InspectionAgency, rule.CovertConfidential),
	domain.On[MissDeadline]("inspection.miss-deadline", authority.Clockwork, domain.Text{ZH: "记录逾期", EN: "record a missed deadline"}).Seen(domain.Joint).By(clock.MissedRule),
	domain.On[Correct]("inspection.correct", authority.Amend, domain.Text{ZH: "更正", EN: "correct a fact"}).Seen(domain.Joint).By(clock.ExtensionRule, rule.DrawSeed, rule.InspectorMatching),
	domain.On[Annul]("inspection.annul", authority.Amend, domain.Text{ZH: "作废", EN: "annul a fact"}).Seen(domain.Joint),
}

// Plan says who checks what, where and when. A random inspection has a rate, or
// rates by risk tier; where both are left out the rate is that of the policy.
type Plan struct {
	rule.Under
	Kind   term.InspectionKind `json:"kind"`
	Theme  string              `json:"theme"`
	Number string              `json:"number,omitempty"` // task code, such as JC-2026-0012; unique for its lead
	// Lead is the agency that answers for it; empty: who plans it.
	Lead     string        `json:"lead,omitempty"`
	Agencies []string      `json:"agencies,omitempty"` // that take part beside the lead
	Items    []AgencyItems `json:"items,omitempty"`    // left out: every agency, every item
	Period   Period        `json:"period"`
	Rate     draw.Rate     `json:"rate,omitzero"`
	Tiers    []TierRate    `json:"tiers,omitempty"`
	Scope    Scope         `json:"scope,omitzero"` // of the population; left out: everybody
	// Institutions are whom it is about, where that is known before.
	Institutions []domain.Ref `json:"institutions,omitempty"`
	Sources      []domain.Ref `json:"sources,omitempty"` // what led to it
}

// Refs returns the references of the command.
func (c *Plan) Refs() []domain.Reference {
	return append(refs(c.Institutions, "/body/institutions", "institution"), refs(c.Sources, "/body/sources", "grievance", "inspection", "rectification")...)
}

// AgencyItems are the items that one agency checks.
type AgencyItems struct {
	Agency string           `json:"agency"`
	Items  []term.CheckItem `json:"items"`
}

// Period is the time in which it is to take place, both days included.
type Period struct {
	From calendar.Day `json:"from"`
	To   calendar.Day `json:"to"`
}

// TierRate is the rate of one risk tier.
type TierRate struct {
	Tier term.RiskTier `json:"tier"`
	Rate draw.Rate     `json:"rate"`
}

// Scope says of whom the population consists: institutions that hold a licence
// for the class, one of the categories and one of the audiences. What is left out
// does not bound it.
type Scope struct {
	Class      term.Class      `json:"class,omitempty"`
	Categories []term.Category `json:"categories,omitempty"`
	Audiences  []term.Audience `json:"audiences,omitempty"`
}

// IsZero reports whether the scope bounds nothing.
func (s Scope) IsZero() bool { return s.Class == "" && len(s.Categories) == 0 && len(s.Audiences) == 0 }

// Launch begins the inspection: visits may be recorded from its day on.
type Launch struct{}

// CommitSeed publishes the commitment of a seed that is kept secret until the
// draw.
type CommitSeed struct {
	Commitment draw.Digest `json:"commitment"`
}

// HoldDraw opens the seed and draws. The population is worked out before: see
// Freeze.
type HoldDraw struct {
	rule.Under
	Seed     draw.Seed   `json:"seed"`
	Recusals []Withdrawn `json:"recusals,omitempty"` // declared before
	// Population is who may be drawn, as the register knew it at a position.
	Population PopulationRoll `json:"-"`
}

// Freeze puts the population into the command.
func (c *HoldDraw) Freeze(r PopulationRoll) { c.Population = r }

// Refs returns the references of the command.
func (c *HoldDraw) Refs() []domain.Reference {
	var out []domain.Reference
	for i := range c.Recusals {
		out = append(out, domain.Reference{Ref: &c.Recusals[i].Institution, Kinds: institutions, Pointer: at("/body/recusals", i) + "/institution"})
	}
	return out
}

// Withdrawn is an officer who withdraws from the inspection of an institution, or
// of all where none is named.
type Withdrawn struct {
	Institution domain.Ref `json:"institution,omitzero"`
	Officer     string     `json:"officer"`
	Reason      string     `json:"reason"` // in a few words, without names
}

// PopulationRoll is the population of a draw. Its ids are stream names of
// institutions.
type PopulationRoll struct {
	AtSeq uint64 // position at which it was frozen
	// CommittedSeq is the position of the commitment; zero where it has none yet,
	// as in an import that would commit and draw at once.
	CommittedSeq uint64
	Tiers        []RollTier // those of [State.TierNames]; one left out has nobody
}

// RollTier is one tier of the population.
type RollTier struct {
	Name string
	IDs  []string // in ascending order
}

// AssignInspectors gives a drawn institution its inspectors: the two that the
// draw ranks first of those who did not withdraw, and whoever joins them.
type AssignInspectors struct {
	rule.Under
	Institution domain.Ref     `json:"institution"`
	Officers    []string       `json:"officers,omitempty"` // left out: those two
	Recusals    []draw.Recusal `json:"recusals,omitempty"` // beside those on record
}

// Refs returns the references of the command.
func (c *AssignInspectors) Refs() []domain.Reference { return about(&c.Institution) }

// RecuseOfficer takes down that an officer withdraws. A matched inspector who
// withdraws leaves the institution without, until others are assigned.
type RecuseOfficer struct {
	rule.Under
	Withdrawn
}

// Refs returns the references of the command.
func (c *RecuseOfficer) Refs() []domain.Reference { return about(&c.Institution) }

// RecordVisit takes down one visit on the effective day, to an institution or to
// premises that are none of the register.
type RecordVisit struct {
	rule.Under
	// Visit is its number in the inspection; left out: the next.
	Visit       int              `json:"visit,omitempty"`
	Institution domain.Ref       `json:"institution,omitzero"`
	Premises    string           `json:"premises,omitempty"` // to the street
	Officers    []string         `json:"officers,omitempty"` // left out: those who record it
	Agencies    []string         `json:"agencies,omitempty"` // left out: the one that records it
	Items       []term.CheckItem `json:"items,omitempty"`    // left out: all that its agencies may check
	Signed      bool             `json:"signed"`
	Covert      bool             `json:"covert,omitempty"`
	Area        string           `json:"area,omitempty"`
}

// Refs returns the references of the command.
func (c *RecordVisit) Refs() []domain.Reference { return about(&c.Institution) }

// RecordVisitCount takes down visits of which nothing but the number is known.
type RecordVisitCount struct {
	Visits figure.Count `json:"visits"`
	// Distinct is how many institutions they went to; left out: not known.
	Distinct *figure.Count `json:"distinct,omitempty"`
	// Checks is how many checks they were part of, where this inspection stands
	// for several of the past and was never launched.
	Checks *figure.Count `json:"checks,omitempty"`
	Period Period        `json:"period"`
	Area   string        `json:"area,omitempty"`
}

// RecordFinding takes down what a visit found on one item.
type RecordFinding struct {
	Visit    int            `json:"visit"`
	Item     term.CheckItem `json:"item"`
	Severity term.Severity  `json:"severity"`
	Basis    string         `json:"basis,omitempty"` // the provision; needed where something was found
	Variant  term.Variant   `json:"variant,omitempty"`
	Agency   string         `json:"agency,omitempty"` // whose finding; left out: who records it
	Facts    string         `json:"facts,omitempty"`  // needed where something was found; without names
}

// CorrectOnSite takes down that a finding was put right at once.
type CorrectOnSite struct {
	Finding int `json:"finding"`
}

// SurveyPremises takes down what was found at one place of a grid.
type SurveyPremises struct {
	Grid         string         `json:"grid"`
	Address      string         `json:"address"` // to the street
	Documents    term.Documents `json:"documents"`
	SeenActivity bool           `json:"seen_activity"` // training was seen to go on
	Institution  domain.Ref     `json:"institution,omitzero"`
	AreaTeam     string         `json:"area_team,omitempty"`
	// Visit is the recorded visit that it was part of, so that it does not count
	// as another.
	Visit int `json:"visit,omitempty"`
}

// Refs returns the references of the command.
func (c *SurveyPremises) Refs() []domain.Reference { return about(&c.Institution) }

// Close ends the inspection; its result is due.
type Close struct{ rule.Under }

// PublishResult publishes a row for each visit.
type PublishResult struct {
	Media []string `json:"media"`
}

// Reply takes down what an institution answers to the published result.
type Reply struct {
	Institution domain.Ref `json:"institution"`
	Text        string     `json:"text"`
}

// Refs returns the references of the command.
func (c *Reply) Refs() []domain.Reference { return about(&c.Institution) }

// Conclude puts the inspection away. One whose result was not published needs the
// reason why not.
type Conclude struct {
	Reason string `json:"reason,omitempty"`
}

// MissDeadline records that the last day of a clock has passed.
type MissDeadline struct{ clock.Missing }

// Correct replaces one member of an earlier fact.
type Correct struct{ domain.Correction }

// Annul takes an earlier fact out.
type Annul struct{ domain.Annulment }

var institutions = []string{"institution"}

func about(r *domain.Ref) []domain.Reference {
	return []domain.Reference{{Ref: r, Kinds: institutions, Pointer: "/body/institution"}}
}

func refs(list []domain.Ref, pointer string, kinds ...string) []domain.Reference {
	var out []domain.Reference
	for i := range list {
		out = append(out, domain.Reference{Ref: &list[i], Kinds: kinds, Pointer: at(pointer, i)})
	}
	return out
}

func (Plan) inspectionCommand()             {}
func (Launch) inspectionCommand()           {}
func (CommitSeed) inspectionCommand()       {}
func (HoldDraw) inspectionCommand()         {}
func (AssignInspectors) inspectionCommand() {}
func (RecuseOfficer) inspectionCommand()    {}
func (RecordVisit) inspectionCommand()      {}
func (RecordVisitCount) inspectionCommand() {}
func (RecordFinding) inspectionCommand()    {}
func (CorrectOnSite) inspectionCommand()    {}
func (SurveyPremises) inspectionCommand()   {}
func (Close) inspectionCommand()            {}
func (PublishResult) inspectionCommand()    {}
func (Reply) inspectionCommand()            {}
func (Conclude) inspectionCommand()         {}
func (MissDeadline) inspectionCommand()     {}
func (Correct) inspectionCommand()          {}
func (Annul) inspectionCommand()            {}
