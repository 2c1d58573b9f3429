package grievance

// The stored names. They never change.

// EventName returns the stored name.
func (Received) EventName() string { return "grievance.received" }

// EventName returns the stored name.
func (Split) EventName() string { return "grievance.split" }

// EventName returns the stored name.
func (Accepted) EventName() string { return "grievance.accepted" }

// EventName returns the stored name.
func (Refused) EventName() string { return "grievance.refused" }

// EventName returns the stored name.
func (Transferred) EventName() string { return "grievance.transferred" }

// EventName returns the stored name.
func (TransferObjected) EventName() string { return "grievance.transfer_objected" }

// EventName returns the stored name.
func (HandlerDisputed) EventName() string { return "grievance.handler_disputed" }

// EventName returns the stored name.
func (HandlerDecided) EventName() string { return "grievance.handler_decided" }

// EventName returns the stored name.
func (MediationStarted) EventName() string { return "grievance.mediation_started" }

// EventName returns the stored name.
func (MediationSuspended) EventName() string { return "grievance.mediation_suspended" }

// EventName returns the stored name.
func (MediationResumed) EventName() string { return "grievance.mediation_resumed" }

// EventName returns the stored name.
func (MediationSettled) EventName() string { return "grievance.mediation_settled" }

// EventName returns the stored name.
func (MediationTerminated) EventName() string { return "grievance.mediation_terminated" }

// EventName returns the stored name.
func (LeadFound) EventName() string { return "grievance.lead_found" }

// EventName returns the stored name.
func (LeadChecked) EventName() string { return "grievance.lead_checked" }

// EventName returns the stored name.
func (CheckExtended) EventName() string { return "grievance.check_extended" }

// EventName returns the stored name.
func (FilingDecided) EventName() string { return "grievance.filing_decided" }

// EventName returns the stored name.
func (PeriodSuspended) EventName() string { return "grievance.period_suspended" }

// EventName returns the stored name.
func (PeriodResumed) EventName() string { return "grievance.period_resumed" }

// EventName returns the stored name.
func (ComplainantNotified) EventName() string { return "grievance.complainant_notified" }

// EventName returns the stored name.
func (PetitionExtended) EventName() string { return "grievance.petition_extended" }

// EventName returns the stored name.
func (OpinionIssued) EventName() string { return "grievance.opinion_issued" }

// EventName returns the stored name.
func (ReviewRequested) EventName() string { return "grievance.review_requested" }

// EventName returns the stored name.
func (ReviewAnswered) EventName() string { return "grievance.review_answered" }

// EventName returns the stored name.
func (VisitLogged) EventName() string { return "grievance.visit_logged" }

// EventName returns the stored name.
func (Linked) EventName() string { return "grievance.linked" }

// EventName returns the stored name.
func (Closed) EventName() string { return "grievance.closed" }

// EventName returns the stored name.
func (Reopened) EventName() string { return "grievance.reopened" }

// EventName returns the stored name.
func (Rated) EventName() string { return "grievance.rated" }

// EventName returns the stored name.
func (DeadlineMissed) EventName() string { return "grievance.deadline_missed" }

// EventName returns the stored name.
func (PersonalDataRead) EventName() string { return "grievance.personal_data_read" }

// EventName returns the stored name.
func (PersonalDataErased) EventName() string { return "grievance.personal_data_erased" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "grievance.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "grievance.annulled" }

func (Received) grievanceEvent()            {}
func (Split) grievanceEvent()               {}
func (Accepted) grievanceEvent()            {}
func (Refused) grievanceEvent()             {}
func (Transferred) grievanceEvent()         {}
func (TransferObjected) grievanceEvent()    {}
func (HandlerDisputed) grievanceEvent()     {}
func (HandlerDecided) grievanceEvent()      {}
func (MediationStarted) grievanceEvent()    {}
func (MediationSuspended) grievanceEvent()  {}
func (MediationResumed) grievanceEvent()    {}
func (MediationSettled) grievanceEvent()    {}
func (MediationTerminated) grievanceEvent() {}
func (LeadFound) grievanceEvent()           {}
func (LeadChecked) grievanceEvent()         {}
func (CheckExtended) grievanceEvent()       {}
func (FilingDecided) grievanceEvent()       {}
func (PeriodSuspended) grievanceEvent()     {}
func (PeriodResumed) grievanceEvent()       {}
func (ComplainantNotified) grievanceEvent() {}
func (PetitionExtended) grievanceEvent()    {}
func (OpinionIssued) grievanceEvent()       {}
func (ReviewRequested) grievanceEvent()     {}
func (ReviewAnswered) grievanceEvent()      {}
func (VisitLogged) grievanceEvent()         {}
func (Linked) grievanceEvent()              {}
func (Closed) grievanceEvent()              {}
func (Reopened) grievanceEvent()            {}
func (Rated) grievanceEvent()               {}
func (DeadlineMissed) grievanceEvent()      {}
func (PersonalDataRead) grievanceEvent()    {}
func (PersonalDataErased) grievanceEvent()  {}
func (Corrected) grievanceEvent()           {}
func (Annulled) grievanceEvent()            {}
