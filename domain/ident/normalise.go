package ident

import (
	"strings"
	"unicode"
)

// NormaliseName returns the form of an organisation's name by which names are
// compared: full-width letters, digits and marks, such as （）, become
// half-width ones, and all spaces and invisible characters go. Letters keep
// their case. It is not for show.
func NormaliseName(s string) string {
	return strings.Map(func(r rune) rune {
		if r = halfWidth(r); unseen(r) {
			return -1
		}
		return r
	}, s)
}

// NormaliseDocNo returns the form of a document number (文号) by which numbers
// are compared, such as "怀政办发〔2022〕64号": what [NormaliseName] does and, for
// every bracket that stands for 〔〕 in print — [], 【】, ﹝﹞, 〖〗, and () around a
// year — those of the standard on documents of Party and government organs
// (GB/T 9704-2012). Brackets that a print lost are not put back.
func NormaliseDocNo(s string) string {
	s = docBrackets.Replace(NormaliseName(s))
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '(')
		if i < 0 {
			return b.String() + s
		}
		b.WriteString(s[:i])
		if s = s[i:]; len(s) >= 6 && s[5] == ')' && digits(s[1:5]) {
			b.WriteString("〔" + s[1:5] + "〕")
			s = s[6:]
			continue
		}
		b.WriteByte('(')
		s = s[1:]
	}
}

var docBrackets = strings.NewReplacer(
	"[", "〔", "]", "〕", "【", "〔", "】", "〕", "﹝", "〔", "﹞", "〕", "〖", "〔", "〗", "〕")

// halfWidth turns a full-width ASCII character into the plain one.
func halfWidth(r rune) rune {
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// unseen reports whether r is a space, a control character or a mark that
// prints nothing.
func unseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// clip shortens what is quoted in a sentence.
func clip(s string) string {
	const most = 40
	runes := 0
	for i := range s {
		if runes == most {
			return s[:i] + "…"
		}
		runes++
	}
	return s
}
