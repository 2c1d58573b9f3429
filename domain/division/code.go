package division

import "minglu/domain"

// Code is a division code of six digits, such as "530427". A Code need not be
// in the table.
type Code string

// Parse returns s as a Code where it has six ASCII digits; every other shape is
// refused with field code "division_form". Whether there is such a division is
// told by [Resolve].
func Parse(s string) (Code, error) {
	if !Code(s).WellFormed() {
		return "", domain.BadField("", "division_form", domain.Say(
			"行政区划代码“%s”应为六位数字", "the division code “%s” must have six digits", clip(s)))
	}
	return Code(s), nil
}

// WellFormed reports whether c has six digits.
func (c Code) WellFormed() bool {
	return len(c) == 6 && digits(string(c))
}

// String returns the digits.
func (c Code) String() string {
	return string(c)
}

// UnmarshalText reads what [Parse] reads; an empty text is refused.
func (c *Code) UnmarshalText(text []byte) error {
	read, err := Parse(string(text))
	if err != nil {
		return err
	}
	*c = read
	return nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// clip shortens what is quoted in a sentence.
func clip(s string) string {
	const most = 40
	runes := 0
	for i := range s {
		if runes == most {
			return s[:i] + "…"
		}
		runes++
	}
	return s
}
