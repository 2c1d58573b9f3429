package ident

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"minglu/domain"
	"minglu/domain/division"
)

// USCC is a Unified Social Credit Code (统一社会信用代码, GB 32100-2015) in normal
// form: 18 characters of the 31 of the standard, in upper case. Its check
// character need not be right, see [USCC.Check].
type USCC string

// usccAlphabet gives each character the value of its index.
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// usccWeights are 3^i mod 31.
var usccWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// organisationWeights are those of GB 11714 for the eight characters of an
// organisation code.
var organisationWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

// usccValues maps a byte to its value plus one; 0 is outside the alphabet.
var usccValues = func() (values [256]uint8) {
	for i := range len(usccAlphabet) {
		values[usccAlphabet[i]] = uint8(i + 1)
	}
	return values
}()

// ChecksumRule is the rule that the last character of a code is computed from
// the others. Refusals by it match [ErrChecksum].
var ChecksumRule = domain.Rule{
	ID: "uscc-checksum",
	Title: domain.Text{
		ZH: "统一社会信用代码的校验码应与前十七位相符",
		EN: "the check character of a Unified Social Credit Code follows from the other seventeen",
	},
	Citation: "GB 32100-2015《法人和其他组织统一社会信用代码编码规则》",
	Mark:     domain.Seen,
	Version:  1,
}

// ErrChecksum matches, with errors.Is, the refusal of a code whose check
// character is wrong. It alone may be overridden, with a reason and evidence:
// lawful codes with a wrong check character exist.
var ErrChecksum error = domain.Refuse(domain.Invalid, ChecksumRule, domain.Text{
	ZH: "统一社会信用代码校验码不符", EN: "the check character of the Unified Social Credit Code is wrong",
})

// ReadUSCC reads a code as people write it: spaces and invisible characters
// go, full-width characters become half-width ones, and letters upper case.
//
// A code of another length (field code "length") or with a character outside
// the alphabet ("alphabet") is refused and "" returned. A wrong check character
// is refused with [ErrChecksum] (field code "checksum", naming the expected
// one), and the code is returned all the same, for callers that accept it with
// a reason and evidence.
func ReadUSCC(s string) (USCC, error) {
	u, err := normaliseUSCC(s)
	if err != nil {
		return "", err
	}
	return u, u.Check()
}

// normaliseUSCC does all of ReadUSCC but the check character.
func normaliseUSCC(s string) (USCC, error) {
	if plainUSCC(s) {
		return USCC(s), nil
	}
	text := strings.ToUpper(NormaliseName(s))
	if n := utf8.RuneCountInString(text); n != 18 {
		return "", domain.BadField("", "length", domain.Say(
			"统一社会信用代码应为 18 位，现为 %d 位", "a Unified Social Credit Code has 18 characters, not %d", n))
	}
	at := 0
	for _, r := range text {
		at++
		if r >= utf8.RuneSelf || usccValues[byte(r)] == 0 {
			return "", domain.BadField("", "alphabet", domain.Say(
				"统一社会信用代码第 %d 位“%c”不在允许的字符内（数字和大写字母，不含 I、O、S、V、Z）",
				"character %d of the Unified Social Credit Code, “%c”, is not allowed (digits and capital letters without I, O, S, V, Z)", at, r))
		}
	}
	return USCC(text), nil
}

// plainUSCC reports whether s is in normal form.
func plainUSCC(s string) bool {
	if len(s) != 18 {
		return false
	}
	for i := range len(s) {
		if usccValues[s[i]] == 0 {
			return false
		}
	}
	return true
}

// Check refuses a code whose check character is wrong with [ErrChecksum]. It
// refuses anything that is not in normal form as [ReadUSCC] does.
func (u USCC) Check() error {
	if !plainUSCC(string(u)) {
		if _, err := normaliseUSCC(string(u)); err != nil {
			return err
		}
		return domain.BadField("", "alphabet", domain.Say(
			"统一社会信用代码“%s”含小写、全角字符或空格", "the Unified Social Credit Code “%s” has lower-case or full-width characters or spaces", clip(string(u))))
	}
	want := usccCheck(string(u[:17]))
	if u[17] == want {
		return nil
	}
	text := domain.Say(
		"统一社会信用代码校验码不符：末位应为“%c”，现为“%c”", "the check character of the Unified Social Credit Code should be “%c”, not “%c”", want, u[17])
	e := domain.Refuse(domain.Invalid, ChecksumRule, text, domain.Field{Code: "checksum", Message: text})
	e.Hint = domain.Say("请对照证照核对；确认无误的，注明理由并附证据后可以采用",
		"compare it with the certificate; if it is right, give the reason and the evidence to have it accepted")
	return e
}

// CheckOrganisationCode compares the ninth character of the organisation code
// within (positions 9 to 17, GB 11714) with the other eight. Where they differ
// it returns a warning (code "organisation_checksum") and false; a code is
// never refused for it.
func (u USCC) CheckOrganisationCode() (warning domain.Field, ok bool) {
	if !plainUSCC(string(u)) {
		return domain.Field{}, true
	}
	want := organisationCheck(string(u[8:16]))
	if u[16] == want {
		return domain.Field{}, true
	}
	return domain.Field{Code: "organisation_checksum", Message: domain.Say(
		"主体标识码（组织机构代码）校验码通常应为“%c”，现为“%c”，请核对",
		"the check character of the organisation code is usually “%c”, not “%c”; please compare", want, u[16])}, false
}

// DivisionAtIssue returns the division of the organ that registered the
// organisation, as of the day of registration (positions 3 to 8). Comparing it
// with today's division is wrong. It is "" where the positions are not digits.
func (u USCC) DivisionAtIssue() division.Code {
	if !plainUSCC(string(u)) || !digits(string(u[2:8])) {
		return ""
	}
	return division.Code(u[2:8])
}

// String returns the 18 characters.
func (u USCC) String() string {
	return string(u)
}

// UnmarshalText reads what [ReadUSCC] reads, and takes a wrong check character:
// whether that is accepted is decided where reason and evidence are known.
func (u *USCC) UnmarshalText(text []byte) error {
	read, err := normaliseUSCC(string(text))
	if err != nil {
		return err
	}
	*u = read
	return nil
}

// SyntheticUSCC returns the code of an organisation that does not exist, for
// tests, demonstrations and generated data; it MUST NOT be shown as that of a
// real one. The prefix is "91" (a company) or "52" (a private non-enterprise
// unit), and the serial, from 0 to 9,999,999, becomes the organisation code,
// which real ones do not use. Both check characters are right. Other arguments
// are a mistake of the program and panic.
func SyntheticUSCC(prefix string, d division.Code, serial int) USCC {
	if prefix != "91" && prefix != "52" || !d.WellFormed() || serial < 0 || serial > 9_999_999 {
		panic(fmt.Sprintf("synthetic code of %q, %q, %d", prefix, d, serial))
	}
	organisation := fmt.Sprintf("%08d", serial)
	code := prefix + string(d) + organisation + string(rune(organisationCheck(organisation)))
	return USCC(code + string(rune(usccCheck(code))))
}

// usccCheck computes the 18th character from 17 of the alphabet.
func usccCheck(first17 string) byte {
	sum := 0
	for i, w := range usccWeights {
		sum += int(usccValues[first17[i]]-1) * w
	}
	return usccAlphabet[(31-sum%31)%31]
}

// organisationCheck computes the ninth character from eight, where A is 10 and
// Z is 35.
func organisationCheck(first8 string) byte {
	sum := 0
	for i, w := range organisationWeights {
		c := first8[i]
		value := int(c - '0')
		if c >= 'A' {
			value = int(c-'A') + 10
		}
		sum += value * w
	}
	switch c := 11 - sum%11; c {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return byte('0' + c)
	}
}
