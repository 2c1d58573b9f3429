package grievance

import (
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	on := calendar.DayOf(m.Effective)
	s.Clocks = s.Clocks.After(m, e)
	switch e := e.(type) {
	case Received:
		return s.received(on, e)
	case Split:
		s.Parts = nil
		for _, p := range e.Parts {
			s.Parts = domain.With(s.Parts, Part{Number: p.Part, Nature: p.Nature, Handler: s.Handler, Since: on})
		}
		return s.step(term.StepSplit, on, s.Handler, "")
	case ComplainantNotified:
		return s.stepOf(term.StepNotified, on, e.Part)
	case Linked:
		s.Links = domain.With(slices.DeleteFunc(slices.Clone(s.Links), func(l Linked) bool { return l.Other == e.Other }), e)
	case Rated:
		s.Score = e.Score
	case PersonalDataErased:
		s.Persons = s.Persons.Without(e.Person)
	case VisitLogged, DeadlineMissed, PersonalDataRead, PeriodSuspended, PeriodResumed:
		// They say nothing beyond the clocks, the figures and themselves.
	case Corrected, Annulled:
		// The store folds amended histories; the amendment itself says nothing more.
	default:
		return evolveHandling(s, on, e)
	}
	return s
}

func (s State) received(on calendar.Day, e Received) State {
	next := State{
		Received: on, Channel: e.Channel, Nature: e.Nature, Institution: e.Institution, Premises: e.Premises, Topics: e.Topics,
		RealName: e.RealName, Child: e.ChildInvolved, Handler: e.Handler, Clocks: s.Clocks,
	}
	for _, v := range []*domain.Sealed{e.Complainant, e.Contact, e.Content} {
		if v != nil {
			next.Persons = next.Persons.With(*v)
		}
	}
	switch {
	case e.Complainant != nil:
		next.Complainant = e.Complainant.Person
	case e.Contact != nil:
		next.Complainant = e.Contact.Person
	}
	if e.Receipt != nil {
		next.Receipt, next.QueryDigest = string(e.Receipt.Number), e.Receipt.QueryDigest
	}
	if e.Nature != term.Mixed {
		next.Parts = []Part{{Nature: e.Nature, Handler: e.Handler, Since: on}}
	}
	return next.step(term.StepReceived, on, e.Handler, "")
}

func evolveHandling(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case Accepted:
		s = s.change(e.Part, func(p *Part) { p.Accepted, p.AcceptedBy, p.Disputed = on, e.Handler, 0 })
		return s.stepOf(term.StepAccepted, on, e.Part)
	case Refused:
		s = s.change(e.Part, func(p *Part) { p.Refused = on }).counted(on, e.Whole)
		return s.stepOf(term.StepRefused, on, e.Part)
	case Transferred:
		s = s.change(e.Part, func(p *Part) {
			p.Senders, p.Handler, p.Since = domain.With(p.Senders, p.Handler), e.To, on
		})
		return s.stepOf(term.StepTransferred, on, e.Part)
	case TransferObjected:
		s = s.change(e.Part, func(p *Part) {
			p.Senders = slices.Clone(p.Senders[:max(0, len(p.Senders)-1)])
			p.Handler, p.Since, p.Returned = e.To, on, on
		})
		return s.stepOf(term.StepReturned, on, e.Part)
	case HandlerDisputed:
		s = s.change(e.Part, func(p *Part) { p.Disputed = on })
		return s.stepOf(term.StepDisputed, on, e.Part)
	case HandlerDecided:
		s = s.change(e.Part, func(p *Part) {
			if p.Handler != e.Agency {
				p.Handler, p.Since = e.Agency, on
			}
			p.Senders, p.Disputed, p.Arbitrated = nil, 0, on
		})
		return s.stepOf(term.StepHandlerDecided, on, e.Part)
	case Closed:
		s = s.change(e.Part, func(p *Part) { p.Closed = on }).counted(on, e.Whole)
		return s.stepOf(term.StepClosed, on, e.Part)
	case Reopened:
		s = s.change(e.Part, func(p *Part) { p.reopen() })
		s.Score, s.Counted = 0, 0
		return s.stepOf(term.StepReopened, on, e.Part)
	}
	return evolveProcedure(s, on, e)
}

func evolveProcedure(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case MediationStarted:
		s = s.change(e.Part, func(p *Part) { p.Mediation = on })
		return s.stepOf(term.StepMediationStarted, on, e.Part)
	case MediationSuspended:
		return s.stepOf(term.StepMediationSuspended, on, e.Part)
	case MediationResumed:
		return s.stepOf(term.StepMediationResumed, on, e.Part)
	case MediationSettled:
		s = s.change(e.Part, func(p *Part) { p.Settled = on })
		return s.stepOf(term.StepSettled, on, e.Part)
	case MediationTerminated:
		s = s.change(e.Part, func(p *Part) { p.Terminated = on })
		return s.stepOf(term.StepTerminated, on, e.Part)
	case LeadFound:
		// Who complained is not told of what is checked beside the complaint.
		return s.change(e.Part, func(p *Part) { p.LeadDecided = 0 })
	case LeadChecked:
		return s.checked(term.StepChecked, on, e.Part)
	case CheckExtended:
		s = s.change(e.Part, func(p *Part) { p.CheckExtended = on })
		return s.checked(term.StepCheckExtended, on, e.Part)
	case FilingDecided:
		s = s.change(e.Part, func(p *Part) {
			p.Filed, p.Penalty = e.Filed, e.Penalty
			if e.Lead {
				p.LeadDecided = on
				return
			}
			p.Decided = on
		})
		return s.checked(term.StepDecided, on, e.Part)
	}
	return evolvePetition(s, on, e)
}

func evolvePetition(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case PetitionExtended:
		s = s.change(e.Part, func(p *Part) { p.PetitionExtended = on })
		return s.stepOf(term.StepPetitionExtended, on, e.Part)
	case OpinionIssued:
		s = s.change(e.Part, func(p *Part) { p.Opinion = on })
		return s.stepOf(term.StepOpinion, on, e.Part)
	case ReviewRequested:
		s = s.change(e.Part, func(p *Part) {
			p.Reviews = domain.With(p.Reviews, Review{Stage: e.Stage, Reviewer: e.Reviewer, Requested: on})
		})
		return s.step(term.StepReviewRequested, on, e.Reviewer, e.Part)
	case ReviewAnswered:
		s = s.change(e.Part, func(p *Part) { p.answer(on, e) })
		if e.Outcome == term.ReviewRemanded {
			s.Score, s.Counted = 0, 0
		}
		return s.stepOf(term.StepReviewAnswered, on, e.Part)
	}
	panic(fmt.Sprintf("grievance does not know the event %s", e.EventName()))
}

// answer records the answer of the newest review. One that sends the petition
// back takes the opinion away.
func (p *Part) answer(on calendar.Day, e ReviewAnswered) {
	p.Reviews = slices.Clone(p.Reviews)
	if n := len(p.Reviews); n > 0 {
		p.Reviews[n-1].Answered, p.Reviews[n-1].Outcome = on, e.Outcome
	}
	if e.Outcome == term.ReviewRemanded {
		p.Opinion, p.Closed, p.PetitionExtended = 0, 0, 0
	}
}

// reopen takes the results away: what was refused is to be accepted, what was
// closed is to be handled again.
func (p *Part) reopen() {
	if p.Refused != 0 {
		p.Accepted, p.AcceptedBy = 0, ""
	}
	p.Refused, p.Closed = 0, 0
	p.Mediation, p.Settled, p.Terminated, p.LeadDecided = 0, 0, 0, 0
	p.CheckExtended, p.Decided, p.Filed, p.Penalty = 0, 0, false, ""
	p.PetitionExtended, p.Opinion = 0, 0
}

// counted returns the state after the end of a part that says of the whole that
// it has ended.
func (s State) counted(on calendar.Day, whole term.Nature) State {
	if whole != "" {
		s.Counted = on
	}
	return s
}

// change returns the state with a part changed.
func (s State) change(number string, f func(*Part)) State {
	s.Parts = slices.Clone(s.Parts)
	for i := range s.Parts {
		if s.Parts[i].Number == number {
			f(&s.Parts[i])
		}
	}
	return s
}

func (s State) step(code term.GrievanceStep, on calendar.Day, agency, part string) State {
	s.Steps = domain.With(s.Steps, Step{Code: code, On: on, Agency: agency, Part: part})
	return s
}

// stepOf adds a step after which the part is with its handler.
func (s State) stepOf(code term.GrievanceStep, on calendar.Day, part string) State {
	p, _ := s.Part(part)
	return s.step(code, on, p.Handler, part)
}

// checked adds a step of the check of a report; that of a lead found in
// mediation is not for who complained.
func (s State) checked(code term.GrievanceStep, on calendar.Day, part string) State {
	if p, ok := s.Part(part); ok && p.Nature != term.Report {
		return s
	}
	return s.stepOf(code, on, part)
}
