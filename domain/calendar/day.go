package calendar

import (
	"fmt"
	"time"

	"minglu/domain"
)

// Beijing is the zone of all days: UTC+08:00 without summer time, as kept in
// China since 1992. It is a fixed zone, so that no zone data of the machine is
// read; instants before 1992 are put into it all the same.
var Beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// Day is a civil day of Beijing time between 1900-01-01 and 2200-12-31, or 0
// for no day. Days compare with < and >; the difference of two is a number of
// calendar days. Its number counts from 0001-01-01, which is 1, and MUST NOT
// be stored: the stored form is the text YYYY-MM-DD.
type Day int32

// The years a Day can lie in.
const (
	firstYear = 1900
	lastYear  = 2200
)

var (
	firstDay = fromCivil(firstYear, time.January, 1)
	lastDay  = fromCivil(lastYear, time.December, 31)
)

// Date returns the day of a year, month and day of the month, or 0 where there
// is no such day. It is for literals; what people write goes through
// [ParseDay] or [ReadLoose], which say what is wrong.
func Date(y int, m time.Month, d int) Day {
	if y < firstYear || y > lastYear || m < time.January || m > time.December || d < 1 || d > daysIn(y, m) {
		return 0
	}
	return fromCivil(y, m, d)
}

// DayOf returns the Beijing day in which the instant t lies. The zero instant
// and instants outside the years 1900 to 2200 give 0.
func DayOf(t time.Time) Day {
	return Date(t.In(Beijing).Date())
}

// ParseDay reads a day written as YYYY-MM-DD and nothing else. Impossible
// dates and years outside 1900 to 2200 are refused. The codes of the field are
// those of [ReadLoose].
func ParseDay(s string) (Day, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' || !digits(s[:4]) || !digits(s[5:7]) || !digits(s[8:]) {
		return 0, domain.BadField("", "date_form", domain.Say(
			"日期“%s”应写成四位年、两位月、两位日，如 2021-07-07", "write the date “%s” as YYYY-MM-DD, such as 2021-07-07", clip(s)))
	}
	return civil(s, s[:4], s[5:7], s[8:])
}

// IsZero reports whether d is no day.
func (d Day) IsZero() bool {
	return d == 0
}

// Year returns the year, or 0 for no day.
func (d Day) Year() int {
	y, _, _ := d.civil()
	return y
}

// Month returns the month, or 0 for no day.
func (d Day) Month() time.Month {
	_, m, _ := d.civil()
	return m
}

// Day returns the day of the month, or 0 for no day.
func (d Day) Day() int {
	_, _, n := d.civil()
	return n
}

// Weekday returns the day of the week. That of no day is Sunday and says
// nothing.
func (d Day) Weekday() time.Weekday {
	return time.Weekday(d % 7)
}

// Time returns the instant at which the day begins, 00:00 in Beijing; the zero
// instant for no day.
func (d Day) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	y, m, n := d.civil()
	return time.Date(y, m, n, 0, 0, 0, 0, Beijing)
}

// End returns the instant at which the day has ended, 24:00 in Beijing (Civil
// Code §203): the first instant that is too late. No day has the zero instant.
func (d Day) End() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return d.Time().AddDate(0, 0, 1)
}

// AddDays returns the day n calendar days later, or earlier where n is
// negative. No day stays no day; beyond 1900-01-01 and 2200-12-31 the result
// is that first or last day.
func (d Day) AddDays(n int) Day {
	if d == 0 {
		return 0
	}
	n = min(max(n, int(firstDay-d)), int(lastDay-d))
	return d + Day(n)
}

// AddMonths returns the day n months later, or earlier where n is negative:
// the day of the same number in the end month or, where that month has no such
// day, its last day (Civil Code §202). No day stays no day; beyond 1900-01-01
// and 2200-12-31 the result is that first or last day.
func (d Day) AddMonths(n int) Day {
	if d == 0 {
		return 0
	}
	y, m, day := d.civil()
	n = min(max(n, -12*(lastYear-firstYear+1)), 12*(lastYear-firstYear+1))
	months := 12*y + int(m) - 1 + n
	y, m = months/12, time.Month(months%12+1)
	switch {
	case y < firstYear:
		return firstDay
	case y > lastYear:
		return lastDay
	}
	return fromCivil(y, m, min(day, daysIn(y, m)))
}

// String returns the day as YYYY-MM-DD, or "" for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	y, m, n := d.civil()
	return fmt.Sprintf("%04d-%02d-%02d", y, int(m), n)
}

// MarshalText writes the day as YYYY-MM-DD. No day has no text: leave the
// member out (`json:",omitzero"`).
func (d Day) MarshalText() ([]byte, error) {
	if d < firstDay || d > lastDay {
		return nil, fmt.Errorf("write day %d: no day between 1900-01-01 and 2200-12-31", int32(d))
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what [ParseDay] reads; an empty text is refused.
func (d *Day) UnmarshalText(text []byte) error {
	day, err := ParseDay(string(text))
	if err != nil {
		return err
	}
	*d = day
	return nil
}

// civil takes the number of a day apart. The calendar is the Gregorian one,
// counted in cycles of 400 years that begin on the first of March.
func (d Day) civil() (int, time.Month, int) {
	if d == 0 {
		return 0, 0, 0
	}
	z := int(d) + 305
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	y, m := yoe+era*400, mp+3
	if m > 12 {
		y, m = y+1, m-12
	}
	return y, time.Month(m), doy - (153*mp+2)/5 + 1
}

// fromCivil is the inverse of civil.
func fromCivil(y int, m time.Month, d int) Day {
	mp := int(m) - 3
	if mp < 0 {
		y, mp = y-1, mp+12
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	return Day(era*146097 + yoe*365 + yoe/4 - yoe/100 + (153*mp+2)/5 + d - 306)
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// daysIn returns the number of days of a month.
func daysIn(y int, m time.Month) int {
	switch {
	case m == time.February && (y%4 == 0 && y%100 != 0 || y%400 == 0):
		return 29
	case m == time.February:
		return 28
	case m == time.April || m == time.June || m == time.September || m == time.November:
		return 30
	}
	return 31
}
