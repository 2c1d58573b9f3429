package escrow

import (
	"encoding/json"
	"fmt"
	"strings"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "escrow", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	on := calendar.DayOf(m.Effective)
	switch c := c.(type) {
	case SignAgreement:
		return decideAgreement(s, c)
	case MissDeadline:
		fact, ok, err := s.Clocks.Miss(on, c.Missing)
		if err != nil || !ok {
			return nil, err
		}
		return []Event{DeadlineMissed{fact}}, nil
	case Correct:
		return domain.OneFact[Event](Corrected{c.Correction}, correctable(c))
	case Annul:
		return domain.OneFact[Event](Annulled(c), domain.Filled("/body/reason", c.Reason))
	case CloseAccount:
		if s.Closed != 0 {
			return nil, nil
		}
	}
	if err := s.mustBeLive(on); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case FileAgreement:
		return decideFiling(s, on, c)
	case NoteBreach:
		return decideBreach(s, c)
	case RaiseAlert:
		return decideAlert(s, on, c)
	case AssessAlert:
		return decideAssessment(s, on, c)
	case CloseAlert:
		return decideAlertClosing(s, on, c)
	}
	if err := s.mustBeInOrder(on); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case OpenAccount:
		return decideOpening(s, c)
	case PayDeposit:
		return decidePayment(s, m, c)
	case AdjustDeposit:
		return decideMinimum(s, c)
	case UseDeposit:
		return decideUse(s, m, c)
	case ReturnDeposit:
		return decideReturn(s, m, c)
	case FreezeAccount:
		return decideFreeze(s, on, c)
	case UnfreezeAccount:
		return decideUnfreezing(s, on, c)
	case CloseAccount:
		return decideClosing(s, on, c)
	}
	panic(fmt.Sprintf("escrow does not know the command %T", c))
}

// mustBeLive refuses a step without an agreement, before it, or after the end.
func (s State) mustBeLive(on calendar.Day) error {
	switch {
	case s.Agreed == 0:
		return domain.Refuse(domain.NotFound, rule.SupervisedAccountSteps, domain.Say("没有这个监管账户", "there is no such supervised account"))
	case on < s.Agreed:
		return outOfStep("/effective", "before_agreement", domain.Say("监管协议于 %s 签订，应不早于该日", "the agreement was signed on %s; not before that day", s.Agreed))
	case s.Closed != 0:
		return outOfStep("/target", "closed", domain.Say("监管账户已于 %s 销户；有误的请作废销户记录", "the account was closed on %s; annul that where it is wrong", s.Closed))
	}
	return nil
}

// mustBeInOrder refuses a step before the latest one that moved or stopped money.
func (s State) mustBeInOrder(on calendar.Day) error {
	if on >= s.Moved {
		return nil
	}
	return outOfStep("/effective", "before_last_step", domain.Say(
		"账户最近一步在 %s，应不早于该日；漏记的请先作废其后的记录", "the latest step of the account was on %s; not before that day. To add what was left out, annul what came after it first", s.Moved))
}

func outOfStep(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.SupervisedAccountSteps, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// correctable refuses a correction that would pass by a rule: of a period, of
// whose account it is, of which alert or order a fact is about, to a bank or a
// number that is none, to a mode that the division does not allow, or to more of
// an account number than may be kept.
func correctable(c Correct) error {
	if err := rule.Correctable(c.Correction, rule.FrozenPeriods, frozenAlert, frozenOwner); err != nil {
		return err
	}
	switch strings.ToLower(c.Field) {
	case "bank":
		var code string
		if err := json.Unmarshal(c.Is, &code); err != nil || !authority.BankCode(code) {
			return noBank("/body/is", code)
		}
	case "bank_ref":
		var number string
		if err := json.Unmarshal(c.Is, &number); err != nil {
			return domain.BadField("/body/is", "text", domain.Say("应为文字", "should be a text"))
		}
		return numbered("/body/is", number)
	case "mode":
		var mode term.EscrowMode
		if err := json.Unmarshal(c.Is, &mode); err != nil {
			return domain.At("/body/is", err)
		}
		return demanded(c.Law.Policy, mode, "/body/is")
	case "masked_number":
		var number string
		if err := json.Unmarshal(c.Is, &number); err != nil || !masked(number) {
			return fullNumber("/body/is", domain.Say("账号应为四个星号和末四位，如 ****1234", "the number should be four asterisks and the last four digits, such as ****1234"))
		}
	}
	return nil
}

// frozenAlert is the number by which facts are of the same alert.
var frozenAlert = rule.Frozen{
	Members: []string{"alert"}, By: rule.EscrowAlert,
	Instead: domain.Text{ZH: "预警序号不更正：有误的作废后重新记录", EN: "the number of an alert is not corrected: annul the fact and record it anew"},
}

// frozenOwner are whose the account is, and for which order its deposit was used:
// other facts go by them.
var frozenOwner = rule.Frozen{
	Members: []string{"institution", "order"}, By: rule.SupervisedAccountSteps,
	Instead: domain.Text{ZH: "机构和订单不以更正改变：作废后重新记录", EN: "institution and order are not corrected: annul the fact and record it anew"},
}
