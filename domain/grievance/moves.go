package grievance

import (
	"slices"

	"minglu/domain/clock"
	"minglu/domain/term"
)

// The clocks of a grievance that facts end together.
var (
	// returns bound the right to give a transferred part back.
	returns = []term.Clock{term.GrievanceTransferReturn, term.PetitionTransferObjection}
	// acceptance bounds the answer whether a part is taken in hand.
	acceptance = []term.Clock{term.ComplaintAccept, term.PetitionRegister}
	// checks bound the decision whether a case is filed.
	checks = []term.Clock{term.ReportCheck, term.MediationLeadCheck}
	// reviewRequests bound the right to ask for a review, which outlasts the end
	// of a petition.
	reviewRequests = []term.Clock{term.PetitionReviewRequest, term.PetitionRereviewRequest}
	// reviewAnswers bound the answer of a review, and are of who reviews.
	reviewAnswers = []term.Clock{term.PetitionReviewAnswer, term.PetitionRereviewAnswer}
	// handlers are of who handles the part, and end with it.
	handlers = slices.Concat(returns, acceptance, checks,
		[]term.Clock{term.ComplaintMediation, term.MediationEndNotice, term.ReportOutcomeNotice, term.PetitionClose})
)

// ended are the moves by which all clocks of a part end but those of reviews.
func ended(part string) []clock.Move {
	return moves(clock.Ended(part, handlers...), clock.Ended(part, term.OfficeDispute))
}

func moves(groups ...[]clock.Move) []clock.Move {
	var out []clock.Move
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}

// handed are the moves by which the clocks of the handler of a part run on for
// another agency.
func handed(part, agency string) []clock.Move {
	var out []clock.Move
	for _, key := range slices.Concat(handlers, reviewRequests) {
		out = append(out, clock.Move{Op: clock.Hand, Key: key, Part: part, Agency: agency})
	}
	return out
}

// Moves begins the first clocks.
func (e Received) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves begins the first clocks of the parts.
func (e Split) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves ends what waited for the acceptance and begins what it sets off. A check
// runs on.
func (e Accepted) Moves() []clock.Move {
	return moves(clock.Ended(e.Part, acceptance...), clock.Ended(e.Part, returns...), clock.Ended(e.Part, term.OfficeDispute), clock.Begun(e.Clocks...))
}

// Moves ends the clocks of the part.
func (e Refused) Moves() []clock.Move { return ended(e.Part) }

// Moves hands the clocks on and begins the period of a return.
func (e Transferred) Moves() []clock.Move {
	return moves(clock.Ended(e.Part, returns...), handed(e.Part, e.To), clock.Begun(e.Clocks...))
}

// Moves hands the clocks back.
func (e TransferObjected) Moves() []clock.Move {
	return moves(clock.Ended(e.Part, returns...), handed(e.Part, e.To))
}

// Moves begins the period of the dispute.
func (e HandlerDisputed) Moves() []clock.Move {
	return moves(clock.Ended(e.Part, returns...), clock.Begun(e.Clocks...))
}

// Moves ends the dispute and hands the clocks to who was named.
func (e HandlerDecided) Moves() []clock.Move {
	return moves(clock.Ended(e.Part, returns...), clock.Ended(e.Part, term.OfficeDispute), handed(e.Part, e.Agency))
}

// Moves stops the clock of the mediation.
func (e MediationSuspended) Moves() []clock.Move {
	return []clock.Move{{Op: clock.Pause, Key: term.ComplaintMediation, Part: e.Part}}
}

// Moves lets it run again.
func (e MediationResumed) Moves() []clock.Move {
	return []clock.Move{{Op: clock.Resume, Key: term.ComplaintMediation, Part: e.Part, Due: e.Due, Awaits: e.Awaits}}
}

// Moves ends the clock of the mediation.
func (e MediationSettled) Moves() []clock.Move { return clock.Ended(e.Part, term.ComplaintMediation) }

// Moves ends it and begins the period of the notice.
func (e MediationTerminated) Moves() []clock.Move {
	return moves(clock.Ended(e.Part, term.ComplaintMediation), clock.Begun(e.Clocks...))
}

// Moves begins the check of the lead.
func (e LeadFound) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves extends the check.
func (e CheckExtended) Moves() []clock.Move {
	return []clock.Move{{Op: clock.Extend, Key: e.Clock, Part: e.Part, Due: e.Until}}
}

// Moves ends the check and begins the period of the notice.
func (e FilingDecided) Moves() []clock.Move {
	return moves(clock.Ended(e.Part, checks...), clock.Begun(e.Clocks...))
}

// Moves stops the clock.
func (e PeriodSuspended) Moves() []clock.Move {
	return []clock.Move{{Op: clock.Pause, Key: e.Clock, Part: e.Part}}
}

// Moves lets it run again.
func (e PeriodResumed) Moves() []clock.Move {
	return []clock.Move{{Op: clock.Resume, Key: e.Clock, Part: e.Part, Due: e.Due, Awaits: e.Awaits}}
}

// Moves ends the clock of what was told.
func (e ComplainantNotified) Moves() []clock.Move {
	switch e.Step {
	case term.NoticeReceipt:
		return clock.Ended(e.Part, term.PetitionRegister)
	case term.NoticeMediationEnd:
		return clock.Ended(e.Part, term.MediationEndNotice)
	case term.NoticeReportOutcome:
		return clock.Ended(e.Part, term.ReportOutcomeNotice)
	}
	return nil
}

// Moves extends the handling.
func (e PetitionExtended) Moves() []clock.Move {
	return []clock.Move{{Op: clock.Extend, Key: term.PetitionClose, Part: e.Part, Due: e.Until}}
}

// Moves ends the handling and begins the period in which a review may be asked
// for.
func (e OpinionIssued) Moves() []clock.Move {
	return moves(clock.Ended(e.Part, term.PetitionClose), clock.Begun(e.Clocks...))
}

// Moves ends that period and begins the one of the answer.
func (e ReviewRequested) Moves() []clock.Move {
	return moves(clock.Ended(e.Part, reviewRequests...), clock.Begun(e.Clocks...))
}

// Moves ends the period of the answer and begins what follows it.
func (e ReviewAnswered) Moves() []clock.Move {
	return moves(clock.Ended(e.Part, reviewAnswers...), clock.Begun(e.Clocks...))
}

// Moves ends the clocks of the part but for those of reviews.
func (e Closed) Moves() []clock.Move { return ended(e.Part) }

// Moves begins the handling again.
func (e Reopened) Moves() []clock.Move {
	return moves(clock.Ended(e.Part, reviewRequests...), clock.Begun(e.Clocks...))
}
