package institution

import (
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	on := calendar.DayOf(m.Effective)
	s.Clocks = s.Clocks.After(m, e)
	switch e := e.(type) {
	case Registered:
		return registered(s, on, e)
	case IdentifierAttached:
		s.Codes = domain.With(s.Codes, Code{Kind: e.Kind, Value: e.Value, From: on})
	case IdentifierDetached:
		s.Codes = detached(s.Codes, e.Kind, e.Value, on)
	case NameChanged:
		s.Names = domain.With(s.Names, Dated{on, e.To})
	case AddressChanged:
		s.Addresses = domain.With(s.Addresses, Dated{on, e.To})
	case LegalRegistrationRecorded:
		s.Registrations = domain.With(s.Registrations, Registration{Authority: e.Authority, Form: e.Form, Number: e.Number, ForProfit: e.ForProfit, From: on})
	case LegalEntityDeregistered:
		s.Registrations = ended(s.Registrations, on)
		s.Codes = detached(s.Codes, term.USCCIdentifier, string(e.USCC), on)
	case ConvertedToNonProfit:
		s.Registrations = domain.With(ended(s.Registrations, on), Registration{
			Authority: term.CivilAffairs, Form: e.Registration.Form, Number: e.Registration.Number, From: on})
	case TerminationAnnounced:
		s.Terminations = domain.With(s.Terminations, Termination{Announced: on, PlannedEnd: e.PlannedEnd, Reason: e.Reason})
	case OperationStopped:
		s.Stops = domain.With(s.Stops, on)
	case ComplianceReviewRecorded:
		s.Reviews = domain.With(s.Reviews, Review{On: on, Result: e.Result})
	case AnnualInspectionConcluded:
		s.Inspections = domain.With(s.Inspections, rule.Inspection{Year: e.Year, Result: e.Result, PublishedOn: e.PublishedOn})
	case PlatformEnrolled:
		s.Platforms = domain.With(s.Platforms, Dated{on, e.Platform})
	case ContractTemplateAdopted:
		s.Templates = domain.With(s.Templates, Dated{on, e.Version})
	case InterviewHeld:
		s.Interviews = domain.With(s.Interviews, on)
	case Corrected, Annulled:
		// The store folds amended histories; the amendment itself says nothing more.
	case LicenceApplied, LicenceApplicationAccepted, LicenceRefused, ClassificationChallenged, ClassificationReviewed:
		return evolveApplication(s, on, e)
	case AnnualReportFiled, AbnormalClosureReported, CardIssued, PersonalDataErased:
		return evolveDuties(s, on, e)
	case WarningPosted, AdvertisementRemoved, ScheduleBreachNoted, PersonalDataRead, DeadlineMissed:
		// Nothing later depends on it; what was missed the clocks say.
	default:
		return evolveLicence(s, on, e)
	}
	return s
}

func registered(s State, on calendar.Day, e Registered) State {
	s.Since, s.Ref, s.Kind, s.Mode = on, e.Ref, e.Kind, e.Mode
	s.Names = domain.With(s.Names, Dated{on, e.Names[0]})
	s.OtherNames = e.Names[1:]
	s.Addresses = domain.With(s.Addresses, Dated{on, e.Address})
	if e.USCC != "" {
		s.Codes = domain.With(s.Codes, Code{Kind: term.USCCIdentifier, Value: string(e.USCC), From: on})
	}
	s.Organiser, s.Principal = e.Organiser, e.Principal
	s.Persons = s.Persons.With(e.Hidden...)
	for _, p := range []*domain.Sealed{e.Organiser, e.Principal} {
		if p != nil {
			s.Persons = s.Persons.With(*p)
		}
	}
	s.Class, s.Categories, s.Audiences = e.Class, e.Categories, e.Audiences
	return s
}

func evolveLicence(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case LicenceGranted:
		s.Applications = answered(s.Applications, func(a *Application) {
			if a.Scope.Class == e.Class {
				a.Granted = on
			}
		})
		s.Licences = domain.With(s.Licences, Licence{
			Number: e.Number, Kind: e.Kind, GrantedOn: on, ValidFrom: e.ValidFrom, ValidTo: e.ValidTo,
			Scope:   rule.Scope{Class: e.Class, Categories: e.Categories, Audiences: e.Audiences},
			Flagged: e.Override != nil,
		})
	case ConversionApproved:
		s = exit(s, e.OldLicence, term.LicenceConverted, on)
		s.Licences = domain.With(s.Licences, Licence{
			Number: e.NewLicence.Number, Kind: e.NewLicence.Kind, GrantedOn: on, ValidFrom: e.NewLicence.ValidFrom, ValidTo: e.NewLicence.ValidTo,
			Scope: e.To, Flagged: e.Override != nil,
		})
	case LicenceSuspended:
		return change(s, e.Number, func(l Licence) Licence {
			l.Pauses = domain.With(l.Pauses, calendar.Interval{Suspended: on})
			return l
		})
	case LicenceReinstated:
		return change(s, e.Number, func(l Licence) Licence { l.Pauses = resumed(l.Pauses, on); return l })
	case LicenceExpired:
		return exit(s, e.Number, term.LicenceExpired, on)
	case LicenceRevoked:
		return exit(s, e.Number, term.LicenceRevoked, on)
	case LicenceAnnulled:
		return exit(s, e.Number, term.LicenceAnnulled, on)
	case LicenceWithdrawn:
		return exit(s, e.Number, term.LicenceWithdrawn, on)
	case LicenceSurrendered:
		return exit(s, e.Number, term.LicenceSurrendered, on)
	case LicenceCancelled:
		return change(s, e.Number, func(l Licence) Licence {
			l.Cancelled, l.Cause = on, e.Cause
			if l.Exit == "" {
				l.Exit, l.ExitOn = term.LicenceCancelled, on
			}
			return l
		})
	default:
		panic(fmt.Sprintf("institution does not know the event %s", e.EventName()))
	}
	return s
}

func change(s State, n ident.LicenceNumber, f func(Licence) Licence) State {
	s.Licences = slices.Clone(s.Licences)
	for i := range s.Licences {
		if s.Licences[i].Number == n {
			s.Licences[i] = f(s.Licences[i])
		}
	}
	return s
}

func exit(s State, n ident.LicenceNumber, how term.LicenceState, on calendar.Day) State {
	return change(s, n, func(l Licence) Licence { l.Exit, l.ExitOn = how, on; return l })
}

// resumed ends the pause that was open on the day.
func resumed(pauses []calendar.Interval, on calendar.Day) []calendar.Interval {
	pauses = slices.Clone(pauses)
	for i := range pauses {
		if p := pauses[i]; p.Suspended <= on && (p.Resumed == 0 || on < p.Resumed) {
			pauses[i].Resumed = on
		}
	}
	return pauses
}

func ended(rs []Registration, on calendar.Day) []Registration {
	rs = slices.Clone(rs)
	for i := range rs {
		if rs[i].Ended == 0 && rs[i].From <= on {
			rs[i].Ended = on
		}
	}
	return rs
}

func detached(codes []Code, kind term.IdentifierKind, value string, on calendar.Day) []Code {
	codes = slices.Clone(codes)
	for i := range codes {
		if c := codes[i]; c.Kind == kind && c.Value == value && c.To == 0 {
			codes[i].To = on
		}
	}
	return codes
}
