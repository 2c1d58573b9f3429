package rule

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// BlackNotice wants the prior notice with grounds before a black listing.
var BlackNotice = domain.Rule{
	ID: "black-notice", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "列入黑名单前的告知", EN: "Prior notice of a black listing"},
	Citation: "行政处罚法 第四十四条（参照）",
	Quote:    "行政机关在作出行政处罚决定之前，应当告知当事人拟作出的行政处罚内容及事实、理由、依据，并告知当事人依法享有的陈述、申辩、要求听证等权利",
}

// BlackWindow keeps the statement window: counted in working days from the day
// after service, and to be over or waived before the decision.
var BlackWindow = domain.Rule{
	ID: "black-window", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "陈述申辩期", EN: "Statement window"},
	Citation: "行政处罚法 第四十五条（参照）；期限为本登记参数",
}

// BlackOfficers wants two different officers: who served the notice does not
// decide alone.
var BlackOfficers = domain.Rule{
	ID: "black-officers", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "提出与批准不得为同一人", EN: "Two different officers"},
}

// BlackPublication is the publication interval of each tier.
var BlackPublication = domain.Rule{
	ID: "black-publication", Version: 1, Mark: domain.Seen, From: "2025-06-22",
	Title:    domain.Text{ZH: "公示期限", EN: "Publication interval by tier"},
	Citation: "国办发〔2025〕22号；政府信息公开条例 第二十六条",
}

// BlackRemoval keeps the exits from the black list apart.
var BlackRemoval = domain.Rule{
	ID: "black-removal", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "移出黑名单", EN: "Removal from the black list"},
	Citation: "国办发〔2025〕22号；行政处罚法 第四十八条；市场监督管理行政处罚信息公示规定 第十一条、第十二条",
}

// CreditRepair may be asked for after the shortest publication period.
var CreditRepair = domain.Rule{
	ID: "credit-repair", Version: 1, Mark: domain.Seen, From: "2026-04-01",
	Title:    domain.Text{ZH: "信用修复", EN: "Credit repair"},
	Citation: "信用修复管理办法（发展改革委令第36号）",
}

// StatementWindow returns the last day on which the party may state its case.
func (l Law) StatementWindow(served calendar.Day) (calendar.Day, error) {
	return l.Calendar.AddWorkingDays(served, l.Policy.Int("list.statement_window_working_days"))
}

// Publication is when a black listing may be seen.
type Publication struct {
	From     calendar.Day // first day
	MinUntil calendar.Day // repair may be asked for after it; zero: at any time
	MaxUntil calendar.Day // last day
}

// Publish checks the publication of a listing decided on a day, and fills what
// is left open from the tier: the ends are those of the policy.
func (l Law) Publish(tier term.Tier, decided calendar.Day, p Publication) (Publication, error) {
	shortest, longest := l.Policy.Months("list.tier." + string(tier))
	if p.From == 0 {
		p.From = decided
	}
	if p.MinUntil == 0 && shortest > 0 {
		p.MinUntil = p.From.AddMonths(shortest)
	}
	if p.MaxUntil == 0 {
		p.MaxUntil = p.From.AddMonths(longest)
	}
	if err := l.publishedInTime(decided, p.From); err != nil {
		return p, err
	}
	switch {
	case p.MinUntil != 0 && p.MinUntil < p.From.AddMonths(shortest):
		return p, outside("min_until", "too_short", domain.Say("%s失信最短公示到 %s", "tier %[1]s is published until %[2]s at least", tier.Label().ZH, p.From.AddMonths(shortest)))
	case p.MaxUntil > p.From.AddMonths(longest):
		return p, outside("max_until", "too_long", domain.Say("%s失信最长公示到 %s", "tier %[1]s is published until %[2]s at most", tier.Label().ZH, p.From.AddMonths(longest)))
	case p.MaxUntil < p.From || p.MaxUntil < p.MinUntil:
		return p, outside("max_until", "before_min", domain.Say("最长公示期早于最短公示期", "the longest period ends before the shortest"))
	}
	return p, nil
}

// publishedInTime asks the calendar only where the listing is not published on
// the day of the decision itself.
func (l Law) publishedInTime(decided, from calendar.Day) error {
	if from < decided {
		return outside("publish_from", "before_decision", domain.Say("公示不得早于决定日 %s", "not published before the decision of %s", decided))
	}
	if from == decided {
		return nil
	}
	n := l.Policy.Int("list.publication_working_days")
	latest, err := l.Calendar.AddWorkingDays(decided, n)
	if err != nil {
		return err
	}
	if from > latest {
		return outside("publish_from", "too_late", domain.Say("应在决定后 %d 个工作日内，即不晚于 %s 公布", "to be published within %d working days, by %s", n, latest))
	}
	return nil
}

func outside(field, code string, text domain.Text) error {
	return domain.Refuse(domain.Conflict, BlackPublication, text,
		domain.Field{Pointer: "/body/" + field, Code: code, Message: text})
}
