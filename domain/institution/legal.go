package institution

import (
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func decideRegistration(s State, on calendar.Day, c RecordLegalRegistration) ([]Event, error) {
	if strings.TrimSpace(c.Number) == "" {
		return nil, domain.BadField("/body/number", "required", domain.Say("请填写登记号", "give the registration number"))
	}
	if r, live := s.Registration(on); live {
		if r.Number == c.Number && r.Form == c.Form {
			return nil, nil
		}
		return nil, domain.Refuse(domain.Conflict, rule.LegalEntity, domain.Say(
			"已有有效的法人登记 %s", "there is a live registration %s", r.Number),
			domain.Field{Pointer: "/body/number", Code: "already_registered", Message: domain.Say("请先注销或更正原登记", "end or correct it first")})
	}
	if c.Form == term.PrivateNonEnterprise && (c.ForProfit || c.Authority != term.CivilAffairs) {
		return nil, domain.Refuse(domain.Invalid, rule.LegalEntity, domain.Say(
			"民办非企业单位由民政部门登记，且不以营利为目的", "a private non-enterprise unit is registered by civil affairs and not for profit"),
			domain.Field{Pointer: "/body/form", Code: "inconsistent", Message: domain.Say("请核对登记机关和营利性", "compare authority and for_profit")})
	}
	return []Event{LegalRegistrationRecorded(c)}, nil
}

// decideDeregistration ends the legal person and gives its credit code back.
// The simplified procedure is closed to whom an authority revoked a licence or
// stopped the operation.
func decideDeregistration(s State, on calendar.Day, c DeregisterLegalEntity) ([]Event, error) {
	if _, live := s.Registration(on); !live {
		return nil, domain.Refuse(domain.Conflict, rule.LegalEntity, domain.Say(
			"当日没有有效的法人登记", "there is no live registration on the day"))
	}
	if c.Procedure == term.Simple && s.endedByOrder(on) {
		return nil, domain.Refuse(domain.Conflict, rule.LegalEntity, domain.Say(
			"许可被吊销或被责令关停的，不适用简易注销", "the simplified procedure is closed after a revocation or an ordered closure"),
			domain.Field{Pointer: "/body/procedure", Code: "not_open", Message: domain.Say("请适用一般程序", "use the general procedure")})
	}
	return []Event{LegalEntityDeregistered{Procedure: c.Procedure, Reason: c.Reason, USCC: s.USCC(on)}}, nil
}

func (s State) endedByOrder(on calendar.Day) bool {
	for _, l := range s.Licences {
		if l.Exit == term.LicenceRevoked && l.ExitOn <= on {
			return true
		}
	}
	return s.Stopped(on)
}

func decideNonProfit(s State, on calendar.Day, c ConvertToNonProfit) ([]Event, error) {
	r, live := s.Registration(on)
	switch {
	case c.Registration.Form != term.PrivateNonEnterprise:
		return nil, domain.Refuse(domain.Invalid, rule.NonProfit, domain.Say(
			"营转非后的登记形式应为民办非企业单位", "the new registration is that of a private non-enterprise unit"),
			domain.Field{Pointer: "/body/registration/form", Code: "wrong_form", Message: domain.Say("应为 private_non_enterprise", "should be private_non_enterprise")})
	case strings.TrimSpace(c.Registration.Number) == "":
		return nil, domain.BadField("/body/registration/number", "required", domain.Say("请填写登记证书号", "give the certificate number"))
	case live && !r.ForProfit && r.Number == c.Registration.Number:
		return nil, nil
	case live && !r.ForProfit:
		return nil, domain.Refuse(domain.Conflict, rule.NonProfit, domain.Say("已经是非营利性", "it is non-profit already"))
	}
	return []Event{ConvertedToNonProfit(c)}, nil
}
