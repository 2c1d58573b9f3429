package api

import (
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/ident"
	"minglu/domain/term"
)

func itoa(n int) string { return strconv.Itoa(n) }

func utoa(n uint64) string { return strconv.FormatUint(n, 10) }

// params reads parameters and gathers what is at fault.
type params struct{ faults []domain.Field }

func (p *params) fault(name, code string, t domain.Text) {
	p.faults = append(p.faults, domain.Field{Pointer: "/" + name, Code: code, Message: t})
}

// err refuses the request where anything was at fault.
func (p *params) err() error {
	if len(p.faults) == 0 {
		return nil
	}
	return domain.Fault(domain.Invalid, domain.Say("有 %d 个参数不能接受", "%d parameters cannot be taken", len(p.faults)), p.faults...)
}

func (p *params) number(name, text string) (n uint64) {
	if text == "" {
		return 0
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		p.fault(name, "integer", domain.Say("“%s”应为不带符号的整数", "%q should be a whole number without a sign", clip(text)))
	}
	return n
}

func (p *params) day(name, text string) (day calendar.Day) {
	if text == "" {
		return 0
	}
	day, err := calendar.ParseDay(text)
	if err != nil {
		p.refused(name, err)
	}
	return day
}

// refused takes over what a value type says is wrong.
func (p *params) refused(name string, err error) {
	if e, ok := domain.At("/"+name, err).(*domain.Error); ok {
		p.faults = append(p.faults, e.Fields...)
		return
	}
	p.fault(name, "invalid", domain.Say("不能接受", "cannot be taken"))
}

// code takes a code of a closed list, or nothing.
func (p *params) code(name, text string, l *term.List) string {
	if text == "" || l.Has(text) {
		return text
	}
	p.fault(name, "unknown_code", domain.Say("“%s”不在%s的代码表中，可用：%s", "%q is no code of %[4]s; one of: %[3]s",
		clip(text), l.Title.ZH, strings.Join(l.Codes(), "、"), l.Title.EN))
	return ""
}

func (p *params) oneOf(name, text string, values ...string) string {
	for _, v := range values {
		if text == v {
			return text
		}
	}
	if text == "" {
		return values[0]
	}
	p.fault(name, "unknown_code", domain.Say("“%s”不可用，可用：%s", "%q cannot be; one of: %s", clip(text), strings.Join(values, "、")))
	return values[0]
}

func (p *params) flag(name, text string) bool {
	switch text {
	case "", "0", "false":
		return false
	case "1", "true":
		return true
	}
	p.fault(name, "boolean", domain.Say("应为 true 或 false", "should be true or false"))
	return false
}

// division takes a code of six digits that the table has, or the digits that
// codes begin with.
func (p *params) division(name, text string) string {
	if text == "" {
		return ""
	}
	bad := len(text) > 6
	for i := range len(text) {
		bad = bad || text[i] < '0' || text[i] > '9'
	}
	switch {
	case bad:
		p.fault(name, "division_form", domain.Say("“%s”应为六位区划代码或其开头的数字", "%q should be a division code of six digits, or the digits it begins with", clip(text)))
	case len(text) == 6 && division.Resolve(division.Code(text), 0).Status == division.Unknown:
		p.fault(name, "unknown_division", domain.Say("区划代码 %s 不在代码表中", "division %s is not in the table", text))
	}
	return text
}

const (
	defaultLimit = 50
	largestLimit = 1000
)

func (p *params) limit(text string) int {
	if text == "" {
		return defaultLimit
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > largestLimit {
		p.fault("limit", "range", domain.Say("应为 1 到 %d 的整数", "should be a whole number from 1 to %d", largestLimit))
		return defaultLimit
	}
	return n
}

// ids: what may stand in place of the id of an institution.

// looksLikeUSCC reports whether text could be a credit code.
func looksLikeUSCC(text string) (ident.USCC, bool) {
	if len([]rune(text)) != 18 {
		return "", false
	}
	code, _ := ident.ReadUSCC(text)
	return code, code != ""
}
