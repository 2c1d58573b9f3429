package register

import (
	"context"

	"minglu/domain/calendar"
	"minglu/domain/escrow"
	"minglu/domain/grievance"
	"minglu/domain/inspection"
	"minglu/domain/institution"
	"minglu/domain/listing"
	"minglu/domain/rectification"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/domain/work"
	"minglu/eventstore"
	"minglu/projections"
)

// RiskAt returns the risk of an institution, by its stream, on a day, as the
// register knew it at a position.
func (r *Register) RiskAt(stream string, on calendar.Day, atSeq uint64) (rule.Score, error) {
	i, _, err := r.Views.Institution(stream, atSeq)
	if err != nil {
		return rule.Score{}, err
	}
	law, err := r.LawAt(i.Division, on, atSeq)
	if err != nil {
		return rule.Score{}, err
	}
	f := ofPapers(i.State, law, on)
	ofLists(&f, i.Listing, on)
	p, err := r.Views.Work(projections.WorkQuery{
		WorkFilter: projections.WorkFilter{Institution: i.ID}, AtSeq: atSeq, Limit: everyone,
	})
	if err != nil {
		return rule.Score{}, err
	}
	f.NeverVisited = true
	for _, h := range p.Heads {
		if err := r.ofWork(&f, h, stream, on, atSeq); err != nil {
			return rule.Score{}, err
		}
	}
	return rule.Risk(f), nil
}

// ofPapers are the facts that the institution's own record tells.
func ofPapers(s institution.State, l rule.Law, on calendar.Day) rule.RiskFacts {
	f := rule.RiskFacts{Documents: s.Documents(on)}
	f.Unlicensed = f.Documents == term.Neither || f.Documents == term.RegisteredOnly
	f.Annual, f.AnnualMissing = l.Annual(s.Subject(on), on)
	f.EscrowMissing = l.Policy.Bool("list.white_requires_escrow")
	return f
}

func ofLists(f *rule.RiskFacts, s listing.State, on calendar.Day) {
	_, f.WatchNow = s.Watch(on)
	since := on.AddMonths(-36)
	for _, b := range s.Blacks {
		ended := b.MaxUntil
		if b.Removed != 0 {
			ended = min(ended, b.Removed)
		}
		f.BlackInThreeYears = f.BlackInThreeYears || b.Decided <= on && ended >= since
	}
}

// ofWork adds what a piece of work tells.
func (r *Register) ofWork(f *rule.RiskFacts, h projections.WorkHead, institution string, on calendar.Day, atSeq uint64) error {
	if h.Opened > on {
		return nil
	}
	switch (eventstore.Record{Stream: h.Stream}).Aggregate() {
	case Rectification.Name:
		s, _, _, err := projections.WorkState[rectification.State](r.Views, h.Stream, atSeq)
		if err == nil && unverified(s, on) {
			f.OpenRectifications++
			if due := s.Due(); due != 0 && due < on {
				f.LateRectifications++
			}
		}
		return err
	case Grievance.Name:
		s, _, _, err := projections.WorkState[grievance.State](r.Views, h.Stream, atSeq)
		if err == nil && accepted(s, on) {
			f.Grievances++
		}
		return err
	case Inspection.Name:
		s, _, _, err := projections.WorkState[inspection.State](r.Views, h.Stream, atSeq)
		if err == nil {
			ofVisits(f, s, institution, on)
		}
		return err
	case Escrow.Name:
		s, _, _, err := projections.WorkState[escrow.State](r.Views, h.Stream, atSeq)
		if a := s.On(on); err == nil && a.Opened != 0 && a.Closed == 0 {
			f.EscrowMissing = false
		}
		return err
	}
	return nil
}

func ofVisits(f *rule.RiskFacts, s inspection.State, institution string, on calendar.Day) {
	days := map[int]calendar.Day{}
	for _, v := range s.Visits {
		if v.Institution != institution || v.On > on {
			continue
		}
		days[v.Number] = v.On
		if months := monthsBetween(v.On, on); f.NeverVisited || months < f.MonthsSinceVisit {
			f.NeverVisited, f.MonthsSinceVisit = false, months
		}
	}
	for _, found := range s.Findings {
		if day, ok := days[found.Visit]; ok && found.Severity == term.SeveritySerious && day >= on.AddMonths(-24) {
			f.SeriousFindings++
		}
	}
}

// accepted reports whether a grievance was accepted within twelve months before
// a day.
func accepted(s grievance.State, on calendar.Day) bool {
	for _, step := range s.Progress() {
		if step.Code == term.StepAccepted && step.On <= on && step.On >= on.AddMonths(-12) {
			return true
		}
	}
	return false
}

// monthsBetween counts the whole months from one day to a later one.
func monthsBetween(from, to calendar.Day) int {
	n := 12*(to.Year()-from.Year()) + int(to.Month()) - int(from.Month())
	if from.AddMonths(n) > to {
		n--
	}
	return max(n, 0)
}

func headOf(ctx context.Context, k known, stream string) (work.Head, error) {
	agg := aggregateOf((eventstore.Record{Stream: stream}).Aggregate())
	if agg == nil {
		return work.Head{}, nil
	}
	s, _, err := k.State(ctx, agg, stream)
	if err != nil {
		return work.Head{}, err
	}
	if h, ok := s.(interface{ Head() work.Head }); ok {
		return h.Head(), nil
	}
	return work.Head{}, nil
}
