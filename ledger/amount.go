package ledger

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"minglu/domain"
	"minglu/domain/money"
)

// ParseAmount reads an amount in yuan as people and banks type it: 1200,
// 1,200.00, １２００, ￥1,200.5, 1200元, -1,200.00 and (1,200.00), which is below
// zero too. Digits are grouped by three or not at all, the point is a stop, and
// there are at most two decimals.
//
// What could be another number is refused and never guessed. The code of the
// field is required (nothing there), amount_unit (万 and the like),
// amount_exponent, amount_separators, amount_groups, amount_decimals,
// amount_zeros (a number that begins with zeros is a code), amount_overflow, or
// amount_form for all else.
func ParseAmount(s string) (money.Fen, error) {
	number, negative := bareAmount(strings.Map(halfWidth, s))
	if err := amountForm(s, number); err != nil {
		return 0, err
	}
	whole, part, _ := strings.Cut(number, ".")
	digits := strings.ReplaceAll(whole, ",", "") + (part + "00")[:2]
	if negative {
		digits = "-" + digits
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, problem(domain.Invalid, "amount_overflow", "金额“%s”超出可记录的范围", "the amount %q is out of range", clip(s))
	}
	return money.Fen(n), nil
}

// halfWidth turns full-width signs, the signs of the yuan, the minus and every
// kind of space into the plain ones.
func halfWidth(r rune) rune {
	switch {
	case r == '￥':
		return '¥'
	case r == '−':
		return '-'
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

// bareAmount takes off what may stand around a number, each once: its sign or
// the brackets of what is below zero, the sign of the yuan, its word.
func bareAmount(text string) (number string, negative bool) {
	signed, currency, unit := false, false, false
	for {
		text = strings.TrimSpace(text)
		switch {
		case !signed && strings.HasPrefix(text, "-"), !signed && strings.HasPrefix(text, "+"):
			signed, negative, text = true, text[0] == '-', text[1:]
		case !signed && strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")"):
			signed, negative, text = true, true, text[1:len(text)-1]
		case !currency && strings.HasPrefix(text, "¥"):
			currency, text = true, strings.TrimPrefix(text, "¥")
		case !unit && strings.HasSuffix(text, "元"):
			unit, text = true, strings.TrimSuffix(text, "元")
		default:
			return text, negative
		}
	}
}

var (
	exponent = regexp.MustCompile(`^[0-9.]+[eE][+-]?[0-9]+$`)
	digits   = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
	grouped  = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
)

// amountForm refuses a number that is not written as an amount; s is what stood
// there.
func amountForm(s, number string) error {
	bad := func(code, zh, en string) error { return problem(domain.Invalid, code, zh, en, clip(s)) }
	point := strings.IndexByte(number, '.')
	switch {
	case strings.TrimSpace(s) == "":
		return problem(domain.Invalid, "required", "缺少金额", "the amount is missing")
	case strings.ContainsAny(number, "百千万亿"):
		return bad("amount_unit", "金额“%s”带有万、亿等单位，应写成以元为单位的数", "the amount %q has a unit such as 万; write it in yuan")
	case exponent.MatchString(number):
		return bad("amount_exponent", "金额“%s”是科学记数法，应写出全部数位", "the amount %q is in scientific notation; write all its digits")
	case number == "" || strings.Trim(number, "0123456789,.") != "" || strings.Trim(number, ",.") == "":
		return bad("amount_form", "“%s”不是金额，应写成 1200 或 1,200.00", "%q is no amount; write 1200 or 1,200.00")
	case strings.Count(number, ".") > 1, point >= 0 && strings.Contains(number[point:], ","):
		return bad("amount_separators", "金额“%s”的分隔符有歧义，小数点应为“.”，千分位应为“,”", "the marks of the amount %q could mean two things; the point is a stop, and commas group thousands")
	case point == 0, point == len(number)-1:
		return bad("amount_form", "金额“%s”的小数点前后都应有数字", "the amount %q needs digits on both sides of the point")
	case !digits.MatchString(number) && !grouped.MatchString(number):
		return bad("amount_groups", "金额“%s”的千分位不是三位一组，可能缺少数位", "the digits of the amount %q are not grouped by three; some may be missing")
	case point >= 0 && len(number)-point > 3:
		return bad("amount_decimals", "金额“%s”的小数超过两位，最小单位为分", "the amount %q has more than two decimals; the smallest unit is a fen")
	case len(number) > 1 && number[0] == '0' && point != 1:
		return bad("amount_zeros", "“%s”以 0 开头，像是编号而不是金额", "%q begins with zeros, as numbers of things do and amounts do not")
	}
	return nil
}

// stored is how a workbook stores a number that has no exact binary form.
var stored = regexp.MustCompile(`^-?[0-9]{1,15}\.[0-9]+(E-[0-9]{1,2})?$`)

// shown returns a number of a workbook as people see it there: with 15 digits,
// behind which the program has put what its binary form adds.
func shown(text string) string {
	if !stored.MatchString(text) || len(text) <= exactDigits+1 {
		return text
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return text
	}
	whole, _, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if strings.Contains(text, "E") || whole == "0" {
		whole = ""
	}
	out := r.FloatString(max(exactDigits-len(whole), 0))
	if strings.Contains(out, ".") {
		out = strings.TrimSuffix(strings.TrimRight(out, "0"), ".")
	}
	return out
}
