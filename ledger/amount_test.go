package ledger_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/money"
	"minglu/ledger"
)

func TestAmountsAsPeopleAndBanksTypeThem(t *testing.T) {
	for text, want := range map[string]money.Fen{
		"1200": 120_000, "1,200.00": 120_000, "１２００": 120_000, "１，２００．５０": 120_050, "1200元": 120_000, "￥1,200.5": 120_050, "¥ 1,200.5 元": 120_050,
		"-1,200.00": -120_000, "(1,200.00)": -120_000, "（1,200.00）": -120_000, "－1200": -120_000, "−1200": -120_000, "+5": 500, "￥-5": -500, "-￥5": -500, "￥(5)": -500,
		"0": 0, "0.00": 0, "-0.00": 0, "0.05": 5, "-0.5": -50, "　12　": 1200, "1,234,567.89": 123_456_789,
		"92233720368547758.07": math.MaxInt64, "-92,233,720,368,547,758.08": math.MinInt64,
	} {
		if got, err := ledger.ParseAmount(text); err != nil || got != want {
			t.Errorf("%q: got %d, %v, want %d", text, got, err, want)
		}
	}
}

func TestWhatIsNotOneAmountIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"": "required", "　 ": "required", "1.234,00": "amount_separators", "1.2.3": "amount_separators", "12,00.00": "amount_groups", "1,20": "amount_groups",
		"1234,567": "amount_groups", ",200": "amount_groups", "1,200,": "amount_groups", "1200.005": "amount_decimals", "1200.000": "amount_decimals",
		"1e3": "amount_exponent", "1.2E+3": "amount_exponent", "1200万": "amount_unit", "1.2万元": "amount_unit", "3亿": "amount_unit",
		"1200.": "amount_form", ".5": "amount_form", "abc": "amount_form", "-": "amount_form", "元": "amount_form", "--5": "amount_form", "-(5)": "amount_form",
		"(-5)": "amount_form", "(5": "amount_form", "5-": "amount_form", "1 200": "amount_form", "5元元": "amount_form", "$5": "amount_form", "1200/300": "amount_form",
		"٣": "amount_form", ".": "amount_form", "0012": "amount_zeros", "00.50": "amount_zeros", "0,012.00": "amount_zeros",
		"92233720368547758.08": "amount_overflow", "-92233720368547758.09": "amount_overflow", strings.Repeat("9", 400): "amount_overflow",
	} {
		_, err := ledger.ParseAmount(text)
		e, ok := errors.AsType[*domain.Error](err)
		if !ok || e.Code != domain.Invalid || e.Text.ZH == "" || e.Text.EN == "" || len(e.Fields) != 1 || e.Fields[0].Code != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

// FuzzParseAmount takes what it reads back to the form in which amounts are
// printed, which must mean the same.
func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"1,200.00", "１２００元", "￥(1,200.5)", "-0.05", "1.234,00", "12,00.00", "1e3", "", "92233720368547758.07", "¥¥5", "+-5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ledger.ParseAmount(s)
		if err != nil {
			if _, ok := errors.AsType[*domain.Error](err); !ok || got != 0 {
				t.Fatalf("%q: got %d, %v, want a refusal", s, got, err)
			}
			return
		}
		if again, err := ledger.ParseAmount(got.Yuan()); err != nil || again != got {
			t.Fatalf("%q is %d, which is printed as %s and read as %d, %v", s, got, got.Yuan(), again, err)
		}
	})
}
