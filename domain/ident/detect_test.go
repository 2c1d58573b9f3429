package ident_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"minglu/domain/ident"
)

// found are the texts of findings with their kinds.
func found(text string) []string {
	var out []string
	for _, f := range ident.Detect(text) {
		out = append(out, string(f.Kind)+" "+text[f.Start:f.End])
	}
	return out
}

// The numbers are made up: 13800138000 is the public test line of a carrier, the
// identity-card number is the example of GB 11643-1999 with another day, the
// card number is the usual test number of its kind.
func TestIdentifiersAreFound(t *testing.T) {
	for text, want := range map[string][]string{
		"电话13800138000，请回复":                {"mobile 13800138000"},
		"１３８００１３８０００":                      {"mobile １３８００１３８０００"},
		"手机 138 0013 8000 或 199-1234-5678": {"mobile 138 0013 8000", "mobile 199-1234-5678"},
		"138-00138000；1380013-8000":        {"mobile 138-00138000", "mobile 1380013-8000"},
		"加wx13800138000或Tel:13900139000":   {"mobile 13800138000", "mobile 13900139000"},
		"+86 13800138000、008613800138000、8613800138000、+86-138-0013-8000": {
			"mobile +86 13800138000", "mobile 008613800138000", "mobile 8613800138000", "mobile +86-138-0013-8000"},
		"13800138000 13900139000":                     {"mobile 13800138000", "mobile 13900139000"},
		"固话0877-7011234、(010)62345678、（0877） 7011234": {"landline 0877-7011234", "landline (010)62345678", "landline （0877） 7011234"},
		"02162345678 与 087770112345，021 6234 5678":    {"landline 02162345678", "landline 087770112345", "landline 021 6234 5678"},
		"身份证11010519491231002X（本人）":                   {"identity_card 11010519491231002X"},
		"身份证 110105 19491231 002x":                    {"identity_card 110105 19491231 002x"},
		"卡号6222021234567890128":                       {"bank_card 6222021234567890128"},
		"卡号 4111 1111 1111 1111 12 元":                 {"bank_card 4111 1111 1111 1111"},
		"4111-1111-1111-1111":                         {"bank_card 4111-1111-1111-1111"},
		"姓名王某，13800138000，11010519491231002X，交了5200元": {"mobile 13800138000", "identity_card 11010519491231002X"},
	} {
		if got := found(text); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestOtherNumbersAreLeftAlone(t *testing.T) {
	for _, text := range []string{
		"", "没有号码", "5200元，48课时，2021年7月7日", "2021-07-07 至 2021-08-08", "12345、12315、96110、110", "400-800-8820",
		"914403001922038216", "9144030071526726XG", "91110000600037341L", "代码914403001922038216。", "code914403001922038216", // credit codes
		"教民153042770000001号", "153042770000001", "1530427700001", "人社民5304277000001号", // licence numbers
		"123456789012345678", "1234567890123456", // neither card
		"110105194912310021", "11010519491331002X", "99010519491231002X", // check character, day, province
		"12800138000", "1380013800", "138001380001", "23800138000", "1380013800a", // no mobile number
		"0077-7011234", "0877-0011234", "0877-701123", "01062345", // no landline number
		"0000000000000000", "怀政办发〔2022〕64号", "5304270007", "TS-530427-20261102-000123-7", "138-0013 8000",
		"01890a5d-ac96-774b-bcce-b302099a8057", "01JG0000000000000000000000",
	} {
		if got := found(text); got != nil {
			t.Errorf("%s: got %q, want nothing", text, got)
		}
	}
}

// FuzzDetect checks what holds of every text: findings are in order, do not
// overlap, begin and end at characters; what is taken out is all there was; and
// a number that stands by itself is found whatever stands around it.
func FuzzDetect(f *testing.F) {
	for _, s := range []string{
		"", "电话13800138000", "１３８００１３８０００", "(0877)7011234", "11010519491231002X", "4111 1111 1111 1111 1", "\xff138\xfe", "+86 138-0013-8000", "（010）", "0086",
	} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		end := 0
		var rest strings.Builder
		for _, finding := range ident.Detect(before) {
			if finding.Start < end || finding.End <= finding.Start || finding.End > len(before) {
				t.Fatalf("%q: got %+v after %d", before, finding, end)
			}
			if !utf8.RuneStart(before[finding.Start]) || finding.End < len(before) && utf8.ValidString(before) && !utf8.RuneStart(before[finding.End]) {
				t.Fatalf("%q: got %+v within a character", before, finding)
			}
			rest.WriteString(before[end:finding.Start] + "某")
			end = finding.End
		}
		rest.WriteString(before[end:])
		if again := found(rest.String()); again != nil {
			t.Fatalf("%q: got %q in what was left", before, again)
		}
		for _, number := range []string{"13800138000", "0877-7011234", "11010519491231002X", "4111111111111111"} {
			text := before + "，" + number + "，" + after
			from := len(before) + len("，")
			if !slices.ContainsFunc(ident.Detect(text), func(f ident.Finding) bool { return f.Start == from && f.End == from+len(number) }) {
				t.Fatalf("%q: got %q, want %s among them", text, found(text), number)
			}
		}
	})
}
