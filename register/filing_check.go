package register

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"minglu/domain"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// The longest texts of a filing, in characters.
const (
	longestContent  = 5000
	longestPremises = 200
	longestName     = 100
	longestContact  = 200
)

// Warnings point at what a filing says in the clear and what seems to identify a
// person there. They refuse nothing.
func (f Filing) Warnings() []domain.Field { return rule.PersonalTraces("/premises", f.Premises) }

// Check refuses a filing that lacks something or has too much, naming every
// member at fault. What only the register knows is left to [Register.File].
func (f Filing) Check() error {
	faults := slices.Concat(f.unplaced(), f.untold(), f.unnamed(), f.tooLong())
	if len(faults) == 0 {
		return nil
	}
	return domain.Fault(domain.Invalid, domain.Say("有 %d 处需要补充或改正", "%d members are missing or cannot be taken", len(faults)), faults...)
}

func required(pointer, zh, en string) domain.Field {
	return domain.Field{Pointer: pointer, Code: "required", Message: domain.Text{ZH: zh, EN: en}}
}

// unplaced are the faults of whom and what place it is about.
func (f Filing) unplaced() (faults []domain.Field) {
	if f.Division == "" && f.Institution.IsZero() {
		faults = append(faults, required("/division", "请写明在哪个县（市、区）", "say in which division"))
	}
	if f.Institution.IsZero() && blankText(f.Premises) {
		faults = append(faults, required("/premises", "请写明是哪家机构、在什么地方", "say which institution it is, or where"))
	}
	if e, ok := errors.AsType[*domain.Error](rule.StreetLevel(f.Premises, "/premises")); ok {
		faults = append(faults, e.Fields...)
	}
	return faults
}

// untold are the faults of what it is about.
func (f Filing) untold() (faults []domain.Field) {
	if len(f.Topics) == 0 {
		faults = append(faults, required("/topics", "请选择至少一个事项", "choose a topic"))
	}
	if f.Nature == "" {
		faults = append(faults, required("/nature", "请选择希望怎么处理", "choose how it is to be handled"))
	}
	if blankText(f.Content.Clear()) {
		faults = append(faults, required("/content", "请写明发生了什么", "say what happened"))
	}
	return faults
}

// unnamed are the faults of who files: a report may be anonymous, nothing else.
func (f Filing) unnamed() (faults []domain.Field) {
	if !f.RealName && (f.Nature == term.Report || f.Nature == "") {
		return nil
	}
	if blankText(f.Complainant.Clear()) {
		faults = append(faults, required("/complainant", "投诉、信访和实名举报需要填写姓名", "a complaint, a petition and a report under the real name need a name"))
	}
	if blankText(f.Contact.Clear()) {
		faults = append(faults, required("/contact", "投诉、信访和实名举报需要填写联系方式", "a complaint, a petition and a report under the real name need a way to be reached"))
	}
	return faults
}

func (f Filing) tooLong() (faults []domain.Field) {
	for _, m := range []struct {
		pointer, text string
		most          int
	}{
		{"/premises", f.Premises, longestPremises}, {"/content", f.Content.Clear(), longestContent},
		{"/complainant", f.Complainant.Clear(), longestName}, {"/contact", f.Contact.Clear(), longestContact},
	} {
		if utf8.RuneCountInString(m.text) > m.most {
			faults = append(faults, domain.Field{Pointer: m.pointer, Code: "too_long", Message: domain.Say("最多 %d 个字", "%d characters at most", m.most)})
		}
	}
	return faults
}

func blankText(s string) bool { return strings.TrimSpace(s) == "" }
