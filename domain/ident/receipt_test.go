package ident_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/ident"
)

// faultOf returns the code of the one field of a refusal, "" of no error.
func faultOf(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Code != domain.Invalid || len(e.Fields) != 1 || e.Text.ZH == "" || e.Text.EN == "" {
		t.Fatalf("got %v, want a refusal of one member in both languages", err)
	}
	return e.Fields[0].Code
}

func TestReceiptNumbersAreMadeAndRead(t *testing.T) {
	for _, c := range []struct {
		division division.Code
		on       string
		serial   int
		want     string
	}{
		{"530427", "2026-11-02", 123, "TS-530427-20261102-000123-7"},
		{"500109", "2022-02-28", 1, "TS-500109-20220228-000001-6"},
		{"530427", "2024-02-29", 999_999, "TS-530427-20240229-999999-7"},
	} {
		on, _ := calendar.ParseDay(c.on)
		got, err := ident.MakeReceiptNumber(c.division, on, c.serial)
		if err != nil || got.String() != c.want {
			t.Errorf("got %q, %v, want %q", got, err, c.want)
		}
		for name, written := range map[string]string{
			"as it is": c.want, "in lower case with spaces": " " + strings.ToLower(c.want) + " ", "without hyphens": strings.ReplaceAll(c.want, "-", ""),
			"in full width": strings.NewReplacer("T", "Ｔ", "-", "－", "0", "０").Replace(c.want),
		} {
			read, err := ident.ReadReceiptNumber(written)
			if err != nil || read != got || read.Division() != c.division || read.Day() != on {
				t.Errorf("%s: got %q of %s on %s, %v, want %q", name, read, read.Division(), read.Day(), err, got)
			}
		}
	}
}

func TestADrawnNumberNamesTheGrievance(t *testing.T) {
	on := calendar.Date(2026, 11, 2)
	drawn := func(d division.Code, on calendar.Day, lot uint64) ident.ReceiptNumber {
		t.Helper()
		n, err := ident.DrawReceiptNumber(d, on, lot)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	n := drawn("530427", on, 7_000_041_805)
	if want := ident.ReceiptNumber("TS-530427-20261102-00041805-7"); n != want || n.Division() != "530427" || n.Day() != on {
		t.Errorf("got %s of %s on %s, want %s", n, n.Division(), n.Day(), want)
	}
	for _, written := range []string{strings.ToLower(string(n)), strings.ReplaceAll(string(n), "-", ""), " " + strings.ReplaceAll(string(n), "-", "－")} {
		if read, err := ident.ReadReceiptNumber(written); err != nil || read != n {
			t.Errorf("%q: got %s, %v, want %s", written, read, err, n)
		}
	}
	if !ident.ValidID(n.Names()) || n.Names() != drawn("530427", on.AddDays(9), 41_805).Names() {
		t.Errorf("got %q, want an id that does not follow from the day", n.Names())
	}
	for name, other := range map[string]ident.ReceiptNumber{"another lot": drawn("530427", on, 41_806), "another division": drawn("500109", on, 41_805)} {
		if other.Names() == n.Names() || !ident.ValidID(other.Names()) {
			t.Errorf("%s: got %q, want another id", name, other.Names())
		}
	}
	for _, serial := range []ident.ReceiptNumber{"TS-530427-20261102-000123-7", "TS-1", ""} {
		if got := serial.Names(); got != "" {
			t.Errorf("%s: got %q, want no id of what was not drawn", serial, got)
		}
	}
	if _, err := ident.DrawReceiptNumber("530427", 0, 1); faultOf(t, err) != "date_form" {
		t.Errorf("got %v without a day", err)
	}
	for lot := range uint64(300) {
		if n := drawn("530427", on, lot*333_667); len(ident.Detect("受理编号："+string(n))) > 0 {
			t.Fatalf("%s was taken for a number of a person", n)
		}
	}
}

func TestReceiptNumbersThatCannotBeAreRefused(t *testing.T) {
	on := calendar.Date(2026, 11, 2)
	for name, c := range map[string]struct {
		division division.Code
		on       calendar.Day
		serial   int
		want     string
	}{
		"a division of five digits": {"53042", on, 1, "division"},
		"no day":                    {"530427", 0, 1, "date_form"},
		"a serial of zero":          {"530427", on, 0, "serial"},
		"a serial of seven digits":  {"530427", on, 1_000_000, "serial"},
	} {
		if n, err := ident.MakeReceiptNumber(c.division, c.on, c.serial); n != "" || faultOf(t, err) != c.want {
			t.Errorf("%s: got %q, %v, want the fault %s", name, n, err, c.want)
		}
	}
	for written, want := range map[string]string{
		"": "form", "TS": "form", "JG-530427-20261102-000123-7": "form", "TS-530427-20261102-00012-7": "form", "TS-530427-20261102-000123-77": "form", "TS-530427-20261102-0004180-5": "form", "TS-530427-20261102-000418055-3": "form",
		"TS-53042A-20261102-000123-7": "form", "TS-530427-20261302-000123-7": "date_form", "TS-530427-20230229-000123-7": "date_form",
		"TS-530427-20261102-000123-8": "checksum", "TS-530427-20261102-00041805-4": "checksum", "TS-530427-20261102-00041085-7": "checksum",
	} {
		if n, err := ident.ReadReceiptNumber(written); n != "" || faultOf(t, err) != want {
			t.Errorf("%q: got %q, %v, want the fault %s", written, n, err, want)
		}
		var n ident.ReceiptNumber
		if err := n.UnmarshalText([]byte(written)); err == nil || n != "" {
			t.Errorf("%q: got it taken as %q", written, n)
		}
	}
	if n := ident.ReceiptNumber("TS-1"); n.Day() != 0 || n.Division() != "" {
		t.Errorf("got %s of %s, want nothing of what is no number", n.Day(), n.Division())
	}
}

func TestTheCheckDigitNoticesSlipsOfThePen(t *testing.T) {
	for _, right := range []string{"530427202611020001237", "53042720261102000418057"} {
		slips(t, right)
	}
}

func slips(t *testing.T, right string) {
	t.Helper()
	for i := range right {
		for d := byte('0'); d <= '9'; d++ {
			if wrong := right[:i] + string(rune(d)) + right[i+1:]; wrong != right {
				if n, err := ident.ReadReceiptNumber("TS" + wrong); err == nil {
					t.Errorf("got %s, want a wrong digit noticed", n)
				}
			}
		}
		if i > 0 && right[i] != right[i-1] {
			swapped := right[:i-1] + string(right[i]) + string(right[i-1]) + right[i+1:]
			if n, err := ident.ReadReceiptNumber("TS" + swapped); err == nil {
				t.Errorf("got %s, want neighbours that changed places noticed", n)
			}
		}
	}
}

func TestQueryCodesAreShownInGroupsAndRead(t *testing.T) {
	for _, c := range []struct {
		random [10]byte
		want   string
	}{
		{[10]byte{}, "0000-0000-0000-0000"},
		{[10]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 255}, "ZZZZ-ZZZZ-ZZZZ-ZZZZ"},
		{[10]byte{0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf}, "0123-4567-89AB-CDEF"},
	} {
		code := ident.MakeQueryCode(c.random)
		if got := code.Text(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		for _, written := range []string{c.want, strings.ToLower(c.want), strings.ReplaceAll(c.want, "-", " "), strings.NewReplacer("0", "O", "1", "l").Replace(c.want)} {
			if read, err := ident.ReadQueryCode(written); err != nil || read != code {
				t.Errorf("%q: got %q, %v", written, read.Text(), err)
			}
		}
	}
	for _, bad := range []string{"", "0123-4567-89AB-CDE", "0123-4567-89AB-CDEFG", "0123-4567-89AB-CDEU", "0123-4567-89AB-CDE某"} {
		var c ident.QueryCode
		err := c.UnmarshalText([]byte(bad))
		if c != "" || faultOf(t, err) != "form" || bad != "" && strings.Contains(err.Error(), bad) {
			t.Errorf("%q: got %v, want it refused without being quoted", bad, err)
		}
	}
}

func TestAQueryCodeIsKeptAsItsDigestAndHiddenElsewhere(t *testing.T) {
	var code ident.QueryCode
	if err := code.UnmarshalText([]byte("0123-4567-89ab-cdef")); err != nil {
		t.Fatal(err)
	}
	// printf 0123456789ABCDEF | sha256sum
	if got, want := code.Digest(), "2125b2c332b1113aae9bfc5e9f7e3b4c91d828cb942c2df1eeb02502eccae9e9"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, shown := range []string{fmt.Sprint(code), fmt.Sprintf("%v %s %q %#v", code, code, code, code)} {
		if strings.Contains(shown, "0123") {
			t.Errorf("got %s, want the code hidden", shown)
		}
	}
	for digest, want := range map[string]bool{
		code.Digest(): true, strings.ToUpper(code.Digest()): false, code.Digest()[1:]: false, "g" + code.Digest()[1:]: false, "": false,
	} {
		if ident.ValidDigest(digest) != want {
			t.Errorf("%q: got %v, want %v", digest, !want, want)
		}
	}
}
