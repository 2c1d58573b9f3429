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
func (Corrected) jurisdictionEvent()              {}
func (Annulled) jurisdictionEvent()               {}
