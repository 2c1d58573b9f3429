package clock

import "minglu/domain/term"

// Lapses reports whether nothing is missed when the clock runs out: it bounds a
// right that somebody may use (to state a case, to ask for a hearing, a review
// or a judge), or a state that ends by itself. All others bound a duty.
func Lapses(key term.Clock) bool {
	switch key {
	case term.PetitionTransferObjection, term.PetitionReviewRequest, term.PetitionRereviewRequest, term.GrievanceTransferReturn,
		term.PenaltyStatement, term.HearingRequest, term.ReconsiderationRequest, term.LitigationRequest,
		term.ListingStatement, term.WatchEnd, term.LessonConfirmation:
		return true
	}
	return false
}

// OfParty reports whether it is the party, not the agency, whose duty the clock
// bounds: the agency watches it, and is not late itself.
func OfParty(key term.Clock) bool {
	return key == term.RectificationDue || key == term.FinePayment || key == term.RefundAnswer || key == term.RefundPayment
}
