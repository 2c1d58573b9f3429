package ident_test

import (
	"slices"
	"strings"
	"testing"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/ident"
)

type licenceVector struct {
	Number   string        `json:"number"`
	Form     ident.Form    `json:"form"`
	Division division.Code `json:"division"`
	Level    string        `json:"level"`
	Serial   string        `json:"serial"`
	IssuedOn calendar.Day  `json:"issued_on"`
	Result   string        `json:"result"`
	Reason   string        `json:"reason"`
}

func TestVectorsOfLicenceNumbers(t *testing.T) {
	for _, c := range readVectors(t).LicenceNumber.Examples {
		t.Run(c.Number+" is "+c.Result, func(t *testing.T) {
			got := ident.ReadLicenceNumber(c.Number, c.IssuedOn)
			if got.Form != c.Form || got.Division != c.Division || (len(got.Warnings) > 0) != (c.Result == "warning") {
				t.Fatalf("got %+v, want %+v", got, c)
			}
			if c.Level != "" && got.Level != c.Level || c.Serial != "" && got.Serial != c.Serial {
				t.Fatalf("got %+v, want %+v", got, c)
			}
			if strings.Contains(c.Reason, "140681") && !strings.Contains(got.Warnings[0].Message.ZH, "140681") {
				t.Fatalf("got %q, want the successor named", got.Warnings[0].Message.ZH)
			}
		})
	}
}

func TestWarningsOfLicenceNumbers(t *testing.T) {
	day := calendar.Date(2022, 5, 20)
	for _, c := range []struct {
		number   string
		issued   calendar.Day
		form     ident.Form
		warnings []string
	}{
		{"5304277000001", day, ident.Permit13, nil},
		{"教民5304277000001号", day, ident.Permit13, nil},
		{" 教民 5304277000001 号 ", day, ident.Permit13, nil},
		{"教民５３０４２７７０００００１号", day, ident.Permit13, nil},
		{"人社民5304271000001号", day, ident.Permit13, nil},
		{"教民253042770000001号", day, ident.Permit15, []string{"licence_shape"}},
		{"教民53042770000号", day, ident.PermitOther, []string{"licence_shape"}},
		{"教民人社民5304277000001", day, ident.PermitOther, []string{"licence_shape"}},
		{"教民第一号", day, ident.PermitOther, []string{"licence_shape"}},
		{"53042770000001", day, ident.PermitOther, []string{"licence_shape"}},
		{"12345", day, ident.PermitOther, nil},
		{"", day, ident.PermitOther, nil},
		{"9999997000001", day, ident.Permit13, []string{"division_unknown"}},
		{"9999997000001", 0, ident.Permit13, []string{"division_unknown"}},
		{"1406247000001", 0, ident.Permit13, nil},
		{"1406817000001", calendar.Date(2017, 1, 1), ident.Permit13, []string{"division_not_yet_valid"}},
		{"3101087000001", day, ident.Permit13, []string{"division_retired"}},
		{"1406249000001", day, ident.Permit13, []string{"licence_level", "division_retired"}},
	} {
		got := ident.ReadLicenceNumber(c.number, c.issued)
		var codes []string
		for _, w := range got.Warnings {
			codes = append(codes, w.Code)
			if w.Pointer != "" || w.Message.ZH == "" || strings.Contains(w.Message.ZH+w.Message.EN, "%!") || w.Message.EN == "" {
				t.Errorf("%q: got %+v, want a sentence in both languages", c.number, w)
			}
		}
		if got.Form != c.form || !slices.Equal(codes, c.warnings) {
			t.Errorf("%q: got %s %v, want %s %v", c.number, got.Form, codes, c.form, c.warnings)
		}
	}
}

func TestLicenceNumbersThatPrintAlikeCompareAlike(t *testing.T) {
	want := ident.NormaliseLicenceNumber("文旅审〔2022〕3号")
	for _, s := range []string{"文旅审[2022]3号", " 文旅审（２０２２）３号", "文旅审【2022】 3 号"} {
		if got := ident.NormaliseLicenceNumber(s); got != want || got.String() != string(want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func FuzzReadLicenceNumber(f *testing.F) {
	for _, s := range []string{"5304277000001", "教民153042770000001号", "人社民 5304271000001", "文旅审〔2022〕3号", "教民号", "", "\xff"} {
		f.Add(s, int32(calendar.Date(2022, 5, 20)))
	}
	f.Fuzz(func(t *testing.T, s string, day int32) {
		first := ident.ReadLicenceNumber(s, calendar.Day(day))
		again := ident.ReadLicenceNumber(first.Number.String(), calendar.Day(day))
		if again.Number != first.Number || again.Form != first.Form || again.Division != first.Division || len(again.Warnings) != len(first.Warnings) {
			t.Fatalf("got %+v, want %+v", again, first)
		}
	})
}
