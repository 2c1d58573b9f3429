package ident

import (
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
)

// LicenceNumber is the number of a school licence (办学许可证号) or of another
// instrument of approval, in the form by which numbers are compared.
type LicenceNumber string

// NormaliseLicenceNumber returns the form by which licence numbers are
// compared: that of [NormaliseDocNo], since some instruments are numbered like
// documents.
func NormaliseLicenceNumber(s string) LicenceNumber {
	return LicenceNumber(NormaliseDocNo(s))
}

// String returns the number.
func (n LicenceNumber) String() string {
	return string(n)
}

// Form is the layout of a licence number.
type Form string

// The layouts of licence numbers.
const (
	// Permit13 is division (6), level (1) and serial (6).
	Permit13 Form = "permit_13"
	// Permit15 is a leading 1, division (6), level (1) and serial (7). The
	// layout is not confirmed by an official text.
	Permit15 Form = "permit_15"
	// PermitOther is any other number; there is no common layout.
	PermitOther Form = "permit_other"
)

// LicenceForm is what can be told from a licence number alone. The warnings
// never hinder anything; their pointers are empty and their codes are
// licence_shape, licence_level, division_unknown, division_not_yet_valid and
// division_retired.
type LicenceForm struct {
	Number   LicenceNumber
	Form     Form
	Division division.Code // as of the day of issue; empty for PermitOther
	Level    string        // one digit, 7 for training institutions; empty for PermitOther
	Serial   string        // digits; empty for PermitOther
	Warnings []domain.Field
}

// trainingLevel is the level digit of training institutions.
const trainingLevel = "7"

// ReadLicenceNumber tells the layout of a number and compares the division
// within with the table of divisions on the day of issue; with no day (0) only
// an unknown division is warned of.
func ReadLicenceNumber(s string, issuedOn calendar.Day) LicenceForm {
	number := NormaliseLicenceNumber(s)
	f := LicenceForm{Number: number, Form: PermitOther}
	text, education := strings.CutPrefix(string(number), "教民")
	text, labour := strings.CutPrefix(text, "人社民")
	code := strings.TrimSuffix(text, "号")
	prefixed := education || labour
	switch {
	case education && labour, !digits(code), len(code) != 13 && len(code) != 15:
		if prefixed || len(code) > 9 && digits(code) {
			f.warn("licence_shape", domain.Say(
				"许可证号“%s”不是常见的 13 位或 15 位数字，请核对", "the licence number “%s” has not the usual 13 or 15 digits; please compare", clip(string(number))))
		}
		return f
	case len(code) == 13:
		f.Form = Permit13
	default:
		f.Form = Permit15
		if code[0] != '1' {
			f.warn("licence_shape", domain.Say(
				"15 位许可证号通常以 1 开头，现为“%s”，请核对", "a licence number of 15 digits usually begins with 1; “%s” does not", clip(string(number))))
		}
		code = code[1:]
	}
	f.Division, f.Level, f.Serial = division.Code(code[:6]), code[6:7], code[7:]
	if f.Level != trainingLevel && !labour {
		f.warn("licence_level", domain.Say(
			"许可证号的办学类别位为“%[1]s”（%[2]s），培训机构应为“7”", "the level of the licence is “%[1]s” (%[3]s), that of training institutions is “7”",
			f.Level, levels[f.Level].ZH, levels[f.Level].EN))
	}
	f.compareDivision(issuedOn)
	return f
}

// levels names the level digits.
var levels = map[string]domain.Text{
	"0": {ZH: "未定义", EN: "undefined"},
	"1": {ZH: "大学", EN: "university"},
	"2": {ZH: "其他高等教育机构", EN: "other higher education"},
	"3": {ZH: "高中阶段学校", EN: "senior high or vocational school"},
	"4": {ZH: "初中", EN: "junior high school"},
	"5": {ZH: "小学", EN: "primary school"},
	"6": {ZH: "幼儿园", EN: "kindergarten"},
	"7": {ZH: "培训机构", EN: "training institution"},
	"8": {ZH: "其他", EN: "other"},
	"9": {ZH: "未定义", EN: "undefined"},
}

func (f *LicenceForm) compareDivision(issuedOn calendar.Day) {
	r := division.Resolve(f.Division, issuedOn)
	switch {
	case r.Status == division.Unknown:
		f.warn("division_unknown", domain.Say(
			"许可证号所含行政区划代码 %s 不在区划表中（表中不含部分旧代码），请核对",
			"the division code %s in the licence number is not in the table, which lacks some old codes; please compare", f.Division))
	case issuedOn.IsZero():
	case r.Status == division.NotYetValid:
		f.warn("division_not_yet_valid", domain.Say(
			"许可证号所含行政区划代码 %s（%s）在发证日 %s 尚未启用", "the division code %s (%s) in the licence number was not yet valid on the day of issue, %s",
			f.Division, r.Division.Name, issuedOn))
	case r.Status == division.Retired && r.Division.Successor != "":
		f.warn("division_retired", domain.Say(
			"许可证号所含行政区划代码 %s（%s）在发证日 %s 已停用，后继代码为 %s",
			"the division code %s (%s) in the licence number had ended by the day of issue, %s; its successor is %s",
			f.Division, r.Division.Name, issuedOn, r.Division.Successor))
	case r.Status == division.Retired:
		f.warn("division_retired", domain.Say(
			"许可证号所含行政区划代码 %s（%s）在发证日 %s 已停用", "the division code %s (%s) in the licence number had ended by the day of issue, %s",
			f.Division, r.Division.Name, issuedOn))
	}
}

func (f *LicenceForm) warn(code string, text domain.Text) {
	f.Warnings = append(f.Warnings, domain.Field{Code: code, Message: text})
}
