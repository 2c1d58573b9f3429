package rule_test

import (
	"testing"

	"minglu/domain/rule"
	"minglu/domain/term"
)

// calm is an institution that nothing speaks against.
var calm = rule.RiskFacts{Documents: term.Complete, Annual: term.Pass}

func partOf(t *testing.T, s rule.Score, id string) rule.ScorePart {
	t.Helper()
	for _, p := range s.Parts {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("got no part %s", id)
	return rule.ScorePart{}
}

func TestEachPartOfTheRisk(t *testing.T) {
	tested := map[string]bool{}
	for _, c := range []struct {
		part   string
		change func(*rule.RiskFacts)
		points int
		found  string
	}{
		{"unlicensed", func(f *rule.RiskFacts) { f.Unlicensed = true }, 40, "是"},
		{"unlicensed", func(*rule.RiskFacts) {}, 0, "否"},
		{"documents", func(*rule.RiskFacts) {}, 0, "证照齐全"},
		{"documents", func(f *rule.RiskFacts) { f.Documents = term.LicensedOnly }, 10, "有证无照"},
		{"documents", func(f *rule.RiskFacts) { f.Documents = term.RegisteredOnly }, 15, "有照无证"},
		{"documents", func(f *rule.RiskFacts) { f.Documents = term.Neither }, 20, "无证无照"},
		{"documents", func(f *rule.RiskFacts) { f.Documents = "" }, 0, "未知"},
		{"black_history", func(f *rule.RiskFacts) { f.BlackInThreeYears = true }, 30, "是"},
		{"watch", func(f *rule.RiskFacts) { f.WatchNow = true }, 20, "是"},
		{"open_rectifications", func(f *rule.RiskFacts) { f.OpenRectifications = 1 }, 5, "1 件"},
		{"open_rectifications", func(f *rule.RiskFacts) { f.OpenRectifications = 9 }, 15, "9 件"},
		{"late_rectifications", func(f *rule.RiskFacts) { f.LateRectifications = 2 }, 20, "2 件"},
		{"late_rectifications", func(f *rule.RiskFacts) { f.LateRectifications = 4 }, 30, "4 件"},
		{"serious_findings", func(f *rule.RiskFacts) { f.SeriousFindings = 1 }, 15, "1 件"},
		{"serious_findings", func(f *rule.RiskFacts) { f.SeriousFindings = 4 }, 45, "4 件"},
		{"grievances", func(f *rule.RiskFacts) { f.Grievances = 2 }, 6, "2 件"},
		{"grievances", func(f *rule.RiskFacts) { f.Grievances = 6 }, 15, "6 件"},
		{"annual_inspection", func(*rule.RiskFacts) {}, 0, "合格"},
		{"annual_inspection", func(f *rule.RiskFacts) { f.Annual = term.ConditionalPass }, 10, "基本合格"},
		{"annual_inspection", func(f *rule.RiskFacts) { f.Annual = term.Fail }, 20, "不合格"},
		{"annual_inspection", func(f *rule.RiskFacts) { f.Annual, f.AnnualMissing = "", true }, 10, "年检期已过，没有结论"},
		{"annual_inspection", func(f *rule.RiskFacts) { f.Annual = "" }, 0, "未知"},
		{"last_visit", func(f *rule.RiskFacts) { f.MonthsSinceVisit = 6 }, 0, "6 个月"},
		{"last_visit", func(f *rule.RiskFacts) { f.MonthsSinceVisit = 7 }, 5, "7 个月"},
		{"last_visit", func(f *rule.RiskFacts) { f.MonthsSinceVisit = 13 }, 10, "13 个月"},
		{"last_visit", func(f *rule.RiskFacts) { f.MonthsSinceVisit = 25 }, 15, "25 个月"},
		{"last_visit", func(f *rule.RiskFacts) { f.NeverVisited = true }, 15, "没有检查记录"},
		{"escrow", func(f *rule.RiskFacts) { f.EscrowMissing = true }, 10, "是"},
	} {
		f := calm
		c.change(&f)
		s := rule.Risk(f)
		if p := partOf(t, s, c.part); p.Points != c.points || p.Found.ZH != c.found || p.Found.EN == "" || p.Title.ZH == "" {
			t.Errorf("%s of %+v: got %+v, want %d points for %s", c.part, f, p, c.points, c.found)
		}
		if s.Total != c.points {
			t.Errorf("%s of %+v: got %d in all, want %d: the parts are independent", c.part, f, s.Total, c.points)
		}
		tested[c.part] = true
	}
	for _, p := range rule.RiskParts {
		if !tested[p.ID] {
			t.Errorf("%s: got no case of it", p.ID)
		}
	}
}

func TestTheRiskIsTheSumOfItsParts(t *testing.T) {
	worst := rule.RiskFacts{Unlicensed: true, Documents: term.Neither, BlackInThreeYears: true, WatchNow: true, OpenRectifications: 99, LateRectifications: 99,
		SeriousFindings: 99, Grievances: 99, Annual: term.Fail, NeverVisited: true, EscrowMissing: true}
	s, most := rule.Risk(worst), 0
	for i, p := range rule.RiskParts {
		most += p.Most
		if s.Parts[i].ID != p.ID || s.Parts[i].Points != p.Most || s.Parts[i].Title != p.Title {
			t.Errorf("got %+v, want all %d of %s", s.Parts[i], p.Most, p.ID)
		}
	}
	if s.Total != most || s.Tier != term.RiskHigh || s.Version != "risk-score@1" {
		t.Errorf("got %d, %s by %s, want %d", s.Total, s.Tier, s.Version, most)
	}
}

func TestRiskTiers(t *testing.T) {
	for _, c := range []struct {
		change func(*rule.RiskFacts)
		total  int
		tier   term.RiskTier
	}{
		{func(*rule.RiskFacts) {}, 0, term.RiskLow},
		{func(f *rule.RiskFacts) { f.SeriousFindings, f.Grievances = 1, 1 }, 18, term.RiskLow},
		{func(f *rule.RiskFacts) { f.WatchNow = true }, rule.RiskMediumFrom, term.RiskMedium},
		{func(f *rule.RiskFacts) { f.Unlicensed, f.Grievances = true, 3 }, 49, term.RiskMedium},
		{func(f *rule.RiskFacts) { f.Unlicensed, f.EscrowMissing = true, true }, rule.RiskHighFrom, term.RiskHigh},
	} {
		f := calm
		c.change(&f)
		if s := rule.Risk(f); s.Total != c.total || s.Tier != c.tier {
			t.Errorf("%+v: got %d, %s, want %d, %s", f, s.Total, s.Tier, c.total, c.tier)
		}
	}
}

// TestMoreOfAnythingNeverLowersTheRisk raises each fact by a step in many
// surroundings.
func TestMoreOfAnythingNeverLowersTheRisk(t *testing.T) {
	papers := []term.Documents{"", term.Complete, term.LicensedOnly, term.RegisteredOnly, term.Neither}
	results := []term.InspectionResult{"", term.Pass, term.ConditionalPass, term.Fail}
	next := func(n, of int) int { return min(n+1, of-1) }
	for i := range 1 << 7 {
		bit := func(n int) bool { return i>>n&1 == 1 }
		at := func(n, of int) int { return (i * (2*n + 1)) % of }
		paper, result := at(1, len(papers)), at(2, len(results))
		f := rule.RiskFacts{
			Unlicensed: bit(0), Documents: papers[paper], BlackInThreeYears: bit(1), WatchNow: bit(2), OpenRectifications: at(3, 6), LateRectifications: at(4, 6),
			SeriousFindings: at(5, 6), Grievances: at(6, 9), Annual: results[result], AnnualMissing: bit(3), MonthsSinceVisit: at(7, 40), NeverVisited: bit(4), EscrowMissing: bit(5),
		}
		for name, more := range map[string]func(*rule.RiskFacts){
			"unlicensed":    func(f *rule.RiskFacts) { f.Unlicensed = true },
			"documents":     func(f *rule.RiskFacts) { f.Documents = papers[next(paper, len(papers))] },
			"black":         func(f *rule.RiskFacts) { f.BlackInThreeYears = true },
			"watch":         func(f *rule.RiskFacts) { f.WatchNow = true },
			"open":          func(f *rule.RiskFacts) { f.OpenRectifications++ },
			"late":          func(f *rule.RiskFacts) { f.LateRectifications++ },
			"serious":       func(f *rule.RiskFacts) { f.SeriousFindings++ },
			"grievances":    func(f *rule.RiskFacts) { f.Grievances++ },
			"annual":        func(f *rule.RiskFacts) { f.Annual = results[next(result, len(results))] },
			"missing":       func(f *rule.RiskFacts) { f.AnnualMissing = true },
			"months":        func(f *rule.RiskFacts) { f.MonthsSinceVisit++ },
			"never visited": func(f *rule.RiskFacts) { f.NeverVisited = true },
			"escrow":        func(f *rule.RiskFacts) { f.EscrowMissing = true },
		} {
			g := f
			more(&g)
			if was, is := rule.Risk(f).Total, rule.Risk(g).Total; is < was {
				t.Errorf("%s: got %d after %d of %+v", name, is, was, f)
			}
		}
	}
}
