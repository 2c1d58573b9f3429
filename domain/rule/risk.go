package rule

import (
	"minglu/domain"
	"minglu/domain/term"
)

// RiskScore is the rule of the risk of an institution: a sum of explained parts,
// by which inspections by lot are weighted. Its version is raised with any
// change of [RiskParts] or of the thresholds, so that a score can be made again.
var RiskScore = domain.Rule{
	ID: "risk-score", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "风险分：逐项相加、说明来由", EN: "Risk score: added up and explained"},
	Citation: "郑州市双随机抽查（2021）：按风险分级确定抽查比例；分值与分级为本登记参数",
}

// The thresholds of the tiers, in points [design]: one grave fact with a lesser
// one beside it is high, one grave fact or several lesser ones are medium.
const (
	RiskMediumFrom = 20
	RiskHighFrom   = 50
)

// RiskFacts are what the score goes by, of one institution on one day. They are
// counted by whoever asks, by effective day.
type RiskFacts struct {
	Unlicensed         bool           // it operates without a licence
	Documents          term.Documents // empty: not known
	BlackInThreeYears  bool           // a black listing was in force within three years
	WatchNow           bool
	OpenRectifications int // neither verified nor failed, late ones included
	LateRectifications int // their last day has passed
	// SeriousFindings are those of two years, Grievances those accepted in twelve
	// months.
	SeriousFindings int
	Grievances      int
	// Annual is the result of the last annual inspection that was due;
	// AnnualMissing tells that there is none although the window is over. Neither
	// stands for one that is not due yet.
	Annual        term.InspectionResult
	AnnualMissing bool
	// MonthsSinceVisit counts whole months; it says nothing where NeverVisited.
	MonthsSinceVisit int
	NeverVisited     bool
	EscrowMissing    bool // it takes prepayment and has no supervised account
}

// RiskPart is one line of the table: what it is, and the most that it adds.
type RiskPart struct {
	ID     string // stable, in snake_case
	Title  domain.Text
	Most   int
	points func(RiskFacts) int
	found  func(RiskFacts) domain.Text
}

// RiskParts is the whole of the score. All points are [design].
var RiskParts = []RiskPart{
	flagged("unlicensed", "无证办学", "operates without a licence", 40, func(f RiskFacts) bool { return f.Unlicensed }),
	{"documents", domain.Text{ZH: "证照情况", EN: "documents"}, 20, documentPoints, documentsFound},
	flagged("black_history", "三年内列入黑名单", "black-listed within three years", 30, func(f RiskFacts) bool { return f.BlackInThreeYears }),
	flagged("watch", "正在整改", "on watch now", 20, func(f RiskFacts) bool { return f.WatchNow }),
	counted("open_rectifications", "未验收的整改", "open rectifications", 5, 15, func(f RiskFacts) int { return f.OpenRectifications }),
	counted("late_rectifications", "逾期的整改", "late rectifications", 10, 30, func(f RiskFacts) int { return f.LateRectifications }),
	counted("serious_findings", "两年内的严重问题", "serious findings within two years", 15, 45, func(f RiskFacts) int { return f.SeriousFindings }),
	counted("grievances", "十二个月内受理的投诉举报", "grievances accepted within twelve months", 3, 15, func(f RiskFacts) int { return f.Grievances }),
	{"annual_inspection", domain.Text{ZH: "最近一次年检", EN: "last annual inspection"}, 20, annualPoints, annualFound},
	{"last_visit", domain.Text{ZH: "距上次检查", EN: "since the last visit"}, 15, visitPoints, visitFound},
	flagged("escrow", "没有预收费监管账户", "no supervised account", 10, func(f RiskFacts) bool { return f.EscrowMissing }),
}

// flagged is a part that adds n where something holds.
func flagged(id, zh, en string, n int, holds func(RiskFacts) bool) RiskPart {
	return RiskPart{id, domain.Text{ZH: zh, EN: en}, n,
		func(f RiskFacts) int {
			if holds(f) {
				return n
			}
			return 0
		},
		func(f RiskFacts) domain.Text {
			if holds(f) {
				return domain.Text{ZH: "是", EN: "yes"}
			}
			return domain.Text{ZH: "否", EN: "no"}
		}}
}

// counted is a part that adds n for one of something, and no more than most.
func counted(id, zh, en string, n, most int, count func(RiskFacts) int) RiskPart {
	return RiskPart{id, domain.Text{ZH: zh, EN: en}, most,
		func(f RiskFacts) int { return min(max(count(f), 0)*n, most) },
		func(f RiskFacts) domain.Text { return domain.Say("%d 件", "%d", count(f)) }}
}

// Score is the risk of an institution and how it comes about.
type Score struct {
	Total   int           `json:"total"`
	Tier    term.RiskTier `json:"tier"`
	Parts   []ScorePart   `json:"parts"`   // all of the table, those of no points too
	Version string        `json:"version"` // the rule that judged, as facts record it
}

// ScorePart is what one line of the table adds, and what was found.
type ScorePart struct {
	ID     string      `json:"id"`
	Points int         `json:"points"`
	Title  domain.Text `json:"title"`
	Found  domain.Text `json:"found"`
}

// Risk adds up the parts. More of anything in f never lowers the score.
func Risk(f RiskFacts) Score {
	s := Score{Version: RiskScore.Ref(), Parts: make([]ScorePart, len(RiskParts))}
	for i, p := range RiskParts {
		s.Parts[i] = ScorePart{ID: p.ID, Points: p.points(f), Title: p.Title, Found: p.found(f)}
		s.Total += s.Parts[i].Points
	}
	s.Tier = riskTier(s.Total)
	return s
}

func riskTier(total int) term.RiskTier {
	switch {
	case total >= RiskHighFrom:
		return term.RiskHigh
	case total >= RiskMediumFrom:
		return term.RiskMedium
	}
	return term.RiskLow
}

func documentPoints(f RiskFacts) int {
	switch f.Documents {
	case term.LicensedOnly:
		return 10
	case term.RegisteredOnly:
		return 15
	case term.Neither:
		return 20
	}
	return 0
}

func documentsFound(f RiskFacts) domain.Text {
	return labelled(string(f.Documents), f.Documents.Label())
}

func annualPoints(f RiskFacts) int {
	switch {
	case f.Annual == term.Fail:
		return 20
	case f.Annual == term.ConditionalPass, f.AnnualMissing:
		return 10
	}
	return 0
}

func annualFound(f RiskFacts) domain.Text {
	if f.AnnualMissing {
		return domain.Say("年检期已过，没有结论", "the window is over and there is no result")
	}
	return labelled(string(f.Annual), f.Annual.Label())
}

func visitPoints(f RiskFacts) int {
	switch {
	case f.NeverVisited, f.MonthsSinceVisit > 24:
		return 15
	case f.MonthsSinceVisit > 12:
		return 10
	case f.MonthsSinceVisit > 6:
		return 5
	}
	return 0
}

func visitFound(f RiskFacts) domain.Text {
	if f.NeverVisited {
		return domain.Say("没有检查记录", "no visit on record")
	}
	return domain.Say("%d 个月", "%d months", f.MonthsSinceVisit)
}

// labelled is the label of a code, or that there is none.
func labelled(code string, label domain.Text) domain.Text {
	if code == "" {
		return domain.Text{ZH: "未知", EN: "not known"}
	}
	return label
}
