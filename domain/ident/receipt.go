package ident

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
)

// ReceiptNumber is the number on the receipt of a grievance, in normal form:
// TS-530427-20261102-000123-7, that is the division and the day it was received
// in, a serial number of six digits, and a check digit. A wrong digit, and two
// neighbours written the wrong way round, are always noticed.
//
// A number with eight digits in place of the serial number was drawn and not
// counted. It names the grievance itself, see [ReceiptNumber.Names], and needs no
// list of numbers that are taken.
type ReceiptNumber string

// The layout of a receipt number, without its hyphens.
const (
	receiptPrefix = "TS"
	serialDigits  = 6 + 8 + 6 + 1
	drawnDigits   = 6 + 8 + 8 + 1
)

// drawable is how many different numbers may be drawn in a division.
const drawable = 100_000_000

// MakeReceiptNumber returns the number of the serial-th receipt of a division
// and day. Serials lie between 1 and 999,999.
func MakeReceiptNumber(d division.Code, on calendar.Day, serial int) (ReceiptNumber, error) {
	if serial < 1 || serial > 999_999 {
		return "", domain.BadField("", "serial", domain.Say("当日序号 %d 应在 1 至 999999 之间", "the serial number %d should lie between 1 and 999999", serial))
	}
	return receiptNumber(d, on, 6, uint64(serial))
}

// DrawReceiptNumber returns the number that a lot, any number, draws in a
// division; the day says when the grievance was received and no more. What one
// lot in 100,000,000 draws, another one does too: see [ReceiptNumber.Names].
func DrawReceiptNumber(d division.Code, on calendar.Day, lot uint64) (ReceiptNumber, error) {
	return receiptNumber(d, on, 8, lot%drawable)
}

func receiptNumber(d division.Code, on calendar.Day, width int, n uint64) (ReceiptNumber, error) {
	switch {
	case !d.WellFormed():
		return "", domain.BadField("", "division", domain.Say("区划代码“%s”应为 6 位数字", "the division “%s” should have six digits", clip(string(d))))
	case on.IsZero():
		return "", domain.BadField("", "date_form", domain.Say("缺少收到日期", "the day of receipt is missing"))
	}
	code := fmt.Sprintf("%s%04d%02d%02d%0*d", d, on.Year(), int(on.Month()), on.Day(), width, n)
	return grouped(code + string(rune(verhoeff(code)))), nil
}

// ReadReceiptNumber reads a number as people write it: spaces, full-width
// characters and lower case are taken, and hyphens may be missing. It refuses
// another form (field code "form"), a day that does not exist ("date_form") and
// a wrong check digit ("checksum"), which it does not tell, so that nobody is
// led to somebody else's receipt.
func ReadReceiptNumber(s string) (ReceiptNumber, error) {
	text := strings.ReplaceAll(strings.ToUpper(NormaliseName(s)), "-", "")
	code, ok := strings.CutPrefix(text, receiptPrefix)
	if !ok || len(code) != serialDigits && len(code) != drawnDigits || !digits(code) {
		return "", domain.BadField("", "form", domain.Say(
			"受理编号“%s”应形如 TS-530427-20261102-00041805-7", "a receipt number reads like TS-530427-20261102-00041805-7, not “%s”", clip(s)))
	}
	n := grouped(code)
	if n.Day().IsZero() {
		return "", domain.BadField("", "date_form", domain.Say("受理编号“%s”中的日期不存在", "the day in the receipt number “%s” does not exist", clip(s)))
	}
	if last := len(code) - 1; verhoeff(code[:last]) != code[last] {
		return "", domain.BadField("", "checksum", domain.Say("受理编号“%s”校验位不符，请核对", "the check digit of the receipt number “%s” is wrong; please compare", clip(s)))
	}
	return n, nil
}

// grouped returns the normal form of the digits of a number.
func grouped(code string) ReceiptNumber {
	last := len(code) - 1
	return ReceiptNumber(strings.Join([]string{receiptPrefix, code[:6], code[6:14], code[14:last], code[last:]}, "-"))
}

// Names returns the id of the grievance that a number in normal form names, or
// nothing of one with a serial number. The id follows from the division and the
// eight digits alone, so that who draws the same lot on another day comes upon
// the same grievance.
func (n ReceiptNumber) Names() string {
	drawn := n.part(3)
	if len(drawn) != 8 {
		return ""
	}
	sum := sha256.Sum256([]byte("receipt " + n.part(1) + " " + drawn))
	return formatULID([16]byte(sum[:16]))
}

// Division returns the division of a number in normal form.
func (n ReceiptNumber) Division() division.Code { return division.Code(n.part(1)) }

// Day returns the day of receipt of a number in normal form.
func (n ReceiptNumber) Day() calendar.Day {
	day := n.part(2)
	if len(day) != 8 {
		return 0
	}
	on, err := calendar.ParseDay(day[:4] + "-" + day[4:6] + "-" + day[6:])
	if err != nil {
		return 0
	}
	return on
}

func (n ReceiptNumber) part(i int) string {
	parts := strings.Split(string(n), "-")
	if len(parts) != 5 {
		return ""
	}
	return parts[i]
}

// String returns the number.
func (n ReceiptNumber) String() string { return string(n) }

// UnmarshalText reads what [ReadReceiptNumber] reads.
func (n *ReceiptNumber) UnmarshalText(text []byte) error {
	read, err := ReadReceiptNumber(string(text))
	if err != nil {
		return err
	}
	*n = read
	return nil
}

// The tables of Verhoeff's check digit: the multiplication of the dihedral group
// of ten elements, the permutation by place, and the inverses.
var (
	verhoeffTimes = [10]string{
		"0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
		"5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
	}
	verhoeffPlace = [8]string{
		"0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
	}
	verhoeffInverse = "0432156789"
)

// verhoeff computes the check digit that follows the digits of a code.
func verhoeff(code string) byte {
	c := byte('0')
	for i := range len(code) {
		d := code[len(code)-1-i] - '0'
		c = verhoeffTimes[c-'0'][verhoeffPlace[(i+1)%8][d]-'0']
	}
	return verhoeffInverse[c-'0']
}

// QueryCode is the secret that belongs to a receipt: 80 bits as 16 characters of
// Crockford's base 32, without the hyphens in which it is shown. Who holds it
// may follow the grievance. It is shown once and kept as its digest alone;
// formatting it hides it.
type QueryCode string

// queryCodeLength is the number of characters of a code.
const queryCodeLength = 16

// MakeQueryCode returns the code of ten random bytes, which the caller MUST take
// from a cryptographic source.
func MakeQueryCode(random [10]byte) QueryCode {
	var out [queryCodeLength]byte
	for i := range out {
		var five byte
		for bit := 5 * i; bit < 5*i+5; bit++ {
			five = five<<1 | random[bit/8]>>(7-bit%8)&1
		}
		out[i] = crockford[five]
	}
	return QueryCode(out[:])
}

// ReadQueryCode reads a code as people write it: in upper or lower case, with or
// without hyphens and spaces, O for 0, I and L for 1. Anything else is refused
// (field code "form") without being quoted.
func ReadQueryCode(s string) (QueryCode, error) {
	text := misread.Replace(strings.ReplaceAll(strings.ToUpper(NormaliseName(s)), "-", ""))
	ok := len(text) == queryCodeLength
	for i := 0; ok && i < len(text); i++ {
		ok = crockfordSet[text[i]]
	}
	if !ok {
		return "", domain.BadField("", "form", domain.Say(
			"查询码为 16 个字母和数字，形如 XXXX-XXXX-XXXX-XXXX", "a query code has 16 letters and digits, like XXXX-XXXX-XXXX-XXXX"))
	}
	return QueryCode(text), nil
}

var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1")

// Text returns the code as it is shown once to who filed, in groups of four.
func (c QueryCode) Text() string {
	var groups []string
	for rest := string(c); rest != ""; rest = rest[min(4, len(rest)):] {
		groups = append(groups, rest[:min(4, len(rest))])
	}
	return strings.Join(groups, "-")
}

// Digest returns SHA-256 of the code in hexadecimal, which is all that is kept
// of it.
func (c QueryCode) Digest() string {
	sum := sha256.Sum256([]byte(c))
	return hex.EncodeToString(sum[:])
}

// String hides the code from logs and messages.
func (c QueryCode) String() string { return "（查询码已隐去）" }

// GoString hides it also where it is printed as Go syntax.
func (c QueryCode) GoString() string { return c.String() }

// UnmarshalText reads what [ReadQueryCode] reads.
func (c *QueryCode) UnmarshalText(text []byte) error {
	read, err := ReadQueryCode(string(text))
	if err != nil {
		return err
	}
	*c = read
	return nil
}

// ValidDigest reports whether s is a digest as [QueryCode.Digest] writes it.
func ValidDigest(s string) bool {
	if len(s) != 2*sha256.Size {
		return false
	}
	for i := range len(s) {
		if !(s[i] >= '0' && s[i] <= '9' || s[i] >= 'a' && s[i] <= 'f') {
			return false
		}
	}
	return true
}
