package order

import (
	"cmp"

	"minglu/domain/rule"
)

// impersonal refuses a command that tells who somebody is where it should tell a
// number of others, a class or a notice.
func impersonal(c Command) error {
	switch c := c.(type) {
	case Record:
		return cmp.Or(rule.Impersonal("/body/group", c.Group), rule.Impersonal("/body/contract", c.Contract), numbered("/body/number", c.Number), reference(c.BankRef))
	case DeliverLesson:
		return rule.Impersonal("/body/notice", c.Notice)
	case NotifyParent:
		return rule.Impersonal("/body/notice", c.Notice)
	case ConfirmLesson:
		return rule.Impersonal("/body/notice", c.Notice)
	case ReleaseFunds:
		return reference(c.BankRef)
	case MoveIn:
		return reference(c.BankRef)
	case PayRefund:
		return reference(c.BankRef)
	case PayOut:
		return reference(c.BankRef)
	case Transfer:
		return reference(c.BankRef)
	case Settle:
		return reference(c.BankRef)
	}
	return nil
}

func reference(number string) error { return numbered("/body/bank_ref", number) }

// numbered refuses a number of others that tells who somebody is.
func numbered(pointer, number string) error {
	return cmp.Or(rule.Wordless(pointer, number), rule.Impersonal(pointer, number))
}
