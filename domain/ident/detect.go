package ident

import (
	"time"
	"unicode/utf8"

	"minglu/domain/calendar"
)

// FindingKind says what an identifier in a text seems to be.
type FindingKind string

// The kinds of findings.
const (
	MobileNumber   FindingKind = "mobile"        // 手机号码
	LandlineNumber FindingKind = "landline"      // 固定电话
	IdentityCard   FindingKind = "identity_card" // 居民身份证号码
	BankCard       FindingKind = "bank_card"     // 银行卡号
)

// Finding is one identifier of a person in a text, from the byte Start to the
// byte before End.
type Finding struct {
	Kind       FindingKind
	Start, End int
}

// Detect finds in a text what identifies a person by a number: mainland mobile
// and landline numbers (with area code), identity-card numbers of 18 characters
// and bank-card numbers of 16 to 19 digits, also in full-width digits and in
// the groups in which they are usually written. The findings are in order and
// do not overlap.
//
// Card numbers are told by their check characters, so that licence numbers and
// the like are left alone but for one in ten of those that have the length of a
// bank card; a right Unified Social Credit Code is never taken for one. Names
// cannot be found this way: that a text has no finding does not make it
// anonymous.
func Detect(text string) []Finding {
	if !manyDigits(text) {
		return nil
	}
	t := readPlain(text)
	var found []Finding
	for i := 0; i < len(t.chars); {
		if t.begins(i) {
			if end := t.creditCode(i); end > 0 {
				i = end
				continue
			}
			if kind, end := t.match(i); end > 0 {
				found = append(found, Finding{Kind: kind, Start: t.offsets[i], End: t.offsets[end]})
				i = end
				continue
			}
		}
		i++
	}
	return found
}

// fewest is how many digits the shortest number has that is looked for.
const fewest = 11

// manyDigits reports whether so many digits follow each other, with nothing
// between them but what may part the groups of a number. Most texts have fewer,
// and are not looked at any further.
func manyDigits(text string) bool {
	n := 0
	for _, r := range text {
		switch r = halfWidth(r); {
		case r >= '0' && r <= '9':
			if n++; n == fewest {
				return true
			}
		case r == ' ', r == '-', r == '(', r == ')', r == '+', r == '\u3000', r == '\u00a0':
		default:
			n = 0
		}
	}
	return false
}

// plain is a text of one byte a character: half-width where it is ASCII then,
// and 0 else. offsets has where each character begins in the text, and at the
// end the length of the text.
type plain struct {
	chars   []byte
	offsets []int
}

func readPlain(text string) plain {
	t := plain{chars: make([]byte, 0, len(text)), offsets: make([]int, 0, len(text)+1)}
	for at, r := range text {
		c := byte(0)
		if r = halfWidth(r); r == '\u3000' || r == '\u00a0' {
			c = ' '
		} else if r < utf8.RuneSelf {
			c = byte(r)
		}
		t.chars, t.offsets = append(t.chars, c), append(t.offsets, at)
	}
	t.offsets = append(t.offsets, len(text))
	return t
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }

// longestLabel is the longest run of letters that may be written before a number
// without a space, such as "tel" or "wx".
const longestLabel = 6

// begins reports whether a number may begin at i: it is the first digit, plus or
// bracket of its word, before which stands nothing or a short label.
func (t plain) begins(i int) bool {
	if c := t.chars[i]; !isDigit(c) && c != '+' && c != '(' {
		return false
	}
	n := 0
	for ; i-n > 0 && isLetter(t.chars[i-n-1]); n++ {
		if n == longestLabel {
			return false
		}
	}
	return i-n == 0 || !isDigit(t.chars[i-n-1])
}

// word returns where the letters and digits end that stand at i.
func (t plain) word(i int) int {
	for i < len(t.chars) && (isDigit(t.chars[i]) || isLetter(t.chars[i])) {
		i++
	}
	return i
}

// creditCode returns the end of a Unified Social Credit Code whose check
// character is right and that has the digit at i, or 0. What is a right
// identity-card number too is taken for that.
func (t plain) creditCode(i int) int {
	end := t.word(i)
	from := i
	for from > 0 && isLetter(t.chars[from-1]) {
		from--
	}
	for ; from <= i; from++ {
		if code := string(t.chars[from:end]); plainUSCC(code) && USCC(code).Check() == nil && !identityCard(code) {
			return end
		}
	}
	return 0
}

// A shape is the lengths of the groups in which a number is written; one group
// has no separators.
type shape []int

// The shapes of each kind, longer ones before their beginnings.
var (
	identityShapes = []shape{{18}, {6, 8, 4}}
	bankShapes     = []shape{{19}, {18}, {17}, {16}, {4, 4, 4, 4, 3}, {4, 4, 4, 4, 2}, {4, 4, 4, 4, 1}, {4, 4, 4, 4}}
	mobileShapes   = []shape{{11}, {3, 4, 4}, {4, 3, 4}, {4, 4, 3}, {3, 8}, {7, 4}}
	landlineShapes = []shape{{12}, {11}, {3, 8}, {4, 8}, {4, 7}, {3, 4, 4}, {4, 4, 4}, {4, 3, 4}}
)

// match returns the kind and the end of a number at i; 0 where there is none.
func (t plain) match(i int) (FindingKind, int) {
	for _, k := range []struct {
		kind   FindingKind
		shapes []shape
		right  func(string) bool
	}{
		{IdentityCard, identityShapes, identityCard},
		{BankCard, bankShapes, luhn},
		{MobileNumber, mobileShapes, mobile},
		{LandlineNumber, landlineShapes, landline},
	} {
		for _, s := range k.shapes {
			if number, end := t.read(i, s); end > 0 && k.right(number) {
				return k.kind, end
			}
		}
	}
	if end := t.bracketed(i); end > 0 {
		return LandlineNumber, end
	}
	if end := t.abroad(i); end > 0 {
		return MobileNumber, end
	}
	return "", 0
}

// read returns the number written in a shape at i and its end, or 0. The groups
// are parted by a space or a hyphen, the same everywhere, and no letter or digit
// follows.
func (t plain) read(i int, s shape) (string, int) {
	var number []byte
	var separator byte
	for g, size := range s {
		if g > 0 {
			if i >= len(t.chars) || t.chars[i] != ' ' && t.chars[i] != '-' || g > 1 && t.chars[i] != separator {
				return "", 0
			}
			separator = t.chars[i]
			i++
		}
		if i+size > len(t.chars) {
			return "", 0
		}
		number = append(number, t.chars[i:i+size]...)
		i += size
	}
	if t.word(i) != i {
		return "", 0
	}
	return string(number), i
}

// bracketed returns the end of a landline number with its area code in brackets
// at i, or 0.
func (t plain) bracketed(i int) int {
	if t.chars[i] != '(' {
		return 0
	}
	for area := 3; area <= 4; area++ {
		shut := i + 1 + area
		if shut >= len(t.chars) || t.chars[shut] != ')' {
			continue
		}
		from := shut + 1
		for from < len(t.chars) && (t.chars[from] == ' ' || t.chars[from] == '-') {
			from++
		}
		for _, s := range []shape{{8}, {7}, {4, 4}, {3, 4}} {
			if local, end := t.read(from, s); end > 0 && landline(string(t.chars[i+1:shut])+local) {
				return end
			}
		}
	}
	return 0
}

// abroad returns the end of a mobile number with the code of the country before
// it at i, or 0.
func (t plain) abroad(i int) int {
	for _, prefix := range []string{"+86", "0086", "86"} {
		from := i + len(prefix)
		if from >= len(t.chars) || string(t.chars[i:from]) != prefix {
			continue
		}
		if c := t.chars[from]; c == ' ' || c == '-' {
			from++
		}
		for _, s := range mobileShapes {
			if number, end := t.read(from, s); end > 0 && mobile(number) {
				return end
			}
		}
	}
	return 0
}

// mobile reports whether a number is that of a mobile telephone.
func mobile(number string) bool {
	return digits(number) && len(number) == 11 && number[0] == '1' && number[1] >= '3'
}

// landline reports whether a number is one of a landline with its area code: of
// three digits where it is 010 or 02x, else of four.
func landline(number string) bool {
	if !digits(number) || len(number) < 11 || number[0] != '0' || number[1] == '0' {
		return false
	}
	area := 4
	if number[:3] == "010" || number[1] == '2' {
		area = 3
	}
	local := number[area:]
	return local[0] > '1' && (len(local) == 8 || len(local) == 7 && area == 4)
}

// provinces are the first two digits of identity-card numbers.
var provinces = func() (set [100]bool) {
	for _, within := range [][2]int{{11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}, {81, 83}} {
		for p := within[0]; p <= within[1]; p++ {
			set[p] = true
		}
	}
	return set
}()

// identityCard reports whether a text is an identity-card number (GB
// 11643-1999): a province, a day of birth and the check character.
func identityCard(s string) bool {
	if len(s) != 18 || !digits(s[:17]) || !provinces[int(s[0]-'0')*10+int(s[1]-'0')] {
		return false
	}
	year, month, day := number(s[6:10]), number(s[10:12]), number(s[12:14])
	if year >= 2100 || calendar.Date(year, time.Month(month), day).IsZero() {
		return false
	}
	sum, weight := 0, 1 // weights from the right: 2^1, 2^2, … mod 11
	for i := 16; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(s[i]-'0') * weight
	}
	want := "10X98765432"[sum%11]
	return s[17] == want || want == 'X' && s[17] == 'x'
}

// luhn reports whether the last digit of a number is its check digit (ISO/IEC
// 7812-1). A number of zeros alone is none.
func luhn(s string) bool {
	if !digits(s) {
		return false
	}
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum > 0 && sum%10 == 0
}

// number returns the value of a few digits.
func number(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
