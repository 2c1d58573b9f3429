package penalty

import (
	"slices"

	"minglu/domain/clock"
	"minglu/domain/term"
)

// deciding are the clocks that run until the case is decided.
var deciding = []term.Clock{term.PenaltyDecision, term.PenaltyStatement, term.HearingRequest}

// executing are the clocks of a decision that no longer run when it falls.
var executing = []term.Clock{term.PenaltyService, term.FinePayment, term.PenaltyPublication}

// Moves begins the period to decide.
func (e Filed) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves hands the period to decide on and ends the windows of the notice, which
// falls. Where the case ends here, that period ends too.
func (e Transferred) Moves() []clock.Move {
	if e.Outside {
		return clock.Ended("", deciding...)
	}
	return handedOn(e.To, e.Resumption)
}

// Moves hands the period to decide to who is named, and ends the windows of the
// notice of another agency.
func (e JurisdictionAssigned) Moves() []clock.Move {
	if e.Agency == e.Was {
		return nil
	}
	return handedOn(e.Agency, e.Resumption)
}

func handedOn(agency string, r Resumption) []clock.Move {
	hand := clock.Move{Op: clock.Hand, Key: term.PenaltyDecision, Agency: agency}
	return slices.Concat(clock.Ended("", term.PenaltyStatement, term.HearingRequest), r.Moves(), []clock.Move{hand})
}

// Moves begins the windows of statement and hearing anew.
func (e PriorNoticeServed) Moves() []clock.Move {
	return slices.Concat(clock.Ended("", term.PenaltyStatement, term.HearingRequest), clock.Begun(e.Clocks...))
}

// Moves ends the window of the statement.
func (StatementRecorded) Moves() []clock.Move { return clock.Ended("", term.PenaltyStatement) }

// Moves ends the window of the statement.
func (StatementWaived) Moves() []clock.Move { return clock.Ended("", term.PenaltyStatement) }

// Moves ends the window of the hearing, whose time may not be counted.
func (e HearingRequested) Moves() []clock.Move {
	moves := clock.Ended("", term.HearingRequest)
	if e.NotCounted {
		moves = append(moves, clock.Move{Op: clock.Pause, Key: term.PenaltyDecision})
	}
	return moves
}

// Moves lets the period to decide run again.
func (r Resumption) Moves() []clock.Move {
	if r == (Resumption{}) {
		return nil
	}
	return []clock.Move{{Op: clock.Resume, Key: term.PenaltyDecision, Due: r.DecideBy, Awaits: r.Awaits}}
}

// Moves sets the later last day.
func (e Extended) Moves() []clock.Move {
	return []clock.Move{{Op: clock.Extend, Key: term.PenaltyDecision, Due: e.Until}}
}

// Moves ends the period to decide and begins that of service.
func (e Decided) Moves() []clock.Move {
	return slices.Concat(clock.Ended("", deciding...), clock.Begun(e.Clocks...))
}

// Moves ends the period to decide.
func (NoPenaltyDecided) Moves() []clock.Move { return clock.Ended("", deciding...) }

// Moves ends the period of service and begins those of payment, publication and
// remedies.
func (e DecisionServed) Moves() []clock.Move {
	return slices.Concat(clock.Ended("", term.PenaltyService), clock.Begun(e.Clocks...))
}

// Moves ends the period to publish.
func (Published) Moves() []clock.Move { return clock.Ended("", term.PenaltyPublication) }

// Moves ends the period to withdraw.
func (PublicationWithdrawn) Moves() []clock.Move {
	return clock.Ended("", term.PublicationWithdrawal)
}

// Moves ends the period to pay once the fine is paid.
func (e Performed) Moves() []clock.Move {
	if !e.FinePaid {
		return nil
	}
	return clock.Ended("", term.FinePayment)
}

// Moves ends the periods to serve and to pay, which may run of what cannot be
// enforced.
func (Closed) Moves() []clock.Move { return clock.Ended("", term.PenaltyService, term.FinePayment) }

// Moves ends what ran for the decision and begins the withdrawal of its
// publication.
func (e Revoked) Moves() []clock.Move {
	return slices.Concat(clock.Ended("", executing...), clock.Ended("", term.ReconsiderationRequest, term.LitigationRequest), clock.Begun(e.Clocks...))
}

// Moves begins the withdrawal of what was published and the publication of what
// is in its place.
func (e Changed) Moves() []clock.Move {
	var moves []clock.Move
	if e.FinePaid {
		moves = clock.Ended("", term.FinePayment)
	}
	return slices.Concat(moves, clock.Ended("", term.PenaltyPublication), clock.Begun(e.Clocks...))
}

// Moves ends the windows of remedies.
func (RemedyFiling) Moves() []clock.Move {
	return clock.Ended("", term.ReconsiderationRequest, term.LitigationRequest)
}

// Moves ends the period to publish what is reversed, and all that runs for what
// falls. It begins the withdrawal of what was published, or the window of a
// lawsuit.
func (e RemedyResult) Moves() []clock.Move {
	var moves []clock.Move
	switch {
	case ends(e.Outcome):
		moves = clock.Ended("", executing...)
	case reverses(e.Outcome):
		moves = clock.Ended("", term.PenaltyPublication)
	}
	return slices.Concat(moves, clock.Begun(e.Clocks...))
}
