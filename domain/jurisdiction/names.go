package jurisdiction

// The stored names. They never change.

// EventName returns the stored name.
func (MoratoriumImposed) EventName() string { return "jurisdiction.moratorium_imposed" }

// EventName returns the stored name.
func (MoratoriumLifted) EventName() string { return "jurisdiction.moratorium_lifted" }

// EventName returns the stored name.
func (BaselineFrozen) EventName() string { return "jurisdiction.baseline_frozen" }

// EventName returns the stored name.
func (PolicyAdopted) EventName() string { return "jurisdiction.policy_adopted" }

// EventName returns the stored name.
func (CalendarPublished) EventName() string { return "jurisdiction.calendar_published" }

// EventName returns the stored name.
func (AnnualInspectionOpened) EventName() string { return "jurisdiction.annual_inspection_opened" }

// EventName returns the stored name.
func (JointConferenceHeld) EventName() string { return "jurisdiction.joint_conference_held" }

// EventName returns the stored name.
func (ListBatchPublished) EventName() string { return "jurisdiction.list_batch_published" }

// EventName returns the stored name.
func (SurveyPublished) EventName() string { return "jurisdiction.survey_published" }

// EventName returns the stored name.
func (AgencyRegistered) EventName() string { return "jurisdiction.agency_registered" }

// EventName returns the stored name.
func (AgencyClosed) EventName() string { return "jurisdiction.agency_closed" }

// EventName returns the stored name.
func (OfficerRegistered) EventName() string { return "jurisdiction.officer_registered" }

// EventName returns the stored name.
func (OfficerRetired) EventName() string { return "jurisdiction.officer_retired" }

// EventName returns the stored name.
func (PersonalDataRead) EventName() string { return "jurisdiction.personal_data_read" }

// EventName returns the stored name.
func (PersonalDataErased) EventName() string { return "jurisdiction.personal_data_erased" }

// EventName returns the stored name.
func (TaskForceFormed) EventName() string { return "jurisdiction.task_force_formed" }

// EventName returns the stored name.
func (TaskForceDissolved) EventName() string { return "jurisdiction.task_force_dissolved" }

// EventName returns the stored name.
func (AreaTeamAssigned) EventName() string { return "jurisdiction.area_team_assigned" }

// EventName returns the stored name.
func (ResolutionSet) EventName() string { return "jurisdiction.resolution_set" }

// EventName returns the stored name.
func (ResolutionFollowedUp) EventName() string { return "jurisdiction.resolution_followed_up" }

// EventName returns the stored name.
func (DocumentRegistered) EventName() string { return "jurisdiction.document_registered" }

// EventName returns the stored name.
func (HotlinePublished) EventName() string { return "jurisdiction.hotline_published" }

// EventName returns the stored name.
func (NoticePublished) EventName() string { return "jurisdiction.notice_published" }

// EventName returns the stored name.
func (CircularIssued) EventName() string { return "jurisdiction.circular_issued" }

// EventName returns the stored name.
func (TrainingHeld) EventName() string { return "jurisdiction.training_held" }

// EventName returns the stored name.
func (FigureRecorded) EventName() string { return "jurisdiction.figure_recorded" }

// EventName returns the stored name.
func (AuditRecorded) EventName() string { return "jurisdiction.audit_recorded" }

// EventName returns the stored name.
func (DeadlineMissed) EventName() string { return "jurisdiction.deadline_missed" }

// EventName returns the stored name.
func (Corrected) EventName() string { return "jurisdiction.corrected" }

// EventName returns the stored name.
func (Annulled) EventName() string { return "jurisdiction.annulled" }

func (MoratoriumImposed) jurisdictionEvent()      {}
func (MoratoriumLifted) jurisdictionEvent()       {}
func (BaselineFrozen) jurisdictionEvent()         {}
func (PolicyAdopted) jurisdictionEvent()          {}
func (CalendarPublished) jurisdictionEvent()      {}
func (AnnualInspectionOpened) jurisdictionEvent() {}
func (JointConferenceHeld) jurisdictionEvent()    {}
func (ListBatchPublished) jurisdictionEvent()     {}
func (SurveyPublished) jurisdictionEvent()        {}
func (AgencyRegistered) jurisdictionEvent()       {}
func (AgencyClosed) jurisdictionEvent()           {}
func (OfficerRegistered) jurisdictionEvent()      {}
func (OfficerRetired) jurisdictionEvent()         {}
func (PersonalDataRead) jurisdictionEvent()       {}
func (PersonalDataErased) jurisdictionEvent()     {}
func (TaskForceFormed) jurisdictionEvent()        {}
func (TaskForceDissolved) jurisdictionEvent()     {}
func (AreaTeamAssigned) jurisdictionEvent()       {}
func (ResolutionSet) jurisdictionEvent()          {}
func (ResolutionFollowedUp) jurisdictionEvent()   {}
func (DocumentRegistered) jurisdictionEvent()     {}
func (HotlinePublished) jurisdictionEvent()       {}
func (NoticePublished) jurisdictionEvent()        {}
func (CircularIssued) jurisdictionEvent()         {}
func (TrainingHeld) jurisdictionEvent()           {}
func (FigureRecorded) jurisdictionEvent()         {}
func (AuditRecorded) jurisdictionEvent()          {}
func (DeadlineMissed) jurisdictionEvent()         {}
func (Corrected) jurisdictionEvent()              {}
func (Annulled) jurisdictionEvent()               {}
