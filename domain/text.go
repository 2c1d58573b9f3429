package domain

import (
	"fmt"
	"strings"
)

// Text is one sentence or label in the two languages of the register. Chinese
// is what people are shown unless they ask for English.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Say formats a sentence in both languages with the same arguments. A format
// may use explicit argument indexes where the order differs, and may leave
// arguments at the end out that only the other language needs.
func Say(zh, en string, args ...any) Text {
	if len(args) == 0 {
		return Text{ZH: zh, EN: en}
	}
	return Text{ZH: format(zh, args), EN: format(en, args)}
}

func format(f string, args []any) string {
	s, _, _ := strings.Cut(fmt.Sprintf(f, args...), "%!(EXTRA ")
	return s
}

// In returns the sentence in the language lang ("en" or anything else for
// Chinese); a missing translation falls back to the other language.
func (t Text) In(lang string) string {
	if (lang == "en" && t.EN != "") || t.ZH == "" {
		return t.EN
	}
	return t.ZH
}
