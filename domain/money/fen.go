// Package money holds amounts of renminbi.
//
// Amounts are whole numbers of fen (分, a hundredth of a yuan). There is no
// fraction of a fen and no floating point anywhere: a share of an amount is
// rounded by the rule that divides it, not here.
package money

import (
	"math"
	"math/bits"
	"strconv"
	"strings"

	"minglu/domain"
)

// Fen is an amount of renminbi in fen; negative amounts are owed. The zero
// value is no money. All int64 values are amounts.
type Fen int64

// Add returns f + g, or a refusal with field code "amount_overflow".
func (f Fen) Add(g Fen) (Fen, error) {
	sum := f + g
	if (sum > f) != (g > 0) && g != 0 {
		return 0, overflow()
	}
	return sum, nil
}

// Sub returns f − g, or a refusal with field code "amount_overflow".
func (f Fen) Sub(g Fen) (Fen, error) {
	diff := f - g
	if (diff < f) != (g > 0) && g != 0 {
		return 0, overflow()
	}
	return diff, nil
}

// Mul returns f × n, or a refusal with field code "amount_overflow".
func (f Fen) Mul(n int64) (Fen, error) {
	hi, lo := bits.Mul64(magnitude(int64(f)), magnitude(n))
	negative := (f < 0) != (n < 0)
	switch {
	case hi != 0, lo > 1<<63, lo == 1<<63 && !negative:
		return 0, overflow()
	case negative:
		return Fen(-int64(lo)), nil
	}
	return Fen(lo), nil
}

// magnitude is |n|, which for the least int64 fits an unsigned number only.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// String returns the number of fen in plain digits, such as "123400".
func (f Fen) String() string {
	return strconv.FormatInt(int64(f), 10)
}

// Yuan returns the amount in yuan with two decimals and the thousands grouped,
// such as "1,234.00" or "-0.05". It is for people; nothing reads it back.
func (f Fen) Yuan() string {
	m := magnitude(int64(f))
	yuan := strconv.FormatUint(m/100, 10)
	var b strings.Builder
	if f < 0 {
		b.WriteByte('-')
	}
	for i := range len(yuan) {
		if i > 0 && (len(yuan)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(yuan[i])
	}
	cents := m % 100
	b.WriteByte('.')
	b.WriteByte(byte('0' + cents/10))
	b.WriteByte(byte('0' + cents%10))
	return b.String()
}

// MarshalJSON writes the number of fen as a JSON integer.
func (f Fen) MarshalJSON() ([]byte, error) {
	return strconv.AppendInt(nil, int64(f), 10), nil
}

// UnmarshalJSON reads a JSON integer of fen. Fractions, exponents, strings,
// null and amounts beyond int64 are refused; f is then unchanged. An amount
// that may be absent is a *Fen.
func (f *Fen) UnmarshalJSON(data []byte) error {
	if !isInteger(data) {
		return domain.BadField("", "amount", domain.Say(
			"金额应为以分为单位的整数，不带小数点、指数或引号",
			"an amount is a whole number of fen, without decimal point, exponent or quotes"))
	}
	n, err := strconv.ParseInt(string(data), 10, 64)
	if err != nil {
		return overflow()
	}
	*f = Fen(n)
	return nil
}

// isInteger reports whether data is an integer as JSON writes it, apart from
// minus zero.
func isInteger(data []byte) bool {
	digits := strings.TrimPrefix(string(data), "-")
	if digits == "" || digits[0] == '0' && len(data) > 1 {
		return false
	}
	return strings.Trim(digits, "0123456789") == ""
}

func overflow() error {
	return domain.BadField("", "amount_overflow", domain.Say(
		"金额超出可记录的范围（%d 至 %d 分）", "the amount is out of range (%d to %d fen)",
		int64(math.MinInt64), int64(math.MaxInt64)))
}
