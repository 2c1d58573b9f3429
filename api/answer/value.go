package answer

import (
	"minglu/domain/calendar"
	"minglu/domain/division"
)

// Date is a day that may be unknown: null in JSON.
type Date struct{ calendar.Day }

// MarshalJSON writes the day, or null.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	y, m, n := d.Year(), int(d.Month()), d.Day.Day()
	return []byte{'"', digit(y / 1000), digit(y / 100), digit(y / 10), digit(y), '-', digit(m / 10), digit(m), '-', digit(n / 10), digit(n), '"'}, nil
}

// digit is the last digit of n: dates are written often, and by hand they cost a
// tenth.
func digit(n int) byte { return byte('0' + n%10) }

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Date) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = Date{}
		return nil
	}
	if len(b) > 2 {
		b = b[1 : len(b)-1]
	}
	return d.UnmarshalText(b)
}

// Maybe is a text that may be unknown: null in JSON where it is empty.
type Maybe string

// MarshalJSON writes the text, or null.
func (m Maybe) MarshalJSON() ([]byte, error) {
	if m == "" {
		return []byte("null"), nil
	}
	return marshalText(string(m))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (m *Maybe) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*m = ""
		return nil
	}
	return unmarshalText(b, (*string)(m))
}

// Division is a division by code and name.
type Division struct {
	Code     division.Code `json:"code" example:"530427"`
	Name     string        `json:"name" example:"新平彝族傣族自治县"`
	FullName string        `json:"full_name" example:"云南省玉溪市新平彝族傣族自治县"`
}

// DivisionOn returns the division as it was called on a day.
func DivisionOn(code division.Code, on calendar.Day) Division {
	d := Division{Code: code, Name: division.Name(code), FullName: division.FullName(code, on)}
	if r := division.Resolve(code, on); r.Status != division.Unknown {
		d.Name = r.Division.Name
	}
	return d
}
