package rule_test

import (
	"errors"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/rule"
)

// wantPersonal checks that a text was refused at a place by the rule of personal
// data, and is not repeated.
func wantPersonal(t *testing.T, err error, text, code string) {
	t.Helper()
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Code != domain.Invalid || e.Rule != rule.PersonalData.ID || len(e.Fields) != 1 || e.Fields[0].Pointer != "/body/x" || e.Fields[0].Code != code {
		t.Fatalf("%s: got %#v, want it refused at /body/x as %s", text, err, code)
	}
	if strings.Contains(e.Text.ZH+e.Text.EN, text) {
		t.Errorf("the refusal repeats %s", text)
	}
}

func TestNumbersOfPersonsAreRefused(t *testing.T) {
	for _, text := range []string{
		"13800138000", "电话 138 0013 8000", "0877-7011234", "11010519491231002X", "6222021234567890128", "４１１１１１１１１１１１１１１１",
	} {
		wantPersonal(t, rule.Impersonal("/body/x", text), text, "personal_number")
	}
	for _, text := range []string{"", "XP-2026-000123", "2026030200000001", "2026030200000002", "国画（二）班", strings.Repeat("1", 64)} {
		if err := rule.Impersonal("/body/x", text); err != nil {
			t.Errorf("%s: got %v, want it taken", text, err)
		}
	}
}

func TestNumbersHaveNoWords(t *testing.T) {
	for _, text := range []string{"张三", "XP-7 李四", "㐀1"} {
		wantPersonal(t, rule.Wordless("/body/x", text), text, "words")
	}
	e, ok := errors.AsType[*domain.Error](rule.Wordless("/body/x", strings.Repeat("1", 65)))
	if !ok || e.Rule != "" || e.Fields[0].Code != "too_long" {
		t.Errorf("got %v, want a number of 65 bytes refused as too long", e)
	}
	for _, text := range []string{"", "XP/2026-7", strings.Repeat("1", 64)} {
		if err := rule.Wordless("/body/x", text); err != nil {
			t.Errorf("%s: got %v, want it taken", text, err)
		}
	}
}
