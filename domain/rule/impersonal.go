package rule

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"minglu/domain"
	"minglu/domain/ident"
)

// maxNumber is the longest number that others give, in bytes.
const maxNumber = 64

// Impersonal refuses a text in which stands what seems to be the number of a
// telephone, an identity card or a bank card. The refusal does not repeat it.
// Unlike [PersonalTraces] it is for members that have no use for such numbers:
// references of banks, numbers of orders, names of courses.
func Impersonal(pointer, text string) error {
	for _, f := range ident.Detect(text) {
		if f.Kind != ident.BankCard || ofCard(text[f.Start:f.End]) {
			return personal(pointer, "personal_number", domain.Say(
				"含有疑似电话、身份证或银行卡的号码，不得进入名录", "it holds what seems to be the number of a telephone, an identity card or a bank card"))
		}
	}
	return nil
}

// ofCard reports whether a number that has the length and the check digit of one
// of a bank card begins like one too. Numbers of orders have that length as
// well, one in ten the check digit, and mostly begin with a year.
func ofCard(number string) bool {
	first, _ := utf8.DecodeRuneInString(number)
	return strings.ContainsRune("3456３４５６", first)
}

// Wordless refuses what is too long for a number that others give, or has
// Chinese characters, as names have. An empty one is taken.
func Wordless(pointer, number string) error {
	switch {
	case len(number) > maxNumber:
		return domain.BadField(pointer, "too_long", domain.Say("最长 %d 字节，现有 %d 字节", "it has at most %d bytes, not %d", maxNumber, len(number)))
	case strings.ContainsFunc(number, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		return personal(pointer, "words", domain.Say(
			"只填编号，不填文字：付款人、收款人和学员的姓名不得进入名录", "a number and no words: no name of a payer, a payee or a pupil comes into the register"))
	}
	return nil
}

func personal(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Invalid, PersonalData, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}
