package money_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/money"
)

const (
	most  = money.Fen(math.MaxInt64)
	least = money.Fen(math.MinInt64)
)

func TestArithmeticAgreesWithBigIntegersOrRefuses(t *testing.T) {
	values := []money.Fen{0, 1, -1, 2, -2, 99, 100, 123456, 1 << 31, -1 << 31, 3037000499, 3037000500, most - 1, most, least + 1, least}
	ops := []struct {
		name string
		do   func(a, b money.Fen) (money.Fen, error)
		want func(z, a, b *big.Int) *big.Int
	}{
		{"add", money.Fen.Add, (*big.Int).Add},
		{"sub", money.Fen.Sub, (*big.Int).Sub},
		{"mul", func(a, b money.Fen) (money.Fen, error) { return a.Mul(int64(b)) }, (*big.Int).Mul},
	}
	for _, op := range ops {
		for _, a := range values {
			for _, b := range values {
				want := op.want(new(big.Int), big.NewInt(int64(a)), big.NewInt(int64(b)))
				got, err := op.do(a, b)
				if (err == nil) != want.IsInt64() {
					t.Fatalf("%s %v %v: got error %v, want %v", op.name, a, b, err, want)
				}
				if err == nil && int64(got) != want.Int64() {
					t.Fatalf("%s %v %v: got %v, want %v", op.name, a, b, got, want)
				}
				if err != nil && fieldCode(t, err) != "amount_overflow" {
					t.Fatalf("%s %v %v: got %v, want amount_overflow", op.name, a, b, err)
				}
			}
		}
	}
}

func TestYuanGroupsThousandsAndKeepsTwoDecimals(t *testing.T) {
	for _, c := range []struct {
		fen  money.Fen
		want string
	}{
		{0, "0.00"}, {5, "0.05"}, {-5, "-0.05"}, {99, "0.99"}, {100, "1.00"}, {99999, "999.99"},
		{123400, "1,234.00"}, {-123456789, "-1,234,567.89"}, {100000000, "1,000,000.00"},
		{most, "92,233,720,368,547,758.07"}, {least, "-92,233,720,368,547,758.08"},
	} {
		if got := c.fen.Yuan(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestStringIsPlainDigits(t *testing.T) {
	if got := money.Fen(-123400).String(); got != "-123400" {
		t.Fatalf("got %q, want %q", got, "-123400")
	}
}

func TestJSONIsAnInteger(t *testing.T) {
	for _, text := range []string{"0", "1", "-1", "123400", "9223372036854775807", "-9223372036854775808"} {
		var f money.Fen
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			t.Fatalf("read %s: %v", text, err)
		}
		if again, err := json.Marshal(f); err != nil || string(again) != text {
			t.Fatalf("got %s %v, want %s", again, err, text)
		}
	}
}

func TestJSONThatIsNoIntegerIsRefused(t *testing.T) {
	for text, code := range map[string]string{
		"1.0": "amount", "1e3": "amount", `"1"`: "amount", "null": "amount", "true": "amount", "[]": "amount",
		"-0": "amount", "9223372036854775808": "amount_overflow", "-9223372036854775809": "amount_overflow",
	} {
		f := money.Fen(7)
		err := json.Unmarshal([]byte(text), &f)
		if err == nil {
			t.Fatalf("%s: got %v, want a refusal", text, f)
		}
		if got := fieldCode(t, err); got != code {
			t.Errorf("%s: got %q, want %q", text, got, code)
		}
		if f != 7 {
			t.Errorf("%s: got %v, want the amount unchanged", text, f)
		}
	}
}

func TestAnAbsentAmountIsANilPointer(t *testing.T) {
	var v struct{ Fine *money.Fen }
	if err := json.Unmarshal([]byte(`{"Fine":null}`), &v); err != nil || v.Fine != nil {
		t.Fatalf("got %v %v, want nil", v.Fine, err)
	}
}

func FuzzFen(f *testing.F) {
	for _, s := range []string{"0", "-1", "1.5", "1e3", `"1"`, "null", "9223372036854775808", "00", "-", ""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var fen money.Fen
		if fen.UnmarshalJSON(data) != nil {
			return
		}
		again, err := fen.MarshalJSON()
		if err != nil || string(again) != string(data) {
			t.Fatalf("got %s %v, want %s", again, err, data)
		}
	})
}

// fieldCode returns the code of the only field of a refusal.
func fieldCode(t *testing.T, err error) string {
	t.Helper()
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || len(e.Fields) != 1 || e.Text.ZH == "" || e.Text.EN == "" || strings.Contains(e.Text.ZH+e.Text.EN, "%!") {
		t.Fatalf("got %#v, want a refusal with one field in both languages", err)
	}
	return e.Fields[0].Code
}
