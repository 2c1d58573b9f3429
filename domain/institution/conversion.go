package institution

import (
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// decideConversion closes the old licence and opens the new one in one fact,
// under another class, category or audience.
func decideConversion(s State, on calendar.Day, c ApproveConversion) ([]Event, error) {
	old, err := s.held("/body/old_licence", c.OldLicence, on)
	if err != nil {
		return nil, err
	}
	to := rule.Scope{Class: c.To.Class, Categories: domain.OrEmpty(c.To.Categories), Audiences: domain.OrEmpty(c.To.Audiences)}
	if err := rule.Converts(old.Scope, to); err != nil {
		return nil, err
	}
	if len(to.Audiences) == 0 {
		return nil, domain.BadField("/body/to/audiences", "required", domain.Say("请写明转型后的培训对象", "name the audiences"))
	}
	e := ConversionApproved{OldLicence: old.Number, To: to, NewLicence: c.NewLicence}
	e.NewLicence.Number = ident.NormaliseLicenceNumber(string(c.NewLicence.Number))
	if err := s.mayOpen("/body/new_licence/number", e.NewLicence.Number); err != nil {
		return nil, err
	}
	if err := domain.At("/body", e.Check()); err != nil {
		return nil, err
	}
	if e.Override, err = mayApprove(c.Law, c.Override, to.Class, opened(old.Scope, to), on); err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

// opened returns the audiences that a conversion opens: within one class, those
// that the old licence did not have; another class is a new approval for all.
func opened(from, to rule.Scope) []term.Audience {
	if from.Class != to.Class {
		return to.Audiences
	}
	var out []term.Audience
	for _, a := range to.Audiences {
		if !slices.Contains(from.Audiences, a) {
			out = append(out, a)
		}
	}
	return out
}
