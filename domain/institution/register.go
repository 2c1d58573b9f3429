package institution

import (
	"errors"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func decideRegister(s State, c Register) ([]Event, error) {
	if s.Since != 0 {
		return nil, domain.Refuse(domain.Conflict, rule.Registered, domain.Say("该对象已经登记", "it is registered already"))
	}
	if err := domain.At("/body", Registered{Names: c.Names}.Check()); err != nil {
		return nil, err
	}
	if len(c.Audiences) == 0 && (c.Kind == term.Institution || c.Kind == term.Branch) {
		return nil, domain.BadField("/body/audiences", "required", domain.Say("请写明培训对象", "name the audiences"))
	}
	override, err := checkUSCC("/body/uscc", c.USCC, c.Override)
	if err != nil {
		return nil, err
	}
	return []Event{Registered{
		Ref: c.Ref, Names: c.Names, Kind: c.Kind, Mode: c.Mode, Address: c.Address, USCC: c.USCC, Override: override,
		Organiser: sealed(c.Organiser), Principal: sealed(c.Principal), Hidden: allSealed(c.Hidden),
		Class: c.Class, Categories: domain.OrEmpty(c.Categories), Audiences: domain.OrEmpty(c.Audiences),
	}}, nil
}

// checkUSCC takes a code whose check character is right, or a wrong one with a
// reason and evidence. The override is kept only where it was needed.
func checkUSCC(pointer string, code ident.USCC, o *Override) (*Override, error) {
	if code == "" {
		return nil, nil
	}
	err := code.Check()
	switch {
	case err == nil:
		return nil, nil
	case !errors.Is(err, ident.ErrChecksum) || o == nil:
		return nil, domain.At(pointer, err)
	case strings.TrimSpace(o.Reason) == "" || strings.TrimSpace(o.Evidence) == "":
		return nil, domain.Refuse(domain.Invalid, ident.ChecksumRule,
			domain.Say("采用校验码不符的代码须写明理由和证据", "a code with a wrong check character needs reason and evidence"),
			domain.Field{Pointer: pointer + "_override", Code: "required", Message: domain.Say("请填写 reason 和 evidence", "give reason and evidence")})
	}
	return o, nil
}

func decideAttach(s State, on calendar.Day, c AttachIdentifier) ([]Event, error) {
	e := IdentifierAttached{Kind: c.Kind, Value: strings.TrimSpace(c.Value), Check: "none"}
	if e.Value == "" {
		return nil, domain.BadField("/body/value", "required", domain.Say("请填写标识", "give the identifier"))
	}
	if c.Kind == term.USCCIdentifier {
		code, err := ident.ReadUSCC(c.Value)
		if code == "" {
			return nil, domain.At("/body/value", err)
		}
		if e.Override, err = checkUSCC("/body/value", code, c.Override); err != nil {
			return nil, err
		}
		e.Value, e.Check = string(code), "ok"
		if e.Override != nil {
			e.Check = "failed"
		}
		if held := s.USCC(on); held != "" && held != code {
			return nil, domain.Refuse(domain.Conflict, rule.LegalEntity, domain.Say(
				"已有统一社会信用代码 %s，请先取消", "it has the credit code %s; detach that first", held))
		}
	}
	if s.attached(c.Kind, e.Value) {
		return nil, nil
	}
	return []Event{e}, nil
}

func (s State) attached(kind term.IdentifierKind, value string) bool {
	return slices.ContainsFunc(s.Codes, func(c Code) bool { return c.Kind == kind && c.Value == value && c.To == 0 })
}

func decideDetach(s State, on calendar.Day, c DetachIdentifier) ([]Event, error) {
	if err := because(c.Reason); err != nil {
		return nil, err
	}
	value := strings.TrimSpace(c.Value)
	if c.Kind == term.USCCIdentifier {
		if code, _ := ident.ReadUSCC(c.Value); code != "" {
			value = string(code)
		}
	}
	i := slices.IndexFunc(s.Codes, func(k Code) bool { return k.Kind == c.Kind && k.Value == value && k.To == 0 })
	if i < 0 || on < s.Codes[i].From {
		return nil, domain.Refuse(domain.Conflict, rule.LegalEntity, domain.Say(
			"当日没有这个标识", "it does not have this identifier on the day"),
			domain.Field{Pointer: "/body/value", Code: "not_attached", Message: domain.Say("请核对", "please compare")})
	}
	return []Event{IdentifierDetached{Kind: c.Kind, Value: value, Reason: c.Reason}}, nil
}

func decideChangeName(s State, on calendar.Day, c ChangeName) ([]Event, error) {
	to := strings.TrimSpace(c.To)
	switch from := s.Name(on); {
	case to == "":
		return nil, domain.BadField("/body/to", "required", domain.Say("请填写新名称", "give the new name"))
	case to == from:
		return nil, nil
	default:
		return domain.OneFact[Event](NameChanged{From: from, To: to, Approval: c.Approval}, s.veiled("/body/to", to, ident.MaskName(to)))
	}
}

func decideChangeAddress(s State, on calendar.Day, c ChangeAddress) ([]Event, error) {
	to := strings.TrimSpace(c.To)
	switch from := s.Address(on); {
	case to == "":
		return nil, domain.BadField("/body/to", "required", domain.Say("请填写新地址", "give the new address"))
	case to == from:
		return nil, nil
	default:
		return domain.OneFact[Event](AddressChanged{From: from, To: to, Approval: c.Approval}, s.veiled("/body/to", to, ident.MaskAddress(to)))
	}
}

func sealed(p domain.Personal) *domain.Sealed {
	if p.Sealed.IsZero() {
		return nil
	}
	return &p.Sealed
}

func allSealed(ps []domain.Personal) []domain.Sealed {
	var out []domain.Sealed
	for _, p := range ps {
		if !p.Sealed.IsZero() {
			out = append(out, p.Sealed)
		}
	}
	return out
}

// veiled refuses to write the name or the address of a natural person in
// clear.
func (s State) veiled(pointer, shown, masked string) error {
	if s.Kind != term.NaturalPerson || shown == masked {
		return nil
	}
	return domain.Refuse(domain.Invalid, rule.PersonalData, domain.Say(
		"自然人的姓名和住址只能以脱敏形式（%[1]s）记录", "names and addresses of natural persons are recorded masked (%[1]s) only", masked),
		domain.Field{Pointer: pointer, Code: "personal", Message: domain.Say("请写 %s", "write %s", masked)})
}
