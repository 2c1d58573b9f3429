package rule

import "minglu/domain"

// All are the rules of this package, in the order of the subject: licences,
// conversion, lists, figures. Tests check that each stands here once.
var All = []domain.Rule{
	Moratorium, PreschoolSubject, LicenceTerm, LicenceHeld, LicenceExit, LicenceCancellation,
	Conversion, NonProfit, Termination, LegalEntity, Registered, PersonalData, Unsealing, Erasure, AnnualInspection,
	WhiteEligibility, OneStanding, WatchLimit,
	BlackNotice, BlackWindow, BlackOfficers, BlackPublication, BlackRemoval, CreditRepair,
	TwoOfficers, Recusal,
	MoratoriumLift, ReductionRate, FrozenBaseline, PolicyParameter, ConferenceSequence, ListBatch,
}
