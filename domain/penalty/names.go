package penalty

// The stored names. They never change.

// EventName returns the stored name.
func (ViolationAlleged) EventName() string { return "penalty.violation_alleged" }

// EventName returns the stored name.
func (Filed) EventName() string { return "penalty.filed" }

// EventName returns the stored name.
func (Transferred) EventName() string { return "penalty.transferred" }

// EventName returns the stored name.
func (JurisdictionAssigned) EventName() string { return "penalty.jurisdiction_assigned" }

// EventName returns the stored name.
func (OfficerRecused) EventName() string { return "penalty.officer_recused" }

// EventName returns the stored name.
func (PriorNoticeServed) EventName() string { return "penalty.prior_notice_served" }

// EventName returns the stored name.
func (StatementRecorded) EventName() string { return "penalty.statement_recorded" }

// EventName returns the stored name.
func (StatementWaived) EventName() string { return "penalty.statement_waived" }

// EventName returns the stored name.
func (HearingRequested) EventName() string { return "penalty.hearing_requested" }

// EventName returns the stored name.
func (HearingWithdrawn) EventName() string { return "penalty.hearing_withdrawn" }

// EventName returns the stored name.
func (HearingNotified) EventName() string { return "penalty.hearing_notified" }

// EventName returns the stored name.
func (HearingHeld) EventName() string { return "penalty.hearing_held" }

// EventName returns the stored name.
func (LegalReviewPassed) EventName() string { return "penalty.legal_review_passed" }

// EventName returns the stored name.
func (Extended) EventName() string { return "penalty.extended" }

// EventName returns the stored name.
func (Decided) EventName() string { return "penalty.decided" }

// EventName returns the stored name.
func (NoPenaltyDecided) EventName() string { return "penalty.no_penalty_decided" }

// EventName returns the stored name.
func (InformalMeasureTaken) EventName() string { return "penalty.informal_measure_taken" }

// EventName returns the stored name.
func (DecisionServed) EventName() string { return "penalty.decision_served" }

// EventName returns the stored name.
func (Published) EventName() string { return "penalty.published" }

// EventName returns the stored name.
func (PublicationWithdrawn) EventName() string { return "penalty.publication_withdrawn" }

// EventName returns the stored name.
func (Performed) EventName() string { return "penalty.performed" }

// EventName returns the stored name.
func (SurchargeLevied) EventName() string { return "penalty.surcharge_levied" }

// EventName returns the stored name.
func (Closed) EventName() string { return "penalty.closed" }

// EventName returns the stored name.
func (Revoked) EventName() string { return "penalty.revoked" }

// EventName returns the stored name.
func (Changed) EventName() string { return "penalty.changed" }

// EventName returns the stored name.
func (ReconsiderationFiled) EventName() string { return "penalty.reconsideration_filed" }

// EventName returns the stored name.
func (ReconsiderationDecided) EventName() string { return "penalty.reconsideration_decided" }

// EventName returns the stored name.
func (LitigationFiled) EventName() string { return "penalty.litigation_filed" }

// EventName returns the stored name.
func (LitigationDecided) EventName() string { return "penalty.litigation_decided" }

// EventName returns the stored name.
func (ReferredToPolice) EventName() string { return "penalty.referred_to_police" }

// EventName returns the stored name.
func (AccountabilityReferred) EventName() string { return "penalty.accountability_referred" }

// EventName returns the stored name.
func (PersonalDataRead) EventName() string { return "penalty.personal_data_read" }

// EventName returns the stored name.
func (PersonalDataErased) EventName() string { return "penalty.personal_data_erased" }

// EventName returns the stored name.
func (DeadlineMissed) EventName() string { return "penalty.deadline_missed" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "penalty.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "penalty.annulled" }

func (ViolationAlleged) penaltyEvent()       {}
func (Filed) penaltyEvent()                  {}
func (Transferred) penaltyEvent()            {}
func (JurisdictionAssigned) penaltyEvent()   {}
func (OfficerRecused) penaltyEvent()         {}
func (PriorNoticeServed) penaltyEvent()      {}
func (StatementRecorded) penaltyEvent()      {}
func (StatementWaived) penaltyEvent()        {}
func (HearingRequested) penaltyEvent()       {}
func (HearingWithdrawn) penaltyEvent()       {}
func (HearingNotified) penaltyEvent()        {}
func (HearingHeld) penaltyEvent()            {}
func (LegalReviewPassed) penaltyEvent()      {}
func (Extended) penaltyEvent()               {}
func (Decided) penaltyEvent()                {}
func (NoPenaltyDecided) penaltyEvent()       {}
func (InformalMeasureTaken) penaltyEvent()   {}
func (DecisionServed) penaltyEvent()         {}
func (Published) penaltyEvent()              {}
func (PublicationWithdrawn) penaltyEvent()   {}
func (Performed) penaltyEvent()              {}
func (SurchargeLevied) penaltyEvent()        {}
func (Closed) penaltyEvent()                 {}
func (Revoked) penaltyEvent()                {}
func (Changed) penaltyEvent()                {}
func (ReconsiderationFiled) penaltyEvent()   {}
func (ReconsiderationDecided) penaltyEvent() {}
func (LitigationFiled) penaltyEvent()        {}
func (LitigationDecided) penaltyEvent()      {}
func (ReferredToPolice) penaltyEvent()       {}
func (AccountabilityReferred) penaltyEvent() {}
func (PersonalDataRead) penaltyEvent()       {}
func (PersonalDataErased) penaltyEvent()     {}
func (DeadlineMissed) penaltyEvent()         {}
func (Corrected) penaltyEvent()              {}
func (Annulled) penaltyEvent()               {}
