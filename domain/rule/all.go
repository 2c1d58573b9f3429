package rule

import (
	"slices"

	"minglu/domain"
)

// All are the rules of this package, in the order of the subject. Tests check
// that each stands here once.
var All = slices.Concat(institutionRules, listRules, divisionRules, officerRules,
	grievanceRules, inspectionRules, rectificationRules, penaltyRules, disputeRules, caseRules, escrowRules)

var (
	institutionRules = []domain.Rule{
		Moratorium, PreschoolSubject, LicenceTerm, LicenceHeld, LicenceExit, LicenceCancellation, LicenceApplication,
		Conversion, NonProfit, Termination, LegalEntity, Registered, AnnualInspection, OperatingHours, AbnormalClosure, ClassificationReview, Cards,
		PersonalData, Unsealing, Erasure, FreeText,
	}
	listRules = []domain.Rule{
		WhiteEligibility, OneStanding, WatchLimit,
		BlackNotice, BlackWindow, BlackOfficers, BlackPublication, BlackRemoval, CreditRepair, ListingProposal,
	}
	divisionRules = []domain.Rule{
		MoratoriumLift, ReductionRate, FrozenBaseline, PolicyParameter, ConferenceSequence, ListBatch, RiskScore,
		Resolution, RegisteredDocument, PrintedFigure, PrintedRate,
	}
	officerRules   = []domain.Rule{AgencyRegister, OfficerRegister, TaskForce, TwoOfficers, Recusal}
	grievanceRules = []domain.Rule{
		GrievanceOpen, GrievanceHandler, GrievanceParts, GrievanceNature, GrievanceRefusal, GrievanceTransfer, Mediation, ReportCheck,
		GrievancePause, GrievanceNotice, PetitionHandling, PetitionReview, GrievanceClosing, GrievanceReopening, GrievanceRating,
	}
	inspectionRules = []domain.Rule{
		InspectionPlan, InspectionSteps, InspectionAgency, RandomDraw, DrawSeed, InspectorMatching, SignedRecord, VisitCount,
		CovertConfidential, PublishedResult, RightOfReply,
	}
	rectificationRules = []domain.Rule{RectificationAgency, RectificationItems, RectificationSteps, RectificationDue, RectificationApproval}
	penaltyRules       = []domain.Rule{
		PenaltySteps, PenaltyAgency, PenaltyNotice, PenaltyStatement, NoHeavierPenalty, PenaltyHearing, PenaltyReview, CollectiveDecision,
		PenaltyTime, SeparateDecider, PenaltyMeasures, SummaryPenalty, OneFine, PenaltyLimitation, CorrectionOrder, AggravatedPenalty,
		NoPenalty, PenaltyService, PenaltyPublicity, PenaltyPerformance, FineSurcharge, PenaltyRemedy, PenaltyReversal, PenaltyReferral,
		ProvisionInForce,
	}
	disputeRules = []domain.Rule{DisputeLead, DisputeSteps, ClosureRanking}
	caseRules    = []domain.Rule{JointCaseLead, JointCaseMember, JointCasePart, JointCaseTie, JointCaseTask, JointCaseConclusion, JointCaseSteps}
)
