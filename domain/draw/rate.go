package draw

import (
	"strconv"
	"strings"

	"minglu/domain"
)

// maxDenominator bounds a rate so that no product of it overflows.
const maxDenominator = 1_000_000

// Rate is the share of a tier that is drawn, above 0 and not above 1. Its text
// form is a fraction such as "1/20". The zero value is no rate.
type Rate struct{ Num, Den int }

// ParseRate reads a fraction and nothing else: no signs, spaces or leading
// zeros, and a denominator up to 1,000,000. It is not reduced: "5/100" stays so.
func ParseRate(s string) (Rate, error) {
	a, b, _ := strings.Cut(s, "/")
	num, errA := strconv.Atoi(a)
	den, errB := strconv.Atoi(b)
	r := Rate{Num: num, Den: den}
	if errA != nil || errB != nil || r.String() != s || !r.valid() {
		return Rate{}, domain.BadField("", "rate", domain.Say(
			"抽查比例应写成分数，如 1/20，大于 0 且不大于 1", "write a rate as a fraction such as 1/20, above 0 and not above 1"))
	}
	return r, nil
}

func (r Rate) valid() bool { return 0 < r.Num && r.Num <= r.Den && r.Den <= maxDenominator }

// IsZero reports whether r is no rate.
func (r Rate) IsZero() bool { return r == Rate{} }

// Of returns how many of n are drawn: ⌈rate·n⌉.
func (r Rate) Of(n int) int {
	if r.IsZero() {
		return 0
	}
	return (r.Num*n + r.Den - 1) / r.Den
}

// String returns the fraction as it was written, or nothing for no rate.
func (r Rate) String() string {
	if r.IsZero() {
		return ""
	}
	return strconv.Itoa(r.Num) + "/" + strconv.Itoa(r.Den)
}

// MarshalText writes the fraction.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what [ParseRate] reads.
func (r *Rate) UnmarshalText(b []byte) error {
	read, err := ParseRate(string(b))
	if err != nil {
		return err
	}
	*r = read
	return nil
}
