package institution

import (
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/ident"
	"minglu/domain/rule"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "institution", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	on := calendar.DayOf(m.Effective)
	if c, ok := c.(Register); ok {
		return decideRegister(s, c)
	}
	if err := s.mustBeRegistered(on); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case AttachIdentifier:
		return decideAttach(s, on, c)
	case DetachIdentifier:
		return decideDetach(s, on, c)
	case ChangeName:
		return decideChangeName(s, on, c)
	case ChangeAddress:
		return decideChangeAddress(s, on, c)
	case RecordLegalRegistration:
		return decideRegistration(s, on, c)
	case DeregisterLegalEntity:
		return decideDeregistration(s, on, c)
	case ConvertToNonProfit:
		return decideNonProfit(s, on, c)
	case GrantLicence:
		return decideGrant(s, on, c)
	case SuspendLicence:
		return decideSuspend(s, on, c)
	case ReinstateLicence:
		return decideReinstate(s, on, c)
	case ExpireLicence:
		return decideExpire(s, m, on, c)
	case RevokeLicence:
		return decideExit(s, m, on, leaving{c.Law, c.Number, c.Reason, true, func(n ident.LicenceNumber, cs []clock.Start) Event {
			return LicenceRevoked{Number: n, Reason: c.Reason, Penalty: c.Penalty.Stream, Clocks: cs}
		}})
	case AnnulLicence:
		return decideExit(s, m, on, leaving{c.Law, c.Number, c.Reason, true, func(n ident.LicenceNumber, cs []clock.Start) Event {
			return LicenceAnnulled{Number: n, Reason: c.Reason, Clocks: cs}
		}})
	case WithdrawLicence:
		return decideExit(s, m, on, leaving{c.Law, c.Number, c.Reason, true, func(n ident.LicenceNumber, cs []clock.Start) Event {
			return LicenceWithdrawn{Number: n, Reason: c.Reason, Clocks: cs}
		}})
	case SurrenderLicence:
		return decideExit(s, m, on, leaving{c.Law, c.Number, c.Reason, false, func(n ident.LicenceNumber, cs []clock.Start) Event {
			return LicenceSurrendered{Number: n, Reason: c.Reason, Clocks: cs}
		}})
	case CancelLicence:
		return decideCancel(s, on, c)
	case ApproveConversion:
		return decideConversion(s, on, c)
	case ApplyForLicence, AcceptApplication, RefuseLicence, ChallengeClassification, ReviewClassification:
		return decideApplication(s, on, c)
	}
	return decideSupervision(s, on, c)
}

func (s State) mustBeRegistered(on calendar.Day) error {
	switch {
	case s.Since == 0:
		return domain.Refuse(domain.NotFound, rule.Registered, domain.Say("没有这个机构", "there is no such institution"))
	case on < s.Since:
		return domain.Refuse(domain.Conflict, rule.Registered,
			domain.Say("生效日早于登记生效日 %s", "takes effect before the registration of %s", s.Since),
			domain.Field{Pointer: "/effective", Code: "before_registration", Message: domain.Say("应不早于 %s", "not before %s", s.Since)})
	}
	return nil
}

// because refuses an act without a reason.
func because(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return domain.BadField("/body/reason", "required", domain.Say("请写明理由", "give the reason"))
	}
	return nil
}
