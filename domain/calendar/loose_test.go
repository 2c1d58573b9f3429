package calendar_test

import (
	"strings"
	"testing"

	"minglu/domain/calendar"
)

func TestFormsOfLedgersAreRead(t *testing.T) {
	want := calendar.Date(2021, 7, 7)
	for _, s := range []string{
		"2021-07-07", "2021-7-7", "2021-7-07", "2021/7/7", "2021/07/07", "2021.7.7", "2021.07.07", "20210707",
		"2021年7月7日", "2021年07月07日", "2021年7月7号", "2021年7月7", "2021 年 7 月 7 日", "  2021-7-7\t", "\u30002021年7月7日\u3000",
		"２０２１年７月７日", "２０２１－０７－０７", "２０２１／７／７", "２０２１．７．７", "２０２１０７０７", "2021—7—7", "2021 - 7 - 7",
	} {
		if got, err := calendar.ReadLoose(s); err != nil || got != want {
			t.Errorf("%q: got %s %v, want %s", s, got, err, want)
		}
	}
}

func TestDamagedAndDoubtfulPrintIsRefused(t *testing.T) {
	for s, code := range map[string]string{
		"202177日": "date_damaged", "202268": "date_damaged", "20219月": "date_damaged", "2021777": "date_damaged", "202106": "date_damaged",
		"20217": "date_damaged", "202177": "date_damaged", "20210707日": "date_damaged", "20217月7日": "date_damaged", "202107-07": "date_damaged",
		"2021年7月": "date_incomplete", "2021-7": "date_incomplete", "2021年": "date_incomplete", "2021.7": "date_incomplete",
		"": "date_form", " ": "date_form", "不详": "date_form", "2021": "date_form", "21-7-7": "date_form", "7/7/2021": "date_form", "210707": "date_damaged",
		"2021-7/7": "date_form", "2021年7-7": "date_form", "2021--7-7": "date_form", "2021 7 7": "date_form", "2021-7-7-7": "date_form", "2021-7-7日": "date_form",
		"2021-007-7": "date_form", "2021-7-007": "date_form", "-2021-7-7": "date_form", "44384": "date_damaged", "2021-7-7 00:00": "date_form",
		"2021年7月7日前": "date_form", "二〇二一年七月七日": "date_form", "123456789": "date_form", "日": "date_form",
		"2021-2-29": "date_impossible", "20210230": "date_impossible", "2021年13月1日": "date_impossible", "2021/0/1": "date_impossible", "99999999": "date_range",
		"1899-12-31": "date_range", "2201年1月1日": "date_range", "00000000": "date_range",
	} {
		d, err := calendar.ReadLoose(s)
		if d != 0 {
			t.Errorf("%q: got %s, want a refusal", s, d)
			continue
		}
		if got := fieldCode(t, err); got != code {
			t.Errorf("%q: got %s (%v), want %s", s, got, err, code)
		}
	}
}

func TestASentenceQuotesOnlyTheBeginningOfALongText(t *testing.T) {
	_, err := calendar.ReadLoose(strings.Repeat("长", 1000))
	if n := len([]rune(err.Error())); n > 200 {
		t.Fatalf("got a sentence of %d characters, want a short one", n)
	}
}

func FuzzReadLoose(f *testing.F) {
	for _, s := range []string{"2021-7-7", "2021年7月7日", "２０２１０７０７", "202177日", "202268", "20219月", "", "\xff", "2021年年年", "99999999999999999999-1-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ReadLoose(s)
		if err != nil {
			if d != 0 {
				t.Fatalf("got %s with %v, want no day", d, err)
			}
			return
		}
		if again, err := calendar.ReadLoose(d.String()); err != nil || again != d {
			t.Fatalf("got %s %v, want %s", again, err, d)
		}
	})
}
