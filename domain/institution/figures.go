package institution

import (
	"minglu/domain/figure"
	"minglu/domain/term"
)

// Measures counts the grant by its class.
func (e LicenceGranted) Measures() []figure.Measure {
	return []figure.Measure{figure.One(term.LicencesGranted, term.Papers, string(e.Class))}
}

// Measures counts the application by its class.
func (e LicenceApplied) Measures() []figure.Measure {
	return []figure.Measure{figure.One(term.LicenceApplications, term.Incidents, string(e.Class))}
}

// Measures counts the stop by the papers that were held.
func (e OperationStopped) Measures() []figure.Measure {
	return []figure.Measure{figure.One(term.OperationsStopped, term.Institutions, string(e.Documents))}
}

// Measures counts the inspection by its result.
func (e AnnualInspectionConcluded) Measures() []figure.Measure {
	return []figure.Measure{figure.One(term.AnnualInspections, term.Institutions, string(e.Result))}
}

// Measures counts the interview as a visit, which is no number of institutions.
func (e InterviewHeld) Measures() []figure.Measure {
	one := figure.One(term.Interviews, term.Visits, "")
	one.Agency = e.HeldBy
	return []figure.Measure{one}
}

// Measures counts the warning by its kind.
func (e WarningPosted) Measures() []figure.Measure {
	return []figure.Measure{figure.One(term.WarningsPosted, term.Papers, string(e.Kind))}
}
