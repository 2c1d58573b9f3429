package inspection_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/clock"
	"minglu/domain/draw"
	"minglu/domain/figure"
	"minglu/domain/inspection"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// anyFault stands for a refusal without a rule.
var anyFault = domain.Rule{}

var (
	randomPlan = inspection.Plan{Under: under(), Kind: term.RandomInspection, Theme: "双随机", Agencies: []string{fire}, Period: march}
	covertPlan = inspection.Plan{Under: under(), Kind: term.CovertInspection, Theme: "暗访", Period: march}
	grievance  = domain.RefTo("530427.grievance.01J")
	public     = with(on("2026-03-02"), func(m *domain.Meta) { m.Visibility = domain.Public })
	assign     = inspection.AssignInspectors{Under: under(), Institution: domain.RefTo(first)}
	goFirst    = inspection.RecordVisit{Under: under(), Institution: domain.RefTo(first), Officers: ranked[:2], Items: allOf, Signed: true}
	isOver     = after(isPlanned, was("2026-03-09", inspection.Concluded{Reason: "并入联合检查"}))
	visitedIt  = after(isDrawn, was("2026-03-09", with(visited, func(e *inspection.VisitRecorded) { e.Institution, e.Officers = first, ranked[:2] })))
	together   = after(isLaunched, was("2026-03-09", with(visited, func(e *inspection.VisitRecorded) { e.Agencies = []string{education, fire} })))
)

// refusals are each act refused once or more; every rule of a line of acts stands
// here under its act.
var refusals = []struct {
	name    string
	before  facts
	m       domain.Meta
	command inspection.Command
	by      domain.Rule
	pointer string
}{
	{"a plan is made once", isPlanned, on("2026-03-03"), plan, rule.InspectionSteps, ""},
	{"a plan has a kind", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Kind = "" }), anyFault, "/body/kind"},
	{"a plan has a theme", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Theme = " " }), anyFault, "/body/theme"},
	{"a plan has a first day", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Period.From = 0 }), anyFault, "/body/period/from"},
	{"a period does not end before it begins", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Period.To = day("2026-02-28") }), anyFault, "/body/period/to"},
	{"the lead is an agency", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Lead = "education" }), rule.InspectionPlan, "/body/lead"},
	{"those who take part are agencies", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Agencies = []string{fire, "消防"} }), rule.InspectionPlan, "/body/agencies/1"},
	{"an agency takes part once", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Agencies = []string{fire, fire} }), rule.InspectionPlan, "/body/agencies/1"},
	{"the lead does not assist", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Agencies = []string{education} }), rule.InspectionPlan, "/body/agencies/0"},
	{"who does not take part does not plan", nil, by("2026-03-02", police), with(plan, func(c *inspection.Plan) { c.Lead = education }), rule.InspectionAgency, "/actor/agency"},
	{"items belong to who takes part", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Agencies = nil }), rule.InspectionPlan, "/body/items/1/agency"},
	{"an agency has one list of items", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Items = append(slices.Clone(divided), divided[0]) }), rule.InspectionPlan, "/body/items/2/agency"},
	{"a list has items", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Items = []inspection.AgencyItems{{Agency: fire}} }), rule.InspectionPlan, "/body/items/0/items"},
	{"a covert plan is not public", nil, public, covertPlan, rule.CovertConfidential, "/visibility"},
	{"nor by default", nil, on("2026-03-02"), covertPlan, rule.CovertConfidential, "/visibility"},
	{"nor one that goes back to a grievance", nil, public, with(plan, func(c *inspection.Plan) { c.Sources = []domain.Ref{grievance} }), rule.CovertConfidential, "/visibility"},
	{"a check of grievances goes back to one", nil, joint("2026-03-02"), with(covertPlan, func(c *inspection.Plan) { c.Kind = term.GrievanceInspection }), rule.InspectionPlan, "/body/sources"},
	{"a follow-up follows a check", nil, joint("2026-03-02"), with(covertPlan, func(c *inspection.Plan) { c.Kind, c.Sources = term.FollowUpInspection, []domain.Ref{grievance} }), rule.InspectionPlan, "/body/sources"},
	{"a campaign has no rate", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Rate = fifth }), rule.RandomDraw, "/body/rate"},
	{"a campaign has no tiers", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Tiers = []inspection.TierRate{{Tier: term.RiskHigh, Rate: fifth}} }), rule.RandomDraw, "/body/tiers"},
	{"a campaign has no population", nil, on("2026-03-02"), with(plan, func(c *inspection.Plan) { c.Scope.Class = term.Subject }), rule.RandomDraw, "/body/scope"},
	{"whom a random inspection is about is drawn", nil, on("2026-03-02"), with(randomPlan, func(c *inspection.Plan) { c.Institutions = []domain.Ref{ref(1)} }), rule.RandomDraw, "/body/institutions"},
	{"there is one rate or rates by tier", nil, on("2026-03-02"),
		with(randomPlan, func(c *inspection.Plan) {
			c.Rate, c.Tiers = fifth, []inspection.TierRate{{Tier: term.RiskHigh, Rate: fifth}}
		}), rule.RandomDraw, "/body/rate"},
	{"a tier has a rate", nil, on("2026-03-02"), with(randomPlan, func(c *inspection.Plan) { c.Tiers = []inspection.TierRate{{Tier: term.RiskHigh}} }), rule.RandomDraw, "/body/tiers/0"},
	{"a tier has a name", nil, on("2026-03-02"), with(randomPlan, func(c *inspection.Plan) { c.Tiers = []inspection.TierRate{{Rate: fifth}} }), rule.RandomDraw, "/body/tiers/0"},
	{"a tier stands once", nil, on("2026-03-02"),
		with(randomPlan, func(c *inspection.Plan) {
			c.Tiers = []inspection.TierRate{{Tier: term.RiskHigh, Rate: fifth}, {Tier: term.RiskHigh, Rate: fifth}}
		}), rule.RandomDraw, "/body/tiers/1"},
	{"a policy that draws nobody is no rate", nil, on("2026-03-02"), with(randomPlan, func(c *inspection.Plan) { c.Under = under("inspection.random_rate", "0/20") }), rule.RandomDraw, "/body/rate"},

	{"what was not planned is not launched", nil, on("2026-03-03"), inspection.Launch{}, rule.InspectionSteps, ""},
	{"nor before its plan", isPlanned, on("2026-03-01"), inspection.Launch{}, rule.InspectionSteps, "/effective"},
	{"nor what has ended", isClosed, on("2026-03-23"), inspection.Launch{}, rule.InspectionSteps, ""},
	{"nor what was given up", isOver, on("2026-03-10"), inspection.Launch{}, rule.InspectionSteps, ""},
	{"nor what was counted afterwards", after(isPlanned, was("2026-03-09", counted)), on("2026-03-10"), inspection.Launch{}, rule.InspectionSteps, ""},
	{"the lead launches", isPlanned, by("2026-03-03", fire), inspection.Launch{}, rule.InspectionAgency, "/actor/agency"},
	{"a covert launch is not public", facts{was("2026-03-02", covert)}, on("2026-03-03"), inspection.Launch{}, rule.CovertConfidential, "/visibility"},

	{"a seed belongs to a random inspection", isPlanned, on("2026-03-03"), inspection.CommitSeed{Commitment: seed.Commitment()}, rule.RandomDraw, ""},
	{"a commitment is one", isRandom, on("2026-03-04"), inspection.CommitSeed{}, anyFault, "/body/commitment"},
	{"there is one commitment", isCommitted, on("2026-03-05"), inspection.CommitSeed{Commitment: draw.Seed{9}.Commitment()}, rule.DrawSeed, "/body/commitment"},
	{"who takes part commits", isRandom, by("2026-03-04", police), inspection.CommitSeed{Commitment: seed.Commitment()}, rule.InspectionAgency, "/actor/agency"},
	{"what was not planned has no seed", nil, on("2026-03-04"), inspection.CommitSeed{Commitment: seed.Commitment()}, rule.InspectionSteps, ""},
	{"a commitment that goes back to a grievance is not public", facts{was("2026-03-02", with(random, func(e *inspection.Planned) { e.Sources = []string{grievance.Stream} }))}, on("2026-03-04"),
		inspection.CommitSeed{Commitment: seed.Commitment()}, rule.CovertConfidential, "/visibility"},

	{"what was not launched is not drawn", facts{was("2026-03-02", random), was("2026-03-02", inspection.SeedCommitted{Commitment: seed.Commitment()})}, on("2026-03-05"), hold, rule.InspectionSteps, ""},
	{"nor before the launch", isCommitted, on("2026-03-02"), hold, rule.InspectionSteps, "/effective"},
	{"a campaign is not drawn", isLaunched, on("2026-03-05"), hold, rule.RandomDraw, ""},
	{"the lead draws", isCommitted, by("2026-03-05", fire), hold, rule.InspectionAgency, "/actor/agency"},
	{"nothing is drawn without a commitment", isRandom, on("2026-03-05"), hold, rule.DrawSeed, "/body/seed"},
	{"nothing is drawn without a seed", isCommitted, on("2026-03-05"), with(hold, func(c *inspection.HoldDraw) { c.Seed = draw.Seed{} }), anyFault, "/body/seed"},
	{"the seed is the one that was committed", isCommitted, on("2026-03-05"), with(hold, func(c *inspection.HoldDraw) { c.Seed[31] = 1 }), rule.DrawSeed, "/body/seed"},
	{"the draw is not before the day of the commitment", isCommitted, on("2026-03-03"), hold, rule.DrawSeed, "/effective"},
	{"the population is frozen after the commitment", isCommitted, on("2026-03-05"), with(hold, func(c *inspection.HoldDraw) { c.Population.CommittedSeq = 10 }), rule.DrawSeed, "/body/seed"},
	{"a commitment that has no position yet is none", isCommitted, on("2026-03-05"), with(hold, func(c *inspection.HoldDraw) { c.Population.CommittedSeq = 0 }), rule.DrawSeed, "/body/seed"},
	{"a draw is held once", isDrawn, on("2026-03-06"), with(hold, func(c *inspection.HoldDraw) { c.Seed[31] = 1 }), rule.RandomDraw, ""},
	{"somebody is to be drawn", isCommitted, on("2026-03-05"), with(hold, func(c *inspection.HoldDraw) { c.Population = roll(0) }), rule.RandomDraw, ""},
	{"the population has the tiers of the plan", isCommitted, on("2026-03-05"),
		with(hold, func(c *inspection.HoldDraw) {
			c.Population.Tiers = []inspection.RollTier{{Name: "high", IDs: []string{stream(1)}}}
		}), rule.RandomDraw, ""},
	{"an institution is in the population once", isCommitted, on("2026-03-05"),
		with(hold, func(c *inspection.HoldDraw) {
			c.Population.Tiers = []inspection.RollTier{{Name: inspection.Everyone, IDs: []string{stream(1), stream(1)}}}
		}), anyFault, "/population"},
	{"a recusal names the officer", isCommitted, on("2026-03-05"), with(hold, func(c *inspection.HoldDraw) { c.Recusals = []inspection.Withdrawn{interest, {Reason: "亲属"}} }), rule.Recusal, "/body/recusals/1/officer"},
	{"a recusal says why", isCommitted, on("2026-03-05"), with(hold, func(c *inspection.HoldDraw) { c.Recusals = []inspection.Withdrawn{{Officer: "XP-E01"}} }), rule.Recusal, "/body/recusals/0/reason"},
	{"a draw that goes back to a grievance is not public", facts{was("2026-03-02", with(random, func(e *inspection.Planned) { e.Sources = []string{grievance.Stream} })),
		was("2026-03-03", inspection.Launched{}), was("2026-03-04", inspection.SeedCommitted{Commitment: seed.Commitment()})}, on("2026-03-05"), hold, rule.CovertConfidential, "/visibility"},

	{"nobody is matched before the launch", isPlanned, on("2026-03-06"), assign, rule.InspectionSteps, ""},
	{"nobody is matched before the draw", isCommitted, on("2026-03-06"), assign, rule.RandomDraw, ""},
	{"nor before its day", isDrawn, on("2026-03-04"), assign, rule.InspectionSteps, "/effective"},
	{"nor to who was not drawn", isDrawn, on("2026-03-06"), with(assign, func(c *inspection.AssignInspectors) { c.Institution = domain.RefTo(lucky) }), rule.RandomDraw, "/body/institution"},
	{"nor where the visit was", visitedIt, on("2026-03-10"), with(assign, func(c *inspection.AssignInspectors) {
		c.Recusals = []draw.Recusal{{Officer: ranked[0], Reason: "亲属"}}
	}), rule.InspectionSteps, "/body/institution"},
	{"the lead assigns", isDrawn, by("2026-03-06", fire), assign, rule.InspectionAgency, "/actor/agency"},
	{"inspectors are not chosen", isDrawn, on("2026-03-06"), with(assign, func(c *inspection.AssignInspectors) { c.Officers = ranked[1:3] }), rule.InspectorMatching, "/body/officers"},
	{"one is not enough", isDrawn, on("2026-03-06"), with(assign, func(c *inspection.AssignInspectors) { c.Officers = ranked[:1] }), rule.InspectorMatching, "/body/officers"},
	{"there are two to match", isBare, on("2026-03-06"), with(assign, func(c *inspection.AssignInspectors) { c.Under = among("XP-E01", "XP-P01", "XP-P02") }), rule.InspectorMatching, "/body/officers"},
	{"who withdrew does not join", isDrawn, on("2026-03-06"),
		with(assign, func(c *inspection.AssignInspectors) {
			c.Officers, c.Recusals = ranked[:3], []draw.Recusal{{Officer: ranked[2], Reason: "亲属"}}
		}), rule.Recusal, "/body/officers/2"},
	{"a recusal with the assignment says why", isDrawn, on("2026-03-06"), with(assign, func(c *inspection.AssignInspectors) { c.Recusals = []draw.Recusal{{Officer: ranked[0]}} }), rule.Recusal, "/body/recusals/0/reason"},
	{"who joins is registered", isDrawn, on("2026-03-06"), with(assign, func(c *inspection.AssignInspectors) { c.Officers = append(slices.Clone(ranked[:2]), "XP-E09") }), rule.TwoOfficers, "/body/officers/2"},
	{"an assignment that goes back to a grievance is not public", facts{was("2026-03-02", with(random, func(e *inspection.Planned) { e.Sources = []string{grievance.Stream} })),
		was("2026-03-03", inspection.Launched{}), was("2026-03-05", held)}, on("2026-03-06"), assign, rule.CovertConfidential, "/visibility"},

	{"who withdraws says why", isDrawn, on("2026-03-06"), inspection.RecuseOfficer{Under: under(), Withdrawn: inspection.Withdrawn{Officer: "XP-E01", Reason: " "}}, rule.Recusal, "/body/reason"},
	{"a visit that was is not undone", visitedIt, on("2026-03-10"), inspection.RecuseOfficer{Under: under(), Withdrawn: interest}, rule.Recusal, "/body/officer"},
	{"who does not take part does not withdraw", isDrawn, by("2026-03-06", police), inspection.RecuseOfficer{Under: under(), Withdrawn: interest}, rule.InspectionAgency, "/actor/agency"},
	{"nobody withdraws from what has ended", isClosed, on("2026-03-23"), inspection.RecuseOfficer{Under: under(), Withdrawn: interest}, rule.InspectionSteps, ""},
	{"a covert recusal is not public", isCovert, on("2026-03-09"), inspection.RecuseOfficer{Under: under(), Withdrawn: interest}, rule.CovertConfidential, "/visibility"},

	{"nobody is visited before the launch", isPlanned, on("2026-03-09"), visit, rule.InspectionSteps, ""},
	{"nor before its day", isLaunched, on("2026-03-02"), visit, rule.InspectionSteps, "/effective"},
	{"nor after the close", isClosed, on("2026-03-19"), visit, rule.InspectionSteps, ""},
	{"a visit has the next number", isVisited, on("2026-03-10"), with(visit, func(c *inspection.RecordVisit) { c.Visit = 1 }), rule.InspectionSteps, "/body/visit"},
	{"a visit goes somewhere", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Institution = domain.Ref{} }), anyFault, "/body/institution"},
	{"a visit goes to one place", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Premises = "平山路" }), anyFault, "/body/institution"},
	{"premises are not written to the door", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Institution, c.Premises = domain.Ref{}, "平山路12号" }), rule.PersonalData, "/body/premises"},
	{"who does not take part records no visit", isLaunched, by("2026-03-09", police), visit, rule.InspectionAgency, "/actor/agency"},
	{"who does not take part makes none", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Agencies = []string{education, police} }), rule.InspectionAgency, "/body/agencies/1"},
	{"an agency checks its own items", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Items = []term.CheckItem{term.ItemStaff, term.ItemSafety} }), rule.InspectionAgency, "/body/items/1"},
	{"an item that nobody has is not checked", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Items = []term.CheckItem{term.ItemFees} }), rule.InspectionAgency, "/body/items/0"},
	{"an agency without items checks nothing", facts{was("2026-03-02", with(planned, func(e *inspection.Planned) { e.Items = divided[1:] })), was("2026-03-03", inspection.Launched{})}, on("2026-03-09"),
		with(visit, func(c *inspection.RecordVisit) { c.Items = nil }), rule.InspectionAgency, ""},
	{"one officer is not enough", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Officers = []string{"XP-E01"} }), rule.TwoOfficers, "/body/officers"},
	{"the same officer twice is one", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Officers = []string{"XP-E01", "XP-E01"} }), rule.TwoOfficers, "/body/officers/1"},
	{"a credential holds on the day", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Officers = []string{"XP-E01", "XP-E09"} }), rule.TwoOfficers, "/body/officers/1"},
	{"officers are of who takes part", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Officers = []string{"XP-E01", "XP-P01"} }), rule.InspectionAgency, "/body/officers/1"},
	{"who withdrew does not go", after(isLaunched, was("2026-03-06", inspection.OfficerRecused{Recusal: inspection.Recusal{Institution: stream(1), Officer: "XP-E02", Reason: "亲属"}})), on("2026-03-09"), visit, rule.Recusal, "/body/officers/1"},
	{"the record is signed", isLaunched, on("2026-03-09"), with(visit, func(c *inspection.RecordVisit) { c.Signed = false }), rule.SignedRecord, "/body/signed"},
	{"nobody is visited before there is a draw", isCommitted, on("2026-03-09"), goFirst, rule.RandomDraw, ""},
	{"nor before the day of the draw", isDrawn, on("2026-03-04"), goFirst, rule.RandomDraw, "/effective"},
	{"who was not drawn is not visited", isDrawn, on("2026-03-09"), with(goFirst, func(c *inspection.RecordVisit) { c.Institution = domain.RefTo(lucky) }), rule.RandomDraw, "/body/institution"},
	{"nor are premises", isDrawn, on("2026-03-09"), with(goFirst, func(c *inspection.RecordVisit) { c.Institution, c.Premises = domain.Ref{}, "平山路" }), rule.RandomDraw, "/body/institution"},
	{"a random inspection is not covert", isDrawn, on("2026-03-09"), with(goFirst, func(c *inspection.RecordVisit) { c.Signed, c.Covert = false, true }), rule.RandomDraw, "/body/covert"},
	{"the matched inspectors go", isDrawn, on("2026-03-09"), with(goFirst, func(c *inspection.RecordVisit) { c.Officers = ranked[1:3] }), rule.InspectorMatching, "/body/officers"},
	{"inspectors are matched before", isBare, on("2026-03-09"), goFirst, rule.InspectorMatching, ""},

	{"what was not planned is not counted", nil, on("2026-03-09"), count, rule.InspectionSteps, ""},
	{"nor is what has ended", isClosed, on("2026-03-23"), count, rule.InspectionSteps, ""},
	{"who does not take part counts nothing", isPlanned, by("2026-03-09", police), count, rule.InspectionAgency, "/actor/agency"},
	{"institutions are no visits", isPlanned, on("2026-03-09"), with(count, func(c *inspection.RecordVisitCount) { c.Visits.Unit = term.Institutions }), rule.VisitCount, "/body/visits/unit"},
	{"visits are no institutions", isPlanned, on("2026-03-09"), with(count, func(c *inspection.RecordVisitCount) { c.Distinct = new(figure.Of(80, term.Visits)) }), rule.VisitCount, "/body/distinct/unit"},
	{"visits are no checks", isPlanned, on("2026-03-09"), with(count, func(c *inspection.RecordVisitCount) { c.Checks = new(figure.Of(80, term.Visits)) }), rule.VisitCount, "/body/checks/unit"},
	{"there are not more institutions than visits", isPlanned, on("2026-03-09"), with(count, func(c *inspection.RecordVisitCount) { c.Distinct = new(figure.Of(81, term.Institutions)) }), rule.VisitCount, "/body/distinct/n"},
	{"a launched inspection is one check", isLaunched, on("2026-03-09"), with(count, func(c *inspection.RecordVisitCount) { c.Checks = new(figure.Of(10, term.Occasions)) }), rule.VisitCount, "/body/checks"},
	{"a count is not negative", isPlanned, on("2026-03-09"), with(count, func(c *inspection.RecordVisitCount) { c.Visits.N = -1 }), figure.CountRule, "/body/visits/n"},
	{"a count has a unit", isPlanned, on("2026-03-09"), with(count, func(c *inspection.RecordVisitCount) { c.Visits.Unit = "" }), figure.CountRule, "/body/visits/unit"},
	{"a count is of a period", isPlanned, on("2026-03-09"), with(count, func(c *inspection.RecordVisitCount) { c.Period = inspection.Period{} }), anyFault, "/body/period/from"},
	{"a covert count is not public", isCovert, on("2026-03-09"), count, rule.CovertConfidential, "/visibility"},

	{"a finding is of a visit", isVisited, on("2026-03-09"), with(finding, func(c *inspection.RecordFinding) { c.Visit = 2 }), rule.InspectionSteps, "/body/visit"},
	{"a finding is not before the visit", isVisited, on("2026-03-08"), finding, rule.InspectionSteps, "/effective"},
	{"nothing is found after the close", isClosed, on("2026-03-23"), finding, rule.InspectionSteps, ""},
	{"a finding has an item", isVisited, on("2026-03-09"), with(finding, func(c *inspection.RecordFinding) { c.Item = "" }), anyFault, "/body/item"},
	{"a finding has a severity", isVisited, on("2026-03-09"), with(finding, func(c *inspection.RecordFinding) { c.Severity = "" }), anyFault, "/body/severity"},
	{"a finding has a basis", isVisited, on("2026-03-09"), with(finding, func(c *inspection.RecordFinding) { c.Basis = "" }), anyFault, "/body/basis"},
	{"a finding has facts", isVisited, on("2026-03-09"), with(finding, func(c *inspection.RecordFinding) { c.Facts = "" }), anyFault, "/body/facts"},
	{"where nothing was found there is no variant", isVisited, on("2026-03-09"), with(finding, func(c *inspection.RecordFinding) { c.Severity = term.SeverityNone }), anyFault, "/body/variant"},
	{"who does not take part finds nothing", isVisited, by("2026-03-09", police), finding, rule.InspectionAgency, "/actor/agency"},
	{"nor does who was not there", isVisited, by("2026-03-09", fire), finding, rule.InspectionAgency, "/body/agency"},
	{"who assists does not record for the lead", together, by("2026-03-09", fire), with(finding, func(c *inspection.RecordFinding) { c.Agency = education }), rule.InspectionAgency, "/body/agency"},
	{"an agency finds on its own items", together, by("2026-03-09", fire), finding, rule.InspectionAgency, "/body/item"},
	{"and on those that were checked", after(isLaunched, was("2026-03-09", with(visited, func(e *inspection.VisitRecorded) { e.Items = allOf[:1] }))), on("2026-03-09"), finding, rule.InspectionAgency, "/body/item"},

	{"what was not found is not put right", isVisited, on("2026-03-09"), inspection.CorrectOnSite{Finding: 1}, rule.InspectionSteps, "/body/finding"},
	{"nor where nothing was found", isFull, on("2026-03-10"), inspection.CorrectOnSite{Finding: 3}, rule.InspectionSteps, "/body/finding"},
	{"nor before the visit", isFound, on("2026-03-08"), inspection.CorrectOnSite{Finding: 1}, rule.InspectionSteps, "/effective"},
	{"nothing is put right after the close", isClosed, on("2026-03-23"), inspection.CorrectOnSite{Finding: 1}, rule.InspectionSteps, ""},
	{"nor by another agency", isFound, by("2026-03-09", fire), inspection.CorrectOnSite{Finding: 1}, rule.InspectionAgency, "/actor/agency"},

	{"a survey has a grid", isSweep, on("2026-03-09"), with(survey, func(c *inspection.SurveyPremises) { c.Grid = "" }), anyFault, "/body/grid"},
	{"a survey has an address", isSweep, on("2026-03-09"), with(survey, func(c *inspection.SurveyPremises) { c.Address = "" }), anyFault, "/body/address"},
	{"a survey says which documents there are", isSweep, on("2026-03-09"), with(survey, func(c *inspection.SurveyPremises) { c.Documents = "" }), anyFault, "/body/documents"},
	{"an address stays at the street", isSweep, on("2026-03-09"), with(survey, func(c *inspection.SurveyPremises) { c.Address = "平山路12号3单元502室" }), rule.PersonalData, "/body/address"},
	{"a survey is part of a visit that was", isSweep, on("2026-03-09"), with(survey, func(c *inspection.SurveyPremises) { c.Visit = 1 }), rule.InspectionSteps, "/body/visit"},
	{"who does not take part surveys nothing", isSweep, by("2026-03-09", police), survey, rule.InspectionAgency, "/actor/agency"},

	{"what was not launched is not closed", isPlanned, on("2026-03-20"), inspection.Close{Under: under()}, rule.InspectionSteps, ""},
	{"nor before its last visit", isFull, on("2026-03-09"), inspection.Close{Under: under()}, rule.InspectionSteps, "/effective"},
	{"nor before the draw", isCommitted, on("2026-03-20"), inspection.Close{Under: under()}, rule.RandomDraw, ""},
	{"what was given up is not closed", isOver, on("2026-03-20"), inspection.Close{Under: under()}, rule.InspectionSteps, ""},
	{"the lead closes", isFull, by("2026-03-20", fire), inspection.Close{Under: under()}, rule.InspectionAgency, "/actor/agency"},
	{"a covert close is not public", isCovert, on("2026-03-20"), inspection.Close{Under: under()}, rule.CovertConfidential, "/visibility"},

	{"what was not planned is not published", nil, on("2026-04-10"), inspection.PublishResult{Media: []string{"网站"}}, rule.InspectionSteps, ""},
	{"nothing is published before the close", isFull, on("2026-04-10"), inspection.PublishResult{Media: []string{"网站"}}, rule.InspectionSteps, ""},
	{"nothing is published before the day of the close", isClosed, on("2026-03-19"), inspection.PublishResult{Media: []string{"网站"}}, rule.InspectionSteps, "/effective"},
	{"nor what was put away", after(isClosed, was("2026-04-01", inspection.Concluded{Reason: "不予公开"})), on("2026-04-10"), inspection.PublishResult{Media: []string{"网站"}}, rule.InspectionSteps, ""},
	{"the lead publishes", isClosed, by("2026-04-10", fire), inspection.PublishResult{Media: []string{"网站"}}, rule.InspectionAgency, "/actor/agency"},
	{"it is published somewhere", isClosed, on("2026-04-10"), inspection.PublishResult{}, rule.PublishedResult, "/body/media"},
	{"each place has a name", isClosed, on("2026-04-10"), inspection.PublishResult{Media: []string{"网站", " "}}, rule.PublishedResult, "/body/media/1"},
	{"what is published is public", isClosed, joint("2026-04-10"), inspection.PublishResult{Media: []string{"网站"}}, rule.PublishedResult, "/visibility"},

	{"a reply follows the result", isClosed, on("2026-04-15"), inspection.Reply{Institution: ref(1), Text: "已整改"}, rule.RightOfReply, ""},
	{"nobody replies before the day of the result", isPublished, on("2026-04-09"), inspection.Reply{Institution: ref(1), Text: "已整改"}, rule.RightOfReply, ""},
	{"who is not in the result does not reply", isPublished, on("2026-04-15"), inspection.Reply{Institution: ref(2), Text: "已整改"}, rule.RightOfReply, "/body/institution"},
	{"there is one reply", after(isPublished, was("2026-04-15", inspection.Replied{Institution: stream(1), Text: "已整改"})), on("2026-04-16"), inspection.Reply{Institution: ref(1), Text: "又及"}, rule.RightOfReply, "/body/institution"},
	{"a reply has 500 characters at most", isPublished, on("2026-04-15"), inspection.Reply{Institution: ref(1), Text: strings.Repeat("字", 501)}, rule.RightOfReply, "/body/text"},
	{"a reply says something", isPublished, on("2026-04-15"), inspection.Reply{Institution: ref(1), Text: "\n"}, anyFault, "/body/text"},
	{"a reply is somebody's", isPublished, on("2026-04-15"), inspection.Reply{Text: "已整改"}, anyFault, "/body/institution"},
	{"who does not take part takes no reply", isPublished, by("2026-04-15", police), inspection.Reply{Institution: ref(1), Text: "已整改"}, rule.InspectionAgency, "/actor/agency"},
	{"nobody replies to what is not there", nil, on("2026-04-15"), inspection.Reply{Institution: ref(1), Text: "已整改"}, rule.InspectionSteps, ""},

	{"what is not published is put away with a reason", isClosed, on("2026-04-10"), inspection.Conclude{}, rule.PublishedResult, "/body/reason"},
	{"nothing is put away before its last step", isPublished, on("2026-04-09"), inspection.Conclude{}, rule.InspectionSteps, "/effective"},
	{"the lead puts it away", isPublished, by("2026-05-06", fire), inspection.Conclude{}, rule.InspectionAgency, "/actor/agency"},
	{"what is not there is not put away", nil, on("2026-05-06"), inspection.Conclude{Reason: "a"}, rule.InspectionSteps, ""},
	{"a covert conclusion is not public", isCovert, on("2026-05-06"), inspection.Conclude{Reason: "a"}, rule.CovertConfidential, "/visibility"},

	{"a period that has not passed is not missed", isClosed, on("2026-04-20"), inspection.MissDeadline{Missing: clock.Missing{Clock: term.InspectionPublication, Due: day("2026-04-20")}}, clock.MissedRule, "/effective"},
	{"nor one that ended", isPublished, on("2026-04-21"), inspection.MissDeadline{Missing: clock.Missing{Clock: term.InspectionPublication, Due: day("2026-04-20")}}, clock.MissedRule, "/body/clock"},
	{"a correction says why", isPlanned, on("2026-03-09"), inspection.Correct{Correction: domain.Correction{Field: "theme"}}, anyFault, "/body/reason"},
	{"a draw is not corrected", isDrawn, on("2026-03-09"), inspection.Correct{Correction: domain.Correction{Field: "drawn/0", Reason: "a"}}, rule.DrawSeed, "/body/field"},
	{"nor is its plan once it is held", isDrawn, on("2026-03-09"), inspection.Correct{Correction: domain.Correction{Field: "tiers/0/rate", Reason: "a"}}, rule.DrawSeed, "/body/field"},
	{"nor who is to inspect", isDrawn, on("2026-03-09"), inspection.Correct{Correction: domain.Correction{Field: "officers/0", Reason: "a"}}, rule.InspectorMatching, "/body/field"},
	{"a period is not corrected", isClosed, on("2026-04-10"), inspection.Correct{Correction: domain.Correction{Field: "clocks/0/due", Reason: "a"}}, clock.ExtensionRule, "/body/field"},
	{"an annulment says why", isPlanned, on("2026-03-09"), inspection.Annul{}, anyFault, "/body/reason"},
}

func TestActsAreRefused(t *testing.T) {
	by := map[reflect.Type][]string{}
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, c.before).When(c.m, c.command)
			var pointers []string
			if c.pointer != "" {
				pointers = []string{c.pointer}
			}
			if c.by == anyFault {
				o.ThenFault(domain.Invalid, pointers...)
				return
			}
			o.ThenRefused(c.by, pointers...)
		})
		by[reflect.TypeOf(c.command)] = append(by[reflect.TypeOf(c.command)], c.by.ID)
	}
	for _, a := range inspection.Acts {
		refused := by[reflect.TypeOf(a.Command(a.New()))]
		if len(refused) == 0 {
			t.Errorf("%s: got no case that refuses it", a.Name)
		}
		for _, r := range a.Rules {
			if !slices.Contains(refused, r.ID) {
				t.Errorf("%s: got no case that the rule %s refuses", a.Name, r.ID)
			}
		}
	}
}
