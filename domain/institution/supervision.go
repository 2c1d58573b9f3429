package institution

import (
	"encoding/json"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideSupervision takes down what supervision did, and amendments.
func decideSupervision(s State, on calendar.Day, c Command) ([]Event, error) {
	switch c := c.(type) {
	case AnnounceTermination:
		return decideTermination(s, on, c)
	case StopOperation:
		if s.Stopped(on) {
			return nil, nil
		}
		return domain.OneFact[Event](OperationStopped{Basis: c.Basis, Reason: c.Reason, Documents: s.Documents(on), Penalty: c.Penalty.Stream}, because(c.Reason))
	case RecordComplianceReview:
		return domain.OneFact[Event](ComplianceReviewRecorded{Result: c.Result, Criteria: domain.OrEmpty(c.Criteria)}, nil)
	case ConcludeAnnualInspection:
		return decideInspection(s, on, c)
	case EnrolPlatform:
		if s.Platform(on) == c.Platform && c.Platform != "" {
			return nil, nil
		}
		return domain.OneFact[Event](PlatformEnrolled(c), domain.Filled("/body/platform", c.Platform))
	case AdoptContractTemplate:
		if s.ContractTemplate(on) == c.Version && c.Version != "" {
			return nil, nil
		}
		return domain.OneFact[Event](ContractTemplateAdopted(c), domain.Filled("/body/version", c.Version))
	case HoldInterview:
		return decideInterview(on, c)
	case Correct:
		return decideCorrect(s, c)
	case Annul:
		return domain.OneFact[Event](Annulled(c), because(c.Reason))
	}
	return decideDuties(s, on, c)
}

func decideTermination(s State, on calendar.Day, c AnnounceTermination) ([]Event, error) {
	switch {
	case s.Terminating(on):
		return nil, domain.Refuse(domain.Conflict, rule.Termination, domain.Say("已经公告终止办学", "termination is announced already"))
	case s.Deregistered(on):
		return nil, domain.Refuse(domain.Conflict, rule.Termination, domain.Say("已经注销", "it is deregistered"))
	case c.PlannedEnd < on:
		return nil, domain.Refuse(domain.Invalid, rule.Termination, domain.Say("计划终止日早于公告日", "the planned end lies before the announcement"),
			domain.Field{Pointer: "/body/planned_end", Code: "before_announcement", Message: domain.Say("应不早于 %s", "not before %s", on)})
	}
	return domain.OneFact[Event](TerminationAnnounced(c), because(c.Reason))
}

// decideInspection keeps one conclusion a year; another one is a correction.
func decideInspection(s State, on calendar.Day, c ConcludeAnnualInspection) ([]Event, error) {
	if c.Year < 1990 || c.Year > on.Year() {
		return nil, domain.BadField("/body/year", "out_of_range", domain.Say("年度应在 1990 与 %d 之间", "the year should lie between 1990 and %d", on.Year()))
	}
	i := slices.IndexFunc(s.Inspections, func(i rule.Inspection) bool { return i.Year == c.Year })
	switch {
	case i < 0:
		return domain.OneFact[Event](AnnualInspectionConcluded(c), nil)
	case s.Inspections[i].Result == c.Result && s.Inspections[i].PublishedOn == c.PublishedOn:
		return nil, nil
	}
	return nil, domain.Refuse(domain.Conflict, rule.AnnualInspection, domain.Say(
		"%d 年度已有年检结论，改变结论请用更正", "%d has a conclusion already; correct that one", c.Year),
		domain.Field{Pointer: "/body/year", Code: "concluded", Message: domain.Say("已有结论", "concluded")})
}

// decideCorrect corrects a fact. What is personal of a natural person is not
// written in clear by way of a correction.
func decideCorrect(s State, c Correct) ([]Event, error) {
	if s.Kind == term.NaturalPerson && slices.Contains([]string{"names", "address", "from", "to", "premises", "place"}, c.Field) {
		var texts []string
		if json.Unmarshal(c.Is, &texts) != nil {
			texts = []string{strings.Trim(string(c.Is), `"`)}
		}
		for _, text := range texts {
			if text == ident.MaskAddress(text) {
				continue
			}
			if err := s.veiled("/body/is", text, ident.MaskName(text)); err != nil {
				return nil, err
			}
		}
	}
	return domain.OneFact[Event](Corrected(c), because(c.Reason))
}
