package inspection_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/draw"
	"minglu/domain/figure"
	"minglu/domain/inspection"
	"minglu/domain/rule"
	"minglu/domain/term"
)

type (
	fact    = domaintest.Fact
	facts   = []domaintest.Fact
	events  = []inspection.Event
	history = domaintest.History[inspection.State, inspection.Command, inspection.Event]
)

const (
	education = "530427-education"
	fire      = "530427-fire"
	market    = "530427-market_regulation"
	police    = "530427-public_security" // does not take part
	jco       = "530427-joint_conference_office"
)

var day = domaintest.Day

// on is what XP-E01 and XP-E02 of the education bureau do on a day.
func on(d string) domain.Meta { return domaintest.On(d, "XP-E01", "XP-E02") }

// by is the same of another agency.
func by(d, agency string) domain.Meta {
	return with(on(d), func(m *domain.Meta) { m.Actor.Agency = agency })
}

// joint is the same, kept among the agencies.
func joint(d string) domain.Meta {
	return with(on(d), func(m *domain.Meta) { m.Visibility = domain.Joint })
}

func was(d string, e inspection.Event) fact { return domaintest.Was(on(d), e) }

func after(before facts, more ...fact) facts { return append(slices.Clone(before), more...) }

func given(t testing.TB, before facts) *history {
	t.Helper()
	return domaintest.Given(t, inspection.Decider, before...).Listed(inspection.Acts)
}

// with returns a changed copy.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

var workdays = domaintest.Workdays(2025, 2026)

func officer(id, agency string) rule.Officer {
	return rule.Officer{ID: id, Agency: agency, Credential: "YN-" + id, From: day("2020-01-01")}
}

var roster = []rule.Officer{
	officer("XP-E01", education), officer("XP-E02", education), officer("XP-E03", education), officer("XP-E04", education),
	officer("XP-F01", fire), officer("XP-F02", fire), officer("XP-M01", market), officer("XP-P01", police), officer("XP-P02", police),
	with(officer("XP-E09", education), func(o *rule.Officer) { o.Until = day("2026-01-31") }),
}

func under(pairs ...string) rule.Under {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return rule.Under{Law: rule.Law{Policy: rule.NewPolicy("test", values), Calendar: workdays, Roster: roster}}
}

// among is the law with these officers alone.
func among(ids ...string) rule.Under {
	u := under()
	u.Law.Roster = slices.DeleteFunc(slices.Clone(roster), func(o rule.Officer) bool { return !slices.Contains(ids, o.ID) })
	return u
}

func stream(n int) string { return fmt.Sprintf("530427.institution.01J8ZK5M3QWERTYASDFGHJ%04d", n) }

func ref(n int) domain.Ref { return domain.RefTo(stream(n)) }

// roll is a population of n, frozen at position 9 after a commitment at 7.
func roll(n int) inspection.PopulationRoll {
	ids := []string{}
	for i := range n {
		ids = append(ids, stream(i+1))
	}
	return inspection.PopulationRoll{AtSeq: 9, CommittedSeq: 7, Tiers: []inspection.RollTier{{Name: inspection.Everyone, IDs: ids}}}
}

var (
	seed    = draw.Seed{1, 2, 3}
	fifth   = draw.Rate{Num: 1, Den: 5}
	march   = inspection.Period{From: day("2026-03-01"), To: day("2026-03-31")}
	allOf   = []term.CheckItem{term.ItemQualification, term.ItemStaff}
	fireOf  = []term.CheckItem{term.ItemSafety}
	divided = []inspection.AgencyItems{{Agency: education, Items: allOf}, {Agency: fire, Items: fireOf}}
	every   = func() []term.CheckItem {
		var out []term.CheckItem
		for _, c := range term.CheckItems.Codes() {
			out = append(out, term.CheckItem(c))
		}
		return out
	}()

	plan = inspection.Plan{Under: under(), Kind: term.CampaignInspection, Theme: "暑期整治", Number: "JC-2026-0001", Agencies: []string{fire}, Items: divided, Period: march}
	// planned is the plan as it is stored.
	planned = inspection.Planned{Kind: term.CampaignInspection, Theme: "暑期整治", Number: "JC-2026-0001", Lead: education, Agencies: []string{fire}, Items: divided, Period: march}
	random  = inspection.Planned{Kind: term.RandomInspection, Theme: "双随机", Lead: education, Agencies: []string{fire}, Period: march,
		Tiers: []inspection.TierPlan{{Name: inspection.Everyone, Rate: fifth}}}
	covert = inspection.Planned{Kind: term.CovertInspection, Theme: "暗访", Lead: education, Agencies: []string{}, Period: march}
	sweep  = inspection.Planned{Kind: term.SweepInspection, Theme: "排查", Lead: education, Agencies: []string{}, Period: march}
	open   = with(planned, func(e *inspection.Planned) { e.Items = nil })

	isPlanned   = facts{was("2026-03-02", planned)}
	isLaunched  = after(isPlanned, was("2026-03-03", inspection.Launched{Kind: term.CampaignInspection}))
	isOpen      = facts{was("2026-03-02", open), was("2026-03-03", inspection.Launched{Kind: term.CampaignInspection})}
	isRandom    = facts{was("2026-03-02", random), was("2026-03-03", inspection.Launched{Kind: term.RandomInspection})}
	isCommitted = after(isRandom, was("2026-03-04", inspection.SeedCommitted{Commitment: seed.Commitment()}))
	isCovert    = facts{was("2026-03-02", covert), was("2026-03-03", inspection.Launched{Kind: term.CovertInspection})}
	isSweep     = facts{was("2026-03-02", sweep), was("2026-03-03", inspection.Launched{Kind: term.SweepInspection})}

	hold = inspection.HoldDraw{Under: under(), Seed: seed, Population: roll(10)}
	// pool are the officers of the agencies that take part.
	pool = []string{"XP-E01", "XP-E02", "XP-E03", "XP-E04", "XP-F01", "XP-F02"}
	// held is the draw as it is stored.
	held = func() inspection.DrawHeld {
		ids := roll(10).Tiers[0].IDs
		tiers := draw.Population{{Name: inspection.Everyone, Rate: fifth, IDs: ids}}
		e := inspection.DrawHeld{
			Algorithm: "sha256-rank-1", Seed: seed, CommittedSeq: 7, PopulationSeq: 9, PopulationHash: draw.Hash(ids), N: 10, OfficerPool: pool,
			Tiers: []inspection.TierDrawn{{Name: inspection.Everyone, Rate: fifth, N: 10, Drawn: 2, Hash: draw.Hash(ids)}},
			Drawn: draw.Flat(draw.Hold(seed, tiers)),
		}
		for _, id := range e.Drawn {
			e.Inspectors = append(e.Inspectors, inspection.Matched{Institution: id, Officers: draw.Match(seed, id, pool, nil)})
		}
		return e
	}()
	// first and second are who is drawn, lucky is who is not.
	first, second = held.Drawn[0], held.Drawn[1]
	lucky         = func() string {
		for _, id := range roll(10).Tiers[0].IDs {
			if !slices.Contains(held.Drawn, id) {
				return id
			}
		}
		panic("all are drawn")
	}()
	// ranked are the officers for the first institution, in order of rank.
	ranked = func() []string {
		var out []string
		for range pool {
			out = append(out, draw.Match(seed, first, pool, out)[0])
		}
		return out
	}()
	isDrawn = after(isCommitted, was("2026-03-05", held))
	// bare is a draw for which there were no officers.
	bare = with(held, func(e *inspection.DrawHeld) {
		e.OfficerPool, e.Inspectors = []string{"XP-E01"}, nil
		e.Clocks = []clock.Start{{Key: term.InspectorMatching, From: day("2026-03-05"), Period: workingDays(2), Due: day("2026-03-09"), Agency: education}}
	})
	isBare = after(isCommitted, was("2026-03-05", bare))

	visit   = inspection.RecordVisit{Under: under(), Institution: ref(1), Officers: []string{"XP-E01", "XP-E02"}, Items: allOf, Signed: true}
	visited = inspection.VisitRecorded{Visit: 1, Kind: term.CampaignInspection, Institution: stream(1), Officers: []string{"XP-E01", "XP-E02"}, Agencies: []string{education}, Items: allOf, Signed: true}
	nobody  = with(visited, func(e *inspection.VisitRecorded) {
		e.Visit, e.Institution, e.Premises = 2, "", "平山路某艺术中心"
	})
	finding = inspection.RecordFinding{Visit: 1, Item: term.ItemStaff, Severity: term.SeveritySerious, Basis: "从业人员管理办法", Variant: term.Variant2, Facts: "两名教师无教师资格"}
	found   = inspection.FindingRecorded{Finding: 1, Visit: 1, Institution: stream(1), Item: term.ItemStaff, Severity: term.SeveritySerious, Basis: "从业人员管理办法", Variant: term.Variant2, Agency: education, Facts: "两名教师无教师资格"}
	minor   = with(found, func(e *inspection.FindingRecorded) {
		e.Finding, e.Item, e.Severity, e.Variant, e.Facts = 2, term.ItemQualification, term.SeverityMinor, "", "许可证未公示"
	})
	clean    = inspection.FindingRecorded{Finding: 3, Visit: 2, Premises: "平山路某艺术中心", Item: term.ItemStaff, Severity: term.SeverityNone, Agency: education}
	righted  = inspection.CorrectedOnSite{Finding: 2, Visit: 1, Institution: stream(1), Item: term.ItemQualification, Agency: education}
	survey   = inspection.SurveyPremises{Grid: "桂山街道一网格", Address: "平山路", Documents: term.Neither, SeenActivity: true, AreaTeam: "一组"}
	surveyed = inspection.PremisesSurveyed{Survey: 1, Kind: term.SweepInspection, Grid: "桂山街道一网格", Address: "平山路", Documents: term.Neither, SeenActivity: true, AreaTeam: "一组"}

	isVisited = after(isLaunched, was("2026-03-09", visited))
	isFound   = after(isVisited, was("2026-03-09", found), was("2026-03-09", minor))
	isFull    = after(isFound, was("2026-03-10", nobody), was("2026-03-10", clean), was("2026-03-10", righted))

	summary = inspection.Summary{Visits: figure.Of(2, term.Visits), Distinct: figure.Count{N: 1, Unit: term.Institutions, Precision: term.AtLeast}, Findings: 2, Serious: 1, Corrected: 1}
	closed  = inspection.Closed{Summary: summary, Clocks: []clock.Start{{Key: term.InspectionPublication, From: day("2026-03-20"), Period: workingDays(20), Due: day("2026-04-20"), Agency: education}}}
	result  = inspection.ResultPublished{Summary: summary, Media: []string{"区政府网站"}, Rows: []inspection.Row{
		{Visit: 1, On: day("2026-03-09"), Institution: stream(1), Agencies: []string{education}, Items: allOf, Findings: []inspection.RowFinding{
			{Item: term.ItemStaff, Severity: term.SeveritySerious}, {Item: term.ItemQualification, Severity: term.SeverityMinor, Corrected: true}}},
		{Visit: 2, On: day("2026-03-10"), Agencies: []string{education}, Items: allOf, Findings: []inspection.RowFinding{}},
	}}
	isClosed    = after(isFull, was("2026-03-20", closed))
	isPublished = after(isClosed, was("2026-04-10", result))
	concluded   = after(isPublished, was("2026-05-06", inspection.Concluded{}))

	count   = inspection.RecordVisitCount{Visits: figure.Of(80, term.Visits), Period: inspection.Period{From: day("2025-01-01"), To: day("2025-12-31")}}
	counted = inspection.VisitCountRecorded{Kind: term.CampaignInspection, Visits: figure.Of(80, term.Visits), Period: inspection.Period{From: day("2025-01-01"), To: day("2025-12-31")}}

	interest = inspection.Withdrawn{Officer: ranked[0], Reason: "亲属在该机构任职"}
)

func workingDays(n int) calendar.Period { return calendar.Period{N: n, Unit: calendar.WorkingDays} }

func TestTables(t *testing.T) {
	domaintest.Acts(t, inspection.Decider, inspection.Acts)
	domaintest.Events(t, inspection.Decider, inspection.Events, facts{
		was("2026-03-02", with(random, func(e *inspection.Planned) {
			e.Number, e.Items, e.Institutions, e.Sources = "JC-1", divided, []string{stream(1)}, []string{"530427.inspection.01J"}
			e.Scope = inspection.Scope{Class: term.Subject, Audiences: []term.Audience{term.Compulsory}}
		})),
		was("2026-03-03", inspection.Launched{Kind: term.RandomInspection}),
		was("2026-03-04", inspection.SeedCommitted{Commitment: seed.Commitment()}),
		was("2026-03-05", with(held, func(e *inspection.DrawHeld) {
			e.Clocks, e.Inspectors = bare.Clocks, e.Inspectors[:1]
			e.Recusals = []inspection.Recusal{{Officer: "XP-F02", Reason: "有利害关系"}}
		})),
		was("2026-03-06", inspection.InspectorsAssigned{Institution: second, Officers: ranked[1:4], OfficerPool: pool, Recusals: []draw.Recusal{{Officer: ranked[0], Reason: "有利害关系"}}, Complete: true}),
		was("2026-03-06", inspection.OfficerRecused{Recusal: inspection.Recusal{Institution: first, Officer: ranked[0], Reason: "有利害关系"}, Unmatched: []string{first}, Clocks: bare.Clocks}),
		was("2026-03-09", with(visited, func(e *inspection.VisitRecorded) { e.Covert, e.Area = true, "一组" })),
		was("2026-03-10", nobody),
		was("2026-03-10", with(counted, func(e *inspection.VisitCountRecorded) {
			e.Distinct, e.Checks, e.Area = new(figure.Of(60, term.Institutions)), new(figure.Of(10, term.Occasions)), "一组"
		})),
		was("2026-03-10", found), was("2026-03-10", minor), was("2026-03-10", clean), was("2026-03-10", righted),
		was("2026-03-11", with(surveyed, func(e *inspection.PremisesSurveyed) { e.Institution, e.Visit = stream(1), 1 })),
		was("2026-03-20", with(closed, func(e *inspection.Closed) { e.Unvisited = []string{second} })),
		was("2026-04-21", inspection.DeadlineMissed{Missing: clock.Missing{Clock: term.InspectionPublication, Due: day("2026-04-20"), Agency: education}}),
		was("2026-04-22", result),
		was("2026-04-23", inspection.Replied{Institution: stream(1), Text: "已整改"}),
		was("2026-05-06", inspection.Concluded{Reason: "归档"}),
		was("2026-05-07", inspection.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "theme", Was: domain.RawJSON(`"1"`), Is: domain.RawJSON(`"2"`), Reason: "笔误"}}),
		was("2026-05-08", inspection.Annulled{Annulment: domain.Annulment{TargetSeq: 2, Reason: "重复"}}),
	})
}

// acceptances are each act accepted once or more.
var acceptances = []struct {
	name    string
	before  facts
	m       domain.Meta
	command inspection.Command
	then    events
}{
	{"an inspection is planned", nil, on("2026-03-02"), plan, events{planned}},
	{"the office of the joint conference plans for a lead", nil, by("2026-03-02", jco), with(plan, func(c *inspection.Plan) { c.Lead = education }), events{planned}},
	{"an agency that takes part plans for the lead", nil, by("2026-03-02", fire), with(plan, func(c *inspection.Plan) { c.Lead = education }), events{planned}},
	{"without items every agency checks everything", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Items = nil }), events{open}},
	{"a random inspection has the rate of the policy", nil, on("2026-03-02"),
		inspection.Plan{Under: under("inspection.random_rate", "1/5"), Kind: term.RandomInspection, Theme: "双随机", Agencies: []string{fire}, Period: march}, events{random}},
	{"a random inspection has a rate and a scope of its own", nil, on("2026-03-02"),
		inspection.Plan{Under: under(), Kind: term.RandomInspection, Theme: "双随机", Period: march, Rate: draw.Rate{Num: 3, Den: 10}, Scope: inspection.Scope{Class: term.Subject}},
		events{inspection.Planned{Kind: term.RandomInspection, Theme: "双随机", Lead: education, Agencies: []string{}, Period: march, Scope: inspection.Scope{Class: term.Subject},
			Tiers: []inspection.TierPlan{{Name: inspection.Everyone, Rate: draw.Rate{Num: 3, Den: 10}}}}}},
	{"a random inspection has rates by risk", nil, on("2026-03-02"),
		inspection.Plan{Under: under(), Kind: term.RandomInspection, Theme: "双随机", Period: march,
			Tiers: []inspection.TierRate{{Tier: term.RiskHigh, Rate: draw.Rate{Num: 3, Den: 10}}, {Tier: term.RiskLow, Rate: draw.Rate{Num: 1, Den: 100}}}},
		events{inspection.Planned{Kind: term.RandomInspection, Theme: "双随机", Lead: education, Agencies: []string{}, Period: march,
			Tiers: []inspection.TierPlan{{Name: "high", Rate: draw.Rate{Num: 3, Den: 10}}, {Name: "low", Rate: draw.Rate{Num: 1, Den: 100}}}}}},
	{"a covert inspection is planned among the agencies", nil, joint("2026-03-02"),
		inspection.Plan{Under: under(), Kind: term.CovertInspection, Theme: "暗访", Period: march}, events{covert}},
	{"a check of a grievance names it", nil, joint("2026-03-02"),
		inspection.Plan{Under: under(), Kind: term.GrievanceInspection, Theme: "核查", Period: march, Sources: []domain.Ref{domain.RefTo("530427.grievance.01J"), domain.RefTo("530427.grievance.01J")}, Institutions: []domain.Ref{ref(1)}},
		events{inspection.Planned{Kind: term.GrievanceInspection, Theme: "核查", Lead: education, Agencies: []string{}, Period: march, Sources: []string{"530427.grievance.01J"}, Institutions: []string{stream(1)}}}},
	{"a follow-up names what it follows", nil, on("2026-03-02"),
		inspection.Plan{Under: under(), Kind: term.FollowUpInspection, Theme: "回头看", Period: march, Sources: []domain.Ref{domain.RefTo("530427.rectification.01J")}},
		events{inspection.Planned{Kind: term.FollowUpInspection, Theme: "回头看", Lead: education, Agencies: []string{}, Period: march, Sources: []string{"530427.rectification.01J"}}}},

	{"it is launched", isPlanned, on("2026-03-03"), inspection.Launch{}, events{inspection.Launched{Kind: term.CampaignInspection}}},
	{"the office launches too", isPlanned, by("2026-03-03", jco), inspection.Launch{}, events{inspection.Launched{Kind: term.CampaignInspection}}},
	{"it is launched already", isLaunched, on("2026-03-04"), inspection.Launch{}, nil},
	{"a covert one is launched among the agencies", facts{was("2026-03-02", covert)}, joint("2026-03-03"), inspection.Launch{}, events{inspection.Launched{Kind: term.CovertInspection}}},

	{"a seed is committed before the launch", facts{was("2026-03-02", random)}, by("2026-03-02", fire), inspection.CommitSeed{Commitment: seed.Commitment()}, events{inspection.SeedCommitted{Commitment: seed.Commitment()}}},
	{"it is committed already", isCommitted, on("2026-03-05"), inspection.CommitSeed{Commitment: seed.Commitment()}, nil},
	{"the draw is held and inspectors are matched", isCommitted, on("2026-03-05"), hold, events{held}},
	{"the same draw is held already", isDrawn, on("2026-03-06"), hold, nil},
	{"the population may be frozen at the commitment", isCommitted, on("2026-03-04"), with(hold, func(c *inspection.HoldDraw) { c.Population.AtSeq = 7 }),
		events{with(held, func(e *inspection.DrawHeld) { e.PopulationSeq = 7 })}},
	{"without officers the matching is due in two working days", isCommitted, on("2026-03-05"), with(hold, func(c *inspection.HoldDraw) { c.Under = among("XP-E01") }), events{bare}},
	{"who withdrew before is not matched", isCommitted, on("2026-03-05"),
		with(hold, func(c *inspection.HoldDraw) {
			c.Recusals = []inspection.Withdrawn{{Institution: domain.RefTo(first), Officer: ranked[0], Reason: "亲属"}}
		}),
		events{with(held, func(e *inspection.DrawHeld) {
			e.Recusals = []inspection.Recusal{{Institution: first, Officer: ranked[0], Reason: "亲属"}}
			e.Inspectors = []inspection.Matched{{Institution: first, Officers: ranked[1:3]}, e.Inspectors[1]}
		})}},

	{"after a recusal the next are assigned", after(isDrawn, was("2026-03-06", inspection.OfficerRecused{Recusal: recusal(first), Unmatched: []string{first}})), on("2026-03-06"),
		inspection.AssignInspectors{Under: under(), Institution: domain.RefTo(first)},
		events{inspection.InspectorsAssigned{Institution: first, Officers: ranked[1:3], Complete: true}}},
	{"a recusal is declared with the assignment", isDrawn, on("2026-03-06"),
		inspection.AssignInspectors{Under: under(), Institution: domain.RefTo(first), Officers: []string{ranked[2], ranked[1]}, Recusals: []draw.Recusal{{Officer: ranked[0], Reason: "亲属"}, {Officer: ranked[0], Reason: "亲属"}}},
		events{inspection.InspectorsAssigned{Institution: first, Officers: ranked[1:3], Recusals: []draw.Recusal{{Officer: ranked[0], Reason: "亲属"}}, Complete: true}}},
	{"others join the two", isDrawn, on("2026-03-06"),
		inspection.AssignInspectors{Under: under(), Institution: domain.RefTo(first), Officers: []string{"XP-P01", ranked[1], ranked[0]}},
		events{inspection.InspectorsAssigned{Institution: first, Officers: []string{ranked[0], ranked[1], "XP-P01"}, Complete: true}}},
	{"the two are assigned already", isDrawn, on("2026-03-06"), inspection.AssignInspectors{Under: under(), Institution: domain.RefTo(first)}, nil},
	{"officers of the day are matched where the pool of the draw has not two", isBare, on("2026-03-06"),
		inspection.AssignInspectors{Under: under(), Institution: domain.RefTo(first)},
		events{inspection.InspectorsAssigned{Institution: first, Officers: ranked[:2], OfficerPool: pool}}},
	{"an officer withdraws from one institution", isDrawn, on("2026-03-06"),
		inspection.RecuseOfficer{Under: under(), Withdrawn: with(interest, func(w *inspection.Withdrawn) { w.Institution = domain.RefTo(first) })},
		events{inspection.OfficerRecused{Recusal: recusal(first), Unmatched: []string{first}, Clocks: startMatching("2026-03-06", "2026-03-10")}}},
	{"an officer withdraws before the draw", isCommitted, by("2026-03-05", fire), inspection.RecuseOfficer{Under: under(), Withdrawn: interest}, events{inspection.OfficerRecused{Recusal: recusal("")}}},
	{"an officer withdrew already", after(isCommitted, was("2026-03-05", inspection.OfficerRecused{Recusal: recusal("")})), on("2026-03-05"),
		inspection.RecuseOfficer{Under: under(), Withdrawn: with(interest, func(w *inspection.Withdrawn) { w.Institution = domain.RefTo(first) })}, nil},

	{"who withdraws after a visit leaves its inspectors as they were", after(isDrawn,
		was("2026-03-06", inspection.InspectorsAssigned{Institution: first, Officers: append(slices.Clone(ranked[:2]), "XP-P01"), Complete: true}),
		was("2026-03-09", with(visited, func(e *inspection.VisitRecorded) { e.Institution, e.Officers = first, ranked[:2] }))), on("2026-03-10"),
		inspection.RecuseOfficer{Under: under(), Withdrawn: inspection.Withdrawn{Officer: "XP-P01", Reason: "亲属"}},
		events{inspection.OfficerRecused{Recusal: inspection.Recusal{Officer: "XP-P01", Reason: "亲属"}}}},
	{"who withdrew from everything is matched nowhere", after(isCommitted, was("2026-03-04", inspection.OfficerRecused{Recusal: recusal("")})), on("2026-03-05"), hold,
		events{with(held, func(e *inspection.DrawHeld) {
			e.Inspectors = nil
			for _, id := range e.Drawn {
				e.Inspectors = append(e.Inspectors, inspection.Matched{Institution: id, Officers: draw.Match(seed, id, pool, ranked[:1])})
			}
		})}},

	{"a visit is recorded", isLaunched, on("2026-03-09"), visit, events{visited}},
	{"who records it is who went", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Officers, c.Items = nil, nil }), events{visited}},
	{"without items in the plan all are checked", isOpen, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Items, c.Visit = nil, 1 }),
		events{with(visited, func(e *inspection.VisitRecorded) { e.Items = every })}},
	{"agencies go together", isLaunched, by("2026-03-09", fire),
		with(visit, func(c *inspection.RecordVisit) {
			c.Agencies, c.Officers, c.Items = []string{education, fire}, []string{"XP-E01", "XP-F01"}, nil
		}),
		events{with(visited, func(e *inspection.VisitRecorded) {
			e.Agencies, e.Officers, e.Items = []string{education, fire}, []string{"XP-E01", "XP-F01"}, []term.CheckItem{term.ItemQualification, term.ItemSafety, term.ItemStaff}
		})}},
	{"premises are visited", isVisited, on("2026-03-10"), with(visit, func(c *inspection.RecordVisit) { c.Institution, c.Premises = domain.Ref{}, "平山路某艺术中心 " }), events{nobody}},
	{"a covert visit is not signed", isCovert, joint("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Signed, c.Items = false, nil }),
		events{with(visited, func(e *inspection.VisitRecorded) {
			e.Kind, e.Signed, e.Covert, e.Items = term.CovertInspection, false, true, every
		})}},
	{"a visit after the period is recorded before the close", isLaunched, on("2026-04-15"), visit, events{visited}},
	{"a drawn institution is visited by its inspectors", isDrawn, on("2026-03-09"),
		inspection.RecordVisit{Under: under(), Institution: domain.RefTo(first), Officers: append(slices.Clone(ranked[:2]), ranked[4]), Items: allOf, Signed: true},
		events{with(visited, func(e *inspection.VisitRecorded) {
			e.Kind, e.Institution, e.Officers = term.RandomInspection, first, append(slices.Clone(ranked[:2]), ranked[4])
		})}},

	{"visits of the past are counted", isPlanned, on("2026-03-09"), count, events{counted}},
	{"a count says of how many institutions and checks", isPlanned, by("2026-03-09", fire),
		with(count, func(c *inspection.RecordVisitCount) {
			c.Visits.Precision, c.Distinct, c.Checks, c.Area = term.AtLeast, &figure.Count{N: 60, Unit: term.Institutions}, &figure.Count{N: 10, Unit: term.Occasions}, "一组"
		}),
		events{with(counted, func(e *inspection.VisitCountRecorded) {
			e.Visits.Precision, e.Distinct, e.Checks, e.Area = term.AtLeast, new(figure.Of(60, term.Institutions)), new(figure.Of(10, term.Occasions)), "一组"
		})}},

	{"a finding is recorded", isVisited, on("2026-03-09"), finding, events{found}},
	{"a second has the next number", after(isVisited, was("2026-03-09", found)), on("2026-03-09"),
		inspection.RecordFinding{Visit: 1, Item: term.ItemQualification, Severity: term.SeverityMinor, Basis: "从业人员管理办法", Facts: "许可证未公示"}, events{minor}},
	{"the same finding is on record", isFound, on("2026-03-09"), finding, nil},
	{"nothing found needs no facts", after(isFound, was("2026-03-10", nobody)), on("2026-03-10"), inspection.RecordFinding{Visit: 2, Item: term.ItemStaff, Severity: term.SeverityNone}, events{clean}},
	{"the lead records for another", after(isLaunched, was("2026-03-09", with(visited, func(e *inspection.VisitRecorded) { e.Agencies, e.Items = []string{education, fire}, fireOf }))), on("2026-03-09"),
		with(finding, func(c *inspection.RecordFinding) { c.Item, c.Agency, c.Variant = term.ItemSafety, fire, "" }),
		events{with(found, func(e *inspection.FindingRecorded) { e.Item, e.Agency, e.Variant = term.ItemSafety, fire, "" })}},
	{"a finding is put right on site", isFound, on("2026-03-09"), inspection.CorrectOnSite{Finding: 2}, events{righted}},
	{"it was put right already", isFull, on("2026-03-10"), inspection.CorrectOnSite{Finding: 2}, nil},
	{"premises are surveyed", isSweep, on("2026-03-09"), survey, events{surveyed}},
	{"the next survey is of an institution and part of a visit", after(isSweep, was("2026-03-09", surveyed), was("2026-03-09", visited)), on("2026-03-09"),
		with(survey, func(c *inspection.SurveyPremises) { c.Institution, c.Visit = ref(1), 1 }),
		events{with(surveyed, func(e *inspection.PremisesSurveyed) { e.Survey, e.Institution, e.Visit = 2, stream(1), 1 })}},

	{"it is closed and its publication is due", isFull, on("2026-03-20"), inspection.Close{Under: under()}, events{closed}},
	{"it is closed on the day of the last visit", isFull, on("2026-03-10"), inspection.Close{Under: under()}, events{with(closed, func(e *inspection.Closed) {
		e.Clocks = []clock.Start{{Key: term.InspectionPublication, From: day("2026-03-10"), Period: workingDays(20), Due: day("2026-04-08"), Agency: education}}
	})}},
	{"it is closed already", isClosed, on("2026-03-23"), inspection.Close{Under: under()}, nil},
	{"one that was only counted is closed without a launch", after(isPlanned, was("2026-03-09", counted)), on("2026-03-20"), inspection.Close{Under: under()},
		events{with(closed, func(e *inspection.Closed) {
			e.Summary = inspection.Summary{Visits: figure.Of(80, term.Visits), Distinct: figure.Count{Unit: term.Institutions, Precision: term.UnknownCount}}
		})}},
	{"drawn institutions that were not visited are named", after(isDrawn, was("2026-03-09", with(visited, func(e *inspection.VisitRecorded) { e.Institution = first }))), on("2026-03-20"), inspection.Close{Under: under()},
		events{with(closed, func(e *inspection.Closed) {
			e.Summary = inspection.Summary{Visits: figure.Of(1, term.Visits), Distinct: figure.Of(1, term.Institutions)}
			e.Unvisited = []string{second}
		})}},
	{"the result is published with a row for each visit", isClosed, on("2026-04-10"), inspection.PublishResult{Media: []string{"区政府网站"}}, events{result}},
	{"it is published late too", isClosed, by("2026-06-10", jco), inspection.PublishResult{Media: []string{"区政府网站"}}, events{result}},
	{"it is published already", isPublished, on("2026-04-11"), inspection.PublishResult{Media: []string{"区政府网站"}}, nil},
	{"the result of a covert inspection becomes public", after(isCovert, was("2026-03-20", inspection.Closed{})), on("2026-04-10"), inspection.PublishResult{Media: []string{"区政府网站"}},
		events{inspection.ResultPublished{Summary: inspection.Summary{Visits: figure.Of(0, term.Visits), Distinct: figure.Of(0, term.Institutions)}, Rows: []inspection.Row{}, Media: []string{"区政府网站"}}}},
	{"an institution replies", isPublished, on("2026-04-15"), inspection.Reply{Institution: ref(1), Text: strings.Repeat("字", 500)}, events{inspection.Replied{Institution: stream(1), Text: strings.Repeat("字", 500)}}},
	{"it replies after the conclusion too", concluded, on("2026-06-01"), inspection.Reply{Institution: ref(1), Text: "已整改"}, events{inspection.Replied{Institution: stream(1), Text: "已整改"}}},
	{"a published inspection is put away", isPublished, on("2026-05-06"), inspection.Conclude{}, events{inspection.Concluded{}}},
	{"one that is given up says why", isPlanned, on("2026-03-09"), inspection.Conclude{Reason: "并入联合检查"}, events{inspection.Concluded{Reason: "并入联合检查"}}},
	{"it is put away already", concluded, on("2026-05-07"), inspection.Conclude{}, nil},
	{"a missed publication is recorded", isClosed, on("2026-04-21"), inspection.MissDeadline{Missing: clock.Missing{Clock: term.InspectionPublication, Due: day("2026-04-20")}},
		events{inspection.DeadlineMissed{Missing: clock.Missing{Clock: term.InspectionPublication, Due: day("2026-04-20"), Agency: education}}}},
	{"a fact is corrected", isPlanned, on("2026-03-09"), inspection.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "theme", Reason: "笔误"}},
		events{inspection.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "theme", Reason: "笔误"}}}},
	{"who made a visit without a draw is corrected", isPlanned, on("2026-03-09"), inspection.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "officers", Reason: "笔误"}},
		events{inspection.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "officers", Reason: "笔误"}}}},
	{"the rate of a plan is corrected before the draw", isRandom, on("2026-03-09"), inspection.Correct{Correction: domain.Correction{TargetSeq: 1, Field: "tiers/0/rate", Reason: "笔误"}},
		events{inspection.Corrected{Correction: domain.Correction{TargetSeq: 1, Field: "tiers/0/rate", Reason: "笔误"}}}},
	{"a fact is annulled", concluded, on("2026-05-09"), inspection.Annul{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}, events{inspection.Annulled{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}}},
}

// recusal is the one of interest.
func recusal(institution string) inspection.Recusal {
	return inspection.Recusal{Institution: institution, Officer: ranked[0], Reason: interest.Reason}
}

func startMatching(from, due string) []clock.Start {
	return []clock.Start{{Key: term.InspectorMatching, From: day(from), Period: workingDays(2), Due: day(due), Agency: education}}
}

func TestActsAreAccepted(t *testing.T) {
	accepted := map[reflect.Type]bool{}
	for _, c := range acceptances {
		t.Run(c.name, func(t *testing.T) {
			given(t, c.before).When(c.m, c.command).Then(c.then...)
		})
		accepted[reflect.TypeOf(c.command)] = accepted[reflect.TypeOf(c.command)] || len(c.then) > 0
	}
	for _, a := range inspection.Acts {
		if !accepted[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that accepts it", a.Name)
		}
	}
}
