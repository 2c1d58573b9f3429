package calendar

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"minglu/domain"
)

// ReadLoose reads a day in one of the forms people type in ledgers: 2021-7-7,
// 2021/07/07, 2021.7.7, 20210707 and 2021年7月7日 (or 号), with full-width
// digits and marks and with spaces around the numbers. The year has four
// digits. Numbers that a spreadsheet stores for dates are not read.
//
// A print that lost marks or digits, such as 202177日, is refused and never
// guessed, even where only one reading seems likely. The code of the field is
// date_form (not a date at all), date_damaged (marks or digits were lost),
// date_incomplete (no day of the month), date_impossible (no such day) or
// date_range (a year before 1900 or after 2200).
func ReadLoose(s string) (Day, error) {
	text := strings.TrimSpace(strings.Map(halfWidth, s))
	if len(text) == 8 && digits(text) {
		return civil(s, text[:4], text[4:6], text[6:])
	}
	numbers, marks, ok := tokens(text)
	switch {
	case !ok:
		return 0, notADate(s)
	case len(numbers) == 3 && len(numbers[0]) == 4 && len(numbers[1]) <= 2 && len(numbers[2]) <= 2 && dateMarks[marks]:
		return civil(s, numbers[0], numbers[1], numbers[2])
	case len(numbers[0]) == 4 && monthMarks[marks]:
		return 0, domain.BadField("", "date_incomplete", domain.Say(
			"日期“%s”缺少日，请写到某年某月某日", "the date “%s” has no day of the month", clip(s)))
	case len(numbers[0]) > 4 && len(numbers[0]) <= 8:
		return 0, domain.BadField("", "date_damaged", domain.Say(
			"日期“%s”印刷缺损，无法确定年月日，请对照原件填写，不作推测",
			"the print of the date “%s” is damaged; copy the date from the original, it is not guessed", clip(s)))
	}
	return 0, notADate(s)
}

// dateMarks are the marks between and after the three numbers of a date.
var dateMarks = map[string]bool{"--": true, "//": true, "..": true, "年月": true, "年月日": true, "年月号": true}

// monthMarks are those of a month without a day.
var monthMarks = map[string]bool{"-": true, "/": true, ".": true, "年": true, "年月": true}

// tokens takes a text apart into its numbers and the marks that separate them.
// It fails where two numbers or two marks follow each other, where there is no
// number, and on anything else than digits, marks and spaces.
func tokens(text string) (numbers []string, marks string, ok bool) {
	rest := text
	for rest != "" {
		n := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		if n == 0 {
			return nil, "", false
		}
		numbers = append(numbers, rest[:n])
		rest = strings.TrimSpace(rest[n:])
		if rest == "" {
			break
		}
		mark, size := utf8.DecodeRuneInString(rest)
		if !strings.ContainsRune("-/.年月日号", mark) {
			return nil, "", false
		}
		marks += string(mark)
		rest = strings.TrimSpace(rest[size:])
	}
	return numbers, marks, len(numbers) > 0
}

// civil makes a day of three numbers in digits; s is what was written.
func civil(s, y, m, d string) (Day, error) {
	year, month, day := number(y), number(m), number(d)
	if year < firstYear || year > lastYear {
		return 0, domain.BadField("", "date_range", domain.Say(
			"日期“%s”的年份应在 %d 至 %d 年之间", "the year of the date “%s” must lie between %d and %d", clip(s), firstYear, lastYear))
	}
	when := Date(year, time.Month(month), day)
	if when.IsZero() {
		return 0, domain.BadField("", "date_impossible", domain.Say(
			"日期“%s”不存在：历法上没有这一天", "the date “%s” does not exist in the calendar", clip(s)))
	}
	return when, nil
}

func notADate(s string) error {
	return domain.BadField("", "date_form", domain.Say(
		"“%s”不是可识别的日期，请写成 2021-07-07 或 2021年7月7日", "“%s” is not a date that can be read; write 2021-07-07 or 2021年7月7日", clip(s)))
}

// halfWidth turns full-width digits, dashes, slashes and stops, and every kind
// of space, into the plain ones.
func halfWidth(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == '－', r == '–', r == '—':
		return '-'
	case r == '／':
		return '/'
	case r == '．':
		return '.'
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// number reads at most four digits.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
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
